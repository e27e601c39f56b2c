"""``goldenthread protect`` and ``verify``: a release that reveals nobody, and the proof of it."""

from __future__ import annotations

import csv
import json
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from goldenthread.cli import DONE, FOUND, show
from goldenthread.disclosure import folder as folders
from goldenthread.disclosure.coarsening import HOW_FAR, Coarsening, smallest_coarsening
from goldenthread.disclosure.giving_away import given_away, named
from goldenthread.disclosure.people import read_people
from goldenthread.disclosure.protect import Hidden, hide
from goldenthread.disclosure.report import (
    REPORT,
    refusal_report,
    release_report,
    why_not,
    write_report,
)
from goldenthread.disclosure.spec import Specification, read_specification
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Unreadable, Unsafe

_NAMED = 20
_LEAST = {"internal": 5, "public": 10}


@click.command("protect")
@click.argument("spec_file", metavar="SPEC.json", type=click.Path(path_type=Path))
@click.argument("people_file", metavar="MICRODATA.csv", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="The folder to write; it may not be there yet.")  # fmt: skip
@click.option("--policy", type=click.Choice(list(_LEAST)),
              help="Whose rules hold at least: a policy may only raise the threshold.")  # fmt: skip
@click.option("--accept-coarsening", "accept", is_flag=True,
              help="Make the smallest change that works, where it is refused.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was written, for programs.")
def protect(
    spec_file: Path, people_file: Path, out: Path, policy: str | None, accept: bool, as_json: bool
) -> int:
    """Make the tables of SPEC.json from MICRODATA.csv so that they reveal nobody.

    What is small is hidden, and with it what would give it away. Every hidden figure is proved by
    another workforce that agrees with all that is shown; the proof is in DIR/certificate and stays
    inside, as does DIR/report.md, which says what was hidden and why. Refuses, with status 2, where
    no such pattern is found: then DIR holds the report alone, with the sum that would give somebody
    away and the smallest change of SPEC.json that would work.
    """
    if out.exists() and not _is_refused(out):
        raise Unsafe(
            "The folder is there already.", rule="replace", do="Name another.", file=out.name
        )
    spec = read_specification(spec_file)
    people = read_people(people_file, spec)
    threshold = max(spec.threshold, _LEAST.get(policy or "", 0))
    with show.progress("Looking for what gives nobody away"):
        found = hide(spec, people, threshold)
        offered = smallest_coarsening(spec, people, threshold, found) if found.unproved else None
    if offered and accept:
        spec, found = offered.spec, offered.found
    if found.unproved:
        raise _refused(out, spec, found, offered, as_json=as_json)
    faults = _write(out, spec, found, policy or "internal", threshold, offered)
    if faults:
        raise Unsafe(
            f"What was made does not pass its own check ({faults[0]})",
            rule="not verified",
            do="Nothing was written. Please tell us.",
        )
    about = json.loads((out / "release.json").read_text(encoding="utf-8"))["figures"]
    if as_json:
        told: dict[str, Any] = {"folder": str(out), "report": str(out / REPORT), **about}
        if offered:
            told["accepted"] = _offer(offered)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        if offered:
            click.echo(f"It could not be protected as it was asked for. Changed: {offered.words}")
        for line in lines(about, out):
            click.echo(line)
    return DONE


@click.command("verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what is wrong as JSON.")
def check(folder: Path, as_json: bool) -> int:
    """Check the certificate of a release, with whole numbers alone.

    Ends with status 1 where anything is wrong with it.
    """
    faults = verify(folder)
    if as_json:
        click.echo(
            json.dumps({"folder": str(folder), "faults": faults}, ensure_ascii=False, indent=1)
        )
    elif not faults:
        click.echo(f"{folder}: every hidden figure is proved, and every figure shown is right.")
    else:
        for fault in faults[:_NAMED]:
            click.echo(fault)
        if len(faults) > _NAMED:
            click.echo(f"And {len(faults) - _NAMED:,} more.")
    return FOUND if faults else DONE


def lines(about: dict[str, Any], out: Path) -> Iterator[str]:
    """What was shown and hidden, as a person reads it."""
    shown, first = about["shown"], about["hidden_first"]
    protect_, people = about["hidden_to_protect"], about["people_hidden_to_protect"]
    yield f"{shown:,} figures are shown."
    yield f"{first:,} are hidden because they are small or would tell of a whole group."
    yield f"{protect_:,} more are hidden to protect these, {people:,} people in them."
    yield f"Written to {out}; its certificate and its report are internal. It was verified."


def _refused(
    out: Path, spec: Specification, found: Hidden, offered: Coarsening | None, *, as_json: bool
) -> Unsafe:
    """Write the report alone, and the refusal to raise."""
    beside = _beside(out)
    try:
        beside.mkdir(mode=0o700)
        write_report(beside, refusal_report(spec, found, offered, HOW_FAR))
        _into_place(beside, out)
    except OSError as wrong:
        raise _unwritable(out, wrong) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    if as_json:
        told = {
            "refused": "no safe pattern",
            "report": str(out / REPORT),
            "unproved": [
                {"period": one.period, "codes": one.codes, "why": one.why}
                for one in given_away(found)
            ],
            "coarsening": _offer(offered) if offered else None,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    first = why_not(found)[0][0]
    works = (
        f"This would work: {offered.words} Give --accept-coarsening as well to do so."
        if offered
        else "No smaller release was found that works."
    )
    return Unsafe(
        f"{len(found.unproved):,} figures cannot be protected while the headcounts of the body and "
        f"its directorates stay open: the first is {named(first.codes)}, in {first.period}.",
        rule="no safe pattern",
        do=f"{works} {out / REPORT} has the sum that gives it away; nothing else was written.",
    )


def _offer(offered: Coarsening) -> dict[str, Any]:
    return {
        "words": offered.words,
        "steps": list(offered.steps),
        "figures": offered.figures,
        "people": offered.lost,
        "specification": offered.changed,
    }


def _is_refused(out: Path) -> bool:
    """Whether a folder holds the report of a refusal and nothing else, and so may be replaced."""
    return out.is_dir() and not out.is_symlink() and [one.name for one in out.iterdir()] == [REPORT]


def _write(
    out: Path,
    spec: Specification,
    found: Hidden,
    policy: str,
    threshold: int,
    accepted: Coarsening | None,
) -> list[str]:
    """Write the folder aside, verify it, and only then put it in its place."""
    beside = _beside(out)
    try:
        folders.write_release(beside, spec, found, policy, threshold)
        with (beside / "cells.csv").open(encoding="utf-8", newline="") as stream:
            text = release_report(spec, found, threshold, csv.DictReader(stream), accepted)
        write_report(beside, text)
        faults = verify(beside)
        if not faults:
            _into_place(beside, out)
        return faults
    except OSError as wrong:
        raise _unwritable(out, wrong) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _beside(out: Path) -> Path:
    return out.with_name(f".{out.name}.{secrets.token_hex(4)}")


def _into_place(beside: Path, out: Path) -> None:
    if out.exists() and _is_refused(out):
        (out / REPORT).unlink()
        out.rmdir()
    beside.rename(out)


def _unwritable(out: Path, wrong: OSError) -> Unreadable:
    return Unreadable(
        f"The release could not be written ({wrong.strerror}).",
        do="Check that the folder above it is there and that you may write to it.",
        file=out.name,
    )


COMMANDS = {"protect": protect, "verify": check}
