import io

import pytest

from core.intake.builders import docx, make_strict, p, tbl, tc, tr
from goldenthread.intake import Limits, Paragraph, Table
from goldenthread.intake import docx as word

TWO_PAGES = "<w:r><w:lastRenderedPageBreak/><w:t>next page</w:t></w:r>"
LISTS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="x"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Council heading"/>'
    '<w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="LB2"><w:name w:val="List Bullet 2"/></w:style>'
    '<w:style w:type="character" w:styleId="Loud"><w:name w:val="Strong"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
)


def read(body, **parts):
    items = list(word.read(io.BytesIO(docx(body, **parts)), Limits()))
    blocks = [item for item in items if isinstance(item, Paragraph | Table)]
    return blocks, [item.code for item in items if not isinstance(item, Paragraph | Table)]


def words(body, **parts):
    blocks, left = read(body, **parts)
    return [block.text for block in blocks], left


def num(list_id, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def table(*rows):
    blocks, left = read(tbl(*rows))
    return blocks[0], left


def grid(found):
    return [[cell and cell.text for cell in row] for row in found.grid()]


def test_empty_paragraphs_are_kept():
    assert words(p("a") + p() + p("b")) == (["a", "", "b"], [])


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:ins>{}</w:ins>",
        "<w:moveTo>{}</w:moveTo>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:hyperlink>{}</w:hyperlink>",
        '<w:fldSimple w:instr="X">{}</w:fldSimple>',
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>no</mc:Fallback>"
        "</mc:AlternateContent>",
    ],
)
def test_words_inside_wrappers_are_read(wrapped):
    run = wrapped.format("<w:r><w:t>words</w:t></w:r>")
    assert words(f"<w:p><w:r><w:t>some </w:t></w:r>{run}</w:p>") == (["some words"], [])


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<w:del><w:r><w:delText>secret</w:delText></w:r></w:del>", "tracked_deletion"),
        ("<w:moveFrom><w:r><w:t>secret</w:t></w:r></w:moveFrom>", "tracked_deletion"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>", "hidden_text"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>secret</w:t></w:r>", "struck_out"),
        ("<w:r><w:commentReference/></w:r>", "comment"),
        ("<w:r><w:footnoteReference/></w:r>", "footnote"),
        ("<w:r><w:drawing/></w:r>", "picture"),
    ],
)
def test_what_is_not_printed_as_words_is_left_out_and_named(inner, code):
    assert words(f"<w:p><w:r><w:t>kept</w:t></w:r>{inner}</w:p>") == (["kept"], [code])


BOX = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"


def test_a_text_box_is_read_after_the_paragraph_that_holds_it():
    boxed = f"<w:p><w:r><w:t>a</w:t></w:r>{BOX.format(p('Key: red = late') + p('b'))}</w:p>"
    assert words(boxed + p("c")) == (["a", "Key: red = late", "b", "c"], [])


def test_of_two_ways_to_draw_a_text_box_one_is_read():
    twice = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>"
        f"{p('key')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{p('key')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert words(f"<w:p>{twice}</w:p>") == (["", "key"], [])


def test_a_text_box_in_a_cell_is_part_of_the_cell():
    found, _ = table(tr(tc(f"<w:p><w:r><w:t>a</w:t></w:r>{BOX.format(p('b'))}</w:p>")))
    assert grid(found) == [["a\nb"]]


def test_a_switch_that_is_off_hides_nothing():
    assert words(p("kept", run='<w:vanish w:val="0"/><w:strike w:val="false"/>')) == (["kept"], [])


def test_paragraphs_whose_mark_was_deleted_are_one():
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert words(p("one ", about=gone) + p("line")) == (["one line"], [])


def test_a_paragraph_deleted_whole_leaves_no_blank():
    gone = (
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    )
    assert words(p("a") + gone + p("b")) == (["a", "b"], ["tracked_deletion"])


def test_a_line_break_parts_paragraphs_and_a_tab_is_a_space():
    run = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r></w:p>"
    assert words(run) == (["a b", "c", ""], [])


def test_headings_come_from_names_inheritance_and_outline_levels():
    body = (
        p("a", '<w:pStyle w:val="H2"/>')
        + p("b", '<w:pStyle w:val="Mine"/>')
        + p("c", '<w:outlineLvl w:val="2"/>')
        + p("d", '<w:pStyle w:val="A"/>')
    )
    blocks, _ = read(body, styles=STYLES)
    assert [(b.heading, b.bold) for b in blocks] == [
        (2, True),
        (2, True),
        (3, False),
        (None, False),
    ]


def test_bold_means_every_visible_word():
    loud = '<w:r><w:rPr><w:rStyle w:val="Loud"/></w:rPr><w:t>{}</w:t></w:r>'
    plain = "<w:r><w:t>{}</w:t></w:r>"
    body = "".join(
        f"<w:p>{inner}</w:p>"
        for inner in (
            loud.format("a") + plain.format(" "),
            loud.format("a") + plain.format("b"),
        )
    )
    blocks, _ = read(body, styles=STYLES)
    assert [b.bold for b in blocks] == [True, False]


def test_lists_keep_their_level_and_print_their_numbers():
    body = (
        p("a", num(2))
        + p("b", num(2, 1))
        + p("c", num(2, 1))
        + p("d", num(2))
        + p("e", num(2, 2))
        + p("f", num(3))
        + p("g", num(1))
        + p("h", num(0))
        + p("i", '<w:pStyle w:val="LB"/>')
        + p("j", '<w:pStyle w:val="LB2"/>')
        + p("• k")
    )
    blocks, _ = read(body, styles=STYLES, numbering=LISTS)
    assert [(b.text, b.list_level, b.marker) for b in blocks] == [
        ("a", 0, "1"),
        ("b", 1, "a"),
        ("c", 1, "b"),
        ("d", 0, "2"),
        ("e", 2, "2.1"),
        ("f", 0, "1"),
        ("g", 0, "•"),
        ("h", None, None),
        ("i", 0, "•"),
        ("j", 1, "•"),
        ("k", 0, "•"),
    ]


def test_a_cell_may_cover_columns_and_rows():
    span = '<w:gridSpan w:val="2"/>'
    found, left = table(
        tr(tc("wide", span), tc("tall", '<w:vMerge w:val="restart"/>')),
        tr(tc("a"), tc("b"), tc(p(), "<w:vMerge/>")),
        tr(tc("c"), about='<w:gridBefore w:val="2"/>'),
    )
    assert grid(found) == [["wide", "wide", "tall"], ["a", "b", "tall"], [None, None, "c"]]
    assert left == []


def test_a_deleted_or_hidden_row_is_left_out_and_spans_shrink():
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found, left = table(
        tr(tc("1", start), tc("a")),
        tr(tc(p(), on), tc("b"), about="<w:hidden/>"),
        tr(tc(p(), on), tc("c"), about="<w:del/>"),
        tr(tc(p(), on), tc("d")),
    )
    assert grid(found) == [["1", "a"], ["1", "d"]]
    assert left == ["hidden_row", "tracked_deletion"]


def test_words_under_a_merged_cell_are_named():
    found, left = table(tr(tc("1", '<w:vMerge w:val="restart"/>')), tr(tc("secret", "<w:vMerge/>")))
    assert (grid(found), left) == ([["1"], ["1"]], ["hidden_text"])


def test_rows_and_cells_inside_content_controls_are_read():
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    found, _ = table(control.format(tr(control.format(tc("a")), tc("b"))))
    assert grid(found) == [["a", "b"]]


@pytest.mark.parametrize(
    ("shade", "colour"),
    [
        ('w:val="clear" w:fill="ffc000"', "FFC000"),
        ('w:val="clear" w:fill="auto"', None),
        ('w:val="clear" w:fill="FFFFFF"', None),
        ('w:val="solid" w:color="00B050" w:fill="auto"', "00B050"),
    ],
)
def test_the_colour_behind_a_cell_is_kept(shade, colour):
    found, _ = table(tr(tc("G", f"<w:shd {shade}/>")))
    assert found.rows[0].cells[0].fill == colour


@pytest.mark.parametrize(
    ("inner", "colour"),
    [
        (p("late", run='<w:highlight w:val="red"/>'), "FF0000"),
        (p("late", run='<w:shd w:val="clear" w:fill="FF0000"/>'), "FF0000"),
        (p("late", '<w:pStyle w:val="Late"/>'), "FF0000"),
        (p("late", run='<w:rStyle w:val="LateRun"/>'), "FF0000"),
        (p("late", run='<w:highlight w:val="red"/>') + p("or not"), None),
        (p("late", run='<w:highlight w:val="lightGray"/>'), None),
    ],
)
def test_a_colour_behind_all_the_words_of_a_cell_is_the_cells(inner, colour):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Late"><w:name w:val="RAG red"/><w:pPr>'
        '<w:shd w:val="clear" w:fill="FF0000"/></w:pPr></w:style>'
        '<w:style w:type="character" w:styleId="LateRun"><w:name w:val="RAG red run"/><w:rPr>'
        '<w:shd w:val="clear" w:fill="FF0000"/></w:rPr></w:style>'
    )
    blocks, _ = read(tbl(tr(tc(inner))), styles=styles)
    assert blocks[0].rows[0].cells[0].fill == colour


@pytest.mark.parametrize(
    ("look", "bold"),
    [
        ('<w:tblLook w:firstRow="1" w:firstColumn="0"/>', [[True, True], [False, False]]),
        ('<w:tblLook w:val="00A0"/>', [[True, True], [True, False]]),
        ('<w:tblLook w:firstRow="0"/>', [[False, False], [False, False]]),
        ("", [[False, False], [False, False]]),
    ],
)
def test_a_table_style_makes_heads_bold_and_its_bands_are_no_colours(look, bold):
    part = (
        '<w:tblStylePr w:type="{}"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear"'
        ' w:fill="4F81BD"/></w:tcPr></w:tblStylePr>'
    )
    styles = (
        '<w:style w:type="table" w:styleId="T">'
        + "".join(part.format(kind) for kind in ("firstRow", "firstCol", "band1Horz"))
        + "</w:style>"
    )
    about = f'<w:tblPr><w:tblStyle w:val="T"/>{look}</w:tblPr>'
    rows = tr(tc("a"), tc("b")) + tr(tc("c"), tc("d"))
    blocks, _ = read(f"<w:tbl>{about}{rows}</w:tbl>", styles=styles)
    assert [[cell.bold for cell in row.cells] for row in blocks[0].rows] == bold
    assert {cell.fill for row in blocks[0].rows for cell in row.cells} == {None}


def test_the_strict_form_of_word_files_is_read_as_the_usual_one():
    usual = docx(tbl(tr(tc("G", '<w:shd w:val="clear" w:fill="FFC000"/>'))))
    strict = make_strict(usual)
    assert strict != usual
    assert list(word.read(io.BytesIO(strict), Limits())) == list(
        word.read(io.BytesIO(usual), Limits())
    )


def test_a_theme_colour_is_looked_up():
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    scheme = (
        f'<a:clrScheme xmlns:a="{drawing}"><a:accent6><a:srgbClr val="70AD47"/></a:accent6>'
        "</a:clrScheme>"
    )
    body = tbl(tr(tc("G", '<w:shd w:val="clear" w:themeFill="accent6" w:themeFillTint="99"/>')))
    blocks, _ = read(body, **{"theme/theme1": scheme})
    assert blocks[0].rows[0].cells[0].fill == "A9D18E"


def test_a_heading_row_is_one_that_the_file_declares():
    found, _ = table(tr(tc("Action"), about="<w:tblHeader/>"), tr(tc("Publish")))
    assert [row.header for row in found.rows] == [True, False]


def test_a_table_inside_a_cell_follows_its_table():
    blocks, _ = read(tbl(tr(tc(p("outer") + tbl(tr(tc("inner"))) + p()))))
    assert [grid(block) for block in blocks] == [[["outer"]], [["inner"]]]


def test_pages_are_those_of_the_last_printing():
    body = p("a") + f"<w:p>{TWO_PAGES}</w:p>" + p("c")
    blocks, _ = read(body)
    assert [b.place.page for b in blocks] == [1, 2, 2]
    assert read(p("a"))[0][0].place.page is None


def test_a_row_on_a_new_page_says_so():
    found, _ = table(
        tr(tc("a")), tr(tc(f"<w:p>{TWO_PAGES}</w:p>"), tc(f"<w:p>{TWO_PAGES}</w:p>")), tr(tc("c"))
    )
    assert [(r.after_page_break, r.place.page) for r in found.rows] == [
        (False, 1),
        (True, 2),
        (False, 2),
    ]


def test_headers_and_footers_are_left_out():
    header = p("Appendix B")
    assert words(p("a"), header=header)[1] == ["page_furniture"]


def test_a_ticked_symbol_reads_as_a_tick():
    assert words('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>')[0] == ["✓"]
