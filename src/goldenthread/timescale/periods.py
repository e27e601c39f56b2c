"""The periods by which a measure is counted: months, quarters, half years and financial years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.timescale.calendar import FINANCIAL_START, add_months
from goldenthread.timescale.reading import read
from goldenthread.timescale.wording import financial_year

LENGTHS = (1, 3, 6, 12)
"""How many months a period may have."""

# What stands alone for a year: “Q5 2026/27” must not be read as the year that it ends with.
_YEAR = re.compile(r"(?:financial |year |fy ?)*\d{4}\s?[/–-]\s?(?:\d{2}|\d{4})", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Period:
    """A whole month, quarter, half year or year of the financial year, both days included."""

    begins: date
    ends: date

    @property
    def months(self) -> int:
        """How many months it has."""
        after = self.ends + timedelta(days=1)
        return (after.year - self.begins.year) * 12 + after.month - self.begins.month

    @property
    def name(self) -> str:
        """What a council calls it.

        >>> [period_of(date(2027, 2, 28), months).name for months in LENGTHS]
        ['February 2027', 'Q4 2026/27', 'H2 2026/27', '2026/27']
        """
        if self.months == 1:
            return f"{self.begins:%B %Y}"
        began = self.begins.year - (self.begins.month < FINANCIAL_START)
        year = financial_year(began)
        number = (self.begins.month - FINANCIAL_START) % 12 // self.months + 1
        return {3: f"Q{number} {year}", 6: f"H{number} {year}"}.get(self.months, year)

    def moved(self, periods: int) -> Period:
        """The period so many later; earlier where negative."""
        return period_of(add_months(self.begins, periods * self.months), self.months)


def period_of(day: date, months: int) -> Period:
    """The period of so many months in which a day lies; years begin in April.

    Raises ``ValueError`` for a length that is none of ``LENGTHS``.

    >>> period_of(date(2028, 2, 29), 3)
    Period(begins=datetime.date(2028, 1, 1), ends=datetime.date(2028, 3, 31))
    """
    if months not in LENGTHS:
        raise ValueError("a period has 1, 3, 6 or 12 months")
    since_april = (day.month - FINANCIAL_START) % 12
    first = add_months(day.replace(day=1), -(since_april % months))
    return Period(first, add_months(first, months) - timedelta(days=1))


def last_ended(today: date, months: int) -> Period:
    """The last whole period before a day.

    >>> last_ended(date(2026, 10, 1), 3).name, last_ended(date(2026, 9, 30), 3).name
    ('Q2 2026/27', 'Q1 2026/27')
    """
    return period_of(today, months).moved(-1)


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
