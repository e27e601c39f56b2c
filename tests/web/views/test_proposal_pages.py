"""The pages of proposed links: what is shown with its words, decided at once, and by whom."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse

from goldenthread.web.changes import proposals, tiers
from goldenthread.web.models import AuditEntry, Link, ProposalAnswer
from web.changes.tiering import WHY, above, below, pair, proposed, serve, ticked
from web.views.test_tier_pages import HOUSING, RESOURCES, TENANCY, client, read, send
from web.world import AT, ON
from web_pages import Page


@pytest.fixture
def two(world):
    """An action of Housing, and one of the council whose words are like its own."""
    return proposed(world)


def test_an_action_is_shown_with_what_its_words_are_like_and_by_which(world, two):
    lower, upper = two
    said = read(world.manager, "proposed", plan=lower.plan.public_id)
    assert f"1 of the 1 actions of {HOUSING} may serve the council’s plan" in said
    assert "in common: mentor, wardens" in said or "words: mentor, wardens" in said
    assert "Now: on track." in said
    assert "%" not in said
    assert upper.text in said and lower.text in said


def test_all_the_words_that_were_compared_are_there_to_be_read(world, two):
    lower, upper = two
    for row, title in ((lower, "Mentors in the ward"), (upper, "Mentors for each ward")):
        row.title = title
        row.save()
    said = read(world.manager, "proposed", plan=lower.plan.public_id)
    for words in (lower.title, lower.text, upper.title, upper.text):
        assert words in said


def test_several_are_joined_by_one_form_and_counted_at_once(world, two):
    lower, upper = two
    (more,) = above(world, "Mentors for wardens of every ward")
    plan = lower.plan.public_id
    fields = {"pair": [ticked(lower, upper), ticked(lower, more)], "deed": "join"}
    before = AuditEntry.objects.count()
    answer = send(world.manager, "proposed", fields, plan=plan)
    assert "2 links were joined." in Page(answer.content).text
    assert AuditEntry.objects.count() == before + 1
    assert Link.objects.filter(from_id=lower.public_id, meaning="serves").count() == 2
    said = read(world.manager, "proposed", plan=plan)
    assert "1 of its 1 actions serves something already." in said
    assert "0 directorate actions serve none" in read(world.manager)


def test_what_is_refused_is_listed_with_who_said_so_and_can_be_proposed_again(world, two):
    lower, upper = two
    plan = lower.plan.public_id
    fields = {"pair": [ticked(lower, upper)], "deed": "refuse"}
    answer = send(world.manager, "proposed", fields, plan=plan)
    assert "1 proposal was refused." in Page(answer.content).text
    assert f"Nothing more is proposed for {HOUSING}" in read(world.manager, "proposed", plan=plan)
    said = read(world.manager, "proposed", "?which=refused", plan=plan)
    assert "does not serve" in said and world.manager.name in said
    send(world.manager, "proposed", fields | {"deed": "again"}, "?which=refused", plan=plan)
    assert "may serve the council’s plan" in read(world.manager, "proposed", plan=plan)
    assert ProposalAnswer.objects.count() == 2


def test_nothing_ticked_and_ticks_that_are_none_of_ours_are_asked_for_again(world, two):
    lower, upper = two
    (other,) = below(world, unit=RESOURCES)
    for fields in (
        {"deed": "join"},
        {"pair": [ticked(lower, upper)]},
        {"pair": [ticked(lower, upper)], "deed": "burn"},
        {"pair": ["x"], "deed": "join"},
        {"pair": ["a:b:c:d"], "deed": "refuse"},
        {"pair": [ticked(other, upper)], "deed": "join"},
        {"pair": [ticked(lower, other)], "deed": "refuse"},
    ):
        answer = send(world.manager, "proposed", fields, plan=lower.plan.public_id)
        assert answer.status_code == 422, fields
        page = Page(answer.content)
        assert "There is a problem" in page.text
    assert not Link.objects.filter(meaning="serves").exists()
    assert not ProposalAnswer.objects.exists()


def test_words_that_changed_meanwhile_are_told_and_the_ticks_are_kept(world, two):
    lower, upper = two
    # Words that every action has tell nothing: these have others.
    more, *_others = above(world, "Mentors for wardens of every ward", "Night shifts", "Pay gaps")
    fields = {"pair": [ticked(lower, upper), ticked(lower, more)], "deed": "join"}
    more.text = "Mentors for wardens of each ward who ask"
    more.save()
    answer = send(world.manager, "proposed", fields, plan=lower.plan.public_id)
    assert answer.status_code == 409
    page = Page(answer.content)
    assert "were changed while you were reading" in page.text
    ticks = {
        made["value"]
        for tag, made in page.elements
        if tag == "input" and made.get("type") == "checkbox" and "checked" in made
    }
    assert ticks == {ticked(lower, upper)}


def test_a_form_that_is_sent_twice_joins_once(world, two):
    lower, upper = two
    fields = {"pair": [ticked(lower, upper)], "deed": "join", "key": "k" * 20}
    for _ in range(2):
        answer = send(world.manager, "proposed", fields, plan=lower.plan.public_id)
        assert answer.status_code == 200
    assert Link.objects.filter(meaning="serves").count() == 1


def test_what_has_no_words_in_common_is_led_to_a_search(world, two):
    (alone,) = below(world, "Resurface the depot yard")
    said = read(world.manager, "proposed", "?which=without", plan=alone.plan.public_id)
    assert "Look for what it serves" in said and "Keep as local" in said
    tiers.keep_local(by=world.manager, action=alone, reason=WHY, at=AT)
    said = read(world.manager, "proposed", "?which=without", plan=alone.plan.public_id)
    assert "Look for what it serves" not in said


def test_nobody_is_asked_to_join_what_a_closed_year_left(world, two):
    lower, _upper = two
    planning = world.planning(world.unit(HOUSING))
    planning.plan = lower.plan
    planning.save()
    assert lower.plan.title in read(world.manager, "plans_proposed")
    planning.closed_on = ON
    planning.save()
    assert lower.plan.title not in read(world.manager, "plans_proposed")
    said = read(world.manager, "proposed", plan=lower.plan.public_id)
    assert f"{HOUSING} has no action to join" in said


def test_what_an_action_serves_stands_apart_from_its_own_words(world, two):
    lower, upper = two
    above(world, "Mentors for wardens of every ward")
    lower.title = "Mentors in the ward"
    lower.save()
    serve(world, lower, upper)
    said = read(world.manager, "proposed", plan=lower.plan.public_id)
    assert f"{lower.text}. It serves already: {upper.number or upper.text}." in said


def test_a_director_sees_and_decides_their_own_plans_alone(world, two):
    lower, _upper = two
    theirs, _more = proposed(world, RESOURCES)
    director = world.somebody("director", world.unit(HOUSING))
    said = read(director, "plans_proposed")
    assert lower.plan.title in said and RESOURCES not in said
    read(director, "proposed", plan=lower.plan.public_id)
    address = reverse("proposed", kwargs={"plan": theirs.plan.public_id})
    assert client(director).get(address).status_code == 403
    fields = {"pair": [ticked(theirs, _more)], "deed": "join", "key": "k" * 20}
    assert client(director).post(address, fields).status_code == 403
    assert client(world.somebody("councillor")).get(address).status_code == 403


def test_it_is_reached_from_the_tiers_the_plan_the_board_and_the_import(world, two):
    lower, _upper = two
    planning = world.planning(world.unit(HOUSING))
    planning.plan = lower.plan
    planning.save()
    own = reverse("proposed", kwargs={"plan": lower.plan.public_id})
    for name, given, leads in (
        ("plan", {"plan": lower.plan.public_id}, own),
        ("directorate", {"planning": planning.public_id}, own),
        ("two_tiers", {}, reverse("plans_proposed")),
        ("plans", {}, reverse("plans_proposed")),
        ("whose_drafts", {}, reverse("plans_proposed")),
        ("plans_proposed", {}, own),
    ):
        page = client(world.manager).get(reverse(name, kwargs=given or None))
        assert f'href="{leads}"' in page.content.decode(), name
    draft = world.draft(unit=world.unit(HOUSING))
    answer = send(world.manager, "adopt", {"version": draft.version}, draft=draft.public_id)
    (last, _status) = answer.redirect_chain[-1]
    assert last.endswith("/proposed/")


def test_the_councils_own_plan_serves_no_other(world, two):
    _lower, upper = two
    said = read(world.manager, "proposed", plan=upper.plan.public_id)
    assert "The council’s own plan serves no other" in said


def test_a_page_holds_twenty_five_actions_and_says_how_many_pages_there_are(world):
    above(world, *(f"Report on the wardens of ward {n}" for n in range(27)))
    rows = below(world, *(f"Hear the wardens of ward {n}" for n in range(27)))
    plan = rows[0].plan.public_id
    assert "Page 1 of 2" in read(world.manager, "proposed", plan=plan)
    said = read(world.manager, "proposed", "?which=proposed&page=2", plan=plan)
    assert "Hear the wardens of ward 26" in said and "Hear the wardens of ward 24" not in said


def test_four_hundred_actions_beside_sixty_ask_as_few_questions_and_take_no_second(
    world, django_assert_max_num_queries
):
    topics = ("mentors", "panels", "pay", "night shifts", "exit interviews", "depots", "carers")
    texts = [f"Report on {topics[n % 7]} in part {n} of the council" for n in range(460)]
    (first, *_rest) = above(world, *texts[:60])
    (one, *_others) = below(world, *texts[60:])
    manager = client(world.manager)
    address = reverse("proposed", kwargs={"plan": one.plan.public_id})

    def asked():
        manager.get(address)
        with django_assert_max_num_queries(20) as queries:
            begun = time.perf_counter()
            assert manager.get(address).status_code == 200
            assert timedelta(seconds=time.perf_counter() - begun) < timedelta(seconds=1)
        return len(queries.captured_queries)

    few = asked()
    serve(world, one, first)
    given = {"by": world.manager, "plan": one.plan, "at": AT}
    proposals.refuse_proposed(pairs=[pair(row, first) for row in _others[:50]], **given)
    assert asked() == few


def test_the_plans_are_listed_with_as_few_questions_however_many(
    world, django_assert_max_num_queries
):
    manager, address = client(world.manager), reverse("plans_proposed")

    def asked():
        manager.get(address)
        with django_assert_max_num_queries(20) as queries:
            assert manager.get(address).status_code == 200
        return len(queries.captured_queries)

    proposed(world)
    few = asked()
    for unit in (HOUSING, RESOURCES, TENANCY):
        proposed(world, unit)
    assert asked() == few
    assert "4 actions of directorates serve nothing yet" in read(world.manager, "plans_proposed")
