"""The audit in plain words, and whether it still holds."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

import goldenthread.web
from goldenthread.web.models import AuditEntry
from goldenthread.web.queries.record import ACTS, Sought, entries
from web.world import ON, action
from web_pages import Page


def _see(person, query="", name="audit"):
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    return Page(answer.content)


def test_every_act_of_the_code_has_its_words():
    folder = Path(goldenthread.web.__file__).parent
    written = " ".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    acts = set(re.findall(r'"([a-z]+\.[a-z_]+)" if ', written))
    acts |= set(re.findall(r'else "([a-z]+\.[a-z_]+)"', written))
    acts |= set(re.findall(r'(?:_added|_removed|_reset): "([a-z_.]+)"', written))
    acts |= set(re.findall(r'_tell\(request, "([a-z_.]+)"', written))
    # A use of a link has a “what” without a dot, and is no act.
    acts |= set(re.findall(r'what(?:: str = |=)"([a-z_]+\.[a-z_]+|refused)"', written))
    assert acts == set(ACTS)


def test_entries_are_told_in_plain_words(world):
    row = world.action(action("Train panels"))
    world.update(row, rag="amber")
    page = _see(world.administrator)
    assert "Priya Raman added an update to an action: 1.1 Train panels" in page.text
    assert (
        "why it is in trouble, what was done, by when, rating, what is being done to put it right"
        in page.text
    )
    world.published()
    page = _see(world.administrator)
    assert "published an edition: edition 1" in page.text
    assert "One person alone: no" in page.text
    assert "Digest of the content begins: " in page.text
    assert "Ivan Petrov gave a role" in _see(world.administrator, "?act=role.granted").text


def test_a_refusal_is_told_with_its_rule(world):
    client = Client()
    client.force_login(world.somebody("councillor"))
    client.get(reverse("audit"))
    page = _see(world.administrator)
    assert "was refused" in page.text
    assert "Permission: read and verify the audit" in page.text


def test_the_audit_is_narrowed_and_paged(world):
    for _ in range(60):
        world.somebody()
    total = AuditEntry.objects.count()
    page = _see(world.administrator)
    assert f"{total} things were done" in page.text
    assert "?page=2" in page.links
    acted = _see(world.administrator, "?act=person.added&since=2020-01-01&until=bad")
    assert "This day could not be read" in acted.text
    person = world.manager.public_id
    assert "No entry is like this" in _see(world.administrator, f"?actor={person}").text


def test_the_number_of_queries_does_not_grow_with_the_entries(
    world, client, django_assert_max_num_queries
):
    client.force_login(world.administrator)
    used = []
    for number in (3, 30):
        for _ in range(number):
            world.somebody("councillor")
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse("audit"))
        used.append(len(asked.captured_queries))
    assert used[0] == used[1]


@pytest.mark.parametrize("name", ["audit", "audit_checked", "audit_verified"])
def test_a_councillor_may_not_read_it(world, name):
    client = Client()
    client.force_login(world.somebody("councillor"))
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("role", ["administrator", "auditor"])
@pytest.mark.parametrize("name", ["audit", "audit_checked", "audit_verified"])
def test_a_role_in_one_unit_reads_no_part_of_the_audit_and_is_offered_none(world, role, name):
    client = Client()
    client.force_login(world.somebody(role, world.unit("Resources")))
    answer = client.get(reverse(name))
    assert answer.status_code == 403
    assert "Only a role in the whole council lets you read" in answer.content.decode()
    home = Page(client.get(reverse("workspace_home")).content)
    assert reverse("audit") not in home.links


def test_the_query_of_the_audit_gives_nothing_below_the_root(world):
    person, root = world.somebody("auditor", world.unit("Resources")), world.somebody("auditor")
    given = {"on": ON, "sought": Sought()}
    assert entries(for_=person, **given).found == 0
    assert entries(for_=root, **given).found == AuditEntry.objects.count()


def test_a_whole_chain_is_said_to_be_whole_with_its_head(world):
    page = _see(world.administrator, name="audit_checked")
    last = AuditEntry.objects.order_by("-number").first()
    assert f"The chain of {last.number} entries is whole" in page.text
    assert last.hash in page.text


def test_a_chain_that_somebody_cut_says_where(world):
    world.action()
    number = AuditEntry.objects.order_by("number")[3].number
    with connection.cursor() as cursor:
        names = (
            [
                row[0]
                for row in cursor.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' "
                    "AND tbl_name = 'goldenthread_auditentry'"
                ).fetchall()
            ]
            if connection.vendor == "sqlite"
            else []
        )
        if not names:
            pytest.skip("Another test cuts the chain on this database.")
        for name in names:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE goldenthread_auditentry SET act = 'x' WHERE number = %s", [number])
    page = _see(world.administrator, name="audit_checked")
    assert "The audit was tampered with in 1 place" in page.text
    assert f"Entry {number} was changed." in page.text
