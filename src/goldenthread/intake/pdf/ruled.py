"""Tables that are drawn with rules: which rules belong together, and which cells they make.

A cell ends only where a rule is drawn. Where a horizontal rule does not cross a column, the cell of
that column goes on, and so merged cells come out as they were.
"""

from __future__ import annotations

import bisect
import itertools
from dataclasses import replace

from goldenthread.intake.pdf.lines import into_lines
from goldenthread.intake.pdf.page import Rule, Sheet, Word
from goldenthread.intake.pdf.part import Part, PartCell, paint

_TOUCH = 3.0  # rules this near each other meet
_DRAWING = 4_000_000  # more crossings than this would be a drawing, and take too long
_SHORT = 6.0  # pieces shorter than this only make rules when they line up, as dots do


def ruled_parts(sheet: Sheet) -> list[Part]:
    """The ruled tables of a page from top to bottom; a lone box round some text is none."""
    across = _merged([r for r in sheet.rules if r.across])
    down = _merged([r for r in sheet.rules if not r.across])
    if len(across) * len(down) > _DRAWING:
        return []
    parts = []
    for group in _groups(across, down):
        part = _part(sheet, [r for r in group if r.across], [r for r in group if not r.across])
        if part is not None:
            parts.append(part)
    return sorted(parts, key=lambda part: (part.top, part.edges[0]))


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap made one, so dots and dashes become a rule."""
    done: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at), r.start)):
        for n in range(len(done) - 1, max(len(done) - 40, -1), -1):
            other = done[n]
            if abs(other.at - rule.at) <= 1.5 and (
                other.start - _TOUCH <= rule.start <= other.end + _TOUCH
            ):
                done[n] = replace(other, end=max(other.end, rule.end))
                break
        else:
            done.append(rule)
    return [rule for rule in done if rule.end - rule.start >= _SHORT]


def _groups(across: list[Rule], down: list[Rule]) -> list[list[Rule]]:
    """Rules that cross or meet one another, each group the drawing of one table."""
    rules = across + down
    parent = list(range(len(rules)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    order = sorted(range(len(across)), key=lambda n: across[n].at)
    heights = [across[n].at for n in order]
    for v, vertical in enumerate(down, start=len(across)):
        first = bisect.bisect_left(heights, vertical.start - _TOUCH)
        last = bisect.bisect_right(heights, vertical.end + _TOUCH)
        for h in order[first:last]:
            if across[h].start - _TOUCH <= vertical.at <= across[h].end + _TOUCH:
                parent[root(h)] = root(v)
    groups: dict[int, list[Rule]] = {}
    for n, rule in enumerate(rules):
        groups.setdefault(root(n), []).append(rule)
    return list(groups.values())


def _clusters(values: list[float], apart: float = _TOUCH) -> list[float]:
    """Values that lie close together made one each, the middle of them."""
    done: list[list[float]] = []
    for value in sorted(values):
        if done and value - done[-1][-1] <= apart:
            done[-1].append(value)
        else:
            done.append([value])
    return [sum(each) / len(each) for each in done]


def _part(sheet: Sheet, across: list[Rule], down: list[Rule]) -> Part | None:
    if not across or not down:
        return None
    xs, ys = _clusters([r.at for r in down]), _clusters([r.at for r in across])
    # A table may be open at its sides, or at the foot of a page: its rules run past the last one.
    left, right = min(r.start for r in across), max(r.end for r in across)
    top, bottom = min(r.start for r in down), max(r.end for r in down)
    open_side = 10.0
    virtual = []
    if left < xs[0] - open_side:
        xs.insert(0, left)
        virtual.append(Rule(False, left, ys[0], ys[-1]))
    if right > xs[-1] + open_side:
        xs.append(right)
        virtual.append(Rule(False, right, ys[0], ys[-1]))
    if top < ys[0] - open_side:
        ys.insert(0, top)
        virtual.append(Rule(True, top, xs[0], xs[-1]))
    if bottom > ys[-1] + open_side:
        ys.append(bottom)
        virtual.append(Rule(True, bottom, xs[0], xs[-1]))
    if len(xs) < 3 or len(ys) < 2:
        return None
    across = across + [r for r in virtual if r.across]
    down = down + [r for r in virtual if not r.across]
    cells = _cells(xs, ys, across, down)
    words = [w for w in sheet.words if ys[0] - 1 <= w.middle <= ys[-1] + 1]
    _fill_in(cells, words)
    cells = [each for cell in cells for each in _parted(cell, xs)]
    cells, edges, height = _compact(cells, xs)
    if len(edges) < 3 or not any(cell.words for cell in cells):
        return None
    paint(cells, sheet.fills)
    return Part(sheet.number, edges, height, cells, True, ys[0], ys[-1])


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> list[PartCell]:
    """Rectangles between rules: runs of squares in each row, then runs that go on downwards."""
    by_x = {n: [r for r in down if abs(r.at - x) <= _TOUCH] for n, x in enumerate(xs)}
    by_y = {n: [r for r in across if abs(r.at - y) <= _TOUCH] for n, y in enumerate(ys)}
    open_cells: dict[tuple[int, int], PartCell] = {}
    done: list[PartCell] = []
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        walls = [
            n
            for n in range(len(xs))
            if n in (0, len(xs) - 1)
            or any(r.start - _TOUCH <= middle <= r.end + _TOUCH for r in by_x[n])
        ]
        going_on: dict[tuple[int, int], PartCell] = {}
        for left, right in itertools.pairwise(walls):
            above = open_cells.get((left, right))
            if above is not None and not _crossed(by_y[row], xs[left], xs[right]):
                above.row_span += 1
                above.bottom = ys[row + 1]
                going_on[left, right] = above
                continue
            cell = PartCell(row, left, 1, right - left, xs[left], ys[row], xs[right], ys[row + 1])
            going_on[left, right] = cell
            done.append(cell)
        open_cells = going_on
    return done


def _crossed(rules: list[Rule], x0: float, x1: float) -> bool:
    """Whether rules cross this width, but for a little: an underline does not."""
    covered, reach = 0.0, x0
    for rule in sorted(rules, key=lambda r: r.start):
        start, end = max(rule.start, reach), min(rule.end, x1)
        if end > start:
            covered += end - start
            reach = end
    return covered >= 0.85 * (x1 - x0)


def _fill_in(cells: list[PartCell], words: list[Word]) -> None:
    by_row: dict[int, list[PartCell]] = {}
    for cell in cells:
        for band in range(int(cell.top // 50), int(cell.bottom // 50) + 1):
            by_row.setdefault(band, []).append(cell)
    for word in words:
        for cell in by_row.get(int(word.middle // 50), ()):
            if cell.holds(word):
                cell.words.append(word)
                break


def _parted(cell: PartCell, xs: list[float]) -> list[PartCell]:
    """The cell, or several where its words keep clear of the rules that other rows have.

    Some styles draw rules down every second row only. A heading that runs over the row crosses
    those edges, or its words stand as close as words do.
    """
    if cell.column_span < 2 or not cell.words:
        return [cell]
    inner = xs[cell.column + 1 : cell.column + cell.column_span]
    clear = [
        x for x in inner if not any(word.x0 < x - 1 and word.x1 > x + 1 for word in cell.words)
    ]
    runs = [run for line in into_lines(cell.words) for run in line.segments()]
    if len(clear) < len(inner) or any(run[0].x0 < x < run[-1].x1 for run in runs for x in inner):
        return [cell]
    edges = [cell.x0, *inner, cell.x1]
    cells = []
    for n, (left, right) in enumerate(itertools.pairwise(edges)):
        part = replace(cell, column=cell.column + n, column_span=1, x0=left, x1=right)
        part.words = [word for word in cell.words if part.holds(word)]
        cells.append(part)
    # One run alone is a merged cell that happens to be short.
    return cells if sum(bool(part.words) for part in cells) > 1 else [cell]


def _compact(cells: list[PartCell], xs: list[float]) -> tuple[list[PartCell], list[float], int]:
    """The cells without rows and columns in which none begins: an underline had made them.

    So do slivers: a double rule is one rule.
    """
    cells = [c for c in cells if c.words or (c.x1 - c.x0 > 4 and c.bottom - c.top > 4)]
    columns = sorted({c.column for c in cells})
    rows = sorted({c.row for c in cells})
    for cell in cells:
        last_column, last_row = cell.column + cell.column_span, cell.row + cell.row_span
        cell.column_span = bisect.bisect_left(columns, last_column) - columns.index(cell.column)
        cell.row_span = bisect.bisect_left(rows, last_row) - rows.index(cell.row)
        cell.column, cell.row = columns.index(cell.column), rows.index(cell.row)
    return cells, [xs[n] for n in columns] + [xs[-1]], len(rows)
