"""What each kind of mail says: one link, who it is from, why it came, and nothing of a plan."""

import pytest
from django.conf import settings

from goldenthread.web import mails
from goldenthread.web.changes import mail as outbox
from web.world import AT


@pytest.fixture
def trial(world):
    return outbox.queue(kind="trial", person=world.manager, key="a", at=AT)


def test_a_mail_is_a_link_with_who_it_is_from_and_why_it_came(trial, world):
    message = mails.word(trial)
    assert message.subject == "Email from Golden Thread reaches you"
    assert message.to == [world.manager.email]
    assert (message.cc, message.bcc, message.attachments) == ([], [], [])
    assert message.body == (
        f"Dear {world.manager.name},\n\n"
        "This email shows that the mail server takes what Golden Thread sends. There is nothing to "
        "do. The workspace is here:\n\n"
        f"    {settings.ADDRESS}/workspace/\n\n"
        "-- \n"
        "Brackenford Borough Council, by Golden Thread, in which it keeps its equality "
        "programme.\nYou get this because you asked for it on the page of the outbox.\n"
        "Nobody reads answers to this address.\n"
    )


def test_a_mail_has_one_identifier_and_is_answered_by_no_machine(trial):
    first, again = mails.word(trial).message(), mails.word(trial).message()
    assert first["Message-ID"] == again["Message-ID"] == f"<{trial.public_id}@localhost>"
    assert first["Auto-Submitted"] == "auto-generated"


def test_a_name_with_a_line_end_begins_no_header(trial, world):
    type(world.unit()).objects.filter(pk=world.unit().pk).update(name="A\nBcc: x@y.example")
    assert "Bcc" not in mails.word(trial).message()


@pytest.mark.parametrize("name", mails.KINDS)
def test_a_kind_has_its_template_and_finishes_its_sentence(name):
    kind = mails.KINDS[name]
    assert (mails._TEMPLATES / f"{name}.txt").is_file()
    assert len(name) <= 30
    assert not str(kind.why).endswith(".")
    assert str(kind.why)[0].islower()
