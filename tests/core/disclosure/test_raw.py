"""Internal tables are frozen, hold figures, come back equal, and say that they are internal."""

import csv
import io
import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.disclosure.raw import MARK, Column, NotSaid, RawTable, from_json, to_csv, to_json
from goldenthread.errors import Unreadable
from goldenthread.plan import cells

COLUMNS = (
    Column("group", "Group"),
    Column("people", "People", "count"),
    Column("share", "Share", "share", "% of headcount"),
    Column("hourly", "Mean pay", "pence", "pence an hour"),
    Column("gap", "Gap", "number", "percentage points"),
    Column("since", "Since", "day"),
    Column("senior", "Senior", "flag"),
)
TABLE = RawTable(
    name="composition",
    title="Staff by ethnic group",
    columns=COLUMNS,
    rows=(
        ("White", 61, Fraction(61, 3), 1554, Decimal("-2.50"), date(2024, 6, 30), True),
        ("Asian", 3, NotSaid("Fewer than 10 people."), None, 0.1, None, False),
    ),
    as_at=date(2026, 3, 31),
    base=64,
    of="people in post",
    notes=("Agency staff are not in it.",),
    sources=("The HR extract of 31 March 2026",),
)
FILLED = {
    "words": st.text(),
    "count": st.integers(0),
    "share": st.one_of(st.fractions(0, 100), st.floats(0, 100), st.integers(0, 100)),
    "pence": st.integers(),
    "number": st.one_of(
        st.floats(allow_nan=False, allow_infinity=False),
        st.fractions(),
        st.decimals(allow_nan=False, allow_infinity=False),
    ),
    "day": st.dates(),
    "flag": st.booleans(),
}
WHY = st.builds(NotSaid, st.just("Too few."), st.sampled_from(["[c]", "[x]", "[z]"]))
ROWS = st.lists(
    st.tuples(
        *(
            st.one_of(
                st.none(), FILLED[c.kind], *([WHY] if c.kind not in ("words", "flag") else [])
            )
            for c in COLUMNS
        )
    ),
    max_size=4,
)


def test_a_table_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        TABLE.base = 1
    assert isinstance(hash(TABLE), int)


@given(ROWS)
def test_every_table_comes_back_from_json_as_it_was(rows):
    table = replace(TABLE, rows=tuple(rows))
    back = from_json(json.loads(json.dumps(to_json(table), allow_nan=False)))
    assert back == table
    assert [list(map(type, row)) for row in back.rows] == [
        list(map(type, row)) for row in table.rows
    ]


def test_the_json_says_that_it_is_internal_and_keeps_exact_figures_exact():
    plain = to_json(TABLE)
    assert (plain["schema"], plain["status"]) == ("goldenthread.raw-table/1", MARK)
    assert plain["rows"][0][2:5] == [{"fraction": "61/3"}, 1554, {"decimal": "-2.50"}]
    assert plain["rows"][1][2] == {"not_said": "Fewer than 10 people.", "marker": "[c]"}


def test_every_row_of_the_csv_says_that_it_is_internal():
    rows = list(csv.reader(io.StringIO(to_csv(TABLE), newline="")))
    assert rows[0][2:] == [
        "Share (% of headcount)", "Mean pay (pence an hour)", "Gap (percentage points)", "Since",
        "Senior", "Status", "Table", "Position at",
    ]  # fmt: skip
    about = [MARK, "Staff by ethnic group", "2026-03-31"]
    assert rows[1:] == [
        ["White", "61", "20.333333333333", "1554", "-2.50", "2024-06-30", "yes", *about],
        ["Asian", "3", "[c]", "", "0.1", "", "no", *about],
    ]


def test_a_table_without_rows_still_says_that_it_is_internal():
    rows = list(csv.reader(io.StringIO(to_csv(replace(TABLE, rows=())), newline="")))
    assert rows[1] == [""] * 7 + [MARK, "Staff by ethnic group", "2026-03-31"]


@given(st.text())
def test_words_in_the_csv_are_guarded_as_the_plans_are(words):
    table = replace(TABLE, columns=(Column("a", "A"),), rows=((words,),))
    (_head, row) = csv.reader(io.StringIO(to_csv(table), newline=""))
    assert row[0] == cells.guard(words)


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠﹢﹣﹦﹫−\t\r\n\0\v\f", " =", "'="])
def test_no_word_is_computed_by_a_spreadsheet(sign):
    table = replace(TABLE, columns=(Column("a", "A"),), rows=((f"{sign}1+1",),))
    assert f'"\'{sign}1+1"' in to_csv(table)


@pytest.mark.parametrize(
    "figure",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["count", "share", "pence", "number"])
def test_what_is_no_number_is_refused_by_row_and_column(figure, kind):
    with pytest.raises(Unreadable, match=r"Row 1, column “A”: this is not a number\."):
        replace(TABLE, columns=(Column("a", "A", kind),), rows=((figure,),))


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("count", 1.5), ("count", -1), ("count", True), ("count", "4711"), ("pence", 15.54),
        ("share", 100.5), ("share", -1), ("number", "4711"), ("day", "2026-03-31"), ("words", 4711),
        ("words", NotSaid("Why")), ("flag", 1),
    ],
)  # fmt: skip
def test_a_cell_that_its_column_cannot_hold_is_refused_without_repeating_it(kind, cell):
    with pytest.raises(Unreadable) as refused:
        replace(TABLE, columns=(Column("a", "A", kind),), rows=((None,), (cell,)))
    assert str(refused.value).startswith("Row 2, column “A”")
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize(
    "broken",
    [
        {"title": " "}, {"name": ""}, {"of": ""}, {"columns": (), "rows": ()}, {"sources": ()},
        {"base": -1}, {"base": 1.5}, {"rows": (("White",),)}, {"columns": (COLUMNS[0],) * 7},
        {"as_at": "2026-03-31"},
    ],
    ids=str,
)  # fmt: skip
def test_a_table_says_what_it_is_or_is_refused(broken):
    with pytest.raises(Unreadable):
        replace(TABLE, **broken)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "goldenthread.raw-table/2"}, {"status": "Public"}, {"rows": [["White"]]},
        {"rows": 5}, {"as_at": "yesterday"}, {"columns": [{"name": "a"}]}, {"base": "many"},
        {"rows": [["White", 1, {"fraction": "1/0"}, None, None, None, None]]},
        {"rows": [["White", 1, {"decimal": "much"}, None, None, None, None]]},
        {"rows": [["White", 1, {}, None, None, None, None]]},
    ],
    ids=str,
)  # fmt: skip
def test_a_damaged_table_is_refused(change):
    with pytest.raises(Unreadable):
        from_json({**to_json(TABLE), **change})


def test_a_figure_too_great_for_a_float_is_still_a_figure():
    great = (Decimal("1E+400"), Fraction(10**400 + 1, 3), 10**400)
    table = replace(TABLE, columns=(Column("a", "A", "number"),), rows=tuple((g,) for g in great))
    assert from_json(json.loads(json.dumps(to_json(table)))) == table
    rows = list(csv.reader(io.StringIO(to_csv(table), newline="")))[1:]
    assert [row[0] for row in rows] == [
        "1" + "0" * 400, "3" * 400 + ".666666666667", "1" + "0" * 400,
    ]  # fmt: skip


@given(st.fractions())
def test_a_fraction_in_the_csv_is_within_half_of_its_last_decimal(figure):
    table = replace(TABLE, columns=(Column("a", "A", "number"),), rows=((figure,),))
    (_head, row) = csv.reader(io.StringIO(to_csv(table), newline=""))
    assert abs(Fraction(row[0]) - figure) <= Fraction(1, 2 * 10**12)
    assert row[0] not in ("-0", "")


def test_a_figure_that_is_not_given_says_why():
    with pytest.raises(Unreadable):
        NotSaid(" ")
    with pytest.raises(Unreadable):
        NotSaid("Why", "*")
