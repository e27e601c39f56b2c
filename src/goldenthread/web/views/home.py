"""The workspace's first page, and the demonstration's menu of people."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from goldenthread.errors import Missing
from goldenthread.example_data import cast
from goldenthread.web.forms.asks import SAID_WORDS
from goldenthread.web.permissions import ROLES, may
from goldenthread.web.queries import people, plan, rounds, said, takedowns, workspace
from goldenthread.web.queries.asked import period
from goldenthread.web.views.declared import needs, public, who

# More of one kind are not read on a first page; its register lists them all.
_MOST = 10


@needs("open_workspace")
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person today: updates asked of them, rounds, drafts, late actions."""
    me, today = who(request), timezone.localdate()
    mine = list(workspace.led_by(for_=me, as_at=today))
    asked = rounds.today(for_=me, on=today, led=mine)
    waiting = [
        (edition, may(me, "publish_edition", edition, today))
        for edition in workspace.waiting(for_=me, as_at=today)[:_MOST]
    ]
    return render(
        request,
        "workspace/home.html",
        {
            "drafts": plan.drafts(for_=me, as_at=today).filter(state="open")[:_MOST],
            "waiting": waiting,
            "takedowns": [
                (gone, may(me, "agree_takedown", gone, today))
                for gone in takedowns.waiting(for_=me, as_at=today)[:_MOST]
            ],
            "late": workspace.late(for_=me, as_at=today, most=_MOST),
            "mine": mine,
            "asked": [(one, period(one.round)) for one in asked.mine],
            "rounds": [(one, period(one.round)) for one in asked.heard[:_MOST]],
            "held": people.roles(for_=me, on=today),
            "plans": plan.plans(for_=me, as_at=today)[:_MOST],
            "meeting_facts": said.for_home(for_=me, on=today),
            **SAID_WORDS,
        },
    )


@public
def switch_person(request: HttpRequest) -> HttpResponse:
    """In the demonstration alone: be somebody else of the cast, one person for each role."""
    if not settings.DEMO:
        raise Missing("There is no page at this address.", do="Check the address.")
    offered = workspace.with_addresses([one.email for one in cast.PEOPLE if one.role])
    if request.method == "POST":
        chosen = next((one for one in offered if one.public_id == request.POST.get("person")), None)
        if chosen is None:
            raise Missing("There is no such person.", do="Choose one of the list.")
        login(request, chosen, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("workspace_home")
    by_address = {one.email: one for one in offered}
    people_of = [
        (ROLES[role], by_address[one.email], one.post)
        for role, one in cast.one_for_each_role().items()
        if one.email in by_address
    ]
    return render(request, "workspace/switch.html", {"cast": people_of})
