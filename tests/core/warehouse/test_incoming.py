"""Rows become what the engine holds exactly, or none of them does; too many are refused."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.warehouse.held import MARCH, Given, staff
from goldenthread.errors import Unreadable
from goldenthread.warehouse import in_memory, locked
from goldenthread.warehouse.incoming import Pseudonyms, pseudonym


def _held(column, rows):
    with in_memory([("people", Given("people", rows))]) as records:
        return [value for (value,) in records.rows(f"select {column} from people")]


def test_one_value_with_more_digits_than_all_before_it_is_kept():
    rows = [staff(str(n), hours=Decimal("7.40")) for n in range(3000)]
    rows[1234] = staff("1234", hours=Decimal("136.25"))
    assert sorted(set(_held("hours", rows))) == [Decimal("7.40"), Decimal("136.25")]


@settings(max_examples=30)
@given(st.lists(st.none() | st.decimals("-9999.99", "9999.99", places=2), min_size=1, max_size=8))
def test_decimals_come_out_as_they_went_in(hours):
    found = _held("hours", [staff(str(n), hours=each) for n, each in enumerate(hours)])
    assert sorted(map(str, found)) == sorted(
        "None" if each is None else f"{each + 0:.2f}" for each in hours
    )


@pytest.mark.parametrize("whole", [[36, None, 18], np.array([36, 7, 18])])
def test_whole_hours_are_hours(whole):
    rows = Given("people", [staff(str(n)) for n in range(3)])
    told = rows.column
    rows.column = lambda name: whole if name == "hours" else told(name)
    with in_memory([("people", rows)]) as records:
        found = [hours for (hours,) in records.rows("select hours from people")]
    right = [None if each is None else Decimal(f"{each}.00") for each in whole]
    assert sorted(map(str, found)) == sorted(map(str, right))


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": Decimal("sNaN")},
        {"hours": Decimal("-Infinity")},
        {"hours": Decimal("10000")},
        {"hours": Decimal("36.25000000000000000000000000000000001")},
        {"hours": 10_000},
        {"fte": Decimal("1E-5")},
        {"bonus_pence": 2**63},
        {"age": 2**31},
    ],
    ids=str,
)
def test_what_a_column_cannot_hold_is_counted_and_never_repeated(wrong):
    (column,) = wrong
    with pytest.raises(Unreadable, match=f"2 values in people.{column} are not of its type"):
        _held(column, [staff("1"), staff("2") | wrong, staff("3") | wrong])


@settings(max_examples=30)
@given(st.lists(st.integers(-(2**63) + 1, 2**63 - 1) | st.none(), min_size=1, max_size=5))
def test_pence_come_out_as_they_went_in(pence):
    found = _held("bonus_pence", [staff(str(n), bonus_pence=p) for n, p in enumerate(pence)])
    assert sorted(found, key=str) == sorted(pence, key=str)


def test_somebody_is_called_the_same_in_every_table_and_apart_as_an_applicant():
    called = Pseudonyms(b"key")
    assert called.of(["7", None, " ", " 7"], "person") == [
        pseudonym(b"key", "person", "7"), None, None, pseudonym(b"key", "person", "7"),
    ]  # fmt: skip
    assert called.of(["7"], "applicant") == [pseudonym(b"key", "applicant", "7")]


def test_people_of_several_snapshots_are_one_table():
    days = [date(2025, 12, 31), MARCH]
    tables = [("people", Given("people", [staff("7", day), staff("8", day)])) for day in days]
    with in_memory(tables) as records:
        found = records.rows("select snapshot, count(distinct person) from people group by 1")
        both = records.rows("select count(distinct person) from people")
    assert (sorted(found), both) == ([(day, 2) for day in days], [(2,)])


def test_more_rows_than_there_is_memory_for_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(locked, "MEMORY", "10MB")
    rows = Given("people", [staff(str(n), unit=f"{n:090}") for n in range(100_000)])
    with (
        pytest.raises(Unreadable, match="rows of people do not fit into the memory"),
        in_memory([("people", rows)]),
    ):
        pass


def test_what_does_not_fit_into_memory_is_spilled_into_the_folder_that_was_given(tmp_path):
    held = locked.connect([], tmp_path)
    try:
        held.execute("set memory_limit = '30MB'")
        held.execute(
            "create table many as select md5(cast(range as varchar)) as a, "
            "md5(cast(range + 1 as varchar)) as b from range(600000)"
        )
        assert any(tmp_path.iterdir())
        assert held.execute("select count(*) from many").fetchone() == (600_000,)
    finally:
        held.close()
