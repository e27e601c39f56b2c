"""The document's own cells, kept beside what was read from them."""

import csv
import io

from goldenthread.documents import PrintedCell, read_plan
from goldenthread.errors import Place
from goldenthread.example_data import example

HEADINGS = ("No.", "Recommendation", "Key action", "Timescale", "Lead")


def _read(tmp_path, *rows):
    text = io.StringIO()
    csv.writer(text).writerows((HEADINGS, *rows))
    path = tmp_path / "plan.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return read_plan(path)


def test_each_cell_keeps_its_words_and_its_place(tmp_path):
    draft = _read(
        tmp_path, ("1", "Say who leads", "Appoint a lead", "31 March 2027", "Chief Executive")
    )
    [row] = draft.printed
    assert row.place == draft.plan.recommendations[0].place
    assert [(cell.role, cell.lines, cell.place.column) for cell in row.cells] == [
        ("recommendation", ("Say who leads",), 2),
        ("action", ("Appoint a lead",), 3),
        ("timescale", ("31 March 2027",), 4),
        ("lead", ("Chief Executive",), 5),
    ]


def test_the_rows_that_answer_one_recommendation_stand_together_and_blank_cells_are_left_out(
    tmp_path,
):
    draft = _read(
        tmp_path,
        ("1", "Say who leads", "Appoint a lead", "31 March 2027", "Chief Executive"),
        ("", "", "Tell everybody", "", "Head of Policy"),
    )
    [row] = draft.printed
    words = [(cell.role, cell.lines) for cell in row.cells]
    assert words[4:] == [("action", ("Tell everybody",)), ("lead", ("Head of Policy",))]


def test_every_word_of_a_read_action_stands_in_a_printed_cell():
    draft = read_plan(example("plan.docx"))
    by_place = {row.place: row for row in draft.printed}
    seen = 0
    for rec in draft.plan.recommendations:
        printed = " ".join(" ".join(cell.lines) for cell in by_place[rec.place].cells)
        for action in rec.actions:
            for claim in action.timescales:
                seen += 1
                assert " ".join(claim.raw.split()) in " ".join(printed.split())
    assert seen > 20


def test_a_document_without_a_table_prints_no_cells(tmp_path):
    path = tmp_path / "review.md"
    path.write_text("# Recommendations\n\n1. Say who leads\n2. Tell everybody\n", encoding="utf-8")
    assert read_plan(path).printed == ()


def test_a_cell_without_a_place_of_its_own_has_that_of_its_row():
    assert PrintedCell("action", ("Words",)).place == Place()
