import pytest

from core.documents.building import cell, table
from goldenthread.documents.columns import recognise
from goldenthread.documents.records import read_records

HEADER = ["No.", "Recommendation", "Action", "Timescale", "Lead"]


def read(built, *, heading=None, theme=None, after=None):
    grid = built.grid()
    layout = recognise(built, grid)
    return read_records(built, grid, layout, heading=heading, theme=theme, after=after)


def summary(records):
    return [(r.number, r.text, [line.text("action") for line in r.lines]) for r in records]


def test_each_numbered_row_is_a_record():
    records, dropped = read(
        table(
            HEADER,
            ["1", "Say who leads", "Appoint a lead", "May 2024", "Chief Executive"],
            ["2", "Publish data", "Publish it", "June 2024", "Head of HR"],
        )
    )
    assert summary(records) == [
        ("1", "Say who leads", ["Appoint a lead"]),
        ("2", "Publish data", ["Publish it"]),
    ]
    assert dropped == []


def test_a_merged_recommendation_holds_every_row_beside_it():
    records, _ = read(
        table(
            HEADER,
            [cell(1, "1", down=2), cell(2, "Say who leads", down=2), cell(3, "Appoint"),
             cell(4, "May"), cell(5, "CEO")],
            [cell(3, "Announce"), cell(4, "June"), cell(5, "COO")],
        )
    )  # fmt: skip
    assert summary(records) == [("1", "Say who leads", ["Appoint", "Announce"])]


def test_blank_cells_after_flattening_mean_the_recommendation_above():
    records, _ = read(
        table(
            HEADER,
            ["1", "Say who leads", "Appoint", "May", "CEO"],
            ["", "", "Announce", "June", "COO"],
        )
    )
    assert summary(records) == [("1", "Say who leads", ["Appoint", "Announce"])]


def test_a_recommendation_repeated_on_every_row_is_one():
    records, _ = read(
        table(
            HEADER,
            ["1", "Say who leads", "Appoint", "May", "CEO"],
            ["1", "Say who leads", "Announce", "June", "COO"],
        )
    )
    assert summary(records) == [("1", "Say who leads", ["Appoint", "Announce"])]


def test_a_repeated_header_is_no_row():
    records, dropped = read(
        table(HEADER, ["1", "A", "Do", "May", "CEO"], HEADER, ["2", "B", "Go", "June", "COO"])
    )
    assert [r.number for r in records] == ["1", "2"]
    assert dropped == []


def test_a_section_row_is_the_theme_of_what_follows():
    records, _ = read(
        table(
            HEADER,
            [cell(1, "Leadership", across=5)],
            ["1", "A", "Do", "May", "CEO"],
            [cell(1, "Recruitment", across=5)],
            ["2", "B", "Go", "June", "COO"],
        )
    )
    assert [(r.number, r.theme) for r in records] == [("1", "Leadership"), ("2", "Recruitment")]


def test_a_row_alone_after_the_plan_is_left_out_and_named():
    records, dropped = read(
        table(HEADER, ["1", "A", "Do", "May", "CEO"], [cell(1, "End of plan", across=5)])
    )
    assert len(records) == 1
    assert [d.place.row for d in dropped] == [3]


def test_a_cut_recommendation_goes_on_after_the_page_end():
    records, _ = read(
        table(
            HEADER,
            ["1", "Make sure that councillors and", "Train", "May", "CEO"],
            ["", "staff are heard", "", "", ""],
            after_page_break=(3,),
        )
    )
    assert [r.text for r in records] == ["Make sure that councillors and staff are heard"]


def test_the_number_inside_the_words_is_the_number():
    records, _ = read(
        table(
            ["Recommendation", "Action", "Lead"],
            ["R1: Say who leads", "Appoint", "CEO"],
            ["Objective 2 – Publish", "Publish", "COO"],
        )
    )
    assert [(r.number, r.text) for r in records] == [("R1", "Say who leads"), ("2", "Publish")]


def test_a_table_without_recommendations_answers_the_heading_above_it():
    records, _ = read(
        table(["Action", "Timescale", "Lead"], ["Do", "May", "CEO"], ["Go", "June", "COO"]),
        heading="Objective 3: Recruit fairly",
    )
    assert summary(records) == [("3", "Recruit fairly", ["Do", "Go"])]


def test_section_rows_are_the_recommendations_where_no_column_holds_them():
    records, _ = read(
        table(
            ["Action", "Timescale", "Lead"],
            [cell(1, "1. Recruit fairly", across=3)],
            ["Do", "May", "CEO"],
            [cell(1, "2. Promote fairly", across=3)],
            ["Go", "June", "COO"],
        ),
        heading="The plan",
    )
    assert summary(records) == [
        ("1", "Recruit fairly", ["Do"]),
        ("2", "Promote fairly", ["Go"]),
    ]


def test_section_rows_that_are_recommendations_are_no_themes():
    records, _ = read(
        table(
            ["Ref", "Action", "Lead"],
            [cell(1, "1. Recruit fairly", across=3)],
            ["1.1", "Do", "CEO"],
            [cell(1, "2. Promote fairly", across=3)],
            ["2.1", "Go", "COO"],
        ),
        heading="The plan",
    )
    assert [(r.theme, [line.action_number for line in r.lines]) for r in records] == [
        (None, ["1.1"]),
        (None, ["2.1"]),
    ]


def test_of_two_section_rows_together_the_upper_is_the_theme():
    records, _ = read(
        table(
            ["Action", "Timescale", "Lead"],
            [cell(1, "Recruitment", across=3)],
            [cell(1, "1. Recruit fairly", across=3)],
            ["Do", "May", "CEO"],
        ),
        heading="The plan",
    )
    assert [(r.theme, r.text) for r in records] == [("Recruitment", "Recruit fairly")]


def test_a_number_beside_each_action_is_the_actions_own():
    records, _ = read(
        table(
            HEADER,
            [cell(1, "AP1"), cell(2, "Say who leads", down=2), cell(3, "Appoint"),
             cell(4, "May"), cell(5, "CEO")],
            [cell(1, "AP2"), cell(3, "Announce"), cell(4, "June"), cell(5, "COO")],
        )
    )  # fmt: skip
    assert len(records) == 1
    assert records[0].lines[1].action_number == "AP2"


def test_a_table_that_goes_on_extends_the_record_before():
    first, _ = read(table(HEADER, ["1", "A", "Do", "May", "CEO"]))
    grid = table(["", "", "Go", "June", "COO"])
    layout = recognise(table(HEADER), table(HEADER).grid())
    more, _ = read_records(
        grid,
        grid.grid(),
        type(layout)(layout.roles, layout.headings, 0, 5),
        heading=None,
        theme=None,
        after=first[0],
    )
    assert more == []
    assert [line.text("action") for line in first[0].lines] == ["Do", "Go"]


ITEMS = ["Item", "Action required", "Complete by", "Action by", "Success looks like"]


def filled(number, action):
    return [number, action, "May 2026", "Head of HR", "Done"]


@pytest.mark.parametrize(
    "band",
    [
        ["", "Aim 2. A culture that is fair", "", "", ""],
        ["", "A culture that is fair", "", "", ""],
        ["Aim 2: A culture that is fair", "", "", "", ""],
    ],
)
def test_a_title_in_whichever_column_it_was_put_heads_the_rows_under_it(band):
    records, dropped = read(
        table(ITEMS, filled("1.1", "Hold days"), band, filled("2.1", "Brief the watches")),
        heading="Aim 1. Everyone",
    )
    assert [record.text for record in records] == ["Everyone", "A culture that is fair"]
    assert [line.text("action") for line in records[1].lines] == ["Brief the watches"]
    assert dropped == []


def test_an_action_with_nothing_beside_it_is_no_title():
    records, _ = read(
        table(ITEMS, filled("1.1", "Hold days"), ["1.2", "Meet the watches", "", "", ""]),
        heading="Aim 1. Everyone",
    )
    assert [line.text("action") for line in records[0].lines] == ["Hold days", "Meet the watches"]


def test_what_stands_below_a_plan_after_a_blank_row_is_left_out_and_said():
    records, dropped = read(
        table(
            HEADER,
            ["1", "Say who leads", "Appoint a lead", "May 2024", "Chief Executive"],
            ["2", "Publish data", "Publish it", "June 2024", "Head of HR"],
            ["", "", "", "", ""],
            ["", "", "Actions leave this list once the Board has agreed", "", ""],
            ["O", "On track", "", "", ""],
            ["L", "Late", "", "", ""],
        )
    )
    assert [record.number for record in records] == ["1", "2"]
    assert [row.reason for row in dropped] == [
        "it stands apart, below the plan",
        "it is a key",
        "it is a key",
    ]


def test_rows_after_a_blank_row_that_are_rows_of_the_plan_stay_in_it():
    records, dropped = read(
        table(
            HEADER,
            ["1", "Say who leads", "Appoint a lead", "May 2024", "Chief Executive"],
            ["", "", "", "", ""],
            ["2", "Publish data", "Publish it", "June 2024", "Head of HR"],
        )
    )
    assert [record.number for record in records] == ["1", "2"]
    assert dropped == []


def test_titles_that_stand_over_repeated_headings_are_sections():
    header = ["Priority", "Task", "Officer", "Due"]
    records, _ = read(
        table(
            ["Directorate plans 2026/27", "", "", ""],
            ["Adults and Health", "", "", ""],
            header,
            ["Language", "Translate the leaflets", "Head of Access", "June 2026"],
            ["Place", "", "", ""],
            header,
            ["Parks", "Survey park users", "Head of Parks", "July 2026"],
        )
    )
    assert [(r.theme, r.text) for r in records] == [
        ("Adults and Health", "Language"),
        ("Place", "Parks"),
    ]


def test_a_title_over_the_header_with_the_label_of_those_below_is_one_of_them():
    records, _ = read(
        table(
            [cell(1, "Theme: Leadership", across=5)],
            HEADER,
            ["1", "Say who leads", "Appoint a lead", "May 2024", "Chief Executive"],
            [cell(1, "Theme: Workforce", across=5)],
            ["2", "Publish data", "Publish it", "June 2024", "Head of HR"],
        )
    )
    assert [r.theme for r in records] == ["Theme: Leadership", "Theme: Workforce"]
