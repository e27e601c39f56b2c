"""What a register can be narrowed by, and what stands around one action: links, posts, measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goldenthread.web.models import (
    Action,
    Handover,
    Holding,
    Horizon,
    Lead,
    Person,
    Plan,
    Post,
    Promise,
    Recommendation,
    Strand,
    Theme,
)
from goldenthread.web.permissions import Known, current, may, reach
from goldenthread.web.queries import milestones, ownership
from goldenthread.web.queries.beside import next_to
from goldenthread.web.queries.links import Joined, joined, shortened
from goldenthread.web.queries.ownership import Vacancy, contributing
from goldenthread.web.queries.plan import History


@dataclass(frozen=True)
class Offered:
    """What can be chosen in a register's form: (public identifier, words), in order."""

    themes: tuple[tuple[str, str], ...]
    recommendations: tuple[tuple[str, str], ...]
    leads: tuple[tuple[str, str], ...]
    contributors: tuple[tuple[str, str], ...]
    plans: tuple[tuple[str, str], ...]
    strands: tuple[tuple[str, str], ...]


def offered(*, for_: Person, as_at: date) -> Offered:
    """The themes, recommendations, leading posts and plans of what somebody may see."""
    seen = reach(for_, "read_register", as_at)
    leads = Lead.objects.filter(current(as_at), action__plan__unit__in=seen).values("post")
    return Offered(
        themes=tuple(
            Theme.objects.filter(recommendations__plan__unit__in=seen)
            .distinct()
            .order_by("position", "id")
            .values_list("public_id", "name")
        ),
        recommendations=tuple(
            (public_id, f"{number}. {shortened(text, 60)}" if number else shortened(text, 60))
            for public_id, number, text in Recommendation.objects.filter(
                plan__unit__in=seen
            ).values_list("public_id", "number", "text")
        ),
        leads=tuple(
            Post.objects.filter(pk__in=leads).order_by("title").values_list("public_id", "title")
        ),
        contributors=contributing(for_=for_, on=as_at),
        plans=tuple(
            Plan.objects.filter(unit__in=seen)
            .order_by("unit_id", "-begins", "pk")
            .values_list("public_id", "title")
        ),
        strands=tuple(Strand.objects.order_by("name").values_list("public_id", "name")),
    )


def standing_promises(action: Action) -> tuple[Promise, ...]:
    """The promises of an action that nothing has replaced, first given first."""
    return tuple(Promise.objects.filter(action=action, replaced_by__isnull=True).order_by("id"))


def promise(action: Action, public_id: str) -> Promise | None:
    """One promise of an action; None where it has none of that name."""
    return Promise.objects.filter(action=action, public_id=public_id).first()


@dataclass(frozen=True)
class Around:
    """What stands around an action: its links, who answers, what this person may do.

    ``before`` and ``after`` are the actions beside it in its plan: their identifiers, numbers and
    words.
    ``answering`` are those who answer on the day, each post with its holders of the day, and
    ``contributors`` those who contribute then or will. ``empty`` says of posts that nobody holds
    since when, and who answers meanwhile; ``passed`` why a lead is another, by the lead.
    """

    links: tuple[Joined, ...]
    answering: tuple[tuple[Lead, tuple[str, ...]], ...]
    contributors: tuple[Lead, ...]
    empty: Mapping[int, Vacancy]
    passed: Mapping[str, Handover]
    milestones: tuple[milestones.Stands, ...]
    horizon: Horizon | None
    deeds: frozenset[str]
    opens_files: bool
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


def around(history: History, *, for_: Person, as_at: date, known: Known) -> Around:
    """What a page of one action shows beside its story, in few queries."""
    action = history.action
    posts = [one.post for one in history.leads if one.post]
    held = list(Holding.objects.filter(post__in=posts).select_related("person")) if posts else []
    asked = (
        *("add_update", "move_date", "edit_plan", "keep_measures", "tell_case_studies"),
        "keep_planning",
        "keep_tiers",
    )

    def has(name: str) -> bool:
        # The history knows already whether there is any.
        return bool(getattr(action, f"has_{name}", True))

    return Around(
        links=joined(
            history.links,
            seen=reach(for_, "read_register", as_at, known),
            kind="action",
            public_id=action.public_id,
            planned=reach(for_, "read_planning", as_at, known),
        ),
        answering=tuple(
            pair
            for pair in answering(history.leads, on=as_at, held=held)
            if pair[0].role == "accountable"
        ),
        contributors=ownership.contributors(history.leads, as_at),
        empty=ownership.vacancies(posts, as_at, held),
        passed=ownership.reasons(action) if has("handovers") else {},
        milestones=milestones.of_action(action, as_at) if has("milestones") else (),
        horizon=milestones.horizon_of(
            milestones.horizons(action.plan), action.now_due or action.first_due
        )
        if has("horizons")
        else None,
        deeds=frozenset(name for name in asked if may(for_, name, action, as_at, known)),
        before=next_to(action, "before"),
        after=next_to(action, "after"),
        opens_files=bool(may(for_, "open_evidence", action, as_at, known)),
    )


def answering(
    leads: Iterable[Lead], *, on: date, held: Iterable[Holding] | None = None
) -> tuple[tuple[Lead, tuple[str, ...]], ...]:
    """The leads of a day, each with the names of whoever holds its post then.

    ``held`` are holdings of their posts with their people, where somebody has asked already.
    """
    today = [one for one in leads if one.since <= on and (one.until is None or one.until >= on)]
    if held is None:
        posts = [lead.post_id for lead in today if lead.post_id]
        held = Holding.objects.filter(current(on), post__in=posts).select_related("person")
    names: dict[int, list[str]] = {}
    for holding in held:
        if holding.since <= on and (holding.until is None or holding.until >= on):
            names.setdefault(holding.post_id, []).append(holding.person.name)
    return tuple((lead, tuple(names.get(lead.post_id or 0, ()))) for lead in today)


def leads_of(action: Action) -> tuple[Lead, ...]:
    """Everybody who ever answered for an action, in order."""
    return tuple(Lead.objects.filter(action=action).select_related("post"))


def leading_posts(*, unit: int, on: date) -> tuple[Post, ...]:
    """The posts that an action of this unit can be given to on a day, the unit's own first."""
    posts = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gte=on), begins__lte=on)
    return tuple(
        sorted(
            posts.select_related("unit"),
            key=lambda post: (post.unit_id != unit, post.unit.name, post.title),
        )
    )
