"""What is put in the outbox: once for each key, with its change, and never a word of content."""

from datetime import timedelta

import pytest
from django.db import transaction

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web.changes import mail as outbox
from goldenthread.web.changes.outbox import send_due, take_up
from goldenthread.web.models import AuditEntry, AuditFacts, Mail
from web.world import AT

HOUR = timedelta(hours=1)


def _queue(world, key="a", **more):
    given = {"kind": "trial", "person": world.manager, "key": key, "at": AT} | more
    return outbox.queue(**given)


def test_the_same_key_is_one_mail_whatever_else_is_asked(world):
    first = _queue(world)
    again = _queue(world, person=world.publisher, at=AT + HOUR)
    assert (again.pk, again.person, again.made_at) == (first.pk, world.manager, AT)
    assert Mail.objects.count() == 1


def test_a_mail_that_was_sent_is_not_queued_again(world):
    _queue(world)
    Mail.objects.update(sent_at=AT)
    assert _queue(world).sent_at == AT
    assert Mail.objects.count() == 1


def test_a_mail_waits_for_its_moment_and_never_begins_before_it_was_made(world):
    assert _queue(world, "a").not_before == AT
    assert _queue(world, "b", not_before=AT + HOUR).not_before == AT + HOUR
    assert _queue(world, "c", not_before=AT - HOUR).not_before == AT


def test_the_row_says_about_what_and_holds_no_word_of_it(world):
    action = world.action()
    row = _queue(world, about=action)
    assert (row.about_kind, row.about_id) == ("action", action.public_id)
    held = {str(getattr(row, field.name)) for field in Mail._meta.fields}
    assert [words for words in held if action.text in words] == []


def test_a_mail_is_undone_with_its_change(world):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _queue(world)
        raise ZeroDivisionError
    assert not Mail.objects.exists()


def test_a_mail_without_a_change_is_a_slip(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(RuntimeError):
        outbox.queue(kind="trial", person=None, key="a", at=AT)


@pytest.mark.parametrize(
    ("slip", "fault"),
    [({"kind": "nothing"}, KeyError), ({"key": ""}, ValueError), ({"key": "a" * 121}, ValueError)],
)
def test_a_kind_or_a_key_that_there_is_not_is_a_slip(world, slip, fault):
    with pytest.raises(fault):
        _queue(world, **slip)


# -- what somebody decides -------------------------------------------------------------------------


def _stands(row):
    row.refresh_from_db()
    return row.sent_at, row.gave_up_at, row.left_at, row.fault, row.tries, row.not_before


def _told():
    """The last entry of the audit: what was done, to what, and its facts."""
    entry = AuditEntry.objects.order_by("-number").first()
    return entry.act, entry.object_id, AuditFacts.objects.get(number=entry.number).facts


def test_a_mail_that_was_given_up_is_tried_again_as_a_new_one(world, mailoutbox):
    row = world.mail()
    outbox.try_again(by=world.manager, mail=row, version=row.version, at=AT + HOUR)
    assert _stands(row) == (None, None, None, "", 0, AT + HOUR)
    assert _told() == ("mail.tried_again", row.public_id, {"to": row.person.public_id})
    assert send_due(now=lambda: AT + HOUR) == 1
    assert [message.to for message in mailoutbox] == [[row.person.email]]


def test_a_mail_that_is_left_stays_unsent_until_somebody_tries_it(world):
    row = world.mail()
    outbox.leave_unsent(by=world.manager, mail=row, version=row.version, at=AT + HOUR)
    assert _stands(row) == (None, AT, AT + HOUR, "no_answer", 17, AT)
    assert _told()[:2] == ("mail.left", row.public_id)
    assert send_due(now=lambda: AT + HOUR) == 0
    outbox.try_again(by=world.manager, mail=row, version=row.version, at=AT + 2 * HOUR)
    assert _stands(row) == (None, None, None, "", 0, AT + 2 * HOUR)


def test_what_may_have_gone_is_not_among_all_that_is_tried_again(world):
    down, doubt, left = world.mail(), world.mail("doubt"), world.mail()
    outbox.leave_unsent(by=world.manager, mail=left, version=left.version, at=AT)
    outbox.try_all_again(by=world.manager, at=AT + HOUR)
    assert _stands(down)[1:] == (None, None, "", 0, AT + HOUR)
    assert _stands(doubt)[1:4] == (AT, None, "doubt")
    assert _stands(left)[1:4] == (AT, AT, "no_answer")
    assert _told() == ("mail.all_tried_again", "", {"mails": 1})


def test_a_trial_goes_to_whoever_asks_for_it_each_time(world, mailoutbox):
    for _ in range(2):
        outbox.send_trial(by=world.administrator, at=AT)
    assert send_due(now=lambda: AT) == 2
    assert {tuple(message.to) for message in mailoutbox} == {(world.administrator.email,)}


def test_a_trial_asked_for_twice_by_one_form_is_one(world):
    first = outbox.send_trial(by=world.manager, at=AT, key="k")
    assert outbox.send_trial(by=world.manager, at=AT, key="k") == first
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("deed", [outbox.try_again, outbox.leave_unsent])
def test_of_two_people_who_decide_at_once_one_is_told(world, deed):
    row = world.mail()
    seen = row.version
    deed(by=world.manager, mail=row, version=seen, at=AT)
    other = Mail.objects.get(pk=row.pk)
    with pytest.raises((OutOfStep, Missing)):
        deed(by=world.administrator, mail=other, version=seen, at=AT)


def test_what_was_sent_or_is_in_hand_is_not_sent_again(world, mailoutbox):
    row = _queue(world)
    mine = take_up(row.pk, at=AT)
    with pytest.raises(Missing, match="just now"):
        outbox.try_again(by=world.manager, mail=mine, version=mine.version, at=AT)
    Mail.objects.filter(pk=row.pk).update(in_hand=False, sent_at=AT)
    row.refresh_from_db()
    with pytest.raises(Missing, match="meanwhile"):
        outbox.try_again(by=world.manager, mail=row, version=row.version, at=AT)


def test_what_was_not_given_up_is_not_left(world):
    row = _queue(world)
    with pytest.raises(Missing):
        outbox.leave_unsent(by=world.manager, mail=row, version=row.version, at=AT)
