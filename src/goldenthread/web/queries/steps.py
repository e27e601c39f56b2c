"""The steps that the council has its directorates take: the scheme in force and those before."""

from __future__ import annotations

from goldenthread.plan.steps import SIX, Scheme, Step
from goldenthread.web import bridge
from goldenthread.web.models import StepScheme
from goldenthread.web.permissions import once


def schemes() -> tuple[tuple[StepScheme, Scheme], ...]:
    """Every scheme the council kept, the newest first; asked for once where a request reads."""
    return once("step schemes", bridge.schemes)


def scheme() -> Scheme:
    """The scheme in force."""
    kept = schemes()
    return kept[0][1] if kept else SIX


def every_step() -> dict[str, Step]:
    """Every step that the council ever took, by its word, as it was called last."""
    known = {step.word: step for step in SIX.steps}
    for _row, kept in reversed(schemes()):
        known |= {step.word: step for step in kept.steps}
    return known
