"""What can be worked out: every question an outsider would ask, settled one way or the other.

A count is cleared by whole numbers that fit everything told and set it elsewhere; it is found by a
combination of sums that leaves it no other place. Bounds come first, then one linear programme for
each part, then whole numbers where a programme leaves a doubt.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.attack.bounds import HIGH, LOW, Why
from goldenthread.disclosure.attack.knowledge import Cell, Codes, Count, Knowledge
from goldenthread.disclosure.attack.nesting import TOTAL
from goldenthread.disclosure.attack.programme import Answer, Part, parts

ROOM = 2
"""A hidden count that says something of people leaves at least so much between least and most."""

_MOST_ROUNDS = 12
_REACHES = (1, 3)
_CHANCES = 4
_NEAR = 1e-6


_KIND_OF = {
    Count.JOINERS: "joiner",
    Count.APPEARED: "joiner",
    Count.LEAVERS: "leaver",
    Count.DECLARED: "declared",
}


@dataclass(frozen=True)
class Found:
    """One count, or one group, that can be worked out. ``group`` is the whole of a group's cell.

    ``low`` and ``high`` are what is left possible; ``why`` are the reasons for either side, None
    where only whole numbers rule the rest out.
    """

    kind: str
    cell: int
    low: int
    high: int
    why: tuple[Why | None, Why | None]
    group: int | None = None
    alone: int | None = None


@dataclass
class Settled:
    """All that was found, and how many questions were left open when the search was ended."""

    found: list[Found]
    open: int = 0


class Judge:
    """Asks every question of what is known."""

    def __init__(self, known: Knowledge) -> None:
        self.known, self.bounds = known, known.bounds
        count = len(known.cells)
        # The least and the most that whole numbers that fit have shown to be possible.
        self._seen_low: NDArray[np.int64] = np.array(self.bounds.high[:count])
        self._seen_high: NDArray[np.int64] = np.array(self.bounds.low[:count])
        self._tells = [known.tells(number) for number in range(count)]
        self._settled = Settled([])

    def judge(self) -> Settled:
        """Every count and every group that can be worked out, in the order of the cells."""
        known, bounds = self.known, self.bounds
        asked: list[int] = []
        for number, cell in enumerate(known.cells):
            if bounds.low[number] == bounds.high[number]:
                self._seen_low[number] = self._seen_high[number] = bounds.low[number]
            kind = self._kind(number, bounds.low[number], bounds.high[number])
            if kind:
                why = bounds.why(number, LOW), bounds.why(number, HIGH)
                self._add(kind, number, bounds.low[number], bounds.high[number], why)
            elif (
                self._is_asked(number, cell)
                and not self._is_clear(number)
                and known.is_followed(number)
            ):
                asked.append(number)
        groups = list(self._groups())
        open_groups = self._groups_by_bounds(groups)
        self._by_programme(asked, open_groups)
        self._settled.found.sort(key=lambda one: (one.cell, one.kind))
        return self._settled

    def insiders(self, alone: Collection[int]) -> list[Found]:
        """What the only person of a cell works out of others, knowing that they are alone in it.

        ``alone`` are numbers of cells. Only counts that nobody else can work out are told, and none
        that is of the same person.
        """
        bounds, found = self.bounds, []
        known = {one.cell for one in self._settled.found}
        for number in sorted(alone):
            if not bounds.low[number] <= 1 < bounds.high[number]:
                continue
            with bounds.supposing(number, 1, 1) as possible:
                if not possible:
                    continue
                for other in sorted(bounds.changed() - known - {number}):
                    low, high = bounds.low[other], bounds.high[other]
                    if low != high or not self._is_small(low, high):
                        continue
                    if not self._is_asked(other, self.known.cells[other]):
                        continue
                    if low == 1 and self._may_be_same(number, other):
                        continue
                    why = bounds.why(other, LOW), bounds.why(other, HIGH)
                    found.append(Found("insider", other, low, high, why, alone=number))
        return found

    def _kind(self, number: int, low: int, high: int) -> str:
        cell = self.known.cells[number]
        count = self.known.layers[cell.layer].count
        if count is Count.PEOPLE:
            if self._is_small(low, high) and self._is_figure(number, cell):
                return "exact" if low == high else "small"
            if self._needs_room(number, cell) and low >= 1 and high - low < ROOM:
                return "narrow"
            return ""
        if not self._tells[number] or not self._is_small(low, high):
            return ""
        return _KIND_OF[count]

    def _is_small(self, low: int, high: int) -> bool:
        return low >= 1 and high < self.known.threshold

    def _is_figure(self, number: int, cell: Cell) -> bool:
        """Whether a count says something of people, or is one that a table has or leaves out.

        How many people moved with a unit that no table shows is seen from the headcounts that are
        always told; only what they are is theirs.
        """
        if not self.known.units_moved:
            return True
        return self._tells[number] or cell.marked or bool(cell.tables)

    def _needs_room(self, number: int, cell: Cell) -> bool:
        return cell.marked and cell.shown is None and self._tells[number]

    def _is_asked(self, number: int, cell: Cell) -> bool:
        """Whether a count may not be worked out, whatever it is."""
        count = self.known.layers[cell.layer].count
        return count is Count.PEOPLE or self._tells[number]

    def _is_clear(self, number: int) -> bool:
        low, high = self._seen_low[number], self._seen_high[number]
        if low <= 0 or self.bounds.low[number] == self.bounds.high[number]:
            return True
        cell = self.known.cells[number]
        is_large = high >= self.known.threshold or self.bounds.low[number] >= self.known.threshold
        needs = self.known.layers[cell.layer].count is Count.PEOPLE and self._needs_room(
            number, cell
        )
        return bool(is_large and (not needs or high - low >= ROOM))

    def _may_be_same(self, number: int, other: int) -> bool:
        """Whether one person alone in each may be one and the same: one cell lies in the other."""
        mine, yours = self.known.cells[number], self.known.cells[other]
        if mine.layer != yours.layer:
            return False
        nestings = self.known.nestings[mine.layer]
        inside = [
            nesting.is_within(a, b)
            for nesting, a, b in zip(nestings, mine.codes, yours.codes, strict=True)
        ]
        outside = [
            nesting.is_within(b, a)
            for nesting, a, b in zip(nestings, mine.codes, yours.codes, strict=True)
        ]
        return all(inside) or all(outside)

    def _add(
        self,
        kind: str,
        number: int,
        low: int,
        high: int,
        why: tuple[Why | None, Why | None],
        group: int | None = None,
    ) -> None:
        self._settled.found.append(Found(kind, number, low, high, why, group))

    # Groups: all of some people in one category that says something of them.

    def _groups(self) -> Iterator[tuple[int, int]]:
        """Pairs of a whole and one category of it that says something and may be all of it."""
        known, bounds = self.known, self.bounds
        for number, cell in enumerate(known.cells):
            if known.layers[cell.layer].count in (Count.DECLARED, Count.APPEARED):
                continue
            for at, code in enumerate(cell.codes):
                if not known.is_declared(at, cell.layer, code):
                    continue
                nesting = known.nestings[cell.layer][at]
                if nesting.leaves.get(code) == nesting.leaves[TOTAL]:
                    continue
                codes: Codes = (*cell.codes[:at], TOTAL, *cell.codes[at + 1 :])
                whole = known.number(cell.layer, codes)
                if whole is not None and bounds.high[number] >= max(1, bounds.low[whole]):
                    yield whole, number

    def _groups_by_bounds(self, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
        bounds = self.bounds
        left = []
        for whole, part in groups:
            if bounds.low[whole] < 1:
                # It may be that nobody is there; a programme tells.
                if bounds.high[whole] >= 1:
                    left.append((whole, part))
            elif bounds.low[part] == bounds.high[whole]:
                self._add_group(whole, part)
            elif bounds.low[whole] == bounds.high[whole] and bounds.low[part] == bounds.high[part]:
                continue
            elif not self._others_are_none(whole, part):
                left.append((whole, part))
            else:
                self._add_group(whole, part)
        return left

    def _others_are_none(self, whole: int, part: int) -> bool:
        bounds = self.bounds
        for number in bounds.sums_of[whole]:
            terms = bounds.sums[number].terms
            if bounds.sums[number].premise is None and (part, -1) in terms and (whole, 1) in terms:
                rest = [w for w, _ in terms if w not in (whole, part)]
                if rest and all(bounds.high[w] == 0 for w in rest):
                    return True
        return False

    def _add_group(self, whole: int, part: int) -> None:
        bounds = self.bounds
        why = bounds.why(part, LOW), bounds.why(whole, HIGH)
        self._add("group", part, bounds.low[whole], bounds.high[whole], why, whole)

    # The programme: bulk questions first, whose answers clear many, then one for each that is left.

    def _by_programme(self, asked: list[int], groups: list[tuple[int, int]]) -> None:
        wanted = set(asked) | {one for pair in groups for one in pair}
        followed = filter(self.known.is_followed, range(len(self.known.cells)))
        loose = {one.cell: one for one in self._settled.found if one.low < one.high}
        for part in parts(self.bounds, followed):
            for number in part.cells:
                if number in loose and loose[number].group is None:
                    self._draw_closer(part, loose[number])
            mine = [number for number in asked if number in part.column]
            pairs = [(w, p) for w, p in groups if w in part.column or p in part.column]
            if mine or (pairs and wanted & part.column.keys()):
                self._part(part, mine, pairs)

    def _part(self, part: Part, asked: list[int], groups: list[tuple[int, int]]) -> None:
        pairs = [pair for pair in groups if not self._group_is_clear(pair, None, part)]
        dice = random.Random(20_000 + len(part.cells))  # noqa: S311 - the same every time
        for turn in range(_MOST_ROUNDS):
            left = [number for number in asked if not self._is_clear(number)]
            if len(left) < 3 and len(pairs) < 3:
                break
            before = len(left) + len(pairs)
            objective: dict[int, int] = {}
            for number in left:
                # Upwards first; now and then downwards, for those that only need room.
                sign = -1 if turn % 3 == 2 else 1
                objective[part.column[number]] = sign * dice.randint(8, 15)
            for pair in pairs:
                for at, each in self._apart(pair, part).items():
                    objective[at] = objective.get(at, 0) + 4 * each
            answer = part.ask(objective, most=True)
            self._see(part, answer.whole if answer.whole is not None else self._mend(part, answer))
            pairs = [pair for pair in pairs if not self._group_is_clear(pair, self._last, part)]
            after = sum(not self._is_clear(number) for number in left) + len(pairs)
            if turn > 2 and before - after < 2:
                break
        for number in asked:
            if not self._is_clear(number):
                self._one(part, number)
        for pair in pairs:
            self._one_group(part, pair)

    _last: Mapping[int, int] | None = None

    def _see(self, part: Part, whole: NDArray[np.int64] | None) -> None:
        self._last = None
        if whole is None:
            return
        cells = np.array(part.cells)
        self._seen_low[cells] = np.minimum(self._seen_low[cells], whole)
        self._seen_high[cells] = np.maximum(self._seen_high[cells], whole)
        self._last = dict(zip(part.cells, whole.tolist(), strict=True))

    def _draw_closer(self, part: Part, one: Found) -> None:
        """Tell a count that was found by bounds as closely as sums together tell it."""
        objective = {part.column[one.cell]: 1}
        most, least = (part.ask(objective, side) for side in (True, False))
        if most.value is None or least.value is None:
            return
        self._see(part, most.whole)
        self._see(part, least.whole)
        low, high = int(np.ceil(least.value - _NEAR)), int(np.floor(most.value + _NEAR))
        kind = self._kind(one.cell, low, high)
        if not kind or (low <= one.low and high >= one.high):
            return
        why = (
            part.why(objective, least, most=False) if low > one.low else one.why[0],
            part.why(objective, most, most=True) if high < one.high else one.why[1],
        )
        self._settled.found.remove(one)
        self._add(kind, one.cell, max(low, one.low), min(high, one.high), why)

    def _one(self, part: Part, number: int) -> None:
        """Settle one count: as far up as it goes, and as far down."""
        objective = {part.column[number]: 1}
        threshold = self.known.threshold
        high = low = None
        for most in (True, False):
            answer = part.ask(objective, most)
            if answer.value is None:
                self._settled.open += 1
                return
            self._see(part, answer.whole)
            if self._is_clear(number):
                return
            if most:
                high = int(np.floor(answer.value + _NEAR)), part.why(objective, answer, most)
            else:
                low = int(np.ceil(answer.value - _NEAR)), part.why(objective, answer, most)
        assert high is not None and low is not None  # noqa: S101 - both sides were asked
        kind = self._kind(number, low[0], high[0])
        if kind:
            self._add(kind, number, low[0], high[0], (low[1], high[1]))
            return
        if self._by_chance(part, number):
            return
        # The programme allows it, but perhaps no whole numbers do.
        best = self._most_whole(part, number, low[0], high[0])
        if best is None:
            self._settled.open += 1
            return
        if self._is_clear(number):
            return
        kind = self._kind(number, *best)
        if kind:
            self._add(kind, number, best[0], best[1], (None, None))
        elif best[0] >= 1 and best[1] >= threshold:
            return

    def _mend(self, part: Part, answer: Answer) -> NDArray[np.int64] | None:
        if answer.value is None:
            return None
        for reach in _REACHES:
            whole = part.mended(answer.values, reach)
            if whole is not None:
                return whole
        return None

    def _by_chance(self, part: Part, number: int) -> bool:
        """Clear a count by asking again with a little of everything else, which is mostly whole."""
        at = part.column[number]
        for turn in range(_CHANCES):
            dice = random.Random(number * _CHANCES + turn)  # noqa: S311 - the same every time
            objective = {other: dice.randint(-9, 9) for other in range(len(part.cells))}
            # Far up or down by itself, and else only so far as is asked.
            objective[at] = 100_000 if turn % 2 == 0 else -100_000
            answer = part.ask(objective, most=True)
            self._see(part, answer.whole if answer.whole is not None else self._mend(part, answer))
            if self._is_clear(number):
                return True
        return False

    def _most_whole(self, part: Part, number: int, low: int, high: int) -> tuple[int, int] | None:
        """The least and the most that whole numbers allow, so far as it matters."""
        at = part.column[number]
        for sign in (1, -1):
            while True:
                edge = high if sign == 1 else low
                if (
                    (edge <= self._seen_high[number])
                    if sign == 1
                    else (edge >= self._seen_low[number])
                ):
                    break
                found = part.possible({at: sign}, sign * edge)
                if found is None:
                    return None
                if found is False:
                    if sign == 1:
                        high -= 1
                    else:
                        low += 1
                    if low > high:
                        return None
                    continue
                self._see(part, found if not isinstance(found, bool) else None)
                break
            if self._is_clear(number):
                break
        return low, high

    def _apart(self, pair: tuple[int, int], part: Part) -> dict[int, int]:
        whole, inner = pair
        found = {}
        if whole in part.column:
            found[part.column[whole]] = 1
        if inner in part.column:
            found[part.column[inner]] = -1
        return found

    def _group_is_clear(
        self, pair: tuple[int, int], values: Mapping[int, int] | None, part: Part
    ) -> bool:
        """Whether somebody in the group may be of another category, or nobody be in it."""
        whole, inner = pair
        if self._seen_low[whole] <= 0:
            return True
        if values is None:
            return False
        there = values.get(whole, self.bounds.low[whole])
        same = values.get(inner, self.bounds.low[inner])
        if whole not in part.column and self.bounds.low[whole] != self.bounds.high[whole]:
            return False
        if inner not in part.column and self.bounds.low[inner] != self.bounds.high[inner]:
            return False
        return there > same or there <= 0

    def _one_group(self, part: Part, pair: tuple[int, int]) -> None:
        whole, inner = pair
        objective = self._apart(pair, part)
        fixed = (0 if whole in part.column else self.bounds.low[whole]) - (
            0 if inner in part.column else self.bounds.low[inner]
        )
        answer = part.ask(objective, most=True)
        if answer.value is None:
            self._settled.open += 1
            return
        self._see(part, answer.whole)
        if answer.value + fixed > 1 - _NEAR:
            if answer.whole is not None:
                return
            found = part.possible(objective, 1 - fixed)
            if found is None:
                self._settled.open += 1
            if found is not False:
                return
        low = max(self.bounds.low[whole], 0)
        if low < 1:
            # All alike, if anybody is there; is anybody?
            least = part.ask({part.column[whole]: 1}, most=False)
            self._see(part, least.whole)
            if least.value is None or least.value < 1 - _NEAR:
                return
            low = int(np.ceil(least.value - _NEAR))
        why = part.why(objective, answer, most=True)
        self._add("group", inner, low, self.bounds.high[whole], (None, why), whole)
