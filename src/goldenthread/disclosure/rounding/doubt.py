"""Other workforces of whole people that would be rounded as is shown: the proof of a rounded count.

Somebody is given another answer or another team, one person after another, as long as every figure
that is shown stays less than ``BASE`` from the count, until a count that is small is nought, or
large. What one workforce cannot show another one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.rounding.cube import NOWHERE, Cube, Flags, Numbers
from goldenthread.disclosure.rounding.looking import look
from goldenthread.disclosure.rounding.moving import Change, State

WIDTH = 2
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Doubt:
    """Changes that leave every count in doubt, and the cells of those that none was found for.

    ``groups`` are rows that would tell that everybody in them is alike.
    """

    changes: tuple[Change, ...]
    counts: tuple[int, ...]
    groups: tuple[int, ...]
    insiders: tuple[int, ...]


class Prover:
    """Finds workforces, given what is shown: between ``low`` and ``high`` each asked cell is.

    A count that is small is in doubt where it may be nought, or at the threshold or more, and what
    it may be is ``WIDTH`` apart. ``marked`` cells are withdrawn: those that tell of people and are
    not small need the width alone. In a row where everybody has one sensitive code, somebody may
    have another, or nobody be there. No person who is alone in a cell may settle another count.
    """

    def __init__(
        self,
        cube: Cube,
        low: Numbers,
        high: Numbers,
        threshold: int,
        marked: Flags,
        known: Sequence[Change] = (),
    ) -> None:
        self.cube, self.low, self.high, self.threshold = cube, low, high, threshold
        value = cube.value
        self._small = (value > 0) & (value < threshold)
        self._wide = self._small | (marked & (value > 0))
        self._seen_low, self._seen_high = value.copy(), value.copy()
        rows, parts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for row, part in cube.groups():
            rows.append(row)
            parts.append(part)
        self._rows, self._parts = np.concatenate(rows), np.concatenate(parts)
        self._apart = np.zeros(len(self._rows), dtype=bool)
        self._alone = cube.told & (value == 1)
        self._common: dict[int, frozenset[int]] = {}
        self._leaves = [
            [np.flatnonzero((axis.above != NOWHERE).any(axis=1)) for axis in held]
            for held in cube.axes
        ]
        self._number = {kind.tobytes(): at for at, kind in enumerate(cube.kinds)}
        self.changes: list[Change] = []
        # What was found for other figures holds here where it leaves these as they are shown.
        for change in known:
            now = self.moved(change)
            if (now >= low).all() and (now <= high).all():
                self._keep(change, now)

    def prove(self) -> Doubt:
        """Look for a workforce for every count, group and neighbour that has none yet."""
        for wide in (False, True):
            for cell in self._unmet().tolist():
                # What was found for another may do for this one; a width may ask for two.
                for _ in range(2):
                    if not self._is_unmet(cell) or not self._settle(cell, wide=wide):
                        break
        for cell in self._unmet().tolist():
            for _ in range(2):
                if not self._is_unmet(cell) or not self._look(cell):
                    break
        for at in np.flatnonzero(~self._apart).tolist():
            if not self._apart[at]:
                self._part(int(self._rows[at]), int(self._parts[at]))
        for cell in np.flatnonzero(self._small).tolist():
            others = self._told_by_one(cell)
            if others:
                self._without(cell, others)
        return Doubt(
            tuple(self.changes),
            tuple(self._unmet().tolist()),
            tuple(self._rows[~self._apart].tolist()),
            tuple(one for one in np.flatnonzero(self._small).tolist() if self._told_by_one(one)),
        )

    def used(self) -> tuple[Change, ...]:
        """The changes that any proof needs: all that were kept."""
        return tuple(self.changes)

    def _unmet(self) -> Numbers:
        low, high = self._seen_low, self._seen_high
        settled = self._small & (low > 0) & (high < self.threshold)
        return np.flatnonzero(settled | (self._wide & (high - low < WIDTH)))

    def _is_unmet(self, cell: int) -> bool:
        low, high = self._seen_low[cell], self._seen_high[cell]
        return bool(high - low < WIDTH or (self._small[cell] and low > 0 and high < self.threshold))

    def _told_by_one(self, cell: int) -> frozenset[int]:
        """Cells whose only person changes whenever this count does, and so could tell it."""
        common = self._common.get(cell, frozenset())
        return frozenset(one for one in common if one != cell and not self._same(cell, one))

    def _same(self, cell: int, other: int) -> bool:
        if self.cube.value[cell] != 1:
            return False
        kinds = [np.flatnonzero((self.cube.places == one).any(axis=1)) for one in (cell, other)]
        return bool(np.array_equal(kinds[0], kinds[1]))

    def _keep(self, change: Change | None, now: Numbers) -> None:
        if change is None:
            return
        self.changes.append(change)
        self._seen_low = np.minimum(self._seen_low, now)
        self._seen_high = np.maximum(self._seen_high, now)
        apart = now[self._rows] - now[self._parts]
        self._apart |= (apart >= 1) | (now[self._rows] == 0)
        moved = np.flatnonzero(now != self.cube.value)
        alone = frozenset(moved[self._alone[moved]].tolist())
        for cell in moved[self._small[moved]].tolist():
            self._common[cell] = self._common.get(cell, alone) & alone

    def _goals(self, cell: int) -> tuple[int, int]:
        """What a count is to be, one or the other: at most the first, or at least the second."""
        low, high = int(self._seen_low[cell]), int(self._seen_high[cell])
        value = int(self.cube.value[cell])
        if value >= self.threshold or low == 0 or high >= self.threshold:
            return high - WIDTH, low + WIDTH
        return 0, max(self.threshold, value + WIDTH)

    def _settle(self, cell: int, *, wide: bool) -> bool:
        """Bring a count to nought or over the threshold, or as far as its width asks."""
        return any(self._try(cell, goal, wide=wide) for goal in self._goals(cell))

    def _look(self, cell: int) -> bool:
        """The same by a programme over people who are near."""
        most, least = self._goals(cell)
        low, high = int(self.low[cell]), int(self.high[cell])
        state = State(self.cube, self.low, self.high, self._leaves, self._number)
        for goal in ((low, most), (least, high)):
            if goal[0] > goal[1]:
                continue
            found = look(self.cube, (self.low, self.high), cell, goal, state.around(cell))
            if found is not None:
                change = Change(*found)
                self._keep(change, self.moved(change))
                return True
        return False

    def moved(self, change: Change) -> Numbers:
        """How many are in each asked cell after a change."""
        now = self.cube.value.copy()
        for places, by in zip(self.cube.places_of(change.kinds), change.by, strict=True):
            now[places[places != NOWHERE]] += by
        return now

    def _try(self, cell: int, goal: int, *, wide: bool, still: frozenset[int] = _NOBODY) -> bool:
        value = int(self.cube.value[cell])
        if goal == value or goal < 0 or not self.low[cell] <= goal <= self.high[cell]:
            return False
        state = State(self.cube, self.low, self.high, self._leaves, self._number, still)
        found = state.bring(cell, goal, wide=wide)
        if found:
            self._keep(state.change(), state.now)
        return found

    def _without(self, cell: int, others: frozenset[int]) -> bool:
        """Change a count while those who are alone elsewhere stay as they are."""
        value = int(self.cube.value[cell])
        return any(
            self._try(cell, goal, wide=wide, still=others)
            for wide in (False, True)
            for goal in (value + 1, value - 1)
        )

    def _part(self, row: int, part: int) -> None:
        """Give one person of a row in which all are alike another code of the dimension."""
        state = State(self.cube, self.low, self.high, self._leaves, self._number)
        if state.exchange(part, row):
            self._keep(state.change(), state.now)
