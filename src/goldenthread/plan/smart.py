"""Whether an action is specific, measurable, achievable, relevant and timed: help, never a score.

The five words are those that directorates are asked for. What each means here is in ``smart``; what
stands in a plan's words is found by the rules of the checks, and what only the council knows (what
good looks like, where a measure begins, what the action serves) comes in ``Known``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from goldenthread.plan.check import check
from goldenthread.plan.model import Action, Lead, Measure, Plan, Recommendation
from goldenthread.plan.rules import CheckSettings
from goldenthread.timescale import Timescale

Word = Literal["specific", "measurable", "achievable", "relevant", "timed"]

_SETTINGS = CheckSettings(
    select=("R103", "L201", "L202", "T301", "T302", "T303", "T305", "T307", "M5")
)
# Verbs after which any small thing would do, unless a figure or what good looks like follows.
_LOOSE = re.compile(
    r"^(?:to\s+)?(?:continue to\s+|work to\s+|aim to\s+|seek to\s+|try to\s+)?"
    r"(?:improv\w+|better|rais\w+ awareness|promot\w+|support\w*|encourag\w+|explor\w+|consider\w*|"
    r"look (?:at|into)|ensur\w+|enhanc\w+|strengthen\w*|embed\w*|develop\w*|review\w*|address\w*|"
    r"foster\w*|champion\w*|commit\w*)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d|%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|double|all|every|"
    r"each|both|no)\b",
    re.IGNORECASE,
)
# A measure of what we do: sessions held, leaflets sent.
_DOING = re.compile(
    r"\b(?:sessions?|briefings?|meetings?|workshops?|events?|courses?|posters?|e-?mails?|leaflets?|"
    r"newsletters?|bulletins?|campaigns?|toolkits?|visits?|talks?)\b.*"
    r"\b(?:held|run|delivered|sent|published|given|arranged|organi[sz]ed|shared|circulated|made)\b|"
    r"\b(?:number|how many)\b.*\b(?:sessions?|briefings?|meetings?|workshops?|events?|courses?|"
    r"posters?|e-?mails?|leaflets?|newsletters?|bulletins?|campaigns?|toolkits?|visits?|talks?)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\bfrom\b.*\bto\b|\bbaseline\b|\bnow\b.*\d|\bup from\b|\bdown from\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Gauge:
    """What is settled of a measure beside its words: whether it has a target, and a beginning."""

    text: str
    target: bool = False
    baseline: bool = False


@dataclass(frozen=True)
class Known:
    """What the council knows of an action that its line does not say.

    ``good`` is what good looks like, in words; ``gauges`` its measures, where they are settled;
    ``serves`` is how many things above it the action serves or comes from.
    """

    good: str = ""
    gauges: tuple[Gauge, ...] = ()
    serves: int = 0


@dataclass(frozen=True)
class Letter:
    """One of the five words: whether it is met, what was found, and one suggestion.

    ``because`` is a few words for a list ("no baseline"), and ``suggestion`` what would mend it;
    both are empty where the word is met.
    """

    word: Word
    met: bool
    says: str
    because: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Smart:
    """An action by the five words, in their order."""

    letters: tuple[Letter, ...]

    @property
    def passes(self) -> bool:
        """Whether all five are met."""
        return all(letter.met for letter in self.letters)

    @property
    def missing(self) -> tuple[Letter, ...]:
        """Those that are not met, in order."""
        return tuple(letter for letter in self.letters if not letter.met)

    @property
    def because(self) -> str:
        """Why it does not pass, in one line for a list; empty where it does.

        >>> smart(Action("Improve induction", leads=(Lead("Head of HR"),)), Known(serves=1)).because
        'says neither how much nor by when'
        """
        said = {letter.word: letter.because for letter in self.missing}
        reasons: list[str] = []
        if said.get("measurable") == _HOW_MUCH and said.get("timed") == _WHEN:
            # Who says neither says nothing specific; once is enough.
            reasons.append("says neither how much nor by when")
            for word in ("measurable", "timed"):
                del said[word]
            if said.get("specific") == _LOOSELY:
                del said["specific"]
        return "; ".join([*reasons, *said.values()])


_HOW_MUCH, _WHEN, _LOOSELY = (
    "does not say how much",
    "does not say by when",
    "could mean many things",
)


def smart(action: Action, known: Known | None = None) -> Smart:
    """An action by the five words, in the words of a head of service.

    * Specific: it says one thing, and not only that something will improve.
    * Measurable: something is counted or seen, with how much of it is enough; what is counted is
      what changes, not only what is done.
    * Achievable: one post answers for it, and a target says where it begins.
    * Relevant: it comes from a priority, or serves an action or recommendation above it.
    * Timed: it has a day, or says how often it happens or when it is looked at again.

    Whether it is done or late does not matter. Missing: an action without measures, leads or
    timescales is told what would be there. Nothing is refused, since this is help.

    >>> from goldenthread.timescale import read
    >>> measured = Action(
    ...     "Advertise every acting-up post",
    ...     leads=(Lead("Head of Tenancy Services"),),
    ...     timescales=tuple(read("31 March 2027")),
    ...     measures=(Measure("Acting-up posts that were advertised: from 4 in 10 to all"),),
    ... )
    >>> smart(measured, Known(serves=1)).passes
    True
    >>> [letter.word for letter in smart(replace(measured, leads=())).missing]
    ['achievable', 'relevant']
    """
    known = known or Known()
    gauges = known.gauges or tuple(Gauge(measure.text) for measure in action.measures)
    looked = replace(
        action,
        status=None,
        measures=tuple(Measure(gauge.text) for gauge in gauges),
    )
    found = {finding.code for finding in check(_of(looked), settings=_SETTINGS) if _here(finding)}
    return Smart(
        (
            _specific(action, known, found),
            _measurable(known, gauges, found),
            _achievable(gauges, found),
            _relevant(known),
            _timed(found),
        )
    )


def _specific(action: Action, known: Known, found: set[str]) -> Letter:
    if "R103" in found:
        return Letter(
            "specific",
            False,
            "It promises several things in one line.",
            "promises several things at once",
            "Make an action of each, with its own post and date.",
        )
    if _LOOSE.search(action.text.strip()) and not _COUNTED.search(action.text) and not known.good:
        return Letter(
            "specific",
            False,
            "It begins with a word that almost anything would fulfil.",
            _LOOSELY,
            "Say what will be there, for whom, that is not there today; or what good looks like.",
        )
    return Letter("specific", True, "It says what will be done.")


def _measurable(known: Known, gauges: Sequence[Gauge], found: set[str]) -> Letter:
    settled = any(gauge.target for gauge in gauges)
    if "M501" in found or ("M502" in found and not settled):
        return Letter(
            "measurable",
            False,
            "Nothing says how much would be enough."
            if gauges
            else "Nothing says how anyone will know that it worked.",
            _HOW_MUCH,
            "Add what will be counted or seen: from how many, to how many.",
        )
    if gauges and all(_DOING.search(gauge.text) for gauge in gauges) and not known.good:
        return Letter(
            "measurable",
            False,
            "It counts what we do, and not what changes for staff or residents.",
            "counts what we do, not what changes",
            "Add one measure of what will be different, or say what good looks like.",
        )
    return Letter("measurable", True, "It says what will be counted or seen.")


def _achievable(gauges: Sequence[Gauge], found: set[str]) -> Letter:
    if {"L201", "L202"} & found:
        return Letter(
            "achievable",
            False,
            "No one post answers for it, so nobody can say whether it can be done.",
            "no one post answers for it",
            "Name one post that answers; a group may stay as support.",
        )
    begun = any(gauge.baseline or _FROM.search(gauge.text) for gauge in gauges)
    if any(gauge.target for gauge in gauges) and not begun:
        return Letter(
            "achievable",
            False,
            "It has a target and does not say where it begins, so nobody can tell how far it is.",
            "no baseline",
            "Give the figure of today, and the day that it is of.",
        )
    return Letter("achievable", True, "One post answers for it.")


def _relevant(known: Known) -> Letter:
    if not known.serves:
        return Letter(
            "relevant",
            False,
            "Nothing says which priority or promise it serves.",
            "serves nothing above it",
            "Join it to the priority that it comes from, or to an action of the whole council.",
        )
    return Letter("relevant", True, "It serves something that was decided.")


def _timed(found: set[str]) -> Letter:
    if "T302" in found:
        return Letter(
            "timed",
            False,
            "It goes on, and nobody has a day on which to look again.",
            "goes on without a review date",
            "Add the day on which it is looked at next, or what would end it.",
        )
    if {"T301", "T303", "T305", "T307"} & found:
        return Letter(
            "timed",
            False,
            "It does not say by when.",
            _WHEN,
            "Give a day, such as 31 March 2027, or say how often it happens.",
        )
    return Letter("timed", True, "It says by when.")


# An action that no rule has a word for: beside it each action is judged for itself alone.
_BESIDE = Recommendation(
    "Beside",
    "2",
    actions=(
        Action(
            "Hold one session",
            leads=(Lead("Head of HR"),),
            timescales=(Timescale(raw="31 March 2027", kind="date", end=date(2027, 3, 31)),),
            measures=(Measure("From 0 to 1"),),
        ),
    ),
)


def _of(action: Action) -> Plan:
    return Plan(recommendations=(Recommendation("Here", "1", actions=(action,)), _BESIDE))


def _here(finding: object) -> bool:
    return "recommendation 1" in str(getattr(finding, "subject", ""))
