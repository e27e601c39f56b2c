"""The whole road of a file: opened, sent through the child, checked, given back as a Document."""

import hashlib

import docx
import pytest

from goldenthread import intake
from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake import Limits, parent, wire


def test_a_word_table_comes_back_as_it_was_written(tmp_path):
    file = docx.Document()
    file.add_heading("Action plan", 1)
    table = file.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Action", "Lead"
    table.cell(1, 0).text, table.cell(1, 1).text = "Publish the pay gap", "Head of HR"
    path = tmp_path / "plan.docx"
    file.save(path)

    read = intake.read(path)

    assert (read.file, read.format) == ("plan.docx", "docx")
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (read.blocks[0].text, read.blocks[0].heading) == ("Action plan", 1)
    cell = read.tables[0].rows[1].cells[1]
    assert (cell.text, cell.place) == ("Head of HR", Place(table=1, row=2, column=2))


def test_a_wrong_extension_is_read_by_what_the_file_is(tmp_path):
    file = docx.Document()
    file.add_paragraph("Words")
    path = tmp_path / "plan.txt"
    file.save(path)
    assert intake.read(path).format == "docx"


@pytest.mark.parametrize("name", ["missing.docx", ".", "a\0b.docx", "x" * 300])
def test_what_is_no_file_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(Unreadable):
        intake.read(f"{tmp_path}/{name}")


def test_progress_is_told_how_much_has_been_read(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("a,b\n" + "1,2\n" * 1200)
    told = []
    intake.read(path, progress=told.append)
    assert told == [500, 1000, 1201]


def test_every_item_survives_the_wire():
    at = Place(page=1, table=2, row=3)
    words = intake.Paragraph("Train", None, 1, "a", True, at.at(column=2, paragraph=4))
    cells = (
        intake.Cell(1, (intake.Paragraph("1", place=at.at(column=1)),), place=at.at(column=1)),
        intake.Cell(2, (words,), 2, 3, "FFC000", True, at.at(column=2, page=2)),
    )
    table = intake.Table((intake.Row(cells, True, True, at),), "Sheet", Place(table=2))
    left = intake.LeftOut("hidden_row", "A hidden row was left out.", at)
    items = [intake.Paragraph("", heading=2, place=Place(paragraph=1)), table, left]

    sent = [wire.encode(m) for item in items for m in wire.messages(item)]
    blocks, left_out = parent.gather(wire.item(wire.decode(line)) for line in sent)

    assert [*blocks, *left_out] == items


def test_limits_reach_the_child(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("a,b\n" + "1,2\n" * 20)
    with pytest.raises(Unsafe) as refused:
        intake.read(path, Limits(rows=10))
    assert refused.value.rule == "limit"
    assert str(refused.value).startswith("staff.csv: The file holds more than 10 rows.")
