"""The words of a value, without what never matters: case, blanks, punctuation, marks of HTML.

An ampersand and a plus are the word “and”, a slash is the word “or”; they are no punctuation.
"""

from __future__ import annotations

import html
import re
import unicodedata

_NOT_APPLICABLE = re.compile(r"\bn\s*/\s*a\b")
_JOINS = re.compile(r"[&+]")
_APOSTROPHES = re.compile(r"['’ʼ`]")
_NO_WORDS = re.compile(r"[\W_]+")

CONNECTORS = frozenset({"and", "or"})


def words(raw: str) -> tuple[str, ...]:
    """The words of a value in order.

    >>> words("  Asian &amp; Asian British – PAKISTANI ")
    ('asian', 'and', 'asian', 'british', 'pakistani')
    >>> words("English/Welsh"), words("N/A"), words("Don’t know")
    (('english', 'or', 'welsh'), ('na',), ('dont', 'know'))
    """
    text = unicodedata.normalize("NFKC", html.unescape(raw)).casefold()
    text = _NOT_APPLICABLE.sub("na", text)
    text = _JOINS.sub(" and ", text).replace("/", " or ")
    text = _NO_WORDS.sub(" ", _APOSTROPHES.sub("", text)).strip()
    found = text.split()
    # A slash or an ampersand by itself joins nothing.
    while found and found[0] in CONNECTORS:
        found.pop(0)
    while found and found[-1] in CONNECTORS:
        found.pop()
    return tuple(found)


def key(raw: str) -> str:
    """The words of a value as one, so that two ways of writing the same are the same.

    >>> key("White - British") == key("WHITE  BRITISH")
    True
    """
    return " ".join(words(raw))


def squeezed(raw: str) -> str:
    """A code as schemes write it: capitals and figures alone.

    >>> squeezed(" w-1. ")
    'W1'
    """
    return "".join(words(raw)).upper()
