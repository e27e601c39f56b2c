"""Every vector of whole numbers that sums and percentages hold of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.int16]
MOST = 2_000_000
SPARE = 10


class TooMany(Exception):
    """There are more workforces than can be written down."""


@dataclass(frozen=True)
class Sum:
    """So many people, from ``least`` to ``most``, are in these places of a vector."""

    places: frozenset[int]
    least: int
    most: int | None


@dataclass(frozen=True)
class Share:
    """What is shown as a percentage: ``shown`` units of ``10 ** -places`` per cent."""

    part: frozenset[int]
    whole: frozenset[int]
    shown: int
    places: int

    def fits(self, part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.bool_]:
        """Whether the figure shown is the rounded one, whichever way halves go."""
        apart = np.abs(200 * 10**self.places * part.astype(np.int64) - 2 * self.shown * whole)
        return (whole > 0) & (apart <= whole)


def every_vector(
    width: int, sums: Iterable[Sum], shares: Iterable[Share] = (), spare: int = SPARE
) -> Vectors:
    """Every vector of whole numbers that these hold of, one a row.

    Vectors are made one place longer at a time. Those that can come to nothing are left behind as
    soon as the sums that the new place is in show it.
    """
    told, shares = _together(sums), list(shares)
    bounded = frozenset().union(*(each.places for each in told if each.most is not None))
    loose = frozenset(range(width)) - bounded
    if loose:
        told.append(Sum(loose, 0, spare))
    tracked = [each.places for each in told]
    tracked += [places for share in shares for places in (share.part, share.whole)]
    inside = np.zeros((width, len(tracked)), dtype=bool)
    for at, places in enumerate(tracked):
        inside[list(places), at] = True
    large = [each.most for each in told if each.most is not None]
    top = np.array([min(each.most for each in told if at in each.places and each.most is not None)
                    for at in range(width)], dtype=np.int64)  # fmt: skip
    # What the places still to come can add to each sum at the most.
    rest = np.vstack([np.cumsum((inside * top[:, None])[::-1], axis=0)[::-1],
                      np.zeros((1, len(tracked)), dtype=np.int64)])  # fmt: skip
    most = np.array([sum(large) + 1 if each.most is None else each.most for each in told])
    least = np.array([each.least for each in told])
    made = np.zeros((1, 0), dtype=np.int16)
    held = np.zeros((1, len(tracked)), dtype=np.int32)
    if any(not each.places and each.least > 0 for each in told):
        return np.zeros((0, width), dtype=np.int16)
    for at in range(width):
        mine = np.flatnonzero(inside[at, : len(told)])
        high = (most[mine] - held[:, mine]).min(axis=1)
        low = np.maximum(0, (least[mine] - held[:, mine] - rest[at + 1, mine]).max(axis=1))
        many = np.maximum(0, high - low + 1)
        if (size := int(many.sum())) > MOST:
            raise TooMany(f"{size:,} beginnings of workforces")
        which = np.repeat(np.arange(len(made)), many)
        first = np.repeat(np.cumsum(many) - many, many)
        new = (low[which] + np.arange(len(which)) - first).astype(np.int16)
        made = np.column_stack([made[which], new])
        held = held[which] + inside[at] * new[:, None]
        keep = np.ones(len(made), dtype=bool)
        for number, share in enumerate(shares):
            if max(share.whole, default=-1) == at:
                part, whole = (held[:, len(told) + 2 * number + one] for one in (0, 1))
                keep &= share.fits(part, whole)
        made, held = made[keep], held[keep]
    if any(not share.whole for share in shares):
        return made[:0]
    return made


def _together(sums: Iterable[Sum]) -> list[Sum]:
    """The same, with what is said twice of the same places said once."""
    found: dict[frozenset[int], Sum] = {}
    for each in sums:
        if each.places in found:
            old = found[each.places]
            known = [most for most in (old.most, each.most) if most is not None]
            each = Sum(each.places, max(old.least, each.least), min(known, default=None))
        found[each.places] = each
    return list(found.values())
