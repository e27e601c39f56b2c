"""Claims that come round again, with their beginning, their end and their day of the year."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.timescale import recurrence as recurrences
from goldenthread.timescale.clause import YEARLIKE, Claim, Clause
from goldenthread.timescale.moments import parse_list
from goldenthread.timescale.value import Timescale
from goldenthread.timescale.when import When, parse_when


def recurring_claim(c: Clause, i: int) -> Claim | None:
    """ "Quarterly from January 2024", "Every November", "At each quarterly Board"."""
    found = recurrences.parse_recurrence(c.t, i, c.view)
    if found is None or (i and c.t[i - 1].kind in ("COMING", "THIS")):
        return None
    if found.adjective and _dated_later(c, found.after):
        return None  # "Annual Council, May 2024": part of a name
    start, end, assumed = found.start, found.end, list(found.assumed)
    j = found.after
    while c.t[j].kind == "BASIS":
        j += 1
    words = found.words
    j = _spelt_out(c, j)
    for _ in range(2):
        when = _bound_of_recurrence(c, j, words)
        if when is None:
            break
        if when.yearless and words == "yearly" and not when.modifiers & {"FROM", "UNTIL"}:
            words = recurrences.yearly(when.moment)
        elif when.modifiers & {"UNTIL"}:
            end = when.end
            assumed += when.assumed
        elif when.kind == "period":
            start, end = when.start, when.end
            assumed += when.assumed
        else:
            if words == "yearly" and when.precision in ("day", "month"):
                words = recurrences.yearly(when.moment) if not _from(when) else words
            start = when.first_day
            assumed += when.assumed
        j = when.after + (c.t[when.after].kind == "CLOSE")
    reading = Timescale("", "recurring", start, end, recurrence=words, assumed=tuple(assumed))
    if found.event:
        reading = replace(reading, event=c.text(*found.event) or None)
    return Claim(reading, i, j)


def _spelt_out(c: Clause, j: int) -> int:
    """Past the months that spell a recurrence out: "Quarterly (April, July, October, …)"."""
    t = c.t
    if t[j].kind not in ("OPEN", "DASH", "COLON", "COMMA", "GLUE"):
        return j
    moments, after = parse_list(t, j + 1, c.view)
    if len(moments) < 2 or any(m.year is not None or m.fixed for m in moments):
        return j
    return after + (t[after].kind == "CLOSE")


def _dated_later(c: Clause, j: int) -> bool:
    """Whether a date follows in the clause with only plain words between."""
    for k in range(j, min(c.n, j + 8)):
        if c.t[k].kind in ("FROM", "AND"):
            return False
        when = parse_when(c.t, k, c.view)
        if when:
            return not when.yearless
    return False


def _bound_of_recurrence(c: Clause, j: int, words: str) -> When | None:
    """The beginning, end or day that follows a recurrence: "…, first report November 2023"."""
    t = c.t
    k = j
    named_first = False
    for _ in range(5):
        if t[k].kind in ("COMMA", "DASH", "COLON", "OPEN") and k <= j + 1:
            k += 1
        elif t[k].kind == "EVERY" and k == j and words == "yearly":
            j = k = k + 1  # "Annually each September"
        elif t[k].text in ("first", "initially"):
            named_first, k = True, k + 1
        elif named_first and t[k].kind in ("WORD", "BASIS", "TOWARDS", "REVISED", "FUTURE"):
            k += 1
        else:
            break
    bounds = {"FROM", "UNTIL", "SINCE", "AFTER", "BETWEEN", "THROUGHOUT", "TO"}
    if t[k].kind in bounds or named_first:
        when = parse_when(t, k + (t[k].kind == "TO"), c.view)
        if when and t[k].kind == "TO":
            when = replace(when, modifiers=frozenset({"UNTIL"}))
        return when
    when = parse_when(t, k, c.view)
    if when is None or when.kind == "event":
        return None
    joined = k == j or t[j].kind == "OPEN"
    if when.yearless:
        return when if words == "yearly" and when.kind == "date" else None
    in_the_run = when.kind == "period" or when.precision in YEARLIKE or words == "yearly"
    return when if joined and in_the_run else None


def each_year(c: Clause, i: int) -> Claim | None:
    """ "June and December each year"."""
    moments, j = parse_list(c.t, i, c.view)
    if len(moments) < 2 or any(m.year is not None or m.fixed for m in moments):
        return None
    bracket = c.t[j].kind == "OPEN"
    found = recurrences.parse_recurrence(c.t, j + bracket, c.view)
    if found is None or found.words != "yearly":
        return None
    reading = Timescale("", "recurring", recurrence=recurrences.times_a_year(moments))
    return Claim(reading, i, found.after + bracket)


def repeated(c: Clause, i: int, when: When, found: recurrences.Recurrence) -> Claim:
    """A date with a recurrence on its heels."""
    after = found.after + (c.t[found.after].kind == "CLOSE")
    reading = Timescale("", "recurring", recurrence=found.words, assumed=found.assumed)
    if when.yearless:
        if found.words == "yearly" and when.kind in ("date", "event"):
            reading = replace(reading, recurrence=recurrences.yearly(when.moment))
        return Claim(reading, i, after)
    assumed = when.assumed + found.assumed
    if when.kind == "period" or when.precision in YEARLIKE:
        reading = replace(reading, start=when.start, end=when.end, assumed=assumed)
    else:
        words = recurrences.yearly(when.moment) if found.words == "yearly" else found.words
        start = when.first_day
        reading = replace(reading, start=start, recurrence=words, assumed=assumed)
    return Claim(reading, i, after)


def _from(when: When) -> bool:
    return bool(when.modifiers & {"FROM", "SINCE", "AFTER"})
