"""The changes of a directorate's planning, each made once where it is allowed."""

from dataclasses import replace

from goldenthread.plan.steps import SIX, to_json
from goldenthread.web.changes import planning
from goldenthread.web.models import Holding, Post, StepScheme, Unit
from web.changes.attempt import Attempt
from web.world import AT, DAY, ON

OPEN = replace(SIX, steps=tuple(replace(step, gates=()) for step in SIX.steps))
"""The six steps without a gate: a signature is enough."""


def without_gates(world, in_order=False):
    """Have the council take steps that ask for nothing."""
    return StepScheme.objects.create(
        number=1 + StepScheme.objects.count(),
        steps=to_json(OPEN),
        in_order=in_order,
        reason="To begin with",
        at=AT,
        by=world.manager,
    )


def directorate(unit):
    """The unit, as a directorate."""
    Unit.objects.filter(pk=unit.pk).update(kind="Directorate")
    unit.refresh_from_db()
    return unit


def post_of(world, person):
    """A post that somebody has held for long, of a title of its own; any where nobody is there."""
    if person is None:
        return world.council.posts["Head of Policy"]
    held = Holding.objects.filter(person=person, post__title__startswith="Head of Signing").first()
    if held is None:
        title = f"Head of Signing {person.public_id}"
        post = Post.objects.create(title=title, unit=world.unit(), begins=ON - 400 * DAY)
        held = Holding.objects.create(post=post, person=person, since=ON - 300 * DAY)
    return held.post


def waiting(world, unit=None):
    """A planning whose steps ask for nothing, and wait to be signed."""
    if not StepScheme.objects.exists():
        without_gates(world)
    post_of(world, world.manager)
    return world.planning(unit)


def signed(world, unit=None, step="listen", by=None, post=None, **more):
    """A planning of which one step is signed off, as the scheme without gates lets it be."""
    row, by = waiting(world, unit), by or world.manager
    planning.sign_step(
        by=by,
        planning=row,
        step=step,
        post=post or post_of(world, by),
        on=ON,
        came="41 staff were heard.",
        version=row.sign_offs.filter(step=step).count(),
        at=AT,
        **more,
    )
    return row


def signed_once(world, unit=None):
    """The same where it is signed already: for a form that is sent many times."""
    row = waiting(world, unit)
    last = row.sign_offs.filter(step="listen").last()
    return row if last is not None and last.what == "signed" else signed(world, unit)


def _reopening(world, unit):
    row = signed(world, unit)
    return lambda by: planning.reopen_step(
        by=by, planning=row, step="listen", reason="One more group", version=1, at=AT
    )


def _signing(world, unit):
    row = waiting(world, unit)
    return lambda by: planning.sign_step(
        by=by,
        planning=row,
        step="listen",
        post=post_of(world, by),
        on=ON,
        came="41 staff were heard.",
        version=0,
        at=AT,
    )


ATTEMPTS = {
    "begin_planning": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda unit: (
                lambda by: planning.begin_planning(
                    by=by, unit=unit, strand=w.council.strand, begins=ON, at=AT
                )
            )
        )(directorate(u)),
    ),
    "name_plan": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row, plan: (
                lambda by: planning.name_plan(
                    by=by, planning=row, plan=plan, version=row.version, at=AT
                )
            )
        )(w.planning(u), w.plan(unit=u)),
    ),
    "plan_step": Attempt(
        "keep_planning",
        lambda w, u: (
            lambda row: (
                lambda by: planning.plan_step(
                    by=by, planning=row, step="listen", due=ON + DAY, version=0, at=AT
                )
            )
        )(w.planning(u)),
    ),
    "sign_step": Attempt("sign_step", _signing),
    "reopen_step": Attempt("sign_step", _reopening),
    "keep_steps": Attempt(
        "keep_steps",
        lambda w, u: (
            lambda by: planning.keep_steps(
                by=by, steps=SIX.steps[1:], in_order=True, reason="Listened", version=0, at=AT
            )
        ),
        asked_of="body",
    ),
}
