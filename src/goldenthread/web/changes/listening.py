"""Listening: sessions that were held, one-to-ones as a total, and the themes that were heard.

Whatever is said is kept as it was said; rows of sessions and themes repeat the newest. The audit
tells that something was recorded, and never a day, a place or a number of a session.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.plan.heard import faults
from goldenthread.plan.people import find_people
from goldenthread.timescale import day, period_of
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import (
    Action,
    HeardIn,
    HeardTheme,
    HeardThemeSaid,
    Link,
    OneToOnes,
    Person,
    Planning,
    Session,
    SessionSaid,
)
from goldenthread.web.models.listening import SESSIONS, WEIGHTS
from goldenthread.web.permissions import lineage, require
from goldenthread.web.queries.outgoing import known_names

PLACE, NAME, NOTE = 160, 160, 1_000
# One session of a council is a hall at most; more is a slip of the keyboard.
MOST_CAME, MOST_ONE_TO_ONES = 2_000, 100_000


@dataclass(frozen=True)
class Held:
    """What is said of a session; ``cancelled_because`` is empty for one that was held.

    ``came`` is how many people, None where it was cancelled. ``off_site`` is for a place that is no
    office. ``facilitator`` is a post or an organisation, ``open_to`` which staff could come.
    """

    kind: str
    on: date | None
    place: str
    came: int | None
    facilitator: str
    open_to: str
    off_site: bool = False
    cancelled_because: str = ""


@dataclass(frozen=True)
class Heard:
    """What is said of a theme: its name, its weight in words, and a note that names nobody."""

    name: str
    weight: str
    note: str = ""
    one_to_ones: bool = False


@change
def record_session(
    *, by: Person, planning: Planning, held: Held, at: datetime, key: str = ""
) -> Session:
    """Enter a session in the register: one that was held, or was to be and was cancelled.

    Who may: keep_sessions. Recorded: ``session.recorded``, without a fact of the session. Raises
    ``Missing`` with a sentence for each answer: a day to come, a session of one person (that is a
    one-to-one, which has no day), a facilitator who is named and not the post.
    """
    require(by, "keep_sessions", planning, localdate(at))
    facts = _held(held, localdate(at))
    row = Session.objects.create(planning=planning, **facts)
    SessionSaid.objects.create(session=row, at=at, by=by, **facts)
    audit.record(by=by, what="session.recorded", on=row, facts={}, at=at)
    return row


@change
def correct_session(
    *,
    by: Person,
    session: Session,
    held: Held,
    reason: str,
    version: int,
    at: datetime,
    key: str = "",
) -> Session:
    """Put right what stands of a session, or say that it was cancelled; what stood before is kept.

    Who may: keep_sessions. Recorded: ``session.corrected`` with the names of the fields. Raises as
    :func:`record_session` does, ``Missing`` without a reason or where nothing changes, and
    ``OutOfStep`` where somebody corrected it first.
    """
    require(by, "keep_sessions", session, localdate(at))
    why = words(reason, name="reason", most=LINE)
    facts = _held(held, localdate(at), why_needed=not why)
    fields = sorted(name for name, value in facts.items() if getattr(session, name) != value)
    if not fields:
        raise Missing("Nothing would change.", do="Change an answer, or go back.")
    step(session, version, **facts)
    SessionSaid.objects.create(session=session, reason=why, at=at, by=by, **facts)
    audit.record(by=by, what="session.corrected", on=session, facts={"fields": fields}, at=at)
    return session


@change
def count_one_to_ones(
    *,
    by: Person,
    planning: Planning,
    counted_to: date,
    total: int,
    version: int,
    at: datetime,
    reason: str = "",
    key: str = "",
) -> OneToOnes:
    """Say how many one-to-ones there were in all, up to the end of a quarter that is over.

    Once a quarter and never sooner: totals of a few days apart would date a single one. ``version``
    is how often they were counted before. Who may: keep_sessions. Recorded:
    ``one_to_ones.counted``, without the number. Raises ``Missing`` for a day that ends no quarter
    or lies before the last count, and for a correction without a reason; ``OutOfStep`` where
    somebody counted first.
    """
    require(by, "keep_sessions", planning, localdate(at))
    why = words(reason, name="reason", most=LINE)
    before = list(planning.one_to_ones.all())
    if len(before) != version:
        raise OutOfStep(
            "Somebody counted while you were writing.",
            theirs={"counted_to": day(before[-1].counted_to)} if before else {},
            do="Read the count that now stands, and send what should stand.",
        )
    needs: dict[str, str] = {}
    if period_of(counted_to).ends != counted_to or counted_to >= localdate(at):
        needs["counted_to"] = "Choose a quarter that is over."
    elif counted_to < planning.begins:
        needs["counted_to"] = f"The planning begins on {day(planning.begins)}."
    if not 0 <= total <= MOST_ONE_TO_ONES:
        needs["total"] = f"Give a whole number up to {MOST_ONE_TO_ONES:,}."
    if before:
        last = before[-1]
        if counted_to < last.counted_to:
            needs["counted_to"] = f"They are counted up to {day(last.counted_to)} already."
        elif not why and (counted_to == last.counted_to or total < last.total):
            needs["reason"] = "Say why the count changes: the one before it is kept."
    if needs:
        raise Missing("The one-to-ones were not counted.", needs=needs)
    row = OneToOnes.objects.create(
        planning=planning, counted_to=counted_to, total=total, reason=why
    )
    told = {"counted_to": counted_to.isoformat()}
    audit.record(by=by, what="one_to_ones.counted", on=planning, facts=told, at=at)
    return row


@change
def hear_theme(
    *,
    by: Person,
    planning: Planning,
    heard: Heard,
    sessions: Sequence[Session],
    at: datetime,
    key: str = "",
) -> HeardTheme:
    """Enter a theme that was heard, with the sessions that it is drawn from.

    Who may: keep_sessions. Recorded: ``theme.heard``. Raises ``Missing`` with a sentence for each
    answer: words that name somebody or tell of a session (``plan.heard.faults``), a name that
    another theme here has, a session of another planning, and a theme drawn from nothing.
    """
    require(by, "keep_sessions", planning, localdate(at))
    said = _heard(heard, planning, sessions)
    try:
        with transaction.atomic():
            row = HeardTheme.objects.create(planning=planning, **said)
    except IntegrityError:
        raise _taken() from None
    _draw(row, sessions, {"at": at, "by": by})
    audit.record(by=by, what="theme.heard", on=row, facts={}, at=at)
    return row


@change
def change_theme(
    *,
    by: Person,
    theme: HeardTheme,
    heard: Heard,
    sessions: Sequence[Session],
    reason: str,
    version: int,
    at: datetime,
    key: str = "",
) -> HeardTheme:
    """Say a theme in other words, or draw it from other sessions; what was said before is kept.

    Who may: keep_sessions. Recorded: ``theme.changed`` with the names of the fields. Raises as
    :func:`hear_theme` does, ``Missing`` for a theme that was merged or withdrawn and without a
    reason, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_sessions", theme, localdate(at))
    _standing(theme)
    why = words(reason, name="reason", most=LINE)
    said = _heard(heard, theme.planning, sessions, but=theme, why_needed=not why)
    fields = [name for name, value in said.items() if getattr(theme, name) != value]
    if {row.pk for row in sessions} != set(theme.sessions.values_list("pk", flat=True)):
        fields.append("sessions")
    if not fields:
        raise Missing("Nothing would change.", do="Change an answer, or go back.")
    try:
        with transaction.atomic():
            step(theme, version, **said)
    except IntegrityError:
        raise _taken() from None
    _draw(theme, sessions, {"at": at, "by": by, "reason": why})
    audit.record(by=by, what="theme.changed", on=theme, facts={"fields": sorted(fields)}, at=at)
    return theme


@change
def merge_themes(
    *,
    by: Person,
    theme: HeardTheme,
    into: HeardTheme,
    reason: str,
    version: int,
    at: datetime,
    key: str = "",
) -> HeardTheme:
    """Let one theme take up another: it is then drawn from the sessions of both.

    Both keep their history, and links to the one that was taken up stay where they are. Who may:
    keep_sessions. Recorded: ``theme.merged``. Raises ``Missing`` without a reason, for a theme of
    another planning, for itself, and for one that was merged or withdrawn; ``OutOfStep`` where
    somebody changed either first.
    """
    require(by, "keep_sessions", theme, localdate(at))
    _standing(theme)
    why = words(reason, name="reason", most=LINE)
    needs: dict[str, str] = {}
    if into.planning_id != theme.planning_id or into.pk == theme.pk:
        needs["into"] = "Choose another theme of this directorate."
    elif into.merged_into_id is not None or into.withdrawn_because:
        needs["into"] = "That theme was merged or withdrawn itself."
    if not why:
        needs["reason"] = "Say why they are one theme."
    if needs:
        raise Missing("The themes were not merged.", needs=needs)
    own = list(theme.sessions.all())
    drawn = {row.pk: row for row in [*into.sessions.all(), *own]}
    step(theme, version, merged_into=into)
    step(into, into.version, one_to_ones=into.one_to_ones or theme.one_to_ones)
    told = {"at": at, "by": by, "reason": why}
    _draw(theme, own, told)
    _draw(into, list(drawn.values()), told)
    audit.record(by=by, what="theme.merged", on=theme, facts={"into": into.public_id}, at=at)
    return theme


@change
def withdraw_theme(
    *, by: Person, theme: HeardTheme, reason: str, version: int, at: datetime, key: str = ""
) -> HeardTheme:
    """Say that a theme is none after all; it stays in the history, and in no edition to come.

    Who may: keep_sessions. Recorded: ``theme.withdrawn``. Raises ``Missing`` without a reason and
    for one that was merged or withdrawn, ``OutOfStep`` where somebody changed it first.
    """
    require(by, "keep_sessions", theme, localdate(at))
    _standing(theme)
    why = words(reason, name="reason", most=LINE, needed=True)
    step(theme, version, withdrawn_because=why)
    _draw(theme, list(theme.sessions.all()), {"at": at, "by": by, "reason": why})
    audit.record(by=by, what="theme.withdrawn", on=theme, facts={}, at=at)
    return theme


@change
def lead_to_action(
    *, by: Person, theme: HeardTheme, action: Action, since: date, at: datetime, key: str = ""
) -> Link:
    """Say that an action comes from a theme, from a day; a link that stands is given back as it is.

    Who may: keep_planning. Recorded: ``link.made``. Raises ``Missing`` for a theme that was merged
    or withdrawn, and for an action of a plan outside the directorate.
    """
    require(by, "keep_planning", theme, localdate(at))
    _standing(theme)
    if theme.planning.unit_id not in lineage(action.plan.unit_id):
        raise Missing(
            "They were not joined.",
            needs={"action": "Choose an action of a plan of this directorate."},
        )
    ends = {
        "from_kind": "action",
        "from_id": action.public_id,
        "to_kind": "heardtheme",
        "to_id": theme.public_id,
        "meaning": "comes_from",
    }
    made = Link.objects.filter(**ends, until__isnull=True).first()
    if made is None:
        made = Link.objects.create(**ends, since=since, by=by)
        audit.record(by=by, what="link.made", on=made, facts=ends, at=at)
    return made


def places_of(planning: Planning) -> set[str]:
    """Every place that was ever given for a session of a planning."""
    return set(
        SessionSaid.objects.filter(session__planning=planning).values_list("place", flat=True)
    )


def wrong_words(
    planning: Planning, said: Iterable[tuple[str, str]], *, people: Iterable[str] | None = None
) -> dict[str, str]:
    """What must go from words about what was heard, by their field, in one sentence each or more.

    Places are those of the planning's sessions, names those of ``plan.heard`` and of the accounts.
    """
    places = places_of(planning)
    people = known_names() if people is None else people
    found = {
        name: " ".join(faults(text, places=places, people=people)) for name, text in said if text
    }
    return {name: sentences for name, sentences in found.items() if sentences}


def _held(held: Held, today: date, *, why_needed: bool = False) -> dict[str, Any]:
    """What is said of a session as it is kept; every want at once."""
    cancelled = words(held.cancelled_because, name="why it was cancelled", most=LINE)
    told = replace(
        held,
        place=words(held.place, name="place", most=PLACE),
        facilitator=words(held.facilitator, name="who ran it", most=PLACE),
        open_to=words(held.open_to, name="which staff could come", most=LINE),
        cancelled_because=cancelled,
        came=0 if cancelled and not held.came else held.came,
    )
    needs: dict[str, str] = {}
    if told.kind not in dict(SESSIONS):
        needs["kind"] = "Choose what kind of session it was."
    if told.on is None:
        needs["on"] = "Give the day of the session."
    elif told.on > today and not cancelled:
        needs["on"] = "The day lies in the future. Enter a session once it has been held."
    if not told.place:
        needs["place"] = "Say where it was."
    needs |= _came(told.came, cancelled=bool(cancelled))
    if not told.facilitator:
        needs["facilitator"] = "Give the post or the organisation that ran it."
    elif find_people(told.facilitator):
        needs["facilitator"] = "Give the post or the organisation, and no name."
    if not told.open_to:
        needs["open_to"] = "Say which staff could come."
    if why_needed:
        needs["reason"] = "Say why it changes: what stood before is kept."
    if needs:
        raise Missing("The session was not kept.", needs=needs)
    return asdict(told)


def _came(came: int | None, *, cancelled: bool) -> dict[str, str]:
    """What is wrong with the number of people who came."""
    if cancelled:
        return {"came": "Nobody came to a session that was cancelled."} if came else {}
    if came is None or not 1 <= came <= MOST_CAME:
        return {"came": f"Say how many people came, up to {MOST_CAME:,}."}
    if came == 1:
        return {
            "came": "One person alone is a one-to-one. Count it there: those have no day and no "
            "place."
        }
    return {}


def _heard(
    heard: Heard,
    planning: Planning,
    sessions: Sequence[Session],
    *,
    but: HeardTheme | None = None,
    why_needed: bool = False,
) -> dict[str, Any]:
    """What is said of a theme as it is kept; every want at once."""
    told = replace(
        heard,
        name=words(heard.name, name="name", most=NAME),
        note=words(heard.note, name="note", most=NOTE),
    )
    needs = wrong_words(planning, [("name", told.name), ("note", told.note)])
    if not told.name:
        needs["name"] = "Give the theme a name."
    elif _named_here(planning, told.name, but):
        needs["name"] = "Another theme here has this name. Change that one, or merge the two."
    if told.weight not in dict(WEIGHTS):
        needs["weight"] = "Choose by how many it was raised."
    if any(row.planning_id != planning.pk for row in sessions):
        needs["sessions"] = "Choose sessions of this directorate."
    elif any(row.cancelled_because for row in sessions):
        needs["sessions"] = "Nothing was heard in a session that was cancelled."
    elif not sessions and not told.one_to_ones:
        needs["sessions"] = "Say in which sessions it was heard, or that one-to-ones spoke of it."
    if why_needed:
        needs["reason"] = "Say why it changes: what stood before is kept."
    if needs:
        raise Missing("The theme was not kept.", needs=needs)
    return asdict(told)


def _named_here(planning: Planning, name: str, but: HeardTheme | None) -> bool:
    """Whether another theme that stands in a planning has this name, whatever its capitals."""
    named = HeardTheme.objects.filter(
        planning=planning, name__iexact=name, merged_into__isnull=True, withdrawn_because=""
    )
    return (named if but is None else named.exclude(pk=but.pk)).exists()


def _taken() -> Missing:
    return Missing(
        "The theme was not kept.",
        needs={"name": "Somebody entered a theme of this name while you were writing."},
    )


def _standing(theme: HeardTheme) -> None:
    """Refuse a theme that is none any longer."""
    if theme.merged_into_id is not None:
        raise Missing("This theme was merged into another.", do="Change that one.")
    if theme.withdrawn_because:
        raise Missing("This theme was withdrawn.", do="Enter it again if it stands after all.")


def _draw(theme: HeardTheme, sessions: Sequence[Session], told: dict[str, Any]) -> None:
    """Have a theme drawn from these sessions, and keep what is said of it now."""
    theme.drawn_from.exclude(session__in=sessions).delete()
    held = set(theme.drawn_from.values_list("session_id", flat=True))
    HeardIn.objects.bulk_create(
        HeardIn(theme=theme, session=row) for row in sessions if row.pk not in held
    )
    HeardThemeSaid.objects.create(
        theme=theme,
        name=theme.name,
        weight=theme.weight,
        note=theme.note,
        one_to_ones=theme.one_to_ones,
        merged_into=theme.merged_into,
        withdrawn_because=theme.withdrawn_because,
        sessions=sorted(row.public_id for row in sessions),
        **told,
    )
