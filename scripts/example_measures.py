"""The two measures of the bundled edition, with their figures; all of it invented."""

# ruff: noqa: E501  (a table of sentences)
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from goldenthread.plan.edition import Measure, Reading, Target, with_finding
from goldenthread.plan.rating import rate

D = date
Q3, Q4, Q1, Q2 = D(2025, 12, 31), D(2026, 3, 31), D(2026, 6, 30), D(2026, 9, 30)
MARCH = D(2027, 3, 31)

# From April 2025 to September 2026.
SHARES = (31, 28, 36, 33, 30, 38, 34, 29, 35, 41, 36, 42, 52, 49, 55, 57, 54, 61)


def month_end(number: int) -> date:
    """The last day of the month that comes so many months after April 2025."""
    years, month = divmod(number + 4, 12)
    return D(2025 + years, month + 1, 1) - timedelta(days=1)


# How many such panels there were each month, of which so many were mixed.
PANELS_HELD = (16, 18, 14, 12, 20, 13, 29, 17, 20, 17, 14, 12, 21, 35, 20, 14, 13, 18)


def said_of_panels(number: int, share: int, held: int) -> str:
    """What the lead said with a month's figure."""
    mixed = round(share * held / 100)
    if number == 9:
        return f"{mixed} of {held} panels. The first panels with people from the new pool."
    if number == 12:
        return f"{mixed} of {held} panels. Two rounds of training ended in March."
    if number == len(SHARES) - 1:
        return f"{mixed} of {held} panels. The system records since this month who sat on one."
    return f"{mixed} of {held} panels."


PANELS = Measure(
    "Share of interview panels for Grade 10 and above that were mixed and trained",
    "M4",
    "%",
    100.0,
    tuple(
        Reading(month_end(n), float(share), said_of_panels(n, share, held), held)
        for n, (share, held) in enumerate(zip(SHARES, PANELS_HELD, strict=True))
    ),
    id="kzp4m8panels",
    definition="Of the interview panels that met in the month for posts at Grade 10 and above, the "
    "share in which everybody was trained and not all were of one background, as the panel log says.",
    quantity="share",
    places=0,
    better="higher",
    counts="things",
    source="The panel log of Human Resources",
    owner="Head of Recruitment",
    months=1,
    baseline=31.0,
    baseline_on=D(2025, 4, 30),
    targets=(
        Target(
            100.0,
            MARCH,
            "short",
            "Cabinet promised every panel, so nothing less can be the target.",
        ),
    ),
    limits_from=12,
)
DECLARED = Measure(
    "Share of staff who have told us their ethnicity, or that they prefer not to say",
    "M11",
    "%",
    92.0,
    (
        Reading(D(2025, 9, 30), 81.0, "Where we began, when Cabinet adopted the plan.", 2144),
        Reading(Q3, 83.0, "The first letters said what the answers are for.", 2131),
        Reading(Q4, 85.0, "Depots and care homes were visited.", 2118),
        Reading(Q1, 88.0, "New starters are asked on their first day.", 2126),
        Reading(Q2, 89.0, "Those who are left have mostly no computer at work.", 2139),
    ),
    id="kzp4mdeclare",
    definition="Of everybody who was employed on the last day of the quarter, the share whose record "
    "holds an answer; “I prefer not to say” is an answer.",
    quantity="share",
    places=0,
    better="higher",
    counts="everybody",
    source="The payroll system, everybody in the council together",
    owner="Head of Workforce Data",
    months=3,
    baseline=81.0,
    baseline_on=D(2025, 9, 30),
    targets=(
        Target(
            92.0,
            MARCH,
            "short",
            "Cabinet promised it. It is what two councils of our size had reached in 2024/25.",
        ),
        Target(
            95.0,
            D(2028, 3, 31),
            "medium",
            "So many have a work email address; the rest are asked on paper by then.",
        ),
        Target(
            97.0,
            D(2030, 3, 31),
            "long",
            "Some will always leave it blank, and may; nobody is to be pressed for an answer.",
        ),
    ),
)


def judged(measure: Measure, on: date, year_before: float | None) -> Measure:
    """The measure with what its readings say, and its colour by the rule that comes with the site."""
    latest = max((one for one in measure.readings if one.on <= on), key=lambda one: one.on)
    rated = rate(
        Decimal(str(latest.value)),
        Decimal(str(measure.target)),
        measure.better or "neither",
        year_before=None if year_before is None else Decimal(str(year_before)),
    )
    return replace(
        with_finding(measure, on),
        rating=rated.colour,
        rating_label=(rated.colour or "").capitalize(),
        rating_because=rated.because,
    )


PANELS = judged(PANELS, Q2, 38.0)
DECLARED = judged(DECLARED, Q2, 81.0)
