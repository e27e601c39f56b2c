import io

import pytest

from goldenthread.errors import Place, Unsafe
from goldenthread.intake import Limits, Table, rtf

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}"
    r"{\f2\fcharset204 Arial Cyr;}}"
    r"{\colortbl;\red255\green192\blue0;\red255\green255\blue255;}"
    r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\*\cs2 Heading 9 Char;}{\s3 Title;}}"
)


def read(body, limits=None):
    file = io.BytesIO((HEAD + body + "}").encode("latin-1"))
    items = list(rtf.read(file, limits or Limits()))
    blocks = [item for item in items if not hasattr(item, "code")]
    return blocks, [(item.code, item.place) for item in items if hasattr(item, "code")]


def lines(body):
    return [block.text for block in read(body)[0]]


def row(*cells, edges=(), about=""):
    """A row of cells that end at these edges; each cell is its words, or its look and its words."""
    edges = edges or [1000 * (n + 1) for n in range(len(cells))]
    looks = [cell[0] if isinstance(cell, tuple) else "" for cell in cells]
    words = [cell[1] if isinstance(cell, tuple) else cell for cell in cells]
    boxes = "".join(f"{look}\\cellx{edge}" for look, edge in zip(looks, edges, strict=True))
    inner = "".join(rf"\pard\plain\intbl {word}\cell" for word in words)
    return rf"\trowd{about}{boxes}{inner}\row"


def table(*rows):
    blocks, left = read("".join(rows) + r"\pard ")
    return next(block for block in blocks if isinstance(block, Table)), left


def grid(found):
    return [[one and one.text for one in line] for line in found.grid()]


def test_paragraphs_lines_and_blank_lines_are_kept():
    assert lines(r"One\par\par Two\line three\par") == ["One", "", "Two", "three"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"caf\'e9 \'a32m", "café £2m"),
        (r"{\f2 \'cf\'eb\'e0\'ed}", "План"),
        (r"a \u8211\'96 \u-10179?\u-8704?", "a – 😀"),
        (r"\uc2\u163??m \uc0\u163 m", "£m £m"),
        (r"it\rquote s \ldblquote so\rdblquote  \emdash\~x\_y a\-b", "it’s “so” — x-y ab"),
        (r"braces \{ \} and \\ stay", "braces { } and \\ stay"),
        ("broken by\r\n line ends", "broken by line ends"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the link}}", "the link"),
        (r"{\*\unknown gone}kept{\*\bkmkstart b}", "kept"),
        (r"a\bin5 }}}}} b", "a b"),
    ],
)
def test_characters_read_as_they_print(written, words):
    assert lines(written) == [words]


def test_headings_come_from_styles_and_outlines():
    blocks, _ = read(
        r"\pard\s1 Plan\par\pard\s3 Title\par\pard\outlinelevel2 Part\par\pard Words\par"
    )
    assert [(b.text, b.heading) for b in blocks] == [
        ("Plan", 1),
        ("Title", 1),
        ("Part", 3),
        ("Words", None),
    ]


def test_bold_is_that_of_every_word():
    blocks, _ = read(r"{\b All} {\b of it}\par{\b Some} of it\par\plain none\par")
    assert [b.bold for b in blocks] == [True, False, False]


def test_list_marks_are_those_printed():
    mark = r"\pard{\listtext %s\tab}\ilvl%d\ls1 "
    blocks, _ = read(
        mark % ("1.", 0) + r"One\par" + mark % ("(a)", 1) + r"Two\par"
        r"\pard{\pntext\f1\'b7\tab}Three\par\pard - Four\par\pard Five"
    )
    assert [(b.text, b.marker, b.list_level) for b in blocks] == [
        ("One", "1", 0),
        ("Two", "a", 1),
        ("Three", "•", 0),
        ("Four", "•", 0),
        ("Five", None, None),
    ]


def test_a_table_keeps_its_rows_columns_and_place():
    found, _ = table(row("No.", "Action", about=r"\trhdr"), row("1", r"Publish\par Train"))
    assert grid(found) == [["No.", "Action"], ["1", "Publish\nTrain"]]
    assert [each.header for each in found.rows] == [True, False]
    assert found.rows[1].cells[1].place == Place(table=1, row=2, column=2)


def test_cells_merged_downwards_and_across_are_one():
    found, _ = table(
        row((r"\clvmgf", "Theme"), "a", "b"),
        row((r"\clvmrg", ""), (r"\clmgf", "wide"), (r"\clmrg", "")),
        row("all", edges=[3000]),
    )
    assert grid(found) == [["Theme", "a", "b"], ["Theme", "wide", "wide"], ["all"] * 3]


def test_edges_that_nearly_meet_are_one_column():
    found, _ = table(row("a", "b", edges=[1000, 2000]), row("c", "d", edges=[1012, 1996]))
    assert found.width == 2


def test_colours_are_those_behind_the_cell_or_behind_all_its_words():
    found, _ = table(
        row((r"\clcbpat1", "a"), (r"\clcbpat2", "b"), r"{\highlight1 c}", r"{\highlight1 d} e")
    )
    assert [cell.fill for cell in found.rows[0].cells] == ["FFC000", None, "FFC000", None]


def test_a_table_inside_a_cell_follows_the_table_that_it_stands_in():
    inner = (
        r"\pard\intbl\itap2 x\nestcell y\nestcell"
        r"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    )
    blocks, _ = read(
        rf"\pard\intbl\itap1 a\par{inner}\pard\intbl\itap1 b\cell\trowd\cellx1000\row\pard end"
    )
    assert [grid(b) for b in blocks if isinstance(b, Table)] == [[["a\nb"]], [["x", "y"]]]
    assert blocks[-1].text == "end"


def test_deleted_hidden_and_struck_out_words_are_left_out_and_named():
    blocks, left = read(
        r"a {\deleted gone}{\revised new}\par{\v hidden}b\par{\strike old}c\par"
        r"{\deleted all of it}\par d"
    )
    assert [b.text for b in blocks] == ["a new", "b", "c", "d"]
    codes = [code for code, _ in left]
    assert codes == ["tracked_deletion", "hidden_text", "struck_out", "tracked_deletion"]


def test_a_row_of_hidden_words_is_no_row():
    found, left = table(row("a", "b"), row(r"{\v x}", r"{\v y}"), row("c", "d"))
    assert grid(found) == [["a", "b"], ["c", "d"]]
    assert left[0] == ("hidden_text", Place(table=1, row=2, column=1))


def test_notes_comments_pictures_and_furniture_are_left_out_and_named():
    blocks, left = read(
        r"{\header Page head\par}{\footer\par}a{\footnote Small print}"
        r"{\*\annotation secret}{\pict\pngblip 89504e47}{\object{\*\objdata 0105}}"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt In a box}}}\par"
    )
    assert [b.text for b in blocks] == ["a"]
    codes = [code for code, _ in left]
    assert codes == ["page_furniture", "footnote", "comment", "picture", "embedded", "text_box"]


def test_a_file_cut_short_says_so():
    items = list(rtf.read(io.BytesIO(rb"{\rtf1 {\b words"), Limits()))
    assert [getattr(item, "text", None) or item.code for item in items] == ["damaged", "words"]


@pytest.mark.parametrize(
    "body",
    [
        "{" * 400,
        r"\pard\intbl\itap99 x\par",
        r"\trowd" + "".join(rf"\cellx{n}" for n in range(2_100)),
        r"\pard\intbl " + r"\cell" * 2_100,
    ],
)
def test_what_stands_too_deep_or_too_wide_is_refused(body):
    with pytest.raises(Unsafe) as refused:
        read(body)
    assert refused.value.rule == "limit"
