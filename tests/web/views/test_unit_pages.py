"""Parts of the council from a file: shown whole before anything begins, and begun all at once."""

import io
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web.changes import unit_files
from goldenthread.web.changes.unit_files import Coming
from goldenthread.web.models import AuditEntry, AuditFacts, Unit
from web.world import AT, ON
from web_pages import Page

LIST = b"""Directorate,Division,Service,Kind,Begins
Resources,,,,
Resources,Finance,,,1 October 2026
Resources,Finance,Payroll,Team,
Public Protection,,,Directorate,
Place and Environment,Tenancy Services,,,
"""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def admin(world, client):
    client.force_login(world.administrator)
    return client


def send(client, content=LIST, name="parts.csv", begins=ON, **more):
    file = content if hasattr(content, "read") else SimpleUploadedFile(name, content)
    parts = {f"begins-{part}": getattr(begins, part) for part in ("day", "month", "year")}
    return client.post(reverse("bring_units"), {"file": file, "key": "k" * 16, **parts, **more})


def text(answer):
    return " ".join(Page(answer.content).text.split())


def lines_of(answer):
    return fields(answer)["lines"]


def fields(answer):
    """What the form of a page would send, by name."""
    tags = Page(answer.content).elements
    return {made.get("name"): made.get("value") for tag, made in tags if tag == "input"}


def staff_list(rows=40):
    """A workforce file as a payroll makes it, with the words of people that must stay there."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Name", "Payroll number", "Ethnicity", "Department", "Division"])
    for n in range(rows):
        division = "Parks" if n % 2 else "Highways"
        sheet.append([f"Quennelle {n}", 70_000 + n, "Black African", "Place", division])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_everything_is_shown_before_anything_begins(world, admin):
    before = Unit.objects.count()
    shown = send(admin)
    words = text(shown)
    assert "4 parts of the council would begin" in words
    assert "Directorate read from the column “Directorate”" in words
    assert "2 parts are there already, and stay as they are" in words
    assert "A part of this name stands below Housing and Communities." in words
    assert "7 parts are not in the file, and stay" in words
    assert Unit.objects.count() == before


def test_all_of_it_begins_at_once_with_one_entry(world, admin):
    entries = AuditEntry.objects.count()
    lines = lines_of(send(admin))
    unsure = admin.post(reverse("bring_units"), {"lines": lines, "key": "a" * 16})
    assert unsure.status_code == 422
    answer = admin.post(
        reverse("bring_units"), {"lines": lines, "key": "b" * 16, "sure": "on"}, follow=True
    )
    assert "4 parts of the council begin." in text(answer)
    payroll = Unit.objects.get(name="Payroll")
    assert (payroll.kind, payroll.begins, payroll.parent.name) == ("Team", ON, "Finance")
    assert payroll.parent.parent == world.unit("Resources")
    assert Unit.objects.get(name="Public Protection").kind == "Directorate"
    entry = AuditEntry.objects.latest("number")
    assert AuditEntry.objects.count() == entries + 1
    assert (entry.act, AuditFacts.objects.get(pk=entry.number).facts) == (
        "units.brought",
        {"units": 4},
    )
    again = admin.post(reverse("bring_units"), {"lines": lines, "key": "c" * 16, "sure": "on"})
    assert again.status_code == 422
    assert "Every part that the file names is there already" in text(again)


def test_of_a_staff_list_no_word_of_anybody_comes_back(world, admin):
    shown = send(admin, staff_list(), name="staff.xlsx")
    assert "3 parts of the council would begin" in text(shown)
    # The test would see it: the file holds these words.
    assert shown.status_code == 200
    assert b"Parks" in shown.content
    for word in (b"Quennelle", b"Black African", b"70001", b"7000"):
        assert word not in shown.content
    guessed = send(admin, staff_list(), name="staff.xlsx", directorate="Name")
    assert guessed.status_code == 422
    assert b"something else in nearly every row" in guessed.content
    assert b"Quennelle" not in guessed.content
    assert not AuditFacts.objects.filter(facts__icontains="Quennelle").exists()


def test_one_bad_row_and_nothing_begins(world, admin):
    before = Unit.objects.count()
    shown = send(admin, b"Directorate,Division\nPlace,Parks\n,Trees\n")
    assert "1 row of the file cannot be read, so nothing begins" in text(shown)
    assert "Row 3, column “Directorate”: It names a division and no directorate." in text(shown)
    assert "sure" not in fields(shown)
    assert Unit.objects.count() == before


def test_what_would_begin_before_what_it_is_in_is_refused(world, admin):
    content = b"Directorate,Begins\nNew,1 April 2030\nResources,\n"
    nested = b"Directorate,Division,Begins\nNew,,1 April 2030\nNew,Part,1 April 2026\n"
    assert "1 part of the council would begin" in text(send(admin, content))
    shown = send(admin, nested)
    assert "The file cannot be taken as it is" in text(shown)
    assert "It would begin before New." in text(shown)
    sent = admin.post(
        reverse("bring_units"), {"lines": lines_of(send(admin, content)), "key": "d" * 16}
    )
    assert sent.status_code == 422


@pytest.mark.parametrize("lines", ["", "[]", "{}", '{"begins": "x", "said": []}', "x" * 1_000_001])
def test_what_no_page_of_ours_sent_is_refused(admin, lines):
    answer = admin.post(reverse("bring_units"), {"lines": lines, "key": "e" * 16, "sure": "on"})
    assert answer.status_code == 422


def test_a_part_below_none_is_refused(admin):
    said = '{"path": ["A", "B"], "row": 1, "kind": "", "begins": ""}'
    lines = f'{{"begins": "2026-10-01", "said": [{said}]}}'
    answer = admin.post(reverse("bring_units"), {"lines": lines, "key": "e" * 16, "sure": "on"})
    assert answer.status_code == 422


def test_the_table_that_is_taken_away_comes_back_as_what_is_there(world, admin):
    table = admin.get(reverse("units_csv"))
    assert table.headers["Content-Type"].startswith("text/csv")
    shown = send(admin, table.content)
    assert "Every part that the file names is there already" in text(shown)


def test_whoever_keeps_a_directorate_alone_brings_in_nothing(world, client):
    local = world.somebody("administrator", world.unit("Resources"))
    client.force_login(local)
    assert send(client).status_code == 403
    with pytest.raises(NotAllowed):
        unit_files.bring_units(by=local, units=[Coming(("New",), "", ON)], at=AT)


def test_one_that_cannot_begin_takes_all_of_them_back(world):
    before = Unit.objects.count()
    coming = [Coming(("New",), "", ON), Coming(("New", "Part"), "", date(2026, 4, 1))]
    with pytest.raises(Missing):
        unit_files.bring_units(by=world.administrator, units=coming, at=AT)
    assert Unit.objects.count() == before
