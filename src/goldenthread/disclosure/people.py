"""The people that a release is of: a row for each person and period, held to its specification."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.spec import TOTAL, Flow, Specification
from goldenthread.errors import Place, Unreadable

# Which columns say where in a dimension somebody is, the most exact first.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "org": ("team", "division", "directorate"),
    "ethnicity": ("ethnicity", "ethnicity_broad"),
}
_ALWAYS = ("person", "period")
_KNOWN = (
    "directorate", "division", "team", "ethnicity", "ethnicity_broad", "disability", "sex",
    "grade", "fte", "hourly_pay",
)  # fmt: skip
_NOT_DECLARED = "Not declared"
_LARGEST = 1_000_000_000
_PENCE_AT_MOST = 10_000_000


@dataclass(frozen=True)
class People:
    """Who is where, by row. ``codes`` are by dimension the number of a row's code in ``names``.

    ``period`` is the number of the row's period. ``person`` are opaque numbers: the same for the
    same person in every period. ``pay`` is in whole pence an hour, -1 where there is none.
    """

    person: NDArray[np.int64]
    period: NDArray[np.int64]
    codes: Mapping[str, NDArray[np.int64]]
    names: Mapping[str, tuple[str, ...]]
    pay: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.period)

    def __repr__(self) -> str:
        return f"<People: {len(self):,} rows>"


def read_people(path: Path | str, spec: Specification) -> People:
    """The people of a file of microdata, or ``Unreadable`` with its row and column, never a value.

    Shape: CSV in UTF-8 with the columns ``person`` and ``period`` and those of the dimensions that
    the tables are by; any other that is neither known nor a dimension is refused by name.
    Missing: a blank answer is “Not declared”, and refused where the dimension has no such code;
    a blank period, person or unit is refused, and so are people of whom other numbers came or went
    than the specification states of its flows, or of whom an answer changed where none does.
    """
    place = Path(path)
    try:
        if place.stat().st_size > _LARGEST:
            raise Unreadable("The file is larger than 1 GB.")
        with place.open(encoding="utf-8-sig", newline="") as stream:
            return _read(csv.reader(stream, strict=True), spec)
    except OSError as wrong:
        raise Unreadable(
            f"The people cannot be opened ({wrong.strerror}).", file=place.name
        ) from None
    except UnicodeDecodeError:
        raise Unreadable("The file is not UTF-8 text.", file=place.name) from None
    except csv.Error:
        raise Unreadable("The file is no CSV with quotes that close.", file=place.name) from None
    except Unreadable as refusal:
        raise refusal.in_file(place.name) from None


def people_of(rows: Sequence[Mapping[str, str]], spec: Specification) -> People:
    """The same from rows in memory; every row has the columns of the first."""
    names = list(rows[0]) if rows else [*_ALWAYS]
    return _read(iter([names, *([row[name] for name in names] for row in rows)]), spec)


def _read(rows: Iterator[list[str]], spec: Specification) -> People:
    names = [name.strip() for name in next(rows, [])]
    _check_names(names, spec)
    at = {name: number for number, name in enumerate(names)}
    columns: dict[str, tuple[int, ...]] = {
        dim: tuple(at[one] for one in _COLUMNS.get(dim, (dim,)) if one in at) for dim in spec.used
    }
    known = {dim: _leaves(spec, dim) for dim in spec.used}
    index = {
        dim: {code: number for number, code in enumerate(codes)} for dim, codes in known.items()
    }
    periods = {period: number for number, period in enumerate(spec.periods)}
    allowed = {
        (period, dim): frozenset(spec.dims[dim].of(period).leaves)
        for period in spec.periods
        for dim in spec.used
    }
    persons: dict[str, int] = {}
    person: list[int] = []
    when: list[int] = []
    pay: list[int] = []
    held: dict[str, list[int]] = {dim: [] for dim in spec.used}
    seen: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        if len(row) != len(names):
            raise Unreadable(
                "The row does not have a value for each heading.", place=Place(row=number)
            )
        period = row[at["period"]].strip()
        if period not in periods:
            raise _wrong("The period is none of the specification's.", number, at["period"])
        who = row[at["person"]].strip()
        if not who:
            raise _wrong("The person has no number.", number, at["person"])
        key = persons.setdefault(who, len(persons)), periods[period]
        if key in seen:
            raise _wrong("The person is in this period twice.", number, at["person"])
        seen.add(key)
        for dim, places in columns.items():
            code = next((row[one].strip() for one in places if row[one].strip()), _NOT_DECLARED)
            if code not in allowed[period, dim]:
                raise _wrong(
                    f"This is none of the lowest codes of {dim} in that period.", number, places[0]
                )
            held[dim].append(index[dim][code])
        person.append(key[0])
        when.append(key[1])
        pay.append(
            _pence(row[at["hourly_pay"]], number, at["hourly_pay"]) if "hourly_pay" in at else -1
        )
    people = People(
        np.array(person, dtype=np.int64),
        np.array(when, dtype=np.int64),
        {dim: np.array(codes, dtype=np.int64) for dim, codes in held.items()},
        known,
        np.array(pay, dtype=np.int64),
    )
    for flow in spec.flows:
        _check_flow(people, spec, flow)
    return people


def _check_flow(people: People, spec: Specification, flow: Flow) -> None:
    """Readers are told what a flow states: nobody is safe by it where the records say otherwise."""
    before, after = (_inside(people, spec, flow, period) for period in (flow.begins, flow.ends))
    for many, (low, high), deed in (
        (len(np.setdiff1d(after, before)), flow.joiners, "joined"),
        (len(np.setdiff1d(before, after)), flow.leavers, "left"),
    ):
        if not low <= many <= high:
            raise Unreadable(
                f"From {flow.begins} to {flow.ends} other numbers of people {deed} by these "
                "records than the specification states.",
                do="State what the records say, and give everybody the same number in each period.",
            )
    if not flow.answers_may_change and _changed(people, spec, flow, np.intersect1d(before, after)):
        raise Unreadable(
            f"From {flow.begins} to {flow.ends} answers of people who stayed changed by these "
            "records, and the specification states that none did.",
            do="Leave “answers_may_change” out of the flow, or make it true.",
        )


def _changed(people: People, spec: Specification, flow: Flow, stayed: NDArray[np.int64]) -> bool:
    """Whether anybody of these answers a sensitive question otherwise at the end of a flow."""
    rows = []
    for period in (flow.begins, flow.ends):
        there = np.flatnonzero(
            (people.period == spec.periods.index(period)) & np.isin(people.person, stayed)
        )
        rows.append(there[np.argsort(people.person[there])])
    return any(
        bool((codes[rows[0]] != codes[rows[1]]).any())
        for dim, codes in people.codes.items()
        if spec.dims[dim].sensitive
    )


def _inside(people: People, spec: Specification, flow: Flow, period: str) -> NDArray[np.int64]:
    """The people who are there in a period, in what a flow is about."""
    there = people.period == spec.periods.index(period)
    for dim, code in flow.where.items():
        if dim in people.codes:
            above = spec.dims[dim].of(period).above
            leaves = [
                at for at, leaf in enumerate(people.names[dim]) if code in above.get(leaf, ())
            ]
            there &= np.isin(people.codes[dim], leaves)
    return np.unique(people.person[there])


def _leaves(spec: Specification, dim: str) -> tuple[str, ...]:
    """Every lowest code of a dimension over all periods, each once."""
    found: dict[str, None] = {}
    for period in spec.periods:
        found.update(dict.fromkeys(spec.dims[dim].of(period).leaves))
    return tuple(found)


def _check_names(names: list[str], spec: Specification) -> None:
    known = {*_ALWAYS, *_KNOWN, *spec.dims} - {"org"}
    if strange := [name for name in names if name not in known]:
        raise Unreadable(f"The column “{strange[0]}” is not known.", place=Place(row=1))
    if len(set(names)) != len(names):
        raise Unreadable("Two columns have one heading.", place=Place(row=1))
    needed = {*_ALWAYS, *(_COLUMNS.get(dim, (dim,))[0] for dim in spec.used if dim != TOTAL)}
    if missing := sorted(needed - set(names)):
        raise Unreadable(f"There is no column “{missing[0]}”.", place=Place(row=1))


def _pence(said: str, row: int, column: int) -> int:
    if not said.strip():
        return -1
    try:
        pence = int((Decimal(said) * 100).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        raise _wrong("This is no amount of pay.", row, column) from None
    if not 0 <= pence <= _PENCE_AT_MOST:
        raise _wrong("This is no hourly pay.", row, column)
    return pence


def _wrong(what: str, row: int, column: int) -> Unreadable:
    return Unreadable(what, place=Place(row=row, column=column + 1))
