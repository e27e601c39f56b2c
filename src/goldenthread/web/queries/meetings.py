"""The calendar of meetings: month by month, what comes next, and one person's own diary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Subquery

from goldenthread.timescale import MunicipalYear
from goldenthread.timescale import municipal_year as municipal_year
from goldenthread.web.models import CalendarLink, Committee, Meeting, Person
from goldenthread.web.permissions import reach
from goldenthread.web.queries import asks

# What a diary is given: two years back, so that it can be looked up, and all that is to come.
_BACK = timedelta(days=731)


@dataclass(frozen=True)
class Month:
    """A month of the calendar: its first day and its meetings."""

    first: date
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Calendar:
    """A municipal year of meetings, month by month; ``clashes`` are days with two or more."""

    year: MunicipalYear
    months: tuple[Month, ...]
    clashes: frozenset[date]
    before: bool
    after: bool

    @property
    def count(self) -> int:
        """How many meetings will be held or were."""
        return sum(m.cancelled_at is None for month in self.months for m in month.meetings)


def year_of_meetings(*, for_: Person, on: date, body: str = "", today: date) -> Calendar:
    """The meetings of the municipal year that ``on`` lies in, of the bodies that somebody may see.

    ``before`` and ``after`` say whether there are any in earlier or later years.
    """
    seen = _seen(for_, today)
    if body:
        seen = seen.filter(committee__public_id=body)
    year = municipal_year(on)
    rows = list(seen.filter(on__gte=year.begins, on__lte=year.ends))
    months: dict[date, list[Meeting]] = {}
    for row in rows:
        months.setdefault(row.on.replace(day=1), []).append(row)
    held = [row.on for row in rows if row.cancelled_at is None]
    return Calendar(
        year,
        tuple(Month(first, tuple(found)) for first, found in months.items()),
        frozenset(on for on in held if held.count(on) > 1),
        seen.filter(on__lt=year.begins).exists(),
        seen.filter(on__gt=year.ends).exists(),
    )


@dataclass(frozen=True)
class Ahead:
    """The next meeting that somebody may see, and the next day on which papers are due."""

    meeting: Meeting | None
    papers: Meeting | None


def ahead(*, for_: Person, on: date) -> Ahead:
    """What comes next, in one query."""
    stands = _seen(for_, on).filter(cancelled_at__isnull=True)
    next_one = stands.filter(on__gte=on).values("pk")[:1]
    papers = stands.filter(papers_due__gte=on).order_by("papers_due", "on", "id").values("pk")[:1]
    found = list(stands.filter(Q(pk=Subquery(next_one)) | Q(pk=Subquery(papers))))
    due = [one for one in found if one.papers_due is not None and one.papers_due >= on]
    return Ahead(
        min((one for one in found if one.on >= on), key=lambda one: one.on, default=None),
        min(due, key=lambda one: (one.papers_due, one.on, one.pk), default=None),
    )


def of_committee(committee: Committee, *, on: date) -> tuple[list[Meeting], list[Meeting]]:
    """The meetings of a body to come, the next first, and those that were, the last first."""
    rows = list(committee.meetings.all())
    to_come = [row for row in rows if row.on >= on]
    return to_come, [row for row in reversed(rows) if row.on < on]


def asked_at(meeting: Meeting, *, as_at: date) -> tuple[asks.Told, ...]:
    """What was asked at a meeting, in the order asked, as it stands on a day."""
    found = asks.of_committee(meeting.committee, as_at)
    here = set(meeting.asks.values_list("public_id", flat=True))
    return tuple(one for one in reversed(found) if one.id in here)


def held(committee: Committee, *, by: date) -> list[Meeting]:
    """The meetings that a body has held by a day, the last first: where something was asked."""
    rows = committee.meetings.filter(on__lte=by, cancelled_at__isnull=True)
    return list(rows.order_by("-on"))


def whose(digest: str) -> Person | None:
    """Whose calendar a secret address leads to, by the digest of it; None for one that is no more.

    An account that is closed leads nowhere.
    """
    found = (
        CalendarLink.objects.filter(digest=digest, ended_at__isnull=True, person__is_active=True)
        .select_related("person")
        .first()
    )
    return found.person if found is not None else None


def link_of(person: Person) -> CalendarLink | None:
    """The address at which somebody's calendar reads their meetings now; None without one."""
    return CalendarLink.objects.filter(person=person, ended_at__isnull=True).first()


def diary(*, for_: Person, on: date) -> tuple[Meeting, ...]:
    """The meetings that somebody's diary shows, the cancelled too."""
    return tuple(_seen(for_, on).filter(on__gte=on - _BACK))


def _seen(for_: Person, on: date) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        committee__unit__in=reach(for_, "read_register", on)
    ).select_related("committee")
