"""Rows and core values: what goes in comes out equal, and nothing is lost on the way."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread import plan as core
from goldenthread.documents import read_plan
from goldenthread.errors import Place
from goldenthread.example_data import example
from goldenthread.timescale import read
from goldenthread.web import bridge
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes.standing import restand
from web.world import AT, draft_value

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40
).map(str.strip).filter(bool)  # fmt: skip
PHRASES = st.sampled_from(
    [
        *("31 March 2027", "End December 2026 and ongoing", "Ongoing", "Quarterly", "blue"),
        *("Was 31 December 2025, now 31 March 2027", "2027/28", "Completed 1 May 2026", "Q4 2026"),
        *("April 2027 to March 2028", "Cabinet October 2026", "As resources allow"),
    ]
)
LEADS = st.builds(
    core.Lead,
    text=WORDS,
    kind=st.sampled_from(["post", "body", "person"]),
    role=st.sampled_from(["accountable", "supporting"]),
    person=st.none() | WORDS,
    full=st.none() | WORDS,
    remark=st.none() | WORDS,
)
UPDATES = st.builds(
    core.Update,
    text=WORDS,
    at=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    status=st.none() | st.sampled_from(["in_progress", "completed"]),
    evidence=st.none() | WORDS,
)
ACTIONS = st.builds(
    core.Action,
    text=WORDS,
    number=st.none() | WORDS,
    leads=st.lists(LEADS, max_size=3).map(tuple),
    timescales=st.lists(PHRASES, max_size=2).map(
        lambda found: tuple(c for words in found for c in read(words, dated=date(2026, 7, 15)))
    ),
    measures=st.lists(st.builds(core.Measure, WORDS), max_size=2).map(tuple),
    status=st.none() | st.sampled_from(["in_progress", "completed", "on_hold", "withdrawn"]),
    status_text=st.none() | WORDS,
    rag=st.none() | st.sampled_from(["red", "blue"]),
    updates=st.lists(UPDATES, max_size=2).map(tuple),
    evidence=st.lists(WORDS, max_size=2).map(tuple),
    see=st.lists(WORDS, max_size=2).map(tuple),
    confidence=st.sampled_from(["high", "low"]),
    place=st.builds(Place, table=st.none() | st.integers(1, 9), row=st.none() | st.integers(1, 9)),
)
RECOMMENDATIONS = st.builds(
    core.Recommendation,
    text=WORDS,
    number=st.none() | WORDS,
    theme=st.none() | WORDS,
    status=st.none() | st.just("in_progress"),
    response=st.none()
    | st.builds(core.Response, WORDS, st.none() | st.sampled_from(["accepted", "not_accepted"])),
    actions=st.lists(ACTIONS, max_size=3).map(tuple),
)
PLANS = st.builds(
    core.Plan,
    title=WORDS,
    document_date=st.sampled_from([None, "2026-07-15", "2026-07", "2026"]),
    recommendations=st.lists(RECOMMENDATIONS, min_size=1, max_size=3).map(tuple),
    abbreviations=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
)


def _adopted(world, value):
    draft = plans.keep_draft(
        by=world.manager,
        unit=world.unit(),
        strand=world.council.strand,
        draft=replace(draft_value(), plan=value),
        at=AT,
    )
    draft.questions.update(must=False)
    return plans.adopt_draft(by=world.manager, draft=draft, version=1, without_actions=True, at=AT)


def _told(value):
    """The plan with the status of an action as its last update gives it, as rows have it."""
    said = bridge.numbered(value)
    return replace(
        said,
        recommendations=tuple(
            replace(rec, actions=tuple(_last_status(action) for action in rec.actions))
            for rec in said.recommendations
        ),
    )


def _last_status(action):
    if action.status is None:
        given = [update.status for update in action.updates if update.status]
        return replace(action, status=given[-1] if given else None)
    return action


def test_the_bundled_plan_comes_back_equal(world):
    value = read_plan(example("plan.docx")).plan
    assert bridge.plan_of(_adopted(world, value)) == _told(value)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=PLANS)
def test_any_plan_comes_back_equal(world, value):
    plan = _adopted(world, value)
    assert bridge.plan_of(plan) == _told(value)
    for action in plan.actions.all():
        stands = restand(action)
        assert {name: getattr(action, name) for name in stands} == stands


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=PLANS)
def test_any_plan_can_be_frozen_as_an_edition_and_read_again(world, value):
    edition = world.edition(_adopted(world, value))
    frozen = bridge.edition_of(edition)
    assert [action.number for action in frozen.actions] == [
        action.number for action in bridge.numbered(value).actions
    ]
    for name in ("person",):
        for action in value.actions:
            for lead in action.leads:
                hidden = getattr(lead, name)
                if hidden and len(hidden) > 8 and hidden not in lead.text:
                    assert hidden not in frozen.actions[0].lead.person


def test_a_draft_with_every_field_comes_back_equal():
    draft = read_plan(example("plan.docx"))
    assert bridge.draft_from_json(bridge.draft_to_json(draft)) == draft


@pytest.mark.parametrize("asked", [bridge.plan_of, None])
def test_reading_a_plan_takes_the_same_queries_however_long_it_is(world, asked):
    value = read_plan(example("plan.docx")).plan
    counts = []
    for plan in (world.plan(), _adopted(world, value)):
        with CaptureQueriesContext(
            connection,
        ) as found:
            if asked is None:
                world.edition(plan)
            else:
                asked(plan)
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("Was 31 December 2025, now 31 March 2027", date(2025, 12, 31)),
        ("31 March 2027", None),
        ("Ongoing", None),
    ],
)
def test_the_day_that_a_document_moved_is_kept(words, moved):
    assert [bridge.moved_from(claim) for claim in read(words)] == [moved]
