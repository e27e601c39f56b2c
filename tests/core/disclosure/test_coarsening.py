"""The smallest release that works, of those that cannot be protected as they were asked for."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosure.council import (
    DIRECTORATES,
    EVERY,
    GROUPS,
    ORG,
    Staff,
    dims,
    flow,
    org,
    spec_of,
    table,
)
from core.disclosure.small_releases import small_releases
from goldenthread.disclosure.coarsening import smallest_coarsening
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.merging import together
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import Demand, hide
from goldenthread.disclosure.spec import specification
from goldenthread.disclosure.verify import verify

BY_GROUP = table(org=DIRECTORATES, ethnicity=GROUPS)
BY_SEX = table(org=DIRECTORATES, sex=EVERY)


def asked(units, *tables, **more):
    """The specification and the rows of so many people in each unit."""
    staff = Staff(1)
    for unit, people in units.items():
        staff.join(unit, people)
    return spec_of("asked", dims(org(*units)), *tables, **more), staff.rows


def offered(given, rows, **more):
    """What is offered instead of a release that is shown to be refused."""
    spec = specification(given)
    people = people_of(rows, spec)
    found = hide(spec, people, spec.threshold)
    assert found.unproved
    return smallest_coarsening(spec, people, spec.threshold, found, **more)


def test_a_directorate_of_three_stands_together_with_the_smallest_other():
    given, rows = asked({("Audit",): 3, ("Legal",): 40, ("Place",): 50}, BY_GROUP, BY_SEX)
    found = offered(given, rows)
    assert found.words == "Publish “Audit” and “Legal” as one directorate."
    # Two headcounts, by six groups and by two sexes: 43 people, three times.
    assert (found.figures, found.lost, found.tried) == (2 * (1 + 6 + 2), 3 * 43, 1)
    assert found.changed["dims"]["org"]["children"] == {
        "Total": ["Audit and Legal", "Place"],
        "Audit and Legal": ["Audit", "Legal"],
    }
    assert given["dims"]["org"]["children"] == {"Total": ["Audit", "Legal", "Place"]}


def test_directorates_of_one_take_in_as_many_as_make_the_threshold():
    units = {("Audit",): 1, ("Clerk",): 1, ("Legal",): 40, ("Place",): 50}
    found = offered(*asked(units, BY_GROUP, BY_SEX))
    assert found.words == "Publish “Audit”, “Clerk” and “Legal” as one directorate."


def test_what_is_offered_is_a_release_whose_proof_holds(tmp_path):
    given, rows = asked({("Audit",): 3, ("Legal",): 40, ("Place",): 50}, BY_GROUP, BY_SEX)
    found = offered(given, rows)
    after = specification(json.loads(json.dumps(found.changed)))
    write_release(tmp_path / "out", after, hide(after, people_of(rows, after), 5), "internal", 5)
    assert verify(tmp_path / "out") == []


def test_divisions_of_directorates_that_stand_together_stay_divisions():
    units = {
        ("Audit", "Risk"): 3, ("Legal", "Courts"): 30, ("Legal", "Deeds"): 10, ("Place", "Parks"): 9
    }  # fmt: skip
    found = offered(*asked(units, table(org=ORG), table(org=ORG, ethnicity=GROUPS)))
    assert found.changed["dims"]["org"]["children"] == {
        "Total": ["Audit and Place", "Legal"],
        "Audit and Place": ["Audit / Risk", "Place / Parks"],
        "Legal": ["Legal / Courts", "Legal / Deeds"],
    }


def test_of_two_directorates_the_level_is_dropped():
    found = offered(*asked({("Audit",): 3, ("Legal",): 40}, BY_GROUP, BY_SEX))
    assert found.words == "Drop the level directorate from every table that has it."
    assert all("org" not in one["dims"] for one in found.changed["tables"])


def test_a_table_of_nothing_but_units_becomes_the_body():
    found = offered(*asked({("Audit",): 3, ("Legal",): 40}, table(org=ORG)))
    assert [one["dims"] for one in found.changed["tables"]] == [{"org": ["Total"]}]
    assert not found.found.hidden.any()


def one_apart():
    """Five people in a directorate, four of them men: nobody could believe that six are."""
    given, rows = asked({("Audit",): 5, ("Legal",): 40, ("Place",): 50})
    for number, row in enumerate(rows[:5]):
        row["sex"] = "Female" if number == 0 else "Male"
    return given, rows


def test_percentages_of_the_large_alone_would_give_the_small_one_back():
    given, rows = one_apart()
    told = table("count", "percent:sex", org=DIRECTORATES, sex=EVERY)
    found = offered({**given, "tables": [told, table(org=DIRECTORATES)]}, rows)
    assert found.words == "Publish “Audit” and “Legal” as one directorate."


def test_detailed_categories_are_merged_into_their_broad_ones():
    given, rows = asked({("Audit",): 5, ("Legal",): 40, ("Parks",): 50, ("Roads",): 60})
    for number, row in enumerate(rows[:5]):
        row.update(sex="Male", grade="G1", disability="No", ethnicity_broad="White")
        row["ethnicity"] = "Irish" if number else "Roma"
    given["tables"] = [
        table(org=DIRECTORATES, ethnicity=["Total", "broad", "detailed"]),
        table(org=DIRECTORATES, grade=EVERY, sex=EVERY),
        table(org=DIRECTORATES, grade=EVERY, disability=EVERY),
    ]
    assert offered(given, rows).words == (
        "Merge the detailed categories of ethnicity into the broad ones in the table "
        f"“{given['tables'][0]['name']}”."
    )


def quarters(unproved_in, *told, joined=0, left=0):
    """A safe release over four quarters of which one figure is said to be unproved."""
    staff = Staff(2, "2025Q2")
    rows = staff.join(("Place",), 60)
    for period in ("2025Q3", "2025Q4", "2026Q1"):
        rows = staff.stay(rows[left:], period)
        rows += staff.join(("Place",), joined)
    periods = ["2025Q2", "2025Q3", "2025Q4", "2026Q1"]
    given = spec_of("q", dims(org(("Place",))), table(sex=EVERY), periods=periods, flows=[*told])
    spec = specification(given)
    people = people_of(staff.rows, spec)
    found = hide(spec, people, 5)
    figures = found.marks.figures
    cell = next(figures.find_codes(periods.index(unproved_in), {"sex": "Male"}))
    return spec, people, replace(found, unproved=(Demand(cell, 4),))


def test_it_is_published_yearly_where_that_loses_least():
    spec, people, found = quarters("2025Q2", flow("2025Q4", "2026Q1", 0, 0))
    yearly = smallest_coarsening(spec, people, 5, found)
    assert yearly.words == (
        "Publish yearly: of each year only its last period, which leaves 2025Q4 and 2026Q1. "
        "Take the rows of 2025Q2 and 2025Q3 out of the file of people as well."
    )
    assert yearly.changed["periods"] == ["2025Q4", "2026Q1"]
    assert yearly.changed["flows"] == [flow("2025Q4", "2026Q1", 0, 0)]
    assert len(yearly.people) == 120 and yearly.figures == 6


def test_what_is_known_of_some_quarters_is_known_less_surely_of_them_together():
    told = [flow(one, other, 3, 1) for one, other in (
        ("2025Q2", "2025Q3"), ("2025Q3", "2025Q4"), ("2025Q4", "2026Q1"))]  # fmt: skip
    spec, people, found = quarters("2025Q4", *told, joined=3, left=1)
    yearly = smallest_coarsening(spec, people, 5, found)
    assert yearly.changed["periods"] == ["2025Q2", "2026Q1"]
    # Nine came and three left: at least six of the nine are still there.
    assert yearly.changed["flows"] == [
        {"from": "2025Q2", "to": "2026Q1", "where": {}, "joiners": [6, 9], "leavers": [0, 3],
         "answers_may_change": True}
    ]  # fmt: skip


def test_of_quarters_of_which_one_is_not_known_nothing_is_known_together():
    spec, people, found = quarters("2025Q4", flow("2025Q2", "2025Q3", 0, 0))
    assert smallest_coarsening(spec, people, 5, found).changed["flows"] == []


def test_a_body_that_was_too_small_is_counted_in_the_last_period_alone():
    """Four people, then five, of whom everybody knows that one joined: four is no secret."""
    staff = Staff(1, "2025Q4")
    staff.join(("Place",), 4)
    staff.stay(list(staff.rows), "2026Q1")
    staff.join(("Place",))
    given = spec_of(
        "small", dims(org(("Place",))), table(org=["Total"]), periods=["2025Q4", "2026Q1"],
        flows=[flow("2025Q4", "2026Q1", 1, 0)],
    )  # fmt: skip
    found = offered(given, staff.rows)
    assert found.words == (
        "Publish the headcount of the body alone, in 2026Q1. "
        "Take the rows of 2025Q4 out of the file of people as well."
    )
    assert (found.changed["periods"], found.changed["flows"]) == (["2026Q1"], [])


def test_a_unit_is_not_merged_where_something_else_names_it():
    units = {("Audit", "Risk"): 3, ("Legal", "Courts"): 30, ("Place", "Parks"): 29}
    given, rows = asked(units, table(org=DIRECTORATES, sex=EVERY))
    given["structural"] = [{"org": "Audit", "sex": "Female"}]
    for row in rows:
        row["sex"] = "Male" if row["directorate"] == "Audit" else row["sex"]
    assert offered(given, rows).words.startswith("Drop the level directorate")


def test_units_that_stand_side_by_side_in_every_period_are_merged_in_all():
    staff = Staff(3, "2025Q4")
    for unit, people in {("Audit",): 3, ("Legal",): 40, ("Place",): 50}.items():
        staff.join(unit, people)
    staff.stay(list(staff.rows), "2026Q1")
    later = {"Total": ["Place", "Both"], "Both": ["Audit", "Legal"]}
    told = dims(org(("Audit",), ("Legal",), ("Place",)), **{"2026Q1": later})
    given = spec_of("moved", told, BY_SEX, periods=["2025Q4", "2026Q1"])
    spec = specification(given)
    people = people_of(staff.rows, spec)
    found = smallest_coarsening(spec, people, 5, hide(spec, people, 5))
    merged = found.changed["dims"]["org"]
    assert found.words == "Publish “Audit” and “Legal” as one directorate."
    assert merged["children"]["Total"] == ["Audit and Legal", "Place"]
    assert merged["by_period"]["2026Q1"]["Both"] == ["Audit and Legal"]


def test_units_that_a_move_took_apart_are_not_merged():
    staff = Staff(3, "2025Q4")
    for unit, people in {("Audit",): 3, ("Legal",): 40, ("Place",): 50}.items():
        staff.join(unit, people)
    staff.stay(list(staff.rows), "2026Q1")
    later = {"Total": ["Audit", "Both"], "Both": ["Legal", "Place"]}
    told = dims(org(("Audit",), ("Legal",), ("Place",)), **{"2026Q1": later})
    given = spec_of("moved", told, BY_SEX, periods=["2025Q4", "2026Q1"])
    assert not offered(given, staff.rows).words.startswith("Publish “")


def test_nothing_is_tried_beyond_the_tries_and_the_time():
    given, rows = asked({("Audit",): 3, ("Legal",): 40, ("Place",): 50}, BY_GROUP)
    assert offered(given, rows, tries=0) is None
    ticks = iter([0.0, 11.0, 12.0])
    assert offered(given, rows, seconds=10, clock=lambda: next(ticks)) is None
    alone = offered(given, rows, tries=1)
    assert (alone.words, alone.tried) == ("Publish the headcount of the body alone.", 1)
    assert offered(given, rows, tries=3).words.startswith("Publish “Audit” and “Legal”")


@settings(max_examples=25)
@given(small_releases(people=(3, 8)), st.integers(2, 8))
def test_whatever_is_offered_works(tmp_path_factory, release, tries):
    given, rows = release
    spec = specification(given)
    people = people_of(rows, spec)
    found = hide(spec, people, spec.threshold)
    if not found.unproved:
        return
    one = smallest_coarsening(spec, people, spec.threshold, found, tries=tries)
    assert one is not None and one.tried <= tries and one.figures > 0 and one.steps
    again = smallest_coarsening(spec, people, spec.threshold, found, tries=tries)
    assert (again.changed, again.tried) == (one.changed, one.tried)
    kept = [row for row in rows if row["period"] in one.changed["periods"]]
    after = specification(one.changed)
    hidden = hide(after, people_of(kept, after), spec.threshold)
    assert not hidden.unproved
    folder = tmp_path_factory.mktemp("offered") / "out"
    write_release(folder, after, hidden, "internal", spec.threshold)
    assert verify(folder) == []


@pytest.mark.parametrize(
    ("units", "name"),
    [
        (["Audit", "Legal"], "Audit and Legal"),
        (["Audit", "Legal", "Place"], "Audit, Legal and Place"),
        (["Legal / Courts / A", "Legal / Courts / B"], "Legal / Courts / A and B"),
        (["Legal / Courts", "Place / Parks"], "Legal / Courts and Place / Parks"),
    ],
)
def test_units_together_have_a_name_that_says_what_they_share_once(units, name):
    assert together(units) == name
