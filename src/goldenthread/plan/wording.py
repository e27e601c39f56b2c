"""Wordings: tables of words, and when two texts say the same."""

from __future__ import annotations

import re

# What stands for a lead who is known by name alone, where names of people are left out.
NAMED_PERSON = "Named person"


def word_set(text: str) -> frozenset[str]:
    """The words of a table, parted by spaces."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a table, parted by commas."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*|%|£")
# Words that carry little meaning of their own.
_LIGHT = word_set("""
    a an the of for on to in with at by from and or our their its this that these those all any is
    are be been will shall must as into across through so also each new
""")


def fold(text: str) -> str:
    """The text in lower case, without punctuation, "&" read as "and".

    >>> fold("Publish  the Council’s data & report.")
    'publish the councils data and report'
    """
    plain = text.casefold().replace("&", " and ").replace("’", "").replace("'", "")
    return " ".join(_WORD.findall(plain))


def key_words(text: str) -> tuple[str, ...]:
    """The weighty words of a text without their endings, in alphabetical order.

    >>> key_words("Publishing data on ethnicity") == key_words("Publish the ethnicity data")
    True
    >>> key_words("Pay gaps by role") == key_words("The pay gap by roles")
    True
    """
    return tuple(sorted(stems(text)))


def stems(text: str) -> dict[str, str]:
    """The weighty words of a text by what stays without their endings, in the text's order.

    >>> stems("Publishing data on ethnicity")
    {'publish': 'publishing', 'data': 'data', 'ethnicity': 'ethnicity'}
    """
    found: dict[str, str] = {}
    for word in fold(text).split():
        if word not in _LIGHT:
            found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    for ending, least in (("ing", 4), ("ed", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word
