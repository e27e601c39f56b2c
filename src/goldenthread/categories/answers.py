"""What an answer in words means for every characteristic but ethnic group: words that lists give.

An answer is taken apart into words and phrases that a list knows. Where all of them say the same
code, that is its code; where they say two, or something is left over, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from goldenthread.categories.ethnic import Doubt
from goldenthread.categories.lists import CodeList, Missing, code_list
from goldenthread.categories.words import CONNECTORS, words

_CONDITION = re.compile(
    r"\b(?:conditions?|illness(?:es)?|impairments?|long term|longterm|long lasting|longstanding"
    r"|long standing)\b"
)
_LIMITS = re.compile(
    r"\b(?:limit(?:s|ed|ing|ation)?|affect(?:s|ed|ing)?|reduc(?:es|ed|ing)"
    r"|restrict(?:s|ed|ing|ion)?|substantial|adverse)\b"
)
_NOT = re.compile(r"\b(?:no|not|non|without|nonlimiting|never)\b")
_NO_EFFECT = re.compile(
    r"\b(?:no effect|no impact|no limitation|no restriction|without effect|not at all"
    r"|not (?:\w+ )?(?:limit|limiting|limited|affect|affected|affecting|reduce|reduced|restrict"
    r"|restricted)|nonlimiting|non limiting)\b"
)
_A_LOT = re.compile(r"\ba lot\b")
_A_LITTLE = re.compile(r"\ba little\b")
_NO_CONDITION = re.compile(
    r"^(?:i have )?no (?:long ?term |long ?standing |long lasting |physical or mental )?"
    r"(?:health )?(?:condition|conditions|illness|illnesses|impairment|impairments)"
    r"(?: or (?:condition|conditions|illness|illnesses))?$"
)
# Words of an answer about a condition and its effect that carry nothing else.
_OF_EFFECT_IN_A_LINE = (
    "a ability activities activity affect affected affecting affects all at carry condition"
    " conditions daily day do does effect everyday expected for has have health i illness"
    " illnesses impact impairment impairments in is it lasting lasts life limit limitation limited"
    " limiting limits little long longterm longstanding lot mental months more my no non"
    " nonlimiting normal not of on or and out physical reduce reduced reduces restrict restricted"
    " restriction standing term the to 12 with without yes disabled but that which"
    " adverse affecting reducing restricting restricts substantial"
)
_OF_EFFECT = frozenset(_OF_EFFECT_IN_A_LINE.split())


def answer(given: Sequence[str], into: CodeList) -> str | Missing | Doubt:
    """The code of a list that words say, a state of missing that only this list knows, or a doubt.

    >>> answer(words("Church of England"), code_list("religion_2021"))
    'christian'
    >>> answer(words("Gay man"), code_list("orientation_2021"))
    'gay_or_lesbian'
    >>> disability = code_list("disability_equality_act_2010")
    >>> answer(words("Long-term condition, no effect on daily life"), disability)
    'not_disabled'
    """
    plain = tuple(word for word in given if word not in CONNECTORS)
    if into.characteristic == "disability":
        meaning = _effect(" ".join(given))
        if meaning is not None:
            code, _ = into.place(meaning)
            return code or Doubt("unknown")
    if " ".join(plain) in into.states:
        return into.states[" ".join(plain)]
    codes = _codes(plain, _known(into))
    if codes is None:
        return Doubt("unknown")
    return codes.pop() if len(codes) == 1 else Doubt("two answers")


def exactly(given: Sequence[str], into: CodeList) -> str | None:
    """The code whose own words or label these are; None where they are neither."""
    plain = tuple(word for word in given if word not in CONNECTORS)
    return _own_words(into.name).get(plain)


@cache
def _own_words(name: str) -> dict[tuple[str, ...], str]:
    known: dict[tuple[str, ...], str] = {}
    for item in code_list(name).items:
        for text in (item.code, item.label):
            known[_plain(text)] = item.code
    return known


@cache
def _all_words(name: str) -> dict[tuple[str, ...], str]:
    also = {_plain(text): item.code for item in code_list(name).items for text in item.also}
    return also | _own_words(name)


def _known(into: CodeList) -> dict[tuple[str, ...], str]:
    return _all_words(into.name)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word for word in words(text) if word not in CONNECTORS)


def _codes(given: tuple[str, ...], known: dict[tuple[str, ...], str]) -> set[str] | None:
    """The codes that words say when they are taken apart, longest phrases first; None where not."""
    if not given:
        return None
    codes: set[str] = set()
    while given:
        for length in range(len(given), 0, -1):
            if given[:length] in known:
                codes.add(known[given[:length]])
                given = given[length:]
                break
        else:
            return None
    return codes


def _effect(text: str) -> str | None:
    """The meaning of an answer to the two harmonised questions on disability, in one value.

    Source: measuring disability for the Equality Act 2010, GSS harmonisation: a condition of 12
    months or more, and whether it reduces the ability to carry out daily activities.
    """
    if _NO_CONDITION.match(text):
        return "no_condition"
    if not set(text.split()) <= _OF_EFFECT:
        return None
    lot, little, none = (p.search(text) for p in (_A_LOT, _A_LITTLE, _NO_EFFECT))
    # A condition that is named, or that a yes speaks of.
    has = bool(_CONDITION.search(text) or re.match(r"yes\b", text))
    limits, denied = bool(_LIMITS.search(text)), bool(_NOT.search(text))
    if not has or (none and (lot or little)) or (lot and little):
        return None
    if none:
        return "condition_not_limiting"
    if denied:
        return None
    if lot or little:
        return "limited_a_lot" if lot else "limited_a_little"
    return "disabled" if limits else None
