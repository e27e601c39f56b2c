"""What was heard in listening sessions, and how much of it may leave the directorate.

A theme is told in words: its name, its weight, a note. Two rules stand between it and the public,
and both are here, without a database, so that anybody can try to break them:

- ``faults`` and ``doubts`` look at the words: nobody is named, and nothing tells of one session;
- ``reaching`` says which themes are drawn from enough sessions that none of them can be told.

``docs/decisions/0032-themes-from-three-sessions.md`` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from goldenthread.plan.check import check
from goldenthread.plan.model import Plan, Recommendation
from goldenthread.plan.people import is_given_name_alone
from goldenthread.plan.rules import CheckSettings
from goldenthread.plan.wording import fold, word_set

Weight = Literal["many", "some", "few"]
WEIGHT_WORDS: Mapping[Weight, str] = {
    "many": "raised by many",
    "some": "raised by some",
    "few": "raised by few",
}
# Of how many sessions a theme must be drawn before anybody outside hears of it.
LEAST_SESSIONS = 3


@dataclass(frozen=True)
class PublicTheme:
    """A theme as the public may read it; nothing in it is a fact of a session.

    ``id`` is random. That it was drawn from three or more sessions is all that is said of them.
    """

    id: str
    name: str
    weight: Weight
    note: str = ""


# -- how many sessions -----------------------------------------------------------------------------


def reaching(
    then: Mapping[str, AbstractSet[str]],
    now: Mapping[str, AbstractSet[str]],
    held: AbstractSet[str],
) -> frozenset[str]:
    """The themes that the public may read, of those that a directorate heard.

    ``then`` says from which sessions each theme was drawn when listening was first signed off, with
    ``held`` the sessions that had been held by that day; ``now`` says it of the themes that stand
    now. All are identifiers. A theme is given where it had three sessions then and has three now,
    and only where more than three were held: of just three, everybody would know all its sources.
    What is drawn from later sessions is never given, since it would appear with them.

    >>> drawn = {"trust": {"s1", "s2", "s3"}, "pay": {"s1", "s4"}}
    >>> sorted(reaching(drawn, drawn, {"s1", "s2", "s3", "s4"}))
    ['trust']
    >>> sorted(reaching(drawn, drawn, {"s1", "s2", "s3"}))
    []
    """
    if len(held) <= LEAST_SESSIONS:
        return frozenset()
    return frozenset(
        theme
        for theme, sessions in then.items()
        if len(sessions & held) >= LEAST_SESSIONS and len(now.get(theme, ())) >= LEAST_SESSIONS
    )


# -- the words -------------------------------------------------------------------------------------

_NAMES = CheckSettings(select=("W601",))
_FEW = CheckSettings(select=("W602",))
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_WHEN = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d|"
    rf"\b(?i:in|on|of|during|since|early|late|mid|last|this|next|by|until|from|and|to) {_MONTH}\b|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|"
    r"\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b|\b\d{4}-\d\d-\d\d\b"
)
_HOW_MANY = re.compile(
    r"\b\d+ (?:[\w’'-]+ ){0,2}?(?:people|persons?|staff|colleagues|officers|managers|employees|"
    r"workers|participants|attendees|of (?:us|them|you)|(?:who )?(?:came|attended|took part))\b",
    re.IGNORECASE,
)
_REACHED_AT = re.compile(r"\S@\S|(?<!\d)(?:\+?\d[\s-]?){10,}")
# Places in which every council meets tell nobody where a session was.
_ANYWHERE = word_set("online virtual teams zoom hybrid remote office")


def naming(text: str, *, people: Iterable[str] = ()) -> tuple[str, ...]:
    """What points at a person in words: a sentence for each, none where nothing does.

    ``people`` are names that the site knows, looked for however they are written. A sentence never
    repeats what it found, and says at which word a name stands. A name of one word, or one that no
    list has, is not found: that is what the person who reads the preview is for.

    >>> naming("Joan Hartley said so.")
    ('It names somebody, at word 1. Leave the name out; if it matters who, write the post.',)
    """
    found = []
    at = _named(text, people)
    if at is not None:
        found.append(
            f"It names somebody, at word {at}. Leave the name out; if it matters who, write the "
            "post."
        )
    if _REACHED_AT.search(text):
        found.append("It holds an email address or a telephone number. Leave it out.")
    return tuple(found)


def faults(text: str, *, places: Iterable[str] = (), people: Iterable[str] = ()) -> tuple[str, ...]:
    """What must go from words about what was heard: a sentence for each, none where all is well.

    What :func:`naming` finds, and whatever tells of one session: a day or a month, a count of
    people, and the ``places`` of the sessions, as whole words, however they are written.

    >>> faults("Managers listen, but nothing follows.")
    ()
    >>> len(faults("Joan Hartley said so at Forward Drive on 12 May.", places=["forward drive"]))
    3
    """
    found = list(naming(text, people=people))
    if _WHEN.search(text):
        found.append(
            "It says when something was said or done, which could tell a session. Leave the day "
            "and the month out."
        )
    folded = f" {fold(text)} "
    if any(f" {place} " in folded for place in _told_by(places)):
        found.append("It says where a session was held. Leave the place out.")
    if _HOW_MANY.search(text):
        found.append("It counts people. Leave the number out: the weight says it in words.")
    return tuple(found)


def doubts(text: str) -> tuple[str, ...]:
    """What somebody should look at again before they keep words: one sentence for each.

    >>> doubts("The only Bangladeshi manager was passed over.")[0][:40]
    '“The only Bangladeshi manager” is so few'
    >>> doubts("Staff at the depot feel far away.")
    ()
    """
    plan = Plan(recommendations=(Recommendation(text),))
    found = [f"{one.message} {one.mend}" for one in check(plan, settings=_FEW)]
    for number, word in enumerate(re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", text), 1):
        if is_given_name_alone(re.sub(r"[’']s$", "", word)):
            found.append(f"Word {number} can be somebody’s name. If it is, leave it out.")
            break
    return tuple(found)


def _named(text: str, people: Iterable[str]) -> int | None:
    """Which word of a text, from 1, begins the name of somebody; None where none does."""
    plan = Plan(recommendations=(Recommendation(text),))
    names: Sequence[str] = [one.words for one in check(plan, settings=_NAMES)]
    starts = [text.find(name) for name in names]
    folded = text.casefold()
    for person in people:
        name = person.casefold().strip()
        if " " in name and (found := re.search(rf"\b{re.escape(name)}\b", folded)):
            starts.append(found.start())
    return min((len(text[: max(start, 0)].split()) + 1 for start in starts), default=None)


def _told_by(places: Iterable[str]) -> set[str]:
    """The words that would tell a place: the whole of it, and each part between commas."""
    found = set()
    for place in places:
        for part in (place, *place.split(",")):
            folded = fold(part)
            if len(folded) >= 4 and not set(folded.split()) <= _ANYWHERE:
                found.add(folded)
    return found
