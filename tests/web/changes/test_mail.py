"""What is put in the outbox: once for each key, with its change, and never a word of content."""

from datetime import timedelta

import pytest
from django.db import transaction

from goldenthread.web.changes import mail as outbox
from goldenthread.web.models import Mail
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
