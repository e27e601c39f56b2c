"""What is printed on every page and belongs to none: headers, footers, page numbers.

It must go before anything else is measured: one page number can hide the gap between two columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldenthread.errors import Place
from goldenthread.intake.document import LeftOut
from goldenthread.intake.pdf.lines import Line, into_lines
from goldenthread.intake.pdf.page import Sheet
from goldenthread.intake.pdf.part import Part

_NEAR = 4.0  # points by which a repeated line may move between pages
_EDGE = 0.13  # the share of the page, at its head and foot, where furniture stands
_PAGE_NUMBER = re.compile(r"[-–\s]*(page|p\.)?\s*#(\s*(of|/)\s*#)?[-–\s]*", re.IGNORECASE)


def remove(sheets: Sequence[Sheet], tables: dict[int, list[Part]]) -> list[LeftOut]:
    """Takes furniture off the sheets and says what was taken.

    Furniture is a line near the head or foot of a page, outside ruled tables, whose words (digits
    aside) stand at the same height on another page; also a page number alone. A line of column
    heads is spared: what stands below it lines up with it.
    """
    edges: dict[int, list[tuple[Line, str]]] = {}
    for sheet in sheets:
        boxes = tables.get(sheet.number, [])
        free = [
            w
            for w in sheet.words
            if (w.middle < _EDGE * sheet.height or w.middle > (1 - _EDGE) * sheet.height)
            and not any(p.top <= w.middle <= p.bottom for p in boxes)
        ]
        edges[sheet.number] = [(line, _masked(line)) for line in into_lines(free)]
    heights: dict[str, list[tuple[int, float]]] = {}
    for number, found in edges.items():
        for line, words in found:
            heights.setdefault(words, []).append((number, line.bottom))

    taken: dict[tuple[str, str], list[int]] = {}
    for sheet in sheets:
        furniture: dict[int, bool] = {}
        for line, words in edges[sheet.number]:
            on = {n for n, bottom in heights[words] if abs(bottom - line.bottom) <= _NEAR}
            if len(on) > 1 or _PAGE_NUMBER.fullmatch(words):
                furniture[id(line)] = 2 * len(on) > len(sheets) > 1
        every = into_lines(sheet.words)
        head = [line for line, _ in edges[sheet.number] if line.bottom < sheet.height / 2]
        foot = [line for line, _ in edges[sheet.number] if line.bottom >= sheet.height / 2]
        gone = _run(head, furniture, every) + _run(foot[::-1], furniture, every[::-1])
        words_gone = {id(word) for line in gone for word in line.words}
        sheet.words = [w for w in sheet.words if id(w) not in words_gone]
        for line in gone:
            edge = "head" if line in head else "foot"
            taken.setdefault((edge, _masked(line)), []).append(sheet.number)
    return [
        LeftOut(
            "page_furniture",
            f"A line at the {edge} of {_pages(numbers)} was left out.",
            Place(page=numbers[0]),
        )
        for (edge, _), numbers in taken.items()
    ]


def _run(edge: list[Line], furniture: dict[int, bool], every: list[Line]) -> list[Line]:
    """The lines of furniture from the edge of the page inwards, as far as a gap parts them off.

    ``furniture`` says of each whether most pages have it: the outermost of those needs no gap.
    ``every`` holds all lines of the page from the same edge inwards.
    """
    run: list[Line] = []
    for line in edge:
        if id(line) not in furniture or _heads_columns(line, every):
            break
        run.append(line)
    gone = {id(word) for line in run for word in line.words}
    inner = [line for line in every if not all(id(word) in gone for word in line.words)]
    while run and inner:
        step = abs(inner[0].bottom - run[-1].bottom)
        if step > 1.4 * max(run[-1].size, inner[0].size):
            break
        if len(run) > 1 and step > 1.15 * abs(run[-1].bottom - run[-2].bottom):
            break
        if len(run) == 1 and furniture[id(run[0])]:
            break
        # What stands as close as running text is the last line of it.
        inner.insert(0, run.pop())
    return run


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _heads_columns(line: Line, every: list[Line]) -> bool:
    """Whether the lines below begin where the runs of words in this line begin."""
    starts = [run[0].x0 for run in line.segments()]
    if len(starts) < 3:
        return False
    below = [other.segments() for other in every if other.top > line.top + 1]
    hits = [sum(any(abs(run[0].x0 - x) < 3 for run in runs) for runs in below) >= 2 for x in starts]
    return sum(hits) >= 0.6 * len(starts)


def _pages(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    return f"pages {numbers[0]} to {numbers[-1]}"
