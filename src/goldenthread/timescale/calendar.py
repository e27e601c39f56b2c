"""The calendar of a public body: months, quarters, seasons, terms, church days and kinds of year.

A :class:`Moment` is a piece of calendar as words name it ("late autumn 2023", "Q2"), perhaps
without its year. The functions here turn it into a window: its first and its last day.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.timescale.value import Assumption, Setting

Window = tuple[date, date]

# Meteorological seasons by their first month; winter runs into the next year.
SEASON_MONTHS = {1: 3, 2: 6, 3: 9, 4: 12}
# The days prescribed for the three school terms: (first month, last month).
TERM_MONTHS = {1: (1, 3), 2: (4, 8), 3: (9, 12)}
FINANCIAL_START = 4
UNIVERSITY_FINANCIAL_START = 8


@dataclass(frozen=True)
class Moment:
    """A piece of calendar as words name it.

    ``unit`` is its kind, ``number`` which one of its kind (month 10, quarter 2, season 3), ``last``
    the second of a pair ("Autumn/Winter", "Q3/4"), ``day`` a day of the month. ``year`` is the year
    printed, and ``spans`` says that it was printed as two ("2023/24"). ``part`` is early, mid or
    late. ``fixed`` is a window already known.
    """

    unit: str
    number: int = 0
    last: int = 0
    day: int = 0
    last_day: int = 0
    year: int | None = None
    spans: bool = False
    part: str = ""
    name: str = ""
    fixed: Window | None = None
    assumed: tuple[Assumption, ...] = ()

    def noting(self, code: str, message: str) -> Moment:
        """The same moment with one more assumption."""
        return replace(self, assumed=(*self.assumed, Assumption(code, message)))


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8).

    >>> easter(2025)
    datetime.date(2025, 4, 20)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    rest_leap, rest_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * rest_leap - moon - rest_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _lent(year: int) -> Window:
    return easter(year) - timedelta(46), easter(year) - timedelta(1)


def _advent(year: int) -> Window:
    christmas = date(year, 12, 25)
    return christmas - timedelta(21 + christmas.isoweekday()), christmas - timedelta(1)


def _occasion(name: str, year: int) -> Window:
    """The window of a named occasion. ``name`` is a key of the table of occasions."""
    if name == "Lent":
        return _lent(year)
    if name == "Advent":
        return _advent(year)
    month, day = FIXED_OCCASIONS.get(name, (0, 0))
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return _months(year, month, 1)
    sunday = easter(year) + timedelta(MOVING_OCCASIONS[name])
    return sunday, sunday


# (month, day); day 0 is the whole month.
FIXED_OCCASIONS = {
    "Christmas": (12, 25),
    "New Year": (1, 0),
    "Black History Month": (10, 0),
    "LGBT+ History Month": (2, 0),
    "Pride Month": (6, 0),
    "International Women's Day": (3, 8),
    "International Men's Day": (11, 19),
    "Holocaust Memorial Day": (1, 27),
    "Stephen Lawrence Day": (4, 22),
    "Windrush Day": (6, 22),
    "Human Rights Day": (12, 10),
}
# Days after Easter Sunday.
MOVING_OCCASIONS = {"Easter": 0, "Pentecost": 49}


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(year: int, month: int, count: int) -> Window:
    """The window of so many whole months from this one."""
    first = date(year, month, 1)
    return first, add_months(first, count) - timedelta(1)


def _to(first: int, last: int) -> int:
    """How many months from one month of the year to another, both counted, across December."""
    return (last - first) % 12 + 1


def year_window(kind: str, year: int, setting: Setting) -> Window | None:
    """The window of a year of the kind that begins in ``year``; None where it cannot be known."""
    if kind == "financial_year":
        start = UNIVERSITY_FINANCIAL_START if setting.year == "academic" else FINANCIAL_START
        return _months(year, start, 12)
    if kind == "academic_year":
        return _months(year, setting.academic_start, 12)
    if kind == "municipal_year":
        days = {day.year: day for day in setting.annual_meetings}
        if year in days and year + 1 in days:
            return days[year], days[year + 1] - timedelta(1)
        return None
    return _months(year, 1, 12)


def kind_of_year(setting: Setting) -> str:
    """The unit that "2022/23" names in this setting."""
    return {"financial": "financial_year", "academic": "academic_year"}.get(setting.year, "year")


def _whole(moment: Moment, year: int, setting: Setting) -> Window | None:
    """The window before early, mid or late is taken of it."""
    unit, number, last = moment.unit, moment.number, moment.last or moment.number
    if unit == "day":
        return date(year, number, moment.day), date(year, number, moment.last_day or moment.day)
    if unit == "month":
        # "December/January 2025" prints the year of the last of the pair.
        year -= number > last and moment.year is not None
        return _months(year, number, _to(number, last))
    if unit == "season":
        year -= number > last and moment.year is not None
        return _months(year, SEASON_MONTHS[number], ((last - number) % 4 + 1) * 3)
    if unit == "term":
        first, end = TERM_MONTHS[number][0], TERM_MONTHS[last][1]
        return _months(year, first, _to(first, end))
    if unit in ("quarter", "half_year"):
        size = 3 if unit == "quarter" else 6
        calendar_year = setting.year == "calendar" or moment.name == "calendar"
        start_of_year = date(year, 1 if calendar_year else FINANCIAL_START, 1)
        count = (last - number) % (12 // size) + 1
        start = add_months(start_of_year, (number - 1) * size)
        return start, add_months(start, count * size) - timedelta(1)
    if unit == "occasion":
        return _occasion(moment.name, year)
    return year_window(unit, year, setting)


def window(moment: Moment, year: int, setting: Setting) -> Window | None:
    """First and last day of the moment in that year; None where there is no such thing.

    The year of a winter is the one in which it begins, of a quarter the one in which its financial
    year begins.

    >>> window(Moment("season", 4), 2023, Setting())
    (datetime.date(2023, 12, 1), datetime.date(2024, 2, 29))
    """
    try:
        whole = _whole(moment, year, setting)
        return part_of(whole, moment.part) if whole and moment.part else whole
    except (ValueError, OverflowError):
        return None


def part_of(whole: Window, part: str) -> Window:
    """The early, mid or late third: of a month in days 1–10, 11–20, 21–end; else in months.

    A convention of ours, which the reading flags.
    """
    start, end = whole
    if (end - start).days < 27:  # a day has no thirds
        return whole
    if "-" in part:  # "mid-late": from the start of the one to the end of the other
        first_part, _, last_part = part.partition("-")
        first, last = part_of(whole, first_part)[0], part_of(whole, last_part)[1]
        return (first, last) if first <= last else whole
    index = ("early", "mid", "late").index(part)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months == 1:
        first = start.replace(day=index * 10 + 1)
        return first, end if part == "late" else start.replace(day=index * 10 + 10)
    if months % 3 == 0:
        first = add_months(start, index * months // 3)
        return first, add_months(first, months // 3) - timedelta(1)
    third = (end - start).days / 3
    return start + timedelta(int(third * index)), start + timedelta(int(third * (index + 1)))


def in_span(moment: Moment, year: int, setting: Setting) -> Window | None:
    """The window of the moment that lies most within the year written "2023/24".

    >>> in_span(Moment("month", 3), 2023, Setting())
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 31))
    """
    kind = "academic_year" if moment.unit == "term" else kind_of_year(setting)
    if moment.unit in ("quarter", "half_year") or moment.unit.endswith("year"):
        return window(moment, year, setting)
    span = year_window(kind, year, setting)
    if span is None:
        return None
    span = span[0], max(span[1], date(year + 1, 1, 31)) if moment.unit == "season" else span[1]
    found = [w for y in (year, year + 1) if (w := window(moment, y, setting))]
    return max(found, key=lambda w: (min(w[1], span[1]) - max(w[0], span[0])).days, default=None)


def without_year(moment: Moment, dated: date, past: bool, setting: Setting) -> Window | None:
    """The window of a moment that prints no year, seen from the document's date.

    Past wording takes the latest that has begun by then, anything else the first that has not
    ended. 29 February looks up to eight years away.
    """
    for reach in (1, 8):
        years = range(max(dated.year - reach, 1), min(dated.year + reach, 9998) + 1)
        windows = [w for y in years if (w := window(moment, y, setting))]
        if past and (begun := [w for w in windows if w[0] <= dated]):
            return begun[-1]
        if not past and (open_ := [w for w in windows if w[1] >= dated]):
            return open_[0]
    return None


def around(unit: str, dated: date, shift: int, setting: Setting) -> Window | None:
    """This, the next (shift 1) or the last (shift -1) unit, seen from the document's date.

    >>> around("month", date(2021, 10, 15), 1, Setting())
    (datetime.date(2021, 11, 1), datetime.date(2021, 11, 30))
    """
    try:
        if unit == "week":
            monday = dated - timedelta(dated.weekday() - 7 * shift)
            return monday, monday + timedelta(6)
        if unit == "month":
            month = add_months(dated.replace(day=1), shift)
            return _months(month.year, month.month, 1)
        if unit == "quarter":
            first = dated.replace(month=(dated.month - 1) // 3 * 3 + 1, day=1)
            quarter = add_months(first, 3 * shift)
            return _months(quarter.year, quarter.month, 3)
        if unit == "term":
            terms = [w for y in (-1, 0, 1) for n in (1, 2, 3) if (w := _term(dated.year + y, n))]
            here = next(i for i, w in enumerate(terms) if w[1] >= dated)
            return terms[here + shift]
        this = without_year(Moment(unit), dated, False, setting)
        return year_window(unit, this[0].year + shift, setting) if this else None
    except (ValueError, OverflowError):
        return None


def _term(year: int, number: int) -> Window:
    first, last = TERM_MONTHS[number]
    return _months(year, first, _to(first, last))


def plan_years(first: int, last: int, setting: Setting) -> Window | None:
    """The window of the plan's own years, counted from 1; None while no start of the plan is known.

    >>> plan_years(2, 2, Setting(plan_start=date(2023, 4, 1)))
    (datetime.date(2024, 4, 1), datetime.date(2025, 3, 31))
    """
    start = setting.plan_start
    if start is None:
        return None
    try:
        end = add_months(start, 12 * last) - timedelta(1)
        return add_months(start, 12 * (first - 1)), end
    except (ValueError, OverflowError):
        return None
