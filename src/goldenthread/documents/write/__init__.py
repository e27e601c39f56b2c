"""A plan out, in the formats that councils use: built fresh, accessible, and read back the same."""

from __future__ import annotations

import json
from typing import Literal, get_args

from goldenthread.documents import layouts, schema
from goldenthread.documents.carried import carried, without_names
from goldenthread.documents.layouts import LAYOUTS, Layout
from goldenthread.plan import Plan

Format = Literal["docx", "xlsx", "csv", "json", "html", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_plan(
    plan: Plan,
    format: Format,
    *,
    layout: Layout = "full",
    template: bytes | None = None,
    names: bool = False,
) -> bytes:
    """The plan as the bytes of a file, the same bytes whenever the plan is the same.

    Shape: ``layout`` is "full" (everything that a document carries; a workbook is one for updating
    off line) or "council" (the table that councils print: No., Recommendation, Key action,
    Timescale, Lead / comments). JSON has one layout, ``goldenthread.plan/1``, and carries all.
    ``template`` is a council's own .docx: its styles, headers, footers and words around a paragraph
    that says {{plan}}.
    Missing: names of people are left out unless ``names``; a lead known by name alone becomes
    “Named person”. ``carried`` says what else a document does not carry: places, the programme.
    Reading the fuller layout again gives ``carried(plan)``; JSON gives the plan itself.
    Raises ``ValueError`` for a format or layout that there is not, or a template for anything but
    docx; ``Unsafe`` or ``Unreadable`` for a template that cannot be used, and for a text that does
    not fit a cell of a workbook.
    Source: OWASP ASVS 5.0 1.2.10 (formulas); PDF/UA-1 and PDF/A-2a (PDF); WCAG 2.2.

    >>> from goldenthread.plan import Action, Recommendation
    >>> rec = Recommendation("Say who leads", "1", actions=(Action("Publish a list of leads"),))
    >>> write_plan(Plan("Our plan", recommendations=(rec,)), "csv", layout="council").decode()
    '\\ufeff"No.","Recommendation","Key action","Timescale","Lead / comments"\\r\\n"1","Say who leads","Publish a list of leads","",""\\r\\n'
    """  # noqa: E501
    if format not in FORMATS or layout not in LAYOUTS:
        raise ValueError(f"No such format or layout: {format}, {layout}")
    if template is not None and format != "docx":
        raise ValueError("A template is for docx only.")
    if format == "json":
        said = schema.plan_to_json(plan if names else without_names(plan))
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    plan = carried(plan, names=names)
    if layout == "council":
        page = layouts.council(plan)
    else:
        page = layouts.sheet(plan) if format in ("xlsx", "csv") else layouts.full(plan)
    if format == "docx":
        from goldenthread.documents.write import docx  # slow

        return docx.write(page, template)
    if format == "xlsx":
        from goldenthread.documents.write import xlsx  # slow

        return xlsx.write(page)
    if format == "csv":
        from goldenthread.documents.write import csv  # slow

        return csv.write(page)
    if format == "html":
        from goldenthread.documents.write import html  # slow

        return html.write(page)
    from goldenthread.documents.write import pdf  # slow

    return pdf.write(page)


__all__ = ["FORMATS", "LAYOUTS", "Format", "Layout", "write_plan"]
