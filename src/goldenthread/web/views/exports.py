"""A plan taken away as a file, in the formats that councils use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from goldenthread.documents import write_plan
from goldenthread.documents.write import FORMATS, LAYOUTS
from goldenthread.errors import Missing, Unreadable, Unsafe
from goldenthread.web.changes import plan as changes
from goldenthread.web.queries import plan as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes

# A council's own template is a page or two with its crest.
TEMPLATE_MOST_BYTES = 5 * 1024 * 1024

FORMAT_WORDS = {
    "docx": _("Word (.docx)"),
    "xlsx": _("Excel (.xlsx), with lists to choose from: for updating away from here"),
    "pdf": _("PDF, tagged for screen readers"),
    "html": _("One web page (.html)"),
    "csv": _("Table with commas (.csv)"),
    "json": _("For programs (.json)"),
}
LAYOUT_WORDS = {
    "full": _("Everything: status, ratings, measures, updates"),
    "council": _("The five columns of a council’s plan: number, recommendation, action, when, who"),
}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@needs("export_plan", kind="plan")
def export_plan(request: HttpRequest, plan: queries.Plan) -> HttpResponse:
    """Ask for the format and the layout, and give the file; names of people never leave with it."""
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        try:
            return _file(request, plan)
        except (Missing, Unreadable, Unsafe) as refusal:
            wrong = mistakes(refusal, "template")
    facts = {
        "plan": plan,
        "formats": FORMAT_WORDS,
        "layouts": LAYOUT_WORDS,
        "mistakes": wrong,
        "said": request.POST,
    }
    return render(request, "workspace/export.html", facts, status=422 if wrong else 200)


def _file(request: HttpRequest, plan: queries.Plan) -> HttpResponse:
    me, now = who(request), timezone.now()
    format: Any = request.POST.get("format", "")
    layout: Any = request.POST.get("layout", "")
    needs = {}
    if format not in FORMATS:
        needs["format"] = "Choose what kind of file you want."
    if layout not in LAYOUTS:
        needs["layout"] = "Choose how much it should hold."
    template = _template(request)
    if template is not None and format != "docx":
        needs["template"] = "A template is for Word alone. Choose Word, or no template."
    if needs:
        raise Missing("The file was not made.", needs=needs)
    value = queries.frozen(for_=me, plan=plan, as_at=timezone.localdate())
    content = write_plan(value, format, layout=layout, template=template)
    changes.record_export(
        by=me, plan=plan, format=format, layout=layout, at=now, key=request.POST.get("key", "")
    )
    response = HttpResponse(content, content_type=_TYPES[format])
    name = f"{slugify(plan.title)[:80] or 'plan'}-{timezone.localdate()}.{format}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _template(request: HttpRequest) -> bytes | None:
    file = request.FILES.get("template")
    if file is None:
        return None
    if (file.size or 0) > TEMPLATE_MOST_BYTES:
        raise Unsafe(
            "The template is larger than 5 megabytes.", rule="limit", do="Send a smaller one."
        )
    content: bytes = file.read()
    return content
