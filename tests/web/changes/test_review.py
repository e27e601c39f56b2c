"""Updates and moved dates: what each needs, what is kept for good, and two people at once."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from goldenthread.errors import Missing, OutOfStep, Unsafe
from goldenthread.web.changes import review
from goldenthread.web.changes.standing import restand
from goldenthread.web.models import (
    Action,
    AuditEntry,
    AuditFacts,
    Evidence,
    Promise,
    Recovery,
    Update,
)
from web.world import AT, DAY, ON, SHOWN, action


def _columns(row):
    return {name: getattr(row, name) for name in restand(row)}


def _move(world, row, new="30 June 2027", reason="The supplier was late", **more):
    row.refresh_from_db()
    stands = Promise.objects.filter(action=row, replaced_by=None).first()
    given = {"promise": stands, "new": new, "reason": reason, "at": AT} | more
    return review.move_date(by=world.manager, action=row, version=row.version, **given)


def test_an_update_is_added_and_the_one_before_stays(world):
    row = world.action()
    first = world.update(row, done="Held two sessions", rag="green", status="in_progress")
    second = world.update(row, done="Held four sessions", rag="amber")
    assert list(Update.objects.filter(action=row).values_list("number", "done", "rag")) == [
        (first.number, "Held two sessions", "green"),
        (second.number, "Held four sessions", "amber"),
    ]
    row.refresh_from_db()
    assert (row.status, row.rag, row.at_risk, row.version) == ("in_progress", "amber", True, 3)
    assert _columns(row) == restand(row)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"done": "  "}, {"done"}),
        ({"status": "completed"}, {"completed_on", "evidence"}),
        ({"status": "completed", "completed_on": ON}, {"evidence"}),
        ({"status": "completed", "evidence": [SHOWN]}, {"completed_on"}),
        (
            {"status": "completed", "completed_on": ON + DAY, "evidence": [SHOWN]},
            {"completed_on"},
        ),
        ({"completed_on": ON}, {"completed_on"}),
        ({"status": "finished"}, {"status"}),
        ({"rag": "mauve"}, {"rag"}),
    ],
)
def test_an_update_that_says_too_little_is_refused_with_every_want_at_once(world, said, wanted):
    row = world.action()
    with pytest.raises(Missing) as refused:
        world.update(row, **said)
    assert set(refused.value.needs) == wanted
    assert Update.objects.filter(action=row).count() == 0
    row.refresh_from_db()
    assert row.version == 1


TROUBLE = {
    "cause": "Nobody tendered",
    "step": "Ask three suppliers for a price",
    "due": ON + 30 * DAY,
}


def test_why_it_is_in_trouble_is_kept_with_the_step_and_its_day(world):
    update = world.update(world.action(), rag="red", **TROUBLE)
    kept = Recovery.objects.get(update=update)
    assert {name: getattr(kept, name) for name in TROUBLE} == TROUBLE
    entry = AuditEntry.objects.filter(act="action.updated").latest("pk")
    assert set(AuditFacts.objects.get(number=entry.number).facts["fields"]) == {
        "done",
        "rag",
        "cause",
        "step",
        "due",
    }


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"cause": " "}, {"cause"}),
        ({"step": ""}, {"step"}),
        ({"due": None}, {"due"}),
        ({"due": ON}, {"due"}),
        ({"cause": "", "step": "\n", "due": ON - DAY}, {"cause", "step", "due"}),
    ],
)
def test_half_a_recovery_is_refused_with_every_want_at_once(world, said, wanted):
    row = world.action()
    with pytest.raises(Missing) as refused:
        world.update(row, **TROUBLE | said)
    assert set(refused.value.needs) == wanted
    assert not Update.objects.filter(action=row).exists()
    assert not Recovery.objects.exists()


def test_what_is_said_inside_another_change_adds_its_facts_to_the_record(world):
    row = world.action()
    lead = world.somebody()
    with transaction.atomic():
        update = review.say(
            by=lead,
            action=row,
            version=row.version,
            at=AT,
            done="Held two",
            facts={"link": "abc", "number": 7},
        )
    entry = AuditEntry.objects.filter(act="action.updated").latest("pk")
    assert AuditFacts.objects.get(number=entry.number).facts == {
        "link": "abc",
        "fields": ["done"],
        "evidence": 0,
        "number": 1,
    }
    assert (update.by, entry.actor) == (lead, lead.public_id)


def test_completing_keeps_its_day_and_its_evidence(world):
    row = world.action()
    world.update(row, status="completed", completed_on=ON - DAY, evidence=[SHOWN])
    row.refresh_from_db()
    assert (row.status, row.completed_on) == ("completed", ON - DAY)
    assert Evidence.objects.get(action=row).url == SHOWN.url


def test_what_goes_on_needs_a_next_review_after_today(world):
    row = world.action(action("Hold sessions", "Ongoing"))
    for bad in (None, ON):
        with pytest.raises(Missing) as refused:
            world.update(row, next_review=bad)
        assert set(refused.value.needs) == {"next_review"}
    world.update(row, next_review=ON + 90 * DAY, stops_when="Two surveys in a row show 80%")
    row.refresh_from_db()
    assert row.next_review == ON + 90 * DAY


def test_the_second_of_two_people_sees_both_versions_and_nothing_is_lost(world):
    row = world.action()
    mine, theirs = Action.objects.get(pk=row.pk), Action.objects.get(pk=row.pk)
    world.update(theirs, done="Theirs", changed="For night staff")
    with pytest.raises(OutOfStep) as refused:
        review.add_update(by=world.manager, action=mine, version=1, done="Mine", at=AT)
    assert refused.value.yours["done"] == "Mine"
    assert refused.value.theirs["done"] == "Theirs"
    assert refused.value.theirs["by"] == world.manager.name
    assert [u.done for u in Update.objects.filter(action=row)] == ["Theirs"]


def test_a_form_sent_twice_is_done_once(world):
    row = world.action()
    given = {"by": world.manager, "action": row, "version": 1, "done": "Once", "at": AT}
    first = review.add_update(**given, key="k" * 20)
    assert review.add_update(**given, key="k" * 20) == first
    assert Update.objects.filter(action=row).count() == 1
    with pytest.raises(OutOfStep):
        review.add_update(**(given | {"done": "Twice"}), key="k" * 20)


def test_a_key_is_its_own_persons(world):
    row = world.action()
    review.add_update(by=world.manager, action=row, version=1, done="A", at=AT, key="same")
    other = world.somebody("programme_manager")
    row.refresh_from_db()
    review.add_update(by=other, action=row, version=2, done="B", at=AT, key="same")
    assert Update.objects.filter(action=row).count() == 2


def test_a_moved_date_keeps_every_earlier_date_and_late_counts_from_the_first(world):
    row = world.action(action("Train panels", "31 December 2026"))
    _move(world, row, "30 June 2027")
    second = _move(world, row, "31 March 2028", reason="No money")
    row.refresh_from_db()
    assert (row.first_due, row.now_due, row.moves) == (date(2026, 12, 31), date(2028, 3, 31), 2)
    assert [p.end for p in Promise.objects.filter(action=row).order_by("id")] == [
        date(2026, 12, 31),
        date(2027, 6, 30),
        date(2028, 3, 31),
    ]
    assert second.replaces.reason == "The supplier was late"
    assert _columns(row) == restand(row)


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"reason": " "}, {"the reason"}),
        ({"new": ""}, {"the new date"}),
        ({"new": "soon"}, {"new"}),
        ({"new": "Ongoing"}, {"new"}),
    ],
)
def test_a_date_does_not_move_without_a_reason_and_a_day(world, more, wanted):
    row = world.action()
    with pytest.raises(Missing) as refused:
        _move(world, row, **more)
    assert set(refused.value.needs) == wanted
    assert Promise.objects.filter(action=row).count() == 1


def test_an_action_without_a_date_can_be_given_its_first(world):
    row = world.action(action("Judge the training", when=""))
    given = _move(world, row, "31 March 2028", reason="", promise=None)
    row.refresh_from_db()
    assert (given.replaces, row.first_due, row.moves) == (None, date(2028, 3, 31), 0)


def test_a_promise_of_another_action_cannot_be_moved(world):
    row, other = world.action(), world.action()
    with pytest.raises(Missing):
        _move(world, row, promise=Promise.objects.get(action=other))


def test_a_promise_is_moved_once_whoever_is_first(world):
    row = world.action()
    first = Promise.objects.get(action=row)
    _move(world, row)
    with pytest.raises(OutOfStep):
        _move(world, row, promise=first)


@pytest.mark.parametrize("model", [Promise, Update])
def test_the_database_itself_refuses_to_rewrite_what_was_said(world, model):
    row = world.action()
    world.update(row)
    table = model._meta.db_table
    for sql in (f"UPDATE {table} SET public_id = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            connection.cursor().execute(sql)
    assert model.objects.filter(action=row).count() == 1


def _stored():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).iterdir())


def test_a_file_is_kept_under_a_random_name_with_its_digest(world):
    row = world.action()
    sent = review.Shown("List", file=io.BytesIO(b"names"), name="..\\..\\list; rm.pdf")
    world.update(row, evidence=[sent])
    kept = Evidence.objects.get(action=row)
    assert (kept.kind, kept.name, kept.size) == ("file", "list_ rm.pdf", 5)
    assert kept.stored in _stored()
    assert len(kept.stored) == 32
    assert len(kept.sha256) == 64


@pytest.mark.parametrize(
    "second",
    [
        review.Shown("Nothing", file=io.BytesIO(b""), name="empty.pdf"),
        review.Shown("Bad", url="javascript:alert(1)"),
        review.Shown("Bad", url="file:///etc/passwd"),
        review.Shown("", url="https://brackenford.example/"),
        review.Shown("x" * 301, url="https://brackenford.example/"),
    ],
)
def test_evidence_that_cannot_be_kept_leaves_no_stray_file_and_no_update(world, second):
    row, before = world.action(), _stored()
    sent = review.Shown("Kept first", file=io.BytesIO(b"first"), name="a.pdf")
    with pytest.raises((Missing, Unsafe)):
        world.update(row, evidence=[sent, second])
    assert _stored() == before
    assert Update.objects.filter(action=row).count() == 0


def test_a_file_that_is_too_large_is_refused(world, settings):
    settings.EVIDENCE_MOST_BYTES = 10
    before = _stored()
    with pytest.raises(Unsafe) as refused:
        world.update(
            world.action(),
            evidence=[review.Shown("Big", file=io.BytesIO(b"x" * 11), name="a.pdf")],
        )
    assert refused.value.rule == "limit"
    assert _stored() == before


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "‮abc"])
def test_hostile_words_are_kept_as_the_words_that_they_are(world, hostile):
    row = world.action()
    world.update(row, done=hostile)
    assert Update.objects.get(action=row).done == hostile


def test_words_that_no_database_can_keep_are_tidied(world):
    row = world.action()
    world.update(row, done="a\x00b\x1b[31mc\ud800d")
    assert Update.objects.get(action=row).done == "ab[31mcd"


def test_over_long_words_are_refused_with_their_length(world):
    with pytest.raises(Unsafe) as refused:
        world.update(world.action(), done="x" * 4_001)
    assert refused.value.rule == "too_long"
    assert "4,001" in str(refused.value)


def test_the_same_words_as_last_time_are_counted(world):
    row = world.action()
    for _ in range(3):
        world.update(row, done="Discussions are continuing.")
    row.refresh_from_db()
    assert row.same_words == 2
    world.update(row, done="Draft published on 3 October.")
    row.refresh_from_db()
    assert row.same_words == 0
