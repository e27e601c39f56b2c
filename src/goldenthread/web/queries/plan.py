"""Plans, their register, and what became of each action.

The register's counts and rows come from one condition, so they cannot disagree. Where an action
stands is worked out in SQL by the rule of ``plan.edition.standing``; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from goldenthread.documents import PlanDraft
from goldenthread.errors import Missing
from goldenthread.plan import Plan as PlanValue
from goldenthread.plan import check
from goldenthread.web import bridge
from goldenthread.web.models import Action as Action
from goldenthread.web.models import (
    Apart,
    Ask,
    CaseStudy,
    Consultation,
    Evidence,
    Holding,
    Horizon,
    InServicePlan,
    InStrand,
    Lead,
    Link,
    LinkUse,
    Milestone,
    Passed,
    Person,
    Promise,
    Stance,
    Update,
)
from goldenthread.web.models import Draft as Draft
from goldenthread.web.models import Edition as Edition
from goldenthread.web.models import Plan as Plan
from goldenthread.web.models import Question as Question
from goldenthread.web.permissions import Known as Known
from goldenthread.web.permissions import current, reach
from goldenthread.web.queries.beside import beside
from goldenthread.web.queries.cadences import cadences
from goldenthread.web.queries.kept import Kept
from goldenthread.web.queries.link_uses import sent_elsewhere
from goldenthread.web.queries.milestones import missed, next_ones
from goldenthread.web.queries.movement import movements, unanswered
from goldenthread.web.queries.ratings import scales
from goldenthread.web.queries.smart import good_of_actions

STANDINGS = ("done", "on_track", "at_risk", "late", "not_due", "withdrawn")
MARKS = (
    *("moved", "silent", "no_word", "same_words", "nobody", "due_this_quarter"),
    *("unanswered", "milestone_missed"),
)
PAGE = 50
# In actions, over all drafts that a process keeps read and checked: a day's work on a few.
_MOST_ACTIONS = 10_000


@dataclass(frozen=True)
class Filters:
    """What a register is narrowed to; each is empty for everything.

    ``standing`` is one of STANDINGS and ``mark`` one of MARKS; ``theme``, ``recommendation``,
    ``plan``, ``strand``, ``lead`` and ``contributor`` (posts) are public identifiers; ``status`` is
    the word that the last update gave and ``rating`` its colour. ``due_from`` and ``due_to`` bound
    the date promised now, both included.
    """

    search: str = ""
    standing: str = ""
    mark: str = ""
    status: str = ""
    rating: str = ""
    theme: str = ""
    recommendation: str = ""
    plan: str = ""
    lead: str = ""
    contributor: str = ""
    strand: str = ""
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True)
class Register:
    """A page of the register: its rows, how many there are in all, and what can be chosen.

    ``standings`` and ``marks`` count every action that the other filters leave, whatever standing
    or mark is chosen; the standings add up to ``total``, and ``found`` are those that are listed
    over all pages.
    """

    actions: tuple[Action, ...]
    found: int
    total: int
    standings: Mapping[str, int]
    marks: Mapping[str, int]
    page: int
    pages: int
    as_at: date
    filters: Filters = field(default_factory=Filters)


def register(
    *,
    for_: Person,
    as_at: date,
    filters: Filters | None = None,
    page: int | None = 1,
    by: str = "plan",
    rated: bridge.Scales | None = None,
) -> Register:
    """The actions that somebody may see, narrowed, counted and put in order, a page at a time.

    Each action carries ``standing`` and the marks as attributes, its recommendation and theme, and
    the leads who answer on ``as_at`` with their posts and holders, and ``movement``: how its rating
    moved, None for none. ``by`` is the order: plan, due, standing or updated; ``page`` None gives
    every row, for a file; ``rated`` saves a query where the scales are known. The number of queries
    does not grow with the rows. Raises ``Missing`` for a filter or an order that does not exist.
    """
    filters = filters or Filters()
    if filters.standing and filters.standing not in STANDINGS:
        raise Missing("There is no such standing.", do=f"Choose one of {', '.join(STANDINGS)}.")
    if filters.mark and filters.mark not in MARKS:
        raise Missing("There is no such mark.", do=f"Choose one of {', '.join(MARKS)}.")
    if by not in _ORDERS:
        raise Missing("There is no such order.", do=f"Choose one of {', '.join(_ORDERS)}.")
    rated = rated or scales()
    every = actions_for(for_=for_, as_at=as_at, needing=rated.now.needing)
    seen = _narrowed(every, filters, as_at)
    # Grouped, so that the database works out where each action stands once and not for each count.
    counts = {
        row.pop("standing"): row
        for row in seen.order_by()
        .values("standing")
        .annotate(
            every=Count("pk"),
            **{f"mark_{name}": Count("pk", filter=Q(**{f"is_{name}": True})) for name in MARKS},
        )
    }
    listed = seen
    if filters.standing:
        listed = listed.filter(standing=filters.standing)
    if filters.mark:
        listed = listed.filter(**{f"is_{filters.mark}": True})
    asked = f"mark_{filters.mark}" if filters.mark else "every"
    standings = [filters.standing] if filters.standing else STANDINGS
    found = sum(counts[name][asked] for name in standings if name in counts)
    around = ("recommendation__theme", "plan__unit")
    pages = max(1, -(-found // PAGE))
    if page is None:
        # Of thousands of rows many share their plan: each is made once, and not for each row.
        rows, page, pages = listed.prefetch_related(*around), 1, 1
    else:
        page = min(max(page, 1), pages)
        # Chosen first, so that what is told of a row is worked out for those of one page alone.
        chosen = listed.order_by(*_ORDERS[by]).values("pk")[(page - 1) * PAGE : page * PAGE]
        rows = every.filter(pk__in=chosen).select_related(*around)
    rows = rows.order_by(*_ORDERS[by]).prefetch_related(_leads(as_at), next_ones())
    found_rows = tuple(rows)
    moved = movements(found_rows, as_at, rated)
    for action in found_rows:
        action.movement = moved[action.pk]
    return Register(
        actions=found_rows,
        found=found,
        total=sum(row["every"] for row in counts.values()),
        standings={name: counts[name]["every"] if name in counts else 0 for name in STANDINGS},
        marks={name: sum(row[f"mark_{name}"] for row in counts.values()) for name in MARKS},
        page=page,
        pages=pages,
        as_at=as_at,
        filters=filters,
    )


_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "plan": ("plan_id", "position", "pk"),
    "due": (F("now_due").asc(nulls_last=True), "pk"),
    "standing": ("standing_order", F("first_due").asc(nulls_last=True), "pk"),
    "updated": (F("updated_at").asc(nulls_first=True), "pk"),
}


def actions_for(
    *,
    for_: Person,
    as_at: date,
    known: Known | None = None,
    needing: Iterable[str] | None = None,
) -> QuerySet[Any]:
    """Every action that somebody may see, with ``standing`` and its marks as they are on a day.

    ``needing`` are the colours that need a recovery, which saves a query where they are known.
    """
    if needing is None:
        needing = scales().now.needing
    recovered, needs_one = unanswered(needing)
    quarter_began = _quarter_began(as_at)
    quarter_ends = _quarter_began(
        date(quarter_began.year + (quarter_began.month > 9), (quarter_began.month + 2) % 12 + 1, 1)
    )
    holder = Holding.objects.filter(current(as_at), post=OuterRef("post"))
    answered = Lead.objects.filter(
        current(as_at), action=OuterRef("pk"), role="accountable"
    ).filter(Q(post__isnull=True) | Exists(holder))
    began = timezone.make_aware(datetime.combine(quarter_began, time.min))
    is_open = ~Q(status__in=("completed", "withdrawn"))
    often = cadences()
    return (
        Action.objects.filter(plan__unit__in=reach(for_, "read_register", as_at, known))
        .annotate(standing=standing_on(as_at), every=often.in_sql())
        .alias(recovered=recovered)
        .annotate(
            standing_order=Case(
                *(
                    When(standing=name, then=Value(place))
                    for place, name in enumerate(("late", "at_risk", "on_track", "not_due"))
                ),
                default=Value(9),
            ),
            is_moved=_is(Q(moves__gt=0) & is_open),
            is_silent=_is(is_open & (Q(updated_at__isnull=True) | Q(updated_at__lt=began))),
            is_no_word=_is(is_open & often.silent(as_at)),
            is_same_words=_is(is_open & Q(same_words__gt=0)),
            is_nobody=_is(is_open & ~Exists(answered)),
            is_milestone_missed=_is(is_open & missed(as_at)),
            is_due_this_quarter=_is(
                is_open & Q(now_due__gte=quarter_began) & Q(now_due__lt=quarter_ends)
            ),
            is_unanswered=_is(is_open & needs_one),
        )
    )


def standing_on(as_at: date) -> Case:
    """Where an action stands on a day: late counts from the first promise, whatever came later."""
    return Case(
        When(status="withdrawn", then=Value("withdrawn")),
        When(status="completed", completed_on__lte=as_at, then=Value("done")),
        When(first_due__lt=as_at, then=Value("late")),
        When(at_risk=True, then=Value("at_risk")),
        When(Q(now_due__gt=F("first_due"), now_due__gte=as_at), then=Value("at_risk")),
        When(next_review__lt=as_at, then=Value("at_risk")),
        When(starts__gt=as_at, then=Value("not_due")),
        default=Value("on_track"),
        output_field=CharField(),
    )


def _is(condition: Any) -> Case:  # noqa: ANN401
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _narrowed(actions: QuerySet[Any], filters: Filters, as_at: date) -> QuerySet[Any]:
    for word in filters.search.split()[:10]:
        actions = actions.filter(
            Q(text__icontains=word)
            | Q(title__icontains=word)
            | Q(number__iexact=word)
            | Q(recommendation__text__icontains=word)
        )
    if filters.status:
        actions = actions.filter(status=filters.status)
    if filters.rating:
        actions = actions.filter(rag=filters.rating)
    if filters.theme:
        actions = actions.filter(recommendation__theme__public_id=filters.theme)
    if filters.recommendation:
        linked = Link.objects.filter(
            current(as_at),
            from_kind="action",
            from_id=OuterRef("public_id"),
            to_kind="recommendation",
            to_id=filters.recommendation,
        )
        actions = actions.filter(
            Q(recommendation__public_id=filters.recommendation) | Exists(linked)
        )
    if filters.plan:
        actions = actions.filter(plan__public_id=filters.plan)
    if filters.strand:
        belongs = InStrand.objects.filter(
            ended_at__isnull=True, strand__public_id=filters.strand, action=OuterRef("pk")
        )
        actions = actions.filter(Q(plan__strand__public_id=filters.strand) | Exists(belongs))
    if filters.lead:
        leading = Lead.objects.filter(
            current(as_at), action=OuterRef("pk"), post__public_id=filters.lead
        )
        actions = actions.filter(Exists(leading))
    if filters.contributor:
        helping = Lead.objects.filter(
            current(as_at),
            action=OuterRef("pk"),
            role="supporting",
            post__public_id=filters.contributor,
        )
        actions = actions.filter(Exists(helping))
    if filters.due_from:
        actions = actions.filter(now_due__gte=filters.due_from)
    if filters.due_to:
        actions = actions.filter(now_due__lte=filters.due_to)
    return actions


def _leads(as_at: date) -> Prefetch[str, QuerySet[Lead], str]:
    """Who answers on a day, with their posts and who holds them."""
    holders = Prefetch(
        "post__holdings",
        Holding.objects.filter(current(as_at)).select_related("person"),
        to_attr="now",
    )
    return Prefetch(
        "leads",
        Lead.objects.filter(current(as_at))
        .select_related("post", "team")
        .prefetch_related(holders),
        to_attr="leads_now",
    )


def _quarter_began(day: date) -> date:
    """The first day of the quarter that a day lies in; financial and calendar quarters agree."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


# -- one action ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One event of an action's story: when, its kind (promised, moved, said), and its words."""

    at: date
    kind: str
    by: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class History:
    """Everything that was ever promised and said of one action, oldest first."""

    action: Action
    standing: str
    events: tuple[Told, ...]
    promises: tuple[Promise, ...]
    updates: tuple[Update, ...]
    evidence: tuple[Evidence, ...]
    leads: tuple[Lead, ...]
    links: tuple[Link, ...]
    # The keys of updates that came by a link from another browser than the first.
    elsewhere: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """The story as plain values."""
        return {
            "id": self.action.public_id,
            "number": self.action.number,
            "text": self.action.text,
            "standing": self.standing,
            "first_promised": self.action.first_due,
            "now_promised": self.action.now_due,
            "moves": self.action.moves,
            "events": [asdict(event) for event in self.events],
        }


def history(
    *,
    for_: Person,
    action: Action,
    as_at: date,
    known: Known | None = None,
    needing: Iterable[str] | None = None,
) -> History:
    """What became of one action, from its first promise to its last update.

    Raises ``Missing`` for an action that this person cannot see: to them it does not exist.
    """
    found = (
        actions_for(for_=for_, as_at=as_at, known=known, needing=needing)
        .select_related("recommendation__theme", "plan__unit", "plan__strand")
        .filter(pk=action.pk)
        .annotate(
            good=good_of_actions(),
            **{f"has_{name}": Exists(rows) for name, rows in _around().items()},
            **beside(),
        )
        .first()
    )
    if found is None:
        raise Missing("There is no such action.", do="Check the address.")
    promises = tuple(
        Promise.objects.filter(action=found).select_related("given_by", "replaces").order_by("id")
    )
    updates = tuple(Update.objects.filter(action=found).select_related("by", "recovery"))
    events = [_promised(promise, found) for promise in promises]
    events += [_said(update) for update in updates]
    return History(
        action=found,
        standing=str(found.standing),
        events=tuple(sorted(events, key=lambda event: event.at)),
        promises=promises,
        updates=updates,
        evidence=tuple(Evidence.objects.filter(action=found)),
        leads=tuple(Lead.objects.filter(action=found).select_related("post")),
        links=tuple(
            Link.objects.filter(
                Q(from_kind="action", from_id=found.public_id)
                | Q(to_kind="action", to_id=found.public_id)
            )
        ),
        elsewhere=sent_elsewhere(updates) if found.has_uses else frozenset(),
    )


def _around() -> dict[str, QuerySet[Any]]:
    """What may stand around an action and seldom does: where there is none, nothing more is asked.

    What bodies said and asked of it, its milestones, case studies and hand-overs.
    """
    models: dict[str, type[Any]] = {"stances": Stance, "asks": Ask, "consultations": Consultation}
    models |= {"milestones": Milestone, "case_studies": CaseStudy, "service_plans": InServicePlan}
    found: dict[str, QuerySet[Any]] = {
        name: model.objects.filter(action=OuterRef("pk")) for name, model in models.items()
    }
    found["in_strands"] = InStrand.objects.filter(action=OuterRef("pk"), ended_at__isnull=True)
    found["apart"] = Apart.objects.filter(action=OuterRef("pk"), undone_at__isnull=True)
    found["handovers"] = Passed.objects.filter(thing=OuterRef("public_id"))
    found["horizons"] = Horizon.objects.filter(plan=OuterRef("plan"), ended_at__isnull=True)
    found["uses"] = LinkUse.objects.filter(update__action=OuterRef("pk"), elsewhere=True)
    return found


def _promised(promise: Promise, action: Action) -> Told:
    day = promise.given_on or action.plan.begins
    return Told(
        day,
        "promised" if promise.replaces_id is None else "moved",
        promise.given_by.name if promise.given_by else "",
        {
            "words": promise.words,
            "due": promise.end,
            "before": promise.replaces.end if promise.replaces else None,
            "reason": promise.reason,
            "agreed_by": promise.agreed_by,
        },
    )


def _said(update: Update) -> Told:
    return Told(
        update.said_on or timezone.localdate(update.at),
        "said",
        update.by.name if update.by else "",
        {
            "status": update.status,
            "rag": update.rag,
            "done": update.done,
            "changed": update.changed,
            "forecast": update.forecast,
            "next_review": update.next_review,
            "completed_on": update.completed_on,
        }
        | _answered(update),
    )


def _answered(update: Update) -> dict[str, Any]:
    """What answers a rating that says trouble; nothing where nobody gave it."""
    recovery = getattr(update, "recovery", None)
    if recovery is None:
        return {}
    return {"cause": recovery.cause, "step": recovery.step, "due": recovery.due}


# -- plans, drafts and editions --------------------------------------------------------------------


def plans(*, for_: Person, as_at: date) -> QuerySet[Plan]:
    """The plans that somebody may see, with how many actions each has."""
    return (
        Plan.objects.filter(unit__in=reach(for_, "read_register", as_at))
        .select_related("unit", "strand")
        .annotate(action_count=Count("actions"))
        .order_by("unit_id", "-begins", "pk")
    )


def drafts(*, for_: Person, as_at: date) -> QuerySet[Draft]:
    """The drafts that somebody may see, newest first, with how many questions each leaves open."""
    return (
        Draft.objects.filter(unit__in=reach(for_, "read_drafts", as_at))
        .select_related("unit", "strand", "received_by")
        .annotate(
            open_questions=Count("questions", filter=Q(questions__answer="")),
            must_questions=Count("questions", filter=Q(questions__answer="", questions__must=True)),
        )
        .defer("content")
        .order_by("-received_at", "-pk")
    )


@dataclass(frozen=True)
class DraftRead:
    """A draft as a page shows it: what was read, its questions, and what a check finds.

    ``stands`` says where the words stand that a question of their meaning is about, by the public
    identifier of the question.
    """

    row: Draft
    plan: PlanValue
    questions: tuple[Question, ...]
    findings: tuple[Any, ...]
    warnings: tuple[Any, ...]
    printed: tuple[Any, ...] = ()
    stands: Mapping[str, bridge.Stands] = field(default_factory=dict)


def draft(*, for_: Person, row: Draft, as_at: date) -> DraftRead:
    """One draft with its questions and findings. Raises ``Missing`` where it cannot be seen."""
    if row.unit_id not in reach(for_, "read_drafts", as_at):
        raise Missing("There is no such draft.", do="Check the address.")
    read, findings = _checked((row.public_id, as_at))
    questions = tuple(row.questions.all())
    stands = {
        one.public_id: bridge.stands(read, one.code, one.words)
        for one in questions
        if one.code in bridge.MEANT
    }
    return DraftRead(row, read.plan, questions, findings, read.warnings, read.printed, stands)


def _read_and_checked(asked: tuple[str, date]) -> tuple[PlanDraft, tuple[Any, ...]]:
    """What was read from a document, which no answer changes, and what a check finds on a day."""
    public_id, as_at = asked
    content = Draft.objects.values_list("content", flat=True).get(public_id=public_id)
    read = bridge.draft_from_json(content)
    return read, check(read.plan, as_at)


_checked = Kept(
    _read_and_checked,
    most=_MOST_ACTIONS,
    weigh=lambda read: sum(1 + len(rec.actions) for rec in read[0].plan.recommendations),
)


def editions(*, for_: Person, as_at: date) -> QuerySet[Edition]:
    """The editions that somebody in the workspace may see, newest first, without their content.

    Of the units above theirs those alone that were published.
    """
    own = Q(unit__in=reach(for_, "read_register", as_at, above=False))
    seen = Q(unit__in=reach(for_, "read_register", as_at), published_at__isnull=False)
    return (
        Edition.objects.filter(own | seen)
        .select_related("unit", "plan", "adopted_by", "published_by")
        .order_by("-adopted_at", "-pk")
        .defer("content")
    )


def findings(*, for_: Person, plan: Plan, as_at: date) -> tuple[Any, ...]:
    """What a check finds in a plan as it stands: read again before anything is published."""
    return check(frozen(for_=for_, plan=plan, as_at=as_at), as_at)


def frozen(*, for_: Person, plan: Plan, as_at: date) -> PlanValue:
    """A plan as it stands, as the frozen value that files are made of: seven queries."""
    if plan.unit_id not in reach(for_, "export_plan", as_at):
        raise Missing("There is no such plan.", do="Check the address.")
    return bridge.plan_of(plan, as_at)
