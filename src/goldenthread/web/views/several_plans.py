"""Several directorates' plans brought in at once, and each draft given to whose it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing, OutOfStep, Unsafe
from goldenthread.plan.likeness import whose
from goldenthread.web.changes import several_plans as changes
from goldenthread.web.queries import people, plan, workspace
from goldenthread.web.views import telling
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes


@needs("receive_document")
def receive_several(request: HttpRequest) -> HttpResponse:
    """The form that brings in several documents; what is refused is told beside what was kept."""
    strands = list(workspace.strands())
    wrong: tuple[Mistake, ...] = ()
    if request.method == "POST":
        strand = next((s for s in strands if s.public_id == request.POST.get("strand", "")), None)
        try:
            if strand is None:
                raise Missing(
                    _("Nothing is chosen."), needs={"strand": _("Choose one of the list.")}
                )
            kept, refused = changes.receive_several(
                by=who(request),
                strand=strand,
                files=[(file.name or "", file) for file in request.FILES.getlist("files")],
                sheets=request.POST.get("sheets") == "on",
                at=timezone.now(),
                key=request.POST.get("key", "")[:50],
            )
        except (Missing, Unsafe) as refusal:
            wrong = mistakes(refusal, "files")
        else:
            for one in refused:
                telling.upload(request, one.refusal)
                messages.warning(request, f"{one.name}: {one.refusal}")
            if kept:
                words = ngettext(
                    "%(count)s draft was brought in.",
                    "%(count)s drafts were brought in.",
                    len(kept),
                )
                messages.success(request, words % {"count": len(kept)})
                return redirect("whose_drafts")
            wrong = (Mistake("files", _("None of the files became a draft.")),)
    facts = {
        "strands": strands,
        "said": {"strand": request.POST.get("strand", ""), "sheets": request.POST.get("sheets")},
        "mistakes": wrong,
    }
    return render(request, "workspace/receive_several.html", facts, status=422 if wrong else 200)


@needs("receive_document")
def whose_drafts(request: HttpRequest) -> HttpResponse:
    """Say whose each open draft of the whole council is: its name proposes, a person gives."""
    me, today = who(request), timezone.localdate()
    units = list(people.units(for_=me, permission="receive_document", on=today))
    parts = [unit for unit in units if unit.parent_id is not None]
    drafts = [
        row
        for row in plan.drafts(for_=me, as_at=today)
        if row.state == "open" and row.unit.parent_id is None and row.plan_id is None
    ]
    names = [unit.name for unit in parts]
    proposed = {}
    for row in drafts:
        place = whose(row.file, names)
        proposed[row.public_id] = parts[place].public_id if place is not None else ""
    wrong: list[Mistake] = []
    if request.method == "POST":
        chosen = {unit.public_id: unit for unit in parts}
        given = 0
        for row in drafts:
            unit = chosen.get(request.POST.get(f"unit-{row.public_id}", ""))
            if unit is None:
                continue
            version = request.POST.get(f"version-{row.public_id}", "")
            try:
                changes.give_draft(
                    by=me,
                    draft=row,
                    unit=unit,
                    version=int(version) if version.isdecimal() and len(version) < 10 else 0,
                    at=timezone.now(),
                )
            except (Missing, OutOfStep) as refusal:
                wrong.append(Mistake(f"unit-{row.public_id}", f"{row.file}: {refusal}"))
            else:
                given += 1
        if given:
            words = ngettext("%(count)s draft was given.", "%(count)s drafts were given.", given)
            messages.success(request, words % {"count": given})
        if not wrong:
            return redirect("plans")
    facts = {"drafts": drafts, "parts": parts, "proposed": proposed, "mistakes": tuple(wrong)}
    return render(request, "workspace/whose_drafts.html", facts, status=409 if wrong else 200)
