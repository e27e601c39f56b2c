import io

import pytest

from core.intake.builders import odt
from goldenthread.intake import Limits, Paragraph, Table
from goldenthread.intake import odt as libre

STYLES = (
    '<style:style style:name="Bold" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Gone" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Struck" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Amber" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#ffc000"/></style:style>'
    '<style:style style:name="Child" style:family="table-cell"'
    ' style:parent-style-name="Amber"/>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
    ' style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"'
    ' style:num-format="a"/></text:list-style>'
)


def read(body):
    items = list(libre.read(io.BytesIO(odt(body, STYLES)), Limits()))
    blocks = [item for item in items if isinstance(item, Paragraph | Table)]
    return blocks, [item.code for item in items if not isinstance(item, Paragraph | Table)]


def p(words, style=""):
    style = f' text:style-name="{style}"' if style else ""
    return f"<text:p{style}>{words}</text:p>"


def cell(words, about=""):
    return f"<table:table-cell {about}>{p(words)}</table:table-cell>"


def row(*cells, about=""):
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def table(*rows):
    blocks, left = read(f"<table:table>{''.join(rows)}</table:table>")
    return blocks[0], left


def grid(found):
    return [[one and one.text for one in line] for line in found.grid()]


def test_spaces_tabs_breaks_and_spans_are_words():
    body = p('a<text:s text:c="3"/>b<text:tab/><text:span>c</text:span><text:line-break/>d')
    assert [b.text for b in read(body + p(""))[0]] == ["a b c", "d", ""]


def test_headings_and_bold_are_kept():
    body = '<text:h text:outline-level="2">Title</text:h>' + p(
        '<text:span text:style-name="Bold">all</text:span> '
    )
    assert [(b.heading, b.bold) for b in read(body)[0]] == [(2, False), (None, True)]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ('<text:span text:style-name="Gone">secret</text:span>', "hidden_text"),
        ('<text:span text:style-name="Struck">secret</text:span>', "struck_out"),
        ("<text:hidden-text>secret</text:hidden-text>", "hidden_text"),
        ("<office:annotation><text:p>secret</text:p></office:annotation>", "comment"),
        ("<text:note><text:note-body>secret</text:note-body></text:note>", "footnote"),
        ("<draw:frame><draw:image/></draw:frame>", "picture"),
        (
            "<draw:frame><draw:text-box><text:p>secret</text:p></draw:text-box></draw:frame>",
            "text_box",
        ),
    ],
)
def test_what_is_not_printed_as_words_is_left_out_and_named(inner, code):
    blocks, left = read(p("kept" + inner))
    assert ([b.text for b in blocks], left) == (["kept"], [code])


def test_deleted_words_lie_apart_and_are_never_read():
    tracked = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>secret</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    blocks, left = read(tracked + p('kept<text:change text:change-id="1"/>'))
    assert ([b.text for b in blocks], left) == (["kept"], ["tracked_deletion"])


def test_lists_keep_level_and_number():
    item = "<text:list-item>{}</text:list-item>"
    inner = "<text:list>" + item.format(p("b")) + item.format(p("c")) + "</text:list>"
    body = (
        '<text:list text:style-name="L1">'
        + item.format(p("a") + p("more") + inner)
        + item.format(p("d"))
        + "</text:list>"
        + "<text:list>"
        + item.format(p("e"))
        + "</text:list>"
    )
    assert [(b.text, b.list_level, b.marker) for b in read(body)[0]] == [
        ("a", 0, "1"),
        ("more", 0, None),
        ("b", 1, "a"),
        ("c", 1, "b"),
        ("d", 0, "2"),
        ("e", 0, "•"),
    ]


def test_cells_cover_columns_and_rows():
    covered = "<table:covered-table-cell/>"
    found, _ = table(
        row(
            cell("wide", 'table:number-columns-spanned="2"'),
            covered,
            cell("tall", 'table:number-rows-spanned="2"'),
        ),
        row(cell("a"), cell("b"), covered),
    )
    assert grid(found) == [["wide", "wide", "tall"], ["a", "b", "tall"]]


def test_heading_rows_hidden_rows_and_colours():
    found, left = table(
        f"<table:table-header-rows>{row(cell('Action'))}</table:table-header-rows>",
        row(cell("secret"), about='table:visibility="collapse"'),
        row(cell("x", 'table:style-name="Child"')),
    )
    assert [r.header for r in found.rows] == [True, False]
    assert (found.rows[1].cells[0].fill, left) == ("FFC000", ["hidden_row"])


def test_a_hidden_row_under_a_merged_cell_is_not_counted():
    covered = "<table:covered-table-cell/>"
    found, _ = table(
        row(cell("1", 'table:number-rows-spanned="3"'), cell("a")),
        row(covered, cell("secret"), about='table:visibility="filter"'),
        row(covered, cell("b")),
        row(cell("2"), cell("c")),
    )
    assert grid(found) == [["1", "a"], ["1", "b"], ["2", "c"]]


def test_vast_repeats_are_taken_once():
    found, _ = table(
        row(
            cell("a"),
            '<table:table-cell table:number-columns-repeated="16384"/>',
            about='table:number-rows-repeated="1048576"',
        )
    )
    assert len(found.rows) == 1


def test_a_table_inside_a_cell_follows_its_table():
    inner = f"<table:table>{row(cell('inner'))}</table:table>"
    outer = f"<table:table-cell>{p('outer')}{inner}</table:table-cell>"
    blocks, _ = read(f"<table:table>{row(outer)}</table:table>")
    assert [grid(block) for block in blocks] == [[["outer"]], [["inner"]]]
