"""Print how well the importer reads the plans of tests/layouts, column by column.

.venv/bin/python benchmarks/accuracy.py [--program PATH] [--record NAME] [--floors]

--program runs another installation's ``goldenthread``; --record keeps the figures under a name in
tests/layouts/scores.json, from which the tables of docs/explanation/how-well-it-reads.md are
written again; --floors makes them the figures below which no reading may fall.
"""

import argparse
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from layouts.scoring import COLUMNS, score, together

FILES = ROOT / "tests" / "layouts" / "files"
SCORES = ROOT / "tests" / "layouts" / "scores.json"
FLOORS = SCORES.with_name("floors.json")
PAGE = ROOT / "docs" / "explanation" / "how-well-it-reads.md"
ENDING = ".truth.json"
ALL = "all together"
SETS = {1: "first set", 2: "second set", 3: "third set", 4: "fourth set"}
SHORT = {
    "recommendations": "recs",
    "assignment": "parents",
    "timescales": "times",
    "measures": "measures",
    "rec_numbers": "numbers",
}


def documents():
    """Each document of the sets with its truth; a set that nobody has read yet is passed over."""
    for truth in sorted(FILES.glob(f"*{ENDING}")):
        name = truth.name.removesuffix(ENDING)
        (document,) = (path for path in FILES.glob(f"{name}.*") if path != truth)
        told = json.loads(truth.read_text(encoding="utf-8"))
        if told.get("set", 1) in SETS:
            yield document, told


def reading(program, document):
    """What the program reads in a document; nothing where it refuses."""
    done = subprocess.run(
        [str(program), "import", str(document), "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return json.loads(done.stdout) if done.returncode == 0 else {}


def figures(made):
    """A score as plain figures, rounded to three places; without columns that were not asked."""
    return {"headline": round(made.headline, 3)} | {
        column: round(count.f1, 3)
        for column, count in made.counts.items()
        if count.read or count.wanted
    }


def measure(program):
    """The figures of each document, and of all of them together."""
    sets = {number: {} for number in SETS}
    for path, truth in documents():
        sets[truth.get("set", 1)][path.name] = score(reading(program, path), truth)
    rows = {name: figures(one) for of_set in sets.values() for name, one in of_set.items()}
    whole = together(one for of_set in sets.values() for one in of_set.values())
    sums = {name: figures(together(sets[number].values())) for number, name in SETS.items()} | {
        ALL: figures(whole)
    }
    return rows | sums, whole.forbidden


def table(rows, columns, first="Document"):
    """Figures as a table in Markdown."""
    names = [SHORT.get(column, column) for column in columns]
    yield f"| {first} | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(columns)}"
    for name, row in rows.items():
        told = " | ".join(f"{row[column]:.2f}" if column in row else "–" for column in columns)
        yield f"| {name} | {told} |"


def between(text, mark, lines):
    """A page's text with what stands between two comments exchanged."""
    pattern = rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)"
    body = "\n" + "\n".join(lines) + "\n\n"
    return re.sub(pattern, lambda found: found[1] + body + found[2], text, flags=re.DOTALL)


def _before(name, first):
    """The headline of the first reading, where the document was there to be read."""
    scores = first["scores"].get(name)
    return {"first": scores["headline"]} if scores else {}


def write_page():
    """Write the tables of the page again from the figures that are kept."""
    kept = json.loads(SCORES.read_text(encoding="utf-8"))
    text = PAGE.read_text(encoding="utf-8")
    (first, *_), last = kept, kept[-1]
    told = {
        f"{run['name']}, {run['day']}: {part}": run["scores"][part]
        for run in kept
        for part in (*SETS.values(), ALL)
        if part in run["scores"]
    }
    columns = ["headline", *COLUMNS]
    text = between(text, "runs", table(told, columns, "Reading"))
    text = between(text, "first", table(first["scores"], columns))
    both = {name: _before(name, first) | row for name, row in last["scores"].items()}
    text = between(text, "now", table(both, ["first", *columns]))
    PAGE.write_text(text, encoding="utf-8")


def record(name, scores, forbidden):
    """Keep the figures under a name, in place of any that it had."""
    kept = json.loads(SCORES.read_text(encoding="utf-8")) if SCORES.exists() else []
    kept = [run for run in kept if run["name"] != name]
    day = date.today().isoformat()
    kept.append({"name": name, "day": day, "scores": scores, "forbidden": forbidden})
    SCORES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main():
    """Print the table, and keep it where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--program", type=Path, default=Path(sys.executable).parent / "goldenthread"
    )
    parser.add_argument("--record", metavar="NAME")
    parser.add_argument("--floors", action="store_true")
    asked = parser.parse_args()
    scores, forbidden = measure(asked.program)
    print(*table(scores, ["headline", *COLUMNS]), sep="\n")
    print(f"Read and should not have been: {', '.join(forbidden) or 'nothing'}.")
    if asked.floors:
        kept = {"scores": scores, "forbidden": forbidden}
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    if asked.record:
        record(asked.record, scores, forbidden)
        if PAGE.exists():
            write_page()


if __name__ == "__main__":
    main()
