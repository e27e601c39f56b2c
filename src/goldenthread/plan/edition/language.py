"""The language in which an edition is told: translations as the standard library has them.

The core knows no site and no settings, so whoever draws a page hands its translations in. Without
any, everything is said as it stands here, in English.
"""

from __future__ import annotations

import gettext
from datetime import date
from typing import Protocol

from goldenthread.timescale import financial_year


class Say(Protocol):
    """What ``gettext.NullTranslations`` and every catalogue of the standard library can do."""

    def gettext(self, message: str, /) -> str:
        """The sentence in the reader's language."""
        ...

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The sentence for so many, in the reader's language."""
        ...


ENGLISH: Say = gettext.NullTranslations()


def day(value: date, *, say: Say = ENGLISH) -> str:
    """A day as a council writes it.

    >>> day(date(2027, 3, 31))
    '31 March 2027'
    """
    words = {"day": value.day, "month": _month(value, say), "year": value.year}
    return say.gettext("%(day)s %(month)s %(year)s") % words


def month(value: date, *, say: Say = ENGLISH) -> str:
    """A month as a council writes it.

    >>> month(date(2027, 3, 31))
    'March 2027'
    """
    return say.gettext("%(month)s %(year)s") % {"month": _month(value, say), "year": value.year}


def quarter(value: date, *, say: Say = ENGLISH) -> str:
    """The financial quarter of a day as a council writes it: April begins quarter 1.

    >>> quarter(date(2026, 9, 30))
    'quarter 2, 2026/27'
    """
    year = financial_year(value.year if value.month >= 4 else value.year - 1)
    number = (value.month - 4) % 12 // 3 + 1
    return say.gettext("quarter %(number)s, %(year)s") % {"number": number, "year": year}


def period(value: date, months: int = 3, *, say: Say = ENGLISH) -> str:
    """The period of a day in short, as a table has it: months of the financial year.

    >>> period(date(2026, 9, 30)), period(date(2027, 3, 31), 6), period(date(2027, 3, 31), 12)
    ('Q2 2026/27', 'second half of 2026/27', '2026/27')
    """
    if months == 1:
        return month(value, say=say)
    year = financial_year(value.year if value.month >= 4 else value.year - 1)
    words = {"number": (value.month - 4) % 12 // 3 + 1, "year": year}
    if months == 3:
        return say.gettext("Q%(number)s %(year)s") % words
    if months == 6 and words["number"] in (1, 2):
        return say.gettext("first half of %(year)s") % words
    return say.gettext("second half of %(year)s") % words if months == 6 else year


def _month(value: date, say: Say) -> str:
    return (
        *(say.gettext("January"), say.gettext("February"), say.gettext("March")),
        *(say.gettext("April"), say.gettext("May"), say.gettext("June")),
        *(say.gettext("July"), say.gettext("August"), say.gettext("September")),
        *(say.gettext("October"), say.gettext("November"), say.gettext("December")),
    )[value.month - 1]


def number_word(number: int, *, say: Say = ENGLISH) -> str:
    """A number in words, for the start of a sentence; nought is "none".

    >>> [number_word(number) for number in (0, 5, 40, 31, 120)]
    ['none', 'five', 'forty', 'thirty-one', 'one hundred and twenty']
    """
    if number < 20:
        return _small(number, say)
    if number < 100:
        tens, rest = divmod(number, 10)
        words = {"tens": _tens(tens, say), "rest": _small(rest, say)}
        return say.gettext("%(tens)s-%(rest)s") % words if rest else words["tens"]
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        words = {"number": _small(hundreds, say), "rest": number_word(rest, say=say)}
        if rest:
            return say.gettext("%(number)s hundred and %(rest)s") % words
        return say.gettext("%(number)s hundred") % words
    return f"{number:,}"


def _small(number: int, say: Say) -> str:
    return (
        *(say.gettext("none"), say.gettext("one"), say.gettext("two"), say.gettext("three")),
        *(say.gettext("four"), say.gettext("five"), say.gettext("six"), say.gettext("seven")),
        *(say.gettext("eight"), say.gettext("nine"), say.gettext("ten"), say.gettext("eleven")),
        *(say.gettext("twelve"), say.gettext("thirteen"), say.gettext("fourteen")),
        *(say.gettext("fifteen"), say.gettext("sixteen"), say.gettext("seventeen")),
        *(say.gettext("eighteen"), say.gettext("nineteen")),
    )[number]


def _tens(tens: int, say: Say) -> str:
    return (
        *(say.gettext("twenty"), say.gettext("thirty"), say.gettext("forty")),
        *(say.gettext("fifty"), say.gettext("sixty"), say.gettext("seventy")),
        *(say.gettext("eighty"), say.gettext("ninety")),
    )[tens - 2]
