"""The parts of a plan that stand between its tables: labelled paragraphs, lists and terms.

Many a web page has a table for one goal and a list for the next. What stands between tables is
taken for a part of the plan only on evidence of its own, an action with its lead and its time, or
an item with its time under a numbered aim; anything else that looks like one is counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from goldenthread.documents.columns import is_no_plan_title
from goldenthread.documents.headings import Role
from goldenthread.documents.labels import Part, ends_in_time, parts_of
from goldenthread.documents.lines import Line
from goldenthread.documents.outline import read_outline
from goldenthread.documents.records import Record
from goldenthread.documents.values import closing
from goldenthread.intake import Block, Paragraph

_KEY = re.compile(r"\bkey\b", re.IGNORECASE)
_TIMES: tuple[Role, ...] = ("timescale", "start", "end")


@dataclass(frozen=True)
class Between:
    """The records between the tables, each with its place among the blocks; and what was not read.

    ``unread`` counts items and labelled paragraphs that look like parts of a plan.
    """

    records: tuple[tuple[int, Record], ...]
    unread: int


def read_between(blocks: Sequence[Block], tables: Collection[int], title: str | None) -> Between:
    """What stands between the plan's tables; ``tables`` are their places among the blocks."""
    found: list[tuple[int, Record]] = []
    unread = 0
    for first, segment in _segments(blocks, tables):
        outline = read_outline(segment, title, known=True)
        taken = [record for record in outline.records if _is_evident(record)]
        for record in taken:
            at = next((n for n, b in enumerate(segment) if b.place == record.place), 0)
            found.append((first + at, record))
        lines = sum(len(record.lines) for record in taken)
        unread += max(_plan_like(segment) - lines, 0) if not taken else outline.unread
    return Between(tuple(found), unread)


def _segments(
    blocks: Sequence[Block], tables: Collection[int]
) -> Iterator[tuple[int, Sequence[Block]]]:
    """The runs of blocks after the first table, each without the headings over the next table."""
    if not tables:
        return
    ends = [*sorted(tables), len(blocks)]
    for begin, end in zip([-1, *ends[:-1]], ends, strict=True):
        first, last = begin + 1, end
        if end < len(blocks):
            last = _head_of(blocks, first, end)
        if begin < 0:
            # What stands before the first table is a preface, unless a numbered aim begins it.
            first = next((n for n in range(first, last) if _is_aim(blocks[n])), last)
        if first < last:
            yield first, blocks[first:last]


def _head_of(blocks: Sequence[Block], first: int, table: int) -> int:
    """Where the headings begin under which a table stands."""
    head, level = table, 99
    for at in range(table - 1, first - 1, -1):
        block = blocks[at]
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        if block.heading is not None and block.heading < level:
            head, level = at, block.heading
        elif block.heading is None and (block.list_level is not None or head != table):
            break
    return head


def _is_aim(block: Block) -> bool:
    return isinstance(block, Paragraph) and any(
        part.kind == "wanted" for part in parts_of(block) if block.text.strip()
    )


def _is_evident(record: Record) -> bool:
    """Whether at least half of a record's lines say who and when, or when under a numbered aim."""
    said = [line for line in record.lines if _says(line, aimed=record.number is not None)]
    return bool(said) and 2 * len(said) >= len(record.lines)


def _says(line: Line, *, aimed: bool) -> bool:
    text = line.text("action")
    _, time, lead = closing(text, dashed=True)
    timed = any(line.has(role) for role in _TIMES) or bool(time) or ends_in_time(text)
    led = line.has("lead") or bool(lead)
    return timed and (led or aimed)


def _plan_like(segment: Sequence[Block]) -> int:
    """How many paragraphs of a segment look like actions or say something of one."""
    kinds = ("item", "label", "does")
    count, counting = 0, True
    for block in segment:
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        if block.heading is not None:
            counting = not is_no_plan_title(block.text, sheet=False)
        if _KEY.search(block.text):
            continue
        parts: list[Part] = list(parts_of(block))
        count += counting and any(part.kind in kinds for part in parts)
    return count
