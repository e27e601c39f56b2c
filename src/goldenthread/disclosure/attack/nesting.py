"""How the codes of a dimension lie inside one another, and the parts that overlapping ones share.

A code may be divided in several ways (a council into directorates, and into sites), and a team may
lie in one directorate this quarter and in another the next. What an outsider can subtract is then
the part that two codes share, which no table names. Such a part is an *atom* here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

TOTAL = "Total"
"""The root of every dimension: everybody."""

TOGETHER = " together with "
"""What stands between the lowest codes that an atom without a name of its own holds."""

Ways = Mapping[str, tuple[tuple[str, ...], ...]]
"""Below a code the codes that it is divided into, once for each way to divide it."""


class Nesting:
    """The codes of one dimension in one period, each inside those that it is part of.

    ``ways`` have ``Total`` as their root. ``downward`` are codes whose last way is into atoms,
    which no table names. Raises ``ValueError``, in words without a code, where codes are part of
    themselves, overlap inside one way, or hang from nothing.

    >>> parks = Nesting({"Total": (("Place", "Homes"),), "Place": (("Parks", "Roads"),)})
    >>> sorted(parks.leaves["Place"])
    ['Parks', 'Roads']
    >>> parks.is_within("Parks", "Place")
    True
    """

    def __init__(self, ways: Ways, downward: Collection[str] = ()) -> None:
        self.ways = {code: tuple(tuple(way) for way in divided) for code, divided in ways.items()}
        self.downward = frozenset(downward)
        if TOTAL not in self.ways:
            raise ValueError("nothing stands below Total")
        above: dict[str, list[tuple[str, int]]] = {TOTAL: []}
        for code, divided in self.ways.items():
            above.setdefault(code, [])
            for number, way in enumerate(divided):
                if not way or len(set(way)) < len(way):
                    raise ValueError("a code is divided into nothing, or twice into the same")
                for child in way:
                    above.setdefault(child, []).append((code, number))
        self.above: Mapping[str, tuple[tuple[str, int], ...]] = {
            code: tuple(parents) for code, parents in above.items()
        }
        if above[TOTAL] or len(self.order) < len(self.above):
            raise ValueError("a code is part of itself, or hangs from nothing")
        for code, divided in self.ways.items():
            for way in divided:
                together = [leaf for child in way for leaf in self.leaves[child]]
                if len(together) != len(self.leaves[code]) or set(together) != self.leaves[code]:
                    raise ValueError("codes of one way overlap, or two ways do not hold the same")

    @property
    def codes(self) -> Collection[str]:
        """Every code, ``Total`` among them."""
        return self.above.keys()

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The codes that hang from ``Total``, each after all that it is part of."""
        waiting = {code: len(parents) for code, parents in self.above.items()}
        ready, found = [TOTAL], []
        while ready:
            code = ready.pop()
            found.append(code)
            for way in self.ways.get(code, ()):
                for child in way:
                    waiting[child] -= 1
                    if not waiting[child]:
                        ready.append(child)
        return tuple(found)

    @cached_property
    def leaves(self) -> Mapping[str, frozenset[str]]:
        """Of each code the lowest codes inside it, itself where nothing is."""
        found: dict[str, frozenset[str]] = {}
        for code in reversed(self.order):
            below = self.ways.get(code)
            held = (leaf for child in below[0] for leaf in found[child]) if below else (code,)
            found[code] = frozenset(held)
        return found

    @cached_property
    def inside(self) -> Mapping[str, frozenset[str]]:
        """Of each code every code that it is part of, itself and ``Total`` among them."""
        found: dict[str, frozenset[str]] = {}
        for code in self.order:
            parents = (found[parent] for parent, _ in self.above[code])
            found[code] = frozenset((code,)).union(*parents)
        return found

    def is_within(self, code: str, other: str) -> bool:
        """Whether a code is another or part of it; a code of another period is part of nothing."""
        return other in self.inside.get(code, ())

    def joined(self, other: Nesting) -> Nesting:
        """This and what another release tells of the same dimension and period.

        Each release divides codes truly, so both divisions hold. Raises ``ValueError`` where they
        cannot both be true.
        """
        if other.ways == self.ways:
            return self
        ways = dict(self.ways)
        for code, divided in other.ways.items():
            held = ways.get(code, ())
            kept = {frozenset(way) for way in held}
            ways[code] = held + tuple(way for way in divided if frozenset(way) not in kept)
        try:
            return Nesting(ways)
        except ValueError:
            # One release may stop at divisions that another divides further in its own way.
            return Nesting(self.ways | {c: w for c, w in other.ways.items() if c not in self.ways})

    def with_atoms(self, atoms: Mapping[str, tuple[str, ...]]) -> Nesting:
        """The same with codes divided into atoms as well."""
        ways = dict(self.ways)
        for code, way in atoms.items():
            if way not in ways.get(code, ()):
                ways[code] = (*ways.get(code, ()), way)
        return _Loose(ways, self, self.downward | set(atoms))


class _Loose(Nesting):
    """A nesting with atoms, which may hold several of the lowest codes without naming them."""

    def __init__(self, ways: Ways, whole: Nesting, downward: Collection[str]) -> None:
        self.ways = dict(ways)
        self.downward = frozenset(downward)
        above: dict[str, list[tuple[str, int]]] = {code: [] for code in whole.codes}
        for code, divided in self.ways.items():
            for number, way in enumerate(divided):
                for child in way:
                    above.setdefault(child, []).append((code, number))
        self.above = {code: tuple(parents) for code, parents in above.items()}


def shared_atoms(nesting: Nesting, used: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Of codes that overlap in one period, such as a directorate and a site, what they share.

    ``used`` are the codes that tables name. Empty where no two of them overlap.

    >>> place = Nesting({"Total": (("A", "B"), ("North", "South")),
    ...     "A": (("a", "b"),), "B": (("c",),), "North": (("a",),), "South": (("b", "c"),)})
    >>> shared_atoms(place, ["A", "B", "North", "South"])["A"]
    ('North', 'b')
    """
    sets = {code: nesting.leaves[code] for code in used if code in nesting.leaves}
    apart = [
        code
        for code, held in sets.items()
        if any(held & other and not held <= other and not other <= held for other in sets.values())
    ]
    names = {held: code for code, held in nesting.leaves.items()}
    names |= {held: code for code, held in sets.items()}
    return _cut({code: sets[code] for code in apart}, sets.values(), names)


def moved_atoms(
    before: Nesting, after: Nesting, used: Collection[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Of codes that hold other parts in a later period, what stayed, came and went, in each.

    ``used`` are the codes that tables of either period name. A lowest code that only one period has
    (a team that ended, began, or moved and was named anew) is a part of that period alone. Both are
    empty where nothing moved.
    """
    kept = linked(before, after)
    first, then = (
        {code: one.leaves[code] for code in used if code in one.leaves} for one in (before, after)
    )
    shared = before.leaves[TOTAL] & after.leaves[TOTAL]
    every = [held & shared for held in (*first.values(), *then.values())]
    names: dict[frozenset[str], str] = {}
    for code, held in before.leaves.items():
        if code in after.leaves and held == after.leaves[code]:
            names.setdefault(held, code)
    found = []
    for one, sets, other in ((before, first, then), (after, then, first)):
        cut = {
            code: held
            for code, held in sorted(sets.items())
            if code not in kept
            or any(held & o and not held <= o and not o <= held for o in other.values())
        }
        own = {held: code for code, held in one.leaves.items() if not held & shared}
        alone = one.leaves[TOTAL] - shared
        found.append(_cut(cut, [*every, alone], own | names))
    return found[0], found[1]


def linked(before: Nesting, after: Nesting) -> frozenset[str]:
    """The codes that hold the same parts in both periods.

    Of lowest codes that only one period has nobody knows which became which: a code that holds all
    of them is the same people, and so is one that holds none.
    """
    if before.ways == after.ways:
        return frozenset(before.codes)
    shared = before.leaves[TOTAL] & after.leaves[TOTAL]
    ended, begun = before.leaves[TOTAL] - shared, after.leaves[TOTAL] - shared
    return frozenset(
        code
        for code in before.codes
        if code in after.codes
        and before.leaves[code] & shared == after.leaves[code] & shared
        and (
            before.leaves[code] == after.leaves[code]
            or (before.leaves[code] >= ended and after.leaves[code] >= begun)
        )
    )


def _cut(
    codes: Mapping[str, frozenset[str]],
    sets: Collection[frozenset[str]],
    names: Mapping[frozenset[str], str],
) -> dict[str, tuple[str, ...]]:
    """Each code cut along the edges of all sets, its parts named by a code or by what they hold."""
    found: dict[str, tuple[str, ...]] = {}
    distinct = sorted({one for one in sets if one}, key=sorted)
    for code, held in codes.items():
        parts: dict[tuple[int, ...], set[str]] = {}
        for leaf in sorted(held):
            mark = tuple(at for at, one in enumerate(distinct) if leaf in one)
            parts.setdefault(mark, set()).add(leaf)
        named = tuple(
            names.get(frozenset(part)) or TOGETHER.join(sorted(part)) for part in parts.values()
        )
        if named != (code,):
            found[code] = named
    return found
