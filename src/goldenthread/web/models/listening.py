"""What a directorate heard and what it looked at: listening sessions, themes, and data packs.

A session here is a listening session; who is signed in where is a ``Visit``. Sessions and themes
repeat what was last said of them; every saying is kept and only ever added to. One-to-ones are a
total and nothing else: no row tells of a single one.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from goldenthread.web.models.people import Person
from goldenthread.web.models.planning import Planning
from goldenthread.web.models.public_id import PublicIdField, Thing

SESSIONS = [(word, word) for word in ("focus_group", "listening_session", "other")]
WEIGHTS = [(word, word) for word in ("many", "some", "few")]
PACK_FORMATS = [(word, word) for word in ("pdf", "docx", "xlsx", "csv")]


class OfSession(models.Model):
    """What is said of a session: its kind, day, place and size, who ran it, and who could come.

    ``off_site`` is for a place that is no office, such as a depot; ``facilitator`` is a post or an
    organisation. ``cancelled_because`` is empty for a session that was held.
    """

    kind = models.CharField(max_length=20, choices=SESSIONS)
    on = models.DateField()
    place = models.CharField(max_length=160)
    off_site = models.BooleanField(default=False)
    came = models.PositiveIntegerField()
    facilitator = models.CharField(max_length=160)
    open_to = models.CharField(max_length=300)
    cancelled_because = models.CharField(max_length=300, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


# Nobody came to a session that was cancelled; one person alone is a one-to-one, and has no day.
_CAME = Q(cancelled_because="", came__gte=2) | (~Q(cancelled_because="") & Q(came=0))


class Session(Thing, OfSession):
    """A listening session as it stands on record now."""

    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        """In the order in which they were held."""

        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_CAME, name="session_held_by_several_or_cancelled")
        ]


class SessionSaid(OfSession):
    """What was once said of a session; rows are only ever added, a later one says why."""

    public_id = PublicIdField()
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="said")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sessions_said")

    class Meta:
        """In the order in which it was said."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"what was said of session {self.session_id}"


class OneToOnes(models.Model):
    """How many one-to-ones there were in all, up to the end of a quarter; the newest row counts.

    It has no time and nobody's name: rows of a few days apart would date a single one. A row that
    corrects one of the same quarter has a reason.
    """

    public_id = PublicIdField()
    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="one_to_ones")
    counted_to = models.DateField()
    total = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """In the order in which they were counted."""

        ordering: ClassVar = ["id"]
        verbose_name_plural = "one-to-ones"

    def __str__(self) -> str:
        return f"one-to-ones {self.public_id}"


class OfTheme(models.Model):
    """What is said of a theme: its name, its weight in words, and a note that names nobody.

    ``one_to_ones`` says that one-to-ones spoke of it too. ``merged_into`` is the theme that took
    it up, ``withdrawn_because`` why it is none.
    """

    name = models.CharField(max_length=160)
    weight = models.CharField(max_length=4, choices=WEIGHTS)
    note = models.TextField(blank=True)
    one_to_ones = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "goldenthread.HeardTheme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_merged",
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


class HeardTheme(Thing, OfTheme):
    """A theme that was heard, as it stands now; ``Theme`` is a section of a plan, another thing."""

    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="heard_themes")
    sessions = models.ManyToManyField(Session, through="HeardIn", related_name="heard_themes")

    class Meta:
        """By name; a planning has one theme of a name."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["planning", "name"],
                condition=Q(merged_into__isnull=True, withdrawn_because=""),
                name="heard_theme_one_name_in_a_planning",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(withdrawn_because=""),
                name="heard_theme_merged_or_withdrawn",
            ),
        ]


class HeardIn(models.Model):
    """A theme is drawn from a session, as it stands now; what was said before is in the history."""

    theme = models.ForeignKey(HeardTheme, on_delete=models.CASCADE, related_name="drawn_from")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="heard")

    class Meta:
        """Said once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["theme", "session"], name="heard_in_once")
        ]

    def __str__(self) -> str:
        return f"theme {self.theme_id} heard in session {self.session_id}"


class HeardThemeSaid(OfTheme):
    """What was once said of a theme; rows are only ever added.

    ``sessions`` are the public identifiers of those that it was drawn from.
    """

    public_id = PublicIdField()
    theme = models.ForeignKey(HeardTheme, on_delete=models.PROTECT, related_name="said")
    sessions = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="themes_said")

    class Meta:
        """In the order in which it was said."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"what was said of theme {self.theme_id}"


class Pack(Thing):
    """The data that a directorate's management team discussed on a day, as a file or as figures.

    ``stored`` is the random name in the evidence folder; only ``open_pack`` hands the file out.
    """

    planning = models.ForeignKey(Planning, on_delete=models.PROTECT, related_name="packs")
    title = models.CharField(max_length=200)
    discussed_on = models.DateField()
    format = models.CharField(max_length=4, choices=PACK_FORMATS, blank=True)
    file = models.CharField(max_length=200, blank=True)
    stored = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    set_aside_because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="packs")

    class Meta:
        """In the order in which they were discussed; a file has all that a file needs, or none."""

        ordering: ClassVar = ["discussed_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(format="", file="", stored="", sha256="", size__isnull=True)
                | (~Q(format="") & ~Q(file="") & ~Q(stored="") & ~Q(sha256="")),
                name="pack_file_is_whole",
            )
        ]


class OfPack(Thing):
    """Something read off a pack, in the order entered, and why where it no longer holds."""

    position = models.PositiveIntegerField(default=0)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        """No table of its own."""

        abstract = True


class PackFinding(OfPack):
    """What a management team found in a pack: one sentence, which a priority can come from."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="findings")
    text = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        """In the order in which they were entered."""

        ordering: ClassVar = ["position", "id"]

    @property
    def planning(self) -> Planning:
        """The planning whose finding it is."""
        return self.pack.planning


class PackFigure(OfPack):
    """A figure of a pack, entered by hand until a release of workforce data gives it.

    ``unit`` is what stands behind the value, such as "per cent" or "days".
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="figures")
    words = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    unit = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pack_figures")

    class Meta:
        """In the order in which they were entered."""

        ordering: ClassVar = ["position", "id"]

    @property
    def planning(self) -> Planning:
        """The planning whose figure it is."""
        return self.pack.planning
