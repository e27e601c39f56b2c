"""Periods that come round, and the days on which a body asks what happened in one.

A period is one, three, six or twelve whole months of the financial year, so a quarter is April to
June and never "the last three months". Everything is a day and nothing is a time of day: no summer
time, and no clock that is an hour wrong, moves a window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from goldenthread.timescale.calendar import FINANCIAL_START, add_months
from goldenthread.timescale.reading import read
from goldenthread.timescale.wording import day, financial_year, quarter

LENGTHS = (1, 3, 6, 12)
"""The months that a period may have: each divides the financial year."""

_SHORTEST = {1: 28, 3: 90, 6: 182, 12: 365}
_DAY = timedelta(days=1)
# What stands alone for a year: “Q5 2026/27” must not be read as the year that it ends with.
_YEAR = re.compile(r"(?:financial |year |fy ?)*\d{4}\s?[/–-]\s?(?:\d{2}|\d{4})", re.IGNORECASE)

State = Literal["before", "teams", "open", "grace", "over"]


@dataclass(frozen=True, order=True)
class Period:
    """Whole months of the financial year: the first day, and the last, both included."""

    begins: date
    ends: date

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.ends.year - self.begins.year) * 12 + self.ends.month - self.begins.month + 1

    @property
    def name(self) -> str:
        """What a council calls it, in short.

        >>> period_of(date(2026, 4, 1)).name, period_of(date(2028, 2, 29), 1).name
        ('Q1 2026/27', 'February 2028')
        >>> period_of(date(2026, 4, 1), 6).name, period_of(date(2026, 4, 1), 12).name
        ('first half of 2026/27', '2026/27')
        """
        year = financial_year(self.begins.year - (self.begins.month < FINANCIAL_START))
        if self.months == 1:
            return f"{self.begins:%B %Y}"
        if self.months == 3:
            return f"Q{(self.begins.month - FINANCIAL_START) % 12 // 3 + 1} {year}"
        if self.months == 6:
            return f"{'first' if self.begins.month == FINANCIAL_START else 'second'} half of {year}"
        return year

    @property
    def title(self) -> str:
        """The same where it begins a sentence or a heading.

        >>> period_of(date(2026, 9, 30)).title, period_of(date(2026, 9, 30), 6).title
        ('Quarter 2, 2026/27', 'First half of 2026/27')
        """
        return self.inside[:1].upper() + self.inside[1:]

    @property
    def inside(self) -> str:
        """The same inside a sentence.

        >>> period_of(date(2026, 9, 30)).inside, period_of(date(2026, 9, 30), 1).inside
        ('quarter 2, 2026/27', 'September 2026')
        """
        return quarter(self.begins) if self.months == 3 else self.name

    @property
    def span(self) -> str:
        """Its months in words.

        >>> period_of(date(2026, 5, 9)).span, period_of(date(2026, 12, 31), 6).span
        ('April to June 2026', 'October 2026 to March 2027')
        """
        if self.months == 1:
            return f"{self.begins:%B %Y}"
        first = f"{self.begins:%B}" + (
            f" {self.begins.year}" if self.begins.year != self.ends.year else ""
        )
        return f"{first} to {self.ends:%B %Y}"

    def after(self, periods: int = 1) -> Period:
        """The one so many periods later, or earlier where the number is less than nought.

        >>> period_of(date(2026, 4, 1)).after(-1).name
        'Q4 2025/26'
        """
        begins = add_months(self.begins, periods * self.months)
        return Period(begins, add_months(begins, self.months) - _DAY)


def period_of(on: date, months: int = 3) -> Period:
    """The period of so many months that a day lies in. Raises ``ValueError`` for other lengths.

    >>> period_of(date(2027, 3, 31)) == Period(date(2027, 1, 1), date(2027, 3, 31))
    True
    """
    if months not in LENGTHS:
        raise ValueError(f"a period has one of {LENGTHS} months")
    since_april = (on.month - FINANCIAL_START) % 12
    begins = add_months(on.replace(day=1), -(since_april % months))
    return Period(begins, add_months(begins, months) - _DAY)


def last_ended(today: date, months: int) -> Period:
    """The last whole period before a day.

    >>> last_ended(date(2026, 10, 1), 3).name, last_ended(date(2026, 9, 30), 3).name
    ('Q2 2026/27', 'Q1 2026/27')
    """
    return period_of(today, months).after(-1)


def read_period(words: str, months: int) -> Period | None:
    """The one period of so many months that words name, or whose last day they are; else None.

    Nothing is supposed: words that can be read in two ways, or that print no year, name none.

    >>> [found.name if (found := read_period(words, 3)) else None for words in
    ...  ("Q1 2026/27", "April to June 2026", "30/06/2026", "Q1 2026", "Q1", "June 2026")]
    ['Q1 2026/27', 'Q1 2026/27', 'Q1 2026/27', None, None, None]
    """
    text = words.strip()
    claims = read(text) if text else ()
    if len(claims) != 1 or claims[0].assumed:
        return None
    claim = claims[0]
    if claim.start is None or claim.end is None or claim.kind not in ("date", "period"):
        return None
    found = period_of(claim.end, months)
    if claim.precision == "financial_year" and not _YEAR.fullmatch(text):
        return None
    whole = (claim.start, claim.end) == (found.begins, found.ends)
    last_day = claim.start == claim.end == found.ends
    return found if whole or last_day else None


@dataclass(frozen=True)
class Rhythm:
    """How often a body asks, and on which days: a period's length, and days around its end.

    The window opens for leads and their teams so that ``teams_before`` days of the period are left,
    and for directors so that ``directors_before`` are; either may be negative, which is after its
    end. It closes ``grace`` days after the period's end, that day included.

    Raises ``ValueError`` for what :func:`faults` finds.
    """

    months: int = 3
    teams_before: int = 14
    directors_before: int = 0
    grace: int = 14

    def __post_init__(self) -> None:
        if found := faults(self.months, self.teams_before, self.directors_before, self.grace):
            raise ValueError("; ".join(found.values()))

    def window(self, period: Period) -> Window:
        """The days on which this period is asked about.

        >>> str(Rhythm().window(period_of(date(2026, 9, 30))))
        '17 September 2026, directors 1 October 2026, until 14 October 2026'
        """
        first = period.ends + _DAY
        return Window(
            period,
            first - timedelta(days=self.teams_before),
            first - timedelta(days=self.directors_before),
            period.ends + timedelta(days=self.grace),
        )

    def latest(self, on: date) -> Window:
        """The window that opened last by this day: open still, or over.

        Windows of one rhythm never overlap, so there is one.
        """
        period = period_of(on, self.months).after()
        while self.window(period).teams > on:
            period = period.after(-1)
        return self.window(period)

    def coming(self, on: date) -> Window:
        """The window that opens next, after this day."""
        return self.window(self.latest(on).period.after())

    def missed(self, last_word: date, on: date) -> int:
        """How many windows opened after a last word, up to this day: periods without a word.

        A word that is said later than ``on``, as by a clock that ran ahead, misses none.

        >>> Rhythm().missed(date(2026, 4, 14), date(2026, 10, 9))
        2
        """
        if last_word >= on:
            return 0
        then, now = self.latest(last_word).period.begins, self.latest(on).period.begins
        return ((now.year - then.year) * 12 + now.month - then.month) // self.months

    def silent_since(self, on: date, periods: int) -> date:
        """The day such that who said nothing on or after it has missed so many periods by ``on``.

        >>> Rhythm().silent_since(date(2026, 10, 9), 2)
        datetime.date(2026, 6, 17)
        """
        if periods < 1:
            raise ValueError("silence is counted from one period on")
        return self.window(self.latest(on).period.after(1 - periods)).teams


def faults(months: int, teams_before: int, directors_before: int, grace: int) -> dict[str, str]:
    """What is wrong with the days of a rhythm: a sentence for each, by its name; empty for nothing.

    A window opens for teams no later than for directors, is open for a day at least, opens within
    the period or after it, and is over before the next one opens.

    >>> faults(3, 14, 0, 14), sorted(faults(3, 0, 14, 14))
    ({}, ['directors_before'])
    """
    if months not in LENGTHS:
        return {"months": "Choose every month, quarter, half-year or year."}
    found: dict[str, str] = {}
    if not 0 <= grace <= 366:
        found["grace"] = "Give a number of days from 0 to 366."
    elif directors_before < 1 - grace:
        found["directors_before"] = "The window would close before it opens for directors."
    if directors_before > teams_before:
        found["directors_before"] = "It opens for directors before their teams have answered."
    if not found and teams_before + grace > _SHORTEST[months]:
        found["teams_before"] = (
            f"The window is longer than the {_SHORTEST[months]} days that a period may have, so "
            "two would be open at once."
        )
    return found


STANDARD = {
    1: Rhythm(1, 5, 0, 7),
    3: Rhythm(),
    6: Rhythm(6, 14, 0, 14),
    12: Rhythm(12, 28, 0, 28),
}
"""The days that a body keeps to where it has not chosen its own."""


@dataclass(frozen=True)
class Window:
    """The days of one round: when it opens for teams, for directors, and the last day of it."""

    period: Period
    teams: date
    directors: date
    closes: date

    def state(self, on: date) -> State:
        """Where a day stands: before it, open for teams alone, for all, in its grace, or over.

        >>> window = Rhythm().window(period_of(date(2026, 9, 30)))
        >>> [window.state(date(2026, m, d)) for m, d in [(9, 16), (9, 30), (10, 14), (10, 15)]]
        ['before', 'teams', 'grace', 'over']
        """
        if on < self.teams:
            return "before"
        if on > self.closes:
            return "over"
        if on < self.directors:
            return "teams"
        return "grace" if on > self.period.ends else "open"

    def opens_for(self, *, director: bool) -> date:
        """The first day on which somebody is asked."""
        return self.directors if director else self.teams

    def __str__(self) -> str:
        return f"{day(self.teams)}, directors {day(self.directors)}, until {day(self.closes)}"
