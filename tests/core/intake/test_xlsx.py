import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Color, Font, PatternFill

import core.intake.builders as make
from core.intake.builders import make_strict
from goldenthread.errors import Place, Unreadable
from goldenthread.intake import Limits, Table, xlsx
from goldenthread.intake.xlsx_print import printed


def book():
    file = openpyxl.Workbook()
    sheet = file.active
    sheet.title = "Plan"
    return file, sheet


def read(file):
    stream = io.BytesIO()
    file.save(stream)
    items = list(xlsx.read(stream, Limits()))
    tables = [item for item in items if isinstance(item, Table)]
    return tables, [item for item in items if not isinstance(item, Table)]


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_sheet_is_a_table_named_after_it_with_places_of_the_sheet():
    file, sheet = book()
    sheet["B3"], sheet["C3"], sheet["B5"] = "Action", "Lead", "Publish"
    [table], left = read(file)
    assert (table.title, left) == ("Plan", [])
    assert texts(table) == [["Action", "Lead"], [], ["Publish"]]
    assert table.rows[0].cells[1].column == 2
    assert table.rows[0].cells[1].place == Place(sheet="Plan", row=3, column=3)


def test_merged_cells_say_what_they_cover():
    file, sheet = book()
    for row in range(1, 5):
        for column in range(1, 4):
            sheet.cell(row, column, f"{row}{column}")
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A4")
    [table], _ = read(file)
    assert (table.rows[0].cells[0].column_span, len(table.rows[0].cells)) == (3, 1)
    assert table.rows[1].cells[0].row_span == 3
    assert texts(table)[2:] == [["32", "33"], ["42", "43"]]


def test_a_hidden_row_under_a_merged_cell_is_not_counted():
    file, sheet = book()
    for row in range(1, 4):
        sheet.cell(row, 1, "Objective"), sheet.cell(row, 2, f"Action {row}")
    sheet.merge_cells("A1:A3")
    sheet.row_dimensions[2].hidden = True
    [table], left = read(file)
    assert table.rows[0].cells[0].row_span == 2
    assert texts(table) == [["Objective", "Action 1"], ["Action 3"]]
    assert [(note.code, note.place) for note in left] == [
        ("hidden_row", Place(sheet="Plan", row=2))
    ]


def test_hidden_rows_columns_and_sheets_are_named_and_never_read():
    file, sheet = book()
    for row in range(1, 6):
        for column in range(1, 6):
            sheet.cell(row, column, f"{row}{column}")
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions.group("B", "D", hidden=True)
    file.create_sheet("Names").append(["secret"])
    file["Names"].sheet_state = "veryHidden"
    [table], left = read(file)
    assert texts(table) == [["11", "15"], ["41", "45"], ["51", "55"]]
    assert [(note.code, note.message) for note in left] == [
        ("hidden_row", "2 hidden rows were left out."),
        ("hidden_column", "3 hidden columns were left out."),
        ("hidden_sheet", "A hidden sheet was left out."),
    ]


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (PatternFill("solid", fgColor="FFFFC000"), "FFC000"),
        (PatternFill("solid", fgColor=Color(theme=4)), "4F81BD"),
        (PatternFill("solid", fgColor=Color(theme=4, tint=0.6)), "B9CDE5"),
        (PatternFill("solid", fgColor=Color(indexed=10)), "FF0000"),
        (PatternFill("solid", fgColor="FFFFFFFF"), None),
        (PatternFill("gray125"), None),
    ],
)
def test_the_colour_behind_a_cell_is_kept(fill, colour):
    file, sheet = book()
    sheet["A1"] = "G"
    sheet["A1"].fill = fill
    [table], _ = read(file)
    assert table.rows[0].cells[0].fill == colour


def test_rules_that_compare_with_a_word_give_their_colour():
    file, sheet = book()
    for row, word in enumerate(("Red", "Green", "Late", "Done"), 1):
        sheet.cell(row, 1, word), sheet.cell(row, 2, word)
    red, green = PatternFill(bgColor="FFFF0000"), PatternFill(bgColor="FF00B050")
    sheet.conditional_formatting.add("A1:A4", CellIsRule("equal", ['"red"'], fill=red))
    sheet.conditional_formatting.add("A1:A4", FormulaRule(['$A1="Done"'], fill=green))
    found = FormulaRule(['NOT(ISERROR(SEARCH("late",B1)))'], fill=red)
    sheet.conditional_formatting.add("B1:B4", found)
    [table], left = read(file)
    assert [[cell.fill for cell in row.cells] for row in table.rows] == [
        ["FF0000", None],
        [None, None],
        [None, "FF0000"],
        ["00B050", None],
    ]
    assert left == []


def test_rules_that_need_calculation_are_named():
    file, sheet = book()
    sheet["A1"] = 5
    red = PatternFill(bgColor="FFFF0000")
    sheet.conditional_formatting.add("A1:A4", FormulaRule(["TODAY()>A1"], fill=red))
    sheet.conditional_formatting.add("A1:A4", DataBarRule("min", None, "max", None, "FF0000"))
    _, left = read(file)
    assert [note.code for note in left] == ["colour_rule"]


def test_struck_out_words_and_comments_are_left_out_and_named():
    file, sheet = book()
    sheet["A1"] = "gone"
    sheet["A1"].font = Font(strike=True)
    sheet["B1"] = CellRichText("keep ", TextBlock(InlineFont(strike=True), "gone"), " too")
    sheet["B1"].comment = Comment("a secret", "somebody")
    [table], left = read(file)
    assert texts(table) == [["keep too"]]
    assert [note.code for note in left] == ["struck_out", "struck_out", "comment"]
    assert not any("gone" in note.message or "secret" in note.message for note in left)


def test_lines_and_bullets_in_a_cell_become_paragraphs_and_items():
    file, sheet = book()
    sheet["A1"] = "Train:\n• managers\n\n– members\n"
    [table], _ = read(file)
    assert [(p.text, p.list_level, p.marker) for p in table.rows[0].cells[0].paragraphs] == [
        ("Train:", None, None),
        ("managers", 0, "•"),
        ("", None, None),
        ("members", 0, "•"),
    ]


def test_a_filter_names_the_heading_row():
    file, sheet = book()
    for row in (["Plan"], ["Action", "Lead"], ["Publish", "HR"]):
        sheet.append(row)
    sheet.auto_filter.ref = "A2:B3"
    [table], _ = read(file)
    assert [row.header for row in table.rows] == [False, True, False]


def test_a_formula_without_a_saved_result_is_named():
    file, sheet = book()
    sheet["A1"], sheet["A2"] = "Total", "=1+1"
    _, left = read(file)
    assert [(note.code, note.place.row) for note in left] == [("uncalculated", 2)]


JULY = dt.datetime(2024, 7, 1)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (JULY, "mmm-yy", "Jul-24"),
        (JULY, "mm-dd-yy", "01/07/2024"),
        (JULY, "dd/mm/yyyy", "01/07/2024"),
        (JULY, "d-mmm-yy", "1-Jul-24"),
        (JULY, "mmmm yyyy", "July 2024"),
        (JULY, "dddd, d mmmm yyyy", "Monday, 1 July 2024"),
        (JULY, "[$-809]dd mmmm yyyy;@", "01 July 2024"),
        (JULY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "01 July 2024"),
        (JULY, '"by "mmmm yyyy', "by July 2024"),
        (JULY, '"day" yyyy', "day 2024"),
        (dt.datetime(2024, 7, 1, 14, 5), "d/m/yy h:mm", "1/7/24 14:05"),
        (dt.datetime(2024, 7, 1, 14, 5), "h:mm AM/PM", "2:05 PM"),
        (dt.time(9, 30), "hh:mm:ss", "09:30:00"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00:00"),
        (45474, "General", "45474"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "£#,##0", "£1,235"),
        (-3, '"£"#,##0;[Red]-"£"#,##0', "-£3"),
        (-3, "#,##0_);(#,##0)", "(3)"),
        (7, "000", "007"),
        (1.5, "0.##", "1.5"),
        (2.0, '0 "posts"', "2 posts"),
        (1500000, '0.0,,"m"', "1.5m"),
        (0, "0;-0;", ""),
        (5, ";;;", ""),
        (True, "General", "TRUE"),
        ("words", "@", "words"),
        ("words", "0.00", "words"),
        (None, "General", ""),
        (float("inf"), "0", "#NUM!"),
    ],
)
def test_a_value_reads_as_the_sheet_prints_it(value, form, shown):
    assert printed(value, form) == shown


def test_the_strict_form_of_a_workbook_is_read_as_the_usual_one():
    file, sheet = book()
    sheet.append(["No.", "When"])
    sheet.append([1, dt.datetime(2026, 3, 1)])
    sheet["B2"].number_format = "mmm-yy"
    sheet["A2"].fill = PatternFill("solid", fgColor="FFC000")
    stream = io.BytesIO()
    file.save(stream)
    strict = make_strict(stream.getvalue())
    assert strict != stream.getvalue()
    assert list(xlsx.read(io.BytesIO(strict), Limits())) == list(xlsx.read(stream, Limits()))
    assert read(file)[0][0].rows[1].cells[1].text == "Mar-26"


def test_rows_printed_on_every_page_are_headings():
    file, sheet = book()
    for words in ("Plan", "Ref", "", "1"):
        sheet.append([words, words])
    sheet.print_title_rows = "2:3"
    assert [row.header for row in read(file)[0][0].rows] == [False, True, True, False]


def test_rules_of_a_newer_kind_are_named():
    space = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    rules = (
        f"<extLst><ext uri='{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}' {space}>"
        "<x14:conditionalFormattings><x14:conditionalFormatting/></x14:conditionalFormattings>"
        "</ext></extLst>"
    )
    content = make.xlsx(f"<sheetData>{make.number('A1')}</sheetData>{rules}")
    items = list(xlsx.read(io.BytesIO(content), Limits()))
    assert [item.code for item in items if not isinstance(item, Table)] == ["colour_rule"]


@pytest.mark.parametrize("what", ["fontId", "fillId", "numFmtId"])
def test_a_style_that_names_what_is_not_there_is_damage_and_says_so(what):
    file, sheet = book()
    sheet.append(["No.", 1])
    sheet["B1"].number_format = "mmm-yy"
    stream = io.BytesIO()
    file.save(stream)
    with zipfile.ZipFile(stream) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before, cells, after = parts["xl/styles.xml"].partition(b"<cellXfs")
    cells += re.sub(rf'{what}="\d+"'.encode(), f'{what}="900"'.encode(), after)
    parts["xl/styles.xml"] = before + cells
    with pytest.raises(Unreadable, match="a style names a font, fill or format that is not there"):
        list(xlsx.read(io.BytesIO(make.packed(parts.items())), Limits()))
