"""A directorate's planning in which so many of everything stand: for tests of what pages ask."""

from datetime import date
from decimal import Decimal

from goldenthread.plan.steps import SIX
from goldenthread.web.changes import (
    choosing as areas,
)
from goldenthread.web.changes import (
    directorate_plan,
    evaluation,
    listening,
    packs,
    planning,
    pledges,
    reviews,
    service_plans,
    strands,
    tiers,
    visions,
)
from goldenthread.web.models import Evidence, Planning
from web import choosing, closing, measuring
from web import listening as heard
from web.changes import pledging, tiering
from web.changes.planned import directorate, post_of
from web.world import AT, DAY, ON, SHOWN

Q1, Q2 = date(2026, 6, 30), date(2026, 9, 30)


def closed_and_begun_again(world, unit, number):
    """A planning that holds so many of everything, was closed, and is followed by another such."""
    first = everything(world, unit, number, waits=0)
    closing.close(world, closing.ready(world, unit))
    first.refresh_from_db()
    for n in range(number):
        evaluation.correct_review(
            by=world.manager, planning=first, text=f"It was {n + 10}, and not 9.", at=AT
        )
    Planning.objects.filter(pk=first.pk).update(begins=ON - 400 * DAY)
    Planning.objects.create(
        unit=first.unit, strand=first.strand, follows=first, begins=ON - 200 * DAY
    )
    return everything(world, unit, number)


def everything(world, unit, number, waits=1):
    """The unit's planning that is open, with so many of everything that six steps can hold.

    ``waits`` is how many bodies have not said yet what they think of its review.
    """
    row = pledging.planned(world, directorate(unit), title=f"{unit.name}, {world.planning(unit)}")
    _days(world, row, number)
    themes = _listened(world, row, number)
    findings = _packs(world, row, number)
    actions = [pledging.added(world, row, f"Advertise post {n}") for n in range(number + 1)]
    _measured(world, actions)
    _two_tiers(world, actions, number)
    _chosen(world, row, actions, [*themes, *findings], number)
    _visions(world, row, number)
    _pledged(world, row, actions, number)
    _reviewed(world, row, actions, number, waits)
    row.refresh_from_db()
    return row


def _days(world, row, number):
    """The day of each step, moved so often."""
    for step in SIX.steps:
        for n in range(number + 1):
            planning.plan_step(
                by=world.manager,
                planning=row,
                step=step.word,
                due=ON + n * DAY,
                version=n,
                reason="It was too early" if n else "",
                at=AT,
            )
    closing.without_gates(world)
    planning.sign_step(
        by=world.manager,
        planning=row,
        step="listen",
        post=post_of(world, world.manager),
        on=ON,
        came="41 staff were heard.",
        version=0,
        at=AT,
    )


def _listened(world, row, number):
    held = heard.sessions(world, row, number + 3)
    themes = [heard.theme(world, row, drawn=held) for _ in range(number + 1)]
    for n, ends in enumerate((Q1, Q2)[: 1 + (number > 1)]):
        listening.count_one_to_ones(
            by=world.manager, planning=row, counted_to=ends, total=12 + n, version=n, at=AT
        )
    gone = heard.theme(world, row, drawn=held)
    listening.withdraw_theme(by=world.manager, theme=gone, reason="In jest", version=1, at=AT)
    for n in range(number):
        listening.correct_session(
            by=world.manager,
            session=held[0],
            held=heard.held(came=20 + n),
            reason="Recounted",
            version=1 + n,
            at=AT,
        )
        held[0].refresh_from_db()
    return themes


def _packs(world, row, number):
    findings = []
    for _ in range(number):
        pack = heard.pack(world, row, findings=[f"Fewer stay past {n} years." for n in range(3)])
        for n in range(number):
            packs.enter_figure(
                by=world.manager,
                pack=pack,
                text=f"Leavers within {n + 1} years",
                value=Decimal("12.5"),
                unit="per cent",
                at=AT,
            )
        findings += pack.findings.all()
    return findings


def _measured(world, actions):
    """A measure of each action with its figures and targets, an update that can be shown."""
    for action in actions:
        measure = measuring.measure(world, action, owner=world.council.posts["Head of Learning"])
        measuring.target(world, measure, "100")
        measuring.give(world, measure, Q1, "40")
        measuring.give(world, measure, Q2, "61")
        world.update(action, done="Posts were advertised", evidence=[SHOWN])
        for what in (action, measure):
            what.refresh_from_db()
            directorate_plan.say_what_good_is(
                by=world.manager, of=what, version=what.version, text=pledging.GOOD, at=AT
            )


def _two_tiers(world, actions, number):
    """So many of the council's actions, served by each of these; decisions that keep some apart."""
    upper = tiering.above(world, *(f"Mixed panels {n}" for n in range(number + 3)))
    for action in actions:
        for one in upper[:number]:
            tiering.serve(world, action, one)
        action.refresh_from_db()
        strands.put_action_in_strands(
            by=world.manager,
            action=action,
            strands=[tiering.strand(f"Strand {n}") for n in range(number)],
            version=action.version,
            at=AT,
        )
    (alone,) = tiering.below(world, "Alone", unit=actions[0].plan.unit.name)
    tiers.keep_local(by=world.manager, action=alone, reason=tiering.WHY, at=AT)
    for n in range(number):
        (other,) = tiering.above(world, f"The law asks this {n}")
        tiers.need_no_directorate(by=world.manager, action=other, reason=tiering.WHY, at=AT)
        units = [world.unit("Resources")]
        tiers.need_not(by=world.manager, action=upper[-1 - n], units=units, reason="No", at=AT)


def _chosen(world, row, actions, grounds, number):
    """Areas that rest on whatever was heard and found, and became actions; one was withdrawn."""
    for n in range(number + 1):
        area = choosing.area(world, row, title=f"Who sits on panel {n}")
        for ground in grounds[: number + 1]:
            areas.ground_area(by=world.manager, area=area, ground=ground, at=AT)
        for action in actions[:number]:
            areas.act_on_area(by=world.manager, area=area, action=action, at=AT)
    for _ in range(number):
        gone = choosing.area(world, row)
        areas.withdraw_area(by=world.manager, area=gone, version=1, reason="One", at=AT)


def _visions(world, row, number):
    """Versions that so many posts signed and bodies answered, and one that waits for both."""
    for n in range(number + 1):
        posts = [choosing.director(world, row.unit) for _ in range(number)]
        vision = choosing.to_sign(world, row, posts=posts)
        for _ in range(number):
            asked = choosing.asked(world, row=vision)
            said = "supports" if n % 2 else "objects"
            visions.record_vision_answer(
                by=world.manager,
                vision=vision,
                asked=asked,
                stance=said,
                text="It could say more",
                said_on=ON,
                source="Minutes of that day",
                at=AT,
            )
        for post in posts if n < number else ():
            visions.sign_vision(by=choosing.holder(post), vision=vision, post=post, at=AT)
        if n < number:
            visions.read_vision_again(
                by=world.manager, vision=vision, text="It holds", again_on=ON + 300 * DAY, at=AT
            )
        row.refresh_from_db()


def _pledged(world, row, actions, number):
    """Pledges followed up, objectives counted, and service plans in which the actions stand."""
    for n in range(number + 1):
        pledge = pledging.pledge(world, row, f"I will sit in on session {n}")
        for k in range(n):
            pledges.follow_up(
                by=world.manager,
                pledge=pledge,
                version=1 + k,
                what="kept",
                on=ON + k * DAY - 20 * DAY,
                text=f"It was kept {k}",
                at=AT,
            )
            pledge.refresh_from_db()
        plan = pledging.service_plan(world, row.unit)
        for action in actions[:number]:
            service_plans.put_in_service_plan(
                by=world.manager, service_plan=plan, action=action, reference=f"3.{n}", at=AT
            )
    for ends in (Q1, Q2)[: 1 + (number > 1)]:
        pledging.counted(world, row, ends=ends)
        for action in actions[: number - 1]:
            pledging.counted(world, row, ends=ends, action=action)


def _reviewed(world, row, actions, number, waits):
    """Parts written again, claims with evidence of each kind, looks and what bodies said."""
    for part in closing.PARTS:
        for n in range(number):
            closing.write(world, row, part, f"Written {n}", version=n)
    for n in range(number):
        claim = closing.claim(world, row, f"Panel {n} is now mixed")
        closing.show(world, claim)
        for action in actions[:number]:
            closing.show(world, claim, measure=action.measures.last(), text="The share")
            given = Evidence.objects.filter(action=action).first()
            closing.show(world, claim, evidence=given, text="The list")
        evaluation.record_look(
            by=world.manager,
            planning=row,
            on=ON - (n + 1) * DAY,
            decided="Go on",
            next_look=ON + DAY,
            at=AT,
        )
    gone = closing.claim(world, row, "It was not so")
    evaluation.withdraw_claim(by=world.manager, claim=gone, reason="It is not", version=1, at=AT)
    bodies = [world.committee(kind="staff_forum") for _ in range(number + waits)]
    asked = evaluation.put_to_bodies(
        by=world.manager, planning=row, committees=bodies, wanted_by=ON + 9 * DAY, at=AT
    )
    for body in bodies[:number]:
        world.stance(body, asked, "objects", text="It was not enough")


def review(world, number):
    """A review of the whole council: so many reports and themes, all answered and acted on."""
    row = closing.review(world, title=f"Independent review {number}")
    for n in range(number):
        reviews.keep_report(
            by=world.manager, review=row, title=f"Report {n}", url=closing.LINK, at=AT
        )
        reviews.record_recommendations(
            by=world.manager,
            review=row,
            theme=f"Theme {n}",
            text=f"{n}.1 Publish the gap\n{n}.2 Mix every panel",
            at=AT,
        )
        row.refresh_from_db()
    for rec in row.recommendations.all():
        closing.answer(world, rec)
        for n in range(number):
            (lower,) = tiering.below(world, f"Mix panel {n}")
            tiering.serve(world, lower, rec)
    strands.put_review_in_strands(
        by=world.manager,
        review=row,
        strands=[tiering.strand(f"Strand {n}") for n in range(number)],
        version=row.version,
        at=AT,
    )
    return row
