"""How ratings moved: the register's SQL says what the edition's pure function says."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goldenthread.plan import edition as ed
from goldenthread.web import bridge
from goldenthread.web.bridge import Rating
from goldenthread.web.changes import ratings as changes
from goldenthread.web.models import TakenBack, Update
from goldenthread.web.queries import movement, plan
from web.world import AT, DAY, ON, action

NO_RECOVERY = {"cause": "", "step": "", "due": None}


def registered(world, **more):
    return plan.register(for_=world.manager, as_at=ON, **more)


def said_at_random(world, rows, seed):
    """Updates of the last two years, some with a period, some of a document, some not rated."""
    some = random.Random(seed)
    for row in rows:
        for number in range(1, some.randint(0, 6) + 1):
            day = ON - timedelta(days=some.randint(0, 700))
            by_hand = some.random() < 0.7
            Update.objects.create(
                action=row,
                number=number,
                at=timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 23, 30)),
                by=world.manager if by_hand else None,
                said_on=None if by_hand else day - timedelta(days=some.randint(0, 90)),
                about=day - timedelta(days=some.randint(-40, 90)) if some.random() < 0.6 else None,
                rag=some.choice(["", "red", "amber", "green", "blue", "purple"]),
                done=f"Said {number}",
            )


@pytest.mark.parametrize("few", [100, 0], ids=["a page", "a file"])
@pytest.mark.parametrize("seed", range(4))
def test_the_register_says_what_the_edition_says_of_the_same_rows(world, seed, few, monkeypatch):
    monkeypatch.setattr(movement, "_FEW", few)
    own = (
        Rating("green", "On course", "x"),
        Rating("amber", "Wobbling", "y"),
        Rating("red", "Stuck", "z"),
    )
    changes.keep_ratings(by=world.manager, ratings=own, reason="Why", version=0, at=AT - 200 * DAY)
    held = world.plan(*(action(f"Do the thing called {n}") for n in range(12)))
    rows = list(held.actions.order_by("position"))
    said_at_random(world, rows, seed)
    adopted = world.edition(held)
    told = {one.id: ed.movement(one, ON) for one in bridge.edition_of(adopted).actions}
    found = {row.public_id: row.movement for row in registered(world).actions}
    assert found == told
    assert {row.public_id: row.movement for row in registered(world, page=None).actions} == told
    assert sum(one is not None and one.was is not None for one in told.values()) > 2
    scales = bridge.scales()
    story = {
        row.public_id: ed.newest_moved(movement.ratings(row.updates.all(), ON, scales), ON)
        for row in rows
    }
    assert story == told


def test_what_was_taken_back_was_not_said(world):
    row = world.action()
    world.update(row, rag="green", about=ON - 100 * DAY)
    gone = world.update(row, rag="red")
    TakenBack.objects.create(update=gone, at=AT, by=world.manager)
    found = registered(world).actions[0].movement
    assert (found.now.colour, found.was) == ("green", None)


def test_nothing_is_said_of_what_is_done_or_withdrawn(world):
    row = world.action()
    world.update(row, rag="green", about=ON - 100 * DAY)
    world.update(row, rag="amber", status="withdrawn", **NO_RECOVERY)
    assert registered(world).actions[0].movement is None


def test_a_page_asks_no_more_for_many_rows_than_for_one(world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            registered(world)
        return len(queries)

    world.update(world.action(), rag="amber")
    registered(world)
    one = asked()
    for number in range(8):
        row = world.action(action(f"Another thing {number}"))
        world.update(row, rag="green", about=ON - 100 * DAY)
        world.update(row, rag="red")
    assert asked() == one


def test_red_or_amber_without_recovery_is_a_mark_that_is_counted_and_found(world):
    answered, silent, green, over = (world.action(action(f"Do {n}")) for n in range(4))
    world.update(answered, rag="red")
    world.update(green, rag="green")
    for row, status in ((silent, "in_progress"), (over, "withdrawn")):
        # As a document's own words come in: nobody asks a document for its recovery.
        Update.objects.create(action=row, number=1, at=AT, rag="amber", status=status)
        row.rag, row.status = "amber", status
        row.save()
    found = registered(world, filters=plan.Filters(mark="unanswered"))
    assert [row.pk for row in found.actions] == [silent.pk]
    assert (found.marks["unanswered"], found.found) == (1, 1)
    world.update(silent, rag="amber")
    assert registered(world).marks["unanswered"] == 0


def test_an_update_without_a_rating_leaves_the_answer_that_stands(world):
    row = world.action()
    world.update(row, rag="red")
    world.update(row, done="Went on")
    assert registered(world).marks["unanswered"] == 0


def test_which_colours_need_a_recovery_is_the_councils_own(world):
    row = world.action()
    Update.objects.create(action=row, number=1, at=AT, rag="amber")
    row.rag = "amber"
    row.save()
    assert registered(world).marks["unanswered"] == 1
    own = (Rating("amber", "Wobbling", "y"), Rating("red", "Stuck", "z"))
    changes.keep_ratings(by=world.manager, ratings=own, reason="Why", version=0, at=AT)
    assert registered(world).marks["unanswered"] == 0
