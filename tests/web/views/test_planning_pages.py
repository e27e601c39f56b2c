"""The pages of a directorate's planning: overview, board, steps, and what the other pages carry."""

import secrets
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from goldenthread.plan.steps import SIX, Gate
from goldenthread.web import permissions
from goldenthread.web.bridge import scheme
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import planning as changes
from goldenthread.web.changes import tiers
from goldenthread.web.models import AuditEntry, Planning, SignOff, StepDay
from goldenthread.web.queries import directorates, planning
from web.changes.planned import OPEN, post_of, signed, waiting, without_gates
from web.views.sending import day
from web.world import AT, DAY, ON, action
from web_pages import Page

HOUSING, RESOURCES = "Housing and Communities", "Resources"


@pytest.fixture(autouse=True)
def today():
    """Pages look at the day on which the tests work."""
    with time_machine.travel(AT, tick=False):
        yield


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def at(name, row=None, of=""):
    given = {"planning": row.public_id} if row is not None else {}
    return reverse(name, kwargs=given) + (f"?of={of}" if of else "")


def look(person, *where, **more):
    answer = as_(person).get(at(*where, **more), follow=True)
    assert answer.status_code == 200
    return Page(answer.content)


def send(person, address, version=0, **fields):
    given = {"key": secrets.token_hex(8), "version": version} | fields
    return as_(person).post(address, given)


def director(world, unit=HOUSING):
    return world.somebody("director", world.unit(unit))


def plan(world, row, due, step="listen", reason=""):
    version = row.step_days.filter(step=step).count()
    given = {"planning": row, "step": step, "due": due, "reason": reason, "version": version}
    return changes.plan_step(by=world.manager, at=AT, **given)


# -- the board -------------------------------------------------------------------------------------


def test_the_headline_of_a_board_is_its_step_and_what_is_missing(world):
    page = look(world.manager, "directorate", world.planning())
    headline = "Housing and Communities is at step 1 of 6: no listening session is recorded yet"
    assert headline in page.text
    assert "2 things are missing before “Listen” can be signed off" in page.text
    assert "No theme is drawn from the sessions yet." in page.text
    assert "Sign it off" not in page.text


def test_a_board_says_what_came_of_each_step_and_when_the_next_is_due(world):
    row = signed(world)
    plan(world, row, ON + 60 * DAY, "figures")
    page = look(world.manager, "directorate", row)
    assert "41 staff were heard. Done 1 October 2026" in page.text
    assert "Planned for 30 November 2026" in page.text
    assert "Sign it off" in page.text


def test_a_board_names_the_director_of_its_own_directorate(world):
    colette = world.council.people["Colette Mbeki"]
    page = look(colette, "directorate", world.planning())
    assert "Director of Housing and Communities: Colette Mbeki." in page.text
    empty = look(world.manager, "directorate", world.planning(world.unit("Tenancy Services")))
    assert "Nobody holds the post of director here." in empty.text


def test_the_first_day_stays_beside_the_day_that_it_moved_to(world):
    row = world.planning()
    plan(world, row, ON - 12 * DAY)
    plan(world, row, ON + 30 * DAY, reason="Two groups were postponed")
    page = look(world.manager, "directorate", row)
    assert "Planned for 31 October 2026, first for 19 September 2026" in page.text
    assert "12 days behind its first day" in page.text
    assert "Why it is planned for 31 October 2026 now: Two groups were postponed" in page.text
    history = look(world.manager, "planning_step", row, of="listen").text
    assert "First planned for 19 September 2026, by Priya Raman" in history
    assert "Moved to 31 October 2026, by Priya Raman" in history
    assert "Two groups were postponed" in history


def test_reds_and_commitments_that_nobody_serves_are_on_the_director_s_page(world):
    corporate = world.plan(action("Publish the pay gap"), action("Train every panel"))
    served, _orphan = corporate.actions.order_by("pk")
    own = world.action(
        action("Train panels in housing", "31 March 2026"), unit=world.unit("Tenancy Services")
    )
    plans.link(by=world.manager, from_=own, to=served, meaning="serves", since=ON, at=AT)
    page = look(director(world), "directorate", world.planning())
    assert "1 action is late or red" in page.text
    assert "First promised for 31 March 2026" in page.text
    assert "1 commitment of the council is served by no directorate" in page.text
    assert "Train every panel" in page.text
    assert "Publish the pay gap" not in page.text
    assert "Serves 1 of the council’s 2 open actions." in page.text
    told = look(world.manager, "directorate", world.planning(world.unit(RESOURCES)))
    assert "Serves 0 of the council’s 2 open actions." in told.text


def test_a_commitment_that_needs_no_directorate_is_not_called_unserved(world):
    alone, _orphan = world.plan(action("Publish the pay gap"), action("Train panels")).actions.all()
    reason = "It is one figure of the whole council"
    tiers.need_no_directorate(by=world.manager, action=alone, reason=reason, at=AT)
    page = look(director(world), "directorate", world.planning())
    assert "1 commitment of the council is served by no directorate" in page.text
    assert "Train panels" in page.text
    assert "Publish the pay gap" not in page.text


def test_a_recommendation_that_is_served_serves_the_actions_that_answer_it(world):
    corporate = world.plan(action("Publish the pay gap"))
    own = world.action(action("Publish ours"), unit=world.unit(HOUSING))
    recommendation = corporate.recommendations.get()
    link = plans.link(
        by=world.manager, from_=own, to=recommendation, meaning="serves", since=ON - 9 * DAY, at=AT
    )
    row = world.planning()

    def found():
        known = permissions.Known.of(world.manager, ON)
        told = directorates.troubles(row, for_=world.manager, on=ON, known=known)
        return [one.text for one in told.unserved], told.served, told.of

    assert found() == ([], 1, 1)
    plans.end_link(by=world.manager, joined=link, until=ON - DAY, reason="Dropped", at=AT)
    assert found() == (["Publish the pay gap"], 0, 1)


def test_a_dropped_step_stays_below_the_board_with_its_signature(world):
    row = signed(world)
    changes.keep_steps(
        by=world.manager, steps=OPEN.steps[1:], in_order=False, reason="Said", version=1, at=AT
    )
    page = look(world.manager, "directorate", row)
    assert "Steps that the council no longer takes" in page.text
    assert "Signed off 1 October 2026 by Priya Raman" in page.text
    own = look(world.manager, "planning_step", row, of="listen")
    assert "The council no longer takes this step" in own.text
    assert "Signed off 1 October 2026 by Priya Raman" in own.text
    assert as_(world.manager).get(at("planning_step", row, "union")).status_code == 404


# -- the overview ----------------------------------------------------------------------------------


def test_the_overview_has_a_row_for_each_directorate_that_the_reader_may_read(world):
    for name in (HOUSING, RESOURCES, "Adults and Health"):
        world.planning(world.unit(name))
    everything = look(world.manager, "directorates").text
    assert "3 directorates plan in steps: none is behind its first day" in everything
    assert "Not begun" in everything
    assert "Place and Environment" in everything
    own = look(director(world), "directorates").text
    assert HOUSING in own
    assert not [n for n in (RESOURCES, "Adults and Health", "Place and") if n in own]


def test_the_overview_says_early_and_kindly_what_slips(world):
    row, other = world.planning(), world.planning(world.unit(RESOURCES))
    plan(world, row, ON - 12 * DAY)
    plan(world, other, ON + 9 * DAY)
    page = look(world.manager, "directorates")
    headline = "2 directorates plan in steps: 1 is behind its first day, 1 has a day coming soon"
    assert headline in page.text
    assert "Behind by 12 days" in page.text
    assert "Due soon" in page.text


def test_the_newest_planning_of_a_directorate_stands_in_the_overview(world):
    world.planning(closed=True)
    newer = world.planning(begins=ON)
    Planning.objects.filter(pk=newer.pk).update(follows=Planning.objects.get(closed_on=ON - DAY))
    found = planning.overview(for_=world.manager, on=ON)
    assert [one.planning.pk for one in found.boards] == [newer.pk]
    assert "It goes on from the planning" in look(world.manager, "directorate", newer).text


def test_whoever_plans_nothing_is_told_so(world):
    assert "No directorate that you may read has begun to plan" in (
        look(world.somebody("auditor"), "directorates").text
    )


# -- signing ---------------------------------------------------------------------------------------


def test_a_step_is_signed_by_post_and_the_board_goes_on(world):
    row = waiting(world)
    person = director(world)
    post = post_of(world, person)
    answer = send(
        person,
        at("sign_step", row, "vision"),
        post=post.public_id,
        came="Signed by all three heads of service.",
        **day("on", ON),
    )
    assert answer.status_code == 302
    assert (SignOff.objects.get().step, SignOff.objects.get().post) == ("vision", post)
    page = look(person, "directorate", row)
    assert "Signed by all three heads of service." in page.text
    assert "is at step 1 of 6" in page.text


def test_a_signature_is_refused_with_everything_that_is_missing_and_keeps_what_was_typed(world):
    row, person = world.planning(), director(world)
    answer = send(
        person,
        at("sign_step", row),
        post=post_of(world, person).public_id,
        came="We think that we are done",
        **day("on", ON),
    )
    page = Page(answer.content)
    assert answer.status_code == 422
    assert "No listening session is recorded yet." in page.text
    assert "No theme is drawn from the sessions yet." in page.text
    assert "We think that we are done" in page.text
    assert not SignOff.objects.exists()


def test_whoever_holds_no_post_is_told_that_a_post_signs(world):
    page = look(director(world), "sign_step", waiting(world))
    assert "You hold no post, so you cannot sign" in page.text


def test_a_step_is_opened_again_and_its_signature_stays_in_the_history(world):
    row = signed(world)
    answer = send(world.manager, at("reopen_step", row), 1, reason="One more group")
    assert answer.status_code == 302
    page = look(world.manager, "planning_step", row, of="listen").text
    assert "Opened again 1 October 2026 by Priya Raman. One more group" in page
    assert "41 staff were heard." in page


def test_a_day_is_planned_and_asks_for_no_reason_the_first_time(world):
    row = world.planning()
    assert "Why does the day move?" not in look(world.manager, "plan_step", row).text
    assert send(world.manager, at("plan_step", row), **day("due", ON + DAY)).status_code == 302
    assert "Why does the day move?" in look(world.manager, "plan_step", row).text
    again = send(world.manager, at("plan_step", row), 1, **day("due", ON + 2 * DAY))
    assert again.status_code == 422
    assert StepDay.objects.count() == 1


def test_somebody_whose_form_came_too_late_sees_what_stands(world):
    row = world.planning()
    plan(world, row, ON + DAY)
    answer = send(world.manager, at("plan_step", row), 0, reason="x", **day("due", ON + 9 * DAY))
    assert answer.status_code == 409
    assert "2 October 2026" in Page(answer.content).text


def test_a_planning_is_begun_where_its_directorate_is_listed(world):
    unit = world.unit(HOUSING)
    page = as_(world.manager).get(reverse("begin_planning") + f"?unit={unit.public_id}")
    assert "selected" in page.content.decode()
    answer = send(
        world.manager,
        reverse("begin_planning"),
        unit=unit.public_id,
        strand=world.council.strand.public_id,
        **day("begins", ON),
    )
    assert answer.status_code == 302
    assert Planning.objects.get().unit == unit


def test_the_plan_that_came_of_it_is_named(world):
    row, own = world.planning(), world.plan(unit=world.unit("Tenancy Services"))
    other = world.plan(unit=world.unit(RESOURCES))
    assert other.public_id not in as_(world.manager).get(at("name_plan", row)).content.decode()
    answer = send(world.manager, at("name_plan", row), row.version, plan=own.public_id)
    assert answer.status_code == 302
    assert Planning.objects.get().plan == own


# -- the council's steps ---------------------------------------------------------------------------


def test_the_gates_stand_in_one_readable_table(world):
    page = look(world.somebody("auditor"), "steps")
    assert "A directorate plans in six steps" in page.text
    assert "At least 1: pledges made “No pledge is made yet.”" in page.text
    assert "As many actions that can be measured as there are actions of the directorate" in (
        page.text
    )
    assert "“… of … actions cannot yet be measured.”" in page.text
    assert "Change" not in page.text.partition("What they were before")[0]


def test_who_keeps_the_steps_renames_one_and_changes_its_gate(world):
    given = {
        **{"name": "Our promise", "asks": "Write it.", "reason": "Staff asked for the word"},
        **{"fact_1": "vision_signed", "least_1": "2", "lacks_1": "{has} of {wants} are signed."},
    }
    answer = send(world.manager, reverse("change_step") + "?of=vision", **given)
    assert answer.status_code == 302
    step = scheme().step("vision")
    assert (step.name, step.gates) == (
        "Our promise",
        (Gate("vision_signed", "{has} of {wants} are signed.", 2),),
    )
    page = look(world.manager, "steps")
    assert "Staff asked for the word" in page.text
    assert "Set the vision" not in page.text.partition("What they were before")[0]


def test_a_step_is_added_at_the_end_with_a_word_of_its_own(world):
    given = {"name": "Listen", "asks": "Ask again.", "reason": "Twice is better"}
    refused = send(world.manager, reverse("change_step"), **given)
    assert "Another step is called that." in Page(refused.content).text
    answer = send(world.manager, reverse("change_step"), **given | {"name": "Listen!"})
    assert answer.status_code == 302
    assert scheme().words == (*SIX.words, "listen-2")


def test_a_gate_that_counts_too_little_is_refused_beside_its_field(world):
    given = {"name": "Listen", "asks": "x", "reason": "y", "fact_2": "themes", "least_2": "0"}
    answer = send(world.manager, reverse("change_step") + "?of=listen", **given)
    assert answer.status_code == 422
    assert '"#lacks_2"' in answer.content.decode()
    assert scheme() == SIX


def test_steps_are_put_in_another_order_and_one_is_dropped(world):
    given = {f"place_{word}": place for place, word in enumerate(SIX.words, 1)}
    given |= {"place_vision": 1, "drop_review": "on", "in_order": "on", "reason": "Vision first"}
    assert send(world.manager, reverse("order_steps"), **given).status_code == 302
    assert scheme().words == ("listen", "vision", "figures", "priorities", "measures")
    assert scheme().in_order


def test_who_may_not_keep_the_steps_is_told_why(world):
    person = director(world)
    assert "None of your roles lets you say which steps directorates take." in (
        look(person, "steps").text
    )
    assert as_(person).get(reverse("change_step")).status_code == 403


# -- one directorate and another -------------------------------------------------------------------

OF_A_PLANNING = ("directorate", "planning_step", "name_plan", "plan_step", "sign_step")


@pytest.mark.parametrize("name", [*OF_A_PLANNING, "reopen_step"])
def test_a_director_can_neither_see_nor_change_another_directorate(world, name):
    mine, theirs = signed(world), world.planning(world.unit(RESOURCES))
    signed(world, world.unit(RESOURCES), post=post_of(world, world.manager))
    person = director(world)
    assert as_(person).get(at(name, mine)).status_code == 200
    before = AuditEntry.objects.exclude(act="refused").count()
    assert as_(person).get(at(name, theirs)).status_code == 403
    given = {"reason": "x", "came": "x", "post": "x", "plan": "x"} | day("on", ON) | day("due", ON)
    assert send(person, at(name, theirs), 1, **given).status_code in (403, 405)
    assert AuditEntry.objects.exclude(act="refused").count() == before


def test_a_director_begins_no_planning_elsewhere(world):
    unit, other = world.unit(HOUSING), world.unit(RESOURCES)
    page = as_(director(world)).get(reverse("begin_planning")).content.decode()
    assert unit.public_id in page
    assert other.public_id not in page
    answer = send(
        director(world),
        reverse("begin_planning"),
        unit=other.public_id,
        strand=world.council.strand.public_id,
        **day("begins", ON),
    )
    assert answer.status_code == 422
    assert not Planning.objects.exists()


def test_a_directorate_below_another_post_s_reach_is_not_in_its_troubles(world):
    late = world.action(action("Late in resources", "31 March 2026"), unit=world.unit(RESOURCES))
    world.action(action("Late in housing", "31 March 2026"), unit=world.unit(HOUSING))
    page = look(director(world), "directorate", world.planning())
    assert "Late in housing" in page.text
    assert late.text not in page.text


def test_a_lead_officer_and_a_councillor_are_not_led_to_directorates(world):
    for role in ("lead_officer", "councillor", "staff_forum_chair", "union_representative"):
        client = as_(world.somebody(role))
        assert client.get(reverse("directorates")).status_code == 403
        assert reverse("directorates") not in client.get(reverse("workspace_home")).content.decode()


# -- how much is asked of the database -------------------------------------------------------------


def test_no_page_of_directorates_asks_more_for_many_than_for_one(
    world, django_assert_max_num_queries
):
    without_gates(world)

    def asked():
        row = Planning.objects.order_by("pk").first()
        found = {}
        for name, thing in (
            *(("directorates", None), ("directorate", row), ("planning_step", row)),
            ("steps", None),
        ):
            client = as_(world.manager)
            client.get(at(name, thing))
            with django_assert_max_num_queries(20, info=name) as counted:
                client.get(at(name, thing))
            found[name] = len(counted.captured_queries)
        return found

    signed(world)
    world.plan(action("One"), unit=world.unit(HOUSING))
    world.plan(action("Corporate"))
    few = asked()
    for name in (RESOURCES, "Adults and Health", "Place and Environment"):
        row = signed(world, world.unit(name))
        for step in SIX.words[1:]:
            plan(world, row, ON - DAY, step)
        world.plan(*(action(f"Do {n}", "31 March 2026") for n in range(5)), unit=world.unit(name))
    for n in range(3):
        changes.keep_steps(
            by=world.manager,
            steps=[replace(step, name=f"{step.name} {n}") for step in OPEN.steps],
            in_order=False,
            reason="Again",
            version=1 + n,
            at=AT,
        )
    assert asked() == few
