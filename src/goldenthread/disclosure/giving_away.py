"""Why a figure cannot be hidden: the sum that would give it away, in words.

Whoever reads a release adds and subtracts. From the headcounts that must stay open follows how
large each other figure can be at most, whatever is hidden. This tells the sum that settles it. It
is for the inside: true figures of the organisation stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.figures import Figures
from goldenthread.disclosure.protect import Demand, Hidden
from goldenthread.disclosure.protect.bounds import bounds
from goldenthread.disclosure.spec import LEVELS


@dataclass(frozen=True)
class GivenAway:
    """A figure that cannot be hidden: its period and its codes, and why not, in one sentence."""

    period: str
    codes: dict[str, str]
    why: str


def given_away(found: Hidden) -> list[GivenAway]:
    """Each figure that nothing proves, with the sum that would give it away.

    The figures with fewest codes come first, since what is wrong with a headcount is wrong with
    all that is below it. Each figure comes once. No sentence names anybody; units are people.

    Source: ours. What a reader can work out by more sums together than one after the other is said
    to need several tables, and is not spelt out.
    """
    reader = _Reader(found)
    figures = found.marks.figures
    told: dict[int, GivenAway] = {}
    for demand in found.unproved:
        if demand.cell not in told:
            period, codes = _where(figures, demand.cell)
            told[demand.cell] = GivenAway(period, codes, reader.why(demand))
    return sorted(
        told.values(),
        key=lambda one: (len(one.codes), found.marks.figures.spec.periods.index(one.period),
                         list(one.codes.values())),
    )  # fmt: skip


class _Reader:
    """What somebody who knows the open headcounts, and adds and subtracts, knows of each cell."""

    def __init__(self, found: Hidden) -> None:
        self.marks, self.figures = found.marks, found.marks.figures
        self.low, self.high = bounds(self.marks)
        self.sums = list(self.figures.sums())
        self._take_away()

    def _take_away(self) -> None:
        """What is known exactly because all the others of a sum are, one after the other."""
        value, grew = self.figures.value, True
        while grew:
            grew = False
            for total, parts in self.sums:
                unsure = parts[self.low[parts] != self.high[parts]]
                if len(unsure) == 1 and not self._unsure(total):
                    self.low[unsure] = self.high[unsure] = value[unsure]
                    grew = True

    def why(self, demand: Demand) -> str:
        """The sentence for one figure."""
        cell, figures = demand.cell, self.figures
        value, need = int(figures.value[cell]), int(figures.value[cell]) + demand.rise
        if demand.row >= 0:
            return (
                f"Everybody in {_named(figures, demand.row)} is in one and the same category, and "
                "nothing that could be hidden leaves a reader in doubt of it."
            )
        if demand.still >= 0:
            return (
                f"Whoever is the only one in {_named(figures, demand.still)} could take "
                "themselves away and work this figure out."
            )
        if demand.rise < 0:
            return (
                "So few came, left or declared since the period before that what both periods "
                "tell gives away what they said."
            )
        if self.high[cell] >= need:
            return (
                "No one sum gives it away, but the tables together with the headcounts that must "
                f"stay open do: no workforce was found in which it is {need} or more."
            )
        settling = [
            (self._unsure(total), len(figures.codes(total)), number)
            for number, (total, parts) in enumerate(self.sums)
            if cell in parts
            and self.high[total] - self.low[parts[parts != cell]].sum() <= self.high[cell]
            and (self._unsure(cell) or not any(self._unsure(one) for one in (total, *parts)))
        ]
        if settling:
            return self._sum(min(settling)[2], cell, value, need)
        return (
            f"What it is made up of can be {int(self.high[cell]):,} at most. It is {value:,}, and "
            f"would have to be able to be {need:,} for anybody to be in doubt."
        )

    def _sum(self, number: int, cell: int, value: int, need: int) -> str:
        figures = self.figures
        total, parts = self.sums[number]
        most = int(self.high[cell])
        among, above, part, others = self._words(total, cell)
        rest = parts[parts != cell]
        if not self._unsure(cell):
            if len(rest):
                told = int(figures.value[rest].sum())
                return (
                    f"{among}{above} has {_people(figures.value[total])} and its {others} other "
                    f"than {part} {told:,}, so {part} has {value:,}."
                )
            return (
                f"{among}{above} has {_people(figures.value[total])}, all of them in {part}, so "
                f"that whoever knows the one knows the other."
            )
        least = int(self.low[rest].sum())
        taken = f", and its {others} other than {part} {least:,} at least" if least else ""
        return (
            f"{among}{above} has {_people(self.high[total])}{' at most' * self._unsure(total)}"
            f"{taken}, so {part} can have {most:,} at most. It has {value:,}, and would have to be "
            f"able to have {need:,} for anybody to be in doubt."
        )

    def _unsure(self, cell: int) -> bool:
        return bool(self.low[cell] != self.high[cell])

    def _words(self, total: int, cell: int) -> tuple[str, str, str, str]:
        """Among whom, what is divided, into what this part is, and what the parts are called."""
        figures = self.figures
        period, codes = _where(figures, cell)
        _, whole = _where(figures, total)
        dim = next(
            one for one in codes if codes[one] != whole.get(one)
        )  # A part has one code more, or a lower one, than its total.
        same = {one: code for one, code in codes.items() if one != dim}
        when = f"In {period}, " if len(figures.spec.periods) > 1 else ""
        unit = same.pop("org", None) if dim != "org" else None
        among = f"of {_codes(same)}, " if same else ""
        if dim == "org":
            above = whole.get("org", "the whole body")
            depth = figures.spec.dims["org"].of(period).depths[codes["org"]]
            names = LEVELS["org"]
            others = f"{names[depth - 1]}s" if depth <= len(names) else "units"
            part = codes["org"]
        else:
            above = unit or whole.get(dim, "the whole body")
            if unit and dim in whole:
                above = f"{unit}, {dim} {whole[dim]},"
            others, part = f"categories of {dim}", f"{dim} {codes[dim]}"
        opening = when + among
        return (opening[:1].upper() + opening[1:], above if opening else _capital(above), part,
                others)  # fmt: skip


def _where(figures: Figures, cell: int) -> tuple[str, dict[str, str]]:
    period = figures.families[int(figures.family[cell])].period
    return figures.spec.periods[period], figures.codes(cell)


def _named(figures: Figures, cell: int) -> str:
    period, codes = _where(figures, cell)
    when = f" in {period}" if len(figures.spec.periods) > 1 else ""
    return named(codes) + when


def named(codes: dict[str, str]) -> str:
    """A cell in words, by its codes other than Total.

    >>> named({"org": "Legal", "sex": "Male"})
    'Legal, sex Male'
    >>> named({})
    'the whole body'
    """
    return ", ".join(_each(codes)) or "the whole body"


def _codes(codes: dict[str, str]) -> str:
    return " and ".join(_each(codes))


def _each(codes: dict[str, str]) -> Iterator[str]:
    for dim, code in codes.items():
        yield code if dim == "org" else f"{dim} {code}"


def _people(count: int | np.int64) -> str:
    return "1 person" if count == 1 else f"{int(count):,} people"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:] if words == "the whole body" else words
