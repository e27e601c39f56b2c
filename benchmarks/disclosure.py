"""Print what protecting a release hides and costs: figures, people, seconds, memory, and how safe.

.venv/bin/python benchmarks/disclosure.py [--only CASE ...] [--attack] [--write]

CASE is 300, 3000, 30000, 300000, f3, council or tiny; 300 is a trial and is run only when named.
Each release is made, verified and (``--attack``) attacked by ``goldenthread``, a process each.
``--write`` puts the tables into docs/reference/performance.md.
"""

import argparse
import contextlib
import csv
import importlib.metadata
import io
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from core.disclosure.awkward import full_council
from core.disclosure.council import org, spec_of
from core.disclosure.counted import read
from core.disclosure.least_hidden import hidden_by, optimum
from core.disclosure.whole_numbers import TooMany
from goldenthread.cli import command
from goldenthread.errors import Refusal

PAGE = ROOT / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- begin: benchmarks/disclosure.py -->", "<!-- end -->"
PROGRAM = Path(sys.executable).parent / "goldenthread"
GIVEN = ROOT.parent / "shared" / "examples" / "releases" / "make_bench.py"

# Both were measured in November 2026 on two shared cores, on the same files as ours of the same
# name, single runs (the project's design notes on disclosure, sections 3 and 7.1): figures hidden
# to protect, people in them, seconds. None where nothing was measured.
PEER = "GaussSuppression (R, Statistics Norway)"
PROTOTYPE = "the earlier prototype"
EARLIER = {
    "3000, seed 7": {PEER: (1_105, 18_977, 2), PROTOTYPE: (710, 8_866, 8)},
    "3000, seed 8": {PEER: (1_103, 18_458, 2), PROTOTYPE: (757, 10_005, 11)},
    "3000, seed 9": {PEER: (1_101, 18_685, 2), PROTOTYPE: (736, 9_570, 7)},
    "30000, seed 7": {PEER: (2_356, 49_655, 47), PROTOTYPE: (1_114, 14_955, 9)},
    "300000, seed 7": {PROTOTYPE: (1_547, 20_866, 43)},
    "f3, seed 7": {PEER: (1_055, 12_738, 2), PROTOTYPE: (1_302, 22_178, 68)},
}
AIMS = {
    "3000": "5 s, within 3% of the prototype", "30000": "10 s, within 3% of the prototype",
    "300000": "45 s, within 3% of the prototype", "f3": "30 s", "council": "60 s",
}  # fmt: skip
MEMORY = "2,048 MB"
HIGHS = importlib.metadata.version("highspy")


# What goes in.

GROUPS = {
    "White": {
        "English, Welsh, Scottish, Northern Irish or British": 0.60, "Irish": 0.02,
        "Gypsy or Irish Traveller": 0.001, "Roma": 0.001, "Any other White": 0.07,
    },
    "Asian": {
        "Indian": 0.06, "Pakistani": 0.03, "Bangladeshi": 0.02, "Chinese": 0.007,
        "Any other Asian": 0.02,
    },
    "Black": {"African": 0.06, "Caribbean": 0.05, "Any other Black": 0.01},
    "Mixed": {
        "White and Black Caribbean": 0.012, "White and Black African": 0.004,
        "White and Asian": 0.005, "Any other Mixed": 0.005,
    },
    "Other": {"Arab": 0.004, "Any other ethnic group": 0.021},
}  # fmt: skip
GRADES = {"G1": 0.28, "G2": 0.32, "G3": 0.24, "G4": 0.12, "G5": 0.04}
ORG = ["Total", "directorate", "division", "team"]
BROAD, DETAILED, EVERY = ["Total", "broad"], ["Total", "broad", "detailed"], ["Total", "all"]
HEADS = ["person", "period", "directorate", "division", "team", "ethnicity", "ethnicity_broad",
         "sex", "grade", "fte", "hourly_pay"]  # fmt: skip
LINKED = (
    {"org": ORG, "ethnicity": BROAD},
    {"org": ORG[:3], "ethnicity": DETAILED},
    {"org": ORG, "sex": EVERY},
    {"org": ORG[:3], "grade": EVERY, "sex": EVERY},
    {"org": ORG[:2], "ethnicity": BROAD, "grade": EVERY},
    {"org": ORG[:2], "ethnicity": BROAD, "grade": EVERY, "sex": EVERY},
    {"ethnicity": DETAILED, "grade": EVERY, "sex": EVERY},
)
CROSSED = ({"org": ORG, "ethnicity": DETAILED, "sex": EVERY},)


def workforce(folder, people, shape, tables, seed):
    """An invented workforce of one quarter in units of lognormal sizes, and a release of it.

    The same draws in the same order as the generator that the earlier figures were measured with,
    so that the files are the same.
    """
    directorates, divisions, teams = shape
    draw = np.random.default_rng(seed)
    units = [
        (f"D{d:02}", f"D{d:02}.{v:02}", f"D{d:02}.{v:02}.{t:02}")
        for d in range(1, directorates + 1)
        for v in range(1, divisions + 1)
        for t in range(1, teams + 1)
    ]
    weights = draw.lognormal(0, 0.9, len(units))
    unit = draw.choice(len(units), people, p=weights / weights.sum())
    broad = {detail: name for name, details in GROUPS.items() for detail in details}
    details = list(broad)
    shares = np.array([GROUPS[broad[name]][name] for name in details])
    detail = draw.choice(len(details), people, p=shares / shares.sum())
    grade = draw.choice(len(GRADES), people, p=list(GRADES.values()))
    female = draw.random(people) < 0.62
    pay = np.round(12 + 5 * grade + draw.gamma(2, 1.2, people), 2)
    with Path(folder, "microdata.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADS)
        for one in range(people):
            name = details[detail[one]]
            writer.writerow([
                f"P{one:07}", "2026Q1", *units[unit[one]], name, broad[name],
                "Female" if female[one] else "Male", list(GRADES)[grade[one]], 1.0,
                f"{pay[one]:.2f}",
            ])  # fmt: skip
    children = {}
    for one in sorted({units[at] for at in unit}):
        for above, below in zip(("Total", *one), one, strict=False):
            children.setdefault(above, {})[below] = None
    told = {
        "name": f"{people} people, seed {seed}",
        "threshold": 5,
        "periods": ["2026Q1"],
        "suppressed_never_zero": True,
        "dims": {
            "org": {"children": {above: list(below) for above, below in children.items()}},
            "ethnicity": {
                "children": {"Total": list(GROUPS), **{n: list(d) for n, d in GROUPS.items()}},
                "sensitive": True,
            },
            "sex": {"children": {"Total": ["Female", "Male"]}},
            "grade": {"children": {"Total": list(GRADES)}},
        },
        "tables": [
            {"name": " by ".join(f"{dim} ({levels[-1]})" for dim, levels in by.items()),
             "dims": by, "measures": ["count"]}
            for by in tables
        ],
    }  # fmt: skip
    Path(folder, "spec.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return Path(folder)


def council(folder, people, seed):
    """A full council over four quarters, with who joined and left stated."""
    return full_council(seed, people).write(Path(folder))


@dataclass(frozen=True)
class Case:
    """One release to be made: its name, and what makes its files in a folder."""

    name: str
    make: object


def cases(only):
    """The releases asked for, the smallest first."""

    def staff(people, shape, seed, tables=LINKED, name=""):
        told = f"{name or people}, seed {seed}"
        return Case(told, lambda folder: workforce(folder, people, shape, tables, seed))

    every = {
        "300": [staff(300, (3, 2, 2), 7)],
        "3000": [staff(3_000, (8, 3, 4), seed) for seed in (7, 8, 9)],
        "30000": [staff(30_000, (12, 5, 7), 7)],
        "300000": [staff(300_000, (20, 8, 10), 7)],
        "f3": [staff(3_000, (8, 3, 4), 7, CROSSED, "f3")],
        "council": [Case("council, seed 1", lambda folder: council(folder, 3_200, 1))],
    }
    return [one for name in every for one in every[name] if name in only]


def same_files():
    """Whether our files are those of the generator that stands beside the project; None without."""
    if not GIVEN.is_file():
        return None
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        workforce(ours, 3_000, (8, 3, 4), LINKED, 7)
        subprocess.run([sys.executable, GIVEN, theirs], capture_output=True, check=True)
        rows = [Path(one, "microdata.csv").read_bytes() for one in (ours, theirs)]
        told = [json.loads(Path(one, "spec.json").read_text()) for one in (ours, theirs)]
    tables = [[one["dims"] for one in spec["tables"]] for spec in told]
    return rows[0] == rows[1] and told[0]["dims"] == told[1]["dims"] and tables[0] == tables[1]


# A process of its own, and what it took.


@dataclass(frozen=True)
class Run:
    """How a command ended, what it printed, and what it took: seconds, and megabytes at most."""

    status: int
    said: str
    wall: float
    worked: float
    memory: float


def below(process):
    """A process and all that it began, as /proc has them."""
    found, waiting = [], [process]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
    return found


def megabytes(process):
    """What a process and all below it hold; pages that several share count once."""
    kilobytes = 0
    for one in below(process):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def ran(*arguments):
    """Run ``goldenthread`` to its end, whatever that is."""
    begun, peak, ended = time.perf_counter(), [0.0], threading.Event()
    with tempfile.TemporaryFile("w+") as out:
        running = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=out,
                                   stderr=subprocess.STDOUT)  # fmt: skip

        def watch():
            while not ended.wait(0.05):
                peak[0] = max(peak[0], megabytes(running.pid))

        watching = threading.Thread(target=watch)
        watching.start()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begun
        ended.set()
        watching.join()
        out.seek(0)
        said = out.read()
    worked = used.ru_utime + used.ru_stime
    return Run(running.returncode, said, wall, worked, max(peak[0], used.ru_maxrss / 1024))


def rows_of(path):
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def measured(case, attacked):
    """One release made, verified and attacked; what is not so where it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        place, release = case.make(folder), Path(folder, "release")
        made = ran("protect", place / "spec.json", place / "microdata.csv", "--out", release)
        if made.status:
            return {"made": made}
        about = json.loads((release / "release.json").read_text(encoding="utf-8"))
        told = {
            tuple(row[name] for name in ("period", *about["dims"], "measure", "of"))
            for row in rows_of(release / "cells.csv")
        }
        proofs = list(rows_of(release / "certificate" / "proofs.csv"))
        checked = ran("verify", release)
        found = ran("attack", release, "--json") if attacked else None
        return {
            "made": made, "figures": len(told), "hidden": about["figures"],
            "proofs": len(proofs), "workforces": len({row["change"] for row in proofs}),
            "checked": checked, "attacked": found,
        }  # fmt: skip


# How far from the optimum, on releases small enough to try everything.


def tiny(seed):
    """A council of three directorates by three answers, few people in each."""
    draw, rows = random.Random(seed), []
    for unit in ("A", "B", "C"):
        for answer in ("White", "Asian", "Black"):
            for _ in range(draw.choice((0, 1, 2, 3, 3, 4, 4, 5))):
                rows.append({"person": f"P{len(rows)}", "period": "2026Q1", "directorate": unit,
                             "division": "", "team": "", "ethnicity": answer})  # fmt: skip
    ethnicity = {"children": {"Total": ["White", "Asian", "Black"]}, "sensitive": True}
    table = {"name": "staff", "dims": {"org": ORG[:2], "ethnicity": BROAD}, "measures": ["count"]}
    dims = {"org": {"children": org(("A",), ("B",), ("C",))}, "ethnicity": ethnicity}
    return spec_of("tiny", dims, table, threshold=3), rows


def beside_the_optimum(count):
    """How many people and figures tiny releases hide to protect, and how many they need to."""
    sums = {"tried": 0, "refused": 0, "ours": [0, 0], "least": [0, 0], "alike": 0, "withdrawn": 0}
    for seed in range(count):
        spec, rows = tiny(seed)
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
            with (place / "people.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
            asked = ["protect", *map(str, (place / "spec.json", place / "people.csv")),
                     "--out", str(place / "release")]  # fmt: skip
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    command.main(asked, "goldenthread", standalone_mode=False)
            except Refusal:
                sums["refused"] += 1
                continue
            release = read(place / "release")
        ours, withdrawn = hidden_by(spec, rows, release)
        try:
            least = optimum(spec, rows, withdrawn, insiders=True)
        except TooMany:
            continue
        if least is None:
            continue
        sums["tried"] += 1
        sums["withdrawn"] += len(withdrawn)
        sums["alike"] += ours.people == least.people
        for key, one in (("ours", ours), ("least", least)):
            sums[key][0] += one.people
            sums[key][1] += one.cells
    return sums


# What is told.


def over(ours, other):
    """By how much one figure is more than another, in per cent."""
    return f"{100 * (ours / other - 1):+.0f}%" if other else "–"


def report(asked):
    """The tables, as they come."""
    load = os.getloadavg()[0]
    yield (
        f"Measured on {date.today().day} {date.today():%B %Y} on a machine of {os.cpu_count()} "
        f"cores, Python {platform.python_version()}, highspy {HIGHS}. Other work kept {load:.1f} "
        "processes busy when it began. Seconds are by the wall clock and of the processor, of "
        "whole processes, single runs; memory is the most that a process and those below it held."
    )
    same = same_files()
    if same is not None:
        yield ""
        yield (
            "The files are byte for byte those that the peer and the prototype were given."
            if same
            else "The files are NOT those that the peer and the prototype were given."
        )
    wanted = cases(asked.only)
    done = []
    if wanted:
        yield ""
        yield (
            "| People | Figures | Hidden to protect | People in them | Seconds | Of the processor "
            f"| Aim | Memory, MB (at most {MEMORY}) |"
        )
        yield "|---|---|---|---|---|---|---|---|"
    for case in wanted:
        one = measured(case, asked.attack)
        made, aim = one["made"], AIMS.get(case.name.partition(",")[0], "–")
        took = f"{made.wall:.1f} | {made.worked:.1f} | {aim} | {made.memory:,.0f}"
        if made.status:
            last = made.said.strip().splitlines()[-1] if made.said.strip() else ""
            yield f"| {case.name} | ended with {made.status}: {last} | – | – | {took} |"
            continue
        done.append((case, one))
        hidden = one["hidden"]
        yield (
            f"| {case.name} | {one['figures']:,} | {hidden['hidden_to_protect']:,} "
            f"| {hidden['people_hidden_to_protect']:,} | {took} |"
        )
    beside = [(case, one, EARLIER[case.name]) for case, one in done if case.name in EARLIER]
    if beside:
        yield ""
        yield (
            f"Beside {PEER}, which leaves small counts that can be worked out and proves nothing, "
            f"and {PROTOTYPE} with its group and insider rules (f3: without), both measured before "
            "on the same files (figures hidden to protect / people in them, seconds; then ours "
            "against theirs):"
        )
        yield ""
        yield "| People | Peer | Ours against it | Prototype | Ours against it |"
        yield "|---|---|---|---|---|"
    for case, one, earlier in beside:
        ours = one["hidden"]["hidden_to_protect"], one["hidden"]["people_hidden_to_protect"]
        cells = [case.name]
        for name in (PEER, PROTOTYPE):
            if name not in earlier:
                cells += ["not finished in 420 s", "–"]
                continue
            figures, people, seconds = earlier[name]
            cells.append(f"{figures:,} / {people:,}, {seconds} s")
            cells.append(f"{over(ours[0], figures)} / {over(ours[1], people)}")
        yield f"| {' | '.join(cells)} |"
    if done:
        yield ""
        yield (
            "| People | Proofs | Workforces | Verified | Seconds, verify | For 10,000 figures (at "
            "most 1) | The intruder finds | Seconds, attack |"
        )
        yield "|---|---|---|---|---|---|---|---|"
    for case, one in done:
        checked, found = one["checked"], one["attacked"]
        verdict = {0: "yes", 1: "NO"}.get(checked.status, f"ended with {checked.status}")
        rate = checked.wall * 10_000 / one["figures"]
        attacked = "not asked | –"
        if found:
            told = "cannot read it"
            if found.status in (0, 1):
                answer = json.loads(found.said[found.said.index("{") :])
                kinds = ", ".join(f"{n} {kind}" for kind, n in answer["found"].items())
                told = (kinds or "nothing") + (
                    f" ({answer['unsettled']} unsettled)" if answer["unsettled"] else ""
                )
            attacked = f"{told} | {found.wall:.1f}"
        yield (
            f"| {case.name} | {one['proofs']:,} | {one['workforces']:,} | {verdict} "
            f"| {checked.wall:.1f} | {rate:.2f} | {attacked} |"
        )
    if "tiny" in asked.only:
        sums = beside_the_optimum(asked.tiny)
        ours, least = sums["ours"], sums["least"]
        yield ""
        yield (
            f"Of {asked.tiny} tiny releases (3 directorates by 3 answers, threshold 3) "
            f"{sums['tried']} were held to the exact optimum, which asks for insiders too and "
            f"leaves open the same headcounts; {sums['refused']} were refused. What is withdrawn, "
            f"{sums['withdrawn']:,} figures in all, counts in neither. {sums['alike']} hide just "
            "as few people."
        )
        yield ""
        yield "| Hidden to protect, all together | Ours | Optimum | More | Aim |"
        yield "|---|---|---|---|---|"
        for at, name in enumerate(("people", "figures")):
            more = over(ours[at], least[at])
            yield f"| {name} | {ours[at]:,} | {least[at]:,} | {more} | {'+5%' if not at else '–'} |"


CASES = ("300", "3000", "30000", "300000", "f3", "council", "tiny")


def main():
    """Print the tables, and put them into the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=CASES, default=CASES[1:], metavar="CASE",
                        help=f"Of {', '.join(CASES)}.")  # fmt: skip
    parser.add_argument("--attack", action="store_true", help="Let the intruder at each release.")
    parser.add_argument("--tiny", type=int, default=60, help="How many tiny releases.")
    parser.add_argument("--write", action="store_true", help="Put the tables into the docs.")
    asked = parser.parse_args()
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
