"""Pledges: their words, whose they are, who may read them, and what became of them."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import pledges as changes
from goldenthread.web.models import AuditFacts, FollowUp, Pledge
from web.changes import pledging
from web.world import AT, DAY, ON


def _follow(world, row, what="kept", on=ON, text="", **more):
    row.refresh_from_db()
    return changes.follow_up(
        by=world.manager,
        pledge=row,
        version=row.version,
        what=what,
        on=on,
        text=text,
        at=AT,
        **more,
    )


def _refused(world, **given):
    with pytest.raises(Missing) as refused:
        pledging.pledge(world, **given)
    return set(refused.value.needs)


def test_a_pledge_is_kept_word_for_word_and_stays_inside_unless_its_maker_chose(world):
    row = pledging.pledge(world, text="I will meet the network before each budget round.")
    assert (row.words, row.public) == ("I will meet the network before each budget round.", False)
    assert row.unit == row.planning.unit
    assert pledging.pledge(world, public=True).public


def test_a_pledge_has_one_maker_a_post_a_part_of_the_council_or_a_team(world):
    post, unit = world.council.posts["Head of Learning"], world.unit("Tenancy Services")
    assert _refused(world, post=None) == {"post"}
    assert _refused(world, post=post, team=unit) == {"post"}
    assert _refused(world, post=post, team_words="Night shift") == {"post"}
    assert pledging.pledge(world, post=None, team=unit).team == unit
    assert pledging.pledge(world, post=None, team_words="Night shift").team_words == "Night shift"
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(post=post).update(team=unit)
        pledging.pledge(world)
        Pledge.objects.filter(post=post).update(team=unit)


def test_the_maker_is_never_a_person_by_name(world):
    for name in ("Joan Hartley", "Cllr Khan", "Dr A Patel’s team"):
        assert _refused(world, post=None, team_words=name, nobody_named=True) == {"team_words"}


def test_words_that_seem_to_name_somebody_wait_for_a_person_to_say_that_they_do_not(world):
    text = "I will sit down with Joan Hartley each month"
    assert _refused(world, text=text) == {"text"}
    assert pledging.pledge(world, text=text, nobody_named=True).words == text


def test_the_public_never_reads_of_so_few_that_they_are_known(world):
    text = "I will mentor the only Bangladeshi manager in our service"
    assert _refused(world, text=text, public=True) == {"public"}
    row = pledging.pledge(world, text=text)
    with pytest.raises(Missing) as refused:
        changes.choose_who_reads_pledge(by=world.manager, pledge=row, version=1, public=True, at=AT)
    assert set(refused.value.needs) == {"public"}


def test_a_pledge_was_made_on_a_day_that_has_come_by_a_post_that_was_there(world):
    assert _refused(world, made_on=ON + DAY) == {"made_on"}
    assert _refused(world, made_on=None) == {"made_on"}
    assert _refused(world, made_on=date(2001, 1, 1)) == {"post"}


def test_a_pledge_of_members_is_of_the_whole_body_and_of_no_planning(world):
    row = pledging.pledge(world, of=world.unit(), post=None, team_words="Members on equality")
    assert (row.unit, row.planning) == (world.unit(), None)
    director = world.somebody("director", world.unit("Housing and Communities"))
    with pytest.raises(NotAllowed):
        changes.make_pledge(
            by=director, of=world.unit(), text="A", team_words="B", made_on=ON, at=AT
        )


def test_what_became_of_a_pledge_is_only_added_to(world):
    row = pledging.pledge(world)
    _follow(world, row)
    _follow(world, row, "not_kept", text="The July meeting did not happen. New meeting 3 November.")
    _follow(world, row, "no_longer", text="The post is gone.")
    assert [one.what for one in row.follow_ups.all()] == ["kept", "not_kept", "no_longer"]
    for deed in (
        lambda: FollowUp.objects.filter(pledge=row).update(what="kept"),
        lambda: FollowUp.objects.filter(pledge=row).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_what_was_not_kept_is_told_in_words_on_a_day_since_it_was_made(world):
    row = pledging.pledge(world)
    cases = {
        "text": {"what": "not_kept"},
        "on": {"on": row.made_on - DAY},
        "what": {"what": "perhaps"},
    }
    for field, given in cases.items():
        with pytest.raises(Missing) as refused:
            _follow(world, row, **given)
        assert set(refused.value.needs) == {field}
    with pytest.raises(Missing):
        _follow(world, row, on=ON + DAY)
    assert not row.follow_ups.exists()


def test_words_of_a_follow_up_are_looked_at_as_those_of_the_pledge_are(world):
    row = pledging.pledge(world, public=True)
    with pytest.raises(Missing):
        _follow(world, row, text="I met Joan Hartley")
    with pytest.raises(Missing):
        _follow(world, row, text="I met our only Somali officer")
    inside = pledging.pledge(world)
    _follow(world, inside, text="I met our only Somali officer")
    with pytest.raises(Missing, match="stays inside"):
        changes.choose_who_reads_pledge(
            by=world.manager, pledge=inside, version=2, public=True, at=AT
        )


def test_of_two_who_follow_up_at_once_the_second_is_told(world):
    row = pledging.pledge(world)
    _follow(world, row)
    with pytest.raises(OutOfStep):
        changes.follow_up(
            by=world.manager, pledge=row, version=1, what="kept", on=ON, text="", at=AT
        )


def test_its_maker_may_take_a_pledge_inside_again(world):
    row = pledging.pledge(world, public=True)
    changes.choose_who_reads_pledge(by=world.manager, pledge=row, version=1, public=False, at=AT)
    assert not Pledge.objects.get(pk=row.pk).public
    with pytest.raises(Missing, match="stands so"):
        changes.choose_who_reads_pledge(
            by=world.manager, pledge=row, version=2, public=False, at=AT
        )


def test_the_audit_holds_no_words_of_a_pledge(world):
    row = pledging.pledge(world, text="I will not speak first")
    _follow(world, row, text="I spoke second")
    facts = " ".join(str(one.facts) for one in AuditFacts.objects.all())
    assert "speak first" not in facts
    assert "spoke second" not in facts
