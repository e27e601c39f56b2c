"""What a directorate heard, for those who may see how it plans; and what of it may leave.

:func:`public_themes` is the only way by which anything heard reaches an edition. Everything else
here is for pages that ask ``read_planning`` of their planning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Q, QuerySet

from goldenthread.plan import CheckSettings
from goldenthread.plan.heard import LEAST_SESSIONS, PublicTheme, Weight, faults, reaching
from goldenthread.timescale import Period, period_of
from goldenthread.web.models import HeardTheme as HeardTheme
from goldenthread.web.models import (
    HeardThemeSaid,
    OneToOnes,
    Person,
    SessionSaid,
    SignOff,
)
from goldenthread.web.models import Pack as Pack
from goldenthread.web.models import PackFigure as PackFigure
from goldenthread.web.models import PackFinding as PackFinding
from goldenthread.web.models import Planning as Planning
from goldenthread.web.models import Session as Session

STEP = "listen"
# Under so many, one-to-ones are not shown as a number even to those who see the planning.
FEWEST_SHOWN = CheckSettings().small_number
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


def sessions_of(planning: Planning) -> tuple[Session, ...]:
    """Every session of a planning, cancelled ones too, in the order in which they were held."""
    return tuple(planning.sessions.all())


def history_of(session: Session) -> tuple[SessionSaid, ...]:
    """What was said of a session, first said first, with who said it."""
    return tuple(session.said.select_related("by"))


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


def gone_of(planning: Planning) -> QuerySet[HeardTheme]:
    """The themes that were merged into others or withdrawn."""
    return planning.heard_themes.exclude(_STANDS).select_related("merged_into")


def drawn_from(theme: HeardTheme) -> tuple[Session, ...]:
    """The sessions that a theme is drawn from now."""
    return tuple(theme.sessions.all())


def theme_history(theme: HeardTheme) -> tuple[HeardThemeSaid, ...]:
    """What was said of a theme, first said first, with who said it."""
    return tuple(theme.said.select_related("by", "merged_into"))


def packs_of(planning: Planning) -> tuple[Pack, ...]:
    """The data packs of a planning with their findings and figures, newest first."""
    return tuple(
        planning.packs.prefetch_related("findings", "figures").order_by("-discussed_on", "-pk")
    )


def facts_for(plannings: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
    """What was done at the first two steps, for gates: counts by fact, by the key of a planning.

    ``sessions`` that were held, ``themes`` that stand, ``themes_of_three`` drawn from three or more
    sessions, ``packs`` that were not set aside, and ``pack_findings`` that hold. In four queries.
    """
    keys = list(plannings)
    found = {
        key: dict.fromkeys(("sessions", "themes", "themes_of_three", "packs", "pack_findings"), 0)
        for key in keys
    }

    def count(fact: str, rows: QuerySet[Session] | QuerySet[Pack] | QuerySet[PackFinding]) -> None:
        of = "pack__planning" if fact == "pack_findings" else "planning"
        for key, number in rows.order_by().values_list(of).annotate(Count("pk")):
            found[key][fact] = number

    count("sessions", Session.objects.filter(_HELD, planning__in=keys))
    count("packs", Pack.objects.filter(set_aside_because="", planning__in=keys))
    count(
        "pack_findings",
        PackFinding.objects.filter(
            withdrawn_because="", pack__set_aside_because="", pack__planning__in=keys
        ),
    )
    drawn = (
        HeardTheme.objects.filter(_STANDS, planning__in=keys)
        .annotate(drawn=Count("sessions", filter=Q(sessions__cancelled_because="")))
        .values_list("planning", "drawn")
    )
    for key, sessions in drawn:
        found[key]["themes"] += 1
        found[key]["themes_of_three"] += sessions >= LEAST_SESSIONS
    return found


def public_themes(planning: Planning) -> tuple[PublicTheme, ...]:
    """The themes of a planning that the public may read: the one way by which any leaves.

    None before listening is signed off. Which themes, and their weight, are those of the first
    sign-off; their words those of the newest; so no theme appears with a session that came later
    (``plan.heard.reaching``). One that was merged or withdrawn since, that is no longer drawn from
    three sessions, or whose words name somebody or tell of a session is left out. In order of their
    names, in four queries.
    """
    signed = list(
        SignOff.objects.filter(planning=planning, step=STEP, what="signed")
        .order_by("at", "pk")
        .values_list("at", flat=True)
    )
    if not signed:
        return ()
    first, last = signed[0], signed[-1]
    told = list(
        SessionSaid.objects.filter(session__planning=planning)
        .select_related("session")
        .order_by("pk")
    )
    said = list(
        HeardThemeSaid.objects.filter(theme__planning=planning)
        .select_related("theme")
        .order_by("pk")
    )
    held_now = _held(told)
    then = _newest(row for row in said if row.at <= first)
    signed_words, now = _newest(row for row in said if row.at <= last), _newest(said)
    given = reaching(
        {key: frozenset(row.sessions) for key, row in then.items()},
        {key: held_now & frozenset(row.sessions) for key, row in now.items()},
        _held(row for row in told if row.at <= first),
    )
    places = {row.place for row in told}
    people = list(Person.objects.values_list("name", flat=True))
    themes = (
        PublicTheme(
            key, signed_words[key].name, cast(Weight, then[key].weight), signed_words[key].note
        )
        for key in given & signed_words.keys()
    )
    return tuple(
        sorted(
            (
                theme
                for theme in themes
                if not faults(theme.name, places=places, people=people)
                and not faults(theme.note, places=places, people=people)
            ),
            key=lambda theme: (theme.name.casefold(), theme.id),
        )
    )


def _newest(said: Iterable[HeardThemeSaid]) -> dict[str, HeardThemeSaid]:
    """What was said last of each theme that then stood, by its public identifier."""
    newest = {row.theme.public_id: row for row in said}
    return {
        key: row
        for key, row in newest.items()
        if row.merged_into_id is None and not row.withdrawn_because
    }


def _held(told: Iterable[SessionSaid]) -> frozenset[str]:
    """The sessions that were held by what was said last of each, by their public identifiers."""
    newest = {row.session.public_id: row for row in told}
    return frozenset(key for key, row in newest.items() if not row.cancelled_because)
