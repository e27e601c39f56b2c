"""``goldenthread ledger``: every figure ever released, and the gate that asks the intruder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from goldenthread.cli import DONE, show
from goldenthread.disclosure.attack import Attacked, Exposure, attack
from goldenthread.disclosure.attack.release import Published, read_release
from goldenthread.disclosure.ledger import Entry, Ledger, add, is_ledger, read_ledger
from goldenthread.errors import Missing, Unreadable, Unsafe

_Found = TypeVar("_Found")
_HASH = 12  # how much of a hash stands in a table


@click.group("ledger")
def ledger() -> None:
    """Keep every figure ever released, to any audience, and look before the next.

    A ledger is a folder that its owner alone can reach. It is only ever added to: each entry has
    the hash of the one before it, so that a byte that was changed or is missing is found.
    """


@ledger.command("add")
@click.argument("folder", metavar="LEDGER", type=click.Path(path_type=Path))
@click.argument("release", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON, for programs.")
def add_release(folder: Path, release: Path, as_json: bool) -> int:
    """Add the release in DIR to LEDGER, when it was approved; LEDGER is made on first use.

    Verifies the release, holds it against every figure released before, and lets the intruder try
    all of it together. Refuses, with status 2 and nothing added, where the release does not verify,
    is there already, tells a figure otherwise than before, or would give something away that the
    ledger alone does not.
    """

    def ask(held: Ledger, copy: Path) -> None:
        stop(held, copy, "Nothing was added.")

    with show.progress("Holding it against what was released before"):
        entry = in_ledger(folder, lambda: add(folder, release, on=date.today(), gate=ask))
    if as_json:
        about = {"schema": "goldenthread.ledger-added/1", "ledger": str(folder), **_data(entry)}
        click.echo(json.dumps(about, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{folder}: “{_plain(entry.name)}” is entry {entry.number}.")
        click.echo(f"Hash: {entry.hash}")
    return DONE


@ledger.command("list")
@click.argument("folder", metavar="LEDGER", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON, for programs.")
def list_releases(folder: Path, as_json: bool) -> int:
    """Say what was released, the oldest first, after every byte of LEDGER was looked at.

    Ends with status 3, naming the entry, where anything was changed or is missing.
    """
    if not is_ledger(folder):
        raise Missing(
            "There is no ledger in this folder.", do="“goldenthread ledger add” makes one."
        ).in_file(folder.name)
    held = in_ledger(folder, lambda: read_ledger(folder))
    if as_json:
        about = {
            "schema": "goldenthread.ledger-list/1",
            "ledger": str(folder),
            "entries": [_data(one) for one in held.entries],
        }
        click.echo(json.dumps(about, ensure_ascii=False, indent=1))
    else:
        for line in _lines(held):
            click.echo(line)
    return DONE


def gate(held: Ledger, folder: Path) -> tuple[Exposure, ...]:
    """What the intruder works out of a release and the ledger that the ledger alone did not give.

    Of an empty ledger, whatever the release gives away by itself. A reader of public releases is
    tried apart from one who holds every release: of releases with different thresholds together
    only the least can hold.
    """
    return _tried(held, folder)[0]


def stop(held: Ledger, folder: Path, nothing: str) -> None:
    """Raise ``Unsafe``, with the sum that gives it away, where ``gate`` finds anything.

    ``nothing`` says what was therefore not done. Questions that the intruder could not settle are
    told on the error stream.
    """
    found, unsettled = _tried(held, folder)
    if found:
        things = "thing" if len(found) == 1 else "things"
        beside = " together with what was released before" if held.entries else ""
        raise Unsafe(
            f"{len(found):,} {things} could be worked out of the release{beside}. "
            f"{found[0].period}. {found[0].says}",
            rule="gives away",
            do=f"Hide more, or publish it coarser. {nothing}",
        )
    if unsettled:
        click.echo(
            f"{unsettled:,} questions of the intruder were too hard to settle: they are neither "
            "safe nor found.",
            err=True,
        )


def in_ledger(folder: Path, deed: Callable[[], _Found]) -> _Found:
    """What a deed in a ledger gives; where the disk refuses, a sentence."""
    try:
        return deed()
    except OSError as wrong:
        raise Unreadable(
            f"The ledger could not be read or written ({wrong.strerror}).",
            do="What it holds is whole. See that you may write there and that there is room.",
            file=folder.name,
        ) from None


def _tried(held: Ledger, folder: Path) -> tuple[tuple[Exposure, ...], int]:
    """What is newly given away, and how many questions were not settled."""
    new = read_release(folder)
    before = [read_release(one) for one in held.releases]
    levels = {one.threshold for one in before if one.threshold < new.threshold}
    found: dict[object, Exposure] = {}
    unsettled = 0
    for level in sorted({*levels, new.threshold}):
        known = [one for one in before if one.threshold >= level]
        tried = _attacked([*known, new], new)
        unsettled = max(unsettled, tried.unsettled)
        exposed = {_what(one): one for one in tried.exposures}
        if exposed and known:
            given = {_what(one) for one in _attacked(known, new).exposures}
            exposed = {what: one for what, one in exposed.items() if what not in given}
        found |= exposed
    return tuple(found.values()), unsettled


def _attacked(releases: Sequence[Published], new: Published) -> Attacked:
    try:
        return attack(releases)
    except Unreadable as refusal:
        beside = " beside what was released before" if releases != [new] else ""
        raise Unsafe(
            f"The release cannot be true{beside}: {refusal.what[0].lower()}{refusal.what[1:]}",
            rule="contradiction",
            do=refusal.do,
        ) from None


def _what(one: Exposure) -> object:
    return one.kind, one.period, one.since, one.codes, one.low, one.high


def _data(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "added": entry.added.isoformat(),
        "name": entry.name,
        "periods": list(entry.periods),
        "policy": entry.policy,
        "threshold": entry.threshold,
        "method": entry.method,
        "shown": entry.shown,
        "hidden": entry.hidden,
        "release": entry.release,
        "hash": entry.hash,
    }


def _lines(held: Ledger) -> Iterator[str]:
    number = len(held.entries)
    if not number:
        yield f"{held.folder}: nothing was released yet."
        return
    yield f"{held.folder}: {number:,} {'entry' if number == 1 else 'entries'}, all as written."
    yield ""
    cells = [("No", "Added", "Name", "Periods", "Policy", "From", "Shown", "Hidden", "Hash")]
    cells += [
        (
            str(one.number),
            show.day(one.added.isoformat()),
            _plain(one.name),
            _plain(one.periods[0] if len(one.periods) == 1
                   else f"{one.periods[0]} to {one.periods[-1]}"),
            _plain(one.policy),
            str(one.threshold),
            f"{one.shown:,}",
            f"{one.hidden:,}",
            one.hash[:_HASH],
        )
        for one in held.entries
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        said = [
            f"{cell:>{width}}" if at in (0, 5, 6, 7) else f"{cell:{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(said)}".rstrip()
    yield ""
    yield f"Newest hash: {held.entries[-1].hash}"


def _plain(said: str) -> str:
    """Words of a file on one line, without what could steer a terminal."""
    return "".join(one for one in " ".join(said.split()) if one.isprintable())


COMMANDS = {"ledger": ledger}
