"""One thing in the two tiers: who does it in the directorates, what it serves, what it could."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from goldenthread.plan import likeness
from goldenthread.plan.edition import Standing
from goldenthread.plan.tiers import worst
from goldenthread.web.models import Action, Apart, Link, Person, Recommendation, Unit
from goldenthread.web.permissions import reach, unit_of, whole_body
from goldenthread.web.queries.links import shortened
from goldenthread.web.queries.tiers import actions_of, directorates

# How many a search and a proposal offer.
MOST, PROPOSED = 20, 5


@dataclass(frozen=True)
class Helping:
    """An action of a directorate that serves a thing: as it stands, and by which link."""

    action: Action
    standing: Standing
    link: str


@dataclass(frozen=True)
class Group:
    """What one directorate does for a thing: its actions, and the worst of them."""

    name: str
    actions: tuple[Helping, ...]
    worst: Standing | None


@dataclass(frozen=True)
class Served:
    """Something above that an action serves: what and whose it is, and by which link.

    ``unit`` and ``standing`` are of an action; empty for a recommendation.
    """

    kind: str
    id: str
    number: str
    words: str
    unit: str
    standing: Standing | Literal[""]
    link: str


@dataclass(frozen=True)
class Ends:
    """Both ways from one thing: who does it below, what it serves above, what keeps it apart.

    ``council`` is true for what stands in a plan of the whole body. ``worst`` is of all that serve
    it, those that were withdrawn left out.
    """

    council: bool
    groups: tuple[Group, ...] = ()
    serves: tuple[Served, ...] = ()
    apart: tuple[Apart, ...] = ()
    worst: Standing | None = field(default=None)


def ends_of(
    thing: Action | Recommendation,
    links: Iterable[Link],
    *,
    for_: Person,
    on: date,
    has_apart: bool = True,
) -> Ends:
    """What a page of one action or recommendation shows of the other tier.

    ``links`` are its links. Nothing is asked where it has none that serves and nothing keeps it
    apart; else one question for each way.
    """
    key = thing.public_id
    live = [
        link
        for link in links
        if link.meaning == "serves" and link.since <= on and (link.until is None or link.until > on)
    ]
    root, _name = whole_body() or (0, "")
    council = unit_of(thing) == root
    seen = reach(for_, "read_register", on) if live else frozenset()
    below = {link.from_id: link.public_id for link in live if link.to_id == key}
    above = [link for link in live if link.from_id == key]
    groups = _groups(below, seen, on) if below else ()
    return Ends(
        council=council,
        groups=groups,
        serves=tuple(_served(above, seen, on)) if above else (),
        apart=tuple(
            Apart.objects.filter(action=thing, undone_at__isnull=True).select_related("unit", "by")
        )
        if has_apart and isinstance(thing, Action)
        else (),
        worst=worst(group.worst for group in groups if group.worst is not None),
    )


def ends_of_recommendation(recommendation: Recommendation, *, for_: Person, on: date) -> Ends:
    """Who does a recommendation in the directorates: whatever serves it or an action of its own."""
    own = Action.objects.filter(recommendation=recommendation).values("public_id")
    links = Link.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), meaning="serves", since__lte=on, from_kind="action"
    ).filter(
        Q(to_kind="action", to_id__in=own)
        | Q(to_kind="recommendation", to_id=recommendation.public_id)
    )
    root, _name = whole_body() or (0, "")
    by = links.filter(from_id=OuterRef("public_id")).order_by("-pk").values("public_id")[:1]
    rows = actions_of(reach(for_, "read_register", on), on)
    rows = rows.filter(public_id__in=links.values("from_id")).annotate(link=Subquery(by))
    groups = _grouped(rows, on, lambda row: row.link)
    return Ends(
        council=unit_of(recommendation) == root,
        groups=groups,
        worst=worst(group.worst for group in groups if group.worst is not None),
    )


def _groups(below: Mapping[str, str], seen: frozenset[int], on: date) -> tuple[Group, ...]:
    rows = actions_of(seen, on).filter(public_id__in=below)
    return _grouped(rows, on, lambda row: below[row.public_id])


def _grouped(rows: QuerySet[Any], on: date, link_of: Callable[[Any], str]) -> tuple[Group, ...]:
    """These actions by their directorates, each with the link by which it serves."""
    where = directorates(on)
    names = {unit.key: unit.name for unit in where.standing}
    found: dict[str, list[Helping]] = {}
    for row in rows.select_related("plan__unit").order_by("plan__unit__name", "position", "pk"):
        name = names.get(where.of.get(row.plan.unit_id, 0), row.plan.unit.name)
        found.setdefault(name, []).append(Helping(row, row.standing, link_of(row)))
    return tuple(
        Group(
            name,
            tuple(actions),
            worst(one.standing for one in actions if one.standing != "withdrawn"),
        )
        for name, actions in sorted(found.items())
    )


def _served(links: Sequence[Link], seen: frozenset[int], on: date) -> Iterable[Served]:
    """What these links lead to, actions before recommendations, in one query."""
    by_id = {link.to_id: link.public_id for link in links}
    place = ("plan_id", "position", "pk", "public_id", "number")
    actions = actions_of(seen, on).filter(public_id__in=by_id).order_by()
    recs = Recommendation.objects.filter(public_id__in=by_id, plan__unit__in=seen).order_by()
    nothing = Value("", TextField())
    found = actions.values_list(
        Value("action", TextField()),
        *place,
        Cast("said", TextField()),
        Cast("plan__unit__name", TextField()),
        Cast("standing", TextField()),
    ).union(
        recs.values_list(
            Value("recommendation", TextField()),
            *place,
            Cast("text", TextField()),
            nothing,
            nothing,
        ),
        all=True,
    )
    for kind, _plan, _position, _pk, key, number, words, unit, standing in sorted(found):
        yield Served(kind, key, number, words, unit, standing, by_id[key])


# -- what could be joined --------------------------------------------------------------------------


@dataclass(frozen=True)
class Candidate:
    """Something that a link could lead to, its words, and by which words it is proposed."""

    key: str
    words: str
    text: str
    shared: tuple[str, ...] = ()


def candidates(action: Action, *, for_: Person, on: date, search: str) -> tuple[Candidate, ...]:
    """What an action could serve, or for one of the council's what could serve it.

    Where nothing is searched for, those whose words are most alike; else what holds every word, or
    has the number. What it is joined to already, and what was withdrawn, is left out.
    """
    joined = Link.objects.filter(meaning="serves", until__isnull=True)
    if action.plan.unit.parent_id is None:
        taken = set(joined.filter(to_id=action.public_id).values_list("from_id", flat=True))
        offered = _below(action, for_, on, search)
    else:
        taken = set(joined.filter(from_id=action.public_id).values_list("to_id", flat=True))
        offered = _above(for_, on)
    free = [one for one in offered if one.key.partition(":")[2] not in taken]
    if search:
        wanted = search.casefold().split()[:10]
        return tuple(one for one in free if _holds(one, wanted))[:MOST]
    text = f"{action.title} {action.text}"
    (alike,) = likeness.alike([text], [one.text for one in free], most=PROPOSED)
    return tuple(
        Candidate(free[one.position].key, free[one.position].words, "", one.words) for one in alike
    )


def _holds(one: Candidate, wanted: Sequence[str]) -> bool:
    text = f"{one.words} {one.text}".casefold()
    return all(word in text for word in wanted)


def _above(for_: Person, on: date) -> list[Candidate]:
    """The actions and recommendations of the whole body."""
    root, _name = whole_body() or (0, "")
    seen = reach(for_, "read_register", on) & {root}
    rows: QuerySet[Any] = actions_of(seen, on).exclude(status="withdrawn")
    found = [
        Candidate(f"action:{key}", f"{number} {said}".strip(), text)
        for key, number, said, text in rows.values_list("public_id", "number", "said", "text")
    ]
    recs = Recommendation.objects.filter(plan__unit__in=seen).values_list(
        "public_id", "number", "text"
    )
    return found + [
        Candidate(f"recommendation:{key}", f"{number} {shortened(text, 110)}".strip(), text)
        for key, number, text in recs
    ]


def _below(action: Action, for_: Person, on: date, search: str) -> list[Candidate]:
    """The actions of directorates that this person may join; unless searched for, those alone that
    serve nothing yet."""
    keeps = reach(for_, "keep_tiers", on) & reach(for_, "read_register", on)
    rows: QuerySet[Any] = (
        actions_of(keeps, on)
        .exclude(plan__unit=action.plan.unit_id)
        .exclude(status="withdrawn")
        .order_by("plan__unit__name", "position", "pk")
    )
    if search:
        for word in search.split()[:10]:
            rows = rows.filter(
                Q(text__icontains=word) | Q(title__icontains=word) | Q(number__iexact=word)
            )
        rows = rows[: MOST * 5]
    else:
        serving = Link.objects.filter(
            meaning="serves",
            until__isnull=True,
            from_kind="action",
            from_id=OuterRef("public_id"),
        )
        rows = rows.filter(~Exists(serving))
    return [
        Candidate(f"action:{key}", f"{number} {said} ({unit})".strip(), text)
        for key, number, said, text, unit in rows.values_list(
            "public_id", "number", "said", "text", "plan__unit__name"
        )
    ]


def could_be_needed(action: Action, on: date) -> tuple[Unit, ...]:
    """The directorates of a day that nobody said are not needed for an action."""
    said = Apart.objects.filter(action=action, what="not_needed", undone_at__isnull=True)
    excused = set(said.values_list("unit", flat=True))
    asked = [unit.key for unit in directorates(on).standing if unit.key not in excused]
    return tuple(Unit.objects.filter(pk__in=asked).order_by("name", "pk"))
