"""What must be shown possible of a release, one figure after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.figures import NOWHERE, Figures, Numbers
from goldenthread.disclosure.protect.marks import Flags, Marks
from goldenthread.disclosure.spec import Flow

WIDTH = 2
"""How far from the true figure another must be."""

FEW_MOVES = 20
"""Of so few who came and went by a flow nobody's answer may be worked out from it."""

WHO = ("joiners", "leavers", "declared", "appeared", "arrivals", "departures")
"""Who may have come, gone or answered otherwise between the periods of a flow."""


@dataclass(frozen=True)
class Demand:
    """What must be shown possible: a rise of a cell, alone or against the rest of its row.

    The cell, or the people of ``row`` who are not in it, rise by ``rise`` or more. Where ``still``
    is a cell, that one does not move, and the first may as well fall. Where ``flow`` is the number
    of a flow, those in the cell ``who`` joined, left, declared, or came or went with their unit by
    it are to rise by ``rise``, or to fall where it is below nought; where ``row`` is given too,
    those of them who are in the row and not in the cell.
    """

    cell: int
    rise: int
    row: int = -1
    still: int = -1
    flow: int = -1
    who: str = ""


def demands_of(marks: Marks, threshold: int) -> Iterator[Demand]:
    """What must be shown possible of a release: small figures, groups, and who came and went."""
    value = marks.figures.value
    for group in marks.groups:
        if group.cell != group.row:
            yield Demand(group.cell, 1, row=group.row)
    small = small_cells(marks, threshold)
    width = np.where(marks.shown[small], WIDTH, 1)
    need = np.maximum(threshold, value[small] + width) - value[small]
    for at in np.lexsort((small, -need)):
        yield Demand(int(small[at]), int(need[at]))
    yield from _flow_demands(marks, threshold)


def small_cells(marks: Marks, threshold: int) -> Numbers:
    """Every small cell, those too that no table shows and tables give, such as a sum of theirs."""
    value = marks.figures.value
    return np.flatnonzero(marks.small | (~marks.shown & (value > 0) & (value < threshold)))


def at_most(figures: Figures, flow: Flow) -> tuple[int, int]:
    """How many joined and left at most, for whoever knows how many were there before and after."""
    periods = figures.spec.periods
    before, after = (
        int(figures.sizes[_where(figures, flow, periods.index(one), figures.kinds)].sum())
        for one in (flow.begins, flow.ends)
    )
    joiners, leavers = flow.joiners[1], flow.leavers[1]
    return min(joiners, leavers + after - before), min(leavers, joiners + before - after)


def near_periods(figures: Figures) -> Flags:
    """By two periods whether so few came or went between them that one tells of the other."""
    spec = figures.spec
    found: Flags = np.eye(len(spec.periods), dtype=bool)
    for flow in spec.flows:
        if sum(at_most(figures, flow)) <= FEW_MOVES:
            one, other = spec.periods.index(flow.begins), spec.periods.index(flow.ends)
            found[one, other] = found[other, one] = True
    return found


def _flow_demands(marks: Marks, threshold: int) -> Iterator[Demand]:
    figures = marks.figures
    sensitive = sensitive_dims(figures)
    for number, flow in enumerate(figures.spec.flows):
        for who in few_by(figures, flow):
            if who in ("declared", "appeared") and not flow.answers_may_change:
                continue
            if who in ("arrivals", "departures") and "org" not in figures.dims:
                continue
            alike = who not in ("declared", "appeared")
            first = who in ("leavers", "departures")
            period = figures.spec.periods.index(flow.begins if first else flow.ends)
            for family, shape in enumerate(figures.families):
                if shape.period != period or not any(shape.slots[at] for at in sensitive):
                    continue
                cells = figures.cell_of_kind[family]
                these = moving(figures, flow, who, figures.kinds, family) & (cells >= 0)
                if not these.any():
                    continue
                held = np.bincount(
                    cells[these] - figures.first[family], weights=figures.sizes[these]
                )
                for at in np.flatnonzero(held):
                    cell = int(at + figures.first[family])
                    if not tells(figures, cell, sensitive):
                        continue
                    if held[at] < threshold:
                        yield Demand(cell, -int(held[at]), flow=number, who=who)
                    elif alike:
                        yield from _all_alike(figures, cell, these, number, who)


def few_by(figures: Figures, flow: Flow) -> Iterator[str]:
    """Of whom so few came or went by a flow that two periods tell of them."""
    joined, left = at_most(figures, flow)
    for who in WHO:
        many = {"joiners": joined, "leavers": left}.get(who, joined + left)
        if many <= FEW_MOVES:
            yield who


def _all_alike(
    figures: Figures, cell: int, moving_: Flags, flow: int, who: str
) -> Iterator[Demand]:
    """That not all who came or went in a row are in one of its cells, where they are."""
    family = int(figures.family[cell])
    shape = figures.families[family]
    codes = figures.codes(cell)
    inside = figures.cell_of_kind[family] == cell
    for at in sensitive_dims(figures):
        dim = figures.dims[at]
        if shape.slots[at] == 0 or codes[dim] in figures.spec.dims[dim].nonsensitive:
            continue
        slots = (*shape.slots[:at], 0, *shape.slots[at + 1 :])
        above = figures.number_or_none(type(shape)(shape.period, slots))
        if above is None:
            continue
        row = int(figures.cell_of_kind[above][np.flatnonzero(inside)[0]])
        others = moving_ & (figures.cell_of_kind[above] == row) & ~inside
        if not figures.sizes[others].any():
            yield Demand(cell, 1, row=row, flow=flow, who=who)


def sensitive_dims(figures: Figures) -> list[int]:
    """The places of the dimensions that say something of people that is theirs to say."""
    return [at for at, dim in enumerate(figures.dims) if figures.spec.dims[dim].sensitive]


def tells(figures: Figures, cell: int, sensitive: Sequence[int]) -> bool:
    """Whether a cell says something of the people in it that is theirs to say."""
    codes = figures.codes(cell)
    return any(
        (code := codes.get(figures.dims[at])) is not None
        and code not in figures.spec.dims[figures.dims[at]].nonsensitive
        for at in sensitive
    )


def moving(figures: Figures, flow: Flow, who: str, kinds: Numbers, family: int = -1) -> Flags:
    """The kinds who joined, left, or answer otherwise than before, as a flow has it.

    Of a ``family`` also those who came into a unit of its, or went out of one, by themselves or
    with the unit that they are in.
    """
    periods = figures.spec.periods
    begins, ends = periods.index(flow.begins), periods.index(flow.ends)
    before, after = (_where(figures, flow, period, kinds) for period in (begins, ends))
    if who == "joiners":
        return after & ~before
    if who == "leavers":
        return before & ~after
    if who in ("arrivals", "departures"):
        here, there = (ends, begins) if who == "arrivals" else (begins, ends)
        return before & after & _from_elsewhere(figures, family, here, there, kinds)
    changed = _changed(figures, family, begins, ends, kinds) & before & after
    return changed | (after & ~before) if who == "appeared" else changed


def may_move(figures: Figures, flow: Flow, who: str, kinds: Numbers) -> Flags:
    """The kinds of whom ``moving`` says so for one family or another, and perhaps some more."""
    if who not in ("arrivals", "departures"):
        return moving(figures, flow, who, kinds)
    periods = figures.spec.periods
    begins, ends = periods.index(flow.begins), periods.index(flow.ends)
    before, after = (_where(figures, flow, period, kinds) for period in (begins, ends))
    both = before & after
    if not both.any() or "org" not in figures.dims:
        return np.zeros(len(kinds), dtype=bool)
    org, width = figures.dims.index("org"), len(figures.dims)
    one, other = (kinds[:, period * width + org] for period in (begins, ends))
    held = figures.spec.dims["org"]
    moved = np.array([
        held.of(flow.begins).above.get(leaf) != held.of(flow.ends).above.get(leaf)
        for leaf in figures.names["org"]
    ])  # fmt: skip
    found: Flags = both & ((one != other) | moved[one])
    return found


def _changed(figures: Figures, family: int, begins: int, ends: int, kinds: Numbers) -> Flags:
    """The kinds whose answers, as a family tells them apart, are others than before."""
    width = len(figures.dims)
    found = np.zeros(len(kinds), dtype=bool)
    for at in sensitive_dims(figures):
        one, other = (kinds[:, period * width + at] for period in (begins, ends))
        if family >= 0:
            number = figures.families[family].slots[at]
            one, other = (
                np.where(leaf == NOWHERE, NOWHERE, figures.slots[period][at][number].code_of[leaf])
                for leaf, period in ((one, begins), (other, ends))
            )
        found |= one != other
    return found


def _from_elsewhere(figures: Figures, family: int, here: int, there: int, kinds: Numbers) -> Flags:
    """The kinds who are in a unit of a family in one period and in another unit in the other."""
    org, width = figures.dims.index("org"), len(figures.dims)
    number = figures.families[family].slots[org]
    if not number or number >= len(figures.slots[there][org]):
        return np.zeros(len(kinds), dtype=bool)
    mine, yours = (figures.slots[period][org][number] for period in (here, there))
    same = np.array([
        yours.codes.index(code) if code in yours.codes else NOWHERE for code in mine.codes
    ])  # fmt: skip
    one, other = (kinds[:, period * width + org] for period in (here, there))
    now, then = mine.code_of[one], yours.code_of[other]
    found: Flags = (one != NOWHERE) & (other != NOWHERE) & (now != NOWHERE)
    found &= (same[now] != NOWHERE) & (same[now] != then)
    return found


def _where(figures: Figures, flow: Flow, period: int, kinds: Numbers) -> Flags:
    """The kinds that are there in a period, in what a flow is about."""
    width = len(figures.dims)
    found: Flags = kinds[:, period * width] != NOWHERE
    for dim, code in flow.where.items():
        if dim not in figures.dims:
            continue
        held = figures.spec.dims[dim].of(figures.spec.periods[period])
        leaves = [
            at for at, leaf in enumerate(figures.names[dim]) if code in held.above.get(leaf, ())
        ]
        found &= np.isin(kinds[:, period * width + figures.dims.index(dim)], leaves)
    return found
