"""Abbreviations that a document explains itself: "Full Name (ABBR)", with initials that match."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BRACKET = re.compile(r"\(([A-Z][A-Za-z&+]{1,9})\)")
_WORD = re.compile(r"[^\W\d_][\w’']*|&")
_SMALL = frozenset(["of", "the", "and", "for", "on", "in", "to", "a", "an", "with", "by", "&"])
# The longest full name we look for, in words, so that a long paragraph costs little.
_LONGEST = 14


def find_abbreviations(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The (short, full) pairs explained in the texts, in order of first appearance.

    An abbreviation is believed only where its letters begin the words before the bracket (or, as
    in "COO (Chief Operating Officer)", those inside it); it is never expanded by guess. The first
    explanation wins. A plural bracket such as "(PDRs)" gives the singular.

    >>> find_abbreviations(["The Chief Operating Officer (COO) and the Deputy Head (tbc)"])
    (('COO', 'Chief Operating Officer'),)
    """
    found: dict[str, str] = {}
    for text in texts:
        for match in _BRACKET.finditer(text):
            short = match.group(1)
            plural = short.endswith("s") and short[:-1].isupper()
            short = short[:-1] if plural else short
            if sum(letter.isupper() for letter in short) < 2:
                continue
            full = _before(text[max(0, match.start() - 240) : match.start()], short)
            if full and short not in found:
                found[short] = _singular(full) if plural else full
        for match in re.finditer(r"\b([A-Z]{2,8}) \(([^()]{5,120})\)", text):
            words = _WORD.findall(match.group(2))
            if match.group(1) not in found and _matches(words, match.group(1)):
                found[match.group(1)] = match.group(2).strip()
    return tuple(found.items())


def _before(text: str, short: str) -> str:
    """The shortest run of words at the end of the text whose initials spell ``short``."""
    words = list(_WORD.finditer(text))[-_LONGEST:]
    if not words or re.search(r"[.;:!?]", text[words[-1].end() :]):
        return ""
    for start in range(len(words) - 1, -1, -1):
        tail = text[words[start].start() :]
        if re.search(r"[.;:!?•\n]", tail):
            return ""
        if words[start].group().lower() in _SMALL and short[0].lower() != tail[0].lower():
            continue
        if _matches([word.group() for word in words[start:]], short):
            return " ".join(tail.split())
    return ""


def _matches(words: list[str], short: str) -> bool:
    """Whether the letters of ``short`` are, in order, the initials of all the weighty words.

    A small word ("of", "and") may give its initial or none. A lower-case letter of ``short`` may
    stand anywhere later in the word that the capital before it began ("EqIA").
    """

    def fits(word: int, letter: int) -> bool:
        if word == len(words):
            return letter == len(short)
        current = words[word].lower()
        if current in _SMALL and fits(word + 1, letter):
            return True
        if letter == len(short):
            return False
        joined = current == "&" and short[letter] == "&"
        if not joined and current[0] != short[letter].lower():
            return False
        at, inside = letter + 1, 1
        while at < len(short) and short[at].islower():
            inside = current.find(short[at], inside) + 1
            if inside <= 0:
                return fits(word + 1, letter + 1) if short[at] == "o" else False
            at += 1
        return fits(word + 1, at)

    return fits(0, 0)


def _singular(full: str) -> str:
    return full[:-1] if full.endswith("s") and not full.endswith("ss") else full
