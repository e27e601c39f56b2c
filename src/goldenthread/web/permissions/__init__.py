"""Who may do what, in one table that explains itself.

A role is given within a unit and reaches everything below it, between two days. ``may`` answers
with a reason and ``require`` refuses with the same one. Three questions are asked in turn:

1. the role: does any role that this person holds today carry the permission?
2. the reach: is the thing within the unit of that role, or, for the few permissions that say so,
   in a unit above it?
3. the rule: does the state of the thing allow it to this person (their own action, a second
   person, still open)?
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localdate

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web import models as rows
from goldenthread.web.models import tree
from goldenthread.web.permissions.table import PERMISSIONS as PERMISSIONS
from goldenthread.web.permissions.table import ROLES as ROLES
from goldenthread.web.permissions.table import Permission as Permission
from goldenthread.web.permissions.table import Role as Role

Thing = Model | None
T = TypeVar("T")


# -- rules: what the state of a thing allows -------------------------------------------------------


def _draft_is_open(_person: rows.Person, thing: Thing, _on: date) -> bool:
    draft = thing.draft if isinstance(thing, rows.Question) else thing
    return not isinstance(draft, rows.Draft) or draft.state == "open"


def _edition_waits(_person: rows.Person, thing: Thing, _on: date) -> bool:
    return not isinstance(thing, rows.Edition) or (
        thing.published_at is None and thing.set_aside_at is None
    )


def _second_person(person: rows.Person, thing: Thing, _on: date) -> bool:
    if not settings.TWO_PEOPLE_PUBLISH:
        return True
    return not isinstance(thing, rows.Edition) or thing.adopted_by_id != person.pk


def _is_asked_about(edition: rows.Edition) -> bool:
    return edition.takedowns.filter(stands_at__isnull=True).exists()


def _edition_may_go(_person: rows.Person, thing: Thing, _on: date) -> bool:
    return not isinstance(thing, rows.Edition) or (
        thing.published_at is not None and not _is_asked_about(thing)
    )


def _edition_is_taken_down(_person: rows.Person, thing: Thing, _on: date) -> bool:
    return (
        not isinstance(thing, rows.Edition)
        or thing.takedowns.filter(agreed_at__isnull=False).exists()
    )


def _edition_not_taken_down(person: rows.Person, thing: Thing, on: date) -> bool:
    return not isinstance(thing, rows.Edition) or not _edition_is_taken_down(person, thing, on)


def _takedown_waits(_person: rows.Person, thing: Thing, _on: date) -> bool:
    return not isinstance(thing, rows.TakeDown) or (
        thing.agreed_at is None and thing.stands_at is None
    )


def _second_to_ask(person: rows.Person, thing: Thing, _on: date) -> bool:
    if not settings.TWO_PEOPLE_PUBLISH:
        return True
    return not isinstance(thing, rows.TakeDown) or thing.asked_by_id != person.pk


def _date_waits(_person: rows.Person, thing: Thing, _on: date) -> bool:
    return not isinstance(thing, rows.DateRequest) or thing.decided_at is None


def _second_to_ask_a_date(person: rows.Person, thing: Thing, _on: date) -> bool:
    return not isinstance(thing, rows.DateRequest) or thing.by_id != person.pk


def _not_oneself(person: rows.Person, thing: Thing, _on: date) -> bool:
    if isinstance(thing, rows.Grant):
        return thing.person_id != person.pk
    return True


def _leads_the_action(person: rows.Person, thing: Thing, on: date) -> bool:
    if isinstance(thing, rows.Milestone):
        thing = thing.action
    if not isinstance(thing, rows.Action):
        return True
    leads = rows.Lead.objects.filter(current(on), action=thing)
    return (
        leads.filter(current(on, "post__holdings__"), post__holdings__person=person).exists()
        or leads.filter(post__in=stands_in_for(person, on)).exists()
    )


def stands_in_for(person: rows.Person, on: date) -> QuerySet[Any, int]:
    """The keys of the empty posts for which a post of this person answers on a day."""
    return (
        rows.Meanwhile.objects.counting(on)
        .filter(current(on, "answers__holdings__"), answers__holdings__person=person)
        .values_list("post", flat=True)
    )


def _paper_waits(_person: rows.Person, thing: Thing, _on: date) -> bool:
    return not isinstance(thing, rows.Paper) or thing.issued_at is None


def _paper_is_issued(person: rows.Person, thing: Thing, on: date) -> bool:
    """Whether it was issued; who makes papers in that unit reads them before, too."""
    paper = thing.paper if isinstance(thing, rows.PaperFile) else thing
    if not isinstance(paper, rows.Paper) or paper.issued_at is not None:
        return True
    return unit_of(paper) in reach(person, "make_paper", on)


# What is of a body that meets, so that somebody speaks on it only by a seat there.
_OF_A_BODY = rows.Ask | rows.Meeting | rows.VisionAsked


def _sits_in_the_body(person: rows.Person, thing: Thing, on: date) -> bool:
    """Whether a post that they hold has a seat there; who advises or minutes has none of these."""
    committee = thing.committee if isinstance(thing, _OF_A_BODY) else thing
    if not isinstance(committee, rows.Committee):
        return True
    return (
        committee.memberships.filter(part__in=("chair", "member"), post__holdings__person=person)
        .filter(current(on), current(on, "post__holdings__"))
        .exists()
    )


def _asked_of_their_post(person: rows.Person, thing: Thing, on: date) -> bool:
    if not isinstance(thing, rows.Ask):
        return True
    holds = rows.Holding.objects.filter(current(on), person=person, post=thing.post_id)
    return thing.post_id is not None and holds.exists()


def _asked_of_their_part(person: rows.Person, thing: Thing, on: date) -> bool:
    """Whether the post that was asked, or the body that asked, stands where their role does."""
    if not isinstance(thing, rows.Ask):
        return True
    heads = {
        grant.unit_id
        for grant in roles_of(person, on)
        if ROLES[grant.role].only.get("answer_ask") == "asked_of_their_part"
    }
    asked = [thing.committee.unit_id, *([thing.post.unit_id] if thing.post else [])]
    parents = units_above(on)
    return any(heads & lineage(unit, parents) for unit in asked)


def _owns_the_measure(person: rows.Person, thing: Thing, on: date) -> bool:
    """Whether they hold the post that owns a measure or leads its action; of a point, its measure.

    Of a case study it is asked of what it serves, and of an action whether their post leads it.
    """
    if isinstance(thing, rows.Point):
        thing = thing.measure
    if isinstance(thing, rows.CaseStudy):
        thing = thing.measure or thing.action
    if not isinstance(thing, rows.Measure):
        return _leads_the_action(person, thing, on)
    owned = rows.Holding.objects.filter(current(on), person=person, post=thing.owner_id)
    if thing.owner_id is not None and owned.exists():
        return True
    return thing.action is not None and _leads_the_action(person, thing.action, on)


def _planning_is_open(_person: rows.Person, thing: Thing, _on: date) -> bool:
    planning = thing if isinstance(thing, rows.Planning) else getattr(thing, "planning", None)
    return planning is None or planning.closed_on is None


@dataclass(frozen=True)
class Rule:
    """A rule by its name: the sentence of its refusal, and its test."""

    sentence: str
    holds: Callable[[rows.Person, Thing, date], bool]


RULES: Mapping[str, Rule] = {
    "draft_is_open": Rule("The draft has been adopted or set aside.", _draft_is_open),
    "edition_waits": Rule("The edition has been published or set aside.", _edition_waits),
    "second_person": Rule(
        "An edition is published by somebody other than the person who adopted it.",
        _second_person,
    ),
    "edition_may_go": Rule(
        "Only a published edition that nobody has asked about can be taken down.", _edition_may_go
    ),
    "edition_is_taken_down": Rule("The edition was not taken down.", _edition_is_taken_down),
    "edition_not_taken_down": Rule(
        "The edition was taken down, and is kept apart for the audit.", _edition_not_taken_down
    ),
    "takedown_waits": Rule("It has been decided already.", _takedown_waits),
    "second_to_ask": Rule(
        "An edition is taken down by somebody other than the person who asked for it.",
        _second_to_ask,
    ),
    "date_waits": Rule("It has been decided already.", _date_waits),
    "second_to_ask_a_date": Rule(
        "Whether a date moves is decided by somebody other than the person who asked.",
        _second_to_ask_a_date,
    ),
    "not_oneself": Rule("Nobody gives a role to themselves or ends their own.", _not_oneself),
    "leads_the_action": Rule(
        "A lead officer updates the actions that their own post leads.", _leads_the_action
    ),
    "planning_is_open": Rule(
        "This planning was closed with its review; the next one goes on from it.",
        _planning_is_open,
    ),
    "paper_waits": Rule("The paper was issued, and stays as it is.", _paper_waits),
    "paper_is_issued": Rule("The paper has not been issued yet.", _paper_is_issued),
    "sits_in_the_body": Rule(
        "Only somebody whose post has a seat in this body speaks for it.", _sits_in_the_body
    ),
    "asked_of_their_post": Rule(
        "A lead officer answers what their own post was asked.", _asked_of_their_post
    ),
    "asked_of_their_part": Rule(
        "This was asked of a post in another part of the council.", _asked_of_their_part
    ),
    "owns_the_measure": Rule(
        "A lead officer has to do with the measures that their own post owns, and with those of "
        "actions that it leads.",
        _owns_the_measure,
    ),
}


# -- the answer ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """Whether somebody may, and why; true where they may.

    ``rule`` is "role" where no role carries the permission, "reach" where the thing lies outside
    the unit, or the name of the rule that said no; empty where they may.
    """

    allowed: bool
    reason: str
    rule: str = ""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Known:
    """What was asked of the database already, for a page that asks several things of one person."""

    grants: tuple[rows.Grant, ...]
    parents: Mapping[int, int | None]

    @classmethod
    def of(cls, person: rows.Person, on: date) -> Known:
        """The grants of a person and the whole tree of units on a day, in two queries."""
        return cls(tuple(roles_of(person, on)), units_above(on))


def may(
    person: rows.Person | None,
    permission: str,
    thing: Thing,
    on: date,
    known: Known | None = None,
) -> Verdict:
    """Whether this person may do this to this thing on this day, and why.

    ``thing`` is the row that is asked for; a unit where something is to be made in it; None for
    what is not of a unit, which a role held anywhere allows. Raises ``KeyError`` for a permission
    that the table does not have: that is a slip of ours.
    """
    asked = PERMISSIONS[permission]
    if person is None or not person.is_active or person.pk is None:
        return Verdict(False, "Sign in first.", "role")
    grants = roles_of(person, on) if known is None else known.grants
    held = [grant for grant in grants if permission in ROLES[grant.role].permissions]
    if not held:
        return Verdict(False, f"None of your roles lets you {asked.words}.", "role")
    if asked.whole:
        parents = units_above(on) if known is None else known.parents
        held = [grant for grant in held if parents.get(grant.unit_id, 0) is None]
        if not held:
            return Verdict(
                False, f"Only a role in the whole council lets you {asked.words}.", "reach"
            )
    if thing is not None:
        parents = units_above(on) if known is None else known.parents
        unit = unit_of(thing)
        line = lineage(unit, parents)
        held = [
            grant
            for grant in held
            if grant.unit_id in line or (asked.above and unit in lineage(grant.unit_id, parents))
        ]
        if not held:
            return Verdict(
                False, f"Your role does not reach this unit: you may not {asked.words}.", "reach"
            )
    for name in asked.rules:
        if not RULES[name].holds(person, thing, on):
            return Verdict(False, RULES[name].sentence, name)
    narrowed = ""
    for grant in held:
        narrowed = ROLES[grant.role].only.get(permission, "")
        if not narrowed or RULES[narrowed].holds(person, thing, on):
            return Verdict(True, f"{ROLES[grant.role].title}: may {asked.words}.")
    return Verdict(False, RULES[narrowed].sentence, narrowed)


def require(person: rows.Person | None, permission: str, thing: Thing, on: date) -> None:
    """Nothing where they may. Raises ``NotAllowed`` with the reason of :func:`may` otherwise."""
    verdict = may(person, permission, thing, on)
    if not verdict:
        raise NotAllowed(verdict.reason, permission=permission, rule=verdict.rule)


def current(on: date, before: str = "") -> Q:
    """The condition that a dated row holds on this day, both its days included."""
    return Q(**{f"{before}since__lte": on}) & (
        Q(**{f"{before}until__isnull": True}) | Q(**{f"{before}until__gte": on})
    )


_remembered: ContextVar[dict[Any, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for a person's grants, the units and what else goes through :func:`once` a single time.

    Only for a request that reads: whoever changes either must be told what stands now.
    """
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What was asked for under this key before, within :func:`remembered`; else the answer now."""
    held = _remembered.get()
    if held is None:
        return ask()
    if key not in held:
        held[key] = ask()
    found: T = held[key]
    return found


def roles_of(person: rows.Person, on: date) -> list[rows.Grant]:
    """The grants that a person holds on this day; roles that the table no longer has are none."""
    return list(once((person.pk, on), lambda: _roles_of(person, on)))


def _roles_of(person: rows.Person, on: date) -> list[rows.Grant]:
    grants = rows.Grant.objects.filter(current(on), person=person).order_by("id")
    return [grant for grant in grants if grant.role in ROLES]


def unit_of(thing: Model) -> int:
    """The key of the unit that a thing belongs to: people and mail to the body, a link its start's.

    Raises ``TypeError`` for a kind of row that belongs to none, which is a slip of ours.
    """
    if isinstance(thing, rows.Unit):
        return int(thing.pk)
    if isinstance(thing, rows.Person | rows.Mail):
        return int(body().pk)
    if isinstance(thing, rows.Link):
        return unit_of(_start_of(thing))
    for owner in (
        *("claim", "unit_id", "committee", "plan", "action", "draft", "recommendation"),
        *("edition", "paper", "round", "review", "measure", "planning", "before"),
    ):
        found = getattr(thing, owner, None)
        if owner == "unit_id" and found is not None:
            return int(found)
        if isinstance(found, Model):
            return unit_of(found)
    raise TypeError(f"A {type(thing).__name__} belongs to no unit.")


def _start_of(link: rows.Link) -> Model:
    """The thing that a link starts from. Raises ``Missing`` where that is gone."""
    try:
        model = apps.get_model("goldenthread", link.from_kind)
    except LookupError:
        model = rows.Action
    found: Model | None = model._default_manager.filter(public_id=link.from_id).first()
    if found is None:
        raise Missing("The thing that this link starts from is gone.")
    return found


def body() -> rows.Unit:
    """The public body itself: what concerns all of it is asked for there."""
    return rows.Unit.objects.get(parent__isnull=True)


def lineage(unit: int, parents: Mapping[int, int | None] | None = None) -> frozenset[int]:
    """The keys of a unit and all above it.

    Without ``parents`` (:func:`units_above`) it is asked of today's tree, in one query.
    """
    return frozenset(line_of(unit, units_above() if parents is None else parents))


def line_of(unit: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """The keys of a unit and all above it, the nearest first."""
    line: list[int] = []
    above: int | None = unit
    while above is not None and above not in line:
        line.append(above)
        above = parents.get(above)
    return tuple(line)


def units_above(on: date | None = None) -> dict[int, int | None]:
    """The key of every unit with that of the unit above it on a day; None for the whole body.

    Without a day it is today's tree. A unit that has ended hangs below its successor, as
    :func:`goldenthread.web.models.tree.above` says: what it owned is reached from there.
    """
    day = localdate() if on is None else on
    return once(("above", day), lambda: tree.above(every_unit(), day))


def standing_for(unit: int, on: date | None = None) -> int:
    """The key of the unit that stands in the place of one on a day, today without one."""
    return tree.stands_for(unit, every_unit(), localdate() if on is None else on)


def unit_names() -> dict[int, str]:
    """What every unit is called, by its key."""
    return {one.key: one.name for one in every_unit().values()}


def every_unit() -> dict[int, tree.Node]:
    """Every unit there ever was, by its key; asked for once where a request reads."""
    return once("units", tree.nodes)


def whole_body() -> tuple[int, str] | None:
    """The key and the name of the unit that is the whole body; None before it is founded."""
    return next(((one.key, one.name) for one in every_unit().values() if one.parent is None), None)


def reach(
    person: rows.Person,
    permission: str,
    on: date,
    known: Known | None = None,
    *,
    above: bool = True,
) -> frozenset[int]:
    """The keys of every unit in which a role of this person carries the permission, in two queries.

    Queries begin with it: what lies outside is as if it were not there. Rules about the state of
    single things are not asked. Without ``above`` the units above a role are left out, whatever the
    permission.
    """
    heads = {
        grant.unit_id
        for grant in (roles_of(person, on) if known is None else known.grants)
        if permission in ROLES[grant.role].permissions and person.is_active
    }
    if not heads:
        return frozenset()
    parents = units_above(on) if known is None else known.parents
    if PERMISSIONS[permission].whole:
        heads = {unit for unit in heads if parents.get(unit, 0) is None}
    children: dict[int | None, list[int]] = {}
    for key, parent in parents.items():
        children.setdefault(parent, []).append(key)
    found, waiting = set(heads), list(heads)
    while waiting:
        below = [key for key in children.get(waiting.pop(), []) if key not in found]
        found.update(below)
        waiting += below
    if above and PERMISSIONS[permission].above:
        for unit in heads:
            found |= lineage(unit, parents)
    return frozenset(found)
