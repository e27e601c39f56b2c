"""Scans: refused with advice, or read by a program of the system and marked as uncertain."""

import io
import os
import subprocess
import sys

import pypdfium2
import pytest
from PIL import Image

from core.intake.pdf_writer import PdfPage, pdf, scanned
from goldenthread import intake
from goldenthread.documents import read_plan
from goldenthread.errors import Place, Unreadable, Unsafe
from goldenthread.intake import Limits, letters

XS = (40, 110, 300, 440, 560)
ROWS = [
    ("Ref", "Recommendation", "Action", "Timescale"),
    ("11", "Publish the pay gap", "Publish by ethnicity", "31 March 2027"),
    ("12", "Train managers", "Train every manager", "30 June 2027"),
]


def plan():
    page = PdfPage().fill(440, 180, 560, 220, (1, 0.8, 0)).grid(XS, [100, 140, 180, 220])
    for number, row in enumerate(ROWS):
        for x, words in zip(XS, row, strict=False):
            page.text(x + 6, 112 + 40 * number, words, size=12)
    return page


def put(tmp_path, content, name="scan.pdf"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


needs_tesseract = pytest.mark.needs_program("tesseract", "tesseract-ocr")


@needs_tesseract
def test_a_scanned_table_is_read_and_says_that_it_may_err(tmp_path):
    read = intake.read(put(tmp_path, scanned(pdf(plan()))))
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(r) for r in ROWS]
    assert [[cell.fill for cell in row.cells] for row in table.rows] == [
        [None] * 4,
        [None] * 4,
        [None, None, None, "FFCC00"],
    ]
    assert read.recognised
    assert [(left.code, left.place) for left in read.left_out] == [("recognised", Place(page=1))]


@needs_tesseract
def test_a_page_that_is_a_picture_among_others_is_read_as_well(tmp_path):
    words = PdfPage().text(50, 100, "The words of the first page", size=12)
    one, two = pdf(words), scanned(pdf(PdfPage().text(50, 100, "Words of a picture", size=14)))
    both = put(tmp_path, _joined(one, two))
    read = intake.read(both)
    assert [b.text for b in read.blocks] == ["The words of the first page", "Words of a picture"]
    assert [(left.code, left.place.page) for left in read.left_out] == [("recognised", 2)]


def _joined(*files):
    whole = pypdfium2.PdfDocument.new()
    for each in files:
        whole.import_pages(pypdfium2.PdfDocument(each))
    stream = io.BytesIO()
    whole.save(stream)
    return stream.getvalue()


@needs_tesseract
def test_every_action_of_a_scanned_plan_is_marked_as_uncertain(tmp_path):
    draft = read_plan(put(tmp_path, scanned(pdf(plan()))))
    actions = [a for rec in draft.plan.recommendations for a in rec.actions]
    assert [a.text for a in actions] == ["Publish by ethnicity", "Train every manager"]
    assert {a.confidence for a in actions} == {"low"}
    assert "recognised" in {warning.code for warning in draft.warnings}


def test_without_the_program_a_scan_is_refused_with_advice(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match="scan: its pages are pictures") as refused:
        intake.read(put(tmp_path, scanned(pdf(plan()))))
    assert "Word file" in refused.value.do


@needs_tesseract
def test_more_pictures_than_the_limit_are_refused(tmp_path):
    path = put(tmp_path, scanned(pdf(plan(), plan()), dots=20))
    with pytest.raises(Unsafe) as refused:
        intake.read(path, Limits(pictures=1))
    assert (refused.value.rule, refused.value.place) == ("limit", Place(page=1))


@needs_tesseract
@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 99])
def test_what_is_no_picture_gives_no_words(content):
    assert letters.recognise(content, Limits()) == []


@needs_tesseract
def test_a_picture_that_takes_too_much_gives_no_words_or_is_refused():
    page = letters.picture(bytes(4_000_000), 2_000, 2_000)
    assert letters.recognise(page, Limits(memory=60_000_000)) == []


def test_the_program_is_shut_in_before_it_begins(tmp_path):
    limits = '{"memory":300000000,"seconds":5}'
    probe = tmp_path / "probe"
    probe.write_text(
        f"#!{sys.executable} -I\nimport resource as r\n"
        "print(*(r.getrlimit(k)[0] for k in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE)))\n"
    )
    probe.chmod(0o755)
    command = [sys.executable, "-I", "-B", "-m", "goldenthread.intake.letters", limits, str(probe)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said == "300000000 5 0\n"


def test_a_picture_is_a_png_of_its_dots():
    made = Image.open(io.BytesIO(letters.picture(bytes((0, 128, 255, 7, 8, 9)), 3, 2)))
    assert (made.size, made.mode, made.tobytes()) == ((3, 2), "L", bytes((0, 128, 255, 7, 8, 9)))


def test_an_answer_to_nobody_is_not_waited_for():
    hears, tells = os.pipe()
    os.close(hears)
    letters.answer(tells, [letters.Seen("Plan", 0, 0, 1, 1, 90)], Limits(seconds=1))
    os.close(tells)
