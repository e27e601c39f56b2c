"""The ways up from a service plan: through the directorate's plan to the council's, and why.

A service plan says which actions stand in it. Each serves others above it, of its directorate and
of the whole council, and an action of the council answers a recommendation. What is read here is
where each leads and where a way ends too soon. Everything is counted once, however many ways lead
to it, and the worst is shown: nothing is an average.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from goldenthread.plan.edition.standing import Standing
from goldenthread.plan.tiers import Tally, tally, worst

Tier = Literal["part", "directorate", "council", "recommendation"]


@dataclass(frozen=True)
class Rung:
    """One thing on the thread, by where it stands; a recommendation has no standing of its own.

    ``part`` is for what stands below a directorate, as a division's action does. ``answers`` is the
    recommendation that an action of the council belongs to.
    """

    id: str
    tier: Tier
    standing: Standing | None = None
    answers: str = ""


@dataclass(frozen=True)
class Ways:
    """Where one action leads: each thing once, the nearest first, itself in its own tier."""

    id: str
    directorate: tuple[str, ...] = ()
    council: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()

    @property
    def reaches(self) -> bool:
        """Whether it leads to anything of the council's plan."""
        return bool(self.council or self.recommendations)


@dataclass(frozen=True)
class Counted:
    """A service plan counted up the thread, each thing once.

    ``own`` are the actions that stand in it, ``directorate`` and ``council`` those that they lead
    to or are. ``reaching`` of its own lead to something of the council's plan.
    """

    own: Tally = field(default_factory=Tally)
    directorate: Tally = field(default_factory=Tally)
    council: Tally = field(default_factory=Tally)
    recommendations: int = 0
    reaching: int = 0

    @property
    def worst(self) -> Standing | None:
        """The worst standing anywhere on the thread."""
        each = (self.own.worst, self.directorate.worst, self.council.worst)
        return worst(one for one in each if one is not None)


def ways_up(
    rungs: Iterable[Rung], serves: Iterable[tuple[str, str]], of: Sequence[str]
) -> tuple[Ways, ...]:
    """Where each action of a service plan leads, in the order of ``of``.

    ``serves`` are pairs of keys, a thing and what it serves, in the order in which they are told.
    What is no rung is not there for this
    reader and leads nowhere; what was withdrawn serves nothing and is served by nothing, so no way
    goes through it. Links in a circle are walked once. Raises nothing.

    >>> rungs = [Rung("t1", "part", "on_track"), Rung("h1", "directorate", "late"),
    ...          Rung("b4", "council", "on_track", "r2"), Rung("r2", "recommendation")]
    >>> ways_up(rungs, [("t1", "h1"), ("h1", "b4")], ["t1"])
    (Ways(id='t1', directorate=('h1',), council=('b4',), recommendations=('r2',)),)
    """
    known = {one.id: one for one in rungs}
    above: dict[str, list[str]] = {}
    for lower, upper in dict.fromkeys(serves):
        above.setdefault(lower, []).append(upper)
    return tuple(_ways(key, known, above) for key in of)


def _ways(start: str, known: Mapping[str, Rung], above: Mapping[str, Sequence[str]]) -> Ways:
    found: dict[Tier, list[str]] = {
        "part": [],
        "directorate": [],
        "council": [],
        "recommendation": [],
    }
    for one in _walk(start, known, above):
        found[one.tier].append(one.id)
    return Ways(
        start,
        tuple(found["directorate"]),
        tuple(found["council"]),
        tuple(found["recommendation"]),
    )


def _walk(
    start: str, known: Mapping[str, Rung], above: Mapping[str, Sequence[str]]
) -> Iterator[Rung]:
    """Everything on the ways up from an action, itself first, the nearest next."""
    waiting, met = [start], {start}
    for key in waiting:
        one = known.get(key)
        if one is None or one.standing == "withdrawn":
            continue
        yield one
        for upper in (*above.get(key, ()), *([one.answers] if one.answers else [])):
            if upper not in met:
                met.add(upper)
                waiting.append(upper)


def counted(rungs: Iterable[Rung], ways: Sequence[Ways]) -> Counted:
    """The ways of a service plan's actions, counted: each thing once, the worst first.

    >>> rungs = [Rung("h1", "directorate", "late"), Rung("b4", "council", "done")]
    >>> told = counted(rungs, ways_up(rungs, [("h1", "b4")], ["h1"]))
    >>> told.worst, told.council.counts, told.reaching
    ('late', (('done', 1),), 1)
    """
    standing = {one.id: one.standing for one in rungs}

    def each(keys: Iterable[str]) -> Tally:
        return tally(found for key in dict.fromkeys(keys) if (found := standing.get(key)))

    return Counted(
        own=each(one.id for one in ways),
        directorate=each(key for one in ways for key in one.directorate),
        council=each(key for one in ways for key in one.council),
        recommendations=len({key for one in ways for key in one.recommendations}),
        reaching=sum(one.reaches for one in ways),
    )
