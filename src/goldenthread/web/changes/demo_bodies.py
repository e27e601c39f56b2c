"""Who meets in Brackenford, what they asked and what they said: part of its demonstration.

Everything is done by the change that does it and by somebody who may, on the day on which it was
done, as the rest of the demonstration is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from goldenthread.example_data import cast
from goldenthread.plan import edition
from goldenthread.web.changes import (
    asks,
    committees,
    consultation,
    meetings,
    people,
    reviews,
    terms,
)
from goldenthread.web.models import Action, Ask, Committee, Meeting, Person, Plan, Post, Unit

SCRUTINY = "Overview and Scrutiny Committee"
STAFF_SIDE = "Staff side, Joint Consultative Committee"
NETWORK = "Race Equality Staff Network"
_D = date
_TOWN_HALL = "Council Chamber, Town Hall"
# Name, kind, the letters of its numbers, how many it had given out, and whether it is open.
_BODIES = (
    ("Cabinet", "cabinet", "C", 21, True),
    (SCRUTINY, "scrutiny", "S", 13, True),
    ("Joint Consultative Committee", "joint_union_committee", "J", 0, False),
    (STAFF_SIDE, "trade_union", "U", 0, False),
    (NETWORK, "staff_forum", "N", 0, False),
    ("Corporate Leadership Team", "management_team", "L", 0, False),
)
_SEATS = (
    ("Cabinet", "", "Leader of the Council", "chair"),
    ("Cabinet", "Chief Executive", "", "officer"),
    (SCRUTINY, "", "Chair of Overview and Scrutiny", "chair"),
    (SCRUTINY, "Race Equality Programme Manager", "", "officer"),
    ("Joint Consultative Committee", "Assistant Director, People", "", "chair"),
    ("Joint Consultative Committee", "UNISON Branch Secretary", "", "member"),
    ("Joint Consultative Committee", "", "GMB Branch Secretary", "member"),
    (STAFF_SIDE, "UNISON Branch Secretary", "", "chair"),
    (STAFF_SIDE, "", "GMB Branch Secretary", "member"),
    (NETWORK, "Chair of the Race Equality Staff Network", "", "chair"),
    ("Corporate Leadership Team", "Chief Executive", "", "chair"),
    ("Corporate Leadership Team", "Director of Housing and Communities", "", "member"),
    ("Corporate Leadership Team", "Director of Adults and Health", "", "member"),
)
# Posts that two of the cast hold because of whom they speak for.
_SPEAKERS = {
    "staff_forum_chair": "Chair of the Race Equality Staff Network",
    "union_representative": "UNISON Branch Secretary",
}
_MEETINGS = (
    ("Cabinet", (_D(2025, 9, 16),), time(19), 7),
    (
        "Cabinet",
        (_D(2026, 9, 15), _D(2026, 11, 17), _D(2026, 12, 15), _D(2027, 1, 19), _D(2027, 3, 16)),
        time(19),
        7,
    ),
    (
        SCRUTINY,
        (_D(2026, 6, 10), _D(2026, 10, 21), _D(2027, 1, 27), _D(2027, 3, 24)),
        time(18, 30),
        8,
    ),
    (
        "Joint Consultative Committee",
        (_D(2026, 7, 8), _D(2026, 10, 7), _D(2027, 1, 13)),
        time(14),
        5,
    ),
    (NETWORK, (_D(2026, 10, 2), _D(2026, 12, 4), _D(2027, 2, 5)), time(12, 30), None),
)
_HEARD = _D(2026, 6, 10)
# What scrutiny asked on 10 June 2026: the words, of whom, by when, of which action, the answer.
_ASKED = (
    (
        "Which directorates have no trained panel members?",
        "Head of Learning",
        _D(2026, 9, 30),
        "B4",
        (
            "None: all seven have some. Place and Environment has the fewest, and had held no "
            "mixed panel by the end of July.",
            _D(2026, 9, 4),
            True,
        ),
    ),
    (
        "Show where dates have moved, against the first date.",
        "Race Equality Programme Manager",
        _D(2026, 9, 30),
        "",
        ("Every public page now does.", _D(2026, 7, 1), True),
    ),
    (
        "How do we compare with similar councils?",
        "Head of Workforce Data",
        _D(2026, 9, 30),
        "",
        (
            "6 of our 15 comparator councils publish figures on the same basis. We are third "
            "highest of 7 for staff who have told us their ethnicity.",
            _D(2026, 9, 4),
            True,
        ),
    ),
    (
        "How many race grievances end in action?",
        "Assistant Director, People",
        _D(2026, 9, 30),
        "",
        (
            "Given for the whole council. By directorate the numbers are too small to publish "
            "without pointing at someone.",
            _D(2026, 9, 11),
            False,
        ),
    ),
    ("What has the programme cost?", "Director of Resources", _D(2026, 9, 30), "", None),
)
_TERMS_OF_REFERENCE = {
    SCRUTINY: (
        "To examine what Cabinet decides and does, to hold it to its promises, and to report to "
        "Council what it finds. To look at the race equality plan every six months.",
        _D(2025, 5, 20),
        _D(2027, 5, 18),
    ),
    "Joint Consultative Committee": (
        "To consult the recognised trade unions on whatever touches the pay, conditions and "
        "treatment of staff, in time for what they say to change it.",
        _D(2024, 6, 12),
        _D(2026, 6, 12),
    ),
    NETWORK: (
        "To speak for staff who face racism, to advise on what the council does about it, and to "
        "choose the words by which they are called. Members have two hours a month for it.",
        _D(2025, 3, 3),
        _D(2027, 3, 3),
    ),
}


@dataclass(frozen=True)
class _Deed:
    """Something that was done on a day."""

    on: date
    do: Callable[[], object]


class Story:
    """What bodies did while the plan was at work, told day by day up to wherever it is asked."""

    def __init__(
        self,
        plan: Plan,
        rows: Mapping[str, Action],
        people_: Mapping[str, Person],
        posts: Mapping[str, Post],
        told: edition.Edition,
    ) -> None:
        self._plan, self._rows, self._people = plan, rows, people_
        self._posts, self._told = dict(posts), told
        self._bodies: dict[str, Committee] = {}
        self._deeds = sorted(self._story(), key=lambda deed: deed.on)

    def until(self, day: date) -> None:
        """Do what was done up to a day, and has not been done yet."""
        while self._deeds and self._deeds[0].on <= day:
            self._deeds.pop(0).do()

    def _holding(self, role: str) -> Person:
        return self._people[cast.one_for_each_role()[role].name]

    def _story(self) -> list[_Deed]:
        began = self._plan.begins
        found = [_Deed(began, lambda: self._found(began))]
        found += [_Deed(_HEARD, self._ask)]
        for place, (*_asked, answer) in enumerate(_ASKED):
            if answer is not None:
                found.append(_Deed(answer[1], lambda place=place: self._answer(place)))  # type: ignore[misc]
        found.append(_Deed(_D(2026, 9, 7), self._consult))
        by_body = {NETWORK: "staff_forum_chair", STAFF_SIDE: "union_representative"}
        for said in self._told.stances:
            role = by_body[said.body]
            found.append(_Deed(said.on, lambda said=said, role=role: self._say(said, role)))  # type: ignore[misc]
        found.append(_Deed(_D(2026, 10, 12), self._end))
        return found

    def _found(self, on: date) -> None:
        """Bodies with their seats, terms and calendar; the review, and the words chosen."""
        clerk, manager = self._holding("democratic_services"), self._holding("programme_manager")
        administrator, at = self._holding("administrator"), _noon(on)
        root = Unit.objects.get(parent__isnull=True)
        for role, title in _SPEAKERS.items():
            post = people.add_post(by=administrator, title=title, unit=root, begins=on, at=at)
            self._posts[title] = people.appoint_holder(
                by=administrator,
                post=post,
                person=self._holding(role),
                since=on,
                version=post.version,
                at=at,
            )
        for name, kind, letter, before, public in _BODIES:
            self._bodies[name] = committees.begin_committee(
                by=clerk,
                unit=root,
                name=name,
                kind=kind,
                letter=letter,
                asked_before=before,
                public=public,
                begins=cast.BEGAN,
                at=at,
            )
        for name, title, words, part in _SEATS:
            committees.seat(
                by=clerk,
                committee=self._bodies[name],
                post=self._posts[title] if title else None,
                text=words,
                part=part,
                since=on,
                at=at,
            )
        for name, (text, agreed, again) in _TERMS_OF_REFERENCE.items():
            committees.agree_remit(
                by=clerk,
                committee=self._bodies[name],
                text=text,
                agreed_on=agreed,
                review_on=again,
                at=at,
            )
        for name, days, starts, before_papers in _MEETINGS:
            meetings.arrange_meetings(
                by=clerk,
                committee=self._bodies[name],
                days=days,
                starts=starts,
                place=_TOWN_HALL,
                papers_before=before_papers,
                at=at,
            )
        for one in self._told.inquiries:
            reviews.record_review(
                by=manager,
                plan=self._plan,
                title=one.title,
                reviewer=one.made_by,
                terms=one.terms,
                began=one.began,
                reported=one.reported,
                standing=one.standing or "",
                independence=one.independence,
                report_url=one.report,
                report_on=one.report_on,
                at=at,
            )
        for term in self._told.terms:
            terms.choose_term(
                by=manager,
                stands_for=term.stands_for,
                text=term.words,
                chosen_by=term.chosen_by,
                since=term.since,
                reason=term.reason,
                at=at,
            )

    def _ask(self) -> None:
        body = self._bodies[SCRUTINY]
        for text, post, due, number, _answer in _ASKED:
            asks.record_ask(
                by=self._holding("democratic_services"),
                committee=body,
                text=text,
                asked_on=_HEARD,
                meeting=Meeting.objects.get(committee=body, on=_HEARD),
                post=self._posts[post],
                due=due,
                about=self._rows[number] if number else None,
                at=_noon(_HEARD) + timedelta(hours=8),
            )

    def _answer(self, place: int) -> None:
        ask = Ask.objects.get(
            committee=self._bodies[SCRUTINY], number=self._bodies[SCRUTINY].asked_before + place + 1
        )
        answer = _ASKED[place][4]
        assert answer is not None  # noqa: S101 - only told of those that have one
        text, on, whole = answer
        asks.answer_ask(
            by=self._holding("programme_manager"),
            ask=ask,
            text=text,
            whole=whole,
            answered_on=on,
            version=ask.version,
            at=_noon(on),
        )

    def _consult(self) -> None:
        self._asked = consultation.consult(
            by=self._holding("programme_manager"),
            about=self._rows["B4"],
            committees=[self._bodies[STAFF_SIDE], self._bodies[NETWORK]],
            text="The date for mixed interview panels has moved again, to 31 March 2027. Do you "
            "support that, and what should come with it?",
            asked_on=_D(2026, 9, 7),
            wanted_by=_D(2026, 10, 9),
            at=_noon(_D(2026, 9, 7)),
        )

    def _say(self, said: edition.Stance, role: str) -> None:
        consultation.record_stance(
            by=self._holding(role),
            committee=self._bodies[said.body],
            about=self._asked,
            stance=said.stance,
            text=said.words,
            said_on=said.on,
            public=True,
            at=_noon(said.on),
        )

    def _end(self) -> None:
        self._asked.refresh_from_db()
        consultation.say_outcome(
            by=self._holding("programme_manager"),
            consultation=self._asked,
            text="The new date stands, and the staff side does not accept the delay. Both bodies "
            "are told each month how many panels were mixed until every panel is.",
            version=self._asked.version,
            at=_noon(_D(2026, 10, 12)),
        )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
