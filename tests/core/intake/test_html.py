import io

import pytest

from goldenthread.errors import Unsafe
from goldenthread.intake import Limits, Paragraph, Table, html


def read(page, encoding="utf-8"):
    items = list(html.read(io.BytesIO(page.encode(encoding)), Limits()))
    blocks = [item for item in items if isinstance(item, Paragraph | Table)]
    return blocks, [item.code for item in items if not isinstance(item, Paragraph | Table)]


def words(page):
    return [block.text for block in read(page)[0]]


def table(rows):
    blocks, left = read(f"<table>{rows}</table>")
    return blocks[0], left


def grid(found):
    return [[one and one.text for one in line] for line in found.grid()]


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"]),
        ("a<br>b", ["a", "b"]),
        ("a<br><br>b", ["a", "", "b"]),
        ("<p>a<br></p><p>b</p>", ["a", "b"]),
        ("<p>a</p><p></p><p>b</p>", ["a", "b"]),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", ["a", "", "b"]),
        ("<p>a</p><p><br></p><p>b</p>", ["a", "", "b"]),
        ("<p>a\n  <b>b</b>&nbsp; c&shy;d &pound;&ndash;</p>", ["a b cd £–"]),
        ("<pre>a\nb</pre>", ["a", "b"]),
        ("<p>a<script>alert(1)</script><style>p{}</style></p>", ["a"]),
        ("<p>1 < 2 & 3", ["1 < 2 & 3"]),
    ],
)
def test_a_page_reads_as_a_browser_prints_it(page, printed):
    assert words(page) == printed


def test_headings_and_bold():
    blocks, _ = read("<h2>a</h2><p><strong>b</strong></p><p><b>c</b> d</p>")
    assert [(b.heading, b.bold) for b in blocks] == [(2, True), (None, True), (None, False)]


def test_lists_keep_level_and_number():
    blocks, _ = read(
        "<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>"
        '<ol type="a" start="3"><li>e</li></ol><p>• f</p>'
    )
    assert [(b.text, b.list_level, b.marker) for b in blocks] == [
        ("a", 0, "1"),
        ("b", 1, "•"),
        ("c", 0, "2"),
        ("d", 0, None),
        ("e", 0, "c"),
        ("f", 0, "•"),
    ]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ('<span style="display:none">secret</span>', "hidden_text"),
        ("<span hidden>secret</span>", "hidden_text"),
        ('<span style="mso-hide:all">secret</span>', "hidden_text"),
        ("<del>secret</del>", "tracked_deletion"),
        ("<s>secret</s>", "struck_out"),
        ('<span style="text-decoration: line-through">secret</span>', "struck_out"),
        ('<img src="http://example.invalid/x.png" alt="secret">', "picture"),
        ("<nav><a>secret</a></nav>", "page_furniture"),
    ],
)
def test_what_is_not_printed_as_words_is_left_out_and_named(inner, code):
    blocks, left = read(f"<div>kept{inner}</div>")
    assert ([b.text for b in blocks], left) == (["kept"], [code])


def test_cells_cover_columns_and_rows():
    found, _ = table(
        '<tr><td colspan=2>wide</td><td rowspan="0">tall</td></tr>'
        "<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"
    )
    assert grid(found) == [["wide", "wide", "tall"], ["a", "b", "tall"], ["c", None, "tall"]]


def test_heading_rows_captions_and_colours():
    found, _ = table(
        "<caption>Plan</caption><tr><th>Action</th><th>Lead</th></tr>"
        '<tr><td bgcolor="#FFC000">x</td><td style="background:#00b050 none">y</td></tr>'
        '<tr bgcolor="red"><th>z</th><td>w</td></tr>'
    )
    assert found.title == "Plan"
    assert [row.header for row in found.rows] == [True, False, False]
    assert [[cell.fill for cell in row.cells] for row in found.rows[1:]] == [
        ["FFC000", "00B050"],
        ["FF0000", "FF0000"],
    ]


def test_a_layout_table_gives_what_is_in_it():
    blocks, _ = read(
        "<table><tr><td><p>Title</p></td></tr><tr><td><table><tr><td>a</td></tr></table></td></tr>"
        "</table>"
    )
    assert blocks[0].text == "Title"
    assert grid(blocks[1]) == [["a"]]


def test_a_cell_keeps_its_lists_and_blank_lines():
    found, _ = table("<tr><td>Train:<ul><li>a</li><li>b</li></ul><p>&nbsp;</p>c</td></tr>")
    assert [(p.text, p.list_level) for p in found.rows[0].cells[0].paragraphs] == [
        ("Train:", None),
        ("a", 0),
        ("b", 0),
        ("", None),
        ("c", None),
    ]


def test_a_charset_that_lies_is_not_believed():
    assert words('<meta charset="iso-8859-1"><p>£ – é</p>') == ["£ – é"]
    blocks, left = read('<meta charset="utf-8"><p>£</p>', "cp1252")
    assert (blocks[0].text, left) == ("£", ["encoding"])


def test_a_vast_span_is_cut_to_the_table():
    found, _ = table('<tr><td colspan="999999999" rowspan="999999999">a</td></tr>')
    cell = found.rows[0].cells[0]
    assert (cell.column_span, cell.row_span) == (1, 1)


def test_a_hidden_row_under_a_merged_cell_is_not_counted():
    found, left = table(
        "<tr><td rowspan=3>1</td><td>a</td></tr><tr style='display:none'><td>secret</td></tr>"
        "<tr><td>b</td></tr><tr><td>2</td><td>c</td></tr>"
    )
    assert grid(found) == [["1", "a"], ["1", "b"], ["2", "c"]]
    assert left == ["hidden_row"]


def test_entities_of_its_own_are_refused():
    with pytest.raises(Unsafe) as refused:
        read('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>')
    assert refused.value.rule == "external entity"


def styled(sheet, body):
    return f"<html><head><style>{sheet}</style></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "sheet",
    [
        ".late { background-color: #ff0000 }",
        "td.late{background:red none}",
        "<!-- table td.late { background: red } -->",
        "@media print { .late { background: red } }",
        ".late { background: red !important } td { background: green }",
        "td { background: green } td.late { background: red }",
        "tr > .late, p:hover { background: rgb(255,0,0) }",
    ],
)
def test_a_class_gives_its_colour_to_the_cell(sheet):
    page = styled(sheet, "<table><tr><td class=late>a</table>")
    assert read(page)[0][0].rows[0].cells[0].fill == "FF0000"


@pytest.mark.parametrize(
    "sheet",
    [
        "@media (max-width: 1px) { .late { background: red } }",
        ".late::before { background: red }",
        "li.late { background: red }",
        ".late { background: url(x.png) } } p { broken",
        "..late::: { background: red }",
    ],
)
def test_a_rule_for_something_else_gives_no_colour(sheet):
    page = styled(sheet, "<table><tr><td class=late>a</table>")
    assert read(page)[0][0].rows[0].cells[0].fill is None


def test_the_elements_own_style_comes_before_the_class():
    page = styled(".a { background: red }", '<table><tr><td class=a style="background:#00b050">x')
    assert read(page)[0][0].rows[0].cells[0].fill == "00B050"


def test_a_colour_behind_all_the_words_of_a_cell_is_the_cells():
    page = (
        '<table><tr><td><p><span style="background:red">late</span></p>'
        '<td><span style="background:red">a</span> b</table>'
    )
    assert [cell.fill for cell in read(page)[0][0].rows[0].cells] == ["FF0000", None]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (".x { display: none }", "hidden_text"),
        (".x { visibility: hidden }", "hidden_text"),
        ("span.x { mso-hide: all }", "hidden_text"),
        (".x { text-decoration: line-through }", "struck_out"),
    ],
)
def test_what_a_class_hides_or_strikes_out_is_left_out_and_named(sheet, code):
    blocks, left = read(styled(sheet, "<p>kept <span class=x>gone</span></p>"))
    assert ([b.text for b in blocks], left) == (["kept"], [code])


def test_bold_by_class_is_bold():
    assert read(styled(".b { font-weight: 700 }", "<p class=b>a</p>"))[0][0].bold


def test_lists_as_word_saves_them_keep_their_marks_and_levels():
    item = (
        "<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level{} lfo1'>"
        "<span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp; </span></span>{}</p>"
    )
    page = item.format(1, "1.", "One") + item.format(2, "o", "Two") + item.format(2, "·", "Three")
    blocks, _ = read(page)
    assert [(b.text, b.marker, b.list_level) for b in blocks] == [
        ("One", "1", 0),
        ("Two", "•", 1),
        ("Three", "•", 1),
    ]


def test_a_small_table_in_a_cell_does_not_make_its_table_a_layout():
    rows = "".join(f"<tr><td>{n}<td>Publish the pay gap<td>Head of HR" for n in range(1, 4))
    blocks, _ = read(f"<table>{rows}<tr><td>4<td>Train<table><tr><td>x<td>y</table><td>COO</table>")
    assert grid(blocks[0])[0] == ["1", "Publish the pay gap", "Head of HR"]
    assert grid(blocks[0])[3] == ["4", "Train\nx\ny", "COO"]


def test_a_page_by_libreoffice_warns_of_deletions_that_it_does_not_mark():
    page = '<meta name=generator content="LibreOffice 7.4"><h1>Sheet 2: <em>Place</em></h1><p>a</p>'
    blocks, left = read(page)
    assert ([b.text for b in blocks], left) == (["Place", "a"], ["tracked_deletion"])
