"""The number that a plan prints before its words, or in a cell of its own."""

from __future__ import annotations

import re

from goldenthread.intake import Paragraph

WORDS = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        1,
    )
}
_LABEL = re.compile(
    r"^(?:(?:recommendation|objective|action|aim|priority|commitment|theme|principle|goal|step|"
    r"indicator|metric|outcome|ambition|pledge|rec|no)\s*\.?\s*)"
    r"(?P<number>\d+(?:\.\d+)*[a-z]?|(?:" + "|".join(WORDS) + r")(?=\s*(?:[.:)–—-]|$)))"
    r"\s*[.:)–—-]*\s*",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"^(?P<number>[A-Z]{0,4}\d+(?:\.\d+)*[a-z]?)\s*(?:[.:)]|\s[–—-])\s+(?=\S)"
    r"|^(?P<dotted>\d+\.\d+(?:\.\d+)*)\s+(?=[A-Z])"
    r"|^\(?(?P<letter>[a-z])\)\s+(?=\S)"
)


def split_number(words: str) -> tuple[str | None, str]:
    """The number that a sentence opens with, without its label word, and the rest.

    >>> split_number("Objective 3: Recruit fairly")
    ('3', 'Recruit fairly')
    >>> split_number("R1: Say who leads")
    ('R1', 'Say who leads')
    >>> split_number("2.1 Publish the data")
    ('2.1', 'Publish the data')
    >>> split_number("a) Train panels")
    ('a', 'Train panels')
    >>> split_number("15 focus groups were held")
    (None, '15 focus groups were held')
    """
    match = _LABEL.match(words)
    if match and match.end() < len(words):
        return _figure(match["number"]), words[match.end() :]
    match = _BARE_NUMBER.match(words)
    if match:
        return match["number"] or match["dotted"] or match["letter"], words[match.end() :]
    return None, words


_CODE = re.compile(r"^(?P<number>(?!Q[1-4]\b)[A-Z]{1,4}\d+(?:\.\d+)*)\s+(?=[A-Z])")


def split_title(words: str) -> tuple[str | None, str]:
    """The same for a heading, where a code may stand without any sign after it.

    >>> split_title("B1 Recruitment"), split_title("2.1 Language"), split_title("Q1 Report")
    (('B1', 'Recruitment'), ('2.1', 'Language'), (None, 'Q1 Report'))
    """
    number, rest = split_number(words)
    if number is None and (match := _CODE.match(words)):
        return match["number"], words[match.end() :]
    return number, rest


def is_ditto(words: str) -> bool:
    """Whether a cell only repeats the one above it.

    >>> is_ditto("As above"), is_ditto("As above, with HR")
    (True, False)
    """
    said = words.strip().casefold().rstrip(".")
    return said in ("as above", "ditto", "same as above", '"', "〃", "see above")


def bare_number(words: str) -> str | None:
    """The number in a number cell, without its label word or full stop; None for no words.

    >>> bare_number("Recommendation 4.")
    '4'
    >>> bare_number("AP1")
    'AP1'
    """
    text = " ".join(words.split()).strip().rstrip(".:)")
    if not text:
        return None
    match = _LABEL.match(text + " ")
    return _figure(match["number"]) if match else text


def _figure(number: str) -> str:
    return WORDS.get(number.casefold(), number)


def is_labelled(words: str) -> bool:
    """Whether a heading opens with a label and its number.

    >>> is_labelled("Objective 1: Recruit fairly"), is_labelled("3. Action plan")
    (True, False)
    """
    return _LABEL.match(words) is not None


def is_label_alone(words: str) -> bool:
    """Whether a heading is a label with its number and nothing else.

    >>> is_label_alone("Objective one"), is_label_alone("Objective 1: Recruit fairly")
    (True, False)
    """
    match = _LABEL.match(words)
    return match is not None and match.end() == len(words)


def list_number(paragraph: Paragraph) -> str | None:
    """The number that a list prints before a paragraph; None for a bullet or outside lists."""
    marker = paragraph.marker or ""
    return marker if any(c.isdigit() for c in marker) else None


def printed(paragraph: Paragraph) -> str:
    """A paragraph's words as a reader sees them, with the number that its list prints before them.

    >>> printed(Paragraph("Recruitment", marker="2"))
    '2. Recruitment'
    """
    words = " ".join(paragraph.text.split())
    number = list_number(paragraph)
    return f"{number}. {words}" if number and words else words


def is_number(words: str) -> bool:
    """Whether a cell holds only a number such as 4, 4.1, AP1 or ASC1.

    >>> is_number("4.1"), is_number("AP1"), is_number("Publish 4 reports")
    (True, True, False)
    """
    text = (bare_number(words) or "").replace(" ", "")
    return bool(text) and len(text) <= 8 and any(c.isdigit() for c in text)
