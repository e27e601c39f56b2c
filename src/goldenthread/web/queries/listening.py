"""What a directorate heard, for those who may see how it plans; and what of it may leave.

:func:`public_themes` is the only way by which anything heard reaches an edition. Everything else
here is for pages that ask ``read_planning`` of their planning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Count, Q, QuerySet

from goldenthread.plan import CheckSettings
from goldenthread.plan.heard import LEAST_SESSIONS, PublicTheme, Weight, faults, reaching
from goldenthread.timescale import Period, period_of
from goldenthread.web.models import (
    Action,
    HeardIn,
    HeardThemeSaid,
    OneToOnes,
    Person,
    SessionSaid,
    SignOff,
)
from goldenthread.web.models import HeardTheme as HeardTheme
from goldenthread.web.models import Pack as Pack
from goldenthread.web.models import PackFigure as PackFigure
from goldenthread.web.models import PackFinding as PackFinding
from goldenthread.web.models import Planning as Planning
from goldenthread.web.models import Session as Session
from goldenthread.web.permissions import lineage, reach, units_above
from goldenthread.web.queries.facts import how_many

STEP = "listen"
# Under so many, one-to-ones are not shown as a number even to those who see the planning.
FEWEST_SHOWN = CheckSettings().small_number
# More are not offered in one list.
_MOST_ACTIONS = 300
_STANDS = Q(merged_into__isnull=True, withdrawn_because="")
_HELD = Q(cancelled_because="")


@dataclass(frozen=True)
class Total:
    """The one-to-ones of a planning: how many in all up to a quarter's end.

    ``total`` is None where it is under ten and so not shown; ``version`` is how often they were
    counted.
    """

    total: int | None
    counted_to: date | None
    version: int

    @property
    def quarter(self) -> Period | None:
        """The quarter up to whose end they are counted."""
        return None if self.counted_to is None else period_of(self.counted_to)


@dataclass(frozen=True)
class Drawn:
    """A theme that stands, with how many sessions it was drawn from."""

    theme: HeardTheme
    sessions: int

    @property
    def enough(self) -> bool:
        """Whether it is drawn from as many sessions as the public may hear of."""
        return self.sessions >= LEAST_SESSIONS


@dataclass(frozen=True)
class Listened:
    """What a directorate's page of listening shows.

    ``reads`` says of each theme, by its identifier, who reads it: "public", or why it stays inside:
    "few_sessions", "not_signed" (it would reach the public with the sign-off), "late" (it was drawn
    from three sessions after that), "few_held" (all of the sessions would be known) or "words"
    (its words would tell of somebody or of a session).
    """

    sessions: tuple[Session, ...]
    one_to_ones: Total
    themes: tuple[Drawn, ...]
    gone: tuple[HeardTheme, ...]
    reads: Mapping[str, str]

    @property
    def held(self) -> tuple[Session, ...]:
        """The sessions that were held."""
        return tuple(row for row in self.sessions if not row.cancelled_because)

    @property
    def came(self) -> int:
        """How many came to all of them together; who came to several is counted several times."""
        return sum(row.came for row in self.held)

    @property
    def off_site(self) -> int:
        """How many were held away from the offices."""
        return sum(row.off_site for row in self.held)


def listened(planning: Planning) -> Listened:
    """Everything that was heard in a planning, in five queries whatever there is."""
    told = _Told.of(planning)
    sessions = {row.session_id: row.session for row in told.sessions}
    rows = {row.theme_id: row.theme for row in told.themes}
    drawn, public = told.drawn(), {one.id for one in told.public()}
    then = told.drawn(told.signed[0]) if told.signed else {}
    held = sum(not row.cancelled_because for row in sessions.values())

    def reads(one: Drawn) -> str:
        key = one.theme.public_id
        if key in public:
            return "public"
        if not one.enough:
            return "few_sessions"
        if held <= LEAST_SESSIONS:
            return "few_held"
        if not told.signed:
            return "not_signed"
        return "words" if len(then.get(key, ())) >= LEAST_SESSIONS else "late"

    standing = [
        Drawn(row, len(drawn[row.public_id])) for row in rows.values() if row.public_id in drawn
    ]
    gone = [row for row in rows.values() if row.public_id not in drawn]
    for row in gone:
        if row.merged_into_id is not None:
            row.merged_into = rows[row.merged_into_id]
    return Listened(
        tuple(sorted(sessions.values(), key=lambda row: (row.on, row.pk))),
        one_to_ones(planning),
        tuple(sorted(standing, key=lambda one: (-one.sessions, one.theme.name, one.theme.pk))),
        tuple(sorted(gone, key=lambda row: (row.name, row.pk))),
        {one.theme.public_id: reads(one) for one in standing},
    )


def sessions_of(planning: Planning) -> tuple[Session, ...]:
    """Every session of a planning, cancelled ones too, in the order in which they were held."""
    return tuple(planning.sessions.all())


def history_of(session: Session) -> tuple[SessionSaid, ...]:
    """What was said of a session, first said first, with who said it."""
    return tuple(session.said.select_related("by"))


def themes_heard_in(session: Session) -> QuerySet[HeardTheme]:
    """The themes that stand and are drawn from a session."""
    return session.heard_themes.filter(_STANDS)


def one_to_ones(planning: Planning) -> Total:
    """The one-to-ones of a planning as a page may show them."""
    counts = list(planning.one_to_ones.all())
    if not counts:
        return Total(None, None, 0)
    last = counts[-1]
    return Total(last.total if last.total >= FEWEST_SHOWN else None, last.counted_to, len(counts))


def counts_of(planning: Planning) -> tuple[OneToOnes, ...]:
    """Every count of the one-to-ones, for the form of whoever counts them."""
    return tuple(planning.one_to_ones.all())


def themes_of(planning: Planning) -> tuple[Drawn, ...]:
    """The themes that stand, those drawn from most sessions first."""
    rows = (
        planning.heard_themes.filter(_STANDS)
        .annotate(drawn=Count("sessions", filter=Q(sessions__cancelled_because="")))
        .order_by("-drawn", "name", "pk")
    )
    return tuple(Drawn(row, row.drawn) for row in rows)


def drawn_from(theme: HeardTheme) -> tuple[Session, ...]:
    """The sessions that a theme is drawn from now."""
    return tuple(theme.sessions.all())


def theme_history(theme: HeardTheme) -> tuple[HeardThemeSaid, ...]:
    """What was said of a theme, first said first, with who said it."""
    return tuple(theme.said.select_related("by", "merged_into"))


def actions_near(planning: Planning, *, for_: Person, on: date) -> tuple[Action, ...]:
    """The actions that can be said to come from a theme: those of the directorate's own plans."""
    parents = units_above()
    within = [
        unit
        for unit in reach(for_, "keep_planning", on)
        if planning.unit_id in lineage(unit, parents)
    ]
    rows = Action.objects.filter(plan__unit__in=within).exclude(status="withdrawn")
    return tuple(rows[:_MOST_ACTIONS])


def packs_of(planning: Planning) -> tuple[Pack, ...]:
    """The data packs of a planning with their findings and figures, newest first."""
    return tuple(
        planning.packs.prefetch_related("findings", "figures").order_by("-discussed_on", "-pk")
    )


_DRAWN = how_many(HeardIn.objects.filter(session__cancelled_because=""), "theme")
COUNTED = {
    "sessions": how_many(Session.objects.filter(_HELD)),
    "themes": how_many(HeardTheme.objects.filter(_STANDS)),
    "themes_of_three": how_many(
        HeardTheme.objects.filter(_STANDS).alias(drawn=_DRAWN).filter(drawn__gte=LEAST_SESSIONS)
    ),
    "packs": how_many(Pack.objects.filter(set_aside_because="")),
    "pack_findings": how_many(
        PackFinding.objects.filter(withdrawn_because="", pack__set_aside_because=""),
        "pack__planning",
    ),
}
"""What was done at the first two steps, for gates: ``sessions`` that were held, ``themes`` that
stand, ``themes_of_three`` drawn from three or more sessions, ``packs`` that were not set aside, and
``pack_findings`` that hold.
"""


def public_themes(planning: Planning) -> tuple[PublicTheme, ...]:
    """The themes of a planning that the public may read: the one way by which any leaves.

    None before listening is signed off. Which themes, and their weight, are those of the first
    sign-off; their words those of the newest; so no theme appears with a session that came later
    (``plan.heard.reaching``). One that was merged or withdrawn since, that is no longer drawn from
    three sessions, or whose words name somebody or tell of a session is left out. In order of their
    names, in four queries.
    """
    return _Told.of(planning).public()


@dataclass(frozen=True)
class _Told:
    """All that was ever said of a planning's sessions and themes, and when listening was signed."""

    signed: tuple[datetime, ...]
    sessions: tuple[SessionSaid, ...]
    themes: tuple[HeardThemeSaid, ...]
    people: tuple[str, ...]

    @classmethod
    def of(cls, planning: Planning) -> _Told:
        """As it stands in the rows that are only ever added to."""
        signed = SignOff.objects.filter(planning=planning, step=STEP, what="signed")
        sessions = SessionSaid.objects.filter(session__planning=planning)
        themes = HeardThemeSaid.objects.filter(theme__planning=planning)
        return cls(
            tuple(signed.order_by("at", "pk").values_list("at", flat=True)),
            tuple(sessions.select_related("session").order_by("pk")),
            tuple(themes.select_related("theme").order_by("pk")),
            tuple(Person.objects.values_list("name", flat=True)),
        )

    def drawn(self, by: datetime | None = None) -> dict[str, frozenset[str]]:
        """From which sessions that were held each theme was drawn by a moment, or is now."""
        held = self._held(by)
        return {key: held & set(row.sessions) for key, row in self._said(by).items()}

    def public(self) -> tuple[PublicTheme, ...]:
        """The themes that the public may read."""
        if not self.signed:
            return ()
        first, last = self.signed[0], self.signed[-1]
        given = reaching(self.drawn(first), self.drawn(), self._held(first))
        then, words = self._said(first), self._said(last)
        themes = (
            PublicTheme(key, words[key].name, cast(Weight, then[key].weight), words[key].note)
            for key in given & words.keys()
        )
        told = (theme for theme in themes if not self._tells(theme))
        return tuple(sorted(told, key=lambda theme: (theme.name.casefold(), theme.id)))

    def _tells(self, theme: PublicTheme) -> bool:
        """Whether the words of a theme name somebody or tell of a session."""
        places = {row.place for row in self.sessions}
        return any(
            faults(text, places=places, people=self.people) for text in (theme.name, theme.note)
        )

    def _said(self, by: datetime | None = None) -> dict[str, HeardThemeSaid]:
        """What was said last of each theme, by a moment, where the theme then stood."""
        newest = {row.theme.public_id: row for row in self.themes if by is None or row.at <= by}
        return {
            key: row
            for key, row in newest.items()
            if row.merged_into_id is None and not row.withdrawn_because
        }

    def _held(self, by: datetime | None = None) -> frozenset[str]:
        """The sessions that had been held by what was said of them by a moment."""
        newest = {row.session.public_id: row for row in self.sessions if by is None or row.at <= by}
        return frozenset(key for key, row in newest.items() if not row.cancelled_because)
