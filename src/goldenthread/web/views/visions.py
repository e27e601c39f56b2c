"""The fourth step: the vision, its versions, what bodies said of them, and who signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import visions as changes
from goldenthread.web.forms.asks import STANCE_WORDS
from goldenthread.web.forms.choosing import (
    AskAboutForm,
    PaperSignatureForm,
    ReadAgainForm,
    RecordAnswerForm,
    SignersForm,
    SignVisionForm,
    VisionAnswerForm,
    VisionForm,
    WithdrawSignerForm,
)
from goldenthread.web.permissions import Known, may
from goldenthread.web.queries import committees
from goldenthread.web.queries import visions as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_planning", kind="planning")
def vision_page(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """The vision that stands, the version that is worked at, and every one before."""
    me, today = who(request), timezone.localdate()
    known = Known.of(me, today)
    found = queries.of_planning(planning, on=today)
    now = found.now
    open_ = now is not None and now.value.state != "signed"
    may_sign = may(me, "sign_vision", planning, today, known)
    facts = step_of(request, planning, "vision")
    facts |= {
        "visions": found,
        "stances": STANCE_WORDS,
        "open": open_,
        "may_keep": may(me, "keep_planning", planning, today, known),
        "mine": queries.posts_to_sign(now.row, for_=me, on=today)
        if now is not None and open_ and may_sign
        else (),
    }
    return render(request, "workspace/choosing/vision.html", facts)


@needs("keep_planning", kind="planning")
def write_vision(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Write a version of the vision."""
    last = planning.visions.order_by("-number").first()
    today = timezone.localdate()
    form = VisionForm(
        **typed(request),
        first=last is None,
        version=last.number if last is not None else 0,
        initial={
            "text": last.words if last is not None else "",
            "written_with": last.written_with if last is not None else "",
            "read_again_on": _in_a_year(today),
        },
    )

    def change(answers: dict[str, Any]) -> None:
        changes.write_vision(by=who(request), planning=planning, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        now = planning.visions.order_by("-number").first()
        return ({_("The vision"): now.words}, now.number) if now is not None else ({}, 0)

    to = _page(planning)
    return sent(
        request,
        form,
        change,
        done=_("The version was kept."),
        to=to,
        stands=stands,
        room="directorates",
    ) or _ask(
        request,
        form,
        title=_("Write the vision") if last is None else _("Write a new version"),
        lead=[
            planning.unit.name,
            _("It is a draft until those whom you ask have signed it.")
            if last is None
            else _("The version that is signed stands, here and in public, until this is signed."),
        ],
        button=_("Keep the draft"),
        back_to=to,
    )


@needs("keep_planning", kind="vision")
def ask_about_vision(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Put a version to bodies."""
    me, today = who(request), timezone.localdate()
    had = {one.committee_id for one in queries.bodies_asked(vision)}
    stand = [one for one in committees.that_stand(for_=me, on=today) if one.pk not in had]
    bodies = committees.by_id(stand)
    form = AskAboutForm(
        **typed(request),
        offered={"committees": [(key, one.name) for key, one in bodies.items()]},
        initial={
            "text": _("Does this say what you would want to hold this directorate to?"),
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["committees"] = [bodies[key] for key in answers["committees"]]
        changes.ask_about_vision(by=me, vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("Put it to staff networks and unions"),
        lead=_("Each answers in its own words, and its dissent stays on record beside the vision."),
        button=_("Ask them"),
        done=_("They are asked. Each answers here, in its own words."),
    )


@needs("keep_planning", kind="vision")
def record_vision_answer(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Record what a body said of a version elsewhere."""
    asked = {one.public_id: one for one in queries.bodies_asked(vision)}
    form = RecordAnswerForm(
        **typed(request),
        choices={"asked": [(key, one.committee.name) for key, one in asked.items()]},
        initial={"said_on": timezone.localdate(), "asked": request.GET.get("body", "")},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["asked"] = asked[answers["asked"]]
        changes.record_vision_answer(by=who(request), vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("Record what a body said"),
        lead=_("For a body that does not answer here itself. It stays inside."),
        button=_("Record it"),
        done=_("It was recorded, with where it was said."),
    )


@needs("keep_planning", kind="vision")
def ask_signatures(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Say whose signatures a version takes."""
    today = timezone.localdate()
    posts = {one.public_id: one for one in queries.posts_to_ask(vision, on=today)}
    form = SignersForm(
        **typed(request), offered={"posts": [(key, one.title) for key, one in posts.items()]}
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["posts"] = [posts[key] for key in answers["posts"]]
        changes.ask_signatures(by=who(request), vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("Ask for signatures"),
        lead=_(
            "Each signs for themselves. Where somebody signs on paper, the programme manager "
            "records it with its date."
        ),
        button=_("Ask them"),
        done=_("They are asked. The vision stands once all have signed."),
    )


@needs("keep_planning", kind="vision")
def withdraw_signer(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Ask a post to sign a version no more."""
    posts = {one.public_id: one for one in queries.posts_waiting(vision)}
    form = WithdrawSignerForm(
        **typed(request),
        choices={"post": [(key, one.title) for key, one in posts.items()]},
        initial={"post": request.GET.get("post", "")},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["post"] = posts[answers["post"]]
        changes.withdraw_signer(by=who(request), vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("Ask a post no more"),
        lead=_(
            "That it was asked stays on record, with your reason. Where all others have signed, "
            "the vision stands from now on."
        ),
        button=_("Ask it no more"),
        done=_("The post is not asked any more."),
    )


@needs("sign_vision", kind="vision")
def sign_vision(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Sign a version, by a post that one holds."""
    me, today = who(request), timezone.localdate()
    posts = {one.public_id: one for one in queries.posts_to_sign(vision, for_=me, on=today)}
    only = next(iter(posts)) if len(posts) == 1 else ""
    form = SignVisionForm(
        **typed(request),
        choices={"post": [(key, one.title) for key, one in posts.items()]},
        initial={"post": only},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["post"] = posts[answers["post"]]
        changes.sign_vision(by=me, vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("Sign the vision"),
        lead=_(
            "You sign these words with your name, your post and today’s date. They cannot be "
            "changed afterwards: a change is a new version, signed again."
        )
        if posts
        else _("No post that you hold is asked to sign this version."),
        button=_("Sign it"),
        done=_("You signed the vision."),
    )


@needs("keep_planning", kind="vision")
def record_signature(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Record a signature that was given on paper."""
    posts = {one.public_id: one for one in queries.posts_waiting(vision)}
    form = PaperSignatureForm(
        **typed(request),
        choices={"post": [(key, one.title) for key, one in posts.items()]},
        initial={"post": request.GET.get("post", "")},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["post"] = posts[answers["post"]]
        changes.record_signature(by=who(request), vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("Record a signature given on paper"),
        lead=_("Your name stands beside it as the one who recorded it."),
        button=_("Record it"),
        done=_("The signature was recorded."),
    )


@needs("keep_planning", kind="vision")
def read_vision_again(request: HttpRequest, vision: Any) -> HttpResponse:  # noqa: ANN401
    """Say that the vision was read again and stands."""
    form = ReadAgainForm(**typed(request), initial={"again_on": _in_a_year(timezone.localdate())})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.read_vision_again(by=who(request), vision=vision, at=timezone.now(), **answers)

    return _of_version(
        request,
        vision,
        form,
        change,
        title=_("It was read again"),
        lead=_("Read it together, and say that it still holds and when you read it next."),
        button=_("Keep this"),
        done=_("The reading was recorded."),
    )


@needs("record_stance", kind="visionasked")
def vision_asked(request: HttpRequest, visionasked: Any) -> HttpResponse:  # noqa: ANN401
    """For a body that was asked: the version, the question, and its answer in its own words.

    Whoever speaks for the body reads this version here, and nothing else of the planning.
    """
    form = VisionAnswerForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.answer_about_vision(
            by=who(request), asked=visionasked, at=timezone.now(), **answers
        )

    to = reverse("vision_asked", kwargs={"visionasked": visionasked.public_id})
    done = _("It was recorded as you wrote it.")
    back = reverse("committee", kwargs={"committee": visionasked.committee.public_id})
    return sent(request, form, change, done=done, to=to, room="meetings") or ask(
        request,
        form,
        "choosing/vision_asked",
        asked=visionasked,
        vision=visionasked.vision,
        answers=queries.answers_to(visionasked),
        stances=STANCE_WORDS,
        back_to=back,
    )


def _in_a_year(today: date) -> date:
    """The 28th of this month in a year: a day that every year has."""
    return date(today.year + 1, today.month, 28)


def _page(planning: Any) -> str:  # noqa: ANN401
    return reverse("vision", kwargs={"planning": planning.public_id})


def _of_version(
    request: HttpRequest,
    vision: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    change: Any,  # noqa: ANN401
    *,
    done: str,
    lead: str,
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    """A change about one version, with its words above the form."""
    to = _page(vision.planning)
    return sent(request, form, change, done=done, to=to, room="directorates") or _ask(
        request, form, back_to=to, lead=[lead], quoted=vision.words, **facts
    )


def _ask(request: HttpRequest, form: Any, **facts: Any) -> HttpResponse:  # noqa: ANN401
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    given = {"room": "directorates", "theirs": theirs, "back_words": _("The vision")}
    return ask(request, form, "choosing/form", **given | facts)
