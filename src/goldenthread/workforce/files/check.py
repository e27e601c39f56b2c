"""A workforce file read and checked: every fault at once, bad rows set apart, the rest typed."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.intake import LeftOut
from goldenthread.workforce.files.checked import Checked, Note, Rows
from goldenthread.workforce.files.contract import Column, Contract
from goldenthread.workforce.files.contract import contract as contract_of
from goldenthread.workforce.files.faults import RULES, Faults, Finding
from goldenthread.workforce.files.gather import Gathered, Progress, gather
from goldenthread.workforce.files.headings import Layout, Remembered, shown
from goldenthread.workforce.files.known import LEVELS, Units, unit_path
from goldenthread.workforce.files.typed import LAST_DAY, Typed, constant, joined, tell, typed

Mapped = Callable[[str, Mapping[str, int]], Mapping[str, str | None]]
"""Codes for the raw words of one characteristic: is given its name, and how many rows have each
word, and gives back a code for every one of them, None where somebody must settle it first."""

ENOUGH = 10
"""Of fewer people than this no number is told."""

# What intake left out of a file, so that numbers may be short or words wrong.
_ASKS = ("hidden_row", "hidden_column", "hidden_sheet", "encoding")
_NAMED = 5
_KEPT, _APART, _PASSED, _OBJECTED = range(4)
_PEOPLE = ("person", "applicant")
_PENCE = {"hourly_pence": "hourly_pay", "bonus_pence": "bonus", "amount_pence": "amount"}


def read_workforce(
    path: str | os.PathLike[str],
    contract: str = "people",
    *,
    columns: Layout | None = None,
    remembered: Remembered | None = None,
    as_at: date | None = None,
    today: date | None = None,
    units: Units | None = None,
    grades: Mapping[str, int] | None = None,
    objectors: Collection[str] = (),
    mapping: Mapped | None = None,
    threshold: int = ENOUGH,
    progress: Progress | None = None,
) -> Checked:
    """What a workforce file holds: typed rows that may be counted, and why others may not.

    Shape: the columns of the contract of this name; all others are dropped unread. ``columns``
    says what the file calls them where the contract does not know it, and goes before what is
    ``remembered``. Rows come out with what the contract ``gives``: of ``people`` one for each
    person and snapshot. Nothing is stored.

    Units: money in whole pence, hours and shares as ``Decimal``, age in whole years on the
    snapshot date. A unit is its path, ``place / highways``, in small letters. Grades are small
    letters too, with their order from the file or from ``grades``; None where neither says it.

    Missing: a blank characteristic is "", and one whose column is not in the file None. With a
    ``mapping`` they are the codes ``blank`` and ``not_asked``, and every other word is the code
    that the mapping gives, or ``not_known`` until somebody has settled it, with a note. Other
    blanks are None, or what the contract says of them. Without a column for full pay everybody
    counts as paid in full, and a note says so.

    People: whoever asked not to be monitored, in the file or among ``objectors``, is taken out
    with all their rows before anything is counted, and is told only as a number of ``threshold``
    people or more.

    ``as_at`` is the snapshot date where the file has no column for it, ``today`` the last day that
    a snapshot, a case or a move may have; without it the year 2100 is. ``units`` are those that
    may be named; without them all may.

    Raises:
        Unreadable: no row of headings, columns missing or in doubt, no row below them; or as
            ``intake.rows``. No message holds a value.
        Unsafe: as ``intake.rows``.
        ValueError: there is no such contract, or a mapping gives no code for a word.

    Source: design of the walk from a workforce file (columns not in the contract are dropped before
    anything is written; findings with column, row and rule, never the value); Data Protection Act
    2018, schedule 1, paragraph 8(5), for who asked not to be monitored.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "staff.csv")
    ...     _ = path.write_text(
    ...         "Staff number,Name,Directorate,Grade,Hire date,Hourly rate\\n"
    ...         "1,Invented Person,Place,G5,01/09/2014,15.54\\n"
    ...         "2,Invented Person,Place,G6,31/02/2014,16.16\\n"
    ...     )
    ...     checked = read_workforce(path, as_at=date(2026, 3, 31))
    >>> len(checked.rows), checked.quarantined, [heading.words for heading in checked.dropped]
    (1, 1, ['Name'])
    >>> [(found.rule, found.column, list(found.rows)) for found in checked.findings]
    [('impossible_day', 'started', [3])]
    >>> row = next(iter(checked.rows))
    >>> row["unit"], row["started"].isoformat(), row["hourly_pence"]
    ('place', '2014-09-01', 1554)
    """
    wanted = contract_of(contract)
    given = ("snapshot",) if as_at is not None and "snapshot" in wanted else ()
    held = gather(path, wanted, columns or Layout(), remembered or Remembered(), given, progress)
    check = _Check(held, wanted, as_at, today or LAST_DAY)
    check.take_out({one.casefold() for one in objectors})
    check.forms()
    check.marks()
    check.unit(units)
    if "grade_order" in wanted.gives:
        check.grades(grades)
    check.rules()
    check.repeats()
    return check.result(Path(path).name, mapping, threshold)


class _Check:
    """One file while it is checked. ``fate`` says of each row what becomes of it."""

    def __init__(self, held: Gathered, contract: Contract, as_at: date | None, today: date) -> None:
        self.held, self.contract, self.as_at, self.today = held, contract, as_at, today
        self.count = len(held.numbers)
        self.fate = bytearray(self.count)
        self.out: set[int] = set()
        # Of these rows nothing more is said: who asked to be left out, and values that have moved
        # into other columns.
        self.silent: set[int] = set()
        self.columns: dict[str, Typed] = {}
        self.faults = Faults()
        self.notes: list[Note] = []
        self.who = next((name for name in _PEOPLE if name in held.columns), "")
        self.people: list[str] = []
        if self.who:
            self.people = [word.strip().casefold() for word in held.columns[self.who].words]
        self.objected: set[str] = set()
        self.unnamed = 0

    def take_out(self, objectors: set[str]) -> None:
        """Take out every row of everybody who asked not to be monitored."""
        self.objected = set()
        flags = self.held.columns.get("objection")
        codes = self.held.columns[self.who].codes if self.who else array("I")
        if flags is not None:
            column = self.contract.column("objection")
            said, _ = typed(flags, column, None, self.today)
            for row, code in enumerate(flags.codes):
                if said.values[code]:
                    self.out.add(row)
                    if name := self.people[codes[row]]:
                        self.objected.add(name)
                    else:
                        self.unnamed += 1
        leave = self.objected | objectors
        if leave:
            gone = {code for code, name in enumerate(self.people) if name in leave}
            self.out.update(row for row, code in enumerate(codes) if code in gone)
            self.objected.update(self.people[code] for code in gone)
        for row in self.out:
            self.fate[row] = _OBJECTED
        self.silent = self.out.union(self.held.ragged)

    def forms(self) -> None:
        """Read every column in its form; the snapshot first, since other days may not pass it."""
        if self.as_at is not None and "snapshot" not in self.held.columns:
            self.columns["snapshot"] = constant(self.as_at)
        for column in self.contract.columns:
            words = self.held.columns.get(column.name)
            if words is None:
                continue
            until = self.today
            if column.latest == "snapshot" and "snapshot" in self.columns:
                days = [day for day in self.columns["snapshot"].values if day]
                until = max(days, default=self.today)
            order = self.held.layout.orders.get(column.name)
            found, notes = typed(words, column, order, until)
            self.columns[column.name] = found
            self.notes += notes
            tell(column.name, found, self.faults, self.silent)

    def marks(self) -> None:
        """Add what only the reading saw: formulas, and rows that are longer than the headings."""
        for row, column in self.held.formulas:
            if row not in self.silent:
                self.faults.add("formula", column, row)
        for row in self.held.ragged:
            if row not in self.out:
                self.faults.add("ragged", "", row)

    def unit(self, units: Units | None) -> None:
        """Put the parts of the body together to one path, and look whether there is such a unit."""
        there = [name for name in LEVELS if name in self.columns]
        if not there:
            return
        lowest = there[-1]
        names = joined([self.columns[name] for name in there], self.count)
        paths = [unit_path(filter(None, parts)) for parts in names.values]
        known = [units.path(path) or "" if units and path else path for path in paths]
        bad = {
            code: "unknown_unit" if path else "blank"
            for code, path in enumerate(paths)
            if not path or not known[code]
        }
        found = Typed(names.codes, list(known), bad)
        told = Faults()
        tell(lowest, found, told, self.silent)
        for rule, column, rows in told:
            for row in rows:
                # Of a row whose words are bad already, not also that they make no unit.
                if not any(self._bad(name, row) for name in there):
                    self.faults.add(rule, column, row)
        self.columns["unit"] = found

    def _bad(self, name: str, row: int) -> bool:
        column = self.columns[name]
        return column.codes is not None and column.codes[row] in column.faults

    def grades(self, grades: Mapping[str, int] | None) -> None:
        """Give each grade its order, from the list or from the file itself."""
        grade, order = self.columns["grade"], self.columns.get("grade_order")
        orders: dict[str, set[int]] = {}
        if grades is not None:
            orders = {name: {at} for name, at in grades.items()}
        elif order is not None:
            for row in self._rows():
                if (name := grade.of(row)) and (at := order.of(row)) is not None:
                    orders.setdefault(name, set()).add(at)
        else:
            says = (
                "Nothing says which grade is higher. Give a list of grades with --grades, or a "
                "column “Grade order”: without it the file cannot be kept."
            )
            self.notes.append(Note("no_grade_order", says, asks=True))
            self.columns["grade_order"] = constant(None)
            return
        values: list[Any] = [None] * len(grade.values)
        bad: dict[int, str] = {}
        for code, name in enumerate(grade.values):
            if name is None:
                continue
            its = orders.get(name, set())
            if len(its) == 1:
                (values[code],) = its
            else:
                bad[code] = "grade_orders" if its else "grade_order"
        self.columns["grade_order"] = Typed(grade.codes, values, bad)
        tell("grade", self.columns["grade_order"], self.faults, self.silent)

    def _rows(self) -> list[int]:
        """The rows of which something can be said."""
        return [row for row in range(self.count) if row not in self.silent]

    def rules(self) -> None:
        """Look at what columns say together: days in order, flags that need another, ages."""
        for later, earlier, rule in self.contract.never_before:
            one, other = self.columns.get(later), self.columns.get(earlier)
            if one is None or other is None:
                continue
            for row in self._rows():
                after, before = one.of(row), other.of(row)
                if after is not None and before is not None and after < before:
                    self.faults.add(rule, earlier if later == "snapshot" else later, row)
        for flag, needs, rule in self.contract.implies:
            one, other = self.columns.get(flag), self.columns.get(needs)
            if one is not None and other is not None:
                for row in self._rows():
                    if one.of(row) and other.of(row) is False:
                        self.faults.add(rule, flag, row)
        if "birth_date" in self.columns and "snapshot" in self.columns:
            self._ages()

    def _ages(self) -> None:
        bounds = self.contract.column("age")
        least, most = bounds.least or 0, bounds.most or 0
        both = joined([self.columns["birth_date"], self.columns["snapshot"]], self.count)
        ages = [_age(born, day) if born and day else None for born, day in both.values]
        bad = {
            code: "impossible_age"
            for code, age in enumerate(ages)
            if age is not None and not least <= age <= most
        }
        found = Typed(both.codes, list(ages), bad)
        tell("birth_date", found, self.faults, self.silent)
        if (said := self.columns.get("age")) is not None:
            either = joined([found, said], self.count)
            values = [age if age is not None else other for age, other in either.values]
            found = Typed(either.codes, values)
        self.columns["age"] = found

    def repeats(self) -> None:
        """Tell rows of further posts, rows that come twice, and those that contradict others."""
        main = self.columns.get("main_post")
        rows = self._rows()
        if main is not None:
            for row in rows:
                if main.of(row) is False:
                    self.faults.add("further_post", "main_post", row)
            rows = [row for row in rows if main.of(row) is not False]
        key = self.contract.key
        whole = not key or any(name not in self.columns for name in key)
        seen: dict[Any, int] = {}
        groups: dict[Any, list[int]] = {}
        for row in rows:
            mark = self._alike(row) if whole else self._key(row)
            if mark is None:
                continue
            if (first := seen.setdefault(mark, row)) != row:
                groups.setdefault(mark, [first]).append(row)
        for those in groups.values():
            if whole or len({self._alike(row) for row in those}) == 1:
                rule, repeats = ("alike" if not key else "same_again"), those[1:]
            else:
                rule, repeats = "repeated", those
            for row in repeats:
                self.faults.add(rule, self.who, row)

    def _key(self, row: int) -> tuple[Any, ...] | None:
        parts = []
        for name in self.contract.key:
            value = self.columns[name].of(row)
            if value is None:
                return None
            parts.append(value.casefold() if isinstance(value, str) else value)
        return tuple(parts)

    def _alike(self, row: int) -> tuple[int, ...]:
        return tuple(words.codes[row] for words in self.held.columns.values())

    def result(self, file: str, mapping: Mapped | None, threshold: int) -> Checked:
        """Count what became of the rows, and put the typed ones together."""
        findings = self._findings()
        kept = array("I", (row for row in range(self.count) if self.fate[row] == _KEPT))
        asked = len(self.objected) + self.unnamed
        given = {name: self._gives(name) for name in self.contract.gives}
        for column in self.contract.columns:
            if column.characteristic and column.name in given and mapping is not None:
                given[column.name] = self._mapped(column, given[column.name], kept, mapping)
        self._note_reading()
        named: list[str] = [name for name in ("unit", "grade") if name in self.contract.gives]
        labels: Mapping[str, Mapping[str, str]] = {name: self._labels(name) for name in named}
        return Checked(
            file,
            self.contract,
            self.held.headings,
            self.held.layout,
            Rows({name: (found.codes, found.values) for name, found in given.items()}, kept),
            findings,
            tuple(self.notes),
            quarantined=self.fate.count(_APART),
            passed_over=self.fate.count(_PASSED),
            asked_not_to=asked if asked >= max(threshold, 1) else None,
            sheet=self.held.sheet,
            labels=labels,
            objectors=frozenset(self.objected),
        )

    def _mapped(self, column: Column, found: Typed, kept: array[int], mapping: Mapped) -> Typed:
        """The codes of a characteristic; of rows that do not go on no word is looked at."""
        if found.codes is None:
            return constant("not_asked")
        counts: dict[int, int] = {}
        for row in kept:
            counts[found.codes[row]] = counts.get(found.codes[row], 0) + 1
        asked: dict[str, int] = {}
        for code, number in counts.items():
            if word := found.values[code]:
                asked[word] = asked.get(word, 0) + number
        codes = mapping(column.name, asked) if asked else {}
        if set(asked) - set(codes):
            raise ValueError(f"The mapping says nothing of some words of {column.name}.")
        if open_ := sum(1 for word in asked if codes[word] is None):
            says = (
                f"Nobody has settled yet what {open_:,} different values of “{column.title}” mean; "
                "until then they count as not known."
            )
            self.notes.append(Note("unsettled", says, asks=True))
        values = [
            ((codes[word] or "not_known") if word else "blank") if code in counts else None
            for code, word in enumerate(found.values)
        ]
        return Typed(found.codes, values)

    def _findings(self) -> tuple[Finding, ...]:
        places = {column.name: at for at, column in enumerate(self.contract.columns)}
        found = []
        for rule, column, rows in self.faults:
            effect = RULES[rule].effect
            for row in rows:
                if effect == "set apart":
                    self.fate[row] = _APART
                elif effect == "passed over" and self.fate[row] == _KEPT:
                    self.fate[row] = _PASSED
            numbers = array("I", (self.held.numbers[row] for row in rows))
            heading = self.held.headings.read.get(column)
            found.append(Finding(rule, column, heading, numbers, self.held.sheet))
        found.sort(key=lambda one: (places.get(one.column, -1), list(RULES).index(one.rule)))
        return tuple(found)

    def _gives(self, name: str) -> Typed:
        """A column of the typed rows."""
        if name == "period" and "applied" in self.contract:
            applied = self.columns["applied"]
            return Typed(applied.codes, [day and _quarter_end(day) for day in applied.values])
        if name == "full_pay":
            return self._full_pay()
        source = _PENCE.get(name, name)
        if source in self.columns:
            return self.columns[source]
        if source in self.contract and self.contract.column(source).form == "yes_no":
            return constant(self.contract.column(source).blank == "yes")
        return constant(None)

    def _full_pay(self) -> Typed:
        told = self.columns.get("full_pay")
        less = self.columns.get("reduced_pay")
        if less is None:
            if told is None:
                says = (
                    "No column says who was paid less because of leave: all count as paid in full."
                )
                self.notes.append(Note("all_full_pay", says))
            return told or constant(True)
        both = joined([told or constant(True), less], self.count)
        return Typed(both.codes, [bool(full) and not reduced for full, reduced in both.values])

    def _labels(self, name: str) -> dict[str, str]:
        """What units and grades are called where they are first written, by how they are kept."""
        there = LEVELS if name == "unit" else (name,)
        parts = [self.held.columns[one] for one in there if one in self.held.columns]
        kept = self.columns[name]
        labels: dict[str, str] = {}
        for row in range(self.count):
            if self.fate[row] == _KEPT and (value := kept.of(row)) not in labels:
                words = (" ".join(part.words[part.codes[row]].split()) for part in parts)
                labels[value] = " / ".join(filter(None, words))
        return labels

    def _note_reading(self) -> None:
        held = self.held
        if held.again:
            self.notes.append(Note("headings_again", "The headings come more than once."))
        if held.beside:
            says = "There are words beside the table, under no heading; they were not read."
            self.notes.append(Note("beside", says))
        if held.other_sheets:
            says = "Only one sheet was read; the others have words too."
            self.notes.append(Note("other_sheets", says, asks=True))
        told: dict[str, list[LeftOut]] = {}
        for left in held.left_out:
            told.setdefault(left.code, []).append(left)
        for code, those in told.items():
            where = "; ".join(shown(str(left.place)) for left in those[:_NAMED] if left.place)
            more = f"; and {len(those) - _NAMED:,} more" if len(those) > _NAMED else ""
            says = f"{those[0].message}{f' ({where}{more})' if where else ''}"
            self.notes.append(Note(code, says, code in _ASKS))


def _age(born: date, day: date) -> int:
    """Whole years; who was born on 29 February is older from 1 March (as in England's law)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _quarter_end(day: date) -> date:
    month = (day.month + 2) // 3 * 3
    return date(day.year, month, 31 if month in (3, 12) else 30)
