"""The third step: areas on the matrix, chosen or not, what each rests on, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.charts import NARROW, WIDE, Drawing, Entry, matrix_picture
from goldenthread.errors import Missing
from goldenthread.plan import choosing as core
from goldenthread.timescale import day
from goldenthread.web.changes import choosing as changes
from goldenthread.web.forms.choosing import (
    AreaActionForm,
    AreaForm,
    AreaReasonForm,
    GroundForm,
    UnjoinForm,
)
from goldenthread.web.forms.ownership import HorizonsForm
from goldenthread.web.permissions import Known, may
from goldenthread.web.queries import choosing as queries
from goldenthread.web.queries import links
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import ask, sent, typed

WORDS = {
    "hardness_words": core.HARDNESS_WORDS,
    "difference_words": core.DIFFERENCE_WORDS,
    "choice_words": core.CHOICE_WORDS,
}


@needs("read_planning", kind="planning")
def priorities_page(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """The areas of a directorate on the matrix, and why each stands there."""
    me, today = who(request), timezone.localdate()
    known = Known.of(me, today)
    chosen = queries.of_planning(planning, for_=me, on=today, known=known)
    facts = step_of(request, planning, "priorities") | WORDS
    facts |= {
        "chosen": chosen,
        "wide": picture(chosen),
        "narrow": picture(chosen, NARROW),
        "may_keep": may(me, "keep_planning", planning, today, known),
    }
    return render(request, "workspace/choosing/priorities.html", facts)


@needs("read_planning", kind="planning")
def priorities_picture(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """The matrix as a picture, for a paper or a slide."""
    me, today = who(request), timezone.localdate()
    chosen = queries.of_planning(planning, for_=me, on=today, known=Known.of(me, today))
    response = HttpResponse(picture(chosen).svg, content_type="image/svg+xml")
    name = f"priorities-{planning.public_id}-{today}.svg"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def picture(chosen: queries.Choosing, width: int = WIDE) -> Drawing:
    """The matrix as the charts room draws it: words in their places."""
    entries = [
        Entry(
            core.HARDNESS_WORDS[one.placed.hardness],
            core.DIFFERENCE_WORDS[one.placed.difference],
            f"{one.placed.number} {one.placed.title}",
            one.placed.line,
        )
        for one in chosen.areas
    ]
    return matrix_picture(
        chosen.finding,
        _("How hard the problem is here"),
        tuple(core.HARDNESS_WORDS.values()),
        tuple(core.DIFFERENCE_WORDS.values()),
        entries,
        sentence=f"{chosen.counted.sentence}.",
        width=width,
    )


@needs("read_planning", kind="area")
def area_page(request: HttpRequest, area: Any) -> HttpResponse:  # noqa: ANN401
    """One area: where it stands and stood, when and why, what it rests on and what came of it."""
    me, today = who(request), timezone.localdate()
    known = Known.of(me, today)
    facts = WORDS | {
        "planning": area.planning,
        "one": queries.one(area, for_=me, on=today, known=known),
        "history": queries.history(area),
        "ended": queries.ended_ties(area),
        "may_keep": may(me, "keep_planning", area, today, known),
    }
    return render(request, "workspace/choosing/area.html", facts)


@needs("keep_planning", kind="planning")
def add_area(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Place an area on the matrix."""
    today = timezone.localdate()
    taken = [one.number for one in planning.areas.all()]
    form = AreaForm(
        **typed(request),
        placing=True,
        choices={"horizon": _horizons(planning)},
        initial={
            "number": core.next_number(taken, planning.unit.name),
            "choice": "undecided",
            "on": today,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.add_area(by=who(request), planning=planning, at=timezone.now(), **answers)

    to = _page(planning)
    return sent(
        request, form, change, done=_("The area was placed."), to=to, room="directorates"
    ) or _ask(
        request,
        form,
        title=_("Place an area"),
        lead=[
            _(
                "An area is something that staff named or figures showed. Say how challenging it "
                "is in %(name)s and how much difference you can make."
            )
            % {"name": planning.unit.name}
        ],
        button=_("Place it"),
        back_to=to,
        back_words=_("Priorities"),
    )


@needs("keep_planning", kind="area")
def weigh_area(request: HttpRequest, area: Any) -> HttpResponse:  # noqa: ANN401
    """Place an area elsewhere, choose it or not, or word it anew."""
    said = ("title", "hardness", "difference", "choice", "reason", "evidence", "horizon")
    names = [name for name, _words in _horizons(area.planning)]
    had = [(area.horizon, area.horizon)] if area.horizon not in ("", *names) else []
    form = AreaForm(
        **typed(request),
        version=area.version,
        choices={"horizon": had + _horizons(area.planning)},
        initial={name: getattr(area, name) for name in said} | {"on": timezone.localdate()},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.weigh_area(by=who(request), area=area, at=timezone.now(), **answers)

    return _changed(
        request,
        area,
        form,
        change,
        title=_("Place it anew"),
        lead=[
            _("Where it stood before is kept, with the day and your reason.")
            if not area.withdrawn_because
            else _("It was withdrawn. Placing it takes it up again; both stay in its history.")
        ],
        button=_("Keep this"),
        done=_("It was kept. Where it stood before stays in its history."),
    )


@needs("keep_planning", kind="area")
def withdraw_area(request: HttpRequest, area: Any) -> HttpResponse:  # noqa: ANN401
    """Take an area off the matrix with a reason."""
    form = AreaReasonForm(**typed(request), version=area.version)

    def change(answers: dict[str, Any]) -> None:
        changes.withdraw_area(by=who(request), area=area, at=timezone.now(), **answers)

    return _changed(
        request,
        area,
        form,
        change,
        title=_("Withdraw the area"),
        lead=[_("An area that was weighed and not taken up is “not chosen”: place it so instead.")],
        button=_("Withdraw it"),
        done=_("The area was withdrawn. It stays on the page with your reason."),
    )


@needs("keep_planning", kind="area")
def ground_area(request: HttpRequest, area: Any) -> HttpResponse:  # noqa: ANN401
    """Join an area to what it comes from."""
    me, today = who(request), timezone.localdate()
    offered = dict(queries.grounds_offered(area, for_=me, on=today))
    form = GroundForm(
        **typed(request),
        choices={"ground": [(key, queries.choice_words(row)) for key, row in offered.items()]},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["ground"] = offered[answers["ground"]]
        changes.ground_area(by=me, area=area, at=timezone.now(), **answers)

    return _changed(
        request,
        area,
        form,
        change,
        title=_("Say what it comes from"),
        lead=[
            _(
                "A theme that staff raised, a finding of the data pack, a measure or an action. "
                "Somebody who may not see how this directorate plans never sees the link."
            )
        ],
        button=_("Join them"),
        done=_("They are joined."),
    )


@needs("keep_planning", kind="area")
def act_on_area(request: HttpRequest, area: Any) -> HttpResponse:  # noqa: ANN401
    """Say which action came of an area."""
    me, today = who(request), timezone.localdate()
    offered = dict(queries.actions_offered(area, for_=me, on=today))
    form = AreaActionForm(
        **typed(request),
        choices={"action": [(key, links.words_of(row)) for key, row in offered.items()]},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["action"] = offered[answers["action"]]
        changes.act_on_area(by=me, area=area, at=timezone.now(), **answers)

    return _changed(
        request,
        area,
        form,
        change,
        title=_("Name an action that answers it"),
        lead=[
            _("Choose an action of the directorate. Several may answer one area.")
            if offered
            else _("The directorate has no action to choose yet: add it to its plan first.")
        ],
        button=_("Join them"),
        done=_("The action was joined to the area."),
    )


@needs("keep_planning", kind="area")
def unjoin_area(request: HttpRequest, area: Any) -> HttpResponse:  # noqa: ANN401
    """End a link of an area with a reason."""
    me, today = who(request), timezone.localdate()
    stands = queries.one(area, for_=me, on=today, known=Known.of(me, today)).ties
    form = UnjoinForm(
        **typed(request),
        choices={"joined": [(one.link, f"{one.kind_words}: {one.words}") for one in stands]},
        initial={"joined": request.GET.get("link", "")},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["joined"] = queries.link_of(answers["joined"])
        changes.unjoin_area(by=me, area=area, at=timezone.now(), **answers)

    return _changed(
        request,
        area,
        form,
        change,
        title=_("End a link of the area"),
        lead=[_("It stays in the history of both, with today’s day and your reason.")],
        button=_("End it"),
        done=_("The link was ended."),
    )


@needs("keep_planning", kind="planning")
def planning_horizons(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """What a planning means by short, medium and long term, as long as its plan does not say."""
    now = queries.horizons_of(planning)
    if any(isinstance(one, queries.Horizon) for one in now):
        raise Missing(
            "The plan of this directorate says what short and long term mean.",
            do="Change it there.",
        )
    initial: dict[str, Any] = {}
    for place, one in enumerate(now, 1):
        initial |= {f"name_{place}": one.name, f"ends_{place}": one.ends}
    form = HorizonsForm(**typed(request), version=planning.version, initial=initial)

    def change(answers: dict[str, Any]) -> None:
        changes.keep_planning_horizons(
            by=who(request), planning=planning, at=timezone.now(), **answers
        )

    def stands() -> tuple[Mapping[str, Any], int]:
        planning.refresh_from_db()
        told = {one.name: day(one.ends) for one in queries.horizons_of(planning)}
        return told, planning.version

    to = _page(planning)
    return sent(
        request, form, change, done=_("Kept."), to=to, stands=stands, room="directorates"
    ) or _ask(
        request,
        form,
        title=_("What do short and long term mean?"),
        lead=[_("Once the directorate’s plan says so itself, the plan’s words and days hold.")],
        button=_("Keep these"),
        back_to=to,
        back_words=_("Priorities"),
    )


def _horizons(planning: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(one.name, f"{one.name}: by {day(one.ends)}") for one in queries.horizons_of(planning)]


def _page(planning: Any) -> str:  # noqa: ANN401
    return reverse("priorities", kwargs={"planning": planning.public_id})


def _changed(
    request: HttpRequest,
    area: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    change: Any,  # noqa: ANN401
    *,
    done: str,
    lead: list[str],
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    """A change of one area: made, or asked for again with what now stands."""

    def stands() -> tuple[Mapping[str, Any], int]:
        area.refresh_from_db()
        place = queries.placed(area, queries.horizons_of(area.planning))
        told = {_("The area"): area.title, _("Its place"): place.place, _("Chosen"): place.line}
        return told, area.version

    to = reverse("area", kwargs={"area": area.public_id})
    lead = [f"{area.number} {area.title}", *lead]
    return sent(
        request, form, change, done=done, to=to, stands=stands, room="directorates"
    ) or _ask(request, form, back_to=to, back_words=_("The area"), lead=lead, **facts)


def _ask(request: HttpRequest, form: Any, **facts: Any) -> HttpResponse:  # noqa: ANN401
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    return ask(request, form, "choosing/form", room="directorates", theirs=theirs, **facts)
