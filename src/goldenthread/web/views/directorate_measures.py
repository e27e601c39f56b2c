"""Step 5 of a directorate: its actions and what each lacks, a plan begun by hand, what good is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.plan.smart import Gauge, Smart
from goldenthread.web.changes import directorate_plan as changes
from goldenthread.web.forms.directorate_plan import BeginPlanForm, GoodForm, PlannedActionForm
from goldenthread.web.forms.labels import SMART_WORDS
from goldenthread.web.forms.pledges import BECAME_WORDS
from goldenthread.web.permissions import Known, may
from goldenthread.web.queries import (
    directorate_measures,
    objectives,
    pledges,
    register,
    service_plans,
    smart,
)
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_planning", kind="planning")
def planning_measures(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """The actions of a directorate's plan by the five words, its objectives, pledges and plans."""
    me, today = who(request), timezone.localdate()
    known = Known.of(me, today)
    facts = step_of(request, planning, "measures") | {
        "found": directorate_measures.page(planning, on=today),
        # Whoever only runs listening sessions here, often from outside, reads no count of people.
        "reads_counts": may(me, "read_register", planning, today, known),
        "counted": objectives.of_planning(planning),
        "pledges": pledges.of_planning(planning, on=today),
        "service_plans": service_plans.of_unit(planning.unit_id),
        "words": SMART_WORDS,
        "became": BECAME_WORDS,
        "may_pledge": may(me, "keep_pledges", planning, today, known),
        "may_count": may(me, "count_objectives", planning, today, known),
    }
    return render(request, "workspace/planning/measures.html", facts)


@needs("keep_planning", kind="planning")
def begin_plan(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Begin the plan of a planning by hand."""
    form = BeginPlanForm(
        **typed(request),
        version=planning.version,
        initial={"title": f"{planning.unit.name}: {planning.strand.name}"},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.begin_plan(by=who(request), planning=planning, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        planning.refresh_from_db()
        return {_("Plan"): planning.plan.title if planning.plan else _("None")}, planning.version

    done = _("The plan was begun. Add its actions.")
    return sent(request, form, change, done=done, to=measures_of(planning), stands=stands) or ask(
        request,
        form,
        "one_form",
        title=_("Begin the plan by hand"),
        lead=[
            planning.unit.name,
            _("A plan that exists as a document is brought in instead, and then named here."),
        ],
        button=_("Begin it"),
        room="directorates",
        back_to=measures_of(planning),
        back_words=_("Measures"),
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )


@needs("keep_planning", kind="planning")
def add_planned_action(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Add an action to the plan of a planning, with its five words before it is kept."""
    me, today = who(request), timezone.localdate()
    offered = register.leading_posts(unit=planning.unit_id, on=today)
    posts = {post.public_id: post for post in offered}
    headings = directorate_measures.headings(planning)
    areas = directorate_measures.priorities(planning)
    called = [(key, f"{post.title}, {post.unit.name}") for key, post in posts.items()]
    form = PlannedActionForm(
        **typed(request),
        choices={
            "post": called,
            "support": called,
            "heading": [(key, row.text) for key, row in headings.items()],
            "comes_from": [(key, f"{row.number} {row.title}") for key, row in areas.items()],
        },
        # From the page of an area: an action is made of it.
        initial={"comes_from": request.GET.get("area", "")},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = posts.get(answers["post"])
        answers["support"] = posts.get(answers["support"])
        answers["heading"] = headings.get(answers.pop("heading", ""))
        answers["comes_from"] = areas.get(answers.pop("comes_from", ""))
        changes.add_planned_action(by=me, planning=planning, at=timezone.now(), **answers)

    done = _("The action was added. The public reads it in the next edition.")
    to = measures_of(planning)
    return sent(request, form, change, done=done, to=to) or ask(
        request,
        form,
        "planning/add_action",
        planning=planning,
        words=SMART_WORDS,
        smart=_previewed(form) if form.is_bound else None,
    )


def _previewed(form: PlannedActionForm) -> Smart:
    """What an action would lack, as it is typed: nothing is kept."""
    typed_ = {name: str(form.data.get(name, "")).strip()[:4_000] for name in form.fields}
    gauge = Gauge(
        f"{typed_['measure']} {typed_['target']}".strip(),
        target=bool(typed_["target"]),
        baseline=bool(typed_["baseline"]),
    )
    return smart.of_words(
        text=typed_["text"],
        when=typed_["when"],
        post=bool(typed_["post"]),
        gauges=(gauge,) if typed_["measure"] else (),
        good=typed_["good"],
        serves=int(bool(typed_.get("comes_from"))),
    )


@needs("keep_planning", kind="action")
def good_of_action(request: HttpRequest, action: Any) -> HttpResponse:  # noqa: ANN401
    """Say what good looks like for an action."""
    to = reverse("action", kwargs={"action": action.public_id})
    return _good(request, action, f"{action.number} {action.title or action.text}", to)


@needs("keep_planning", kind="measure")
def good_of_measure(request: HttpRequest, measure: Any) -> HttpResponse:  # noqa: ANN401
    """Say what good looks like for a measure of an action."""
    to = reverse("measure_page", kwargs={"measure": measure.public_id})
    return _good(request, measure, measure.text, to)


def _good(request: HttpRequest, thing: Any, called: str, to: str) -> HttpResponse:  # noqa: ANN401
    history = directorate_measures.good_history(thing)
    form = GoodForm(
        **typed(request),
        version=thing.version,
        initial={"text": history[0].words if history else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.say_what_good_is(by=who(request), of=thing, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        thing.refresh_from_db()
        now = directorate_measures.good_history(thing)
        return {_("What good looks like"): now[0].words if now else _("Nothing")}, thing.version

    return sent(request, form, change, done=_("Kept."), to=to, stands=stands) or ask(
        request,
        form,
        "planning/good",
        called=called,
        history=history,
        back_to=to,
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )


def measures_of(planning: Any) -> str:  # noqa: ANN401
    """The address of a planning's step 5."""
    return reverse("planning_measures", kwargs={"planning": planning.public_id})
