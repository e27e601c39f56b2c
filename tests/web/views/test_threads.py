"""The thread of a recommendation, walked both ways, in the workspace and in public."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.web.models import TakenBack
from goldenthread.web.queries import recommendations
from web.world import AT, DAY, ON, action
from web_pages import Page


@pytest.fixture
def rows(world):
    plan = world.plan(action("Train every panel"), action("Publish the figures"))
    first, second = plan.actions.order_by("position")
    world.update(first, rag="red", done="Two were trained", at=AT)
    world.update(second, rag="green", done="Figures drafted", at=AT + DAY)
    return first, second


def page(world, name, row):
    client = Client()
    client.force_login(world.manager)
    kind = "recommendation" if name == "recommendation" else "action"
    return Page(client.get(reverse(name, kwargs={kind: row.public_id})).content)


def test_the_thread_tells_promises_updates_and_recoveries_in_order_of_time(world, rows):
    rec = rows[0].recommendation
    found = recommendations.thread(rec, for_=world.manager, on=ON + DAY)
    assert [(one.kind, one.action) for one in found.events] == [
        *(("promise", row) for row in rows),
        *(("update", row) for row in rows),
    ]
    shown = page(world, "recommendation", rec)
    assert shown.text.index("Two were trained") < shown.text.index("Figures drafted")
    assert "Why: Nobody tendered" in shown.text
    assert all(reverse("action", kwargs={"action": row.public_id}) in shown.links for row in rows)


def test_what_was_taken_back_or_cannot_be_seen_is_not_told(world, rows):
    rec = rows[0].recommendation
    TakenBack.objects.create(update=rows[0].updates.get(), at=AT, by=world.manager)
    found = recommendations.thread(rec, for_=world.manager, on=ON + DAY)
    assert [one.row.done for one in found.events if one.kind == "update"] == ["Figures drafted"]
    assert recommendations.thread(rec, for_=world.somebody(), on=ON).events == ()


def test_an_action_leads_back_to_its_recommendation_and_on_to_the_next_action(world, rows):
    first, second = rows
    to = {row.pk: reverse("action", kwargs={"action": row.public_id}) for row in rows}
    rec = reverse("recommendation", kwargs={"recommendation": first.recommendation.public_id})
    one, other = page(world, "action", first), page(world, "action", second)
    assert rec in one.links
    assert rec in other.links
    assert (to[second.pk] in one.links, to[first.pk] in other.links) == (True, True)
    assert ("The action after" in one.text, "The action before" in one.text) == (True, False)


def test_the_story_of_a_rating_is_a_table_by_quarter_with_its_movement(world):
    row = world.action()
    world.update(row, rag="green", about=ON - 100 * DAY)
    world.update(row, rag="red", about=ON - DAY)
    shown = page(world, "action", row).text
    assert "Red down from Green in Q1 2026/27" in shown
    assert "Quarter Rating" in shown
    assert "Q2 2026/27 Red Q1 2026/27 Green" in shown
