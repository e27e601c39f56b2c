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
from goldenthread.timescale import read
from goldenthread.web.changes import mail, people, review, rounds, takedown
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.demo import Brackenford
from goldenthread.web.models import (
    Action,
    Cadence,
    Draft,
    Edition,
    Grant,
    Mail,
    Person,
    Plan,
    Round,
    TakeDown,
    Unit,
)

AT = timezone.make_aware(datetime(2026, 10, 1, 12))
ON = timezone.localdate(AT)
DAY = timedelta(days=1)
_names = count(1)
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
        """Quarter 2 of 2026/27 of a unit, in which something is asked, open until 14 October."""
        self.plan(unit=unit, at=AT - 180 * DAY)
        row = rounds.open_round(
            by=self.manager,
            unit=unit or self.unit(),
            months=3,
            ends=date(2026, 9, 30),
            teams_from=date(2026, 9, 17),
            directors_from=date(2026, 10, 1),
            closes=date(2026, 10, 14),
            at=AT,
        )
        if closed:
            rounds.close_round(by=self.manager, round=row, version=row.version, at=AT)
        return row

    def cadence(self, unit=None) -> Cadence:
        """What was chosen of a unit: every month."""
        return rounds.keep_cadence(
            by=self.manager, of=unit or self.unit(), months=1, version=0, at=AT
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


def answer_trouble(at=AT):
    """What a red or an amber needs: a cause, a step and a day."""
    return {
        "cause": "Nobody tendered",
        "step": "Ask three suppliers for a price",
        "due": timezone.localdate(at) + 30 * DAY,
    }


SHOWN = review.Shown("Attendance list", "https://brackenford.example/list")
