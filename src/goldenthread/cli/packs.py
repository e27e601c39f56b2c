"""``goldenthread workforce pack``: the internal tables of a quarter, from files of staff records.

The terminal shows which tables were made and how many rows they have, and no figure of them.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import click

from goldenthread import categories, disclosure, warehouse
from goldenthread.categories import CodeList, ColumnMapping, Country
from goldenthread.cli import DONE, FOUND, show
from goldenthread.cli.categories import read_mapping
from goldenthread.cli.reading import parse_day
from goldenthread.cli.workforce import REMEMBERED, recall
from goldenthread.errors import Refusal, Unreadable, Unsafe
from goldenthread.workforce import files, packs
from goldenthread.workforce.files import Checked, Remembered
from goldenthread.workforce.pay import PROFILES
from goldenthread.workforce.rates import Campaign, read_benchmark

WARNING = "INTERNAL - NOT FOR PUBLICATION.txt"
_WARNING = """These tables are for the body's own analysts, and for nobody else.

Nothing in them has been protected: a small figure may be somebody. Do not publish them, send them
outside, or copy figures out of them into a paper.
"""


@dataclass(frozen=True)
class Request:
    """What the command was asked for besides its files."""

    as_at: date | None
    units: files.Units | None
    grades: Mapping[str, int] | None
    lists: Mapping[str, CodeList]
    settled: Mapping[str, ColumnMapping]
    today: date


@click.command("pack")
@click.argument("name", type=click.Choice(list(packs.PACKS)))
@click.argument("given", metavar="FILE...", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="The folder to write; it may not be there yet.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write in the place of a pack that is there already.")
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The snapshot date of files that have no column for it.")  # fmt: skip
@click.option("--of", "told", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The snapshot to tell of; the newest where it is not given.")  # fmt: skip
@click.option("--years", type=click.IntRange(1, 10), default=1, show_default=True,
              help="How many years of events to count, where one has few.")  # fmt: skip
@click.option("--country", type=click.Choice(get_args(Country)), default="England",
              show_default=True, help="Whose lists to use.")  # fmt: skip
@click.option("--mapping", "mappings", multiple=True, type=click.Path(path_type=Path),
              metavar="MAPPING.json",
              help="What “goldenthread categories” settled of a column.")  # fmt: skip
@click.option("--units", "unit_file", type=click.Path(path_type=Path), metavar="UNITS",
              help="A list of units: a row that names another is set apart.")  # fmt: skip
@click.option("--grades", "grade_file", type=click.Path(path_type=Path), metavar="GRADES",
              help="A list of grades, the lowest first.")  # fmt: skip
@click.option("--columns", "memory", type=click.Path(path_type=Path), metavar="COLUMNS.json",
              help=f"What columns are called.  [default: {REMEMBERED} beside a file]")  # fmt: skip
@click.option("--population", "populations", multiple=True, type=click.Path(path_type=Path),
              metavar="POPULATION", help="A population to hold the workforce against.")  # fmt: skip
@click.option("--campaign", "campaigns", multiple=True, metavar="YYYY-MM-DD=NAME",
              help="The day from which people were asked to say what they are.")  # fmt: skip
@click.option("--profile", type=click.Choice(list(PROFILES)), default="response-2026",
              show_default=True, help="By whose definition pay gaps are.")  # fmt: skip
@click.option("--least", type=click.IntRange(1, 1000),
              help="Say nothing of fewer people.  [default: each rule's own]")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON, for programs.")
def pack(
    name: str, given: Sequence[str], out: Path, replace: bool, as_at: datetime | None,
    told: datetime | None, years: int, country: Country, mappings: Sequence[Path],
    unit_file: Path | None, grade_file: Path | None, memory: Path | None,
    populations: Sequence[Path], campaigns: Sequence[str], profile: str, least: int | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Make the pack NAME from files of staff records: internal tables, as JSON and CSV.

    Each FILE is of people, pay, applications, cases, training or moves. Which is told by its
    headings; where they leave a doubt, say it as in cases=FILE. Nothing of the files is kept, and
    no figure is printed.

    Ends with status 1 when a row was set apart or something asks for a look.
    """
    _refuse_if_there(out, replace)
    settled = {one.characteristic: one for one in map(read_mapping, mappings)}
    lists = dict(categories.lists_in_use(country))
    lists |= {name: categories.code_list(one.into) for name, one in settled.items()}
    request = Request(
        as_at=parse_day(as_at),
        units=files.read_units(unit_file) if unit_file is not None else None,
        grades=files.read_grades(grade_file) if grade_file is not None else None,
        lists=lists,
        settled=settled,
        today=date.today(),
    )
    benchmarks = [read_benchmark(one) for one in populations]
    asked_again = [_campaign(one) for one in campaigns]
    checked = _read(given, memory, request)
    tables = files.staff_tables(checked, lists.values())
    sources = tuple(f"{one.file}: {len(one.rows):,} rows of {one.contract.name}" for one in checked)
    with show.progress("Reckoning"), warehouse.in_memory(tables.all()) as records:
        asked = packs.ask(
            records,
            lists=lists,
            sources=sources,
            as_at=parse_day(told),
            units=tables.labels.get("unit"),
            grades=tables.labels.get("grade"),
            benchmarks=benchmarks,
            campaigns=asked_again,
            profile=PROFILES[profile],
            least=least,
            years=years,
        )
        made = packs.make_pack(name, records, asked)
    about = as_data(made, checked, tables.not_reckoned)
    _write(out, made, about, replace)
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False, indent=1))
    else:
        for line in lines(about, out):
            click.echo(line)
    return DONE if all(one.clean for one in checked) else FOUND


def _read(given: Sequence[str], memory: Path | None, request: Request) -> list[Checked]:
    """Every file, those of people first: who objected there is left out of the others too."""
    named: list[tuple[str, Path, Remembered]] = []
    for one in given:
        kind, sign, words = one.partition("=")
        path = Path(words) if sign and kind in files.NAMES else Path(one)
        kept = recall(memory or path.parent / REMEMBERED)
        if not (sign and kind in files.NAMES):
            kind = files.kind_of(path, kept)
        named.append((kind, path, kept))
    named.sort(key=lambda each: files.NAMES.index(each[0]))
    checked: list[Checked] = []
    objectors: frozenset[str] = frozenset()
    for kind, path, kept in named:
        mapping = files.mapped_by(request.lists, on=request.today, settled=request.settled)
        with show.progress(f"Reading {path.name}") as progress:
            try:
                found = files.read_workforce(
                    path,
                    kind,
                    remembered=kept,
                    as_at=request.as_at,
                    today=request.today,
                    units=request.units,
                    grades=request.grades if kind == "people" else None,
                    objectors=objectors,
                    mapping=mapping,
                    progress=progress,
                )
            except Refusal as refusal:
                raise refusal if refusal.file else refusal.in_file(path.name) from None
        objectors |= found.objectors
        checked.append(found)
    return checked


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


def as_data(
    made: packs.Pack, checked: Sequence[Checked], not_reckoned: Mapping[str, int]
) -> dict[str, Any]:
    """What was made and of what, as plain data: names and numbers of rows, and no figure."""
    return {
        "schema": "goldenthread.workforce-pack/1",
        "status": disclosure.MARK,
        "pack": made.name,
        "title": made.title,
        "as_at": made.tables[0].as_at.isoformat(),
        "files": [
            {
                "file": one.file,
                "contract": one.contract.name,
                "rows": len(one.rows),
                "set_apart": one.quarantined,
                "passed_over": one.passed_over,
                "notes": [note.says for note in one.notes if note.asks],
            }
            for one in checked
        ],
        "without_hourly_pay": dict(not_reckoned),
        "tables": [
            {"name": one.name, "title": one.title, "rows": len(one.rows)} for one in made.tables
        ],
    }


def lines(about: Mapping[str, Any], out: Path) -> Iterator[str]:
    """What was made, as a person reads it."""
    yield f"{about['title']}, as at {show.day(about['as_at'])}. {about['status']}."
    yield ""
    for one in about["files"]:
        apart = f", {one['set_apart']:,} set apart" if one["set_apart"] else ""
        yield f"{one['file']} ({one['contract']}): {one['rows']:,} rows counted{apart}."
        for says in one["notes"]:
            yield f"  - {says}"
    if any(one["set_apart"] for one in about["files"]):
        yield "What is wrong with rows set apart: goldenthread workforce check FILE."
    for rule, number in about["without_hourly_pay"].items():
        yield f"No hourly pay: {number:,} people, {rule}."
    yield ""
    width = max(len(one["name"]) for one in about["tables"])
    for one in about["tables"]:
        yield f"  {one['name']:{width}}  {one['rows']:>7,} rows  {one['title']}"
    yield ""
    yield f"Written to {out}. Begin with stands_out.csv."


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
        _file(beside / "pack.json", json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        for table in made.tables:
            told = json.dumps(disclosure.to_json(table), ensure_ascii=False, indent=1)
            _file(beside / f"{table.name}.json", told + "\n")
            # A spreadsheet reads UTF-8 only where the file begins by saying so.
            _file(beside / f"{table.name}.csv", "\ufeff" + disclosure.to_csv(table))
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
