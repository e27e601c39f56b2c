"""The exact optimum, held to a case worked by hand and to trying every choice."""

from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.disclosure.brute import Workforces, findings, needed
from core.disclosure.counted import People, cell, counts, leaves, publish, small
from core.disclosure.least_hidden import hidden_by, optimum
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


def test_a_team_that_is_its_whole_directorate_counts_once():
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    spec["dims"]["org"]["children"]["C"] = ["C / 1"]
    spec["tables"][0]["dims"]["org"] = ["Total", "directorate", "division"]
    for row in rows:
        if row["directorate"] == "C":
            row["division"] = "C / 1"
    found = optimum(spec, rows)
    assert (found.people, found.cells) == (16, 4)
    assert {at("C", "Black"), at("C / 1", "Black")} <= found.hidden and len(found.hidden) == 6


def test_the_only_person_of_a_cell_may_need_more_hidden():
    spec, rows = squares((4, 1), (4, 2), (6, 6))
    without, within = optimum(spec, rows), optimum(spec, rows, insiders=True)
    assert without.people <= within.people
    hidden = small(spec, rows) | within.hidden
    fit = Workforces(spec, publish(spec, rows, hidden))
    assert not [one for one in findings(fit, rows) if one.kind == "insider"]


def test_what_a_release_hides_is_counted_as_the_optimum_is():
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    least = optimum(spec, rows)
    row = {at("C", code) for code in ("White", "Black")}
    release = publish(spec, rows, small(spec, rows) | least.hidden - row, row)
    found, withdrawn = hidden_by(spec, rows, release)
    assert withdrawn == row
    assert (found.people, found.cells) == (6, 2)
    assert found == optimum(spec, rows, withdrawn=withdrawn)


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


def _every_choice(spec, rows, by, insiders):
    """The least that any choice of counts to hide costs, each choice tried on the oracle."""
    people, few = People(spec, rows), small(spec, rows)
    period = spec["periods"][0]
    value = {where: people.count(where) for where in counts(spec)}
    heads = {cell(period, org=code) for code in ("Total", "A", "B", "C", "North", "South")}
    # Counts of one and the same people, since the others beside them are nought, are one.
    same = {}
    for where, size in value.items():
        if size >= spec["threshold"] and where not in heads:
            same.setdefault(_inside(spec, where, value), []).append(where)
    assume(len(same) <= 7)
    best = None
    for choice in chain.from_iterable(combinations(same, size) for size in range(len(same) + 1)):
        price = by(sum(value[same[one][0]] for one in choice), len(choice))
        if best is not None and price >= best:
            continue
        fit = Workforces(spec, publish(spec, rows, few.union(*(same[one] for one in choice))))
        if all(max(fit.possible(one)) >= needed(value[one], spec["threshold"]) for one in few) and (
            not insiders or not any(one.kind == "insider" for one in findings(fit, rows))
        ):
            best = price
    return best


def _inside(spec, where, value):
    """The combinations of lowest codes in a cell that no nought shown says are empty."""
    period = where[0]
    asked = {dim for _period, told in value for dim, _code in told}
    lowest = product(*([(dim, one) for one in leaves(spec, dim, period)] for dim in sorted(asked)))

    def part(place, told):
        return all(dict(place)[dim] in leaves(spec, dim, period, code) for dim, code in told)

    empty = [told for (_period, told), size in value.items() if size == 0]
    return frozenset(
        place for place in lowest
        if part(place, where[1]) and not any(part(place, told) for told in empty)
    )  # fmt: skip


@pytest.mark.parametrize("insiders", [False, True], ids=["outsiders", "insiders"])
@pytest.mark.parametrize("by", [people_first, cells_first], ids=["people", "cells"])
@settings(max_examples=25, deadline=None)
@given(release=small_releases(percentages=False, periods=1, people=(5, 8), thresholds=(2, 3)))
def test_no_choice_of_all_hides_less(by, insiders, release):
    spec, rows = release
    found = optimum(spec, rows, by=by, insiders=insiders)
    assert (found and by(found.people, found.cells)) == _every_choice(spec, rows, by, insiders)


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
