"""``goldenthread import``: a document in, its plan on the screen."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from goldenthread import documents
from goldenthread.cli import show
from goldenthread.errors import Unreadable

_MOST_BYTES = 1_000_000


def parse_day(value: datetime | None) -> date | None:
    """The day of an option that click has read as a time."""
    return value.date() if value is not None else None


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON, for programs.")
@click.option(
    "--date",
    "dated",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The document's date, where it prints none.",
)
@click.option(
    "--habits",
    "profile",
    type=click.Path(path_type=Path),
    metavar="HABITS.json",
    help="What has been confirmed of the council's documents: columns, leads, statuses, colours.",
)
def import_plan(file: Path, as_json: bool, dated: datetime | None, profile: Path | None) -> int:
    """Read the plan in FILE and print it, typed, with every doubt and its place.

    Reads .docx, .odt, .rtf, .html, .xlsx, .ods, .csv, .pdf and text. Nothing is stored.
    """
    with show.progress(f"Reading {file.name}") as progress:
        habits = _habits(profile) if profile is not None else documents.Habits()
        draft = documents.read_plan(file, parse_day(dated), progress, habits)
    if as_json:
        click.echo(json.dumps(documents.to_json(draft), ensure_ascii=False, indent=1))
    else:
        show.draft(draft)
    return 0


def _habits(profile: Path) -> documents.Habits:
    """The profile in a file. Raises Unreadable where there is none."""
    try:
        if profile.stat().st_size > _MOST_BYTES:
            raise Unreadable("The file is larger than 1 MB, and no profile of habits is.")
        return documents.habits_from_json(profile.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise Unreadable(
            f"The profile could not be opened ({wrong.strerror}).", file=profile.name
        ) from wrong
    except UnicodeDecodeError as wrong:
        raise Unreadable("The profile is not UTF-8 text.", file=profile.name) from wrong
    except Unreadable as refusal:
        raise refusal.in_file(profile.name) from refusal


COMMANDS = {"import": import_plan}
