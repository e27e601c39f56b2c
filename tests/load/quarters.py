"""Years of updates for a council that is to be measured: rows in bulk, of real shapes.

Each action is updated once a quarter by one of the people at work, with its entry in the chained
audit, and its standing columns are worked out from its rows as the site works them out.
"""

import random
import secrets
from datetime import UTC, timedelta

from django.utils import timezone

from goldenthread.timescale.period import last_ended
from goldenthread.web import audit
from goldenthread.web.changes import committees, meetings, papers, rounds
from goldenthread.web.changes.standing import standing
from goldenthread.web.models import Action, AuditEntry, AuditFacts, Promise, Update

QUARTER = timedelta(days=91)
BATCH = 2_000
DONE = (
    "Held {n} listening sessions across depots, libraries and the contact centre, and wrote up "
    "what people said for the programme board",
    "Trained {n} managers in fair shortlisting; those who missed it are booked for the next one",
    "The panel met {n} times; terms of reference were agreed and published on the intranet",
    "Draft policy went to the unions and the forums for comment; {n} answers came back",
    "Contract let after a second round; the first {n} reports are due next quarter",
)
CHANGED = (
    "Night staff could come for the first time",
    "Applicants are told the reasons in writing",
    "Nothing for residents yet; it begins in spring",
)
_COLUMNS = (
    *("status", "rag", "starts", "first_due", "at_risk", "now_due", "moves", "recurs"),
    *("completed_on", "next_review", "updated_at", "same_words", "version"),
)


def fill(people, quarters, now):
    """So many quarters of updates of every action, the last of them a fortnight ago."""
    dice = random.Random(20)
    promises = {}
    for promise in Promise.objects.order_by("id"):
        promises.setdefault(promise.action_id, []).append(promise)
    said = {action: [] for action in Action.objects.order_by("pk")}
    for number in range(1, quarters + 1):
        at = now - (quarters - number) * QUARTER - timedelta(days=14)
        for place, (action, before) in enumerate(said.items()):
            made = _update(action, number, quarters, before, dice)
            made.by = people[place % len(people)]
            made.at = at + timedelta(seconds=place)
            if made.status == "completed":
                made.completed_on = timezone.localdate(made.at)
            before.append(made)
    rows = sorted((row for each in said.values() for row in each), key=lambda row: row.at)
    Update.objects.bulk_create(rows, batch_size=BATCH)
    _chain(rows)
    for action, each in said.items():
        for name, value in standing(promises.get(action.pk, []), each).items():
            setattr(action, name, value)
        action.version += len(each)
    Action.objects.bulk_update(said, _COLUMNS, batch_size=200)
    return len(rows)


def meet(by, plan, now):
    """A body that met a quarter ago and meets again soon, and its paper on a plan, just made."""
    today = timezone.localdate(now)
    body = committees.begin_committee(
        by=by,
        unit=plan.unit,
        name="Programme board",
        kind="equality_group",
        letter="PB",
        public=False,
        begins=today - 2 * QUARTER,
        at=now,
    )
    days = (today - QUARTER, today + timedelta(days=10))
    meetings.arrange_meetings(by=by, committee=body, days=days, at=now)
    papers.make_paper(
        by=by, plan=plan, meeting=body.meetings.order_by("on").last(), as_at=today, at=now
    )


def ask_round(by, unit, now):
    """The round of the quarter that has ended, in which everything is asked about."""
    today = timezone.localdate(now)
    rounds.open_round(
        by=by,
        unit=unit,
        months=3,
        ends=last_ended(today, 3).ends,
        teams_from=today,
        directors_from=today + timedelta(days=7),
        closes=today + timedelta(days=21),
        at=now,
    )


def _update(action, number, quarters, before, dice):
    """One update: now and then in the words of the last, and in the end done or not."""
    done = dice.choice(DONE).format(n=dice.randint(2, 60))
    if before and dice.random() < 0.2:
        done = before[-1].done
    over = number == quarters and action.pk % 5 == 0
    return Update(
        action=action,
        number=number,
        status="completed" if over else "in_progress",
        rag=dice.choices(("green", "amber", "red"), (6, 3, 1))[0],
        done=done,
        changed=dice.choice(CHANGED),
        next_review=None if over else timezone.localdate() + timedelta(days=90),
    )


def _chain(rows):
    """An entry of the audit for each update, chained as ``audit.record`` chains them."""
    last = AuditEntry.objects.order_by("-number").first()
    number, previous = last.number, last.hash
    entries, facts = [], []
    for row in rows:
        number += 1
        told = {"fields": ["changed", "done", "status"], "evidence": 0, "number": row.number}
        salt = secrets.token_hex(32)
        entry = AuditEntry(
            number=number,
            at=row.at.astimezone(UTC),
            actor=row.by.public_id,
            act="action.updated",
            object_kind="action",
            object_id=row.action.public_id,
            commitment=audit._commitment(salt, told),
            previous=previous,
        )
        entry.hash = previous = audit._hash(entry)
        entries.append(entry)
        facts.append(AuditFacts(number=number, salt=salt, facts=told))
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
    AuditFacts.objects.bulk_create(facts, batch_size=BATCH)
