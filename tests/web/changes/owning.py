"""The changes of owners, milestones and horizons, each made once where it is allowed.

``ATTEMPTS`` has for each its permission and how to make it; ``test_every_change`` holds them to the
rules of all.
"""

import secrets

from goldenthread.web.changes import handover as handovers
from goldenthread.web.changes import milestones, ownership, people, who_is_who
from web.world import AT, DAY, ON


def joint(world, unit):
    """An action for which two posts answer together, as documents print it."""
    row = world.action(unit=unit)
    policy = world.council.posts["Head of Policy"]
    row.leads.create(
        text=policy.title, kind="post", role="accountable", post=policy, position=1, since=ON
    )
    return row


def contributor(world, unit):
    """A contribution to an action of a unit."""
    row = world.action(unit=unit)
    return ownership.add_contributor(
        by=world.manager, action=row, group="The network", since=ON, at=AT
    )


def post(world, unit):
    """A new post of a unit, of a title that no other has."""
    title = f"Head of Stitching {secrets.token_hex(4)}"
    return people.add_post(by=world.administrator, title=title, unit=unit, begins=ON, at=AT)


def handover(world, unit):
    """That somebody answers meanwhile for a post of a unit."""
    made = post(world, unit)
    return handovers.hand_over_work(
        by=world.manager,
        post=made,
        version=made.version,
        on=ON + DAY,
        meanwhile=world.council.posts["Head of Policy"],
        reason="The post is empty",
        at=AT,
    )


def answerable(world, unit):
    """A line of who is who, of every plan in a unit."""
    return who_is_who.name_answerable(
        by=world.manager,
        of=unit,
        part="strategic_lead",
        post=world.council.posts["Chief Executive"],
        what="is accountable to Cabinet",
        since=ON,
        at=AT,
    )


def milestone(world, unit=None, due=ON + 30 * DAY, row=None, text="Half of them held"):
    """A milestone of an action of a unit."""
    row = row or world.action(unit=unit)
    return milestones.add_milestone(by=world.manager, action=row, text=text, due=due, at=AT)


def reached(world, unit):
    """A milestone that was reached today."""
    made = milestone(world, unit)
    return milestones.reach_milestone(by=world.manager, milestone=made, version=1, on=ON, at=AT)


def _of(thing, deed):
    """An attempt on a thing that is made first: what ``deed`` does to it, by whoever tries."""

    def make(world, unit):
        made = thing(world, unit)
        return lambda by: deed(by, made, world)

    return make


def _action(world, unit):
    return world.action(unit=unit)


ATTEMPTS = {
    "add_contributor": (
        "edit_plan",
        _of(
            _action,
            lambda by, a, w: ownership.add_contributor(
                by=by, action=a, group="The network", since=ON, at=AT
            ),
        ),
    ),
    "end_contribution": (
        "edit_plan",
        _of(
            contributor,
            lambda by, row, w: ownership.end_contribution(by=by, lead=row, until=ON, at=AT),
        ),
    ),
    "answer_alone": (
        "edit_plan",
        _of(
            joint,
            lambda by, a, w: ownership.answer_alone(
                by=by, action=a, lead=a.leads.first(), version=1, since=ON + DAY, at=AT
            ),
        ),
    ),
    "hand_over_work": (
        "hand_over_work",
        _of(
            post,
            lambda by, p, w: handovers.hand_over_work(
                by=by,
                post=p,
                version=p.version,
                on=ON + DAY,
                meanwhile=w.council.posts["Head of Policy"],
                reason="The post is empty",
                at=AT,
            ),
        ),
    ),
    "hand_back": (
        "hand_over_work",
        _of(
            handover,
            lambda by, h, w: handovers.hand_back(
                by=by, handover=h, version=h.before.version, on=h.on, reason="Filled", at=AT
            ),
        ),
    ),
    "name_answerable": (
        "word_public_page",
        _of(
            lambda world, unit: unit,
            lambda by, u, w: who_is_who.name_answerable(
                by=by,
                of=u,
                part="operational_lead",
                post=w.council.posts["Chief Executive"],
                what="runs it from day to day",
                since=ON,
                at=AT,
            ),
        ),
    ),
    "end_answerable": (
        "word_public_page",
        _of(
            answerable,
            lambda by, row, w: who_is_who.end_answerable(
                by=by, answerable=row, version=1, until=ON, at=AT
            ),
        ),
    ),
    "add_milestone": (
        "move_date",
        _of(
            _action,
            lambda by, a, w: milestones.add_milestone(
                by=by, action=a, text="Half of them held", due=ON, at=AT
            ),
        ),
    ),
    "move_milestone": (
        "move_date",
        _of(
            milestone,
            lambda by, m, w: milestones.move_milestone(
                by=by, milestone=m, version=1, due=ON + DAY, reason="No room was free", at=AT
            ),
        ),
    ),
    "reach_milestone": (
        "add_update",
        _of(
            milestone,
            lambda by, m, w: milestones.reach_milestone(
                by=by, milestone=m, version=1, on=ON, at=AT
            ),
        ),
    ),
    "drop_milestone": (
        "move_date",
        _of(
            milestone,
            lambda by, m, w: milestones.drop_milestone(
                by=by, milestone=m, version=1, reason="Nobody asked for it", at=AT
            ),
        ),
    ),
    "reopen_milestone": (
        "move_date",
        _of(
            reached,
            lambda by, m, w: milestones.reopen_milestone(
                by=by, milestone=m, version=2, reason="It was another one", at=AT
            ),
        ),
    ),
    "keep_horizons": (
        "edit_plan",
        _of(
            lambda world, unit: world.plan(unit=unit),
            lambda by, p, w: milestones.keep_horizons(
                by=by, plan=p, horizons=[("Short term", ON)], version=1, at=AT
            ),
        ),
    ),
}
