"""Long files row by row: the same words as a whole reading gives, in memory that stays small."""

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from core.intake.builders import make_strict, ods
from goldenthread import intake
from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake import LeftOut, Limits, Record


def staff():
    file = openpyxl.Workbook()
    sheet = file.active
    sheet.title = "Staff"
    sheet.append(["Grade", "Started", "Share", "Note", None, "Yes"])
    sheet.append([5, dt.date(2026, 3, 1), 0.125, " two\n lines ", None, True])
    sheet.append([None])
    sheet.append(["Q1", dt.datetime(2026, 3, 1, 9, 30), 1234.5, "£2m", "x", False])
    sheet["B2"].number_format = "mmm-yy"
    sheet["B4"].number_format = "m/d/yy h:mm"
    sheet["C2"].number_format, sheet["C4"].number_format = "0%", "#,##0.00"
    sheet["A2"].comment = Comment("secret", "someone")
    return file


def saved(tmp_path, file, name="staff.xlsx"):
    path = tmp_path / name
    file.save(path)
    return path


def read(path, limits=None):
    found = list(intake.rows(path, limits))
    records = [(each.values, each.place.row) for each in found if isinstance(each, Record)]
    return records, [each for each in found if isinstance(each, LeftOut)]


WORDS = [
    (("Grade", "Started", "Share", "Note", "", "Yes"), 1),
    (("5", "Mar-26", "13%", "two\nlines", "", "TRUE"), 2),
    (("Q1", "01/03/2026 09:30", "1,234.50", "£2m", "x", "FALSE"), 4),
]


def test_values_read_as_the_sheet_prints_them(tmp_path):
    assert read(saved(tmp_path, staff())) == (WORDS, [])


def held(path):
    found = intake.rows(path, as_held=True)
    return [(each.values, each.formulas) for each in found if isinstance(each, Record)]


def test_values_can_be_had_as_the_file_holds_them(tmp_path):
    file = staff()
    sheet = file.active
    sheet.append([42, dt.date(9999, 12, 31), 1 / 3, 24.300000000000001, 123456789012.25, -2])
    sheet["A5"].number_format, sheet["D5"].number_format = "000000", "0"
    assert held(saved(tmp_path, file)) == [
        (("Grade", "Started", "Share", "Note", "", "Yes"), ()),
        (("5", "2026-03-01", "0.125", "two\nlines", "", "TRUE"), ()),
        (("Q1", "2026-03-01 09:30:00", "1234.5", "£2m", "x", "FALSE"), ()),
        (("000042", "9999-12-31", "0.333333333333333", "24.3", "123456789012.25", "-2"), ()),
    ]


def test_a_date_after_the_calendar_is_the_number_that_the_file_holds(tmp_path):
    file = openpyxl.Workbook()
    file.active.append(["Started"])
    for serial in (-5, 3_000_000):
        file.active.append([serial])
    for row in (2, 3):
        file.active.cell(row, 1).number_format = "dd/mm/yyyy"
    assert held(saved(tmp_path, file)) == [
        (("Started",), ()), (("1899-12-25",), ()), (("3000000",), ())
    ]  # fmt: skip


def test_a_sheet_of_which_only_what_it_prints_is_read_is_refused(tmp_path):
    path = tmp_path / "staff.ods"
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{words}</text:p></table:table-cell>"
        "</table:table-row>"
        for words in ("Hourly pay", "22")
    )
    path.write_bytes(ods(f'<table:table table:name="Pay">{rows}</table:table>'))
    assert [each.values for each in intake.rows(path)] == [("Hourly pay",), ("22",)]
    with pytest.raises(Unreadable, match="may be rounded"):
        held(path)


def test_columns_whose_value_a_formula_gave_are_named(tmp_path):
    file = openpyxl.Workbook()
    file.active.append(["Hours", "FTE", "Staff number"])
    file.active.append([37, "=A2/37", "=1+1"])
    file.active.append([37, 1, "x"])
    path = saved(tmp_path, file)
    assert held(path) == [
        (("Hours", "FTE", "Staff number"), ()), (("37",), (2, 3)), (("37", "1", "x"), ())
    ]  # fmt: skip
    file.active.column_dimensions["B"].hidden = True
    assert held(saved(tmp_path, file))[1] == (("37",), (3,))


def test_text_that_is_none_says_in_which_line(tmp_path):
    path = tmp_path / "staff.csv"
    for content in (b"a,b\n1,\0\n", b"a,b\n" * 50_000 + b"\0", b"a\n\xc3\xa9\n\xe9\x81\n"):
        path.write_bytes(content)
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert refused.value.place == Place(row=1 + content.rstrip(b"\n").count(b"\n"))


def test_rows_hold_the_same_words_as_a_whole_reading(tmp_path):
    path = saved(tmp_path, staff())
    (table,) = intake.read(path).tables
    whole = []
    for row in table.rows:
        values = {cell.column: cell.text for cell in row.cells}
        if any(values.values()):
            width = max(values)
            whole.append((tuple(values.get(n, "") for n in range(1, width + 1)), row.place.row))
    assert read(path)[0] == whole


def test_the_strict_form_is_read_alike(tmp_path):
    stream = io.BytesIO()
    staff().save(stream)
    path = tmp_path / "strict.xlsx"
    path.write_bytes(make_strict(stream.getvalue()))
    assert read(path)[0] == WORDS


def test_what_is_hidden_is_left_out_and_named(tmp_path):
    file = staff()
    sheet = file.active
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["D"].hidden = True
    for state in ("hidden", "veryHidden"):
        secret = file.create_sheet(state)
        secret["A1"], secret.sheet_state = "secret", state
    records, left = read(saved(tmp_path, file))
    assert records == [
        (("Grade", "Started", "Share", "", "", "Yes"), 1),
        (("Q1", "01/03/2026 09:30", "1,234.50", "", "x", "FALSE"), 4),
    ]
    assert [(each.code, each.place) for each in left] == [
        ("hidden_row", Place(sheet="Staff", row=2)),
        ("hidden_column", Place(sheet="Staff", column=4)),
        ("hidden_sheet", Place(sheet="hidden")),
        ("hidden_sheet", Place(sheet="veryHidden")),
    ]


def test_every_sheet_comes_in_turn_with_its_name(tmp_path):
    file = staff()
    file.create_sheet("Leavers").append(["Grade"])
    found = [each for each in intake.rows(saved(tmp_path, file)) if isinstance(each, Record)]
    assert [each.place.sheet for each in found] == ["Staff"] * 3 + ["Leavers"]


def test_values_parted_by_commas_come_row_by_row(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_bytes('Grade;Note\n5;"two\nlines"\n\n;\n6;£2m;;\n'.encode("cp1252"))
    records, left = read(path)
    assert records == [(("Grade", "Note"), 1), (("5", "two\nlines"), 2), (("6", "£2m"), 5)]
    assert [each.code for each in left] == ["encoding"]


def test_a_record_says_how_many_values_it_has_as_written(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("a,b,\n1\n1,,,\n")
    assert [(each.values, each.width) for each in intake.rows(path)] == [
        (("a", "b"), 3), (("1",), 1), (("1",), 4)
    ]  # fmt: skip


def test_tables_of_other_kinds_of_file_are_taken_apart(tmp_path):
    path = tmp_path / "plan.html"
    path.write_text("<p>Title</p><table><tr><td>a<td>b<tr><td><td>c<tr><td></table>")
    assert read(path)[0] == [(("a", "b"), 1), (("", "c"), 2)]


def test_many_rows_never_stand_in_memory_together(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("a,b\n" * 100_000)
    long = intake.rows(path)
    first = next(long)
    assert isinstance(first, Record)
    assert first.values == ("a", "b")
    long.close()  # and the child ends with it
    assert sum(isinstance(each, Record) for each in intake.rows(path)) == 100_000


@pytest.mark.parametrize(
    ("limits", "where"),
    [
        (Limits(rows=2), "row 3"),
        (Limits(columns=4), "row 1"),
        (Limits(cells=12), "row 4"),
        (Limits(cell_characters=4), "column A"),
    ],
)
def test_a_limit_names_the_row_that_passes_it(tmp_path, limits, where):
    path = saved(tmp_path, staff())
    with pytest.raises(Unsafe) as refused:
        list(intake.rows(path, limits))
    assert str(refused.value).startswith("staff.xlsx: ")
    assert where in str(refused.value)


def test_a_damaged_book_is_refused_with_its_name(tmp_path):
    path = tmp_path / "staff.xlsx"
    path.write_bytes(saved(tmp_path, staff(), "whole.xlsx").read_bytes()[:-200])
    with pytest.raises(Unreadable, match=r"^staff\.xlsx: "):
        list(intake.rows(path))
