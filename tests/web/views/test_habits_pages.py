"""How our documents are read: the page, its forms, the profile as a file, and the draft's ticks."""

import json
import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.documents import Habits, LeadHabit, habits_from_json, habits_to_json
from goldenthread.web.changes import habits
from goldenthread.web.models import AuditEntry, Draft, Habit
from hostile import VECTORS
from web.changes.test_habits import DOCUMENT, keep, receive
from web.world import AT
from web_pages import Page

PROFILE = Habits(leads={"Reach": LeadHabit("body")}, statuses={"Sunny": "completed"})


def as_(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def client(world):
    return as_(world.manager)


def text(answer):
    return Page(answer.content).text


def at(view, habit=None):
    return reverse(view, kwargs={"habit": habit.public_id} if habit else {})


def typed(**fields):
    return {"key": secrets.token_hex(8), "version": 0} | fields


# -- the page --------------------------------------------------------------------------------------


def test_a_council_that_confirmed_nothing_is_told_so(client):
    assert "We have learned nothing about our documents yet" in text(client.get(at("habits_page")))


def test_each_habit_stands_in_plain_words_with_where_it_came_from(world, client):
    keep(world, "column", "Kitty", "other")
    keep(world, "lead", "The Pod", "post", full="Head of Policy")
    draft = receive(world)
    asked = draft.questions.get(words="Sunny")
    client.post(
        reverse("question", kwargs={"question": asked.public_id}),
        typed(version=1, answer="means", meaning="completed", remember="on"),
    )
    page = text(client.get(at("habits_page")))
    for words in (
        "We have learned 3 things about our documents",
        "Kitty Nothing that the plan needs: it is left out",
        "The Pod A post: Head of Policy",
        "Sunny Done",
        f"Confirmed by {world.manager.name}",
        "in plan.csv",
    ):
        assert words in page


def test_whoever_only_reads_drafts_reads_the_page_and_changes_nothing(world):
    row = keep(world)
    publisher = as_(world.publisher)
    page = publisher.get(at("habits_page"))
    assert at("change_habit", row) not in page.content.decode()
    assert "None of your roles lets you say how the council's documents are read." in text(page)
    assert publisher.get(at("remove_habit", row)).status_code == 403


def test_a_manager_of_a_part_sees_the_councils_habits_and_cannot_change_them(world):
    row = keep(world)
    local = as_(world.somebody("programme_manager", world.unit("Housing and Communities")))
    page = local.get(at("habits_page"))
    assert "Sunny" in text(page)
    assert "Kept above you" in text(page)
    assert local.post(at("remove_habit", row), typed(version=1)).status_code == 403


# -- adding, changing, taking out: each after a check ----------------------------------------------


@pytest.mark.parametrize(
    ("about", "fields"),
    [
        ("column", {"text": "Kitty", "meaning": "evidence"}),
        ("lead", {"text": "Reach", "meaning": "post", "full": "Head of Outreach"}),
        ("status", {"text": "Sunny", "meaning": "completed"}),
        ("colour", {"text": "purple", "meaning": "on_hold"}),
    ],
)
def test_a_habit_is_added_once_it_has_been_checked(world, client, about, fields):
    address = f"{at('add_habit')}?about={about}"
    assert client.get(address).status_code == 200
    given = typed(unit=world.unit().public_id, **fields)
    checked = client.post(address, given)
    assert "Check before you do this" in text(checked)
    assert not Habit.objects.exists()
    assert client.post(address, given | {"checked": "yes"}).status_code == 302
    row = Habit.objects.get()
    assert (row.about, row.words, row.meaning) == (about, fields["text"], fields["meaning"])
    assert row.full == fields.get("full", "")


def test_a_habit_without_words_is_asked_again_with_what_was_typed(world, client):
    answer = client.post(
        f"{at('add_habit')}?about=lead",
        typed(unit=world.unit().public_id, text="?", meaning="body", checked="yes"),
    )
    assert answer.status_code == 422
    assert "#text" in Page(answer.content).links


def test_a_habit_is_changed_after_a_check_that_says_what_it_was(world, client):
    row = keep(world)
    given = typed(version=1, meaning="on_hold")
    page = text(client.post(at("change_habit", row), given))
    assert "Until now: Done." in page
    assert "it says: On hold." in page
    assert client.post(at("change_habit", row), given | {"checked": "yes"}).status_code == 302
    assert Habit.objects.get(ended_at=None).meaning == "on_hold"
    assert "What is used no longer" in text(client.get(at("habits_page")))


def test_a_habit_is_taken_out_after_a_check(world, client):
    row = keep(world)
    assert "asks what the words mean" in text(client.get(at("remove_habit", row)))
    assert client.post(at("remove_habit", row), typed(version=1)).status_code == 302
    assert not Habit.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("view", ["change_habit", "remove_habit"])
def test_whoever_comes_second_is_told(world, client, view):
    row = keep(world)
    habits.remove_habit(by=world.manager, habit=row, version=1, at=AT)
    answer = client.post(at(view, row), typed(version=1, meaning="delayed", checked="yes"))
    assert answer.status_code == 409
    assert "Taken out" in text(answer)


# -- the profile -----------------------------------------------------------------------------------


def test_the_profile_is_the_file_that_the_command_line_takes(world, client):
    keep(world, "lead", "Reach", "body")
    answer = client.get(at("habits_profile"))
    assert answer.headers["Content-Disposition"].endswith('.json"')
    assert habits_from_json(answer.content.decode()).leads == {"Reach": LeadHabit("body")}
    assert client.get(at("habits_profile") + "?unit=nonesuch").status_code == 404


def bring(world, content, name="ours.json"):
    return typed(unit=world.unit().public_id, file=SimpleUploadedFile(name, content))


def test_a_profile_is_brought_in_after_a_check_of_what_it_adds_and_changes(world, client):
    keep(world, meaning="delayed")
    checked = client.post(at("bring_profile"), bring(world, habits_to_json(PROFILE).encode()))
    page = Page(checked.content)
    assert "“Sunny” changes from “Delayed” to “Done”" in page.text
    assert "“Reach” is added: A body" in page.text
    sent = {
        given["name"]: given.get("value", "")
        for tag, given in page.elements
        if tag == "input" and given.get("type") == "hidden"
    }
    assert client.post(at("bring_profile"), sent | {"checked": "yes"}).status_code == 302
    assert {(h.words, h.meaning) for h in Habit.objects.filter(ended_at=None)} == {
        ("Reach", "body"),
        ("Sunny", "completed"),
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"PK\x03\x04\xff\xfe", "more than plain words"),
        (b'{"schema": "goldenthread.plan/1"}', "no profile of habits that we know"),
        (
            json.dumps({"schema": "goldenthread.habits/1", "statuses": {"Live": "alive"}}).encode(),
            "“Live” in “statuses” has a meaning that we do not know.",
        ),
        (b" " * 300_000, "larger than 200 KB"),
    ],
)
def test_a_file_that_is_no_profile_is_refused_with_a_sentence(world, client, content, said):
    answer = client.post(at("bring_profile"), bring(world, content))
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Habit.objects.exists()


def test_a_form_without_a_file_asks_for_one(world, client):
    answer = client.post(at("bring_profile"), typed(unit=world.unit().public_id))
    assert answer.status_code == 422
    assert "Choose a file." in text(answer)


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_words_of_a_profile_are_shown_as_words(world, client, vector):
    profile = Habits(statuses={f"x{vector}"[:300]: "completed"})
    checked = client.post(at("bring_profile"), bring(world, habits_to_json(profile).encode()))
    assert checked.status_code == 200
    keep(world, text=f"x{vector}"[:300])
    for page in (checked, client.get(at("habits_page"))):
        found = Page(page.content).elements
        assert not [e for e in found if "onerror" in e[1] or e[0] == "script"]


# -- the draft -------------------------------------------------------------------------------------


def test_the_draft_offers_to_remember_and_nothing_is_ticked(world, client):
    draft = receive(world)
    page = client.get(reverse("draft", kwargs={"draft": draft.public_id})).content.decode()
    assert page.count("Remember this for our next document") == 4
    boxes = [e[1] for e in Page(page.encode()).elements if e[1].get("name") == "remember"]
    assert [("checked" in box) for box in boxes] == [False] * 4
    assert "Under it stands:" in page
    assert "£4,000" in page


def test_an_answer_without_a_meaning_is_asked_again_beside_its_question(world, client):
    asked = receive(world).questions.get(words="Reach")
    address = reverse("question", kwargs={"question": asked.public_id})
    answer = client.post(address, typed(version=1, answer="means", question=asked.public_id))
    assert answer.status_code == 422
    assert f"#meaning-{asked.public_id}" in Page(answer.content).links


def test_what_is_settled_is_said_in_words_and_can_be_settled_otherwise(world, client):
    asked = receive(world).questions.get(words="Reach")
    address = reverse("question", kwargs={"question": asked.public_id})
    for version, meaning, said in ((1, "body", "A body"), (2, "post", "A post")):
        client.post(address, typed(version=version, answer="means", meaning=meaning))
        page = text(client.get(reverse("draft", kwargs={"draft": asked.draft.public_id})))
        assert f"Settled Reach: {said}" in page


def test_the_draft_says_which_habits_it_used_and_where(world, client):
    keep(world, "lead", "Reach", "body")
    file = SimpleUploadedFile("plan.csv", DOCUMENT.encode())
    unit, strand = world.unit().public_id, world.council.strand.public_id
    client.post(reverse("receive"), typed(unit=unit, strand=strand, file=file))
    draft = Draft.objects.get()
    page = text(client.get(reverse("draft", kwargs={"draft": draft.public_id})))
    assert "What we knew of your documents" in page
    assert "The lead “Reach” was read as a body: a habit confirmed before. (table 1, row 2" in page
    assert AuditEntry.objects.filter(act="draft.received").count() == 1


def test_a_reader_of_drafts_sees_the_question_and_no_form(world):
    draft = receive(world)
    page = as_(world.publisher).get(reverse("draft", kwargs={"draft": draft.public_id}))
    assert "“Reach” stands as a lead." in text(page)
    assert "Remember this" not in text(page)
