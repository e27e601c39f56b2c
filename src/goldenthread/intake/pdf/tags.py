"""The structure that a tagged PDF declares: which words are a cell, an item, a heading.

Where the tags can be trusted they are better than any measuring: a row cut by a page end is one
row, and two leads on two tight lines are two paragraphs. They are trusted only where they hold
nearly all words of the file and its tables are as wide in every row (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral

from goldenthread.intake.limits import Limits
from goldenthread.intake.pdf.page import Sheet

_MOST_NODES = 500_000
_MOST_DEEP = 60
_MOST_UNTAGGED = 0.03
_ROLES = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 "
    "H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry "
    "Code Link Annot Ruby Warichu Figure Formula Form Title FENote Strong Em Aside Sub"
)
_KNOWN_ROLES = frozenset(_ROLES.split())

Leaf = tuple[int, int]
"""Page number and the number of marked content on it."""


@dataclass
class Node:
    """An element of the structure: its role, its own name for it, spans, and what it holds."""

    role: str
    named: str
    across: int = 1
    down: int = 1
    kids: list[Node | Leaf] = field(default_factory=list)

    def leaves(self) -> Iterator[Leaf]:
        """All marked content inside, in order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.leaves()
            else:
                yield kid

    def every(self, role: str) -> Iterator[Node]:
        """The elements of that role inside, not looking into those found."""
        for kid in self.kids:
            if isinstance(kid, Node):
                if kid.role == role:
                    yield kid
                else:
                    yield from kid.every(role)


def structure(document: Any, pages: dict[int, int], limits: Limits) -> Node | None:  # noqa: ANN401
    """The structure of a file, None where it has none or where it is broken.

    ``pages`` gives the number of a page by the number of its object.
    """
    root = resolve1(document.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return None
    reading = _Reading(pages, limits, _names(resolve1(root.get("RoleMap"))))
    top = Node("Document", "Document")
    try:
        reading.kids(top, root.get("K"), None, 0)
    except _Broken:
        return None
    return top if top.kids else None


class _Broken(Exception):
    """The structure is built in a way that we do not follow."""


def _names(value: Any) -> dict[str, str]:  # noqa: ANN401
    if not isinstance(value, dict):
        return {}
    return {str(name): _name(role) for name, role in list(value.items())[:5_000]}


def _name(value: Any) -> str:  # noqa: ANN401
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        value = value.name
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    return str(value)[:100]


class _Reading:
    def __init__(self, pages: dict[int, int], limits: Limits, roles: dict[str, str]) -> None:
        self.pages, self.limits, self.roles = pages, limits, roles
        self.count = 0
        self.seen: set[int] = set()

    def kids(self, parent: Node, value: Any, page: int | None, deep: int) -> None:  # noqa: ANN401
        if deep > _MOST_DEEP:
            raise _Broken
        if isinstance(value, PDFObjRef):
            if value.objid in self.seen:
                return
            self.seen.add(value.objid)
        value = resolve1(value)
        self.count += 1
        if self.count > _MOST_NODES:
            raise _Broken
        if isinstance(value, list):
            for each in value:
                self.kids(parent, each, page, deep + 1)
        elif isinstance(value, int) and not isinstance(value, bool):
            if page is not None:
                parent.kids.append((page, value))
        elif isinstance(value, dict):
            self._element(parent, value, page, deep)

    def _element(self, parent: Node, value: dict[str, Any], page: int | None, deep: int) -> None:
        own = value.get("Pg")
        if isinstance(own, PDFObjRef):
            page = self.pages.get(own.objid, page)
        if "S" not in value:
            if "Stm" in value:
                raise _Broken  # words inside a drawing that may stand on many pages
            if "MCID" in value:
                self.kids(parent, value["MCID"], page, deep + 1)
            return
        named = _name(value["S"])
        role = named
        for _ in range(10):
            if role in _KNOWN_ROLES or role not in self.roles:
                break
            role = self.roles[role]
        across, down = self._spans(value.get("A"))
        node = Node(role, named, across, down)
        parent.kids.append(node)
        self.kids(node, value.get("K"), page, deep + 1)

    def _spans(self, value: Any) -> tuple[int, int]:  # noqa: ANN401
        across = down = 1
        value = resolve1(value)
        for each in (value if isinstance(value, list) else [value])[:20]:
            about = resolve1(each)
            if isinstance(about, dict):
                across = _whole(about.get("ColSpan"), across, self.limits.columns)
                down = _whole(about.get("RowSpan"), down, self.limits.rows)
        return across, down


def _whole(value: Any, usual: int, most: int) -> int:  # noqa: ANN401
    value = resolve1(value)
    return value if isinstance(value, int) and 1 <= value <= most else usual


def is_good(top: Node, sheets: list[Sheet], tables: int) -> bool:
    """Whether the structure can be trusted: it holds the words, and tables where rules draw some.

    ``tables`` is how many tables of several rows and columns the rules of the pages draw.
    """
    named = set(top.leaves())
    inside = outside = 0
    for sheet in sheets:
        outside += sheet.untagged
        for mark, pieces in sheet.marked.items():
            size = sum(len(piece.text) for piece in pieces)
            if (sheet.number, mark) in named:
                inside += size
            else:
                outside += size
    if not inside or outside > _MOST_UNTAGGED * (inside + outside):
        return False
    found = list(top.every("Table"))
    if tables and not found:
        return False
    return all(_is_even(table) for table in found)


def _is_even(table: Node) -> bool:
    """Whether the rows of a table reach equally far, but for a few."""
    rows = list(table.every("TR"))
    if not rows or not any(re.match("T[DH]$", k.role) for r in rows for k in _cells(r)):
        return False
    widths, taken = [], dict[int, int]()
    for row in rows:
        column, new = 0, dict[int, int]()
        for cell in _cells(row):
            while taken.get(column):
                column += 1
            for n in range(column, column + cell.across):
                new[n] = cell.down
            column += cell.across
        while taken.get(column):
            column += 1
        widths.append(column)
        taken = {n: left - 1 for n, left in {**taken, **new}.items() if left > 1}
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) >= 0.8 * len(widths)


def _cells(row: Node) -> list[Node]:
    return [kid for kid in row.kids if isinstance(kid, Node) and kid.role in ("TD", "TH")]
