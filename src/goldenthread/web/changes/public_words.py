"""What the public pages say beside the plan: kept now, and read in the next edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Person, Plan, PublicWords, Unit
from goldenthread.web.permissions import require

# What a page can show without becoming a list of its own.
MOST_LINES = 12


@change
def word_public_page(
    *,
    by: Person,
    of: Plan | Unit,
    version: int,
    at: datetime,
    about: str = "",
    summary: str = "",
    decided_by: str = "",
    decided_on: date | None = None,
    coming: Sequence[tuple[date, str]] = (),
    programme: str = "",
    contact: str = "",
    licence: str = "",
    key: str = "",
) -> PublicWords:
    """Say what the public pages of a plan, or of every plan in a unit, say beside the plan itself.

    What changes: the words that the next edition takes; editions that exist keep theirs. A unit has
    ``programme``, ``contact`` and ``licence`` alone. Who may: word_public_page. Recorded:
    ``public_words.said`` with the names of the fields that changed. ``version`` is that of the
    words, 1 where there are none yet. Raises ``Missing`` where a decision has no day or nobody who
    took it, ``Unsafe`` for words that are too long, ``OutOfStep`` where somebody changed them
    first.
    """
    require(by, "word_public_page", of, localdate(at))
    said: dict[str, Any] = {
        "programme": words(programme, name="the programme's name", most=120),
        "contact": words(contact, name="the contact", most=LINE),
        "licence": words(licence, name="the licence", most=LINE),
    }
    if isinstance(of, Plan):
        said |= {
            "about": words(about, name="what the promises are on", most=120),
            "summary": words(summary, name="the summary", most=1_000),
            "decided_by": words(decided_by, name="who adopted the plan", most=160),
            "decided_on": decided_on,
            "coming": [
                [on.isoformat(), words(what, name="what is to come", most=LINE)]
                for on, what in coming
            ],
        }
        _whole(said)
        row, _new = PublicWords.objects.get_or_create(plan=of)
    else:
        row, _new = PublicWords.objects.get_or_create(unit=of)
    fields = sorted(name for name, value in said.items() if getattr(row, name) != value)
    step(row, version, **said)
    audit.record(by=by, what="public_words.said", on=of, facts={"fields": fields}, at=at)
    return row


def _whole(said: dict[str, Any]) -> None:
    """Refuse words that say half of something, every want at once."""
    needs: dict[str, str] = {}
    if said["decided_by"] and said["decided_on"] is None:
        needs["decided_on"] = "Give the day on which they adopted it."
    if said["decided_on"] is not None and not said["decided_by"]:
        needs["decided_by"] = "Say who adopted it on that day."
    if len(said["coming"]) > MOST_LINES:
        needs["coming"] = f"Give {MOST_LINES} lines at most."
    elif any(not what for _, what in said["coming"]):
        needs["coming"] = "Each line says when, and then what."
    if needs:
        raise Missing("What the page says is not whole, so nothing was kept.", needs=needs)
