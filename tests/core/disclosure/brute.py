"""Every workforce that agrees with what was published: a slow and obvious oracle.

A workforce is a number of people for every combination of lowest codes in every period. All of
them that agree with every figure shown, every mark and everything told are written down one by one,
so that what a reader can know is what they have in common. Nothing is solved and nothing assumed.

Lowest codes that no figure tells apart count as one: this changes no possible value. Where nothing
bounds a part of the workforce, no more than ``spare`` people are tried in it; more people would
only add possible values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.disclosure.counted import (
    TOTAL,
    Cell,
    Codes,
    People,
    Release,
    Row,
    Spec,
    children,
    leaf,
    leaves,
    shown_by,
)
from core.disclosure.whole_numbers import SPARE, Share, Sum, Vectors, every_vector


class Space:
    """The places of a workforce in each period: combinations of lowest codes, told apart or not."""

    def __init__(self, spec: Spec, cells: Iterable[Cell]) -> None:
        self.spec = spec
        self.periods = list(spec["periods"])
        asked: dict[str, set[str]] = {}
        for told in (
            *(codes for _period, codes in cells),
            *(frozenset(one.items()) for one in spec.get("structural", [])),
            *(frozenset(flow["where"].items()) for flow in spec.get("flows", [])),
        ):
            for dim, code in told:
                asked.setdefault(dim, set()).add(code)
        self.dims = [dim for dim in spec["dims"] if dim in asked]
        # Of each lowest code, by period, the codes in use that it is part of: what it is known by.
        self._known_by: dict[str, dict[str, tuple[Codes | None, ...]]] = {
            dim: self._marks(dim, asked[dim]) for dim in self.dims
        }
        self.places: dict[str, list[tuple[Any, ...]]] = {}
        for at, period in enumerate(self.periods):
            classes = [
                sorted({mark for mark in self._known_by[dim].values() if mark[at] is not None},
                       key=lambda mark: [sorted(each or ()) for each in mark])
                for dim in self.dims
            ]  # fmt: skip
            nowhere = [frozenset(one.items()) for one in spec.get("structural", [])]
            self.places[period] = [
                place
                for place in product(*classes)
                if not any(self._in(place, at, told) for told in nowhere)
            ]

    def _marks(self, dim: str, asked: set[str]) -> dict[str, tuple[Codes | None, ...]]:
        held = []
        for period in self.periods:
            known = {TOTAL, *(code for ways in children(self.spec, dim, period).values()
                              for way in ways for code in way)}  # fmt: skip
            parts = {code: leaves(self.spec, dim, period, code) for code in asked & known}
            held.append(
                {
                    one: frozenset((dim, code) for code, below in parts.items() if one in below)
                    for one in leaves(self.spec, dim, period)
                }
            )
        names = {one for each in held for one in each}
        return {one: tuple(each.get(one) for each in held) for one in names}

    def _in(self, place: tuple[Any, ...], at: int, told: Codes) -> bool:
        return told <= frozenset().union(*(mark[at] for mark in place))

    def inside(self, where: Cell) -> frozenset[int]:
        """The places that a cell is made of."""
        period, told = where
        at = self.periods.index(period)
        return frozenset(
            number for number, place in enumerate(self.places[period]) if self._in(place, at, told)
        )

    def answers(self, period: str, place: int) -> tuple[Any, ...]:
        """What the people of a place said in the sensitive dimensions."""
        held = zip(self.dims, self.places[period][place], strict=True)
        return tuple(mark for dim, mark in held if self.spec["dims"][dim].get("sensitive"))

    def vector(self, rows: Sequence[Row], period: str) -> Vectors:
        """These people as a vector; whoever is in no place is left out, and the sum tells."""
        found = np.zeros(len(self.places[period]), dtype=np.int16)
        numbers = {place: number for number, place in enumerate(self.places[period])}
        for row in rows:
            if row["period"] == period:
                place = tuple(self._known_by[dim][leaf(row, dim)] for dim in self.dims)
                if place in numbers:
                    found[numbers[place]] += 1
        return found


@dataclass(frozen=True)
class Moves:
    """What fits of one flow: pairs of ends, and how many joined, left and were in a code of all."""

    joined: frozenset[tuple[int, int, int]]
    left: frozenset[tuple[int, int, int]]


class Workforces:
    """Every workforce that agrees with these releases of one specification's dimensions.

    A mark in place of a percentage is read as a mark of the people above its line: whoever is told
    that [c] is at least 1 takes it so. ``shares_are_marked`` False leaves such marks unread.
    """

    def __init__(
        self, spec: Spec, *releases: Release, spare: int = SPARE, shares_are_marked: bool = True
    ) -> None:
        self.spec, self.releases = spec, releases
        self._shares_are_marked = shares_are_marked
        rows = [(release, row) for release in releases for row in release.cells]
        self.space = Space(spec, {one for _release, row in rows for one in self._asked(row)})
        self.vectors: dict[str, Vectors] = {}
        for period in self.space.periods:
            sums, shares = [], []
            for release, row in rows:
                if row["period"] == period:
                    sums += self._sums(release, row)
                    shares += self._shares(row)
            width = len(self.space.places[period])
            self.vectors[period] = every_vector(width, sums, shares, spare)
        self._keep_what_flows_allow()

    def _asked(self, row: Mapping[str, str]) -> Iterator[Cell]:
        told = frozenset((dim, row[dim]) for dim in self.spec["dims"] if row.get(dim))
        yield row["period"], told
        if row["measure"] == "percent":
            put_back = row["of"].split(",")
            yield row["period"], frozenset(one for one in told if one[0] not in put_back)

    def _sums(self, release: Release, row: Mapping[str, str]) -> Iterator[Sum]:
        """What a figure says of the people in its cell. Of hidden pay nothing is said."""
        if row["measure"] not in ("count", "percent"):
            return
        places = self.space.inside(next(self._asked(row)))
        symbols = release.told.get("symbols", {})
        base = row.get("base") or "1"
        if row["measure"] == "percent":
            told = symbols.get(row["symbol"]) if self._shares_are_marked else None
            if told and not row["value"]:
                yield Sum(places, *told)
        elif row["symbol"] == "[low]":
            yield Sum(places, 1, int(base.lstrip("r")) // 2)
        elif row["value"]:
            shown = int(row["value"])
            off = int(base[1:]) - 1 if base.startswith("r") else int(base) // 2
            if shown == 0 and "[low]" in symbols:
                off = 0
            yield Sum(places, max(0, shown - off), shown + off)
        elif symbols.get(row["symbol"]):
            yield Sum(places, *symbols[row["symbol"]])
        elif row["symbol"] == "[c]" and release.told.get("suppressed_never_zero"):
            yield Sum(places, 1, None)

    def _shares(self, row: Mapping[str, str]) -> Iterator[Share]:
        if row["measure"] == "percent" and row["value"]:
            part, whole = map(self.space.inside, self._asked(row))
            places = int(row["dp"] or 0)
            yield Share(part, whole, round(float(row["value"]) * 10**places), places)

    def holds(self, rows: Sequence[Row]) -> bool:
        """Whether these people are among them: whether the releases say nothing untrue of them."""
        for period, vectors in self.vectors.items():
            mine = self.space.vector(rows, period)
            if int(mine.sum()) != sum(row["period"] == period for row in rows):
                return False
            if not (vectors == mine).all(axis=1).any():
                return False
        return True

    def numbers(self, where: Cell) -> Vectors:
        """How many are in a cell, in each workforce of its period."""
        return self.vectors[where[0]][:, sorted(self.space.inside(where))].sum(axis=1)

    def possible(self, where: Cell) -> set[int]:
        """Every number that may be in a cell."""
        return {int(one) for one in np.unique(self.numbers(where))}

    def alike(self, row: Cell, dim: str, code: str) -> bool:
        """Whether all of a row are of one code, however many they are, in every workforce."""
        whole = self.numbers(row)
        part = self.numbers((row[0], row[1] | {(dim, code)}))
        there = whole > 0
        return bool(there.any()) and bool((part[there] == whole[there]).all())

    def told_by_the_only_one(self, alone: Cell, other: Cell) -> set[int]:
        """Every number that may be in another cell, to the only person of one."""
        mine = self.numbers(alone) == 1
        return {int(one) for one in np.unique(self.numbers(other)[mine])}

    def moves(self, flow: int, dim: str, code: str) -> Moves:
        """Of those who joined and left: how many, and how many of them may be of a code.

        Each is (all, fewest of the code, most of the code), over all pairs of workforces that fit.
        """
        told = self.spec["flows"][flow]
        ends = [self._ends(told, end) for end in ("from", "to")]
        kinds = self._kinds(told)
        at = [self.space.periods.index(told[end]) for end in ("from", "to")]
        of_code = [
            np.array([any((dim, code) in (mark[one] or ()) for mark in kind) for kind in kinds])
            for one in at
        ]
        joined, left = set(), set()
        before, after = (ends[0][0][:, None, :], ends[1][0][None, :, :])
        fewest, most = self._leaving(told, before, after)
        rise = after.sum(axis=2) - before.sum(axis=2)
        for leavers in range(int(most.max(initial=-1)) + 1):
            fits = (fewest <= leavers) & (leavers <= most)
            if not fits.any():
                continue
            for who, total, found in ((1, rise + leavers, joined), (0, leavers + 0 * rise, left)):
                sure, swaps = self._sure_and_swaps(told, before, after, who)
                extra = total - sure.sum(axis=2)
                mine = of_code[who]
                low = sure[..., mine].sum(axis=2) + np.maximum(
                    0, extra - swaps[..., ~mine].sum(axis=2)
                )
                high = sure[..., mine].sum(axis=2) + np.minimum(extra, swaps[..., mine].sum(axis=2))
                found |= set(zip(total[fits].tolist(), low[fits].tolist(), high[fits].tolist(),
                                 strict=True))  # fmt: skip
        return Moves(frozenset(joined), frozenset(left))

    def declared(self, flow: int, dim: str) -> set[frozenset[tuple[str, int]]]:
        """What those who stayed may have declared since: each way how many, by code.

        It takes nobody to have changed an answer once given, and everybody to have stayed, as a
        reader does who is told that nobody joined or left; other flows say nothing here.
        """
        told = self.spec["flows"][flow]
        if told["joiners"] != [0, 0] or told["leavers"] != [0, 0]:
            return set()
        silent = set(self.spec["dims"][dim].get("nonsensitive", []))
        codes = [one for one in self._codes(dim) if one not in silent]
        below = children(self.spec, dim, told["to"])
        codes = [one for one in codes if not any(
            each in codes for way in below.get(one, []) for each in way)]  # fmt: skip
        where = frozenset(told["where"].items())
        ways = set()
        ends = [
            np.unique(np.column_stack([self.numbers((told[end], where | {(dim, one)}))
                                       for one in codes]), axis=0)
            for end in ("from", "to")
        ]  # fmt: skip
        for before, after in product(*ends):
            rise = after.astype(int) - before
            if (rise >= 0).all():
                ways.add(
                    frozenset((code, int(n)) for code, n in zip(codes, rise, strict=True) if n)
                )
        return ways

    def _codes(self, dim: str) -> list[str]:
        places = (place for held in self.space.places.values() for place in held)
        marks = (each for place in places for mark in place for each in mark if each)
        return sorted({code for mark in marks for name, code in mark if name == dim} - {TOTAL})

    def _keep_what_flows_allow(self) -> None:
        """Leave out what fits its own period and no workforce of the other end of a flow."""
        flows = self.spec.get("flows", [])
        ends = [(flow["from"], flow["to"]) for flow in flows]
        if len({*ends}) < len(ends) or _has_circle(ends):
            raise ValueError(
                "Two flows are about the same periods, which this oracle does not take."
            )
        changed = True
        while changed:
            changed = False
            for flow in flows:
                (before, first), (after, last) = (self._ends(flow, end) for end in ("from", "to"))
                fewest, most = self._leaving(flow, before[:, None, :], after[None, :, :])
                fits = fewest <= most
                for period, keep in (
                    (flow["from"], fits.any(axis=1)[first]),
                    (flow["to"], fits.any(axis=0)[last]),
                ):
                    changed |= not keep.all()
                    self.vectors[period] = self.vectors[period][keep]

    def _kinds(self, flow: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What people may have answered, at either end of a flow."""
        return list(
            dict.fromkeys(
                self.space.answers(flow[end], place)
                for end in ("from", "to")
                for place in range(len(self.space.places[flow[end]]))
            )
        )

    def _ends(self, flow: Mapping[str, Any], end: str) -> tuple[Vectors, NDArray[np.intp]]:
        """How many there are of each kind of answers where a flow is told of, each way once."""
        period, kinds = flow[end], self._kinds(flow)
        there = self.space.inside((period, frozenset(flow["where"].items())))
        into = np.zeros((len(self.space.places[period]), len(kinds)), dtype=np.int16)
        for place in there:
            into[place, kinds.index(self.space.answers(period, place))] = 1
        found, which = np.unique(self.vectors[period] @ into, axis=0, return_inverse=True)
        return found, which.reshape(-1)

    def _leaving(
        self, flow: Mapping[str, Any], before: Vectors, after: Vectors
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """The fewest and the most who may have left, for ends side by side."""
        rise = after.sum(axis=2) - before.sum(axis=2)
        sure, _swaps = self._sure_and_swaps(flow, before, after, 0)
        fewest = np.maximum(sure.sum(axis=2), -rise)
        fewest = np.maximum(fewest, max(flow["leavers"][0], 0))
        fewest = np.maximum(fewest, flow["joiners"][0] - rise)
        most = np.minimum(before.sum(axis=2), flow["leavers"][1])
        return fewest, np.minimum(most, flow["joiners"][1] - rise)

    def _sure_and_swaps(
        self, flow: Mapping[str, Any], before: Vectors, after: Vectors, who: int
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """By kind of answers, how many surely joined (1) or left (0), and how many more may have.

        With answers that stay, a kind with fewer people than before has lost so many; besides, any
        of those in common may have left while others like them came. With answers that may change,
        anybody may be anybody.
        """
        if flow.get("answers_may_change", True):
            there = np.broadcast_to((before, after)[who], np.broadcast(before, after).shape)
            return np.zeros_like(there), there
        sure = np.maximum(0, (before - after, after - before)[who])
        return sure, np.broadcast_to(np.minimum(before, after), sure.shape)


def _has_circle(ends: Sequence[tuple[str, str]]) -> bool:
    group = {period: period for pair in ends for period in pair}
    for one, other in ends:
        if group[one] == group[other]:
            return True
        old = group[other]
        group = {period: group[one] if held == old else held for period, held in group.items()}
    return False


@dataclass(frozen=True)
class Finding:
    """What can be worked out: of what kind, of which cell, and what is left possible."""

    kind: str
    cell: Cell
    possible: frozenset[int] = frozenset()


def findings(fit: Workforces, rows: Sequence[Row]) -> list[Finding]:
    """Everything that somebody can work out of the people who are there and should not be.

    ``exact`` and ``narrow``: a count below the threshold with one possible value, or with none at
    or above the threshold and two or more above the true one (of a rounded figure, none outside
    what is small, or all within one of each other). ``group``: a row all of whose people are of one
    sensitive code. ``insider``: a small count that the only person of another cell can work out.
    ``joiner``, ``leaver``, ``declared``: all who joined, left or declared since are of one code.
    """
    return [
        *_counts(fit, rows),
        *_groups(fit, rows),
        *_insiders(fit, rows),
        *_movers(fit),
    ]


def tabled(spec: Spec) -> list[Cell]:
    """Every cell of every table, once."""
    found: dict[Cell, None] = {}
    for period, table in product(spec["periods"], spec["tables"]):
        found.update(dict.fromkeys(shown_by(spec, table, period)))
    return list(found)


def _counts(fit: Workforces, rows: Sequence[Row]) -> Iterator[Finding]:
    people = People(fit.spec, rows)
    counted = {
        next(fit._asked(row))
        for one in fit.releases
        for row in one.cells
        if row["measure"] == "count" and not row.get("base")
    }
    for where in tabled(fit.spec):
        true = people.count(where)
        if not 0 < true < fit.spec["threshold"]:
            continue
        possible = fit.possible(where)
        if len(possible) == 1:
            yield Finding("exact", where, frozenset(possible))
        elif where not in counted:
            outside = any(one not in range(1, fit.spec["threshold"]) for one in possible)
            if not outside or max(possible) - min(possible) < 2:
                yield Finding("narrow", where, frozenset(possible))
        elif max(possible) < needed(true, fit.spec["threshold"]):
            yield Finding("narrow", where, frozenset(possible))


def needed(true: int, threshold: int) -> int:
    """What a small count must be able to be."""
    return max(threshold, true + 2)


def _groups(fit: Workforces, rows: Sequence[Row]) -> Iterator[Finding]:
    people, seen = People(fit.spec, rows), set()
    for where in tabled(fit.spec):
        for dim, code in where[1]:
            told = fit.spec["dims"][dim]
            if not told.get("sensitive") or code in told.get("nonsensitive", []):
                continue
            row = where[0], where[1] - {(dim, code)}
            whole = people.count(row)
            if not whole or people.count(where) != whole or where in seen:
                continue
            seen.add(where)
            if fit.alike(row, dim, code):
                yield Finding("group", where, frozenset(fit.possible(where)))


def _insiders(fit: Workforces, rows: Sequence[Row]) -> Iterator[Finding]:
    people = People(fit.spec, rows)
    few = {where: people.of(where) for where in tabled(fit.spec)}
    few = {where: held for where, held in few.items() if 0 < len(held) < fit.spec["threshold"]}
    for alone, only in few.items():
        for other, held in few.items():
            # To find oneself again in another cell is to learn nothing.
            if len(only) != 1 or other[0] != alone[0] or held == only:
                continue
            possible = fit.told_by_the_only_one(alone, other)
            if len(possible) == 1 and len(fit.possible(other)) > 1:
                yield Finding("insider", other, frozenset(possible))


def _movers(fit: Workforces) -> Iterator[Finding]:
    for number, flow in enumerate(fit.spec.get("flows", [])):
        where = frozenset(flow["where"].items())
        for dim in fit.space.dims:
            told = fit.spec["dims"][dim]
            if not told.get("sensitive"):
                continue
            for code in fit._codes(dim):
                if code in told.get("nonsensitive", []):
                    continue
                moves = fit.moves(number, dim, code)
                for kind, found in (("joiner", moves.joined), ("leaver", moves.left)):
                    if any(many for many, _low, _high in found) and all(
                        low == many for many, low, _high in found
                    ):
                        yield Finding(kind, (flow["to"], where | {(dim, code)}))
            since = fit.declared(number, dim)
            codes = {tuple(code for code, _many in one) for one in since}
            if len(codes) == 1 and len(next(iter(codes))) == 1:
                yield Finding("declared", (flow["to"], where | {(dim, next(iter(codes))[0])}))
