"""How people are signed in here: guesses slowed and told to the audit, second factors sealed."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import secrets
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from goldenthread.web import audit
from goldenthread.web.changes import accounts as changes
from goldenthread.web.queries import accounts
from goldenthread.web.queries.people import Person
from goldenthread.web.views import telling

_KNOWN_DAYS = 180
_KNOWN = "a browser in which its owner signed in before"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of people who were added by an administrator, never by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The address or the password is not right."),
        "too_many_login_attempts": _(
            "There were too many tries in a short time. Wait five minutes and try again."
        ),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Type the password that you use now."),
        "rate_limited": _("That was too often in a short time. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A keyed digest of the network that a request comes from: no address is ever kept."""
        address = ipaddress.ip_address(super().get_client_ip(request))
        # Whoever has one IPv6 address commonly has all 2**64 beside it.
        part = 64 if address.version == 6 else 32
        network = ipaddress.ip_network(f"{address}/{part}", strict=False)
        return salted_hmac("network", str(network)).hexdigest()[:32]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Let a guess through; raises ``ValidationError`` where there were too many."""
        self._anywhere = None
        try:
            super().pre_authenticate(request, **credentials)
            if not _known(request, credentials):
                self._anywhere = ratelimit.consume(
                    request,
                    app="allauth.account",
                    action="from_anywhere",
                    key=credentials.get("email", "").lower(),
                )
                if self._anywhere is None:
                    raise self.validation_error("too_many_login_attempts")
        except ValidationError:
            _tell(request, "sign_in.blocked", credentials)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:  # noqa: ANN401
        """Who these credentials are of; a right one is not counted with the guesses."""
        person: Person | None = super().authenticate(request, **credentials)
        if person is not None and self._anywhere:
            self._anywhere.rollback()
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        """Tell the audit of a wrong guess: of which account, never what was typed."""
        _tell(request, "sign_in.failed", credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ANN401
        """What guesses are counted by: the account, and the network or the known browser."""
        browser = _known(request, credentials) or self.get_client_ip(request)
        return f"{credentials.get('email', '').lower()} {browser}"

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Whether this is the password of somebody who is signed in; guesses are slowed as ever."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:  # noqa: ANN401
        """Not within five minutes of signing in."""
        if not super().is_reauthentication_required(app=app, **more):
            return False
        records = get_authentication_records(context.request, context.request.user)
        if not records:
            return True
        return bool(time.time() - records[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT)

    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:  # noqa: ANN401
        """Tell the audit, forget what was another's, and know this browser again."""
        response: HttpResponse = super().post_login(request, user, **more)
        methods = {one["method"] for one in get_authentication_records(request, user)}
        with transaction.atomic():
            audit.record(
                by=user,
                what="account.signed_in",
                on=user,
                facts={"second_factor": "mfa" in methods},
                at=timezone.now(),
            )
        request.session.pop("lapsed", None)
        if request.session.get("kept", {}).get("person") != user.pk:
            request.session.pop("kept", None)
        response.set_cookie(
            settings.KNOWN_COOKIE_NAME,
            signing.dumps([user.public_id, secrets.token_urlsafe(9)], salt=_KNOWN),
            max_age=_KNOWN_DAYS * 24 * 60 * 60,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def set_password(self, user: Person, password: str) -> None:
        """Change it by the change that does so, which signs every other browser out."""
        keep = context.request.session.session_key or ""
        changes.change_password(by=user, password=password, keep=keep, at=timezone.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to one's account."""
        return reverse("account")


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes of an app and recovery codes, whose secrets the database holds sealed."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or it has run out. Type the one shown now."),
        "cannot_delete_authenticator": _("Your role asks for a second factor, so it stays."),
    }

    def encrypt(self, text: str) -> str:
        """The secret, sealed with a key made of the site's own."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; a new one that no app has where it was sealed with another key."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:  # noqa: ANN401
        """Only where no role asks for it."""
        return not accounts.needs_second_factor(for_=authenticator.user, on=timezone.localdate())


def _seal() -> Fernet:
    key = hashlib.blake2b(
        settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor"
    ).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _known(request: HttpRequest, credentials: dict[str, Any]) -> str:
    """The mark of a browser in which the owner of this account signed in before; else nothing."""
    try:
        person, mark = signing.loads(
            request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""),
            salt=_KNOWN,
            max_age=_KNOWN_DAYS * 24 * 60 * 60,
        )
    except (signing.BadSignature, ValueError):
        return ""
    owner = accounts.person_of(credentials.get("email", ""))
    return mark if owner is not None and owner.public_id == person else ""


def _tell(request: HttpRequest, what: str, credentials: dict[str, Any]) -> None:
    """Tell the audit of an account that exists by its identifier, of any other not at all."""
    owner = accounts.person_of(credentials.get("email", ""))
    telling.told(
        request, {}, what=what, on=owner, door=owner.public_id if owner is not None else "account"
    )


@receiver(user_logged_in)
def _a_sitting_begins(request: HttpRequest, user: Person, **_more: Any) -> None:  # noqa: ANN401
    """Note when, in the row that is written anyway; later pages then write none."""
    request.session["began"] = request.session["seen"] = timezone.now().timestamp()
    if accounts.has_second_factor(for_=user):
        request.session["second_factor"] = user.pk


_TOLD = {
    signals.authenticator_added: "account.second_factor_set_up",
    signals.authenticator_removed: "account.second_factor_removed",
    signals.authenticator_reset: "account.codes_renewed",
}


@receiver(list(_TOLD))
def _second_factor_changed(
    signal: Any,  # noqa: ANN401
    request: HttpRequest,
    user: Person,
    authenticator: Any,  # noqa: ANN401
    **_more: Any,  # noqa: ANN401
) -> None:
    """A change of the second factor, told; browsers without it are signed out."""
    if signal is not signals.authenticator_reset and authenticator.type != "totp":
        return
    request.session.pop("second_factor", None)
    keep = request.session.session_key or ""
    with transaction.atomic():
        audit.record(by=user, what=_TOLD[signal], on=user, at=timezone.now())
        if signal is not signals.authenticator_reset:
            changes.sign_out_elsewhere(by=user, keep=keep, at=timezone.now())


@receiver(signals.authentication_failed)
def _second_factor_failed(request: HttpRequest, user: Person, **_more: Any) -> None:  # noqa: ANN401
    telling.told(request, {}, what="second_factor.failed", on=user, door=user.public_id)
