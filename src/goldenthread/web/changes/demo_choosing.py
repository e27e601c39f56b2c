"""What Brackenford’s directorates start with, and what they want to be: their areas and visions.

Housing and Communities has seven areas on its matrix, two of them placed anew once the data pack
was read, and a vision in its second version: the staff network asked for a change. Adults and
Health waits for the network’s answer, Education and Skills has signed, others have begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.web.changes import choosing, demo_bodies, visions
from goldenthread.web.changes.choosing import Weighed
from goldenthread.web.changes.demo_council import Brackenford, noon
from goldenthread.web.models import (
    Action,
    Area,
    Committee,
    HeardTheme,
    PackFinding,
    Person,
    Planning,
    Post,
    Vision,
    VisionAsked,
)
from goldenthread.web.permissions import current

_D = date
HOUSING, ADULTS, SKILLS = "Housing and Communities", "Adults and Health", "Education and Skills"
SHORT, MEDIUM, LONG = "Short term", "Medium term", "Long term"
HORIZONS = (
    (SHORT, _D(2027, 3, 31)),
    (MEDIUM, _D(2028, 3, 31)),
    (LONG, _D(2029, 3, 31)),
)


@dataclass(frozen=True)
class _Area:
    """One area: where it stands and why, what it comes from, and the actions that came of it.

    ``themes``, ``findings`` and ``actions`` are named by their words or numbers; ``before`` is
    where it was placed first, on the day when areas were first talked of.
    """

    number: str
    title: str
    hardness: str
    difference: str
    choice: str
    reason: str = ""
    horizon: str = ""
    evidence: str = ""
    themes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    before: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class _Chosen:
    """What a directorate chose: first placed on a day, decided on another."""

    placed: date
    decided: date
    areas: tuple[_Area, ...]


_ACTING = "Acting-up posts go to those who are known already"
CHOSEN: Mapping[str, _Chosen] = {
    HOUSING: _Chosen(
        _D(2026, 8, 18),
        _D(2026, 9, 8),
        (
            _Area(
                "H1",
                "Acting-up offered by word of mouth",
                *("challenging", "greatest", "chosen"),
                "Staff of every group named it, and an advert costs us nothing.",
                SHORT,
                themes=(_ACTING,),
                findings=("Acting-up posts were advertised in one case out of three.",),
                actions=("H1",),
            ),
            _Area(
                "H2",
                "Who sits on our interview panels",
                *("most", "greatest", "chosen"),
                "Panels decide who gets the job above, and whom we ask to sit on them is ours to "
                "change this year.",
                SHORT,
                findings=(
                    "Black and Asian staff are a larger share of the lower grades than of team "
                    "leaders.",
                ),
                actions=("H2",),
                before=("challenging", "greatest"),
            ),
            _Area(
                "H3",
                "Staff who have not told us their ethnicity",
                *("less", "greatest", "chosen"),
                "We cannot see what we do not ask on paper. It is soon done, and everything else "
                "is measured by it.",
                SHORT,
                themes=("News of jobs and training does not reach those without a desk",),
                findings=(
                    "Staff without a work email address answered the survey half as often as "
                    "others.",
                ),
                actions=("H3",),
            ),
            _Area(
                "H5",
                "Abuse of front-line staff by the public",
                *("most", "greatest", "chosen"),
                "Reports go unanswered for weeks. A call from a manager is in our own hands.",
                SHORT,
                themes=("A complaint about race is answered late, or not at all",),
                actions=("H5",),
                before=("most", "some"),
            ),
            _Area(
                "H6",
                "Complaints answered in English only",
                *("challenging", "some", "chosen"),
                "It needs the council’s translation contract, which is let again in 2027/28.",
                MEDIUM,
                evidence="The complaints team counts 140 letters a year in other languages.",
                actions=("H6",),
            ),
            _Area(
                "H8",
                "Few senior posts come up",
                *("most", "some", "chosen"),
                "Two posts above Grade 12 were filled in three years. We can have people ready, "
                "not make posts.",
                LONG,
                themes=(_ACTING,),
                actions=("H8",),
            ),
            _Area(
                "H11",
                "Wording of letters",
                *("less", "little", "not_chosen"),
                "The council’s plain English work covers it from January. We answer to that.",
                evidence="Raised once, by the neighbourhood teams’ own notes.",
            ),
            _Area(
                "H12",
                "Parking at the depots",
                *("less", "some", "undecided"),
                evidence="Named beside other things.",
            ),
        ),
    ),
    ADULTS: _Chosen(
        _D(2026, 9, 15),
        _D(2026, 10, 6),
        (
            _Area(
                "A1",
                "Abuse by those we care for",
                *("most", "greatest", "chosen"),
                "Nobody should be told that it is part of the job. What a manager does next is "
                "ours.",
                SHORT,
                themes=("Abuse by those we care for is treated as part of the job",),
            ),
            _Area(
                "A2",
                "Care staff who leave within two years",
                *("most", "some", "chosen"),
                "Pay is set for the whole council; rotas and supervision are not.",
                MEDIUM,
                findings=("More Black care staff leave within two years than white care staff.",),
            ),
            _Area(
                "A3",
                "Night staff left out of training",
                *("challenging", "greatest", "chosen"),
                "Two sessions at night are enough to begin.",
                SHORT,
                themes=("Night staff are left out of meetings and training",),
            ),
            _Area(
                "A4",
                "Food in day centres",
                *("less", "some", "not_chosen"),
                "Left for next year, when the catering contract is let.",
                evidence="Families say so in the yearly survey.",
            ),
            _Area(
                "A5",
                "Interpreters for assessments",
                *("challenging", "little", "not_chosen"),
                "Left for next year: the council is letting one contract for all.",
                evidence="Social workers wait nine days for one.",
            ),
        ),
    ),
    "Children’s Services": _Chosen(
        _D(2026, 11, 10),
        _D(2026, 11, 10),
        (
            _Area(
                "C1",
                "Hard cases go to the same few people",
                *("most", "greatest", "undecided"),
                themes=("Hard cases go to the same few people",),
                findings=("Staff from ethnic minorities hold fewer cases and harder ones.",),
            ),
            _Area(
                "C2",
                "Families ask for somebody who looks like them",
                *("challenging", "some", "undecided"),
                themes=("Families ask for somebody who looks like them",),
            ),
        ),
    ),
    SKILLS: _Chosen(
        _D(2026, 7, 9),
        _D(2026, 7, 23),
        (
            _Area(
                "E1",
                "Pupils who are excluded more often",
                *("most", "some", "chosen"),
                "Schools exclude; six of them want to look at why with us.",
                MEDIUM,
                evidence="The yearly return of schools, which anybody can read.",
                actions=("E&S1",),
            ),
            _Area(
                "E2",
                "Who leads our services and our schools",
                *("challenging", "greatest", "chosen"),
                "Heads of service appoint, and how they do so is ours to change.",
                SHORT,
                themes=("Governors and heads do not reflect the pupils",),
                actions=("E&S2",),
            ),
            _Area(
                "E3",
                "Tutors on short contracts",
                *("challenging", "some", "not_chosen"),
                "The contracts are written anew in 2027, and we come back to it then.",
                themes=("Tutors on short contracts have no way up",),
                findings=(
                    "Tutors on short contracts are more often Black or Asian than other tutors.",
                ),
            ),
        ),
    ),
}


_ACTED = _D(2026, 9, 25)
_AGAIN, _WANTED = _D(2027, 9, 30), _D(2026, 12, 11)


@dataclass(frozen=True)
class _Version:
    """A version: the day, its words, whom it was written with, why, and who signed on which day.

    ``asked`` are bodies that were asked about it, and by when; ``paper`` who signed on paper.
    """

    on: date
    words: str
    written_with: str
    why: str = ""
    again: date = _AGAIN
    asked: tuple[str, ...] = ()
    wanted: date = _WANTED
    signers: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    signed: date | None = None


_HEADS = ("Head of Tenancy Services", "Head of Communities")
VISIONS: Mapping[str, tuple[_Version, ...]] = {
    HOUSING: (
        _Version(
            _D(2026, 9, 8),
            "Every tenant and every colleague is met with the same respect.",
            "the management team",
            asked=(demo_bodies.NETWORK,),
            wanted=_D(2026, 9, 18),
        ),
        _Version(
            _D(2026, 9, 21),
            "Every tenant and every colleague is met with the same respect, and anyone who works "
            "here can say what it would take to get the job above theirs.",
            "staff who came to the focus groups, and the staff network",
            "The staff network asked that it says something of who gets on.",
            signers=("Director of Housing and Communities", *_HEADS),
            paper=_HEADS,
            signed=_D(2026, 9, 22),
        ),
    ),
    ADULTS: (
        _Version(
            _D(2026, 10, 13),
            "Nobody who cares for others here is left alone with abuse, by day or by night.",
            "the management team and night staff",
            asked=(demo_bodies.NETWORK, demo_bodies.STAFF_SIDE),
            again=_D(2027, 10, 29),
        ),
    ),
    SKILLS: (
        _Version(
            _D(2026, 9, 3),
            "Every child in Brackenford is taught by people who expect the most of them, in "
            "schools led by people they can see themselves in.",
            "tutors, head teachers and the management team",
            signers=("Director of Education and Skills",),
            signed=_D(2026, 9, 10),
        ),
    ),
}


def tell(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """Place areas, join them to what was heard and found, write visions and have them signed."""
    by = council.holding("programme_manager")
    for name, told in CHOSEN.items():
        _choose(by, plannings[name], told)
    for name, versions in VISIONS.items():
        for one in versions:
            _write(council, by, plannings[name], one)
    _answers(council, plannings)


def act(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """Join each area to the actions that came of it, once the directorate’s plan has them."""
    by = council.holding("programme_manager")
    for name, told in CHOSEN.items():
        planning = plannings[name]
        planning.refresh_from_db()
        for one in told.areas:
            actions = Action.objects.filter(plan=planning.plan_id, number__in=one.actions)
            for action in actions if one.actions else ():
                area = Area.objects.get(planning=planning, number=one.number)
                choosing.act_on_area(by=by, area=area, action=action, at=noon(_ACTED))


def _choose(by: Person, planning: Planning, told: _Chosen) -> None:
    planning.refresh_from_db()
    choosing.keep_planning_horizons(
        by=by,
        planning=planning,
        horizons=HORIZONS,
        version=planning.version,
        at=noon(told.placed),
    )
    for one in told.areas:
        row = _place(by, planning, one, told)
        at = noon(told.decided)
        themes = HeardTheme.objects.filter(planning=planning, name__in=one.themes)
        findings = PackFinding.objects.filter(pack__planning=planning, text__in=one.findings)
        grounds: tuple[HeardTheme | PackFinding, ...] = (*themes, *findings)
        for ground in grounds:
            choosing.ground_area(by=by, area=row, ground=ground, at=at)
        if one.number == "H12":
            choosing.withdraw_area(
                by=by,
                area=row,
                version=row.version,
                reason="It is not about race. It went to the depots’ own meeting.",
                at=at,
            )


def _place(by: Person, planning: Planning, one: _Area, told: _Chosen) -> Area:
    """An area as it stands: placed first and decided later, where the two differ."""
    now = Weighed(
        one.title, one.hardness, one.difference, one.choice, one.reason, one.evidence, one.horizon
    )
    hardness, difference = one.before if one.before[0] else (one.hardness, one.difference)
    first = Weighed(one.title, hardness, difference, evidence=one.evidence)
    row = choosing.add_area(
        by=by,
        planning=planning,
        number=one.number,
        weighed=first,
        on=told.placed,
        at=noon(told.placed),
    )
    if now == first:
        return row
    why = "The data pack showed it more plainly." if one.before[0] else ""
    return choosing.weigh_area(
        by=by,
        area=row,
        version=row.version,
        weighed=now,
        on=told.decided,
        why=why or "Decided by the management team.",
        at=noon(told.decided),
    )


def _write(council: Brackenford, by: Person, planning: Planning, one: _Version) -> Vision:
    row = visions.write_vision(
        by=by,
        planning=planning,
        text=one.words,
        written_with=one.written_with,
        why=one.why,
        read_again_on=one.again,
        version=planning.visions.count(),
        at=noon(one.on),
    )
    if one.asked:
        visions.ask_about_vision(
            by=by,
            vision=row,
            committees=list(Committee.objects.filter(name__in=one.asked)),
            text="Would you hold us to this? What is missing?",
            wanted_by=one.wanted,
            at=noon(one.on),
        )
    if one.signed is None:
        return row
    posts = [Post.objects.get(title=title) for title in one.signers]
    visions.ask_signatures(by=by, vision=row, posts=posts, at=noon(one.on))
    for post in posts:
        if post.title in one.paper:
            visions.record_signature(
                by=by,
                vision=row,
                post=post,
                on=one.signed,
                paper="Minutes of the management team, 22 September 2026",
                at=noon(one.signed),
            )
        else:
            holder = post.holdings.get(current(one.signed)).person
            visions.sign_vision(by=holder, vision=row, post=post, at=noon(one.signed))
    return row


def _answers(council: Brackenford, plannings: Mapping[str, Planning]) -> None:
    """What bodies said: the network of Housing’s first version, the staff side of Adults’."""
    said = (
        (
            HOUSING,
            demo_bodies.NETWORK,
            "staff_forum_chair",
            "supports_with_objections",
            "Respect we can agree to. It says nothing of who gets on here, and that is what people "
            "told you.",
            _D(2026, 9, 17),
        ),
        (
            ADULTS,
            demo_bodies.STAFF_SIDE,
            "union_representative",
            "objects",
            "A vision that leaves out staffing at night promises what nobody can keep.",
            _D(2026, 11, 3),
        ),
    )
    for unit, body, role, stance, words, on in said:
        asked = VisionAsked.objects.get(
            vision__planning=plannings[unit], vision__number=1, committee__name=body
        )
        visions.answer_about_vision(
            by=council.holding(role),
            asked=asked,
            stance=stance,
            text=words,
            public=True,
            at=noon(on),
        )
