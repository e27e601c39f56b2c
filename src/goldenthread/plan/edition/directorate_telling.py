"""What a directorate says, in words for a page: where a priority stands, how a pledge is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.plan.choosing import DIFFERENCES, HARDNESSES, Difference, Hardness
from goldenthread.plan.edition.directorate import (
    FollowUp,
    Kept,
    Objectives,
    Pledge,
    Priority,
    Weight,
)
from goldenthread.plan.edition.language import ENGLISH, Say
from goldenthread.plan.edition.value import Edition


def hardness_words(hardness: Hardness, *, say: Say = ENGLISH) -> str:
    """How hard a problem is here: the head of a row of the matrix.

    >>> hardness_words("less")
    'Less so'
    """
    return {
        "most": say.gettext("Most challenging"),
        "challenging": say.gettext("Challenging"),
        "less": say.gettext("Less so"),
    }[hardness]


def difference_words(difference: Difference, *, say: Say = ENGLISH) -> str:
    """How much difference can be made: the head of a column of the matrix.

    >>> difference_words("greatest")
    'Greatest difference'
    """
    return {
        "greatest": say.gettext("Greatest difference"),
        "some": say.gettext("Some difference"),
        "little": say.gettext("Little difference"),
    }[difference]


def weight_words(weight: Weight, *, say: Say = ENGLISH) -> str:
    """By how many a theme was raised, without a number.

    >>> weight_words("many")
    'Raised by many'
    """
    return {
        "many": say.gettext("Raised by many"),
        "some": say.gettext("Raised by some"),
        "few": say.gettext("Raised by few"),
    }[weight]


def kept_words(kept: Kept, *, say: Say = ENGLISH) -> str:
    """What became of a pledge at one time of asking.

    >>> kept_words("no_longer")
    'Given up'
    """
    return {
        "kept": say.gettext("Kept"),
        "not_kept": say.gettext("Not kept"),
        "no_longer": say.gettext("Given up"),
    }[kept]


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: the priorities that were weighed so."""

    difference: Difference
    priorities: tuple[Priority, ...]


@dataclass(frozen=True)
class Row:
    """One row of the matrix, the greatest difference first."""

    hardness: Hardness
    cells: tuple[Cell, ...]


def matrix(edition: Edition) -> tuple[Row, ...]:
    """The priorities of an edition, three rows by three: the hardest first.

    Each stands in exactly one cell.
    """
    return tuple(
        Row(
            hardness,
            tuple(
                Cell(
                    difference,
                    tuple(
                        one
                        for one in edition.priorities
                        if (one.hardness, one.difference) == (hardness, difference)
                    ),
                )
                for difference in DIFFERENCES
            ),
        )
        for hardness in HARDNESSES
    )


def follow_ups(pledge: Pledge, at: date) -> tuple[FollowUp, ...]:
    """What became of a pledge up to a day, the newest first."""
    known = [one for one in pledge.follow_ups if one.on <= at]
    return tuple(sorted(known, key=lambda one: one.on))[::-1]


def pledge_words(pledge: Pledge, at: date, *, say: Say = ENGLISH) -> str:
    """How a pledge has been kept up to a day: every time so far, or what was found last.

    >>> from datetime import date
    >>> made = Pledge("I will not speak first.", "Director", date(2026, 9, 22))
    >>> pledge_words(made, date(2026, 9, 30))
    'Not yet looked at'
    """
    known = follow_ups(pledge, at)
    if not known:
        return say.gettext("Not yet looked at")
    if all(one.kept == "kept" for one in known):
        return say.ngettext(
            "Kept, looked at once", "Kept each time, looked at %(number)s times", len(known)
        ) % {"number": len(known)}
    return kept_words(known[0].kept, say=say)


def objectives_words(objectives: Objectives, *, say: Say = ENGLISH) -> str:
    """The one total of the whole body as a share, in a sentence.

    >>> objectives_words(Objectives(312, 405, date(2026, 9, 30)))
    '312 of 405 appraisals have an objective that serves the plan: 77%'
    """
    words = {"serving": f"{objectives.serving:,}", "held": f"{objectives.held:,}"}
    # Only all of them are 100%, and only none are 0%.
    share = round(100 * objectives.serving / objectives.held)
    if 0 < objectives.serving < objectives.held:
        share = min(99, max(1, share))
    sentence = say.gettext(
        "%(serving)s of %(held)s appraisals have an objective that serves the plan: %(share)s%%"
    )
    return sentence % {**words, "share": share}
