"""``goldenthread attack``: what an outsider can work out of what was published, and how."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from goldenthread.cli import DONE, FOUND, show
from goldenthread.disclosure.attack import KINDS, SCHEMA, Attacked, attack, to_json


@click.command("attack")
@click.argument("folders", metavar="DIR...", nargs=-1, required=True,
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--insiders", is_flag=True,
              help="Suppose that whoever may be alone in a hidden cell knows it.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} as JSON, for programs.")
def attack_releases(folders: Sequence[Path], insiders: bool, as_json: bool) -> int:
    """Work out of the releases in DIR... what somebody could who holds them all.

    Reads release.json and the cell files, as anybody may, and nothing else of a folder. Give
    several folders for several periods or audiences. For each thing that can be worked out it says
    the sum that gives it away.

    Exit status: 0 nothing can be worked out, 1 something can, 3 a folder cannot be read.
    """
    with show.progress("Adding up every figure"):
        attacked = attack(list(folders), alone="possible" if insiders else None)
    if as_json:
        click.echo(json.dumps(to_json(attacked), ensure_ascii=False, indent=1))
    else:
        for line in _lines(attacked):
            click.echo(line)
    return FOUND if attacked.exposures else DONE


def _lines(attacked: Attacked) -> Iterator[str]:
    cells, hidden = f"{attacked.cells:,} cells", f"{attacked.hidden:,} hidden"
    if not attacked.exposures:
        yield f"Nothing can be worked out: {cells} were tried, {hidden}."
    else:
        things = "thing" if len(attacked.exposures) == 1 else "things"
        yield f"{len(attacked.exposures):,} {things} can be worked out ({cells} tried, {hidden})."
    for kind, found in groupby(attacked.exposures, key=lambda one: one.kind):
        each = list(found)
        yield ""
        yield f"{KINDS[kind][0].upper()}{KINDS[kind][1:]}: {len(each):,}"
        for one in each:
            yield f"  - {one.period}. {one.says}"
    if attacked.unsettled or attacked.trust:
        yield ""
    if attacked.trust:
        yield f"Between periods: {attacked.trust}."
    if attacked.unsettled:
        yield (
            f"{attacked.unsettled:,} questions were too hard to settle: they are neither safe nor "
            "found."
        )


COMMANDS = {"attack": attack_releases}
