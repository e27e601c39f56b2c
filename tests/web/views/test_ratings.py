"""The council's own ratings: kept scale after scale, used everywhere, and never colour alone."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.bridge import Rating
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import ratings
from goldenthread.web.models import AuditEntry, RatingScale
from hostile import VECTORS
from web.world import AT, DAY
from web_pages import Page

OWN = (
    Rating("green", "On course", "no step is late"),
    Rating("red", "Stuck", "a step is late", recovery=True),
)


def keep(world, given=OWN, version=0, reason="Cabinet asked", at=AT, by=None):
    return ratings.keep_ratings(
        by=by or world.manager, ratings=given, reason=reason, version=version, at=at
    )


def sent(given=OWN, version=0, **more):
    fields = {f"word_{one.colour}": one.word for one in given}
    fields |= {f"rule_{one.colour}": one.rule for one in given}
    return {"key": "k" * 16, "version": version, "reason": "Cabinet asked"} | fields | more


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    return Page(answer.content).text


# -- the change ------------------------------------------------------------------------------------


def test_a_council_has_green_amber_and_red_until_it_keeps_its_own(world):
    assert [one.colour for one in bridge.scales().now.ratings] == ["green", "amber", "red"]
    keep(world)
    assert bridge.scales().now.ratings == OWN


def test_ratings_are_kept_best_first_whatever_the_order_given(world):
    keep(world, reversed(OWN))
    assert [one.colour for one in bridge.scales().now.ratings] == ["green", "red"]


@pytest.mark.parametrize(
    ("given", "reason", "field"),
    [
        (OWN[:1], "Why", "word_green"),
        (OWN, " ", "reason"),
        ((OWN[0], Rating("red", "on COURSE", "x")), "Why", "word_red"),
        ((OWN[0], Rating("red", "", "a step is late")), "Why", "word_red"),
        ((OWN[0], Rating("red", "Stuck", "")), "Why", "rule_red"),
        ((*OWN, Rating("pink", "Rosy", "always")), "Why", "pink"),
    ],
)
def test_a_scale_that_would_tell_nobody_anything_is_refused(world, given, reason, field):
    with pytest.raises(Missing) as refused:
        keep(world, given, reason=reason)
    assert set(refused.value.needs) == {field}
    assert not RatingScale.objects.exists()


def test_of_two_people_who_change_them_the_second_sees_what_the_first_kept(world):
    keep(world)
    with pytest.raises(OutOfStep) as late:
        keep(world, (OWN[0], Rating("amber", "Wobbling", "a step may be late")))
    assert late.value.theirs == {
        "green": "On course: no step is late",
        "red": "Stuck: a step is late, with a recovery",
    }


def test_only_a_role_in_the_whole_council_may_change_them(world):
    local = world.somebody("programme_manager", world.unit("Resources"))
    with pytest.raises(NotAllowed) as refused:
        keep(world, by=local)
    assert refused.value.rule == "reach"


def test_the_database_refuses_to_rewrite_a_scale(world):
    scale = keep(world)
    for deed in (
        lambda: RatingScale.objects.filter(pk=scale.pk).update(reason="Another"),
        scale.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


# -- what becomes of them --------------------------------------------------------------------------


def test_an_update_keeps_the_word_that_its_rating_had_when_it_was_given(world):
    row = world.action()
    world.update(row, rag="green", done="First", at=AT)
    keep(world, at=AT + DAY)
    world.update(row, rag="red", done="Second", at=AT + 2 * DAY)
    keep(world, (OWN[0], Rating("red", "Off course", "x")), version=1, at=AT + 3 * DAY)
    page = text(as_(world.manager).get(reverse("action", kwargs={"action": row.public_id})))
    assert page.index("Green First") < page.index("Stuck Second")
    assert "Rated by the lead: Stuck" in page
    edition = plans.adopt_edition(
        by=world.manager, plan=row.plan, version=row.plan.version, at=AT + 4 * DAY
    )
    told = bridge.edition_of(edition)
    assert [said.label for said in told.actions[0].updates] == ["Green", "Stuck"]


def test_a_rating_that_is_not_in_use_is_not_taken(world):
    keep(world)
    row = world.action()
    with pytest.raises(Missing) as refused:
        world.update(row, rag="amber")
    assert set(refused.value.needs) == {"rag"}


def test_the_form_of_an_update_offers_each_rating_with_its_rule(world):
    keep(world)
    row = world.action()
    page = text(as_(world.manager).get(reverse("add_update", kwargs={"action": row.public_id})))
    assert "No rating On course no step is late Stuck a step is late" in page


def test_the_register_can_be_narrowed_by_a_rating_and_says_it_in_words(world):
    keep(world)
    rows = [world.action() for _ in range(2)]
    world.update(rows[0], rag="red", at=AT)
    client = as_(world.manager)
    found = Page(client.get(reverse("register"), {"rating": "red"}).content)
    links = [reverse("action", kwargs={"action": row.public_id}) for row in rows]
    assert [link in found.links for link in links] == [True, False]
    assert "Stuck" in found.text
    table = client.get(reverse("register_csv"), {"rating": "red"}).content.decode("utf-8-sig")
    assert [line.count("Stuck") for line in table.splitlines()] == [0, 1]


def test_a_council_says_which_colours_need_a_recovery_and_red_always_does(world):
    row = world.action()
    no_recovery = {"cause": "", "step": "", "due": None}
    assert bridge.scales().now.needing == ("amber", "red")
    amber, red = Rating("amber", "Wobbling", "x"), Rating("red", "Stuck", "y")
    keep(world, (amber, red))
    assert bridge.scales().now.needing == ("red",)
    world.update(row, rag="amber", **no_recovery)
    with pytest.raises(Missing) as refused:
        world.update(row, rag="red", **no_recovery)
    assert refused.value.needs["cause"] == "It is rated Stuck: say why it is in trouble."
    keep(world, (Rating("purple", "Paused", "x", recovery=True), red), version=1)
    assert bridge.scales().now.needing == ("red", "purple")
    with pytest.raises(Missing) as refused:
        world.update(row, rag="purple", **no_recovery)
    assert set(refused.value.needs) == {"cause", "step", "due"}


def test_a_scale_kept_before_recoveries_were_asked_for_needs_them_for_red_and_amber(world):
    labels = [
        {"colour": colour, "word": colour.capitalize(), "rule": "x"}
        for colour in ("green", "amber", "red", "grey")
    ]
    RatingScale.objects.create(number=1, labels=labels, reason="Old", at=AT, by=world.manager)
    assert bridge.scales().now.needing == ("amber", "red")


# -- its pages -------------------------------------------------------------------------------------


def test_everybody_who_reads_the_register_reads_the_rules_and_what_they_were(world):
    keep(world)
    page = text(as_(world.council.holding("councillor")).get(reverse("ratings")))
    for words in ("in one of two ways", "On course No step is late", "Amber: at risk of missing"):
        assert words in page
    assert reverse("change_ratings") not in page


def test_a_manager_changes_them_by_the_form_and_the_audit_says_so(world):
    client = as_(world.manager)
    assert client.post(reverse("change_ratings"), sent()).status_code == 302
    assert bridge.scales().now.ratings == OWN
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, entry.actor) == ("ratings.kept", world.manager.public_id)
    assert client.post(reverse("change_ratings"), sent()).status_code == 302
    assert RatingScale.objects.count() == 1


def test_the_form_asks_of_each_colour_but_red_whether_it_needs_a_recovery(world):
    client = as_(world.manager)
    page = Page(client.get(reverse("change_ratings")).content)
    boxes = {e[1].get("name") for e in page.elements if e[0] == "input"}
    assert {"recovery_amber", "recovery_grey"} <= boxes
    assert "recovery_red" not in boxes
    ticked = sent(word_amber="Wobbling", rule_amber="x", recovery_green="on")
    assert client.post(reverse("change_ratings"), ticked).status_code == 302
    assert bridge.scales().now.needing == ("green", "red")
    read = text(client.get(reverse("ratings")))
    assert "On course No step is late Needs a cause, a recovery step and a date." in read
    assert "Wobbling X Stuck" in read


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(world):
    given = sent(reason="", word_red="", word_blue="Done and embedded")
    answer = as_(world.manager).post(reverse("change_ratings"), given)
    assert answer.status_code == 422
    page = Page(answer.content)
    assert {"#word_red", "#rule_blue", "#reason"} <= set(page.links)
    assert 'value="Done and embedded"' in answer.content.decode()


def test_whoever_comes_second_sees_both_versions_in_the_form(world):
    keep(world)
    answer = as_(world.manager).post(reverse("change_ratings"), sent(word_red="Behind"))
    assert answer.status_code == 409
    assert "What stands now" in text(answer)
    assert "Stuck: a step is late" in text(answer)
    assert 'value="Behind"' in answer.content.decode()


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_words_are_kept_as_words(world, vector):
    given = (OWN[0], Rating("red", vector[:40], vector))
    keep(world, given)
    answer = as_(world.manager).get(reverse("ratings"))
    assert not [e for e in Page(answer.content).elements if "onerror" in e[1] or e[0] == "script"]
