"""A directorate's action planning: its steps, their planned days, and who signed each off.

What was planned and what was signed is only ever added to. A step is named by a word of its own
(``listen``, ``figures`` …) that never changes; what it is called is the council's.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person, Post, Unit
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Plan, Strand

SIGNED = [(word, word) for word in ("signed", "reopened")]


class StepScheme(models.Model):
    """The steps that the council has its directorates take, in force until the next scheme.

    ``steps`` is a list of a step's word, what it is called, what it asks for and what must be there
    before it may be called done, in order (``plan.steps.from_json``). ``in_order`` refuses a
    sign-off while an earlier step has none. Rows are only ever added; without any the six steps are
    those of the code.
    """

    public_id = PublicIdField()
    number = models.PositiveIntegerField(unique=True)
    steps = models.JSONField()
    in_order = models.BooleanField(default=False)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="schemes_kept")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"step scheme {self.number}"


class Planning(Thing):
    """One directorate's planning in one strand, from its first focus group to its review.

    ``plan`` is the directorate's plan that came of it, once there is one, and ``follows`` the
    planning that was reviewed before this one began. It is closed by its closing statement.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plannings")
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="plannings")
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="plannings"
    )
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    begins = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        """One at a time in a unit and a strand, closed after it begins."""

        ordering: ClassVar = ["-begins", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "strand"],
                condition=Q(closed_on__isnull=True),
                name="planning_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("begins")),
                name="planning_closes_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")),
                name="planning_does_not_follow_itself",
            ),
        ]


class StepDay(models.Model):
    """The day by which a step is planned to be done; the first is the promise, each later a slip.

    Rows are only ever added; a later one has its reason.
    """

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="step_days")
    step = models.CharField(max_length=20)
    due = models.DateField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="step_days")

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"day of a step {self.public_id}"


class SignOff(models.Model):
    """A step called done by a post on a day, and what came of it; or opened again, and why.

    ``post`` is what the signature stands for and ``by`` who signed; rows are only ever added, the
    newest of a step counts.
    """

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="sign_offs")
    step = models.CharField(max_length=20)
    what = models.CharField(max_length=10, choices=SIGNED, default="signed")
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_offs"
    )
    on = models.DateField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sign_offs")

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"sign-off {self.public_id}"
