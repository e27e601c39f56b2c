"""How a planning is reviewed: what its rows say of it, what is missing, and what its year left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, When

from goldenthread.plan.evaluation import (
    WRITTEN,
    Claim,
    Evaluation,
    Evidence,
    Found,
    Lack,
    Look,
    Promised,
    Said,
    Shows,
    Waits,
    Written,
    from_json,
    missing,
)
from goldenthread.web import bridge
from goldenthread.web.models import (
    Action,
    Area,
    Closing,
    Correction,
    EvaluationPart,
    EvidenceWithdrawn,
    Link,
    Measure,
    Person,
    Planning,
    SignOff,
)
from goldenthread.web.models import CarriedOver as CarriedOver
from goldenthread.web.models import Claim as ClaimRow
from goldenthread.web.models import ClaimEvidence as ClaimEvidence
from goldenthread.web.models import Evidence as UpdateEvidence
from goldenthread.web.models import Look as LookRow
from goldenthread.web.permissions import current, reach
from goldenthread.web.queries.consultation import Consulting, consultings_of
from goldenthread.web.queries.facts import how_many
from goldenthread.web.queries.links import joined
from goldenthread.web.queries.plan import standing_on
from goldenthread.web.queries.steps import scheme

STEP = "review"
"""The word of the step that a review is."""
OFFERED = 60
"""How many measures, and pieces of evidence, a form offers to show a claim."""


# -- what the gate counts --------------------------------------------------------------------------


def _counting() -> QuerySet[ClaimEvidence]:
    """The evidence of claims that counts: none that was taken back, nor of such an update."""
    return ClaimEvidence.objects.filter(
        evidence__update__taken_back__isnull=True, withdrawn__isnull=True
    )


_CLAIMS = ClaimRow.objects.filter(withdrawn_at__isnull=True)
COUNTED = {
    "evaluation_parts": how_many(
        EvaluationPart.objects.filter(part__in=WRITTEN), what=Count("part", distinct=True)
    )
    + Case(When(Exists(Action.objects.filter(plan=OuterRef("plan"))), then=2), default=0),
    "claims": how_many(_CLAIMS),
    "claims_with_evidence": how_many(
        _CLAIMS.filter(Exists(_counting().filter(claim=OuterRef("pk"))))
    ),
}
"""What the review has, for gates: ``evaluation_parts`` that are told, ``claims``, and
``claims_with_evidence``.

What was promised and what was done are told where the plan that came of it has an action. Evidence
of an update that was taken back shows nothing.
"""


# -- one planning ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Rows:
    """The rows of a planning's review: what the page shows and the evaluation tells."""

    parts: tuple[EvaluationPart, ...]
    claims: tuple[ClaimRow, ...]
    evidence: Mapping[int, tuple[ClaimEvidence, ...]]
    looks: tuple[LookRow, ...]
    consultings: tuple[Consulting, ...]

    def newest(self, part: str) -> EvaluationPart | None:
        """The newest writing of a part."""
        return next((one for one in reversed(self.parts) if one.part == part), None)


def _rows(planning: Planning, on: date) -> _Rows:
    given: dict[int, list[ClaimEvidence]] = {}
    for one in (
        _counting().filter(claim__planning=planning).select_related("measure", "evidence", "by")
    ):
        given.setdefault(one.claim_id, []).append(one)
    return _Rows(
        tuple(EvaluationPart.objects.filter(planning=planning).select_related("by")),
        tuple(ClaimRow.objects.filter(planning=planning).select_related("by", "withdrawn_by")),
        {claim: tuple(rows) for claim, rows in given.items()},
        tuple(LookRow.objects.filter(planning=planning).select_related("by")),
        consultings_of(planning, on=on),
    )


def evaluation(planning: Planning, *, on: date) -> Evaluation:
    """All that the review of a planning holds on a day, in queries that do not grow with it.

    What was promised and done comes from the plan's own rows, the same for whoever asks. Of a
    measure that counts people nothing but its words is told.
    """
    return _evaluation(planning, _rows(planning, on), on, _signed(planning))


def _evaluation(planning: Planning, rows: _Rows, on: date, signed: bool) -> Evaluation:
    written = [one for part in WRITTEN if (one := rows.newest(part)) is not None]
    statement = rows.newest("statement")
    asked = [(one.row, each) for one in rows.consultings for each in one.asked]
    said = [each.position.stance for _row, each in asked if each.position is not None]
    return Evaluation(
        planned=planning.plan_id is not None,
        actions=_promised(planning, on),
        measures=_found(planning, on),
        written=tuple(Written(one.part, one.words, one.number) for one in written),
        statement=statement.words if statement is not None else "",
        claims=tuple(
            Claim(
                row.number,
                row.text,
                tuple(
                    Evidence(cast(Shows, one.kind), one.words, where(one))
                    for one in rows.evidence.get(row.pk, ())
                ),
            )
            for row in rows.claims
            if row.withdrawn_at is None
        ),
        looks=tuple(Look(one.on, one.decided, one.next_look) for one in rows.looks),
        said=tuple(Said(one.committee.name, one.stance, one.words, one.on) for one in said),
        waits=tuple(
            Waits(each.committee.name, row.wanted_by)
            for row, each in asked
            if each.position is None and row.wanted_by >= on
        ),
        signed=signed,
    )


def where(one: ClaimEvidence) -> str:
    """Where the evidence of a claim is: an address, a digest, or the identifier of its thing."""
    if one.measure is not None:
        return str(one.measure.public_id)
    if one.evidence is not None:
        return str(one.evidence.public_id)
    return one.url or one.sha256


def _promised(planning: Planning, on: date) -> tuple[Promised, ...]:
    rows = (
        Action.objects.filter(plan=planning.plan_id)
        .annotate(standing=standing_on(on))
        .order_by("position", "pk")
    )
    return tuple(
        Promised(
            id=row.public_id,
            number=row.number,
            words=row.title or row.text,
            standing=row.standing,
            first=row.first_due,
            now=row.now_due,
            moves=row.moves,
            done_on=row.completed_on if row.standing == "done" else None,
        )
        for row in rows
    )


def _found(planning: Planning, on: date) -> tuple[Found, ...]:
    rows = list(
        Measure.objects.filter(plan=planning.plan_id)
        .select_related("owner")
        .annotate(near_of_all=bridge.near_in_sql())
        .order_by("position", "pk")
    )
    findings = findings_of(rows, on=on)
    return tuple(Found(row.public_id, row.number, row.text, findings[row.pk]) for row in rows)


def findings_of(rows: Iterable[Measure], *, on: date) -> dict[int, str]:
    """What the readings of these measures say on a day, by their keys; nothing of those inside."""
    listed = list(rows)
    open_ = [row for row in listed if bridge.is_open(row)]
    points, targets = bridge.standing_points(open_), bridge.standing_targets(open_)
    near = bridge.near_now(listed)
    return {
        row.pk: bridge.measure_value(
            row, points.get(row.pk, []), targets.get(row.pk, []), on=on, near=near
        ).finding
        for row in listed
    }


def _signed(planning: Planning) -> bool:
    if scheme().step(STEP) is None:
        return True
    last = SignOff.objects.filter(planning=planning, step=STEP).order_by("id").last()
    return last is not None and last.what == "signed"


# -- its page --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A claim with its rows, and the evidence that was taken back: for the page that adds to it."""

    row: ClaimRow
    evidence: tuple[ClaimEvidence, ...]
    withdrawn: tuple[EvidenceWithdrawn, ...] = ()


@dataclass(frozen=True)
class Page:
    """A planning's review as its page shows it.

    Once it is closed ``now`` is what was frozen, ``closing`` says when and by whom, and nothing is
    missing. ``parts`` hold every writing of each part, the newest first.
    """

    now: Evaluation
    missing: tuple[Lack, ...]
    parts: Mapping[str, tuple[EvaluationPart, ...]]
    claims: tuple[Shown, ...]
    withdrawn: tuple[ClaimRow, ...]
    looks: tuple[LookRow, ...]
    consultings: tuple[Consulting, ...]
    closing: Closing | None
    corrections: tuple[Correction, ...]


def page(planning: Planning, *, on: date, signed: bool | None = None) -> Page:
    """What the page of a planning's review shows on a day.

    ``signed`` is whether its step is signed off, where the caller knows.
    """
    closing: Closing | None = None
    corrections: tuple[Correction, ...] = ()
    if planning.closed_on is not None:
        closing = Closing.objects.filter(planning=planning).select_related("post", "by").first()
        corrections = tuple(Correction.objects.filter(planning=planning).select_related("by"))
    rows = _rows(planning, on)
    if closing is not None:
        now = from_json(closing.content)
    else:
        now = _evaluation(planning, rows, on, _signed(planning) if signed is None else signed)
    taken: dict[int, list[EvidenceWithdrawn]] = {}
    for one in EvidenceWithdrawn.objects.filter(shown__claim__planning=planning).select_related(
        "shown", "by"
    ):
        taken.setdefault(one.shown.claim_id, []).append(one)
    return Page(
        now=now,
        missing=() if closing else missing(now),
        parts={
            part: tuple(one for one in reversed(rows.parts) if one.part == part)
            for part in (*WRITTEN, "statement")
        },
        claims=tuple(
            Shown(row, rows.evidence.get(row.pk, ()), tuple(taken.get(row.pk, ())))
            for row in rows.claims
            if row.withdrawn_at is None
        ),
        withdrawn=tuple(row for row in rows.claims if row.withdrawn_at is not None),
        looks=rows.looks,
        consultings=rows.consultings,
        closing=closing,
        corrections=corrections,
    )


def writings(planning: Planning, part: str) -> tuple[EvaluationPart, ...]:
    """Every writing of one part of a planning's review, the newest first."""
    rows = EvaluationPart.objects.filter(planning=planning, part=part)
    return tuple(reversed(rows.select_related("by")))


def offered_measures(planning: Planning, *, on: date) -> tuple[tuple[Measure, str], ...]:
    """The measures of a planning's plan that say something on a day, with what they say."""
    rows = list(
        Measure.objects.filter(plan=planning.plan_id)
        .select_related("owner")
        .order_by("position", "pk")[:OFFERED]
    )
    findings = findings_of(rows, on=on)
    return tuple((row, findings[row.pk]) for row in rows if findings[row.pk])


def offered_evidence(planning: Planning) -> tuple[UpdateEvidence, ...]:
    """The evidence given with updates of a planning's actions, the newest first."""
    found = UpdateEvidence.objects.filter(action__plan=planning.plan_id).exclude(kind="words")
    return tuple(found.select_related("action").order_by("-id")[:OFFERED])


# -- what last year left ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """One thing of the planning before: what it was, how it stood, and what was chosen of it.

    ``links`` are those that an unfinished action has now.
    """

    kind: str
    id: str
    words: str
    standing: str = ""
    links: tuple[Link, ...] = ()
    chosen: CarriedOver | None = None
    before: tuple[CarriedOver, ...] = ()

    @property
    def key(self) -> str:
        """What a form and an address call it."""
        return f"{self.kind}:{self.id}"


_OVER = ("done", "withdrawn")
_GOES_ON = ("serves", "answers", "needs", "measured_by")


def left(planning: Planning, *, on: date) -> tuple[Left, ...]:
    """What the planning before this one left: unfinished actions, chosen priorities, lessons.

    Nothing where it follows none. An action that was finished since it closed is not among them,
    unless something was chosen of it.
    """
    if planning.follows_id is None:
        return ()
    choices: dict[tuple[str, str], list[CarriedOver]] = {}
    for one in CarriedOver.objects.filter(planning=planning).select_related("by", "into"):
        choices.setdefault((one.kind, one.of), []).append(one)
    before = Planning.objects.get(pk=planning.follows_id)
    actions = [
        one
        for one in _promised(before, on)
        if one.standing not in _OVER or ("action", one.id) in choices
    ]
    links: dict[str, list[Link]] = {}
    for link in Link.objects.filter(
        current(on),
        from_kind="action",
        from_id__in=[one.id for one in actions],
        meaning__in=_GOES_ON,
    ):
        links.setdefault(link.from_id, []).append(link)
    found = [
        Left("action", one.id, f"{one.number} {one.words}".strip(), one.standing) for one in actions
    ]
    found += [
        Left("priority", area.public_id, f"{area.number} {area.title}")
        for area in Area.objects.filter(planning=before, choice="chosen", withdrawn_because="")
    ]
    lesson = EvaluationPart.objects.filter(planning=before, part="learnt").last()
    if lesson is not None:
        found.append(Left("lesson", lesson.public_id, lesson.words))
    return tuple(
        Left(
            one.kind,
            one.id,
            one.words,
            one.standing,
            tuple(links.get(one.id, ())),
            next(reversed(choices.get((one.kind, one.id), [])), None),
            tuple(choices.get((one.kind, one.id), [])[:-1]),
        )
        for one in found
    )


def to_take_up(planning: Planning, one: Left) -> tuple[Action, ...]:
    """The actions of a planning's plan that can take up an action that was left."""
    if one.kind != "action" or planning.plan_id is None:
        return ()
    found = Action.objects.filter(plan=planning.plan_id).exclude(public_id=one.id)
    return tuple(found.order_by("position", "pk"))


def link_words(one: Left, *, for_: Person, on: date) -> tuple[tuple[str, Link, str], ...]:
    """The links of something that was left, with what each leads to, where somebody may see it."""
    rows = {row.public_id: row for row in one.links}
    seen = joined(one.links, seen=reach(for_, "read_register", on), kind=one.kind, public_id=one.id)
    return tuple((link.link, rows[link.link], link.words) for link in seen)


def to_follow(unit: int, strand: int) -> Planning | None:
    """The newest closed planning of a directorate and a strand that nothing follows yet."""
    return (
        Planning.objects.filter(
            unit=unit, strand=strand, closed_on__isnull=False, followed_by__isnull=True
        )
        .order_by("-closed_on", "-pk")
        .first()
    )


# -- over all --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Learnt:
    """What one closed planning learnt, as it was frozen, with what was corrected since."""

    closing: Closing
    told: Evaluation
    corrections: tuple[Correction, ...]


PAGE = 20


def learnt(*, for_: Person, on: date, page: int = 1) -> tuple[tuple[Learnt, ...], int, int]:
    """What the closed plannings that somebody may read have learnt, the newest first.

    A page of them, how many there are in all, and how many pages.
    """
    found = Closing.objects.filter(planning__unit__in=reach(for_, "read_planning", on))
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows = list(
        found.select_related("planning__unit", "planning__strand", "post").order_by("-on", "-id")[
            (page - 1) * PAGE : page * PAGE
        ]
    )
    noted: dict[int, list[Correction]] = {}
    for one in Correction.objects.filter(planning__in=[row.planning_id for row in rows]):
        noted.setdefault(one.planning_id, []).append(one)
    return (
        tuple(
            Learnt(row, from_json(row.content), tuple(noted.get(row.planning_id, ())))
            for row in rows
        ),
        count,
        pages,
    )
