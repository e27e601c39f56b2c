"""Every cell of a release as one long row of numbers: each period, and a code for each dimension.

A cell is *told* where a table shows a count or a percentage of it, and *asked* where a reader can
add it up from cells that are told: all that is coarser. Every sum of a hierarchy in every way that
a code is divided holds between asked cells, whatever tables they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.people import People
from goldenthread.disclosure.spec import TOTAL, Specification

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
NOWHERE = -1


@dataclass(frozen=True)
class Axis:
    """One dimension in one period: its codes, Total first, and of each lowest code all above it.

    ``above`` has a row for each lowest code, itself among the codes, filled up with ``NOWHERE``;
    a row of nothing else is a code that the period does not have.
    """

    codes: tuple[str, ...]
    number: Mapping[str, int]
    above: Numbers


class Cube:
    """The cells of a release and its people by kind: those alike in every period and dimension.

    ``kinds`` holds by kind the number of its lowest code for each period and dimension, in this
    order, ``NOWHERE`` where such people are not there; ``sizes`` how many there are. Asked cells
    are numbered; ``value`` is how many are in each. Of ``counted`` cells a table shows the count.
    """

    def __init__(self, spec: Specification, people: People) -> None:
        self.spec, self.names, self.dims = spec, people.names, spec.used
        self.axes = [[_axis(spec, people, dim, p) for dim in self.dims] for p in spec.periods]
        self.shapes = [tuple(len(axis.codes) for axis in held) for held in self.axes]
        sizes = [int(np.prod(shape, dtype=np.int64)) for shape in self.shapes]
        self._first = [sum(sizes[:at]) for at in range(len(sizes))]
        told, asked, counted = (np.zeros(sum(sizes), dtype=bool) for _ in range(3))
        for table in spec.tables:
            measures = [one.partition(":") for one in table.measures]
            for period, name in enumerate(spec.periods):
                codes = {
                    dim: spec.dims[dim].codes(name, table.dims.get(dim, (TOTAL,)))
                    for dim in self.dims
                }
                for kind, _, dim in measures:
                    if kind in ("count", "percent"):
                        self._mark(told, asked, period, codes)
                    if kind == "count":
                        self._mark(counted, asked, period, codes)
                    elif kind == "percent":
                        self._mark(told, asked, period, {**codes, dim: (TOTAL,)})
        self._where = np.flatnonzero(asked)
        self._number = np.full(len(asked), NOWHERE, dtype=np.int64)
        self._number[self._where] = np.arange(len(self._where))
        self.count = len(self._where)
        self.told, self.counted = told[self._where], counted[self._where]
        self.kinds, self.sizes = _kinds(spec, people)
        self._bans = [self._ban(period, told) for told in spec.structural
                      for period in range(len(spec.periods))]  # fmt: skip
        self.places = self.places_of(self.kinds)
        self.value = self._in_each(self.sizes)

    def _in_each(self, sizes: Numbers) -> Numbers:
        """How many are in each asked cell where there are so many of each kind."""
        inside = self.places != NOWHERE
        weights = np.broadcast_to(sizes[:, None], self.places.shape)[inside]
        found = np.bincount(self.places[inside], weights=weights, minlength=self.count)
        return np.rint(found).astype(np.int64)

    def places_of(self, kinds: Numbers) -> Numbers:
        """The asked cells that kinds are in, one row for each kind, filled up with ``NOWHERE``."""
        width, found = len(self.dims), []
        for period, held in enumerate(self.axes):
            rows = kinds[:, period * width : (period + 1) * width]
            cells = np.where(rows[:, :1] == NOWHERE, NOWHERE, 0)
            for at, axis in enumerate(held):
                above = axis.above[rows[:, at]]
                there = (cells[:, :, None] != NOWHERE) & (above[:, None, :] != NOWHERE)
                below = cells[:, :, None] * len(axis.codes) + above[:, None, :]
                ways = cells.shape[1] * axis.above.shape[1]
                cells = np.where(there, below, NOWHERE).reshape(len(rows), ways)
            cells = np.where(cells == NOWHERE, NOWHERE, self._number[cells + self._first[period]])
            found.append(cells[:, (cells != NOWHERE).any(axis=0)])
        return np.concatenate(found, axis=1)

    def possible(self, kinds: Numbers) -> Flags:
        """Kinds that are in no cell which everybody knows to be empty."""
        found = np.ones(len(kinds), dtype=bool)
        for ban in self._bans:
            inside = np.ones(len(kinds), dtype=bool)
            for column, leaves in ban:
                inside &= np.isin(kinds[:, column], leaves)
            found &= ~inside
        return found

    def sums(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Asked cells with the asked cells that they are the sum of, one row for each cell."""
        for period, held in enumerate(self.axes):
            shape = self.shapes[period]
            cells = np.arange(int(np.prod(shape, dtype=np.int64))).reshape(shape)
            cells = self._number[cells + self._first[period]]
            for at, axis in enumerate(held):
                children = self.spec.dims[self.dims[at]].of(self.spec.periods[period]).children
                for code, ways in children.items():
                    whole = np.take(cells, axis.number[code], axis=at).ravel()
                    for way in ways:
                        below = np.take(cells, [axis.number[one] for one in way], axis=at)
                        parts = np.moveaxis(below, at, -1).reshape(len(whole), -1)
                        known = (whole != NOWHERE) & (parts != NOWHERE).all(axis=1)
                        if known.any():
                            yield whole[known], parts[known]

    def cell(self, period: int, told: Mapping[str, str]) -> int:
        """The number of a cell by its codes, ``NOWHERE`` where it is not asked.

        What is not named is Total.
        """
        number = 0
        for dim, axis in zip(self.dims, self.axes[period], strict=True):
            number = number * len(axis.codes) + axis.number[told.get(dim, TOTAL)]
        return int(self._number[number + self._first[period]])

    def codes(self, cell: int) -> tuple[int, list[str]]:
        """The number of the period of a cell, and its codes by dimension; blank is Total."""
        where = int(self._where[cell])
        period = max(at for at, first in enumerate(self._first) if first <= where)
        digits = np.unravel_index(where - self._first[period], self.shapes[period])
        told = [axis.codes[one] for axis, one in zip(self.axes[period], digits, strict=True)]
        return period, ["" if code == TOTAL else code for code in told]

    def named(self, cell: int) -> str:
        """A cell in words: its period and its codes."""
        period, codes = self.codes(cell)
        told = ", ".join(code for code in codes if code) or "everybody"
        return f"{self.spec.periods[period]}, {told}"

    def beside_each(self, cell: int) -> Iterator[Numbers]:
        """The cells beside one: by dimension, the other codes below the same code.

        None where some cells are known to be empty, since these hide nothing.
        """
        period, codes = self.codes(cell)
        for at, (dim, code) in enumerate(zip(self.dims, codes, strict=True)):
            if not code or self._bans:
                continue
            children = self.spec.dims[dim].of(self.spec.periods[period]).children
            others = {one for ways in children.values() for way in ways if code in way
                      for one in way if one != code}  # fmt: skip
            told = [
                self.cell(period, {name: held for name, held in
                                   zip(self.dims, [*codes[:at], one, *codes[at + 1 :]], strict=True)
                                   if held})
                for one in sorted(others)
            ]  # fmt: skip
            yield np.array([one for one in told if one != NOWHERE], dtype=np.int64)

    def headcounts(self) -> Numbers:
        """The cells of the body and of its directorates, by nothing else."""
        found = []
        for period, name in enumerate(self.spec.periods):
            found.append(self.cell(period, {}))
            if "org" in self.dims:
                codes = self.spec.dims["org"].codes(name, ("directorate",))
                found += [self.cell(period, {"org": code}) for code in codes]
        return np.array([one for one in found if one != NOWHERE], dtype=np.int64)

    def beside(self) -> Numbers:
        """Pairs of told cells of two periods in a row that have the same codes, and anybody."""
        found = [np.empty((0, 2), dtype=np.int64)]
        by_codes: list[dict[tuple[str, ...], int]] = [{} for _ in self.axes]
        if len(self.axes) > 1:
            for cell in np.flatnonzero(self.told & (self.value > 0)).tolist():
                period, codes = self.codes(cell)
                by_codes[period][tuple(codes)] = cell
        for before, after in pairwise(by_codes):
            both = [(cell, after[codes]) for codes, cell in before.items() if codes in after]
            found.append(np.array(both, dtype=np.int64).reshape(-1, 2))
        return np.concatenate(found)

    def groups(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Pairs of cells that hold the same people: all of a row, and one sensitive code of it.

        The code is neither Total nor one of the dimension's ``nonsensitive`` codes, nor made of
        these alone, nor one that everybody has.
        """
        for period, held in enumerate(self.axes):
            shape = self.shapes[period]
            for at, (dim, axis) in enumerate(zip(self.dims, held, strict=True)):
                if not self.spec.dims[dim].sensitive:
                    continue
                size = int(np.prod(shape, dtype=np.int64))
                cells = self._number[self._first[period] :][:size].reshape(shape)
                value = np.where(cells == NOWHERE, 0, self.value[cells])
                rows = np.broadcast_to(np.take(cells, [0], axis=at), shape)
                along = [-1 if one == at else 1 for one in range(len(shape))]
                codes = np.arange(len(axis.codes)).reshape(along)
                says = ~self._free(dim, axis, self.spec.periods[period])[codes]
                alike = (value > 0) & (rows != NOWHERE) & (value == self.value[rows]) & says
                yield rows[alike], cells[alike]

    def _free(self, dim: str, axis: Axis, period: str) -> Flags:
        """Codes of a sensitive dimension that say nothing of anybody, or what all have."""
        told = self.spec.dims[dim]
        held = told.of(period)
        below = {
            code: {one for one in held.leaves if code in held.above[one]} for code in axis.codes
        }
        return np.array(
            [
                code in told.nonsensitive or below[code] <= told.nonsensitive
                or below[code] == below[TOTAL]
                for code in axis.codes
            ]
        )  # fmt: skip

    def _mark(
        self, told_: Flags, asked_: Flags, period: int, codes: Mapping[str, tuple[str, ...]]
    ) -> None:
        axes = self.axes[period]
        told = [[axis.number[code] for code in codes[dim]]
                for dim, axis in zip(self.dims, axes, strict=True)]  # fmt: skip
        name = self.spec.periods[period]
        asked = [
            sorted({axis.number[up] for code in codes[dim]
                    for up in self.spec.dims[dim].of(name).above[code]})
            for dim, axis in zip(self.dims, axes, strict=True)
        ]  # fmt: skip
        for flags, held in ((told_, told), (asked_, asked)):
            shape = self.shapes[period]
            size = int(np.prod(shape, dtype=np.int64))
            flags[self._first[period] :][:size].reshape(shape)[np.ix_(*held)] = True

    def _ban(self, period: int, told: Mapping[str, str]) -> list[tuple[int, Numbers]]:
        width, found = len(self.dims), []
        for dim, code in told.items():
            above = self.spec.dims[dim].of(self.spec.periods[period]).above
            leaves = [at for at, leaf in enumerate(self.names[dim]) if code in above.get(leaf, ())]
            found.append((period * width + self.dims.index(dim), np.array(leaves, dtype=np.int64)))
        return found


def _axis(spec: Specification, people: People, dim: str, period: str) -> Axis:
    held = spec.dims[dim].of(period)
    codes = tuple(held.depths)
    number = {code: at for at, code in enumerate(codes)}
    lines = [sorted(number[one] for one in held.above.get(leaf, ())) if leaf in held.leaves else []
             for leaf in people.names[dim]]  # fmt: skip
    above = np.full((len(lines), max(map(len, lines), default=1)), NOWHERE, dtype=np.int64)
    for at, line in enumerate(lines):
        above[at, : len(line)] = line
    return Axis(codes, number, above)


def _kinds(spec: Specification, people: People) -> tuple[Numbers, Numbers]:
    width = len(spec.used)
    who, at = np.unique(people.person, return_inverse=True)
    told = np.full((len(who), len(spec.periods) * width), NOWHERE, dtype=np.int64)
    for number, dim in enumerate(spec.used):
        told[at, people.period * width + number] = people.codes[dim]
    kinds, sizes = np.unique(told, axis=0, return_counts=True)
    return kinds, sizes.astype(np.int64)
