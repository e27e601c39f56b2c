"""Kinds of people in words: who would be something else in another workforce, and what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Codes = tuple[str, ...]
"""The lowest code of somebody in each dimension."""


@dataclass(frozen=True)
class Kind:
    """People who are alike: how many, and their codes by period, None where they are not there."""

    people: int
    codes: tuple[Codes | None, ...]


def plain(dim: str) -> str:
    """A dimension as it is said.

    >>> plain("survey_q1")
    'survey q1'
    """
    return dim.replace("_", " ")


def listed(said: Sequence[str]) -> str:
    """Several things in one sentence.

    >>> listed(["1", "3", "4"])
    '1, 3 and 4'
    """
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def people(count: int) -> str:
    """So many people, in words.

    >>> people(1), people(1200)
    ('1 person', '1,200 people')
    """
    return "1 person" if count == 1 else f"{count:,} people"


def instead(
    words: Words, kinds: Sequence[Kind], change: Sequence[tuple[int, int]], there: Sequence[bool]
) -> Iterator[str]:
    """What makes another workforce of the first, a clause for each kind of people.

    ``change`` is by kind, how many more or fewer; ``there`` says of each kind whether it is in the
    figure that is explained: who comes to it or leaves it is told first. Who goes is set beside who
    comes so that as little as may be differs. That they are the same people nobody says, and for
    the figures it is all one.
    """
    goes = [[kind, -by] for kind, by in change if by < 0]
    comes = [[kind, by] for kind, by in change if by > 0]
    near = sorted(
        (_apart(kinds[one[0]], kinds[other[0]]), at, to)
        for at, one in enumerate(goes)
        for to, other in enumerate(comes)
    )
    pairs: list[tuple[bool, int, int, int]] = []
    for _far, at, to in near:
        count = min(goes[at][1], comes[to][1])
        if count:
            goes[at][1] -= count
            comes[to][1] -= count
            one, other = goes[at][0], comes[to][0]
            pairs.append((there[one] == there[other], one, other, count))
    for _same, one, other, count in sorted(pairs):
        yield words.instead(count, kinds[one].codes, kinds[other].codes)
    for kind, count in goes:
        if count:
            yield f"{people(count)} {words.life(kinds[kind].codes)} would not be there"
    for kind, count in comes:
        if count:
            yield f"{count:,} more would be {words.life(kinds[kind].codes)}"


def _apart(one: Kind, other: Kind) -> int:
    """How much differs between two kinds of people: more where they are not there together."""
    return sum(
        100
        if mine is None or yours is None
        else sum(a != b for a, b in zip(mine, yours, strict=True))
        for mine, yours in zip(one.codes, other.codes, strict=True)
        if mine != yours
    )


class Words:
    """Kinds of people in words, the unit first."""

    def __init__(self, periods: Sequence[str], dims: Sequence[str]) -> None:
        self.periods, self.dims = periods, dims

    def instead(
        self, count: int, one: Sequence[Codes | None], other: Sequence[Codes | None]
    ) -> str:
        """So many people of one kind who would be of another."""
        who = f"{people(count)} {self.life(one)}"
        pairs = [(mine, yours) for mine, yours in zip(one, other, strict=True) if mine != yours]
        differ = {
            tuple(
                (dim, b)
                for dim, a, b in zip(self.dims, mine or (), yours or (), strict=True)
                if a != b
            )
            if mine and yours
            else None
            for mine, yours in pairs
        }
        if len(differ) != 1 or None in differ:
            return f"{who} would instead be {self.life(other)}"
        told = next(self._becoming(dict(each)) for each in differ if each is not None)
        when = [
            period
            for period, mine, yours in zip(self.periods, one, other, strict=True)
            if mine != yours
        ]
        there = sum(mine is not None for mine in one)
        within = f" in {listed(when)}" if len(when) < there else ""
        return f"{who} would {told} instead{within}"

    def life(self, codes: Sequence[Codes | None]) -> str:
        """Where somebody is, and what they are, period after period."""
        runs: list[tuple[Codes, list[str]]] = []
        for period, told in zip(self.periods, codes, strict=True):
            if told is not None and runs and runs[-1][0] == told:
                runs[-1][1].append(period)
            elif told is not None:
                runs.append((told, [period]))
        if len(self.periods) == 1:
            return self._who(runs[0][0]) if runs else "nowhere"
        if len(runs) == 1 and len(runs[0][1]) == len(self.periods):
            return f"{self._who(runs[0][0])} in every period"
        return ", then ".join(f"{self._who(told)} in {listed(when)}" for told, when in runs)

    def _who(self, codes: Codes) -> str:
        told = dict(zip(self.dims, codes, strict=True))
        unit = told.pop("org", "")
        answers = ", ".join(f"{plain(dim)} “{code}”" for dim, code in told.items())
        if not unit:
            return f"with {answers}"
        return f"in {unit} ({answers})" if answers else f"in {unit}"

    @staticmethod
    def _becoming(told: dict[str, str]) -> str:
        unit = told.pop("org", "")
        answers = listed([f"{plain(dim)} “{code}”" for dim, code in told.items()])
        return " and ".join(
            part for part in (unit and f"be in {unit}", answers and f"have {answers}") if part
        )
