"""Word files: an own walk of the document part, since the libraries lose what plans need.

Kept: merged cells, lists and their numbers, empty paragraphs, colours, headings, declared heading
rows, pages, the words of text boxes after the paragraph that holds them. Left out and named:
deleted, moved-away, hidden and struck-out words, hidden rows, comments, notes, pictures, headers
and footers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from goldenthread.errors import Place, Unreadable
from goldenthread.intake import colour
from goldenthread.intake.document import Cell, LeftOut, Paragraph, Row, Table
from goldenthread.intake.docx_styles import Numbering, Style, Styles, W, on, value, whole
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.package import Package
from goldenthread.intake.words import BULLET, split_bullet, tidy

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# Wrappers whose content is printed as if they were not there.
_THROUGH = {
    W + name
    for name in (
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    )
}
_GONE = {W + "del": "deleted", W + "moveFrom": "moved away"}
# The pens with which Word marks words (ECMA-376 part 1, 17.18.40); grey ones are no status.
_HIGHLIGHTS = {
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
}
_SYMBOLS = {"F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F0FB": "✗", "F0FD": "☒", "F0B7": "•"}


def read(file: BinaryIO, limits: Limits) -> Iterator[Paragraph | Table | LeftOut]:
    """The paragraphs and tables of a Word file in reading order, and what was left out.

    A table inside a cell comes as a table of its own after the one that it stands in. A page is
    known only where Word has left its own marks of the last printing.

    Raises ``Unreadable`` where the file is damaged, ``Unsafe`` where it breaks a rule or a limit.
    """
    package = Package(file, limits)
    main = _main_part(package)
    root = package.xml(main)
    if root is None or root.tag != W + "document":
        raise Unreadable(
            "The file is damaged: it has no document in it.",
            do="Open it in Word, save it again and try once more.",
        )
    walk = _Walk(package, main, limits, root)
    yield from walk.body(root.find(W + "body"))
    yield from _furniture(package)


def _main_part(package: Package) -> str:
    root = package.xml("_rels/.rels")
    for relation in () if root is None else root.findall(_RELATIONS + "Relationship"):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            target = (relation.get("Target") or "").lstrip("/")
            if target in package.names:
                return target
    return "word/document.xml"


def _furniture(package: Package) -> Iterator[LeftOut]:
    for kind in ("header", "footer"):
        parts = [n for n in package.names if n.startswith(f"word/{kind}") and n.endswith(".xml")]
        if any(tidy("".join(package.xml(name).itertext(W + "t"))) for name in sorted(parts)):
            yield LeftOut("page_furniture", f"The {kind} of the pages was left out.")


@dataclass
class _Line:
    """What is printed between two line breaks."""

    pieces: list[tuple[str, bool, str | None]] = field(default_factory=list)
    """Words, whether they are bold, and the colour behind them."""
    page: int | None = None

    @property
    def text(self) -> str:
        return tidy("".join(text for text, _, _ in self.pieces))

    @property
    def bold(self) -> bool:
        weights = [bold for text, bold, _ in self.pieces if text.strip()]
        return bool(weights) and all(weights)


@dataclass
class _Carried:
    """Lines waiting for the next paragraph, because the mark between the two was deleted."""

    lines: list[_Line] = field(default_factory=list)


@dataclass
class _Content:
    """What one cell or the body holds, in order."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    nested: list[Any] = field(default_factory=list)
    fills: set[str | None] = field(default_factory=set)


@dataclass(frozen=True)
class _Format:
    """What holds for the words of one paragraph unless a run says otherwise."""

    style: Style
    place: Place
    bold: bool = False


class _Walk:
    """One pass over the document: counts tables, lists and pages as it goes."""

    def __init__(self, package: Package, main: str, limits: Limits, root: Any) -> None:  # noqa: ANN401
        folder = main.rpartition("/")[0] + "/" if "/" in main else ""
        self.limits = limits
        self.styles = Styles(package, folder)
        self.numbering = Numbering(package, folder)
        self.colours = colour.theme(package.xml(folder + "theme/theme1.xml"))
        rendered = root.find(f".//{W}lastRenderedPageBreak") is not None
        self.page: int | None = 1 if rendered else None
        self.tables = self.paragraphs = self.cells = 0
        self.notes: list[LeftOut] = []
        self._boxes: list[Any] = []

    # Blocks

    def body(self, element: Any) -> Iterator[Paragraph | Table | LeftOut]:  # noqa: ANN401
        if element is None:
            return
        carried = _Carried()
        for block in self._through(element, Place()):
            if block.tag == W + "tbl":
                yield from self._tables(block)
            elif block.tag == W + "p":
                self.paragraphs += 1
                place = Place(page=self.page, paragraph=self.paragraphs)
                content = _Content()
                self._paragraph(block, place, content, carried)
                yield from content.paragraphs
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    yield from self.body(box)
            yield from self._said()

    def _said(self) -> list[LeftOut]:
        notes, self.notes = self.notes, []
        return notes

    def _through(self, element: Any, place: Place) -> Iterator[Any]:  # noqa: ANN401
        """The blocks inside an element, wrappers opened, deleted ones named and passed over."""
        for child in element:
            tag = child.tag
            if tag in _THROUGH:
                yield from self._through(child, place)
            elif tag == _MC + "AlternateContent":
                yield from self._through(_choice(child), place)
            elif tag in _GONE:
                self._gone(tag, place)
            elif tag == W + "altChunk":
                self._note("embedded", "A document set inside this one was left out.", place)
            else:
                yield child

    def _note(self, code: str, message: str, place: Place) -> None:
        if LeftOut(code, message, place) not in self.notes[-3:]:
            self.notes.append(LeftOut(code, message, place))

    def _gone(self, tag: str, place: Place) -> None:
        self._note("tracked_deletion", f"Words that were {_GONE[tag]} were left out.", place)

    # Tables

    def _tables(self, element: Any) -> Iterator[Table | LeftOut]:  # noqa: ANN401
        """One table, and after it the tables inside its cells."""
        self.tables += 1
        table = _TableWalk(self, element, Place(page=self.page, table=self.tables))
        yield table.read()
        yield from self._said()
        for nested in table.nested:
            yield from self._tables(nested)

    def cell(self, element: Any, place: Place, bold: bool = False) -> _Content:  # noqa: ANN401
        """What a cell holds, text boxes included; tables in it are kept aside.

        ``bold`` says that the table's style prints this cell bold.
        """
        self.cells += 1
        if self.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells, place)
        content = _Content()
        self._into(element, place, content, bold)
        return content

    def _into(self, element: Any, place: Place, content: _Content, bold: bool) -> None:  # noqa: ANN401
        carried = _Carried()
        for block in self._through(element, place):
            if block.tag == W + "tbl":
                content.nested.append(block)
            elif block.tag == W + "p":
                self._paragraph(block, place, content, carried, bold)
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    self._into(box, place, content, False)

    # Paragraphs

    def _paragraph(
        self,
        element: Any,  # noqa: ANN401
        place: Place,
        content: _Content,
        carried: _Carried,
        bold: bool = False,
    ) -> None:
        about = element.find(W + "pPr")
        mark = None if about is None else about.find(W + "rPr")
        style = self.styles.of(value(about, "pStyle"), paragraph=True)
        lines = carried.lines or [_Line(page=self.page)]
        carried.lines = []
        self._inline(element, _Format(style, place, bold), lines)
        printed = any(line.text for line in lines)
        if mark is not None and (mark.find(W + "del") is not None or _moved(mark)):
            if printed:
                carried.lines = lines
            return
        if not printed and on(mark, "vanish"):
            self._note("hidden_text", "Hidden words were left out.", place)
            return
        behind = {fill for line in lines for words, _, fill in line.pieces if words.strip()}
        shade = self.fill(about) or self._shading(style.shade)
        content.fills.add(next(iter(behind)) if not shade and len(behind) == 1 else shade)
        heading = _direct_heading(about) or style.heading
        level, marker = self._list(about, style)
        if heading and len(tidy("".join(line.text for line in lines))) == 0:
            heading = None
        for number, line in enumerate(lines):
            at = place if line.page == place.page else replace(place, page=line.page)
            text = line.text
            if level is None and not heading and marker is None:
                typed, text = split_bullet(text)
                own_level, own = (0, typed) if typed else (None, None)
            else:
                own_level = None if heading else level
                own = marker if number == 0 else None
            content.paragraphs.append(
                Paragraph(text, heading, own_level, own, line.bold and bool(text), at)
            )

    def _list(self, about: Any, style: Style) -> tuple[int | None, str | None]:  # noqa: ANN401
        """The list level and marker of a paragraph; None, None outside lists."""
        own = None if about is None else about.find(W + "numPr")
        list_id = value(own, "numId") or style.list_id
        level = whole(value(own, "ilvl"))
        if level is None:
            level = style.list_level or 0
        if list_id == "0":
            return None, None
        if list_id and not self.numbering.is_list(list_id, level):
            level = 0 if self.numbering.is_list(list_id, 0) else level
        if list_id and self.numbering.is_list(list_id, level):
            marker = self.numbering.mark(list_id, level)
            return max(level, style.list_level or 0), marker
        if style.named_list in ("bullet", "number"):
            return level, BULLET if style.named_list == "bullet" else None
        return None, None

    # Words

    def _inline(self, element: Any, form: _Format, lines: list[_Line]) -> None:  # noqa: ANN401
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, form, lines)
            elif tag in _THROUGH:
                self._inline(child, form, lines)
            elif tag == _MC + "AlternateContent":
                self._inline(_choice(child), form, lines)
            elif tag in _GONE:
                self._gone(tag, form.place)

    def _run(self, element: Any, form: _Format, lines: list[_Line]) -> None:  # noqa: ANN401
        about = element.find(W + "rPr")
        style = self.styles.of(value(about, "rStyle"))
        hidden = _first(on(about, "vanish"), style.hidden, form.style.hidden)
        struck = _first(on(about, "strike"), on(about, "dstrike"), style.struck, form.style.struck)
        bold = _first(on(about, "b"), style.bold, form.style.bold, form.bold)
        fill = _HIGHLIGHTS.get(value(about, "highlight") or "")
        fill = fill or self.fill(about) or self._shading(style.shade)
        for child in element:
            name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            if name == "lastRenderedPageBreak":
                self._turn_page(lines)
                continue
            words = _printed(child, name)
            if words is None:
                self._other(child, name, form, lines)
            elif words.strip() and (hidden or struck):
                code, what = ("hidden_text", "Hidden") if hidden else ("struck_out", "Struck-out")
                self._note(code, f"{what} words were left out.", form.place)
            elif words == "\n":
                lines.append(_Line(page=self.page))
            elif words:
                lines[-1].pieces.append((words, bold, fill))

    def _turn_page(self, lines: list[_Line]) -> None:
        self.page = (self.page or 1) + 1
        if not lines[-1].text:
            lines[-1].page = self.page

    def _other(self, element: Any, name: str, form: _Format, lines: list[_Line]) -> None:  # noqa: ANN401
        if element.tag == _MC + "AlternateContent":
            for child in _choice(element):
                inner = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
                self._other(child, inner, form, lines)
        elif name in ("drawing", "pict", "object"):
            boxes = list(_boxes(element))
            self._boxes.extend(boxes)
            if not boxes:
                self._note("picture", "A picture was left out.", form.place)
        elif name in ("commentReference", "annotationRef"):
            self._note("comment", "A comment was left out.", form.place)
        elif name in ("footnoteReference", "endnoteReference"):
            self._note("footnote", "A footnote or endnote was left out.", form.place)

    def fill(self, about: Any) -> str | None:  # noqa: ANN401
        """The shading that a paragraph's or cell's properties give."""
        return self._shading(None if about is None else about.find(W + "shd"))

    def _shading(self, shade: Any) -> str | None:  # noqa: ANN401
        if shade is None:
            return None
        plain = shade.get(W + ("color" if shade.get(W + "val") == "solid" else "fill"))
        if plain and plain.lower() != "auto":
            return colour.fill(plain)
        name = shade.get(W + "themeFill")
        tint, dark = shade.get(W + "themeFillTint"), shade.get(W + "themeFillShade")
        return colour.word_theme(self.colours, name, tint, dark)


class _TableWalk:
    """One table: puts cells at their columns and joins those that are merged."""

    def __init__(self, walk: _Walk, element: Any, place: Place) -> None:  # noqa: ANN401
        self.walk, self.element, self.place = walk, element, place
        self.nested: list[Any] = []
        self._rows: list[list[Cell]] = []
        # The merged cell that is open at a column: its row and its place in that row's list.
        self._open: dict[int, tuple[int, int]] = {}
        self._bold = walk.styles.bold_parts(element.find(W + "tblPr"))

    def read(self) -> Table:
        walk = self.walk
        rows: list[Row] = []
        page = walk.page
        for element in walk._through(self.element, self.place):
            if element.tag != W + "tr":
                continue
            place = replace(self.place, page=walk.page, row=len(rows) + 1)
            about = element.find(W + "trPr")
            if about is not None and about.find(W + "del") is not None:
                walk._note("tracked_deletion", "A deleted row was left out.", place)
                continue
            if on(about, "hidden"):
                walk._note("hidden_row", "A hidden row was left out.", place)
                continue
            begins = self._row(element, about, place)
            header = bool(on(about, "tblHeader"))
            turned = begins != page and bool(rows)
            place = replace(place, page=begins)
            rows.append(Row((), header, turned, place))
            page = walk.page
        joined = tuple(
            replace(row, cells=tuple(cells)) for row, cells in zip(rows, self._rows, strict=True)
        )
        title = value(self.element.find(W + "tblPr"), "tblCaption")
        return Table(joined, tidy(title) if title else None, self.place)

    def _row(self, element: Any, about: Any, place: Place) -> int | None:  # noqa: ANN401
        """Reads one row into the table; gives back the page on which it begins."""
        walk, cells = self.walk, list[Cell]()
        row = len(self._rows)
        self._rows.append(cells)
        column = 1 + max(0, whole(value(about, "gridBefore")) or 0)
        before = after = walk.page
        begins: int | None = None
        merged: dict[int, tuple[int, int]] = {}
        for tc in walk._through(element, place):
            if tc.tag != W + "tc":
                continue
            tcpr = tc.find(W + "tcPr")
            across = max(1, whole(value(tcpr, "gridSpan")) or 1)
            if column + across - 1 > walk.limits.columns:
                raise too_much("columns", walk.limits.columns, place)
            at = replace(place, column=column)
            walk.page = before
            bold = (
                "whole" in self._bold
                or ("firstRow" in self._bold and row == 0)
                or ("firstColumn" in self._bold and column == 1)
            )
            content = walk.cell(tc, at, bold)
            if walk.page is not None and after is not None:
                after = max(after, walk.page)
            first = next((p for p in content.paragraphs if p.text), None)
            if begins is None and first is not None:
                begins = first.place.page
            self.nested.extend(content.nested)
            self._add(cells, content, tcpr, (row, column, across), at, merged)
            column += across
        walk.page = after
        self._open = merged
        return begins or before

    def _add(
        self,
        cells: list[Cell],
        content: _Content,
        about: Any,  # noqa: ANN401
        where: tuple[int, int, int],
        place: Place,
        merged: dict[int, tuple[int, int]],
    ) -> None:
        row, column, across = where
        down = None if about is None else about.find(W + "vMerge")
        sideways = None if about is None else about.find(W + "hMerge")
        if about is not None and about.find(W + "cellDel") is not None:
            self.walk._note("tracked_deletion", "A deleted cell was left out.", place)
            return
        if sideways is not None and sideways.get(W + "val") != "restart" and cells:
            cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + across)
            return
        if down is not None and down.get(W + "val") != "restart" and column in self._open:
            top, at = merged[column] = self._open[column]
            cell = self._rows[top][at]
            self._rows[top][at] = replace(cell, row_span=row - top + 1)
            if any(p.text for p in content.paragraphs):
                self.walk._note("hidden_text", "Words under a merged cell were left out.", place)
            return
        fill = self.walk.fill(about)
        if fill is None and len(content.fills) == 1:
            fill = next(iter(content.fills))
        weights = [p.bold for p in content.paragraphs if p.text]
        bold = bool(weights) and all(weights)
        cells.append(Cell(column, tuple(content.paragraphs), 1, across, fill, bold, place))
        if down is not None:
            merged[column] = (row, len(cells) - 1)


def _boxes(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """The text boxes with words in a drawing, each once and none that stands in another."""
    for child in element:
        if child.tag == W + "txbxContent":
            if any(text.strip() for text in child.itertext(W + "t")):
                yield child
        elif child.tag == _MC + "AlternateContent":
            yield from _boxes(_choice(child))
        elif isinstance(child.tag, str):
            yield from _boxes(child)


def _choice(element: Any) -> Any:  # noqa: ANN401
    """The first of several ways to show the same thing."""
    found = element.find(_MC + "Choice")
    if found is None:
        found = element.find(_MC + "Fallback")
    return () if found is None else found


def _moved(mark: Any) -> bool:  # noqa: ANN401
    return mark.find(W + "moveFrom") is not None


def _direct_heading(about: Any) -> int | None:  # noqa: ANN401
    level = whole(value(about, "outlineLvl"))
    return level + 1 if level is not None and 0 <= level < 9 else None


def _first(*answers: bool | None) -> bool:
    return next((answer for answer in answers if answer is not None), False)


def _printed(element: Any, name: str) -> str | None:  # noqa: ANN401
    """The words that a part of a run prints; a line break for ``w:br``; None for other things."""
    if name == "t":
        return (element.text or "").replace("\n", " ")
    if name == "tab" or name == "ptab":
        return "\t"
    if name == "cr":
        return "\n"
    if name == "br":
        return "\n" if element.get(W + "type", "textWrapping") == "textWrapping" else ""
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        code = (element.get(W + "char") or "").upper()
        if code in _SYMBOLS:
            return _SYMBOLS[code]
        return chr(int(code, 16)) if re.fullmatch("[0-9A-F]{4}", code) else ""
    if name in ("rPr", "softHyphen", "instrText", "delText", "fldChar"):
        return ""
    return None
