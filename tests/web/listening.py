"""Listening sessions, themes and packs for tests, made by the changes."""

import io
from datetime import date, timedelta
from itertools import count

from goldenthread.web.changes import listening, packs
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import Post, SignOff
from web.world import AT, DAY, ON

MAY = date(2026, 5, 4)
_names = count(1)


def planning(world, unit=None, **more):
    """The planning of a unit, begun in March; the one that there is, where it was made before."""
    return world.planning(unit or world.unit("Resources"), **more)


def held(number=0, **said):
    """What is said of a session in May."""
    facts = {
        "kind": "focus_group",
        "on": MAY + number * DAY,
        "place": "Forward Drive depot",
        "came": 17 + number,
        "facilitator": "Head of Policy",
        "open_to": "All staff of the depot",
        "off_site": True,
    }
    return listening.Held(**facts | said)


def session(world, of=None, unit=None, number=0, by=None, at=AT, **said):
    """One session that was held, in a planning."""
    return listening.record_session(
        by=by or world.manager,
        planning=of or planning(world, unit),
        held=held(number, **said),
        at=at,
    )


def sessions(world, of, many, at=AT):
    """So many sessions of a planning, a day apart."""
    return [session(world, of, number=number, at=at) for number in range(many)]


def theme(world, of=None, unit=None, drawn=(), by=None, at=AT, **said):
    """One theme, drawn from sessions; from one-to-ones where none is given."""
    facts = {"name": f"Theme {next(_names)}", "weight": "many", "note": "Nothing follows."}
    facts["one_to_ones"] = not drawn
    return listening.hear_theme(
        by=by or world.manager,
        planning=of or planning(world, unit),
        heard=listening.Heard(**facts | said),
        sessions=list(drawn),
        at=at,
    )


def signed(world, of, at=AT, what="signed"):
    """Listening signed off, or opened again."""
    post = Post.objects.first() if what == "signed" else None
    return SignOff.objects.create(
        planning=of, step="listen", what=what, post=post, on=ON, words="x", at=at, by=world.manager
    )


def later(hours=1):
    """A moment after everything that is made without one."""
    return AT + timedelta(hours=hours)


PACK = b"Grade,Staff\r\n1 to 4,61\r\n5 to 9,39\r\n"


def looked(world, of, content=PACK, name="pack.csv", by=None):
    """A file as it is looked into."""
    given = {"file": io.BytesIO(content), "name": name, "at": AT}
    return packs.look_into(by=by or world.manager, planning=of, **given)


def pack(world, of=None, unit=None, file=False, findings=("Fewer stay past two years.",), at=AT):
    """A pack that was discussed, with a finding; its file is a table where one is asked for."""
    of = of or planning(world, unit)
    with Store() as store:
        return packs.keep_pack(
            by=world.manager,
            planning=of,
            title="Workforce data for the management team",
            discussed_on=ON - DAY,
            findings=list(findings),
            looked=looked(world, of) if file else None,
            store=store,
            at=at,
        )
