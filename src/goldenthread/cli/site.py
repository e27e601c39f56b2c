"""``goldenthread site``: the public pages as files that any web server can hand out."""

from __future__ import annotations

from pathlib import Path

import click

from goldenthread import example_data
from goldenthread.plan import edition as ed
from goldenthread.timescale import day
from goldenthread.web import pages
from goldenthread.web.pages import folder


@click.command("site")
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "edition_files",
    type=click.Path(path_type=Path),
    metavar="EDITION.json",
    multiple=True,
    help="The edition to write; give it again for each earlier edition that is to keep its pages. "
    "The example council's where none is given.",
)
@click.option(
    "--directorate",
    "directorate_files",
    type=click.Path(path_type=Path),
    metavar="EDITION.json",
    multiple=True,
    help="An edition of a directorate's plan, which leads to the body's and back; again for "
    "each directorate and each earlier edition.",
)
@click.option(
    "--taken-down",
    "notice_files",
    type=click.Path(path_type=Path),
    metavar="NOTICE.json",
    multiple=True,
    help="The notice of an edition that was taken down: nothing of it is written but that it was.",
)
def site(
    out: Path,
    edition_files: tuple[Path, ...],
    directorate_files: tuple[Path, ...],
    notice_files: tuple[Path, ...],
) -> int:
    """Write the public pages of a plan to the folder OUT, as files with relative links.

    Of several editions the newest stands at the top, and each stands under its number, at an
    address that stays. A site that was written there before is replaced as a whole; any other
    folder is left alone.
    """
    notices = tuple(folder.read_notice(file) for file in notice_files)
    files, theirs = edition_files, directorate_files
    if not files:
        files = (example_data.example("edition.json"),)
        theirs = theirs or (example_data.example("directorate.json"),)
    # A notice of a directorate's plan names its unit, and is of that plan alone.
    down = tuple(one for one in notices if not (one.unit and theirs))
    edition, earlier = folder.read_series(files, down)
    directorates = folder.read_directorates(theirs, edition, notices)
    number = folder.write(edition, out, earlier, down, directorates)
    if not edition_files:
        click.echo("This is the example council, Brackenford, which does not exist.")
    click.echo(
        f"Wrote {number} files to {out}: edition {edition.number} of {edition.body}, "
        f"as at {day(edition.as_at)}."
    )
    for series in directorates:
        one = series.newest
        click.echo(f"With edition {one.number} of {one.unit}, as at {day(one.as_at)}.")
    if earlier:
        kept = ", ".join(str(one.number) for one in earlier)
        click.echo(f"Earlier editions that keep their pages: {kept}.")
    for notice in down:
        click.echo(f"Edition {notice.number} was taken down; its address says so.")
    gone = pages.gone(edition, earlier)
    if gone:
        click.echo(
            f"Note: {len(gone)} of their promises {'is' if len(gone) == 1 else 'are'} not in "
            f"edition {edition.number}: {', '.join(gone)}. Their pages say so."
        )
    click.echo(ed.headline(ed.counts(edition), edition.about))
    click.echo(f"Open {out / 'index.html'} to read it.")
    return 0


COMMANDS = {"site": site}
