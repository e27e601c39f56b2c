"""What a test of a review needs: a planning with a plan, its parts and claims, and its closing."""

import io

from goldenthread.web.changes import evaluation, planning, reviews
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import Planning
from web.changes.planned import post_of as post_of
from web.changes.planned import without_gates
from web.world import AT, DAY, ON, SHOWN, action

HOUSING = "Housing and Communities"
PARTS = {
    "staff": "Every interview panel is now mixed.",
    "residents": "Repairs are explained in five languages.",
    "learnt": "Ask the depot first: it heard of nothing until June.",
    "statement": "The directorate kept most of what it promised.",
}
LINK = "https://brackenford.example/report"


def planned(world, *actions, unit=None, at=AT):
    """A planning of a unit with the plan that came of it."""
    row = world.planning(unit)
    if row.plan_id is None:
        plan = world.plan(*(actions or [action("Train panels")]), unit=row.unit, at=at)
        Planning.objects.filter(pk=row.pk).update(plan=plan)
        row.refresh_from_db()
    return row


def write(world, row, part, text="", version=0, by=None, at=AT):
    return evaluation.write_part(
        by=by or world.manager,
        planning=row,
        part=part,
        text=text or PARTS[part],
        version=version,
        at=at,
    )


def claim(world, row, text="Every panel is now mixed", at=AT):
    return evaluation.make_claim(by=world.manager, planning=row, text=text, at=at)


def the_claim(world, row):
    """The claim of a planning that stands, or a new one: a review holds only so many."""
    return row.claims.filter(withdrawn_at__isnull=True).last() or claim(world, row)


def show(world, of, at=AT, **more):
    given = more or {"url": LINK, "text": "The report on panels"}
    return evaluation.show_claim(by=world.manager, claim=of, at=at, **given)


def show_file(world, of, at=AT):
    """The same by a file that somebody keeps."""
    file = io.BytesIO(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    return show(
        world, of, at=at, file=file, name="panels.pdf", store=Store(), text="The report on panels"
    )


def told(world, row):
    """A planning of which all parts are told, with one claim and its evidence."""
    for part in PARTS:
        if not row.parts.filter(part=part).exists():
            write(world, row, part)
    if not row.claims.exists():
        show(world, claim(world, row))
    return row


def signed_off(world, row):
    """A planning whose step of the review is signed off."""
    if not row.sign_offs.filter(step="review").exists():
        without_gates(world)
        planning.sign_step(
            by=world.manager,
            planning=row,
            step="review",
            post=post_of(world, world.manager),
            on=ON,
            came="It is told.",
            version=0,
            at=AT,
        )
    return row


def ready(world, unit=None):
    """A planning that nothing keeps from being closed."""
    return signed_off(world, told(world, planned(world, unit=unit)))


def director(world, unit=None):
    return world.somebody("director", unit or world.unit(HOUSING))


def close(world, row, by=None, at=AT):
    by = by or director(world, row.unit)
    row.refresh_from_db()
    return evaluation.close_planning(
        by=by, planning=row, post=post_of(world, by), version=row.version, at=at
    )


def following(world, unit=None):
    """A planning that follows one which was closed."""
    first = ready(world, unit)
    close(world, first)
    Planning.objects.filter(pk=first.pk).update(begins=ON - 400 * DAY)
    return Planning.objects.create(unit=first.unit, strand=first.strand, follows=first, begins=ON)


def review(world, unit=None, **more):
    """A review of a part of the council, before any plan answers it."""
    return reviews.enter_review(
        by=world.manager,
        unit=unit or world.unit(),
        strand=world.council.strand,
        title=more.pop("title", "Independent review"),
        at=AT,
        **more,
    )


def recommended(world, of=None, text="1. Publish the gap\n2. Mix every panel", unit=None):
    """The recommendations of a review, in their order."""
    of = of or review(world, unit)
    reviews.record_recommendations(by=world.manager, review=of, theme="Pay", text=text, at=AT)
    return list(of.recommendations.order_by("position"))


def answer(world, rec, position="accepted", text="Yes", reason="", on=ON, by=None, at=AT, **more):
    rec.refresh_from_db()
    return reviews.answer_recommendation(
        by=by or world.manager,
        recommendation=rec,
        position=position,
        text=text,
        reason=reason,
        decided_by=more.pop("decided_by", "Cabinet"),
        answered_on=on,
        version=more.pop("version", rec.version),
        at=at,
    )


def report(world, unit=None):
    return reviews.keep_report(
        by=world.manager,
        review=review(world, unit),
        title="Report",
        file=io.BytesIO(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"),
        name="report.pdf",
        store=Store(),
        at=AT,
    )


def shown():
    """A link that comes with an update."""
    return SHOWN
