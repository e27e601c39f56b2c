"""Tables without rules down the page: columns are the empty strips that end at a column head.

Rows begin at a number in the first column, at a gap, or at a rule across the page.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.intake.pdf.lines import PARAGRAPH_GAP, Line, pitch
from goldenthread.intake.pdf.page import Sheet, Word
from goldenthread.intake.pdf.part import Part, PartCell, paint

_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*[.):]?")
_LIST_MARK = re.compile(r"[•◦▪●■○–—-]|\(?[0-9a-z]{1,3}[.)]")
_HEAD_WORDS = 9  # more words than this in one run are a sentence and no column head
_CROSSED = 0.02  # the share of lines that may cross the strip between two columns


@dataclass
class Found:
    """A table among the lines of a page, from line ``first`` up to but not including ``end``."""

    part: Part
    first: int
    end: int


def find(sheet: Sheet, zone: Sequence[Line], like: Part | None = None) -> Found | None:
    """The first table without rules in a zone of a page, None when there is none.

    ``like`` is the table that ended the page before: where no column heads are repeated, its
    columns go on if the lines of this page keep to them.
    """
    if like is not None and zone and _keeps_to(zone[:8], like.edges):
        end = _region_ends(zone, 0, like.edges)
        if end >= 2:
            return Found(_part(sheet, zone[:end], like.edges, headed=False), 0, end)
    for first, line in enumerate(zone):
        heads = line.segments()
        if not _may_be_heads(heads):
            continue
        end = _region_ends(zone, first, [run[0].x0 for run in heads])
        if end - first < (3 if len(heads) > 2 else 4):
            continue
        second = _second_heads(zone[first + 1 : first + 4], line)
        # A head over two others covers the strip between them.
        edges = _columns(zone[first + bool(second) : end], heads, second)
        if len(edges) >= 3:
            return Found(_part(sheet, zone[first:end], edges, headed=True), first, end)
    return None


def _may_be_heads(heads: list[list[Word]]) -> bool:
    # Two long runs side by side are more likely the lines of text set in two columns.
    most = _HEAD_WORDS if len(heads) > 2 else _HEAD_WORDS // 2
    if len(heads) < 2 or any(len(run) > most for run in heads):
        return False
    first = " ".join(word.text for word in heads[0])
    # "1.   Some text" is an item of a list; "No.   Action" heads two columns.
    return len(heads) > 2 or not (_LIST_MARK.fullmatch(first) or _NUMBER.fullmatch(first))


def _second_heads(below: Sequence[Line], heads: Line) -> list[list[Word]]:
    """The heads of a second row, "Start" and "End" under "Timeframe", if they are bold too."""
    found: list[list[Word]] = []
    for line in below:
        if not (heads.bold and line.bold):
            break
        found.extend(line.segments())
    return found


def _keeps_to(zone: Sequence[Line], edges: list[float]) -> bool:
    """Whether lines stand in these columns: several of them do, and none runs over an edge."""
    several = sum(len(line.segments()) > 1 for line in zone)
    crossing = sum(
        any(
            word.x0 < edge - 1 and word.x1 > edge + 1 for word in line.words for edge in edges[1:-1]
        )
        for line in zone
    )
    return several >= max(1, len(zone) // 3) and crossing == 0


def _region_ends(zone: Sequence[Line], first: int, starts: list[float]) -> int:
    """Where the table ends: after the last line with several runs, and what hangs below it."""
    usual = pitch(zone[first:])
    end, strange = first + 1, 0
    for n in range(first + 1, len(zone)):
        line = zone[n]
        if line.bottom - zone[n - 1].bottom > 6 * usual:
            break
        runs = line.segments()
        if len(runs) == 1 and line.bold and n > first + 1 and _heads_follow(zone, n):
            break
        # An item of a list below the table is also two runs, its mark and its words.
        marked = len(runs) == 2 and _LIST_MARK.fullmatch(" ".join(w.text for w in runs[0]))
        if len(runs) > 1 and not (marked and strange):
            end, strange = n + 1, 0
        elif _in_column(line, starts):
            if n == end and line.bottom - zone[n - 1].bottom <= PARAGRAPH_GAP * usual:
                end = n + 1
        else:
            strange += 1
            if strange > 3:
                break
    return end


def _heads_follow(zone: Sequence[Line], title: int) -> bool:
    """Whether a bold line is the title of another table, whose bold heads stand a little below."""
    below = zone[title + 1 : title + 4]
    heads = next((n for n, line in enumerate(below) if len(line.segments()) > 1), None)
    return heads is not None and below[heads].bold and _may_be_heads(below[heads].segments())


def _in_column(line: Line, starts: list[float]) -> bool:
    """Whether a line stands inside one column and ends before the next begins."""
    n = bisect.bisect_right(starts, line.x0 + 4) - 1
    following = starts[n + 1] if n + 1 < len(starts) else math.inf
    return n > 0 and line.x1 < following


def _crosses(line: Line, heads: list[list[Word]]) -> bool:
    """Whether a line is one run from the first column into others, as a section row is."""
    runs = line.segments()
    return len(runs) == 1 and line.x0 < heads[1][0].x0 - 4 and line.x1 > heads[1][0].x0 + 4


def _columns(
    region: Sequence[Line], heads: list[list[Word]], second: list[list[Word]]
) -> list[float]:
    """The left edges of the columns and the right end of the last one."""
    inside = [line for line in region if not _crosses(line, heads)]
    left = min(line.x0 for line in inside)
    right = max(line.x1 for line in inside)
    covered = [0] * (int(right - left) + 2)
    for line in inside:
        for x in {
            x
            for word in line.words
            for x in range(int(word.x0 - left), math.ceil(word.x1 - left) + 1)
            if x < len(covered)
        }:
            covered[x] += 1
    allowed = int(_CROSSED * len(inside))
    least = 0.45 * statistics.median(line.size for line in inside)
    strips: list[tuple[float, float]] = []
    begun: int | None = None
    for x, count in enumerate(covered):
        if count <= allowed:
            begun = x if begun is None else begun
        elif begun is not None:
            if x - begun >= least:
                strips.append((left + begun, left + x))
            begun = None
    edges = [left - 1]
    for n, (start, end) in enumerate(strips):
        following = strips[n + 1][0] if n + 1 < len(strips) else math.inf
        headed = any(run[0].x0 >= start - 1 and run[0].x0 <= following for run in heads + second)
        if headed:
            edges.append(end - min(1.0, (end - start) / 2))
    return [*edges, right + 1]


# --- rows ---------------------------------------------------------------------------------------


def _part(sheet: Sheet, region: Sequence[Line], edges: list[float], *, headed: bool) -> Part:
    width = len(edges) - 1
    placed = [_by_column(line, edges) for line in region]
    starts = _row_starts(sheet, region, placed, headed)
    bounds = [*starts, len(region)]
    tops = [region[0].top - 1]
    for n in starts[1:]:
        tops.append((region[n - 1].bottom + region[n].top) / 2)
    tops.append(region[-1].bottom + 1)
    cells = []
    for row, (first, end) in enumerate(itertools.pairwise(bounds)):
        if end - first == 1 and _is_section(region[first], edges):
            cell = PartCell(row, 0, 1, width, edges[0], tops[row], edges[-1], tops[row + 1])
            cell.words = list(region[first].words)
            cells.append(cell)
            continue
        for column in range(width):
            cell = PartCell(
                row, column, 1, 1, edges[column], tops[row], edges[column + 1], tops[row + 1]
            )
            cell.words = [w for n in range(first, end) for w in placed[n][column]]
            cells.append(cell)
    paint(cells, sheet.fills)
    return Part(sheet.number, edges, len(starts), cells, False, tops[0], tops[-1])


def _by_column(line: Line, edges: list[float]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in range(len(edges) - 1)]
    for word in line.words:
        n = bisect.bisect_right(edges, word.x0 + 0.3 * word.size) - 1
        columns[min(max(n, 0), len(columns) - 1)].append(word)
    return columns


def _is_section(line: Line, edges: list[float]) -> bool:
    return len(line.segments()) == 1 and line.x0 < edges[1] - 4 and line.x1 > edges[1] + 4


def _row_starts(
    sheet: Sheet, region: Sequence[Line], placed: list[list[list[Word]]], headed: bool
) -> list[int]:
    """The lines that begin a row, the first line always among them."""
    usual = pitch(region)
    gaps = {
        n
        for n in range(1, len(region))
        if region[n].bottom - region[n - 1].bottom > PARAGRAPH_GAP * usual
    }
    ruled = {
        n
        for n in range(1, len(region))
        if any(
            rule.across
            and region[n - 1].middle_of_last() < rule.at < region[n].top + 0.35 * region[n].size
            and rule.end - rule.start > 0.5 * (region[0].x1 - region[0].x0)
            for rule in sheet.rules
        )
    }
    numbered = {
        n
        for n in range(1, len(region))
        if placed[n][0] and _NUMBER.fullmatch(" ".join(w.text for w in placed[n][0]))
    }
    sections = {
        edge
        for n, line in enumerate(region)
        if _is_section(line, _edges_of(placed, region))
        for edge in (n, n + 1)
        if 0 < edge < len(region)
    }
    head_ends = _head_ends(region) if headed else set()
    if len(ruled) >= 3:
        return sorted({0} | ruled | sections)
    starts = gaps | ruled | sections | head_ends
    if not _stand_half_way(numbered, starts - numbered, len(region)):
        starts |= numbered
    if not starts - head_ends - sections and len(region) > 2:
        width = len(placed[0])
        starts |= {
            n
            for n in range(1, len(region))
            if placed[n][0] and sum(bool(c) for c in placed[n]) >= max(2, width - 1)
        }
    return sorted({0} | starts)


def _stand_half_way(numbered: set[int], starts: set[int], end: int) -> bool:
    """Whether numbers stand half way down their rows, so that they do not begin them.

    Then each run of lines between gaps holds one number at most, and few hold it in front.
    """
    blocks = list(itertools.pairwise(sorted({0} | starts | {end})))
    held = [[n for n in numbered if first <= n < last] for first, last in blocks]
    if len(numbered) < 2 or any(len(numbers) > 1 for numbers in held):
        return False
    in_front = sum(first in numbers for (first, _), numbers in zip(blocks, held, strict=True))
    return 2 * in_front < len(numbered)


def _edges_of(placed: list[list[list[Word]]], region: Sequence[Line]) -> list[float]:
    """Where the second column begins, as far as its words show; enough to tell a section row."""
    seconds = [line[1][0].x0 for line in placed if len(line) > 1 and line[1]]
    return [region[0].x0, min(seconds, default=math.inf)]


def _head_ends(region: Sequence[Line]) -> set[int]:
    """The first line that is not bold where the heads above are."""
    if not region[0].bold:
        return set()
    for n, line in enumerate(region):
        if not line.bold:
            return {n}
    return set()
