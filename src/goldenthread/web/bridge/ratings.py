"""How the body rates its actions, as values: every scale there was, and the word of a time.

What a colour means is the same in every council, so that a register can be counted: red and amber
say trouble. What it is called, when it is given, and which colours are used is the body's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.web import models as rows

# Best first: the order in which every scale is shown.
COLOURS = ("blue", "green", "amber", "red", "purple", "grey")
# What needs a cause, a step and a day until a council says otherwise. Red always does.
_NEED_RECOVERY = frozenset({"amber", "red"})


@dataclass(frozen=True)
class Rating:
    """One rating: its colour, the body's word for it, and the rule by which it is given.

    ``recovery`` says that whoever gives it must say why, what is done about it and by when.
    """

    colour: str
    word: str
    rule: str
    recovery: bool = False


@dataclass(frozen=True)
class Scale:
    """A scale: its number (0 is the one that comes with the site), ratings, and who kept it why."""

    number: int
    ratings: tuple[Rating, ...]
    since: datetime | None = None
    by: str = ""
    reason: str = ""

    def word(self, colour: str) -> str:
        """The word for a colour; the colour's own name where this scale does not use it.

        >>> Scale(1, (Rating("green", "On course", ""),)).word("green")
        'On course'
        """
        return next((one.word for one in self.ratings if one.colour == colour), colour.capitalize())

    @property
    def colours(self) -> frozenset[str]:
        """The colours that may be given."""
        return frozenset(one.colour for one in self.ratings)

    @property
    def needing(self) -> tuple[str, ...]:
        """The colours that need a recovery, best first; red where this scale does not use it too.

        >>> Scale(1, (Rating("amber", "Wobbling", "", recovery=True),)).needing
        ('amber', 'red')
        """
        said = {one.colour for one in self.ratings if one.recovery}
        return tuple(colour for colour in COLOURS if colour in said | {"red"})

    @property
    def needing_words(self) -> tuple[str, ...]:
        """The words of the ratings that may be given and need a recovery, best first."""
        return tuple(one.word for one in self.ratings if one.colour in self.needing)


@dataclass(frozen=True)
class Scales:
    """Every scale there was, the newest first; never empty."""

    kept: tuple[Scale, ...]

    @property
    def now(self) -> Scale:
        """The scale in force."""
        return self.kept[0]

    def word(self, colour: str, at: datetime | None = None) -> str:
        """The word for a colour, in the scale of a time; without one in the scale in force."""
        if not colour:
            return ""
        for scale in self.kept:
            if at is None or scale.since is None or scale.since <= at:
                return scale.word(colour)
        return self.kept[-1].word(colour)


def default_scale() -> Scale:
    """The scale that a council has until it keeps its own."""
    return Scale(
        0,
        (
            Rating("green", _("Green"), _("will be done by the date promised")),
            Rating("amber", _("Amber"), _("at risk of missing the date"), recovery=True),
            Rating("red", _("Red"), _("will miss the date, or has"), recovery=True),
        ),
    )


def scales() -> Scales:
    """Every scale there was, the newest first and that of the code last, in one query."""
    kept = [
        Scale(
            row.number,
            tuple(_rating(label) for label in row.labels),
            row.at,
            row.by.name,
            row.reason,
        )
        for row in rows.RatingScale.objects.select_related("by").order_by("-number")
    ]
    return Scales((*kept, default_scale()))


def _rating(label: Mapping[str, Any]) -> Rating:
    """One label of a row; red and amber need a recovery where it was kept before that was asked."""
    colour = label["colour"]
    needs = bool(label.get("recovery", colour in _NEED_RECOVERY))
    return Rating(colour, label["word"], label["rule"], needs)
