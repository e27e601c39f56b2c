"""A large council that plans in steps, to be measured: 30 directorates with their divisions.

Units and plannings are made by the changes that make them; what was done at the steps, of which
only how much there is matters here, in bulk. What joins the two tiers is told by ``join``.
"""

from datetime import timedelta

from django.utils import timezone

from goldenthread.plan.steps import SIX
from goldenthread.web.changes import people, planning
from goldenthread.web.models import (
    Action,
    Area,
    Claim,
    HeardIn,
    HeardTheme,
    Link,
    Planning,
    Pledge,
    Post,
    Recommendation,
    Session,
    SignOff,
    Vision,
)

STEP = timedelta(days=45)
BEGAN = timedelta(days=200)
# How many of each thing a directorate has that began to work at its steps.
MANY = 12


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
    """A planning of each directorate, with its plan, at its own step: some done, some behind."""
    begins = timezone.localdate(now - BEGAN)
    signs, plannings = [], []
    for place, unit in enumerate(tops):
        row = planning.begin_planning(by=manager, unit=unit, strand=strand, begins=begins, at=now)
        planning.name_plan(
            by=manager, planning=row, plan=unit.plans.get(), version=row.version, at=now
        )
        plannings.append(row)
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
    _worked(manager, plannings, begins, now)


def _worked(manager, plannings, begins, now):
    """What each has done at its steps so far: heard, found, weighed, written, pledged, claimed."""
    by = {"at": now, "by": manager}
    each = [(row, n) for place, row in enumerate(plannings) for n in range(place % 7 and MANY)]
    held = Session.objects.bulk_create(
        Session(
            planning=row,
            kind="focus_group",
            on=begins + timedelta(days=n),
            place=f"Room {n}",
            came=12 + n,
            facilitator="Head of Policy",
        )
        for row, n in each
    )
    themes = HeardTheme.objects.bulk_create(
        HeardTheme(planning=row, name=f"Theme {n}", weight="many", note="Nothing follows.")
        for row, n in each
    )
    heard = {}
    for one in held:
        heard.setdefault(one.planning_id, []).append(one)
    HeardIn.objects.bulk_create(
        HeardIn(theme=theme, session=session)
        for theme in themes
        for session in heard[theme.planning_id][:4]
    )
    Area.objects.bulk_create(
        Area(
            planning=row,
            number=f"H{n + 1}",
            title=f"Who sits on panel {n + 1}",
            hardness="most",
            difference="greatest",
            choice="chosen" if n % 3 else "undecided",
            reason="Staff named it most." if n % 3 else "",
        )
        for row, n in each
    )
    Vision.objects.bulk_create(
        Vision(
            planning=row,
            number=n + 1,
            words="Everybody is met with the same respect.",
            why="They asked for it" if n else "",
            read_again_on=begins + 365 * timedelta(days=1),
            **by,
        )
        for row, n in each
        if n < 3
    )
    Pledge.objects.bulk_create(
        Pledge(
            planning=row,
            unit_id=row.unit_id,
            words=f"I will sit in on session {n}",
            team_words="The team of the depot",
            made_on=begins,
            **by,
        )
        for row, n in each
    )
    Claim.objects.bulk_create(
        Claim(planning=row, number=n + 1, text="Every panel is now mixed", **by) for row, n in each
    )


def join(now):
    """Two thirds of what directorates do serves the council, many to many; the rest are orphans.

    Each of them serves one of the council's actions, or two, or the recommendation of one. One in
    ten of the council's actions is served by nobody.
    """
    council = list(Action.objects.filter(plan__unit__parent=None).order_by("pk"))
    reached = council[: len(council) * 9 // 10]
    recommended = dict(
        Recommendation.objects.filter(plan__unit__parent=None).values_list("pk", "public_id")
    )
    others = Action.objects.exclude(plan__unit__parent=None).order_by("pk")
    since = timezone.localdate(now - BEGAN)
    ends = []
    for place, action in enumerate(others):
        here = reached[place % len(reached)]
        if place % 3:
            ends.append((action, "action", here.public_id))
        if place % 3 == 2:
            ends.append((action, "action", reached[(place * 7 + 1) % len(reached)].public_id))
        # The first recommendation alone: what serves one serves its actions as well.
        if place % 30 == 1:
            ends.append((action, "recommendation", recommended[council[0].recommendation_id]))
    Link.objects.bulk_create(
        Link(
            from_kind="action",
            from_id=action.public_id,
            to_kind=kind,
            to_id=end,
            meaning="serves",
            since=since,
        )
        for action, kind, end in ends
    )


def boards():
    """The board that is measured: the first of those that are at their third step."""
    return Planning.objects.order_by("pk")[2]
