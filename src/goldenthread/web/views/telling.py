"""Telling the audit what was refused, in words of ours alone."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from goldenthread.errors import Refusal, Unreadable, Unsafe
from goldenthread.web import audit
from goldenthread.web.queries.people import Person


def told(
    request: HttpRequest,
    facts: Mapping[str, str],
    *,
    what: str = "refused",
    on: Model | None = None,
    door: str = "",
) -> None:
    """Tell the audit what was refused: by the names of our own pages, never by what was typed.

    Of people who are not signed in, what they tried at one door (public pages, accounts, the
    workspace) is counted together.
    """
    here = getattr(request, "user", None)
    by = here if isinstance(here, Person) else None
    match = request.resolver_match
    address = {"address": match.url_name} if match is not None and match.url_name else {}
    audit.refused(
        what=what,
        by=by,
        about="" if by is not None else door or _door(request),
        facts={**address, **facts},
        on=on,
        at=timezone.now(),
    )


def upload(request: HttpRequest, refusal: Refusal) -> None:
    """Tell the audit of a file that was refused: which rule, and nothing of the file."""
    rule = getattr(refusal, "rule", "unreadable")
    # Words that are too long are no file's fault.
    if request.FILES and isinstance(refusal, Unsafe | Unreadable) and rule != "too_long":
        told(request, {"rule": rule}, what="upload.refused")


def _door(request: HttpRequest) -> str:
    first = request.path.split("/")[1]
    return first if first in ("workspace", "account") else "public"
