"""Signing in: guesses are slowed and told, nobody is locked out, and who needs a second factor."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.accounts import forget_second_factor
from goldenthread.web.models import Attempt, AuditEntry, AuditFacts, Grant, Visit
from goldenthread.web.permissions import PERMISSIONS, ROLES
from goldenthread.web.views.signing_in import SecondFactors
from web.world import ON, SECRET
from web_pages import Page

PASSWORD, CANARY = "a thread of gold 1", "kanarienvogel"
START = timezone.make_aware(datetime(2026, 11, 23, 10, 0, 30))
GUARDED = {"publisher", "auditor", "administrator"}
SIGN_IN = "/account/sign-in/"


@pytest.fixture(autouse=True)
def ten_o_clock(db):
    """Away from the end of any ten minutes; and nobody has tried anything yet."""
    cache.clear()
    with time_machine.travel(START, tick=True) as clock:
        yield clock


def _person(world, role="councillor", factor=False, **more):
    person = world.somebody(role, **more)
    person.set_password(PASSWORD)
    person.save()
    if not factor:
        Authenticator.objects.filter(user=person).delete()
    return person


def _browser(network="192.0.2.1", **how):
    return Client(REMOTE_ADDR=network, **how)


def _try(browser, person, password=PASSWORD, **more):
    login = person if isinstance(person, str) else person.email
    return browser.post(SIGN_IN, {"login": login, "password": password}, **more)


def _code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def _inside(browser):
    return "_auth_user_id" in browser.session


def _words(answer):
    return Page(answer.content).text


def _since(number):
    rows = AuditEntry.objects.filter(number__gt=number).order_by("number")
    return [(row.act, row.actor, row.object_id) for row in rows]


# -- in and out ------------------------------------------------------------------------------------


def test_a_person_signs_in_by_address_whatever_its_capitals_and_out_again(world):
    person, browser = _person(world), _browser()
    last = AuditEntry.objects.count()
    assert _try(browser, person.email.upper()).status_code == 302
    assert _inside(browser)
    assert person.password.startswith("argon2")
    assert _since(last) == [("account.signed_in", person.public_id, person.public_id)]
    out = browser.post(reverse("account_logout"))
    assert (out.status_code, _inside(browser)) == (302, False)
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert Visit.objects.filter(person=person).count() == 0


def test_the_key_of_a_browser_is_new_once_somebody_signs_in(world):
    person, browser = _person(world), _browser()
    browser.get(reverse("register"))
    session = browser.session
    session["known"] = "before"
    session.save()
    browser.cookies["session"] = session.session_key
    assert _try(browser, person).status_code == 302
    assert browser.session.session_key != session.session_key
    assert not Visit.objects.filter(session_key=session.session_key).exists()


def test_a_closed_account_cannot_sign_in(world):
    person, browser = _person(world), _browser()
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    _try(browser, person)
    assert not _inside(browser)


def test_an_account_that_is_closed_meanwhile_is_out_at_once(world):
    person, browser = _person(world), _browser()
    _try(browser, person)
    assert browser.get(reverse("register")).status_code == 200
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert browser.get(reverse("register")).status_code == 302


def test_nobody_can_sign_themselves_up(db):
    assert Client().get("/account/sign-up/").status_code == 404


# -- guesses ---------------------------------------------------------------------------------------


def test_no_sentence_tells_whether_there_is_an_account(world):
    known = _person(world)
    without = world.somebody("councillor")
    said = set()
    for address in (known.email, without.email, "nobody@brackenford.example"):
        answer = _try(_browser(), address, "wrong")
        said.add((answer.status_code, _words(answer).replace(address, "ADDRESS")))
    assert len(said) == 1
    assert "The address or the password is not right." in said.pop()[1]
    cache.clear()
    asked = set()
    for address in (known.email, "nobody@brackenford.example"):
        answer = _browser().post(reverse("account_reset_password"), {"email": address})
        asked.add((answer.status_code, answer.headers["Location"]))
    assert len(asked) == 1


def test_a_blocked_sign_in_says_the_same_of_every_address(world):
    said = set()
    for number, address in enumerate((_person(world).email, "nobody@brackenford.example")):
        browser = _browser(f"192.0.2.{number}")
        for _ in range(6):
            answer = _try(browser, address, "wrong")
        said.add(_words(answer).replace(address, "ADDRESS"))
    assert len(said) == 1
    assert "There were too many tries in a short time" in said.pop()


def test_a_thousand_guesses_try_few_passwords_and_never_the_right_one(world, monkeypatch):
    person = _person(world)
    hasher, checked = type(get_hasher()), []
    before = hasher.verify
    monkeypatch.setattr(hasher, "verify", lambda *given: checked.append(1) or before(*given))
    attacker = _browser("198.51.100.7")
    for number in range(1000):
        _try(attacker, person, f"guess {number}")
        if number > 5:
            # Even the right one is not tried while the guesses go on.
            assert not _inside(attacker)
    assert len(checked) <= 5
    _try(attacker, person)
    assert not _inside(attacker)
    owner = _browser("203.0.113.5")
    _try(owner, person)
    assert _inside(owner)


def test_after_five_minutes_the_same_network_may_try_again(world, ten_o_clock):
    person, browser = _person(world), _browser()
    for _ in range(6):
        _try(browser, person, "wrong")
    _try(browser, person)
    assert not _inside(browser)
    ten_o_clock.shift(timedelta(minutes=5))
    _try(browser, person)
    assert _inside(browser)


def test_a_crowd_of_networks_is_slowed_and_the_owners_own_browser_is_not(world):
    person, home = _person(world), _browser("203.0.113.5")
    _try(home, person)
    home.post(reverse("account_logout"))
    blocked = 0
    for number in range(100):
        answer = _try(_browser(f"198.51.100.{number}"), person, "wrong")
        blocked += "too many tries" in _words(answer)
    assert blocked == 40
    stranger = _browser("192.0.2.77")
    _try(stranger, person)
    assert not _inside(stranger)
    _try(home, person)
    assert _inside(home)


def test_the_mark_of_a_known_browser_lets_no_more_guesses_through(world):
    person, home = _person(world), _browser()
    _try(home, person)
    home.post(reverse("account_logout"))
    for _ in range(5):
        _try(home, person, "wrong")
    assert "too many tries" in _words(_try(home, person, "wrong"))
    mark = home.cookies["known"]
    assert (mark["httponly"], mark["samesite"]) == (True, "Lax")
    assert person.email not in mark.value
    forged = _browser("192.0.2.9")
    forged.cookies["known"] = mark.value[:-3] + "abc"
    assert _try(forged, person).status_code == 302


def test_one_network_that_tries_every_account_is_slowed(world):
    browser = _browser()
    said = [_words(_try(browser, f"a{n}@brackenford.example", "wrong")) for n in range(25)]
    assert ["too many tries" in words for words in said] == [False] * 20 + [True] * 5


def test_what_is_counted_is_in_the_database_and_holds_no_address(world):
    _try(_browser("192.0.2.123"), f"{CANARY}@brackenford.example", "wrong")
    rows = Attempt.objects.all()
    assert rows.count() >= 3
    kept = " ".join(f"{row.cache_key} {row.value}" for row in rows)
    assert CANARY not in kept
    assert "192.0.2" not in kept


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_the_network_is_the_one_that_the_proxy_saw(world):
    person, proxy = _person(world), _browser("10.0.0.1")
    for number in range(6):
        given = {"HTTP_X_FORWARDED_FOR": f"1.2.3.{number}, 198.51.100.7"}
        answer = _try(proxy, person, "wrong", **given)
    assert "too many tries" in _words(answer)
    _try(proxy, person, HTTP_X_FORWARDED_FOR="203.0.113.5")
    assert _inside(proxy)


def test_failed_and_blocked_sign_ins_are_in_the_audit_without_what_was_typed(world, ten_o_clock):
    person = _person(world)
    last = AuditEntry.objects.count()
    for _ in range(8):
        _try(_browser(), person, CANARY)
    _try(_browser("192.0.2.2"), f"{CANARY}@brackenford.example", CANARY)
    assert _since(last) == [
        ("sign_in.failed", "", person.public_id),
        ("sign_in.blocked", "", person.public_id),
        ("sign_in.failed", "", ""),
    ]
    ten_o_clock.shift(timedelta(minutes=10))
    audit.settle(at=timezone.now())
    assert [AuditFacts.objects.get(number=last + n).facts["more_times"] for n in (4, 5)] == [4, 2]
    assert CANARY not in " ".join(str(held.facts) for held in AuditFacts.objects.all())


def test_a_password_is_set_anew_by_a_link_that_works_once(world):
    person = _person(world)
    _browser().post(reverse("account_reset_password"), {"email": person.email})
    [message] = mail.outbox
    link = next(w for w in message.body.split() if "/password/key/" in w)
    browser = _browser()
    form = browser.get(link.partition("testserver")[2], follow=True)
    given = {"password1": "another thread 22", "password2": "another thread 22"}
    assert browser.post(form.redirect_chain[-1][0], given).status_code == 302
    _try(browser, person, "another thread 22")
    assert _inside(browser)
    again = _browser().get(link.partition("testserver")[2], follow=True)
    assert "This link has been used or has run out" in _words(again)
    assert "password1" not in again.content.decode()


# -- the second factor -----------------------------------------------------------------------------


def test_exactly_those_who_publish_manage_people_or_read_the_audit_need_one():
    assert {
        role.name
        for role in ROLES.values()
        if any(PERMISSIONS[name].guarded for name in role.permissions)
    } == GUARDED
    assert {name for name, one in PERMISSIONS.items() if one.guarded} == {
        *("publish_edition", "add_person", "appoint", "grant_role", "change_units", "read_audit"),
        *("take_down_edition", "read_taken_down"),
    }


@pytest.mark.parametrize("role", ROLES)
def test_without_it_every_page_of_the_workspace_leads_to_its_set_up(world, role):
    browser = _browser()
    browser.force_login(_person(world, role))
    set_up = reverse("mfa_activate_totp")
    for name in ("workspace_home", "who_may"):
        answer = browser.get(reverse(name))
        led = answer.status_code == 302 and answer.headers["Location"] == set_up
        assert led is (role in GUARDED)
    assert browser.get(reverse("account")).status_code == 200


@pytest.mark.parametrize("role", sorted(GUARDED))
def test_a_setting_switches_it_off(world, role, settings):
    settings.SECOND_FACTOR = False
    browser = _browser()
    browser.force_login(_person(world, role))
    assert browser.get(reverse("workspace_home")).status_code == 200


def test_a_role_that_begins_later_asks_for_it_from_its_first_day(world):
    person, browser = _person(world), _browser()
    browser.force_login(person)
    assert browser.get(reverse("workspace_home")).status_code == 200
    Grant.objects.create(person=person, role="auditor", unit=world.unit(), since=ON)
    assert browser.get(reverse("workspace_home")).status_code == 302


def test_setting_it_up_signing_in_with_it_and_with_a_recovery_code(
    world, ten_o_clock, django_capture_on_commit_callbacks
):
    person, browser = _person(world, "auditor"), _browser()
    last = AuditEntry.objects.count()
    _try(browser, person)
    page = browser.get(reverse("workspace_home"), follow=True)
    assert "Set up a second factor" in _words(page)
    secret = browser.session["mfa.totp.secret"]
    picture = browser.get(reverse("second_factor_picture"))
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/svg+xml")
    wrong = browser.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "The code is not right" in _words(wrong)
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(reverse("mfa_activate_totp"), {"code": _code(secret)}, follow=True)
    assert "You have 10 recovery codes left" in _words(done)
    [factor] = Authenticator.objects.filter(user=person, type="totp")
    assert secret not in str(factor.data)
    kept = Authenticator.objects.get(user=person, type="recovery_codes")
    codes = kept.wrap().get_unused_codes()
    assert f"{codes[0][:4]} {codes[0][4:]}" in _words(done)
    assert browser.get(reverse("workspace_home")).status_code == 200
    browser.post(reverse("account_logout"))

    ten_o_clock.shift(timedelta(minutes=2))
    assert _try(browser, person).headers["Location"] == reverse("mfa_authenticate")
    assert not _inside(browser)
    assert browser.get(reverse("audit")).status_code == 302
    assert "not right" in _words(browser.post(reverse("mfa_authenticate"), {"code": "123456"}))
    used = _code(secret)
    browser.post(reverse("mfa_authenticate"), {"code": used})
    assert _inside(browser)
    assert browser.get(reverse("audit")).status_code == 200
    browser.post(reverse("account_logout"))

    _try(browser, person)
    browser.post(reverse("mfa_authenticate"), {"code": used})
    assert not _inside(browser), "A code is good once."
    browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert _inside(browser)
    browser.post(reverse("account_logout"))
    _try(browser, person)
    browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not _inside(browser), "A recovery code is good once."
    acts = [act for act, _, _ in _since(last)]
    assert acts.count("account.second_factor_set_up") == 1
    assert "second_factor.failed" in acts


def test_codes_cannot_be_guessed(world):
    person, browser = _person(world, "auditor", factor=True), _browser()
    _try(browser, person)
    for number in range(10):
        answer = browser.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})
    assert "too many tries" in _words(answer)
    browser.post(reverse("mfa_authenticate"), {"code": _code()})
    assert not _inside(browser)


def test_it_stays_while_a_role_asks_for_it_and_may_go_afterwards(world, settings):
    person, browser = _person(world, "auditor", factor=True), _browser()
    _try(browser, person)
    browser.post(reverse("mfa_authenticate"), {"code": _code()})
    answer = browser.post(reverse("mfa_deactivate_totp"))
    assert "The second factor stays" in _words(answer)
    assert Authenticator.objects.filter(user=person).exists()
    Grant.objects.filter(person=person).update(role="councillor")
    assert browser.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()
    assert AuditEntry.objects.filter(act="account.second_factor_removed").count() == 1


def test_an_old_sitting_must_give_the_password_again_before_it_changes_anything(world, ten_o_clock):
    person, browser = _person(world), _browser()
    _try(browser, person)
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200
    ten_o_clock.shift(timedelta(minutes=6))
    answer = browser.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(answer.headers["Location"], {"password": "wrong"})
    assert browser.get(reverse("mfa_activate_totp")).status_code == 302
    browser.post(answer.headers["Location"], {"password": PASSWORD})
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_secrets_are_sealed_and_of_no_use_with_another_key(settings):
    seal = SecondFactors()
    sealed = seal.encrypt(SECRET)
    assert SECRET not in sealed
    assert seal.decrypt(sealed) == SECRET
    settings.SECRET_KEY = "another" * 8
    assert seal.decrypt(sealed) != SECRET
    assert len(seal.decrypt(sealed)) == len(SECRET)


def test_a_lost_second_factor_is_taken_away_by_whoever_runs_the_site(world):
    person, browser = _person(world, "auditor", factor=True), _browser()
    browser.force_login(person)
    assert browser.get(reverse("audit")).status_code == 200
    forget_second_factor(by=None, email=person.email.upper(), at=timezone.now())
    assert browser.get(reverse("audit")).status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()
    entry = AuditEntry.objects.get(act="account.second_factor_forgotten")
    assert (entry.actor, entry.object_id) == ("", person.public_id)
    for address in (person.email, "nobody@brackenford.example"):
        with pytest.raises(Missing, match="Nobody with this address has a second factor"):
            forget_second_factor(by=None, email=address, at=timezone.now())
