"""The counts that a release is made of: every cell of every table, once, whatever tables show it.

People who are alike in everything that any table asks, in every period, are one *kind*. A *family*
is all cells of one shape, such as division by broad ethnicity in the second quarter; each kind is
in one cell of it, or in none. Every count is a sum over kinds, so what holds of kinds holds of
every table at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from goldenthread.disclosure.people import People
from goldenthread.disclosure.spec import TOTAL, Hierarchy, Specification, Table

Numbers = NDArray[np.int64]
NOWHERE = -1
ELSEWHERE = -2
"""Of a cell: a period has no code that holds the same lowest codes."""


@dataclass(frozen=True)
class Slot:
    """Codes of one dimension in one period that do not overlap, such as its divisions.

    ``code_of`` gives, for the number of each lowest code, the number of the slot's code that holds
    it, ``NOWHERE`` where none does. The slot of ``Total`` holds everybody in its only code.
    """

    codes: tuple[str, ...]
    code_of: Numbers

    @property
    def is_total(self) -> bool:
        """Whether it tells nobody from anybody."""
        return self.codes == (TOTAL,)

    def refines(self, other: Slot) -> bool:
        """Whether every code of the other is cut into codes of this one and nothing else."""
        if other.is_total and self.is_total:
            return True
        pairs = np.unique(np.stack([self.code_of, other.code_of]), axis=1)
        inside = pairs[:, pairs[0] != NOWHERE]
        whole = len(np.unique(inside[0])) == inside.shape[1]
        return whole and not ((pairs[0] == NOWHERE) & (pairs[1] != NOWHERE)).any()


@dataclass(frozen=True)
class Family:
    """All cells of one shape: one slot for each dimension in use, in one period."""

    period: int
    slots: tuple[int, ...]


class Figures:
    """The kinds of people of a release, its families, and every cell that has anybody in it.

    ``kinds`` holds, by kind, the number of its lowest code for each period and dimension, in this
    order, ``NOWHERE`` where such people are not there in the period; ``sizes`` is how many there
    are. Cells are numbered through all families; ``value`` is how many are in each.
    """

    def __init__(
        self,
        spec: Specification,
        people: People,
        empty: Mapping[int, Numbers] | None = None,
    ) -> None:
        self.spec, self.names = spec, people.names
        self.dims = spec.used
        self.slots = [_slots(spec, people, period) for period in spec.periods]
        self._finer: dict[tuple[int, int, int, int], bool] = {}
        self.kinds, self.sizes = _kinds(spec, people)
        self.families: list[Family] = []
        self._number: dict[Family, int] = {}
        self._places: dict[tuple[int, int, str], list[tuple[int, int]]] = {}
        self._keys: list[Numbers] = []
        self.first: list[int] = []
        self.value: Numbers = np.empty(0, dtype=np.int64)
        self.family: Numbers = np.empty(0, dtype=np.int64)
        self.cell_of_kind: list[Numbers] = []
        # Families whose counts a table gives, and those of which it gives percentages.
        self.counted: set[int] = set()
        self.shared: dict[int, set[str]] = {}
        # The families of tables that were not released before.
        self.new: set[int] = set()
        for table in spec.tables:
            for family in self.of_table(table):
                number = self._add(family)
                if not table.released:
                    self.new.add(number)
                for measure in table.measures:
                    kind, _, dim = measure.partition(":")
                    if kind == "count":
                        self.counted.add(number)
                    elif kind == "percent":
                        self.shared.setdefault(number, set()).add(dim)
                        self._add(self._whole(family, dim))
        self._add_divided()
        self._add_meets()
        self._number_cells(empty or {})

    def of_table(self, table: Table) -> Iterator[Family]:
        """The families that a table shows, period by period."""
        for period, name in enumerate(self.spec.periods):
            choices: list[list[int]] = []
            for at, dim in enumerate(self.dims):
                wanted = set(table.codes(self.spec.dims[dim], name))
                held = [
                    number
                    for number, slot in enumerate(self.slots[period][at])
                    if set(slot.codes) <= wanted
                ]
                choices.append(held)
            for slots in product(*choices):
                yield Family(period, slots)

    @property
    def shown(self) -> set[int]:
        """The families of which a table gives counts or percentages."""
        return self.counted | set(self.shared)

    def _whole(self, family: Family, dim: str) -> Family:
        at = self.dims.index(dim)
        return Family(family.period, (*family.slots[:at], 0, *family.slots[at + 1 :]))

    def wholes(self, family: int, dim: str, keys: Numbers) -> Numbers:
        """The cells below the line of percentages over a dimension, for these keys."""
        above = self.number_of(self._whole(self.families[family], dim))
        digits = self.digits(family, keys)
        digits[:, self.dims.index(dim)] = 0
        return self.find(above, self.keys_from(above, digits))

    def number_of(self, family: Family) -> int:
        """The number of a family; raises ``KeyError`` where no table and no meeting has it."""
        return self._number[family]

    def number_or_none(self, family: Family) -> int | None:
        """The number of a family, where there is one."""
        return self._number.get(family)

    def cells(self, family: int) -> range:
        """The numbers of the cells of a family."""
        last = self.first[family + 1] if family + 1 < len(self.first) else len(self.value)
        return range(self.first[family], last)

    def find(self, family: int, keys: Numbers) -> Numbers:
        """The cells of these keys, ``NOWHERE`` where nobody is in one."""
        held = self._keys[family]
        if not len(held):
            return np.full(len(keys), NOWHERE, dtype=np.int64)
        at = np.searchsorted(held, keys)
        at[at == len(held)] = 0
        return np.where((held[at] == keys) & (keys >= 0), at + self.first[family], NOWHERE)

    def twin_keys(self, family: int, period: int) -> Numbers:
        """The keys of the cells with the same codes in another period, which has such a family.

        ``ELSEWHERE`` where that period has no code of exactly the same lowest codes.
        """
        mine = self.families[family]
        digits = self.digits(family, self._keys[family])
        there = np.ones(len(digits), dtype=bool)
        for at, number in enumerate(mine.slots):
            same = _same_codes(self.slots[mine.period][at][number], self.slots[period][at][number])
            digits[:, at] = same[digits[:, at]]
            there &= digits[:, at] != NOWHERE
        keys = np.full(len(digits), ELSEWHERE, dtype=np.int64)
        yours = self._number[Family(period, mine.slots)]
        keys[there] = self.keys_from(yours, digits[there])
        return keys

    def twins(self, family: int, period: int) -> Numbers | None:
        """Of each cell of a family the cell with the same codes in another period.

        ``NOWHERE`` where nobody is in it, ``ELSEWHERE`` where that period has no code of exactly
        the same lowest codes. None where the period has no such family.
        """
        yours = self._number.get(Family(period, self.families[family].slots))
        if yours is None:
            return None
        keys = self.twin_keys(family, period)
        return np.where(keys == ELSEWHERE, ELSEWHERE, self.find(yours, keys))

    def find_codes(self, period: int, told: Mapping[str, str]) -> Iterator[int]:
        """The cells of a period with these codes, one for each family that can hold them."""
        for family, key in self.keys_with(period, told):
            yield int(self.find(family, np.array([key]))[0])

    def keys_with(self, period: int, told: Mapping[str, str]) -> Iterator[tuple[int, int]]:
        """The families of a period that can hold these codes, with the key of their cell."""
        if not self._places:
            for at, slots in enumerate(self.slots):
                for dim, held in enumerate(slots):
                    for number, slot in enumerate(held):
                        for code, name in enumerate(slot.codes):
                            self._places.setdefault((at, dim, name), []).append((number, code))
        options = [
            self._places.get((period, at, told.get(dim, TOTAL)), [])
            for at, dim in enumerate(self.dims)
        ]
        for choice in product(*options):
            family = self._number.get(Family(period, tuple(slot for slot, _ in choice)))
            if family is not None:
                digits = np.array([[code for _, code in choice]], dtype=np.int64)
                yield family, int(self.keys_from(family, digits)[0])

    def keys_of(self, family: int, kinds: Numbers) -> Numbers:
        """The keys of the cells that kinds are in, ``NOWHERE`` for those that are in none."""
        shape = self.families[family]
        start = shape.period * len(self.dims)
        keys = np.zeros(len(kinds), dtype=np.int64)
        inside = np.ones(len(kinds), dtype=bool)
        for at, number in enumerate(shape.slots):
            slot = self.slots[shape.period][at][number]
            leaf = kinds[:, start + at]
            code = slot.code_of[leaf]
            inside &= (leaf != NOWHERE) & (code != NOWHERE)
            keys = keys * len(slot.codes) + code
        return np.where(inside, keys, NOWHERE)

    def digits(self, family: int, keys: Numbers) -> Numbers:
        """The number of the code in each slot, one row for each key."""
        shape = self.families[family]
        found = np.empty((len(keys), len(self.dims)), dtype=np.int64)
        rest = keys
        for at in reversed(range(len(self.dims))):
            rest, found[:, at] = np.divmod(
                rest, len(self.slots[shape.period][at][shape.slots[at]].codes)
            )
        return found

    def keys_from(self, family: int, digits: Numbers) -> Numbers:
        """The keys of rows of ``digits``, the number of the code in each slot."""
        shape = self.families[family]
        found = np.zeros(len(digits), dtype=np.int64)
        for at, number in enumerate(shape.slots):
            found = found * len(self.slots[shape.period][at][number].codes) + digits[:, at]
        return found

    def held_keys(self, family: int) -> Numbers:
        """The keys of the numbered cells of a family, in the order of their numbers."""
        return self._keys[family]

    def codes(self, cell: int) -> dict[str, str]:
        """The codes of a cell by dimension, without those that are ``Total``."""
        family = int(self.family[cell])
        shape = self.families[family]
        key = int(self._keys[family][cell - self.first[family]])
        found: dict[str, str] = {}
        for at in reversed(range(len(self.dims))):
            slot = self.slots[shape.period][at][shape.slots[at]]
            key, code = divmod(key, len(slot.codes))
            if not slot.is_total:
                found[self.dims[at]] = slot.codes[code]
        return {dim: found[dim] for dim in self.dims if dim in found}

    def slot(self, family: int, dim: str) -> Slot:
        """The slot of a dimension in a family."""
        shape = self.families[family]
        at = self.dims.index(dim)
        return self.slots[shape.period][at][shape.slots[at]]

    def coarser_slot(self, family: int, at: int) -> Slot:
        """The next coarser slot of a dimension than that of a family; that of Total at the top."""
        shape = self.families[family]
        slots = self.slots[shape.period][at]
        above = [
            number
            for number in range(len(slots))
            if self._is_finer(shape.period, at, shape.slots[at], number)
        ]
        return slots[max(above, default=0)]

    def finer(self) -> Iterator[tuple[int, int, int]]:
        """Families and the next finer ones along one dimension: coarse, fine, the dimension."""
        by_rest: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
        for number, family in enumerate(self.families):
            for at in range(len(self.dims)):
                rest = family.slots[:at] + family.slots[at + 1 :]
                by_rest.setdefault((family.period, at, rest), []).append(number)
        for (period, at, _rest), numbers in by_rest.items():
            slot_of = {number: self.families[number].slots[at] for number in numbers}
            for coarse in numbers:
                below = [
                    fine
                    for fine in numbers
                    if self._is_finer(period, at, slot_of[fine], slot_of[coarse])
                ]
                for fine in below:
                    if not any(
                        self._is_finer(period, at, slot_of[fine], slot_of[other]) for other in below
                    ):
                        yield coarse, fine, at

    def _is_finer(self, period: int, at: int, fine: int, coarse: int) -> bool:
        """Whether one slot cuts another; of two that are the same, the later one does."""
        key = (period, at, fine, coarse)
        if key not in self._finer:
            one, other = self.slots[period][at][fine], self.slots[period][at][coarse]
            self._finer[key] = (
                fine != coarse and one.refines(other) and (fine > coarse or not other.refines(one))
            )
        return self._finer[key]

    def is_coarser(self, coarse: int, fine: int) -> bool:
        """Whether every cell of one family is a sum of cells of another."""
        one, other = self.families[coarse], self.families[fine]
        return (
            one != other
            and one.period == other.period
            and all(
                mine == yours or self._is_finer(one.period, at, yours, mine)
                for at, (mine, yours) in enumerate(zip(one.slots, other.slots, strict=True))
            )
        )

    def sums(self) -> Iterator[tuple[int, Numbers]]:
        """Every cell that is the sum of others along one dimension, with those others."""
        for coarse, fine, at in self.finer():
            period = self.families[fine].period
            slots = self.slots[period][at]
            up, down = (slots[self.families[one].slots[at]] for one in (coarse, fine))
            parent_of = np.full(len(down.codes), NOWHERE, dtype=np.int64)
            inside = (down.code_of != NOWHERE) & (up.code_of != NOWHERE)
            parent_of[down.code_of[inside]] = up.code_of[inside]
            keys = self._keys[fine]
            after = self._after(fine, at)
            before, rest = np.divmod(keys, after * len(down.codes))
            code, tail = np.divmod(rest, after)
            above = parent_of[code]
            parents = np.where(
                above == NOWHERE, NOWHERE, (before * len(up.codes) + above) * after + tail
            )
            found = self.find(coarse, parents)
            order = np.argsort(found, kind="stable")
            cells = np.arange(len(keys)) + self.first[fine]
            edges = np.flatnonzero(np.diff(found[order])) + 1
            for group in np.split(order, edges):
                if len(group) and found[group[0]] != NOWHERE:
                    yield int(found[group[0]]), cells[group]

    def _after(self, family: int, at: int) -> int:
        shape = self.families[family]
        size = 1
        for later in range(at + 1, len(self.dims)):
            size *= len(self.slots[shape.period][later][shape.slots[later]].codes)
        return size

    def _add(self, family: Family) -> int:
        if family not in self._number:
            self._number[family] = len(self.families)
            self.families.append(family)
        return self._number[family]

    def _coarser(self, period: int, at: int, one: int, other: int) -> int | None:
        """The coarser of two slots of a dimension; None where neither cuts the other."""
        if one == other or self._is_finer(period, at, one, other):
            return other
        return one if self._is_finer(period, at, other, one) else None

    def _add_divided(self) -> None:
        """Add what two ways to divide the same people leave of each other.

        Of a directorate that holds a site and a team more, the team is the difference; so where two
        tables divide units otherwise, the coarsest units that both are made of are figures as well.
        """
        for one, other in product(list(self.families), repeat=2):
            if one.period != other.period:
                continue
            slots, divided = [], False
            for at, (mine, yours) in enumerate(zip(one.slots, other.slots, strict=True)):
                coarser = self._coarser(one.period, at, mine, yours)
                if coarser is not None:
                    slots.append(coarser)
                else:
                    divided = True
                    both = [
                        number
                        for number in range(len(self.slots[one.period][at]))
                        if self._is_finer(one.period, at, number, mine)
                        and self._is_finer(one.period, at, number, yours)
                    ]
                    if not both:
                        break
                    slots.append(min(both))
            else:
                if divided:
                    self._add(Family(one.period, tuple(slots)))

    def _add_meets(self) -> None:
        """Add what two tables have in common, which a reader can work out from either."""
        tried: set[tuple[Family, Family]] = set()
        grew = True
        while grew:
            grew = False
            for one, other in product(list(self.families), repeat=2):
                if one.period != other.period or (one, other) in tried:
                    continue
                tried.add((one, other))
                slots = []
                for at, (mine, yours) in enumerate(zip(one.slots, other.slots, strict=True)):
                    coarser = self._coarser(one.period, at, mine, yours)
                    if coarser is None:
                        break
                    slots.append(coarser)
                else:
                    meet = Family(one.period, tuple(slots))
                    if meet not in self._number:
                        self._add(meet)
                        grew = True

    def _number_cells(self, empty: Mapping[int, Numbers]) -> None:
        values: list[Numbers] = []
        families: list[Numbers] = []
        count = 0
        for number in range(len(self.families)):
            keys = self.keys_of(number, self.kinds)
            there = keys != NOWHERE
            held = np.unique(np.concatenate([keys[there], empty.get(number, keys[:0])]))
            where = np.searchsorted(held, keys[there])
            self._keys.append(held)
            self.first.append(count)
            cell_of = np.full(len(keys), NOWHERE, dtype=np.int64)
            cell_of[there] = where + count
            self.cell_of_kind.append(cell_of)
            values.append(
                np.bincount(where, weights=self.sizes[there], minlength=len(held)).astype(np.int64)
            )
            families.append(np.full(len(held), number, dtype=np.int64))
            count += len(held)
        self.value = np.concatenate(values) if values else self.value
        self.family = np.concatenate(families) if families else self.family


def _slots(spec: Specification, people: People, period: str) -> list[list[Slot]]:
    """Of each dimension in use its slots in a period: Total first, then level by level."""
    found: list[list[Slot]] = []
    for dim in spec.used:
        held = spec.dims[dim].of(period)
        lowest = people.names[dim]
        found.append([_slot((TOTAL,), held, lowest)])
        deepest = max(held.depths.values())
        for depth in range(1, deepest + 1):
            codes = [code for code, each in held.depths.items() if each == depth]
            found[-1] += [_slot(tuple(one), held, lowest) for one in _apart(codes, held)]
    return found


def _apart(codes: Sequence[str], held: Hierarchy) -> list[list[str]]:
    """Codes of one depth in groups that do not overlap: of several ways to divide, one each."""
    groups: list[tuple[list[str], set[str]]] = []
    below = _leaves_below(held)
    for code in codes:
        leaves = below[code]
        for group, taken in groups:
            if not taken & leaves:
                group.append(code)
                taken |= leaves
                break
        else:
            groups.append(([code], set(leaves)))
    return [group for group, _taken in groups]


def _leaves_below(held: Hierarchy) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {code: set() for code in held.depths}
    for leaf in held.leaves:
        for code in held.above[leaf]:
            found[code].add(leaf)
    return found


def _slot(codes: tuple[str, ...], held: Hierarchy, lowest: Sequence[str]) -> Slot:
    number = {code: at for at, code in enumerate(codes)}
    code_of = np.full(len(lowest), NOWHERE, dtype=np.int64)
    for at, leaf in enumerate(lowest):
        for code in held.above.get(leaf, ()):
            if code in number:
                code_of[at] = number[code]
    return Slot(codes, code_of)


def _same_codes(one: Slot, other: Slot) -> Numbers:
    """Of each code of a slot the number of that of another with the same lowest codes."""
    found = np.full(len(one.codes), NOWHERE, dtype=np.int64)
    pairs, sizes = np.unique(np.stack([one.code_of, other.code_of]), axis=1, return_counts=True)
    held = np.bincount(one.code_of[one.code_of != NOWHERE], minlength=len(one.codes))
    theirs = np.bincount(other.code_of[other.code_of != NOWHERE], minlength=len(other.codes))
    for (mine, yours), size in zip(pairs.T, sizes, strict=True):
        if mine != NOWHERE and yours != NOWHERE and held[mine] == size == theirs[yours]:
            found[mine] = yours
    return found


def _kinds(spec: Specification, people: People) -> tuple[Numbers, Numbers]:
    """The different ways of being in the release, and how many people each has."""
    width = len(spec.used)
    who, at = np.unique(people.person, return_inverse=True)
    told = np.full((len(who), len(spec.periods) * width), NOWHERE, dtype=np.int64)
    for number, dim in enumerate(spec.used):
        told[at, people.period * width + number] = people.codes[dim]
    if not width:
        return told[:0], np.empty(0, dtype=np.int64)
    kinds, sizes = np.unique(told, axis=0, return_counts=True)
    return kinds, sizes.astype(np.int64)
