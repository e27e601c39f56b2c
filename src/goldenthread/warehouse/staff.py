"""Checked files of staff records on their way into a vault, all or none, and what it calls them.

A vault is filled quarter after quarter. What a measure needs of several quarters together is made
sure here: lines for every unit that an event names, whichever came first, and one list for each
characteristic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from goldenthread.categories import CodeList, code_list
from goldenthread.errors import Unreadable
from goldenthread.warehouse.incoming import Arrival
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.manifest import Snapshot
from goldenthread.warehouse.tables import LABELS, TABLES
from goldenthread.warehouse.vault import Vault
from goldenthread.workforce.files import Columns, StaffTables, contract, unit_lines

_EVENTS = tuple(name for name, table in TABLES.items() if table.dated == "events")


def keep(
    vault: Vault,
    tables: StaffTables,
    *,
    lists: Iterable[CodeList],
    keep_until: date,
    at: datetime,
    gathered_to: date | None = None,
    instead: bool = False,
) -> tuple[Snapshot, ...]:
    """Keep what files of staff records give, all or none, and say what is now held of it.

    Shape: one snapshot of people, their units' lines and labels for each day of ``tables``, one of
    each kind of events, and the roll-ups of ``lists``, which must be those that the codes of the
    tables are of. Events are gathered to the newest day of people, or to ``gathered_to``.
    ``keep_until`` is the last day on which they may be held; ``instead`` replaces what is held of
    the same table and day.

    Missing: a unit that events name and nobody works in on a day has its lines of that day all the
    same, also where the events come later than the day, so that it counts in what stands above it.

    People: whoever objected in these files is taken out of everything that was held before.

    Raises ``Unreadable``, ``Busy`` and ``Unsafe`` as ``Vault.receive_all`` and ``Vault.records``.
    """
    codes = tuple(sorted(one.name for one in lists))
    to = gathered_to or max(tables.people)
    people = contract("people").version

    def arrival(table: str, on: date, rows: Columns, by: str, *, again: bool = instead) -> Arrival:
        coded = codes if table in ("people", "groups", *_EVENTS) else ()
        return Arrival(table, on, rows, by, keep_until, coded, again)

    with vault.records() as records:
        seen = records.snapshots
        named = _units_of_events(records)
        given: list[Arrival] = []
        for day, rows in tables.people.items():
            lines = _lines(day, {*tables.unit_lines[day].column("unit"), *named})
            given += [
                arrival("people", day, rows, people),
                arrival("unit_lines", day, lines, people),
                arrival("labels", day, _labels(day, tables.labels), people),
            ]
        for name, rows in tables.events.items():
            given.append(arrival(name, to, rows, contract(name).version))
        given.append(arrival("groups", to, tables.groups, "groups/1"))
        named = {unit for rows in tables.events.values() for unit in rows.column("unit")}
        for one in seen:
            if one.table == "unit_lines" and one.on not in tables.people:
                given += _longer(records, one, named)
    return vault.receive_all(given, at=at, objectors=tables.objectors, seen=seen)


def labels_in(records: LockedRecords) -> dict[str, dict[str, str]]:
    """What units and grades are called, by kind and code; the newest day's word where they differ.

    >>> from goldenthread.warehouse import in_memory
    >>> with in_memory([]) as records:
    ...     labels_in(records)
    {}
    """
    if not any(one.table == LABELS.name for one in records.snapshots):
        return {}
    told: dict[str, dict[str, str]] = {}
    asked = "select kind, code, label from labels order by snapshot, kind, code"
    for kind, code, label in records.rows(asked):
        told.setdefault(kind, {})[code] = label
    return told


def lists_in(snapshots: Iterable[Snapshot]) -> dict[str, CodeList]:
    """The lists that the codes of a vault are of, by characteristic.

    Raises ``Unreadable`` where the vault does not say, and where one of them is not known here.
    """
    names = sorted({name for one in snapshots for name in one.lists})
    try:
        found = [code_list(name) for name in names]
    except ValueError:
        found = []
    if not found:
        raise Unreadable(
            "The vault does not say which lists its codes are of, or names one that this version "
            "does not have.",
            do="Keep the files again with “goldenthread workforce vault keep”.",
        )
    return {one.characteristic: one for one in found}


def _units_of_events(records: LockedRecords) -> set[str]:
    asked = " union ".join(f"select unit from {name}" for name in _EVENTS)
    return {unit for (unit,) in records.rows(asked)}


def _lines(day: date, units: Iterable[str]) -> Columns:
    return _rows("unit_lines", [(day, *line) for line in unit_lines(units)])


def _labels(day: date, told: Mapping[str, Mapping[str, str]]) -> Columns:
    return _rows(
        LABELS.name,
        [(day, kind, code, label) for kind, those in told.items() for code, label in those.items()],
    )


def _longer(records: LockedRecords, one: Snapshot, named: set[str]) -> list[Arrival]:
    """A held day's lines with those of units that only later events name; none where it has all."""
    held = records.rows(
        "select snapshot, unit, ancestor, depth from unit_lines "
        f"where snapshot = date '{one.on.isoformat()}'"
    )
    more = named - {unit for _day, unit, _ancestor, _depth in held}
    if not more:
        return []
    held += [(one.on, *line) for line in unit_lines(more)]
    rows = _rows(one.table, held)
    return [Arrival(one.table, one.on, rows, one.contract, one.keep_until, instead=True)]


def _rows(table: str, rows: list[tuple[Any, ...]]) -> Columns:
    names = LABELS.names if table == LABELS.name else TABLES[table].names
    return Columns({name: [row[at] for row in rows] for at, name in enumerate(names)})
