"""The words that the council uses: those in force on a day, and those that were before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.web.models import Term


@dataclass(frozen=True)
class Used:
    """The words used for one group or thing, and those used before, the last first."""

    now: Term
    before: tuple[Term, ...] = ()


def terms(on: date) -> tuple[Used, ...]:
    """What is used for each thing on a day, in the order of the alphabet, in one query."""
    grouped: dict[str, list[Term]] = {}
    for term in Term.objects.filter(since__lte=on).order_by("since", "id"):
        grouped.setdefault(term.stands_for, []).append(term)
    return tuple(
        Used(held[-1], tuple(reversed(held[:-1])))
        for _name, held in sorted(grouped.items(), key=lambda pair: pair[0].casefold())
    )


def words_for(stands_for: str, on: date, otherwise: str = "") -> str:
    """The words for one thing on a day; ``otherwise`` where nobody has chosen any."""
    found = (
        Term.objects.filter(stands_for__iexact=stands_for, since__lte=on)
        .order_by("since", "id")
        .last()
    )
    return found.words if found is not None else otherwise
