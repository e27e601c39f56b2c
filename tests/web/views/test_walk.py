"""Each view of walk (a): what it does for whoever may, and what it says to whoever may not."""

import secrets
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.plan import Lead
from goldenthread.web.changes import people
from goldenthread.web.models import AuditEntry, Draft, Edition, Plan, Question
from goldenthread.web.queries import plan
from hostile import VECTORS
from web.changes import places
from web.world import AT, DAY, ON
from web_pages import Page

PLAN = b"""No.,Recommendation,Action,Timescale,Lead,Measure
1,Say who leads,Appoint a lead officer,31 March 2025,Chief Executive,Lead named on the website
"""


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def at(view, thing=None, **more):
    kind = type(thing).__name__.lower()
    return reverse(view, kwargs=({kind: thing.public_id} if thing is not None else {}) | more)


def form(thing=None, **fields):
    """What a form sends: its key, and the version that its reader saw."""
    sent = {"key": secrets.token_hex(8)} | fields
    if thing is not None:
        thing.refresh_from_db()
        sent["version"] = thing.version
    return sent


def upload(world, content=PLAN, name="plan.csv", **more):
    return form(
        unit=world.unit().public_id,
        strand=world.council.strand.public_id,
        file=SimpleUploadedFile(name, content),
        **more,
    )


def words(answer):
    return answer.content.decode()


# -- bringing a document in ------------------------------------------------------------------------


def test_a_document_becomes_a_draft(world):
    answer = as_(world.manager).post(at("receive"), upload(world))
    draft = Draft.objects.get()
    assert answer.headers["Location"] == at("draft", draft)
    assert (draft.file, draft.unit) == ("plan.csv", world.unit())


def test_a_form_that_is_sent_twice_makes_one_draft(world):
    client, key = as_(world.manager), secrets.token_hex(8)
    first, again = (client.post(at("receive"), upload(world) | {"key": key}) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.csv", "empty"),
        (b"\x00\x01\x02noise" * 40, "noise.pdf", "noise.pdf:"),
        (b"Minutes of the meeting. Nothing was decided.", "minutes.txt", "minutes.txt:"),
    ],
)
def test_a_document_that_cannot_be_read_leaves_the_form_and_nothing_else(
    world, settings, content, name, said
):
    answer = as_(world.manager).post(at("receive"), upload(world, content, name))
    assert answer.status_code == 422
    assert said in words(answer)
    assert "There is a problem" in words(answer)
    assert not Draft.objects.exists()
    assert list(Path(settings.QUARANTINE).iterdir()) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"file": ""}, "file"),
        ({"unit": "nonesuch"}, "unit"),
        ({"strand": ""}, "strand"),
        ({"dated": "soon"}, "dated"),
    ],
)
def test_a_form_with_a_mistake_names_its_field(world, wrong, field):
    answer = as_(world.manager).post(at("receive"), upload(world) | wrong)
    assert answer.status_code == 422
    assert f'href="#{field}"' in words(answer)
    assert f'id="{field}-error"' in words(answer)
    assert not Draft.objects.exists()


def test_the_date_of_a_document_that_prints_none_is_taken_from_the_form(world):
    content = PLAN.replace(b"31 March 2025", b"Completed 24th March")
    as_(world.manager).post(at("receive"), upload(world, content, dated="15 July 2026"))
    claim = Draft.objects.get().content["plan"]["recommendations"][0]["actions"][0]["timescales"][0]
    assert claim["end"] == "2026-03-24"


def test_a_councillor_cannot_bring_a_document_in(world):
    councillor = as_(world.council.holding("councillor"))
    assert councillor.post(at("receive"), upload(world)).status_code == 403
    assert not Draft.objects.exists()


def test_a_unit_out_of_reach_is_not_offered_and_not_taken(world):
    housing = world.unit("Housing and Communities")
    manager = as_(world.somebody("programme_manager", housing))
    assert world.unit("Resources").name not in words(manager.get(at("receive")))
    sent = upload(world) | {"unit": world.unit("Resources").public_id}
    assert manager.post(at("receive"), sent).status_code == 422
    assert not Draft.objects.exists()


# -- reading and settling --------------------------------------------------------------------------


def test_a_draft_shows_the_documents_words_beside_the_reading(world):
    draft = world.draft(places.ACTION, warnings=places.ALIGNMENT)
    page = words(as_(world.manager).get(at("draft", draft) + "?row=1"))
    assert "The document’s words" in page
    assert "Hold listening sessions" in page
    assert "31 March 2027" in page
    assert draft.questions.first().message in page


def test_a_lead_officer_does_not_see_drafts(world):
    draft = world.draft()
    answer = as_(world.council.holding("lead_officer")).get(at("draft", draft))
    assert answer.status_code == 403
    assert "Hold listening" not in words(answer)


def test_a_question_is_settled_and_can_be_settled_differently(world):
    question = world.draft(places.ACTION, warnings=places.ALIGNMENT).questions.first()
    manager = as_(world.manager)
    answer = manager.post(at("question", question), form(question, answer="as_read"))
    assert answer.headers["Location"] == at("draft", question.draft) + "?row=1"
    question.refresh_from_db()
    assert question.answer == "as_read"
    sent = form(question, answer="changed", timescale="30 June 2027")
    manager.post(at("question", question), sent)
    question.refresh_from_db()
    assert (question.answer, question.change) == ("changed", {"timescale": "30 June 2027"})


def test_an_answer_that_cannot_be_kept_stands_in_the_form_again(world):
    question = world.draft(places.ACTION, warnings=places.ALIGNMENT).questions.first()
    sent = form(question, answer="changed", timescale="marmalade", question="x")
    sent["question"] = question.public_id
    answer = as_(world.manager).post(at("question", question), sent)
    assert answer.status_code == 422
    assert "marmalade" in words(answer)
    assert f'href="#timescale-{question.public_id}"' in words(answer)


def test_who_answers_second_is_told_and_nothing_is_lost(world):
    question = world.draft(places.ACTION, warnings=places.ALIGNMENT).questions.first()
    late = form(question, answer="changed", timescale="30 June 2027")
    late["question"] = question.public_id
    manager = as_(world.manager)
    manager.post(at("question", question), form(question, answer="as_read"))
    answer = manager.post(at("question", question), late)
    assert answer.status_code == 409
    assert "Somebody changed this while you were writing." in words(answer)
    assert "30 June 2027" in words(answer)
    assert "Settled" in words(answer)
    assert Question.objects.get(pk=question.pk).answer == "as_read"


def test_a_publisher_reads_a_question_and_cannot_settle_it(world):
    question = world.draft(places.ACTION, warnings=places.ALIGNMENT).questions.first()
    publisher = as_(world.publisher)
    assert "Settle this" not in words(publisher.get(at("draft", question.draft) + "?row=1"))
    sent = form(question, answer="as_read")
    assert publisher.post(at("question", question), sent).status_code == 403


def test_adoption_waits_for_the_last_question_and_makes_a_plan(world):
    draft = world.draft(places.ACTION, warnings=places.ALIGNMENT)
    manager = as_(world.manager)
    answer = manager.post(at("adopt", draft), form(draft))
    assert answer.status_code == 422
    assert "must be settled" in words(answer)
    for question in draft.questions.all():
        manager.post(at("question", question), form(question, answer="as_read"))
    answer = manager.post(at("adopt", draft), form(draft))
    assert answer.headers["Location"] == at("plan", Plan.objects.get())
    assert "This draft is adopted" in words(manager.get(at("draft", draft)))


def test_a_publisher_does_not_adopt_a_draft(world):
    draft = world.draft()
    assert as_(world.publisher).post(at("adopt", draft), form(draft)).status_code == 403
    assert not Plan.objects.exists()


def test_a_draft_is_set_aside_by_whoever_may(world):
    draft = world.draft()
    assert as_(world.publisher).post(at("set_aside_draft", draft), form(draft)).status_code == 403
    assert as_(world.manager).post(at("set_aside_draft", draft), form(draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "set_aside"


# -- editions --------------------------------------------------------------------------------------


def test_an_edition_is_adopted_from_a_plan(world):
    row = world.plan()
    manager = as_(world.manager)
    assert "Adopt this edition" in words(manager.get(at("adopt_edition", row)))
    answer = manager.post(at("adopt_edition", row), form(row))
    assert answer.headers["Location"] == at("edition", Edition.objects.get())


def test_a_director_does_not_adopt_an_edition(world):
    row = world.plan()
    director = as_(world.council.people["Tom Ellery"])
    assert director.post(at("adopt_edition", row), form(row)).status_code == 403


def test_a_second_person_publishes_and_the_public_reads(world):
    edition = world.edition()
    assert Client().get("/").status_code == 200
    assert "There is no published plan yet" in words(Client().get("/"))
    publisher = as_(world.publisher)
    assert "Publish it" in words(publisher.get(at("publish", edition)))
    answer = publisher.post(at("publish", edition), form(edition))
    assert answer.headers["Location"] == at("edition", edition)
    assert "Hold listening sessions" in words(Client().get("/plan"))


def test_the_person_who_adopted_it_is_refused_with_the_reason(world):
    both = world.somebody("programme_manager")
    people.grant_role(
        by=world.administrator,
        person=both,
        role="publisher",
        unit=world.unit(),
        since=ON - DAY,
        at=AT,
    )
    edition = world.edition(by=both)
    client = as_(both)
    page = words(client.get(at("edition", edition)))
    assert "published by somebody other than the person who adopted it" in page
    answer = client.post(at("publish", edition), form(edition))
    assert answer.status_code == 403
    assert "published by somebody other than the person who adopted it" in words(answer)
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, entry.actor, entry.object_id) == (
        "refused",
        both.public_id,
        edition.public_id,
    )


def test_an_edition_is_set_aside_with_a_reason(world):
    edition = world.edition()
    publisher = as_(world.publisher)
    assert publisher.post(at("set_aside_edition", edition), form(edition)).status_code == 422
    sent = form(edition, reason="The figures of B4 are being checked")
    assert publisher.post(at("set_aside_edition", edition), sent).status_code == 302
    edition.refresh_from_db()
    assert edition.set_aside_at is not None


def test_a_councillor_sees_no_edition_before_the_public_does(world):
    edition = world.edition()
    councillor = as_(world.council.holding("councillor"))
    for view in ("edition", "edition_as_public", "publish", "set_aside_edition"):
        assert councillor.get(at(view, edition)).status_code == 403


def test_an_edition_is_read_as_the_public_will_with_its_links_inside(world):
    edition = world.edition()
    publisher = as_(world.publisher)
    first = words(publisher.get(at("edition_as_public", edition)))
    assert at("edition_as_public", edition) + "?page=plan" in first
    answer = publisher.get(at("edition_as_public", edition) + "?page=plan")
    assert "Hold listening sessions" in words(answer)
    assert publisher.get(at("edition_as_public", edition) + "?page=nothing").status_code == 404


# -- the first page, and being somebody ------------------------------------------------------------


def test_the_first_page_says_what_waits(world):
    world.draft(places.ACTION, warnings=places.ALIGNMENT)
    world.edition()
    page = words(as_(world.publisher).get(at("workspace_home")))
    assert "1 draft is open, 1 edition waits for a second person" in page
    assert "You may publish it" in page


def test_somebody_without_a_role_is_refused(world):
    assert as_(world.somebody()).get(at("workspace_home")).status_code == 403


def test_outside_the_demonstration_nobody_can_be_somebody_else(world):
    sent = {"person": world.manager.public_id}
    assert Client().get(at("switch_person")).status_code == 404
    client = Client()
    assert client.post(at("switch_person"), sent).status_code == 404
    assert "_auth_user_id" not in client.session


@override_settings(DEMO=True)
def test_in_the_demonstration_a_person_is_chosen_by_a_form_alone(world):
    client = Client()
    assert "Be Priya Raman" in words(client.get(at("switch_person")))
    client.get(at("switch_person"), {"person": world.manager.public_id})
    assert "_auth_user_id" not in client.session
    client.post(at("switch_person"), {"person": world.manager.public_id})
    assert client.session["_auth_user_id"] == str(world.manager.pk)
    stranger = world.somebody("programme_manager")
    assert client.post(at("switch_person"), {"person": stranger.public_id}).status_code == 404


# -- refusals and faults ---------------------------------------------------------------------------


def test_a_page_that_is_not_there_says_so_in_the_workspace(world):
    answer = as_(world.manager).get("/workspace/nothing")
    assert answer.status_code == 404
    assert "The thread ends here" in words(answer)


def test_a_fault_of_ours_has_a_number_that_the_log_has_too(world, monkeypatch, caplog):
    def fails(**_given):
        raise RuntimeError("a fault")

    monkeypatch.setattr(plan, "plans", fails)
    client = as_(world.manager)
    client.raise_request_exception = False
    answer = client.get(at("plans"))
    assert answer.status_code == 500
    assert "Something went wrong on our side" in words(answer)
    logged = next(r.args[0] for r in caplog.records if r.name == "goldenthread")
    assert f"{logged[:4]} {logged[4:]}" in words(answer)
    assert "a fault" not in words(answer)


def test_a_forged_form_is_refused_on_every_page_that_changes_something(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.manager)
    assert client.post(at("receive"), upload(world)).status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("hostile", VECTORS)
def test_hostile_words_of_a_document_are_shown_as_words(world, hostile):
    draft = world.draft(
        replace(places.ACTION, text=hostile, leads=(Lead(hostile),)), warnings=places.ALIGNMENT
    )
    manager = as_(world.manager)
    pages = [manager.get(at("draft", draft)), manager.get(at("draft", draft) + "?row=1")]
    for question in draft.questions.all():
        manager.post(at("question", question), form(question, answer="as_read"))
    manager.post(at("adopt", draft), form(draft))
    pages += [manager.get(at("plan", Plan.objects.get())), manager.get(at("workspace_home"))]
    for page in pages:
        assert page.status_code == 200
        found = Page(page.content)
        tags = {tag for tag, _ in found.elements}
        assert not tags & {"script", "img", "iframe", "object", "math", "style", "base", "body2"}
        assert [a for _, attrs in found.elements for a in attrs if a.startswith("on")] == []
        assert [one for one in found.links if one.lower().startswith("javascript")] == []


def test_words_that_are_too_long_are_refused_and_stand_in_the_form(world):
    question = world.draft(places.ACTION, warnings=places.ALIGNMENT).questions.first()
    sent = form(question, answer="changed", timescale="31 March 2027 " * 2_000)
    sent["question"] = question.public_id
    answer = as_(world.manager).post(at("question", question), sent)
    assert answer.status_code == 422
    assert "characters long" in words(answer)
