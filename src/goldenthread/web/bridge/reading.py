"""Small readings of rows that both bridges need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from goldenthread import plan as core
from goldenthread import timescale
from goldenthread.web import models as rows


def holds(lead: rows.Lead, on: date) -> bool:
    """Whether a lead answers on a day."""
    return lead.since <= on and (lead.until is None or lead.until >= on)


def by_action(found: Iterable[Any]) -> dict[int, list[Any]]:
    """Rows of many actions, by the key of the action."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        grouped[row.action_id].append(row)
    return grouped


def word(word: str) -> Any:  # noqa: ANN401
    """A word of one of the core's closed lists, None for nothing: the columns allow no other."""
    return word or None


def dated(words: str | None) -> date | None:
    """The last day of a document's date ("2026-07-15", "2026-07", "2026"); None where it has none.

    >>> dated("2026-02"), dated("2026")
    (datetime.date(2026, 2, 28), datetime.date(2026, 12, 31))
    """
    if not words:
        return None
    found = timescale.read(words)
    return found[0].end if found else None


# Kinds of promise whose last day can be passed ("Overdue - was due 31 March 2026" is one too).
_DUE = ("date", "period", "event", "relative", "conditional")


def can_be_late(promise: rows.Promise) -> bool:
    """Whether a promise has a last day that can be passed."""
    return promise.kind in _DUE or (
        promise.kind == "status" and promise.reading.get("status") == "delayed"
    )


def last_day(promises: Sequence[rows.Promise]) -> date | None:
    """The last day of these promises: with several, an action is late when none is left."""
    return max((p.end for p in promises if p.end and can_be_late(p)), default=None)


def says_trouble(update: rows.Update, first_due: date | None) -> bool:
    """Whether an update says that the first date will not be kept."""
    return (
        update.rag in ("red", "amber")
        or update.status in ("delayed", "on_hold")
        or bool(update.forecast and first_due and update.forecast > first_due)
    )


def finished_on(updates: Sequence[rows.Update]) -> date | None:
    """The day on which an action was completed, by what was said of it, oldest first.

    That of the last word on its status, where that word is completed; None where it is not. The
    document's own day counts where it printed none.
    """
    last = next((update for update in reversed(updates) if update.status), None)
    if last is None or last.status != "completed":
        return None
    return last.completed_on or last.said_on or localdate(last.at)


def day_before(day: date) -> date:
    """The day before a day."""
    return day - timedelta(days=1)


def numbered(plan: core.Plan, taken: Iterable[str] = ()) -> core.Plan:
    """The plan with a number for each recommendation and action that has none, or not its own.

    An action without one takes its recommendation's and its place ("4.2"); where two share a
    number the later is told apart by a letter, so that a number always means one thing. ``taken``
    are numbers that other actions have.

    >>> from goldenthread.plan import Action, Plan, Recommendation
    >>> rec = Recommendation("Train", "4", actions=(Action("All", "1"), Action("Some")))
    >>> [action.number for action in numbered(Plan(recommendations=(rec, rec))).actions]
    ['1', '4.2', '1b', '4b.2']
    """
    recs: set[str] = set()
    actions: set[str] = set(taken)
    made = []
    for position, rec in enumerate(plan.recommendations, 1):
        number = _own(rec.number or str(position), recs)
        made.append(
            replace(
                rec,
                number=number,
                actions=tuple(
                    replace(action, number=_own(action.number or f"{number}.{place}", actions))
                    for place, action in enumerate(rec.actions, 1)
                ),
            )
        )
    return replace(plan, recommendations=tuple(made))


def _own(number: str, taken: set[str]) -> str:
    """The number, or with the first letter from b on that makes it nobody else's."""
    found, count = number, 1
    while found in taken:
        count += 1
        found = f"{number}{chr(96 + count)}" if count <= 26 else f"{number}-{count}"
    taken.add(found)
    return found
