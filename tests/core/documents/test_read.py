"""Whole documents: the bundled example against its true contents, and those beside the project."""

import importlib.util
import json
from pathlib import Path

import pytest

from goldenthread.documents import read_plan, to_json
from goldenthread.example_data import example

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
TRUTH = json.loads((ROOT / "tests" / "example_plan.truth.json").read_text(encoding="utf-8"))
needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="../shared, with the example documents, is not beside the project"
)


@pytest.fixture(scope="module")
def draft():
    return read_plan(example("plan.docx"))


def lines(recommendations):
    return [
        (
            rec["number"],
            rec["theme"],
            [
                (
                    action["text"],
                    tuple(action["leads"]),
                    tuple((t["kind"], t["start"], t["end"]) for t in action["timescales"]),
                    action["status"],
                )
                for action in rec["actions"]
            ],
        )
        for rec in recommendations
    ]


def test_the_example_plan_holds_what_a_person_reads_in_it(draft):
    assert lines(to_json(draft)["recommendations"]) == lines(TRUTH["recommendations"])


def test_the_example_plan_is_dated_by_the_meeting_that_it_names(draft):
    assert (draft.plan.document_date, draft.document_date_basis) == ("2026-07-15", "meeting")


def test_what_is_deleted_or_hidden_is_named_and_not_read(draft):
    output = json.dumps(to_json(draft), ensure_ascii=False)
    assert [m["text"] for m in TRUTH["must_not_import"] if m["text"] in output] == []
    assert {"hidden_row", "tracked_deletion"} <= {w.code for w in draft.warnings}


def test_every_action_carries_its_place(draft):
    places = [(a.place.table, a.place.row, a.place.item) for a in draft.plan.actions]
    assert all(all(place) for place in places)
    assert len(set(places)) == len(places)


def test_the_json_has_the_keys_of_its_schema(draft):
    output = to_json(draft)
    assert output["schema"] == "goldenthread.plan/1"
    assert output["source"]["format"] == "docx"
    assert set(output["recommendations"][0]["actions"][0]) >= {
        "number", "text", "leads", "lead_details", "timescales", "measure", "status", "rag",
        "status_text", "confidence", "source",
    }  # fmt: skip
    assert json.loads(json.dumps(output)) == output


@needs_shared
def test_the_example_plans_are_read_as_their_true_contents_say():
    plans = SHARED / "examples" / "plans"
    spec = importlib.util.spec_from_file_location("score_plans", plans / "score_plans.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    headlines = {}
    for file in sorted(plans.glob("*.truth.json")):
        name = file.name.removesuffix(".truth.json")
        document = next(f for f in plans.glob(f"{name}.*") if not f.name.endswith(".json"))
        truth = json.loads(file.read_text(encoding="utf-8"))
        counts, notes = scorer.score_doc(to_json(read_plan(document)), truth)
        headlines[name] = sum(scorer.prf(*counts[f])[2] for f in scorer.HEADLINE) / 5
        assert not [note for note in notes if note.startswith("MUST NOT IMPORT")]
    assert {name: score for name, score in headlines.items() if score < 0.95} == {}


@needs_shared
def test_the_action_plan_of_the_peer_review_is_read_whole():
    draft = read_plan(SHARED / "seeds" / "readi_action_plan.txt")
    recommendations = draft.plan.recommendations
    assert [r.number for r in recommendations] == [str(n) for n in range(1, 16)]
    assert [len(r.actions) for r in recommendations] == [
        5, 3, 5, 2, 2, 2, 3, 3, 4, 5, 3, 3, 3, 1, 4,
    ]  # fmt: skip
    assert all(a.leads and a.timescales for a in draft.plan.actions)
    assert not any(t.kind == "unknown" for a in draft.plan.actions for t in a.timescales)
    assert "unread_table" not in [w.code for w in draft.warnings]
    words = [a.text for a in draft.plan.actions]
    assert len(set(words)) == len(words)


@needs_shared
def test_the_scrutiny_update_gives_its_recommendations_and_its_steps():
    plan = read_plan(SHARED / "seeds" / "race_review_scrutiny_update.txt").plan
    assert [r.number for r in plan.recommendations] == ["1", "2", "3", "4", "5"]
    assert [s.number for s in plan.process_steps] == ["1", "2", "3", "4", "5", "6"]
    assert [s.name for s in plan.process_steps][:2] == ["Focus Groups", "Data analysis"]
    assert all(s.text for s in plan.process_steps)


def test_a_plan_of_ten_thousand_rows_is_read_whole(tmp_path):
    file = tmp_path / "plan.csv"
    rows = [f"{n},Aim {n},Do thing number {n},31/03/2025,Head of HR" for n in range(1, 10_001)]
    file.write_text("No.,Recommendation,Action,Timescale,Lead\n" + "\n".join(rows))
    plan = read_plan(file).plan
    assert len(plan.recommendations) == 10_000
    assert plan.recommendations[-1].actions[0].text == "Do thing number 10000"
