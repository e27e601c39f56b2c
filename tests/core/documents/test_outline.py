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


@pytest.mark.parametrize(
    "line",
    [
        "1.1 Set up a panel [Owner: Head of Engagement; timescale: by June 2026]",
        "1.1 Set up a panel (Lead: Head of Engagement, by June 2026)",
        "1.1 Set up a panel (Head of Engagement, by June 2026)",
        "1.1 Set up a panel [Lead: Head of Engagement. When: by June 2026]",
        "1.1 Set up a panel – Head of Engagement – by June 2026",
    ],
)
def test_who_and_when_stand_in_brackets_or_after_dashes_at_the_end(line):
    other = "1.2 Pay its members (Head of Finance, by May 2026)"
    draft = read_words(f"# Plan\n\n## Priority 1: Listening\n\n{line}\n\n{other}\n", "md")
    first, second = draft.plan.recommendations[0].actions
    assert (first.number, first.text) == ("1.1", "Set up a panel")
    assert [lead.text for lead in first.leads] == ["Head of Engagement"]
    assert str(first.timescales[0].end) == "2026-06-30"
    assert second.text == "Pay its members"


def test_every_item_of_a_list_of_what_will_be_done_is_an_action():
    draft = read_words(
        "# Plan\n\n### Metric 2: appointment\n\nWorse than last year.\n\n#### What we will do\n\n"
        "- Train chairs (Lead: Head of HR; by May 2026)\n"
        "- Publish the ratio (Lead: Analyst; every six months)\n"
        "- Report to the board (Lead: Director; March 2027)\n",
        "md",
    )
    assert [a.text for rec in draft.plan.recommendations for a in rec.actions] == [
        "Train chairs",
        "Publish the ratio",
        "Report to the board",
    ]


def test_a_sentence_that_says_what_people_told_us_and_what_we_shall_do_hides_no_action():
    draft = read_words(
        "# Plan\n\n## Priority 1: Listening\n\nWhat people told us, and what we shall do:\n\n"
        "- Set up a panel (by June 2026)\n- Pay its members (by May 2026)\n",
        "md",
    )
    assert [a.text for a in draft.plan.recommendations[0].actions] == [
        "Set up a panel",
        "Pay its members",
    ]


def test_lines_that_open_with_a_label_are_lines_of_a_form_however_full_they_are():
    draft = read_words(
        "OBJECTIVE 1 - RECRUIT FROM EVERY COMMUNITY\n\n"
        "Action 1.1: Review the fitness test for bias, with those who took it in the last year.\n"
        "Owner: Occupational Health Manager and Head of Training, with the staff networks\n"
        "Deadline: Q4 2026/27\n"
        "Measure: a report goes to the People Board that says what was found and changed\n\n"
        "Action 1.2: Hold have-a-go days in the four towns that nobody has applied from lately.\n"
        "Owner: Head of Recruitment\nDeadline: 30 September 2026\n",
        "txt",
    )
    actions = [a for rec in draft.plan.recommendations for a in rec.actions]
    assert [str(a.timescales[0].end) for a in actions] == ["2027-03-31", "2026-09-30"]
    assert actions[0].measures[0].text.startswith("a report goes to the People Board")
