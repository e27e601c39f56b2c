"""How near a measure is to its target: green, amber, red, or not enough to say.

The rule is that of Havering's performance report of 2013/14 (green on or within ten per cent of the
target; amber further off but no worse than a year before; red further off and worse), with the
tolerance as the body or the measure sets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from goldenthread.spc import Polarity

Colour = Literal["green", "amber", "red"]

NEAR = Decimal("0.1")
"""The tolerance of a body that has set none: a tenth of the target."""


@dataclass(frozen=True)
class Rated:
    """A colour with the reason for it; no colour where the rule cannot say, and why not."""

    colour: Colour | None
    because: str


def rate(
    latest: Decimal | None,
    target: Decimal | None,
    better: Polarity,
    *,
    near: Decimal = NEAR,
    year_before: Decimal | None = None,
) -> Rated:
    """How the latest figure stands to the target in force.

    ``near`` is the share of the target within which a figure is still green (0.1 is ten per cent).
    Missing: without a figure, a target, a better way, or (off the target) a figure of a year
    before, there is no colour and a sentence that says why.

    >>> rate(Decimal(61), Decimal(100), "higher", year_before=Decimal(38))
    Rated(colour='amber', because='More than 10% off the target, and better than a year before.')
    >>> rate(Decimal(89), Decimal(92), "higher").colour
    'green'
    """
    if latest is None:
        return Rated(None, "Not enough to say: there is no figure yet.")
    if target is None:
        return Rated(None, "Not rated: there is no target.")
    if better == "neither":
        return Rated(None, "Not rated: neither higher nor lower is better.")
    within = percent(near)
    way = 1 if better == "higher" else -1
    short = Fraction(target - latest) * way
    if short <= 0:
        return Rated("green", "On the target, or better.")
    if short <= Fraction(near) * abs(Fraction(target)):
        return Rated("green", f"Within {within} of the target.")
    off = f"More than {within} off the target" if near else "Off the target"
    if year_before is None:
        return Rated(
            None, f"Not enough to say: {off[0].lower()}{off[1:]}, with no figure of a year before."
        )
    if latest == year_before:
        return Rated("amber", f"{off}, and the same as a year before.")
    if (latest > year_before) == (better == "higher"):
        return Rated("amber", f"{off}, and better than a year before.")
    return Rated("red", f"{off}, and worse than a year before.")


def percent(near: Decimal) -> str:
    """A tolerance as people say it.

    >>> percent(Decimal("0.1000")), percent(Decimal("0.025"))
    ('10%', '2.5%')
    """
    return f"{(near * 100).normalize():f}%"
