"""Which groups' numbers are not shown, so that none of them can be found by taking away."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def withheld(
    counts: Mapping[str, tuple[int, ...]], least: int, *, last: Collection[str] = ()
) -> frozenset[str]:
    """The groups whose numbers are withheld, of groups whose sum is known.

    A group is withheld where it has somebody and any of its counts is under ``least``. If those
    withheld are but one, or fewer than ``least`` together, the sum less the rest would tell them,
    so the next smallest group is withheld as well, until they are two or more, ``least`` or more
    together, and not one person each. Groups in ``last`` are taken only where no other is left: a
    reference group stands in more than one comparison.

    Shape: by group as many counts as there are kinds (relevant staff, those on full pay); each kind
    has its own known sum, and each is protected.
    Units: people.
    Missing: a group of nobody is shown, and never serves to hide another.

    Source: complementary suppression, as in the GP Patient Survey's "next lowest" rule
    (https://tnaqa.mirrorweb.com/ukgwa/20260505151241mp_/https://analysistool.gp-patient.co.uk/analysistool),
    with the sum of those withheld held to the same least (decision 0036). It protects one table; a
    release is protected by the room ``disclosure``.

    >>> counts = {"white": (120,), "asian": (44,), "black": (25,), "mixed": (7,), "other": (0,)}
    >>> sorted(withheld(counts, 10, last=["white"]))
    ['black', 'mixed']
    """
    there = {name: numbers for name, numbers in counts.items() if any(numbers)}
    hidden = {name for name, numbers in there.items() if min(numbers) < least}
    rest = sorted(there.keys() - hidden, key=lambda name: (name in last, there[name], name))
    while hidden and rest and not _hides(hidden, there, least):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _hides(hidden: Collection[str], counts: Mapping[str, tuple[int, ...]], least: int) -> bool:
    """Whether the sum of the groups withheld leaves each of them open.

    Ten groups that make ten together are one person each.
    """
    sums = [sum(kind) for kind in zip(*(counts[name] for name in hidden), strict=True)]
    return len(hidden) > 1 and min(sums) >= max(least, len(hidden) + 1)
