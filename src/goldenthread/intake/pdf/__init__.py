"""Reads PDF files by where their words, rules and colours stand on the page.

The steps, one module each: the marks of a page turned upright (``page``), what is printed on every
page taken off (``furniture``), tables with rules (``ruled``) and without (``unruled``), tables over
pages joined (``join``), running text (``body``); words into lines and paragraphs (``lines``). Of a
file with good tags (``tags``) the structure is read instead (``tagged``).
"""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

import pdfplumber
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page

from goldenthread.errors import Place, Refusal, Unreadable
from goldenthread.intake import letters
from goldenthread.intake.document import LeftOut, Paragraph, Table
from goldenthread.intake.limits import Limits, too_much
from goldenthread.intake.pdf import body, furniture, unruled
from goldenthread.intake.pdf.join import Joined, table
from goldenthread.intake.pdf.lines import Line, into_lines, known_words
from goldenthread.intake.pdf.page import Sheet, common_size, sheet
from goldenthread.intake.pdf.part import Part
from goldenthread.intake.pdf.ruled import ruled_parts
from goldenthread.intake.pdf.scan import Scan
from goldenthread.intake.pdf.tagged import Tagged
from goldenthread.intake.pdf.tags import Node, is_good, structure

__all__ = ["read"]

# A page with more marks than this is a drawing, or made to keep us busy.
_MOST_MARKS = 200_000
RECOGNISED = (
    "The page is a picture; its words were recognised by Tesseract and may be wrong. Check them"
    " against the page."
)
# Points. The format itself allows no more (ISO 32000-1, annex C).
_LARGEST_PAGE = 14_400


def read(file: BinaryIO, limits: Limits) -> Iterator[Paragraph | Table | LeftOut]:
    """The paragraphs and tables of a PDF in the order in which they stand, and what was left out.

    A table over several pages is one, without its repeated heads; each row knows its page, and the
    first row of a page is marked ``after_page_break``. A header row is one that the file repeats.

    Raises Unreadable for a damaged or locked file and for a scan, Unsafe past a limit.
    """
    sheets, top = _sheets(file, limits)
    yield from _pictures(sheets)
    parts = {each.number: ruled_parts(each) for each in sheets}
    drawn = sum(p.height > 2 and p.width > 2 for found in parts.values() for p in found)
    if top is not None and is_good(top, sheets, drawn):
        yield from _artifacts(sheets)
        yield from Tagged(sheets, parts, limits).blocks(top)
        return
    yield from furniture.remove(sheets, parts)
    yield from _blocks(sheets, parts)


# --- opening ------------------------------------------------------------------------------------


def _sheets(file: BinaryIO, limits: Limits) -> tuple[list[Sheet], Node | None]:
    """Every page as words, rules and fills, and the structure of a tagged file.

    Each page's own objects are let go at once.
    """
    # The library reports small faults of a file to the log; we say what matters ourselves.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(cast(io.BytesIO, file)) as pdf:
            pages = list(itertools.islice(PDFPage.create_pages(pdf.doc), limits.pages + 1))
            if len(pages) > limits.pages:
                raise too_much("pages", limits.pages)
            numbers = {cast(int, page.pageid): number for number, page in enumerate(pages, start=1)}
            top = _structure(pdf.doc, numbers, limits)
            sheets = []
            for number, page in enumerate(pages, start=1):
                sheets.append(_sheet(Page(pdf, page, number), number, top is not None))
    except (Refusal, MemoryError):
        raise
    except Exception as fault:
        if "MemoryError" in _names(fault):
            raise MemoryError from fault
        raise _refusal(fault) from fault
    if not sheets:
        raise Unreadable("The PDF is damaged: it has no pages.", do=_SEND_AGAIN)
    sheets = _recognised(file, sheets, limits)
    if not any(each.words for each in sheets):
        if any(each.pictures for each in sheets):
            raise Unreadable(
                "The PDF is a scan: its pages are pictures and hold no words.",
                do="Ask for the Word file. Where Tesseract is installed, scans are read too.",
            )
        raise Unreadable("The PDF holds no words.", do="Check that you chose the right file.")
    return sheets, top


def _recognised(file: BinaryIO, sheets: list[Sheet], limits: Limits) -> list[Sheet]:
    """The same sheets; those that are pictures with the words seen on them, where that is known."""
    blank = [each.number for each in sheets if each.pictures and not each.words]
    ask = letters.asker()
    if ask is None or not blank:
        return sheets
    if len(blank) > limits.pictures:
        raise too_much("pages that are pictures", limits.pictures, Place(page=blank[0]))
    scan = Scan(file)
    return [
        replace(scan.read(each, ask), recognised=True, pictures=each.pictures)
        if each.number in blank
        else each
        for each in sheets
    ]


def _structure(document: Any, numbers: dict[int, int], limits: Limits) -> Node | None:  # noqa: ANN401
    """The tags of a file; broken ones are none, since the pages can be read without."""
    try:
        return structure(document, numbers, limits)
    except (Refusal, MemoryError):
        raise
    except Exception:
        return None


_SEND_AGAIN = "Open it in a PDF viewer and save it again, or ask for the Word file."


def _sheet(page: Page, number: int, tagged: bool) -> Sheet:
    try:
        marks = sum(len(found) for found in page.objects.values())
        if marks > _MOST_MARKS:
            raise too_much("marks on one page", _MOST_MARKS, Place(page=number))
        if not (0 < page.width <= _LARGEST_PAGE and 0 < page.height <= _LARGEST_PAGE):
            raise Unreadable(
                "The page has no size that paper has.", place=Place(page=number), do=_SEND_AGAIN
            )
        return sheet(page, number, tagged)
    except (Refusal, MemoryError):
        raise
    except Exception as fault:
        if "MemoryError" in _names(fault):
            raise MemoryError from fault
        raise Unreadable(
            "The page is damaged.", place=Place(page=number), do=_SEND_AGAIN
        ) from fault
    finally:
        page.close()


def _names(fault: BaseException) -> set[str]:
    """What was raised, and what caused it: the library wraps its own exceptions in others."""
    names = set()
    seen: list[object] = [fault]
    while seen:
        each = seen.pop()
        names.add(type(each).__name__)
        if isinstance(each, BaseException) and len(names) < 20:
            seen.extend(a for a in (*each.args, each.__cause__) if isinstance(a, BaseException))
    return names


def _refusal(fault: BaseException) -> Unreadable:
    """The sentence for whatever the library has raised."""
    names = _names(fault)
    if "PDFPasswordIncorrect" in names:
        return Unreadable(
            "The PDF is locked with a password.", do="Save a copy without one and try again."
        )
    if names & {"PDFEncryptionError", "PDFUnknownEncryption"}:
        return Unreadable(
            "The PDF is encrypted in a way that cannot be opened.",
            do="Save a copy without a password and try again.",
        )
    return Unreadable("The PDF is damaged or is not a PDF.", do=_SEND_AGAIN)


def _pictures(sheets: list[Sheet]) -> Iterator[LeftOut]:
    for each in sheets:
        if each.recognised:
            yield LeftOut("recognised", RECOGNISED, Place(page=each.number))
        elif each.pictures and not each.words:
            yield LeftOut(
                "picture",
                "The page is a picture; words in it were not read.",
                Place(page=each.number),
            )
        if each.unseen:
            yield LeftOut(
                "hidden_text",
                "Words that stand off the page, or are too small to see, were left out.",
                Place(page=each.number),
            )
        if each.struck:
            yield LeftOut(
                "struck_out",
                "Words that a line strikes out were left out.",
                Place(page=each.number),
            )
        if each.slanted:
            yield LeftOut(
                "page_furniture",
                "Slanted words across the page, such as a watermark, were left out.",
                Place(page=each.number),
            )


def _artifacts(sheets: list[Sheet]) -> Iterator[LeftOut]:
    """What a tagged file itself calls furniture: headers, footers, page numbers."""
    for each in sheets:
        tagged = sum(
            len(piece.text.replace(" ", "")) for pieces in each.marked.values() for piece in pieces
        )
        if sum(len(word.text) for word in each.words) > tagged + each.untagged + 2:
            yield LeftOut(
                "page_furniture",
                "What is printed at the edges of the page was left out.",
                Place(page=each.number),
            )


# --- order --------------------------------------------------------------------------------------


def _blocks(sheets: list[Sheet], ruled: dict[int, list[Part]]) -> Iterator[Paragraph | Table]:
    """Tables and running text of all pages in reading order."""
    zones = {each.number: list(_zones(each, ruled[each.number])) for each in sheets}
    every = [line for found in zones.values() for zone, _ in found for line in zone]
    cells = [c for found in ruled.values() for part in found for c in part.cells]
    known = known_words(itertools.chain(every, *(into_lines(cell.words) for cell in cells)))
    right = max((line.x1 for line in every), default=0.0)

    done: list[body.Sized | Joined] = []
    open_table: Joined | None = None  # the table that ended the page before
    for each in sheets:
        first_on_page = True
        for item in _items(each, zones[each.number], open_table):
            if isinstance(item, Part):
                last = done[-1] if done else None
                goes_on = first_on_page and open_table is not None and last is open_table
                if goes_on and open_table is not None and open_table.goes_on_with(item):
                    open_table.parts.append(item)
                else:
                    open_table = Joined([item])
                    done.append(open_table)
                first_on_page = False
            else:
                for sized in body.sized(item, each.number, right, known):
                    last = done[-1] if done else None
                    if first_on_page and isinstance(last, body.Sized) and body.goes_on(last, sized):
                        joined = f"{last.paragraph.text} {sized.paragraph.text}"
                        last.paragraph = _with_text(last.paragraph, joined)
                    else:
                        done.append(sized)
                    first_on_page = False
                    open_table = None
    texts = iter(
        body.with_headings([d for d in done if isinstance(d, body.Sized)], common_size(sheets))
    )
    numbers = itertools.count(1)
    for found in done:
        yield next(texts) if isinstance(found, body.Sized) else table(found, next(numbers), known)


def _with_text(paragraph: Paragraph, text: str) -> Paragraph:
    return Paragraph(
        text,
        list_level=paragraph.list_level,
        marker=paragraph.marker,
        bold=paragraph.bold,
        bold_lead=paragraph.bold_lead,
    )


def _zones(each: Sheet, parts: list[Part]) -> Iterator[tuple[list[Line], Part | None]]:
    """The free lines above each ruled table with that table, and those below the last one."""
    inside = {id(word) for part in parts for cell in part.cells for word in cell.words}
    free = into_lines(word for word in each.words if id(word) not in inside)
    for part in parts:
        above = [line for line in free if (line.top + line.bottom) / 2 < part.top]
        free = free[len(above) :]
        yield above, part
    yield free, None


def _items(
    each: Sheet, zones: list[tuple[list[Line], Part | None]], before: Joined | None
) -> Iterator[list[Line] | Part]:
    """The tables of a page, and the runs of lines between them, from top to bottom."""
    at_head = True
    for zone, part in zones:
        rest = zone
        while rest:
            like = before.parts[-1] if at_head and before and not before.parts[-1].ruled else None
            at_head = False
            found = unruled.find(each, rest, like)
            if found is None:
                yield rest
                break
            if found.first:
                yield rest[: found.first]
            yield found.part
            rest = rest[found.end :]
        if part is not None:
            at_head = False
            yield part
