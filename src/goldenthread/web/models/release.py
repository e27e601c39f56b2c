"""What comes in and what goes out: drafts read from documents, and editions shown to the public."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person, Unit
from goldenthread.web.models.public_id import Thing
from goldenthread.web.models.thread import Plan, Strand


class Draft(Thing):
    """A plan as read from a document, with what is still to be decided; the file is not kept.

    ``content`` is the ``PlanDraft`` as JSON, exactly as read: answers stand in ``Question``.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drafts")
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="drafts")
    file = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="drafts_received"
    )
    state = models.CharField(
        max_length=10,
        choices=[(word, word) for word in ("open", "adopted", "set_aside")],
        default="open",
    )
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="drafts_adopted"
    )
    plan = models.OneToOneField(Plan, null=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        """Newest first; who, when and what of an adoption stand together or not at all."""

        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    state="adopted",
                    adopted_at__isnull=False,
                    adopted_by__isnull=False,
                    plan__isnull=False,
                )
                | (
                    ~Q(state="adopted")
                    & Q(adopted_at__isnull=True, adopted_by__isnull=True, plan__isnull=True)
                ),
                name="draft_adopted_by_somebody_at_a_time",
            )
        ]


class Question(Thing):
    """Something in a draft that a person must settle, and how they settled it.

    ``recommendation`` and ``action`` count from 0 in the draft's plan; ``action`` is empty where
    the question is of a recommendation or of the whole. ``answer`` names a choice and ``change``
    holds what the person put in place of the reading.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    message = models.TextField()
    words = models.TextField(blank=True)
    must = models.BooleanField(default=False)
    recommendation = models.PositiveIntegerField(null=True)
    action = models.PositiveIntegerField(null=True)
    place = models.JSONField(default=dict)
    answer = models.CharField(
        max_length=12,
        choices=[(word, word) for word in ("as_read", "changed", "left_out", "ask_lead")],
        blank=True,
    )
    change = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="questions_answered"
    )

    class Meta:
        """In the draft's order; an answer has somebody who gave it and a time."""

        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "position"], name="question_numbered"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="question_answered_by_somebody_at_a_time",
            ),
        ]


class Edition(Thing):
    """The public part of one unit's plan, frozen at a date: all that the public ever reads.

    ``content`` never changes once written: a trigger refuses it. ``alone`` is true where the body
    has switched the two-person rule off and one person did both; the edition says so.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="editions")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    as_at = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="editions_adopted"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="editions_published"
    )
    alone = models.BooleanField(default=False)
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        """Numbered within its plan; published by somebody else, at a time."""

        ordering: ClassVar = ["plan_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="edition_numbered"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="edition_published_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(alone=True)
                | ~Q(published_by=F("adopted_by")),
                name="edition_published_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | Q(published_at__isnull=True),
                name="edition_set_aside_was_never_published",
            ),
        ]
