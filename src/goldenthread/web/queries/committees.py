"""The bodies that meet: all of them, and one with its members, its remit and what it said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from goldenthread.web.models import (
    Committee,
    Holding,
    Meeting,
    Membership,
    Person,
    Post,
    Remit,
)
from goldenthread.web.models.meetings import PARTS
from goldenthread.web.permissions import Known, current, may, reach
from goldenthread.web.queries import asks, meetings

_ORDER = [name for name, _ in PARTS]


@dataclass(frozen=True)
class Listed:
    """A body in the list: its next meeting, how many of its asks are open, and its remit."""

    row: Committee
    next: Meeting | None
    open: int
    late: int
    remit: Remit | None
    overdue: bool


def committees(*, for_: Person, on: date) -> tuple[tuple[Listed, ...], tuple[Committee, ...]]:
    """The bodies that somebody may see: those that stand, and those that have ended."""
    rows = list(_seen(for_, on))
    standing = [one for one in rows if one.ends is None or one.ends >= on]
    coming: dict[int, Meeting] = {}
    for meeting in Meeting.objects.filter(
        committee__in=standing, on__gte=on, cancelled_at__isnull=True
    ):
        coming.setdefault(meeting.committee_id, meeting)
    remits = {row.committee_id: row for row in Remit.objects.filter(committee__in=standing)}
    open_, late = asks.open_by_committee(standing, on)
    return (
        tuple(
            Listed(
                one,
                coming.get(one.pk),
                open_[one.pk],
                late[one.pk],
                remits.get(one.pk),
                is_overdue(remits.get(one.pk), on),
            )
            for one in standing
        ),
        tuple(one for one in rows if one.ends is not None and one.ends < on),
    )


def is_overdue(remit: Remit | None, on: date) -> bool:
    """Whether terms of reference should have been looked at again by now."""
    return remit is not None and remit.review_on is not None and remit.review_on < on


@dataclass(frozen=True)
class Seat:
    """A seat as a page shows it: the role, and who holds the post today."""

    row: Membership
    role: str
    held_by: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """One body with all that stands about it on a day."""

    row: Committee
    seats: tuple[Seat, ...]
    former: tuple[Seat, ...]
    remit: Remit | None
    earlier: tuple[Remit, ...]
    overdue: bool
    coming: tuple[Meeting, ...]
    past: tuple[Meeting, ...]
    asks: tuple[asks.Told, ...]
    deeds: frozenset[str]


def body(committee: Committee, *, for_: Person, on: date) -> Body:
    """One body as its page shows it; the number of queries does not grow with what it holds."""
    held = Prefetch(
        "post__holdings",
        Holding.objects.filter(current(on)).select_related("person"),
        to_attr="now",
    )
    rows = committee.memberships.select_related("post").prefetch_related(held)
    seats = sorted(
        (_seat(row) for row in rows), key=lambda one: (_ORDER.index(one.row.part), one.role)
    )
    remits = list(committee.remits.all())
    to_come, past = meetings.of_committee(committee, on=on)
    asked = ("keep_committees", "record_ask", "record_stance")
    return Body(
        row=committee,
        seats=tuple(one for one in seats if one.row.until is None or one.row.until >= on),
        former=tuple(one for one in seats if one.row.until is not None and one.row.until < on),
        remit=remits[-1] if remits else None,
        earlier=tuple(reversed(remits[:-1])),
        overdue=is_overdue(remits[-1] if remits else None, on),
        coming=tuple(to_come),
        past=tuple(past),
        asks=asks.of_committee(committee, on),
        deeds=frozenset(name for name in asked if may(for_, name, committee, on)),
    )


def _seat(row: Membership) -> Seat:
    if row.post is None:
        return Seat(row, row.words, ())
    holders: list[Holding] = getattr(row.post, "now", [])
    return Seat(row, row.post.title, tuple(one.person.name for one in holders))


def that_stand(
    *, for_: Person, on: date, permission: str = "read_register"
) -> tuple[Committee, ...]:
    """The bodies that stand on a day, of those for which somebody's roles reach far enough."""
    stands = Q(ends__isnull=True) | Q(ends__gte=on)
    rows = Committee.objects.filter(stands, unit__in=reach(for_, permission, on))
    return tuple(rows.select_related("unit"))


def posts(*, for_: Person, on: date) -> tuple[Post, ...]:
    """The posts that stand on a day in what somebody may read: by title, never who holds them."""
    stands = Q(ends__isnull=True) | Q(ends__gte=on)
    rows = Post.objects.filter(stands, unit__in=reach(for_, "read_register", on))
    return tuple(rows.select_related("unit").order_by("title", "pk"))


def voices(
    *, for_: Person, on: date, known: Known | None = None
) -> tuple[tuple[Committee, ...], tuple[Committee, ...]]:
    """The bodies for which somebody may speak, and those of them whose requests they may record.

    In all of them a post of theirs has a seat. Who may is asked again of each by its form: this is
    what pages offer, in one query, and in none for somebody whose roles speak for nobody.
    """
    speaks = reach(for_, "record_stance", on, known)
    if not speaks:
        return (), ()
    asks_own = reach(for_, "record_ask", on, known)
    stands = Q(ends__isnull=True) | Q(ends__gte=on)
    rows = Committee.objects.filter(stands, Exists(_seats(for_, on)), unit__in=speaks)
    found = tuple(rows)
    return found, tuple(one for one in found if one.unit_id in asks_own)


def speaks_for(*, for_: Person, on: date) -> tuple[Committee, ...]:
    """The bodies for which somebody may speak."""
    return voices(for_=for_, on=on)[0]


def _seats(person: Person, on: date) -> QuerySet[Membership]:
    """The seats that a post of somebody has in the body of the row, on a day."""
    return Membership.objects.filter(
        current(on),
        current(on, "post__holdings__"),
        committee=OuterRef("pk"),
        part__in=("chair", "member"),
        post__holdings__person=person,
    )


def _seen(for_: Person, on: date) -> QuerySet[Committee]:
    return Committee.objects.filter(unit__in=reach(for_, "read_register", on)).select_related(
        "unit"
    )


def by_id(found: Iterable[Committee]) -> dict[str, Committee]:
    """Bodies by their public identifiers, as a form's choices name them."""
    return {one.public_id: one for one in found}
