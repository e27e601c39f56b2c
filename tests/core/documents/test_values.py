from datetime import date

import pytest

from core.documents.building import cell, document, table
from goldenthread.documents import draft_from

HEADER = ["No.", "Recommendation", "Action", "Timescale", "Lead"]


def read(*rows, header=HEADER, opening=("Cabinet, 14 June 2023",), **options):
    return draft_from(document(*opening, table(header, *rows, **options)))


def actions(draft):
    return draft.plan.actions


def codes(draft):
    return [warning.code for warning in draft.warnings]


def test_parallel_lists_become_actions_with_their_own_dates_and_leads():
    draft = read(
        ["1", "Say who leads", ["• Appoint", "• Announce"], ["July 2023", "Ongoing"],
         ["Chief Executive", "Head of HR"]],
    )  # fmt: skip
    assert [
        (a.text, [t.kind for t in a.timescales], [lead.text for lead in a.leads], a.confidence)
        for a in actions(draft)
    ] == [
        ("Appoint", ["date"], ["Chief Executive"], "high"),
        ("Announce", ["ongoing"], ["Head of HR"], "high"),
    ]


def test_fewer_dates_than_actions_is_a_question_and_never_a_silent_guess():
    draft = read(["1", "A", ["• One", "• Two", "• Three"], ["July 2023", "Ongoing"], "Head of HR"])
    assert {a.confidence for a in actions(draft)} == {"low"}
    assert "alignment" in codes(draft)


def test_a_lead_cell_whose_line_breaks_were_lost_is_cut_into_as_many_lines_as_actions():
    draft = read(
        ["1", "A", ["• Rewrite the code", "• Include it", "• Report it"], "Ongoing",
         "Monitoring Officer All managers Monitoring Officer"],
    )  # fmt: skip
    assert [[lead.text for lead in a.leads] for a in actions(draft)] == [
        ["Monitoring Officer"],
        ["All managers"],
        ["Monitoring Officer"],
    ]


def test_a_blank_lead_is_taken_from_the_actions_words_with_doubt():
    draft = read(["1", "A", "Operational lead will be the Programme Manager", "Completed", ""])
    assert [lead.text for lead in actions(draft)[0].leads] == ["Programme Manager"]
    assert actions(draft)[0].confidence == "low"
    assert "lead_from_text" in codes(draft)


def test_a_person_in_the_lead_cell_is_held_apart_from_the_post():
    draft = read(["1", "A", "Do it", "2024/25", "Mrs A Sample, University Secretary"])
    (lead,) = actions(draft)[0].leads
    assert (lead.text, lead.person) == ("University Secretary", "Mrs A Sample")


def test_as_above_repeats_the_reading_above_in_its_column():
    draft = read(
        ["1", "A", "Do", "31 March 2024", "Head of HR"],
        ["2", "B", "Go", "As above", "As above"],
    )
    second = actions(draft)[1]
    assert [(t.kind, t.end) for t in second.timescales] == [("date", date(2024, 3, 31))]
    assert [lead.text for lead in second.leads] == ["Head of HR"]


def test_an_empty_timescale_is_named_with_its_place():
    draft = read(["1", "A", "Do", "", "Head of HR"])
    (warning,) = [w for w in draft.warnings if w.code == "empty_timescale"]
    assert (warning.place.table, warning.place.row) == (1, 2)


def test_a_date_in_brackets_at_the_end_of_an_action_is_its_timescale():
    draft = read(
        ["1", "A", "Publish the data (by March 2024)", "Head of HR"],
        header=["No.", "Recommendation", "Action", "Lead"],
    )
    (action,) = actions(draft)
    assert action.text == "Publish the data"
    assert [t.end for t in action.timescales] == [date(2024, 3, 31)]


def test_start_and_end_columns_are_one_period():
    draft = read(
        ["A", "Do", "01/05/2024", "30/09/2024"],
        ["B", "Go", "01/04/2024", "Ongoing"],
        ["C", "Be", "", "Jul-24"],
        header=["Recommendation", "Action", "Start", "End"],
    )
    assert [(t.kind, t.start, t.end) for a in actions(draft) for t in a.timescales] == [
        ("period", date(2024, 5, 1), date(2024, 9, 30)),
        ("ongoing", date(2024, 4, 1), None),
        ("date", date(2024, 7, 1), date(2024, 7, 31)),
    ]


def test_a_status_column_beats_the_status_in_a_timescale():
    draft = read(
        ["A", "Do", "Completed May 2023", "In progress"],
        header=["Recommendation", "Action", "Timescale", "Status"],
    )
    assert actions(draft)[0].status == "in_progress"


@pytest.mark.parametrize(
    ("words", "status"),
    [("Completed May 2023", "completed"), ("Already underway", "in_progress"), ("2024", None)],
)
def test_without_a_status_column_the_timescale_sets_the_status(words, status):
    assert actions(read(["1", "A", "Do", words, "Head of HR"]))[0].status == status


def test_a_colour_alone_is_a_status_by_the_documents_own_key():
    draft = draft_from(
        document(
            "Key: blue = finished; red = off course; no colour = not begun.",
            table(
                ["Recommendation", "Action", "Lead", "RAG"],
                [cell(1, "A"), cell(2, "Do"), cell(3, "Head of HR"), cell(4, fill="8DB3E2")],
                [cell(1, "B"), cell(2, "Go"), cell(3, "Head of HR"), cell(4, fill="FF5050")],
                [cell(1, "C"), cell(2, "Be"), cell(3, "Head of HR"), cell(4)],
            ),
        )
    )
    assert [(a.status, a.rag) for a in actions(draft)] == [
        ("completed", "blue"),
        ("delayed", "red"),
        ("not_started", None),
    ]


def test_no_colour_says_nothing_where_no_row_is_coloured():
    draft = read(
        ["A", "Do", "Head of HR", ""],
        header=["Recommendation", "Action", "Lead", "RAG"],
    )
    assert actions(draft)[0].status is None


def test_measures_and_updates_are_kept_in_the_plans_words():
    draft = read(
        ["A", "Do", "80% of councillors attend", "First session held."],
        header=["Recommendation", "Action", "Success measure", "Progress"],
    )
    (action,) = actions(draft)
    assert [m.text for m in action.measures] == ["80% of councillors attend"]
    assert [u.text for u in action.updates] == ["First session held."]


def test_a_row_cut_by_a_page_end_is_one_row():
    draft = read(
        ["1", "A", "Publish ward-level", "Overdue –", "Performance"],
        ["", "", "disproportionality figures", "was due 30/06/2023", "Manager and Head of Data"],
        after_page_break=(3,),
    )
    (action,) = actions(draft)
    assert action.text == "Publish ward-level disproportionality figures"
    assert [lead.text for lead in action.leads] == ["Performance Manager", "Head of Data"]
    assert [(t.status, t.end) for t in action.timescales] == [("delayed", date(2023, 6, 30))]


def test_references_to_other_rows_are_kept():
    draft = read(["1", "A", "Develop training (see No. 10)", "2024", "HR"])
    assert actions(draft)[0].see == ("10",)
