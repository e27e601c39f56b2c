"""Which means, medians and gaps of pay may be told, and other pay that proves it of the rest.

A mean and how many it is of give what they earn together, and sums of cells stay sums, so that what
is left over may be what one person earns. A figure of pay is told only where it is of enough people
and where, for every few people and every hidden cell, what they earn together could be more than a
tenth higher and more than a tenth lower with every figure told still right as rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from goldenthread.disclosure.figures import NOWHERE, Figures, Numbers
from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect import Hidden
from goldenthread.disclosure.protect.earners import Earners
from goldenthread.disclosure.protect.pay_moves import PayMoves
from goldenthread.disclosure.protect.pay_rules import INTERNAL, PUBLIC, Gap, Mean, Median, PayRules
from goldenthread.disclosure.spec import TOTAL, Specification, Table

__all__ = ["INTERNAL", "PUBLIC", "Paid", "PayChange", "PayRules", "asks_for_pay", "protect_pay"]

_ROUNDS = 12
_PAY = ("mean", "median", "gap")

Key = tuple[int, tuple[str, ...], str]
"""A period, the codes of a cell in the order of the dimensions, and a measure as specified."""


@dataclass(frozen=True)
class PayChange:
    """Other pay of some people: by how many pence an hour each of these earners differs."""

    earners: Numbers
    by: Numbers


@dataclass(frozen=True)
class Paid:
    """What is told of pay. ``value`` is in units of the last decimal; ``symbol`` where hidden.

    An earner is somebody as long as the pay stays the same: ``kinds``, ``first`` and ``last`` (the
    numbers of the periods) and ``pence``, -1 where pay is not known. ``changes`` are other pay that
    fits all that is told. ``decimals`` are by measure.
    """

    value: Mapping[Key, int]
    symbol: Mapping[Key, str]
    decimals: Mapping[str, int]
    kinds: Numbers
    first: Numbers
    last: Numbers
    pence: Numbers
    changes: tuple[PayChange, ...]


def asks_for_pay(spec: Specification) -> bool:
    """Whether any table has a mean, a median or a gap."""
    return any(_pay_measures(table) for table in spec.tables)


def protect_pay(hidden: Hidden, people: People, rules: PayRules = INTERNAL) -> Paid:
    """Decide of each figure of pay whether it is told, and keep the pay that proves it.

    Shape: of the same people and specification as ``hidden``, all periods together: somebody whose
    pay is the same in two of them has the same pay in both whatever else it might be.
    Units: pence an hour inside, pounds where they are told.
    Missing: where anybody's pay in a cell is not known its figures are ``[x]``, and so are those of
    every cell that it is part of: a mean of the others would be of a count that no table gives.

    Source: ours; the limits are those of ``PayRules``. A figure that must be hidden to protect
    another is the one of fewest people that will do, and never the body's or a directorate's where
    others will.
    """
    figures = hidden.marks.figures
    value: dict[Key, int] = {}
    symbol: dict[Key, str] = {}
    asked = _asked(figures)
    floor = _floor(hidden, {cell for one in asked.values() for cell in one if cell != NOWHERE})
    earners = Earners(figures, people)
    told: dict[Key, Mean | Median | Gap] = {}
    for key, cells in asked.items():
        found = _by_rules(hidden, earners, key, cells, floor, rules)
        if isinstance(found, str):
            symbol[key] = found
        else:
            told[key] = found
    moves = PayMoves(earners, list(dict.fromkeys(told.values())), rules)
    targets = earners.targets(hidden, rules)
    for _ in range(_ROUNDS):
        for target in sorted(targets, key=lambda one: (-earners.total[one], one)):
            moves.prove(target)
        targets = moves.left_over()
        if all(moves.is_proved(one) for one in targets):
            break
    else:
        moves.hide_all()
    for key, one in told.items():
        if moves.is_shown(one):
            value[key] = one.value
        else:
            symbol[key] = "[c]" if _is_open(hidden, asked[key][0]) else "[x]"
    pence = np.where(earners.known, earners.pay, -1)
    return Paid(
        value,
        symbol,
        {"mean": rules.mean_dp, "median": rules.median_dp, "gap": rules.gap_dp},
        earners.kinds,
        earners.first,
        earners.last,
        pence,
        tuple(PayChange(at, by) for at, by in moves.used()),
    )


def _pay_measures(table: Table) -> list[str]:
    return [one for one in table.measures if one.partition(":")[0] in _PAY]


def _asked(figures: Figures) -> dict[Key, tuple[int, ...]]:
    """Each figure of pay with its cell, and of a gap that of those it is held against."""
    found: dict[Key, tuple[int, ...]] = {}
    for period, name in enumerate(figures.spec.periods):
        for table in figures.spec.tables:
            measures = _pay_measures(table)
            levels = [
                figures.spec.dims[dim].codes(name, table.dims.get(dim, (TOTAL,)))
                for dim in figures.dims
            ]
            for codes in product(*levels) if measures else ():
                told = dict(zip(figures.dims, codes, strict=True))
                cell = _find(figures, period, told)
                for measure in measures:
                    kind, _, argument = measure.partition(":")
                    cells: tuple[int, ...] = (cell,)
                    if kind == "gap":
                        dim, _, code = argument.partition("=")
                        cells = (cell, _find(figures, period, {**told, dim: code}))
                    found[period, codes, measure] = cells
    return found


def _find(figures: Figures, period: int, told: Mapping[str, str]) -> int:
    cells = figures.find_codes(period, told)
    return next((cell for cell in cells if cell != NOWHERE), NOWHERE)


def _floor(hidden: Hidden, cells: Iterable[int]) -> dict[int, int]:
    """Of each cell that no table counts how few are in it in any other workforce of the proofs."""
    figures = hidden.marks.figures
    loose = [cell for cell in cells if not hidden.marks.shown[cell]]
    least = {cell: int(figures.value[cell]) for cell in loose}
    families = sorted({int(figures.family[cell]) for cell in loose})
    for change in hidden.changes:
        for family in families:
            found = figures.find(family, figures.keys_of(family, change.kinds))
            moved: dict[int, int] = {}
            for cell, by in zip(found.tolist(), change.by.tolist(), strict=True):
                moved[cell] = moved.get(cell, 0) + by
            for cell, by in moved.items():
                if cell in least:
                    least[cell] = min(least[cell], int(figures.value[cell]) + by)
    return least


def _is_open(hidden: Hidden, cell: int) -> bool:
    return cell != NOWHERE and bool(hidden.marks.shown[cell] and not hidden.hidden[cell])


def _by_rules(
    hidden: Hidden,
    earners: Earners,
    key: Key,
    cells: tuple[int, ...],
    floor: Mapping[int, int],
    rules: PayRules,
) -> Mean | Median | Gap | str:
    """The figure, or the symbol in its place where the rules on single figures forbid it."""
    marks = hidden.marks
    for cell in cells:
        if cell == NOWHERE:
            return _empty(hidden, key)
        if marks.shown[cell] and hidden.hidden[cell] and marks.withdrawn[cell]:
            return "[x]"
    if len(cells) > 1 and cells[0] == cells[1]:
        return "[z]"
    first = cells[0]
    symbol = "[x]" if not marks.shown[first] else "[c]"
    rows = [earners.row_of(cell) for cell in cells]
    if any(earners.missing[row] for row in rows):
        return "[x]"
    if any(earners.people[row] == 0 for row in rows):
        return "[z]" if all(_is_open(hidden, cell) for cell in cells) else "[x]"
    if any(marks.shown[cell] and hidden.hidden[cell] for cell in cells):
        return symbol
    kind = key[2].partition(":")[0]
    least = rules.least(kind)
    if any(min(earners.people[row], floor.get(cell, least)) < least
           for row, cell in zip(rows, cells, strict=True)):  # fmt: skip
        return symbol
    if kind == "median":
        return earners.median(rows[0], rules) or symbol
    if any(earners.dominated(row, rules) for row in rows):
        return symbol
    if kind == "mean":
        return Mean(rows[0], earners.people[rows[0]], earners.total[rows[0]], rules.mean_dp)
    if not earners.total[rows[1]] or rows[0] == rows[1]:
        return "[x]"
    return Gap(
        (rows[0], rows[1]),
        (earners.people[rows[0]], earners.people[rows[1]]),
        (earners.total[rows[0]], earners.total[rows[1]]),
        rules.gap_dp,
    )


def _empty(hidden: Hidden, key: Key) -> str:
    """The symbol of pay of nobody: not applicable where a table says that nobody is there."""
    figures = hidden.marks.figures
    period, codes, measure = key
    dims = dict(zip(figures.dims, codes, strict=True))
    kind, _, argument = measure.partition(":")
    dim, _, code = argument.partition("=")
    for told in [dims, {**dims, dim: code}] if kind == "gap" else [dims]:
        if _find(figures, period, told) == NOWHERE and not any(
            _counts(table, figures.spec, period, told) for table in figures.spec.tables
        ):
            return "[x]"
    return "[z]"


def _counts(table: Table, spec: Specification, period: int, told: Mapping[str, str]) -> bool:
    """Whether a table gives the count of these codes."""
    return "count" in table.measures and all(
        code in spec.dims[dim].codes(spec.periods[period], table.dims.get(dim, (TOTAL,)))
        for dim, code in told.items()
    )
