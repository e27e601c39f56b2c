"""T: when an action is due, and whether anybody could tell that it is late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from goldenthread.plan.model import Action, Plan, Recommendation
from goldenthread.plan.rules.rule import Entry, Example, Found, Look, Rule
from goldenthread.timescale import Timescale

# Kinds whose end is a day by which something was promised.
_DUE = frozenset(("date", "period", "event", "relative"))
_OPEN_ENDED = re.compile(
    r"\b(?:on-?\s?going|continu\w+|rolling|business as usual|bau|always|permanent\w*|throughout)\b",
    re.IGNORECASE,
)
_LOOKED_AT_AGAIN = re.compile(
    r"\b(?:review(?:ed|s)?|until|annual(?:ly)?|yearly|quarterly|monthly|weekly|termly|biannual\w*|"
    r"six-monthly|each (?:year|quarter|month|term)|every)\b",
    re.IGNORECASE,
)
_POINTS_ELSEWHERE = re.compile(r"\b(?:see|above|below|through|linked to|refer)\b", re.IGNORECASE)


def _has_none(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        if not any(t.raw.strip() or t.kind != "unknown" for t in entry.action.timescales):
            if entry.action.see:
                continue
            yield Found("No timescale is given.", "", entry)


def _without_end(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        timescales = entry.action.timescales
        if any(t.end or t.recurrence for t in timescales) or _reviewed(entry):
            continue
        for t in timescales:
            if t.kind == "ongoing" and (t.start is None or _OPEN_ENDED.search(t.raw)):
                yield Found(
                    f"“{t.raw}” has no date on which anyone looks again, and nothing that would "
                    "end it.",
                    t.raw,
                    entry,
                )
                break


def _reviewed(entry: Entry) -> bool:
    """Whether the timescale itself, or a measure, says when it is looked at again or ends."""
    ongoing = [t.raw for t in entry.action.timescales if t.kind == "ongoing"]
    texts = [*ongoing, *(measure.text for measure in entry.action.measures)]
    text = re.search(r"\breviewed\b", entry.action.text, re.IGNORECASE)
    return bool(text) or any(_LOOKED_AT_AGAIN.search(words) for words in texts)


def _unreadable(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        timescales = entry.action.timescales
        if any(t.kind != "unknown" for t in timescales) or entry.action.see:
            continue
        for t in timescales:
            if t.raw.strip() and not _POINTS_ELSEWHERE.search(t.raw):
                yield Found(f"“{t.raw}” does not say when.", t.raw, entry)
                break


def _contradictory(look: Look) -> Iterator[Found]:
    for entry in look.entries:
        action = entry.action
        for t in action.timescales:
            if t.start and t.end and t.start > t.end:
                yield Found(f"“{t.raw}” ends before it begins.", t.raw, entry)
            elif t.kind == "ongoing" and t.status == "completed":
                yield Found(f"“{t.raw}” says that it is finished and goes on.", t.raw, entry)
            elif action.confidence == "high" and _clashes(action, t):
                words = f"{action.status_text or _PLAIN[action.status or '']}; {t.raw}"
                yield Found(
                    f"The status says “{action.status_text or _PLAIN[action.status or '']}” and "
                    f"the timescale says “{t.raw}”.",
                    words,
                    entry,
                )


_PLAIN = {
    "": "",
    "not_started": "not started",
    "in_progress": "in progress",
    "completed": "completed",
    "delayed": "delayed",
    "on_hold": "on hold",
    "withdrawn": "withdrawn",
}


def _clashes(action: Action, t: Timescale) -> bool:
    """Whether the action's status and the status in its timescale cannot both be true."""
    if action.status is None or t.status is None or action.status == t.status:
        return False
    if action.status == "completed":
        return t.status == "not_started" or (t.status == "in_progress" and t.kind == "ongoing")
    return t.status == "completed" and action.status in ("not_started", "in_progress", "delayed")


def _without_anchor(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        timescales = entry.action.timescales
        if any(t.end or t.recurrence for t in timescales):
            continue
        for t in timescales:
            if t.kind == "relative" and not t.anchor:
                message = f"“{t.raw}” does not say from which day to count."
            elif t.kind == "conditional":
                message = f"“{t.raw}” may never come, and no date is given by which to decide."
            else:
                continue
            yield Found(message, t.raw, entry)
            break


def last_day(action: Action) -> date | None:
    """The last day on which the action would still be in time; None where no day is promised.

    Where a plan gives several dates the latest counts: an action is late only when none is left.
    """
    ends = [
        t.end
        for t in action.timescales
        if t.end and (t.kind in _DUE or (t.kind == "status" and t.status == "delayed"))
    ]
    return max(ends, default=None)


def _late(look: Look) -> Iterator[Found]:
    if look.as_at is None:
        return
    for entry in look.open_entries:
        action = entry.action
        due = last_day(action)
        if due is None or due >= look.as_at:
            continue
        if action.confidence == "low" and any(t.kind == "ongoing" for t in action.timescales):
            continue  # which of the row's actions the date belongs to is not known
        words = next(t.raw for t in entry.action.timescales if t.end == due)
        days = (look.as_at - due).days
        late = f"{days} day{'' if days == 1 else 's'} late on {_day(look.as_at)}"
        yield Found(f"Due by {_day(due)} and not recorded as completed: {late}.", words, entry)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _only_a_status(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        timescales = entry.action.timescales
        told = [t for t in timescales if t.kind == "status"]
        if not told or len(told) < len(timescales) or any(t.status == "delayed" for t in told):
            continue
        message = f"“{told[0].raw}” says how far it is and not by when it will be done."
        yield Found(message, told[0].raw, entry)


def _plan(*timescales: Timescale, as_at: date | None = None, text: str = "") -> Example:
    action = Action(text or "Hold listening sessions", timescales=timescales)
    recommendation = Recommendation("Hear from staff", "1", actions=(action,))
    return Example(Plan(recommendations=(recommendation,)), as_at=as_at)


_MARCH = Timescale("31 March 2027", "date", end=date(2027, 3, 31), precision="day")

RULES = (
    Rule(
        "T301",
        "No timescale",
        "error",
        "Without a date nothing can be late, so nobody has to ask.",
        "Give a date, or say how often it happens.",
        _plan(),
        _plan(_MARCH),
        _has_none,
        whole="open actions",
        whole_message="None of the {count} open actions has a timescale.",
    ),
    Rule(
        "T302",
        "Ongoing without a review date",
        "warning",
        "“Ongoing” can stay ongoing for years: nobody can say that it is done or that it is late.",
        "Add the date on which it is next reviewed, how often that happens, or what would end it.",
        _plan(Timescale("Ongoing", "ongoing")),
        _plan(
            Timescale("Ongoing, reviewed by 31 March 2027", "ongoing"),
            Timescale(
                "Ongoing, reviewed by 31 March 2027", "date", end=date(2027, 3, 31), precision="day"
            ),
        ),
        _without_end,
        whole="open actions",
        whole_message="All {count} open actions are ongoing without a review date or an end.",
    ),
    Rule(
        "T303",
        "A timescale that says no time",
        "warning",
        "A reader cannot hold anyone to “TBC”.",
        "Give a date, or the date by which the date will be set.",
        _plan(Timescale("TBC", "unknown")),
        _plan(_MARCH),
        _unreadable,
    ),
    Rule(
        "T304",
        "A timescale that contradicts itself",
        "error",
        "When two statements cannot both be true, the reader trusts neither.",
        "Keep the one that is true.",
        _plan(
            Timescale(
                "1 May 2027 to 1 March 2027",
                "period",
                start=date(2027, 5, 1),
                end=date(2027, 3, 1),
                precision="day",
            )
        ),
        _plan(
            Timescale(
                "1 March 2027 to 1 May 2027",
                "period",
                start=date(2027, 3, 1),
                end=date(2027, 5, 1),
                precision="day",
            )
        ),
        _contradictory,
    ),
    Rule(
        "T305",
        "A time that hangs on nothing",
        "warning",
        "“Within six months” or “subject to funding” is not a date until it is said of what.",
        "Say from which day to count, or by which date the decision will be made.",
        _plan(Timescale("Within six months", "relative", offset="P6M")),
        _plan(
            Timescale(
                "Within six months of the report", "relative", offset="P6M", anchor="the report"
            )
        ),
        _without_anchor,
    ),
    Rule(
        "T306",
        "Late",
        "error",
        "The date that was promised has passed.",
        "Record it as completed with the date and evidence, or give the new date and the reason.",
        _plan(_MARCH, as_at=date(2027, 5, 1)),
        _plan(_MARCH, as_at=date(2027, 3, 1)),
        _late,
    ),
    Rule(
        "T307",
        "A status in place of a timescale",
        "warning",
        "“Underway” tells the reader that something began, and never that it should have ended.",
        "Keep the status in its own column and give the date by which it will be done.",
        _plan(Timescale("Already underway", "status", status="in_progress")),
        _plan(Timescale("Already underway", "status", status="in_progress"), _MARCH),
        _only_a_status,
    ),
)
