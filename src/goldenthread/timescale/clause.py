"""One clause while it is being read: its tokens, its words, and the claims found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldenthread.timescale.lexer import Token
from goldenthread.timescale.moments import View
from goldenthread.timescale.value import Timescale
from goldenthread.timescale.when import When

SEPARATORS = frozenset({"COMMA", "DASH", "SLASH", "COLON", "OPEN"})
JOINS = frozenset({"AND", "OR", "BUT", "THEN"})
# What may stand between a state and its day: "Completed – on 15th July".
LEAD_INS = SEPARATORS | {"HYPHEN", "GLUE", "ALLOWED", "DUE", "PAST"}
YEARLIKE = frozenset({"year", "financial_year", "academic_year", "municipal_year", "plan_year"})


@dataclass(frozen=True)
class Claim:
    """One claim with the tokens that make it: from ``first`` up to, not including, ``after``."""

    reading: Timescale
    first: int
    after: int


@dataclass
class Clause:
    """The state of reading one clause; ``words`` is the whole text that the tokens point into.

    ``sentence`` says that these are running words, in which only times are looked for.
    ``future`` says that a target is being spoken of ("to be completed"), ``past`` that a day
    without a year has been ("held 7th September"). The last four tokens say that the clause ends.
    """

    t: list[Token]
    words: str
    view: View
    sentence: bool = False
    future: bool = False
    past: bool = False
    claims: list[Claim] = field(default_factory=list)

    @property
    def n(self) -> int:
        """How many tokens the clause has."""
        return len(self.t) - 4

    def text(self, first: int, after: int) -> str:
        """The words from one token up to another, as printed."""
        if after <= first:
            return ""
        text = self.words[self.t[first].start : self.t[after - 1].end]
        return " ".join(text.split()).strip(" .,;:–-()")

    def swallow(self, i: int, until: tuple[str, ...]) -> int:
        """To the closing bracket, one of the separators, or the end of the clause."""
        while i < self.n and self.t[i].kind != "CLOSE" and self.t[i].kind not in until:
            i += 1
        return i


def claim_of(when: When) -> Timescale:
    """What the words say of when, as a reading still without its words."""
    return Timescale(
        "", when.kind, when.start, when.end, when.precision, event=when.event,
        assumed=when.assumed,
    )  # fmt: skip
