"""Reads plain text and Markdown: paragraphs, lists, headings, and tables with tabs or pipes.

In a table with tabs one line is one record. Where the page of the document it was copied from
ended, a blank line cuts the record in two, and the second half begins with empty cells. Rows are
given back as printed: whoever knows what the columns mean joins them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from goldenthread.errors import Place, Unreadable
from goldenthread.intake import markup
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Row, Table
from goldenthread.intake.encoding import decode
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.markers import BULLETS, Depth, opening

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})\s*$")
_RULE_CELL = re.compile(r":?-+:?")
_TABBED_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\t|$)|([^\t]*)', re.DOTALL)
_QUOTED_LINES = 200  # a quoted cell that has not closed by then was a stray quotation mark


def read(file: BinaryIO, limits: Limits) -> Iterator[Paragraph | Table | LeftOut]:
    """The paragraphs and tables of a text file, in the order in which they stand.

    Paragraphs count from 1 through the file, tables too; ``Place.page`` is known only where form
    feeds part the pages. Blank lines between paragraphs are not given back, blank paragraphs
    between tags in a cell are.

    Raises Unreadable for an empty file or bytes that are no text, Unsafe past a limit.

    >>> import io
    >>> file = io.BytesIO("Our plan\\n\\nNo.\\tAction\\n1\\t• Publish • Report\\n".encode())
    >>> title, table = read(file, Limits())
    >>> table.rows[1].cells[1].paragraphs[1].text
    'Report'
    """
    content = file.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        raise too_much("bytes", limits.file_bytes)
    words, note = decode(content)
    if not words.strip():
        raise Unreadable("The file is empty.", do="Check that you chose the right file.")
    if note is not None:
        yield note
    lines = _lines(words)
    width = _wrap_width(lines)
    tables, paragraphs = itertools.count(1), itertools.count(1)
    at = 0
    reader = _Body(width)
    while at < len(lines):
        if _pipe_table_ends(lines, at):
            end = _pipe_table_ends(lines, at)
            found: Table | None = _pipe_table(lines[at:end], limits)
        elif "\t" in lines[at].words:
            end = _tabbed_region_ends(lines, at)
            found = _tabbed_table(lines[at:end], limits)
        else:
            end, found = at + 1, None
        if found is not None:
            yield from _numbered(reader.end(), paragraphs)
            yield _placed(found, next(tables))
        else:
            for line in lines[at:end]:
                yield from _numbered(reader.line(line), paragraphs)
        at = end
    yield from _numbered(reader.end(), paragraphs)


@dataclass(frozen=True)
class _Line:
    """A line, or several where a quoted cell runs on; ``page`` is None without form feeds."""

    words: str
    page: int | None = None
    new_page: bool = False

    @property
    def blank(self) -> bool:
        return not self.words.strip(" \u00a0")


def _lines(words: str) -> list[_Line]:
    pages = words.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    lines = []
    for number, page in enumerate(pages, start=1):
        split = page.split("\n")
        at = 0
        while at < len(split):
            taken = _quoted_lines(split, at)
            lines.append(
                _Line(
                    "\n".join(split[at : at + taken]),
                    page=number if len(pages) > 1 else None,
                    new_page=number > 1 and at == 0,
                )
            )
            at += taken
    return lines


def _quoted_lines(lines: list[str], at: int) -> int:
    """How many lines the record that begins here takes, when a quoted cell runs over lines."""
    line = lines[at]
    if "\t" not in line or not re.search(r'(?:^|\t)"(?:[^"]|"")*$', line):
        return 1
    for taken in range(1, min(_QUOTED_LINES, len(lines) - at)):
        if re.match(r'(?:[^"]|"")*"(?:\t|$)', lines[at + taken]):
            return taken + 1
    return 1


# --- tables with tabs ---------------------------------------------------------------------------


def _cells(line: str) -> list[str]:
    cells, at = [], 0
    while at <= len(line):
        found = _TABBED_CELL.match(line, at)
        assert found is not None  # noqa: S101  the second half matches nothing at all
        cells.append(found[1].replace('""', '"') if found[1] is not None else found[2])
        at = found.end() + 1
    return cells


def _goes_on(words: str) -> bool:
    """Whether words read as the rest of something: lower case, a bullet or a tag to begin with."""
    words = words.strip()
    return bool(words) and (words[0].islower() or words[0] in BULLETS + "-–" or words[0] == "<")


def _tabbed_region_ends(lines: list[_Line], start: int) -> int:
    """Where the run of tabbed lines from ``start`` ends; it may hold blank lines."""
    end = at = start
    while at < len(lines):
        line = lines[at]
        if "\t" in line.words:
            end = at + 1
        elif not line.blank:
            touching = at == end
            if not (touching and _goes_on(line.words)) and not (
                _goes_on(line.words) and _tab_follows(lines, at)
            ):
                break
            end = at + 1
        at += 1
    return end


def _tab_follows(lines: list[_Line], at: int) -> bool:
    following = (line for line in lines[at + 1 : at + 10] if not line.blank)
    return "\t" in next(following, _Line("")).words


def _tabbed_table(lines: list[_Line], limits: Limits) -> Table | None:
    """The table in these lines, or None where the tabs only indent or stand after list marks."""
    records = _records(lines)
    width = max(len(record.cells) for record in records)
    if len([r for r in records if sum(bool(c.strip()) for c in r.cells) > 1]) < 2:
        return None
    if width == 2 and all(_only_marks(record.cells) for record in records):
        return None
    if len(records) > limits.rows:
        raise too_much("rows", limits.rows)
    if width > limits.columns:
        raise too_much("columns", limits.columns)
    if len(records) * width > limits.cells:
        raise too_much("cells", limits.cells)
    # Where most rows stand apart, a blank line is the author's habit and not the end of a page.
    gaps = sum(record.after_gap for record in records)
    habit = gaps > len(records) / 2
    rows = []
    for record in records:
        cells = record.cells + [""] * (width - len(record.cells))
        rows.append(
            Row(
                tuple(Cell(n, markup.paragraphs(c)) for n, c in enumerate(cells, start=1)),
                after_page_break=record.new_page or (record.after_gap and not habit),
                place=Place(page=record.page),
            )
        )
    return Table(tuple(rows), place=Place(page=records[0].page))


@dataclass
class _Record:
    cells: list[str]
    page: int | None = None
    after_gap: bool = False
    new_page: bool = False


def _records(lines: list[_Line]) -> list[_Record]:
    """One record for each tabbed line; lines without tabs go on with the cell before them."""
    width = max(line.words.count("\t") for line in lines) + 1
    records: list[_Record] = []
    gap = new_page = False
    for line in lines:
        new_page = new_page or line.new_page
        if line.blank:
            gap = bool(records)
            continue
        cells = _cells(line.words)
        last = records[-1] if records else None
        torn = (
            last is not None
            and _goes_on(cells[0])
            and (len(cells) == 1 or len(last.cells) + len(cells) - 1 <= width)
        )
        if last is None or not torn:
            records.append(_Record(cells, line.page, gap, new_page and bool(records)))
        elif gap or new_page:
            # The rest of a record that a page end has cut stands under the cell it was cut in.
            column = _last_filled(last.cells)
            records.append(_Record([""] * column + cells, line.page, True, new_page))
        else:
            last.cells[-1] += "\n" + cells[0]
            last.cells.extend(cells[1:])
        gap = new_page = False
    return records


def _last_filled(cells: list[str]) -> int:
    return max((n for n, cell in enumerate(cells) if cell.strip()), default=0)


def _only_marks(cells: list[str]) -> bool:
    return len(cells) == 2 and opening(" ".join(cells)) is not None and len(cells[0].strip()) < 8


# --- tables with pipes --------------------------------------------------------------------------


def _pipe_table_ends(lines: list[_Line], start: int) -> int:
    """Where the pipe table that begins at ``start`` ends, 0 when none begins here."""

    def piped(at: int) -> bool:
        return at < len(lines) and "|" in lines[at].words

    def boxed(at: int) -> bool:
        words = lines[at].words.strip() if at < len(lines) else ""
        return len(words) > 2 and words.startswith("|") and words.endswith("|")

    ruled = piped(start) and piped(start + 1) and _is_pipe_rule(lines[start + 1].words)
    if not ruled and not (boxed(start) and boxed(start + 1)):
        return 0
    end = start
    while piped(end):
        end += 1
    return end


def _is_pipe_rule(words: str) -> bool:
    """Whether a line only parts the heads of a pipe table from its rows: "|---|:--:|"."""
    cells = words.strip().strip("|").split("|")
    return all(_RULE_CELL.fullmatch(cell.strip()) for cell in cells)


def _pipe_table(lines: list[_Line], limits: Limits) -> Table:
    if len(lines) > limits.rows:
        raise too_much("rows", limits.rows)
    rules = [n for n, line in enumerate(lines) if _is_pipe_rule(line.words)]
    rows = []
    for number, line in enumerate(lines):
        if number in rules:
            continue
        words = line.words.strip().removeprefix("|")
        if words.endswith("|") and not words.endswith("\\|"):
            words = words[:-1]
        cells = [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", words)]
        rows.append(
            Row(
                tuple(Cell(n, markup.paragraphs(c)) for n, c in enumerate(cells, start=1)),
                header=bool(rules) and number < rules[0],
                place=Place(page=line.page),
            )
        )
    return Table(tuple(rows), place=Place(page=lines[0].page))


def _placed(table: Table, number: int) -> Table:
    """The table with every row, cell and paragraph knowing where it stands."""
    rows = []
    for r, row in enumerate(table.rows, start=1):
        at = row.place.at(table=number, row=r)
        cells = []
        for cell in row.cells:
            here = at.at(column=cell.column)
            cells.append(
                replace(
                    cell,
                    place=here,
                    bold=bool(cell.paragraphs) and all(p.bold for p in cell.paragraphs if p.text),
                    paragraphs=tuple(replace(p, place=here) for p in cell.paragraphs),
                )
            )
        rows.append(replace(row, cells=tuple(cells), place=at))
    return replace(table, rows=tuple(rows), place=table.place.at(table=number))


# --- paragraphs ---------------------------------------------------------------------------------


def _wrap_width(lines: list[_Line]) -> int | None:
    """The width at which the author's lines were wrapped, None when a line is a paragraph."""
    lengths = [len(line.words) for line in lines if "\t" not in line.words]
    longest = max(lengths, default=0)
    if not 50 <= longest <= 130 or sum(length > longest * 0.8 for length in lengths) < 4:
        return None
    return longest


# "Deadline: 30 September": a line of a form, however full the line above it is.
_LABELLED = re.compile(r"\s*[A-Z][\w’'/&()-]*(?: [\w’'/&()-]+){0,3}\??:(?:\s|$)")


@dataclass
class _Body:
    """Gathers body lines into paragraphs, items and headings."""

    _wrap: int | None
    _held: list[_Line] = field(default_factory=list)
    _depth: Depth = field(default_factory=Depth)

    def line(self, line: _Line) -> Iterator[Paragraph]:
        heading = _HEADING.match(line.words)
        if not line.words.strip():
            yield from self.end()
        elif heading and heading[2].strip("#* "):
            yield from self.end()
            self._depth.close()
            plain = markup.styled(heading[2].rstrip().rstrip("#"))
            yield replace(plain, heading=len(heading[1]), bold=False, bold_lead=None)
        elif _UNDERLINE.match(line.words):
            underlined, self._held = self._held, []
            for paragraph in self._paragraphs(underlined):
                level = 1 if line.words.strip()[0] == "=" else 2
                alone = len(underlined) == 1 and paragraph.list_level is None
                yield replace(paragraph, heading=level if alone else None)
        else:
            if self._held and not self._continues(line):
                yield from self.end()
            self._held.append(line)

    def _continues(self, line: _Line) -> bool:
        """Whether a line goes on with the paragraph above: it would have fitted there otherwise."""
        last = self._held[-1].words
        if opening(line.words) is not None or markup.has_markup(line.words):
            return False
        if _LABELLED.match(line.words):
            return False
        indented = len(line.words) - len(line.words.lstrip()) >= 2
        if indented and opening(self._held[0].words) is not None:
            return True
        first = line.words.split()[0]
        # The margin may stand a little beyond the longest line.
        return self._wrap is not None and len(last.rstrip()) + len(first) + 3 > self._wrap

    def end(self) -> Iterator[Paragraph]:
        held, self._held = self._held, []
        yield from self._paragraphs(held)

    def _paragraphs(self, held: list[_Line]) -> Iterator[Paragraph]:
        if not held:
            return
        words = "\n".join(line.words for line in held)
        place = Place(page=held[0].page)
        if markup.has_markup(words):
            for paragraph in markup.paragraphs(words):
                yield replace(paragraph, place=place)
            return
        words = words.replace("\n", " ").replace("\t", " ")
        begun = opening(words)
        if begun is None:
            self._depth.close()
            if words.strip(" *_-="):
                yield replace(markup.styled(words), place=place)
            return
        level = self._depth.of(begun.kind, len(words) - len(words.lstrip()))
        item = markup.styled(begun.rest, list_level=level, marker=begun.marker)
        yield replace(item, place=place)


def _numbered(found: Iterator[Paragraph], numbers: Iterator[int]) -> Iterator[Paragraph]:
    for paragraph in found:
        yield replace(paragraph, place=paragraph.place.at(paragraph=next(numbers)))
