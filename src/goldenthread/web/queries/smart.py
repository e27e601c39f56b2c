"""The actions of plans by the five words: specific, measurable, achievable, relevant, timed.

What was found of a plan is kept between requests under a stamp of all that it rests on, so that a
page of thirty directorates judges only what has changed since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce

from goldenthread import plan as core
from goldenthread import timescale
from goldenthread.plan.smart import Gauge as Gauge
from goldenthread.plan.smart import Known, Smart, smart
from goldenthread.web.models import (
    Action,
    Lead,
    Link,
    Measure,
    Plan,
    Promise,
    Target,
    WhatGood,
)
from goldenthread.web.queries.kept import Kept

UPWARD = ("serves", "comes_from", "answers")
"""The meanings of a link by which an action says what it is for."""

# As many actions as a body of the largest size has are kept.
_MOST_ACTIONS = 20_000


def of_plans(plans: Iterable[int]) -> dict[int, dict[int, Smart]]:
    """Every action of these plans that was not withdrawn, judged: by the plan's and its own key.

    One query where nothing has changed since the last time, four otherwise, for any number.
    """
    rows = Plan.objects.filter(pk__in=sorted(set(plans)))
    return of_stamps(rows.values_list(*_stamp("pk", "public_id").values()))


def of_stamps(stamps: Iterable[tuple[Any, ...]]) -> dict[int, dict[int, Smart]]:
    """The same of plans by their stamps: no query where nothing has changed, else three."""
    rests_on = {stamp[0]: stamp for stamp in stamps}
    found = _kept.many(rests_on.values(), _judged)
    return {plan: found[stamp] for plan, stamp in rests_on.items()}


def of_action(
    action: Action,
    *,
    text: str | None = None,
    but: Measure | None = None,
    more: tuple[Gauge, ...] = (),
) -> Smart:
    """One action judged as it stands, in three queries, or as a form would make it.

    ``text`` is what would stand in the place of its words, ``more`` are measures that it would have
    besides, and ``but`` is the measure that these would take the place of.
    """
    row = _every([action.plan_id]).get(pk=action.pk)
    gauges = _gauges([action.plan_id], but)[action.pk]
    promises = _promises([action.plan_id])[action.pk]
    return _smart(row, gauges + more, promises, text)


def of_words(
    *,
    text: str,
    when: str,
    post: bool,
    gauges: Iterable[Gauge] = (),
    good: str = "",
    serves: int = 0,
) -> Smart:
    """An action that a form holds and nobody has kept yet."""
    return smart(
        core.Action(
            text,
            leads=(core.Lead("post"),) if post else (),
            timescales=tuple(timescale.read(when)) if when.strip() else (),
        ),
        Known(good=good, gauges=tuple(gauges), serves=serves),
    )


_kept: Kept[tuple[Any, ...], dict[int, Smart]] = Kept(
    lambda stamp: _judged([stamp])[stamp],
    most=_MOST_ACTIONS,
    weigh=lambda found: 1 + len(found),
)


def _stamp(plan: str, public_id: str) -> dict[str, Any]:
    """What the judgement of a plan rests on, in numbers that change whenever any of it does.

    Inside a query whose rows have the plan's key and its public identifier by these names.
    """

    def of(rows: QuerySet[Any], **counted: Any) -> dict[str, Coalesce]:  # noqa: ANN401
        return {
            f"of_{name}": Coalesce(
                Subquery(
                    rows.order_by()
                    .annotate(one=Value(1))
                    .values("one")
                    .annotate(n=what)
                    .values("n"),
                    output_field=IntegerField(),
                ),
                0,
            )
            for name, what in counted.items()
        }

    actions = Action.objects.filter(plan=OuterRef(plan))
    leads = Lead.objects.filter(action__plan=OuterRef(plan))
    measures = Measure.objects.filter(plan=OuterRef(plan), action__isnull=False)
    links = Link.objects.filter(
        from_kind="action",
        meaning__in=UPWARD,
        from_id__in=Action.objects.filter(plan=OuterRef(OuterRef(plan))).values("public_id"),
    )
    return {
        "plan": F(plan),
        "public_id": F(public_id),
        **of(actions, actions=Count("pk"), versions=Sum("version"), last=Max("pk")),
        **of(leads.filter(until__isnull=True), leads=Count("pk"), newest_lead=Max("pk")),
        **of(
            Promise.objects.filter(action__plan=OuterRef(plan)),
            promises=Count("pk"),
            newest_promise=Max("pk"),
        ),
        **of(measures, measures=Count("pk"), defined=Sum("version"), newest=Max("pk")),
        **of(Target.objects.filter(measure__plan=OuterRef(plan)), aimed=Max("pk")),
        **of(WhatGood.objects.filter(action__plan=OuterRef(plan)), good=Max("pk")),
        **of(links.filter(until__isnull=True), links=Count("pk"), newest_link=Max("pk")),
        **of(
            actions.filter(recommendation__review__isnull=False),
            reviewed=Count("pk"),
        ),
    }


STAMP = _stamp("plan", "plan__public_id")
"""The stamp of its plan, inside a query of plannings: what :func:`of_stamps` is given, in order."""


def _judged(
    stamps: list[tuple[Any, ...]],
) -> dict[tuple[Any, ...], dict[int, Smart]]:
    plans = [stamp[0] for stamp in stamps]
    gauges, promises = _gauges(plans), _promises(plans)
    found: dict[int, dict[int, Smart]] = {plan: {} for plan in plans}
    for row in _rows(plans):
        found[row.plan_id][row.pk] = _smart(row, gauges[row.pk], promises[row.pk])
    return {stamp: found[stamp[0]] for stamp in stamps}


def _rows(plans: list[int]) -> QuerySet[Any]:
    """The actions of plans that count."""
    return _every(plans).exclude(status="withdrawn")


def _every(plans: list[int]) -> QuerySet[Any]:
    """The actions of plans: who answers, what good looks like, what they serve."""
    answering = Lead.objects.filter(action=OuterRef("pk"), role="accountable", until__isnull=True)
    upward = Link.objects.filter(
        from_kind="action",
        from_id=OuterRef("public_id"),
        meaning__in=UPWARD,
        until__isnull=True,
    )
    return (
        Action.objects.filter(plan__in=plans)
        .annotate(
            has_lead=Exists(answering),
            has_post=Exists(answering.exclude(kind="body")),
            is_joined=Exists(upward),
            good_words=good_of_actions(),
            review=F("recommendation__review"),
        )
        .order_by("position", "pk")
    )


def good_of_actions() -> Coalesce:
    """What good looks like of an action as it stands, for the rows of a query of actions."""
    said = WhatGood.objects.filter(action=OuterRef("pk"), measure__isnull=True).order_by("-pk")
    return Coalesce(Subquery(said.values("words")[:1]), Value(""), output_field=TextField())


def _gauges(plans: list[int], but: Measure | None = None) -> dict[int, tuple[Gauge, ...]]:
    """The measures of each action that are counted still, with what is settled of them."""
    aimed = Target.objects.filter(measure=OuterRef("pk"), replaced_by__isnull=True)
    found: dict[int, list[Gauge]] = defaultdict(list)
    for row in (
        Measure.objects.filter(plan__in=plans, action__isnull=False, ended_on__isnull=True)
        .annotate(is_aimed=Exists(aimed))
        .order_by("position", "pk")
    ):
        if row != but:
            found[row.action_id or 0].append(gauge(row, aimed=row.is_aimed))
    return defaultdict(tuple, {key: tuple(gauges) for key, gauges in found.items()})


def gauge(measure: Measure, *, aimed: bool) -> Gauge:
    """What is settled of a measure: ``aimed`` says whether a target of it stands."""
    return Gauge(
        f"{measure.text} {measure.target}".strip(),
        target=aimed or bool(measure.target),
        baseline=measure.baseline_value is not None or bool(measure.baseline),
    )


def gauge_of(measure: Measure | None, text: str, begins: bool) -> Gauge:
    """A measure as a form would make it: its words and whether it begins somewhere.

    What the form does not ask is as it stands: a printed baseline, and any target.
    """
    if measure is None:
        return Gauge(text, baseline=begins)
    aimed = Target.objects.filter(measure=measure, replaced_by__isnull=True).exists()
    return Gauge(
        f"{text} {measure.target}".strip(),
        target=aimed or bool(measure.target),
        baseline=begins or bool(measure.baseline),
    )


def _promises(plans: list[int]) -> dict[int, tuple[timescale.Timescale, ...]]:
    found: dict[int, list[timescale.Timescale]] = defaultdict(list)
    stands = Promise.objects.filter(action__plan__in=plans, replaced_by__isnull=True)
    for action, reading in stands.order_by("position", "pk").values_list("action", "reading"):
        if reading:
            found[action].append(timescale.from_json(reading))
    return defaultdict(tuple, {key: tuple(claims) for key, claims in found.items()})


def _smart(
    row: Any,  # noqa: ANN401
    gauges: tuple[Gauge, ...],
    promises: tuple[timescale.Timescale, ...],
    text: str | None = None,
) -> Smart:
    kinds: list[Any] = []
    if row.has_lead:
        kinds = ["post" if row.has_post else "body"]
    action = core.Action(
        row.text if text is None else text,
        leads=tuple(core.Lead("lead", kind) for kind in kinds),
        timescales=promises,
    )
    known = Known(
        good=row.good_words,
        gauges=gauges,
        serves=int(row.is_joined) + (row.review is not None),
    )
    return smart(action, known)
