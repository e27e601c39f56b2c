"""The bodies that meet: all of them, one with its members and its remit, and the forms for both."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import committees as changes
from goldenthread.web.forms.asks import STANCE_WORDS, STATE_WORDS
from goldenthread.web.forms.meetings import (
    KIND_WORDS,
    PART_WORDS,
    AddBodyForm,
    ChangeBodyForm,
    EndBodyForm,
    RemitForm,
    SeatForm,
)
from goldenthread.web.permissions import may
from goldenthread.web.queries import committees, consultation, people, subjects, visions
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import Check, ask, sent, typed


@needs("read_register")
def committees_page(request: HttpRequest) -> HttpResponse:
    """The bodies that meet, with what each waits for, and those that have ended."""
    me, today = who(request), timezone.localdate()
    standing, ended = committees.committees(for_=me, on=today)
    facts = {"standing": standing, "ended": ended, "kinds": KIND_WORDS}
    # From the page of an action or a recommendation: which body asked about it?
    about = subjects.named(request.GET.get("about", ""), for_=me, on=today)
    if about is not None and may(me, "record_ask", None, today):
        facts["about"] = subjects.key_of(about)
    return render(request, "workspace/committees.html", facts)


@needs("read_register", kind="committee")
def committee_page(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """One body: who sits in it, what it is for, when it meets, what it asked and what it said."""
    me, today = who(request), timezone.localdate()
    facts = {
        "one": committees.body(committee, for_=me, on=today),
        "said": consultation.by_committee(committee),
        "waiting": consultation.waiting_for(committee, on=today),
        # A draft of a directorate: for those alone who speak for the body that was asked.
        "asked_visions": visions.waiting_for(committee)
        if may(me, "record_stance", committee, today)
        else (),
        "kinds": KIND_WORDS,
        "parts": PART_WORDS,
        "states": STATE_WORDS,
        "stances": STANCE_WORDS,
    }
    return render(request, "workspace/committee.html", facts)


@needs("keep_committees")
def add_committee(request: HttpRequest) -> HttpResponse:
    """Add a body that meets."""
    me, today = who(request), timezone.localdate()
    units = {
        one.public_id: one for one in people.units(for_=me, permission="keep_committees", on=today)
    }
    root = next((key for key, one in units.items() if one.parent_id is None), "")
    form = AddBodyForm(
        **typed(request),
        choices={"unit": [(key, one.name) for key, one in units.items()]},
        initial={"unit": root, "begins": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["unit"] = units[answers["unit"]]
        changes.begin_committee(by=me, at=timezone.now(), **answers)

    done = _("The body was added. Say now who sits in it, and when it meets.")
    return sent(request, form, change, done=done, to=reverse("committees")) or _ask(
        request,
        form,
        title=_("Add a body that meets"),
        lead=[
            _(
                "A committee, a management team, a staff network, a trade union: whoever meets, "
                "asks for something or says what it thinks of a plan."
            )
        ],
        button=_("Add it"),
    )


@needs("keep_committees", kind="committee")
def change_committee(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Call a body otherwise, or open its meetings to the public."""
    form = ChangeBodyForm(
        **typed(request),
        version=committee.version,
        initial={
            "name": committee.name,
            "sort": committee.kind,
            "letter": committee.letter,
            "public": committee.public,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        changes.change_committee(by=who(request), committee=committee, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("The body was changed."),
        to=_page(committee),
        stands=lambda: _stands(committee),
    ) or _ask(
        request,
        form,
        committee,
        title=_("Change %(name)s") % {"name": committee.name},
        lead=[_("What it asked and said stays its own, under the name that it now has.")],
        button=_("Keep this"),
    )


@needs("keep_committees", kind="committee")
def end_committee(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Say on which day a body ended."""
    form = EndBodyForm(
        **typed(request), version=committee.version, initial={"until": timezone.localdate()}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.end_committee(by=who(request), committee=committee, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        title = _("End %(name)s on %(day)s?") % {
            "name": committee.name,
            "day": day(answers["until"]),
        }
        effects = (
            _("Every seat in it ends on that day."),
            _("What it asked and said stays, and so do its numbers."),
            _("A body that has ended does not begin again: a new one is added."),
        )
        return Check(title, effects, _("End it"), _page(committee))

    return sent(
        request,
        form,
        change,
        done=_("The body was ended."),
        to=_page(committee),
        stands=lambda: _stands(committee),
        check=check,
        room="meetings",
    ) or _ask(
        request,
        form,
        committee,
        title=_("End %(name)s") % {"name": committee.name},
        lead=[_("Cancel its later meetings first.")],
        button=_("Go on"),
    )


@needs("keep_committees", kind="committee")
def agree_remit(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Record terms of reference; the earlier ones stay."""
    form = RemitForm(**typed(request), initial={"agreed_on": timezone.localdate()})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.agree_remit(by=who(request), committee=committee, at=timezone.now(), **answers)

    done = _("The terms of reference were recorded.")
    return sent(request, form, change, done=done, to=_page(committee)) or _ask(
        request,
        form,
        committee,
        title=_("Terms of reference of %(name)s") % {"name": committee.name},
        lead=[_("Terms that stood before stay on the page, with their day.")],
        button=_("Record them"),
    )


@needs("keep_committees", kind="committee")
def seat(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Give a post, or a role that is no post of the council, a seat in a body."""
    me, today = who(request), timezone.localdate()
    posts = {post.public_id: post for post in committees.posts(for_=me, on=today)}
    form = SeatForm(
        **typed(request),
        choices={"post": [(key, f"{one.title}, {one.unit.name}") for key, one in posts.items()]},
        initial={"since": today, "part": "member"},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["post"] = posts.get(answers["post"])
        changes.seat(by=me, committee=committee, at=timezone.now(), **answers)

    done = _("The seat was given.")
    return sent(request, form, change, done=done, to=_page(committee)) or _ask(
        request,
        form,
        committee,
        title=_("Give a seat in %(name)s") % {"name": committee.name},
        lead=[
            _(
                "A seat belongs to a post or a role, so it needs no change when somebody new "
                "comes. Only who holds a seat as chair or member speaks for the body here."
            )
        ],
        button=_("Give the seat"),
    )


@needs("keep_committees", kind="membership")
def end_seat(request: HttpRequest, membership: Any) -> HttpResponse:  # noqa: ANN401
    """End a seat with a day."""
    committee = membership.committee
    role = membership.post.title if membership.post else membership.words
    form = EndBodyForm(
        **typed(request), version=membership.version, initial={"until": timezone.localdate()}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.end_seat(by=who(request), membership=membership, at=timezone.now(), **answers)

    done = _("The seat was ended. That it was held stays on the page.")
    return sent(request, form, change, done=done, to=_page(committee)) or _ask(
        request,
        form,
        committee,
        title=_("End the seat of %(role)s") % {"role": role},
        lead=[committee.name],
        button=_("End this seat"),
    )


def _page(committee: Any) -> str:  # noqa: ANN401
    return reverse("committee", kwargs={"committee": committee.public_id})


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    committee: Any = None,  # noqa: ANN401
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    back = reverse("committees") if committee is None else _page(committee)
    words = _("Bodies that meet") if committee is None else committee.name
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    return ask(
        request,
        form,
        "one_form",
        room="meetings",
        back_to=back,
        back_words=words,
        theirs=theirs,
        **facts,
    )


def _stands(committee: Any) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    committee.refresh_from_db()
    ends = day(committee.ends) if committee.ends else _("None")
    told = {
        _("Name"): committee.name,
        _("Letters"): committee.letter,
        _("Open to the public"): _("Yes") if committee.public else _("No"),
        _("Last day"): ends,
    }
    return told, committee.version
