"""What the public pages say beside the plan, for whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.timescale import day
from goldenthread.web.models import Plan as Plan
from goldenthread.web.models import PublicWords
from goldenthread.web.models import Unit as Unit
from goldenthread.web.permissions import line_of, units_above


@dataclass(frozen=True)
class Said:
    """What stands now: the words, their version (1 where there are none), and whence the rest.

    ``above`` are the units from the plan's own up to the body, each with what it says for all its
    plans.
    """

    words: PublicWords
    version: int
    above: tuple[tuple[Unit, PublicWords | None], ...]

    def inherited(self, name: str) -> str:
        """What a plan or unit takes from above where it says nothing itself."""
        found = (str(getattr(row, name)) for _, row in self.above if row is not None)
        return next((words for words in found if words), "")

    def answers(self) -> dict[str, Any]:
        """The words as a form shows them: a line for each post and for each day."""
        words = self.words
        return {
            "about": words.about,
            "summary": words.summary,
            "decided_by": words.decided_by,
            "decided_on": words.decided_on,
            "coming": "\n".join(f"{_day(on)}: {what}" for on, what in words.coming),
            "programme": words.programme,
            "contact": words.contact,
            "licence": words.licence,
        }


def said(*, of: Plan | Unit) -> Said:
    """What the public pages of a plan, or of every plan in a unit, say now."""
    start: int | None
    if isinstance(of, Plan):
        row, start = PublicWords.objects.filter(plan=of).first(), of.unit_id
    else:
        row, start = PublicWords.objects.filter(unit=of).first(), of.parent_id
    keys = line_of(start, units_above()) if start else ()
    units = Unit.objects.in_bulk(keys)
    held = {row.unit_id: row for row in PublicWords.objects.filter(unit__in=units)}
    line = [(units[key], held.get(key)) for key in keys]
    return Said(
        row or PublicWords(),
        row.version if row else 1,
        tuple(line),
    )


def _day(iso: str) -> str:
    found = date.fromisoformat(iso)
    return day(found)
