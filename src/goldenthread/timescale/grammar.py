"""The grammar: one clause of a phrase into the claims that it makes.

A clause is read from left to right. At each word the rules of that kind of word are tried; the
first that fits makes a claim and reading goes on after it, otherwise the word is passed over. What
was passed over may still name an event, turn "completed" into a target ("to be completed") or put
a day in the past ("held 7th September").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from goldenthread.timescale.clause import LEAD_INS, Claim, Clause, claim_of
from goldenthread.timescale.dates import when_claim
from goldenthread.timescale.events import name_event
from goldenthread.timescale.lengths import (
    at_once,
    coming_claim,
    horizon_claim,
    length_claim,
    within_claim,
)
from goldenthread.timescale.moments import LIST_MARKS
from goldenthread.timescale.moved import revision_claim, was_then_now
from goldenthread.timescale.repeats import recurring_claim
from goldenthread.timescale.states import ongoing_claim, status_claim
from goldenthread.timescale.value import Assumption, Timescale
from goldenthread.timescale.when import parse_when

# Rules that are not tried in running words: "complete" and "when" say too many other things there.
STATES = frozenset({"STATUS", "ONGOING", "CONDITION", "HORIZON", "NOW"})


def read_clause(c: Clause) -> list[Claim]:
    """Every claim of the clause, in order."""
    i = 0
    while i < c.n:
        claim = _claim_at(c, i)
        if claim and claim.after > i:
            c.claims.append(claim)
            c.future = False
            c.past = c.past and c.t[claim.after].kind in LIST_MARKS
            i = claim.after
        else:
            i = _pass_over(c, i)
    return c.claims if c.sentence else _doubted(c, _with_events(c))


def _doubted(c: Clause, claims: list[Claim]) -> list[Claim]:
    """The claims, with a note where the words also say that they are to be confirmed."""
    if not any(k.kind == "NOTHING" for k in c.t[: c.n]):
        return claims
    note = Assumption("ambiguous", "The words say that it is still to be confirmed.")
    return [
        replace(c, reading=replace(c.reading, assumed=(*c.reading.assumed, note))) for c in claims
    ]


def _pass_over(c: Clause, i: int) -> int:
    """Notes what a word says of the words after it, and gives the position of the next."""
    kind = c.t[i].kind
    if kind == "FUTURE":
        c.future, c.past = True, False
    elif kind in ("PAST", "DUE", "SINCE") and not c.future:
        c.past = c.t[i].text not in ("due", "already")
    elif kind == "STATUS" and c.t[i].text.endswith("ed") and not c.future:
        c.past = True
    elif kind in ("TAIL", "EXAMPLE", "IN_LINE"):
        return c.swallow(i, () if kind == "EXAMPLE" else ("DASH", "COMMA"))
    elif kind == "OPEN" and c.t[i + 1].text == "for":
        return c.swallow(i, ())
    return i + 1


def _claim_at(c: Clause, i: int) -> Claim | None:
    rule = None if c.sentence and c.t[i].kind in STATES else _RULES.get(c.t[i].kind)
    claim = rule(c, i) if rule else None
    return claim or when_claim(c, i)


def _condition(c: Clause, i: int) -> Claim | None:
    """ "Subject to funding", "When the need arises", "or when budget allows"."""
    if c.t[i].text == "when" and c.n == 1:
        return None
    after = c.swallow(i + 1, ("COMMA", "OPEN", "OR", "DASH", "BY"))
    return Claim(Timescale("", "conditional"), i, after)


def _times(c: Clause, i: int) -> Claim | None:
    recurring = recurring_claim(c, i)
    if recurring or c.t[i].text != "once":
        return recurring
    return _condition(c, i)


def _after_something(c: Clause, i: int) -> Claim | None:
    """ "Following publication of the review", "Prior to launch": tied to what has no date yet."""
    if parse_when(c.t, i, c.view) or c.claims:
        return None
    if i > 4 or any(k.kind not in ("GLUE", "OPEN") for k in c.t[:i]):
        return None
    after = c.swallow(i + 1, ("COMMA", "OPEN", "DASH"))
    if after - i < 2 or any(parse_when(c.t, k, c.view) for k in range(i + 1, min(after, i + 12))):
        return None
    reading = Timescale("", "event", event=c.text(i + 1, after))
    when = parse_when(c.t, after + 1, c.view, inner=True) if c.t[after].kind == "OPEN" else None
    if when and when.kind == "date" and c.t[when.after].kind == "CLOSE":  # "… (March 2025)"
        reading = replace(claim_of(when), kind="event", event=reading.event)
        after = when.after + 1
    return Claim(reading, i, after)


def _with_events(c: Clause) -> list[Claim]:
    """The claims once more, those tied to a meeting, decision or occurrence named as such."""
    if not c.claims:
        name = name_event(c.t, 0, c.n, c.words)
        if name is None:
            return _in_line(c) or _next_time(c)
        reading = Timescale("", "event", event=c.text(*name))
        return [Claim(reading, *name)]
    edges = [0, *(claim.after for claim in c.claims)]
    found = list(c.claims)
    for index, claim in enumerate(found):
        reading = claim.reading
        runs = [(edges[index], claim.first)]
        if index + 1 == len(found):
            runs.append((claim.after, c.n))
        if reading.kind not in ("date", "recurring") or reading.event or reading.status:
            continue
        for run in runs:
            name = name_event(c.t, *run, c.words)
            if name is None:
                continue
            if reading.kind == "date" and not _beside(c, name, claim):
                continue
            kind = "event" if reading.kind == "date" else reading.kind
            reading = replace(reading, kind=kind, event=c.text(*name))
            found[index] = Claim(reading, min(name[0], claim.first), max(name[1], claim.after))
            break
    return found


def _beside(c: Clause, name: tuple[int, int], claim: Claim) -> bool:
    """Whether nothing but small words stands between the event and its date."""
    between = c.t[name[1] : claim.first] if name[1] <= claim.first else c.t[claim.after : name[0]]
    small = LEAD_INS | {"PART_DONE", "COMING", "BY", "TO", "TOWARDS"}
    return all(k.kind in small for k in between)


def _next_time(c: Clause) -> list[Claim]:
    """ "By the next annual review": an occasion without a date or a name of its own."""
    for i in range(c.n - 1):
        if c.t[i].text == "next" and c.t[i + 1].kind not in ("AND", "STOP", "NUMBER"):
            after = c.swallow(i + 1, ("COMMA", "OPEN", "DASH"))
            return [Claim(Timescale("", "event", event=c.text(i + 1, after)), i, after)]
    return []


def _in_line(c: Clause) -> list[Claim]:
    """ "In line with …" is a condition where it is all that is said."""
    for i in range(c.n):
        if c.t[i].kind == "IN_LINE":
            return [Claim(Timescale("", "conditional"), i, c.n)]
    return []


_RULES: dict[str, Callable[[Clause, int], Claim | None]] = {
    "STATUS": status_claim,
    "ONGOING": ongoing_claim,
    "RECURRENCE": recurring_claim,
    "EVERY": recurring_claim,
    "TIMES": _times,
    "GLUE": lambda c, i: within_claim(c, i) or recurring_claim(c, i),
    "WITHIN": within_claim,
    "THROUGHOUT": within_claim,
    "COMING": coming_claim,
    "NUMBER": length_claim,
    "NOW": at_once,
    "HORIZON": horizon_claim,
    "CONDITION": _condition,
    "DUE": was_then_now,
    "REVISED": revision_claim,
    "AFTER": _after_something,
    "BEFORE": _after_something,
}
