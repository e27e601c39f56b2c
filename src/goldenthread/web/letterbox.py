"""Handing a mail to the mail server, and what became of it: taken, refused, or not known.

What failed is kept as one of ``FAULTS`` and never in the server's own words, which may repeat an
address. A server that says no has not sent the mail, nor has one that was never given its words; a
connection that is lost after that leaves in doubt whether it went (decision 0024).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Fault:
    """A kind of failure: its sentence, and what follows from it.

    ``again`` where it may go better later. ``all`` where it is the server's and meets every mail.
    """

    sentence: object
    again: bool = True
    all: bool = False


FAULTS: Mapping[str, Fault] = {
    "no_server": Fault(_("No mail server is set."), all=True),
    "no_answer": Fault(_("The mail server does not answer."), all=True),
    "not_trusted": Fault(_("The mail server’s certificate cannot be trusted."), all=True),
    "not_encrypted": Fault(
        _("The mail server does not offer the encryption or the signing in that is set."), all=True
    ),
    "not_let_in": Fault(_("The mail server does not accept our name and password."), all=True),
    "sender": Fault(_("The mail server does not accept the address that we send from."), all=True),
    "later": Fault(_("The mail server asks to be tried later.")),
    "cut_off": Fault(_("The connection was lost before the mail was handed over.")),
    "wording": Fault(_("A fault in Golden Thread kept it from being worded.")),
    "refused": Fault(_("The mail server refuses this address."), again=False),
    "doubt": Fault(
        _("The connection was lost while it was handed over, so it may have gone or not."),
        again=False,
    ),
    "closed": Fault(_("Their account is closed."), again=False),
    "not_needed": Fault(_("What it led to has ended, so it was not sent."), again=False),
}
"""Every kind of failure, by the name that the outbox keeps."""


def is_set() -> bool:
    """Whether there is a mail server, or a folder in its place.

    Django's console is none: a link that lets somebody in has no place among what a server prints.
    """
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


class _Telling(smtplib.SMTP):
    """Knows whether the words of the mail under way were given to the server."""

    handed = False

    def mail(self, sender: str, options: Any = ()) -> tuple[int, bytes]:  # noqa: ANN401
        self.handed = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401
        self.handed = True
        return super().data(msg)


class _TellingOverTls(_Telling, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Backend(EmailBackend):
    """Django's own way to a mail server, which knows how far the last mail came."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The protocol, with or without encryption from the first byte."""
        return _TellingOverTls if self.use_ssl else _Telling


class Letterbox:
    """A connection to the mail server for several mails, as Django's settings say.

    ``fault`` is why it could not be opened, one of ``FAULTS``; empty where it could. After a mail
    that cut the connection the next one opens it again.
    """

    def __init__(self) -> None:
        self._server = get_connection()
        self.fault = ""

    def __enter__(self) -> Letterbox:
        self.fault = self._open()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._shut()

    def put(self, message: EmailMessage) -> str:
        """Hand a mail with one address over; empty where it was taken, else one of ``FAULTS``."""
        fault = self._open()
        if fault:
            return fault
        try:
            taken = self._server.send_messages([message])
        except (OSError, ValueError) as raised:
            fault = self._what(raised)
            if getattr(self._connection(), "sock", None) is None:
                self._shut()
            return fault
        return "" if taken else "wording"

    def _connection(self) -> object:
        """What Django speaks to the server with; None where that is no connection."""
        return getattr(self._server, "connection", None)

    def _open(self) -> str:
        if not is_set():
            return "no_server"
        try:
            self._server.open()
        except OSError as raised:
            self._shut()
            return _why_shut(raised)
        return ""

    def _shut(self) -> None:
        # It may be lost already, and Django keeps what it could not close: a new one is made.
        with suppress(OSError):
            self._server.close()
        self._server = get_connection()

    def _what(self, raised: Exception) -> str:
        if isinstance(raised, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _said in raised.recipients.values()]
            return "refused" if codes and min(codes) >= 500 else "later"
        if isinstance(raised, smtplib.SMTPSenderRefused):
            return "sender" if raised.smtp_code >= 500 else "later"
        if isinstance(raised, smtplib.SMTPDataError):
            return "refused" if raised.smtp_code >= 500 else "later"
        if isinstance(raised, OSError):
            # Any other backend does not say how far it came, and so leaves it in doubt.
            handed = getattr(self._connection(), "handed", True)
            return "doubt" if handed else "cut_off"
        return "wording"


def _why_shut(raised: OSError) -> str:
    """Why no connection could be made."""
    if isinstance(raised, smtplib.SMTPAuthenticationError):
        return "not_let_in"
    if isinstance(raised, ssl.SSLError):
        return "not_trusted"
    if isinstance(raised, smtplib.SMTPNotSupportedError):
        return "not_encrypted"
    return "no_answer"
