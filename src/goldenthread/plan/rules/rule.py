"""What a rule is, what it finds, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from goldenthread.errors import Place
from goldenthread.plan.model import Action, Plan, Recommendation

Severity = Literal["error", "warning", "advice"]
# Of what a finding may be true throughout, so that one line says it for the whole plan.
Whole = Literal["actions", "open actions", "recommendations"]

DONE = frozenset(("completed", "withdrawn"))


@dataclass(frozen=True)
class Finding:
    """One thing in a plan that a reader would stumble over, and how to mend it.

    ``place`` is where it stands in the file that the plan was read from; ``subject`` names the
    recommendation and action as the plan numbers them; ``words`` are those concerned, empty where
    words are missing. ``message``, ``why`` and ``mend`` are sentences for a councillor.
    """

    code: str
    severity: Severity
    place: Place
    subject: str
    words: str
    message: str
    why: str
    mend: str


@dataclass(frozen=True)
class CheckSettings:
    """What a body may decide for itself about its checks.

    ``most_open_actions`` is how many open actions one lead may carry before L203 speaks.
    ``small_number`` is the number of people under which W602 speaks. ``abbreviations`` are those
    that this body's readers know. ``select`` and ``ignore`` are beginnings of rule codes ("T",
    "W603"); an empty ``select`` means every rule.
    """

    most_open_actions: int = 10
    small_number: int = 10
    abbreviations: frozenset[str] = frozenset()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """An action with its recommendation and where both stand in the plan's order, from 0."""

    recommendation: Recommendation
    action: Action
    rec: int
    act: int

    @property
    def open(self) -> bool:
        """Whether the action still has to be done."""
        return (
            self.action.status not in DONE
            and self.recommendation.status not in DONE
            and not any(t.status == "completed" for t in self.action.timescales)
        )

    @property
    def label(self) -> str:
        """The action's printed number, else its place in the recommendation."""
        return self.action.number or str(self.act + 1)


@dataclass(frozen=True)
class Look:
    """Everything that a rule may look at."""

    plan: Plan
    as_at: date | None = None
    before: Plan | None = None
    settings: CheckSettings = field(default_factory=CheckSettings)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every action of the plan, in order."""
        return tuple(
            Entry(rec, action, r, a)
            for r, rec in enumerate(self.plan.recommendations)
            for a, action in enumerate(rec.actions)
        )

    @cached_property
    def open_entries(self) -> tuple[Entry, ...]:
        """The actions that are still to be done."""
        return tuple(entry for entry in self.entries if entry.open)

    @cached_property
    def public_words(self) -> tuple[tuple[str, Entry | None, int | None], ...]:
        """Every text that a plan shows to the public, with the action or recommendation it is of.

        Leads are not among them: rules about leads look at those.
        """

        def texts() -> Iterator[tuple[str, Entry | None, int | None]]:
            entries = iter(self.entries)
            for r, rec in enumerate(self.plan.recommendations):
                yield rec.text, None, r
                if rec.response:
                    yield rec.response.text, None, r
                for action in rec.actions:
                    entry = next(entries)
                    yield action.text, entry, None
                    for measure in action.measures:
                        yield measure.text, entry, None
                    for update in action.updates:
                        yield update.text, entry, None
                        if update.evidence:
                            yield update.evidence, entry, None
                    for evidence in action.evidence:
                        yield evidence, entry, None
                    if action.status_text:
                        yield action.status_text, entry, None

        return tuple((text, entry, r) for text, entry, r in texts() if text)


@dataclass(frozen=True)
class Found:
    """What a rule's function gives: the words and the sentence, and of what they are true.

    Without ``entry`` and ``rec`` it is true of the plan as a whole. ``severity`` is for the case
    that is milder than its rule.
    """

    message: str
    words: str = ""
    entry: Entry | None = None
    rec: int | None = None
    severity: Severity | None = None


@dataclass(frozen=True)
class Example:
    """A plan that shows a rule at work, with the date and the earlier plan that it may need."""

    plan: Plan
    as_at: date | None = None
    before: Plan | None = None


@dataclass(frozen=True)
class Rule:
    """One rule: its code and name, why it matters, how to mend, an example, and its function.

    ``whole`` and ``whole_message`` say it once where it is true of every action (at least three):
    a linter that prints the same line sixty times is not read. ``{count}`` is their number.
    """

    code: str
    name: str
    severity: Severity
    why: str
    mend: str
    before: Example
    after: Example
    find: Callable[[Look], Iterable[Found]]
    whole: Whole | None = None
    whole_message: str = ""
