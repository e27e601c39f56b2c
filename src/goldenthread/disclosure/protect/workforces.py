"""The people that another workforce may be made of, and which figures each of them is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from goldenthread.disclosure.figures import NOWHERE, Figures, Numbers
from goldenthread.disclosure.protect.demands import WHO, Demand, may_move, moving
from goldenthread.disclosure.protect.marks import Flags, Marks
from goldenthread.disclosure.spec import Flow

_MOST_KINDS = 600_000
_MOST_CHANGED = 60_000
_NOTHING = 1e-9

Floats = NDArray[np.float64]
Rows: TypeAlias = Any
"""Rows over kinds, as scipy keeps them."""


class Workforces:
    """Every kind of people that there is or, for all that is shown, might be.

    Where everybody is with every combination of answers, the same in all periods in which they are
    there; and whoever is there as they are. Nobody is in a cell that is shown to be empty. Who
    stays keeps their place, so that no figure of any period rests on people who moved about; where
    it is stated that answers may change, there are those who declared since.
    """

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.figures = figures = marks.figures
        self._width = len(figures.dims)
        self._org = figures.dims.index("org") if "org" in figures.dims else NOWHERE
        kinds = self._every()
        self.kinds = kinds[self._possible(kinds)]
        self.count = len(self.kinds)
        packed = _packed(self.kinds)
        self._order = np.argsort(packed)
        self._packed = packed[self._order]
        self.sizes = self._sizes()
        places = self._places(self.kinds)
        self._place_rows, self._place = np.unique(places, axis=0, return_inverse=True)
        self._place = self._place.reshape(-1)
        self._held_at = np.bincount(self._place, weights=self.sizes, minlength=len(places))
        self._stay = (self._place_rows != NOWHERE).all(axis=1)
        self._possible_at: dict[int, Flags] = {}
        self._inside: dict[tuple[int, int, int], Flags] = {}
        self.finest_shown = np.concatenate(
            [np.arange(one.start, one.stop)
             for one in map(figures.cells, _finest(figures))] or [np.empty(0, np.int64)]
        )  # fmt: skip

    def _every(self) -> Numbers:
        figures, width = self.figures, self._width
        free = [at for at in range(width) if at != self._org]
        answers = [
            np.unique(held[held != NOWHERE])
            for held in (figures.kinds[:, at::width] for at in free)
        ]
        places = np.unique(self._places(figures.kinds), axis=0)
        many = len(places) * int(np.prod([len(one) for one in answers]))
        if many > _MOST_KINDS:
            told = np.unique(self._told(figures.kinds, free), axis=0)
        else:
            # Where people are told apart by their unit alone, there is one way to answer: none.
            told = np.array(list(product(*answers)), dtype=np.int64)
            told = told.reshape(-1 if free else 1, len(free))
        made = np.full((len(places) * len(told), figures.kinds.shape[1]), NOWHERE, dtype=np.int64)
        where = np.repeat(places, len(told), axis=0)
        said = np.tile(told, (len(places), 1))
        for period in range(len(figures.spec.periods)):
            there = where[:, period] != NOWHERE
            if self._org != NOWHERE:
                made[:, period * width + self._org] = where[:, period]
            for number, at in enumerate(free):
                made[there, period * width + at] = said[there, number]
        every = [figures.kinds, made]
        if len(made) <= _MOST_CHANGED:
            every += self._declared(made)
        return np.unique(np.concatenate(every), axis=0)

    def _declared(self, made: Numbers) -> Iterator[Numbers]:
        """Those who had not declared an answer at first, and then did."""
        figures, width = self.figures, self._width
        periods = figures.spec.periods
        for flow in figures.spec.flows:
            if not flow.answers_may_change:
                continue
            ends = periods.index(flow.ends)
            for at, dim in enumerate(figures.dims):
                held = figures.spec.dims[dim]
                for code in sorted(held.nonsensitive) if held.sensitive else ():
                    if code not in figures.names[dim]:
                        continue
                    silent = figures.names[dim].index(code)
                    there = made[:, ends * width + at]
                    before = made[:, periods.index(flow.begins) * width + at]
                    later = made[(there != NOWHERE) & (before != NOWHERE) & (there != silent)]
                    for period in range(ends):
                        column = later[:, period * width + at]
                        column[column != NOWHERE] = silent
                    yield later

    def _told(self, kinds: Numbers, free: Sequence[int]) -> Numbers:
        """What people answer, in the first period in which they are there."""
        width = self._width
        found = np.full((len(kinds), len(free)), NOWHERE, dtype=np.int64)
        for period in reversed(range(len(self.figures.spec.periods))):
            for number, at in enumerate(free):
                held = kinds[:, period * width + at]
                found[held != NOWHERE, number] = held[held != NOWHERE]
        return found

    def _places(self, kinds: Numbers) -> Numbers:
        """Where people are in each period, ``NOWHERE`` where they are not there."""
        at = self._org if self._org != NOWHERE else 0
        found: Numbers = kinds[:, at :: self._width].copy()
        if self._org == NOWHERE:
            found[found != NOWHERE] = 0
        return found

    def _possible(self, kinds: Numbers) -> Flags:
        """Kinds that are in no cell which everybody sees to be empty."""
        figures = self.figures
        found = np.ones(len(kinds), dtype=bool)
        for family in figures.shown:
            keys = figures.keys_of(family, kinds)
            found &= (keys == NOWHERE) | (figures.find(family, keys) != NOWHERE)
        for ban in _structural(figures):
            held = np.ones(len(kinds), dtype=bool)
            for column, leaves in ban:
                held &= np.isin(kinds[:, column], leaves)
            found &= ~held
        return found

    def _sizes(self) -> Numbers:
        sizes = np.zeros(len(self.kinds), dtype=np.int64)
        at = self.at(self.figures.kinds)
        sizes[at[at != NOWHERE]] = self.figures.sizes[at != NOWHERE]
        return sizes

    def at(self, kinds: Numbers) -> Numbers:
        """The numbers of kinds, ``NOWHERE`` where one is none of ours."""
        wanted = _packed(kinds)
        at = np.minimum(np.searchsorted(self._packed, wanted), self.count - 1)
        return np.where(self._packed[at] == wanted, self._order[at], NOWHERE)

    @cached_property
    def _cells(self) -> sparse.csc_matrix:
        """By cell and kind whether the kind is in the cell, for all cells shown or not."""
        return self._matrix(range(len(self.figures.families)))

    @cached_property
    def _finest(self) -> sparse.csc_matrix:
        return self._matrix(_finest(self.figures))

    @cached_property
    def _finest_rows(self) -> Rows:
        return self._finest.tocsr()

    @cached_property
    def _shown(self) -> sparse.csc_matrix:
        """The same of cells that are shown, of those with the same people one."""
        cells = self._matrix(sorted(self.figures.shown)).tocsr()
        cells = sparse.diags(self.marks.shown.astype(np.float64)) @ cells
        return cells.tocsc()

    def _matrix(self, families: Sequence[int] | range) -> sparse.csc_matrix:
        rows, columns = [], []
        for family in families:
            cells = self.figures.find(family, self.figures.keys_of(family, self.kinds))
            there = np.flatnonzero(cells != NOWHERE)
            rows.append(cells[there])
            columns.append(there)
        at, kind = np.concatenate(rows), np.concatenate(columns)
        shape = (len(self.figures.value), self.count)
        return sparse.csc_matrix((np.ones(len(at)), (at, kind)), shape=shape)

    def finest(self, columns: Numbers) -> tuple[Numbers, Rows]:
        """The finest shown cells that these kinds are in, and which of them are in each."""
        return _rows(self._finest, columns)

    def shown(self, columns: Numbers) -> tuple[Numbers, Rows]:
        """The shown cells that these kinds are in, and which of them are in each."""
        return _rows(self._shown, columns)

    def cell(self, cell: int, columns: Numbers) -> Rows:
        """Which of these kinds are in a cell, as a row."""
        return self._by_cell[[cell]][:, columns]

    @cached_property
    def _by_cell(self) -> Rows:
        return self._cells.tocsr()

    def moved(self, columns: Numbers, by: Numbers) -> Numbers:
        """How far so many more and fewer people move each cell."""
        found: Numbers = np.round(self._cells[:, columns] @ by).astype(np.int64)
        return found

    def weighed(self, cells: Numbers, times: Floats) -> Floats:
        """Of each kind who stays what these cells come to, so many times each; else nought."""
        found: Floats = self._finest_rows[cells].T @ times
        found[(np.abs(found) < _NOTHING) | ~self._stay[self._place]] = 0
        return found

    def sizes_of(self, kinds: Numbers) -> Numbers:
        """How many people there are of kinds."""
        return self.sizes[self.at(kinds)]

    # Where to look.

    def near(self, cells: Numbers) -> Numbers:
        """Kinds in the fullest unit for each cell in which somebody there may be.

        Of those who are there in every period, since a move of figures is alike in all of them.
        """
        if self._org == NOWHERE:
            return np.flatnonzero(self._stay[self._place])
        masks = [self._places_of(cell) & self._stay for cell in cells.tolist()]
        masks.sort(key=lambda mask: int(mask.sum()))
        chosen = np.zeros(len(self._place_rows), dtype=bool)
        for mask in masks:
            if mask.any() and not (mask & chosen).any():
                chosen[np.argmax(np.where(mask, self._held_at[: len(mask)], -1.0))] = True
        return np.flatnonzero(chosen[self._place])

    def beside(self, kinds: Numbers) -> Numbers:
        """All kinds who are where these are."""
        return np.flatnonzero(np.isin(self._place, self._place[kinds]))

    def _places_of(self, cell: int) -> Flags:
        """The places where somebody may be in a cell."""
        if cell not in self._possible_at:
            start, end = self._by_cell.indptr[cell : cell + 2]
            mask = np.zeros(len(self._place_rows), dtype=bool)
            mask[self._place[self._by_cell.indices[start:end]]] = True
            self._possible_at[cell] = mask
        return self._possible_at[cell]

    def _units(self, cells: Numbers) -> list[tuple[int, int, int]]:
        """The different units that cells are of: period, slot and code."""
        figures, found = self.figures, set()
        for family in np.unique(figures.family[cells]).tolist():
            shape = figures.families[family]
            these = cells[figures.family[cells] == family] - figures.first[family]
            digits = figures.digits(family, figures.held_keys(family)[these])
            for code in np.unique(digits[:, self._org]).tolist():
                found.add((shape.period, shape.slots[self._org], code))
        return sorted(found)

    def _inside_of(self, unit: tuple[int, int, int]) -> Flags:
        if unit not in self._inside:
            period, slot, code = unit
            where = self._place_rows[:, period]
            codes = self.figures.slots[period][self._org][slot].code_of
            self._inside[unit] = (where != NOWHERE) & (codes[where] == code)
        return self._inside[unit]

    def around(self, demand: Demand, most: int) -> Iterator[Numbers]:
        """Kinds in the unit of a demand's cell, in the one above it, and so on to everybody."""
        if self._org == NOWHERE:
            yield np.arange(self.count)
            return
        figures = self.figures
        shape = figures.families[int(figures.family[demand.cell])]
        inside = self._inside_of(self._units(np.array([demand.cell]))[0])
        slots = figures.slots[shape.period][self._org]
        for number in reversed(range(shape.slots[self._org] + 1)):
            codes = slots[number].code_of
            where = self._place_rows[:, shape.period]
            there = where != NOWHERE
            wanted = np.unique(codes[where[inside & there]])
            near = there & np.isin(codes[where], wanted[wanted != NOWHERE])
            columns = np.flatnonzero(near[self._place])
            if len(columns) > most:
                break
            yield columns
        if self.count <= most:
            yield np.arange(self.count)
        else:
            yield self._fullest(demand, most)

    def _fullest(self, demand: Demand, most: int) -> Numbers:
        """So many kinds: of the fullest places where somebody may be in a cell, then of others.

        Where it is about who came or went, those who did come before all.
        """
        held = np.bincount(self._place, minlength=len(self._place_rows))
        full = -self._held_at[: len(held)]
        order = np.lexsort((full, ~self._places_of(demand.cell), ~self._moved_by(demand)))
        chosen = np.zeros(len(held), dtype=bool)
        chosen[order[np.cumsum(held[order]) <= most]] = True
        return np.flatnonzero(chosen[self._place])

    def _moved_by(self, demand: Demand) -> Flags:
        """The places of those who came or went between the periods that a demand is about."""
        figures, rows = self.figures, self._place_rows
        if demand.flow >= 0:
            flow = figures.spec.flows[demand.flow]
            pair = [figures.spec.periods.index(one) for one in (flow.begins, flow.ends)]
        elif demand.still >= 0:
            pair = [
                figures.families[int(figures.family[cell])].period
                for cell in (demand.cell, demand.still)
            ]
        else:
            return np.zeros(len(rows), dtype=bool)
        before, after = rows[:, pair[0]], rows[:, pair[1]]
        found: Flags = before != after
        if demand.who in ("joiners", "appeared"):
            found &= before == NOWHERE
        elif demand.who == "leavers":
            found &= after == NOWHERE
        return found

    # What must hold of them.

    def demanded(self, demand: Demand, columns: Numbers) -> tuple[Rows | None, float, float]:
        """The row that a demand asks of kinds, and between what it must lie."""
        if demand.flow >= 0:
            return self._flow_demanded(demand, columns)
        row = self.cell(demand.cell, columns)
        if demand.row >= 0:
            row = self.cell(demand.row, columns) - row
        if not row.nnz:
            return None, 0.0, 0.0
        return sparse.csr_matrix(row), float(demand.rise), np.inf

    def _flow_demanded(self, demand: Demand, columns: Numbers) -> tuple[Rows | None, float, float]:
        flow = self.figures.spec.flows[demand.flow]
        family = int(self.figures.family[demand.cell])
        who = moving(self.figures, flow, demand.who, self.kinds[columns], family)
        row = self.cell(demand.cell, columns)
        if demand.row >= 0:
            row = self.cell(demand.row, columns) - row
        row = row.multiply(who.astype(np.float64))
        if not row.nnz:
            return None, 0.0, 0.0
        least, most = (demand.rise, np.inf) if demand.rise > 0 else (-np.inf, demand.rise)
        return sparse.csr_matrix(row), float(least), float(most)

    def flow_moved(self, demand: Demand, kinds: Numbers, by: Numbers) -> int:
        """How many more a change makes of those whom a demand is about."""
        figures = self.figures
        family = int(figures.family[demand.cell])
        who = moving(figures, figures.spec.flows[demand.flow], demand.who, kinds, family)
        inside = figures.find(family, figures.keys_of(family, kinds)) == demand.cell
        if demand.row >= 0:
            above = int(figures.family[demand.row])
            row = figures.find(above, figures.keys_of(above, kinds)) == demand.row
            inside = row & ~inside
        return int(by[who & inside].sum())

    def flows_of(self, kinds: Numbers) -> Iterator[tuple[int, str]]:
        """The flows by which some of these kinds may have come, gone or answered otherwise."""
        for number, flow in enumerate(self.figures.spec.flows):
            for who in WHO:
                if may_move(self.figures, flow, who, kinds).any():
                    yield number, who

    def moving(self, flow: Flow, who: str) -> Flags:
        """The kinds who joined, left, or declared since, as a flow has it."""
        return moving(self.figures, flow, who, self.kinds)

    def flows(self, columns: Numbers) -> Iterator[tuple[Rows, Floats, Floats]]:
        """Rows that keep what is stated of who came and went."""
        for rows, low, high in self._flows:
            held = rows[columns]
            if held.any():
                one = sparse.csr_matrix(held.astype(np.float64).reshape(1, -1))
                yield one, np.array([float(low)]), np.array([float(high)])

    @cached_property
    def _flows(self) -> list[tuple[Flags, int, int]]:
        found = []
        for flow in self.figures.spec.flows:
            for who, (low, high) in (("joiners", flow.joiners), ("leavers", flow.leavers)):
                held = self.moving(flow, who)
                true = int(self.sizes[held].sum())
                found.append((held, min(low - true, 0), max(high - true, 0)))
            if not flow.answers_may_change:
                held = self.moving(flow, "declared")
                found.append((held, 0, 0))
        return found

    def keeps_flows(self, kinds: Numbers, by: Numbers) -> bool:
        """Whether a change leaves what is stated of who came and went as it is."""
        if not self._flows:
            return True
        at = self.at(kinds)
        return all(low <= by[held[at]].sum() <= high for held, low, high in self._flows)


def _packed(kinds: Numbers) -> NDArray[np.void]:
    """Each row as one value, so that rows can be looked up."""
    held = np.ascontiguousarray(kinds)
    return held.view(f"V{held.dtype.itemsize * held.shape[1]}").reshape(-1)


def _rows(cells: sparse.csc_matrix, columns: Numbers) -> tuple[Numbers, Rows]:
    held = cells[:, columns].tocsr()
    rows = np.flatnonzero(np.diff(held.indptr))
    return rows, held[rows]


def _finest(figures: Figures) -> list[int]:
    """Shown families that no other shown one refines: what makes their cells makes all shown."""
    shown = sorted(figures.shown)
    return [one for one in shown if not any(figures.is_coarser(one, other) for other in shown)]


def _structural(figures: Figures) -> list[list[tuple[int, Numbers]]]:
    """What everybody knows cannot be: by period, columns with the lowest codes that are banned."""
    found = []
    width = len(figures.dims)
    for told in figures.spec.structural:
        for period, name in enumerate(figures.spec.periods):
            ban = []
            for dim, code in told.items():
                held = figures.spec.dims[dim].of(name)
                leaves = [
                    at
                    for at, leaf in enumerate(figures.names[dim])
                    if code in held.above.get(leaf, ())
                ]
                at = period * width + figures.dims.index(dim)
                ban.append((at, np.array(leaves, dtype=np.int64)))
            found.append(ban)
    return found
