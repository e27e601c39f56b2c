"""Objectives counted: how many appraisals have one that serves a plan, and the one public total.

A council counts, for each directorate and quarter, how many appraisals were held in the financial
year so far and in how many an objective serves the directorate's plan. Inside, small numbers are
told in words (``said``). The public is told one total of the whole body, and every total that it
was ever told, less any other of the same year, must be as safe as a total is: ``public_total`` is
worked out anew from counts that are only ever added to, so it gives the same answer for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.timescale import Period, period_of

FEW = 5
"""Fewer appraisals than this are not counted, and fewer objectives than this are told in words."""

FEW_IN_PUBLIC = 10
"""No public total, and nothing that two of them differ by, is of fewer appraisals than this."""

PARTS = 3
"""A public total is of so many directorates or more: no director can subtract their own."""

SETTLED_AFTER = timedelta(days=30)
"""What is counted later than so long after a quarter stands in the next quarter's total."""

# A total of a period longer ago than this says nothing of today.
_STALE = timedelta(days=366)


@dataclass(frozen=True)
class Counted:
    """What was counted in a part of the body: ``serving`` appraisals of ``held`` have an objective.

    ``part`` is the key of the unit, ``group`` that of the planning of one strand in it; ``ends`` is
    the last day of the quarter up to which appraisals of the financial year count, and ``on`` the
    day on which it was recorded, in the order of which they come.
    """

    part: int
    group: int
    ends: date
    serving: int
    held: int
    on: date


def said(serving: int, held: int) -> str:
    """A count as a page inside the council may show it: never so few that somebody is meant.

    One to four, and all but one to four, are told in words.

    >>> said(312, 405), said(3, 60), said(58, 60), said(0, 12)
    ('312 of 405', 'fewer than 5 of 60', 'all but a few of 60', 'none of 12')
    """
    if not serving:
        return f"none of {held}"
    if serving < FEW:
        return f"fewer than {FEW} of {held}"
    if 0 < held - serving < FEW:
        return f"all but a few of {held}"
    return f"all {held}" if serving == held else f"{serving} of {held}"


def share(serving: int, held: int) -> str:
    """The same in per cent; empty where it is told in words.

    >>> share(312, 405), share(3, 60)
    ('77%', '')
    """
    if 0 < serving < FEW or 0 < held - serving < FEW:
        return ""
    return f"{(200 * serving + held) // (2 * held)}%"


def year_of(ends: date) -> Period:
    """The financial year in which a quarter lies."""
    return period_of(ends, 12)


def settled_on(ends: date) -> date:
    """The first day on which the public total up to the end of a quarter may be told.

    >>> settled_on(date(2026, 9, 30))
    datetime.date(2026, 10, 31)
    """
    return ends + SETTLED_AFTER + timedelta(days=1)


@dataclass(frozen=True)
class Total:
    """A public total: the quarter up to which it counts, and what each part gave to it."""

    ends: date
    parts: Mapping[int, tuple[int, int]]

    @property
    def serving(self) -> int:
        """How many appraisals have an objective that serves a plan."""
        return sum(serving for serving, _held in self.parts.values())

    @property
    def held(self) -> int:
        """How many appraisals were held."""
        return sum(held for _serving, held in self.parts.values())


def public_total(
    counts: Iterable[Counted], covers: Mapping[int, Collection[int]] | None = None, *, on: date
) -> tuple[int, int] | None:
    """The one total of the body that the public may be told on a day: (with, of); None for none.

    ``covers`` gives for each unit those that count its people too: the units above it, and those
    that took over from it. Where one of these has counted, the unit is not counted again.
    Missing: none while fewer than ``PARTS`` parts have counted, while fewer than ``FEW_IN_PUBLIC``
    appraisals stand behind it with any one part taken away, and once the newest is a year old.

    >>> day = date(2026, 9, 30)
    >>> parts = [Counted(n, n, day, 8 * n, 10 * n, day) for n in (1, 2, 3)]
    >>> [public_total(parts, on=on) for on in (day, settled_on(day))]
    [None, (48, 60)]
    """
    last = _last(counts, covers or {}, on)
    return None if last is None else (last.serving, last.held)


def public_total_up_to(
    counts: Iterable[Counted], covers: Mapping[int, Collection[int]] | None = None, *, on: date
) -> date | None:
    """The last day of the quarter up to which :func:`public_total` counts; None for no total."""
    last = _last(counts, covers or {}, on)
    return None if last is None else last.ends


def _last(
    counts: Iterable[Counted], covers: Mapping[int, Collection[int]], on: date
) -> Total | None:
    told = [total for total in public_totals(counts, on, covers) if on - total.ends <= _STALE]
    return told[-1] if told else None


def public_totals(
    counts: Iterable[Counted], on: date, covers: Mapping[int, Collection[int]] | None = None
) -> tuple[Total, ...]:
    """Every total that the public may have been told by a day, the oldest first.

    The total of a quarter is settled ``SETTLED_AFTER`` it ends, from what had been recorded by
    then: a late count or a correction never changes it. A part that did not count again in a year
    stands with its last count of it. A total is told only where it and what it differs by from
    each one told before in the same financial year are safe: see :func:`safe`. A new year begins
    afresh, since nothing that it counts was counted before.
    """
    known = sorted(counts, key=lambda one: one.on)
    # A count of a quarter that came after its total was settled makes no total of its own.
    timely = (one.ends for one in known if one.on < settled_on(one.ends) <= on)
    quarters = sorted(set(timely))
    told: list[Total] = []
    for ends in quarters:
        total = Total(ends, _parts(known, ends, covers or {}))
        before = [one for one in told if year_of(one.ends) == year_of(ends)]
        if safe(total.parts) and all(_differ_safely(one, total) for one in before):
            told.append(total)
    return tuple(told)


def safe(parts: Mapping[int, tuple[int, int]]) -> bool:
    """Whether figures of these parts may be told as one sum.

    There are ``PARTS`` or more, and whichever is taken away, as its own director can,
    ``FEW_IN_PUBLIC`` appraisals or more are left.

    >>> safe({1: (300, 400), 2: (4, 5), 3: (4, 5)}), safe({1: (300, 400), 2: (4, 5), 3: (4, 4)})
    (True, False)
    """
    held = [abs(held) for _serving, held in parts.values()]
    return len(held) >= PARTS and sum(held) - max(held) >= FEW_IN_PUBLIC


def _differ_safely(before: Total, after: Total) -> bool:
    """Whether what two totals differ by may be told too: nothing, or enough of enough parts."""
    gone: dict[int, tuple[int, int]] = {}
    for part in before.parts.keys() | after.parts.keys():
        was, now = before.parts.get(part, (0, 0)), after.parts.get(part, (0, 0))
        if was != now:
            gone[part] = (now[0] - was[0], now[1] - was[1])
    return not gone or safe(gone)


def _parts(
    known: Sequence[Counted], ends: date, covers: Mapping[int, Collection[int]]
) -> dict[int, tuple[int, int]]:
    """What each part had counted in the year up to a quarter, by the day on which it is settled.

    Of the strands of one part the greatest counts, since an appraisal may serve two of them.
    """
    year, day = year_of(ends), settled_on(ends)
    newest: dict[tuple[int, int], Counted] = {}
    for one in known:
        if year.begins <= one.ends <= ends and one.on < day:
            stands = newest.get((one.part, one.group))
            if stands is None or one.ends >= stands.ends:
                newest[one.part, one.group] = one
    parts: dict[int, tuple[int, int]] = {}
    for one in newest.values():
        parts[one.part] = max(parts.get(one.part, (0, 0)), (one.serving, one.held))
    return {
        part: given for part, given in parts.items() if not parts.keys() & set(covers.get(part, ()))
    }
