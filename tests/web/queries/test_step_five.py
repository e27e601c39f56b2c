"""What step 5 asks of the database: facts of gates, actions judged, and the body's one total."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from goldenthread.plan.objectives import settled_on
from goldenthread.web.changes import directorate_plan, review, service_plans
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, ObjectiveCount, Planning, Strand, Succession, Unit
from goldenthread.web.queries import objectives, pledges, smart
from goldenthread.web.queries.planning import facts
from web.changes import pledging
from web.changes.pledging import Q2
from web.world import AT, DAY, ON

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"
PLACE, ADULTS = "Place and Environment", "Adults and Health"
SETTLED = settled_on(Q2)
OF_STEP = ("actions", "actions_smart", "pledges", "service_plans")


def _serves(world, row):
    plans.link(by=world.manager, from_=row, to=world.action(), meaning="serves", since=ON, at=AT)


def test_facts_count_actions_those_that_are_smart_pledges_and_service_plans(world):
    planning = pledging.planned(world)
    whole = pledging.added(world, planning)
    _serves(world, whole)
    pledging.added(world, planning, "Improve induction")
    pledging.pledge(world)
    row = pledging.service_plan(world)
    service_plans.put_in_service_plan(by=world.manager, service_plan=row, action=whole, at=AT)
    bare = world.planning(world.unit(RESOURCES))
    found = facts([planning.pk, bare.pk])
    assert {key: {word: told[word] for word in OF_STEP} for key, told in found.items()} == {
        planning.pk: {"actions": 2, "actions_smart": 1, "pledges": 1, "service_plans": 1},
        bare.pk: {"actions": 0, "actions_smart": 0, "pledges": 0, "service_plans": 0},
    }


def test_facts_ask_as_often_for_many_plannings_as_for_one(world, django_assert_num_queries):
    first = pledging.planned(world)
    pledging.added(world, first)
    with django_assert_num_queries(4):
        facts([first.pk])
    for name in (RESOURCES, PLACE):
        planning = pledging.planned(world, world.unit(name))
        for _ in range(3):
            pledging.added(world, planning)
    every = list(Planning.objects.values_list("pk", flat=True))
    with django_assert_num_queries(4):
        facts(every)
    with django_assert_num_queries(1):
        assert len(facts(every)) == 3


def _judged(row):
    return smart.of_plans([row.plan_id])[row.plan_id].get(row.pk)


def test_what_was_judged_is_judged_again_after_every_change_that_it_rests_on(world):
    planning = pledging.planned(world)
    row = pledging.added(world, planning, measure="", baseline="", target="")
    assert [one.word for one in _judged(row).missing] == ["relevant"]
    _serves(world, row)
    assert _judged(row).passes
    row.refresh_from_db()
    plans.reword_action(
        by=world.manager, action=row, version=row.version, text="Improve posts", at=AT
    )
    assert [one.word for one in _judged(row).missing] == ["specific", "measurable"]
    directorate_plan.say_what_good_is(
        by=world.manager, of=row, version=row.version, text=pledging.GOOD, at=AT
    )
    assert [one.word for one in _judged(row).missing] == ["measurable"]
    row.leads.update(kind="body", until=ON)
    assert [one.word for one in _judged(row).missing] == ["measurable", "achievable"]
    row.refresh_from_db()
    review.add_update(
        by=world.manager, action=row, version=row.version, status="withdrawn", done="No", at=AT
    )
    assert _judged(row) is None


def test_one_action_is_judged_as_the_whole_plan_is(world):
    planning = pledging.planned(world)
    for text in ("Improve induction", "Train all 9 panels"):
        pledging.added(world, planning, text)
    for row in Action.objects.filter(plan=planning.plan):
        assert smart.of_action(row) == _judged(row)


# -- the body's total ------------------------------------------------------------------------------


@pytest.fixture
def three(world):
    """Three directorates that counted: 312 of 405, 40 of 90, 20 of 30."""
    for name, serving, held in ((HOUSING, 312, 405), (RESOURCES, 40, 90), (PLACE, 20, 30)):
        planning = world.planning(world.unit(name))
        pledging.counted(world, planning, serving=serving, held=held)


def test_the_total_is_of_the_whole_body_once_its_quarter_is_settled(world, three):
    assert objectives.body_total(SETTLED - DAY) is None
    assert objectives.body_total(SETTLED) == (372, 525)
    assert objectives.body_total_up_to(SETTLED) == Q2
    assert objectives.body_total_up_to(SETTLED - DAY) is None


def test_nothing_is_told_where_one_director_could_subtract_their_own(world):
    for name in (HOUSING, RESOURCES):
        pledging.counted(world, world.planning(world.unit(name)))
    assert objectives.body_total(SETTLED) is None


def test_an_intruder_learns_nothing_of_a_small_directorate_from_two_editions(world, three):
    """The first edition has a total. Then a small directorate counts late, and one corrects."""
    first = objectives.body_total(SETTLED)
    late = timezone.make_aware(datetime(2026, 11, 15, 12))
    small = world.planning(world.unit(ADULTS))
    pledging.counted(world, small, serving=2, held=6, at=late)
    pledging.counted(world, serving=311, held=405, reason="Counted twice", at=late)
    assert ObjectiveCount.objects.filter(replaced_by__isnull=True).count() == 4
    for day in (SETTLED, date(2026, 11, 20), date(2027, 3, 1)):
        assert objectives.body_total(day) == first == (372, 525)
    # In the next quarter the small one counts in time, and all the others stand as they were.
    pledging.counted(
        world,
        small,
        serving=2,
        held=6,
        ends=date(2026, 12, 31),
        at=timezone.make_aware(datetime(2027, 1, 5, 12)),
    )
    assert objectives.body_total(date(2027, 3, 1)) == first


def test_a_page_of_a_directorate_and_the_total_give_a_director_the_sum_of_two_others(world, three):
    own = objectives.of_planning(world.planning()).now
    assert own.words == "312 of 405"
    total = objectives.body_total(SETTLED)
    assert (total[0] - 312, total[1] - 405) == (60, 120)


def test_a_division_and_a_second_strand_are_not_counted_twice(world, three):
    pledging.counted(world, world.planning(world.unit(TENANCY)), serving=50, held=60)
    strand = Strand.objects.create(name="Services")
    second = Planning.objects.create(unit=world.unit(HOUSING), strand=strand, begins=ON - 200 * DAY)
    pledging.counted(world, second, serving=100, held=405)
    assert objectives.body_total(SETTLED) == (372, 525)


def test_a_directorate_that_was_moved_goes_on_as_the_same_part(world, three):
    was = world.unit(PLACE)
    now = Unit.objects.create(name="Place", kind="Directorate", parent=was.parent, begins=ON)
    Succession.objects.create(before=was, after=now, on=ON)
    assert objectives.body_total(SETTLED) == (372, 525)
    pledging.counted(world, world.planning(now), serving=21, held=31)
    assert objectives.body_total(SETTLED) == (373, 526)


def test_a_directorate_that_was_split_is_not_counted_beside_its_parts(world, three):
    was = world.unit(PLACE)
    for name in ("Streets", "Parks"):
        part = Unit.objects.create(name=name, kind="Directorate", parent=was.parent, begins=ON)
        Succession.objects.create(before=was, after=part, on=ON)
        pledging.counted(world, world.planning(part), serving=10, held=15)
    assert objectives.body_total(SETTLED) == (372, 525)


def test_a_pledge_is_silent_once_two_whole_quarters_have_passed_without_a_word(world):
    row = pledging.pledge(world, made_on=date(2026, 3, 31))
    assert not pledges.of_pledge(row, on=date(2026, 9, 30)).silent
    assert pledges.of_pledge(row, on=date(2026, 10, 1)).silent
    later = pledging.pledge(world, made_on=date(2026, 4, 1))
    assert not pledges.of_pledge(later, on=date(2026, 10, 1)).silent
