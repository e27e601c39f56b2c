"""The parts of the body as a tree, what ended and what took over, and what a part holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from goldenthread.web.models import (
    Action,
    Grant,
    Holding,
    Lead,
    Plan,
    Planning,
    Post,
    Succession,
    Unit,
)
from goldenthread.web.models import Person as Person
from goldenthread.web.permissions import Known, current, reach, units_above

_CLOSED = ("completed", "withdrawn")


@dataclass(frozen=True)
class Passing:
    """That one unit took over from another: the other's name, what stood above it, and the day."""

    name: str
    under: str
    on: date


@dataclass(frozen=True)
class Branch:
    """One unit in the tree of a day: how deep it stands, who heads it, what is planned there.

    ``heads`` are those who hold the role of its director, each with the posts that they hold in it.
    ``plans`` and ``plannings`` count those that stand on the day and that the reader may know of.
    ``from_`` are the units that it took over from and ``heirs`` those that took over from it.
    """

    unit: Unit
    depth: int = 0
    heads: tuple[str, ...] = ()
    plans: int = 0
    plannings: int = 0
    from_: tuple[Passing, ...] = ()
    heirs: tuple[Passing, ...] = ()


@dataclass(frozen=True)
class Tree:
    """The units of a day from the top down, those to come, and those ended, the last first."""

    now: tuple[Branch, ...]
    coming: tuple[Branch, ...]
    ended: tuple[Branch, ...]


def tree(*, for_: Person, on: date, today: date) -> Tree:
    """The tree of units as it was on a day, as far as somebody may see it; few queries.

    Their roles are those of ``today``; what these reach follows the tree of the day, so that it is
    what a report as at that day was of.
    """
    known = Known(Known.of(for_, today).grants, units_above(on))
    seen = reach(for_, "read_people", today, known)
    units = list(Unit.objects.filter(pk__in=seen).select_related("parent").order_by("name", "pk"))
    standing = [u for u in units if u.begins <= on and (u.ends is None or u.ends >= on)]
    keys = {one.pk for one in standing}
    below: dict[int | None, list[Unit]] = {}
    for one in standing:
        below.setdefault(one.parent_id if one.parent_id in keys else None, []).append(one)
    heads = _heads(keys, on)
    plans = _counted(Plan.objects.filter(unit__in=reach(for_, "read_register", today, known)), on)
    plannings = _counted(
        Planning.objects.filter(unit__in=reach(for_, "read_planning", today, known)),
        on,
        "closed_on",
    )
    from_, heirs = _passings(seen)

    def branch(unit: Unit, depth: int = 0) -> Branch:
        return Branch(
            unit,
            depth,
            tuple(heads.get(unit.pk, ())),
            plans.get(unit.pk, 0),
            plannings.get(unit.pk, 0),
            tuple(from_.get(unit.pk, ())),
            tuple(heirs.get(unit.pk, ())),
        )

    found: list[Branch] = []

    def grow(parent: int | None, depth: int) -> None:
        for one in below.get(parent, []):
            found.append(branch(one, depth))
            grow(one.pk, depth + 1)

    grow(None, 0)
    ended = [u for u in units if u.ends is not None and u.ends < on]
    ended.sort(key=lambda u: u.ends or on, reverse=True)
    coming = sorted((u for u in units if u.begins > on), key=lambda u: (u.begins, u.name))
    return Tree(
        tuple(found), tuple(branch(one) for one in coming), tuple(branch(one) for one in ended)
    )


def _heads(units: Collection[int], on: date) -> dict[int, list[str]]:
    """Who holds the role of director in each unit on a day, with the posts that they hold there."""
    titles: dict[tuple[int, int], list[str]] = {}
    held = Holding.objects.filter(current(on), post__unit__in=units).order_by("post__title")
    for person, unit, title in held.values_list("person", "post__unit", "post__title"):
        titles.setdefault((person, unit), []).append(title)
    found: dict[int, list[str]] = {}
    roles = Grant.objects.filter(current(on), role="director", unit__in=units)
    for unit, person, name in (
        roles.order_by("person__name").values_list("unit", "person", "person__name").distinct()
    ):
        posts = ", ".join(titles.get((person, unit), ()))
        found.setdefault(unit, []).append(f"{name}, {posts}" if posts else name)
    return found


def _counted(rows: Any, on: date, ends: str = "ends") -> dict[int, int]:  # noqa: ANN401
    """How many of these stand in each unit on a day."""
    stands = Q(begins__lte=on) & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": on}))
    return dict(
        rows.filter(stands)
        .order_by()
        .values("unit")
        .annotate(n=Count("pk"))
        .values_list("unit", "n")
    )


def _passings(seen: Collection[int]) -> tuple[dict[int, list[Passing]], dict[int, list[Passing]]]:
    """From whom each unit took over and who took over from it, of units that may be seen.

    The other end is named wherever it stands: who followed whom is no secret of the organisation.
    """
    from_: dict[int, list[Passing]] = {}
    heirs: dict[int, list[Passing]] = {}
    rows = Succession.objects.filter(Q(before__in=seen) | Q(after__in=seen))
    for row in rows.select_related("before__parent", "after__parent").order_by("on", "pk"):
        from_.setdefault(row.after_id, []).append(_passing(row.before, row.on))
        heirs.setdefault(row.before_id, []).append(_passing(row.after, row.on))
    return from_, heirs


def _passing(unit: Unit, on: date) -> Passing:
    return Passing(unit.name, unit.parent.name if unit.parent else "", on)


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
