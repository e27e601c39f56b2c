"""Halves go away from nought, as a council prints them, and nothing is ever minus nought.

No statute says which way a half goes. The choice, and why it is made in Python and on exact
numbers alone, is decision 0036.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal | int, places: int = 1) -> Decimal:
    """A number rounded to so many decimals, a half away from nought, and 0.0 for -0.0.

    Units: those of the number. Floats are refused by their type: 2.675 is not what it prints as.

    Source: "one decimal" is the form of the gender pay gap service (github
    ukgov-equality-hub/gender-pay-gap, commit 40e5a50, ReportFiguresViewModel); which way a half
    goes is ours (decision 0036).

    >>> half_up(Fraction(25, 4)), half_up(Fraction(-9, 4)), half_up(Fraction(-1, 100))
    (Decimal('6.3'), Decimal('-2.3'), Decimal('0.0'))
    """
    above, below = value.as_integer_ratio()
    whole = (2 * abs(above) * 10**places + below) // (2 * below)
    # Written out, since a number that is read keeps every digit, whatever the context's precision.
    return Decimal(f"{'-' if above < 0 and whole else ''}{whole}E-{places}")
