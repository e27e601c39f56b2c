"""A council's document in, a draft of its plan out: words kept, places kept, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from goldenthread import intake
from goldenthread.documents import dates, exact, keys, prose, schema
from goldenthread.documents.account import Account, unread_words
from goldenthread.documents.between import read_between
from goldenthread.documents.columns import Layout, is_no_plan_title, recognise
from goldenthread.documents.draft import PlanDraft, ReadingWarning
from goldenthread.documents.habits import Habits
from goldenthread.documents.headings import Role, exact_role
from goldenthread.documents.labels import is_card
from goldenthread.documents.numbers import is_label_alone, is_labelled, printed
from goldenthread.documents.outline import date_for_all, read_outline
from goldenthread.documents.records import Record, read_records
from goldenthread.documents.values import Reader, is_coloured, is_marked
from goldenthread.errors import Unreadable
from goldenthread.intake import Cell, Document, Paragraph, Table
from goldenthread.plan import Plan, Recommendation
from goldenthread.plan.abbreviations import find_abbreviations

NO_HABITS = Habits()
_TIMES: tuple[Role, ...] = ("timescale", "start", "end")
Grid = list[list[Cell | None]]
Progress = Callable[[int], None]


@dataclass(eq=False)
class _PlanTable:
    """A table that holds a plan, and what stands over it."""

    table: Table
    grid: Grid
    layout: Layout
    headings: list[str]
    goes_on: bool
    texts: list[str] = field(default_factory=list)


def read_plan(
    file: str | Path,
    dated: date | None = None,
    progress: Progress | None = None,
    habits: Habits = NO_HABITS,
) -> PlanDraft:
    """The plan that a document holds, as a draft with everything that a person should look at.

    ``dated`` is the document's date where the document does not print one; a printed date wins.
    Nothing is counted from today. ``habits`` is what has been confirmed of the council's documents;
    a warning names every one that was used. Reads .docx, .odt, .html, .xlsx, .csv, .pdf and text.

    Raises ``Unsafe`` for a file that must not be opened (macros, an outside entity, a bomb, over
    a limit) and ``Unreadable`` for one that cannot be read or holds no plan, recommendation or
    process step.

    >>> from goldenthread.example_data import example
    >>> draft = read_plan(example("plan.docx"))
    >>> draft.plan.recommendations[0].actions[0].leads[0].text
    'Chief Executive'
    """
    written = schema.read_file(Path(file))
    return written or draft_from(intake.read(file, progress=progress), dated, habits)


def draft_from(
    document: Document, dated: date | None = None, habits: Habits = NO_HABITS
) -> PlanDraft:
    """The same for a document that has already been read."""
    ours = exact.read(document)
    if ours is not None:
        return ours
    tables, warnings = _plan_tables(document, habits)
    outside = _outside(document, tables)
    title = _title(document)
    setting = dates.find_setting([title, *outside] if title else outside)
    defined = _definitions(document, tables)
    setting = replace(setting, phases=dates.find_phases(defined))
    years = dates.find_plan_years([*outside, *defined])
    if years is not None:
        end = years[1] or (setting.plan_end if setting.plan_start == years[0] else None)
        setting = replace(setting, plan_start=years[0], plan_end=end)
    dating = dates.find_date(outside, _timescale_words(tables), dated)
    reader = Reader(
        setting=setting,
        key=keys.read_key(document).with_habits(habits.statuses, habits.colours),
        abbreviations=find_abbreviations([p.text for p in document.paragraphs() if p.text]),
        dated=dating.day,
        warnings=warnings,
        habits=habits,
    )
    reader.for_all = date_for_all(outside)
    recommendations = _read_tables(tables, reader, title)
    if recommendations:
        recommendations = _with_sections(document, tables, recommendations, reader, title)
    steps = prose.read_steps(document.blocks, dating.day, setting)
    if not recommendations:
        recommendations = _read_outline(document, reader, title)
    if not recommendations:
        recommendations = prose.read_recommendations(document.blocks)
    reader.say_habits()
    if not recommendations and not steps:
        raise Unreadable(
            "No plan was found in this file: no table with actions or recommendations, and no "
            "numbered list that is called recommendations or steps.",
            do="Check that it is the right file. A plan's table needs headings such as "
            "Recommendation, Action, Timescale and Lead.",
            file=document.file,
        )
    if dating.basis == "none" and any(
        a.code == "year_inferred" or not t.end
        for rec in recommendations
        for action in rec.actions
        for t in action.timescales
        for a in t.assumed
    ):
        warnings.append(
            ReadingWarning(
                "no_date",
                "The document prints no date of its own, so dates without a year were left open. "
                "Give its date to have them read.",
            )
        )
    left_out = [ReadingWarning(left.code, left.message, left.place) for left in document.left_out]
    if document.recognised:
        recommendations = [_doubted(each) for each in recommendations]
    return PlanDraft(
        plan=Plan(
            title=title,
            document_date=dating.printed,
            recommendations=tuple(recommendations),
            process_steps=tuple(steps),
            abbreviations=reader.abbreviations,
        ),
        file=document.file,
        format=document.format,
        sha256=document.sha256,
        document_date_basis=dating.basis,
        warnings=tuple(left_out + warnings),
        printed=tuple(reader.printed),
    )


def _plan_tables(
    document: Document, habits: Habits
) -> tuple[list[_PlanTable], list[ReadingWarning]]:
    """The tables that hold a plan with the headings over each; warnings for the others."""
    found: list[_PlanTable] = []
    roles = habits.roles()
    warnings: list[ReadingWarning] = []
    over = _Headings()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            over.pass_by(block)
            continue
        grid = block.grid()
        layout = None if is_card(block) else recognise(block, grid, roles)
        if is_no_plan_title(over.nearest, sheet=False):
            warnings.append(_unread(block))
            continue
        goes_on = False
        if layout is None and found and block.width > 2 and not is_card(block):
            previous = found[-1].layout
            same = replace(previous, first_row=0) if previous.width == block.width else None
            layout = same or previous.in_order(block.width)
            goes_on = layout is not None and not over.new
        elif layout is not None and found and layout.headings == found[-1].layout.headings:
            goes_on = _begins_in_the_middle(grid, layout)
        if layout is not None and found and not over.new and over.nearest:
            # Another table under the heading that both answer.
            both = (layout, found[-1].layout)
            goes_on = goes_on or not any(each.columns("recommendation") for each in both)
        if layout is None:
            if not is_card(block):
                warnings.append(_unread(block))
        else:
            found.append(_PlanTable(block, grid, layout, over.words(), goes_on, over.texts))
            over.new, over.texts = False, []
            for column in sorted(layout.confirmed):
                warnings.append(_confirmed(block, layout, column))
            for column, words in layout.ignored():
                warnings.append(
                    ReadingWarning(
                        "unread_column",
                        f"The column “{words}” was not read into the plan.",
                        block.place.at(column=column),
                    )
                )
    return found, warnings


@dataclass
class _Headings:
    """The headings that a place stands under, from the widest to the nearest.

    ``texts`` holds the paragraphs since the nearest one; ``new`` is true from a heading, or words
    that might introduce another table, until the next plan table.
    """

    stack: list[tuple[int, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    new: bool = False
    after_heading: bool = False

    @property
    def nearest(self) -> str:
        return self.stack[-1][1] if self.stack else ""

    def words(self) -> list[str]:
        """The headings from the widest to the nearest."""
        return [words for _, words in self.stack]

    def pass_by(self, paragraph: Paragraph) -> None:
        """Take note of one paragraph on the way."""
        if not paragraph.text.strip():
            return
        if not _is_heading(paragraph):
            self.texts.append(" ".join(paragraph.text.split()))
            self.after_heading = False
            return
        level = paragraph.heading or 10
        if paragraph.heading is None and self.after_heading and self.stack:
            # Of two bold lines together the upper is the wider.
            level = max(level, self.stack[-1][0] + 1)
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        self.stack.append((level, printed(paragraph)))
        self.texts, self.new, self.after_heading = [], True, True


def _confirmed(table: Table, layout: Layout, column: int) -> ReadingWarning:
    role = layout.roles.get(column, "other")
    how = "left out" if role == "other" else f"read as the column of the {role}"
    return ReadingWarning(
        "habit",
        f"“{layout.headings[column]}” was {how}: a habit confirmed before.",
        table.place.at(column=column),
    )


def _begins_in_the_middle(grid: Grid, layout: Layout) -> bool:
    """Whether the first row under a repeated header has neither number nor recommendation."""
    columns = layout.columns("number", "recommendation")
    if not columns or layout.first_row >= len(grid):
        return False
    row = grid[layout.first_row]
    return not any(cell is not None and cell.text for cell in (row[c - 1] for c in columns))


def _unread(table: Table) -> ReadingWarning:
    name = f" “{table.title}”" if table.title else ""
    rows = len(table.rows)
    return ReadingWarning(
        "unread_table",
        f"A table{name} of {rows} row{'s' if rows != 1 else ''} was not read: its headings are "
        "not those of a plan.",
        table.place,
    )


def _is_heading(paragraph: Paragraph) -> bool:
    words = paragraph.text.split()
    return bool(words) and (
        paragraph.heading is not None
        or (paragraph.bold and len(words) <= 20 and paragraph.list_level is None)
    )


def _outside(document: Document, tables: Sequence[_PlanTable]) -> list[str]:
    """The document's words outside the plan's own rows, in order: where it dates itself."""
    first_rows = {id(t.table): t.layout.first_row for t in tables}
    texts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif id(block) in first_rows:
            for row in block.rows[: first_rows[id(block)]]:
                texts += [cell.text for cell in row.cells if cell.column_span > 1]
                texts += [cell.text for cell in row.cells[:1] if cell.column_span == 1]
        else:
            # A line of a sheet that holds no plan, such as “As at 2 May 2025” on its cover.
            lines = ([cell.text for cell in row.cells if cell.text] for row in block.rows[:20])
            texts += [words[0] for words in lines if len(words) == 1 and len(words[0]) < 80]
    return [" ".join(text.split()) for text in texts if text.strip()]


def _definitions(document: Document, tables: Sequence[_PlanTable]) -> list[str]:
    """The paragraphs outside tables, and the rows of tables that are no plan, each as one text."""
    plans = {id(t.table): t.layout.first_row for t in tables}
    texts = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
            continue
        first = plans.get(id(block), len(block.rows))
        if first <= 12:
            rows = [row for row in block.rows[:first] if len(row.cells) <= 3]
            texts += [" ".join(cell.text for cell in row.cells) for row in rows]
    return texts


def _title(document: Document) -> str | None:
    """The document's title: its first heading, or else its first line."""
    first: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text and block.heading is not None:
                return " ".join(block.text.split())
            first = first or " ".join(block.text.split()) or None
        else:
            wide = [
                cell.text
                for row in block.rows[:1]
                for cell in row.cells
                if cell.column_span == block.width > 1 and cell.text
            ]
            return first or (" ".join(wide[0].split()) if wide else None)
    return first


def _timescale_words(tables: Sequence[_PlanTable]) -> list[str]:
    """The different wordings of the plan's timescales, in order."""
    words: dict[str, None] = {}
    for plan_table in tables:
        for column in plan_table.layout.columns("timescale", "end"):
            for row in plan_table.grid[plan_table.layout.first_row :]:
                cell = row[column - 1]
                if cell is not None:
                    words |= dict.fromkeys(p.text for p in cell.paragraphs if p.text)
    return list(words)


def _read_tables(
    tables: Sequence[_PlanTable], reader: Reader, title: str | None
) -> list[Recommendation]:
    records: list[tuple[Record, _PlanTable]] = []
    account = Account()
    many = len({t.table.title for t in tables if t.table.title}) > 1
    for plan_table in tables:
        theme, heading = _over(plan_table, title, many)
        after = records[-1][0] if plan_table.goes_on and records else None
        found, dropped = read_records(
            plan_table.table,
            plan_table.grid,
            plan_table.layout,
            heading=heading,
            theme=theme if after is None else after.theme,
            after=after,
            outer=next((h for h in reversed(plan_table.headings) if h != title), None),
        )
        records += [(record, plan_table) for record in found]
        account.dropped |= {row.place for row in dropped}
        reader.warnings += [
            ReadingWarning("dropped_row", f"A row was left out: {row.reason}.", row.place)
            for row in dropped
        ]
    recommendations = []
    for plan_table, group in groupby(records, key=lambda pair: pair[1]):
        layout = plan_table.layout
        reader.has_timescales = layout.tells_when
        reader.has_status = bool(layout.columns("status"))
        body = plan_table.grid[layout.first_row :]
        reader.coloured = not reader.has_status and is_coloured(body, reader.key)
        reader.marked = reader.coloured or is_marked(
            [
                cell
                for column in layout.columns("status")
                for row in plan_table.grid[layout.first_row :]
                if (cell := row[column - 1]) is not None
            ]
        )
        for record, _ in group:
            recommendations.append(reader.recommendation(record))
            account.add(record, recommendations[-1])
    for plan_table in tables:
        reader.warnings += unread_words(
            plan_table.table, plan_table.grid, plan_table.layout, account
        )
    return recommendations


def _nearest(headings: list[str], *, numbered: bool) -> str | None:
    """The nearest heading that says more than what a column is called ("How we will do it").

    With ``numbered``, for a table that answers it, "Objective 1: …" comes before any under it.
    """
    for heading in reversed(headings if numbered else []):
        if is_labelled(heading):
            return heading
    named = [h for h in headings if exact_role(h) is None]
    return named[-1] if named else (headings[-1] if headings else None)


def _completed(headings: list[str], texts: list[str]) -> list[str]:
    """The headings, the last with the words under it where it is only a label ("Objective 1")."""
    if not headings or not texts or not is_label_alone(headings[-1]):
        return headings
    return [*headings[:-1], f"{headings[-1].rstrip(' :.–—-')}: {texts[0]}"]


def _read_outline(document: Document, reader: Reader, title: str | None) -> list[Recommendation]:
    """The recommendations of a plan that stands in headings, labelled paragraphs and lists."""
    outline = read_outline(document.blocks, title)
    found = _read_records(outline.records, reader)
    if found and outline.unread:
        many = outline.unread != 1
        reader.warnings.append(
            ReadingWarning(
                "unread_text",
                f"{outline.unread} paragraph{'s' if many else ''} between the actions only "
                f"explain{'' if many else 's'} and {'were' if many else 'was'} not read into the "
                "plan.",
            )
        )
    return found


def _read_records(records: Sequence[Record], reader: Reader) -> list[Recommendation]:
    """The recommendations of records that stand in no table."""
    reader.has_status = any(line.has("status") for rec in records for line in rec.lines)
    reader.dashed, reader.coloured, reader.marked = True, False, False
    found = []
    for record in records:
        for line in record.lines:
            reader.has_timescales = any(line.has(role) for role in _TIMES)
            reader.no_leads = True
        found.append(reader.recommendation(record))
    return found


def _with_sections(
    document: Document,
    tables: Sequence[_PlanTable],
    recommendations: list[Recommendation],
    reader: Reader,
    title: str | None,
) -> list[Recommendation]:
    """The recommendations of the tables with those that stand between them, in printed order."""
    mine = {id(t.table) for t in tables}
    at = {n: block.place.table for n, block in enumerate(document.blocks) if id(block) in mine}
    between = read_between(document.blocks, at, title)
    if between.unread:
        many = between.unread != 1
        reader.warnings.append(
            ReadingWarning(
                "unread_text",
                f"{between.unread} paragraph{'s' if many else ''} outside the plan's tables "
                f"look{'' if many else 's'} like part{'s' if many else ''} of it and "
                f"{'were' if many else 'was'} not read.",
            )
        )
    if not between.records:
        return recommendations
    where = {table: n for n, table in at.items()}
    read = _read_records([record for _, record in between.records], reader)
    placed = [(where.get(rec.place.table, 0), rec) for rec in recommendations]
    placed += [(n, rec) for (n, _), rec in zip(between.records, read, strict=True)]
    return [rec for _, rec in sorted(placed, key=lambda pair: pair[0])]


def _over(plan_table: _PlanTable, title: str | None, many: bool) -> tuple[str | None, str | None]:
    """The theme that stands over a table, and the recommendation where it has no column for one."""
    headings = [h for h in plan_table.headings if h != title]
    headings = _completed(headings, plan_table.texts)
    answers = not plan_table.layout.columns("recommendation")
    nearest = _nearest(headings, numbered=answers)
    theme = nearest
    if theme is None and many:
        theme = plan_table.table.title
    if plan_table.layout.columns("recommendation"):
        return theme, None
    heading = nearest or plan_table.table.title or title or ""
    at = headings.index(nearest) if nearest in headings else 0
    above = headings[at - 1] if at > 0 else (plan_table.table.title if many else None)
    return above, heading


def _doubted(recommendation: Recommendation) -> Recommendation:
    """The same, each action marked as uncertain: a program saw its words on a picture."""
    actions = tuple(replace(action, confidence="low") for action in recommendation.actions)
    return replace(recommendation, actions=actions)
