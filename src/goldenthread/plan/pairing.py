"""Which thing of one plan is which of another: recommendations and actions, paired one to one.

Recommendations are paired first, then actions: the same words before similar words, the same
recommendation before another, and each at most once. Similar words are only sought where a rare
word is shared, so that ten thousand actions take seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from goldenthread.plan.model import Action, Plan, Recommendation
from goldenthread.plan.wording import fold

# How alike two wordings must be (100 is the same) to be one thing reworded.
_SAME_NUMBER = 45
_RECOMMENDATION = 80
_SAME_RECOMMENDATION = 62
_ANYWHERE = 85
# A word shared by more pairs than this tells nothing about which action is which.
_RARE = 64
_FEW_PAIRS = 2500


@dataclass(frozen=True)
class Where:
    """A recommendation or action of one plan: its label, its words and its place from 0."""

    label: str
    text: str
    rec: int
    act: int | None = None


@dataclass(frozen=True)
class Item:
    """An action, where it stands, and its words folded for comparing."""

    action: Action
    rec: int
    act: int
    words: str

    def where(self, plan: Plan) -> Where:
        """Where the action stands in its plan."""
        rec = plan.recommendations[self.rec]
        label = f"recommendation {rec.number or self.rec + 1}"
        label += f", action {self.action.number or self.act + 1}"
        return Where(label, self.action.text, self.rec, self.act)


def place_of(plan: Plan, r: int) -> Where:
    """Where a recommendation stands in its plan."""
    rec = plan.recommendations[r]
    return Where(f"recommendation {rec.number or r + 1}", rec.text, r)


def items_of(plan: Plan) -> list[Item]:
    """Every action of a plan, in its order, ready for pairing."""
    return [
        Item(action, r, a, fold(action.text))
        for r, rec in enumerate(plan.recommendations)
        for a, action in enumerate(rec.actions)
    ]


def pair_recommendations(
    before: Sequence[Recommendation], after: Sequence[Recommendation]
) -> dict[int, int]:
    """Which recommendation of the earlier plan is which of the later one."""
    words_before = [fold(rec.text) for rec in before]
    words_after = [fold(rec.text) for rec in after]
    numbers_before = [(rec.theme, rec.number) for rec in before]
    numbers_after = [(rec.theme, rec.number) for rec in after]
    pairing = _Pairing(words_before, words_after)
    pairing.equal(
        list(zip(numbers_before, words_before, strict=True)),
        list(zip(numbers_after, words_after, strict=True)),
    )
    pairing.equal(words_before, words_after)
    pairing.equal(
        [number if number[1] else None for number in numbers_before],
        [number if number[1] else None for number in numbers_after],
        alike=_SAME_NUMBER,
    )
    pairing.equal([rec.number for rec in before], [rec.number for rec in after], alike=_SAME_NUMBER)
    pairing.similar(_RECOMMENDATION)
    return pairing.found


def pair_actions(
    before: Sequence[Item], after: Sequence[Item], recs: dict[int, int]
) -> list[tuple[int, int]]:
    """Which action of the earlier plan is which of the later one, as pairs of positions."""
    # Both sides carry the later plan's recommendation where theirs was paired, else their own.
    home_before = [("both", recs[x.rec]) if x.rec in recs else ("before", x.rec) for x in before]
    paired = set(recs.values())
    home_after = [("both", x.rec) if x.rec in paired else ("after", x.rec) for x in after]
    pairing = _Pairing([x.words for x in before], [x.words for x in after])
    pairing.equal(
        [(home, x.words) for home, x in zip(home_before, before, strict=True)],
        [(home, x.words) for home, x in zip(home_after, after, strict=True)],
    )
    pairing.equal([x.words or None for x in before], [x.words or None for x in after])
    pairing.equal(
        [(h, x.action.number) if x.action.number else None for h, x in _zip(home_before, before)],
        [(h, x.action.number) if x.action.number else None for h, x in _zip(home_after, after)],
        alike=_SAME_NUMBER,
    )
    for home in _shared(home_before, home_after, pairing):
        pairing.similar(
            _SAME_RECOMMENDATION,
            [i for i in home[0] if i not in pairing.found],
            [j for j in home[1] if j not in pairing.taken],
        )
    pairing.similar(_ANYWHERE)
    return list(pairing.found.items())


def _zip(
    homes: Sequence[tuple[str, int]], items: Sequence[Item]
) -> Iterable[tuple[tuple[str, int], Item]]:
    return zip(homes, items, strict=True)


def _shared(
    before: Sequence[Hashable], after: Sequence[Hashable], pairing: _Pairing
) -> list[tuple[list[int], list[int]]]:
    """For every recommendation kept in both plans, the positions of its actions not yet paired."""
    left, right = defaultdict(list), defaultdict(list)
    for i, home in enumerate(before):
        if i not in pairing.found:
            left[home].append(i)
    for j, home in enumerate(after):
        if j not in pairing.taken:
            right[home].append(j)
    return [(left[home], right[home]) for home in left if home in right]


class _Pairing:
    """Two lists of wordings, paired one to one in several passes from certain to likely."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self.before, self.after = before, after
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def equal(
        self, before: Sequence[Hashable], after: Sequence[Hashable], *, alike: float = 0
    ) -> None:
        """Pair what has the same key, in order; a key of None pairs nothing.

        With ``alike`` a key must belong to one thing only on each side, and the wordings must be
        that much alike.
        """
        left, right = self._waiting(before, after)
        for key, here in left.items():
            there = right.get(key, [])
            if alike and (len(here) != 1 or len(there) != 1):
                continue
            for i, j in zip(here, there, strict=False):
                if not alike or _alike(self.before[i], self.after[j]) >= alike:
                    self._take(i, j)

    def similar(
        self, least: float, before: list[int] | None = None, after: list[int] | None = None
    ) -> None:
        """Pair the most alike wordings first, among the given positions or all that wait."""
        left = before if before is not None else self._left()
        right = after if after is not None else self._right()
        scored = [
            (-score, i + j, abs(i - j), i, j)
            for i, j in _candidates(self.before, self.after, left, right)
            if (score := _alike(self.before[i], self.after[j])) >= least
        ]
        # Ties are broken by position in a way that swapping the plans does not change.
        for _, _, _, i, j in sorted(scored):
            if i not in self.found and j not in self.taken:
                self._take(i, j)

    def _left(self) -> list[int]:
        return [i for i in range(len(self.before)) if i not in self.found]

    def _right(self) -> list[int]:
        return [j for j in range(len(self.after)) if j not in self.taken]

    def _take(self, i: int, j: int) -> None:
        self.found[i] = j
        self.taken.add(j)

    def _waiting(
        self, before: Sequence[Hashable], after: Sequence[Hashable]
    ) -> tuple[dict[Hashable, list[int]], dict[Hashable, list[int]]]:
        return _by_key(self._left(), before.__getitem__), _by_key(self._right(), after.__getitem__)


def _by_key(
    positions: Iterable[int], key_of: Callable[[int], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for position in positions:
        key = key_of(position)
        if key is not None:
            groups[key].append(position)
    return groups


def _alike(left: str, right: str) -> float:
    if not left or not right:
        return 0.0
    return max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))


def _candidates(
    before: Sequence[str], after: Sequence[str], left: list[int], right: list[int]
) -> Iterable[tuple[int, int]]:
    """The pairs worth measuring: all when there are few, else those that share a rare word."""
    if len(left) * len(right) <= _FEW_PAIRS:
        return [(i, j) for i in left for j in right]
    words_left: dict[str, list[int]] = defaultdict(list)
    words_right: dict[str, list[int]] = defaultdict(list)
    for positions, wordings, index in ((left, before, words_left), (right, after, words_right)):
        for position in positions:
            for word in sorted(set(wordings[position].split())):
                index[word].append(position)
    pairs: set[tuple[int, int]] = set()
    for word, here in words_left.items():
        there = words_right.get(word, [])
        if len(here) * len(there) <= _RARE:
            pairs.update((i, j) for i in here for j in there)
    return pairs
