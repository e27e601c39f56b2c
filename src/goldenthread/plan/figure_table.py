"""A table of figures as somebody made it in a spreadsheet: its columns found, each row as typed.

Nothing is read here as a number or a period: that is for whoever knows the measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.plan.cells import unguard

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "period": ("period", "quarter", "month", "year", "half year", "date", "period ending", "up to"),
    "value": ("figure", "value", "actual", "outturn", "result"),
    "part": ("part", "numerator", "number"),
    "whole": ("whole", "out of", "of", "denominator", "base"),
    "commentary": ("commentary", "comment", "comments", "what it means", "narrative", "note"),
    "remedy": ("what will be done", "corrective action", "recovery", "remedy"),
}
"""What each column is called; the first name is the one that is written."""

HEADINGS = {name: called[0].capitalize() for name, called in COLUMNS.items()}


@dataclass(frozen=True)
class Line:
    """One row of the table: its number in the file, and what stands in each column, as typed."""

    row: int
    period: str = ""
    value: str = ""
    part: str = ""
    whole: str = ""
    commentary: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of a table of figures; ``wrong`` says why it is none.

    ``columns`` are the numbers of the columns that were found, from 1, by their names;
    ``passed_over`` are the headings of the others.
    """

    lines: tuple[Line, ...] = ()
    columns: Mapping[str, int] | None = None
    passed_over: tuple[str, ...] = ()
    wrong: str = ""


def read_table(rows: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """The lines of a table whose first row with a column for the period is its heading.

    ``rows`` are the number of each row in its file and its cells. Rows above the heading, and rows
    without a word, are passed over.

    >>> table = read_table([(1, ["Panels"]), (2, ["Quarter", "Figure", "Comment"]),
    ...                     (3, ["Q1 2026/27", "55", "Most panels now"])])
    >>> table.lines[0] == Line(3, "Q1 2026/27", "55", commentary="Most panels now")
    True
    """
    found: dict[str, int] = {}
    unread: list[str] = []
    lines: list[Line] = []
    for number, cells in rows:
        if not found:
            found, unread = _heading(cells)
            continue
        said = {
            name: unguard(cells[place].strip()) if place < len(cells) else ""
            for name, place in found.items()
        }
        if any(said.values()):
            lines.append(Line(number, **said))
    if not found:
        return Table(
            wrong="No row has the headings Period and Figure. Take the table away from this page, "
            "fill it in, and send that."
        )
    if not lines:
        return Table(wrong="There is no row under the headings.")
    columns = {name: place + 1 for name, place in found.items()}
    return Table(tuple(lines), columns, tuple(unread))


def _heading(cells: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """The places of the columns that a row of headings names; none where it is no such row."""
    names = {called: name for name, all_ in COLUMNS.items() for called in all_}
    found: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(cells):
        name = names.get(" ".join(cell.casefold().split()).strip(" :"))
        if name is not None and name not in found:
            found[name] = place
        elif cell.strip():
            unread.append(cell.strip())
    if "period" in found and ("value" in found or {"part", "whole"} <= found.keys()):
        return found, unread
    return {}, []
