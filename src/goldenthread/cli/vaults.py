"""``goldenthread workforce vault``: staff records kept quarter by quarter, and forgotten on time.

Nothing here prints a value of a record: tables, days, and numbers of rows and people.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from goldenthread import warehouse
from goldenthread.cli import DONE, FOUND, show, staff_files
from goldenthread.cli.reading import parse_day
from goldenthread.errors import Refusal, Unreadable
from goldenthread.warehouse import Snapshot, Vault
from goldenthread.workforce import files

_Found = TypeVar("_Found")
# The tables that are about people; the others go with a day.
_RECORDS = tuple(name for name, table in warehouse.TABLES.items() if table.key)
_DAY = click.DateTime(["%Y-%m-%d"])
# No number of a person is this long.
_LONGEST = 200


def _of_vault(deed: Callable[..., int]) -> Callable[..., int]:
    """The argument and the option that every command of a vault has."""
    told = "Print what was found or done as JSON, for programs."
    deed = click.option("--json", "as_json", is_flag=True, help=told)(deed)
    return click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))(deed)


@click.group("vault")
def vault() -> None:
    """Keep staff records quarter after quarter, and forget them on time.

    A vault is a folder that its owner alone can reach. It knows nobody by number. Keep it on a
    machine of the council, outside every folder that is shared or published.
    """


@vault.command("create")
@_of_vault
def create(folder: Path, as_json: bool) -> int:
    """Make an empty vault in the new folder DIR.

    Its key is made with it, and stands in the folder.
    """
    try:
        warehouse.create(folder)
    except OSError as wrong:
        raise Unreadable(
            f"The vault could not be made ({wrong.strerror}).",
            do="Name a folder that you may write to.",
            file=folder.name,
        ) from None
    _say({"schema": "goldenthread.vault-created/1", "vault": folder.name}, as_json, _created)
    return DONE


@vault.command("keep")
@_of_vault
@click.argument("given", metavar="FILE...", nargs=-1, required=True)
@click.option("--keep-until", required=True, type=_DAY, metavar="YYYY-MM-DD",
              help="The last day on which these records may be held.")  # fmt: skip
@click.option("--gathered-to", type=_DAY, metavar="YYYY-MM-DD",
              help="The day to which events go.  [default: the newest snapshot]")  # fmt: skip
@click.option("--replace", is_flag=True, help="Put them in the place of what is held of that day.")
@staff_files.of_files
def keep(
    folder: Path, given: Sequence[str], keep_until: datetime, gathered_to: datetime | None,
    replace: bool, as_json: bool, **of_files: Any,  # noqa: ANN401 - as options
) -> int:  # fmt: skip
    """Keep files of staff records in the vault DIR: all of them, or none where one is refused.

    Each FILE is of people, pay, applications, cases, training or moves. Which is told by its
    headings; where they leave a doubt, say it as in cases=FILE. A file of people must be among
    them: who asked there not to be monitored is left out of all, and taken out of what was held.

    Ends with status 1 when a row was set apart or something asks for a look; the others are kept.
    """
    held = _open(folder)
    asked = staff_files.request(**of_files)
    checked = staff_files.read(given, asked)
    tables = files.staff_tables(checked, asked.lists.values())
    with show.progress("Keeping"):
        kept = _in(
            folder,
            lambda: warehouse.keep(
                held,
                tables,
                lists=asked.lists.values(),
                keep_until=keep_until.date(),
                at=datetime.now(UTC),
                gathered_to=parse_day(gathered_to),
                instead=replace,
            ),
        )
    about = {
        "schema": "goldenthread.vault-kept/1",
        "vault": folder.name,
        "files": staff_files.as_data(checked),
        "without_hourly_pay": dict(tables.not_reckoned),
        "kept": _as_data(kept),
    }
    _say(about, as_json, _kept)
    return DONE if all(one.clean for one in checked) else FOUND


@vault.command("show")
@_of_vault
def contents(folder: Path, as_json: bool) -> int:
    """Say what the vault DIR holds, what should have been forgotten first.

    Ends with status 1 where something is overdue.
    """
    held = _open(folder)
    today = date.today()
    snapshots = _in(folder, held.snapshots)
    late = _in(folder, lambda: held.expired(today))
    rest = [one for one in snapshots if one not in late]
    about = {
        "schema": "goldenthread.vault-contents/1",
        "vault": folder.name,
        "today": today.isoformat(),
        "overdue": _as_data(late),
        "held": _as_data(rest),
        "deeds": [
            {
                "act": one.act,
                "at": one.at.isoformat(timespec="seconds"),
                "snapshots": [
                    {"table": table, "on": on.isoformat()} for table, on in one.snapshots
                ],
            }
            for one in _in(folder, held.deeds)
        ],
    }
    _say(about, as_json, _shown)
    return FOUND if late else DONE


@vault.command("verify")
@_of_vault
def verify(folder: Path, as_json: bool) -> int:
    """Say whether anything in the vault DIR was changed since it was written.

    Ends with status 1 where a file was changed or is missing, and with 2 where the list of what it
    holds was: nothing more can then be said.
    """
    held = _open(folder)
    changed = _in(folder, held.verify)
    about = {
        "schema": "goldenthread.vault-verified/1",
        "vault": folder.name,
        "files": len(_in(folder, held.snapshots)),
        "changed": [{"file": one.file, "says": one.says} for one in changed],
    }
    _say(about, as_json, _verified)
    return FOUND if changed else DONE


@vault.command("forget")
@_of_vault
@click.option("--day", type=_DAY, metavar="YYYY-MM-DD", help="Forget what is held of this day.")
@click.option("--table", type=click.Choice(_RECORDS),
              help="Of that day forget this table alone.")  # fmt: skip
@click.option(
    "--expired", is_flag=True, help="Forget what was to be kept until a day before today."
)
@click.option("--person", is_flag=True,
              help="Forget one person: asks for their staff number, or reads it.")  # fmt: skip
@click.option("--applicant", is_flag=True, help="The same by the number of an applicant.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
def forget(
    folder: Path, day: datetime | None, table: str | None, expired: bool, person: bool,
    applicant: bool, yes: bool, as_json: bool,
) -> int:  # fmt: skip
    """Take records out of the vault DIR for good: a day, a person, or all that is overdue.

    A number is never part of the command, where others could see it in a list of processes. Copies
    that a backup made are not reached: they go when the backup does.
    """
    if sum((day is not None, expired, person, applicant)) != 1:
        raise click.UsageError("Say what: --day, --expired, --person or --applicant.")
    if table and day is None:
        raise click.UsageError("--table goes with --day.")
    if not yes and not sys.stdin.isatty():
        raise click.UsageError("Nobody can be asked here whether it is meant: add --yes.")
    held = _open(folder)
    at = datetime.now(UTC)
    about: dict[str, Any] = {"schema": "goldenthread.vault-forgotten/1", "vault": folder.name}
    if person or applicant:
        number = _number("applicant" if applicant else "staff")
        if not yes:
            click.confirm("Take this person out of everything that it holds?", abort=True, err=True)
        about["files"] = _in(folder, lambda: held.forget_person(number, at=at, applicant=applicant))
        about["forgotten"] = []
    else:
        today, on = date.today(), parse_day(day)
        if not yes:
            those = _in(folder, held.snapshots) if on else _in(folder, lambda: held.expired(today))
            _ask(one for one in those if not on or (one.on == on and table in (None, one.table)))
        gone = _in(
            folder,
            lambda: (
                held.forget(on, at=at, table=table) if on else held.forget_expired(today, at=at)
            ),
        )
        about["forgotten"] = _as_data(gone)
    _say(about, as_json, _forgotten)
    return DONE


@vault.command("tidy")
@_of_vault
def tidy(folder: Path, as_json: bool) -> int:
    """Take away what a deed that was killed left lying in the vault DIR.

    Every deed does so too, before its own work.
    """
    _in(folder, _open(folder).tidy)
    _say({"schema": "goldenthread.vault-tidied/1", "vault": folder.name}, as_json, _tidied)
    return DONE


def _open(folder: Path) -> Vault:
    return _in(folder, lambda: Vault(folder))


def _in(folder: Path, deed: Callable[[], _Found]) -> _Found:
    """What a deed in a vault gives; a refusal names the vault, and the disk's is a sentence too."""
    try:
        return deed()
    except Refusal as refusal:
        name = f"{folder.name}/{refusal.file}" if refusal.file else folder.name
        raise refusal.in_file(name) from None
    except OSError as wrong:
        raise Unreadable(
            f"The vault could not be read or written ({wrong.strerror}).",
            do="What it holds is whole. See that there is room on the disk, and try again.",
            file=folder.name,
        ) from None


def _number(whose: str) -> str:
    """The number of a person, typed unseen or from a pipe; never repeated."""
    if sys.stdin.isatty():
        said: str = click.prompt(
            f"Their {whose} number (it is not shown)",
            hide_input=True,
            confirmation_prompt="The same again",
            err=True,
        )
    else:
        said = sys.stdin.read(_LONGEST + 1)
    number = said.strip()
    if not number or len(number.splitlines()) > 1 or len(number) > _LONGEST:
        raise click.UsageError("Give one number of one person, in one line.")
    return number


def _ask(those: Iterable[Snapshot]) -> None:
    records = [one for one in those if one.people is not None]
    for one in records:
        click.echo(f"{one.table} of {show.day(one.on.isoformat())}: {one.rows:,} rows", err=True)
    if records:
        click.confirm("Forget this for good?", abort=True, err=True)


def _as_data(snapshots: Iterable[Snapshot]) -> list[dict[str, Any]]:
    return [
        {
            "table": one.table,
            "on": one.on.isoformat(),
            "rows": one.rows,
            "people": one.people,
            "begins": one.begins.isoformat() if one.begins else None,
            "ends": one.ends.isoformat() if one.ends else None,
            "contract": one.contract,
            "lists": list(one.lists),
            "received_at": one.received_at.isoformat(timespec="seconds"),
            "keep_until": one.keep_until.isoformat(),
            "fingerprint": one.fingerprint,
        }
        for one in snapshots
    ]


def _say(
    about: Mapping[str, Any], as_json: bool, lines: Callable[[Mapping[str, Any]], Iterator[str]]
) -> None:
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False, indent=1))
    else:
        for line in lines(about):
            click.echo(line)


def _created(about: Mapping[str, Any]) -> Iterator[str]:
    yield f"{about['vault']}: an empty vault, for you alone."
    yield "Its key, vault.key, stands in it. Whoever has the folder has both: keep it to yourself."


def _kept(about: Mapping[str, Any]) -> Iterator[str]:
    yield from staff_files.lines(about["files"])
    for rule, number in about["without_hourly_pay"].items():
        yield f"No hourly pay: {number:,} people, {rule}."
    yield ""
    yield f"Kept in {about['vault']}:"
    yield from _rows(about["kept"])


def _shown(about: Mapping[str, Any]) -> Iterator[str]:
    late, held = about["overdue"], about["held"]
    if not late and not held:
        yield f"{about['vault']}: an empty vault."
        return
    days = {one["on"] for one in (*late, *held) if one["table"] == "people"}
    yield f"{about['vault']}: {_number_of(len(days), 'snapshot')} of people."
    if late:
        yield ""
        yield "Overdue, to be forgotten (goldenthread workforce vault forget DIR --expired):"
        yield from _rows(late)
    if held:
        yield ""
        yield "Held:"
        yield from _rows(held)


def _rows(told: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Tables of people as a table, by day; what names their units and rolls them up goes unsaid."""
    records = [one for one in told if one["people"] is not None]
    cells = [("Table", "Day", "Rows", "People", "Contract", "Keep until")]
    cells += [
        (
            one["table"],
            show.day(one["on"]),
            f"{one['rows']:,}",
            f"{one['people']:,}",
            one["contract"],
            show.day(one["keep_until"]),
        )
        for one in sorted(records, key=lambda one: (one["on"], one["table"]))
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        said = [
            f"{cell:>{width}}" if at in (2, 3) else f"{cell:{width}}"
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(said)}".rstrip()


def _verified(about: Mapping[str, Any]) -> Iterator[str]:
    if not about["changed"]:
        yield f"{about['vault']}: {_number_of(about['files'], 'file')}, all as written."
        return
    yield f"{about['vault']}: {len(about['changed']):,} of {_number_of(about['files'], 'file')}:"
    for one in about["changed"]:
        yield f"  {one['file']}: {one['says']}"
    yield "Bring the vault back from a backup, and find out who changed it."


def _forgotten(about: Mapping[str, Any]) -> Iterator[str]:
    if "files" in about:
        yield f"Taken out of {_number_of(about['files'], 'table')}, and written again without them."
    elif about["forgotten"]:
        yield f"Forgotten, and gone from {about['vault']}:"
        yield from _rows(about["forgotten"])
    else:
        yield f"{about['vault']}: nothing is overdue."
        return
    yield "Copies in backups go when the backups do."


def _tidied(about: Mapping[str, Any]) -> Iterator[str]:
    yield f"{about['vault']}: nothing is left lying."


def _number_of(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
