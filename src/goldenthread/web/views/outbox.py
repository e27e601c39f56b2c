"""The outbox: which mail was not sent and why, which waits, which went, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web import letterbox
from goldenthread.web.changes import mail as changes
from goldenthread.web.forms.units import AgainForm
from goldenthread.web.mails import title
from goldenthread.web.queries import outbox as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("keep_outbox")
def outbox(request: HttpRequest) -> HttpResponse:
    """What stands in the outbox, never the words of a mail."""
    now = timezone.now()
    found = queries.outbox(for_=who(request), at=now, as_at=timezone.localdate(now))
    facts = {
        "outbox": found,
        "faults": {name: str(fault.sentence) for name, fault in letterbox.FAULTS.items()},
        "title_of": title,
        "is_set": letterbox.is_set(),
        "now": now,
    }
    return render(request, "workspace/outbox.html", facts)


@needs("keep_outbox", kind="mail")
def try_again(request: HttpRequest, mail: Any) -> HttpResponse:  # noqa: ANN401
    """Send a mail again that was not sent, or that waits for its next try."""
    lead = [_("It is sent within a minute, and tried for as long as a new one.")]
    if mail.fault == "doubt":
        lead.append(_("It may have gone already: then it is received twice."))

    def change(answers: dict[str, Any]) -> None:
        changes.try_again(by=who(request), mail=mail, at=timezone.now(), **answers)

    done = _("It is sent within a minute.")
    button = _("Try again")
    return _decide(request, mail, change, done=done, lead=lead, button=button)


@needs("keep_outbox", kind="mail")
def leave(request: HttpRequest, mail: Any) -> HttpResponse:  # noqa: ANN401
    """Leave a mail unsent that was given up."""

    def change(answers: dict[str, Any]) -> None:
        changes.leave_unsent(by=who(request), mail=mail, at=timezone.now(), **answers)

    lead = [_("It stays unsent, and is no longer listed. Nobody is told.")]
    done = _("It stays unsent.")
    return _decide(request, mail, change, done=done, lead=lead, button=_("Leave it"))


def _decide(
    request: HttpRequest,
    mail: Any,  # noqa: ANN401
    change: Callable[[dict[str, Any]], None],
    *,
    done: str,
    lead: list[str],
    button: str,
) -> HttpResponse:
    """What becomes of one mail: done at once, or asked on a page where it cannot be."""
    form = AgainForm(**typed(request), version=mail.version)

    def stands() -> tuple[dict[str, Any], int]:
        mail.refresh_from_db()
        words = (
            _("Sent") if mail.sent_at else _("Waiting") if not mail.gave_up_at else _("Not sent")
        )
        return {_("This email"): words}, mail.version

    facts = {"to": mail.person.name, "what": title(mail)}
    return sent(request, form, change, done=done, to=reverse("outbox"), stands=stands) or _ask(
        request, form, title=_("%(what)s, to %(to)s") % facts, lead=lead, button=button
    )


@needs("keep_outbox")
def try_all_again(request: HttpRequest) -> HttpResponse:
    """Send every mail again that surely was not sent, once what kept it is put right."""
    form = AgainForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        changes.try_all_again(by=who(request), at=timezone.now(), key=answers["key"])

    lead = [_("Every email that was given up is sent again, but those that may have gone.")]
    done = _("They are sent within a few minutes.")
    return sent(request, form, change, done=done, to=reverse("outbox")) or _ask(
        request, form, title=_("Try all of them again"), lead=lead, button=_("Try again")
    )


@needs("keep_outbox")
def send_trial(request: HttpRequest) -> HttpResponse:
    """Send oneself a mail, to see whether mail is sent."""
    form = AgainForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        changes.send_trial(by=who(request), at=timezone.now(), key=answers["key"])

    lead = [_("It goes to your own address, and stands in this list like any other.")]
    done = _("A trial email is on its way to you. It is sent within a minute.")
    return sent(request, form, change, done=done, to=reverse("outbox")) or _ask(
        request, form, title=_("Send yourself a trial email"), lead=lead, button=_("Send it")
    )


def _ask(request: HttpRequest, form: AgainForm, **facts: Any) -> HttpResponse:  # noqa: ANN401
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    facts |= {"back_to": reverse("outbox"), "back_words": _("Email"), "room": "outbox"}
    return ask(request, form, "one_form", theirs=theirs, **facts)
