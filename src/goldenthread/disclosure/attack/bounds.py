"""Least and greatest of every unknown, drawn tighter from sum to sum, and why each is what it is.

Whole numbers throughout. Every bound remembers the sum and the bounds that it came from, so that it
can be told as one sum of things that the release shows.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

FAR = 10**15
"""Further than any figure: a bound that is not known."""

_MOST_TIGHTENINGS = 60  # of one bound: sums that creep are left to the linear programme
LOW, HIGH = 0, 1


class Contradiction(Exception):
    """What is told cannot all be true; ``unknown`` is where it came out."""

    def __init__(self, unknown: int) -> None:
        super().__init__()
        self.unknown = unknown


@dataclass(frozen=True)
class Sum:
    """``least`` <= the sum of each coefficient times its unknown <= ``most``.

    ``premise`` is the number of what tells it, where it is more than that parts make a whole.
    """

    terms: tuple[tuple[int, int], ...]
    least: int = 0
    most: int = 0
    premise: int | None = None


@dataclass(frozen=True)
class Step:
    """How one bound came to be: from a premise, or from a sum and the bounds of its other terms."""

    unknown: int
    side: int
    value: int
    sum: int | None
    premise: int | None
    uses: tuple[int, ...]


@dataclass(frozen=True)
class Why:
    """A bound as a combination: the premises with their multiples, and the value they come to.

    ``parts`` pair a step that rests on a premise with its coefficient. ``exact`` is whether the
    combination comes to ``value`` by itself, without rounding to a whole number on the way.
    """

    parts: tuple[tuple[Step, Fraction], ...]
    value: int
    exact: bool


class Bounds:
    """The unknowns with their bounds and the sums between them.

    ``low`` and ``high`` are lists by number of unknown. ``tell`` sets a bound that somebody was
    told, ``settle`` draws all as tight as single sums can.
    """

    def __init__(self) -> None:
        self.low: list[int] = []
        self.high: list[int] = []
        self.sums: list[Sum] = []
        self.sums_of: list[list[int]] = []
        self.steps: list[Step] = []
        self._why: tuple[list[int], list[int]] = ([], [])
        self._times: tuple[list[int], list[int]] = ([], [])
        self._waiting: deque[int] = deque()
        self._in_line: set[int] = set()
        self._undo: list[tuple[int, int, int, int, int]] | None = None

    def add(self, low: int = 0, high: int = FAR) -> int:
        """A new unknown with what holds without anybody telling; its number."""
        number = len(self.low)
        self.low.append(low)
        self.high.append(high)
        self.sums_of.append([])
        for side, value in ((LOW, low), (HIGH, high)):
            self._why[side].append(len(self.steps))
            self._times[side].append(0)
            self.steps.append(Step(number, side, value, None, None, ()))
        return number

    def join(self, one: Sum) -> int:
        """Add a sum; its number."""
        number = len(self.sums)
        self.sums.append(one)
        for unknown, _ in one.terms:
            self.sums_of[unknown].append(number)
        self._wake(number)
        return number

    def tell(self, unknown: int, low: int, high: int, premise: int | None) -> None:
        """Take it that an unknown lies between two numbers, because of a premise."""
        self._tighten(unknown, LOW, low, None, premise, ())
        self._tighten(unknown, HIGH, high, None, premise, ())

    def settle(self) -> None:
        """Draw all bounds tight; raises ``Contradiction`` where one ends above its other side."""
        try:
            while self._waiting:
                number = self._waiting.popleft()
                self._in_line.discard(number)
                self._draw(number)
        except Contradiction:
            self._waiting.clear()
            self._in_line.clear()
            raise

    @contextmanager
    def supposing(self, unknown: int, low: int, high: int) -> Iterator[bool]:
        """Whether it can be that an unknown lies there, settled; all is as before afterwards."""
        steps = len(self.steps)
        self._undo = []
        try:
            try:
                self.tell(unknown, low, high, None)
                self.settle()
                possible = True
            except Contradiction:
                possible = False
            yield possible
        finally:
            for which, side, value, why, times in reversed(self._undo):
                (self.low if side == LOW else self.high)[which] = value
                self._why[side][which] = why
                self._times[side][which] = times
            self._undo = None
            del self.steps[steps:]

    def changed(self) -> set[int]:
        """The unknowns that a supposition has drawn tighter so far."""
        return {which for which, *_ in self._undo or ()}

    def why(self, unknown: int, side: int) -> Why:
        """One bound of an unknown as a combination of premises."""
        return self.combine([(unknown, side, Fraction(1))])

    def combine(self, asked: Iterable[tuple[int, int, Fraction]]) -> Why:
        """The combination behind a weighted sum of bounds, down to premises.

        Steps are undone from the last to the first, so that each is met once with all its weight.
        """
        weight: dict[int, Fraction] = {}
        value = Fraction(0)
        for unknown, side, coefficient in asked:
            why = self._why[side][unknown]
            weight[why] = weight.get(why, Fraction(0)) + coefficient
            value += coefficient * self.steps[why].value
        heap = [-why for why in weight]
        heapq.heapify(heap)
        parts: list[tuple[Step, Fraction]] = []
        while heap:
            number = -heapq.heappop(heap)
            if number not in weight:
                continue
            coefficient, step = weight.pop(number), self.steps[number]
            if not coefficient:
                continue
            held = None if step.sum is None else self.sums[step.sum]
            if step.sum is None or held is None or held.premise is not None:
                parts.append((step, coefficient))
                continue
            mine = next(each for which, each in held.terms if which == step.unknown)
            others = [term for term in held.terms if term[0] != step.unknown]
            for (_which, each), used in zip(others, step.uses, strict=True):
                if used not in weight:
                    heapq.heappush(heap, -used)
                weight[used] = weight.get(used, Fraction(0)) - coefficient * Fraction(each, mine)
        total = sum((each * step.value for step, each in parts), Fraction(0))
        return Why(tuple(parts), int(value), total == value)

    def _wake(self, number: int) -> None:
        if number not in self._in_line:
            self._in_line.add(number)
            self._waiting.append(number)

    def _draw(self, number: int) -> None:
        one = self.sums[number]
        low, high = self.low, self.high
        least = most = 0
        least_far = most_far = 0
        for which, each in one.terms:
            a, b = (low[which], high[which]) if each > 0 else (high[which], low[which])
            if -FAR < a < FAR:
                least += each * a
            else:
                least_far += 1
            if -FAR < b < FAR:
                most += each * b
            else:
                most_far += 1
        if least_far > 1 and most_far > 1:
            return
        for which, each in one.terms:
            a, b = (low[which], high[which]) if each > 0 else (high[which], low[which])
            a_far, b_far = not -FAR < a < FAR, not -FAR < b < FAR
            # Of the others: the least they come to leaves the most for this one, and conversely.
            if one.most < FAR and least_far == (1 if a_far else 0):
                room = one.most - least + (0 if a_far else each * a)
                self._limit(number, which, each, room, most=True)
            if one.least > -FAR and most_far == (1 if b_far else 0):
                room = one.least - most + (0 if b_far else each * b)
                self._limit(number, which, each, room, most=False)
            # What is now known of this one holds for the next.
            c, d = (low[which], high[which]) if each > 0 else (high[which], low[which])
            if c != a:
                least += each * (c if a_far else c - a)
                least_far -= a_far
            if d != b:
                most += each * (d if b_far else d - b)
                most_far -= b_far

    def _limit(self, number: int, which: int, each: int, room: int, most: bool) -> None:
        """Draw in: ``each`` times the unknown is at most, or at least, ``room``."""
        if most == (each > 0):
            value = room // each if each > 0 else (-room) // (-each)
            if value < self.high[which]:
                self._tighten(which, HIGH, value, number, None, self._used(number, which, most))
        else:
            value = -((-room) // each) if each > 0 else -(room // (-each))
            if value > self.low[which]:
                self._tighten(which, LOW, value, number, None, self._used(number, which, most))

    def _used(self, number: int, which: int, most: bool) -> tuple[int, ...]:
        found = []
        for other, each in self.sums[number].terms:
            if other != which:
                side = LOW if (each > 0) == most else HIGH
                found.append(self._why[side][other])
        return tuple(found)

    def _tighten(
        self,
        which: int,
        side: int,
        value: int,
        number: int | None,
        premise: int | None,
        uses: tuple[int, ...],
    ) -> None:
        held = self.low if side == LOW else self.high
        if (value <= held[which]) if side == LOW else (value >= held[which]):
            return
        if number is not None and self._times[side][which] >= _MOST_TIGHTENINGS:
            return
        if self._undo is not None:
            old = self._why[side][which]
            self._undo.append((which, side, held[which], old, self._times[side][which]))
        held[which] = value
        self._times[side][which] += 1
        self._why[side][which] = len(self.steps)
        self.steps.append(Step(which, side, value, number, premise, uses))
        if self.low[which] > self.high[which]:
            raise Contradiction(which)
        for other in self.sums_of[which]:
            self._wake(other)


def holds(values: Mapping[int, int] | Sequence[int], one: Sum) -> bool:
    """Whether values of the unknowns agree with a sum."""
    total = sum(each * values[which] for which, each in one.terms)
    return one.least <= total <= one.most
