"""A workbook that was updated off line, read against the plan that it was written from.

Nothing is stored and nothing is guessed: the result says, key by key, what somebody typed, and with
sheet, row and column what cannot be taken as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from goldenthread import intake, timescale
from goldenthread.documents import exact, layouts, notation
from goldenthread.documents.carried import carried
from goldenthread.documents.exact import Row
from goldenthread.documents.layouts import CAUSE, DONE, FORECAST, RECOVERY, RECOVERY_BY
from goldenthread.documents.notation import RAG_LABELS, STATUS_LABELS, Context
from goldenthread.errors import Place, Unreadable
from goldenthread.intake import Document
from goldenthread.plan import Action, Plan
from goldenthread.plan.model import Rag
from goldenthread.timescale import Status

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
# What stands in the other columns is locked; words there that differ are reported, not taken.
_LOCKED = ("Recommendation", "Action no.", "Action", "Timescale", "Lead", "Measure of success")


@dataclass(frozen=True)
class RowUpdate:
    """What somebody typed in the row of one action; None and "" where they typed nothing new.

    ``rec`` and ``act`` are the action's place in the plan, from 0. ``status_cleared`` and
    ``rag_cleared`` are true where a value was deleted. ``cause``, ``step`` and ``due`` answer a red
    or an amber. ``moved`` says that the plan has gained updates since the workbook was written, or
    may have: whoever typed did not know them.
    """

    key: str
    rec: int
    act: int
    place: Place
    status: Status | None = None
    status_cleared: bool = False
    rag: Rag | None = None
    rag_cleared: bool = False
    done: str = ""
    forecast: date | None = None
    cause: str = ""
    step: str = ""
    due: date | None = None
    moved: bool = False

    @property
    def says(self) -> bool:
        """Whether anything was typed."""
        return bool(
            self.status
            or self.status_cleared
            or self.rag
            or self.rag_cleared
            or self.done
            or self.forecast
            or self.cause
            or self.step
            or self.due
        )


@dataclass(frozen=True)
class NewRow:
    """A row typed by hand: an action for somebody to confirm before it is one.

    ``recommendation`` is the place in the plan of the one that it names, from 0; None where it
    names none that is there.
    """

    action: Action
    place: Place
    recommendation: int | None = None
    done: str = ""
    forecast: date | None = None


@dataclass(frozen=True)
class Fault:
    """Something in the workbook that was not taken, where it is, and what to do about it."""

    code: str
    message: str
    place: Place = Place()


@dataclass(frozen=True)
class Offline:
    """All that a workbook says: updates and new rows to confirm, keys that are gone, and faults.

    ``deleted`` are keys of actions of the plan that no row has; nothing is removed for that.
    ``known`` are keys of rows whose words the plan has gained since: they were taken already.
    """

    updates: tuple[RowUpdate, ...] = ()
    new: tuple[NewRow, ...] = ()
    deleted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_update(file: str | Path, plan: Plan, *, names: bool = False) -> Offline:
    """What was typed into the workbook that was written from a plan.

    Shape: one ``RowUpdate`` for each row in which something is new, in the plan's order.
    ``plan`` is the plan as it stands now, which may have moved on: what a row says that the plan
    already said when the workbook was written is not taken for something typed. ``names`` as the
    workbook was written with.
    Missing: a cell left as it was says nothing; a row that was deleted is named in ``deleted``.
    Raises ``Unreadable`` for a file that is no workbook of ours, and what ``intake.read`` raises.
    """
    return offline_from(intake.read(file), plan, names=names)


def offline_from(document: Document, plan: Plan, *, names: bool = False) -> Offline:
    """The same for a workbook that has already been read."""
    found = exact.find(document) if document.format == "xlsx" else None
    if found is None or not found.sheet:
        raise Unreadable(
            "This is not a workbook that was written for updating.",
            do="Export the plan as .xlsx and type into that; keep the row of headings as it is.",
            file=document.file,
        )
    return _Reading(carried(plan, names=names), found.rows).result()


def _status_after(action: Action, met: int | None) -> Status | None:
    """The status that an action had after so many updates, as far as they say."""
    said = [one.status for one in action.updates[: met or 0] if one.status is not None]
    return said[-1] if said else None


def _in_lines(words: Sequence[str]) -> list[str]:
    """Words as a cell gives them back: a line for each line."""
    return [line for one in words for line in one.split("\n")]


class _Reading:
    """One workbook: its rows set against the plan's."""

    def __init__(self, plan: Plan, rows: Sequence[Row]) -> None:
        self.plan, self.rows = plan, rows
        self.context = Context.of(plan)
        self.faults: list[Fault] = []
        page = layouts.sheet(plan).tables[0]
        heads = [column.heading for column in page.columns]
        # Each row of the plan as it was written, by its key.
        self.written = {
            row[0].text: {h: cell.lines for h, cell in zip(heads, row, strict=True)}
            for row in page.rows
        }
        self.at = {
            key: (r, a) for r, keys in enumerate(layouts.keys(plan)) for a, key in enumerate(keys)
        }

    def result(self) -> Offline:
        updates: dict[str, RowUpdate] = {}
        seen: set[str] = set()
        new: list[NewRow] = []
        known: list[str] = []
        for row in self.rows:
            key = row.line("Key")
            if not key:
                new.append(self._new(row))
            elif key not in self.at:
                self._fault(
                    "unknown_key",
                    "This key is not in the plan: the action has been reworded, or the workbook is "
                    "of another plan. Export it again, or leave the key empty for a new action.",
                    row,
                    "Key",
                )
            elif key in seen:
                self._fault(
                    "double_key",
                    "Two rows have this key; the first was read. Leave the key of a new action "
                    "empty.",
                    row,
                    "Key",
                )
            else:
                seen.add(key)
                update = self._update(key, row)
                if update is not None and self._has(update):
                    known.append(key)
                elif update is not None:
                    updates[key] = update
        deleted = tuple(key for key in self.at if key not in seen)
        for key in deleted:
            self.faults.append(
                Fault("deleted_row", f"The row with the key {key} is not in the workbook; the "
                      "action was kept. Withdraw it in the register if that is meant.")
            )  # fmt: skip
        ordered = tuple(updates[key] for key in self.at if key in updates)
        return Offline(ordered, tuple(new), deleted, tuple(known), tuple(self.faults))

    def _update(self, key: str, row: Row) -> RowUpdate | None:
        rec, act = self.at[key]
        actions = self.plan.recommendations[rec].actions
        self._locked(key, row)
        done, forecast = row.line(DONE), self._day(row, FORECAST)
        cause, step = row.line(CAUSE), row.line(RECOVERY)
        if not actions:
            if done or forecast or row.line("Status") or row.line("RAG"):
                self._fault(
                    "no_action",
                    "This recommendation has no action yet. Type the action in a row of its own.",
                    row,
                    "Action",
                )
            return None
        action = actions[act]
        status, rag = self._status(row), self._rag(row)
        typed_status, typed_rag = row.line("Status"), row.line("RAG")
        met = self._met(action, row)
        moved = met != len(action.updates)
        then = action.status if not moved else _status_after(action, met)
        found = RowUpdate(
            key,
            rec,
            act,
            row.place,
            status=status if status not in (action.status, then) else None,
            # Of a plan that has moved on nobody can tell what was cleared.
            status_cleared=not (moved or typed_status) and action.status is not None,
            rag=rag if rag != action.rag else None,
            rag_cleared=not (moved or typed_rag) and action.rag is not None,
            done=done,
            forecast=forecast,
            cause=cause,
            step=step,
            due=self._day(row, RECOVERY_BY),
            moved=moved,
        )
        return found if found.says else None

    def _met(self, action: Action, row: Row) -> int | None:
        """How many of the action's updates the workbook was written with; None where unclear."""
        lines = notation.update_words(action.updates)
        shown = [f"{notation.EVIDENCE}{words}" for words in action.evidence]
        written = list(row.lines.get("Progress", ()))
        for count in range(len(lines), -1, -1):
            if written == [*_in_lines(lines[:count]), *_in_lines(shown)]:
                return count
        return None

    def _has(self, update: RowUpdate) -> bool:
        """Whether the plan has gained these very words since the workbook was written."""
        action = self.plan.recommendations[update.rec].actions[update.act]
        return (
            update.moved
            and bool(update.done)
            and any(one.text == update.done for one in action.updates)
        )

    def _locked(self, key: str, row: Row) -> None:
        for heading in _LOCKED:
            if row.lines.get(heading, ()) != self.written[key].get(heading, ()):
                self._fault(
                    "locked_cell",
                    f"“{heading}” is not what the register says, and was not read. Change it "
                    "there if it is right.",
                    row,
                    heading,
                )

    def _status(self, row: Row) -> Status | None:
        words = row.line("Status")
        status = notation.status_read(words)
        if words and status is None:
            labels = ", ".join(STATUS_LABELS.values())
            self._fault("status", f"This is no status. Use one of: {labels}.", row, "Status")
        return status

    def _rag(self, row: Row) -> Rag | None:
        words = row.line("RAG")
        rag = layouts.rag_of(words)
        if words and rag is None:
            self._fault(
                "rag", f"This is no colour. Use one of: {', '.join(RAG_LABELS)}.", row, "RAG"
            )
        return rag

    def _day(self, row: Row, heading: str) -> date | None:
        words = row.line(heading)
        if not words:
            return None
        match = _DAY.fullmatch(words)
        try:
            if match is not None:
                return date(int(match[3]), int(match[2]), int(match[1]))
            claims = timescale.read(words)
            if len(claims) == 1 and claims[0].kind == "date" and not claims[0].assumed:
                return claims[0].end
        except ValueError:
            pass  # no such day: said below
        code = "forecast" if heading == FORECAST else "recovery_by"
        self._fault(code, "This is no date. Give a day such as 31/03/2027.", row, heading)
        return None

    def _new(self, row: Row) -> NewRow:
        group = [replace(row, group=0)]
        read = exact.recommendation_of(group, self.context)
        action = read.actions[0] if read.actions else Action("", place=row.place)
        if not action.text:
            self._fault(
                "no_action", "A row without a key has no words under Action.", row, "Action"
            )
        self._status(row)
        self._rag(row)
        return NewRow(action, row.place, self._named(row), row.line(DONE), self._day(row, FORECAST))

    def _named(self, row: Row) -> int | None:
        """The recommendation that a row typed by hand names by its number or words."""
        number, text = row.line("No."), row.first("Recommendation")
        for place, rec in enumerate(self.plan.recommendations):
            if (text and text == rec.text) or (not text and number and number == rec.number):
                return place
        return None

    def _fault(self, code: str, message: str, row: Row, heading: str) -> None:
        place = row.places.get(heading, row.place)
        self.faults.append(Fault(code, message, place))
