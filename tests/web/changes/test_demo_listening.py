"""The demonstration tells the listening of the scrutiny update, shared over seven directorates."""

from django.db.models import Sum

from goldenthread.web.changes import demo_listening, demo_steps
from goldenthread.web.changes.demo_listening import TOLD
from goldenthread.web.models import HeardTheme, Pack, Planning, Session
from goldenthread.web.queries.facts import facts_for
from goldenthread.web.queries.listening import COUNTED, public_themes


def test_fifteen_focus_groups_with_over_250_staff_are_in_the_register(world):
    plannings = demo_steps.begin(world.council)
    demo_listening.tell(world.council, plannings)
    demo_steps.sign(world.council, plannings)
    assert len(plannings) == 7
    held = Session.objects.filter(cancelled_because="")
    assert held.count() == 15
    assert held.aggregate(came=Sum("came"))["came"] > 250
    assert held.filter(off_site=True).count() == 1
    assert sum(told.one_to_ones for told in TOLD.values()) == 121
    assert {(row.on.month) for row in held} == {5, 6}
    assert set(Pack.objects.values_list("format", flat=True)) == {"", "csv"}
    for counted in facts_for(Planning.objects.values_list("pk", flat=True), COUNTED).values():
        assert counted["sessions"]
        assert counted["themes"]
    # Of the seven, one held more than three sessions: its themes alone reach the public.
    public = {name: [one.name for one in public_themes(row)] for name, row in plannings.items()}
    assert {name: len(found) for name, found in public.items() if found} == {
        "Housing and Communities": 3
    }
    assert "News of jobs and training does not reach those without a desk" not in str(public)
    assert HeardTheme.objects.count() == sum(len(told.themes) for told in TOLD.values())
