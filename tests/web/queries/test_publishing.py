"""What a directorate's edition holds, from rows; and that nothing else of its planning is there."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.plan import edition as ed
from goldenthread.timescale import day
from goldenthread.web.changes import (
    choosing,
    consultation,
    evaluation,
    listening,
    pledges,
    reviews,
    visions,
)
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Link, OneToOnes, SignOff
from goldenthread.web.queries import publishing
from web import choosing as chosen
from web import closing
from web import listening as heard
from web.changes import pledging
from web.world import AT, DAY, ON, action

LATER = AT + timedelta(hours=2)
# Each session has a place and a size that nothing else has.
PLACES = [
    "Quillfeather Hall",
    "Old Tannery yard",
    "Moss Lane depot",
    "Number 9 Sidings",
    "Pump Row",
]
SIZES = [347, 353, 359, 367, 373]


def sign(planning, step, at=AT, what="signed"):
    return SignOff.objects.create(
        planning=planning, step=step, what=what, on=ON, words="Planted note", at=at,
        by=planning_by(planning),
    )  # fmt: skip


def planning_by(planning):
    return planning.sessions.first().said.first().by


def link(world, one, kind, end, meaning, since=ON - DAY, until=None):
    return Link.objects.create(
        from_kind="action", from_id=one.public_id, to_kind=kind, to_id=end,
        meaning=meaning, since=since, until=until, by=world.manager,
    )  # fmt: skip


@pytest.fixture
def housing(world):
    """Housing's plan and planning: five sessions, three themes, two areas and a draft, a vision."""
    body = world.published()
    unit = world.unit("Housing and Communities")
    plan = world.plan(action("Train every panel"), action("Ring back"), unit=unit)
    planning = heard.planning(world, unit)
    planning.plan = plan
    planning.save()
    held = [
        heard.session(world, planning, number=n, place=place, came=size)
        for n, (place, size) in enumerate(zip(PLACES, SIZES, strict=True))
    ]
    told = heard.theme(
        world, planning, drawn=held[:3], name="Who sits on panels", note="Only friends."
    )
    few = heard.theme(world, planning, drawn=held[:2], name="Of two alone", note="Told to few.")
    alone = heard.theme(world, planning, name="Of one alone", note="Told to one.")
    OneToOnes.objects.create(planning=planning, counted_to=ON, total=487)
    area = chosen.area(world, planning, number="H2", reason="Named most.", evidence="Quiet proof.")
    no = chosen.area(
        world, planning, number="H3", title="Letters", choice="not_chosen", reason="Next year."
    )
    draft = chosen.area(
        world, planning, number="H4", title="Half a thought", choice="undecided", reason=""
    )
    for one in (told, few):
        choosing.ground_area(by=world.manager, area=area, ground=one, at=AT)
    first, second = plan.actions.order_by("position")
    choosing.act_on_area(by=world.manager, area=area, action=first, at=AT)
    link(world, second, "area", draft.public_id, "comes_from")
    for one in (told, few, alone):
        link(world, first, "heardtheme", one.public_id, "comes_from")
    served = body.plan.actions.get()
    link(world, first, "action", served.public_id, "serves")
    return world, plan, planning, {
        "body": body, "served": served, "told": told, "area": area, "no": no, "held": held,
    }  # fmt: skip


def of(world, plan, at=LATER):
    return publishing.edition(plan, number=1, by=world.manager, at=at)


def ready(housing):
    """The same with listening and priorities signed off, and the vision signed."""
    world, plan, planning, rows = housing
    heard.signed(world, planning)
    sign(planning, "priorities")
    chosen.vision(world, planning, text="A first draft of words.", at=AT)
    rows["vision"] = chosen.signed(world, planning, text="Met with respect.", at=AT)
    pledging.pledge(world, planning, "I keep this to myself")
    return world, plan, planning, rows


def test_what_a_directorate_decided_is_in_its_edition(housing):
    world, plan, _planning, rows = ready(housing)
    found = of(world, plan)
    assert [(one.code, one.name, one.weight, one.note) for one in found.heard] == [
        (rows["told"].public_id, "Who sits on panels", "many", "Only friends.")
    ]
    assert [(one.number, one.chosen, one.reason, one.heard) for one in found.priorities] == [
        ("H2", True, "Named most.", (rows["told"].public_id,)),
        ("H3", False, "Next year.", ()),
    ]
    assert found.vision.words == "Met with respect."
    [signature] = found.vision.signed
    assert (signature.post, signature.person) == (rows["vision"].signers.get().post.title, "")
    first, second = found.actions
    assert first.serves == (
        ed.Serves(
            rows["served"].number, rows["served"].public_id, plan=rows["body"].plan.title,
        ),
    )  # fmt: skip
    assert (first.priorities, first.heard) == (("H2",), (rows["told"].public_id,))
    assert (second.priorities, second.heard, second.serves) == ((), (), ())
    done = {one.name: one.done for one in found.steps}
    assert list(done.values()) == [True, False, True, False, False, False]


def test_a_name_stands_beside_a_signature_only_where_the_body_publishes_it(housing):
    world, plan, _planning, rows = ready(housing)
    post = rows["vision"].signers.get().post
    post.name_public = True
    post.save()
    [signature] = of(world, plan).vision.signed
    assert signature.person == chosen.holder(post).name


def test_what_is_not_signed_off_stays_inside(housing):
    world, plan, planning, _rows = housing
    assert (of(world, plan).heard, of(world, plan).priorities, of(world, plan).vision) == (
        (), (), None,
    )  # fmt: skip
    chosen.to_sign(world, planning, text="Nobody signed this.")
    sign(planning, "priorities")
    sign(planning, "priorities", at=AT + timedelta(minutes=5), what="reopened")
    found = of(world, plan)
    assert (found.priorities, found.vision) == ((), None)
    assert {one.priorities for one in found.actions} == {()}


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [(ON - DAY, None, True), (ON + DAY, None, False), (ON - DAY, ON, False)],
)
def test_what_an_action_serves_is_what_holds_on_the_day(housing, since, until, there):
    world, plan, _planning, rows = housing
    Link.objects.filter(meaning="serves").delete()
    one = plan.actions.order_by("position").first()
    link(world, one, "action", rows["served"].public_id, "serves", since, until)
    assert bool(of(world, plan).actions[0].serves) is there


def test_what_the_body_has_not_published_is_not_named(housing):
    world, plan, _planning, _rows = housing
    Link.objects.filter(meaning="serves").delete()
    unseen = world.plan(action("A secret of the whole council"))
    one = plan.actions.order_by("position").first()
    link(world, one, "action", unseen.actions.get().public_id, "serves")
    link(world, one, "recommendation", unseen.recommendations.get().public_id, "serves")
    assert of(world, plan).actions[0].serves == ()


def test_the_plan_of_the_whole_body_has_nothing_of_a_directorate(housing):
    world, _plan, _planning, rows = ready(housing)
    found = of(world, rows["body"].plan)
    assert (found.heard, found.priorities, found.vision, found.steps) == ((), (), None, ())


def test_only_a_pledge_whose_maker_wants_it_read_is_there_by_post_or_team(housing):
    world, plan, planning, _rows = housing
    pledged = pledging.pledge(world, planning, "I will listen first", public=True)
    pledging.pledge(world, planning, "I keep this to myself")
    team = pledging.pledge(
        world, planning, "We stand by each other", post=None, team_words="Counter team", public=True
    )
    for row, what in ((pledged, "kept"), (pledged, "not_kept")):
        row.refresh_from_db()
        pledges.follow_up(
            by=world.manager, pledge=row, version=row.version, what=what, on=ON, text="Two of two.",
            at=AT,
        )  # fmt: skip
    found = of(world, plan).pledges
    assert [(one.words, one.made_by, one.person) for one in found] == [
        ("I will listen first", "Head of Learning", ""),
        ("We stand by each other", "Counter team", ""),
    ]
    assert [(one.kept, one.words) for one in found[0].follow_ups] == [
        ("kept", "Two of two."),
        ("not_kept", "Two of two."),
    ]
    assert team.words == found[1].words


def test_a_name_stands_beside_a_pledge_only_where_the_body_publishes_it(housing):
    world, plan, planning, _rows = housing
    post = chosen.director(world, planning.unit)
    pledging.pledge(world, planning, "I will listen first", post=post, public=True)
    assert [one.person for one in of(world, plan).pledges] == [""]
    post.name_public = True
    post.save()
    assert [one.person for one in of(world, plan).pledges] == [chosen.holder(post).name]


def test_objectives_stand_in_the_bodys_edition_alone_and_only_as_its_one_total(housing):
    world, plan, planning, rows = housing
    units = [planning.unit, world.unit("Resources"), world.unit("Children’s Services")]
    for number, unit in enumerate(units):
        pledging.counted(world, world.planning(unit), serving=311 + number, held=411 + number)
    later = AT + timedelta(days=40)
    total = of(world, rows["body"].plan, later).objectives
    assert total == ed.Objectives(936, 1236, pledging.Q2)
    assert of(world, plan, later).objectives is None
    assert of(world, rows["body"].plan, AT).objectives is None
    text = json.dumps(publishing.content(rows["body"].plan, number=1, by=world.manager, at=later))
    assert holds(text, {"311", "411", "312", "412", "313", "413"}) == []


def test_a_closing_is_there_once_the_planning_is_closed_and_its_files_are_not(world):
    unit = world.unit("Housing and Communities")
    row = closing.ready(world, unit)
    plan = row.plan
    assert of(world, plan).closing is None
    closing.close(world, row)
    told = of(world, plan).closing
    assert told.statement == closing.PARTS["statement"]
    assert (told.changed_for_staff, told.changed_for_residents, told.learnt) == (
        closing.PARTS["staff"], closing.PARTS["residents"], closing.PARTS["learnt"],
    )  # fmt: skip
    assert told.promised.startswith("The one promise is on track")
    assert [(one.words, [e.link for e in one.evidence]) for one in told.claims] == [
        ("Every panel is now mixed", [closing.LINK])
    ]


def test_an_answer_has_its_reason_apart_from_its_words(world):
    plan = world.plan(action("Train"))
    rec = plan.recommendations.get()
    reviews.answer_recommendation(
        by=world.manager, recommendation=rec, version=rec.version, position="not_accepted",
        text="We will not.", reason="The law forbids it.", decided_by="Cabinet", answered_on=ON,
        at=AT,
    )  # fmt: skip
    [found] = of(world, plan).recommendations
    assert found.answer == ed.Answer(
        "not_accepted", "We will not.", "Cabinet", ON, "The law forbids it."
    )


def published(world, plan, at=LATER):
    plan.refresh_from_db()
    made = plans.adopt_edition(by=world.manager, plan=plan, version=plan.version, at=at)
    plans.publish_edition(
        by=world.publisher, edition=made, version=made.version, at=at + timedelta(minutes=1)
    )
    return made


def public_answers(plan):
    """Every public page and file of a plan and of the body's, as one text by its address."""
    from web.test_intruder import crawled  # the crawl begins at the first page

    found = crawled()
    assert f"/plans/{plan.public_id}/heard" in found
    return found


def secrets(planning, rows):
    """What nobody outside may read of a planning: of each session alone, and every draft."""
    found = {*PLACES, *map(str, SIZES), "487"}
    found |= {day(row.on) for row in rows["held"]} | {row.on.isoformat() for row in rows["held"]}
    found |= {row.public_id for row in rows["held"]} | {planning.public_id}
    found |= {"Of two alone", "Told to few.", "Of one alone", "Told to one."}
    found |= {
        "Half a thought",
        "Quiet proof.",
        "I keep this to myself",
        "A first draft of words.",
        "Planted note",
    }
    return found


def holds(text, hidden):
    """Which of these stand in a text, each as words of its own."""
    return [words for words in hidden if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)]


def test_an_intruder_finds_nothing_of_any_single_session_nor_any_draft(housing):
    world, plan, planning, rows = ready(housing)
    made = published(world, plan)
    answers = public_answers(plan)
    assert any("Who sits on panels" in text for text in answers.values())
    hidden = secrets(planning, rows)
    assert {address: holds(text, hidden) for address, text in answers.items()} == {
        address: [] for address in answers
    }
    assert holds(json.dumps(made.content, ensure_ascii=False), hidden) == []
    # The test would see a leak: all of it is there for those who may read it.
    reader = Client()
    reader.force_login(world.manager)
    inside = reader.get(f"/workspace/directorates/{planning.public_id}/listen/").content.decode()
    assert set(holds(inside, hidden)) >= {*PLACES, *map(str, SIZES), "487"}


def test_over_successive_editions_no_session_can_be_told_from_what_appears(housing):
    """A session that comes later, and a theme that it lifts to three, change no edition."""
    world, plan, planning, rows = ready(housing)
    published(world, plan)
    before = of(world, plan, LATER + timedelta(hours=1))
    late = heard.session(
        world, planning, number=6, place="Late Street", came=379, at=LATER + timedelta(hours=2)
    )
    few = planning.heard_themes.get(name="Of two alone")
    at = LATER + timedelta(hours=3)
    few.refresh_from_db()
    listening.change_theme(
        by=world.manager,
        theme=few,
        version=few.version,
        heard=listening.Heard("Of two alone", "many", "Told to few.", one_to_ones=False),
        sessions=[*rows["held"][:2], late],
        reason="Heard again",
        at=at,
    )
    heard.signed(world, planning, at=at + timedelta(minutes=1), what="reopened")
    heard.signed(world, planning, at=at + timedelta(minutes=2))
    after = of(world, plan, at + timedelta(minutes=3))
    assert [one.name for one in before.heard] == ["Who sits on panels"]
    assert after.heard == before.heard
    assert after.priorities == before.priorities


def test_a_review_is_there_whole_with_what_was_not_accepted(world):
    plan = world.plan(action("Train"))
    reviewed = closing.review(
        world, reported=ON, standing="independent", independence="Never employed here",
        report_url=closing.LINK, report_on=ON,
    )  # fmt: skip
    first, second = closing.recommended(world, reviewed, "1. Publish the gap\n\nMix every panel")
    closing.answer(world, first, "not_accepted", "", "There is no money")
    closing.answer(world, second)
    plans.link(
        by=world.manager, from_=plan.actions.get(), to=second, meaning="answers", since=ON, at=AT
    )
    told = of(world, plan)
    assert [(one.number, one.words) for one in told.recommendations[1:]] == [
        ("R1", "Publish the gap"),
        ("R2", "Mix every panel"),
    ]
    assert told.recommendations[1].answer.reason == "There is no money"
    assert told.actions[0].recommendations == ("1", "R2")
    [inquiry] = told.inquiries
    assert (inquiry.standing, inquiry.independence, inquiry.report, inquiry.report_on) == (
        "independent", "Never employed here", closing.LINK, ON,
    )  # fmt: skip
    assert inquiry.recommendations == ("R1", "R2")


def test_a_review_that_has_not_reported_or_is_of_another_part_is_not_there(world):
    plan = world.plan(action("Train"))
    closing.recommended(world)
    closing.recommended(world, closing.review(world, world.unit("Resources"), reported=ON))
    of_another = closing.review(world, reported=ON)
    closing.recommended(world, of_another)
    held = world.plan(action("Teach")).recommendations.get()
    type(held).objects.filter(pk=held.pk).update(review=of_another)
    told = of(world, plan)
    assert (len(told.recommendations), told.inquiries) == (1, ())


def test_the_number_under_which_something_was_published_stays_and_is_never_anothers(world):
    plan = world.plan(action("Train"))
    first = closing.review(world, title="Begun first", reported=ON + DAY)
    second = closing.review(world, title="Reported first", reported=ON)
    for of_review, text in ((first, "Publish the gap"), (second, "Mix panels\n\nMix panels")):
        closing.recommended(world, of_review, text)

    def numbered(at):
        told = publishing.edition(plan, number=9, by=world.manager, at=at)
        return [(one.number, one.words) for one in told.recommendations[1:]]

    said = [("R1", "Mix panels"), ("R2", "Mix panels")]
    assert numbered(AT) == said
    # The other has reported now, and comes first. Nothing is published yet, so all may change.
    later = AT + timedelta(days=2)
    assert numbered(later) == [
        ("R1", "Publish the gap"),
        ("R2", "Mix panels"),
        ("R3", "Mix panels"),
    ]
    published(world, plan, AT)
    assert numbered(later) == [("R3", "Publish the gap"), *said]
    # What it was published with is gone: its numbers are no others.
    second.refresh_from_db()
    type(second).objects.filter(pk=second.pk).update(reported=None)
    assert numbered(later) == [("R3", "Publish the gap")]


def test_a_directorate_serves_what_a_review_recommended_by_the_number_it_was_published_under(
    housing,
):
    world, plan, _planning, rows = housing
    reviewed = closing.review(world, reported=ON)
    [rec] = closing.recommended(world, reviewed, "Mix every panel")
    plans.link(
        by=world.manager, from_=plan.actions.first(), to=rec, meaning="serves", since=ON, at=AT
    )
    published(world, rows["body"].plan)
    told = publishing.edition(plan, number=1, by=world.manager, at=LATER + timedelta(hours=1))
    assert "R1" in [one.recommendation for action in told.actions for one in action.serves]


def test_what_bodies_say_of_a_vision_stands_beside_it_by_their_own_wish(housing):
    world, plan, planning, _rows = housing
    row = chosen.vision(world, planning, text="Met with respect.", at=AT)
    director = chosen.director(world, planning.unit)
    said = {
        "Union": ("objects", True, "A wish with no date."),
        "Forum": ("supports", False, "Told to the directorate alone."),
    }
    for name, (stance, public, words) in said.items():
        asked = chosen.asked(world, row=row, committee=world.committee(name=name))
        by = world.speaker(asked.committee)
        visions.answer_about_vision(
            by=by, asked=asked, stance=stance, public=public, text=words, at=AT
        )
    visions.ask_signatures(by=world.manager, vision=row, posts=[director], at=AT)
    visions.sign_vision(by=chosen.holder(director), vision=row, post=director, at=AT)
    told = of(world, plan).vision
    assert told.opinions == (ed.Opinion("objects", "Union", ON, "A wish with no date."),)


def test_what_bodies_say_of_a_closing_stands_beside_it_and_not_as_their_word_on_the_plan(world):
    row = closing.ready(world, world.unit("Housing and Communities"))
    forum, union = world.committee(name="Forum"), world.committee(name="Union")
    world.stance(forum, row.plan, "objects", "No plan of ours.")
    asked = evaluation.put_to_bodies(
        by=world.manager, planning=row, committees=[forum, union], wanted_by=ON + 9 * DAY, at=AT
    )
    for body, public in ((forum, True), (union, False)):
        consultation.record_stance(
            by=world.speaker(body), committee=body, about=asked, stance="supports",
            text=f"Well closed, says {body.name}.", said_on=ON, public=public, at=AT,
        )  # fmt: skip
    closing.close(world, row)
    told = of(world, row.plan)
    assert told.closing.opinions == (
        ed.Opinion("supports", "Forum", ON, "Well closed, says Forum."),
    )
    assert [(one.body, one.stance) for one in told.stances] == [("Forum", "objects")]
    assert "Well closed, says Union" not in json.dumps(ed.to_json(told))
