"""How alike the words of two plans are: which action of one may serve which of the other.

A proposal for a person, never a fact: words in common are a reason to look, and nothing is joined
by them. Each weighty word counts by how rare it is over both plans together: "race" in nearly
every action tells nothing, "mentoring" in two of them tells much. The score of two texts is the
cosine of their words so weighted: the weight of the words in common over what both could have had.
It is 1 for the same words and 0 for none in common, and does not depend on which plan is named
first or on the order of either. Choice of ours, with what it was measured to find:
`docs/how-to/bring-in-directorates-plans.md`.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Literal

from goldenthread.plan.wording import fold, stems

# What is proposed unless the caller says otherwise; measured in the how-to.
LEAST = 0.2
MOST = 3
# A single word in common proposes nothing, unless it is most of what both texts say.
_ONE_WORD = 0.5
# A name is met where half of what it says stands there.
_HALF = 0.5
Degree = Literal["same", "most", "many", "some"]


@dataclass(frozen=True)
class Alike:
    """One text of the other plan that is alike: its position there, how much, and by which words.

    ``score`` is over 0 and up to 1; ``words`` are those in common, the rarest first, as the text
    that was asked about writes them in small letters.
    """

    position: int
    score: float
    words: tuple[str, ...]

    @property
    def degree(self) -> Degree:
        """How much alike, as a person is told it: a score is no share of anything that they know.

        ``same`` for the same weighty words, ``most`` from a score of 0.5 on, ``many`` from 0.3 on,
        and ``some`` under that. Choice of ours, as the least score is.

        >>> [Alike(0, score, ("staff",)).degree for score in (1.0, 0.5, 0.3, 0.2)]
        ['same', 'most', 'many', 'some']
        """
        if self.score == 1.0:
            return "same"
        return "most" if self.score >= 0.5 else "many" if self.score >= 0.3 else "some"


def alike(
    these: Sequence[str],
    those: Sequence[str],
    *,
    most: int = MOST,
    least: float = LEAST,
    but: Collection[tuple[int, int]] = (),
) -> tuple[tuple[Alike, ...], ...]:
    """For each of these texts the few of those that are most alike, the most alike first.

    One tuple for each of ``these``, empty where none comes up to ``least`` (a score, 0 to 1) or
    where a text has no weighty word; ``most`` bounds each. ``but`` are pairs of positions, here and
    there, that are settled: they are left out, and change no other score. Texts with an equal score
    come in their own order. Six thousand texts against two hundred take seconds, not minutes: only
    texts that share a word are compared. Raises nothing.

    >>> found = alike(
    ...     ["Offer mentoring to staff in Revenues", "Resurface the depot yard"],
    ...     ["Mentoring for staff who ask for it", "Publish workforce data each quarter"],
    ... )
    >>> [(one.position, one.words) for one in found[0]], found[1]
    ([(0, ('mentoring', 'staff'))], ())
    """
    left, right = [stems(text) for text in these], [stems(text) for text in those]
    weights = _weights([*left, *right])
    lengths = [_length(words, weights) for words in right]
    held: dict[str, list[int]] = defaultdict(list)
    for position, words in enumerate(right):
        for stem in words:
            held[stem].append(position)
    settled: dict[int, set[int]] = defaultdict(set)
    for here, there in but:
        settled[here].add(there)
    return tuple(
        tuple(_best(words, right, held, weights, lengths, most, least, settled.get(here, ())))
        for here, words in enumerate(left)
    )


def _weights(texts: Sequence[dict[str, str]]) -> dict[str, float]:
    """How much each stem tells: more the fewer of all texts have it, and never nothing."""
    held = Counter(stem for words in texts for stem in words)
    return {stem: log((len(texts) + 1) / count) for stem, count in held.items()}


def _length(words: dict[str, str], weights: dict[str, float]) -> float:
    return sqrt(sum(weights[stem] ** 2 for stem in sorted(words)))


def _best(
    words: dict[str, str],
    right: Sequence[dict[str, str]],
    held: dict[str, list[int]],
    weights: dict[str, float],
    lengths: Sequence[float],
    most: int,
    least: float,
    settled: Collection[int],
) -> list[Alike]:
    shared: dict[int, list[str]] = defaultdict(list)
    for stem in sorted(words, key=lambda stem: (-weights[stem], stem)):
        for position in held.get(stem, ()):
            shared[position].append(stem)
    length = _length(words, weights)
    found = []
    for position, common in shared.items():
        if position in settled:
            continue
        together = sum(weights[stem] ** 2 for stem in sorted(common))
        score = min(1.0, together / (length * lengths[position]))
        # The same words are the same, whatever the last digit of a square root says.
        if words.keys() == right[position].keys():
            score = 1.0
        if score >= max(least, _ONE_WORD if len(common) == 1 else 0):
            found.append(Alike(position, score, tuple(words[stem] for stem in common)))
    return sorted(found, key=lambda one: (-one.score, one.position))[:most]


def wordings(one: str, other: str) -> str:
    """A mark of two wordings, the same for as long as both say the same words in the same order.

    Capitals, punctuation and blanks make no other wording. By it an answer to a proposal holds for
    what was read, and no longer. 32 signs; which text is named first matters.

    >>> wordings("Train staff.", "Hear staff") == wordings("train  staff", "Hear staff")
    True
    >>> wordings("Train staff", "Hear staff") == wordings("Train all staff", "Hear staff")
    False
    """
    # A line end is in no folded text, so that no words move from one text to the other unseen.
    both = f"{fold(one)}\n{fold(other)}"
    return hashlib.sha256(both.encode()).hexdigest()[:32]


def whose(text: str, names: Sequence[str]) -> int | None:
    """The position of the one name whose words a text holds most of, as of a file or a sheet.

    Each word counts by how few of the names have it. None where less than half of a name stands
    there, and where two names are met alike: then a person says which.

    >>> names = ["Housing and Communities", "Children's Services", "Adult Services"]
    >>> whose("Race plan, housing, final v2.docx", names), whose("services.xlsx", names)
    (0, None)
    """
    called = [stems(name) for name in names]
    weights = _weights(called)
    there = stems(text.replace("_", " "))
    scores = []
    for words in called:
        whole = sum(weights[stem] for stem in sorted(words))
        met = sum(weights[stem] for stem in sorted(words) if stem in there)
        scores.append(met / whole if whole else 0.0)
    best = max(scores, default=0.0)
    return scores.index(best) if best >= _HALF and scores.count(best) == 1 else None
