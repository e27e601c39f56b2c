"""The pages of the two tiers: what a reader is told, and the decisions that are made there."""

import secrets

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.web.changes import tiers
from goldenthread.web.models import Apart, Link
from web.changes.tiering import WHY, above, below, kept_local, serve
from web.world import AT
from web_pages import Page

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"


def client(person):
    found = Client()
    found.force_login(person)
    return found


def read(person, name="two_tiers", query="", **given):
    answer = client(person).get(reverse(name, kwargs=given or None) + query)
    assert answer.status_code == 200
    return " ".join(Page(answer.content).text.split())


def send(person, name, fields, query="", **given):
    return client(person).post(
        reverse(name, kwargs=given) + query, {"key": secrets.token_hex(10), **fields}, follow=True
    )


@pytest.fixture
def two(world):
    """Two actions of the council and two of Housing, one of which serves one."""
    first, second = above(world, "Mixed panels", "Careers conversations")
    one, other = below(world, "Train the panels", "Conversations about careers")
    serve(world, one, first)
    return first, second, one, other


def test_the_headline_counts_what_does_not_meet_both_ways(world, two):
    said = read(world.manager)
    assert (
        "1 corporate action has no directorate behind it. 1 directorate action serves none." in said
    )
    assert "2 of the 2 corporate actions need directorates to act; 1 has at least one" in said
    assert f"Looks close to {two[1].number}." in said


def test_where_there_is_no_plan_the_page_says_so(world):
    assert "The council has no plan for directorates to serve yet" in read(world.manager)


def test_whoever_reads_one_directorate_is_told_so_and_told_of_no_other(world, two):
    other = below(world, "A secret of Resources", unit=RESOURCES, when="31 March 2026")[0]
    serve(world, other, two[1])
    person = world.somebody("director", world.unit(HOUSING))
    said = read(person)
    assert f"1 corporate action has nothing of {HOUSING} behind it." in said
    assert f"what {HOUSING} does for them. What other directorates do is not counted here." in said
    assert "secret" not in said and RESOURCES not in said
    for which in ("unserved", "unserving", "disagreements", "apart"):
        assert "secret" not in read(person, "two_tiers_list", f"?which={which}")
    for row in (two[0], two[1]):
        assert "secret" not in read(person, "action", action=row.public_id)
        rec = row.recommendation.public_id
        assert "secret" not in read(person, "recommendation", recommendation=rec)
    assert "secret" in read(world.manager, "action", action=two[1].public_id)


def test_a_director_opens_no_decision_about_another_directorate(world, two):
    (other,) = below(world, unit=RESOURCES)
    link, kept = serve(world, other, two[1]), kept_local(world, world.unit(RESOURCES))
    person = world.somebody("director", world.unit(HOUSING))
    own = {"serve": two[3], "keep_local": two[3]}
    for name, given in (
        *((name, {"action": other.public_id}) for name in ("serve", "keep_local", "need_not")),
        *((name, {"action": two[0].public_id}) for name in ("serve", "need_not")),
        ("stop_serving", {"link": link.public_id}),
        ("undo_apart", {"apart": kept.public_id}),
    ):
        address = reverse(name, kwargs=given)
        assert client(person).get(address).status_code == 403, name
        assert client(person).post(address, {"key": "k" * 20}).status_code == 403, name
    for name, row in own.items():
        read(person, name, action=row.public_id)


def test_filters_are_addresses_and_misspelt_ones_are_as_if_not_said(world, two):
    housing = world.unit(HOUSING).public_id
    strand = world.council.strand.public_id
    theme = two[0].recommendation.theme.public_id
    assert f"nothing of {HOUSING} behind it" in read(world.manager, query=f"?directorate={housing}")
    assert "Narrowed to Being heard" in read(world.manager, query=f"?theme={theme}")
    assert "1 directorate action serves none" in read(world.manager, query=f"?strand={strand}")
    plain = read(world.manager)
    for query in ("?theme=x", "?directorate=x", "?strand=x", "?which=x"):
        assert read(world.manager, query=query) == plain


def test_an_action_is_joined_to_what_is_proposed_and_counted_at_once(world, two):
    _first, second, _one, other = two
    page = read(world.manager, "serve", action=other.public_id)
    assert "Words in common: careers, conversations" in page or "conversations, careers" in page
    answer = send(
        world.manager, "serve", {"to": f"action:{second.public_id}"}, action=other.public_id
    )
    assert answer.status_code == 200
    assert Link.objects.filter(from_id=other.public_id, to_id=second.public_id).count() == 1
    assert "0 corporate actions have no directorate behind them." in read(world.manager)
    assert "What this serves" in read(world.manager, "action", action=other.public_id)


def test_the_council_finds_who_serves_its_action_by_a_search(world, two):
    _first, second, _one, other = two
    page = read(world.manager, "serve", "?search=conversations", action=second.public_id)
    assert "1 has these words" in page
    send(
        world.manager,
        "serve",
        {"to": f"action:{other.public_id}"},
        "?search=conversations",
        action=second.public_id,
    )
    assert Link.objects.filter(from_id=other.public_id, to_id=second.public_id).exists()
    assert "1 action serves it" in read(world.manager, "action", action=second.public_id)


def test_what_was_not_offered_cannot_be_joined(world, two):
    (other,) = below(world, unit=RESOURCES)
    answer = send(
        world.manager, "serve", {"to": f"action:{other.public_id}"}, action=two[3].public_id
    )
    assert answer.status_code == 422
    assert not Link.objects.filter(from_id=two[3].public_id).exists()


def test_decisions_are_shown_with_their_reason_and_undone_there(world, two):
    first, second, _one, other = two
    send(world.manager, "keep_local", {"reason": "Only tenants ask it"}, action=other.public_id)
    units = [world.unit(name).public_id for name in (HOUSING, RESOURCES)]
    send(world.manager, "need_not", {"units": units, "reason": "No post"}, action=first.public_id)
    send(
        world.manager, "need_not", {"units": ["none"], "reason": "One job"}, action=second.public_id
    )
    said = read(world.manager, "two_tiers_list", "?which=apart")
    assert "4 decisions keep the two tiers apart" in said
    for words in ("Only tenants ask it", "Not needed of Resources", "Needs no directorate"):
        assert words in said
    assert "Kept as the directorate’s own. Only tenants ask it" in read(
        world.manager, "action", action=other.public_id
    )
    for row in Apart.objects.all():
        fields = {"reason": "A slip", "version": 1}
        send(world.manager, "undo_apart", fields, apart=row.public_id)
    assert "1 corporate action has no directorate behind it. 1 directorate" in read(world.manager)


@pytest.mark.parametrize("name", ["keep_local", "need_not"])
def test_a_decision_without_a_reason_is_asked_for_again(world, two, name):
    fields = {"reason": "", "units": ["none"]}
    answer = send(world.manager, name, fields, action=two[3].public_id)
    assert answer.status_code == 422
    assert not Apart.objects.exists()


def test_a_link_is_ended_from_the_page_of_either_end(world, two):
    first, _second, one, _other = two
    link = Link.objects.get(from_id=one.public_id)
    for row in (first, one):
        page = client(world.manager).get(reverse("action", kwargs={"action": row.public_id}))
        assert reverse("stop_serving", kwargs={"link": link.public_id}) in page.content.decode()
    answer = send(world.manager, "stop_serving", {"reason": "It never did"}, link=link.public_id)
    assert answer.status_code == 200
    assert "2 corporate actions have no directorate behind them." in read(world.manager)


def test_long_lists_are_read_a_page_at_a_time(world):
    above(world)
    below(world, *(f"Do it {number}" for number in range(53)))
    said = read(world.manager, "two_tiers_list", "?which=unserving")
    assert "53 directorate actions serve none" in said and "Page 1 of 2" in said
    assert "Do it 52" in read(world.manager, "two_tiers_list", "?which=unserving&page=2")
    assert "All 53" in read(world.manager)


def test_a_cell_says_how_many_are_at_its_worst(world):
    (upper,) = above(world)
    for row in (*below(world), *below(world, unit=TENANCY, when="31 March 2026")):
        serve(world, row, upper)
    assert "1 of 2 late" in read(world.manager)


def test_two_who_undo_at_once_are_told_of_each_other(world):
    kept = kept_local(world, world.unit(HOUSING))
    tiers.undo_apart(by=world.manager, apart=kept, version=1, reason="I was first", at=AT)
    fields = {"reason": "Me too", "version": 1}
    answer = send(world.manager, "undo_apart", fields, apart=kept.public_id)
    assert answer.status_code == 409
    assert "I was first" in answer.content.decode() and WHY in answer.content.decode()


def test_no_page_of_the_two_tiers_asks_more_for_many_rows_than_for_one(
    world, django_assert_max_num_queries
):
    (upper,), (lower,) = above(world), below(world)
    serve(world, lower, upper)
    kept_local(world, world.unit(RESOURCES))
    addresses = {
        "two tiers": reverse("two_tiers"),
        "strands": reverse("strands_page"),
        "serve": reverse("serve", kwargs={"action": lower.public_id}),
        "need not": reverse("need_not", kwargs={"action": upper.public_id}),
        "recommendation": reverse(
            "recommendation", kwargs={"recommendation": upper.recommendation.public_id}
        ),
        "action above": reverse("action", kwargs={"action": upper.public_id}),
        **{
            which: f"{reverse('two_tiers_list')}?which={which}"
            for which in ("unserved", "unserving", "disagreements", "apart")
        },
    }
    most = {"recommendation": 30, "action above": 28}
    manager = client(world.manager)

    def asked():
        found = {}
        for name, address in addresses.items():
            manager.get(address)
            with django_assert_max_num_queries(most.get(name, 20), info=name) as queries:
                assert manager.get(address).status_code == 200
            found[name] = len(queries.captured_queries)
        return found

    few = asked()
    for unit in (HOUSING, RESOURCES, TENANCY):
        for row in below(world, *(f"Do it {n}" for n in range(5)), unit=unit):
            serve(world, row, upper)
        kept_local(world, world.unit(unit))
    assert asked() == few
