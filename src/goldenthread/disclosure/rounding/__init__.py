"""Additive rounding to five: every table adds up, and every small count stays in doubt.

``round_off`` finds what to show and the workforces that prove it; what it gives is checked by
``disclosure.verify_rounded``, which shares nothing with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.disclosure.people import People
from goldenthread.disclosure.rounding.cube import Cube, Flags, Numbers
from goldenthread.disclosure.rounding.doubt import WIDTH, Doubt, Prover
from goldenthread.disclosure.rounding.moving import Change
from goldenthread.disclosure.rounding.nearest import BASE, ROOM, Nearest, nearest
from goldenthread.disclosure.spec import Specification

__all__ = ["BASE", "ROOM", "WIDTH", "Change", "Cube", "Rounded", "conventional", "round_off"]

CONVENTIONAL_ROOM = BASE // 2
_TURNS = 6
_MOST_TURNED = 12
_WITHDRAWALS = 8
_FAR = 10**9


@dataclass(frozen=True)
class Rounded:
    """What a rounded release shows of each cell, and the people who prove it.

    ``shown`` are multiples of ``BASE`` by cell, each at most ``room`` from the true figure where
    the cell is not ``withdrawn``. ``additive`` says whether they add up. ``changes`` are of people,
    by kind. ``unproved`` names what nothing proves.
    """

    cube: Cube
    threshold: int
    shown: Numbers
    withdrawn: Flags
    room: int
    additive: bool
    changes: tuple[Change, ...]
    unproved: tuple[str, ...]


def round_off(spec: Specification, people: People, threshold: int) -> Rounded | None:
    """Figures that are multiples of five, add up everywhere, and leave every small count in doubt.

    None where no figures that add up were found. Where a count is not in doubt, its other multiple
    is shown instead; where that does not help, its figure is withdrawn. Missing: a cell that no
    table asks for is not in the answer. The same input gives the same answer.

    Source: controlled rounding by whole-number programming (Cox 1987, “A constructive procedure for
    unbiased controlled rounding”, by general knowledge, not verified); the proof is ours.
    """
    cube = Cube(spec, people)
    found = nearest(cube, threshold)
    if found is None:
        return None
    prover, doubt = _doubt(cube, found, threshold, ())
    for _ in range(_TURNS):
        other_way = [cell for cell in _open(doubt) if not found.withdrawn[cell]
                and cube.told[cell] and cube.value[cell] % BASE]  # fmt: skip
        # Of many the others would follow, and what was proved be open again.
        if not 0 < len(other_way) <= _MOST_TURNED:
            break
        other = nearest(cube, threshold, found.shown, other_way)
        if other is None:
            break
        again, less = _doubt(cube, other, threshold, doubt.changes)
        if len(_open(less)) >= len(_open(doubt)):
            break
        found, prover, doubt = other, again, less
    for turn in range(1, _WITHDRAWALS):
        cells = _open(doubt)
        if not cells:
            break
        withdrawn = found.withdrawn | _covered(cube, cells, found.withdrawn, BASE << turn)
        if (withdrawn == found.withdrawn).all():
            continue
        found = Nearest(found.shown, withdrawn)
        prover, doubt = _doubt(cube, found, threshold, doubt.changes)
    noughts, _ = _noughts(cube, found.withdrawn)
    return Rounded(
        cube,
        threshold,
        found.shown,
        found.withdrawn | noughts,
        ROOM,
        True,
        prover.used(),
        tuple(cube.named(cell) for cell in _open(doubt)),
    )


def conventional(spec: Specification, people: People, threshold: int) -> Rounded:
    """Every figure rounded to the nearest multiple of five by itself, so that nothing adds up.

    It is safe by luck alone: publish it only where the intruder finds nothing in it, and where
    ``unproved`` is empty.
    """
    cube = Cube(spec, people)
    shown = (cube.value + CONVENTIONAL_ROOM) // BASE * BASE
    low, high = np.maximum(shown - CONVENTIONAL_ROOM, 0), shown + CONVENTIONAL_ROOM
    none = np.zeros(cube.count, dtype=bool)
    low, high = np.where(cube.told, low, 0), np.where(cube.told, high, _FAR)
    prover = Prover(cube, low, high, threshold, none)
    open_ = _open(prover.prove())
    names = tuple(cube.named(cell) for cell in open_)
    return Rounded(
        cube, threshold, shown, none, CONVENTIONAL_ROOM, False, prover.used(), names
    )  # fmt: skip


def _doubt(
    cube: Cube, found: Nearest, threshold: int, known: tuple[Change, ...]
) -> tuple[Prover, Doubt]:
    told = cube.told & ~found.withdrawn
    low = np.where(told, np.maximum(found.shown - ROOM, 0), 0)
    # Alone it would be known not to be nought, since nobody withdraws a nought for itself.
    _, covered = _noughts(cube, found.withdrawn)
    low[found.withdrawn & ~covered] = 1
    high = np.where(told, found.shown + ROOM, _FAR)
    prover = Prover(cube, low, high, threshold, found.withdrawn, known)
    return prover, prover.prove()


def _noughts(cube: Cube, withdrawn: Flags) -> tuple[Flags, Flags]:
    """Noughts to withdraw beside what is withdrawn, and which of these have one beside them.

    They are the other codes below the same one, along the first dimension that has a nought there.
    """
    noughts = np.zeros(cube.count, dtype=bool)
    covered = np.zeros(cube.count, dtype=bool)
    for cell in np.flatnonzero(withdrawn & (cube.value > 0)).tolist():
        for beside in cube.beside_each(cell):
            empty = beside[cube.told[beside] & (cube.value[beside] == 0)]
            if len(empty):
                noughts[empty] = covered[cell] = True
                break
    return noughts, covered


def _open(doubt: Doubt) -> list[int]:
    return sorted({*doubt.counts, *doubt.groups, *doubt.insiders})


def _covered(cube: Cube, cells: list[int], gone: Flags, reach: int) -> Flags:
    """These cells; of one that is gone or that no table shows, other cells of the same people.

    These are all that hold at most ``reach`` people, in whatever period.
    """
    found = np.zeros(cube.count, dtype=bool)
    for cell in cells:
        if cube.told[cell] and not gone[cell]:
            found[cell] = True
            continue
        touched = cube.places[(cube.places == cell).any(axis=1)].ravel()
        touched = touched[touched >= 0]
        found[touched[cube.value[touched] <= reach]] = True
    found[cube.headcounts()] = False
    return found & cube.told & (cube.value > 0)
