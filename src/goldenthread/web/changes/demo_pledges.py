"""What Brackenford’s directorates defined in step 5: measures, service plans, pledges and counts.

Housing and Communities is at work on it: four of its eleven actions cannot be measured yet.
Education and Skills is done. Each thing is done by the change that does it, on its day, to the
actions that the directorates’ plans have by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.web.changes import (
    directorate_plan,
    measures,
    objectives,
    pledges,
    service_plans,
)
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.models import Action, Person, Planning, Post, ServicePlan

_D = date
_FILLED, _COUNTED = _D(2026, 9, 25), _D(2026, 10, 8)
HOUSING, SKILLS, TENANCY = "Housing and Communities", "Education and Skills", "Tenancy Services"


@dataclass(frozen=True)
class _Measured:
    """What step 5 says of an action: what measures it, from where to where, and what good is."""

    measure: str = ""
    baseline: str = ""
    target: str = ""
    good: str = ""
    stands_in: str = ""


_SAID: Mapping[str, Mapping[str, _Measured]] = {
    HOUSING: {
        "H1": _Measured(
            "Acting-up posts that were advertised",
            "4 in 10 in 2025/26",
            "All",
            "Anyone at a depot can say which acting-up posts are open this month",
            "2.1",
        ),
        "H2": _Measured(
            "Interviews at Grade 8 and above with a trained, mixed panel",
            "3 in 10 in 2025/26",
            "9 in 10",
            "",
            "2.2",
        ),
        "H3": _Measured(
            "Staff here who have told us their ethnicity",
            "71% in April 2026",
            "90%",
        ),
        "H5": _Measured(
            "Reports of abuse followed by a call within one working day",
            "1 in 4 in the first quarter of 2026/27",
            "All",
            "Nobody who was abused at the counter goes home without hearing from a manager",
            "4.3",
        ),
        "H6": _Measured(
            "Complaints made in another language that were answered in it",
            "None in 2025/26",
            "8 in 10",
            "",
            "5.1",
        ),
        "H7": _Measured(
            "Briefings held in area offices",
            "None in 2025/26",
            "One in each office every quarter",
        ),
        "H8": _Measured(
            "Sponsored people who were interviewed for a post above theirs",
            "2 of 8 in 2025/26",
            "8 of 12",
        ),
        "H9": _Measured("Residents asked in each area", "", "50"),
        "H10": _Measured(
            "First visits at which an interpreter was offered", "2 in 10 in 2025/26", "All"
        ),
        "H11": _Measured(
            "Tenants who say that they understood our last letter", "54% in May 2026", "75%"
        ),
    },
    SKILLS: {
        "E&S1": _Measured(
            "Schools of the six whose rate of exclusion fell",
            "0 of 6 in July 2026",
            "4 of 6",
            "Each of the six schools can say what it changed, and what came of it",
            "1.4",
        ),
        "E&S2": _Measured(
            "Heads of service who were trained",
            "5 of 11 in June 2026",
            "All 11",
            "Every head of service has changed one thing in how they appoint",
            "1.6",
        ),
    },
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


def tell(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """Step 5 of the directorates: measures of two plans, service plans, pledges and counts."""
    for name, said in _SAID.items():
        rows = {row.number: row for row in Action.objects.filter(plan=plannings[name].plan)}
        for number, one in said.items():
            _measure(council, rows[number], one)
        _service_plan(council, name, said, rows)
    for unit, maker, on, words, public, became in _PLEDGES:
        _pledge(council, plannings[unit], council.posts[maker], on, words, public, became)
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


def _director(council: Brackenford, unit: str) -> Person:
    found = council.posts[f"Director of {unit}"].holdings.filter(until__isnull=True).get()
    return found.person


def _measure(council: Brackenford, row: Action, said: _Measured) -> None:
    """What measures an action, and what good looks like."""
    if said.measure:
        measures.add_measure(
            by=council.holding("programme_manager"),
            of=row,
            said={"text": said.measure, "baseline": said.baseline, "target": said.target},
            owner=None,
            at=noon(_FILLED),
        )
    if said.good:
        row.refresh_from_db()
        directorate_plan.say_what_good_is(
            by=_director(council, row.plan.unit.name),
            of=row,
            version=row.version,
            text=said.good,
            at=noon(_FILLED),
        )


def _service_plan(
    council: Brackenford, unit: str, said: Mapping[str, _Measured], rows: Mapping[str, Action]
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
    for number, one in said.items():
        if one.stands_in:
            service_plans.put_in_service_plan(
                by=director,
                service_plan=whole,
                action=rows[number],
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
