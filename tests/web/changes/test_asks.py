"""What bodies ask: numbers, answers, states, and that no word of it is ever changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import asks
from goldenthread.web.models import Answer, Ask
from goldenthread.web.queries import asks as queries
from web.world import AT, DAY, ON

WEEK = 7 * DAY


def _told(row, on=ON):
    return queries.one(row, on)


def test_asks_are_numbered_within_their_body_and_go_on_where_it_was(world):
    scrutiny = world.committee(letter="S", asked_before=13)
    other = world.committee(letter="C")
    rows = [world.ask(scrutiny), world.ask(other), world.ask(scrutiny)]
    assert [queries.number_of(row) for row in rows] == ["S14", "C1", "S15"]


def test_an_ask_is_told_with_all_that_a_paper_needs(world):
    body, action = world.committee(letter="S", asked_before=16), world.action()
    meeting = world.meeting(body, ON - WEEK)
    row = world.ask(
        body,
        text="How many grievances end in action?",
        meeting=meeting,
        member="Councillor Ahmed",
        due=ON - DAY,
        asked_on=meeting.on,
        about=action,
    )
    world.answer(row, "Given for the whole council.", whole=False, answered_on=ON - 3 * DAY)
    told = _told(row)
    assert (told.number, told.words, told.body) == (
        "S17",
        "How many grievances end in action?",
        body.name,
    )
    assert (told.asked_on, told.due, told.post) == (ON - WEEK, ON - DAY, "Head of Learning")
    assert (told.member, told.about_kind, told.about_id) == (
        "Councillor Ahmed",
        "action",
        action.public_id,
    )
    assert (told.state, told.late) == ("part", True)
    assert told.answers == (
        queries.Given("Given for the whole council.", ON - 3 * DAY, whole=False),
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"kind": "wish"}, "kind"),
        ({"asked_on": ON + DAY}, "asked_on"),
        ({"due": ON - 11 * DAY}, "due"),
        ({"member": "Priya Raman"}, "member"),
    ],
)
def test_an_ask_that_is_not_whole_is_refused(world, said, field):
    with pytest.raises(Missing) as refused:
        world.ask(**said)
    assert set(refused.value.needs) == {field}
    assert not Ask.objects.exists()


def test_a_meeting_of_another_body_is_no_meeting_of_this_one(world):
    with pytest.raises(Missing) as refused:
        world.ask(meeting=world.meeting())
    assert set(refused.value.needs) == {"meeting"}


@pytest.mark.parametrize(
    ("due", "answers", "state"),
    [
        (None, [], "open"),
        (ON, [], "open"),
        (ON - DAY, [], "overdue"),
        (ON - DAY, [False], "part"),
        (None, [False, True], "answered"),
        (ON - DAY, [True], "answered"),
    ],
)
def test_where_an_ask_stands(world, due, answers, state):
    row = world.ask(due=due)
    for whole in answers:
        world.answer(row, whole=whole)
    assert _told(row).state == state
    found = queries.asks(for_=world.manager, as_at=ON)
    assert dict(found.counts) == {name: int(name == state) for name in queries.STATES}
    assert [one.state for one in found.asks] == [state]


def test_what_was_answered_later_was_not_answered_then(world):
    row = world.ask(due=ON - 2 * DAY)
    world.answer(row, answered_on=ON)
    assert (_told(row, ON - DAY).state, _told(row, ON).state) == ("overdue", "answered")


def test_an_answer_in_full_ends_it_and_two_at_once_are_told(world):
    row = world.ask()
    world.answer(row)
    with pytest.raises(OutOfStep):
        world.answer(row, "Another")
    fresh = world.ask()
    given_ = {"by": world.manager, "ask": fresh, "whole": False, "answered_on": ON, "at": AT}
    asks.answer_ask(**given_, text="One", version=1)
    with pytest.raises(OutOfStep):
        asks.answer_ask(**given_, text="Two", version=1)
    assert [one.words for one in fresh.answers.all()] == ["One"]


@pytest.mark.parametrize("days", [11, -1])
def test_an_answer_is_given_between_the_ask_and_today(world, days):
    with pytest.raises(Missing) as refused:
        world.answer(world.ask(), answered_on=ON - days * DAY)
    assert set(refused.value.needs) == {"answered_on"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "brackenford", "https://"])
def test_a_link_that_is_none_is_refused(world, link):
    with pytest.raises(Missing) as refused:
        world.answer(world.ask(), link=link)
    assert set(refused.value.needs) == {"link"}


def test_the_words_of_an_ask_and_its_answers_are_never_rewritten(world):
    row = world.ask()
    answer = world.answer(row)
    for deed in (
        lambda: Ask.objects.filter(pk=row.pk).update(words="Well done"),
        lambda: Ask.objects.filter(pk=row.pk).update(number=99),
        lambda: Answer.objects.filter(pk=answer.pk).update(words="All is well"),
        lambda: Answer.objects.filter(pk=answer.pk).delete(),
        lambda: Ask.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_an_answered_ask_is_opened_again_by_its_body_as_another(world):
    body = world.committee(letter="S")
    first = world.ask(body)
    again = {"by": world.manager, "ask": first, "text": "And since?", "asked_on": ON, "at": AT}
    with pytest.raises(Missing):
        asks.ask_again(**again, reason="Not said")
    world.answer(first)
    with pytest.raises(Missing) as refused:
        asks.ask_again(**again, reason="  ")
    assert set(refused.value.needs) == {"reason"}
    second = asks.ask_again(**again, reason="It left out bonuses")
    told = _told(second)
    assert (told.number, told.follows, told.reason) == ("S2", "S1", "It left out bonuses")
    assert (_told(first).followed_by, _told(first).state) == ("S2", "answered")
    assert second.post == first.post
    with pytest.raises(Missing):
        asks.ask_again(**again, reason="Once more")


def test_a_body_opens_its_own_asks_again_and_no_other(world):
    body = world.committee()
    row = world.ask(body)
    world.answer(row)
    given_ = {"ask": row, "text": "And?", "reason": "No", "asked_on": ON, "at": AT}
    with pytest.raises(NotAllowed) as refused:
        asks.ask_again(by=world.somebody("union_representative"), **given_)
    assert refused.value.rule == "sits_in_the_body"
    assert asks.ask_again(by=world.speaker(body), **given_).number == 2


def test_a_withdrawn_ask_keeps_its_number_and_wants_no_answer(world):
    row = world.ask(due=ON - DAY)
    asks.withdraw_ask(by=world.manager, ask=row, reason="Seen", version=1, at=AT)
    assert _told(row).state == "withdrawn"
    with pytest.raises(OutOfStep):
        world.answer(row)


def test_a_lead_officer_answers_what_their_post_was_asked(world):
    person = world.somebody("lead_officer")
    row = world.ask(post=world.holding(person))
    given_ = {"by": person, "text": "So", "whole": True, "answered_on": ON, "version": 1, "at": AT}
    assert queries.waiting_for(for_=person, as_at=ON) == (_told(row),)
    assert asks.answer_ask(ask=row, **given_).words == "So"
    assert queries.waiting_for(for_=person, as_at=ON) == ()
    with pytest.raises(NotAllowed) as refused:
        asks.answer_ask(ask=world.ask(), **given_)
    assert refused.value.rule == "asked_of_their_post"


def test_a_director_answers_what_a_body_above_asked_of_their_part_alone(world):
    director = world.somebody("director", world.unit("Housing and Communities"))
    given_ = {"by": director, "text": "So", "whole": True, "answered_on": ON, "version": 1}
    mine = world.ask(post=world.council.posts["Director of Housing and Communities"])
    assert asks.answer_ask(ask=mine, at=AT, **given_).whole
    with pytest.raises(NotAllowed) as refused:
        asks.answer_ask(ask=world.ask(), at=AT, **given_)
    assert refused.value.rule == "asked_of_their_part"


def test_a_paper_lists_what_was_asked_or_answered_since_and_all_that_is_open(world):
    body = world.committee(letter="S")
    old = world.ask(body, asked_on=ON - 40 * DAY, text="Old")
    world.answer(old, answered_on=ON - 35 * DAY)
    world.ask(body, asked_on=ON - 40 * DAY, text="Still open")
    late = world.ask(body, asked_on=ON - 40 * DAY, text="Answered since")
    world.answer(late, answered_on=ON - 2 * DAY)
    world.ask(body, asked_on=ON - DAY, text="New")
    found = queries.for_paper(body, since=ON - 30 * DAY, as_at=ON)
    assert [(one.number, one.words, one.state) for one in found] == [
        ("S2", "Still open", "open"),
        ("S3", "Answered since", "answered"),
        ("S4", "New", "open"),
    ]
    assert queries.counts(found) == {
        "overdue": 0,
        "part": 0,
        "open": 2,
        "answered": 1,
        "withdrawn": 0,
    }


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-9, 9), st.lists(st.booleans(), max_size=2), st.booleans()
        ),
        min_size=1,
        max_size=4,
    )
)
def test_counts_add_up_and_agree_with_where_each_stands(world, made):
    with transaction.atomic():
        body = world.committee()
        for due, answers, withdrawn in made:
            row = world.ask(body, due=None if due is None else ON + timedelta(days=due))
            for whole in answers:
                if not row.answers.filter(whole=True).exists():
                    world.answer(row, whole=whole)
            if withdrawn and not row.answers.filter(whole=True).exists():
                row.refresh_from_db()
                asks.withdraw_ask(
                    by=world.manager, ask=row, reason="Seen", version=row.version, at=AT
                )
        sought = queries.Sought(body=body.public_id)
        found = queries.asks(for_=world.manager, as_at=ON, sought=sought)
        assert found.total == len(made)
        assert dict(found.counts) == queries.counts(queries.of_committee(body, ON))
        for state in queries.STATES:
            narrowed = queries.Sought(state=state, body=body.public_id)
            listed = queries.asks(for_=world.manager, as_at=ON, sought=narrowed)
            assert {one.state for one in listed.asks} <= {state}
            assert listed.found == len(listed.asks) == found.counts[state]
        open_, late = queries.open_by_committee([body], ON)
        assert open_[body.pk] == sum(found.counts[name] for name in queries.OPEN)
        assert late[body.pk] == found.counts["overdue"]
        transaction.set_rollback(True)
