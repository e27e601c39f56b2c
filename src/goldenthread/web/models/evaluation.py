"""How a planning is reviewed and closed, and what reviews and the body's answers leave behind.

All but a claim is only ever added to: an answer that changes keeps the earlier one, a part of the
review that is written again keeps what it said, and a closing is never taken back.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from goldenthread.web.models.meetings import Consultation
from goldenthread.web.models.people import Person, Post
from goldenthread.web.models.planning import Planning
from goldenthread.web.models.public_id import PublicIdField, Thing
from goldenthread.web.models.thread import (
    POSITIONS,
    Action,
    Evidence,
    Measure,
    Recommendation,
    Review,
)

PARTS = [(word, word) for word in ("staff", "residents", "learnt", "statement")]
CARRIED = [(word, word) for word in ("action", "priority", "lesson")]


def _file_or_link(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=(Q(kind="link") & ~Q(url="") & Q(stored=""))
        | (Q(kind="file") & ~Q(stored="") & ~Q(sha256="") & Q(url=""))
        | ~Q(kind__in=("link", "file")),
        name=name,
    )


class ReviewReport(models.Model):
    """The report of a review: a link that anybody may follow, or a file that stays inside.

    Rows are only ever added: a report that was corrected stands beside the first.
    """

    public_id = PublicIdField()
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=4, choices=[(word, word) for word in ("link", "file")])
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    name = models.CharField(max_length=200, blank=True)
    stored = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports_recorded")

    class Meta:
        """In the order recorded; what its kind needs is there."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [_file_or_link("review_report_has_what_its_kind_needs")]

    def __str__(self) -> str:
        return f"report {self.public_id}"


class Response(models.Model):
    """What the body answered to a recommendation, by whom and when; the newest counts.

    ``words`` and ``reason`` together are what ``Recommendation.answer`` repeats. ``by`` is empty
    for an answer that came with a document, whose day (``on``) may not be known.
    """

    public_id = PublicIdField()
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="responses"
    )
    position = models.CharField(max_length=20, choices=POSITIONS, blank=True)
    words = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="responses_recorded"
    )

    class Meta:
        """In the order given; whoever records one gives its day, its author, and why not."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by__isnull=True)
                | (Q(on__isnull=False) & ~Q(position="") & ~Q(decided_by="")),
                name="response_has_its_day_and_author",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(position="accepted") | ~Q(reason=""),
                name="response_that_refuses_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.public_id}"


class EvaluationPart(models.Model):
    """One part of a planning's review as it was once written; the newest of a part counts."""

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=10, choices=PARTS)
    number = models.PositiveIntegerField()
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parts_written")

    class Meta:
        """In the order written; numbered within its part."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["planning", "part", "number"], name="evaluation_part_numbered"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="evaluation_part_says_something"),
        ]

    def __str__(self) -> str:
        return f"part {self.public_id}"


class Claim(Thing):
    """One thing that the closing statement claims. It is never reworded: withdrawn, and made anew.

    Its number is never given twice in a planning.
    """

    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims_made")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims_withdrawn",
    )

    class Meta:
        """In the order made; one that is withdrawn says why and by whom."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["planning", "number"], name="claim_numbered"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False))
                & ~Q(withdrawn_because=""),
                name="claim_withdrawn_says_why",
            ),
        ]


class ClaimEvidence(models.Model):
    """What a claim rests on: a link, a file, a measure's finding, or the evidence of an update.

    ``words`` say what it is; of a measure they are its finding as it was when it was named.
    """

    public_id = PublicIdField()
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(
        max_length=7, choices=[(word, word) for word in ("link", "file", "measure", "update")]
    )
    words = models.TextField()
    url = models.URLField(max_length=1000, blank=True)
    name = models.CharField(max_length=200, blank=True)
    stored = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    measure = models.ForeignKey(
        Measure, null=True, on_delete=models.PROTECT, related_name="claims_shown"
    )
    evidence = models.ForeignKey(
        Evidence, null=True, on_delete=models.PROTECT, related_name="claims_shown"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims_shown")

    class Meta:
        """In the order given; what its kind needs is there."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            _file_or_link("claim_evidence_has_its_file_or_link"),
            models.CheckConstraint(
                condition=Q(kind="measure", measure__isnull=False, evidence__isnull=True)
                | Q(kind="update", measure__isnull=True, evidence__isnull=False)
                | Q(kind__in=("link", "file"), measure__isnull=True, evidence__isnull=True),
                name="claim_evidence_is_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"evidence of claim {self.public_id}"


class EvidenceWithdrawn(models.Model):
    """That a piece of evidence shows its claim no more, and why; rows are only ever added."""

    public_id = PublicIdField()
    shown = models.OneToOneField(ClaimEvidence, on_delete=models.PROTECT, related_name="withdrawn")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence_withdrawn")

    class Meta:
        """In the order in which it was withdrawn; each says why."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="evidence_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"withdrawal of evidence {self.public_id}"


class Look(models.Model):
    """A quarter's look at a planning before it closes: what was decided, and when the next is."""

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="looks")
    on = models.DateField()
    decided = models.TextField()
    next_look = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")

    class Meta:
        """In the order of their days."""

        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"look {self.public_id}"


class ClosingConsultation(models.Model):
    """A consultation by which a planning's closing statement was put to unions and forums."""

    public_id = PublicIdField()
    planning = models.ForeignKey(
        Planning, on_delete=models.PROTECT, related_name="closing_consultations"
    )
    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="closing"
    )

    class Meta:
        """In the order asked."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"consultation on closing {self.public_id}"


class Closing(models.Model):
    """The day on which a planning was closed, and all that its review said, frozen with its seal.

    ``content`` is ``plan.evaluation.to_json`` of that day, ``sha256`` its seal.
    """

    public_id = PublicIdField()
    planning = models.OneToOneField(Planning, on_delete=models.PROTECT, related_name="closing")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="closings")
    on = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="closings")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"closing {self.public_id}"


class Correction(models.Model):
    """A dated note beside an evaluation that is closed: what it said wrongly, and what is right."""

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="corrections")
    words = models.TextField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")

    class Meta:
        """In the order noted."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"correction {self.public_id}"


class CarriedOver(models.Model):
    """What somebody chose of last year's: that it goes on into this planning, or not, and why.

    ``of`` is the public identifier of what it is, ``words`` what it was called. ``into`` is the
    action that goes on with an action, where another does. The newest choice counts.
    """

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="carried")
    kind = models.CharField(max_length=8, choices=CARRIED)
    of = models.CharField(max_length=12)
    words = models.TextField()
    stays = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    into = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="carried_into"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carried_over")

    class Meta:
        """In the order chosen; what does not go on says why."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stays=True) | (~Q(reason="") & Q(into__isnull=True)),
                name="carried_over_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"carried over {self.public_id}"
