"""Several directorates' plans at once: each file or sheet a draft, then given to whose it is.

Until somebody says whose a draft is it stands with the whole council, so that no directorate reads
another's by a wrong guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO

from django.utils.timezone import localdate

from goldenthread import documents, intake
from goldenthread.documents import PlanDraft
from goldenthread.errors import Missing, Refusal
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.plan import keep_draft
from goldenthread.web.changes.uploads import file_name, quarantined
from goldenthread.web.models import Draft, Person, Strand, Unit
from goldenthread.web.permissions import body, require
from goldenthread.web.queries.habits import of_unit as known_habits

# A council has few directorates; a hundred sheets are no plans.
MOST = 40


@dataclass(frozen=True)
class Refused:
    """A file or a sheet that became no draft: what it is called, and the sentence that says why."""

    name: str
    refusal: Refusal


def receive_several(
    *,
    by: Person,
    strand: Strand,
    files: Sequence[tuple[str, IO[bytes]]],
    sheets: bool,
    at: datetime,
    key: str = "",
) -> tuple[tuple[Draft, ...], tuple[Refused, ...]]:
    """Read each of several documents into a draft of the whole council; refusals one by one.

    ``sheets`` says that each sheet of a workbook is a plan of its own. What is refused stops none
    of the others. Who may: receive_document in the whole council. Recorded: ``draft.received`` for
    each. Raises ``Missing`` where there is no file or more than can be taken at once.
    """
    require(by, "receive_document", body(), localdate(at))
    if not files or len(files) > MOST:
        sentence = f"Choose from one to {MOST} files."
        raise Missing("Nothing was brought in.", needs={"files": sentence})
    root, kept, refused = body(), [], []
    for place, (name, file) in enumerate(files):
        called = file_name(name)
        try:
            read = list(_read(file, called, root, sheets=sheets))
        except Refusal as refusal:
            refused.append(Refused(called, refusal.in_file(called)))
            continue
        for number, one in enumerate(read):
            if isinstance(one, Refused):
                refused.append(one)
                continue
            mark = f"{key[:50]}-{place}-{number}" if key else ""
            row = keep_draft(by=by, unit=root, strand=strand, draft=one, at=at, key=mark)
            kept.append(row)
    return tuple(kept), tuple(refused)


def _read(
    file: IO[bytes], called: str, unit: Unit, *, sheets: bool
) -> Iterator[PlanDraft | Refused]:
    """The drafts of one file: one, or one for each of its sheets."""
    habits = known_habits(unit)
    with quarantined(file, called) as path:
        document = intake.read(path)
        titles = list(dict.fromkeys(table.title for table in document.tables if table.title))
        if not sheets or document.format not in ("xlsx", "ods") or len(titles) < 2:
            yield replace(documents.read_plan(path, habits=habits), file=called)
            return
    if len(titles) > MOST:
        raise Missing(f"It has more than {MOST} sheets.")
    for title in titles:
        name = f"{called}, sheet {title}"[:200]
        blocks = tuple(one for one in document.tables if one.title == title)
        try:
            draft = documents.draft_from(replace(document, blocks=blocks), habits=habits)
        except Refusal as refusal:
            yield Refused(name, refusal)
            continue
        yield replace(draft, file=name)


@change
def give_draft(
    *, by: Person, draft: Draft, unit: Unit, version: int, at: datetime, key: str = ""
) -> Draft:
    """Say whose an open draft is; what was settled in it stays settled.

    Who may: receive_document where it stands and where it goes. Recorded: ``draft.given``. Raises
    ``Missing`` for a draft that is open no more or is a later reading of a plan, and for a part of
    the council that has ended; ``OutOfStep`` where somebody changed the draft first.
    """
    require(by, "receive_document", draft, localdate(at))
    _receives(by, unit, at)
    if draft.state != "open" or draft.plan_id is not None:
        raise Missing("This draft stays where it is: it was decided, or belongs to a plan.")
    if unit.ends is not None and unit.ends < localdate(at):
        raise Missing(
            "That part of the council has ended.", needs={"unit": "Choose one that stands."}
        )
    step(draft, version, unit=unit)
    audit.record(by=by, what="draft.given", on=draft, facts={"unit": unit.public_id}, at=at)
    return draft


def _receives(by: Person, unit: Unit, at: datetime) -> None:
    require(by, "receive_document", unit, localdate(at))
