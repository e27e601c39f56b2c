"""What changed between two editions of a plan; ``pairing`` says which thing is which."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields

from goldenthread.plan.model import Action, Lead, Plan
from goldenthread.plan.pairing import (
    Where,
    items_of,
    pair_actions,
    pair_recommendations,
    place_of,
)
from goldenthread.plan.wording import fold
from goldenthread.timescale import Status, Timescale


@dataclass(frozen=True)
class Pair:
    """The same thing in the earlier and in the later plan."""

    before: Where
    after: Where


@dataclass(frozen=True)
class DatesMoved(Pair):
    """An action whose timescale changed, with every pair of readings; None where there is none."""

    dates: tuple[tuple[Timescale | None, Timescale | None], ...] = ()


@dataclass(frozen=True)
class LeadsChanged(Pair):
    """An action that someone else now leads."""

    leads_before: tuple[Lead, ...] = ()
    leads_after: tuple[Lead, ...] = ()


@dataclass(frozen=True)
class StatusChanged(Pair):
    """An action whose status is another one than before."""

    status_before: Status | None = None
    status_after: Status | None = None


@dataclass(frozen=True)
class Changes:
    """All that changed from one plan to the next; false when nothing did.

    ``unchanged`` are the actions of which nothing changed: words, timescales, leads, status,
    measures, updates and evidence. An action may stand in several of the other lists.
    """

    recommendations_added: tuple[Where, ...] = ()
    recommendations_removed: tuple[Where, ...] = ()
    recommendations_reworded: tuple[Pair, ...] = ()
    actions_added: tuple[Where, ...] = ()
    actions_removed: tuple[Where, ...] = ()
    actions_moved: tuple[Pair, ...] = ()
    actions_reworded: tuple[Pair, ...] = ()
    dates_moved: tuple[DatesMoved, ...] = ()
    leads_changed: tuple[LeadsChanged, ...] = ()
    statuses_changed: tuple[StatusChanged, ...] = ()
    unchanged: tuple[Pair, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self) if f.name != "unchanged")


def compare(before: Plan, after: Plan) -> Changes:
    """What changed from ``before`` to ``after``.

    Shape: see ``Changes``; the later plan's order, removed things in the earlier plan's.
    Missing: an empty plan makes everything added or removed. The result depends on nothing but
    the two plans, a plan compared with itself changes nothing, and swapping the two swaps every
    "added" with "removed" and every "before" with "after".

    >>> from goldenthread.plan import Action, Recommendation
    >>> def plan(words): return Plan(recommendations=(Recommendation("Train", "1", actions=(Action(words),)),))
    >>> changes = compare(plan("Brief all managers"), plan("Brief all line managers"))
    >>> [(pair.before.text, pair.after.text) for pair in changes.actions_reworded]
    [('Brief all managers', 'Brief all line managers')]
    """  # noqa: E501
    recs = pair_recommendations(before.recommendations, after.recommendations)
    old, new = items_of(before), items_of(after)
    pairs = pair_actions(old, new, recs)
    kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
    recs_old, recs_new = set(recs), set(recs.values())
    ordered = sorted(pairs, key=lambda pair: pair[1])
    both = [(old[i], new[j]) for i, j in ordered]
    return Changes(
        recommendations_added=tuple(
            place_of(after, r) for r in range(len(after.recommendations)) if r not in recs_new
        ),
        recommendations_removed=tuple(
            place_of(before, r) for r in range(len(before.recommendations)) if r not in recs_old
        ),
        recommendations_reworded=tuple(
            Pair(place_of(before, i), place_of(after, j))
            for i, j in sorted(recs.items(), key=lambda pair: pair[1])
            if tidy(before.recommendations[i].text) != tidy(after.recommendations[j].text)
        ),
        actions_added=tuple(x.where(after) for j, x in enumerate(new) if j not in kept_new),
        actions_removed=tuple(x.where(before) for i, x in enumerate(old) if i not in kept_old),
        actions_moved=tuple(
            Pair(a.where(before), b.where(after)) for a, b in both if recs.get(a.rec) != b.rec
        ),
        actions_reworded=tuple(
            Pair(a.where(before), b.where(after))
            for a, b in both
            if tidy(a.action.text) != tidy(b.action.text)
        ),
        dates_moved=tuple(
            DatesMoved(a.where(before), b.where(after), dates)
            for a, b in both
            if (dates := _dates(a.action.timescales, b.action.timescales))
        ),
        leads_changed=tuple(
            LeadsChanged(a.where(before), b.where(after), a.action.leads, b.action.leads)
            for a, b in both
            if led_by(a.action) != led_by(b.action)
        ),
        statuses_changed=tuple(
            StatusChanged(a.where(before), b.where(after), a.action.status, b.action.status)
            for a, b in both
            if a.action.status != b.action.status
        ),
        unchanged=tuple(
            Pair(a.where(before), b.where(after))
            for a, b in both
            if recs.get(a.rec) == b.rec and _facts(a.action) == _facts(b.action)
        ),
    )


# --- what is compared ---------------------------------------------------------------------------


def tidy(text: str) -> str:
    """The words as a reader sees them: spaces and a closing full stop do not count."""
    return " ".join(text.split()).rstrip(" .;,")


def meaning(timescale: Timescale) -> Hashable:
    """What a timescale says, whatever words it uses; words count where nothing was understood."""
    if timescale.kind in ("unknown", "conditional"):
        return timescale.kind, fold(timescale.raw)
    t = timescale
    return t.kind, t.start, t.end, t.recurrence, t.event, t.offset, t.anchor


def _dates(
    before: Sequence[Timescale], after: Sequence[Timescale]
) -> tuple[tuple[Timescale | None, Timescale | None], ...]:
    """The timescales that differ, paired in order; empty when both sides say the same."""
    left, right = list(before), list(after)
    for timescale in before:
        same = next((x for x in right if meaning(x) == meaning(timescale)), None)
        if same is not None:
            left.remove(timescale)
            right.remove(same)
    longest = max(len(left), len(right))
    return tuple(
        (left[i] if i < len(left) else None, right[i] if i < len(right) else None)
        for i in range(longest)
    )


def led_by(action: Action) -> frozenset[tuple[str, str, str]]:
    """Who leads an action, in no order: post or body, role and person."""
    return frozenset((fold(x.text), x.role, fold(x.person or "")) for x in action.leads)


def _facts(action: Action) -> Hashable:
    """Everything of an action in which a reader would look for progress."""
    return (
        tidy(action.text),
        tuple(meaning(t) for t in action.timescales),
        led_by(action),
        action.status,
        action.status_text,
        action.measures,
        tuple((update.text, update.at, update.status) for update in action.updates),
        action.evidence,
    )
