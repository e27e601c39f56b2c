"""Saying no: the page for each refusal, and for a form that did not come from our own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Refusal

_STATUS: dict[type[Refusal], int] = {NotAllowed: 403, Missing: 404, OutOfStep: 409}


def page(request: HttpRequest, refusal: Refusal) -> HttpResponse:  # noqa: ARG001
    """The refusal's own sentence, and nothing else that happened."""
    return HttpResponse(
        str(refusal),
        status=_STATUS.get(type(refusal), 422),
        content_type="text/plain; charset=utf-8",
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without our token: nothing was done."""
    return page(
        request,
        NotAllowed(
            "This form did not come from a page that we made for you, so nothing was done.",
            permission="",
            rule="forged",
            do="Open the page again and send it from there.",
        ),
    )
