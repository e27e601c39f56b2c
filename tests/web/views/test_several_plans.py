"""Several directorates' plans at once: each a draft, refused one by one, given by a person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import several_plans
from goldenthread.web.models import AuditEntry, Draft
from web.world import AT
from web_pages import Page

HEAD = ["Recommendation", "Key action", "Timescale", "Lead"]
HOUSING, RESOURCES = "Housing and Communities", "Resources"


def csv(action):
    rows = [HEAD, ["Hear staff", action, "31 March 2027", "Head of Policy"]]
    return "\n".join(",".join(row) for row in rows).encode()


def book(*sheets):
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def send(client, world, *files, **more):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    given = {"strand": world.council.strand.public_id, "key": "k" * 16, **more}
    return client.post(reverse("receive_several"), {"files": sent, **given}, follow=True)


def text(answer):
    return " ".join(Page(answer.content).text.split())


@pytest.fixture
def manager(world, client):
    client.force_login(world.manager)
    return client


def test_what_cannot_be_read_is_told_by_name_and_the_others_go_on(world, manager):
    answer = send(
        manager,
        world,
        ("housing plan.csv", csv("Hear tenants")),
        ("notes.docx", b"MZ no document"),
        ("resources_plan.csv", csv("Publish the pay gap")),
    )
    words = text(answer)
    assert "2 drafts were brought in." in words
    assert "notes.docx" in words
    assert {row.file for row in Draft.objects.all()} == {"housing plan.csv", "resources_plan.csv"}
    assert {row.unit.parent_id for row in Draft.objects.all()} == {None}


def test_a_draft_is_proposed_to_whom_its_name_says_and_given_by_a_person(world, manager):
    shown = send(
        manager,
        world,
        ("housing plan.csv", csv("Hear tenants")),
        ("plan v2.csv", csv("Publish the pay gap")),
    )
    chosen = [
        made["value"]
        for tag, made in Page(shown.content).elements
        if tag == "option" and "selected" in made
    ]
    assert sorted(chosen) == sorted(["", world.unit(HOUSING).public_id])
    housing = Draft.objects.get(file="housing plan.csv")
    other = Draft.objects.get(file="plan v2.csv")
    director = world.somebody("programme_manager", world.unit(HOUSING))
    page = reverse("draft", kwargs={"draft": housing.public_id})
    manager.force_login(director)
    assert manager.get(page).status_code == 403
    manager.force_login(world.manager)
    answers = {
        f"unit-{housing.public_id}": world.unit(HOUSING).public_id,
        f"version-{housing.public_id}": housing.version,
        f"unit-{other.public_id}": "",
    }
    assert "1 draft was given." in text(manager.post(reverse("whose_drafts"), answers, follow=True))
    housing.refresh_from_db()
    other.refresh_from_db()
    assert (housing.unit, other.unit) == (world.unit(HOUSING), world.unit())
    assert AuditEntry.objects.latest("number").act == "draft.given"
    manager.force_login(director)
    assert manager.get(page).status_code == 200


def test_each_sheet_of_a_workbook_is_a_plan_where_somebody_says_so(world, manager):
    rows = [HEAD, ["Hear staff", "Listen at night", "31 March 2027", "Head of Policy"]]
    content = book(
        ("Housing", rows), ("Read me", [["Fill in the other sheets"]]), ("Resources", rows)
    )
    words = text(send(manager, world, ("plans.xlsx", content), sheets="on"))
    assert "2 drafts were brought in." in words
    assert "plans.xlsx, sheet Read me" in words
    assert sorted(row.file for row in Draft.objects.all()) == [
        "plans.xlsx, sheet Housing",
        "plans.xlsx, sheet Resources",
    ]
    assert all(len(row.content["plan"]["recommendations"]) == 1 for row in Draft.objects.all())


def test_no_file_and_no_strand_are_asked_for(world, manager):
    assert send(manager, world).status_code == 422
    answer = send(manager, world, ("a.csv", csv("x")), strand="none")
    assert (answer.status_code, Draft.objects.count()) == (422, 0)
    answer = send(manager, world, ("bad.docx", b"MZ"))
    assert "None of the files became a draft." in text(answer)


def test_whoever_works_in_a_directorate_brings_in_none_for_the_council(world, client):
    local = world.somebody("programme_manager", world.unit(RESOURCES))
    client.force_login(local)
    assert send(client, world, ("a.csv", csv("x"))).status_code == 403
    draft = world.draft(unit=world.unit(RESOURCES))
    with pytest.raises(NotAllowed):
        several_plans.give_draft(
            by=local, draft=draft, unit=world.unit(HOUSING), version=draft.version, at=AT
        )


def test_a_draft_that_was_decided_or_given_meanwhile_stays(world):
    draft = world.draft()
    given = {"by": world.manager, "unit": world.unit(HOUSING), "at": AT}
    several_plans.give_draft(draft=draft, version=1, **given)
    with pytest.raises(OutOfStep):
        several_plans.give_draft(draft=draft, version=1, **given)
    adopted = world.plan().drafts.get()
    with pytest.raises(Missing):
        several_plans.give_draft(draft=adopted, version=adopted.version, **given)
