"""The tables of who works here: by group, unit, grade and pair, and beside a population."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import cast

from goldenthread.disclosure.raw import Cell, Column, RawTable
from goldenthread.errors import Unreadable
from goldenthread.workforce.packs.asked import (
    SAYS,
    SHOWN,
    Asked,
    Made,
    Rows,
    not_said,
    share_cells,
    share_columns,
)
from goldenthread.workforce.packs.standing_out import LEAST_NAMED, Comparison, distance
from goldenthread.workforce.rates.benchmark import Benchmark
from goldenthread.workforce.rates.composition import Composition, composition
from goldenthread.workforce.rates.representation import (
    Representation,
    against_benchmark,
    against_earlier,
    against_rest,
)
from goldenthread.workforce.records import Records
from goldenthread.workforce.staff_columns import (
    MISSING,
    Characteristic,
    GroupingName,
    in_words,
    one_of,
)
from goldenthread.workforce.too_few import TooFew

_PAIRS: tuple[tuple[Characteristic, Characteristic], ...] = tuple(
    combinations(("sex", "ethnicity", "disability"), 2)
)
_GROUP = (
    Column("characteristic", "Characteristic"),
    Column("group", "Group"),
    Column("code", "Code"),
)
_APART = (Column("apart", "Difference", "number", "percentage points"),)
_KNOWN = "people whose answer is known"
_KNOWN_NOTE = (
    "Shares are of the people whose answer is known; the states of missing stand below with their "
    "numbers and no share."
)


def composition_tables(records: Records, asked: Asked) -> Made:
    """Who works here as at the snapshot, and beside the year before."""
    days = [day for day in (asked.before, asked.as_at) if day is not None]
    found = composition(records, tuple(SHOWN), pairs=_PAIRS, groupings=dict(SHOWN), snapshots=days)
    made = _over_time(found, asked) + _by(found, asked, "unit") + _by(found, asked, "grade")
    made += Made((_pairs(found, asked),))
    return made + _beside_populations(records, asked)


def _groups(found: Composition, asked: Asked) -> Iterator[tuple[Characteristic, str]]:
    """Every characteristic with its groups in the order of its list, the states of missing last."""
    for one in found.characteristics:
        for _order, code in sorted((asked.order(one, code), code) for code in found.codes[one]):
            yield one, code


def _named(asked: Asked, characteristic: str, code: str) -> tuple[Cell, ...]:
    return (asked.title(characteristic), asked.label(characteristic, code), code)


def _difference(held: Representation | TooFew | None) -> tuple[Cell, ...]:
    """The difference of a comparison, its interval, and what may be said of it."""
    if held is None:
        return (None, None, None, "")
    if isinstance(held, TooFew):
        return (not_said(held), None, None, held.sentence)
    ends = held.difference
    return (
        100 * (held.share.share - held.reference),
        100 * ends.low,
        100 * ends.high,
        held.sentence,
    )


def compared(
    where: str, held: Representation | TooFew | None, others: tuple[int, int] | None = None
) -> list[Comparison]:
    """A comparison of shares as one of many; none where it could not be made.

    ``others`` are so many of so many on the other side, where they were counted too.
    """
    if not isinstance(held, Representation):
        return []
    share = held.share
    far = distance(float(share.share - held.reference), held.difference.low, held.difference.high)
    counts = None if others is None else (share.count, share.base, *others)
    few = 0 < share.count < LEAST_NAMED
    return [Comparison(where, held.sentence, far, few, counts)]


def _over_time(found: Composition, asked: Asked) -> Made:
    rows: Rows = []
    comparisons: list[Comparison] = []
    for one, code in _groups(found, asked):
        people = found.people(asked.as_at, {one: code})
        then = None if asked.before is None else found.people(asked.before, {one: code})
        base = found.base(asked.as_at, [one])
        if code in MISSING:
            nothing: tuple[Cell, ...] = (None,) * 8
            rows.append((*_named(asked, one, code), people, *nothing[:4], then, *nothing[:3], ""))
            continue
        share = found.share(asked.as_at, {one: code}, least=asked.least)
        held = None
        if asked.before is not None:
            held = against_earlier(
                found, {one: code}, snapshot=asked.as_at, before=asked.before, least=asked.least
            )
        if held is not None and asked.before is not None and then is not None:
            earlier = (then, found.base(asked.before, [one]))
            comparisons += compared(asked.label(one, code), held, earlier)
        cells = share_cells(share, people, base)
        rows.append((*_named(asked, one, code), *cells, then, *_difference(held)))
    before = in_words(asked.before) if asked.before else "before"
    columns = (
        *_GROUP,
        *share_columns(_KNOWN),
        Column("people_before", f"People on {before}", "count"),
        *_APART,
        Column("apart_low", "Difference, from", "number", "percentage points"),
        Column("apart_high", "Difference, to", "number", "percentage points"),
        SAYS,
    )
    base = found.base(asked.as_at, ["sex"], among="everybody")
    notes = [
        _KNOWN_NOTE,
        "Most people are in both snapshots, so the interval of a change is wider than need be.",
    ]
    table = asked.table(
        "composition", "Who works here, and a year before", columns, rows, base=base, notes=notes
    )
    return Made((table,), {"composition": comparisons})


def _by(found: Composition, asked: Asked, what: str) -> Made:
    """By unit beside everybody outside it, or by grade beside everybody in the others."""
    rows: Rows = []
    comparisons: list[Comparison] = []
    places = found.units if what == "unit" else found.grades
    called = asked.unit if what == "unit" else asked.grade
    known = [(one, code) for one, code in _groups(found, asked) if code not in MISSING]
    whole = {
        (one, code): found.share(asked.as_at, {one: code}, least=asked.least) for one, code in known
    }
    for place in places:
        unit, grade = (place, None) if what == "unit" else (None, place)
        bases: dict[str, int] = {}
        for one, code in known:
            people = found.people(asked.as_at, {one: code}, unit=unit, grade=grade)
            if one not in bases:
                bases[one] = found.base(asked.as_at, [one], unit=unit, grade=grade)
            if not bases[one]:
                continue
            share = found.share(asked.as_at, {one: code}, least=asked.least, unit=unit, grade=grade)
            name = "of everybody outside it" if what == "unit" else "of everybody in other grades"
            everybody = whole[one, code]
            held = None
            # The whole workforce as a unit has nobody outside.
            if not isinstance(everybody, TooFew) and everybody.base > bases[one]:
                held = against_rest(share, everybody, name, least=asked.least)
            where = f"{called(place)}, {asked.label(one, code)}"
            if not isinstance(everybody, TooFew):
                outside = (everybody.count - people, everybody.base - bases[one])
                comparisons += compared(where, held, outside)
            cells = share_cells(share, people, bases[one])
            rows.append((called(place), *_named(asked, one, code), *cells, *_difference(held)))
    title = "Unit" if what == "unit" else "Grade"
    columns = (
        Column(what, title),
        *_GROUP,
        *share_columns(_KNOWN),
        *_APART,
        Column("apart_low", "Difference, from", "number", "percentage points"),
        Column("apart_high", "Difference, to", "number", "percentage points"),
        SAYS,
    )
    notes = ["Shares are of the people whose answer is known."]
    if what == "unit":
        notes.append("A unit holds everybody in the units below it.")
    name = f"composition_by_{what}"
    table = asked.table(name, f"Who works here, by {what}", columns, rows, notes=notes)
    return Made((table,), {name: comparisons})


def _pairs(found: Composition, asked: Asked) -> RawTable:
    rows: Rows = []
    for one, other in _PAIRS:
        for code in found.codes[one]:
            for beside in found.codes[other]:
                if code in MISSING or beside in MISSING:
                    continue
                codes: dict[str, str] = {one: code, other: beside}
                people = found.people(asked.as_at, codes)
                base = found.base(asked.as_at, [one, other])
                share = found.share(asked.as_at, codes, least=asked.least)
                rows.append(
                    (
                        asked.title(one),
                        asked.label(one, code),
                        asked.title(other),
                        asked.label(other, beside),
                        *share_cells(share, people, base),
                    )
                )
    columns = (
        Column("characteristic", "Characteristic"),
        Column("group", "Group"),
        Column("other_characteristic", "Second characteristic"),
        Column("other_group", "Second group"),
        *share_columns("people of whom both are known"),
    )
    return asked.table("composition_pairs", "Two characteristics together", columns, rows)


def _beside_populations(records: Records, asked: Asked) -> Made:
    """The workforce beside every population that was given, each with its source."""
    made = Made()
    for number, benchmark in enumerate(asked.benchmarks, 1):
        characteristic = one_of(benchmark.characteristic)
        _same_groups(benchmark, asked)
        found = composition(
            records,
            [characteristic],
            groupings={characteristic: cast("GroupingName", benchmark.grouping)},
            snapshots=[asked.as_at],
        )
        rows: Rows = []
        comparisons: list[Comparison] = []
        for group in benchmark.shares:
            codes: dict[str, str] = {characteristic: group}
            held = against_benchmark(
                found, benchmark, group, snapshot=asked.as_at, least=asked.least
            )
            label = asked.label(characteristic, group, benchmark.grouping)
            comparisons += compared(label, held)
            share = found.share(asked.as_at, codes, least=asked.least)
            people = found.people(asked.as_at, codes)
            base = found.base(asked.as_at, [characteristic])
            parity = held.to_parity if isinstance(held, Representation) else None
            rows.append(
                (
                    label,
                    *share_cells(share, people, base),
                    100 * benchmark.shares[group],
                    *_difference(held)[:3],
                    parity,
                    _difference(held)[3],
                )
            )
        columns = (
            Column("group", "Group"),
            *share_columns(_KNOWN),
            Column("population", "Share of the population", "share", "%"),
            *_APART,
            Column("apart_low", "Difference, from", "number", "percentage points"),
            Column("apart_high", "Difference, to", "number", "percentage points"),
            Column("to_parity", "More people for an equal share", "count"),
            SAYS,
        )
        name = "population" if number == 1 else f"population_{number}"
        table = asked.table(
            name,
            f"Who works here beside the population of {benchmark.area}",
            columns,
            rows,
            notes=[f"The population is {benchmark.name.removeprefix('of ')}."],
            sources=[f"{benchmark.source}, {benchmark.address}"],
        )
        made += Made((table,), {name: comparisons})
    return made


def _same_groups(benchmark: Benchmark, asked: Asked) -> None:
    """Refuse a population of groups that the list does not have: of such nobody works anywhere."""
    held = asked.lists.get(benchmark.characteristic)
    if held is None:
        return
    rolled = {one.name: {group.code for group in one.groups} for one in held.groupings}
    groups = rolled.get(benchmark.grouping, set())
    if not groups or set(benchmark.shares) - groups:
        raise Unreadable(
            f"The population of {benchmark.area} is divided by groups that the list “{held.title}” "
            f"does not have under “{benchmark.grouping}”.",
            do=(
                f"Give each group by one of its codes there: {', '.join(sorted(groups))}."
                if groups
                else f"Divide it by one of: {', '.join(rolled)}."
            ),
        )
