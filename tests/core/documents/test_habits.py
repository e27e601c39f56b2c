"""What a council has confirmed of its documents: kept in the open, used, and said when used."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.building import document, table, told
from goldenthread.documents import (
    Answer,
    Habits,
    LeadHabit,
    draft_from,
    habits_from,
    habits_from_json,
    habits_to_json,
)
from goldenthread.errors import Unreadable

PLAN = document(
    "Our plan of 1 May 2026",
    table(
        ["Pledge", "Our part", "Minder", "Diary", "Mood", "Kitty"],
        ["Say who leads", "Name an officer", "Reach, Head of HR", "June 2026", "Sunny", "£4,000"],
        ["Publish", "Publish the pay gap", "The Pod", "May 2027", "Cloudy", "nil"],
    ),
)
PROFILE = Habits(
    body="Brackenford Borough Council",
    columns={
        "Our part": "action",
        "Minder": "lead",
        "Diary": "timescale",
        "Mood": "status",
        "Kitty": "other",
    },
    leads={"Reach": LeadHabit("body"), "The Pod": LeadHabit("post", "Head of Policy")},
    statuses={"Sunny": "completed", "Cloudy": "on_hold"},
)


def test_confirmed_habits_are_used_and_each_use_is_said():
    draft = draft_from(PLAN, habits=PROFILE)
    assert told(draft) == [
        "Say who leads",
        "- Name an officer | (body) Reach; Head of HR | date 2026-06-01..2026-06-30 | completed",
        "Publish",
        "- Publish the pay gap | The Pod | date 2027-05-01..2027-05-31 | on_hold",
    ]
    assert draft.plan.actions[1].leads[0].full == "Head of Policy"
    assert sorted(w.message for w in draft.warnings if w.code == "habit") == [
        "The lead “Reach” was read as a body: a habit confirmed before.",
        "The lead “The Pod” was read as a post: a habit confirmed before.",
        "“Diary” was read as the column of the timescale: a habit confirmed before.",
        "“Kitty” was left out: a habit confirmed before.",
        "“Minder” was read as the column of the lead: a habit confirmed before.",
        "“Mood” was read as the column of the status: a habit confirmed before.",
        "“Our part” was read as the column of the action: a habit confirmed before.",
        "“cloudy” was read as the status on_hold: a habit confirmed before.",
        "“sunny” was read as the status completed: a habit confirmed before.",
    ]


def test_without_habits_nothing_is_guessed_of_such_a_table():
    with pytest.raises(Unreadable, match="No plan was found"):
        draft_from(PLAN)


def test_the_documents_own_key_is_believed_before_a_habit():
    tracker = table(
        ["Recommendation", "Action", "RAG"],
        ["Say who leads", "Name an officer", "Purple"],
        ["Publish", "Publish the pay gap", "Amber"],
    )
    habits = Habits(colours={"purple": "withdrawn", "amber": "delayed"})
    read = draft_from(document("Key: Purple = completed; Green = on track", tracker), habits=habits)
    assert [a.status for a in read.plan.actions] == ["completed", "delayed"]
    assert [w.message for w in read.warnings if w.code == "habit"] == [
        "“amber” was read as the status delayed: a habit confirmed before."
    ]
    assert [w.message for w in read.warnings if w.code == "habit_overruled"] == [
        "“purple” was kept as the status withdrawn, and the document's own key says completed: the "
        "document was believed."
    ]


def test_a_habit_that_says_what_the_key_says_is_not_overruled():
    tracker = table(["Recommendation", "Action", "RAG"], ["Say who leads", "Name one", "Purple"])
    key = "Key: Purple = completed; Green = on track"
    read = draft_from(document(key, tracker), habits=Habits(colours={"purple": "completed"}))
    assert [w for w in read.warnings if w.code == "habit_overruled"] == []


def test_a_colour_without_a_key_is_said_to_be_read_as_in_most_plans():
    rows = ["Say who leads", "Name one", "Purple"], ["Publish", "Publish it", "Purple"]
    tracker = table(["Recommendation", "Action", "RAG"], *rows)
    said = "“purple” was read as the status completed, as in most plans: the document has no key"
    doubts = [w for w in draft_from(document(tracker)).warnings if w.code == "usual_colour"]
    assert [w.message.startswith(said) for w in doubts] == [True]
    for known in (
        draft_from(document("Key: Purple = on hold; Green = on track", tracker)),
        draft_from(document(tracker), habits=Habits(colours={"purple": "on_hold"})),
    ):
        assert [w for w in known.warnings if w.code == "usual_colour"] == []


def test_a_known_name_inside_a_longer_one_is_left_alone():
    built = table(["Recommendation", "Action", "Lead"], ["Lead", "Name one", "Head of Reach"])
    draft = draft_from(document(built), habits=PROFILE)
    assert [(lead.text, lead.kind) for lead in draft.plan.actions[0].leads] == [
        ("Head of Reach", "post")
    ]


def test_answers_become_a_proposal_of_what_was_not_known():
    draft = draft_from(PLAN, habits=PROFILE)
    answers = [
        Answer("column", "Minder", "lead"),
        Answer("column", "Lead", "lead"),  # known without being told
        Answer("lead", "Reach", "body"),
        Answer("lead", "The Pod", "post", full="Head of Policy"),
        Answer("lead", "Head of HR", "post"),  # known without being told
        Answer("lead", "Nobody Printed", "body"),  # not in this document
        Answer("status", "Sunny", "completed"),
        Answer("status", "Cloudy", "on_hold"),
        Answer("status", "Cloudy", "delayed"),  # two people disagree
        Answer("colour", "Purple", "on_hold"),
    ]
    assert habits_from(draft, answers) == Habits(
        columns={"Minder": "lead"},
        leads={"Reach": LeadHabit("body"), "The Pod": LeadHabit("post", "Head of Policy")},
        statuses={"Sunny": "completed"},
        colours={"purple": "on_hold"},
    )


def test_later_habits_hold_over_earlier_ones():
    newer = Habits(columns={"MINDER": "supporting"}, statuses={"Rainy": "delayed"})
    joined = PROFILE.and_also(newer)
    assert joined.column("minder") == "supporting"
    assert joined.body == "Brackenford Borough Council"
    assert set(joined.statuses) == {"Sunny", "Cloudy", "Rainy"}


@pytest.mark.parametrize(
    ("profile", "says"),
    [
        ("[]", "no profile"),
        ("{", "not JSON"),
        ({}, "that we know"),
        ({"colums": {}}, "has no “colums”"),
        ({"columns": {"Who": "boss"}}, "“Who” in “columns” has a meaning"),
        ({"columns": ["Who"]}, "must hold words"),
        ({"leads": {"Reach": {"kind": "post", "age": 4}}}, "must say a kind"),
        ({"leads": {"Reach": {"kind": "team"}}}, "“Reach” in “leads” has a meaning"),
        ({"statuses": {"Live": "alive"}}, "“Live” in “statuses”"),
        ({"colours": {"mauve": "completed"}}, "“mauve” is no colour"),
        ({"statuses": {"  ": "completed"}}, "entry without words"),
        ({"body": 4}, "must be the council's name"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_entry(profile, says):
    if isinstance(profile, dict):
        schema = {"schema": "goldenthread.habits/1"} if profile else {}
        profile = json.dumps({**schema, **profile})
    with pytest.raises(Unreadable, match=says):
        habits_from_json(profile)


names = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1, max_size=30)
spoken = names.filter(lambda name: any(c.isalnum() for c in name.casefold()))
profiles = st.builds(
    Habits,
    body=st.none() | names,
    columns=st.dictionaries(spoken, st.sampled_from(["action", "lead", "status", "other"])),
    leads=st.dictionaries(
        spoken,
        st.builds(LeadHabit, st.sampled_from(["post", "body", "person"]), st.none() | spoken),
    ),
    statuses=st.dictionaries(spoken, st.sampled_from(["completed", "delayed"])),
    colours=st.dictionaries(
        st.sampled_from(["red", "green", "purple", "none"]), st.sampled_from(["on_hold"])
    ),
)


@given(profiles)
def test_a_profile_that_is_written_is_read_again(habits):
    written = habits_to_json(habits)
    again = habits_from_json(written)
    assert again == Habits(habits.body or None, *_parts(habits))
    assert habits_to_json(again) == written


def _parts(habits):
    return habits.columns, habits.leads, habits.statuses, habits.colours
