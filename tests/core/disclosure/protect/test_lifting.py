"""People for moves of figures; and where there are none, what every move with people keeps to."""

import numpy as np
import pytest

from core.disclosure.awkward import MAKERS
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide, search
from goldenthread.disclosure.protect.lifting import Cut, Lifting
from goldenthread.disclosure.protect.marks import mark
from goldenthread.disclosure.spec import specification

MOST = 20
"""How many more or fewer people of one kind a change has at most."""


def release(name, seed):
    case = MAKERS[name](seed)
    spec = specification(case.spec)
    return spec, people_of(case.rows, spec)


def lifting_of(name, seed):
    spec, people = release(name, seed)
    return Lifting(mark(spec, people, spec.threshold))


def moves(made, random, many):
    """Moves of shown cells in which some people of a unit are of another kind, by cell.

    Sums stay sums, and every headcount as it is. Of some there are no people: fewer than nobody.
    """
    people, shown = made.people, made.marks.shown
    kinds = np.arange(people.count)
    stays = people.weighed(np.flatnonzero(shown), np.ones(shown.sum())) > 0
    for _ in range(many):
        by = np.zeros(people.count, dtype=np.int64)
        for _turn in range(3):
            here = people.beside(random.choice(kinds[stays], size=1))
            there = here[people.sizes[here] > 0]
            fewer = random.choice(there if len(there) and random.random() < 0.7 else here)
            by[random.choice(here)] += 1
            by[fewer] -= 1
        moved = people.moved(kinds, by)
        cells = np.flatnonzero((moved != 0) & shown)
        if len(cells):
            yield cells, moved[cells]


@pytest.mark.parametrize("name", ["linked_margins", "structural_zeros", "moved_unit"])
def test_what_shows_that_there_are_no_people_holds_of_all_who_may_come_and_go(name):
    made = lifting_of(name, 1)
    random = np.random.default_rng(1)
    cuts = lifted = 0
    for cells, by in moves(made, random, 150):
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
            fewest = -np.minimum(made.people.sizes, MOST)
            some = random.integers(fewest, MOST + 1)
            # Each to the side that is worst for the bound, and as far as it goes.
            worst = np.where(gains > 0, MOST, fewest)
            for change in (some, worst):
                stays = np.where(gains != 0, change, 0)
                assert gains @ stays <= found.most + 1e-6
    assert cuts > 5
    assert lifted > 5


def test_a_move_that_people_make_is_found_with_exactly_these_figures():
    made = lifting_of("linked_margins", 2)
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
