"""Series to draw: the kinds that councils have, any at all by Hypothesis, and a reader of SVG."""

import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

from hypothesis import strategies as st

from core.spc.figures import by_month, by_quarter
from goldenthread.spc import Counts, Point, Quantity, Series, Step, Target

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (300, 600, 900)

PANELS = by_month(
    [31, 28, 36, 33, 30, 38, 34, 29, 35, 41, 36, 42, 52, 49, 55, 57, 54, 61],
    quantity=Quantity("share"),
    baseline=12,
    targets=(Target(100, "Promised"),),
)
ANSWERS = by_quarter(
    [58, 60, 57, 61, 59, 62, 58, 60, 61, 59, 57, None, 60, 58, 51, 50, 49, 50, 48, 50, 49],
    title="Requests of staff networks answered within a month",
    quantity=Quantity("share"),
    targets=(Target(65, since=date(2023, 4, 1)), Target(75, since=date(2026, 1, 1))),
)
DAYS = by_quarter(
    [14, 15, 13, 14, 16, 15, 14, 13, 15, 14, 16, 15, 9, 10, 8, 11, 9, 10, 9],
    title="Days until a grievance has a first answer",
    quantity=Quantity("rate", "days"),
    better="lower",
    steps=(Step(date(2025, 4, 1), "a new desk"),),
    targets=(Target(10, "Promise"),),
)
FEW = by_quarter([3, 5, 4], title="Listening sessions held", quantity=Quantity("count", "sessions"))
SURVEYS = by_month(
    [2, -3, 1, 0, -1, 2, 3, -4, 1, 0, 2, 1, 15],
    title="Difference of the two surveys",
    quantity=Quantity("number", "percentage points"),
    better="neither",
)
NAMED = {"panels": PANELS, "answers": ANSWERS, "days": DAYS, "few": FEW, "surveys": SURVEYS}

_WORDS = st.text(max_size=60).map("A{}".format)


@st.composite
def any_series(draw):
    """A series of any kind, with any words at all, gaps, targets and new limits."""
    kind = draw(st.sampled_from(["share", "count", "rate", "number"]))
    figures = {
        "share": st.integers(0, 100) | st.floats(0, 100),
        "count": st.integers(0, 10**7),
        "rate": st.floats(0, 1e5),
        "number": st.floats(-1e6, 1e6) | st.integers(-5, 5),
    }[kind]
    values = draw(st.lists(st.none() | figures, max_size=24))
    labels = draw(st.lists(_WORDS, min_size=len(values), max_size=len(values)))
    start = date(2020, 1, 31)
    days = [start + timedelta(30 * place) for place in range(len(values))]
    points = tuple(Point(*one) for one in zip(days, labels, values, strict=True))
    since = st.none() | st.sampled_from([start, *days])
    targets = draw(st.lists(st.builds(Target, figures, st.text(max_size=60), since), max_size=2))
    steps = draw(st.lists(st.builds(Step, st.sampled_from([start, *days]), _WORDS), max_size=2))
    return Series(
        title=draw(_WORDS),
        quantity=Quantity(kind, draw(st.text(max_size=30)) if kind != "share" else ""),
        better=draw(st.sampled_from(["higher", "lower", "neither"])),
        counts=Counts.THINGS,
        points=points,
        source=draw(_WORDS),
        targets=tuple(targets),
        steps=tuple(steps),
    )


def elements(drawing, name):
    """All elements of a name in a drawing."""
    return list(ElementTree.fromstring(drawing.svg).iter(SVG + name))


def words(drawing):
    """Every text that a drawing shows."""
    return [element.text for element in elements(drawing, "text")]
