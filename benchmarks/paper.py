"""How long a large committee paper takes, and how much memory: 1,000 actions and 30 charts.

Prints seconds (on the clock, and of a core), megabytes and pages of each format, each made in a
process of its own. The limits are 10 seconds and 500 megabytes for a paper of 100 pages.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from goldenthread import spc
from goldenthread.documents.paper import PAPER_FORMATS, write_paper
from goldenthread.plan import edition as ed
from goldenthread.plan import paper as pp

_ACTIONS, _CHARTS = 1_000, 30
_MET, _AS_AT = date(2026, 6, 10), date(2026, 9, 30)


def _action(number: int, at: date) -> ed.Action:
    due = date(2026, 3, 31) + timedelta(days=(number * 37) % 700)
    promises = [ed.Promise(date(2025, 9, 16), due)]
    if number % 9 == 0 and at == _AS_AT:
        moved = due + timedelta(days=120)
        promises.append(ed.Promise(date(2026, 8, 1), moved, reason="The tender drew one bidder."))
    done = date(2026, 8, 1) if number % 11 == 0 and at == _AS_AT else None
    told = ed.Update(
        at - timedelta(days=20),
        f"Action {number}: the steering group met, agreed the scope and asked two services to try "
        "it out before the end of the quarter.",
        outlook="at_risk" if number % 7 == 0 else "on_track",
    )
    return ed.Action(
        id=f"a{number:05d}-bench",
        number=f"{chr(65 + number % 8)}{number // 8 + 1}",
        words=f"Review how promotion is decided in service {number}, publish what was found, and "
        "change the two steps in which most people are lost",
        short=f"Review of promotion in service {number}",
        theme=chr(65 + number % 8),
        lead=ed.Lead(f"Head of Service {number % 40}"),
        promises=tuple(promises),
        done_on=done,
        updates=(told,) if number % 13 else (),
    )


def _edition(at: date) -> ed.Edition:
    deed = ed.Deed("Programme Manager", at)
    return ed.Edition(
        body="Brackenford Borough Council",
        plan="Equality programme",
        number=1,
        as_at=at,
        adopted=deed,
        published=deed,
        themes=tuple(ed.Theme(chr(65 + n), f"Theme {n + 1}") for n in range(8)),
        actions=tuple(_action(number, at) for number in range(_ACTIONS)),
    )


def _series(number: int) -> spc.Series:
    return spc.Series(
        title=f"Panels in service {number} that were mixed and trained",
        quantity=spc.Quantity("share"),
        better="higher",
        counts=spc.Counts.THINGS,
        points=tuple(
            spc.Point(
                date(2021 + month // 4, (month % 4) * 3 + 1, 1),
                f"Q{month % 4 + 1} {2021 + month // 4}",
                30 + (month * 7 + number * 3) % 17,
            )
            for month in range(20)
        ),
        source="The panel log of Human Resources",
        targets=(spc.Target(80, "Promised"),),
    )


def paper() -> pp.Paper:
    """The large paper."""
    return pp.Paper(
        facts=pp.Facts(
            committee="Overview and Scrutiny Committee",
            now=_edition(_AS_AT),
            then=_edition(_MET),
            meeting_on=date(2026, 10, 21),
            measured=tuple(pp.Measured.of(_series(number)) for number in range(_CHARTS)),
        ),
        written_on=date(2026, 10, 13),
    )


def main() -> None:
    """Make each format in a process of its own, and print what it took."""
    if len(sys.argv) > 1:
        given = pp.paper_from_json(json.load(sys.stdin))
        began, busy = time.perf_counter(), time.process_time()
        made = write_paper(given, sys.argv[1])  # type: ignore[arg-type]
        took, busy = time.perf_counter() - began, time.process_time() - busy
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pages = ""
        if sys.argv[1] == "pdf":
            import pdfplumber  # slow

            with pdfplumber.open(io.BytesIO(made)) as document:
                pages = f", {len(document.pages)} pages"
        spent = f"{sys.argv[1]:5} {took:6.1f} s, {busy:4.1f} s of a core"
        print(f"{spent}  {memory:5.0f} MB  {len(made) / 1e6:5.1f} MB{pages}")
        return
    frozen = json.dumps(pp.paper_to_json(paper()))
    print(f"{_ACTIONS:,} actions, {_CHARTS} charts, {len(frozen) / 1e6:.1f} MB of frozen data")
    for name in PAPER_FORMATS:
        subprocess.run([sys.executable, __file__, name], input=frozen, text=True, check=True)


if __name__ == "__main__":
    main()
