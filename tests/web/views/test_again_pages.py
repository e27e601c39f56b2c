"""A later version of a document through the pages: brought in, chosen, taken over."""

import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, Choice, Draft, Plan
from web.world import AT

FIRST = """No.,Recommendation,Action,Timescale,Lead
1,Say who leads,Appoint a lead officer for race,31 March 2025,Chief Executive
2,Hear staff,Hold listening sessions every quarter,30 June 2027,Head of Learning
2,Hear staff,Publish what staff said and what was done,30 September 2027,Head of Policy
"""
LATER = """No.,Recommendation,Action,Timescale,Lead
1,Say who leads,Appoint a lead officer for race,31 March 2025,Chief Executive
2,Hear staff,Hold listening sessions every quarter,31 December 2027,Head of Learning
2,Hear staff,Publish what staff said and what was done,30 September 2027,Director of Resources
2,Hear staff,Translate the reporting leaflet,31 May 2027,Head of Policy
"""


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def at(view, thing):
    return reverse(view, kwargs={type(thing).__name__.lower(): thing.public_id})


def words(answer):
    return answer.content.decode()


def sent(draft, **fields):
    draft.refresh_from_db()
    return {"key": secrets.token_hex(8), "version": draft.version} | fields


@pytest.fixture
def plan(world):
    content = SimpleUploadedFile("plan.csv", FIRST.encode())
    draft = plans.receive_document(
        by=world.manager,
        unit=world.unit("Housing and Communities"),
        strand=world.council.strand,
        file=content,
        name="plan.csv",
        at=AT,
    )
    return plans.adopt_draft(by=world.manager, draft=draft, version=1, at=AT)


@pytest.fixture
def client(world):
    return as_(world.manager)


@pytest.fixture
def later(world, client, plan):
    """The later version, as its reader brings it in."""
    client.post(
        reverse("receive"),
        {
            "key": "k",
            "again": plan.public_id,
            "file": SimpleUploadedFile("plan 2027.csv", LATER.encode()),
        },
    )
    return Draft.objects.get(file="plan 2027.csv")


def test_a_later_version_goes_to_its_plan_and_shows_what_differs(client, plan, later):
    assert (later.plan, later.unit, later.strand) == (plan, plan.unit, plan.strand)
    page = words(client.get(at("again", later)))
    assert "The document differs from the plan in 3 places. Choose in 3" in page
    assert "30 June 2027" in page
    assert "31 December 2027" in page
    assert "Head of Policy" in page
    assert "Translate the reporting leaflet" in page
    assert "1 action needs nothing." in page
    assert words(client.get(at("draft", later))).count("See what differs from the plan") == 2


@pytest.mark.parametrize("page", ["workspace_home", "plans"])
def test_a_later_version_waits_to_be_compared_and_not_to_be_adopted(client, plan, later, page):
    said = words(client.get(reverse(page)))
    assert "Ready to compare with the plan" in said
    assert "Ready to adopt" not in said


def test_the_form_says_which_plan_a_link_came_from(client, plan):
    page = words(client.get(f"{reverse('receive')}?again={plan.public_id}"))
    assert f'value="{plan.public_id}" selected' in page


def test_another_units_plan_cannot_be_named(world, plan):
    director = as_(world.somebody("programme_manager", world.unit("Resources")))
    file = SimpleUploadedFile("plan.csv", LATER.encode())
    answer = director.post(reverse("receive"), {"key": "k", "again": plan.public_id, "file": file})
    assert answer.status_code == 422
    assert "Nothing is chosen." in words(answer)
    assert Draft.objects.count() == 1


def test_all_that_only_the_document_changed_is_taken_at_once_with_one_reason(client, plan, later):
    address = at("again", later)
    refused = client.post(address, sent(later, all="yes"))
    assert refused.status_code == 422
    assert "Say why" in words(refused)
    assert not Choice.objects.exists()

    client.post(address, sent(later, all="yes", **{"reason-all": "The tender failed"}))
    assert "you have chosen in all" in words(client.get(address))
    confirm = words(client.get(at("take_over", later)))
    assert "Change the plan in 3 places?" in confirm
    answer = client.post(at("take_over", later), sent(later))
    assert answer.headers["Location"] == at("plan", plan)
    assert Plan.objects.count() == 1
    assert plan.actions.count() == 4
    moved = Action.objects.get(text__startswith="Hold listening")
    assert (str(moved.now_due), str(moved.first_due)) == ("2027-12-31", "2027-06-30")


def test_a_choice_is_made_one_by_one_and_can_be_made_again(client, later):
    address = at("again", later)
    first = words(client.get(address)).split('name="choice-')[1][:64]
    client.post(address, sent(later, **{f"choice-{first}": "keep"}))
    page = words(client.get(f"{address}?show=chosen"))
    assert f'name="choice-{first}" type="radio" value="keep" checked' in page
    assert "Chosen by" in page
    client.post(
        address, sent(later, **{f"choice-{first}": "take", f"reason-{first}": "Tender failed"})
    )
    assert [one.take for one in Choice.objects.all()] == [True]


def test_nothing_chosen_is_said_and_nothing_is_kept(client, later):
    answer = client.post(at("again", later), sent(later))
    assert answer.status_code == 422
    assert "Choose at least one." in words(answer)


def test_what_was_typed_stays_when_a_reason_is_missing(client, later):
    address = at("again", later)
    page = words(client.get(address))
    key = page.split('name="reason-')[1].split('"')[0]
    key = page.split('name="reason-')[2].split('"')[0] if key == "all" else key
    answer = client.post(address, sent(later, **{f"choice-{key}": "take"}))
    assert answer.status_code == 422
    assert f'href="#reason-{key}"' in words(answer)
    assert f'name="choice-{key}" type="radio" value="take" checked' in words(answer)


def test_it_cannot_be_taken_over_before_everything_is_chosen(client, later):
    assert "3 choices must be made first" in words(client.get(at("take_over", later)))
    answer = client.post(at("take_over", later), sent(later))
    assert answer.status_code == 422
    later.refresh_from_db()
    assert later.state == "open"


def test_somebody_who_only_reads_sees_the_differences_and_no_form(world, later):
    page = words(as_(world.publisher).get(at("again", later)))
    assert "Translate the reporting leaflet" in page
    assert "None of your roles lets you" in page
    assert 'type="radio"' not in page


def test_the_same_document_again_says_so(world, client, plan):
    client.post(
        reverse("receive"),
        {
            "key": "k",
            "again": plan.public_id,
            "file": SimpleUploadedFile("same.csv", FIRST.encode()),
        },
    )
    draft = Draft.objects.get(file="same.csv")
    assert "The document says nothing that the plan does not" in words(
        client.get(at("again", draft))
    )


def test_a_draft_of_a_new_plan_has_nothing_to_choose(world, client):
    page = words(client.get(at("again", world.draft())))
    assert "There is nothing to choose here" in page
