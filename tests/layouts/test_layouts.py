"""No plan of this folder is read worse than the figures that were kept as floors."""

import json
from pathlib import Path

import pytest

from goldenthread.documents import read_plan, to_json
from goldenthread.errors import Refusal
from layouts.scoring import HEADLINE, score

HERE = Path(__file__).parent
FILES = HERE / "files"
FLOORS = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
TRUTHS = sorted(FILES.glob("*.truth.json"))
# Sets that are written and that nobody has read: they have no floors, and nothing here reads them.
# Take the number out, and put the set into ``SETS`` of ``benchmarks/accuracy.py``, to read one.
UNREAD: set[int] = set()
# Figures are kept with three places.
ROUNDED = 0.001


def _document(truth):
    (found,) = (path for path in FILES.glob(f"{_name(truth)}.*") if path != truth)
    return found


def _name(truth):
    return truth.name.removesuffix(".truth.json")


def _truth(path):
    return json.loads(path.read_text(encoding="utf-8"))


READ = [path for path in TRUTHS if _truth(path).get("set", 1) not in UNREAD]


def _read(document):
    try:
        return to_json(read_plan(document))
    except Refusal:
        return {}


@pytest.mark.parametrize("path", READ, ids=map(_name, READ))
def test_a_plan_is_read_no_worse_than_before(path):
    document = _document(path)
    now = score(_read(document), _truth(path))
    floors = FLOORS["scores"][document.name]
    got = {"headline": now.headline} | now.f1()
    fallen = {
        column: (floor, round(got[column], 3))
        for column, floor in floors.items()
        if got[column] < floor - ROUNDED
    }
    assert fallen == {}
    assert set(now.forbidden) <= set(FLOORS["forbidden"])


def test_every_document_has_its_figures_and_its_truth():
    sums = {"first set", "second set", "third set", "fourth set", "all together"}
    assert set(FLOORS["scores"]) == {_document(path).name for path in READ} | sums


@pytest.mark.parametrize("path", TRUTHS, ids=map(_name, TRUTHS))
def test_a_truth_agrees_wholly_with_itself_and_with_nothing_else(path):
    truth = _truth(path)
    assert score(truth, truth).headline == 1
    wanted = [action for item in truth["recommendations"] for action in item["actions"]]
    nothing = score({}, truth)
    assert nothing.counts["actions"].hits == 0
    assert nothing.counts["actions"].wanted == sum(not a.get("optional") for a in wanted)
    assert set(HEADLINE) <= set(nothing.counts)


def test_the_documents_are_those_that_the_readme_describes():
    told = (HERE / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in map(_document, TRUTHS) if f"`{path.name}`" not in told] == []


def test_every_format_that_councils_publish_in_is_here():
    assert {_document(path).suffix for path in TRUTHS} == {
        ".csv", ".docx", ".html", ".md", ".ods", ".odt", ".pdf", ".rtf", ".txt", ".xlsx",
    }  # fmt: skip
