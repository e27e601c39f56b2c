"""The golden thread as rows: from strand and review to recommendation, action, promise and update.

An action's words, dates and updates are facts that are only ever added to. ``status``,
``first_due`` and the like on ``Action`` repeat what those facts say, so that a register of
thousands needs one query; ``changes/standing.py`` is the only place that works them out.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from goldenthread.web.models.people import Person, Post, Unit
from goldenthread.web.models.public_id import PublicIdField, Thing

STATUSES = [
    (word, word)
    for word in ("not_started", "in_progress", "completed", "delayed", "on_hold", "withdrawn")
]
RAGS = [(word, word) for word in ("red", "amber", "green", "blue", "purple", "grey")]
POSITIONS = [(word, word) for word in ("accepted", "partly_accepted", "not_accepted")]
REVIEWERS = [(word, word) for word in ("internal", "independent")]
KINDS = [
    (word, word)
    for word in (
        *("date", "period", "ongoing", "recurring", "status"),
        *("event", "relative", "conditional", "unknown"),
    )
]


_Row = TypeVar("_Row", bound=models.Model)


class NotTakenBack(models.Manager[_Row]):
    """The rows of updates that count: none that was taken back (``TakenBack``), nor what is of it.

    ``to`` leads from a row to the key of its update. It is the manager by
    which everything reads; ``every`` has those that were taken back too, for whoever numbers
    updates, keeps files or tells what became of one.
    """

    # Of the class: Django makes the managers of related rows from it anew.
    to = "pk"

    def get_queryset(self) -> models.QuerySet[_Row]:
        """The rows that count."""
        # Not “is null” over a join: PostgreSQL takes that for next to no row, and plans badly.
        gone = apps.get_model("goldenthread", "TakenBack").objects.filter(update=OuterRef(self.to))
        return super().get_queryset().filter(~Exists(gone))


class OfNotTakenBack(NotTakenBack[_Row]):
    """The rows that belong to an update that counts, or to none."""

    to = "update_id"


class Strand(Thing):
    """One strand of the programme, such as the body's role as an employer."""

    name = models.CharField(max_length=160, unique=True)


class Review(Thing):
    """A review that made recommendations: who reviewed, on what terms, when it reported.

    ``standing`` is whether the reviewer is of the body or independent of it; empty where nobody
    said. ``independence`` says in words how: who appointed and paid them, what ties them to it.
    ``report_url`` is where anybody may read its report, published on ``report_on``. ``strand`` is
    empty for a review that was recorded with a plan: it is then the plan's.
    """

    title = models.CharField(max_length=300)
    reviewer = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=12, choices=REVIEWERS, blank=True)
    independence = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reviews")
    strand = models.ForeignKey(
        Strand, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    began = models.DateField(null=True, blank=True)
    reported = models.DateField(null=True, blank=True)
    report_url = models.URLField(max_length=1000, blank=True)
    report_on = models.DateField(null=True, blank=True)


class Theme(Thing):
    """What many voices had in common; also the section of a plan that answers it."""

    name = models.CharField(max_length=300)
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="themes")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """A strand has one theme of a name."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["strand", "name"], name="theme_one_name_in_a_strand")
        ]


class Plan(Thing):
    """A plan that is at work, owned by one unit and one strand."""

    title = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    strand = models.ForeignKey(Strand, on_delete=models.PROTECT, related_name="plans")
    document_date = models.CharField(max_length=10, blank=True)
    abbreviations = models.JSONField(default=list)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)


class Recommendation(Thing):
    """One numbered recommendation, what the body answered, and the theme that it stands under.

    One without a plan is of its review, and belongs to that one's unit. ``answer`` and the columns
    beside it repeat the newest ``Response``, or what came with the document.
    """

    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    review = models.ForeignKey(
        Review, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    number = models.TextField(blank=True)
    text = models.TextField()
    status = models.CharField(max_length=20, choices=STATUSES, blank=True)
    answer = models.TextField(blank=True)
    answer_position = models.CharField(max_length=20, choices=POSITIONS, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    see = models.JSONField(default=list)
    position = models.PositiveIntegerField()
    place = models.JSONField(default=dict)

    class Meta:
        """In the order of the plan, or of the review; it is of one of them at least."""

        ordering: ClassVar = ["plan_id", "position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False) | Q(review__isnull=False),
                name="recommendation_of_a_plan_or_a_review",
            ),
        ]


class Action(Thing):
    """One thing that the body says it will do; the last group of columns repeats its facts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    number = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    printed_status = models.TextField(blank=True)
    see = models.JSONField(default=list)
    confidence = models.CharField(
        max_length=4, choices=[("high", "high"), ("low", "low")], default="high"
    )
    position = models.PositiveIntegerField()
    place = models.JSONField(default=dict)

    status = models.CharField(max_length=20, choices=STATUSES, blank=True, editable=False)
    rag = models.CharField(max_length=10, choices=RAGS, blank=True, editable=False)
    at_risk = models.BooleanField(default=False, editable=False)
    starts = models.DateField(null=True, editable=False)
    first_due = models.DateField(null=True, editable=False, db_index=True)
    now_due = models.DateField(null=True, editable=False, db_index=True)
    moves = models.PositiveIntegerField(default=0, editable=False)
    recurs = models.BooleanField(default=False, editable=False)
    completed_on = models.DateField(null=True, editable=False)
    next_review = models.DateField(null=True, editable=False)
    updated_at = models.DateTimeField(null=True, editable=False)
    same_words = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        """In the order of the plan."""

        ordering: ClassVar = ["plan_id", "position", "id"]


class Lead(models.Model):
    """Who answers for an action, as printed and as posts of the body; dated, so never overwritten.

    ``person`` is a name that a document printed: personal data, never shown in public. A supporting
    lead is a contributor: a post, a part of the body (``team``), or a group by its words.
    """

    public_id = PublicIdField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="leads")
    text = models.TextField(blank=True)
    kind = models.CharField(
        max_length=10, choices=[(word, word) for word in ("post", "person", "body")]
    )
    role = models.CharField(
        max_length=12, choices=[(word, word) for word in ("accountable", "supporting")]
    )
    person = models.TextField(blank=True)
    full = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    team = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    position = models.PositiveIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        """In the order printed."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="lead_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"lead {self.public_id}"


class Promise(models.Model):
    """One claim about when, as it was given: its words, its reading and why it replaced another.

    Rows are only ever added. ``replaces`` points to the promise that this one moved; a promise
    that nothing replaces is the one that stands now, and one that replaces nothing was the first.
    """

    public_id = PublicIdField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="promises")
    words = models.TextField()
    kind = models.CharField(max_length=12, choices=KINDS)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    reading = models.JSONField(default=dict)
    given_on = models.DateField(null=True)
    given_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="promises_given"
    )
    reason = models.TextField(blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order given; one that moved another says why."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="promise_that_moves_another_says_why",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="promise_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.public_id}"


class Measure(Thing):
    """How anyone will know that an action, or the plan as a whole, worked.

    ``text``, ``baseline`` and ``target`` are as printed; what follows ``position`` is what somebody
    settled. ``counts`` says whether its figures are of things or of everybody in the body together,
    or count people by a characteristic or by unit: figures of the last two stay inside until a
    release feeds them, and so do those of a measure that does not say. A ``contextual`` measure is
    forecast and not aimed at. ``tolerance`` is its own share of the target that is still near
    enough (0.1 is ten per cent). ``limits_from`` fixes its ordinary range by its first so many
    figures. ``system`` names what the site itself counts for it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="measures"
    )
    number = models.TextField(blank=True)
    text = models.TextField()
    baseline = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    definition = models.TextField(blank=True)
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="measures"
    )
    quantity = models.CharField(
        max_length=6,
        choices=[(word, word) for word in ("share", "count", "rate", "number")],
        blank=True,
    )
    unit_words = models.CharField(max_length=40, blank=True)
    unit_one = models.CharField(max_length=40, blank=True)
    places = models.PositiveSmallIntegerField(default=0)
    better = models.CharField(
        max_length=8, choices=[(word, word) for word in ("higher", "lower", "neither")], blank=True
    )
    counts = models.CharField(
        max_length=16,
        choices=[(word, word) for word in ("things", "everybody", "characteristic", "unit")],
        blank=True,
    )
    source = models.CharField(max_length=300, blank=True)
    system = models.CharField(
        max_length=20,
        choices=[(word, word) for word in ("actions_done", "actions_updated", "dates_moved")],
        blank=True,
    )
    contextual = models.BooleanField(default=False)
    months = models.PositiveSmallIntegerField(
        choices=[(months, str(months)) for months in (1, 3, 6, 12)], default=3
    )
    baseline_value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    tolerance = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    limits_from = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        """In the order printed; a baseline has its day, an end its reason."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_on__isnull=True)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
                name="measure_baseline_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_because=""),
                name="measure_that_ends_says_why",
            ),
        ]


class Update(models.Model):
    """What was said of an action at a time; rows are only ever added.

    ``changed`` answers "what changed, and for whom"; ``about`` is the last day of the period that
    it speaks of. ``by`` is empty for words that came with the document, which ``said_on`` dates as
    far as it does.
    """

    public_id = PublicIdField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="updates")
    said_on = models.DateField(null=True)
    about = models.DateField(null=True)
    status = models.CharField(max_length=20, choices=STATUSES, blank=True)
    rag = models.CharField(max_length=10, choices=RAGS, blank=True)
    done = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    forecast = models.DateField(null=True)
    next_review = models.DateField(null=True)
    stops_when = models.TextField(blank=True)
    completed_on = models.DateField(null=True)
    place = models.JSONField(default=dict)

    objects = NotTakenBack()
    every = models.Manager()

    class Meta:
        """Numbered within its action; completed means a day."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["at"], name="update_at")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["action", "number"], name="update_numbered"),
            models.CheckConstraint(
                condition=Q(by__isnull=True)
                | ~Q(status="completed")
                | Q(completed_on__isnull=False),
                name="update_that_completes_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"update {self.public_id}"


class Recovery(models.Model):
    """Why an action is red or amber, what is done about it, and by when; one for an update."""

    public_id = PublicIdField()
    update = models.OneToOneField(Update, on_delete=models.PROTECT, related_name="recovery")
    cause = models.TextField()
    step = models.TextField()
    due = models.DateField()

    objects = OfNotTakenBack()
    every = models.Manager()

    class Meta:
        """All three are said."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(cause="") & ~Q(step=""), name="recovery_says_cause_and_step"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery of update {self.update_id}"


class Evidence(models.Model):
    """Something that shows what was done: words of the document, a link, or a file we keep.

    ``stored`` is the random name in the evidence folder; ``name`` is what it was called.
    """

    public_id = PublicIdField()
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    update = models.ForeignKey(Update, null=True, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(
        max_length=5, choices=[(word, word) for word in ("words", "link", "file")]
    )
    title = models.TextField()
    url = models.URLField(max_length=1000, blank=True)
    name = models.CharField(max_length=200, blank=True)
    stored = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="evidence")

    objects = OfNotTakenBack()
    every = models.Manager()

    class Meta:
        """What its kind needs is there."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(kind="link") & ~Q(url=""))
                | (Q(kind="file") & ~Q(stored="") & ~Q(sha256=""))
                | Q(kind="words"),
                name="evidence_has_what_its_kind_needs",
            )
        ]

    def __str__(self) -> str:
        return f"evidence {self.public_id}"


class Link(models.Model):
    """A dated link between any two things on the thread, many to many; ``reason`` is why it ended.

    It names kinds and public ids and has no foreign keys, so that kinds of things that come later
    can be linked too; ``queries`` show a link only where both its ends are.
    """

    public_id = PublicIdField()
    from_kind = models.CharField(max_length=30)
    from_id = models.CharField(max_length=12)
    to_kind = models.CharField(max_length=30)
    to_id = models.CharField(max_length=12)
    meaning = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="links")

    class Meta:
        """One link of a meaning at a time between two things."""

        indexes: ClassVar = [
            models.Index(fields=["from_kind", "from_id"], name="link_from"),
            models.Index(fields=["to_kind", "to_id"], name="link_to"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["from_kind", "from_id", "to_kind", "to_id", "meaning"],
                condition=Q(until__isnull=True),
                name="link_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(from_kind=F("to_kind"), from_id=F("to_id")),
                name="link_of_two_things",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.public_id}"
