"""Signing in and one's own account in a real browser: accessible, on a phone, without scripts."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE, faults
from goldenthread.web.models import Update
from web.screens.browsing import Browser
from web.world import SECRET

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

PASSWORD = "a thread of gold 1"
START = timezone.make_aware(datetime(2026, 11, 23, 10, 0, 5))


@pytest.fixture(autouse=True)
def clock(db):
    cache.clear()
    with time_machine.travel(START, tick=True) as clock:
        yield clock


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person=None, width=DESKTOP, scripts=True):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


def _person(world, role="auditor", factor=True):
    person = world.somebody(role)
    person.set_password(PASSWORD)
    person.save()
    if not factor:
        Authenticator.objects.filter(user=person).delete()
    return person


def _code(secret):
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def _check(browser):
    """Accessible and within the window at each width; returns every fault."""
    found = faults(browser.page)
    assert browser.page.locator("h1").count() == 1
    refusals = ("403", "422", "429")
    complaints = [one for one in browser.complaints if not any(r in one for r in refusals)]
    browser.complaints.clear()
    return found + complaints


def _sign_in(page, person):
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def _press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


def test_setting_up_a_second_factor_and_signing_in_with_it_without_scripts(
    world, visit, clock, django_capture_on_commit_callbacks
):
    person = _person(world, factor=False)
    browser = visit(None, PHONE, scripts=False)
    page = browser.open(reverse("account_login"))
    _press(page, "Sign in")
    assert page.title().startswith("Error:")
    _sign_in(page, person)
    page.goto("https://localhost" + reverse("mfa_activate_totp"))
    assert page.get_by_role("heading", name="Set up a second factor").is_visible()
    assert page.locator("img").evaluate("e => e.naturalWidth") > 0
    _press(page, "Use this app")
    assert page.title().startswith("Error:")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(_code(secret))
    with django_capture_on_commit_callbacks(execute=True):
        _press(page, "Use this app")
    page.goto("https://localhost" + reverse("mfa_view_recovery_codes"))
    assert page.get_by_role("heading", name="You have 10 recovery codes left").is_visible()
    browser.client.post(reverse("account_logout"))
    clock.shift(timedelta(minutes=2))
    again = visit(None, PHONE, scripts=False)
    page = again.open(reverse("account_login"))
    _sign_in(page, person)
    page.get_by_label("Code", exact=True).fill(_code(secret))
    _press(page, "Sign in")
    page.goto("https://localhost" + reverse("audit"))
    assert "on record" in page.locator("h1").inner_text()


def _states(world, visit, clock):
    """Each page in each of its states, opened; its name and its browser."""
    factor, plain = _person(world), _person(world, "programme_manager", factor=False)
    bare = _person(world, factor=False)
    stranger = visit()
    page = stranger.open(reverse("account_login"))
    yield "sign-in", stranger
    _press(page, "Sign in")
    yield "sign-in-mistake", stranger
    page.get_by_label("Email address").fill(factor.email)
    page.get_by_label("Password", exact=True).fill("wrong")
    _press(page, "Sign in")
    yield "sign-in-wrong", stranger
    stranger.open(reverse("account_login"))
    _sign_in(page, factor)
    yield "code", stranger
    _press(page, "Sign in")
    yield "code-mistake", stranger
    page.get_by_label("Code", exact=True).fill(_code(SECRET))
    _press(page, "Sign in")
    stranger.open(reverse("account"))
    yield "account-with-factor", stranger
    stranger.open(reverse("mfa_generate_recovery_codes"))
    yield "codes-new", stranger
    _press(page, "Make new ones")
    stranger.open(reverse("mfa_view_recovery_codes"))
    yield "codes", stranger
    stranger.open(reverse("mfa_deactivate_totp"))
    yield "factor-stays", stranger
    clock.shift(timedelta(minutes=6))
    stranger.open(reverse("mfa_reauthenticate"))
    yield "code-again", stranger
    stranger.open(reverse("account_reauthenticate"))
    yield "password-again", stranger

    second = visit()
    page = second.open(reverse("account_login"))
    _sign_in(page, bare)
    second.open(reverse("workspace_home"))
    yield "factor-set-up", second
    _press(page, "Use this app")
    yield "factor-set-up-mistake", second
    second.open(reverse("account"))
    yield "account-needs-factor", second

    mine = visit(plain)
    page = mine.open(reverse("account"))
    yield "account", mine
    mine.open(reverse("account_change_password"))
    yield "change-password", mine
    row = world.action()
    mine.open(reverse("add_update", kwargs={"action": row.public_id}))
    page.get_by_label("What was done?").fill("Held two sessions.\n\nForty people came.")
    clock.shift(timedelta(minutes=31))
    _press(page, "Add this update")
    yield "sign-in-lapsed", mine
    _sign_in(page, plain)
    mine.open(reverse("kept_words"))
    yield "kept", mine
    _press(page, "Send it now")
    assert Update.objects.get(action=row).done.startswith("Held two sessions.")
    mine.open(reverse("close_own_account"))
    yield "close", mine
    _press(page, "Close my account")
    yield "close-mistake", mine
    page.get_by_label("Your password").fill(PASSWORD)
    _press(page, "Close my account")
    yield "closed", mine


def test_every_page_of_an_account_is_accessible_and_fits_a_phone(world, visit, clock, tmp_path):
    faults, seen = {}, {}
    for name, browser in _states(world, visit, clock):
        seen[name] = browser.page.locator("h1").inner_text()
        found = _check(browser)
        if found:
            faults[name] = found
        for width in (DESKTOP, PHONE):
            browser.page.set_viewport_size({"width": width, "height": 900})
            browser.page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
    assert faults == {}
    assert len(seen) == 21
    assert seen["sign-in-lapsed"] == "Sign in to the workspace"
    assert seen["kept"] == "What you wrote is kept, and was not sent yet"
    assert seen["closed"] == "Your account is closed"
    assert "Error" not in " ".join(seen.values())


@pytest.mark.parametrize("name", ["account_login", "mfa_activate_totp", "account"])
def test_every_control_is_reached_by_the_tab_key_and_shows_it(world, visit, name):
    browser = visit() if name == "account_login" else visit(_person(world, factor=False))
    if name == "mfa_activate_totp":
        page = browser.open(reverse(name))
        page.get_by_label("Password", exact=False).fill(PASSWORD)
        _press(page, "Go on")
    page = browser.open(reverse(name))
    wanted = page.locator("a[href], button, input:not([type=hidden])").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).length"
    )
    look = """() => {
        const e = document.activeElement, s = getComputedStyle(e);
        return [e.tagName, s.backgroundColor + s.boxShadow + s.outlineColor];
    }"""
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(look))
    assert [one for one in reached if one[0] == "BODY" or "255, 221, 0" not in one[1]] == []
