"""Reading again what we wrote in the fuller layout: cell by cell, by headings, without guessing.

A document is taken for one of ours when it says so (the pages' own line) or when its headings are
those of our sheet. Whatever a person has typed into it since is read like any other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goldenthread.documents import layouts, notation
from goldenthread.documents.draft import PlanDraft, ReadingWarning
from goldenthread.documents.layouts import MARK, POSITION_AT, SHEET_HEADINGS
from goldenthread.documents.notation import NO_THEME, NO_WORDS, Context
from goldenthread.errors import Place
from goldenthread.intake import Cell, Document, Paragraph, Table
from goldenthread.plan import Action, Measure, Plan, ProcessStep, Recommendation
from goldenthread.plan.cells import unguard

KEY = re.compile(r"(?P<rec>\d{1,6})\.(?P<act>\d{1,6})-[A-Z2-7]{6}")
_PAGE_HEADINGS = frozenset(
    {"No.", "Recommendation", "Action no.", "Action", "Timescale", "Lead", "Measure of success",
     "Status", "Progress"}
)  # fmt: skip
_ALWAYS = frozenset({"No.", "Recommendation", "Action", "Timescale", "Lead", "Status"})
_STEPS = ("Step", "Name", "What happens", "When")
_SHORT = ("Short", "In full")


@dataclass(frozen=True)
class Row:
    """One row of a table of ours: the lines under each heading, and the cell that names it.

    ``group`` is the number of the merged recommendation cell, the same for each row it reaches.
    """

    lines: dict[str, tuple[str, ...]]
    place: Place
    group: int = 0
    theme: str | None = None
    places: Mapping[str, Place] = field(default_factory=dict)

    def line(self, heading: str) -> str:
        """The words under a heading on one line."""
        return " ".join(self.lines.get(heading, ()))

    def first(self, heading: str) -> str:
        """The first line under a heading, without the mark that stands for no words."""
        text = next(iter(self.lines.get(heading, ())), "")
        return "" if text == NO_WORDS else text

    def maybe(self, heading: str) -> str | None:
        """The words under a heading, or None."""
        return self.line(heading) or None


@dataclass(frozen=True)
class Found:
    """The parts of a document of ours: its main table's rows and what stands around it."""

    title: str | None
    document_date: str | None
    rows: tuple[Row, ...]
    steps: tuple[Row, ...]
    short: tuple[Row, ...]
    sheet: bool
    warnings: tuple[ReadingWarning, ...] = ()


def read(document: Document) -> PlanDraft | None:
    """The draft of a plan that we wrote in the fuller layout; None for any other document.

    Shape: ``carried(plan)`` of the plan that was written, with a place for each thing; every row
    added by hand is an action too.
    """
    found = find(document)
    if found is None:
        return None
    abbreviations = tuple(
        (row.line("Short"), row.line("In full")) for row in found.short if row.line("Short")
    )
    plan = Plan(found.title, found.document_date, abbreviations=abbreviations)
    context = Context.of(plan)
    grouped = _by_key(found.rows) if found.sheet else _by_cell(found.rows)
    plan = replace(
        plan,
        recommendations=tuple(
            _recommendation(rows, context, sheet=found.sheet) for rows in grouped
        ),
        process_steps=tuple(_step(row, context) for row in found.steps),
    )
    left_out = [ReadingWarning(left.code, left.message, left.place) for left in document.left_out]
    return PlanDraft(
        plan=plan,
        file=document.file,
        format=document.format,
        sha256=document.sha256,
        document_date_basis="printed" if found.document_date else "none",
        warnings=(*left_out, *found.warnings),
    )


# ---- finding the tables --------------------------------------------------------------------------


def find(document: Document) -> Found | None:
    """The rows of a document of ours, as printed; None for any other document."""
    csv = document.format == "csv"
    tables = [(table, _headings(table)) for table in document.tables]
    wide = next((t for t, heads in tables if _is_sheet(heads)), None)
    pages = [p for p in document.blocks if isinstance(p, Paragraph) and p.text]
    marked = any(p.text == MARK for p in pages)
    if wide is None and not marked:
        return None
    title, date = _about(pages, wrapped=document.format == "pdf")
    parts: dict[str, list[Row]] = {"rows": [], "steps": [], "short": []}
    warnings: list[ReadingWarning] = []
    for table, heads in tables:
        if table is wide and csv:
            title, date = _sort_csv(_rows(table, heads, csv=True), parts)
        elif table is wide or (wide is None and _ALWAYS <= set(heads) <= _PAGE_HEADINGS):
            parts["rows"] += _rows(table, heads, csv=csv, first_group=len(parts["rows"]) + 1)
        elif heads == _STEPS:
            parts["steps"] += _rows(table, heads)
        elif heads == _SHORT:
            parts["short"] += _rows(table, heads)
        elif (said := _notes(table)) is not None:
            title, date = said
        else:
            message = "A table that is none of ours was left out."
            warnings.append(ReadingWarning("unread_table", message, table.place))
    return Found(
        title if title != notation.UNTITLED else None,
        date,
        tuple(parts["rows"]),
        tuple(parts["steps"]),
        tuple(parts["short"]),
        wide is not None,
        tuple(warnings),
    )


def _is_sheet(heads: Sequence[str]) -> bool:
    return heads[:1] == ("Key",) and set(SHEET_HEADINGS) <= set(heads)


def _headings(table: Table) -> tuple[str, ...]:
    grid = table.grid()
    return tuple(cell.text if cell is not None else "" for cell in grid[0]) if grid else ()


def _about(pages: Sequence[Paragraph], *, wrapped: bool) -> tuple[str | None, str | None]:
    """The title and date that stand over the line by which our pages name themselves; a title may
    have been ``wrapped`` over lines.
    """
    # In a PDF the lines under a title are taken for small headings, since they are large.
    at = next((n for n, p in enumerate(pages) if p.text == MARK and p.heading != 1), 0)
    over = list(pages[:at])
    date = None
    if over and over[-1].heading != 1 and over[-1].text.startswith(POSITION_AT):
        date = _date(over.pop().text)
    titles = [p.text for p in over if p.heading]
    if wrapped:
        return " ".join(titles) or None, date
    return (titles[-1] if titles else None), date


def _date(words: str) -> str:
    return notation.date_read(words.removeprefix(POSITION_AT).strip().removesuffix("."))


def _notes(table: Table) -> tuple[str | None, str | None] | None:
    """The title and date that our sheet of instructions gives; None for another table."""
    if table.title != layouts.INSTRUCTIONS:
        return None
    said = {}
    for row in table.rows:
        texts = [cell.text.replace("\n", " ") for cell in row.cells if cell.text]
        if len(texts) == 2:
            said[texts[0]] = texts[1]
    date = said.get(POSITION_AT)
    return said.get(layouts.TITLE), notation.date_read(date) if date else None


def _rows(
    table: Table, heads: Sequence[str], *, csv: bool = False, first_group: int = 1
) -> Iterator[Row]:
    group, naming, theme = first_group, None, None
    for number, positions in enumerate(table.grid()[1:], 1):
        cells = {id(cell): cell for cell in positions if cell is not None}
        if tuple(c.text if c else "" for c in positions) == tuple(heads):
            continue  # a heading row repeated by hand or by a page
        whole = next(iter(cells.values()), None)
        if whole is not None and len(cells) == 1 and 1 < len(heads) <= whole.column_span:
            theme = None if whole.text == NO_THEME else whole.text.replace("\n", " ")
            naming = None
            continue
        if not any(cell.text for cell in cells.values()):
            continue
        lines = {
            head: _lines(cell, csv=csv)
            for head, cell in zip(heads, positions, strict=False)
            if cell is not None
        }
        at = positions[1] if len(positions) > 1 else None
        # A blank after a page end is the recommendation above it.
        if at is not None and at is not naming and (at.text or number == 1 or naming is None):
            group, naming = group + 1, at
        here = table.rows[number].place
        left = (table.rows[0].cells[0].place.column or 1) if here.sheet else 1
        places = {head: here.at(column=left + n) for n, head in enumerate(heads)}
        yield Row(lines, here, group, theme, places)


def _sort_csv(rows: Iterable[Row], parts: dict[str, list[Row]]) -> tuple[str | None, str | None]:
    """The rows of the one table that a CSV file has, by what their keys say they are."""
    title = date = None
    for row in rows:
        title = row.maybe(layouts.TITLE) or title
        said = row.maybe(POSITION_AT)
        date = notation.date_read(said) if said else date
        kind = row.line("Key")
        if kind == layouts.STEP:
            names = {
                "Step": "No.",
                "Name": "Recommendation",
                "What happens": "Action",
                "When": "Timescale",
            }
            parts["steps"].append(_renamed(row, names))
        elif kind == layouts.SHORT_FORM:
            parts["short"].append(_renamed(row, {"Short": "No.", "In full": "Recommendation"}))
        elif kind != layouts.TITLE:
            parts["rows"].append(row)
    return title, date


def _renamed(row: Row, names: dict[str, str]) -> Row:
    return replace(row, lines={new: row.lines.get(old, ()) for new, old in names.items()})


def _lines(cell: Cell, *, csv: bool) -> tuple[str, ...]:
    texts = [p.text for p in cell.paragraphs if p.text]
    if csv and texts:
        texts[0] = unguard(texts[0])
    return tuple(texts)


# ---- rows to values ------------------------------------------------------------------------------


def _by_cell(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each recommendation: those that its merged cell reaches."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and groups[-1][0].group == row.group:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _by_key(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of each recommendation by their keys, wherever somebody has sorted them to; rows
    without a key stand with the recommendation whose words they repeat, else by themselves.
    """
    keyed: dict[int, list[tuple[int, Row]]] = {}
    seen: set[tuple[int, int]] = set()
    added: list[Row] = []
    for row in rows:
        key = key_of(row)
        if key is None or key in seen:
            added.append(row)
        else:
            seen.add(key)
            keyed.setdefault(key[0], []).append((key[1], row))
    groups = [
        [row for _, row in sorted(keyed[number], key=lambda pair: pair[0])]
        for number in sorted(keyed)
    ]
    for row in added:
        host = next((g for g in groups if belongs(row, g[0])), None)
        if host is not None:
            host.append(row)
        else:
            groups.append([row])
    return groups


def key_of(row: Row) -> tuple[int, int] | None:
    """The recommendation and action that a row's key counts; None for no key of ours."""
    match = KEY.fullmatch(row.line("Key"))
    return (int(match["rec"]), int(match["act"])) if match else None


def belongs(row: Row, other: Row) -> bool:
    """Whether a row added by hand names the recommendation of another row."""
    number, text = row.line("No."), row.first("Recommendation")
    if number and other.line("No.") and number != other.line("No."):
        return False
    if not text:
        return bool(number) and number == other.line("No.")
    return text == other.first("Recommendation")


def recommendation_of(rows: Sequence[Row], context: Context) -> Recommendation:
    """The recommendation that rows of a sheet make, with their actions."""
    return _recommendation(rows, context, sheet=True)


def _recommendation(rows: Sequence[Row], context: Context, *, sheet: bool) -> Recommendation:
    top = rows[0]
    text = top.first("Recommendation")
    notes = (
        top.lines.get("Recommendation notes", ())
        if sheet
        else top.lines.get("Recommendation", ())[1:]
    )
    said = dict(note.split(": ", 1) for note in notes if ": " in note)
    answer = top.line("Our response") if sheet else said.get("Our response", "")
    return Recommendation(
        text=text,
        number=top.maybe("No."),
        theme=top.maybe("Theme") if sheet else top.theme,
        status=notation.status_read(said.get("Status", "")),
        response=notation.response_read(answer),
        actions=tuple(
            _action(row, number, context, sheet=sheet)
            for number, row in enumerate(rows, 1)
            if row.lines.get("Action")
        ),
        see=notation.see_read(said.get("See", ""), text),
        place=top.place,
    )


def _action(row: Row, number: int, context: Context, *, sheet: bool) -> Action:
    text = row.first("Action")
    notes = row.lines.get("Action notes", ()) if sheet else row.lines["Action"][1:]
    said = dict(note.split(": ", 1) for note in notes if ": " in note)
    # What was typed off line is said of the action, like all that was said before.
    typed = row.line(layouts.DONE)
    progress = (*row.lines.get("Progress", ()), *([typed] if typed else []))
    state, rag, printed = _status(row, sheet=sheet)
    return Action(
        text=text,
        number=row.maybe("Action no."),
        leads=notation.leads_read(row.lines.get("Lead", ()), context),
        timescales=notation.timescales_read(row.lines.get("Timescale", ()), context),
        measures=tuple(Measure(line) for line in row.lines.get("Measure of success", ())),
        status=notation.status_read(state),
        status_text=printed or None,
        rag=layouts.rag_of(rag),
        updates=notation.updates_read(
            [line for line in progress if not line.startswith(notation.EVIDENCE)]
        ),
        evidence=tuple(
            line.removeprefix(notation.EVIDENCE)
            for line in progress
            if line.startswith(notation.EVIDENCE)
        ),
        see=notation.see_read(said.get("See", ""), text),
        confidence="low" if layouts.UNSURE in notes else "high",
        place=row.place.at(item=number),
    )


def _status(row: Row, *, sheet: bool) -> tuple[str, str, str]:
    """The words for status, for colour, and the status as the council printed it."""
    if sheet:
        return row.line("Status"), row.line("RAG"), row.line("Status as printed")
    state, rag, printed = "", "", ""
    for line in row.lines.get("Status", ()):
        if line.startswith("RAG: "):
            rag = line.removeprefix("RAG: ")
        elif line.startswith("Printed: "):
            printed = line.removeprefix("Printed: ")
        else:
            state = line
    return state, rag, printed


def _step(row: Row, context: Context) -> ProcessStep:
    return ProcessStep(
        row.line("Step"),
        row.line("Name"),
        row.line("What happens"),
        notation.timescales_read(row.lines.get("When", ()), context),
        row.place,
    )
