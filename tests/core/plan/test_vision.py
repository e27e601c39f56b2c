"""A vision: which version stands, whatever was written and signed before and after it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.vision import Signature, Version, finding, newest, standing

DAY = date(2026, 9, 22)
ON = date(2026, 11, 20)
POSTS = ("Director", "Head of Tenancy Services")


@st.composite
def histories(draw):
    """Versions in the order written, each asked of some posts and signed by some of those."""
    found = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        asked = draw(st.lists(st.sampled_from(POSTS), unique=True))
        signed = draw(st.lists(st.sampled_from(asked), unique=True)) if asked else []
        signatures = tuple(Signature(post, DAY) for post in signed)
        found.append(Version(number, f"Version {number}", tuple(asked), signatures))
    return found


def signed(number, *posts, again=date(2027, 9, 30)):
    return Version(number, "Same respect", posts, tuple(Signature(p, DAY) for p in posts), again)


@given(histories())
def test_the_newest_version_that_all_have_signed_stands(history):
    found = None
    for one in history:
        if one.asked and {s.post for s in one.signatures} >= set(one.asked):
            found = one
    assert standing(history) is found
    assert newest(history) is (history[-1] if history else None)


@given(histories(), st.text(min_size=1))
def test_a_later_version_that_is_not_signed_never_takes_the_place_of_a_signed_one(history, words):
    stood = standing(history)
    for later in (
        Version(99, words),
        Version(99, words, POSTS),
        Version(99, words, POSTS, (Signature(POSTS[0], DAY),)),
    ):
        assert standing([*history, later]) is stood


def test_a_version_that_nobody_was_asked_to_sign_is_a_draft():
    version = Version(1, "Same respect", (), (Signature("Director", DAY),))
    assert (version.state, version.signed_on) == ("draft", None)


def test_a_version_is_signed_on_the_day_of_the_last_signature_that_it_took():
    both = (Signature(POSTS[1], date(2026, 9, 24)), Signature(POSTS[0], DAY))
    version = Version(1, "Same respect", POSTS, both)
    assert (version.state, version.signed_on) == ("signed", date(2026, 9, 24))
    waiting = Version(1, "Same respect", POSTS, both[:1])
    assert (waiting.state, waiting.waiting, waiting.signed_on) == ("to_sign", POSTS[:1], None)


@pytest.mark.parametrize(
    ("history", "told"),
    [
        ([], "Housing has no vision yet"),
        ([Version(1, "Same respect")], "Housing: the vision is a draft"),
        ([Version(1, "Same respect", POSTS)], "Housing: the vision waits for 2 signatures"),
        ([signed(1, "Director")], "Housing: vision signed 22 September 2026"),
        (
            [signed(1, "Director"), Version(2, "Respect", ("Director",))],
            "Housing: vision signed 22 September 2026; a later version waits for 1 signature",
        ),
        (
            [signed(1, "Director", again=date(2026, 10, 1))],
            "Housing: vision signed 22 September 2026; it was to be read again on 1 October 2026",
        ),
    ],
)
def test_a_reader_is_told_what_stands_and_what_is_wanting(history, told):
    assert finding("Housing", history, ON) == told
