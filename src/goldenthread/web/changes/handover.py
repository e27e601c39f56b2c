"""A post's work passed on in one step: when its holder leaves, or the post ends.

All that the post answers for passes on one day, for one reason, in one transaction; the rest stays
with the post, and somebody answers meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit, bridge
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.ownership import bump
from goldenthread.web.changes.words import PARAGRAPH, words
from goldenthread.web.models import Answerable, Handover, Lead, Meanwhile, Passed, Person, Post
from goldenthread.web.permissions import require
from goldenthread.web.queries.ownership import OWNED, Duty, duties, owned, sight


@change
def hand_over_work(
    *,
    by: Person,
    post: Post,
    version: int,
    on: date,
    reason: str,
    at: datetime,
    to: Post | None = None,
    meanwhile: Post | None = None,
    parts: Mapping[str, Post] | None = None,
    seen: str = "",
    key: str = "",
) -> Handover:
    """Pass on what a post answers for from a day: actions, contributions, and what it is named for.

    ``parts`` names another post for single duties, by their keys, and ``to`` takes all the rest on;
    or the rest stays with the post and ``meanwhile`` answers for it until somebody holds it again.
    ``seen`` is the mark of the duties that were shown (``queries.ownership.sight``). What changes:
    each lead ends the day before and the next begins; the story of each action tells why. Measures
    and asks name a post and no days, so they pass at once. Who may:
    hand_over_work in the post's unit, since that work goes elsewhere is a fact of the organisation
    and no change of a plan. Recorded: ``post.work_passed``. Raises ``Missing`` where nothing would
    pass, without a reason, for a post that is not there on the day, and where a duty began on or
    after it; ``OutOfStep`` where the post or what it answers for changed meanwhile.
    """
    require(by, "hand_over_work", post, localdate(at))
    why = words(reason, name="reason", most=PARAGRAPH, needed=True)
    found = {duty.key: duty for duty in duties(post, on)}
    step(post, version)
    if (seen and seen != sight(found.values())) or not set(parts or {}) <= set(found):
        raise OutOfStep(
            "What this post answers for changed while you were looking.",
            do="Look through it again, and send it again.",
        )
    single = dict(parts or {})
    passing = {key: single.get(key, to) for key in found}
    takes = [(found[key], after) for key, after in passing.items() if after is not None]
    _can_pass(post, on, to=to, meanwhile=meanwhile, takes=takes)
    handover = Handover.objects.create(before=post, on=on, reason=why, at=at, by=by)
    passed = [*_leads(takes, on), *_answerable(takes, on), *_stand_ins(takes, on, why)]
    passed += _owned(takes)
    if meanwhile is not None:
        passed.append(_meanwhile(post, meanwhile, on, why))
    Passed.objects.bulk_create(_of(handover, passed))
    facts = {
        "to": to.public_id if to else "",
        "meanwhile": meanwhile.public_id if meanwhile else "",
        "on": on.isoformat(),
        "actions": sum(duty.kind == "action" for duty, _ in takes),
        "passed": len(takes),
        "reason": why,
    }
    audit.record(by=by, what="post.work_passed", on=post, facts=facts, at=at)
    return handover


@change
def hand_back(
    *,
    by: Person,
    handover: Handover,
    version: int,
    on: date,
    reason: str,
    at: datetime,
    key: str = "",
) -> Handover:
    """Give back what passed in a hand-over, from a day; the hand-over itself stays on record.

    On its own day, or before that has come, it is as if it had not been: the same rows name the
    post of before. What the other post has passed on since, or finished, stays where it is.
    ``version`` is that of the post of before. Who may: hand_over_work in that post's unit.
    Recorded: ``post.work_given_back``. Raises ``Missing`` for a day before the hand-over, and where
    nothing of it is left to give back; ``OutOfStep`` where it was given back already.
    """
    require(by, "hand_over_work", handover, localdate(at))
    post = handover.before
    why = words(reason, name="reason", most=PARAGRAPH, needed=True)
    step(post, version)
    if Handover.objects.filter(undoes=handover).exists() or handover.undoes_id is not None:
        raise OutOfStep("This hand-over was given back before.")
    if on < handover.on:
        raise Missing("The hand-over begins later.", needs={"on": "Give its own day, or a later."})
    back = Handover.objects.create(before=post, on=on, reason=why, at=at, by=by, undoes=handover)
    passed = [
        *_leads_back(handover, on),
        *_answerable_back(handover, on),
        *_stand_ins_back(handover, on),
        *_owned_back(handover),
    ]
    if not passed:
        raise Missing("Nothing of it is left to give back: all of it has passed on since.")
    Passed.objects.bulk_create(_of(back, passed))
    facts = {"passed": len(passed), "on": on.isoformat(), "reason": why}
    audit.record(by=by, what="post.work_given_back", on=post, facts=facts, at=at)
    return back


_Part = tuple[str, str, Post, str, str]
"""One thing that passed: its duty, thing, the post after, and the rows that ended and began."""


def _of(handover: Handover, passed: Iterable[_Part]) -> list[Passed]:
    return [
        Passed(handover=handover, duty=duty, thing=thing, after=after, left=left, taken=taken)
        for duty, thing, after, left, taken in passed
    ]


def _can_pass(
    post: Post, on: date, *, to: Post | None, meanwhile: Post | None, takes: list[tuple[Duty, Post]]
) -> None:
    """Nothing where it can be done; else every want at once."""
    needs: dict[str, str] = {}
    if to is not None and meanwhile is not None:
        needs["to"] = "Either a post takes it on, or one answers meanwhile: choose one of the two."
    elif not takes and meanwhile is None:
        needs["to"] = "Choose the post that takes it on, or the one that answers meanwhile."
    if meanwhile is not None and not _stands(meanwhile, post, on):
        needs["meanwhile"] = "Choose another post, one that is there on that day."
    if any(not _stands(after, post, on) for _, after in takes):
        needs["to"] = "Choose other posts, ones that are there on that day."
    if any(duty.kind == "meanwhile" and duty.row.post_id == after.pk for duty, after in takes):
        needs["to"] = "A post does not answer for itself meanwhile: choose another for that line."
    late = sum(duty.since >= on for duty, _ in takes)
    if late:
        needs["on"] = f"{late} of these began on or after that day: give a later day."
    if needs:
        raise Missing("Nothing was passed on.", needs=needs)


def _stands(after: Post, before: Post, on: date) -> bool:
    ended = after.ends is not None and after.ends < on
    return after.pk != before.pk and after.begins <= on and not ended


def _leads(takes: list[tuple[Duty, Post]], on: date) -> list[_Part]:
    """End the leads and begin those of the posts after, unless these answer already."""
    found = [(duty, after) for duty, after in takes if duty.kind in ("action", "contribution")]
    keys = [duty.row.pk for duty, _ in found]
    before = bridge.day_before(on)
    ended = Lead.objects.filter(pk__in=keys, until__isnull=True).update(until=before)
    if ended != len(keys):
        raise OutOfStep("Somebody handed one of these over before you did.")
    actions = [duty.row.action_id for duty, _ in found]
    has = {
        (lead.action_id, lead.post_id): lead
        for lead in Lead.objects.filter(action__in=actions, until__isnull=True, post__isnull=False)
    }
    made, passed, promoted = [], [], []
    for duty, after in found:
        lead, other = duty.row, has.get((duty.row.action_id, after.pk))
        taken = ""
        if other is not None and other.role == "supporting" and lead.role == "accountable":
            promoted.append(other)
            other = None
        if other is None:
            row = Lead(
                action=lead.action,
                text=after.title,
                kind="post",
                role=lead.role,
                remark=lead.remark if lead.role == "supporting" else "",
                post=after,
                position=lead.position,
                since=on,
            )
            made.append(row)
            taken = row.public_id
        passed.append((duty.kind, duty.thing, after, lead.public_id, taken))
    # Whoever contributed and now answers contributes no more; one that was to begin never does.
    Lead.objects.filter(pk__in=[one.pk for one in promoted if one.since < on]).update(until=before)
    Lead.objects.bulk_create(made)
    bump(actions)
    return passed


def _answerable(takes: list[tuple[Duty, Post]], on: date) -> list[_Part]:
    passed = []
    for duty, after in takes:
        if duty.kind != "answerable":
            continue
        row = duty.row
        step(row, row.version, until=bridge.day_before(on))
        made = _next(row, after, on)
        passed.append((duty.kind, row.public_id, after, row.public_id, made.public_id))
    return passed


def _next(row: Answerable, after: Post, since: date) -> Answerable:
    """The same line of who is who, of another post from a day."""
    return Answerable.objects.create(
        part=row.part,
        post=after,
        plan=row.plan,
        unit=row.unit,
        what=row.what,
        forum=row.forum,
        position=row.position,
        since=since,
    )


def _stand_ins(takes: list[tuple[Duty, Post]], on: date, why: str) -> list[_Part]:
    return [
        _meanwhile(duty.row.post, after, on, why)
        for duty, after in takes
        if duty.kind == "meanwhile"
    ]


def _meanwhile(post: Post, answers: Post, on: date, why: str) -> _Part:
    """Say who answers for a post while it is empty, from a day; whoever did before ends."""
    before = Meanwhile.objects.filter(post=post, until__isnull=True).first()
    if before is not None:
        step(before, before.version, until=bridge.day_before(on))
    made = Meanwhile.objects.create(post=post, answers=answers, since=on, reason=why)
    left = before.public_id if before else ""
    return "meanwhile", post.public_id, answers, left, made.public_id


def _owned(takes: list[tuple[Duty, Post]]) -> list[_Part]:
    """Measures and asks name the post after from now on."""
    columns = dict(OWNED)
    passed: list[_Part] = []
    for duty, after in takes:
        if duty.kind in columns:
            named: dict[str, Any] = {columns[duty.kind]: after}
            step(duty.row, duty.row.version, **named)
            passed.append((duty.kind, duty.thing, after, "", duty.thing))
    return passed


def _owned_back(handover: Handover) -> list[_Part]:
    """Those that still name the post after name the post of before again."""
    columns = dict(OWNED)
    passed: list[_Part] = []
    for one in handover.passed.filter(duty__in=list(columns)).select_related("after"):
        for kind, rows in owned(one.after):
            row = rows.filter(public_id=one.thing).first() if kind == one.duty else None
            if row is not None:
                named: dict[str, Any] = {columns[kind]: handover.before}
                step(row, row.version, **named)
                passed.append((kind, one.thing, handover.before, "", one.thing))
    return passed


def _leads_back(handover: Handover, on: date) -> list[_Part]:
    duty = {
        one.taken: one.duty
        for one in handover.passed.filter(duty__in=("action", "contribution"))
        if one.taken
    }
    standing = list(
        Lead.objects.filter(public_id__in=duty, until__isnull=True)
        .exclude(action__status__in=("completed", "withdrawn"))
        .select_related("action")
        .order_by("pk")
    )
    post = handover.before
    # It never answered a whole day: the row that names it comes to name the post of before.
    same = [lead.pk for lead in standing if lead.since >= on]
    Lead.objects.filter(pk__in=same).update(post=post, text=post.title)
    later = [lead for lead in standing if lead.since < on]
    Lead.objects.filter(pk__in=[lead.pk for lead in later]).update(until=bridge.day_before(on))
    made = [
        Lead(
            action=lead.action,
            text=post.title,
            kind="post",
            role=lead.role,
            remark=lead.remark,
            post=post,
            position=lead.position,
            since=on,
        )
        for lead in later
    ]
    Lead.objects.bulk_create(made)
    bump([lead.action_id for lead in standing])
    taken = {lead.pk: row.public_id for lead, row in zip(later, made, strict=True)}
    return [
        (
            duty[lead.public_id],
            lead.action.public_id,
            post,
            lead.public_id,
            taken.get(lead.pk, lead.public_id),
        )
        for lead in standing
    ]


def _answerable_back(handover: Handover, on: date) -> list[_Part]:
    taken = [one.taken for one in handover.passed.filter(duty="answerable")]
    passed: list[_Part] = []
    for row in Answerable.objects.filter(public_id__in=taken, until__isnull=True):
        if row.since >= on:
            step(row, row.version, post=handover.before)
            new = row
        else:
            step(row, row.version, until=bridge.day_before(on))
            new = _next(row, handover.before, on)
        passed.append(("answerable", row.public_id, handover.before, row.public_id, new.public_id))
    return passed


def _stand_ins_back(handover: Handover, on: date) -> list[_Part]:
    """End who answered meanwhile; for another post, the post of before answers meanwhile again."""
    passed: list[_Part] = []
    for one in handover.passed.filter(duty="meanwhile"):
        row = Meanwhile.objects.filter(public_id=one.taken, until__isnull=True).first()
        if row is None:
            continue
        if row.post_id != handover.before_id:
            passed.append(_meanwhile(row.post, handover.before, on, row.reason))
            continue
        # One that never was a whole day never began: its last day lies before its first.
        step(row, row.version, until=bridge.day_before(on))
        passed.append(("meanwhile", one.thing, handover.before, row.public_id, ""))
    return passed
