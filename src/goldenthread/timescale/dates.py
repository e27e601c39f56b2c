"""Dates, periods and beginnings, with what stands on their heels."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.timescale import recurrence as recurrences
from goldenthread.timescale.clause import Claim, Clause, claim_of
from goldenthread.timescale.lengths import parse_length, shift
from goldenthread.timescale.moments import LIST_MARKS, parse_list
from goldenthread.timescale.moved import later_statement
from goldenthread.timescale.placing import place
from goldenthread.timescale.repeats import each_year, repeated
from goldenthread.timescale.value import Timescale
from goldenthread.timescale.when import When, parse_when


def when_claim(c: Clause, i: int) -> Claim | None:
    """ "by the end of 2021", "Q2 2023/24", "31 August (annually)", "2019 and then annually"."""
    t = c.t
    when = parse_when(t, i, c.view, past=c.past)
    if when is None:
        return None
    if when.yearless and when.kind in ("date", "event"):
        together = each_year(c, i)
        if together:
            return together
        when = _year_from_beside(c, i, when)
    j = when.after
    if t[j].kind == "OCCASION" and when.kind == "date":  # "October 2024 Black History Month"
        named = parse_when(t, j, replace(c.view, dated=when.start))
        if named and named.window == when.window:
            when = replace(when, kind=named.kind, event=named.event, after=named.after)
            j = when.after
    moved = later_statement(c, i, j, when)
    if moved:
        return moved
    k = j
    if t[k].kind == "THEN" or (t[k].kind == "COMMA" and t[k + 1].kind == "THEN"):
        k += 1 + (t[k].kind == "COMMA")
        found = recurrences.parse_recurrence(t, k, c.view)
        if found:
            reading = Timescale("", "recurring", when.first_day, recurrence=found.words,
                                assumed=when.assumed + found.assumed)  # fmt: skip
            return Claim(reading, i, found.after)
    apart = t[k].kind in ("COMMA", "DASH")
    if t[k].kind in ("OPEN", "COMMA", "DASH"):
        k += 1
    if t[k].kind in ("RECURRENCE", "EVERY", "TIMES", "NUMBER") and (not apart or when.yearless):
        found = recurrences.parse_recurrence(t, k, c.view)
        if found and not found.event and not (found.adjective and t[k - 1].kind != "OPEN"):
            return repeated(c, i, when, found)
    if t[j].text == "for" or t[j].kind == "OPEN":
        length = parse_length(t, j + 1)
        if length and when.precision == "day" and when.start and t[j].text == "for":
            end = shift(when.start, length.offset)
            reading = Timescale("", "period", when.start, end, "day", assumed=when.assumed)
            return Claim(reading, i, length.after)
    if when.precision == "plan_year" and t[j].kind in ("WORD", "REVISED", "ALLOWED"):
        when = replace(when, start=None)  # "Year 2 Revised policy": due by the end of it
    return Claim(claim_of(when), i, j)


def _year_from_beside(c: Clause, i: int, when: When) -> When:
    """ "30 September and 31 October 2024": the year that a neighbour in the same list prints."""
    unit, j = when.moment.unit, when.after
    moments = parse_list(c.t, j + 1, c.view)[0] if c.t[j].kind in LIST_MARKS else []
    other = next((m for m in moments if m.year is not None and m.unit == unit), None)
    if other is not None:
        window = place(other, c.view).window
        view = replace(c.view, dated=None, neighbour=window[1] if window else None)
        return parse_when(c.t, i, view, past=True) or when
    last = c.claims[-1] if c.claims else None
    if last and last.reading.kind == "date" and last.reading.precision == when.precision:
        known = last.reading.start or last.reading.end
        joined = all(k.kind in LIST_MARKS | {"GLUE", "BY"} for k in c.t[last.after : i])
        if known and joined and not c.past:
            return parse_when(c.t, i, replace(c.view, dated=None, neighbour=known)) or when
    return when
