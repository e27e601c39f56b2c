"""Ethnicity and disability pay gaps, by worked vectors and by what must always hold."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workforce.payroll import RATES
from goldenthread.workforce.pay.pay_gap import Gap
from goldenthread.workforce.pay.pay_gap_profiles import (
    CONSULTATION_2025,
    GUIDANCE_2023,
    PROFILES,
    RESPONSE_2026,
)
from goldenthread.workforce.pay.pay_gaps import read_pay_gaps
from goldenthread.workforce.pay.pay_records import bonus_pay_sql, hourly_pay_sql, staff_sql
from goldenthread.workforce.staff_columns import MISSING
from goldenthread.workforce.too_few import TooFew
from oracles import pay

DAY = date(2026, 3, 31)
HELD = json.loads((Path(__file__).parents[1] / "data" / "ethnicity_pay.json").read_text("utf-8"))
VECTORS = {each["id"]: each for each in HELD["vectors"]}
DATASET = HELD["datasets"]["epg-dataset"]
FIVE = RESPONSE_2026.comparison("ethnicity", "five")


@pytest.fixture
def staff(records):
    """The dataset of the vectors as staff records, with the roll-ups of its codes."""
    states = {"not_recorded": "not_known"}
    records.fill(
        "people",
        [
            {
                "snapshot": DAY,
                "person": str(number),
                "ethnicity": states.get(each["ethnicity"], each["ethnicity"]),
                "relevant": True,
                "full_pay": True,
                "hourly_pence": int(Fraction(str(each["hourly_pay"])) * 100),
            }
            for number, each in enumerate(DATASET["employees"])
        ],
    )
    rolled = DATASET["broad_group"]
    groups = [(code, "five", broad) for code, broad in rolled.items()]
    groups += [
        (code, "white_british_other", code if code == "white_british" else "all_other")
        for code in rolled
    ]
    groups += [
        (code, "white_other", broad if broad == "white" else "all_other")
        for code, broad in rolled.items()
    ]
    records.fill(
        "groups",
        [
            {"characteristic": "ethnicity", "code": code, "grouping": name, "grp": grp}
            for code, name, grp in groups
        ],
    )
    return records


def _asked(staff, profile, comparison, **how):
    asked = {"characteristic": comparison.characteristic, "grouping": comparison.grouping}
    return read_pay_gaps(
        profile,
        comparison,
        DAY,
        staff.rows(hourly_pay_sql(**asked)),
        staff.rows(bonus_pay_sql(**asked)),
        staff.rows(staff_sql(**asked)),
        **how,
    )


def _binary(reference, comparison, least=10):
    """The gaps of two lists of pence, by disability."""
    rows = [(DAY, "not_disabled", each, 1) for each in reference]
    rows += [(DAY, "disabled", each, 1) for each in comparison]
    there = [(DAY, "not_disabled", len(reference), len(reference), 0, 0)]
    there += [(DAY, "disabled", len(comparison), len(comparison), 0, 0)]
    how = RESPONSE_2026.comparison("disability")
    return read_pay_gaps(RESPONSE_2026, how, DAY, rows, [], there, least=least)


def test_the_binary_gap_of_the_2025_consultation(staff):
    expected = VECTORS["epg-01-binary-2025-consultation"]["expected"]
    found = _asked(staff, CONSULTATION_2025, CONSULTATION_2025.comparison("ethnicity"))
    reference, comparison = found.groups
    assert (reference.paid, comparison.paid) == (
        expected["n_reference"],
        expected["n_comparison"],
    )
    assert float(comparison.mean_hourly.exact) == pytest.approx(expected["mean_gap_pct"])
    assert float(comparison.median_hourly.exact) == pytest.approx(expected["median_gap_pct"])


def test_another_definition_gives_another_figure_and_says_which(staff):
    found = _asked(staff, RESPONSE_2026, RESPONSE_2026.comparison("ethnicity"))
    assert found.groups[1].mean_hourly.per_cent == Decimal("2.5")
    assert found.sentences[-1] == (
        "Defined by: Mandatory ethnicity and disability pay gap reporting: response CP 1542, 25 "
        "March 2026 (announced, and not law yet); reference group: White staff; at least 10 on "
        "either side."
    )
    assert found.sentences[0].endswith(
        "is 2.5% lower than that of White staff (base: White staff 120, staff of all other ethnic "
        "groups 81)."
    )


def test_five_groups_with_50_asked_for(staff):
    expected = VECTORS["epg-04-five-groups-min-50"]["expected"]
    found = _asked(staff, GUIDANCE_2023, GUIDANCE_2023.comparison("ethnicity", "five"))
    assert found.least == VECTORS["epg-04-five-groups-min-50"]["inputs"]["minimum_group_size"]
    assert {each.code for each in found.groups} == set(expected)
    for each in found.groups:
        wanted = expected[each.code]
        if wanted["reportable"]:
            assert each.paid == wanted["n"]
            assert each.mean_hourly.exact == wanted["mean_gap_pct_vs_white"]
            assert each.median_hourly.exact == wanted["median_gap_pct_vs_white"]
        else:
            assert each.mean_hourly.marker == each.paid.marker == wanted["marker"]
            assert isinstance(each.median_hourly, TooFew)


def test_nine_on_one_side_are_too_few():
    given_, expected = (
        VECTORS["epg-07-boundary-nine-and-ten"][each] for each in ("inputs", "expected")
    )
    pence = [[each * 100 for each in given_[side]] for side in ("reference", "comparison")]
    found = _binary(*pence, least=given_["minimum_group_size"])
    assert not expected["reportable"]
    assert found.groups[1].mean_hourly.marker == expected["marker"]
    assert isinstance(_binary(*pence[::-1]).groups[1].mean_hourly, TooFew)
    assert isinstance(_binary(pence[0], pence[0]).groups[1].mean_hourly, Gap)


def test_who_has_not_said_is_counted_by_state_and_on_neither_side(staff):
    found = _asked(staff, RESPONSE_2026, RESPONSE_2026.comparison("ethnicity"))
    undeclared = {
        "not_known": sum(e["ethnicity"] == "not_recorded" for e in DATASET["employees"]),
        "prefer_not_to_say": sum(
            e["ethnicity"] == "prefer_not_to_say" for e in DATASET["employees"]
        ),
    }
    assert found.missing == undeclared
    assert found.employees == len(DATASET["employees"]) == 240
    assert str(found.not_disclosed) == ("16.3% (39 of 240 employees; 95% interval 12.1% to 21.4%)")
    assert sum(each.paid for each in found.groups) == 201


def test_a_body_s_own_minimum_can_ask_for_more_and_never_for_less():
    tens = [1000 + step for step in range(12)], [900 + step for step in range(12)]
    assert _binary(*tens, least=2).least == 10
    assert isinstance(_binary(*tens, least=13).groups[1].mean_hourly, TooFew)


def test_a_group_without_anybody_is_shown_as_that():
    assert [each.paid for each in _binary([1000] * 20, []).groups] == [20, 0]
    rows = [(DAY, "white", 1000, 40), (DAY, "asian", 900, 40)]
    there = [(DAY, code, n, n, 0, 0) for code, n in (("white", 40), ("asian", 40), ("black", 0))]
    black = read_pay_gaps(RESPONSE_2026, FIVE, DAY, rows, [], there).groups[2]
    assert (black.code, black.paid, black.mean_hourly.marker) == ("black", 0, "[x]")


def test_one_small_group_takes_another_with_it_so_that_the_sum_tells_nothing():
    """38 + 7 + 25 = 70 minority staff: the sum, which the binary gap prints, less 63 would be 7."""
    held = {"white": 120, "asian": 38, "black": 25, "mixed": 7}
    rows = [(DAY, code, 1500, number) for code, number in held.items()]
    there = [(DAY, code, number, number, 0, 0) for code, number in held.items()]
    found = read_pay_gaps(RESPONSE_2026, FIVE, DAY, rows, [], there)
    shown = {each.code: each.paid for each in found.groups if not isinstance(each.paid, TooFew)}
    assert shown == {"white": 120, "asian": 38}
    black, mixed = found.groups[2:]
    assert (black.code, mixed.code) == ("black", "mixed")
    assert (black.paid, black.mean_hourly, black.composition) == (
        (mixed.paid, mixed.mean_hourly, mixed.composition)
    )


def test_an_answer_without_detail_is_on_neither_side_and_hides_nobody():
    how = CONSULTATION_2025.comparison("ethnicity")
    held = {"white_british": 90, "all_other": 60, "white_not_detailed": 3}
    rows = [(DAY, code, 1500, number) for code, number in held.items()]
    there = [(DAY, code, number, number, 0, 0) for code, number in held.items()]
    found = read_pay_gaps(CONSULTATION_2025, how, DAY, rows, [], there)
    assert [each.code for each in found.groups] == ["white_british", "all_other"]
    assert found.groups[1].mean_hourly.exact == 0
    assert (found.employees, found.not_disclosed.count) == (153, 0)


def test_figures_on_fewer_than_50_are_marked(staff):
    found = _asked(staff, RESPONSE_2026, FIVE)
    assert {each.code: each.few for each in found.groups if isinstance(each.mean_hourly, Gap)} == {
        "white": False,
        "asian": True,
        "black": True,
    }


def test_intervals_are_withheld_with_their_figures(staff):
    found = _asked(staff, RESPONSE_2026, FIVE, intervals=True)
    for each in found.groups:
        assert isinstance(each.intervals, TooFew) == isinstance(each.mean_hourly, TooFew)
    assert found.groups[0].intervals is None


def test_quarters_are_shares_of_the_people_who_are_compared():
    assert isinstance(_binary([1000] * 60, [1000] * 20).quarters, TooFew)
    assert _binary([1000] * 120, [1000] * 40).quarters == {
        "not_disabled": (Decimal("75.0"),) * 4,
        "disabled": (Decimal("25.0"),) * 4,
    }


def test_a_bonus_gap_needs_enough_with_a_bonus_on_both_sides():
    how = RESPONSE_2026.comparison("disability")
    there = [(DAY, "not_disabled", 90, 90, 0, 30), (DAY, "disabled", 60, 60, 0, 9)]
    hourly = [(DAY, "not_disabled", 1500, 90), (DAY, "disabled", 1500, 60)]
    bonus = [(DAY, "not_disabled", 90_000, 30), (DAY, "disabled", 80_000, 9)]
    found = read_pay_gaps(RESPONSE_2026, how, DAY, hourly, bonus, there)
    reference, disabled = found.groups
    assert disabled.mean_hourly.exact == 0
    assert isinstance(disabled.mean_bonus, TooFew)
    assert (reference.bonus_share.per_cent, disabled.bonus_share) == (
        Decimal("33.3"),
        TooFew("Fewer than 10 had a bonus, or had none.", least=10),
    )


def test_a_group_is_said_by_the_label_of_its_list():
    how = GUIDANCE_2023.comparison("ethnicity").named({"asian_indian": "Indian"})
    rows = [(DAY, "white_british", 1500, 60), (DAY, "asian_indian", 1200, 60)]
    there = [(DAY, code, 60, 60, 0, 0) for code in ("white_british", "asian_indian")]
    assert read_pay_gaps(GUIDANCE_2023, how, DAY, rows, [], there).sentences[0] == (
        "The mean hourly pay of staff of the group “Indian” is 20.0% lower than that of White "
        "British staff (base: White British staff 60, staff of the group “Indian” 60)."
    )


def test_a_comparison_of_another_profile_is_a_programmer_s_mistake():
    with pytest.raises(ValueError, match="of the profile"):
        read_pay_gaps(GUIDANCE_2023, RESPONSE_2026.comparison("disability"), DAY, [], [], [])
    with pytest.raises(ValueError, match="no such comparison"):
        GUIDANCE_2023.comparison("disability")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.code)
def test_every_profile_gives_its_sources_and_how_it_stands(profile):
    assert all(each.startswith("https://") for each in profile.source)
    assert profile.standing
    assert profile.least >= 10


GROUPS = st.sampled_from(["white", "asian", "black", "mixed", "other", *MISSING])


@given(st.lists(st.tuples(GROUPS, RATES, st.integers(1, 30)), max_size=12))
def test_every_gap_that_is_given_is_that_of_the_slow_obvious_way(lots):
    rows = [(DAY, *each) for each in lots]
    there = [(DAY, code, number, number, 0, 0) for code, _, number in lots]
    found = read_pay_gaps(RESPONSE_2026, FIVE, DAY, rows, [], there)
    people = {
        code: [pence for each, pence, number in lots if each == code for _ in range(number)]
        for code in ("white", "asian", "black", "mixed", "other")
    }
    shown = [each for each in found.groups if isinstance(each.mean_hourly, Gap)]
    for each in shown:
        assert len(people["white"]) >= 10
        assert each.paid == len(people[each.code]) >= 10
        for statistic, gap in (("mean", each.mean_hourly), ("median", each.median_hourly)):
            assert gap.exact == pay.gap(people["white"], people[each.code], statistic)
            assert gap.reference in gap.sentence
    hidden = [len(people[each.code]) for each in found.groups if isinstance(each.paid, TooFew)]
    everybody = sum(map(len, people.values()))
    if hidden and everybody >= 10 and sum(n > 0 for n in map(len, people.values())) > 1:
        assert len(hidden) > 1
        assert sum(hidden) >= 10
