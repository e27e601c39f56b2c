"""The door of update links: who comes through it, and what is said where it is shut.

Whoever has the address has the signature; nothing else is asked, and nothing else is opened.
Nothing here reads or sets a session. A browser that begins is given a mark, a cookie of this link's
own path, so that a link that was forwarded can be told.

Django's own mark against forged forms is not asked for: it needs a cookie that the mail reader of a
phone may not keep, and an Origin that pages under “no-referrer” never send. The address itself is
what a forger lacks; a browser that says that a form comes from another site is refused besides.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from goldenthread.errors import NotAllowed
from goldenthread.timescale import Period
from goldenthread.web.queries import by_link as queries
from goldenthread.web.queries import workspace
from goldenthread.web.queries.update_links import (
    WHY_NOT,
    UpdateLink,
    digest,
    last_day,
    of_token,
    why_not,
)
from goldenthread.web.views import telling
from goldenthread.web.views.declared import View, public

COOKIE = "__Secure-mark" if settings.HTTPS else "mark"
_STATUS = {"altered": 404, "too_many": 429, "not_yours": 403, "forged": 403}
# Of what was sent, the words that somebody typed: shown where they could not be kept.
_TYPED: Mapping[str, object] = {
    "done": _("What was done"),
    "changed": _("What changed, and for whom"),
    "cause": _("What stands in the way"),
    "step": _("What will put it right"),
    "link": _("The link that shows it"),
    "new": _("The date that you asked for"),
    "reason": _("Why it is needed"),
    "whose": _("Whose it is now"),
}
# What can be sent anew by whoever has the link.
_SENT_ANEW = frozenset({"replaced", "withdrawn", "expired"})


class Door:
    """One request by a link that opens: the link, the browser's mark, and how a page is drawn."""

    def __init__(self, request: HttpRequest, link: UpdateLink, token: str) -> None:
        self.request, self.link, self.token = request, link, token
        self.at = timezone.now()
        self.today = timezone.localdate(self.at)
        self.mark = request.COOKIES.get(COOKIE, "")[:64]
        self.posted = request.method == "POST"

    def to(self, view: str, **given: str) -> str:
        """The address of one of this link's pages."""
        return reverse(view, kwargs={"token": self.token, **given})

    @property
    def known(self) -> bool:
        """Whether this browser has begun with the link before."""
        return bool(self.mark) and self.link.uses.filter(mark=digest(self.mark)).exists()

    def marked(self, response: HttpResponse) -> HttpResponse:
        """The response, by which this browser is given its mark; no other page is ever sent it."""
        response.set_cookie(
            COOKIE,
            self.mark,
            path=self.to("update_link"),
            expires=self.link.expires_at,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
        return response

    def new_mark(self) -> str:
        """A mark for a browser that has none of this link."""
        self.mark = secrets.token_urlsafe(24)
        return self.mark

    def draw(self, page: str, status: int = 200, **facts: Any) -> HttpResponse:  # noqa: ANN401
        """A page of the link: it knows its own person and round, and nobody else."""
        return drawn(page, status, door=self, **facts, **_of_link(self.link))


def drawn(page: str, status: int = 200, **facts: Any) -> HttpResponse:  # noqa: ANN401
    """A page behind this door. It is drawn without the request, so it knows no session."""
    known = {"body": workspace.body_name(), "policy": ""}
    return HttpResponse(render_to_string(f"update/{page}.html", known | facts), status=status)


def _of_link(link: UpdateLink) -> dict[str, Any]:
    return {
        "link": link,
        "period": Period(link.round.begins, link.round.ends),
        "until": last_day(link),
        "contact": queries.contact(link.round.unit_id),
    }


Page = Callable[..., HttpResponse]


def by_link(page: Page, *, shut: bool = False) -> View:
    """A page for whoever has a link that opens; with ``shut`` also for one that does not any more.

    An address that was altered, a link that is shut and a form that was sent too often are each
    answered by a page of their own, with what was typed for whoever typed it.
    """

    @csrf_exempt
    @public
    @functools.wraps(page)
    def asked_for(request: HttpRequest, token: str, **given: str) -> HttpResponse:
        link = of_token(token)
        if link is None:
            return _altered(request)
        door = Door(request, link, token)
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        if door.posted and (rule := _too_much(request, link)):
            return refused(door, rule)
        rule = "" if shut else why_not(link, door.at)
        if rule:
            return refused(door, rule)
        try:
            return page(door, **given)
        except NotAllowed as refusal:
            return refused(door, refusal.rule)

    return asked_for


def _too_much(request: HttpRequest, link: UpdateLink) -> str:
    """Why a form is not looked at: it comes from another site, or one link sends too many."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return "forged"
    limit = {"app": "allauth.account", "action": "update_link", "key": link.public_id}
    return "" if ratelimit.consume(request, **limit) else "too_many"


def _altered(request: HttpRequest) -> HttpResponse:
    """What is said of an address that no signature of ours is in: the same, whatever it holds."""
    telling.told(request, {"rule": "altered"}, what="link.refused", door="update")
    limit = {"app": "allauth.account", "action": "altered_link", "limit_get": True}
    rule = "altered" if ratelimit.consume(request, **limit) else "too_many"
    return drawn("refused", _STATUS[rule], rule=rule, typed=_typed(request))


def refused(door: Door, rule: str) -> HttpResponse:
    """The page of a link that is shut, or of an action that is not this link's."""
    if rule != "too_many":
        telling.told(door.request, {"rule": rule}, what="link.refused", door="update")
    return door.draw(
        "refused",
        _STATUS.get(rule, 410),
        rule=rule,
        why=WHY_NOT.get(rule, ""),
        sends=rule in _SENT_ANEW,
        typed=_typed(door.request),
    )


def _typed(request: HttpRequest) -> list[tuple[object, str]]:
    """The words that were sent, for whoever typed them to copy."""
    return [
        (called, request.POST[name].strip()[:8000])
        for name, called in _TYPED.items()
        if request.POST.get(name, "").strip()
    ]
