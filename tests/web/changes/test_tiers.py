"""What serves what, and what is kept apart: said by whoever may, dated, undone with a reason."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import strands, tiers
from goldenthread.web.models import Apart, AuditEntry, InStrand, Link
from web.changes.tiering import WHY, above, below, kept_local, serve, strand
from web.world import AT, DAY, ON

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"


def last_entry():
    return AuditEntry.objects.latest("number")


def test_an_action_of_a_directorate_serves_one_of_the_council_from_today(world):
    (upper,), (lower,) = above(world), below(world)
    link = serve(world, lower, upper)
    assert (link.from_id, link.to_id, link.meaning, link.since, link.until) == (
        lower.public_id,
        upper.public_id,
        "serves",
        ON,
        None,
    )
    assert (last_entry().act, last_entry().object_id) == ("link.made", link.public_id)
    assert serve(world, lower, upper) == link


def test_it_may_serve_a_recommendation_and_a_service_its_directorate(world):
    (upper,), (lower,), (service,) = above(world), below(world), below(world, unit=TENANCY)
    assert serve(world, lower, upper.recommendation).to_kind == "recommendation"
    assert serve(world, service, lower).to_id == lower.public_id


@pytest.mark.parametrize(
    ("lower_of", "upper_of"),
    [("", HOUSING), (HOUSING, TENANCY), (HOUSING, RESOURCES), (HOUSING, HOUSING)],
)
def test_nothing_serves_what_does_not_stand_above_it(world, lower_of, upper_of):
    lower, upper = world.action(unit=world.unit(lower_of)), world.action(unit=world.unit(upper_of))
    with pytest.raises(Missing) as refused:
        serve(world, lower, upper)
    assert "to" in refused.value.needs
    assert not Link.objects.filter(meaning="serves").exists()


def test_a_director_joins_the_actions_of_their_own_directorate_alone(world):
    director = world.somebody("director", world.unit(HOUSING))
    (upper,), (own,), (other,) = above(world), below(world), below(world, unit=RESOURCES)
    assert serve(world, own, upper, by=director).by == director
    with pytest.raises(NotAllowed):
        serve(world, other, upper, by=director)
    with pytest.raises(NotAllowed):
        tiers.need_no_directorate(by=director, action=upper, reason=WHY, at=AT)


def test_a_link_that_ends_counts_no_more_and_keeps_its_reason(world):
    (upper,), (lower,) = above(world), below(world)
    link = serve(world, lower, upper, at=AT - 10 * DAY)
    tiers.stop_serving(by=world.manager, joined=link, reason="It never did", at=AT)
    link.refresh_from_db()
    assert (link.until, link.reason) == (ON - DAY, "It never did")
    with pytest.raises(OutOfStep):
        tiers.stop_serving(by=world.manager, joined=link, reason="Again", at=AT)
    assert serve(world, lower, upper) != link


def test_a_link_made_today_ends_today(world):
    (upper,), (lower,) = above(world), below(world)
    link = serve(world, lower, upper)
    tiers.stop_serving(by=world.manager, joined=link, reason="A slip", at=AT)
    assert (link.since, link.until) == (ON, ON)


def test_an_action_is_kept_as_local_with_a_reason_until_somebody_undoes_it(world):
    (lower,) = below(world)
    kept = tiers.keep_local(by=world.manager, action=lower, reason="Only tenants ask it", at=AT)
    assert (kept.what, kept.reason, localdate(kept.at)) == ("local", "Only tenants ask it", ON)
    with pytest.raises(Missing):
        tiers.keep_local(by=world.manager, action=lower, reason="Again", at=AT)
    tiers.undo_apart(by=world.manager, apart=kept, version=1, reason="B4 asks it too", at=AT)
    kept.refresh_from_db()
    assert (kept.undone_by, kept.undone_because) == (world.manager, "B4 asks it too")
    with pytest.raises(OutOfStep):
        tiers.undo_apart(by=world.manager, apart=kept, version=2, reason="Again", at=AT)
    assert tiers.keep_local(by=world.manager, action=lower, reason="After all", at=AT) != kept


def test_two_who_undo_at_once_are_told_of_each_other(world):
    kept = kept_local(world, world.unit(HOUSING))
    other = Apart.objects.get(pk=kept.pk)
    tiers.undo_apart(by=world.manager, apart=kept, version=1, reason="First", at=AT)
    with pytest.raises(OutOfStep) as refused:
        tiers.undo_apart(by=world.manager, apart=other, version=1, reason="Second", at=AT)
    assert refused.value.theirs == {"reason": "First"}


def test_what_serves_something_is_not_kept_as_local_and_what_was_no_longer_is(world):
    (upper,), (lower,) = above(world), below(world)
    kept = tiers.keep_local(by=world.manager, action=lower, reason=WHY, at=AT)
    serve(world, lower, upper)
    kept.refresh_from_db()
    assert (kept.undone_at, kept.undone_because) == (AT, "It serves something now.")
    with pytest.raises(Missing):
        tiers.keep_local(by=world.manager, action=lower, reason=WHY, at=AT)


def test_an_action_of_the_council_needs_nothing_of_some_directorates(world):
    (upper,) = above(world)
    units = [world.unit(HOUSING), world.unit(RESOURCES)]
    tiers.need_not(by=world.manager, action=upper, units=units[:1], reason="No post", at=AT)
    tiers.need_not(by=world.manager, action=upper, units=units, reason="No money", at=AT)
    said = Apart.objects.filter(action=upper).values_list("unit__name", "reason")
    assert list(said) == [(HOUSING, "No post"), (RESOURCES, "No money")]
    assert last_entry().act == "action.needs_not"


@pytest.mark.parametrize("units", [[], [TENANCY], [""]])
def test_only_directorates_are_said_not_to_be_needed(world, units):
    (upper,) = above(world)
    with pytest.raises(Missing):
        tiers.need_not(
            by=world.manager,
            action=upper,
            units=[world.unit(name) for name in units],
            reason=WHY,
            at=AT,
        )


def test_each_tier_has_decisions_of_its_own(world):
    (upper,), (lower,) = above(world), below(world)
    given = {"by": world.manager, "reason": WHY, "at": AT}
    for deed, action, more in (
        (tiers.keep_local, upper, {}),
        (tiers.need_no_directorate, lower, {}),
        (tiers.need_not, lower, {"units": [world.unit(HOUSING)]}),
    ):
        with pytest.raises(Missing):
            deed(action=action, **given, **more)
    assert not Apart.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", " "])
def test_no_decision_is_kept_without_a_reason(world, reason):
    (upper,), (lower,) = above(world), below(world)
    given = {"by": world.manager, "reason": reason, "at": AT}
    with pytest.raises(Missing):
        tiers.keep_local(action=lower, **given)
    with pytest.raises(Missing):
        tiers.need_no_directorate(action=upper, **given)
    link = serve(world, lower, upper)
    with pytest.raises(Missing):
        tiers.stop_serving(by=world.manager, joined=link, reason=reason, at=AT)


def test_a_link_of_another_meaning_is_ended_elsewhere(world):
    (lower,) = below(world)
    link = Link.objects.create(
        from_kind="action",
        from_id=lower.public_id,
        to_kind="recommendation",
        to_id=lower.recommendation.public_id,
        meaning="sees",
        since=date(2026, 1, 1),
    )
    with pytest.raises(Missing):
        tiers.stop_serving(by=world.manager, joined=link, reason=WHY, at=AT)


def test_a_thing_belongs_to_the_strands_that_were_given_last(world):
    (row,) = below(world)
    services, life = strand("Our services"), strand("Life outcomes")
    given = {"by": world.manager, "action": row, "at": AT}
    strands.put_action_in_strands(strands=[services, world.council.strand], version=1, **given)
    strands.put_action_in_strands(strands=[life], version=2, **given)
    rows = InStrand.objects.filter(action=row).values_list("strand__name", "ended_at")
    assert list(rows) == [("Our services", AT), ("Life outcomes", None)]
    with pytest.raises(OutOfStep):
        strands.put_action_in_strands(strands=[], version=2, **given)
