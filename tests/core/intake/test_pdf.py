import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.intake.pdf_writer import PdfPage, pdf
from goldenthread.errors import Refusal, Unreadable, Unsafe
from goldenthread.intake import pdf as reader
from goldenthread.intake.document import LeftOut, Paragraph, Table
from goldenthread.intake.limits import Limits

PLANS = Path(__file__).parents[4] / "shared" / "examples" / "plans"

XS = (50, 80, 250, 400, 540)
HEADS = ("No.", "Recommendation", "Action", "When")


def blocks(content: bytes, limits: Limits | None = None):
    return list(reader.read(io.BytesIO(content), limits or Limits()))


def tables(content: bytes) -> list[Table]:
    return [block for block in blocks(content) if isinstance(block, Table)]


def table(content: bytes) -> Table:
    (found,) = tables(content)
    return found


def paragraphs(content: bytes) -> list[Paragraph]:
    return [block for block in blocks(content) if isinstance(block, Paragraph)]


def left_out(content: bytes) -> list[str]:
    return [block.code for block in blocks(content) if isinstance(block, LeftOut)]


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def put(page: PdfPage, top: float, *cells: str, xs=XS, **how) -> PdfPage:
    for x, words in zip(xs, cells, strict=False):
        page.lines(x + 5, top, *words.split("\n"), **how)
    return page


# --- tables with rules ---


def ruled_page(*rows: tuple[str, ...], top: float = 100, step: float = 40) -> PdfPage:
    page = PdfPage().grid(XS, [top + n * step for n in range(len(rows) + 2)])
    put(page, top + 5, *HEADS, bold=True)
    for n, row in enumerate(rows, start=1):
        put(page, top + 5 + n * step, *row)
    return page


def test_a_ruled_table_gives_its_cells():
    page = ruled_page(("1", "Recruit fairly", "Train panels", "May 2025"), ("2", "Listen", "", ""))
    assert texts(table(pdf(page))) == [
        list(HEADS),
        ["1", "Recruit fairly", "Train panels", "May 2025"],
        ["2", "Listen", "", ""],
    ]


def test_borders_drawn_as_thin_boxes_are_rules():
    page = PdfPage()
    for x in XS:
        page.fill(x, 100, x + 0.5, 180, (0, 0, 0))
    for y in (100, 140, 180):
        page.fill(XS[0], y, XS[-1], y + 0.5, (0, 0, 0))
    put(page, 105, *HEADS)
    put(page, 145, "1", "Recruit", "Train", "May")
    assert texts(table(pdf(page)))[1] == ["1", "Recruit", "Train", "May"]


def test_a_cell_goes_on_where_no_rule_crosses_its_column():
    page = PdfPage()
    for x in XS:
        page.rule(x, 100, x, 220)
    for y in (100, 140, 220):
        page.rule(XS[0], y, XS[-1], y)
    page.rule(XS[2], 180, XS[-1], 180)
    put(page, 105, *HEADS)
    put(page, 145, "1", "Recruit", "Train", "May")
    put(page, 185, "", "", "Report", "June")
    found = table(pdf(page))
    assert [cell.row_span for cell in found.rows[1].cells] == [2, 2, 1, 1]
    assert texts(found)[2] == ["Report", "June"]
    assert found.grid()[2][0] is found.rows[1].cells[0]


def test_a_heading_row_over_the_whole_table_is_one_cell():
    page = PdfPage().rule(XS[0], 100, XS[0], 180).rule(XS[-1], 100, XS[-1], 180)
    for x in XS[1:-1]:
        page.rule(x, 140, x, 180)
    for y in (100, 140, 180):
        page.rule(XS[0], y, XS[-1], y)
    page.text(55, 105, "Theme one: leadership and culture")
    put(page, 145, "1", "Recruit", "Train", "May")
    (theme,) = table(pdf(page)).rows[0].cells
    assert (theme.text, theme.column_span) == ("Theme one: leadership and culture", 4)


def test_an_underline_in_a_cell_makes_no_row():
    page = ruled_page(("1", "Recruit fairly", "Train panels", "May"))
    page.rule(85, 156, 140, 156)
    assert len(table(pdf(page)).rows) == 2


def test_a_box_round_some_words_is_no_table():
    page = PdfPage().grid((50, 540), (100, 140)).text(60, 110, "Please note")
    assert [p.text for p in paragraphs(pdf(page))] == ["Please note"]


def test_a_table_open_at_its_sides_keeps_its_outer_columns():
    page = PdfPage()
    for y in (100, 140, 180):
        page.rule(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        page.rule(x, 100, x, 180)
    put(page, 105, *HEADS)
    put(page, 145, "1", "Recruit", "Train", "May")
    assert texts(table(pdf(page)))[1] == ["1", "Recruit", "Train", "May"]


# --- colours ---


def test_a_colour_behind_the_centre_of_a_cell_is_its_fill():
    page = ruled_page(("1", "Recruit", "Train", "May"), ("2", "Listen", "Meet", "June"))
    page.fill(400, 140, 540, 180, (1, 0.75, 0)).fill(50, 180, 540, 220, (0.9, 0.9, 0.9))
    fills = [[cell.fill for cell in row.cells] for row in table(pdf(page)).rows]
    assert fills == [[None] * 4, [None, None, None, "FFBF00"], [None] * 4]


def test_a_coloured_dot_in_an_empty_cell_is_its_fill():
    page = ruled_page(("1", "Recruit", "Train", ""))
    page.fill(410, 150, 420, 160, (1, 0, 0))
    assert table(pdf(page)).rows[1].cells[3].fill == "FF0000"


# --- tables over pages ---


def test_a_table_over_two_pages_is_one_without_its_repeated_heads():
    content = pdf(
        ruled_page(("1", "Recruit", "Train", "May")),
        ruled_page(("2", "Listen", "Meet", "June"), top=60),
    )
    found = table(content)
    assert texts(found) == [
        list(HEADS),
        ["1", "Recruit", "Train", "May"],
        ["2", "Listen", "Meet", "June"],
    ]
    assert [row.header for row in found.rows] == [True, False, False]
    assert [row.after_page_break for row in found.rows] == [False, False, True]
    assert [str(row.place) for row in found.rows][2] == "page 2, table 1, row 3"


def test_the_rest_of_a_cut_row_stays_a_row_with_empty_cells():
    content = pdf(
        ruled_page(("1", "Recruit", "Train everyone who", "May")),
        ruled_page(("", "", "sits on a panel", ""), ("2", "Listen", "Meet", "June"), top=60),
    )
    found = table(content)
    assert texts(found)[2] == ["", "", "sits on a panel", ""]
    assert found.rows[2].after_page_break


def test_a_merged_cell_goes_on_over_the_page_end():
    def half(first: tuple[str, ...], second: tuple[str, ...], number: str) -> PdfPage:
        page = PdfPage()
        for x in XS:
            page.rule(x, 60, x, 180)
        for y in (60, 100, 180):
            page.rule(XS[0], y, XS[-1], y)
        page.rule(XS[2], 140, XS[-1], 140)
        put(page, 65, *HEADS)
        put(page, 105, number, "Recruit" if number else "", *first)
        return put(page, 145, "", "", *second)

    found = table(
        pdf(
            half(("Train", "May"), ("Report", "June"), "1"),
            half(("Meet", "July"), ("Ask", "-"), ""),
        )
    )
    assert found.rows[1].cells[0].row_span == 4
    assert {row[0] for row in found.grid()[1:]} == {found.rows[1].cells[0]}


def test_a_merged_cell_whose_words_had_no_room_above_the_page_end_has_them():
    first = ruled_page(("1", "Listen", "Hold sessions", "2026"), ("2", "", "Name one", "2027"))
    second = PdfPage().grid(XS, [60, 100, 140])
    put(second, 65, "", "Answer for it", "Report to all", "Yearly")
    put(second, 105, "3", "Publish", "Publish it", "2028")
    found = table(pdf(first, second))
    assert [(c.text, c.row_span) for c in found.rows[2].cells[:2]] == [
        ("2", 2),
        ("Answer for it", 2),
    ]
    assert [cell.text for cell in found.rows[3].cells] == ["Report to all", "Yearly"]
    assert [cell.text for cell in found.rows[4].cells] == ["3", "Publish", "Publish it", "2028"]


def test_repeated_heads_without_a_rule_below_them_are_dropped():
    second = PdfPage().grid(XS, (60, 130, 170))
    put(second, 65, *HEADS, bold=True)
    put(second, 85, "", "", "and everyone else", "")
    put(second, 135, "2", "Listen", "Meet", "June")
    found = texts(table(pdf(ruled_page(("1", "Recruit", "Train", "May")), second)))
    assert found[2:] == [["", "", "and everyone else", ""], ["2", "Listen", "Meet", "June"]]


def test_another_table_with_heads_of_its_own_is_not_joined():
    second = PdfPage().grid(XS, (60, 100, 140))
    put(second, 65, "Ref", "Risk", "Owner", "Score", bold=True)
    put(second, 105, "R1", "Delay", "Board", "High")
    assert len(tables(pdf(ruled_page(("1", "Recruit", "Train", "May")), second))) == 2


# --- tables without rules ---


def unruled_page(rows: list[tuple[str, ...]], top: float = 100, heads=HEADS) -> PdfPage:
    page = PdfPage()
    if heads:
        put(page, top, *heads, bold=True)
        top += 24
    for row in rows:
        put(page, top, *row)
        top += 12 * max(words.count("\n") + 1 for words in row) + 12
    return page


ROWS = [
    ("1", "Recruit fairly and\nopenly", "Train every panel", "May 2025"),
    ("2", "Listen to staff", "Meet the forums each\nquarter", "Ongoing"),
    ("3", "Publish the figures", "Report to Cabinet", "June 2025"),
]


def test_a_table_without_rules_is_told_by_its_empty_strips():
    assert texts(table(pdf(unruled_page(ROWS)))) == [
        list(HEADS),
        ["1", "Recruit fairly and openly", "Train every panel", "May 2025"],
        ["2", "Listen to staff", "Meet the forums each quarter", "Ongoing"],
        ["3", "Publish the figures", "Report to Cabinet", "June 2025"],
    ]


def test_rows_without_gaps_begin_at_their_numbers():
    page = put(PdfPage(), 100, *HEADS, bold=True)
    top = 112.0
    for row in ROWS:
        put(page, top, *row)
        top += 12 * max(words.count("\n") + 1 for words in row)
    assert [row[0] for row in texts(table(pdf(page)))] == ["No.", "1", "2", "3"]


def test_numbers_half_way_down_their_rows_do_not_cut_them():
    page = put(PdfPage(), 60, *HEADS, bold=True)
    for n in range(3):
        page.text(55, 112 + 60 * n, str(n + 1))
        put(page, 100 + 60 * n, "", "Recruit fairly\nand openly in\nevery service", "Train", "May")
    found = texts(table(pdf(page)))
    assert [row[0] for row in found] == ["No.", "1", "2", "3"]


def test_one_number_between_two_rows_parts_them():
    page = put(PdfPage(), 60, *HEADS, bold=True)
    put(page, 76, "", "and openly", "every panel", "")
    put(page, 88, "7", "Listen", "Meet", "June")
    assert texts(table(pdf(page)))[1:] == [
        ["", "and openly", "every panel", ""],
        ["7", "Listen", "Meet", "June"],
    ]


def test_a_page_without_repeated_heads_goes_on_in_the_same_columns():
    more = [("4", "Support managers", "Coach each of them", "July 2025"), ("5", "Ask", "Ask", "-")]
    found = table(pdf(unruled_page(ROWS), unruled_page(more, top=60, heads=())))
    assert [row[0] for row in texts(found)] == ["No.", "1", "2", "3", "4", "5"]


def test_running_text_round_a_table_stays_outside():
    page = unruled_page(ROWS)
    page.text(50, 60, "The council agreed this plan in the spring after asking its staff forums.")
    page.text(50, 400, "It will be reviewed every year by the committee and the staff forums too.")
    content = pdf(page)
    assert len(texts(table(content))) == 4
    assert len(paragraphs(content)) == 2


def test_numbered_items_with_wide_gaps_are_a_list_and_no_table():
    page = PdfPage()
    for n in range(4):
        page.text(50, 100 + 12 * n, f"{n + 1}.").text(80, 100 + 12 * n, "Recruit fairly and openly")
    found = paragraphs(pdf(page))
    assert [(p.marker, p.list_level) for p in found] == [("1", 0), ("2", 0), ("3", 0), ("4", 0)]


def test_a_second_row_of_heads_parts_the_columns_under_a_wide_head():
    xs = (50, 80, 250, 300, 380)
    page = put(PdfPage(), 60, "Ref", "Action", "Timeframe (months)", "", "Lead", bold=True, xs=xs)
    put(page, 80, "", "", "Start", "End", bold=True, xs=xs)
    for n in range(4):
        put(page, 110 + 24 * n, f"1.{n}", "Train panels", "May", "June", "Head of HR", xs=xs)
    found = texts(table(pdf(page)))
    assert found[1:3] == [
        ["", "", "Start", "End", ""],
        ["1.0", "Train panels", "May", "June", "Head of HR"],
    ]


# --- furniture ---


def test_lines_repeated_at_the_edges_are_left_out_and_named():
    pages = []
    for number in (1, 2):
        page = ruled_page(("1", "Recruit", f"Train {number}", "May"))
        page.text(50, 30, "Draft for members").text(280, 800, f"Page {number} of 2")
        pages.append(page)
    assert left_out(pdf(*pages)) == ["page_furniture", "page_furniture"]
    assert paragraphs(pdf(*pages)) == []


def test_a_footer_close_below_the_table_is_still_left_out():
    pages = [ruled_page(*[(str(n), "A", "B", "C") for n in range(16)]) for _ in range(3)]
    for page in pages:
        page.lines(55, 769, "last line").text(50, 781, "Draft for members")
    assert left_out(pdf(*pages)) == ["page_furniture"]


def test_a_message_about_furniture_does_not_repeat_its_words():
    pages = [PdfPage().text(50, 30, "Secret draft").text(50, 300, "Words") for _ in range(2)]
    (message,) = [block.message for block in blocks(pdf(*pages)) if isinstance(block, LeftOut)]
    assert "Secret" not in message


def test_repeated_column_heads_at_the_top_of_pages_are_no_furniture():
    more = [("4", "Support managers", "Coach", "July 2025"), ("5", "Ask staff", "Survey", "May")]
    found = table(pdf(unruled_page(ROWS, top=40), unruled_page(more, top=40)))
    assert [row[0] for row in texts(found)] == ["No.", "1", "2", "3", "4", "5"]
    assert found.rows[0].header


def test_a_slanted_watermark_is_left_out():
    page = PdfPage().text(50, 100, "The plan").text(100, 600, "DRAFT", size=60, direction=45)
    assert left_out(pdf(page)) == ["page_furniture"]
    assert [p.text for p in paragraphs(pdf(page))] == ["The plan"]


# --- direction ---


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_turned_by_its_flag_reads_the_same(rotate):
    page = ruled_page(("1", "Recruit", "Train", "May"))
    page.rotate = rotate
    assert texts(table(pdf(page)))[1] == ["1", "Recruit", "Train", "May"]


def test_a_table_drawn_sideways_reads_the_same():
    page = PdfPage()
    # Rows run up the page: what would be "across" is up, what would be "down" is rightwards.
    for y in (700, 600, 400, 200, 100):
        page.rule(100, y, 220, y)
    for x in (100, 140, 180, 220):
        page.rule(x, 100, x, 700)
    for x, row in zip(
        (105, 145, 185), (HEADS, ("1", "Recruit", "Train", "May"), "2abc"), strict=True
    ):
        for y, words in zip((695, 595, 395, 195), row, strict=True):
            page.text(x, y, words, direction=90)
    assert texts(table(pdf(page))) == [list(HEADS), ["1", "Recruit", "Train", "May"], list("2abc")]


def test_a_head_turned_to_save_room_is_kept():
    page = ruled_page(("1", "Recruit", "Train", "May"))
    page.text(505, 138, "Status", size=8, direction=90)
    assert table(pdf(page)).rows[0].cells[3].text == "When\nStatus"


# --- words and paragraphs in a cell ---


def test_bullets_begin_items_and_indent_tells_their_level():
    page = ruled_page(("1", "Recruit", "", "May"), step=90)
    page.lines(255, 195, "• Train panels", "", "• Report")
    page.lines(265, 207, "◦ each year".replace("◦", "–"))
    found = table(pdf(page)).rows[1].cells[2].paragraphs
    assert [(p.text, p.list_level) for p in found] == [
        ("Train panels", 0),
        ("each year", 1),
        ("Report", 0),
    ]


def test_a_paragraph_ends_where_the_next_word_would_have_fitted():
    page = ruled_page(("1", "Head of HR\nDirector of Finance, Estates and\nProperty", "", ""))
    assert [p.text for p in table(pdf(page)).rows[1].cells[1].paragraphs] == [
        "Head of HR",
        "Director of Finance, Estates and Property",
    ]


def test_a_paragraph_ends_at_a_larger_gap():
    page = ruled_page(("1", "", "", ""), step=80)
    page.lines(255, 185, "The first of the actions is", "to train").lines(255, 220, "Report it")
    assert (
        table(pdf(page)).rows[1].cells[2].text == "The first of the actions is to train\nReport it"
    )


def test_a_blank_line_between_paragraphs_is_kept_because_it_aligns_lists():
    page = ruled_page(("1", "", "May\n\nJune", "Ongoing now\nand then"), step=80)
    assert [p.text for p in table(pdf(page)).rows[1].cells[2].paragraphs] == ["May", "", "June"]


NARROW = (50, 72, 130, 187, 300)


def narrow(*cells: str) -> list[str]:
    page = PdfPage().grid(NARROW, (100, 140, 220))
    put(page, 105, "A", "B", "C", "D", xs=NARROW)
    put(page, 145, *cells, xs=NARROW)
    return [cell.text for cell in table(pdf(page)).rows[1].cells]


def test_words_and_dates_broken_in_narrow_cells_are_put_together():
    assert narrow("1", "31/03/202\n5", "Recruitme\nnt of staff", "x") == [
        "1",
        "31/03/2025",
        "Recruitment of staff",
        "x",
    ]


def test_whole_words_in_narrow_cells_keep_their_space():
    assert narrow("1", "Quarterly\nand then", "Reporting\nBoard", "x")[1:3] == [
        "Quarterly and then",
        "Reporting Board",
    ]


def test_a_word_ending_in_a_hyphen_goes_on_without_a_space():
    assert narrow("1", "Self-\nassessed", "x", "x")[1] == "Self-assessed"


# --- running text ---


def test_larger_type_and_short_bold_lines_are_headings():
    page = PdfPage().text(50, 60, "Race equality plan", size=22)
    page.text(50, 120, "Leadership", size=14).text(50, 160, "Our aims", bold=True)
    page.lines(50, 180, "We will be fair to everyone who works here", "and to all who live here.")
    found = paragraphs(pdf(page))
    assert [(p.heading, p.text) for p in found] == [
        (1, "Race equality plan"),
        (2, "Leadership"),
        (3, "Our aims"),
        (None, "We will be fair to everyone who works here and to all who live here."),
    ]


def test_a_paragraph_cut_by_a_page_end_is_one():
    first = PdfPage().lines(50, 700, "A first sentence stands on a line of its own here.")
    first.text(50, 712, "Then the council will train everyone")
    content = pdf(first, PdfPage().text(50, 60, "who sits on a panel."))
    assert paragraphs(content)[-1].text.endswith("train everyone who sits on a panel.")


# --- what we refuse ---


def test_a_scan_is_unreadable_and_says_what_to_do():
    with pytest.raises(Unreadable, match=r"scan.*Word file"):
        blocks(pdf(PdfPage().picture()))


def test_a_page_that_is_a_picture_among_others_is_named():
    assert left_out(pdf(PdfPage().text(50, 60, "Plan"), PdfPage().picture())) == ["picture"]


def test_a_locked_file_is_unreadable_and_says_so():
    lock = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'41' * 32}>/U<{'42' * 32}>/P -4>>"
        "/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    )
    with pytest.raises(Unreadable, match="password"):
        blocks(pdf(PdfPage().text(50, 60, "Plan"), trailer=lock))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n", b"%PDF-1.4 rubbish \xff\xfe", b"PK\x03\x04"]
)
def test_a_damaged_file_is_unreadable(content):
    with pytest.raises(Unreadable):
        blocks(content)


def test_an_empty_page_is_unreadable():
    with pytest.raises(Unreadable, match="no words"):
        blocks(pdf(PdfPage()))


def test_too_many_pages_are_unsafe():
    with pytest.raises(Unsafe) as refusal:
        blocks(pdf(*[PdfPage().text(50, 60, "Plan") for _ in range(4)]), Limits(pages=3))
    assert refusal.value.rule == "limit"


WHOLE = pdf(ruled_page(*ROWS), unruled_page(ROWS))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=3)), max_size=8
    ),
    st.integers(0, len(WHOLE)),
)
def test_a_spoilt_file_gives_blocks_or_a_refusal(changes, end):
    content = bytearray(WHOLE)
    for place, put_there in changes:
        content[place : place + len(put_there)] = put_there
    try:
        blocks(bytes(content[: max(end, 200)]))
    except Refusal as refusal:
        assert str(refusal)


# --- a document of the project's, read where it lies ---


@pytest.mark.skipif(not PLANS.exists(), reason="the shared example plans are not here")
def test_the_police_tracker_is_one_table_with_its_merged_commitments():
    found = table((PLANS / "p05_karrowshire_police_tracker.pdf").read_bytes())
    commitments = [row.cells[0] for row in found.rows if len(row.cells) == found.width]
    assert [(cell.text, cell.row_span) for cell in commitments] == [
        ("No.", 1),
        ("1", 4),
        ("2", 2),
        ("3", 2),
        ("4", 4),
        ("5", 2),
    ]
    assert [n for n, row in enumerate(found.rows) if row.after_page_break] == [4, 11]
