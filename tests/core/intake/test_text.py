import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.errors import Refusal, Unreadable, Unsafe
from goldenthread.intake import text
from goldenthread.intake.document import LeftOut, Paragraph, Table
from goldenthread.intake.limits import Limits

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def blocks(words: str | bytes, limits: Limits | None = None):
    content = words if isinstance(words, bytes) else words.encode()
    return list(text.read(io.BytesIO(content), limits or Limits()))


def table(words: str) -> Table:
    (found,) = [block for block in blocks(words) if isinstance(block, Table)]
    return found


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


# --- paragraphs and lists ---


def test_paragraphs_are_numbered_through_the_file():
    first, second = blocks("A plan\n\nIts purpose\n")
    assert (first.text, first.place.paragraph) == ("A plan", 1)
    assert (second.text, second.place.paragraph) == ("Its purpose", 2)


def test_numbered_lines_give_their_number_as_marker():
    found = blocks("1. Recruit fairly\n2. Train managers\n")
    assert [(p.marker, p.list_level, p.text) for p in found] == [
        ("1", 0, "Recruit fairly"),
        ("2", 0, "Train managers"),
    ]


def test_a_step_with_a_bold_name_is_one_sentence_and_keeps_its_name():
    (step,) = blocks("- **1. Focus Groups** – To hear from staff\n")
    assert (step.marker, step.bold_lead) == ("1", "Focus Groups")
    assert step.text == "Focus Groups – To hear from staff"
    assert not step.bold


def test_a_bold_name_that_lost_its_opening_stars_is_still_bold():
    (step,) = blocks("- 2. Data analysis** - A discussion of the figures\n")
    assert (step.marker, step.bold_lead) == ("2", "Data analysis")
    assert step.text == "Data analysis - A discussion of the figures"


def test_bold_words_inside_a_sentence_lose_only_their_stars():
    (found,) = blocks("The **Race Action Plan** comes next.\n")
    assert found == Paragraph("The Race Action Plan comes next.", place=found.place)


def test_a_line_that_is_all_bold_is_bold():
    (found,) = blocks("**Theme one: leadership**\n")
    assert (found.text, found.bold, found.bold_lead) == ("Theme one: leadership", True, None)


def test_markdown_headings_give_their_level():
    found = blocks("# Plan\n\nTheme\n-----\n\n### Aim ###\n")
    assert [(p.heading, p.text) for p in found] == [(1, "Plan"), (2, "Theme"), (3, "Aim")]


def test_indented_items_are_a_list_inside_the_list():
    found = blocks("- Outer\n  - Inner\n- Outer again\n")
    assert [p.list_level for p in found] == [0, 1, 0]


def test_lines_wrapped_by_hand_are_one_paragraph():
    words = (
        "The council agreed in the summer that every directorate would\n"
        "write its own plan, and that those plans would feed into the\n"
        "corporate one. The work began in the autumn and will carry on\n"
        "until every director has signed the plan of their directorate\n"
        "in front of the staff forums.\n"
    )
    (found,) = blocks(words)
    assert found.text == " ".join(words.split())


def test_initials_and_decimals_are_not_list_numbers():
    found = blocks("J. Smith\n\n1.5 million residents\n\n2021. A year\n")
    assert [p.marker for p in found] == [None, None, None]


# --- tables with tabs ---

TORN = (
    "Review date: 5 th May\t\t\n"
    "No.\tAction\tTimescale\n"
    '1\t<ul style="x"> • Publish • Report \t<p>Ongoing</p> <p>End May</p>\n'
    '2\t<ul style="x"> • Every service to agree a plan with \tOngoing\n'
    "\n"
    "\t<p>three goals</p> <ul> • Check it \tQuarterly\n"
    "3\tBe clear\tDone\n"
)


def test_a_list_in_a_cell_gives_one_paragraph_for_each_bullet():
    cell = table(TORN).rows[2].cells[1]
    assert [(p.text, p.list_level, p.marker) for p in cell.paragraphs] == [
        ("Publish", 0, "•"),
        ("Report", 0, "•"),
    ]


def test_tagged_paragraphs_in_a_cell_are_paragraphs():
    assert table(TORN).rows[2].cells[2].text == "Ongoing\nEnd May"


def test_a_row_cut_by_a_page_end_is_given_as_printed_and_marked():
    found = table(TORN)
    assert [row.after_page_break for row in found.rows] == [False] * 4 + [True, False]
    assert texts(found)[4] == ["", "three goals\nCheck it", "Quarterly"]


def test_the_second_half_keeps_its_sentence_out_of_the_list():
    cut = table(TORN).rows[4].cells[1]
    assert [(p.text, p.list_level) for p in cut.paragraphs] == [
        ("three goals", None),
        ("Check it", 0),
    ]


def test_every_cell_knows_its_place():
    cell = table(TORN).rows[2].cells[1]
    assert str(cell.place) == "table 1, row 3, column 2"
    assert cell.paragraphs[1].place == cell.place


def test_a_list_that_lost_its_bullets_is_one_item_without_marker():
    found = table("No.\tAction\n1\t<ul> Train staff Train members \n")
    (item,) = found.rows[1].cells[1].paragraphs
    assert (item.text, item.list_level, item.marker) == ("Train staff Train members", 0, None)


def test_blank_paragraphs_in_a_cell_are_kept_because_they_align_lists():
    found = table("Action\tWhen\n<p>A</p><p>B</p><p>C</p>\t<p>May</p><p>&nbsp;</p><p>June</p>\n")
    assert [p.text for p in found.rows[1].cells[1].paragraphs] == ["May", "", "June"]


def test_bullets_on_lines_below_a_record_go_on_with_its_last_cell():
    found = table("No.\tAction\tWhen\n1\tTrain:\n• staff\n• members\tMay\n2\tReport\tJune\n")
    assert texts(found) == [
        ["No.", "Action", "When"],
        ["1", "Train:\nstaff\nmembers", "May"],
        ["2", "Report", "June"],
    ]


def test_plain_words_after_a_page_end_stand_under_the_cell_that_was_cut():
    found = table("No.\tAction\n1\tAgree a plan with\n\fthree goals\n2\tReport\n")
    assert texts(found)[2] == ["", "three goals"]
    assert found.rows[2].after_page_break
    assert found.rows[2].place.page == 2


def test_quoted_cells_may_hold_tabs_and_line_breaks():
    found = table('No.\tAction\n1\t"Train\nstaff, called ""A"""\n2\t"Stop" is a word\n')
    assert texts(found)[1:] == [["1", 'Train\nstaff, called "A"'], ["2", '"Stop" is a word']]


def test_rows_that_all_stand_apart_are_not_after_page_ends():
    found = table("No.\tAction\n\n1\tA\n\n2\tB\n\n3\tC\n")
    assert not any(row.after_page_break for row in found.rows)


def test_tabs_after_list_numbers_make_a_list_and_no_table():
    found = blocks("1.\tRecruit fairly\n2.\tTrain managers\n")
    assert [(p.marker, p.text) for p in found] == [("1", "Recruit fairly"), ("2", "Train managers")]


def test_a_paragraph_after_the_table_is_not_part_of_it():
    found = blocks("No.\tAction\n1\tTrain\n\nThis plan is reviewed yearly.\n")
    assert found[-1].text == "This plan is reviewed yearly."


def test_nested_tags_give_levels_and_numbers():
    found = table("A\tB\n1\t<ol><li>One</li><li>Two<ul><li>Inner</li></ul></li></ol>\n")
    assert [(p.marker, p.list_level) for p in found.rows[1].cells[1].paragraphs] == [
        ("1", 0),
        ("2", 0),
        ("•", 1),
    ]


def test_less_than_signs_are_words_and_no_tags():
    assert texts(table("A\tB\n1\tfewer than <10 & under\n"))[1] == ["1", "fewer than <10 & under"]


# --- tables with pipes ---


def test_a_pipe_table_has_the_header_that_its_rule_declares():
    found = table("| No. | Action |\n|---|:--:|\n| 1 | **Train**<br>staff |\n| 2 | a \\| b |\n")
    assert [row.header for row in found.rows] == [True, False, False]
    assert texts(found) == [["No.", "Action"], ["1", "Train\nstaff"], ["2", "a | b"]]
    assert found.rows[1].cells[1].paragraphs[0].bold


# --- bytes ---


def test_a_byte_order_mark_is_no_word():
    assert blocks("\ufeffPlan".encode("utf-16-le"))[0].text == "Plan"
    assert blocks(b"\xef\xbb\xbfPlan")[0].text == "Plan"


def test_bytes_that_are_not_utf_8_are_read_as_windows_text_and_say_so():
    left_out, found = blocks("Budget of £2,000 – agreed".encode("cp1252"))
    assert isinstance(left_out, LeftOut)
    assert left_out.code == "encoding"
    assert found.text == "Budget of £2,000 – agreed"


@pytest.mark.parametrize("content", [b"", b" \n\n", b"PK\x03\x04\x00\x00"])
def test_what_holds_no_text_is_unreadable(content):
    with pytest.raises(Unreadable):
        blocks(content)


def test_too_many_rows_are_unsafe():
    with pytest.raises(Unsafe) as refusal:
        blocks("1\ta\n" * 11, Limits(rows=10))
    assert refusal.value.rule == "limit"


@pytest.mark.parametrize("unit", [" ", "\t", "|", "# ", '\t"', "**", "<ul", "• ", "-", "1.1."])
def test_a_long_line_of_one_thing_does_not_keep_us_busy(unit):
    assert isinstance(blocks("x" + unit * 50_000 + "x", Limits(columns=200_000)), list)


@given(st.binary(max_size=400))
def test_any_bytes_give_blocks_or_a_refusal(content):
    try:
        blocks(content)
    except Refusal as refusal:
        assert str(refusal)


@given(
    st.text(alphabet='ab1.)•-<>/ulip*|"\t\n\f #=&; ', max_size=120).filter(lambda w: w.strip()),
)
def test_any_tabs_tags_and_marks_give_blocks_that_form_a_grid(words):
    for block in blocks(words):
        if isinstance(block, Table):
            assert len(block.grid()) == len(block.rows)


@given(st.lists(st.lists(st.text("abcXYZ", min_size=1), min_size=3, max_size=3), min_size=2))
def test_every_word_of_a_table_comes_out_once(rows):
    words = "\n".join("\t".join(row) for row in rows)
    assert texts(table(words)) == rows


# --- documents of the project's two councils, read where they lie ---


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared source documents are not here")
def test_the_scrutiny_update_gives_five_recommendations_and_six_steps():
    found = blocks((SEEDS / "race_review_scrutiny_update.txt").read_bytes())
    numbered = [p for p in found if p.marker and p.marker.isdigit()]
    assert [p.marker for p in numbered] == list("12345") + list("123456")
    assert all(p.bold_lead for p in numbered[5:])


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared source documents are not here")
def test_the_action_plan_gives_fifteen_numbered_rows_and_three_halves_of_rows():
    (found,) = [
        b for b in blocks((SEEDS / "readi_action_plan.txt").read_bytes()) if isinstance(b, Table)
    ]
    assert [row.cells[0].text for row in found.rows if row.cells[0].text.isdigit()] == [
        str(n) for n in range(1, 16)
    ]
    halves = [row for row in found.rows if not row.cells[0].text]
    assert [row.after_page_break for row in halves] == [True, True, True]
