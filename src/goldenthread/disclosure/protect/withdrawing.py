"""Which breakdowns to withdraw where no ``[c]`` would do: the nearest first, then more and more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.disclosure.figures import NOWHERE, Figures
from goldenthread.disclosure.protect.demands import Demand
from goldenthread.disclosure.protect.marks import Breakdown, Marks
from goldenthread.disclosure.spec import TOTAL


def to_withdraw(
    marks: Marks, unproved: Sequence[Demand], withdrawn: Sequence[Breakdown]
) -> list[Breakdown]:
    """What to withdraw besides, for each figure that nothing proves; nothing where nothing is left.

    First the breakdown that the figure stands in, by its last dimension, then by the others, and
    the same breakdown of the rows above. Then
    what its fellows are made of: a figure withdrawn is known to be above nought while a part of it
    is marked ``[c]``. Then the same in the other periods, and in the end every breakdown of the
    period and of all periods, which leaves the headcounts that must stay open.
    """
    told: dict[Breakdown, None] = {}
    gone = set(withdrawn)
    for demand in unproved:
        for batch in _batches(marks, demand.cell):
            new = [one for one in batch if one not in gone]
            if new:
                told.update(dict.fromkeys(new))
                break
    return list(told)


def levels(
    marks: Marks,
    unproved: Sequence[Demand],
    withdrawn: Sequence[Breakdown],
    *,
    everything: bool,
) -> list[Breakdown]:
    """Every table and level, in all periods, that holds a figure which nothing proves.

    Where these are withdrawn already, or ``everything`` is asked for, all but the headcounts.
    """
    figures, gone = marks.figures, set(withdrawn)
    if not unproved:
        return []
    shapes = {figures.families[int(figures.family[one.cell])].slots for one in unproved}
    every = {shape.slots for shape in figures.families}
    for wanted in (every,) if everything else (shapes, every):
        found = [
            _breakdown(figures, cell, _by(figures, family)[-1])
            for family, shape in enumerate(figures.families)
            if shape.slots in wanted and any(shape.slots)
            for cell in figures.cells(family)
        ]
        new = [one for one in found if one not in gone]
        if new:
            return new
    return []


def _batches(marks: Marks, cell: int) -> Iterator[list[Breakdown]]:
    figures = marks.figures
    by = _by(figures, int(figures.family[cell]))
    for at in reversed(by):
        yield [_breakdown(figures, cell, at)]
    yield from _above(figures, cell, by)
    yield _made_of(marks, cell)
    for period in range(len(figures.spec.periods)):
        for twin in figures.find_codes(period, figures.codes(cell)):
            if twin not in (NOWHERE, cell):
                yield [_breakdown(figures, twin, at) for at in by]
                yield _made_of(marks, twin)
    period = figures.families[int(figures.family[cell])].period
    yield _everything(figures, [period])
    yield _everything(figures, range(len(figures.spec.periods)))


def _above(figures: Figures, cell: int, by: Sequence[int]) -> Iterator[list[Breakdown]]:
    """The same breakdown of the rows that the cell's row is part of, one dimension at a time."""
    period = figures.families[int(figures.family[cell])].period
    codes = figures.codes(cell)
    for at in by[:-1]:
        dim = figures.dims[at]
        above = figures.spec.dims[dim].of(figures.spec.periods[period]).above[codes[dim]]
        found = []
        for code in sorted(above - {codes[dim]}):
            told = (
                {**codes, dim: code}
                if code != TOTAL
                else {key: one for key, one in codes.items() if key != dim}
            )
            found += [
                _breakdown(figures, other, by[-1])
                for other in figures.find_codes(period, told)
                if other != NOWHERE
            ]
        yield found


def _by(figures: Figures, family: int) -> list[int]:
    """The dimensions that a family is by, the sensitive ones last."""
    slots = figures.families[family].slots
    by = [at for at, slot in enumerate(slots) if slot != 0]
    return sorted(by, key=lambda at: (figures.spec.dims[figures.dims[at]].sensitive, at))


def _breakdown(figures: Figures, cell: int, at: int) -> Breakdown:
    family = int(figures.family[cell])
    return Breakdown(family, int(figures.held_keys(family)[cell - figures.first[family]]), at)


def _made_of(marks: Marks, cell: int) -> list[Breakdown]:
    """The breakdowns of a cell, of the others of its family that are withdrawn, and so on down."""
    figures = marks.figures
    family = int(figures.family[cell])
    above = {one for one in figures.cells(family) if marks.withdrawn[one]} | {cell}
    sums = [(total, parts) for total, parts in figures.sums() if marks.shown[parts].any()]
    found: dict[Breakdown, None] = {}
    while above:
        below: set[int] = set()
        for total, parts in sums:
            if total in above:
                below.update(parts.tolist())
                number = int(figures.family[parts[0]])
                slots, whole = (
                    figures.families[one].slots for one in (number, int(figures.family[total]))
                )
                at = next(at for at, slot in enumerate(slots) if slot != whole[at])
                found[_breakdown(figures, int(parts[0]), at)] = None
        above = below
    return list(found)


def _everything(figures: Figures, periods: Sequence[int]) -> list[Breakdown]:
    return [
        _breakdown(figures, cell, _by(figures, family)[-1])
        for family, shape in enumerate(figures.families)
        if shape.period in periods and any(shape.slots)
        for cell in figures.cells(family)
    ]
