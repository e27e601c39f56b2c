"""Proposed links: joined by a person, refused and remembered for the wordings that were read."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import proposals, tiers
from goldenthread.web.models import Apart, AuditEntry, AuditFacts, Link, ProposalAnswer
from goldenthread.web.queries import proposals as queries
from web.changes.tiering import WHY, above, below, pair, serve
from web.world import AT, DAY, ON

HOUSING, RESOURCES = "Housing and Communities", "Resources"
MENTORS, PANELS = "Find a mentor for wardens", "Train the interview panels"


def last():
    entry = AuditEntry.objects.latest("number")
    return entry, AuditFacts.objects.get(number=entry.number).facts


def proposed(world, plan, on=ON):
    found = queries.of_plan(plan, for_=world.manager, on=on)
    return {
        line.action.id: [(one.above.kind, one.above.id) for one in line.proposals]
        for line in found.lines
        if line.proposals
    }


@pytest.fixture
def two(world):
    """Two actions of the council, and two of Housing whose words are like theirs."""
    return (
        *above(world, "A mentor for every warden who asks", "Mixed interview panels for all posts"),
        *below(world, MENTORS, PANELS),
    )


def test_several_are_joined_at_once_with_one_entry_that_names_the_links(world, two):
    mentor, panels, one, other = two
    plan = one.plan
    assert proposed(world, plan) == {
        one.public_id: [("action", mentor.public_id)],
        other.public_id: [("action", panels.public_id)],
    }
    before = AuditEntry.objects.count()
    chosen = [pair(one, mentor), pair(other, panels)]
    assert proposals.join_proposed(by=world.manager, plan=plan, pairs=chosen, at=AT) == plan
    links = Link.objects.filter(meaning="serves", until__isnull=True).order_by("pk")
    assert [(link.from_id, link.to_id, link.since, link.by) for link in links] == [
        (one.public_id, mentor.public_id, ON, world.manager),
        (other.public_id, panels.public_id, ON, world.manager),
    ]
    entry, facts = last()
    assert AuditEntry.objects.count() == before + 1
    assert (entry.act, entry.object_id) == ("proposals.joined", plan.public_id)
    assert facts == {"links": [link.public_id for link in links]}
    assert proposed(world, plan) == {}


def test_what_is_refused_is_not_proposed_again_and_who_said_so_is_known(world, two):
    mentor, panels, one, other = two
    chosen = [pair(one, mentor)]
    proposals.refuse_proposed(by=world.manager, plan=one.plan, pairs=chosen, at=AT)
    assert proposed(world, one.plan) == {other.public_id: [("action", panels.public_id)]}
    (refused,) = queries.of_plan(one.plan, for_=world.manager, on=ON).refused
    assert (refused.action.id, refused.above.id, refused.by, refused.at) == (
        one.public_id,
        mentor.public_id,
        world.manager.name,
        AT,
    )
    entry, facts = last()
    assert entry.act == "proposals.refused"
    assert facts == {"proposals": [f"{one.public_id} {mentor.public_id}"]}
    assert not Link.objects.filter(meaning="serves").exists()


@pytest.mark.parametrize("whose", ["below", "above"])
def test_it_is_proposed_again_once_either_is_worded_otherwise(world, two, whose):
    mentor, _panels, one, _other = two
    given = {"by": world.manager, "plan": one.plan, "at": AT}
    proposals.refuse_proposed(pairs=[pair(one, mentor)], **given)
    row = one if whose == "below" else mentor
    before = row.text

    def word(text):
        row.refresh_from_db()
        plans.reword_action(
            by=world.manager,
            action=row,
            version=row.version,
            text=text,
            title=row.title,
            at=AT,
        )

    word(f"{before} at night")
    assert proposed(world, one.plan)[one.public_id] == [("action", mentor.public_id)]
    # The first answer was given to the first wordings, and holds for them still.
    word(f"{before}.")
    assert one.public_id not in proposed(world, one.plan)


def test_a_refusal_is_taken_back_and_both_answers_stay(world, two):
    mentor, _panels, one, _other = two
    given = {"by": world.manager, "plan": one.plan, "pairs": [pair(one, mentor)], "at": AT}
    with pytest.raises(OutOfStep):
        proposals.propose_again(**given)
    proposals.refuse_proposed(**given)
    with pytest.raises(OutOfStep):
        proposals.refuse_proposed(**given)
    proposals.propose_again(**given)
    assert last()[0].act == "proposals.again"
    assert proposed(world, one.plan)[one.public_id] == [("action", mentor.public_id)]
    assert list(ProposalAnswer.objects.values_list("refused", flat=True)) == [True, False]


@pytest.mark.parametrize("deed", ["UPDATE {0} SET refused = NOT refused", "DELETE FROM {0}"])
def test_an_answer_is_only_ever_added(world, two, deed):
    mentor, _panels, one, _other = two
    given = {"by": world.manager, "plan": one.plan, "pairs": [pair(one, mentor)], "at": AT}
    proposals.refuse_proposed(**given)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(deed.format("goldenthread_proposalanswer"))
    assert ProposalAnswer.objects.get().refused


def test_words_that_were_changed_meanwhile_join_and_refuse_nothing(world, two):
    mentor, panels, one, other = two
    read = [pair(other, panels), pair(one, mentor)]
    mentor.text = "A mentor and a sponsor for every warden"
    mentor.save()
    read[1].above.refresh_from_db()
    for deed in (proposals.join_proposed, proposals.refuse_proposed, proposals.propose_again):
        with pytest.raises(OutOfStep):
            deed(by=world.manager, plan=one.plan, pairs=read, at=AT)
    assert not Link.objects.filter(meaning="serves").exists()
    assert not ProposalAnswer.objects.exists()


def test_a_recommendation_is_served_and_refused_as_an_action_is(world, two):
    mentor, _panels, one, _other = two
    rec = mentor.recommendation
    given = {"by": world.manager, "plan": one.plan, "at": AT}
    proposals.refuse_proposed(pairs=[pair(one, rec)], **given)
    row = ProposalAnswer.objects.get()
    assert (row.above, row.recommendation) == (None, rec)
    proposals.join_proposed(pairs=[pair(one, rec)], **given)
    assert Link.objects.get(meaning="serves").to_kind == "recommendation"


def test_no_pair_too_many_and_those_of_another_plan_are_refused(world, two):
    mentor, _panels, one, _other = two
    (elsewhere,) = below(world, unit=RESOURCES)
    own = above(world, "Another of the council")[0]
    for chosen in (
        [],
        [pair(one, mentor)] * (proposals.MOST + 1),
        [pair(elsewhere, mentor)],
        [pair(one, elsewhere)],
        [pair(own, mentor)],
    ):
        with pytest.raises(Missing):
            proposals.join_proposed(by=world.manager, plan=one.plan, pairs=chosen, at=AT)
    assert not Link.objects.filter(meaning="serves").exists()


def test_what_is_joined_already_stays_and_its_day_with_it(world, two):
    mentor, panels, one, other = two
    first = serve(world, one, mentor, at=AT - 3 * DAY)
    given = {"by": world.manager, "plan": one.plan, "at": AT}
    proposals.join_proposed(pairs=[pair(one, mentor), pair(other, panels)], **given)
    first.refresh_from_db()
    assert (first.since, first.until) == (ON - 3 * DAY, None)
    assert len(last()[1]["links"]) == 1
    with pytest.raises(OutOfStep):
        proposals.join_proposed(pairs=[pair(one, mentor)], **given)


def test_what_was_settled_otherwise_is_not_proposed(world, two):
    mentor, panels, one, _other = two
    tiers.keep_local(by=world.manager, action=one, reason=WHY, at=AT)
    tiers.need_not(by=world.manager, action=panels, units=[world.unit(HOUSING)], reason=WHY, at=AT)
    assert proposed(world, one.plan) == {}
    # Of another directorate the council's action still asks something.
    (theirs,) = below(world, PANELS, unit=RESOURCES)
    assert proposed(world, theirs.plan) == {theirs.public_id: [("action", panels.public_id)]}
    proposals.join_proposed(by=world.manager, plan=one.plan, pairs=[pair(one, mentor)], at=AT)
    assert Apart.objects.get(what="local").undone_because == "It serves something now."


def test_a_director_decides_for_their_own_directorate_alone(world, two):
    mentor, _panels, one, _other = two
    (theirs,) = below(world, MENTORS, unit=RESOURCES)
    director = world.somebody("director", world.unit(HOUSING))
    given = {"by": director, "at": AT}
    proposals.join_proposed(plan=one.plan, pairs=[pair(one, mentor)], **given)
    for deed in (proposals.join_proposed, proposals.refuse_proposed, proposals.propose_again):
        with pytest.raises(NotAllowed):
            deed(plan=theirs.plan, pairs=[pair(theirs, mentor)], **given)
