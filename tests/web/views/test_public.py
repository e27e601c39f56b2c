"""What the public reads: published editions alone, at addresses that stay, kept by caches."""

import pytest
from django.test import Client

from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, Edition
from goldenthread.web.views import public
from web.world import AT, action
from web_pages import Page


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


@pytest.fixture
def two_editions(world):
    """A plan with two published editions: in the second, something was said of its action."""
    first = world.published()
    row = Action.objects.get()
    world.update(row, done="Held the first session")
    world.next_edition(first.plan)
    return first, row


def test_an_earlier_edition_keeps_its_address_and_says_what_it_is(reader, two_editions):
    first, row = two_editions
    old, new = (f"/plans/{first.plan.public_id}/editions/{n}/" for n in (1, 2))
    for path in ("", "plan", "plan/late", "about", "editions", f"actions/{row.public_id}"):
        page = words(reader.get(old + path))
        assert "This is an earlier edition, as published on 1 October 2026." in page, path
        assert 'content="noindex"' in page
        assert "Held the first session" not in page
    story = words(reader.get(f"{old}actions/{row.public_id}"))
    assert f'href="/actions/{row.public_id}">See the latest' in story
    newest = words(reader.get(f"{new}actions/{row.public_id}"))
    assert "Held the first session" in newest
    assert "This is the permanent address of edition 2" in newest
    assert "earlier edition" not in words(reader.get(f"/actions/{row.public_id}"))


def test_links_inside_an_edition_stay_inside_it(reader, two_editions):
    first, row = two_editions
    old = f"/plans/{first.plan.public_id}/editions/1/"
    waiting, seen = [old], set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        answer = reader.get(here)
        assert answer.status_code == 200, here
        if "html" in answer.headers["Content-Type"]:
            links = [link.partition("#")[0] for link in Page(answer.content).links]
            waiting += [link for link in links if link.startswith(old)]
    assert {old, f"{old}plan", f"{old}plan.csv", f"{old}actions/{row.public_id}"} <= seen


def test_the_editions_are_listed_and_what_changed_is_told(reader, two_editions):
    first, _ = two_editions
    listed = Page(reader.get("/editions").content)
    assert "2 editions of this plan" in listed.text
    assert f"/plans/{first.plan.public_id}/editions/1/" in listed.links
    assert "/changes/since-1" in listed.links
    told = words(reader.get("/changes/since-1"))
    assert "Nothing done, nothing newly late, no date moved" in told
    assert "Somebody said something new of 1 of 1 promise" in told
    assert 'href="/changes/since-1"' in words(reader.get("/"))
    for wrong in ("/changes/since-2", "/changes/since-3", "/changes/since-0"):
        assert reader.get(wrong).status_code == 404, wrong


def test_an_edition_that_was_never_published_has_no_address(world, reader, two_editions):
    first, _ = two_editions
    world.edition(first.plan)
    for number in (0, 3, 99, 999999):
        assert reader.get(f"/plans/{first.plan.public_id}/editions/{number}/").status_code == 404
    assert "Edition 3" not in words(reader.get("/editions"))


def test_an_action_that_the_newest_edition_does_not_hold_still_answers(world, reader):
    """No deed of ours takes one away; a correction by hand, or a later version of us, might."""
    first = world.published()
    row = Action.objects.get()
    second = world.edition(first.plan)
    content = {**second.content, "number": 3, "actions": []}
    plans.set_aside_edition(
        by=world.manager, edition=second, version=second.version, reason="Wrong", at=AT
    )
    emptied = Edition.objects.create(
        unit=first.unit,
        plan=first.plan,
        number=3,
        as_at=second.as_at,
        content=content,
        sha256=plans.digest(content),
        adopted_at=AT,
        adopted_by=world.manager,
    )
    plans.publish_edition(by=world.publisher, edition=emptied, version=1, at=AT)
    answer = reader.get(f"/actions/{row.public_id}")
    assert answer.status_code == 200
    page = Page(answer.content)
    assert "no longer in the plan" in page.text
    assert "It last stood in edition 1, as at 1 October 2026." in page.text
    story = f"/plans/{first.plan.public_id}/editions/1/actions/{row.public_id}"
    assert story in page.links
    assert reader.get(story).status_code == 200
    assert "No longer in the plan" in words(reader.get("/changes/since-1"))


def test_the_addresses_of_the_static_site_lead_to_those_of_an_edition(reader, two_editions):
    first, *_ = two_editions
    at = f"/plans/{first.plan.public_id}/editions/1/"
    for given, wanted in (
        ("/editions/1/index.html", at),
        ("/editions/1/plan/late.html", f"{at}plan/late"),
        ("/editions/1/plan.csv", f"{at}plan.csv"),
    ):
        answer = reader.get(given)
        assert (answer.status_code, answer.headers["Location"]) == (302, wanted)
    assert reader.get("/editions/7/index.html").status_code == 404


def _public_addresses(first, row):
    at = f"/plans/{first.plan.public_id}/editions/1/"
    return [
        *("/", "/plan", "/plan/late", "/about", "/editions", "/changes/since-1", "/plans"),
        *("/plan.csv", "/plan.json", f"/actions/{row.public_id}", at, f"{at}plan"),
    ]


def test_a_public_page_knows_nobody_and_may_be_kept_by_any_cache(world, reader, two_editions):
    """The same bytes for everybody: no cookie set, none looked at, and asked about by its tag."""
    first, row = two_editions
    signed_in = Client()
    signed_in.force_login(world.manager)
    for address in _public_addresses(first, row):
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert answer.cookies == {}, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert "public" in answer.headers["Cache-Control"], address
        again = reader.get(address, headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        mine = signed_in.get(address)
        assert (mine.content, mine.cookies) == (answer.content, {}), address


def test_the_tag_of_a_page_changes_when_a_newer_edition_comes_out(world, reader, two_editions):
    first, row = two_editions
    addresses = _public_addresses(first, row)
    tags = {address: reader.get(address).headers["ETag"] for address in addresses}
    world.next_edition(first.plan)
    for address in addresses:
        assert reader.get(address).headers["ETag"] != tags[address], address


@pytest.mark.parametrize("address", ["/nothing", "/actions/nothing", "/plans/x/", "/index"])
def test_what_is_not_there_knows_nobody_either(world, reader, address):
    for published in (False, True):
        if published:
            world.published()
        answer = reader.get(address)
        assert (answer.status_code, answer.cookies) == (404, {})
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "The thread ends here" in words(answer)


def test_a_fault_of_ours_is_said_without_the_database(world, monkeypatch):
    def broken():
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(public.queries, "published", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in words(answer)
    assert "RuntimeError" not in words(answer)
    assert "the database" not in words(answer)
    assert answer.cookies == {}


def test_staff_find_the_way_in_on_every_public_page(reader, two_editions):
    first, row = two_editions
    for address in _public_addresses(first, row):
        answer = reader.get(address)
        if "html" in answer.headers["Content-Type"]:
            assert "/account/sign-in/" in Page(answer.content).links, address


def test_public_pages_ask_the_database_the_same_few_questions(
    reader, two_editions, django_assert_max_num_queries
):
    first, row = two_editions
    for address in _public_addresses(first, row):
        reader.get(address)
        with django_assert_max_num_queries(2):
            reader.get(address)
    with django_assert_max_num_queries(3):
        assert reader.get("/actions/nothing").status_code == 404


def test_a_long_list_is_served_page_by_page(world, reader):
    many = [action(f"Do the thing numbered {n}") for n in range(251)]
    edition = world.edition(world.plan(*many))
    plans.publish_edition(by=world.publisher, edition=edition, version=edition.version, at=AT)
    for path in ("/plan/page-2", "/plan/on-track/page-2", "/plan/by-recommendation/page-2"):
        assert "251" in words(reader.get(path)), path


def test_what_is_kept_of_one_edition_is_never_shown_for_the_next(world, reader):
    first = world.published()
    paths = ("/", "/plan", "/plan/by-recommendation", "/plan.csv", "/plan.json")
    before = {path: reader.get(path).content for path in paths}
    assert {path: reader.get(path).content for path in paths} == before
    row = Action.objects.get()
    plans.reword_action(
        by=world.manager, action=row, version=row.version, text="Hold them weekly", at=AT
    )
    plan = first.plan
    plan.refresh_from_db()
    second = plans.adopt_edition(by=world.manager, plan=plan, version=plan.version, at=AT)
    plans.publish_edition(by=world.publisher, edition=second, version=second.version, at=AT)
    for path in paths[1:]:
        assert b"Hold them weekly" not in before[path]
        assert b"Hold them weekly" in reader.get(path).content


def test_the_same_page_of_two_plans_is_two_pages(world, reader):
    world.published()
    theirs = world.plan(action("Brief every tenant"), unit=world.unit("Housing and Communities"))
    edition = world.edition(theirs)
    plans.publish_edition(by=world.publisher, edition=edition, version=edition.version, at=AT)
    for _ in range(2):
        assert "Brief every tenant" not in words(reader.get("/plan"))
        assert "Brief every tenant" in words(reader.get(f"/plans/{theirs.public_id}/plan"))
