"""An edition in sentences."""

from datetime import date

import pytest
from hypothesis import given

from editions import AS_AT, action, editions
from goldenthread.plan import edition as ed


def _counts(total, done, late):
    rest = total - done - late
    return ed.Counts(total, done, rest, 0, late, 0, 0, done, 0)


@pytest.mark.parametrize(
    ("total", "done", "late", "headline"),
    [
        (31, 9, 5, "We have kept 9 of our 31 promises. Five are late."),
        (31, 9, 1, "We have kept 9 of our 31 promises. One is late."),
        (31, 9, 0, "We have kept 9 of our 31 promises. None is late."),
        (31, 0, 31, "We have kept none of our 31 promises. Thirty-one are late."),
        (31, 31, 0, "We have kept all 31 of our promises."),
        (1, 1, 0, "We have kept our one promise."),
        (1, 0, 1, "We have not yet kept our one promise. It is late."),
        (1, 0, 0, "We have not yet kept our one promise. It is not late."),
        (0, 0, 0, "We have made no promises yet."),
    ],
)
def test_headline_is_the_finding_with_its_bad_half(total, done, late, headline):
    assert ed.headline(_counts(total, done, late)) == headline


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            ed.Counts(31, 9, 15, 0, 5, 0, 0, 9, 0, withdrawn=2),
            "We have kept 9 of our 31 promises. Five are late. Two were withdrawn.",
        ),
        (
            ed.Counts(3, 2, 0, 0, 0, 0, 0, 2, 0, withdrawn=1),
            "We have kept 2 of our 3 promises. None is late. One was withdrawn.",
        ),
        (ed.Counts(1, *[0] * 8, withdrawn=1), "We have withdrawn our one promise."),
    ],
)
def test_headline_says_what_was_withdrawn(counts, words):
    assert ed.headline(counts) == words


class _Marked:
    """Translations that show which sentences went through them."""

    def gettext(self, words):
        return f"«{words}»"

    def ngettext(self, one, many, number):
        return f"«{one if number == 1 else many}»"


@given(editions())
def test_every_sentence_goes_through_the_translations_that_were_given(found):
    say, at = _Marked(), found.as_at
    assert ed.headline(ed.counts(found), "subject", say=say).startswith("«")
    assert ed.changed_headline(ed.changed(found, found), say=say).startswith("«")
    for one in found.actions:
        assert "«" in ed.action_headline(one, at, say=say)
        assert [line for line in ed.state_lines(one, at, say=say) if "«" not in line] == []


def test_a_day_is_said_in_the_language_that_was_given():
    assert ed.day(AS_AT, say=_Marked()) == "«30 «September» 2026»"


def test_headline_says_what_the_promises_are_on():
    assert ed.headline(_counts(31, 9, 5), "race equality") == (
        "We have kept 9 of our 31 promises on race equality. Five are late."
    )


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ({"due": date(2027, 3, 31)}, ("Due 31 March 2027",)),
        (
            {"due": date(2026, 1, 30), "done_on": date(2026, 1, 30)},
            ("Done 30 January 2026, on time",),
        ),
        (
            {"due": date(2025, 12, 31), "done_on": date(2026, 2, 27)},
            ("Done 27 February 2026, 2 months late",),
        ),
        ({"done_on": date(2026, 2, 27)}, ("Done 27 February 2026",)),
        (
            {"due": date(2025, 12, 31), "moved_to": [date(2026, 6, 30), date(2027, 3, 31)]},
            (
                "15 months later, moved twice",
                "First promised 31 December 2025",
                "Now promised 31 March 2027",
            ),
        ),
        (
            {"due": date(2026, 6, 30)},
            ("3 months late, no new date", "First promised 30 June 2026"),
        ),
        (
            {
                "repeats": "Every quarter",
                "next_review": date(2027, 3, 31),
                "stops_when": "two surveys in a row show 80% feel heard",
            },
            ("Next review 31 March 2027; stops when two surveys in a row show 80% feel heard",),
        ),
        ({"starts_on": date(2027, 4, 1)}, ("Starts April 2027",)),
        ({}, ("No date promised",)),
        ({"withdrawn": ed.Withdrawal(date(2026, 7, 31))}, ("Withdrawn 31 July 2026",)),
        (
            {"due": date(2026, 6, 30), "withdrawn": ed.Withdrawal(date(2026, 7, 31))},
            (
                "Withdrawn 31 July 2026, 1 month after the date first promised",
                "First promised 30 June 2026",
            ),
        ),
    ],
)
def test_state_lines_say_dates_as_a_council_does(parts, lines):
    assert ed.state_lines(action(**parts), AS_AT) == lines


@pytest.mark.parametrize(
    ("parts", "headline"),
    [
        (
            {"due": date(2025, 12, 31), "moved_to": [date(2027, 3, 31)]},
            "Mixed panels: 15 months later than first promised",
        ),
        ({"due": date(2026, 6, 30)}, "Mixed panels: 3 months late, no new date"),
        ({"due": date(2027, 3, 31)}, "Mixed panels: on track for 31 March 2027"),
        (
            {"due": date(2026, 6, 30), "done_on": date(2026, 6, 30)},
            "Mixed panels: done 30 June 2026, on time",
        ),
        ({"repeats": "Every quarter"}, "Mixed panels: on track"),
        (
            {"withdrawn": ed.Withdrawal(date(2026, 7, 31))},
            "Mixed panels: withdrawn 31 July 2026",
        ),
    ],
)
def test_action_headline_is_the_finding_of_its_page(parts, headline):
    assert ed.action_headline(action(short="Mixed panels", **parts), AS_AT) == headline


def test_action_headline_says_how_far_it_has_come():
    panels = ed.Measure("Mixed panels", unit="%", target=100.0, readings=(ed.Reading(AS_AT, 61.0),))
    parts = {"short": "Mixed panels", "measures": (panels,)}
    assert ed.action_headline(action(due=date(2026, 6, 30), **parts), AS_AT) == (
        "Mixed panels: 61% so far, 3 months late, no new date"
    )
    done = action(due=AS_AT, done_on=AS_AT, **parts)
    assert ed.action_headline(done, AS_AT) == "Mixed panels: done 30 September 2026, on time"
