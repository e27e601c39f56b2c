"""Print what workforce numbers cost: a pack beside pandas and polars, many rows, files, growth.

.venv/bin/python benchmarks/workforce.py [--write] [--no-peers]

pandas and polars are no dependencies: where they are not installed they are put into a folder that
is thrown away, and where that fails their rows are left out. Everybody's pay has a few pence of its
own, as in life. ``--write`` puts the tables into docs/reference/performance.md.
"""

import argparse
import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import staff_counts

from goldenthread import categories, warehouse
from goldenthread.example_data.borough import LAST_DAY, Table, borough
from goldenthread.example_data.staff_files import write_staff_files
from goldenthread.warehouse import TABLES, locked
from goldenthread.workforce import packs

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- begin: benchmarks/workforce.py -->", "<!-- end -->"
PROGRAM = Path(sys.executable).parent / "goldenthread"
TIMES = 5
YEAR = (date(2025, 3, 31), LAST_DAY, date(2025, 4, 1))
GROWTH = (10_000, 100_000, 1_000_000, 10_000_000)


# What is measured.


def staff(people, quarters=8):
    """The invented borough, with up to 2% more or less pay for everybody, from a seed."""
    made = dict(borough(people=people, quarters=quarters))
    columns = {name: made["people"].column(name) for name in made["people"].names}
    pay = columns["hourly_pence"]
    spread = np.random.default_rng(1).uniform(0.98, 1.02, len(pay))
    columns["hourly_pence"] = np.ma.masked_array(np.rint(pay.data * spread).astype(int), pay.mask)
    made["people"] = Table(columns)
    return made


class Groups:
    """The roll-ups of the lists in use, as a table."""

    names = TABLES["groups"].names

    def __init__(self):
        self._rows = categories.groups_rows(categories.lists_in_use().values())

    def column(self, name):
        """One column."""
        return [row[self.names.index(name)] for row in self._rows]

    def __len__(self):
        return len(self._rows)


def by_snapshot(made):
    """The tables as files give them, people one snapshot after the other."""
    people = made["people"]
    columns = {name: people.column(name) for name in people.names}
    for day in np.unique(columns["snapshot"]):
        which = columns["snapshot"] == day
        yield "people", Table({name: values[which] for name, values in columns.items()})
    yield from ((name, table) for name, table in made.items() if name != "people")
    yield "groups", Groups()


class Clock:
    """Seconds by the wall and of the processor, its threads together."""

    def __init__(self):
        self.wall, self.worked = [], []

    @contextmanager
    def running(self):
        """Times once more."""
        wall, worked = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.worked.append(time.process_time() - worked)

    @property
    def both(self):
        """The medians."""
        return statistics.median(self.wall), statistics.median(self.worked)


def one_pack(records):
    """The quarterly pack."""
    asked = packs.ask(records, lists=categories.lists_in_use(), sources=["the benchmark"])
    return packs.make_pack("quarterly", records, asked)


def imported(name, folder):
    """A peer, from the environment or from a folder that it is put into; None where it is not."""
    try:
        return importlib.import_module(name)
    except ImportError:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder), name]
        subprocess.run(pip, capture_output=True, check=False)
        importlib.invalidate_caches()
        if str(folder) not in sys.path:
            # Last, so that what both need stays the project's own.
            sys.path.append(str(folder))
        try:
            return importlib.import_module(name)
        except ImportError:
            print(f"{name} cannot be had here: left out.", file=sys.stderr)
            return None


def beside_peers(people, with_peers):
    """The pack of so many staff, and the counts behind it by each library."""
    made = staff(people)
    clocks = {name: Clock() for name in ("taken in", "pack", "ours", "pandas", "polars")}
    with tempfile.TemporaryDirectory() as folder:
        ways = {}
        for name in ("pandas", "polars") if with_peers else ():
            if library := imported(name, folder):
                ready = getattr(staff_counts, f"{name}_tables")(library, made)
                count = getattr(staff_counts, f"by_{name}")
                ways[name] = lambda count=count, it=library, ready=ready: count(it, ready, *YEAR)
        for turn in range(TIMES):
            with clocks["taken in"].running():
                held = warehouse.in_memory(by_snapshot(made))
                records = held.__enter__()
            try:
                with clocks["pack"].running():
                    one_pack(records)
                if not turn:
                    right = staff_counts.ours(records, *YEAR)
                    for name, way in ways.items():
                        if apart := staff_counts.differing(right, way()):
                            raise SystemExit(f"{name} counts otherwise: {apart}")
                with clocks["ours"].running():
                    staff_counts.ours(records, *YEAR)
            finally:
                held.__exit__(None, None, None)
            for name, way in ways.items():
                with clocks[name].running():
                    way()
        versions = {name: sys.modules[name].__version__ for name in ways}
    rows = sum(map(len, right.values()))
    return {"clocks": {n: c.both for n, c in clocks.items() if c.wall}, "versions": versions,
            "counts": rows}  # fmt: skip


def many_rows(people, quarters):
    """In a process of its own: rows taken in, and the pack of them."""
    made = staff(people, quarters)
    rows = len(made["people"])
    taking, packing = Clock(), Clock()
    with taking.running():
        held = warehouse.in_memory(by_snapshot(made))
        records = held.__enter__()
    with packing.running():
        one_pack(records)
    held.__exit__(None, None, None)
    return {"rows": rows, "taken in": taking.both, "pack": packing.both}


def parquet(folder, rows):
    """Write that many rows of people and what goes with them, a file for each table."""
    most = min(rows, 1_000_000)
    held = duckdb.connect(config={"memory_limit": locked.MEMORY, "temp_directory": str(folder)})
    held.execute("set preserve_insertion_order = false")
    for name, table in [*staff(most // 8).items(), ("groups", Groups())]:
        columns = {each: np.ma.asanyarray(table.column(each)) for each in TABLES[name].names}
        for each, values in columns.items():
            if values.dtype.kind == "M":
                columns[each] = values.astype("datetime64[us]")
            elif values.dtype.kind == "U":
                columns[each] = values.astype(object)
        held.register("given", columns)
        key, kinds = TABLES[name].key, TABLES[name].columns
        cast = [f"cast({c.name} as {c.type}) as {c.name}" for c in kinds if c.name != key]
        # Of more rows than that each person is several, with the same answers and pay.
        times = rows // most if key else 1
        names = [f"md5(given.{key} || '-' || again.range) as {key}"] if key else []
        path = Path(folder, f"{name}.parquet")
        held.execute(
            f"copy (select {', '.join([*names, *cast])} from given, range({times}) as again) "
            f"to '{path}' (format parquet, compression zstd)"
        )
    held.close()
    return {}


def growth(folder):
    """In a process of its own: what each kind of question of a pack takes over Parquet."""
    before, as_at, begins = YEAR
    grouped = {n: g for n, g in packs.asked.SHOWN.items() if g != "detailed"}
    asked = {
        "who works here": staff_counts.composition_sql(
            staff_counts.NAMED, pairs=staff_counts.PAIRS, groupings=grouped,
            snapshots=[before, as_at],
        ),
        "who says what they are": staff_counts.declaration_sql(staff_counts.NAMED),
        "hourly pay": staff_counts.hourly_pay_sql(snapshot=as_at, by=("grade",)),
        "a likelihood": staff_counts.outcomes_sql("disciplinary", begins, as_at),
        "who came and went": staff_counts.flows_sql(before, as_at, characteristic="sex"),
    }  # fmt: skip
    spill, found = Path(folder, "spill"), {}
    spill.mkdir()
    records = locked.over({path.stem: [path] for path in Path(folder).glob("*.parquet")}, spill)
    for name, sql in asked.items():
        clock = Clock()
        for _ in range(3):
            with clock.running():
                records.rows(sql)
        found[name] = clock.both
    records.close()
    return found


# Processes of their own, and the memory that they and their children hold.


def tree_of(process):
    """A process and all below it, as /proc has them."""
    found, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except OSError:
            continue
    return found


def megabytes(process):
    """What a process and all below it hold; pages that several share count once."""
    kilobytes = 0
    for one in tree_of(process):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def apart(command, *, may_find=False):
    """What a command prints, its seconds, and the most memory that it and its children held.

    Status 1 of a check is that it found something, and no failure.
    """
    begun, peak = time.perf_counter(), 0.0
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    ended = threading.Event()

    def watch():
        nonlocal peak
        while not ended.wait(0.03):
            peak = max(peak, megabytes(running.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    told, _ = running.communicate()
    seconds = time.perf_counter() - begun
    ended.set()
    watching.join()
    if running.returncode and not (may_find and running.returncode == 1):
        raise SystemExit(f"{' '.join(map(str, command))} ended with {running.returncode}")
    return told, seconds, peak


def child(*arguments):
    """The figures of this script in a process of its own, and the most memory that it held."""
    told, _, peak = apart([sys.executable, __file__, "--child", *map(str, arguments)])
    return {**json.loads(told), "memory": peak}


def files(folder):
    """Reading and checking files of people: seconds and memory, of a whole process each."""
    for people, times in ((20_000, 3), (300_000, 1)):
        where = Path(folder, str(people))
        write_staff_files(where, people=people, quarters=1)
        path = where / "people.csv"
        check = [PROGRAM, "workforce", "check", path, "--json"]
        runs = [apart(check, may_find=True) for _ in range(times)]
        counted = json.loads(runs[0][0])["rows"]
        if counted != people:
            raise SystemExit(f"{counted} rows of {people} were counted")
        seconds = statistics.median(run[1] for run in runs)
        yield people, path.stat().st_size / 1e6, seconds, max(run[2] for run in runs)


# What is told.


def report(asked):
    """The tables, as they come."""
    load = os.getloadavg()[0]
    yield (
        f"Measured on {date.today().day} {date.today():%B %Y} on a machine of {os.cpu_count()} "
        f"cores, Python {platform.python_version()}, DuckDB {duckdb.__version__}. Other work kept "
        f"{load:.1f} processes busy when it began. Seconds are medians, by the wall clock and of "
        "the processor; the second is what other work changes least."
    )
    peers = beside_peers(20_000, not asked.no_peers)
    clocks, names = peers["clocks"], peers["versions"]
    yield ""
    yield (
        f"The quarterly pack of 20,000 staff over eight quarters, {TIMES} times in turn. The "
        f"counts behind it are {peers['counts']:,} rows by unit, group, rate of pay and event, the "
        "same from each library, compared before they are timed:"
    )
    yield ""
    yield "| 20,000 staff | Seconds | Of the processor | At most | Times ours, of the processor |"
    yield "|---|---|---|---|---|"
    yield f"| 160,000 rows checked and taken in | {_two(clocks['taken in'])} | – | – |"
    yield f"| the pack: every figure, interval and sentence | {_two(clocks['pack'])} | 3 | – |"
    yield f"| the counts alone, ours | {_two(clocks['ours'])} | – | 1.0 |"
    for name, version in names.items():
        ratio = clocks[name][1] / clocks["ours"][1]
        yield f"| the counts alone, {name} {version} | {_two(clocks[name])} | – | {ratio:.1f} |"
    big = child("many_rows", 250_000, 8)
    wall = big["taken in"][0] + big["pack"][0]
    worked = big["taken in"][1] + big["pack"][1]
    yield ""
    yield f"| {big['rows']:,} person-quarters, in memory | Seconds | Of the processor | At most |"
    yield "|---|---|---|---|"
    yield f"| checked and taken in | {_two(big['taken in'])} | – |"
    yield f"| the quarterly pack | {_two(big['pack'])} | – |"
    yield f"| both | {wall:.1f} | {worked:.1f} | 30 |"
    memory = f"{big['memory']:,.0f} MB"
    yield f"| most memory, the rows as they were given among it | {memory} | – | 2,048 MB |"
    yield ""
    yield (
        "`goldenthread workforce check` of a file of people (CSV, 25 columns); memory is of the "
        "process and all its children together:"
    )
    yield ""
    yield "| Rows | File, MB | Seconds | At most | Memory, MB | At most |"
    yield "|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for people, size, seconds, memory in files(folder):
            most = {20_000: ("6", "200"), 300_000: ("60", "–")}[people]
            yield (
                f"| {people:,} | {size:.1f} | {seconds:.1f} | {most[0]} | {memory:.0f} "
                f"| {most[1]} |"
            )
    yield ""
    yield (
        "How time grows: each kind of question of the pack over Parquet, as a vault asks it, in "
        "seconds (three times each):"
    )
    yield ""
    found = {}
    for rows in GROWTH:
        with tempfile.TemporaryDirectory() as folder:
            child("parquet", folder, rows)
            found[rows] = child("growth", folder)
    yield f"| Rows of people | {' | '.join(f'{rows:,}' for rows in GROWTH)} | Ten times the last |"
    yield f"|---|{'---|' * len(GROWTH)}---|"
    for name in found[GROWTH[0]]:
        if name != "memory":
            walls = [found[rows][name][0] for rows in GROWTH]
            cells = " | ".join(f"{seconds:.3f}" for seconds in walls)
            yield f"| {name} | {cells} | {walls[-1] / walls[-2]:.1f} times |"
    cells = " | ".join(f"{found[rows]['memory']:,.0f}" for rows in GROWTH)
    yield f"| most memory, MB | {cells} | – |"


def _two(both):
    return f"{both[0]:.2f} | {both[1]:.2f}"


CHILDREN = {
    "many_rows": lambda people, quarters: many_rows(int(people), int(quarters)),
    "parquet": lambda folder, rows: parquet(folder, int(rows)),
    "growth": growth,
}


def main():
    """Print the tables, and put them into the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="Put the tables into the docs.")
    parser.add_argument("--no-peers", action="store_true", help="Leave pandas and polars out.")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        name, *arguments = asked.child
        print(json.dumps(CHILDREN[name](*arguments)))
        return
    begun, lines = time.perf_counter(), []
    for line in report(asked):
        print(line, flush=True)
        lines.append(line)
    print(f"\nThe whole took {time.perf_counter() - begun:.0f} s.")
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        told = "\n".join([before + BEGIN, "", *lines, "", END + after])
        PAGE.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
