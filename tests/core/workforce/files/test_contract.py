"""The published contracts hold together, and everything in them can be read as they say."""

from datetime import date
from typing import get_args

import pytest

from goldenthread.workforce.files import NAMES, RULES, contract
from goldenthread.workforce.files.contract import FORMS, Form
from goldenthread.workforce.files.days import read_days
from goldenthread.workforce.files.forms import read, suspect, tidy
from goldenthread.workforce.files.headings import folded

CONTRACTS = [contract(name) for name in NAMES]
COLUMNS = [
    pytest.param(column, id=f"{one.name}-{column.name}")
    for one in CONTRACTS
    for column in one.columns
]
# What the tables of workforce records hold (decision 0034 and tests/core/workforce/conftest.py).
TABLES = {"people": "people", "applications": "applications", "cases": "cases",
          "training": "training", "moves": "moves"}  # fmt: skip


def test_there_is_no_contract_of_another_name():
    with pytest.raises(ValueError, match="There is no contract of this name"):
        contract("../people")


@pytest.mark.parametrize("one", CONTRACTS, ids=NAMES)
def test_no_heading_means_two_columns_of_a_contract(one):
    headers = [header for column in one.columns for header in column.headers]
    assert sorted(headers) == sorted(set(headers))
    assert [header for header in headers if header != folded(header)] == []


@pytest.mark.parametrize("one", CONTRACTS, ids=NAMES)
def test_a_contract_speaks_only_of_columns_and_rules_that_there_are(one):
    spoken = {*one.key, *(name for group in one.one_of for name in group)}
    for first, second, rule in (*one.never_before, *one.implies):
        spoken |= {first, second}
        assert rule in RULES
    spoken |= {column.latest for column in one.columns if column.latest not in ("", "today")}
    assert {name for name in spoken if name not in one} == set()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_says_what_it_means_and_its_title_is_known_as_a_heading(column):
    assert column.meaning.endswith(".")
    assert column.form in get_args(Form)
    assert column.form in FORMS
    assert column.examples
    assert (column.form == "choice") == bool(column.choices)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_example_of_a_column_can_be_read(column):
    for example in filter(None, map(tidy, column.examples)):
        assert suspect(example, column) == ""
        if column.form == "day":
            assert read_days([example], (), None, date(2026, 12, 31)).faults == {}
        else:
            assert read(example, column)[1] == ""


@pytest.mark.parametrize("name", TABLES)
def test_typed_rows_have_the_columns_of_the_table_that_measures_read(name, records):
    held = records.rows(f"select column_name from (describe {TABLES[name]})")
    assert contract(name).gives == tuple(row[0] for row in held)


def test_a_column_that_is_not_there_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        contract("people").column("surname")
