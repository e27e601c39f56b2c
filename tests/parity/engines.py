"""DuckDB, PostgreSQL and Spark with the same tables in them, each asked by the same ``rows``."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from goldenthread.warehouse import TABLES

SCHEMA = "goldenthread_parity"
_MEMORY = Path("/dev/shm")


class Engine:
    """An engine, by its name and what gives the rows of a statement."""

    def __init__(self, name, rows):
        self.name, self.rows = name, rows


def written(tables, folder):
    """The tables as Parquet, one file each, in the types of the contract."""
    held = duckdb.connect()
    for name, table in TABLES.items():
        given = tables[name]
        arrays = {}
        for column in table.names:
            values = given.column(column)
            arrays[column] = values.astype("datetime64[us]") if values.dtype.kind == "M" else values
        held.register("given", arrays)
        cast = ", ".join(f"cast({c.name} as {c.type}) as {c.name}" for c in table.columns)
        place = folder / f"{name}.parquet"
        held.execute(f"copy (select {cast} from given) to '{place}' (format parquet)")
        held.unregister("given")
    held.close()
    return folder


@contextmanager
def on_duckdb(folder):
    """DuckDB over the files."""
    held = duckdb.connect()
    for name in TABLES:
        held.execute(f"create view {name} as select * from read_parquet('{folder}/{name}.parquet')")
    yield Engine("DuckDB", lambda sql: held.execute(sql).fetchall())
    held.close()


@contextmanager
def on_postgresql(folder):
    """PostgreSQL with the tables in a schema of its own, which goes when it is done."""
    address = os.environ.get("GOLDENTHREAD_TEST_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("PostgreSQL is not here: GOLDENTHREAD_TEST_DATABASE_URL names none.")
    psycopg = pytest.importorskip("psycopg", reason="PostgreSQL: the extra postgres is not here.")
    read = duckdb.connect()
    with psycopg.connect(address, autocommit=True) as held:
        held.execute(f"drop schema if exists {SCHEMA} cascade")
        held.execute(f"create schema {SCHEMA}")
        held.execute(f"set search_path to {SCHEMA}")
        try:
            for name, table in TABLES.items():
                told = ", ".join(f"{column.name} {column.type}" for column in table.columns)
                held.execute(f"create table {name} ({told})")
                aside = folder / f"{name}.csv"
                read.execute(f"copy (from '{folder}/{name}.parquet') to '{aside}' (header false)")
                with held.cursor().copy(f"copy {name} from stdin (format csv)") as into:
                    into.write(aside.read_bytes())
                held.execute(f"analyze {name}")
            yield Engine("PostgreSQL", lambda sql: held.execute(sql).fetchall())
        finally:
            held.execute(f"drop schema {SCHEMA} cascade")


@contextmanager
def on_spark(folder):
    """Spark in one process, over the same files."""
    pyspark = pytest.importorskip("pyspark", reason="Spark is not here: the extra spark adds it.")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark is not here: it needs Java 17, and there is no java.")
    aside = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
    from pyspark.sql import SparkSession

    held = (
        SparkSession.builder.master("local[2]")
        .appName("parity")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", str(aside))
        .config("spark.sql.warehouse.dir", str(aside / "warehouse"))
        .getOrCreate()
    )
    assert pyspark.__version__.startswith("4.")
    try:
        held.sparkContext.setLogLevel("ERROR")
        for name in TABLES:
            held.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(name)
        yield Engine("Spark", lambda sql: [tuple(row) for row in held.sql(sql).collect()])
    finally:
        held.stop()
        shutil.rmtree(aside, ignore_errors=True)


ENGINES = {"DuckDB": on_duckdb, "PostgreSQL": on_postgresql, "Spark": on_spark}
