"""Brackenford’s closed year: one directorate’s planning of 2025/26, and an adviser’s review.

The words are invented. The five themes are those under which such reviews report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.web.changes import carrying, directorate_plan, evaluation, review, reviews
from goldenthread.web.changes import planning as steps
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.models import Planning
from goldenthread.web.queries.evaluation import left

_D = date
SKILLS = "Education and Skills"
_POST = "Director of Education and Skills"
_BEGAN, _LOOKED, _TOLD, _CLOSED = _D(2025, 5, 6), _D(2025, 11, 4), _D(2026, 4, 21), _D(2026, 4, 28)
_PROOF = "https://brackenford.example/race-equality/schools-2025-26"
# Number, short name, words, when, and the day on which it was done.
_ACTIONS = (
    (
        "S1",
        "Governors trained",
        "Train the governors of every maintained school in fair recruitment",
        "31 December 2025",
        _D(2025, 12, 9),
    ),
    (
        "S2",
        "Reasons for every exclusion read",
        "Read the reasons for every exclusion with somebody from outside the school",
        "31 January 2026",
        _D(2026, 3, 17),
    ),
    (
        "S3",
        "Apprentices from every ward",
        "Offer apprenticeships in schools in every ward of the borough",
        "31 March 2026",
        None,
    ),
)
_PARTS = {
    "staff": "Governors now ask every candidate the same questions, and say why they chose.",
    "residents": "Families are told the reason for an exclusion in a letter that they can answer.",
    "learnt": "We asked schools after the plan was written. Next year we ask them before.",
    "statement": "We kept two of three promises, one of them late. No apprenticeship came of it.",
}
_CLAIMS = (
    "Governors of every maintained school were trained",
    "The reasons for every exclusion since January were read with somebody from outside",
)
_RECOMMENDED: tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Righting the wrongs",
        "1. Say in public what staff went through, and that it was wrong\n"
        "2. Look again at the grievances of the last three years",
        (
            ("accepted", "The Chief Executive will say so to all staff.", ""),
            (
                "partly_accepted",
                "Those of the last twelve months will be looked at again.",
                "Older papers were destroyed after a year, as the council’s rules ask.",
            ),
        ),
    ),
    (
        "Recruiting and keeping staff",
        "3. Have somebody from outside the service on every panel for a senior post",
        (("accepted", "", ""),),
    ),
    (
        "Leadership, training and culture",
        "4. Make every manager’s bonus depend on the staff survey",
        (("not_accepted", "", "The council pays its managers no bonus."),),
    ),
    (
        "Safe spaces to talk",
        "5. Give the staff network time and a budget of its own",
        (("accepted", "", ""),),
    ),
    ("Governance and accountability", "6. Report to scrutiny twice a year, in public", ()),
)


def last_year(council: Brackenford) -> Planning:
    """One directorate’s planning of 2025/26, reviewed and closed; this year’s goes on from it."""
    director, post = council.people[_holder(council)], council.posts[_POST]
    row = steps.begin_planning(
        by=director,
        unit=council.units[SKILLS],
        strand=council.strand,
        begins=_BEGAN,
        at=noon(_BEGAN),
    )
    directorate_plan.begin_plan(
        by=director,
        planning=row,
        version=row.version,
        title="Race equality plan of Education and Skills, 2025/26",
        at=noon(_BEGAN),
    )
    row.refresh_from_db()
    for number, title, text, when, done in _ACTIONS:
        action = directorate_plan.add_planned_action(
            by=director,
            planning=row,
            text=text,
            when=when,
            post=post,
            number=number,
            title=title,
            at=noon(_BEGAN),
        )
        if done is not None:
            review.add_update(
                by=director,
                action=action,
                version=action.version,
                status="completed",
                done=f"{title}: done.",
                completed_on=done,
                evidence=[review.Shown(title="What was done", url=_PROOF)],
                at=noon(done),
            )
    evaluation.record_look(
        by=director,
        planning=row,
        on=_LOOKED,
        decided="Go on. Ask the colleges again about the apprenticeships.",
        next_look=_D(2026, 2, 3),
        at=noon(_LOOKED),
    )
    for part, text in _PARTS.items():
        evaluation.write_part(
            by=director, planning=row, part=part, text=text, version=0, at=noon(_TOLD)
        )
    for text in _CLAIMS:
        claim = evaluation.make_claim(by=director, planning=row, text=text, at=noon(_TOLD))
        evaluation.show_claim(
            by=director,
            claim=claim,
            url=_PROOF,
            text="The year’s report on schools",
            at=noon(_TOLD),
        )
    steps.sign_step(
        by=director,
        planning=row,
        step="review",
        post=post,
        on=_CLOSED,
        came="The year is told, and each claim has its evidence.",
        version=0,
        at=noon(_CLOSED),
    )
    row.refresh_from_db()
    evaluation.close_planning(
        by=director, planning=row, post=post, version=row.version, at=noon(_CLOSED)
    )
    row.refresh_from_db()
    return row


def tell(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """What one directorate took over from last year, and what an independent adviser found."""
    row, director = plannings[SKILLS], council.people[_holder(council)]
    on = _D(2026, 5, 12)
    for one in left(row, on=on):
        if one.kind == "lesson":
            carrying.carry_over(
                by=director, planning=row, of=one.key, stays=True, version=0, at=noon(on)
            )
    manager = council.holding("programme_manager")
    reported, answered = _D(2026, 6, 2), _D(2026, 7, 14)
    made = reviews.enter_review(
        by=manager,
        unit=council.units[""],
        strand=council.strand,
        title="How the council is as an employer: an independent race adviser’s review",
        reviewer="a race adviser from outside",
        standing="independent",
        terms="To review how the council treats its own staff, and to say what should change.",
        began=_D(2026, 1, 12),
        reported=reported,
        at=noon(reported),
    )
    for theme, text, answers in _RECOMMENDED:
        before = set(made.recommendations.values_list("pk", flat=True))
        reviews.record_recommendations(
            by=manager, review=made, theme=theme, text=text, at=noon(reported)
        )
        rows = made.recommendations.exclude(pk__in=before).order_by("position")
        for rec, (position, said, why) in zip(rows, answers, strict=False):
            reviews.answer_recommendation(
                by=manager,
                recommendation=rec,
                position=position,
                text=said,
                reason=why,
                decided_by="Cabinet",
                answered_on=answered,
                version=rec.version,
                at=noon(answered),
            )


def _holder(council: Brackenford) -> str:
    """Who directs that directorate, by name."""
    return str(council.posts[_POST].holdings.get(until=None).person.name)
