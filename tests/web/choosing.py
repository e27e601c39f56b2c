"""Areas and visions for tests, made by the changes; and each of those changes once, for the tests
that hold every change, address and form to the same rules."""

import secrets

from goldenthread.web.changes import choosing, people, visions
from goldenthread.web.models import Holding, Link, Post, VisionAsked
from web.changes import bodies
from web.world import AT, DAY, ON

SAME = "Every tenant and every colleague is met with the same respect."


# The same as a form sends it.
PLACED = {
    "title": "Who sits on our interview panels",
    "hardness": "most",
    "difference": "greatest",
    "choice": "chosen",
    "reason": "Staff named it most.",
}


def planning(world, unit=None, closed=False):
    """The planning of a unit that is open, or one that was closed."""
    return world.planning(unit, closed=closed)


def weighed(**said):
    """What is said of an area that was chosen."""
    facts = {
        "title": "Who sits on our interview panels",
        "hardness": "most",
        "difference": "greatest",
        "choice": "chosen",
        "reason": "Staff named it most, and panels are ours to change.",
    }
    return choosing.Weighed(**facts | said)


def area(world, of=None, unit=None, number="", at=AT, on=ON, by=None, **said):
    """An area of a planning, with a number that none other has."""
    return choosing.add_area(
        by=by or world.manager,
        planning=of or planning(world, unit),
        number=number or f"X{secrets.token_hex(4)}",
        weighed=weighed(**said),
        on=on,
        at=at,
    )


def the_area(world):
    """The area of a planning that there is, or a new one: a matrix holds no more than it can."""
    return planning(world).areas.last() or area(world)


def withdrawn(world, unit=None):
    """An area that was withdrawn."""
    row = area(world, unit=unit)
    given = {"by": world.manager, "area": row, "version": row.version, "at": AT}
    return choosing.withdraw_area(reason="It is one with another", **given)


def vision(world, of=None, unit=None, text=SAME, at=AT, by=None, why="The network asked for it"):
    """The next version of a planning's vision."""
    of = of or planning(world, unit)
    return visions.write_vision(
        by=by or world.manager,
        planning=of,
        text=text if text != SAME else f"{SAME} {secrets.token_hex(4)}",
        read_again_on=ON + 365 * DAY,
        version=of.visions.count(),
        why=why,
        at=at,
    )


def director(world, unit=None):
    """The post of director of a unit, which a new person with that role holds."""
    unit = unit or world.unit("Housing and Communities")
    person = world.somebody("director", unit)
    post = Post.objects.create(
        title=f"Director {secrets.token_hex(4)}", unit=unit, begins=ON - 400 * DAY
    )
    people.appoint_holder(
        by=world.administrator,
        post=post,
        person=person,
        since=ON - 300 * DAY,
        version=post.version,
        at=AT,
    )
    return post


def holder(post):
    """Who holds a post."""
    return Holding.objects.get(post=post, until=None).person


def to_sign(world, of=None, unit=None, posts=None, at=AT, **said):
    """A version that posts were asked to sign, the director alone unless others are given."""
    row = vision(world, of, unit, at=at, **said)
    posts = posts or [director(world, row.planning.unit)]
    return visions.ask_signatures(by=world.manager, vision=row, posts=posts, at=at)


def signed(world, of=None, unit=None, at=AT, **said):
    """A version that its director has signed."""
    row = to_sign(world, of, unit, at=at, **said)
    post = row.signers.get().post
    visions.sign_vision(by=holder(post), vision=row, post=post, at=at)
    return row


def asked(world, unit=None, row=None, committee=None):
    """A body that was asked about a version."""
    row = row or vision(world, unit=unit)
    committee = committee or world.committee(unit, kind="staff_forum")
    visions.ask_about_vision(
        by=world.manager,
        vision=row,
        committees=[committee],
        text="Would you hold us to this?",
        wanted_by=ON + 14 * DAY,
        at=AT,
    )
    return VisionAsked.objects.get(vision=row, committee=committee)


def measure(world, unit=None):
    """A measure of an action of a unit."""
    row = world.action(unit=unit)
    return row.measures.create(plan=row.plan, text="How many panels are mixed")


def grounded(world, unit=None):
    """An area that comes from an action of its directorate."""
    row = area(world, unit=unit)
    choosing.ground_area(by=world.manager, area=row, ground=world.action(unit=unit), at=AT)
    return row


def last_link(row):
    """The newest link of an area."""
    return Link.objects.filter(from_kind="area", from_id=row.public_id).latest("pk")


def _of(thing, deed):
    """An attempt on a thing that is made first: what ``deed`` does to it, by whoever tries."""

    def make(world, unit):
        made = thing(world, unit)
        return lambda by: deed(by, made, world)

    return make


def _holds(world, by, row):
    """The post that is asked to sign, which whoever tries then holds."""
    post = row.signers.get().post
    if by is not None:
        Holding.objects.filter(post=post).update(until=ON - DAY)
        Holding.objects.create(post=post, person=by, since=ON)
    return post


def _seated(row, by):
    """What a body was asked, once whoever tries has a seat in that body."""
    bodies.seated(row.committee, by)
    return row


ATTEMPTS = {
    "add_area": (
        "keep_planning",
        _of(
            planning,
            lambda by, p, w: choosing.add_area(
                by=by, planning=p, number="H1", weighed=weighed(), on=ON, at=AT
            ),
        ),
    ),
    "weigh_area": (
        "keep_planning",
        _of(
            lambda w, u: area(w, unit=u),
            lambda by, a, w: choosing.weigh_area(
                by=by,
                area=a,
                version=1,
                weighed=weighed(hardness="less"),
                on=ON,
                why="It is better now",
                at=AT,
            ),
        ),
    ),
    "withdraw_area": (
        "keep_planning",
        _of(
            lambda w, u: area(w, unit=u),
            lambda by, a, w: choosing.withdraw_area(
                by=by, area=a, version=1, reason="It is one with another", at=AT
            ),
        ),
    ),
    "ground_area": (
        "keep_planning",
        _of(
            lambda w, u: (area(w, unit=u), measure(w, u)),
            lambda by, pair, w: choosing.ground_area(by=by, area=pair[0], ground=pair[1], at=AT),
        ),
    ),
    "act_on_area": (
        "keep_planning",
        _of(
            lambda w, u: (area(w, unit=u), w.action(unit=u)),
            lambda by, pair, w: choosing.act_on_area(by=by, area=pair[0], action=pair[1], at=AT),
        ),
    ),
    "unjoin_area": (
        "keep_planning",
        _of(
            grounded,
            lambda by, a, w: choosing.unjoin_area(
                by=by, area=a, joined=last_link(a), reason="It was another", at=AT
            ),
        ),
    ),
    "keep_planning_horizons": (
        "keep_planning",
        _of(
            planning,
            lambda by, p, w: choosing.keep_planning_horizons(
                by=by, planning=p, horizons=[("Short term", ON)], version=p.version, at=AT
            ),
        ),
    ),
    "write_vision": (
        "keep_planning",
        _of(
            planning,
            lambda by, p, w: visions.write_vision(
                by=by,
                planning=p,
                text=f"{SAME} {secrets.token_hex(4)}",
                read_again_on=ON + 365 * DAY,
                version=p.visions.count(),
                why="The network asked for it",
                at=AT,
            ),
        ),
    ),
    "ask_about_vision": (
        "keep_planning",
        _of(
            lambda w, u: (vision(w, unit=u), w.committee(u)),
            lambda by, pair, w: visions.ask_about_vision(
                by=by,
                vision=pair[0],
                committees=[pair[1]],
                text="Would you hold us to this?",
                wanted_by=ON,
                at=AT,
            ),
        ),
    ),
    "answer_about_vision": (
        "record_stance",
        _of(
            asked,
            lambda by, a, w: visions.answer_about_vision(
                by=by,
                asked=_seated(a, by),
                stance="supports",
                public=True,
                at=AT,
            ),
        ),
    ),
    "record_vision_answer": (
        "keep_planning",
        _of(
            asked,
            lambda by, a, w: visions.record_vision_answer(
                by=by,
                vision=a.vision,
                asked=a,
                stance="supports",
                said_on=ON,
                source="Minutes of that day",
                at=AT,
            ),
        ),
    ),
    "ask_signatures": (
        "keep_planning",
        _of(
            lambda w, u: (vision(w, unit=u), director(w, u)),
            lambda by, pair, w: visions.ask_signatures(
                by=by, vision=pair[0], posts=[pair[1]], at=AT
            ),
        ),
    ),
    "withdraw_signer": (
        "keep_planning",
        _of(
            lambda w, u: to_sign(w, unit=u),
            lambda by, v, w: visions.withdraw_signer(
                by=by, vision=v, post=v.signers.get().post, reason="The post is empty", at=AT
            ),
        ),
    ),
    "sign_vision": (
        "sign_vision",
        _of(
            lambda w, u: to_sign(w, unit=u),
            lambda by, v, w: visions.sign_vision(by=by, vision=v, post=_holds(w, by, v), at=AT),
        ),
    ),
    "record_signature": (
        "keep_planning",
        _of(
            lambda w, u: to_sign(w, unit=u),
            lambda by, v, w: visions.record_signature(
                by=by,
                vision=v,
                post=v.signers.get().post,
                on=ON,
                paper="Minutes of that day",
                at=AT,
            ),
        ),
    ),
    "read_vision_again": (
        "keep_planning",
        _of(
            lambda w, u: signed(w, unit=u),
            lambda by, v, w: visions.read_vision_again(
                by=by, vision=v, text="It holds", again_on=ON + 300 * DAY, at=AT
            ),
        ),
    ),
}
