"""What a workbook says of a plan's actions, each beside the action as the register has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goldenthread.documents.offline import NewRow, Offline, RowUpdate
from goldenthread.web import bridge
from goldenthread.web.models import Action, Person, Plan, Recommendation, Update
from goldenthread.web.permissions import reach


@dataclass(frozen=True)
class Typed:
    """What was typed for one action, and the last that the register holds of it."""

    action: Action
    typed: RowUpdate
    last: Update | None


@dataclass(frozen=True)
class Proposed:
    """A new action that was typed by hand, and the recommendation that it names, if any."""

    new: NewRow
    recommendation: Recommendation | None


@dataclass(frozen=True)
class Brought:
    """A workbook beside its plan, in the plan's order."""

    rows: tuple[Typed, ...]
    new: tuple[Proposed, ...]


def brought(*, for_: Person, plan: Plan, said: Offline, as_at: date) -> Brought:
    """The rows of the register that a workbook speaks of, in four queries; none out of reach."""
    if plan.unit_id not in reach(for_, "receive_document", as_at):
        return Brought((), ())
    placed = bridge.rows_in_order(plan)
    found = [(placed[one.rec][1][one.act], one) for one in said.updates]
    last = last_updates(action for action, _ in found)
    return Brought(
        tuple(Typed(action, one, last.get(action.pk)) for action, one in found),
        tuple(
            Proposed(one, None if one.recommendation is None else placed[one.recommendation][0])
            for one in said.new
        ),
    )


def actions(*, for_: Person, plan: Plan, public_ids: Iterable[str], as_at: date) -> list[Action]:
    """Those actions of a plan that have one of these names, in the plan's order."""
    if plan.unit_id not in reach(for_, "receive_document", as_at):
        return []
    return list(Action.objects.filter(plan=plan, public_id__in=list(public_ids)))


def last_updates(of: Iterable[Action]) -> dict[int, Update]:
    """The last update of each action, by the action's key."""
    updates = Update.objects.filter(action__in=list(of)).select_related("by").order_by("number")
    return {update.action_id: update for update in updates}
