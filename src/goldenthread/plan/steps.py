"""The steps in which a directorate plans: what each asks for, its gate, and how it stands in time.

The six are those of the process that the council's scrutiny update describes: focus groups, data,
priorities, a vision, measures, review. A gate is data: it counts facts, and says in a sentence what
is missing (decision 0030). A council renames, adds, drops and reorders steps; a step's own word
never changes, so that what was signed under it stays its history.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

EARLY = 14
"""How many days before its planned day a step that lacks something is mentioned."""

WORD, NAME, SENTENCE = 20, 60, 200
MOST_STEPS, MOST_GATES = 12, 8
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_BRACES = re.compile(r"\{[^{}]*\}")
_FILLED = frozenset({"{missing}", "{has}", "{wants}"})

FACTS: Mapping[str, str] = {
    "sessions": "listening sessions recorded",
    "themes": "themes drawn from them",
    "themes_of_three": "themes heard in three sessions or more",
    "packs": "data packs discussed",
    "pack_findings": "findings from a data pack",
    "priorities": "areas placed by challenge and impact",
    "chosen": "priorities chosen",
    "chosen_with_reason": "chosen priorities with their reason",
    "visions": "drafts of the vision",
    "vision_signed": "visions signed",
    "actions": "actions of the directorate",
    "actions_smart": "actions that can be measured",
    "pledges": "pledges made",
    "service_plans": "service plans that carry an action",
    "evaluation_parts": "parts of the review written",
    "claims": "claims of the closing statement",
    "claims_with_evidence": "claims with evidence",
}
"""Every fact that a gate may count, in words that follow a number."""


@dataclass(frozen=True)
class Gate:
    """One thing that must be there before a step may be called done.

    At least ``least`` of ``fact``; where ``every`` names another fact, as many as there are of that
    too. ``lacks`` is the sentence that says what is missing: in it ``{missing}``, ``{has}`` and
    ``{wants}`` stand for the numbers, and nothing else is put in.
    """

    fact: str
    lacks: str
    least: int = 1
    every: str = ""

    def wants(self, facts: Mapping[str, int]) -> int:
        """How many are wanted, where the facts are these."""
        return max(self.least, facts.get(self.every, 0) if self.every else 0)


@dataclass(frozen=True)
class Missing:
    """What one gate lacks: its fact, how many there are and are wanted, and the sentence."""

    fact: str
    has: int
    wants: int
    sentence: str


@dataclass(frozen=True)
class Step:
    """A step: its own word, what the council calls it, what it asks for, and its gates."""

    word: str
    name: str
    asks: str
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """The steps that a council has its directorates take, in order.

    ``in_order`` refuses a sign-off while an earlier step has none. ``number`` is 0 for the steps
    that come with the site.
    """

    steps: tuple[Step, ...]
    in_order: bool = False
    number: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the steps, in order."""
        return tuple(step.word for step in self.steps)

    def step(self, word: str) -> Step | None:
        """The step of a word; None where the council does not take it."""
        return next((step for step in self.steps if step.word == word), None)

    def place(self, word: str) -> int:
        """Which one it is, from 1. Raises ``ValueError`` for a step that is not taken."""
        return self.words.index(word) + 1

    def before(self, word: str, done: Collection[str]) -> tuple[Step, ...]:
        """The earlier steps that still want a sign-off before this one; none without ``in_order``.

        >>> from dataclasses import replace
        >>> replace(SIX, in_order=True).before("priorities", {"listen"})[0].name
        'Look at the figures'
        >>> SIX.before("priorities", ())
        ()
        """
        if not self.in_order:
            return ()
        earlier = self.steps[: self.place(word) - 1]
        return tuple(step for step in earlier if step.word not in done)


SIX = Scheme(
    (
        Step(
            "listen",
            "Listen",
            "Hear staff in focus groups and one-to-ones, and draw out the themes.",
            (
                Gate("sessions", "No listening session is recorded yet."),
                Gate("themes", "No theme is drawn from the sessions yet."),
            ),
        ),
        Step(
            "figures",
            "Look at the figures",
            "Discuss the directorate’s data with its management team, and say what it shows.",
            (
                Gate("packs", "No data pack has been discussed yet."),
                Gate("pack_findings", "The management team has recorded no finding yet."),
            ),
        ),
        Step(
            "priorities",
            "Choose priorities",
            "Place each area by how challenging it is and by how much difference can be made, and "
            "say why it was chosen or not.",
            (
                Gate("chosen", "No priority is chosen yet."),
                Gate(
                    "chosen_with_reason",
                    "{missing} of {wants} chosen priorities have no reason yet.",
                    0,
                    "chosen",
                ),
            ),
        ),
        Step(
            "vision",
            "Set the vision",
            "Write what the directorate commits itself to, consult on it, and have its leadership "
            "sign it.",
            (
                Gate("visions", "No vision is drafted yet."),
                Gate("vision_signed", "The leadership has not signed a vision yet."),
            ),
        ),
        Step(
            "measures",
            "Define measures",
            "Make every action SMART, say what good looks like, put it into service plans, and "
            "make a pledge.",
            (
                Gate("actions", "The directorate has no action yet."),
                Gate(
                    "actions_smart",
                    "{missing} of {wants} actions cannot yet be measured.",
                    0,
                    "actions",
                ),
                Gate("pledges", "No pledge is made yet."),
                Gate("service_plans", "No service plan carries an action yet."),
            ),
        ),
        Step(
            "review",
            "Review",
            "Say what was promised, done, changed and learnt, with evidence for each claim.",
            (
                Gate(
                    "evaluation_parts",
                    "{missing} of {wants} parts of the review are not told yet.",
                    5,
                ),
                Gate("claims", "The closing statement makes no claim yet."),
                Gate(
                    "claims_with_evidence",
                    "{missing} of {wants} claims have no evidence yet.",
                    0,
                    "claims",
                ),
            ),
        ),
    )
)
"""The six steps that a site comes with."""


# -- the gate --------------------------------------------------------------------------------------


def missing(step: Step, facts: Mapping[str, int]) -> tuple[Missing, ...]:
    """What a step lacks before it may be called done, in the order of its gates.

    A fact that is not among ``facts`` counts as nought.

    >>> told = missing(SIX.steps[4], {"actions": 11, "actions_smart": 7, "pledges": 3})
    >>> [one.sentence for one in told]
    ['4 of 11 actions cannot yet be measured.', 'No service plan carries an action yet.']
    """
    lacking = []
    for gate in step.gates:
        has, wants = facts.get(gate.fact, 0), gate.wants(facts)
        if has < wants:
            lacking.append(Missing(gate.fact, has, wants, _filled(gate.lacks, has, wants)))
    return tuple(lacking)


def _filled(sentence: str, has: int, wants: int) -> str:
    numbers = {"{missing}": wants - has, "{has}": has, "{wants}": wants}
    return _BRACES.sub(lambda found: str(numbers.get(found[0], found[0])), sentence)


# -- how it stands ---------------------------------------------------------------------------------

State = Literal["done", "now", "to_come"]
Slip = Literal["", "soon", "behind"]


@dataclass(frozen=True)
class Dates:
    """The days of a step: the first that was planned, the one planned now, and its sign-off."""

    first: date | None = None
    now: date | None = None
    signed: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where one step of a directorate stands on a day.

    ``missing`` is empty for a step that is signed. ``slip`` is "behind" once the first planned day
    has passed without a sign-off, and "soon" where that day comes within ``EARLY`` days and
    something is missing; ``days`` are those behind, or those still to go. A step that was signed
    late has ``days`` and no ``slip``: it slips no more.
    """

    step: Step
    place: int
    of: int
    state: State
    missing: tuple[Missing, ...]
    dates: Dates
    slip: Slip = ""
    days: int = 0


def standings(
    scheme: Scheme,
    facts: Mapping[str, int],
    dates: Mapping[str, Dates],
    *,
    on: date,
    begun: bool = True,
    early: int = EARLY,
) -> tuple[Standing, ...]:
    """Where each step stands on a day: the first without a sign-off is the one that is worked at.

    ``dates`` are by the step's word; a step without any is planned for no day. A planning that has
    not ``begun`` has no step that is worked at.

    >>> told = standings(SIX, {}, {"listen": Dates(first=date(2026, 6, 4))}, on=date(2026, 6, 1))
    >>> told[0].state, told[0].slip, told[0].days, told[1].state
    ('now', 'soon', 3, 'to_come')
    """
    at = next((s.word for s in scheme.steps if not dates.get(s.word, Dates()).signed), "")
    found = []
    for place, step in enumerate(scheme.steps, 1):
        held = dates.get(step.word, Dates())
        if held.signed is not None:
            late = (held.signed - held.first).days if held.first else 0
            found.append(
                Standing(step, place, len(scheme.steps), "done", (), held, "", max(late, 0))
            )
            continue
        lacks = missing(step, facts)
        slip, days = _slip(held, lacks, on, early)
        state: State = "now" if begun and step.word == at else "to_come"
        found.append(Standing(step, place, len(scheme.steps), state, lacks, held, slip, days))
    return tuple(found)


def _slip(held: Dates, lacks: Sequence[Missing], on: date, early: int) -> tuple[Slip, int]:
    if held.first is None:
        return "", 0
    to_go = (held.first - on).days
    if to_go < 0:
        return "behind", -to_go
    if to_go <= early and lacks:
        return "soon", to_go
    return "", 0


def here(steps: Sequence[Standing]) -> Standing | None:
    """The step that is worked at; None where every step is signed, or none has begun.

    >>> here(standings(SIX, {}, {}, on=date(2026, 6, 1))).step.word
    'listen'
    """
    return next((one for one in steps if one.state == "now"), None)


def finding(name: str, steps: Sequence[Standing]) -> str:
    """The headline of a directorate: at which step it is, and its bad half.

    >>> from dataclasses import replace
    >>> lacks = standings(SIX, {"actions": 11, "actions_smart": 7}, {}, on=date(2026, 6, 1))
    >>> finding("Housing", (replace(lacks[4], state="now"),))
    'Housing is at step 5 of 6: 4 of 11 actions cannot yet be measured'
    """
    at = here(steps)
    if at is None:
        done = bool(steps) and all(one.state == "done" for one in steps)
        return f"{name} has signed off every step" if done else f"{name} has not begun"
    begins = f"{name} is at step {at.place} of {at.of}"
    if at.missing:
        return f"{begins}: {_inside(at.missing[0].sentence)}"
    return f"{begins}: nothing is missing, and it waits to be signed off"


def _inside(sentence: str) -> str:
    """A sentence as the second half of another: no capital where it has a word there, no stop."""
    words = sentence.rstrip(". ")
    first, _space, rest = words.partition(" ")
    return f"{first.lower()} {rest}".strip() if first.istitle() else words


def slipping(one: Standing) -> str:
    """What is said of a step's days where they slip, kindly and early; empty where they do not.

    >>> from dataclasses import replace
    >>> step = Standing(SIX.steps[0], 1, 6, "now", (), Dates(date(2026, 6, 4)), "behind", 1)
    >>> slipping(step), slipping(replace(step, slip="soon", days=0))
    ('1 day behind its first day', 'Due today, and something is still missing')
    """
    if one.slip == "behind":
        return f"{_days(one.days)} behind its first day"
    if one.slip == "soon":
        when = "today" if not one.days else "tomorrow" if one.days == 1 else f"in {one.days} days"
        return f"Due {when}, and something is still missing"
    if one.state == "done" and one.days:
        return f"{_days(one.days)} after its first day"
    return ""


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


# -- a scheme as a council keeps it ----------------------------------------------------------------


def faults(scheme: Scheme) -> dict[str, str]:
    """What is wrong with a scheme, a sentence for each thing, by ``step`` or ``step.field``.

    Empty for one that can be kept. The key of the whole scheme is ``steps``; a gate is named by its
    step and its place, from 1: ``listen.gate_2``.

    >>> from dataclasses import replace
    >>> faults(SIX)
    {}
    >>> faults(replace(SIX, steps=()))
    {'steps': 'A directorate takes one step at least.'}
    """
    found: dict[str, str] = {}
    if not scheme.steps:
        found["steps"] = "A directorate takes one step at least."
    if len(scheme.steps) > MOST_STEPS:
        found["steps"] = f"A directorate takes at most {MOST_STEPS} steps."
    names: set[str] = set()
    words: set[str] = set()
    for step in scheme.steps:
        if len(step.word) > WORD or not _WORD.fullmatch(step.word):
            found[step.word] = "A step’s own word has small letters, digits and hyphens."
        elif step.word in words:
            found[step.word] = "This step is there twice."
        words.add(step.word)
        found |= {f"{step.word}.{field}": said for field, said in _faults(step, names)}
        names.add(step.name.casefold())
    return found


def _faults(step: Step, names: Collection[str]) -> Iterable[tuple[str, str]]:
    if not step.name.strip():
        yield "name", "Say what the step is called."
    elif len(step.name) > NAME:
        yield "name", f"Call it in at most {NAME} characters."
    elif step.name.casefold() in names:
        yield "name", "Another step is called that. Give each its own name."
    if not step.asks.strip():
        yield "asks", "Say what the step asks for."
    elif len(step.asks) > SENTENCE:
        yield "asks", f"Say it in at most {SENTENCE} characters."
    if len(step.gates) > MOST_GATES:
        yield "gates", f"A step asks for at most {MOST_GATES} things."
    counted: set[tuple[str, str]] = set()
    for place, gate in enumerate(step.gates, 1):
        wrong = _wrong(gate)
        if not wrong and (gate.fact, gate.every) in counted:
            wrong = "This is asked for twice."
        counted.add((gate.fact, gate.every))
        if wrong:
            yield f"gate_{place}", wrong


def _wrong(gate: Gate) -> str:
    """What is wrong with a gate, in a sentence; empty where nothing is."""
    if gate.fact not in FACTS or (gate.every and gate.every not in FACTS):
        return "Choose one of the things that can be counted."
    if gate.every == gate.fact:
        return "Compare it with something else than itself."
    if not 0 <= gate.least <= 999:
        return "Ask for a number from 0 to 999."
    if not gate.least and not gate.every:
        return "Ask for at least 1, or for as many as there are of something else."
    if not gate.lacks.strip():
        return "Write the sentence that says what is missing."
    if len(gate.lacks) > SENTENCE:
        return f"Say what is missing in at most {SENTENCE} characters."
    if set(_BRACES.findall(gate.lacks)) - _FILLED:
        return "In braces only {missing}, {has} and {wants} are filled in."
    return ""


def new_word(name: str, taken: Collection[str]) -> str:
    """A word for a new step, made of its name and like no word of ``taken``.

    ``taken`` are all words that ever were, so that no step inherits another's history.

    >>> new_word("Sign it with the union", {"sign-it-with-the-uni"})
    'sign-it-with-the-u-2'
    >>> new_word("№ 1", ())
    'step-1'
    """
    plain = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    plain = plain if plain[:1].isalpha() else f"step-{plain}".strip("-")
    word, number = plain[:WORD].strip("-"), 1
    while word in taken:
        number += 1
        ending = f"-{number}"
        word = plain[: WORD - len(ending)].strip("-") + ending
    return word


def to_json(scheme: Scheme) -> list[dict[str, Any]]:
    """The steps of a scheme as plain lists and dictionaries, to be kept."""
    return [
        {
            "word": step.word,
            "name": step.name,
            "asks": step.asks,
            "gates": [
                {"fact": g.fact, "lacks": g.lacks, "least": g.least, "every": g.every}
                for g in step.gates
            ],
        }
        for step in scheme.steps
    ]


def from_json(
    steps: Iterable[Mapping[str, Any]], *, in_order: bool = False, number: int = 0
) -> Scheme:
    """The scheme that :func:`to_json` gave.

    >>> from_json(to_json(SIX)) == SIX
    True
    """
    return Scheme(
        tuple(
            Step(one["word"], one["name"], one["asks"], tuple(Gate(**g) for g in one["gates"]))
            for one in steps
        ),
        in_order=in_order,
        number=number,
    )
