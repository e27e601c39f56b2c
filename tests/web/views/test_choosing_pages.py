"""The pages of the third and fourth step: the matrix, an area, the vision, and who may see them."""

import re
import secrets

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.web.changes import choosing as changes
from goldenthread.web.changes import milestones, planning, visions
from goldenthread.web.models import Area, AuditEntry, Vision
from goldenthread.web.permissions import Known
from goldenthread.web.queries import choosing as queries
from goldenthread.web.views.declared import addresses
from web import choosing, listening
from web.world import AT, DAY, ON

HOUSING, RESOURCES = "Housing and Communities", "Resources"
# Words that stand nowhere else, so that a page which has them has leaked them.
SECRET = "Quillfeather"


def _client(person):
    client = Client()
    client.force_login(person)
    return client


def _text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _page(world, name, thing, by=None):
    kind = thing._meta.model_name
    return _client(by or world.manager).get(reverse(name, kwargs={kind: thing.public_id}))


@pytest.mark.parametrize(
    "name", ["priorities", "add_area", "planning_horizons", "vision", "write_vision"]
)
def test_a_page_of_a_planning_opens_while_nothing_is_there(world, name):
    assert _page(world, name, world.planning()).status_code == 200


def test_the_matrix_is_a_table_with_each_area_in_its_cell(world):
    of = world.planning()
    choosing.area(world, of, number="H2")
    less = {"hardness": "less", "difference": "little", "choice": "not_chosen", "reason": ""}
    choosing.area(world, of, number="H11", title="Wording of letters", **less)
    answer = _page(world, "priorities", of)
    page, text = answer.content.decode(), _text(answer)
    assert "Housing and Communities: 1 area chosen, 1 not, 1 has no reason" in text
    table = page[page.index('<table class="gt-matrix"') : page.index("</table>")]
    rows = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    ]
    assert [len(row) for row in rows] == [4] * 4
    assert rows[1][1][:2] == ["H2", "Who"]
    assert rows[3][3] == ["H11", "Wording", "of", "letters", "Not", "chosen"]
    assert rows[2][1:] == [["None"]] * 3
    assert table.count('role="cell"') == table.count("data-label=") == 9
    assert "<svg" in page
    assert "No reason is given yet" in text


def test_the_picture_is_taken_away_as_a_file_that_says_what_it_shows(world):
    row = choosing.area(world, number="H2")
    answer = _page(world, "priorities_picture", row.planning)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="priorities-')
    svg = answer.content.decode()
    assert "<title " in svg
    assert "<desc " in svg
    assert "Most challenging, greatest difference: H2 Who sits on our interview panels" in svg


def test_a_form_that_forgot_a_place_is_asked_again_with_what_was_typed(world):
    of = world.planning()
    client, address = _client(world.manager), reverse("add_area", kwargs={"planning": of.public_id})
    given = {"key": secrets.token_hex(16), "version": 0, "number": "H1", "title": "Our panels"}
    given |= {"choice": "undecided", "on-day": ON.day, "on-month": ON.month, "on-year": ON.year}
    answer = client.post(address, given)
    assert answer.status_code == 422
    text = _text(answer)
    assert "Choose how challenging it is here." in text
    assert "Choose how much difference can be made." in text
    assert "Our panels" in answer.content.decode()
    assert not Area.objects.exists()


def test_an_area_s_page_has_its_history_and_withdrawn_areas_stay_in_reach(world):
    row = choosing.withdrawn(world)
    text = _text(_page(world, "area", row))
    assert "Withdrawn. It is one with another" in text
    assert "Recorded by Priya Raman" in text
    assert row.title in _text(_page(world, "priorities", row.planning))


def test_horizons_of_a_plan_are_not_changed_at_its_planning(world):
    of = world.planning()
    plan = world.plan(unit=of.unit)
    planning.name_plan(by=world.manager, planning=of, plan=plan, version=of.version, at=AT)
    given = {"by": world.manager, "plan": plan, "version": plan.version, "at": AT}
    milestones.keep_horizons(horizons=[("Short term", ON)], **given)
    answer = _page(world, "planning_horizons", of)
    assert answer.status_code == 404
    assert "The plan of this directorate says" in _text(answer)


# -- the vision ------------------------------------------------------------------------------------


def test_the_words_that_stand_are_in_serif_with_who_signed_and_when_they_are_read_again(world):
    row = choosing.signed(world, text="Every tenant is met with respect.")
    answer = _page(world, "vision", row.planning)
    quoted = re.findall(r'<blockquote class="gt-quote">(.*?)</blockquote>', answer.content.decode())
    assert [re.sub("<[^>]+>", "", one) for one in quoted] == [row.words] * 2  # it, and in history
    holder = choosing.holder(row.signers.get().post)
    assert f"{holder.name}, {row.signers.get().post.title}" in _text(answer)
    assert "Next read again 1 October 2027" in _text(answer)


def test_a_later_draft_stands_below_the_version_that_is_signed(world):
    of = world.planning()
    old, new = choosing.signed(world, of), choosing.to_sign(world, of)
    page = _page(world, "vision", of).content.decode()
    assert page.index(old.words) < page.index(new.words)
    assert "a later version waits for 1 signature" in _text(_page(world, "vision", of))


def test_whoever_is_asked_to_sign_has_a_button_and_nobody_else(world):
    row = choosing.to_sign(world)
    post = row.signers.get().post
    button = f"Sign it as {post.title}"
    assert button in _text(_page(world, "vision", row.planning, by=choosing.holder(post)))
    other = world.somebody("director", world.unit(HOUSING))
    assert button not in _text(_page(world, "vision", row.planning, by=other))
    assert button not in _text(_page(world, "vision", row.planning))


def test_a_post_that_was_not_asked_is_not_taken_from_a_forged_form(world):
    row, other = choosing.to_sign(world), choosing.director(world)
    client = _client(choosing.holder(other))
    address = reverse("sign_vision", kwargs={"vision": row.public_id})
    given = {"key": secrets.token_hex(16), "version": 0, "post": other.public_id}
    assert client.post(address, given).status_code == 422
    assert not row.signatures.exists()


# -- who may see -----------------------------------------------------------------------------------


def _things(world, unit):
    """One of each thing of a planning in a unit, all with words that stand nowhere else."""
    row = choosing.area(world, unit=unit, title=f"{SECRET} panels", reason=f"{SECRET} said so")
    vision = choosing.to_sign(world, row.planning, text=f"{SECRET} respect for all.")
    return {"planning": row.planning, "area": row, "vision": vision}


MINE = {
    "priorities": "planning",
    "priorities_picture": "planning",
    "add_area": "planning",
    "planning_horizons": "planning",
    "area": "area",
    "weigh_area": "area",
    "withdraw_area": "area",
    "ground_area": "area",
    "act_on_area": "area",
    "unjoin_area": "area",
    "vision": "planning",
    "write_vision": "planning",
    "ask_about_vision": "vision",
    "record_vision_answer": "vision",
    "ask_signatures": "vision",
    "withdraw_signer": "vision",
    "sign_vision": "vision",
    "record_signature": "vision",
    "read_vision_again": "vision",
}


def test_every_address_of_the_two_steps_is_tried_here():
    kinds = {a.name: a.declared.kind for a in addresses() if a.declared}
    of_them = {name for name, kind in kinds.items() if kind in ("area", "vision")}
    assert of_them <= set(MINE)
    assert {name: kinds[name] for name in MINE} == MINE


def test_a_director_of_another_directorate_can_neither_see_nor_change_anything(world):
    things = _things(world, world.unit(HOUSING))
    other = world.somebody("director", world.unit(RESOURCES))
    own = world.somebody("director", world.unit(HOUSING))
    before = AuditEntry.objects.exclude(act="refused").count()
    for name, kind in MINE.items():
        address = reverse(name, kwargs={kind: things[kind].public_id})
        assert _client(own).get(address).status_code == 200, name
        for answer in (
            _client(other).get(address),
            _client(other).post(address, {"key": secrets.token_hex(16), "version": 1}),
        ):
            assert answer.status_code == 403, name
            assert SECRET not in answer.content.decode(), name
    assert AuditEntry.objects.exclude(act="refused").count() == before
    assert (Area.objects.count(), Vision.objects.count()) == (1, 1)


def test_links_and_searches_tell_nobody_else_of_an_area(world):
    row = choosing.area(world, title=f"{SECRET} panels")
    action = world.action(unit=row.planning.unit)
    changes.act_on_area(by=world.manager, area=row, action=action, at=AT)
    changes.ground_area(by=world.manager, area=row, ground=world.action(), at=AT)
    corporate = action.plan.actions.model.objects.exclude(pk=action.pk).get()
    reader = world.somebody("councillor")
    join = reverse("join_action", kwargs={"action": corporate.public_id}) + f"?search={SECRET}"
    for thing in (action, corporate):
        assert SECRET in _text(_page(world, "action", thing))
        assert SECRET not in _text(_page(world, "action", thing, by=reader))
    assert f"{SECRET} panels" in _text(_client(world.manager).get(join))
    for name in ("directorates", "register", "workspace_home"):
        answer = _client(world.somebody("director", world.unit(RESOURCES))).get(reverse(name))
        assert SECRET not in _text(answer)


def test_the_matrix_names_nothing_that_its_reader_may_not_see(world):
    row = choosing.area(world)
    theme = listening.theme(world, row.planning, name=f"{SECRET} theme")
    changes.ground_area(by=world.manager, area=row, ground=theme, at=AT)
    for name, thing in (("priorities", row.planning), ("area", row)):
        assert SECRET in _text(_page(world, name, thing))
        assert _page(world, name, thing, by=world.somebody("councillor")).status_code == 403


def test_a_body_that_is_asked_reads_that_version_and_nothing_else_of_the_planning(world):
    things = _things(world, world.unit(HOUSING))
    choosing.area(world, things["planning"], title="Seldom heard")
    body = world.committee(kind="staff_forum")
    asked = choosing.asked(world, row=things["vision"], committee=body)
    speaker = world.speaker(body)
    client = _client(speaker)
    answer = client.get(reverse("vision_asked", kwargs={"visionasked": asked.public_id}))
    assert things["vision"].words in _text(answer)
    assert "Seldom heard" not in _text(answer)
    for name, kind in MINE.items():
        address = reverse(name, kwargs={kind: things[kind].public_id})
        assert client.get(address).status_code == 403, name
    page = _text(client.get(reverse("committee", kwargs={"committee": body.public_id})))
    assert "The vision of Housing and Communities" in page
    assert "The vision of Housing and Communities" in _text(client.get(reverse("workspace_home")))


def test_a_vision_that_was_put_to_a_body_is_told_on_its_page_to_who_speaks_for_it_alone(world):
    asked = choosing.asked(world)
    other = world.speaker(world.committee())
    for person in (other, world.somebody("councillor"), world.manager):
        page = _page(world, "committee", asked.committee, by=person)
        assert "Visions that it was asked about" not in _text(page)
        address = reverse("vision_asked", kwargs={"visionasked": asked.public_id})
        assert _client(person).get(address).status_code == 403


def test_pages_ask_as_few_questions_for_many_rows_as_for_one(world):
    of = world.planning()
    client = _client(world.manager)

    def fill(many):
        for _n in range(many):
            row = choosing.area(world, of)
            theme = listening.theme(world, of)
            changes.ground_area(by=world.manager, area=row, ground=theme, at=AT)
            changes.act_on_area(
                by=world.manager, area=row, action=world.action(unit=of.unit), at=AT
            )
            choosing.asked(world, row=choosing.vision(world, of))

    def count(name):
        address = reverse(name, kwargs={"planning": of.public_id})
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    fill(1)
    few = {name: count(name) for name in ("priorities", "vision")}
    fill(4)
    assert {name: count(name) for name in few} == few


def test_the_areas_of_a_planning_take_few_questions(world, django_assert_max_num_queries):
    row = choosing.area(world)
    of, person = row.planning, world.manager
    for thing in (listening.theme(world, of), listening.pack(world, of).findings.get()):
        changes.ground_area(by=person, area=row, ground=thing, at=AT)
    changes.ground_area(by=person, area=row, ground=world.action(), at=AT)
    known = Known.of(person, ON)
    with django_assert_max_num_queries(8):
        queries.of_planning(of, for_=person, on=ON, known=known)


def test_a_reading_day_that_has_passed_is_said(world):
    row = choosing.vision(world)
    visions.ask_signatures(by=world.manager, vision=row, posts=[choosing.director(world)], at=AT)
    assert "To be read again 1 October 2027" in _text(_page(world, "vision", row.planning))
    assert row.read_again_on == ON + 365 * DAY
