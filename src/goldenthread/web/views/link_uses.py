"""Links as whoever sends them sees them: uses, “not mine”, and dates that wait for an answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.timescale import day
from goldenthread.web.changes import date_requests, update_links
from goldenthread.web.forms.form import Form
from goldenthread.web.forms.link_uses import DecideForm
from goldenthread.web.queries import link_uses as queries
from goldenthread.web.queries.asked import period
from goldenthread.web.queries.update_links import last_day
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("send_links", kind="round")
def round_links(request: HttpRequest, round: Any) -> HttpResponse:  # noqa: ANN401
    """Every link of a round with its uses, and what leads said is not theirs."""
    now = timezone.now()
    facts = {
        "round": round,
        "period": period(round),
        "links": queries.of_round(round, at=now),
        "not_mine": queries.not_mine(round, on=timezone.localdate(now)),
    }
    return render(request, "workspace/round_links.html", facts)


@needs("send_links", kind="updatelink")
def link_page(request: HttpRequest, updatelink: Any) -> HttpResponse:  # noqa: ANN401
    """One link: every use of it, in the order of time."""
    facts = {
        "used": queries.of_link(updatelink, at=timezone.now()),
        "period": period(updatelink.round),
        "until": last_day(updatelink),
    }
    return render(request, "workspace/link_uses.html", facts)


@needs("send_links", kind="updatelink")
def withdraw_link(request: HttpRequest, updatelink: Any) -> HttpResponse:  # noqa: ANN401
    """Ask once more, and make a link open nothing any more."""
    to = reverse("link_page", kwargs={"updatelink": updatelink.public_id})
    form = Form(**typed(request), version=updatelink.version)

    def change(answers: dict[str, Any]) -> None:
        update_links.withdraw_link(by=who(request), link=updatelink, at=timezone.now(), **answers)

    done = _("The link was withdrawn. It opens nothing any more.")
    return sent(request, form, change, done=done, to=to, room="rounds") or ask(
        request, form, "withdraw_link", link=updatelink, period=period(updatelink.round)
    )


@needs("decide_date")
def dates_page(request: HttpRequest) -> HttpResponse:
    """The requests of another date that wait for whoever asks here."""
    waiting = queries.dates_waiting(for_=who(request), on=timezone.localdate())
    return render(request, "workspace/date_requests.html", {"waiting": waiting})


@needs("decide_date", kind="daterequest")
def decide_date(request: HttpRequest, daterequest: Any) -> HttpResponse:  # noqa: ANN401
    """Agree to another date, or refuse it with a reason that its lead reads."""
    form = DecideForm(**typed(request), version=daterequest.version)

    def change(answers: dict[str, Any]) -> None:
        agreed = answers.pop("agreed") == "yes"
        date_requests.decide_date(
            by=who(request), request=daterequest, agreed=agreed, at=timezone.now(), **answers
        )

    done = _("Decided. The lead reads it on the page of their link.")
    return sent(
        request, form, change, done=done, to=reverse("date_requests"), room="rounds"
    ) or ask(
        request,
        form,
        "decide_date",
        asked=daterequest,
        action=daterequest.action,
        now=day(daterequest.action.now_due) if daterequest.action.now_due else _("No date"),
    )
