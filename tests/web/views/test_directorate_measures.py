"""The pages of step 5: what actions lack, pledges, service plans, counts, and who sees them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import pledges, service_plans
from goldenthread.web.models import Action, ObjectiveCount, Plan, Pledge, ServicePlan
from web.changes import pledging
from web.views.sending import day
from web.world import AT, DAY, ON

HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"


def _client(person):
    client = Client()
    client.force_login(person)
    return client


def _text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _of(name, row):
    kind = row._meta.model_name
    return reverse(name, kwargs={kind: row.public_id})


@pytest.fixture
def manager(world):
    return _client(world.manager)


def test_the_page_says_how_many_actions_cannot_be_measured_and_why(world, manager):
    planning = pledging.planned(world)
    pledging.added(world, planning, number="H1")
    pledging.added(
        world, planning, "Improve induction", number="H4", measure="", baseline="", target=""
    )
    other = world.action()
    for row in Action.objects.filter(plan=planning.plan):
        plans.link(by=world.manager, from_=row, to=other, meaning="serves", since=ON, at=AT)
    said = _text(manager.get(_of("planning_measures", planning)))
    assert "Housing and Communities: 1 of its 2 actions cannot yet be measured" in said
    assert "H4 Improve induction : could mean many things; does not say how much" in said
    assert "All five" in said


def test_a_directorate_without_a_plan_is_helped_to_begin_one_by_hand(world, manager):
    planning = world.planning()
    assert "has no plan yet" in _text(manager.get(_of("planning_measures", planning)))
    answer = manager.post(
        _of("begin_plan", planning), {"title": "Our plan", "version": planning.version}
    )
    assert answer.status_code == 302
    assert Plan.objects.get(title="Our plan").plannings.get() == planning
    assert "has promised nothing yet" in _text(manager.get(answer.url))


def test_an_action_is_shown_by_the_five_words_before_it_is_kept(world, manager):
    planning = pledging.planned(world)
    sent = {"text": "Improve induction", "when": "", "again": "yes"}
    answer = manager.post(_of("add_planned_action", planning), sent)
    said = _text(answer)
    assert answer.status_code == 200
    assert "5 of the five words are not met yet" in said
    assert "Give a day, such as 31 March 2027" in said
    assert "There is a problem" not in said
    assert not Action.objects.filter(plan=planning.plan).exists()


def test_an_action_that_is_not_smart_is_kept_all_the_same(world, manager):
    planning = pledging.planned(world)
    post = world.council.posts["Head of Learning"].public_id
    sent = {"text": "Improve induction", "when": "Ongoing", "post": post}
    assert manager.post(_of("add_planned_action", planning), sent).status_code == 302
    assert Action.objects.get(plan=planning.plan).text == "Improve induction"


def test_a_pledge_is_recorded_followed_up_and_shown(world, manager):
    planning = world.planning()
    sent = {"text": "I will not speak first", "team_words": "Night shift", "public": "public"}
    answer = manager.post(_of("make_pledge", planning), sent | day("made_on", ON))
    row = Pledge.objects.get()
    assert (answer.status_code, row.public) == (302, True)
    said = {"what": "kept", "text": "", "version": 1} | day("on", ON)
    assert manager.post(_of("follow_up", row), said).status_code == 302
    page = manager.get(_of("planning_measures", planning))
    assert "Kept so far : 1 of 1" in _text(page)
    assert 'class="gt-original"' in page.content.decode()
    assert "Night shift: kept so far" in _text(manager.get(_of("pledge", row)))


def test_pledges_that_nobody_spoke_of_for_two_quarters_come_first_and_apart(world, manager):
    long_ago = pledging.pledge(
        world, text="An old pledge", made_on=ON - 400 * DAY, post=None, team_words="Lift crew"
    )
    pledging.pledge(world, text="A new pledge", made_on=ON)
    said = _text(manager.get(reverse("pledges")))
    assert "2 pledges , and 1 that nobody has spoken of for two quarters" in said.replace(
        "pledges,", "pledges ,"
    )
    assert said.index("An old pledge") < said.index("A new pledge")
    silent = _text(manager.get(reverse("pledges") + "?of=silent"))
    assert "An old pledge" in silent
    assert "A new pledge" not in silent
    pledges.follow_up(
        by=world.manager,
        pledge=long_ago,
        version=1,
        what="no_longer",
        on=long_ago.made_on,
        text="The crew is gone.",
        at=AT,
    )
    assert "An old pledge" not in _text(manager.get(reverse("pledges") + "?of=silent"))


def test_objectives_are_counted_in_two_numbers_and_few_are_told_in_words(world, manager):
    planning = world.planning()
    sent = {"ends": "2026-09-30", "serving": "312", "held": "405"}
    assert manager.post(_of("count_objectives", planning), sent).status_code == 302
    said = _text(manager.get(_of("planning_measures", planning)))
    assert "77%" in said
    assert "312 of 405 appraisals held in 2026/27 up to the end of Q2 2026/27" in said
    again = sent | {"serving": "3", "held": "60", "reason": "Counted wrongly"}
    assert manager.post(_of("count_objectives", planning), again).status_code == 302
    said = _text(manager.get(_of("planning_measures", planning)))
    assert "fewer than 5 of 60 appraisals" in said
    assert "312" not in said
    assert ObjectiveCount.objects.count() == 2


def test_whoever_only_runs_sessions_reads_no_count_of_people(world):
    planning = pledging.planned(world)
    pledging.counted(world, planning)
    action = pledging.added(world, planning)
    pledging.counted(world, planning, serving=41, held=312, action=action)
    page = _of("planning_measures", planning)
    facilitator = _text(_client(world.somebody("facilitator", planning.unit)).get(page))
    director = _text(_client(world.somebody("director", planning.unit)).get(page))
    for count in ("Objectives", "312 of 405", "41 of 312"):
        assert count in director
        assert count not in facilitator


def test_a_service_plan_tells_what_its_actions_serve_above(world, manager):
    row, first = pledging.filled(world)
    second = world.action(unit=row.unit)
    service_plans.put_in_service_plan(by=world.manager, service_plan=row, action=second, at=AT)
    above = world.action()
    plans.link(by=world.manager, from_=first, to=above, meaning="serves", since=ON, at=AT)
    said = _text(manager.get(_of("service_plan", row)))
    assert "2 actions, 1 of them serving nothing above" in said
    assert "1 of its 2 actions leads to the council’s plan." in said
    assert "3.2" in said


def test_a_service_plan_of_a_division_stands_on_the_page_of_its_directorate(world, manager):
    planning = world.planning()
    unit = world.unit(TENANCY)
    sent = {"unit": unit.public_id, "title": "Tenancy plan", "place": "Folder"}
    given = sent | day("begins", ON) | day("ends", ON + DAY)
    assert manager.post(_of("add_service_plan", planning), given).status_code == 302
    row = ServicePlan.objects.get()
    assert row.unit == unit
    assert "Tenancy plan" in _text(manager.get(_of("planning_measures", planning)))
    here = planning_of(world, RESOURCES)
    assert "Tenancy plan" not in _text(manager.get(_of("planning_measures", here)))


def planning_of(world, name):
    return world.planning(world.unit(name))


def test_what_good_looks_like_is_said_and_shown(world, manager):
    planning = pledging.planned(world)
    row = pledging.added(world, planning)
    answer = manager.post(
        _of("good_of_action", row), {"text": pledging.GOOD, "version": row.version}
    )
    assert answer.status_code == 302
    assert pledging.GOOD in _text(manager.get(_of("good_of_action", row)))
    assert f"Good looks like: {pledging.GOOD}" in _text(
        manager.get(_of("planning_measures", planning))
    )


# The page of step 5 tells of six kinds of thing, and where it stands among the steps.
MOST = 30
PAGES = (
    *("planning_measures", "begin_plan", "add_planned_action", "make_pledge"),
    *("count_objectives", "add_service_plan"),
)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_director_of_elsewhere_neither_sees_nor_changes_anything_of_it(world, method):
    planning = pledging.planned(world)
    row, action = pledging.filled(world)
    pledge = pledging.pledge(world, public=True)
    director = _client(world.somebody("director", world.unit(RESOURCES)))
    own = _client(world.somebody("director", world.unit(HOUSING)))
    addresses = [_of(name, planning) for name in PAGES]
    addresses += [_of(name, pledge) for name in ("pledge", "follow_up", "choose_reader")]
    addresses += [
        _of(name, row)
        for name in (
            *("service_plan", "change_service_plan", "end_service_plan"),
            *("put_in_service_plan", "take_out_of_service_plan"),
        )
    ]
    addresses += [_of("good_of_action", action)]
    for address in addresses:
        assert getattr(director, method)(address).status_code == 403, address
        if method == "get":
            assert own.get(address).status_code == 200, address


def test_lists_leave_out_what_is_elsewheres(world):
    pledging.pledge(world, text="I will walk the estates each month")
    pledging.pledge(
        world, of=world.unit(), post=None, team_words="Members on equality", text="Ours"
    )
    director = _client(world.somebody("director", world.unit(RESOURCES)))
    said = _text(director.get(reverse("pledges")))
    assert "No pledge has been recorded" in said
    assert "estates" not in said


def test_a_lead_officer_reads_no_planning(world):
    planning = pledging.planned(world)
    officer = _client(world.somebody("lead_officer", world.unit(HOUSING)))
    assert officer.get(_of("planning_measures", planning)).status_code == 403
    assert officer.get(reverse("pledges")).status_code == 403


def test_wording_and_measures_of_an_action_show_the_five_words_as_they_are_typed(world, manager):
    row = world.action()
    said = _text(manager.get(_of("reword_action", row)))
    assert "of the five words are not met yet" in said
    answer = manager.post(
        _of("reword_action", row),
        {"text": "Improve it", "version": row.version, "again": "yes"},
    )
    assert "It begins with a word that almost anything would fulfil." in _text(answer)
    row.refresh_from_db()
    assert row.text == "Hold listening sessions"
    page = _of("add_action_measure", row)
    assert "Nothing says how anyone will know that it worked." in _text(manager.get(page))
    typed = {"text": "Sessions: from 2 to 9", "months": "3", "again": "yes"}
    said = _text(manager.post(page, typed))
    assert "It says what will be counted or seen." in said
    assert not row.measures.exists()


def test_what_good_looks_like_stands_on_the_pages_of_an_action_and_of_its_measure(world, manager):
    planning = pledging.planned(world)
    row = pledging.added(world, planning, good=pledging.GOOD)
    measure = row.measures.get()
    sent = {"text": "Nine in ten say so", "version": measure.version}
    assert manager.post(_of("good_of_measure", measure), sent).status_code == 302
    assert f"Good looks like {pledging.GOOD}" in _text(manager.get(_of("action", row)))
    assert "Good looks like Nine in ten say so" in _text(manager.get(_of("measure_page", measure)))


def test_pages_ask_as_often_for_many_rows_as_for_one(world, manager, django_assert_max_num_queries):
    planning = pledging.planned(world)
    plan, _action = pledging.filled(world)

    def more(number):
        for n in range(number):
            row = pledging.added(world, planning, good=pledging.GOOD)
            service_plans.put_in_service_plan(
                by=world.manager, service_plan=plan, action=row, reference=str(n), at=AT
            )
            made = pledging.pledge(world)
            pledges.follow_up(
                by=world.manager, pledge=made, version=1, what="kept", on=ON, text="", at=AT
            )
            pledging.counted(world, planning, serving=n + 9, action=row)

    def asked():
        found = {}
        for address in (
            _of("planning_measures", planning),
            reverse("pledges"),
            _of("service_plan", plan),
        ):
            assert manager.get(address).status_code == 200
            with django_assert_max_num_queries(MOST, info=address) as counted:
                manager.get(address)
            found[address] = len(counted.captured_queries)
        return found

    more(1)
    pledging.counted(world, planning)
    few = asked()
    more(5)
    assert asked() == few
