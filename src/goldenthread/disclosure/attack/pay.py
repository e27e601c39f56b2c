"""Pay that means, medians and gaps give away: of too few people, or as what one mean leaves.

A mean and how many it is of give what they earn together; so do those of a part of them; and the
rest is what the others earn. Limits: ``FEW`` as a mean is of at least eight people, and ``MIDDLE``
as the middle one of fewer than ten is too often one person's pay ([2023] UKUT 221 (AAC)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from goldenthread.disclosure.attack.bounds import FAR, HIGH, LOW, Bounds, Contradiction, Sum, Why
from goldenthread.disclosure.attack.knowledge import Codes, Count, Knowledge, Layer, rounding
from goldenthread.disclosure.attack.release import Figure

FEW, MIDDLE = 8, 10
CLOSE = Fraction(1, 10)
"""Pay is given away where it is known to within a tenth, either way."""

_UNITS = 10_000


@dataclass(frozen=True)
class Salary:
    """Pay of few people that can be worked out. ``cell`` is a number of unknown of the counts."""

    cell: int
    people: tuple[int, int]
    low: Fraction
    high: Fraction
    says: str
    tables: tuple[str, ...]
    measure: str


class Pay:
    """What an outsider knows of what people earn together, cell by cell, settled."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._bounds = Bounds()
        self._of: dict[int, int] = {}
        self._cells: list[int] = []
        self._told: list[tuple[Figure, int, Fraction, Fraction]] = []
        self._direct: dict[int, Figure] = {}

    def salaries(self) -> list[Salary]:
        """Every pay of few people that is given away, each cell once."""
        figures = [(release, f) for release, f in self._figures() if f.value is not None]
        if not figures:
            return []
        found = {one.cell: one for one in self._too_few([figure for _, figure in figures])}
        for _, figure in figures:
            if figure.measure == "mean":
                self._tell_mean(figure)
        for _, figure in figures:
            if figure.measure == "gap":
                self._tell_gap(figure)
        self._join()
        try:
            self._bounds.settle()
        except Contradiction:
            # Means of another population than the counts: what follows from both is nothing.
            return sorted(found.values(), key=lambda one: one.cell)
        for number, mine in sorted(self._of.items()):
            if number not in found and (one := self._left_over(number, mine)):
                found[number] = one
        return sorted(found.values(), key=lambda one: one.cell)

    def _figures(self) -> Iterator[tuple[int, Figure]]:
        for release, one in enumerate(self._known.releases):
            for figure in one.figures:
                if figure.measure in ("mean", "median", "gap"):
                    yield release, figure

    def _number(self, figure: Figure, codes: Codes | None = None) -> int:
        layer = self._known.layer(Layer(Count.PEOPLE, figure.period))
        assert layer is not None  # noqa: S101 - each period of a figure has one
        found = self._known.number(layer, codes or self._known.codes_of(figure))
        assert found is not None  # noqa: S101 - each figure asked for its cell
        return found

    def _reference(self, figure: Figure) -> Codes:
        dim, code = figure.of
        return tuple(
            code if name == dim else held
            for name, held in zip(self._known.names, self._known.codes_of(figure), strict=True)
        )

    def _people(self, number: int) -> tuple[int, int]:
        return self._known.bounds.low[number], self._known.bounds.high[number]

    def _too_few(self, figures: list[Figure]) -> Iterator[Salary]:
        from goldenthread.disclosure.attack.words import Words  # slow

        words = Words(self._known)
        for figure in figures:
            numbers = [self._number(figure)]
            if figure.measure == "gap":
                numbers.append(self._number(figure, self._reference(figure)))
                if numbers[0] == numbers[1]:
                    continue
            limit = MIDDLE if figure.measure == "median" else FEW
            for number in numbers:
                low, high = self._people(number)
                if not 1 <= high < limit or figure.value is None:
                    continue
                low = max(low, 1)
                least, most = rounding(abs(figure.value), figure.dp)
                many = f"{low}" if low == high else f"{low} to {high}"
                noun = "person" if high == 1 else "people"
                kind = {"mean": "mean pay", "median": "median pay", "gap": "pay gap"}
                says = (
                    f"{words.name(number)}: the {kind[figure.measure]} shown in “{figure.table}” "
                    f"is of {many} {noun}."
                )
                yield Salary(
                    number, (low, high), least, most, says, (figure.table,), figure.measure
                )

    def _cell(self, number: int) -> int:
        if number not in self._of:
            self._of[number] = self._bounds.add()
            self._cells.append(number)
        return self._of[number]

    def _tell_mean(self, figure: Figure) -> None:
        assert figure.value is not None  # noqa: S101 - only shown figures come here
        low, high = rounding(figure.value, figure.dp)
        self._tell(figure, self._number(figure), low, high)

    def _tell(self, figure: Figure, number: int, low: Fraction, high: Fraction) -> None:
        least, most = self._people(number)
        if most >= FAR:
            return
        mine = self._cell(number)
        self._told.append((figure, number, low, high))
        self._direct.setdefault(number, figure)
        self._bounds.tell(
            mine, floor(low * least * _UNITS), ceil(high * most * _UNITS), len(self._told) - 1
        )

    def _tell_gap(self, figure: Figure) -> None:
        """A gap of a group whose reference has a mean gives the group's mean."""
        number, other = self._number(figure), self._number(figure, self._reference(figure))
        means = [told for told in self._told if told[1] == other and told[0].measure == "mean"]
        if number == other or not means or figure.value is None:
            return
        half = Fraction(1, 2 * 10**figure.dp)
        value = Fraction(figure.value)
        _, _, low, high = means[0]
        edges = [m * (1 - (value + h) / 100) for m in (low, high) for h in (-half, half)]
        self._tell(figure, number, max(min(edges), Fraction(0)), max(edges))

    def _join(self) -> None:
        """What all earn is what the parts earn, where each part has pay or is the only one without.

        A part of nobody earns nothing.
        """
        known = self._known
        waiting = list(self._cells)
        done: set[int] = set()
        while waiting:
            number = waiting.pop()
            for which in known.bounds.sums_of[number]:
                one = known.bounds.sums[which]
                plain = one.premise is None and one.least == one.most == 0
                layers = {known.cells[cell].layer for cell, _ in one.terms}
                if which in done or not plain or len(layers) != 1 or one.terms[0][1] != 1:
                    continue
                there = [cell for cell, _ in one.terms if known.bounds.high[cell] > 0]
                strange = [cell for cell in there if cell not in self._of]
                if len(strange) > 1:
                    continue
                done.add(which)
                waiting += strange
                terms = [(cell, each) for cell, each in one.terms if cell in set(there)]
                self._bounds.join(Sum(tuple((self._cell(cell), each) for cell, each in terms)))

    def _left_over(self, number: int, mine: int) -> Salary | None:
        least, most = self._people(number)
        if least < 1 or most >= FEW or not self._known.cells[number].codes:
            return None
        low = Fraction(self._bounds.low[mine], _UNITS * most)
        high = Fraction(self._bounds.high[mine], _UNITS * least)
        middle = (low + high) / 2
        if self._bounds.high[mine] >= FAR or not middle or high - middle > CLOSE * middle:
            return None
        why = self._bounds.why(mine, HIGH)
        says, tables = self._says(number, why, low, high)
        return Salary(number, (least, most), low, high, says, tables, "mean")

    def _says(
        self, number: int, why: Why, low: Fraction, high: Fraction
    ) -> tuple[str, tuple[str, ...]]:
        from goldenthread.disclosure.attack.words import Words  # slow

        words = Words(self._known)
        said: list[str] = []
        tables: set[str] = set()
        for step, each in sorted(why.parts, key=lambda part: -part[1] * part[0].value):
            if step.premise is None or not each:
                continue
            figure, cell, _, _ = self._told[step.premise]
            people = self._people(cell)[HIGH if each > 0 else LOW]
            sign = "less " if each < 0 else ("and " if said else "")
            mean = f"{figure.value}" if figure.measure == "mean" else f"a gap of {figure.value}%"
            said.append(f"{sign}{words.name(cell)} {people} × {mean}")
            tables.add(figure.table)
        least, most = self._people(number)
        many = f"{least}" if least == most else f"{least} to {most}"
        each_word = "person's pay" if most == 1 else "people, whose mean pay is"
        tail = f"between {float(low):.2f} and {float(high):.2f}"
        leaves = f"leaves {many} {each_word} {tail} in {words.name(number)}"
        return f"{', '.join(said)}, {leaves}.", tuple(sorted(tables))
