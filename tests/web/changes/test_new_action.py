"""A new action needs a plan that answers its recommendation."""

import pytest

from goldenthread.errors import Missing
from goldenthread.web.changes.new_action import number_after, number_in
from goldenthread.web.models import Recommendation


@pytest.mark.parametrize("number", [number_in, number_after])
def test_no_action_stands_under_a_recommendation_that_no_plan_answers(number):
    with pytest.raises(Missing):
        number(Recommendation(number="1"))
