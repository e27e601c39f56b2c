"""Safe tables as a workbook or as CSV: what a body publishes about its staff.

A workbook has a cover, its contents, its notes, and one table on each further sheet. Nothing is
merged, hidden or blank, nothing computes, and a figure that is not shown is a marker.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from math import ceil
from typing import Any, Literal, get_args

from goldenthread.disclosure import SafeTable, only_safe
from goldenthread.disclosure.safe import dimension_words, to_csv
from goldenthread.disclosure.shorthand import Shown
from goldenthread.errors import Unsafe
from goldenthread.plan.cells import computes

PackFormat = Literal["xlsx", "csv"]
PACK_FORMATS: tuple[PackFormat, ...] = get_args(PackFormat)

_MOST_ROWS = 1_048_576 - 10  # of a sheet, less what stands over a table
_MOST_LETTERS = 32_767  # of a cell
_MARKED = "Where a figure is not shown, a marker in square brackets stands in its place."


def write_pack(
    tables: Sequence[SafeTable],
    format: PackFormat = "xlsx",
    *,
    contact: str = "",
    published: date | None = None,
) -> bytes:
    """Safe tables as the bytes of a file, the same bytes whenever they are the same.

    Shape: a workbook with the sheets Cover, Contents, Notes, Table_1 and so on, the headings of a
    table in the first row under its title and notes; or one CSV in UTF-8 with a byte order mark,
    a row for each figure. ``contact`` and ``published`` stand on the cover. Units: those of each
    measure, in its heading. Missing: a marker, explained over the table and on Notes; never an
    empty cell. Raises ``TypeError`` for anything but safe tables, ``ValueError`` for none of them
    or a format that there is not, ``Unsafe`` for more rows or words than a sheet holds.

    Source: Analysis Function, Releasing statistics in spreadsheets,
    https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/;
    the order of sheets and of the lines over a table is that of its package aftables.
    """
    for table in tables:
        only_safe(table)
    if not tables or format not in PACK_FORMATS:
        raise ValueError("A pack has at least one table, and is xlsx or csv.")
    if format == "csv":
        return ("\ufeff" + to_csv(tables)).encode("utf-8")
    return _workbook(tables, contact, published)


def _workbook(tables: Sequence[SafeTable], contact: str, published: date | None) -> bytes:
    from openpyxl import Workbook  # slow

    from goldenthread.documents.write.book import fresh  # slow

    if any(len(table.lines) > _MOST_ROWS for table in tables):
        raise Unsafe(
            f"A table has more than the {_MOST_ROWS:,} rows that a sheet may hold.",
            rule="limit",
            do="Write the pack as .csv instead.",
        )
    book = Workbook()
    book.remove(book.active)
    title = " and ".join(dict.fromkeys(table.release for table in tables))
    _cover(book, title, tables, contact, published)
    _contents(book, tables)
    _notes(book, tables)
    for number, table in enumerate(tables, 1):
        _table(book, number, table)
    book.active = 0
    return fresh(book, title)


def _cover(
    book: Any,  # noqa: ANN401 - openpyxl has no types
    title: str,
    tables: Sequence[SafeTable],
    contact: str,
    published: date | None,
) -> None:
    sheet = _sheet(book, "Cover", landscape=False)
    hidden, figures = sum(one.hidden for one in tables), sum(one.figures for one in tables)
    are = "figure is" if hidden == 1 else "figures are"
    lines = [
        (
            f"{hidden:,} {are} hidden so that nobody can be worked out, of {figures:,}."
            if hidden
            else tables[0].sentence
        ),
        _MARKED,
        "The sheet Contents lists every sheet; the sheet Notes says what markers and figures mean.",
        *([f"Published: {published.day} {published:%B %Y}."] if published else []),
        *([f"Questions: {contact.strip()}"] if contact.strip() else []),
    ]
    for table in {one.fingerprint: one for one in tables}.values():
        lines += [
            f"The policy that holds for {table.release}: {table.policy}, threshold "
            f"{table.threshold}.",
            f"Fingerprint of the release (SHA-256 of its cells.csv and release.json, in this "
            f"order): {table.fingerprint}",
        ]
    _put(sheet, 1, 1, title, size=16, bold=True)
    for row, words in enumerate(lines, 2):
        _put(sheet, row, 1, words, wrap=90)
    sheet.column_dimensions["A"].width = 90


def _contents(book: Any, tables: Sequence[SafeTable]) -> None:  # noqa: ANN401
    from openpyxl.worksheet.hyperlink import Hyperlink  # slow

    sheet = _sheet(book, "Contents", landscape=True)
    _put(sheet, 1, 1, "Contents", size=16, bold=True)
    _put(sheet, 2, 1, f"This sheet holds one table, a row for each of {len(tables)} tables.")
    heads = ["Sheet", "What it holds", "Figures", "Hidden"]
    rows: list[list[str | int]] = [
        [f"Table_{number}", f"{table.name}. {table.title}", table.figures, table.hidden]
        for number, table in enumerate(tables, 1)
    ]
    _grid(sheet, 3, heads, rows, "Contents", (12, 90, 12, 12))
    for number, row in enumerate(rows, 4):
        cell = sheet.cell(number, 1)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{row[0]}'!A1")
        cell.font = _font(colour="1D70B8", underline="single")


def _notes(book: Any, tables: Sequence[SafeTable]) -> None:  # noqa: ANN401
    sheet = _sheet(book, "Notes", landscape=False)
    _put(sheet, 1, 1, "Notes", size=16, bold=True)
    _put(sheet, 2, 1, "This sheet holds one table: what the markers mean, and what to know.")
    markers = dict(pair for table in tables for pair in table.markers)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    rows: list[list[str | int]] = [
        [marker, f"{meaning[:1].upper()}{meaning[1:]}."] for marker, meaning in markers.items()
    ]
    rows += [[f"Note {number}", note] for number, note in enumerate(notes, 1)]
    if any(table.rounded for table in tables):
        rows.append(["0", "Nobody, or so few that it rounds to nought."])
    else:
        rows.append(["0", "A true nought: there is nobody, or no difference."])
    _grid(sheet, 3, ["Marker or note", "What it means"], rows, "Notes", (18, 90))


def _table(book: Any, number: int, table: SafeTable) -> None:  # noqa: ANN401
    sheet = _sheet(book, f"Table_{number}", landscape=True)
    over = [
        f"This sheet holds one table of {len(table.lines):,} rows. See the sheet Notes.",
        table.sentence,
        *([f"{_markers(table)}."] if table.markers else []),
    ]
    _put(sheet, 1, 1, f"Table {number}. {table.title}", size=16, bold=True)
    for row, words in enumerate(over, 2):
        _put(sheet, row, 1, words)
    heads = _apart(
        ["Period", *map(dimension_words, table.dims), *(one.heading for one in table.measures)]
    )
    rows: list[list[str | int | Shown]] = [
        [line.period, *line.codes, *line.figures] for line in table.lines
    ]
    names = [max(len(str(row[at])) for row in rows) for at in range(1 + len(table.dims))]
    widths = [
        min(max(wide + 3, len(head) + 5), 60) for wide, head in zip(names, heads, strict=False)
    ]
    widths += [max(len(head) + 5, 12) for head in heads[len(widths) :]]
    top = 2 + len(over)
    _grid(sheet, top, heads, rows, f"Table_{number}", widths)
    for at, measure in enumerate(table.measures, 2 + len(table.dims)):
        form = "#,##0" + (f".{'0' * measure.places}" if measure.places else "")
        for row in range(top + 1, top + 1 + len(rows)):
            sheet.cell(row, at).number_format = form
    sheet.freeze_panes = sheet.cell(top + 1, 2 + len(table.dims))
    sheet.print_title_rows = f"{top}:{top}"


def _markers(table: SafeTable) -> str:
    return "; ".join(f"{marker} {meaning}" for marker, meaning in table.markers)


def _apart(heads: Sequence[str]) -> list[str]:
    """Headings that a table of a workbook can tell apart, whatever their capitals."""
    found: list[str] = []
    for head in heads:
        again = sum(one.casefold() == head.casefold() for one in heads[: len(found)])
        found.append(f"{head} ({again + 1})" if again else head)
    return found


def _sheet(book: Any, name: str, *, landscape: bool) -> Any:  # noqa: ANN401
    from goldenthread.documents.write.book import on_paper  # slow

    sheet = book.create_sheet(name)
    on_paper(sheet, landscape=landscape)
    return sheet


def _grid(
    sheet: Any,  # noqa: ANN401
    top: int,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | int | Shown]],
    name: str,
    widths: Sequence[float],
) -> None:
    """A table marked up as one, so that a reader of screens says the heading of each cell."""
    from openpyxl.utils import get_column_letter  # slow
    from openpyxl.worksheet.table import Table, TableStyleInfo  # slow

    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        _put(sheet, top, column, head, bold=True)
        cell, figures = sheet.cell(top, column), not isinstance(rows[0][column - 1], str)
        cell.alignment, cell.border = _alignment("right" if figures else "left", False), _ruled()
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, top + 1):
        for column, (said, width) in enumerate(zip(row, widths, strict=True), 1):
            _put(sheet, number, column, said, wrap=int(width))
    corner = f"{get_column_letter(len(heads))}{top + len(rows)}"
    table = Table(displayName=f"gt_{name}", ref=f"A{top}:{corner}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)


def _put(
    sheet: Any,  # noqa: ANN401
    row: int,
    column: int,
    said: str | int | Shown,
    *,
    size: int = 12,
    bold: bool = False,
    wrap: int = 0,
) -> None:
    cell = sheet.cell(row, column)
    figure = said.figure if isinstance(said, Shown) else said
    if isinstance(figure, str) or figure is None:
        words = _cell(str(said))
        cell.value, cell.data_type, cell.quotePrefix = words, "s", computes(words)
        if wrap and len(words) > wrap:
            high = 16.0 * ceil(len(words) * 1.1 / wrap)
            sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, high)
    else:
        cell.value = figure
    if size > 12:
        sheet.row_dimensions[row].height = 24
    right = not isinstance(said, str)
    cell.font = _font(size=size, bold=bold)
    cell.alignment = _alignment("right" if right else "left", bool(wrap))


# A sheet has many cells and few looks.
@cache
def _alignment(side: str, wrap: bool) -> Any:  # noqa: ANN401
    from openpyxl.styles import Alignment  # slow

    return Alignment(horizontal=side, vertical="top", wrap_text=wrap)


@cache
def _ruled() -> Any:  # noqa: ANN401
    from openpyxl.styles import Border, Side  # slow

    return Border(bottom=Side(style="medium", color="0B0C0C"))


@cache
def _font(
    *, size: int = 12, bold: bool = False, colour: str = "0B0C0C", underline: str | None = None
) -> Any:  # noqa: ANN401
    from openpyxl.styles import Font  # slow

    return Font(name="Arial", size=size, bold=bold, color=colour, underline=underline)


def _cell(words: str) -> str:
    """Words as a cell may hold them, on one line, without what XML does not have."""
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    if len(said) > _MOST_LETTERS:
        raise Unsafe(
            f"A text is longer than the {_MOST_LETTERS:,} characters that a cell may hold.",
            rule="limit",
            do="Shorten the names in the specification.",
        )
    return said
