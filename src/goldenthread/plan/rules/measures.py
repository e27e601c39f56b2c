"""M: how anyone would know that an action worked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goldenthread.plan.model import Action, Measure, Plan, Recommendation
from goldenthread.plan.rules.rule import Example, Found, Look, Rule

# Words that count something, so that an action may carry its own measure.
_COUNTS = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|half|third|"
    r"quarters?|double|all|every|each|both|no)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:an?\s+)?(?:improve[ds]?|improving|increase[ds]?|increasing|better|greater|enhanced?|"
    r"raised?|raising|more|stronger|strengthen(?:ed)?|reduced?|fewer|less|positive)\b",
    re.IGNORECASE,
)


def _nothing_to_measure(look: Look) -> Iterator[Found]:
    none_at_all = not any(entry.action.measures for entry in look.entries)
    for entry in look.open_entries:
        if entry.action.measures:
            continue
        if none_at_all or not _COUNTS.search(entry.action.text):
            yield Found("Nothing says how anyone will know that it worked.", "", entry)


def _vague(look: Look) -> Iterator[Found]:
    for entry in look.open_entries:
        for measure in entry.action.measures:
            if _VAGUE.search(measure.text.strip()) and not _COUNTS.search(measure.text):
                message = f"“{measure.text}” does not say from what to what."
                yield Found(message, measure.text, entry)


def _plan(*actions: Action) -> Example:
    return Example(Plan(recommendations=(Recommendation("Hear from staff", "1", actions=actions),)))


_SESSIONS = "Hold listening sessions with night staff"

RULES = (
    Rule(
        "M501",
        "Nothing measurable",
        "warning",
        "An action that is done and changes nothing looks the same as one that works.",
        "Add what will be seen or counted, and how much of it is enough.",
        _plan(Action(_SESSIONS)),
        _plan(Action(_SESSIONS, measures=(Measure("A session at each of our four depots"),))),
        _nothing_to_measure,
        whole="open actions",
        whole_message="None of the {count} open actions has a measure of success.",
    ),
    Rule(
        "M502",
        "A measure without a figure",
        "advice",
        "“Improved” is true of the smallest change, so it can never be missed.",
        "Give the figure now and the figure to be reached.",
        _plan(Action(_SESSIONS, measures=(Measure("Improved awareness"),))),
        _plan(
            Action(
                _SESSIONS,
                measures=(Measure("Staff who know how to report racism: from 41% to 70%"),),
            )
        ),
        _vague,
    ),
)
