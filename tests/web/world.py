"""A council in which everything that a permission speaks of can be made, by the changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.utils import timezone

from goldenthread import plan as core
from goldenthread.documents import PlanDraft
from goldenthread.timescale import Rhythm, period_of, read
from goldenthread.web.changes import (
    asks,
    committees,
    consultation,
    mail,
    meetings,
    papers,
    people,
    review,
    rounds,
    takedown,
)
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.demo import Brackenford
from goldenthread.web.changes.uploads import Store
from goldenthread.web.models import (
    Action,
    Answer,
    Ask,
    Cadence,
    Committee,
    Consultation,
    Draft,
    Edition,
    Grant,
    Mail,
    Meeting,
    Paper,
    Person,
    Plan,
    Planning,
    Post,
    Round,
    Strand,
    TakeDown,
    Unit,
)

AT = timezone.make_aware(datetime(2026, 10, 1, 12))
ON = timezone.localdate(AT)
DAY = timedelta(days=1)
_names = count(1)
# Who speaks for every body that is made here: the posts that have a seat in it.
SPEAKERS = {
    "staff_forum_chair": "Head of Policy",
    "union_representative": "Head of Recruitment",
}


def _letters(number):
    """Letters that no other body of a test has: 1 is A, 27 AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


# What an app and the site share; any would do.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def action(text, when="31 March 2027", lead="Head of Learning", **more):
    """One action of a plan value; ``when`` is read as a document's words are."""
    claims = tuple(read(when, dated=date(2026, 7, 15))) if when else ()
    leads = (core.Lead(lead),) if lead else ()
    return core.Action(text, leads=leads, timescales=claims, **more)


def plan_value(*actions, theme="Being heard", number="1"):
    """A plan value with one recommendation."""
    rec = core.Recommendation("Hear staff regularly", number, theme, actions=tuple(actions))
    return core.Plan(title="Race action plan", document_date="2026-07-15", recommendations=(rec,))


def draft_value(*actions, warnings=(), **more):
    """The draft of such a plan, as a document's reading gives it."""
    return PlanDraft(
        plan_value(*actions, **more), "plan.docx", "docx", "a" * 64, "printed", tuple(warnings)
    )


def second_factor(person, secret=SECRET):
    """Give somebody the second factor that an app holds; its codes are made of the secret."""
    sealed = get_adapter().encrypt(secret)
    return Authenticator.objects.create(user=person, type="totp", data={"secret": sealed})


@dataclass
class World:
    """Brackenford, and whatever a test makes in it."""

    council: Brackenford

    @property
    def manager(self) -> Person:
        return self.council.holding("programme_manager")

    @property
    def publisher(self) -> Person:
        return self.council.holding("publisher")

    @property
    def judge(self) -> Person:
        return self.council.holding("auditor")

    @property
    def administrator(self) -> Person:
        return self.council.holding("administrator")

    @property
    def director(self) -> Person:
        """Somebody who is a director of the whole body; the one that there is."""
        held = Grant.objects.filter(role="director", unit=self.unit(), until=None).first()
        return held.person if held is not None else self.somebody("director")

    @property
    def union(self) -> Person:
        """A union representative whose post has a seat in every body that is made here."""
        title = SPEAKERS["union_representative"]
        held = self.council.posts[title].holdings.filter(until=None).first()
        if held is not None and held.person.grants.filter(role="union_representative").exists():
            return held.person
        person = self.somebody("union_representative")
        post = self.council.posts[title]
        post.refresh_from_db()
        people.appoint_holder(
            by=self.administrator,
            post=post,
            person=person,
            since=ON - DAY,
            version=post.version,
            at=AT,
        )
        return person

    def unit(self, name="") -> Unit:
        return self.council.units[name]

    def somebody(self, role="", unit=None, since=None, until=None) -> Person:
        """A new person, with a role in a unit for some days."""
        number = next(_names)
        person = people.add_person(
            by=self.administrator,
            name=f"Person {number}",
            email=f"person{number}@brackenford.example",
            at=AT,
        )
        second_factor(person)
        if role:
            Grant.objects.create(
                person=person,
                role=role,
                unit=unit or self.unit(),
                since=since or ON - 30 * DAY,
                until=until,
                given_by=self.administrator,
            )
        return person

    def draft(self, *actions, unit=None, at=AT, **more) -> Draft:
        return plans.keep_draft(
            by=self.manager,
            unit=unit or self.unit(),
            strand=self.council.strand,
            draft=draft_value(*(actions or [action("Hold listening sessions")]), **more),
            at=at,
        )

    def plan(self, *actions, unit=None, at=AT, **more) -> Plan:
        draft = self.draft(*actions, unit=unit, at=at, **more)
        return plans.adopt_draft(by=self.manager, draft=draft, version=draft.version, at=at)

    def later(self, plan, *actions, at=AT, **more) -> Draft:
        """A later reading of a plan's document."""
        return plans.keep_draft(
            by=self.manager,
            unit=plan.unit,
            strand=plan.strand,
            draft=draft_value(*actions, **more),
            again=plan,
            at=at,
        )

    def action(self, *actions, unit=None, at=AT, **more) -> Action:
        """The first action of a new plan."""
        return self.plan(*actions, unit=unit, at=at, **more).actions.first()

    def edition(self, plan=None, unit=None, by=None, at=AT) -> Edition:
        plan = plan or self.plan(unit=unit)
        plan.refresh_from_db()
        return plans.adopt_edition(by=by or self.manager, plan=plan, version=plan.version, at=at)

    def published(self, unit=None) -> Edition:
        edition = self.edition(unit=unit)
        return plans.publish_edition(
            by=self.publisher, edition=edition, version=edition.version, at=AT
        )

    def next_edition(self, plan, at=AT) -> Edition:
        """One edition more of a plan, adopted and published."""
        edition = self.edition(plan, at=at)
        return plans.publish_edition(
            by=self.publisher, edition=edition, version=edition.version, at=at
        )

    def asked_down(self, edition, hide=False, at=AT, by=None) -> TakeDown:
        """A request that a published edition goes, by the publishing officer."""
        edition.refresh_from_db()
        return takedown.ask_takedown(
            by=by or self.publisher,
            edition=edition,
            version=edition.version,
            public_reason="It held words that could identify one person.",
            reason="Action A1 names the only woman in the team.",
            hide=hide,
            at=at,
        )

    def taken_down(self, edition, at=AT) -> Edition:
        """A published edition, taken down by two people."""
        asked = self.asked_down(edition, at=at)
        takedown.agree_takedown(by=self.manager, takedown=asked, version=asked.version, at=at)
        return edition

    def round(self, unit=None, closed=False) -> Round:
        """A unit's round of Quarter 2, 2026/27, that is open; or that of Quarter 1, closed.

        The one that there is, where it was made before.
        """
        unit, ends = unit or self.unit(), date(2026, 6, 30) if closed else date(2026, 9, 30)
        made = Round.objects.filter(unit=unit, ends=ends).first()
        if made is not None:
            return made
        self.plan(unit=unit, at=AT - 180 * DAY)
        window = Rhythm().window(period_of(ends))
        row = rounds.open_round(
            by=self.manager,
            unit=unit,
            months=3,
            ends=ends,
            teams_from=window.teams,
            directors_from=window.directors,
            closes=window.closes,
            at=AT - 90 * DAY if closed else AT,
        )
        if closed:
            rounds.close_round(by=self.manager, round=row, version=row.version, at=AT)
        return row

    def cadence(self, unit=None) -> Cadence:
        """What was chosen of a unit: every quarter, with a week of grace."""
        made = Cadence.objects.filter(unit=unit or self.unit(), ended_at__isnull=True).first()
        return made or rounds.keep_cadence(
            by=self.manager, of=unit or self.unit(), months=3, version=0, grace=7, at=AT
        )

    def planning(self, unit=None, closed=False, begins=ON - 200 * DAY) -> Planning:
        """A unit's planning that is open, or one that was closed; the one that there is."""
        unit = unit or self.unit("Housing and Communities")
        made = Planning.objects.filter(unit=unit, closed_on__isnull=not closed).first()
        return made or Planning.objects.create(
            unit=unit,
            strand=self.council.strand,
            begins=begins,
            closed_on=ON - DAY if closed else None,
        )

    def committee(self, unit=None, name="", kind="scrutiny", **more) -> Committee:
        """A body that meets, with seats of the posts that the matrix gives to those who speak."""
        number = next(_names)
        row = committees.begin_committee(
            by=self.manager,
            unit=unit or self.unit(),
            name=name or f"Committee {number}",
            kind=kind,
            letter=more.pop("letter", _letters(number)),
            public=more.pop("public", False),
            begins=ON - 400 * DAY,
            at=AT,
            **more,
        )
        for title in SPEAKERS.values():
            self.seat(row, self.council.posts[title])
        return row

    def seat(self, committee, post, part="member"):
        """A seat of a post in a body, from long ago."""
        return committees.seat(
            by=self.manager, committee=committee, post=post, part=part, since=ON - 300 * DAY, at=AT
        )

    def seated(self, committee, person):
        """Let somebody hold a post of their own, with a seat in this body."""
        post = self.holding(person)
        return self.seat(committee, post)

    def holding(self, person):
        """A new post that somebody holds."""
        post = people.add_post(
            by=self.administrator,
            title=f"Post {next(_names)}",
            unit=self.unit(),
            begins=ON - 400 * DAY,
            at=AT,
        )
        return people.appoint_holder(
            by=self.administrator,
            post=post,
            person=person,
            since=ON - 300 * DAY,
            version=post.version,
            at=AT,
        )

    def meeting(self, committee=None, on=ON - 10 * DAY, **more) -> Meeting:
        committee = committee or self.committee()
        meetings.arrange_meetings(by=self.manager, committee=committee, days=[on], at=AT, **more)
        return Meeting.objects.get(committee=committee, on=on)

    def ask(self, committee=None, unit=None, text="What has it cost?", **more) -> Ask:
        """Something asked of the Head of Learning, unless ``post`` says of whom."""
        return asks.record_ask(
            by=self.manager,
            committee=committee or self.committee(unit),
            text=text,
            asked_on=more.pop("asked_on", ON - 10 * DAY),
            post=more.pop("post", self.council.posts["Head of Learning"]),
            at=more.pop("at", AT),
            **more,
        )

    def answer(self, ask, text="Nothing yet", whole=True, at=AT, **more) -> Answer:
        ask.refresh_from_db()
        given = {"answered_on": timezone.localdate(at), **more}
        return asks.answer_ask(
            by=self.manager, ask=ask, text=text, whole=whole, version=ask.version, at=at, **given
        )

    def consultation(self, about=None, unit=None, committees=None, **more) -> Consultation:
        return consultation.consult(
            by=self.manager,
            about=about or self.plan(unit=unit),
            committees=committees or [self.committee(unit, kind="staff_forum")],
            text="Do you support it?",
            asked_on=more.pop("asked_on", ON - 10 * DAY),
            wanted_by=more.pop("wanted_by", ON + 10 * DAY),
            at=AT,
            **more,
        )

    def speaker(self, committee, role="union_representative") -> Person:
        """Somebody whose post has a seat in a body, and whose role lets them speak for it."""
        person = self.somebody(role)
        self.seated(committee, person)
        return person

    def stance(self, committee, about, stance="supports", text="", by=None, at=AT, **more):
        return consultation.record_stance(
            by=by or self.speaker(committee),
            committee=committee,
            about=about,
            stance=stance,
            text=text,
            said_on=more.pop("said_on", timezone.localdate(at)),
            public=more.pop("public", True),
            at=at,
            **more,
        )

    def paper(self, plan=None, meeting=None, unit=None, at=AT, as_at=None) -> Paper:
        """A paper on a new plan for a meeting to come, not issued."""
        return papers.make_paper(
            by=self.manager,
            plan=plan or self.plan(unit=unit),
            meeting=meeting or self.meeting(self.committee(unit), on=ON + 20 * DAY),
            as_at=as_at or ON,
            at=at,
        )

    def worded(self, paper=None, at=AT, **words) -> Paper:
        """A paper whose words are written."""
        paper = paper or self.paper()
        return papers.word_paper(
            by=self.manager, paper=paper, version=paper.version, at=at, **{**WORDS, **words}
        )

    def issued(self, paper=None, template=None, at=AT) -> Paper:
        """A paper that was issued, in our template or another."""
        paper = paper or self.worded()
        with Store() as store:
            return papers.issue_paper(
                by=self.manager,
                paper=paper,
                template=template,
                store=store,
                version=paper.version,
                at=at,
            )

    def update(self, action, by=None, at=AT, **said):
        action.refresh_from_db()
        trouble = answer_trouble(at) if said.get("rag") in ("amber", "red") else {}
        given = {"done": "Trained twelve people", **trouble, **said}
        return review.add_update(
            by=by or self.manager, action=action, version=action.version, at=at, **given
        )

    def mail(self, fault="no_answer") -> Mail:
        """A mail to somebody that was given up."""
        row = mail.queue(kind="trial", person=self.somebody(), key=f"trial {next(_names)}", at=AT)
        Mail.objects.filter(pk=row.pk).update(gave_up_at=AT, fault=fault, tries=17)
        row.refresh_from_db()
        return row

    def leads(self, person, action):
        """Make somebody hold the post that leads an action, and make that post lead it."""
        lead = action.leads.get(role="accountable", until=None)
        if lead.post is None:
            raise AssertionError("This action is led by no post.")
        post = lead.post
        post.refresh_from_db()
        people.appoint_holder(
            by=self.administrator,
            post=post,
            person=person,
            since=ON - DAY,
            version=post.version,
            at=AT,
        )


WORDS = {
    "purpose": "decision",
    "item": "6",
    "author": "Chief Executive",
    "contact": "The programme team",
    "lead_member": "Cabinet Member for Equality",
    "wards": "All",
    "summary": "The training was done.",
    "decisions": ["Accept the new dates"],
    "background": ["The plan of July 2026"],
    "finance": "None",
    "legal": "",
    "people": "",
    "equality": "It is part of how the duty is met.",
    "risk": "",
}


def answer_trouble(at=AT):
    """What a red or an amber needs: a cause, a step and a day."""
    return {
        "cause": "Nobody tendered",
        "step": "Ask three suppliers for a price",
        "due": timezone.localdate(at) + 30 * DAY,
    }


SHOWN = review.Shown("Attendance list", "https://brackenford.example/list")


def founded() -> World:
    """Brackenford as it stands in the database, with its cast."""
    return World(
        Brackenford(
            units={
                "" if unit.parent_id is None else unit.name: unit for unit in Unit.objects.all()
            },
            posts={post.title: post for post in Post.objects.all()},
            people={person.name: person for person in Person.objects.all()},
            strand=Strand.objects.get(),
        )
    )
