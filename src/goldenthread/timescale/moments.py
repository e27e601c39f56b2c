"""Pieces of calendar in a phrase: tokens into moments, moments into windows of days.

Every ``parse_`` function takes the tokens and a position, and gives back what it found with the
position after it, or None where there is nothing of the kind. None looks more than a few tokens
ahead, so that reading takes a time in proportion to the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.timescale import calendar
from goldenthread.timescale.calendar import Moment
from goldenthread.timescale.lexer import Token
from goldenthread.timescale.value import Setting
from goldenthread.timescale.words import AROUND

Tokens = Sequence[Token]
DAY_LINKS = {"HYPHEN": True, "DASH": True, "TO": True, "AND": False, "SLASH": False, "COMMA": False}
LIST_MARKS = frozenset({"AND", "COMMA", "SLASH", "OR"})
# Words that go before a piece of calendar without changing what it names.
PREPOSITIONS = frozenset({"GLUE", "BY", "BEFORE", "END", "UNTIL", "FROM", "SINCE", "AFTER", "PART",
                          "THROUGHOUT", "BETWEEN", "EVERY", "TO", "WEEK_TO", "WEEK_FROM", "DASH",
                          "HYPHEN", "DUE", "AND", "OR", "OPEN", "SLASH"})  # fmt: skip


@dataclass(frozen=True)
class View:
    """From where a phrase is read: the document's date (or a dated neighbour) and the setting."""

    dated: date | None
    setting: Setting
    neighbour: date | None = None


# ---- years ---------------------------------------------------------------------------------------


def parse_year(t: Tokens, i: int, *, short: bool = True) -> tuple[int, bool, int] | None:
    """A year after something: (year, whether printed as two, position after)."""
    if t[i].kind in ("COMMA", "GLUE", "OPEN") and t[i + 1].kind in ("YEAR", "YEARS"):
        if t[i].kind == "OPEN" and t[i + 2].kind != "CLOSE":
            return None
        i += 1
        if t[i - 1].kind == "OPEN":
            found = parse_year(t, i)
            return (*found[:2], found[2] + 1) if found else None
    if t[i].text in ("fy", "fye") and t[i].kind == "YEAR_KIND":
        found = parse_year(t, i + 1)  # FY25 is the year that begins in 2024
        return (found[0] - (not found[1]), True, found[2]) if found else None
    if t[i].kind == "YEAR_KIND":
        i += 1
    token = t[i]
    if token.kind == "YEAR":
        return token.value, False, i + 1
    if token.kind == "YEARS" and token.value[1] == token.value[0] + 1:
        return token.value[0], True, i + 1
    if token.kind == "PAIR" and token.value[1] == token.value[0] + 1:
        return 2000 + token.value[0], True, i + 1
    if not short:
        return None
    if token.kind == "HYPHEN":
        i += 1
        token = t[i]
    if token.kind == "NUMBER" and len(token.text) == 2 and t[i + 1].kind not in ("MONTH", "UNIT"):
        if (
            t[i + 1].kind in ("HYPHEN", "SLASH")
            and t[i + 2].kind == "NUMBER"
            and t[i + 2].value == token.value + 1
        ):
            if t[i + 3].kind == "MONTH":
                return None
            return 2000 + token.value, True, i + 3
        return 2000 + token.value, False, i + 1
    return None


def with_year(moment: Moment, t: Tokens, i: int) -> tuple[Moment, int]:
    """The moment with the year that follows it, if one does."""
    found = parse_year(t, i)
    if found is None:
        return moment, i
    year, spans, after = found
    if (
        moment.unit == "month"
        and t[after - 1].kind == "NUMBER"
        and t[after - 1].value <= 31
        and t[after - 2].kind == "MONTH"
        and not spans
    ):
        moment = moment.noting(
            "ambiguous", f"The number after the month is read as the year {year}, not as a day."
        )
    return replace(moment, year=year, spans=spans), after


# ---- moments -------------------------------------------------------------------------------------


def parse_moment(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """One piece of calendar, with its year if it prints one."""
    rule = _RULES.get(t[i].kind)
    return rule(t, i, view) if rule else None


def _date(t: Tokens, i: int, _: View) -> tuple[Moment, int]:
    day: date = t[i].value
    return Moment("day", day.month, day=day.day, year=day.year), i + 1


def _month_year(t: Tokens, i: int, _: View) -> tuple[Moment, int]:
    month, year = t[i].value
    return Moment("month", month, year=year), i + 1


def _days_of_month(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "7th September", "31 March 2022", "18th / 19th and 26th May", "1 – 30 September 2024"."""
    first = t[i].value
    last, ranged = first, False
    if t[i].kind == "PAIR":
        first, last = first
    j = i + 1
    for _ in range(4):
        link = t[j].kind
        if link in DAY_LINKS and t[j + 1].kind in ("NUMBER", "ORDINAL"):
            last, ranged = t[j + 1].value, ranged or DAY_LINKS[link]
            j += 2
        else:
            break
    if t[j].kind in ("GLUE", "HYPHEN") and t[j + 1].kind == "MONTH":
        j += 1
    if t[j].kind != "MONTH" or not 1 <= first <= 31 or not 1 <= last <= 31:
        if t[i].kind == "PAIR":
            return _pair(t, i, view)
        if t[i].kind == "ORDINAL" and t[i + 1].kind in ("QUARTER", "HALF"):
            return _ordinal(t, i, view)
        return None
    moment = Moment("day", t[j].value, day=first, last_day=last if last != first else 0)
    moment = replace(moment, name="range" if ranged else "")
    return with_year(moment, t, j + 1)


def _pair(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "22/23" alone: a year; "31/03": a day without its year."""
    first, second = t[i].value
    if second == first + 1 and len(t[i].text) == 5:
        return _after_years(2000 + first, t, i + 1, view)
    if 1 <= first <= 31 and 1 <= second <= 12 and len(t[i].text) == 5:
        return Moment("day", second, day=first), i + 1
    if 1 <= first <= 12 and 20 <= second <= 60 and len(t[i].text) == 5:
        moment = Moment("month", first, year=2000 + second)
        return moment.noting("ambiguous", "Read as a month and its year."), i + 1
    return None


def _month(t: Tokens, i: int, _: View) -> tuple[Moment, int] | None:
    """ "October 2021", "Jan-24", "December 24, 2024", "April/May 2024"."""
    number = t[i].value
    day = t[i + 1]
    if day.kind in ("NUMBER", "ORDINAL") and 1 <= day.value <= 31 and day.spaced:
        year = parse_year(t, i + 2, short=False)
        if (year and t[i + 2].kind in ("YEAR", "COMMA")) or day.kind == "ORDINAL":
            moment = Moment("day", number, day=day.value)
            return with_year(moment, t, i + 2) if year else (moment, i + 2)
    in_a_list = t[i + 3].kind == "SLASH" or (i > 0 and t[i - 1].kind == "SLASH")
    if t[i + 1].kind == "SLASH" and t[i + 2].kind == "MONTH" and not in_a_list:
        return with_year(Moment("month", number, t[i + 2].value), t, i + 3)
    if t[i].text in ("may", "march", "mar") and not _is_month(t, i):
        return None
    return with_year(Moment("month", number), t, i + 1)


def _is_month(t: Tokens, i: int) -> bool:
    """Whether "may" or "march" is a month here and not a verb."""
    after = t[i + 1].kind
    if i == 0:
        return (after != "WORD" and after not in ("FUTURE", "STATUS", "GLUE")) or t[i].text == "mar"
    return after in ("YEAR", "YEARS", "NUMBER", "DASH", "HYPHEN", "TO") or (
        t[i - 1].kind in PREPOSITIONS or t[i - 1].kind in ("ORDINAL", "NUMBER")
    )


def _quarter(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "Q2 2024/25", "Quarter 4", "Q3/4"; "quarter" alone is no moment."""
    token, last = t[i + 1], 0
    after = i + 2
    if token.kind == "PAIR":
        number, last = token.value
    elif token.kind in ("NUMBER", "ORDINAL"):
        number = token.value
        if t[after].kind in ("SLASH", "AND", "HYPHEN") and _digit(t, after + 1):
            last, after = t[after + 1].value, after + 2
    else:
        return None
    return _quarter_of(Moment("quarter", number, last), t, after, view)


def _digit(t: Tokens, i: int) -> bool:
    return t[i].kind == "NUMBER" and len(t[i].text) == 1


def _quarter_of(moment: Moment, t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """A quarter or half year with the year after it."""
    most = 4 if moment.unit == "quarter" else 2
    if not 1 <= moment.number <= most or not 0 <= moment.last <= most:
        return None
    moment, after = with_year(moment, t, i)
    if t[after].kind == "YEAR_KIND":
        after += 1
    return _quarter_convention(moment, view), after


def _quarter_convention(moment: Moment, view: View) -> Moment:
    if moment.year is None or moment.spans or view.setting.year == "calendar":
        return moment
    return moment.noting(
        "convention",
        f"The year is printed as {moment.year}: the financial year that begins then is supposed.",
    )


def _half(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    if t[i + 1].kind == "NUMBER" and t[i].text in ("h", "hy"):
        return _quarter_of(Moment("half_year", t[i + 1].value), t, i + 2, view)
    return None


def _ordinal(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "first quarter of 2024/25", "second half of 2024"."""
    if t[i + 1].kind == "QUARTER":
        return _quarter_of(Moment("quarter", t[i].value), t, i + 2, view)
    if t[i + 1].kind == "HALF" and t[i].value in (1, 2):
        moment, after = with_year(Moment("half_year", t[i].value), t, i + 2)
        if moment.year is None:
            return None
        # "the first half of 2024" is January to June: no financial year is named.
        return (moment if moment.spans else replace(moment, name="calendar")), after
    return None


def _season(t: Tokens, i: int, _: View) -> tuple[Moment, int] | None:
    """ "Autumn 2023", "Autumn/Winter 2017", "Spring term 2025"."""
    number, after, last = t[i].value, i + 1, 0
    if t[after].kind == "TERM" and number != 4:
        after += 1 + _digit(t, after + 1)  # "Autumn Term 1 2024": a half term is not told apart
        return with_year(Moment("term", number), t, after)
    if t[after].kind in ("SLASH", "HYPHEN") and t[after + 1].kind == "SEASON":
        last, after = t[after + 1].value, after + 2
        if t[after].kind == "TERM" and 4 not in (number, last):
            return with_year(Moment("term", number, last), t, after + 1)
    if t[after].text in ("recess", "break", "holiday", "holidays", "vacation"):
        return None
    if number == 3 and t[i].text == "fall" and t[after].kind in ("WORD", "GLUE") and i == 0:
        return None
    moment, after = with_year(Moment("season", number, last), t, after)
    if t[after].kind == "TERM" and number != 4 and not last:
        return replace(moment, unit="term"), after + 1
    return moment, after


def _occasion(t: Tokens, i: int, _: View) -> tuple[Moment, int]:
    if t[i].value == "Lent" and t[i + 1].kind == "TERM":
        return with_year(Moment("term", 1), t, i + 2)
    return with_year(Moment("occasion", name=t[i].value), t, i + 1)


def _year(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "2024", "2024 Q3", "2024 calendar year", and a season or month that comes after its year."""
    year = t[i].value
    if t[i + 1].kind in ("QUARTER", "HALF"):
        found = parse_moment(t, i + 1, view)
        if found and found[0].year is None:
            return _quarter_convention(replace(found[0], year=year), view), found[1]
    if t[i + 1].kind == "YEAR_KIND":
        return Moment(t[i + 1].value, year=year), i + 2
    return Moment("year", year=year), i + 1


def _years(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "2022/23", "2022-23", "2024-2025", "2023-2027"."""
    first, last, form = t[i].value
    if form == "span":
        return _after_years(first, t, i + 1, view)
    if last == first + 1 and t[i + 1].kind in ("YEAR_KIND", "QUARTER", "HALF"):
        return _after_years(first, t, i + 1, view)
    return _plan_period(first, last, form, view), i + 1


def _after_years(year: int, t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """What may follow "2022/23": a quarter, a season, a term, or the kind of year that it is."""
    if t[i].kind in ("QUARTER", "HALF", "SEASON") or (
        t[i].kind in ("GLUE", "COMMA", "HYPHEN") and t[i + 1].kind in ("QUARTER", "HALF")
    ):
        j = i if t[i].kind in ("QUARTER", "HALF", "SEASON") else i + 1
        found = parse_moment(t, j, view)
        if found and found[0].year is None:
            return replace(found[0], year=year, spans=True), found[1]
    if t[i].kind == "YEAR_KIND":
        return Moment(t[i].value, year=year, spans=True), i + 1
    return Moment("span", year=year, spans=True), i


def _plan_period(first: int, last: int, form: str, view: View) -> Moment:
    """Years joined by a hyphen: the plan's own count, a year of the usual kind, calendar years."""
    setting = view.setting
    start, unit = setting.plan_start, calendar.kind_of_year(setting)
    moment = Moment("years", name="range" if last > first + 1 else "")
    if form == "slash":
        year = calendar.year_window(unit, first, setting), calendar.year_window(unit, last, setting)
        window = (year[0][0], year[1][0] - timedelta(1)) if year[0] and year[1] else None
        return replace(moment, unit=unit, fixed=window).noting(
            "convention", f"“{first}/{last}” is read as the years from {first} up to {last}."
        )
    if start is not None and start.month + start.day > 2:
        window = (
            calendar.add_months(start, 12 * (first - start.year)),
            calendar.add_months(start, 12 * (last - start.year)) - timedelta(1),
        )
        unit = unit if calendar.year_window(unit, first, setting) else "year"
        return replace(moment, unit=unit, fixed=window).noting(
            "convention", "The years are counted as the plan itself counts them."
        )
    if last == first + 1 and setting.year != "calendar":
        window_ = calendar.year_window(unit, first, setting)
        return replace(moment, unit=unit, fixed=window_).noting(
            "convention", f"“{first}-{last}” is read as one year of the body's usual kind."
        )
    whole = date(first, 1, 1), date(last, 12, 31)
    return replace(moment, unit="year", name="range", fixed=whole).noting(
        "convention", f"“{first}-{last}” is read as calendar years: no period of the plan is known."
    )


def _year_kind(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "FY24", "FY 2022/23", "academic year 2007/8", "financial year" (the one we are in)."""
    unit = t[i].value
    found = parse_year(t, i + 1)
    if found is None:
        ends = t[i + 1].text == "ending"  # "financial year ending 31 March 2025"
        if ends or t[i].text in ("ay", "fy", "fye"):
            return None
        return _this(unit, 0, view), i + 1
    year, spans, after = found
    if t[i].text in ("fy", "fye") and not spans:
        moment = Moment(unit, year=year - 1, spans=True)
        if t[after - 1].kind == "YEAR" and t[after - 1].text[0] != "'":
            moment = moment.noting("convention", f"FY{year} is the year that ends in {year}.")
        part = parse_moment(t, after, view) if t[after].kind in ("QUARTER", "HALF") else None
        if part and part[0].year is None:
            return replace(part[0], year=year - 1, spans=True), part[1]
        return moment, after
    if unit in ("academic_year", "financial_year") and not spans:
        return Moment(unit, year=year).noting(
            "convention", f"The {unit.replace('_', ' ')} that begins in {year} is supposed."
        ), after
    return Moment(unit, year=year, spans=spans), after


def _this(unit: str, shift: int, view: View) -> Moment:
    """This, the next or the last unit, seen from the document's date."""
    unit = unit or calendar.kind_of_year(view.setting)
    if view.dated is None:
        return Moment(unit)
    window = calendar.around(unit, view.dated, shift, view.setting)
    return Moment(unit, fixed=window).noting(
        "year_inferred", f"Counted from the document's date, {view.dated.isoformat()}."
    )


def _this_unit(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "this year", "next financial year", "next month"."""
    shift = {"COMING": 1}.get(t[i].kind, t[i].value)
    name = t[i + 1]
    if name.kind == "YEAR_KIND":
        return _this(name.value, shift, view), i + 2
    if shift == -1 and name.kind == "QUARTER" and parse_year(t, i + 2):
        return _quarter_of(Moment("quarter", 4), t, i + 2, view)  # "last quarter of 2024/25"
    unit = AROUND.get(name.text)
    if unit is None or t[i].text == "following" or name.text in ("q", "qtr"):
        return None
    return _this(unit, shift, view), i + 2


def _year_end(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "year end", "end of year": of the body's kind of year, in the year printed if one is."""
    if t[i + 1].kind == "NUMBER" and len(t[i + 1].text) == 1:  # "end of year 2"
        return _plan_year(t, i, view)
    unit = calendar.kind_of_year(view.setting)
    found = parse_year(t, i + 1)
    message = f"The end of the {unit.replace('_', ' ')} is supposed."
    if found is None:
        moment = _this(unit, 0, view)
    elif found[1]:
        moment = Moment(unit, year=found[0], spans=True)
    elif t[i].text.startswith("end"):
        return Moment("year", year=found[0]), found[2]
    else:
        moment = Moment(unit, year=found[0] - 1, spans=True)
    return moment.noting("convention", message), found[2] if found else i + 1


def parse_bare_unit(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """The unit alone after "end of the": the one in which the document's date lies."""
    unit = AROUND.get(t[i].text)
    return (_this(unit, 0, view), i + 1) if unit is not None else None


def parse_list(t: Tokens, i: int, view: View) -> tuple[list[Moment], int]:
    """Moments one after another: "April, July and October", "spring / autumn"."""
    moments: list[Moment] = []
    after = i
    for _ in range(12):
        found = parse_moment(t, i, view)
        if found is None:
            break
        moments.append(found[0])
        after = found[1]
        i = after + (t[after].kind in LIST_MARKS)
        i += t[i].kind == "AND" and t[after].kind == "COMMA"
        if i == after:
            break
    return moments, after


def _plan_year(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "Year 2", "Yr 1", "Years 2-3": counted from the start of the plan."""
    number, last, after = t[i + 1].value, 0, i + 2
    if t[i + 1].kind == "YEAR" and t[i].text == "year":  # "mid-year 2025"
        return _year(t, i + 1, view)
    if t[i + 1].kind == "PAIR":
        number, last = number
    elif t[i + 1].kind != "NUMBER" or not 1 <= number <= 10:
        return None
    elif t[after].kind in ("HYPHEN", "AND", "TO", "SLASH", "DASH") and _digit(t, after + 1):
        last, after = t[after + 1].value, after + 2
    if not 1 <= number <= 10 or not 0 <= last <= 20:
        return None
    window = calendar.plan_years(number, last or number, view.setting)
    quarter = after + (t[after].kind == "COMMA")
    if (
        t[quarter].kind == "QUARTER"
        and _digit(t, quarter + 1)
        and t[quarter + 1].value in range(1, 5)
    ):
        if window:
            start = calendar.add_months(window[0], 3 * t[quarter + 1].value - 3)
            window = start, calendar.add_months(start, 3) - timedelta(1)
        after = quarter + 2
    moment = Moment("plan_year", number, last, fixed=window, name="range" if last else "")
    if window is None:
        moment = moment.noting("ambiguous", "No start of the plan is known to count years from.")
    return moment, after


def _phase(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "Phase 1": dated only where the document says when the phase ends."""
    if t[i].text not in ("phase", "stage", "tranche", "wave") or t[i + 1].kind != "NUMBER":
        return None
    if t[i + 2].kind == "STATUS":
        return None  # "Phase 1 complete": what is complete, not when
    name = f"{t[i].text} {t[i + 1].value}"
    for phase, last in view.setting.phases:
        if " ".join(phase.casefold().split()) == name:
            return Moment("phase", t[i + 1].value, fixed=(last, last), name="phase"), i + 2
    if t[i + 2].kind not in ("END_OF_TEXT", "CLOSE", "OPEN", "COMMA", "SLASH", "AND"):
        return None  # "Phase 2 by March 2025": a name
    return Moment("phase", t[i + 1].value, name="phase").noting(
        "ambiguous", f"Nothing says when {name} ends."
    ), i + 2


def _week(t: Tokens, i: int, view: View) -> tuple[Moment, int] | None:
    """ "w/c 3 June 2024", "week ending 14 June": seven days; "week 2" is none."""
    j = i + 1
    while t[j].kind in ("WEEKDAY", "GLUE", "COMMA"):
        j += 1
    found = parse_moment(t, j, view)
    if found is None or found[0].unit != "day":
        return None
    name = "from" if t[i].kind == "WEEK_FROM" else "to"
    return replace(found[0], name=name, last=7), found[1]


_RULES = {
    "DATE": _date,
    "MONTH_YEAR": _month_year,
    "NUMBER": _days_of_month,
    "ORDINAL": _days_of_month,
    "PAIR": _days_of_month,
    "MONTH": _month,
    "QUARTER": _quarter,
    "HALF": _half,
    "ORDINAL_WORD": _ordinal,
    "SEASON": _season,
    "OCCASION": _occasion,
    "YEAR": _year,
    "YEARS": _years,
    "YEAR_KIND": _year_kind,
    "COMING": _this_unit,
    "THIS": _this_unit,
    "YEAR_END": _year_end,
    "PLAN_YEAR": _plan_year,
    "PHASE": _phase,
    "PART_DONE": _phase,
    "WEEK_FROM": _week,
    "WEEK_TO": _week,
}
