"""What a body is told: the plan as it was known and as it is known, in few queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.errors import Missing
from goldenthread.plan import edition as ed
from goldenthread.plan.paper import paper_from_json, paper_to_json
from goldenthread.web import bridge
from goldenthread.web.changes import papers, strands
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Evidence, TakenBack, Update
from goldenthread.web.queries import papers as queries
from web import measuring
from web.changes import tiering
from web.world import AT, DAY, ON, SHOWN, action

LATER = AT + timedelta(days=60)


@pytest.fixture
def committee(world):
    row = world.committee()
    world.meeting(row, on=ON)
    return row


def plan_of(world, count=2):
    actions = [action(f"Do thing {n}", "31 December 2026") for n in range(count)]
    return world.plan(*actions, at=AT - timedelta(days=30))


def test_the_facts_of_now_are_those_of_an_edition(world, committee):
    plan = plan_of(world, 3)
    world.update(plan.actions.first(), rag="amber", done="Half")
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=ON, as_at=ON + DAY)
    public = ed.from_json(bridge.edition_content(plan, number=1, on=ON + DAY, by=world.manager))
    for mine, theirs in zip(facts.now.actions, public.actions, strict=True):
        assert (mine.id, mine.number, mine.words, mine.promises, mine.lead) == (
            *(theirs.id, theirs.number, theirs.words, theirs.promises, theirs.lead),
        )
        assert ed.standing(mine, ON + DAY) == ed.standing(theirs, ON + DAY)
        assert [u.done for u in mine.updates] == [u.done for u in theirs.updates]


def test_what_was_said_and_promised_later_was_not_known_then(world, committee):
    plan = plan_of(world, 1)
    row = plan.actions.get()
    world.update(row, at=AT - DAY, done="Begun")
    world.update(row, at=LATER, done="Nearly there")
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=ON, as_at=ON + 60 * DAY)
    assert [u.done for u in facts.then.actions[0].updates] == ["Begun"]
    assert [u.done for u in facts.now.actions[0].updates] == ["Begun", "Nearly there"]


def test_an_action_added_since_was_not_there_then(world, committee):
    plan = plan_of(world, 1)
    plans.add_action(
        by=world.manager,
        recommendation=plan.recommendations.first(),
        text="A new thing",
        title="",
        when="31 March 2027",
        post=world.council.posts["Head of Learning"],
        at=LATER,
    )
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=ON, as_at=ON + 60 * DAY)
    assert len(facts.then.actions) == 1
    assert [one.words for one in queries.since(facts).changed.added] == ["A new thing"]


def test_an_update_that_was_taken_back_counts_no_more(world, committee):
    plan = plan_of(world, 1)
    world.update(plan.actions.get(), at=AT, done="By mistake")
    TakenBack.objects.create(update=Update.objects.latest("pk"), at=AT, by=world.manager)
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=None, as_at=ON)
    assert facts.now.actions[0].updates == ()


def test_a_recovery_comes_with_its_colour(world, committee):
    plan = plan_of(world, 1)
    given = {"cause": "No bidder", "step": "Ask again", "due": ON + 30 * DAY}
    world.update(plan.actions.get(), rag="red", done="Stuck", **given)
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=None, as_at=ON)
    assert facts.now.actions[0].updates[-1].colour == "red"
    [trouble] = queries.since(facts).troubled
    assert trouble.recovery.step == "Ask again"


def test_evidence_that_came_later_was_not_known_then(world, committee):
    plan = plan_of(world, 1)
    world.update(plan.actions.get(), at=AT - DAY, done="Begun", evidence=[SHOWN])
    Evidence.objects.update(at=LATER)
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=ON, as_at=ON + 60 * DAY)
    assert facts.then.actions[0].updates[0].evidence == ()
    assert len(facts.now.actions[0].updates[0].evidence) == 1


def test_the_unit_of_the_post_that_answers_is_an_area(world, committee):
    plan = plan_of(world, 1)
    facts = bridge.facts_of(committee, plan, body=queries.body_of(), met_on=None, as_at=ON)
    post = world.council.posts["Head of Learning"]
    assert [led.unit for led in facts.led] == [post.unit.name]


def test_old_words_are_left_in_the_register_and_change_no_answer():
    said = tuple(
        ed.Update(
            date(2021, 1, 1) + n * 90 * DAY, f"Said {n // 3}", colour="red" if n == 2 else None
        )
        for n in range(20)
    )
    at = date(2027, 1, 1)
    whole = ed.Action("abcd", "A1", "Do it", ed.Lead("Head"), updates=said)
    short = ed.Action(
        "abcd", "A1", "Do it", ed.Lead("Head"), updates=bridge.papers.needed(said, at)
    )
    assert len(short.updates) == 5
    for ask in (ed.same_words, ed.silent_quarters, ed.standing):
        assert ask(short, at) == ask(whole, at)


def test_a_body_looks_at_the_plans_of_its_unit_and_below_that_somebody_may_see(world):
    housing = world.unit("Housing and Communities")
    whole, part = world.plan(), world.plan(unit=housing)
    scrutiny, board = world.committee(), world.committee(housing)
    me = world.somebody("councillor")
    assert {one.pk for one in queries.plans_for(scrutiny, for_=me, on=ON)} == {whole.pk, part.pk}
    assert [one.pk for one in queries.plans_for(board, for_=me, on=ON)] == [part.pk]
    elsewhere = world.somebody("councillor", world.unit("Resources"))
    assert [one.pk for one in queries.plans_for(scrutiny, for_=elsewhere, on=ON)] == [whole.pk]


def test_the_quarter_that_has_ended():
    assert queries.quarter_end(date(2026, 12, 31)) == date(2026, 12, 31)
    assert queries.quarter_end(date(2026, 4, 1)) == date(2026, 3, 31)


def test_the_queries_do_not_grow_with_the_plan(world, committee):
    asked = []
    for count in (2, 12):
        plan = plan_of(world, count)
        for row in plan.actions.all()[: count // 2]:
            world.update(row, done="Said", evidence=[SHOWN])
        with CaptureQueriesContext(
            connection,
        ) as found:
            queries.told_since(committee, plan, on=ON + 60 * DAY)
        asked.append(len(found))
    assert asked[0] == asked[1] <= 20


def test_a_paper_on_one_strand_is_told_of_what_belongs_to_it_alone(world):
    plan = world.plan(action("Hear staff", "31 March 2026"), action("Check service plans"))
    staff, services = plan.actions.order_by("position")
    strand = tiering.strand("The services we run")
    strands.put_action_in_strands(
        by=world.manager, action=services, strands=[strand], version=services.version, at=AT
    )
    measuring.measure(world, of=staff, text="Share of staff heard")
    committee = world.committee()

    def facts(strand):
        return bridge.facts_of(
            committee,
            plan,
            body=queries.body_of(),
            met_on=ON,
            as_at=ON + 60 * DAY,
            strand=strand,
        )

    one, whole = facts(strand), facts(None)
    assert [row.words for row in one.now.actions] == ["Check service plans"]
    assert [row.words for row in one.then.actions] == ["Check service plans"]
    assert (one.strand, whole.strand) == ("The services we run", "")
    assert len(whole.now.actions) == 2
    assert len(facts(world.council.strand).now.actions) == 2


def test_a_paper_names_its_strand_on_its_first_page_and_in_its_file(world):
    plan = world.plan(action("Check service plans"))
    strand = tiering.strand("The services we run")
    row = plan.actions.get()
    strands.put_action_in_strands(
        by=world.manager, action=row, strands=[strand], version=row.version, at=AT
    )
    meeting = world.meeting(world.committee(), on=ON + 20 * DAY)
    given = {"by": world.manager, "plan": plan, "meeting": meeting, "as_at": ON, "at": AT}
    paper = papers.make_paper(strand=strand, **given)
    assert ", the services we run:" in queries.drawn(paper)
    plain = paper_to_json(queries.value(paper))
    assert plain["facts"]["strand"] == "The services we run"
    assert paper_from_json(plain) == queries.value(paper)
    whole = papers.make_paper(**given)
    # As it was before there were strands: what was issued then keeps its digest.
    assert "strand" not in paper_to_json(queries.value(whole))["facts"]
    other = tiering.strand("Life outcomes")
    with pytest.raises(Missing) as refused:
        papers.make_paper(strand=other, **given)
    assert "strand" in refused.value.needs
