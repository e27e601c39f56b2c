"""LibreOffice text files (.odt): paragraphs, lists and tables; deleted and hidden words named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Row, Table
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.odt_styles import OFFICE, TABLE, TEXT, Styles, whole
from goldenthread.intake.package import Package
from goldenthread.intake.spans import fitted
from goldenthread.intake.words import BULLET, list_number, split_bullet, tidy

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"

_ROWS_INSIDE = {TABLE + name for name in ("table-header-rows", "table-row-group", "table-rows")}
_MOST_REPEATS = 100
"""A row or cell said to repeat more often than this is padding, and is taken once."""


def read(file: BinaryIO, limits: Limits) -> Iterator[Paragraph | Table | LeftOut]:
    """The paragraphs and tables of the text in reading order, and what was left out.

    A table inside a cell comes as a table of its own after the one that it stands in. Deleted words
    lie in a part of their own and are never read.

    Raises ``Unreadable`` where the file is damaged, ``Unsafe`` where it breaks a rule or a limit.
    """
    package = Package(file, limits)
    root = package.xml("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Unreadable(
            "The file is damaged: it has no text in it.",
            do="Open it in LibreOffice, save it again and try once more.",
        )
    styles = Styles(root, package.xml("styles.xml"))
    yield from _Walk(styles, limits).body(body)


@dataclass
class _Line:
    pieces: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return tidy("".join(text for text, _ in self.pieces))

    @property
    def bold(self) -> bool:
        weights = [bold for text, bold in self.pieces if text.strip()]
        return bool(weights) and all(weights)


@dataclass(frozen=True)
class _List:
    """Where in a list a paragraph stands: its level from 0, and its marker if it opens an item."""

    level: int
    marker: str | None


@dataclass(frozen=True)
class _Look:
    """What holds for words here unless a style inside says otherwise."""

    bold: bool = False
    hidden: bool = False
    struck: bool = False


class _Walk:
    def __init__(self, styles: Styles, limits: Limits) -> None:
        self.styles, self.limits = styles, limits
        self.page: int | None = None
        self.tables = self.paragraphs = self.cells = 0
        self.notes: list[LeftOut] = []
        self._counts: dict[str, dict[int, int]] = {}
        self._inner: list[Any] = []

    def body(self, element: Any) -> Iterator[Paragraph | Table | LeftOut]:  # noqa: ANN401
        if next(element.iter(TEXT + "soft-page-break"), None) is not None:
            self.page = 1
        for block, at in self._blocks(element):
            if block.tag == TABLE + "table":
                yield from self._tables(block)
            else:
                self.paragraphs += 1
                yield from self._lines(block, at, Place(self.page, paragraph=self.paragraphs))
            notes, self.notes = self.notes, []
            yield from notes

    def _blocks(
        self,
        element: Any,  # noqa: ANN401
        at: _List | None = None,
        place: Place | None = None,
    ) -> Iterator[tuple[Any, _List | None]]:
        """The paragraphs and tables inside an element, each with its place in a list."""
        place = place or Place()
        for child in element:
            tag = child.tag
            if tag in (TEXT + "p", TEXT + "h", TABLE + "table"):
                yield child, at
                at = at and replace(at, marker=None)
            elif tag == TEXT + "list":
                yield from self._items(child, None if at is None else at.level, None, place)
            elif tag == TEXT + "soft-page-break":
                self.page = (self.page or 1) + 1
            elif tag == TEXT + "tracked-changes":
                for _ in child.iter(TEXT + "deletion"):
                    self._note("tracked_deletion", "Deleted words were left out.", place)
            elif tag in (TEXT + "section", TEXT + "index-body", TEXT + "table-of-content"):
                if child.get(TEXT + "display") == "none":
                    self._note("hidden_text", "A hidden section was left out.", place)
                else:
                    yield from self._blocks(child, at, place)
            elif tag.startswith(_DRAW):
                self._drawing(child, place)

    def _items(
        self,
        element: Any,  # noqa: ANN401
        outer: int | None,
        named: str | None,
        place: Place,
    ) -> Iterator[tuple[Any, _List | None]]:
        level = 0 if outer is None else outer + 1
        name = element.get(TEXT + "style-name") or named or ""
        kind = self.styles.list_level(name, level)
        counts = self._counts.setdefault(name, {})
        goes_on = element.get(TEXT + "continue-numbering") == "true"
        if not (goes_on or element.get(TEXT + "continue-list")) or level not in counts:
            counts[level] = kind.start - 1
        for item in element:
            if item.tag == TEXT + "list-header":
                yield from self._blocks(item, _List(level, None), place)
                continue
            if item.tag != TEXT + "list-item":
                continue
            begins = whole(item.get(TEXT + "start-value"))
            opened = False
            for child in item:
                if child.tag == TEXT + "list":
                    yield from self._items(child, level, name, place)
                    continue
                marker = None
                if not opened and child.tag in (TEXT + "p", TEXT + "h"):
                    opened = True
                    counts[level] = counts[level] + 1 if begins is None else begins
                    marker = self._marker(name, level, counts)
                holder = [child]
                yield from self._blocks(holder, _List(level, marker), place)

    def _marker(self, name: str, level: int, counts: dict[int, int]) -> str | None:
        kind = self.styles.list_level(name, level)
        if kind.form is None:
            return BULLET
        if kind.form == "":
            return None
        numbers = []
        for shown in range(max(0, level - kind.shown + 1), level + 1):
            form = self.styles.list_level(name, shown).form or "decimal"
            numbers.append(list_number(counts.get(shown, 1), form))
        return (kind.prefix + ".".join(numbers) + kind.suffix).strip(" .():;\t") or None

    # Words

    def _lines(self, element: Any, at: _List | None, place: Place) -> list[Paragraph]:  # noqa: ANN401
        style = self.styles.of("paragraph", element.get(TEXT + "style-name"))
        lines = [_Line()]
        look = _Look(bool(style.bold), bool(style.hidden), bool(style.struck))
        notes = len(self.notes)
        self._inline(element, look, lines, place)
        hid_all = len(self.notes) > notes and not any(line.text for line in lines)
        if style.hidden and hid_all:
            return []
        level = whole(element.get(TEXT + "outline-level"))
        heading = (min(max(level or 1, 1), 9)) if element.tag == TEXT + "h" else style.heading
        found = []
        for number, line in enumerate(lines):
            text, marker = line.text, at.marker if at and number == 0 else None
            depth = at.level if at else None
            if at is None and not heading:
                marker, text = split_bullet(text)
                depth = 0 if marker else None
            is_heading = heading if text else None
            if is_heading:
                depth = None
            found.append(Paragraph(text, is_heading, depth, marker, line.bold, place))
        return found

    def _inline(self, element: Any, look: _Look, lines: list[_Line], place: Place) -> None:  # noqa: ANN401
        self._put(element.text, look, lines, place)
        for child in element:
            tag = child.tag
            if tag == TEXT + "span":
                self._inline(child, self._look(child, look), lines, place)
            elif tag == TEXT + "line-break":
                lines.append(_Line())
            elif tag == TEXT + "tab":
                self._put("\t", look, lines, place)
            elif tag == TEXT + "s":
                self._put(" ", look, lines, place)
            elif tag == TEXT + "soft-page-break":
                self.page = (self.page or 1) + 1
            elif tag == TEXT + "note":
                self._note("footnote", "A footnote or endnote was left out.", place)
            elif tag == TEXT + "hidden-text":
                self._note("hidden_text", "Hidden words were left out.", place)
            elif tag == OFFICE + "annotation":
                self._note("comment", "A comment was left out.", place)
            elif tag.startswith(_DRAW) and tag != _DRAW + "a":
                self._drawing(child, place)
            elif tag.startswith((TEXT, _DRAW)):
                # Links, fields, bookmarks and marks of change print what stands in them.
                self._inline(child, look, lines, place)
            self._put(child.tail, look, lines, place)

    def _look(self, element: Any, look: _Look) -> _Look:  # noqa: ANN401
        style = self.styles.of("text", element.get(TEXT + "style-name"))
        return _Look(
            look.bold if style.bold is None else style.bold,
            look.hidden if style.hidden is None else style.hidden,
            look.struck if style.struck is None else style.struck,
        )

    def _put(self, text: str | None, look: _Look, lines: list[_Line], place: Place) -> None:
        if not text:
            return
        if text.strip() and look.hidden:
            self._note("hidden_text", "Hidden words were left out.", place)
        elif text.strip() and look.struck:
            self._note("struck_out", "Struck-out words were left out.", place)
        else:
            lines[-1].pieces.append((text, look.bold))

    def _drawing(self, element: Any, place: Place) -> None:  # noqa: ANN401
        if any(tidy("".join(p.itertext())) for p in element.iter(TEXT + "p")):
            self._note("text_box", "A text box or drawing with words was left out.", place)
        else:
            self._note("picture", "A picture was left out.", place)

    def _note(self, code: str, message: str, place: Place) -> None:
        note = LeftOut(code, message, place)
        if note not in self.notes[-3:] or code == "tracked_deletion":
            self.notes.append(note)

    # Tables

    def _tables(self, element: Any) -> Iterator[Table | LeftOut]:  # noqa: ANN401
        self.tables += 1
        kept, self._inner = self._inner, []
        yield self._table(element, Place(self.page, table=self.tables))
        notes, self.notes = self.notes, []
        yield from notes
        inner, self._inner = self._inner, kept
        for nested in inner:
            yield from self._tables(nested)

    def _table(self, element: Any, place: Place) -> Table:  # noqa: ANN401
        rows: list[Row] = []
        positions: list[int] = []
        position, page = 0, self.page
        for row, header in self._rows(element, False):
            at = replace(place, page=self.page, row=len(rows) + 1)
            if row.get(TABLE + "visibility") in ("collapse", "filter"):
                position += 1
                self._note("hidden_row", "A hidden row was left out.", at)
                continue
            turned, page = self.page != page and bool(rows), self.page
            cells = self._cells(row, at)
            repeats = whole(row.get(TABLE + "number-rows-repeated")) or 1
            for _ in range(repeats if repeats <= _MOST_REPEATS else 1):
                rows.append(Row(cells, header, turned, replace(at, row=len(rows) + 1)))
                positions.append(position)
                position += 1
                if len(rows) > self.limits.rows:
                    raise too_much("rows", self.limits.rows, at)
        return Table(fitted(rows, positions), None, place)

    def _rows(self, element: Any, header: bool) -> Iterator[tuple[Any, bool]]:  # noqa: ANN401
        for child in element:
            if child.tag == TABLE + "table-row":
                yield child, header
            elif child.tag in _ROWS_INSIDE:
                yield from self._rows(child, header or child.tag == TABLE + "table-header-rows")
            elif child.tag == TEXT + "soft-page-break":
                self.page = (self.page or 1) + 1

    def _cells(self, row: Any, place: Place) -> tuple[Cell, ...]:  # noqa: ANN401
        cells: list[Cell] = []
        column = 1
        for child in row:
            if child.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            repeats = max(1, whole(child.get(TABLE + "number-columns-repeated")) or 1)
            if child.tag == TABLE + "table-cell":
                for number in range(repeats if repeats <= _MOST_REPEATS else 1):
                    cells.append(self._cell(child, replace(place, column=column + number)))
            column += repeats
            if column > self.limits.columns + 1 and (len(child) or repeats <= _MOST_REPEATS):
                raise too_much("columns", self.limits.columns, place)
        return tuple(cells)

    def _cell(self, element: Any, place: Place) -> Cell:  # noqa: ANN401
        self.cells += 1
        if self.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells, place)
        across = max(1, whole(element.get(TABLE + "number-columns-spanned")) or 1)
        down = max(1, whole(element.get(TABLE + "number-rows-spanned")) or 1)
        if (place.column or 1) + across - 1 > self.limits.columns or down > self.limits.rows:
            raise Unsafe(
                "A merged cell covers more than any table holds.",
                rule="limit",
                do="Save the file again from LibreOffice and try once more.",
                place=place,
            )
        paragraphs: list[Paragraph] = []
        for block, at in self._blocks(element, None, place):
            if block.tag == TABLE + "table":
                self._inner.append(block)
            else:
                paragraphs.extend(self._lines(block, at, place))
        style = self.styles.of("table-cell", element.get(TABLE + "style-name"))
        weights = [p.bold for p in paragraphs if p.text]
        bold = bool(weights) and all(weights)
        return Cell(place.column or 1, tuple(paragraphs), down, across, style.fill, bold, place)
