"""The parts of the body as a tree, what ended and what took over, and what a part holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goldenthread.web.models import Action, Grant, Lead, Plan, Post, Succession, Unit
from goldenthread.web.models import Person as Person
from goldenthread.web.permissions import current, reach

_CLOSED = ("completed", "withdrawn")


@dataclass(frozen=True)
class Branch:
    """One unit in the tree: how deep it stands, and by what it was succeeded where it has ended."""

    unit: Unit
    depth: int
    heirs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    """The units of a day from the top down, and those that have ended, the last first."""

    now: tuple[Branch, ...]
    ended: tuple[Branch, ...]


def tree(*, for_: Person, on: date) -> Tree:
    """The units that somebody may see, in three queries."""
    seen = reach(for_, "read_people", on)
    units = list(Unit.objects.filter(pk__in=seen).order_by("name", "pk"))
    standing = [one for one in units if one.ends is None or one.ends >= on]
    keys = {one.pk for one in standing}
    below: dict[int | None, list[Unit]] = {}
    for one in standing:
        below.setdefault(one.parent_id if one.parent_id in keys else None, []).append(one)
    found: list[Branch] = []

    def grow(parent: int | None, depth: int) -> None:
        for one in below.get(parent, []):
            found.append(Branch(one, depth))
            grow(one.pk, depth + 1)

    grow(None, 0)
    heirs: dict[int, list[str]] = {}
    took_over = Succession.objects.filter(before__in=seen).select_related("after")
    for succession in took_over.order_by("on"):
        heirs.setdefault(succession.before_id, []).append(succession.after.name)
    ended = sorted((u for u in units if u.pk not in keys), key=lambda u: u.ends or on, reverse=True)
    return Tree(tuple(found), tuple(Branch(one, 0, tuple(heirs.get(one.pk, ()))) for one in ended))


@dataclass(frozen=True)
class Weight:
    """What hangs on a unit: the units below, posts, roles and plans that are its own on a day."""

    units: int
    posts: int
    roles: int
    plans: int


def weight(unit: Unit, on: date) -> Weight:
    """What an end or a move of this unit touches."""
    stands = Q(ends__isnull=True) | Q(ends__gte=on)
    return Weight(
        unit.children.filter(stands).count(),
        unit.posts.filter(stands).count(),
        Grant.objects.filter(current(on), unit=unit).count(),
        Plan.objects.filter(unit=unit, ends__isnull=True).count(),
    )


def leading(post: Post) -> int:
    """How many open actions a post answers for, with or beside others."""
    leads = Lead.objects.filter(post=post, until__isnull=True)
    return Action.objects.filter(leads__in=leads).exclude(status__in=_CLOSED).distinct().count()


def posts_of(person: Person, on: date) -> tuple[Post, ...]:
    """The posts that somebody holds on a day."""
    held = current(on, "holdings__")
    return tuple(
        Post.objects.filter(held, holdings__person=person).select_related("unit").order_by("title")
    )


def roles_held(person: Person, on: date) -> int:
    """How many roles somebody holds on a day, whatever they carry."""
    return Grant.objects.filter(current(on), person=person).count()
