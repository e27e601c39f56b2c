"""How a plan stands on a page or a sheet: titles, tables and cells, before any format draws them.

``council`` is the five-column table of a council's own plan; ``full`` says everything on pages
that people read; ``sheet`` says everything with a column for each field and a key for each row.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from goldenthread.documents import notation
from goldenthread.documents.notation import NO_THEME, NO_WORDS, RAG_LABELS, STATUS_LABELS, Context
from goldenthread.plan import Action, Plan, Recommendation
from goldenthread.plan.model import Rag

Layout = Literal["council", "full"]
LAYOUTS: tuple[Layout, ...] = ("full", "council")

# What a document of the fuller layout says of itself, so that it is read by its columns alone.
MARK = "Full layout 1: each row of the table is one action."
POSITION_AT = "Position as at"
UNSURE = "Please check: the plan can be read in more than one way."
INSTRUCTIONS = "Instructions"
TITLE = "Plan"
# What the keys of a CSV file's other rows say that they are.
STEP, SHORT_FORM = "Step", "Short form"
DONE, FORECAST = "What was done", "Forecast"
# What answers a red or an amber.
CAUSE, RECOVERY, RECOVERY_BY = "Cause", "Recovery step", "Recovery by"


@dataclass(frozen=True)
class Column:
    """A column: its heading, and how wide it is beside the others."""

    heading: str
    width: int


@dataclass(frozen=True)
class Cell:
    """A cell where it begins: its lines, how many rows and columns it covers, and its colour.

    ``names`` is true for a cell that names its row, as a recommendation does.
    """

    lines: tuple[str, ...] = ()
    rows: int = 1
    columns: int = 1
    rag: Rag | None = None
    names: bool = False

    @property
    def text(self) -> str:
        """The lines with a line break between them."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Table:
    """A table: rows hold the cells that begin in them; ``title`` is the row across, if any."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Page:
    """A whole document: its title, the lines under it, and its tables in order."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...]


# ---- keys ----------------------------------------------------------------------------------------


def keys(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """A key for each action, by recommendation: "4.2-QK7M" for the second of the fourth.

    A recommendation without an action has one key, "4.0-…". The letters come from the words of
    both, so that a key of another plan is not taken for one of this.
    """
    found = []
    for r, rec in enumerate(plan.recommendations, 1):
        actions: list[tuple[int, Action | None]] = [*enumerate(rec.actions, 1)] or [(0, None)]
        found.append(tuple(f"{r}.{a}-{_letters(rec, action)}" for a, action in actions))
    return tuple(found)


def _letters(rec: Recommendation, action: Action | None) -> str:
    said = [rec.number, rec.text, action.number if action else "", action.text if action else ""]
    digest = hashlib.sha256("\x1f".join(part or "" for part in said).encode()).digest()
    return base64.b32encode(digest[:5])[:6].decode()


# ---- pages ---------------------------------------------------------------------------------------


def council(plan: Plan) -> Page:
    """The table that councils themselves print: five columns, themes as rows across."""
    columns = (
        Column("No.", 6),
        Column("Recommendation", 26),
        Column("Key action", 34),
        Column("Timescale", 16),
        Column("Lead / comments", 18),
    )
    context = Context.of(plan)

    def cells(action: Action) -> tuple[Cell, ...]:
        label = f"{action.number}. " if action.number else ""
        times = dict.fromkeys(claim.raw for claim in action.timescales if claim.raw)
        leads = [
            line
            for lead in action.leads
            for line in _council_lead(notation.lead_words([lead], context), lead.text)
        ]
        return (Cell((f"{label}{action.text}",)), Cell(tuple(times)), Cell(tuple(leads)))

    rows = _by_recommendation(plan, len(columns), _council_rec, cells)
    return Page(_title(plan), _position(plan), (Table("Actions", columns, rows),))


def _council_lead(lines: Sequence[str], text: str) -> list[str]:
    # A council's table has no place for values that are spelled out: it prints the lead.
    return [text if line.startswith("Lead: ") else line for line in lines if line]


def _council_rec(rec: Recommendation) -> tuple[Cell, ...]:
    return (_line(rec.number), Cell((rec.text or NO_WORDS,), names=True))


def full(plan: Plan) -> Page:
    """Everything that a document carries, on pages; columns that hold nothing are left out."""
    context = Context.of(plan)
    columns: list[tuple[Column, Callable[[Action], Cell]]] = [
        (Column("Action no.", 6), lambda a: _line(a.number)),
        (Column("Action", 26), lambda a: Cell(_with_notes(a.text, _action_notes(a)))),
        (Column("Timescale", 15), lambda a: Cell(_timescale(a, context))),
        (Column("Lead", 15), lambda a: Cell(tuple(notation.lead_words(a.leads, context)))),
        (Column("Measure of success", 16), lambda a: Cell(tuple(m.text for m in a.measures))),
        (Column("Status", 10), _status),
        (Column("Progress", 18), lambda a: Cell(_progress(a))),
    ]
    always = {"Action", "Timescale", "Lead", "Status"}
    chosen = [
        (column, cell)
        for column, cell in columns
        if column.heading in always or any(cell(action).lines for action in plan.actions)
    ]
    headings = (
        Column("No.", 5),
        Column("Recommendation", 20),
        *(column for column, _ in chosen),
    )
    rows = _by_recommendation(
        plan,
        len(headings),
        lambda rec: (_line(rec.number), Cell(_with_notes(rec.text, _rec_notes(rec)), names=True)),
        lambda action: tuple(cell(action) for _, cell in chosen),
    )
    table = Table("Actions", headings, rows)
    return Page(_title(plan), (*_position(plan), MARK), (table, *_asides(plan, context)))


def sheet(plan: Plan) -> Page:
    """Everything that a document carries, a column for each field and a key for each row."""
    context = Context.of(plan)
    rows = [
        _sheet_row(key, rec, action, context)
        for rec, its_keys in zip(plan.recommendations, keys(plan), strict=True)
        for key, action in zip(its_keys, rec.actions or (None,), strict=True)
    ]
    table = Table("Plan", SHEET, tuple(rows))
    return Page(_title(plan), _position(plan), (table, *_asides(plan, context)))


SHEET = (
    Column("Key", 13),
    Column("Theme", 16),
    Column("No.", 7),
    Column("Recommendation", 36),
    Column("Action no.", 9),
    Column("Action", 44),
    Column("Timescale", 24),
    Column("Lead", 26),
    Column("Status", 14),
    Column("RAG", 10),
    Column("Measure of success", 28),
    Column("Progress", 36),
    Column("Status as printed", 18),
    Column("Our response", 24),
    Column("Recommendation notes", 20),
    Column("Action notes", 20),
)
SHEET_HEADINGS = tuple(column.heading for column in SHEET)


def _sheet_row(
    key: str, rec: Recommendation, action: Action | None, context: Context
) -> tuple[Cell, ...]:
    said: dict[str, tuple[str, ...]] = {
        "Key": (key,),
        "Theme": _lines(rec.theme),
        "No.": _lines(rec.number),
        "Recommendation": (rec.text or NO_WORDS,),
        "Our response": _lines(notation.response_words(rec.response) if rec.response else None),
        "Recommendation notes": tuple(_rec_notes(replace(rec, response=None))),
    }
    if action is not None:
        said |= {
            "Action no.": _lines(action.number),
            "Action": (action.text or NO_WORDS,),
            "Timescale": _timescale(action, context),
            "Lead": tuple(notation.lead_words(action.leads, context)),
            "Status": _lines(STATUS_LABELS[action.status] if action.status else None),
            "RAG": _lines(action.rag.capitalize() if action.rag else None),
            "Measure of success": tuple(measure.text for measure in action.measures),
            "Progress": _progress(action),
            "Status as printed": _lines(action.status_text),
            "Action notes": tuple(_action_notes(action)),
        }
    rag = action.rag if action is not None else None
    return tuple(
        Cell(said.get(heading, ()), rag=rag if heading == "RAG" else None)
        for heading in SHEET_HEADINGS
    )


# ---- cells ---------------------------------------------------------------------------------------


def _title(plan: Plan) -> str:
    return plan.title or notation.UNTITLED


def _position(plan: Plan) -> tuple[str, ...]:
    date = plan.document_date
    return (f"{POSITION_AT} {notation.date_words(date)}.",) if date else ()


def _lines(text: str | None) -> tuple[str, ...]:
    return (text,) if text else ()


def _line(text: str | None) -> Cell:
    return Cell(_lines(text))


def _with_notes(text: str, notes: Iterable[str]) -> tuple[str, ...]:
    return (text or NO_WORDS, *notes)


def _timescale(action: Action, context: Context) -> tuple[str, ...]:
    return tuple(notation.timescale_words(action.timescales, context))


def _rec_notes(rec: Recommendation) -> Iterable[str]:
    if rec.response is not None:
        yield f"Our response: {notation.response_words(rec.response)}"
    if rec.status is not None:
        yield f"Status: {STATUS_LABELS[rec.status]}"
    if see := notation.see_words(rec.text, rec.see):
        yield f"See: {see}"


def _action_notes(action: Action) -> Iterable[str]:
    if see := notation.see_words(action.text, action.see):
        yield f"See: {see}"
    if action.confidence == "low":
        yield UNSURE


def _status(action: Action) -> Cell:
    lines = list(_lines(STATUS_LABELS[action.status] if action.status else None))
    if action.rag:
        lines.append(f"RAG: {action.rag}")
    if action.status_text:
        lines.append(f"Printed: {action.status_text}")
    return Cell(tuple(lines), rag=action.rag)


def _progress(action: Action) -> tuple[str, ...]:
    evidence = [f"{notation.EVIDENCE}{words}" for words in action.evidence]
    return (*notation.update_words(action.updates), *evidence)


def _asides(plan: Plan, context: Context) -> Iterable[Table]:
    if plan.process_steps:
        columns = (
            Column("Step", 8),
            Column("Name", 24),
            Column("What happens", 60),
            Column("When", 20),
        )
        yield Table(
            "Steps",
            columns,
            tuple(
                (
                    _line(step.number),
                    Cell(_lines(step.name), names=True),
                    _line(step.text),
                    Cell(tuple(notation.timescale_words(step.timescales, context))),
                )
                for step in plan.process_steps
            ),
        )
    if plan.abbreviations:
        yield Table(
            "Abbreviations",
            (Column("Short", 16), Column("In full", 60)),
            tuple(
                (Cell((short,), names=True), Cell((long,))) for short, long in plan.abbreviations
            ),
        )


def _by_recommendation(
    plan: Plan,
    width: int,
    about: Callable[[Recommendation], tuple[Cell, ...]],
    cells: Callable[[Action], tuple[Cell, ...]],
) -> tuple[tuple[Cell, ...], ...]:
    """The rows: a recommendation's own cells reach down over its actions."""
    rows: list[tuple[Cell, ...]] = []
    themed = any(rec.theme for rec in plan.recommendations)
    theme: str | None = None
    for number, rec in enumerate(plan.recommendations):
        if themed and (number == 0 or rec.theme != theme):
            theme = rec.theme
            rows.append((Cell((theme or NO_THEME,), columns=width, names=True),))
        own = about(rec)
        if not rec.actions:
            rows.append((*own, *[Cell()] * (width - len(own))))
        for index, action in enumerate(rec.actions):
            mine = tuple(replace(cell, rows=len(rec.actions)) for cell in own) if not index else ()
            rows.append((*mine, *cells(action)))
    return tuple(rows)


def rag_of(words: str) -> Rag | None:
    """The colour that a cell of the fuller layout names.

    >>> rag_of("Amber"), rag_of("")
    ('amber', None)
    """
    for label in RAG_LABELS:
        if label.casefold() == words.strip().casefold():
            return label.casefold()  # type: ignore[return-value]
    return None
