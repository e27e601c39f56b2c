"""Every vector that sums and percentages hold of is found, and no other."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure.whole_numbers import Share, Sum, TooMany, every_vector

WIDTH, TOP = 4, 3
PLACES = st.frozensets(st.integers(0, WIDTH - 1), min_size=1)
SUMS = st.lists(
    st.builds(
        lambda places, least, more: Sum(places, least, None if more is None else least + more),
        PLACES, st.integers(0, 4), st.none() | st.integers(0, 4),
    ),
    max_size=4,
)  # fmt: skip
SHARES = st.lists(
    st.builds(
        lambda part, whole, shown, dp: Share(part, whole | part, shown * 10**dp, dp),
        PLACES, PLACES, st.sampled_from([0, 25, 33, 50, 67, 100]), st.integers(0, 1),
    ),
    max_size=2,
)  # fmt: skip


def test_two_numbers_that_add_up_to_three():
    found = every_vector(2, [Sum(frozenset({0, 1}), 3, 3)])
    assert found.tolist() == [[0, 3], [1, 2], [2, 1], [3, 0]]


def test_what_nothing_bounds_is_tried_up_to_so_many_in_all():
    assert every_vector(2, [], spare=1).tolist() == [[0, 0], [0, 1], [1, 0]]


def test_sums_that_contradict_leave_nothing():
    places = frozenset({0, 1})
    assert len(every_vector(2, [Sum(places, 3, 3), Sum(places, 4, None)])) == 0
    assert len(every_vector(2, [Sum(frozenset(), 1, None)])) == 0


@pytest.mark.parametrize(
    ("shown", "places", "people", "counts"),
    [
        (38, 0, 8, [3]),  # 37.5, whichever way the half goes
        (37, 0, 8, [3]),
        (8, 0, 300, [23, 24, 25]),
        (75, 1, 40, [3]),
        (0, 0, 300, [0, 1]),
    ],
)
def test_a_percentage_leaves_these_counts(shown, places, people, counts):
    everybody = Sum(frozenset({0, 1}), people, people)
    share = Share(frozenset({0}), frozenset({0, 1}), shown, places)
    assert every_vector(2, [everybody], [share])[:, 0].tolist() == counts


def test_a_percentage_of_nobody_is_never_shown():
    nobody, share = Sum(frozenset({0}), 0, 0), Share(frozenset({0}), frozenset({0}), 0, 0)
    assert len(every_vector(1, [nobody], [share])) == 0
    assert len(every_vector(1, [nobody], [Share(frozenset(), frozenset(), 0, 0)])) == 0


def test_too_many_to_write_down_is_said():
    with pytest.raises(TooMany):
        every_vector(12, [Sum(frozenset(range(12)), 40, 40)])


@given(SUMS, SHARES)
def test_what_is_found_is_what_trying_each_finds(sums, shares):
    bound = Sum(frozenset(range(WIDTH)), 0, TOP)

    def fits(vector):
        def total(places):
            return sum(vector[at] for at in places)

        return all(
            each.least <= total(each.places)
            and (each.most is None or total(each.places) <= each.most)
            for each in [*sums, bound]
        ) and all(
            total(one.whole)
            and abs(100 * total(one.part) / total(one.whole) - one.shown / 10**one.places)
            <= 0.5 / 10**one.places + 1e-9
            for one in shares
        )

    expected = [list(each) for each in product(range(TOP + 1), repeat=WIDTH) if fits(each)]
    assert every_vector(WIDTH, [*sums, bound], shares).tolist() == expected
