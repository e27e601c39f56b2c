"""Links for updates: one at a time, signed when they are read, and no longer than their round."""

from datetime import datetime, timedelta

import pytest
from django.core import signing
from django.test import override_settings
from django.utils.timezone import localdate, make_aware

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import update_links
from goldenthread.web.models import AuditEntry, AuditFacts, LinkUse, Mail, UpdateLink
from goldenthread.web.queries.update_links import of_token, token, why_not
from web.changes.links import a_link, a_round
from web.world import AT, DAY, ON

HOUR = timedelta(hours=1)


def _last_entry():
    entry = AuditEntry.objects.order_by("-number").first()
    return entry, AuditFacts.objects.get(number=entry.number).facts


def test_a_link_is_a_row_and_a_mail_that_waits(world):
    lead, round_ = world.somebody("lead_officer"), a_round(world)
    link = update_links.issue_link(by=world.manager, round=round_, person=lead, at=AT)
    assert (link.person, link.round, link.issued_by) == (lead, round_, world.manager)
    mail = Mail.objects.get(kind="update_link")
    assert (mail.person, mail.about_kind, mail.about_id) == (lead, "updatelink", link.public_id)
    entry, facts = _last_entry()
    assert (entry.act, entry.actor, entry.object_id) == (
        "link.issued",
        world.manager.public_id,
        link.public_id,
    )
    assert facts == {
        "person": lead.public_id,
        "round": round_.public_id,
        "until": "2026-10-14",
    }


def test_a_link_opens_until_the_last_day_of_its_round_is_over(world):
    link = a_link(world, world.somebody())
    assert link.expires_at == make_aware(datetime(2026, 10, 15))
    assert why_not(link, link.expires_at - timedelta(seconds=1)) == ""
    assert why_not(link, link.expires_at) == "closed"


@override_settings(UPDATE_LINK_DAYS=3)
def test_a_link_opens_for_so_many_days_at_most(world):
    link = a_link(world, world.somebody())
    assert link.expires_at == AT + 3 * DAY
    assert (why_not(link, AT + 2 * DAY), why_not(link, AT + 3 * DAY)) == ("", "expired")


def test_a_second_link_shuts_the_first(world):
    lead, round_ = world.somebody(), a_round(world)
    first = a_link(world, lead, round_)
    second = a_link(world, lead, round_, at=AT + HOUR)
    first.refresh_from_db()
    assert (first.withdrawn_at, second.withdrawn_at) == (AT + HOUR, None)
    assert (why_not(first, AT + HOUR), why_not(second, AT + HOUR)) == ("replaced", "")
    assert Mail.objects.filter(kind="update_link").count() == 2
    other = a_link(world, world.somebody(), round_)
    assert why_not(second, AT + HOUR) == why_not(other, AT + HOUR) == ""


def test_a_link_that_is_withdrawn_opens_nothing_and_sends_nothing(world):
    link = a_link(world, world.somebody())
    update_links.withdraw_link(by=world.manager, link=link, version=1, at=AT)
    assert why_not(link, AT) == "withdrawn"
    assert Mail.objects.filter(kind="update_link").count() == 1
    with pytest.raises(Missing):
        update_links.withdraw_link(by=world.manager, link=link, version=2, at=AT)


def test_a_link_withdrawn_twice_at_once_is_out_of_step(world):
    link = a_link(world, world.somebody())
    stale = UpdateLink.objects.get(pk=link.pk)
    update_links.withdraw_link(by=world.manager, link=link, version=1, at=AT)
    with pytest.raises(OutOfStep):
        update_links.withdraw_link(by=world.manager, link=stale, version=1, at=AT)


def test_the_link_of_a_closed_account_opens_nothing(world):
    lead = world.somebody()
    link = a_link(world, lead)
    lead.is_active = False
    assert why_not(link, AT) == "withdrawn"


def test_no_link_is_sent_for_a_round_that_is_over_or_to_an_account_that_is_closed(world):
    lead, round_ = world.somebody(), a_round(world)
    with pytest.raises(Missing, match="round is closed"):
        a_link(world, lead, round_, at=AT + 14 * DAY)
    lead.is_active = False
    with pytest.raises(Missing, match="account is closed"):
        a_link(world, lead, round_)
    assert not UpdateLink.objects.exists()
    assert not Mail.objects.exists()


# -- the address ---------------------------------------------------------------------------------


def test_an_address_leads_to_its_link_and_an_altered_one_to_none(world):
    link, other = a_link(world, world.somebody()), a_link(world, world.somebody())
    good = token(link)
    assert of_token(good) == link
    public_id, signature = good.split(".")
    swapped = f"{other.public_id}.{signature}"
    altered = [
        *(good[:-1], f"{good}A", f"{good}.", good.upper(), good[::-1], public_id, f".{signature}"),
        *("", ".", swapped, f"{public_id}.", f"{public_id}..{signature}", f" {good}", f"{good}\n"),
        *(f"{public_id}.{signature[:-1]}{'A' if signature[-1] != 'A' else 'E'}", "x" * 5000),
        signing.Signer(sep=".").sign(public_id),
        signing.Signer(key="another key", salt="goldenthread.web.update_link", sep=".").sign(
            public_id
        ),
    ]
    assert [one for one in altered if of_token(one) is not None] == []


def test_every_letter_of_an_address_counts(world):
    good = token(a_link(world, world.somebody()))
    for place, sign in enumerate(good):
        other = "B" if sign != "B" else "D"
        assert of_token(good[:place] + other + good[place + 1 :]) is None, place


def test_a_link_opens_after_the_sites_key_was_changed_while_the_old_one_is_kept(world, settings):
    link = a_link(world, world.somebody())
    sent, old = token(link), settings.SECRET_KEY
    with override_settings(SECRET_KEY="a new key of many signs", SECRET_KEY_FALLBACKS=[old]):
        assert of_token(sent) == link
        assert token(link) != sent
    with override_settings(SECRET_KEY="a new key of many signs", SECRET_KEY_FALLBACKS=[]):
        assert of_token(sent) is None


def test_no_row_holds_what_an_address_is_signed_with(world):
    link = a_link(world, world.somebody())
    signature = token(link).split(".")[1]
    rows = [*UpdateLink.objects.values(), *Mail.objects.values(), *AuditFacts.objects.values()]
    assert link.public_id in str(rows)
    assert signature not in str(rows)


# -- asked for again -------------------------------------------------------------------------------


def _asks(link, at=AT):
    return update_links.ask_for_link(by=link.person, link=link, at=at)


@override_settings(UPDATE_LINK_DAYS=1)
def test_an_expired_link_is_asked_for_again_and_goes_to_its_own_person(world):
    old = a_link(world, world.somebody())
    new = _asks(old, AT + 2 * DAY)
    assert (new.person, new.round, new.issued_by) == (old.person, old.round, world.manager)
    assert why_not(new, AT + 2 * DAY) == ""
    assert [mail.person for mail in Mail.objects.order_by("id")] == [old.person, old.person]


def test_a_link_is_sent_anew_three_times_a_day_at_most(world):
    link = a_link(world, world.somebody())
    for _again in range(5):
        link = _asks(link)
    assert Mail.objects.filter(kind="update_link").count() == 1 + update_links.ASKED_AT_MOST
    assert _asks(link, AT + DAY + HOUR).pk != link.pk


def test_a_link_that_was_withdrawn_is_not_sent_anew_but_its_sender_is_told(world):
    link = a_link(world, world.somebody())
    update_links.withdraw_link(by=world.manager, link=link, version=1, at=AT)
    assert _asks(link) == link
    assert Mail.objects.filter(kind="update_link").count() == 1
    assert LinkUse.objects.get().what == "asked_for_a_link"
    assert _last_entry()[1] == {"sent": False}


def test_after_its_round_nobody_is_sent_a_link(world):
    link = a_link(world, world.somebody())
    assert _asks(link, AT + 30 * DAY) == link
    assert localdate(AT + 30 * DAY) > link.round.closes


def test_nobody_asks_for_the_link_of_another(world):
    link = a_link(world, world.somebody())
    with pytest.raises(NotAllowed):
        update_links.ask_for_link(by=world.manager, link=link, at=AT)


def test_the_world_of_these_tests_is_in_the_round():
    assert ON <= localdate(AT) <= ON + 13 * DAY
