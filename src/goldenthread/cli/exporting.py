"""``goldenthread export``: a plan out as a document, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import msgspec

from goldenthread import documents
from goldenthread.cli import DONE, FOUND, show
from goldenthread.cli.reading import parse_day
from goldenthread.documents.write import FORMATS, LAYOUTS, Format, Layout
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.plan import Plan, find_people
from goldenthread.plan import edition as ed

_MOST_BYTES = 50 * 1024 * 1024
_MOST_TEMPLATE = 20 * 1024 * 1024
# What a person calls the fields that may not come back.
_NAMES = {
    "title": "the title", "document_date": "the date", "abbreviations": "the abbreviations",
    "process_steps": "the steps", "recommendations": "the recommendations",
    "actions": "the actions", "text": "words", "number": "numbers", "theme": "themes",
    "response": "responses", "see": "pointers to other numbers", "leads": "leads",
    "timescales": "timescales", "measures": "measures", "status": "statuses",
    "status_text": "statuses as printed", "rag": "RAG colours", "updates": "updates",
    "evidence": "evidence", "confidence": "marks of doubt",
}  # fmt: skip


@click.command("export")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="full",
    show_default=True,
    help="full: everything, and a workbook for updating. council: the five-column table.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE.docx",
    help="Your own Word file: its styles, headers and words are kept, and the plan stands where a "
    "paragraph says {{plan}}. For .docx only.",
)
@click.option("--public", is_flag=True, help="Write only what is published: PLAN is an edition.")
@click.option("--names", is_flag=True, help="Keep the names of people beside their posts.")
@click.option("--replace", is_flag=True, help="Write over OUT where it is there already.")
@click.option(
    "--date",
    "dated",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The document's date, where it prints none.",
)
@click.option("--json", "as_json", is_flag=True, help="Report as JSON, for programs.")
def export(
    plan_file: Path,
    out: Path,
    layout: Layout,
    template: Path | None,
    public: bool,
    names: bool,
    replace: bool,
    dated: datetime | None,
    as_json: bool,
) -> int:
    """Write the plan in PLAN to OUT: .docx, .xlsx, .csv, .json, .html or .pdf.

    PLAN is a plan in any form that “goldenthread import” reads, or an edition as JSON. Names of
    people are left out. What was written is read again: ends with status 1 where OUT does not
    carry everything that the plan says, and names what.
    """
    kind = _format(out)
    if template is not None and kind != "docx":
        raise click.UsageError("A template is for .docx only.")
    if public and names:
        raise click.UsageError(
            "Use --public or --names: an edition says itself which names it has."
        )
    if out.exists() and not replace:
        raise is_there(out)
    source = _read(plan_file, dated, public=public)
    # An edition has already settled which names are public.
    keeps = names or source.public
    content = documents.write_plan(
        source.plan,
        kind,
        layout=layout,
        template=_template(template) if template is not None else None,
        names=keeps,
    )
    write_whole(out, content, replace=replace)
    again = documents.read_plan(out).plan
    missing = documents.lost(documents.carried(source.plan, names=keeps), again)
    report = {
        "file": out.name,
        "format": kind,
        "layout": layout,
        "public": source.public,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "recommendations": len(source.plan.recommendations),
        "actions": len(source.plan.actions),
        "names_left_out": 0 if keeps else _people(source.plan),
        "texts_that_name_people": 0 if keeps else _naming(source.plan),
        "not_carried": missing,
    }
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _say(report, missing)
    return FOUND if missing else DONE


def _say(report: dict[str, object], missing: dict[str, int]) -> None:
    click.echo(
        f"Wrote {report['file']}: {_count(report['recommendations'], 'recommendation')}, "
        f"{_count(report['actions'], 'action')}."
    )
    if report["names_left_out"]:
        click.echo(f"{_count(report['names_left_out'], 'name')} of people left out.")
    if report["texts_that_name_people"]:
        texts = _count(report["texts_that_name_people"], "text")
        click.echo(f"Look before you send it: {texts} may name a person.")
    if missing:
        named = [f"{_NAMES.get(name, name)} ({count})" for name, count in missing.items()]
        click.echo(f"Read again, it does not carry: {', '.join(named)}.")
        if report["layout"] == "council":
            click.echo("The council's table has no column for some of them; --layout full has.")
    else:
        click.echo("Read again, it gives the same plan.")


def _count(number: object, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _people(plan: Plan) -> int:
    return sum(
        lead.person is not None or lead.kind == "person"
        for action in plan.actions
        for lead in action.leads
    )


def _naming(plan: Plan) -> int:
    """How many texts of a plan seem to name somebody; their words are not changed."""
    texts = [rec.text for rec in plan.recommendations]
    for action in plan.actions:
        texts += [action.text, *(update.text for update in action.updates), *action.evidence]
    return sum(bool(find_people(text)) for text in texts)


def _format(out: Path) -> Format:
    for known in FORMATS:
        if out.suffix.lower() == f".{known}":
            return known
    endings = ", ".join(f".{known}" for known in FORMATS)
    raise click.BadParameter(f"OUT must end in one of {endings}.", param_hint="OUT")


@dataclass(frozen=True)
class _Source:
    plan: Plan
    public: bool


def _read(file: Path, dated: datetime | None, *, public: bool) -> _Source:
    edition = _edition(file)
    if edition is not None:
        return _Source(ed.as_plan(edition), public=True)
    if public:
        raise Unsafe(
            "This is not an edition, so nobody has settled which of its words are public.",
            rule="public",
            do="Publish an edition first and export that, or leave out --public.",
            file=file.name,
        )
    with show.progress(f"Reading {file.name}") as progress:
        return _Source(documents.read_plan(file, parse_day(dated), progress).plan, public=False)


def _edition(file: Path) -> ed.Edition | None:
    """The edition in a file of JSON; None where it holds anything else."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return None
        content = file.read_bytes()
    except OSError:
        return None  # the reader of documents says what is wrong with it
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return None
    try:
        said = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("schema") != ed.SCHEMA:
        return None
    try:
        return ed.from_json(said)
    except Unreadable as refusal:
        raise refusal.in_file(file.name) from None


def _template(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_TEMPLATE:
            raise Unsafe(
                "The template is larger than 20 MB.",
                rule="limit",
                do="Take out pictures that are not needed.",
                file=file.name,
            )
        return file.read_bytes()
    except OSError as fault:
        raise Unreadable(
            "The template cannot be opened.", do="Check its name and try again.", file=file.name
        ) from fault


def is_there(out: Path) -> Unsafe:
    """The refusal to write over a file that nobody said to replace."""
    return Unsafe(
        "The file is there already.",
        rule="replace",
        do="Choose another name, or add --replace to write over it.",
        file=out.name,
    )


def write_whole(out: Path, content: bytes, *, replace: bool) -> None:
    """The file whole or not at all: written beside its place and then put there in one step."""
    try:
        handle, name = tempfile.mkstemp(prefix=".goldenthread-", dir=out.parent)
    except OSError as fault:
        raise _cannot(out) from fault
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(0o666 & ~_umask())
        if replace:
            beside.replace(out)
        else:
            os.link(beside, out)  # fails where somebody has put a file there meanwhile
    except FileExistsError:
        raise is_there(out) from None
    except OSError as fault:
        raise _cannot(out) from fault
    finally:
        beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot(out: Path) -> Unreadable:
    return Unreadable(
        "The file cannot be written there.",
        do="Check that the folder is there, that you may write to it and that the disk has room.",
        file=out.name,
    )


COMMANDS = {"export": export}
