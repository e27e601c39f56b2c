"""A later reading of a plan's document: what of it somebody chooses, and its coming into the plan.

Nothing is taken over that nobody chose, and a choice counts only for what was seen: where either
side changed since, it is asked again. Dates, updates and leads are added to, never overwritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from goldenthread import plan as core
from goldenthread.errors import Missing
from goldenthread.timescale import Timescale
from goldenthread.web import audit, bridge
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.plan import save_rows
from goldenthread.web.changes.questions import all_settled
from goldenthread.web.changes.reviews import keep_answer
from goldenthread.web.changes.standing import restand
from goldenthread.web.changes.words import words
from goldenthread.web.models import (
    Action,
    Choice,
    Draft,
    Evidence,
    Lead,
    Measure,
    Person,
    Plan,
    Post,
    Promise,
    Recommendation,
    Theme,
    Update,
)
from goldenthread.web.permissions import require
from goldenthread.web.queries.again import Again, Proposal, put_together


@dataclass(frozen=True)
class Chosen:
    """What somebody chose of one proposal, and why where that is wanted."""

    take: bool
    reason: str = ""


@change
def choose(
    *,
    by: Person,
    draft: Draft,
    version: int,
    choices: Mapping[str, Chosen],
    at: datetime,
    key: str = "",
) -> Draft:
    """Choose what of a later reading is taken over; a choice may be made again.

    ``choices`` are by the key of their proposal. Who may: answer_question, while the draft is open.
    Recorded: ``draft.chosen``, with how many. Raises ``Missing`` where a date would move or an
    action be withdrawn without a reason, and where a proposal is no longer what was seen;
    ``OutOfStep`` where somebody else chose first.
    """
    require(by, "answer_question", draft, localdate(at))
    step(draft, version)
    proposals = {one.key: one for one in put_together(draft).proposals}
    needs: dict[str, str] = {}
    kept: dict[str, Chosen] = {}
    for about, chosen in choices.items():
        proposal = proposals.get(about)
        why = words(chosen.reason, name="the reason")
        if proposal is None:
            needs["choices"] = "The plan has changed since. Read what now stands, and choose again."
        elif chosen.take and proposal.needs_reason and not why:
            needs[about] = f"Say why, for {proposal.label}: the document does not."
        else:
            kept[about] = Chosen(chosen.take, why if chosen.take else "")
    if needs:
        raise Missing("The choices could not be kept.", needs=needs)
    if not kept:
        raise Missing("Nothing is chosen.", needs={"choices": "Choose at least one."})
    Choice.objects.filter(draft=draft, about__in=list(kept)).delete()
    Choice.objects.bulk_create(
        Choice(draft=draft, about=about, take=one.take, reason=one.reason, at=at, by=by)
        for about, one in kept.items()
    )
    facts = {
        "plan": _plan(draft).public_id,
        "take": sum(one.take for one in kept.values()),
        "keep": sum(not one.take for one in kept.values()),
    }
    audit.record(by=by, what="draft.chosen", on=draft, facts=facts, at=at)
    return draft


@change
def take_over(*, by: Person, draft: Draft, version: int, at: datetime, key: str = "") -> Plan:
    """Bring what was chosen of a later reading into its plan.

    What changes: words, numbers, themes and answers as chosen; a moved date is one promise more,
    with its reason; a status, an update or evidence is added as the document's own word; a lead is
    followed by the next. What is withdrawn says why. Who may: adopt_draft, while the draft is open.
    Recorded: ``draft.taken_over``, naming each action and its parts. Raises ``Missing`` while a
    question or a difference waits, ``OutOfStep`` where somebody changed the draft first.
    """
    on = localdate(at)
    require(by, "adopt_draft", draft, on)
    plan = _plan(draft)
    all_settled(draft)
    step(draft, version, state="adopted", adopted_at=at, adopted_by=by)
    again = put_together(draft)
    waiting = again.undecided
    if waiting:
        count = len(waiting)
        raise Missing(
            f"{count} difference{'' if count == 1 else 's'} from the plan must be chosen first.",
            needs={one.key: f"Choose for {one.label}." for one in waiting},
        )
    taking = _Taking(again, plan, draft, by, at, on)
    for proposal in again.proposals:
        if proposal.choice is not None and proposal.choice.take:
            taking.take(proposal)
    taking.finish()
    plan.document_date = again.document.document_date or plan.document_date
    known = dict(plan.abbreviations) | dict(again.document.abbreviations)
    step(
        plan,
        plan.version,
        document_date=plan.document_date,
        abbreviations=[list(pair) for pair in known.items()],
    )
    facts = {"plan": plan.public_id, "sha256": draft.sha256, **taking.told()}
    audit.record(by=by, what="draft.taken_over", on=draft, facts=facts, at=at)
    return plan


def _plan(draft: Draft) -> Plan:
    if draft.plan is None:
        raise Missing("This draft is not a later reading of a plan.")
    return draft.plan


@dataclass
class _Taking:
    """One later reading on its way into the plan: what is touched, and what is new."""

    again: Again
    plan: Plan
    draft: Draft
    by: Person
    at: datetime
    on: date
    changed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    touched: dict[int, Action] = field(default_factory=dict)
    reworded: dict[int, Recommendation] = field(default_factory=dict)
    added: list[Proposal] = field(default_factory=list)
    moved: list[tuple[Action, int]] = field(default_factory=list)

    @property
    def printed(self) -> date | None:
        """The day of the document, as far as it gives one."""
        return bridge.dated(self.again.document.document_date)

    def take(self, proposal: Proposal) -> None:
        """Take one proposal over; what is new waits for :meth:`finish`."""
        row, difference = proposal.row, proposal.difference
        if row is None:
            self.added.append(proposal)
            return
        self.changed[row.public_id].append(difference.part if difference else "withdrawn")
        why = proposal.choice.reason if proposal.choice else ""
        if isinstance(row, Recommendation):
            self.reworded[row.pk] = row = self.reworded.get(row.pk, row)
            self._of_recommendation(row, difference)
        else:
            self.touched[row.pk] = row = self.touched.get(row.pk, row)
            self._of_action(row, difference, why)

    def _of_recommendation(self, row: Recommendation, difference: core.Difference | None) -> None:
        if difference is None:
            row.status = "withdrawn"
        elif difference.part == "theme":
            row.theme = self._theme(difference.theirs)
        elif difference.part == "response":
            keep_answer(row, at=self.at)
            row.answer = difference.theirs.text
            row.answer_position = difference.theirs.position or ""
            # The document says neither when it was answered nor by whom.
            row.answered_on, row.answered_by = None, ""
            keep_answer(row, at=self.at)
        else:
            setattr(row, difference.part, difference.theirs or "")

    def _of_action(self, row: Action, difference: core.Difference | None, why: str) -> None:
        if difference is None:
            self._say(row, status="withdrawn", done=why, by=self.by)
            return
        part, theirs = difference.part, difference.theirs
        if part in ("text", "number"):
            setattr(row, part, theirs or "")
        elif part == "recommendation":
            self.moved.append((row, theirs.rec))
        elif part == "leads":
            self._leads(row, theirs)
        elif part == "timescales":
            self._promises(row, theirs, why)
        elif part == "measures":
            self._measures(row, theirs)
        elif part == "status":
            status, rag, printed = theirs
            row.printed_status = printed or row.printed_status
            # The document's own day of completion, where its words on when give one.
            done = self._document_action(row)
            on = bridge.completed_on(done) if done is not None and status == "completed" else None
            self._say(row, status=status or "", rag=rag or "", completed_on=on)
        elif part == "updates":
            for said in theirs:
                update = self._say(
                    row, done=said.text, status=said.status or "", said_on=said.at or self.printed
                )
                if said.evidence:
                    self._show(row, said.evidence, update)
        elif part == "evidence":
            for shown in theirs:
                self._show(row, shown)

    def _document_action(self, row: Action) -> core.Action | None:
        for met in self.again.found.actions:
            if met.mine.act is not None and self._row(met.mine).pk == row.pk:
                rec = self.again.document.recommendations[met.theirs.rec]
                return rec.actions[met.theirs.act] if met.theirs.act is not None else None
        return None

    def _row(self, where: core.Where) -> Recommendation | Action:
        rec, actions = self.again.rows[where.rec]
        return rec if where.act is None else actions[where.act]

    def _say(self, row: Action, *, by: Person | None = None, **said: Any) -> Update:  # noqa: ANN401
        """Add a word to the action's history: the document's own, unless somebody says it."""
        last = Update.every.filter(action=row).aggregate(last=Max("number"))["last"] or 0
        said.setdefault("said_on", self.printed)
        update = Update(action=row, number=last + 1, at=self.at, by=by, **said)
        update.save(force_insert=True)
        return update

    def _show(self, row: Action, title: str, update: Update | None = None) -> None:
        Evidence.objects.create(action=row, update=update, kind="words", title=title, at=self.at)

    def _leads(self, row: Action, leads: Sequence[core.Lead]) -> None:
        """The document's leads from today on; who answered until now is kept."""
        standing = {
            (row.text, row.role, row.person): row
            for row in Lead.objects.filter(action=row, until__isnull=True)
        }
        said = {(lead.text, lead.role, lead.person or "") for lead in leads}
        for who, before in standing.items():
            if who not in said:
                # Somebody who began today answered for today.
                before.until = max(before.since, bridge.day_before(self.on))
                before.save(update_fields=["until"])
        posts = _posts()
        for position, lead in enumerate(leads):
            if (lead.text, lead.role, lead.person or "") in standing:
                continue
            post = posts.get(lead.text.casefold()) or posts.get((lead.full or "").casefold())
            bridge.lead_row(lead, action=row, post=post, since=self.on, position=position).save(
                force_insert=True
            )

    def _promises(self, row: Action, claims: Sequence[Timescale], why: str) -> None:
        """The document's words on when; each that another replaces is kept with the reason.

        Words on how it stands ("Completed") replace no date.
        """
        standing = list(
            Promise.objects.filter(action=row, replaced_by__isnull=True)
            .exclude(reading={})
            .exclude(kind="status")
            .order_by("position", "id")
        )
        new = [claim for claim in claims if claim.kind != "status"]
        for promise in list(standing):
            same = next((x for x in new if x.raw == promise.words or _same(x, promise)), None)
            if same is not None:
                new.remove(same)
                standing.remove(promise)
        count = Promise.objects.filter(action=row).count()
        for number, claim in enumerate(new):
            before = standing.pop(0) if standing else None
            given = bridge.promise_row(
                claim,
                action=row,
                given_on=self.printed or self.on,
                position=before.position if before else count + number,
            )
            given.replaces, given.reason, given.given_by = before, why if before else "", self.by
            given.save(force_insert=True)
        for before in standing:
            Promise.objects.create(
                action=row,
                words="No longer given in the document",
                kind="unknown",
                given_on=self.printed or self.on,
                given_by=self.by,
                reason=why,
                replaces=before,
                position=before.position,
            )

    def _measures(self, row: Action, measures: Sequence[core.Measure]) -> None:
        """The document's measures, in order: ours are reworded or added to, never dropped."""
        here = list(Measure.objects.filter(action=row))
        wanted = [measure.text for measure in measures]
        free = [measure for measure in here if measure.text not in wanted]
        for text in wanted:
            if any(measure.text == text for measure in here):
                continue
            if free:
                step(free[0], free[0].version, text=text)
                free.pop(0)
            else:
                Measure.objects.create(
                    plan=self.plan, action=row, text=text, position=len(here) + len(wanted)
                )

    def _theme(self, name: str | None) -> Theme | None:
        if not name:
            return None
        themes = Theme.objects.filter(strand=self.plan.strand)
        found, _made = Theme.objects.get_or_create(
            strand=self.plan.strand, name=name[:300], defaults={"position": themes.count()}
        )
        return found

    def finish(self) -> None:
        """Save what was touched, add what is new, and note where in the document it stands."""
        homes = {
            met.theirs.rec: self.reworded.get(row.pk, row)
            for met in self.again.found.recommendations
            if isinstance(row := self._row(met.mine), Recommendation)
        }
        self._add(homes)
        for row, rec in self.moved:
            row.recommendation = homes[rec]
        self._places()
        for rec_row in self.reworded.values():
            step(
                rec_row,
                rec_row.version,
                **{
                    name: getattr(rec_row, name)
                    for name in (
                        *("number", "text", "theme", "status", "answer", "answer_position"),
                        *("answered_on", "answered_by"),
                    )
                },
            )
        for action in self.touched.values():
            step(
                action,
                action.version,
                number=action.number,
                text=action.text,
                printed_status=action.printed_status,
                recommendation=action.recommendation,
                **restand(action),
            )

    def _add(self, homes: dict[int, Recommendation]) -> None:
        """Make rows of the recommendations and actions that are new; ``homes`` learns the first."""
        document = self.again.document
        actions: dict[int, list[core.Action]] = defaultdict(list)
        for one in self.added:
            if one.act is not None:
                actions[one.rec].append(document.recommendations[one.rec].actions[one.act])
        wanted = {one.rec for one in self.added if one.act is None}
        wanted |= set(actions) | {rec for _, rec in self.moved if rec not in homes}
        if not wanted:
            return
        order = sorted(wanted)
        numbers = {action.number for _, own in self.again.rows for action in own}
        few = replace(
            document,
            recommendations=tuple(
                replace(
                    document.recommendations[rec],
                    number=homes[rec].number
                    if rec in homes
                    else document.recommendations[rec].number or str(len(self.again.rows) + number),
                    actions=tuple(actions[rec]),
                )
                for number, rec in enumerate(order, 1)
            ),
        )
        made = bridge.rows_of(
            bridge.numbered(few, taken=numbers),
            unit=self.plan.unit,
            strand=self.plan.strand,
            at=self.at,
            on=self.on,
            posts=_posts().values(),
            themes=Theme.objects.filter(strand=self.plan.strand),
        )
        last = max((action.position for _, own in self.again.rows for action in own), default=-1)
        after = max((rec.position for rec, _ in self.again.rows), default=-1)
        fresh = dict(zip(order, made.recommendations, strict=True))
        kept = {id(new): homes[rec] for rec, new in fresh.items() if rec in homes}
        made.recommendations = [new for new in made.recommendations if id(new) not in kept]
        for number, rec_row in enumerate(made.recommendations, 1):
            rec_row.plan, rec_row.position = self.plan, after + number
        for number, action in enumerate(made.actions, 1):
            action.plan, action.position = self.plan, last + number
            action.recommendation = kept.get(id(action.recommendation), action.recommendation)
        for measure in made.measures:
            measure.plan = self.plan
        save_rows(made, into=self.plan)
        for rec, rec_row in fresh.items():
            homes.setdefault(rec, rec_row)
        for new in (*made.recommendations, *made.actions):
            self.changed[new.public_id].append("added")

    def _places(self) -> None:
        """Where in the document each thing now stands; what it no longer has stands nowhere."""
        at: dict[tuple[type, int], dict[str, Any]] = {}
        for met in (*self.again.found.recommendations, *self.again.found.actions):
            said = self.again.document.recommendations[met.theirs.rec]
            thing = said if met.theirs.act is None else said.actions[met.theirs.act]
            here = self._row(met.mine)
            at[type(here), here.pk] = bridge.place_json(thing.place)
        recs = [rec for rec, _ in self.again.rows]
        actions = [action for _, own in self.again.rows for action in own]
        for rec in recs:
            rec.place = at.get((Recommendation, rec.pk), {})
        for action in actions:
            action.place = at.get((Action, action.pk), {})
        Recommendation.objects.bulk_update(recs, ["place"], batch_size=200)
        Action.objects.bulk_update(actions, ["place"], batch_size=200)

    def told(self) -> dict[str, Any]:
        """What the audit keeps: which things changed, in which of their parts."""
        return {"changed": {name: sorted(parts) for name, parts in sorted(self.changed.items())}}


def _same(claim: Timescale, promise: Promise) -> bool:
    return (claim.kind, claim.start, claim.end) == (promise.kind, promise.start, promise.end) and (
        claim.end is not None
    )


def _posts() -> dict[str, Post]:
    """The posts that stand, by their titles."""
    standing = Post.objects.filter(ends__isnull=True).order_by("-unit", "-id")
    return {post.title.casefold(): post for post in standing}
