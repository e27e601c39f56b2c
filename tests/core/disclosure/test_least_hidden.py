"""The exact optimum, held to a case worked by hand and to trying every choice."""

from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.disclosure.brute import Workforces, needed
from core.disclosure.counted import People, cell, counts, publish, small
from core.disclosure.least_hidden import optimum
from core.disclosure.small_releases import small_releases
from core.disclosure.test_brute import at, squares


def people_first(people, cells):
    return people, cells


def cells_first(people, cells):
    return cells, people


def test_two_ones_need_a_third_row_beside_them():
    # A and B have one Black person each; their sum, if open, makes both one. So C opens up: 6 + 4
    # people, where the two totals would be 12 + 6.
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    found = optimum(spec, rows)
    assert (found.people, found.cells) == (16, 4)
    assert found.hidden == {at(unit, "White") for unit in "ABC"} | {at("C", "Black")}


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


def _every_choice(spec, rows, by):
    """The least that any choice of counts to hide costs, each choice tried on the oracle."""
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
        price = by(sum(value[where] for where in choice), len(choice))
        if best is not None and price >= best:
            continue
        fit = Workforces(spec, publish(spec, rows, few | set(choice)))
        enough = {where: needed(value[where], spec["threshold"]) for where in few}
        if all(max(fit.possible(where)) >= most for where, most in enough.items()):
            best = price
    return best


@pytest.mark.parametrize("by", [people_first, cells_first], ids=["people", "cells"])
@settings(max_examples=25, deadline=None)
@given(release=small_releases(percentages=False, periods=1, people=(5, 8), thresholds=(2, 3)))
def test_no_choice_of_all_hides_less(by, release):
    spec, rows = release
    found = optimum(spec, rows, by=by)
    assert (found and by(found.people, found.cells)) == _every_choice(spec, rows, by)


@settings(suppress_health_check=[HealthCheck.filter_too_much], max_examples=40)
@given(small_releases(percentages=False, periods=1, people=(8, 8), thresholds=(2, 3)), st.data())
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
