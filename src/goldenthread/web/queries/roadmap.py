"""A plan over time as it stands: what the public would read today, narrowed and in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.models import Lead, Person, Plan, Unit
from goldenthread.web.models.tree import part_of
from goldenthread.web.permissions import current, units_above


@dataclass(frozen=True)
class Found:
    """A page of a roadmap: the lines, what they are of, and what else can be chosen.

    ``themes`` are (code, title, how many actions), ``units`` (public identifier, name, how many) by
    the directorate whose posts answer.
    """

    road: ed.Roadmap
    actions: tuple[ed.Action, ...]
    themes: tuple[tuple[str, str, int], ...]
    units: tuple[tuple[str, str, int], ...]
    theme: str
    unit: str
    page: int
    pages: int


def roadmap(
    *,
    for_: Person,
    plan: Plan,
    as_at: date,
    theme: str = "",
    unit: str = "",
    page: int = 1,
    most: int = 150,
) -> Found:
    """The roadmap of a plan on a day, of one theme or directorate where it is asked for.

    It is drawn from the edition that the plan would be today, by the rules of the public one. The
    number of queries does not grow with the plan. A theme or directorate that is not there is as if
    none had been asked for.
    """
    whole = bridge.edition_now(plan, as_at, for_)
    directorates = _directorates(plan, as_at)
    counted: dict[str, int] = {}
    for action in whole.actions:
        where = directorates.get(action.id, ("", ""))[0]
        counted[where] = counted.get(where, 0) + 1
    names = dict(directorates.values())
    units = [(key, names[key], count) for key, count in counted.items() if key]
    themes = [
        (one.code, one.title, sum(action.theme == one.code for action in whole.actions))
        for one in whole.themes
    ]
    theme = theme if theme in {code for code, *_ in themes} else ""
    unit = unit if unit in names else ""
    groups = [*(one.code for one in whole.themes), ""]
    actions = sorted(
        (
            action
            for action in whole.actions
            if (not theme or action.theme == theme)
            and (not unit or directorates.get(action.id, ("", ""))[0] == unit)
        ),
        key=lambda action: groups.index(action.theme),
    )
    pages = max(1, -(-len(actions) // most))
    page = min(max(page, 1), pages)
    return Found(
        ed.roadmap(whole, actions[(page - 1) * most : page * most]),
        tuple(actions),
        tuple(one for one in themes if one[2]),
        tuple(sorted(units, key=lambda one: one[1])),
        theme,
        unit,
        page,
        pages,
    )


def _directorates(plan: Plan, on: date) -> Mapping[str, tuple[str, str]]:
    """The part of the body right below its root in which the post that answers stands, by action.

    The body itself where the post is of no part. Two queries.
    """
    units, parents = {unit.pk: unit for unit in Unit.objects.all()}, units_above(on)
    found: dict[str, tuple[str, str]] = {}
    leads = Lead.objects.filter(
        current(on), action__plan=plan, role="accountable", post__isnull=False
    ).order_by("position", "pk")
    for action, unit in leads.values_list("action__public_id", "post__unit"):
        here = units[part_of(unit, parents)]
        found.setdefault(action, (here.public_id, here.name))
    return found
