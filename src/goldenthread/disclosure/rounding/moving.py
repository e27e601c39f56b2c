"""One workforce in the making: somebody is given another answer or team, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.rounding.cube import NOWHERE, Cube, Flags, Numbers

_DEPTH = 2
_MOST_KINDS, _MOST_TRIES, _MOST_BLOCKS = 6, 5, 3
_MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Change:
    """How many people more or fewer there are of some kinds; ``kinds`` as ``Cube`` has them."""

    kinds: Numbers
    by: Numbers


class State:
    """How many of each kind, and in each asked cell, there now are.

    ``low`` and ``high`` are between what each cell has to stay; those of ``still`` stay as they
    are. ``leaves`` are the lowest codes by period and dimension, ``number`` the kinds by their
    bytes.
    """

    def __init__(
        self,
        cube: Cube,
        low: Numbers,
        high: Numbers,
        leaves: Sequence[Sequence[Numbers]],
        number: Mapping[bytes, int],
        still: frozenset[int] = frozenset(),
    ) -> None:
        self._cube, self._leaves, self._number = cube, leaves, number
        self._low, self._high, self.now = low.copy(), high.copy(), cube.value.copy()
        held = sorted(still)
        self._low[held] = self._high[held] = cube.value[held]
        self._new: dict[bytes, int] = {}
        self._kinds: list[Numbers] = []
        self._places: list[Numbers] = []
        self._by: dict[int, int] = {}

    def bring(self, cell: int, goal: int, *, wide: bool) -> bool:
        """Move people until so many are in a cell; all as it was where that does not go.

        With ``wide`` people change in two dimensions at once, and others make room for them.
        """
        made: list[tuple[int, int]] = []
        while self.now[cell] != goal:
            steps = self._shift(cell, self.now[cell] < goal, wide, _DEPTH if wide else 0)
            if steps is None:
                self._undo(made)
                return False
            made += steps
        return True

    def exchange(self, part: int, row: int) -> bool:
        """Move one person out of a cell who stays in its row."""
        return self._shift(part, False, True, _DEPTH, within=row) is not None

    def around(self, cell: int) -> Numbers:
        """Kinds that differ in one dimension from people in a cell, with those themselves."""
        found = [self._cube.kinds[:0]]
        for kind in self._inside(cell):
            found += [self._kind(kind)[None], next(self._others(kind, wide=False))]
        return np.concatenate(found)

    def change(self) -> Change | None:
        """What is different from the true workforce, None where nothing is."""
        told = sorted((kind, by) for kind, by in self._by.items() if by)
        if not told:
            return None
        kinds = np.array([self._kind(kind) for kind, _ in told])
        return Change(kinds, np.array([by for _, by in told], dtype=np.int64))

    def _shift(
        self, cell: int, up: bool, wide: bool, depth: int, within: int = NOWHERE
    ) -> list[tuple[int, int]] | None:
        """One person more or fewer in a cell, and the moves that make it; None where none do."""
        inside = self._inside(cell)
        for kind in inside:
            for kinds in self._others(kind, wide) if up or self._size(kind) else ():
                tried = self._candidates(kind, kinds, cell, up, within)
                good = tried.good()
                if len(good):
                    return [tried.go(int(good[0]))]
        if not depth:
            return None
        for kind in inside[:_MOST_KINDS]:
            for kinds in self._others(kind, wide=False) if up or self._size(kind) else ():
                tried = self._candidates(kind, kinds, cell, up, within)
                for at in tried.nearly()[:_MOST_TRIES].tolist():
                    made = self._make_room(tried, at, cell, depth)
                    if made is not None:
                        return made
        return None

    def _make_room(
        self, tried: _Tried, at: int, cell: int, depth: int
    ) -> list[tuple[int, int]] | None:
        held = self._low[cell], self._high[cell]
        self._low[cell] = self._high[cell] = self.now[cell]
        made: list[tuple[int, int]] = []
        for other, up in tried.blocks(at):
            steps = self._shift(other, up, False, depth - 1)
            if steps is None:
                break
            made += steps
        self._low[cell], self._high[cell] = held
        if tried.fits(at):
            return [*made, tried.go(at)]
        self._undo(made)
        return None

    def _candidates(self, kind: int, kinds: Numbers, cell: int, up: bool, within: int) -> _Tried:
        """Those to whom somebody of a kind may change, or who may change to it where ``up``."""
        if up:
            there = [self._size(self._find(one)) > 0 for one in kinds]
            kinds = kinds[np.array(there, dtype=bool)]
        places = self._cube.places_of(kinds)
        free = ~(places == cell).any(axis=1)
        if within != NOWHERE:
            free &= (places == within).any(axis=1)
        return _Tried(self, kind, kinds[free], places[free], up)

    def _others(self, kind: int, wide: bool) -> Iterator[Numbers]:
        """Kinds that differ from one in one dimension, or in two as well."""
        row, width = self._kind(kind), len(self._cube.dims)
        there = [p for p in range(len(self._cube.axes)) if row[p * width] != NOWHERE]

        def changed(rows: Numbers, at: int) -> Numbers:
            leaves = self._leaves[there[0]][at]
            for period in there[1:]:
                leaves = np.intersect1d(leaves, self._leaves[period][at])
            found = np.repeat(rows, len(leaves), axis=0)
            for period in there:
                found[:, period * width + at] = np.tile(leaves, len(rows))
            return found

        def allowed(rows: Numbers) -> Numbers:
            rows = rows[(rows != row).any(axis=1)]
            return rows[self._cube.possible(rows)]

        once = [changed(row[None], at) for at in range(width)]
        yield allowed(np.concatenate(once))
        if wide:
            for at in range(width):
                for other in range(at + 1, width):
                    if len(once[at]) * len(once[other]) <= _MOST_PAIRS:
                        yield allowed(changed(once[at], other))

    def _inside(self, cell: int) -> list[int]:
        found = np.flatnonzero((self._cube.places == cell).any(axis=1)).tolist()
        base = len(self._cube.kinds)
        return found + [base + at for at, each in enumerate(self._places) if (each == cell).any()]

    def _kind(self, kind: int) -> Numbers:
        base = len(self._cube.kinds)
        found: Numbers = self._cube.kinds[kind] if kind < base else self._kinds[kind - base]
        return found

    def places(self, kind: int) -> Numbers:
        """The asked cells that a kind is in."""
        base = len(self._cube.kinds)
        held: Numbers = self._cube.places[kind] if kind < base else self._places[kind - base]
        found: Numbers = held[held != NOWHERE]
        return found

    def _size(self, kind: int) -> int:
        if kind == NOWHERE:
            return 0
        base = len(self._cube.kinds)
        return (int(self._cube.sizes[kind]) if kind < base else 0) + self._by.get(kind, 0)

    def _find(self, kind: Numbers) -> int:
        mark = kind.tobytes()
        return self._number.get(mark, self._new.get(mark, NOWHERE))

    def number(self, kind: Numbers, places: Numbers) -> int:
        """The number of a kind, a new one where nobody is of it."""
        found = self._find(kind)
        if found == NOWHERE:
            found = len(self._cube.kinds) + len(self._kinds)
            self._new[kind.tobytes()] = found
            self._kinds.append(kind)
            self._places.append(places)
        return found

    def room(self) -> tuple[Flags, Flags]:
        """Cells that may not lose anybody, and cells that may not gain anybody."""
        return self.now - 1 < self._low, self.now + 1 > self._high

    def go(self, source: int, target: int) -> tuple[int, int]:
        """One person of a kind becomes one of another."""
        self._by[source] = self._by.get(source, 0) - 1
        self._by[target] = self._by.get(target, 0) + 1
        self.now[self.places(source)] -= 1
        self.now[self.places(target)] += 1
        return source, target

    def has(self, kind: int) -> bool:
        """Whether anybody is of a kind."""
        return self._size(kind) > 0

    def _undo(self, made: Sequence[tuple[int, int]]) -> None:
        for source, target in reversed(made):
            self.go(target, source)


class _Tried:
    """Kinds that somebody of one kind may change to, or with ``up`` from which they may come."""

    def __init__(self, state: State, kind: int, kinds: Numbers, places: Numbers, up: bool) -> None:
        self._state, self._kind, self._kinds, self._places = state, kind, kinds, places
        self._up, self._mine = up, state.places(kind)
        self._shared = np.isin(places, self._mine) | (places == NOWHERE)

    def _blocked(self, rows: slice | int = slice(None)) -> tuple[Flags, Flags]:
        """By kind, which of its cells and which of the one kind's are in the way."""
        less, more = self._state.room()
        theirs, ours = (less, more) if self._up else (more, less)
        places = self._places[rows]
        mine = np.zeros((*places.shape[:-1], len(self._mine)), dtype=bool)
        for at in np.flatnonzero(ours[self._mine]).tolist():
            mine[..., at] = ~(places == self._mine[at]).any(axis=-1)
        return theirs[places] & ~self._shared[rows], mine

    def _count(self) -> Numbers:
        theirs, ours = self._blocked()
        found: Numbers = theirs.sum(axis=1) + ours.sum(axis=1)
        return found

    def good(self) -> Numbers:
        """Those that fit as they are, those who change the fewest cells first."""
        at = np.flatnonzero(self._count() == 0)
        return at[np.argsort((~self._shared[at]).sum(axis=1), kind="stable")]

    def nearly(self) -> Numbers:
        """Those with few cells in the way, the fewest first."""
        count = self._count()
        at = np.flatnonzero(count <= _MOST_BLOCKS)
        return at[np.argsort(count[at], kind="stable")]

    def blocks(self, at: int) -> list[tuple[int, bool]]:
        """The cells in the way of one, and whether each has to have more people first."""
        theirs, ours = self._blocked(at)
        found = [(int(cell), self._up) for cell in self._places[at][theirs].tolist()]
        return found + [(int(cell), not self._up) for cell in self._mine[ours].tolist()]

    def fits(self, at: int) -> bool:
        """Whether nothing is in the way of one now, and there is somebody to move."""
        theirs, ours = self._blocked(at)
        number = self._state.number(self._kinds[at], self._places[at])
        return (
            not theirs.any()
            and not ours.any()
            and self._state.has(number if self._up else self._kind)
        )

    def go(self, at: int) -> tuple[int, int]:
        """Move one person."""
        number = self._state.number(self._kinds[at], self._places[at])
        ends = (number, self._kind) if self._up else (self._kind, number)
        return self._state.go(*ends)
