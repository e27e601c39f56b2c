"""The headers of every kind of answer: page, download, refusal, fault, redirect, style sheet."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.web import settings

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"),
    *("font-src 'self'", "connect-src 'self'", "object-src 'none'", "base-uri 'none'"),
    *("form-action 'self'", "frame-ancestors 'none'"),
}


def _failing(client, monkeypatch):
    """A fault of ours, as a visitor meets it."""
    monkeypatch.setattr("goldenthread.web.views.home.workspace.waiting", lambda **_: 1 / 0)
    client.raise_request_exception = False
    return client.get(reverse("workspace_home"))


# Each kind of answer: how it comes about, its status, and whether a browser may keep it.
KINDS = {
    "public page": (lambda c, w, m: c.get("/"), 200),
    "public download": (lambda c, w, m: c.get("/plan.csv"), 200),
    "nothing here": (lambda c, w, m: c.get("/nonesuch"), 404),
    "monitor": (lambda c, w, m: c.get("/health"), 200),
    "style sheet": (lambda c, w, m: c.get("/static/thread.css"), 200),
    "sign in": (lambda c, w, m: Client().get(reverse("account_login")), 200),
    "sent to sign in": (lambda c, w, m: Client().get(reverse("register")), 302),
    "workspace page": (lambda c, w, m: c.get(reverse("register")), 200),
    "workspace download": (lambda c, w, m: c.get(reverse("register_csv")), 200),
    "refused": (lambda c, w, m: c.get(reverse("add_person")), 403),
    "mistake in a form": (lambda c, w, m: c.post(reverse("receive")), 422),
    "forged form": (
        lambda c, w, m: Client(enforce_csrf_checks=True).post(reverse("account_logout")),
        403,
    ),
    "fault of ours": (lambda c, w, m: _failing(c, m), 500),
}
NEVER_KEPT = {
    *("sign in", "sent to sign in", "workspace page", "workspace download", "refused"),
    *("mistake in a form", "forged form", "fault of ours"),
}


@pytest.mark.parametrize("kind", KINDS)
@override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True)
def test_every_kind_of_answer_carries_the_headers_that_keep_a_browser_safe(
    world, client, kind, monkeypatch
):
    world.published()
    client.force_login(world.manager)
    make, status = KINDS[kind]
    answer = make(client, world, monkeypatch)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["Content-Security-Policy"]
    assert set(policy.split("; ")) == POLICY
    features = answer.headers["Permissions-Policy"].split(", ")
    assert len(features) > 15
    assert all(feature.endswith("=()") for feature in features)
    assert "Strict-Transport-Security" not in answer.headers
    if kind in NEVER_KEPT:
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_site_over_https_says_for_a_year_that_it_is_reached_so_alone(world):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_SSL_REDIRECT=True):
        browser = Client()
        plain = browser.get(reverse("account_login"))
        assert (plain.status_code, plain.headers["Location"]) == (
            301,
            f"https://testserver{reverse('account_login')}",
        )
        sure = browser.get(reverse("account_login"), secure=True)
    assert sure.headers["Strict-Transport-Security"] == "max-age=31536000"


def _settings(**env):
    """What the settings hold in a place with this environment."""
    code = (
        "import json; from goldenthread.web import settings as s; names = '''SESSION_COOKIE_NAME "
        "CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY "
        "CSRF_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE SECURE_HSTS_SECONDS "
        "SECURE_SSL_REDIRECT MESSAGE_STORAGE'''.split(); "
        "print(json.dumps({n: getattr(s, n) for n in names}))"
    )
    plain = {k: v for k, v in os.environ.items() if not k.startswith("GOLDENTHREAD_")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=plain | env, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_cookies_are_bound_to_the_host_and_to_https_wherever_there_is_https():
    held = _settings()
    assert (held["SESSION_COOKIE_NAME"], held["CSRF_COOKIE_NAME"]) == (
        "__Host-session",
        "__Host-csrf",
    )
    assert held["SESSION_COOKIE_SECURE"] is held["CSRF_COOKIE_SECURE"] is True
    assert held["SESSION_COOKIE_HTTPONLY"] is held["CSRF_COOKIE_HTTPONLY"] is True
    assert held["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert (held["SECURE_HSTS_SECONDS"], held["SECURE_SSL_REDIRECT"]) == (31_536_000, True)
    demo = _settings(GOLDENTHREAD_DEMO="1")
    assert (demo["SESSION_COOKIE_NAME"], demo["SECURE_HSTS_SECONDS"]) == ("session", 0)


def test_no_cookie_is_set_but_the_two_that_are_named(world, client):
    client.get(reverse("account_login"))
    client.force_login(world.administrator)
    given = {"name": "A", "email": "a@brackenford.example"}
    answer = client.post(reverse("add_person"), given)
    assert answer.status_code == 302
    assert "The person was added" in client.get(answer.headers["Location"]).content.decode()
    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
