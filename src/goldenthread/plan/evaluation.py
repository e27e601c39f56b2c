"""The review that closes a directorate's planning: what it tells, what it lacks, and its seal.

What was promised and done is counted from the plan's own rows, late from the first promise, and is
never written by hand. What changed and what was learnt is written, part by part. The closing
statement is made of claims, and a claim without evidence is nothing to close on (field.md, 2.7,
item 72: no tool in the field has it).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from goldenthread.timescale import day

FORMAT = "goldenthread.evaluation/1"

COUNTED: Mapping[str, str] = {
    "promised": "What was promised",
    "done": "What was done",
}
"""The parts that are counted from the plan's own rows, with what they are called."""
WRITTEN: Mapping[str, str] = {
    "staff": "What changed for staff",
    "residents": "What changed for residents",
    "learnt": "What was learnt",
}
"""The parts that somebody writes, each on its own."""
PARTS: Mapping[str, str] = {**COUNTED, **WRITTEN}

STANDINGS = ("late", "at_risk", "on_track", "not_due", "done", "withdrawn")
"""How an action can stand, the worst first."""

Shows = Literal["link", "file", "measure", "update"]


# -- what was promised and done --------------------------------------------------------------------


@dataclass(frozen=True)
class Promised:
    """One action: its first promise, what is promised now, how it stands, and when it was done.

    ``standing`` is a word of ``STANDINGS``, reckoned from the first promise.
    """

    id: str
    number: str
    words: str
    standing: str
    first: date | None = None
    now: date | None = None
    moves: int = 0
    done_on: date | None = None

    @property
    def days_late(self) -> int:
        """How many days after the first promise it was done, or is promised now; never below 0.

        >>> april, june = date(2026, 4, 1), date(2026, 6, 1)
        >>> Promised("a", "1", "Hear staff", "done", april, april, done_on=june).days_late
        61
        >>> Promised("a", "1", "Hear staff", "late").days_late
        0
        """
        last = self.done_on or self.now
        if self.first is None or last is None:
            return 0
        return max((last - self.first).days, 0)


@dataclass(frozen=True)
class Found:
    """One measure and what its readings say; ``finding`` is empty where nothing can be said."""

    id: str
    number: str
    words: str
    finding: str = ""


@dataclass(frozen=True)
class Counts:
    """The actions of a planning by how they stand; the six add up to ``promised``.

    ``done_late`` are those among ``done`` that were done after their first promise, ``moved`` all
    whose date moved, done or not.
    """

    promised: int
    done: int
    late: int
    at_risk: int
    on_track: int
    not_due: int
    withdrawn: int
    done_late: int
    moved: int


def counts(actions: Iterable[Promised]) -> Counts:
    """The actions counted by how they stand. Raises ``ValueError`` for a standing we do not know.

    >>> counts([Promised("a", "1", "Hear", "done"), Promised("b", "2", "Train", "late")]).done
    1
    """
    listed = list(actions)
    by = dict.fromkeys(STANDINGS, 0)
    for one in listed:
        if one.standing not in by:
            raise ValueError(f"There is no standing “{one.standing}”.")
        by[one.standing] += 1
    return Counts(
        promised=len(listed),
        done_late=sum(one.standing == "done" and one.days_late > 0 for one in listed),
        moved=sum(one.moves > 0 for one in listed),
        **by,
    )


def headline(found: Counts) -> str:
    """What became of what was promised, with its bad half: each in the words of its standing.

    >>> from dataclasses import replace
    >>> nothing = Counts(0, 0, 0, 0, 0, 0, 0, 0, 0)
    >>> headline(replace(nothing, promised=5, done=3, late=1, withdrawn=1, done_late=1, moved=2))
    '3 of 5 promises were kept, 1 of them late. 1 is late. 1 was withdrawn.'
    >>> headline(nothing)
    'Nothing was promised.'
    """
    if not found.promised:
        return "Nothing was promised."
    others = [
        (found.late, "is", "are", "late"),
        (found.at_risk, "is", "are", "at risk"),
        (found.on_track, "is", "are", "on track"),
        (found.not_due, "is", "are", "not due yet"),
        (found.withdrawn, "was", "were", "withdrawn"),
    ]
    if found.promised == 1:
        for count, verb, _verbs, words in others:
            if count:
                return f"The one promise {verb} {words}."
        return f"The one promise was kept{', late' if found.done_late else ''}."
    said = [f"{found.done} of {found.promised} promises were kept"]
    if found.done_late:
        said[0] += f", {found.done_late} of them late"
    said += [
        f"{count} {verb if count == 1 else verbs} {words}"
        for count, verb, verbs, words in others
        if count
    ]
    return ". ".join(said) + "."


# -- what is written -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """One part as it was written last, and how often it was written."""

    part: str
    words: str
    number: int = 1


@dataclass(frozen=True)
class Evidence:
    """What a claim rests on: a link, a file, what a measure says, or the evidence of an update.

    ``words`` say what it is; ``where`` is the address of a link, the digest of a file, or the
    public identifier of a measure or of the evidence of an update.
    """

    shows: Shows
    words: str
    where: str


@dataclass(frozen=True)
class Claim:
    """One thing that the closing statement claims, with its evidence."""

    number: int
    words: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Look:
    """A look at the planning on a day before it closed: what was decided, and when the next was."""

    on: date
    decided: str
    next: date | None = None


@dataclass(frozen=True)
class Said:
    """What a staff forum or a union said of it, in its own words, before it was closed."""

    body: str
    stance: str
    words: str
    on: date


@dataclass(frozen=True)
class Waits:
    """A body that was asked, and may still answer until a day."""

    body: str
    until: date


@dataclass(frozen=True)
class Evaluation:
    """All that the review of a planning holds on a day.

    ``planned`` is whether a plan came of the planning: without one nothing can be counted.
    ``signed`` is whether its step is signed off, true where the council takes no such step.
    """

    planned: bool
    actions: tuple[Promised, ...] = ()
    measures: tuple[Found, ...] = ()
    written: tuple[Written, ...] = ()
    statement: str = ""
    claims: tuple[Claim, ...] = ()
    looks: tuple[Look, ...] = ()
    said: tuple[Said, ...] = ()
    waits: tuple[Waits, ...] = ()
    signed: bool = False

    @property
    def counts(self) -> Counts:
        """The actions counted."""
        return counts(self.actions)

    @property
    def told(self) -> tuple[str, ...]:
        """The parts that are told: those counted where a plan has actions, those written.

        >>> Evaluation(True, written=(Written("staff", "Panels are mixed"),)).told
        ('staff',)
        """
        held = {one.part for one in self.written if one.words}
        counted = tuple(COUNTED) if self.planned and self.actions else ()
        return (*counted, *(part for part in WRITTEN if part in held))


@dataclass(frozen=True)
class Lack:
    """One thing that an evaluation lacks before it can be closed on: its word, and the sentence."""

    what: str
    sentence: str


def missing(found: Evaluation) -> tuple[Lack, ...]:
    """What is missing before a planning can be closed; nothing where it can.

    An objection closes no door: it is frozen with the rest. A body that was asked has its time.

    >>> [one.what for one in missing(Evaluation(planned=False))]
    ['plan', 'staff', 'residents', 'learnt', 'statement', 'claims', 'signed']
    """
    lacks: list[Lack] = []
    if not found.planned:
        lacks.append(
            Lack("plan", "No plan is named, so what was promised and done cannot be counted.")
        )
    elif not found.actions:
        lacks.append(Lack("plan", "The plan has no action, so nothing can be counted."))
    told = found.told
    lacks += [
        Lack(part, f"“{called}” is not written yet.")
        for part, called in WRITTEN.items()
        if part not in told
    ]
    if not found.statement:
        lacks.append(Lack("statement", "The closing statement is not written yet."))
    if not found.claims:
        lacks.append(Lack("claims", "The closing statement makes no claim yet."))
    lacks += [
        Lack(f"claim_{one.number}", f"Claim {one.number} has no evidence.")
        for one in found.claims
        if not one.evidence
    ]
    lacks += [
        Lack(f"waits_{place}", f"{one.body} was asked and may answer until {day(one.until)}.")
        for place, one in enumerate(found.waits, 1)
    ]
    if not found.signed:
        lacks.append(Lack("signed", "The step of the review is not signed off yet."))
    return tuple(lacks)


# -- the seal --------------------------------------------------------------------------------------


def to_json(found: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON holds it for ever: the same words, days as in 2026-04-01.

    >>> to_json(Evaluation(True, looks=(Look(date(2026, 4, 1), "Go on"),)))["looks"]
    [{'on': '2026-04-01', 'decided': 'Go on', 'next': None}]
    """
    held: dict[str, Any] = json.loads(json.dumps(asdict(found), default=date.isoformat))
    return {"format": FORMAT, **held, "counts": asdict(found.counts)}


def from_json(held: Mapping[str, Any]) -> Evaluation:
    """The evaluation that JSON holds. Raises ``ValueError`` for another format.

    >>> from_json(to_json(Evaluation(True, statement="Kept"))).statement
    'Kept'
    """
    if held.get("format") != FORMAT:
        raise ValueError("This is no evaluation of a format that we know.")
    return Evaluation(
        planned=held["planned"],
        actions=tuple(Promised(**_days(one, "first", "now", "done_on")) for one in held["actions"]),
        measures=tuple(Found(**one) for one in held["measures"]),
        written=tuple(Written(**one) for one in held["written"]),
        statement=held["statement"],
        claims=tuple(
            Claim(one["number"], one["words"], tuple(Evidence(**e) for e in one["evidence"]))
            for one in held["claims"]
        ),
        looks=tuple(Look(**_days(one, "on", "next")) for one in held["looks"]),
        said=tuple(Said(**_days(one, "on")) for one in held["said"]),
        waits=tuple(Waits(**_days(one, "until")) for one in held["waits"]),
        signed=held["signed"],
    )


def _days(held: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in names and value else value
        for name, value in held.items()
    }


def seal(held: Mapping[str, Any]) -> str:
    """The digest of an evaluation as JSON: SHA-256 of its one canonical writing, 64 signs.

    >>> len(seal(to_json(Evaluation(True)))), seal({"b": 1, "a": 2}) == seal({"a": 2, "b": 1})
    (64, True)
    """
    written = json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


# -- a review's recommendations --------------------------------------------------------------------

_NUMBER = re.compile(r"(?:recommendation\s+)?([A-Z]{0,3}\d{1,3}(?:\.\d{1,3})*)\s*[.):]\s+", re.I)
MOST_AT_ONCE = 40


@dataclass(frozen=True)
class Numbered:
    """One recommendation as it was typed: its number where it has one, and its words."""

    number: str
    words: str


def recommendations_in(text: str) -> tuple[Numbered, ...]:
    """The recommendations of a typed or pasted text: one in each paragraph, with its own number.

    A line that begins with a number begins another one; lines without a blank line between them and
    without a number belong together.

    >>> [(one.number, one.words) for one in recommendations_in("1. Hear staff\\n2) Say\\nso")]
    [('1', 'Hear staff'), ('2', 'Say so')]
    >>> recommendations_in("Be open")[0].number
    ''
    """
    found: list[list[str]] = []
    fresh = True
    for line in text.splitlines():
        said = " ".join(line.split())
        if not said:
            fresh = True
            continue
        if fresh or _NUMBER.match(said):
            found.append([])
        found[-1].append(said)
        fresh = False
    return tuple(_numbered(" ".join(lines)) for lines in found)


def _numbered(said: str) -> Numbered:
    number = _NUMBER.match(said)
    if number is None or not said[number.end() :]:
        return Numbered("", said)
    return Numbered(number[1], said[number.end() :])


def answer_needs(position: str, words: str, reason: str) -> dict[str, str]:
    """What the body's answer to a recommendation lacks, by the field that lacks it.

    >>> sorted(answer_needs("not_accepted", "We will not", ""))
    ['reason']
    >>> answer_needs("accepted", "", "")
    {}
    """
    needs: dict[str, str] = {}
    if position not in ("accepted", "partly_accepted", "not_accepted"):
        needs["position"] = "Choose what the council answers."
    elif position != "accepted" and not reason:
        needs["reason"] = "Say why it is not accepted, or why only in part."
    elif position == "partly_accepted" and not words:
        needs["text"] = "Say which part is accepted."
    return needs


def worst(standings: Sequence[str]) -> str:
    """The worst of how some actions stand; empty where there are none.

    >>> worst(["done", "late", "on_track"]), worst([])
    ('late', '')
    """
    return min(standings, key=STANDINGS.index, default="")
