"""The meeting, decision or occurrence that a timescale is tied to, found among its other words."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.timescale.lexer import Token
from goldenthread.timescale.words import (
    BODIES,
    GROUPS,
    HAPPENINGS,
    NOT_IN_A_NAME,
    REPORTS,
    ROUNDS,
)

# What may follow the name of a body without making it the name of something else.
AFTER_A_BODY = REPORTS | HAPPENINGS | ROUNDS | {"approval", "decision", "sign-off", "agenda"}
AFTER_A_HAPPENING = HAPPENINGS | frozenset(
    {"programme", "day", "days", "week", "event", "session", "group", "training", "cycle"}
)
BREAKS = frozenset({"COMMA", "DASH", "SLASH", "COLON", "OPEN", "CLOSE", "COMING", "BY", "STATUS",
                    "BUT", "THEN", "END", "ONGOING", "FROM", "QUOTE", "OTHER"})  # fmt: skip


def name_event(t: Sequence[Token], first: int, after: int, words: str) -> tuple[int, int] | None:
    """Where among these tokens an event is named: (first token, position after), or None.

    Bodies count where their name is capitalised; "meeting", "conference" and the like always do.
    """
    for i in range(first, after):
        if _is_head(t, i, first, after, words):
            start, end = i, i + 1
            while end < after and t[end].text in (AFTER_A_HAPPENING | BODIES) and _plain(t[end]):
                if t[i].text in BODIES and t[end].text not in HAPPENINGS | BODIES:
                    break
                end += 1
            while start > first and _in_name(t, start - 1, words):
                start -= 1
            while start < i and t[start].kind == "AND":
                start += 1
            if start - 2 >= first and t[start - 1].text == "to" and t[start - 2].text in REPORTS:
                start -= 2
            return start, end
    return None


def _plain(token: Token) -> bool:
    return token.kind not in BREAKS


def _capital(token: Token, words: str) -> bool:
    return words[token.start : token.start + 1].isupper()


def _is_head(t: Sequence[Token], i: int, first: int, after: int, words: str) -> bool:
    text = t[i].text
    if text in HAPPENINGS:
        return True
    following = t[i + 1] if i + 1 < after else None
    if text in BODIES:
        if not _capital(t[i], words):
            return False
        if following is None or following.kind != "WORD":
            return True
        return following.text in AFTER_A_BODY or following.text in BODIES
    if text in GROUPS:
        return i > first and t[i - 1].kind == "WORD" and _capital(t[i - 1], words)
    return False


def _in_name(t: Sequence[Token], i: int, words: str) -> bool:
    """Whether this token belongs to the name that goes on after it."""
    token = t[i]
    if token.kind in BREAKS or token.text in NOT_IN_A_NAME:
        return (
            token.kind == "AND"
            and i > 0
            and _capital(t[i - 1], words)
            and _capital(t[i + 1], words)
        )
    return True
