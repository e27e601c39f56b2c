"""``goldenthread workforce``: files of staff records, checked before anybody loads them.

Nothing here prints a value of a row: rules, headings, and numbers of rows.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import click

from goldenthread.cli import DONE, FOUND, show
from goldenthread.cli.reading import parse_day
from goldenthread.cli.staff_files import REMEMBERED, recall
from goldenthread.errors import Unreadable
from goldenthread.workforce import files
from goldenthread.workforce.files import Checked, Finding, Layout, Remembered
from goldenthread.workforce.files.headings import Heading, Order

_NAMED = 5
_DROPPED = 20


class _Commands(click.Group):
    """A group that loads what reckons only when it is asked to."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), "pack", "vault"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "pack":
            from goldenthread.cli.packs import pack  # slow

            return pack
        if cmd_name == "vault":
            from goldenthread.cli.vaults import vault  # slow

            return vault
        return super().get_command(ctx, cmd_name)


@click.group("workforce", cls=_Commands)
def group() -> None:
    """Check files of staff records, keep them in a vault, and reckon with them."""


@group.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as", "kind", type=click.Choice(files.NAMES), default="people", show_default=True,
    help="What the file holds.",
)  # fmt: skip
@click.option(
    "--as-at", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
    help="The snapshot date, where the file has no column for it.",
)  # fmt: skip
@click.option(
    "--units", "unit_file", type=click.Path(path_type=Path), metavar="UNITS",
    help="A list of units: a row that names another is set apart.",
)  # fmt: skip
@click.option(
    "--grades", "grade_file", type=click.Path(path_type=Path), metavar="GRADES",
    help="A list of grades, the lowest first: a row that has another is set apart.",
)  # fmt: skip
@click.option(
    "--people", "people_file", type=click.Path(path_type=Path), metavar="PEOPLE",
    help="The file of people: who asked there not to be monitored is left out here as well.",
)  # fmt: skip
@click.option(
    "--column", "columns", multiple=True, metavar="NAME=HEADING",
    help="What the file calls a column of the contract; NAME= for none. It is remembered.",
)  # fmt: skip
@click.option(
    "--day-order", "orders", multiple=True, metavar="NAME=day|month",
    help="Whether the day or the month comes first in a column of days. It is remembered.",
)  # fmt: skip
@click.option(
    "--columns", "memory", type=click.Path(path_type=Path), metavar="COLUMNS.json",
    help=f"Where that is remembered.  [default: {REMEMBERED} beside FILE]",
)  # fmt: skip
@click.option(
    "--faults", "fault_file", type=click.Path(path_type=Path), metavar="FAULTS.csv",
    help="Write every fault there: its row, its column and its rule.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
def check(
    file: Path,
    kind: str,
    as_at: datetime | None,
    unit_file: Path | None,
    grade_file: Path | None,
    people_file: Path | None,
    columns: Sequence[str],
    orders: Sequence[str],
    memory: Path | None,
    fault_file: Path | None,
    as_json: bool,
) -> int:
    """Check a file of staff records against its contract, and say what is wrong with it.

    Columns that the contract does not name are dropped. Rows that would make numbers wrong are set
    apart, and the rest would go on. No value of a row is printed or kept.

    Ends with status 1 when a row was set apart or something asks for a look.
    """
    said = _said(kind, columns, orders)
    memory = memory or file.parent / REMEMBERED
    kept = recall(memory)
    if fault_file is not None and fault_file.exists():
        raise click.UsageError(f"{fault_file.name} is there already; name another file.")
    today = date.today()
    objectors: frozenset[str] = frozenset()
    if people_file is not None:
        with show.progress(f"Reading {people_file.name}") as progress:
            people = files.read_workforce(
                people_file, remembered=kept, as_at=today, progress=progress
            )
        objectors = people.objectors
        del people
    with show.progress(f"Reading {file.name}") as progress:
        checked = files.read_workforce(
            file,
            kind,
            columns=said,
            remembered=kept,
            as_at=parse_day(as_at),
            today=today,
            units=files.read_units(unit_file) if unit_file is not None else None,
            grades=files.read_grades(grade_file) if grade_file is not None else None,
            objectors=objectors,
            progress=progress,
        )
    if said:
        mark = checked.headings.fingerprint
        _remember(memory, kept.with_layout(kind, mark, said))
    if fault_file is not None:
        _write_faults(fault_file, checked)
    if as_json:
        click.echo(json.dumps(as_data(checked), ensure_ascii=False, indent=1))
    else:
        for line in lines(checked):
            click.echo(line)
    return DONE if checked.clean else FOUND


def _said(kind: str, columns: Sequence[str], orders: Sequence[str]) -> Layout:
    wanted = files.contract(kind)

    def pairs(told: Sequence[str], option: str) -> dict[str, str]:
        found = {}
        for one in told:
            name, sign, words = one.partition("=")
            if not sign or name.strip() not in wanted:
                names = ", ".join(column.name for column in wanted.columns)
                raise click.BadParameter(
                    f"give it as NAME=…, where NAME is one of {names}.", param_hint=option
                )
            found[name.strip()] = words.strip()
        return found

    said = pairs(orders, "--day-order")
    if any(order not in ("day", "month") for order in said.values()):
        raise click.BadParameter("the order is day or month.", param_hint="--day-order")
    return Layout(pairs(columns, "--column"), cast("dict[str, Order]", said))


def _remember(path: Path, kept: Remembered) -> None:
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(kept.to_json(), encoding="utf-8")
        new.replace(path)
    except OSError as wrong:
        new.unlink(missing_ok=True)
        raise Unreadable(
            f"What was said of the columns could not be kept ({wrong.strerror}).",
            do="Name a file that can be written with --columns.",
            file=path.name,
        ) from None


def _write_faults(path: Path, checked: Checked) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Row", "Column", "Rule", "What is wrong"])
            faults = ((row, one) for one in checked.findings for row in one.rows)
            for row, one in sorted(faults, key=lambda fault: fault[0]):
                writer.writerow([row, one.column, one.rule, one.says])
    except OSError as wrong:
        raise Unreadable(
            f"The faults could not be written ({wrong.strerror}).", file=path.name
        ) from None


def as_data(checked: Checked) -> dict[str, Any]:
    """The findings as plain data for programs; no value of a row is in it."""
    return {
        "schema": "goldenthread.workforce-check/1",
        "file": checked.file,
        "contract": checked.contract.name,
        "rows": len(checked.rows),
        "set_apart": checked.quarantined,
        "passed_over": checked.passed_over,
        "asked_not_to_be_monitored": checked.asked_not_to,
        "columns": [
            {"name": name, "heading": heading.words, "column": heading.column}
            for name, heading in checked.headings.read.items()
        ],
        "dropped": [{"heading": one.words, "column": one.column} for one in checked.dropped],
        "findings": [
            {
                "rule": one.rule,
                "column": one.column,
                "heading": one.heading.words if one.heading else None,
                "effect": one.effect,
                "says": one.says,
                "mend": one.mend,
                "count": len(one.rows),
                "first_rows": list(one.rows[:20]),
            }
            for one in checked.findings
        ],
        "notes": [
            {"code": note.code, "says": note.says, "asks": note.asks} for note in checked.notes
        ],
    }


def lines(checked: Checked) -> list[str]:
    """The findings as a person reads them, however many rows there are."""
    kind = checked.contract
    out = [f"{checked.file}: {kind.title}. {kind.one_row}", ""]
    counts = [f"{_rows(len(checked.rows))} can be counted", f"{checked.quarantined:,} set apart"]
    if checked.passed_over:
        counts.append(f"{checked.passed_over:,} passed over")
    out.append(f"{', '.join(counts)}.")
    if checked.asked_not_to is not None:
        out.append(f"{checked.asked_not_to:,} people asked not to be monitored, and are left out.")
    out += ["", "Read:"]
    titles = {name: kind.column(name).title for name in checked.headings.read}
    width = max(map(len, titles.values()))
    for name, heading in checked.headings.read.items():
        out.append(f"  {titles[name]:{width}}  {_heading(heading)}")
    if checked.dropped:
        out += ["", "Dropped, and kept nowhere:"]
        out += [f"  {_heading(heading)}" for heading in checked.dropped[:_DROPPED]]
        if len(checked.dropped) > _DROPPED:
            out.append(f"  and {len(checked.dropped) - _DROPPED:,} more columns")
    for effect, title in (
        ("set apart", "Set apart:"),
        ("passed over", "Passed over:"),
        ("note", "Counted, to be looked at:"),
    ):
        those = [one for one in checked.findings if one.effect == effect]
        if those:
            out += ["", title]
            for one in those:
                out += _finding(one, checked)
    if checked.notes:
        out += ["", "To know:"]
        out += [f"  - {note.says}" for note in checked.notes]
    return out


def _finding(one: Finding, checked: Checked) -> list[str]:
    title = checked.contract.column(one.column).title if one.column else "Whole row"
    where = f"{title}, {_heading(one.heading)}" if one.heading else title
    first = ", ".join(f"{row}" for row in one.rows[:_NAMED])
    more = len(one.rows) - _NAMED
    rest = f" and {more:,} more" if more > 0 else ""
    which = f"Row {first}" if len(one.rows) == 1 else f"Rows {first}{rest}"
    return [f"  {where}: {one.says}", f"    {which}. To mend it: {one.mend}"]


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _heading(heading: Heading) -> str:
    return f"“{heading.words}” (column {heading.column})"


COMMANDS = {"workforce": group}
