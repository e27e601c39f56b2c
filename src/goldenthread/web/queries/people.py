"""Who is who: people, the units of the body, posts and their holders, and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from goldenthread.web.models import Grant, Holding, Post, Unit
from goldenthread.web.models import Person as Person
from goldenthread.web.permissions import (
    PERMISSIONS,
    ROLES,
    current,
    may,
    reach,
    roles_of,
    unit_names,
)


@dataclass(frozen=True)
class Held:
    """A role that somebody holds: its title, what it is for, and in which unit."""

    title: str
    description: str
    unit: str


def roles(*, for_: Person, on: date) -> tuple[Held, ...]:
    """The roles that a person holds on a day, as they are told them."""
    names = unit_names()
    return tuple(
        Held(ROLES[grant.role].title, ROLES[grant.role].description, names[grant.unit_id])
        for grant in roles_of(for_, on)
    )


def permissions(*, for_: Person, on: date) -> frozenset[str]:
    """Every permission that some role of theirs carries: what a menu may offer."""
    return frozenset(name for name in PERMISSIONS if may(for_, name, None, on))


def people(*, for_: Person, on: date) -> QuerySet[Person]:
    """Everybody with an account, their roles and posts of the day; nobody for whoever may not."""
    if not reach(for_, "read_people", on):
        return Person.objects.none()
    return Person.objects.order_by("name", "pk").prefetch_related(
        Prefetch("grants", Grant.objects.filter(current(on)).select_related("unit"), "grants_now"),
        Prefetch(
            "holdings",
            Holding.objects.filter(current(on)).select_related("post__unit"),
            "holdings_now",
        ),
    )


def posts(*, for_: Person, on: date) -> QuerySet[Post]:
    """The posts of the units in reach, with every holder there ever was."""
    return (
        Post.objects.filter(unit__in=reach(for_, "read_people", on))
        .select_related("unit")
        .prefetch_related(Prefetch("holdings", Holding.objects.select_related("person")))
        .order_by("unit_id", "title")
    )


def units(*, for_: Person, permission: str, on: date) -> QuerySet[Unit]:
    """The units, on this day, in which somebody may do something: what a form may offer."""
    return Unit.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=on),
        pk__in=reach(for_, permission, on),
        begins__lte=on,
    ).order_by("name", "pk")
