"""The milestones and contributors of the bundled edition, by the number of their action."""

# ruff: noqa: E501  (a table of sentences)

from __future__ import annotations

from datetime import date

from goldenthread.plan.edition import Milestone, Promise, Withdrawal

D = date
CABINET = D(2025, 9, 16)
Q1, Q3, Q4 = D(2026, 6, 30), D(2025, 12, 31), D(2026, 3, 31)


def step(words: str, due: date, *moves: Promise, **became: object) -> Milestone:
    """A milestone that Cabinet was promised with its action, its moves, and what became of it."""
    return Milestone(words, (Promise(CABINET, due), *moves), **became)  # type: ignore[arg-type]


# More milestones would be more than the demonstration can be read for.
MILESTONES = {
    "A3": (
        step("The case files read by someone from outside", Q3, reached_on=D(2025, 12, 19)),
        step("The draft read by those it is about", Q1,
             Promise(D(2026, 8, 20), D(2026, 11, 30), reason="They asked for more time to read it.")),
    ),
    "B4": (
        step("60 panel members trained", Q4, reached_on=D(2026, 3, 27)),
        step("The recruitment system records who sat on each panel", Q1,
             Promise(D(2026, 5, 29), D(2026, 9, 1), reason="The supplier gave us a later release."),
             reached_on=D(2026, 9, 1)),
        step("All 120 panel members trained", D(2026, 11, 30)),
    ),
    "B5": (
        step("Figures for 2025/26 checked so that they point at no one", D(2026, 10, 31)),
        step("The first tables published", D(2026, 12, 15)),
    ),
    "B6": (
        step("The first 18 places filled", D(2026, 7, 31), reached_on=D(2026, 7, 1)),
        step("Money for the other 22 places in the 2027/28 budget", D(2027, 2, 24)),
    ),
    "B8": (
        step("The offer printed on every last payslip", Q1,
             dropped=Withdrawal(D(2026, 6, 12), "Few people read their last payslip. Somebody rings "
                                "them instead.")),
        step("Somebody to hold the talks found in each directorate", D(2027, 1, 31)),
    ),
    "E4": (step("90% of staff, after paper forms at both depots", D(2026, 12, 31)),),
}  # fmt: skip

CONTRIBUTORS = {
    "A4": ("Staff race equality network",),
    "B3": ("Assistant Director, People",),
    "B4": ("Head of Recruitment", "Staff race equality network"),
    "B6": ("People",),
    "B9": ("Head of Recruitment",),
    "E4": ("Head of Communications", "Joint trade unions"),
}
