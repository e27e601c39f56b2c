"""Links by which leads update without an account: their addresses, and whether they still open.

The address of a link holds a signature over its public identifier, made when a mail is worded or a
page is drawn. No row holds it, so nothing that is read from the database lets anybody in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core import signing
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from goldenthread.web.models import UpdateLink as UpdateLink

# Any words; with others every link that was sent stops opening.
_SALT = "goldenthread.web.update_link"

WHY_NOT: Mapping[str, object] = {
    "replaced": _("This link was replaced by a newer one, which is in a later e-mail."),
    "withdrawn": _("This link was withdrawn, so it opens nothing any more."),
    "closed": _("This round of updates is over, so nothing more can be sent."),
    "expired": _("This link has expired."),
}
"""Why a link that was once sent opens nothing, by the rule that shuts it."""


def _signer() -> signing.Signer:
    """Signs with the site's key, and knows those before it (``SECRET_KEY_FALLBACKS``)."""
    return signing.Signer(salt=_SALT, sep=".")


def token(link: UpdateLink) -> str:
    """What the address of a link holds: its public identifier and the signature over it."""
    return _signer().sign(link.public_id)


def address(link: UpdateLink) -> str:
    """The address of a link from its “/” on: only for the mail to its own person."""
    return reverse("update_link", kwargs={"token": token(link)})


def of_token(given: str) -> UpdateLink | None:
    """The link whose address holds this; None where it was altered, cut short or made up."""
    try:
        public_id = _signer().unsign(given)
    except signing.BadSignature:
        return None
    found = UpdateLink.objects.filter(public_id=public_id)
    return found.select_related("round__unit", "person", "issued_by").first()


def why_not(link: UpdateLink, at: datetime, replaced: bool | None = None) -> str:
    """The rule that shuts a link, one of ``WHY_NOT``; empty while it opens.

    A person whose account is closed has a link that is withdrawn. ``replaced`` is whether its
    person has a later one in the round, for whoever knows; else it is looked up.
    """
    if link.withdrawn_at is not None or not link.person.is_active:
        if replaced is None:
            replaced = UpdateLink.objects.filter(
                round_id=link.round_id, person_id=link.person_id, withdrawn_at__isnull=True
            ).exists()
        return "replaced" if link.person.is_active and replaced else "withdrawn"
    if link.round.closed_at is not None or localdate(at) > link.round.closes:
        return "closed"
    return "expired" if at >= link.expires_at else ""


def last_day(link: UpdateLink) -> date:
    """The last day on which a link opens."""
    return localdate(link.expires_at - timedelta(seconds=1))


def digest(mark: str) -> str:
    """What is kept of the mark in a browser; nothing for a browser that has none."""
    return hashlib.sha256(mark.encode()).hexdigest() if mark else ""
