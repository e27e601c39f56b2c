"""How a view becomes a page: the environment of Django's Jinja engine, and what every page knows.

The environment is that of the public pages (``web.jinja``) with three words more: ``url`` for the
address of a view, ``static`` for a file of ours, and ``new_key`` for a form that is sent once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from jinja2 import Environment

from goldenthread.errors import Missing, Refusal
from goldenthread.timescale import day, in_words
from goldenthread.web import pages
from goldenthread.web.jinja import environment as pages_environment
from goldenthread.web.queries import workspace

# Where the workspace leads: the room, its words, the view it opens, and the permission it needs.
# A room whose view is not built is not shown.
PLACES = (
    ("home", _("Today"), "workspace_home", ""),
    ("register", _("Register"), "register", "read_register"),
    ("rounds", _("Updates"), "rounds", "read_rounds"),
    ("measures", _("Measures"), "measures_page", "read_register"),
    ("plans", _("Plans and drafts"), "plans", "read_register"),
    ("directorates", _("Directorates"), "directorates", "read_planning"),
    ("two_tiers", _("Two tiers"), "two_tiers", "read_register"),
    ("meetings", _("Meetings"), "meetings", "read_register"),
    ("who", _("Who is who"), "who_is_who", ""),
    ("people", _("People"), "people", "read_people"),
    ("outbox", _("Email"), "outbox", "keep_outbox"),
    ("audit", _("Audit"), "audit", "read_audit"),
)


def environment(**_options: Any) -> Environment:  # noqa: ANN401
    """The engine that Django asks for; the loader that it offers is not needed."""
    found = pages_environment(gettext, ngettext)
    found.globals |= {
        "url": url,
        "url_if": url_if,
        "static": static,
        "new_key": new_key,
        "form_mistakes": form_mistakes,
    }
    found.filters |= {"moment": moment, "in_words": in_words, "pieces": pieces}
    return found


def url(view: str, **given: str | int) -> str:
    """The address of a view by its name."""
    return reverse(view, kwargs=given or None)


def url_if(view: str, **given: str | int) -> str:
    """The address of a view by its name; empty where that room is not built."""
    try:
        return url(view, **given)
    except NoReverseMatch:
        return ""


def pieces(text: str, marked: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the marked words.

    >>> pieces("End Dec 2025 and ongoing", ["and ongoing"])
    [('End Dec 2025 ', False), ('and ongoing', True)]
    """
    words = sorted({word for word in marked if word.strip() and word != text}, key=len)
    if not words:
        return [(text, False)]
    found = re.split("(" + "|".join(map(re.escape, reversed(words))) + ")", text)
    return [(piece, place % 2 == 1) for place, piece in enumerate(found) if piece]


def site(
    link: Callable[[str], str], newest: Callable[[str], str] | None = None, staff: str = ""
) -> pages.Site:
    """The public pages with their links made so, in the language of the request."""
    return pages.Site(link, static, templates=public_templates(), staff=staff, newest=newest)


@cache
def public_templates() -> Environment:
    """The templates of public pages: nothing in them knows a request or who made it."""
    return pages_environment(gettext, ngettext)


def version_of(request: HttpRequest) -> int:
    """The version that a form was made from; one that no row has where the form was forged."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def page_number(request: HttpRequest) -> int:
    """Which page of a list is asked for; the first where that cannot be told."""
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def new_key() -> str:
    """A key for one form: the change that it asks for is done once, however often it is sent."""
    return secrets.token_urlsafe(16)


def moment(value: datetime) -> str:
    """A time as a council writes it, on its own clock."""
    local = timezone.localtime(value)
    return f"{day(local.date())}, {local:%H:%M}"


@dataclass(frozen=True)
class Place:
    """A room of the workspace in the navigation."""

    key: str
    words: str
    address: str


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """What every page of the workspace knows: who is signed in, where they may go, what was done.

    ``me`` is None where nobody is; ``my_roles`` are their titles; ``can`` the permissions that
    some role of theirs carries. Three queries.
    """
    me = request.user if isinstance(request.user, workspace.Person) else None
    today = timezone.localdate()
    mine = workspace.Standing((), frozenset()) if me is None else workspace.standing_of(me, today)
    return {
        "me": me,
        "my_roles": mine.titles,
        "can": mine.permissions,
        "places": tuple(_places(mine.permissions)) if me is not None else (),
        "body": workspace.body_name(),
        "demo": settings.DEMO,
        "idle_minutes": settings.SITTING_IDLE // 60,
        "told": [(message.level_tag, str(message)) for message in get_messages(request)],
        "today": today,
    }


def _places(permissions: frozenset[str]) -> list[Place]:
    found = []
    for key, words, view, needed in PLACES:
        if needed and needed not in permissions:
            continue
        # Whoever reads no draft is not led to drafts.
        if key == "plans" and "read_drafts" not in permissions:
            words = _("Plans")
        try:
            found.append(Place(key, str(words), reverse(view)))
        except NoReverseMatch:
            continue
    return found


_BLANK = {
    "login": _("Type your email address."),
    "email": _("Type your email address."),
    "password": _("Type your password."),
    "oldpassword": _("Type the password that you use now."),
    "password1": _("Type the new password."),
    "password2": _("Type the new password once more."),
    "code": _("Type the code."),
}


def form_mistakes(form: Any) -> tuple[Mistake, ...]:  # noqa: ANN401
    """The mistakes of a form of Django's, for the pages that django-allauth fills."""
    if form is None or not form.is_bound:
        return ()
    return tuple(
        Mistake(
            "" if name == "__all__" else name,
            str(_BLANK.get(name, _("Fill this in.")))
            if fault.code == "required"
            else str(next(iter(fault))),
        )
        for name, faults in form.errors.as_data().items()
        for fault in faults
    )


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a form: its sentence, and the field that it is about."""

    field: str
    text: str

    @property
    def href(self) -> str:
        """Where on the page the field is."""
        return f"#{self.field}" if self.field else "#main-content"


def mistakes(refusal: Refusal, field: str = "") -> tuple[Mistake, ...]:
    """What a refused form shows at its head and beside its fields.

    ``field`` is where the sentence of a refusal stands that names no field.
    """
    needs: Mapping[str, str] = refusal.needs if isinstance(refusal, Missing) else {}
    if not needs:
        return (Mistake(field, str(refusal)),)
    if len(needs) == 1:
        [(name, sentence)] = needs.items()
        return (Mistake(name, f"{refusal.what} {sentence}"),)
    return tuple(Mistake(name, sentence) for name, sentence in needs.items())
