"""One's own account: its password, its second factor, the browsers it is signed in, its end."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.timezone import localdate

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.models import Grant, Person, Unit, Visit
from goldenthread.web.permissions import ROLES, current


@change
def change_password(*, by: Person, password: str, keep: str, at: datetime, key: str = "") -> Person:
    """Give oneself another password; every browser but the one with ``keep`` is signed out.

    Who may: everybody, for themselves. Recorded: ``account.password_changed``.
    """
    by.set_password(password)
    by.save(update_fields=["password"])
    Visit.objects.filter(person=by).exclude(session_key=keep).delete()
    audit.record(by=by, what="account.password_changed", on=by, at=at)
    return by


@change
def sign_out_elsewhere(*, by: Person, keep: str, at: datetime, key: str = "") -> Person:
    """Sign oneself out of every browser but the one with ``keep``.

    Who may: everybody, for themselves. Recorded: ``account.signed_out_elsewhere``.
    """
    ended, _each = Visit.objects.filter(person=by).exclude(session_key=keep).delete()
    facts = {"browsers": ended}
    audit.record(by=by, what="account.signed_out_elsewhere", on=by, facts=facts, at=at)
    return by


@change
def close_own_account(*, by: Person, version: int, at: datetime, key: str = "") -> Person:
    """Close one's own account: no more signing in, and every role ends today.

    Who may: everybody, for themselves, but the last person who can give roles in the whole body:
    nobody could let anybody in after that. Recorded: ``account.closed``. Posts stay until somebody
    is appointed. Raises ``NotAllowed`` (rule ``last_administrator``).
    """
    on = localdate(at)
    givers = [role.name for role in ROLES.values() if "grant_role" in role.permissions]
    root = Unit.objects.select_for_update().get(parent__isnull=True)
    held = Grant.objects.filter(current(on), unit=root, role__in=givers, person__is_active=True)
    if held.filter(person=by).exists() and not held.exclude(person=by).exists():
        raise NotAllowed(
            "You are the last person who can give roles, so your account cannot be closed.",
            permission="",
            rule="last_administrator",
            do="Give somebody else the role of administrator first.",
        )
    # Not what the request holds, which may only stand for the row.
    person = Person.objects.get(pk=by.pk)
    step(person, version, is_active=False)
    ended = Grant.objects.filter(person=by, until__isnull=True).update(until=on)
    Visit.objects.filter(person=by).delete()
    audit.record(by=by, what="account.closed", on=by, facts={"grants": ended}, at=at)
    return person


@change
def forget_second_factor(*, by: None, email: str, at: datetime, key: str = "") -> Person:
    """Take somebody's second factor away, who lost it with its recovery codes; they set up another.

    Who may: whoever runs the command. Recorded: ``account.second_factor_forgotten``. Every browser
    of theirs is signed out. Raises ``Missing`` for an address without an account or second factor.
    """
    person = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None or not Authenticator.objects.filter(user=person).exists():
        raise Missing("Nobody with this address has a second factor.", do="Check the address.")
    Authenticator.objects.filter(user=person).delete()
    Visit.objects.filter(person=person).delete()
    audit.record(by=by, what="account.second_factor_forgotten", on=person, at=at)
    return person
