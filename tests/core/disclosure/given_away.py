"""What a release gives away, by everybody who looks for it: one question for all tests."""

from pathlib import Path

from core.disclosure.brute import Workforces, findings
from core.disclosure.council import Row, Spec
from core.disclosure.counted import read
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.verify import verify


def given_away(folder: Path, told: Spec, rows: list[Row]) -> list[str]:
    """Everything found by all workforces that fit, by the intruder and in the certificate."""
    fit = Workforces(told, read(folder))
    attacked = attack([folder])
    found = [] if fit.holds(rows) else ["What is published is not true of these people."]
    found += [f"{one.kind}: {one.cell}, {sorted(one.possible)}" for one in findings(fit, rows)]
    found += [f"{one.kind}: {one.says}" for one in attacked.exposures]
    found += ["The intruder did not come to an end."] * bool(attacked.unsettled)
    return found + verify(folder)
