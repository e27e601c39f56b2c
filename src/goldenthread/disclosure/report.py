"""``report.md``: what was hidden of a release and why, or why it was refused and what would work.

It is for the inside: true figures of the organisation stand in it, and no answer of anybody. It is
never part of what is published, and nothing reads it but people.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from goldenthread.disclosure.coarsening import Coarsening
from goldenthread.disclosure.figures import NOWHERE, Figures
from goldenthread.disclosure.giving_away import GivenAway, given_away, named
from goldenthread.disclosure.protect import Hidden
from goldenthread.disclosure.protect.marks import Marks
from goldenthread.disclosure.spec import ALL, Specification

REPORT = "report.md"

_NAMED = 20
_EVERY = (ALL,)
_INTERNAL = (
    "This report is internal. It may hold true figures of the organisation: do not publish it or "
    "send it with the release."
)
_NOT_PROVED = (
    "What somebody knows already of a colleague, from work or by hearsay, and adds to the tables.",
    "What other bodies publish of the same people, or what was published before and is not in the "
    "ledger that was read.",
    "Whether what the specification says of joiners, leavers and figures that are known to be "
    "nought is right.",
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def release_report(
    spec: Specification,
    found: Hidden,
    threshold: int,
    rows: Iterable[Mapping[str, str]],
    accepted: Coarsening | None = None,
) -> str:
    """The report on a release that was made, as Markdown.

    ``rows`` are those of its ``cells.csv``; ``accepted`` is the coarsening that was applied, where
    one was. Units: figures, and people where it says so. Holds no answer of anybody: breakdowns
    are named by their unit and what they are by, never by the category that would be told.
    """
    return _text(_release(spec, found, threshold, list(rows), accepted))


def refusal_report(
    spec: Specification,
    found: Hidden,
    offered: Coarsening | None,
    tried: str,
) -> str:
    """The report on a release that was refused, as Markdown.

    ``offered`` is the smallest coarsening that works, where one was found; ``tried`` says in words
    how far it was looked for. Its specification stands in the report as JSON, ready to use.
    """
    return _text(_refusal(spec, found, offered, tried))


def write_report(folder: Path, text: str) -> Path:
    """Write ``report.md`` into a folder, for its owner alone; its path."""
    path = folder / REPORT
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    return path


def why_not(found: Hidden) -> list[tuple[GivenAway, int]]:
    """What cannot be protected, with how many more figures cannot because of it.

    Where a unit's headcount is given away, so is all that is told of the unit; it is counted there
    instead of being said again.
    """
    told = given_away(found)
    heads = {(one.period, one.codes["org"]): one for one in told if list(one.codes) == ["org"]}
    because = Counter(
        (one.period, one.codes["org"])
        for one in told
        if len(one.codes) > 1 and (one.period, one.codes.get("org")) in heads
    )
    return [
        (one, because[key] if heads.get(key) is one else 0)
        for one in told
        if (key := (one.period, one.codes.get("org", ""))) not in heads or heads[key] is one
    ]


def _release(
    spec: Specification,
    found: Hidden,
    threshold: int,
    rows: Sequence[Mapping[str, str]],
    accepted: Coarsening | None,
) -> Iterator[str]:
    marks = found.marks
    small = marks.small & ~marks.withdrawn
    protect = found.hidden & ~marks.small & ~marks.withdrawn
    yield f"# {_md(spec.name)}: what was hidden, and why"
    yield _INTERNAL
    if accepted:
        yield "## What is told less finely than was asked for"
        yield (
            "The release as it was asked for could not be protected. This change was accepted with "
            f"`--accept-coarsening`: {_md(accepted.words)} {_loss(accepted)}"
        )
    yield "## How much is hidden"
    yield "\n".join(
        [
            "| What | Figures | People in them |",
            "|---|---:|---:|",
            *(
                f"| {words} | {int(which.sum()):,} | {int(marks.figures.value[which].sum()):,} |"
                for words, which in (
                    (f"Hidden because they are from 1 to {threshold - 1}", small),
                    ("Withdrawn with the whole breakdown that they stand in", marks.withdrawn),
                    ("Hidden to protect these", protect),
                )
            ),
        ]
    )
    yield (
        "A figure that stands in several tables counts once; so people count once for each figure "
        f"that they are in. {int((marks.shown & ~found.hidden).sum()):,} figures with somebody in "
        "them are shown. The same mark stands for a small figure and for one that protects it, so "
        "that nobody can tell which is which."
    )
    yield "## Table by table"
    yield _by_table(spec, rows)
    yield "## Breakdowns that are withdrawn"
    yield from _withdrawn(marks, threshold)
    yield "## What is proved"
    yield (
        f"{len(found.proofs):,} questions were asked of the hidden figures, and each is answered "
        f"by one of {len(found.changes):,} other workforces that agree with all that is shown. "
        "They are in `certificate/`, and `goldenthread verify` checks them without the programme "
        "that made them. Everything in this release could be protected."
    )
    yield "## What is not proved"
    yield "\n".join(f"- {one}" for one in _NOT_PROVED)
    if accepted:
        yield "## The specification that was used"
        yield _json(accepted)


def _refusal(
    spec: Specification, found: Hidden, offered: Coarsening | None, tried: str
) -> Iterator[str]:
    told = why_not(found)
    yield f"# {_md(spec.name)}: refused"
    yield _INTERNAL
    yield (
        f"{_count(len(found.unproved), 'figure')} cannot be protected while the headcounts of the "
        "body and its directorates stay open, whatever else is hidden. Nothing was written but "
        "this report."
    )
    yield "## What would give somebody away"
    lines = []
    for one, more in told[:_NAMED]:
        where = named(one.codes)
        when = f", {one.period}" if len(spec.periods) > 1 else ""
        line = f"- **{_md(where + when)}.** {_md(one.why)}"
        if more:
            line += f" So nor can {_count(more, 'figure')} of what it is broken down into."
        lines.append(line)
    if len(told) > _NAMED:
        lines.append(f"- And {len(told) - _NAMED:,} more.")
    yield "\n".join(lines)
    yield "## What would work"
    if offered is None:
        yield (
            f"No smaller release was found that works. {tried} Give the units that are named above "
            "together with others, or leave out the level that they are on, and try again."
        )
        return
    yield f"**{_md(offered.words)}** {_loss(offered)}"
    yield (
        f"This is the smallest change that works of those that were tried. {tried} To accept it, "
        "give the same command again with `--accept-coarsening`, or save this specification and "
        "use it instead:"
    )
    yield _json(offered)


def _by_table(spec: Specification, rows: Sequence[Mapping[str, str]]) -> str:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        held = counts.setdefault((row["table"], row["measure"]), Counter())
        held[row["symbol"] if row["value"] == "" else ""] += 1
    lines = [
        "| Table | Measure | Shown | Hidden `[c]` | Withdrawn `[x]` | Other marks |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for table in spec.tables:
        for (name, measure), held in counts.items():
            if name == table.name:
                other = sum(held.values()) - held[""] - held["[c]"] - held["[x]"]
                lines.append(
                    f"| {_md(name)} | {measure} | {held['']:,} | {held['[c]']:,} | "
                    f"{held['[x]']:,} | {other:,} |"
                )
    return "\n".join(lines)


def _withdrawn(marks: Marks, threshold: int) -> Iterator[str]:
    """The withdrawn breakdowns by unit, each with the reason, and no category of anybody."""
    told: dict[tuple[str, str], dict[str, set[str]]] = {}
    figures = marks.figures
    for cell in np.flatnonzero(marks.withdrawn).tolist():
        codes = figures.codes(cell)
        period = figures.spec.periods[figures.families[int(figures.family[cell])].period]
        unit = codes.get("org", "The whole body")
        by = " and ".join(dim for dim in codes if dim != "org") or "its headcount"
        why = _why_withdrawn(figures, cell, codes, threshold)
        told.setdefault((period, unit), {}).setdefault(by, set()).add(why)
    if not told:
        yield "None."
        return
    yield (
        "A breakdown is withdrawn, and says nothing of any of its figures, for one of these "
        "reasons:"
    )
    yield "\n".join(f"- **{name}**: {words}" for name, words in _REASONS.items())
    lines = []
    several = len(figures.spec.periods) > 1
    for (period, unit), breakdowns in told.items():
        when = f" in {period}" if several else ""
        each = "; ".join(
            f"by {by} ({', '.join(sorted(whys))})" if by != "its headcount"
            else f"{by} ({', '.join(sorted(whys))})"
            for by, whys in breakdowns.items()
        )  # fmt: skip
        lines.append(f"- {_md(unit)}{when}: {_md(each)}")
    yield "\n".join(lines)


_REASONS = {
    "group": "so few people are in the unit, or so many of them in one category, that no mark "
    "would leave their answers in doubt; which of the two, this report does not say",
    "doubt": "with a mark that says “above nought” no other workforce was possible",
}


def _why_withdrawn(figures: Figures, cell: int, codes: Mapping[str, str], threshold: int) -> str:
    period = figures.families[int(figures.family[cell])].period
    for dim in codes:
        if not figures.spec.dims[dim].sensitive:
            continue
        row = {one: code for one, code in codes.items() if one != dim}
        for above in figures.find_codes(period, row):
            people = 0 if above == NOWHERE else int(figures.value[above])
            alike = people > 0 and any(
                figures.value[each] == people
                for code in figures.spec.dims[dim].codes(figures.spec.periods[period], _EVERY)
                if code not in figures.spec.dims[dim].nonsensitive
                for each in figures.find_codes(period, {**row, dim: code})
                if each != NOWHERE
            )
            if 0 < people < threshold or alike:
                return "group"
    return "doubt"


def _loss(one: Coarsening) -> str:
    return (
        f"{_count(one.figures, 'figure')} would no longer be told; counting people in each of "
        f"them, {one.lost:,}."
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _json(one: Coarsening) -> str:
    return f"```json\n{json.dumps(one.changed, ensure_ascii=False, indent=1)}\n```"


def _md(words: str) -> str:
    """Words of a specification as they are, whatever Markdown would make of them."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _text(parts: Iterator[str]) -> str:
    return "\n\n".join(parts) + "\n"
