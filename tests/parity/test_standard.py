"""Every statement is of the standard that decision 0040 names, so that another engine runs it too.

No quoted identifier, no ``::``, no rounding, no function of one engine; and no text but codes of
closed lists and dates, so that nothing of a file can reach a statement.
"""

import re

import pytest

from parity.bodies import bodies
from parity.engines import on_duckdb, written
from parity.test_statements import STATEMENTS

# Functions and words that are followed by a bracket.
FUNCTIONS = {"cast", "coalesce", "count", "max", "min", "sum"}
BEFORE_A_BRACKET = {"and", "as", "filter", "from", "in", "join", "sets", "union"}
# What a statement may be made of beside names: anything else is of one engine or worse.
SIGNS = re.compile(r"[\sa-z0-9_.,()*=<>+-]*")
TEXT = re.compile(r"'[a-z0-9_+-]*'")


def faults(sql):
    """What in a statement is not of the standard."""
    bare = TEXT.sub("", sql)
    found = [] if SIGNS.fullmatch(bare) else sorted(set(SIGNS.sub("", bare)))
    called = set(re.findall(r"(\w+)\s*\(", bare)) - FUNCTIONS - BEFORE_A_BRACKET
    return [*found, *sorted(called)]


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Every statement there is, and every one that a pack asks."""
    found = dict.fromkeys(STATEMENTS.values())
    with on_duckdb() as over:
        for number, body in enumerate(bodies()):
            folder = tmp_path_factory.mktemp("standard") / f"body_{number}"
            folder.mkdir()
            records = over(written(body.tables, folder)) if body.packs else None
            for pack in body.packs:
                body.pack(pack, records)
            found |= dict.fromkeys(records.answers if records else ())
    return list(found)


def test_every_statement_is_of_the_standard(asked):
    assert len(asked) > len(STATEMENTS) + 50
    assert {sql: faults(sql) for sql in asked if faults(sql)} == {}


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ('select "unit" from people', ['"']),
        ("select unit::text from people", [":"]),
        ("select `unit` from people", ["`"]),
        ("select round(age) from people", ["round"]),
        ("select quantile_cont (age, 0.5) from people", ["quantile_cont"]),
        ("select unit from people where unit = 'Night Team'", ["'", "N", "T"]),
        ("select unit from people; select 1", [";"]),
        ("select count(*) filter (where relevant) from people", []),
    ],
)
def test_the_test_would_see_it(sql, told):
    assert faults(sql) == told
