"""What the workspace calls each status, and each meaning that words of a document can have."""

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

COLUMN_WORDS: Mapping[str, object] = {
    "other": _("Nothing that the plan needs: it is left out"),
    "number": _("The number"),
    "theme": _("The theme"),
    "recommendation": _("The recommendation"),
    "rationale": _("The reason"),
    "action": _("The action"),
    "lead": _("Who leads"),
    "supporting": _("Who supports"),
    "timescale": _("When it is due"),
    "start": _("When it starts"),
    "end": _("When it ends"),
    "revised": _("The date as revised"),
    "completed": _("When it was completed"),
    "measure": _("How success is measured"),
    "status": _("How it stands"),
    "update": _("What was done so far"),
    "evidence": _("What shows it"),
    "response": _("What the council answers"),
}

SMART_WORDS: Mapping[str, object] = {
    "specific": _("Specific"),
    "measurable": _("Measurable"),
    "achievable": _("Achievable"),
    "relevant": _("Relevant"),
    "timed": _("Timed"),
}

LEAD_WORDS: Mapping[str, object] = {
    "post": _("A post"),
    "body": _("A body: a team, a board, a network, a partner"),
    "person": _("A person’s name"),
}

MEANING_WORDS: Mapping[str, Mapping[str, object]] = {
    "column": COLUMN_WORDS,
    "lead": LEAD_WORDS,
    "status": {**STATUS_WORDS} | {"none": _("Nothing of how the action stands")},
    "colour": STATUS_WORDS,
}


def status_words(status: str) -> str:
    """The word for a status; nothing where none was given."""
    return str(STATUS_WORDS.get(status, status))


def meaning_words(about: str, meaning: str) -> str:
    """What the workspace calls a meaning of a column, a lead, a status word or a colour."""
    return str(MEANING_WORDS[about].get(meaning, meaning))
