"""A typed figure is read where it can mean one thing alone; else it is asked about, or is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.typed_figures import not_so, read_figure, share_of

KINDS = ("share", "count", "rate", "number")


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("61", "share", "61"),
        (" 61.5 ", "share", "61.5"),
        ("0", "count", "0"),
        ("1234", "count", "1234"),
        (".5", "rate", "0.5"),
        ("100", "share", "100"),
    ],
)
def test_a_plain_figure_is_what_it_says(typed, kind, value):
    found = read_figure(typed, kind)
    assert (found.value, found.ask, found.wrong) == (Decimal(value), "", "")


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_a_blank_is_no_figure_and_no_fault(typed):
    found = read_figure(typed, "share")
    assert (found.value, found.ask, found.wrong) == (None, "", "")


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("12%", "share", "12"),
        ("12 %", "share", "12"),
        ("1,234", "count", "1234"),
        ("1 234", "count", "1234"),
        ("1,234.5", "number", "1234.5"),
        ("0.12", "share", "0.12"),
        ("-3", "number", "-3"),
        ("−3", "number", "-3"),
    ],
)
def test_what_can_mean_two_things_is_asked_about(typed, kind, value):
    found = read_figure(typed, kind)
    assert found.value == Decimal(value)
    assert found.ask.endswith("?")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        *(("lots", "share"), ("n/a", "count"), ("-", "share"), ("[x]", "count"), ("£5", "number")),
        *(("1,5", "number"), ("1,23,4", "count"), ("12%", "count"), ("1e5", "number")),
        *(("101", "share"), ("-1", "share"), ("-1", "count"), ("2.5", "count"), ("-1", "rate")),
        *(("1.00001", "number"), ("1000000000", "count"), ("∞", "number"), ("NaN", "number")),
        *(("٣", "count"), ("=1+1", "number"), ("+5", "number"), ("5 panels", "count")),
    ],
)
def test_what_is_no_figure_of_its_kind_is_said_to_be_none(typed, kind):
    found = read_figure(typed, kind)
    assert found.value is None
    assert found.wrong.endswith(".")


def test_a_figure_that_is_absurd_beside_the_others_is_asked_about():
    before = [Decimal(40), Decimal(44), Decimal(39)]
    assert "more than ten times" in read_figure("4100", "count", before).ask
    assert "less than a tenth" in read_figure("3", "count", before).ask
    assert read_figure("400", "count", before).ask == ""
    assert read_figure("0", "count", before).ask == ""
    assert read_figure("4100", "count", before[:2]).ask == ""


@given(typed=st.text(max_size=12), kind=st.sampled_from(KINDS))
def test_whatever_is_typed_it_is_read_asked_or_refused_and_never_repeated(typed, kind):
    found = read_figure(typed, kind)
    assert not (found.wrong and found.value is not None)
    if found.value is not None:
        assert not_so(found.value, kind) == ""
    # Whatever word is typed, the sentence is the one that any other would be told.
    if found.wrong and typed.strip().isalpha():
        assert found.wrong == read_figure("zzzzzz", kind).wrong


@given(value=st.decimals(0, 100, places=2), kind=st.sampled_from(("share", "number")))
def test_a_figure_printed_without_signs_is_read_as_itself(value, kind):
    assert read_figure(f"{value:f}", kind).value == value


@given(whole=st.integers(1, 5000), data=st.data())
def test_a_share_lies_within_half_a_decimal_of_the_true_one(whole, data):
    part = data.draw(st.integers(0, whole))
    found = share_of(Decimal(part), Decimal(whole), 1)
    assert abs(found - Decimal(100 * part) / whole) <= Decimal("0.0500001")


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (5, 0), (3, 2), (-1, 2), (1, -2)])
def test_a_share_that_cannot_be_is_refused_in_words(part, whole):
    assert share_of(Decimal(part), Decimal(whole), 0).endswith(".")


@pytest.mark.parametrize(("part", "whole"), [(1, None), (None, 2)])
def test_half_a_share_is_none(part, whole):
    given_ = [None if one is None else Decimal(one) for one in (part, whole)]
    assert "Give both, or neither" in share_of(*given_, 0)
