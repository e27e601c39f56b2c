"""One value says one thing or breaks a rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.files import RULES, contract
from goldenthread.workforce.files.forms import read, suspect, tidy

PEOPLE = contract("people")
HOURLY, BONUS, HOURS = (PEOPLE.column(name) for name in ("hourly_pay", "bonus", "hours"))
FTE, AGE, GRADE, PERSON = (PEOPLE.column(name) for name in ("fte", "age", "grade", "person"))
BOARD, ELEMENT = PEOPLE.column("board"), contract("pay").column("element")
AMOUNT = contract("pay").column("amount")


@pytest.mark.parametrize(
    ("word", "column", "value"),
    [("15.54", HOURLY, 1554), ("£15.54", HOURLY, 1554), ("£ 1,234.50", BONUS, 123450),
     ("GBP 20", HOURLY, 2000), ("15.545", HOURLY, 1555), ("15.5449", HOURLY, 1554), ("0", BONUS, 0),
     ("-35.20", AMOUNT, -3520), ("(35.20)", AMOUNT, -3520), ("-£35.20", AMOUNT, -3520),
     ("−35.20", AMOUNT, -3520), ("-0.001", AMOUNT, 0), (".5", AMOUNT, 50),
     ("36", HOURS, Decimal("36.00")), ("37:30", HOURS, Decimal("37.50")),
     ("0.6", FTE, Decimal("0.6000")), ("60%", FTE, Decimal("0.6000")), ("45", AGE, 45),
     ("45.0", AGE, 45), ("G7  (new)", GRADE, "g7 (new)"), ("00123", PERSON, "00123"),
     ("PR 00871", PERSON, "PR 00871"), ("kqzt", PERSON, "kqzt"),
     ("Y", BOARD, True), ("FALSE", BOARD, False), ("Shift-Premium", ELEMENT, "shift premium")],
)  # fmt: skip
def test_a_value_in_its_form_is_read_exactly(word, column, value):
    assert suspect(tidy(word), column) == ""
    assert read(tidy(word), column) == (value, "")


@pytest.mark.parametrize(
    ("word", "column", "rule"),
    [*((word, HOURLY, "not_a_number") for word in ("NaN", "inf", "1e5", "1,5", "twelve", "£")),
     *((word, BONUS, "not_a_number") for word in ("1.234,56", "12,34,567", "9" * 13, "--5", "(5")),
     ("-inf", HOURS, "not_a_number"), ("٣", AGE, "not_a_number"),
     ("-4", HOURLY, "impossible_number"), ("0", HOURLY, "impossible_number"),
     ("99999", HOURLY, "impossible_number"), ("-1", BONUS, "impossible_number"),
     ("168", HOURS, "impossible_number"), ("-36", HOURS, "impossible_number"),
     ("37", FTE, "impossible_number"), ("13", AGE, "impossible_number"), ("45.5", AGE, "not_whole"),
     ("maybe", BOARD, "not_yes_no"), ("Present", ELEMENT, "not_one_of"),
     *((word, PERSON, "names_somebody") for word in (
         "Invented Person", "Person, I.", "O’Hara Anne-Marie", "a.b@example.org", "QQ 12 34 56 C")),
     ("1.00234E+11", PERSON, "shortened"), ("1E+05", PERSON, "shortened")],
)  # fmt: skip
def test_what_cannot_be_is_named_by_its_rule(word, column, rule):
    assert read(word, column) == (None, rule)


@pytest.mark.parametrize(
    ("word", "rule"),
    [("=1+1", "formula"), ("@SUM(A1)", "formula"), ("+44", "formula"), ("-x", "formula"),
     ("'=1+1", "formula"), ("＝1", "formula"), ("#N/A", "error_value"), ("#REF!", "error_value"),
     ("#####", "error_value"), ("G\x007", "control"), ("G\u202e7", "control"), ("G\n7", "control"),
     ("CafÃ©", "encoding"), ("Caf\ufffd", "encoding"), ("x" * 201, "too_long"),
     ("Café", ""), ("x" * 200, ""), ("O’Hara", ""), ("Ynys Môn", ""), ("#7", "")],
)  # fmt: skip
def test_signs_of_formulas_errors_and_broken_encodings_are_seen(word, rule):
    assert suspect(word, GRADE) == rule


@pytest.mark.parametrize("word", ["", "-", "–", "NULL", "(null)", " ", "\xa0"])
def test_what_systems_write_for_nothing_is_nothing(word):
    assert tidy(word) == ""


@given(st.integers(100, 100_000), st.sampled_from(["", "£", "£ "]), st.booleans())
def test_money_comes_back_to_the_penny(pence, sign, commas):
    pounds = f"{pence // 100:,}" if commas else f"{pence // 100}"
    assert read(tidy(f"{sign}{pounds}.{pence % 100:02d}"), HOURLY) == (pence, "")


@given(st.text(max_size=60), st.sampled_from([c for c in PEOPLE.columns if c.form != "day"]))
def test_any_word_at_all_has_a_value_or_breaks_a_rule_and_not_both(word, column):
    tidied = tidy(word)
    if tidied and not suspect(tidied, column):
        value, rule = read(tidied, column)
        assert (value is None) == (rule != "")
        assert rule == "" or rule in RULES
