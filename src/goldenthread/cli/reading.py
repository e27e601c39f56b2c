"""``goldenthread import``: a document in, its plan on the screen."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from goldenthread import documents
from goldenthread.cli import show


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
def import_plan(file: Path, as_json: bool, dated: datetime | None) -> int:
    """Read the plan in FILE and print it, typed, with every doubt and its place.

    Reads .docx, .odt, .rtf, .html, .xlsx, .ods, .csv, .pdf and text. Nothing is stored.
    """
    with show.progress(f"Reading {file.name}") as progress:
        draft = documents.read_plan(file, parse_day(dated), progress)
    if as_json:
        click.echo(json.dumps(documents.to_json(draft), ensure_ascii=False, indent=1))
    else:
        show.draft(draft)
    return 0


COMMANDS = {"import": import_plan}
