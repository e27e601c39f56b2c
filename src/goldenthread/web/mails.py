"""What kinds of mail there are, and what each says: a link, who it is from, why it came.

A mail is worded when it goes out and not before: the outbox keeps to whom and about what, and never
a signed address. No mail holds anything that stands in the plan: it holds a link to it.

A kind is one line in ``KINDS`` and one template in ``templates/mail/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from goldenthread.timescale import day
from goldenthread.web.models import Mail, UpdateLink
from goldenthread.web.permissions import whole_body
from goldenthread.web.queries import update_links

_TEMPLATES = Path(__file__).parent / "templates" / "mail"


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    ``subject`` is a lazy translation, in which ``%(body)s`` is the council's name; ``why`` finishes
    the sentence “You get this because …”. ``path`` makes the one address in the mail, from its “/”
    on, or nothing where the mail has nothing to lead to any more: then it is not sent. ``said``
    makes words of ours for the template, such as the day on which a round closes; never words of a
    plan. The template is ``templates/mail/<name>.txt``.
    """

    name: str
    subject: object
    why: object
    path: Callable[[Mail], str]
    said: Callable[[Mail], Mapping[str, str]] = field(default=lambda _mail: {})


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "trial",
            _("Email from Golden Thread reaches you"),
            _("you asked for it on the page of the outbox"),
            lambda _mail: reverse("workspace_home"),
        ),
        Kind(
            "update_link",
            _("%(body)s asks for your update: about two minutes"),
            _("you hold a post that leads an action"),
            lambda mail: _update_link(mail),
            lambda mail: _until(mail),
        ),
        Kind(
            "reminder",
            _("A reminder: %(body)s still needs your update"),
            _("you were sent a link for an update, and none has come yet"),
            lambda mail: _update_link(mail),
            lambda mail: _until(mail),
        ),
        Kind(
            "link_elsewhere",
            _("Your update link was used on another device"),
            _("the link was sent to you, and was opened on another device than the first"),
            lambda mail: _update_link(mail),
        ),
    )
}
"""Every kind of mail by its name."""


def about(mail: Mail) -> Model | None:
    """The row that a mail is about; None where it is about nothing, or that is gone."""
    if not mail.about_kind:
        return None
    model = apps.get_model("goldenthread", mail.about_kind)
    found: Model | None = model._default_manager.filter(public_id=mail.about_id).first()
    return found


def _update_link(mail: Mail) -> str:
    """The signed address of the link that a mail is about; none once it opens nothing."""
    link = about(mail)
    if not isinstance(link, UpdateLink) or update_links.why_not(link, timezone.now()):
        return ""
    return update_links.address(link)


def _until(mail: Mail) -> Mapping[str, str]:
    """The last day on which the link opens."""
    link = about(mail)
    assert isinstance(link, UpdateLink)  # noqa: S101 - it has an address
    return {"until": day(update_links.last_day(link))}


def word(mail: Mail) -> EmailMessage | None:
    """The mail as it goes out now, in plain text; None where it is no longer to go.

    That is so where its kind has no address for it any more. The identifier of the message stays
    the same however often it is tried, so that a mail server or a reader can tell two copies.
    Raises ``KeyError`` for a kind that the table does not have.
    """
    kind = KINDS[mail.kind]
    path = kind.path(mail)
    if not path:
        return None
    body = _body()
    words = (
        _environment()
        .get_template(f"{kind.name}.txt")
        .render(
            name=mail.person.name,
            body=body,
            why=str(kind.why),
            address=settings.ADDRESS.rstrip("/") + path,
            **kind.said(mail),
        )
    )
    return EmailMessage(
        title(mail),
        words,
        settings.DEFAULT_FROM_EMAIL,
        [mail.person.email],
        headers={
            "Message-ID": f"<{mail.public_id}@{_domain()}>",
            # RFC 3834: nobody's absence note answers it.
            "Auto-Submitted": "auto-generated",
        },
    )


def title(mail: Mail) -> str:
    """What a mail is called in its reader's own list, and in the outbox: one line."""
    kind = KINDS.get(mail.kind)
    # A line's end in a name would begin a header of its own.
    return " ".join((str(kind.subject) % {"body": _body()} if kind else mail.kind).split())


def _body() -> str:
    return (whole_body() or (0, "Golden Thread"))[1]


def _domain() -> str:
    """The domain of the sender's address."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"


@cache
def _environment() -> Environment:
    """Templates of plain text: nothing in them is escaped, for nothing reads them as markup."""
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=False,  # noqa: S701 - plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return found
