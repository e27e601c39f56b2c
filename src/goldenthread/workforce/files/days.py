"""Days as HR systems write them, read a column at a time, so that no value is guessed alone.

Whether 03/04/2026 is in March or April is a property of the system that wrote the file. A day of
the column that can only be read one way shows which; where none does, the contract's own form
holds, day first, and that is said. A column that shows both is read once somebody has said which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from goldenthread.workforce.files.headings import Order

_CLOCK = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}", re.ASCII)
_TOGETHER = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_CLOCK}", re.ASCII)
_NAMED = re.compile(
    rf"(?:[A-Za-z]+,? )?(\d{{1,2}})(?:st|nd|rd|th)?[- /]([A-Za-z]{{3,9}})[- /,]+(\d{{4}}|\d{{2}})"
    rf"{_CLOCK}",
    re.ASCII,
)
_NAME_FIRST = re.compile(
    rf"(?:[A-Za-z]+, )?([A-Za-z]{{3,9}}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_CLOCK}", re.ASCII
)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
# Excel counts a 29 February 1900 that never was, so that its first day seems to be this one's next.
_EXCEL = date(1899, 12, 30)


@dataclass
class Days:
    """A column of days: a day for each different word, or the rule that it breaks, by its number.

    ``order`` is how days in numbers were read, None where there were none; ``assumed`` says that
    no value showed it; ``serials`` that all are Excel's numbers of days since 1900.
    """

    values: list[date | None]
    faults: dict[int, str] = field(default_factory=dict)
    order: Order | None = None
    assumed: bool = False
    serials: bool = False


def read_days(words: Sequence[str], skip: Iterable[int], order: Order | None, until: date) -> Days:
    """A day for each of the different words of one column; blanks and ``skip`` stay None.

    ``order`` is what somebody said of the column. ``until`` is the last day that is possible: of a
    year in two digits it decides the century, since only one of a hundred years can be meant.

    The rules that a word may break: ``not_a_day``, ``impossible_day`` (there is no such day),
    ``day_order`` (the column shows both orders and nobody said which).

    >>> read_days(["31/03/2026", "05/04/2026"], (), None, date(2026, 4, 5)).values[1].isoformat()
    '2026-04-05'
    >>> read_days(["03/31/2026", "04/05/2026"], (), None, date(2026, 4, 5)).values[1].isoformat()
    '2026-04-05'
    >>> read_days(["31-MAR-26"], (), None, date(2026, 4, 5)).values[0].isoformat()
    '2026-03-31'
    """
    passed = set(skip)
    todo = [(at, word) for at, word in enumerate(words) if word and at not in passed]
    found = Days([None] * len(words))
    in_numbers = {at: match for at, word in todo if (match := _NUMBERS.fullmatch(word))}
    shown = {one for match in in_numbers.values() if (one := _shows(int(match[1]), int(match[3])))}
    if order or len(shown) == 1:
        found.order = order or next(iter(shown))
    elif in_numbers and not shown:
        found.order, found.assumed = "day", True
    if todo and all(_SERIAL.fullmatch(word) for _, word in todo):
        found.serials = True
        for at, word in todo:
            found.values[at] = _EXCEL + timedelta(days=int(word))
        return found
    for at, word in todo:
        if at in in_numbers:
            if found.order is None:
                found.faults[at] = "day_order"
                continue
            first, _, second, year = in_numbers[at].groups()
            day, month = (first, second) if found.order == "day" else (second, first)
            parts: tuple[str, int, str] | None = (year, int(month), day)
        else:
            parts = _other(word)
        if parts is None:
            found.faults[at] = "not_a_day"
            continue
        value = _day(*parts, until)
        if value is None:
            found.faults[at] = "impossible_day"
        found.values[at] = value
    return found


def _shows(first: int, second: int) -> Order | None:
    """What a day in numbers shows of the order of its column."""
    if first > 12 >= second:
        return "day"
    if second > 12 >= first:
        return "month"
    return None


def _other(word: str) -> tuple[str, int, str] | None:
    """Year, month and day of a form that can only be read one way."""
    if match := _YEAR_FIRST.fullmatch(word):
        return match[1], int(match[3]), match[4]
    if match := _TOGETHER.fullmatch(word):
        return match[1], int(match[2]), match[3]
    if match := _NAMED.fullmatch(word):
        month, year, day = _month(match[2]), match[3], match[1]
    elif match := _NAME_FIRST.fullmatch(word):
        month, year, day = _month(match[1]), match[3], match[2]
    else:
        return None
    return (year, month, day) if month else None


def _month(name: str) -> int:
    folded = name.casefold()
    if folded == "sept":
        return 9
    found = [n for n, whole in enumerate(_MONTHS, 1) if folded in (whole, whole[:3])]
    return found[0] if found else 0


def _day(year: str, month: int, day: str, until: date) -> date | None:
    try:
        if len(year) == 4:
            return date(int(year), month, int(day))
        century = until.year // 100 * 100
        try:
            if (value := date(century + int(year), month, int(day))) <= until:
                return value
        except ValueError:
            pass  # 29 February of a year that has none, and whose hundredth before has
        return date(century - 100 + int(year), month, int(day))
    except ValueError:
        return None
