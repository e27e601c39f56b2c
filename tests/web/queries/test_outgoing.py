"""Words beside the themes: nobody is named and no session told, when kept and when published."""

import pytest
from django.urls import reverse

from goldenthread.errors import Missing
from goldenthread.plan.heard import SessionFacts
from goldenthread.web.changes import choosing, pledges, visions
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Edition, Stance, Vision
from goldenthread.web.queries import publishing
from goldenthread.web.queries.outgoing import Outgoing
from web import choosing as chosen
from web import closing
from web import listening as heard
from web.changes import pledging
from web.views.test_choosing_pages import _client
from web.world import AT, DAY, ON, action

PLACE, CAME = "Quillfeather Hall", 347
TELLS = f"At {PLACE} staff told us that nobody listens."
NAMES = "Ask sarah okafor-lunt about it."


@pytest.fixture
def housing(world):
    """A planning with one session, the plan that came of it, and somebody whom the site knows."""
    somebody = world.somebody("auditor")
    somebody.name = "Sarah Okafor-Lunt"
    somebody.save()
    unit = world.unit("Housing and Communities")
    plan = world.plan(action("Train every panel"), unit=unit)
    row = heard.planning(world, unit)
    row.plan = plan
    row.save()
    heard.session(world, row, place=PLACE, came=CAME)
    return row


def _area(world, of, **said):
    return chosen.area(world, of, number="H9", **said)


def _vision(world, of, text):
    return chosen.vision(world, of, text=text)


KEPT = {
    "the name of an area": lambda w, p, text: _area(w, p, title=text),
    "the reason of an area": lambda w, p, text: _area(w, p, reason=text),
    "a vision": _vision,
    "a pledge that the public reads": lambda w, p, text: pledging.pledge(w, p, text, public=True),
    "a part of the review": lambda w, p, text: closing.write(w, p, "learnt", text),
    "a claim": lambda w, p, text: closing.claim(w, p, text),
}


@pytest.mark.parametrize("text", [TELLS, NAMES])
@pytest.mark.parametrize("what", KEPT)
def test_words_that_may_be_published_name_nobody_and_tell_no_session(world, housing, what, text):
    with pytest.raises(Missing) as refused:
        KEPT[what](world, housing, text)
    (sentence,) = refused.value.needs.values()
    assert "Leave the" in sentence
    assert "Okafor" not in sentence
    assert "Quillfeather" not in sentence


@pytest.mark.parametrize("what", KEPT)
def test_words_about_something_else_are_kept(world, housing, what):
    KEPT[what](world, housing, f"By 31 March 2027 {PLACE} has a quiet room.")


def test_a_pledge_that_stays_inside_may_tell_and_is_asked_when_it_leaves(world, housing):
    row = pledging.pledge(world, housing, TELLS)
    with pytest.raises(Missing) as refused:
        pledges.choose_who_reads_pledge(
            by=world.manager, pledge=row, version=row.version, public=True, at=AT
        )
    assert "where a session was held" in refused.value.needs["public"]


def test_what_only_looks_like_a_name_may_be_said_to_be_nobodys(world, housing):
    text = "Panels learn what Joan Hartley taught us."
    with pytest.raises(Missing):
        _area(world, housing, reason=text)
    assert _area(world, housing, reason=text, nobody_named=True).reason == text
    with pytest.raises(Missing):
        _area(world, housing, title="No", reason=NAMES, nobody_named=True)


def test_a_horizon_is_not_called_after_a_session(world, housing):
    with pytest.raises(Missing) as refused:
        choosing.keep_planning_horizons(
            by=world.manager,
            planning=housing,
            horizons=[(f"What {PLACE} asked", ON + 90 * DAY)],
            version=housing.version,
            at=AT,
        )
    assert "where a session was held" in refused.value.needs["horizons"]


def test_sessions_of_the_year_before_and_what_was_said_of_them_before_still_count(world, housing):
    row = housing.sessions.get()
    housing.closed_on = ON
    housing.save()
    later = chosen.planning(world, housing.unit)
    assert later != housing
    assert SessionFacts(PLACE, row.on, CAME) in Outgoing.of(later).sessions
    assert SessionFacts(PLACE, row.on, CAME) in Outgoing.of(world.unit()).sessions


def test_no_edition_is_made_while_its_words_tell_of_a_session_or_name_somebody(world, housing):
    plan = housing.plan
    given = {"planning": housing, "words": TELLS, "read_again_on": ON + DAY, "at": AT}
    # As if it had been written before the session was entered.
    vision = Vision.objects.create(number=1, by=world.manager, **given)
    post = chosen.director(world, housing.unit)
    _signed(world, vision, post)
    assert publishing.not_to_be_told(plan, by=world.manager, at=AT) == (
        "The vision: It says where a session was held. Leave the place out.",
    )
    before = plan.version
    with pytest.raises(Missing, match="The vision"):
        plans.adopt_edition(by=world.manager, plan=plan, version=plan.version, at=AT)
    plan.refresh_from_db()
    assert (plan.version, Edition.objects.filter(plan=plan).count()) == (before, 0)
    page = _client(world.manager).get(reverse("adopt_edition", kwargs={"plan": plan.public_id}))
    assert "cannot be published as they stand" in page.content.decode()
    assert "Adopt this edition" not in page.content.decode()
    assert "Quillfeather" not in page.content.decode()


def test_what_a_body_says_of_a_vision_in_public_tells_of_no_session(world, housing):
    asked = chosen.asked(world, row=_vision(world, housing, "Met with respect."))
    seat = world.somebody("union_representative")
    chosen._seated(asked, seat)
    given = {"by": seat, "asked": asked, "stance": "objects", "text": TELLS, "at": AT}
    with pytest.raises(Missing) as refused:
        visions.answer_about_vision(**given, public=True)
    assert "where a session was held" in refused.value.needs["text"]
    assert visions.answer_about_vision(**given, public=False).words == TELLS


@pytest.mark.parametrize("text", [TELLS, NAMES])
@pytest.mark.parametrize("speaks_of", ["the plan", "an action", "a recommendation", "a question"])
def test_what_a_body_says_of_a_plan_in_public_tells_of_no_session(world, housing, text, speaks_of):
    staff, plan = world.committee(name="Staff side"), housing.plan
    about = {
        "the plan": plan,
        "an action": plan.actions.get(),
        "a recommendation": plan.actions.get().recommendation,
        "a question": world.consultation(plan, committees=[staff]),
    }[speaks_of]
    seat = world.speaker(staff)
    with pytest.raises(Missing) as refused:
        world.stance(staff, about, "objects", text, by=seat, public=True)
    assert "Leave the" in refused.value.needs["text"]
    assert not Stance.objects.exists()
    assert world.stance(staff, about, "objects", text, by=seat, public=False).words == text
    elsewhere = f"By 31 March 2027 {PLACE} has a quiet room."
    assert world.stance(staff, about, "objects", elsewhere, by=seat, public=True).public


def test_what_a_body_says_of_the_plan_of_the_whole_body_tells_of_no_directorates_session(
    world, housing
):
    staff, plan = world.committee(name="Staff side"), world.plan()
    with pytest.raises(Missing) as refused:
        world.stance(staff, plan, "objects", TELLS)
    assert "where a session was held" in refused.value.needs["text"]


@pytest.mark.parametrize(
    ("on", "where"), [("plan", "the plan"), ("action", "action 1.1"), ("rec", "recommendation 1")]
)
@pytest.mark.parametrize(("text", "what"), [(TELLS, "where a session"), (NAMES, "names somebody")])
def test_no_edition_is_made_while_a_body_tells_of_a_session_or_names_somebody(
    world, housing, on, where, text, what
):
    staff, plan = world.committee(name="Staff side"), housing.plan
    row = plan.actions.get()
    about = {"plan": {}, "action": {"action": row}, "rec": {"recommendation": row.recommendation}}
    seat = world.speaker(staff)
    # As if it had been said before the session was entered, or the account opened.
    given = {"committee": staff, "stance": "objects", "words": text, "on": ON, "at": AT, "by": seat}
    Stance.objects.create(plan=plan, public=True, **given, **about[on])
    (found,) = publishing.not_to_be_told(plan, by=world.manager, at=AT)
    assert found.startswith(f"What Staff side says of {where}: It ")
    assert what in found
    with pytest.raises(Missing, match="What Staff side says"):
        plans.adopt_edition(by=world.manager, plan=plan, version=plan.version, at=AT)
    # The body words it anew: its last word counts.
    subject = next(iter(about[on].values()), plan)
    world.stance(staff, subject, "objects", "The date moved twice.", by=seat)
    assert publishing.not_to_be_told(plan, by=world.manager, at=AT) == ()


def _signed(world, vision, post):
    visions.ask_signatures(by=world.manager, vision=vision, posts=[post], at=AT)
    visions.sign_vision(by=chosen.holder(post), vision=vision, post=post, at=AT)
