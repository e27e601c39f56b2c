"""The review of the bundled edition: its themes, its recommendations, what Cabinet answered."""

# ruff: noqa: E501  (a table of sentences)
from __future__ import annotations

from datetime import date

from goldenthread.plan.edition import Answer, Inquiry, Recommendation, Theme

CABINET = date(2025, 9, 16)
REPORTED = date(2025, 5, 14)

THEMES = (
    Theme("A", "Putting things right"),
    Theme("B", "Getting in and getting on"),
    Theme("C", "How we lead and learn"),
    Theme("D", "Being heard safely"),
    Theme("E", "Who answers for it"),
)

_RECOMMENDED = (
    ("A", "Acknowledge what the review found, and put right what can be put right."),
    ("A", "Give a public account of how race complaints were handled, and let someone from outside "
          "see how they are handled now."),
    ("B", "Open acting-up and secondment posts to everyone."),
    ("B", "No one should be appointed to a management post by a panel drawn from one background. "
          "Check what difference it makes, and publish that."),
    ("B", "Let people see the whole road to a senior post, and help those who were held back."),
    ("C", "Leaders should understand race equality before they are asked to lead on it."),
    ("C", "Make race equality part of every manager’s job, and find out whether training works."),
    ("C", "Build race equality into how services are planned and directors are supported."),
    ("D", "Hear staff regularly, in places and at times that suit everyone."),
    ("D", "Make it safe to report racism, and act on what is reported."),
    ("E", "Say who answers for each promise, and report in public."),
    ("E", "Publish the figures, and commission a second review within two years."),
)  # fmt: skip
_PARTLY = {
    12: "The figures will be published. The second review starts in January 2028, so that it can "
    "look back on two whole years.",
}
RECOMMENDATIONS = tuple(
    Recommendation(
        str(number),
        words,
        "Dr Yvonne Castell, independent race adviser",
        REPORTED,
        theme,
        Answer(
            "partly_accepted" if number in _PARTLY else "accepted",
            _PARTLY.get(number, ""),
            "Cabinet",
            CABINET,
        ),
    )
    for number, (theme, words) in enumerate(_RECOMMENDED, start=1)
)

REVIEW = Inquiry(
    "Independent review of race equality",
    "Dr Yvonne Castell, independent race adviser",
    "To hear from staff of every background how they are recruited, developed, paid and treated, and why; to look at what the council knows of it and does about it; and to recommend what the council should do, in public, with a date.",
    date(2024, 11, 4),
    REPORTED,
    standing="independent",
    independence="Appointed after open competition by a panel with the staff networks and the unions, paid a fixed fee, and never employed by the council.",
    report="https://brackenford.example/race-equality/independent-review",
    report_on=REPORTED,
    recommendations=tuple(rec.number for rec in RECOMMENDATIONS),
)
