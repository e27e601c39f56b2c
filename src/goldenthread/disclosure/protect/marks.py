"""What must be hidden, what must stay open, and which breakdowns are withdrawn whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import NOWHERE, Family, Figures, Numbers
from goldenthread.disclosure.people import People
from goldenthread.disclosure.spec import Specification

Flags = NDArray[np.bool_]

LEAST_FOR_PERCENT = 23
"""The fewest people below the line of a percentage (HESA: 22.5 and more)."""

_NONE: Numbers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Group:
    """A row all of whose people are alike: the cell that they are in, and the cell of the row."""

    cell: int
    row: int


@dataclass(frozen=True)
class Marks:
    """What holds of each cell, by its number.

    ``shown`` cells stand in a table; the others are worked out from tables. ``small`` are to be
    hidden whatever else, ``open`` must be shown, ``withdrawn`` belong to a breakdown that says
    nothing of any of its cells. ``groups`` are rows that would tell of everybody in them.
    """

    figures: Figures
    shown: Flags
    small: Flags
    open: Flags
    withdrawn: Flags
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Breakdown:
    """A cell and a dimension: all its fellows along the dimension, below the same code.

    ``family`` and ``key`` are those of the cell, ``at`` the place of the dimension.
    """

    family: int
    key: int
    at: int


def mark(
    spec: Specification, people: People, threshold: int, more: Sequence[Breakdown] = ()
) -> Marks:
    """The marks of a release, with a number for every empty cell of a breakdown that is withdrawn.

    Small is every count from 1 to one below the threshold, whatever its dimensions. A breakdown of
    a row by a sensitive dimension is withdrawn where everybody in it has one sensitive code, which
    no ``[c]`` could hide while noughts are shown; and where the row is below the threshold itself,
    so that ``[x]`` does not say that all are alike; and in a period that would show an empty cell
    which is small in another, where it would tell of who came or went. ``more`` are withdrawn
    besides. Open are the
    body's and its directorates' headcounts from the threshold on.
    """
    first = Figures(spec, people)
    gone: dict[int, Numbers] = {}
    new = [*more, *_beside_nothing(first, threshold)]
    for family, keys in (*_withdrawn_rows(first, threshold), *_fellows(first, new)):
        gone[family] = np.union1d(gone.get(family, keys[:0]), keys)
    untold = {family: _untold(first, family) for family in set(first.shared) - first.counted}
    empty = {
        family: np.union1d(gone.get(family, _NONE), untold.get(family, _NONE))
        for family in {*gone, *untold}
    }
    figures = Figures(spec, people, empty) if empty else first
    shown = np.zeros(len(figures.value), dtype=bool)
    for number in figures.shown:
        shown[figures.cells(number)] = True
    for family, keys in untold.items():
        shown[figures.find(family, keys)] = False
    for family, dims in figures.shared.items():
        for dim in dims:
            # What is below the line of a percentage is part of what it tells.
            whole = figures.wholes(family, dim, figures.held_keys(family))
            whole = whole[whole != NOWHERE]
            shown[whole[figures.value[whole] >= LEAST_FOR_PERCENT]] = True
    withdrawn = np.zeros(len(figures.value), dtype=bool)
    for family, keys in gone.items():
        withdrawn[figures.find(family, keys)] = True
    withdrawn &= shown
    small = shown & (figures.value > 0) & (figures.value < threshold)
    open_ = shown & ~small & _headcounts(figures)
    groups = tuple(groups_of(figures))
    return Marks(figures, shown, small, open_, withdrawn & ~open_, groups)


def _untold(figures: Figures, family: int) -> Numbers:
    """The keys of cells of which nothing is said: percentages of fewer people than may have one.

    Those with nobody in them are among them, since nobody is told that they are empty.
    """
    held = [
        np.arange(len(figures.slots[figures.families[family].period][at][slot].codes))
        for at, slot in enumerate(figures.families[family].slots)
    ]
    digits = np.stack([one.ravel() for one in np.meshgrid(*held, indexing="ij")], axis=1)
    keys = figures.keys_from(family, digits)
    told = np.zeros(len(keys), dtype=bool)
    for dim in figures.shared[family]:
        whole = figures.wholes(family, dim, keys)
        told |= (whole != NOWHERE) & (figures.value[whole] >= LEAST_FOR_PERCENT)
    return np.sort(keys[~told])


def _headcounts(figures: Figures) -> Flags:
    """The body and its directorates, by nothing else."""
    found = np.zeros(len(figures.value), dtype=bool)
    for number, family in enumerate(figures.families):
        held = [
            (dim, figures.slots[family.period][at][slot])
            for at, (dim, slot) in enumerate(zip(figures.dims, family.slots, strict=True))
        ]
        told = [(dim, slot) for dim, slot in held if not slot.is_total]
        whole = not told
        if len(told) == 1 and told[0][0] == "org":
            depths = figures.spec.dims["org"].of(figures.spec.periods[family.period]).depths
            whole = all(depths[code] == 1 for code in told[0][1].codes)
        if whole:
            found[figures.cells(number)] = True
    return found


def _breakdowns(figures: Figures) -> Iterator[tuple[int, int, int]]:
    """Families by a sensitive dimension, the family of their rows, and the dimension's place."""
    for number, family in enumerate(figures.families):
        for at, dim in enumerate(figures.dims):
            if not figures.spec.dims[dim].sensitive or family.slots[at] == 0:
                continue
            slots = (*family.slots[:at], 0, *family.slots[at + 1 :])
            row = figures.number_or_none(type(family)(family.period, slots))
            if row is not None:
                yield number, row, at


def _row_keys(figures: Figures, family: int, row: int, at: int, keys: Numbers) -> Numbers:
    digits = figures.digits(family, keys)
    digits[:, at] = 0
    return figures.keys_from(row, digits)


def _withdrawn_rows(figures: Figures, threshold: int) -> Iterator[tuple[int, Numbers]]:
    """Of each family by a sensitive dimension the keys of every cell of a withdrawn breakdown."""
    # A row that is withdrawn by one level of the dimension is withdrawn by all of them.
    doomed: dict[tuple[int, int], set[int]] = {}
    for number, row, at in _breakdowns(figures):
        for cell, above in _alone(figures, number, row, at):
            if _sensitive(figures, cell, at):
                doomed.setdefault((row, at), set()).add(above)
        cells = figures.cells(row)
        value = figures.value[cells.start : cells.stop]
        few = np.flatnonzero((value > 0) & (value < threshold)) + cells.start
        doomed.setdefault((row, at), set()).update(few.tolist())
    for number, row, at in _breakdowns(figures):
        rows = np.array(sorted(doomed.get((row, at), ())), dtype=np.int64)
        if len(rows):
            digits = figures.digits(row, figures.held_keys(row)[rows - figures.first[row]])
            codes = np.arange(len(figures.slot(number, figures.dims[at]).codes))
            yield number, _each_code(figures, number, digits, at, codes)


def _beside_nothing(figures: Figures, threshold: int) -> Iterator[Breakdown]:
    """Breakdowns that hold an empty cell which is small in another period."""
    for number, family in enumerate(figures.families):
        if number not in figures.shown:
            continue
        cells = np.array(figures.cells(number), dtype=np.int64)
        small = figures.value[cells] < threshold
        for period in range(len(figures.spec.periods)):
            found = None if period == family.period else figures.twins(number, period)
            if found is None:
                continue
            other = figures.number_of(Family(period, family.slots))
            if other not in figures.shown:
                continue
            for key in figures.twin_keys(number, period)[small & (found == NOWHERE)].tolist():
                yield Breakdown(other, key, last_dimension(figures, other))


def last_dimension(figures: Figures, family: int) -> int:
    """The dimension along which a breakdown is withdrawn: the last sensitive one, or the last."""
    slots = figures.families[family].slots
    by = [at for at, slot in enumerate(slots) if slot]
    return max(by, key=lambda at: (figures.spec.dims[figures.dims[at]].sensitive, at))


def _fellows(figures: Figures, more: Sequence[Breakdown]) -> Iterator[tuple[int, Numbers]]:
    """The keys of every cell of a breakdown: those below the same code of the next coarser slot."""
    for one in more:
        digits = figures.digits(one.family, np.array([one.key]))
        fine = figures.slot(one.family, figures.dims[one.at])
        coarse = figures.coarser_slot(one.family, one.at)
        inside = (fine.code_of != NOWHERE) & (coarse.code_of != NOWHERE)
        above = np.full(len(fine.codes), NOWHERE, dtype=np.int64)
        above[fine.code_of[inside]] = coarse.code_of[inside]
        codes = np.flatnonzero(above == above[digits[0, one.at]])
        yield one.family, _each_code(figures, one.family, digits, one.at, codes)


def _each_code(figures: Figures, family: int, digits: Numbers, at: int, codes: Numbers) -> Numbers:
    each = np.repeat(digits, len(codes), axis=0)
    each[:, at] = np.tile(codes, len(digits))
    return figures.keys_from(family, each)


def _alone(figures: Figures, number: int, row: int, at: int) -> Iterator[tuple[int, int]]:
    """Cells that hold everybody of their row, with the cell of the row."""
    cells = np.arange(len(figures.held_keys(number))) + figures.first[number]
    above = figures.find(row, _row_keys(figures, number, row, at, figures.held_keys(number)))
    there = above != NOWHERE
    same = there & (figures.value[cells] == figures.value[above]) & (figures.value[cells] > 0)
    for cell in np.flatnonzero(same):
        yield int(cells[cell]), int(above[cell])


def _sensitive(figures: Figures, cell: int, at: int) -> bool:
    dim = figures.dims[at]
    return figures.codes(cell).get(dim) not in figures.spec.dims[dim].nonsensitive


def groups_of(figures: Figures) -> Iterator[Group]:
    """Every row all of whose people have one sensitive code, shown or not."""
    for number, row, at in _breakdowns(figures):
        for cell, above in _alone(figures, number, row, at):
            if _sensitive(figures, cell, at):
                yield Group(cell, above)
