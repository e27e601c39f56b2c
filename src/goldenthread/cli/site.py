"""``goldenthread site``: the public pages as files that any web server can hand out."""

from __future__ import annotations

from pathlib import Path

import click

from goldenthread import example_data
from goldenthread.plan import edition as ed
from goldenthread.timescale import day
from goldenthread.web.pages import folder


@click.command("site")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "edition_file",
    type=click.Path(path_type=Path),
    metavar="EDITION.json",
    help="The edition to write; the example council's where none is given.",
)
def site(out: Path, edition_file: Path | None) -> int:
    """Write the public pages of an edition to the folder OUT, as files with relative links.

    A site that was written there before is replaced as a whole; any other folder is left alone.
    """
    edition = folder.read_edition(edition_file or example_data.example("edition.json"))
    number = folder.write(edition, out)
    if edition_file is None:
        click.echo("This is the example council, Brackenford, which does not exist.")
    click.echo(
        f"Wrote {number} files to {out}: edition {edition.number} of {edition.body}, "
        f"as at {day(edition.as_at)}."
    )
    click.echo(ed.headline(ed.counts(edition), edition.about))
    click.echo(f"Open {out / 'index.html'} to read it.")
    return 0


COMMANDS = {"site": site}
