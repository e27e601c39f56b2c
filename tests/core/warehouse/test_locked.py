"""Records are asked by select alone, and the engine reaches nothing but the files of the vault."""

import duckdb
import pytest

from core.warehouse.held import filled
from goldenthread.errors import Unreadable, Unsafe
from goldenthread.warehouse import locked


@pytest.fixture(scope="module")
def vault(memory):
    return filled(memory / "locked")


@pytest.fixture
def records(vault):
    with vault.records() as records:
        yield records


@pytest.fixture
def engine(vault):
    """The engine itself, as it stands behind ``rows``: the inner of the two doors."""
    table = vault.folder / vault.snapshots()[0].file
    held = locked.connect([table], vault.folder / "temp")
    locked.show(held, locked.HELD["people"], [table])
    locked.lock(held)
    yield held
    held.close()


def reaching(vault, outside):
    """Statements that reach for what they must not, by what they try."""
    held = vault.folder
    return {
        "write a file outside": f"copy (select 1) to '{outside / 'out.csv'}'",
        "write the records outside": f"copy (select * from people) to '{outside / 'out.parquet'}'",
        "write into the vault": f"copy (select 1) to '{vault.folder / 'tables' / 'new.csv'}'",
        "write over a table": f"copy (select 1 as a) to '{held / vault.snapshots()[0].file}'",
        "export everything": f"export database '{outside / 'all'}'",
        "read another file": f"select * from read_csv('{outside / 'other.csv'}')",
        "read another file by name": f"from '{outside / 'other.csv'}'",
        "read the key": f"select * from read_blob('{vault.folder / 'vault.key'}')",
        "read the key by a way round": f"select * from read_blob('{held}/temp/../vault.key')",
        "read the manifest": f"select * from read_text('{vault.folder / 'manifest.json'}')",
        "list the vault": f"select * from glob('{vault.folder}/*')",
        "list the machine": "select * from glob('/*')",
        "read the network": "select * from read_parquet('https://example.org/x.parquet')",
        "read a bucket": "select * from read_csv('s3://bucket/x.csv')",
        "install an extension": "install httpfs",
        "load an extension": "load httpfs",
        "attach a database": f"attach '{outside / 'other.db'}' as other",
        "keep a secret": "create persistent secret (type http)",
        "open the door again": "set enable_external_access = true",
        "unlock the settings": "set lock_configuration = false",
        "allow a folder": "set allowed_directories = ['/']",
        "spill elsewhere": f"set temp_directory = '{outside}'",
        "log to a file": f"set log_query_path = '{outside / 'log'}'",
        "profile to a file": f"pragma profiling_output = '{outside / 'profile'}'",
    }


TRIED = [
    "write a file outside", "write the records outside", "write into the vault",
    "write over a table", "export everything", "read another file", "read another file by name",
    "read the key", "read the key by a way round", "read the manifest", "list the vault",
    "list the machine", "read the network", "read a bucket", "install an extension",
    "load an extension", "attach a database", "keep a secret", "open the door again",
    "unlock the settings", "allow a folder", "spill elsewhere", "log to a file",
    "profile to a file",
]  # fmt: skip


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "other.csv").write_text("a\n4711\n")
    return tmp_path


def test_every_way_is_tried(vault, outside):
    assert list(reaching(vault, outside)) == TRIED


@pytest.mark.parametrize("tried", TRIED)
def test_the_engine_itself_refuses_to(tried, engine, vault, outside):
    before = {p: p.read_bytes() for p in vault.folder.rglob("*") if p.is_file()}
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        engine.execute(reaching(vault, outside)[tried]).fetchall()
    assert [p.name for p in outside.iterdir()] == ["other.csv"]
    assert {p: p.read_bytes() for p in vault.folder.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("tried", TRIED)
def test_a_measure_is_refused_to(tried, records, vault, outside):
    with pytest.raises(Unsafe) as refused:
        records.rows(reaching(vault, outside)[tried])
    assert refused.value.rule in ("not a select", "outside the vault")
    assert "4711" not in str(refused.value)


@pytest.mark.parametrize("tried", ["read another file", "write a file outside", "list the machine"])
def test_an_engine_without_the_lock_would_do_it(tried, vault, outside):
    duckdb.connect().execute(reaching(vault, outside)[tried]).fetchall()


@pytest.mark.parametrize(
    "sql",
    [
        "drop view people", "create table t as select 1", "insert into people values (1)",
        "select 1; select 2", "pragma version", "explain select 1", "call pragma_version()", "",
        "attach ':memory:' as other", "begin",
    ],
)  # fmt: skip
def test_only_one_select_is_asked(sql, records):
    with pytest.raises(Unsafe):
        records.rows(sql)


def test_a_variable_of_the_program_is_no_table(records):
    secret = {"a": [4711]}
    with pytest.raises(Unreadable, match="secret"):
        records.rows("select * from secret")
    assert secret


def test_a_statement_that_is_wrong_says_what_is_wrong_with_its_words(records):
    with pytest.raises(Unreadable, match="wages"):
        records.rows("select wages from people")
    with pytest.raises(Unreadable, match="Parser"):
        records.rows("select from where")


def test_an_error_of_the_engine_never_repeats_a_value(records):
    assert records.rows("select distinct unit from people") == [("libraries",)]
    with pytest.raises(Unreadable) as refused:
        records.rows("select cast(unit as integer) from people")
    assert str(refused.value) == "The statement could not be run (ConversionException)."


def test_rows_of_every_kind_that_a_measure_uses(records):
    sql = """
        select unit, count(*) filter (where hourly_pence > 1000),
          percentile_cont(0.5) within group (order by hourly_pence)
        from people group by grouping sets ((unit), ()) order by unit
    """
    assert records.rows(sql) == [("libraries", 6, 1554.0), (None, 6, 1554.0)]


def test_nothing_is_left_in_the_vault_when_the_records_are_closed(vault):
    with vault.records() as records:
        records.rows("select count(*) from people")
        assert len(list((vault.folder / "temp").iterdir())) == 1
    assert list((vault.folder / "temp").iterdir()) == []
