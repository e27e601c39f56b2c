import pytest

from core.documents.building import document
from goldenthread.documents import draft_from
from goldenthread.errors import Unreadable
from goldenthread.intake import Paragraph


def numbered(*words, bold_lead=None):
    return [
        Paragraph(text, list_level=0, marker=str(n), bold_lead=bold_lead)
        for n, text in enumerate(words, 1)
    ]


def test_a_numbered_list_called_recommendations_is_read():
    draft = draft_from(
        document("The review's recommendations were:", *numbered("Say who leads", "Publish data"))
    )
    assert [(r.number, r.text) for r in draft.plan.recommendations] == [
        ("1", "Say who leads"),
        ("2", "Publish data"),
    ]


def test_a_numbered_list_called_steps_is_a_process():
    draft = draft_from(
        document(
            "A 2-step process is under way:",
            *numbered("Focus groups – fifteen were held in June 2023", "Review: look back"),
        )
    )
    assert [(s.number, s.name, s.text) for s in draft.plan.process_steps] == [
        ("1", "Focus groups", "fifteen were held in June 2023"),
        ("2", "Review", "look back"),
    ]


def test_two_lists_are_told_apart_when_the_numbers_begin_again():
    draft = draft_from(
        document(
            "Recommendations:",
            *numbered("One", "Two"),
            "The steps are:",
            *numbered("Listen", "Act"),
        )
    )
    assert [r.text for r in draft.plan.recommendations] == ["One", "Two"]
    assert [s.text for s in draft.plan.process_steps] == ["Listen", "Act"]


@pytest.mark.parametrize("introduction", ["The agenda was:", "Those present were:"])
def test_any_other_list_is_no_plan(introduction):
    with pytest.raises(Unreadable, match="No plan was found"):
        draft_from(document(introduction, *numbered("Minutes", "Budget")))
