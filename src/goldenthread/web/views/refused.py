"""Saying no: the page for each refusal, for what is not there, and for a fault of our own."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from goldenthread.errors import Busy, Missing, NotAllowed, OutOfStep, Refusal
from goldenthread.web.changes.deed import busy
from goldenthread.web.views import public, telling

_STATUS: dict[type[Refusal], int] = {
    NotAllowed: 403,
    Missing: 404,
    OutOfStep: 409,
    Busy: 503,
}
# No vowels, so that no number is a word, and none of the signs that are read for one another.
_SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
_log = logging.getLogger("goldenthread")


def page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal's own sentence and what to do, and nothing else that happened."""
    status = _STATUS.get(type(refusal), 422)
    return _drawn(request, status, {"refusal": refusal, "status": status})


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without our token: nothing was done, and the audit says so."""
    telling.told(request, {"rule": "forged"}, what="form.refused")
    return page(
        request,
        NotAllowed(
            _("This form did not come from a page that we made for you, so nothing was done."),
            permission="",
            rule="forged",
            do=_("Open the page again and send it from there."),
        ),
    )


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A request that no browser of ours would send: 400."""
    if request.method == "POST":
        telling.told(request, {"rule": "malformed"}, what="form.refused")
    if _is_public(request):
        return _kept_by_nobody(public.failed(400))
    return _drawn(request, 400, {"status": 400})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A refusal of Django's own: 403."""
    return _drawn(request, 403, {"status": 403})


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No page at this address: 404, in the look of the site that was asked for it."""
    if _is_public(request):
        return _kept_by_nobody(public.not_found(request))
    return _drawn(request, 404, {"status": 404})


def too_many(request: HttpRequest) -> HttpResponse:
    """Too much of the same in a short time: 429, and the audit counts it."""
    telling.told(request, {"rule": "too_many"})
    return _drawn(request, 429, {"status": 429})


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: 500, with a number under which it stands in the log.

    A page that had to wait too long for somebody else's save, such as signing in, is no fault.
    """
    waited = busy(sys.exception())
    if waited is not None:
        return page(request, waited)
    reference = "".join(secrets.choice(_SIGNS) for _place in range(6))
    _log.error("Fault %s at %s", reference, request.path, exc_info=True)
    shown = f"{reference[:4]} {reference[4:]}"
    if _is_public(request):
        return _kept_by_nobody(public.failed(500, shown))
    return _drawn(request, 500, {"status": 500, "reference": shown})


def _is_public(request: HttpRequest) -> bool:
    """Whether the address is one that asks nobody who they are."""
    return not request.path.startswith(("/workspace/", "/account/"))


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


def _drawn(request: HttpRequest, status: int, facts: dict[str, Any]) -> HttpResponse:
    """The page; without the names of its reader and council where these cannot be read either."""
    try:
        words = render_to_string("workspace/refused.html", facts, request)
    except Exception:
        _log.exception("The page of a fault could not be drawn whole.")
        plain = engines.all()[0].env.get_template("workspace/refused.html")  # type: ignore[attr-defined]
        words = plain.render(facts | {"signing_in": True})
    return _kept_by_nobody(HttpResponse(words, status=status))
