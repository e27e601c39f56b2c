"""What happened since a committee met: the worked example, counted by hand."""

from dataclasses import replace
from datetime import date

import pytest

import editions
import papers
from goldenthread.plan import edition as ed
from goldenthread.plan import paper as pp


def numbers(found):
    return [getattr(one, "after", one).number for one in found]


@pytest.fixture
def facts():
    return papers.facts()


@pytest.fixture
def found(facts):
    return pp.since(facts)


def test_the_headline_has_the_bad_half_in_it(facts):
    assert pp.since_headline(facts) == (
        "Since you met on 10 June 2026: 2 actions done, 2 newly late, 4 dates moved, "
        "1 newly at risk, 1 new promise"
    )


def test_a_red_that_is_not_late_is_in_the_headline_too(facts):
    on = facts.as_at
    red = papers.said(on, "No trainer.", label="Red", colour="red")
    now = tuple(
        replace(one, updates=(*one.updates, red)) if one.number == "B4" else one
        for one in facts.now.actions
    )
    told = pp.since_headline(replace(facts, now=replace(facts.now, actions=now)))
    assert told.endswith(", 1 newly red")


def test_where_nothing_moved_the_headline_says_over_how_long(facts):
    alone = editions.edition(editions.action("A1", due=date(2027, 3, 31)))
    before = replace(alone, as_at=date(2026, 9, 29))
    assert pp.since_headline(replace(facts, led=(), now=alone, then=before)) == (
        "Since you met on 29 September 2026: nothing has moved. That is 1 action and 1 day."
    )


def test_the_headline_of_a_first_paper_says_how_it_stands(facts):
    assert pp.since_headline(replace(facts, then=None)) == "10 actions: 2 done, 4 late"


def test_what_was_done_is_told_with_and_without_evidence(found):
    assert numbers(found.evidenced) == ["C2"]
    assert numbers(found.bare) == ["C3"]


def test_new_trouble_is_told_with_its_recovery_or_without(found):
    assert [(t.pair.after.number, t.red, t.late) for t in found.troubled] == [
        ("B7", False, True),
        ("E3", True, True),
    ]
    assert [t.recovery for t in found.troubled] == [None, papers.RECOVERY]


def test_what_was_red_before_is_no_new_red(facts):
    red = papers.said(date(2026, 5, 1), "Red.", label="Red", colour="red")
    then = tuple(
        replace(one, updates=(red,), promises=()) if one.number == "E3" else one
        for one in facts.then.actions
    )
    now = tuple(
        replace(one, updates=(red, *one.updates), promises=()) if one.number == "E3" else one
        for one in facts.now.actions
    )
    facts = replace(facts, then=replace(facts.then, actions=then),
                    now=replace(facts.now, actions=now))  # fmt: skip
    assert [t.pair.after.number for t in pp.since(facts).troubled] == ["B7"]


def test_the_same_words_are_told_whatever_their_full_stop(found):
    assert numbers(found.repeated) == ["A3"]


def test_silence_is_that_nobody_spoke_since(found):
    assert numbers(found.unheard) == ["B7", "A4"]


def test_nobody_in_post_and_no_new_date_are_told(found):
    assert numbers(found.vacant) == ["B6", "B7"]
    assert numbers(found.adrift) == ["B7"]


def test_the_area_that_the_whole_hides_is_named(found):
    assert (found.worst.name, found.worst.counts.late, found.worst.counts.total) == (
        *("Resources", 3, 3),
    )


def test_one_late_action_alone_makes_no_area_bad():
    late = editions.action("A1", due=date(2026, 3, 31), theme="A")
    fine = [editions.action(f"B{n}", due=date(2027, 3, 31), theme="B") for n in range(9)]
    now = editions.edition(late, *fine, themes=papers.THEMES)
    assert pp.worst(pp.Facts("Scrutiny", now)) is None


def test_an_area_no_worse_than_the_whole_is_not_named():
    both = [
        editions.action(f"{theme}{n}", due=date(2026 + n % 2, 3, 31), theme=theme)
        for theme in "AB"
        for n in range(4)
    ]
    now = editions.edition(*both, themes=papers.THEMES)
    assert pp.worst(pp.Facts("Scrutiny", now)) is None


def test_how_far_a_date_is_from_the_first_promise_and_how_often_it_moved(facts, found):
    assert [
        (move.after.number, span, often)
        for move, span, often in pp.slips(found.changed.moved, facts.as_at)
    ] == [("B4", "15 months", 2), ("B6", "6 months", 1), ("E3", "6 months", 1),
          ("A3", "10 months", 1)]  # fmt: skip


def test_asks_are_those_open_at_the_last_meeting_or_asked_or_answered_since(found):
    assert [(one.ask.number, one.state) for one in found.asks] == [
        ("S14", "answered"),
        ("S17", "in_part"),
        ("S18", "overdue"),
    ]


@pytest.mark.parametrize(
    ("ask", "state"),
    [
        (pp.Ask("S1", "?", papers.MET), "open"),
        (pp.Ask("S1", "?", papers.MET, due=papers.AS_AT), "open"),
        (pp.Ask("S1", "?", papers.MET, withdrawn_on=papers.AS_AT), "withdrawn"),
        (
            pp.Ask("S1", "?", papers.MET, replies=(pp.Reply(date(2026, 10, 1), "Later."),)),
            "open",
        ),
    ],
)
def test_an_ask_stands_as_it_did_on_the_day(ask, state):
    assert [one.state for one in pp.since(papers.facts(asks=(ask,))).asks] == [state]


def test_asks_and_stances_count_to_the_day_on_which_all_was_known(facts):
    late = pp.Stance("UNISON", "objects", date(2026, 10, 7), "Not yet.", "B4")
    asked = replace(facts, stances=(late,), known_on=date(2026, 10, 13))
    assert pp.since(replace(asked, known_on=None)).stances == ()
    assert pp.since(asked).stances == (late,)
    assert pp.figures(asked)["overdue"].on == "13 October 2026"


def test_what_was_known_before_the_day_that_it_counts_to_is_refused(facts):
    with pytest.raises(ValueError, match="before the day"):
        replace(facts, known_on=date(2026, 9, 29))


def test_the_newest_stance_of_each_body_on_each_thing_counts(found):
    assert [(s.body, s.stance) for s in found.stances] == [
        ("Staff side", "supports_with_objections"),
        ("Race Equality Staff Network", "supports"),
    ]


def test_a_first_meeting_is_told_how_it_stands_and_that_nothing_moved(facts):
    found = pp.since(replace(facts, then=None))
    assert not found.changed
    assert numbers(found.adrift) == ["B7"]
    assert [t.pair.after.number for t in found.troubled] == ["B4", "B7", "E3", "A3"]


def test_an_earlier_day_of_now_is_refused(facts):
    with pytest.raises(ValueError, match="later"):
        pp.Facts("Scrutiny", facts.then, facts.now)


def test_a_withdrawn_action_is_in_no_trouble():
    gone = editions.action(
        "A1", due=date(2026, 7, 31), withdrawn=ed.Withdrawal(date(2026, 9, 1), "Merged into B2.")
    )
    then = editions.edition(editions.action("A1", due=date(2026, 7, 31)), as_at=papers.MET)
    found = pp.since(pp.Facts("Scrutiny", editions.edition(gone), then))
    assert (found.troubled, found.unheard, found.adrift) == ((), (), ())
    assert numbers(found.changed.came_to("withdrawn")) == ["A1"]
