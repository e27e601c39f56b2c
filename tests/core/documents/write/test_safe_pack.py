"""A pack of safe tables: one table on a sheet, nothing blank or merged, markers explained."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from core.charts.examples import PANELS
from core.disclosure.released import COUNTS, INTERNAL, PERIOD, release, rounded_release, rows, spec
from goldenthread.disclosure import safe_tables
from goldenthread.disclosure.safe import to_csv
from goldenthread.disclosure.shorthand import MEANINGS
from goldenthread.documents import write_pack

ALIKE = {**COUNTS, "Resources": (70, 0, 0, 0)}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return safe_tables(release(tmp_path_factory.mktemp("pack") / "release", people=rows(ALIKE)))


@pytest.fixture(scope="module")
def book(tables):
    return openpyxl.load_workbook(io.BytesIO(write_pack(tables)))


def _grid(sheet):
    """The cells of a sheet's one table, as rows of values."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def test_there_is_a_cover_contents_notes_and_a_sheet_for_each_table(book):
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table_1", "Table_2"]
    assert [len(sheet.tables) for sheet in book] == [0, 1, 1, 1, 1]
    assert book.active.title == "Cover"


def test_nothing_is_merged_hidden_or_computed_and_no_cell_of_a_table_is_empty(book):
    for sheet in book:
        assert sheet.sheet_state == "visible" and not sheet.merged_cells.ranges
        assert not any(one.hidden for one in sheet.row_dimensions.values())
        assert not any(one.hidden for one in sheet.column_dimensions.values())
        assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)
        assert all(row[0].value not in (None, "") for row in sheet.iter_rows()), "a blank row"
        if sheet.tables:
            assert all(value not in (None, "") for row in _grid(sheet) for value in row)


def test_headings_follow_the_title_and_notes_without_a_gap_and_stay_in_sight(book):
    sheet = book["Table_1"]
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "Table 1. Staff of Brackenford: people and percentages by unit and ethnic group, 2026Q1",
        "This sheet holds one table of 25 rows. See the sheet Notes.",
        "26 figures are hidden so that nobody can be worked out, of 50 in this table.",
        f"[x] {MEANINGS['not_available']}; [c] {MEANINGS['confidential']}.",
    ]
    assert [cell.value for cell in sheet[5]] == [
        "Period", "Unit", "Ethnic group", "People", "% by ethnic group",
    ]  # fmt: skip
    assert sheet.freeze_panes == "D6"
    assert sheet.print_title_rows == "$5:$5"


def test_every_figure_is_a_number_and_every_other_a_marker(book, tables):
    for number, table in enumerate(tables, 1):
        held = _grid(book[f"Table_{number}"])[1:]
        assert len(held) == len(table.lines)
        for row, line in zip(held, table.lines, strict=True):
            assert row[: 1 + len(table.dims)] == [line.period, *line.codes]
            figures = row[1 + len(table.dims) :]
            assert figures == [one.marker or one.figure for one in line.figures]


def test_the_notes_explain_each_marker_that_stands_in_a_table(book):
    notes = dict(_grid(book["Notes"])[1:])
    assert notes["[c]"] == "Confidential: withheld so that nobody can be worked out."
    assert notes["[x]"] == "Not available."
    assert notes["Note 1"] == "No count from 1 to 4 is shown as it is."
    assert notes["0"] == "A true nought: there is nobody, or no difference."


def test_a_0_of_rounded_counts_is_not_called_a_true_nought(tmp_path):
    made = write_pack(safe_tables(rounded_release(tmp_path / "r")))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert dict(_grid(book["Notes"])[1:])["0"] == "Nobody, or so few that it rounds to nought."
    assert book["Cover"]["A2"].value == "Every count is rounded so that nobody can be worked out."


def test_the_contents_lead_to_each_sheet_and_count_what_is_hidden(book, tables):
    held = _grid(book["Contents"])[1:]
    assert [row[0] for row in held] == ["Table_1", "Table_2"]
    assert [row[2:] for row in held] == [[50, 26], [15, tables[1].hidden]]
    sheet = book["Contents"]
    assert [sheet.cell(row, 1).hyperlink.location for row in (4, 5)] == [
        "'Table_1'!A1", "'Table_2'!A1",
    ]  # fmt: skip


def test_the_cover_tells_how_much_is_hidden_and_the_fingerprint_of_the_release(book, tables):
    said = [row[0].value for row in book["Cover"].iter_rows()]
    hidden = sum(one.hidden for one in tables)
    assert said[:2] == [
        "Staff of Brackenford",
        f"{hidden} figures are hidden so that nobody can be worked out, of 65.",
    ]
    assert said[-1].endswith(tables[0].fingerprint)


def test_the_same_tables_give_the_same_bytes_and_nobody_is_named_in_them(tables):
    made = write_pack(tables, contact="Equalities", published=date(2026, 12, 1))
    assert made == write_pack(tables, contact="Equalities", published=date(2026, 12, 1))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core and "openpyxl" not in core


def test_csv_has_a_row_for_each_figure_behind_a_byte_order_mark(tables):
    made = write_pack(tables, "csv")
    assert made == b"\xef\xbb\xbf" + to_csv(tables).encode()
    read = list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"))))
    assert len(read) == 65 and all(all(row.values()) for row in read)
    assert {row["Period"] for row in read} == {PERIOD}


def test_a_name_that_a_spreadsheet_would_compute_stays_words(tmp_path):
    bad = "=HYPERLINK(1)"
    told = spec(name=bad)
    told["dims"]["org"]["children"]["Total"] = ["Adult care", "Children", "Place", bad]
    people = [
        row | {"directorate": bad if row["directorate"] == "Resources" else row["directorate"]}
        for row in rows()
    ]
    tables = safe_tables(release(tmp_path / "r", told, people))
    book = openpyxl.load_workbook(io.BytesIO(write_pack(tables)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in "sn" for cell in cells)
    held = [cell for cell in cells if cell.value == bad]
    assert held and all(cell.quotePrefix for cell in held)
    assert f'"\'{bad}"' in write_pack(tables, "csv").decode()


def test_two_columns_of_one_heading_are_told_apart(tmp_path):
    told = spec()
    told["dims"]["people"] = {"children": {"Total": ["A", "B"]}}
    told["tables"] = [{"name": "T", "dims": {"people": ["Total", "all"]}, "measures": ["count"]}]
    people = [row | {"people": "AB"[n % 2]} for n, row in enumerate(rows())]
    tables = safe_tables(release(tmp_path / "r", told, people))
    sheet = openpyxl.load_workbook(io.BytesIO(write_pack(tables)))["Table_1"]
    assert _grid(sheet)[0] == ["Period", "People", "People (2)"]
    assert _grid(sheet)[1] == [PERIOD, "Total", Decimal(308)]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("thing", [INTERNAL, PANELS, INTERNAL.rows, None])
def test_nothing_but_safe_tables_is_printed(tables, format, thing):
    with pytest.raises(TypeError, match="is a SafeTable"):
        write_pack([*tables, thing], format)


def test_a_pack_of_nothing_or_of_another_format_is_a_mistake(tables):
    for asked in (((), "xlsx"), (tables, "pdf")):
        with pytest.raises(ValueError):
            write_pack(*asked)
