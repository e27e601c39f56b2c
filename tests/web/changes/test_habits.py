"""What is known of the council's documents: said in the open, used in the next, and never lost."""

import io
import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from goldenthread.documents import Habits, LeadHabit, ReadingWarning, habits_to_json
from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web import bridge
from goldenthread.web.changes import habits
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import AuditEntry, AuditFacts, Habit
from goldenthread.web.queries import habits as queries
from web.world import AT, DAY, ON, action

HOUSING, TENANCY = "Housing and Communities", "Tenancy Services"
# A heading, a name, a status word and a colour that only this council uses.
DOCUMENT = """Recommendation,Action,Lead,Timescale,Status,Kitty
Say who leads,Name an officer,Reach,June 2026,Sunny,"£4,000"
Say who leads,Name a deputy,Head of HR,July 2026,Cloudy,nil
"""


def keep(world, about="status", text="Sunny", meaning="completed", unit=None, at=AT, **more):
    return habits.keep_habit(
        by=more.pop("by", world.manager),
        unit=unit or world.unit(),
        about=about,
        text=text,
        meaning=meaning,
        at=at,
        **more,
    )


def receive(world, text=DOCUMENT, unit=None, name="plan.csv"):
    return plans.receive_document(
        by=world.manager,
        unit=unit or world.unit(),
        strand=world.council.strand,
        file=io.BytesIO(text.encode()),
        name=name,
        at=AT,
    )


def question(draft, code, words=None):
    found = draft.questions.filter(code=code)
    return found.get(words=words) if words else found.get()


def answer(world, asked, meaning, **more):
    put = {"meaning": meaning} | more.pop("put", {})
    asked.refresh_from_db()
    return plans.answer_question(
        by=more.pop("by", world.manager),
        question=asked,
        version=asked.version,
        answer="means",
        put=put,
        at=AT,
        **more,
    )


def adopted(world, draft):
    draft.refresh_from_db()
    return plans.adopt_draft(by=world.manager, draft=draft, version=draft.version, at=AT)


# -- kept, changed, taken out ----------------------------------------------------------------------


def test_a_habit_is_kept_with_who_said_so_and_when(world):
    row = keep(world, "lead", "Reach", "body")
    assert (row.about, row.words, row.meaning, row.origin) == ("lead", "Reach", "body", "hand")
    assert (row.by, row.at, row.draft) == (world.manager, AT, None)
    assert queries.of_unit(world.unit()) == Habits(leads={"Reach": LeadHabit("body")})


def test_the_audit_says_what_a_habit_is_about_and_never_its_words(world):
    keep(world, "lead", "Ann Example", "person")
    entry = AuditEntry.objects.last()
    assert entry.act == "habit.kept"
    assert AuditFacts.objects.get(number=entry.number).facts == {"about": "lead", "from": "hand"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " ?! "}, "text"),
        ({"meaning": "alive"}, "meaning"),
        ({"about": "colour", "text": "mauve"}, "text"),
        ({"about": "column", "meaning": "boss"}, "meaning"),
        ({"about": "lead", "meaning": "team"}, "meaning"),
        ({"about": "mood"}, "meaning"),
    ],
)
def test_what_a_profile_could_not_hold_is_not_kept(world, given, field):
    with pytest.raises(Missing) as refused:
        keep(world, **given)
    assert set(refused.value.needs) == {field}
    assert not Habit.objects.exists()


def test_the_same_words_are_kept_once_whatever_their_capitals(world):
    keep(world)
    with pytest.raises(Missing) as refused:
        keep(world, text="SUNNY.")
    assert set(refused.value.needs) == {"text"}
    keep(world, unit=world.unit(HOUSING), meaning="on_hold")


def test_the_database_itself_holds_one_meaning_at_a_time(world):
    row = keep(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Habit.objects.create(
            unit=row.unit, about="status", words="sunny", folded=row.folded, meaning="delayed",
            origin="hand", at=AT, by=world.manager,
        )  # fmt: skip


def test_a_change_ends_one_and_begins_the_next(world):
    first = keep(world)
    second = habits.change_habit(
        by=world.manager, habit=first, version=1, meaning="on_hold", at=AT + DAY
    )
    first.refresh_from_db()
    assert (first.ended_at, first.ended_by, first.meaning) == (AT + DAY, world.manager, "completed")
    assert (second.words, second.meaning, second.ended_at) == ("Sunny", "on_hold", None)
    assert queries.of_unit(world.unit()).statuses == {"Sunny": "on_hold"}


def test_what_is_taken_out_stays_on_record_and_is_used_no_longer(world):
    row = keep(world)
    habits.remove_habit(by=world.manager, habit=row, version=1, at=AT + DAY)
    assert not queries.of_unit(world.unit())
    assert [one.words for one in queries.ended(for_=world.manager, on=ON)] == ["Sunny"]
    keep(world)


def test_of_two_people_the_second_is_told(world):
    row = keep(world)
    stale = Habit.objects.get(pk=row.pk)
    habits.remove_habit(by=world.manager, habit=row, version=1, at=AT)
    for version in (1, 2):
        with pytest.raises(OutOfStep):
            habits.change_habit(
                by=world.manager, habit=stale, version=version, meaning="delayed", at=AT
            )
        stale.refresh_from_db()
    assert Habit.objects.count() == 1


def test_a_unit_below_reads_with_the_councils_habits_and_has_the_last_word(world):
    keep(world)
    keep(world, text="Live", meaning="in_progress")
    keep(world, unit=world.unit(HOUSING), meaning="delayed")
    assert queries.of_unit(world.unit(TENANCY)).statuses == {
        "Live": "in_progress",
        "Sunny": "delayed",
    }
    assert queries.of_unit(world.unit()).statuses["Sunny"] == "completed"


def test_somebody_in_a_unit_sees_their_own_and_those_above_and_no_sisters(world):
    keep(world)
    keep(world, text="Live", meaning="in_progress", unit=world.unit(HOUSING))
    keep(world, text="Dusk", meaning="delayed", unit=world.unit("Resources"))
    local = world.somebody("programme_manager", world.unit(HOUSING))
    assert {row.words for row in queries.seen(for_=local, on=ON)} == {"Sunny", "Live"}
    assert not queries.seen(for_=world.council.holding("councillor"), on=ON)
    outside = queries.profile(for_=local, unit=world.unit("Resources"), on=ON)
    assert not outside


# -- a profile -------------------------------------------------------------------------------------

PROFILE = Habits(
    columns={"Kitty": "other"},
    leads={"Reach": LeadHabit("body"), "The Pod": LeadHabit("post", "Head of Policy")},
    statuses={"Sunny": "completed"},
    colours={"purple": "on_hold"},
)


def take(world, profile, **more):
    text = profile if isinstance(profile, str) else habits_to_json(profile)
    return habits.take_profile(by=world.manager, unit=world.unit(), profile=text, at=AT, **more)


def test_a_profile_goes_in_and_comes_out_the_same(world):
    take(world, PROFILE)
    out = queries.profile(for_=world.manager, unit=world.unit(), on=ON)
    assert out == replace(PROFILE, body="Brackenford Borough Council")
    assert {row.origin for row in Habit.objects.all()} == {"profile"}


def test_a_profile_adds_and_changes_and_takes_nothing_out(world):
    keep(world)
    keep(world, text="Live", meaning="in_progress")
    take(world, Habits(statuses={"SUNNY": "delayed", "Dusk": "on_hold"}))
    facts = AuditFacts.objects.order_by("-number").first().facts
    assert facts == {"added": 1, "changed": 1}
    assert queries.of_unit(world.unit()).statuses == {
        "SUNNY": "delayed",
        "Dusk": "on_hold",
        "Live": "in_progress",
    }


def test_a_profile_that_says_nothing_new_keeps_nothing(world):
    take(world, PROFILE)
    before = AuditEntry.objects.count()
    with pytest.raises(Missing):
        take(world, PROFILE)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "other"}', "[" * 9000])
def test_what_is_no_profile_is_refused_with_a_sentence(world, text):
    with pytest.raises(Missing) as refused:
        take(world, text)
    assert refused.value.needs["file"].endswith(".")


def test_names_of_people_never_leave_with_the_profile(world):
    keep(world, "lead", "Ann Example", "person")
    keep(world, "lead", "Reach", "body")
    written = habits_to_json(queries.profile(for_=world.manager, unit=world.unit(), on=ON))
    assert "Ann" not in written
    assert json.loads(written)["leads"] == {"Reach": {"kind": "body"}}


# -- questions, answers, and remembering -----------------------------------------------------------


def test_what_a_document_does_not_explain_is_asked_once(world):
    draft = receive(world)
    asked = {(q.code, q.words, q.must) for q in draft.questions.filter(action=None)}
    assert asked == {
        ("unread_column", "Kitty", False),
        ("unknown_lead", "Reach", True),
        ("unknown_status", "Sunny", False),
        ("unknown_status", "Cloudy", False),
    }


def test_what_words_mean_counts_wherever_they_stand(world):
    draft = receive(world)
    answer(world, question(draft, "unread_column"), "evidence")
    answer(world, question(draft, "unknown_lead"), "post", put={"full": "Head of Outreach"})
    answer(world, question(draft, "unknown_status", "Sunny"), "completed")
    answer(world, question(draft, "unknown_status", "Cloudy"), "none")
    first, second = bridge.plan_of(adopted(world, draft)).actions
    assert (first.status, second.status) == ("completed", None)
    assert (first.evidence, second.evidence) == (("£4,000",), ("nil",))
    assert [(lead.text, lead.kind, lead.full) for lead in first.leads] == [
        ("Reach", "post", "Head of Outreach")
    ]


def test_a_name_that_is_a_persons_becomes_one_and_stays_out_of_public(world):
    draft = receive(world)
    answer(world, question(draft, "unknown_lead"), "person")
    [lead] = bridge.plan_of(adopted(world, draft)).actions[0].leads
    assert (lead.text, lead.kind, lead.person) == ("", "person", "Reach")


def test_adoption_waits_for_who_a_lead_is(world):
    draft = receive(world)
    with pytest.raises(Missing) as refused:
        adopted(world, draft)
    assert set(refused.value.needs) == {question(draft, "unknown_lead").public_id}


def test_a_colour_without_a_key_means_what_somebody_says(world):
    coloured = action("Publish it", rag="purple", status="completed")
    worded = action("Train all", rag="purple", status="completed", status_text="Completed")
    said = ReadingWarning("usual_colour", "“purple” was read as the status completed: no key.")
    draft = world.draft(coloured, worded, warnings=(said,))
    answer(world, question(draft, "usual_colour", "purple"), "on_hold")
    found = bridge.plan_of(adopted(world, draft)).actions
    assert [one.status for one in found] == ["on_hold", "completed"]


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("unknown_lead", "team"),
        ("unknown_status", "alive"),
        ("unread_column", "boss"),
        ("unread_column", ""),
    ],
)
def test_a_meaning_that_there_is_not_is_refused(world, code, meaning):
    asked = receive(world).questions.filter(code=code).first()
    with pytest.raises(Missing) as refused:
        answer(world, asked, meaning)
    assert set(refused.value.needs) == {"meaning"}


def test_nothing_is_remembered_that_nobody_ticked(world):
    draft = receive(world)
    answer(world, question(draft, "unknown_lead"), "body")
    assert not Habit.objects.exists()


def test_what_is_ticked_is_remembered_with_its_document_and_the_next_one_read_with_it(world):
    draft = receive(world)
    for code, words, meaning in (
        ("unread_column", "Kitty", "other"),
        ("unknown_lead", "Reach", "body"),
        ("unknown_status", "Sunny", "completed"),
        ("unknown_status", "Cloudy", "on_hold"),
    ):
        answer(world, question(draft, code, words), meaning, remember=True)
    assert {(h.words, h.origin, h.draft) for h in Habit.objects.all()} == {
        (words, "draft", draft) for words in ("Kitty", "Reach", "Sunny", "Cloudy")
    }
    later = receive(world, DOCUMENT + "Hear staff,Hold sessions,Reach,May 2027,Sunny,nil\n")
    assert not later.questions.exists()
    read = bridge.draft_from_json(later.content)
    assert [one.status for one in read.plan.actions] == ["completed", "on_hold", "completed"]
    said = [one.message for one in read.warnings if one.code == "habit"]
    assert "The lead “Reach” was read as a body (2 times): a habit confirmed before." in said
    assert "“Kitty” was left out: a habit confirmed before." in said


def test_one_answer_with_what_is_remembered_is_one_entry_of_the_audit(world):
    asked = question(receive(world), "unknown_lead")
    before = AuditEntry.objects.count()
    answer(world, asked, "body", remember=True)
    entry = AuditEntry.objects.last()
    assert (AuditEntry.objects.count(), entry.act) == (before + 1, "question.answered")
    habit = Habit.objects.get()
    assert AuditFacts.objects.get(number=entry.number).facts["habit"] == habit.public_id


def test_what_means_nothing_cannot_be_remembered_and_nothing_is_settled(world):
    asked = question(receive(world), "unknown_status", "Sunny")
    with pytest.raises(Missing) as refused:
        answer(world, asked, "none", remember=True)
    assert set(refused.value.needs) == {"remember"}
    asked.refresh_from_db()
    assert asked.answer == ""


def test_remembering_otherwise_takes_the_place_of_what_was_kept(world):
    asked = question(receive(world), "unknown_lead")
    answer(world, asked, "body", remember=True)
    answer(world, asked, "body", remember=True)
    answer(world, asked, "post", remember=True)
    assert [(h.meaning, h.ended_at is None) for h in Habit.objects.order_by("pk")] == [
        ("body", False),
        ("post", True),
    ]


def test_whoever_may_settle_but_not_keep_habits_cannot_remember(world, monkeypatch):
    from goldenthread.web import permissions

    role = permissions.ROLES["programme_manager"]
    less = replace(role, permissions=role.permissions - {"keep_habits"})
    monkeypatch.setattr(permissions, "ROLES", {**permissions.ROLES, role.name: less})
    asked = question(receive(world), "unknown_lead")
    with pytest.raises(NotAllowed):
        answer(world, asked, "body", remember=True)
    asked.refresh_from_db()
    assert (asked.answer, Habit.objects.count()) == ("", 0)
    answer(world, asked, "body")


def test_the_documents_own_key_is_believed_and_the_draft_says_so(world):
    keep(world, "colour", "purple", "withdrawn")
    text = (
        "Key: Purple = completed; Green = on track\n\n"
        "| Recommendation | Action | RAG |\n|---|---|---|\n| Say who leads | Name one | Purple |\n"
    )
    read = bridge.draft_from_json(receive(world, text, name="plan.md").content)
    assert [one.status for one in read.plan.actions] == ["completed"]
    assert [one.code for one in read.warnings if one.code.startswith("habit")] == [
        "habit_overruled"
    ]


def test_habits_of_another_unit_are_not_used(world):
    keep(world, "lead", "Reach", "body", unit=world.unit("Resources"))
    assert receive(world, unit=world.unit(HOUSING)).questions.filter(code="unknown_lead").exists()
