"""What is refused is in the audit: by rule and by our own names, never by what was typed.

And nobody can flood the audit: beyond a few, a count stands for the rest.
"""

import io
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldenthread.web import audit
from goldenthread.web.models import AuditEntry, AuditFacts, Draft, Tally

CANARY = "kanarienvogel"
START = timezone.make_aware(datetime(2026, 11, 23, 10, 0, 30))


@pytest.fixture(autouse=True)
def ten_o_clock():
    """Away from the end of any ten minutes."""
    with time_machine.travel(START, tick=True):
        yield


def _as(person, **how):
    client = Client(**how)
    client.force_login(person)
    return client


def _since(number):
    """The entries after one: act, actor and facts."""
    rows = AuditEntry.objects.filter(number__gt=number).order_by("number")
    return [(row.act, row.actor, AuditFacts.objects.get(number=row.number).facts) for row in rows]


@pytest.fixture
def last(world):
    return AuditEntry.objects.count()


def _all_facts():
    return " ".join(str(held.facts) for held in AuditFacts.objects.all())


def test_a_form_without_our_mark_is_recorded_signed_in_or_not(world, last):
    person = world.manager
    given = {"name": CANARY, "email": f"{CANARY}@brackenford.example"}
    for client in (Client(enforce_csrf_checks=True), _as(person, enforce_csrf_checks=True)):
        assert client.post(reverse("add_person"), given).status_code == 403
    facts = {"address": "add_person", "rule": "forged"}
    assert _since(last) == [
        ("form.refused", "", facts),
        ("form.refused", person.public_id, facts),
    ]
    assert CANARY not in _all_facts()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\0 not a plan", "plan.docx"), (b"PK\x03\x04 torn", "plan.docx"), (b"%PDF-", "x.pdf")],
)
def test_a_document_that_is_refused_is_recorded_without_its_name(world, last, content, name):
    answer = _as(world.manager).post(
        reverse("receive"),
        {
            "unit": world.unit().public_id,
            "strand": world.council.strand.public_id,
            "file": SimpleUploadedFile(f"{CANARY} {name}", content),
        },
    )
    assert answer.status_code == 422
    [(act, actor, facts)] = _since(last)
    assert (act, actor, facts["address"]) == ("upload.refused", world.manager.public_id, "receive")
    assert set(facts) == {"address", "rule"}
    assert CANARY not in _all_facts()
    assert not Draft.objects.exists()


def test_a_file_of_evidence_that_is_refused_is_recorded(world):
    row = world.action()
    last = AuditEntry.objects.count()
    file = io.BytesIO(b"<svg onload=x>")
    file.name = f"{CANARY}.svg"
    given = {"version": row.version, "done": "Held two", "title_1": "List", "file_1": file}
    given |= {"key": "k" * 32, "pieces": "1"}
    address = reverse("add_update", kwargs={"action": row.public_id})
    assert _as(world.manager).post(address, given).status_code == 422
    assert _since(last) == [
        ("upload.refused", world.manager.public_id, {"address": "add_update", "rule": "kind"})
    ]
    assert CANARY not in _all_facts()


def test_a_mistake_in_a_form_without_a_file_is_no_refusal(world, last):
    assert _as(world.manager).post(reverse("receive"), {"unit": "x"}).status_code == 422
    assert _since(last) == []


def test_another_units_identifier_is_refused_and_the_audit_says_which_thing(world):
    theirs = world.action(unit=world.unit("Resources"))
    last = AuditEntry.objects.count()
    director = world.council.people["Colette Mbeki"]
    answer = _as(director).get(reverse("action_history", kwargs={"action": theirs.public_id}))
    assert answer.status_code == 403
    assert theirs.text not in answer.content.decode()
    facts = {"address": "action_history", "permission": "read_register", "rule": "reach"}
    assert _since(last) == [("refused", director.public_id, facts)]
    assert AuditEntry.objects.get(number=last + 1).object_id == theirs.public_id


def test_an_identifier_of_nothing_is_recorded_without_the_identifier(world, last):
    assert _as(world.manager).get(f"/workspace/actions/{CANARY}.json").status_code == 404
    facts = {"address": "action_history", "rule": "nothing_there"}
    assert _since(last) == [("refused", world.manager.public_id, facts)]
    assert CANARY not in _all_facts()


def test_a_public_page_that_is_not_there_is_no_refusal(world, last):
    world.published()
    last = AuditEntry.objects.count()
    for address in (f"/actions/{CANARY}", f"/{CANARY}", f"/plans/{CANARY}/"):
        assert Client().get(address).status_code == 404
    assert _since(last) == []


def test_somebody_signed_out_is_sent_to_sign_in_and_the_audit_says_so(world):
    row = world.action()
    last = AuditEntry.objects.count()
    browser = Client()
    address = reverse("action_history", kwargs={"action": row.public_id})
    assert browser.get(address).status_code == 302
    facts = {"address": "action_history", "permission": "read_register", "rule": "signed_out"}
    assert _since(last) == [("refused", "", facts)]


def test_coming_to_the_first_page_to_sign_in_is_no_refusal(world, last):
    assert Client().get(reverse("workspace_home")).status_code == 302
    assert _since(last) == []


def test_a_stranger_cannot_flood_the_audit_and_every_try_is_counted(world, last):
    browser = Client(enforce_csrf_checks=True)
    for _ in range(200):
        browser.post(reverse("account_login"), {"login": CANARY})
    assert len(_since(last)) == 1
    with time_machine.travel(START + timedelta(minutes=11)):
        browser.post(reverse("account_login"), {"login": CANARY})
        told = _since(last)
    assert [act for act, _, _ in told] == ["form.refused"] * 3
    assert told[1][2] == {"more_times": 199, "since": "2026-11-23 10:00"}
    assert audit.verify()


def test_a_day_of_every_attack_at_once_stays_small(world, last):
    """Strangers at every door and address, all day: two entries a door and act in ten minutes."""
    doors = ("account_login", "add_person", "register", "receive")
    for number in range(144):
        with time_machine.travel(START + timedelta(minutes=10 * number)):
            browser = Client(enforce_csrf_checks=True)
            for name in doors:
                browser.post(reverse(name))
                browser.get(reverse(name))
            browser.post("/")
    # form.refused at three doors and refused at one, each once and once more counted.
    assert AuditEntry.objects.count() - last <= 2 * 4 * 144


def test_a_person_who_tries_everything_is_told_of_in_full_and_then_counted(world):
    person = world.somebody("councillor")
    client = _as(person)
    last = AuditEntry.objects.count()
    for _ in range(100):
        assert client.get(reverse("add_person")).status_code == 403
    assert len(_since(last)) == audit.PLAINLY
    with time_machine.travel(START + timedelta(minutes=10)):
        audit.settle(at=timezone.now())
    assert _since(last)[-1] == (
        "refused",
        person.public_id,
        {"more_times": 100 - audit.PLAINLY, "since": "2026-11-23 10:00"},
    )
    assert not Tally.objects.exists()


def test_strangers_who_try_many_accounts_are_told_apart_up_to_a_number(world, last):
    for number in range(audit.KINDS_OF_STRANGERS + 40):
        audit.refused(what="refused", by=None, about=f"account {number}", at=timezone.now())
    assert len(_since(last)) == audit.KINDS_OF_STRANGERS + 1
    audit.settle(at=timezone.now() + timedelta(minutes=20))
    assert _since(last)[-1][2]["more_times"] == 39


def test_the_page_of_the_audit_tells_of_strangers_in_plain_words(world):
    Client(enforce_csrf_checks=True).post(reverse("add_person"), {"name": CANARY})
    page = _as(world.administrator).get(reverse("audit")).content.decode()
    assert "Somebody not signed in" in page
    assert "sent a form that did not come from our pages" in page
