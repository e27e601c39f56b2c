"""A workbook that people typed into away from the site comes back by key, and somebody chooses."""

import io
import secrets
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.models import Action, AuditEntry, Update
from hostile import VECTORS
from web.world import AT, action
from web_pages import Page


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def address(plan):
    return reverse("bring_back", kwargs={"plan": plan.public_id})


def words(answer):
    return answer.content.decode()


class Workbook:
    """The workbook of a plan as the site gives it out, and what somebody types into it."""

    def __init__(self, client, plan):
        asked = {"key": secrets.token_hex(8), "format": "xlsx", "layout": "full"}
        there = reverse("export_plan", kwargs={"plan": plan.public_id})
        self.book = openpyxl.load_workbook(io.BytesIO(client.post(there, asked).content))
        self.sheet = self.book["Plan"]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def type(self, row, **typed):
        for heading, value in typed.items():
            self.sheet.cell(row, self.columns[heading.replace("_", " ")]).value = value
        return self

    def bring_back(self, client, plan):
        stream = io.BytesIO()
        self.book.save(stream)
        file = SimpleUploadedFile("plan.xlsx", stream.getvalue())
        return client.post(address(plan), {"key": secrets.token_hex(8), "file": file})


def row_of(row, version=1, **said):
    """What the page sends of one row."""
    fields = {"take": "on", "version": version, "done": "", "status": "", "rag": "", "forecast": ""}
    return {f"{name}-{row.public_id}": value for name, value in (fields | said).items()}


def taking(client, plan, *rows, key=""):
    sent = {"key": key or secrets.token_hex(8), "taking": "yes"}
    for one in rows:
        sent |= one
    return client.post(address(plan), sent)


@pytest.fixture
def plan(world):
    return world.plan(action("Hold listening sessions"), action("Train every manager"))


@pytest.fixture
def client(world):
    return as_(world.manager)


@pytest.fixture
def rows(plan):
    return list(Action.objects.filter(plan=plan))


def test_what_was_typed_stands_beside_the_register(client, plan, rows):
    book = Workbook(client, plan).type(2, Status="In progress", What_was_done="Held two")
    page = words(book.bring_back(client, plan))
    assert "The workbook says something of 1 action" in page
    assert f'name="take-{rows[0].public_id}" type="checkbox" value="on" checked' in page
    assert ">Held two</textarea>" in page
    assert not Update.objects.filter(by__isnull=False).exists()


def test_a_workbook_that_nobody_typed_into_says_nothing(client, plan):
    page = words(Workbook(client, plan).bring_back(client, plan))
    assert "The workbook says nothing that the register does not" in page


def test_what_is_ticked_becomes_an_update_in_the_name_of_whoever_brought_it(
    world, client, plan, rows
):
    first, second = rows
    answer = taking(
        client,
        plan,
        row_of(first, done="Held two", status="in_progress", forecast="2027-02-01"),
        row_of(second, done="Trained forty", take=""),
    )
    assert answer.status_code == 200
    assert "1 update of the workbook is in the register." in words(answer)
    update = Update.objects.get(by=world.manager)
    assert (update.action, update.done, update.status) == (first, "Held two", "in_progress")
    assert update.forecast.isoformat() == "2027-02-01"
    assert ">Trained forty</textarea>" in words(answer)
    assert AuditEntry.objects.last().act == "action.updated"


def test_when_everything_is_taken_the_plan_follows(client, plan, rows):
    answer = taking(client, plan, *(row_of(row, done="Begun") for row in rows))
    assert answer.headers["Location"] == reverse("plan", kwargs={"plan": plan.public_id})
    assert Update.objects.filter(done="Begun").count() == 2


def test_a_page_that_is_sent_twice_takes_each_row_once(client, plan, rows):
    for _ in range(2):
        taking(client, plan, row_of(rows[0], done="Begun"), key="the same page")
    assert Update.objects.filter(done="Begun").count() == 1


def test_the_same_workbook_again_offers_nothing_that_was_taken(client, plan, rows):
    book = Workbook(client, plan).type(2, What_was_done="Held two")
    taking(client, plan, row_of(rows[0], done="Held two"))
    page = words(book.bring_back(client, plan))
    assert "1 row is in the register already." in page
    assert f"take-{rows[0].public_id}" not in page


def test_what_an_update_lacks_is_said_and_the_row_is_finished_in_its_own_form(client, plan, rows):
    book = Workbook(client, plan).type(2, Status="Completed", What_was_done="Held all")
    page = words(book.bring_back(client, plan))
    assert "Give the day on which it was completed. Give a file or a link that shows it." in page
    assert f'type="submit" form="own-{rows[0].public_id}"' in page
    assert f'action="{reverse("add_update", kwargs={"action": rows[0].public_id})}"' in page
    assert f'name="take-{rows[0].public_id}" type="checkbox" value="on" checked' not in page
    answer = taking(client, plan, row_of(rows[0], done="Held all", status="completed"))
    assert answer.status_code == 422
    assert "Give the day on which it was completed." in words(answer)
    assert not Update.objects.filter(done="Held all").exists()


def test_a_row_that_lacks_something_does_not_keep_the_others_back(client, plan, rows):
    answer = taking(
        client,
        plan,
        row_of(rows[0], done="Held all", status="completed"),
        row_of(rows[1], done="Trained forty"),
    )
    assert answer.status_code == 422
    assert Update.objects.filter(done="Trained forty").count() == 1
    assert ">Held all</textarea>" in words(answer)


def test_where_the_register_moved_on_both_are_shown_and_nothing_is_ticked(
    world, client, plan, rows
):
    book = Workbook(client, plan).type(2, Status="On hold", What_was_done="Stopped")
    world.update(rows[0], done="Held the first", status="in_progress", at=AT + timedelta(hours=1))
    page = words(book.bring_back(client, plan))
    assert "The register moved on meanwhile" in page
    assert "“Held the first”" in page
    assert f'name="take-{rows[0].public_id}" type="checkbox" value="on" checked' not in page


def test_somebody_who_updates_meanwhile_is_not_written_over(world, client, plan, rows):
    version = rows[0].version
    world.update(rows[0], done="Held the first", at=AT)
    answer = taking(client, plan, row_of(rows[0], version, done="Stopped"))
    assert answer.status_code == 422
    assert "Somebody updated it meanwhile. Read both, and choose." in words(answer)
    assert "“Held the first”" in words(answer)
    assert not Update.objects.filter(done="Stopped").exists()


def test_a_cell_that_cannot_be_taken_is_named_with_its_sheet_row_and_column(client, plan):
    book = Workbook(client, plan).type(2, Forecast="when we can", Action="Something else")
    page = words(book.bring_back(client, plan))
    assert "2 things could not be taken" in page
    assert "Sheet “Plan”, row 2, column" in page
    assert "when we can" not in page


def test_a_row_typed_by_hand_is_a_proposal_under_its_recommendation(client, plan):
    book = Workbook(client, plan).type(4, Action="Meet monthly", **{"No.": "1"})
    page = words(book.bring_back(client, plan))
    rec = plan.recommendations.get()
    assert "1 new action is proposed" in page
    assert reverse("add_action", kwargs={"recommendation": rec.public_id}) in page
    assert Action.objects.filter(plan=plan).count() == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"No.,Action\n1,Train\n"])
def test_what_is_no_workbook_of_ours_is_refused_in_a_sentence(client, plan, content):
    file = SimpleUploadedFile("plan.xlsx", content)
    answer = client.post(address(plan), {"key": "k", "file": file})
    assert answer.status_code == 422
    assert "There is a problem" in words(answer)


def test_a_workbook_of_another_plan_says_so_of_each_row(world, client, plan):
    other = world.plan(action("Do something else"), number="7")
    page = words(Workbook(client, other).type(2, What_was_done="x").bring_back(client, plan))
    assert "This key is not in the plan" in page
    assert "take-" not in page


def test_another_plans_action_in_a_forged_form_is_passed_over(world, client, plan):
    other = Action.objects.get(plan=world.plan(action("Do something else"), number="7"))
    taking(client, plan, row_of(other, done="Forged"))
    assert not Update.objects.filter(done="Forged").exists()


def test_a_director_does_not_bring_workbooks_back(world, plan):
    answer = as_(world.council.holding("director")).get(address(plan))
    assert answer.status_code == 403


@pytest.mark.parametrize("hostile", VECTORS)
def test_hostile_words_typed_in_a_workbook_are_words(client, plan, hostile):
    book = Workbook(client, plan).type(2, What_was_done=hostile.replace("\x00", ""))
    book.sheet.cell(2, book.columns["What was done"]).data_type = "s"
    answer = book.bring_back(client, plan)
    assert "The workbook says something of 1 action" in words(answer)
    for tag, attributes in Page(answer.content).elements:
        assert tag not in ("script", "iframe", "base", "math", "img", "object")
        assert not [name for name in attributes if name.startswith("on")]


def test_words_that_are_far_too_long_are_refused_and_the_others_taken(client, plan, rows):
    answer = taking(
        client, plan, row_of(rows[0], done="x" * 100_000), row_of(rows[1], done="Trained forty")
    )
    assert answer.status_code == 422
    assert list(Update.objects.filter(by__isnull=False).values_list("done", flat=True)) == [
        "Trained forty"
    ]


def test_the_number_of_questions_does_not_grow_with_the_rows(world, client):
    asked = []
    for many in (2, 40):
        plan = world.plan(*(action(f"Do thing {n}") for n in range(many)))
        book = Workbook(client, plan)
        for row in range(2, many + 2):
            book.type(row, What_was_done="Begun")
        with CaptureQueriesContext(connection) as queries:
            page = words(book.bring_back(client, plan))
        assert f"The workbook says something of {many} actions" in page
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_red_brought_back_needs_its_recovery_and_is_kept_with_it(client, plan, rows, world):
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    said = {"done": "Two were trained", "rag": "red"}
    answer = taking(client, plan, row_of(rows[0], **said))
    assert answer.status_code == 422
    assert "It is rated Red: say why it is in trouble." in Page(answer.content).text
    assert not Update.objects.exists()
    more = {"cause": "Nobody tendered", "step": "Ask three suppliers", "due": due}
    assert taking(client, plan, row_of(rows[0], **said, **more)).status_code == 302
    kept = Update.objects.get().recovery
    assert (kept.cause, kept.step, kept.due.isoformat()) == tuple(more.values())
