"""Every measure's SQL and every pack give the same on DuckDB, on PostgreSQL and on Spark.

The same invented records lie in each: a small borough, a body of hard cases, one person, nobody.
Rows are compared without regard to their order; dates, text and counts are equal, and so is a
figure in floating point to twelve digits. Of packs every statement that they ask is compared, and
then their tables, cell by cell. An engine that is not here is skipped, with a sentence that says
what is missing. The output (``-s``) is a table of statements and engines.
"""

import importlib
import pkgutil
import time
from collections import Counter
from decimal import Decimal

import pytest

import goldenthread.workforce
from goldenthread.warehouse import TABLES
from goldenthread.workforce.packs import PACKS
from parity.bodies import AGES, bodies
from parity.engines import ENGINES, on_duckdb, written


def statements():
    """Every statement of every module of the room, by the module's name and its own."""
    found = {}
    for module in pkgutil.walk_packages(goldenthread.workforce.__path__, "goldenthread.workforce."):
        held = importlib.import_module(module.name)
        for name, sql in getattr(held, "STATEMENTS", {}).items():
            found[f"{module.name.rpartition('.')[2]}: {name}"] = sql
    return found


STATEMENTS = statements()


def plain(cell):
    """A cell as it is compared: a number is a number, whatever an engine holds it in."""
    if isinstance(cell, float) or (isinstance(cell, Decimal) and cell % 1):
        return float(f"{cell:.12g}")
    return int(cell) if isinstance(cell, Decimal) else cell


def counted(rows):
    """Rows without their order."""
    return Counter(tuple(map(plain, row)) for row in rows)


class Answered:
    """What one engine answers for one body: rows by statement, and the tables of its packs."""

    def __init__(self, body, records):
        self.seconds = -time.perf_counter()
        for sql in STATEMENTS.values():
            records.rows(sql)
        self.packs, self.asked = {}, {}
        for name in body.packs:
            before = set(records.answers)
            self.packs[name] = body.pack(name, records)
            self.asked[name] = sorted(set(records.answers) - before)
        self.seconds += time.perf_counter()
        self.rows = {sql: counted(rows) for sql, rows in records.answers.items()}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The records of each body as files, by the body's name."""
    found = {}
    for number, body in enumerate(bodies()):
        folder = tmp_path_factory.mktemp("parity") / f"body_{number}"
        folder.mkdir()
        found[body.name] = written(body.tables, folder)
    return found


def answered(over, folders):
    return {body.name: Answered(body, over(folders[body.name])) for body in bodies()}


@pytest.fixture(scope="module")
def expected(folders):
    with on_duckdb() as over:
        return answered(over, folders)


def test_there_are_statements_of_each_kind_of_measure():
    assert {name.partition(":")[0] for name in STATEMENTS} >= {
        "composition", "declaration", "flows", "outcomes", "pay_records",
    }  # fmt: skip


def test_every_statement_has_rows_to_compare(expected):
    rows = expected["hard cases"].rows
    assert [name for name, sql in STATEMENTS.items() if not rows[sql]] == []


def test_the_hard_cases_are_as_hard_as_the_contract_allows(folders, expected):
    assert expected["hard cases"].packs.keys() == PACKS.keys()
    (hard,) = (body for body in bodies() if body.name == "hard cases")
    for table in TABLES.values():
        for column in table.columns:
            values = {row[column.name] for row in hard.tables[table.name]}
            assert (None in values) == column.may_be_null, (table.name, column.name)
            assert len(values) > 1, (table.name, column.name)
    people = hard.tables["people"]
    assert {row["age"] for row in people} == set(AGES)
    lines = {(row["snapshot"], row["unit"]) for row in hard.tables["unit_lines"]}
    assert any((row["snapshot"], row["unit"]) not in lines for row in people)
    rolled = {row["code"] for row in hard.tables["groups"] if row["grouping"] == "five"}
    assert not {row["ethnicity"] for row in people} <= rolled
    assert len(list((folders["hard cases"] / "people").iterdir())) == 3


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "DuckDB"])
def test_it_gives_what_duckdb_gives(name, folders, expected):
    began = time.perf_counter()
    with ENGINES[name]() as over:
        started = time.perf_counter() - began
        found = answered(over, folders)
    different, lines = [], []

    def compare(what, statements, more=()):
        """One line of the table, of every body that was asked these statements."""
        rows, faults = 0, list(more)
        for body, told in expected.items():
            for sql in statements:
                if sql not in told.rows:
                    continue
                rows += told.rows[sql].total()
                other = found[body].rows.get(sql, Counter())
                if other != told.rows[sql]:
                    faults.append((body, sql, (other - told.rows[sql]).most_common(3)))
        lines.append(f"| {what} | {rows:,} | {'differs' if faults else 'the same'} |")
        different.extend((what, *fault) for fault in faults)

    for what, sql in STATEMENTS.items():
        compare(what, [sql])
    for pack in PACKS:
        asked = {sql for told in expected.values() for sql in told.asked.get(pack, ())}
        cells, faults = 0, []
        for body, told in expected.items():
            if pack in told.packs:
                one, other = told.packs[pack], found[body].packs[pack]
                cells += sum(len(table.rows) * len(table.columns) for table in one.tables)
                faults += [(body, each) for each in differences(one, other)]
        if asked:
            compare(f"pack {pack}: {len(asked)} more statements", asked)
        lines.append(f"| pack {pack}: its tables | {cells:,} cells | "
                     f"{'differs' if faults else 'the same'} |")  # fmt: skip
        different.extend((pack, *fault) for fault in faults)
    print(f"\n| Statement | Rows on DuckDB | {name} |\n|---|---:|---|", *lines, sep="\n")
    spent = sum(told.seconds for told in found.values())
    duckdb = sum(told.seconds for told in expected.values())
    print(f"{name}: {started:.1f} s to start, {spent:.1f} s to answer (DuckDB {duckdb:.1f} s).")
    assert different == []


def differences(one, other):
    """Where two packs are not the same, cell by cell."""
    found = []
    if [table.name for table in one.tables] != [table.name for table in other.tables]:
        return [("tables", [table.name for table in other.tables])]
    for this, that in zip(one.tables, other.tables, strict=True):
        for field in ("title", "columns", "as_at", "base", "of", "notes", "sources"):
            if getattr(this, field) != getattr(that, field):
                found.append((this.name, field, getattr(this, field), getattr(that, field)))
        if len(this.rows) != len(that.rows):
            found.append((this.name, "rows", len(this.rows), len(that.rows)))
            continue
        for number, (row, same) in enumerate(zip(this.rows, that.rows, strict=True), 1):
            for column, cell, beside in zip(this.columns, row, same, strict=True):
                if type(cell) is not type(beside) or plain(cell) != plain(beside):
                    found.append((this.name, number, column.name, cell, beside))
    return found[:5]
