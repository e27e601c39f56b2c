"""Brackenford, set up as its people would have done it: every step by the change that does it.

Nothing is written past the rules. The council's cast is appointed, its plan is received as a
document's draft and adopted, and each move and update of the bundled edition is made by the person
who leads the action, on the day on which it was made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from goldenthread import plan as core
from goldenthread.documents import PlanDraft, read_plan
from goldenthread.example_data import cast, example
from goldenthread.plan import edition
from goldenthread.timescale import STANDARD, Timescale, read
from goldenthread.web.bridge import Figure
from goldenthread.web.changes import (
    demo_bodies,
    demo_choosing,
    demo_evaluation,
    demo_listening,
    demo_pledges,
    demo_steps,
    demo_tiers,
    figures,
    handover,
    measures,
    milestones,
    ownership,
    people,
    public_words,
    review,
    rounds,
    who_is_who,
)
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.demo_council import Brackenford as Brackenford
from goldenthread.web.changes.demo_council import found_brackenford as found_brackenford
from goldenthread.web.changes.demo_council import noon
from goldenthread.web.models import (
    Action,
    Edition,
    Measure,
    Person,
    Plan,
    Planning,
    Promise,
    Round,
)
from goldenthread.web.queries.asked import period

_REGISTER = "https://brackenford.example/race-equality/register#"


def half_way(council: Brackenford) -> Plan:
    """The council's plan, adopted by Cabinet and half way through its life on 30 September 2026.

    It is published as three editions, by the two people who do that: in April, July and October.
    Each quarter the calendar opens a round of updates and closes it; the last is open still.
    """
    told = bundled_edition()
    manager, publisher = council.holding("programme_manager"), council.holding("publisher")
    began = min(p.given_on for action in told.actions for p in action.promises)
    at = noon(began)
    draft = plans.keep_draft(
        by=manager, unit=council.units[""], strand=council.strand, draft=_draft(told), at=at
    )
    for question in draft.questions.filter(must=True):
        plans.answer_question(
            by=manager, question=question, version=question.version, answer="as_read", at=at
        )
    plan = plans.adopt_draft(by=manager, draft=draft, version=draft.version, at=at)
    rows = {action.number: action for action in Action.objects.filter(plan=plan)}
    for action in told.actions:
        row = rows[action.number]
        plans.reword_action(by=manager, action=row, version=row.version, title=action.short, at=at)
    _say_in_public(council, plan, told, at)
    _who_answers(council, plan, told, rows, at)
    measured = _measure(council, plan, told, at)
    steps = sorted([*_steps(told), *measured], key=lambda step: step.on)
    turns = _turns(began, told.published.on)
    story = demo_bodies.Story(plan, rows, council.people, council.posts, told)
    for earlier in told.earlier:
        while steps and steps[0].on <= earlier.published_on:
            step = steps.pop(0)
            _turn_until(turns, step.on)
            step.take(council, rows[step.action.number])
        story.until(earlier.published_on)
        publish(council, plan, noon(earlier.published_on), publisher)
    for step in steps:
        _turn_until(turns, step.on)
        step.take(council, rows[step.action.number])
    _turn_until(turns, told.published.on)
    story.until(told.published.on)
    for one in cast.PEOPLE:
        if one.left is not None:
            post = council.posts[one.post]
            people.appoint_holder(
                by=council.holding("administrator"),
                post=post,
                person=None,
                since=one.left + timedelta(days=1),
                version=post.version,
                at=noon(one.left + timedelta(days=1)),
            )
            post.refresh_from_db()
            handover.hand_over_work(
                by=manager,
                post=post,
                version=post.version,
                on=one.left + timedelta(days=1),
                meanwhile=council.posts["Chief Executive"],
                reason="The post is being advertised, and its work stays with it.",
                at=noon(one.left + timedelta(days=1)),
            )
    _say_in_public(council, plan, told, noon(told.published.on), coming=True)
    publish(council, plan, noon(told.published.on), publisher)
    return plan


def _measure(council: Brackenford, plan: Plan, told: edition.Edition, at: datetime) -> list[_Step]:
    """Say what the plan's measures are, with their targets; gives back their figures as steps.

    What was counted before the plan came from a file.
    """
    by, on = council.holding("programme_manager"), timezone.localdate(at)
    steps = []
    rows = {(row.action_id, row.text): row for row in Measure.objects.filter(plan=plan)}
    for action in told.actions:
        for measure in action.measures:
            row = rows[Action.objects.get(plan=plan, number=action.number).pk, measure.words]
            _define(council, row, measure, at)
            given = [_figure(one) for one in measure.readings]
            if before := [figure for figure in given if figure.ends < on]:
                figures.take_figures(by=by, measure=row, figures=before, at=at)
            steps += [
                _Step(figure.ends + timedelta(days=9), action, measured=(row, figure))
                for figure in given
                if figure.ends >= on
            ]
    return steps


def _define(council: Brackenford, row: Measure, told: edition.Measure, at: datetime) -> None:
    """Say what one measure is, and set its targets with their reasons."""
    by = council.holding("programme_manager")
    measures.define_measure(
        by=by,
        measure=row,
        version=row.version,
        owner=council.posts.get(told.owner),
        said={
            "number": told.number,
            "definition": told.definition,
            "quantity": told.quantity or "",
            "places": told.places or 0,
            "better": told.better or "",
            "counts": told.counts or "",
            "source": told.source,
            "months": told.months or 3,
            "baseline_value": None if told.baseline is None else Decimal(str(told.baseline)),
            "baseline_on": told.baseline_on,
            "limits_from": told.limits_from,
        },
        at=at,
    )
    for aim in told.targets:
        measures.set_target(
            by=by,
            measure=row,
            value=Decimal(str(aim.value)),
            on=aim.on,
            horizon=aim.horizon or "",
            rationale=aim.rationale,
            at=at,
        )


def _figure(reading: edition.Reading) -> Figure:
    """A reading as it is given: the share with the part and the whole that it is of."""
    value = None if reading.value is None else Decimal(str(reading.value))
    part = None
    if value is not None and reading.of is not None:
        part = (value * reading.of / 100).quantize(Decimal(1), "ROUND_HALF_UP")
    whole = None if part is None or reading.of is None else Decimal(reading.of)
    return Figure(reading.on, value, reading.commentary, part=part, whole=whole)


def _say_in_public(
    council: Brackenford, plan: Plan, told: edition.Edition, at: datetime, coming: bool = False
) -> None:
    """What the public pages say beside the plan; what is to come only once it is known."""
    by = council.holding("programme_manager")
    if not coming:
        public_words.word_public_page(
            by=by,
            of=council.units[""],
            version=1,
            programme=told.programme,
            contact=told.contact,
            licence=told.licence,
            at=at,
        )
    public_words.word_public_page(
        by=by,
        of=plan,
        version=2 if coming else 1,
        about=told.about,
        summary=told.summary,
        decided_by=told.decided_by,
        decided_on=told.decided_on,
        coming=[(one.on, one.words) for one in told.coming] if coming else [],
        at=at,
    )


def _who_answers(
    council: Brackenford, plan: Plan, told: edition.Edition, rows: dict[str, Action], at: datetime
) -> None:
    """Who is who, who contributes, what short and long term mean, and the milestones promised."""
    by, on = council.holding("programme_manager"), timezone.localdate(at)
    for one in told.answerable:
        # What holds for every plan of the council is said of the council.
        who_is_who.name_answerable(
            by=by,
            of=plan if one.part == "other" else council.units[""],
            part=one.part,
            post=council.posts[one.post],
            what=one.what,
            forum=one.forum,
            since=on,
            at=at,
        )
    plan.refresh_from_db()
    milestones.keep_horizons(
        by=by,
        plan=plan,
        horizons=[(one.name, one.ends) for one in told.horizons],
        version=plan.version,
        at=at,
    )
    for action in told.actions:
        for name in action.contributors:
            post, team = council.posts.get(name), council.units.get(name)
            ownership.add_contributor(
                by=by,
                action=rows[action.number],
                post=post,
                team=team,
                group="" if post or team else name,
                since=on,
                at=at,
            )
        for step in action.milestones:
            due = step.promises[0].due
            if due is not None:
                milestones.add_milestone(
                    by=by, action=rows[action.number], text=step.words, due=due, at=at
                )


def _turns(began: date, until: date) -> list[date]:
    """The days on which the calendar opened or closed a round: one a quarter, on the usual days."""
    found, window = [], STANDARD[3].coming(began)
    while window.teams <= until:
        found += [window.teams, window.closes + timedelta(days=1)]
        window = STANDARD[3].window(window.period.after())
    return sorted(found)


def _turn_until(turns: list[date], on: date) -> None:
    while turns and turns[0] <= on:
        rounds.turn(at=noon(turns.pop(0)))


def open_work(council: Brackenford, plan: Plan) -> None:
    """What lies on desks today: documents to settle, an edition for a second person, and a round.

    The last round is kept open for two weeks from today, as long as it is the last that could be.
    """
    at = timezone.now()
    manager = council.holding("programme_manager")
    last = Round.objects.filter(closed_at__isnull=True).order_by("-ends").first()
    longer = timezone.localdate(at) + timedelta(days=14)
    if last is not None and last.closes < longer <= period(last).after().ends:
        rounds.keep_round_open(by=manager, round=last, version=last.version, closes=longer, at=at)
    plans.keep_draft(
        by=manager,
        unit=council.units["Housing and Communities"],
        strand=council.strand,
        draft=read_plan(example("plan.docx")),
        at=at,
    )
    plans.keep_draft(
        by=manager,
        unit=plan.unit,
        strand=plan.strand,
        draft=_revised(_draft(bundled_edition())),
        again=plan,
        at=at,
    )
    plan.refresh_from_db()
    plans.adopt_edition(by=manager, plan=plan, version=plan.version, at=at)


def directorates(council: Brackenford) -> dict[str, Planning]:
    """The seven directorates at their six steps, each at its own speed; by the unit's name.

    What was done is told by the room that keeps it, in the order of the six steps: sessions and
    data packs, areas and visions, actions and what they serve, measures and pledges, what last
    year left. Steps are signed once all is told.
    """
    closed = demo_evaluation.last_year(council)
    plannings = demo_steps.begin(council, {closed.unit.name: closed})
    demo_listening.tell(council, plannings)
    demo_choosing.tell(council, plannings)
    # A plan comes after what was chosen; what serves what, and what measures it, after the plan.
    demo_tiers.tell(council, plannings, bundled_edition())
    demo_choosing.act(council, plannings)
    demo_pledges.tell(council, plannings)
    demo_evaluation.tell(council, plannings)
    demo_steps.sign(council, plannings)
    return plannings


def publish(council: Brackenford, plan: Plan, at: datetime, publisher: Person) -> Edition:
    """An edition of the plan, adopted by the programme manager and published by somebody else."""
    plan.refresh_from_db()
    adopted = plans.adopt_edition(
        by=council.holding("programme_manager"), plan=plan, version=plan.version, at=at
    )
    return plans.publish_edition(by=publisher, edition=adopted, version=adopted.version, at=at)


def bundled_edition() -> edition.Edition:
    """Brackenford's edition as at 30 September 2026, as it comes with the package."""
    return edition.from_json(json.loads(example("edition.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class _Step:
    """One thing that was done to an action on a day: a move, an update, or a measure's figure."""

    on: date
    action: edition.Action
    moved: edition.Promise | None = None
    said: edition.Update | None = None
    last: bool = False
    measured: tuple[Measure, Figure] | None = None
    step: edition.Milestone | None = None

    def take(self, council: Brackenford, row: Action) -> None:
        """Do it, as the person who leads the action, or the programme manager for want of one."""
        row.refresh_from_db()
        by, at = _leader(council, self.action), noon(self.on)
        if self.measured is not None:
            measure, figure = self.measured
            owner = next(
                (p.name for p in cast.PEOPLE if measure.owner and p.post == measure.owner.title), ""
            )
            giver = council.people.get(owner, council.holding("programme_manager"))
            figures.give_figure(by=giver, measure=measure, figure=figure, at=at)
        if self.moved is not None and self.moved.due is not None:
            stands = Promise.objects.filter(action=row, replaced_by__isnull=True).first()
            due = self.moved.due
            review.move_date(
                by=by,
                action=row,
                version=row.version,
                promise=stands,
                new=self.moved.words or f"{due.day} {due:%B %Y}",
                reason=self.moved.reason,
                agreed_by=self.moved.approved_by,
                at=at,
            )
        if self.said is not None:
            self._say(row, by, at)
        if self.step is not None:
            self._become(row, by, at)

    def _become(self, row: Action, by: Person, at: datetime) -> None:
        """What became of a milestone on this day: it moved, was reached, or was dropped."""
        told = self.step
        assert told is not None  # noqa: S101 - only called with one
        found = row.milestones.get(words=told.words)
        given: dict[str, Any] = {"by": by, "milestone": found, "version": found.version, "at": at}
        if told.reached_on == self.on:
            milestones.reach_milestone(on=self.on, **given)
        elif told.dropped is not None and told.dropped.on == self.on:
            milestones.drop_milestone(reason=told.dropped.reason, **given)
        else:
            moved = next(one for one in told.promises if one.given_on == self.on)
            if moved.due is not None:
                milestones.move_milestone(due=moved.due, reason=moved.reason, **given)

    def _say(self, row: Action, by: Person, at: datetime) -> None:
        said = self.said
        assert said is not None  # noqa: S101 - only called with one
        done = self.last and self.action.done_on is not None
        shown = [review.Shown(e.title, e.link) for e in said.evidence if e.link]
        if done and not shown:
            shown = [review.Shown("Register of the programme", _REGISTER + self.action.number)]
        goes_on = row.recurs and not done
        answered = said.recovery if not done else None
        review.add_update(
            by=by,
            action=row,
            version=row.version,
            status="completed" if done else "in_progress",
            rag=said.colour or "",
            done=said.done,
            changed=said.changed,
            completed_on=self.action.done_on if done else None,
            next_review=(self.action.next_review or self.on + timedelta(days=91))
            if goes_on
            else None,
            stops_when=self.action.stops_when if goes_on else "",
            about=said.about,
            cause=answered.cause if answered else "",
            step=answered.step if answered else "",
            due=answered.due if answered else None,
            evidence=shown,
            at=at,
        )


def _steps(told: edition.Edition) -> list[_Step]:
    steps = []
    for action in told.actions:
        moves = [p for p in action.promises[1:] if p.due is not None]
        steps += [_Step(moved.given_on, action, moved=moved) for moved in moves]
        said = sorted(action.updates, key=lambda update: (update.given_on, update.speaks_of))
        steps += [
            _Step(update.given_on, action, said=update, last=update is said[-1]) for update in said
        ]
        for step in action.milestones:
            became = [step.reached_on, step.dropped.on if step.dropped else None]
            became += [promise.given_on for promise in step.promises[1:]]
            steps += [_Step(on, action, step=step) for on in became if on is not None]
    return steps


def _leader(council: Brackenford, action: edition.Action) -> Person:
    held = next((one for one in cast.PEOPLE if one.post == action.lead.post), None)
    if held is None or not (held.leads or held.role in ("lead_officer", "director")):
        return council.holding("programme_manager")
    return council.people[held.name]


def _draft(told: edition.Edition) -> PlanDraft:
    """The plan as Cabinet adopted it, in the form in which a document's plan is read."""
    titles = {theme.code: theme.title for theme in told.themes}
    made = []
    for rec in told.recommendations:
        answer = rec.answer
        made.append(
            core.Recommendation(
                text=rec.words,
                number=rec.number,
                theme=titles.get(rec.theme),
                response=core.Response(answer.words, answer.position) if answer else None,
                actions=tuple(
                    core.Action(
                        text=action.words,
                        number=action.number,
                        leads=(core.Lead(action.lead.post),),
                        timescales=_first(action),
                        measures=tuple(core.Measure(m.words) for m in action.measures),
                    )
                    for action in told.actions
                    if action.recommendations[:1] == (rec.number,)
                ),
            )
        )
    plan = core.Plan(title=told.plan, recommendations=tuple(made))
    return PlanDraft(
        plan=plan,
        file="Race equality action plan.docx",
        format="docx",
        sha256="0" * 64,
        document_date_basis="none",
    )


def _revised(draft: PlanDraft) -> PlanDraft:
    """The council's document as somebody went on editing it, without looking at the plan here."""
    leaflet = core.Action(
        "Translate the leaflet on reporting racism into the five languages most spoken here",
        leads=(core.Lead("Head of Communications"),),
        timescales=tuple(read("31 May 2027")),
    )
    recs = []
    for rec in draft.plan.recommendations:
        actions = [_edited(action) for action in rec.actions if action.number != "E5"]
        if any(action.number == "D5" for action in actions):
            actions.append(leaflet)
        recs.append(replace(rec, actions=tuple(actions)))
    return replace(
        draft,
        plan=replace(draft.plan, recommendations=tuple(recs)),
        file="Race equality action plan, revised.docx",
        sha256="1" * 64,
    )


def _edited(action: core.Action) -> core.Action:
    if action.number == "A4":
        return replace(action, text=f"{action.text}, and publish how often they did")
    if action.number == "B4":
        return replace(action, timescales=tuple(read("31 January 2027")))
    if action.number == "B8":
        return replace(action, timescales=tuple(read("30 June 2027")))
    if action.number == "C6":
        return replace(action, leads=(core.Lead("Assistant Director, People"),))
    return action


def _first(action: edition.Action) -> tuple[Timescale, ...]:
    """What the plan said of when, as its words are read."""
    first = action.promises[0] if action.promises else None
    if first is None:
        return ()
    found = tuple(read(first.words, dated=first.given_on)) if first.words else ()
    if first.due is not None and not any(claim.end == first.due for claim in found):
        found = tuple(read(f"{first.due.day} {first.due:%B %Y}"))
    if action.starts_on is not None and found:
        found = tuple(_from(claim, action.starts_on) for claim in found)
    return found


def _from(claim: Timescale, starts: date) -> Timescale:
    if claim.end is None or claim.end < starts:
        return claim
    return replace(claim, kind="period", start=starts)
