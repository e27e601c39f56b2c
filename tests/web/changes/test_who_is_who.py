"""Who is who: the posts that answer for a plan, or for every plan of a unit and below."""

import pytest

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.changes.units import end_post
from goldenthread.web.changes.who_is_who import end_answerable, name_answerable
from web.changes import owning
from web.world import AT, DAY, ON

CHIEF, MANAGER = "Chief Executive", "Race Equality Programme Manager"


def name(world, of, post, part="other", what="answers for it", **more):
    return name_answerable(
        by=world.manager,
        of=of,
        part=part,
        post=world.council.posts[post],
        what=what,
        since=more.pop("since", ON),
        at=AT,
        **more,
    )


def told(world, plan, at=AT):
    return [
        (one.part, one.post, one.person, one.what)
        for one in bridge.edition_of(world.edition(plan, at=at)).answerable
    ]


def test_the_public_reads_who_answers_by_post_and_a_name_only_where_it_is_published(world):
    plan = world.plan()
    name(world, plan, MANAGER, "operational_lead", "runs it from day to day.")
    name(world, plan, CHIEF, "strategic_lead", "is accountable to Cabinet")
    assert told(world, plan) == [
        ("strategic_lead", CHIEF, "Tom Ellery", "is accountable to Cabinet"),
        ("operational_lead", MANAGER, "", "runs it from day to day"),
    ]


def test_what_is_said_of_the_council_holds_for_every_plan_unless_a_nearer_part_says_otherwise(
    world,
):
    plan = world.plan(unit=world.unit("Tenancy Services"))
    name(world, world.unit(), CHIEF, "strategic_lead", "is accountable to Cabinet")
    name(world, world.unit(), "Member Champion", "member_champion", "speaks for it")
    name(world, world.unit("Housing and Communities"), MANAGER, "strategic_lead", "leads here")
    name(world, world.unit("Resources"), "Head of Policy", "operational_lead", "is elsewhere")
    assert [(part, post) for part, post, *_ in told(world, plan)] == [
        ("strategic_lead", MANAGER),
        ("member_champion", "Member Champion"),
    ]


def test_a_line_ends_with_its_last_day_and_stays_in_the_history(world):
    plan = world.plan()
    row = name(world, plan, CHIEF)
    end_answerable(by=world.manager, answerable=row, version=1, until=ON, at=AT)
    assert len(told(world, plan)) == 1
    assert told(world, plan, at=AT + DAY) == []
    with pytest.raises(OutOfStep):
        end_answerable(by=world.manager, answerable=row, version=2, until=ON, at=AT)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"part": "king"}, "part"),
        ({"what": " . "}, "what"),
        ({"part": "sponsor"}, "forum"),
        ({"since": ON - 9999 * DAY}, "post"),
        ({}, "post"),
    ],
    ids=["no such part", "nothing said", "sponsor of nothing", "before the post", "twice"],
)
def test_a_line_that_says_nothing_is_refused(world, more, field):
    plan = world.plan()
    name(world, plan, CHIEF)
    with pytest.raises(Missing) as refused:
        name(world, plan, CHIEF, **more)
    assert field in refused.value.needs
    assert plan.answerable.count() == 1


def test_a_line_does_not_end_before_it_begins(world):
    row = name(world, world.plan(), CHIEF)
    with pytest.raises(Missing):
        end_answerable(by=world.manager, answerable=row, version=1, until=ON - DAY, at=AT)


def test_a_post_that_is_named_does_not_end_until_that_is_passed_on(world):
    post = owning.post(world, world.unit())
    row = name_answerable(
        by=world.manager, of=world.unit(), part="other", post=post, what="x", since=ON, at=AT
    )
    given = {"by": world.administrator, "post": post, "until": ON, "heir": None, "at": AT}
    with pytest.raises(Missing):
        end_post(version=post.version, **given)
    end_answerable(by=world.manager, answerable=row, version=1, until=ON, at=AT)
    assert end_post(version=post.version, **given).ends == ON
