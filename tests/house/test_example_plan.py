"""The bundled plan is what its script makes, and its truth is about that plan."""

import json
import runpy
import zipfile
from pathlib import Path

from docx import Document

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "src" / "goldenthread" / "example_data" / "plan.docx"
TRUTH = json.loads((ROOT / "tests" / "example_plan.truth.json").read_text(encoding="utf-8"))


def _made_again(tmp_path):
    script = runpy.run_path(str(ROOT / "scripts" / "make_example_plan.py"))
    script["write"](tmp_path / "plan.docx")
    return tmp_path / "plan.docx"


def _parts(file):
    with zipfile.ZipFile(file) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_the_example_plan_is_what_its_script_makes(tmp_path):
    assert _parts(_made_again(tmp_path)) == _parts(PLAN)


def test_the_example_plan_carries_no_picture_and_no_real_date():
    with zipfile.ZipFile(PLAN) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(2026, 7, 6, 9, 0, 0)}
        assert not [name for name in parts.namelist() if name.endswith((".jpeg", ".png", ".emf"))]


def test_the_example_plan_holds_every_word_that_its_truth_claims():
    cells = [c.text for table in Document(PLAN).tables for row in table.rows for c in row.cells]
    # Two actions are cut up in the document: one by a page end, one into a list; one holds a
    # tracked insertion, which this reader does not see.
    cut = {"Fill no manager post", "Offer support to staff", "Train all 51 councillors"}
    actions = [action for rec in TRUTH["recommendations"] for action in rec["actions"]]
    for action in actions:
        if not any(action["text"].startswith(start) for start in cut):
            assert any(action["text"] in cell for cell in cells), action["text"]
        for timescale in action["timescales"]:
            assert any(timescale["raw"] in cell for cell in cells), timescale["raw"]
    for rec in TRUTH["recommendations"]:
        assert rec["text"] in cells
        assert rec["theme"] in cells


def test_the_truth_has_the_twelve_recommendations_and_31_actions_that_cabinet_adopted():
    numbers = [rec["number"] for rec in TRUTH["recommendations"]]
    assert numbers == [str(number) for number in range(1, 13)]
    assert sum(len(rec["actions"]) for rec in TRUTH["recommendations"]) == 31
