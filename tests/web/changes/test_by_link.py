"""What a lead does by a link: of their own actions, while the round is open, each use on record."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import by_link, date_requests, people, review, update_links
from goldenthread.web.models import (
    AuditEntry,
    AuditFacts,
    DateRequest,
    LinkUse,
    Mail,
    Promise,
    TakenBack,
    Update,
)
from goldenthread.web.queries.by_link import actions_of, asked, last_answers
from goldenthread.web.queries.update_links import digest
from web.changes.links import SUMMER, a_link, led, sent_link
from web.world import AT, DAY, ON, SHOWN, action

THREE = [action(f"Train panel {n}", number=f"B{n}") for n in (1, 2, 3)]


def _begin(link, mark="first", at=AT):
    return by_link.begin(by=link.person, link=link, mark=mark, at=at)


def _say(link, row, at=AT, **said):
    row.refresh_from_db()
    given = {"done": "Trained twelve people", "mark": "first", "version": row.version} | said
    return by_link.update_by_link(by=link.person, link=link, action=row, at=at, **given)


def _entries():
    return [
        (entry.act, AuditFacts.objects.get(number=entry.number).facts)
        for entry in AuditEntry.objects.order_by("number")
    ]


# -- what a link asks ------------------------------------------------------------------------------


def test_a_link_asks_about_the_actions_of_its_persons_posts_and_no_other(world):
    _lead, link, rows = sent_link(world, *THREE)
    led(world, action("Somebody else's", lead="Head of Policy"))
    assert [row for row, _stands in actions_of(link, ON)] == rows
    assert [(one.action, one.state) for one in asked(link, AT)] == [(row, "open") for row in rows]


def test_a_post_that_passed_on_takes_its_actions_to_the_successors_link(world):
    lead, link, rows = sent_link(world)
    heir = world.somebody("lead_officer")
    post = rows[0].leads.get().post
    post.refresh_from_db()
    people.appoint_holder(
        by=world.administrator, post=post, person=heir, since=ON, version=post.version, at=AT
    )
    theirs = a_link(world, heir, link.round)
    assert actions_of(link, ON) == []
    assert [row for row, _stands in actions_of(theirs, ON)] == rows
    with pytest.raises(NotAllowed) as refused:
        _say(link, rows[0])
    assert refused.value.rule == "not_yours"
    assert not Update.objects.filter(by=lead).exists()
    assert _say(theirs, rows[0]).by == heir


def test_what_was_completed_by_the_link_stays_on_its_page(world):
    _lead, link, rows = sent_link(world, *THREE)
    _say(link, rows[0], status="completed", completed_on=ON, evidence=[SHOWN])
    assert [one.state for one in asked(link, AT)] == ["answered", "open", "open"]


def test_the_page_of_a_link_asks_as_little_of_the_database_at_any_length(
    world,
):
    lead, link, _rows = sent_link(world, THREE[0])
    with CaptureQueriesContext(connection) as few:
        assert len(asked(link, AT)) == 1
    led(world, *[action(f"Panel {n}") for n in range(29)], lead=lead)
    with CaptureQueriesContext(connection) as many:
        assert len(asked(link, AT)) == 30
    assert len(many) == len(few) <= 20


# -- an update -------------------------------------------------------------------------------------


def test_an_update_by_link_is_the_persons_own_and_speaks_of_the_period(world):
    lead, link, (row,) = sent_link(world)
    update = _say(link, row, status="in_progress", rag="green", changed="Panels are mixed")
    assert (update.by, update.about, update.done) == (
        lead,
        link.round.ends,
        "Trained twelve people",
    )
    row.refresh_from_db()
    assert (row.status, row.rag) == ("in_progress", "green")
    use = LinkUse.objects.get(what="updated")
    assert (use.link, use.action, use.update, use.elsewhere) == (link, row, update, False)
    act, facts = _entries()[-1]
    assert act == "action.updated"
    assert (facts["link"], facts["elsewhere"]) == (link.public_id, False)


def test_a_form_that_is_sent_twice_is_kept_once(world):
    _lead, link, (row,) = sent_link(world)
    first = _say(link, row, key="k" * 32, version=1)
    assert _say(link, row, key="k" * 32, version=1) == first
    assert Update.objects.filter(by=link.person).count() == 1
    assert LinkUse.objects.filter(what="updated").count() == 1


def test_of_two_at_once_the_second_is_told_and_loses_nothing(world):
    _lead, link, (row,) = sent_link(world)
    seen = row.version
    world.update(row, done="Said in the workspace")
    with pytest.raises(OutOfStep) as refused:
        _say(link, row, version=seen, done="Said by the link")
    assert refused.value.yours["done"] == "Said by the link"
    assert refused.value.theirs["done"] == "Said in the workspace"
    assert not LinkUse.objects.filter(what="updated").exists()


def _withdraw(world, link):
    update_links.withdraw_link(by=world.manager, link=link, version=link.version, at=AT)


def _set(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("shut", "rule"),
    [
        (lambda w, link: _withdraw(w, link), "withdrawn"),
        (lambda w, link: a_link(w, link.person, link.round), "replaced"),
        (lambda w, link: _set(link, expires_at=AT), "expired"),
        (lambda w, link: _set(link.round, closed_at=AT), "closed"),
    ],
)
def test_a_link_that_is_shut_does_nothing_at_all(world, shut, rule):
    _lead, link, (row,) = sent_link(world)
    sent = _say(link, row)
    shut(world, link)
    deeds = [
        lambda: _begin(link),
        lambda: _say(link, row),
        lambda: by_link.take_back(by=link.person, link=link, update=sent, at=AT),
        lambda: by_link.ask_for_date(
            by=link.person, link=link, action=row, new="30 June 2027", reason="x", at=AT
        ),
        lambda: by_link.say_not_mine(by=link.person, link=link, action=row, whose="x", at=AT),
    ]
    before = AuditEntry.objects.count(), LinkUse.objects.count(), Update.objects.count()
    for deed in deeds:
        with pytest.raises(NotAllowed) as refused:
            deed()
        assert refused.value.rule == rule
    assert (AuditEntry.objects.count(), LinkUse.objects.count(), Update.objects.count()) == before


def test_nobody_uses_the_link_of_another_or_an_action_that_is_not_its(world):
    _lead, link, (row,) = sent_link(world)
    _other, theirs = led(world, action("Write a policy", lead="Head of Policy"))
    deeds = [
        lambda by, a: by_link.update_by_link(
            by=by, link=link, action=a, version=1, done="x", at=AT
        ),
        lambda by, a: by_link.ask_for_date(
            by=by, link=link, action=a, new="30 June 2027", reason="x", at=AT
        ),
        lambda by, a: by_link.say_not_mine(by=by, link=link, action=a, whose="x", at=AT),
    ]
    for deed in deeds:
        for by, asked_of in ((world.manager, row), (link.person, theirs[0])):
            with pytest.raises(NotAllowed) as refused:
                deed(by, asked_of)
            assert refused.value.rule == "not_yours"
    assert not LinkUse.objects.exists()


# -- taken back ------------------------------------------------------------------------------------


def _take_back(link, update, **more):
    return by_link.take_back(by=link.person, link=link, update=update, at=AT, **more)


def test_what_is_taken_back_stays_and_counts_no_more(world):
    _lead, link, (row,) = sent_link(world)
    world.update(
        row,
        done="Began",
        status="in_progress",
        rag="amber",
        at=SUMMER,
        cause="c",
        step="s",
        due=ON + 30 * DAY,
    )
    row.refresh_from_db()
    columns = ("status", "rag", "at_risk", "updated_at", "same_words", "completed_on")
    before = {name: getattr(row, name) for name in columns}
    update = _say(link, row, status="completed", completed_on=ON, rag="green", evidence=[SHOWN])
    _take_back(link, update)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in before} == before
    assert Update.every.filter(pk=update.pk).exists()
    assert not Update.objects.filter(pk=update.pk).exists()
    assert not row.evidence.exists()
    assert asked(link, AT)[0].state == "open"
    assert asked(link, AT)[0].taken_back == update


def test_an_update_after_one_that_was_taken_back_has_a_number_of_its_own(world):
    _lead, link, (row,) = sent_link(world)
    first = _say(link, row)
    _take_back(link, first)
    second = _say(link, row, done="Trained fifteen people")
    assert (first.number, second.number) == (1, 2)
    row.refresh_from_db()
    assert world.update(row).number == 3


def test_nothing_is_taken_back_twice_and_nothing_that_the_link_did_not_send(world):
    _lead, link, (row,) = sent_link(world)
    update = _say(link, row)
    _take_back(link, update)
    with pytest.raises(OutOfStep):
        _take_back(link, update)
    by_manager = world.update(row, done="Said in the workspace")
    with pytest.raises(NotAllowed):
        _take_back(link, by_manager)
    assert TakenBack.objects.count() == 1


def test_what_was_sent_by_the_link_before_is_taken_back_by_the_one_that_replaced_it(world):
    lead, link, (row,) = sent_link(world)
    update = _say(link, row)
    newer = a_link(world, lead, link.round)
    assert _take_back(newer, update).by == lead


# -- another date, and not mine --------------------------------------------------------------------


def _ask(link, row, **more):
    given = {"new": "30 June 2027", "reason": "The system is late"} | more
    return by_link.ask_for_date(by=link.person, link=link, action=row, at=AT, **given)


def test_another_date_is_asked_for_and_nothing_moves(world):
    lead, link, (row,) = sent_link(world)
    request = _ask(link, row)
    assert (request.by, request.promise, request.decided_at) == (lead, row.promises.get(), None)
    row.refresh_from_db()
    assert (row.now_due, row.moves) == (date(2027, 3, 31), 0)
    assert _entries()[-1][0] == "date.asked_for"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"new": ""}, "new"), ({"reason": " "}, "reason"), ({"new": "soon"}, "new")],
)
def test_a_request_has_a_day_that_can_be_read_and_a_reason(world, given, field):
    _lead, link, (row,) = sent_link(world)
    with pytest.raises(Missing) as refused:
        _ask(link, row, **given)
    assert field in refused.value.needs
    assert not DateRequest.objects.exists()


def test_a_second_request_waits_for_the_first(world):
    _lead, link, (row,) = sent_link(world)
    _ask(link, row)
    with pytest.raises(OutOfStep) as refused:
        _ask(link, row, new="31 July 2027")
    assert refused.value.theirs["new"] == "30 June 2027"


def _decide(world, request, agreed, by=None, **more):
    given = {"by": by or world.manager, "version": request.version, "agreed": agreed}
    return date_requests.decide_date(request=request, at=AT, **given, **more)


def test_a_date_that_is_agreed_moves_as_any_other(world):
    lead, link, (row,) = sent_link(world)
    _decide(world, _ask(link, row), True)
    row.refresh_from_db()
    assert (row.now_due, row.first_due, row.moves) == (date(2027, 6, 30), date(2027, 3, 31), 1)
    moved = Promise.objects.get(action=row, replaces__isnull=False)
    assert (moved.given_by, moved.reason) == (lead, "The system is late")
    assert moved.agreed_by
    assert world.manager.name not in moved.agreed_by
    act, facts = _entries()[-1]
    assert (act, facts["to"]) == ("action.date_moved", "2027-06-30")


def test_a_date_that_is_refused_stays_and_the_lead_reads_why(world):
    _lead, link, (row,) = sent_link(world)
    request = _ask(link, row)
    with pytest.raises(Missing):
        _decide(world, request, False)
    request.refresh_from_db()
    _decide(world, request, False, answer="Cabinet was promised March")
    assert asked(link, AT)[0].request.answer == "Cabinet was promised March"
    row.refresh_from_db()
    assert row.moves == 0
    assert _ask(link, row, new="30 April 2027").pk != request.pk


def test_nobody_decides_what_they_asked_for_or_what_is_decided(world):
    lead, link, (row,) = sent_link(world, lead=world.somebody("director"))
    request = _ask(link, row)
    with pytest.raises(NotAllowed) as refused:
        _decide(world, request, True, by=lead)
    assert refused.value.rule == "second_to_ask_a_date"
    _decide(world, request, True)
    with pytest.raises(NotAllowed) as refused:
        _decide(world, request, False, answer="No")
    assert refused.value.rule == "date_waits"


def test_a_date_that_was_moved_meanwhile_is_not_moved_over(world):
    _lead, link, (row,) = sent_link(world)
    request = _ask(link, row)
    row.refresh_from_db()
    review.move_date(
        by=world.manager,
        action=row,
        version=row.version,
        promise=row.promises.get(),
        new="31 May 2027",
        reason="Agreed at Cabinet",
        at=AT,
    )
    with pytest.raises(OutOfStep):
        _decide(world, request, True)
    assert DateRequest.objects.get().decided_at is None


def test_an_action_that_is_not_mine_is_told_with_whose_it_is(world):
    _lead, link, (row,) = sent_link(world)
    use = by_link.say_not_mine(by=link.person, link=link, action=row, whose="Head of Policy", at=AT)
    assert (use.what, use.words, use.action) == ("not_mine", "Head of Policy", row)
    assert asked(link, AT)[0].state == "not_mine"
    assert row.leads.get().post.title == "Head of Learning"
    assert "Head of Policy" not in str(_entries()[-1])
    with pytest.raises(Missing):
        by_link.say_not_mine(by=link.person, link=link, action=row, whose="", at=AT)


# -- a link that was forwarded ---------------------------------------------------------------------


def test_the_first_browser_is_known_by_a_digest_and_others_are_elsewhere(world):
    _lead, link, (row,) = sent_link(world)
    assert not _begin(link).elsewhere
    link.refresh_from_db()
    assert (link.seen, link.first_opened_at) == (digest("first"), AT)
    assert not _say(link, row).link_uses.get().elsewhere
    assert _begin(link, "second").elsewhere
    use = _say(link, row, mark="second").link_uses.get()
    assert use.elsewhere
    assert _entries()[-1][1]["elsewhere"] is True
    assert "first" not in str(list(LinkUse.objects.values()))


def test_the_lead_is_told_of_another_browser_once_a_day(world):
    lead, link, (row,) = sent_link(world)
    _begin(link)
    assert not Mail.objects.filter(kind="link_elsewhere").exists()
    for mark in ("second", "third", ""):
        _say(link, row, mark=mark)
    mail = Mail.objects.get(kind="link_elsewhere")
    assert (mail.person, mail.about_id) == (lead, link.public_id)
    _say(link, row, mark="second", at=AT + DAY)
    assert Mail.objects.filter(kind="link_elsewhere").count() == 2


def test_a_browser_that_keeps_no_mark_begins_first_and_is_elsewhere_after(world):
    _lead, link, (row,) = sent_link(world)
    assert _say(link, row, mark="").link_uses.get().elsewhere is False
    assert _say(link, row, mark="").link_uses.get().elsewhere is True


# -- same as last time -----------------------------------------------------------------------------


def test_what_was_said_last_is_what_same_as_last_time_says(world):
    _lead, link, (row,) = sent_link(world)
    assert last_answers(row) == {}
    world.update(
        row,
        done="Began",
        status="in_progress",
        rag="red",
        cause="No trainer",
        step="Hire one",
        due=ON + 30 * DAY,
        forecast=ON + 60 * DAY,
    )
    row.refresh_from_db()
    assert last_answers(row) == {
        "done": "Began",
        "changed": "",
        "completed_on": None,
        "status": "in_progress",
        "rag": "red",
        "forecast": ON + 60 * DAY,
        "next_review": None,
        "stops_when": "",
        "cause": "No trainer",
        "step": "Hire one",
        "due": ON + 30 * DAY,
    }
    _say(link, row, **last_answers(row))
    row.refresh_from_db()
    assert row.same_words == 1
