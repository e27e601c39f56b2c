"""The chase screen: who is due, late or silent, what was sent, and the button that sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing
from goldenthread.web.changes import chase as changes
from goldenthread.web.permissions import may
from goldenthread.web.queries import chase, rounds
from goldenthread.web.queries.asked import STATES, period
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.rounds import charts_of

_NAMES = ("state", "mark", "part", "lead")


@dataclass(frozen=True)
class Address:
    """What an address asks of the screen. What it misspells is as if it were not said."""

    narrowed: chase.Narrowed

    def __call__(self, **changed: str) -> str:
        """The query of an address like this one but for what is changed."""
        said = {name: getattr(self.narrowed, name) for name in _NAMES} | changed
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def _asked(given: Mapping[str, str]) -> chase.Narrowed:
    state, mark = given.get("state", ""), given.get("mark", "")
    named = {name: given.get(name, "").replace("\0", "")[:20] for name in ("part", "lead")}
    return chase.Narrowed(
        state=state if state in STATES else "",
        mark=mark if mark in chase.MARKS else "",
        **named,
    )


@needs("read_rounds", kind="round")
def round_page(request: HttpRequest, round: Any) -> HttpResponse:  # noqa: ANN401
    """Who is due, late, silent, without evidence or unchanged, by lead, so many to a page."""
    me, today = who(request), timezone.localdate()
    address = Address(_asked(request.GET))
    found = chase.chase(
        for_=me, round_=round, on=today, narrowed=address.narrowed, page=page_number(request)
    )
    return render(
        request,
        "workspace/round.html",
        {
            "found": found,
            "round": round,
            "period": period(round),
            "address": address,
            "window": "over" if today > round.closes else "open",
            "states": STATES,
            "marks": chase.MARKS,
            "figures": round.figures.get("all", {}),
            "figures_of_parts": round.figures.get("parts", []),
            "charts": charts_of(rounds.before(round)) if round.closed_at is not None else [],
            "since": rounds.since_closing(round, on=today),
            # More actions of one lead are on a page of their own.
            "most": chase.MOST,
            "silent_after": settings.SILENT_AFTER,
            "may_send": may(me, "send_links", round, today),
            "may_keep": may(me, "keep_rounds", round, today),
        },
    )


def _back(request: HttpRequest, round_: Any) -> HttpResponse:  # noqa: ANN401
    """The screen as it was narrowed when the button was pressed."""
    to = reverse("round", kwargs={"round": round_.public_id})
    query = Address(_asked(request.GET))()
    return redirect(to if query == "?" else to + query)


@needs("send_links", kind="round")
def send_links(request: HttpRequest, round: Any) -> HttpResponse:  # noqa: ANN401
    """Send the links to everybody who is due, or to one lead; pressed again it sends none twice."""
    if request.method != "POST":
        return _back(request, round)
    one = request.POST.get("person", "")
    person = chase.lead(one) if one else None
    if one and person is None:
        raise Missing("There is no such person.", do="Go back to the round, and choose a lead.")
    try:
        done = changes.send_links(by=who(request), round=round, person=person, at=timezone.now())
    except Missing as refusal:
        messages.warning(request, str(refusal))
        return _back(request, round)
    messages.success(request, _told(done, person))
    return _back(request, round)


def _told(done: changes.Sent, person: Any) -> str:  # noqa: ANN401
    """What a press of the button did, in sentences."""
    if person is not None:
        if done.links:
            return _("The link goes to %(name)s.") % {"name": person.name}
        return _("%(name)s was sent a link today, so nothing was sent.") % {"name": person.name}
    said = []
    if done.links:
        said.append(
            ngettext("A link goes to %(n)s lead.", "Links go to %(n)s leads.", done.links)
            % {"n": done.links}
        )
    if done.today:
        said.append(
            ngettext(
                "%(n)s lead was sent one today already, and is sent none.",
                "%(n)s leads were sent one today already, and are sent none.",
                done.today,
            )
            % {"n": done.today}
        )
    if not said:
        said.append(_("Nobody is due, so nothing was sent."))
    if done.nobody:
        said.append(
            ngettext(
                "Of %(n)s action nobody can be asked: see what to do about it below.",
                "Of %(n)s actions nobody can be asked: see what to do about them below.",
                done.nobody,
            )
            % {"n": done.nobody}
        )
    return " ".join(said)


@needs("send_links", kind="round")
def remind(request: HttpRequest, round: Any) -> HttpResponse:  # noqa: ANN401
    """Remind everybody who has a link and has not answered."""
    if request.method != "POST":
        return _back(request, round)
    try:
        changes.remind(
            by=who(request), round=round, at=timezone.now(), key=request.POST.get("key", "")
        )
    except Missing as refusal:
        messages.warning(request, str(refusal))
        return _back(request, round)
    messages.success(request, _("Reminders are on their way to whoever has not answered."))
    return _back(request, round)
