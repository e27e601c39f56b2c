"""Which contract a file is of, told from its headings."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from goldenthread import intake
from goldenthread.errors import Unreadable
from goldenthread.workforce.files.contract import NAMES, Contract, contract
from goldenthread.workforce.files.headings import Layout, Remembered, headings, likeness

_ABOVE = 20


def kind_of(path: str | os.PathLike[str], remembered: Remembered | None = None) -> str:
    """The name of the contract whose needed columns the file's headings have.

    Of several the one that needs most is meant: a file of moves has what a file of people needs,
    and more. What was ``remembered`` of headings counts.

    Raises ``Unreadable`` where no row of headings has what any contract needs, or two that need as
    much; and as ``intake.rows``.
    """
    rows = (one for one in intake.rows(path) if isinstance(one, intake.Record))
    top = [record.values for record in islice(rows, _ABOVE)]
    found: dict[str, tuple[int, int]] = {}
    for name in NAMES:
        wanted = contract(name)
        for cells in top:
            said = (remembered or Remembered()).layout(name, cells) or Layout()
            if _fits(cells, wanted, said):
                needed = sum(one.needed or one.needed_in_file for one in wanted.columns)
                score = (needed, likeness(cells, wanted, said))
                found[name] = max(found.get(name, score), score)
    best = [name for name, score in found.items() if score == max(found.values())]
    if len(best) == 1:
        return best[0]
    which = " or ".join(best) if best else ", ".join(NAMES)
    what = "The headings could be those of two kinds." if best else "The headings fit no contract."
    raise Unreadable(
        what,
        do=f"Say what it holds, as in {best[0] if best else 'people'}=FILE ({which}), or see "
        "“goldenthread workforce check” for its columns.",
        file=Path(path).name,
    )


def _fits(cells: tuple[str, ...], wanted: Contract, said: Layout) -> bool:
    # One day may be given for the whole file.
    given = ("snapshot",) if "snapshot" in wanted else ()
    try:
        headings(cells, wanted, said, given)
    except Unreadable:
        return False
    return True
