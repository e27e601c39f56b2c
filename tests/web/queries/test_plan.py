"""The register: where each action stands, what is counted, what is found, and who sees it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.errors import Missing
from goldenthread.plan import edition
from goldenthread.web import bridge
from goldenthread.web.changes import demo, review
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Promise
from goldenthread.web.permissions import may
from goldenthread.web.queries import plan as queries
from goldenthread.web.queries.plan import Filters
from web.world import AT, DAY, ON, SHOWN, action

HALF_WAY = date(2026, 9, 30)


def _numbers(found):
    return [row.number for row in found.actions]


@pytest.fixture
def programme(world):
    """Brackenford's programme half way through its life."""
    return demo.half_way(world.council)


def _register(world, **filters):
    return queries.register(for_=world.manager, as_at=HALF_WAY, filters=Filters(**filters))


def test_the_programme_stands_as_the_council_published_it(world, programme):
    found, told = _register(world), demo.bundled_edition()
    assert {row.number: row.standing for row in found.actions} == {
        one.number: edition.standing(one, HALF_WAY) for one in told.actions
    }
    assert found.standings == {
        "done": 9,
        "on_track": 11,
        "at_risk": 4,
        "late": 5,
        "not_due": 2,
        "withdrawn": 0,
    }
    assert found.total == found.found == 31


def test_the_edition_that_it_publishes_counts_the_same(world, programme):
    frozen = bridge.edition_of(programme.editions.get(number=3))
    assert edition.counts(frozen, HALF_WAY) == edition.counts(demo.bundled_edition())
    assert {a.number: edition.first_promised(a, HALF_WAY) for a in frozen.actions} == {
        a.number: edition.first_promised(a, HALF_WAY) for a in demo.bundled_edition().actions
    }


@pytest.mark.parametrize("standing", queries.STANDINGS)
def test_a_standing_narrows_the_rows_and_not_the_counts(world, programme, standing):
    everything, narrowed = _register(world), _register(world, standing=standing)
    assert narrowed.standings == everything.standings
    assert narrowed.found == len(narrowed.actions) == everything.standings[standing]
    assert {row.standing for row in narrowed.actions} <= {standing}


@pytest.mark.parametrize("mark", queries.MARKS)
def test_a_mark_finds_as_many_as_it_counts(world, programme, mark):
    assert _register(world, mark=mark).found == _register(world).marks[mark]


def test_the_marks_of_the_programme_are_those_of_its_story(world, programme):
    assert _numbers(_register(world, mark="nobody")) == ["B7", "E3"]
    assert _numbers(_register(world, mark="same_words")) == ["A3", "B8", "C5"]
    assert _numbers(_register(world, standing="late")) == ["A3", "B4", "B7", "D2", "E3"]


def test_every_filter_finds_what_it_says(world, programme):
    b4 = _register(world, search="B4").actions[0]
    assert b4.number == "B4"
    theme = b4.recommendation.theme
    assert _numbers(_register(world, theme=theme.public_id)) == [f"B{n}" for n in range(1, 10)]
    assert _numbers(_register(world, recommendation=b4.recommendation.public_id)) == [
        *("B3", "B4", "B5")
    ]
    post = world.council.posts["Head of Learning"]
    assert _numbers(_register(world, lead=post.public_id)) == ["B2", "B6", "C1", "C4"]
    assert _numbers(_register(world, search="search firm")) == ["B9"]
    assert _numbers(_register(world, search="100%_")) == []
    assert _numbers(_register(world, status="completed", search="whether training")) == ["C3"]
    due = _register(world, due_from=date(2026, 11, 1), due_to=date(2026, 11, 30))
    assert _numbers(due) == ["D2"]
    assert _register(world, plan="nonesuch").total == 0


def test_a_link_to_a_recommendation_is_found_with_it(world, programme):
    b4 = _register(world, search="B4").actions[0]
    other = _register(world, search="A1").actions[0]
    rec = b4.recommendation
    plans.link(by=world.manager, from_=other, to=rec, meaning="answers", since=HALF_WAY, at=AT)
    assert _numbers(_register(world, recommendation=rec.public_id)) == ["A1", "B3", "B4", "B5"]


@pytest.mark.parametrize(
    "asked",
    [{"filters": Filters(standing="tardy")}, {"filters": Filters(mark="x")}, {"by": "colour"}],
)
def test_a_filter_or_order_that_does_not_exist_is_refused(world, asked):
    with pytest.raises(Missing):
        queries.register(for_=world.manager, as_at=ON, **asked)


@pytest.mark.parametrize("by", ["plan", "due", "standing", "updated"])
def test_the_register_takes_the_same_few_queries_with_one_action_and_with_many(world, by):
    counts = []
    world.plan()
    for more in (0, 12):
        if more:
            world.plan(*(action(f"Action {n}") for n in range(more)))
        with CaptureQueriesContext(connection) as found:
            listed = queries.register(for_=world.manager, as_at=ON, by=by)
            for row in listed.actions:
                _ = row.recommendation.theme.name, row.plan.unit.name
                _ = [(lead.post.title, lead.post.now) for lead in row.leads_now if lead.post]
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12


def test_a_page_beyond_the_last_is_the_last(world, programme):
    found = queries.register(for_=world.manager, as_at=ON, page=99)
    assert (found.page, found.pages, len(found.actions)) == (1, 1, 31)


def test_a_register_shows_what_is_in_reach_and_nothing_else(world):
    theirs = world.plan(unit=world.unit("Resources"))
    ours = world.plan(unit=world.unit("Tenancy Services"))
    director = world.council.people["Colette Mbeki"]
    found = queries.register(for_=director, as_at=ON)
    assert [row.plan_id for row in found.actions] == [ours.pk]
    assert [plan.pk for plan in queries.plans(for_=director, as_at=ON)] == [ours.pk]
    with pytest.raises(Missing):
        queries.history(for_=director, action=theirs.actions.get(), as_at=ON)
    assert queries.register(for_=world.somebody(), as_at=ON).total == 0


def test_a_director_reads_the_plan_of_the_whole_council_and_changes_nothing_of_it(world):
    director = world.council.people["Colette Mbeki"]
    plan, beside = world.plan(), world.plan(unit=world.unit("Resources"))
    world.draft()
    first = world.next_edition(plan)
    waiting = world.edition(plan)
    found = queries.register(for_=director, as_at=ON)
    assert {row.plan_id for row in found.actions} == {plan.pk}
    assert [one.pk for one in queries.plans(for_=director, as_at=ON)] == [plan.pk]
    assert queries.history(for_=director, action=plan.actions.get(), as_at=ON).events
    assert list(queries.drafts(for_=director, as_at=ON)) == []
    assert [one.pk for one in queries.editions(for_=director, as_at=ON)] == [first.pk]
    everything = [one.pk for one in queries.editions(for_=world.manager, as_at=ON)]
    assert everything == [waiting.pk, first.pk]
    with pytest.raises(Missing):
        queries.history(for_=director, action=beside.actions.get(), as_at=ON)
    for name in ("add_update", "move_date", "edit_plan", "open_evidence", "export_plan"):
        assert not may(director, name, plan.actions.get(), ON), name


def test_drafts_are_seen_by_those_who_read_drafts(world):
    draft = world.draft()
    assert [row.pk for row in queries.drafts(for_=world.publisher, as_at=ON)] == [draft.pk]
    assert list(queries.drafts(for_=world.council.holding("councillor"), as_at=ON)) == []
    with pytest.raises(Missing):
        queries.draft(for_=world.council.holding("councillor"), row=draft, as_at=ON)
    read = queries.draft(for_=world.manager, row=draft, as_at=ON)
    assert read.plan.actions[0].text == "Hold listening sessions"


def test_a_history_tells_every_promise_and_update_in_order(world):
    row = world.action(action("Train panels", "31 December 2026"))
    world.update(row, done="Trained ten", at=AT - 20 * DAY)
    row.refresh_from_db()
    review.move_date(
        by=world.manager,
        action=row,
        version=row.version,
        promise=Promise.objects.get(action=row),
        new="30 June 2027",
        reason="No money",
        at=AT,
    )
    told = queries.history(for_=world.manager, action=row, as_at=ON)
    assert [(event.kind, event.at) for event in told.events] == [
        ("promised", date(2026, 7, 15)),
        ("said", ON - 20 * DAY),
        ("moved", ON),
    ]
    assert told.events[-1].told["before"] == date(2026, 12, 31)
    assert told.standing == "at_risk"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(["red", "amber", "green", ""])),
        st.tuples(st.just("hold"), st.sampled_from(["on_hold", "in_progress", "delayed"])),
        st.tuples(st.just("move"), st.integers(-400, 400)),
        st.tuples(st.just("review"), st.integers(1, 100)),
        st.tuples(st.just("done"), st.integers(0, 100)),
    ),
    max_size=6,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    when=st.sampled_from(
        ["", "31 March 2027", "31 March 2026", "Ongoing", "April 2027 to March 2028", "Completed"]
    ),
    steps=STEPS,
    look=st.integers(-200, 600),
)
def test_the_register_and_the_edition_never_disagree(world, when, steps, look):
    row = world.action(action("Train panels", when))
    for step, more in steps:
        row.refresh_from_db()
        going = {"next_review": ON + 30 * DAY} if row.recurs else {}
        if step == "say":
            world.update(row, rag=more, **going)
        elif step == "hold":
            world.update(row, status=more, **going)
        elif step == "review":
            world.update(row, next_review=ON + more * DAY)
        elif step == "done":
            done = {"completed_on": ON - more * DAY, "evidence": [SHOWN]}
            world.update(row, status="completed", **done)
        else:
            day = ON + more * DAY
            stands = Promise.objects.filter(action=row, replaced_by=None, end__isnull=False)
            review.move_date(
                by=world.manager,
                action=row,
                version=row.version,
                promise=stands.first(),
                new=f"{day.day} {day:%B %Y}",
                reason="No money",
                at=AT,
            )
    on = ON + abs(look) * DAY
    found = queries.actions_for(for_=world.manager, as_at=on).get(pk=row.pk)
    frozen = bridge.edition_of(world.edition(row.plan))
    assert found.standing == edition.standing(frozen.actions[0], on)
