"""Files of staff records as commands are given them: their options, their reading, what was read.

Nothing here prints a value of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import click

from goldenthread import categories
from goldenthread.categories import CodeList, ColumnMapping, Country
from goldenthread.cli import show
from goldenthread.cli.categories import read_mapping
from goldenthread.cli.reading import parse_day
from goldenthread.errors import Refusal, Unreadable
from goldenthread.workforce import files
from goldenthread.workforce.files import Checked, Remembered

REMEMBERED = "goldenthread-columns.json"
"""The file beside a workforce file in which it is remembered what its columns are."""

_MOST_BYTES = 1_000_000

_OPTIONS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "as_at": ("--as-at", {
        "type": click.DateTime(["%Y-%m-%d"]), "metavar": "YYYY-MM-DD",
        "help": "The snapshot date of files that have no column for it.",
    }),
    "country": ("--country", {
        "type": click.Choice(get_args(Country)), "default": "England", "show_default": True,
        "help": "Whose lists to use.",
    }),
    "mappings": ("--mapping", {
        "multiple": True, "type": click.Path(path_type=Path), "metavar": "MAPPING.json",
        "help": "What “goldenthread categories” settled of a column.",
    }),
    "unit_file": ("--units", {
        "type": click.Path(path_type=Path), "metavar": "UNITS",
        "help": "A list of units: a row that names another is set apart.",
    }),
    "grade_file": ("--grades", {
        "type": click.Path(path_type=Path), "metavar": "GRADES",
        "help": "A list of grades, the lowest first.",
    }),
    "memory": ("--columns", {
        "type": click.Path(path_type=Path), "metavar": "COLUMNS.json",
        "help": f"What columns are called.  [default: {REMEMBERED} beside a file]",
    }),
}  # fmt: skip
OPTIONS: Mapping[str, str] = {name: called for name, (called, _) in _OPTIONS.items()}
"""The options of reading, by the name of what they give."""


def of_files(deed: Callable[..., int]) -> Callable[..., int]:
    """The options that every command has which reads files of staff records."""
    for name, (called, told) in reversed(list(_OPTIONS.items())):
        deed = click.option(called, name, **told)(deed)
    return deed


@dataclass(frozen=True)
class Request:
    """What a command was told of its files."""

    as_at: date | None
    units: files.Units | None
    grades: Mapping[str, int] | None
    lists: Mapping[str, CodeList]
    settled: Mapping[str, ColumnMapping]
    memory: Path | None
    today: date


def request(
    *,
    as_at: datetime | None,
    country: Country,
    mappings: Sequence[Path],
    unit_file: Path | None,
    grade_file: Path | None,
    memory: Path | None,
) -> Request:
    """What the options of ``of_files`` say, with the lists that they name read."""
    settled = {one.characteristic: one for one in map(read_mapping, mappings)}
    lists = dict(categories.lists_in_use(country))
    lists |= {name: categories.code_list(one.into) for name, one in settled.items()}
    return Request(
        as_at=parse_day(as_at),
        units=files.read_units(unit_file) if unit_file is not None else None,
        grades=files.read_grades(grade_file) if grade_file is not None else None,
        lists=lists,
        settled=settled,
        memory=memory,
        today=date.today(),
    )


@dataclass(frozen=True)
class _Given:
    """A file with its kind, and what is remembered of its columns."""

    kind: str
    path: Path
    kept: Remembered


def read(given: Sequence[str], asked: Request) -> list[Checked]:
    """Every file, those of people first: who objected in one of them is left out of all.

    Applicants are numbered apart: who objected there is taken out of no file of staff.
    """
    named = [_given(one, asked.memory) for one in given]
    named.sort(key=lambda one: files.NAMES.index(one.kind))
    staff: frozenset[str] = frozenset()
    applicants: frozenset[str] = frozenset()
    checked: dict[int, tuple[frozenset[str], Checked]] = {}
    # A file in which nobody objected is read again where somebody of it did so in a later one.
    while True:
        again = False
        for at, one in enumerate(named):
            leave = staff | applicants if one.kind == "applications" else staff
            if at in checked and checked[at][0] == leave:
                continue
            found = _read(one, asked, leave)
            checked[at] = (leave | found.objectors, found)
            if one.kind == "applications":
                applicants |= found.objectors
            else:
                staff |= found.objectors
            again = True
        if not again:
            return [found for _, (_, found) in sorted(checked.items())]


def recall(path: Path) -> Remembered:
    """What was remembered of columns; nothing where there is no such file."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unreadable("The file is larger than 1 MB, and no file of columns is.")
        return files.remembered(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Remembered()
    except OSError as wrong:
        raise Unreadable(f"It could not be opened ({wrong.strerror}).", file=path.name) from None
    except UnicodeDecodeError:
        raise Unreadable("It is not UTF-8 text.", file=path.name) from None
    except Unreadable as refusal:
        raise refusal.in_file(path.name) from None


def _given(said: str, memory: Path | None) -> _Given:
    kind, sign, words = said.partition("=")
    if sign and kind in files.NAMES:
        path = Path(words)
        return _Given(kind, path, recall(memory or path.parent / REMEMBERED))
    path = Path(said)
    kept = recall(memory or path.parent / REMEMBERED)
    return _Given(files.kind_of(path, kept), path, kept)


def _read(one: _Given, asked: Request, leave: frozenset[str]) -> Checked:
    mapping = files.mapped_by(asked.lists, on=asked.today, settled=asked.settled)
    with show.progress(f"Reading {one.path.name}") as progress:
        try:
            return files.read_workforce(
                one.path,
                one.kind,
                remembered=one.kept,
                as_at=asked.as_at,
                today=asked.today,
                units=asked.units,
                grades=asked.grades if one.kind == "people" else None,
                objectors=leave,
                mapping=mapping,
                progress=progress,
            )
        except Refusal as refusal:
            raise refusal if refusal.file else refusal.in_file(one.path.name) from None


def as_data(checked: Sequence[Checked]) -> list[dict[str, Any]]:
    """What was read, as plain data: numbers of rows, and no value."""
    return [
        {
            "file": one.file,
            "contract": one.contract.name,
            "rows": len(one.rows),
            "set_apart": one.quarantined,
            "passed_over": one.passed_over,
            "notes": [note.says for note in one.notes if note.asks],
        }
        for one in checked
    ]


def lines(told: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What ``as_data`` says, for a person."""
    for one in told:
        apart = f", {one['set_apart']:,} set apart" if one["set_apart"] else ""
        yield f"{one['file']} ({one['contract']}): {one['rows']:,} rows counted{apart}."
        for says in one["notes"]:
            yield f"  - {says}"
    if any(one["set_apart"] for one in told):
        yield "What is wrong with rows set apart: goldenthread workforce check FILE."
