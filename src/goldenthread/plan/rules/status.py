"""S: how far an action is, and whether the plan shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from goldenthread.plan.model import Action, Plan, Recommendation, Update
from goldenthread.plan.rules.rule import Entry, Example, Found, Look, Rule
from goldenthread.plan.rules.timescales import last_day
from goldenthread.timescale import Timescale

# A status of more words than this tells more than a colour does.
_BARE = 4

# A day among the action's own words: "All-staff briefing held – 23rd September".
_DAY = re.compile(
    r"\b\d{1,2} ?(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)


def _completed(entry: Entry) -> bool:
    action = entry.action
    return action.status == "completed" or (
        action.status is None and any(t.status == "completed" for t in action.timescales)
    )


def _said(entry: Entry) -> str:
    """The words that say how far it is, as printed."""
    action = entry.action
    told = [t.raw for t in action.timescales if t.status]
    return action.status_text or (told[0] if told else "") or (action.status or "")


def _reached(action: Action) -> date | None:
    """The day on which the action is said to have been completed."""
    days = [t.end or t.start for t in action.timescales if t.status == "completed"]
    days += [update.at for update in action.updates if update.status == "completed"]
    return max((day for day in days if day), default=None)


def _without_evidence(look: Look) -> Iterator[Found]:
    for entry in look.entries:
        action = entry.action
        shown = action.evidence or any(u.evidence or u.at or u.text for u in action.updates)
        if not _completed(entry) or shown or _reached(action):
            continue
        if len((action.status_text or "").split()) > _BARE or _DAY.search(action.text):
            continue
        yield Found(
            "Recorded as completed, without the date and without evidence.", _said(entry), entry
        )


def _in_the_future(look: Look) -> Iterator[Found]:
    for entry in look.entries:
        day = _reached(entry.action)
        if look.as_at and day and day > look.as_at:
            yield Found(
                f"Recorded as completed on a day after {look.as_at.day} {look.as_at:%B %Y}.",
                _said(entry),
                entry,
            )


def _held_up(look: Look) -> Iterator[Found]:
    for entry in look.entries:
        action = entry.action
        if action.status not in ("delayed", "on_hold"):
            continue
        told = any(update.text.strip() for update in action.updates)
        if told or len((action.status_text or "").split()) > _BARE:
            continue
        due = last_day(action)
        if look.as_at and due and due < look.as_at:
            continue  # T306 asks for the reason and the new date
        held = "on hold" if action.status == "on_hold" else "delayed"
        yield Found(
            f"Recorded as {held}, without a reason or what happens next.", _said(entry), entry
        )


def _nothing_said(look: Look) -> Iterator[Found]:
    if look.as_at is None or len(look.entries) < 3:
        return
    if any(
        e.action.status or e.action.status_text or e.action.updates or e.action.rag
        for e in look.entries
    ):
        return
    yield Found(f"None of the {len(look.entries)} actions says how far it is.")


def _plan(*actions: Action, as_at: date | None = None) -> Example:
    recommendation = Recommendation("Hear from staff", "1", actions=actions)
    return Example(Plan(recommendations=(recommendation,)), as_at=as_at)


_SESSIONS = "Hold listening sessions"
_THREE = ("Hold listening sessions", "Publish what was heard", "Report to the staff forum")
_DONE = Timescale(
    "Completed 3 May 2026",
    "status",
    start=date(2026, 5, 3),
    end=date(2026, 5, 3),
    precision="day",
    status="completed",
)

RULES = (
    Rule(
        "S401",
        "Completed, without a date or evidence",
        "warning",
        "“Completed” alone asks the reader to take it on trust.",
        "Add the day on which it was completed, or where the result can be seen.",
        _plan(Action(_SESSIONS, status="completed", status_text="Completed")),
        _plan(Action(_SESSIONS, status="completed", timescales=(_DONE,))),
        _without_evidence,
        whole="actions",
        whole_message="All {count} actions are recorded as completed, none with date or evidence.",
    ),
    Rule(
        "S402",
        "Completed in the future",
        "error",
        "What has not happened yet cannot be completed, so one of the two dates is wrong.",
        "Correct the date, or record it as in progress.",
        _plan(Action(_SESSIONS, status="completed", timescales=(_DONE,)), as_at=date(2026, 4, 1)),
        _plan(Action(_SESSIONS, status="completed", timescales=(_DONE,)), as_at=date(2026, 6, 1)),
        _in_the_future,
    ),
    Rule(
        "S403",
        "Held up, and nobody says why",
        "warning",
        "The first thing a councillor asks of a red line is why, and what happens now.",
        "Add the reason, what is being done and the new date.",
        _plan(Action(_SESSIONS, status="delayed", status_text="Red")),
        _plan(
            Action(
                _SESSIONS,
                status="delayed",
                status_text="Red",
                updates=(Update("The room was flooded; first session now on 4 June."),),
            )
        ),
        _held_up,
    ),
    Rule(
        "S404",
        "No action says how far it is",
        "advice",
        "A report that shows no progress cannot be told from one that has none.",
        "Add a column with the status of each action and the day it was last looked at.",
        _plan(*(Action(text) for text in _THREE), as_at=date(2026, 6, 1)),
        _plan(*(Action(text, status="in_progress") for text in _THREE), as_at=date(2026, 6, 1)),
        _nothing_said,
    ),
)
