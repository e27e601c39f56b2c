"""Print what the site does with 5,000 actions and ten people at work: times, queries, memory.

.venv/bin/python benchmarks/site.py [--actions N] [--plans N] [--quarters N] [--seconds N]
    [--people N] [--write]

``--plans 40 --quarters 20`` is five years of a large council: 100,000 updates. Its tables are
printed apart from those of one plan (``--write`` keeps both). So are those of ``--directorates 30
--divisions 200 --actions 6000``: a council whose directorates plan in steps.

A council is founded in a folder that is thrown away and served by ``goldenthread run``, on SQLite
and then on PostgreSQL in a cluster of its own where it is installed. ``--write`` puts the tables
into docs/reference/performance.md.
"""

import argparse
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from goldenthread.timescale import day
from load.at_work import Browser, hidden
from load.cluster import Cluster, programs
from load.served import Site

PAGE = ROOT / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- begin: benchmarks/site.py{} -->", "<!-- end -->"
# What a page may take where ten people are at work (95th percentile), and may ask. A page of both
# tiers of a large council may take longer than others.
MOST_MS, MOST_MS_OF_DIRECTORATES, MOST_QUERIES = 300, 400, 20
# How often each page is asked for beside the others; what is not named is asked for once each.
OFTEN = {
    "register": 10,
    "register, last page": 3,
    "register, late, by date": 6,
    "register, search": 6,
    "action": 14,
    "update form": 6,
    "saving an update": 6,
    "public home": 6,
    "public plan": 8,
    "public plan, by recommendation": 4,
    "public action": 12,
    "home": 5,
    "since the last meeting": 6,
    "paper": 3,
    "paper, read": 3,
    "round": 3,
    "plan": 3,
    "directorates": 6,
    "board of a directorate": 6,
    "two tiers": 6,
    "two tiers, serve none": 3,
    "strands": 2,
    "priorities of a directorate": 2,
    "measures of a directorate": 2,
    "review of a directorate": 2,
    "public directorates": 4,
}
SAVING = "saving an update"


class Worker(threading.Thread):
    """One person at work: a page, a pause, the next; what each took, in milliseconds."""

    def __init__(self, browser, pages, own, pause, until, dice):
        super().__init__(daemon=True)
        self.browser, self.pages, self.own, self.dice = browser, pages, own, dice
        self.pause, self.until = pause, until
        self.took, self.faults = defaultdict(list), []

    def run(self):
        names = [*self.pages, SAVING]
        often = [OFTEN.get(name, 1) for name in names]
        while time.monotonic() < self.until:
            name = self.dice.choices(names, often)[0]
            path, fields = self.pages.get(name, ""), None
            if name == SAVING:
                path = f"/workspace/actions/{self.dice.choice(self.own)}/update/"
                page = self.browser.get(path)
                fields = {one: hidden(page, one) for one in ("key", "version")}
                fields |= {"done": f"A step at {time.monotonic()}", "status": "in_progress"}
                fields |= {"next_review-day": "1", "next_review-month": "3"}
                fields |= {"next_review-year": "2090", "rag": ""}
            begun = time.perf_counter()
            try:
                answer = self.browser.send(path, fields) if fields else self.browser.get(path)
            except OSError as fault:
                self.faults.append(f"{name}: {fault}")
                continue
            self.took[name].append((time.perf_counter() - begun) * 1000)
            if answer.status != (302 if fields else 200):
                self.faults.append(f"{name} answered {answer.status}")
            if self.pause:
                time.sleep(self.dice.uniform(0.5, 1.5) * self.pause)


def at_work(site, founded, pages, people, pause, seconds):
    """What each page took while so many people were at work, and every fault."""
    until = time.monotonic() + seconds
    workers = [
        Worker(
            Browser(site.port).sign_in(email, founded["password"]),
            pages,
            founded["actions"][n * 20 : n * 20 + 20],
            pause,
            until,
            random.Random(n),
        )
        for n, email in enumerate(founded["people"][:people])
    ]
    begun = time.monotonic()
    for worker in workers:
        worker.until = begun + seconds
        worker.start()
    for worker in workers:
        worker.join()
    took = defaultdict(list)
    for worker in workers:
        for name, times in worker.took.items():
            took[name] += times
    faults = [fault for worker in workers for fault in worker.faults]
    return took, faults, time.monotonic() - begun


def megabytes(site):
    """What the server's processes hold together: shared pages counted once."""
    held = 0
    for process in site.processes():
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
        held += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])
    return held / 1024


def processor(site):
    """Seconds of a processor that the server's processes have used."""
    used = 0
    for process in site.processes():
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def measured(folder, databases, asked):
    """Everything that is printed of one kind of database."""
    size = ("--plans", asked.plans, "--quarters", asked.quarters)
    tops = ("--directorates", 3, "--divisions", 6) if asked.directorates else ()
    few = Site(folder / "few", databases[0])
    few.inside("found", 500, *size, *tops)
    found = {"few": few.inside("queries")}
    site = Site(folder / "many", databases[1])
    if asked.directorates:
        size += ("--directorates", asked.directorates, "--divisions", asked.divisions)
    founded = site.inside("found", asked.actions, *size)
    found["many"] = site.inside("queries")
    found |= {"adopted": founded["adopted"], "published": founded["published"]}
    pages = {name: told["address"] for name, told in found["many"].items()}
    site.start()
    try:
        for _ in range(8):
            Browser(site.port).get("/health")
        found["rest"] = megabytes(site)
        found["pause"] = at_work(site, founded, pages, asked.people, 1.0, asked.seconds)
        before = processor(site)
        found["rush"] = at_work(site, founded, pages, asked.people, 0, asked.seconds / 2)
        requests = sum(map(len, found["rush"][0].values()))
        found["used"] = (processor(site) - before) / requests * 1000
        found["after"] = megabytes(site)
        found["faults"] = site.inside("state")["faults"]
    finally:
        site.stop()
    return found


def milliseconds(times):
    """Median, 95th percentile and longest, as cells of a table."""
    if len(times) < 2:
        return "| – | – | – "
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"| {statistics.median(times):.0f} | {p95:.0f} | {max(times):.0f} "


def report(results, asked):
    """The tables, as lines of Markdown."""
    kinds = list(results)
    first = results[kinds[0]]
    yield (
        f"Measured on {day(date.today())} with {asked.actions:,} actions{_years(asked)} on "
        f"a machine of {os.cpu_count()} cores, Python {platform.python_version()}; those who ask "
        "and the database share its cores with the server. Other work kept "
        f"{asked.load:.1f} processes busy when it began."
    )
    yield ""
    yield f"{asked.people} people at work, each with a pause of about a second after each page:"
    yield ""
    heads = "".join(f"| {kind}: p50 ms | p95 | max " for kind in kinds)
    yield f"| Page | kB | queries, 500 actions | queries, {asked.actions:,} {heads}|"
    yield "|---" * (4 + 3 * len(kinds)) + "|"
    for name, told in [*first["many"].items(), (SAVING, None)]:
        cells = "| – | – | – " if told is None else f"| {told['kilobytes']:.0f} "
        if told is not None:
            for size in ("few", "many"):
                counts = dict.fromkeys(results[kind][size][name]["queries"] for kind in kinds)
                cells += f"| {' / '.join(map(str, counts))} "
        took = "".join(milliseconds(results[kind]["pause"][0][name]) for kind in kinds)
        yield f"| {name} {cells}{took}|"
    yield ""
    yield "| All together " + "".join(f"| {kind} " for kind in kinds) + "|"
    yield "|---" * (1 + len(kinds)) + "|"
    for phase, words in (("pause", "with a pause"), ("rush", "without any pause")):
        for what in ("requests a second", "p50 / p95 / max, ms", "errors"):
            cells = []
            for kind in kinds:
                took, faults, seconds = results[kind][phase]
                every = [one for times in took.values() for one in times]
                shown = {
                    "requests a second": f"{len(every) / seconds:.0f}",
                    "p50 / p95 / max, ms": milliseconds(every).strip("| ").replace("|", "/"),
                    "errors": str(len(faults)),
                }
                cells.append(shown[what])
            yield f"| {words}: {what} | {' | '.join(cells)} |"
    for key, words, unit in (
        ("used", "processor time of the server for a request", "ms"),
        ("rest", "memory of the server at rest", "MB"),
        ("after", "memory after this work", "MB"),
        ("adopted", f"adopting {asked.actions:,} actions", "s"),
        ("published", "adopting and publishing their edition", "s"),
    ):
        form = "{:.1f} s" if unit == "s" else f"{{:.0f}} {unit}"
        cells = " | ".join(form.format(results[kind][key]) for kind in kinds)
        yield f"| {words} | {cells} |"


def _years(asked):
    """What there is besides actions, in words."""
    if asked.directorates:
        return f" of {asked.directorates} directorates and {asked.divisions} divisions"
    if asked.plans == 1 and not asked.quarters:
        return ""
    updates = asked.actions // asked.plans * asked.plans * asked.quarters
    return f" in {asked.plans} plans, {asked.quarters} quarters of updates ({updates:,})"


def most_ms(asked):
    """What a page may take."""
    return MOST_MS_OF_DIRECTORATES if asked.directorates else MOST_MS


def beyond(results, most):
    """Each page that took longer than ``most`` or asked more than it may."""
    for kind, found in results.items():
        for name, told in found["many"].items():
            if told["queries"] > MOST_QUERIES:
                yield f"{kind}: {name} asks {told['queries']} questions"
        for name, times in found["pause"][0].items():
            if len(times) > 1:
                p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
                if p95 > most:
                    yield f"{kind}: {name} p95 {p95:.0f} ms of {len(times)}"


def main():
    """Print the tables; the exit status is 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=5_000, metavar="N")
    parser.add_argument("--plans", type=int, default=1, metavar="N")
    parser.add_argument("--quarters", type=int, default=0, metavar="N")
    parser.add_argument("--directorates", type=int, default=0, metavar="N")
    parser.add_argument("--divisions", type=int, default=0, metavar="N")
    parser.add_argument("--seconds", type=int, default=60, metavar="N")
    parser.add_argument("--people", type=int, default=10, metavar="N")
    parser.add_argument("--write", action="store_true", help="Put the tables into the docs.")
    parser.add_argument("--sqlite-alone", action="store_true", help="Leave PostgreSQL out.")
    asked = parser.parse_args()
    asked.load = os.getloadavg()[0]
    results = {}
    with tempfile.TemporaryDirectory(prefix="goldenthread-benchmark-") as room:
        results["SQLite"] = measured(Path(room, "sqlite"), ("", ""), asked)
        if programs() and not asked.sqlite_alone:
            cluster = Cluster()
            try:
                both = (cluster.database("few"), cluster.database("many"))
                results["PostgreSQL"] = measured(Path(room, "postgresql"), both, asked)
            finally:
                cluster.remove()
    lines = list(report(results, asked))
    print("\n".join(lines))
    wrong = [f for r in results.values() for f in [*r["pause"][1], *r["rush"][1], *r["faults"]]]
    print("\n".join(wrong[:20]))
    most = most_ms(asked)
    over = beyond(results, most)
    print("\n".join(["", f"Over {most} ms or {MOST_QUERIES} questions:", *over]))
    if asked.write:
        kept = " --directorates" if asked.directorates else ""
        begin = BEGIN.format(kept or (" --plans --quarters" if asked.quarters else ""))
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
        after = rest.partition(END)[2]
        told = "\n".join([before + begin, "", *lines, "", END + after])
        PAGE.write_text(told, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
