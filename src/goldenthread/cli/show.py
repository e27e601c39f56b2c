"""A plan, its findings and its changes as a person wants to see them in a terminal.

In a terminal there is colour and a line to fit; piped, the same words come plain.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import IO, Any, cast

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from goldenthread import plan, timescale
from goldenthread.documents import PlanDraft
from goldenthread.plan import Action, Changes, Finding, Lead, Recommendation
from goldenthread.plan.unit_table import Said, UnitTable

_PIPED_WIDTH = 100
_BLANKS_AT_END = re.compile(r" +$", re.MULTILINE)
_SHOWN = 110  # characters of an action's words beside a finding
_STATUS_WORDS = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "completed": "Completed",
    "delayed": "Delayed",
    "on_hold": "On hold",
    "withdrawn": "Withdrawn",
}
_STATUS_MARKS = {
    "not_started": "○",
    "in_progress": "◉",
    "completed": "●",
    "delayed": "◆",
    "on_hold": "◌",
    "withdrawn": "✕",
}
_STATUS_STYLES = {"completed": "blue", "in_progress": "green", "delayed": "red"}
_SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "advice": "cyan"}
_BASIS_WORDS = {
    "printed": "as the document says",
    "meeting": "the meeting it goes to",
    "inferred": "the latest day it speaks of as past",
    "given": "as given",
    "none": "",
}


class _Plain(io.TextIOBase):
    """Standard output without the blanks that a laid-out line ends with."""

    def write(self, text: str) -> int:
        return sys.stdout.write(_BLANKS_AT_END.sub("", text))

    def flush(self) -> None:
        sys.stdout.flush()


def _console(stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    if console.is_terminal:
        return console
    file = sys.stderr if stderr else cast("IO[str]", _Plain())
    return Console(file=file, highlight=False, width=_PIPED_WIDTH, no_color=True)


@contextmanager
def progress(words: str) -> Iterator[Callable[[int], None] | None]:
    """A line of progress on the terminal for long work; nothing at all when piped."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=None, done="")

        def say(count: int) -> None:
            bar.update(task, done=f"{count:,} rows and paragraphs")

        yield say


def draft(draft: PlanDraft) -> None:
    """Print a whole draft: what it is, each recommendation with its actions, and the doubts."""
    console = _console()
    console.print(Text(draft.plan.title or draft.file, style="bold"))
    console.print(Text(_about(draft), style="dim"))
    console.print()
    theme = None
    for recommendation in draft.plan.recommendations:
        if recommendation.theme and recommendation.theme != theme:
            theme = recommendation.theme
            console.print(Text(theme.upper(), style="bold"))
            console.print()
        _recommendation(console, recommendation)
    if draft.plan.process_steps:
        console.print(Text("Steps of the process", style="bold"))
        for step in draft.plan.process_steps:
            when = _when(step.timescales)
            named = f"{step.number}. {step.name}"
            console.print(Padding(f"{named} ({when})" if when else named, (0, 2)))
        console.print()
    _warnings(console, draft)


def _about(draft: PlanDraft) -> str:
    it = draft.plan
    dated = f"dated {day(it.document_date)}" if it.document_date else "no date of its own"
    basis = _BASIS_WORDS[draft.document_date_basis]
    counts = ", ".join(
        _count(len(things), noun)
        for things, noun in (
            (it.recommendations, "recommendation"),
            (it.actions, "action"),
            (it.process_steps, "process step"),
        )
        if things or noun != "process step"
    )
    return f"{draft.file} · {dated}{f' ({basis})' if basis else ''} · {counts}"


def _recommendation(console: Console, recommendation: Recommendation) -> None:
    number = f"{recommendation.number}. " if recommendation.number else ""
    console.print(Text(f"{number}{recommendation.text}", style="bold"))
    if not recommendation.actions:
        console.print(Padding(Text("No action answers this.", style="dim"), (0, 0, 0, 4)))
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=2)
    table.add_column(ratio=5)
    table.add_column(ratio=2)
    table.add_column(ratio=3)
    for action in recommendation.actions:
        mark = _STATUS_MARKS.get(action.status or "", "·")
        style = _STATUS_STYLES.get(action.status or "", "")
        table.add_row(
            Text(mark, style=style), _words(action), _leads(action.leads), _times(action, style)
        )
    console.print(Padding(table, (0, 0, 0, 3)))
    console.print()


def _words(action: Action) -> Text:
    number = f"{action.number} " if action.number else ""
    words = Text(f"{number}{action.text}")
    if action.confidence == "low":
        words.append(" [read with doubt]", style="yellow")
    return words


def _leads(leads: Sequence[Lead]) -> Text:
    if not leads:
        return Text("nobody named", style="dim")
    lines = []
    for lead in leads:
        name = lead.text or "a person, named in the document"
        lines.append(f"{name} (supporting)" if lead.role == "supporting" else name)
    return Text("\n".join(lines))


def _times(action: Action, style: str) -> Text:
    when = _when(action.timescales)
    said = any(reading.status == action.status for reading in action.timescales)
    if action.status and not said:
        when = f"{_STATUS_WORDS[action.status]}; {when}" if when else _STATUS_WORDS[action.status]
    if not when:
        return Text("no timescale", style="dim")
    return Text(f"{when[:1].upper()}{when[1:]}", style=style)


def _when(readings: Sequence[timescale.Timescale]) -> str:
    return "; ".join(filter(None, (timescale.in_words(reading) for reading in readings)))


def _warnings(console: Console, draft: PlanDraft) -> None:
    if not draft.warnings:
        console.print("Everything in the document was read.")
        return
    console.print(Text(f"To look at: {_count(len(draft.warnings), 'point')}", style="bold"))
    for _, group in groupby(draft.warnings, key=lambda warning: (warning.code, warning.message)):
        these = list(group)
        where = "; ".join(str(warning.place) for warning in these if warning.place)
        _point(console, f"{these[0].message}{f' ({where})' if where else ''}", indent=2)
    console.print()


def _point(console: Console, words: str, indent: int) -> None:
    """One point of a list, its further lines under its first word."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column()
    grid.add_row("-", Text(words))
    console.print(Padding(grid, (0, 0, 0, indent), expand=False))


def findings(found: Sequence[Finding], file: str) -> None:
    """Print findings rule by rule: why each matters and how to mend it once, then every place."""
    console = _console()
    if not found:
        console.print(f"{file}: nothing found. Every rule that was asked for holds.")
        return
    for _, group in groupby(sorted(found, key=lambda f: f.code), key=lambda f: f.code):
        these = list(group)
        first = these[0]
        heading = Text(f"{first.code} ", style="bold")
        heading.append(first.severity, style=_SEVERITY_STYLES[first.severity])
        heading.append(f"  {first.why}")
        console.print(heading)
        console.print(Padding(Text(f"To mend it: {first.mend}", style="dim"), (0, 0, 0, 5)))
        for finding in these:
            _point(console, _finding(finding), indent=5)
        console.print()
    severities = [f.severity for f in found]
    tally = ", ".join(
        _count(severities.count(s), s) if s != "advice" else f"{severities.count(s)} advice"
        for s in ("error", "warning", "advice")
        if s in severities
    )
    console.print(f"{file}: {_count(len(found), 'finding')} ({tally}).")


def _finding(finding: Finding) -> str:
    where = f" ({finding.place})" if finding.place else ""
    words = finding.words
    if not words or words in finding.message:
        return f"{finding.subject}{where}: {finding.message}"
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
    return f"{finding.subject}{where}: {finding.message} “{shown}”"


def changes(changed: Changes, before: str, after: str) -> None:
    """Print what changed between two editions, in the order a committee would ask."""
    console = _console()
    lines = list(plan.sentences(changed))
    if not lines:
        console.print(f"{before} and {after} say the same.")
        return
    for line in lines:
        _point(console, line, indent=0)
    console.print(f"{_count(len(lines), 'change')} from {before} to {after}.")


def units(table: UnitTable, faults: int, file: str) -> None:
    """Print the parts of a council that a file names, each below the one that it belongs to."""
    console = _console()
    console.print(Text(_read_from(table, file), style="dim"))
    console.print()
    children: dict[tuple[str, ...], list[Said]] = {}
    for one in table.said:
        children.setdefault(tuple(name.casefold() for name in one.path[:-1]), []).append(one)
    _below(console, (), children)
    console.print()
    told = f"{_count(len(table.said), 'part')} of a council."
    if faults:
        told += f" {_count(faults, 'fault')} besides: goldenthread units check says each."
    console.print(told)


def _below(
    console: Console, above: tuple[str, ...], children: dict[tuple[str, ...], list[Said]]
) -> None:
    for one in children.get(above, ()):
        words = Text(one.path[-1], style="bold" if not above else "")
        more = [one.kind] if one.kind else []
        more += [f"from {timescale.day(one.begins)}"] if one.begins else []
        if more:
            words.append(f" ({', '.join(more)})", style="dim")
        console.print(Padding(words, (0, 0, 0, 2 * len(above))))
        _below(console, (*above, one.path[-1].casefold()), children)


def unit_faults(table: UnitTable, faults: Sequence[Mapping[str, Any]], file: str) -> None:
    """Print each fault of a table of parts, with its row and column, and how many in all."""
    console = _console()
    console.print(Text(_read_from(table, file), style="dim"))
    if not faults:
        parts = _count(len(table.said), "part")
        console.print(f"{file}: nothing found. It names {parts} of a council.")
        return
    console.print()
    for one in faults:
        where = f"row {one['row']}, column “{one['column']}”: " if one["row"] else ""
        _point(console, f"{where}{one['why']}", indent=0)
    rows = f" in {_count(table.bad_rows, 'row')}" if table.bad_rows else ""
    console.print(f"{file}: {_count(len(faults), 'fault')}{rows}.")


def _read_from(table: UnitTable, file: str) -> str:
    columns = ", ".join(f"{name} from “{heading}”" for name, heading in table.columns.items())
    blank = f" · {_count(table.blank, 'row')} without a part" if table.blank else ""
    return f"{file} · {_count(table.rows, 'row')} read{blank} · {columns}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def day(iso: str) -> str:
    """An ISO year, month or day as a council writes it.

    >>> day("2021-10"), day("2023-06-14")
    ('October 2021', '14 June 2023')
    """
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return iso
    if len(parts) == 2:
        return date(parts[0], parts[1], 1).strftime("%B %Y")
    day = date(*parts)
    return f"{day.day} {day:%B %Y}"
