"""Every address declares its permission or is public, or the site does not start."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.checks import Error, register
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from goldenthread.web.permissions import PERMISSIONS, require
from goldenthread.web.queries import accounts, things
from goldenthread.web.queries.people import Person
from goldenthread.web.views import telling

View = Callable[..., HttpResponseBase]

# Pages of others that anybody may see; ours say so themselves with @public.
PUBLIC_PAGES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_authenticate",
        "mfa_reauthenticate",
    }
)


@dataclass(frozen=True)
class Declared:
    """What a view declares: its permission (None where it is public) and the kind of its thing.

    ``own`` marks a page about the person who asks: for everybody who is signed in, and no other.
    """

    permission: str | None
    kind: str = ""
    own: bool = False


def public(view: View) -> View:
    """A page that anybody may see, signed in or not."""
    view.declared = Declared(None)  # type: ignore[attr-defined]
    return view


def own(view: View) -> View:
    """A page about the account of whoever asks; somebody who is not signed in is sent to do so."""

    @functools.wraps(view)
    def asked(request: HttpRequest, **given: Any) -> HttpResponseBase:  # noqa: ANN401
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        return view(request, **given)

    asked.declared = Declared(None, own=True)  # type: ignore[attr-defined]
    return asked


def who(request: HttpRequest) -> Person:
    """The person who is signed in; only for views that declare a permission."""
    if not isinstance(request.user, Person):
        raise TypeError("A public page asked who is signed in.")
    return request.user


def needs(permission: str, kind: str = "") -> Callable[[View], View]:
    """A page for those who may: the permission is asked for on every request, before the view runs.

    With ``kind`` the address has a public identifier of that name, and the view is given the row
    in its place; the permission is then asked for that very thing. Somebody who is not signed in
    is sent to sign in.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"There is no permission “{permission}”.")

    def declare(view: View) -> View:
        @functools.wraps(view)
        def asked(request: HttpRequest, **given: Any) -> HttpResponseBase:  # noqa: ANN401
            if not isinstance(request.user, Person):
                # To open the workspace's first page is how one comes to sign in: no refusal.
                if permission != "open_workspace" or request.method != "GET":
                    facts = {"permission": permission, "rule": "signed_out"}
                    telling.told(request, facts)
                return redirect_to_login(request.get_full_path())
            if _lacks_second_factor(request, request.user):
                return redirect("mfa_activate_totp")
            thing = things.thing(kind, given[kind]) if kind else None
            request.refused_thing = thing  # type: ignore[attr-defined]
            require(request.user, permission, thing, timezone.localdate())
            return view(request, **(given | {kind: thing} if kind else given))

        asked.declared = Declared(permission, kind)  # type: ignore[attr-defined]
        return asked

    return declare


def _lacks_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether a role of theirs asks for a second factor that is not set up yet."""
    if request.session.get("second_factor") == person.pk:
        return False
    if not accounts.needs_second_factor(for_=person, on=timezone.localdate()):
        return False
    if not accounts.has_second_factor(for_=person):
        return True
    request.session["second_factor"] = person.pk
    return False


@dataclass(frozen=True)
class Address:
    """One address of the site: its pattern, its name, its view, and what that declares."""

    pattern: str
    name: str
    view: View
    declared: Declared | None


def addresses(patterns: Iterable[URLPattern | URLResolver] | None = None) -> Iterator[Address]:
    """Every address of the URL map, whether or not it declares anything."""
    return _walk(get_resolver().url_patterns if patterns is None else patterns, "")


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
            continue
        declared = getattr(pattern.callback, "declared", None)
        if declared is None and pattern.name in PUBLIC_PAGES:
            declared = Declared(None)
        yield Address(here, pattern.name or "", pattern.callback, declared)


@register
def every_address_declares(**_: Any) -> list[Error]:  # noqa: ANN401
    """Stop the site where a view declares neither a permission nor that it is public."""
    return [
        Error(
            f"The address “{address.pattern}” declares no permission.",
            hint="Put @needs(…) or @public above its view.",
            id="goldenthread.E001",
        )
        for address in addresses()
        if address.declared is None
    ]
