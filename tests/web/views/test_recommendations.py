"""A recommendation's page, actions that are added to it, and plans that await their actions."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.documents import PlanDraft
from goldenthread.errors import Missing
from goldenthread.plan import Plan as PlanValue
from goldenthread.plan import ProcessStep
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, AuditEntry, Draft, Plan
from web.changes import places
from web.world import AT, ON, draft_value
from web_pages import Page


def at(view, thing):
    return reverse(view, kwargs={type(thing).__name__.lower(): thing.public_id})


def text(answer):
    return Page(answer.content).text


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.manager)
    return client


def keep(world, value):
    return plans.keep_draft(
        by=world.manager, unit=world.unit(), strand=world.council.strand, draft=value, at=AT
    )


@pytest.fixture
def bare(world):
    """A draft of one recommendation and no action."""
    return keep(world, draft_value())


def add(world, rec, **more):
    given = {"text": "Train every panel", "when": "31 March 2027"} | more
    post = given.pop("post", world.council.posts["Head of Learning"])
    return plans.add_action(by=world.manager, recommendation=rec, post=post, at=AT, **given)


# -- a plan that awaits its actions ----------------------------------------------------------------


def test_a_plan_without_actions_is_adopted_only_where_somebody_confirms_it(world, client, bare):
    page = client.get(at("adopt", bare))
    assert "with its 1 recommendation and no action yet" in text(page)
    given = {"version": bare.version, "key": "k" * 16}
    refused = client.post(at("adopt", bare), given)
    assert refused.status_code == 422
    assert "#without_actions" in Page(refused.content).links
    assert not Plan.objects.exists()
    assert client.post(at("adopt", bare), given | {"without_actions": "on"}).status_code == 302
    plan = Plan.objects.get()
    assert (plan.recommendations.count(), plan.actions.count()) == (1, 0)
    page = text(client.get(at("plan", plan)))
    assert "This plan has no action yet" in page
    assert "1 of 1 recommendations has no action" in page


def test_a_draft_that_lost_every_action_in_its_answers_is_asked_about_too(world, client):
    draft = world.draft(places.ACTION, warnings=places.ALIGNMENT)
    for question in draft.questions.all():
        plans.answer_question(
            by=world.manager, question=question, version=1, answer="left_out", at=AT
        )
    assert draft.questions.exists()
    with pytest.raises(Missing) as refused:
        plans.adopt_draft(by=world.manager, draft=draft, version=draft.version, at=AT)
    assert set(refused.value.needs) == {"without_actions"}
    assert "no action yet" in text(client.get(at("adopt", draft)))


def test_a_document_without_recommendations_holds_no_plan_and_says_what_to_do(world, client):
    steps = (ProcessStep("1", "Focus groups", "To hear what staff meet"),)
    value = PlanDraft(PlanValue(process_steps=steps), "update.txt", "txt", "a" * 64, "none")
    draft = keep(world, value)
    page = text(client.get(at("draft", draft)))
    assert "We read 1 step of a process and no plan" in page
    assert "1. Focus groups: To hear what staff meet" in page
    assert "Set it aside" in page
    with pytest.raises(Missing, match="no plan in it"):
        plans.adopt_draft(by=world.manager, draft=draft, version=1, at=AT, without_actions=True)
    assert Draft.objects.get().state == "open"


# -- an action that is added -----------------------------------------------------------------------


def test_an_action_is_added_to_a_recommendation_by_its_page(world, client):
    rec = world.plan().recommendations.get()
    given = {
        "text": "Train every panel",
        "when": "Quarter 4, 2026/27",
        "post": world.council.posts["Head of Learning"].public_id,
        "key": "k" * 16,
    }
    for _ in range(2):
        assert client.post(at("add_action", rec), given).status_code == 302
    row = Action.objects.get(text="Train every panel")
    assert (row.number, row.recommendation, row.first_due.isoformat()) == ("1.2", rec, "2027-03-31")
    assert [lead.post.title for lead in row.leads.all()] == ["Head of Learning"]
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, entry.object_id) == ("action.added", row.public_id)
    page = text(client.get(at("recommendation", rec)))
    assert "2 actions answer recommendation 1" in page
    assert "Train every panel" in page


def test_the_form_says_everything_that_is_missing_at_once(world, client):
    rec = world.plan().recommendations.get()
    answer = client.post(at("add_action", rec), {"key": "k", "when": "Soonish", "number": "1.1"})
    assert answer.status_code == 422
    wanted = {"#text", "#when", "#post", "#number"}
    assert wanted <= set(Page(answer.content).links)
    assert Action.objects.count() == 1


@pytest.mark.parametrize(("when", "recurs"), [("Every quarter", True), ("30 June 2027", False)])
def test_when_is_read_as_a_document_would_be(world, when, recurs):
    row = add(world, world.plan().recommendations.get(), when=when)
    row.refresh_from_db()
    assert (row.recurs, row.first_due is None) == (recurs, recurs)


def test_two_times_at_once_are_refused_rather_than_guessed(world):
    with pytest.raises(Missing) as refused:
        add(world, world.plan().recommendations.get(), when="31 March 2027; 30 June 2028")
    assert set(refused.value.needs) == {"when"}


def test_a_number_is_taken_once(world):
    rec = world.plan().recommendations.get()
    assert [add(world, rec).number for _ in range(2)] == ["1.2", "1.3"]
    with pytest.raises(Missing):
        add(world, rec, number="1.2")


def test_the_public_reads_an_added_action_as_promised_on_the_day_it_was_added(world):
    plan = world.plan()
    add(world, plan.recommendations.get())
    edition = plans.adopt_edition(by=world.manager, plan=plan, version=plan.version, at=AT)
    promises = edition.content["actions"][-1]["promises"]
    assert [(one["given_on"], one["due"]) for one in promises] == [(ON.isoformat(), "2027-03-31")]


def test_whoever_only_reads_sees_the_recommendation_and_no_way_to_change_it(world):
    rec = world.plan().recommendations.get()
    client = Client()
    client.force_login(world.council.holding("union_representative"))
    page = Page(client.get(at("recommendation", rec)).content)
    assert rec.text in page.text
    assert at("add_action", rec) not in page.links
