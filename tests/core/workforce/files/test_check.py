"""A workforce file becomes typed rows; bad rows are set apart and counted, and the rest goes on."""

import csv
import datetime as dt
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.workforce.staff_files import (
    PERSON,
    as_book,
    as_csv,
    checked,
    found,
    people,
    written,
)
from goldenthread.errors import Unreadable
from goldenthread.workforce.files import Layout, Remembered, contract, read_workforce
from goldenthread.workforce.files.known import units_of

DAY = date(2026, 3, 31)
TYPED = {
    "snapshot": DAY, "person": "1001", "unit": "place / highways", "grade": "g7", "grade_order": 7,
    "role": "engineer", "sex": "Female", "ethnicity": "A White - British", "disability": "No",
    "religion": "", "orientation": "Prefer not to say", "gender_identity": None, "age": 45,
    "working_pattern": "Full time", "hours": Decimal("36.00"), "fte": Decimal("1.0000"),
    "started": date(2014, 9, 14), "relevant": True, "full_pay": True, "hourly_pence": 2210,
    "bonus_pence": None, "board": False, "leadership": False,
}  # fmt: skip


def test_a_person_comes_out_typed(tmp_path):
    check = checked(tmp_path, people(count=1))
    assert list(check.rows) == [TYPED]
    assert tuple(TYPED) == contract("people").gives
    assert (check.findings, check.notes, check.clean) == ((), (), True)
    assert check.labels == {"unit": {"place / highways": "Place / Highways"}, "grade": {"g7": "G7"}}


def test_typed_rows_fit_the_table_that_measures_read(tmp_path, records):
    records.fill("people", list(checked(tmp_path, people(count=3)).rows))
    assert records.rows("select count(*), sum(hourly_pence) from people") == [(3, 6630)]


def test_a_workbook_says_the_same_as_a_file_of_commas(tmp_path):
    rows = people({"Hourly pay": "22.105"}, {"Start date": "2/1/2015"}, count=2)
    book = as_book(rows)
    sheet = book.active
    names = list(rows[0])
    for at, row in enumerate(rows, 2):
        for name in ("Snapshot date", "Start date", "Date of birth"):
            cell = sheet.cell(at, names.index(name) + 1)
            cell.value = dt.datetime.strptime(row[name], "%d/%m/%Y")
            cell.number_format = "mmm-yy"
        pay = sheet.cell(at, names.index("Hourly pay") + 1)
        pay.value, pay.number_format = float(row["Hourly pay"]), "£#,##0"
        sheet.cell(at, names.index("FTE") + 1).number_format = "0%"
        sheet.cell(at, names.index("FTE") + 1).value = 1
    assert list(checked(tmp_path, book).rows) == list(checked(tmp_path, rows).rows)


def test_headings_may_stand_below_a_title_and_on_a_later_sheet(tmp_path):
    book = as_book(people(count=2))
    cover = book.create_sheet("Cover", 0)
    cover.append(["Extract of staff, not for publication"])
    book["Staff"].insert_rows(1, 3)
    book["Staff"]["B1"] = "All staff"
    book.create_sheet("Notes").append(["Grade", "of a note"])
    check = checked(tmp_path, book)
    assert (len(check.rows), check.sheet) == (2, "Staff")
    assert [(note.code, note.asks) for note in check.notes] == [("other_sheets", True)]


def test_what_is_hidden_in_a_workbook_asks_for_a_look(tmp_path):
    book = as_book(people(count=3))
    book.active.row_dimensions[3].hidden = True
    check = checked(tmp_path, book)
    assert (len(check.rows), check.clean) == (2, False)
    assert [(note.code, note.asks) for note in check.notes] == [("hidden_row", True)]


def test_many_hidden_rows_make_one_note(tmp_path):
    book = as_book(people(count=40))
    for row in range(10, 30):
        book.active.row_dimensions[row].hidden = True
    (note,) = checked(tmp_path, book).notes
    assert note.says == (
        "A hidden row was left out. (sheet “Staff”, row 10; sheet “Staff”, row 11; "
        "sheet “Staff”, row 12; sheet “Staff”, row 13; sheet “Staff”, row 14; and 15 more)"
    )


def test_every_fault_is_told_at_once_with_its_column_row_and_rule(tmp_path):
    rows = people(
        {},
        {"Start date": "31/02/2014", "Hourly pay": "NaN", "Weekly hours": "-36"},
        {"Start date": "01/04/2026"},
        {"Date of birth": "14/02/2013", "Start date": "01/09/2012"},
        {"Grade": "", "Full pay": "perhaps"},
        {"Unit": "", "Directorate": ""},
        {"Staff number": "1001", "Grade": "=G7"},
    )
    check = checked(tmp_path, rows)
    assert found(check) == [
        ("repeated", "person", [2, 8]),
        ("blank", "unit", [7]),
        ("blank", "grade", [6]),
        ("formula", "grade", [8]),
        ("impossible_age", "birth_date", [5]),
        ("impossible_number", "hours", [3]),
        ("impossible_day", "started", [3]),
        ("birth_after_start", "started", [5]),
        ("starts_later", "started", [4]),
        ("not_yes_no", "full_pay", [6]),
        ("not_a_number", "hourly_pay", [3]),
    ]
    assert (len(check.rows), check.quarantined, check.clean) == (0, 7, False)
    assert [str(place) for place in check.findings[0].first()] == [
        "table 1, row 2, column 2", "table 1, row 8, column 2"
    ]  # fmt: skip


def test_a_bad_row_is_set_apart_and_the_rest_goes_on(tmp_path):
    check = checked(tmp_path, people({"Hourly pay": "-1"}, count=3))
    assert check.rows.column("person") == ["1002", "1003", "1004"]
    assert (len(check.rows), check.quarantined) == (3, 1)


def test_columns_outside_the_contract_are_dropped_unread(tmp_path):
    rows = [{**row, "Surname": "=SECRET", "NI number": "\x00"} for row in people(count=2)]
    check = checked(tmp_path, as_csv([{**r, "NI number": "QQ123456C"} for r in rows]))
    assert [one.words for one in check.dropped] == ["Surname", "NI number"]
    assert (len(check.rows), check.findings) == (2, ())
    assert set(next(iter(check.rows))) == set(contract("people").gives)


# People who asked not to be monitored


def test_who_objected_is_in_no_count_and_breaks_no_rule(tmp_path):
    rows = people({}, {"Objection": "Yes", "Hourly pay": "NaN", "Grade": "=1"}, {})
    rows.append({**rows[1], "Objection": "", "Start date": "never"})
    check = checked(tmp_path, rows)
    assert check.rows.column("person") == ["1001", "1003"]
    assert (check.findings, check.quarantined, check.passed_over) == ((), 0, 0)
    assert check.asked_not_to is None
    assert check.objectors == {"1002"}


@pytest.mark.parametrize(("objectors", "told"), [(0, None), (9, None), (10, 10), (11, 11)])
def test_how_many_objected_is_told_from_ten_on(tmp_path, objectors, told):
    rows = people(*[{"Objection": "Yes"}] * objectors, count=3)
    check = checked(tmp_path, [*rows, rows[0]] if objectors else rows)
    assert (check.asked_not_to, len(check.rows)) == (told, 3)


def test_who_objected_is_left_out_of_companion_files(tmp_path):
    objectors = checked(tmp_path, people({"Objection": "Y", "Staff number": "ab1"})).objectors
    cases = b"Opened,Staff number,Case,Kind,Formal,Unit\n" + b"".join(
        b"1/2/2026,%s,%d,Disciplinary,Yes,Parks\n" % (who, at)
        for at, who in enumerate((b"AB1", b"AB2", b"ab1"))
    )
    check = checked(tmp_path, cases, "cases", objectors=objectors)
    assert check.rows.column("person") == ["AB2"]
    assert (check.quarantined, check.findings, check.asked_not_to) == (0, (), None)


def test_an_objection_that_cannot_be_read_keeps_the_person_out(tmp_path):
    check = checked(tmp_path, people({"Objection": "ask them"}, count=1))
    assert found(check) == [("not_yes_no", "objection", [2])]
    assert check.rows.column("person") == ["1002"]


def test_no_mapping_is_asked_about_somebody_who_objected_or_is_set_apart(tmp_path):
    asked = {}

    def mapping(name, counts):
        asked[name] = dict(counts)
        return {word: None if word == "Martian" else word.casefold() for word in counts}

    rows = people(
        {"Ethnic origin": "Rare", "Objection": "1"},
        {"Ethnic origin": "Also rare", "Hourly pay": "NaN"},
        {"Ethnic origin": "Martian"},
        {"Ethnic origin": ""},
        count=2,
    )
    check = checked(tmp_path, rows, mapping=mapping)
    assert asked["ethnicity"] == {"Martian": 1, "A White - British": 2}
    assert check.rows.column("ethnicity") == [
        "not_known", "blank", "a white - british", "a white - british"
    ]  # fmt: skip
    assert check.rows.column("gender_identity") == ["not_asked"] * 4
    assert [(note.code, note.asks) for note in check.notes] == [("unsettled", True)]


def test_a_mapping_that_is_silent_about_a_word_is_a_mistake_of_the_program(tmp_path):
    with pytest.raises(ValueError, match="says nothing of some words of sex") as wrong:
        checked(tmp_path, people(count=1), mapping=lambda name, counts: {})
    assert "Female" not in str(wrong.value)


# Repeats


def test_a_row_that_came_in_twice_counts_once(tmp_path):
    rows = people(count=3)
    check = checked(tmp_path, [*rows, rows[1]])
    assert (len(check.rows), check.passed_over, check.quarantined) == (3, 1, 0)
    assert found(check) == [("same_again", "person", [5])]


def test_a_further_post_is_passed_over(tmp_path):
    rows = [{**row, "Main post": "Yes"} for row in people(count=2)]
    rows.append({**rows[0], "Main post": "No", "Grade": "G2", "Grade order": "2"})
    check = checked(tmp_path, rows)
    assert (check.rows.column("grade"), check.passed_over) == (["g7", "g7"], 1)


def test_the_same_person_on_two_days_is_no_repeat(tmp_path):
    rows = people({}, {"Staff number": "1001", "Snapshot date": "2025-03-31"})
    assert checked(tmp_path, rows).clean


def test_without_a_case_number_only_rows_that_are_wholly_alike_are_repeats(tmp_path):
    head = b"Opened,Staff number,Kind,Formal,Unit\n"
    row = b"1/2/2026,7,Grievance,Yes,Parks\n"
    check = checked(tmp_path, head + row + row + row.replace(b"1/2", b"2/2"), "cases")
    assert found(check) == [("same_again", "person", [3])]
    assert len(check.rows) == 2


# Days, units, grades


def test_a_day_of_the_whole_file_stands_where_there_is_no_column(tmp_path):
    rows = [{k: v for k, v in row.items() if k != "Snapshot date"} for row in people(count=1)]
    assert list(checked(tmp_path, rows, as_at=DAY).rows) == [TYPED]
    with pytest.raises(Unreadable, match="no column for: Snapshot date"):
        checked(tmp_path, rows)


def test_a_snapshot_after_today_cannot_be(tmp_path):
    check = checked(tmp_path, people(count=1), today=date(2026, 3, 30))
    assert found(check) == [("impossible_day", "snapshot", [2])]


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "01/01/9999", "1/1/0001", "1776-07-04"]
)
@pytest.mark.parametrize("column", ["Snapshot date", "Start date", "Date of birth"])
def test_a_day_that_cannot_be_is_set_apart(tmp_path, day, column):
    check = checked(tmp_path, people({column: day}, count=1), today=date(2026, 11, 28))
    assert (len(check.rows), check.quarantined) == (1, 1)
    (one,) = check.findings
    assert (one.rule, one.heading.words) == ("impossible_day", column)


def test_the_order_of_days_can_be_said(tmp_path):
    rows = people(
        {"Start date": "03/04/2015"}, {"Start date": "13/04/2015"}, {"Start date": "4/13/15"}
    )
    assert found(checked(tmp_path, rows)) == [("day_order", "started", [2, 3, 4])]
    check = checked(tmp_path, rows, columns=Layout(orders={"started": "day"}))
    assert found(check) == [("impossible_day", "started", [4])]
    assert check.rows.column("started") == [date(2015, 4, 3), date(2015, 4, 13)]


def test_an_assumed_order_of_days_is_noted(tmp_path):
    rows = people({"Start date": "03/04/2015"})
    (note,) = checked(tmp_path, rows).notes
    assert (note.code, note.asks) == ("day_first", False)
    assert "--day-order started=day" in note.says


def test_a_unit_that_the_list_does_not_have_is_set_apart(tmp_path):
    units = units_of([["Place", "Highways"], ["Place", "Parks"], ["People", "Parks"]])
    rows = people({}, {"Unit": "Parks"}, {"Unit": "Parts"}, {"Directorate": "", "Unit": "Parks"},
                  {"Directorate": "", "Unit": "HIGHWAYS "})  # fmt: skip
    check = checked(tmp_path, rows, units=units)
    assert found(check) == [("unknown_unit", "unit", [4, 5])]
    assert check.rows.column("unit") == ["place / highways", "place / parks", "place / highways"]


def test_a_grade_without_a_place_is_set_apart_where_grades_have_an_order(tmp_path):
    rows = people({}, {"Grade": "G8", "Grade order": ""}, {"Grade": "G9", "Grade order": "9"},
                  {"Grade": "g9", "Grade order": "8"}, {"Grade order": ""})  # fmt: skip
    check = checked(tmp_path, rows)
    assert found(check) == [("grade_order", "grade", [3]), ("grade_orders", "grade", [4, 5])]
    assert check.rows.column("grade_order") == [7, 7]
    check = checked(tmp_path, rows, grades={"g7": 1, "g8": 2})
    assert found(check) == [("grade_order", "grade", [4, 5])]
    assert check.rows.column("grade_order") == [1, 2, 1]


def test_grades_have_no_order_where_nothing_says_one(tmp_path):
    rows = [{k: v for k, v in row.items() if k != "Grade order"} for row in people(count=1)]
    check = checked(tmp_path, rows)
    assert check.rows.column("grade_order") == [None]
    assert [(note.code, note.asks) for note in check.notes] == [("no_grade_order", True)]


def test_reduced_pay_is_full_pay_told_the_other_way(tmp_path):
    rows = people({}, {"Full pay": "Yes"}, {"Full pay": "No"})
    for row, less in zip(rows, ("", "Y", ""), strict=True):
        row["Reduced pay"] = less
    assert checked(tmp_path, rows).rows.column("full_pay") == [True, False, False]
    for row in rows:
        del row["Full pay"], row["Reduced pay"]
    check = checked(tmp_path, rows)
    assert check.rows.column("full_pay") == [True] * 3
    assert [note.code for note in check.notes] == ["all_full_pay"]


def test_no_fixed_hours_are_no_hours_of_nought(tmp_path):
    rows = people({"Weekly hours": "0", "FTE": "0"})
    (row,) = checked(tmp_path, rows).rows
    assert (row["hours"], row["fte"]) == (None, None)


# Companion files


def test_an_application_falls_into_its_quarter(tmp_path):
    rows = b"Date applied,Candidate,Vacancy,Unit,Grade,Sex,Shortlisted,Appointed,Internal\n" + (
        b"1/1/2026,c1,v1,Parks,G5,F,Yes,Yes,\n31/3/2026,c1,v2,Parks,G5,F,,,\n"
        b"30/6/2026,c2,v1,Parks,G5,M,No,Yes,No\n13/11/2026,c3,v1,Parks,G5,,y,n,y\n"
    )
    check = checked(tmp_path, rows, "applications")
    assert found(check) == [("appointed_unlisted", "appointed", [4])]
    assert check.rows.column("period") == [DAY, DAY, date(2026, 12, 31)]
    assert check.rows.column("appointed") == [True, False, False]


def test_what_somebody_was_paid_is_told_element_by_element(tmp_path):
    rows = (
        b"Pay date,Payroll number,Element,Amount,Frequency,Hours per week\n"
        b'31/03/2026,7,Basic salary,"2,500.00",Monthly,37\n31/03/2026,7,Sacrifice,-100.5,Monthly,\n'
        b"31/03/2026,7,Mystery,1,Monthly,\n31/03/2026,7,Overtime,NaN,Decade,37\n"
    )
    check = checked(tmp_path, rows, "pay")
    assert found(check) == [
        ("not_one_of", "element", [4]), ("not_a_number", "amount", [5]),
        ("not_one_of", "period", [5]),
    ]  # fmt: skip
    assert list(check.rows)[1] == {
        "snapshot": DAY, "person": "7", "element": "salary sacrifice", "amount_pence": -10050,
        "period": "month", "days": None, "in_pay_period": True, "of_another_period": False,
        "hours": None, "weeks": None,
    }  # fmt: skip


def test_two_elements_alike_are_both_counted_and_told(tmp_path):
    row = b"31/03/2026,7,Overtime,20.00,Month\n"
    check = checked(tmp_path, b"Pay date,Staff no,Element,Amount,Period\n" + row + row, "pay")
    assert (found(check), len(check.rows)) == ([("alike", "person", [3])], 2)


def test_training_and_moves_come_out_typed(tmp_path):
    training = b"Date,Staff no,Mandatory,Funded,Team\n2026-02-11,7,No,Yes,Parks\n"
    assert next(iter(checked(tmp_path, training, "training").rows))["funded"] is True
    moves = b"Date,Staff no,Event,Team,Grade,Reason\n2026-02-11,7,Starters,Parks,G5,\n"
    (row,) = checked(tmp_path, moves, "moves").rows
    assert (row["kind"], row["reason"], row["on_day"]) == ("joiner", None, date(2026, 2, 11))


# Columns


def test_what_was_said_of_columns_is_used_and_what_is_remembered_after_it(tmp_path):
    rows = [
        {"Nr": row["Staff number"], "Level": row["Grade"], "Unit": "Parks"}
        for row in people(count=2)
    ]
    path = written(tmp_path, rows)
    with pytest.raises(Unreadable, match="no column for: Staff number; Grade"):
        read_workforce(path, as_at=DAY, columns=Layout({"role": "Unit"}))
    said = Layout({"person": "Nr", "grade": "Level"})
    first = read_workforce(path, as_at=DAY, columns=said)
    kept = Remembered().with_layout("people", first.headings.fingerprint, said)
    again = read_workforce(path, as_at=DAY, remembered=kept)
    assert list(again.rows) == list(first.rows)
    assert len(again.rows) == 2


@pytest.mark.parametrize("content", [b"a,b,c\n1,2,3\n", b"Grade\nG7\n", b"Sex;Age\n" * 3])
def test_a_file_without_the_headings_is_refused_without_a_word_of_it(tmp_path, content):
    with pytest.raises(Unreadable) as refused:
        checked(tmp_path, content)
    assert "G7" not in str(refused.value)


def test_headings_without_rows_give_no_rows(tmp_path):
    check = checked(tmp_path, as_csv(people(count=1)).split(b"\r\n")[0])
    assert (len(check.rows), list(check.rows), check.findings) == (0, [], ())


def test_headings_that_come_again_are_no_row(tmp_path):
    content = as_csv(people(count=2))
    head = content.split(b"\r\n")[0] + b"\r\n"
    check = checked(tmp_path, content + head)
    assert (len(check.rows), [note.code for note in check.notes]) == (2, ["headings_again"])


def test_a_comma_that_ends_every_row_moves_nothing(tmp_path):
    lines = as_csv(people(count=4)).split(b"\r\n")
    lines[1:5] = [line + b"," for line in lines[1:5]]
    assert checked(tmp_path, b"\r\n".join(lines)).clean
    lines[3] += b","
    assert found(checked(tmp_path, b"\r\n".join(lines))) == [("ragged", "", [4])]


# An oracle that is slow and obvious

numbers = st.sampled_from(["1", "2", "3", "4", "5"])
pays = st.sampled_from(["10.00", "22.105", "NaN", "-1", "", "=1"])
objections = st.sampled_from(["", "", "", "Yes"])
grades = st.sampled_from(["G1", "G2", ""])
rows_of_staff = st.lists(st.tuples(numbers, pays, objections, grades), min_size=1, max_size=12)


def oracle(rows):
    """Which people can be counted, with their pay."""
    objectors = {number for number, _, objection, _ in rows if objection}
    left = [row for row in rows if row[0] not in objectors]
    good = []
    for at, (number, pay, _, grade) in enumerate(left):
        same = [row for row in left if row[0] == number]
        if len(set(same)) > 1 or left.index(left[at]) < at:
            continue
        if pay not in ("NaN", "-1", "=1") and grade:
            good.append((number, {"10.00": 1000, "22.105": 2211, "": None}[pay], grade.casefold()))
    return good


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows_of_staff)
def test_what_goes_on_is_what_an_obvious_reading_gives(tmp_path, rows):
    text = io.StringIO()
    csv.writer(text).writerows(
        [
            ["Staff number", "Hourly pay", "Objection", "Grade", "Unit"],
            *([*row, "Parks"] for row in rows),
        ]
    )
    check = checked(tmp_path, text.getvalue().encode(), as_at=DAY)
    columns = ("person", "hourly_pence", "grade")
    assert list(zip(*map(check.rows.column, columns), strict=True)) == oracle(rows)
    assert PERSON["Grade"] == "G7"
