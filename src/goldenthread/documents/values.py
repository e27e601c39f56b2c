"""From one record's printed items to a recommendation with its typed actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from goldenthread import timescale
from goldenthread.documents.columns import Role
from goldenthread.documents.draft import ReadingWarning
from goldenthread.documents.keys import Key, colour_name, colour_word
from goldenthread.documents.leads import leads_named_in
from goldenthread.documents.lists import (
    Item,
    Pairing,
    join_pieces,
    pair,
    read_items,
    references,
)
from goldenthread.documents.numbers import split_number
from goldenthread.documents.printed import PrintedRow, printed_row
from goldenthread.documents.records import Line, Record
from goldenthread.errors import Place
from goldenthread.intake import Cell, Paragraph
from goldenthread.plan import Action, Lead, Measure, Recommendation, Response, Update
from goldenthread.plan.leads import read_leads
from goldenthread.plan.model import Rag
from goldenthread.timescale import Setting, Status, Timescale


@dataclass
class Reader:
    """Reads records one after another; ``above`` is what "As above" in the next cell means."""

    setting: Setting
    key: Key
    abbreviations: tuple[tuple[str, str], ...]
    dated: date | None
    has_timescales: bool = True
    has_status: bool = False
    marked: bool = False
    above: tuple[Timescale, ...] = ()
    above_leads: tuple[Lead, ...] = ()
    warnings: list[ReadingWarning] = field(default_factory=list)
    printed: list[PrintedRow] = field(default_factory=list)

    def recommendation(self, record: Record) -> Recommendation:
        """The recommendation that a record prints, with every action that answers it."""
        self.printed.append(printed_row(record))
        actions: list[Action] = []
        for block in _blocks(record.lines):
            actions += self._actions(block)
        return Recommendation(
            text=record.text,
            number=record.number,
            theme=record.theme,
            response=Response(record.response) if record.response else None,
            actions=tuple(actions),
            see=references(record.text),
            place=record.place,
        )

    def _actions(self, block: Sequence[Line]) -> list[Action]:
        pieces, joined = join_pieces([line.paragraphs("action") for line in block])
        items = [item for n, piece in enumerate(pieces) for item in read_items(piece, n)]
        if not items:
            return []
        place = block[0].place
        if joined:
            self._say("joined_row", "A sentence cut by the end of a page was joined.", place)
        count = len(items)
        leads = _restore_lines(self._things(block, "lead", count), items, self._lead_lines)
        supporting = self._things(block, "supporting", count)
        times = _restore_lines(self._timescales(block, count), items, self._timescale_lines)
        measures = self._things(block, "measure", count)
        statuses = self._things(block, "status", count)
        pairs = {
            "lead": self._pair(items, leads, "leads", place),
            "supporting": self._pair(items, supporting, "supporting leads", place),
            "timescale": self._pair(items, times, "timescales", place),
            "measure": _measures(items, measures),
            "status": pair(items, statuses),
        }
        fill = _fill(block, self.has_status)
        actions = []
        for index, item in enumerate(items):
            mine = {
                role: [things[i] for i in pairs[role].things[index]]
                for role, things in (
                    ("lead", leads),
                    ("supporting", supporting),
                    ("timescale", times),
                    ("measure", measures),
                    ("status", statuses),
                )
            }
            sure = pairs["lead"].sure and pairs["timescale"].sure and not item.lost_separator
            actions.append(self._action(item, mine, fill, sure, block, index))
        return actions

    def _action(
        self,
        item: Item,
        mine: dict[str, list[Item]],
        fill: Rag | None,
        sure: bool,
        block: Sequence[Line],
        index: int,
    ) -> Action:
        place = item.place or block[item.piece].place
        place = place.at(item=index + 1)
        number, text = split_number(item.text)
        if number is None and item.marker not in (None, "•"):
            number = item.marker
        if number is None:
            number = block[0].action_number
        leads = self._leads(mine["lead"], mine["supporting"])
        if not leads:
            leads = leads_named_in(text, self.abbreviations)
            if leads:
                sure = False
                self._say(
                    "lead_from_text",
                    "The lead cell is empty, so the lead was taken from the action's own words.",
                    place,
                )
        times = tuple(t for thing in mine["timescale"] for t in self._read(thing, place))
        if not times:
            text, times = self._date_in(text)
            if not times and self.has_timescales:
                self._say("empty_timescale", "This action has no timescale.", place)
        if times:
            self.above = times
        printed = " ".join(thing.text for thing in mine["status"])
        rag = colour_word(printed) or fill
        status = self._status(rag, printed, times)
        return Action(
            text=text,
            number=number,
            leads=leads,
            timescales=times,
            measures=tuple(Measure(thing.text) for thing in mine["measure"]),
            status=status,
            status_text=printed or None,
            rag=rag,
            updates=_updates(block),
            evidence=tuple(t for t in (line.text("evidence") for line in block) if t),
            see=references(text),
            confidence="high" if sure else "low",
            place=place,
        )

    def _leads(self, accountable: Sequence[Item], supporting: Sequence[Item]) -> tuple[Lead, ...]:
        found: list[Lead] = []
        for item in accountable:
            if _is_ditto(item.text):
                found += self.above_leads
            else:
                found += read_leads(item.text, self.abbreviations)
        for item in supporting:
            found += read_leads(item.text, self.abbreviations, role="supporting")
        leads = tuple(dict.fromkeys(found))
        if leads:
            self.above_leads = leads
        return leads

    def _read(self, item: Item, place: Place) -> tuple[Timescale, ...]:
        setting = replace(self.setting, above=self.above)
        readings = timescale.read(item.text, self.dated, setting)
        for reading in readings:
            for assumption in reading.assumed:
                self._say(assumption.code, assumption.message, place)
        return readings

    def _date_in(self, text: str) -> tuple[str, tuple[Timescale, ...]]:
        """A date in brackets at the end of an action, and the action's words without it."""
        setting = replace(self.setting, above=())
        for found in reversed(timescale.find(text, self.dated, setting)):
            bracketed = text[found.start] == "("
            if bracketed and text[found.end :].strip() in ("", "."):
                return text[: found.start].rstrip(), (found.timescale,)
        return text, ()

    def _status(self, rag: Rag | None, printed: str, times: Sequence[Timescale]) -> Status | None:
        status = self.key.status_of(rag, printed)
        if status is None and self.has_status and rag is None and not printed:
            status = self.key.without_colour or ("not_started" if self.marked else None)
        if status is None:
            status = next((t.status for t in times if t.status is not None), None)
        return status

    def _things(self, block: Sequence[Line], role: Role, count: int) -> list[Item]:
        """The items under a role; halves of one cut by a page end are joined when there are
        more of them than actions.
        """
        pieces, _ = join_pieces([_own(line, role, n) for n, line in enumerate(block)])
        items = [item for n, piece in enumerate(pieces) for item in read_items(piece, n)]
        for number in range(1, len(pieces)):
            if len(items) <= count or not _was_cut(block, number):
                break
            later = [i for i, item in enumerate(items) if item.piece == number]
            if later and later[0] > 0:
                host, rest = items[later[0] - 1], items.pop(later[0])
                items[later[0] - 1] = replace(host, text=f"{host.text} {rest.text}")
        return items

    def _timescales(self, block: Sequence[Line], count: int) -> list[Item]:
        """The timescale items: one column of them, or a start and an end column."""
        items = self._things(block, "timescale", count)
        starts = self._things(block, "start", count)
        ends = self._things(block, "end", count)
        for index in range(max(len(starts), len(ends))):
            start = starts[index] if index < len(starts) else None
            end = ends[index] if index < len(ends) else None
            words = f"{start.text} – {end.text}" if start and end else ""
            either = end or start
            if either is not None:
                bare = either.text if end else f"From {either.text}"
                items.append(replace(either, text=words or bare))
        return items

    def _lead_lines(self, words: str) -> list[str]:
        """The lines of a lead cell: leads with nothing between them stood on lines of their own,
        leads joined by a word or a sign on the same line.
        """
        lines: list[str] = []
        end = 0
        for lead in read_leads(words, self.abbreviations):
            start = words.find(lead.text, end) if lead.text else -1
            if start < 0:
                return [words]
            if lines and words[end:start].strip():
                lines[-1] += words[end : start + len(lead.text)]
            else:
                lines.append(lead.text)
            end = start + len(lead.text)
        if lines and words[end:].strip():
            lines[-1] += words[end:]
        return lines

    def _timescale_lines(self, words: str) -> list[str]:
        """The lines of a timescale cell: claims that follow one another with nothing between."""
        claims = list(dict.fromkeys(r.raw for r in timescale.read(words, self.dated, self.setting)))
        return claims if " ".join(claims) == words else [words]

    def _pair(
        self, actions: Sequence[Item], things: Sequence[Item], what: str, place: Place
    ) -> Pairing:
        pairing = pair(actions, things)
        if not pairing.sure:
            self._say("alignment", _alignment(len(actions), len(things), what, pairing.how), place)
        return pairing

    def _say(self, code: str, message: str, place: Place) -> None:
        warning = ReadingWarning(code, message, place)
        if warning not in self.warnings[-20:]:
            self.warnings.append(warning)


def _alignment(actions: int, things: int, what: str, how: str) -> str:
    how_read = {
        "one for all": "it was read for all of them, also after the end of the page",
        "subject": "those that plainly speak of one action went there, the rest to all the others",
        "all to all": "each was read for every action",
    }[how]
    if things == 1:
        what = what.removesuffix("s")
    return f"{things} {what} for {actions} actions: {how_read}. Say which belongs to which."


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines that make one printed row: a row cut by a page end is one, and so are the rows
    that hang on one merged action cell.
    """
    blocks: list[list[Line]] = []
    for line in lines:
        hangs = not line.has("action")
        cut = line.cut and line.number is None and not line.has("recommendation")
        if blocks and (hangs or cut):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _own(line: Line, role: Role, number: int) -> tuple[Paragraph, ...]:
    """A role's paragraphs, leaving out in later lines the cells that hang down from above."""
    return line.paragraphs(role) if number == 0 or role in line.fresh else ()


def _was_cut(block: Sequence[Line], number: int) -> bool:
    return block[number].cut


def _measures(actions: Sequence[Item], measures: Sequence[Item]) -> Pairing:
    """Measures pair in order where the counts agree and otherwise speak for the whole row."""
    if len(actions) == len(measures):
        return pair(actions, measures)
    every = tuple(range(len(measures)))
    return Pairing((every,) * len(actions), True, "all to all")


def _fill(block: Sequence[Line], has_status: bool) -> Rag | None:
    """The colour of a row's status cell, or of any of its cells where no column holds status."""
    for line in block:
        groups = (line.cells.get("status", ()),) if has_status else tuple(line.cells.values())
        for cell in (cell for group in groups for cell in group):
            name = colour_name(cell.fill)
            if name is not None:
                return name
    return None


def is_marked(cells: Sequence[Cell]) -> bool:
    """Whether any status cell of a table is coloured or carries a letter or word."""
    return any(colour_name(cell.fill) or cell.text for cell in cells)


def _updates(block: Sequence[Line]) -> tuple[Update, ...]:
    """What the plan says has happened, as one update with its page cuts joined."""
    pieces, _ = join_pieces([_own(line, "update", n) for n, line in enumerate(block)])
    text = " ".join(p.text for piece in pieces for p in piece if p.text)
    place = block[0].place
    return (Update(text, place=place),) if text else ()


def _is_ditto(words: str) -> bool:
    return words.strip().casefold().rstrip(".") in ("as above", "ditto", "same as above", '"', "〃")


def _restore_lines(
    things: Sequence[Item], actions: Sequence[Item], lines_of: Callable[[str], list[str]]
) -> list[Item]:
    """The things with the line breaks restored that a cell lost.

    A printed row's items are cut where that gives just as many lines as the row has actions.
    """
    restored: list[Item] = []
    for piece in sorted({thing.piece for thing in things}):
        mine = [thing for thing in things if thing.piece == piece]
        count = sum(1 for action in actions if action.piece == piece)
        short = len(mine) < count
        cut = [replace(t, text=line) for t in mine for line in lines_of(t.text)] if short else []
        if short and len(cut) == count:
            mine = [replace(thing, position=number) for number, thing in enumerate(cut)]
        restored += mine
    return restored
