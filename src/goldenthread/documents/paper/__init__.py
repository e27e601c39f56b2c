"""A committee's paper out: the same frozen data as Word file, tagged PDF and accessible page."""

from __future__ import annotations

from typing import Literal, get_args

from goldenthread.documents.paper.sheet import KEYS, Key, Sheet
from goldenthread.documents.paper.told import headings, told
from goldenthread.plan.paper import Paper

PaperFormat = Literal["docx", "pdf", "html"]
PAPER_FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)


def write_paper(paper: Paper, format: PaperFormat, *, template: bytes | None = None) -> bytes:
    """The paper as the bytes of a file, the same bytes whenever the paper is the same.

    Shape: ``template`` is a council's own .docx, whose sections and their order every format
    takes; its looks are the Word file's alone. Without one, ours: all sections.
    Raises ``ValueError`` for a format that there is not; ``Unsafe`` or ``Unreadable`` for a
    template that cannot be used, and for a character that a PDF of ours cannot print.
    Source: PDF/UA-1 and PDF/A-2a (PDF); WCAG 2.2.
    """
    if format not in PAPER_FORMATS:
        raise ValueError(f"No such format: {format}")
    from goldenthread.documents.paper import docx, html, pdf  # slow

    frame = docx.read_template(template) if template is not None else None
    sheet = told(paper, frame.order if frame is not None else KEYS)
    if format == "docx":
        return docx.write(sheet, frame)
    if format == "pdf":
        return pdf.write(sheet, paper.written_on)
    return html.write(sheet)


def left_out(template: bytes | None) -> tuple[Key, ...]:
    """The sections that a template has no place for; none of ours.

    Raises what ``write_paper`` raises for a template that cannot be used.
    """
    if template is None:
        return ()
    from goldenthread.documents.paper.frame import read_template  # slow

    return read_template(template).left_out


__all__ = [
    "KEYS",
    "PAPER_FORMATS",
    "Key",
    "PaperFormat",
    "Sheet",
    "headings",
    "left_out",
    "told",
    "write_paper",
]
