"""Rounds of updates: how often leads are asked, and each round opened, kept open and closed.

Whatever opens or closes a round, a person or the daily turn of the clock, does it once: the
database holds one round for a period, and its figures are counted once, when it closes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.timescale import STANDARD, Period, period_of
from goldenthread.timescale.period import faults
from goldenthread.web import audit
from goldenthread.web.changes import chase
from goldenthread.web.changes.deed import change, step
from goldenthread.web.models import Action, Cadence, Person, Plan, Round, Unit
from goldenthread.web.permissions import require
from goldenthread.web.queries.asked import asked, figures, parts, period
from goldenthread.web.queries.cadences import Cadences, cadences


@change
def keep_cadence(
    *,
    by: Person,
    of: Unit | Plan | Action,
    months: int,
    version: int,
    at: datetime,
    teams_before: int | None = None,
    directors_before: int | None = None,
    grace: int | None = None,
    key: str = "",
) -> Cadence:
    """Ask about a unit, a plan or one action so often from now on; what it was before is kept.

    ``months`` is 1, 3, 6 or 12; the days are those of ``timescale.Rhythm``, the standard ones where
    they are not given, and of a unit alone. ``version`` is that of the cadence that stands, 0 where
    there is none. Rounds that are open stay as they are. Who may: keep_rounds. Recorded:
    ``cadence.kept``, with its months and days. Raises ``Missing`` for days that make no window and
    for days of a plan or an action, ``OutOfStep`` where somebody kept another first.
    """
    require(by, "keep_rounds", of, localdate(at))
    given = {"teams_before": teams_before, "directors_before": directors_before, "grace": grace}
    if not isinstance(of, Unit) and any(value is not None for value in given.values()):
        raise Missing("The days of a window are those of a unit: a plan or an action has none.")
    standard = STANDARD.get(months, STANDARD[3])
    days = {
        name: getattr(standard, name) if value is None else value for name, value in given.items()
    }
    if needs := faults(months, **days):
        raise Missing("The cadence was not kept.", needs=needs)
    what = audit.kind_of(of)
    now = Cadence.objects.filter(**{what: of}, ended_at__isnull=True).first()
    _ended(now, version, by, at)
    kept = Cadence.objects.create(**{what: of}, months=months, at=at, by=by, **days)
    facts = {"of": f"{what} {of.public_id}", "months": months, **days}
    audit.record(by=by, what="cadence.kept", on=kept, facts=facts, at=at)
    return kept


@change
def end_cadence(
    *, by: Person, cadence: Cadence, version: int, at: datetime, key: str = ""
) -> Cadence:
    """Ask as often as is asked of what stands above it; the cadence that ends is kept.

    Who may: keep_rounds. Recorded: ``cadence.ended``. Raises ``OutOfStep`` where somebody ended or
    changed it first.
    """
    require(by, "keep_rounds", cadence, localdate(at))
    _ended(cadence, version, by, at)
    audit.record(by=by, what="cadence.ended", on=cadence, at=at)
    return cadence


def _ended(now: Cadence | None, version: int, by: Person, at: datetime) -> None:
    """End the cadence that stands, which is the one that somebody saw."""
    if now is None and version == 0:
        return
    if now is None or now.ended_at is not None or version != now.version:
        raise OutOfStep(
            "Somebody changed how often this is asked about while you were writing.",
            do="Read what now stands, and send what should stand.",
        )
    step(now, version, ended_at=at, ended_by=by)


@change
def open_round(
    *,
    by: Person,
    unit: Unit,
    months: int,
    ends: date,
    teams_from: date,
    directors_from: date,
    closes: date,
    at: datetime,
    key: str = "",
) -> Round:
    """Open the round of a period: from its days on its leads can be sent their links.

    ``ends`` is the last day of the period. Nothing is sent by this. Who may: keep_rounds. Recorded:
    ``round.opened``. Raises ``Missing`` for days that are no period or stand in no order, for a
    period that has not begun, for one that has its round, and where no action is asked about.
    """
    require(by, "keep_rounds", unit, localdate(at))
    asked_about = _period(months, ends)
    days = {"teams_from": teams_from, "directors_from": directors_from, "closes": closes}
    if needs := _needs(asked_about, localdate(at), **days):
        raise Missing("The round was not opened.", needs=needs)
    opened = _opened(unit, asked_about, days, at, by=by, known=cadences())
    if opened is None:
        raise Missing(
            f"{asked_about.title} has its round already, or there is no action to ask about in it.",
            do="Look at the rounds that are open.",
        )
    return opened


def _period(months: int, ends: date) -> Period:
    """The period of so many months that ends on a day. Raises ``Missing`` where there is none."""
    found = period_of(ends, months) if months in STANDARD else None
    if found is None or found.ends != ends:
        raise Missing("There is no such period.", needs={"ends": "Choose one of the periods."})
    return found


def _needs(
    of: Period, on: date, *, teams_from: date, directors_from: date, closes: date
) -> dict[str, str]:
    """What is wrong with the days of a round, by their names."""
    needs: dict[str, str] = {}
    if of.begins > on:
        needs["ends"] = f"{of.title} has not begun."
    if teams_from < of.begins:
        needs["teams_from"] = "The window opens before the period begins."
    if directors_from < teams_from:
        needs["directors_from"] = "It opens for directors before it opens for their teams."
    if closes < max(of.ends, directors_from):
        needs["closes"] = "It closes before the period ends, or before directors can answer."
    elif closes < on:
        needs["closes"] = "This day has passed, so nobody could answer."
    return needs


def _opened(
    unit: Unit,
    of: Period,
    days: Mapping[str, date],
    at: datetime,
    *,
    by: Person | None,
    known: Cadences,
) -> Round | None:
    """The round, where nobody opened it before and there is something to ask about; else None."""
    row = Round(
        unit=unit,
        months=of.months,
        begins=of.begins,
        ends=of.ends,
        opened_at=at,
        opened_by=by,
        **days,
    )
    if Round.objects.filter(unit=unit, months=of.months, ends=of.ends).exists():
        return None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            # Looked at once it stands, since it is then the nearer of two.
            found = len(asked(row, on=localdate(at), known=known))
            if not found:
                transaction.set_rollback(True)
                return None
            facts = {"period": of.name, "closes": days["closes"].isoformat(), "asked": found}
            audit.record(by=by, what="round.opened", on=row, facts=facts | _turned(by), at=at)
    except IntegrityError:
        # Another worker opened it at the same moment.
        return None
    return row


@change
def keep_round_open(
    *, by: Person, round: Round, version: int, closes: date, at: datetime, key: str = ""
) -> Round:
    """Let a round close on a later day, or open one again that was closed too early.

    The figures that were frozen then stand in the audit, and are counted anew when it closes. Who
    may: keep_rounds. Recorded: ``round.kept_open``. Raises ``Missing`` for a day that has passed or
    lies more than a period ahead, ``OutOfStep`` where somebody closed it or moved its day first.
    """
    require(by, "keep_rounds", round, localdate(at))
    on, before = localdate(at), round.closes
    needs = _needs(
        period(round), on, teams_from=round.teams_from, directors_from=round.directors_from,
        closes=closes,
    )  # fmt: skip
    if closes > period(round).after().ends:
        needs["closes"] = "This is after the next period ends: open that one's round instead."
    if needs:
        raise Missing("The round was not kept open.", needs=needs)
    frozen = dict(round.figures)
    step(round, version, closes=closes, closed_at=None, closed_by=None, figures={})
    facts: dict[str, Any] = {"from": before.isoformat(), "to": closes.isoformat()}
    audit.record(
        by=by,
        what="round.kept_open",
        on=round,
        facts=facts | ({"figures": frozen} if frozen else {}),
        at=at,
    )
    return round


@change
def close_round(*, by: Person, round: Round, version: int, at: datetime, key: str = "") -> Round:
    """Close a round and freeze its figures; its links open nothing any more.

    What is said later is kept as ever, and counts as late. Who may: keep_rounds. Recorded:
    ``round.closed``, with the figures. Raises ``Missing`` for one that is closed, ``OutOfStep``
    where somebody changed it first.
    """
    require(by, "keep_rounds", round, localdate(at))
    if round.closed_at is not None:
        raise Missing("This round is closed already.", do="Its figures stand on its page.")
    _closed(round, version, at, by=by, known=cadences())
    return round


def _closed(
    round_: Round, version: int, at: datetime, *, by: Person | None, known: Cadences
) -> None:
    counted = counts(round_, on=localdate(at), known=known)
    step(round_, version, closed_at=at, closed_by=by, figures=counted)
    facts = {"period": period(round_).name, "figures": counted["all"]}
    audit.record(by=by, what="round.closed", on=round_, facts=facts | _turned(by), at=at)


def counts(round_: Round, *, on: date, known: Cadences | None = None) -> dict[str, Any]:
    """The figures of a round: ``all`` of it, and ``parts`` by the directorate of who is asked."""
    rows, of = asked(round_, on=on, known=known), parts(on)
    directorates = {part.public_id: part for part in of.values()}
    held: dict[str, list[Any]] = {}
    for row in rows:
        held.setdefault(of[row.who.unit or row.unit].public_id, []).append(row)
    named = sorted(held, key=lambda public_id: directorates[public_id].name)
    return {
        "all": figures(rows),
        "parts": [
            {"unit": public_id, "name": directorates[public_id].name, **figures(held[public_id])}
            for public_id in named
        ],
    }


# -- the daily turn of the clock -------------------------------------------------------------------


@dataclass(frozen=True)
class Turned:
    """What a turn of the clock did: rounds opened and closed, and how many were reminded."""

    opened: tuple[Round, ...] = ()
    closed: tuple[Round, ...] = ()
    reminded: int = 0


def turn(*, at: datetime) -> Turned:
    """Open what is due, close what is over, and remind who has not answered: once for each.

    Safe to run as often as one likes, and by two workers at once: each round is opened, closed and
    reminded about in a transaction of its own, which the first to come does and the others find
    done. A clock that ran ahead and was put right does nothing a second time; of a clock that is
    behind nothing is due yet. What a wrong clock closed is opened by :func:`keep_round_open`.
    """
    on, known = localdate(at), cadences()
    closed = []
    for round_ in Round.objects.filter(closed_at__isnull=True, closes__lt=on).order_by("pk"):
        try:
            with transaction.atomic():
                _closed(round_, round_.version, at, by=None, known=known)
        except OutOfStep:
            continue  # another worker, or a person, was first
        closed.append(round_)
    opened = []
    units = Unit.objects.in_bulk([head.unit for head in known.heads])
    for head in sorted(known.heads, key=lambda head: (head.unit != known.root, head.unit)):
        unit = units.get(head.unit)
        if unit is None or (unit.ends is not None and unit.ends < on):
            continue
        window = known.rhythm(head.unit, head.months).latest(on)
        if window.closes < on:
            continue
        days = {
            "teams_from": window.teams,
            "directors_from": window.directors,
            "closes": window.closes,
        }
        with transaction.atomic():
            made = _opened(unit, window.period, days, at, by=None, known=known)
        if made is not None:
            opened.append(made)
    reminded = sum(
        chase.remind_by_clock(round_, at=at)
        for round_ in Round.objects.filter(closed_at__isnull=True, closes__gte=on).order_by("pk")
    )
    return Turned(tuple(opened), tuple(closed), reminded)


def _turned(by: Person | None) -> dict[str, str]:
    """What the audit says of a deed that nobody did."""
    return {} if by is not None else {"done_by": "the daily turn of the clock"}
