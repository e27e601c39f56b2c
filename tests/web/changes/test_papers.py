"""A paper is frozen when it is made, worded by people, and issued once for good."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Unreadable
from goldenthread.plan.paper import paper_from_json, paper_to_json
from goldenthread.web.changes import papers
from goldenthread.web.changes.uploads import Store, clear_leftovers
from goldenthread.web.models import AuditEntry, Paper, PaperFile
from goldenthread.web.queries import papers as queries
from web.world import AT, DAY, ON, SHOWN, WORDS, action

LATER = AT + timedelta(days=60)
MEETS = ON + 60 * DAY


@pytest.fixture
def kept():
    """The files that lay in the folder before, so that a test can see what was added."""
    folder = Path(settings.MEDIA_ROOT)
    before = set(folder.glob("*"))
    yield lambda: set(folder.glob("*")) - before
    for path in set(folder.glob("*")) - before:
        if path.is_file():
            path.unlink()


@pytest.fixture
def quarter(world):
    """A plan of two actions, a meeting on ON, and what happened in the sixty days after it."""
    plan = world.plan(
        action("Hold listening sessions", "31 October 2026"),
        action("Train interview panels", "31 December 2026"),
        at=AT - timedelta(days=30),
    )
    committee = world.committee(letter="S")
    world.meeting(committee, on=ON)
    sessions, panels = plan.actions.all()
    world.ask(committee, text="What has it cost?", asked_on=ON, due=ON + 20 * DAY)
    world.update(sessions, at=LATER - timedelta(days=5), status="completed",
                 completed_on=ON + 30 * DAY, evidence=[SHOWN], done="Three were held.")  # fmt: skip
    world.update(panels, at=LATER - timedelta(days=5), rag="amber", done="Half are trained.")
    meeting = world.meeting(committee, on=MEETS)
    return plan, committee, meeting


def test_it_freezes_what_moved_since_the_body_last_met(world, quarter):
    plan, _, meeting = quarter
    row = world.paper(plan, meeting, at=LATER, as_at=MEETS - DAY)
    assert row.since == ON
    assert row.headline == "Since you met on 1 October 2026: 1 action done, 1 newly at risk"
    world.update(plan.actions.last(), at=LATER, done="All are trained.")
    assert queries.value(row).facts.now.actions[1].updates[-1].done == "Half are trained."


def test_what_was_recorded_later_about_an_earlier_day_is_news(world):
    plan = world.plan(action("Publish the list", "31 March 2027"), at=AT - timedelta(days=30))
    committee = world.committee()
    world.meeting(committee, on=ON)
    world.update(plan.actions.get(), at=LATER, status="completed", completed_on=ON - 5 * DAY,
                 evidence=[SHOWN])  # fmt: skip
    row = world.paper(plan, world.meeting(committee, on=MEETS + DAY), at=LATER, as_at=ON + 59 * DAY)
    assert row.headline == "Since you met on 1 October 2026: 1 action done"


def test_a_body_that_never_met_on_it_is_told_how_it_stands(world):
    row = world.paper()
    assert row.since is None
    assert row.headline == "1 action: 0 done, 0 late"


def test_asks_are_in_it_as_they_stand(world, quarter):
    plan, _, meeting = quarter
    value = queries.value(world.paper(plan, meeting, at=LATER, as_at=MEETS - DAY))
    assert [(ask.number, ask.words) for ask in value.facts.asks] == [("S1", "What has it cost?")]


@pytest.mark.parametrize("days", [1, 400])
def test_a_day_to_come_cannot_be_counted(world, days):
    with pytest.raises(Missing):
        world.paper(as_at=ON + days * DAY)


def test_a_second_paper_for_the_meeting_is_another_and_keeps_who_writes(world):
    first = world.worded()
    second = world.paper(first.plan, first.meeting)
    assert (first.number, second.number) == (1, 2)
    assert second.words == {
        "author": WORDS["author"],
        "contact": WORDS["contact"],
        "lead_member": WORDS["lead_member"],
        "wards": WORDS["wards"],
    }


def test_a_paper_for_decision_says_what_is_to_be_decided(world):
    with pytest.raises(Missing) as refused:
        world.worded(decisions=[" "])
    assert "decisions" in refused.value.needs


def test_of_two_who_word_it_at_once_the_second_is_told(world):
    paper = world.paper()
    world.worded(paper)
    paper.version -= 1
    with pytest.raises(OutOfStep):
        world.worded(paper, summary="Other words.")


def test_issued_it_has_three_files_whose_digests_are_true_and_stay(world, kept):
    row = world.issued()
    files = {file.format: file for file in row.files.all()}
    assert set(files) == {"docx", "pdf", "html"}
    for file in files.values():
        content = (Path(settings.MEDIA_ROOT) / file.stored).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
    assert len(kept()) == 3
    entry = AuditEntry.objects.latest("number")
    assert (entry.act, entry.object_id) == ("paper.issued", row.public_id)


def test_its_digest_is_that_of_its_frozen_data(world, kept):
    row = Paper.objects.get(pk=world.issued().pk)
    value = queries.value(row)
    assert row.sha256 == queries.digest(value)
    assert paper_from_json(paper_to_json(value)) == value


def test_the_same_release_makes_the_same_files_again(world, kept):
    row = Paper.objects.get(pk=world.issued().pk)
    made = queries.drawn(row).encode()
    assert hashlib.sha256(made).hexdigest() == row.files.get(format="html").sha256


def test_the_councils_template_is_kept_with_it_and_what_it_lacks_is_named(world, kept):
    frame, stream = docx.Document(), io.BytesIO()
    frame.add_paragraph("{{decisions}}")
    frame.add_paragraph("{{summary}}")
    frame.save(stream)
    row = world.issued(template=stream.getvalue())
    assert row.files.filter(format="template").exists()
    assert "dates" in row.left_out
    assert (
        queries.last_template(row.meeting.committee).sha256
        == hashlib.sha256(stream.getvalue()).hexdigest()
    )


def test_a_template_that_cannot_be_used_leaves_nothing_behind(world, kept):
    paper = world.worded()
    with pytest.raises(Unreadable):
        world.issued(paper, template=b"no Word file")
    assert kept() == set()
    assert Paper.objects.get(pk=paper.pk).issued_at is None


def test_it_is_not_issued_without_words(world):
    with pytest.raises(Missing):
        world.issued(world.paper())


def test_an_issued_paper_is_not_worded_or_issued_again(world, kept):
    row = world.issued()
    with pytest.raises(NotAllowed, match="stays as it is"):
        world.worded(row)
    with pytest.raises(NotAllowed, match="stays as it is"):
        world.issued(row)


def test_the_words_that_somebody_read_are_the_ones_that_are_issued(world):
    paper = world.worded()
    read = Paper.objects.get(pk=paper.pk)
    world.worded(paper, summary="Other words.")
    with pytest.raises(OutOfStep):
        world.issued(read)


@pytest.mark.parametrize(
    "change",
    [{"facts": {}}, {"headline": "All is well"}, {"as_at": ON}, {"number": 9}],
)
def test_the_database_refuses_to_change_facts(world, change):
    row = world.paper()
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("change", [{"words": {}}, {"sha256": "b" * 64}, {"version": 99}])
def test_the_database_refuses_to_change_an_issued_paper(world, kept, change):
    row = world.issued()
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperFile.objects.filter(paper=row).update(sha256="b" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperFile.objects.filter(paper=row).delete()


def test_a_file_in_hand_of_an_issued_paper_is_no_leftover(world, kept):
    row = world.issued()
    for file in row.files.all():
        mark = Path(settings.IN_HAND) / file.stored
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    clear_leftovers()
    assert len(kept()) == 3


def test_files_go_again_where_the_change_does_not_come_about(world, kept):
    paper = world.worded()
    with pytest.raises(RuntimeError), Store() as store:
        papers.issue_paper(
            by=world.manager, paper=paper, template=None, store=store, version=paper.version, at=AT
        )
        raise RuntimeError("the power was cut")
    assert kept() == set()


def test_a_councillor_makes_none(world):
    with pytest.raises(NotAllowed):
        papers.make_paper(
            by=world.somebody("councillor"),
            plan=world.plan(),
            meeting=world.meeting(on=ON + DAY),
            as_at=ON,
            at=timezone.now(),
        )
