"""``goldenthread categories``: settle once what a system calls people, and keep it.

The terminal and its JSON show counts and rules, and never a value: a word that one person wrote is
part of a staff record. The values stand in the two files that the officer names, which nobody else
may read.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import click

from goldenthread import categories, intake
from goldenthread.categories import RULES, CodeList, ColumnMapping, code_list
from goldenthread.cli import DONE, FOUND, show
from goldenthread.cli.reading import parse_day
from goldenthread.errors import Missing, Place, Unreadable, Unsafe

# A list of answers has some dozens of ways to be written; names and numbers of people have more.
_MOST_VALUES = 1_000
_MOST_BYTES = 4_000_000
_SAID_EVERY = 500
_REVIEW_COLUMNS = ("key", "value", "why", "could be", "answer")


@click.group("categories")
def commands() -> None:
    """Say what your systems call people, once, in the lists of official statistics."""


@commands.command("lists")
@click.option("--json", "as_json", is_flag=True, help="Print the lists as JSON, for programs.")
def lists(as_json: bool) -> int:
    """Print every list, and the schemes that a column may be in."""
    every = categories.all_lists()
    if as_json:
        rows = [
            {
                "list": one.name, "title": one.title, "verified": one.verified,
                "schemes": list(categories.schemes_for(one.characteristic)),
            }
            for one in every
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return DONE
    for one in every:
        click.echo(f"{one.name}: {one.title}{'' if one.verified else ' (not verified)'}")
    click.echo("")
    for scheme in categories.all_schemes():
        click.echo(f"{scheme.name}: {scheme.title}")
    return DONE


@commands.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--column", required=True, metavar="HEADING", help="The heading of the column.")
@click.option("--list", "name", required=True, help="The list that the answers go into.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="MAPPING.json",
              help="Where to keep the mapping. It holds the column's values.")  # fmt: skip
@click.option("--review", type=click.Path(path_type=Path), metavar="REVIEW.csv",
              help="Where to write the values that you must settle.")  # fmt: skip
@click.option("--scheme", help="The scheme that the column is in, where it cannot be told.")
@click.option("--settled", type=click.Path(path_type=Path), metavar="MAPPING.json",
              help="A mapping from before: what was settled there stays settled.")  # fmt: skip
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The day to write beside each result; today where it is not given.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write over files that are there already.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON, for programs.")
def map_column(
    file: Path, column: str, name: str, out: Path, review: Path | None, scheme: str | None,
    settled: Path | None, day: datetime | None, replace: bool, as_json: bool,
) -> int:  # fmt: skip
    """Map a column of FILE to a list, and write what a person must settle.

    Prints counts and rules and never a value. Ends with status 1 where something is to be settled,
    or where the column fits two schemes and you must say which.
    """
    into = _list(name)
    if scheme is not None and scheme not in categories.schemes_for(into.characteristic):
        there = ", ".join(categories.schemes_for(into.characteristic))
        raise click.BadParameter(f"Choose one of {there}.", param_hint="--scheme")
    for each in (out, review):
        _refuse_if_there(each, replace)
    before = read_mapping(settled) if settled is not None else None
    if before is not None and before.into != into.name:
        raise Unreadable(
            "The mapping from before is for another list.",
            do="Map the column again without it.", file=settled.name if settled else "",
        )  # fmt: skip
    with show.progress(f"Reading {file.name}") as progress:
        read = _values(file, column, progress)
    try:
        mapping = categories.map_column(
            read.values, into, scheme, on=parse_day(day) or _today(), settled=before
        )
    except Missing as question:
        return _ask(question, file.name, read, as_json)
    _keep(out, categories.to_json(mapping), replace)
    if review is not None:
        _keep(review, _review_list(mapping), replace)
    _tell_mapping(mapping, read, file.name, into, as_json)
    return FOUND if mapping.review else DONE


@commands.command("settle")
@click.argument("mapping_file", metavar="MAPPING.json", type=click.Path(path_type=Path))
@click.argument("review", metavar="REVIEW.csv", type=click.Path(path_type=Path))
@click.option("--by", required=True, metavar="POST", help="The post that settles it.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The day of settling; today where it is not given.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON, for programs.")
def settle(mapping_file: Path, review: Path, by: str, day: datetime | None, as_json: bool) -> int:
    """Take the answers of REVIEW.csv into MAPPING.json.

    An answer is a code or label of the list, or not_asked, blank, prefer_not_to_say or not_known.
    All answers are taken or none. Ends with status 1 where something is still to be settled.
    """
    mapping = read_mapping(mapping_file)
    answers = _answers(review, code_list(mapping.into))
    try:
        done = categories.settle(mapping, answers, by=by, on=parse_day(day) or _today())
    except Missing as wrong:
        keys = ", ".join(sorted(wrong.needs)[:10])
        raise Unreadable(
            f"{wrong.what} Their keys: {keys}.", do=wrong.do, file=review.name
        ) from None
    _keep(mapping_file, categories.to_json(done), replace=True)
    counts = {"file": mapping_file.name, "settled": len(answers), "for_review": len(done.review)}
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False, indent=1))
    else:
        left = _many(len(done.review), "value")
        click.echo(f"Settled {_many(len(answers), 'value')} in {mapping_file.name}; {left} left.")
    return FOUND if done.review else DONE


@dataclass
class _Read:
    """The values of a column with the rows of each, and what the file hides."""

    values: Mapping[str, int]
    rows: int
    left_out: Counter[str] = field(default_factory=Counter)


def _values(file: Path, column: str, progress: Callable[[int], None] | None) -> _Read:
    """The values of a column, in an order that says nothing of the order of rows."""
    counts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    place: int | None = None
    sheet: str | None = None
    for number, record in enumerate(intake.rows(file), 1):
        if isinstance(record, intake.LeftOut):
            left_out[record.code] += 1
            continue
        if place is None:
            place = _column(record, column, file.name)
            sheet = record.place.sheet
        elif record.place.sheet == sheet:
            counts[record.values[place].strip() if place < len(record.values) else ""] += 1
            if len(counts) > _MOST_VALUES:
                raise Unsafe(
                    f"The column has more than {_MOST_VALUES:,} different values, and no list of "
                    "answers has so many.",
                    rule="limit",
                    do="Check that it is the right column.",
                    place=Place(column=place + 1),
                    file=file.name,
                )
        if progress is not None and number % _SAID_EVERY == 0:
            progress(number)
    if place is None:
        raise Unreadable(
            "No column has this heading.",
            do="Give the heading as the file prints it, in quotation marks.",
            file=file.name,
        )
    return _Read(dict(sorted(counts.items())), sum(counts.values()), left_out)


def _column(record: intake.Record, column: str, file: str) -> int | None:
    """Where a heading stands in a row; None where it does not."""
    wanted = column.strip().casefold()
    places = [i for i, value in enumerate(record.values) if value.strip().casefold() == wanted]
    if len(places) > 1:
        raise Unreadable(
            "Two columns have this heading.",
            do="Rename one of them in the file.", place=record.place, file=file,
        )  # fmt: skip
    return places[0] if places else None


def _ask(question: Missing, file: str, read: _Read, as_json: bool) -> int:
    if as_json:
        asked = {"file": file, "rows": read.rows, "values": len(read.values)}
        click.echo(json.dumps({**asked, "question": question.what}, indent=1))
    else:
        click.echo(f"{file}: {question.what} {question.do}")
        click.echo("Then give it with --scheme. Nothing was written.")
    return FOUND


def _tell_mapping(
    mapping: ColumnMapping, read: _Read, file: str, into: CodeList, as_json: bool
) -> None:
    rules = Counter(entry.rule for entry in mapping.entries)
    waiting = len(mapping.review)
    if as_json:
        told = {
            "file": file, "list": mapping.into, "scheme": mapping.scheme, "rows": read.rows,
            "values": len(mapping.entries), "for_review": waiting, "rules": dict(rules),
            "left_out": dict(read.left_out), "verified": into.verified,
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{file}: {_many(read.rows, 'row')}, read as {mapping.scheme} into {mapping.into}.")
    click.echo(
        f"{_many(len(mapping.entries), 'different value')}: "
        f"{len(mapping.entries) - waiting:,} with a result, {waiting:,} for you to settle."
    )
    for rule, count in sorted(rules.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"- {_many(count, 'value')}: {RULES[rule]}")
    for code, count in sorted(read.left_out.items()):
        click.echo(f"Left out of the file: {count:,} {code.replace('_', ' ')}")
    if not into.verified:
        click.echo(f"The list was not read in its source. {into.note}")


def _review_list(mapping: ColumnMapping) -> str:
    """The values to settle, as a sheet that a person fills in: by rule, then by value."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_REVIEW_COLUMNS)
    for entry in sorted(mapping.review, key=lambda one: (one.rule, one.raw)):
        why = (
            f"{RULES[entry.rule]}{f' {entry.why[:1].upper()}{entry.why[1:]}.' if entry.why else ''}"
        )
        could_be = ", ".join(entry.suggestions)
        writer.writerow((entry.key, _harmless(entry.raw), why, could_be, ""))
    return f"\ufeff{out.getvalue()}"


def _harmless(value: str) -> str:
    """A value that a spreadsheet shows and never takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _answers(review: Path, into: CodeList) -> dict[str, str]:
    """The answers of a review list by key; a label counts as its code."""
    places: tuple[int, int] | None = None
    answers: dict[str, str] = {}
    for record in _records(review):
        if places is None:
            heads = [value.strip().casefold() for value in record.values]
            if "key" not in heads or "answer" not in heads:
                raise Unreadable(
                    "This is no review list: it has no columns key and answer.",
                    do="Give the file that goldenthread categories map wrote.", file=review.name,
                )  # fmt: skip
            places = heads.index("key"), heads.index("answer")
            continue
        key, answer = (
            record.values[place].strip() if place < len(record.values) else "" for place in places
        )
        if not answer:
            continue
        result = categories.read(answer, into, into.name).result
        if result is None or answers.get(key, result) != result:
            raise Unreadable(
                f"The answer is no code of {into.name} and no state of missing, or the key stands "
                "twice with two answers.",
                do="Nothing was changed.", place=record.place, file=review.name,
            )  # fmt: skip
        answers[key] = result
    return answers


def _records(file: Path) -> Iterator[intake.Record]:
    return (each for each in intake.rows(file) if isinstance(each, intake.Record))


def _list(name: str) -> CodeList:
    try:
        return code_list(name)
    except KeyError:
        there = ", ".join(one.name for one in categories.all_lists())
        raise click.BadParameter(f"Choose one of {there}.", param_hint="--list") from None


def read_mapping(path: Path) -> ColumnMapping:
    """The mapping that a file holds; raises ``Unreadable``, naming the file, where it is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Unreadable("The file is larger than 4 MB, and no mapping is.", file=path.name)
        return categories.from_json(path.read_bytes())
    except OSError as wrong:
        raise Unreadable("The mapping cannot be opened.", file=path.name) from wrong
    except Unreadable as refusal:
        raise refusal.in_file(path.name) from None


def _refuse_if_there(out: Path | None, replace: bool) -> None:
    if out is not None and not replace and out.exists():
        raise Unsafe(
            "The file is there already.", rule="replace",
            do="Choose another name, or add --replace to write over it.", file=out.name,
        )  # fmt: skip


def _keep(out: Path, content: str, replace: bool) -> None:
    """The file whole or not at all, for nobody else to read: a value is part of a staff record."""
    _refuse_if_there(out, replace)
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".goldenthread-", dir=out.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8", "surrogatepass"))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(out)
    except OSError as fault:
        raise Unreadable(
            "The file cannot be written there.",
            do="Check that the folder is there and that you may write to it.", file=out.name,
        ) from fault  # fmt: skip
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _today() -> date:
    return datetime.now().astimezone().date()


COMMANDS = {"categories": commands}
