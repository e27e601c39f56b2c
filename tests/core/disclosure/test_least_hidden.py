"""The exact optimum, held to a case worked by hand and to trying every choice."""

from itertools import chain, combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.disclosure.brute import Workforces, needed
from core.disclosure.counted import People, cell, counts, publish, small
from core.disclosure.least_hidden import optimum
from core.disclosure.small_releases import small_releases
from core.disclosure.test_brute import at, squares


def test_two_ones_need_a_third_row_beside_them():
    # A and B have one Black person each; their sum, if open, makes both one. So C opens up: 6 + 4
    # people, where the two totals would be 12 + 6.
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    found = optimum(spec, rows)
    assert (found.people, found.cells) == (16, 4)
    assert found.hidden == {at(unit, "White") for unit in "ABC"} | {at("C", "Black")}


def test_fewest_cells_may_be_other_cells_than_fewest_people():
    # White and Black of C in one table with three people in each, or its one total of 40.
    spec, rows = squares((5, 1), (6, 3), (3, 3))
    by_people = optimum(spec, rows)
    by_cells = optimum(spec, rows, by=lambda people, cells: (cells, people))
    assert by_people.people <= by_cells.people and by_cells.cells <= by_people.cells


def test_where_open_headcounts_leave_no_room_there_is_none():
    # B has four people, two of whom are Black, and hidden is never nought: two cannot be four.
    spec, rows = squares((3, 1), (2, 2))
    assert optimum(spec, rows) is None


def test_nothing_small_needs_nothing_hidden():
    spec, rows = squares((5, 4), (3, 6))
    found = optimum(spec, rows)
    assert (found.people, found.cells, found.hidden) == (0, 0, frozenset())


def test_what_is_withdrawn_already_costs_nothing():
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    found = optimum(spec, rows, withdrawn={at("C", code) for code in ("White", "Black")})
    assert (found.people, found.cells) == (6, 2)


def _every_choice(spec, rows):
    """The least people and cells of all choices of counts to hide, each tried on the oracle."""
    people, few = People(spec, rows), small(spec, rows)
    value = {where: people.count(where) for where in counts(spec)}
    heads = {cell(spec["periods"][0])} | {
        cell(spec["periods"][0], org=code) for code in "ABC"
    } | {cell(spec["periods"][0], org=code) for code in ("North", "South")}  # fmt: skip
    free = [
        where for where in counts(spec) if value[where] >= spec["threshold"] and where not in heads
    ]
    assume(len(free) <= 7)
    best = None
    for choice in chain.from_iterable(combinations(free, size) for size in range(len(free) + 1)):
        price = sum(value[where] for where in choice), len(choice)
        if best is not None and price >= best:
            continue
        fit = Workforces(spec, publish(spec, rows, few | set(choice)))
        enough = {where: needed(value[where], spec["threshold"]) for where in few}
        if all(max(fit.possible(where)) >= most for where, most in enough.items()):
            best = price
    return best


@settings(max_examples=40, deadline=None)
@given(small_releases(percentages=False, periods=1, people=(5, 8), thresholds=(2, 3)))
def test_no_choice_of_all_hides_less(release):
    spec, rows = release
    found = optimum(spec, rows)
    assert (found and (found.people, found.cells)) == _every_choice(spec, rows)


@given(small_releases(percentages=False, periods=1, people=(5, 8)), st.data())
def test_the_optimum_is_safe_and_without_any_part_of_it_is_not(release, data):
    spec, rows = release
    found = optimum(spec, rows)
    assume(found is not None and found.hidden)
    people, few = People(spec, rows), small(spec, rows)

    def safe(hidden):
        fit = Workforces(spec, publish(spec, rows, few | hidden))
        return all(
            max(fit.possible(where)) >= needed(people.count(where), spec["threshold"])
            for where in few
        )

    assert safe(found.hidden)
    left_out = data.draw(st.sampled_from(sorted(found.hidden, key=repr)))
    assert not safe(found.hidden - {left_out})
