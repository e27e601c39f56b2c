"""Which column of a plan's table holds what: read from the headings, with the cells' own help.

Headings lead. What stands in a column may settle a heading that means different things in
different councils ("Target", "Outcome", "Date") but never makes a plan of a table by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goldenthread.documents import contents
from goldenthread.documents.headings import (
    Role,
    heading_role,
    is_plainly_a_heading,
    is_time_heading,
    second_role,
    time_in_headings,
)
from goldenthread.documents.settling import CORE, Body, matrix, settle, steps_answer_actions
from goldenthread.intake import Cell, Table
from goldenthread.plan.wording import fold

_COMPANIONS: frozenset[Role] = frozenset(
    {"lead", "timescale", "start", "end", "measure", "status", "update", "number", "supporting"}
)
_TIMES: frozenset[Role] = frozenset({"timescale", "start", "end", "revised", "completed"})
_HEADER_ROWS_LOOKED_AT = 12
_LONGEST_HEADING = 90

# Words of tables that list risks, changes to the paper, people or figures: no plan, whatever else
# their headings say. A table is left out where it has one of the first or two of the second.
_NEVER = frozenset({"likelihood", "probability", "residual risk", "version", "inherent risk"})
_SELDOM = frozenset(
    """
    risk impact mitigation mitigating score consequence amendment baseline numerator denominator
    organisation email telephone attendance apologies mitigations severity
    """.split()  # noqa: SIM905
)
_NOT_OF_PLANS = frozenset(
    "term definition meaning question answer author changes change abbreviation".split()  # noqa: SIM905
)
# Names of sheets, and headings over tables, under which no plan stands.
_NO_PLAN_TITLES = """
    instructions, guidance, guidance notes, lists, lookup, lookups, drop downs, dropdowns, key,
    legend, risk register, risks, risk log, version control, document control, version history,
    read me, readme, cover, cover sheet, front sheet, introduction, notes, about, glossary,
    contacts, membership, example, examples, worked example, how to use, how to
    complete, revision history, change log, definitions, abbreviations
"""
_TITLES = frozenset(" ".join(title.split()) for title in _NO_PLAN_TITLES.split(","))
# Of these a heading over a table may be anything; only a sheet of that name holds no plan.
_SHEETS_ONLY = frozenset({"introduction", "notes", "about", "cover", "key", "guidance", "lists"})


@dataclass(frozen=True)
class Layout:
    """How a table is to be read.

    ``roles`` gives each column's role (columns count from 1; a column without one is not in it).
    ``headings`` keeps the words above each column. The plan's rows are those from ``first_row``
    (an index into the table's rows) on. ``second`` names the other field of a column that holds
    two. ``times`` holds the columns of a matrix with the time that heads each; ``ticked`` is true
    where their cells only tick, false where they hold the steps themselves. ``confirmed`` holds the
    columns whose role a person has confirmed.
    """

    roles: Mapping[int, Role]
    headings: Mapping[int, str]
    first_row: int
    width: int
    second: Mapping[int, Role] = field(default_factory=dict)
    times: Mapping[int, str] = field(default_factory=dict)
    ticked: bool = False
    confirmed: frozenset[int] = frozenset()

    def columns(self, *roles: Role) -> tuple[int, ...]:
        """The columns that have one of these roles, left to right."""
        return tuple(column for column, role in sorted(self.roles.items()) if role in roles)

    @property
    def tells_when(self) -> bool:
        """Whether the table has a place of its own for timescales."""
        return bool(self.times or _TIMES & {*self.roles.values(), *self.second.values()})

    def header_cells(self) -> list[list[int]]:
        """The columns under each heading, left to right."""
        groups: list[list[int]] = []
        for column, words in sorted(self.headings.items()):
            if groups and words and self.headings[groups[-1][0]] == words:
                groups[-1].append(column)
            else:
                groups.append([column])
        return groups

    def in_order(self, width: int) -> Layout | None:
        """The same layout for a table without a header that has one column for each heading."""
        groups = self.header_cells()
        if self.times or len(groups) != width:
            return None
        places = {new: columns[0] for new, columns in enumerate(groups, 1)}
        return Layout(
            {new: self.roles[old] for new, old in places.items() if old in self.roles},
            {new: self.headings[old] for new, old in places.items()},
            0,
            width,
            {new: self.second[old] for new, old in places.items() if old in self.second},
        )

    def ignored(self) -> tuple[tuple[int, str], ...]:
        """Columns that have a heading and no role that a plan can hold."""
        return tuple(
            (column, words)
            for column, words in sorted(self.headings.items())
            if words
            and column not in self.times
            and self.roles.get(column, "other") in ("other", "rationale")
        )


def recognise(
    table: Table, grid: Sequence[Sequence[Cell | None]], known: Mapping[str, Role] | None = None
) -> Layout | None:
    """The layout of a plan's table, or None when its headings are not those of a plan.

    A plan's table names actions or recommendations, and at least one thing about them; or it is a
    matrix, whose headings are times and whose cells hold steps or ticks. ``known`` gives the roles
    that a person has confirmed, by folded heading.
    """
    if is_no_plan_title(table.title or ""):
        return None
    best: tuple[tuple[int, int], Layout] | None = None
    for index in range(min(_HEADER_ROWS_LOOKED_AT, len(grid))):
        layout = _layout_at(table, grid, index, known or {})
        if layout is None:
            continue
        roles = {role for role in layout.roles.values() if role != "other"}
        declared = 1 if table.rows[index].header else 0
        score = (len(roles) + declared + 2 * bool(layout.times), -index)
        if best is None or score > best[0]:
            best = (score, layout)
    return best[1] if best else None


def is_no_plan_title(words: str, *, sheet: bool = True) -> bool:
    """Whether a sheet's name or a heading says that what follows is no plan.

    >>> is_no_plan_title("Risk register"), is_no_plan_title("Action plan")
    (True, False)
    """
    folded = fold(words)
    if not sheet and folded in _SHEETS_ONLY:
        return False
    numberless = " ".join(w for w in folded.split() if not (len(w) <= 2 or w.isdigit()))
    return folded in _TITLES or numberless in _TITLES or folded.startswith("instructions ")


def _layout_at(
    table: Table,
    grid: Sequence[Sequence[Cell | None]],
    index: int,
    known: Mapping[str, Role],
) -> Layout | None:
    """The layout that follows from taking row ``index``, and perhaps the next, as the header."""
    cells = {id(cell): cell for cell in grid[index] if cell is not None}
    if len(cells) < 2 or any(len(cell.text) > 2 * _LONGEST_HEADING for cell in cells.values()):
        return None
    depth = _header_depth(table, grid, index)
    roles: dict[int, Role] = {}
    headings: dict[int, str] = {}
    second: dict[int, Role] = {}
    times: dict[int, str] = {}
    spread = ""
    for column in range(table.width):
        above = grid[index][column]
        below = grid[index + depth - 1][column] if depth > 1 else None
        upper = " ".join(above.text.split()) if above else ""
        lower = " ".join(below.text.split()) if below is not None and below is not above else ""
        if upper:
            spread = upper
        elif lower and depth > 1:
            upper = spread  # a heading over several columns whose merged cell was flattened
        headings[column + 1] = " ".join(f"{upper} {lower}".split())
        time = time_in_headings(upper, lower)
        if time:
            times[column + 1] = time
        role = known.get(fold(headings[column + 1])) or _column_role(upper, lower)
        if role:
            roles[column + 1] = role
            other = second_role(headings[column + 1])
            if other:
                second[column + 1] = other
    if _lists_something_else(headings.values()):
        return None
    words = [cell.text for row in grid[index : index + depth] for cell in row if cell is not None]
    plain = any(is_plainly_a_heading(each) or fold(each) in known for each in words)
    if not plain and not table.rows[index].header:
        return None  # words of a plan's rows may hold "leads" and "action" too
    if not table.rows[index].header and _speaks(words, known):
        return None
    first = index + depth
    body = Body(grid, first)
    times, ticked = matrix(times, body)
    for column in times:
        roles.pop(column, None)
        second.pop(column, None)
    roles = settle(roles, headings, body, times)
    confirmed = {c: known[fold(h)] for c, h in headings.items() if fold(h) in known}
    roles.update({c: role for c, role in confirmed.items() if c not in times})
    if times and not ticked:
        steps_answer_actions(roles)
    if not _is_plan(set(roles.values()), bool(times)):
        return None
    second = {c: r for c, r in second.items() if c in roles and r not in roles.values()}
    sure = frozenset(confirmed)
    return Layout(roles, headings, first, table.width, second, times, ticked, sure)


def _speaks(words: Sequence[str], known: Mapping[str, Role]) -> bool:
    """Whether a row speaks as rows of a plan do, rather than naming columns.

    A header names more columns than not, and begins no sentence and gives no day.
    """
    said = [text for text in words if text.strip()]
    named = sum(1 for t in said if fold(t) in known or heading_role(t) or is_time_heading(t))
    speaking = sum(
        1
        for text in said
        if not is_plainly_a_heading(text)
        and not is_time_heading(text)
        and (
            (contents.begins_with_a_verb(text) and len(text.split()) > 3)
            or (contents.is_time(text) and any(c.isdigit() for c in text))
            or len(text.split()) > 14
        )
    )
    return 2 * named < len(said) or speaking > 0


def _is_plan(roles: set[Role], matrix: bool) -> bool:
    if matrix:
        return bool(roles & CORE)
    if {"recommendation", "theme"} <= roles and roles & {"evidence", "rationale"}:
        return True  # objectives with their reasons, before anybody has said who and when
    return bool(roles & CORE) and len(roles & (CORE | _COMPANIONS)) >= 2


def _lists_something_else(headings: Iterable[str]) -> bool:
    """Whether the headings are those of a risk register, a version history or a glossary."""
    words = [fold(heading) for heading in headings]
    if any(w in _NEVER or w.startswith(("likelihood", "probability")) for w in words):
        return True
    return sum(1 for w in set(words) if w in _NOT_OF_PLANS or _SELDOM & set(w.split())) >= 2


def _column_role(upper: str, lower: str) -> Role | None:
    """The role of a column that has a heading and perhaps a second one under it."""
    parent, child = heading_role(upper), heading_role(lower) if lower else None
    if child in ("start", "end"):
        return child
    if parent == "timescale" and child in ("timescale", "revised", "completed"):
        return child
    if parent in ("lead", "supporting") and child in ("lead", "supporting"):
        return child
    if parent in ("lead", "supporting") and fold(lower) in ("s", "support", "c", "i", "oversight"):
        return "supporting"
    if child is not None and parent in (None, "other", "update", "recommendation", "action"):
        return child
    return parent or child


def _header_depth(table: Table, grid: Sequence[Sequence[Cell | None]], index: int) -> int:
    """1, or 2 where one heading stands over two columns that have headings of their own."""
    if index + 1 >= len(grid):
        return 1
    wide = [
        cell
        for cell in table.rows[index].cells
        if 1 < cell.column_span < table.width
        and cell.row_span == 1
        and (not contents.is_figure(cell.text) or is_time_heading(cell.text))
    ]
    for cell in wide:
        under = {
            id(c): c
            for c in grid[index + 1][cell.column - 1 : cell.column - 1 + cell.column_span]
            if c is not None
        }
        if len(under) > 1 and all(_is_heading(c.text) for c in under.values() if c.text):
            return 2
    if any(cell.row_span == 2 for cell in table.rows[index].cells) and wide:
        return 2
    return 2 if _is_flattened(grid[index], grid[index + 1]) else 1


def _is_heading(words: str) -> bool:
    return len(words) <= _LONGEST_HEADING and (
        heading_role(words) is not None or is_time_heading(words)
    )


def _is_flattened(upper: Sequence[Cell | None], lower: Sequence[Cell | None]) -> bool:
    """Whether the second row holds nothing but headings under blanks of the first.

    So a two-row header looks after its merged cells were lost: blanks beside "Timeframe", and
    "Start" and "End" under it.
    """
    below = [(i, c) for i, c in enumerate(lower) if c is not None and c.text]
    if len(below) < 2 or any(c is upper[i] or len(c.text) > 40 for i, c in below):
        return False
    fills_blank = any(upper[i] is None or not (upper[i] or c).text for i, c in below)
    beside = sum(1 for cell in upper if cell is not None and cell.text) >= 3
    return fills_blank and beside and all(_is_heading(c.text) for _, c in below)
