"""Who earns what, and when: those who are alike to every table, and rows of these."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.figures import NOWHERE, Figures, Numbers
from goldenthread.disclosure.people import People
from goldenthread.disclosure.protect import Hidden
from goldenthread.disclosure.protect.pay_rules import Median, PayRules
from goldenthread.disclosure.spec import TOTAL, Hierarchy

_TIMES, _FEW_SETS, _MOST_SETS = 3, 40, 1_500


class Earners:
    """The pay of a release, by number from nought: of one person as long as it stays the same.

    Who earns alike in two periods is one earner in both, so that a mean of each does not give the
    pay of who came or left between. An *atom* is every earner whom no cell tells apart; a *row* is
    a set of atoms, each set once, whatever cells hold it. ``people``, ``total`` and ``missing`` are
    by row: how many, what they earn together in pence, and whether anybody's pay is not known.
    ``kinds``, ``first`` and ``last`` are by earner: the number of the kind, and the periods from
    and to which it holds.
    """

    def __init__(self, figures: Figures, people: People) -> None:
        self.figures = figures
        order = np.lexsort((people.period, people.person))
        person, pay = people.person[order], people.pay[order]
        begins = np.ones(len(order), dtype=bool)
        begins[1:] = (person[1:] != person[:-1]) | (pay[1:] != pay[:-1])
        at = np.flatnonzero(begins)
        ends = np.append(at[1:], len(order))[: len(at)] - 1
        self.kinds = _kinds_of(figures, people)[order][at]
        self.first, self.last = people.period[order][at], people.period[order][ends]
        self.known = pay[at] >= 0
        self.pay = np.where(self.known, pay[at], 0)
        spells, of_spell = np.unique(
            np.stack([self.kinds, self.first, self.last]), axis=1, return_inverse=True
        )
        told = np.full((len(figures.families), spells.shape[1]), NOWHERE, dtype=np.int64)
        for number, family in enumerate(figures.families):
            there = (spells[1] <= family.period) & (family.period <= spells[2])
            told[number, there] = figures.cell_of_kind[number][spells[0, there]]
        cells, atom_of = np.unique(told, axis=1, return_inverse=True)
        self.atom: Numbers = np.ravel(atom_of)[np.ravel(of_spell)].astype(np.int64)
        count = cells.shape[1]
        self.size = np.bincount(self.atom, minlength=count)
        self.sums = np.bincount(self.atom, weights=self.pay, minlength=count).astype(np.int64)
        self.unknown = np.bincount(self.atom, weights=~self.known, minlength=count) > 0
        by_atom = np.lexsort((-self.pay, self.atom))
        self._of_atom = np.split(by_atom, np.cumsum(self.size)[:-1]) if count else []
        self.atoms_of: list[Numbers] = []
        self.rows_of: list[list[int]] = [[] for _ in range(count)]
        self.people: list[int] = []
        self.total: list[int] = []
        self.missing: list[bool] = []
        self._number: dict[bytes, int] = {}
        self._row_of: dict[int, int] = {}
        for each in cells:
            held = np.argsort(each, kind="stable")
            edges = np.flatnonzero(np.diff(each[held])) + 1
            for atoms in np.split(held, edges):
                if len(atoms) and each[atoms[0]] != NOWHERE:
                    self._row_of[int(each[atoms[0]])] = self.row(np.sort(atoms))
        self.nobody = self.row(np.empty(0, dtype=np.int64))

    def row(self, atoms: Numbers) -> int:
        """The number of the row of these atoms, in the order of their numbers."""
        mark = atoms.astype(np.int64).tobytes()
        if mark not in self._number:
            number = self._number[mark] = len(self.atoms_of)
            self.atoms_of.append(atoms.astype(np.int64))
            self.people.append(int(self.size[atoms].sum()))
            self.total.append(int(self.sums[atoms].sum()))
            self.missing.append(bool(self.unknown[atoms].any()))
            for atom in atoms.tolist():
                self.rows_of[atom].append(number)
        return self._number[mark]

    def row_of(self, cell: int) -> int:
        """The row of a cell's people."""
        return self._row_of.get(cell, self.nobody)

    def of_atom(self, atom: int) -> Numbers:
        """The people of an atom, those who earn most first."""
        return self._of_atom[atom]

    def members(self, row: int) -> Numbers:
        """The people of a row."""
        held = [self._of_atom[atom] for atom in self.atoms_of[row].tolist()]
        return np.concatenate(held) if held else np.empty(0, dtype=np.int64)

    def dominated(self, row: int, rules: PayRules) -> bool:
        """Whether one or two people earn so much of the total that it tells of them."""
        pay = np.sort(self.pay[self.members(row)])[::-1]
        total = self.total[row]
        largest, two = int(pay[:1].sum()), int(pay[:2].sum())
        return 100 * largest > rules.largest * total or 100 * two > rules.two_largest * total

    def median(self, row: int, rules: PayRules) -> Median | None:
        """The median, or None where rounding gives back to the penny what one person earns."""
        pay = self.pay[self.members(row)]
        doubled = doubled_median(pay)
        found = Median(row, len(pay), doubled, rules.median_dp)
        exact = found.value * 200 == doubled * 10**found.dp
        alone = int((2 * pay == doubled).sum()) == 1
        return None if exact and alone else found

    def targets(self, hidden: Hidden, rules: PayRules) -> set[int]:
        """The rows whose total may not be known: few people, a hidden count, or one large pay."""
        found: set[int] = set()
        for cell, row in self._row_of.items():
            few = self.is_close(row, rules)
            if few or (hidden.marks.shown[cell] and hidden.hidden[cell]):
                found.add(row)
        return {row for row in found if not self.missing[row] and self.total[row]}

    def is_close(self, row: int, rules: PayRules) -> bool:
        """Whether a total is of so few people, or so much one person's, that it tells of one."""
        if not self.people[row] or self.missing[row] or not self.total[row]:
            return False
        return self.people[row] < rules.mean_least or self.dominated(row, rules)

    def below(self, known: set[int]) -> Iterator[int]:
        """What is left of each known row when the known parts of it along one dimension are taken.

        The largest known parts are taken, whatever level they are of.
        """
        figures = self.figures
        held = {np.sort(self.members(row)).tobytes() for row in known}
        for row in sorted(known):
            people = np.sort(self.members(row))
            for period, at in product(range(len(figures.spec.periods)), range(len(figures.dims))):
                leaf = figures.kinds[self.kinds[people], period * len(figures.dims) + at]
                there = (self.first[people] <= period) & (period <= self.last[people])
                if not (there & (leaf != NOWHERE)).all():
                    continue
                dim = figures.dims[at]
                hierarchy = figures.spec.dims[dim].of(figures.spec.periods[period])
                inside = _inside(hierarchy, figures.names[dim], leaf)
                for way in hierarchy.children.get(TOTAL, ()):
                    taken = _taken(hierarchy, way, people, inside, held)
                    if taken.any() and not taken.all():
                        yield self.row(np.unique(self.atom[people[~taken]]))

    def worked_out(self, known: set[int], few: int) -> Iterator[int]:
        """Fewer than so many people whom known rows leave, taken from one another and put together.

        Again and again, but for large bodies only as often as ``_MOST_SETS`` allows, and there rows
        are not put together: what the parts along a dimension leave is told by ``below``.
        """
        sets = {sum(1 << atom for atom in self.atoms_of[row].tolist()) for row in known} - {0}
        begun = set(sets)
        put_together = len(sets) <= _FEW_SETS
        for _ in range(_TIMES):
            if len(sets) > _MOST_SETS:
                break
            new: set[int] = set()
            for one, other in combinations(sorted(sets), 2):
                both = one & other
                if both in (one, other):
                    new.add(one ^ other)
                elif put_together and not both:
                    new.add(one | other)
            if new <= sets:
                break
            sets |= new
        for one in sorted(sets - begun):
            atoms = np.array([at for at in range(one.bit_length()) if one >> at & 1])
            if self.size[atoms].sum() < few:
                yield self.row(atoms)

    def cell_rows(self) -> dict[int, int]:
        """The row of each cell that has anybody in it."""
        return self._row_of


def _inside(
    hierarchy: Hierarchy, names: Sequence[str], leaf: Numbers
) -> dict[str, NDArray[np.bool_]]:
    """Which of these people are in each code that any of them is in."""
    found: dict[str, NDArray[np.bool_]] = {}
    for each in np.unique(leaf).tolist():
        mine = leaf == each
        for code in hierarchy.above.get(names[each], ()):
            found[code] = found[code] | mine if code in found else mine
    return found


def _taken(
    hierarchy: Hierarchy,
    way: Sequence[str],
    people: Numbers,
    inside: Mapping[str, NDArray[np.bool_]],
    held: Container[bytes],
) -> NDArray[np.bool_]:
    """Which of these people are in known parts of them, the largest parts first."""
    taken = np.zeros(len(people), dtype=bool)
    waiting = list(way)
    while waiting:
        code = waiting.pop()
        part = inside.get(code)
        if part is None:
            continue
        if not part.all() and people[part].tobytes() in held:
            taken |= part
            continue
        for each in hierarchy.children.get(code, ()):
            waiting += each
    return taken


def _kinds_of(figures: Figures, people: People) -> Numbers:
    """The number of the kind of each row's person."""
    width = len(figures.dims)
    who, at = np.unique(people.person, return_inverse=True)
    told = np.full((len(who), len(figures.spec.periods) * width), NOWHERE, dtype=np.int64)
    for number, dim in enumerate(figures.dims):
        told[at, people.period * width + number] = people.codes[dim]
    number_of = {kind.tobytes(): number for number, kind in enumerate(figures.kinds)}
    each = np.array([number_of[row.tobytes()] for row in told], dtype=np.int64)
    return each[at]


def doubled_median(pay: Numbers) -> int:
    """Twice the median of these."""
    many = len(pay)
    low, high = (many - 1) // 2, many // 2
    held = np.partition(pay, [low, high])
    return int(held[low] + held[high])
