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

from goldenthread.cli import DONE, FOUND, ledgers, rounded, show
from goldenthread.disclosure import folder as folders
from goldenthread.disclosure.coarsening import HOW_FAR, Coarsening, smallest_coarsening
from goldenthread.disclosure.giving_away import given_away, named
from goldenthread.disclosure.ledger import Ledger, read_ledger
from goldenthread.disclosure.people import People, read_people
from goldenthread.disclosure.policy import for_releases
from goldenthread.disclosure.policy import policy as policy_named
from goldenthread.disclosure.protect import Hidden
from goldenthread.disclosure.protect.beside import hide_beside, together
from goldenthread.disclosure.protect.pay import Paid, PayRules, asks_for_pay, protect_pay
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


@click.command("protect")
@click.argument("spec_file", metavar="SPEC.json", type=click.Path(path_type=Path))
@click.argument("people_file", metavar="MICRODATA.csv", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="The folder to write; it may not be there yet.")  # fmt: skip
@click.option("--policy", type=click.Choice(for_releases()),
              help="Whose rules hold at least: a policy may only raise the threshold.")  # fmt: skip
@click.option("--method", type=click.Choice(["suppression", *rounded.METHODS]),
              default="suppression", show_default=True,
              help="Whether figures are hidden, or all are rounded to 5: so that they add up, or "
              "each by itself, which is refused where anything can be worked out.")  # fmt: skip
@click.option("--ledger", "ledger_folder", type=click.Path(path_type=Path), metavar="LEDGER",
              help="What was released before, to hold this against; it is only read.")  # fmt: skip
@click.option("--accept-coarsening", "accept", is_flag=True,
              help="Make the smallest change that works, where it is refused.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(min=1), metavar="SECONDS",
              help="Look for about so long: what is not proved by then is withdrawn, so "
              "that what comes of it is as safe and tells less.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print what was written, for programs.")
def protect(
    spec_file: Path, people_file: Path, out: Path, policy: str | None, method: str,
    ledger_folder: Path | None, accept: bool, seconds: float | None, as_json: bool,
) -> int:  # fmt: skip
    """Make the tables of SPEC.json from MICRODATA.csv so that they reveal nobody.

    What is small is hidden, and with it what would give it away. Every hidden figure is proved by
    another workforce that agrees with all that is shown; the proof is in DIR/certificate and stays
    inside, as does DIR/report.md, which says what was hidden and why. Refuses, with status 2, where
    no such pattern is found: then DIR holds the report alone, with the sum that would give somebody
    away and the smallest change of SPEC.json that would work. With --ledger it refuses as well
    where the release tells a figure otherwise than an earlier one, or gives something away beside
    them.

    With --method rounding every count is a multiple of 5, less than 5 from the true one, and all
    tables add up; percentages are of the rounded counts, and no pay is shown.
    """
    if out.exists() and not _is_refused(out):
        raise Unsafe(
            "The folder is there already.", rule="replace", do="Name another.", file=out.name
        )
    spec = read_specification(spec_file)
    already = _already(ledger_folder)
    earlier = already.earlier if already else ()
    people = read_people(people_file, together(spec, earlier))
    rules = policy_named(policy or "internal")
    threshold = rules.threshold(spec.threshold) if policy else spec.threshold
    if method != "suppression":
        return rounded.release(
            out, spec, people, policy or "internal", threshold, method, already, as_json=as_json
        )
    with show.progress("Looking for what gives nobody away"):
        found = hide_beside(spec, people, threshold, earlier, seconds)
        offered = smallest_coarsening(spec, people, threshold, found) if found.unproved else None
    if offered and accept:
        spec, found, people = offered.spec, offered.found, offered.people
    if found.unproved:
        raise _refused(out, spec, found, offered, as_json=as_json)
    paid = _paid(spec, found, people, rules.name)
    faults = _write(out, spec, found, rules.name, threshold, paid, offered, already)
    if faults:
        raise Unsafe(
            f"What was made does not pass its own check ({faults[0]})",
            rule="not verified",
            do="Nothing was written. Please tell us.",
        )
    about = folders.figures_of(found)
    if as_json:
        told: dict[str, Any] = {"folder": str(out), "report": str(out / REPORT), **about}
        if offered:
            told["accepted"] = _offer(offered)
        if already is not None:
            told["earlier_releases"] = len(already.entries)
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        if offered:
            click.echo(f"It could not be protected as it was asked for. Changed: {offered.words}")
        for line in lines(about, out):
            click.echo(line)
        if already is not None and already.entries:
            click.echo(f"It gives nothing more away beside what {already.folder} holds.")
    return DONE


def _already(folder: Path | None) -> Ledger | None:
    """The ledger of what was released before, None where none is named."""
    if folder is None:
        return None
    held = ledgers.in_ledger(folder, lambda: read_ledger(folder))
    if not held.entries:
        # Said aloud: a name that was mistyped would protect against nothing.
        click.echo(f"{folder} holds nothing: this is taken for the first release.", err=True)
    return held


def _paid(spec: Specification, found: Hidden, people: People, policy: str) -> Paid | None:
    if not asks_for_pay(spec):
        return None
    with show.progress("Looking for what gives nobody's pay away"):
        return protect_pay(found, people, PayRules.of(_numbers(policy)))


def _numbers(policy: str) -> dict[str, int | None]:
    return {str(name): rule.number for name, rule in policy_named(policy).rules.items()}


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
    yield "1 figure is shown." if shown == 1 else f"{shown:,} figures are shown."
    is_, they = ("is", "it is") if first == 1 else ("are", "they are")
    yield f"{first:,} {is_} hidden because {they} small or would tell of a whole group."
    is_, it = "is" if protect_ == 1 else "are", "it" if first == 1 else "them"
    who = "1 person" if people == 1 else f"{people:,} people"
    yield f"{protect_:,} more {is_} hidden to protect {it}, with {who} in all."
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
    paid: Paid | None,
    accepted: Coarsening | None,
    already: Ledger | None,
) -> list[str]:
    """Write the folder aside, verify it, hold it against the ledger, and put it in its place."""
    beside = _beside(out)
    try:
        folders.write_release(beside, spec, found, policy, threshold, paid)
        with (beside / "cells.csv").open(encoding="utf-8", newline="") as stream:
            text = release_report(spec, found, threshold, csv.DictReader(stream), accepted)
        write_report(beside, text)
        faults = verify(beside)
        if not faults:
            if already is not None:
                already.refuse_contradictions(beside)
                ledgers.stop(already, beside, "Nothing was written.")
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
