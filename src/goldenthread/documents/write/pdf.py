"""A plan as a tagged PDF: PDF/UA-1, for people who listen, and PDF/A-2a, for the archive.

Typst sets the pages from ``plan.typ``. The words go in as data and are never its markup; it has
neither network nor packages, and only the fonts that come with us.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typst

from goldenthread.charts import FONTS
from goldenthread.documents.layouts import Cell, Page, Table
from goldenthread.errors import Refusal, Unreadable

_HERE = Path(__file__).parent
# A cell with more words than this may break over a page; others stay whole.
_LONG = 1_200
# A longer run of letters, such as an address, may be broken here so that it stays in its cell.
_LONG_WORD = re.compile(r"\S{16}(?=\S{4})")
_WHEN = 0  # 1 January 1970: the same bytes whenever it is made
_NO_GLYPH = re.compile(r"the text `\"(?P<text>.*?)\"`", re.DOTALL)


def write(page: Page) -> bytes:
    """The page as PDF: A4 on its side, headings, tables with header cells, fonts embedded.

    Raises ``Unreadable`` where a text has a character that none of our fonts can print, naming it.
    """
    said = {"title": page.title, "lines": page.lines, "tables": [_table(t) for t in page.tables]}
    try:
        made = typst.compile(
            _HERE / "plan.typ",
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"said": json.dumps(said, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=_WHEN,
        )
    except typst.TypstError as fault:
        raise refusal(str(fault)) from None
    if not isinstance(made, bytes):
        raise TypeError("Typst gives one file for one PDF")
    return made


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [{"heading": c.heading, "width": c.width} for c in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "lines": [_LONG_WORD.sub("\\g<0>\u200b", line) for line in cell.lines],
        "rows": cell.rows,
        "columns": cell.columns,
        "rag": cell.rag or "",
        "long": cell.rows > 1 or len(cell.text) > _LONG,
    }


def refusal(fault: str) -> Refusal:
    """What to say where Typst could not set the pages: a character that no font of ours has."""
    match = _NO_GLYPH.search(fault)
    if match is None:
        raise AssertionError(f"Typst could not set the pages: {fault}")
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), match["text"])
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in text[:5])
    return Unreadable(
        f"The plan has a character that cannot be printed in a PDF: {codes}.",
        do="Write it as .docx or .html instead, or take the character out.",
    )
