"""What Brackenford’s directorates defined in step 5: measures, service plans, pledges and counts.

Housing and Communities is at work on it: four of its eleven actions cannot be measured yet.
Education and Skills is done. Each thing is done by the change that does it, on its day; an action
that the directorate’s plan holds already is filled, and only what it lacks is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.web.changes import (
    directorate_plan,
    measures,
    objectives,
    people,
    pledges,
    service_plans,
)
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.models import Action, Person, Planning, Post, ServicePlan

_D = date
_BEGUN, _FILLED, _COUNTED = _D(2026, 6, 1), _D(2026, 9, 25), _D(2026, 10, 8)
HOUSING, SKILLS, TENANCY = "Housing and Communities", "Education and Skills", "Tenancy Services"


@dataclass(frozen=True)
class _Action:
    """One action: its words, when, what measures it from where to where, and what it serves."""

    number: str
    title: str
    text: str
    when: str
    serves: tuple[str, ...] = ()
    measure: str = ""
    baseline: str = ""
    target: str = ""
    good: str = ""
    stands_in: str = ""


_ACTIONS: Mapping[str, tuple[_Action, ...]] = {
    HOUSING: (
        _Action(
            "H1",
            "Every acting-up post advertised",
            "Advertise every acting-up post in the directorate to all of its staff, also on paper "
            "at the depots",
            "31 August 2026",
            ("B1", "B7"),
            "Acting-up posts that were advertised",
            "4 in 10 in 2025/26",
            "All",
            "Anyone at a depot can say which acting-up posts are open this month",
            "2.1",
        ),
        _Action(
            "H2",
            "Mixed panels from Grade 8",
            "Have a trained, mixed panel for every interview at Grade 8 and above",
            "31 October 2026",
            ("B4",),
            "Interviews at Grade 8 and above with a trained, mixed panel",
            "3 in 10 in 2025/26",
            "9 in 10",
            "",
            "2.2",
        ),
        _Action(
            "H3",
            "Paper forms at every depot and office",
            "Bring paper forms, and somebody to explain them, to every depot and area office",
            "30 June 2027",
            ("E4",),
            "Staff here who have told us their ethnicity",
            "71% in April 2026",
            "90%",
        ),
        _Action(
            "H4",
            "Induction in the first month",
            "Give everyone who starts here an induction that says what to do about racism",
            "31 December 2026",
            ("C4",),
        ),
        _Action(
            "H5",
            "A call within a day after abuse",
            "Have a manager ring everyone who reports abuse by the public within one working day",
            "31 January 2027",
            ("D4",),
            "Reports of abuse followed by a call within one working day",
            "1 in 4 in the first quarter of 2026/27",
            "All",
            "Nobody who was abused at the counter goes home without hearing from a manager",
            "4.3",
        ),
        _Action(
            "H6",
            "Complaints answered in their own language",
            "Answer every complaint in the language in which it was made",
            "30 September 2027",
            ("D5",),
            "Complaints made in another language that were answered in it",
            "None in 2025/26",
            "8 in 10",
            "",
            "5.1",
        ),
        _Action(
            "H7",
            "Awareness in area offices",
            "Brief the staff of all five area offices on racism at work",
            "31 March 2027",
            ("C4",),
            "Briefings held in area offices",
            "None in 2025/26",
            "One in each office every quarter",
        ),
        _Action(
            "H8",
            "Sponsors for senior posts",
            "Give each of twelve people in Grades 6 to 9 a sponsor for a year",
            "31 March 2028",
            ("B6",),
            "Sponsored people who were interviewed for a post above theirs",
            "2 of 8 in 2025/26",
            "8 of 12",
        ),
        _Action(
            "H9",
            "A check of the lettings policy",
            "Check with residents whether the lettings policy treats all of them alike, and "
            "publish what we find",
            "30 September 2026",
            ("D5",),
            "Residents asked in each area",
            "",
            "50",
        ),
        _Action(
            "H10",
            "Better interpreting",
            "Offer an interpreter at every first visit",
            "Ongoing",
            ("D5",),
            "First visits at which an interpreter was offered",
            "2 in 10 in 2025/26",
            "All",
        ),
        _Action(
            "H11",
            "Letters in plain words",
            "Rewrite all 14 standard letters with tenants",
            "31 March 2027",
            ("D5",),
            "Tenants who say that they understood our last letter",
            "54% in May 2026",
            "75%",
        ),
    ),
    SKILLS: (
        _Action(
            "E&S1",
            "Fewer exclusions",
            "Work with six schools on why Black Caribbean pupils are excluded more often",
            "31 July 2027",
            ("C7",),
            "Schools of the six whose rate of exclusion fell",
            "0 of 6 in July 2026",
            "4 of 6",
            "Each of the six schools can say what it changed, and what came of it",
            "1.4",
        ),
        _Action(
            "E&S2",
            "Every leader trained",
            "Have every head of service trained in race and leadership",
            "30 November 2026",
            ("C4",),
            "Heads of service who were trained",
            "5 of 11 in June 2026",
            "All 11",
            "Every head of service has changed one thing in how they appoint",
            "1.6",
        ),
    ),
}
# Who made it (a post, or a part of the council), when, its words, whether everybody reads it, and
# what became of it by which days.
_PLEDGES: tuple[
    tuple[str, str, date, str, bool, tuple[tuple[str, date, str], ...]],
    ...,
] = (
    (
        HOUSING,
        "Director of Housing and Communities",
        _D(2026, 9, 22),
        "I will sit in on one listening session each quarter and not speak first.",
        True,
        (("kept", _D(2026, 11, 4), ""),),
    ),
    (
        HOUSING,
        "Head of Tenancy Services",
        _D(2026, 9, 22),
        "No acting-up post in my service will be filled without an advert.",
        True,
        tuple(
            ("kept", on, "")
            for on in (_D(2026, 9, 30), _D(2026, 10, 9), _D(2026, 10, 27), _D(2026, 11, 16))
        ),
    ),
    (
        HOUSING,
        "Head of Communities",
        _D(2026, 6, 8),
        "I will meet the staff network before each budget round.",
        False,
        (
            (
                "not_kept",
                _D(2026, 10, 12),
                "The July meeting did not happen. New meeting 3 November 2026.",
            ),
        ),
    ),
    (
        SKILLS,
        "Director of Education and Skills",
        _D(2026, 9, 10),
        "I will visit each of the six schools myself before Christmas.",
        True,
        (("kept", _D(2026, 11, 2), "Four of the six were visited."),),
    ),
    (
        "Adults and Health",
        "Director of Adults and Health",
        _D(2026, 3, 18),
        "We will not plan a rota that leaves anyone alone on a night shift.",
        False,
        (),
    ),
)
# Appraisals held from 1 April to 30 September 2026, and those with an objective that serves it.
_COUNTS: Mapping[str, tuple[int, int]] = {
    HOUSING: (312, 405),
    SKILLS: (121, 140),
    "Adults and Health": (201, 388),
    "Children’s Services": (96, 260),
    "Place and Environment": (54, 160),
}
# Heads of service who are in no other part of the story: their post, name and unit.
_HEADS = (
    ("Head of Tenancy Services", "Denise Okoro", TENANCY),
    ("Head of Communities", "Martin Fell", HOUSING),
)


def tell(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """Step 5 of the directorates: two plans with their measures, service plans, pledges, counts."""
    posts = dict(council.posts) | _heads(council)
    for name, actions in _ACTIONS.items():
        filled = _plan(council, plannings[name], actions, posts)
        _service_plan(council, name, actions, filled)
    for unit, maker, on, words, public, became in _PLEDGES:
        _pledge(council, plannings[unit], posts[maker], on, words, public, became)
    pledges.make_pledge(
        by=council.holding("programme_manager"),
        of=council.units[""],
        text="Every committee chair will ask of each report whom it leaves out.",
        team_words="Members’ group on equality",
        made_on=_D(2026, 9, 15),
        public=True,
        at=noon(_D(2026, 9, 16)),
    )
    by = council.holding("programme_manager")
    for name, (serving, held) in _COUNTS.items():
        objectives.count_objectives(
            by=by,
            planning=plannings[name],
            ends=_D(2026, 9, 30),
            serving=serving,
            held=held,
            at=noon(_COUNTED),
        )
    panels = Action.objects.get(plan=plannings[HOUSING].plan, number="H2")
    objectives.count_objectives(
        by=by,
        planning=plannings[HOUSING],
        action=panels,
        ends=_D(2026, 9, 30),
        serving=41,
        held=405,
        at=noon(_COUNTED),
    )


def _heads(council: Brackenford) -> dict[str, Post]:
    """The heads of service, appointed in their posts."""
    by, at = council.holding("administrator"), noon(_D(2026, 5, 4))
    found = {}
    for title, name, unit in _HEADS:
        person = people.add_person(
            by=by,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@brackenford.example",
            at=at,
        )
        post = people.add_post(
            by=by, title=title, unit=council.units[unit], begins=_D(2026, 5, 4), at=at
        )
        found[title] = people.appoint_holder(
            by=by, post=post, person=person, since=_D(2026, 5, 4), version=post.version, at=at
        )
    return found


def _director(council: Brackenford, unit: str) -> Person:
    found = council.posts[f"Director of {unit}"].holdings.filter(until__isnull=True).get()
    return found.person


def _plan(
    council: Brackenford,
    planning: Planning,
    told: tuple[_Action, ...],
    posts: Mapping[str, Post],
) -> dict[str, Action]:
    """The plan of a directorate with these actions, each with its measure; by their numbers."""
    director = _director(council, planning.unit.name)
    planning.refresh_from_db()
    if planning.plan is None:
        directorate_plan.begin_plan(
            by=director,
            planning=planning,
            version=planning.version,
            title=f"Race equality plan of {planning.unit.name}",
            at=noon(_BEGUN),
        )
        planning.refresh_from_db()
    rows = {row.number: row for row in Action.objects.filter(plan=planning.plan)}
    for one in told:
        if one.number not in rows:
            rows[one.number] = directorate_plan.add_planned_action(
                by=director,
                planning=planning,
                text=one.text,
                when=one.when,
                post=posts[f"Director of {planning.unit.name}"],
                number=one.number,
                title=one.title,
                at=noon(_BEGUN),
            )
        _fill(council, director, one, rows[one.number])
    return rows


def _fill(council: Brackenford, director: Person, one: _Action, row: Action) -> None:
    """What measures an action, what good looks like, and what it serves of the council’s plan."""
    manager = council.holding("programme_manager")
    if one.measure:
        measures.add_measure(
            by=manager,
            of=row,
            said={"text": one.measure, "baseline": one.baseline, "target": one.target},
            owner=None,
            at=noon(_FILLED),
        )
    if one.good:
        row.refresh_from_db()
        directorate_plan.say_what_good_is(
            by=director, of=row, version=row.version, text=one.good, at=noon(_FILLED)
        )
    above = Action.objects.filter(plan__unit=council.units[""], number__in=one.serves)
    for upper in above.order_by("pk"):
        plans.link(
            by=manager, from_=row, to=upper, meaning="serves", since=_FILLED, at=noon(_FILLED)
        )


def _service_plan(
    council: Brackenford, unit: str, told: tuple[_Action, ...], rows: Mapping[str, Action]
) -> None:
    """The service plan of a directorate, and of a service of Housing, with what stands in them."""
    director, at = _director(council, unit), noon(_FILLED)

    def add(name: str) -> ServicePlan:
        return service_plans.add_service_plan(
            by=director,
            unit=council.units[name],
            title=f"{name} service plan 2026/27",
            begins=_D(2026, 4, 1),
            ends=_D(2027, 3, 31),
            place="Shared folder of the directorate, Service plans",
            review_on=_D(2027, 1, 29),
            at=at,
        )

    whole = add(unit)
    for one in told:
        if one.stands_in:
            service_plans.put_in_service_plan(
                by=director,
                service_plan=whole,
                action=rows[one.number],
                reference=one.stands_in,
                at=at,
            )
    if unit == HOUSING:
        service_plans.put_in_service_plan(
            by=director, service_plan=add(TENANCY), action=rows["H1"], reference="7", at=at
        )


def _pledge(
    council: Brackenford,
    planning: Planning,
    maker: Post,
    on: date,
    words: str,
    public: bool,
    became: tuple[tuple[str, date, str], ...],
) -> None:
    """A pledge as it was made, and what became of it."""
    by = council.holding("programme_manager")
    row = pledges.make_pledge(
        by=by, of=planning, text=words, post=maker, made_on=on, public=public, at=noon(on)
    )
    for what, day, said in became:
        row.refresh_from_db()
        pledges.follow_up(
            by=by, pledge=row, version=row.version, what=what, on=day, text=said, at=noon(day)
        )
