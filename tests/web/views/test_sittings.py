"""How long a sitting lasts, what becomes of words that came too late, and one's own account."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.models import AuditEntry, Grant, Person, Update, Visit
from goldenthread.web.views.declared import addresses
from hostile import VECTORS
from web.world import AT
from web_pages import Page

PASSWORD = "a thread of gold 1"
START = timezone.make_aware(datetime(2026, 11, 23, 10, 0, 30))
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)


@pytest.fixture(autouse=True)
def clock(db):
    cache.clear()
    with time_machine.travel(START, tick=True) as clock:
        yield clock


def _person(world, role="programme_manager", **more):
    person = world.somebody(role, **more)
    person.set_password(PASSWORD)
    person.save()
    Authenticator.objects.filter(user=person).delete()
    return person


def _in(person, **how):
    browser = Client(**how)
    _sign_in(browser, person)
    return browser


def _sign_in(browser, person, to=""):
    given = {"login": person.email, "password": PASSWORD}
    if browser.handler.enforce_csrf_checks:
        browser.get(reverse("account_login"))
        given["csrfmiddlewaretoken"] = browser.cookies["csrf"].value
    return browser.post(to or reverse("account_login"), given)


def _status(browser):
    return browser.get(reverse("register")).status_code


# -- how long --------------------------------------------------------------------------------------


def test_a_sitting_ends_after_half_an_hour_without_a_request(world, clock):
    browser = _in(_person(world))
    for _ in range(4):
        clock.shift(IDLE - timedelta(minutes=2))
        assert _status(browser) == 200
    clock.shift(IDLE + timedelta(seconds=1))
    answer = browser.get(reverse("register"))
    assert answer.status_code == 302
    words = Page(browser.get(answer.headers["Location"]).content).text
    assert "You were signed out because nothing was done for 30 minutes." in words


def test_a_sitting_ends_after_twelve_hours_however_busy(world, clock):
    browser = _in(_person(world))
    seen = []
    for _ in range(60):
        clock.shift(timedelta(minutes=15))
        seen.append(_status(browser))
    # 47 quarters of an hour lie within twelve hours; the one that fills them is over.
    assert seen == [200] * 47 + [302] * 13


def test_the_lengths_are_settings(world, clock):
    browser = _in(_person(world))
    clock.shift(timedelta(minutes=6))
    with override_settings(SITTING_IDLE=300):
        assert _status(browser) == 302


def test_a_sitting_that_is_over_leaves_no_row_of_the_person(world, clock):
    person = _person(world)
    browser = _in(person)
    assert Visit.objects.filter(person=person).count() == 1
    clock.shift(IDLE)
    browser.get("/workspace/")
    assert Visit.objects.filter(person=person).count() == 0


def test_a_page_is_noted_once_a_minute_and_no_oftener(world, clock, django_assert_max_num_queries):
    person = _person(world)
    browser = _in(person)
    _status(browser)
    first = Visit.objects.get(person=person).seen
    clock.shift(timedelta(seconds=30))
    _status(browser)
    assert Visit.objects.get(person=person).seen == first
    clock.shift(timedelta(seconds=40))
    _status(browser)
    assert Visit.objects.get(person=person).seen > first


def test_a_clock_that_jumps_back_shuts_nobody_out(world, clock):
    browser = _in(_person(world))
    clock.shift(-timedelta(hours=1))
    assert _status(browser) == 200


# -- words that came too late ----------------------------------------------------------------------


def _late(world, clock, browser, **said):
    """An update that is sent when the sitting has just ended; its address and the answer."""
    row = world.action()
    given = {"version": row.version, "key": "k" * 20, "status": "in_progress", **said}
    address = reverse("add_update", kwargs={"action": row.public_id})
    clock.shift(IDLE + timedelta(minutes=1))
    return address, browser.post(address, given)


def _hidden(page):
    return {
        attrs["name"]: attrs["value"]
        for tag, attrs in page.elements
        if tag == "input"
        and attrs.get("type") == "hidden"
        and attrs["name"] != "csrfmiddlewaretoken"
    }


def test_words_that_were_sent_too_late_are_kept_and_sent_with_one_press(world, clock):
    person = _person(world)
    browser = _in(person)
    words = "Held two sessions.\nForty came."
    address, answer = _late(world, clock, browser, done=words)
    assert not Update.objects.exists()
    sign_in = answer.headers["Location"]
    assert "What you wrote is kept" in Page(browser.get(sign_in).content).text
    back = _sign_in(browser, person, sign_in)
    assert back.headers["Location"] == reverse("kept_words")
    page = Page(browser.get(reverse("kept_words")).content)
    assert "Forty came." in page.text
    forms = [attrs["action"] for tag, attrs in page.elements if tag == "form"]
    assert forms == [address, reverse("kept_words")]
    assert browser.post(address, _hidden(page)).status_code == 302
    assert Update.objects.get().done == words
    assert "kept" not in browser.session


@pytest.mark.parametrize("words", VECTORS[:8])
def test_hostile_words_are_kept_as_words(world, clock, words):
    person = _person(world)
    browser = _in(person)
    _, answer = _late(world, clock, browser, done=words)
    _sign_in(browser, person, answer.headers["Location"])
    page = Page(browser.get(reverse("kept_words")).content)
    assert _hidden(page)["done"] == words
    assert [tag for tag, _ in page.elements if tag == "script"] == []


def test_nobody_else_who_signs_in_there_reads_them(world, clock):
    person, other = _person(world), _person(world)
    browser = _in(person)
    _, answer = _late(world, clock, browser, done="Secret words")
    _sign_in(browser, other, answer.headers["Location"])
    seen = browser.get(reverse("kept_words"), follow=True)
    assert "Secret words" not in seen.content.decode()
    assert "kept" not in browser.session


def test_they_can_be_thrown_away(world, clock):
    person = _person(world)
    browser = _in(person)
    address, answer = _late(world, clock, browser, done="Never mind")
    _sign_in(browser, person, answer.headers["Location"])
    assert browser.post(reverse("kept_words")).headers["Location"] == address
    assert "kept" not in browser.session
    assert browser.get(reverse("kept_words")).headers["Location"] == reverse("workspace_home")


def test_a_forged_form_is_kept_for_nobody(world, clock):
    person = _person(world)
    browser = _in(person, enforce_csrf_checks=True)
    _, answer = _late(world, clock, browser, done="Forged")
    assert answer.status_code == 403
    assert "kept" not in browser.session


def test_a_stranger_has_nothing_kept_for_them(world, clock):
    browser = Client()
    _, answer = _late(world, clock, browser, done="Flood")
    assert answer.status_code == 302
    assert Visit.objects.count() == 0


def test_what_is_too_long_for_any_form_is_not_kept_and_the_person_comes_back_to_the_form(
    world, clock
):
    browser = _in(_person(world))
    address, answer = _late(world, clock, browser, done="x" * 300_000)
    assert answer.headers["Location"].endswith(f"?next={address}")
    assert "kept" not in browser.session


# -- one's own account -----------------------------------------------------------------------------


def test_another_password_ends_every_other_sitting_and_is_in_the_audit(world):
    person = _person(world)
    here, there = _in(person), _in(person)
    given = {
        "oldpassword": PASSWORD,
        "password1": "another 22 thread",
        "password2": "another 22 thread",
    }
    assert here.post(reverse("account_change_password"), given).status_code == 302
    assert (_status(here), _status(there)) == (200, 302)
    assert AuditEntry.objects.get(act="account.password_changed").actor == person.public_id
    assert Visit.objects.filter(person=person).count() == 1


def test_the_account_page_lists_browsers_and_ends_the_others(world, clock):
    person = _person(world)
    here, there = _in(person), _in(person)
    _status(there)
    words = Page(here.get(reverse("account")).content).text
    assert "You are signed in with 2 browsers" in words
    assert f"{person.name}" in words
    assert (
        "Programme manager, London Borough of Brackenford" in words or "Programme manager" in words
    )
    here.post(reverse("sign_out_elsewhere"))
    assert (_status(here), _status(there)) == (200, 302)
    assert "You are signed in with one browser" in Page(here.get(reverse("account")).content).text
    entry = AuditEntry.objects.filter(act="account.signed_out_elsewhere").get()
    assert entry.actor == person.public_id


def test_one_closes_ones_own_account_with_the_password(world):
    person = _person(world)
    here, there = _in(person), _in(person)
    wrong = here.post(reverse("close_own_account"), {"password": "wrong"})
    assert (wrong.status_code, "The password is not right" in wrong.content.decode()) == (422, True)
    done = here.post(reverse("close_own_account"), {"password": PASSWORD})
    assert "Your account is closed" in Page(done.content).text
    person.refresh_from_db()
    assert person.is_active is False
    assert not Grant.objects.filter(person=person, until__isnull=True).exists()
    assert (_status(here), _status(there)) == (302, 302)
    assert AuditEntry.objects.get(act="account.closed").actor == person.public_id
    _sign_in(here, person)
    assert _status(here) == 302


def test_the_last_person_who_can_give_roles_stays(world, settings):
    settings.SECOND_FACTOR = False
    person = world.administrator
    person.set_password(PASSWORD)
    person.save()
    Authenticator.objects.filter(user=person).delete()
    Grant.objects.filter(role="administrator").exclude(person=person).delete()
    refused = _in(person).post(reverse("close_own_account"), {"password": PASSWORD})
    assert "You are the last person who can give roles" in Page(refused.content).text
    assert Person.objects.get(pk=person.pk).is_active
    world.somebody("administrator", since=AT.date())
    assert _in(person).post(reverse("close_own_account"), {"password": PASSWORD}).status_code == 200
    assert not Person.objects.get(pk=person.pk).is_active


OWN = [a for a in addresses() if a.declared is not None and a.declared.own]


@pytest.mark.parametrize("address", OWN, ids=lambda part: part.name)
def test_a_page_of_ones_own_sends_a_stranger_to_sign_in(db, address):
    for answer in (Client().get(reverse(address.name)), Client().post(reverse(address.name))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name",
    [
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
        *("mfa_generate_recovery_codes", "mfa_authenticate", "mfa_reauthenticate"),
        *("account_change_password", "account_reauthenticate", "account_set_password"),
    ],
)
def test_so_does_every_page_of_anothers_that_changes_an_account(db, name):
    for answer in (Client().get(reverse(name)), Client().post(reverse(name))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


# -- the demonstration -----------------------------------------------------------------------------


def test_outside_the_demonstration_there_is_no_menu_of_people(world):
    address = reverse("switch_person")
    for browser in (Client(), _in(_person(world))):
        assert browser.get(address).status_code == 404
        person = {"person": world.administrator.public_id}
        assert browser.post(address, person).status_code == 404
        assert browser.session.get("_auth_user_id") != str(world.administrator.pk)


def test_in_the_demonstration_everybody_can_be_without_a_second_factor(world, settings):
    settings.DEMO, settings.SECOND_FACTOR = True, False
    Authenticator.objects.all().delete()
    browser = Client()
    for role in ("publisher", "administrator", "auditor"):
        person = world.council.holding(role)
        answer = browser.post(reverse("switch_person"), {"person": person.public_id})
        assert answer.headers["Location"] == reverse("workspace_home")
        assert browser.get(reverse("workspace_home")).status_code == 200
        assert browser.session["_auth_user_id"] == str(person.pk)
