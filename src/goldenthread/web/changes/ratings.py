"""The body's own ratings: another scale takes the place of the one in force, which is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.bridge import COLOURS, Rating, scales
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Person, RatingScale
from goldenthread.web.permissions import body, require

WORD, RULE = 40, 200


@change
def keep_ratings(
    *,
    by: Person,
    ratings: Sequence[Rating],
    reason: str,
    version: int,
    at: datetime,
    key: str = "",
) -> RatingScale:
    """Rate by these words and rules from now on; what was given before keeps its words.

    Red needs a cause, a step and a day whatever is said of it: no body may be silent on its reds.

    ``version`` is the number of the scale that the form was made from. Who may: keep_ratings in the
    whole body. Recorded: ``ratings.kept``, with the colours. Raises ``Missing`` without a reason,
    for fewer than two ratings, for a word or rule that is blank, and for one word said of two
    colours; ``OutOfStep`` where somebody kept another scale first.
    """
    require(by, "keep_ratings", body(), localdate(at))
    now = scales().now
    tidy = [
        Rating(
            one.colour,
            words(one.word, name=f"word_{one.colour}", most=WORD),
            words(one.rule, name=f"rule_{one.colour}", most=RULE),
            one.recovery or one.colour == "red",
        )
        for one in sorted(ratings, key=lambda one: (*COLOURS, one.colour).index(one.colour))
    ]
    why = words(reason, name="reason", most=LINE)
    if needs := _needs(tidy, why):
        raise Missing("The ratings were not changed.", needs=needs)
    labels = [asdict(one) for one in tidy]
    if now.number != version:
        raise OutOfStep(
            "Somebody changed the ratings while you were writing.",
            yours={one.colour: one.word for one in tidy},
            theirs={one.colour: _told(one) for one in now.ratings},
            do="Read what now stands beside your own words, and send what should stand.",
        )
    scale = RatingScale.objects.create(
        number=now.number + 1, labels=labels, reason=why, at=at, by=by
    )
    facts = {
        "number": scale.number,
        "colours": [one.colour for one in tidy],
        "recovery": [one.colour for one in tidy if one.recovery],
    }
    audit.record(by=by, what="ratings.kept", on=scale, facts=facts, at=at)
    return scale


def _told(one: Rating) -> str:
    return f"{one.word}: {one.rule}" + (", with a recovery" if one.recovery else "")


def _needs(ratings: Sequence[Rating], reason: str) -> dict[str, str]:
    """A sentence for each thing that is wrong, by the field of the form."""
    needs: dict[str, str] = {}
    said: set[str] = set()
    for one in ratings:
        if one.colour not in COLOURS:
            needs[one.colour] = "There is no such colour."
        elif not one.word:
            needs[f"word_{one.colour}"] = "Give it a word, or leave its rule blank too."
        elif one.word.casefold() in said:
            needs[f"word_{one.colour}"] = "Another rating has this word. Give each its own."
        elif not one.rule:
            needs[f"rule_{one.colour}"] = "Say when a lead should choose it."
        said.add(one.word.casefold())
    if len(ratings) < 2:
        needs.setdefault("word_green", "Use two ratings or more: one alone tells nobody anything.")
    if not reason:
        needs["reason"] = "Say why the ratings change."
    return needs
