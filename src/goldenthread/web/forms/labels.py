"""What the organisation calls each status and each rating; words beside every colour."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _

STATUS_WORDS: Mapping[str, object] = {
    "not_started": _("Not started"),
    "in_progress": _("In progress"),
    "completed": _("Done"),
    "delayed": _("Delayed"),
    "on_hold": _("On hold"),
    "withdrawn": _("Withdrawn"),
}

_RAG_WORDS: Mapping[str, object] = {
    "green": _("Green: will be done by the date promised"),
    "amber": _("Amber: at risk of missing the date"),
    "red": _("Red: will miss the date, or has"),
}


def status_words(status: str) -> str:
    """The word for a status; nothing where none was given."""
    return str(STATUS_WORDS.get(status, status))


def rag_labels() -> Mapping[str, str]:
    """The ratings that this organisation uses, in order, each with its label and its rule.

    An organisation's own stand in the setting ``RAG_LABELS``; some say blue for done.
    """
    own: Mapping[str, object] = getattr(settings, "RAG_LABELS", {}) or _RAG_WORDS
    return {colour: str(words) for colour, words in own.items()}


def rag_words(rag: str) -> str:
    """A rating in the organisation's word, without its rule; one it no longer uses as it was given.

    >>> rag_words("purple")
    'Purple'
    """
    return rag_labels().get(rag, rag.capitalize()).partition(":")[0]
