"""How an action stands: what its promises and updates say together, for the register's columns.

Worked out from the facts alone, so that it can be worked out again at any time (``test_standing``
does after every change). Nobody else writes these columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from goldenthread.web.bridge import finished_on, last_day, says_trouble
from goldenthread.web.models import Action, Promise, Update

# Words that differ by less than this are the same words as last time.
_SAME = 95


def standing(promises: Sequence[Promise], updates: Sequence[Update]) -> dict[str, Any]:
    """The columns of an action that repeat its facts, by name.

    ``promises`` are all that were ever given, ``updates`` all that was said, oldest first. The
    first day due is the last day of what was promised first, since an action that has several days
    is late only when none is left; the day due now is the same of what stands now. Status and
    colour are the last that anybody gave; a next review is that of the last word alone.
    """
    replaced = {promise.replaces_id or _same(promise.replaces) for promise in promises} - {None}
    first = [p for p in promises if p.replaces_id is None and p.replaces is None]
    now = [p for p in promises if (p.pk or _same(p)) not in replaced]
    said = [update for update in updates if update.done]
    last = updates[-1] if updates else None
    status = next((update.status for update in reversed(updates) if update.status), "")
    first_due = last_day(first)
    by_people = [update for update in updates if update.by_id is not None]
    return {
        "status": status,
        "rag": next((update.rag for update in reversed(updates) if update.rag), ""),
        # "March 2027" is a last day to meet, "April 2027 to March 2028" says when it begins.
        "starts": min((p.start for p in now if p.start and p.kind == "period"), default=None),
        "first_due": first_due,
        "at_risk": last is not None and says_trouble(last, first_due),
        "now_due": last_day(now),
        "moves": sum(1 for p in promises if p.replaces_id is not None or p.replaces is not None),
        "recurs": any(p.kind in ("ongoing", "recurring") for p in now),
        "completed_on": finished_on(updates),
        "next_review": last.next_review if last is not None else None,
        "updated_at": by_people[-1].at if by_people else None,
        "same_words": _same_words(said),
    }


def restand(action: Action) -> dict[str, Any]:
    """The columns of one saved action, worked out again from its rows."""
    return standing(
        list(Promise.objects.filter(action=action).order_by("id")),
        list(Update.objects.filter(action=action).order_by("number")),
    )


def _same(promise: Promise | None) -> Any:  # noqa: ANN401
    """What tells promises apart before they are saved."""
    return None if promise is None else promise.pk or promise.public_id


def _same_words(said: Sequence[Update]) -> int:
    """How many updates in a row, the last one apart, said what the last one says."""
    same = 0
    for before, after in zip(reversed(said[:-1]), reversed(said[1:]), strict=True):
        if fuzz.token_sort_ratio(before.done, after.done) < _SAME:
            break
        same += 1
    return same
