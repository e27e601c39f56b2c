"""Blocks from a tagged PDF: the structure says what belongs together, the page says the rest.

Colours and pages of rows come from where the words stand; so do line breaks inside a paragraph,
which tags do not tell from a line that was full.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from goldenthread.errors import Place
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Row, Table
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.markers import opening
from goldenthread.intake.pdf.page import Piece, Sheet, is_coloured
from goldenthread.intake.pdf.part import Part
from goldenthread.intake.pdf.tags import Leaf, Node
from goldenthread.intake.words import BULLET, tidy

_HEADING = re.compile(r"H([1-6])$")
_ASIDE = {
    "Figure": ("picture", "A picture was left out."),
    "Formula": ("picture", "A formula was left out."),
    "Note": ("footnote", "A footnote or endnote was left out."),
    "FENote": ("footnote", "A footnote or endnote was left out."),
    "Annot": ("comment", "A comment was left out."),
}
_WIDEST_PADDING = 8.0  # points
_BLOCK_ROLES = "P H H1 H2 H3 H4 H5 H6 L LI LBody Table Title TOC Div Sect"
_BLOCKS = frozenset(_BLOCK_ROLES.split())


@dataclass
class _Line:
    """The pieces of one printed line of a paragraph."""

    pieces: list[Piece]
    page: int

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)


@dataclass
class _Words:
    """A paragraph before its lines are put together."""

    lines: list[_Line]
    heading: int | None = None
    level: int | None = None
    marker: str | None = None


@dataclass
class _DraftCell:
    column: int
    row: int
    down: int
    across: int
    words: list[_Words]
    nested: list[Node] = field(default_factory=list)
    head: bool = False

    def lines(self) -> Iterator[_Line]:
        for words in self.words:
            yield from words.lines


class Tagged:
    """One pass over the structure of a file."""

    def __init__(self, sheets: list[Sheet], drawn: dict[int, list[Part]], limits: Limits) -> None:
        self.limits, self._drawn = limits, drawn
        self._sheets = {sheet.number: sheet for sheet in sheets}
        self._used: set[Leaf] = set()
        self._spaced = True  # whether a space is drawn at the end of a line that goes on
        self._tables = self._paragraphs = 0
        self.notes: list[LeftOut] = []
        self._reach = 0.0
        self._pitch = 14.0

    def blocks(self, top: Node) -> Iterator[Paragraph | Table | LeftOut]:
        """The blocks of the file in the order of its structure, and what was left out."""
        self._measure(top)
        found = list(self._inside(top, None))
        for item in self._joined(found):
            if isinstance(item, _DraftTable):
                yield from self._table(item)
            else:
                yield from self._paragraph(item)
            notes, self.notes = self.notes, []
            yield from notes

    # Walking

    def _inside(self, node: Node, level: int | None) -> Iterator[_Words | _DraftTable]:
        """The paragraphs and tables inside an element."""
        loose: list[Leaf] = []
        for kid in node.kids:
            if not isinstance(kid, Node):
                loose.append(kid)
                continue
            if kid.role not in _BLOCKS and not any(k.role in _BLOCKS for k in _nodes(kid)):
                if kid.role in _ASIDE:
                    self._aside(kid)
                else:
                    loose.extend(kid.leaves())
                continue
            if loose:
                yield from self._words(loose, node, level)
                loose = []
            yield from self._block(kid, level)
        if loose:
            yield from self._words(loose, node, level)

    def _block(self, node: Node, level: int | None) -> Iterator[_Words | _DraftTable]:
        if node.role == "Table":
            yield self._draft(node)
        elif node.role == "L":
            yield from self._list(node, 0 if level is None else level + 1)
        elif node.role in _ASIDE:
            self._aside(node)
        else:
            yield from self._inside(node, level)

    def _list(self, node: Node, level: int) -> Iterator[_Words | _DraftTable]:
        for kid in node.kids:
            if not isinstance(kid, Node):
                continue
            if kid.role == "L":
                yield from self._list(kid, level + 1)
                continue
            label = next((k for k in kid.kids if isinstance(k, Node) and k.role == "Lbl"), None)
            marker = None
            if label is not None:
                printed = tidy("".join(line.text for line in self._lines(label.leaves())))
                bare = printed.strip(" .():;")
                marker = bare if any(c.isalnum() for c in bare) and bare != "o" else BULLET
                marker = marker if printed else None
                kid = replace(kid, kids=[k for k in kid.kids if k is not label])
            first = True
            for item in self._inside(kid, level):
                if isinstance(item, _Words) and first and item.level == level:
                    item.marker = item.marker or marker
                    first = False
                yield item

    def _aside(self, node: Node) -> None:
        page = next((page for page, _ in node.leaves()), None)
        self.notes.append(LeftOut(*_ASIDE[node.role], Place(page=page)))
        self._used.update(node.leaves())

    def _words(self, leaves: list[Leaf], node: Node, level: int | None) -> Iterator[_Words]:
        lines = self._lines(iter(leaves))
        if leaves and not lines:
            return  # all of it was struck out, or is said elsewhere
        found = _HEADING.match(node.role)
        heading = int(found[1]) if found else 1 if "Title" in (node.role, node.named) else None
        yield _Words(lines, heading, level)

    def _lines(self, leaves: Iterator[Leaf]) -> list[_Line]:
        """The printed lines of some marked content."""
        lines: list[_Line] = []
        for leaf in leaves:
            if leaf in self._used or leaf[0] not in self._sheets:
                continue
            self._used.add(leaf)
            for piece in self._sheets[leaf[0]].marked.get(leaf[1], ()):
                last = lines[-1] if lines else None
                if last is not None and last.page == leaf[0] and not _below(last.pieces[-1], piece):
                    gap = piece.x0 - last.pieces[-1].x1
                    apart = gap > 0.2 * piece.size and not last.text.endswith(" ")
                    last.pieces.append(piece if not apart else _after_space(piece))
                else:
                    lines.append(_Line([piece], leaf[0]))
        return lines

    # Tables

    def _draft(self, node: Node) -> _DraftTable:
        heads = {id(tr) for thead in node.every("THead") for tr in thead.every("TR")}
        rows: list[list[_DraftCell]] = []
        header: list[bool] = []
        taken: dict[int, int] = {}
        for number, tr in enumerate(node.every("TR")):
            if number >= self.limits.rows:
                raise too_much("rows", self.limits.rows)
            cells: list[_DraftCell] = []
            new: dict[int, int] = {}
            column = 1
            for td in tr.kids:
                if not isinstance(td, Node) or td.role not in ("TD", "TH"):
                    continue
                while taken.get(column):
                    column += 1
                if column + td.across - 1 > self.limits.columns:
                    raise too_much("columns", self.limits.columns)
                cell = _DraftCell(column, number, td.down, td.across, [], head=td.role == "TH")
                for item in self._inside(td, None):
                    if isinstance(item, _Words):
                        cell.words.append(item)
                    else:
                        # A table in a cell is read row by row as words of the cell.
                        cell.words.extend(w for row in item.rows for c in row for w in c.words)
                cells.append(cell)
                for covered in range(column, column + td.across):
                    new[covered] = td.down
                column += td.across
            taken = {c: left - 1 for c, left in {**taken, **new}.items() if left > 1}
            rows.append(cells)
            header.append(id(tr) in heads or (bool(cells) and all(cell.head for cell in cells)))
        caption = next(node.every("Caption"), None)
        title = None
        if caption is not None:
            title = tidy(" ".join(line.text for line in self._lines(caption.leaves()))) or None
        return _DraftTable(rows, header, title)

    def _joined(self, found: list[_Words | _DraftTable]) -> Iterator[_Words | _DraftTable]:
        """Tables that a page end has cut in two put together, where the tags part them."""
        last: _DraftTable | None = None
        for item in found:
            if isinstance(item, _Words):
                if last is not None and any(line.text.strip() for line in item.lines):
                    yield last
                    last = None
                if last is None:
                    yield item
                continue
            if last is not None and last.goes_on_with(item):
                last.take(item)
                continue
            if last is not None:
                yield last
            last = item
        if last is not None:
            yield last

    def _table(self, draft: _DraftTable) -> Iterator[Table | LeftOut]:
        self._tables += 1
        draft.drop_repeated_heads()
        draft.drop_overhang()
        pages = draft.pages()
        walls = draft.walls()
        place = Place(page=pages[0] if pages else None, table=self._tables)
        rows: list[Row] = []
        centres = _Centres(draft)
        for number, (cells, header) in enumerate(zip(draft.rows, draft.header, strict=True)):
            page = pages[number]
            here = place.at(page=page, row=number + 1)
            done = []
            for cell in cells:
                at = here.at(column=cell.column)
                wall = self._wall(cell) or walls.get(cell.column + cell.across - 1)
                paragraphs = tuple(replace(p, place=at) for p in self._cell(cell.words, wall))
                weights = [p.bold for p in paragraphs if p.text]
                down = max(1, min(cell.down, len(draft.rows) - number))
                fill = self._fill(centres.of(cell, page), page)
                bold = bool(weights) and all(weights)
                done.append(Cell(cell.column, paragraphs, down, cell.across, fill, bold, at))
            turned = number > 0 and page != pages[number - 1]
            rows.append(Row(tuple(done), header, turned, here))
        yield Table(tuple(rows), draft.title, place)

    def _wall(self, cell: _DraftCell) -> float | None:
        """How far lines of a cell may run, where rules are drawn round it."""
        line = next(cell.lines(), None)
        if line is None:
            return None
        first = line.pieces[0]
        x, y = first.x0 + 1, (first.top + first.bottom) / 2
        for part in self._drawn.get(line.page, ()):
            for box in part.cells if part.top <= y <= part.bottom else ():
                if box.x0 <= x < box.x1 and box.top <= y < box.bottom:
                    # Padding is the same on both sides; an indent or centred words add to it.
                    return box.x1 - min(max(first.x0 - box.x0, 1.0), _WIDEST_PADDING)
        return None

    def _cell(self, every: list[_Words], wall: float | None) -> Iterator[Paragraph]:
        """The paragraphs of a cell, with the blank lines between them that tags do not hold."""
        last: _Line | None = None
        for words in every:
            first = words.lines[0] if words.lines else None
            if last is not None and first is not None and last.page == first.page:
                steps = (first.pieces[0].bottom - last.pieces[-1].bottom) / self._pitch
                if 1.9 <= steps < 6 and abs(steps - round(steps)) < 0.12:
                    for _ in range(round(steps) - 1):
                        yield Paragraph("")
            yield from self._read(words, wall)
            last = words.lines[-1] if words.lines else None

    def _fill(self, centre: tuple[float, float] | None, page: int | None) -> str | None:
        sheet = self._sheets.get(page or 0)
        if centre is None or sheet is None:
            return None
        x, y = centre
        seen = [f for f in sheet.fills if f.x0 <= x <= f.x1 and f.top <= y <= f.bottom]
        return seen[-1].colour if seen and is_coloured(seen[-1].colour) else None

    # Words

    def _measure(self, top: Node) -> None:
        """Whether lines that go on end in a space, and how far lines of running text reach."""
        ends = spaced = 0
        reaches: list[float] = []
        steps: list[float] = []
        for sheet in self._sheets.values():
            for pieces in sheet.marked.values():
                for one, two in itertools.pairwise(pieces):
                    if _below(one, two):
                        steps.append(two.bottom - one.bottom)
                        ends += 1
                        spaced += one.text[-1:] in (" ", "-")
                reaches.extend(piece.x1 for piece in pieces)
        marks = [leaf for leaf in top.leaves() if leaf[0] in self._sheets]
        for (page, mark), (following, next_mark) in itertools.pairwise(marks):
            above = self._sheets[page].marked.get(mark)
            below = self._sheets[following].marked.get(next_mark)
            if above and below and page == following and _below(above[-1], below[0]):
                steps.append(below[0].bottom - above[-1].bottom)
                spaced += above[-1].text[-1:] == " "
                ends += above[-1].text[-1:] == " "
        self._spaced = spaced > 0.5 * ends if ends else False
        self._reach = max(reaches, default=0.0)
        close = sorted(step for step in steps if step > 1)
        self._pitch = close[len(close) // 4] if close else 14.0

    def _paragraph(self, words: _Words) -> Iterator[Paragraph]:
        self._paragraphs += 1
        page = words.lines[0].page if words.lines else None
        place = Place(page=page, paragraph=self._paragraphs)
        for paragraph in self._read(words, self._reach):
            yield replace(paragraph, place=place)

    def _read(self, words: _Words, wall: float | None) -> Iterator[Paragraph]:
        """The paragraph, or several where a line breaks off though the next word had room."""
        groups: list[list[_Line]] = []
        for line in words.lines:
            last = groups[-1][-1] if groups else None
            if last is None or (wall is not None and _breaks_off(last, line, wall)):
                groups.append([line])
            else:
                groups[-1].append(line)
        if not groups:
            yield Paragraph("", None, words.level, None)
        for number, lines in enumerate(groups):
            text = ""
            runs: list[tuple[str, bool]] = []
            for line in lines:
                if text and not text.endswith(" ") and not self._glued(text, line.text):
                    text += " "
                    runs.append((" ", False))
                for piece in line.pieces:
                    text += piece.text
                    runs.append((piece.text, piece.bold))
            plain = tidy(text)
            marker = words.marker if number == 0 else None
            level, cut = words.level, 0
            if marker is None and not words.heading and (number == 0 or level is None):
                begun = opening(plain)
                if begun is not None and (level is not None or begun.marker == BULLET):
                    cut = len(plain) - len(begun.rest)
                    marker, plain, level = begun.marker, begun.rest, level or 0
            weights = [bold for run, bold in _without(runs, cut) if run.strip()]
            bold = bool(weights) and all(weights)
            heading = words.heading if plain else None
            yield Paragraph(
                plain,
                heading,
                None if heading else level,
                None if heading else marker,
                bold,
                Place(),
                None if bold else _lead(_without(runs, cut)),
            )

    def _glued(self, text: str, following: str) -> bool:
        if text[-1] == "\u00ad":
            return True
        if text[-1] == "-" and text[-2:-1].isalpha() and following[:1].isalpha():
            return True
        return self._spaced and following[:1].isalnum() and not following[:1].isupper()


@dataclass
class _DraftTable:
    rows: list[list[_DraftCell]]
    header: list[bool]
    title: str | None = None

    def pages(self) -> list[int | None]:
        """The page on which each row begins."""
        found: list[int | None] = []
        for cells in self.rows:
            on = [line.page for cell in cells for line in cell.lines()]
            found.append(min(on) if on else (found[-1] if found else None))
        return found

    def walls(self) -> dict[int, float]:
        """How far the words of each column reach, which is where its lines are full."""
        reach: dict[int, float] = {}
        for cells in self.rows:
            for cell in cells:
                last = cell.column + cell.across - 1
                for line in cell.lines():
                    reach[last] = max(reach.get(last, 0.0), line.x1)
        return reach

    def width(self) -> int:
        """How many columns there are."""
        ends = (cell.column + cell.across - 1 for cells in self.rows for cell in cells)
        return max(ends, default=0)

    def goes_on_with(self, other: _DraftTable) -> bool:
        """Whether another table only goes on with this one on the next page."""
        before, after = [p for p in self.pages() if p], [p for p in other.pages() if p]
        return (
            self.width() == other.width()
            and other.title is None
            and bool(before and after)
            and after[0] == before[-1] + 1
        )

    def take(self, other: _DraftTable) -> None:
        """Puts the rows of another table below."""
        for cells in other.rows:
            for cell in cells:
                cell.row += len(self.rows)
        self.rows.extend(other.rows)
        self.header.extend(other.header)

    def drop_overhang(self) -> None:
        """Takes out empty cells beyond the columns that most rows have.

        LibreOffice writes some where a page end cuts a row under merged cells.
        """
        widths = [cells[-1].column + cells[-1].across - 1 for cells in self.rows if cells]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        self.rows = [
            [
                cell
                for cell in cells
                if cell.column <= usual or any(line.text.strip() for line in cell.lines())
            ]
            for cells in self.rows
        ]

    def drop_repeated_heads(self) -> None:
        """Takes out rows that repeat the heads at the top of a page."""
        texts = [_row_text(cells) for cells in self.rows]
        pages = self.pages()
        keep = []
        run = False
        for number, text in enumerate(texts):
            turned = number > 0 and pages[number] != pages[number - 1]
            run = (turned or run) and number > 2 and text in texts[:3] and bool(text.strip(" |"))
            keep.append(not run)
        if all(keep):
            return
        for number, stays in enumerate(keep):
            if not stays:
                first = texts.index(texts[number])
                self.header[first] = True
        self.rows = [cells for cells, stays in zip(self.rows, keep, strict=True) if stays]
        self.header = [head for head, stays in zip(self.header, keep, strict=True) if stays]


class _Centres:
    """Where cells stand on the page, told by the words in them, in their row and their column."""

    def __init__(self, draft: _DraftTable) -> None:
        by_column: dict[int, list[float]] = {}
        self._rows: dict[tuple[int, int], list[float]] = {}
        for number, cells in enumerate(draft.rows):
            for cell in cells:
                for line in cell.lines():
                    for piece in line.pieces:
                        middle = (piece.top + piece.bottom) / 2
                        if cell.down == 1:
                            self._rows.setdefault((number, line.page), []).append(middle)
                        if cell.across == 1:
                            by_column.setdefault(cell.column, []).append((piece.x0 + piece.x1) / 2)
        self._columns = {column: statistics.median(xs) for column, xs in by_column.items()}

    def of(self, cell: _DraftCell, page: int | None) -> tuple[float, float] | None:
        """A point inside the cell on the page where its row begins."""
        own = [piece for line in cell.lines() if line.page == page for piece in line.pieces]
        if own:
            first = own[0]
            return (first.x0 + first.x1) / 2, (first.top + first.bottom) / 2
        heights = self._rows.get((cell.row, page or 0))
        x = self._columns.get(cell.column)
        if not heights or x is None:
            return None
        return x, statistics.median(heights)


def _row_text(cells: list[_DraftCell]) -> str:
    return " | ".join(tidy(" ".join(line.text for line in cell.lines())) for cell in cells)


def _nodes(node: Node) -> Iterator[Node]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield kid
            yield from _nodes(kid)


def _below(one: Piece, two: Piece) -> bool:
    """Whether a piece begins a new line after another."""
    return two.top > one.bottom - 0.35 * one.size or two.x0 < one.x0 - 1.5 * two.size


def _after_space(piece: Piece) -> Piece:
    return replace(piece, text=" " + piece.text)


def _breaks_off(line: _Line, following: _Line, wall: float) -> bool:
    """Whether a line ends though the first word of the next one had room, and to spare."""
    if line.page != following.page or line.text.rstrip()[-1:] in "–-,&/(" or not line.text.strip():
        return False
    first = following.text.split(" ", 1)[0]
    piece = following.pieces[0]
    letter = (piece.x1 - piece.x0) / max(len(piece.text), 1)
    end = max(p.x0 + (p.x1 - p.x0) * len(p.text.rstrip()) / len(p.text) for p in line.pieces)
    spare = 6 if following.text[:1].islower() else 2
    return wall - end > (len(first) + 1 + spare) * letter


def _without(runs: list[tuple[str, bool]], cut: int) -> list[tuple[str, bool]]:
    """The runs without as many characters, spaces aside, as a mark in front takes."""
    done = []
    for text, bold in runs:
        if cut > 0:
            taken = min(cut, len(text))
            cut -= taken
            text = text[taken:]
        if text:
            done.append((text, bold))
    return done


def _lead(runs: list[tuple[str, bool]]) -> str | None:
    words = ""
    for text, bold in runs:
        if not bold and text.strip():
            break
        words += text
    else:
        return None
    return tidy(words).strip(" :–—-.") or None
