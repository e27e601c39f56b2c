"""``goldenthread explain``: what a hidden figure could be, and what everybody is told of it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from goldenthread.cli import DONE, show
from goldenthread.disclosure import explain as explaining
from goldenthread.errors import Missing


@click.command("explain")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--cell", metavar="NAME=CODE,...",
              help="Which figure: period=2026Q1,org=Parks,ethnicity=Asian.")  # fmt: skip
@click.option("--public", is_flag=True, help="What everybody may be told: one sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
def explain(folder: Path, cell: str | None, public: bool, as_json: bool) -> int:
    """Say what a hidden figure of the release in DIR could be.

    With --cell it is told with two workforces that agree with all that is shown: the true one and
    another, from DIR/certificate. That holds true figures and is for the data officer alone. With
    --public it says in one sentence how many figures are hidden, which needs no certificate.

    Exit status: 0 told, 2 there is no certificate, it does not pass its check, or there is no such
    figure, 3 a file cannot be read.
    """
    if public == bool(cell):
        raise click.UsageError("Say --cell with a figure, or --public.")
    if cell is None:
        said = explaining.public_sentence(folder)
        count = explaining.hidden_figures(folder)
        click.echo(json.dumps({"hidden": count, "says": said}) if as_json else said)
        return DONE
    try:
        with show.progress("Checking the certificate"):
            told = explaining.explain(folder, explaining.named(cell))
    except Missing as lost:
        raise click.BadParameter(str(lost), param_hint="--cell") from None
    if as_json:
        click.echo(json.dumps(explaining.to_json(told), ensure_ascii=False, indent=1))
    else:
        for line in explaining.lines(told):
            click.echo(line)
    return DONE


COMMANDS = {"explain": explain}
