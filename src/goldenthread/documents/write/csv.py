"""A plan as CSV: one table with a row for each action, and what stands around it in rows below."""

from __future__ import annotations

from goldenthread.documents import layouts
from goldenthread.documents.layouts import Cell, Page, Table
from goldenthread.plan import cells


def write(page: Page) -> bytes:
    """The first table of a page as CSV in UTF-8 with a byte order mark, which Excel asks for.

    The title and date stand in two more columns of every row; steps and short forms are rows whose
    key says so. No cell can be taken for a formula (``plan.cells``).
    """
    table = page.tables[0]
    heads = [column.heading for column in table.columns]
    if heads[0] != "Key":
        return _encoded([heads, *_filled(table)])
    about = [page.title, _position(page)]
    rows = [[cell.text for cell in row] for row in table.rows]
    for aside in page.tables[1:]:
        names = ("No.", "Recommendation", "Action", "Timescale")
        kind = layouts.STEP if aside.title == "Steps" else layouts.SHORT_FORM
        for row in aside.rows:
            said = {"Key": kind, **dict(zip(names, (cell.text for cell in row), strict=False))}
            rows.append([said.get(head, "") for head in heads])
    if not rows:
        rows.append([layouts.TITLE, *[""] * (len(heads) - 1)])
    return _encoded(
        [[*heads, layouts.TITLE, layouts.POSITION_AT], *[[*row, *about] for row in rows]]
    )


def _position(page: Page) -> str:
    said = next((line for line in page.lines if line.startswith(layouts.POSITION_AT)), "")
    return said.removeprefix(layouts.POSITION_AT).strip().removesuffix(".")


def _filled(table: Table) -> list[list[str]]:
    """The rows of a table with each merged cell's words in its first place only."""
    rows: list[list[str]] = []
    waiting: dict[int, int] = {}  # columns covered from above: how many rows still
    for row in table.rows:
        found: list[str] = []
        left = list[Cell](row)
        while len(found) < len(table.columns):
            column = len(found)
            if waiting.get(column):
                waiting[column] -= 1
                found.append("")
                continue
            cell = left.pop(0) if left else Cell()
            waiting[column] = cell.rows - 1
            found += [cell.text, *[""] * (cell.columns - 1)]
        rows.append(found)
    return rows


def _encoded(rows: list[list[str]]) -> bytes:
    return ("\ufeff" + cells.write(rows)).encode("utf-8")
