"""A release of everything: counts, percentages and pay of two quarters between which few moved.

Big enough that all of it can be shown somewhere, and small enough to be protected in a few seconds.
"""

from pathlib import Path

from core.disclosure.council import Row, Spec
from core.disclosure.released import ANSWERS, COUNTS
from core.disclosure.released import rows as of_counts
from core.disclosure.released import spec as of_directorates
from goldenthread.disclosure.folder import write_release
from goldenthread.disclosure.people import people_of
from goldenthread.disclosure.protect import hide
from goldenthread.disclosure.protect.pay import INTERNAL, protect_pay
from goldenthread.disclosure.spec import specification

BEFORE, NOW = "2025Q4", "2026Q1"
STAFF = {**COUNTS, "Leisure": (31, 0, 0, 0)}
"""The directorates of ``released`` and one in which everybody is White."""
JOINED, LEFT, DECLARED = "Place Asian 0", "Place White 0", "Adult care Black 0"
"""Who came, went and declared since; each is one of few."""


def spec() -> Spec:
    """Staff by directorate, ethnic group and sex in two quarters, with percentages and pay."""
    by = {"org": ["Total", "directorate"], "ethnicity": ["Total", "broad"]}
    told = of_directorates(
        periods=[BEFORE, NOW],
        flows=[{"from": BEFORE, "to": NOW, "where": {}, "joiners": [1, 1], "leavers": [1, 1]}],
    )
    told["dims"]["org"] = {"children": {"Total": list(STAFF)}}
    pay = ["mean", "median", "gap:ethnicity=White"]
    told["tables"].append({"name": "Pay", "dims": by, "measures": pay})
    return told


def rows() -> list[Row]:
    """The people of both quarters, with their pay; it did not change between them."""
    now = [{**row, "hourly_pay": _pay(at)} for at, row in enumerate(of_counts(STAFF))]
    before = []
    for row in now:
        answer = ANSWERS[-1] if row["person"] == DECLARED else row["ethnicity"]
        if row["person"] != JOINED:
            before.append({**row, "period": BEFORE, "ethnicity": answer})
    return before + [row for row in now if row["person"] != LEFT]


def _pay(at: int) -> str:
    return f"{12 + at * 7 % 23 + at * 13 % 10 / 10:.2f}"


def release(folder: Path, told: Spec | None = None, people: list[Row] | None = None) -> Path:
    """The folder of this release as ``goldenthread protect`` writes it, its pay included."""
    known = specification(told or spec())
    staff = people_of(people or rows(), known)
    hidden = hide(known, staff, known.threshold)
    assert not hidden.unproved
    paid = protect_pay(hidden, staff, INTERNAL)
    write_release(folder, known, hidden, "internal", known.threshold, paid)
    return folder
