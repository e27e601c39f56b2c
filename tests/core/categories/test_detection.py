"""The scheme of a column: from all of its values, and a question where two would fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.categories import code_list, detect, read, scheme

ENGLAND = code_list("ethnicity_england_2021")
SEX = code_list("sex_2021")
NHS = {"A": 4000, "B": 90, "C": 300, "H": 200, "M": 150, "N": 120, "Z": 80, "99": 30, "": 12}
POLICE = {"W1": 900, "W9": 40, "A1": 60, "A2": 30, "B2": 25, "M1": 9, "O9": 4, "NS": 20}
SCHOOLS = {"WBRI": 300, "WENG": 12, "WIRT": 25, "AIND": 14, "BCRB": 9, "MWAS": 3, "WROM": 1}
SCOTLAND = {"1A": 300, "1B": 40, "3F": 12, "4D": 6, "98": 4, "99": 2}
WRITTEN = {"White British": 400, "Asian - Indian": 20, "Kurdish": 1, "Prefer not to say": 9}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (NHS, "nhs_2001"),
        (POLICE, "police_sde"),
        (SCHOOLS, "dfe"),
        (SCOTLAND, "nhs_scotland"),
        (WRITTEN, "text"),
        ({"White British": 9}, "text"),
    ],
)
def test_a_columns_values_show_its_scheme(values, found):
    assert detect(values, ENGLAND).scheme == found


def test_local_second_characters_are_the_letters_of_2001():
    column = {"A1": 300, "AX": 10, "C7": 40, "H1": 9, "L2": 4, "S": 3}
    assert detect(column, ENGLAND).scheme == "nhs_2001"


def test_codes_that_the_nhs_and_the_police_read_differently_are_asked_about():
    found = detect({"A1": 300, "A2": 40, "B1": 9, "M1": 4}, ENGLAND)
    assert found.scheme is None
    assert {fit.scheme for fit in found.fits} == {"nhs_2001", "police_sde"}
    assert found.question == (
        "The column fits nhs_2001 and police_sde, and they read it differently. Say which it is."
    )


def test_england_and_wales_give_the_letters_a_and_b_different_meanings():
    found = detect({"A": 300, "B": 20, "H": 9, "N": 4, "M": 4}, ENGLAND)
    assert found.scheme is None
    assert {fit.scheme for fit in found.fits} == {"nhs_2001", "nhs_extended", "nhs_wales"}


@pytest.mark.parametrize("values", [{"GB": 40}, {"CH": 3, "GB": 4}, {"A": 900, "B": 3}])
def test_a_few_codes_show_nothing(values):
    found = detect(values, ENGLAND)
    assert found.scheme is None
    assert "too few different codes" in found.question


def test_a_column_that_fits_nothing_is_asked_about():
    found = detect({"Smith": 1, "Jones": 2, "Patel": 4, "Green": 1, "Khan": 1}, ENGLAND)
    assert (found.scheme, found.fits) == (None, ())
    assert "fits no scheme" in found.question


def test_half_words_and_half_codes_are_two_systems_in_one_column_and_asked_about():
    column = {"White British": 40, "A": 30, "B": 20, "C": 20, "H": 10}
    assert detect(column, ENGLAND).scheme is None


def test_a_slip_of_the_keyboard_does_not_hide_a_scheme():
    assert detect({**NHS, "Q7": 3}, ENGLAND).scheme == "nhs_2001"
    assert read("Q7", ENGLAND, "nhs_2001").rule == "not of the scheme"


def test_a_column_without_answers_is_read_as_words():
    assert detect({"": 40, "Not known": 3}, ENGLAND).scheme == "text"
    assert detect({}, ENGLAND).scheme == "text"


def test_schemes_that_read_every_value_alike_are_no_question():
    assert detect({"M": 300, "F": 400}, SEX).scheme == "text"
    assert detect({"1": 300, "2": 400, "X": 3}, SEX).scheme == "nhs_gender"


def test_the_unverified_scheme_is_never_found_by_itself():
    codes = {code.code: 10 for code in scheme("esr").codes}
    assert "esr" not in {fit.scheme for fit in detect(codes, ENGLAND).fits}


@given(st.permutations(sorted(POLICE.items())), st.integers(1, 50))
def test_neither_the_order_of_values_nor_the_size_of_the_workforce_matters(items, times):
    column = {raw: rows * times for raw, rows in items}
    assert detect(column, ENGLAND) == detect(POLICE, ENGLAND)


def test_a_lists_own_labels_are_words_and_no_scheme_to_ask_about():
    column = {
        "White - British": 70,
        "Asian - Indian": 9,
        "Caribbean": 5,
        "African": 2,
        "British": 1,
    }
    found = detect(column, ENGLAND)
    assert [fit.scheme for fit in found.fits] == ["text"]
    assert read("British", ENGLAND, found.scheme).rule == "nationality"
