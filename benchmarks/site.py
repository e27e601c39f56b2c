"""Print how long the pages of the workspace take, and how many queries they ask.

.venv/bin/python benchmarks/site.py [--actions N] [--times N]

A council is founded in a folder that is thrown away; DATABASE_URL, where it is set, is used.
"""

import argparse
import os
import secrets
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

_data = tempfile.TemporaryDirectory(prefix="goldenthread-benchmark-")
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.web.settings"
os.environ["GOLDENTHREAD_DATA"] = _data.name
os.environ["GOLDENTHREAD_SECRET_KEY"] = secrets.token_hex(32)
os.environ["GOLDENTHREAD_HTTPS"] = "0"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse
from django.utils import timezone

from goldenthread import plan as core
from goldenthread.documents import PlanDraft
from goldenthread.timescale import read
from goldenthread.web import settings
from goldenthread.web.changes import demo, review
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action

WHENS = ("31 March 2025", "30 June 2026", "31 March 2028", "Ongoing", "Quarter 4, 2026/27")
LEADS = ("Head of Learning", "Head of Policy", "Chief Executive", "Head of Procurement")
GIVEN = date(2025, 4, 1)


def draft(number):
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
    plan = core.Plan(title="A large plan", recommendations=recommendations)
    return PlanDraft(plan, "plan.docx", "docx", "a" * 64, "printed", ())


def founded(number):
    """A council with a plan of that many actions; its programme manager, and one busy action."""
    settings.make_folders()
    call_command("migrate", verbosity=0)
    council = demo.found_brackenford()
    manager, at = council.holding("programme_manager"), timezone.now()
    kept = plans.keep_draft(
        by=manager, unit=council.units[""], strand=council.strand, draft=draft(number), at=at
    )
    for question in kept.questions.filter(must=True):
        plans.answer_question(
            by=manager, question=question, version=question.version, answer="as_read", at=at
        )
    plans.adopt_draft(by=manager, draft=kept, version=kept.version, at=at)
    busy = Action.objects.filter(recurs=False).first()
    for n in range(12):
        busy.refresh_from_db()
        review.add_update(
            by=manager, action=busy, version=busy.version, done=f"Step {n} was taken", at=at
        )
    return manager, busy


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actions", type=int, default=5_000, metavar="N")
    parser.add_argument("--times", type=int, default=20, metavar="N")
    asked = parser.parse_args()
    setup_test_environment()
    begun = time.perf_counter()
    manager, busy = founded(asked.actions)
    print(
        f"{connection.vendor}, {asked.actions:,} actions, "
        f"made in {time.perf_counter() - begun:.0f} s; {asked.times} times each, one at a time"
    )
    client = Client()
    client.force_login(manager)
    register = reverse("register")
    pages = {
        "register": register,
        "register, last page": f"{register}?page=9999",
        "register, late": f"{register}?standing=late&by=due",
        "register, search": f"{register}?search=thing+49",
        "register as CSV": reverse("register_csv"),
        "action": reverse("action", kwargs={"action": busy.public_id}),
        "update form": reverse("add_update", kwargs={"action": busy.public_id}),
    }
    print(f"{'page':22} {'p50 ms':>8} {'p95 ms':>8} {'queries':>8} {'kB':>7}")
    for name, address in pages.items():
        client.get(address)
        times = []
        for _ in range(asked.times):
            start = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            sys.exit(f"{name} answered {answer.status_code}.")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        p95 = statistics.quantiles(times, n=20)[-1]
        size = len(answer.content) / 1024
        print(f"{name:22} {statistics.median(times):8.0f} {p95:8.0f} {len(queries):8} {size:7.0f}")
    database = Path(_data.name, "goldenthread.sqlite3")
    if database.exists():
        print(f"database: {database.stat().st_size / 1024 / 1024:.0f} MB")


if __name__ == "__main__":
    main()
