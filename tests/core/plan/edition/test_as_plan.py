"""An edition written as a plan says what it publishes and nothing else."""

import json

import msgspec
from hypothesis import given, settings

from editions import editions
from goldenthread.example_data import example
from goldenthread.plan import edition as ed


def test_every_action_stands_under_each_recommendation_that_it_answers():
    edition = ed.from_json(json.loads(example("edition.json").read_text()))
    plan = ed.as_plan(edition)
    answered = sum(max(1, len(action.recommendations)) for action in edition.actions)
    assert len(plan.actions) == answered
    assert {action.number for action in plan.actions} == {a.number for a in edition.actions}
    assert plan.document_date == edition.as_at.isoformat()


def texts(value):
    if isinstance(value, dict):
        return set().union(*[texts(held) for held in value.values()], set())
    if isinstance(value, list | tuple):
        return set().union(*[texts(held) for held in value], set())
    return {value} if isinstance(value, str) else set()


@settings(max_examples=30)
@given(edition=editions())
def test_no_lead_has_a_name_that_the_edition_does_not_publish(edition):
    published = {action.lead.person for action in edition.actions}
    named = {lead.person for a in ed.as_plan(edition).actions for lead in a.leads if lead.person}
    assert named <= published


@settings(max_examples=30)
@given(edition=editions())
def test_words_of_actions_and_recommendations_are_the_editions_own(edition):
    said = texts(msgspec.to_builtins(edition))
    plan = ed.as_plan(edition)
    words = {rec.text for rec in plan.recommendations} | {a.text for a in plan.actions}
    assert words - {"Actions that answer no recommendation"} <= said
