"""Checked files become the tables that measures read, one for each snapshot."""

from datetime import date

import pytest

from core.workforce.staff_files import as_csv, people, written
from goldenthread.categories import groups_rows, lists_in_use
from goldenthread.errors import Unreadable
from goldenthread.warehouse import TABLES, in_memory
from goldenthread.workforce.files import mapped_by, read_workforce, staff_tables

DAY = date(2026, 3, 31)
LISTS = lists_in_use()
WHO = {"Sex": "Female", "Ethnic origin": "A White - British", "Disability": "No"}
TRAINING = {"Date": "11/02/2026", "Staff no": "1001", "Mandatory": "No", "Funded": "Yes",
            "Directorate": "Place", "Unit": "Highways"} | WHO  # fmt: skip
CASE = {"Opened": "11/02/2026", "Staff no": "1001", "Kind": "Disciplinary", "Formal": "Yes",
        "Directorate": "Place", "Unit": "Highways"} | WHO  # fmt: skip
PAY = {"Snapshot date": "31/03/2026", "Staff number": "1001", "Element": "Basic pay",
       "Amount": "2,700.00", "Period": "Month", "Weekly hours": "36"}  # fmt: skip


def read(folder, rows, contract="people", name=None, **options):
    path = written(folder, as_csv(rows), name or f"{contract}.csv")
    return read_workforce(path, contract, mapping=mapped_by(LISTS, on=DAY), **options)


def tables_of(*checked):
    return staff_tables(checked, LISTS.values())


def rows_of(columns):
    return [
        dict(zip(columns.names, row, strict=True))
        for row in zip(*map(columns.column, columns.names), strict=True)
    ]


def asked(tables, sql):
    with in_memory(tables.all()) as records:
        return records.rows(sql)


# People


def test_people_come_out_under_their_snapshot_in_the_columns_of_the_warehouse(tmp_path):
    tables = tables_of(read(tmp_path, people(count=3)))
    ((day, held),) = tables.people.items()
    assert day == DAY
    assert held.names == TABLES["people"].names
    assert (len(held), held.column("person")) == (3, ["1001", "1002", "1003"])
    assert set(held.column("ethnicity")) == {"white_british"}
    assert repr(held) == "<Columns: 3 rows>"


def test_one_file_may_hold_several_snapshots(tmp_path):
    rows = people({}, {}, {"Snapshot date": "31/03/2025", "Staff number": "1001"})
    tables = tables_of(read(tmp_path, rows))
    assert {day: held.column("person") for day, held in tables.people.items()} == {
        date(2025, 3, 31): ["1001"], DAY: ["1001", "1002"],
    }  # fmt: skip
    assert list(tables.people) == [date(2025, 3, 31), DAY]
    assert asked(tables, "select snapshot, count(*) from people group by 1 order by 1") == [
        (date(2025, 3, 31), 1), (DAY, 2),
    ]  # fmt: skip


def test_snapshots_may_come_in_files_of_their_own_in_any_order(tmp_path):
    now = read(tmp_path, people(count=2), name="now.csv")
    earlier = [{**row, "Snapshot date": "31/12/2025"} for row in people(count=3)]
    before = read(tmp_path, earlier, name="before.csv")
    for order in ((now, before), (before, now)):
        tables = tables_of(*order)
        assert {day: len(held) for day, held in tables.people.items()} == {
            date(2025, 12, 31): 3, DAY: 2,
        }  # fmt: skip
        assert list(tables.people) == sorted(tables.people)


def test_two_files_of_one_snapshot_are_refused_by_the_name_of_the_second(tmp_path):
    one, other = (read(tmp_path, people(count=2), name=n) for n in ("one.csv", "other.csv"))
    with pytest.raises(Unreadable) as refused:
        tables_of(one, other)
    assert refused.value.file == "other.csv"
    assert "The snapshot of 2026-03-31 is already in a file before this one." in str(refused.value)
    assert "Give each snapshot in one file." in str(refused.value)


def test_without_people_there_are_no_tables(tmp_path):
    with pytest.raises(Unreadable, match="There is no file of people"):
        tables_of(read(tmp_path, [TRAINING], "training"))
    with pytest.raises(Unreadable, match="There is no file of people"):
        tables_of()


def test_grades_without_an_order_are_refused_with_what_would_give_it(tmp_path):
    rows = [{name: row[name] for name in row if name != "Grade order"} for row in people(count=2)]
    with pytest.raises(Unreadable) as refused:
        tables_of(read(tmp_path, rows))
    assert refused.value.file == "people.csv"
    assert "Nothing says which grade is higher." in str(refused.value)
    assert tables_of(read(tmp_path, rows, grades={"g7": 1})).people[DAY].column("grade_order") == [
        1, 1,
    ]  # fmt: skip


def test_rows_that_were_set_apart_are_in_no_table(tmp_path):
    checked = read(tmp_path, people({}, {"Hourly pay": "NaN"}, {}))
    assert checked.quarantined == 1
    assert tables_of(checked).people[DAY].column("person") == ["1001", "1003"]


# Units


def test_every_unit_stands_below_those_that_its_path_begins_with(tmp_path):
    rows = people({}, {"Directorate": "Adults", "Division": "Care", "Unit": "Nights"})
    rows = [{"Division": "", **row} for row in rows]
    lines = rows_of(tables_of(read(tmp_path, rows)).unit_lines[DAY])
    assert {(line["unit"], line["ancestor"], line["depth"]) for line in lines} == {
        ("adults / care / nights", "adults / care / nights", 0),
        ("adults / care / nights", "adults / care", 1),
        ("adults / care / nights", "adults", 2),
        ("place / highways", "place / highways", 0),
        ("place / highways", "place", 1),
    }
    assert {line["snapshot"] for line in lines} == {DAY}


def test_a_unit_of_an_event_where_nobody_works_has_its_lines_too(tmp_path):
    course = {**TRAINING, "Directorate": "Leisure", "Unit": "Pools"}
    tables = tables_of(read(tmp_path, people(count=2)), read(tmp_path, [course], "training"))
    lines = rows_of(tables.unit_lines[DAY])
    assert {line["unit"] for line in lines} == {"place / highways", "leisure / pools"}


def test_units_and_grades_keep_what_they_were_first_called(tmp_path):
    rows = people({}, {"Directorate": "PLACE", "Unit": "HIGHWAYS", "Grade": "g7"})
    assert tables_of(read(tmp_path, rows)).labels == {
        "unit": {"place / highways": "Place / Highways"}, "grade": {"g7": "G7"},
    }  # fmt: skip


# Pay


def test_a_pay_file_gives_people_their_hourly_pay_and_bonus(tmp_path):
    pay = [
        PAY,
        {**PAY, "Element": "Performance", "Amount": "1,200.00", "Period": "Year"},
        {**PAY, "Staff number": "1002", "Amount": "1,350.00", "Weekly hours": "18"},
    ]
    everybody = read(tmp_path, people({"Bonus": "5.00"}, {}, {"Hourly pay": "30.00"}))
    tables = tables_of(everybody, read(tmp_path, pay, "pay"))
    held = tables.people[DAY]
    # Exactly so by SI 2017/353 Schedule 1: a twelfth of a year is 30.44 days.
    assert held.column("hourly_pence")[1] == 1725
    # The bonus of the year is a bonus of the pay period too, in proportion.
    assert held.column("hourly_pence")[0] > 1725
    assert held.column("bonus_pence")[0] == 120_000
    # Who is not in the pay file has none of what the file of people says.
    assert (held.column("hourly_pence")[2], held.column("bonus_pence")[2]) == (None, None)
    assert tables.not_reckoned == {}


def test_who_cannot_be_reckoned_is_counted_by_the_rule_in_the_way(tmp_path):
    pay = [{**PAY, "Weekly hours": ""}, {**PAY, "Staff number": "1002"}]
    tables = tables_of(read(tmp_path, people(count=2)), read(tmp_path, pay, "pay"))
    assert tables.not_reckoned == {"no weekly hours": 1}
    assert tables.people[DAY].column("hourly_pence") == [None, 1725]


def test_a_pay_file_of_one_snapshot_leaves_another_as_it_was(tmp_path):
    rows = people({}, {"Snapshot date": "31/03/2025", "Staff number": "1001"})
    tables = tables_of(read(tmp_path, rows), read(tmp_path, [PAY], "pay"))
    assert tables.people[date(2025, 3, 31)].column("hourly_pence") == [2210]
    assert tables.people[DAY].column("hourly_pence") == [1725]


def test_numbers_of_people_are_the_same_in_capital_letters(tmp_path):
    rows = people({"Staff number": "PR871a"})
    tables = tables_of(
        read(tmp_path, rows), read(tmp_path, [{**PAY, "Staff number": "pr871A"}], "pay")
    )
    assert tables.people[DAY].column("hourly_pence") == [1725]


# Events, and who asked not to be monitored


def test_events_keep_their_rows_and_two_files_of_one_kind_are_one_table(tmp_path):
    first = read(tmp_path, [TRAINING], "training", "one.csv")
    later = {**TRAINING, "Date": "12/02/2026"}
    second = read(tmp_path, [later, {**later, "Staff no": "1002"}], "training", "two.csv")
    tables = tables_of(read(tmp_path, people(count=1)), first, second)
    assert list(tables.events) == ["training"]
    assert tables.events["training"].names == TABLES["training"].names
    assert asked(tables, "select on_day, count(*) from training group by 1 order by 1") == [
        (date(2026, 2, 11), 1), (date(2026, 2, 12), 2),
    ]  # fmt: skip


def test_an_event_of_somebody_is_theirs_under_the_same_pseudonym(tmp_path):
    tables = tables_of(read(tmp_path, people(count=3)), read(tmp_path, [CASE], "cases"))
    sql = "select count(*) from people p join cases c on c.person = p.person"
    assert asked(tables, sql) == [(1,)]
    assert asked(tables, "select count(*) from people where person = '1001'") == [(0,)]


def test_who_objected_is_in_no_table_where_the_other_files_are_told(tmp_path):
    first = read(tmp_path, people({"Objection": "Yes"}, {}))
    second = read(tmp_path, [CASE, {**CASE, "Staff no": "1002"}], "cases",
                  objectors=first.objectors)  # fmt: skip
    tables = tables_of(first, second)
    assert tables.people[DAY].column("person") == ["1002"]
    assert tables.events["cases"].column("person") == ["1002"]


# All together


def test_all_tables_come_with_their_names_and_with_how_codes_roll_up(tmp_path):
    rows = people({}, {"Snapshot date": "31/03/2025"})
    tables = tables_of(read(tmp_path, rows), read(tmp_path, [CASE], "cases"))
    assert [name for name, _table in tables.all()] == [
        "people", "people", "unit_lines", "unit_lines", "cases", "groups",
    ]  # fmt: skip
    assert [tuple(row.values()) for row in rows_of(tables.groups)] == list(
        groups_rows(LISTS.values())
    )


def test_a_table_says_nothing_of_its_rows_by_accident(tmp_path):
    tables = tables_of(read(tmp_path, people({"Job title": "Zq7Secret"})))
    assert "zq7secret" not in repr(tables).casefold()
