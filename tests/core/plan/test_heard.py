"""What was heard: words that point at nobody, and themes that tell of no one session."""

from datetime import date, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.heard import (
    LEAST_SESSIONS,
    SessionFacts,
    betraying,
    doubts,
    faults,
    naming,
    reaching,
)

NAMED = [
    "Joan Hartley would not listen.",
    "We asked Cllr Khan twice.",
    "Nobody spoke up, said Dr A Patel afterwards.",
    "joan hartley would not listen.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_person_who_is_named_is_found_and_not_repeated(text):
    (sentence,) = naming(text, people=["Joan Hartley"])
    assert sentence.startswith("It names somebody, at word ")
    assert not {"Hartley", "Khan", "Patel", "hartley"} & set(sentence.replace(".", "").split())


def test_the_sentence_says_at_which_word_the_name_stands():
    assert "at word 3." in naming("We asked Joan Hartley twice.")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Managers listen, but nothing follows.",
        "Stephen Lawrence Day is marked, and nothing else is.",
        "Staff at the depot hear of vacancies last.",
        "People march on, and may give up.",
        "In 2026 it is no better than it was.",
        "Half of those who apply are never told why.",
    ],
)
def test_ordinary_words_have_no_fault(text):
    assert faults(text, places=["Forward Drive depot", "Online"], people=["Joan Hartley"]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "We said so on 12 May.",
        "We said so in May.",
        "It was raised on Tuesday.",
        "See the notes of 12/05/2026.",
        "See the notes of 2026-05-12.",
        "Since June nothing has happened.",
        "On the 3rd of June we heard it again.",
    ],
)
def test_words_that_say_when_are_refused(text):
    (sentence,) = faults(text)
    assert "when something was said" in sentence


@pytest.mark.parametrize("text", ["18 people said so.", "All 9 of us agreed.", "12 staff cried."])
def test_words_that_count_people_are_refused(text):
    (sentence,) = faults(text)
    assert "counts people" in sentence


@pytest.mark.parametrize(
    "text", ["At forward drive it is worse.", "The canteen at Forward-Drive is where it shows."]
)
def test_the_place_of_a_session_is_found_however_it_is_written(text):
    (sentence,) = faults(text, places=["Forward Drive, Canteen 2"])
    assert "where a session was held" in sentence


def test_a_place_that_is_anywhere_tells_nothing():
    assert faults("Meetings online leave people out.", places=["Online", "Teams"]) == ()


def test_an_address_or_a_number_is_refused():
    assert "email" in faults("Write to me at me@brackenford.example")[0]
    assert "telephone" in faults("Ring 020 7946 0991")[0]


def test_few_people_and_a_lone_given_name_are_doubts_and_no_faults():
    assert "so few people" in doubts("Two Black officers left.")[0]
    assert "Word 1" in doubts("Priya felt unheard.")[0]
    assert doubts("Most managers mean well.") == ()
    assert faults("Two Black officers left.") == ()


# -- how many sessions -----------------------------------------------------------------------------

SESSIONS = ["s1", "s2", "s3", "s4", "s5"]
THEMES = ["a", "b"]
drawn = st.dictionaries(st.sampled_from(THEMES), st.frozensets(st.sampled_from(SESSIONS)))


def _every_set(of):
    return [frozenset(one) for one in chain.from_iterable(combinations(of, n) for n in range(6))]


@given(then=drawn, now=drawn, held=st.frozensets(st.sampled_from(SESSIONS)))
def test_a_theme_that_reaches_the_public_has_three_sessions_then_and_now(then, now, held):
    for theme in reaching(then, now, held):
        assert len(then[theme] & held) >= LEAST_SESSIONS
        assert len(now[theme]) >= LEAST_SESSIONS
        assert len(held) > LEAST_SESSIONS


@given(then=drawn, now=drawn, held=st.frozensets(st.sampled_from(SESSIONS)))
def test_whoever_reads_the_themes_cannot_say_that_a_given_session_was_among_the_sources(
    then, now, held
):
    """An intruder who knows every session that was held tries each way the themes could be drawn.

    For every theme and every session there is a world without it that reads exactly the same.
    """
    given_ = reaching(then, now, held)
    for theme in given_:
        worlds = [
            sources
            for sources in _every_set(SESSIONS)
            if reaching({**then, theme: sources}, {**now, theme: sources}, held) == given_
        ]
        for session in held:
            assert any(session not in sources for sources in worlds), session


def test_of_three_sessions_everybody_would_know_all_sources_so_nothing_is_given():
    every = {"a": frozenset(SESSIONS[:3])}
    assert reaching(every, every, frozenset(SESSIONS[:3])) == frozenset()
    assert reaching(every, every, frozenset(SESSIONS[:4])) == {"a"}


def test_what_a_later_session_adds_does_not_make_a_theme_appear():
    held = frozenset(SESSIONS[:4])
    then = {"a": frozenset(SESSIONS[:2])}
    assert reaching(then, {"a": frozenset(SESSIONS)}, held) == frozenset()
    assert reaching({}, {"a": frozenset(SESSIONS)}, held) == frozenset()


# -- words beside the themes -----------------------------------------------------------------------

HELD = [
    SessionFacts("Forward Drive depot", date(2026, 5, 12), 18),
    SessionFacts("Civic Centre, Room 3", date(2026, 3, 3), 9),
]


@pytest.mark.parametrize(
    "text",
    [
        "By 31 March 2027 every interview panel is mixed.",
        "I will attend two staff sessions by March 2027.",
        "We may meet, and we march on.",
        "The depot at Forward Drive has a quiet room.",
        "Nine directorates said that they can.",
        "We will train 18 managers.",
        "Staff told us that nobody listens.",
        "",
    ],
)
def test_a_reason_or_a_pledge_may_have_a_day_a_place_and_a_number_of_its_own(text):
    assert betraying(text, sessions=HELD) == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("At forward drive staff told us so.", "where a session was held"),
        ("The group at the Civic Centre asked for it.", "where a session was held"),
        ("It was raised in May.", "when a session was held"),
        ("Staff said in March 2026 that panels do not look like them.", "when a session was held"),
        ("We start with panels. See 12 May.", "when a session was held"),
        ("See 12th of May 2026.", "when a session was held"),
        ("See May 12.", "when a session was held"),
        ("See 12/5/26.", "when a session was held"),
        ("See 2026-05-12.", "when a session was held"),
        ("All 18 staff who came asked for it.", "how many came"),
        ("Eighteen people spoke of it.", "how many came"),
    ],
)
def test_a_reason_that_tells_of_a_session_is_found(text, what):
    (sentence,) = betraying(text, sessions=HELD)
    assert what in sentence


def test_a_day_a_month_and_a_number_of_no_session_tell_nothing():
    text = "Staff said on 13 May 2025, and 17 people said in June, that nobody listens."
    assert betraying(text, sessions=HELD) == ()


def test_somebody_whom_the_site_knows_is_found_however_small_the_letters():
    assert "at word 2." in betraying("Ask joan hartley.", people=["Joan Hartley"])[0]
    assert betraying("The Stephen Lawrence Inquiry asked for it.", people=["Joan Hartley"]) == ()


def test_so_few_people_that_they_are_known_are_found():
    assert betraying("The only Bangladeshi manager was passed over.") != ()


@given(
    on=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    other=st.integers(1, 300),
    came=st.integers(2, 400),
)
def test_a_session_is_told_by_its_own_facts_and_by_no_others(on, other, came):
    told = [SessionFacts("Harbour Street", on, came)]
    said = f"On {on.day} {on:%B} {on.year} {came} staff spoke at Harbour Street."
    elsewhen = on + timedelta(days=31 + other)
    another = f"On {elsewhen:%d %B %Y} {came + other} staff spoke at Mill Lane."
    assert len(betraying(said, sessions=told)) == 3
    assert betraying(another, sessions=told) == ()
