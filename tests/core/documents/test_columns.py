import pytest

from core.documents.building import read_words
from goldenthread.documents.columns import recognise
from goldenthread.documents.headings import heading_role
from goldenthread.intake import Cell, Paragraph, Row, Table


def table(*rows):
    return Table(
        tuple(
            Row(tuple(Cell(n, (Paragraph(text),)) for n, text in enumerate(row, 1))) for row in rows
        )
    )


def roles(*rows):
    built = table(*rows)
    layout = recognise(built, built.grid())
    return None if layout is None else [layout.roles.get(c) for c in range(1, built.width + 1)]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("No.", "number"),
        ("#", "number"),
        ("Action #", "number"),
        ("Start & end date", "timescale"),
        ("Race Equality, Accessibility, Diversity, and Inclusion Recommendation", "recommendation"),
        ("Comment/Key Action", "action"),
        ("Timescale", "timescale"),
        ("Lead SLT Officer / Comments", "lead"),
        ("What the review team told us", "recommendation"),
        ("What we will do", "action"),
        ("Who", "lead"),
        ("By when", "timescale"),
        ("How we will know it worked", "measure"),
        ("RAG", "status"),
        ("Commitment", "recommendation"),
        ("Activity", "action"),
        ("Due", "timescale"),
        ("BRAG", "status"),
        ("Update", "update"),
        ("How we intend to do it (Action)", "action"),
        ("How we will know we have done it (Indicator/Measure)", "measure"),
        ("Who is going to do it (Owner)", "lead"),
        ("By when (Target Dates & Milestones)", "timescale"),
        ("Accountable People / Team", "lead"),
        ("Other supporting actors", "supporting"),
        ("Section/Aim/Target Reference", "number"),
        ("Issue identified", "rationale"),
        ("What's Happened", "update"),
        ("Next Steps", "action"),
        ("Success criteria and outcomes", "measure"),
        ("Telephone", None),
        ("", None),
        ("Revised due", "revised"),
        ("New end date", "revised"),
        ("Amended timescale", "revised"),
        ("Milestones and tasks", "action"),
        ("Key milestones/actions", "action"),
        ("Strand lead", "lead"),
        ("Workstream sponsor", "lead"),
        ("Ownership", "lead"),
        ("Obj. no.", "number"),
        ("Milestone date", "timescale"),
        ("New action", "action"),
    ],
)
def test_heading_role_of_published_plans(heading, role):
    assert heading_role(heading) == role


def test_a_plan_is_recognised_under_a_title_row():
    assert roles(
        ["Date of the review: May", "", ""],
        ["Recommendation", "Key action", "Lead"],
        ["Say who leads", "Appoint a lead", "Chief Executive"],
    ) == ["recommendation", "action", "lead"]


def test_a_table_of_contacts_is_no_plan():
    assert roles(["Name", "Telephone"], ["Reception", "01234"]) is None


def test_a_table_of_figures_is_no_plan():
    assert roles(["Grade", "Headcount", "Percent"], ["1", "20", "4%"]) is None


def test_target_is_a_date_where_its_cells_are_dates():
    assert roles(["Action", "Target"], ["Train", "March 2024"], ["Publish", "April 2024"]) == [
        "action",
        "timescale",
    ]


def test_target_is_a_measure_where_its_cells_are_words():
    assert roles(["Action", "Lead", "Target"], ["Train", "HR", "All managers trained"]) == [
        "action",
        "lead",
        "measure",
    ]


def test_a_first_column_of_numbers_needs_no_heading():
    assert roles(["", "Action", "Lead"], ["1.1", "Train", "HR"], ["1.2", "Publish", "HR"]) == [
        "number",
        "action",
        "lead",
    ]


def test_an_objective_with_a_lead_and_no_action_column_is_what_will_be_done():
    assert roles(["Objective", "Timescale", "Lead"], ["Publish data", "2024", "HR"]) == [
        "action",
        "timescale",
        "lead",
    ]


def test_two_header_rows_give_start_and_end():
    header = Row(
        (
            Cell(1, (Paragraph("Action"),), row_span=2),
            Cell(2, (Paragraph("Timescale"),), column_span=2),
            Cell(4, (Paragraph("Lead"),), row_span=2),
        )
    )
    second = Row((Cell(2, (Paragraph("Start"),)), Cell(3, (Paragraph("End"),))))
    body = Row(tuple(Cell(n, (Paragraph(t),)) for n, t in enumerate(["Do", "1/4/24", "", "HR"], 1)))
    built = Table((header, second, body))
    layout = recognise(built, built.grid())
    assert layout is not None
    assert dict(layout.roles) == {1: "action", 2: "start", 3: "end", 4: "lead"}
    assert layout.first_row == 2


def test_who_and_when_in_the_bullets_of_one_column_are_parted_in_each():
    draft = read_words(
        "<table><tr><th>Ref</th><th>Recommendation</th><th>Action</th><th>By whom / by when</th>"
        "</tr><tr><td>R2</td><td>Publish pay gaps</td><td><ul><li>Agree it</li><li>Publish it</li>"
        "</ul></td><td><ul><li>HR Analyst – Oct 2026</li><li>Director of Resources – by 31 March "
        "2027</li></ul></td></tr></table>",
        "html",
    )
    actions = draft.plan.recommendations[0].actions
    assert [[lead.text for lead in a.leads] for a in actions] == [
        ["HR Analyst"],
        ["Director of Resources"],
    ]
    assert [a.timescales[0].raw for a in actions] == ["Oct 2026", "by 31 March 2027"]
