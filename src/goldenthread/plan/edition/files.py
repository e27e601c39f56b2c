"""An edition as files: JSON ``goldenthread.edition/1.3``, and CSV with a row for each action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import msgspec

from goldenthread.errors import Unreadable
from goldenthread.plan import cells
from goldenthread.plan.edition.milestones import (
    milestone_due,
    milestone_standing,
    milestones,
    next_milestone,
)
from goldenthread.plan.edition.movement import movement, movement_words
from goldenthread.plan.edition.standing import (
    counts,
    first_promised,
    is_over,
    is_withdrawn,
    moves,
    now_promised,
    slipped,
    standing,
    updates,
)
from goldenthread.plan.edition.telling import STANDING_WORDS, slip_words
from goldenthread.plan.edition.value import Action, Edition

# What is written. 1.1 added ``withdrawn``, which changes how actions are counted: a reader that
# does not know it must refuse the file, and one that does reads 1 as well. 1.2 added what answers
# a rating that says trouble, and what unions and forums say: nobody should show a plan without it;
# figures with their commentary; milestones, contributors, horizons and the parts of who is who.
# 1.3 added what a directorate says: what was heard, priorities with their reasons, its vision,
# pledges and how they are kept, what its actions serve, its closing; and the body's objectives.
SCHEMA = "goldenthread.edition/1.3"
READ = (
    *("goldenthread.edition/1", "goldenthread.edition/1.1", "goldenthread.edition/1.2"),
    SCHEMA,
)

CSV_COLUMNS = (
    "id",
    "number",
    "action",
    "theme",
    "recommendations",
    "lead",
    "standing",
    "first promised",
    "now promised",
    "times moved",
    "slipped",
    "done on",
    "repeats",
    "next review",
    "stops when",
    "last update",
    "last update words",
    "withdrawn on",
    "why withdrawn",
    "rating",
    "rating before",
    "rating moved",
    "cause",
    "recovery step",
    "recovery by",
    "contributors",
    "milestones",
    "milestones reached",
    "milestones missed",
    "next milestone",
    "next milestone due",
    "serves",
    "comes from",
)


def to_json(edition: Edition) -> dict[str, Any]:
    """The edition as plain values ready for JSON: days in ISO form, None for what is not known.

    ``counts`` and each action's ``standing`` are added for readers who do not count themselves;
    :func:`from_json` counts again and never reads them.
    """
    plain: dict[str, Any] = {"schema": SCHEMA, **msgspec.to_builtins(edition)}
    plain["counts"] = asdict(counts(edition))
    for held, action in zip(plain["actions"], edition.actions, strict=True):
        held["standing"] = standing(action, edition.as_at)
    output: dict[str, Any] = _lists(plain)
    return output


def from_json(plain: Mapping[str, Any]) -> Edition:
    """The edition that :func:`to_json` wrote, equal to it in every field.

    Keys that a later version adds are passed over. Raises Unreadable where it is no edition, one
    of a version that is not known here, or one that contradicts itself.
    """
    schema = plain.get("schema") if isinstance(plain, Mapping) else None
    if schema not in READ:
        raise Unreadable(
            "This is not an edition that this version of Golden Thread can read.",
            do=f"Its “schema” must be {' or '.join(f'“{one}”' for one in READ)}.",
        )
    try:
        return msgspec.convert(dict(plain), Edition)
    except msgspec.ValidationError as wrong:
        raise Unreadable(
            f"The edition is not whole: {wrong}.".replace("..", "."),
            do="Write it again from the system that published it.",
        ) from wrong


def to_csv(edition: Edition) -> str:
    """The edition's actions as CSV, one row each under :data:`CSV_COLUMNS`.

    Days are in ISO form. No cell can be taken for a formula (:mod:`goldenthread.plan.cells`).
    """
    rows = [_row(edition, action) for action in edition.actions]
    return cells.write([CSV_COLUMNS, *rows])


def _row(edition: Edition, action: Action) -> tuple[str, ...]:
    at = edition.as_at
    gone = action.withdrawn if is_withdrawn(action, at) else None
    theme, slip, said = edition.theme(action.theme), slipped(action, at), updates(action, at)
    rating = movement(action, at)
    answered = said[0].recovery if said and not is_over(action, at) else None
    return (
        action.id,
        action.number,
        action.words,
        theme.title if theme else "",
        "; ".join(action.recommendations),
        action.lead.post,
        STANDING_WORDS[standing(action, at)],
        _iso(first_promised(action, at)),
        _iso(now_promised(action, at)),
        str(len(moves(action, at))),
        slip_words(slip) if slip else "",
        _iso(action.done_on),
        action.repeats,
        _iso(action.next_review),
        action.stops_when,
        _iso(said[0].given_on if said else None),
        said[0].done if said else "",
        _iso(gone.on if gone else None),
        gone.reason if gone else "",
        rating.now.label if rating else "",
        rating.was.label if rating and rating.was else "",
        movement_words(rating) if rating else "",
        answered.cause if answered else "",
        answered.step if answered else "",
        _iso(answered.due if answered else None),
        "; ".join(action.contributors),
        *_milestones(action, at),
        "; ".join(one.number for one in action.serves),
        "; ".join((*action.priorities, *_heard(edition, action))),
    )


def _heard(edition: Edition, action: Action) -> tuple[str, ...]:
    """The names of what was heard that an action comes from."""
    found = (edition.theme_heard(code) for code in action.heard)
    return tuple(one.name for one in found if one is not None)


def _milestones(action: Action, at: date) -> tuple[str, ...]:
    known = milestones(action, at)
    stand = [milestone_standing(one, at) for one in known]
    coming = next_milestone(action, at)
    return (
        str(len(stand) - stand.count("dropped")),
        str(stand.count("reached")),
        str(stand.count("missed")),
        coming.words if coming else "",
        _iso(milestone_due(coming, at) if coming else None),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _lists(value: Any) -> Any:  # noqa: ANN401
    """The same values with tuples as lists, as JSON has them."""
    if isinstance(value, dict):
        return {key: _lists(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(held) for held in value]
    return value
