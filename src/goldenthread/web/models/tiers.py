"""What keeps two tiers apart on purpose, proposals refused, and the further strands of things."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.web.models.people import Person, Unit
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import Action, Measure, Recommendation, Review, Strand

APART = [(word, word) for word in ("local", "no_directorate", "not_needed")]


class Apart(Thing):
    """That an action needs no end in the other tier, with a reason, until somebody undoes it.

    ``local``: a directorate's action serves none of the council's. ``no_directorate``: an action of
    the council is carried out without directorates; ``not_needed``: without this one (``unit``).
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="apart")
    what = models.CharField(max_length=14, choices=APART)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="not_needed_for"
    )
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_apart")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="apart_undone"
    )
    undone_because = models.TextField(blank=True)

    class Meta:
        """Said once at a time, with a reason; undone by somebody at a time, with a reason."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="apart_says_why"),
            models.CheckConstraint(
                condition=Q(what="not_needed", unit__isnull=False)
                | (~Q(what="not_needed") & Q(unit__isnull=True)),
                name="apart_names_the_directorate_that_is_not_needed",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_because="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="apart_undone_by_somebody_and_why",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="apart_undone_after_it_was_said",
            ),
            models.UniqueConstraint(
                fields=["action", "what"],
                condition=Q(undone_at__isnull=True, unit__isnull=True),
                name="apart_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["action", "unit"],
                condition=Q(undone_at__isnull=True, unit__isnull=False),
                name="apart_once_of_a_directorate_at_a_time",
            ),
        ]


class ProposalAnswer(models.Model):
    """What somebody said of a proposed link: that it is none, or that it may be proposed again.

    ``action`` is a directorate's; exactly one of ``above`` and ``recommendation`` is what its words
    are like. ``wordings`` is the mark of both wordings as they were read. Rows are only ever added:
    the newest of a pair and its wordings counts, and other wordings are a proposal of their own.
    """

    public_id = PublicIdField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="proposal_answers")
    above = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="proposed_below"
    )
    recommendation = models.ForeignKey(
        Recommendation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposed_below",
    )
    wordings = models.CharField(max_length=32)
    refused = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals_answered")

    class Meta:
        """In the order in which they were said; of one thing above."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(above__isnull=False, recommendation__isnull=True)
                | Q(above__isnull=True, recommendation__isnull=False),
                name="proposal_answer_of_one_thing_above",
            ),
            models.CheckConstraint(
                condition=~Q(wordings=""), name="proposal_answer_knows_the_wordings"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.public_id} to a proposal"


class InStrand(Thing):
    """That an action, a measure or a review belongs to a strand besides that of its plan."""

    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="belonging")
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="in_strands"
    )
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="in_strands"
    )
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="in_strands"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="put_in_strands")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="taken_from_strands"
    )

    class Meta:
        """Of one thing, once at a time; ended by somebody at a time."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, measure__isnull=True, review__isnull=True)
                | Q(action__isnull=True, measure__isnull=False, review__isnull=True)
                | Q(action__isnull=True, measure__isnull=True, review__isnull=False),
                name="in_strand_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="in_strand_ended_by_somebody_at_a_time",
            ),
            *(
                models.UniqueConstraint(
                    fields=["strand", of],
                    condition=Q(ended_at__isnull=True),
                    name=f"in_strand_once_of_{of}",
                )
                for of in ("action", "measure", "review")
            ),
        ]
