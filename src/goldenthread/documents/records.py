"""A plan's rows as they are meant: what belongs to one recommendation, in the order printed.

Merged cells, section rows, repeated headings, blank cells after flattening and rows cut by a page
end are undone here. Nothing is read into values yet: a record still holds the printed items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goldenthread.documents import contents
from goldenthread.documents.columns import Layout
from goldenthread.documents.keys import key_row, mark_row
from goldenthread.documents.lines import Line, key_matrix, keyed_lines, line_of, matrix_lines
from goldenthread.documents.numbers import (
    bare_number,
    is_ditto,
    is_label_alone,
    is_labelled,
    is_number,
    list_number,
    printed,
    split_number,
    split_title,
)
from goldenthread.errors import Place
from goldenthread.intake import Cell, Table
from goldenthread.plan.wording import fold


@dataclass
class Record:
    """One recommendation as printed, with the rows that answer it."""

    text: str
    number: str | None
    theme: str | None
    place: Place
    lines: list[Line] = field(default_factory=list)
    response: str = ""


@dataclass(frozen=True)
class Dropped:
    """A row that was read and is no part of the plan, so that somebody may look."""

    place: Place
    reason: str


@dataclass
class _Reading:
    """Where the reading of one table stands.

    ``heading`` is the recommendation that the next rows answer where no column holds one.
    """

    layout: Layout
    theme: str | None
    heading: str | None
    current: Record | None
    records: list[Record] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    after_section: bool = False
    numbers_actions: bool = False
    outer: str | None = None

    @property
    def has_recommendation(self) -> bool:
        return bool(self.layout.columns("recommendation"))

    def section(self, words: str) -> None:
        """A title row: a theme, or the recommendation itself where no column holds one.

        Of two title rows together the upper is the theme.
        """
        if self.has_recommendation:
            self.theme = words
        else:
            over = self.heading if self.after_section else self.outer
            self.theme, self.outer = over or self.theme, None
            self.heading = words
        self.current = None
        self.after_section = True

    def says_why(self, words: str) -> bool:
        """Whether a sentence under "Indicator 5: …" tells of it, and is no title itself."""
        over = self.theme if self.has_recommendation else self.heading
        titled = self.after_section and over is not None and is_labelled(over)
        return titled and not is_labelled(words) and words.endswith(".") and " " in words

    def line(self, line: Line) -> None:
        """A row of the plan: it begins a record or goes on with the one before."""
        self.after_section = False
        if "theme" in line.cells:
            self.theme = " ".join(line.text("theme").split()) or self.theme
        if self.numbers_actions and line.number is not None and line.text("action"):
            line.action_number, line.number = line.number, None
        begins = _starts_record(line, self.current, self.has_recommendation)
        if self.current is None or begins:
            number, text = _title(line, None if self.has_recommendation else self.heading)
            self.current = Record(text, number, self.theme, line.place)
            self.records.append(self.current)
        else:
            _go_on(self.current, line)
        if line.number is not None and line.number != self.current.number:
            line.action_number = line.number
        self.current.lines.append(line)
        self.current.response = self.current.response or line.text("response")


def read_records(
    table: Table,
    grid: Sequence[Sequence[Cell | None]],
    layout: Layout,
    *,
    heading: str | None,
    theme: str | None,
    after: Record | None = None,
    outer: str | None = None,
) -> tuple[list[Record], list[Dropped]]:
    """The records of one table, in order, and the rows left out with the reason.

    ``heading`` is the recommendation that a table without a recommendation column answers, and
    ``theme`` the title above it. ``after`` is the last record of the table before, which a table
    without a header may go on with; that record is then extended in place and not returned.
    ``outer`` is the heading over the table, which becomes the theme once the table's own title rows
    give the recommendations.
    """
    reading = _Reading(layout, theme, heading, after)
    reading.numbers_actions = _numbers_actions(grid, layout)
    reading.outer = outer
    header = _words(grid[layout.first_row - 1]) if layout.first_row else []
    opening = _section_over_header(grid, layout) or _over_first_header(grid, layout, header)
    if opening is not None:
        reading.section(opening)
    top = _words(grid[0]) if layout.first_row else []
    header_repeated = False
    last_full = _last_full_row(grid)
    foot = _foot(table, grid, layout)
    for index in range(layout.first_row, len(table.rows)):
        row, positions = table.rows[index], grid[index]
        words = _words(positions)
        header_repeated = header_repeated or words == header
        if not any(words) or words in (header, top):
            continue
        if index >= foot:
            key = key_row(row) is not None or mark_row(row) is not None
            why = "it is a key" if key else "it stands apart, below the plan"
            reading.dropped.append(Dropped(row.place, why))
            continue
        section = _section(positions, layout) or _numbered_section(grid, index, layout)
        section = section or _band(grid, index, layout) or _over_header(grid, index, header)
        if section is not None:
            if _is_note(section) or reading.says_why(section):
                reading.dropped.append(
                    Dropped(row.place, "it says why, or how to fill in the table")
                )
            elif index < last_full:
                reading.section(section)
            else:
                reading.dropped.append(Dropped(row.place, "it stands alone after the last row"))
            continue
        alone = [cell for cell in positions if cell is not None and cell.text]
        lone = len({id(cell) for cell in alone}) == 1
        if key_row(row) is not None or (lone and len(_KEY.findall(alone[0].text)) > 1):
            reading.dropped.append(Dropped(row.place, "it is a key"))
            continue
        if _is_template(positions, layout):
            reading.dropped.append(Dropped(row.place, "its template was not filled in"))
            continue
        repaired = _shifted(positions, grid[index - 1] if index else None, layout)
        doubtful = repaired is not None
        positions = repaired or positions
        line = line_of(row, positions, layout, grid[index - 1] if index else None)
        if line is None:
            reading.dropped.append(Dropped(row.place, "it holds nothing under the plan's headings"))
            continue
        first = index == layout.first_row and after is not None and _new_page(after, line)
        line.cut = line.cut or header_repeated or first
        header_repeated = False
        line.doubtful, line.home = doubtful, row.place
        for each in _meant(line, positions, layout):
            reading.line(each)
    return reading.records, reading.dropped


def _meant(line: Line, positions: Sequence[Cell | None], layout: Layout) -> list[Line]:
    """The lines that a printed row means."""
    if not layout.times:
        return keyed_lines(line)
    return key_matrix(line, positions, layout) or matrix_lines(line, positions, layout)


def _new_page(before: Record, line: Line) -> bool:
    """Whether a line stands on another page than the one that it goes on with."""
    page = before.lines[-1].place.page
    return page is not None and line.place.page is not None and page != line.place.page


def _words(positions: Sequence[Cell | None]) -> list[str]:
    return [fold(cell.text) if cell is not None else "" for cell in positions]


def _section(positions: Sequence[Cell | None], layout: Layout) -> str | None:
    """The words of a row that is a title for the rows under it: one cell across the table."""
    filled = {id(cell): cell for cell in positions if cell is not None and cell.text}
    cells = sorted(filled.values(), key=lambda cell: cell.column)
    if len(cells) == 2 and is_number(cells[0].text) and cells[0].column_span == 1:
        # "2.1 | Language and behaviour", the second cell across the rest of the table.
        rest = layout.width - cells[1].column + 1
        if cells[1].column_span >= max(2, rest) and cells[1].row_span == 1:
            return " ".join(f"{cells[0].text} {cells[1].text}".split())
    if len(cells) != 1 or layout.width < 2:
        return None
    cell = cells[0]
    wide = cell.column_span * 2 > layout.width
    first = cell.column == 1 and cell.row_span == 1 and layout.width > 2
    words = " ".join(printed(paragraph) for paragraph in cell.paragraphs if paragraph.text)
    loud = cell.bold or cell.fill or (cell.text.isupper() and not is_number(cell.text))
    if wide or (first and loud and len(cell.text) > 3):
        return words
    if first and layout.roles.get(1) in ("number", None) and not is_number(cell.text):
        return " ".join(cell.text.split())
    return None


# Rows across a table that say why, or how it is filled in, and are no title of what follows.
_KEY = re.compile(r"\b(?:red|amber|yellow|green|blue|purple|grey|white)\b\s*[:=–—-]", re.IGNORECASE)
_NOTE = re.compile(
    r"^(?:key\s+)?(?:issues?\b|rationale|evidence|background|context|why (?:this|we)|note\b|notes:|"
    r"please\b|guidance|this (?:section|table|template)|what the data|data:|key:|example\b|"
    r"instructions?\b|complete (?:this|the))",
    re.IGNORECASE,
)
_LONGEST_TITLE = 40  # in words


def _is_note(words: str) -> bool:
    return (
        bool(_NOTE.match(words))
        or len(_KEY.findall(words)) > 1
        or len(words.split()) > _LONGEST_TITLE
    )


def _section_over_header(grid: Sequence[Sequence[Cell | None]], layout: Layout) -> str | None:
    """A numbered title row that stands above the header, where the rows below have more of them."""
    body = grid[layout.first_row :]
    titles = [words for row in body if (words := _section(row, layout))]
    if not titles or _section(body[0], layout):
        return None
    for row in reversed(grid[: layout.first_row]):
        words = _section(row, layout)
        if words is None:
            continue
        numbered = all(split_title(title)[0] for title in (words, *titles))
        if _label_of(words) and all(_label_of(title) == _label_of(words) for title in titles):
            return words
        look = _looks(row)
        alike = any(look) and look == _looks(next(r for r in body if _section(r, layout)))
        alike = alike and not layout.columns("recommendation")
        return words if numbered or (alike and row is not grid[0]) else None
    return None


def _over_header(
    grid: Sequence[Sequence[Cell | None]], index: int, header: Sequence[str]
) -> str | None:
    """The words of a row that says one thing just above a repeated header: a title of a section."""
    filled = {id(cell): cell for cell in grid[index] if cell is not None and cell.text}
    below = index + 1 < len(grid) and len([w for w in header if w]) > 2
    if len(filled) != 1 or not below or _words(grid[index + 1]) != list(header):
        return None
    words = next(iter(filled.values())).text
    return None if is_number(words) else " ".join(words.split())


def _over_first_header(
    grid: Sequence[Sequence[Cell | None]], layout: Layout, header: Sequence[str]
) -> str | None:
    """The same above the first header, where a title stands above another one further down."""
    above = layout.first_row - 2
    later = range(layout.first_row, len(grid) - 1)
    if above < 0 or not any(_over_header(grid, index, header) for index in later):
        return None
    return _over_header(grid, above, header)


def _label_of(words: str) -> str:
    """The word before the colon of a title ("Theme: Leadership"); empty where it has none."""
    label, colon, rest = words.partition(":")
    return fold(label) if colon and rest.strip() and len(label.split()) <= 2 else ""


def _looks(positions: Sequence[Cell | None]) -> tuple[str | None, bool]:
    """The colour and weight of a title row."""
    cell = next(cell for cell in positions if cell is not None and cell.text)
    return cell.fill, cell.bold


def _numbers_actions(grid: Sequence[Sequence[Cell | None]], layout: Layout) -> bool:
    """Whether the number column numbers actions: several numbers stand beside one recommendation.

    A row with a recommendation and no action keeps its number, and so does a number whose
    followers extend it (4, then 4.1).
    """
    numbers, wanted = layout.columns("number"), layout.columns("recommendation")
    actions = layout.columns("action")
    if not numbers or not wanted or not actions or (layout.times and not layout.ticked):
        return False
    current, seen = "", list[str]()
    several = 0
    for row in grid[layout.first_row :]:
        number, rec, action = (row[c[0] - 1] for c in (numbers, wanted, actions))
        words = fold(rec.text) if rec is not None else ""
        if words and words != current:
            current, seen = words, []
        if number is None or not number.text or action is None or not action.text:
            continue
        said = number.text.strip().rstrip(".")
        if said not in seen:
            seen.append(said)
            several += len(seen) == 2 and not said.startswith(f"{seen[0]}.")
    return several > 0


def _numbered_section(
    grid: Sequence[Sequence[Cell | None]], index: int, layout: Layout
) -> str | None:
    """A title row that stands under the number and the action: "1.0 Raise awareness", then 1.1."""
    if layout.columns("recommendation") or not layout.columns("number"):
        return None
    number, words, others = _number_and_action(grid[index], layout)
    if number is None or not words or others:
        return None
    for row in grid[index + 1 :]:
        below, _, _ = _number_and_action(row, layout)
        if below is not None:
            stem = re.sub(r"(?:\.0)+$", "", number)
            return f"{number} {words}" if below.startswith(f"{stem}.") else None
    return None


def _number_and_action(
    positions: Sequence[Cell | None], layout: Layout
) -> tuple[str | None, str, bool]:
    """A row's number, the words of its action, and whether anything else is filled."""
    number, words, others = None, "", False
    for column, role in layout.roles.items():
        cell = positions[column - 1]
        if cell is None or not cell.text:
            continue
        if role == "number":
            number = bare_number(cell.text) if is_number(cell.text) else None
        elif role == "action":
            words = " ".join(cell.text.split())
        else:
            others = True
    return number, words, others


_TEMPLATE = re.compile(
    r"^[\[<{(]*\s*(?:click (?:or tap )?here|insert\b|enter (?:text|your|the|action)|"
    r"type (?:here|your)|add (?:action|text|row|further rows)s?\s*(?:here)?|e\.g\.|"
    r"for example|example\s*:|describe the|x{2,}|\.{3,}|lorem ipsum|select (?:from|one)|"
    r"choose an item|action \d+ here|text here)",
    re.IGNORECASE,
)


# "[Action area]", and "Add action" alone: what a form says where somebody should write.
_BLANK = re.compile(
    r"\[\s*[A-Za-z]+(?:\s+[A-Za-z]+){0,3}\s*\]|<\s*[A-Za-z]+(?:\s+[A-Za-z]+){0,3}\s*>"
)
_ADD = re.compile(
    r"(?:insert|add|enter|type) (?:an? |the |your |new )?"
    r"(?:actions?|tasks?|text|names?|leads?|dates?|details|objectives?|rows?)\.?",
    re.IGNORECASE,
)


def is_template(words: str) -> bool:
    """Whether words are those of a template that nobody has filled in.

    >>> is_template("[Insert action here]"), is_template("Add action"), is_template("[Lead]")
    (True, True, True)
    >>> is_template("Insert the clause in every contract")
    False
    """
    text = words.strip()
    if _BLANK.fullmatch(text):
        return True
    match = _TEMPLATE.match(text)
    if match is None:
        return False
    bracketed = text[:1] in "[<{" and text[-1:] in "]>}"
    if re.fullmatch(r"(?:insert|add) .{0,40}\bhere\.?", text, re.IGNORECASE):
        return True
    if _ADD.fullmatch(text):
        return True
    return bracketed or not match.group().lower().startswith(
        ("insert", "add", "for ex", "describe")
    )


def _is_template(positions: Sequence[Cell | None], layout: Layout) -> bool:
    """Whether the row's action, or where it has none all its words, are those of a template."""
    texts = [
        cell.text
        for column in layout.columns("action", "recommendation")
        if (cell := positions[column - 1]) is not None and cell.text
    ]
    return bool(texts) and all(is_template(text) for text in texts)


def _shifted(
    positions: Sequence[Cell | None], above: Sequence[Cell | None] | None, layout: Layout
) -> list[Cell | None] | None:
    """The row with its cells back under their headings, where they slid to the left.

    So rows look whose first cells hung down from above before the merging was lost: the last
    columns are empty, and times and leads stand under other headings. None where the row is right
    as it stands, or no shift makes it so.
    """
    if above is None or layout.times:
        return None
    cells = list(positions)
    empty = 0
    while empty < len(cells) and _blank(cells[-1 - empty]):
        empty += 1
    if not 0 < empty <= 3 or len({id(c) for c in cells if c is not None}) < len(cells) - empty:
        return None
    right = _fit(cells, layout)
    if right >= 0:
        return None
    for by in range(1, empty + 1):
        moved = [*above[:by], *cells[: len(cells) - by]]
        if _fit([None] * by + moved[by:], layout) >= 2:
            return moved
    return None


def _blank(cell: Cell | None) -> bool:
    return cell is None or not cell.text


def _fit(positions: Sequence[Cell | None], layout: Layout) -> int:
    """How many times and leads stand under their headings, less those that stand elsewhere."""
    score = 0
    for column, cell in enumerate(positions, 1):
        if cell is None or not cell.text or len(cell.text) > 120:
            continue
        role = layout.roles.get(column)
        time, lead = contents.is_time(cell.text), contents.is_lead(cell.text)
        if role == "timescale":
            score += 1 if time else -2
        elif role == "lead":
            score += 1 if lead else -1
        elif role in ("action", "recommendation"):
            score -= 2 * (time or lead)
    return score


def _last_full_row(grid: Sequence[Sequence[Cell | None]]) -> int:
    """The index of the last row with more than one filled cell: titles after it head nothing."""
    for index in range(len(grid) - 1, -1, -1):
        if len({id(cell) for cell in grid[index] if cell is not None and cell.text}) > 1:
            return index
    return -1


def _foot(table: Table, grid: Sequence[Sequence[Cell | None]], layout: Layout) -> int:
    """The index of the first row of what stands below a plan, after a blank row: notes and keys.

    Every row there fills two cells at most, where the plan's own rows mostly fill more.
    """
    filled = [len({id(c) for c in row if c is not None and c.text}) for row in grid]
    foot = len(grid)
    for index in range(len(grid) - 1, layout.first_row, -1):
        if filled[index] > 2:
            break
        row, above = table.rows[index].place.row, table.rows[index - 1].place.row
        gap = row is not None and above is not None and row > above + 1
        if filled[index] and (gap or not filled[index - 1]):
            foot = index
    body = sorted(count for count in filled[layout.first_row : foot] if count)
    return foot if body and body[len(body) // 2] > 2 else len(grid)


def _band(grid: Sequence[Sequence[Cell | None]], index: int, layout: Layout) -> str | None:
    """The words of a row that holds a title alone, in whichever column it was put.

    A numbered label ("Aim 2. …") is one wherever it stands; other words are where the rows of the
    plan have numbers and this one has none.
    """
    positions = grid[index]
    filled = {id(cell): cell for cell in positions if cell is not None and cell.text}
    if len(filled) != 1 or layout.width < 3 or layout.times:
        return None
    cell = next(iter(filled.values()))
    words = " ".join(cell.text.split())
    role = layout.roles.get(cell.column)
    if role not in ("action", "recommendation", "number", None) or len(words.split()) > 25:
        return None
    if is_labelled(words) and not is_label_alone(words):
        return words
    numbers = layout.columns("number")
    if role != "action" or not numbers or layout.columns("recommendation"):
        return None
    column = numbers[0] - 1
    said = [row[column] for row in grid[layout.first_row :]]
    numbered = sum(1 for c in said if c is not None and c.text)
    below = grid[index + 1][column] if index + 1 < len(grid) else None
    follows = below is not None and bool(below.text)
    own = words[0].isupper() and not words.endswith((".", ";"))
    return words if own and follows and numbered * 3 >= len(said) * 2 else None


def _starts_record(line: Line, current: Record | None, has_recommendation: bool) -> bool:
    if current is None:
        return True
    if not has_recommendation:
        return False
    if line.has("recommendation") and not is_ditto(line.text("recommendation")):
        same = fold(line.text("recommendation")) == fold(current.text)
        if same and (line.number is None or line.number == current.number):
            return False
        cut_sentence = (
            line.number is None and line.cut and _goes_on(current.text, line.text("recommendation"))
        )
        return not cut_sentence
    return line.number is not None and "recommendation" in line.fresh and not line.has("action")


def _goes_on(before: str, after: str) -> bool:
    """Whether ``after`` goes on with the sentence that ``before`` leaves unfinished."""
    if not before or not after:
        return False
    return after[0].islower() or (before.rstrip()[-1] in ",;–—-/(&" and not after[0].isdigit())


def _title(line: Line, heading: str | None) -> tuple[str | None, str]:
    """The number and the words of the recommendation that a line begins."""
    if heading is not None:
        return split_title(heading)
    number, text = line.number, line.text("recommendation")
    inner, rest = split_number(text)
    if inner is None and number is None:
        opening = next((p for p in line.paragraphs("recommendation") if p.text), None)
        number = list_number(opening) if opening is not None else None
    if inner is not None and (number is None or number == inner):
        return inner, rest
    return number, text


def _go_on(record: Record, line: Line) -> None:
    """Join to the record what a row cut by a page end says of its recommendation."""
    words = line.text("recommendation")
    if line.has("recommendation") and not is_ditto(words) and fold(words) != fold(record.text):
        record.text = f"{record.text} {line.text('recommendation')}"
