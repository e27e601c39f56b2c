"""A plan taken away from its page: every format read back, nothing personal in it, on record."""

import secrets
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.documents import carried, read_plan
from goldenthread.plan import Lead
from goldenthread.web import bridge
from goldenthread.web.models import AuditEntry, AuditFacts
from web.world import action

NAMED = replace(
    action("Hold listening sessions"), leads=(Lead("Head of Learning", person="Ann Example"),)
)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def address(plan):
    return reverse("export_plan", kwargs={"plan": plan.public_id})


def asked(**fields):
    return {"key": secrets.token_hex(8), "format": "docx", "layout": "full"} | fields


@pytest.fixture
def plan(world):
    return world.plan(NAMED, action("Train every manager", "31 December 2026"))


@pytest.mark.parametrize("format", ["docx", "xlsx", "csv", "json", "html", "pdf"])
def test_a_file_of_every_format_reads_as_the_plan_that_is_kept(world, plan, format, tmp_path):
    answer = as_(world.manager).post(address(plan), asked(format=format))
    assert answer.status_code == 200
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="race-action-plan-')
    assert name.endswith(f'.{format}"')
    assert b"Ann Example" not in _unpacked(answer.content)
    file = tmp_path / f"plan.{format}"
    file.write_bytes(answer.content)
    kept = bridge.plan_of(plan)
    if format != "json":
        read = carried(read_plan(file).plan)
        assert read.recommendations == carried(kept).recommendations


def test_the_five_columns_of_a_councils_plan(world, plan, tmp_path):
    answer = as_(world.manager).post(address(plan), asked(layout="council"))
    file = tmp_path / "plan.docx"
    file.write_bytes(answer.content)
    [rec] = read_plan(file).plan.recommendations
    assert [one.text for one in rec.actions] == ["Hold listening sessions", "Train every manager"]


def test_taking_a_plan_away_is_on_record(world, plan):
    as_(world.manager).post(address(plan), asked(format="pdf", layout="council"))
    last = AuditEntry.objects.last()
    assert (last.act, last.actor, last.object_id) == (
        "plan.exported",
        world.manager.public_id,
        plan.public_id,
    )
    assert AuditFacts.objects.get(number=last.number).facts == {
        "format": "pdf",
        "layout": "council",
    }


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"format": "exe"}, "Choose what kind of file you want."),
        ({"layout": ""}, "Choose how much it should hold."),
        (
            {"format": "pdf", "template": SimpleUploadedFile("t.docx", b"PK")},
            "A template is for Word alone.",
        ),
        ({"template": SimpleUploadedFile("t.docx", b"not a document")}, "t.docx"),
    ],
)
def test_what_cannot_be_made_is_said_and_not_recorded(world, plan, sent, said):
    count = AuditEntry.objects.filter(act="plan.exported").count()
    answer = as_(world.manager).post(address(plan), asked(**sent))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert said in answer.content.decode() or said == "t.docx"
    assert AuditEntry.objects.filter(act="plan.exported").count() == count


def _unpacked(content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return b"".join(package.read(name) for name in package.namelist())
    except zipfile.BadZipFile:
        return content
