"""Areas: placed, chosen or not, placed anew, withdrawn, joined; where each stood is kept."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.plan.choosing import CHOICE_WORDS, DIFFERENCE_WORDS, HARDNESS_WORDS
from goldenthread.web.changes import choosing as changes
from goldenthread.web.changes import milestones, planning, visions
from goldenthread.web.models import Area, AreaSaid, Link
from goldenthread.web.permissions import Known
from goldenthread.web.queries import choosing as queries
from goldenthread.web.queries.facts import facts_for
from web import choosing, listening
from web.world import AT, DAY, ON

MARCH = date(2027, 3, 31)
SAID = ("title", "hardness", "difference", "choice", "reason", "evidence", "horizon")


def weigh(world, row, why="Staff said so", on=ON, **said):
    row.refresh_from_db()
    now = {name: getattr(row, name) for name in SAID}
    return changes.weigh_area(
        by=world.manager,
        area=row,
        version=row.version,
        weighed=changes.Weighed(**now | said),
        on=on,
        why=why,
        at=AT,
    )


def seen(world, of, by=None):
    person = by or world.manager
    return queries.of_planning(of, for_=person, on=ON, known=Known.of(person, ON))


def test_an_area_that_is_placed_anew_keeps_where_it_stood_when_and_why(world):
    row = choosing.area(world, number="H2", hardness="challenging", choice="undecided", on=ON - DAY)
    weigh(world, row, why="The pack showed it", hardness="most", choice="chosen")
    row.refresh_from_db()
    assert (row.hardness, row.choice) == ("most", "chosen")
    first, second = queries.history(row)
    assert (first.row.on, first.changes) == (ON - DAY, ("Challenging, greatest difference.",))
    assert (second.row.on, second.row.why) == (ON, "The pack showed it")
    assert second.changes == ("Moved to most challenging, greatest difference.", "Chosen.")


def test_an_area_that_was_withdrawn_stays_with_its_reason_and_can_be_taken_up_again(world):
    row = choosing.withdrawn(world)
    found = seen(world, row.planning)
    assert (found.areas, found.withdrawn) == ((), (row,))
    with pytest.raises(Missing, match="already"):
        changes.withdraw_area(by=world.manager, area=row, version=2, reason="Again", at=AT)
    weigh(world, row, why="It came up in two sessions more")
    found = seen(world, row.planning)
    assert (len(found.areas), found.withdrawn) == (1, ())
    told = queries.history(row)
    assert [one.changes[0] for one in told[1:]] == ["Withdrawn.", "Taken up again."]
    assert told[1].row.withdrawn_because == "It is one with another"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"hardness": "somewhat"}, "hardness"),
        ({"difference": ""}, "difference"),
        ({"choice": "perhaps"}, "choice"),
        ({"horizon": "Some day"}, "horizon"),
    ],
)
def test_what_does_not_place_an_area_is_refused(world, said, field):
    with pytest.raises(Missing) as refused:
        choosing.area(world, **said)
    assert set(refused.value.needs) == {field}
    assert not Area.objects.exists()


def test_a_number_is_given_once_in_a_planning_even_to_one_that_was_withdrawn(world):
    row = choosing.withdrawn(world)
    for number in (row.number, row.number.lower(), ""):
        with pytest.raises(Missing) as refused:
            changes.add_area(
                by=world.manager,
                planning=row.planning,
                number=number,
                weighed=choosing.weighed(),
                on=ON,
                at=AT,
            )
        assert set(refused.value.needs) == {"number"}


def test_a_day_before_the_planning_or_to_come_is_refused(world):
    of = world.planning()
    for day in (of.begins - DAY, ON + DAY):
        with pytest.raises(Missing) as refused:
            choosing.area(world, of, on=day)
        assert set(refused.value.needs) == {"on"}


def test_a_change_without_a_reason_and_one_that_changes_nothing_are_refused(world):
    row = choosing.area(world)
    for why, said, field in (("", {"hardness": "less"}, "why"), ("Because", {}, "title")):
        with pytest.raises(Missing) as refused:
            weigh(world, row, why=why, **said)
        assert set(refused.value.needs) == {field}
    assert AreaSaid.objects.count() == 1


def test_of_two_who_place_an_area_at_once_one_is_told(world):
    row = choosing.area(world)
    weigh(world, row, hardness="less")
    with pytest.raises(OutOfStep):
        changes.weigh_area(
            by=world.manager,
            area=row,
            version=1,
            weighed=choosing.weighed(hardness="challenging"),
            on=ON,
            why="Because",
            at=AT,
        )
    assert AreaSaid.objects.count() == 2


def test_what_was_said_of_an_area_is_never_changed_or_removed(world):
    choosing.area(world)
    for deed in (
        lambda: AreaSaid.objects.update(reason="Another"),
        lambda: AreaSaid.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def horizons(world, of, *pairs):
    of.refresh_from_db()
    return changes.keep_planning_horizons(
        by=world.manager, planning=of, horizons=pairs, version=of.version, at=AT
    )


def test_an_area_goes_by_the_last_day_that_its_horizon_has_now_and_keeps_the_one_it_had(world):
    of = world.planning()
    horizons(world, of, ("Short term", MARCH))
    row = choosing.area(world, of, horizon="Short term")
    assert seen(world, of).areas[0].placed.line == "Short term: by 31 March 2027"
    horizons(world, of, ("Short term", MARCH + 30 * DAY))
    assert seen(world, of).areas[0].placed.line == "Short term: by 30 April 2027"
    assert queries.history(row)[0].row.ends == MARCH
    horizons(world, of)
    assert seen(world, of).areas[0].placed.line == "Short term: no last day is set"
    weigh(world, row, reason="It can still be said of it")


def test_once_the_plan_of_the_directorate_has_horizons_they_hold(world):
    of = world.planning()
    horizons(world, of, ("Short term", MARCH))
    choosing.area(world, of, horizon="Short term")
    plan = world.plan(unit=of.unit)
    of.refresh_from_db()
    planning.name_plan(by=world.manager, planning=of, plan=plan, version=of.version, at=AT)
    assert not seen(world, of).horizons_are_the_plans
    milestones.keep_horizons(
        by=world.manager,
        plan=plan,
        horizons=[("Short term", MARCH + DAY)],
        version=plan.version,
        at=AT,
    )
    found = seen(world, of)
    assert found.horizons_are_the_plans
    assert found.areas[0].placed.line == "Short term: by 1 April 2027"
    with pytest.raises(Missing, match="not kept"):
        horizons(world, of, ("Long term", MARCH))


@pytest.mark.parametrize(
    "pairs",
    [
        [("Short term", MARCH), ("short term", MARCH + DAY)],
        [("Short term", MARCH), ("Long term", MARCH)],
        [(f"Term {n}", MARCH + n * DAY) for n in range(7)],
    ],
)
def test_two_horizons_of_a_name_or_a_day_and_too_many_are_refused(world, pairs):
    with pytest.raises(Missing):
        horizons(world, world.planning(), *pairs)


# -- what it comes from, and what came of it -------------------------------------------------------


def ground(world, row, thing, by=None):
    return changes.ground_area(by=by or world.manager, area=row, ground=thing, at=AT)


def test_an_area_comes_from_themes_findings_measures_and_actions(world):
    row = choosing.area(world)
    of, unit = row.planning, row.planning.unit
    theme = listening.theme(world, of)
    finding = listening.pack(world, of).findings.get()
    measure, action = choosing.measure(world, unit), world.action()
    for thing in (theme, finding, measure, action):
        ground(world, row, thing)
    [held] = seen(world, of).areas
    assert [one.kind for one in held.grounds] == ["heardtheme", "packfinding", "measure", "action"]
    assert held.actions == ()
    assert held.grounds[0].words == theme.name


def test_what_belongs_to_another_directorate_is_no_ground_and_no_action(world):
    row = choosing.area(world)
    other = world.unit("Resources")
    things = [
        world.action(unit=other),
        choosing.measure(world, other),
        listening.theme(world, unit=other),
    ]
    for thing in things:
        with pytest.raises(Missing):
            ground(world, row, thing)
    with pytest.raises(Missing):
        changes.act_on_area(by=world.manager, area=row, action=things[0], at=AT)
    with pytest.raises(Missing):  # of the whole council: it is served, and comes from nothing here
        changes.act_on_area(by=world.manager, area=row, action=world.action(), at=AT)
    assert not Link.objects.filter(meaning="comes_from").exists()


def test_an_area_that_is_chosen_becomes_actions_of_its_directorate_and_its_divisions(world):
    row = choosing.area(world)
    actions = [
        world.action(unit=row.planning.unit),
        world.action(unit=world.unit("Tenancy Services")),
    ]
    for action in (*actions, actions[0]):
        changes.act_on_area(by=world.manager, area=row, action=action, at=AT)
    [held] = seen(world, row.planning).areas
    assert [one.id for one in held.actions] == [one.public_id for one in actions]
    link = Link.objects.get(from_id=actions[0].public_id, meaning="comes_from")
    assert (link.from_kind, link.to_kind, link.to_id) == ("action", "area", row.public_id)


def test_an_area_that_is_not_chosen_becomes_no_action(world):
    action = world.action(unit=world.unit("Housing and Communities"))
    for row in (
        choosing.area(world, choice="not_chosen"),
        choosing.area(world, choice="undecided"),
        choosing.withdrawn(world),
    ):
        with pytest.raises(Missing) as refused:
            changes.act_on_area(by=world.manager, area=row, action=action, at=AT)
        assert set(refused.value.needs) == {"action"}


def test_a_link_of_an_area_ends_with_a_reason_and_once(world):
    row = choosing.grounded(world)
    link, given = choosing.last_link(row), {"by": world.manager, "area": row, "at": AT}
    other = choosing.grounded(world)
    with pytest.raises(Missing):
        changes.unjoin_area(joined=choosing.last_link(other), reason="It was another", **given)
    changes.unjoin_area(joined=link, reason="It was another", **given)
    known = Known.of(world.manager, ON)
    assert queries.one(row, for_=world.manager, on=ON, known=known).grounds == ()
    assert queries.ended_ties(row) == 1
    with pytest.raises(OutOfStep):
        changes.unjoin_area(joined=link, reason="It was another", **given)


def test_who_may_not_read_where_something_stands_is_not_told_of_it(world):
    row = choosing.area(world)
    ground(world, row, listening.theme(world, row.planning))
    ground(world, row, world.action())
    nobody = world.somebody("director", world.unit("Resources"))
    [held] = seen(world, row.planning, by=nobody).areas
    assert [one.kind for one in held.grounds] == ["action"]  # of the whole council: all may read it
    assert len(seen(world, row.planning).areas[0].grounds) == 2


# -- what gates count, and what an edition is given ------------------------------------------------


def test_gates_count_what_is_on_the_matrix_chosen_and_chosen_with_a_reason(world):
    of, other = world.planning(), world.planning(world.unit("Resources"))
    choosing.area(world, of)
    choosing.area(world, of, reason="")
    choosing.area(world, of, choice="not_chosen")
    choosing.withdrawn(world)
    assert facts_for([of.pk, other.pk], queries.COUNTED) == {
        of.pk: {
            "priorities": 3,
            "chosen": 2,
            "chosen_with_reason": 1,
            "visions": 0,
            "vision_signed": 0,
        },
        other.pk: dict.fromkeys(
            ("priorities", "chosen", "chosen_with_reason", "visions", "vision_signed"), 0
        ),
    }


def test_facts_of_many_plannings_take_as_few_questions_as_of_one(world, django_assert_num_queries):
    of = [world.planning(world.unit(name)) for name in ("Resources", "Housing and Communities")]
    for one in of:
        choosing.area(world, one)
        choosing.vision(world, one)
    for keys in ([of[0].pk], [one.pk for one in of]):
        with django_assert_num_queries(1):
            facts_for(keys, queries.COUNTED)


def test_an_edition_is_given_what_is_decided_with_its_reason_and_its_themes(world):
    of = world.planning()
    rows = [
        choosing.area(world, of, number="H10", choice="not_chosen"),
        choosing.area(world, of, number="H2"),
        choosing.area(world, of, number="H3", choice="undecided"),
    ]
    choosing.withdrawn(world)
    theme = listening.theme(world, of)
    for row in rows:
        ground(world, row, theme)
    given = queries.decided(of)
    assert [(one.placed.number, one.placed.choice, one.themes) for one in given] == [
        ("H2", "chosen", (theme.public_id,)),
        ("H10", "not_chosen", (theme.public_id,)),
    ]


SAYINGS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(list(HARDNESS_WORDS)),
            st.sampled_from(list(DIFFERENCE_WORDS)),
            st.sampled_from(list(CHOICE_WORDS)),
            st.sampled_from(["", "Staff said so"]),
        ),
        st.just("withdraw"),
    ),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAYINGS)
def test_an_area_always_stands_as_it_was_last_said_and_all_that_was_said_is_kept(world, sayings):
    row, said = choosing.area(world), 1
    for one in sayings:
        row.refresh_from_db()
        try:
            with transaction.atomic():
                if one == "withdraw":
                    given = {"by": world.manager, "area": row, "version": row.version, "at": AT}
                    changes.withdraw_area(reason="No more", **given)
                else:
                    names = ("hardness", "difference", "choice", "reason")
                    weigh(world, row, **dict(zip(names, one, strict=True)))
        except Missing:
            continue
        said += 1
    row.refresh_from_db()
    history = list(row.said.all())
    assert len(history) == said
    for name in (*SAID, "withdrawn_because"):
        assert getattr(row, name) == getattr(history[-1], name)
    assert all(later.why for later in history[1:])


def test_once_a_planning_is_closed_nothing_of_its_steps_changes(world):
    row, vision = choosing.grounded(world), choosing.to_sign(world)
    of = row.planning
    of.closed_on = ON
    of.save()
    vision.planning.refresh_from_db()
    post = vision.signers.get().post
    for deed in (
        lambda: choosing.area(world, of),
        lambda: weigh(world, row, hardness="less"),
        lambda: changes.withdraw_area(by=world.manager, area=row, version=1, reason="No", at=AT),
        lambda: ground(world, row, world.action()),
        lambda: choosing.vision(world, of),
        lambda: choosing.asked(world, row=vision),
        lambda: visions.sign_vision(by=choosing.holder(post), vision=vision, post=post, at=AT),
    ):
        with pytest.raises(NotAllowed) as refused:
            deed()
        assert refused.value.rule == "planning_is_open"
