"""What was heard in listening sessions, and how much of it may leave the directorate.

A theme is told in words: its name, its weight, a note. Two rules stand between it and the public,
and both are here, without a database, so that anybody can try to break them:

- ``faults`` and ``doubts`` look at the words: nobody is named, and nothing tells of one session;
- ``betraying`` looks at all other words that a directorate publishes, by the sessions it held;
- ``reaching`` says which themes are drawn from enough sessions that none of them can be told.

``docs/decisions/0032-themes-from-three-sessions.md`` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True)
class SessionFacts:
    """What must never be told of one session: its place, its day, and how many came."""

    place: str = ""
    on: date | None = None
    came: int | None = None


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
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
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
_NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_OF_PEOPLE = (
    r" (?:[\w’'-]+ ){0,2}?(?:people|persons?|staff|colleagues|officers|managers|employees|workers|"
    r"participants|attendees|of (?:us|them|you)|(?:who )?(?:came|attended|took part))\b"
)
_HOW_MANY = re.compile(rf"\b\d+{_OF_PEOPLE}", re.IGNORECASE)
# Each number is looked at, also one that stands before another.
_COUNT = re.compile(rf"\b(?=(?:(\d+)|({'|'.join(_NUMBERS)})){_OF_PEOPLE})", re.IGNORECASE)
_REACHED_AT = re.compile(r"\S@\S|(?<!\d)(?:\+?\d[\s-]?){10,}")
# Where a sentence has one of these it speaks of hearing people, and not of what will be done.
_HEARING = re.compile(
    r"\b(?:sessions?|listening|focus groups?|groups?|forums?|workshops?|drop-ins?|discussions?|"
    r"one-to-ones?|121s?|meetings?|told|tell us|heard|hear|said|say|says|asked|spoke|voiced|raised|"
    r"shared|came|attended|took part|present|participants?|attendees)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
# Both orders of a day in words, and a day in figures as it is written in Britain and by machines.
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b(?:,? (\d{{4}}))?", re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?", re.IGNORECASE
)
_IN_FIGURES = re.compile(r"\b(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2,4}))?\b")
_BY_MACHINE = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
# The month itself, with a capital: “may” and “march” are words.
_MONTH_ALONE = re.compile(rf"\b({_MONTH})\b(?:,? (\d{{4}}))?")
# Places in which every council meets tell nobody where a session was.
_ANYWHERE = word_set("online virtual teams zoom hybrid remote office")
# What a place may be called after its name, so that its name alone tells it too.
_KINDS_OF_PLACE = word_set(
    "building canteen centre depot garage hall hospital house hub library office offices park "
    "room school site suite theatre yard"
)


def naming(text: str, *, people: Iterable[str] = ()) -> tuple[str, ...]:
    """What points at a person in words: a sentence for each, none where nothing does.

    ``people`` are names that the site knows, looked for however they are written. A sentence never
    repeats what it found, and says at which word a name stands. A name of one word, or one that no
    list has, is not found: that is what the person who reads the preview is for.

    >>> naming("Joan Hartley said so.")
    ('It names somebody, at word 1. Leave the name out; if it matters who, write the post.',)
    """
    plan = Plan(recommendations=(Recommendation(text),))
    names: Sequence[str] = [one.words for one in check(plan, settings=_NAMES)]
    return _pointing([*(text.find(name) for name in names), *_known(text, people)], text)


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


def betraying(
    text: str, *, sessions: Iterable[SessionFacts] = (), people: Iterable[str] = ()
) -> tuple[str, ...]:
    """What must go from words that a directorate publishes beside its themes: a sentence for each.

    A reason, a vision, a pledge or a closing may give a day, a place and a number of its own, so
    only those of the ``sessions`` count: the day of one anywhere; its place, its month and how many
    came where the sentence speaks of hearing people. Besides: ``people`` whom the site knows, an
    email address or a telephone number, and so few people that they are known. A name that no list
    of the site has is not looked for here: somebody said already that it is nobody's.

    >>> told = [SessionFacts("Forward Drive depot", date(2026, 5, 12), 18)]
    >>> betraying("By 31 March 2027 the depot at Forward Drive has a quiet room.", sessions=told)
    ()
    >>> betraying("At Forward Drive staff told us that no one listens.", sessions=told)
    ('It says where a session was held. Leave the place out.',)
    >>> len(betraying("On 12 May, 18 staff came.", sessions=told))
    2
    """
    held = tuple(sessions)
    found = list(_pointing(_known(text, people), text))
    told = [one for one in _SENTENCE.split(text) if _HEARING.search(one)]
    if _on_the_day(text, held) or any(_in_the_month(one, held) for one in told):
        found.append("It says when a session was held. Leave the day and the month out.")
    places = _told_by(one.place for one in held)
    if any(f" {place} " in f" {fold(one)} " for one in told for place in places):
        found.append("It says where a session was held. Leave the place out.")
    sizes = {one.came for one in held}
    if any(number in sizes for one in told for number in _counts(one)):
        found.append("It says how many came to a session. Leave the number out.")
    plan = Plan(recommendations=(Recommendation(text),))
    found += [f"{one.message} {one.mend}" for one in check(plan, settings=_FEW)]
    return tuple(dict.fromkeys(found))


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


def _pointing(starts: Iterable[int], text: str) -> tuple[str, ...]:
    """What points at a person: the first of the places where a name stands, and an address."""
    found = []
    at = min((len(text[: max(start, 0)].split()) + 1 for start in starts), default=None)
    if at is not None:
        found.append(
            f"It names somebody, at word {at}. Leave the name out; if it matters who, write the "
            "post."
        )
    if _REACHED_AT.search(text):
        found.append("It holds an email address or a telephone number. Leave it out.")
    return tuple(found)


def _known(text: str, people: Iterable[str]) -> list[int]:
    """Where the names of people whom the site knows begin, however they are written."""
    folded, starts = text.casefold(), []
    for person in people:
        name = person.casefold().strip()
        if " " in name and (found := re.search(rf"\b{re.escape(name)}\b", folded)):
            starts.append(found.start())
    return starts


def _on_the_day(text: str, sessions: Sequence[SessionFacts]) -> bool:
    """Whether words give the day of a session, with its year or without one."""
    told: list[tuple[int, int, str]] = []
    for named in _DAY_MONTH.finditer(text):
        told.append((int(named[1]), _month(named[2]), named[3] or ""))
    for named in _MONTH_DAY.finditer(text):
        told.append((int(named[2]), _month(named[1]), named[3] or ""))
    for figures in _IN_FIGURES.finditer(text):
        told.append((int(figures[1]), int(figures[2]), figures[3] or ""))
    for figures in _BY_MACHINE.finditer(text):
        told.append((int(figures[3]), int(figures[2]), figures[1]))
    return any(
        (one.on.day, one.on.month) == (day, month) and str(one.on.year).endswith(year)
        for one in sessions
        if one.on is not None
        for day, month, year in told
    )


def _in_the_month(text: str, sessions: Sequence[SessionFacts]) -> bool:
    """Whether words give the month of a session, with its year or without one."""
    return any(
        one.on.month == _month(named[1]) and str(one.on.year).endswith(named[2] or "")
        for named in _MONTH_ALONE.finditer(text)
        for one in sessions
        if one.on is not None
    )


def _month(name: str) -> int:
    """The number of a month, from the first letters of its name."""
    return _MONTHS.index(name[:3].capitalize()) + 1


def _counts(text: str) -> Iterable[int]:
    """The counts of people in words, in digits or, up to twenty, in letters."""
    for one in _COUNT.finditer(text):
        yield int(one[1]) if one[1] else _NUMBERS.index(one[2].lower()) + 2


def _told_by(places: Iterable[str]) -> set[str]:
    """The words that would tell a place: the whole, each part between commas, and its name alone.

    The name alone is what stands before the kind of place, where it has two words or more.
    """
    found = set()
    for place in places:
        for part in (place, *place.split(",")):
            folded = fold(part)
            if len(folded) >= 4 and not set(folded.split()) <= _ANYWHERE:
                found.add(folded)
            named = folded.split()
            while named and (named[-1] in _KINDS_OF_PLACE or named[-1].isdigit()):
                named.pop()
            if len(named) >= 2:
                found.add(" ".join(named))
    return found
