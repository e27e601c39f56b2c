"""The chase screen: who is due, late or silent in a round, what was sent, and what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet
from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web.models import (
    DateRequest,
    LinkUse,
    Mail,
    Person,
    Post,
    Round,
    UpdateLink,
)
from goldenthread.web.permissions import Known, reach, units_above
from goldenthread.web.queries.asked import STATES, Part, Row, State, asked, day_of, parts
from goldenthread.web.queries.cadences import cadences

MARKS = (
    *("silent", "no_evidence", "same_words", "asked_date", "not_mine"),
    *("unsent", "unopened", "elsewhere", "failed"),
)
# Leads to a page, and actions of each that are listed at first.
PAGE, MOST = 20, 6

Fare = Literal["none", "waiting", "sent", "failed"]


@dataclass(frozen=True)
class Narrowed:
    """What a chase screen is narrowed to; each is empty for everything.

    ``part`` is the public identifier of a directorate, ``lead`` that of a person.
    """

    state: str = ""
    mark: str = ""
    part: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Sending:
    """What became of the link of one lead, by what the outbox and the link itself say.

    ``mail`` is none where no link was made, else how its mail fares. ``elsewhere`` says that it was
    used in another browser than the first, as one that was forwarded is.
    """

    mail: Fare = "none"
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    elsewhere: bool = False
    reminders: int = 0


_NO_LINK = Sending()


@dataclass(frozen=True)
class Said:
    """What leads said beside updates: (action, person) of what is not theirs, and the actions of
    which another date waits to be agreed.
    """

    not_mine: frozenset[tuple[int, int]]
    asked_date: frozenset[int]


@dataclass(frozen=True)
class Listed:
    """One action on the screen: its row, and what its lead said of it by the link."""

    row: Row
    asked_date: bool = False
    not_mine: bool = False


@dataclass(frozen=True)
class Asked:
    """One lead with their actions: the person, or the post or words for which there is nobody.

    ``post`` is the row of the post that nobody holds. ``due`` are how many of the actions are due
    today, whatever the screen is narrowed to.
    """

    name: str
    title: str
    part: Part
    way: Sending
    actions: tuple[Listed, ...]
    due: int
    opens: date
    director: bool = False
    person: Person | None = None
    post: Post | None = None

    @property
    def trouble(self) -> str:
        """Why nobody can be asked; empty where somebody can."""
        return self.actions[0].row.who.trouble


@dataclass(frozen=True)
class Chase:
    """A page of the screen with its counts.

    ``states`` count the actions of the chosen directorate by where they stand and add up to
    ``total``; ``marks`` and ``parts`` count theirs, ``parts`` over the whole round. ``found`` are
    the actions that are listed over all pages. ``to_send`` is how many leads the button sends a
    link to now, and ``leads_due`` how many owe an answer today.
    """

    round: Round
    on: date
    leads: tuple[Asked, ...]
    states: Mapping[State, int]
    marks: Mapping[str, int]
    parts: tuple[tuple[Part, int, int], ...]
    total: int
    found: int
    leads_found: int
    leads_due: int
    to_send: int
    page: int
    pages: int
    narrowed: Narrowed = field(default_factory=Narrowed)

    @property
    def quiet(self) -> int:
        """How many of the actions have no update in the round."""
        return self.total - self.states["answered"] - self.states["late"]


def chase(
    *,
    for_: Person,
    round_: Round,
    on: date,
    narrowed: Narrowed | None = None,
    page: int = 1,
    known: Known | None = None,
) -> Chase:
    """What somebody may see of a round on a day, narrowed and counted, so many leads to a page.

    Somebody whose role is in a directorate sees the actions of its plans and those that its posts
    lead. The number of queries does not grow with the rows. Raises ``Missing`` for a state or a
    mark that does not exist.
    """
    narrowed = narrowed or Narrowed()
    if narrowed.state and narrowed.state not in STATES:
        raise Missing("There is no such state.", do=f"Choose one of {', '.join(STATES)}.")
    if narrowed.mark and narrowed.mark not in MARKS:
        raise Missing("There is no such mark.", do=f"Choose one of {', '.join(MARKS)}.")
    day = day_of(round_, on)
    known = Known.of(for_, on) if known is None else known
    known = Known(known.grants, units_above(day))
    seen = reach(for_, "read_rounds", on, known, above=False)
    of = parts(day)
    rows = [
        row
        for row in asked(round_, on=on, known=cadences(day))
        if row.unit in seen or row.who.unit in seen
    ]
    ways, said = _ways(round_), _said(round_)
    every = _leads(rows, of, ways, said, round_)
    listed = [lead for lead in every if not narrowed.part or narrowed.part == lead.part.public_id]
    states = Counter(one.row.state for lead in listed for one in lead.actions)
    marks = Counter(mark for lead in listed for one in lead.actions for mark in _marks(lead, one))
    kept = [_narrow(lead, narrowed) for lead in listed]
    found = [lead for lead in kept if lead is not None]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    return Chase(
        round=round_,
        on=on,
        leads=_named(found[(page - 1) * PAGE : page * PAGE]),
        states={state: states[state] for state in STATES},
        marks={name: marks[name] for name in MARKS},
        parts=_by_part(every),
        total=states.total(),
        found=sum(len(lead.actions) for lead in found),
        leads_found=len(found),
        leads_due=sum(bool(lead.due) for lead in every),
        to_send=sum(bool(lead.due) and not _had_one(lead.way, on) for lead in every),
        page=page,
        pages=pages,
        narrowed=narrowed,
    )


def _marks(lead: Asked, one: Listed) -> Iterator[str]:
    """The marks that an action bears, its own and those of its lead's link."""
    row, way = one.row, lead.way
    if row.silent:
        yield "silent"
    if row.answers:
        if row.bare:
            yield "no_evidence"
        if row.same:
            yield "same_words"
    if one.asked_date:
        yield "asked_date"
    if one.not_mine:
        yield "not_mine"
    if row.state == "due":
        if way.mail == "none":
            yield "unsent"
        elif way.mail == "sent" and way.opened_at is None:
            yield "unopened"
    if way.elsewhere:
        yield "elsewhere"
    if way.mail == "failed":
        yield "failed"


def _narrow(lead: Asked, narrowed: Narrowed) -> Asked | None:
    """The lead with those actions alone that are asked for; None where none is."""
    if narrowed.lead and (lead.person is None or lead.person.public_id != narrowed.lead):
        return None
    kept = tuple(
        one
        for one in lead.actions
        if (not narrowed.state or one.row.state == narrowed.state)
        and (not narrowed.mark or narrowed.mark in _marks(lead, one))
    )
    return replace(lead, actions=kept) if kept else None


def _leads(
    rows: Iterable[Row],
    of: Mapping[int, Part],
    ways: Mapping[int, Sending],
    said: Said,
    round_: Round,
) -> list[Asked]:
    """The actions under who is asked for them, those that need most at the top."""
    held: dict[tuple[int, int, str], list[Row]] = {}
    for row in rows:
        who = row.who
        held.setdefault((who.person, 0 if who.person else who.post, who.title), []).append(row)
    people = Person.objects.in_bulk({person for person, _post, _title in held if person})
    found = []
    for (person, _post, title), theirs in _together(held).items():
        who = theirs[0].who
        found.append(
            Asked(
                name=people[person].name if person else "",
                title=title,
                part=of[who.unit or theirs[0].unit],
                way=ways.get(person, _NO_LINK) if person else _NO_LINK,
                actions=tuple(
                    Listed(
                        row,
                        row.action in said.asked_date,
                        (row.action, person) in said.not_mine,
                    )
                    for row in theirs
                ),
                due=sum(row.state == "due" for row in theirs),
                opens=round_.directors_from if who.director else round_.teams_from,
                director=who.director,
                person=people.get(person),
            )
        )
    return sorted(found, key=_order)


def _together(
    held: Mapping[tuple[int, int, str], list[Row]],
) -> dict[tuple[int, int, str], list[Row]]:
    """Somebody who holds several posts is one lead, called by all of them."""
    found: dict[tuple[int, int, str], list[Row]] = {}
    titles: dict[int, list[str]] = {}
    for person, _post, title in held:
        if person:
            titles.setdefault(person, []).append(title)
    for (person, post, title), rows in held.items():
        words = "; ".join(sorted(titles[person])) if person else title
        found.setdefault((person, post, words), []).extend(rows)
    return found


def _order(lead: Asked) -> tuple[int, str, str]:
    """Who owes an answer first, then what nobody can answer, then the rest, by name."""
    states = {one.row.state for one in lead.actions}
    first = next(
        place
        for place, state in enumerate(("overdue", "due", "nobody", "waiting", "late", "answered"))
        if state in states
    )
    return first, lead.part.name, lead.title


def _named(leads: list[Asked]) -> tuple[Asked, ...]:
    """The leads of a page, with the row of each post that nobody holds."""
    posts = Post.objects.in_bulk(
        {lead.actions[0].row.who.post for lead in leads if lead.person is None} - {0}
    )
    return tuple(replace(lead, post=posts.get(lead.actions[0].row.who.post)) for lead in leads)


def _by_part(leads: Iterable[Asked]) -> tuple[tuple[Part, int, int], ...]:
    """Each directorate with how many of its actions are asked for and how many wait for a word."""
    found: dict[Part, list[int]] = {}
    for lead in leads:
        counts = found.setdefault(lead.part, [0, 0])
        counts[0] += len(lead.actions)
        counts[1] += sum(not one.row.answers for one in lead.actions)
    return tuple(
        (part, every, quiet)
        for part, (every, quiet) in sorted(found.items(), key=lambda pair: pair[0].name)
    )


# -- links and mails -------------------------------------------------------------------------------


def _ways(round_: Round) -> dict[int, Sending]:
    """What became of the link of each person, by their key; of several links the newest."""
    links = list(
        UpdateLink.objects.filter(round=round_)
        .order_by("issued_at", "pk")
        .values_list("pk", "public_id", "person_id", "issued_at", "first_opened_at")
    )
    mails, reminders = _mails(round_)
    elsewhere = set(
        LinkUse.objects.filter(link__round=round_, elsewhere=True).values_list(
            "link__person_id", flat=True
        )
    )
    found: dict[int, Sending] = {}
    for _key, public_id, person, issued, opened in links:
        before = found.get(person, _NO_LINK)
        found[person] = Sending(
            mail=mails.get(public_id, "waiting"),
            sent_at=issued,
            opened_at=opened or before.opened_at,
            elsewhere=person in elsewhere,
            reminders=before.reminders + reminders.get(public_id, 0),
        )
    return found


def _mails(round_: Round) -> tuple[dict[str, Fare], dict[str, int]]:
    """How the mail of each link fares, and how often its person was reminded."""
    fares: dict[str, Fare] = {}
    reminders: dict[str, int] = {}
    links: QuerySet[UpdateLink, str] = UpdateLink.objects.filter(round=round_).values_list(
        "public_id", flat=True
    )
    for kind, about, sent, gave_up in Mail.objects.filter(
        about_kind="updatelink", about_id__in=links, kind__in=("update_link", "reminder")
    ).values_list("kind", "about_id", "sent_at", "gave_up_at"):
        if kind == "reminder":
            reminders[about] = reminders.get(about, 0) + 1
        else:
            fares[about] = "sent" if sent else "failed" if gave_up else "waiting"
    return fares, reminders


def _said(round_: Round) -> Said:
    """What leads said of their actions beside updates."""
    uses = LinkUse.objects.filter(link__round=round_, what="not_mine", action__isnull=False)
    waiting = DateRequest.objects.filter(decided_at__isnull=True)
    return Said(
        frozenset(uses.values_list("action_id", "link__person_id")),
        frozenset(waiting.values_list("action_id", flat=True)),
    )


def _had_one(way: Sending, on: date) -> bool:
    """Whether a link was sent on this day."""
    return way.sent_at is not None and localdate(way.sent_at) >= on


def lead(public_id: str) -> Person | None:
    """The person whom a button of the screen names; None where there is none."""
    return Person.objects.filter(public_id=public_id).first()
