"""What changed beside the promises: heard, chosen, signed, pledged, recommended, closed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from editions import AS_AT, edition, editions
from goldenthread.plan import edition as ed

EARLIER = date(2026, 6, 30)
HEARD = ed.Heard("t1", "Who sits on panels", "some", "Only friends")
AREA = ed.Priority("P1", "Panels", "most", "some", True, "Named most")
PLEDGE = ed.Pledge("I will not speak first.", "Director", date(2026, 6, 1))
VISION = ed.Vision("Met with respect.", (ed.Signature("Director", date(2026, 6, 2)),))
ASKED = ed.Recommendation("1", "Mix every panel")


def told(before, after):
    old, new = edition(number=2, as_at=EARLIER, **before), edition(**after)
    return ed.changed(old, new).besides


def lines(before, after):
    return ed.besides_lines(told(before, after))


def kept(kept, on=AS_AT):
    return replace(PLEDGE, follow_ups=(ed.FollowUp(on, kept),))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"heard": (HEARD,)}, "1 theme newly heard"),
        (
            {"heard": (HEARD,)},
            {"heard": (replace(HEARD, weight="many"),)},
            "1 theme told otherwise",
        ),
        ({"heard": (HEARD,)}, {}, "1 theme no longer listed"),
        ({}, {"priorities": (AREA,)}, "1 priority chosen"),
        ({}, {"priorities": (replace(AREA, chosen=False),)}, "1 area weighed and not chosen"),
        (
            {"priorities": (replace(AREA, chosen=False),)},
            {"priorities": (AREA,)},
            "1 priority chosen after all",
        ),
        (
            {"priorities": (AREA,)},
            {"priorities": (replace(AREA, chosen=False),)},
            "1 priority given up",
        ),
        (
            {"priorities": (AREA,)},
            {"priorities": (replace(AREA, hardness="less"),)},
            "1 priority placed anew",
        ),
        ({"priorities": (AREA,)}, {}, "1 priority no longer listed"),
        ({}, {"vision": VISION}, "The vision was signed"),
        (
            {"vision": VISION},
            {"vision": replace(VISION, words="Otherwise")},
            "The vision has other words",
        ),
        (
            {"vision": VISION},
            {"vision": replace(VISION, signed=(*VISION.signed, ed.Signature("Head", AS_AT)))},
            "The vision was signed by another post",
        ),
        ({"vision": VISION}, {}, "The vision is no longer here"),
        ({}, {"pledges": (PLEDGE,)}, "1 pledge made"),
        ({"pledges": (PLEDGE,)}, {"pledges": (kept("kept"),)}, "1 pledge found kept"),
        (
            {"pledges": (PLEDGE,)},
            {"pledges": (kept("no_longer"),)},
            "1 pledge found not kept or given up",
        ),
        ({"pledges": (PLEDGE,)}, {}, "1 pledge no longer listed"),
        ({}, {"recommendations": (ASKED,)}, "1 recommendation is new"),
        ({"recommendations": (ASKED,)}, {}, "1 recommendation no longer listed"),
        ({}, {"closing": ed.Closing(AS_AT)}, "A planning was closed on 30 September 2026"),
    ],
)
def test_each_change_is_one_line(before, after, words):
    assert lines(before, after) == (words,)


def test_what_happened_after_the_day_of_an_edition_is_not_told():
    later = kept("kept", on=date(2026, 10, 1))
    assert not told({"pledges": (PLEDGE,)}, {"pledges": (later,)})


def test_a_pledge_that_was_taken_back_is_counted_and_never_named_again():
    found = told({"pledges": (PLEDGE,), "heard": (HEARD,)}, {})
    assert (found.pledges_gone, found.heard_gone) == (1, 1)
    assert PLEDGE.words not in repr(found)
    assert HEARD.name not in repr(found)


def test_a_planning_that_was_closed_before_is_not_closed_again():
    closed = ed.Closing(date(2026, 6, 1))
    assert not told({"closing": closed}, {"closing": closed})


def test_where_this_alone_changed_something_has_changed():
    found = ed.changed(edition(number=2, as_at=EARLIER), edition(pledges=(PLEDGE,)))
    assert ed.changed_headline(found) == "Nothing done, nothing newly late, no date moved"


@given(editions(), editions())
def test_what_is_told_stands_in_one_of_the_two_editions(old, new):
    found = ed.changed(old, new).besides
    assert set(found.heard) | set(found.heard_otherwise) <= set(new.heard)
    assert set(found.priorities) <= set(new.priorities)
    assert {one.after for one in (*found.decided, *found.placed)} <= set(new.priorities)
    assert set(found.pledges) | {one for one, _said in found.looked_at} <= set(new.pledges)
    assert set(found.recommended) <= set(new.recommendations)
    assert found.closing in (None, new.closing)
    for words in ed.besides_lines(found):
        assert "%(" not in words
