"""What the public reads: published editions alone, at addresses that stay, kept by caches."""

import pytest
from django.test import Client

from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action
from web.world import AT, action


@pytest.fixture
def reader(db):
    return Client()


def words(answer):
    return answer.content.decode()


def test_before_an_edition_there_is_a_page_that_says_so(world, reader):
    answer = reader.get("/")
    assert answer.status_code == 200
    assert "There is no published plan yet" in words(answer)
    assert reader.get("/plan").status_code == 404


def test_what_is_only_adopted_is_not_shown(world, reader):
    world.edition()
    assert "There is no published plan yet" in words(reader.get("/"))


def test_every_page_of_an_edition_and_its_downloads_are_served(world, reader):
    edition = world.published()
    name = Action.objects.get().public_id
    for path in ("", "plan", "about", "plan/by-recommendation", f"actions/{name}"):
        assert reader.get(f"/{path}").status_code == 200, path
    table, plain = reader.get("/plan.csv"), reader.get("/plan.json")
    assert "text/csv" in table.headers["Content-Type"]
    assert "Hold listening sessions" in table.content.decode("utf-8-sig")
    assert plain.json()["actions"][0]["id"] == name
    assert edition.sha256[:10] in reader.get("/").headers["ETag"]


def test_an_action_keeps_its_address_in_the_next_edition(world, reader):
    first = world.published()
    address = f"/actions/{Action.objects.get().public_id}"
    before = reader.get(address)
    plan = first.plan
    plan.refresh_from_db()
    world.update(Action.objects.get(), done="Held the first session")
    plan.refresh_from_db()
    second = plans.adopt_edition(by=world.manager, plan=plan, version=plan.version, at=AT)
    assert reader.get(address).content == before.content
    plans.publish_edition(by=world.publisher, edition=second, version=second.version, at=AT)
    assert "Held the first session" in words(reader.get(address))


def test_a_cache_is_told_whether_it_has_the_page_already(world, reader):
    world.published()
    answer = reader.get("/plan")
    assert "public" in answer.headers["Cache-Control"]
    again = reader.get("/plan", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_the_address_of_the_static_site_leads_to_the_page(world, reader):
    world.published()
    for given, wanted in (("/index.html", "/"), ("/plan/late.html", "/plan/late")):
        answer = reader.get(given)
        assert (answer.status_code, answer.headers["Location"]) == (301, wanted)


def test_the_plans_of_two_units_stand_beside_each_other(world, reader):
    world.published()
    theirs = world.plan(action("Brief every tenant"), unit=world.unit("Housing and Communities"))
    edition = world.edition(theirs)
    plans.publish_edition(by=world.publisher, edition=edition, version=edition.version, at=AT)
    assert "2 plans are published" in words(reader.get("/plans"))
    assert "Hold listening sessions" in words(reader.get("/plan"))
    page = words(reader.get(f"/plans/{theirs.public_id}/plan"))
    assert "Brief every tenant" in page
    assert f'href="/plans/{theirs.public_id}/about"' in page
    assert reader.get(f"/actions/{theirs.actions.get().public_id}").status_code == 200


@pytest.mark.parametrize("path", ["/nothing", "/actions/nothing", "/plan/nothing", "/plans/x/"])
def test_what_is_not_there_is_said_in_the_look_of_the_site(world, reader, path):
    world.published()
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "The thread ends here" in words(answer)


def test_a_public_page_sets_no_cookie(world, reader):
    world.published()
    assert reader.get("/").cookies == {}


def test_public_pages_ask_the_database_the_same_few_questions(
    world, reader, django_assert_max_num_queries
):
    world.published()
    reader.get("/plan")
    with django_assert_max_num_queries(2):
        reader.get("/plan")
