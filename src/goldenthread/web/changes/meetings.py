"""The calendar of meetings: arranged one by one or in a series, moved, cancelled, and followed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import CalendarLink, Committee, Meeting, Person
from goldenthread.web.permissions import require

PLACE = 200
MOST_AT_ONCE = 60


@change
def arrange_meetings(
    *,
    by: Person,
    committee: Committee,
    days: Sequence[date],
    at: datetime,
    starts: time | None = None,
    finishes: time | None = None,
    place: str = "",
    papers_before: int | None = None,
    key: str = "",
) -> Committee:
    """Put meetings of a body into the calendar: one, or a whole series in one go.

    ``papers_before`` is how many days before each its papers are due, None where nobody said. Who
    may: keep_committees. Recorded: ``meeting.arranged`` with the days. All are made or none. Raises
    ``Missing`` for no day or too many, a day outside the body's life, one that it meets on already,
    and an hour that ends before it begins.
    """
    require(by, "keep_committees", committee, localdate(at))
    said = _said(starts, finishes, place)
    if papers_before is not None and not 0 <= papers_before <= 90:
        raise Missing(
            "Nothing was arranged.", needs={"papers_before": "Give between 0 and 90 days."}
        )
    wanted = sorted(set(days))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise Missing("Nothing was arranged.", needs={"on": f"Give 1 to {MOST_AT_ONCE} days."})
    for on in wanted:
        _fits(committee, on)
    for on in wanted:
        due = None if papers_before is None else on - timedelta(days=papers_before)
        Meeting.objects.create(committee=committee, on=on, papers_due=due, changed_at=at, **said)
    facts = {"days": [on.isoformat() for on in wanted]}
    audit.record(by=by, what="meeting.arranged", on=committee, facts=facts, at=at)
    return committee


@change
def change_meeting(
    *,
    by: Person,
    meeting: Meeting,
    on: date,
    version: int,
    at: datetime,
    starts: time | None = None,
    finishes: time | None = None,
    place: str = "",
    papers_due: date | None = None,
    key: str = "",
) -> Meeting:
    """Move a meeting to another day, hour or place, or say when its papers are due.

    Calendars that follow it are told by its version. Who may: keep_committees. Recorded:
    ``meeting.changed`` with the names of the fields. Raises ``Missing`` as
    :func:`arrange_meetings` does and for papers due after it, ``OutOfStep`` where somebody changed
    or cancelled it first.
    """
    require(by, "keep_committees", meeting, localdate(at))
    _stands(meeting)
    said = _said(starts, finishes, place) | {"on": on, "papers_due": papers_due}
    if on != meeting.on:
        _fits(meeting.committee, on)
    if papers_due is not None and papers_due > on:
        raise Missing(
            "The meeting was not changed.",
            needs={"papers_due": "Give a day before the meeting, or the day itself."},
        )
    fields = sorted(name for name, value in said.items() if getattr(meeting, name) != value)
    step(meeting, version, changed_at=at, **said)
    audit.record(by=by, what="meeting.changed", on=meeting, facts={"fields": fields}, at=at)
    return meeting


@change
def cancel_meeting(
    *, by: Person, meeting: Meeting, reason: str, version: int, at: datetime, key: str = ""
) -> Meeting:
    """Say that a meeting will not be held, and why; it stays in every calendar as cancelled.

    Who may: keep_committees. Recorded: ``meeting.cancelled``. Raises ``Missing`` without a reason,
    ``OutOfStep`` where somebody changed or cancelled it first.
    """
    require(by, "keep_committees", meeting, localdate(at))
    _stands(meeting)
    why = words(reason, name="reason", most=LINE, needed=True)
    step(meeting, version, cancelled_at=at, cancelled_why=why, changed_at=at)
    audit.record(by=by, what="meeting.cancelled", on=meeting, at=at)
    return meeting


@change
def renew_calendar_link(*, by: Person, secret: str, at: datetime, key: str = "") -> CalendarLink:
    """Let one's own calendar read one's meetings at a secret address; an earlier one works no more.

    ``secret`` is made by the page and kept nowhere: what is kept is a digest of it. Who may:
    read_register, for oneself alone. Recorded: ``calendar.renewed``. Raises ``Missing`` for a
    secret too short to be one.
    """
    require(by, "read_register", None, localdate(at))
    if len(secret) < 32:
        raise Missing("No address was made.")
    _end_links(by, at)
    row = CalendarLink.objects.create(person=by, digest=digest_of(secret), made_at=at)
    audit.record(by=by, what="calendar.renewed", on=row, at=at)
    return row


@change
def end_calendar_link(*, by: Person, at: datetime, key: str = "") -> Person:
    """Let no calendar read one's meetings any longer.

    Who may: read_register, for oneself alone. Recorded: ``calendar.ended``. Raises ``Missing``
    where there is no such address.
    """
    require(by, "read_register", None, localdate(at))
    if not _end_links(by, at):
        raise Missing("There is no address that a calendar could read.")
    audit.record(by=by, what="calendar.ended", at=at)
    return by


def digest_of(secret: str) -> str:
    """What is kept of a calendar's secret: it leads to the person, and nobody back to the secret.

    >>> digest_of("a" * 32) == digest_of("a" * 32), len(digest_of("b"))
    (True, 64)
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def _end_links(person: Person, at: datetime) -> int:
    standing = list(CalendarLink.objects.filter(person=person, ended_at__isnull=True))
    for link in standing:
        step(link, link.version, ended_at=at)
    return len(standing)


def _said(starts: time | None, finishes: time | None, place: str) -> dict[str, Any]:
    if finishes is not None and (starts is None or finishes <= starts):
        raise Missing(
            "Nothing was kept.", needs={"finishes": "Give an hour after the one it starts at."}
        )
    return {
        "starts": starts,
        "finishes": finishes,
        "place": words(place, name="place", most=PLACE),
    }


def _fits(committee: Committee, on: date) -> None:
    """Refuse a day on which a body does not stand, or meets already."""
    told = f"{on.day} {on:%B %Y}"
    if on < committee.begins or (committee.ends is not None and on > committee.ends):
        raise Missing("Nothing was kept.", needs={"on": f"The body does not stand on {told}."})
    if committee.meetings.filter(on=on, cancelled_at__isnull=True).exists():
        raise Missing("Nothing was kept.", needs={"on": f"It meets on {told} already."})


def _stands(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise OutOfStep(
            "This meeting was cancelled.", do="Arrange another in its place if there is one."
        )
