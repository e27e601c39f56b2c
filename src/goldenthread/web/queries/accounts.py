"""One's own account: the second factor, and where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from goldenthread.web.models import Person, Visit
from goldenthread.web.permissions import PERMISSIONS, ROLES, roles_of


@dataclass(frozen=True)
class SecondFactor:
    """A second factor: since when, when it was last used, and the codes that are left."""

    since: datetime
    used: datetime | None
    codes: int


@dataclass(frozen=True)
class SignedIn:
    """A browser in which somebody is signed in; ``here`` is the one that asks."""

    began: datetime
    seen: datetime
    here: bool


def needs_second_factor(*, for_: Person, on: date) -> bool:
    """Whether a role that they hold today carries something that asks for one."""
    if not settings.SECOND_FACTOR:
        return False
    return any(
        PERMISSIONS[name].guarded
        for grant in roles_of(for_, on)
        for name in ROLES[grant.role].permissions
    )


def has_second_factor(*, for_: Person) -> bool:
    """Whether one is set up."""
    return bool(Authenticator.objects.filter(user=for_, type=Authenticator.Type.TOTP).exists())


def second_factor(*, for_: Person) -> SecondFactor | None:
    """The second factor of a person; None where there is none."""
    held = {one.type: one for one in Authenticator.objects.filter(user=for_)}
    app = held.get(Authenticator.Type.TOTP)
    if app is None:
        return None
    codes = held.get(Authenticator.Type.RECOVERY_CODES)
    used = [one.last_used_at for one in held.values() if one.last_used_at is not None]
    left = len(codes.wrap().get_unused_codes()) if codes is not None else 0
    return SecondFactor(app.created_at, max(used, default=None), left)


def signed_in(*, for_: Person, here: str | None, at: datetime | None = None) -> list[SignedIn]:
    """The browsers in which they are signed in now, the one that asks first, then the latest."""
    at = at or timezone.now()
    visits = Visit.objects.filter(
        person=for_,
        began__gt=at - timedelta(seconds=settings.SITTING_LONGEST),
        seen__gt=at - timedelta(seconds=settings.SITTING_IDLE),
    ).order_by("-seen")
    found = [SignedIn(v.began, v.seen, v.session_key == here) for v in visits if v.began and v.seen]
    return sorted(found, key=lambda one: not one.here)


def person_of(address: str) -> Person | None:
    """Who signs in with an address; None where nobody does."""
    return Person.objects.filter(email__iexact=address.strip()).first()
