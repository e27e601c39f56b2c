"""States and what goes on: "Completed 7th September", "Underway", "Ongoing since 2021"."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.timescale.clause import JOINS, LEAD_INS, SEPARATORS, Claim, Clause, claim_of
from goldenthread.timescale.moved import moved
from goldenthread.timescale.value import Assumption, Timescale
from goldenthread.timescale.when import When, parse_when

# How far back a word may change what a state means, in tokens.
LOOK_BACK = 12
# What may stand with a word that counts only alone: "(planned)".
MARKS_ALONE = frozenset({"OPEN", "CLOSE", "COLON"})
# States that are as often a target when "by" follows: "Live by mid-September".
TARGET_BY = frozenset({"live", "in place", "now in place", "complete", "embedded", "went live"})


def status_claim(c: Clause, i: int) -> Claim | None:
    """ "Completed 7th September", "Overdue – was due 30/06/2024", "Underway and ongoing"."""
    t = c.t
    status, how = t[i].value
    if how == "alone" and (
        c.n > 4 or any(k.kind not in MARKS_ALONE for j, k in enumerate(t[: c.n]) if j != i)
    ):
        return None
    if c.future or _towards(c, i):
        return None
    j = i + 1
    share = t[i - 1].text if i else ""
    if status == "completed" and (
        _of_a_part(c, i) or (share.endswith("%") and not share.startswith("100"))
    ):
        status = "in_progress"
    k = j
    while k < c.n and k < j + 12 and t[k].kind not in ("COMMA", "DASH", "OPEN"):
        if t[k].kind == "STATUS" and any(x.kind == "BUT" for x in t[j:k]):
            status, how = t[k].value
            j = k + 1
        k += 1
    if t[j].kind in JOINS and t[j + 1].kind == "STATUS" and t[j + 1].value[0] == status:
        j += 2
    ongoing = ongoing_follows(c, j)
    if ongoing:
        reading = Timescale("", "ongoing", status=status)
        return Claim(_with_beginning(c, reading, ongoing), i, _after_since(c, ongoing))
    if how == "joined":
        return None
    slipped = moved(c, i, j, status)
    if slipped:
        return slipped
    reading = Timescale("", "status", status=status)
    when = _when_reached(c, j, how)
    if when is None:
        return Claim(reading, i, j) if not _is_target(c, i, j) else None
    reachable = "BY" in when.modifiers and status in ("completed", "in_progress")
    if reachable and _is_target_by(c, t[i].text, when):
        return None
    assumed = when.assumed
    if reachable:
        assumed = (*assumed, Assumption("ambiguous", "Read as reached by then, not as due."))
    start, end = when.start, when.end
    if when.kind == "ongoing" and t[when.after - 1].kind in ("ONGOING", "PRESENT", "ONWARDS"):
        reading = replace(reading, kind="ongoing")
    elif when.kind == "ongoing" and when.window:
        start, end = when.window
    reading = replace(reading, start=start, end=end, precision=when.precision, assumed=assumed)
    after = when.after + (t[when.after].kind == "CLOSE")
    return Claim(reading, i, after)


def _towards(c: Clause, i: int) -> bool:
    """Whether the word before makes this a thing to be reached."""
    j = i - 1
    while j >= 0 and c.t[j].kind == "ALLOWED":
        j -= 1
    return j >= 0 and c.t[j].kind in ("TOWARDS", "TO")


def _of_a_part(c: Clause, i: int) -> bool:
    """Whether what is complete is only a draft, a phase, a part."""
    first = max(c.claims[-1].after if c.claims else 0, i - LOOK_BACK)
    return any(k.kind in ("PART_DONE", "PHASE") for k in c.t[first:i])


def _is_target(c: Clause, i: int, j: int) -> bool:
    return c.t[i].text == "complete" and c.t[j].kind == "BY"


def _is_target_by(c: Clause, text: str, when: When) -> bool:
    if text in TARGET_BY:
        return True
    if c.view.dated is None:
        return text not in ("completed", "started", "launched", "closed")
    return when.end is None or when.end > c.view.dated


def _when_reached(c: Clause, j: int, how: str) -> When | None:
    """The day on which a state was reached, where it follows."""
    t = c.t
    standing = how == "standing"
    k = j
    for _ in range(4):
        if t[k].kind in LEAD_INS and not (t[k].kind == "GLUE" and t[k].text in ("now", "for")):
            k += 1
    while k > j and t[k - 1].kind == "GLUE":
        k -= 1
    when = parse_when(t, k, c.view, past=True)
    if when is None or when.kind not in ("date", "ongoing", "period"):
        return None
    if standing and "SINCE" not in when.modifiers:
        return None
    return when if not when.modifiers & {"UNTIL", "AFTER", "BEFORE"} else None


def ongoing_claim(c: Clause, i: int) -> Claim | None:
    """ "Ongoing", "Ongoing from April 2024", "Ongoing (underway)"."""
    t = c.t
    if t[i].value == "alone" and c.n > 1:
        return None
    reading = Timescale("", "ongoing")
    if any(
        k.kind == "PART" and k.text.startswith(("start", "begin", "the"))
        for k in t[max(0, i - LOOK_BACK) : i]
    ):
        reading = replace(reading, start=c.view.setting.plan_start)
    after = i + 1
    k = after + (t[after].kind in SEPARATORS | {"AND"})
    while t[k].kind == "ALLOWED":
        k += 1
    if k > after and t[k].kind == "STATUS" and t[k].value[1] in ("standing", "reached"):
        reading = replace(reading, status=t[k].value[0])
        when = _when_reached(c, k + 1, t[k].value[1])
        if when:
            start = when.start or when.end
            reading = replace(reading, start=start, precision=when.precision, assumed=when.assumed)
            return Claim(reading, i, when.after)
        after = k + 1 + (t[k + 1].kind == "CLOSE")
    reading = _with_beginning(c, reading, after)
    return Claim(reading, i, _after_since(c, after))


def ongoing_follows(c: Clause, j: int) -> int | None:
    """The position after "… and ongoing", where it follows."""
    if c.t[j].kind in ("COMMA", "DASH", "SLASH", "AND", "BUT", "OPEN"):
        j += 1 + (c.t[j].kind == "OPEN" and c.t[j + 1].kind == "AND")
    while c.t[j].kind == "ALLOWED" or c.t[j].text == "now":
        j += 1
    if c.t[j].kind != "ONGOING":
        return None
    return j + 1 + (c.t[j + 1].kind == "CLOSE")


def _with_beginning(c: Clause, reading: Timescale, j: int) -> Timescale:
    """An ongoing thing with the beginning that may follow it."""
    when = _beginning(c, j)
    if when is None:
        return reading
    if when.modifiers & {"UNTIL"}:
        return replace(
            reading, kind="period", end=when.end, precision=when.precision, assumed=when.assumed
        )
    if when.kind == "period":
        return replace(claim_of(when), status=reading.status)
    return replace(reading, start=when.start, precision=when.precision, assumed=when.assumed)


def _after_since(c: Clause, j: int) -> int:
    when = _beginning(c, j)
    return when.after + (c.t[when.after].kind == "CLOSE") if when else j


def _beginning(c: Clause, j: int) -> When | None:
    """ "from April 2024", "(since 2021)", "until March 2025" after something that goes on."""
    t = c.t
    k = j
    for _ in range(3):
        if t[k].kind in ("COMMA", "DASH", "OPEN", "COLON"):
            k += 1
    if t[k].kind == "TO":
        until = parse_when(t, k + 1, c.view)
        return replace(until, modifiers=frozenset({"UNTIL"})) if until else None
    if t[k].kind not in ("FROM", "SINCE", "UNTIL", "AFTER", "THROUGHOUT"):
        return None
    return parse_when(t, k, c.view, past=t[k].kind == "SINCE")
