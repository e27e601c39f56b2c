"""The environment in which every page is drawn: escaped, translated, and without Django.

Data is always escaped; a macro of GOV.UK Frontend is given ``text`` from data and never ``html``.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, meta, pass_environment
from jinja2.filters import do_truncate

from goldenthread.plan import edition


@dataclass(frozen=True)
class Language:
    """Two functions of translation as the core takes them: an ``edition.Say``."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]


class _Pages(Environment):
    """Templates in which a table of internal figures says nothing, not even one cell.

    No module of the web can import one (contract 13). Should one reach a template all the same, the
    page stops: the table is no text, and here neither its rows nor anything else of it is found.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - anything a page has
        """What a template finds after a full stop."""
        # A page asks this a thousand times and more: no call of ours stands in the way.
        if hasattr(obj, "never_shown"):
            raise TypeError("a table of internal figures is not shown on a page")
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return Environment.getattr(self, obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - anything a page has
        """What a template finds in square brackets."""
        if hasattr(obj, "never_shown"):
            raise TypeError("a table of internal figures is not shown on a page")
        return Environment.getitem(self, obj, argument)


def environment(
    gettext: Callable[[str], str] = gettext.gettext,
    ngettext: Callable[[str, str, int], str] = gettext.ngettext,
) -> Environment:
    """The templates with their filters, in the language of the two functions given.

    Templates and the core speak through the same two functions: what the core says in sentences is
    translated where the templates are. ``say`` is what to hand to the core.
    """
    say = Language(gettext, ngettext)
    found = _Pages(
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
    found.globals |= {"say": say, "state_lines": partial(edition.state_lines, say=say)}
    found.filters |= {
        "truncate": truncate,
        "capital": capital,
        "lower_start": lower_start,
        "web_address": web_address,
        "day": partial(edition.day, say=say),
        "month": partial(edition.month, say=say),
        "quarter": partial(edition.quarter, say=say),
        "number_word": partial(number_word, say=say),
        "times": partial(edition.times, say=say),
        "span": partial(edition.span_words, say=say),
        "slip": partial(edition.slip_words, say=say),
        "standing": partial(edition.standing_words, say=say),
        "movement": partial(edition.movement_words, say=say),
        "position": partial(edition.position_words, say=say),
        "stance": partial(edition.stance_words, say=say),
        "milestone": partial(edition.milestone_words, say=say),
        "hardness": partial(edition.hardness_words, say=say),
        "difference": partial(edition.difference_words, say=say),
        "weight": partial(edition.weight_words, say=say),
        "kept": partial(edition.kept_words, say=say),
        "pledge": partial(edition.pledge_words, say=say),
        "objectives": partial(edition.objectives_words, say=say),
    }
    return found


@pass_environment
def truncate(environment: Environment, text: str, most: int) -> str:
    """The first words of a text that is longer than ``most``, with the mark of print after them.

    >>> environment().from_string("{{ 'Hear staff regularly and widely' | truncate(14) }}").render()
    'Hear staff…'
    """
    return do_truncate(environment, text, most, end="…", leeway=0)


def compiled(environment: Environment, *rooms: str) -> int:
    """Compile the templates of these rooms and all that they lead to; gives back how many.

    A template is compiled when it is first drawn, which takes longer than the drawing.

    >>> compiled(environment(), "public/frame") > 1  # GOV.UK’s own macros are led to
    True
    """
    waiting = [name for name in environment.list_templates() if name.startswith(rooms)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        environment.get_template(name)
        source, _file, _fresh = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
        led_to = meta.find_referenced_templates(environment.parse(source))
        waiting += [other for other in led_to if other is not None]
    return len(seen)


def number_word(number: int, *, say: edition.Say = edition.ENGLISH) -> str:
    """A small number in words, as it reads best inside a sentence; a larger one in digits.

    >>> number_word(9), number_word(153)
    ('nine', '153')
    """
    return edition.number_word(number, say=say) if number <= 20 else f"{number:,}"


def capital(text: str) -> str:
    """The text with a capital at its start and all else as it is.

    >>> capital("quarter 2, 2026/27")
    'Quarter 2, 2026/27'
    """
    return text[:1].upper() + text[1:]


def lower_start(text: str) -> str:
    """The text without a capital at its start, for inside a sentence.

    >>> lower_start("Nothing has changed")
    'nothing has changed'
    """
    return text[:1].lower() + text[1:]


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
