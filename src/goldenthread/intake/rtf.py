"""Rich text files (.rtf): an own walk, since converters lose lists in cells and keep deleted words.

Kept: tables with merged and shaded cells, printed list marks, headings, bold, blank paragraphs.
Left out and named: deleted, hidden and struck-out words, comments, notes, pictures, embedded files,
headers and footers. (Rich Text Format Specification 1.9.1.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from goldenthread.errors import Place
from goldenthread.intake import colour
from goldenthread.intake.document import LeftOut, Paragraph, Table
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.rtf_tables import Definition, Open, Words
from goldenthread.intake.rtf_words import SPECIAL, decoded, encoding, marks
from goldenthread.intake.words import BULLET, split_bullet, tidy

_MOST_TABLES_DEEP = 20
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_SILENT = (
    "info fldinst xe tc rxe txe bkmkstart bkmkend filetbl revtbl private template do generator "
    "listtable listoverridetable pgptbl rsidtbl xmlnstbl themedata datastore "
    "colorschememapping latentstyles mmathPr userprops falt panose pntxta pntxtb pnseclvl "
    "nonshppict shprslt sp result"
)
# Groups whose words are not printed where they stand: what we say of them, None for nothing.
_ASIDE: dict[str, tuple[str, str] | None] = {
    "annotation": ("comment", "A comment was left out."),
    "footnote": ("footnote", "A footnote or endnote was left out."),
    "pict": ("picture", "A picture was left out."),
    "objdata": ("embedded", "A file set inside this one was left out."),
    "shptxt": ("text_box", "A text box or drawing with words was left out."),
    "header": ("page_furniture", "The header of the pages was left out."),
    "headerl": ("page_furniture", "The header of the pages was left out."),
    "headerr": ("page_furniture", "The header of the pages was left out."),
    "headerf": ("page_furniture", "The header of the pages was left out."),
    "footer": ("page_furniture", "The footer of the pages was left out."),
    "footerl": ("page_furniture", "The footer of the pages was left out."),
    "footerr": ("page_furniture", "The footer of the pages was left out."),
    "footerf": ("page_furniture", "The footer of the pages was left out."),
    **dict.fromkeys(_SILENT.split()),
}
# Groups that are marked as ones to pass over by a reader that does not know them, and that we know.
_KNOWN = frozenset(("shppict", "shpinst", "nesttableprops", "listtext", "annotation", "objdata"))


def read(file: BinaryIO, limits: Limits) -> Iterator[Paragraph | Table | LeftOut]:
    """The paragraphs and tables of a rich text file in reading order, and what was left out.

    A table inside a cell comes as a table of its own after the one that it stands in. Nothing set
    inside the file is opened, and no address in it is followed.

    Raises ``Unsafe`` where it breaks a limit.
    """
    content = file.read(limits.part_bytes + 1)
    if len(content) > limits.part_bytes:
        raise too_much("bytes", limits.part_bytes)
    walk = _Walk(limits)
    for kind, words, number in marks(content, limits):
        walk.mark(kind, words, number)
        if walk.found:
            yield from walk.said()
    walk.end()
    yield from walk.said()


@dataclass
class _State:
    """What holds inside one group; a group inside begins with a copy."""

    kind: str = "body"  # what the group holds: the body, fonts, colours, styles, a list mark, aside
    aside: tuple[str, str] | None = None
    font: int = 0
    skip: int = 1  # how many characters stand in for one that old readers cannot show
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    shade: int | None = None
    fresh: bool = True  # nothing has come in this group yet, so that a destination may
    optional: bool = False


@dataclass
class _Line:
    pieces: list[tuple[str, bool, int | None]] = field(default_factory=list)


@dataclass
class _Paragraph:
    """What holds for the paragraph being read until the next ``pard``."""

    table: int = 0
    level: int = 0
    listed: bool = False
    style: int | None = None
    outline: int | None = None
    shade: int | None = None


class _Walk:
    """One pass over the marks; ``found`` fills with what the file prints."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.found: list[Paragraph | Table | LeftOut] = []
        self.tables = self.paragraphs = self.cells = 0
        self._states = [_State()]
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._colours: list[str | None] = []
        self._rgb = [0, 0, 0]
        self._styles: dict[int, int] = {}
        self._style: tuple[int, str] = (0, "")
        self._format = _Paragraph()
        self._lines = [_Line()]
        self._marker: str | None = None
        self._mark_words = ""
        self._bytes = b""
        self._swallow = 0
        self._high: int | None = None
        self._dropped = False  # words of this paragraph were left out
        self._furniture: set[str] = set()
        self._row = Definition()
        self._open: list[Open] = []

    def said(self) -> list[Paragraph | Table | LeftOut]:
        """What has been found since this was last asked."""
        found, self.found = self.found, []
        return found

    @property
    def _state(self) -> _State:
        return self._states[-1]

    def mark(self, kind: str, words: str, number: int | None) -> None:
        """Takes the next mark of the file."""
        if kind == "byte":
            self._byte(number or 0)
            return
        if self._bytes:
            content, self._bytes = self._bytes, b""
            self._put(decoded(content, self._encoding()))
        if kind == "text":
            if self._swallow:
                cut = min(self._swallow, len(words))
                self._swallow -= cut
                words = words[cut:]
            if not words:
                return
            plain = words.isascii()
            self._put(words if plain else decoded(words.encode("latin-1"), self._encoding()))
        elif kind == "word":
            self._word(words, number)
        elif kind == "symbol":
            self._symbol(words)
        elif kind == "{":
            self._swallow = 0
            self._states.append(replace(self._state, fresh=True, optional=False))
        elif kind == "}" and len(self._states) > 1:
            self._swallow = 0
            self._closed(self._states.pop())

    def end(self) -> None:
        """Says that the file has ended."""
        if len(self._states) > 1:
            self._note("damaged", "The file breaks off before its end; words may be missing.")
        self._ends_paragraph(last=True)
        while self._open:
            self._close_table()

    # Words

    def _encoding(self) -> str:
        return self._fonts.get(self._state.font) or self._page

    def _byte(self, code: int) -> None:
        if self._swallow:
            self._swallow -= 1
        else:
            self._bytes += bytes((code,))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state.optional = True
            return
        if self._swallow and symbol not in "\r\n":
            self._swallow -= 1
            return
        if symbol in "\\{}":
            self._put(symbol)
        elif symbol == "~":
            self._put("\u00a0")
        elif symbol == "_":
            self._put("-")
        elif symbol in "\r\n":
            self._word("par", None)

    def _unicode(self, number: int) -> None:
        code = number % 65_536
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high is not None:
                self._put(chr(0x10000 + (self._high - 0xD800) * 0x400 + code - 0xDC00))
            self._high = None
        else:
            self._put(chr(code))
        self._swallow = self._state.skip

    def _put(self, text: str) -> None:
        state = self._state
        state.fresh = False
        if state.kind == "body":
            self._print(text, state)
        elif state.kind == "mark":
            self._mark_words += text
        elif state.kind == "colours":
            for _ in range(text.count(";")):
                self._end_colour()
        elif state.kind == "styles":
            self._style = (self._style[0], self._style[1] + text[:200])
            if ";" in text:
                self._end_style()
        elif state.kind == "aside" and state.aside and text.strip():
            # A heading line or a box with nothing in it is not worth a word.
            self._note(*state.aside)
            self._quieten()

    def _quieten(self) -> None:
        for state in self._states:
            if state.kind == "aside":
                state.aside = None

    def _print(self, text: str, state: _State) -> None:
        if state.deleted or state.hidden or state.struck:
            if text.strip():
                self._dropped = True
                if state.deleted:
                    self._note("tracked_deletion", "Words that were deleted were left out.")
                elif state.hidden:
                    self._note("hidden_text", "Hidden words were left out.")
                else:
                    self._note("struck_out", "Struck-out words were left out.")
            return
        first, *rest = text.split("\n")
        self._lines[-1].pieces.append((first, state.bold, state.shade))
        for line in rest:
            self._lines.append(_Line([(line, state.bold, state.shade)]))

    def _note(self, code: str, message: str) -> None:
        place = Place(paragraph=self.paragraphs + 1)
        if self._open:
            place = self._open[-1].here()
        if code == "page_furniture":
            place = Place()
            if message in self._furniture:
                return
            self._furniture.add(message)
        note = LeftOut(code, message, place)
        if note not in self.found[-3:]:
            self.found.append(note)

    # Control words

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if self._swallow and word not in ("u", "uc"):
            # A control word stands in for one character where a character may.
            if word in SPECIAL:
                self._swallow -= 1
                return
            self._swallow = 0
        fresh, state.fresh = state.fresh, False
        if fresh and self._destination(word, state):
            return
        if word == "u":
            self._unicode(number or 0)
        elif word == "uc":
            state.skip = max(0, min(number if number is not None else 1, 100))
        elif state.kind == "fonts":
            self._font_word(word, number)
        elif state.kind == "colours":
            if word in ("red", "green", "blue"):
                self._rgb[("red", "green", "blue").index(word)] = max(0, min(number or 0, 255))
        elif state.kind == "styles":
            if word == "s":
                self._style = (number or 0, self._style[1])
        elif state.kind == "aside":
            if word == "pict" and state.aside:
                self._note(*state.aside)
                self._quieten()
        elif word in SPECIAL:
            self._put(SPECIAL[word])
        elif not self._character(word, number, state) and state.kind == "body":
            self._structure(word, number)

    def _destination(self, word: str, state: _State) -> bool:
        """Whether the first word of a group says that the group is no part of the body."""
        if state.kind == "aside":
            return False
        if word in ("fonttbl", "colortbl", "stylesheet"):
            kinds = {"fonttbl": "fonts", "colortbl": "colours", "stylesheet": "styles"}
            state.kind = kinds[word]
        elif word in ("listtext", "pntext"):
            state.kind, self._mark_words = "mark", ""
        elif word in _ASIDE:
            said = _ASIDE[word]
            state.kind, state.aside = "aside", said
            if said and said[0] in ("picture", "footnote", "embedded", "comment"):
                self._note(*said)
                state.aside = None
        elif state.optional and word not in _KNOWN and state.kind == "body":
            state.kind, state.aside = "aside", None
        else:
            return False
        return True

    def _closed(self, state: _State) -> None:
        if state.kind == "mark" and self._state.kind != "mark":
            marker = tidy(self._mark_words).strip(" .():;\t")
            if tidy(self._mark_words):
                self._marker = marker if any(c.isalnum() for c in marker) else BULLET
        elif state.kind == "styles" and self._state.kind == "styles":
            self._end_style()

    def _font_word(self, word: str, number: int | None) -> None:
        if word == "f":
            self._font = number or 0
        elif word == "fcharset":
            name = encoding(charset=number)
            if name and len(self._fonts) < 10_000:
                self._fonts[self._font] = name

    def _end_colour(self) -> None:
        if len(self._colours) < 10_000:
            shade = "".join(f"{part:02X}" for part in self._rgb)
            # The first one is automatic, which is no colour.
            self._colours.append(colour.fill(shade) if self._colours else None)
        self._rgb = [0, 0, 0]

    def _end_style(self) -> None:
        number, name = self._style
        name = tidy(name).strip("; ")
        found = _HEADING.fullmatch(name)
        if found:
            self._styles[number] = int(found[1])
        elif name.lower() == "title":
            self._styles[number] = 1
        self._style = (0, "")

    def _character(self, word: str, number: int | None, state: _State) -> bool:
        """Takes a control word that changes how characters look; says whether it was one."""
        on = number != 0
        if word == "plain":
            state.bold = state.hidden = state.struck = state.deleted = False
            state.shade = None
        elif word == "b":
            state.bold = on
        elif word == "v":
            state.hidden = on
        elif word in ("strike", "striked"):
            state.struck = on
        elif word == "deleted":
            state.deleted = on
        elif word == "f":
            state.font = number or 0
        elif word in ("highlight", "chcbpat", "cb"):
            state.shade = number or None
        elif word == "ansicpg":
            self._page = encoding(page=number) or "cp1252"
        elif word in ("mac", "pc", "pca"):
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        else:
            return False
        return True

    def _structure(self, word: str, number: int | None) -> None:
        """Takes a control word that ends or describes a paragraph, a cell or a row."""
        form = self._format
        if word == "pard":
            self._format = _Paragraph()
        elif word == "intbl":
            form.table = max(form.table, 1)
        elif word == "itap":
            form.table = max(0, number or 0)
            if form.table > _MOST_TABLES_DEEP:
                raise too_much("tables inside one another", _MOST_TABLES_DEEP)
        elif word == "ilvl":
            form.level = max(0, min(number or 0, 8))
        elif word == "ls":
            form.listed = bool(number)
        elif word == "s":
            form.style = number
        elif word == "outlinelevel":
            form.outline = number
        elif word == "cbpat":
            form.shade = number or None
        elif word in ("par", "sect"):
            self._ends_paragraph()
        elif word in ("cell", "nestcell"):
            form.table = max(form.table, 2 if word == "nestcell" else 1)
            self._ends_paragraph(cell=True)
            self._count_cell()
            self._open[-1].end_cell()
        elif word in ("row", "nestrow"):
            if self._open:
                self._open[-1].end_row(self._row)
        else:
            self._row_word(word, number)

    def _count_cell(self) -> None:
        self.cells += 1
        if self.cells > self.limits.cells:
            raise too_much("cells", self.limits.cells)

    def _row_word(self, word: str, number: int | None) -> None:
        row, box = self._row, self._row.next
        if word == "trowd":
            self._row = Definition()
        elif word == "trleft":
            row.left = number or 0
        elif word == "trhdr":
            row.header = True
        elif word == "cellx":
            box.right = number or 0
            row.boxes.append(box)
            row.next = type(box)()
            if len(row.boxes) > self.limits.columns:
                raise too_much("columns", self.limits.columns)
        elif word == "clcbpat":
            box.fill = number
        elif word == "clcfpat":
            box.ink = number
        elif word == "clshdng":
            box.shade = number or 0
        elif word in ("clvmgf", "clvmrg"):
            box.merged = "begins" if word == "clvmgf" else "goes on"
        elif word in ("clmgf", "clmrg"):
            box.across = "begins" if word == "clmgf" else "goes on"

    # Paragraphs and tables

    def _ends_paragraph(self, cell: bool = False, last: bool = False) -> None:
        """Keeps the paragraph: in the cell that it stands in, or in the body."""
        lines, self._lines = self._lines, [_Line()]
        marker, self._marker = self._marker, None
        depth = self._format.table
        dropped, self._dropped = self._dropped, False
        if dropped and not _worded(lines) and not cell:
            return
        if last and not any(text.strip() for line in lines for text, _, _ in line.pieces):
            return
        while len(self._open) > depth:
            self._close_table()
        while len(self._open) < depth:
            self.tables += 1
            self._open.append(Open(Place(table=self.tables), self.limits))
        holder = self._open[-1].cell if self._open else None
        if holder is None:
            self.paragraphs += 1
        else:
            holder.gone = holder.gone or dropped
        if holder is not None and dropped and not _worded(lines) and holder.paragraphs:
            return
        for paragraph in self._read(lines, marker):
            if holder is None:
                self.found.append(paragraph)
            else:
                holder.paragraphs.append(paragraph)
        if holder is not None:
            self._shade(holder, lines)

    def _shade(self, holder: Words, lines: list[_Line]) -> None:
        for line in lines:
            for text, _, shade in line.pieces:
                if text.strip():
                    index = shade if shade is not None else self._format.shade
                    known = index is not None and 0 <= index < len(self._colours)
                    holder.fills.add(self._colours[index] if known and index else None)

    def _read(self, lines: list[_Line], marker: str | None) -> Iterator[Paragraph]:
        form = self._format
        heading = self._styles.get(form.style) if form.style is not None else None
        if form.outline is not None and 0 <= form.outline < 9:
            heading = form.outline + 1
        place = Place(paragraph=self.paragraphs) if not self._open else Place()
        for number, line in enumerate(lines):
            text = tidy("".join(words for words, _, _ in line.pieces))
            weights = [bold for words, bold, _ in line.pieces if words.strip()]
            bold = bool(weights) and all(weights)
            own = marker if number == 0 else None
            level = form.level if form.listed or marker is not None else None
            if level is None and not heading:
                own, text = split_bullet(text)
                level = 0 if own else None
            title = heading if text else None
            yield Paragraph(text, title, None if title else level, own, bold, place)

    def _close_table(self) -> None:
        table = self._open.pop()
        table.end_row(self._row)
        if not table.rows:
            return
        done = [table.table(self._colours), *table.nested]
        if self._open:
            self._open[-1].nested.extend(done)
        else:
            self.found.extend(done)


def _worded(lines: list[_Line]) -> bool:
    return len(lines) > 1 or any(tidy(text) for line in lines for text, _, _ in line.pieces)
