"""The oracle that tries everything, held to cases worked by hand."""

from dataclasses import replace
from itertools import compress, product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from core.disclosure.awkward import MAKERS
from core.disclosure.brute import Finding, Workforces, findings
from core.disclosure.counted import People, cell, counts, publish, small
from core.disclosure.small_releases import small_releases
from core.disclosure.whole_numbers import Sum, every_vector

NOW = "2026Q1"
BEFORE = "2025Q4"


def squares(*units, threshold=3, periods=(NOW,), **more):
    """A table of units A, B, C ... by White, Black and not declared, from how many are in each."""
    names = "ABCDEFG"[: len(units[0]) if len(periods) > 1 else len(units)]
    spec = {
        "name": "squares",
        "threshold": threshold,
        "periods": list(periods),
        "dims": {
            "org": {"children": {"Total": list(names)}},
            "ethnicity": {
                "children": {"Total": ["White", "Black", "Not declared"]},
                "sensitive": True,
                "nonsensitive": ["Not declared"],
            },
        },
        "tables": [
            {
                "name": "units",
                "dims": {"org": ["Total", "directorate"], "ethnicity": ["Total", "broad"]},
                "measures": ["count"],
            }
        ],
        "suppressed_never_zero": True,
        **more,
    }
    rows = []
    for period, told in zip(periods, units if len(periods) > 1 else [units], strict=True):
        for name, numbers in zip(names, told, strict=True):
            for code, number in zip(("White", "Black", "Not declared"), numbers, strict=False):
                rows += [
                    {"person": f"P{len(rows) + n}", "period": period, "directorate": name,
                     "division": "", "team": "", "ethnicity": code, "ethnicity_broad": ""}
                    for n in range(number)
                ]  # fmt: skip
    return spec, rows


def at(org="Total", ethnicity="Total", period=NOW):
    return cell(period, org=org, ethnicity=ethnicity)


def kinds(found):
    return {(one.kind, one.cell) for one in found}


def fitting(spec, rows, hidden=None, withdrawn=()):
    return Workforces(spec, publish(spec, rows, hidden, withdrawn))


def test_small_counts_hidden_alone_come_back_by_subtraction():
    spec, rows = squares((3, 1), (2, 2))
    fit = fitting(spec, rows)
    assert fit.possible(at("A", "Black")) == {1}
    assert kinds(findings(fit, rows)) == {
        ("exact", at("A", "Black")),
        ("exact", at("B", "White")),
        ("exact", at("B", "Black")),
    }


def test_one_more_hidden_leaves_two_values_that_are_both_small():
    # With x Black people in A: White there 4 - x, in B 1 + x White and 3 - x Black, none nought.
    spec, rows = squares((3, 1), (2, 2))
    fit = fitting(spec, rows, small(spec, rows) | {at("A", "White")})
    assert fit.possible(at("A", "Black")) == {1, 2}
    assert fit.possible(at("B", "White")) == {2, 3}
    assert Finding("narrow", at("A", "Black"), frozenset({1, 2})) in findings(fit, rows)


def test_readers_who_are_not_told_that_noughts_are_shown_have_more_to_think_of():
    spec, rows = squares((3, 1), (2, 2), suppressed_never_zero=False)
    fit = fitting(spec, rows, small(spec, rows) | {at("A", "White")})
    assert fit.possible(at("A", "Black")) == {0, 1, 2, 3}


def test_enough_hidden_and_nothing_is_found():
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    inner = {at(unit, code) for unit, code in product("ABC", ("White", "Black"))}
    fit = fitting(spec, rows, inner)
    assert fit.possible(at("A", "Black")) == fit.possible(at("B", "Black")) == {1, 2, 3}
    assert findings(fit, rows) == []


def test_two_ones_hidden_with_their_sum_open_are_two_ones():
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    hidden = {at(unit, code) for unit, code in product("AB", ("White", "Black"))}
    assert fitting(spec, rows, hidden).possible(at("A", "Black")) == {1}


def test_two_releases_that_are_safe_alone_are_read_together():
    spec, rows = squares((3, 1), (3, 1), (6, 4))
    inner = {at(unit, code) for unit, code in product("ABC", ("White", "Black"))}
    first = publish(spec, rows, inner)
    second = publish(spec, rows, small(spec, rows) | {at("B", "White"), at("C", "White")})
    assert fitting(spec, rows, inner).possible(at("A", "Black")) == {1, 2, 3}
    assert Workforces(spec, first, second).possible(at("A", "Black")) == {1}


def test_a_row_of_people_all_alike_is_found_and_withdrawing_it_whole_hides_it():
    spec, rows = squares((5, 0), (4, 3), (3, 4))
    shown = fitting(spec, rows)
    assert ("group", at("A", "White")) in kinds(findings(shown, rows))
    row = {at("A", code) for code in ("White", "Black", "Not declared")}
    hidden = {at("B", code) for code in ("White", "Black")}
    fit = fitting(spec, rows, hidden, row)
    assert fit.possible(at("A", "Black")) == {0, 1, 2}
    assert findings(fit, rows) == []


def test_that_nobody_declared_may_be_told():
    spec, rows = squares((0, 0, 5), (4, 3, 0), (3, 4, 0))
    assert findings(fitting(spec, rows), rows) == []


def test_the_only_person_of_a_cell_works_out_a_neighbour():
    # A and B hold three Black people together: whoever is alone in A knows of two in B.
    spec, rows = squares((4, 1), (4, 2), (3, 3))
    hidden = {at(unit, code) for unit, code in product("AB", ("White", "Black"))}
    found = findings(fitting(spec, rows, hidden), rows)
    assert Finding("insider", at("B", "Black"), frozenset({2})) in found
    assert ("insider", at("A", "Black")) not in kinds(found)


def test_what_everybody_knows_to_be_nought_protects_nothing():
    spec, rows = squares((5, 1, 0), (4, 4, 3), (4, 4, 3))
    row = {at("A", code) for code in ("White", "Black", "Not declared")}
    hidden = {at(unit, code) for unit, code in product("BC", ("Black", "Not declared"))}
    # The White people of A are five by subtraction, and one person is left.
    assert fitting(spec, rows, hidden, row).possible(at("A", "Not declared")) == {0, 1}
    spec["structural"] = [{"org": "A", "ethnicity": "Not declared"}]
    fit = fitting(spec, rows, hidden, row)
    assert fit.possible(at("A", "Not declared")) == {0}
    assert fit.holds(rows)


def _rounded(release, figures):
    """The same release with these counts shown to a base."""
    cells = []
    for row in release.cells:
        told = figures.get((row["org"], row["ethnicity"]))
        cells.append({**row, **told} if told else row)
    return replace(release, cells=cells)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"value": "5", "base": "5"}, {3, 4, 5, 6, 7}),
        ({"value": "5", "base": "r5"}, set(range(1, 10))),
        ({"value": "0", "base": "5"}, {0, 1, 2}),
        ({"value": "", "symbol": "[low]", "base": "5"}, {1, 2}),
        ({"value": "10", "base": "10"}, set(range(5, 16))),
    ],
)
def test_a_rounded_count_is_one_of_those_that_round_to_it(told, expected):
    spec, rows = squares((6, 6), (9, 9))
    others = {
        ("A", "White"): {"value": "", "symbol": "[x]"},
        ("", "Black"): {"value": "", "symbol": "[x]"},
    }
    figures = {("A", "Black"): told, ("A", ""): {"value": "", "symbol": "[x]"}, **others}
    figures |= {("", code): {"value": "", "symbol": "[x]"} for code in ("White", "")}
    release = _rounded(publish(spec, rows), figures)
    fit = Workforces(spec, release, spare=20)
    assert fit.possible(at("A", "Black")) == expected


def test_where_low_is_told_apart_a_nought_is_nobody():
    spec, rows = squares((6, 0), (9, 9))
    to_five = {("A", code): {"value": value, "base": "5"}
               for code, value in (("Black", "0"), ("White", "5"))}  # fmt: skip
    release = _rounded(publish(spec, rows), to_five)
    release = replace(
        release, told={**release.told, "symbols": {"[c]": [1, None], "[low]": [1, 2]}}
    )
    assert Workforces(spec, release).possible(at("A", "Black")) == {0}


def test_a_percentage_and_a_headcount_give_the_count_back():
    spec, rows = squares((7, 1), (3, 5), percent_dp=0)
    spec["tables"] = [
        {"name": "heads", "dims": {"org": ["Total", "directorate"]}, "measures": ["count"]},
        {**spec["tables"][0], "name": "shares", "measures": ["percent:ethnicity"]},
    ]
    fit = fitting(spec, rows, hidden=set())
    assert fit.possible(at("A", "Black")) == {1}
    assert ("exact", at("A", "Black")) in kinds(findings(fit, rows))


def test_a_mark_of_a_percentage_speaks_of_the_people_above_its_line():
    spec, rows = squares((8, 0), (3, 5))
    spec["tables"] = [
        {"name": "heads", "dims": {"org": ["Total", "directorate"]}, "measures": ["count"]},
        {**spec["tables"][0], "name": "shares", "measures": ["percent:ethnicity"]},
    ]
    release = publish(spec, rows, hidden=set())
    hidden = [
        {**row, "value": "", "symbol": "[c]"} if row["measure"] == "percent" else row
        for row in release.cells
    ]
    release = replace(release, cells=hidden)
    assert Workforces(spec, release).possible(at("A", "Black")) == set(range(1, 7))
    unread = Workforces(spec, release, shares_are_marked=False)
    assert unread.possible(at("A", "Black")) == set(range(9))
    assert unread.holds(rows) and not Workforces(spec, release).holds(rows)


def test_of_a_count_that_no_table_gives_a_nought_is_as_good_as_more():
    # Three people did not declare, two of them in A: from 0 to 3 may have, and nothing says which.
    spec, rows = squares((2, 4, 2), (5, 4, 1))
    by_unit = {**spec["tables"][0], "name": "shares", "measures": ["percent:ethnicity"]}
    told = {"name": "all", "dims": {"ethnicity": ["Total", "broad"]}, "measures": ["count"]}
    heads = {"name": "heads", "dims": {"org": ["Total", "directorate"]}, "measures": ["count"]}
    spec["tables"] = [told, heads, by_unit]
    release = publish(spec, rows, hidden=(), withdrawn=[
        at(unit, code) for unit, code in product("AB", ("White", "Black", "Not declared"))
    ])  # fmt: skip
    fit = Workforces(spec, release)
    assert fit.possible(at("A", "Not declared")) == {0, 1, 2, 3}
    # But the one in B who did not declare knows of the other two.
    insider = Finding("insider", at("A", "Not declared"), frozenset({2}))
    assert findings(fit, rows) == [insider]


def test_a_release_that_says_something_untrue_does_not_hold():
    spec, rows = squares((3, 1), (2, 2))
    release = publish(spec, rows)
    assert Workforces(spec, release).holds(rows)
    assert not Workforces(spec, release).holds(rows[1:])
    wrong = _rounded(release, {("A", "White"): {"value": "2"}})
    assert not Workforces(spec, wrong).holds(rows)


def _second_quarter(first, second, *, flow):
    """The worked example of a second quarter, with these units' counts hidden in each."""
    case = MAKERS["second_quarter"](0)
    spec = {**case.spec, "flows": [flow]}
    hidden = {
        at(unit, code, period)
        for period, units in ((BEFORE, first), (NOW, second))
        for unit, code in product(units, ("White", "Black"))
    }
    return fitting(spec, case.rows, hidden), case.rows


def _flow(joiners, leavers, answers_may_change=False, **where):
    return {"from": BEFORE, "to": NOW, "where": where, "joiners": joiners, "leavers": leavers,
            "answers_may_change": answers_may_change}  # fmt: skip


@pytest.mark.parametrize("units", ["AB", "AC", "ABC"])
def test_no_inner_hiding_protects_the_joiner(units):
    fit, rows = _second_quarter(units, units, flow=_flow([1, 1], [0, 0]))
    assert ("joiner", at(ethnicity="Black")) in kinds(findings(fit, rows))


def test_hiding_the_same_twice_holds_where_hiding_others_gives_both_away():
    still = _flow([0, 0], [0, 0], org="B")
    fit, _rows = _second_quarter("AB", "AB", flow=still)
    assert fit.possible(at("A", "Black", BEFORE)) == set(range(1, 7))
    assert fit.possible(at("A", "Black")) == set(range(2, 8))
    fit, _rows = _second_quarter("AB", "AC", flow=still)
    assert fit.possible(at("A", "Black", BEFORE)) == {1}


def test_where_answers_may_change_the_same_two_quarters_say_less():
    changing = _flow([0, 0], [0, 0], answers_may_change=True, org="B")
    fit, _rows = _second_quarter("AB", "AC", flow=changing)
    assert fit.possible(at("A", "Black", BEFORE)) == set(range(1, 7))


def test_the_one_who_left_is_found_by_subtraction():
    flow = _flow([0, 0], [1, 1])
    spec, rows = squares(((5, 4), (6, 3)), ((5, 3), (6, 3)), periods=(BEFORE, NOW), flows=[flow])
    fit = fitting(spec, rows, hidden=set())
    assert ("leaver", at(ethnicity="Black")) in kinds(findings(fit, rows))
    spec["flows"] = [_flow([0, 5], [0, 6])]
    fit = fitting(spec, rows, hidden=set())
    assert not {"leaver", "joiner"} & {one.kind for one in findings(fit, rows)}


def test_the_one_who_declared_since_is_found_by_subtraction():
    flow = _flow([0, 0], [0, 0], answers_may_change=True)
    quarters = ((5, 4, 4), (6, 3, 5)), ((5, 5, 3), (6, 3, 5))
    spec, rows = squares(*quarters, periods=(BEFORE, NOW), flows=[flow])
    fit = fitting(spec, rows, hidden=set())
    assert fit.declared(0, "ethnicity") == {frozenset({("Black", 1)})}
    assert ("declared", at(ethnicity="Black")) in kinds(findings(fit, rows))
    groups = ("White", "Black", "Not declared")
    inner = {at(*one) for one in product(("Total", "A", "B"), groups, (BEFORE, NOW))}
    fit = fitting(spec, rows, hidden=inner)
    assert "declared" not in {one.kind for one in findings(fit, rows)}


def _matches(before, after, flow):
    """Every way to match people of two periods: who stayed by answers, who joined and who left.

    A vector has a place for each pair of kinds, then the joiners and the leavers by kind.
    """
    many = len(before)
    pair = {pair: n for n, pair in enumerate(product(range(many), repeat=2))}
    joined, left = ([many**2 + many * end + kind for kind in range(many)] for end in (0, 1))
    sums = [Sum(frozenset(joined), *flow["joiners"]), Sum(frozenset(left), *flow["leavers"])]
    for kind in range(many):
        stayed = frozenset(pair[kind, other] for other in range(many))
        came = frozenset(pair[other, kind] for other in range(many))
        sums.append(Sum(stayed | {left[kind]}, *[int(before[kind])] * 2))
        sums.append(Sum(came | {joined[kind]}, *[int(after[kind])] * 2))
    if not flow.get("answers_may_change", True):
        sums += [Sum(frozenset({n}), 0, 0) for (one, other), n in pair.items() if one != other]
    return every_vector(many**2 + 2 * many, sums), joined, left


@settings(suppress_health_check=[HealthCheck.filter_too_much], max_examples=12)
@given(small_releases(people=(1, 3)).filter(lambda release: "flows" in release[0]))
def test_who_joined_and_left_is_what_matching_people_one_by_one_gives(release):
    spec, rows = release
    flow = spec["flows"][0]
    apart = Workforces({**spec, "flows": []}, publish(spec, rows))
    fit = Workforces(spec, publish(spec, rows))
    kinds_of = fit._kinds(flow)
    ends = [apart._ends(flow, end) for end in ("from", "to")]
    assume(len(kinds_of) <= 3 and len(ends[0][0]) * len(ends[1][0]) <= 6)
    wanted = [(dim, code) for dim in fit.space.dims if spec["dims"][dim].get("sensitive")
              for code in fit._codes(dim)]  # fmt: skip
    found = {one: (set(), set()) for one in wanted}
    alive = [set(), set()]
    for (i, before), (j, after) in product(*(list(enumerate(end[0])) for end in ends)):
        vectors, *columns = _matches(before, after, flow)
        if not len(vectors):
            continue
        alive[0].add(i)
        alive[1].add(j)
        for (dim, code), who in product(wanted, (0, 1)):
            marks = [[mark[1 - who] or () for mark in kind] for kind in kinds_of]
            of_code = [any((dim, code) in mark for mark in each) for each in marks]
            mine = list(compress(columns[who], of_code))
            total, part = vectors[:, columns[who]].sum(axis=1), vectors[:, mine].sum(axis=1)
            found[dim, code][who].update(zip(total.tolist(), part.tolist(), strict=True))
    for end, (_numbers, which), there in zip(("from", "to"), ends, alive, strict=True):
        assert len(fit.vectors[flow[end]]) == int(np.isin(which, sorted(there)).sum())
    for (dim, code), expected in found.items():
        moves = fit.moves(0, dim, code)
        for told, each in zip((moves.joined, moves.left), expected, strict=True):
            spread = {(many, one) for many, low, high in told for one in range(low, high + 1)}
            assert spread == each


@given(small_releases())
def test_the_true_workforce_is_always_among_those_that_fit(release):
    spec, rows = release
    fit = fitting(spec, rows)
    assert fit.holds(rows)
    people = People(spec, rows)
    for where in counts(spec):
        assert people.count(where) in fit.possible(where)


@given(small_releases(periods=1))
def test_to_hide_more_is_never_to_tell_more(release):
    spec, rows = release
    some = small(spec, rows)
    more = some | {where for where in counts(spec) if People(spec, rows).count(where)}
    shown, hidden = fitting(spec, rows, some), fitting(spec, rows, more)
    for where in counts(spec):
        assert shown.possible(where) <= hidden.possible(where)
