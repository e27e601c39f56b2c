"""Checked files become the tables that measures read, with pay reckoned and units placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from goldenthread.categories import CodeList, groups_rows
from goldenthread.errors import Unreadable
from goldenthread.workforce.files.checked import Checked
from goldenthread.workforce.files.known import unit_lines
from goldenthread.workforce.pay.pay_elements import not_reckoned, pay_of_people

_GROUPS = ("characteristic", "code", "grouping", "grp", "position")
_LINES = ("snapshot", "unit", "ancestor", "depth")


class Columns:
    """Rows of one table by column, as a vault receives them."""

    def __init__(self, columns: Mapping[str, Sequence[Any]]) -> None:
        self._columns = columns

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def column(self, name: str) -> Sequence[Any]:
        """The value of each row in one column; raises ``KeyError`` for another name."""
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), ()))

    def __repr__(self) -> str:
        return f"<Columns: {len(self):,} rows>"


@dataclass(frozen=True)
class StaffTables:
    """The tables that files of staff records give, and what is to be known of them.

    ``people`` and ``unit_lines`` are one table for each snapshot; ``events`` are applications,
    cases, training and moves, by name. ``not_reckoned`` is how many of a pay file have no hourly
    rate, by the rule in the way. ``labels`` are the names of units and grades as first written, by
    how they are kept. ``objectors`` are the numbers of people who asked not to be monitored, by the
    column that knows them, ``person`` or ``applicant``, so that what was held of them before can be
    taken away; keep it nowhere.
    """

    people: Mapping[date, Columns]
    unit_lines: Mapping[date, Columns]
    events: Mapping[str, Columns]
    groups: Columns
    not_reckoned: Mapping[str, int]
    labels: Mapping[str, Mapping[str, str]]
    objectors: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def all(self) -> Iterator[tuple[str, Columns]]:
        """Every table with its name; one name may come more than once."""
        for people in self.people.values():
            yield "people", people
        for lines in self.unit_lines.values():
            yield "unit_lines", lines
        yield from self.events.items()
        yield "groups", self.groups


def staff_tables(files: Iterable[Checked], lists: Iterable[CodeList]) -> StaffTables:
    """The tables of checked files, in the names and types that measures read.

    Shape: one or more files of people, whose snapshots differ, and any of the companion files.
    ``lists`` are those that the characteristics were mapped to. Of a pay file come the hourly rate
    and the bonus of whoever is in it on that snapshot; what the file of people says of their pay is
    then not looked at. Every path of a unit stands below those that it begins with.
    Units: as ``read_workforce`` and ``pay_of_people`` give them.
    Missing: who is not in a pay file that others of the same snapshot are in has no hourly rate and
    no bonus.
    Raises ``Unreadable`` where there is no file of people, two hold the same snapshot, or a grade
    has no order, since then nobody could say who was promoted.

    Source: the contracts of the files (docs/reference/workforce-files.md), SI 2017/353 Schedule 1
    as ``pay_of_people`` follows it.
    """
    checked = list(files)
    people: dict[date, dict[str, list[Any]]] = {}
    for one in _of(checked, "people"):
        for day, columns in _by_snapshot(one).items():
            if day in people:
                raise Unreadable(
                    f"The snapshot of {day.isoformat()} is already in a file before this one.",
                    do="Give each snapshot in one file.",
                    file=one.file,
                )
            people[day] = columns
    if not people:
        raise Unreadable("There is no file of people, which every measure needs.")
    faults: dict[str, int] = {}
    for one in _of(checked, "pay"):
        for rule, number in _pay_into(people, one).items():
            faults[rule] = faults.get(rule, 0) + number
    events: dict[str, dict[str, list[Any]]] = {}
    for one in checked:
        if one.contract.name in ("people", "pay"):
            continue
        told = events.setdefault(one.contract.name, {name: [] for name in one.rows.names})
        for name in one.rows.names:
            told[name] += one.rows.column(name)
    # A case or a course may be in a unit where nobody works on the day of a snapshot.
    elsewhere = {unit for told in events.values() for unit in told["unit"]}
    rows = groups_rows(lists)
    return StaffTables(
        people={day: Columns(held) for day, held in sorted(people.items())},
        unit_lines={day: _lines(day, {*held["unit"], *elsewhere}) for day, held in people.items()},
        events={name: Columns(told) for name, told in events.items()},
        groups=Columns({name: [row[at] for row in rows] for at, name in enumerate(_GROUPS)}),
        not_reckoned=faults,
        labels=_labels(checked),
        objectors=_objectors(checked),
    )


def _of(checked: Iterable[Checked], name: str) -> Iterator[Checked]:
    return (one for one in checked if one.contract.name == name)


def _by_snapshot(checked: Checked) -> dict[date, dict[str, list[Any]]]:
    rows = checked.rows
    days = rows.column("snapshot")
    if None in rows.column("grade_order"):
        raise Unreadable(
            "Nothing says which grade is higher.",
            do="Give a list of grades, the lowest first, or a column “Grade order”.",
            file=checked.file,
        )
    places: dict[date, list[int]] = {}
    for place, day in enumerate(days):
        places.setdefault(day, []).append(place)
    found: dict[date, dict[str, list[Any]]] = {day: {} for day in places}
    for name in rows.names:
        held = rows.column(name)
        for day, those in places.items():
            found[day][name] = held if len(places) == 1 else [held[place] for place in those]
    return found


def _pay_into(people: Mapping[date, dict[str, list[Any]]], checked: Checked) -> dict[str, int]:
    """Put hourly pay and bonus into the people of each snapshot that the pay file holds."""
    paid = {
        (day, person.casefold()): pay for (day, person), pay in pay_of_people(checked.rows).items()
    }
    for day in {day for day, _ in paid} & set(people):
        held = people[day]
        found = [paid.get((day, person.casefold())) for person in held["person"]]
        held["hourly_pence"] = [pay.hourly_pence if pay else None for pay in found]
        held["bonus_pence"] = [pay.bonus_pence if pay else None for pay in found]
    return not_reckoned(paid)


def _lines(day: date, units: Iterable[str]) -> Columns:
    lines = unit_lines(units)
    held = zip(*((day, *line) for line in lines), strict=True)
    return Columns(dict(zip(_LINES, map(list, held), strict=True)))


def _labels(checked: Iterable[Checked]) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for one in checked:
        for name, told in one.labels.items():
            labels.setdefault(name, {}).update(told)
    return labels


def _objectors(checked: Iterable[Checked]) -> dict[str, frozenset[str]]:
    """Staff who objected, and applicants: staff may have applied under their own number."""
    staff: set[str] = set()
    applicants: set[str] = set()
    for one in checked:
        (applicants if "applicant" in one.contract.gives else staff).update(one.objectors)
    return {"person": frozenset(staff), "applicant": frozenset(applicants | staff)}
