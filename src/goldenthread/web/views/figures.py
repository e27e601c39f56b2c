"""Figures of a measure: given by hand or by a file, corrected, and taken away as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Refusal, Unreadable, Unsafe
from goldenthread.plan import cells
from goldenthread.plan.figure_table import COLUMNS, HEADINGS, Line
from goldenthread.timescale import last_ended, period_of
from goldenthread.web.changes import figure_files
from goldenthread.web.changes import figures as changes
from goldenthread.web.forms.measures import FigureForm, FiguresFileForm
from goldenthread.web.queries import measures
from goldenthread.web.queries.counted import counted
from goldenthread.web.views import telling
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake, mistakes
from goldenthread.web.views.sending import ask, sent, typed

# What a page sends back of a file: as many rows as a file may have, with room for their words.
_MOST_SENT = 1_000_000


@needs("give_figures", kind="measure")
def give_figure(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Give the figure of one period with what it means, or say that it has none and why."""
    me, today = who(request), timezone.localdate()
    told = measures.told(for_=me, measure=measure, as_at=today)
    open_ = measures.missing_periods(measure, told, today)
    offered = [(period.ends.isoformat(), period.name) for period in open_]
    asked = request.GET.get("period", "")
    form = FigureForm(
        **typed(request),
        choices={"ends": offered},
        quantity=measure.quantity or "number",
        before=[p.value for p in told.points if p.value is not None],
        system=bool(measure.system),
        initial={"ends": asked if asked in dict(offered) else offered[0][0] if offered else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.give_figure(by=me, measure=measure, at=timezone.now(), **answers)

    lead = [measure.text, *_about(measure)]
    if measure.system and open_:
        count = ", ".join(f"{p.name}: {counted(measure, p):,.0f}" for p in open_[:4])
        lead.append(_("Golden Thread counts: %(count)s.") % {"count": count})
    done = _("The figure was kept.")
    return sent(request, form, change, done=done, to=_page(measure), room="measures") or _ask(
        request, form, measure, title=_("Give a figure"), lead=lead, button=_("Keep this figure")
    )


@needs("give_figures", kind="point")
def correct_figure(request: HttpRequest, point: measures.Point) -> HttpResponse:
    """Put another figure in the place of one, with a reason; the earlier one stays readable."""
    me, measure = who(request), point.measure
    told = measures.told(for_=me, measure=measure, as_at=timezone.localdate())
    form = FigureForm(
        **typed(request),
        quantity=measure.quantity or "number",
        before=[p.value for p in told.points if p.value is not None and p.ends != point.ends],
        system=bool(measure.system),
        correcting=True,
        initial={
            "value": _typed(point.value),
            "part": _typed(point.part),
            "whole": _typed(point.whole),
            "commentary": point.commentary,
            "remedy": point.remedy,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        changes.correct_figure(by=me, point=point, at=timezone.now(), **answers)

    name = period_of(point.ends, measure.months).name
    done = _("The figure of %(period)s was corrected.") % {"period": name}
    return sent(request, form, change, done=done, to=_page(measure), room="measures") or _ask(
        request,
        form,
        measure,
        title=_("Correct the figure of %(period)s") % {"period": name},
        lead=[measure.text],
        button=_("Keep this figure instead"),
    )


@needs("read_register", kind="measure")
def figures_csv(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """The figures as a table, with a row for each period that has none yet: to read or to fill in.

    What counts people by a characteristic or by unit has an address of its own.
    """
    told = measures.told(for_=who(request), measure=measure, as_at=timezone.localdate())
    if told.inside:
        raise Missing(
            _("The figures of this measure stay inside."), do=_("Look at the measure's own page.")
        )
    return _table(told)


@needs("read_figures", kind="measure")
def inside_figures_csv(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """The same table of a measure that counts people, for those alone who may read its figures."""
    return _table(measures.told(for_=who(request), measure=measure, as_at=timezone.localdate()))


def _table(told: measures.Told) -> HttpResponse:
    measure, today = told.row, timezone.localdate()
    share = measure.quantity == "share"
    names = [name for name in COLUMNS if share or name not in ("part", "whole")]
    lines = [[HEADINGS[name] for name in names]]
    periods = {period_of(p.ends, measure.months): p for p in told.points}
    missing = dict.fromkeys(measures.missing_periods(measure, told, today))
    for period in sorted({*periods, *missing}):
        point = periods.get(period)
        said = {
            "period": period.name,
            "value": _typed(point.value) if point else "",
            "part": _typed(point.part) if point else "",
            "whole": _typed(point.whole) if point else "",
            "commentary": point.commentary if point else "",
            "remedy": point.remedy if point else "",
        }
        lines.append([said[name] for name in names])
    answer = HttpResponse(
        cells.write(lines).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    name = f"figures-{measure.public_id}-{last_ended(today, measure.months).ends}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs("give_figures", kind="measure")
def bring_figures(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Bring in figures by a file: every fault at once, and nothing kept before all is settled."""
    if request.method != "POST":
        return _choose(request, measure, FiguresFileForm())
    if "lines" in request.POST:
        return _settle(request, measure)
    me, now = who(request), timezone.now()
    form = FiguresFileForm(**typed(request))
    form.is_valid()
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Missing(_("There is no file."), needs={"file": _("Choose the file.")})
        table = figure_files.read_figure_file(
            by=me, measure=measure, file=file, name=file.name or "", at=now
        )
    except (Missing, Unreadable, Unsafe) as refusal:
        telling.upload(request, refusal)
        return _choose(request, measure, form, mistakes(refusal, "file"))
    judged = figure_files.judge(
        measure=measure, lines=table.lines, said={}, on=timezone.localdate(now)
    )
    return _preview(request, measure, judged, passed_over=table.passed_over)


def _settle(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Keep what a file brings once nothing about it is open; else show what still is."""
    try:
        lines = _lines(request.POST.get("lines", ""))
    except Missing as refusal:
        return _choose(request, measure, FiguresFileForm(), mistakes(refusal, "file"))
    said = {
        line.row: figure_files.Said(
            request.POST.get(f"take-{line.row}", ""), request.POST.get(f"value-{line.row}", "")[:30]
        )
        for line in lines
    }
    now = timezone.now()
    judged = figure_files.judge(measure=measure, lines=lines, said=said, on=timezone.localdate(now))
    if not all(one.settled for one in judged):
        return _preview(request, measure, judged, said=said, status=422)
    taken = [one.figure for one in judged if one.figure and not (one.known or one.left_out)]
    if not taken:
        return _preview(request, measure, judged, said=said, status=422, nothing=True)
    try:
        changes.take_figures(
            by=who(request),
            measure=measure,
            figures=taken,
            at=now,
            key=request.POST.get("key", "")[:64],
        )
    except NotAllowed:
        raise
    except (Missing, OutOfStep) as refusal:
        # Somebody gave one of them meanwhile: the rows are judged again beside what now stands.
        again = figure_files.judge(
            measure=measure, lines=lines, said=said, on=timezone.localdate(now)
        )
        return _preview(request, measure, again, said=said, status=409, refusal=refusal)
    words = ngettext(
        "%(count)s figure of the file was kept.",
        "%(count)s figures of the file were kept.",
        len(taken),
    )
    messages.success(request, words % {"count": len(taken)})
    return redirect(_page(measure))


def _lines(sent: str) -> tuple[Line, ...]:
    """The rows as the page sent them on. Raises ``Missing`` where no page of ours did."""
    refused = Missing(_("This is no page of figures."), do=_("Send the file again."))
    if len(sent) > _MOST_SENT:
        raise refused
    try:
        plain = json.loads(sent)
        lines = tuple(Line(int(one["row"]), *(str(one[name]) for name in COLUMNS)) for one in plain)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise refused from None
    if len(lines) > changes.MOST or len({line.row for line in lines}) < len(lines):
        raise refused
    return lines


def _preview(
    request: HttpRequest,
    measure: measures.Measure,
    judged: tuple[figure_files.Judged, ...],
    *,
    said: Mapping[int, figure_files.Said] | None = None,
    passed_over: tuple[str, ...] = (),
    status: int = 200,
    nothing: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Every row of the file, with what is wrong in it or to be confirmed."""
    wrong = [
        Mistake(
            f"take-{one.line.row}",
            _("Row %(row)s, %(column)s: %(sentence)s")
            % {
                "row": one.line.row,
                "column": figure_files.column_words(column),
                "sentence": sentence,
            },
        )
        for one in judged
        if not one.settled
        for column, sentence in (*one.faults.items(), *one.asks.items())
    ]
    if nothing:
        wrong.append(Mistake("", _("There is nothing to keep: each row is known or left out.")))
    if refusal is not None:
        wrong.insert(0, Mistake("", str(refusal)))
    unsaid = figure_files.Said()
    facts = {
        "measure": measure,
        "judged": judged,
        "said": {one.line.row: (said or {}).get(one.line.row, unsaid) for one in judged},
        "passed_over": passed_over,
        "lines": json.dumps([asdict(one.line) for one in judged], ensure_ascii=False),
        "new": sum(1 for one in judged if one.settled and not (one.known or one.left_out)),
        "open": sum(1 for one in judged if not one.settled),
        "columns": [
            name for name in ("part", "whole") if any(getattr(one.line, name) for one in judged)
        ],
        "words": figure_files.column_words,
        "mistakes": tuple(wrong),
    }
    return render(request, "workspace/figures_file.html", facts, status=status)


def _choose(
    request: HttpRequest,
    measure: measures.Measure,
    form: FiguresFileForm,
    wrong: tuple[Mistake, ...] = (),
) -> HttpResponse:
    facts = {"measure": measure, "form": form, "mistakes": wrong}
    return render(request, "workspace/bring_figures.html", facts, status=422 if wrong else 200)


def _ask(
    request: HttpRequest,
    form: FigureForm,
    measure: measures.Measure,
    *,
    title: str,
    lead: list[str],
    button: str,
) -> HttpResponse:
    return ask(
        request,
        form,
        "one_form",
        title=title,
        lead=lead,
        button=button,
        room="measures",
        back_to=_page(measure),
        back_words=_("The measure"),
        theirs=[],
    )


def _about(measure: measures.Measure) -> list[str]:
    """How the figures are counted, and who will see them, for whoever gives one."""
    said = [measure.definition] if measure.definition else []
    if measure.counts in measures.OPEN:
        said.append(_("The public reads the figure and your words in the next edition."))
    else:
        said.append(
            _("It counts people by a characteristic or by unit, so that it stays in the workspace.")
        )
    return said


def _typed(value: Any) -> str:  # noqa: ANN401
    """A figure as somebody would type it: no commas, no idle noughts."""
    return "" if value is None else f"{value.normalize():f}"


def _page(measure: measures.Measure) -> str:
    return reverse("measure_page", kwargs={"measure": measure.public_id})
