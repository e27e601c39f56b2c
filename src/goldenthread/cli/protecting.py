"""``goldenthread protect`` and ``verify``: a release that reveals nobody, and the proof of it."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from goldenthread.cli import DONE, FOUND, rounded, show
from goldenthread.disclosure import folder as folders
from goldenthread.disclosure.people import read_people
from goldenthread.disclosure.policy import for_releases
from goldenthread.disclosure.policy import policy as policy_named
from goldenthread.disclosure.protect import Hidden, hide
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
@click.option("--json", "as_json", is_flag=True, help="Print what was written, for programs.")
def protect(
    spec_file: Path, people_file: Path, out: Path, policy: str | None, method: str, as_json: bool
) -> int:
    """Make the tables of SPEC.json from MICRODATA.csv so that they reveal nobody.

    What is small is hidden, and with it what would give it away. Every hidden figure is proved by
    another workforce that agrees with all that is shown; the proof is in DIR/certificate and stays
    inside. Refuses, with status 2, where no such pattern is found.

    With --method rounding every count is a multiple of 5, less than 5 from the true one, and all
    tables add up; percentages are of the rounded counts, and no pay is shown.
    """
    if out.exists():
        raise Unsafe(
            "The folder is there already.", rule="replace", do="Name another.", file=out.name
        )
    spec = read_specification(spec_file)
    people = read_people(people_file, spec)
    threshold = policy_named(policy).threshold(spec.threshold) if policy else spec.threshold
    if method != "suppression":
        return rounded.release(
            out, spec, people, policy or "internal", threshold, method, as_json=as_json
        )
    with show.progress("Looking for what gives nobody away"):
        found = hide(spec, people, threshold)
    if found.unproved:
        raise Unsafe(
            f"{len(found.unproved):,} small figures cannot be hidden while the headcounts of the "
            "body and its directorates stay open.",
            rule="no safe pattern",
            do="Merge the units that they are in, or leave out a level. Nothing was written.",
        )
    faults = _write(out, spec, found, policy or "internal", threshold)
    if faults:
        raise Unsafe(
            f"What was made does not pass its own check ({faults[0]})",
            rule="not verified",
            do="Nothing was written. Please tell us.",
        )
    about = json.loads((out / "release.json").read_text(encoding="utf-8"))["figures"]
    if as_json:
        click.echo(json.dumps({"folder": str(out), **about}, ensure_ascii=False, indent=1))
    else:
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
    yield f"Written to {out}; its certificate is internal. It was verified."


def _write(out: Path, spec: Specification, found: Hidden, policy: str, threshold: int) -> list[str]:
    """Write the folder aside, verify it, and only then put it in its place."""
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        folders.write_release(beside, spec, found, policy, threshold)
        faults = verify(beside)
        if not faults:
            beside.rename(out)
        return faults
    except OSError as wrong:
        raise Unreadable(
            f"The release could not be written ({wrong.strerror}).",
            do="Check that the folder above it is there and that you may write to it.",
            file=out.name,
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


COMMANDS = {"protect": protect, "verify": check}
