"""What an outsider knows who holds one or several releases: unknowns, sums between them, premises.

An unknown is how many people are in a cell: a period and codes. The same cell of two tables, or of
two releases, is one unknown. Cells that no table shows but that others add up to are unknowns too,
and so are, between two periods, those who joined, who left and who declared since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from goldenthread.disclosure.attack.bounds import FAR, Bounds, Contradiction, Sum
from goldenthread.disclosure.attack.nesting import (
    TOTAL,
    Nesting,
    linked,
    moved_atoms,
    shared_atoms,
)
from goldenthread.disclosure.attack.release import Dim, Figure, Flow, Published
from goldenthread.errors import Unreadable

_MOST_CELLS = 3_000_000
_FEW_MOVES, _MOST_FOLLOWED = 20, 20_000
Codes = tuple[str, ...]
"""One code for each dimension, in order; ``Total`` where a cell does not tell apart."""


class Trust(Enum):
    """How far an outsider trusts what a flow tells; the first that fits the figures is taken."""

    DECLARING = "who stayed kept unit, grade and answers, but may have declared since"
    ANSWERS = "who stayed kept unit and grade, and may have answered otherwise"
    NONE = "the stated flows do not fit the figures, and were left aside"


class Count(Enum):
    """What a layer counts."""

    PEOPLE = "people"
    JOINERS = "joiners"
    LEAVERS = "leavers"
    DECLARED = "declared"
    APPEARED = "appeared"  # joined or declared since, which a rise alone does not tell apart


@dataclass(frozen=True)
class Layer:
    """What is counted, and when: of flows ``period`` is the later one, ``since`` the earlier."""

    count: Count
    period: str
    since: str = ""


@dataclass(frozen=True)
class Premise:
    """One thing that the reader was given: what kind of thing, and the figure that gives it."""

    kind: str  # shown, rounded, marked, structural, flow, percent
    figure: Figure | None = None
    release: int = 0
    flow: Flow | None = None


@dataclass
class Cell:
    """An unknown: its layer and codes, and how releases treat it."""

    layer: int
    codes: Codes
    shown: int | None = None
    marked: bool = False
    tables: set[tuple[int, str]] = field(default_factory=set)


class Knowledge:
    """All that is known, with bounds settled. ``cells`` are by number of unknown in ``bounds``.

    Raises ``Unreadable`` where releases do not fit one another or contradict themselves, and
    ``Contradiction`` where only the stated flows do.
    """

    def __init__(self, releases: Sequence[Published], trust: Trust) -> None:
        self.releases = releases
        self.trust = trust
        self.bounds = Bounds()
        self.cells: list[Cell] = []
        self.premises: list[Premise] = []
        self.layers: list[Layer] = []
        self.nestings: list[tuple[Nesting, ...]] = []
        self.ways: dict[tuple[int, int, str], list[tuple[int, ...]]] = {}
        self.threshold = min(one.threshold for one in releases)
        self.dims: dict[str, tuple[Dim, ...]] = {}
        for one in releases:
            for name, dim in one.dims.items():
                self.dims[name] = (*self.dims.get(name, ()), dim)
        self.names = tuple(self.dims)
        self.sensitive = tuple(any(dim.sensitive for dim in self.dims[name]) for name in self.names)
        self.nonsensitive = tuple(
            frozenset[str]().union(*(dim.nonsensitive for dim in self.dims[name]))
            for name in self.names
        )
        self._at = {name: at for at, name in enumerate(self.names)}
        self._loose: set[int] = set()
        self.units_moved = False
        self._number: dict[tuple[int, Codes], int] = {}
        self._groups: set[tuple[int, int, Codes, int]] = set()
        self._build()

    def number(self, layer: int, codes: Codes) -> int | None:
        """The number of a cell, None where nobody asks for it."""
        return self._number.get((layer, codes))

    def layer(self, one: Layer) -> int | None:
        """The number of a layer, None where there is none."""
        return self.layers.index(one) if one in self.layers else None

    def is_followed(self, number: int) -> bool:
        """Whether a programme follows an unknown, or bounds alone do.

        Of people who came and went that is so where they are few, and the council not too large.
        Where forty may have joined and forty left, single cells of them say next to nothing, and
        what they do say comes out by bounds.
        """
        layer = self.cells[number].layer
        if self.layers[layer].count is Count.PEOPLE:
            return True
        return layer not in self._loose and len(self.cells) <= _MOST_FOLLOWED

    def named(self, codes: Codes) -> dict[str, str]:
        """Codes by dimension, without ``Total``."""
        return {name: code for name, code in zip(self.names, codes, strict=True) if code != TOTAL}

    def is_declared(self, at: int, layer: int, code: str) -> bool:
        """Whether a code says something of a person: not Total, nor Not declared and its like."""
        if code == TOTAL or not self.sensitive[at] or code in self.nonsensitive[at]:
            return False
        leaves = self.nestings[layer][at].leaves.get(code, frozenset())
        return not (leaves and leaves <= self.nonsensitive[at])

    def tells(self, number: int) -> bool:
        """Whether a cell says something sensitive of those in it."""
        cell = self.cells[number]
        return any(self.is_declared(at, cell.layer, code) for at, code in enumerate(cell.codes))

    def codes_of(self, figure: Figure) -> Codes:
        """The codes of a figure in the order of the dimensions."""
        held = dict(figure.codes)
        return tuple(held.get(name, TOTAL) for name in self.names)

    # How it is built: cells of figures, all that they add up to, flows, and then what is told.

    def _build(self) -> None:
        periods = list(dict.fromkeys(p for one in self.releases for p in one.periods))
        used: dict[str, list[set[str]]] = {p: [set() for _ in self.names] for p in periods}
        for one in self.releases:
            for figure in one.figures:
                for name, code in figure.codes:
                    used[figure.period][self._at[name]].add(code)
        nestings = {p: [self._nesting(name, p) for name in self.names] for p in periods}
        flows = [flow for one in self.releases for flow in one.flows]
        self._add_atoms(nestings, used, flows)
        for period in periods:
            self._layer(Layer(Count.PEOPLE, period), tuple(nestings[period]))
        waiting: list[int] = []
        for one in self.releases:
            for figure in one.figures:
                layer = periods.index(figure.period)
                for codes in self._asked(figure):
                    waiting.append(self._cell(layer, codes))
        self._close(waiting)
        if self.trust is not Trust.NONE:
            self._add_flows(flows)
        self._tell_structural()
        try:
            self._tell_figures()
            if not flows or self.trust is Trust.NONE:
                self.bounds.settle()
        except Contradiction as wrong:
            raise self._contradiction(wrong.unknown) from None
        self.bounds.settle()

    def _nesting(self, name: str, period: str) -> Nesting:
        found: Nesting | None = None
        telling = [one for one in self.releases if name in one.dims]
        # A release of other periods says how they were divided, which is only better than nothing.
        for one in [one for one in telling if period in one.periods] or telling[:1]:
            told = one.dims[name].of(period)
            try:
                found = told if found is None else found.joined(told)
            except ValueError:
                raise Unreadable(
                    f"The releases do not divide {name} alike.",
                    do="Give releases of one body together.",
                ) from None
        if found is None:
            raise Unreadable(f"No release tells of {name}.")
        return found

    def _add_atoms(
        self,
        nestings: Mapping[str, list[Nesting]],
        used: Mapping[str, list[set[str]]],
        flows: Iterable[Flow],
    ) -> None:
        cuts: dict[tuple[str, int], dict[str, tuple[str, ...]]] = {}
        for period, held in nestings.items():
            for at, one in enumerate(held):
                if any(len(divided) > 1 for divided in one.ways.values()):
                    cuts[period, at] = shared_atoms(one, sorted(used[period][at]))
        for flow in flows:
            for at in range(len(self.names)):
                before, after = nestings[flow.begins][at], nestings[flow.ends][at]
                if before.ways == after.ways:
                    continue
                self.units_moved = True
                named = sorted(used[flow.begins][at] | used[flow.ends][at])
                first, then = moved_atoms(before, after, named)
                cuts.setdefault((flow.begins, at), {}).update(first)
                cuts.setdefault((flow.ends, at), {}).update(then)
        for (period, at), atoms in cuts.items():
            if atoms:
                nestings[period][at] = nestings[period][at].with_atoms(atoms)

    def _layer(self, layer: Layer, nestings: tuple[Nesting, ...]) -> int:
        self.layers.append(layer)
        self.nestings.append(nestings)
        return len(self.layers) - 1

    def _asked(self, figure: Figure) -> Iterator[Codes]:
        """The cells that a figure is about: its own, and of a percentage the whole's."""
        codes = self.codes_of(figure)
        yield codes
        if figure.measure == "percent":
            yield self._whole(codes, figure)
        elif figure.measure == "gap":
            yield self._put(codes, self._at[figure.of[0]], figure.of[1])

    def _whole(self, codes: Codes, figure: Figure) -> Codes:
        for name in figure.of:
            codes = self._put(codes, self._at[name], TOTAL)
        return codes

    @staticmethod
    def _put(codes: Codes, at: int, code: str) -> Codes:
        return (*codes[:at], code, *codes[at + 1 :])

    def _cell(self, layer: int, codes: Codes) -> int:
        number = self._number.get((layer, codes))
        if number is None:
            if len(self.cells) >= _MOST_CELLS:
                raise Unreadable(f"The releases ask for more than {_MOST_CELLS:,} cells.")
            signed = self.layers[layer].count is Count.DECLARED
            number = self.bounds.add(-FAR if signed else 0)
            self._number[layer, codes] = number
            self.cells.append(Cell(layer, codes))
        return number

    def _close(self, waiting: list[int]) -> None:
        """Add every cell that those waiting are part of, all other parts of it, and the sum."""
        while waiting:
            cell = self.cells[waiting.pop()]
            nestings = self.nestings[cell.layer]
            for at, code in enumerate(cell.codes):
                for parent, way in nestings[at].above[code]:
                    self._divide(cell.layer, at, self._put(cell.codes, at, parent), way, waiting)
                if code in nestings[at].downward:
                    last = len(nestings[at].ways[code]) - 1
                    self._divide(cell.layer, at, cell.codes, last, waiting)

    def _divide(self, layer: int, at: int, codes: Codes, way: int, waiting: list[int]) -> None:
        if (layer, at, codes, way) in self._groups:
            return
        self._groups.add((layer, at, codes, way))
        known = len(self.cells)
        whole = self._cell(layer, codes)
        children = self.nestings[layer][at].ways[codes[at]][way]
        parts = [self._cell(layer, self._put(codes, at, child)) for child in children]
        waiting.extend(range(known, len(self.cells)))
        self.bounds.join(Sum(((whole, 1), *((part, -1) for part in parts))))
        if codes[at] == TOTAL:
            self.ways.setdefault((layer, at, TOTAL), []).append((whole, *parts))

    def _add_flows(self, flows: Sequence[Flow]) -> None:
        by_pair: dict[tuple[str, str], list[Flow]] = {}
        for flow in flows:
            if flow not in by_pair.setdefault((flow.begins, flow.ends), []):
                by_pair[flow.begins, flow.ends].append(flow)
        for (begins, ends), told in by_pair.items():
            self._add_pair(begins, ends, told)

    def _add_pair(self, begins: str, ends: str, flows: Sequence[Flow]) -> None:
        first, then = (self.layers.index(Layer(Count.PEOPLE, p)) for p in (begins, ends))
        shared = [
            linked(one, other)
            for one, other in zip(self.nestings[first], self.nestings[then], strict=True)
        ]
        left = self._layer(Layer(Count.LEAVERS, ends, begins), self.nestings[first])
        came = self._layer(Layer(Count.JOINERS, ends, begins), self.nestings[then])
        declared = self._layer(Layer(Count.DECLARED, ends, begins), self.nestings[then])
        appeared = self._layer(Layer(Count.APPEARED, ends, begins), self.nestings[then])
        if max(f.joiners[1] + f.leavers[1] for f in flows) > _FEW_MOVES:
            self._loose |= {left, came, declared, appeared}
        added: list[int] = []
        for number in range(len(self.cells)):
            cell = self.cells[number]
            later = self._number.get((then, cell.codes))
            if cell.layer != first or later is None:
                continue
            if not all(code in held for code, held in zip(cell.codes, shared, strict=True)):
                continue
            about = [f for f in flows if self._within(first, cell.codes, f.where)]
            if not about:
                continue
            gone, new = self._cell(left, cell.codes), self._cell(came, cell.codes)
            added += [gone, new]
            terms = [(later, 1), (number, -1), (gone, 1), (new, -1)]
            answers = any(
                held and code != TOTAL
                for held, code in zip(self.sensitive, cell.codes, strict=True)
            )
            if answers and all(f.answers_may_change for f in about):
                changed = self._cell(declared, cell.codes)
                added.append(changed)
                terms.append((changed, -1))
                if self._only_gains(declared, cell.codes):
                    self.bounds.tell(changed, 0, FAR, None)
                    both = self._cell(appeared, cell.codes)
                    self.bounds.join(Sum(((both, 1), (new, -1), (changed, -1))))
            self.bounds.join(Sum(tuple(terms)))
            # Who left was there before, and who joined is there now.
            self.bounds.join(Sum(((number, 1), (gone, -1)), 0, FAR))
            self.bounds.join(Sum(((later, 1), (new, -1)), 0, FAR))
        self._close(added)
        for number, cell in enumerate(self.cells):
            if cell.layer == declared and not any(
                held and code != TOTAL
                for held, code in zip(self.sensitive, cell.codes, strict=True)
            ):
                # Answers change among answers: in all nobody comes or goes by them.
                self.bounds.tell(number, 0, 0, None)
        for flow in flows:
            where = tuple(flow.where.get(name, TOTAL) for name in self.names)
            premise = self._premise(Premise("flow", flow=flow))
            for layer, (least, most) in ((left, flow.leavers), (came, flow.joiners)):
                told = self._number.get((layer, where))
                if told is not None:
                    self.bounds.tell(told, least, most, premise)

    def _only_gains(self, layer: int, codes: Codes) -> bool:
        """Whether declaring only adds to a cell; into and out of Not declared people may go."""
        return self.trust is Trust.DECLARING and all(
            not held or code == TOTAL or self.is_declared(at, layer, code)
            for at, (held, code) in enumerate(zip(self.sensitive, codes, strict=True))
        )

    def _within(self, layer: int, codes: Codes, where: Mapping[str, str]) -> bool:
        return all(
            self.nestings[layer][self._at[name]].is_within(codes[self._at[name]], code)
            for name, code in where.items()
        )

    # What is told.

    def _premise(self, one: Premise) -> int:
        self.premises.append(one)
        return len(self.premises) - 1

    def _tell_structural(self) -> None:
        wheres = {tuple(sorted(where.items())) for one in self.releases for where in one.structural}
        if not wheres:
            return
        premise = self._premise(Premise("structural"))
        for number, cell in enumerate(self.cells):
            if any(where and self._within(cell.layer, cell.codes, dict(where)) for where in wheres):
                self.bounds.tell(number, 0, 0, premise)

    def _tell_figures(self) -> None:
        for release, one in enumerate(self.releases):
            marks = _what_marks_tell(one)
            true_zeros = "[low]" in one.symbols
            for figure in one.figures:
                layer = self.layers.index(Layer(Count.PEOPLE, figure.period))
                codes = self.codes_of(figure)
                number = self._number[layer, codes]
                if figure.measure == "count":
                    self._tell_count(number, figure, release, marks, true_zeros)
                elif (
                    figure.measure == "percent"
                    and figure.value is not None
                    # Worked out from counts that are rounded already, it tells nothing new.
                    and not one.of_rounded
                ):
                    whole = self._number[layer, self._whole(codes, figure)]
                    self._tell_percent(number, whole, figure, release)

    def _tell_count(
        self,
        number: int,
        figure: Figure,
        release: int,
        marks: Mapping[str, tuple[int, int]],
        true_zeros: bool,
    ) -> None:
        cell = self.cells[number]
        cell.tables.add((release, figure.table))
        if figure.value is None:
            least, most = _what_low_tells(figure) or marks[figure.symbol]
            if (least, most) != (0, FAR):
                premise = self._premise(Premise("marked", figure, release))
                self.bounds.tell(number, least, most, premise)
            cell.marked |= figure.symbol in ("[c]", "[x]")
            return
        value = int(figure.value)
        if not figure.base:
            cell.shown = value
            premise = self._premise(Premise("shown", figure, release))
            self.bounds.tell(number, value, value, premise)
            return
        # Conventional rounding moves a count by 2 at most, additive rounding by less than 5.
        room = 2 if figure.base == "5" else 4
        most = 0 if value == 0 and true_zeros else value + room
        premise = self._premise(Premise("rounded", figure, release))
        self.bounds.tell(number, max(0, value - room), most, premise)

    def _tell_percent(self, number: int, whole: int, figure: Figure, release: int) -> None:
        if number == whole or figure.value is None:
            return
        self.cells[number].tables.add((release, figure.table))
        premise = self._premise(Premise("percent", figure, release))
        low, high = rounding(figure.value, figure.dp)
        scale = 10**figure.dp * 2
        least, most = int(low * scale), int(high * scale)
        if least > 0:
            self.bounds.join(Sum(((number, 100 * scale), (whole, -least)), 0, FAR, premise))
        self.bounds.join(Sum(((whole, most), (number, -100 * scale)), 0, FAR, premise))

    def _contradiction(self, unknown: int) -> Unreadable:
        cell = self.cells[unknown]
        where = " and ".join(sorted({table for _, table in cell.tables})) or "the tables"
        return Unreadable(
            f"The figures cannot all be true: those of “{where}” do not fit the others."
            if cell.tables
            else "The figures cannot all be true: they do not add up.",
            do="Publish the figures of one release from one set of records.",
        )


def rounding(value: Decimal, dp: int) -> tuple[Fraction, Fraction]:
    """Between what a figure lay before it was rounded to so many decimals, either end included.

    >>> rounding(Decimal("12.5"), 1)
    (Fraction(249, 20), Fraction(251, 20))
    """
    half = Fraction(1, 2 * 10**dp)
    return max(Fraction(0), Fraction(value) - half), Fraction(value) + half


def whole_between(low: Fraction, high: Fraction) -> tuple[int, int]:
    """The least and the greatest whole number between two figures."""
    return ceil(low), floor(high)


def _what_marks_tell(one: Published) -> dict[str, tuple[int, int]]:
    """Of each mark the counts that it may stand for."""
    found: dict[str, tuple[int, int]] = {
        "[c]": (1 if one.never_zero else 0, FAR),
        "[x]": (0, FAR),
        "[z]": (0, 0),
        "[low]": (0, FAR),
    }
    for mark, told in one.symbols.items():
        if told is not None:
            least, most = told
            found[mark] = (max(least, found[mark][0]), FAR if most is None else most)
        elif mark == "[z]":
            found[mark] = (0, FAR)
    return found


def _what_low_tells(figure: Figure) -> tuple[int, int] | None:
    """[low] of a rounded count: somebody is there, and too few to round up."""
    if figure.symbol != "[low]" or not figure.base:
        return None
    return (1, 2) if figure.base == "5" else (1, 4)
