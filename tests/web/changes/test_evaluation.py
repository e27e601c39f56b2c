"""A directorate's review: parts, claims, evidence, looks, its closing, and what goes on."""

import pytest
from django.db import DatabaseError, transaction

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.plan.evaluation import from_json, seal
from goldenthread.web.changes import carrying, consultation, evaluation, planning
from goldenthread.web.models import Action, Closing, Link, Planning
from goldenthread.web.queries import evaluation as queries
from goldenthread.web.queries.facts import facts_for
from web import closing
from web.world import AT, DAY, ON, action

pytestmark = pytest.mark.django_db


def needs(refused):
    return set(refused.value.needs)


def test_what_was_promised_and_done_is_counted_and_written_by_nobody(world):
    row = closing.planned(world, action("Train panels", "31 March 2026"), action("Publish the gap"))
    with pytest.raises(Missing, match="counted from the plan"):
        closing.write(world, row, "promised", "Everything")
    told = queries.evaluation(row, on=ON)
    assert [(one.words, one.standing) for one in told.actions] == [
        ("Train panels", "late"),
        ("Publish the gap", "on_track"),
    ]
    assert (told.counts.promised, told.counts.late, told.counts.done) == (2, 1, 0)


def test_a_part_that_is_written_anew_keeps_what_it_said(world):
    row = closing.planned(world)
    closing.write(world, row, "learnt", "Ask first")
    with pytest.raises(OutOfStep):
        closing.write(world, row, "learnt", "Ask last")
    closing.write(world, row, "learnt", "Ask the depot first", version=1)
    assert [(one.number, one.words) for one in row.parts.all()] == [
        (1, "Ask first"),
        (2, "Ask the depot first"),
    ]
    assert [one.words for one in queries.evaluation(row, on=ON).written] == ["Ask the depot first"]
    with pytest.raises(DatabaseError), transaction.atomic():
        row.parts.update(words="Another")


def test_words_that_name_somebody_are_not_kept(world):
    row = closing.planned(world)
    with pytest.raises(Missing) as refused:
        closing.write(world, row, "staff", f"{world.manager.name} was promoted.")
    assert needs(refused) == {"text"}
    assert world.manager.name not in str(refused.value.needs)


def test_facts_count_parts_claims_and_those_with_evidence(world):
    row = closing.planned(world)
    assert facts_for([row.pk], queries.COUNTED) == {
        row.pk: {"evaluation_parts": 2, "claims": 0, "claims_with_evidence": 0}
    }
    closing.told(world, row)
    closing.claim(world, row, "Nobody leaves")
    assert facts_for([row.pk], queries.COUNTED) == {
        row.pk: {"evaluation_parts": 5, "claims": 2, "claims_with_evidence": 1}
    }
    assert facts_for([], queries.COUNTED) == {}


def test_a_claim_without_evidence_cannot_be_closed_on(world):
    row = closing.ready(world)
    bare = closing.claim(world, row, "Nobody leaves")
    with pytest.raises(Missing) as refused:
        closing.close(world, row)
    assert needs(refused) == {"lacks_claim_2"}
    assert refused.value.needs["lacks_claim_2"] == "Claim 2 has no evidence."
    evaluation.withdraw_claim(by=world.manager, claim=bare, reason="It is not so", version=1, at=AT)
    assert closing.close(world, row).planning == row


def test_evidence_that_was_taken_back_shows_nothing_and_stays_on_record(world):
    row = closing.ready(world)
    shown = row.claims.get().evidence.get()
    given = {"by": world.manager, "shown": shown, "at": AT}
    for wrong in ("", f"{world.manager.name} said so"):
        with pytest.raises(Missing) as refused:
            evaluation.withdraw_evidence(reason=wrong, **given)
        assert needs(refused) == {"reason"}
    taken = evaluation.withdraw_evidence(reason="It is about another panel", **given)
    with pytest.raises(OutOfStep):
        evaluation.withdraw_evidence(reason="Again", **given)
    with pytest.raises(Missing) as refused:
        closing.close(world, row)
    assert needs(refused) == {"lacks_claim_1"}
    assert facts_for([row.pk], queries.COUNTED)[row.pk]["claims_with_evidence"] == 0
    [told] = queries.page(row, on=ON).claims
    assert (told.evidence, told.withdrawn) == ((), (taken,))
    closing.show(world, row.claims.get())
    closing.close(world, row)
    with pytest.raises(NotAllowed):
        evaluation.withdraw_evidence(
            by=world.manager, shown=row.claims.get().evidence.last(), reason="Late", at=AT
        )


def test_evidence_is_one_thing_of_the_same_plan(world):
    row = closing.planned(world)
    made = closing.claim(world, row)
    for given in ({}, {"url": "not an address", "text": "x"}, {"url": closing.LINK}):
        with pytest.raises(Missing):
            evaluation.show_claim(by=world.manager, claim=made, at=AT, **given)
    other = world.action(action("Elsewhere"))
    world.update(other, done="Done so far", evidence=[closing.shown()])
    with pytest.raises(Missing) as refused:
        closing.show(world, made, evidence=other.evidence.get())
    assert needs(refused) == {"evidence"}
    own = row.plan.actions.first()
    world.update(own, done="Done so far", evidence=[closing.shown()])
    kept = closing.show(world, made, evidence=own.evidence.get())
    assert (kept.kind, kept.evidence) == ("update", own.evidence.get())


def test_a_planning_that_lacks_anything_is_not_closed(world):
    row = world.planning()
    with pytest.raises(Missing) as refused:
        closing.close(world, row)
    assert needs(refused) == {
        *("lacks_plan", "lacks_staff", "lacks_residents", "lacks_learnt"),
        *("lacks_statement", "lacks_claims", "lacks_signed"),
    }
    row.refresh_from_db()
    assert row.closed_on is None


def test_a_closing_freezes_all_that_was_said_with_its_seal(world):
    row = closing.ready(world)
    held = closing.close(world, row)
    before = queries.page(row, on=ON)
    row.refresh_from_db()
    assert (row.closed_on, held.sha256) == (ON, seal(held.content))
    Action.objects.filter(plan=row.plan).update(status="completed", completed_on=ON)
    assert queries.page(row, on=ON + 400 * DAY).now == before.now == from_json(held.content)
    with pytest.raises(DatabaseError), transaction.atomic():
        Closing.objects.update(content={})


def test_nothing_opens_a_closed_planning_and_a_correction_stands_beside_it(world):
    row = closing.ready(world)
    closing.close(world, row)
    row.refresh_from_db()
    for deed in (
        lambda: closing.write(world, row, "learnt", "Another", version=1),
        lambda: closing.claim(world, row, "More"),
        lambda: closing.close(world, row),
    ):
        with pytest.raises(NotAllowed):
            deed()
    note = evaluation.correct_review(by=world.manager, planning=row, text="It was 11.", at=AT)
    assert [(one.words, one.on) for one in queries.page(row, on=ON).corrections] == [
        ("It was 11.", ON)
    ]
    assert note.planning.closing.sha256 == seal(row.closing.content)


def test_bodies_have_their_time_and_an_objection_closes_no_door(world):
    row = closing.ready(world)
    forum = world.committee(kind="staff_forum")
    asked = evaluation.put_to_bodies(
        by=world.manager, planning=row, committees=[forum], wanted_by=ON + 9 * DAY, at=AT
    )
    assert "Every panel is now mixed" in asked.words
    with pytest.raises(Missing) as refused:
        closing.close(world, row)
    assert needs(refused) == {"lacks_waits_1"}
    consultation.record_stance(
        by=world.speaker(forum),
        committee=forum,
        about=asked,
        stance="objects",
        text="Panels at the depot are not mixed.",
        said_on=ON,
        public=True,
        at=AT,
    )
    held = from_json(closing.close(world, row).content)
    assert [(one.body, one.stance, one.words) for one in held.said] == [
        (forum.name, "objects", "Panels at the depot are not mixed.")
    ]


def test_looks_are_dated_and_kept_in_order(world):
    row = world.planning()
    for days in (40, 120):
        evaluation.record_look(
            by=world.manager,
            planning=row,
            on=ON - days * DAY,
            decided=f"Look {days}",
            next_look=None,
            at=AT,
        )
    for on, after in ((ON + DAY, None), (ON - 40 * DAY, None), (ON - DAY, ON - 2 * DAY)):
        with pytest.raises(Missing):
            evaluation.record_look(
                by=world.manager, planning=row, on=on, decided="x", next_look=after, at=AT
            )
    assert [one.decided for one in queries.evaluation(row, on=ON).looks] == ["Look 120", "Look 40"]


def test_only_a_director_of_that_directorate_closes(world):
    row = closing.ready(world)
    for by in (world.manager, closing.director(world, world.unit("Resources"))):
        with pytest.raises(NotAllowed):
            closing.close(world, row, by=by)


def test_what_goes_on_is_chosen_and_nothing_is_copied(world):
    row = closing.following(world)
    left = queries.left(row, on=ON)
    assert [one.kind for one in left] == ["action", "lesson"]
    assert all(one.chosen is None for one in left)
    with pytest.raises(Missing) as refused:
        carrying.carry_over(
            by=world.manager, planning=row, of=left[0].key, stays=False, version=0, at=AT
        )
    assert needs(refused) == {"reason"}
    carrying.carry_over(
        by=world.manager, planning=row, of=left[1].key, stays=True, version=0, at=AT
    )
    with pytest.raises(OutOfStep):
        carrying.carry_over(
            by=world.manager, planning=row, of=left[1].key, stays=True, version=0, at=AT
        )
    assert [one.chosen and one.chosen.stays for one in queries.left(row, on=ON)] == [None, True]


def test_an_action_that_takes_another_up_takes_the_links_that_somebody_chose(world):
    row = closing.following(world)
    old = row.follows.plan.actions.first()
    corporate = world.action(action("Publish the gap"), unit=world.unit())
    made = [
        Link.objects.create(
            from_kind="action",
            from_id=old.public_id,
            to_kind="action",
            to_id=corporate.public_id,
            meaning=meaning,
            since=ON - DAY,
        )
        for meaning in ("serves", "needs")
    ]
    plan = world.plan(action("Train panels again"), unit=row.unit)
    Planning.objects.filter(pk=row.pk).update(plan=plan)
    row.refresh_from_db()
    carrying.carry_over(
        by=world.manager,
        planning=row,
        of=f"action:{old.public_id}",
        stays=True,
        into=plan.actions.get(),
        links=made[:1],
        version=0,
        at=AT,
    )
    new = Link.objects.filter(from_id=plan.actions.get().public_id)
    assert {(one.meaning, one.to_id) for one in new} == {
        ("comes_from", old.public_id),
        ("serves", corporate.public_id),
    }
    assert Link.objects.filter(from_id=old.public_id, until__isnull=True).count() == 2


def test_next_year_follows_the_one_that_was_closed(world):
    row = closing.ready(world)
    assert queries.to_follow(row.unit_id, row.strand_id) is None
    closing.close(world, row)
    assert queries.to_follow(row.unit_id, row.strand_id) == row
    planning.begin_planning(
        by=world.manager, unit=row.unit, strand=row.strand, begins=ON, follows=row, at=AT
    )
    assert queries.to_follow(row.unit_id, row.strand_id) is None


def test_what_was_learnt_is_read_by_those_alone_who_may_read_the_planning(world):
    row = closing.ready(world)
    closing.close(world, row)
    found, count, _pages = queries.learnt(for_=closing.director(world, row.unit), on=ON)
    assert (count, [one.closing.planning for one in found]) == (1, [row])
    other = closing.director(world, world.unit("Resources"))
    assert queries.learnt(for_=other, on=ON) == ((), 0, 1)
