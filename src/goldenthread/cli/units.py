"""``goldenthread units``: the parts of a council as a file names them, before the site takes them.

Nothing is stored: the site begins parts on its own page, where each is held beside what stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from goldenthread import intake
from goldenthread.cli import DONE, FOUND, show
from goldenthread.errors import Refusal, Unreadable
from goldenthread.plan.unit_table import LEVELS, MOST, UnitTable, read_units

SCHEMA = "goldenthread.units/1"
# Every fault is told: a person mends them all before they send the file.
_ALL = 1_000_000


def _of_a_file(deed: Callable[..., int]) -> Callable[..., int]:
    """The argument and the options that both commands share."""
    deed = click.option(
        "--json", "as_json", is_flag=True, help=f"Print {SCHEMA} as JSON, for programs."
    )(deed)
    for name in reversed(LEVELS):
        deed = click.option(
            f"--{name}", metavar="HEADING", help=f"The column that holds the {name}."
        )(deed)
    return click.argument("file", type=click.Path(path_type=Path))(deed)


@click.group()
def units() -> None:
    """Read the parts of a council from a list or a staff list, or check one.

    Reads .csv, .xlsx and .ods with a row of headings. Usual headings, such as Department, are found
    by themselves. Of a staff list nothing but the columns of parts is looked at.
    """


@units.command("check")
@_of_a_file
def check(file: Path, as_json: bool, **named: str | None) -> int:
    """Say every fault of the table in FILE, with its row and column.

    Ends with status 1 when it finds any: the site would begin nothing. No fault says what stands in
    the file.
    """
    table = _read(file, named)
    faults = _faults(table)
    if as_json:
        said = {"schema": SCHEMA, "file": file.name, **_counts(table), "faults": faults}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        show.unit_faults(table, faults, file.name)
    return FOUND if faults else DONE


@units.command("read")
@_of_a_file
def read(file: Path, as_json: bool, **named: str | None) -> int:
    """Print the parts that FILE names, each below the one that it belongs to.

    Ends with status 1 where a row cannot be read: what is printed is then not all. Nothing is
    stored.
    """
    table = _read(file, named)
    faults = _faults(table)
    if as_json:
        parts = [
            {
                "path": list(one.path),
                "kind": one.kind,
                "begins": one.begins.isoformat() if one.begins else None,
                "row": one.row,
            }
            for one in table.said
        ]
        said = {"schema": SCHEMA, "file": file.name, **_counts(table), "units": parts}
        click.echo(json.dumps({**said, "faults": faults}, ensure_ascii=False, indent=1))
    else:
        show.units(table, len(faults), file.name)
    return FOUND if faults else DONE


def _read(file: Path, named: Mapping[str, str | None]) -> UnitTable:
    """The table in a file. Raises ``Unreadable`` where it holds none, with the file's name."""

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        for one in intake.rows(file):
            if isinstance(one, intake.Record):
                yield one.place.row or 0, one.values

    asked = {name: words for name, words in named.items() if words}
    try:
        with show.progress(f"Reading {file.name}"):
            table = read_units(rows(), asked, most_told=_ALL)
    except Refusal as refusal:
        raise refusal.in_file(file.name) from None
    if table.wrong:
        raise Unreadable(f"It is no table of the parts of a council. {table.wrong}", file=file.name)
    return table


def _faults(table: UnitTable) -> list[dict[str, Any]]:
    """Each fault as a program reads it; ``row`` and ``column`` are null for the file as a whole."""
    found: list[dict[str, Any]] = [
        {"row": one.row, "column": one.column, "why": one.why} for one in table.bad
    ]
    if len(table.said) > MOST:
        why = f"It names more than {MOST:,} parts. Say which columns hold them."
        found.append({"row": None, "column": None, "why": why})
    return found


def _counts(table: UnitTable) -> dict[str, Any]:
    return {
        "columns": dict(table.columns),
        "rows": table.rows,
        "blank": table.blank,
        "bad_rows": table.bad_rows,
    }


COMMANDS = {"units": units}
