"""A plan's rows as they are meant: what belongs to one recommendation, in the order printed.

Merged cells, section rows, repeated headings, blank cells after flattening and rows cut by a page
end are undone here. Nothing is read into values yet: a record still holds the printed items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.documents.columns import Layout, Role
from goldenthread.documents.numbers import bare_number, is_number, split_number
from goldenthread.errors import Place
from goldenthread.intake import Cell, Paragraph, Row, Table
from goldenthread.plan.wording import fold


@dataclass
class Line:
    """One printed row of a record: the paragraphs that stand under each role.

    ``fresh`` holds the roles whose cell begins in this row; the others hang down from above.
    ``cut`` is true when the row goes on with the one above after a page end.
    """

    cells: Mapping[Role, tuple[Cell, ...]]
    fresh: frozenset[Role]
    place: Place
    number: str | None = None
    cut: bool = False
    action_number: str | None = None

    def paragraphs(self, role: Role) -> tuple[Paragraph, ...]:
        """The paragraphs under a role; blank ones between others are kept, for alignment."""
        found = [p for cell in self.cells.get(role, ()) for p in cell.paragraphs]
        while found and not found[-1].text:
            found.pop()
        while found and not found[0].text:
            found.pop(0)
        return tuple(found)

    def text(self, role: Role) -> str:
        """All words under a role on one line."""
        return " ".join(p.text for p in self.paragraphs(role) if p.text)

    def has(self, role: Role) -> bool:
        """Whether anything is printed under a role in this very row."""
        return role in self.fresh and bool(self.text(role))


@dataclass
class Record:
    """One recommendation as printed, with the rows that answer it."""

    text: str
    number: str | None
    theme: str | None
    place: Place
    lines: list[Line] = field(default_factory=list)
    response: str = ""


@dataclass(frozen=True)
class Dropped:
    """A row that was read and is no part of the plan, so that somebody may look."""

    place: Place
    reason: str


@dataclass
class _Reading:
    """Where the reading of one table stands.

    ``heading`` is the recommendation that the next rows answer where no column holds one.
    """

    layout: Layout
    theme: str | None
    heading: str | None
    current: Record | None
    records: list[Record] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    after_section: bool = False

    @property
    def has_recommendation(self) -> bool:
        return bool(self.layout.columns("recommendation"))

    def section(self, words: str) -> None:
        """A title row: a theme, or the recommendation itself where no column holds one.

        Of two title rows together the upper is the theme.
        """
        if self.has_recommendation:
            self.theme = words
        else:
            self.theme = self.heading if self.after_section else self.theme
            self.heading = words
        self.current = None
        self.after_section = True

    def line(self, line: Line) -> None:
        """A row of the plan: it begins a record or goes on with the one before."""
        self.after_section = False
        begins = _starts_record(line, self.current, self.has_recommendation)
        if self.current is None or begins:
            number, text = _title(line, None if self.has_recommendation else self.heading)
            self.current = Record(text, number, self.theme, line.place)
            self.records.append(self.current)
        else:
            _go_on(self.current, line)
        if line.number is not None and line.number != self.current.number:
            line.action_number = line.number
        self.current.lines.append(line)
        self.current.response = self.current.response or line.text("response")


def read_records(
    table: Table,
    grid: Sequence[Sequence[Cell | None]],
    layout: Layout,
    *,
    heading: str | None,
    theme: str | None,
    after: Record | None = None,
) -> tuple[list[Record], list[Dropped]]:
    """The records of one table, in order, and the rows left out with the reason.

    ``heading`` is the recommendation that a table without a recommendation column answers, and
    ``theme`` the title above it. ``after`` is the last record of the table before, which a table
    without a header may go on with; that record is then extended in place and not returned.
    """
    reading = _Reading(layout, theme, heading, after)
    header = _words(grid[layout.first_row - 1]) if layout.first_row else []
    top = _words(grid[0]) if layout.first_row else []
    header_repeated = False
    for index in range(layout.first_row, len(table.rows)):
        row, positions = table.rows[index], grid[index]
        words = _words(positions)
        header_repeated = header_repeated or words == header
        if not any(words) or words in (header, top):
            continue
        section = _section(positions, layout)
        if section is not None:
            if _more_plan_below(grid, index):
                reading.section(section)
            else:
                reading.dropped.append(Dropped(row.place, "it stands alone after the last row"))
            continue
        line = _line(row, positions, layout, grid[index - 1] if index else None)
        if line is None:
            reading.dropped.append(Dropped(row.place, "it holds nothing under the plan's headings"))
            continue
        first = index == layout.first_row and after is not None and _new_page(after, line)
        line.cut = line.cut or header_repeated or first
        header_repeated = False
        reading.line(line)
    return reading.records, reading.dropped


def _new_page(before: Record, line: Line) -> bool:
    """Whether a line stands on another page than the one that it goes on with."""
    page = before.lines[-1].place.page
    return page is not None and line.place.page is not None and page != line.place.page


def _words(positions: Sequence[Cell | None]) -> list[str]:
    return [fold(cell.text) if cell is not None else "" for cell in positions]


def _section(positions: Sequence[Cell | None], layout: Layout) -> str | None:
    """The words of a row that is a title for the rows under it: one cell across the table."""
    filled = {id(cell): cell for cell in positions if cell is not None and cell.text}
    if len(filled) != 1 or layout.width < 2:
        return None
    cell = next(iter(filled.values()))
    wide = cell.column_span * 2 > layout.width
    first = cell.column == 1 and cell.row_span == 1 and layout.width > 2
    if wide or (first and (cell.bold or cell.fill) and len(cell.text) > 3):
        return " ".join(cell.text.split())
    if first and layout.roles.get(1) in ("number", None) and not is_number(cell.text):
        return " ".join(cell.text.split())
    return None


def _more_plan_below(grid: Sequence[Sequence[Cell | None]], index: int) -> bool:
    return any(
        sum(1 for cell in {id(c): c for c in row if c is not None and c.text}.values()) > 1
        for row in grid[index + 1 :]
    )


def _line(
    row: Row,
    positions: Sequence[Cell | None],
    layout: Layout,
    above: Sequence[Cell | None] | None,
) -> Line | None:
    cells: dict[Role, list[Cell]] = {}
    fresh: set[Role] = set()
    number = None
    for column, role in sorted(layout.roles.items()):
        cell = positions[column - 1] if column <= len(positions) else None
        if cell is None:
            continue
        begins = above is None or column > len(above) or above[column - 1] is not cell
        if role == "number":
            if begins and cell.text:
                number = bare_number(cell.text)
                fresh.add(role)
            continue
        known = cells.setdefault(role, [])
        if all(cell is not other for other in known):
            known.append(cell)
        if begins:
            fresh.add(role)
    if number is None and not any(cell.text for group in cells.values() for cell in group):
        return None
    return Line(
        {role: tuple(group) for role, group in cells.items()},
        frozenset(fresh),
        row.place,
        number,
        row.after_page_break,
    )


def _starts_record(line: Line, current: Record | None, has_recommendation: bool) -> bool:
    if current is None:
        return True
    if not has_recommendation:
        return False
    if line.has("recommendation"):
        same = fold(line.text("recommendation")) == fold(current.text)
        if same and (line.number is None or line.number == current.number):
            return False
        cut_sentence = (
            line.number is None and line.cut and _goes_on(current.text, line.text("recommendation"))
        )
        return not cut_sentence
    return line.number is not None and "recommendation" in line.fresh and not line.has("action")


def _goes_on(before: str, after: str) -> bool:
    """Whether ``after`` goes on with the sentence that ``before`` leaves unfinished."""
    if not before or not after:
        return False
    return after[0].islower() or (before.rstrip()[-1] in ",;–—-/(&" and not after[0].isdigit())


def _title(line: Line, heading: str | None) -> tuple[str | None, str]:
    """The number and the words of the recommendation that a line begins."""
    if heading is not None:
        return split_number(heading)
    number, text = line.number, line.text("recommendation")
    inner, rest = split_number(text)
    if inner is not None and (number is None or number == inner):
        return inner, rest
    return number, text


def _go_on(record: Record, line: Line) -> None:
    """Join to the record what a row cut by a page end says of its recommendation."""
    if line.has("recommendation") and fold(line.text("recommendation")) != fold(record.text):
        record.text = f"{record.text} {line.text('recommendation')}"
