"""A document that was read again, beside the plan that came of it: what may be taken over."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec

from goldenthread import plan as core
from goldenthread.errors import Missing
from goldenthread.plan import Difference, Merge, Met
from goldenthread.web import bridge
from goldenthread.web.models import Action, Choice, Draft, Person, Recommendation
from goldenthread.web.permissions import reach


@dataclass(frozen=True)
class Proposal:
    """One thing that the document would change in the plan, and what somebody chose.

    ``kind`` is changed (``difference`` says in what), added (it stands in the document alone) or
    gone (it stood there last time). ``row`` is what the plan holds, None for what is added;
    ``rec`` and ``act`` are its place from 0 in the document, or in the plan where it is gone.
    ``key`` is the digest of all that was seen: it changes when either side does.
    """

    key: str
    kind: Literal["changed", "added", "gone"]
    label: str
    text: str
    rec: int
    act: int | None
    row: Recommendation | Action | None = None
    difference: Difference | None = None
    choice: Choice | None = None

    @property
    def both(self) -> bool:
        """Whether the plan was changed as well, so that somebody must look at both."""
        return self.difference is not None and self.difference.both

    @property
    def needs_reason(self) -> bool:
        """Whether taking it over moves a date or withdraws an action, which is told with a why."""
        if self.kind == "gone":
            return isinstance(self.row, Action)
        moved = self.difference
        return moved is not None and moved.part == "timescales" and bool(moved.mine)


@dataclass(frozen=True)
class Again:
    """A later reading beside its plan: the proposals, in the document's order, gone ones last.

    ``document`` is the plan that the later reading says, with every answer in it. ``rows`` are the
    recommendations of the kept plan with their actions, by their places in it; ``found`` leads to
    both. ``left_out`` counts what was left out before and stays out.
    """

    document: core.Plan
    rows: list[tuple[Recommendation, list[Action]]]
    found: Merge
    proposals: tuple[Proposal, ...]

    @property
    def left_out(self) -> int:
        """How many actions the document still has that somebody left out of the plan before."""
        return len(self.found.actions_left_out)

    @property
    def alike(self) -> int:
        """How many actions the document and the plan say alike, or have nothing new to say of."""
        return sum(not met.differences for met in self.found.actions)

    @property
    def undecided(self) -> tuple[Proposal, ...]:
        """The proposals that nobody has decided on, as they now stand."""
        return tuple(one for one in self.proposals if one.choice is None)


def again(*, for_: Person, row: Draft, as_at: date) -> Again:
    """A later reading beside its plan. Raises ``Missing`` where the draft cannot be seen."""
    if row.unit_id not in reach(for_, "read_drafts", as_at):
        raise Missing("There is no such draft.", do="Check the address.")
    return put_together(row)


def put_together(draft: Draft) -> Again:
    """The draft, the plan that it is a later reading of, and the reading before, as they now are.

    Nothing of it is stored but the choices: what people go on to change in the plan is seen here
    the next time. A plan that never came from a document is its own last reading.
    """
    if draft.plan is None:
        raise Missing("This draft is not a later reading of a plan.")
    mine = bridge.plan_of(draft.plan)
    document = bridge.answered(bridge.draft_from_json(draft.content), draft.questions.all())
    before = (
        Draft.objects.filter(plan=draft.plan, state="adopted")
        .exclude(pk=draft.pk)
        .order_by("-adopted_at", "-pk")
        .first()
    )
    if before is None:
        last, known = mine, {}
    else:
        # What was left out then is part of the last reading: the document had it.
        answers = before.questions.exclude(answer="left_out")
        last = bridge.answered(bridge.draft_from_json(before.content), answers)
        known = _known(last, mine)
    found = core.merge(last, mine, document, known=known)
    rows = bridge.rows_in_order(draft.plan)
    choices = {choice.about: choice for choice in draft.choices.select_related("by")}
    return Again(document, rows, found, tuple(_proposals(found, rows, choices)))


def _known(last: core.Plan, mine: core.Plan) -> dict[tuple[int, int], tuple[int, int]]:
    """Which kept action came of which action of the last reading: they share their place."""
    there, here = ({at: place for place, at in _placed(plan)} for plan in (last, mine))
    twice = {
        place
        for plan in (last, mine)
        for place, count in Counter(place for place, _ in _placed(plan)).items()
        if count > 1
    }
    at = {place: where for where, place in here.items()}
    return {
        where: at[place] for where, place in there.items() if place in at and place not in twice
    }


def _placed(plan: core.Plan) -> Iterator[tuple[Any, tuple[int, int]]]:
    for r, rec in enumerate(plan.recommendations):
        for a, action in enumerate(rec.actions):
            if action.place:
                yield action.place, (r, a)


def _proposals(
    found: Merge,
    rows: list[tuple[Recommendation, list[Action]]],
    choices: dict[str, Choice],
) -> Iterator[Proposal]:
    """Every proposal, recommendation by recommendation as the document has them."""

    def row_at(rec: int, act: int | None) -> Recommendation | Action:
        return rows[rec][0] if act is None else rows[rec][1][act]

    def proposed(
        kind: Literal["changed", "added", "gone"],
        where: core.Where,
        **more: Any,  # noqa: ANN401
    ) -> Proposal:
        row, difference = more.get("row"), more.get("difference")
        seen = [
            kind,
            row.public_id if row else [where.rec, where.act, where.text],
            msgspec.to_builtins(difference) if difference else None,
        ]
        key = hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()
        return Proposal(
            key,
            kind,
            where.label,
            where.text,
            where.rec,
            where.act,
            choice=choices.get(key),
            **more,
        )

    def changed(met: Met) -> Iterator[Proposal]:
        row = row_at(met.mine.rec, met.mine.act)
        for difference in met.differences:
            yield proposed("changed", met.theirs, row=row, difference=difference)

    in_order: list[tuple[tuple[int, int], Proposal]] = []
    for met in (*found.recommendations, *found.actions):
        in_order += ((_order(met.theirs), one) for one in changed(met))
    for where in (*found.recommendations_added, *found.actions_added):
        in_order.append((_order(where), proposed("added", where)))
    yield from (one for _, one in sorted(in_order, key=lambda pair: pair[0]))
    for where in (*found.recommendations_gone, *found.actions_gone):
        yield proposed("gone", where, row=row_at(where.rec, where.act))


def _order(where: core.Where) -> tuple[int, int]:
    return where.rec, -1 if where.act is None else where.act
