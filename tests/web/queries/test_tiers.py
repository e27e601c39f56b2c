"""Both tiers as a reader may see them: only what the register shows them, the counts as well."""

from datetime import timedelta

import pytest

from goldenthread.plan.tiers import told
from goldenthread.web.changes import people, strands, tiers, units
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Plan, Planning
from goldenthread.web.queries import tier_ends
from goldenthread.web.queries.tiers import both, kept_apart
from web.changes.tiering import WHY, above, below, serve, strand
from web.world import AT, DAY, ON, SHOWN

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"


def seen(world, person=None, **more):
    return both(for_=person or world.manager, on=ON, **more)


def words(found):
    return [one.words for one in found]


def cell(world, upper, unit=HOUSING, person=None):
    """The cell of one action of the council and one directorate."""
    found = seen(world, person)
    row = next(row for row in found.met.rows if row.action.id == upper.public_id)
    return row.cells[found.met.directorates.index(world.unit(unit).public_id)]


def test_orphans_are_found_both_ways(world):
    first, second = above(world, "Mixed panels", "Careers conversations")
    one, two = below(world, "Train the panels", "Wording of letters")
    serve(world, one, first)
    found = seen(world).met
    assert (words(found.unserved), words(found.unserving)) == (
        ["Careers conversations"],
        ["Wording of letters"],
    )
    assert [one.id for one in found.unserved] == [second.public_id]
    assert [one.id for one in found.unserving] == [two.public_id]


def test_what_serves_none_is_the_same_where_what_serves_is_not_even_fetched(world):
    upper, gone = above(world, "Mixed panels", "Careers conversations")
    serving, _loose, lost, local, withdrawn = below(
        world, "Serves", "Serves none", "Serves what is gone", "Local", "Gone"
    )
    (under_lost,) = below(world, "Serves a gone one", unit=TENANCY)
    (elsewhere,) = below(world, "Serves none in Resources", unit=RESOURCES)
    for lower, end in (
        (serving, upper),
        (serving, gone),
        (lost, gone),
        (under_lost, withdrawn),
        (withdrawn, upper),
    ):
        serve(world, lower, end)
    tiers.keep_local(by=world.manager, action=local, reason=WHY, at=AT)
    type(gone).objects.filter(pk__in=[gone.pk, withdrawn.pk]).update(status="withdrawn")
    whole, alone = seen(world), seen(world, serving=False)
    assert words(whole.met.unserving) == [
        "Serves none",
        "Serves what is gone",
        "Serves none in Resources",
        "Serves a gone one",
    ]
    assert alone.met.unserving == whole.met.unserving
    assert alone.tiers.above == whole.tiers.above
    assert serving.public_id not in {one.id for one in alone.tiers.below}
    for unit in (HOUSING, RESOURCES):
        key = world.unit(unit).public_id
        found = [seen(world, directorate=key, serving=each).met.unserving for each in (True, False)]
        assert found[0] == found[1]
    assert elsewhere.public_id in {one.id for one in found[1]}


def test_an_action_of_a_closed_year_is_no_orphan_and_still_stands_behind_what_it_serves(world):
    (upper,) = above(world)
    old, served = below(world, "Train the governors", "Train the panels")
    serve(world, served, upper)
    year = world.planning(closed=True)
    assert words(seen(world).met.unserving) == ["Train the governors"]
    Planning.objects.filter(pk=year.pk).update(plan=old.plan)
    found = seen(world).met
    assert (words(found.unserving), words(found.serving)) == ([], ["Train the panels"])
    # Where this year goes on with the same plan, its actions are asked about as any are.
    Planning.objects.filter(pk=world.planning().pk).update(plan=old.plan)
    assert words(seen(world).met.unserving) == ["Train the governors"]


def test_the_worst_of_a_directorate_is_shown_whatever_part_of_it_is_late(world):
    (upper,) = above(world)
    (good,), (late,) = below(world), below(world, unit=TENANCY, when="31 March 2026")
    for row in (good, late):
        serve(world, row, upper)
    found = cell(world, upper)
    assert (found.count, found.worst, found.at_worst) == (2, "late", 1)


def test_what_is_apart_is_no_gap_until_it_is_undone(world):
    (upper,), (lower,) = above(world), below(world)
    given = {"by": world.manager, "reason": WHY, "at": AT}
    local = tiers.keep_local(action=lower, **given)
    tiers.need_not(action=upper, units=[world.unit(HOUSING)], **given)
    found = seen(world).met
    assert (found.unserving, words(found.local)) == ((), ["Train the panels"])
    assert (cell(world, upper).state, cell(world, upper, RESOURCES).state) == (
        "not_needed",
        "nothing",
    )
    none = tiers.need_no_directorate(action=upper, **given)
    assert (seen(world).met.unserved, len(kept_apart(for_=world.manager, on=ON))) == ((), 3)
    for row in (local, none):
        tiers.undo_apart(apart=row, version=row.version, **given)
    found = seen(world).met
    assert (len(found.unserved), len(found.unserving)) == (1, 1)


def test_a_link_counts_while_it_stands(world):
    (upper,), (lower,) = above(world), below(world)
    link = serve(world, lower, upper)
    assert cell(world, upper).state == "served"
    tiers.stop_serving(by=world.manager, joined=link, reason=WHY, at=AT + DAY)
    assert both(for_=world.manager, on=ON + DAY).met.rows[0].cells[0].state == "nothing"


def test_drafts_and_plans_that_have_ended_never_count(world):
    (upper,), (lower,) = above(world), below(world)
    world.draft(unit=world.unit(HOUSING))
    assert len(seen(world).tiers.below) == 1
    Plan.objects.filter(pk=lower.plan_id).update(ends=ON - timedelta(days=1))
    assert seen(world).tiers.below == ()
    Plan.objects.filter(pk=upper.plan_id).update(ends=ON)
    assert len(seen(world).tiers.above) == 1


@pytest.mark.parametrize("role", ["director", "lead_officer", "auditor"])
def test_who_reads_one_directorate_is_told_of_no_other_not_even_in_a_count(world, role):
    person = world.somebody(role, world.unit(HOUSING))
    first, second = above(world, "Mixed panels", "Careers conversations")
    (own,), (other, _idle) = (
        below(world),
        below(world, "Secret one", "Secret two", unit=RESOURCES, when="31 March 2026"),
    )
    serve(world, own, first)
    serve(world, other, first)
    serve(world, other, second)
    tiers.keep_local(by=world.manager, action=_idle, reason="A secret reason", at=AT)
    found = seen(world, person)
    assert not found.whole
    assert found.met.directorates == (world.unit(HOUSING).public_id,)
    assert (len(found.tiers.below), found.met.recorded) == (1, 1)
    assert words(found.met.unserved) == ["Careers conversations"]
    assert found.met.disagreements == ()
    assert "Secret" not in repr(found.tiers)
    assert kept_apart(for_=person, on=ON) == ()
    # The same world, read by somebody who may, has all of it.
    assert "Secret" in repr(seen(world).tiers)
    assert seen(world).met.unserved == ()


def test_whoever_reads_a_service_sees_what_stands_above_it(world):
    person = world.somebody("lead_officer", world.unit(TENANCY))
    (upper,), (lower,) = above(world), below(world)
    serve(world, lower, upper)
    assert cell(world, upper, person=person).count == 1


def test_nobody_without_the_register_sees_anything(world):
    person = world.somebody("administrator")
    above(world), below(world)
    found = seen(world, person)
    assert (found.tiers.above, found.tiers.below, found.tiers.directorates) == ((), (), ())


def test_a_division_that_moved_is_counted_where_it_is_now(world):
    (upper,), (row,) = above(world), below(world, unit=TENANCY)
    serve(world, row, upper)
    unit = world.unit(TENANCY)
    units.move_unit(
        by=world.administrator,
        unit=unit,
        parent=world.unit(RESOURCES),
        on=ON,
        version=unit.version,
        at=AT,
    )
    assert cell(world, upper, RESOURCES).count == 1
    assert cell(world, upper, HOUSING).state == "nothing"


def test_what_a_directorate_promised_is_not_lost_when_it_ends(world):
    unit = people.add_unit(
        by=world.administrator,
        name="Regeneration",
        kind="Directorate",
        parent=world.unit(),
        begins=ON,
        at=AT,
    )
    row = world.action(unit=unit)
    assert unit.public_id in seen(world).met.directorates
    units.end_unit(by=world.administrator, unit=unit, until=ON, version=unit.version, at=AT)
    found = both(for_=world.manager, on=ON + DAY)
    assert unit.public_id not in found.met.directorates
    assert [one.id for one in found.met.unserving] == [row.public_id]


def test_disagreements_are_told_with_the_names_of_both(world):
    (upper,), (lower,) = above(world), below(world, when="31 March 2027")
    serve(world, lower, upper)
    (one,) = seen(world).met.disagreements
    assert told(one) == (
        f"{upper.number} is promised for 31 December 2026, and {lower.number} of {HOUSING}, which "
        "serves it, for 31 March 2027."
    )


def test_a_red_below_what_is_said_to_be_on_track_is_a_disagreement(world):
    (upper,), (lower,) = above(world), below(world)
    serve(world, lower, upper)
    world.update(lower, status="in_progress", rag="red")
    assert [one.kind for one in seen(world).met.disagreements] == ["worse"]
    lower.refresh_from_db()
    world.update(lower, status="completed", completed_on=ON, evidence=[SHOWN])
    assert seen(world).met.disagreements == ()


def test_what_gave_way_is_named(world):
    old, new = above(world, "Mixed panels", "Mixed panels for all")
    (lower,) = below(world)
    serve(world, lower, old)
    plans.link(by=world.manager, from_=new, to=old, meaning="replaces", since=ON, at=AT)
    (one,) = seen(world).met.disagreements
    assert (one.kind, one.above.gave_way) == ("replaced", new.number)


def test_an_action_belongs_to_its_plans_strand_and_to_others(world):
    (upper,) = above(world)
    life = strand("Life outcomes")
    strands.put_action_in_strands(
        by=world.manager, action=upper, strands=[life], version=upper.version, at=AT
    )
    (one,) = seen(world).tiers.above
    assert one.strands == {life.public_id, world.council.strand.public_id}


# -- the ends of one thing -------------------------------------------------------------------------


def test_a_page_says_who_does_it_and_what_it_serves(world):
    (upper,), (lower,) = above(world), below(world, when="31 March 2026")
    link = serve(world, lower, upper)
    down = tier_ends.ends_of(upper, [link], for_=world.manager, on=ON)
    assert [(one.name, one.worst) for one in down.groups] == [(HOUSING, "late")]
    assert (down.council, down.worst) == (True, "late")
    up = tier_ends.ends_of(lower, [link], for_=world.manager, on=ON)
    assert [(one.kind, one.id, one.words) for one in up.serves] == [
        ("action", upper.public_id, "Mixed interview panels")
    ]
    of_rec = tier_ends.ends_of_recommendation(upper.recommendation, for_=world.manager, on=ON)
    assert (of_rec.groups, of_rec.worst) == (down.groups, "late")


def test_the_ends_of_a_thing_name_no_action_that_its_reader_may_not_read(world):
    (upper,), (other,) = above(world), below(world, unit=RESOURCES)
    link = serve(world, other, upper)
    person = world.somebody("director", world.unit(HOUSING))
    assert tier_ends.ends_of(upper, [link], for_=person, on=ON).groups == ()
    of_rec = tier_ends.ends_of_recommendation(upper.recommendation, for_=person, on=ON)
    assert of_rec.groups == ()
    assert tier_ends.candidates(upper, for_=person, on=ON, search="panels") == ()


def test_a_directorate_is_offered_what_uses_its_words(world):
    above(world, "Offer mentoring and coaching", "Publish figures each quarter")
    (lower,) = below(world, "Mentoring and coaching in depots")
    found = tier_ends.candidates(lower, for_=world.manager, on=ON, search="")
    assert [(one.words.partition(" ")[2], one.shared) for one in found] == [
        ("Offer mentoring and coaching", ("coaching", "mentoring"))
    ]


def test_a_search_finds_by_words_and_by_number_and_leaves_out_what_is_joined(world):
    first, second = above(world, "Mixed panels", "Mixed shortlists")
    (lower,) = below(world)

    def found(search, of=lower):
        rows = tier_ends.candidates(of, for_=world.manager, on=ON, search=search)
        return [one.key for one in rows]

    assert found("mixed") == [f"action:{one.public_id}" for one in (first, second)]
    assert found("panels MIXED") == [f"action:{first.public_id}"]
    assert found("hear staff") == [f"recommendation:{first.recommendation.public_id}"]
    assert found("train", of=first) == [f"action:{lower.public_id}"]
    serve(world, lower, first)
    assert found("mixed") == [f"action:{second.public_id}"]
