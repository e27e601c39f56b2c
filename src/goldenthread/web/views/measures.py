"""Measures: the list, one measure with all that was measured, and the forms that go on with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.plan.rating import percent
from goldenthread.timescale import day, period_of
from goldenthread.web.changes import measures as changes
from goldenthread.web.forms.labels import SMART_WORDS
from goldenthread.web.forms.measures import (
    BETTER_WORDS,
    COUNTS_WORDS,
    HORIZON_WORDS,
    MONTHS_WORDS,
    EndMeasureForm,
    MeasureForm,
    TargetForm,
    ToleranceForm,
)
from goldenthread.web.pages.figures import drawn
from goldenthread.web.permissions import may
from goldenthread.web.queries import (
    directorate_measures,
    measures,
    ratings,
    register,
    smart,
    strands,
)
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register")
def measures_page(request: HttpRequest) -> HttpResponse:
    """The measures that this person may see: the latest figure of each, and what it says."""
    me, today = who(request), timezone.localdate()
    plan = request.GET.get("plan", "")[:20]
    mine = request.GET.get("mine") == "yes"
    search = request.GET.get("search", "").replace("\0", "").strip()[:200]
    found = measures.measures(
        for_=me,
        as_at=today,
        page=page_number(request),
        plan=plan,
        mine=mine,
        search=search,
    )
    facts = {
        "found": found,
        "rows": [(told, drawn(told.value, today)) for told in found.told],
        "plans": measures.plans(for_=me, as_at=today),
        "plan": plan,
        "mine": mine,
        "search": search,
        "scale": ratings.scales().now,
        "counts_words": COUNTS_WORDS,
        "near": percent(measures.tolerances()[0].near),
        "name_of": _period_name,
    }
    return render(request, "workspace/measures.html", facts)


@needs("read_register", kind="measure")
def measure_page(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """One measure: what it is, what was measured, what that says, and its targets with reasons."""
    me, today = who(request), timezone.localdate()
    told = measures.told(for_=me, measure=measure, as_at=today)
    facts = {
        "shown": told,
        "measure": measure,
        "strands": strands.further(measure),
        "drawn": drawn(told.value, today),
        "missing": measures.missing_periods(measure, told, today) if not told.hidden else (),
        "earlier": {} if told.hidden else measures.history(measure),
        "targets_before": measures.targets_before(measure),
        "case_studies": measures.case_studies(for_=me, as_at=today, of=measure),
        "links": measures.joined_to(measure, for_=me, as_at=today),
        "scale": ratings.scales().now,
        "near": percent(_near(measure)),
        "may": {
            name: may(me, name, measure, today)
            for name in (
                *("keep_measures", "give_figures", "tell_case_studies", "edit_plan"),
                "keep_planning",
            )
        },
        "good": directorate_measures.good_of(measure),
        "counts_words": COUNTS_WORDS,
        "better_words": BETTER_WORDS,
        "months_words": MONTHS_WORDS,
        "horizon_words": HORIZON_WORDS,
        "name_of": _period_name,
    }
    return render(request, "workspace/measure.html", facts)


@needs("keep_measures", kind="plan")
def add_plan_measure(request: HttpRequest, plan: measures.Plan) -> HttpResponse:
    """Begin a measure of a plan as a whole."""
    back = reverse("plan", kwargs={"plan": plan.public_id})
    return _add(request, plan, plan.unit_id, back, _("The plan"))


@needs("keep_measures", kind="action")
def add_action_measure(request: HttpRequest, action: measures.Action) -> HttpResponse:
    """Begin a measure of one action."""
    back = reverse("action", kwargs={"action": action.public_id})
    return _add(request, action, action.plan.unit_id, back, _("The action"))


def _add(request: HttpRequest, of: Any, unit: int, back: str, back_words: str) -> HttpResponse:  # noqa: ANN401
    posts = _posts(unit)
    form = MeasureForm(**typed(request), choices={"owner": _choices(posts)}, initial={"months": 3})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["owner"] = posts.get(answers["owner"])
        changes.add_measure(by=who(request), of=of, at=timezone.now(), **answers)

    done = _("The measure was added. Set its targets and give its first figure next.")
    return sent(request, form, change, done=done, to=back, room="measures") or _ask(
        request,
        form,
        title=_("Add a measure"),
        lead=[
            _(
                "A measure says how anyone will know that it worked. What it is called and how it "
                "is counted is for the public; who sees its figures follows from what it counts."
            )
        ],
        button=_("Add this measure"),
        back_to=back,
        back_words=back_words,
        **_five(form, of if isinstance(of, measures.Action) else None),
    )


@needs("keep_measures", kind="measure")
def define_measure(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Say what a measure is; how its figures are meant stays once there are any."""
    posts = _posts(measure.plan.unit_id)
    form = MeasureForm(
        **typed(request),
        choices={"owner": _choices(posts)},
        version=measure.version,
        initial=_said(measure),
    )

    def change(answers: dict[str, Any]) -> None:
        answers["owner"] = posts.get(answers["owner"])
        changes.define_measure(by=who(request), measure=measure, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        measure.refresh_from_db()
        return {_("What is measured"): measure.text}, measure.version

    done = _("The measure was changed.")
    return sent(
        request, form, change, done=done, to=_page(measure), stands=stands, room="measures"
    ) or _ask(
        request,
        form,
        title=_("What this measure is"),
        lead=[],
        button=_("Keep this"),
        back_to=_page(measure),
        theirs=list(form.theirs.items()),
        **_five(form, measure.action, measure),
    )


def _five(form: MeasureForm, action: Any, measure: Any = None) -> dict[str, Any]:  # noqa: ANN401
    """The five words of an action as this measure would make it, once somebody has written one.

    A target that is printed stands, and one that was set as a figure does where it was.
    """
    if action is None:
        return {}
    more: tuple[smart.Gauge, ...] = ()
    if form.is_bound:
        text = str(form.data.get("text", "")).strip()[:1000]
        begins = bool(str(form.data.get("baseline_value", "")).strip())
        more = (smart.gauge_of(measure, text, begins),) if text else ()
    judged = smart.of_action(action, but=measure if form.is_bound else None, more=more)
    return {"smart": judged, "words": SMART_WORDS, "preview": _("See how it reads")}


@needs("keep_measures", kind="measure")
def end_measure(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Count a measure no more, with a day and a reason; its figures stay."""
    form = EndMeasureForm(
        **typed(request), version=measure.version, initial={"until": timezone.localdate()}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.end_measure(by=who(request), measure=measure, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        measure.refresh_from_db()
        return {_("What is measured"): measure.text}, measure.version

    done = _("The measure ends. Its figures stay.")
    return sent(
        request, form, change, done=done, to=_page(measure), stands=stands, room="measures"
    ) or _ask(
        request,
        form,
        title=_("Count this measure no more"),
        lead=[measure.text, _("What was measured stays on its page and in the editions.")],
        button=_("End this measure"),
        back_to=_page(measure),
        theirs=list(form.theirs.items()),
    )


@needs("keep_measures", kind="measure")
def set_target(request: HttpRequest, measure: measures.Measure) -> HttpResponse:
    """Say what a measure is to reach by a day, and why that much."""
    return _target(request, measure, None)


@needs("keep_measures", kind="target")
def replace_target(request: HttpRequest, target: measures.Target) -> HttpResponse:
    """Set another target in the place of one; the earlier one stays with its reason."""
    return _target(request, target.measure, target)


def _target(
    request: HttpRequest, measure: measures.Measure, before: measures.Target | None
) -> HttpResponse:
    initial: dict[str, Any] = {}
    if before is not None:
        initial = {
            "horizon": before.horizon,
            "value": f"{before.value.normalize():f}",
            "on": before.on,
        }
    form = TargetForm(
        **typed(request),
        quantity=measure.quantity or "number",
        contextual=measure.contextual,
        initial=initial,
    )

    def change(answers: dict[str, Any]) -> None:
        changes.set_target(
            by=who(request), measure=measure, replaces=before, at=timezone.now(), **answers
        )

    forecast = measure.contextual
    done = _("The forecast was set.") if forecast else _("The target was set.")
    if before is not None:
        title = _("Set another forecast") if forecast else _("Set another target")
    else:
        title = _("Set a forecast") if forecast else _("Set a target")
    lead = [measure.text]
    if before is not None:
        lead.append(
            _("In place of %(value)s by %(day)s. That one stays in the history, with its reason.")
            % {"value": f"{before.value.normalize():f}", "day": day(before.on)}
        )
    return sent(request, form, change, done=done, to=_page(measure), room="measures") or _ask(
        request,
        form,
        title=title,
        lead=lead,
        button=_("Set it"),
        back_to=_page(measure),
        theirs=[(_("Now by"), day(form.theirs["on"]))] if form.theirs else [],
    )


@needs("read_register")
def tolerance_page(request: HttpRequest) -> HttpResponse:
    """How a measure is rated against its target, and every tolerance there was."""
    facts = {
        "kept": measures.tolerances(),
        "percent": percent,
        "scale": ratings.scales().now,
        "may_keep": ratings.may_keep(for_=who(request), on=timezone.localdate()),
    }
    return render(request, "workspace/tolerance.html", facts)


@needs("keep_ratings")
def change_tolerance(request: HttpRequest) -> HttpResponse:
    """Say how near to its target a measure is still green, from now on."""
    now = measures.tolerances()[0]
    form = ToleranceForm(
        **typed(request),
        version=now.number,
        initial={"near": percent(now.near).removesuffix("%")},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.keep_tolerance(by=who(request), at=timezone.now(), **answers)

    done = _("The tolerance was changed. It holds from now on.")
    back = reverse("tolerance_page")
    return sent(
        request, form, change, done=done, to=back, stands=lambda: ({}, now.number), room="measures"
    ) or _ask(
        request,
        form,
        title=_("How near to its target a measure is still green"),
        lead=[_("It holds for every measure that has no tolerance of its own.")],
        button=_("Keep this"),
        back_to=back,
        theirs=[(_("Now"), percent(form.theirs["near"]))] if "near" in form.theirs else [],
    )


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    *,
    title: str,
    lead: list[str],
    button: str,
    back_to: str,
    back_words: str = "",
    theirs: list[tuple[str, str]] | None = None,
    **more: Any,  # noqa: ANN401
) -> HttpResponse:
    """The page of one form of a measure."""
    return ask(
        request,
        form,
        "one_form",
        title=title,
        lead=lead,
        button=button,
        room="measures",
        back_to=back_to,
        back_words=back_words or _("The measure"),
        theirs=theirs or [],
        **more,
    )


def _page(measure: measures.Measure) -> str:
    return reverse("measure_page", kwargs={"measure": measure.public_id})


def _posts(unit: int) -> dict[str, Any]:
    """The posts that can own a measure, by public identifier, the unit's own first."""
    found = register.leading_posts(unit=unit, on=timezone.localdate())
    return {post.public_id: post for post in found}


def _choices(posts: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, f"{post.title}, {post.unit.name}") for key, post in posts.items()]


def _said(measure: measures.Measure) -> dict[str, Any]:
    """What stands of a measure, as its form shows it."""
    names = (
        *("text", "number", "definition", "source", "counts", "quantity", "unit_words", "unit_one"),
        *("better", "contextual", "system", "baseline_on", "limits_from"),
    )
    said: dict[str, Any] = {name: getattr(measure, name) for name in names}
    value, tolerance = measure.baseline_value, measure.tolerance
    return said | {
        "owner": measure.owner.public_id if measure.owner else "",
        "places": str(measure.places),
        "months": str(measure.months),
        "baseline_value": "" if value is None else f"{value.normalize():f}",
        "tolerance": "" if tolerance is None else percent(tolerance).removesuffix("%"),
    }


def _near(measure: measures.Measure) -> Any:  # noqa: ANN401
    return measures.tolerances()[0].near if measure.tolerance is None else measure.tolerance


def _period_name(measure: measures.Measure, point: measures.Point) -> str:
    """What the council calls the period of a point."""
    return period_of(point.ends, measure.months).name
