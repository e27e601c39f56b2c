"""The environment in which every page is drawn: escaped, translated, and without Django.

Data is always escaped; a macro of GOV.UK Frontend is given ``text`` from data and never ``html``.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from goldenthread.plan import edition
from goldenthread.timescale import day, quarter


def environment(
    gettext: Callable[[str], str] = gettext.gettext,
    ngettext: Callable[[str, str, int], str] = gettext.ngettext,
) -> Environment:
    """The templates with their filters, in the language of the two functions given."""
    found = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("goldenthread.web"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    found.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    found.filters |= {
        "day": day,
        "month": month,
        "quarter": quarter,
        "capital": capital,
        "web_address": web_address,
        "number_word": number_word,
        "times": edition.times,
        "span": edition.span_words,
        "slip": edition.slip_words,
        "standing": edition.STANDING_WORDS.__getitem__,
        "position": edition.POSITION_WORDS.__getitem__,
    }
    return found


def number_word(number: int) -> str:
    """A small number in words, as it reads best inside a sentence; a larger one in digits.

    >>> number_word(9), number_word(153)
    ('nine', '153')
    """
    return edition.number_word(number) if number <= 20 else f"{number:,}"


def month(value: date) -> str:
    """A month as a council writes it.

    >>> month(date(2027, 3, 31))
    'March 2027'
    """
    return f"{value:%B %Y}"


def capital(text: str) -> str:
    """The text with a capital at its start and all else as it is.

    >>> capital("quarter 2, 2026/27")
    'Quarter 2, 2026/27'
    """
    return text[:1].upper() + text[1:]


def web_address(text: str) -> str:
    """The text where it is an address on the web that may be a link; nothing otherwise.

    >>> web_address("https://brackenford.example/"), web_address("javascript:alert(1)")
    ('https://brackenford.example/', '')
    """
    address = text.strip()
    # Browsers drop tabs and line ends inside an address, so one that has any is no address.
    if any(letter.isspace() or not letter.isprintable() for letter in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""
