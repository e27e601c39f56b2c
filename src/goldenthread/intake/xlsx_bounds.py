"""How far a sheet reaches, told by a streaming pass before any library may build it.

One stray cell at XFD1048576 in a file of two kilobytes makes ordinary readers ask for gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.package import Package

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_CHUNK = 256 * 1024
_NEWER_RULE = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main conditionalFormatting"


@dataclass
class Reach:
    """What the pass saw of one sheet."""

    cells: int = 0
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Row and column of formulas whose result was never saved."""
    newer_rules: bool = False
    """Whether cells are coloured by rules of a kind that came with Excel 2010, which none reads."""


def reference(text: str) -> tuple[int, int] | None:
    """Row and column of a cell's name; None where it is no such name.

    >>> reference("C7"), reference("$XFD$1048576"), reference("C")
    ((7, 3), (1048576, 16384), None)
    """
    found = _CELL.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def sheets(package: Package) -> list[str]:
    """Every part that a library may take for a sheet: by its root, its name or a relation to it.

    A file may call its sheets as it likes, or write them so that only some parsers see the root.
    """
    named = {
        (relation.get("Target") or "").rpartition("/")[2].lower()
        for part in package.names
        if part.lower().endswith(".rels")
        for relation in _relations(package, part)
        if (relation.get("Type") or "").lower().endswith("/worksheet")
    }
    return sorted(
        name
        for name in package.names
        if package.roots[name] == "worksheet"
        or name.rpartition("/")[2].lower() in named
        or (name.startswith("xl/worksheets/") and name.endswith(".xml"))
    )


def _relations(package: Package, part: str) -> Iterator[Any]:
    root = package.xml(part)
    yield from () if root is None else root


def check(package: Package, part: str) -> Reach:
    """Raise ``Unsafe`` if a sheet's cells, merged ranges or links reach beyond the limits."""
    scan = _Scan(package.limits)
    with package.open(part) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                scan.parser.Parse(chunk, False)
            scan.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Unreadable(
                f"The file is damaged: its part “{part[:80]}” is not well-formed XML.",
                do="Open it in Excel, save it again and try once more.",
            ) from error
    return scan.reach


class _Scan:
    def __init__(self, limits: Limits) -> None:
        self.limits, self.reach = limits, Reach()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._row = self._column = self._depth = self._area = self._ranges = 0
        self._formula = self._result = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self.limits.depth:
            raise Unsafe(
                "Elements stand inside one another too deep to be a real document.",
                rule="limit",
                do="Save it again from Excel and try once more.",
            )
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._cell(attributes.get("r"))
            self._result = attributes.get("t") == "str"  # a formula may well give no words
        elif tag == "f":
            self._formula = True
        elif tag == "v" and self._formula:
            self.parser.CharacterDataHandler = self._calculated
        elif tag == "row":
            row = attributes.get("r", "")
            self._row = int(row) if re.fullmatch(r"\d{1,9}", row) else self._row + 1
            self._column = 0
            self._within(self._row, 1)
        elif tag in ("mergeCell", "hyperlink"):
            self._range(attributes.get("ref", ""))
        elif name == _NEWER_RULE:
            self.reach.newer_rules = True

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name.rpartition(" ")[2] == "c":
            if self._formula and not self._result:
                self.reach.uncalculated.append((self._row, self._column))
                self.parser.CharacterDataHandler = None
            self._formula = self._result = False

    def _calculated(self, _: str) -> None:
        self._result = True
        self.parser.CharacterDataHandler = None

    def _cell(self, name: str | None) -> None:
        place = reference(name) if name else (self._row or 1, self._column + 1)
        if place is None:
            raise Unreadable(
                "The file is damaged: a cell has a name that is none.",
                do="Open it in Excel, save it again and try once more.",
            )
        self._row, self._column = place
        self._within(*place)
        self.reach.cells += 1
        if self.reach.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells)

    def _within(self, row: int, column: int) -> None:
        if row > self.limits.rows or column > self.limits.columns:
            raise Unsafe(
                "A cell lies far outside any table that people keep"
                f" (we read {self.limits.rows:,} rows and {self.limits.columns:,} columns).",
                rule="limit",
                do="Delete the empty rows and columns beyond the table, and save it again.",
                place=Place(row=row, column=column),
            )

    def _range(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        begin, end = reference(first), reference(last or first)
        if begin is None or end is None:
            raise Unreadable(
                "The file is damaged: a range of cells has a name that is none.",
                do="Open it in Excel, save it again and try once more.",
            )
        self._within(*begin)
        self._within(*end)
        self._ranges += 1
        self._area += (abs(end[0] - begin[0]) + 1) * (abs(end[1] - begin[1]) + 1)
        if self._ranges > self.limits.merged or self._area > self.limits.cells:
            raise too_much("merged or linked ranges", self.limits.merged)
