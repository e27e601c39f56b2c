"""The golden thread through one plan: review, recommendation, action, measure, both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from goldenthread.plan.model import Plan
from goldenthread.plan.wording import fold
from goldenthread.timescale import Status

KnotKind = Literal["review", "recommendation", "action", "measure"]

# The ways in which a thread ends too soon, and the sentence for each.
ENDS = {
    "asked_not_answered": "A review asked for this, and the plan does not take it up.",
    "not_asked": "The plan has this, and no review asked for it.",
    "recommendation_without_action": "No action answers this recommendation.",
    "action_without_lead": "Nobody leads this action.",
    "action_without_measure": "Nothing says how anyone will know that this worked.",
}


@dataclass(frozen=True)
class Knot:
    """One thing on the thread: its key, its words, and the keys that it is tied to."""

    key: str
    kind: KnotKind
    text: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class FrayedEnd:
    """A knot at which the thread ends too soon; ``code`` is a key of ``ENDS``."""

    key: str
    code: str
    message: str


@dataclass(frozen=True)
class Thread:
    """Every knot in the plan's order, the frayed ends, and how many actions have each status.

    A status of None counts the actions of which the plan does not say how far they are.
    """

    knots: tuple[Knot, ...] = ()
    frayed: tuple[FrayedEnd, ...] = ()
    statuses: tuple[tuple[Status | None, int], ...] = ()

    @cached_property
    def _by_key(self) -> dict[str, Knot]:
        return {knot.key: knot for knot in self.knots}

    def knot(self, key: str) -> Knot:
        """The knot with this key; raises ``KeyError`` where there is none."""
        return self._by_key[key]

    def down(self, key: str) -> tuple[Knot, ...]:
        """What follows from a knot, nearest first: a review's recommendations, their actions, …"""
        return self._walk(key, lambda knot: knot.below)

    def up(self, key: str) -> tuple[Knot, ...]:
        """What a knot comes from, nearest first: a measure's actions, their recommendation, …"""
        return self._walk(key, lambda knot: knot.above)

    def _walk(self, key: str, following: Callable[[Knot], tuple[str, ...]]) -> tuple[Knot, ...]:
        met = {key: None}
        waiting = [key]
        for here in waiting:
            for tied in following(self.knot(here)):
                if tied not in met:
                    met[tied] = None
                    waiting.append(tied)
        return tuple(self.knot(tied) for tied in waiting[1:])


@dataclass
class _Loom:
    """Knots while they are being tied."""

    text: dict[str, tuple[KnotKind, str]] = field(default_factory=dict)
    above: dict[str, dict[str, None]] = field(default_factory=dict)
    below: dict[str, dict[str, None]] = field(default_factory=dict)
    frayed: list[FrayedEnd] = field(default_factory=list)

    def add(self, key: str, kind: KnotKind, text: str) -> None:
        self.text.setdefault(key, (kind, text))
        self.above.setdefault(key, {})
        self.below.setdefault(key, {})

    def tie(self, above: str, below: str) -> None:
        self.below[above][below] = None
        self.above[below][above] = None

    def fray(self, key: str, code: str) -> None:
        self.frayed.append(FrayedEnd(key, code, ENDS[code]))

    def knots(self) -> tuple[Knot, ...]:
        return tuple(
            Knot(key, kind, text, tuple(self.above[key]), tuple(self.below[key]))
            for key, (kind, text) in self.text.items()
        )


def trace(plan: Plan) -> Thread:
    """The thread of a plan: what asked for each action, and what will show that it worked.

    Shape: knots with keys "review 1", "recommendation 1", "action 1.2" (second action of the first
    recommendation) and "measure 1", counted from 1 in the plan's order. A measure that several
    actions share is one knot; a recommendation that only says "see No. 10" is tied to that one.
    Missing: without a review the thread begins at the recommendations, and none is frayed for it.

    >>> from goldenthread.plan import Action, Measure, Recommendation
    >>> action = Action("Brief managers", measures=(Measure("90 briefed"),))
    >>> thread = trace(Plan(recommendations=(Recommendation("Train", "8", actions=(action,)),)))
    >>> [knot.text for knot in thread.up("measure 1")]
    ['Brief managers', 'Train']
    >>> [end.code for end in thread.frayed]
    ['action_without_lead']
    """
    loom = _Loom()
    reviews = plan.programme.reviews if plan.programme else ()
    for n, review in enumerate(reviews, 1):
        loom.add(f"review {n}", "review", review.title)
    for r, rec in enumerate(plan.recommendations, 1):
        loom.add(f"recommendation {r}", "recommendation", rec.text)
    _tie_reviews(loom, plan)
    numbers = {rec.number: f"recommendation {r}" for r, rec in enumerate(plan.recommendations, 1)}
    measures: dict[str, str] = {}
    for r, rec in enumerate(plan.recommendations, 1):
        home = f"recommendation {r}"
        for number in rec.see:
            if number in numbers and numbers[number] != home:
                loom.tie(home, numbers[number])
        if not rec.actions and not rec.see:
            loom.fray(home, "recommendation_without_action")
        for a, action in enumerate(rec.actions, 1):
            key = f"action {r}.{a}"
            loom.add(key, "action", action.text)
            loom.tie(home, key)
            if not action.leads:
                loom.fray(key, "action_without_lead")
            if not action.measures:
                loom.fray(key, "action_without_measure")
            for measure in action.measures:
                name = measures.setdefault(fold(measure.text), f"measure {len(measures) + 1}")
                loom.add(name, "measure", measure.text)
                loom.tie(key, name)
    counted = Counter(action.status for action in plan.actions)
    return Thread(loom.knots(), tuple(loom.frayed), tuple(counted.items()))


def _tie_reviews(loom: _Loom, plan: Plan) -> None:
    """Tie what each review asked for to the recommendation that has the same words or number."""
    reviews = plan.programme.reviews if plan.programme else ()
    known = {
        fold(word): f"recommendation {r}"
        for r, rec in enumerate(plan.recommendations, 1)
        for word in (rec.number or "", rec.text)
        if word
    }
    asked = False
    for n, review in enumerate(reviews, 1):
        for i, words in enumerate(review.recommendations, 1):
            asked = True
            answer = known.get(fold(words))
            if answer is None:
                answer = f"recommendation {n}/{i}"
                loom.add(answer, "recommendation", words)
                loom.fray(answer, "asked_not_answered")
            loom.tie(f"review {n}", answer)
    if asked:
        for r in range(1, len(plan.recommendations) + 1):
            if not loom.above[f"recommendation {r}"]:
                loom.fray(f"recommendation {r}", "not_asked")
