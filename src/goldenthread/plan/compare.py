"""What changed between two editions of a plan, action by action.

Recommendations are paired first, then actions: the same words before similar words, the same
recommendation before another, and each at most once. Similar words are only sought where a rare
word is shared, so that ten thousand actions take seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields

from rapidfuzz import fuzz

from goldenthread.plan.model import Action, Lead, Plan, Recommendation
from goldenthread.plan.wording import fold
from goldenthread.timescale import Status, Timescale

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
    recs = _pair_recommendations(before.recommendations, after.recommendations)
    old, new = _actions(before), _actions(after)
    pairs = _pair_actions(old, new, recs)
    kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
    recs_old, recs_new = set(recs), set(recs.values())
    ordered = sorted(pairs, key=lambda pair: pair[1])
    both = [(old[i], new[j]) for i, j in ordered]
    return Changes(
        recommendations_added=tuple(
            _where(after, r) for r in range(len(after.recommendations)) if r not in recs_new
        ),
        recommendations_removed=tuple(
            _where(before, r) for r in range(len(before.recommendations)) if r not in recs_old
        ),
        recommendations_reworded=tuple(
            Pair(_where(before, i), _where(after, j))
            for i, j in sorted(recs.items(), key=lambda pair: pair[1])
            if _tidy(before.recommendations[i].text) != _tidy(after.recommendations[j].text)
        ),
        actions_added=tuple(x.where(after) for j, x in enumerate(new) if j not in kept_new),
        actions_removed=tuple(x.where(before) for i, x in enumerate(old) if i not in kept_old),
        actions_moved=tuple(
            Pair(a.where(before), b.where(after)) for a, b in both if recs.get(a.rec) != b.rec
        ),
        actions_reworded=tuple(
            Pair(a.where(before), b.where(after))
            for a, b in both
            if _tidy(a.action.text) != _tidy(b.action.text)
        ),
        dates_moved=tuple(
            DatesMoved(a.where(before), b.where(after), dates)
            for a, b in both
            if (dates := _dates(a.action.timescales, b.action.timescales))
        ),
        leads_changed=tuple(
            LeadsChanged(a.where(before), b.where(after), a.action.leads, b.action.leads)
            for a, b in both
            if _leads(a.action) != _leads(b.action)
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


@dataclass(frozen=True)
class _Item:
    """An action, where it stands, and its words folded for comparing."""

    action: Action
    rec: int
    act: int
    words: str

    def where(self, plan: Plan) -> Where:
        rec = plan.recommendations[self.rec]
        label = f"recommendation {rec.number or self.rec + 1}"
        label += f", action {self.action.number or self.act + 1}"
        return Where(label, self.action.text, self.rec, self.act)


def _where(plan: Plan, r: int) -> Where:
    rec = plan.recommendations[r]
    return Where(f"recommendation {rec.number or r + 1}", rec.text, r)


def _actions(plan: Plan) -> list[_Item]:
    return [
        _Item(action, r, a, fold(action.text))
        for r, rec in enumerate(plan.recommendations)
        for a, action in enumerate(rec.actions)
    ]


def _tidy(text: str) -> str:
    """The words as a reader sees them: spaces and a closing full stop do not count."""
    return " ".join(text.split()).rstrip(" .;,")


def _meaning(timescale: Timescale) -> Hashable:
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
        same = next((x for x in right if _meaning(x) == _meaning(timescale)), None)
        if same is not None:
            left.remove(timescale)
            right.remove(same)
    longest = max(len(left), len(right))
    return tuple(
        (left[i] if i < len(left) else None, right[i] if i < len(right) else None)
        for i in range(longest)
    )


def _leads(action: Action) -> frozenset[tuple[str, str, str]]:
    return frozenset((fold(x.text), x.role, fold(x.person or "")) for x in action.leads)


def _facts(action: Action) -> Hashable:
    """Everything of an action in which a reader would look for progress."""
    return (
        _tidy(action.text),
        tuple(_meaning(t) for t in action.timescales),
        _leads(action),
        action.status,
        action.status_text,
        action.measures,
        tuple((update.text, update.at, update.status) for update in action.updates),
        action.evidence,
    )


# --- pairing ------------------------------------------------------------------------------------


def _pair_recommendations(
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
    pairing.similar(_RECOMMENDATION)
    return pairing.found


def _pair_actions(
    before: Sequence[_Item], after: Sequence[_Item], recs: dict[int, int]
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
    homes: Sequence[tuple[str, int]], items: Sequence[_Item]
) -> Iterable[tuple[tuple[str, int], _Item]]:
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
