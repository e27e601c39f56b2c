"""From one printed row to the lines that it means.

Most rows are one line. A row of a matrix is one for each step, dated by its column's heading; a row
whose cells key their items with the same numbers ("1.1 … 1.2 …" in each) is one for each number. A
cell that holds two fields is parted by what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldenthread import timescale
from goldenthread.documents import contents
from goldenthread.documents.columns import Layout
from goldenthread.documents.headings import Role, exact_role
from goldenthread.documents.numbers import bare_number, list_number, split_number
from goldenthread.errors import Place
from goldenthread.intake import Cell, Paragraph, Row


@dataclass
class Line:
    """One printed row of a record: the paragraphs that stand under each role.

    ``fresh`` holds the roles whose cell begins in this row; the others hang down from above.
    ``cut`` is true when the row goes on with the one above after a page end. ``doubtful`` is true
    where the row had to be put right to be read. ``home`` is the place of the row, and ``beside``
    are the cells that begin in it under a heading that names no part of a plan.
    """

    cells: Mapping[Role, tuple[Cell, ...]]
    fresh: frozenset[Role]
    place: Place
    number: str | None = None
    cut: bool = False
    action_number: str | None = None
    doubtful: bool = False
    home: Place = Place()
    beside: tuple[Cell, ...] = ()

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


def line_of(
    row: Row,
    positions: Sequence[Cell | None],
    layout: Layout,
    above: Sequence[Cell | None] | None,
) -> Line | None:
    """The row as one line; None when nothing stands under the plan's headings."""
    cells: dict[Role, list[Cell]] = {}
    fresh: set[Role] = set()
    number = hanging = None
    roles = _roles_of_wide_cells(positions, layout)
    for column, role in sorted(layout.roles.items()):
        cell = positions[column - 1] if column <= len(positions) else None
        if cell is None:
            continue
        role = roles.get(id(cell), role)
        begins = above is None or column > len(above) or above[column - 1] is not cell
        if role == "number":
            if begins and _number_in(cell):
                number = number or _number_in(cell)
                fresh.add(role)
            else:
                hanging = _number_in(cell)
            continue
        shares = _fields(cell, role, layout.second.get(column))
        for part, words in shares.items():
            known = cells.setdefault(part, [])
            if all(cell is not other for other in known):
                known.append(words)
            if begins:
                fresh.add(part)
    if number is None and "recommendation" in fresh:
        number = hanging
    in_matrix = any(_holds(positions, column) for column in layout.times)
    if (
        number is None
        and not in_matrix
        and not any(cell.text for group in cells.values() for cell in group)
    ):
        return None
    _one_date(cells)
    return Line(
        {role: tuple(group) for role, group in cells.items()},
        frozenset(fresh),
        row.place,
        number,
        row.after_page_break,
        beside=tuple(_beside(positions, layout, above)),
    )


def _beside(
    positions: Sequence[Cell | None], layout: Layout, above: Sequence[Cell | None] | None
) -> Iterator[Cell]:
    """The cells under headings without a role, where they begin and under no other heading."""
    read = {id(positions[c - 1]) for c in layout.roles if c <= len(positions)}
    for column, words in sorted(layout.headings.items()):
        if not words or column in layout.roles or column in layout.times:
            continue
        cell = positions[column - 1] if column <= len(positions) else None
        hangs = above is not None and column <= len(above) and above[column - 1] is cell
        if cell is not None and cell.text and not hangs and id(cell) not in read:
            yield cell


def _roles_of_wide_cells(positions: Sequence[Cell | None], layout: Layout) -> dict[int, Role]:
    """The one role of each cell that stands under headings of several roles.

    It is that with most of the cell under it, and no role is given twice where another is free.
    Columns part so where two tables became one, or an author dragged a line. A time across a start
    and an end column is a time.
    """
    chosen: dict[int, Role] = {}
    taken: set[Role] = set()
    cells = list({id(c): c for c in positions if c is not None}.values())
    headed = layout.header_cells()
    crossing = any(_crosses(cell, headed) for cell in cells)
    if crossing and len(cells) == len(headed) and not layout.times:
        # As many cells as headings, only their borders differ: the first stands under the first.
        ordered = sorted(cells, key=lambda cell: cell.column)
        by_order = zip(ordered, headed, strict=True)
        return {id(c): layout.roles[cols[0]] for c, cols in by_order if cols[0] in layout.roles}
    for cell in cells:
        under = [
            layout.roles[column]
            for column in range(cell.column, cell.column + cell.column_span)
            if column in layout.roles
        ]
        if len(set(under)) > 1:
            if set(under) == {"start", "end"}:
                chosen[id(cell)] = "timescale"
                continue
            free = [role for role in under if role not in taken] or under
            chosen[id(cell)] = max(free, key=lambda role: (free.count(role), -free.index(role)))
            taken.add(chosen[id(cell)])
        elif under:
            taken.add(under[0])
    return chosen


def _crosses(cell: Cell, headed: Sequence[Sequence[int]]) -> bool:
    """Whether a cell's border stands inside a heading of several columns."""
    columns = set(range(cell.column, cell.column + cell.column_span))
    return any(columns & set(group) and set(group) - columns for group in headed)


def _number_in(cell: Cell) -> str | None:
    """The number that a cell prints, or that its list counts where it prints no words."""
    if cell.text:
        return bare_number(cell.text)
    return next((n for p in cell.paragraphs if (n := list_number(p)) is not None), None)


def _holds(positions: Sequence[Cell | None], column: int) -> bool:
    cell = positions[column - 1] if column <= len(positions) else None
    return cell is not None and bool(cell.text or cell.fill)


def _one_date(cells: dict[Role, list[Cell]]) -> None:
    """A revised date stands for the one before it, and a date of completion for both."""
    done = [cell for cell in cells.pop("completed", []) if cell.text]
    revised = [cell for cell in cells.pop("revised", []) if cell.text]
    old = [cell for cell in cells.get("timescale", []) if cell.text]
    if done and contents.is_time(done[0].text):
        first = next((p for p in done[0].paragraphs if p.text), None)
        if first is not None and not timescale.status_of(first.text):
            first = replace(first, text=f"Completed {first.text}")
        kept = [replace(done[0], paragraphs=(first,) if first else ())]
        cells["timescale"] = kept
    elif revised:
        cells["timescale"] = revised
    else:
        return
    if old:
        said = [_label(cell, "Original date") for cell in old]
        cells["update"] = [*cells.get("update", []), *said]


def _label(cell: Cell, label: str) -> Cell:
    return replace(
        cell,
        paragraphs=tuple(
            replace(p, text=f"{label}: {p.text}", list_level=None, marker=None)
            for p in cell.paragraphs
            if p.text
        ),
    )


# --- two fields in one cell -------------------------------------------------------------------


def _fields(cell: Cell, role: Role, second: Role | None) -> dict[Role, Cell]:
    """The cell under its role, or parted between its role and a second one."""
    if second is None or not cell.text:
        return {role: cell}
    parts: dict[Role, list[Paragraph]] = {role: [], second: []}
    before = role
    several = sum(1 for p in cell.paragraphs if p.text) > 1
    for paragraph in cell.paragraphs:
        if not paragraph.text:
            parts[before].append(paragraph)
            continue
        label = _FIELD_LABEL.match(paragraph.text)
        named = exact_role(label["label"]) if label else None
        if label and named in (role, second):
            before = role if named == role else second
            parts[before].append(replace(paragraph, text=label["rest"]))
            continue
        first = not parts[role] and not parts[second]
        told = second != "timescale" and _may_name(paragraph.text)
        if role == "lead" and first and several and told:
            # The first of several lines under "Lead/Outcome" is the lead, however it is written.
            parts[role].append(paragraph)
            before = role
            continue
        for part, words in _halves(paragraph.text, role, second):
            parts[part].append(replace(paragraph, text=words))
            before = part
    return {part: replace(cell, paragraphs=tuple(found)) for part, found in parts.items() if found}


_FIELD_LABEL = re.compile(r"^\s*(?P<label>[A-Z][A-Za-z ]{2,30})\s*:\s+(?P<rest>\S.*)$", re.DOTALL)


def _may_name(text: str) -> bool:
    """Whether a line is short enough to name a lead and begins nothing that is done."""
    return len(text.split()) <= 8 and not contents.begins_with_a_verb(text)


def _halves(text: str, role: Role, second: Role) -> list[tuple[Role, str]]:
    """A line that says one thing, or two parted by a full stop, a comma, a dash or a bracket."""
    if {role, second} == {"lead", "timescale"}:
        for sign in (" – ", " — ", " - ", " / ", "; ", ": "):
            before, _, after = text.partition(sign)
            if after and contents.is_lead(before) and contents.is_time(after):
                return [("lead", before.strip()), ("timescale", after.strip())]
            if after and contents.is_time(before) and contents.is_lead(after):
                return [("timescale", before.strip()), ("lead", after.strip())]
        for found in timescale.find(text):
            rest = f"{text[: found.start]} {text[found.end :]}".strip(" ,;:()–—-/\n")
            if contents.is_lead(rest):
                return [("lead", rest), ("timescale", text[found.start : found.end].strip(" ()"))]
    whole = _belongs(text, role, second)
    if whole is not None:
        return [(whole, text)]
    for mark in (". ", "; ", " – ", " - ", " — ", ": ", ", "):
        at = text.find(mark)
        if at < 0:
            continue
        first, rest = text[:at].strip(), text[at + len(mark) :].strip()
        left, right = _belongs(first, role, second), _belongs(rest, role, second)
        if left == role and first and rest and right != role:
            return [(role, first), (second, rest)]
        if left == second and right != second and first and rest:
            return [(second, first), (role, rest)]
    return [(_fallback(role, second), text)]


def _belongs(text: str, role: Role, second: Role) -> Role | None:
    """The one of the two roles that a text plainly has; None when neither or both."""
    tests: dict[Role, Callable[[str], bool]] = {
        "lead": contents.is_lead,
        "supporting": contents.is_lead,
        "timescale": contents.is_time,
        "status": contents.is_status,
    }
    yes = [part for part in (role, second) if part in tests and tests[part](text)]
    return yes[0] if len(yes) == 1 else (role if len(yes) == 2 else None)


def _fallback(role: Role, second: Role) -> Role:
    """Where words go that are no lead, time or mark: to the field that takes any words."""
    free = [part for part in (role, second) if part in ("measure", "update")]
    return free[0] if free else role


# --- keyed rows -------------------------------------------------------------------------------


def keyed_lines(line: Line) -> list[Line]:
    """One line for each number where the row's cells repeat the same numbers to key their items."""
    host: Role = "recommendation" if _keys(line, "recommendation") else "action"
    keys = _keys(line, host)
    if not keys:
        return [line]
    keyed = {role: found for role in line.cells if role != host and (found := _keyed(line, role))}
    if not keyed or not any(set(found) <= set(keys) for found in keyed.values()):
        return [line]
    if len(keys) == 1 and any(set(found) - set(keys) for found in keyed.values()):
        return [line]
    lines = []
    for index, (key, paragraphs) in enumerate(keys.items()):
        cells: dict[Role, tuple[Cell, ...]] = {}
        for role, group in line.cells.items():
            if role == host:
                mine: Sequence[Paragraph] | None = paragraphs
            elif role in keyed:
                mine = keyed[role].get(key, ())
            else:
                mine = None
            cells[role] = group if mine is None else (replace(group[0], paragraphs=tuple(mine)),)
        fresh = line.fresh if index == 0 else frozenset({host, *keyed} & line.fresh)
        number = line.number if index == 0 and line.number != key else None
        one = replace(line, cells=cells, fresh=fresh, number=number)
        if host == "action":
            one.action_number = key
        else:
            one.number = key
        lines.append(one)
    return lines


def _keys(line: Line, role: Role) -> dict[str, list[Paragraph]]:
    """The items of a cell by the number that opens each; none where one has no dotted number."""
    found = _keyed(line, role)
    return found if all("." in key for key in found) else {}


def _keyed(line: Line, role: Role) -> dict[str, list[Paragraph]]:
    items: dict[str, list[Paragraph]] = {}
    current: list[Paragraph] | None = None
    for paragraph in line.paragraphs(role):
        key, rest = _key(paragraph)
        if key is not None:
            current = items.setdefault(key, [])
            current.append(replace(paragraph, text=rest, marker=None, list_level=None))
        elif current is not None:
            current.append(paragraph)
        elif paragraph.text:
            return {}
    return items


def _key(paragraph: Paragraph) -> tuple[str | None, str]:
    if paragraph.marker and paragraph.marker[0].isdigit() and "." in paragraph.marker:
        return paragraph.marker, paragraph.text
    number, rest = split_number(paragraph.text)
    if number is None:
        opening, _, words = paragraph.text.partition(" ")
        bare = opening.rstrip(".:)")
        if "." in bare and bare.replace(".", "").isdigit() and words:
            return bare, words.strip(" –—-:")
        return None, paragraph.text
    return (number, rest) if "." in number else (None, paragraph.text)


# --- matrices ---------------------------------------------------------------------------------


def matrix_lines(line: Line, positions: Sequence[Cell | None], layout: Layout) -> list[Line]:
    """The lines of a row of a matrix: one with every time ticked, or one for each step."""
    marked = [
        (column, words, cell)
        for column, words in sorted(layout.times.items())
        if column <= len(positions)
        and (cell := positions[column - 1]) is not None
        and _is_marked(cell, layout)
    ]
    if layout.ticked:
        times = tuple(
            Paragraph(words, list_level=0, marker="•", place=cell.place)
            for _, words, cell in marked
        )
        if not times:
            return [line]
        cells: dict[Role, tuple[Cell, ...]] = dict(line.cells)
        cells["timescale"] = (*cells.get("timescale", ()), Cell(marked[0][0], times))
        return [replace(line, cells=cells, fresh=line.fresh | {"timescale"})]
    seen: set[int] = set()
    lines: list[Line] = []
    for column, words, cell in marked:
        if id(cell) in seen:
            continue
        seen.add(id(cell))
        covered = [w for _, w, c in marked if c is cell]
        when = words if len(covered) == 1 else f"{covered[0]} to {covered[-1]}"
        cells = dict(line.cells)
        cells["action"] = (cell,)
        cells["timescale"] = (Cell(column, (Paragraph(when, place=cell.place),)),)
        fresh = line.fresh if not lines else frozenset(line.fresh - {"recommendation", "response"})
        lines.append(
            replace(
                line,
                cells=cells,
                fresh=fresh | {"action", "timescale"},
                place=line.place.at(column=column),
                number=line.number if not lines else None,
            )
        )
    return lines or [line]


def _is_marked(cell: Cell, layout: Layout) -> bool:
    if cell.text.strip() in ("-", "–", "—", "n/a", "N/A"):
        return False
    return bool(cell.text) or (layout.ticked and bool(cell.fill))


def key_matrix(line: Line, positions: Sequence[Cell | None], layout: Layout) -> list[Line] | None:
    """The lines of a matrix whose cells are keyed by number; None where they are not.

    The steps of each number answer the item that carries it, whichever year they stand under.
    """
    if layout.ticked:
        return None
    cells: dict[Role, tuple[Cell, ...]] = dict(line.cells)
    keys = _keys(line, "recommendation")
    steps: dict[int, dict[str, list[Paragraph]]] = {}
    for column in layout.times:
        cell = positions[column - 1] if column <= len(positions) else None
        if cell is not None and cell.text:
            one = replace(line, cells={"action": (cell,)}, fresh=frozenset({"action"}))
            steps[column] = _keyed(one, "action")
    if not keys or not all(set(found) and set(found) <= set(keys) for found in steps.values()):
        return None
    lines: list[Line] = []
    for one in keyed_lines(replace(line, cells=cells)):
        key = one.number or next(iter(keys))
        mine: list[Cell | None] = [None] * len(positions)
        for column, found in steps.items():
            source = positions[column - 1]
            if key in found and source is not None:
                mine[column - 1] = replace(source, paragraphs=tuple(found[key]))
        lines += matrix_lines(one, mine, layout)
    return lines
