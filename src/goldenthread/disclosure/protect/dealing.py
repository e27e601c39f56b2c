"""What a group is to earn more or less, dealt out to its people so that no median told changes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import Numbers
from goldenthread.disclosure.protect.earners import Earners, doubled_median
from goldenthread.disclosure.protect.pay_rules import Median

_FAR = 10**12
_TRIES = 20
_ROUNDS = 6


class Dealing:
    """The bounds within which everybody's pay may move with each median told as it is.

    Who is below the middle stays at or below it, who is above at or above it, and who is in the
    middle stays. Where somebody must cross, somebody else on the other side takes that place, and
    a third person who is in the same totals as the second (``groups``, by atom) takes the
    difference. ``room`` is by atom how far it can move both ways with nobody crossing; ``is_rigid``
    are the atoms whose people all have little.
    """

    def __init__(self, earners: Earners, medians: list[Median], groups: Numbers) -> None:
        self.earners = earners
        self._group = groups[earners.atom]
        self._members = {one: earners.members(one.row) for one in medians}
        self._sets: dict[Median, set[int]] = {}
        self._holding: list[list[Median]] = [[] for _ in range(len(earners.pay))]
        self.low = np.zeros(len(earners.pay), dtype=np.int64)
        self.high = np.full(len(earners.pay), _FAR, dtype=np.int64)
        for one, people in self._members.items():
            order = people[np.argsort(earners.pay[people], kind="stable")]
            first, last = (len(order) - 1) // 2, len(order) // 2
            below, middle, above = order[:first], order[first : last + 1], order[last + 1 :]
            self.high[below] = np.minimum(self.high[below], earners.pay[order[first]])
            self.low[above] = np.maximum(self.low[above], earners.pay[order[last]])
            self.low[middle], self.high[middle] = earners.pay[middle], earners.pay[middle]
            for person in people.tolist():
                self._holding[person].append(one)
        self.high = np.maximum(self.high, earners.pay)
        self.low = np.minimum(self.low, earners.pay)
        rise, fall = (np.zeros(len(earners.size), dtype=np.int64) for _ in range(2))
        np.add.at(rise, earners.atom, self.high - earners.pay)
        np.add.at(fall, earners.atom, earners.pay - self.low)
        self.room: Numbers = np.minimum(rise, fall)
        self.is_rigid: NDArray[np.bool_] = 10 * self.room <= earners.sums

    def is_right(self, one: Median, new: Numbers) -> bool:
        """Whether a median is told alike with this pay."""
        return one.of(doubled_median(new[self._members[one]])) == one.value

    def deal(self, by: dict[int, int], inside: NDArray[np.bool_]) -> Numbers | None:
        """Everybody's pay with these changes by atom, or None where somebody would be below nought.

        Medians that are told are kept where they can be, without changing what those ``inside``
        earn together; whoever asks looks at them again.
        """
        earners = self.earners
        new = earners.pay.copy()
        for atom, each in sorted(by.items()):
            if not self._spread(new, atom, each):
                return None
        for _ in range(_ROUNDS):
            wrong = self._wrong(new)
            if not wrong or not self._mend(new, wrong, inside):
                break
        return new

    def _spread(self, new: Numbers, atom: int, by: int) -> bool:
        people = self.earners.of_atom(atom)
        people = people[self.earners.known[people]]
        if not len(people):
            return False
        left = abs(by)
        if by > 0:
            room = self.high[people] - self.earners.pay[people]
        else:
            room = self.earners.pay[people] - self.low[people]
        order = people[np.argsort(-room, kind="stable")]
        for person, most in zip(order.tolist(), np.sort(room)[::-1].tolist(), strict=True):
            step = min(left, most)
            new[person] += step if by > 0 else -step
            left -= step
        # What is left makes somebody cross: those who earn most, until it is dealt out.
        for person in people.tolist():
            step = left if by > 0 else min(left, int(new[person]))
            new[person] += step if by > 0 else -step
            left -= step
        return left == 0

    def _wrong(self, new: Numbers) -> list[Median]:
        touched: dict[Median, None] = {}
        for person in np.flatnonzero(new != self.earners.pay).tolist():
            touched.update(dict.fromkeys(self._holding[person]))
        return [one for one in touched if not self.is_right(one, new)]

    def _mend(self, new: Numbers, wrong: list[Median], inside: NDArray[np.bool_]) -> bool:
        """Let somebody take the place in the order of one who has crossed; whether that helped."""
        pay = self.earners.pay
        for person in np.flatnonzero(new != pay).tolist():
            crossed = [one for one in self._holding[person] if one in wrong]
            if not crossed:
                continue
            rose = new[person] > pay[person]
            for other, third in self._partners(new, person, crossed, bool(rose)):
                if inside[other] != inside[third]:
                    continue
                took = int(pay[other] - pay[person])
                held = {*crossed, *self._holding[other], *self._holding[third]}
                far = sum(one in wrong for one in held)
                new[other] -= took
                new[third] += took
                if new[third] >= 0 and sum(not self.is_right(one, new) for one in held) < far:
                    return True
                new[other] += took
                new[third] -= took
        return False

    def _partners(
        self, new: Numbers, person: int, crossed: list[Median], rose: bool
    ) -> Iterator[tuple[int, int]]:
        """Who may take somebody's place, the nearest first, with who takes the difference."""
        earners = self.earners
        pay = earners.pay
        near = self._members[min(crossed, key=lambda one: one.people)]
        free = near[(new[near] == pay[near]) & earners.known[near]]
        free = free[pay[free] > pay[person]] if rose else free[pay[free] < pay[person]]
        free = free[np.argsort(np.abs(pay[free] - pay[person]), kind="stable")]
        tried = 0
        for other in free.tolist():
            if any(other not in self._held(one) for one in crossed):
                continue
            fellows = np.flatnonzero(self._group == self._group[other])
            still = [
                one
                for one in fellows.tolist()
                if one not in (other, person) and new[one] == pay[one] and earners.known[one]
            ]
            took = int(pay[other] - pay[person])
            for third in still:
                if self.low[third] <= pay[third] + took <= self.high[third]:
                    yield other, third
                    tried += 1
                    break
            if tried >= _TRIES:
                return

    def _held(self, one: Median) -> set[int]:
        if one not in self._sets:
            self._sets[one] = set(self._members[one].tolist())
        return self._sets[one]
