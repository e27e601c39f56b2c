"""Who is who, for everybody who works with the programme: posts, their holders, and empty ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from goldenthread.web.bridge import Vacancy, vacancies
from goldenthread.web.models import Answerable as Answerable
from goldenthread.web.models import Holding, Lead, Post
from goldenthread.web.models import Person as Person
from goldenthread.web.models import Plan as Plan
from goldenthread.web.models import Unit as Unit
from goldenthread.web.permissions import Known, current, may, reach

PARTS = ("strategic_lead", "operational_lead", "member_champion", "sponsor", "other")


@dataclass(frozen=True)
class Who:
    """One line: the row, who holds its post today, and what is known of it where it is empty."""

    row: Answerable
    holder: str
    vacancy: Vacancy | None


@dataclass(frozen=True)
class Part:
    """The lines of a unit (for every plan in it and below) or of one plan."""

    owner: Unit | Plan
    name: str
    lines: tuple[Who, ...]
    before: tuple[Answerable, ...]
    may_say: bool


@dataclass(frozen=True)
class Leading:
    """A post that leads open actions: who holds it, how many it leads, and what if it is empty."""

    post: Post
    holder: str
    actions: int
    vacancy: Vacancy | None


@dataclass(frozen=True)
class WhoIsWho:
    """The whole page: lines by what they are of, and every post that leads an open action."""

    parts: tuple[Part, ...]
    leading: tuple[Leading, ...]

    @property
    def empty(self) -> int:
        """How many of the posts are empty."""
        posts = {one.row.post_id for part in self.parts for one in part.lines if one.vacancy}
        return len(posts | {one.post.pk for one in self.leading if one.vacancy})


def who_is_who(*, for_: Person, on: date) -> WhoIsWho:
    """Who answers for what on a day, of the units and plans that somebody may know of.

    Of the whole council everybody who works with the programme may. Few queries, whatever the size.
    """
    known = Known.of(for_, on)
    seen = reach(for_, "read_register", on, known) or reach(for_, "open_workspace", on, known)
    units = {unit.pk: unit for unit in Unit.objects.all()}
    root = {unit.pk for unit in units.values() if unit.parent_id is None}
    rows = list(
        Answerable.objects.filter(
            Q(unit__in=seen | root) | Q(plan__unit__in=seen), since__lte=on
        ).select_related("post", "plan__unit", "unit")
    )
    led = (
        Lead.objects.filter(current(on), role="accountable", post__isnull=False)
        .filter(action__plan__unit__in=seen)
        .exclude(action__status__in=("completed", "withdrawn"))
    )
    counted = dict(
        led.order_by()
        .values("post")
        .annotate(count=Count("action", distinct=True))
        .values_list("post", "count")
    )
    posts = {post.pk: post for post in Post.objects.filter(pk__in=counted).select_related("unit")}
    posts |= {row.post_id: row.post for row in rows}
    empty = vacancies(list(posts.values()), on)
    held = {
        holding.post_id: holding.person.name
        for holding in Holding.objects.filter(current(on), post__in=posts).select_related("person")
    }
    owned: dict[tuple[str, int], list[Answerable]] = defaultdict(list)
    for row in rows:
        owned[("unit", row.unit_id) if row.unit_id else ("plan", row.plan_id or 0)].append(row)
    owners: list[Unit | Plan] = [units[key] for key in sorted(root)]
    owners += [
        unit for key, unit in sorted(units.items()) if ("unit", key) in owned and key not in root
    ]
    owners += list(
        Plan.objects.filter(unit__in=seen).select_related("unit").order_by("unit_id", "pk")
    )
    parts = []
    for owner in owners:
        kind = "plan" if isinstance(owner, Plan) else "unit"
        mine = owned.get((kind, owner.pk), [])
        lines = [row for row in mine if row.until is None or row.until >= on]
        lines.sort(key=lambda row: (PARTS.index(row.part), row.position, row.pk))
        allowed = bool(may(for_, "word_public_page", owner, on, known))
        if not lines and (not allowed or isinstance(owner, Plan)):
            continue
        parts.append(
            Part(
                owner,
                owner.title if isinstance(owner, Plan) else owner.name,
                tuple(Who(row, held.get(row.post_id, ""), empty.get(row.post_id)) for row in lines),
                tuple(row for row in mine if row not in lines),
                allowed,
            )
        )
    leading = [
        Leading(posts[key], held.get(key, ""), count, empty.get(key))
        for key, count in counted.items()
    ]
    leading.sort(key=lambda one: (one.vacancy is None, one.post.unit.name, one.post.title))
    return WhoIsWho(tuple(parts), tuple(leading))
