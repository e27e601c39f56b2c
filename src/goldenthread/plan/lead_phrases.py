"""What a run of words is when it stands as a lead, and where one lead ends and the next begins.

A run is judged by its head, the word that says what kind of thing it names: the last before any
"of" or "for", else the last of all. Two runs are two leads only where both can lead by themselves
and neither is more likely a part of the other's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from goldenthread.plan import lead_words as table
from goldenthread.plan.people import is_name

Kind = Literal["post", "body", "person", "department"]


def low_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words in lower case, without punctuation at their edges."""
    return tuple(word.lower().replace("’", "'").strip(",.:;'") for word in words)


_OPENINGS: dict[str, list[tuple[str, ...]]] = defaultdict(list)
for _opening in table.OPENINGS:
    _OPENINGS[_opening[0]].append(_opening)


def _opens(low: tuple[str, ...]) -> bool:
    """Whether the words begin as only a new lead begins."""
    return any(low[: len(opening)] == opening for opening in _OPENINGS.get(low[0], ()))


def _rank(low: tuple[str, ...]) -> int:
    """How many words of rank stand in front, as in "Det Ch Supt Crime"."""
    return max((n for n in range(1, min(4, len(low)) + 1) if low[:n] in table.RANKS), default=0)


def is_code(word: str) -> bool:
    """Whether the word is an abbreviation or a code: "SLT", "HRBPs", "AM(S)"."""
    return bool(re.fullmatch(r"[A-Z]{2,8}s?|[A-Z]{1,4}\([A-Z]{1,4}\)", word))


@lru_cache(maxsize=65536)
def kind_of(words: tuple[str, ...]) -> Kind | None:
    """What the words are if they can lead by themselves, else None.

    "department" is a weak yes: a field of work that leads only in a list or after a closed name.
    """
    low = low_words(words)
    if not words or len(words) > 20 or low[0] in ("and", "&", "of", "for", "on", "to", "/", ","):
        return None
    if low[-1] in table.SMALL_WORDS:
        return None
    phrase = " ".join(low)
    if len(words) == 1:
        return _kind_of_one(words[0].strip(",.:;"), low[0])
    if phrase in table.DEPARTMENTS:
        return "department"
    if is_name(" ".join(words)):
        return "person"
    if any(_opens(low[i + 1 :]) for i, word in enumerate(low[:-1]) if word in ("and", "&", "/")):
        return None  # a second lead begins inside: the line has to be cut
    every = low[0] in table.EVERY
    head = head_of(low)
    if every:
        bodies = head in table.PLURAL_POSTS or head in table.BODY_HEADS
        return "body" if bodies or head in table.POST_HEADS else None
    rank = _rank(low)
    field = head in table.DEPARTMENT_HEADS and head != "team"
    if head in table.POST_HEADS or (rank and (words[rank - 1].endswith(",") or field)):
        return "post"
    if head in table.PLURAL_POSTS or head in table.BODY_HEADS:
        return "body"
    if rank or _names_its_field(words, low):
        return "post"
    if is_code(words[0]) and len(words) == 2 and low[1] in ("group", "leads"):
        return "body"
    return None


def _names_its_field(words: tuple[str, ...], low: tuple[str, ...]) -> bool:
    """Whether a post is followed by its field, without "of": "Group Manager Community Safety"."""
    heads = [i for i, word in enumerate(low) if word in table.POST_HEADS]
    if not heads or not 1 <= heads[0] < len(low) - 1 or len(low) - heads[0] > 4:
        return False
    field = words[heads[0] + 1 :]
    named = any(w in table.BODY_HEADS or w in table.PLURAL_POSTS for w in low[heads[0] + 1 :])
    return len(heads) == 1 and not named and all(word[:1].isupper() for word in field)


def _kind_of_one(word: str, low: str) -> Kind | None:
    if low in table.POST_ABBREVIATIONS:
        return "post"
    if low in table.BODY_ABBREVIATIONS:
        return "body"
    if low in table.DEPARTMENTS:
        return "department"
    if low in table.SUBJECTS:
        return None
    if low.endswith("s") and low[:-1] in table.POST_ABBREVIATIONS:
        return "body"
    if low in table.BARE:
        return "post" if low in table.POST_HEADS and low not in table.BODY_HEADS else "body"
    if is_code(word):
        return "post" if len(word) == 2 or "(" in word else "body"
    # "HoP", "DoF": a head or a director of something, by initials.
    return "post" if re.fullmatch(r"[HD]o[A-Z]{1,3}", word) else None


def head_of(low: tuple[str, ...]) -> str:
    """The word that says what kind of thing the name is: the last before any "of" or "for"."""
    heads = (table.POST_HEADS, table.PLURAL_POSTS, table.BODY_HEADS)
    for i, word in enumerate(low):
        # "Head of HR" has its head before "of"; "Citizens in Policing Manager" has it at the end.
        if word in table.PREPOSITIONS and i and any(low[i - 1] in words for words in heads):
            return low[i - 1]
    return low[-1]


def _is_open(low: tuple[str, ...]) -> bool:
    """Whether the name ends in a field that may go on: "Head of HR", "AD Communications"."""
    if any(word in table.PREPOSITIONS for word in low[1:]):
        return True
    heads = (table.POST_HEADS, table.PLURAL_POSTS, table.BODY_HEADS)
    ends_in_head = any(low[-1] in words for words in heads)
    return not ends_in_head and any(word in table.POST_HEADS for word in low[:-1])


def may_part(left: tuple[str, ...], mark: str, right: tuple[str, ...], *, closed: bool) -> bool:
    """Whether two names that can each lead are two leads here, rather than one longer name."""
    if not left or not right:
        return False
    low_left, low_right = low_words(left), low_words(right)
    kind_left, kind_right = kind_of(left), kind_of(right)
    if "person" in (kind_left, kind_right):
        return bool(mark) or closed or kind_left != kind_right
    if closed:
        return True
    if not mark:
        return _may_part_unmarked(left, right)
    if mark in ("–", "-"):
        return _opens(low_right) and kind_left != "department"
    opens = _opens(low_right)
    field = kind_right == "body" and not opens and head_of(low_right) in table.DEPARTMENT_HEADS
    if mark == "," and field and low_left in table.RANKS and low_left[-1] in ("director", "head"):
        # "Assistant Director, Customer Services" names one post and its field.
        return is_code(right[0].strip(","))
    listed = mark in (",", "/")
    if kind_left == "department":
        alone = " ".join(low_left) in table.LISTED_DEPARTMENTS or mark == "/"
        return opens or (listed and alone)
    open_left = _is_open(low_left)
    if kind_right == "department":
        alone = " ".join(low_right) in table.LISTED_DEPARTMENTS or mark == "/"
        return alone and not open_left
    if kind_right == "body" and not opens:
        code = is_code(right[0].strip(",")) and low_right[0] not in table.SUBJECTS
        head = head_of(low_right)
        team = head in ("team", "teams") and kind_left == "post" and "of" in low_left
        if open_left and head in table.DEPARTMENT_HEADS and not (code or team):
            return False
        if open_left and low_left[0] in table.CHAIRS and not code:
            return any(word in table.BODY_HEADS for word in low_left[2:])
        if open_left and head_of(low_left) in table.CHAIRS and not code:
            return any(word in table.BODY_HEADS for word in low_left[2:])
        people = len(left) == 1 and low_left[0] in table.BARE and low_left[0] not in ("executive",)
        if people and len(right) > 1 and low_right[0] in (table.BARE | table.PLURAL_POSTS.keys()):
            return False
    return True


def _may_part_unmarked(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether a new lead begins where nothing parts the two: "Programme Manager TUJCC"."""
    low_left, low_right = low_words(left), low_words(right)
    kind_left, kind_right = kind_of(left), kind_of(right)
    if "department" in (kind_left, kind_right):
        return False
    last = low_left[-1]
    if len(right) == 1 and kind_right == "body" and is_code(right[0]) and len(right[0]) > 2:
        return low_left not in table.RANKS
    if len(left) == 1 and last not in table.PLURAL_POSTS and not is_code(left[0]):
        return False
    ends_in_post = last in table.POST_HEADS or last in table.PLURAL_POSTS
    people = last in ("members", "managers", "staff", "employees", "councillors", "governors")
    opens = _opens(low_right)
    if last in table.LEADERSHIP_TEAMS and kind_right == "body":
        return opens or (len(right) > 1 and low_right[0] not in table.GENERAL)
    if not ends_in_post and not people:
        body = last in table.BODY_HEADS or is_code(left[-1])
        return (body or _is_open(low_left)) and opens and len(right) > 1
    if low_left[0] in table.EVERY and len(left) == 2 and right[0][:1].islower():
        return False
    if len(right) == 1:
        return False
    if last in table.QUALIFIERS and low_left[-2:] != ("chief", "executive"):
        return False
    if opens:
        return True
    if not right[0][:1].isupper():
        return False
    if low_right[0] in table.PREPOSITIONS or low_right[0] in table.POST_HEADS | table.BODY_HEADS:
        return False
    if kind_right == "body":
        head = head_of(low_right)
        general = all(word in table.GENERAL for word in low_right[: low_right.index(head)])
        ranked = low_left[-1:] in table.RANKS or low_left in table.RANKS
        if general or ranked or head in ("service", "services", "department", "directorate"):
            return False
    return True
