"""What is done inside a served site's own settings, in a process of its own: python inside.py.

``found N`` sets up a council with a plan of N actions and ten people at work (``--plans`` and
``--quarters``: so many plans, so many updates of each action; ``--directorates`` and
``--divisions``: so many that plan in steps, each with a plan, beside the council's own);
``state`` prints every fact that a crash could have hurt, ``harmed`` what it says where each is
hurt; ``queries`` counts what a page asks; ``queue N`` puts N mails in the outbox, ``mails`` says
how they stand, ``later`` sends what is due in an hour. All print JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.web.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldenthread import plan as core
from goldenthread.cli.ready import look_for_garbage_less
from goldenthread.documents import PlanDraft
from goldenthread.timescale import read
from goldenthread.web import audit, settings
from goldenthread.web.changes import demo, outbox, people
from goldenthread.web.changes import mail as outgoing
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.standing import restand
from goldenthread.web.models import (
    Action,
    AuditEntry,
    AuditFacts,
    Edition,
    Evidence,
    Mail,
    Paper,
    Person,
    Planning,
    Promise,
    Replay,
    Round,
    Update,
)
from goldenthread.web.pages import MOST_ROWS
from load import directorates, quarters

PEOPLE, PASSWORD = 10, "a long walk by the river"
WHENS = ("31 March 2025", "30 June 2026", "31 March 2028", "Quarter 4, 2026/27", "Ongoing")
LEADS = ("Head of Learning", "Head of Policy", "Chief Executive", "Head of Procurement")
GIVEN = date(2025, 4, 1)
# What each change of an action is called in the audit; each makes its version one more.
ACTS = ("action.updated", "action.reworded", "action.date_moved", "action.handed_over")


def large_draft(number, title="A large plan"):
    """A plan of many actions, fifty to a recommendation, as a document's reading gives it."""
    claims = [tuple(read(words, dated=GIVEN)) for words in WHENS]
    actions = [
        core.Action(
            f"Do the thing numbered {n} for staff and residents, and say what came of it",
            number=f"{n // 50 + 1}.{n % 50 + 1}",
            leads=(core.Lead(LEADS[n % len(LEADS)]),),
            timescales=claims[n % len(claims)],
        )
        for n in range(number)
    ]
    recommendations = tuple(
        core.Recommendation(
            f"Recommendation of fifty actions, the one numbered {at // 50 + 1}",
            str(at // 50 + 1),
            f"Theme {at // 500 + 1}",
            actions=tuple(actions[at : at + 50]),
        )
        for at in range(0, number, 50)
    )
    plan = core.Plan(title=title, recommendations=recommendations)
    return PlanDraft(plan, "plan.docx", "docx", "a" * 64, "printed", ())


def found(number, many=1, years=0, tops=0, parts=0):
    """The council, its people at work, and plans that are adopted, updated and published."""
    settings.make_folders()
    call_command("migrate", verbosity=0)
    now = timezone.now()
    at = now - (years + 1) * quarters.QUARTER if years else now
    council = demo.found_brackenford(at if years else None)
    administrator = council.holding("administrator")
    workers = []
    for n in range(PEOPLE):
        email = f"officer{n}@brackenford.example"
        person = people.add_person(by=administrator, name=f"Officer {n}", email=email, at=at)
        for role in ("programme_manager", "auditor"):
            people.grant_role(
                by=administrator,
                person=person,
                role=role,
                unit=council.units[""],
                since=timezone.localdate(at),
                at=at,
            )
        person.set_password(PASSWORD)
        person.save()
        workers.append(person)
    manager = workers[0]
    units = list(council.units.values()) if many > 1 else [council.units[""]]
    sizes = [number // many] * many
    if tops:
        units = directorates.units(administrator, council.units[""], tops, parts, at)
        sizes = directorates.sizes(number, len(units))
        many = len(units)
    drafts = [
        plans.keep_draft(
            by=manager,
            unit=units[place % len(units)],
            strand=council.strand,
            draft=large_draft(sizes[place], f"Plan {place + 1}" if many > 1 else "A large plan"),
            at=at,
        )
        for place in range(many)
    ]
    look_for_garbage_less()  # as the server does
    begun = time.perf_counter()
    made = [
        plans.adopt_draft(by=manager, draft=draft, version=draft.version, at=at) for draft in drafts
    ]
    adopted = time.perf_counter() - begun
    if tops:
        directorates.plan_in_steps(manager, council.strand, units[1 : tops + 1], now)
        directorates.join(now)
    quarters.fill(workers, years, now)
    if years:
        quarters.meet(manager, made[0], now)
        quarters.ask_round(manager, council.units[""], now)
    begun = time.perf_counter()
    # Of a council that plans in steps its own plan is public, and that of each directorate.
    for plan in made[: tops + 1] if tops else made:
        demo.publish(council, plan, now, council.holding("publisher"))
    return {
        "people": [person.email for person in workers],
        "password": PASSWORD,
        "actions": list(Action.objects.order_by("pk").values_list("public_id", flat=True)),
        "plan": made[0].public_id,
        "adopted": adopted,
        "published": time.perf_counter() - begun,
    }


def state():
    """Every fact that a crash could have hurt, and every place where two of them disagree."""
    whole = audit.verify()
    facts = {row.number: row.facts for row in AuditFacts.objects.all()}
    acts = [
        (row.object_id, row.act, facts.get(row.number))
        for row in AuditEntry.objects.filter(act__in=ACTS).order_by("number")
    ]
    updates = list(
        Update.objects.filter(by__isnull=False)
        .order_by("pk")
        .values_list("action__public_id", "number", "done")
    )
    kept = list(Evidence.objects.filter(kind="file").values_list("stored", "size"))
    lying = {path.name: path.stat().st_size for path in Path(settings.MEDIA_ROOT).iterdir()}
    return {
        "updates": updates,
        "titles": dict(Action.objects.exclude(title="").values_list("public_id", "title")),
        "entries": whole.entries,
        "head": whole.head,
        "evidence": len(kept),
        "faults": [
            *(f"audit: {fault.what}" for fault in whole.faults),
            *_halves(acts, updates),
            *_versions(acts),
            *_files(dict(kept), lying),
            *_database(),
        ],
    }


def _halves(acts, updates):
    """Updates without their entry, entries without their update; the same of moved dates."""
    said = {(action, number) for action, number, _ in updates}
    told = {(on, held["number"]) for on, act, held in acts if act == "action.updated"}
    for action, number in said ^ told:
        has = "no entry in the audit" if (action, number) in said else "an entry and no row"
        yield f"update {number} of {action} has {has}"
    moved = Counter(
        Promise.objects.filter(given_by__isnull=False).values_list("action__public_id", flat=True)
    )
    if moved != Counter(on for on, act, _ in acts if act == "action.date_moved"):
        yield "moved dates and their entries differ"
    shown = Counter(
        Evidence.objects.filter(by__isnull=False).values_list("action__public_id", flat=True)
    )
    wanted = Counter()
    for on, act, held in acts:
        if act == "action.updated" and held["evidence"]:
            wanted[on] += held["evidence"]
    if shown != wanted:
        yield "evidence and what the audit says of it differ"
    for replay in Replay.objects.filter(result_id__isnull=True):
        yield f"form {replay.pk} was taken and has no result"


def _versions(acts):
    """Actions whose version, or whose columns of how they stand, their history does not give."""
    changed = Counter(on for on, _, _ in acts)
    for action in Action.objects.filter(public_id__in=list(changed)):
        if action.version != 1 + changed[action.public_id]:
            yield f"action {action.public_id} has version {action.version}"
        for name, value in restand(action).items():
            if getattr(action, name) != value:
                yield f"action {action.public_id} does not stand as its history says: {name}"
    for action in Action.objects.exclude(public_id__in=list(changed)).exclude(version=1):
        yield f"action {action.public_id} was changed and the audit is silent"


def _files(kept, lying):
    for name in kept.keys() - lying.keys():
        yield f"evidence {name} has no file"
    for name in lying.keys() - kept.keys():
        yield f"file {name} is nobody's evidence"
    for name in kept.keys() & lying.keys():
        if kept[name] != lying[name]:
            yield f"evidence {name} has {lying[name]} bytes of {kept[name]}"
    for folder in (settings.QUARANTINE, settings.IN_HAND):
        for path in Path(folder).iterdir():
            yield f"{path.name} lies in {Path(folder).name}"


def _database():
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from (f"database: {row[0]}" for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"database: {row}" for row in cursor.fetchall())


MAIL = ("queue", "mails", "later")
# Half changes, each made in the middle of a transaction that is then undone.
HARMS = {
    "an update without its entry": (
        "INSERT INTO goldenthread_update (public_id, action_id, number, at, by_id, status, rag, "
        "done, changed, stops_when, place) SELECT 'xxxxxxxxxxxx', action_id, number + 1000, at, "
        "by_id, '', '', 'Half', '', '', '{}' FROM goldenthread_update WHERE by_id IS NOT NULL "
        "ORDER BY id DESC LIMIT 1"
    ),
    "an entry without its update": (
        "DELETE FROM goldenthread_evidence; DROP TRIGGER goldenthread_update_no_delete; "
        "DELETE FROM goldenthread_update WHERE id = (SELECT max(id) FROM goldenthread_update)"
    ),
    "a version that nobody made": "UPDATE goldenthread_action SET version = version + 1",
    "a column that its history does not give": "UPDATE goldenthread_action SET rag = 'red'",
    "evidence without its file": "UPDATE goldenthread_evidence SET stored = 'gone'",
    "a cut chain": (
        "DROP TRIGGER goldenthread_auditentry_no_delete; DELETE FROM goldenthread_auditentry "
        "WHERE number = (SELECT max(number) / 2 FROM goldenthread_auditentry)"
    ),
    "a form without a result": "UPDATE goldenthread_replay SET result_id = NULL",
}


def harmed():
    """What :func:`state` says of each harm, on SQLite; each is undone."""
    found = {}
    for harm, statements in HARMS.items():
        with transaction.atomic(), connection.cursor() as cursor:
            for sql in statements.split(";"):
                cursor.execute(sql)
            found[harm] = state()["faults"]
            transaction.set_rollback(True)
    return found


def pages():
    """The addresses of the pages that are measured, by what they are."""
    register = reverse("register")
    busy = Action.objects.filter(recurs=False).order_by("pk").first()
    public = Edition.objects.filter(published_at__isnull=False).values("plan")
    told = Action.objects.filter(plan__in=public).order_by("-pk").first()
    plan = busy.plan
    draft = plan.drafts.first()
    edition = plan.editions.first()
    found = {
        "home": reverse("workspace_home"),
        "register": register,
        "register, last page": f"{register}?page=9999",
        "register, late, by date": f"{register}?standing=late&by=due",
        "register, search": f"{register}?search=thing+49",
        "register, no lead": f"{register}?mark=nobody",
        "register as CSV": reverse("register_csv"),
        "action": reverse("action", kwargs={"action": busy.public_id}),
        "update form": reverse("add_update", kwargs={"action": busy.public_id}),
        "plan": reverse("plan", kwargs={"plan": plan.public_id}),
        "plans": reverse("plans"),
        "draft": reverse("draft", kwargs={"draft": draft.public_id}),
        "edition": reverse("edition", kwargs={"edition": edition.public_id}),
        "audit": reverse("audit"),
        "public home": "/",
        "public plan": "/plan",
        "public plan, page 2": "/plan/page-2",
        "public plan, late": "/plan/late",
        "public plan, by recommendation": "/plan/by-recommendation",
        "public action": f"/actions/{told.public_id}",
        "public plan as CSV": "/plan.csv",
        "public plan as JSON": "/plan.json",
    }
    if told.plan.actions.count() <= MOST_ROWS:
        del found["public plan, page 2"]
    if Planning.objects.exists():
        board = {"planning": directorates.boards().public_id}
        found |= {
            "directorates": reverse("directorates"),
            "board of a directorate": reverse("directorate", kwargs=board),
            "two tiers": reverse("two_tiers"),
            "two tiers, serve none": f"{reverse('two_tiers_list')}?which=unserving",
            "strands": reverse("strands_page"),
            "priorities of a directorate": reverse("priorities", kwargs=board),
            "measures of a directorate": reverse("planning_measures", kwargs=board),
            "review of a directorate": reverse("planning_review", kwargs=board),
            "public directorates": "/directorates",
        }
    for paper in Paper.objects.select_related("meeting__committee"):
        body = paper.meeting.committee.public_id
        found |= {
            "since the last meeting": reverse("since", kwargs={"committee": body}),
            "paper": reverse("paper", kwargs={"paper": paper.public_id}),
            "paper, read": reverse("paper_drawn", kwargs={"paper": paper.public_id}),
            "round": reverse("round", kwargs={"round": Round.objects.get().public_id}),
            "roadmap": reverse("roadmap", kwargs={"plan": plan.public_id}),
        }
    return found


def queries():
    """How many questions each page asks of the database, and how large it is."""
    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(Person.objects.get(email="officer0@brackenford.example"))
    counted = {}
    for name, address in pages().items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{name} answered {answer.status_code}.")
        counted[name] = {
            "address": address,
            "queries": len(asked),
            "kilobytes": len(b"".join(answer)) / 1024,
        }
    return counted


def queue(number):
    """So many mails to one person, for nothing but to be sent."""
    person, at = Person.objects.order_by("pk").first(), timezone.now()
    with transaction.atomic():
        begun = Mail.objects.count()
        for n in range(begun, begun + number):
            outgoing.queue(kind="trial", person=person, key=f"trial {n}", at=at)
    return number


def mails():
    """How each mail stands: its identifier, whether it was sent, its fault, and its tries."""
    return [
        [row.public_id, row.sent_at is not None, row.fault, row.tries, row.in_hand]
        for row in Mail.objects.order_by("pk")
    ]


def later():
    """What is due in an hour, sent now."""
    return outbox.send_due(now=lambda: timezone.now() + timedelta(hours=1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("found", "state", "harmed", "queries", *MAIL))
    parser.add_argument("number", type=int, nargs="?", default=100)
    parser.add_argument("--plans", type=int, default=1)
    parser.add_argument("--quarters", type=int, default=0)
    parser.add_argument("--directorates", type=int, default=0)
    parser.add_argument("--divisions", type=int, default=0)
    asked = parser.parse_args()
    large = [asked.directorates, asked.divisions]
    given = {"found": [asked.number, asked.plans, asked.quarters, *large], "queue": [asked.number]}
    done = globals()[asked.what](*given.get(asked.what, []))
    print(json.dumps(done, default=str))
