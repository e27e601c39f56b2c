"""Sending a form to a change: what it refuses is said in the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Refusal
from goldenthread.web.forms.form import Form


def typed(request: HttpRequest) -> dict[str, Any]:
    """What a form is made with: what was sent, where anything was."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def ask(request: HttpRequest, form: Form, page: str, **facts: Any) -> HttpResponse:  # noqa: ANN401
    """The page of a form, with what is wrong in it and what somebody else made of it meanwhile."""
    facts |= {"form": form, "mistakes": form.mistakes if form.is_bound else ()}
    return render(request, f"workspace/{page}.html", facts, status=form.answered)


def sent(
    request: HttpRequest,
    form: Form,
    change: Callable[[dict[str, Any]], object],
    *,
    done: str,
    to: str,
    stands: Callable[[], tuple[Mapping[str, Any], int]] = lambda: ({}, 0),
) -> HttpResponse | None:
    """Make a change with the answers of a form, and go on to the address ``to``; None to ask again.

    ``done`` is said on the next page. ``stands`` gives what now stands and its version, for
    somebody whose form came too late. A refusal for want of permission is never said in a form.
    """
    if request.method != "POST":
        return None
    if not form.is_valid():
        form.answered = 422
        return None
    try:
        change(form.sent)
    except OutOfStep as refusal:
        form.out_of_step(refusal, *stands())
        return None
    except NotAllowed:
        raise
    except Refusal as refusal:
        if not isinstance(refusal, Missing) and not hasattr(refusal, "rule"):
            raise
        form.refuse(refusal)
        return None
    messages.success(request, done)
    return redirect(to)
