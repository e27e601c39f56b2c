"""One action: its whole story, and the forms by which its story goes on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goldenthread.errors import Missing, Unsafe
from goldenthread.plan import edition as ed
from goldenthread.timescale import day
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import review, uploads
from goldenthread.web.changes.evidence import kind_of_file
from goldenthread.web.forms.asks import SAID_WORDS
from goldenthread.web.forms.labels import SMART_WORDS, status_words
from goldenthread.web.forms.one_action import HandOverForm, MoveForm, UpdateForm, WordingForm
from goldenthread.web.pages.figures import drawn
from goldenthread.web.queries import (
    measures,
    movement,
    plan,
    ratings,
    register,
    said,
    service_plans,
    smart,
    tier_ends,
)
from goldenthread.web.queries.asked import period, round_asking
from goldenthread.web.views import threads
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register", kind="action")
def action_page(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """The story of an action as a thread, where it stands, and what this person may do to it."""
    me, today = who(request), timezone.localdate()
    known = plan.Known.of(me, today)
    rated = ratings.scales()
    history = plan.history(
        for_=me, action=action, as_at=today, known=known, needing=rated.now.needing
    )
    row = history.action
    given = movement.ratings(history.updates, today, rated)
    further: tuple[str, ...] = ()
    stands_in: tuple[service_plans.StandsIn, ...] = ()
    if getattr(row, "has_in_strands", True) or getattr(row, "has_service_plans", True):
        further, stands_in = service_plans.belonging(row, for_=me, on=today)
    return render(
        request,
        "workspace/action.html",
        {
            "action": row,
            "standing": history.standing,
            "knots": threads.knots(history),
            "slip": threads.slip(row, today),
            "now": threads.now_promised(row, today),
            "leads": history.leads,
            "measured": [(told, drawn(told.value, today)) for told in _measures(action, me)],
            "case_studies": measures.case_studies(for_=me, as_at=today, of=row)
            if getattr(row, "has_case_studies", True)
            else (),
            "around": register.around(history, for_=me, as_at=today, known=known),
            "strands": further,
            "service_plans": stands_in,
            "ends": tier_ends.ends_of(
                row,
                history.links,
                for_=me,
                on=today,
                has_apart=getattr(row, "has_apart", True),
            ),
            "said": said.said_of(row, for_=me, on=today, known=known),
            **SAID_WORDS,
            "movement": None if movement.over(row, today) else ed.newest_moved(given, today),
            "by_quarter": ed.by_period(given[::-1], today),
            "scales": rated,
            "rated": _rated(history, rated),
            "status_words": status_words,
        },
    )


@needs("add_update", kind="action")
def add_update(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Add an update; done needs its day and its evidence, and earlier updates stay as they were."""
    me, rated, session = who(request), ratings.scales(), _session(request)
    papers = request.POST.get("papers", "")
    form = UpdateForm(
        **typed(request),
        waiting=uploads.parked(by=me, session=session, form=papers),
        ratings=rated.now.ratings,
        version=action.version,
        initial={"status": action.status or "in_progress"},
    )

    asking = round_asking(action, timezone.localdate())

    def change(answers: dict[str, Any]) -> None:
        about = asking.ends if asking is not None else None
        review.add_update(by=me, action=action, at=timezone.now(), about=about, **answers)

    done = _("Your update was added to the story of this action.")
    went = not form.another and sent(
        request, form, change, done=done, to=_page(action), stands=lambda: _stands(action)
    )
    if went:
        return went
    if request.FILES:
        _park(request, form, session)
        form.waiting = uploads.parked(by=me, session=session, form=form.papers)
    return ask(
        request,
        form,
        "update",
        action=action,
        asking=(asking, period(asking)) if asking is not None else None,
        last=review.last_said(action),
        theirs=_told(form.theirs, rated),
    )


@needs("move_date", kind="action")
def move_date(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Promise another date, with a reason; every earlier date stays on the page for good."""
    standing = register.standing_promises(action)
    offered = [(one.public_id, _promise_words(one.end, one.words)) for one in standing]
    form = MoveForm(
        **typed(request),
        promises=offered,
        version=action.version,
        initial={"promise": offered[0][0] if offered else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        chosen = answers.pop("promise", "")
        moved = register.promise(action, chosen) if chosen else next(iter(standing), None)
        review.move_date(
            by=who(request), action=action, promise=moved, at=timezone.now(), **answers
        )

    done = _("The date was moved. The earlier date stays in the story.")
    return sent(
        request, form, change, done=done, to=_page(action), stands=lambda: _stands(action)
    ) or ask(
        request, form, "move_date", action=action, standing=standing, theirs=_told(form.theirs)
    )


@needs("edit_plan", kind="action")
def reword_action(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Give an action another number, short name or wording."""
    before = {"number": action.number, "title": action.title, "text": action.text}
    form = WordingForm(**typed(request), version=action.version, initial=before)

    def change(answers: dict[str, Any]) -> None:
        plans.reword_action(by=who(request), action=action, at=timezone.now(), **answers)

    def stands() -> tuple[Mapping[str, Any], int]:
        action.refresh_from_db()
        now = {"number": action.number, "title": action.title, "text": action.text}
        return now, action.version

    done = _("The wording was changed.")
    return sent(request, form, change, done=done, to=_page(action), stands=stands) or ask(
        request,
        form,
        "reword",
        action=action,
        words=SMART_WORDS,
        smart=smart.of_action(action, text=str(form.data.get("text", action.text))[:4_000]),
        theirs=[(_(name.capitalize()), words) for name, words in form.theirs.items()],
    )


@needs("edit_plan", kind="action")
def hand_over(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Make another post answer for an action; who answered before stays in its story."""
    today = timezone.localdate()
    posts = {
        post.public_id: post for post in register.leading_posts(unit=action.plan.unit_id, on=today)
    }
    form = HandOverForm(
        **typed(request),
        choices={"post": [(key, f"{post.title}, {post.unit.name}") for key, post in posts.items()]},
        version=action.version,
        initial={"since": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = posts[answers["post"]]
        plans.hand_over(by=who(request), action=action, at=timezone.now(), **answers)

    done = _("The action was handed over.")
    return sent(
        request, form, change, done=done, to=_page(action), stands=lambda: _stands(action)
    ) or ask(
        request,
        form,
        "hand_over",
        action=action,
        answering=register.answering(register.leads_of(action), on=today),
        theirs=_told(form.theirs),
    )


@needs("open_evidence", kind="evidence")
def evidence_file(request: HttpRequest, evidence: Any) -> HttpResponseBase:  # noqa: ANN401, ARG001
    """A file that somebody gave as evidence, always as an attachment, for nobody to run here."""
    path = Path(settings.MEDIA_ROOT) / Path(evidence.stored).name
    if evidence.kind != "file" or not path.is_file():
        raise Missing("There is no file at this address.", do="Ask the lead of the action for it.")
    file = path.open("rb")
    kind = kind_of_file(file)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=evidence.name,
        content_type=kind.media if kind else "application/octet-stream",
    )
    for name, value in SAFE_HEADERS.items():
        response.headers[name] = value
    return response


def _measures(action: plan.Action, me: Any) -> tuple[measures.Told, ...]:  # noqa: ANN401
    """The measures of an action, and those that a link says it is measured by."""
    today = timezone.localdate()
    return measures.of_things(measures.measured_by(action, today), for_=me, as_at=today)


def _park(request: HttpRequest, form: UpdateForm, session: str) -> None:
    """Put the files of a form that comes back aside, so that nobody has to choose them again."""
    for slot in form.slots:
        file = request.FILES.get(f"file_{slot}")
        if file is None or not file.size:
            continue
        file.seek(0)
        with suppress(Unsafe):  # too large: the form says so already
            uploads.park(
                by=who(request),
                session=session,
                form=form.papers,
                slot=slot,
                file=file,
                name=file.name or "file",
                at=timezone.now(),
            )


def _session(request: HttpRequest) -> str:
    """What tells this session from others, without naming it."""
    return sha256(str(request.session.session_key).encode()).hexdigest()


def _rated(history: plan.History, scales: ratings.Scales) -> str:
    """The word of the last rating, as it was called when it was given."""
    last = next((one for one in reversed(history.updates) if one.rag), None)
    return scales.word(last.rag, last.at) if last is not None else ""


SAFE_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers under which a file that somebody sent is handed out again, always as an attachment."""


def _page(action: plan.Action) -> str:
    return reverse("action", kwargs={"action": action.public_id})


def _stands(action: plan.Action) -> tuple[Mapping[str, Any], int]:
    """What now stands of an action, for somebody whose form came too late, and its version."""
    action.refresh_from_db()
    return review.last_said(action), action.version


def _promise_words(end: Any, words: str) -> str:  # noqa: ANN401
    return f"{day(end)} (“{words}”)" if end else f"“{words}”"


_CALLED = {
    "by": lazy("Who"),
    "at": lazy("When"),
    "status": lazy("Status"),
    "rag": lazy("Rating"),
    "done": lazy("What was done"),
    "changed": lazy("What changed, and for whom"),
    "cause": lazy("Why it is in trouble"),
    "step": lazy("What is being done to put it right"),
    "due": lazy("By when"),
    "now_due": lazy("Now promised"),
    "forecast": lazy("Forecast"),
    "next_review": lazy("Next review"),
    "completed_on": lazy("Done on"),
}


def _told(theirs: Mapping[str, Any], rated: ratings.Scales | None = None) -> list[tuple[str, str]]:
    """What now stands, in words, in the order in which a page says it."""
    told = []
    for name, called in _CALLED.items():
        value = theirs.get(name)
        if not value:
            continue
        if name == "status":
            value = status_words(value)
        elif name == "rag":
            value = (rated or ratings.scales()).word(value, theirs.get("at"))
        elif name == "at":
            local = timezone.localtime(value)
            value = f"{day(local.date())}, {local:%H:%M}"
        elif not isinstance(value, str):
            value = day(value)
        told.append((str(called), value))
    return told
