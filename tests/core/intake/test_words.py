import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.intake.words import split_bullet, tidy


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Head\u00a0of \tHR\u200b\r\n", "Head of HR"),
        ("co\u00adoperate", "cooperate"),
        ("\ufeffNo.", "No."),
        ("oﬃcer", "officer"),
        ("cafe\u0301", "café"),
        ("\x00\x07a\x0bb", "a b"),
        ("“End” – 2026 ½", "“End” – 2026 ½"),
        ("\u202eabc\ud800", "abc"),
        ("", ""),
    ],
)
def test_tidy_keeps_the_words_and_drops_what_nobody_sees(typed, read):
    assert tidy(typed) == read


@given(st.text())
def test_tidy_twice_is_tidy_once(text):
    assert tidy(tidy(text)) == tidy(text)


@given(st.text())
def test_tidy_leaves_one_line_without_outer_spaces(text):
    read = tidy(text)
    assert read == " ".join(read.split())


@pytest.mark.parametrize(
    ("typed", "marker", "words"),
    [
        ("• Train", "•", "Train"),
        ("•Train", "•", "Train"),
        ("\uf0b7\tTrain", "•", "Train"),
        ("- Train", "•", "Train"),
        ("– Train", "•", "Train"),
        ("* Train", "•", "Train"),
        ("(cid:127) Train", "•", "Train"),
        ("-5% by 2026", None, "-5% by 2026"),
        ("*note", None, "*note"),
        ("-", None, "-"),
        ("•", None, "•"),
        ("", None, ""),
    ],
)
def test_a_bullet_is_told_from_a_dash_by_the_space_after_it(typed, marker, words):
    assert split_bullet(typed) == (marker, words)
