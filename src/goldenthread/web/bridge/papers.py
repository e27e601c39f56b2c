"""Papers: from the rows of a plan and of a body that meets to the facts that a paper freezes.

The plan stands in them twice: as it was known at the end of the day on which the body last met, and
as it is known now. What was recorded later about an earlier day is news to the body, and so it is
told as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate, make_aware

from goldenthread.plan import edition
from goldenthread.plan import paper as papers
from goldenthread.web import models as rows
from goldenthread.web.bridge.editions import (
    public_lead,
    public_promises,
    public_update,
)
from goldenthread.web.bridge.inquiries import answered, letter, public_recommendation
from goldenthread.web.bridge.measures import (
    is_open,
    measure_value,
    standing_points,
    standing_targets,
    tolerances,
)
from goldenthread.web.bridge.ratings import Scales, scales
from goldenthread.web.bridge.reading import by_action, finished_on, word
from goldenthread.web.bridge.vacancies import Vacancy, vacancies


def facts_of(
    committee: rows.Committee,
    plan: rows.Plan,
    *,
    body: tuple[int, str],
    met_on: date | None,
    as_at: date,
    meeting_on: date | None = None,
    known_on: date | None = None,
    strand: rows.Strand | None = None,
) -> papers.Facts:
    """What a paper on a plan for a committee reckons from; the queries do not grow with the plan.

    ``body`` is the key and the name of the unit that is the whole council. Asks and stances count
    to ``known_on``, the rest to ``as_at``.
    ``met_on`` is the day of its last meeting, None where it has not met on the plan before: then,
    and where the plan began later, nothing is said to have moved. With a ``strand`` the plan is
    narrowed to the actions that belong to it today, on both days, with their measures and what is
    said of them; what the body asked stays whole.
    """
    known = _Known.of(plan, body)
    if strand is not None and strand.pk != plan.strand_id:
        known = known.within(strand)
    then = None
    if met_on is not None and plan.begins <= met_on <= as_at:
        then = known.stood(met_on, known_on=met_on)
    now = known.stood(as_at, known_on=None)
    return papers.Facts(
        committee=committee.name,
        now=now,
        then=then,
        meeting_on=meeting_on,
        known_on=known_on,
        led=tuple(known.led(as_at)),
        asks=tuple(_asks(committee)),
        stances=tuple(one for one in _stances(plan) if not one.about or known.holds(one.about)),
        measured=_measured(plan, as_at, known.strand),
        strand=strand.name if strand is not None else "",
    )


def paper_of(row: rows.Paper) -> papers.Paper:
    """The paper that a row holds: its frozen facts with the author's words.

    Its day is that of its issue; until then that on which it was made.
    """
    return paper_with(row, row.words)


def paper_with(row: rows.Paper, words: Mapping[str, Any]) -> papers.Paper:
    """The paper that a row would hold with these words."""
    facts = msgspec.convert(row.facts, papers.Facts)
    written = localdate(row.issued_at or row.made_at)
    return papers.paper_from_json(
        {
            **words,
            "schema": papers.PAPER_SCHEMA,
            "facts": msgspec.to_builtins(facts),
            "written_on": written.isoformat(),
            "number": row.number,
        }
    )


_OF_AN_UPDATE = (
    *("pk", "action_id", "number", "at", "said_on", "about", "status", "rag", "done", "changed"),
    *("forecast", "next_review", "stops_when", "completed_on"),
    *("recovery__cause", "recovery__step", "recovery__due"),
)


@dataclass(frozen=True)
class _Known:
    """All rows of a plan that a paper reads, fetched once for both its days."""

    plan: rows.Plan
    body: tuple[int, str]
    recommendations: Sequence[rows.Recommendation]
    actions: Sequence[rows.Action]
    leads: Mapping[int, list[rows.Lead]]
    posts: Collection[rows.Post]
    holdings: Collection[rows.Holding]
    promises: Mapping[int, list[rows.Promise]]
    # Light rows of ``_OF_AN_UPDATE``: of years of updates a paper needs few, and reads all.
    updates: Mapping[int, list[Any]]
    evidence: Mapping[int, list[rows.Evidence]]
    rated: Scales
    # Both days have most updates in common: each is made into a value once.
    made: dict[tuple[int, int], edition.Update] = field(default_factory=dict)
    strand: rows.Strand | None = None

    @classmethod
    def of(cls, plan: rows.Plan, body: tuple[int, str]) -> _Known:
        entry = rows.AuditEntry.objects.filter(
            object_kind="action", object_id=OuterRef("public_id"), act="action.added"
        )
        actions = list(
            rows.Action.objects.filter(plan=plan)
            .select_related("recommendation__theme")
            .annotate(added_at=Subquery(entry.values("at")[:1]))
        )
        leads = list(
            rows.Lead.objects.filter(action__plan=plan, role="accountable").select_related(
                "post__unit"
            )
        )
        posts = tuple({one.post.pk: one.post for one in leads if one.post is not None}.values())
        return cls(
            plan=plan,
            body=body,
            recommendations=list(answered(plan)),
            actions=actions,
            leads=by_action(leads),
            posts=posts,
            holdings=tuple(rows.Holding.objects.filter(post__in=posts).select_related("person")),
            promises=by_action(rows.Promise.objects.filter(action__plan=plan).order_by("id")),
            updates=by_action(
                rows.Update.objects.filter(action__plan=plan)
                .order_by("action_id", "number")
                .values_list(*_OF_AN_UPDATE, named=True)
            ),
            evidence=by_action(rows.Evidence.objects.filter(action__plan=plan)),
            rated=scales(),
        )

    def within(self, strand: rows.Strand) -> _Known:
        """The same of one strand besides the plan's: its actions, and what they answer."""
        belongs = set(
            rows.InStrand.objects.filter(
                strand=strand, ended_at__isnull=True, action__plan=self.plan
            ).values_list("action", flat=True)
        )
        actions = [row for row in self.actions if row.pk in belongs]
        answered = {row.recommendation_id for row in actions}
        return replace(
            self,
            actions=actions,
            recommendations=[one for one in self.recommendations if one.pk in answered],
            strand=strand,
        )

    def holds(self, number: str) -> bool:
        """Whether a number is that of an action or a recommendation here."""
        actions = (row.number for row in self.actions)
        return number in actions or any(number == row.number for row in self.recommendations)

    def stood(self, at: date, *, known_on: date | None) -> edition.Edition:
        """The plan on a day; with ``known_on`` only what was known by the end of that day."""
        plan = self.plan
        themes = {r.theme.pk: r.theme for r in self.recommendations if r.theme is not None}
        nobody = edition.Deed("", at)
        held = {
            one.post_id: one
            for one in self.holdings
            if one.since <= at and (one.until is None or one.until >= at)
        }
        empty = vacancies(self.posts, at, self.holdings)
        return edition.Edition(
            body=self.body[1],
            plan=plan.title,
            number=1,
            as_at=at,
            adopted=nobody,
            published=nobody,
            unit=plan.unit.name if plan.unit_id != self.body[0] else "",
            programme="",
            themes=tuple(
                edition.Theme(letter(theme), theme.name)
                for theme in sorted(themes.values(), key=lambda theme: (theme.position, theme.pk))
            ),
            recommendations=tuple(public_recommendation(rec) for rec in self.recommendations),
            actions=tuple(
                self._action(row, at, known_on, held, empty)
                for row in self.actions
                if known_on is None or self._was_there(row, known_on)
            ),
        )

    def _was_there(self, row: rows.Action, on: date) -> bool:
        added: datetime | None = getattr(row, "added_at", None)
        return added is None or localdate(added) <= on

    def _action(
        self,
        row: rows.Action,
        at: date,
        known_on: date | None,
        held: Mapping[int, rows.Holding],
        empty: Mapping[int, Vacancy],
    ) -> edition.Action:
        end = _end_of(known_on) if known_on is not None else None
        updates = [u for u in self.updates.get(row.pk, ()) if _by(u.at, end)]
        promises = [
            p
            for p in self.promises.get(row.pk, ())
            if known_on is None or p.given_on is None or p.given_on <= known_on
        ]
        shown: dict[int | None, list[edition.Evidence]] = defaultdict(list)
        for item in self.evidence.get(row.pk, ()):
            if _by(item.at, end):
                shown[item.update_id].append(edition.Evidence(item.title, item.url))
        rec = row.recommendation
        theme = rec.theme if rec else None
        last = updates[-1] if updates else None
        given_up = next((u for u in reversed(updates) if u.status), None)
        gone = None
        if given_up is not None and given_up.status == "withdrawn":
            day = given_up.said_on or localdate(given_up.at)
            gone = edition.Withdrawal(day, given_up.done)
        return edition.Action(
            id=row.public_id,
            number=row.number,
            words=row.text,
            lead=public_lead(self.leads.get(row.pk, ()), held, empty, at),
            theme=letter(theme) if theme else "",
            recommendations=(rec.number,) if rec is not None else (),
            short=row.title,
            promises=public_promises(promises, self.plan),
            starts_on=row.starts,
            done_on=finished_on(updates),
            updates=needed(
                tuple(
                    self._update(u, row, shown.get(u.pk, ())) for u in _candidates(updates, shown)
                ),
                at,
            ),
            repeats=next((p.words for p in promises if p.kind == "recurring"), ""),
            next_review=last.next_review if last else None,
            stops_when=last.stops_when if last else "",
            withdrawn=gone,
        )

    def _update(
        self,
        row: Any,  # noqa: ANN401
        action: rows.Action,
        shown: Sequence[edition.Evidence],
    ) -> edition.Update:
        key = (row.pk, len(shown))
        if key in self.made:
            return self.made[key]
        self.made[key] = replace(
            public_update(row, action, shown, self.rated),
            colour=word(row.rag),
            recovery=edition.Recovery(row.recovery__cause, row.recovery__step, row.recovery__due)
            if row.recovery__due is not None
            else None,
        )
        return self.made[key]

    def led(self, on: date) -> Iterable[papers.Led]:
        """The unit of the post that answers for each action on a day."""
        for action in self.actions:
            lead = next(
                (
                    one
                    for one in self.leads.get(action.pk, ())
                    if one.since <= on and (one.until is None or one.until >= on)
                ),
                None,
            )
            if lead is not None and lead.post is not None:
                yield papers.Led(action.public_id, lead.post.unit.name)


def _by(at: datetime, end: datetime | None) -> bool:
    return end is None or at < end


def _end_of(day: date) -> datetime:
    """The moment at which a day ends here, whatever summer time does to it."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _candidates(
    updates: Sequence[Any], shown: Mapping[int | None, Sequence[edition.Evidence]]
) -> Iterable[Any]:
    """The updates that :func:`needed` could keep: making values of all the others takes longest."""
    said = [update for update in updates if update.done]
    rated = next((update for update in reversed(said) if update.rag), None)
    newest = len(said) - 2 * _NEWEST
    for place, update in enumerate(said):
        if place >= newest or update is rated or update.pk in shown:
            yield update


# Updates that a paper can ask for: the newest with the ones that its words are compared to.
_NEWEST = 4


def needed(updates: tuple[edition.Update, ...], at: date) -> tuple[edition.Update, ...]:
    """The newest updates by a day, all that hold evidence, and the last that rates with a colour.

    Twenty quarters of words are read in the register: a paper asks for the last of them.
    """
    action = edition.Action("need", "", "", edition.Lead(""), updates=updates)
    newest = edition.updates(action, at)
    rated = next((update for update in newest if update.colour), None)
    kept = {id(one) for one in newest[:_NEWEST]} | {id(one) for one in newest if one.evidence}
    return tuple(one for one in updates if id(one) in kept or one is rated)


def _asks(committee: rows.Committee) -> Iterable[papers.Ask]:
    asked = (
        rows.Ask.objects.filter(committee=committee)
        .select_related("post")
        .prefetch_related("answers")
        .order_by("number")
    )
    for row in asked:
        yield papers.Ask(
            number=f"{committee.letter}{row.number}",
            words=row.words,
            asked_on=row.asked_on,
            kind=word(row.kind),
            of=row.post.title if row.post else "",
            due=row.due,
            replies=tuple(
                papers.Reply(given.on, given.words, given.whole) for given in row.answers.all()
            ),
            withdrawn_on=row.withdrawn_on,
        )


def _stances(plan: rows.Plan) -> Iterable[papers.Stance]:
    said = rows.Stance.objects.filter(plan=plan).select_related(
        "committee", "action", "recommendation"
    )
    for row in said.order_by("id"):
        thing = row.action or row.recommendation
        yield papers.Stance(
            body=row.committee.name,
            stance=word(row.stance),
            on=row.on,
            words=row.words,
            about=thing.number if thing is not None else "",
        )


def _measured(
    plan: rows.Plan, on: date, strand: rows.Strand | None = None
) -> tuple[papers.Measured, ...]:
    """The measures of a plan that may be drawn, with their figures up to a day; or of a strand's.

    A measure that counts people by a characteristic or by unit, or that does not say what it
    counts, has no series, and so has no way into a paper.
    """
    held = rows.Measure.objects.filter(plan=plan).select_related("action", "owner")
    if strand is not None:
        there = rows.InStrand.objects.filter(strand=strand, ended_at__isnull=True)
        held = held.filter(
            Q(pk__in=there.filter(measure__isnull=False).values("measure"))
            | Q(action__in=there.filter(action__isnull=False).values("action"))
        )
    open_ = [row for row in held.order_by("position", "id") if is_open(row)]
    if not open_:
        return ()
    points, targets = standing_points(open_), standing_targets(open_)
    near = tolerances()[0].near
    found = []
    for row in open_:
        value = measure_value(
            row, points.get(row.pk, []), targets.get(row.pk, []), on=on, near=near
        )
        made = edition.series(value, on)
        if made is None:
            continue
        said = next((one.commentary for one in reversed(value.readings) if one.commentary), "")
        numbers = (row.action.number,) if row.action is not None else ()
        found.append(papers.Measured.of(made, actions=numbers, said=said))
    return tuple(found)
