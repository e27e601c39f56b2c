"""Draw the documents of this folder and write the truth beside each.

    PYTHONPATH=tests .venv/bin/python -m layouts.build [--truths] [NAME ...]

Needs LibreOffice (writer and calc), Chromium and the package reportlab, which is in no extra: the
files that it makes are kept in ``files/``, and no test draws them again. ``--truths`` leaves the
documents as they are. A truth of a later set than the first says so.
"""

import json
import sys
from pathlib import Path

from layouts import (  # noqa: F401
    charters,
    committees,
    councils,
    fourth,
    fourth_books,
    fourth_more,
    fourth_pages,
    health,
    homes,
    learning,
    objectives,
    pages,
    police,
    schools,
    second,
    second_more,
    services,
    third,
    third_more,
    towns,
)
from layouts.truth import DOCUMENTS

FILES = Path(__file__).parent / "files"


def main(asked):
    names = [word for word in asked if word != "--truths"]
    FILES.mkdir(exist_ok=True)
    for name, (draw, truth) in DOCUMENTS.items():
        if names and name not in names:
            continue
        target = FILES / name
        if "--truths" not in asked:
            draw(target)
        if draw.__module__.startswith("layouts.second"):
            truth = truth | {"set": 2}
        if draw.__module__.startswith("layouts.third"):
            truth = truth | {"set": 3}
        if draw.__module__.startswith("layouts.fourth"):
            truth = truth | {"set": 4}
        beside = target.with_suffix(".truth.json")
        words = json.dumps(truth, indent=1, ensure_ascii=False)
        beside.write_text(words + "\n", encoding="utf-8")
        actions = sum(len(item["actions"]) for item in truth["recommendations"])
        print(f"{name:40} {actions:3} actions {target.stat().st_size:7} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
