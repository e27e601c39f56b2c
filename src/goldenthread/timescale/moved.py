"""Dates that were moved: "was June 2024, now September 2024", "Slipped to March 2025"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldenthread.timescale.clause import Claim, Clause, claim_of
from goldenthread.timescale.value import Assumption, Status
from goldenthread.timescale.when import When, parse_when


def moved(c: Clause, i: int, j: int, status: Status) -> Claim | None:
    """ "Slipped to September 2024", "Deferred from June to September 2024": the new target."""
    t = c.t
    if status not in ("delayed", "on_hold"):
        return None
    k = j
    while t[k].kind in ("COMMA", "DASH", "COLON", "OPEN", "HYPHEN"):
        k += 1
    if t[k].kind == "FROM":
        old = parse_when(t, k + 1, c.view)
        if old is None or old.kind != "period":
            return None
        first = parse_when(t, k + 1, replace(c.view, neighbour=old.end))
        new = _edge_after_to(c, k + 1, old.after)
        if new is None or first is None:
            return None
        return revised(c, i, new, old.start, status)
    if t[k].kind == "REVISED":  # "Delayed (new date: March 2025)"
        k += t[k + 1].kind == "COLON"
    if t[k].kind in ("TO", "UNTIL", "REVISED", "COLON") or t[k].text == "now":
        new = parse_when(t, k + 1, c.view)
        return revised(c, i, new, None, status) if new else None
    return None


def _edge_after_to(c: Clause, i: int, after: int) -> When | None:
    """The second date of "June to September 2024"."""
    for k in range(i, after):
        if c.t[k].kind in ("TO", "DASH", "UNTIL"):
            return parse_when(c.t, k + 1, c.view)
    return None


def revised(c: Clause, i: int, new: When, old: date | None, status: Status | None = None) -> Claim:
    """The later date stands; the earlier stays in the words and in the note."""
    earlier = f"; the earlier, {old.isoformat()}, stays in the words" if old else ""
    note = Assumption("convention", f"The date was moved: the later one is current{earlier}.")
    reading = replace(claim_of(new), status=status, assumed=(*new.assumed, note))
    return Claim(reading, i, new.after + (c.t[new.after].kind == "CLOSE"))


def later_statement(c: Clause, i: int, j: int, when: When) -> Claim | None:
    """ "June 2024, now September 2024", "September 2024 (was June 2024)"."""
    t = c.t
    k = j
    while k < j + 2 and t[k].kind in ("COMMA", "DASH", "OPEN", "SLASH", "BUT", "AND"):
        k += 1
    if t[k].kind == "DUE" and t[k].text != "due" and t[j].kind in ("OPEN", "COMMA", "DASH"):
        old = parse_when(t, k + 1, c.view, past=True)
        if old and old.kind == "date":
            return revised(c, i, replace(when, after=old.after), old.end)
    is_revised = t[k].kind == "REVISED" or (
        t[k].kind == "STATUS" and t[k].value[0] in ("delayed", "on_hold")
    )
    status: Status | None = t[k].value[0] if t[k].kind == "STATUS" else None
    if t[k].text == "now" or is_revised:
        k += 1
        while t[k].kind in ("TO", "COLON", "REVISED") or t[k].text in ("date", "now"):
            k += 1
        new = parse_when(t, k, c.view)
        if new and new.kind == "date":
            return revised(c, i, new, when.end, status)
    return None


def was_then_now(c: Clause, i: int) -> Claim | None:
    """ "was June 2024, now September 2024"; "was due" alone only puts a date in the past."""
    old = parse_when(c.t, i + 1, c.view, past=True)
    claim = later_statement(c, i, old.after, old) if old else None
    return claim if claim and claim.reading.kind == "date" else None


def revision_claim(c: Clause, i: int) -> Claim | None:
    """ "Revised from June 2024 to September 2024", "Extended to March 2025"."""
    t = c.t
    k = i + 1
    while t[k].kind in ("COLON", "COMMA", "DASH", "REVISED", "OPEN"):
        k += 1
    if t[k].kind == "FROM":
        both = parse_when(t, k + 1, c.view)
        new = _edge_after_to(c, k + 1, both.after) if both and both.kind == "period" else None
        return revised(c, i, new, both.start if both else None) if new else None
    if t[k].kind in ("TO", "UNTIL") or t[k - 1].kind == "COLON":
        new = parse_when(t, k + (t[k].kind in ("TO", "UNTIL")), c.view)
        return revised(c, i, new, None) if new else None
    return None
