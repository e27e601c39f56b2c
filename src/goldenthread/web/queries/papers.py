"""What bodies that meet are told: what moved since they met, and the papers made for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from goldenthread.documents.paper import write_paper
from goldenthread.plan.edition import DateMoved
from goldenthread.plan.paper import (
    Facts,
    Figure,
    Since,
    figures,
    paper_to_json,
    since,
    since_headline,
    slips,
)
from goldenthread.plan.paper import Paper as PaperValue
from goldenthread.web import bridge
from goldenthread.web.models import Committee as Committee
from goldenthread.web.models import Meeting, Person
from goldenthread.web.models import Paper as Paper
from goldenthread.web.models import PaperFile as PaperFile
from goldenthread.web.models import Plan as Plan
from goldenthread.web.permissions import lineage, reach, units_above, whole_body


@dataclass(frozen=True)
class Told:
    """What moved in a plan since a body last met on it: the page that says it."""

    committee: Committee
    plan: Plan
    facts: Facts
    found: Since
    figures: Mapping[str, Figure]
    headline: str
    moved: Sequence[tuple[DateMoved, str, int]]
    next: Meeting | None
    paper: Paper | None


def plans_for(committee: Committee, *, for_: Person, on: date) -> list[Plan]:
    """The plans that a body looks at, of those that somebody may see: of its unit and those below,
    and where there is none, of a unit above.
    """
    seen = list(
        Plan.objects.filter(unit__in=reach(for_, "read_register", on))
        .select_related("unit")
        .order_by("unit_id", "-begins", "pk")
    )
    parents = units_above(on)
    below = [plan for plan in seen if committee.unit_id in lineage(plan.unit_id, parents)]
    above = lineage(committee.unit_id, parents)
    return below or [plan for plan in seen if plan.unit_id in above]


def told_since(committee: Committee, plan: Plan, *, on: date) -> Told:
    """What moved in a plan since a body met before a day; the queries do not grow with the plan."""
    meetings = list(committee.meetings.filter(cancelled_at__isnull=True).order_by("on"))
    last = next((one for one in reversed(meetings) if one.on < on), None)
    coming = next((one for one in meetings if one.on >= on), None)
    facts = bridge.facts_of(
        committee,
        plan,
        body=body_of(),
        met_on=last.on if last else None,
        as_at=on,
        meeting_on=coming.on if coming else None,
    )
    found = since(facts)
    return Told(
        committee=committee,
        plan=plan,
        facts=facts,
        found=found,
        figures=figures(facts, found),
        headline=since_headline(facts, found),
        moved=slips(found.changed.moved, on),
        next=coming,
        paper=issued()
        .filter(plan=plan, meeting__committee=committee)
        .prefetch_related(None)
        .first(),
    )


def body_of() -> tuple[int, str]:
    """The key and the name of the unit that is the whole council."""
    return whole_body() or (0, "")


def last_met(meeting: Meeting, *, by: date) -> date | None:
    """The day of the meeting of the same body before this one, on or before a day."""
    before = meeting.committee.meetings.filter(
        on__lt=meeting.on, on__lte=by, cancelled_at__isnull=True
    ).order_by("-on")
    last = before.first()
    return last.on if last is not None else None


def quarter_end(on: date) -> date:
    """The last day of the last quarter that has ended on a day; that day where it is one.

    >>> quarter_end(date(2026, 10, 21)), quarter_end(date(2026, 9, 30))
    (datetime.date(2026, 9, 30), datetime.date(2026, 9, 30))
    """
    after = on + timedelta(days=1)
    return after.replace(month=after.month - (after.month - 1) % 3, day=1) - timedelta(days=1)


def meetings_for(committee: Committee, *, on: date) -> list[Meeting]:
    """The meetings of a body for which a paper can be made: from a month ago on."""
    rows = committee.meetings.filter(
        cancelled_at__isnull=True, on__gte=on - timedelta(days=31)
    ).order_by("on")
    return list(rows)


def issued() -> QuerySet[Paper]:
    """Every paper that was issued, the newest first, without what it reckons from."""
    return (
        Paper.objects.filter(issued_at__isnull=False)
        .defer("facts")
        .select_related("meeting__committee", "plan")
        .prefetch_related("files")
        .order_by("-meeting__on", "-issued_at", "-pk")
    )


def papers_for(*, for_: Person, on: date) -> list[Paper]:
    """The papers that somebody may read: those being made, then the issued, the newest first."""
    making = (
        Paper.objects.filter(issued_at__isnull=True, plan__unit__in=reach(for_, "make_paper", on))
        .defer("facts")
        .select_related("meeting__committee", "plan")
    )
    read = issued().filter(plan__unit__in=reach(for_, "read_papers", on))
    return [*making, *read]


def of_meeting(meeting: Meeting, *, for_: Person, on: date) -> list[Paper]:
    """The issued papers of one meeting that somebody may read."""
    return list(issued().filter(meeting=meeting, plan__unit__in=reach(for_, "read_papers", on)))


def value(paper: Paper, words: Mapping[str, Any] | None = None) -> PaperValue:
    """The frozen value of a paper; with ``words`` as it would be with them."""
    return bridge.paper_of(paper) if words is None else bridge.paper_with(paper, words)


def drawn(paper: Paper) -> str:
    """The paper as the page that it would be issued as."""
    return write_paper(value(paper), "html").decode()


def digest(paper: PaperValue) -> str:
    """The digest of a paper's frozen data, the same for the same data."""
    plain = json.dumps(paper_to_json(paper), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def last_template(committee: Committee) -> PaperFile | None:
    """The template with which the last paper of a body was issued; None where it was ours."""
    last = issued().filter(meeting__committee=committee).order_by("-issued_at").first()
    if last is None:
        return None
    return next((one for one in last.files.all() if one.format == "template"), None)
