"""Links that are proposed by words in common: which action of a plan may serve what above it.

Nothing is proposed that is settled: what is joined already, what somebody refused in these very
wordings, what is done or withdrawn, what is kept as local, and what is said to need no directorate
or not this one. Whoever reads it sees what the register lets them read, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from goldenthread.errors import Missing
from goldenthread.plan import likeness
from goldenthread.plan.edition import Standing
from goldenthread.web.models import Action, Apart, Link, Person, Plan, ProposalAnswer
from goldenthread.web.models import Recommendation as Rec
from goldenthread.web.permissions import reach, whole_body
from goldenthread.web.queries.links import shortened
from goldenthread.web.queries.tiers import (
    End,
    actions_of,
    at_work,
    directorates,
    in_force,
    of_closed_years,
)

# What a form sends of a pair: nothing else is asked of the database.
_PAIR = re.compile(r"([0-9a-z]{12}):(action|recommendation):([0-9a-z]{12}):([0-9a-f]{32})")
# What is read of an action before somebody decides; few are longer.
_WORDS = 500
_OVER: tuple[Standing, ...] = ("done", "withdrawn")


@dataclass(frozen=True)
class Proposal:
    """Something above that an action may serve: how alike, and by which words of the action.

    ``value`` is what a form calls the pair in these wordings, ``more`` what the line of ``above``
    leaves out of its words.
    """

    value: str
    above: End
    more: str
    degree: likeness.Degree
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """An action of the plan: what it serves, what it may serve, whether it is kept as local.

    ``more`` is what the line of the action leaves out of its words.
    """

    action: End
    more: str
    serves: tuple[End, ...]
    proposals: tuple[Proposal, ...]
    local: bool


@dataclass(frozen=True)
class Refused:
    """A pair that somebody refused and that would be proposed else: who, and when."""

    value: str
    action: End
    above: End
    by: str
    at: datetime


@dataclass(frozen=True)
class OfPlan:
    """Each action of a plan that was not withdrawn, in order, and what was refused of it."""

    lines: tuple[Line, ...]
    refused: tuple[Refused, ...] = ()

    @cached_property
    def proposed(self) -> tuple[Line, ...]:
        """The actions of which something is left to decide."""
        return tuple(line for line in self.lines if line.proposals)

    @cached_property
    def without(self) -> tuple[Line, ...]:
        """The actions that serve nothing, are not kept as local, and are proposed nothing."""
        return tuple(
            line for line in self.lines if not (line.serves or line.proposals or line.local)
        )

    @cached_property
    def serving(self) -> int:
        """How many serve something."""
        return sum(bool(line.serves) for line in self.lines)


def of_plan(plan: Plan, *, for_: Person, on: date) -> OfPlan:
    """What is proposed for a plan of a part of the council, in at most eleven queries.

    Nothing for the council's own plan, for one that has ended or whose year was closed, and where
    the council's own plan may not be read.
    """
    root, _name = whole_body() or (0, "")
    seen = reach(for_, "read_register", on)
    over = plan.pk in of_closed_years(on)
    if over or plan.unit_id == root or not {root, plan.unit_id} <= seen:
        return OfPlan(())
    lower = _ends(actions_of([plan.unit_id], on).filter(plan=plan))
    upper = _ends(actions_of([root], on)) | _recommendations(root, on)
    texts = {key: one.text for key, one in (*lower.items(), *upper.items())}
    joined = set(
        Link.objects.filter(
            in_force(on),
            meaning="serves",
            from_kind="action",
            from_id__in=[id_ for _k, id_ in lower],
        ).values_list("from_id", "to_kind", "to_id")
    )
    local, needed_not = _settled(plan, on)
    here = [key for key, one in lower.items() if one.end.standing != "withdrawn"]
    there = [
        key
        for key, one in upper.items()
        if one.end.standing not in _OVER and key[1] not in needed_not
    ]
    refused = _refused(plan, lower, upper, texts, joined)
    no = {(one.action.id, one.above.kind, one.above.id) for one in refused} | joined
    places = {key: place for place, key in enumerate(there)}
    settled = [
        (number, places[kind, id_])
        for number, key in enumerate(here)
        for kind, id_ in places
        if (key[1], kind, id_) in no
    ]
    found = likeness.alike([texts[key] for key in here], [texts[key] for key in there], but=settled)
    lines = []
    for key, alike in zip(here, found, strict=True):
        asked = lower[key].end
        proposals = [
            Proposal(
                value(asked.id, *there[one.position], texts[key], texts[there[one.position]]),
                upper[there[one.position]].end,
                upper[there[one.position]].more,
                one.degree,
                one.words,
            )
            for one in alike
            if asked.id not in local
        ]
        serves = [one.end for other, one in upper.items() if (asked.id, *other) in joined]
        lines.append(
            Line(asked, lower[key].more, tuple(serves), tuple(proposals), asked.id in local)
        )
    return OfPlan(tuple(lines), refused)


def value(action: str, kind: str, above: str, text: str, other: str) -> str:
    """What a form calls a pair: both identifiers and the mark of their wordings."""
    return f"{action}:{kind}:{above}:{likeness.wordings(text, other)}"


def text_of(row: Action | Rec) -> str:
    """The words of an action or a recommendation that are compared."""
    return f"{getattr(row, 'title', '')} {row.text}".strip()


@dataclass(frozen=True)
class _Known:
    """An end, all its words, and those that its line leaves out."""

    end: End
    text: str
    more: str


_Ends = dict[tuple[str, str], _Known]


def _known(end: End, title: str, text: str) -> _Known:
    more = shortened(text, _WORDS) if title or end.words != text else ""
    return _Known(end, f"{title} {text}".strip(), more)


def _ends(rows: QuerySet[Any]) -> _Ends:
    found = rows.order_by("plan_id", "position", "pk").values_list(
        "public_id", "number", "said", "standing", "title", "text"
    )
    return {
        ("action", key): _known(
            End("action", key, number, shortened(said, 110), standing), title, text
        )
        for key, number, said, standing, title, text in found
    }


def _recommendations(root: int, on: date) -> _Ends:
    rows = Rec.objects.filter(at_work(on), plan__unit=root)
    found = rows.order_by("plan_id", "position", "pk").values_list("public_id", "number", "text")
    return {
        ("recommendation", key): _known(
            End("recommendation", key, number, shortened(text, 110)), "", text
        )
        for key, number, text in found
    }


def _settled(plan: Plan, on: date) -> tuple[frozenset[str], frozenset[str]]:
    """The actions of a plan that are kept as local, and those above that need nothing of it."""
    mine = directorates(on).of.get(plan.unit_id)
    rows = Apart.objects.filter(undone_at__isnull=True).values_list(
        "action__public_id", "action__plan", "what", "unit"
    )
    local, needed_not = set(), set()
    for action, of_plan_, what, unit in rows:
        if what == "local" and of_plan_ == plan.pk:
            local.add(action)
        elif what == "no_directorate" or (what == "not_needed" and unit == mine):
            needed_not.add(action)
    return frozenset(local), frozenset(needed_not)


def _refused(
    plan: Plan, lower: _Ends, upper: _Ends, texts: Mapping[tuple[str, str], str], joined: set[Any]
) -> tuple[Refused, ...]:
    """The pairs whose newest answer, in the wordings of today, refuses them; the latest first."""
    newest: dict[tuple[str, str, str], ProposalAnswer] = {}
    rows = ProposalAnswer.objects.filter(action__plan=plan).select_related(
        "action", "above", "recommendation", "by"
    )
    for row in rows.order_by("pk"):
        other = row.above or row.recommendation
        kind = "action" if row.above_id else "recommendation"
        key, above = ("action", row.action.public_id), (kind, other.public_id if other else "")
        if key not in lower or above not in upper:
            continue
        if row.wordings == likeness.wordings(texts[key], texts[above]):
            newest[key[1], *above] = row
    return tuple(
        Refused(
            f"{action}:{kind}:{above}:{row.wordings}",
            lower["action", action].end,
            upper[kind, above].end,
            row.by.name,
            row.at,
        )
        for (action, kind, above), row in sorted(
            newest.items(), key=lambda one: one[1].pk, reverse=True
        )
        if row.refused and (action, kind, above) not in joined
    )


# -- what a form sends back ------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """An action of a plan with something above it, and the mark of the wordings that were read."""

    action: Action
    above: Action | Rec
    wordings: str


def pairs(plan: Plan, values: Iterable[str], *, for_: Person, on: date) -> tuple[Pair, ...]:
    """The pairs that a form names, each once, in two queries and one more.

    Raises ``Missing`` where one is no pair of an action of this plan with something of the council
    that this person may read.
    """
    asked = []
    for one in dict.fromkeys(values):
        parts = _PAIR.fullmatch(one)
        if parts is None:
            raise _none()
        asked.append(parts.groups())
    root, _name = whole_body() or (0, "")
    seen = reach(for_, "read_register", on) & {root}
    below: dict[str, Action] = {
        row.public_id: row
        for row in Action.objects.filter(
            plan=plan, public_id__in={parts[0] for parts in asked}
        ).select_related("plan__unit")
    }
    above: dict[tuple[str, str], Action | Rec] = {}
    for kind, model in (("action", Action), ("recommendation", Rec)):
        wanted = {parts[2] for parts in asked if parts[1] == kind}
        rows: Any = model._default_manager.filter(public_id__in=wanted, plan__unit__in=seen)
        above |= {(kind, row.public_id): row for row in rows.select_related("plan__unit")}
    try:
        return tuple(
            Pair(below[action], above[kind, other], mark) for action, kind, other, mark in asked
        )
    except KeyError:
        raise _none() from None


def _none() -> Missing:
    return Missing(
        "One of these is no longer there.", needs={"pair": "Open the page again and choose anew."}
    )


# -- which plans there are -------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A plan of a part of the council: how many actions it has, and how many serve nothing yet."""

    plan: Plan
    actions: int
    unserving: int


def plans(*, for_: Person, on: date) -> tuple[Waiting, ...]:
    """The plans of which somebody may say what they serve, by the name of their part; six queries.

    Those of a year that was closed are left out, since nobody is asked to join what is over.
    Actions that were withdrawn are not counted, and those kept as local do not wait.
    """
    root, _name = whole_body() or (0, "")
    keeps = (reach(for_, "keep_tiers", on) & reach(for_, "read_register", on)) - {root}
    rows = actions_of(keeps, on).exclude(status="withdrawn")
    serving = set(
        Link.objects.filter(in_force(on), meaning="serves", from_kind="action").values_list(
            "from_id", flat=True
        )
    )
    local = set(
        Apart.objects.filter(what="local", undone_at__isnull=True).values_list(
            "action__public_id", flat=True
        )
    )
    over = of_closed_years(on)
    counts: dict[int, list[int]] = {}
    for plan, key in rows.values_list("plan", "public_id"):
        if plan in over:
            continue
        count = counts.setdefault(plan, [0, 0])
        count[0] += 1
        count[1] += key not in serving and key not in local
    found = Plan.objects.filter(unit__in=keeps).select_related("unit", "strand")
    return tuple(
        Waiting(row, *counts[row.pk])
        for row in found.order_by("unit__name", "title", "pk")
        if row.pk in counts
    )
