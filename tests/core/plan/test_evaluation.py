"""The review of a planning: counted, written, claimed, sealed; and what reviews recommend."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.evaluation import (
    PARTS,
    STANDINGS,
    WRITTEN,
    Claim,
    Evaluation,
    Evidence,
    Found,
    Look,
    Promised,
    Said,
    Waits,
    Written,
    answer_needs,
    counts,
    from_json,
    headline,
    missing,
    recommendations_in,
    seal,
    to_json,
    worst,
)

APRIL = date(2026, 4, 1)
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
WORDS = st.text(min_size=1, max_size=30)
PROMISED = st.builds(
    Promised,
    id=WORDS,
    number=WORDS,
    words=WORDS,
    standing=st.sampled_from(STANDINGS),
    first=st.none() | DAYS,
    now=st.none() | DAYS,
    moves=st.integers(0, 9),
    done_on=st.none() | DAYS,
)
CLAIMS = st.builds(
    Claim,
    number=st.integers(1, 99),
    words=WORDS,
    evidence=st.lists(
        st.builds(
            Evidence,
            shows=st.sampled_from(["link", "file", "measure", "update"]),
            words=WORDS,
            where=WORDS,
        ),
        max_size=2,
    ).map(tuple),
)
EVALUATIONS = st.builds(
    Evaluation,
    planned=st.booleans(),
    actions=st.lists(PROMISED, max_size=5).map(tuple),
    measures=st.lists(st.builds(Found, id=WORDS, number=WORDS, words=WORDS), max_size=2).map(tuple),
    written=st.lists(
        st.builds(Written, part=st.sampled_from(list(WRITTEN)), words=WORDS), max_size=4
    ).map(tuple),
    statement=st.text(max_size=20),
    claims=st.lists(CLAIMS, max_size=3, unique_by=lambda one: one.number).map(tuple),
    looks=st.lists(st.builds(Look, on=DAYS, decided=WORDS, next=st.none() | DAYS), max_size=2).map(
        tuple
    ),
    said=st.lists(st.builds(Said, body=WORDS, stance=WORDS, words=WORDS, on=DAYS), max_size=2).map(
        tuple
    ),
    waits=st.lists(st.builds(Waits, body=WORDS, until=DAYS), max_size=2).map(tuple),
    signed=st.booleans(),
)
WHOLE = Evaluation(
    planned=True,
    actions=(Promised("a", "1", "Hear staff", "done", APRIL, APRIL, 0, APRIL),),
    written=tuple(Written(part, "Much") for part in WRITTEN),
    statement="We kept it.",
    claims=(Claim(1, "Staff were heard", (Evidence("link", "Report", "https://a.example"),)),),
    signed=True,
)


@given(st.lists(PROMISED, max_size=20))
def test_the_six_counts_add_up_to_what_was_promised(actions):
    found = counts(actions)
    assert sum(getattr(found, one) for one in STANDINGS) == found.promised == len(actions)
    assert found.done_late <= found.done


def test_a_standing_that_we_do_not_know_is_refused():
    with pytest.raises(ValueError, match="no standing"):
        counts([Promised("a", "1", "x", "green")])


def test_late_counts_from_the_first_promise_whatever_came_later():
    moved = Promised("a", "1", "x", "on_track", APRIL, APRIL + timedelta(90), 1)
    assert moved.days_late == 90
    assert Promised("a", "1", "x", "done", APRIL, None, 0, APRIL - timedelta(3)).days_late == 0


def test_the_headline_has_its_bad_half():
    actions = [
        Promised("a", "1", "x", "done", APRIL, APRIL, 1, APRIL + timedelta(9)),
        Promised("b", "2", "x", "done", APRIL, APRIL, 0, APRIL),
        Promised("c", "3", "x", "late", APRIL, APRIL),
        Promised("d", "4", "x", "on_track", APRIL, APRIL),
    ]
    assert headline(counts(actions)) == (
        "2 of 4 promises were kept, 1 of them late. 1 is late. 1 is on track."
    )
    assert headline(counts(actions[2:3])) == "The one promise is late."
    assert headline(counts(actions[3:])) == "The one promise is on track."
    assert headline(counts(actions[:1])) == "The one promise was kept, late."


@given(st.lists(PROMISED, min_size=2, max_size=20))
def test_the_headline_says_of_each_promise_how_it_stands_in_the_words_of_its_row(actions):
    found = counts(actions)
    told = headline(found)
    for standing, words in (
        ("late", "late"),
        ("at_risk", "at risk"),
        ("on_track", "on track"),
        ("not_due", "not due yet"),
        ("withdrawn", "withdrawn"),
    ):
        count = getattr(found, standing)
        sentence = rf"\. {count} (is|are|was|were) {words}(?=\.)"
        assert bool(re.search(sentence, told)) == (count > 0)
    assert told.startswith(f"{found.done} of {len(actions)} promises were kept")


def test_what_is_whole_lacks_nothing_and_tells_every_part():
    assert missing(WHOLE) == ()
    assert set(WHOLE.told) == set(PARTS)


@given(EVALUATIONS)
def test_nothing_is_closed_on_a_claim_without_evidence_or_over_somebody_who_has_time(found):
    lacks = {one.what for one in missing(found)}
    assert {f"claim_{one.number}" for one in found.claims if not one.evidence} <= lacks
    if not lacks:
        assert found.planned and found.actions and found.statement and found.signed
        assert found.claims and all(one.evidence for one in found.claims)
        assert not found.waits
        assert set(found.told) == set(PARTS)


@given(EVALUATIONS)
def test_what_was_frozen_is_read_back_as_it_was(found):
    held = to_json(found)
    assert from_json(held) == found
    assert seal(to_json(from_json(held))) == seal(held)


@given(EVALUATIONS, EVALUATIONS)
def test_another_word_breaks_the_seal(one, other):
    assert (seal(to_json(one)) == seal(to_json(other))) == (one == other)


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="no evaluation"):
        from_json({"format": "goldenthread.edition/1"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Be open", [("", "Be open")]),
        ("1. Be open\n2. Be fair", [("1", "Be open"), ("2", "Be fair")]),
        ("Recommendation 4: Be open", [("4", "Be open")]),
        ("A2.1) Be open\nand kind\n\nBe fair", [("A2.1", "Be open and kind"), ("", "Be fair")]),
        ("2026 was a hard year", [("", "2026 was a hard year")]),
        ("1.", [("", "1.")]),
    ],
)
def test_recommendations_keep_the_numbers_of_the_report(text, found):
    assert [(one.number, one.words) for one in recommendations_in(text)] == found


@given(st.lists(st.text("abc ", min_size=1).filter(str.strip), max_size=6))
def test_no_word_of_a_recommendation_is_lost(paragraphs):
    found = recommendations_in("\n\n".join(paragraphs))
    assert [one.words.split() for one in found] == [one.split() for one in paragraphs]


@pytest.mark.parametrize(
    ("position", "words", "reason", "lacks"),
    [
        ("accepted", "", "", set()),
        ("partly_accepted", "", "", {"reason"}),
        ("partly_accepted", "", "No money", {"text"}),
        ("partly_accepted", "The first half", "No money", set()),
        ("not_accepted", "", "No power to", set()),
        ("perhaps", "x", "y", {"position"}),
    ],
)
def test_what_is_not_wholly_accepted_says_why(position, words, reason, lacks):
    assert set(answer_needs(position, words, reason)) == lacks


@given(st.lists(st.sampled_from(STANDINGS), min_size=1))
def test_the_worst_is_never_hidden_by_the_rest(standings):
    assert STANDINGS.index(worst(standings)) == min(map(STANDINGS.index, standings))
