"""Words that say that there is no answer, and which of the four states of missing they say.

Not asked, blank, prefer not to say and not known are different things: a campaign changes the
second, a rate of response counts the third, and only the last is a fault of the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from goldenthread.categories.lists import Missing

Status = Literal["declared", "prefer_not_to_say", "not_stated", "unknown"]
"""How a record words it: ``not_stated`` says that nothing was stated, not that it was declined."""

_PLACEHOLDERS = frozenset(
    ("", "0", "na", "n a", "nan", "none", "null", "nil", "blank", "empty", "not applicable")
)
_NUMBERS_FOR_NOT_KNOWN = {"99", "999"}
_PATTERNS: tuple[tuple[Missing, Status, str], ...] = (
    (
        "prefer_not_to_say",
        "prefer_not_to_say",
        r"(?:prefer|rather|choose|chose|chosen|wish|wished|would like|opted?) not"
        r"|(?:do|does|did|would) not (?:wish|want|like|care|choose)"
        r"|(?:do|does|did|would)nt (?:wish|want|like|care)"
        r"|not (?:wish|want|willing|prepared)|unwilling"
        r"|declin\w*|refus\w*|with(?:held|hold\w*)|opted out|pnts",
    ),
    (
        "not_asked",
        "unknown",
        r"(?:not|never)(?: yet)?(?: been)? (?:asked|collected|requested|surveyed)|unasked",
    ),
    (
        "not_known",
        "not_stated",
        r"(?:not|non|un) ?(?:yet )?(?:stated|declared|disclosed|specified|given|answered"
        r"|provided|supplied|completed|entered)"
        r"|(?:did|has|have|does) not (?:state|declare|disclose|specify|answer|respond|say)"
        r"|no (?:answer|response|reply|declaration)",
    ),
    (
        "not_known",
        "unknown",
        r"(?:not|un) ?(?:yet )?(?:known|reported|recorded|obtained|held|available|classified"
        r"|captured|matched|determined|sure)"
        r"|(?:do not|dont) know|no (?:data|information|record)|missing|invalid"
        r"|to be (?:confirmed|advised)|tbc|tba",
    ),
)
_PHRASES = tuple((state, said, re.compile(rf"\b(?:{p})\b")) for state, said, p in _PATTERNS)
# Words around such a phrase that add nothing to it.
_AROUND_IN_A_LINE = (
    "a about an and answer answered any asked at background be belief but by choose data declare"
    " declared details did disability disclose disclosed do does ethnic ethnicity for gender give"
    " given group groups has have i id identity if ill im in information is it know me my of on or"
    " orientation origin person please provide question race religion respond say sex sexual"
    " sexuality share specify staff state stated status system tell that the their this time to"
    " unknown value was what will wish would yet you your"
)
_AROUND = frozenset(_AROUND_IN_A_LINE.split())


@dataclass(frozen=True)
class Absence:
    """A state of missing, how the record words it, and the words that say something else."""

    state: Missing
    status: Status
    rest: tuple[str, ...] = ()


def absence(words: tuple[str, ...]) -> Absence | None:
    """Which state of missing words say; None where they say none.

    Words that name two states leave it not known which is true. What stands beside such a phrase
    and says something of its own is in ``rest``: “White, not stated” is more than nothing.

    >>> absence(("prefer", "not", "to", "say"))
    Absence(state='prefer_not_to_say', status='prefer_not_to_say', rest=())
    >>> absence(("white", "not", "stated")).rest
    ('white',)
    """
    text = " ".join(words)
    if text in _PLACEHOLDERS:
        return Absence("blank", "unknown")
    if text in _NUMBERS_FOR_NOT_KNOWN:
        return Absence("not_known", "unknown")
    said: list[tuple[Missing, Status]] = []
    for state, status, pattern in _PHRASES:
        text, times = pattern.subn(" ", text)
        if times:
            said.append((state, status))
    if not said:
        return None
    rest = tuple(w for w in text.split() if w not in _AROUND)
    # “Not stated (declined)” says why; “not stated or declined” says that nobody knows.
    if len(said) == 2 and {s for _, s in said} == {"prefer_not_to_say", "not_stated"}:
        said = said[:1] if "or" not in words else said
    state, status = said[0] if len(said) == 1 else ("not_known", "unknown")
    return Absence(state, status, rest)
