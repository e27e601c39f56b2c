"""What happened to whom in a year, against counting one by one."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.workforce.staff import ABOVE, NOW, ROLLED, THEN, filled, staff, workforces
from goldenthread.workforce.rates.likelihood import four_fifths
from goldenthread.workforce.rates.outcomes import (
    EVENTS,
    OUTSIDE,
    outcomes,
    outcomes_sql,
    read_outcomes,
)
from goldenthread.workforce.too_few import TooFew

BEGINS, ENDS = date(2025, 4, 1), date(2026, 3, 31)
days = st.dates(BEGINS - timedelta(30), ENDS + timedelta(30))
cases = st.lists(
    st.fixed_dictionaries(
        {
            "opened": days,
            "person": st.sampled_from("abcdefgxyz"),
            "kind": st.sampled_from(["disciplinary", "grievance"]),
            "formal": st.booleans(),
        }
    ),
    max_size=15,
)
applied = st.lists(
    st.fixed_dictionaries(
        {
            "period": days,
            "applicant": st.just("a"),
            "unit": st.sampled_from(list(ABOVE)),
            "ethnicity": st.sampled_from([*ROLLED, "blank"]),
            "shortlisted": st.booleans(),
            "appointed": st.booleans(),
            "internal": st.booleans(),
        }
    ),
    max_size=20,
)


@settings(max_examples=15, deadline=None)
@given(workforces(), cases, st.booleans())
def test_staff_are_counted_once_each_in_their_last_group_and_unit(people, told, by_unit):
    records = filled(people)
    records.fill("cases", told)
    last = {one["person"]: one for one in sorted(people, key=lambda one: one["snapshot"])}
    struck = {
        case["person"]
        for case in told
        if case["kind"] == "disciplinary" and case["formal"] and BEGINS <= case["opened"] <= ENDS
    }
    totals, events = Counter(), Counter()
    for person, one in last.items():
        for unit in ABOVE[one["unit"]] if by_unit else [None]:
            place = unit, ROLLED.get(one["ethnicity"], one["ethnicity"])
            totals[place] += 1
            events[place] += person in struck
    sql = outcomes_sql("disciplinary", BEGINS, ENDS, grouping="white_other", by_unit=by_unit)
    found = read_outcomes("disciplinary", records.rows(sql))
    assert {(one.unit, group): counts for one in found for group, counts in one.counts.items()} == {
        place: (events[place], totals[place]) for place in totals
    }
    assert sum(one.outside for one in found) == len(struck - set(last))


@settings(max_examples=15, deadline=None)
@given(applied, st.sampled_from(["all", "internal", "external"]))
def test_appointments_are_of_those_shortlisted(told, applicants):
    records = filled([])
    records.fill("applications", told)
    mine = [
        one
        for one in told
        if BEGINS <= one["period"] <= ENDS
        and (applicants == "all" or one["internal"] == (applicants == "internal"))
    ]
    groups = {ROLLED.get(one["ethnicity"], one["ethnicity"]) for one in mine}
    sql = outcomes_sql("appointment", BEGINS, ENDS, grouping="white_other", applicants=applicants)
    found = read_outcomes("appointment", records.rows(sql))
    if not mine:
        assert found == ()
        return
    short = [one for one in mine if one["shortlisted"]]
    assert dict(found[0].counts) == {
        group: (
            sum(one["appointed"] for one in short if _group(one) == group),
            sum(_group(one) == group for one in short),
        )
        for group in groups
    }
    assert found[0].outside == sum(one["appointed"] and not one["shortlisted"] for one in mine)


def _group(one):
    return ROLLED.get(one["ethnicity"], one["ethnicity"])


def _team(white=30, asian=20):
    return [staff(THEN, f"w{n}") for n in range(white)] + [
        staff(THEN, f"a{n}", ethnicity="asian_indian") for n in range(asian)
    ]


def test_somebody_dismissed_in_the_year_is_still_below_the_line():
    records = filled(_team() + [staff(NOW, f"w{n}") for n in range(30)])
    case = {"opened": date(2025, 6, 1), "kind": "disciplinary", "formal": True}
    records.fill("cases", [case | {"person": f"a{n}"} for n in range(4)])
    records.fill(
        "cases", [case | {"person": "w0"}, case | {"person": "w0"}, case | {"person": "q"}]
    )
    found = outcomes(records, "disciplinary", BEGINS, ENDS, grouping="white_other")
    assert dict(found.counts) == {"white": (1, 30), "all_other": (4, 20)}
    assert found.outside == 1
    told = found.relative("all_other", "white", labels={"white": "White staff"})
    assert told.orientation == "all other / White staff"
    assert told.two_decimals == Decimal("6.00")
    assert found.rate("all_other").per_cent == Decimal("20.0")


def test_a_group_of_fewer_than_ten_is_not_compared():
    found = outcomes(filled(_team(asian=9)), "leaving", BEGINS, ENDS, grouping="white_other")
    assert isinstance(found.relative("all_other", "white").ratio, TooFew)
    assert isinstance(found.rate("all_other"), TooFew)


def test_applications_to_a_unit_count_in_those_above_it():
    records = filled([])
    asked = {"period": NOW, "ethnicity": "asian_indian", "shortlisted": True, "appointed": True}
    records.fill("applications", [asked | {"unit": "night_team"}, asked | {"unit": "new_team"}])
    sql = outcomes_sql("appointment", BEGINS, ENDS, by_unit=True)
    found = read_outcomes("appointment", records.rows(sql))
    assert [one.unit for one in found] == ["adults", "council", "new_team", "night_team"]
    assert {tuple(one.counts.items()) for one in found} == {(("asian_indian", (1, 1)),)}


def test_training_promotion_and_leaving_come_from_their_own_files():
    records = filled(_team())
    on = {"on_day": date(2025, 9, 1)}
    records.fill(
        "training",
        [
            on | {"person": "a0", "mandatory": False, "funded": True},
            on | {"person": "a1", "mandatory": False, "funded": False},
            on | {"person": "a2", "mandatory": True, "funded": True},
        ],
    )
    records.fill("moves", [on | {"person": "w1", "kind": "leaver"}])
    records.fill("moves", [on | {"person": f"w{n}", "kind": "promotion"} for n in (1, 2)])
    events = {
        event: sum(one for one, _total in outcomes(records, event, BEGINS, ENDS).counts.values())
        for event in EVENTS
    }
    assert events == {
        "shortlisting": 0,
        "appointment": 0,
        "disciplinary": 0,
        "grievance": 0,
        "capability": 0,
        "training": 2,
        "funded training": 1,
        "promotion": 2,
        "leaving": 1,
    }


def test_several_groups_are_added_up_under_one_name():
    found = outcomes(filled(_team()), "leaving", BEGINS, ENDS)
    whole = found.of("white_british", "asian_indian", called="Everybody")
    assert (whole.group, whole.events, whole.total) == ("Everybody", 0, 50)
    assert OUTSIDE not in found.counts


def test_a_share_of_hires_is_held_against_the_share_of_those_shortlisted():
    rows = [("", "white", 35, 70, 0), ("", "all_other", 5, 30, 0), ("", "blank", 9, 9, 0)]
    (found,) = read_outcomes("appointment", rows)
    assert found.share_ratio("all_other") == Fraction(5, 40) / Fraction(30, 100)
    assert [(one.group, one.events) for one in found.each()] == [("all other", 5), ("white", 35)]
    assert [one.below for one in four_fifths(found.each())] == [True, False]
    assert isinstance(found.share_ratio("blank"), TooFew)
    (nobody,) = read_outcomes("appointment", [("", "white", 0, 70, 0)])
    assert nobody.share_ratio("white") == TooFew("It happened to nobody.", marker="[x]")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"event": "x' or '1'='1"}, "closed lists"),
        ({"event": "leaving", "applicants": "x"}, "closed lists"),
        ({"event": "leaving", "characteristic": "name"}, "closed list"),
        ({"event": "appointment", "characteristic": "age"}, "neither age"),
    ],
)
def test_only_names_of_the_closed_lists_reach_a_statement(asked, told):
    with pytest.raises(ValueError, match=told):
        outcomes_sql(begins=BEGINS, ends=ENDS, **asked)
    with pytest.raises(ValueError, match="no sooner"):
        outcomes_sql("leaving", ENDS, BEGINS)
