"""Every measure's SQL and every pack give the same on DuckDB, on PostgreSQL and on Spark.

The same invented records lie in each: a small borough, a body of hard cases, one person, nobody.
Rows are compared without regard to their order; dates, text and counts are equal, and so is a
figure in floating point to twelve digits. Of packs every statement that they ask is compared, and
then their tables, cell by cell. An engine that is not here is skipped, with a sentence that says
what is missing. The output (``-s``) names each statement; the page on parity has it as a table,
which ``.venv/bin/pytest -n0 tests/parity --write-parity`` writes where every engine is present.
"""

import importlib
import os
import pkgutil
import re
import time
from collections import Counter
from decimal import Decimal

import pytest

import goldenthread.workforce
from goldenthread.warehouse import TABLES
from goldenthread.workforce.packs import PACKS
from parity.bodies import AGES, bodies
from parity.engines import ENGINES, PAGE, on_duckdb, printed, written


def statements():
    """Every statement of every module of the room, by the module's name and its own."""
    found = {}
    for module in pkgutil.walk_packages(goldenthread.workforce.__path__, "goldenthread.workforce."):
        held = importlib.import_module(module.name)
        for name, sql in getattr(held, "STATEMENTS", {}).items():
            found[f"{module.name.rpartition('.')[2]}: {name}"] = sql
    return found


STATEMENTS = statements()
OTHERS = {name: engine for name, engine in ENGINES.items() if name != "DuckDB"}
BEGINS, ENDS = "<!-- begin: tests/parity -->", "<!-- end: tests/parity -->"


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

    def __init__(self, body, records, ahead=()):
        self.seconds = -time.perf_counter()
        records.ahead([*dict.fromkeys([*STATEMENTS.values(), *ahead])])
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


def answered(over, folders, expected=None):
    """What an engine answers for each body, asked at once all that DuckDB was asked."""
    return {
        body.name: Answered(
            body, over(folders[body.name]), expected[body.name].rows if expected else ()
        )
        for body in bodies()
    }


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


@pytest.fixture(scope="module")
def told(request):
    """What each engine was found to give, by its name; written into the page where it is asked."""
    found = {}
    yield found
    if request.config.getoption("--write-parity"):
        assert list(found) and found.keys() == OTHERS.keys(), "An engine is not here."
        text = PAGE.read_text(encoding="utf-8")
        head, _, rest = text.partition(BEGINS)
        _, _, tail = rest.partition(ENDS)
        lines = "\n".join(table(found))
        PAGE.write_text(f"{head}{BEGINS}\n\n{lines}\n\n{ENDS}{tail}", encoding="utf-8")


@pytest.mark.parametrize("name", OTHERS)
def test_it_gives_what_duckdb_gives(name, folders, expected, told):
    began = time.perf_counter()
    with OTHERS[name]() as over:
        started = time.perf_counter() - began
        found = answered(over, folders, expected)
        if name == "Spark":
            as_the_page_prints_it(folders["hard cases"], expected["hard cases"])
    lines, different = compared(expected, found)
    spent, duckdb = (sum(each.seconds for each in one.values()) for one in (found, expected))
    seconds = (
        f"{started:.0f} s to start and {spent:.0f} s to answer, DuckDB {duckdb:.0f} s; "
        f"{os.getloadavg()[0]:.0f} processes wanted the machine's {os.cpu_count()} cores then"
    )
    told[name] = lines, seconds
    print(*(f"{name}: {what}, {size}: {said}" for what, size, said in lines), sep="\n")
    print(f"{name}: {seconds}.")
    assert different == []


def test_the_page_names_every_statement_and_every_pack():
    text = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"^\| (\w+: .*?|pack [\w-]+: its tables) \|", text, re.MULTILINE)
    wanted = {*STATEMENTS, *(f"pack {name}: its tables" for name in PACKS)}
    assert {one for one in named if "more statements" not in one} == wanted, (
        "Run tests/parity with --write-parity."
    )
    assert "differs" not in text


def as_the_page_prints_it(folder, expected):
    """The page's own lines make the table that was expected, over a folder of theirs."""
    names = {}
    exec(printed("python") + printed("py").replace("staff/", f"{folder}/"), names)
    told = expected.packs["quarterly"].table("composition_by_grade").rows
    assert names["pack"].table("composition_by_grade").rows == told


def compared(expected, found):
    """A line for each statement and pack, and every difference."""
    lines, different = [], []

    def line(what, size, faults):
        lines.append((what, size, "differs" if faults else "the same"))
        different.extend((what, *fault) for fault in faults)

    def statements_of(what, asked):
        rows, faults = 0, []
        for body, held in expected.items():
            for sql in asked & held.rows.keys():
                rows += held.rows[sql].total()
                other = found[body].rows.get(sql, Counter())
                if other != held.rows[sql]:
                    faults.append((body, sql, (other - held.rows[sql]).most_common(3)))
        line(what, f"{rows:,} rows", faults)

    for what, sql in STATEMENTS.items():
        statements_of(what, {sql})
    for pack in PACKS:
        asked = {sql for held in expected.values() for sql in held.asked.get(pack, ())}
        if asked:
            statements_of(f"pack {pack}: {len(asked)} more statements", asked)
        cells, faults = 0, []
        for body, held in expected.items():
            if pack in held.packs:
                one, other = held.packs[pack], found[body].packs[pack]
                cells += sum(len(table.rows) * len(table.columns) for table in one.tables)
                faults += [(body, each) for each in differences(one, other)]
        line(f"pack {pack}: its tables", f"{cells:,} cells", faults)
    return lines, different


def table(told):
    """The lines of every engine side by side, in Markdown."""
    yield f"| Statement or table | DuckDB gives | {' | '.join(told)} |"
    yield f"|---|---:|{'---|' * len(told)}"
    for each in zip(*(lines for lines, _seconds in told.values()), strict=True):
        what, size, _said = each[0]
        yield f"| {what} | {size} | {' | '.join(said for *_, said in each)} |"
    yield ""
    for name, (_lines, seconds) in told.items():
        yield f"- {name} took {seconds}."


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
