"""All directorates side by side, the board of one of them, and the steps that they take."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.plan.steps import FACTS, Scheme, Step, new_word
from goldenthread.web.changes import planning as changes
from goldenthread.web.forms.planning import OrderForm, StepForm
from goldenthread.web.permissions import Known, body, may
from goldenthread.web.queries import directorates
from goldenthread.web.queries import planning as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_planning")
def directorates_page(request: HttpRequest) -> HttpResponse:
    """A row for each directorate and a cell for each step: those that somebody may read."""
    me, today = who(request), timezone.localdate()
    found = queries.overview(for_=me, on=today)
    strands = {board.planning.strand_id for board in found.boards}
    facts = {"overview": found, "several": len(strands) > 1}
    return render(request, "workspace/planning/overview.html", facts)


@needs("read_planning", kind="planning")
def board_page(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """One directorate on one page: its steps, what is missing, its reds, what nobody serves."""
    me, today = who(request), timezone.localdate()
    known = Known.of(me, today)
    facts = step_of(request, planning)
    facts["directors"] = queries.directors(planning.unit_id, on=today)
    facts["troubles"] = directorates.troubles(planning, for_=me, on=today, known=known)
    facts["may_join"] = planning.plan is not None and may(
        me, "keep_tiers", planning.plan, today, known
    )
    return render(request, "workspace/planning/board.html", facts)


# -- the steps that the council has its directorates take ------------------------------------------


@needs("read_planning")
def steps_page(request: HttpRequest) -> HttpResponse:
    """Every step with what it asks for and its gate, and what the steps were before."""
    me, today = who(request), timezone.localdate()
    facts = {
        "scheme": queries.scheme(),
        "schemes": queries.schemes(),
        "counted": FACTS,
        "may_keep": may(me, "keep_steps", body(), today),
    }
    return render(request, "workspace/planning/steps.html", facts)


@needs("keep_steps")
def change_step(request: HttpRequest) -> HttpResponse:
    """Rename a step, say what it asks for and change its gate; or add a step at the end."""
    scheme = queries.scheme()
    word = request.GET.get("of", "")
    step = scheme.step(word)
    if word and step is None:
        return _instead(request)
    form = StepForm(
        **typed(request),
        gates=len(step.gates) if step else 0,
        version=scheme.number,
        initial=StepForm.of(step) if step else {},
    )

    def change(answers: dict[str, Any]) -> None:
        said = form.step(word or new_word(answers["name"], queries.every_step()))
        steps = [said if one.word == word else one for one in scheme.steps]
        _keep(request, [*steps, *([] if word else [said])], scheme.in_order, answers)

    return sent(
        request,
        form,
        change,
        done=_("The steps were changed, for every directorate."),
        to=reverse("steps"),
        stands=_stands,
        room="directorates",
    ) or ask(
        request,
        form,
        "planning/change_step",
        step=step,
        theirs=list(form.theirs.items()),
    )


@needs("keep_steps")
def order_steps(request: HttpRequest) -> HttpResponse:
    """Put the steps in another order, drop some, and say whether their order binds."""
    scheme = queries.scheme()
    form = OrderForm(**typed(request), scheme=scheme, version=scheme.number)

    def change(answers: dict[str, Any]) -> None:
        _keep(request, form.steps, answers["in_order"], answers)

    return sent(
        request,
        form,
        change,
        done=_("The steps were changed, for every directorate."),
        to=reverse("steps"),
        stands=_stands,
        room="directorates",
    ) or ask(
        request,
        form,
        "planning/order_steps",
        scheme=scheme,
        theirs=list(form.theirs.items()),
    )


def _keep(request: HttpRequest, steps: list[Step], in_order: bool, answers: dict[str, Any]) -> None:
    changes.keep_steps(
        by=who(request),
        steps=steps,
        in_order=in_order,
        reason=answers["reason"],
        version=answers["version"],
        key=answers["key"],
        at=timezone.now(),
    )


def _stands() -> tuple[dict[str, Any], int]:
    """The steps that now stand, for somebody whose form came too late, and their number."""
    scheme: Scheme = queries.scheme()
    return {str(place): step.name for place, step in enumerate(scheme.steps, 1)}, scheme.number


def _instead(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("There is no such step: somebody may have dropped it."))
    return redirect("steps")
