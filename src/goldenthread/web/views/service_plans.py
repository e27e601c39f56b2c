"""Service plans: what they are, where they are, and which actions stand in them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import service_plans as changes
from goldenthread.web.forms.directorate_plan import (
    EndServicePlanForm,
    PutInForm,
    ServicePlanForm,
    TakeOutForm,
)
from goldenthread.web.permissions import may
from goldenthread.web.queries import service_plans
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.directorate_measures import measures_of
from goldenthread.web.views.sending import ask, sent, typed


@needs("keep_planning", kind="planning")
def add_service_plan(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Say that a directorate, or a part of it, has a service plan."""
    units = {one.public_id: one for one in service_plans.parts(planning.unit)}
    form = ServicePlanForm(
        **typed(request),
        choices={"unit": [(key, one.name) for key, one in units.items()]},
        initial={"unit": planning.unit.public_id},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["unit"] = units.get(answers["unit"], planning.unit)
        changes.add_service_plan(by=who(request), at=timezone.now(), **answers)

    to = measures_of(planning)
    done = _("The service plan was added. Say which actions stand in it.")
    return sent(request, form, change, done=done, to=to) or ask(
        request,
        form,
        "one_form",
        title=_("Add a service plan"),
        lead=[
            planning.unit.name,
            _("The plan itself stays where it is. This says which of the actions stand in it."),
        ],
        button=_("Add it"),
        room="directorates",
        back_to=to,
        back_words=_("Measures"),
    )


@needs("read_planning")
def service_plans_page(request: HttpRequest) -> HttpResponse:
    """Every service plan that this person may see, of all directorates or of one."""
    me, today = who(request), timezone.localdate()
    asked = request.GET.get("directorate", "")
    found = service_plans.listed(for_=me, on=today)
    names = {one.directorate: one.name for one in found if one.directorate}
    asked = asked if asked in names else ""
    facts = {
        "found": [one for one in found if not asked or one.directorate == asked],
        "asked": asked,
        "names": names,
    }
    return render(request, "workspace/planning/service_plans.html", facts)


@needs("read_planning", kind="serviceplan")
def service_plan_page(request: HttpRequest, serviceplan: Any) -> HttpResponse:  # noqa: ANN401
    """The thread as a service plan sees it: its actions and what they serve above."""
    me, today = who(request), timezone.localdate()
    facts = {
        "plan": serviceplan,
        "directorate": service_plans.directorate_of(serviceplan, today),
        "found": service_plans.of_plan(serviceplan, for_=me, on=today),
        "today": today,
        "may_plan": may(me, "keep_planning", serviceplan, today),
    }
    return render(request, "workspace/planning/service_plan.html", facts)


@needs("keep_planning", kind="serviceplan")
def change_service_plan(request: HttpRequest, serviceplan: Any) -> HttpResponse:  # noqa: ANN401
    """Say otherwise what a service plan is called, where it is, or when it is looked at."""
    fields = ("title", "begins", "ends", "place", "link", "review_on")
    form = ServicePlanForm(
        **typed(request),
        version=serviceplan.version,
        initial={name: getattr(serviceplan, name) for name in fields},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.change_service_plan(
            by=who(request), service_plan=serviceplan, at=timezone.now(), **answers
        )

    return _of(
        request,
        serviceplan,
        form,
        change,
        title=_("Change the service plan"),
        button=_("Keep this"),
        done=_("Kept."),
    )


@needs("keep_planning", kind="serviceplan")
def end_service_plan(request: HttpRequest, serviceplan: Any) -> HttpResponse:  # noqa: ANN401
    """Count a service plan no more from a day."""
    form = EndServicePlanForm(
        **typed(request), version=serviceplan.version, initial={"on": timezone.localdate()}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.end_service_plan(
            by=who(request), service_plan=serviceplan, at=timezone.now(), **answers
        )

    return _of(
        request,
        serviceplan,
        form,
        change,
        title=_("End the service plan"),
        button=_("Count it no more"),
        done=_("The service plan has ended. What stood in it stays in its history."),
    )


@needs("keep_planning", kind="serviceplan")
def put_in_service_plan(request: HttpRequest, serviceplan: Any) -> HttpResponse:  # noqa: ANN401
    """Say that an action stands in a service plan."""
    me, today = who(request), timezone.localdate()
    offered = {
        one.public_id: one for one in service_plans.choosable(serviceplan, for_=me, on=today)
    }
    form = PutInForm(**typed(request), choices={"action": _named(offered)})

    def change(answers: dict[str, Any]) -> None:
        answers["action"] = offered.get(answers["action"])
        changes.put_in_service_plan(by=me, service_plan=serviceplan, at=timezone.now(), **answers)

    return _of(
        request,
        serviceplan,
        form,
        change,
        title=_("Which action stands in this service plan?"),
        button=_("Put it in"),
        done=_("The action stands in the service plan."),
    )


@needs("keep_planning", kind="serviceplan")
def take_out_of_service_plan(request: HttpRequest, serviceplan: Any) -> HttpResponse:  # noqa: ANN401
    """Say that an action stands in a service plan no longer."""
    me, today = who(request), timezone.localdate()
    now = service_plans.of_plan(serviceplan, for_=me, on=today).now
    offered = {one.row.action.public_id: one.row.action for one in now}
    form = TakeOutForm(**typed(request), choices={"action": _named(offered)})

    def change(answers: dict[str, Any]) -> None:
        answers["action"] = offered.get(answers["action"])
        changes.take_out_of_service_plan(
            by=me, service_plan=serviceplan, at=timezone.now(), **answers
        )

    return _of(
        request,
        serviceplan,
        form,
        change,
        title=_("Which action leaves this service plan?"),
        button=_("Take it out"),
        done=_("The action stands in the service plan no longer; that it did is kept."),
    )


def _named(actions: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [
        (key, f"{row.number} {row.title or row.text[:90]}, {row.plan.title[:60]}".strip())
        for key, row in actions.items()
    ]


def _of(
    request: HttpRequest,
    plan: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    change: Any,  # noqa: ANN401
    *,
    title: str,
    button: str,
    done: str,
) -> HttpResponse:
    to = reverse("service_plan", kwargs={"serviceplan": plan.public_id})

    def stands() -> tuple[dict[str, Any], int]:
        plan.refresh_from_db()
        now = {_("Title"): plan.title, _("Ends"): day(plan.ends)}
        return now, plan.version

    return sent(request, form, change, done=done, to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        title=title,
        lead=[f"{plan.title}, {plan.unit.name}"],
        button=button,
        room="directorates",
        back_to=to,
        back_words=_("The service plan"),
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )
