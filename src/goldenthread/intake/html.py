"""Web pages: what a browser would print, with the tables that hold data as tables.

A table that holds other tables is there for the layout: its cells are read in order as if it were
not there. What a page hides or strikes out is left out and named; nothing is fetched or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from lxml import etree

from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Row, Table
from goldenthread.intake.encoding import decode
from goldenthread.intake.html_styles import Sheets
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.spans import fitted
from goldenthread.intake.words import BULLET, list_number, split_bullet, tidy

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p"
    " pre section summary table tbody td tfoot th thead tr ul"
)
_SILENT_NAMES = (
    "script style head template noscript iframe object embed audio video canvas map select"
    " textarea input button title meta link svg math"
)
_BLOCKS, _SILENT = frozenset(_BLOCK_NAMES.split()), frozenset(_SILENT_NAMES.split())
_LIST_FORMS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_UNMARKED = (
    "The page was saved by LibreOffice, which prints words that tracked changes delete as if they"
    " stood. If changes were tracked, send the document itself."
)
_WORD_LEVEL = re.compile(r"\blevel([1-9])\b")
_SHEET_HEADING = re.compile(r"Sheet \d{1,4}: (?=\S)")
_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]{0,2000}\[", re.IGNORECASE)
# The most that browsers honour (HTML Living Standard, 4.9.11).
_MOST_ACROSS, _MOST_DOWN = 1_000, 65_534


def read(file: BinaryIO, limits: Limits) -> Iterator[Paragraph | Table | LeftOut]:
    """The paragraphs and innermost tables of a page in reading order, and what was left out.

    Characters are read as UTF-8 where they are that, whatever the page declares. An empty element
    prints nothing; one that holds a no-break space or a line break is a blank paragraph.

    Raises ``Unreadable`` where no words can be found, ``Unsafe`` for entities or a limit passed.
    """
    content = file.read(limits.part_bytes + 1)
    if len(content) > limits.part_bytes:
        raise too_much("bytes", limits.part_bytes)
    text, note = decode(content)
    if _ENTITY.search(text[:100_000]):
        raise Unsafe(
            "The page declares entities, by which it could pull in other files.",
            rule="external entity",
            do="Save it again from a browser or a word processor and try once more.",
        )
    if note:
        yield note
    root = _parse(text)
    _refuse_depth(root, limits)
    if _by_libreoffice(root):
        yield LeftOut("tracked_deletion", _UNMARKED)
    walk = _Walk(limits, Sheets(root), _by_libreoffice(root))
    walk.element(root, _Look())
    walk.flush()
    yield from walk.found


def _parse(text: str) -> Any:  # noqa: ANN401
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    text = re.sub("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", text)
    try:
        parser.feed(text.encode("utf-8"))
        root = parser.close()
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable(
            "The page cannot be made out.", do="Save it again from a browser and try once more."
        ) from error
    if root is None:
        raise Unreadable("The page holds no words.", do="Check that it is the right file.")
    return root


def _refuse_depth(root: Any, limits: Limits) -> None:  # noqa: ANN401
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.depth:
            raise Unsafe(
                "Elements stand inside one another too deep to be a real page.",
                rule="limit",
                do="Copy the words into a new document and send that.",
            )


@dataclass(frozen=True)
class _Look:
    """What holds for words here: set by the elements around them."""

    bold: bool = False
    gone: str | None = None
    heading: int | None = None
    level: int | None = None
    plain_space: bool = True


@dataclass
class _Line:
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    heading: int | None = None
    level: int | None = None


class _Walk:
    """One pass over the page; ``found`` fills with what it prints."""

    def __init__(self, limits: Limits, sheets: Sheets, libre: bool = False) -> None:
        self.limits, self.sheets, self.libre = limits, sheets, libre
        self.found: list[Paragraph | Table | LeftOut] = []
        self.tables = self.paragraphs = self.cells = self.rows = 0
        self._line = _Line()
        self._marker: str | None = None
        # While a cell is read: its paragraphs and its place.
        self._cell: list[Paragraph] | None = None
        self._place = Place()

    def element(self, element: Any, look: _Look) -> None:  # noqa: ANN401
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        style = self.sheets.of(element)
        if self._is_hidden(element, style):
            if tidy("".join(element.itertext())):
                self._note("hidden_text", "Words that the page hides were left out.")
            return
        look = _inside(look, tag, style)
        listed = style.get("mso-list", "")
        if listed == "ignore":
            # Word prints the mark of an item as words of the paragraph.
            mark = tidy("".join(element.itertext())).strip(" .():;\t")
            self._marker = mark if mark[:-1] or (mark.isalnum() and mark != "o") else BULLET
            return
        deep = _WORD_LEVEL.search(listed)
        if deep:
            look = replace(look, level=int(deep[1]) - 1, heading=None)
        if tag == "nav":
            self._note("page_furniture", "The page's own links were left out.")
        elif tag == "br":
            self._put("", look)
            self.flush(blank=True)
        elif tag == "img":
            self._note("picture", "A picture was left out.")
        elif tag in ("ul", "ol", "menu", "dir"):
            self.flush()
            self._list(element, look)
        elif tag == "table" and not _is_layout(element) and self._cell is None:
            self.flush()
            self._table(element, look)
        elif tag in _BLOCKS:
            self.flush()
            self._children(element, look)
            self.flush()
        else:
            self._children(element, look)

    def _children(self, element: Any, look: _Look) -> None:  # noqa: ANN401
        self._put(element.text, look)
        for child in element:
            self.element(child, look)
            self._put(child.tail, look)

    def _is_hidden(self, element: Any, style: dict[str, str]) -> bool:  # noqa: ANN401
        return (
            element.get("hidden") is not None
            or style.get("display") == "none"
            or style.get("visibility") in ("hidden", "collapse")
            or style.get("mso-hide") == "all"
        )

    def _put(self, text: str | None, look: _Look) -> None:
        if text is None:
            return
        if text.strip() and look.gone:
            struck = look.gone == "struck_out"
            what = "Struck-out" if struck else "Deleted"
            self._note(look.gone, f"{what} words were left out.")
            return
        line = self._line
        if text.strip(" \t\r\n\f") or line.pieces or text == "":
            if not line.pieces:
                line.heading, line.level = look.heading, look.level
            if text and not look.plain_space and "\n" in text:
                first, *rest = text.splitlines()
                line.pieces.append((first, look.bold))
                for more in rest:
                    self.flush(blank=True)
                    self._line = _Line([(more, look.bold)], look.heading, look.level)
                return
            line.pieces.append((text, look.bold))

    def flush(self, blank: bool = False) -> None:
        """End the line: a paragraph of what it holds; an empty one only where it prints as such."""
        line, self._line = self._line, _Line()
        raw = "".join(text for text, _ in line.pieces)
        words = tidy(raw)
        if not words and not blank and "\xa0" not in raw:
            return
        weights = [bold for text, bold in line.pieces if text.strip()]
        bold = bool(weights) and all(weights)
        marker, level = None, line.level
        if level is not None:
            if words:
                marker, self._marker = self._marker, None
        elif words and not line.heading:
            marker, words = split_bullet(words)
            level = 0 if marker else None
        heading = line.heading if words else None
        if heading and self.libre:
            words = _SHEET_HEADING.sub("", words)
        if self._cell is not None:
            place = self._place
        else:
            self.paragraphs += 1
            place = Place(paragraph=self.paragraphs)
        paragraph = Paragraph(words, heading, level, marker, bold, place)
        if self._cell is not None:
            self._cell.append(paragraph)
        else:
            self.found.append(paragraph)

    def _list(self, element: Any, look: _Look) -> None:  # noqa: ANN401
        level = 0 if look.level is None else look.level + 1
        inner = replace(look, level=level, heading=None)
        number = _whole(element.get("start")) or 1
        kind = element.get("type") or self.sheets.of(element).get("list-style-type", "")
        self._put(element.text, look)
        for child in element:
            if child.tag == "li":
                self.flush()
                number = _whole(child.get("value")) or number
                form = _LIST_FORMS.get(kind, "decimal")
                ordered = element.tag == "ol"
                self._marker = list_number(number, form) if ordered else BULLET
                self.element(child, inner)
                self.flush()
                self._marker = None
                number += 1
            else:
                self.element(child, inner)
            self._put(child.tail, look)
        self.flush()

    def _note(self, code: str, message: str) -> None:
        note = LeftOut(code, message, self._place)
        if note not in self.found[-3:]:
            self.found.append(note)

    # Tables

    def _table(self, element: Any, look: _Look) -> None:  # noqa: ANN401
        self.tables += 1
        place = Place(table=self.tables)
        at = len(self.found)
        look = _Look(bold=look.bold, gone=look.gone)
        rows: list[Row] = []
        taken: dict[int, int] = {}  # columns covered from above: how many rows still
        title = element.find("caption")
        positions: list[int] = []
        for position, (tr, header) in enumerate(_rows(element, False)):
            here = place.at(row=len(rows) + 1)
            self._place = here
            style = self.sheets.of(tr)
            if self._is_hidden(tr, style):
                self._note("hidden_row", "A hidden row was left out.")
                _one_row_down(taken)
                continue
            positions.append(position)
            self.rows += 1
            if self.rows > self.limits.rows:
                raise too_much("rows", self.limits.rows, here)
            cells = self._row(tr, _inside(look, "tr", style), here, taken)
            heads = [child.tag for child in tr if child.tag in ("td", "th")]
            rows.append(Row(cells, header or set(heads) == {"th"}, place=here))
        self._place = Place()
        words = tidy("".join(title.itertext())) if title is not None else ""
        self.found.insert(at, Table(fitted(rows, positions), words or None, place))

    def _row(
        self,
        tr: Any,  # noqa: ANN401
        look: _Look,
        place: Place,
        taken: dict[int, int],
    ) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        new: dict[int, int] = {}
        column = 1
        for td in tr:
            if td.tag not in ("td", "th"):
                continue
            style = self.sheets.of(td)
            while taken.get(column):
                column += 1
            across = min(max(_whole(td.get("colspan")) or 1, 1), _MOST_ACROSS)
            down = _whole(td.get("rowspan"))
            down = _MOST_DOWN if down == 0 else min(max(down or 1, 1), _MOST_DOWN)
            if column + across - 1 > self.limits.columns:
                raise too_much("columns", self.limits.columns, place)
            at = place.at(column=column)
            if self._is_hidden(td, style):
                self._place = at
                self._note("hidden_text", "A hidden cell was left out.")
                continue
            cells.append(self._one(td, _inside(look, td.tag, style), at, (down, across)))
            new.update((covered, down) for covered in range(column, column + across))
            column += across
        _one_row_down(taken)
        taken.update((c, down - 1) for c, down in new.items() if down > 1)
        return tuple(cells)

    def _one(self, td: Any, look: _Look, place: Place, spans: tuple[int, int]) -> Cell:  # noqa: ANN401
        self.cells += 1
        if self.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells, place)
        self._cell, self._place = [], place
        self._children(td, look)
        self.flush()
        paragraphs, self._cell = tuple(self._cell), None
        weights = [p.bold for p in paragraphs if p.text]
        bold = bool(weights) and all(weights)
        fill = self._behind(td)
        return Cell(place.column or 1, paragraphs, *spans, fill, bold, place)

    def _behind(self, td: Any) -> str | None:  # noqa: ANN401
        """The colour behind a cell, its row, or the one element that holds all of its words."""
        around = td
        for _ in range(4):
            fill = self.sheets.fill(around)
            if fill:
                return fill
            if len(around) != 1 or (around.text or "").strip(" \t\r\n\xa0"):
                break
            around = around[0]
            if not isinstance(around.tag, str) or (around.tail or "").strip(" \t\r\n\xa0"):
                break
        return self.sheets.fill(td.getparent()) if td.getparent() is not None else None


def _one_row_down(taken: dict[int, int]) -> None:
    for column, left in list(taken.items()):
        if left <= 1:
            del taken[column]
        else:
            taken[column] = left - 1


def _rows(element: Any, header: bool) -> Iterator[tuple[Any, bool]]:  # noqa: ANN401
    for child in element:
        if child.tag == "tr":
            yield child, header
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, child.tag == "thead")


def _is_layout(table: Any) -> bool:  # noqa: ANN401
    """Whether a table only arranges the page: what it holds stands in tables inside it.

    A table of data may hold a small one in a cell; it has rows of several cells besides, and most
    of the words.
    """
    inner = [each for each in table.iterdescendants("table") if _outer(each) is table]
    if not inner:
        return False
    words = sum(len("".join(each.itertext()).split()) for each in inner)
    rows = [
        tr
        for tr, _ in _rows(table, False)
        if sum(td.tag in ("td", "th") and bool("".join(td.itertext()).strip()) for td in tr) > 1
    ]
    return len(rows) < 3 or 2 * words >= len("".join(table.itertext()).split())


def _outer(table: Any) -> Any:  # noqa: ANN401
    return next(table.iterancestors("table"), None)


def _by_libreoffice(root: Any) -> bool:  # noqa: ANN401
    return any(
        (meta.get("name") or "").lower() == "generator"
        and "office" in (meta.get("content") or "").lower()
        and "microsoft" not in (meta.get("content") or "").lower()
        for meta in root.iter("meta")
    )


def _inside(look: _Look, tag: str, style: dict[str, str]) -> _Look:
    """How words look inside an element."""
    bold, gone = look.bold, look.gone
    if tag in ("b", "strong", "th") or re.fullmatch("h[1-6]", tag):
        bold = True
    weight = style.get("font-weight", "")
    if weight:
        bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:5]) >= 600)
    if tag == "del":
        gone = "tracked_deletion"
    elif tag in ("s", "strike"):
        gone = "struck_out"
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    if gone is None and "line-through" in line:
        gone = "struck_out"
    heading = int(tag[1]) if re.fullmatch("h[1-6]", tag) else look.heading
    plain = look.plain_space and tag != "pre"
    return _Look(bold, gone, heading, None if heading else look.level, plain)


def _whole(text: str | None) -> int | None:
    found = re.match(r"\s*(\d+)", text or "")
    return int(found[1][:9]) if found else None
