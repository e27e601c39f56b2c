import json

import pytest
from hypothesis import given, settings

from core.plan.strategies import plans
from goldenthread.errors import Unreadable
from goldenthread.plan import Plan
from goldenthread.plan.schema import SCHEMA, from_json, to_json


@given(plans)
@settings(max_examples=60, deadline=None)
def test_a_plan_comes_back_from_json_as_it_went(plan):
    assert from_json(json.loads(json.dumps(to_json(plan)))) == plan


def test_the_schema_is_named():
    assert to_json(Plan())["schema"] == SCHEMA


@pytest.mark.parametrize("said", [{}, {"schema": "other/1"}, [], None])
def test_another_schema_is_refused(said):
    with pytest.raises(Unreadable, match="not a plan in the form that we write"):
        from_json(said)


def test_a_field_that_does_not_fit_is_named_without_its_value():
    said = {"schema": SCHEMA, "recommendations": [{"text": ["secret"]}]}
    with pytest.raises(Unreadable) as refusal:
        from_json(said)
    assert "$.recommendations[0].text" in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_what_is_left_out_takes_its_default():
    assert from_json({"schema": SCHEMA, "title": "Our plan"}) == Plan(title="Our plan")
