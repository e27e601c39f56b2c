"""The smallest step back from a release that cannot be made safe, to one that can.

A release is refused where the headcounts that must stay open give somebody away whatever else is
hidden. Then something has to be told less finely: a measure left out, units taken together, a level
or a table dropped, fewer periods. Each such step is tried, those that lose least first.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any

import numpy as np

from goldenthread.disclosure.figures import Figures
from goldenthread.disclosure.merging import merges
from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect import Hidden, hide
from goldenthread.disclosure.protect.marks import LEAST_FOR_PERCENT
from goldenthread.disclosure.spec import ALL, LEVELS, TOTAL, Specification, specification
from goldenthread.errors import Unreadable

TRIES = 24
"""How many smaller releases are tried at most."""
SECONDS = 120
"""After how long no further one is tried; what was tried before does not depend on the clock."""

HOW_FAR = (
    f"At most {TRIES} smaller releases are tried, the one that loses least first, and none is "
    f"begun after {SECONDS} seconds."
)
"""How far it is looked, in words."""

_STEPS = 3
_KEPT_FOR_LAST = 2
_YEAR = 4

Given = dict[str, Any]
_Cell = tuple[str, tuple[tuple[str, str], ...]]
_Figure = tuple[str, tuple[tuple[str, str], ...], str]


@dataclass(frozen=True)
class Coarsening:
    """A smaller release that works, and what it no longer tells.

    ``steps`` are the changes in words, one sentence each; ``changed`` is the specification with
    them, as JSON; ``spec``, ``people`` and ``found`` are what was protected. ``figures`` is how
    many figures are told no longer, ``lost`` how many people are in them, each as often as they
    are in another cell. ``tried`` is how many smaller releases were tried, this one among them.
    """

    steps: tuple[str, ...]
    changed: Given
    spec: Specification
    people: People
    found: Hidden
    figures: int
    lost: int
    tried: int

    @property
    def words(self) -> str:
        """The whole change in words."""
        return " ".join(self.steps)


@dataclass(frozen=True)
class _Step:
    """One change of a specification, with what it leaves as it was and what it loses."""

    words: str
    changed: Given
    spec: Specification
    untouched: int
    figures: int
    lost: int


def smallest_coarsening(
    spec: Specification,
    people: People,
    threshold: int,
    found: Hidden,
    *,
    tries: int = TRIES,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> Coarsening | None:
    """The smaller release that loses least among those that work, or None where none was found.

    ``found`` is what could not be protected of ``spec``. Single changes are tried in the order of
    how many figures they lose, then how many people are in them; where none works alone, the one
    that leaves least unproved is kept and the next is looked for. The last tries are the headcount
    of the body alone. At most ``tries`` releases are protected, and none is begun after
    ``seconds``. The same input gives the same answer, but for what the time did not allow.

    Shape: a specification as somebody gave it, with its JSON in ``as_given``.
    Missing: a specification made without JSON has no coarsening.
    Source: the release format; disclosure notes 4.5.
    """
    ends = clock() + seconds
    told = _figures(spec)
    values = _values(found.marks.figures)
    now, before, persons = found, spec, people
    steps: tuple[str, ...] = ()
    tried = 0
    for _ in range(_STEPS):
        best: tuple[int, _Step, Hidden] | None = None
        for step in _candidates(before, persons, threshold, now, told, values):
            if tried >= tries - _KEPT_FOR_LAST or clock() > ends:
                break
            tried += 1
            those = _people_for(persons, before, step.spec)
            after = hide(step.spec, those, threshold)
            if not after.unproved:
                return Coarsening(
                    (*steps, step.words), step.changed, step.spec, those, after,
                    step.figures, step.lost, tried,
                )  # fmt: skip
            if len(after.unproved) < (best[0] if best else len(now.unproved)):
                best = len(after.unproved), step, after
        if best is None:
            break
        _, step, now = best
        persons = _people_for(persons, before, step.spec)
        before, steps = step.spec, (*steps, step.words)
    for words, changed in _nothing_but_the_body(spec):
        if tried >= tries or clock() > ends:
            break
        tried += 1
        last = specification(changed)
        those = _people_for(people, spec, last)
        after = hide(last, those, threshold)
        if not after.unproved:
            gone = told - _figures(last)
            lost = _people(gone, values)
            return Coarsening((words,), changed, last, those, after, len(gone), lost, tried)
    return None


def _nothing_but_the_body(spec: Specification) -> Iterator[tuple[str, Given]]:
    """What is left when nothing else works: one figure for each period, or for the last alone."""
    if not spec.as_given or not spec.used:
        return
    dim = "org" if "org" in spec.used else spec.used[0]
    changed = _copy(spec.as_given)
    changed["tables"] = [{"name": "Headcount", "dims": {dim: [TOTAL]}, "measures": ["count"]}]
    yield "Publish the headcount of the body alone.", changed
    if len(spec.periods) > 1:
        *gone, kept = spec.periods
        yield (
            f"Publish the headcount of the body alone, in {kept}. {_take_out(gone)}",
            _cut(changed, [kept]),
        )


def _people(gone: set[_Figure], values: Mapping[_Cell, int]) -> int:
    return sum(values.get(one, 0) for one in {(period, at) for period, at, _ in gone})


def _candidates(
    spec: Specification,
    people: People,
    threshold: int,
    found: Hidden,
    told: set[_Figure],
    values: Mapping[_Cell, int],
) -> list[_Step]:
    """Every single change, those that could help and lose least first."""
    unproved = _unproved(found)
    heads = _headcounts(spec)
    steps: list[_Step] = []
    seen: list[Given] = []
    for words, changed in _changes(spec, people, threshold, unproved):
        if changed in seen:
            continue
        seen.append(changed)
        try:
            after = specification(changed)
        except Unreadable:
            # What the change takes away is named elsewhere, such as in what is known of flows.
            continue
        left = _figures(after)
        changed_heads = {period for period, _ in heads ^ _headcounts(after)}
        kept = {one for one in unproved & _counts(left, values) if one[0] not in changed_heads}
        gone = told - left
        if not gone:
            continue
        lost = _people(gone, values)
        steps.append(_Step(words, changed, after, len(kept), len(gone), lost))
    return sorted(steps, key=lambda one: (one.untouched, one.figures, one.lost))


def _changes(
    spec: Specification, people: People, threshold: int, unproved: set[_Cell]
) -> Iterator[tuple[str, Given]]:
    """The changes in words with the specification that each makes, the gentlest kinds first."""
    given = dict(spec.as_given)
    if not given:
        return
    yield from _without_a_measure(given)
    for words, dims in merges(spec, people, threshold, unproved):
        changed = _copy(given)
        changed["dims"]["org"] = dims
        for table in changed["tables"]:
            if "org" in table["dims"]:
                # Units that stand together are one level down, where “all” would show them.
                table["dims"]["org"] = _named("org", table["dims"]["org"])
        yield words, changed
    yield from _without_a_level(given, [one[1] for one in unproved])
    yield from _without_tables(given, spec, unproved)
    yield from _yearly(given)


def _without_a_measure(given: Given) -> Iterator[tuple[str, Given]]:
    for at, table in enumerate(given["tables"]):
        if len(table["measures"]) < 2:
            continue
        for measure in table["measures"]:
            changed = _copy(given)
            changed["tables"][at]["measures"].remove(measure)
            yield f"Leave {_measure(measure)} out of the table “{table['name']}”.", changed


def _without_a_level(
    given: Given, cells: Sequence[tuple[tuple[str, str], ...]]
) -> Iterator[tuple[str, Given]]:
    """A dimension of one table told less finely, or of every table that has it so finely."""
    dims = {dim for cell in cells for dim, _ in cell} or set(given["dims"])
    for dim in (one for one in given["dims"] if one in dims):
        held = [_below(dim, table) for table in given["tables"]]
        for at, below in enumerate(held):
            for keep in reversed(range(len(below))):
                changed = _copy(given)
                if _keep_levels(changed["tables"][at], dim, below[:keep]):
                    name = given["tables"][at]["name"]
                    yield _dropped(dim, below[keep:], f"the table “{name}”"), changed
        levels = max(held, key=len)
        for keep in reversed(range(len(levels))):
            gone = levels[keep:]
            having = [at for at, below in enumerate(held) if set(below) & set(gone)]
            if len(having) < 2:
                continue
            changed = _copy(given)
            for at in having:
                kept = [one for one in held[at] if one not in gone]
                if not _keep_levels(changed["tables"][at], dim, kept):
                    changed["tables"][at]["measures"] = []
            changed["tables"] = [one for one in changed["tables"] if one["measures"]]
            if changed["tables"]:
                it = "it" if len(gone) == 1 else "them"
                yield _dropped(dim, gone, f"every table that has {it}"), changed


def _below(dim: str, table: Given) -> list[str]:
    return [one for one in _named(dim, table["dims"].get(dim, [TOTAL])) if one != TOTAL]


def _keep_levels(table: Given, dim: str, levels: Sequence[str]) -> bool:
    """Show a dimension at its total and these levels alone; False where nothing would be left."""
    if levels:
        table["dims"][dim] = [TOTAL, *levels]
        return True
    table["measures"] = [
        one for one in table["measures"] if one.partition(":")[2].partition("=")[0] != dim
    ]
    if len(table["dims"]) > 1:
        del table["dims"][dim]
    else:
        table["dims"][dim] = [TOTAL]
    return bool(table["measures"])


def _without_tables(
    given: Given, spec: Specification, unproved: set[_Cell]
) -> Iterator[tuple[str, Given]]:
    names = [table["name"] for table in given["tables"]]
    if len(names) < 2:
        return
    for name in names:
        changed = _copy(given)
        changed["tables"] = [one for one in changed["tables"] if one["name"] != name]
        yield f"Drop the table “{name}”.", changed
    telling = [
        table.name
        for table in spec.tables
        if unproved & {one[:2] for one in _figures(replace(spec, tables=(table,)))}
    ]
    if 1 < len(telling) < len(names):
        changed = _copy(given)
        changed["tables"] = [one for one in changed["tables"] if one["name"] not in telling]
        yield f"Drop the tables {_listed([f'“{one}”' for one in telling])}.", changed


def _yearly(given: Given) -> Iterator[tuple[str, Given]]:
    """One period of each year, the last or the first; years are the first four signs of a label."""
    periods = list(given["periods"])
    for which, order in (("last", periods), ("first", periods[::-1])):
        kept_by_year = {period[:_YEAR]: period for period in order}
        kept = [one for one in periods if one in kept_by_year.values()]
        if len(kept) == len(periods) or not all(one[:_YEAR].isdigit() for one in periods):
            continue
        gone = [one for one in periods if one not in kept]
        yield (
            f"Publish yearly: of each year only its {which} period, which leaves {_listed(kept)}. "
            f"{_take_out(gone)}",
            _cut(given, kept),
        )


def _take_out(gone: Sequence[str]) -> str:
    return f"Take the rows of {_listed(gone)} out of the file of people as well."


def _cut(given: Given, kept: Sequence[str]) -> Given:
    """The same of fewer periods."""
    changed = _copy(given)
    changed["periods"] = list(kept)
    for dim in changed["dims"].values():
        if "by_period" in dim:
            dim["by_period"] = {one: told for one, told in dim["by_period"].items() if one in kept}
    if "flows" in given:
        changed["flows"] = _joined(given["flows"], given["periods"], kept)
    return changed


def _joined(flows: Sequence[Given], periods: Sequence[str], kept: Sequence[str]) -> list[Given]:
    """What is known of who came and went between periods that are no longer next to each other.

    Whoever joined in one quarter may have left in a later one, so that the least is less certain.
    Where of some quarter nothing is known, nothing is known of the whole.
    """
    by_where: dict[tuple[tuple[str, str], ...], dict[tuple[str, str], Given]] = {}
    for flow in flows:
        where = tuple(sorted(flow.get("where", {}).items()))
        by_where.setdefault(where, {})[flow["from"], flow["to"]] = flow
    found: list[Given] = []
    for known in by_where.values():
        found += [flow for (begins, ends), flow in known.items() if {begins, ends} <= set(kept)]
        for begins, ends in pairwise(kept):
            between = periods[periods.index(begins) : periods.index(ends) + 1]
            chain = [known.get(pair) for pair in pairwise(between)]
            if (begins, ends) in known or not all(chain):
                continue
            held = [one for one in chain if one]
            low_in, high_in, low_out, high_out = (
                sum(one[key][end] for one in held)
                for key in ("joiners", "leavers")
                for end in (0, 1)
            )
            found.append(
                {
                    "from": begins,
                    "to": ends,
                    "where": held[0].get("where", {}),
                    "joiners": [max(0, low_in - high_out), high_in],
                    "leavers": [max(0, low_out - high_in), high_out],
                    "answers_may_change": any(one.get("answers_may_change", True) for one in held),
                }
            )
    return found


def _people_for(people: People, before: Specification, after: Specification) -> People:
    """The same people in the periods that are left."""
    if after.periods == before.periods:
        return people
    number = np.array([after.periods.index(one) if one in after.periods else -1
                       for one in before.periods])  # fmt: skip
    period = number[people.period]
    kept = period >= 0
    return replace(
        people,
        person=people.person[kept],
        period=period[kept],
        codes={dim: codes[kept] for dim, codes in people.codes.items()},
        pay=people.pay[kept],
    )


def _unproved(found: Hidden) -> set[_Cell]:
    figures = found.marks.figures
    return {cell_of(figures, demand.cell) for demand in found.unproved}


def cell_of(figures: Figures, cell: int) -> _Cell:
    """A cell by its period and its codes other than ``Total``."""
    period = figures.families[int(figures.family[cell])].period
    return figures.spec.periods[period], tuple(figures.codes(cell).items())


def _values(figures: Figures) -> dict[_Cell, int]:
    return {
        cell_of(figures, cell): int(figures.value[cell])
        for family in sorted(figures.shown)
        for cell in figures.cells(family)
    }


def _figures(spec: Specification) -> set[_Figure]:
    """Every figure that a specification has: its period, its codes and its measure.

    A percentage also tells of what it is a percentage of.
    """
    found: set[_Figure] = set()
    used = spec.used
    for period in spec.periods:
        for table in spec.tables:
            levels = [spec.dims[dim].codes(period, table.dims.get(dim, (TOTAL,))) for dim in used]
            for codes in product(*levels):
                at = tuple(
                    (dim, code) for dim, code in zip(used, codes, strict=True) if code != TOTAL
                )
                for measure in table.measures:
                    found.add((period, at, measure))
                    kind, _, of = measure.partition(":")
                    if kind == "percent":
                        found.add((period, _whole(at, of), measure))
    return found


def _whole(at: tuple[tuple[str, str], ...], of: str) -> tuple[tuple[str, str], ...]:
    return tuple(one for one in at if one[0] != of)


def _counts(figures: set[_Figure], values: Mapping[_Cell, int]) -> set[_Cell]:
    """The counts that figures tell, straight or by a percentage of people enough to have one."""
    found: set[_Cell] = set()
    for period, at, measure in figures:
        kind, _, of = measure.partition(":")
        base = values.get((period, _whole(at, of)), LEAST_FOR_PERCENT)
        if kind == "count" or (kind == "percent" and base >= LEAST_FOR_PERCENT):
            found.add((period, at))
    return found


def _headcounts(spec: Specification) -> set[_Cell]:
    """The headcounts that must stay open: the body's and its directorates', where they are told."""
    first = LEVELS["org"][0]
    return {
        (period, at)
        for period, at, measure in _figures(spec)
        if measure.partition(":")[0] in ("count", "percent")
        and (
            not at
            or (
                len(at) == 1
                and at[0][0] == "org"
                and at[0][1] in spec.dims["org"].codes(period, (first,))
            )
        )
    }


def _named(dim: str, levels: Sequence[str]) -> list[str]:
    """Levels from the top down, with the names of levels instead of all of them."""
    names = (TOTAL, *LEVELS.get(dim, ()))
    if ALL in levels:
        return [TOTAL, ALL] if len(names) == 1 else list(names)
    return [one for one in names if one in levels]


def _measure(measure: str) -> str:
    kind, _, of = measure.partition(":")
    return {
        "count": "the counts",
        "percent": f"the percentages by {of}",
        "mean": "mean pay",
        "median": "median pay",
        "gap": f"the pay gap by {of.partition('=')[0]}",
    }.get(kind, f"“{measure}”")


def _dropped(dim: str, levels: Sequence[str], where: str) -> str:
    if dim == "ethnicity" and list(levels) == ["detailed"]:
        return f"Merge the detailed categories of ethnicity into the broad ones in {where}."
    if list(levels) == [ALL]:
        return f"Leave {dim} out of {where}."
    names = [f"{dim} by {one}" for one in levels] if dim != "org" else list(levels)
    return f"Drop the level{'s' * (len(names) > 1)} {_listed(names)} from {where}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _copy(given: Mapping[str, Any]) -> Given:
    return copy.deepcopy(dict(given))
