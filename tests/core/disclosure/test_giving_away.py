"""The sum that would give somebody away, in words."""

from dataclasses import replace

from core.disclosure.council import DIRECTORATES, EVERY, ORG, Staff, dims, org, spec_of, table
from goldenthread.disclosure.giving_away import given_away
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import Demand, hide
from goldenthread.disclosure.spec import specification


def told(units, *tables, periods=("2026Q1",), said=()):
    """What is given away of so many people in each unit, by codes."""
    staff = Staff(1, periods[0])
    for unit, people in units.items():
        staff.join(unit, people, **dict(said).get(unit, {}))
    for period in periods[1:]:
        staff.stay([row for row in staff.rows if row["period"] == periods[0]], period)
    spec = specification(spec_of("told", dims(org(*units)), *tables, periods=list(periods)))
    found = hide(spec, people_of(staff.rows, spec), spec.threshold)
    return [(one.period, tuple(one.codes.items()), one.why) for one in given_away(found)]


def test_the_last_directorate_is_what_the_others_leave():
    units = {("Audit",): 3, ("Legal",): 40, ("Place",): 50}
    assert told(units, table(org=DIRECTORATES)) == [
        ("2026Q1", (("org", "Audit"),),
         "The whole body has 93 people and its directorates other than Audit 90, so Audit has 3.")
    ]  # fmt: skip


def test_a_directorate_can_have_no_more_than_what_others_leave_of_the_body():
    units = {("Audit",): 1, ("Clerk",): 2, ("Legal",): 40}
    assert [why for _, _, why in told(units, table(org=DIRECTORATES))] == [
        "The whole body has 43 people, and its directorates other than Audit 40 at least, so Audit "
        "can have 3 at most. It has 1, and would have to be able to have 5 for anybody to be in "
        "doubt.",
        "The whole body has 43 people, and its directorates other than Clerk 40 at least, so Clerk "
        "can have 3 at most. It has 2, and would have to be able to have 5 for anybody to be in "
        "doubt.",
    ]


def test_a_part_can_be_no_more_than_an_open_headcount():
    staff = Staff(1)
    rows = staff.join(("Audit",), 5, sex="Male") + staff.join(("Legal",), 40)
    rows[0]["sex"] = "Female"
    by_sex = table(org=DIRECTORATES, sex=EVERY)
    spec = specification(spec_of("s", dims(org(("Audit",), ("Legal",))), by_sex))
    (one,) = given_away(hide(spec, people_of(rows, spec), 5))
    assert one.codes == {"org": "Audit", "sex": "Male"}
    assert one.why == (
        "Audit has 5 people, so sex Male can have 5 at most. It has 4, and would have to be able "
        "to have 6 for anybody to be in doubt."
    )


def test_the_only_division_is_its_directorate():
    staff = Staff(1)
    staff.join(("Audit", "Risk"), 3)
    staff.join(("Legal", "Courts"), 40)
    units = dims(org(("Audit", "Risk"), ("Legal", "Courts")))
    spec = specification(spec_of("d", units, table(org=ORG)))
    found = hide(spec, people_of(staff.rows, spec), 5)
    risk = next(found.marks.figures.find_codes(0, {"org": "Audit / Risk"}))
    (one,) = given_away(replace(found, unproved=(Demand(risk, 2),)))
    assert one.why == (
        "Audit has 3 people, all of them in Audit / Risk, so that whoever knows the one knows the "
        "other."
    )


def test_of_several_periods_each_is_named():
    units = {("Audit",): 3, ("Legal",): 40}
    found = told(units, table(org=DIRECTORATES), periods=("2025Q4", "2026Q1"))
    assert [(period, why.partition(",")[0]) for period, _, why in found] == [
        ("2025Q4", "In 2025Q4"),
        ("2026Q1", "In 2026Q1"),
    ]


def test_what_no_one_sum_settles_is_said_to_need_them_all():
    staff = Staff(1)
    staff.join(("Place",), 60)
    spec = specification(spec_of("s", dims(org(("Place",))), table(sex=EVERY, grade=EVERY)))
    found = hide(spec, people_of(staff.rows, spec), 5)
    cell = next(found.marks.figures.find_codes(0, {"sex": "Male", "grade": "G1"}))
    row = next(found.marks.figures.find_codes(0, {"sex": "Male"}))
    demands = (Demand(cell, 4), Demand(row, 1, row=row), Demand(cell, 1, still=row))
    whys = [given_away(replace(found, unproved=(one,)))[0].why for one in demands]
    assert whys[0].startswith("No one sum gives it away, but the tables together")
    assert whys[1].startswith("Everybody in sex Male is in one and the same category")
    assert whys[2].startswith("Whoever is the only one in sex Male could take themselves away")
