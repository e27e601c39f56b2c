"""People for moves of figures; and where there are none, what every move with people keeps to."""

import numpy as np
import pytest

from core.disclosure.awkward import MAKERS
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide, search
from goldenthread.disclosure.protect.lifting import Cut, Lifting
from goldenthread.disclosure.protect.marks import mark
from goldenthread.disclosure.spec import specification

MOST_MORE = 20
"""How many more people of one kind a change has at most."""


def release(name, seed):
    case = MAKERS[name](seed)
    spec = specification(case.spec)
    return spec, people_of(case.rows, spec)


def lifting(name, seed):
    spec, people = release(name, seed)
    return Lifting(mark(spec, people, spec.threshold))


def move(made, by):
    """The shown cells that so many more and fewer people move, whether or not there are so many."""
    moved = made.people.moved(np.arange(made.people.count), by)
    cells = np.flatnonzero((moved != 0) & made.marks.shown)
    return cells, moved[cells]


def moves(made, random, many):
    """Sums stay sums in all of them; of some there are no people, who would be fewer than nobody."""
    stays = np.flatnonzero(made.people.weighed(np.arange(len(made.marks.shown)), _ones(made)))
    for _ in range(many):
        by = np.zeros(made.people.count, dtype=np.int64)
        kinds = random.choice(stays, size=6, replace=False)
        by[kinds] = random.choice([-3, -2, -1, 1, 2], size=6)
        yield move(made, by)


def _ones(made):
    return np.ones(len(made.marks.shown))


@pytest.mark.parametrize("name", ["linked_margins", "structural_zeros", "moved_unit"])
def test_what_shows_that_there_are_no_people_holds_of_all_who_may_come_and_go(name):
    made = lifting(name, 1)
    random = np.random.default_rng(1)
    cuts = lifted = 0
    for cells, by in moves(made, random, 60):
        found = made.lift(cells, by)
        if not isinstance(found, Cut):
            lifted += found is not None
            continue
        cuts += 1
        target = np.zeros(len(made.marks.shown))
        target[cells] = by
        assert found.times @ target[found.cells] > found.most
        gains = made.people.weighed(found.cells, found.times)
        for _ in range(40):
            some = random.integers(-made.people.sizes, MOST_MORE + 1)
            # Each to the side that is worst for the bound, and as far as it goes.
            worst = np.where(gains > 0, MOST_MORE, -made.people.sizes)
            for change in (some, worst):
                stays = np.where(gains != 0, change, 0)
                assert gains @ stays <= found.most + 1e-6
    assert cuts > 5
    assert lifted > 5


def test_a_move_that_people_make_is_found_with_exactly_these_figures():
    made = lifting("linked_margins", 2)
    random = np.random.default_rng(2)
    found_ = 0
    for cells, by in moves(made, random, 40):
        change = made.lift(cells, by)
        if change is None or isinstance(change, Cut):
            continue
        found_ += 1
        shown = made.marks.shown[change.cells]
        assert change.cells[shown].tolist() == cells.tolist()
        assert change.moves[shown].tolist() == by.tolist()
        assert (made.people.sizes_of(change.kinds) + change.by >= 0).all()
    assert found_ > 5


@pytest.mark.parametrize(("name", "seed"), [("linked_margins", 1), ("tiny_teams", 3)])
def test_how_many_hands_there_are_changes_nothing(name, seed, monkeypatch):
    spec, people = release(name, seed)
    found = []
    for hands in (1, 2, 5):
        monkeypatch.setattr(search, "_HANDS", hands)
        found.append(hide(spec, people, spec.threshold))
    for other in found[1:]:
        assert (other.hidden == found[0].hidden).all()
        assert other.proofs == found[0].proofs
        assert [one.by.tolist() for one in other.changes] == [
            one.by.tolist() for one in found[0].changes
        ]
