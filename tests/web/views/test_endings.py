"""Accounts closed, units renamed, moved and ended, posts changed and ended: each checked first."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web.changes import people, units
from goldenthread.web.models import AuditEntry, Grant, Holding, Lead, Person, Post, Succession, Unit
from web.world import AT, DAY, ON
from web_pages import Page

TENANCY, HOUSING, RESOURCES = "Tenancy Services", "Housing and Communities", "Resources"


def at(view, thing):
    return reverse(view, kwargs={type(thing).__name__.lower(): thing.public_id})


def boxes(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def text(answer):
    return Page(answer.content).text


@pytest.fixture
def admin(world):
    client = Client()
    client.force_login(world.administrator)
    return client


def send(client, view, thing, **answers):
    thing.refresh_from_db()
    return client.post(at(view, thing), {"key": "k" * 16, "version": thing.version} | answers)


def post_of(world, title):
    return Post.objects.get(title=title)


# -- checked before it is done ---------------------------------------------------------------------


def test_a_deed_that_is_hard_to_undo_is_shown_once_more_and_only_then_done(world, admin):
    person = world.somebody("councillor")
    page = send(admin, "close_account", person, left="on")
    assert "Check before you do this" in text(page)
    assert "1 role of theirs ends today." in text(page)
    person.refresh_from_db()
    assert person.is_active
    assert not AuditEntry.objects.filter(act="person.ended").exists()
    assert send(admin, "close_account", person, left="on", checked="yes").status_code == 302
    person.refresh_from_db()
    assert not person.is_active


def test_the_answers_travel_in_the_page_and_can_be_changed_there(world, admin):
    unit = world.unit(TENANCY)
    heir = world.unit(RESOURCES)
    answers = boxes("until", ON) | {"heir": heir.public_id}
    page = Page(send(admin, "end_unit", unit, **answers).content)
    carried = {e[1]["name"]: e[1]["value"] for e in page.elements if e[1].get("type") == "hidden"}
    assert {name: str(value) for name, value in answers.items()}.items() <= carried.items()
    assert f"What is its last day? {ON.day} October 2026" in page.text
    again = send(admin, "end_unit", unit, again="yes", **answers)
    assert again.status_code == 200
    assert f'<option value="{heir.public_id}" selected' in again.content.decode()
    unit.refresh_from_db()
    assert unit.ends is None


def test_a_version_that_moved_on_between_check_and_deed_shows_what_now_stands(world, admin):
    unit = world.unit(TENANCY)
    answers = boxes("until", ON) | {"checked": "yes", "version": unit.version}
    units.rename_unit(
        by=world.administrator, unit=unit, name="Homes", kind="", version=unit.version, at=AT
    )
    answer = admin.post(at("end_unit", unit), {"key": "k" * 16} | answers)
    assert answer.status_code == 409
    assert "What stands now Name Homes" in text(answer)


# -- accounts --------------------------------------------------------------------------------------


def test_whoever_has_left_leaves_their_posts_today(world):
    person = world.council.people["Joanna Osei"]
    held = Holding.objects.get(person=person, until=None)
    version = held.post.version
    people.end_account(
        by=world.administrator, person=person, version=person.version, left=True, at=AT
    )
    held.refresh_from_db()
    assert held.until == ON
    assert Post.objects.get(pk=held.post_id).version == version + 1
    assert not Grant.objects.filter(person=person, until=None).exists()


def test_a_closed_account_keeps_its_posts_where_nobody_said_that_they_left(world):
    person = world.council.people["Joanna Osei"]
    people.end_account(by=world.administrator, person=person, version=person.version, at=AT)
    assert Holding.objects.get(person=person).until is None


def test_a_role_that_was_to_begin_later_never_does(world):
    person = world.somebody("councillor", since=ON + 9 * DAY)
    people.end_account(by=world.administrator, person=person, version=person.version, at=AT)
    grant = Grant.objects.get(person=person)
    assert grant.until == grant.since
    assert not Person.objects.get(pk=person.pk).is_active


def test_nobody_closes_their_own_account(world, admin):
    answer = send(admin, "close_account", world.administrator, checked="yes")
    assert answer.status_code == 422
    assert "Ask somebody else" in text(answer)
    assert Person.objects.get(pk=world.administrator.pk).is_active


def test_an_account_is_opened_again_without_the_roles_it_had(world, admin):
    person = world.somebody("councillor")
    people.end_account(by=world.administrator, person=person, version=person.version, at=AT)
    assert at("open_account_again", person) in Page(admin.get(reverse("people")).content).links
    assert send(admin, "open_account_again", person).status_code == 302
    person.refresh_from_db()
    assert person.is_active
    assert not Grant.objects.filter(person=person, until=None).exists()


# -- parts of the council --------------------------------------------------------------------------


def test_a_part_that_is_renamed_stays_the_same_part(world, admin):
    unit = world.unit(TENANCY)
    assert send(admin, "rename_unit", unit, name="Homes", sort="Service").status_code == 302
    after = Unit.objects.get(pk=unit.pk)
    assert (after.name, after.kind, after.ends, after.version) == ("Homes", "Service", None, 2)


def test_a_part_that_moves_ends_and_its_posts_and_parts_go_along(world, admin):
    housing = world.unit(HOUSING)
    holder = Holding.objects.get(post__unit=housing)
    answers = boxes("on", ON) | {"parent": world.unit(RESOURCES).public_id}
    page = text(send(admin, "move_unit", housing, **answers))
    assert "1 part below it goes along." in page
    assert "1 post goes along" in page
    assert "1 role is held in it and stays there" in page
    assert send(admin, "move_unit", housing, checked="yes", **answers).status_code == 302
    housing.refresh_from_db()
    moved = Unit.objects.get(name=HOUSING, ends=None)
    below = Unit.objects.get(name=TENANCY, ends=None)
    assert (housing.ends, moved.parent, moved.begins) == (ON - DAY, world.unit(RESOURCES), ON)
    assert (below.parent, below.begins) == (moved, ON)
    assert Unit.objects.get(pk=world.unit(TENANCY).pk).ends == ON - DAY
    assert {(s.before.name, s.after_id) for s in Succession.objects.all()} == {
        (HOUSING, moved.pk),
        (TENANCY, below.pk),
    }
    holder.refresh_from_db()
    assert (holder.post.unit, holder.until) == (moved, None)
    page = text(admin.get(reverse("units")))
    body = world.unit().name
    ended = f"{HOUSING} (below {body}), until 30 September 2026."
    assert f"{ended} Followed by {HOUSING} (below {RESOURCES})." in page
    assert f"1 October 2026 Took over from {HOUSING} (below {body})" in page
    before = text(admin.get(reverse("units"), {"day": "30 September 2026"}))
    assert "On 30 September 2026 the council had 9 parts" in before
    assert f"{HOUSING} (below {RESOURCES}), from 1 October 2026." in before
    wrong = admin.get(reverse("units"), {"day": "whenever"})
    assert (wrong.status_code, "#day" in Page(wrong.content).links) == (422, True)


@pytest.mark.parametrize("where", ["itself", "below", "same", "before it began"])
def test_a_part_is_not_moved_where_it_cannot_stand(world, where):
    unit = world.unit(HOUSING)
    parent = {"itself": unit, "below": world.unit(TENANCY), "same": world.unit()}.get(
        where, world.unit(RESOURCES)
    )
    on = date(2000, 1, 1) if where == "before it began" else ON
    with pytest.raises(Missing):
        units.move_unit(
            by=world.administrator, unit=unit, parent=parent, on=on, version=unit.version, at=AT
        )
    assert not Succession.objects.exists()


def test_a_part_in_which_something_stands_does_not_end(world, admin):
    unit = world.unit(HOUSING)
    answer = send(admin, "end_unit", unit, checked="yes", **boxes("until", ON))
    assert answer.status_code == 422
    assert "1 part of the council and 1 post" in text(answer)
    unit.refresh_from_db()
    assert unit.ends is None


def test_an_empty_part_ends_and_a_successor_can_be_named_later(world, admin):
    unit = world.unit(TENANCY)
    assert send(admin, "end_unit", unit, checked="yes", **boxes("until", ON)).status_code == 302
    unit.refresh_from_db()
    assert (unit.ends, unit.succeeded_by.count()) == (ON, 0)
    answers = boxes("until", ON) | {"heir": world.unit(RESOURCES).public_id, "checked": "yes"}
    answers["key"] = "another key 1234"
    assert send(admin, "end_unit", unit, **answers).status_code == 302
    assert [one.after for one in unit.succeeded_by.all()] == [world.unit(RESOURCES)]


def test_an_administrator_of_a_part_cannot_move_it_to_where_they_are_not(world):
    unit = world.unit(TENANCY)
    local = world.somebody("administrator", world.unit(HOUSING))
    with pytest.raises(NotAllowed):
        units.move_unit(
            by=local, unit=unit, parent=world.unit(RESOURCES), on=ON, version=unit.version, at=AT
        )


# -- posts -----------------------------------------------------------------------------------------


def test_a_post_is_changed_with_its_holder_and_its_actions(world, admin):
    row = world.action()
    post = post_of(world, "Head of Learning")
    answers = {"title": "Head of Skills", "unit": world.unit(RESOURCES).public_id}
    assert send(admin, "change_post", post, **answers).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.unit) == ("Head of Skills", world.unit(RESOURCES))
    assert post.holdings.get(until=None).person.name == "Joanna Osei"
    assert row.leads.get(until=None).post == post


def test_a_post_that_leads_open_actions_ends_only_where_another_takes_them(world, admin):
    row = world.action()
    post, heir = post_of(world, "Head of Learning"), post_of(world, "Head of Policy")
    version = row.version
    answers = boxes("until", ON) | {"checked": "yes"}
    refused = send(admin, "end_post", post, **answers)
    assert refused.status_code == 422
    assert "#heir" in Page(refused.content).links
    post.refresh_from_db()
    assert post.ends is None
    page = text(send(admin, "end_post", post, **boxes("until", ON), heir=heir.public_id))
    assert "Joanna Osei leaves it on that day. It answers for 1 open action." in page
    assert send(admin, "end_post", post, heir=heir.public_id, **answers).status_code == 302
    post.refresh_from_db()
    row.refresh_from_db()
    assert (post.ends, post.holdings.get().until) == (ON, ON)
    leads = [(lead.post, lead.since, lead.until) for lead in row.leads.order_by("id")]
    assert leads == [(post, ON, ON), (heir, ON + DAY, None)]
    assert row.version == version + 1


def test_a_done_action_stays_with_the_post_that_did_it(world):
    row = world.action()
    world.update(row, status="withdrawn", done="No longer needed")
    post = post_of(world, "Head of Learning")
    units.end_post(
        by=world.administrator, post=post, until=ON, heir=None, version=post.version, at=AT
    )
    assert Lead.objects.get(action=row).until is None


def test_a_post_ends_once_and_not_before_what_is_of_it_began(world):
    post = post_of(world, "Head of Learning")
    given = {"by": world.administrator, "post": post, "heir": None, "at": AT}
    with pytest.raises(Missing):
        units.end_post(until=date(2001, 1, 1), version=post.version, **given)
    units.end_post(until=ON, version=post.version, **given)
    with pytest.raises(Missing):
        units.end_post(until=ON, version=post.version, **given)


@pytest.mark.parametrize("view", ["close_account", "rename_unit", "end_unit", "end_post"])
def test_whoever_may_not_is_refused_both_ways_and_the_audit_says_so(world, view):
    thing = {
        "close_account": world.somebody(),
        "end_post": post_of(world, "Head of Learning"),
    }.get(view, world.unit(TENANCY))
    client = Client()
    client.force_login(world.manager)
    before = AuditEntry.objects.count()
    assert client.get(at(view, thing)).status_code == 403
    assert send(client, view, thing, checked="yes").status_code == 403
    assert AuditEntry.objects.count() == before + 2
