"""What a release is to show: its dimensions, tables and rules, read and refused by name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from goldenthread.errors import Unreadable

TOTAL = "Total"
"""The root of every dimension: everybody."""

LEVELS: Mapping[str, tuple[str, ...]] = {
    "org": ("directorate", "division", "team"),
    "ethnicity": ("broad", "detailed"),
}
"""What the levels of a dimension are called, from the top down; of others every code is ``all``."""

ALL = "all"
MEASURES = ("count", "mean", "median")
"""Measures without an argument; ``percent:DIM`` and ``gap:DIM=CODE`` have one."""

_LARGEST = 20_000_000
_SPEC = {
    "name", "threshold", "periods", "dims", "tables", "suppressed_never_zero", "structural",
    "flows", "percent_dp",
}  # fmt: skip
_DIM = {"children", "by_period", "sensitive", "nonsensitive"}
_TABLE = {"name", "dims", "measures"}
_FLOW = {"from", "to", "where", "joiners", "leavers", "answers_may_change"}
_MOST_DECIMALS = 6

Children = Mapping[str, tuple[tuple[str, ...], ...]]
"""Below a code its child codes, once for each way in which they divide it."""


@dataclass(frozen=True)
class Hierarchy:
    """The codes of one dimension in one period, each below those that it is part of."""

    children: Children

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How far each code is below ``Total`` by the longest way, in the order of first naming.

        Of a team that is part of a division and of a site, the way through the division counts.
        """
        found = {TOTAL: 0}
        waiting = [TOTAL]
        while waiting:
            code = waiting.pop(0)
            for below in self.children.get(code, ()):
                for child in below:
                    if found.get(child, -1) <= found[code] < len(self.children) + 1:
                        found[child] = found[code] + 1
                        waiting.append(child)
        return found

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The codes with nothing below them."""
        return tuple(code for code in self.depths if code not in self.children)

    @cached_property
    def above(self) -> Mapping[str, frozenset[str]]:
        """Of each code every code that it is part of, itself among them."""
        found: dict[str, set[str]] = {code: {code} for code in self.depths}
        for code in self.depths:
            for below in self.children.get(code, ()):
                for child in below:
                    found[child] |= found[code]
        # A code may be reached from two sides, so that what is above its parents comes later.
        changed = True
        while changed:
            changed = False
            for code, divided in self.children.items():
                for child in (one for below in divided for one in below):
                    if not found[code] <= found[child]:
                        found[child] |= found[code]
                        changed = True
        return {code: frozenset(codes) for code, codes in found.items()}


@dataclass(frozen=True)
class Dimension:
    """One dimension of the tables: its codes by period, and which rules hold for it.

    ``sensitive`` dimensions are protected characteristics or answers: the rules on groups,
    percentages and flows hold for all their codes but the ``nonsensitive`` ones.
    """

    name: str
    base: Hierarchy
    by_period: Mapping[str, Hierarchy] = field(default_factory=dict)
    sensitive: bool = False
    nonsensitive: frozenset[str] = frozenset()

    def of(self, period: str) -> Hierarchy:
        """Its codes as they were in a period."""
        return self.by_period.get(period, self.base)

    def codes(self, period: str, levels: Sequence[str]) -> tuple[str, ...]:
        """The codes of these levels, in the order of the specification, Total first."""
        depths = self.of(period).depths
        named = LEVELS.get(self.name, ())
        wanted = {named.index(level) + 1 for level in levels if level in named}
        return tuple(
            code
            for code, depth in depths.items()
            if (code == TOTAL and TOTAL in levels)
            or (code != TOTAL and (ALL in levels or depth in wanted))
        )


@dataclass(frozen=True)
class Table:
    """One table: by which dimensions and levels, and what it measures.

    One that was released before is by the codes that it had then: ``released`` has them by period
    and dimension, and it is of these periods alone.
    """

    name: str
    dims: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    released: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def codes(self, dim: Dimension, period: str) -> tuple[str, ...]:
        """The codes of a dimension that it has in a period; none in a period that it is not of."""
        if self.released:
            of = self.released.get(period)
            return () if of is None else of.get(dim.name, (TOTAL,))
        return dim.codes(period, self.dims.get(dim.name, (TOTAL,)))


@dataclass(frozen=True)
class Flow:
    """What is known of who came and went between two periods."""

    begins: str
    ends: str
    where: Mapping[str, str]
    joiners: tuple[int, int]
    leavers: tuple[int, int]
    answers_may_change: bool = True


@dataclass(frozen=True)
class Specification:
    """A release as somebody asks for it, as release-format has it.

    ``threshold`` is the first count that may be told of anybody; ``structural`` are the cells that
    everybody knows to be nought.
    """

    name: str
    threshold: int
    periods: tuple[str, ...]
    dims: Mapping[str, Dimension]
    tables: tuple[Table, ...]
    suppressed_never_zero: bool = False
    structural: tuple[Mapping[str, str], ...] = ()
    flows: tuple[Flow, ...] = ()
    percent_decimals: int = 0
    as_given: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The dimensions that any table is by, in the order of the specification."""
        there = {name for table in self.tables for name in table.dims}
        there |= {name for one in self.structural for name in one}
        return tuple(name for name in self.dims if name in there)


def read_specification(path: Path | str) -> Specification:
    """The specification that a file holds; raises ``Unreadable``, naming what is wrong with it."""
    place = Path(path)
    try:
        if place.stat().st_size > _LARGEST:
            raise Unreadable("The file is larger than 20 MB, and no specification is.")
        data = json.loads(place.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise Unreadable(
            f"The specification cannot be opened ({wrong.strerror}).", file=place.name
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable("The specification is not JSON in UTF-8.", file=place.name) from None
    except Unreadable as refusal:
        raise refusal.in_file(place.name) from None
    try:
        return specification(data)
    except Unreadable as refusal:
        raise refusal.in_file(place.name) from None


def specification(data: Any) -> Specification:  # noqa: ANN401 - whatever JSON holds
    """The specification that plain data says, whole or refused.

    Keys whose name ends in ``note`` are passed over; any other that is not known is refused.

    >>> by_sex = {"name": "sex", "dims": {"sex": ["Total", "all"]}, "measures": ["count"]}
    >>> told = specification(
    ...     {
    ...         "name": "Staff by sex",
    ...         "threshold": 5,
    ...         "periods": ["2026Q1"],
    ...         "dims": {"sex": {"children": {"Total": ["Female", "Male"]}}},
    ...         "tables": [by_sex],
    ...     }
    ... )
    >>> told.dims["sex"].codes("2026Q1", ("Total", "all"))
    ('Total', 'Female', 'Male')
    """
    _keys(data, _SPEC, "the specification")
    periods = _texts(_needed(data, "periods", "the specification"), "periods")
    if not periods or len(set(periods)) != len(periods):
        raise Unreadable("“periods” lists each period once, and at least one.")
    dims = {
        name: _dimension(name, told, periods)
        for name, told in _mapping(_needed(data, "dims", "the specification"), "dims").items()
    }
    tables = tuple(
        _table(told, dims) for told in _list(_needed(data, "tables", "the specification"), "tables")
    )
    if len({table.name for table in tables}) != len(tables):
        raise Unreadable("Two tables have one name.")
    threshold = _needed(data, "threshold", "the specification")
    if type(threshold) is not int or threshold < 1:
        raise Unreadable("“threshold” is a whole number above nought.")
    decimals = data.get("percent_dp", 0)
    if type(decimals) is not int or not 0 <= decimals <= _MOST_DECIMALS:
        raise Unreadable(f"“percent_dp” is a whole number from 0 to {_MOST_DECIMALS}.")
    return Specification(
        name=_text(_needed(data, "name", "the specification"), "name"),
        threshold=threshold,
        periods=periods,
        dims=dims,
        tables=tables,
        suppressed_never_zero=_flag(data, "suppressed_never_zero", False),
        structural=tuple(
            _where(one, dims, "structural")
            for one in _list(data.get("structural", []), "structural")
        ),
        flows=tuple(_flow(one, dims, periods) for one in _list(data.get("flows", []), "flows")),
        percent_decimals=decimals,
        as_given=data,
    )


def _dimension(name: str, told: Any, periods: Sequence[str]) -> Dimension:  # noqa: ANN401
    where = f"the dimension “{name}”"
    _keys(told, _DIM, where)
    base = _hierarchy(_needed(told, "children", where), where)
    by_period = {
        period: _hierarchy(children, f"{where} in {period}")
        for period, children in _mapping(told.get("by_period", {}), f"{where}: by_period").items()
    }
    if unknown := set(by_period) - set(periods):
        raise Unreadable(f"{where}: “by_period” names {sorted(unknown)[0]}, which is no period.")
    nonsensitive = frozenset(_texts(told.get("nonsensitive", []), f"{where}: nonsensitive"))
    known = {code for one in (base, *by_period.values()) for code in one.depths}
    if strange := nonsensitive - known:
        raise Unreadable(f"{where}: “{sorted(strange)[0]}” is none of its codes.")
    return Dimension(name, base, by_period, _flag(told, "sensitive", False), nonsensitive)


def _hierarchy(told: Any, where: str) -> Hierarchy:  # noqa: ANN401
    children: dict[str, tuple[tuple[str, ...], ...]] = {}
    for code, below in _mapping(told, where).items():
        listed = _list(below, f"{where}, below “{code}”")
        ways = listed if listed and all(isinstance(one, list) for one in listed) else [listed]
        children[code] = tuple(_texts(way, f"{where}, below “{code}”") for way in ways)
        if any(len(set(way)) != len(way) or not way for way in children[code]):
            raise Unreadable(f"{where}, below “{code}”: list each code once, and at least one.")
    if TOTAL not in children:
        raise Unreadable(f"{where}: nothing stands below “{TOTAL}”.")
    found = Hierarchy(children)
    if lost := set(children) - set(found.depths):
        raise Unreadable(f"{where}: “{sorted(lost)[0]}” is below nothing.")
    for code, divided in children.items():
        if any(code in found.above[parent] for parent in found.above[code] - {code}):
            raise Unreadable(f"{where}: “{code}” is part of itself.")
        held = [_leaves_below(found, way) for way in divided]
        if any(len(one) != len(set(one)) for one in held):
            raise Unreadable(f"{where}: codes below “{code}” overlap.")
        if any(set(one) != set(held[0]) for one in held):
            raise Unreadable(f"{where}: the ways to divide “{code}” do not hold the same.")
    return found


def _leaves_below(found: Hierarchy, codes: Sequence[str]) -> list[str]:
    return [leaf for code in codes for leaf in found.leaves if code in found.above[leaf]]


def _table(told: Any, dims: Mapping[str, Dimension]) -> Table:  # noqa: ANN401
    _keys(told, _TABLE, "a table")
    name = _text(_needed(told, "name", "a table"), "the name of a table")
    where = f"the table “{name}”"
    by: dict[str, tuple[str, ...]] = {}
    for dim, levels in _mapping(_needed(told, "dims", where), f"{where}: dims").items():
        if dim not in dims:
            raise Unreadable(f"{where}: there is no dimension “{dim}”.")
        by[dim] = _texts(levels, f"{where}: {dim}")
        known = (TOTAL, ALL, *LEVELS.get(dim, ()))
        for level in by[dim]:
            if level not in known:
                raise Unreadable(
                    f"{where}: “{level}” is no level of {dim}.", do=f"There are {', '.join(known)}."
                )
        if not by[dim]:
            raise Unreadable(f"{where}: {dim} has no level.")
    measures = _texts(_needed(told, "measures", where), f"{where}: measures")
    for measure in measures:
        _measure(measure, by, dims, where)
    if not measures or len(set(measures)) != len(measures):
        raise Unreadable(f"{where}: name each measure once, and at least one.")
    return Table(name, by, measures)


def _measure(
    measure: str, by: Mapping[str, tuple[str, ...]], dims: Mapping[str, Dimension], where: str
) -> None:
    kind, _, argument = measure.partition(":")
    if measure in MEASURES:
        return
    dim, sign, code = argument.partition("=")
    if kind == "percent" and not sign and dim in by:
        return
    if kind == "gap" and sign and dim in by and code in dims[dim].base.depths:
        return
    raise Unreadable(
        f"{where}: “{measure}” is no measure.",
        do="There are count, mean, median, percent:DIM and gap:DIM=CODE, of its own dimensions.",
    )


def _flow(told: Any, dims: Mapping[str, Dimension], periods: Sequence[str]) -> Flow:  # noqa: ANN401
    _keys(told, _FLOW, "a flow")
    begins, ends = (_text(_needed(told, key, "a flow"), f"flows: {key}") for key in ("from", "to"))
    if begins not in periods or ends not in periods or periods.index(begins) >= periods.index(ends):
        raise Unreadable("A flow goes from one period to a later one.")
    return Flow(
        begins,
        ends,
        _where(told.get("where", {}), dims, "flows"),
        _range(_needed(told, "joiners", "a flow"), "joiners"),
        _range(_needed(told, "leavers", "a flow"), "leavers"),
        _flag(told, "answers_may_change", True),
    )


def _where(told: Any, dims: Mapping[str, Dimension], key: str) -> dict[str, str]:  # noqa: ANN401
    found: dict[str, str] = {}
    for dim, code in _mapping(told, key).items():
        held = dims.get(dim)
        known = held and {
            each for one in (held.base, *held.by_period.values()) for each in one.depths
        }
        if not known or code not in known:
            raise Unreadable(f"“{key}” names a dimension or a code that there is not.")
        found[dim] = code
    return found


def _range(told: Any, key: str) -> tuple[int, int]:  # noqa: ANN401
    if (
        isinstance(told, list)
        and len(told) == 2
        and all(type(one) is int for one in told)
        and 0 <= told[0] <= told[1]
    ):
        return told[0], told[1]
    raise Unreadable(f"“{key}” is two whole numbers, the lesser first.")


def _keys(told: Any, known: set[str], where: str) -> None:  # noqa: ANN401
    strange = [
        key for key in _mapping(told, where) if key not in known and not key.endswith("note")
    ]
    if strange:
        raise Unreadable(
            f"{where[0].upper()}{where[1:]} has the key “{strange[0]}”, which is not known.",
            do=f"There are {', '.join(sorted(known))}.",
        )


def _needed(told: Mapping[str, Any], key: str, where: str) -> Any:  # noqa: ANN401
    if key not in told:
        raise Unreadable(f"{where[0].upper()}{where[1:]} lacks “{key}”.")
    return told[key]


def _mapping(told: Any, where: str) -> Mapping[str, Any]:  # noqa: ANN401
    if not isinstance(told, dict):
        raise Unreadable(f"{where[0].upper()}{where[1:]} is not an object with keys.")
    return told


def _list(told: Any, where: str) -> list[Any]:  # noqa: ANN401
    if not isinstance(told, list):
        raise Unreadable(f"{where[0].upper()}{where[1:]} is not a list.")
    return told


def _texts(told: Any, where: str) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(_text(one, where) for one in _list(told, where))


def _text(told: Any, where: str) -> str:  # noqa: ANN401
    if not isinstance(told, str) or not told.strip():
        raise Unreadable(f"{where[0].upper()}{where[1:]}: this is not text.")
    return told


def _flag(told: Mapping[str, Any], key: str, otherwise: bool) -> bool:
    held = told.get(key, otherwise)
    if not isinstance(held, bool):
        raise Unreadable(f"“{key}” is true or false.")
    return held
