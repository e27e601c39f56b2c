"""The calendar of meetings: a year of them, one, the forms that arrange it, and diaries."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from goldenthread.timescale import day, series
from goldenthread.web.changes import meetings as changes
from goldenthread.web.forms.asks import STATE_WORDS
from goldenthread.web.forms.meetings import ArrangeForm, MeetingForm, ReasonForm
from goldenthread.web.pages import icalendar
from goldenthread.web.permissions import may
from goldenthread.web.queries import committees, meetings, papers, workspace
from goldenthread.web.views.declared import needs, public, who
from goldenthread.web.views.sending import Check, ask, sent, typed

_WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday"),
    *("Friday", "Saturday", "Sunday"),
)


@needs("read_register")
def meetings_page(request: HttpRequest) -> HttpResponse:
    """The meetings of a municipal year, month by month; of one body where the address says so."""
    me, today = who(request), timezone.localdate()
    bodies = committees.by_id(committees.that_stand(for_=me, on=today))
    body = request.GET.get("body", "")
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    on = date(year, 5, 1) if 2000 <= year <= 2100 else today
    facts = {
        "calendar": meetings.year_of_meetings(
            for_=me, on=on, body=body if body in bodies else "", today=today
        ),
        "bodies": [(key, one.name) for key, one in bodies.items()],
        "chosen": bodies.get(body),
        "ahead": meetings.ahead(for_=me, on=today),
        "is_now": meetings.municipal_year(on) == meetings.municipal_year(today),
    }
    return render(request, "workspace/meetings.html", facts)


@needs("read_register", kind="meeting")
def meeting_page(request: HttpRequest, meeting: Any) -> HttpResponse:  # noqa: ANN401
    """One meeting: when, where, by when its papers are due, and what was asked at it."""
    me, today = who(request), timezone.localdate()
    facts = {
        "meeting": meeting,
        "asks": meetings.asked_at(meeting, as_at=today),
        "states": STATE_WORDS,
        "papers": papers.of_meeting(meeting, for_=me, on=today),
        "may_keep": may(me, "keep_committees", meeting, today),
        "may_ask": may(me, "record_ask", meeting.committee, today),
    }
    return render(request, "workspace/meeting.html", facts)


@needs("keep_committees", kind="committee")
def arrange_meetings(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Arrange a meeting or a series; the days are shown before they are kept."""
    form = ArrangeForm(**typed(request), initial={"every": "once"})

    def days(answers: dict[str, Any]) -> tuple[date, ...]:
        if answers["every"] == "once":
            return (answers["on"],)
        return series(
            answers["on"], answers["every"], answers["last"], most=changes.MOST_AT_ONCE + 1
        )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        found = days(answers)
        for name in ("on", "every", "last"):
            answers.pop(name)
        changes.arrange_meetings(
            by=who(request), committee=committee, days=found, at=timezone.now(), **answers
        )

    def check(answers: dict[str, Any]) -> Check:
        found = days(answers)
        title = ngettext(
            "Arrange %(count)s meeting of %(name)s?",
            "Arrange %(count)s meetings of %(name)s?",
            len(found),
        ) % {"count": len(found), "name": committee.name}
        told = [_told(on, answers["papers_before"]) for on in found]
        last = _("Look for bank holidays and for clashes: nobody has left them out.")
        return Check(title, (*told, last), _("Arrange this"), _of(committee), grave=False)

    done = _("The calendar was changed.")
    return sent(
        request, form, change, done=done, to=_of(committee), check=check, room="meetings"
    ) or _ask(
        request,
        form,
        back=(_of(committee), committee.name),
        title=_("Arrange meetings of %(name)s") % {"name": committee.name},
        lead=[],
        button=_("Go on"),
    )


@needs("keep_committees", kind="meeting")
def change_meeting(request: HttpRequest, meeting: Any) -> HttpResponse:  # noqa: ANN401
    """Move a meeting, or say when its papers are due."""
    form = MeetingForm(
        **typed(request),
        version=meeting.version,
        initial={
            name: getattr(meeting, name)
            for name in ("on", "starts", "finishes", "place", "papers_due")
        },
    )

    def change(answers: dict[str, Any]) -> None:
        changes.change_meeting(by=who(request), meeting=meeting, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("The meeting was changed. Diaries that follow it are told."),
        to=_page(meeting),
        stands=lambda: _stands(meeting),
    ) or _ask(
        request,
        form,
        back=(_page(meeting), meeting.committee.name),
        title=_("Change the meeting of %(day)s") % {"day": day(meeting.on)},
        lead=[meeting.committee.name],
        button=_("Keep this"),
    )


@needs("keep_committees", kind="meeting")
def cancel_meeting(request: HttpRequest, meeting: Any) -> HttpResponse:  # noqa: ANN401
    """Cancel a meeting, with a reason."""
    form = ReasonForm(**typed(request), version=meeting.version)

    def change(answers: dict[str, Any]) -> None:
        changes.cancel_meeting(by=who(request), meeting=meeting, at=timezone.now(), **answers)

    return sent(
        request,
        form,
        change,
        done=_("The meeting was cancelled."),
        to=_page(meeting),
        stands=lambda: _stands(meeting),
    ) or _ask(
        request,
        form,
        back=(_page(meeting), meeting.committee.name),
        title=_("Cancel the meeting of %(day)s") % {"day": day(meeting.on)},
        lead=[
            meeting.committee.name,
            _("It stays in the calendar as cancelled. Say in public words why: diaries show it."),
        ],
        button=_("Cancel the meeting"),
    )


@needs("read_register")
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The address at which one's own diary reads one's meetings: made, renewed, or ended.

    The secret of the address is on the page once, when it is made, and never again.
    """
    me, address = who(request), ""
    if request.method == "POST" and "end" in request.POST:
        if meetings.link_of(me) is not None:
            changes.end_calendar_link(by=me, at=timezone.now())
        messages.success(request, _("No diary can read your meetings any longer."))
        return redirect("my_calendar")
    if request.method == "POST":
        secret = secrets.token_urlsafe(32)
        changes.renew_calendar_link(by=me, secret=secret, at=timezone.now())
        address = request.build_absolute_uri(reverse("diary", kwargs={"secret": secret}))
    facts = {"link": meetings.link_of(me), "address": address}
    answer = render(request, "workspace/my_calendar.html", facts)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def diary(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings of whoever made this address, for their diary: day, hour, place and a link."""
    person = meetings.whose(changes.digest_of(secret))
    if person is None:
        raise Http404
    found = meetings.diary(for_=person, on=timezone.localdate())
    events = [_event(one, request.build_absolute_uri(_page(one))) for one in found]
    name = _("Meetings, %(body)s") % {"body": workspace.body_name()}
    answer = HttpResponse(icalendar.calendar(name, events), content_type=icalendar.MEDIA_TYPE)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return answer


def _event(meeting: Any, link: str) -> icalendar.Event:  # noqa: ANN401
    name = meeting.committee.name
    return icalendar.Event(
        uid=icalendar.uid(meeting.public_id),
        on=meeting.on,
        title=_("Cancelled: %(name)s") % {"name": name} if meeting.cancelled_at else name,
        changed_at=meeting.changed_at,
        starts=meeting.starts,
        finishes=meeting.finishes,
        place=meeting.place,
        link=link,
        sequence=meeting.version - 1,
        cancelled=meeting.cancelled_at is not None,
    )


def _told(on: date, papers_before: int | None) -> str:
    told = f"{_(_WEEKDAYS[on.weekday()])} {day(on)}"
    if papers_before is None:
        return told
    due = on - timedelta(days=papers_before)
    return _("%(meets)s, papers due %(due)s") % {"meets": told, "due": day(due)}


def _page(meeting: Any) -> str:  # noqa: ANN401
    return reverse("meeting", kwargs={"meeting": meeting.public_id})


def _of(committee: Any) -> str:  # noqa: ANN401
    return reverse("committee", kwargs={"committee": committee.public_id})


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    back: tuple[str, str],
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    facts |= {"room": "meetings", "back_to": back[0], "back_words": back[1], "theirs": theirs}
    return ask(request, form, "one_form", **facts)


def _stands(meeting: Any) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    meeting.refresh_from_db()
    told = {
        _("Day"): day(meeting.on),
        _("Begins"): f"{meeting.starts:%H:%M}" if meeting.starts else _("Not said"),
        _("Where"): meeting.place or _("Not said"),
        _("Papers due"): day(meeting.papers_due) if meeting.papers_due else _("Not said"),
        _("Cancelled"): _("Yes") if meeting.cancelled_at else _("No"),
    }
    return told, meeting.version
