"""Where an action stands, and how far it has slipped since the first promise."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from editions import AS_AT, action, days, edition, editions
from goldenthread.plan import edition as ed

EARLY, PAST, SOON = date(2025, 12, 31), date(2026, 6, 30), date(2027, 3, 31)
TROUBLE = ed.Update(AS_AT, "18 of 40 places have money.", outlook="at_risk")
GONE = ed.Withdrawal(date(2026, 7, 31), "The law changed.")
FINE = ed.Update(AS_AT, "All directors are paired.", outlook="on_track")


@pytest.mark.parametrize(
    ("parts", "standing"),
    [
        ({"due": SOON}, "on_track"),
        ({"due": AS_AT}, "on_track"),
        ({"due": PAST}, "late"),
        ({"due": PAST, "moved_to": [SOON]}, "late"),
        ({"due": SOON, "moved_to": [date(2027, 9, 30)]}, "at_risk"),
        ({"due": SOON, "moved_to": [date(2026, 12, 31)]}, "on_track"),
        ({"due": SOON, "updates": (TROUBLE,)}, "at_risk"),
        ({"due": PAST, "updates": (FINE,)}, "late"),
        ({"due": PAST, "done_on": date(2026, 9, 1)}, "done"),
        ({"due": PAST, "done_on": date(2026, 10, 1)}, "late"),
        ({"due": date(2028, 3, 31), "starts_on": date(2027, 4, 1)}, "not_due"),
        ({"starts_on": date(2027, 4, 1), "updates": (TROUBLE,)}, "at_risk"),
        ({"repeats": "Every quarter", "next_review": SOON}, "on_track"),
        ({"repeats": "Every quarter", "next_review": PAST}, "at_risk"),
        ({}, "on_track"),
        ({"due": PAST, "withdrawn": GONE}, "withdrawn"),
        ({"withdrawn": GONE, "updates": (TROUBLE,)}, "withdrawn"),
        ({"withdrawn": ed.Withdrawal(date(2026, 10, 1))}, "on_track"),
        ({"due": PAST, "done_on": PAST, "withdrawn": GONE}, "done"),
    ],
)
def test_standing_counts_late_from_the_first_promise(parts, standing):
    assert ed.standing(action(**parts), AS_AT) == standing


def test_standing_looks_back_without_knowing_what_came_later():
    moved = action(due=EARLY, moved_to=[SOON], done_on=AS_AT)
    assert ed.standing(moved, date(2025, 12, 1)) == "at_risk"
    assert ed.standing(moved, date(2025, 10, 1)) == "on_track"
    assert ed.standing(moved, date(2026, 1, 1)) == "late"
    assert ed.standing(moved, AS_AT) == "done"


def test_an_update_speaks_of_the_quarter_it_is_about_though_it_is_given_later():
    late_answer = ed.Update(date(2026, 10, 8), "Half funded.", outlook="at_risk", about=AS_AT)
    assert ed.standing(action(due=SOON, updates=(late_answer,)), AS_AT) == "at_risk"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"due": EARLY, "moved_to": [PAST, SOON]}, "15 months later"),
        ({"due": PAST}, "3 months late, no new date"),
        ({"due": PAST, "moved_to": [date(2026, 9, 20)]}, "3 months late, no new date"),
        ({"due": EARLY, "done_on": date(2026, 2, 27)}, "2 months late"),
        ({"due": EARLY, "done_on": date(2026, 1, 12)}, "12 days late"),
        ({"due": EARLY, "done_on": date(2026, 4, 1)}, "3 months late"),
        ({"due": SOON, "moved_to": [date(2027, 9, 30)]}, "6 months later"),
        ({"due": PAST, "withdrawn": GONE}, "1 month after the date first promised"),
    ],
)
def test_slipped_says_how_far_behind_the_first_promise(parts, words):
    assert ed.slip_words(ed.slipped(action(**parts), AS_AT)) == words


@pytest.mark.parametrize(
    "parts",
    [{}, {"due": SOON}, {"due": EARLY, "done_on": EARLY}, {"due": SOON, "withdrawn": GONE}],
)
def test_slipped_is_nothing_for_what_is_in_time(parts):
    assert ed.slipped(action(**parts), AS_AT) is None


def test_slipped_is_the_whole_value_with_its_moves():
    found = ed.slipped(action(due=EARLY, moved_to=[PAST, SOON]), AS_AT)
    assert found == ed.Slip(EARLY, SOON, ed.Span(15, 0), 2, "promised")


@given(days, days)
def test_between_is_a_month_or_more_or_else_days(one, other):
    earlier, later = sorted((one, other))
    span = ed.between(earlier, later)
    assert span.months >= 0
    assert span.days in range(31) or span.months == 0
    assert (span.months == 0) == (span.days == (later - earlier).days)
    assert abs((later - earlier).days - span.months * 30.44 - span.days) < 18


@given(editions())
def test_counts_add_up_and_each_action_has_one_standing(found):
    counts = ed.counts(found)
    assert sum(counts.of(standing) for standing in ed.STANDINGS) == counts.total
    assert counts.total == len(found.actions)
    assert counts.on_time + counts.done_late <= counts.done
    assert counts.late <= counts.should_be_done
    assert counts.given_up <= counts.withdrawn


def test_what_was_withdrawn_stays_in_the_total_and_in_what_should_be_done():
    counts = ed.counts(
        edition(
            action("A1", due=PAST, withdrawn=GONE),
            action("A2", due=SOON, withdrawn=GONE),
            action("A3", due=PAST),
        )
    )
    assert (counts.total, counts.withdrawn, counts.late) == (3, 2, 1)
    assert (counts.given_up, counts.should_be_done) == (1, 2)


@given(editions())
def test_by_theme_holds_every_action_once(found):
    assert sorted(a.id for _, actions in ed.by_theme(found) for a in actions) == sorted(
        a.id for a in found.actions
    )


@given(editions())
def test_by_recommendation_holds_every_recommendation_and_every_action(found):
    groups = ed.by_recommendation(found)
    assert [rec for rec, _ in groups if rec] == list(found.recommendations)
    assert {a.id for _, actions in groups for a in actions} == {a.id for a in found.actions}


@pytest.mark.parametrize(
    ("about", "quarters"),
    [(date(2026, 9, 30), 0), (date(2026, 6, 30), 1), (date(2026, 3, 31), 2)],
)
def test_silent_quarters_counts_whole_quarters_without_a_word(about, quarters):
    given_later = about + timedelta(days=10)
    said = ed.Update(given_later, "In hand.", about=about)
    assert ed.silent_quarters(action(updates=(said,)), AS_AT) == quarters


def test_silent_quarters_is_nothing_before_a_start_and_after_the_end():
    assert ed.silent_quarters(action(due=EARLY, done_on=PAST), AS_AT) == 0
    assert ed.silent_quarters(action(due=EARLY, starts_on=SOON), AS_AT) == 0
    assert ed.silent_quarters(action(due=EARLY, withdrawn=GONE), AS_AT) == 0
    assert ed.silent_quarters(action(due=EARLY), date(2026, 3, 31)) == 2


def test_same_words_counts_repeats_of_the_newest_update():
    quarters = [date(2026, 3, 31), PAST, AS_AT]
    said = ["We met.", "Discussions are continuing.", "discussions are  continuing"]
    updates = tuple(ed.Update(day, words) for day, words in zip(quarters, said, strict=True))
    assert ed.same_words(action(updates=updates), AS_AT) == 1
    assert ed.same_words(action(updates=updates[:2]), AS_AT) == 0


@pytest.mark.parametrize("id_", ["", "abc", "../etc", "A1B2C3", "a b c d", "-abcd", "a" * 41])
def test_an_id_that_cannot_be_an_address_is_refused(id_):
    with pytest.raises(ValueError, match="cannot be an address"):
        action(id=id_)


def test_an_edition_that_contradicts_itself_is_refused():
    with pytest.raises(ValueError, match="twice"):
        edition(action("A1"), action("A1"))
    with pytest.raises(ValueError, match="theme"):
        edition(action(theme="Z"))
    with pytest.raises(ValueError, match="recommendation"):
        edition(action(recommendations=("9",)))
    with pytest.raises(ValueError, match="order of time"):
        action(promises=(ed.Promise(PAST, SOON), ed.Promise(EARLY, SOON)))
