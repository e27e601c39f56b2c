"""Rows in memory are held to what a vault holds them to, and nothing of them stays."""

import tempfile
from datetime import date

import pytest

from core.warehouse.held import JUNE, MARCH, WHO, Given, staff, training
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.warehouse import TABLES, in_memory


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder in which this system makes its temporary ones."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def given(table, *rows, names=None):
    return table, Given(table, rows, names)


def test_every_table_of_the_contract_is_there_and_empty():
    with in_memory([]) as records:
        for table in TABLES.values():
            assert records.rows(f"select {', '.join(table.names)} from {table.name}") == []


def test_the_types_are_those_of_the_contract():
    with in_memory([]) as records:
        for table in TABLES.values():
            told = records.rows(f"select column_name, column_type from (describe {table.name})")
            assert [name for name, _ in told] == list(table.names)
            assert [kind.lower() for _, kind in told] == [c.type for c in table.columns]


def test_one_table_may_come_in_parts():
    with in_memory([given("people", staff("1")), given("people", staff("1", JUNE))]) as records:
        assert records.rows("select snapshot from people order by 1") == [(MARCH,), (JUNE,)]


def test_a_person_is_the_same_in_every_table_and_under_no_number_of_theirs():
    tables = [
        given("people", staff("104233"), staff("104234")), given("training", training("104233"))
    ]  # fmt: skip
    with in_memory(tables) as records:
        joined = "select count(*) from people p join training t on t.person = p.person"
        assert records.rows(joined) == [(1,)]
        ((person,), *_more) = records.rows("select distinct person from people")
        assert "104233" not in person
        assert len(person) >= 32


def test_another_time_the_same_person_has_another_pseudonym():
    seen = set()
    for _ in range(3):
        with in_memory([given("people", staff("104233"))]) as records:
            seen |= {row[0] for row in records.rows("select person from people")}
    assert len(seen) == 3


def test_nothing_of_the_order_in_which_rows_came_is_left():
    numbers = [f"{n}" for n in range(40)]
    with in_memory([given("people", *map(staff, numbers))]) as records:
        found = [row[0] for row in records.rows("select person from people")]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("people", {"grade": None}, "1 values are missing in people.grade, which may not be empty"),
        ("people", {"age": "Zq7Secret"}, "1 values in people.age are not of its type, integer"),
        ("people", {"hourly_pence": 10**19}, "people.hourly_pence are not of its type, bigint"),
        ("people", {"hourly_pence": 15.5}, "people.hourly_pence are not of its type, bigint"),
        ("people", {"relevant": "yes"}, "people.relevant are not of its type, boolean"),
        ("people", {"started": "2019-09-02"}, "people.started are not of its type, date"),
        ("people", {"person": " "}, "1 values are missing in people.person"),
        ("training", {"on_day": None}, "1 values are missing in training.on_day"),
    ],
)  # fmt: skip
def test_what_a_column_cannot_hold_is_refused_without_the_value(table, row, says):
    made = (staff if table == "people" else training)("104233") | row
    with pytest.raises(Unreadable) as refused, in_memory([given(table, made)]):
        pytest.fail("it was taken")
    assert says in str(refused.value)
    assert "Zq7Secret" not in f"{refused.value!r}"
    assert "104233" not in f"{refused.value!r}"


def test_somebody_twice_on_one_day_is_refused_without_their_number():
    with pytest.raises(Unreadable) as refused, in_memory([given("people", staff("1"), staff("1"))]):
        pytest.fail("it was taken")
    assert "1 times rows of people have the same snapshot and person" in str(refused.value)


def test_a_table_of_another_name_is_a_mistake_of_ours():
    with (
        pytest.raises(ValueError, match="there are the tables people"),
        in_memory([("pay", Given("people", []))]),
    ):
        pytest.fail("it was taken")


def test_other_columns_than_those_of_the_contract_are_a_mistake_of_ours():
    row = training("1") | {"surname": "Zq7Secret"}
    names = (*TABLES["training"].names, "surname")
    with (
        pytest.raises(ValueError, match="the columns of training are"),
        in_memory([given("training", row, names=names)]),
    ):
        pytest.fail("it was taken")


def test_no_rows_are_rows():
    with in_memory([given("people"), given("training")]) as records:
        assert records.rows("select count(*) from people") == [(0,)]


def test_what_may_be_missing_is_none_and_days_are_days():
    row = staff("1", hours=None, fte=None, age=None, hourly_pence=None, started=None, role=None)
    with in_memory([given("people", row)]) as records:
        (found,) = records.rows("select age, hours, hourly_pence, started, snapshot from people")
    assert found == (None, None, None, None, date(2026, 3, 31))


def test_only_a_select_is_answered_and_nothing_outside_is_reached(tmp_path):
    with in_memory([given("training", training("1"))]) as records:
        for sql in (
            "drop table training", "insert into training select * from training",
            f"copy training to '{tmp_path / 'out.csv'}'", f"select * from read_text('{__file__}')",
            "set lock_configuration = false", "select * from glob('/*')",
        ):  # fmt: skip
            with pytest.raises(Unsafe):
                records.rows(sql)
        assert records.rows("select count(*) from training") == [(1,)]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_on_the_disk_at_any_time(temporary):
    with in_memory([given("training", training("1") | WHO)]) as records:
        assert records.rows("select count(*) from training") == [(1,)]
        assert list(temporary.iterdir()) == []
    assert list(temporary.iterdir()) == []
    with pytest.raises(Unreadable):
        records.rows("select count(*) from training")


def test_nothing_is_left_after_a_refusal_or_a_fault(temporary):
    with pytest.raises(Unreadable), in_memory([given("people", staff("1") | {"grade": None})]):
        pytest.fail("it was taken")
    with pytest.raises(ZeroDivisionError), in_memory([]):
        raise ZeroDivisionError
    assert list(temporary.iterdir()) == []
