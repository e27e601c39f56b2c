"""Every measure's SQL gives the same rows on DuckDB, on PostgreSQL and on Spark.

The same invented workforce lies in each. Rows are compared without regard to their order; dates,
text and counts are equal, and so is a figure in floating point to twelve digits. An engine that is
not here is skipped, with a sentence that says what is missing. The output (``-s``) names each
statement.
"""

import importlib
import pkgutil
from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
from pytest_socket import disable_socket, enable_socket

import goldenthread.workforce
from goldenthread.categories import code_list, groups_rows
from goldenthread.example_data.borough import Table, borough
from parity.engines import ENGINES, on_duckdb, written

LISTS = (
    "sex_2021", "ethnicity_england_2021", "disability_equality_act_2010", "religion_2021",
    "orientation_2021", "gender_identity_2021", "working_pattern_1", "age_ten_year",
)  # fmt: skip


def statements():
    """Every statement of every module of the room, by the module's name and its own."""
    found = {}
    for module in pkgutil.walk_packages(goldenthread.workforce.__path__, "goldenthread.workforce."):
        held = importlib.import_module(module.name)
        for name, sql in getattr(held, "STATEMENTS", {}).items():
            found[f"{module.name.rpartition('.')[2]}: {name}"] = sql
    return found


STATEMENTS = statements()


def plain(row):
    """A row as it is compared: a number is a number, whatever an engine holds it in."""
    return tuple(
        float(f"{value:.12g}")
        if isinstance(value, float) or (isinstance(value, Decimal) and value % 1)
        else int(value)
        if isinstance(value, Decimal)
        else value
        for value in row
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = dict(borough())
    rows = groups_rows(map(code_list, LISTS))
    names = ("characteristic", "code", "grouping", "grp", "position")
    made["groups"] = Table(
        {
            name: np.array([row[place] for row in rows], dtype=object)
            for place, name in enumerate(names)
        }
    )
    return written(made, tmp_path_factory.mktemp("parity"))


@pytest.fixture(scope="module")
def expected(folder):
    with on_duckdb(folder) as engine:
        return {name: Counter(map(plain, engine.rows(sql))) for name, sql in STATEMENTS.items()}


def test_there_are_statements_of_each_kind_of_measure():
    assert {name.partition(":")[0] for name in STATEMENTS} >= {
        "composition", "declaration", "flows", "outcomes", "pay_records",
    }  # fmt: skip


def test_every_statement_has_rows_to_compare(expected):
    assert [name for name, rows in expected.items() if not rows] == []


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "DuckDB"])
def test_it_gives_the_rows_that_duckdb_gives(name, folder, expected):
    # Spark speaks with its own Java over a socket of this machine, and with nothing else.
    enable_socket()
    try:
        with ENGINES[name](folder) as engine:
            different = []
            for statement, sql in STATEMENTS.items():
                found = Counter(map(plain, engine.rows(sql)))
                same = found == expected[statement]
                print(
                    f"{name} {'=' if same else '≠'} DuckDB, {found.total():>7,} rows  {statement}"
                )
                if not same:
                    different.append((statement, (found - expected[statement]).most_common(3)))
            assert different == []
    finally:
        disable_socket(allow_unix_socket=True)
