"""Brackenford’s two tiers: the plans of its seven directorates, what they serve, what they lack.

Two actions of the council are left without any directorate (B2, B8) and two of directorates serve
none (H6, P3): what the two tiers’ page is there to find. Some disagree with what they serve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread import plan as core
from goldenthread.documents import PlanDraft
from goldenthread.plan.edition import Edition
from goldenthread.timescale import day, read
from goldenthread.web.changes import people, planning, review, strands, tiers
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.models import Action, Plan, Planning, Strand

_D = date
ADOPTED = _D(2026, 6, 1)
JOINED = _D(2026, 6, 15)
SERVICES, LIFE = "The services we run", "Life outcomes in the borough"
# What the plan calls whom an action is for, by the strand that it stands for.
_STRANDS = {"People who use services": SERVICES, "Life in the borough": LIFE}


@dataclass(frozen=True)
class _Planned:
    """One action of a directorate: its words, when and by whom, what it serves, what became of it.

    Without a ``due`` it is ongoing. ``serves`` are numbers of the council’s actions, "R4" of a
    recommendation. ``done`` is the day on which it was finished, ``red`` says why its lead rates it
    red, and ``local`` is the reason for keeping it as the directorate’s own.
    """

    number: str
    title: str
    text: str
    due: date | None
    serves: tuple[str, ...] = ()
    done: date | None = None
    red: str = ""
    local: str = ""
    strand: str = ""


def _of(
    number: str, title: str, text: str, due: date | None, *serves: str, **more: object
) -> _Planned:
    return _Planned(number, title, text, due, serves, **more)  # type: ignore[arg-type]


DIRECTORATES: Mapping[str, tuple[str, tuple[_Planned, ...]]] = {
    "Housing and Communities": (
        "Director of Housing and Communities",
        (
            _of(
                "H1",
                "Every acting-up post advertised",
                "Advertise every acting-up post in the directorate to all of its staff, also on "
                "paper at the depots",
                _D(2026, 8, 31),
                *("B1", "B7"),
                done=_D(2026, 8, 27),
            ),
            _of(
                "H2",
                "Mixed panels from Grade 8",
                "Have a trained, mixed panel for every interview at Grade 8 and above",
                _D(2026, 10, 31),
                *("B4", "R4"),
                red="Half of the managers who should sit on panels have not been trained.",
            ),
            _of(
                "H3",
                "Paper forms at every depot and office",
                "Bring paper forms, and somebody to explain them, to every depot and area office",
                _D(2027, 6, 30),
                "E4",
            ),
            _of(
                "H4",
                "Induction in the first month",
                "Give everyone who starts here an induction that says what to do about racism",
                _D(2026, 12, 31),
                "C4",
            ),
            _of(
                "H5",
                "A call within a day after abuse",
                "Have a manager ring everyone who reports abuse by the public within one working "
                "day",
                _D(2027, 1, 31),
                "D4",
                strand=SERVICES,
            ),
            _of(
                "H6",
                "Complaints answered in their own language",
                "Answer every complaint in the language in which it was made",
                _D(2027, 9, 30),
                strand=SERVICES,
            ),
            _of(
                "H7",
                "Awareness in area offices",
                "Brief the staff of all five area offices on racism at work",
                _D(2027, 3, 31),
                "C4",
            ),
            _of(
                "H8",
                "Sponsors for senior posts",
                "Give each of twelve people in Grades 6 to 9 a sponsor for a year",
                _D(2028, 3, 31),
                "B6",
            ),
            _of(
                "H9",
                "A check of the lettings policy",
                "Check with residents whether the lettings policy treats all of them alike, and "
                "publish what we find",
                _D(2026, 9, 30),
                "D5",
                strand=LIFE,
            ),
            _of(
                "H10",
                "Better interpreting",
                "Offer an interpreter at every first visit",
                None,
                "D5",
                strand=SERVICES,
            ),
            _of(
                "H11",
                "Letters in plain words",
                "Rewrite all 14 standard letters with tenants",
                _D(2027, 3, 31),
                "D5",
                strand=SERVICES,
            ),
        ),
    ),
    "Place and Environment": (
        "Director of Place and Environment",
        (
            _of(
                "P1",
                "Acting up at the depots",
                "Put every acting-up post on the notice boards of the three depots",
                _D(2026, 9, 30),
                *("B1", "B7"),
                done=_D(2026, 9, 21),
            ),
            _of(
                "P2",
                "Sponsors for the depots",
                "Find four sponsors for staff in Grades 4 to 6 at the depots",
                _D(2026, 10, 15),
                "B6",
            ),
            _of(
                "P3",
                "A quiet room at each depot",
                "Open a room for prayer and quiet at each depot",
                _D(2027, 3, 31),
            ),
            _of(
                "P4",
                "Team talks at the start of a shift",
                "Hold a listening session at the start of a shift in each depot, every quarter",
                _D(2027, 3, 31),
                "D1",
            ),
        ),
    ),
    "Adults and Health": (
        "Director of Adults and Health",
        (
            _of(
                "A&H1",
                "Trained panels in care management",
                "Train every manager who sits on an interview panel in care management",
                _D(2027, 3, 31),
                "B4",
            ),
            _of(
                "A&H2",
                "Care plans in more languages",
                "Offer care plans in the five languages most spoken by those we support",
                _D(2027, 6, 30),
                "C5",
                strand=SERVICES,
            ),
            _of(
                "A&H3",
                "Health checks that reach everybody",
                "Take health checks to the four wards where fewest come to them",
                _D(2027, 3, 31),
                "R8",
                strand=LIFE,
            ),
            _of(
                "A&H4",
                "A newsletter of the day centres",
                "Write a newsletter of the day centres with their staff",
                _D(2026, 12, 31),
                local="Staff of the day centres asked for it, and it answers no recommendation.",
            ),
        ),
    ),
    "Children’s Services": (
        "Director of Children’s Services",
        (
            _of(
                "CS1",
                "Anti-racist practice in supervision",
                "Make anti-racist practice part of every social worker’s supervision",
                _D(2026, 12, 31),
                *("C4", "C3"),
            ),
            _of(
                "CS2",
                "Foster carers of more backgrounds",
                "Recruit foster carers so that a child can be placed with one of its own "
                "background",
                _D(2027, 9, 30),
                "C5",
                strand=LIFE,
            ),
            _of(
                "CS3",
                "Six sponsorship places",
                "Offer six people in Grades 6 to 9 a year of sponsorship",
                _D(2027, 3, 31),
                "B6",
            ),
        ),
    ),
    "Resources": (
        "Head of Policy",
        (
            _of(
                "R1",
                "Figures of every campaign",
                "Give each directorate its figures of who applies and is appointed, every quarter",
                _D(2026, 12, 31),
                "B5",
            ),
            _of(
                "R2",
                "Search firms under contract",
                "Write mixed shortlists into every contract with a search firm",
                _D(2026, 10, 31),
                "B9",
            ),
            _of(
                "R3",
                "A template for service plans",
                "Put the race equality check into the template of service plans",
                _D(2026, 10, 31),
                "C5",
                done=_D(2026, 10, 20),
                strand=SERVICES,
            ),
        ),
    ),
    "Education and Skills": (
        "Director of Education and Skills",
        (
            _of(
                "E&S1",
                "Fewer exclusions",
                "Work with six schools on why Black Caribbean pupils are excluded more often",
                _D(2027, 7, 31),
                "C7",
                strand=LIFE,
            ),
            _of(
                "E&S2",
                "Every leader trained",
                "Have every head of service trained in race and leadership",
                _D(2026, 11, 30),
                "C4",
            ),
        ),
    ),
    "Regeneration and Growth": (
        "Director of Regeneration and Growth",
        (
            _of(
                "RG1",
                "Local jobs in our contracts",
                "Ask for local hiring, and figures of it by ethnicity, in contracts above £1m",
                _D(2027, 3, 31),
                "C5",
                strand=LIFE,
            ),
            _of(
                "RG2",
                "Panels for senior posts",
                "Have a mixed panel for both senior posts that fall vacant this year",
                _D(2027, 6, 30),
                "B4",
            ),
        ),
    ),
}
# What the council carries out without directorates, and why.
ALONE: Mapping[str, str] = {
    "A3": "It is the Monitoring Officer’s account of cases, which directorates do not hold.",
    "A4": "The People division arranges it for the whole council.",
    "C6": "The Chief Executive finds the mentors.",
    "C8": "It is one commission for the whole council.",
    "D2": "The route is outside the council on purpose.",
    "E1": "The programme team reports for the whole council.",
    "E3": "It is one figure of the whole council.",
    "E5": "Scrutiny commissions it.",
}
# What single directorates have nothing to do for, and why.
NOT_NEEDED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "B5": (
        tuple(name for name in DIRECTORATES if name != "Resources"),
        "Recruitment holds the figures of all directorates.",
    ),
    "B9": (
        tuple(name for name in DIRECTORATES if name != "Resources"),
        "Search firms are bought in by Procurement.",
    ),
}


def tell(council: Brackenford, plannings: Mapping[str, Planning], told: Edition) -> None:
    """The directorates’ plans, what serves what, what is kept apart, and three strands."""
    by, administrator = council.holding("programme_manager"), council.holding("administrator")
    above = {
        row.number: row
        for row in Action.objects.filter(plan__unit=council.units[""]).select_related("plan")
    }
    by_name = {
        name: people.add_strand(by=administrator, name=name, at=noon(ADOPTED))
        for name in (SERVICES, LIFE)
    }
    for action in told.actions:
        if action.strand in _STRANDS:
            _put(council, above[action.number], by_name[_STRANDS[action.strand]])
    for name, (post, planned) in DIRECTORATES.items():
        rows = _plan(council, plannings[name], post, planned)
        for one in planned:
            _join(council, one, rows[one.number], above, by_name)
    for number, reason in ALONE.items():
        tiers.need_no_directorate(by=by, action=above[number], reason=reason, at=noon(JOINED))
    for number, (names, reason) in NOT_NEEDED.items():
        units = [council.units[name] for name in names]
        tiers.need_not(by=by, action=above[number], units=units, reason=reason, at=noon(JOINED))


def _plan(
    council: Brackenford, row: Planning, post: str, planned: tuple[_Planned, ...]
) -> dict[str, Action]:
    """The directorate’s plan with these actions; its rows by their numbers."""
    by = council.holding("programme_manager")
    row.refresh_from_db()
    draft = plans.keep_draft(
        by=by,
        unit=row.unit,
        strand=row.strand,
        draft=_draft(row.unit.name, post, planned),
        at=noon(ADOPTED),
    )
    plan: Plan = plans.adopt_draft(by=by, draft=draft, version=draft.version, at=noon(ADOPTED))
    planning.name_plan(by=by, planning=row, plan=plan, version=row.version, at=noon(ADOPTED))
    row.refresh_from_db()
    found = {one.number: one for one in plan.actions.all()}
    for one in planned:
        action = found[one.number]
        plans.reword_action(
            by=by, action=action, version=action.version, title=one.title, at=noon(ADOPTED)
        )
    return found


def _draft(unit: str, post: str, planned: tuple[_Planned, ...]) -> PlanDraft:
    actions = tuple(
        core.Action(
            text=one.text,
            number=one.number,
            leads=(core.Lead(post),),
            timescales=tuple(read(day(one.due) if one.due else "Ongoing", dated=ADOPTED)),
        )
        for one in planned
    )
    rec = core.Recommendation(f"What {unit} will do", "", "", actions=actions)
    title = f"Race equality plan of {unit}"
    value = core.Plan(title=title, document_date=ADOPTED.isoformat(), recommendations=(rec,))
    return PlanDraft(value, "plan.docx", "docx", "d" * 64, "printed", ())


def _join(
    council: Brackenford,
    one: _Planned,
    row: Action,
    above: Mapping[str, Action],
    by_name: Mapping[str, Strand],
) -> None:
    """What one action serves, which strand it is of, and what became of it."""
    by = council.holding("programme_manager")
    row.refresh_from_db()
    for number in one.serves:
        upper = above.get(number)
        thing = upper or next(
            action.recommendation
            for action in above.values()
            if action.recommendation and f"R{action.recommendation.number}" == number
        )
        tiers.serve(by=by, action=row, serves=thing, at=noon(JOINED))
    if one.local:
        tiers.keep_local(by=by, action=row, reason=one.local, at=noon(JOINED))
    if one.strand:
        _put(council, row, by_name[one.strand])
        row.refresh_from_db()
    if one.done is not None:
        review.add_update(
            by=by,
            action=row,
            version=row.version,
            status="completed",
            done="It is done, and checked by the head of service.",
            completed_on=one.done,
            evidence=[review.Shown("Note of the head of service", _NOTE)],
            at=noon(one.done),
        )
    elif one.red:
        review.add_update(
            by=by,
            action=row,
            version=row.version,
            status="in_progress",
            rag="red",
            done="Two courses were held.",
            cause=one.red,
            step="A third course is booked, and managers are released for it.",
            due=_D(2026, 12, 18),
            at=noon(_D(2026, 10, 6)),
        )


def _put(council: Brackenford, row: Action, strand: Strand) -> None:
    row.refresh_from_db()
    strands.put_action_in_strands(
        by=council.holding("programme_manager"),
        action=row,
        strands=[strand],
        version=row.version,
        at=noon(JOINED),
    )


_NOTE = "https://brackenford.example/race-equality/notes"
