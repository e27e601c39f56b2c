"""``goldenthread protect --method rounding``: every figure a multiple of five, and the proof."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np

from goldenthread.cli import DONE, ledgers, show
from goldenthread.disclosure.attack import attack
from goldenthread.disclosure.ledger import Ledger
from goldenthread.disclosure.people import People
from goldenthread.disclosure.rounding import Rounded, conventional, round_off
from goldenthread.disclosure.rounding.folder import write_rounded
from goldenthread.disclosure.spec import Specification
from goldenthread.disclosure.verify_rounded import verify_rounded
from goldenthread.errors import Unreadable, Unsafe

METHODS = ("rounding", "conventional")


def release(
    out: Path,
    spec: Specification,
    people: People,
    policy: str,
    threshold: int,
    method: str,
    already: Ledger | None,
    *,
    as_json: bool,
) -> int:
    """Write a rounded release, verified, and say what it shows; status 0.

    Raises ``Unsafe`` where nothing that adds up leaves every small count in doubt, or where the
    intruder works something out of conventional rounding or beside what the ledger ``already``
    holds, with its sentence.
    """
    with show.progress("Looking for figures that give nobody away"):
        if method == "conventional":
            found: Rounded | None = conventional(spec, people, threshold)
        else:
            found = round_off(spec, people, threshold)
    if found is None or (found.unproved and method != "conventional"):
        named = "" if found is None else f" The first is {found.unproved[0]}."
        raise Unsafe(
            "No figures were found that add up and leave every small count in doubt." + named,
            rule="no safe rounding",
            do="Merge units or leave out a level, or hide figures instead. Nothing was written.",
        )
    about = _write(out, spec, found, policy, already)
    if as_json:
        click.echo(json.dumps({"folder": str(out), **about}, ensure_ascii=False, indent=1))
    else:
        for line in _lines(about, out):
            click.echo(line)
    return DONE


def _write(
    out: Path, spec: Specification, found: Rounded, policy: str, already: Ledger | None
) -> dict[str, Any]:
    """Write the folder aside, verify it, and only then put it in its place; what it says of it."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        write_rounded(beside, spec, found, policy)
        if not found.additive:
            _withstand(beside, found)
        faults = verify_rounded(beside)
        if faults:
            raise Unsafe(
                f"What was made does not pass its own check ({faults[0]})",
                rule="not verified",
                do="Nothing was written. Please tell us.",
            )
        if already is not None:
            already.refuse_contradictions(beside)
            ledgers.stop(already, beside, "Nothing was written.")
        figures = json.loads((beside / "release.json").read_text(encoding="utf-8"))["figures"]
        beside.rename(out)
    except OSError as wrong:
        raise Unreadable(
            f"The release could not be written ({wrong.strerror}).",
            do="Check that the folder above it is there and that you may write to it.",
            file=out.name,
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return {**figures, **_away(found)}


def _withstand(folder: Path, found: Rounded) -> None:
    """Refuse what the intruder works something out of, or what nothing proves."""
    attacked = attack([folder])
    if attacked.exposures:
        why = f"Rounded each by itself, figures give something away. {attacked.exposures[0].says}"
    elif attacked.unsettled or found.unproved:
        why = "Rounded each by itself, nothing proves that figures give nothing away."
    else:
        return
    raise Unsafe(
        why,
        rule="conventional rounding",
        do="Use --method rounding, which adds up, or hide figures. Nothing was written.",
    )


def _away(found: Rounded) -> dict[str, Any]:
    """How far what is shown is from the true figures, and from the true headcounts, at most."""
    cube = found.cube
    away = np.abs(found.shown - cube.value)
    shown = cube.told & (cube.value > 0) & ~found.withdrawn
    mean = float(away[shown].mean()) if shown.any() else 0.0
    return {
        "people_away_on_average": round(mean, 2),
        "headcounts_away_at_most": int(away[cube.headcounts()].max(initial=0)),
        "example_workforces": len(found.changes),
    }


def _lines(about: dict[str, Any], out: Path) -> Iterator[str]:
    gone = about["hidden_first"] + about["hidden_to_protect"]
    yield (
        f"{about['shown']:,} figures are shown, multiples of 5 and on average "
        f"{about['people_away_on_average']} people from the true ones; headcounts of the body and "
        f"its directorates are {about['headcounts_away_at_most']} away at most."
    )
    if gone:
        yield f"{gone:,} are withdrawn as [x], since no rounding of them was safe."
    yield f"{about['example_workforces']:,} other workforces prove that small counts are in doubt."
    yield f"Written to {out}; its certificate is internal. It was verified."
