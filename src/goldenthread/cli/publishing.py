"""``goldenthread pack``: the tables of a verified release as a workbook or as CSV."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

import click

from goldenthread.cli import DONE, show
from goldenthread.cli.exporting import is_there, write_whole
from goldenthread.cli.reading import parse_day
from goldenthread.disclosure import safe_tables
from goldenthread.documents import write_pack
from goldenthread.documents.write.safe_pack import PACK_FORMATS, PackFormat


@click.command("pack")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="The file to write: .xlsx, a sheet for each table, or .csv, a row for each "
              "figure.")  # fmt: skip
@click.option("--contact", default="", metavar="WORDS",
              help="Whom to ask, as the cover of a workbook says it.")  # fmt: skip
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The day of publication, for the cover of a workbook.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write over FILE where it is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written, for programs.")
def pack(
    folder: Path, out: Path, contact: str, published: datetime | None, replace: bool, as_json: bool
) -> int:
    """Write the tables of the release in DIR to FILE, as its readers get them.

    DIR is a folder that “goldenthread protect” wrote. Its certificate is verified first, and
    nothing is written, with status 2, where it does not hold or is not there. Nothing of the
    certificate is in FILE.
    """
    kind = _format(out)
    if out.exists() and not replace:
        raise is_there(out)
    with show.progress("Verifying"):
        tables = safe_tables(folder)
    content = write_pack(tables, kind, contact=contact, published=parse_day(published))
    write_whole(out, content, replace=replace)
    report = {
        "file": out.name,
        "format": kind,
        "sha256": hashlib.sha256(content).hexdigest(),
        "release": tables[0].fingerprint,
        "policy": tables[0].policy,
        "threshold": tables[0].threshold,
        "tables": [
            {"name": one.name, "title": one.title, "figures": one.figures, "hidden": one.hidden}
            for one in tables
        ],
    }
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return DONE
    for one in tables:
        click.echo(f"{one.name}: {one.sentence}")
    click.echo(f"Written to {out}, of release {tables[0].fingerprint[:12]}, which was verified.")
    if tables[0].policy == "internal":
        click.echo("It was made for readers inside: protect it with --policy public to publish it.")
    return DONE


def _format(out: Path) -> PackFormat:
    for known in PACK_FORMATS:
        if out.suffix.lower() == f".{known}":
            return known
    raise click.BadParameter("FILE must end in .xlsx or .csv.", param_hint="--out")


COMMANDS = {"pack": pack}
