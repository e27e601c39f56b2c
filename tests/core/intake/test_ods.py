import io

import pytest

import core.intake.builders as make
from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake import Limits, Table, ods

STYLES = (
    '<style:style style:name="Amber" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#ffc000"/></style:style>'
    '<style:style style:name="Bold" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Gone" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="Rule" style:family="table-cell"><style:map'
    ' style:condition="cell-content()=&quot;Late&quot;" style:apply-style-name="Amber"/>'
    "</style:style>"
)
PADDING = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
    ' table:number-columns-repeated="16384"/></table:table-row>'
)


def c(words="", about="", inner=""):
    printed = "".join(f"<text:p>{line}</text:p>" for line in words.split("|") if words)
    return f"<table:table-cell {about}>{inner}{printed}</table:table-cell>"


def r(*cells, about=""):
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def style(name):
    return f'table:style-name="{name}"'


def sheet(*inner, about='table:name="Plan"'):
    return f"<table:table {about}>{''.join(inner)}{PADDING}</table:table>"


def read(*sheets, limits=None):
    file = io.BytesIO(make.ods("".join(sheets), STYLES))
    items = list(ods.read(file, limits or Limits()))
    tables = [item for item in items if isinstance(item, Table)]
    return tables, [(i.code, i.place) for i in items if not isinstance(i, Table)]


def words(table):
    return [[(cell.column, cell.text) for cell in row.cells] for row in table.rows]


def test_a_sheet_is_a_table_of_the_words_it_prints():
    date = 'office:value-type="date" office:date-value="2026-02-01"'
    tables, left = read(sheet(r(c("No."), c("When")), r(c("1"), c("Feb-26", date))))
    assert words(tables[0]) == [[(1, "No."), (2, "When")], [(1, "1"), (2, "Feb-26")]]
    assert tables[0].title == "Plan"
    assert tables[0].rows[1].cells[1].place == Place(sheet="Plan", row=2, column=2)
    assert left == []


def test_padding_of_a_million_rows_is_not_written_out():
    tables, _ = read(sheet(r(c(about='table:number-columns-repeated="9"')), r(c(), c("a"))))
    assert words(tables[0]) == [[(1, "a")]]
    assert tables[0].rows[0].place.row == 2


def test_words_that_repeat_are_written_out():
    twice = 'table:number-columns-repeated="2"'
    tables, _ = read(sheet(r(c("a", twice), c("b"), about='table:number-rows-repeated="3"')))
    assert words(tables[0]) == [[(1, "a"), (2, "a"), (3, "b")]] * 3
    assert [row.cells[1].paragraphs[0].place.row for row in tables[0].rows] == [1, 2, 3]


def test_lines_and_bullets_of_a_cell_are_its_paragraphs():
    tables, _ = read(sheet(r(c("Train:|- managers|• members"))))
    cell = tables[0].rows[0].cells[0]
    assert [(p.text, p.marker) for p in cell.paragraphs] == [
        ("Train:", None),
        ("managers", "•"),
        ("members", "•"),
    ]


def test_merged_cells_cover_only_what_is_shown():
    tall = 'table:number-rows-spanned="3" table:number-columns-spanned="2"'
    covered = "<table:covered-table-cell/>"
    tables, left = read(
        sheet(
            r(c("a", tall), covered, c("b")),
            r(covered, covered, c("hidden"), about='table:visibility="collapse"'),
            r(covered, covered, c("c")),
        )
    )
    first = tables[0].rows[0].cells[0]
    assert (first.row_span, first.column_span) == (2, 2)
    assert words(tables[0]) == [[(1, "a"), (3, "b")], [(3, "c")]]
    assert left == [("hidden_row", Place(sheet="Plan", row=2))]


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_hidden_rows_are_left_out_and_named(how):
    tables, left = read(sheet(r(c("a")), r(c("b"), about=f'table:visibility="{how}"'), r(c("c"))))
    assert words(tables[0]) == [[(1, "a")], [(1, "c")]]
    assert left == [("hidden_row", Place(sheet="Plan", row=2))]


def test_hidden_columns_and_folded_groups_are_left_out_and_named():
    columns = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse"/><table:table-column/>'
    )
    folded = f'<table:table-row-group table:display="false">{r(c("x"))}</table:table-row-group>'
    tables, left = read(sheet(columns, r(c("a"), c("b"), c("c")), folded))
    assert words(tables[0]) == [[(1, "a"), (3, "c")]]
    assert left == [
        ("hidden_row", Place(sheet="Plan", row=2)),
        ("hidden_column", Place(sheet="Plan", column=2)),
    ]


def test_a_hidden_sheet_is_left_out_and_named():
    gone = sheet(r(c("secret")), about='table:name="Old" table:style-name="Gone"')
    tables, left = read(sheet(r(c("a"))), gone)
    assert [table.title for table in tables] == ["Plan"]
    assert left == [("hidden_sheet", Place(sheet="Old"))]


def test_comments_struck_out_words_and_pictures_are_left_out_and_named():
    note = "<office:annotation><text:p>secret</text:p></office:annotation>"
    tables, left = read(
        sheet(r(c("a", inner=note), c("b", style("Struck")), c("c", inner="<draw:frame/>")))
    )
    assert words(tables[0]) == [[(1, "a"), (3, "c")]]
    assert [code for code, _ in left] == ["comment", "struck_out", "picture"]


def test_colours_come_from_the_cell_its_column_or_a_rule():
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="Amber"/>'
    tables, _ = read(
        sheet(
            columns,
            r(c("a"), c("b"), c("Late", style("Rule")), c("In time", style("Rule"))),
            r(c("c", style("Bold")), c(), c("", style("Amber"))),
        )
    )
    fills = [[cell.fill for cell in row.cells] for row in tables[0].rows]
    assert fills == [[None, "FFC000", "FFC000", None], [None, "FFC000", "FFC000"]]
    assert tables[0].rows[1].cells[0].bold


def test_rules_written_beside_the_sheet_are_worked_out_or_named():
    space = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    rules = (
        f"<calcext:conditional-formats {space}>"
        '<calcext:conditional-format calcext:target-range-address="Plan.A1:Plan.A9">'
        '<calcext:condition calcext:apply-style-name="Amber" calcext:base-cell-address="Plan.A1"'
        ' calcext:value="formula-is([.$B1]=&quot;late&quot;)"/></calcext:conditional-format>'
        '<calcext:conditional-format calcext:target-range-address="Plan.B1:Plan.B9">'
        '<calcext:condition calcext:apply-style-name="Amber" calcext:value="top-elements(3)"/>'
        "</calcext:conditional-format></calcext:conditional-formats>"
    )
    tables, left = read(sheet(r(c("a"), c("late")), r(c("b"), c("done")), PADDING, rules))
    assert [row.cells[0].fill for row in tables[0].rows] == ["FFC000", None]
    assert left == [("colour_rule", Place(sheet="Plan", row=1, column=2))]


def test_heading_rows_are_those_that_every_page_repeats():
    heads = f"<table:table-header-rows>{r(c('No.'))}</table:table-header-rows>"
    tables, _ = read(sheet(heads, r(c("1"))))
    assert [row.header for row in tables[0].rows] == [True, False]


@pytest.mark.parametrize(
    ("inner", "where"),
    [
        (r(c("x"), about='table:number-rows-repeated="1048576"'), "row 1"),
        (r(c("x", 'table:number-columns-repeated="16384"')), "column A"),
        (PADDING + r(c("x")), "row 1048001"),
    ],
)
def test_words_that_repeat_without_end_are_refused(inner, where):
    with pytest.raises(Unsafe) as refused:
        read(sheet(inner))
    assert refused.value.rule == "limit"
    assert where in str(refused.value)


def test_many_cells_are_refused_before_they_are_made():
    many = r(
        c("x", 'table:number-columns-repeated="500"'), about='table:number-rows-repeated="500"'
    )
    with pytest.raises(Unsafe):
        read(sheet(many), limits=Limits(cells=100_000))


def test_a_file_without_sheets_is_damaged():
    with pytest.raises(Unreadable):
        list(ods.read(io.BytesIO(make.odt("<text:p>a</text:p>")), Limits()))
