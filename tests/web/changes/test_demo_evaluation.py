"""The demonstration's closed year, and the review whose recommendations it answers."""

import pytest

from goldenthread.plan.evaluation import from_json, headline
from goldenthread.web.changes import demo_evaluation, demo_steps
from goldenthread.web.models import Closing, Review

pytestmark = pytest.mark.django_db


def test_a_closed_year_is_followed_by_this_one_and_a_review_is_answered_in_part(world):
    closed = demo_evaluation.last_year(world.council)
    begun = demo_steps.begin(world.council, {closed.unit.name: closed})
    demo_evaluation.tell(world.council, begun)
    told = from_json(Closing.objects.get(planning=closed).content)
    assert headline(told.counts) == "2 of 3 promises were kept, 1 of them late. 1 is late."
    assert begun[demo_evaluation.SKILLS].follows == closed
    review = Review.objects.get(standing="independent")
    recs = review.recommendations.all()
    assert len({rec.theme for rec in recs}) == 5
    assert [rec.answer_position for rec in recs.order_by("position")] == [
        *("accepted", "partly_accepted", "accepted", "not_accepted", "accepted"),
        "",
    ]
