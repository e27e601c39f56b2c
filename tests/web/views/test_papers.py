"""What moved since a body met, and papers from the first figure to the issued file, in pages."""

import hashlib
import io
import re

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.models import Paper
from web.world import DAY, action

TODAY = timezone.localdate()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager(world):
    return signed_in(world.manager)


def marks(page):
    """The key and the version that a form carries."""
    text = page.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("key", "version")
    }


@pytest.fixture
def met(world):
    """A plan, a body that met ten days ago and meets in twenty, and what was asked."""
    plan = world.plan(action("Hold listening sessions", "31 March 2027"))
    committee = world.committee(letter="S")
    world.meeting(committee, on=TODAY - 10 * DAY)
    meeting = world.meeting(committee, on=TODAY + 20 * DAY)
    world.ask(committee, text="What has it cost?", asked_on=TODAY - 10 * DAY, at=timezone.now())
    return plan, committee, meeting


def test_since_a_body_met_is_one_page_from_which_each_action_is_reached(world, met):
    plan, committee, _ = met
    row = plan.actions.get()
    world.update(row, at=timezone.now(), rag="amber", done="Two of four were held.")
    page = signed_in(world.somebody("councillor")).get(
        reverse("since", kwargs={"committee": committee.public_id})
    )
    text = page.content.decode()
    assert "Since you met on" in text
    assert reverse("action", kwargs={"action": row.public_id}) in text
    assert "Two of four were held." in text
    assert "What has it cost?" in text
    assert "Make the paper" not in text


def test_a_plan_that_somebody_may_not_see_is_not_there(world, met):
    _, committee, _ = met
    hidden = world.plan(unit=world.unit("Housing and Communities"))
    elsewhere = signed_in(world.somebody("councillor", world.unit("Resources")))
    page = elsewhere.get(
        reverse("since", kwargs={"committee": committee.public_id}), {"plan": hidden.public_id}
    )
    assert page.status_code == 404


def test_a_body_without_plans_says_so(world, manager):
    committee = world.committee()
    page = manager.get(reverse("since", kwargs={"committee": committee.public_id}))
    assert b"There is no plan that this body looks at" in page.content


def test_a_paper_goes_from_the_figures_to_the_issued_files(world, met, manager):
    plan, committee, meeting = met
    address = reverse("make_paper", kwargs={"committee": committee.public_id})
    day = {"as_at-day": TODAY.day, "as_at-month": TODAY.month, "as_at-year": TODAY.year}
    form = marks(manager.get(address))
    page = manager.post(
        address, {**form, "meeting": meeting.public_id, "plan": plan.public_id, **day}
    )
    paper = Paper.objects.get()
    words = reverse("word_paper", kwargs={"paper": paper.public_id})
    assert page.headers["Location"] == words

    form = marks(manager.get(words))
    said = {"purpose": "decision", "author": "Chief Executive", "decisions": "Hear it\nNote it"}
    page = manager.post(words, {**form, **said})
    here = reverse("paper", kwargs={"paper": paper.public_id})
    assert page.headers["Location"] == here
    drawn = manager.get(reverse("paper_drawn", kwargs={"paper": paper.public_id}))
    assert b"<li>Hear it</li>" in drawn.content
    assert "unsafe-inline" not in drawn.headers["Content-Security-Policy"]

    issue = reverse("issue_paper", kwargs={"paper": paper.public_id})
    form = marks(manager.get(issue))
    assert manager.post(issue, {**form, "look": "ours"}).headers["Location"] == here
    councillor = signed_in(world.somebody("councillor"))
    shown = councillor.get(here).content.decode()
    for file in paper.files.all():
        assert file.sha256 in shown
        given = councillor.get(reverse("paper_file", kwargs={"paperfile": file.public_id}))
        assert hashlib.sha256(given.content).hexdigest() == file.sha256
        assert "attachment" in given.headers["Content-Disposition"]
    assert councillor.get(reverse("papers")).content.decode().count(paper.headline) == 1


def test_until_it_is_issued_only_who_makes_papers_reads_it(world):
    paper = world.paper()
    here = reverse("paper", kwargs={"paper": paper.public_id})
    assert signed_in(world.somebody("councillor")).get(here).status_code == 403
    assert signed_in(world.manager).get(here).status_code == 200


def test_a_template_that_cannot_be_used_is_refused_in_the_form(world, manager):
    paper = world.worded()
    issue = reverse("issue_paper", kwargs={"paper": paper.public_id})
    frame, stream = docx.Document(), io.BytesIO()
    frame.add_paragraph("{{weather}}")
    frame.save(stream)
    stream.seek(0)
    stream.name = "ours.docx"
    page = manager.post(issue, {**marks(manager.get(issue)), "look": "theirs", "template": stream})
    assert page.status_code == 422
    assert "a mark that is not known: {{weather}}" in page.content.decode()
    assert Paper.objects.get().issued_at is None


def test_a_paper_without_an_author_asks_for_one(world, manager):
    paper = world.paper()
    words = reverse("word_paper", kwargs={"paper": paper.public_id})
    page = manager.post(words, {**marks(manager.get(words)), "purpose": "information"})
    assert page.status_code == 422
    assert Paper.objects.get().words == {}


def test_the_template_is_for_who_makes_papers(world):
    frame, stream = docx.Document(), io.BytesIO()
    frame.add_paragraph("{{summary}}")
    frame.save(stream)
    row = world.issued(template=stream.getvalue())
    address = reverse(
        "paper_file", kwargs={"paperfile": row.files.get(format="template").public_id}
    )
    assert signed_in(world.manager).get(address).content == stream.getvalue()
    assert signed_in(world.somebody("councillor")).get(address).status_code == 403


def test_the_since_page_asks_at_most_twenty_times(world, met, django_assert_max_num_queries):
    _, committee, _ = met
    client = signed_in(world.manager)
    address = reverse("since", kwargs={"committee": committee.public_id})
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)
