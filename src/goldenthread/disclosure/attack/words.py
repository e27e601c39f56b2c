"""What gives a count away, as a sentence that a person can check with the tables in hand.

“Asian: Place 41, less Parks 17, less Streets 22, leaves 2 in Leisure.”
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from goldenthread.disclosure.attack.bounds import Step, Why
from goldenthread.disclosure.attack.judge import Found
from goldenthread.disclosure.attack.knowledge import Codes, Count, Knowledge, Premise
from goldenthread.disclosure.attack.nesting import TOGETHER, TOTAL

_MOST_TERMS = 12
_MOST_TABLES = 4


class Words:
    """Sentences about what is known."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known

    def says(self, found: Found) -> str:
        """One finding as a sentence or two: the sum that gives it away, and what it leaves."""
        if found.kind == "group":
            return self._group(found)
        cell = self._known.cells[found.cell]
        if cell.shown is not None and self._known.layers[cell.layer].count is Count.PEOPLE:
            hidden = " in one table and marked as hidden in another" if cell.marked else ""
            return f"{self.name(found.cell)}: {cell.shown} is shown{hidden}."
        said = self._between(found)
        if found.alone is not None:
            other = self.name(found.alone)
            return f"Whoever is alone in {other} knows it, and so can tell: {said}"
        return said

    def name(self, number: int, shared: Codes = (), period: bool = False) -> str:
        """A cell by its codes, without those that all cells of the sentence share."""
        cell = self._known.cells[number]
        layer = self._known.layers[cell.layer]
        codes = [
            _short(code)
            for at, code in enumerate(cell.codes)
            if code != TOTAL and not (shared and shared[at] == code)
        ]
        named = ", ".join(codes) or "all"
        if layer.count is Count.PEOPLE:
            return f"{named} in {layer.period}" if period else named
        doing = {
            Count.JOINERS: "joiners",
            Count.LEAVERS: "leavers",
            Count.DECLARED: "newly declared",
            Count.APPEARED: "joined or newly declared",
        }[layer.count]
        when = f"{doing} from {layer.since} to {layer.period}"
        return f"{named} ({when})" if codes else when

    def tables(self, found: Found) -> tuple[str, ...]:
        """The tables whose figures give it away, in order."""
        return tuple(
            sorted(
                {
                    premise.figure.table
                    for premise in self._premises(found)
                    if premise.figure is not None
                }
                or {table for _, table in self._known.cells[found.cell].tables}
            )
        )

    def measures(self, found: Found) -> tuple[str, ...]:
        """The measures of the figures that give it away: ``count``, ``percent``, and ``flow``."""
        held = {
            "flow" if premise.figure is None else premise.figure.measure
            for premise in self._premises(found)
            if premise.kind != "structural"
        }
        return tuple(sorted(held))

    def _premises(self, found: Found) -> Iterable[Premise]:
        known = self._known
        for why in found.why:
            for step, _ in why.parts if why is not None else ():
                number = step.premise
                if step.sum is not None:
                    number = known.bounds.sums[step.sum].premise
                if number is not None:
                    yield known.premises[number]

    def _between(self, found: Found) -> str:
        low, high = found.why
        if low is None or high is None:
            tables = self._some_tables(found)
            left = _span(found.low, found.high)
            return (
                f"{self.name(found.cell)}: no whole numbers that fit {tables} leave it but {left}."
            )
        if found.low == found.high and (_same(low, high) or self._is_one_percentage(low, high)):
            return self._sum(found.cell, high, f"leaves {found.high}")
        most = self._sum(found.cell, high, f"leaves at most {found.high}")
        least = self._sum(found.cell, low, f"leaves at least {found.low}")
        if self._is_own_mark(low, found.cell):
            return f"{most[:-1]}, and a hidden count is at least {found.low}."
        if self._is_nothing(low):
            return most
        return f"{most} {least}"

    def _group(self, found: Found) -> str:
        known = self._known
        assert found.group is not None  # noqa: S101 - a group has its whole
        whole, part = known.cells[found.group], known.cells[found.cell]
        dim, category = next(
            (name, code)
            for name, code, other in zip(known.names, part.codes, whole.codes, strict=True)
            if code != other
        )
        many = "the only one is" if found.high == 1 else "all of them are"
        size = _span(found.low, found.high)
        about = f"{self.name(found.group)} ({size}): {many} “{category}” by {dim}."
        reason = next((why for why in found.why if why is not None and why.parts), None)
        if reason is None or self._is_plain(reason):
            return f"{about} Every other figure of theirs is nought, or leaves nobody."
        return f"{about} {self._sum(found.cell, reason, 'leaves nobody else')}"

    def _is_plain(self, why: Why) -> bool:
        return len([1 for step, _ in why.parts if step.value]) < 2

    def _some_tables(self, found: Found) -> str:
        held = sorted({table for _, table in self._known.cells[found.cell].tables})
        if not held:
            return "the tables"
        more = f" and {len(held) - _MOST_TABLES} more" if len(held) > _MOST_TABLES else ""
        return " and ".join(f"“{table}”" for table in held[:_MOST_TABLES]) + more

    def _is_own_mark(self, why: Why, number: int) -> bool:
        return (
            len(why.parts) == 1
            and why.parts[0][0].unknown == number
            and self._kind(why.parts[0][0]) == "marked"
        )

    def _is_one_percentage(self, *whys: Why) -> bool:
        """Whether both sides are from one and the same percentage."""
        if any(len(why.parts) != 1 for why in whys):
            return False
        steps = [why.parts[0][0] for why in whys]
        figures = {self._figure(step) for step in steps if step.sum is not None}
        return len(figures) == 1 and all(self._kind(step) == "percent" for step in steps)

    def _figure(self, step: Step) -> int:
        """The row of the figure of a percentage."""
        assert step.sum is not None  # noqa: S101 - a percentage is a sum
        premise = self._known.bounds.sums[step.sum].premise
        assert premise is not None  # noqa: S101 - with its figure
        figure = self._known.premises[premise].figure
        assert figure is not None  # noqa: S101
        return figure.row

    @staticmethod
    def _is_nothing(why: Why) -> bool:
        return not any(step.value for step, _ in why.parts)

    def _kind(self, step: Step) -> str:
        if step.sum is not None:
            return "percent"
        return "" if step.premise is None else self._known.premises[step.premise].kind

    def _sum(self, number: int, why: Why, ending: str) -> str:
        """The combination in words: what is added, what is taken off, and what that leaves."""
        known = self._known
        terms = [(step, each) for step, each in why.parts if each and step.value]
        scale = lcm(*(each.denominator for _, each in terms)) if terms else 1
        cells = [step.unknown for step, _ in terms] + [number]
        shared = self._shared(cells)
        periods = {known.layers[known.cells[cell].layer].period for cell in cells}
        dated = len(periods) > 1
        told = sorted(
            ((each * scale, step) for step, each in terms),
            key=lambda term: (
                term[0] * term[1].value < 0,
                -abs(term[0] * term[1].value),
                term[1].unknown,
            ),
        )
        said = []
        for at, (each, step) in enumerate(told):
            if at == _MOST_TERMS:
                rest = sum((a * b.value for a, b in told[at:]), Fraction(0))
                sign = "less" if rest < 0 else "and"
                said.append(f"{sign} {len(told) - at} more figures that come to {abs(rest)}")
                break
            said.append(self._term(each, step, shared, dated, first=at == 0))
        if len(told) > 1 and all(each * step.value > 0 for each, step in told):
            ending = ending.replace("leaves", "makes", 1)
        whole = self.name(number, shared, dated)
        context = ", ".join(code for code in shared if code != TOTAL)
        before = f"{context}: " if context else ""
        if not said:
            return f"{before}{ending} in {whole}."
        divided = f", in {scale} parts" if scale > 1 else ""
        total = sum((each * step.value for step, each in why.parts), Fraction(0))
        rounded = "" if total == why.value else ", to whole people"
        body = ", ".join(said)
        if len(terms) == 1 and terms[0][0].unknown == number:
            # A single figure about the very cell: nothing is added up.
            if self._kind(terms[0][0]) == "percent" and ending == f"leaves {why.value}":
                return f"{self.name(number)}: {self._percent(terms[0][0])} can only be {why.value}."
            return f"{before}{body}: {ending}."
        return f"{before}{body}{divided}{rounded}, {ending} in {whole}."

    def _shared(self, cells: Sequence[int]) -> Codes:
        held = [self._known.cells[cell].codes for cell in cells]
        return tuple(
            codes[0] if codes[0] != TOTAL and len(set(codes)) == 1 else TOTAL
            for codes in zip(*held, strict=True)
        )

    def _term(self, each: Fraction, step: Step, shared: Codes, dated: bool, *, first: bool) -> str:
        takes = each * step.value < 0
        times = "" if abs(each) == 1 else f"{abs(each)} × "
        word = "less " if takes else ("" if first else "and ")
        named = self.name(step.unknown, shared, dated)
        edge = "at least" if step.side == 0 else "at most"
        kind = self._kind(step)
        if kind == "percent":
            figure = self._percent(step)
            return f"{word}{times}{named} {edge} {step.value} ({figure})"
        if kind == "rounded":
            return f"{word}{times}{named} {edge} {step.value} (it is rounded)"
        if kind in ("marked", "flow"):
            why = "hidden" if kind == "marked" else "as is told"
            return f"{word}{times}{named} {edge} {step.value} ({why})"
        return f"{word}{times}{named} {step.value}"

    def _percent(self, step: Step) -> str:
        assert step.sum is not None  # noqa: S101 - a percentage is a sum
        one = self._known.bounds.sums[step.sum]
        assert one.premise is not None  # noqa: S101 - with its figure
        figure = self._known.premises[one.premise].figure
        assert figure is not None  # noqa: S101
        other = next(which for which, _ in one.terms if which != step.unknown)
        bounds = self._known.bounds
        size = _span(bounds.low[other], bounds.high[other])
        if self._known.codes_of(figure) == self._known.cells[step.unknown].codes:
            return f"{figure.value}% of {size}"
        return f"{size} are {figure.value}% of it"


def _short(code: str) -> str:
    """A code as it is said; a part that no table names by the first unit in it."""
    first, *others = code.split(TOGETHER)
    if not others:
        return code
    more = f"{len(others)} more" if len(others) > 1 else others[0]
    return f"({first} and {more})"


def _same(one: Why, other: Why) -> bool:
    return (
        one.exact
        and other.exact
        and {(step.unknown, step.value, each) for step, each in one.parts if step.value}
        == {(step.unknown, step.value, each) for step, each in other.parts if step.value}
    )


def _span(low: int, high: int) -> str:
    if low == high:
        return str(low)
    if high - low == 1:
        return f"{low} or {high}"
    return f"{low} or more" if high >= 10**7 else f"{low} to {high}"
