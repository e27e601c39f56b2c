"""Who came, who went and who rose, against comparing two lists by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.workforce.staff import NOW, ROLLED, THEN, filled, staff, workforces
from goldenthread.workforce.rates.flows import (
    flows,
    flows_sql,
    reconcile,
    reconciled,
    recorded_moves_sql,
)
from goldenthread.workforce.too_few import TooFew


def _group(one):
    return ROLLED.get(one["ethnicity"], one["ethnicity"])


@settings(max_examples=20, deadline=None)
@given(workforces())
def test_every_group_adds_up_and_is_that_of_two_lists_by_hand(people):
    then = {one["person"]: one for one in people if one["snapshot"] == THEN}
    now = {one["person"]: one for one in people if one["snapshot"] == NOW}
    found = flows(filled(people), THEN, NOW, grouping="white_other")
    assert set(found.groups) == {_group(one) for one in people}
    for flow in (found.everybody, *found.groups.values()):
        mine = [p for p, one in then.items() if flow.group in (None, _group(one))]
        here = [p for p, one in now.items() if flow.group in (None, _group(one))]
        assert (flow.start, flow.end) == (len(mine), len(here))
        assert flow.left == sum(p not in now for p in mine)
        assert flow.joined == sum(p not in then for p in here)
        both = [p for p in mine if p in now]
        assert flow.rose == sum(now[p]["grade_order"] > then[p]["grade_order"] for p in both)
        assert flow.fell == sum(now[p]["grade_order"] < then[p]["grade_order"] for p in both)
        ins_and_outs = flow.joined - flow.left + flow.declared_in - flow.declared_out
        assert flow.start + ins_and_outs == flow.end
        assert flow.stayed == len(both)


def test_somebody_who_declares_moves_from_blank_to_a_group():
    people = [staff(THEN, "a", ethnicity="blank"), staff(NOW, "a", ethnicity="asian_indian")]
    found = flows(filled(people), THEN, NOW, grouping="white_other")
    assert found.groups["all_other"].declared_in == 1
    assert found.groups["blank"].declared_out == 1
    assert (found.everybody.joined, found.everybody.left) == (0, 0)


def _year():
    people = [staff(THEN, f"p{n}") for n in range(20)]
    people += [staff(NOW, f"p{n}", grade="g2" if n < 8 else "g1") for n in range(5, 20)]
    return people + [staff(NOW, f"n{n}") for n in range(4)]


def test_rates_have_the_base_that_they_are_of():
    flow = flows(filled(_year()), THEN, NOW).everybody
    assert str(flow.leaving()).startswith("25.0% (5 of 20 people at the start;")
    assert str(flow.joining()).startswith("21.1% (4 of 19 people at the end;")
    assert str(flow.promotion()).startswith("20.0% (3 of 15 people who stayed;")
    assert (flow.outcome("leaving", "All").events, flow.outcome("promotion", "All").total) == (
        5,
        15,
    )
    with pytest.raises(ValueError, match="leaving or promotion"):
        flow.outcome("joining", "All")


def test_whoever_has_a_grade_without_order_is_below_no_line_of_promotion():
    people = _year()
    people[0] |= {"grade_order": None}
    people[5] |= {"grade_order": None}
    flow = flows(filled(people), THEN, NOW).everybody
    assert (flow.unranked, flow.rose, flow.promotion().base) == (1, 2, 14)


def test_a_rate_of_few_is_not_said():
    people = [staff(THEN, "a"), staff(NOW, "b")]
    assert isinstance(flows(filled(people), THEN, NOW).everybody.leaving(), TooFew)


def _recorded(**kinds):
    return [
        {"on_day": date(2025, 9, 1), "person": person, "kind": kind}
        for kind, found in kinds.items()
        for person in found
    ]


LEFT, CAME, ROSE = [f"p{n}" for n in range(5)], [f"n{n}" for n in range(4)], ["p5", "p6", "p7"]


def test_a_record_that_explains_both_snapshots_adds_up():
    records = filled(_year())
    records.fill("moves", _recorded(leaver=LEFT, joiner=CAME, promotion=ROSE))
    found = reconciled(records, THEN, NOW)
    assert found.adds_up
    assert str(found) == "20 + 4 joiners - 5 leavers = 19, as there are."


def test_a_record_that_does_not_is_told_of_each_thing_that_differs():
    records = filled([*_year(), staff(NOW, "n0")])
    records.fill("moves", _recorded(leaver=[*LEFT[1:], "p9"], joiner=CAME[:2], promotion=["p9"]))
    records.fill("moves", [{"on_day": THEN, "person": "p0", "kind": "leaver"}])
    found = reconciled(records, THEN, NOW)
    assert not found.adds_up
    assert found.unexplained == 2
    assert found.faults == (
        "Rows on 31 March 2026 that repeat somebody: 1.",
        "Joined with no record of it: 2.",
        "Left with no record of it: 1.",
        "Recorded as having left, and here now, or not here before: 1.",
        "Risen with no record of it: 3.",
        "Recorded as having risen, and in no higher grade: 1.",
    )


def test_whoever_came_and_went_in_between_or_rose_and_left_is_no_fault():
    records = filled(_year())
    passed = ["q1", "q2"]
    records.fill(
        "moves",
        _recorded(leaver=[*LEFT, *passed], joiner=[*CAME, *passed], promotion=[*ROSE, LEFT[0]]),
    )
    found = reconciled(records, THEN, NOW)
    assert found.adds_up
    assert str(found) == "20 + 6 joiners - 7 leavers = 19, as there are."
    # Who is said to have come, and is nowhere, is a fault still.
    records.fill("moves", _recorded(joiner=["q3"]))
    assert reconciled(records, THEN, NOW).faults == (
        "Recorded as having joined, and here before, or not here now: 1.",
    )


@given(st.integers(0, 999), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_any_four_counts_are_reconciled(start, joiners, leavers, end):
    found = reconcile(start=start, joiners=joiners, leavers=leavers, end=end)
    assert found.adds_up == (start + joiners - leavers == end)
    assert found.start + found.joiners - found.leavers + found.unexplained == found.end


def test_fewer_than_the_sum_are_said_to_be_fewer():
    assert reconcile(start=10, joiners=2, leavers=1, end=9).sentence == (
        "10 + 2 joiners - 1 leavers = 11, and there are 9: 2 fewer."
    )
    with pytest.raises(ValueError, match="below nought"):
        reconcile(start=10, joiners=-2, leavers=1, end=9)


def test_the_snapshots_stand_in_the_order_of_their_days():
    for statement in (flows_sql, recorded_moves_sql):
        with pytest.raises(ValueError, match="later"):
            statement(NOW, THEN)


def test_a_rate_is_exact_to_the_tenth():
    assert flows(filled(_year()), THEN, NOW).everybody.joining().per_cent == Decimal("21.1")
