"""The mapping of a column: each distinct value once, settled by a person, saved and loaded."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.categories import (
    MISSING,
    code_list,
    from_json,
    map_column,
    schemes_for,
    settle,
    to_json,
)
from goldenthread.errors import Missing, Unreadable

ENGLAND = code_list("ethnicity_england_2021")
DAY, LATER = date(2026, 11, 28), date(2026, 12, 1)
VALUES = {"White British": 400, "Somali": 1, "British": 7, "Prefer not to say": 3, "": 9}
RAW = st.text(max_size=12) | st.sampled_from(["A", "B1", "Z", "Irish", "bme", "W1", "WBRI", "PA"])
COLUMNS = st.dictionaries(RAW, st.integers(1, 99), max_size=8)
SCHEMES = st.sampled_from(schemes_for("ethnicity"))


def _settled():
    column = map_column(VALUES, ENGLAND, on=DAY)
    keys = {entry.raw: entry.key for entry in column.review}
    answers = {keys["Somali"]: "black_african", keys["British"]: "not_known"}
    return settle(column, answers, by="Head of HR", on=LATER)


def test_each_distinct_value_keeps_its_words_its_rule_its_mapper_and_its_day():
    column = map_column(VALUES, ENGLAND, on=DAY)
    assert [(e.raw, e.result, e.certainty, e.rule) for e in column.entries] == [
        ("White British", "white_british", "exact", "already mapped"),
        ("Somali", None, "review", "unknown"),
        ("British", None, "review", "nationality"),
        ("Prefer not to say", "prefer_not_to_say", "exact", "already mapped"),
        ("", "blank", "certain", "no answer"),
    ]
    assert {(e.mapper, e.on) for e in column.entries} == {("goldenthread", DAY)}
    assert (column.scheme, column.into, column.characteristic) == (
        "text",
        ENGLAND.name,
        "ethnicity",
    )


def test_two_ways_of_writing_are_one_value():
    column = map_column({"Irish": 3, "IRISH ": 1, "irish.": 2}, ENGLAND, on=DAY)
    assert len(column.entries) == 1
    assert column.result(" iRiSh") == "white_irish"
    assert column.result("never seen") is None


def test_a_column_that_fits_two_schemes_is_asked_about():
    with pytest.raises(Missing, match="nhs_2001 and police_sde") as asked:
        map_column({"A1": 1, "A2": 2, "B1": 3, "M1": 4}, ENGLAND, on=DAY)
    assert set(asked.value.needs) == {"scheme"}


def test_what_a_person_settled_is_settled_the_next_time_too():
    again = map_column(
        {"SOMALI": 2, "british": 1, "Jewish": 1}, ENGLAND, on=LATER, settled=_settled()
    )
    assert again.result("Somali") == "black_african"
    assert again.result("British") == "not_known"
    assert [entry.raw for entry in again.review] == ["Jewish"]
    entry = again.entry("somali")
    assert (entry.certainty, entry.mapper, entry.on) == ("settled", "Head of HR", LATER)


def test_what_was_settled_and_is_not_in_this_file_is_kept():
    again = map_column({"Irish": 2}, ENGLAND, on=LATER, settled=_settled())
    assert again.result("Somali") == "black_african"


def test_what_was_settled_under_another_scheme_or_for_another_list_settles_nothing():
    assert map_column({"Somali": 2}, ENGLAND, "dfe", on=LATER, settled=_settled()).review
    old = code_list("ethnicity_england_2001")
    assert map_column({"Somali": 2}, old, "text", on=LATER, settled=_settled()).review


def test_a_person_may_change_what_was_certain():
    column = map_column({"Irish": 3}, ENGLAND, on=DAY)
    (entry,) = column.entries
    changed = settle(column, {entry.key: "white_other"}, by="Head of HR", on=LATER)
    assert changed.result("Irish") == "white_other"


@pytest.mark.parametrize("answer", ["white", "", "Black African", "declined"])
def test_an_answer_that_the_list_does_not_have_is_refused_without_the_value(answer):
    column = map_column({"Kurdish words": 1}, ENGLAND, "text", on=DAY)
    (entry,) = column.review
    with pytest.raises(Missing) as refused:
        settle(column, {entry.key: answer}, by="Head of HR", on=LATER)
    assert set(refused.value.needs) == {entry.key}
    assert "Kurdish" not in f"{refused.value} {refused.value.needs}"


def test_an_answer_to_nothing_and_an_answer_by_nobody_are_refused():
    column = map_column({"Kurdish": 1}, ENGLAND, "text", on=DAY)
    with pytest.raises(Missing, match="1 answers cannot be used"):
        settle(column, {"v0": "white_other"}, by="Head of HR", on=LATER)
    with pytest.raises(Missing, match="who settles"):
        settle(column, {column.review[0].key: "white_other"}, by=" ", on=LATER)


@given(COLUMNS, SCHEMES)
def test_mapping_what_was_mapped_changes_nothing(values, scheme):
    column = map_column(values, ENGLAND, scheme, on=DAY)
    results = {entry.result: 1 for entry in column.entries if entry.result is not None}
    again = map_column(results, ENGLAND, ENGLAND.name, on=DAY)
    assert {entry.raw: entry.result for entry in again.entries} == {r: r for r in results}
    assert map_column(values, ENGLAND, scheme, on=DAY, settled=column) == column


@given(COLUMNS, COLUMNS, SCHEMES)
def test_values_that_are_added_never_change_the_others(values, added, scheme):
    alone = map_column(values, ENGLAND, scheme, on=DAY)
    together = map_column({**added, **values}, ENGLAND, scheme, on=DAY)
    assert {raw: alone.result(raw) for raw in values} == {
        raw: together.result(raw) for raw in values
    }


@given(COLUMNS, SCHEMES, st.data())
def test_a_mapping_is_loaded_as_it_was_saved(values, scheme, data):
    column = map_column(values, ENGLAND, scheme, on=DAY)
    codes = st.sampled_from([*(item.code for item in ENGLAND.items), *MISSING])
    answers = {entry.key: data.draw(codes) for entry in column.review}
    done = settle(column, answers, by="Head of HR", on=LATER)
    assert done.review == ()
    assert from_json(to_json(done)) == done
    assert from_json(to_json(column)) == column


def test_a_mapping_holds_no_count_and_no_person_but_who_settled_it():
    saved = json.loads(to_json(_settled()))
    assert set(saved) == {"schema", "list", "scheme", "entries"}
    fields = {name for entry in saved["entries"] for name in entry}
    assert fields == {"value", "result", "certainty", "rule", "mapper", "on"}


def _changed(**changes):
    saved = json.loads(to_json(_settled()))
    saved["entries"][1].update(changes)
    return json.dumps(saved)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[]",
        "{",
        "null",
        '{"schema": "goldenthread.mapping/1"}',
        to_json(_settled()).replace("mapping/1", "mapping/9"),
        to_json(_settled()).replace("england_2021", "england_1971"),
        to_json(_settled()).replace('"text"', '"dfe_gender"'),
        to_json(_settled()).replace('"value"', '"words"'),
        _changed(result="no_such_code"),
        _changed(result=None),
        _changed(certainty="guessed"),
        _changed(rule="because"),
        _changed(value="White British"),
        _changed(value="Somali", **{"could be": ["no_such_code"]}),
        "\ud800",
    ],
)
def test_what_is_no_mapping_is_refused_whole(words):
    with pytest.raises(Unreadable) as refused:
        from_json(words)
    assert "Somali" not in str(refused.value)
