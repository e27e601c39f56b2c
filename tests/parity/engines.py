"""DuckDB, PostgreSQL and Spark with the same tables in them, each asked by the same ``rows``."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from pytest_socket import disable_socket, enable_socket

from goldenthread.warehouse import TABLES
from house.pages import DOCS, blocks

SCHEMA = f"goldenthread_parity_{os.getpid()}"
_MEMORY = Path("/dev/shm")
PAGE = next(page for page in DOCS if page.name == "parity.md")


def printed(language):
    """The first block of a language that the page on parity prints."""
    return next(block.text for block in blocks(PAGE) if block.language == language)


class Remembering:
    """Records that keep what they were asked, and ask it once."""

    def __init__(self, rows, at_once=1):
        self._rows, self._at_once, self.answers = rows, at_once, {}

    def ahead(self, statements):
        """Ask all of these, several at a time where the engine plans each for long."""
        with ThreadPoolExecutor(self._at_once) as pool:
            told = pool.map(self._rows, statements)
            self.answers |= dict(zip(statements, told, strict=True))

    def rows(self, sql):
        """The rows of a statement."""
        if sql not in self.answers:
            self.answers[sql] = self._rows(sql)
        return self.answers[sql]


def written(tables, folder):
    """The tables as Parquet in the types of the contract: a file for each of their days.

    So the people of several snapshots lie in several files, as they do in a vault.
    """
    held = duckdb.connect()
    for name, table in TABLES.items():
        told = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        held.execute(f"create table {name} ({told})")
        rows = [[row[column] for column in table.names] for row in tables[name]]
        if rows:
            marks = ", ".join("?" for _ in table.names)
            held.executemany(f"insert into {name} values ({marks})", rows)
        day = "snapshot" if "snapshot" in table.names else "1"
        for number, (one,) in enumerate(
            held.execute(f"select distinct {day} from {name} order by 1").fetchall() or [(None,)]
        ):
            place = folder / name / f"{number}.parquet"
            place.parent.mkdir(exist_ok=True)
            held.execute(
                f"copy (from {name} where {day} is not distinct from $one) "
                f"to '{place}' (format parquet)",
                {"one": one},
            )
    held.close()
    return folder


@contextmanager
def on_duckdb():
    """DuckDB over the files."""
    with duckdb.connect() as held:

        def over(folder):
            one = held.cursor()
            one.execute(f"create schema {folder.name}")
            one.execute(f"use {folder.name}")
            for name in TABLES:
                one.execute(f"create view {name} as from read_parquet('{folder}/{name}/*')")
            return Remembering(lambda sql: one.execute(sql).fetchall())

        yield over


@contextmanager
def on_postgresql():
    """PostgreSQL with each body in a schema of its own, which goes when it is done."""
    address = os.environ.get("GOLDENTHREAD_TEST_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("PostgreSQL is not here: GOLDENTHREAD_TEST_DATABASE_URL names none.")
    psycopg = pytest.importorskip("psycopg", reason="PostgreSQL: the extra postgres is not here.")
    made = []
    with psycopg.connect(address, autocommit=True) as held:

        def over(folder):
            schema = f"{SCHEMA}_{folder.name}"
            made.append(schema)
            held.execute(f"create schema {schema}")
            for name, table in TABLES.items():
                told = ", ".join(f"{column.name} {column.type}" for column in table.columns)
                held.execute(f"create table {schema}.{name} ({told})")
                aside = folder / f"{name}.csv"
                duckdb.execute(
                    f"copy (from read_parquet('{folder}/{name}/*')) to '{aside}' (header false)"
                )
                with held.cursor().copy(f"copy {schema}.{name} from stdin (format csv)") as into:
                    into.write(aside.read_bytes())
                held.execute(f"analyze {schema}.{name}")

            def rows(sql):
                held.execute(f"set search_path to {schema}")
                return held.execute(sql).fetchall()

            return Remembering(rows)

        try:
            yield over
        finally:
            for schema in made:
                held.execute(f"drop schema {schema} cascade")


@contextmanager
def on_spark():
    """Spark in one process, with each body as the views of a session of its own."""
    pyspark = pytest.importorskip("pyspark", reason="Spark is not here: the extra spark adds it.")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark is not here: it needs Java 17, and there is no java.")
    assert pyspark.__version__.startswith("4.")
    aside = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
    from pyspark.sql import SparkSession

    # Spark speaks with its own Java over a socket of this machine, and with nothing else.
    enable_socket()
    held = (
        SparkSession.builder.master("local[2]")
        .appName("parity")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", str(aside))
        .config("spark.sql.warehouse.dir", str(aside / "warehouse"))
        .getOrCreate()
    )

    # The class that the docs print is the one that is tested.
    names = {}
    exec(printed("python"), names)

    def over(folder):
        session = held.newSession()
        for name in TABLES:
            session.read.parquet(f"{folder}/{name}").createOrReplaceTempView(name)
        return Remembering(names["SparkRecords"](session).rows, at_once=4)

    try:
        held.sparkContext.setLogLevel("ERROR")
        yield over
    finally:
        held.stop()
        disable_socket(allow_unix_socket=True)
        shutil.rmtree(aside, ignore_errors=True)


ENGINES = {"DuckDB": on_duckdb, "PostgreSQL": on_postgresql, "Spark": on_spark}
