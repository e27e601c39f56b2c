"""What the workspace calls each status."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

STATUS_WORDS: Mapping[str, object] = {
    "not_started": _("Not started"),
    "in_progress": _("In progress"),
    "completed": _("Done"),
    "delayed": _("Delayed"),
    "on_hold": _("On hold"),
    "withdrawn": _("Withdrawn"),
}


def status_words(status: str) -> str:
    """The word for a status; nothing where none was given."""
    return str(STATUS_WORDS.get(status, status))
