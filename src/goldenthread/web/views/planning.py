"""How directorates plan: the overview, a directorate's board, and its steps signed off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import planning as changes
from goldenthread.web.forms.planning import BeginForm, DayForm, NamePlanForm, ReasonForm, SignForm
from goldenthread.web.permissions import Known, may
from goldenthread.web.queries import directorates
from goldenthread.web.queries import planning as queries
from goldenthread.web.queries.evaluation import to_follow
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed

PAGES: Mapping[str, str] = {
    "listen": "listen_page",
    "figures": "figures_page",
    "priorities": "priorities",
    "vision": "vision",
    "measures": "planning_measures",
    "review": "planning_review",
}
"""The page of each step that has one of its own, by the step's word; others share one page."""


def address_of(planning: Any, word: str) -> str:  # noqa: ANN401
    """Where the work of a step is done."""
    given = {"planning": planning.public_id}
    if word in PAGES:
        return reverse(PAGES[word], kwargs=given)
    return reverse("planning_step", kwargs=given) + f"?of={word}"


def step_of(request: HttpRequest, planning: Any, word: str = "") -> dict[str, Any]:  # noqa: ANN401
    """What ``workspace/planning/_step.html`` needs: for the page of any step of a planning.

    Without a word it is the step that is worked at. Raises ``Missing`` for a step that the council
    does not take; a page of its own then shows what was done under it by ``step`` being None.
    """
    me, today = who(request), timezone.localdate()
    known, board = Known.of(me, today), queries.board(planning, on=today)
    if word in PAGES and all(one.word != word for one in board.steps):
        step = None
    else:
        step = board.step(word)
    return {
        "planning": planning,
        "board": board,
        "step": step,
        "kept": next((one for one in board.kept if one.step.word == word), None),
        "addresses": {one.word: address_of(planning, one.word) for one in board.steps},
        "may_sign": may(me, "sign_step", planning, today, known),
        "may_plan": may(me, "keep_planning", planning, today, known),
    }


@needs("read_planning", kind="planning")
def planning_step(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """A step that has no page of its own: what it asks for, what is missing, who signed it."""
    word = request.GET.get("of", "")
    if word in PAGES:
        return redirect(address_of(planning, word))
    facts = step_of(request, planning, word)
    return render(request, "workspace/planning/step.html", facts)


@needs("keep_planning")
def begin_planning(request: HttpRequest) -> HttpResponse:
    """Begin the planning of a directorate in a strand."""
    me, today = who(request), timezone.localdate()
    units, strands = queries.to_begin(for_=me, on=today)
    offered: dict[str, dict[str, Any]] = {
        "unit": {one.public_id: one for one in units},
        "strand": {one.public_id: one for one in strands},
    }
    form = BeginForm(
        **typed(request),
        choices={
            name: [(key, one.name) for key, one in found.items()] for name, found in offered.items()
        },
        initial={
            "unit": request.GET.get("unit", ""),
            "strand": strands[0].public_id if len(strands) == 1 else "",
            "begins": today,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers |= {name: found[answers[name]] for name, found in offered.items()}
        # A year goes on from the one that was reviewed: nothing of it is copied.
        answers["follows"] = to_follow(answers["unit"].pk, answers["strand"].pk)
        changes.begin_planning(by=me, at=timezone.now(), **answers)

    done = _("The planning has begun.")
    return sent(
        request, form, change, done=done, to=reverse("directorates"), room="directorates"
    ) or _ask(
        request,
        form,
        title=_("Begin the planning of a directorate"),
        lead=[_("It takes the council’s steps. Plan their days on its board.")],
        button=_("Begin it"),
        back_to=reverse("directorates"),
        back_words=_("Directorates"),
    )


@needs("keep_planning", kind="planning")
def name_plan(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Say which plan came of a planning."""
    me, today = who(request), timezone.localdate()
    offered = {one.public_id: one for one in directorates.plans_of(planning, for_=me, on=today)}
    form = NamePlanForm(
        **typed(request),
        choices={"plan": [(key, one.title) for key, one in offered.items()]},
        version=planning.version,
        initial={"plan": planning.plan.public_id if planning.plan else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["plan"] = offered[answers["plan"]]
        changes.name_plan(by=me, planning=planning, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        planning.refresh_from_db()
        return {_("Plan"): planning.plan.title if planning.plan else _("None")}, planning.version

    return sent(
        request,
        form,
        change,
        done=_("The plan was named: its actions are those that are counted."),
        to=_board(planning),
        stands=stands,
        room="directorates",
    ) or _of_board(
        request,
        planning,
        form,
        title=_("Which plan came of it?"),
        lead=[_("Its actions are those that the step on measures counts.")],
        button=_("Name this plan"),
    )


@needs("keep_planning", kind="planning")
def plan_step(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Plan the day of a step, or another day with its reason."""
    me, today = who(request), timezone.localdate()
    step = queries.board(planning, on=today).step(request.GET.get("of", ""))
    if step.signed is not None:
        return _instead(request, planning, _("This step is signed off: it needs no day."))
    days = step.days
    form = DayForm(
        **typed(request),
        first=not days,
        version=len(days),
        initial={"due": days[-1].due} if days else {},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.plan_step(by=me, planning=planning, step=step.word, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        now = queries.board(planning, on=today).step(step.word).days
        return {_("Planned for"): day(now[-1].due) if now else _("No day")}, len(now)

    lead = [step.standing.step.asks]
    if days:
        lead.append(_("It was first planned for %(day)s.") % {"day": day(days[0].due)})
    return sent(
        request,
        form,
        change,
        done=_("The day was planned."),
        to=_board(planning),
        stands=stands,
        room="directorates",
    ) or _of_board(
        request,
        planning,
        form,
        title=_("Plan the day of “%(step)s”") % {"step": step.standing.step.name},
        lead=lead,
        button=_("Plan this day"),
    )


@needs("sign_step", kind="planning")
def sign_step(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Sign a step off; refused with what is missing while its gate is not met."""
    me, today = who(request), timezone.localdate()
    step = queries.board(planning, on=today).step(request.GET.get("of", ""))
    if step.signed is not None:
        return _instead(request, planning, _("This step is signed off already."))
    posts = {one.public_id: one for one in queries.posts_of(me, on=today)}
    form = SignForm(
        **typed(request),
        choices={"post": [(key, f"{one.title}, {one.unit.name}") for key, one in posts.items()]},
        version=len(step.signs),
        initial={"on": today, "post": next(iter(posts), "") if len(posts) == 1 else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = posts[answers["post"]]
        changes.sign_step(by=me, planning=planning, step=step.word, at=timezone.now(), **answers)

    lead = [step.standing.step.asks]
    lacking = [one.sentence for one in step.standing.missing]
    if lacking:
        lead.append(_("It cannot be signed off yet. %(what)s") % {"what": " ".join(lacking)})
    if not posts:
        lead.append(_("You hold no post, so you cannot sign: a step is signed by a post."))
    return sent(
        request,
        form,
        change,
        done=_("The step is signed off."),
        to=_board(planning),
        stands=lambda: _signs(planning, step.word),
        room="directorates",
    ) or _of_board(
        request,
        planning,
        form,
        title=_("Sign off “%(step)s”") % {"step": step.standing.step.name},
        lead=lead,
        button=_("Sign it off"),
    )


@needs("sign_step", kind="planning")
def reopen_step(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Open a step again that was signed off, with the reason."""
    me, today = who(request), timezone.localdate()
    board = queries.board(planning, on=today)
    last = next((one.word for one in reversed(board.steps) if one.signed), "")
    step = board.step(request.GET.get("of", last))
    if step.signed is None:
        return _instead(request, planning, _("This step is not signed off."))
    form = ReasonForm(**typed(request), version=len(step.signs))

    def change(answers: dict[str, Any]) -> None:
        changes.reopen_step(by=me, planning=planning, step=step.word, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("The step is open again."),
        to=_board(planning),
        stands=lambda: _signs(planning, step.word),
        room="directorates",
    ) or _of_board(
        request,
        planning,
        form,
        title=_("Open “%(step)s” again") % {"step": step.standing.step.name},
        lead=[
            _("Signed off on %(day)s: %(words)s")
            % {"day": day(step.signed.on), "words": step.signed.words}
        ],
        button=_("Open it again"),
    )


def _signs(planning: Any, word: str) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    """What now stands of a step, for somebody whose form came too late, and its version."""
    signs = queries.board(planning, on=timezone.localdate()).step(word).signs
    words = {"signed": _("Signed off"), "reopened": _("Opened again")}
    return {words[one.what]: day(one.on) for one in signs[-1:]}, len(signs)


def _instead(request: HttpRequest, planning: Any, words: str) -> HttpResponse:  # noqa: ANN401
    messages.warning(request, words)
    return redirect(_board(planning))


def _board(planning: Any) -> str:  # noqa: ANN401
    return reverse("directorate", kwargs={"planning": planning.public_id})


def _of_board(
    request: HttpRequest,
    planning: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    return _ask(request, form, back_to=_board(planning), back_words=planning.unit.name, **facts)


def _ask(request: HttpRequest, form: Any, **facts: Any) -> HttpResponse:  # noqa: ANN401
    facts |= {"room": "directorates", "theirs": list(form.theirs.items())}
    return ask(request, form, "one_form", **facts)
