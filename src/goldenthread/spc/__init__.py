"""Is this change signal or noise? Control charts of programme figures, in plain words.

``series`` holds the figures, and the wall that keeps people out of them; ``limits`` reckons the
range of ordinary ups and downs; ``signals`` finds what does not fit in it; ``reading`` puts these
together and ``wording`` says them in a sentence that a councillor can read.

>>> from datetime import date
>>> panels = Series(
...     title="Interview panels that were mixed and trained",
...     quantity=Quantity("share"),
...     better="higher",
...     counts=Counts.THINGS,
...     points=tuple(
...         Point(date(2025 + (month > 9), (month + 2) % 12 + 1, 1), f"month {month}", value)
...         for month, value in enumerate([31, 28, 36, 33, 30, 38, 34, 29, 35, 31, 36, 42, 61], 1)
...     ),
...     source="The panel log of Human Resources",
... )
>>> read(panels).sentence
'A real rise in month 13, for the better: 61% is above the ordinary ups and downs, 19% to 52%.'
"""

from goldenthread.spc.arrows import Arrow
from goldenthread.spc.limits import Limits
from goldenthread.spc.phases import Change, Phase
from goldenthread.spc.reading import Assurance, Kind, Reading, Variation, read
from goldenthread.spc.series import (
    Counts,
    Number,
    Point,
    Polarity,
    Quantity,
    QuantityKind,
    Series,
    Step,
    Target,
    share,
)
from goldenthread.spc.signals import Mark, Rule
from goldenthread.spc.wording import IN_WORDS, period

__all__ = [
    "IN_WORDS",
    "Arrow",
    "Assurance",
    "Change",
    "Counts",
    "Kind",
    "Limits",
    "Mark",
    "Number",
    "Phase",
    "Point",
    "Polarity",
    "Quantity",
    "QuantityKind",
    "Reading",
    "Rule",
    "Series",
    "Step",
    "Target",
    "Variation",
    "period",
    "read",
    "share",
]
