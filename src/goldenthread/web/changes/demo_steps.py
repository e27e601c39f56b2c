"""Brackenford’s seven directorates at their six steps: begun, planned and signed by their posts.

A step is signed only where its gate is met, as anywhere: what meets it is told by the rooms of the
steps, each in a module of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.plan.steps import SIX, missing
from goldenthread.web.changes import people
from goldenthread.web.changes import planning as changes
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.models import Planning
from goldenthread.web.permissions import current
from goldenthread.web.queries.planning import facts

_D = date
BEGAN = _D(2026, 5, 5)
# The days that the programme board agreed in May, the same for all.
_DAYS = (
    _D(2026, 6, 30),
    _D(2026, 7, 31),
    _D(2026, 10, 30),
    _D(2026, 12, 4),
    _D(2027, 1, 29),
    _D(2027, 3, 31),
)


@dataclass(frozen=True)
class _Directorate:
    """Who signs for a directorate, the days that moved, and what was signed when."""

    post: str
    signed: tuple[tuple[date, str], ...]
    moved: Mapping[str, tuple[date, date, str]]


def _of(
    post: str,
    *signed: tuple[date, str],
    **moved: tuple[date, date, str],
) -> _Directorate:
    return _Directorate(post, signed, moved)


DIRECTORATES: Mapping[str, _Directorate] = {
    "Housing and Communities": _of(
        "Director of Housing and Communities",
        (_D(2026, 6, 4), "4 focus groups were held, one of them at the depot."),
        (_D(2026, 7, 14), "The management team saw its data pack and wrote down what it found."),
        (_D(2026, 9, 8), "Priorities chosen, and the reason for each written down."),
        (_D(2026, 9, 22), "The vision is signed by the director and both heads of service."),
        measures=(
            _D(2026, 11, 17),
            _D(2027, 2, 12),
            "Two heads of service asked for two weeks more to agree their measures.",
        ),
    ),
    "Adults and Health": _of(
        "Director of Adults and Health",
        (_D(2026, 6, 25), "2 focus groups were held, one of them for the day centres."),
        (
            _D(2026, 7, 30),
            "The management team discussed the pack and wants turnover by grade.",
        ),
        (_D(2026, 10, 6), "Priorities chosen; two areas were left for next year, with the reason."),
        vision=(
            _D(2026, 10, 20),
            _D(2027, 1, 15),
            "The staff network asked for time to answer the draft.",
        ),
    ),
    "Children’s Services": _of(
        "Director of Children’s Services",
        (_D(2026, 6, 30), "2 focus groups were held, one of them by video for social workers."),
        (_D(2026, 8, 4), "The management team discussed the pack in two meetings."),
    ),
    "Resources": _of(
        "Chief Executive",
        (_D(2026, 7, 23), "2 focus groups were held; the post of director is empty."),
    ),
    "Place and Environment": _of(
        "Director of Place and Environment",
        listen=(
            _D(2026, 7, 22),
            _D(2026, 12, 15),
            "Crews at the three depots start at five. They are heard at the start of a shift, "
            "before Christmas.",
        ),
    ),
    "Education and Skills": _of(
        "Director of Education and Skills",
        (_D(2026, 6, 11), "2 focus groups were held, one of them by video for tutors."),
        (_D(2026, 7, 2), "The management team wrote down what the pack shows."),
        (_D(2026, 7, 23), "Priorities chosen with the heads of the three services."),
        (_D(2026, 9, 10), "The vision is signed and was read out at the staff conference."),
        (_D(2026, 11, 12), "Every action can be measured, and pledges are made."),
    ),
    "Regeneration and Growth": _of(
        "Director of Regeneration and Growth",
        (_D(2026, 6, 18), "A focus group was held."),
        (_D(2026, 7, 21), "The management team discussed the pack."),
    ),
}


# Heads of service who are in no other part of the story: their post, name and unit.
_HEADS = (
    ("Head of Tenancy Services", "Denise Okoro", "Tenancy Services"),
    ("Head of Communities", "Martin Fell", "Housing and Communities"),
)


def begin(
    council: Brackenford, closed: Mapping[str, Planning] | None = None
) -> dict[str, Planning]:
    """A planning of each directorate with its days, and those that moved; by the unit's name.

    It goes on from the one of last year among ``closed``, where there is one. The council has the
    posts of the heads of service who take part from then on.
    """
    _appoint_heads(council)
    by = council.holding("programme_manager")
    begun = {}
    for name, told in DIRECTORATES.items():
        row = changes.begin_planning(
            by=by,
            unit=council.units[name],
            strand=council.strand,
            begins=BEGAN,
            follows=(closed or {}).get(name),
            at=noon(BEGAN),
        )
        for step, due in zip(SIX.steps, _DAYS, strict=True):
            changes.plan_step(
                by=by, planning=row, step=step.word, due=due, version=0, at=noon(BEGAN)
            )
        for word, (on, due, reason) in told.moved.items():
            changes.plan_step(
                by=by, planning=row, step=word, due=due, reason=reason, version=1, at=noon(on)
            )
        begun[name] = row
    return begun


def sign(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """Sign off what each directorate had done, as far as its gates are met."""
    counted = facts(row.pk for row in plannings.values())
    for name, told in DIRECTORATES.items():
        row, post = plannings[name], council.posts[told.post]
        for step, (on, came) in zip(SIX.steps, told.signed, strict=False):
            if missing(step, counted[row.pk]):
                break
            holder = post.holdings.get(current(on)).person
            changes.sign_step(
                by=holder,
                planning=row,
                step=step.word,
                post=post,
                on=on,
                came=came,
                version=0,
                at=noon(on),
            )


def _appoint_heads(council: Brackenford) -> None:
    by, on = council.holding("administrator"), BEGAN - timedelta(days=1)
    for title, name, unit in _HEADS:
        person = people.add_person(
            by=by,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@brackenford.example",
            at=noon(on),
        )
        post = people.add_post(by=by, title=title, unit=council.units[unit], begins=on, at=noon(on))
        council.posts[title] = people.appoint_holder(
            by=by, post=post, person=person, since=on, version=post.version, at=noon(on)
        )
