"""Which of a row's words belong to which of its actions, settled together in one form."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.documents import ReadingWarning
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, AuditEntry, Question
from web.changes import places
from web.world import AT, action
from web_pages import Page

SAID = (
    "2 timescales for 3 actions: each was read for every action. Say which belongs to which.",
    "2 leads for 3 actions: each was read for every action. Say which belongs to which.",
)
WARNINGS = tuple(ReadingWarning("alignment", words, places.ROW) for words in SAID)
TEXTS = ("Hold sessions", "Train panels", "Publish figures")


@pytest.fixture
def draft(world):
    row = [action(text, place=places.ROW.at(item=n)) for n, text in enumerate(TEXTS, 1)]
    return world.draft(*row, warnings=WARNINGS)


@pytest.fixture
def client(world):
    client = Client()
    client.force_login(world.manager)
    return client


def at(view, draft):
    return reverse(view, kwargs={"draft": draft.public_id})


def send(client, draft, **words):
    return client.post(at("settle_row", draft), {"row": "1", "key": "k" * 16} | words)


def test_one_form_shows_each_action_with_its_words_and_settles_them_all(client, draft):
    assert draft.questions.filter(answer="").count() == 6
    page = client.get(at("draft", draft), {"row": "1"})
    assert page.content.decode().count(SAID[1]) >= 1
    assert {"timescale-0", "leads-0", "timescale-2", "leads-2"} <= set(Page(page.content).ids)
    answer = send(client, draft, **{"timescale-1": "30 June 2027", "leads-2": "Head of Policy"})
    assert answer.status_code == 302
    assert not draft.questions.filter(answer="").exists()
    changed = {(q.action, *q.change) for q in draft.questions.filter(answer="changed")}
    assert changed == {(1, "timescale"), (2, "leads")}


def test_what_was_settled_becomes_the_plan(world, client, draft):
    send(client, draft, **{"timescale-1": "30 June 2027", "leads-2": "Head of Policy"})
    draft.refresh_from_db()
    plans.adopt_draft(by=world.manager, draft=draft, version=draft.version, at=AT)
    rows = Action.objects.order_by("position")
    assert [row.first_due.isoformat() for row in rows] == ["2027-03-31", "2027-06-30", "2027-03-31"]
    assert [row.leads.get().text for row in rows][2] == "Head of Policy"


def test_words_that_cannot_be_read_are_said_beside_their_action_and_nothing_is_settled(
    client, draft
):
    answer = send(client, draft, **{"timescale-1": "xyz", "timescale-0": "1 May 2027"})
    assert answer.status_code == 422
    assert "#timescale-1" in Page(answer.content).links
    assert ">1 May 2027</textarea>" in answer.content.decode()
    assert not Question.objects.exclude(answer="").exists()


def test_a_row_is_settled_once_and_never_over_anothers_answer(world, client, draft):
    first = draft.questions.filter(message=SAID[1], action=0).get()
    plans.answer_question(by=world.manager, question=first, version=1, answer="left_out", at=AT)
    assert send(client, draft).status_code == 302
    first.refresh_from_db()
    assert first.answer == "left_out"
    assert send(client, draft, key="l" * 16).status_code == 409
    assert AuditEntry.objects.filter(act="row.settled").count() == 1


def test_a_form_that_is_sent_twice_settles_once(client, draft):
    assert [send(client, draft).status_code for _ in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(act="row.settled").count() == 1


@pytest.mark.parametrize("row", ["", "0", "99", "x", "１"])
def test_a_row_that_is_not_there_settles_nothing(client, draft, row):
    assert send(client, draft, row=row).status_code in (200, 404)
    assert not Question.objects.exclude(answer="").exists()


def test_a_question_on_leads_offers_leads_to_change(client, draft):
    page = client.get(at("draft", draft), {"row": "1"}).content.decode()
    question = draft.questions.filter(message=SAID[1], action=0).get()
    assert f'id="leads-{question.public_id}"' in page


def test_whoever_only_reads_drafts_cannot_settle(world, draft):
    client = Client()
    client.force_login(world.publisher)
    assert send(client, draft).status_code == 403
    assert "Settle this row" not in client.get(at("draft", draft), {"row": "1"}).content.decode()
