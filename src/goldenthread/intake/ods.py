"""LibreOffice sheets (.ods), one table a sheet: words as printed, merged cells, colours.

A sheet declares every cell that it could have, sixteen thousand columns by a million rows, as
repeats of an empty one. Repeats are never written out unless there are words in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake import ods_rules
from goldenthread.intake.colour_rules import ColourRule, given
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Row, Table
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.odt_styles import OFFICE, TABLE, TEXT, Styles, whole
from goldenthread.intake.package import Package, stream_xml
from goldenthread.intake.words import split_bullet, tidy
from goldenthread.intake.xlsx_rules import NOT_WORKED_OUT

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_ROW, _COLUMN, _TABLE = TABLE + "table-row", TABLE + "table-column", TABLE + "table"
_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_GROUPS = (TABLE + "table-row-group", TABLE + "table-column-group")
_FORMAT = ods_rules.CALC + "conditional-format"
_HEADS = TABLE + "table-header-rows"
_STYLES = OFFICE + "automatic-styles"
_SHEETS = OFFICE + "spreadsheet"
_BLANKS = 100
"""More blank rows in succession than this are passed over; row numbers stay those of the sheet."""
_NUMBERS = ("float", "percentage", "currency")


def read(file: BinaryIO, limits: Limits) -> Iterator[Table | LeftOut]:
    """One table for each visible sheet with words on it, named by the sheet, in the sheets' order.

    ``Cell.column`` counts from the first column with words; places are those of the sheet. A cell
    with neither words nor colour does not appear. Dates read as the sheet prints them.

    Raises ``Unreadable`` where the file is damaged, ``Unsafe`` where it breaks a rule or a limit.
    """
    package = Package(file, limits)
    if package.roots.get("content.xml") != "document-content":
        raise _damaged()
    styles = Styles(package.xml("styles.xml"))
    sheet: _Sheet | None = None
    found = False
    tags = (_STYLES, _SHEETS, _TABLE, _ROW, _COLUMN, _HEADS, *_GROUPS, _FORMAT)
    for event, element in stream_xml(package, "content.xml", tags):
        tag = element.tag
        if event == "start":
            found = found or tag == _SHEETS
            if tag == _TABLE:
                sheet = _Sheet(element, styles, limits)
            elif sheet and tag == _HEADS:
                sheet.in_heads = True
            elif sheet and tag in _GROUPS and element.get(TABLE + "display") == "false":
                sheet.shut += 1
            continue
        if tag == _STYLES:
            styles = Styles(element, package.xml("styles.xml"))
        elif sheet is None:
            continue
        elif tag == _ROW:
            sheet.row(element)
            _forget(element)
        elif tag == _COLUMN:
            sheet.column(element)
        elif tag == _HEADS:
            sheet.in_heads = False
        elif tag in _GROUPS and element.get(TABLE + "display") == "false":
            sheet.shut -= 1
        elif tag == _FORMAT:
            sheet.rules.extend(ods_rules.full(element, styles))
        elif tag == _TABLE:
            yield from sheet.read(element)
            sheet = None
            _forget(element)
    if not found:
        raise _damaged()


def _forget(element: Any) -> None:  # noqa: ANN401
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        if element.getprevious().tag not in (_ROW, _TABLE):
            break
        del parent[parent.index(element.getprevious())]


def _damaged() -> Unreadable:
    return Unreadable(
        "The file is damaged: it has no sheets in it.",
        do="Open it in LibreOffice, save it again and try once more.",
    )


@dataclass
class _Draft:
    """A cell as the file has it, and the cells to its right that repeat it."""

    column: int
    repeats: int
    paragraphs: tuple[Paragraph, ...]
    style: str
    across: int = 1
    down: int = 1
    value: object = None
    bold: bool = False

    @property
    def last(self) -> int:
        return self.column + self.repeats - 1


@dataclass
class _DraftRow:
    number: int
    repeats: int
    cells: list[_Draft]
    header: bool


@dataclass
class _Columns:
    """The columns of a sheet as runs: where each run ends, its usual style, whether it is shown."""

    ends: list[int] = field(default_factory=list)
    about: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, repeats: int, style: str, hidden: bool) -> None:
        self.ends.append((self.ends[-1] if self.ends else 0) + repeats)
        self.about.append((style, hidden))

    def of(self, column: int) -> tuple[str, bool]:
        run = bisect_left(self.ends, column)
        return self.about[run] if run < len(self.about) else ("", False)


class _Sheet:
    """One sheet on its way to a table."""

    def __init__(self, element: Any, styles: Styles, limits: Limits) -> None:  # noqa: ANN401
        self.styles, self.limits = styles, limits
        self.title = (element.get(TABLE + "name") or "")[:200]
        self.hidden = not styles.is_shown(element.get(TABLE + "style-name"))
        # A copy of another file's cells, kept for formulas that look there.
        self.outside = self.title.startswith("'file:")
        self.rules: list[ColourRule] = []
        self.notes: list[LeftOut] = []
        self.in_heads = False
        self.shut = 0  # how many groups of rows or columns that are folded away we stand in
        self._columns = _Columns()
        self._rows: list[_DraftRow] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._next = 1
        self._cells = 0

    # What the file has

    def column(self, element: Any) -> None:  # noqa: ANN401
        hidden = element.get(TABLE + "visibility") in ("collapse", "filter") or self.shut > 0
        style = element.get(TABLE + "default-cell-style-name") or ""
        self._columns.add(_repeats(element, "columns"), style, hidden)
        if len(self._columns.ends) > 16_384:
            raise too_much("columns", 16_384, Place(sheet=self.title))

    def row(self, element: Any) -> None:  # noqa: ANN401
        number, repeats = self._next, _repeats(element, "rows")
        self._next += repeats
        if self.outside:
            return
        place = Place(sheet=self.title, row=number)
        usual = element.get(TABLE + "default-cell-style-name") or ""
        cells = self._row_cells(element, place, usual)
        worded = any(cell.paragraphs for cell in cells)
        gone = element.get(TABLE + "visibility") in ("collapse", "filter") or self.shut > 0
        if worded and (number > self.limits.rows or number + repeats - 1 > self.limits.rows):
            raise _far_away(self.limits, place)
        if gone:
            if worded:
                self._hidden_rows.append((number, repeats))
            else:
                self._hidden_rows.append((number, -repeats))
            return
        if cells:
            self._count(cells, repeats if worded else 1, place)
            self._rows.append(_DraftRow(number, repeats, cells, self.in_heads))

    def _count(self, cells: list[_Draft], repeats: int, place: Place) -> None:
        self._cells += repeats * sum(cell.repeats if cell.paragraphs else 1 for cell in cells)
        if self._cells > self.limits.cells:
            raise too_much("cells", self.limits.cells, place)

    def _row_cells(self, element: Any, place: Place, usual: str) -> list[_Draft]:  # noqa: ANN401
        cells, column = [], 1
        for child in element:
            if child.tag not in _CELLS:
                continue
            repeats = _repeats(child, "columns")
            at = place.at(column=column)
            own = child.get(TABLE + "style-name") or usual or self._columns.of(column)[0]
            cell = self._cell(child, at, repeats, own)
            if cell is not None:
                if cell.paragraphs and cell.last > self.limits.columns:
                    raise _far_away(self.limits, at)
                cells.append(cell)
            column += repeats
        return cells

    def _cell(self, element: Any, place: Place, repeats: int, style: str) -> _Draft | None:  # noqa: ANN401
        covered = element.tag == _CELLS[1]
        about = self.styles.of("table-cell", style)
        paragraphs = self._paragraphs(element, place, bool(about.bold), bool(about.struck))
        if covered:
            if any(p.text for p in paragraphs):
                self._note("hidden_text", "Words under a merged cell were left out.", place)
            return None
        if not paragraphs and not about.fill and not self.styles.maps(style) and not len(element):
            return None
        across = whole(element.get(TABLE + "number-columns-spanned")) or 1
        down = whole(element.get(TABLE + "number-rows-spanned")) or 1
        bold = bool(paragraphs) and all(p.bold for p in paragraphs if p.text)
        value = _value(element, paragraphs)
        column = place.column or 1
        return _Draft(column, repeats, paragraphs, style, max(1, across), max(1, down), value, bold)

    def _paragraphs(
        self,
        element: Any,  # noqa: ANN401
        place: Place,
        bold: bool,
        struck: bool,
    ) -> tuple[Paragraph, ...]:
        found: list[Paragraph] = []
        for child in element:
            tag = child.tag
            if tag == TEXT + "p":
                pieces: list[tuple[str, bool]] = []
                self._inline(child, (bold, struck), pieces, place)
                weights = [weight for text, weight in pieces if text.strip()]
                for line in "".join(text for text, _ in pieces).split("\n"):
                    words = tidy(line)
                    marker, words = split_bullet(words)
                    heavy = bool(words) and bool(weights) and all(weights)
                    level = None if marker is None else 0
                    found.append(Paragraph(words, None, level, marker, heavy, place))
            elif tag == OFFICE + "annotation":
                self._note("comment", "A comment was left out.", place)
            elif tag.startswith(_DRAW):
                self._drawing(child, place)
        while found and not found[-1].text:
            found.pop()
        while found and not found[0].text:
            found.pop(0)
        size = sum(len(p.text) for p in found)
        if size > self.limits.cell_characters:
            raise too_much("characters in one cell", self.limits.cell_characters, place)
        return tuple(found)

    def _inline(
        self,
        element: Any,  # noqa: ANN401
        look: tuple[bool, bool],
        pieces: list[tuple[str, bool]],
        place: Place,
    ) -> None:
        self._put(element.text, look, pieces, place)
        for child in element:
            tag = child.tag
            if tag == TEXT + "s" or tag == TEXT + "tab":
                self._put(" ", look, pieces, place)
            elif tag == TEXT + "line-break":
                pieces.append(("\n", look[0]))
            elif tag == OFFICE + "annotation":
                self._note("comment", "A comment was left out.", place)
            elif tag.startswith(TEXT):
                style = self.styles.of("text", child.get(TEXT + "style-name"))
                bold = look[0] if style.bold is None else style.bold
                struck = look[1] if style.struck is None else style.struck
                self._inline(child, (bold, struck), pieces, place)
            self._put(child.tail, look, pieces, place)

    def _put(
        self, text: str | None, look: tuple[bool, bool], pieces: list[tuple[str, bool]], at: Place
    ) -> None:
        if not text:
            return
        if look[1] and text.strip():
            self._note("struck_out", "Struck-out words were left out.", at)
        else:
            pieces.append((text.replace("\n", " "), look[0]))

    def _drawing(self, element: Any, place: Place) -> None:  # noqa: ANN401
        if any(tidy("".join(p.itertext())) for p in element.iter(TEXT + "p")):
            self._note("text_box", "A text box or drawing with words was left out.", place)
        else:
            self._note("picture", "A picture was left out.", place)

    def _note(self, code: str, message: str, place: Place) -> None:
        note = LeftOut(code, message, place)
        if note not in self.notes[-3:]:
            self.notes.append(note)

    # What is read of it

    def read(self, element: Any) -> Iterator[Table | LeftOut]:  # noqa: ANN401
        if self.outside:
            return
        if self.hidden:
            yield LeftOut("hidden_sheet", "A hidden sheet was left out.", Place(sheet=self.title))
            return
        for shapes in element.findall(TABLE + "shapes"):
            for shape in shapes:
                self._drawing(shape, Place(sheet=self.title))
        worded = [row for row in self._rows if any(self._is_seen(cell) for cell in row.cells)]
        self._name_hidden()
        if worded:
            top, bottom = worded[0].number, worded[-1].number + worded[-1].repeats - 1
            seen = [cell for row in worded for cell in row.cells if self._is_seen(cell)]
            left = min(cell.column for cell in seen)
            right = max(cell.last for cell in seen)
            yield self._table((top, left, bottom, right))
        yield from self.notes

    def _is_seen(self, cell: _Draft) -> bool:
        return bool(cell.paragraphs) and any(
            not self._columns.of(column)[1] for column in range(cell.column, cell.last + 1)
        )

    def _table(self, used: tuple[int, int, int, int]) -> Table:
        top, _, bottom, _ = used
        colours = self._colours(used)
        hidden = {
            number
            for first, repeats in self._hidden_rows
            for number in range(max(first, top), min(first + abs(repeats) - 1, bottom) + 1)
        }
        shown = [number for number in range(top, bottom + 1) if number not in hidden]
        by_row: dict[int, list[Cell]] = {}
        heads: set[int] = set()
        for draft in self._rows:
            last = min(draft.number + draft.repeats - 1, bottom)
            for number in range(max(draft.number, top), last + 1):
                if draft.header:
                    heads.add(number)
                for cell in draft.cells:
                    found = self._cells_of(cell, number, used, shown, colours)
                    by_row.setdefault(number, []).extend(found)
        rows, blanks = [], 0
        for number in shown:
            cells = tuple(sorted(by_row.get(number, ()), key=lambda cell: cell.column))
            blanks = 0 if cells else blanks + 1
            if blanks <= _BLANKS:
                place = Place(sheet=self.title, row=number)
                rows.append(Row(cells, number in heads, place=place))
        return Table(tuple(rows), self.title, Place(sheet=self.title))

    def _cells_of(
        self,
        draft: _Draft,
        number: int,
        used: tuple[int, int, int, int],
        shown: list[int],
        colours: dict[tuple[int, int], str | None],
    ) -> Iterator[Cell]:
        _, left, _, right = used
        fill = self.styles.of("table-cell", draft.style).fill
        for column in range(max(draft.column, left), min(draft.last, right) + 1):
            # A merged cell is seen where its first column that is not hidden stands.
            last = min(column + draft.across - 1, right)
            seen = next((c for c in range(column, last + 1) if not self._columns.of(c)[1]), None)
            if seen is None:
                continue
            colour = colours.get((number, column), fill)
            if not draft.paragraphs and not colour:
                continue
            down = bisect_left(shown, number + draft.down) - bisect_left(shown, number)
            place = Place(sheet=self.title, row=number, column=seen)
            words = draft.paragraphs
            if words and words[0].place != place:
                words = tuple(
                    Paragraph(p.text, p.heading, p.list_level, p.marker, p.bold, place)
                    for p in words
                )
            yield Cell(
                seen - left + 1,
                words,
                max(1, down),
                last - seen + 1,
                colour,
                draft.bold,
                place,
            )

    def _colours(self, used: tuple[int, int, int, int]) -> dict[tuple[int, int], str | None]:
        rules = list(self.rules)
        if not rules:
            rules.extend(self._style_rules(used))
        if not rules:
            return {}
        values: dict[tuple[int, int], object] = {}
        for row in self._rows:
            for cell in row.cells:
                if cell.value is not None:
                    for number in range(row.number, min(row.number + row.repeats - 1, used[2]) + 1):
                        for column in range(cell.column, min(cell.last, used[3]) + 1):
                            values[number, column] = cell.value

        def unknown(row: int, column: int) -> None:
            self._note(
                "colour_rule", NOT_WORKED_OUT, Place(sheet=self.title, row=row, column=column)
            )

        return given(rules, used, lambda row, column: values.get((row, column)), unknown)

    def _style_rules(self, used: tuple[int, int, int, int]) -> Iterator[ColourRule]:
        """The rules in the styles of cells, each style's cells of one row and column at a time."""
        for row in self._rows:
            for cell in row.cells:
                conditions = self.styles.maps(cell.style)
                last_row = min(row.number + row.repeats - 1, used[2])
                last_column = min(cell.last, used[3])
                if not conditions or last_row < row.number or last_column < cell.column:
                    continue
                first, last = _name(row.number, cell.column), _name(last_row, last_column)
                for condition, style, base in conditions:
                    fill = self.styles.of("table-cell", style).fill
                    yield ods_rules.simple(f"{first}:{last}", condition, fill, base)

    def _name_hidden(self) -> None:
        merged: list[list[int]] = []
        for number, repeats in self._hidden_rows:
            if repeats > 0:
                if merged and merged[-1][1] == number - 1:
                    merged[-1][1] = number + repeats - 1
                else:
                    merged.append([number, number + repeats - 1])
        for first, last in merged:
            what = "A hidden row was" if first == last else f"{last - first + 1} hidden rows were"
            place = Place(sheet=self.title, row=first)
            self.notes.append(LeftOut("hidden_row", f"{what} left out.", place))
        worded = {
            column
            for row in self._rows
            for cell in row.cells
            if cell.paragraphs
            for column in range(cell.column, cell.last + 1)
            if self._columns.of(column)[1]
        }
        first_one: int | None = None
        for column in sorted(worded):
            if first_one is None:
                first_one = column
            if column + 1 not in worded:
                many = column - first_one + 1
                what = f"{many} hidden columns were" if many > 1 else "A hidden column was"
                place = Place(sheet=self.title, column=first_one)
                self.notes.append(LeftOut("hidden_column", f"{what} left out.", place))
                first_one = None


def _repeats(element: Any, what: str) -> int:  # noqa: ANN401
    return max(1, whole(element.get(f"{TABLE}number-{what}-repeated")) or 1)


def _far_away(limits: Limits, place: Place) -> Unsafe:
    return Unsafe(
        "A cell lies far outside any table that people keep"
        f" (we read {limits.rows:,} rows and {limits.columns:,} columns).",
        rule="limit",
        do="Delete the rows and columns beyond the table, and save it again.",
        place=place,
    )


def _value(element: Any, paragraphs: tuple[Paragraph, ...]) -> object:  # noqa: ANN401
    kind, written = element.get(OFFICE + "value-type"), element.get(OFFICE + "value") or ""
    if kind in _NUMBERS and re.fullmatch(r"-?\d{1,30}(\.\d{1,30})?(E[+-]?\d{1,3})?", written):
        return float(written)
    if kind == "boolean":
        return element.get(OFFICE + "boolean-value") == "true"
    words = "\n".join(p.text for p in paragraphs)
    return words or None


def _name(row: int, column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
