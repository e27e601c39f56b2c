"""Milestones of an action, the horizons of a plan, and a plan over time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.plan import cells
from goldenthread.plan import edition as ed
from goldenthread.timescale import day
from goldenthread.web.changes import milestones as changes
from goldenthread.web.forms.ownership import (
    HorizonsForm,
    MilestoneForm,
    MoveMilestoneForm,
    ReachedForm,
    WhyForm,
)
from goldenthread.web.pages import MOST_LINES
from goldenthread.web.permissions import may
from goldenthread.web.queries import milestones, plan, roadmap
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.sending import ask, sent, typed


@needs("move_date", kind="action")
def add_milestone(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Promise a step within an action by a day."""
    form = MilestoneForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.add_milestone(by=who(request), action=action, at=timezone.now(), **answers)

    to = _page(action)
    return sent(request, form, change, done=_("The milestone was added."), to=to) or ask(
        request,
        form,
        "one_form",
        title=_("Add a milestone"),
        lead=[
            f"{action.number} {action.title or action.text}",
            _("A step on the way, with its day. It is late once that day has passed."),
        ],
        button=_("Add it"),
        room="register",
        back_to=to,
        back_words=_("The action"),
        theirs=[],
    )


@needs("move_date", kind="milestone")
def move_milestone(request: HttpRequest, milestone: Any) -> HttpResponse:  # noqa: ANN401
    """Give a milestone another day, with a reason; the first day stays on the page for good."""
    form = MoveMilestoneForm(**typed(request), version=milestone.version)
    return _asked(
        request,
        milestone,
        form,
        changes.move_milestone,
        title=_("Move the milestone"),
        lead=_("It is late by the day that was promised first, whatever the new day is."),
        button=_("Move it"),
        done=_("The milestone was moved. Its first day stays in the story."),
    )


@needs("add_update", kind="milestone")
def reach_milestone(request: HttpRequest, milestone: Any) -> HttpResponse:  # noqa: ANN401
    """Say on which day a milestone was reached."""
    form = ReachedForm(
        **typed(request), version=milestone.version, initial={"on": timezone.localdate()}
    )
    return _asked(
        request,
        milestone,
        form,
        changes.reach_milestone,
        title=_("The milestone was reached"),
        lead=_("Say in an update what was done, and give what shows it."),
        button=_("Keep this"),
        done=_("The milestone was reached."),
    )


@needs("move_date", kind="milestone")
def drop_milestone(request: HttpRequest, milestone: Any) -> HttpResponse:  # noqa: ANN401
    """Give a milestone up, with a reason; it stays in the story."""
    form = WhyForm(**typed(request), version=milestone.version)
    return _asked(
        request,
        milestone,
        form,
        changes.drop_milestone,
        title=_("Drop the milestone"),
        lead=_("It stays in the story with the day and your reason."),
        button=_("Drop it"),
        done=_("The milestone was dropped. It stays in the story."),
    )


@needs("move_date", kind="milestone")
def reopen_milestone(request: HttpRequest, milestone: Any) -> HttpResponse:  # noqa: ANN401
    """Take back that a milestone was reached, or take it up again."""
    form = WhyForm(**typed(request), version=milestone.version)
    return _asked(
        request,
        milestone,
        form,
        changes.reopen_milestone,
        title=_("Open the milestone again"),
        lead=_("What was said of it stays in the story, and so does your reason."),
        button=_("Open it again"),
        done=_("The milestone is open again."),
    )


def _asked(
    request: HttpRequest,
    milestone: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    deed: Callable[..., object],
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    def change(answers: dict[str, Any]) -> None:
        deed(by=who(request), milestone=milestone, at=timezone.now(), **answers)

    def stands() -> tuple[Mapping[str, Any], int]:
        milestone.refresh_from_db()
        now = {_("Promised first"): day(milestone.first_due), _("Now"): day(milestone.now_due)}
        if milestone.reached_on:
            now[_("Reached")] = day(milestone.reached_on)
        if milestone.dropped_on:
            now[_("Dropped")] = day(milestone.dropped_on)
        return now, milestone.version

    to = _page(milestone.action)
    return sent(request, form, change, done=done, to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        title=title,
        lead=[
            _("%(words)s. First promised for %(day)s.")
            % {"words": milestone.words, "day": day(milestone.first_due)},
            lead,
        ],
        button=button,
        room="register",
        back_to=to,
        back_words=_("The action"),
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )


@needs("edit_plan", kind="plan")
def horizons(request: HttpRequest, plan: Any) -> HttpResponse:  # noqa: ANN401
    """What a plan means by short, medium and long term."""
    now = milestones.horizons(plan)
    initial: dict[str, Any] = {}
    for place, one in enumerate(now, 1):
        initial |= {f"name_{place}": one.name, f"ends_{place}": one.ends}
    form = HorizonsForm(**typed(request), version=plan.version, initial=initial)

    def change(answers: dict[str, Any]) -> None:
        changes.keep_horizons(by=who(request), plan=plan, at=timezone.now(), **answers)

    def stands() -> tuple[Mapping[str, Any], int]:
        plan.refresh_from_db()
        return {one.name: day(one.ends) for one in milestones.horizons(plan)}, plan.version

    to = reverse("plan", kwargs={"plan": plan.public_id})
    return sent(request, form, change, done=_("Kept."), to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        title=_("What do short and long term mean?"),
        lead=[
            plan.title,
            _("Each action is shown with the nearest of these that its date does not pass."),
        ],
        button=_("Keep these"),
        room="plans",
        back_to=to,
        back_words=plan.title,
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )


@needs("read_register", kind="plan")
def roadmap_page(request: HttpRequest, plan: Any) -> HttpResponse:  # noqa: ANN401
    """A plan over time: every action, milestone and horizon on one line, or a part of it."""
    me, today = who(request), timezone.localdate()
    found = roadmap.roadmap(
        for_=me,
        plan=plan,
        as_at=today,
        theme=request.GET.get("theme", ""),
        unit=request.GET.get("unit", ""),
        page=page_number(request),
        most=MOST_LINES,
    )
    return render(
        request,
        "workspace/roadmap.html",
        {
            "plan": plan,
            "found": found,
            "address": _narrowed,
            "road": found.road,
            "counts": ed.count(found.actions, today),
            "most_lines": MOST_LINES,
            "may_edit": may(me, "edit_plan", plan, today),
        },
    )


def _narrowed(theme: str, unit: str) -> str:
    """The query of a roadmap of one theme, one directorate, or both."""
    asked = {"theme": theme, "unit": unit}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


MILESTONE_COLUMNS = (
    *("action", "action number", "milestone", "standing", "first promised", "now promised"),
    *("times moved", "reached on", "dropped on", "reason of the last change"),
)


@needs("read_register", kind="plan")
def milestones_csv(
    request: HttpRequest,  # noqa: ARG001
    plan: Any,  # noqa: ANN401
) -> HttpResponse:
    """The milestones of a plan as a table for spreadsheets; no cell is a formula."""
    today = timezone.localdate()
    rows = [
        (
            one.row.action.public_id,
            one.row.action.number,
            one.row.words,
            one.standing,
            one.row.first_due.isoformat(),
            one.row.now_due.isoformat(),
            str(one.row.moves),
            one.row.reached_on.isoformat() if one.row.reached_on else "",
            one.row.dropped_on.isoformat() if one.row.dropped_on else "",
            one.events[-1].reason,
        )
        for one in milestones.of_plan(plan, today)
    ]
    text = cells.write([MILESTONE_COLUMNS, *rows])
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="milestones-{today}.csv"'
    return response


def _page(action: plan.Action) -> str:
    return reverse("action", kwargs={"action": action.public_id})
