"""A plan as a workbook for updating off line: choices for status and colour, the rest locked.

Nothing is hidden and nothing computes: every cell is words, marked as words. There is no macro,
no name of an author, and no password: the lock only guards against slips.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from goldenthread.documents import layouts
from goldenthread.documents.layouts import (
    CAUSE,
    DONE,
    FORECAST,
    RECOVERY,
    RECOVERY_BY,
    Column,
    Page,
    Table,
)
from goldenthread.documents.notation import RAG_LABELS, STATUS_LABELS
from goldenthread.documents.write.book import fresh, on_paper
from goldenthread.errors import Place, Unsafe

# Rows under the plan in which a new action can be typed.
SPARE_ROWS = 20
_MOST = 32_767  # characters that a cell of a workbook may hold
# The columns to type in beside the status, and how wide each is.
_TYPED = {DONE: 40, FORECAST: 14, CAUSE: 30, RECOVERY: 30, RECOVERY_BY: 14}
_DATES = {
    FORECAST: "The date by which you expect it to be done, such as 31/03/2027.",
    RECOVERY_BY: "The date by which the recovery step will be taken, such as 31/03/2027.",
}
_OPEN = frozenset({"Status", "RAG", *_TYPED})
_FILLS = {"Red": "F4BFBF", "Amber": "FFDD99", "Green": "C3E6B8", "Blue": "BCD9F5",
          "Purple": "DCCBEE", "Grey": "DCDCDC"}  # fmt: skip
_LINE = Side(style="thin", color="9AA3A8")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

_HOW = (
    "Type in the cells with a white background: Status, RAG, What was done, Forecast, Cause, "
    "Recovery step and Recovery by.",
    "Choose Status and RAG from the list that opens in the cell.",
    "Give Forecast and Recovery by as dates, such as 31/03/2027.",
    "Red and Amber need all three of Cause (why), Recovery step (what is being done) and Recovery "
    "by (a date to come), unless your council has said otherwise.",
    "The other cells are locked so that nothing is changed by accident. If the words of an action "
    "are wrong, say so to the person who sent you this workbook.",
    f"To propose a new action, type it in one of the {SPARE_ROWS} blank rows under the plan and "
    "leave Key empty. It is looked at before it becomes part of the plan.",
    "Do not change the Key column: it says which action each row is. Sorting and filtering do no "
    "harm.",
    "Deleting a row does not delete the action: it is reported, and somebody is asked.",
    "Save the workbook as .xlsx and send it back.",
)


def write(page: Page) -> bytes:
    """The page as .xlsx: a sheet of instructions, the plan, and a sheet for each other table.

    Raises ``Unsafe`` (rule ``limit``) where a text is longer than a cell may be.
    """
    book = Workbook()
    book.remove(book.active)
    updating = page.tables[0].columns[0].heading == "Key"
    if updating:
        _instructions(book, page)
        _sheet(book, _with_typed(page.tables[0]), lock=True)
    else:
        _sheet(book, page.tables[0], over=(page.title, *page.lines))
    for table in page.tables[1:]:
        _sheet(book, table)
    book.active = 1 if updating else 0
    return fresh(book, page.title)


def _with_typed(table: Table) -> Table:
    """The table with the columns to type in beside the status."""
    at = [column.heading for column in table.columns].index("RAG") + 1
    typed = [Column(heading, width) for heading, width in _TYPED.items()]
    columns = (*table.columns[:at], *typed, *table.columns[at:])
    blank = [layouts.Cell()] * len(typed)
    rows = tuple((*row[:at], *blank, *row[at:]) for row in table.rows)
    return Table(table.title, columns, rows)


def _instructions(book: Any, page: Page) -> None:  # noqa: ANN401
    sheet = book.create_sheet(layouts.INSTRUCTIONS)
    said = next((line for line in page.lines if line.startswith(layouts.POSITION_AT)), "")
    date = said.removeprefix(layouts.POSITION_AT).strip().removesuffix(".")
    rows = [(layouts.TITLE, page.title), *([(layouts.POSITION_AT, date)] if date else [])]
    sheet.append([])
    _put(sheet.cell(1, 1), "How to update this plan", bold=True, size=16)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 28
    for row, (name, words) in enumerate(rows, 3):
        _put(sheet.cell(row, 1), name, bold=True)
        _put(sheet.cell(row, 2), words)
    for row, words in enumerate(_HOW, 4 + len(rows)):
        _put(sheet.cell(row, 1), f"{row - 3 - len(rows)}.")
        sheet.cell(row, 1).alignment = Alignment(horizontal="right", vertical="top")
        _put(sheet.cell(row, 2), words)
        sheet.row_dimensions[row].height = _height([(words, 90)])
    sheet.column_dimensions["A"].width = 18
    sheet.column_dimensions["B"].width = 100
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    on_paper(sheet, landscape=False)


def _sheet(book: Any, table: Table, *, lock: bool = False, over: Sequence[str] = ()) -> None:  # noqa: ANN401
    """One table on a sheet of its own, under the lines that stand ``over`` it."""
    sheet = book.create_sheet(table.title)
    heads = [column.heading for column in table.columns]
    for number, line in enumerate(over, 1):
        _put(sheet.cell(number, 1), line, bold=number == 1, size=14 if number == 1 else 12)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(heads))
    top = len(over) + 1
    for number, column in enumerate(table.columns, 1):
        cell = sheet.cell(top, number)
        _put(cell, column.heading, bold=True, colour="FFFFFF", fill="1D3A5F")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    hanging: dict[int, int] = {}
    for number, row in enumerate(table.rows, top + 1):
        _row(sheet, number, row, heads, hanging, lock=lock)
    sheet.freeze_panes = f"{'B' if lock else 'A'}{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    on_paper(sheet, landscape=True)
    if lock:
        _updating(sheet, heads, len(table.rows) + 1)


def _updating(sheet: Any, heads: list[str], last: int) -> None:  # noqa: ANN401
    """What makes a sheet one to update: blank rows to type in, choices, the lock, the filter."""
    for number in range(last + 1, last + 1 + SPARE_ROWS):
        for column, heading in enumerate(heads, 1):
            _put(sheet.cell(number, column), "", locked=heading == "Key", date=heading in _DATES)
    _choices(sheet, heads, last + SPARE_ROWS)
    _guard(sheet)
    # On paper the columns that people work with, on A3; the rest stay on the screen.
    sheet.print_area = f"A1:{get_column_letter(heads.index(RECOVERY_BY) + 1)}{max(last, 2)}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(last, 2)}"


def _row(
    sheet: Any,  # noqa: ANN401
    number: int,
    row: tuple[layouts.Cell, ...],
    heads: list[str],
    hanging: dict[int, int],
    *,
    lock: bool,
) -> None:
    waiting, column = list(row), 1
    sheet.row_dimensions[number].height = _height(
        (cell.text, _width(sheet, column)) for cell, column in _alone(row, hanging, len(heads))
    )
    while column <= len(heads) and (waiting or hanging.get(column)):
        if hanging.get(column):
            hanging[column] -= 1
            column += 1
            continue
        cell = waiting.pop(0)
        heading = heads[column - 1]
        place = Place(sheet=sheet.title, row=number, column=column)
        across = cell.columns > 1
        _put(
            sheet.cell(number, column),
            cell.text,
            bold=across,
            fill="DFE5EC" if across else "F3F2F1" if lock and heading not in _OPEN else "",
            locked=heading not in _OPEN,
            place=place,
            date=heading in _DATES,
        )
        if cell.rows > 1 or across:
            sheet.merge_cells(
                start_row=number,
                end_row=number + cell.rows - 1,
                start_column=column,
                end_column=column + cell.columns - 1,
            )
            hanging[column] = cell.rows - 1
        column += cell.columns


def _alone(
    row: tuple[layouts.Cell, ...], hanging: dict[int, int], width: int
) -> Iterable[tuple[layouts.Cell, int]]:
    """The cells that reach over one row and column only, with their columns."""
    free = (column for column in range(1, width + 1) if not hanging.get(column))
    for cell, column in zip(row, free, strict=False):
        if cell.rows == 1 and cell.columns == 1:
            yield cell, column


def _width(sheet: Any, column: int) -> float:  # noqa: ANN401
    wide: float = sheet.column_dimensions[get_column_letter(column)].width
    return wide


def _height(cells: Iterable[tuple[str, float]]) -> float:
    """The height in points in which words of 11 points fit columns of so many characters."""
    lines = max(
        (sum(ceil(max(len(line), 1) * 1.05 / wide) for line in words.split("\n"))
         for words, wide in cells),
        default=1,
    )  # fmt: skip
    return min(15.0 * max(lines, 1) + 2, 409.0)  # the most that a row may have


def _put(
    cell: Any,  # noqa: ANN401
    words: str,
    *,
    bold: bool = False,
    size: int = 11,
    colour: str = "0B0C0C",
    fill: str = "",
    locked: bool = True,
    place: Place | None = None,
    date: bool = False,
) -> None:
    if len(words) > _MOST:
        raise Unsafe(
            f"A text is longer than the {_MOST:,} characters that a cell of a workbook may hold.",
            rule="limit",
            do="Write the plan as .docx, .html or .json instead, or shorten the text.",
            place=place,
        )
    if words:
        cell.value = words
        # Words stay words, whatever they begin with, and also when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.font = Font(name="Arial", size=size, bold=bold, color=colour)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _BORDER if size == 11 and cell.parent.title != layouts.INSTRUCTIONS else Border()
    cell.protection = Protection(locked=locked)
    cell.number_format = "dd/mm/yyyy" if date else "@"
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)


def _choices(sheet: Any, heads: list[str], last: int) -> None:  # noqa: ANN401
    for heading, words in (("Status", STATUS_LABELS.values()), ("RAG", RAG_LABELS)):
        column = get_column_letter(heads.index(heading) + 1)
        choice = DataValidation(
            type="list",
            formula1=f'"{",".join(words)}"',
            allow_blank=True,
            showErrorMessage=True,
            showInputMessage=True,
            errorTitle=f"{heading}: choose from the list",
            error=f"Use one of: {', '.join(words)}. Or leave the cell empty.",
            promptTitle=heading,
            prompt="Choose from the list.",
        )
        choice.add(f"{column}2:{column}{last}")
        sheet.add_data_validation(choice)
    for heading, prompt in _DATES.items():
        column = get_column_letter(heads.index(heading) + 1)
        date = DataValidation(
            type="date",
            operator="between",
            formula1="36526",  # 1 January 2000
            formula2="73050",  # 31 December 2099
            allow_blank=True,
            showErrorMessage=True,
            showInputMessage=True,
            errorTitle=f"{heading}: a date is needed",
            error="Give a date such as 31/03/2027.",
            promptTitle=heading,
            prompt=prompt,
        )
        date.add(f"{column}2:{column}{last}")
        sheet.add_data_validation(date)
    rag = get_column_letter(heads.index("RAG") + 1)
    for word, fill in _FILLS.items():
        rule = CellIsRule(
            operator="equal", formula=[f'"{word}"'], fill=PatternFill("solid", bgColor=fill)
        )
        sheet.conditional_formatting.add(f"{rag}2:{rag}{last}", rule)


def _guard(sheet: Any) -> None:  # noqa: ANN401
    guard = sheet.protection
    guard.sheet = True
    # False means: allowed although the sheet is protected.
    guard.autoFilter = guard.sort = False
    guard.formatColumns = guard.formatRows = False
