"""What the styles of a LibreOffice text make of its paragraphs, words, cells and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from goldenthread.intake import colour

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_NS}office:1.0}}"
TEXT = f"{{{_NS}text:1.0}}"
TABLE = f"{{{_NS}table:1.0}}"
_STYLE = f"{{{_NS}style:1.0}}"
_FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
_HEADING = re.compile(r"Heading(?:_20_| )([1-9])", re.IGNORECASE)
_MOST_STEPS = 20

_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}


@dataclass(frozen=True)
class Style:
    """What one style says after all that it is based on; None where none of them says it."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    heading: int | None = None
    fill: str | None = None


@dataclass(frozen=True)
class ListLevel:
    """How one level of a list is marked: ``form`` is None for a bullet, "" for no number at all."""

    form: str | None = None
    start: int = 1
    shown: int = 1
    prefix: str = ""
    suffix: str = ""


def whole(text: str | None) -> int | None:
    """A whole number as a file writes it; None where it is none or absurdly long."""
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else None


class Styles:
    """The styles of a file by family and name, each with what it inherits."""

    def __init__(self, *parts: Any) -> None:  # noqa: ANN401
        self._elements: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for root in parts:
            for element in () if root is None else root.iter(_STYLE + "style"):
                key = element.get(_STYLE + "family") or "", element.get(_STYLE + "name") or ""
                self._elements.setdefault(key, element)
            for element in () if root is None else root.iter(TEXT + "list-style"):
                name = element.get(_STYLE + "name") or ""
                self._lists.setdefault(name, _levels(element))

    def of(self, family: str, name: str | None) -> Style:
        """What the style of that family and name says."""
        key = family, name or ""
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def named(self, family: str, name: str) -> str:
        """The identity of a style that is given by the name that people see."""
        coded = re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", name)
        return next((n for n in (name, coded) if (family, n) in self._elements), name)

    def maps(self, name: str) -> list[tuple[str, str, str]]:
        """The conditions of a cell's style: each with the style that it sets and its base cell."""
        element = self._elements.get(("table-cell", name))
        return [
            (
                each.get(_STYLE + "condition") or "",
                each.get(_STYLE + "apply-style-name") or "",
                each.get(_STYLE + "base-cell-address") or "",
            )
            for each in (() if element is None else element.findall(_STYLE + "map"))
        ]

    def is_shown(self, name: str | None) -> bool:
        """Whether a sheet of that style is shown."""
        element = self._elements.get(("table", name or ""))
        about = None if element is None else element.find(_STYLE + "table-properties")
        return about is None or about.get(TABLE + "display") != "false"

    def list_level(self, name: str, level: int) -> ListLevel:
        """How that level (from 0) of that list is marked; a bullet where the file does not say."""
        return self._lists.get(name, {}).get(level, ListLevel())

    def _read(self, family: str, name: str) -> Style:
        bold = hidden = struck = heading = fill = None
        for _ in range(_MOST_STEPS):
            element = self._elements.get((family, name))
            if element is None:
                break
            words = element.find(_STYLE + "text-properties")
            if words is not None:
                weight = words.get(_FO + "font-weight")
                if bold is None and weight:
                    bold = weight == "bold" or (weight.isdigit() and int(weight[:4]) >= 600)
                if hidden is None and words.get(TEXT + "display"):
                    hidden = words.get(TEXT + "display") == "none"
                line = words.get(_STYLE + "text-line-through-style")
                if struck is None and line:
                    struck = line != "none"
            for kind in ("table-cell-properties", "paragraph-properties"):
                about = element.find(_STYLE + kind)
                if about is not None and fill is None and family == "table-cell":
                    fill = colour.css(about.get(_FO + "background-color"))
            if heading is None and family == "paragraph":
                heading = _heading(element, name)
            name = element.get(_STYLE + "parent-style-name") or ""
        return Style(bold, hidden, struck, heading, fill)


def _heading(element: Any, name: str) -> int | None:  # noqa: ANN401
    named = _HEADING.fullmatch(name)
    if named:
        return int(named[1])
    if name == "Title":
        return 1
    return whole(element.get(_STYLE + "default-outline-level"))


def _levels(element: Any) -> dict[int, ListLevel]:  # noqa: ANN401
    levels = {}
    for child in element:
        level = whole(child.get(TEXT + "level")) or 1
        if child.tag == TEXT + "list-level-style-number":
            form = child.get(_STYLE + "num-format") or ""
            start = whole(child.get(TEXT + "start-value"))
            levels[level - 1] = ListLevel(
                _FORMS.get(form, "decimal") if form else "",
                1 if start is None else start,
                min(whole(child.get(TEXT + "display-levels")) or 1, 10),
                (child.get(_STYLE + "num-prefix") or "")[:20],
                (child.get(_STYLE + "num-suffix") or "")[:20],
            )
        else:
            levels[level - 1] = ListLevel()
    return levels
