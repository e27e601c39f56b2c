"""What comes round again: "quarterly", "every six months", "each committee cycle"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.timescale.calendar import Moment
from goldenthread.timescale.moments import Tokens, View, parse_list
from goldenthread.timescale.value import Assumption
from goldenthread.timescale.words import (
    BODIES,
    DOUBTFUL_RECURRENCES,
    GROUPS,
    HAPPENINGS,
    MONTHS,
    REPORTS,
    ROUNDS,
    SEASON_NAMES,
    TIMES_A_YEAR,
    UNIT_RECURRENCE,
    UNITS,
)

TERM_NAMES = {1: "the spring term", 2: "the summer term", 3: "the autumn term"}
BETWEEN_WORDS = 6  # at most so many words may stand between "each" and the meeting it counts


@dataclass(frozen=True)
class Recurrence:
    """How often, in words, and the position after.

    ``event`` is the place of the name of what recurs ("each quarterly Board"). ``adjective`` says
    that the word may only be part of a name ("Annual Council").
    """

    words: str
    after: int
    start: date | None = None
    end: date | None = None
    event: tuple[int, int] | None = None
    adjective: bool = False
    assumed: tuple[Assumption, ...] = ()


def every(number: int, unit: str) -> str:
    """ "every 6 months", and the shorter word where there is one.

    >>> every(6, "month"), every(1, "year"), every(3, "month")
    ('every 6 months', 'yearly', 'quarterly')
    """
    letter, times = UNITS[unit]
    count = number * times
    if count == 1:
        return UNIT_RECURRENCE[letter]
    if letter == "M" and count in (3, 12):
        return {3: "quarterly", 12: "yearly"}[count]
    name = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}[letter]
    return f"every {count} {name}"


def yearly(moment: Moment) -> str:
    """A piece of calendar that comes round every year, in words.

    >>> yearly(Moment("day", 3, day=31)), yearly(Moment("month", 11))
    ('yearly on 31 March', 'yearly in November')
    """
    if moment.unit == "day":
        return f"yearly on {moment.day} {MONTHS[moment.number - 1].title()}"
    names = [str(name) for n in (moment.number, moment.last) if (name := _name(moment, n))]
    return f"yearly in {'/'.join(names)}" if names else "yearly"


def times_a_year(moments: list[Moment]) -> str:
    """Several moments of every year, in words.

    >>> times_a_year([Moment("season", 3), Moment("season", 1)])
    'twice a year (autumn, spring)'
    """
    if len(moments) == 1:
        return yearly(moments[0])
    names = [yearly(m).removeprefix("yearly in ").removeprefix("yearly on ") for m in moments]
    times = {2: "twice", 3: "three times", 4: "four times"}.get(len(names), f"{len(names)} times")
    return f"{times} a year ({', '.join(names)})"


def _name(moment: Moment, number: int) -> str | None:
    if moment.unit == "occasion":
        return moment.name if number == moment.number else None
    if not number:
        return None
    if moment.unit == "month":
        return MONTHS[number - 1].title()
    if moment.unit == "season":
        return SEASON_NAMES[number]
    if moment.unit == "term":
        return TERM_NAMES[number]
    return f"Q{number}" if moment.unit == "quarter" else None


def parse_recurrence(t: Tokens, i: int, view: View) -> Recurrence | None:
    """A recurrence at this position; None where there is none."""
    while t[i].kind == "GLUE" and i < len(t) - 4:
        i += 1
    kind = t[i].kind
    found = None
    if kind == "RECURRENCE":
        found = _adverb(t, i)
    elif kind == "NUMBER":
        found = _number_ly(t, i)
    elif kind == "EVERY":
        found = _every(t, i, view)
    if found is None and kind in ("TIMES", "NUMBER"):
        found = _times(t, i)
    if found is None:
        return None
    after = found.after
    while t[after].kind == "BASIS" and not found.adjective:
        after += 1
    return Recurrence(found.words, after, event=found.event, adjective=found.adjective,
                      assumed=found.assumed)  # fmt: skip


def _adverb(t: Tokens, i: int) -> Recurrence:
    words, unit = t[i].value
    note = DOUBTFUL_RECURRENCES.get(words) if unit == "twice" else None
    assumed = (Assumption("ambiguous", note),) if note else ()
    alone = t[i + 1].kind in ("CLOSE", "END_OF_TEXT") or t[i + 1].text in ("basis", "cycle")
    adjective = t[i].text == "annual" and not alone
    return Recurrence(words, i + 1, adjective=adjective, assumed=assumed)


def _number_ly(t: Tokens, i: int) -> Recurrence | None:
    """ "six monthly", "6-monthly", "two-yearly"."""
    number = t[i].value
    j = i + 1 + (t[i + 1].kind in ("HYPHEN",))
    if t[j].kind != "RECURRENCE" or not t[j].value[1] or not 1 <= number <= 99:
        return None
    if t[j].value[1] not in UNITS:
        return None
    return Recurrence(every(number, t[j].value[1]), j + 1)


def _times(t: Tokens, i: int) -> Recurrence | None:
    """ "twice a year", "three times yearly", "once every two years"."""
    number, j = t[i].value, i + 1
    if t[i].kind == "NUMBER":
        if t[j].text != "times":
            return None
        j += 1
    j += t[j].kind == "HYPHEN"
    if t[j].kind == "EVERY" or t[j].text in ("a", "an"):
        if t[j].kind == "EVERY" and number == 1 and (found := _every(t, j, None)):
            return found
        unit, after = t[j + 1].text, j + 2
    elif t[j].kind == "RECURRENCE" and t[j].value[1] in UNITS:
        unit, after = t[j].value[1], j + 1
    elif t[j].kind == "THIS" or t[j].text in ("in", "during"):
        return None
    else:
        return None
    if unit in ("year", "annum", "yr") and number in TIMES_A_YEAR:
        return Recurrence(TIMES_A_YEAR[number], after)
    if unit in UNITS or unit in ("term", "cycle"):
        how = {1: "once", 2: "twice"}.get(number, f"{number} times")
        one = every(1, unit) if unit in UNITS else f"each {unit}"
        return Recurrence(one if number == 1 else f"{how} a {unit}", after)
    return None


def _every(t: Tokens, i: int, view: View | None) -> Recurrence | None:
    """ "every 6 months", "every other month", "every autumn and spring", "each committee cycle"."""
    j = i + 1
    if t[j].text in ("a", "the", "of"):
        j += 1
    number = 1
    if t[j].kind == "OTHER" or t[j].text == "second":
        number, j = 2, j + 1
    elif (t[j].kind == "NUMBER" and t[j + 1].kind != "MONTH") or (
        t[j].kind == "ORDINAL_WORD" and t[j + 1].text in UNITS
    ):
        number, j = t[j].value, j + 1
    unit = t[j].text.rstrip("s")
    if unit in UNITS and 1 <= number <= 999:
        return Recurrence(every(number, unit), j + 1)
    if t[j].kind == "YEAR_KIND":
        return Recurrence("yearly", j + 1)
    if t[j].kind == "TERM":
        return Recurrence("each term", j + 1)
    if t[j].text == "annum":
        return Recurrence("yearly", j + 1)
    if view is None or number != 1:
        return None
    return _every_moment(t, j, view) or _each_meeting(t, j)


def _every_moment(t: Tokens, i: int, view: View) -> Recurrence | None:
    """ "every November", "each 31 March", "every autumn and spring"."""
    moments, after = parse_list(t, i, view)
    if not moments or any(m.year is not None or m.fixed is not None for m in moments):
        return None
    return Recurrence(times_a_year(moments), after)


def _each_meeting(t: Tokens, i: int) -> Recurrence | None:
    """ "each committee cycle", "every Cabinet meeting", "each quarterly Force Executive Board"."""
    heads = BODIES | HAPPENINGS | GROUPS | ROUNDS
    words, first = None, i
    if t[i].kind == "RECURRENCE":
        words, first = t[i].value[0], i + 1
    last = None
    for j in range(first, min(first + BETWEEN_WORDS, len(t))):
        if t[j].kind in ("COMMA", "DASH", "OPEN", "CLOSE", "STOP", "AND", "FROM", "BY", "TO"):
            break
        if t[j].text in heads:
            last = j
        elif last is not None:
            break
    if last is None:
        if words and t[first].text in REPORTS:
            return Recurrence(words, first + 1)
        return None
    name = " ".join(token.text for token in t[first : last + 1])
    if words is None:
        return Recurrence(f"each {name}", last + 1, event=None)
    return Recurrence(words, last + 1, event=(first, last + 1))
