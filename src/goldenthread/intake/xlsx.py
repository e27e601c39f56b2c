"""Excel files, one table a sheet: words as printed, merged cells, colours; hidden things named."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

import openpyxl
import openpyxl.reader.excel
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import range_boundaries

from goldenthread.errors import Place, Refusal, Unreadable
from goldenthread.intake import colour, xlsx_bounds, xlsx_rules
from goldenthread.intake.document import Cell, LeftOut, Row, Table
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.package import Package
from goldenthread.intake.words import paragraphs
from goldenthread.intake.xlsx_print import printed

_BLANKS = 100
"""More blank rows in succession than this are passed over; row numbers stay those of the sheet."""

_MOST_HEADS = 3
"""More rows than this, printed on every page, are a title and its notes rather than headings."""


def read(file: BinaryIO, limits: Limits) -> Iterator[Table | LeftOut]:
    """One table for each visible sheet with words on it, named by the sheet, in the sheet's order.

    ``Cell.column`` counts from the first column with words; places are those of the sheet. A cell
    with neither words nor colour does not appear. Dates read as the sheet prints them.

    Raises ``Unreadable`` where the file is damaged, ``Unsafe`` where it breaks a rule or a limit.
    """
    package = Package(file, limits)
    reaches = {name: xlsx_bounds.check(package, name) for name in xlsx_bounds.sheets(package)}
    if sum(reach.cells for reach in reaches.values()) > limits.cells:
        raise too_much("cells", limits.cells)
    colours = colour.theme(_theme(package))
    if package.strict:
        file = package.usual()
    file.seek(0)
    book = _load(file)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            yield LeftOut("hidden_sheet", "A hidden sheet was left out.", Place(sheet=sheet.title))
            continue
        yield from _Sheet(sheet, colours).read()
    yield from _asides(package, reaches)


def _load(file: BinaryIO) -> Any:  # noqa: ANN401
    with _no_drawings(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(
                file, data_only=True, rich_text=True, keep_links=False, keep_vba=False
            )
        except (Refusal, MemoryError):
            raise
        except Exception as error:
            raise _damaged(type(error).__name__) from error
    # Only when a cell is looked at does openpyxl ask for what its style names.
    for style in book._cell_styles:
        own_format = style.numFmtId - BUILTIN_FORMATS_MAX_SIZE
        if (
            style.fontId >= len(book._fonts)
            or style.fillId >= len(book._fills)
            or own_format >= len(book._number_formats)
        ):
            raise _damaged("a style names a font, fill or format that is not there")
    return book


def _damaged(how: str) -> Unreadable:
    return Unreadable(
        f"The workbook is damaged ({how}).", do="Open it in Excel, save it again and try once more."
    )


@contextlib.contextmanager
def _no_drawings() -> Iterator[None]:
    """Pictures and charts are never opened: they are nothing to us, and a picture may be a bomb."""
    kept = openpyxl.reader.excel.find_images
    openpyxl.reader.excel.find_images = lambda *_: ([], [])
    try:
        yield
    finally:
        openpyxl.reader.excel.find_images = kept


def _theme(package: Package) -> Any:  # noqa: ANN401
    names = sorted(name for name in package.names if name.startswith("xl/theme/"))
    return package.xml(names[0]) if names else None


def _asides(package: Package, reaches: dict[str, xlsx_bounds.Reach]) -> Iterator[LeftOut]:
    for reach in reaches.values():
        if reach.newer_rules:
            yield LeftOut("colour_rule", xlsx_rules.NOT_WORKED_OUT)
        for row, column in reach.uncalculated[: package.limits.notes]:
            yield LeftOut(
                "uncalculated",
                "A formula has no saved result; open the file in Excel and save it to have one.",
                Place(row=row, column=column),
            )
    for name in sorted(package.names):
        if name.startswith("xl/media/"):
            yield LeftOut("picture", "A picture was left out.")
        elif name.startswith("xl/drawings/drawing") and b"<a:t>" in package.read(name):
            yield LeftOut("text_box", "A text box or drawing with words was left out.")
        elif name.startswith("xl/charts/chart"):
            yield LeftOut("picture", "A chart was left out.")
        elif name.startswith("xl/pivotCache/pivotCacheRecords"):
            yield LeftOut("embedded", "The rows behind a pivot table were left out.")


class _Sheet:
    """One visible sheet on its way to a table."""

    def __init__(self, sheet: Any, colours: dict[str, str]) -> None:  # noqa: ANN401
        self.sheet, self.colours = sheet, colours
        self.notes: list[LeftOut] = []
        self.hidden_rows = {
            row for row, about in sheet.row_dimensions.items() if about.hidden or about.ht == 0
        }
        self.hidden_columns = {
            column
            for about in sheet.column_dimensions.values()
            if about.hidden or about.width == 0
            # A group of columns is one entry, which names only its first and last.
            for column in range(about.min or 0, min(about.max or 0, 16_384) + 1)
        }

    def read(self) -> Iterator[Table | LeftOut]:
        self._name_hidden()
        texts = {
            place: cell
            for place, cell in self.sheet._cells.items()
            if cell.value is not None
            and place[0] not in self.hidden_rows
            and place[1] not in self.hidden_columns
        }
        if texts:
            rows, columns = [p[0] for p in texts], [p[1] for p in texts]
            used = min(rows), min(columns), max(rows), max(columns)
            table = self._table(used)
            if any(cell.text for row in table.rows for cell in row.cells):
                yield table
        yield from self.notes

    def _table(self, used: tuple[int, int, int, int]) -> Table:
        top, left, bottom, right = used
        spans, covered = self._merges(used)
        rules = xlsx_rules.colours(self.sheet, used, self._colour, self.notes)
        headers = self._header_rows()
        by_row: dict[int, list[Cell]] = {}
        for (row, column), cell in sorted(self.sheet._cells.items()):
            inside = top <= row <= bottom and left <= column <= right
            if not inside or (row, column) in covered:
                continue
            start, down, across = spans.get((row, column), ((row, column), 1, 1))
            if start[0] in self.hidden_rows or start[1] in self.hidden_columns:
                continue
            found = self._cell(cell, start, down, across, left, rules.get((row, column)))
            if found:
                by_row.setdefault(start[0], []).append(found)
        rows: list[Row] = []
        blanks = 0
        for number in range(top, bottom + 1):
            if number in self.hidden_rows:
                continue
            cells = tuple(sorted(by_row.get(number, ()), key=lambda cell: cell.column))
            blanks = 0 if cells else blanks + 1
            if blanks <= _BLANKS:
                place = Place(sheet=self.sheet.title, row=number)
                rows.append(Row(cells, number in headers, place=place))
        return Table(tuple(rows), self.sheet.title, Place(sheet=self.sheet.title))

    def _merges(
        self, used: tuple[int, int, int, int]
    ) -> tuple[dict[tuple[int, int], tuple[tuple[int, int], int, int]], set[tuple[int, int]]]:
        """Merged cells by their first cell: where they begin to be seen, rows and columns covered.

        Hidden rows are not counted, since the table does not have them; hidden columns are, since
        columns keep their numbers.
        """
        spans: dict[tuple[int, int], tuple[tuple[int, int], int, int]] = {}
        covered: set[tuple[int, int]] = set()
        for area in self.sheet.merged_cells.ranges:
            last_row, last_column = min(area.max_row, used[2]), min(area.max_col, used[3])
            rows = [r for r in range(area.min_row, last_row + 1) if r not in self.hidden_rows] or [
                area.min_row
            ]
            columns = [
                c for c in range(area.min_col, last_column + 1) if c not in self.hidden_columns
            ] or [area.min_col]
            across = max(1, last_column - columns[0] + 1)
            spans[area.min_row, area.min_col] = ((rows[0], columns[0]), len(rows), across)
            covered.update(
                (row, column)
                for row in range(area.min_row, last_row + 1)
                for column in range(area.min_col, last_column + 1)
            )
            covered.discard((area.min_row, area.min_col))
        return spans, covered

    def _cell(
        self,
        cell: Any,  # noqa: ANN401
        start: tuple[int, int],
        down: int,
        across: int,
        left: int,
        rule: str | None,
    ) -> Cell | None:
        place = Place(sheet=self.sheet.title, row=start[0], column=start[1])
        text = self._text(cell, place)
        fill = rule or self._fill(cell)
        if getattr(cell, "comment", None):
            self.notes.append(LeftOut("comment", "A comment was left out.", place))
        if not text.strip() and not fill:
            return None
        words = paragraphs(text, place, self._bold(cell))
        bold = bool(words) and self._bold(cell)
        return Cell(start[1] - left + 1, words, down, across, fill, bold, place)

    def _text(self, cell: Any, place: Place) -> str:  # noqa: ANN401
        value, struck = cell.value, bool(cell.font and cell.font.strike)
        if value is None:
            return ""
        kept = []
        for piece in value if isinstance(value, CellRichText) else (value,):
            if isinstance(piece, TextBlock):
                gone = struck if piece.font.strike is None else piece.font.strike
                words = piece.text
            else:
                gone, words = struck, printed(piece, cell.number_format or "General")
            if gone and words.strip():
                struck_out = LeftOut("struck_out", "Struck-out words were left out.", place)
                if struck_out not in self.notes[-1:]:
                    self.notes.append(struck_out)
            else:
                kept.append(words)
        if not any(kept) and not struck and cell.number_format == ";;;":
            self.notes.append(
                LeftOut("hidden_text", "A value that its format hides was left out.", place)
            )
        return "".join(kept)

    def _bold(self, cell: Any) -> bool:  # noqa: ANN401
        own = bool(cell.font and cell.font.b)
        if not isinstance(cell.value, CellRichText):
            return own
        return all(
            bool(piece.font.b) if isinstance(piece, TextBlock) else own
            for piece in cell.value
            if str(piece).strip()
        )

    def _fill(self, cell: Any) -> str | None:  # noqa: ANN401
        fill = cell.fill
        if fill is None or getattr(fill, "patternType", None) != "solid":
            return None
        return self._colour(fill.fgColor)

    def _colour(self, value: Any) -> str | None:  # noqa: ANN401
        if value is None:
            return None
        if value.type == "rgb":
            return colour.fill(value.rgb)
        base = None
        if value.type == "theme" and 0 <= value.theme < len(colour.THEME):
            base = self.colours.get(colour.THEME[value.theme])
        elif value.type == "indexed" and 0 <= value.indexed < len(COLOR_INDEX):
            base = COLOR_INDEX[value.indexed][-6:]
        return colour.fill(colour.tinted(base, value.tint or 0.0)) if base else None

    def _header_rows(self) -> set[int]:
        """Rows that the file itself names as headings: of a list, a filter, or every page."""
        rows: set[int] = set()
        refs = [table.ref for table in self.sheet.tables.values() if table.headerRowCount != 0]
        for ref in [*refs, self.sheet.auto_filter.ref]:
            if ref:
                rows.add(range_boundaries(ref)[1])
        titles = (self.sheet.print_title_rows or "").replace("$", "").partition(":")
        if titles[0].isdigit() and titles[2].isdigit():
            first, last = int(titles[0]), int(titles[2])
            if last - first < _MOST_HEADS:
                rows.update(range(first, last + 1))
        return rows

    def _name_hidden(self) -> None:
        rows = {row for (row, _), cell in self.sheet._cells.items() if cell.value is not None}
        columns = {
            column
            for (row, column), cell in self.sheet._cells.items()
            if cell.value is not None and row not in self.hidden_rows
        }
        title = self.sheet.title
        for first, last in _runs(rows & self.hidden_rows):
            what = "A hidden row was" if first == last else f"{last - first + 1} hidden rows were"
            self.notes.append(
                LeftOut("hidden_row", f"{what} left out.", Place(sheet=title, row=first))
            )
        for first, last in _runs(columns & self.hidden_columns):
            many = first != last
            what = f"{last - first + 1} hidden columns were" if many else "A hidden column was"
            place = Place(sheet=title, column=first)
            self.notes.append(LeftOut("hidden_column", f"{what} left out.", place))


def _runs(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another, as first and last."""
    first = last = None
    for number in sorted(numbers):
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last
