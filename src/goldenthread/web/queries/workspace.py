"""What the workspace asks on every page: who is here, in which body, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from goldenthread.web.models import Edition, Lead, Strand
from goldenthread.web.models import Person as Person
from goldenthread.web.permissions import (
    PERMISSIONS,
    ROLES,
    current,
    reach,
    roles_of,
    stands_in_for,
    whole_body,
)
from goldenthread.web.queries.plan import actions_for


@dataclass(frozen=True)
class Standing:
    """What every page asks of whoever is signed in: the titles of their roles, and what they may.

    ``permissions`` says what a menu may offer; whether a thing allows it is asked of the thing.
    """

    titles: tuple[str, ...]
    permissions: frozenset[str]


def standing_of(person: Person, on: date) -> Standing:
    """The roles of a person on a day and every permission that they carry.

    In one query, or two for somebody with a permission that is of the whole body.
    """
    grants = roles_of(person, on) if person.is_active else []
    carried = frozenset(name for grant in grants for name in ROLES[grant.role].permissions)
    whole = {name for name in carried if PERMISSIONS[name].whole}
    if whole:
        root, _name = whole_body() or (None, "")
        at_root = {
            name
            for grant in grants
            if grant.unit_id == root
            for name in ROLES[grant.role].permissions
        }
        carried -= whole - at_root
    return Standing(tuple(dict.fromkeys(ROLES[grant.role].title for grant in grants)), carried)


def body_name() -> str:
    """The name of the public body; empty before it is founded."""
    _key, name = whole_body() or (None, "")
    return name


def with_addresses(addresses: Iterable[str]) -> tuple[Person, ...]:
    """The people who sign in with these addresses: for the demonstration's menu alone."""
    return tuple(Person.objects.filter(email__in=list(addresses), is_active=True).order_by("name"))


def led_by(*, for_: Person, as_at: date) -> QuerySet[Any]:
    """The open actions that the posts of this person lead, those due first at the top.

    Those of an empty post for which a post of theirs answers meanwhile are theirs too. They carry
    where they stand, and not whether they need a recovery.
    """
    leads = Lead.objects.filter(current(as_at), action=OuterRef("pk"))
    own = leads.filter(current(as_at, "post__holdings__"), post__holdings__person=for_)
    others = leads.filter(post__in=stands_in_for(for_, as_at))
    return (
        actions_for(for_=for_, as_at=as_at, needing=())
        .filter(Exists(own) | Exists(others))
        .exclude(status__in=("completed", "withdrawn"))
        .order_by("now_due", "pk")
    )


@dataclass(frozen=True)
class Late:
    """How many of the actions that somebody may see are late, and the first of these.

    Each carries ``answers``: the title of the post that answers for it, or the words of its plan.
    """

    total: int
    found: int
    actions: tuple[Any, ...]


def late(*, for_: Person, as_at: date, most: int) -> Late:
    """What is late by its first promise, the longest overdue first."""
    every = actions_for(for_=for_, as_at=as_at, needing=())
    counts = dict(every.order_by().values_list("standing").annotate(Count("pk")))
    leads = Lead.objects.filter(current(as_at), action=OuterRef("pk"), role="accountable")
    called = leads.order_by("position", "pk").values(
        called=Coalesce("post__title", "text", output_field=TextField())
    )[:1]
    actions = every.filter(standing="late").annotate(answers=Subquery(called))
    found = counts.get("late", 0)
    return Late(
        sum(counts.values()),
        found,
        tuple(actions.order_by("first_due", "pk")[:most] if found else ()),
    )


def waiting(*, for_: Person, as_at: date) -> QuerySet[Edition]:
    """The editions that somebody adopted and nobody has published or set aside."""
    return (
        Edition.objects.filter(
            Q(published_at__isnull=True, set_aside_at__isnull=True),
            unit__in=reach(for_, "read_drafts", as_at),
        )
        .select_related("unit", "plan", "adopted_by")
        .order_by("adopted_at")
        .defer("content")
    )


def strands() -> QuerySet[Strand]:
    """The strands of the programme: what a plan can belong to."""
    return Strand.objects.order_by("name")
