"""What protection is held to: awkward workforces, and releases small enough to try everything."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosure.awkward import MAKERS, SMALLER
from core.disclosure.counted import (
    People,
    cell,
    codes,
    counts,
    leaf,
    leaves,
    publish,
    read,
    rounded,
    small,
)
from core.disclosure.small_releases import MOST_LEAVES, MOST_PEOPLE, small_releases

SEEDS = (1, 2)
GIVEN = Path(__file__).parent / "data" / "releases"
EVERY_CASE = pytest.mark.parametrize("name", SMALLER)


def _sizes(case, dim, period=None):
    asked = period or case.spec["periods"][-1]
    return Counter(leaf(row, dim) for row in case.rows if row["period"] == asked)


def _answers(case, dim):
    found = {}
    for row in case.rows:
        found.setdefault(row["team"], Counter())[row[dim]] += 1
    return found


@EVERY_CASE
def test_the_same_seed_makes_the_same_people_and_another_seed_others(name):
    make = SMALLER[name]
    assert make(3) == make(3)
    if name != "second_quarter":
        assert make(3).rows != make(4).rows


@EVERY_CASE
@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_is_once_in_a_period_and_in_lowest_codes_that_there_are(name, seed):
    case = SMALLER[name](seed)
    assert case.name == name and case.must_not.endswith(".")
    seen = Counter((row["person"], row["period"]) for row in case.rows)
    assert set(seen.values()) == {1}
    for spec in case.specs:
        assert {row["period"] for row in case.rows} == set(spec["periods"])
        for dim in spec["dims"]:
            known = {period: leaves(spec, dim, period) for period in spec["periods"]}
            assert all(leaf(row, dim) in known[row["period"]] for row in case.rows)


@EVERY_CASE
@pytest.mark.parametrize("seed", SEEDS)
def test_in_every_case_there_is_something_to_protect(name, seed):
    case = SMALLER[name](seed)
    if name != "second_quarter":
        assert small(case.spec, case.rows)


@EVERY_CASE
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_of_joiners_and_leavers_is_true(name, seed):
    case = SMALLER[name](seed)
    for flow in case.spec.get("flows", []):
        before, after = (
            {row["person"]: row for row in case.rows if row["period"] == flow[end]}
            for end in ("from", "to")
        )
        joined, left = len(after.keys() - before.keys()), len(before.keys() - after.keys())
        assert (flow["joiners"], flow["leavers"]) == ([joined] * 2, [left] * 2)
        if not flow.get("answers_may_change", True):
            stayed = before.keys() & after.keys()
            for dim in ("ethnicity", "disability"):
                assert all(before[who][dim] == after[who][dim] for who in stayed)


@pytest.mark.parametrize("seed", SEEDS)
def test_tiny_teams_have_one_to_four_people_beside_others_of_thirty_and_more(seed):
    sizes = set(_sizes(MAKERS["tiny_teams"](seed), "org").values())
    assert {1, 2, 3, 4} <= sizes and max(sizes) > 30


@pytest.mark.parametrize("seed", SEEDS)
def test_some_ethnic_groups_are_one_person(seed):
    sizes = _sizes(MAKERS["one_person_categories"](seed), "ethnicity")
    assert sum(size == 1 for size in sizes.values()) == 5


@pytest.mark.parametrize("seed", SEEDS)
def test_of_some_teams_nobody_declared_and_of_some_one_person_did(seed):
    case = MAKERS["undeclared_teams"](seed)
    found = [(sum(each.values()), each[""] + each["Not declared"])
             for each in _answers(case, "ethnicity").values()]  # fmt: skip
    assert any(undeclared == people for people, undeclared in found)
    assert any(undeclared == people - 1 for people, undeclared in found)
    assert any(row["ethnicity"] == "" for row in case.rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_team_of_four_moves_to_another_directorate(seed):
    case = MAKERS["moved_unit"](seed)
    teams = [
        {row["directorate"] for row in case.rows
         if row["team"].endswith("Team 9") and row["period"] == period}
        for period in case.spec["periods"]
    ]  # fmt: skip
    assert teams == [{"Place"}, {"People"}]
    assert _sizes(case, "org")["People / Div 1 / Team 9"] == 4


@pytest.mark.parametrize("seed", SEEDS)
def test_one_leaves_then_one_declares(seed):
    case = MAKERS["leaver_and_late_declarer"](seed)
    first, second, third = (_sizes(case, "ethnicity", one) for one in case.spec["periods"])
    assert first - second == Counter({"Caribbean": 1}) and not second - first
    assert (second - third, third - second) == (
        Counter({"Not declared": 1}),
        Counter({"Pakistani": 1}),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_linked_tables_share_margins_with_one_another(seed):
    case = MAKERS["linked_margins"](seed)
    tables = [set(table["dims"]) for table in case.spec["tables"]]
    assert all(any(one & other for other in tables if other is not one) for one in tables)


@pytest.mark.parametrize("seed", SEEDS)
def test_structural_noughts_are_nought_of_everybody(seed):
    case = MAKERS["structural_zeros"](seed)
    people = People(case.spec, case.rows)
    told = case.spec["structural"]
    assert told and all(not people.count(cell("2026Q1", **one)) for one in told)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_person_earns_more_than_the_rest_of_the_team(seed):
    case = MAKERS["dominant_earner"](seed)
    unit = case.rows[0]["team"]
    team = [float(row["hourly_pay"]) for row in case.rows if row["team"] == unit]
    assert len(team) == 10 and max(team) > sum(team) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_of_percentages_no_count_but_headcount_is_shown(seed):
    spec = MAKERS["percentages_only"](seed).spec
    assert {dim for _period, told in counts(spec) for dim, _code in told} == {"org"}


@pytest.mark.parametrize("seed", SEEDS)
def test_directorates_and_sites_divide_the_same_people(seed):
    case = MAKERS["two_partitions"](seed)
    people = People(case.spec, case.rows)
    ways = case.spec["dims"]["org"]["children"]["Total"]
    sums = [sum(people.count(cell("2026Q1", org=code)) for code in way) for way in ways]
    assert len(ways) == 2 and sums == [len(case.rows)] * 2


@pytest.mark.parametrize("seed", SEEDS)
def test_of_some_teams_two_people_answered_and_in_some_all_disagreed(seed):
    answers = list(_answers(MAKERS["survey"](seed), "survey_q1").values())
    assert any(each["Disagree"] == 2 and not each["Agree"] for each in answers)
    assert any(set(each) == {"Disagree"} for each in answers)


@pytest.mark.parametrize("seed", SEEDS)
def test_in_some_teams_all_are_alike_and_in_others_all_but_one(seed):
    alike = _answers(MAKERS["all_alike"](seed), "ethnicity").values()
    assert any(len(each) == 1 and sum(each.values()) >= 7 for each in alike)
    others = _answers(MAKERS["all_but_one"](seed), "ethnicity").values()
    assert any(sorted(each.values())[0] == 1 and len(each) == 2 for each in others)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_directorate_of_one_team_is_the_same_people_three_times(seed):
    case = MAKERS["one_team_directorate"](seed)
    people = People(case.spec, case.rows)
    chain = ["Audit", "Audit / Div 1", "Audit / Div 1 / Team 1"]
    assert [people.count(cell("2026Q1", org=code)) for code in chain] == [6, 6, 6]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_directorate_and_a_team_are_empty(seed):
    case = MAKERS["empty_unit"](seed)
    people = People(case.spec, case.rows)
    for code in ("Canals", "Ports / Div 1 / Team 2"):
        assert code in codes(case.spec, "org", "2026Q1", ["directorate", "team"])
        assert people.count(cell("2026Q1", org=code)) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_at_threshold_ten_five_to_nine_people_are_few(seed):
    case = MAKERS["threshold_ten"](seed)
    people = People(case.spec, case.rows)
    held = {people.count(where) for where in small(case.spec, case.rows)}
    assert held <= set(range(1, 10)) and held & set(range(5, 10))


def test_a_full_council_has_3200_people_over_four_quarters():
    case = MAKERS["full_council"](1)
    sizes = [sum(_sizes(case, "org", period).values()) for period in case.spec["periods"]]
    assert sizes[0] == 3_200 and len(sizes) == 4 and all(3_100 < size < 3_300 for size in sizes)
    assert len(case.spec["flows"]) == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_two_audiences_get_the_same_people_at_two_thresholds(seed):
    case = MAKERS["two_audiences"](seed)
    assert [spec["threshold"] for spec in case.specs] == [5, 10]


def test_the_second_quarter_is_the_worked_example():
    case = MAKERS["second_quarter"](0)
    people = People(case.spec, case.rows)
    minority = {
        period: [people.count(cell(period, org=unit, ethnicity="Black")) for unit in "ABC"]
        for period in case.spec["periods"]
    }
    assert minority == {"2025Q4": [1, 6, 7], "2026Q1": [2, 6, 7]}


@pytest.mark.parametrize("name", ["two_audiences", "tiny_teams"])
def test_a_case_is_written_as_a_council_has_it(name, tmp_path):
    case = SMALLER[name](1)
    place = case.write(tmp_path)
    written = ["spec.json", "spec_2.json"][: len(case.specs)]
    assert sorted(path.name for path in place.iterdir()) == ["microdata.csv", *written]
    assert tuple(json.loads((place / one).read_text()) for one in written) == case.specs
    with (place / "microdata.csv").open(newline="") as stream:
        assert list(csv.DictReader(stream)) == case.rows


@pytest.mark.parametrize("name", [path.name for path in sorted(GIVEN.iterdir())])
def test_the_given_releases_are_read_as_ours_are(name):
    spec = json.loads((GIVEN / name / "spec.json").read_text(encoding="utf-8"))
    with (GIVEN / name / "microdata.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert small(spec, rows)


def test_heads_are_counted_at_every_level():
    spec, rows = MAKERS["tiny_teams"](1).spec, MAKERS["tiny_teams"](1).rows
    people = People(spec, rows)
    assert people.count(cell("2026Q1", org="Total")) == len(rows) == 94
    first = "Chief Executive / Div 1"
    assert codes(spec, "org", "2026Q1", ["division"])[0] == first
    assert people.count(cell("2026Q1", org=first)) == 3
    assert leaves(spec, "org", "2026Q1", first) == {f"{first} / Team 1", f"{first} / Team 2"}
    asian = people.count(cell("2026Q1", ethnicity="Asian"))
    assert asian == sum(row["ethnicity_broad"] == "Asian" for row in rows)


def test_what_knows_nothing_of_subtraction_hides_small_counts_alone(tmp_path):
    case = MAKERS["dominant_earner"](1)
    release = publish(case.spec, case.rows)
    assert read(release.write(tmp_path)) == release
    by_unit = {row["org"]: row for row in release.cells if row["measure"] == "count"
               and not row["sex"] and row["table"] == case.spec["tables"][0]["name"]}  # fmt: skip
    assert by_unit[""]["value"] == "100"
    alone = by_unit["Finance / Div 2 / Team 1"]
    assert (alone["value"], alone["symbol"]) == ("", "[c]")
    gaps = [row for row in release.cells if row["measure"] == "gap" and row["sex"] == "Male"]
    assert {row["value"] for row in gaps} == {"0.0"} and gaps[0]["of"] == "sex=Male"


def test_a_half_is_rounded_away_from_nought():
    assert [rounded(each, 1) for each in (0.25, -0.25, 12, -0.04)] == ["0.3", "-0.3", "12.0", "0.0"]


@given(small_releases())
def test_small_releases_are_small_and_true(release):
    spec, rows = release
    assert 1 <= len(spec["tables"]) <= 3 and 2 <= len(spec["dims"]) <= 3
    for period in spec["periods"]:
        size = 1
        for dim in spec["dims"]:
            known = leaves(spec, dim, period)
            size *= len(known)
            assert all(leaf(row, dim) in known for row in rows if row["period"] == period)
        assert size <= MOST_LEAVES
        assert 1 <= sum(row["period"] == period for row in rows) <= MOST_PEOPLE
    for flow in spec.get("flows", []):
        who = [{row["person"] for row in rows if row["period"] == p} for p in spec["periods"]]
        assert flow["joiners"][0] <= len(who[1] - who[0]) <= flow["joiners"][1]
        assert flow["leavers"][0] <= len(who[0] - who[1]) <= flow["leavers"][1]


@given(small_releases(percentages=False, periods=1, people=(5, 8)), st.data())
def test_small_releases_of_counts_alone_can_be_asked_for(release, data):
    spec, rows = release
    assert {each for table in spec["tables"] for each in table["measures"]} == {"count"}
    assert len(spec["periods"]) == 1 and len(rows) >= 5
    where = data.draw(st.sampled_from(counts(spec)))
    assert People(spec, rows).count(where) <= len(rows)
