"""What was meant to change and what was measured: targets with their reasons, points, case studies.

The measure itself stands in ``thread``. Targets, points and tolerances are only ever added: a
correction is a point that replaces another and says why.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Action, Measure, Plan


class Target(models.Model):
    """What a measure is meant to reach by a day, or is forecast to; rows are only ever added."""

    public_id = PublicIdField()
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField(max_length=8, choices=[(w, w) for w in ("target", "forecast")])
    horizon = models.CharField(
        max_length=6, choices=[(w, w) for w in ("short", "medium", "long")], blank=True
    )
    on = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    rationale = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="targets_set")
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        """In the order of time; every one has its reason, and a target its horizon."""

        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(rationale=""), name="target_has_a_rationale"),
            models.CheckConstraint(
                condition=Q(kind="forecast") | ~Q(horizon=""), name="target_has_a_horizon"
            ),
        ]

    def __str__(self) -> str:
        return f"target {self.public_id}"


class Point(models.Model):
    """One figure of a measure for a period, with what it means; rows are only ever added.

    A period without a figure has no ``value`` and says why in ``commentary``. Where the figure is a
    share, ``part`` of ``whole`` may stand beside it; ``whole`` is never nought. ``remedy`` is what
    will be done about a figure that makes its measure red; ``reason`` is why a point replaces
    another.
    """

    public_id = PublicIdField()
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="points")
    begins = models.DateField()
    ends = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    part = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    whole = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    commentary = models.TextField()
    remedy = models.TextField(blank=True)
    source = models.CharField(max_length=6, choices=[(w, w) for w in ("hand", "file", "system")])
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="points_given")
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.TextField(blank=True)

    class Meta:
        """In the order of time; a figure has its commentary, a correction its reason."""

        ordering: ClassVar = ["ends", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(commentary=""), name="point_has_its_commentary"),
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="point_days_in_order"),
            models.CheckConstraint(
                condition=Q(part__isnull=True, whole__isnull=True)
                | (Q(part__isnull=False, whole__isnull=False) & ~Q(whole=0)),
                name="point_share_of_something",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="point_that_replaces_another_says_why",
            ),
            models.UniqueConstraint(
                fields=["measure", "ends"],
                condition=Q(replaces__isnull=True),
                name="point_first_of_a_period_once",
            ),
        ]

    def __str__(self) -> str:
        return f"point {self.public_id}"


class Tolerance(models.Model):
    """How near to its target a figure is still green, from ``at`` on; rows are only ever added.

    ``near`` is a share of the target: 0.1 is ten per cent. Without any row it is that of the code.
    """

    public_id = PublicIdField()
    number = models.PositiveIntegerField(unique=True)
    near = models.DecimalField(max_digits=7, decimal_places=4)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tolerances_kept")

    class Meta:
        """The newest first; a share of the target that can be reached."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(near__gte=0, near__lte=1), name="tolerance_is_a_share"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tolerance_says_why"),
        ]

    def __str__(self) -> str:
        return f"tolerance {self.number}"


class CaseStudy(Thing):
    """What happened to somebody or something, told with the outcome that it serves.

    ``consent`` is whether whoever it is about agreed to its being published; ``ended_on`` is the
    day from which it is told no more.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="case_studies")
    title = models.CharField(max_length=200)
    words = models.TextField()
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="case_studies"
    )
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="case_studies"
    )
    told_on = models.DateField()
    consent = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_studies_told")

    class Meta:
        """The newest first; each serves an action or a measure."""

        ordering: ClassVar = ["-told_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action__isnull=False) | Q(measure__isnull=False),
                name="case_study_serves_an_outcome",
            ),
        ]
