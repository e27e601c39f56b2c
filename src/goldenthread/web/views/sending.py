"""Sending a form to a change: what it refuses is said in the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.errors import Busy, Missing, NotAllowed, OutOfStep, Refusal
from goldenthread.web.forms.form import Form
from goldenthread.web.views import telling


@dataclass(frozen=True)
class Check:
    """What somebody is shown before a deed that is hard to undo: what it is, and what follows.

    ``effects`` are sentences; ``button`` does it and ``back`` is the address that leaves it undone.
    ``grave`` is for what cannot be undone by the next sending: its button warns.
    """

    title: str
    effects: tuple[str, ...]
    button: str
    back: str
    grave: bool = True


def typed(request: HttpRequest) -> dict[str, Any]:
    """What a form is made with: what was sent, where anything was."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def ask(request: HttpRequest, form: Form, page: str, **facts: Any) -> HttpResponse:  # noqa: ANN401
    """The page of a form, with what is wrong in it and what somebody else made of it meanwhile."""
    asked_again = not form.is_bound or form.another
    facts |= {"form": form, "mistakes": () if asked_again else form.mistakes}
    return render(request, f"workspace/{page}.html", facts, status=form.answered)


def sent(
    request: HttpRequest,
    form: Form,
    change: Callable[[dict[str, Any]], object],
    *,
    done: str,
    to: str,
    stands: Callable[[], tuple[Mapping[str, Any], int]] = lambda: ({}, 0),
    check: Callable[[dict[str, Any]], Check] | None = None,
    room: str = "people",
) -> HttpResponse | None:
    """Make a change with the answers of a form, and go on to the address ``to``; None to ask again.

    ``done`` is said on the next page. ``stands`` gives what now stands and its version, for
    somebody whose form came too late. With ``check`` the answers are shown once more before the
    change is made, and can be changed there; ``room`` is where that page stands. A refusal for want
    of permission is never said in a form.
    """
    if request.method != "POST":
        return None
    if not form.is_valid():
        if set(form.errors) & set(request.FILES):
            telling.told(request, {"rule": "kind"}, what="upload.refused")
        form.answered = 422
        return None
    if "again" in request.POST:
        return None
    if check is not None and "checked" not in request.POST:
        # The answers travel in the page, not in a session: two windows never mix.
        asked = {"form": form, "check": check(form.sent), "answers": form.sending_answers}
        facts = asked | {"room": room, "theirs": []}
        return render(request, "workspace/check.html", facts)
    try:
        change(form.sent)
    except OutOfStep as refusal:
        form.out_of_step(refusal, *stands())
        return None
    except Busy as refusal:
        form.refuse(refusal)
        form.answered = 503
        return None
    except NotAllowed:
        raise
    except Refusal as refusal:
        if not isinstance(refusal, Missing) and not hasattr(refusal, "rule"):
            raise
        telling.upload(request, refusal)
        form.refuse(refusal)
        return None
    messages.success(request, done)
    return redirect(to)
