"""What waits in the outbox goes out, against a real mail server that accepts, refuses and fails."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from goldenthread.web import letterbox, mails
from goldenthread.web.changes import mail as changes
from goldenthread.web.changes import outbox
from goldenthread.web.models import Mail, Person
from web.mail_server import MailServer
from web.world import AT, DAY

pytestmark = pytest.mark.enable_socket
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock(AT)


@pytest.fixture
def server(settings):
    with MailServer() as made:
        settings.EMAIL_BACKEND = "goldenthread.web.letterbox.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 2
        yield made


@pytest.fixture
def queued(world):
    """Mails to so many people, in the outbox."""

    def make(count=1, at=AT, **more):
        people = [world.somebody() for _ in range(count)]
        return [
            changes.queue(kind="trial", person=one, key=f"trial {one.pk}", at=at, **more)
            for one in people
        ]

    return make


def _send(clock):
    return outbox.send_due(now=clock)


def _row(mail):
    mail.refresh_from_db()
    return mail


def _stands(mail):
    """How a mail stands, in a word, and its fault."""
    row = _row(mail)
    if row.sent_at:
        return "sent", row.fault
    if row.gave_up_at:
        return "given up", row.fault
    return "in hand" if row.in_hand else "waits", row.fault


# -- a server that works ---------------------------------------------------------------------------


def test_what_is_due_goes_once_over_one_connection(server, queued, clock):
    rows = queued(3)
    assert _send(clock) == 3
    assert server.to == [row.person.email for row in rows]
    assert server.connections == 1
    assert {_stands(row) for row in rows} == {("sent", "")}
    assert {(row.sent_at, row.tries) for row in rows} == {(AT, 1)}
    assert _send(clock) == 0
    assert len(server.took) == 3


def test_what_goes_over_the_wire_is_the_mail_as_it_is_worded(server, queued, clock):
    [row] = queued()
    _send(clock)
    [took] = server.took
    assert took.get_content().replace("\r\n", "\n") == mails.word(row).body
    assert took["Message-ID"] == f"<{row.public_id}@localhost>"


def test_a_mail_with_a_moment_waits_for_it(server, queued, clock):
    [row] = queued(not_before=AT + HOUR)
    clock.at = AT + HOUR - MINUTE
    assert _send(clock) == 0
    clock.at = AT + HOUR
    assert _send(clock) == 1
    assert _row(row).sent_at == AT + HOUR


def test_no_more_are_taken_up_than_asked_and_the_rest_goes_next_time(server, queued, clock):
    queued(5)
    assert outbox.send_due(now=clock, most=3) == 3
    assert outbox.send_due(now=clock, most=3) == 2


def test_told_to_stop_it_finishes_the_mail_in_hand_and_leaves_the_rest(server, queued, clock):
    rows = queued(3)
    assert outbox.send_due(now=clock, stop=lambda: bool(server.took)) == 1
    assert [_stands(row)[0] for row in rows] == ["sent", "waits", "waits"]


def test_a_closed_account_is_sent_nothing(server, queued, clock):
    [row] = queued()
    Person.objects.filter(pk=row.person_id).update(is_active=False)
    assert _send(clock) == 0
    assert (_stands(row), server.took) == (("given up", "closed"), [])


def test_what_leads_nowhere_any_more_is_not_sent(server, queued, clock, monkeypatch):
    rows = queued(2)
    ended = mails.Kind("trial", "Ended", "it ended", lambda mail: "" if mail == rows[0] else "/")
    monkeypatch.setitem(mails.KINDS, "trial", ended)
    assert _send(clock) == 1
    assert [_stands(row) for row in rows] == [("given up", "not_needed"), ("sent", "")]


def test_a_fault_in_the_wording_holds_up_no_other_and_is_logged_without_its_words(
    server, queued, clock, monkeypatch, caplog
):
    rows = queued(2)

    def path(mail):
        if mail == rows[0]:
            raise ValueError("Ms A of the flat above the shop")
        return "/"

    monkeypatch.setitem(mails.KINDS, "trial", mails.Kind("trial", "S", "it came", path))
    assert _send(clock) == 1
    assert [_stands(row) for row in rows] == [("waits", "wording"), ("sent", "")]
    assert "ValueError" in caplog.text
    assert "flat above" not in caplog.text


# -- a server that refuses -------------------------------------------------------------------------


def test_one_address_refused_does_not_hold_up_the_others(server, queued, clock):
    rows = queued(3)
    server.refuses[rows[1].person.email] = 550
    assert _send(clock) == 2
    assert [_stands(row) for row in rows] == [("sent", ""), ("given up", "refused"), ("sent", "")]


def test_an_address_that_is_to_be_tried_later_is(server, queued, clock):
    [row] = queued()
    server.refuses[row.person.email] = 451
    _send(clock)
    assert _stands(row) == ("waits", "later")
    assert row.not_before == AT + MINUTE
    server.refuses.clear()
    clock.at += MINUTE
    assert _send(clock) == 1
    assert (_stands(row), row.tries) == (("sent", ""), 2)


def test_a_server_that_hangs_up_with_its_refusal_is_asked_anew_for_the_next(server, queued, clock):
    rows = queued(2)
    server.refuses[rows[0].person.email] = 421
    assert _send(clock) == 1
    assert [_stands(row)[0] for row in rows] == ["waits", "sent"]
    assert server.connections == 2


@pytest.mark.parametrize(("code", "stands"), [(554, "given up"), (452, "waits")])
def test_words_that_are_not_taken_were_not_sent(server, queued, clock, code, stands):
    [row] = queued()
    server.words = code
    _send(clock)
    assert (_stands(row)[0], server.took) == (stands, [])


def test_a_sender_that_is_refused_is_everybodys_fault_and_nobody_else_is_tried(
    server, queued, clock
):
    rows = queued(3)
    server.sender = 550
    assert _send(clock) == 0
    assert {_stands(row) for row in rows} == {("waits", "sender")}
    assert {(row.tries, row.not_before) for row in rows} == {(1, AT + MINUTE)}


def test_what_a_server_says_is_kept_nowhere(server, queued, clock, caplog):
    [row] = queued()
    server.refuses[row.person.email] = 550
    _send(clock)
    held = {str(getattr(_row(row), field.name)) for field in Mail._meta.fields}
    assert [words for words in held if "unknown to" in words] == []
    assert "secret-host" not in caplog.text


# -- a server that is down -------------------------------------------------------------------------


def test_a_server_that_is_down_is_tried_after_longer_and_longer_waits(server, queued, clock):
    rows = queued(2)
    server.close()
    waits = []
    for _ in range(6):
        assert _send(clock) == 0
        assert {_stands(row) for row in rows} == {("waits", "no_answer")}
        waits.append(rows[0].not_before - clock.at)
        clock.at = rows[0].not_before
    assert waits == [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 6 * HOUR]


def test_between_the_tries_a_server_that_is_down_is_left_alone(server, queued, clock):
    [row] = queued()
    server.drops = "greeting"
    _send(clock)
    clock.at += MINUTE - timedelta(seconds=1)
    _send(clock)
    assert (_row(row).tries, server.connections) == (1, 1)


def test_after_three_days_it_is_given_up_and_a_sentence_says_why(server, queued, clock):
    [row] = queued()
    server.close()
    while not _row(row).gave_up_at:
        _send(clock)
        clock.at = max(clock.at, _row(row).not_before)
    assert timedelta(days=3) <= row.gave_up_at - AT == outbox.longest_wait()
    assert timedelta(days=3) + 6 * HOUR > outbox.longest_wait()
    assert str(letterbox.FAULTS[row.fault].sentence) == "The mail server does not answer."


def test_once_the_server_is_back_everything_goes_once(server, queued, clock, settings):
    rows = queued(3)
    settings.EMAIL_PORT = 1
    for _ in range(5):
        _send(clock)
        clock.at = _row(rows[0]).not_before
    settings.EMAIL_PORT = server.port
    assert _send(clock) == 3
    assert sorted(server.to) == sorted(row.person.email for row in rows)


def test_a_worker_that_was_off_for_a_month_gives_nothing_up(server, queued, clock):
    [row] = queued()
    clock.at += 30 * DAY
    assert _send(clock) == 1
    assert _row(row).tries == 1


def test_where_no_server_is_set_mail_waits_untried(settings, queued, clock):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    [row] = queued()
    assert _send(clock) == 0
    assert (_stands(row), row.tries, row.not_before) == (("waits", "no_server"), 0, AT)


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"EMAIL_USE_TLS": True}, "not_encrypted"),
        ({"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b"}, "not_encrypted"),
        ({"EMAIL_USE_SSL": True}, "not_trusted"),
        ({"EMAIL_HOST": "nowhere.invalid"}, "no_answer"),
    ],
)
def test_a_server_that_is_not_as_set_is_told_by_kind(server, queued, clock, settings, asked, fault):
    for name, value in asked.items():
        setattr(settings, name, value)
    [row] = queued()
    _send(clock)
    assert _stands(row) == ("waits", fault)


# -- a connection that is lost ---------------------------------------------------------------------


@pytest.mark.parametrize("here", ["mail", "rcpt"])
def test_a_connection_lost_before_the_words_were_given_is_tried_again(server, queued, clock, here):
    [row] = queued()
    server.drops, server.once = here, True
    _send(clock)
    assert _stands(row) == ("waits", "cut_off")
    clock.at += MINUTE
    assert _send(clock) == 1
    assert len(server.took) == 1


@pytest.mark.parametrize("here", ["words", "data"])
def test_a_connection_lost_with_the_words_in_its_hands_is_in_doubt_and_not_sent_again(
    server, queued, clock, here
):
    rows = queued(2)
    server.drops, server.once = here, True
    assert _send(clock) == 1
    assert [_stands(row) for row in rows] == [("given up", "doubt"), ("sent", "")]
    clock.at += 30 * DAY
    assert _send(clock) == 0
    assert server.to.count(rows[0].person.email) <= 1


def test_a_server_that_is_slow_is_waited_for(server, queued, clock):
    queued(2)
    server.slow = 0.1
    assert _send(clock) == 2


def test_a_server_that_never_answers_for_the_words_leaves_them_in_doubt(
    server, queued, clock, settings
):
    [row] = queued()
    settings.EMAIL_TIMEOUT = 0.5

    def hang():
        server.slow = 5

    server.before_answer = hang
    _send(clock)
    assert _stands(row) == ("given up", "doubt")
    assert len(server.took) == 1


# -- a worker that was cut off ---------------------------------------------------------------------


def test_a_mail_left_in_hand_is_in_doubt_after_ten_minutes_and_no_sooner(server, queued, clock):
    [row] = queued()
    outbox.take_up(row.pk, at=AT)
    clock.at += outbox.LONGEST
    assert _send(clock) == 0
    assert _stands(row) == ("in hand", "")
    clock.at += MINUTE
    assert _send(clock) == 0
    assert _stands(row) == ("given up", "doubt")
    assert server.took == []


def test_a_mail_that_was_thought_lost_and_then_went_is_sent(queued):
    [row] = queued()
    mine = outbox.take_up(row.pk, at=AT)
    outbox.mend(at=AT + HOUR)
    outbox.settle(mine, fault="", at=AT + HOUR)
    assert (_stands(row), row.gave_up_at) == (("sent", ""), None)


def test_a_mail_in_hand_is_taken_up_by_nobody_else(queued):
    [row] = queued()
    assert outbox.take_up(row.pk, at=AT) is not None
    assert outbox.take_up(row.pk, at=AT) is None
    assert outbox.take_up(row.pk, at=AT + 30 * DAY) is None


# -- clocks ----------------------------------------------------------------------------------------


def test_a_clock_that_jumps_a_year_ahead_gives_nothing_up_and_floods_nobody(
    server, queued, clock, settings
):
    rows = queued(3)
    settings.EMAIL_PORT = 1
    for _ in range(3):
        _send(clock)
        clock.at = _row(rows[0]).not_before
    clock.at += 365 * DAY
    for _ in range(10):
        _send(clock)
    assert {(row.tries, _stands(row)[0]) for row in map(_row, rows)} == {(4, "waits")}
    settings.EMAIL_PORT = server.port
    clock.at = _row(rows[0]).not_before
    assert _send(clock) == 3
    assert len(server.took) == 3


def test_a_clock_that_is_set_back_a_year_leaves_no_mail_to_wait_for_it(
    server, queued, clock, settings
):
    tried, scheduled = queued(2)
    Mail.objects.filter(pk=scheduled.pk).update(not_before=AT + 14 * DAY)
    settings.EMAIL_PORT = 1
    _send(clock)
    [late] = queued(at=AT, not_before=AT + 2 * DAY)
    settings.EMAIL_PORT = server.port
    clock.at = AT - 365 * DAY
    assert _send(clock) == 0
    assert _row(tried).not_before == clock.at + MINUTE
    assert _row(scheduled).not_before == clock.at + 14 * DAY
    assert _row(late).not_before == clock.at + 2 * DAY
    clock.at += MINUTE
    assert _send(clock) == 1
    clock.at += 2 * DAY
    assert _send(clock) == 1
    clock.at += 14 * DAY
    assert _send(clock) == 1
    clock.at = AT
    assert _send(clock) == 0
    assert len(server.took) == 3


def test_a_mail_in_hand_when_the_clock_is_set_back_is_in_doubt(server, queued, clock):
    [row] = queued()
    outbox.take_up(row.pk, at=AT)
    clock.at = AT - 365 * DAY
    _send(clock)
    assert _stands(row) == ("given up", "doubt")


@pytest.mark.parametrize(
    "change",
    [
        datetime(2027, 3, 28, 0, 30, tzinfo=LONDON),
        datetime(2027, 10, 31, 0, 30, tzinfo=LONDON),
        datetime(2028, 2, 28, 23, 30, tzinfo=LONDON),
        datetime(2028, 2, 29, 23, 30, tzinfo=LONDON),
    ],
    ids=["an hour less", "an hour more", "into 29 February", "out of 29 February"],
)
def test_waits_are_as_long_over_a_change_of_the_clock_and_over_a_leap_day(
    server, queued, clock, settings, change
):
    [row] = queued(at=change)
    clock.at = change
    settings.EMAIL_PORT = 1
    waits = []
    for _ in range(5):
        _send(clock)
        waits.append(_row(row).not_before - clock.at.astimezone(ZoneInfo("UTC")))
        clock.at = row.not_before
    assert waits == list(outbox.WAITS[:5])
    settings.EMAIL_PORT = server.port
    assert _send(clock) == 1
    assert _send(clock) == 0
    assert len(server.took) == 1


def test_a_mail_queued_by_a_change_that_is_not_through_is_not_sent(server, queued, clock):
    with transaction.atomic():
        [row] = queued()
        transaction.set_rollback(True)
    assert _send(clock) == 0
    assert not Mail.objects.filter(pk=row.pk).exists()
