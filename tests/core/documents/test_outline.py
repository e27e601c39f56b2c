"""Plans without a table: what is evidence of one, and that nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.building import document, read_words, told
from goldenthread.documents import draft_from
from goldenthread.documents.outline import date_for_all
from goldenthread.errors import Unreadable
from goldenthread.intake import Paragraph

MINUTES = """# Minutes of the committee, 4 May 2026

## Apologies

- Councillor Example
- The clerk

## Matters arising

The report was noted. The chair thanked the officers.

- The next meeting is in June
"""
LETTER = """Dear colleagues

Lead: the question was who leads. We talked about objectives and about actions.

Thank you for your time.
"""


@pytest.mark.parametrize("words", [MINUTES, LETTER])
def test_papers_that_are_no_plan_are_refused(words):
    with pytest.raises(Unreadable, match="No plan was found"):
        read_words(words, "md")


def test_paragraphs_that_only_explain_are_counted():
    draft = read_words(
        "# Plan 2027\n\n## Objective 1: Fair pay\n\nWhy this matters to us.\n\n"
        "- Publish the gap (by March 2027)\n\n## Objective 2: Fair voice\n\n- Meet the forum\n",
        "md",
    )
    assert told(draft) == [
        "1 Fair pay",
        "- Publish the gap | | date ..2027-03-31",
        "2 Fair voice",
        "- Meet the forum",
    ]
    assert [w.message for w in draft.warnings if w.code == "unread_text"] == [
        "1 paragraph between the actions only explains and was not read into the plan."
    ]


def test_a_response_stands_apart_from_the_action():
    draft = read_words(
        "# Answer\n\n## Recommendation 1\n\nPublish the gap.\n\n**Response:** Accepted\n\n"
        "**Action:** Publish it each March.\n\n**Lead:** Chair\n\n## Recommendation 2\n\nStop.\n",
        "md",
    )
    assert [(r.text, r.response and r.response.text) for r in draft.plan.recommendations] == [
        ("Publish the gap.", "Accepted"),
        ("Stop.", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("All objectives are to be achieved by March 2016.", "by March 2016"),
        ("Each action should be delivered by the end of 2027.", "by the end of 2027"),
        ("All actions of the last plan were completed by March 2023.", None),
        ("All staff must be trained by May 2027.", None),
    ],
)
def test_one_sentence_may_date_every_action(sentence, words):
    assert date_for_all([sentence]) == words


PIECES = (
    "Objective 1: Fair pay", "Objective two", "Action 1", "Action 2: Publish", "Lead: Head of HR",
    "By when?", "Timescale:", "Actions", "Why this matters", "We will publish (by May 2027)", "•",
    "Evidence: a report; Lead: Chair", "Recommendations:", "Theme A: Voice", "Response: Accepted",
    "Meet – Head of HR – June 2027", "Introduction", "All actions are to be done by June 2028.",
)  # fmt: skip
paragraphs = st.builds(
    Paragraph,
    st.lists(st.sampled_from(PIECES), min_size=0, max_size=2).map(" ".join),
    heading=st.none() | st.integers(1, 4),
    list_level=st.none() | st.integers(0, 2),
    marker=st.sampled_from([None, "•", "1", "2", "a"]),
    bold=st.booleans(),
)


@given(st.lists(paragraphs, max_size=14))
def test_any_paragraphs_give_a_plan_or_one_refusal(found):
    try:
        draft = draft_from(document(*found))
    except Unreadable:
        return
    recommendations = draft.plan.recommendations
    assert recommendations or draft.plan.process_steps
    assert all(rec.text or rec.actions for rec in recommendations)
    assert all(action.text for rec in recommendations for action in rec.actions)
