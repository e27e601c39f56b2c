"""What a Word file's styles and numbering make of a paragraph: heading, bold, list, number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goldenthread.intake.package import Package
from goldenthread.intake.words import BULLET, list_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_LIST_NAME = re.compile(r"list (bullet|number|continue)(?: ([2-9]))?", re.IGNORECASE)
_HEADING_NAME = re.compile(r"heading ([1-9])", re.IGNORECASE)
_MOST_STEPS = 20  # a style may be based on another; a longer chain than this is a circle


@dataclass(frozen=True)
class Style:
    """What one style says after all that it is based on."""

    heading: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    list_id: str | None = None
    list_level: int | None = None
    named_list: str | None = None
    shade: Any = None
    """The ``w:shd`` element that colours what stands behind the words."""


@dataclass(frozen=True)
class Level:
    """One level of one list: how its numbers look and where they start."""

    kind: str
    text: str
    start: int


def on(element: Any, name: str) -> bool | None:  # noqa: ANN401
    """Whether a switch such as ``w:b`` is on; None where it is not mentioned."""
    found = None if element is None else element.find(W + name)
    if found is None:
        return None
    return found.get(W + "val", "true").lower() not in ("0", "false", "off", "none")


def value(element: Any, *path: str) -> str | None:  # noqa: ANN401
    """The ``w:val`` of the element at the end of a path; None where it is missing."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return None if element is None else element.get(W + "val")


def whole(text: str | None) -> int | None:
    """A whole number as a file writes it; None where it is none or absurdly long."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else None


class Styles:
    """The styles of a file by their identity, each with what it inherits."""

    def __init__(self, package: Package, folder: str) -> None:
        root = package.xml(folder + "styles.xml")
        self._elements: dict[str, Any] = {}
        self._known: dict[str | None, Style] = {None: Style()}
        self._default: str | None = None
        for element in () if root is None else root.findall(W + "style"):
            name = element.get(W + "styleId")
            if name:
                self._elements[name] = element
                default = element.get(W + "default") in ("1", "true", "on")
                if default and element.get(W + "type") == "paragraph":
                    self._default = name

    def of(self, name: str | None, paragraph: bool = False) -> Style:
        """What the style of that identity says; the file's default where it names none."""
        if name is None and paragraph:
            name = self._default
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def bold_parts(self, about: Any) -> frozenset[str]:  # noqa: ANN401
        """Which parts of a table its style prints bold: "whole", "firstRow", "firstColumn".

        ``about`` is the table's own properties, which say which parts of the style it wears. The
        colours of a table's style are bands and headings that lead the eye, and no status; they
        are never read.
        """
        if about is None:
            return frozenset()
        look, parts = about.find(W + "tblLook"), set()
        for element in self._chain(value(about, "tblStyle")):
            if on(element.find(W + "rPr"), "b"):
                parts.add("whole")
            for each in element.findall(W + "tblStylePr"):
                part = {"firstRow": "firstRow", "firstCol": "firstColumn"}.get(
                    each.get(W + "type") or ""
                )
                if part and on(each.find(W + "rPr"), "b") and _wears(look, part):
                    parts.add(part)
        return frozenset(parts)

    def _read(self, name: str | None) -> Style:
        heading = bold = hidden = struck = list_id = list_level = named = shade = None
        for element in self._chain(name):
            about, run = element.find(W + "pPr"), element.find(W + "rPr")
            title = value(element, "name") or ""
            heading = heading or _heading(title, value(about, "outlineLvl"))
            bold = on(run, "b") if bold is None else bold
            hidden = on(run, "vanish") if hidden is None else hidden
            struck = on(run, "strike") if struck is None else struck
            for holder in (about, run):
                if shade is None and holder is not None:
                    shade = holder.find(W + "shd")
            list_id = list_id or value(about, "numPr", "numId")
            if list_level is None:
                list_level = whole(value(about, "numPr", "ilvl"))
            called = _LIST_NAME.match(title)
            if called and not named:
                named = called[1].lower()
                if list_level is None and called[2]:
                    list_level = int(called[2]) - 1
        return Style(heading, bold, hidden, struck, list_id, list_level, named, shade)

    def _chain(self, name: str | None) -> Iterator[Any]:
        for _ in range(_MOST_STEPS):
            element = self._elements.get(name or "")
            if element is None:
                return
            yield element
            name = value(element, "basedOn")


def _wears(look: Any, part: str) -> bool:  # noqa: ANN401
    """Whether a table wears a part of its style (ECMA-376 part 1, 17.4.56)."""
    if look is None:
        return False
    own = look.get(W + part)
    if own is not None:
        return own in ("1", "true", "on")
    bits = look.get(W + "val") or ""
    mask = {"firstRow": 0x20, "firstColumn": 0x80}[part]
    return bool(re.fullmatch("[0-9A-Fa-f]{1,4}", bits)) and bool(int(bits, 16) & mask)


def _heading(title: str, outline: str | None) -> int | None:
    named = _HEADING_NAME.fullmatch(title.strip())
    if named:
        return int(named[1])
    if title.strip().lower() == "title":
        return 1
    level = whole(outline)
    return level + 1 if level is not None and 0 <= level < 9 else None


class Numbering:
    """Counts the numbered lists of a file and prints each item's number as Word would."""

    def __init__(self, package: Package, folder: str) -> None:
        root = package.xml(folder + "numbering.xml")
        self._lists: dict[str, dict[int, Level]] = {}
        self._families: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        families = {
            element.get(W + "abstractNumId"): _levels(element)
            for element in root.findall(W + "abstractNum")
        }
        for element in root.findall(W + "num"):
            name, family = element.get(W + "numId"), value(element, "abstractNumId") or ""
            levels = dict(families.get(family, {}))
            restarts: dict[int, int] = {}
            for change in element.findall(W + "lvlOverride"):
                level = whole(change.get(W + "ilvl")) or 0
                new = _levels(change).get(level)
                if new:
                    levels[level] = new
                start = whole(value(change, "startOverride"))
                if start is not None:
                    restarts[level] = start
            self._lists[name], self._families[name] = levels, family
            self._restarts[name] = restarts

    def is_list(self, list_id: str | None, level: int) -> bool:
        """Whether items of that list and level carry a bullet or number."""
        kind = self._lists.get(list_id or "", {}).get(level)
        return kind is not None and kind.kind != "none"

    def mark(self, list_id: str, level: int) -> str | None:
        """The marker of the next item at that level; counts it."""
        levels = self._lists[list_id]
        if levels[level].kind == "bullet":
            return BULLET
        counts = self._counts.setdefault(self._families[list_id], {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted, start in self._restarts[list_id].items():
                counts[restarted] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def number(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            kind = levels.get(other, levels[level])
            return list_number(counts.get(other, kind.start), kind.kind)

        words = re.sub(r"%([1-9])", number, levels[level].text)
        return words.strip(" .():;\t") or None


def _levels(element: Any) -> dict[int, Level]:  # noqa: ANN401
    levels = {}
    for level in element.findall(W + "lvl"):
        at = whole(level.get(W + "ilvl")) or 0
        text = value(level, "lvlText")
        start = whole(value(level, "start"))
        levels[at] = Level(
            value(level, "numFmt") or "decimal",
            (f"%{at + 1}" if text is None else text)[:100],
            1 if start is None else start,
        )
    return levels
