"""``goldenthread check-plan`` and ``goldenthread compare``: what to mend, and what changed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from msgspec import to_builtins

from goldenthread import documents, plan
from goldenthread.cli import DONE, FOUND, show
from goldenthread.cli.reading import parse_day
from goldenthread.plan import CheckSettings, Plan


@click.command("check-plan")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Say what was late on this day. Without it nothing is called late.",
)
@click.option(
    "--date", "dated", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
    help="The document's date, where it prints none.",
)  # fmt: skip
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    help="The edition before this one: also say which words have not changed.",
)
@click.option(
    "--select", metavar="CODES", help="Only these rules: T302,L2 means T302 and all of L2."
)
@click.option("--ignore", metavar="CODES", help="Not these rules.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
def check_plan(
    file: Path,
    as_at: datetime | None,
    dated: datetime | None,
    before: Path | None,
    select: str | None,
    ignore: str | None,
    as_json: bool,
) -> int:
    """Check the plan in FILE and say what would make it stronger, and how.

    Ends with status 1 when it finds anything, so that it can stand in a script.
    """
    settings = CheckSettings(select=_codes(select), ignore=_codes(ignore))
    try:
        plan.chosen(settings.select, settings.ignore)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong)) from wrong
    this = _read(file, dated)
    earlier = _read(before, None) if before is not None else None
    found = plan.check(this, as_at=parse_day(as_at), before=earlier, settings=settings)
    if as_json:
        output = {"file": file.name, "findings": [to_builtins(finding) for finding in found]}
        click.echo(json.dumps(output, ensure_ascii=False, indent=1))
    else:
        show.findings(found, file.name)
    return FOUND if found else DONE


def _codes(words: str | None) -> tuple[str, ...]:
    return tuple(code for code in (words or "").replace(",", " ").split() if code)


def _read(file: Path, dated: datetime | None) -> Plan:
    with show.progress(f"Reading {file.name}") as progress:
        return documents.read_plan(file, parse_day(dated), progress).plan


@click.command("compare")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON, for programs.")
def compare(before: Path, after: Path, as_json: bool) -> int:
    """Say what changed from the plan in BEFORE to the plan in AFTER.

    Added, removed and moved actions, moved dates, new leads, new statuses and new wording.
    Ends with status 1 when anything changed.
    """
    changed = plan.compare(_read(before, None), _read(after, None))
    if as_json:
        click.echo(json.dumps(to_builtins(changed), ensure_ascii=False, indent=1))
    else:
        show.changes(changed, before.name, after.name)
    return FOUND if changed else DONE


COMMANDS = {"check-plan": check_plan, "compare": compare}
