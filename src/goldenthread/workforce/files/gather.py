"""A workforce file on its way in: the columns of its contract, each different word kept once.

Everything else is dropped here, before anything looks at it. A column of 300,000 rows is a list of
small numbers and the words that they stand for, so that each word is read once however often it
comes, and the whole stands in little memory.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldenthread import intake
from goldenthread.errors import Refusal, Unreadable
from goldenthread.intake import LeftOut, Record
from goldenthread.workforce.files.contract import Contract
from goldenthread.workforce.files.headings import (
    Headings,
    Layout,
    Remembered,
    headings,
    likeness,
)

Progress = Callable[[int], None]
"""Is told, now and then, how many rows have been read so far."""

# Rows above the headings are passed over, so many at most.
_ABOVE = 20
_EVERY = 1_000


@dataclass
class Words:
    """A column: its different words, "" first, and for each row the number of its word."""

    words: list[str] = field(default_factory=lambda: [""])
    codes: array[int] = field(default_factory=lambda: array("I"))
    _known: dict[str, int] = field(default_factory=lambda: {"": 0}, repr=False)

    def add(self, word: str) -> None:
        """One more row."""
        code = self._known.get(word)
        if code is None:
            code = self._known[word] = len(self.words)
            self.words.append(word)
        self.codes.append(code)

    def done(self) -> None:
        """No more rows will come."""
        self._known = {}


@dataclass(repr=False)
class Gathered:
    """What a file holds in the columns of its contract.

    ``numbers`` are the numbers of the rows in the file. ``formulas`` are the rows, by their place
    among those read, and columns in which a formula stands; ``widths`` how many values each row has
    where a file has separated values, and ``ragged`` the rows that have too many; ``again`` how
    often the headings came again; ``beside`` whether a sheet has words under no heading.
    """

    headings: Headings
    layout: Layout
    sheet: str | None
    columns: dict[str, Words]
    numbers: array[int] = field(default_factory=lambda: array("I"))
    formulas: list[tuple[int, str]] = field(default_factory=list)
    widths: array[int] = field(default_factory=lambda: array("I"))
    ragged: list[int] = field(default_factory=list)
    again: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    beside: bool = False


def gather(
    path: str | os.PathLike[str],
    contract: Contract,
    said: Layout,
    kept: Remembered,
    given: Collection[str],
    progress: Progress | None = None,
) -> Gathered:
    """The columns of the contract, row by row from the first sheet that has their headings.

    ``said`` goes before what is ``kept`` of the same headings; ``given`` need no column.

    Raises:
        Unreadable: there is no row of headings, or columns are missing or in doubt; and as
            ``intake.rows`` does.
        Unsafe: as ``intake.rows``.
    """
    name = Path(path).name
    found: Gathered | None = None
    first: tuple[str, ...] = ()
    width = 0
    left: list[LeftOut] = []
    waiting: list[Record] = []
    sheet: str | None = None
    passed = False
    count = 0

    def begin() -> Gathered | None:
        nonlocal first, width
        at, layout = _best(waiting, contract, said, kept)
        if at is None:
            return None
        head = waiting[at]
        try:
            named = headings(head.values, contract, layout, given)
        except Refusal as refusal:
            refusal.place = head.place
            raise refusal.in_file(name) from None
        columns = {column: Words() for column in named.read}
        begun = Gathered(named, layout, head.place.sheet, columns)
        first, width = head.values, head.width
        for record in waiting[at + 1 :]:
            _take(record, begun, first)
        return begun

    for item in intake.rows(path, as_held=True):
        if isinstance(item, LeftOut):
            left.append(item)
            continue
        count += 1
        if progress and count % _EVERY == 0:
            progress(count)
        if item.place.sheet != sheet:
            if found is None and waiting:
                found = begin()
            sheet, waiting, passed = item.place.sheet, [], False
            if found is not None and sheet is not None:
                found.other_sheets.append(sheet)
        if found is not None:
            if item.place.sheet == found.sheet:
                _take(item, found, first)
        elif not passed:
            waiting.append(item)
            if len(waiting) == _ABOVE:
                found, passed = begin(), True
                waiting = []
    if found is None and waiting:
        found = begin()
    if found is None:
        raise Unreadable(
            f"No row at the top of the file has the headings of {contract.title.lower()}.",
            do="See the contract for what columns are called, or say it with --column.",
            file=name,
        )
    for words in found.columns.values():
        words.done()
    found.ragged = _ragged(found.widths, max(found.headings.width, width))
    found.left_out = left
    return found


def _best(
    waiting: Sequence[Record], contract: Contract, said: Layout, kept: Remembered
) -> tuple[int | None, Layout]:
    """The row that has most headings, and what is known of its columns.

    One heading alone may be a word of a title, so that two are needed where nobody said any.
    """
    best, most, its = None, 0 if said.columns else 1, said
    for at, record in enumerate(waiting):
        layout = said
        if before := kept.layout(contract.name, record.values):
            layout = Layout({**before.columns, **said.columns}, {**before.orders, **said.orders})
        if (alike := likeness(record.values, contract, layout)) > most:
            best, most, its = at, alike, layout
    return best, its


def _ragged(widths: array[int], headings: int) -> list[int]:
    """The rows that have more values than there are headings, and than rows of the file usually do.

    Some systems end every row with one more comma, which moves nothing.
    """
    usual = max(Counter(widths).items(), key=lambda each: (each[1], -each[0]), default=(0, 0))[0]
    return [row for row, width in enumerate(widths) if width > max(usual, headings)]


def _take(record: Record, into: Gathered, first: tuple[str, ...]) -> None:
    values, width = record.values, len(record.values)
    if values == first:
        into.again += 1
        return
    row = len(into.numbers)
    into.numbers.append(record.place.row or row + 1)
    into.widths.append(record.width)
    into.beside = into.beside or (not record.width and width > into.headings.width)
    for name, heading in into.headings.read.items():
        at = heading.column
        into.columns[name].add(values[at - 1] if at <= width else "")
        if at in record.formulas:
            into.formulas.append((row, name))
