"""Lengths of time: "within three months of approval", "immediately", "short term"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from goldenthread.timescale.calendar import add_months
from goldenthread.timescale.clause import SEPARATORS, Claim, Clause, claim_of
from goldenthread.timescale.lexer import Token
from goldenthread.timescale.repeats import recurring_claim
from goldenthread.timescale.states import ongoing_follows
from goldenthread.timescale.value import Assumption, Timescale
from goldenthread.timescale.when import parse_when
from goldenthread.timescale.words import UNITS


def _iso(number: int, unit: str) -> str:
    letter, times = UNITS[unit]
    return f"PT{number}H" if letter == "H" else f"P{number * times}{letter}"


def shift(day: date, offset: str, sign: int = 1) -> date | None:
    """The day so long after another, by the calendar; None where the calendar ends first.

    >>> shift(date(2024, 5, 13), "P8W")
    datetime.date(2024, 7, 8)
    """
    number, letter = sign * int(offset[1:-1].strip("T")), offset[-1]
    try:
        if letter == "H":
            return day + timedelta(hours=number + 23 * sign)
        if letter in "DW":
            return day + timedelta(number * (7 if letter == "W" else 1))
        return add_months(day, number * (12 if letter == "Y" else 1))
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Length:
    """A length of time: its ISO 8601 duration, whether it is the coming one, position after."""

    offset: str
    coming: bool
    after: int


def parse_length(t: list[Token], i: int) -> Length | None:
    """ "three months", "90 days", "the next 12 months", "0-12 months", "4 calendar weeks"."""
    coming = False
    for _ in range(3):
        if t[i].kind == "COMING":
            coming = True
        elif t[i].kind not in ("GLUE", "ORDINAL_WORD", "PART") or t[i].text in ("a", "an"):
            break
        i += 1
    if t[i].kind == "NUMBER":
        number, i = t[i].value, i + 1
        if t[i].kind in ("HYPHEN", "TO", "DASH", "OR") and t[i + 1].kind == "NUMBER":
            number, i = t[i + 1].value, i + 2
        elif t[i].kind == "HYPHEN":
            i += 1
    elif t[i].text in ("a", "an"):
        number, i = 1, i + 1
    else:
        return None
    if t[i].kind == "WORKING":
        i += 1
    unit = t[i].text.rstrip("'").removesuffix("'s").rstrip("s")
    if unit not in UNITS or not 0 <= number <= 9999 or t[i].kind == "RECURRENCE":
        return None
    i += 1 + (t[i + 1].text == "time")  # "in six months' time"
    return Length(_iso(number, unit), coming, i)


def within_claim(c: Clause, i: int) -> Claim | None:
    """ "Within three months of approval", "over the next 12 months", "in 6 weeks"."""
    t = c.t
    length = parse_length(t, i + 1)
    if length is None:
        return None
    if length.coming:
        return _from_now(c, i, length)
    if t[i].kind == "GLUE" and t[i].text not in ("in", "within", "for", "about", "approx"):
        return None
    return _anchored(c, i, length, within=t[i].kind != "GLUE" or t[i].text == "within")


def coming_claim(c: Clause, i: int) -> Claim | None:
    """ "next 12 months"."""
    length = parse_length(c.t, i)
    return _from_now(c, i, length) if length else None


def _from_now(c: Clause, i: int, length: Length) -> Claim:
    """The coming months, which count from the document's date."""
    dated = c.view.dated
    end = shift(dated, length.offset) if dated else None
    note = (
        Assumption("convention", f"Counted from the document's date, {dated.isoformat()}.")
        if dated
        else Assumption("ambiguous", "It counts from the document's date, which is not known.")
    )
    reading = Timescale("", "relative", end=end, offset=length.offset,
                        anchor="the document's date", assumed=(note,))  # fmt: skip
    return Claim(reading, i, length.after)


def length_claim(c: Clause, i: int) -> Claim | None:
    """ "6 weeks after launch", "8 weeks from 13 May 2024", "0-12 months" alone."""
    t = c.t
    recurring = recurring_claim(c, i)
    if recurring:
        return recurring
    length = parse_length(t, i)
    if length is None:
        return None
    if t[length.after].kind in ("AFTER", "FROM", "BEFORE"):
        return _anchored(c, i, length, within=False)
    if c.n > 12:
        return None  # a length among many words measures something else
    rest = (*t[:i], *t[length.after : c.n])
    if all(k.kind in ("OPEN", "CLOSE", "GLUE", "AND") for k in rest):
        return Claim(Timescale("", "relative", offset=length.offset), i, length.after)
    return None


def _anchored(c: Clause, i: int, length: Length, *, within: bool) -> Claim:
    """A length of time with what it counts from."""
    t = c.t
    j = length.after
    reading = Timescale("", "relative", offset=length.offset)
    if not (t[j].kind in ("AFTER", "FROM", "BEFORE", "SINCE") or t[j].text == "of"):
        return Claim(reading, i, j)
    before = t[j].kind == "BEFORE"
    if before:
        reading = replace(reading, offset=f"-{length.offset}")
    when = parse_when(t, j + 1, c.view)
    if when is None or when.window is None or when.yearless:
        after = c.swallow(j + 1, ("COMMA", "OPEN", "DASH"))
        anchor = c.text(j + 1, after) or None
        return Claim(replace(reading, anchor=anchor), i, max(after, j + 1))
    anchor = c.text(j + 1, when.after)
    day = when.window[0] if before or when.precision == "day" else when.window[1]
    if t[j].kind == "FROM":
        day = when.window[0]
    reached = shift(day, length.offset, -1 if before else 1)
    if reached and t[j].kind == "FROM" and when.precision != "day":
        reached -= timedelta(1)  # "2 years from April 2024" ends on 31 March 2026
    reading = replace(reading, anchor=anchor, end=reached, assumed=when.assumed)
    if not within and not before and t[j].kind == "FROM":
        reading = Timescale("", "period", day, reached, "day", assumed=when.assumed)
    return Claim(reading, i, when.after)


def at_once(c: Clause, i: int) -> Claim:
    """ "Immediately", "ASAP", "Immediate and ongoing"."""
    ongoing = ongoing_follows(c, i + 1)
    if ongoing:
        return Claim(Timescale("", "ongoing"), i, ongoing)
    return Claim(Timescale("", "relative", offset=c.t[i].value), i, i + 1)


def horizon_claim(c: Clause, i: int) -> Claim | None:
    """ "Short term", "Medium term (12-24 months)": dated only where the document says so."""
    t = c.t
    name = t[i].text.replace("-", " ")
    if "term" not in name:
        alone = c.n == 1
        if not alone and t[i + 1].kind not in SEPARATORS:
            return None
        name = f"{name} term"
    j = i + 1
    reading = Timescale("", "relative")
    for phase, last in c.view.setting.phases:
        if " ".join(phase.casefold().replace("-", " ").split()) == name:
            reading = replace(reading, end=last)
    k = j + (t[j].kind in SEPARATORS)
    when = parse_when(t, k, c.view) if k > j else None
    if when and when.kind == "date":  # "Short term (by March 2025)"
        return Claim(claim_of(when), i, when.after + (t[when.after].kind == "CLOSE"))
    while t[k].kind in ("WITHIN", "GLUE", "UNTIL"):
        k += 1
    length = parse_length(t, k) if k > j else None
    if length:
        start = c.view.setting.plan_start
        end = shift(start, length.offset) if start else None
        reading = replace(reading, offset=length.offset)
        if end and not reading.end:
            reading = replace(reading, end=end - timedelta(1), anchor="the start of the plan")
        j = length.after + (t[length.after].kind == "CLOSE")
    return Claim(reading, i, j)
