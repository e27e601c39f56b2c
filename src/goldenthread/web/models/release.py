"""What comes in and what goes out: drafts read from documents, and editions for the public."""

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
    ``plan`` is the plan that it became; where it was there from the start, the draft is a later
    reading of that plan's document, and ``Choice`` says what of it is taken over.
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
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="drafts")

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
                | (~Q(state="adopted") & Q(adopted_at__isnull=True, adopted_by__isnull=True)),
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
        choices=[(word, word) for word in ("as_read", "changed", "left_out", "ask_lead", "means")],
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


class Choice(models.Model):
    """What somebody chose where a document that was read again differs from the plan.

    ``about`` is the digest of the difference with both its sides, so that a choice counts for what
    was seen and for nothing else. ``reason`` is why a date moves or an action is withdrawn.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="choices")
    about = models.CharField(max_length=64)
    take = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="draft_choices")

    class Meta:
        """One choice of each difference."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "about"], name="choice_once"),
        ]

    def __str__(self) -> str:
        return f"choice of draft {self.draft_id}"


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


class TakeDown(Thing):
    """That somebody asked for a published edition to be taken down, and what came of it.

    ``public_reason`` is what the public reads once a second person has agreed, ``reason`` what is
    for the council alone. ``hidden_until`` is set where the edition is hidden while that person is
    asked. It ends agreed, or with ``stands_because``: the edition stands after all.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="takedowns")
    public_reason = models.TextField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="takedowns_asked")
    hidden_until = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="takedowns_agreed"
    )
    alone = models.BooleanField(default=False)
    stands_at = models.DateTimeField(null=True)
    stands_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="takedowns_ended"
    )
    stands_because = models.TextField(blank=True)

    class Meta:
        """Agreed by somebody else, at a time, or ended; one at once; hidden without a second once.

        Triggers refuse to change what was asked, what was decided, and to remove a row.
        """

        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(stands_at__isnull=True),
                name="takedown_one_at_once",
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(hidden_until__isnull=False),
                name="takedown_hidden_once",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="takedown_agreed_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | Q(alone=True) | ~Q(agreed_by=F("asked_by")),
                name="takedown_agreed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(stands_at__isnull=True, stands_by__isnull=True, stands_because="")
                | (
                    Q(agreed_at__isnull=True, stands_at__isnull=False, stands_by__isnull=False)
                    & ~Q(stands_because="")
                ),
                name="takedown_ended_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(public_reason="") & ~Q(reason=""), name="takedown_has_its_reasons"
            ),
        ]


class PublicWords(Thing):
    """What the public pages say beside the plan itself: of one plan, or of every plan in a unit.

    A plan that says no ``programme``, ``contact`` or ``licence`` of its own takes those of its
    unit, or of the nearest unit above it that has any. ``coming`` holds pairs of a day and what
    happens on it; who answers stands in ``Answerable``.
    """

    unit = models.OneToOneField(
        Unit, null=True, on_delete=models.PROTECT, related_name="public_words"
    )
    plan = models.OneToOneField(
        Plan, null=True, on_delete=models.PROTECT, related_name="public_words"
    )
    about = models.CharField(max_length=120, blank=True)
    summary = models.TextField(blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True)
    coming = models.JSONField(default=list)
    programme = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=300, blank=True)

    class Meta:
        """Of a plan or of a unit; a decision has who and when."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True, plan__isnull=False)
                | Q(unit__isnull=False, plan__isnull=True),
                name="public_words_of_a_plan_or_of_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(decided_by="", decided_on__isnull=True)
                | (~Q(decided_by="") & Q(decided_on__isnull=False)),
                name="public_words_of_a_decision_say_who_and_when",
            ),
        ]
