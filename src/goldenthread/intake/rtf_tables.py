"""Tables of a rich text file: rows whose cells end at distances, put on one grid of columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import Any

from goldenthread.errors import Place
from goldenthread.intake.document import Cell, Paragraph, Row, Table
from goldenthread.intake.limits import Limits, too_much

_NEAR = 30  # twentieths of a point by which the edge of a column may differ between rows


@dataclass
class Box:
    """What a row says of one cell before its words come."""

    right: int = 0
    fill: int | None = None
    ink: int | None = None
    shade: int = 0
    merged: str = ""
    across: str = ""


@dataclass
class Definition:
    """What a row says of itself: where it begins, its cells, whether it is a heading."""

    left: int = 0
    header: bool = False
    boxes: list[Box] = field(default_factory=list)
    next: Box = field(default_factory=Box)


@dataclass
class Words:
    """The paragraphs of a cell, and the colours behind all of its words."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    fills: set[str | None] = field(default_factory=set)
    gone: bool = False
    """Whether words of it were left out."""


@dataclass
class Open:
    """A table that is being read."""

    place: Place
    limits: Limits
    rows: list[tuple[Definition, list[Words]]] = field(default_factory=list)
    cells: list[Words] = field(default_factory=list)
    cell: Words = field(default_factory=Words)
    nested: list[Any] = field(default_factory=list)

    def here(self) -> Place:
        """The place of the cell that is being read, by its number in the row."""
        return self.place.at(row=len(self.rows) + 1, column=len(self.cells) + 1)

    def end_cell(self) -> None:
        """Keeps the cell and begins the next."""
        self.cells.append(self.cell)
        self.cell = Words()
        if len(self.cells) > self.limits.columns:
            raise too_much("columns", self.limits.columns, self.here())

    def end_row(self, definition: Definition) -> None:
        """Keeps the row and begins the next."""
        if self.cell.paragraphs:
            self.end_cell()
        gone = any(cell.gone for cell in self.cells)
        # Of a row whose words are all hidden or deleted nothing is printed.
        if self.cells and not (gone and not any(p.text for c in self.cells for p in c.paragraphs)):
            self.rows.append((definition, self.cells))
        self.cells = []
        if len(self.rows) > self.limits.rows:
            raise too_much("rows", self.limits.rows, self.place)

    def table(self, colours: list[str | None]) -> Table:
        """The table with its cells at their columns and merged cells joined."""
        edges = _grid([definition for definition, _ in self.rows])
        done: list[list[Cell]] = []
        heads = []
        above: dict[int, tuple[int, int]] = {}
        for number, (definition, words) in enumerate(self.rows):
            cells: list[Cell] = []
            merged: dict[int, tuple[int, int]] = {}
            left = definition.left
            for at, each in enumerate(words):
                box = definition.boxes[at] if at < len(definition.boxes) else None
                right = box.right if box and box.right > left else left + 2 * _NEAR + 1
                column = _column(edges, left)
                across = max(1, _column(edges, right) - column)
                if box is None:
                    last = cells[-1] if cells else None
                    column, across = (last.column + last.column_span if last else 1), 1
                left = max(left, right)
                if column + across - 1 > self.limits.columns:
                    raise too_much("columns", self.limits.columns, self.place.at(row=number + 1))
                if box and box.across == "goes on" and cells:
                    cells[-1] = replace(cells[-1], column_span=column + across - cells[-1].column)
                    continue
                if box and box.merged == "goes on" and column in above:
                    top, index = merged[column] = above[column]
                    cell = done[top][index]
                    done[top][index] = replace(cell, row_span=number - top + 1)
                    continue
                place = self.place.at(row=number + 1, column=column)
                paragraphs = tuple(replace(p, place=place) for p in each.paragraphs)
                weights = [p.bold for p in paragraphs if p.text]
                fill = _fill(box, colours)
                if fill is None and len(each.fills) == 1:
                    fill = next(iter(each.fills))
                bold = bool(weights) and all(weights)
                cells.append(Cell(column, paragraphs, 1, across, fill, bold, place))
                if box and box.merged:
                    merged[column] = (number, len(cells) - 1)
            above = merged
            done.append(cells)
            heads.append(definition.header)
        rows = tuple(
            Row(tuple(cells), head, place=self.place.at(row=number))
            for number, (cells, head) in enumerate(zip(done, heads, strict=True), 1)
        )
        return Table(rows, None, self.place)


def _grid(definitions: list[Definition]) -> list[int]:
    """Where columns begin and end in the whole table, edges that nearly meet made one."""
    every = sorted(
        {definition.left for definition in definitions}
        | {box.right for definition in definitions for box in definition.boxes}
    )
    edges: list[int] = []
    for edge in every:
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges


def _column(edges: list[int], at: int) -> int:
    """The column, from 1, that begins at this distance."""
    return max(0, bisect_left(edges, at - _NEAR)) + 1


def _fill(box: Box | None, colours: list[str | None]) -> str | None:
    if box is None:
        return None
    index = box.ink if box.shade >= 9_000 else box.fill
    return colours[index] if index is not None and 0 <= index < len(colours) else None
