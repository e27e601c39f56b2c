"""A paper as a tagged PDF: PDF/UA-1, for people who listen, and PDF/A-2a, for the archive.

Typst sets the pages from ``paper.typ``. The words go in as data and are never its markup; it has
neither network nor packages, and only the fonts that come with us.
"""

from __future__ import annotations

import json
import re
from calendar import timegm
from datetime import date
from pathlib import Path
from typing import Any

import typst

from goldenthread.charts import FONTS
from goldenthread.documents.paper.sheet import (
    Block,
    Bullets,
    Cell,
    Grid,
    Head,
    Picture,
    Runs,
    Section,
    Sheet,
    Words,
)
from goldenthread.documents.write.pdf import refusal

_HERE = Path(__file__).parent
# A row with more words than this in a cell may break over a page; others stay whole.
_LONG = 900
# A longer run of letters, such as an address, may be broken here so that it stays in its cell.
_LONG_WORD = re.compile(r"\S{16}(?=\S{4})")


def write(sheet: Sheet, written_on: date) -> bytes:
    """The paper as PDF: A4 upright, headings, tables with header cells, charts with alt text.

    The same bytes for the same sheet and day, whenever it is made. Raises ``Unreadable`` where a
    text has a character that none of our fonts can print, naming it.
    """
    given = {
        "title": sheet.title,
        "foot": sheet.foot,
        "body": sheet.words["body"],
        "purpose": sheet.words["purpose"],
        "wards": sheet.words["wards"],
        "sections": [_section(section) for section in sheet.sections],
    }
    try:
        made = typst.compile(
            _HERE / "paper.typ",
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=timegm(written_on.timetuple()),
        )
    except typst.TypstError as fault:
        raise refusal(str(fault)) from None
    if not isinstance(made, bytes):
        raise TypeError("Typst gives one file for one PDF")
    return made


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "appendix": section.appendix,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Words):
        return {"is": "words", "runs": _runs(block.runs), "sticky": block.with_next}
    if isinstance(block, Head):
        return {"is": "head", "text": block.text}
    if isinstance(block, Bullets):
        items = [_runs(item) for item in block.items]
        return {"is": "list", "items": items, "numbered": block.numbered}
    if isinstance(block, Picture):
        drawing = block.drawing
        alt = f"{drawing.title} {drawing.description}"
        return {"is": "picture", "svg": drawing.svg, "width": drawing.width, "alt": alt}
    return _grid(block)


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "is": "grid",
        "title": grid.title,
        "columns": [{"heading": c.heading, "width": c.width} for c in grid.columns],
        "rows": [[_cell(cell) for cell in row] for row in grid.rows],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "lines": [_runs(line) for line in cell.lines],
        "tone": cell.tone,
        "anchor": cell.anchor,
        "long": len(cell.text) > _LONG,
    }


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [
        {"text": _LONG_WORD.sub("\\g<0>\u200b", run.text), "kind": run.kind, "mark": run.mark}
        for run in runs
    ]
