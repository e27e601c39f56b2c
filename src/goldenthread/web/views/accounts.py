"""Signing in and out, by django-allauth: only the addresses that we use, and no open sign-up."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import path, re_path


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """People are added by an administrator, never by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False


urlpatterns = [
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("password/forgotten/", allauth.password_reset, name="account_reset_password"),
    path(
        "password/forgotten/sent/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
