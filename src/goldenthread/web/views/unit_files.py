"""Many parts of the council from a file: its columns confirmed, each row shown, begun at once."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing, NotAllowed, Unreadable, Unsafe
from goldenthread.plan import cells
from goldenthread.plan.unit_table import HEADINGS, LEVELS, MOST, Said, UnitTable
from goldenthread.web.changes import unit_files as changes
from goldenthread.web.forms.units import UnitsFileForm
from goldenthread.web.queries import units
from goldenthread.web.views import telling
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes
from goldenthread.web.views.sending import typed

# What a page sends on of a file: a thousand names with room to spare.
_MOST_SENT = 1_000_000


@needs("change_units")
def bring_units(request: HttpRequest) -> HttpResponse:
    """Bring in parts of the council by a file: shown whole, and begun all at once or not at all."""
    form = UnitsFileForm(**typed(request), initial={"begins": timezone.localdate()})
    if request.method != "POST":
        return _choose(request, form)
    if "lines" in request.POST:
        return _begin(request)
    if not form.is_valid():
        return _choose(request, form, (), 422)
    answers = form.sent
    begins = answers.pop("begins") or timezone.localdate()
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Missing(_("There is no file."), needs={"file": _("Choose the file.")})
        table = changes.read_unit_file(
            by=who(request),
            file=file,
            name=file.name or "",
            named={name: answers[name] for name in LEVELS},
            at=timezone.now(),
        )
    except (Missing, Unreadable, Unsafe) as refusal:
        telling.upload(request, refusal)
        return _choose(request, form, mistakes(refusal, "file"), 422)
    return _preview(request, table, begins)


def _begin(request: HttpRequest) -> HttpResponse:
    """Begin what the page shows, judged again beside what now stands."""
    try:
        said, begins = _lines(request.POST.get("lines", ""))
        preview = changes.judge(said=said, begins=begins)
    except Missing as refusal:
        return _choose(request, UnitsFileForm(), mistakes(refusal, "file"), 422)
    table = UnitTable(said)
    if preview.wrong or not preview.new:
        return _preview(request, table, begins, 422)
    if request.POST.get("sure") != "on":
        wrong = (Mistake("sure", _("Say that you have looked at what begins.")),)
        return _preview(request, table, begins, 422, wrong)
    try:
        changes.bring_units(
            by=who(request),
            units=preview.new,
            at=timezone.now(),
            key=request.POST.get("key", "")[:64],
        )
    except NotAllowed:
        raise
    except Missing as refusal:
        return _preview(request, table, begins, 409, mistakes(refusal, ""))
    count = len(preview.new)
    words = ngettext(
        "%(count)s part of the council begins.", "%(count)s parts of the council begin.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("units")


def _lines(sent: str) -> tuple[tuple[Said, ...], date]:
    """What the page sent on of a file. Raises ``Missing`` where no page of ours did."""
    refused = Missing(_("This is no page of parts."), needs={"file": _("Send the file again.")})
    if len(sent) > _MOST_SENT:
        raise refused
    try:
        plain = json.loads(sent)
        begins = date.fromisoformat(plain["begins"])
        said = tuple(
            Said(
                tuple(str(name) for name in one["path"]),
                int(one["row"]),
                str(one["kind"]),
                date.fromisoformat(one["begins"]) if one["begins"] else None,
            )
            for one in plain["said"]
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        raise refused from None
    seen: set[tuple[str, ...]] = {()}
    for one in said:
        folded = tuple(" ".join(name.casefold().split()) for name in one.path)
        names = all(0 < len(name) <= 160 for name in folded) and len(one.kind) <= 60
        if not 0 < len(folded) <= len(LEVELS) or folded[:-1] not in seen or not names:
            raise refused
        seen.add(folded)
    if not said or len(said) > MOST:
        raise refused
    return said, begins


def _preview(
    request: HttpRequest,
    table: UnitTable,
    begins: date,
    status: int = 200,
    wrong: tuple[Mistake, ...] = (),
) -> HttpResponse:
    """What the file would begin, what is there, what it does not name, and its bad rows."""
    preview = changes.judge(said=table.said, begins=begins)
    plain = {
        "begins": begins.isoformat(),
        "said": [
            {
                "path": one.path,
                "row": one.row,
                "kind": one.kind,
                "begins": one.begins.isoformat() if one.begins else "",
            }
            for one in table.said
        ],
    }
    facts = {
        "table": table,
        "preview": preview,
        "new": [one for one in preview.judged if not one.there],
        "there": [one for one in preview.judged if one.there],
        "lines": json.dumps(plain, ensure_ascii=False),
        "may_begin": not (preview.wrong or table.bad) and bool(preview.new),
        "called": HEADINGS,
        "mistakes": wrong,
    }
    return render(request, "workspace/units_file.html", facts, status=status)


def _choose(
    request: HttpRequest,
    form: UnitsFileForm,
    wrong: tuple[Mistake, ...] = (),
    status: int = 200,
) -> HttpResponse:
    facts: dict[str, Any] = {"form": form, "mistakes": (*form.mistakes, *wrong)}
    return render(request, "workspace/bring_units.html", facts, status=status)


@needs("change_units")
def units_csv(request: HttpRequest) -> HttpResponse:
    """A table to fill in, with the parts that stand today: it comes back through the page."""
    today = timezone.localdate()
    rows = [[HEADINGS[name] for name in (*LEVELS, "kind", "begins")]]
    path: list[str] = []
    for one in units.tree(for_=who(request), on=today, today=today).now:
        if not one.depth or one.depth > len(LEVELS):
            continue
        path = [*path[: one.depth - 1], one.unit.name]
        padded = [*path, *[""] * (len(LEVELS) - len(path))]
        rows.append([*padded, one.unit.kind, one.unit.begins.isoformat()])
    answer = HttpResponse(
        cells.write(rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="parts-{today}.csv"'
    return answer
