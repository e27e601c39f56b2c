import io

import pytest

from core.intake.pdf_writer import PdfPage, pdf, tree
from goldenthread.errors import Place
from goldenthread.intake import Limits, Paragraph, Table
from goldenthread.intake import pdf as reader

ROWS = [("No.", "Action", "Lead"), ("1", "Publish", "Head of HR"), ("2", "Train", "COO")]
XS = (50, 80, 250)


def read(content):
    items = list(reader.read(io.BytesIO(content), Limits()))
    blocks = [item for item in items if isinstance(item, Paragraph | Table)]
    return blocks, [item.code for item in items if not isinstance(item, Paragraph | Table)]


def grid(found):
    return [[one and one.text for one in line] for line in found.grid()]


def written(rows=ROWS, page=None, start=0, top=100):
    """A page with rows of words, no rules, and the structure of its table."""
    page, mark, trs = page or PdfPage(), start, []
    for number, row in enumerate(rows):
        cells = []
        for x, words in zip(XS, row, strict=False):
            paragraphs = []
            for line, text in enumerate(words.split("\n")):
                page.text(x, top + 30 * number + 12 * line, text, mark=mark)
                paragraphs.append(("P", [(1, mark)]))
                mark += 1
            cells.append(("TD", paragraphs))
        trs.append(("TR", cells))
    return page, ("Table", trs)


def test_rows_and_cells_are_those_of_the_tags():
    page, table = written()
    blocks, left = read(pdf(page, tags=tree(table)))
    assert [grid(block) for block in blocks] == [[list(row) for row in ROWS]]
    assert blocks[0].rows[1].cells[2].place == Place(page=1, table=1, row=2, column=3)
    assert left == []


def test_two_leads_on_tight_lines_are_two_paragraphs():
    page, table = written([*ROWS, ("3", "Report", "Monitoring\nDirector")])
    (found,), _ = read(pdf(page, tags=tree(table)))
    assert [p.text for p in found.rows[3].cells[2].paragraphs] == ["Monitoring", "Director"]


def test_lines_of_one_paragraph_are_joined_unless_the_next_word_had_room():
    page, _ = written([])
    page.text(80, 100, "Publish the pay gap", mark=0).text(80, 112, "each year", mark=1)
    page.text(80, 160, "Monitoring", mark=2).text(80, 172, "Head of HR", mark=3)
    cells = [("TD", [("P", [(1, 0), (1, 1)])]), ("TD", [("P", [])])]
    more = [("TD", [("P", [(1, 2), (1, 3)])]), ("TD", [("P", [])])]
    table = ("Table", [("TR", cells), ("TR", more)])
    (found,), _ = read(pdf(page, tags=tree(table)))
    assert grid(found) == [["Publish the pay gap each year", ""], ["Monitoring\nHead of HR", ""]]


def test_rules_round_a_cell_say_how_far_its_lines_may_run():
    rows = [("No.", "Lead", "When"), ("1", "Head of HR\nDirector", "2027")]
    page = PdfPage().grid((45, 75, 245, 400), (95, 125, 165))
    page, (role, trs) = written(rows, page)
    one, two = trs[1][1][1][1]
    trs[1][1][1] = ("TD", [("P", [*one[1], *two[1]])])
    (found,), _ = read(pdf(page, tags=tree((role, trs))))
    assert grid(found)[1] == ["1", "Head of HR\nDirector", "2027"]


def test_spans_heads_roles_and_titles_are_those_of_the_tags():
    page, _ = written([("Theme", "Action"), ("a",), ("b",)])
    wide, tall = "/A<</O/Table/ColSpan 2>>", "/A[<</O/Layout>><</O/Table/RowSpan 2>>]"
    page.text(300, 130, "x", mark=4).text(300, 160, "y", mark=5).text(50, 80, "Plan", mark=6)
    table = (
        "Table",
        [
            ("Caption", [(1, 6)]),
            ("THead", [("TR", [("TH", [(1, 0)], wide), ("TH", [(1, 1)])])]),
            (
                "TBody",
                [
                    ("TR", [("Zelle", [(1, 2)], tall), ("TD", [(1, 4)]), ("TD", [])]),
                    ("TR", [("TD", [(1, 3)]), ("TD", [(1, 5)])]),
                ],
            ),
        ],
    )
    (found,), _ = read(pdf(page, tags=tree(table)))
    assert grid(found) == [["Theme", "Theme", "Action"], ["a", "x", ""], ["a", "b", "y"]]
    assert (found.title, [row.header for row in found.rows]) == ("Plan", [True, False, False])


def test_headings_lists_and_their_levels_are_those_of_the_tags():
    page = PdfPage()
    for number, words in enumerate(("Plan", "1.", "First", "•", "Inner", "Words", "Second")):
        page.text(50, 100 + 30 * number, words, mark=number)
    inner = ("L", [("LI", [("Lbl", [(1, 3)]), ("LBody", [("P", [(1, 4)])])])])
    outer = (
        "L",
        [
            ("LI", [("Lbl", [(1, 1)]), ("LBody", [("P", [(1, 2)]), inner])]),
            ("LI", [("LBody", [(1, 6)])]),
        ],
    )
    tags = " ".join(tree(node) for node in (("H2", [(1, 0)]), outer, ("P", [(1, 5)])))
    blocks, _ = read(pdf(page, tags=tags))
    assert [(b.text, b.heading, b.list_level, b.marker) for b in blocks] == [
        ("Plan", 2, None, None),
        ("First", None, 0, "1"),
        ("Inner", None, 1, "•"),
        ("Second", None, 0, None),
        ("Words", None, None, None),
    ]


def test_a_row_cut_by_a_page_end_is_one_row():
    one, two = PdfPage(), PdfPage()
    one.text(50, 100, "1", mark=0).text(80, 780, "Publish the", mark=1)
    two.text(80, 60, "pay gap", mark=0).text(50, 100, "2", mark=1).text(80, 100, "b", mark=2)
    rows = [
        ("TR", [("TD", [(1, 0)]), ("TD", [("P", [(1, 1), (2, 0)])])]),
        ("TR", [("TD", [(2, 1)]), ("TD", [(2, 2)])]),
    ]
    (found,), _ = read(pdf(one, two, tags=tree(("Table", rows))))
    assert grid(found) == [["1", "Publish the pay gap"], ["2", "b"]]
    assert [row.after_page_break for row in found.rows] == [False, True]
    assert [row.place.page for row in found.rows] == [1, 2]


def test_a_table_that_the_tags_part_at_a_page_end_is_one_without_repeated_heads():
    one, first = written()
    two, _ = written([ROWS[0], ("3", "Report", "Clerk")])
    second = ("Table", [("TR", [("TD", [(2, 3 * r + c)]) for c in range(3)]) for r in range(2)])
    (found,), _ = read(pdf(one, two, tags=tree(first) + tree(second)))
    assert grid(found) == [*[list(row) for row in ROWS], ["3", "Report", "Clerk"]]
    assert found.rows[0].header


def test_colours_stand_behind_cells_even_empty_ones():
    page = PdfPage()
    page.fill(240, 125, 330, 145, (1, 0, 0)).fill(75, 155, 200, 175, (0, 0.5, 0))
    page, table = written([("No.", "Action", "RAG"), ("1", "a", ""), ("2", "b", "")], page)
    (found,), _ = read(pdf(page, tags=tree(table)))
    fills = [[cell.fill for cell in row.cells] for row in found.rows]
    assert fills == [[None] * 3, [None, None, "FF0000"], [None, "008000", None]]


def test_furniture_pictures_and_notes_are_left_out_and_named():
    page, table = written()
    page.text(50, 820, "Page 1 of 1", mark="Artifact").text(50, 700, "Small print", mark=50)
    tags = tree(table) + tree(("Note", [(1, 50)])) + tree(("Figure", []))
    blocks, left = read(pdf(page, tags=tags))
    assert (len(blocks), sorted(left)) == (1, ["footnote", "page_furniture", "picture"])


@pytest.mark.parametrize(
    "tags",
    [
        tree(("Document", [])),  # says nothing
        tree(("P", [(1, 0)])),  # holds too few of the words
        tree(("Table", [("TR", [("TD", [(1, n)]) for n in range(9)])])) + "<</S/Table>>",
        "<</S/P/K<</Type/MCR/Stm 5 0 R/MCID 0>>>>",
        "<</S/P/K 1 0 R>>",  # goes round in a circle
        "[" * 200 + "]" * 200,
        "/Nonsense",
    ],
)
def test_where_tags_cannot_be_trusted_the_page_is_measured(tags):
    page, _ = written()
    assert read(pdf(page, tags=tags)) == read(pdf(written()[0]))
    assert grid(read(pdf(page, tags=tags))[0][0]) == [list(row) for row in ROWS]


def test_words_that_a_line_strikes_out_are_left_out_with_and_without_tags():
    def page(struck):
        made, table = written([*ROWS, ("3", "Old action", "New action")])
        return (made.rule(80, 195, 128, 195) if struck else made), table

    for tagged in (True, False):
        for struck in (True, False):
            made, table = page(struck)
            (found,), left = read(pdf(made, tags=tree(table) if tagged else ""))
            assert grid(found)[3] == ["3", "" if struck else "Old action", "New action"]
            assert left == (["struck_out"] if struck else [])


def test_an_underline_strikes_nothing_out():
    made, table = written()
    made.rule(80, 130 + 9.5, 128, 130 + 9.5)
    (found,), left = read(pdf(made, tags=tree(table)))
    assert (grid(found)[1][1], left) == ("Publish", [])
