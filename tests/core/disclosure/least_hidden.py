"""The least that need be hidden of a small release: the exact optimum, by trying everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from core.disclosure.brute import Space, needed
from core.disclosure.counted import TOTAL, Cell, People, Release, Row, Spec, children, counts
from core.disclosure.whole_numbers import SPARE, Sum, TooMany, every_vector


@dataclass(frozen=True)
class Optimum:
    """The least that need be hidden beside what is small: how many people and cells, and which."""

    people: int
    cells: int
    hidden: frozenset[Cell]


def optimum(
    spec: Spec,
    rows: Sequence[Row],
    withdrawn: Iterable[Cell] = (),
    by: Callable[[int, int], tuple[int, int]] = lambda people, cells: (people, cells),
    spare: int = SPARE,
    insiders: bool = False,
) -> Optimum | None:
    """The least hiding of counts that lets every small one be :func:`needed`, or None if none does.

    Every workforce that could be told apart from the true one by hidden counts alone is written
    down, with the counts in which it differs; a choice of hidden counts is safe when it holds all
    that one such workforce differs in, for each small count. Noughts are shown, the headcounts of
    the body and its directorates are open from the threshold on, and what is ``withdrawn`` costs
    nothing. A count that is always another's, since all others beside it are shown as nought, is
    hidden with it and counts once. The first of ``by`` decides, people before cells unless told
    otherwise. With ``insiders`` the only person of a cell may work out no other small count either.
    Flows and percentages are not looked at.
    """
    people, cells = People(spec, rows), counts(spec)
    value = {where: people.count(where) for where in cells}
    withdrawn = frozenset(withdrawn)
    few = [where for where in cells if 0 < value[where] < spec["threshold"]]
    stay = {where for where in cells
            if value[where] >= spec["threshold"] and _headcount(spec, where)}  # fmt: skip
    free: list[Cell] = []
    same: dict[Cell, list[Cell]] = {}
    space = Space(spec, cells)
    ways: list[list[int]] = []
    for period in spec["periods"]:
        mine = [where for where in cells if where[0] == period]
        floor = 1 if spec.get("suppressed_never_zero") else 0
        sums = []
        for where in mine:
            if where in withdrawn:
                continue
            told = value[where]
            exact = where in stay or told == 0
            least, most = (told, told) if exact else (floor, None)
            sums.append(Sum(space.inside(where), least, most))
        vectors = every_vector(len(space.places[period]), sums, (), spare)
        numbers = {where: vectors[:, sorted(space.inside(where))].sum(axis=1) for where in mine}
        closed = stay | withdrawn
        beside = [one for one in mine if value[one] >= spec["threshold"] and one not in closed]
        here = _same(space, beside, {one for one in mine if not value[one]} - withdrawn)
        same |= here
        if len(same) > 64:
            raise TooMany(f"{len(same)} counts that might be hidden")
        apart = np.zeros(len(vectors), dtype=np.uint64)
        for one in here:
            apart |= (numbers[one] != value[one]).astype(np.uint64) << np.uint64(len(free))
            free.append(one)
        small = [where for where in few if where[0] == period]
        enough = [numbers[one] >= needed(value[one], spec["threshold"]) for one in small]
        if insiders:
            enough += [
                (numbers[alone] == 1) & (numbers[other] != value[other])
                for alone, other in product(small, repeat=2)
                if value[alone] == 1 and people.of(alone) != people.of(other)
            ]
        ways += [_least(np.unique(apart[each])) for each in enough]
    if not all(ways):
        return None
    cost = [by(value[where], 1) for where in free]
    chosen = _cheapest(sorted(ways, key=len), cost)
    counted = [where for bit, where in enumerate(free) if chosen >> bit & 1]
    hidden = frozenset(each for where in counted for each in same[where])
    return Optimum(sum(value[where] for where in counted), len(counted), hidden)


def hidden_by(spec: Spec, rows: Sequence[Row], release: Release) -> tuple[Optimum, frozenset[Cell]]:
    """What a release hides beside what is small, counted as the optimum is; and what it withdraws.

    Hidden counts only, ``[c]``; to be set beside ``optimum(..., withdrawn=...)``.
    """
    people, cells = People(spec, rows), counts(spec)
    value = {where: people.count(where) for where in cells}
    marks = {
        (row["period"], frozenset((dim, row[dim]) for dim in spec["dims"] if row.get(dim))):
        row["symbol"] for row in release.cells if row["measure"] == "count"
    }  # fmt: skip
    withdrawn = frozenset(where for where, mark in marks.items() if mark == "[x]")
    space, counted, hidden = Space(spec, cells), [], set()
    for period in spec["periods"]:
        mine = [where for where in cells if where[0] == period]
        beside = [where for where in mine
                  if marks[where] == "[c]" and value[where] >= spec["threshold"]]  # fmt: skip
        counted += _same(space, beside, {one for one in mine if not value[one]} - withdrawn)
        hidden |= {*beside}
    found = Optimum(sum(value[one] for one in counted), len(counted), frozenset(hidden))
    return found, withdrawn


def _same(space: Space, cells: Iterable[Cell], empty: Iterable[Cell]) -> dict[Cell, list[Cell]]:
    """Cells that are one figure, since all else beside them is shown as nought, by their first."""
    nobody = frozenset().union(*map(space.inside, empty))
    first: dict[frozenset[int], Cell] = {}
    found: dict[Cell, list[Cell]] = {}
    for where in cells:
        one = first.setdefault(space.inside(where) - nobody, where)
        found.setdefault(one, []).append(where)
    return found


def _headcount(spec: Spec, where: Cell) -> bool:
    """Whether a cell is the body or one of its directorates, by nothing else."""
    period, told = where
    if not told:
        return True
    ways = children(spec, "org", period)[TOTAL] if "org" in spec["dims"] else []
    return len(told) == 1 and any(("org", code) in told for way in ways for code in way)


def _least(ways: NDArray[np.uint64]) -> list[int]:
    """Those ways to differ that hold no other."""
    found: list[int] = []
    rest = sorted((int(each) for each in ways), key=int.bit_count)
    left = np.array(rest, dtype=np.uint64)
    while len(left):
        one = left[0]
        found.append(int(one))
        left = left[(left & one) != one]
    return found


def _cheapest(ways: Sequence[Sequence[int]], cost: Sequence[tuple[int, int]]) -> int:
    """One way of each, so that all together cost least."""

    def price(bits: int) -> tuple[int, int]:
        chosen = [cost[bit] for bit in range(len(cost)) if bits >> bit & 1]
        return sum(one for one, _other in chosen), sum(other for _one, other in chosen)

    best = [0]
    for each in ways:
        best[0] |= min(each, key=lambda way: price(way | best[0]))
    least = [price(best[0])]

    def choose(bits: int, left: Sequence[Sequence[int]]) -> None:
        left = [each for each in left if not any(way & bits == way for way in each)]
        if price(bits) >= least[0]:
            return
        if not left:
            best[0], least[0] = bits, price(bits)
            return
        priced = [sorted((price(way | bits), way) for way in each) for each in left]
        if any(each[0][0] >= least[0] for each in priced):
            return
        first = min(range(len(left)), key=lambda at: len(left[at]))
        for total, way in priced[first]:
            if total < least[0]:
                choose(bits | way, left)

    choose(0, ways)
    return best[0]
