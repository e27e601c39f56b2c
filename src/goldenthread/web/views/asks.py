"""What bodies ask: all of it, one with its answers, and the forms that ask and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import asks as changes
from goldenthread.web.forms.asks import STATE_WORDS, AgainForm, AnswerForm, AskForm, DirectForm
from goldenthread.web.forms.meetings import ReasonForm
from goldenthread.web.queries import asks, committees, meetings, subjects
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.sending import ask, sent, typed

_NAMED = ("state", "body", "post", "words")


@dataclass(frozen=True)
class Asked:
    """What an address asks of the list of asks."""

    sought: asks.Sought

    def address(self, **changed: str) -> str:
        """The query of an address like this one but for what is changed; the first page of it."""
        said = {name: getattr(self.sought, name) for name in _NAMED} | changed
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


@needs("read_register")
def asks_page(request: HttpRequest) -> HttpResponse:
    """Everything that bodies asked, narrowed, those that want an answer first."""
    me, today = who(request), timezone.localdate()
    bodies = committees.by_id(committees.that_stand(for_=me, on=today))
    posts = {post.public_id: post for post in committees.posts(for_=me, on=today)}
    said = {name: request.GET.get(name, "").replace("\0", "").strip()[:200] for name in _NAMED}
    if said["state"] not in asks.STATES:
        said["state"] = ""
    asked = Asked(asks.Sought(**said))
    facts = {
        "found": asks.asks(for_=me, as_at=today, sought=asked.sought, page=page_number(request)),
        "asked": asked,
        "states": STATE_WORDS,
        "bodies": [(key, one.name) for key, one in bodies.items()],
        "posts": [(key, one.title) for key, one in posts.items()],
        "narrowed": any(said[name] for name in ("body", "post", "words")),
    }
    return render(request, "workspace/asks.html", facts)


@needs("read_register", kind="ask")
def ask_page(request: HttpRequest, ask: Any) -> HttpResponse:  # noqa: ANN401
    """One ask: its words, every answer, and what this person may do with it."""
    me, today = who(request), timezone.localdate()
    facts = {
        "one": asks.one(ask, today),
        "row": ask,
        "deeds": asks.deeds(ask, for_=me, on=today),
        "states": STATE_WORDS,
    }
    return render(request, "workspace/ask.html", facts)


@needs("record_ask", kind="committee")
def record_ask(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Record what a body asked for, under its next number."""
    me, today = who(request), timezone.localdate()
    posts, held = _posts(me), {one.public_id: one for one in meetings.held(committee, by=today)}
    last = next(iter(held.values()), None)
    about = request.GET.get("about", "")
    named = subjects.named(about, for_=me, on=today)
    form = AskForm(
        **typed(request),
        choices={
            "post": _choices(posts),
            "meeting": [(key, day(one.on)) for key, one in held.items()],
            "about": subjects.within(for_=me, on=today, also=[named] if named else []),
        },
        initial={
            "kind_of_ask": "request",
            "meeting": request.GET.get("meeting", "") or (last.public_id if last else ""),
            "asked_on": last.on if last else today,
            "about": about,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["post"] = posts.get(answers["post"])
        answers["meeting"] = held.get(answers["meeting"])
        answers["about"] = _about(answers["about"], me)
        changes.record_ask(by=me, committee=committee, at=timezone.now(), **answers)

    to = reverse("committee", kwargs={"committee": committee.public_id})
    done = _("It was recorded under the next number of %(name)s.") % {"name": committee.name}
    return sent(request, form, change, done=done, to=f"{to}#asks") or _ask(
        request,
        form,
        back=(to, committee.name),
        title=_("Record what %(name)s asked") % {"name": committee.name},
        lead=[_("It gets the next number of this body, and is followed until it is answered.")],
        button=_("Record it"),
    )


@needs("record_ask", kind="ask")
def direct_ask(request: HttpRequest, ask: Any) -> HttpResponse:  # noqa: ANN401
    """Say which post is to answer, by when, and of what it is."""
    me, today = who(request), timezone.localdate()
    posts, thing = _posts(me), ask.action or ask.recommendation
    if ask.post is not None:
        posts.setdefault(ask.post.public_id, ask.post)
    form = DirectForm(
        **typed(request),
        choices={
            "post": _choices(posts),
            "about": subjects.within(for_=me, on=today, also=[thing] if thing else []),
        },
        version=ask.version,
        initial={
            "post": ask.post.public_id if ask.post else "",
            "due": ask.due,
            "about": subjects.key_of(thing) if thing else "",
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = posts.get(answers["post"])
        answers["about"] = _about(answers["about"], me)
        changes.direct_ask(by=me, ask=ask, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("It was changed."),
        to=_page(ask),
        stands=lambda: _stands(ask),
    ) or _ask(
        request,
        form,
        back=(_page(ask), asks.number_of(ask)),
        title=_("Who answers %(number)s, and by when?") % {"number": asks.number_of(ask)},
        lead=[ask.words],
        button=_("Keep this"),
    )


@needs("answer_ask", kind="ask")
def answer_ask(request: HttpRequest, ask: Any) -> HttpResponse:  # noqa: ANN401
    """Answer an ask, in full or in part."""
    me, today = who(request), timezone.localdate()
    form = AnswerForm(
        **typed(request), version=ask.version, initial={"whole": "yes", "answered_on": today}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.answer_ask(by=me, ask=ask, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("The answer was recorded. The body reads it in its next paper."),
        to=_page(ask),
        stands=lambda: _stands(ask),
    ) or _ask(
        request,
        form,
        back=(_page(ask), asks.number_of(ask)),
        title=_("Answer %(number)s") % {"number": asks.number_of(ask)},
        lead=[
            ask.words,
            _(
                "Give no figure by which one person could be told. Say instead why it cannot be "
                "given, and answer in part."
            ),
        ],
        button=_("Record the answer"),
    )


@needs("record_ask", kind="ask")
def ask_again(request: HttpRequest, ask: Any) -> HttpResponse:  # noqa: ANN401
    """Open an ask again that was answered: another, joined to it."""
    me, today = who(request), timezone.localdate()
    held = {one.public_id: one for one in meetings.held(ask.committee, by=today)}
    form = AgainForm(
        **typed(request),
        choices={"meeting": [(key, day(one.on)) for key, one in held.items()]},
        initial={"asked_on": today, "text": ask.words},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["meeting"] = held.get(answers["meeting"])
        changes.ask_again(by=me, ask=ask, at=timezone.now(), **answers)

    done = _("It was opened again under the next number.")
    return sent(request, form, change, done=done, to=_page(ask)) or _ask(
        request,
        form,
        back=(_page(ask), asks.number_of(ask)),
        title=_("Open %(number)s again") % {"number": asks.number_of(ask)},
        lead=[_("The answer stays. What is asked now is joined to it, with the reason.")],
        button=_("Ask again"),
    )


@needs("record_ask", kind="ask")
def withdraw_ask(request: HttpRequest, ask: Any) -> HttpResponse:  # noqa: ANN401
    """Say that a body no longer wants an answer."""
    me = who(request)
    form = ReasonForm(**typed(request), version=ask.version)

    def change(answers: dict[str, Any]) -> None:
        changes.withdraw_ask(by=me, ask=ask, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("It was withdrawn. It keeps its number."),
        to=_page(ask),
        stands=lambda: _stands(ask),
    ) or _ask(
        request,
        form,
        back=(_page(ask), asks.number_of(ask)),
        title=_("Withdraw %(number)s") % {"number": asks.number_of(ask)},
        lead=[ask.words, _("Only where the body itself no longer wants an answer.")],
        button=_("Withdraw it"),
    )


def _posts(me: Any) -> dict[str, Any]:  # noqa: ANN401
    return {post.public_id: post for post in committees.posts(for_=me, on=timezone.localdate())}


def _choices(posts: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, f"{one.title}, {one.unit.name}") for key, one in posts.items()]


def _about(key: str, me: Any) -> Any:  # noqa: ANN401
    return subjects.subject(key, for_=me, on=timezone.localdate()) if key else None


def _page(row: Any) -> str:  # noqa: ANN401
    return reverse("ask", kwargs={"ask": row.public_id})


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    back: tuple[str, str],
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    facts |= {"room": "meetings", "back_to": back[0], "back_words": back[1], "theirs": theirs}
    return ask(request, form, "one_form", **facts)


def _stands(row: Any) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    row.refresh_from_db()
    now = asks.one(row, timezone.localdate())
    told = {
        _("Where it stands"): STATE_WORDS[now.state],
        _("Who answers"): now.post or _("Not said"),
        _("By"): day(now.due) if now.due else _("Not said"),
    }
    if now.answers:
        told[_("Last answer")] = now.answers[-1].words
    return told, row.version
