"""The pages of owners, of who is who, of milestones, and of a plan over time."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldenthread.plan import edition as ed
from goldenthread.web.changes import milestones as changes
from goldenthread.web.changes import people
from goldenthread.web.changes.handover import hand_over_work
from goldenthread.web.changes.ownership import add_contributor
from goldenthread.web.changes.who_is_who import name_answerable
from goldenthread.web.models import Answerable, Handover, Horizon, Lead, Meanwhile, Milestone
from goldenthread.web.queries.milestones import reached
from goldenthread.web.queries.roadmap import roadmap
from web.changes import owning
from web.world import AT, DAY, ON, action
from web_pages import Page

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
LEARNING, POLICY = "Head of Learning", "Head of Policy"


def day(name, value):
    return {f"{name}-{part}": getattr(value, part) for part in ("day", "month", "year")}


def at(name, **given):
    return reverse(name, kwargs=given or None)


@pytest.fixture
def manager(world, client):
    client.force_login(world.manager)
    return client


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Page(answer.content).text


# -- contributors ----------------------------------------------------------------------------------


def test_a_contributor_is_added_shown_and_ended_and_narrows_the_register(world, manager):
    row = world.action()
    post = world.council.posts[POLICY]
    address = at("add_contributor", action=row.public_id)
    sent = {"post": post.public_id, "remark": "the figures", "version": "0"}
    assert manager.post(address, sent | day("since", TODAY)).status_code == 302
    page = text(manager, at("action", action=row.public_id))
    assert "Head of Policy (the figures)" in page
    other = world.action(action("Print leaflets"))
    found = text(manager, f"{at('register')}?contributor={post.public_id}")
    assert row.text in found
    assert other.text not in found
    lead = Lead.objects.get(role="supporting")
    end = at("end_contribution", lead=lead.public_id)
    assert manager.post(end, {"version": "0"} | day("until", TODAY)).status_code == 302
    assert Lead.objects.get(role="supporting").until == TODAY


def test_of_several_that_answer_one_is_chosen_on_its_page(world, manager):
    row = owning.joint(world, world.unit())
    page = text(manager, at("action", action=row.public_id))
    assert "Several answer: say which one does" in page
    second = row.leads.last()
    sent = {"lead": second.public_id, "version": "1"} | day("since", TOMORROW)
    assert manager.post(at("answer_alone", action=row.public_id), sent).status_code == 302
    assert row.leads.get(role="accountable", until__isnull=True) == second


# -- a post's work ---------------------------------------------------------------------------------


def _seen(answer):
    return re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]


def _keys(manager, address):
    return re.findall(r'name="part-([\w-]+)"', manager.get(address).content.decode())


def _sent(manager, post, **more):
    seen = _seen(manager.get(at("hand_over_work", post=post.public_id)))
    post.refresh_from_db()
    return {"version": post.version, "seen": seen, "reason": "She has left."} | more


def test_one_page_passes_all_of_it_on_and_the_stories_say_why(world, manager):
    rows = list(world.plan(action("Train panels"), action("Hold sessions")).actions.all())
    learning, policy = world.council.posts[LEARNING], world.council.posts[POLICY]
    address = at("hand_over_work", post=learning.public_id)
    page = text(manager, address)
    assert "It answers for 2 actions" in page
    assert "Joanna Osei holds this post." in page
    sent = _sent(manager, learning, to=policy.public_id, **day("on", TOMORROW))
    assert manager.post(address, sent).status_code == 302
    assert Lead.objects.filter(post=policy, since=TOMORROW).count() == 2
    story = text(manager, at("action", action=rows[0].public_id))
    assert "She has left. Passed on with all that the Head of Learning answered for." in story
    page = text(manager, address)
    assert "It answers for nothing now" in page
    assert "2 things to the Head of Policy" in page


def test_a_line_can_have_a_post_of_its_own(world, manager):
    world.plan(action("Train panels"), action("Hold sessions"))
    learning, policy = world.council.posts[LEARNING], world.council.posts[POLICY]
    news = world.council.posts["Head of Communications"]
    address = at("hand_over_work", post=learning.public_id)
    key = _keys(manager, address)[1]
    own = {f"part-{key}": news.public_id}
    sent = _sent(manager, learning, to=policy.public_id, **own, **day("on", TOMORROW))
    assert manager.post(address, sent).status_code == 302
    assert Lead.objects.get(post=news).action.text == "Hold sessions"


def test_what_is_wrong_keeps_every_choice(world, manager):
    world.plan(action("Train panels"), action("Hold sessions"))
    learning, policy = world.council.posts[LEARNING], world.council.posts[POLICY]
    address = at("hand_over_work", post=learning.public_id)
    key = _keys(manager, address)[1]
    own = {f"part-{key}": policy.public_id}
    answer = manager.post(
        address, _sent(manager, learning, **own, **day("on", TOMORROW), reason="")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'<option value="{policy.public_id}" selected>' in page
    assert Handover.objects.count() == 0


def test_somebody_who_comes_second_is_shown_what_stands_and_can_send_it_again(world, manager):
    world.plan(action("Train panels"), action("Hold sessions"))
    learning, policy = world.council.posts[LEARNING], world.council.posts[POLICY]
    address = at("hand_over_work", post=learning.public_id)
    sent = _sent(manager, learning, to=policy.public_id, **day("on", TOMORROW))
    world.action(action("Print leaflets"))
    answer = manager.post(address, sent)
    assert answer.status_code == 409
    page = Page(answer.content).text
    assert "It answers for 3 actions" in page
    again = sent | {"seen": _seen(answer), "key": "k2"}
    assert manager.post(address, again).status_code == 302
    assert Lead.objects.filter(post=policy).count() == 3


def test_who_answers_meanwhile_is_shown_wherever_the_empty_post_is(world, manager):
    row = world.action()
    learning, policy = world.council.posts[LEARNING], world.council.posts[POLICY]
    people.appoint_holder(
        by=world.administrator,
        post=learning,
        person=None,
        since=TODAY,
        version=learning.version,
        at=AT,
    )
    address = at("hand_over_work", post=learning.public_id)
    sent = _sent(manager, learning, meanwhile=policy.public_id, **day("on", TODAY))
    assert manager.post(address, sent).status_code == 302
    assert Meanwhile.objects.get().answers == policy
    said = "The Head of Policy answers"
    for page in (at("action", action=row.public_id), at("posts"), at("who_is_who"), address):
        assert said in text(manager, page)


def test_a_hand_over_is_given_back_after_one_look(world, manager):
    world.action()
    learning, policy = world.council.posts[LEARNING], world.council.posts[POLICY]
    address = at("hand_over_work", post=learning.public_id)
    manager.post(address, _sent(manager, learning, to=policy.public_id, **day("on", TOMORROW)))
    row = Handover.objects.get()
    back = at("hand_back", handover=row.public_id)
    learning.refresh_from_db()
    sent = {"version": learning.version, "reason": "A mistake"} | day("on", TOMORROW)
    looked = manager.post(back, sent)
    assert looked.status_code == 200
    assert "stays on record" in Page(looked.content).text
    assert manager.post(back, sent | {"checked": "yes"}).status_code == 302
    assert Lead.objects.get(until__isnull=True).post == learning
    assert "It was given back." in text(manager, address)


def test_what_somebody_leaves_behind_is_one_page(world, manager):
    world.action()
    joanna = world.council.people["Joanna Osei"]
    page = text(manager, at("leaving", person=joanna.public_id))
    assert "Joanna Osei holds 1 post" in page
    assert "Answers for 1 action." in page
    assert "Lead officer" in page


# -- who is who ------------------------------------------------------------------------------------


def test_everybody_who_works_with_the_programme_reads_who_is_who(world, client):
    name_answerable(
        by=world.manager,
        of=world.unit(),
        part="strategic_lead",
        post=world.council.posts["Chief Executive"],
        what="is accountable to Cabinet",
        since=ON,
        at=AT,
    )
    for role in ("councillor", "administrator", "staff_forum_chair"):
        client.force_login(world.somebody(role))
        page = text(client, at("who_is_who"))
        assert "Chief Executive (Tom Ellery)" in page
        assert "Name a post" not in page


def test_a_post_is_named_and_ended_on_the_pages(world, manager):
    chief = world.council.posts["Chief Executive"]
    sent = {"part": "sponsor", "post": chief.public_id, "what": "speaks for it", "version": "0"}
    sent |= day("since", TODAY)
    address = at("name_for_unit", unit=world.unit().public_id)
    refused = manager.post(address, sent)
    assert refused.status_code == 422
    assert "Say what it sponsors" in Page(refused.content).text
    assert manager.post(address, sent | {"forum": "Staff network"}).status_code == 302
    assert "Sponsor: Staff network" in text(manager, at("who_is_who"))
    row = Answerable.objects.get()
    end = at("end_answerable", answerable=row.public_id)
    gone = {"version": "1"} | day("until", TODAY)
    assert manager.post(end, gone).status_code == 302
    late = manager.post(end, gone)
    assert late.status_code in (409, 422, 400, 404)


# -- milestones ------------------------------------------------------------------------------------


def test_a_milestone_is_added_moved_reached_opened_again_and_dropped_on_its_pages(world, manager):
    row = world.action()
    sent = {"text": "Half of them held", "version": "0"} | day("due", TOMORROW)
    assert manager.post(at("add_milestone", action=row.public_id), sent).status_code == 302
    made = Milestone.objects.get()
    given = {"milestone": made.public_id}
    steps = [
        ("move_milestone", day("due", TODAY + timedelta(days=40)) | {"reason": "No room"}),
        ("reach_milestone", day("on", TODAY)),
        ("reopen_milestone", {"reason": "It was another"}),
        ("drop_milestone", {"reason": "Nobody asked"}),
    ]
    for version, (name, fields) in enumerate(steps, 1):
        answer = manager.post(at(name, **given), fields | {"version": version})
        assert answer.status_code == 302, name
    page = text(manager, at("action", action=row.public_id))
    for words in ("No room", "It was another", "Nobody asked", "was not reached after all"):
        assert words in page


def test_a_second_hand_on_a_milestone_is_shown_what_stands(world, manager):
    made = owning.milestone(world, world.unit())
    address = at("move_milestone", milestone=made.public_id)
    sent = {"version": "1", "reason": "Why"} | day("due", TOMORROW)
    assert manager.post(address, sent).status_code == 302
    late = manager.post(address, sent | day("due", TODAY + timedelta(days=9)) | {"key": "k"})
    assert late.status_code == 409
    assert "Promised first" in Page(late.content).text


def test_a_missed_milestone_is_a_mark_of_the_register_and_a_column_of_its_table(world, manager):
    row = world.action()
    changes.add_milestone(by=world.manager, action=row, text="Half held", due=ON, at=AT)
    fine = world.action(action("Print leaflets"))
    found = text(manager, f"{at('register')}?mark=milestone_missed")
    assert row.text in found
    assert fine.text not in found
    table = manager.get(at("register_csv")).content.decode("utf-8-sig")
    [first, *_] = [one for one in csv.DictReader(io.StringIO(table)) if one["action"] == row.text]
    assert (first["next milestone"], first["next milestone due"]) == ("Half held", ON.isoformat())
    assert first["milestones missed"] == "1"


def test_the_register_asks_as_much_for_many_milestones_as_for_none(world, manager):
    plan = world.plan(*(action(f"Do {n}") for n in range(8)))
    address = at("register")
    manager.get(address)
    with CaptureQueriesContext(connection) as none:
        manager.get(address)
    for row in plan.actions.all():
        for number in range(3):
            owning.milestone(world, row=row, text=f"Step {number}")
        add_contributor(by=world.manager, action=row, team=world.unit(), since=ON, at=AT)
    with CaptureQueriesContext(connection) as many:
        manager.get(address)
    # The parts of the council that contribute are asked for at once.
    assert len(many) <= len(none) + 1


def test_the_milestones_of_a_plan_are_a_table(world, manager):
    made = owning.milestone(world, world.unit(), text="=1+1")
    table = manager.get(at("milestones_csv", plan=made.action.plan.public_id))
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["standing"] for row in rows] == ["missed" if made.first_due < TODAY else "coming"]
    assert not rows[0]["milestone"].startswith("=")


def test_milestones_reached_are_counted_by_whole_quarters(world):
    rows = [owning.milestone(world, world.unit(), text=f"Step {n}") for n in range(3)]
    for made, on in zip(rows, (ON - 2 * DAY, ON - DAY, ON), strict=True):
        changes.reach_milestone(by=world.manager, milestone=made, version=1, on=on, at=AT)
    found = reached(for_=world.manager, as_at=ON + 30 * DAY, quarters=2)
    assert [(one.label, one.value) for one in found.points] == [
        ("quarter 1, 2026/27", None),
        ("quarter 2, 2026/27", None),
    ]
    later = reached(for_=world.manager, as_at=ON + 100 * DAY, quarters=2)
    assert [one.value for one in later.points] == [None, 1]
    assert reached(for_=world.somebody(), as_at=ON, quarters=1).points[0].value is None


# -- horizons and the roadmap ----------------------------------------------------------------------


def test_horizons_are_kept_on_their_page_and_shown_beside_each_date(world, manager):
    row = world.action()
    address = at("horizons", plan=row.plan.public_id)
    half = manager.post(address, {"name_1": "Short term", "version": "1"})
    assert half.status_code == 422
    sent = {"name_1": "Short term", "version": "1"} | day("ends_1", row.now_due)
    assert manager.post(address, sent).status_code == 302
    assert Horizon.objects.get().ends == row.now_due
    assert "Short term, up to 31 March 2027" in text(manager, at("action", action=row.public_id))


def test_the_roadmap_holds_every_action_and_can_be_narrowed(world, manager):
    adults = "Director of Adults and Health"
    plan = world.plan(action("Train panels"), action("Print", lead=adults), theme="Being heard")
    address = at("roadmap", plan=plan.public_id)
    page = text(manager, address)
    assert "2 actions over time" in page
    assert "Train panels" in page
    found = roadmap(for_=world.manager, plan=plan, as_at=TODAY)
    assert [(name, n) for _, name, n in found.units] == [("Adults and Health", 1), ("Resources", 1)]
    narrowed = text(manager, f"{address}?unit={found.units[0][0]}")
    assert "1 action over time" in narrowed
    assert "Train panels" not in narrowed
    nowhere = text(manager, f"{address}?theme=nonesuch&unit=x&page=99")
    assert "2 actions over time" in nowhere


def test_a_long_roadmap_takes_several_pages_with_every_action_once(world):
    plan = world.plan(*(action(f"Do {number}") for number in range(7)))
    parts = [
        roadmap(for_=world.manager, plan=plan, as_at=TODAY, page=page, most=3) for page in (1, 2, 3)
    ]
    told = [line.action.words for part in parts for line in part.road.lines]
    assert told == [f"Do {number}" for number in range(7)]
    assert {part.pages for part in parts} == {3}
    assert len({part.road.axis for part in parts}) == 1


def test_the_roadmap_tells_what_the_public_one_tells(world):
    plan = world.plan(action("Train panels"), action("Hold sessions"))
    owning.milestone(world, row=plan.actions.first())
    mine = roadmap(for_=world.manager, plan=plan, as_at=TODAY).road
    public = ed.from_json(world.edition(plan, at=timezone.now()).content)
    assert mine.lines == ed.roadmap(public).lines


def test_the_roadmap_of_another_unit_is_not_there_for_whoever_may_not_read_it(world, client):
    plan = world.plan(unit=world.unit("Resources"))
    client.force_login(world.somebody("councillor", world.unit("Children’s Services")))
    assert client.get(at("roadmap", plan=plan.public_id)).status_code == 403


def test_a_future_hand_over_shows_today_who_answers_today(world, manager):
    row = world.action()
    learning = world.council.posts[LEARNING]
    hand_over_work(
        by=world.manager,
        post=learning,
        version=learning.version,
        on=TODAY + timedelta(days=60),
        to=world.council.posts[POLICY],
        reason="She leaves in the new year.",
        at=AT,
    )
    page = text(manager, at("action", action=row.public_id))
    assert f"Who answers {LEARNING}" in page
