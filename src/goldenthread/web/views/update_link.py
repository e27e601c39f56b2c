"""The pages of an update link: a lead's actions of a round, a short form for each, and no account.

The first page has one button, and no page changes anything when it is only read: a mail scanner
that follows every link, or a preview, does nothing. What is sent is saved at once, shown as it was
kept, and can be taken back while the round is open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goldenthread.errors import Busy, Missing, NotAllowed, OutOfStep, Refusal, Unsafe
from goldenthread.timescale import Period, day
from goldenthread.web.changes import by_link as changes
from goldenthread.web.changes import review, update_links, uploads
from goldenthread.web.forms.by_link import MORE, AnswerForm, AskDateForm, NotMineForm
from goldenthread.web.forms.form import Form
from goldenthread.web.forms.labels import status_words
from goldenthread.web.queries import by_link as queries
from goldenthread.web.queries import ratings
from goldenthread.web.queries.by_link import Asked
from goldenthread.web.queries.update_links import digest
from goldenthread.web.views import telling
from goldenthread.web.views.link_door import Door, by_link
from goldenthread.web.views.sending import typed

_ONE = 1  # the place of a form's only file


@by_link
def start(door: Door) -> HttpResponse:
    """One button; a browser that began before goes on to its actions."""
    if not door.posted:
        if door.known:
            return redirect(door.to("link_actions"))
        actions = queries.actions_of(door.link, door.today)
        return door.draw("start", count=len(actions))
    if not door.known:
        mark = door.new_mark()
        changes.begin(by=door.link.person, link=door.link, mark=mark, at=door.at)
    return door.marked(redirect(door.to("link_actions")))


@by_link
def actions(door: Door) -> HttpResponse:
    """Every action of this link, how far each is, and how many are done."""
    asked = queries.asked(door.link, door.at)
    return door.draw("actions", asked=asked, **_shared(asked))


@by_link
def answer(door: Door, action: str) -> HttpResponse:
    """The three questions of one action; what an answer calls for is asked after it."""
    asked = queries.asked(door.link, door.at)
    one = _one(asked, action)
    last = queries.last_answers(one.action)
    form = _answer_form(door, one, last)
    if form.is_bound and not form.another and _kept(door, form, one, last):
        return redirect(door.to("link_kept", action=action))
    if door.request.FILES:
        _park(door, form)
        form.waiting = _waiting(door, form.papers)
    facts: dict[str, Any] = {"one": one, "form": form, "last": last, "mistakes": ()}
    if form.is_bound and not form.another:
        facts["mistakes"] = form.mistakes
    if form.theirs:
        facts |= {"theirs": _told(form.theirs), "yours": _told(form.cleaned_data)}
    page = "more" if form.another else "answer"
    return door.draw(page, form.answered, **facts, **_shared(asked))


@by_link
def kept(door: Door, action: str) -> HttpResponse:
    """What was kept of one action, how to take it back, and which action is next."""
    asked = queries.asked(door.link, door.at)
    one = _one(asked, action)
    if one.answer is None:
        return redirect(door.to("link_answer", action=action))
    # What somebody else gave as evidence is for the workspace.
    shown = queries.evidence_of(one.answer) if one.mine else ()
    facts: dict[str, Any] = {
        "one": one,
        "evidence": shown,
        "next": _next(asked, one),
    }
    recovery = getattr(one.answer, "recovery", None)
    return door.draw("kept", recovery=recovery, **facts, **_shared(asked))


@by_link
def take_back(door: Door, action: str) -> HttpResponse:
    """Take back what was sent of one action; its form then holds the words again."""
    one = _one(queries.asked(door.link, door.at), action)
    if door.posted:
        update = queries.sent_by(door.link, door.request.POST.get("update", ""))
        if update is None or update.action_id != one.action.pk:
            raise NotAllowed("It is not this link's.", permission="", rule="not_yours")
        # Taken back by two windows at once, it is taken back all the same.
        with suppress(OutOfStep):
            changes.take_back(update=update, **_deed(door, key=_key(door)))
        return redirect(door.to("link_answer", action=action))
    if one.answer is None or not one.mine:
        return redirect(door.to("link_answer", action=action))
    return door.draw("take_back", one=one)


@by_link
def ask_date(door: Door, action: str) -> HttpResponse:
    """Ask for another date, with a reason; the one that is promised stands until it is agreed."""
    asked = queries.asked(door.link, door.at)
    one = _one(asked, action)
    form = AskDateForm(**typed(door.request))

    def change(answers: dict[str, Any]) -> None:
        del answers["version"]
        changes.ask_for_date(action=one.action, **answers, **_deed(door))

    if _sent(door, form, change):
        return redirect(door.to("link_answer", action=action))
    theirs = [
        (words, form.theirs[name])
        for name, words in (("new", _("Asked for already")), ("reason", _("Why")))
        if form.theirs.get(name)
    ]
    facts = {"one": one, "form": form, "theirs": theirs, "mistakes": form.mistakes}
    return door.draw("ask_date", form.answered, **facts)


@by_link
def not_mine(door: Door, action: str) -> HttpResponse:
    """Say that an action is somebody else's, and whose."""
    one = _one(queries.asked(door.link, door.at), action)
    form = NotMineForm(**typed(door.request))

    def change(answers: dict[str, Any]) -> None:
        del answers["version"]
        changes.say_not_mine(action=one.action, **answers, **_deed(door))

    if _sent(door, form, change):
        return redirect(door.to("link_actions"))
    return door.draw("not_mine", form.answered, one=one, form=form, mistakes=form.mistakes)


def again(door: Door) -> HttpResponse:
    """Ask for a new link: the same is said whether one is sent or not."""
    if not door.posted:
        return redirect(door.to("update_link"))
    update_links.ask_for_link(by=door.link.person, link=door.link, at=door.at, key=_key(door))
    return door.draw("again")


again_by_link = by_link(again, shut=True)


# -- what the pages share --------------------------------------------------------------------------


def _shared(asked: tuple[Asked, ...]) -> dict[str, Any]:
    """What a page says of all of them together, and in which words."""
    done = sum(1 for one in asked if one.state != "open")
    return {
        "done": done,
        "of": len(asked),
        "scales": ratings.scales(),
        "status_words": status_words,
    }


def _one(asked: tuple[Asked, ...], action: str) -> Asked:
    """The action that an address names. Raises ``NotAllowed`` for every other, whatever it is."""
    for one in asked:
        if one.action.public_id == action:
            return one
    raise NotAllowed("This action is not this link's.", permission="", rule="not_yours")


def _next(asked: tuple[Asked, ...], here: Asked) -> Asked | None:
    """The next action that is still open, after this one or from the first on."""
    place = asked.index(here)
    turned = (*asked[place + 1 :], *asked[:place])
    return next((one for one in turned if one.state == "open"), None)


def _deed(door: Door, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """What every change by a link is given."""
    link = door.link
    return {"by": link.person, "link": link, "mark": door.mark, "at": door.at, **more}


def _key(door: Door) -> str:
    return door.request.POST.get("key", "")[:64]


def _answer_form(door: Door, one: Asked, last: Mapping[str, Any]) -> AnswerForm:
    """The form of one action: filled in from last time, or from what was taken back just now."""
    before = one.taken_back
    filled = {
        "status": one.action.status or "in_progress",
        "rag": one.action.rag,
        **{name: last.get(name) for name in ("cause", "step", "due", "next_review")},
    }
    if before is not None:
        filled = dict(queries.answers_of(before))
    given = typed(door.request)
    if "same" in door.request.POST and last:
        given["data"] = _as_sent(door, last)
    papers, scale = door.request.POST.get("papers", ""), ratings.scales().now
    return AnswerForm(
        **given,
        span=Period(door.link.round.begins, door.link.round.ends).span,
        ratings=scale.ratings,
        needing=scale.needing,
        recurs=one.action.recurs,
        waiting=_waiting(door, papers),
        version=one.action.version,
        initial=filled,
    )


def _as_sent(door: Door, last: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """What was answered last, as a form would have sent it now: “same as last time”."""
    said = {name: door.request.POST.get(name, "") for name in ("key", "version", "papers", "same")}
    said["asks"] = ",".join(MORE)
    for name in ("done", "status", "rag", "cause", "step"):
        said[name] = last[name] or ""
    for name in ("due", "next_review"):
        if isinstance(last[name], date):
            said |= {f"{name}-{part}": str(getattr(last[name], part)) for part in _PARTS}
    return MultiValueDict({name: [value] for name, value in said.items()})


_PARTS = ("day", "month", "year")


def _kept(door: Door, form: AnswerForm, one: Asked, last: Mapping[str, Any]) -> bool:
    """Whether the answers of a form were kept; what was wrong is then said in the form."""

    def change(answers: dict[str, Any]) -> None:
        if "same" in door.request.POST and last:
            answers |= {name: last[name] for name in ("forecast", "stops_when")}
        changes.update_by_link(action=one.action, **answers, **_deed(door))

    def stands() -> tuple[Mapping[str, Any], int]:
        one.action.refresh_from_db()
        return review.last_said(one.action), one.action.version

    return _sent(door, form, change, stands)


def _sent(
    door: Door,
    form: Form,
    change: Callable[[dict[str, Any]], None],
    stands: Callable[[], tuple[Mapping[str, Any], int]] = lambda: ({}, 0),
) -> bool:
    """Make a change with the answers of a form; False where nothing was sent or it was refused."""
    if not door.posted:
        return False
    if not form.is_valid():
        form.answered = 422
        return False
    try:
        change(form.sent)
    except OutOfStep as refusal:
        form.out_of_step(refusal, *stands())
    except Busy as refusal:
        form.refuse(refusal)
        form.answered = 503
    except NotAllowed:
        raise
    except Refusal as refusal:
        if not isinstance(refusal, Missing | Unsafe):
            raise
        telling.upload(door.request, refusal)
        form.refuse(refusal)
    else:
        return True
    return False


def _waiting(door: Door, papers: str) -> uploads.Waiting | None:
    """The file of this form that waits from an earlier sending, in this browser's name."""
    link = door.link
    session = digest(f"{link.public_id} {door.mark}")
    return uploads.parked(by=link.person, session=session, form=papers).get(_ONE)


def _park(door: Door, form: AnswerForm) -> None:
    """Put the file of a form that comes back aside, so that nobody has to choose it again."""
    file = door.request.FILES.get("file")
    if file is None or not file.size:
        return
    file.seek(0)
    with suppress(Unsafe):  # too large: the form says so already
        uploads.park(
            by=door.link.person,
            session=digest(f"{door.link.public_id} {door.mark}"),
            form=form.papers,
            slot=_ONE,
            file=file,
            name=file.name or "file",
            at=door.at,
        )


_CALLED = {
    "done": lazy("What was done"),
    "changed": lazy("What changed, and for whom"),
    "status": lazy("Status"),
    "rag": lazy("Rating"),
    "now_due": lazy("Now promised"),
    "next_review": lazy("Next review"),
    "completed_on": lazy("Done on"),
}


def _told(theirs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What stands now, for somebody whose form came too late; who said it is not this page's."""
    told = []
    for name, called in _CALLED.items():
        value = theirs.get(name)
        if not value:
            continue
        if name == "status":
            value = status_words(value)
        elif name == "rag":
            value = ratings.scales().now.word(value)
        elif isinstance(value, date):
            value = day(value)
        told.append((str(called), str(value)))
    return told


urlpatterns: list[URLPattern] = [
    path("<str:token>", start, name="update_link_cut"),
    path("<str:token>/", start, name="update_link"),
    path("<str:token>/again/", again_by_link, name="link_again"),
    path("<str:token>/actions/", actions, name="link_actions"),
    path("<str:token>/actions/<slug:action>/", answer, name="link_answer"),
    path("<str:token>/actions/<slug:action>/kept/", kept, name="link_kept"),
    path("<str:token>/actions/<slug:action>/take-back/", take_back, name="link_take_back"),
    path("<str:token>/actions/<slug:action>/date/", ask_date, name="link_ask_date"),
    path("<str:token>/actions/<slug:action>/not-mine/", not_mine, name="link_not_mine"),
]
