"""A large council that plans in steps, to be measured: 30 directorates with their divisions.

Units and plannings are made by the changes that make them; sign-offs, of which only how many there
are matters here, in bulk. What the two tiers are joined by is told by ``join``.
"""

from datetime import timedelta

from django.utils import timezone

from goldenthread.plan.steps import SIX
from goldenthread.web.changes import people, planning
from goldenthread.web.models import Action, Link, Planning, Post, SignOff

STEP = timedelta(days=45)
BEGAN = timedelta(days=200)


def units(administrator, root, directorates, divisions, at):
    """The body, so many directorates, and so many divisions that stand in them in turn."""
    on = timezone.localdate(at - BEGAN)

    def add(name, kind, parent):
        return people.add_unit(
            by=administrator, name=name, kind=kind, parent=parent, begins=on, at=at
        )

    tops = [add(f"Directorate {n + 1}", "Directorate", root) for n in range(directorates)]
    parts = [add(f"Division {n + 1}", "Division", tops[n % directorates]) for n in range(divisions)]
    return [root, *tops, *parts]


def sizes(actions, units):
    """How many of so many actions each unit's plan has: the body's one in forty, the rest alike.

    >>> sizes(6_000, 231)[:2], sum(sizes(6_000, 231))
    ([150, 26], 6000)
    """
    own = actions // 40
    each, over = divmod(actions - own, units - 1)
    return [own, *(each + (place < over) for place in range(units - 1))]


def plan_in_steps(manager, strand, tops, now):
    """A planning of each directorate with its six days, at its own step: some done, some behind."""
    begins = timezone.localdate(now - BEGAN)
    signs = []
    for place, unit in enumerate(tops):
        row = planning.begin_planning(by=manager, unit=unit, strand=strand, begins=begins, at=now)
        for number, step in enumerate(SIX.steps, 1):
            due = begins + number * STEP
            planning.plan_step(by=manager, planning=row, step=step.word, due=due, version=0, at=now)
        signs += [
            SignOff(
                planning=row,
                step=step.word,
                what="signed",
                on=begins + number * STEP + timedelta(days=place % 9),
                words="Done as far as it was asked for, and told to everybody who was heard.",
                at=now,
                by=manager,
                post=Post.objects.order_by("pk").first(),
            )
            for number, step in enumerate(SIX.steps[: place % 7], 1)
        ]
    SignOff.objects.bulk_create(signs)


def join(now):
    """Two thirds of what directorates do serves what the council promised, which leaves orphans."""
    council = list(Action.objects.filter(plan__unit__parent=None).order_by("pk"))
    others = Action.objects.exclude(plan__unit__parent=None).order_by("pk")
    since = timezone.localdate(now - BEGAN)
    Link.objects.bulk_create(
        Link(
            from_kind="action",
            from_id=action.public_id,
            # One in ten of the council's actions is served by nobody.
            to_kind="action",
            to_id=council[place % (len(council) * 9 // 10)].public_id,
            meaning="serves",
            since=since,
        )
        for place, action in enumerate(others)
        if place % 3
    )


def boards():
    """The board that is measured: the first of those that are at their third step."""
    return Planning.objects.order_by("pk")[2]
