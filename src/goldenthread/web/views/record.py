"""The record of what was done, for those who check it: the audit, and an action's history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from goldenthread.web import audit
from goldenthread.web.queries import plan, record
from goldenthread.web.views.declared import needs, who


@needs("read_audit")
def audit_page(request: HttpRequest) -> HttpResponse:
    """What was done, by whom and when, in plain words, newest first and 50 to a page."""
    audit.settle(at=timezone.now())
    sought = record.Sought(
        act=request.GET.get("act", "") if request.GET.get("act", "") in record.ACTS else "",
        actor=request.GET.get("actor", "").replace("\0", "")[:12],
        since=_day(request.GET.get("since", "")),
        until=_day(request.GET.get("until", "")),
    )
    page = request.GET.get("page", "1")
    found = record.entries(
        for_=who(request),
        on=timezone.localdate(),
        sought=sought,
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )
    said = {
        "act": sought.act,
        "actor": sought.actor,
        "since": sought.since.isoformat() if sought.since else "",
        "until": sought.until.isoformat() if sought.until else "",
    }
    kept = {name: value for name, value in said.items() if value}
    return render(
        request,
        "workspace/audit.html",
        {
            "found": found,
            "said": said,
            "kept": urlencode(kept),
            "acts": sorted((str(words), act) for act, words in record.ACTS.items()),
            "actors": record.actors(),
            "misread": _misread(request.GET),
        },
    )


@needs("read_audit")
def audit_checked(request: HttpRequest) -> HttpResponse:
    """The whole chain counted through again, now: whether anybody changed or removed an entry."""
    found = audit.verify()
    return render(request, "workspace/audit_checked.html", {"found": found, "at": timezone.now()})


@needs("read_audit")
def audit_verified(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Whether the chain of the audit holds, as JSON."""
    return JsonResponse(audit.as_json(audit.verify()))


@needs("read_register", kind="action")
def action_history(request: HttpRequest, action: plan.Action) -> JsonResponse:
    """Everything that was promised and said of one action, as JSON."""
    return JsonResponse(
        plan.history(for_=who(request), action=action, as_at=timezone.localdate()).as_json()
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _misread(given: Mapping[str, str]) -> list[str]:
    """The names of the days that were typed and could not be read."""
    return [name for name in ("since", "until") if given.get(name) and not _day(given[name])]
