"""A release beside those that went out before: nothing may come of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from goldenthread.disclosure.earlier import Earlier, Told
from goldenthread.disclosure.figures import NOWHERE, Family, Figures, Numbers
from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect import Hidden, hide
from goldenthread.disclosure.protect.demands import demands_of
from goldenthread.disclosure.protect.marks import Flags, Marks, groups_of
from goldenthread.disclosure.protect.search import Search
from goldenthread.disclosure.spec import TOTAL, Specification, Table

_ROUNDS = 4
_NONE: Numbers = np.empty(0, dtype=np.int64)


def hide_beside(
    spec: Specification,
    people: People,
    threshold: int,
    already: Sequence[Earlier],
    seconds: float | None = None,
) -> Hidden:
    """Hide until nobody can be worked out from this release and the earlier ones together.

    First as if there were no others, at this release's own threshold; then beside them, at the
    least threshold of all: what they told stays as it is, what they hid is still in doubt, and more
    of this release is hidden where it must be. An earlier release is taken in where it is of a
    period of this one, by the same units and categories, and was not rounded; what it tells of
    others is for the intruder to hold against this one.
    """
    found = hide(spec, people, threshold, seconds)
    near = [one for one in already if _is_alike(one, spec)]
    if not near or found.unproved:
        return found
    for _ in range(_ROUNDS):
        beside = _Beside(spec, people, found, near)
        search = Search(beside.marks, min(threshold, *(one.threshold for one in near)))
        search.hide(beside.hidden)
        unproved = search.meet(list(demands_of(beside.marks, search.threshold)))
        search.prune()
        unproved += search.meet_neighbours()
        if unproved:
            return replace(
                found, marks=beside.marks, hidden=search.hidden, unproved=tuple(unproved),
                changes=(), proofs=(), withdrawn=(),
            )  # fmt: skip
        more = beside.back(search.hidden) & ~found.hidden
        if not more.any():
            return found
        found = _with(found, more, threshold)
        if found.unproved:
            return found
    return found


def together(spec: Specification, already: Sequence[Earlier]) -> Specification:
    """A specification with the tables of the earlier releases that are taken in beside it."""
    near = [one for one in already if _is_alike(one, spec)]
    return replace(spec, tables=(*spec.tables, *_tables(spec, near)))


def _with(found: Hidden, more: Flags, threshold: int) -> Hidden:
    """The same with more hidden, which must have room as well."""
    search = Search(found.marks, threshold)
    search.hide(found.hidden | more)
    search.keep(found.changes)
    unproved = search.meet(list(demands_of(found.marks, threshold)))
    unproved += search.meet_neighbours()
    return replace(
        found, hidden=search.hidden, changes=tuple(search.changes),
        proofs=tuple(search.proofs()), unproved=tuple(unproved),
    )  # fmt: skip


def _is_alike(one: Earlier, spec: Specification) -> bool:
    """Whether an earlier release is of a period, units and categories of this one, not rounded."""
    periods = [period for period in one.periods if period in spec.periods]
    if not periods or any(told.base for told in one.figures):
        return False
    used = {dim for table in one.tables for dim, codes in table.codes.items() if codes != (TOTAL,)}
    return all(
        dim in spec.dims
        and all(
            one.dims[dim].of(period).children == spec.dims[dim].of(period).children
            for period in periods
        )
        for dim in used
    )


def _tables(spec: Specification, near: Sequence[Earlier]) -> Iterator[Table]:
    for number, one in enumerate(near):
        for at, shown in enumerate(one.tables):
            if shown.period in spec.periods:
                counted = tuple(
                    measure
                    for measure in shown.measures
                    if measure.partition(":")[0] in ("count", "percent")
                )
                by = {dim: codes for dim, codes in shown.codes.items() if codes != (TOTAL,)}
                yield Table(f"{number}/{at}", dict.fromkeys(by, ()), counted, {shown.period: by})


class _Beside:
    """The figures of all releases together, and what of them is known and hidden."""

    def __init__(
        self, spec: Specification, people: People, found: Hidden, near: Sequence[Earlier]
    ) -> None:
        self.found = found
        joint = together(spec, near)
        self._near = near
        bare = Figures(joint, people)
        self.figures = figures = Figures(joint, people, self._empty(bare))
        shown = np.zeros(len(figures.value), dtype=bool)
        for family in figures.shown:
            shown[figures.cells(family)] = True
        own = self._own(figures)
        mine = found.marks
        known = np.zeros(len(figures.value), dtype=bool)
        never = np.zeros(len(figures.value), dtype=bool)
        for told in self._told():
            for cell in self._cells(figures, told):
                if told.value is not None:
                    known[cell] = True
                elif told.symbol == "[c]":
                    never[cell] = True
        there = own != NOWHERE
        open_ = known.copy()
        open_[there] |= mine.open[own[there]]
        self.hidden = shown & ~known
        self.hidden[there] &= found.hidden[own[there]] | ~mine.shown[own[there]]
        never[there] |= (found.hidden & ~mine.withdrawn)[own[there]]
        # An own figure that is told is above nought unless it is told to be nought.
        told_own = np.zeros(len(figures.value), dtype=bool)
        told_own[there] = (mine.shown & ~found.hidden)[own[there]]
        withdrawn = shown & ~never & ~known & ~told_own
        least = min(one.threshold for one in near)
        small = shown & ~known & ~told_own & (figures.value > 0) & (figures.value < least)
        groups = tuple(
            one for one in groups_of(figures) if not (known[one.cell] and known[one.row])
        )
        self.marks = Marks(figures, shown, small, open_, withdrawn & ~open_, groups)
        self._places = own

    def back(self, cells: Flags) -> Flags:
        """The same cells by their number in the release that is being made."""
        mine = self.found.marks
        found = np.zeros(len(mine.shown), dtype=bool)
        there = cells & (self._places != NOWHERE)
        found[self._places[there]] = True
        return found & mine.shown

    def _told(self) -> Iterator[Told]:
        for one in self._near:
            for told in one.figures:
                if told.measure in ("count", "percent") and told.period in self._periods:
                    yield told

    @property
    def _periods(self) -> tuple[str, ...]:
        return self.found.marks.figures.spec.periods

    def _cells(self, figures: Figures, told: Told) -> Iterator[int]:
        """The cell that a figure told of, and of a percentage that is shown also the whole."""
        codes = [told.codes]
        if told.measure == "percent" and told.value is not None:
            codes.append({dim: code for dim, code in told.codes.items() if dim != told.of})
        for one in codes:
            period = figures.spec.periods.index(told.period)
            yield from (cell for cell in figures.find_codes(period, one) if cell != NOWHERE)

    def _own(self, figures: Figures) -> Numbers:
        """Of each cell its number in the release that is being made, ``NOWHERE`` without one."""
        mine = self.found.marks.figures
        found = np.full(len(figures.value), NOWHERE, dtype=np.int64)
        for number, family in enumerate(figures.families):
            extra = [at for at, dim in enumerate(figures.dims) if dim not in mine.dims]
            if any(family.slots[at] for at in extra):
                continue
            kept = [figures.dims.index(dim) for dim in mine.dims]
            other = mine.number_or_none(
                Family(family.period, tuple(family.slots[at] for at in kept))
            )
            if other is None:
                continue
            digits = figures.digits(number, figures.held_keys(number))[:, kept]
            cells = figures.cells(number)
            found[cells.start : cells.stop] = mine.find(other, mine.keys_from(other, digits))
        return found

    def _empty(self, bare: Figures) -> dict[int, Numbers]:
        """The keys of cells of which nobody is told that they are empty, by family."""
        mine = self.found.marks
        empty: dict[int, Numbers] = {}
        for number, family in enumerate(mine.figures.families):
            slots = dict(zip(mine.figures.dims, family.slots, strict=True))
            other = bare.number_or_none(
                Family(family.period, tuple(slots.get(dim, 0) for dim in bare.dims))
            )
            cells = np.array(mine.figures.cells(number), dtype=np.int64)
            gone = cells[(mine.figures.value[cells] == 0)] if len(cells) else cells
            if other is None or not len(gone):
                continue
            keys = mine.figures.held_keys(number)[gone - mine.figures.first[number]]
            held = mine.figures.digits(number, keys)
            digits = np.zeros((len(keys), len(bare.dims)), dtype=np.int64)
            for at, dim in enumerate(mine.figures.dims):
                digits[:, bare.dims.index(dim)] = held[:, at]
            empty[other] = bare.keys_from(other, digits)
        for told in self._told():
            if told.symbol != "[x]":
                continue
            period = bare.spec.periods.index(told.period)
            for number, key in bare.keys_with(period, told.codes):
                if number not in bare.new:
                    empty[number] = np.union1d(empty.get(number, _NONE), np.array([key]))
        return empty
