"""``goldenthread workforce pack``: the internal tables of a quarter, from files or from a vault.

The terminal shows which tables were made and how many rows they have, and no figure of them.
"""

from __future__ import annotations

import glob
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from goldenthread import warehouse
from goldenthread.categories import CodeList
from goldenthread.cli import DONE, FOUND, show, staff_files
from goldenthread.cli.reading import parse_day
from goldenthread.disclosure import raw
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.warehouse import LockedRecords, Snapshot, Vault
from goldenthread.workforce import files, packs
from goldenthread.workforce.pay import PROFILES
from goldenthread.workforce.rates import Campaign, read_benchmark

WARNING = "INTERNAL - NOT FOR PUBLICATION.txt"
_INDEX = "pack.json"
_WARNING = """These tables are for the body's own analysts, and for nobody else.

Nothing in them has been protected: a small figure may be somebody. Do not publish them, send them
outside, or copy figures out of them into a paper.
"""


@dataclass(frozen=True)
class _Source:
    """Records to make a pack from, and what is told of where they come from."""

    records: LockedRecords
    lists: Mapping[str, CodeList]
    labels: Mapping[str, Mapping[str, str]]
    sources: tuple[str, ...]
    about: Mapping[str, Any]
    clean: bool = True


@click.command("pack")
@click.argument("name", type=click.Choice(list(packs.PACKS)))
@click.argument("given", metavar="[FILE...]", nargs=-1)
@click.option("--vault", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Make it from what this vault holds, and not from files.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="The folder to write; it may not be there yet.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write in the place of a pack that is there already.")
@staff_files.of_files
@click.option("--of", "told", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The snapshot to tell of; the newest where it is not given.")  # fmt: skip
@click.option("--years", type=click.IntRange(1, 10), default=1, show_default=True,
              help="How many years of events to count, where one has few.")  # fmt: skip
@click.option("--population", "populations", multiple=True, type=click.Path(path_type=Path),
              metavar="POPULATION", help="A population to hold the workforce against.")  # fmt: skip
@click.option("--campaign", "campaigns", multiple=True, metavar="YYYY-MM-DD=NAME",
              help="The day from which people were asked to say what they are.")  # fmt: skip
@click.option("--profile", type=click.Choice(list(PROFILES)), default="response-2026",
              show_default=True, help="By whose definition pay gaps are.")  # fmt: skip
@click.option("--least", type=click.IntRange(10, 1000),
              help="Say nothing of fewer people; 10 at the least.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON, for programs.")
def pack(
    name: str, given: Sequence[str], folder: Path | None, out: Path, replace: bool,
    told: datetime | None, years: int, populations: Sequence[Path], campaigns: Sequence[str],
    profile: str, least: int | None, as_json: bool, **of_files: Any,  # noqa: ANN401 - as options
) -> int:  # fmt: skip
    """Make the pack NAME from staff records: internal tables, as JSON and CSV.

    Each FILE is of people, pay, applications, cases, training or moves. Which is told by its
    headings; where they leave a doubt, say it as in cases=FILE. Nothing of the files is kept, and
    no figure is printed. Or name a vault with --vault: the pack is made from what it holds.

    Ends with status 1 when a row was set apart or something asks for a look.
    """
    if bool(given) == bool(folder):
        raise click.UsageError("Name the files to make the pack from, or a vault with --vault.")
    if folder:
        _refuse_options_of_files()
    _bring_back(out)
    _refuse_if_there(out, replace)
    benchmarks = [read_benchmark(one) for one in populations]
    asked_again = [_campaign(one) for one in campaigns]
    of = parse_day(told)
    opened = _of_vault(folder, of) if folder else _of_files(given, staff_files.request(**of_files))
    with opened as source, show.progress("Reckoning"):
        asked = packs.ask(
            source.records,
            lists=source.lists,
            sources=source.sources,
            as_at=of,
            units=source.labels.get("unit"),
            grades=source.labels.get("grade"),
            benchmarks=benchmarks,
            campaigns=asked_again,
            profile=PROFILES[profile],
            least=least,
            years=years,
        )
        made = packs.make_pack(name, source.records, asked)
    about = as_data(made, source.about)
    _write(out, made, about, replace)
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False, indent=1))
    else:
        for line in lines(about, out):
            click.echo(line)
    return DONE if source.clean else FOUND


def _refuse_options_of_files() -> None:
    """A vault holds records that were read already: how to read files says nothing of them."""
    context = click.get_current_context()
    for name, called in staff_files.OPTIONS.items():
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{called} says how files are read, and a vault is no file.")


@contextmanager
def _of_files(given: Sequence[str], request: staff_files.Request) -> Iterator[_Source]:
    checked = staff_files.read(given, request)
    tables = files.staff_tables(checked, request.lists.values())
    about = {
        "files": staff_files.as_data(checked),
        "without_hourly_pay": dict(tables.not_reckoned),
    }
    sources = tuple(f"{one.file}: {len(one.rows):,} rows of {one.contract.name}" for one in checked)
    clean = all(one.clean for one in checked)
    with warehouse.in_memory(tables.all()) as records:
        yield _Source(records, request.lists, tables.labels, sources, about, clean)


@contextmanager
def _of_vault(folder: Path, of: date | None) -> Iterator[_Source]:
    """What a vault holds; refused where something of it should have been forgotten."""
    vault = Vault(folder)
    late = vault.expired(date.today())
    if late:
        raise Unsafe(
            f"The vault holds {len(late):,} tables that it should have forgotten.",
            rule="overdue",
            do=f"Forget them: goldenthread workforce vault forget {folder} --expired",
            file=folder.name,
        )
    with vault.records() as records:
        # What came later than the snapshot that is told is in none of its figures.
        used = [
            one
            for one in records.snapshots
            if one.people is not None and (of is None or (one.begins or one.on) <= of)
        ]
        about = {"vault": folder.name, "snapshots": [_told(one) for one in used]}
        sources = tuple(
            f"Vault {folder.name}: {one.table} of {one.on.isoformat()}, {one.rows:,} rows, "
            f"SHA-256 {one.fingerprint}"
            for one in used
        )
        labels = warehouse.labels_in(records)
        yield _Source(records, warehouse.lists_in(records.snapshots), labels, sources, about)


def _told(one: Snapshot) -> dict[str, Any]:
    return {
        "table": one.table,
        "on": one.on.isoformat(),
        "rows": one.rows,
        "people": one.people,
        "contract": one.contract,
        "fingerprint": one.fingerprint,
    }


def _campaign(said: str) -> Campaign:
    day, sign, name = said.partition("=")
    try:
        if not (sign and name.strip()):
            raise ValueError
        return Campaign(date.fromisoformat(day.strip()), name.strip())
    except ValueError:
        raise click.BadParameter(
            "give a day and a name, as in 2025-04-01=Count me in.", param_hint="--campaign"
        ) from None


def as_data(made: packs.Pack, of: Mapping[str, Any]) -> dict[str, Any]:
    """What was made and of what, as plain data: names and numbers of rows, and no figure."""
    return {
        "schema": "goldenthread.workforce-pack/1",
        "status": raw.MARK,
        "pack": made.name,
        "title": made.title,
        "as_at": made.tables[0].as_at.isoformat(),
        **of,
        "tables": [
            {"name": one.name, "title": one.title, "rows": len(one.rows)} for one in made.tables
        ],
    }


def lines(about: Mapping[str, Any], out: Path) -> Iterator[str]:
    """What was made, as a person reads it."""
    yield f"{about['title']}, as at {show.day(about['as_at'])}. {about['status']}."
    yield ""
    yield from staff_files.lines(about.get("files", ()))
    for rule, number in about.get("without_hourly_pay", {}).items():
        yield f"No hourly pay: {number:,} people, {rule}."
    for one in about.get("snapshots", ()):
        yield f"{one['table']} of {show.day(one['on'])}: {one['rows']:,} rows."
    yield ""
    width = max(len(one["name"]) for one in about["tables"])
    for one in about["tables"]:
        yield f"  {one['name']:{width}}  {one['rows']:>7,} rows  {one['title']}"
    yield ""
    yield f"Written to {out}. Begin with stands_out.csv."


def _bring_back(out: Path) -> None:
    """Bring back a whole pack that a killed command left beside; take away what is not whole."""
    beside = re.compile(rf"\.{re.escape(out.name)}\.[0-9a-f]{{8}}")
    for left in sorted(out.parent.glob(f".{glob.escape(out.name)}.*")):
        if not beside.fullmatch(left.name) or not (left / WARNING).is_file():
            continue
        if not out.exists() and (left / _INDEX).is_file():
            left.rename(out)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _refuse_if_there(out: Path, replace: bool) -> None:
    if not out.exists():
        return
    ours = out.is_dir() and (not any(out.iterdir()) or (out / WARNING).is_file())
    if not (replace and ours):
        raise Unsafe(
            "The folder is there already.",
            rule="replace",
            do="Name another, or add --replace where it holds a pack.",
            file=out.name,
        )


def _write(out: Path, made: packs.Pack, about: Mapping[str, Any], replace: bool) -> None:
    """The folder whole or not at all, for its owner alone."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        beside.mkdir(mode=0o700, parents=False)
        _file(beside / WARNING, _WARNING)
        for table in made.tables:
            told = json.dumps(raw.to_json(table), ensure_ascii=False, indent=1)
            _file(beside / f"{table.name}.json", told + "\n")
            # A spreadsheet reads UTF-8 only where the file begins by saying so.
            _file(beside / f"{table.name}.csv", "\ufeff" + raw.to_csv(table))
        # The last file: a folder that has it is whole.
        _file(beside / _INDEX, json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        with _aside(out, replace):
            beside.rename(out)
    except OSError as wrong:
        raise Unreadable(
            f"The pack could not be written ({wrong.strerror}).",
            do="Check that the folder above it is there and that you may write to it.",
            file=out.name,
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _aside(out: Path, replace: bool) -> Iterator[None]:
    """Puts what is there aside until the new is in its place, and back where that fails."""
    if not out.exists():
        yield
        return
    _refuse_if_there(out, replace)
    old = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    out.rename(old)
    try:
        yield
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)


def _file(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
