"""The figures mean what they say: worked by hand, and the same as the field's own scorer."""

import importlib.util
import json

import pytest

from goldenthread.documents import read_plan, to_json
from layouts.scoring import COLUMNS, score, together
from layouts.truth import act, by, day, ongoing, plan, rec

TRUTH = plan(
    "A plan",
    "2024-01",
    rec(
        "1",
        "Make complaints safe",
        act("Open a reporting line", "Head of HR", by("by May 2024", "2024-05-31")),
        act("Tell staff about the line", "Head of News | Head of HR", ongoing(), status="delayed"),
        theme="Safety",
    ),
    leave_out=[("Pay off the director", "hidden")],
)


def _counts(read, truth=TRUTH):
    made = score(read, truth).counts
    return {c: (made[c].hits, made[c].read, made[c].wanted) for c in COLUMNS}


def _reading(*actions, number="1", text="Make complaints safe", theme="Safety"):
    return {"recommendations": [rec(number, text, *actions, theme=theme)]}


def test_a_reading_of_nothing_wants_everything():
    assert _counts({}) == {
        "recommendations": (0, 0, 1),
        "actions": (0, 0, 2),
        "assignment": (0, 0, 2),
        "leads": (0, 0, 3),
        "timescales": (0, 0, 2),
        "dates": (0, 0, 1),
        "status": (0, 0, 1),
        "measures": (0, 0, 0),
        "rec_numbers": (0, 0, 1),
        "themes": (0, 0, 1),
        "words": (0, 0, 0),
    }


def test_a_right_date_of_the_wrong_kind_is_a_date_and_no_timescale():
    wrong = act("Open a reporting line", "Head of HR", day("x", "2024-05-31") | {"kind": "event"})
    counts = _counts(_reading(wrong))
    assert counts["timescales"] == (0, 1, 2)
    assert counts["dates"] == (1, 1, 1)


def test_two_actions_read_as_one_text_are_no_action():
    both = act("Open a reporting line Tell staff about the line and about what was done with it")
    assert _counts(_reading(both))["actions"] == (0, 1, 2)


def test_a_sentence_that_lost_its_end_is_the_action_but_not_its_words():
    cut = act("Tell staff about the")
    counts = _counts(_reading(cut))
    assert counts["actions"] == (1, 1, 2)
    assert counts["words"] == (0, 1, 1)


def test_the_right_action_under_the_wrong_parent_is_no_assignment():
    read = _reading(act("Open a reporting line"), text="Buy new buses")
    counts = _counts(read)
    assert counts["recommendations"] == (0, 1, 1)
    assert counts["actions"] == (1, 1, 2)
    assert counts["assignment"] == (0, 1, 2)


def test_what_must_not_be_read_costs_an_action_and_is_named():
    made = score(_reading(act("Open a reporting line. Pay off the director")), TRUTH)
    assert made.forbidden == ["Pay off the director"]
    assert made.counts["actions"].read == 2


def test_of_several_readings_that_a_truth_allows_the_best_counts():
    truth = plan("A", "2024", rec("1", "Aim", act("Do it", "X", leads_alt=["Y | Z"])))
    assert score({"recommendations": [rec("1", "Aim", act("Do it", "Y | Z"))]}, truth).counts[
        "leads"
    ].f1 == 1  # fmt: skip


def test_a_lead_in_may_be_cut_into_the_parts_that_the_truth_names():
    parts = ["Train managers in: law", "Train managers in: listening"]
    truth = plan(
        "A", "2024", rec("1", "Aim", act("Train managers in: law; listening", split_alt=[parts]))
    )
    read = {"recommendations": [rec("1", "Aim", *map(act, parts))]}
    assert score(read, truth).counts["actions"].f1 == 1


def test_documents_together_are_their_sums():
    once = score({}, TRUTH)
    whole = together([once, score(TRUTH, TRUTH)])
    assert whole.counts["actions"].f1 == 2 * 2 / (2 + 4)
    assert whole.counts["measures"].f1 == 1


def _field(folder):
    """The scorer that stands beside the project."""
    spec = importlib.util.spec_from_file_location("score_plans", folder / "score_plans.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _worse(read):
    """A reading with faults of many kinds."""
    items = json.loads(json.dumps(read["recommendations"]))
    for item in items[::2]:
        item["number"] = None
        item["actions"] = item["actions"][1:]
    for item in items[1::2]:
        item["text"] += " and other things that were not asked for at all by anybody"
        for action in item["actions"]:
            action["leads"] = action["leads"][:1] * 2
            action["timescales"] = action["timescales"] + [ongoing()]
            action["status"] = "completed"
            action["text"] = action["text"][: len(action["text"]) * 2 // 3]
    return {"recommendations": items}


@pytest.mark.parametrize(
    "name",
    [
        "p01_northmere_race_review.docx",
        "p05_karrowshire_police_tracker.pdf",
        "p08_calderwye_directorate_plans.xlsx",
        "p11_stourbeck_equality_review.txt",
    ],
)
def test_the_fields_own_scorer_counts_the_same(example_plans, name):
    field = _field(example_plans)
    document = example_plans / name
    truth = json.loads(document.with_suffix(".truth.json").read_text(encoding="utf-8"))
    read = to_json(read_plan(document))
    for reading in (read, _worse(read), {}, truth):
        theirs, _ = field.score_doc(reading, truth)
        assert {c: tuple(map(int, n)) for c, n in theirs.items()} == {
            c: tuple(map(int, n)) for c, n in _counts(reading, truth).items()
        }
