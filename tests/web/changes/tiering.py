"""Two tiers for tests, and their changes, each made once where it is allowed.

``ATTEMPTS`` has for each its permission and how to make it; ``test_every_change`` holds them to the
rules of all.
"""

from goldenthread.plan.likeness import wordings
from goldenthread.web.changes import proposals, strands, tiers
from goldenthread.web.models import Review, Strand
from goldenthread.web.queries.proposals import Pair, text_of
from web import measuring
from web.changes.attempt import Attempt
from web.world import AT, action

WHY = "The law asks this of the whole council"


def above(world, *texts, when="31 December 2026", **more):
    """Actions of the council's own plan, in order."""
    given = [action(text, when) for text in texts or ("Mixed interview panels",)]
    return list(world.plan(*given, **more).actions.order_by("position"))


def below(world, *texts, unit="Housing and Communities", when="31 December 2026", **more):
    """Actions of a plan of a directorate, or of one of its parts, in order."""
    given = [action(text, when) for text in texts or ("Train the panels",)]
    plan = world.plan(*given, unit=world.unit(unit), **more)
    return list(plan.actions.order_by("position"))


def serve(world, lower, upper, by=None, at=AT):
    return tiers.serve(by=by or world.manager, action=lower, serves=upper, at=at)


def served(world, unit):
    """A link: an action of a unit serves one of the council's."""
    (upper,), row = above(world), world.action(unit=unit)
    return serve(world, row, upper) if unit.parent_id else _sees(world, row, upper)


def _sees(world, row, upper):
    """For the whole body, whose own actions serve none: the link of one of its parts'."""
    (lower,) = below(world)
    return serve(world, lower, upper)


def kept_local(world, unit):
    """An action of a unit that is kept as its own; of the council, that it needs no directorate."""
    row = world.action(unit=unit)
    deed = tiers.keep_local if unit.parent_id else tiers.need_no_directorate
    return deed(by=world.manager, action=row, reason=WHY, at=AT)


def pair(lower, upper):
    """An action with something above it, in the wordings of now."""
    return Pair(lower, upper, wordings(text_of(lower), text_of(upper)))


def ticked(lower, upper):
    """What a form sends of such a pair."""
    kind = upper._meta.model_name
    return f"{lower.public_id}:{kind}:{upper.public_id}:{pair(lower, upper).wordings}"


def proposed(world, unit="Housing and Communities"):
    """An action of a part of the council and one of the council whose words are like its own."""
    (upper,) = above(world, "A mentor for every warden who asks")
    (lower,) = below(world, "Find a mentor for wardens", unit=unit)
    return lower, upper


def _proposed(world, unit):
    """Such a pair; for the whole body, whose own plan serves none, of one of its parts."""
    return proposed(world, unit.name if unit.parent_id else "Resources")


def _joins(world, unit):
    lower, upper = _proposed(world, unit)
    given = {"plan": lower.plan, "pairs": [pair(lower, upper)], "at": AT}
    return lambda by: proposals.join_proposed(by=by, **given)


def _refuses(world, unit):
    lower, upper = _proposed(world, unit)
    given = {"plan": lower.plan, "pairs": [pair(lower, upper)], "at": AT}
    return lambda by: proposals.refuse_proposed(by=by, **given)


def _again(world, unit):
    lower, upper = _proposed(world, unit)
    given = {"plan": lower.plan, "pairs": [pair(lower, upper)], "at": AT}
    proposals.refuse_proposed(by=world.manager, **given)
    return lambda by: proposals.propose_again(by=by, **given)


def strand(name="Our services"):
    return Strand.objects.get_or_create(name=name)[0]


def _serves(world, unit):
    (upper,), row = above(world), world.action(unit=unit)
    return lambda by: tiers.serve(by=by, action=row, serves=upper, at=AT)


def _stops(world, unit):
    link = served(world, unit)
    return lambda by: tiers.stop_serving(by=by, joined=link, reason=WHY, at=AT)


def _local(world, unit):
    row = world.action(unit=unit)
    return lambda by: tiers.keep_local(by=by, action=row, reason=WHY, at=AT)


def _none(world, _unit):
    (row,) = above(world)
    return lambda by: tiers.need_no_directorate(by=by, action=row, reason=WHY, at=AT)


def _not(world, _unit):
    (row,) = above(world)
    units = [world.unit("Resources")]
    return lambda by: tiers.need_not(by=by, action=row, units=units, reason=WHY, at=AT)


def _undo(world, unit):
    row = kept_local(world, unit)
    return lambda by: tiers.undo_apart(by=by, apart=row, version=1, reason=WHY, at=AT)


def _action_strands(world, unit):
    row = world.action(unit=unit)
    given = {"strands": [strand()], "version": row.version, "at": AT}
    return lambda by: strands.put_action_in_strands(by=by, action=row, **given)


def _measure_strands(world, unit):
    row = measuring.measure(world, unit=unit)
    given = {"strands": [strand()], "version": row.version, "at": AT}
    return lambda by: strands.put_measure_in_strands(by=by, measure=row, **given)


def _review_strands(world, unit):
    row = Review.objects.create(title="A review", unit=unit)
    given = {"strands": [strand()], "version": row.version, "at": AT}
    return lambda by: strands.put_review_in_strands(by=by, review=row, **given)


ATTEMPTS = {
    "serve": Attempt("keep_tiers", _serves),
    "stop_serving": Attempt("keep_tiers", _stops),
    "keep_local": Attempt("keep_tiers", _local),
    "need_no_directorate": Attempt("keep_tiers", _none, asked_of="body"),
    "need_not": Attempt("keep_tiers", _not, asked_of="body"),
    "undo_apart": Attempt("keep_tiers", _undo),
    "join_proposed": Attempt("keep_tiers", _joins),
    "refuse_proposed": Attempt("keep_tiers", _refuses),
    "propose_again": Attempt("keep_tiers", _again),
    "put_action_in_strands": Attempt("edit_plan", _action_strands),
    "put_measure_in_strands": Attempt("keep_measures", _measure_strands),
    "put_review_in_strands": Attempt("keep_reviews", _review_strands),
}
