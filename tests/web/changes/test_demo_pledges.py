"""Brackenford's step 5: what its pages say of it is what the story tells."""

from datetime import date

from goldenthread.web.changes import demo
from goldenthread.web.queries import objectives, planning, pledges


def test_housing_has_eleven_actions_three_pledges_and_the_body_one_total(world):
    demo.half_way(world.council)
    plannings = demo.directorates(world.council)
    housing = plannings["Housing and Communities"]
    facts = planning.facts([housing.pk])[housing.pk]
    told = {"actions": 11, "actions_smart": 7, "pledges": 3, "service_plans": 2}
    assert facts | told == facts
    told = pledges.of_planning(housing, on=date(2026, 11, 28))
    assert [(one.maker, one.standing, one.kept, one.looked) for one in told] == [
        ("Head of Communities", "not_kept", 0, 1),
        ("Director of Housing and Communities", "kept", 1, 1),
        ("Head of Tenancy Services", "kept", 4, 4),
    ]
    assert objectives.of_planning(housing).now.words == "312 of 405"
    assert objectives.body_total(date(2026, 11, 28)) == (784, 1353)
