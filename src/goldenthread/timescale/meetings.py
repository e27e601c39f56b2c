"""When a council meets: its municipal year, and the days of a series of meetings."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

BY_MONTHS: Mapping[str, int] = {
    "month": 1,
    "two_months": 2,
    "quarter": 3,
    "six_months": 6,
    "year": 12,
}
BY_WEEKS: Mapping[str, int] = {"week": 1, "two_weeks": 2, "six_weeks": 6}


@dataclass(frozen=True)
class MunicipalYear:
    """A council's year of meetings: it begins with the annual meeting, in May."""

    begins: date
    ends: date

    @property
    def words(self) -> str:
        """How it is written: 2026/27."""
        return f"{self.begins.year}/{self.ends.year % 100:02d}"


def municipal_year(on: date) -> MunicipalYear:
    """The municipal year that a day lies in, by months: May to April.

    The annual meeting may fall anywhere in May, or later in a year of elections (Local Government
    Act 1972, schedule 12, paragraph 1), and its day is the council's to say: a meeting in May
    before it is counted to the year that it opens.

    >>> municipal_year(date(2026, 4, 30)).words, municipal_year(date(2026, 5, 1)).words
    ('2025/26', '2026/27')
    """
    year = on.year - (on.month < 5)
    return MunicipalYear(date(year, 5, 1), date(year + 1, 4, 30))


def series(first: date, every: str, last: date, *, most: int) -> tuple[date, ...]:
    """The days of a series, from the first to the last that fits, and at most ``most`` of them.

    ``every`` is a key of ``BY_MONTHS`` or ``BY_WEEKS``. By months a series keeps the weekday and
    its place in the month (the second Tuesday); a month without a fifth has its last. Bank holidays
    are not guessed: whoever arranges the meetings sees the days first. Raises ``KeyError`` for
    another word, which is a slip of ours.

    >>> [day.isoformat() for day in series(date(2026, 9, 8), "month", date(2026, 11, 30), most=9)]
    ['2026-09-08', '2026-10-13', '2026-11-10']
    >>> days = series(date(2026, 10, 21), "six_weeks", date(2027, 1, 31), most=9)
    >>> [day.isoformat() for day in days]
    ['2026-10-21', '2026-12-02', '2027-01-13']
    """
    found: list[date] = []
    for day in _days(first, every):
        if day > last or len(found) == most:
            break
        found.append(day)
    return tuple(found)


def _days(first: date, every: str) -> Iterator[date]:
    if every in BY_WEEKS:
        step = timedelta(weeks=BY_WEEKS[every])
        for number in range((date.max - first) // step):
            yield first + number * step
        return
    place, months = (first.day - 1) // 7, BY_MONTHS[every]
    for number in range(first.month - 1, (date.max.year - first.year) * 12, months):
        year, month = first.year + number // 12, number % 12 + 1
        weeks = calendar.monthcalendar(year, month)
        same = [week[first.weekday()] for week in weeks if week[first.weekday()]]
        yield date(year, month, same[min(place, len(same) - 1)])
