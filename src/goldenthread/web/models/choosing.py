"""What a directorate starts with, and what it wants to be: its areas, and versions of its vision.

What is said of an area, a vision and all that is said about one are only ever added to. ``Area``
repeats what was last said of it, so that a matrix is one query.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from goldenthread.plan import choosing
from goldenthread.web.models.meetings import STANCES, Committee
from goldenthread.web.models.people import Person, Post
from goldenthread.web.models.planning import Planning
from goldenthread.web.models.public_id import PublicIdField, Thing

HARDNESSES = [(word, word) for word in choosing.HARDNESSES]
DIFFERENCES = [(word, word) for word in choosing.DIFFERENCES]
CHOICES = [(word, word) for word in choosing.CHOICES]


class PlanningHorizon(Thing):
    """What a planning means by short, medium and long term, as long as its plan does not say.

    ``ended_at`` is when one was put aside for another.
    """

    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="horizons")
    name = models.CharField(max_length=60)
    ends = models.DateField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The nearest first; of a planning one has a name, and one a last day."""

        ordering: ClassVar = ["ends", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["planning", "name"],
                condition=Q(ended_at__isnull=True),
                name="planning_horizon_one_name",
            ),
            models.UniqueConstraint(
                fields=["planning", "ends"],
                condition=Q(ended_at__isnull=True),
                name="planning_horizon_one_last_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("set_at")),
                name="planning_horizon_ends_after_it_was_set",
            ),
        ]


class OfArea(models.Model):
    """What is said of an area: its place on the matrix, whether it is chosen, and why.

    ``evidence`` is what speaks for its place, in words, besides what it is linked to. ``horizon``
    is the name of one of the plan or of the planning.
    """

    title = models.CharField(max_length=160)
    hardness = models.CharField(max_length=12, choices=HARDNESSES)
    difference = models.CharField(max_length=10, choices=DIFFERENCES)
    choice = models.CharField(max_length=12, choices=CHOICES, default="undecided")
    reason = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    horizon = models.CharField(max_length=60, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


class Area(Thing, OfArea):
    """An area that was weighed, as it stands now, with its number in the directorate (H2)."""

    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="areas")
    number = models.CharField(max_length=10)

    class Meta:
        """In the order entered; a number is never given twice in a planning."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["planning", "number"], name="area_numbered"),
        ]


class AreaSaid(OfArea):
    """What was once said of an area; rows are only ever added, a later one says why.

    ``on`` is the day on which it was decided, and ``ends`` the last day that its horizon had then.
    """

    public_id = PublicIdField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="said")
    on = models.DateField()
    ends = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="areas_said")

    class Meta:
        """In the order in which it was said."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"what was said of area {self.area_id}"


class Vision(models.Model):
    """One version of a directorate's vision, word for word; rows are only ever added.

    ``written_with`` says who took part in it, ``why`` what a later version changes. It stands once
    every post in ``signers`` has signed, until a later one does.
    """

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="visions")
    number = models.PositiveIntegerField()
    words = models.TextField()
    written_with = models.CharField(max_length=160, blank=True)
    why = models.CharField(max_length=300, blank=True)
    read_again_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visions_written")

    class Meta:
        """In the order written; numbered within a planning; a later one says why."""

        ordering: ClassVar = ["number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["planning", "number"], name="vision_numbered"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(why=""), name="vision_that_changes_says_why"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="vision_says_something"),
        ]

    def __str__(self) -> str:
        return f"vision {self.public_id}"


class VisionSigner(models.Model):
    """A post whose signature a version takes, until it is withdrawn; rows are only ever added.

    ``turn`` is how often it was asked: one that was withdrawn can be asked again.
    """

    public_id = PublicIdField()
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="signers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="visions_to_sign")
    turn = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signers_asked")

    class Meta:
        """Each post once at a time."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vision", "post", "turn"], name="vision_signer_once"),
        ]

    def __str__(self) -> str:
        return f"signer {self.public_id}"


class SignerWithdrawn(models.Model):
    """That a post is not asked to sign a version any more, and why; rows are only ever added."""

    public_id = PublicIdField()
    signer = models.OneToOneField(VisionSigner, on_delete=models.PROTECT, related_name="withdrawn")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signers_withdrawn")

    class Meta:
        """In the order in which they were withdrawn; each says why."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="signer_withdrawn_says_why"),
        ]

    def __str__(self) -> str:
        return f"withdrawal of signer {self.public_id}"


class VisionSignature(models.Model):
    """A version signed by a post, by whoever held it that day; rows are only ever added.

    ``paper`` is where a signature is kept that was given on paper, and then ``by`` recorded it;
    where it is empty ``person`` signed here and is ``by``.
    """

    public_id = PublicIdField()
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="signatures")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="visions_signed")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visions_signed")
    on = models.DateField()
    paper = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signatures_recorded")

    class Meta:
        """A post signs a version once, and nobody signs for another without the paper."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vision", "post"], name="vision_signed_once"),
            models.CheckConstraint(
                condition=~Q(paper="") | Q(by=F("person")), name="vision_signed_for_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.public_id}"


class VisionAsked(models.Model):
    """A body that was asked about a version, in these words, until a day; rows are only added."""

    public_id = PublicIdField()
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="asked")
    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="asked_about_visions"
    )
    words = models.TextField()
    asked_on = models.DateField()
    wanted_by = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visions_asked_about")

    class Meta:
        """Each body once about a version; days in order."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vision", "committee"], name="vision_asked_once"),
            models.CheckConstraint(
                condition=Q(wanted_by__gte=F("asked_on")), name="vision_asked_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"asked about a vision {self.public_id}"


class VisionAnswer(models.Model):
    """What a body says of a version, in its own words; rows are only ever added.

    A later answer takes the place of an earlier one, which stays on record. ``source`` is where the
    body said it, such as its minutes, where somebody else recorded it; empty where the body wrote
    it here. ``public`` is the body's own choice.
    """

    public_id = PublicIdField()
    asked = models.ForeignKey(VisionAsked, on_delete=models.PROTECT, related_name="answers")
    stance = models.CharField(max_length=24, choices=STANCES)
    words = models.TextField(blank=True)
    on = models.DateField()
    source = models.CharField(max_length=300, blank=True)
    public = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="vision_answers")

    class Meta:
        """In the order given; an objection says what it objects to."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stance__in=("supports", "no_position")) | ~Q(words=""),
                name="vision_answer_that_objects_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"answer about a vision {self.public_id}"


class VisionRead(models.Model):
    """That a version was read again on a day and stands as it is; rows are only ever added.

    ``again_on`` is the day on which it is read the next time.
    """

    public_id = PublicIdField()
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="readings")
    on = models.DateField()
    words = models.CharField(max_length=300)
    again_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visions_read")

    class Meta:
        """In the order of time; the next time comes after."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(again_on__gt=F("on")), name="vision_read_again_later"
            ),
        ]

    def __str__(self) -> str:
        return f"reading of a vision {self.public_id}"
