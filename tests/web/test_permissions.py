"""Who may do what: the table as a council would write it down, and every way to be outside it."""

import pytest
from django.test import override_settings

from goldenthread.errors import NotAllowed
from goldenthread.web.models import Grant
from goldenthread.web.permissions import PERMISSIONS, ROLES, RULES, may, reach, require, unit_of
from goldenthread.web.queries.workspace import standing_of
from web.world import DAY, ON

# By hand, from what each role is for: not read from the code.
READERS = {
    *("programme_manager", "publisher", "director", "lead_officer", "staff_forum_chair"),
    *("union_representative", "councillor", "auditor", "democratic_services"),
}
BODIES = {"staff_forum_chair", "union_representative"}
TABLE = {
    "open_workspace": READERS | {"administrator", "facilitator"},
    "read_register": READERS,
    "export_plan": READERS,
    "open_evidence": READERS,
    "read_drafts": {"programme_manager", "publisher", "auditor"},
    "receive_document": {"programme_manager"},
    "answer_question": {"programme_manager"},
    "adopt_draft": {"programme_manager"},
    "set_aside_draft": {"programme_manager"},
    "add_update": {"programme_manager", "director", "lead_officer"},
    "move_date": {"programme_manager", "director", "lead_officer"},
    "send_links": {"programme_manager"},
    "decide_date": {"programme_manager", "director"},
    "edit_plan": {"programme_manager"},
    "hand_over_work": {"programme_manager"},
    "word_public_page": {"programme_manager"},
    "keep_measures": {"programme_manager"},
    "give_figures": {"programme_manager", "director", "lead_officer"},
    "read_figures": {"programme_manager", "director", "lead_officer"},
    "tell_case_studies": {"programme_manager", "director", "lead_officer"},
    "keep_ratings": {"programme_manager"},
    "keep_habits": {"programme_manager"},
    "read_rounds": {"programme_manager", "director", "auditor"},
    "keep_rounds": {"programme_manager"},
    "keep_committees": {"programme_manager", "democratic_services"},
    "record_ask": {"programme_manager", "democratic_services"} | BODIES,
    "answer_ask": {"programme_manager", "director", "lead_officer"},
    "consult": {"programme_manager"},
    "record_stance": BODIES,
    "read_papers": READERS,
    "make_paper": {"programme_manager"},
    "issue_paper": {"programme_manager"},
    "read_planning": {"programme_manager", "director", "auditor", "facilitator"},
    "keep_planning": {"programme_manager", "director"},
    "keep_sessions": {"programme_manager", "director", "facilitator"},
    "open_pack": {"programme_manager", "director"},
    "sign_step": {"programme_manager", "director"},
    "sign_vision": {"director"},
    "keep_pledges": {"programme_manager", "director"},
    "count_objectives": {"programme_manager", "director"},
    "close_planning": {"director"},
    "keep_steps": {"programme_manager"},
    "keep_tiers": {"programme_manager", "director"},
    "keep_reviews": {"programme_manager"},
    "correct_review": {"programme_manager", "director"},
    "keep_terms": {"programme_manager"},
    "adopt_edition": {"programme_manager"},
    "publish_edition": {"publisher"},
    "set_aside_edition": {"programme_manager", "publisher"},
    "read_edition": {"programme_manager", "publisher", "auditor"},
    "take_down_edition": {"publisher"},
    "agree_takedown": {"programme_manager", "publisher"},
    "let_edition_stand": {"programme_manager", "publisher"},
    "read_taken_down": {"auditor"},
    "keep_outbox": {"programme_manager", "administrator"},
    "read_people": {"programme_manager", "director", "auditor", "administrator"},
    "add_person": {"administrator"},
    "appoint": {"administrator"},
    "grant_role": {"administrator"},
    "change_units": {"administrator"},
    "read_audit": {"auditor", "administrator"},
}
# What a role lets one do in the units above its own as well: to read, and nothing else.
ABOVE = {"read_papers", "read_register", "read_rounds"}
# But for what a body above asked of a post in one's own part: that is answered there.
ASKED_FROM_ABOVE = {"answer_ask"}
HOUSING, TENANCY, RESOURCES = "Housing and Communities", "Tenancy Services", "Resources"


def test_the_table_is_the_one_that_a_council_would_write_down():
    assert {
        name: {role.name for role in ROLES.values() if name in role.permissions}
        for name in PERMISSIONS
    } == TABLE


def test_every_role_and_permission_explains_itself():
    for role in ROLES.values():
        assert role.title[0].isupper()
        assert role.description.endswith(".")
        assert len(role.description.split()) >= 8
        assert set(role.only) <= role.permissions
    for permission in PERMISSIONS.values():
        assert permission.words[0].islower()
    named = {name for p in PERMISSIONS.values() for name in p.rules}
    named |= {name for role in ROLES.values() for name in role.only.values()}
    assert named == set(RULES)
    assert all(rule.sentence.endswith(".") for rule in RULES.values())


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_a_permission_is_held_by_its_roles_alone(world, permission):
    for role in ROLES:
        person = world.somebody(role)
        assert may(person, permission, None, ON).allowed is (role in TABLE[permission]), role


@pytest.mark.parametrize(
    ("given_in", "asked_of", "reached"),
    [
        ("", HOUSING, True),
        (HOUSING, HOUSING, True),
        (HOUSING, TENANCY, True),
        (HOUSING, "", False),
        (HOUSING, RESOURCES, False),
        (TENANCY, HOUSING, False),
    ],
)
def test_a_role_reaches_its_unit_and_all_below(world, given_in, asked_of, reached):
    person = world.somebody("director", world.unit(given_in))
    verdict = may(person, "add_update", world.unit(asked_of), ON)
    assert (verdict.allowed, verdict.rule) == (reached, "" if reached else "reach")
    assert (world.unit(asked_of).pk in reach(person, "add_update", ON)) is reached


@pytest.mark.parametrize(
    ("given_in", "asked_of", "reached"),
    [
        ("", HOUSING, True),
        (HOUSING, TENANCY, True),
        (HOUSING, "", True),
        (TENANCY, HOUSING, True),
        (TENANCY, "", True),
        (HOUSING, RESOURCES, False),
        (TENANCY, "People", False),
    ],
)
@pytest.mark.parametrize("role", sorted(READERS))
def test_what_is_above_a_role_is_read_and_what_is_beside_it_is_not(
    world, role, given_in, asked_of, reached
):
    person = world.somebody(role, world.unit(given_in))
    assert may(person, "read_register", world.unit(asked_of), ON).allowed is reached
    assert (world.unit(asked_of).pk in reach(person, "read_register", ON)) is reached
    below = reach(person, "read_register", ON, above=False)
    assert below == reach(person, "open_evidence", ON)


def test_what_a_role_lets_one_do_above_it_is_to_read():
    assert {name for name, one in PERMISSIONS.items() if one.above} == ABOVE | ASKED_FROM_ABOVE


@pytest.mark.parametrize("unit", [HOUSING, TENANCY])
def test_a_role_below_the_root_does_not_carry_what_is_of_the_whole_body(world, unit):
    below, root = world.somebody("auditor", world.unit(unit)), world.somebody("auditor")
    assert may(root, "read_audit", None, ON)
    verdict = may(below, "read_audit", None, ON)
    assert (verdict.allowed, verdict.rule) == (False, "reach")
    assert reach(below, "read_audit", ON) == frozenset()
    assert len(reach(root, "read_audit", ON)) == len(world.council.units)
    assert "read_audit" not in standing_of(below, ON).permissions
    assert "read_audit" in standing_of(root, ON).permissions
    assert "read_people" in standing_of(below, ON).permissions


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (ON, None, True),
        (ON - DAY, ON, True),
        (ON + DAY, None, False),
        (ON - 2 * DAY, ON - DAY, False),
    ],
)
def test_a_role_is_held_between_its_days_both_included(world, since, until, held):
    person = world.somebody("councillor", since=since, until=until)
    assert may(person, "read_register", world.unit(), ON).allowed is held
    assert bool(reach(person, "read_register", ON)) is held


def test_nobody_may_do_anything_without_being_signed_in_or_with_a_closed_account(world):
    manager = world.somebody("programme_manager")
    manager.is_active = False
    for name in PERMISSIONS:
        assert not may(None, name, None, ON)
        assert not may(manager, name, None, ON)
    assert reach(manager, "read_register", ON) == frozenset()


def test_a_role_that_the_table_no_longer_has_allows_nothing(world):
    person = world.somebody("director")
    Grant.objects.filter(person=person).update(role="keeper_of_the_seal")
    assert not may(person, "read_register", None, ON)


def test_a_lead_officer_updates_the_actions_of_their_own_post_alone(world):
    mine, other = world.action(), world.action()
    lead = world.somebody("lead_officer")
    assert may(lead, "add_update", mine, ON).rule == "leads_the_action"
    world.leads(lead, mine)
    other.leads.all().update(post=None)
    assert may(lead, "add_update", mine, ON)
    assert not may(lead, "add_update", other, ON)
    assert not may(lead, "add_update", mine, ON - 5 * DAY)


def test_a_lead_who_is_also_director_of_the_unit_updates_all_of_it(world):
    action = world.action()
    person = world.somebody("lead_officer")
    Grant.objects.create(person=person, role="director", unit=world.unit(), since=ON)
    assert may(person, "add_update", action, ON)


def test_nobody_publishes_what_they_adopted_unless_the_council_switched_that_off(world):
    person = world.somebody("programme_manager")
    Grant.objects.create(person=person, role="publisher", unit=world.unit(), since=ON)
    edition = world.edition(by=person)
    verdict = may(person, "publish_edition", edition, ON)
    assert (verdict.allowed, verdict.rule) == (False, "second_person")
    assert may(world.publisher, "publish_edition", edition, ON)
    with override_settings(TWO_PEOPLE_PUBLISH=False):
        assert may(person, "publish_edition", edition, ON)


def test_nobody_takes_down_alone_what_they_asked_for_unless_the_council_switched_that_off(world):
    person = world.somebody("publisher")
    asked = world.asked_down(world.published(), by=person)
    verdict = may(person, "agree_takedown", asked, ON)
    assert (verdict.allowed, verdict.rule) == (False, "second_to_ask")
    for other in (world.publisher, world.manager):
        assert may(other, "agree_takedown", asked, ON)
    assert may(person, "let_edition_stand", asked, ON)
    with override_settings(TWO_PEOPLE_PUBLISH=False):
        assert may(person, "agree_takedown", asked, ON)


def test_an_edition_that_was_taken_down_is_read_by_nobody_but_an_auditor(world):
    edition = world.taken_down(world.published())
    for person in (world.publisher, world.manager, world.somebody("auditor")):
        assert may(person, "read_edition", edition, ON).rule == "edition_not_taken_down"
    assert may(world.somebody("auditor"), "read_taken_down", edition, ON)
    assert not may(world.publisher, "read_taken_down", edition, ON)


def test_require_refuses_with_the_reason_of_may(world):
    councillor = world.somebody("councillor")
    with pytest.raises(NotAllowed) as refused:
        require(councillor, "adopt_draft", world.draft(), ON)
    assert str(refused.value) == "None of your roles lets you adopt a draft as a plan."
    assert (refused.value.permission, refused.value.rule) == ("adopt_draft", "role")


def test_a_row_of_no_unit_is_a_slip_of_ours(world):
    with pytest.raises(TypeError):
        unit_of(world.council.strand)
