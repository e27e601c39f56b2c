"""From one record's printed items to a recommendation with its typed actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from goldenthread import timescale
from goldenthread.documents.contents import is_lead, is_time
from goldenthread.documents.draft import ReadingWarning
from goldenthread.documents.habits import Habits
from goldenthread.documents.headings import Role, is_time_heading
from goldenthread.documents.keys import Key, colour_name, colour_word, is_mark
from goldenthread.documents.leads import leads_named_in, read_known_leads
from goldenthread.documents.lines import Line
from goldenthread.documents.lists import (
    Item,
    Pairing,
    join_pieces,
    pair,
    read_items,
    references,
)
from goldenthread.documents.numbers import is_ditto, split_number
from goldenthread.documents.printed import PrintedRow, printed_row
from goldenthread.documents.records import Record
from goldenthread.errors import Place
from goldenthread.intake import Cell, Paragraph
from goldenthread.plan import Action, Lead, Measure, Recommendation, Response, Update
from goldenthread.plan.model import LeadRole, Rag
from goldenthread.plan.people import is_name
from goldenthread.plan.wording import fold
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
    coloured: bool = False
    no_leads: bool = False
    dashed: bool = False
    for_all: str | None = None
    over: str | None = None
    above: tuple[Timescale, ...] = ()
    above_leads: tuple[Lead, ...] = ()
    warnings: list[ReadingWarning] = field(default_factory=list)
    printed: list[PrintedRow] = field(default_factory=list)
    habits: Habits = field(default_factory=Habits)
    used: dict[str, tuple[Place, int]] = field(default_factory=dict)
    usual: dict[Rag, tuple[Status, Place]] = field(default_factory=dict)

    def recommendation(self, record: Record) -> Recommendation:
        """The recommendation that a record prints, with every action that answers it."""
        self.printed.append(printed_row(record))
        self.over = record.theme
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
        if any(line.doubtful for line in block):
            self._say(
                "alignment",
                "The cells of this row had slid to the left; they were read under the headings "
                "that fit them. Check what stands under which heading.",
                place,
            )
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
        reports = self._things(block, "update", count)
        paired = count > 1 and len(reports) == count
        fill = _fill(block, self.has_status) if self.has_status or self.coloured else None
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
            sure = sure and not any(line.doubtful for line in block)
            report = [reports[index]] if paired else []
            actions.append(self._action(item, mine, fill, sure, block, index, report))
        return actions

    def _action(
        self,
        item: Item,
        mine: dict[str, list[Item]],
        fill: Rag | None,
        sure: bool,
        block: Sequence[Line],
        index: int,
        report: Sequence[Item] = (),
    ) -> Action:
        place = item.place or block[item.piece].place
        place = place.at(item=index + 1)
        number, text = split_number(item.text)
        if number is None and item.marker not in (None, "•"):
            number = item.marker
        if number is None:
            number = block[0].action_number
        leads = self._leads(mine["lead"], mine["supporting"])
        if not leads and not self.no_leads:
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
            whole = text
            text, times, lead = self._time_in(text, place)
            sure = sure and not (times and text == whole and _time_over(self.over) == "")
            leads = leads or self._leads([Item(lead)] if lead else [], [])
            if not times and self.for_all:
                times = self._read(Item(self.for_all), place)
            if not times and self.has_timescales:
                self._say("empty_timescale", "This action has no timescale.", place)
        if times:
            self.above = times
        printed = " ".join(thing.text for thing in mine["status"])
        marks = [thing.text for thing in mine["status"]]
        rag = next((c for mark in marks if (c := colour_word(mark)) is not None), None) or fill
        updates = tuple(Update(split_number(r.text)[1], place=place) for r in report)
        updates = updates or _updates(block)
        status = self._status(rag, marks, times, place)
        if not self.has_status and (said := self._reported(updates)) is not None:
            status = said
        return Action(
            text=text,
            number=number,
            leads=leads,
            timescales=times,
            measures=tuple(Measure(thing.text) for thing in mine["measure"]),
            status=status,
            status_text=printed or None,
            rag=rag,
            updates=updates,
            evidence=tuple(t for t in (line.text("evidence") for line in block) if t),
            see=references(text),
            confidence="high" if sure else "low",
            place=place,
        )

    def _leads(self, accountable: Sequence[Item], supporting: Sequence[Item]) -> tuple[Lead, ...]:
        found: list[Lead] = []
        for item in accountable:
            if is_ditto(item.text):
                found += self.above_leads
            else:
                found += self._names(item)
        for item in supporting:
            found += self._names(item, "supporting")
        leads = tuple(dict.fromkeys(found))
        if leads:
            self.above_leads = leads
        return leads

    def _names(self, item: Item, role: LeadRole = "accountable") -> tuple[Lead, ...]:
        leads, known = read_known_leads(item.text, self.abbreviations, self.habits.leads, role)
        for name in known:
            kind = self.habits.leads[name].kind
            self._use(f"The lead “{name}” was read as a {kind}", item.place)
        return leads

    def _use(self, what: str, place: Place) -> None:
        """Remember that a habit was used, where first and how often."""
        first, count = self.used.get(what, (place, 0))
        self.used[what] = (first, count + 1)

    def say_habits(self) -> None:
        """A warning for every habit that was used, so that nobody takes it for the document's."""
        for what, (place, count) in self.used.items():
            often = f" ({count} times)" if count > 1 else ""
            self.warnings.append(
                ReadingWarning("habit", f"{what}{often}: a habit confirmed before.", place)
            )
        self.warnings += [ReadingWarning(*said) for said in self.key.doubts(self.usual)]

    def _meaning(self, rag: Rag | None, printed: str, place: Place) -> Status | None:
        """The status that a mark stands for; remembers it where that is a habit."""
        status = self.key.status_of(rag, printed)
        habit = self.key.habit_behind(rag, printed) if status is not None else None
        if habit is not None:
            self._use(f"“{habit}” was read as the status {status}", place)
        elif rag is not None and status is not None and self.key.is_usual(rag, printed):
            self.usual.setdefault(rag, (status, place))
        return status

    def _read(self, item: Item, place: Place) -> tuple[Timescale, ...]:
        years = _TWO_YEARS.fullmatch(item.text)
        if item.ends and years:
            # In a start and an end column two years are two years, not one that spans them.
            start, end = (
                timescale.read(year, self.dated, self.setting)[0] for year in years.groups()
            )
            return (replace(end, raw=item.text, kind="period", start=start.start),)
        if fold(item.text) in self.key.learned:
            status = self._meaning(None, item.text, place)
            return (Timescale(item.text, "status", status=status),)
        setting = replace(self.setting, above=self.above)
        readings = timescale.read(item.text, self.dated, setting)
        for reading in readings:
            for assumption in reading.assumed:
                self._say(assumption.code, assumption.message, place)
        return readings

    def _time_in(self, text: str, place: Place) -> tuple[str, tuple[Timescale, ...], str]:
        """The time with which an action closes, its words without it, and a lead beside the time.

        "… (by March 2024)", "… (Head of HR, by March 2024)"; where the plan has no place of its own
        for timescales also "… – Summer 2024", or a time inside the sentence, which stays there.
        """
        words, times, lead = closing(text, dashed=self.dashed or not self.has_timescales)
        if times:
            return words, self._read(Item(times), place), lead
        if self.has_timescales:
            return text, (), ""
        over = _time_over(self.over)
        if over:
            self._say(
                "timescale_from_text",
                "There is no timescale beside this action, so it was taken from the heading.",
                place,
            )
            return text, self._read(Item(over), place), ""
        setting = replace(self.setting, above=())
        plain = _A_POST.sub("role", text)
        inside = tuple(
            found.timescale
            for found in timescale.find(plain, self.dated, setting)
            if _PROMISES.match(text[found.start : found.end])
            and found.timescale.kind in ("date", "period", "recurring", "ongoing")
        )
        if inside:
            self._say(
                "timescale_from_text",
                "There is no timescale beside this action, so it was taken from the action's own "
                "words.",
                place,
            )
        return text, inside, ""

    def _status(
        self, rag: Rag | None, marks: Sequence[str], times: Sequence[Timescale], place: Place
    ) -> Status | None:
        """The status that words or a share done give, else a letter or colour, else no colour."""
        said = [(colour_word(mark) is not None, mark) for mark in marks if mark]
        status = next(
            (s for _, mark in sorted(said) if (s := self._meaning(None, mark, place)) is not None),
            None,
        )
        if status is None:
            status = self._meaning(rag, " ".join(marks), place)
        if status is None and rag is None and not said and (self.has_status or self.coloured):
            status = self.key.without_colour or ("not_started" if self.marked else None)
            if status is not None and "none" in self.key.learned:
                self._use(f"No colour was read as the status {status}", place)
        if status is None:
            status = next((t.status for t in times if t.status is not None), None)
        return status

    def _reported(self, updates: Sequence[Update]) -> Status | None:
        """The status with which a report of progress opens, where nothing else says one."""
        for update in updates:
            opening = re.split(r"[.;:!]\s|\s[–—-]\s|\n|,\s", update.text, maxsplit=1)[0]
            clauses = re.split(r"[.;:!,]\s|\s[–—-]\s|\n|\.$", update.text)
            longest = [(update.text, 8), (opening, 8), *((clause, 4) for clause in clauses)]
            for words, most in longest:
                bare = _ABOUT_IT.sub("", words.strip())
                if len(bare.split()) <= most and _OPENS_REPORT.match(bare):
                    said = self.key.status_of(None, bare)
                    if said is not None:
                        return said
        return None

    def _things(self, block: Sequence[Line], role: Role, count: int) -> list[Item]:
        """The items under a role; halves of one cut by a page end are joined when there are
        more of them than actions.
        """
        pieces, _ = join_pieces([_own(line, role, n) for n, line in enumerate(block)])
        items = [item for n, piece in enumerate(pieces) for item in read_items(piece, n)]
        if role in ("lead", "supporting"):
            items = _names_with_posts(items)
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
                items.append(replace(either, text=words or bare, ends=bool(words)))
        return items

    def _lead_lines(self, words: str) -> list[str]:
        """The lines of a lead cell: leads with nothing between them stood on lines of their own,
        leads joined by a word or a sign on the same line.
        """
        lines: list[str] = []
        end = 0
        for lead in read_known_leads(words, self.abbreviations, self.habits.leads)[0]:
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


def _names_with_posts(items: Sequence[Item]) -> list[Item]:
    """The items with each name joined to the post on the line under it, where all lines go so."""
    kinds = ["person" if is_name(item.text) else "other" for item in items]
    pairs = len(items) // 2
    if len(items) % 2 or kinds != ["person", "other"] * pairs:
        return list(items)
    return [
        replace(name, text=f"{name.text}, {post.text}")
        for name, post in zip(items[::2], items[1::2], strict=True)
    ]


def is_coloured(rows: Sequence[Sequence[Cell | None]], key: Key) -> bool:
    """Whether the colours of a table without a status column say how things stand.

    They do where the document explains its colours, or where a traffic light's colours vary; one
    colour alone, as in banded rows, is decoration.
    """
    cells = {id(cell): cell for row in rows for cell in row if cell is not None and cell.fill}
    names = {colour_name(cell.fill) for cell in cells.values()} - {None}
    explained = bool(names & key.meanings.keys())
    return explained or len(names & {"red", "amber", "green"}) > 1


def is_marked(cells: Sequence[Cell]) -> bool:
    """Whether any status cell of a table is coloured or carries a letter or another mark."""
    return any(colour_name(cell.fill) or is_mark(cell.text) for cell in cells)


def _updates(block: Sequence[Line]) -> tuple[Update, ...]:
    """What the plan says has happened, as one update with its page cuts joined."""
    pieces, _ = join_pieces([_own(line, "update", n) for n, line in enumerate(block)])
    text = " ".join(p.text for piece in pieces for p in piece if p.text)
    place = block[0].place
    return (Update(text, place=place),) if text else ()


_TWO_YEARS = re.compile(r"((?:19|20)\d\d) – ((?:19|20)\d\d)")
# How a report of progress opens where it says how things stand.
_ABOUT_IT = re.compile(
    r"^(?:(?:this|the|our|all)\s+)?(?:(?:action|actions|work|task|project|item|it|this)\s+)?"
    r"(?:(?:is|was|are|were|has been|have been|has|have)\s+)?"
    r"(?:(?:now|all|fully|already|also|currently|been)\s+)*",
    re.IGNORECASE,
)
_OPENS_REPORT = re.compile(
    r"(?:completed?|done|closed|achieved|delivered|embedded|implemented|finished|in progress|"
    r"in hand|on track|on target|on course|underway|under way|ongoing|on[- ]going|not (?:yet )?"
    r"(?:started|begun|commenced|progressed|achieved)|no progress|on hold|paused|deferred|"
    r"delayed|overdue|slipped|behind|started|begun|commenced|launched|partially|partly|off track|"
    r"at risk|superseded|withdrawn|no longer|yet to|red|amber|green|blue|\d{1,3}%|"
    r"awaiting|live)\b",
    re.IGNORECASE,
)


def _time_over(heading: str | None) -> str:
    """The time that a heading gives to all that stands under it; empty where it gives none."""
    if not heading:
        return ""
    return closing(heading, dashed=True)[1] or (heading if is_time_heading(heading) else "")


# In "to every post by May" a post is a job; in "post-2025" it means after.
_A_POST = re.compile(r"\bpost(?=\s+(?:by|before|in|from|until|within|at)\b)")
# A time inside a sentence counts as a promise only when its words look ahead.
_PROMISES = re.compile(
    r"(?:by|before|no later|from|between|until|during|within|every|each|annual|quarterly|monthly|"
    r"start|commenc|throughout|(?:at )?the end|end of|in (?!19))",
    re.IGNORECASE,
)


def closing(text: str, *, dashed: bool = False) -> tuple[str, str, str]:
    """A sentence without the time and the lead in the bracket that closes it, that time and lead.

    With ``dashed`` a time after the last dash counts too.

    >>> closing("Publish the data (Head of HR, by March 2024).")
    ('Publish the data', 'by March 2024', 'Head of HR')
    >>> closing("Audit the rooms – Summer 2024", dashed=True)
    ('Audit the rooms', 'Summer 2024', '')
    >>> closing("Meet the networks (all five)")
    ('Meet the networks (all five)', '', '')
    """
    stripped = text.rstrip(" .;,")
    for opens, closes in ("()", "[]"):
        if not (stripped.endswith(closes) and opens in stripped):
            continue
        at = stripped.rindex(opens)
        inside = stripped[at + 1 : -1].strip()
        parts = [part.strip() for part in re.split(r"[;,]\s+|\s[–—-]\s", inside)]
        times = [part for part in parts if is_time(part) and not is_lead(part)]
        rest = ", ".join(part for part in parts if part not in times)
        if times and is_lead(rest):
            return stripped[:at].rstrip(" ,–—-"), ", ".join(times), rest
        if is_time(inside):
            return stripped[:at].rstrip(" ,–—-"), inside, ""
    return _after_dashes(text, stripped) if dashed else (text, "", "")


def _after_dashes(text: str, stripped: str) -> tuple[str, str, str]:
    """A sentence without the time and the lead after its last dashes, that time and lead."""
    time = lead = ""
    while True:
        parts = [stripped.rpartition(mark) for mark in (" – ", " — ", " - ", ": ")]
        head, _, last = max(parts, key=lambda part: len(part[0]))
        if head and not time and is_time(last):
            time = last
        elif head and not lead and is_lead(last):
            lead = last
        else:
            return (stripped, time, lead) if time else (text, "", "")
        stripped = head.rstrip()


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
