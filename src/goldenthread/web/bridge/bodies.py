"""What an edition says of bodies: their stances, the meetings to come, the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from goldenthread.plan import edition
from goldenthread.web import models as rows
from goldenthread.web.bridge.reading import word
from goldenthread.web.models import tree

# How far ahead an edition names the days on which open committees meet.
_AHEAD = timedelta(days=366)


def public_stances(
    plan: rows.Plan, numbers: dict[int, str], on: date
) -> tuple[edition.Stance, ...]:
    """What each body says now of a plan and what is in it, where it wants the public to read it.

    The last word of a body counts: where that is not for the public, nor is what it said before.
    What it says of the closing of a planning stands beside that, and is not its word on the plan.
    """
    found: dict[tuple[int, str, str], rows.Stance] = {}
    given = rows.Stance.objects.filter(
        plan=plan, on__lte=on, consultation__closing__isnull=True
    ).select_related("committee", "action")
    for row in given.order_by("on", "id"):
        action = row.action.public_id if row.action else ""
        number = numbers.get(row.recommendation_id or 0, "")
        found[row.committee_id, action, number] = row
    return tuple(
        edition.Stance(
            stance=word(row.stance),
            body=row.committee.name,
            on=row.on,
            words=row.words,
            action=action,
            recommendation=number,
        )
        for (_body, action, number), row in sorted(found.items(), key=lambda one: one[1].pk)
        if row.public
    )


def public_meetings(
    said: Sequence[tuple[str, str]], line: Sequence[int], on: date
) -> tuple[edition.Coming, ...]:
    """What comes: the words that somebody wrote, and the meetings of bodies that are open.

    Of the units of a line, the plan's and those above it, for a year. Where words were written for
    the day of a meeting and name its body, they stand, and diaries know them as that meeting.
    """
    written = [edition.Coming(date.fromisoformat(day), words) for day, words in said]
    coming = rows.Meeting.objects.filter(
        committee__unit__in=line,
        committee__public=True,
        on__gte=on,
        on__lte=on + _AHEAD,
    ).select_related("committee")
    for meeting in coming:
        told = edition.Coming(
            on=meeting.on,
            words=f"{meeting.committee.name} meets",
            id=meeting.public_id,
            starts=meeting.starts,
            place=meeting.place,
            sequence=meeting.version - 1,
            cancelled=meeting.cancelled_at is not None,
        )
        name = meeting.committee.name.casefold()
        place = next(
            (
                place
                for place, one in enumerate(written)
                if one.on == told.on and not one.id and name in one.words.casefold()
            ),
            None,
        )
        if place is None:
            written.append(told)
        else:
            written[place] = replace(told, words=written[place].words)
    return tuple(sorted(written, key=lambda one: one.on))


def line_of(unit: rows.Unit, on: date) -> tuple[int, ...]:
    """The keys of a unit and all above it on a day, the nearest first; one query.

    A unit that has moved stands below its successor.
    """
    parents = tree.above(tree.nodes(), on)
    found: list[int] = []
    here: int | None = unit.pk
    while here is not None:
        found.append(here)
        here = parents[here]
    return tuple(found)


def public_terms(on: date) -> tuple[edition.Term, ...]:
    """The words in force on a day, each with who chose them."""
    now: dict[str, rows.Term] = {}
    for row in rows.Term.objects.filter(since__lte=on).order_by("since", "id"):
        now[row.stands_for] = row
    return tuple(
        edition.Term(row.stands_for, row.words, row.chosen_by, row.since, row.reason)
        for _name, row in sorted(now.items(), key=lambda one: one[0].casefold())
    )
