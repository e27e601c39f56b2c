import pytest

from goldenthread.documents.keys import Key, colour_name, colour_word, read_key
from goldenthread.intake import Cell, Document, Paragraph, Row, Table


def document(*blocks):
    return Document("plan.docx", "docx", "0" * 64, blocks)


@pytest.mark.parametrize(
    ("fill", "name"),
    [
        ("FF0000", "red"), ("FF5050", "red"), ("C00000", "red"), ("FFC000", "amber"),
        ("FFFF00", "amber"), ("ED7D31", "amber"), ("92D050", "green"), ("00B050", "green"),
        ("8DB3E2", "blue"), ("0070C0", "blue"), ("7030A0", "purple"), ("D9D9D9", None),
        ("FFFFFF", None), ("000000", None), (None, None), ("odd", None),
    ],
)  # fmt: skip
def test_colour_name_of_the_fills_that_offices_use(fill, name):
    assert colour_name(fill) == name


def test_a_printed_colour_is_a_colour_and_a_status_is_not():
    assert (colour_word("Green"), colour_word("b"), colour_word("Not started")) == (
        "green", "blue", None,
    )  # fmt: skip


def test_the_documents_own_key_is_read_from_a_sentence():
    key = read_key(
        document(
            Paragraph(
                "Rating key: B = finished; G = on course; A = some slippage; R = off course; "
                "no colour = not begun."
            )
        )
    )
    assert {mark: key.meanings[mark] for mark in "bgar"} == {
        "b": "completed", "g": "in_progress", "a": "in_progress", "r": "delayed",
    }  # fmt: skip
    assert key.without_colour == "not_started"


def test_the_documents_own_key_is_read_from_a_coloured_table():
    rows = tuple(
        Row((Cell(1, (), fill=fill), Cell(2, (Paragraph(words),))))
        for fill, words in (("00B050", "Completed"), ("FFC000", "Overdue"))
    )
    key = read_key(document(Table(rows)))
    assert (key.meanings["green"], key.meanings["amber"]) == ("completed", "delayed")


def test_a_sentence_with_one_equals_sign_is_no_key():
    assert read_key(document(Paragraph("Our aim: a fair council. R = respect."))) == Key()


def test_without_a_key_colours_mean_what_they_usually_mean():
    key = Key()
    assert [key.status_of(rag, "") for rag in ("blue", "green", "amber", "red", None)] == [
        "completed", "in_progress", "in_progress", "delayed", None,
    ]  # fmt: skip


def test_words_in_a_status_cell_beat_its_colour():
    assert Key().status_of("green", "Not started") == "not_started"


def test_letters_that_are_no_colour_mean_what_a_key_says_of_them():
    rows = [("C", "Complete"), ("O", "On track"), ("L", "Late"), ("N", "Not started")]
    built = tuple(
        Row((Cell(1, (Paragraph(mark),)), Cell(2, (Paragraph(means),)))) for mark, means in rows
    )
    key = read_key(document(Table(built)))
    assert [key.status_of(None, mark) for mark in "COLN"] == [
        "completed",
        "in_progress",
        "delayed",
        "not_started",
    ]


def test_letters_that_explain_nothing_are_no_key():
    rows = tuple(
        Row((Cell(1, (Paragraph(mark),)), Cell(2, (Paragraph(means),))))
        for mark, means in [("UK", "United Kingdom"), ("HR", "Human resources")]
    )
    assert read_key(document(Table(rows))).meanings == {}


def test_a_key_needs_no_sign_between_a_colour_and_its_meaning():
    key = read_key(document(Paragraph("RAG key: Green on track, Amber some slippage, Red late")))
    assert {mark: key.meanings[mark] for mark in ("green", "amber", "red")} == {
        "green": "in_progress",
        "amber": "in_progress",
        "red": "delayed",
    }
