"""Who works here, against counting one by one."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.workforce.staff import (
    ABOVE,
    GRADES,
    MISSING,
    NOW,
    ROLLED,
    THEN,
    filled,
    staff,
    workforces,
)
from goldenthread.workforce.rates.composition import composition, composition_sql
from goldenthread.workforce.rates.declaration import declarations
from goldenthread.workforce.rates.outcomes import outcomes_sql, read_outcomes
from goldenthread.workforce.too_few import TooFew

few = settings(max_examples=15, deadline=None)


def _by_hand(people, crossed):
    """Everybody, once for each unit above them, each grade or all, and each code or pair."""
    counts = Counter()
    for one in people:
        ethnic = ROLLED.get(one["ethnicity"], one["ethnicity"])
        subjects = [
            {("sex", one["sex"])},
            {("ethnicity", ethnic)},
            {("sex", one["sex"]), ("ethnicity", ethnic)},
        ]
        for unit in (*ABOVE[one["unit"]], None):
            for grade in (one["grade"], None):
                if unit and grade and not crossed:
                    continue
                for subject in subjects:
                    counts[one["snapshot"], unit, grade, frozenset(subject)] += 1
    return counts


@few
@given(workforces(), st.booleans())
def test_one_statement_counts_every_unit_grade_code_and_pair(people, crossed):
    found = composition(
        filled(people),
        ["sex", "ethnicity"],
        pairs=[("sex", "ethnicity")],
        groupings={"ethnicity": "white_other"},
        crossed=crossed,
    )
    assert dict(found.counts) == _by_hand(people, crossed)
    assert found.snapshots == tuple(sorted({one["snapshot"] for one in people}))
    held = {one["grade"] for one in people}
    assert found.grades == tuple(grade for grade in GRADES if grade in held)


@few
@given(workforces(), st.sampled_from([None, *ABOVE]))
def test_each_characteristic_adds_up_to_the_same_headcount(people, unit):
    found = composition(filled(people), ["sex", "ethnicity", "disability", "age"])
    for day in (THEN, NOW):
        there = sum(
            one["snapshot"] == day and (unit is None or unit in ABOVE[one["unit"]])
            for one in people
        )
        for one in found.characteristics:
            assert found.base(day, [one], unit=unit, among="everybody") == there


def test_whoever_did_not_say_is_on_neither_side_of_the_line_unless_it_says_everybody():
    people = [staff(NOW, f"w{n}", ethnicity="white_british") for n in range(15)]
    people += [staff(NOW, f"a{n}", ethnicity="asian_indian") for n in range(5)]
    people += [staff(NOW, f"m{n}", ethnicity=MISSING[n % 4]) for n in range(20)]
    found = composition(filled(people), ["ethnicity"], groupings={"ethnicity": "white_other"})
    code = {"ethnicity": "all_other"}
    assert found.share(NOW, code).sentence == (
        "25.0% (5 of 20 people on 31 March 2026 whose ethnicity is known; 95% interval 11.2% to "
        "46.9%)"
    )
    assert found.share(NOW, code, among="everybody").base == 40
    assert isinstance(found.share(NOW, code, unit="place"), TooFew)


def test_a_pair_s_base_is_those_of_whom_both_are_known():
    people = [staff(NOW, f"k{n}", ethnicity="asian_indian") for n in range(12)]
    people += [staff(NOW, "n", ethnicity="asian_indian", sex="blank"), staff(NOW, "b")]
    found = composition(filled(people), ["sex", "ethnicity"], pairs=[("sex", "ethnicity")])
    share = found.share(NOW, {"sex": "female", "ethnicity": "asian_indian"})
    assert (share.count, share.base) == (12, 13)


def test_a_grade_within_a_unit_is_only_there_where_it_was_asked_for():
    people = [staff(NOW, f"n{n}", unit="place", grade="g2") for n in range(10)] + [staff(NOW, "x")]
    place = {"unit": "place", "grade": "g2"}
    found = composition(filled(people), ["sex"], crossed=True)
    assert found.people(NOW, {"sex": "female"}, **place) == 10
    with pytest.raises(ValueError, match="ask for them crossed"):
        composition(filled(people), ["sex"]).share(NOW, {"sex": "female"}, **place)


def test_a_unit_that_no_line_names_stands_for_itself_and_loses_nobody():
    people = [staff(NOW, f"n{n}") for n in range(5)] + [staff(NOW, "x") | {"unit": "new_team"}]
    records = filled(people)
    found = composition(records, ["sex"])
    assert found.people(NOW, {"sex": "female"}) == 6
    assert found.people(NOW, {"sex": "female"}, unit="new_team") == 1
    assert {one.unit: one.headcount for one in declarations(records, ["sex"])} == {
        None: 6,
        "council": 5,
        "new_team": 1,
    }
    sql = outcomes_sql("leaving", THEN, NOW, characteristic="sex", by_unit=True)
    told = {one.unit: one.counts for one in read_outcomes("leaving", records.rows(sql))}
    assert told == {"council": {"female": (0, 5)}, "new_team": {"female": (0, 1)}}


def test_senior_managers_are_counted_apart():
    people = [staff(NOW, f"h{n}", grade="head") for n in range(11)] + [staff(NOW, "g")]
    found = composition(filled(people), ["sex"], posts="leadership")
    assert found.share(NOW, {"sex": "female"}).of == (
        "senior managers on 31 March 2026 whose sex is known"
    )
    assert found.people(NOW, {"sex": "female"}) == 11


def test_ages_fall_into_their_bands_and_no_age_is_not_known():
    ages = [16, 24, 25, 64, 65, 80, None]
    people = [staff(NOW, str(age), age=age) for age in ages]
    found = composition(filled(people), ["age"])
    counts = {code: found.people(NOW, {"age": code}) for code in found.codes["age"]}
    assert counts == {"16-24": 2, "25-34": 1, "55-64": 1, "65+": 2, "not_known": 1}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"characteristics": ["sex; drop table people"]}, "closed list"),
        ({"characteristics": []}, "ask for a characteristic"),
        ({"characteristics": ["sex"], "pairs": [("sex", "age")]}, "pair"),
        ({"characteristics": ["sex"], "pairs": [("sex", "sex")]}, "pair"),
        ({"characteristics": ["sex"], "groupings": {"sex": "x' or '1'='1"}}, "grouping"),
    ],
)
def test_only_names_of_the_closed_lists_reach_a_statement(asked, told):
    with pytest.raises(ValueError, match=told):
        composition_sql(asked.pop("characteristics"), **asked)


def test_a_snapshot_that_is_asked_for_is_the_only_one():
    people = [staff(THEN, "a"), staff(NOW, "a")]
    found = composition(filled(people), ["sex"], snapshots=[NOW, date(2027, 3, 31)])
    assert found.snapshots == (NOW,)
