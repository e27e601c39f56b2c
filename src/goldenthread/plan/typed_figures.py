"""A figure as somebody typed it: read where it can mean one thing alone, and never guessed.

What could be meant otherwise is asked about, with the reading that would be taken; what is no
figure of its kind is said to be none. No sentence here repeats what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.spc import QuantityKind

# Four decimals and nine digits before them are kept exactly, also by readers of JSON.
PLACES, MOST = 4, Decimal(10) ** 9
# From so many earlier figures on, one that is ten times as large, or as small, is asked about.
_ENOUGH, _TIMES = 3, 10

_PLAIN = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """What was typed as a figure: its value, a question to confirm it, or why it is none.

    ``value`` is None for a blank, and where ``wrong`` says why it cannot be taken. Where ``ask`` is
    a question, ``value`` is taken only once somebody says yes to it.
    """

    value: Decimal | None = None
    ask: str = ""
    wrong: str = ""


def read_figure(text: str, kind: QuantityKind, before: Sequence[Decimal] = ()) -> Typed:
    """What somebody typed, as a figure of this kind; ``before`` are the measure's other figures.

    A blank is no figure and no fault. Four decimals at most.

    >>> read_figure("61.5", "share").value
    Decimal('61.5')
    >>> read_figure("12%", "share").ask
    'It is written with a per cent sign. Does it mean 12%?'
    >>> read_figure("1,5", "number").wrong
    'A comma can mean two things. Write the figure with a point, and without commas.'
    """
    typed = text.strip().replace("−", "-").replace("\u00a0", " ")
    if not typed:
        return Typed()
    percent = typed.endswith("%")
    typed = typed[:-1].rstrip() if percent else typed
    if percent and kind != "share":
        return Typed(wrong="This measure is not counted in per cent. Give the figure in its unit.")
    grouped = bool(_GROUPED.fullmatch(typed))
    if not grouped and "," in typed and re.fullmatch(r"-?[\d.,]+", typed):
        return Typed(
            wrong="A comma can mean two things. Write the figure with a point, and without commas."
        )
    if not grouped and not _PLAIN.fullmatch(typed):
        return Typed(wrong="This is not a number. Leave it blank where there is none, and say why.")
    value = Decimal(re.sub("[, ]", "", typed))
    if wrong := not_so(value, kind):
        return Typed(wrong=wrong)
    return Typed(value, ask=_question(value, kind, percent, grouped, before))


def not_so(value: Decimal, kind: QuantityKind) -> str:
    """Why no figure of this kind can be so; nothing where it can.

    >>> not_so(Decimal("100.1"), "share"), not_so(Decimal(0), "rate")
    ('A share lies between 0 and 100.', '')
    """
    if not value.is_finite():
        return "This is not a number."
    if abs(value) >= MOST:
        return "A figure is smaller than a thousand million. Count in a larger unit."
    if value != round(value, PLACES):
        return "A figure has four decimals at most."
    if kind == "share" and not 0 <= value <= 100:
        return "A share lies between 0 and 100."
    if kind in ("count", "rate") and value < 0:
        return f"A {kind} cannot be less than nought."
    if kind == "count" and value != value.to_integral_value():
        return "A count is a whole number."
    return ""


def _question(
    value: Decimal, kind: QuantityKind, percent: bool, grouped: bool, before: Sequence[Decimal]
) -> str:
    """What to ask before a figure is taken; nothing where it can mean one thing alone."""
    said = f"{value:,}{'%' if kind == 'share' else ''}"
    if percent:
        return f"It is written with a per cent sign. Does it mean {said}?"
    if grouped:
        return f"It is written in groups of three. Does it mean {said}?"
    if kind == "share" and 0 < value < 1:
        return (
            f"It is less than one per cent. Does it mean {said}, and not a hundred times as much?"
        )
    if value < 0 and not any(one < 0 for one in before):
        return f"It is less than nought. Does it mean {said}?"
    sizes = [abs(one) for one in before if one]
    if len(sizes) >= _ENOUGH and abs(value) > _TIMES * max(sizes):
        return f"It is more than ten times any figure so far. Does it mean {said}?"
    if len(sizes) >= _ENOUGH and 0 < abs(value) * _TIMES < min(sizes):
        return f"It is less than a tenth of any figure so far. Does it mean {said}?"
    return ""


def share_of(part: Decimal | None, whole: Decimal | None, places: int) -> Decimal | str | None:
    """The share in per cent that a part is of a whole, or why there is none; None without either.

    >>> share_of(Decimal(11), Decimal(18), 1), share_of(None, None, 1)
    (Decimal('61.1'), None)
    >>> share_of(Decimal(0), Decimal(0), 1)
    'There were none to take a share of, so there is no figure. Leave it blank, and say so.'
    """
    if part is None and whole is None:
        return None
    if part is None or whole is None:
        return "A share has its part and its whole. Give both, or neither."
    if whole == 0:
        return (
            "There were none to take a share of, so there is no figure. Leave it blank, and say so."
        )
    if whole < 0 or not 0 <= part <= whole:
        return "The part is more than the whole, or less than none."
    return rounded(100 * part / whole, places)


def rounded(value: Decimal, places: int) -> Decimal:
    """A figure with so many decimals, half up as a council prints it.

    >>> rounded(Decimal("0.5"), 0), rounded(Decimal("-2.25"), 1)
    (Decimal('1'), Decimal('-2.3'))
    """
    return value.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
