"""Strands: what belongs to each, by its plan or besides, as far as a reader may see it."""

import pytest

from goldenthread.web.changes import strands as changes
from goldenthread.web.models import Review
from goldenthread.web.queries import plan
from goldenthread.web.queries.strands import board, further
from web import measuring
from web.changes.tiering import above, below, strand
from web.world import AT, ON

HOUSING, RESOURCES = "Housing and Communities", "Resources"
EMPLOYER, LIFE = "Our role as an employer", "Life outcomes"


def put(world, thing, *names):
    kind = thing._meta.model_name
    deed = getattr(changes, f"put_{kind}_in_strands")
    thing.refresh_from_db()
    given = {kind: thing, "strands": [strand(name) for name in names], "version": thing.version}
    return deed(by=world.manager, at=AT, **given)


def strands(world, person=None):
    _tiers, found = board(for_=person or world.manager, on=ON)
    return {one.name: one for one in found}


@pytest.fixture
def one_of_each(world):
    (upper,), (lower,) = above(world), below(world, when="31 March 2026")
    measure = measuring.measure(world, of=upper)
    review = Review.objects.create(title="The Marsh review", unit=world.unit())
    type(upper.recommendation).objects.update(review=review)
    for thing in (lower, measure):
        put(world, thing, LIFE)
    return upper, lower, measure, review


def test_a_thing_is_counted_in_its_plans_strand_and_in_every_other_that_is_named(
    world, one_of_each
):
    upper, lower, measure, review = one_of_each
    found = strands(world)
    assert list(found) == [LIFE, EMPLOYER]
    life, employer = found[LIFE], found[EMPLOYER]
    assert (employer.rolled.above.total, employer.rolled.below.total) == (1, 1)
    assert (life.rolled.above.total, life.rolled.below.total, life.rolled.worst) == (0, 1, "late")
    assert (employer.measures, life.measures) == ((measure,), (measure,))
    assert (employer.reviews, life.reviews) == ((review,), ())
    put(world, review, LIFE)
    assert strands(world)[LIFE].reviews == (review,)
    assert [one.name for one in further(lower)] == [LIFE]
    assert further(upper) == ()


def test_a_review_is_of_the_strand_that_it_says_and_of_its_plans_where_it_says_none(
    world, one_of_each
):
    *_rest, review = one_of_each
    entered = Review.objects.create(title="R", unit=world.unit(), strand=strand(LIFE))
    Review.objects.filter(pk=review.pk).update(strand=strand(LIFE))
    found = strands(world)
    assert (found[LIFE].reviews, found[EMPLOYER].reviews) == ((review, entered), ())
    put(world, entered, LIFE, EMPLOYER)
    assert [one.name for one in further(entered)] == [EMPLOYER]
    assert strands(world)[EMPLOYER].reviews == (entered,)


def test_what_ended_in_a_strand_is_counted_there_no_more(world, one_of_each):
    _upper, lower, measure, _review = one_of_each
    for thing in (lower, measure):
        put(world, thing)
    life = strands(world)[LIFE]
    assert (life.rolled.below.total, life.measures_in_all) == (0, 0)


def test_a_reader_is_told_of_what_they_may_read_alone(world, one_of_each):
    person = world.somebody("director", world.unit(RESOURCES))
    found = strands(world, person)
    assert found[LIFE].rolled.below.total == 0
    assert found[EMPLOYER].measures_in_all == 1
    (secret,) = below(world, unit=HOUSING)
    put(world, measuring.measure(world, of=secret), LIFE)
    assert strands(world, person)[LIFE].measures_in_all == 1
    assert strands(world)[LIFE].measures_in_all == 2


def test_the_register_is_narrowed_by_a_strand(world, one_of_each):
    _upper, lower, _measure, _review = one_of_each

    def found(name):
        filters = plan.Filters(strand=strand(name).public_id)
        return list(plan.register(for_=world.manager, as_at=ON, filters=filters).actions)

    assert found(LIFE) == [lower]
    assert len(found(EMPLOYER)) == 2
