"""Visions: written in versions, put to bodies, signed for oneself or on paper, and read again."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.errors import Missing, NotAllowed, OutOfStep
from goldenthread.web.changes import visions as changes
from goldenthread.web.models import (
    Planning,
    Post,
    SignerWithdrawn,
    Vision,
    VisionAnswer,
    VisionAsked,
    VisionRead,
    VisionSignature,
    VisionSigner,
)
from goldenthread.web.queries import visions as queries
from goldenthread.web.queries.choosing import COUNTED
from goldenthread.web.queries.facts import facts_for
from web import choosing
from web.world import AT, DAY, ON


def write(world, of, text="Same respect for all.", version=None, **more):
    given = {"why": "The network asked for it", "read_again_on": ON + 365 * DAY} | more
    return changes.write_vision(
        by=world.manager,
        planning=of,
        text=text,
        version=of.visions.count() if version is None else version,
        at=AT,
        **given,
    )


def stands(of):
    found = queries.of_planning(of, on=ON)
    return found.stands.row if found.stands is not None else None


def sign(row, post, by=None):
    return changes.sign_vision(by=by or choosing.holder(post), vision=row, post=post, at=AT)


def test_every_version_is_kept_word_for_word_with_why_it_changed(world):
    of = world.planning()
    first = write(world, of, why="Not kept of a first one")
    second = write(world, of, "Every tenant is met with the same respect.")
    found = queries.of_planning(of, on=ON)
    assert [one.row for one in found.versions] == [second, first]
    assert [(one.row.number, one.row.why) for one in found.versions] == [
        (2, "The network asked for it"),
        (1, ""),
    ]
    assert found.versions[1].row.words == "Same respect for all."
    assert (found.now.row, found.stands) == (second, None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "Same respect for all."}, "text"),
        ({"read_again_on": ON}, "read_again_on"),
        ({"why": ""}, "why"),
    ],
)
def test_a_version_says_something_new_and_why_and_when_it_is_read_again(world, said, field):
    of = world.planning()
    write(world, of)
    with pytest.raises(Missing) as refused:
        write(world, of, **{"text": "Another", **said})
    assert set(refused.value.needs) == {field}
    assert of.visions.count() == 1


def test_of_two_who_write_a_version_at_once_one_is_told_what_now_stands(world):
    of = world.planning()
    write(world, of)
    with pytest.raises(OutOfStep) as refused:
        write(world, of, "Another", version=0)
    assert refused.value.theirs == {"text": "Same respect for all."}


def test_a_vision_stands_once_all_who_were_asked_have_signed(world):
    of = world.planning()
    director, head = choosing.director(world), choosing.director(world)
    row = choosing.to_sign(world, of, posts=[director, head])
    sign(row, director)
    assert stands(of) is None
    assert queries.posts_waiting(row) == (head,)
    sign(row, head)
    assert stands(of) == row
    assert facts_for([of.pk], COUNTED)[of.pk]["vision_signed"] == 1


def test_a_change_after_signing_is_a_new_version_and_the_old_one_stands_until_it_is_signed(world):
    of = world.planning()
    old = choosing.signed(world, of)
    new = choosing.to_sign(world, of)
    assert stands(of) == old
    assert queries.in_force(of, on=ON).row == old
    sign(new, new.signers.get().post)
    assert stands(of) == new
    assert [one.row for one in queries.of_planning(of, on=ON).versions] == [new, old]
    assert old.signatures.count() == 1


def test_the_signed_vision_stands_on_in_the_next_planning_until_another_is_signed(world):
    before = world.planning()
    old = choosing.signed(world, before)
    before.closed_on = ON
    before.save()
    after = Planning.objects.create(
        unit=before.unit, strand=before.strand, begins=ON, follows=before
    )
    found = queries.of_planning(after, on=ON)
    assert (found.stands.row, found.carried, found.now) == (old, True, None)
    new = choosing.signed(world, after)
    found = queries.of_planning(after, on=ON)
    assert (found.stands.row, found.carried) == (new, False)
    assert queries.in_force(before, on=ON).row == old


def test_nobody_signs_for_another_nor_by_a_post_that_was_not_asked(world):
    row = choosing.to_sign(world)
    asked, other = row.signers.get().post, choosing.director(world)
    for post, by in ((asked, choosing.holder(other)), (other, choosing.holder(other))):
        with pytest.raises(Missing) as refused:
            sign(row, post, by=by)
        assert set(refused.value.needs) == {"post"}
    assert not row.signatures.exists()


def test_the_database_too_refuses_a_signature_for_another_without_its_paper(world):
    row = choosing.to_sign(world)
    post = row.signers.get().post
    with pytest.raises(IntegrityError), transaction.atomic():
        VisionSignature.objects.create(
            vision=row, post=post, person=choosing.holder(post), on=ON, at=AT, by=world.manager
        )


def test_a_signature_on_paper_is_that_of_the_holder_and_names_who_recorded_it(world):
    row = choosing.to_sign(world)
    post = row.signers.get().post
    given = {"vision": row, "post": post, "on": ON, "at": AT}
    made = changes.record_signature(by=world.manager, paper="Minutes of 1 October", **given)
    assert (made.person, made.by, made.paper) == (
        choosing.holder(post),
        world.manager,
        "Minutes of 1 October",
    )
    assert stands(row.planning) == row


@pytest.mark.parametrize(
    ("said", "field"),
    [({"paper": " "}, "paper"), ({"on": ON + DAY}, "on"), ({"on": ON - DAY}, "on")],
)
def test_a_signature_on_paper_has_its_paper_and_its_day(world, said, field):
    row = choosing.to_sign(world)
    given = {"vision": row, "post": row.signers.get().post, "on": ON, "paper": "Minutes", "at": AT}
    with pytest.raises(Missing) as refused:
        changes.record_signature(by=world.manager, **given | said)
    assert set(refused.value.needs) == {field}


def test_nobody_records_their_own_signature_on_paper_or_that_of_an_empty_post(world):
    empty = Post.objects.create(
        title="Head of Nothing", unit=world.unit("Housing and Communities"), begins=ON - DAY
    )
    own = choosing.director(world)
    row = choosing.to_sign(world, posts=[empty, own])
    for post, by in ((empty, world.manager), (own, choosing.holder(own))):
        with pytest.raises(Missing) as refused:
            changes.record_signature(by=by, vision=row, post=post, on=ON, paper="Minutes", at=AT)
        assert set(refused.value.needs) == {"post"}


def test_a_post_signs_a_version_once(world):
    director, head = choosing.director(world), choosing.director(world)
    row = choosing.to_sign(world, posts=[director, head])
    sign(row, director)
    with pytest.raises(OutOfStep):
        sign(row, director)
    assert row.signatures.count() == 1


def test_nothing_more_is_said_of_a_version_that_is_signed_or_that_a_later_one_followed(world):
    of = world.planning()
    signed = choosing.signed(world, of)
    passed = choosing.to_sign(world, of)
    choosing.vision(world, of)
    director = choosing.director(world)
    for row in (signed, passed):
        post = row.signers.get().post
        for deed in (
            lambda row=row: changes.ask_signatures(
                by=world.manager, vision=row, posts=[director], at=AT
            ),
            lambda row=row, post=post: sign(row, post),
            lambda row=row, post=post: changes.record_signature(
                by=world.manager, vision=row, post=post, on=ON, paper="Minutes", at=AT
            ),
            lambda row=row: choosing.asked(world, row=row),
        ):
            with pytest.raises(Missing):
                deed()
    assert stands(of) == signed


@pytest.mark.parametrize("case", ["none", "another directorate", "ended", "twice"])
def test_posts_of_the_directorate_that_stand_are_asked_to_sign_once(world, case):
    row = choosing.vision(world)
    post = choosing.director(world)
    if case == "another directorate":
        post = choosing.director(world, world.unit("Resources"))
    if case == "ended":
        Post.objects.filter(pk=post.pk).update(ends=ON - DAY)
        post.refresh_from_db()
    if case == "twice":
        changes.ask_signatures(by=world.manager, vision=row, posts=[post], at=AT)
    with pytest.raises(Missing) as refused:
        posts = [] if case == "none" else [post]
        changes.ask_signatures(by=world.manager, vision=row, posts=posts, at=AT)
    assert set(refused.value.needs) == {"posts"}


# -- bodies ----------------------------------------------------------------------------------------


def test_what_bodies_say_stands_on_record_dissent_and_all(world):
    row = choosing.vision(world)
    forum, union = world.committee(kind="staff_forum"), world.committee(kind="trade_union")
    for body in (forum, union):
        choosing.asked(world, row=row, committee=body)
    asked = VisionAsked.objects.get(committee=union)
    given = {"by": world.speaker(union), "asked": asked, "public": True, "at": AT}
    changes.answer_about_vision(stance="objects", text="It says nothing of pay.", **given)
    changes.answer_about_vision(stance="supports_with_objections", text="Pay is wanting.", **given)
    found = queries.one(row, on=ON)
    assert [(one.asked.committee, one.late) for one in found.bodies] == [
        (forum, False),
        (union, False),
    ]
    said = found.bodies[1]
    assert (said.answer.stance, said.answer.words) == (
        "supports_with_objections",
        "Pay is wanting.",
    )
    assert [one.words for one in said.earlier] == ["It says nothing of pay."]
    assert (found.answered, found.bodies[0].answer) == (1, None)
    assert queries.one(row, on=ON + 15 * DAY).bodies[0].late


def test_an_objection_says_what_it_objects_to(world):
    asked = choosing.asked(world)
    by = world.speaker(asked.committee)
    for stance in ("objects", "supports_with_objections", ""):
        with pytest.raises(Missing):
            changes.answer_about_vision(by=by, asked=asked, stance=stance, public=True, at=AT)
    assert not VisionAnswer.objects.exists()


def test_only_who_has_a_seat_in_the_body_speaks_for_it(world):
    asked = choosing.asked(world)
    stranger = world.speaker(world.committee())
    with pytest.raises(NotAllowed) as refused:
        changes.answer_about_vision(by=stranger, asked=asked, stance="supports", public=True, at=AT)
    assert refused.value.rule == "sits_in_the_body"


def test_what_a_body_said_elsewhere_is_recorded_with_where_and_never_over_its_own_words(world):
    asked = choosing.asked(world)
    given = {"by": world.manager, "vision": asked.vision, "asked": asked, "stance": "supports"}
    given |= {"said_on": ON, "at": AT}
    made = changes.record_vision_answer(source="Minutes of 1 October", **given)
    assert (made.public, made.source) == (False, "Minutes of 1 October")
    for wrong, field in (
        ({"source": ""}, "source"),
        ({"said_on": ON + DAY}, "said_on"),
        ({"said_on": ON - DAY}, "said_on"),
        ({"asked": choosing.asked(world)}, "asked"),
    ):
        with pytest.raises(Missing) as refused:
            changes.record_vision_answer(**{"source": "Minutes", **given, **wrong})
        assert set(refused.value.needs) == {field}
    by = world.speaker(asked.committee)
    changes.answer_about_vision(by=by, asked=asked, stance="no_position", public=False, at=AT)
    with pytest.raises(Missing):
        changes.record_vision_answer(source="Minutes", **given)


def test_bodies_that_stand_are_asked_once_and_until_a_day_to_come(world):
    row = choosing.vision(world)
    body = choosing.asked(world, row=row).committee
    ended = world.committee()
    type(ended).objects.filter(pk=ended.pk).update(ends=ON - DAY)
    ended.refresh_from_db()
    for wrong, field in (
        ({"committees": [body]}, "committees"),
        ({"committees": [ended]}, "committees"),
        ({"committees": []}, "committees"),
        ({"text": ""}, "text"),
        ({"wanted_by": ON - DAY}, "wanted_by"),
    ):
        given = {"committees": [world.committee()], "text": "Well?", "wanted_by": ON}
        with pytest.raises(Missing) as refused:
            changes.ask_about_vision(by=world.manager, vision=row, at=AT, **given | wrong)
        assert set(refused.value.needs) == {field}


# -- read again, and kept --------------------------------------------------------------------------


def test_a_vision_that_was_read_again_stands_until_the_next_day_on_which_it_is_read(world):
    row = choosing.signed(world)
    later = ON + 400 * DAY
    assert "was to be read again" in queries.of_planning(row.planning, on=later).finding
    changes.read_vision_again(
        by=world.manager, vision=row, text="It holds", again_on=ON + 730 * DAY, at=AT
    )
    found = queries.of_planning(row.planning, on=later)
    assert found.stands.value.read_again_on == ON + 730 * DAY
    assert "was to be read again" not in found.finding


def test_only_the_version_that_stands_is_read_again(world):
    of = world.planning()
    draft = choosing.vision(world, of)
    given = {"by": world.manager, "text": "It holds", "again_on": ON + DAY, "at": AT}
    with pytest.raises(Missing):
        changes.read_vision_again(vision=draft, **given)
    old = choosing.signed(world, of)
    choosing.signed(world, of)
    with pytest.raises(Missing):
        changes.read_vision_again(vision=old, **given)
    with pytest.raises(Missing):
        changes.read_vision_again(vision=stands(of), **given | {"again_on": ON})
    assert not VisionRead.objects.exists()


def test_a_post_is_asked_no_more_and_can_be_asked_again(world):
    row = choosing.to_sign(world)
    post = row.signers.get().post
    given = {"by": world.manager, "vision": row, "post": post, "at": AT}
    with pytest.raises(Missing) as refused:
        changes.withdraw_signer(reason="", **given)
    assert set(refused.value.needs) == {"reason"}
    changes.withdraw_signer(reason="The post is empty", **given)
    told = queries.one(row, on=ON)
    assert (told.value.asked, [one.post for one in told.withdrawn]) == ((), [post])
    assert not queries.is_signed(row)
    for deed in (
        lambda: changes.withdraw_signer(reason="Again", **given),
        lambda: changes.sign_vision(by=choosing.holder(post), vision=row, post=post, at=AT),
    ):
        with pytest.raises(Missing) as refused:
            deed()
        assert set(refused.value.needs) == {"post"}
    changes.ask_signatures(by=world.manager, vision=row, posts=[post], at=AT)
    changes.sign_vision(by=choosing.holder(post), vision=row, post=post, at=AT)
    assert queries.is_signed(row)
    with pytest.raises(Missing) as refused:
        changes.withdraw_signer(reason="It is signed", **given)
    assert set(refused.value.needs) == {"post"}


def test_a_version_stands_once_nobody_else_is_asked_and_a_signature_is_never_taken_back(world):
    of = world.planning()
    first, second = choosing.director(world, of.unit), choosing.director(world, of.unit)
    row = choosing.to_sign(world, of, posts=[first, second])
    changes.sign_vision(by=choosing.holder(first), vision=row, post=first, at=AT)
    given = {"by": world.manager, "vision": row, "reason": "The post is empty", "at": AT}
    with pytest.raises(Missing) as refused:
        changes.withdraw_signer(post=first, **given)
    assert set(refused.value.needs) == {"post"}
    assert not queries.is_signed(row)
    changes.withdraw_signer(post=second, **given)
    assert queries.is_signed(row)
    assert queries.in_force(of, on=ON).row == row


def test_nothing_that_was_written_signed_asked_or_said_is_changed_or_removed(world):
    row = choosing.signed(world)
    changes.read_vision_again(
        by=world.manager, vision=row, text="It holds", again_on=ON + DAY, at=AT
    )
    asked = choosing.asked(world, row=choosing.vision(world, row.planning))
    by = world.speaker(asked.committee)
    changes.answer_about_vision(by=by, asked=asked, stance="supports", public=False, at=AT)
    unsigned = choosing.to_sign(world, row.planning)
    changes.withdraw_signer(
        by=world.manager, vision=unsigned, post=unsigned.signers.get().post, reason="No", at=AT
    )
    models = (
        *(Vision, VisionSigner, VisionSignature, SignerWithdrawn),
        *(VisionAsked, VisionAnswer, VisionRead),
    )
    for model in models:
        assert model.objects.exists()
        for deed in (
            lambda model=model: model.objects.update(at=AT + DAY),
            lambda model=model: model.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()


def test_the_versions_of_a_planning_take_as_few_questions_whatever_was_said(
    world, django_assert_num_queries
):
    of = world.planning()
    choosing.asked(world, row=choosing.vision(world, of))
    choosing.signed(world, of)
    with django_assert_num_queries(6):
        queries.of_planning(of, on=ON)
    for _n in range(3):
        choosing.asked(world, row=choosing.to_sign(world, of))
    choosing.signed(world, of)
    with django_assert_num_queries(6):
        queries.of_planning(of, on=ON)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["write", "ask", "sign"]), max_size=9))
def test_what_stands_was_signed_by_all_who_were_asked_and_is_the_newest_so(world, deeds):
    of = world.planning()
    posts = [choosing.director(world), choosing.director(world)]
    for deed in deeds:
        row = of.visions.order_by("-number").first()
        try:
            with transaction.atomic():
                if deed == "write":
                    choosing.vision(world, of)
                elif row is None:
                    continue
                elif deed == "ask":
                    changes.ask_signatures(
                        by=world.manager, vision=row, posts=[posts[row.signers.count() % 2]], at=AT
                    )
                else:
                    waiting = queries.posts_waiting(row)
                    sign(row, waiting[0] if waiting else posts[0])
        except (Missing, OutOfStep):
            continue
    expected = None
    for row in of.visions.order_by("number"):
        asked = {one.post_id for one in row.signers.all()}
        if asked and asked == {one.post_id for one in row.signatures.all()}:
            expected = row
    assert stands(of) == expected
    signed = sum(queries.is_signed(row) for row in of.visions.all())
    assert facts_for([of.pk], COUNTED)[of.pk] == {
        "priorities": 0,
        "chosen": 0,
        "chosen_with_reason": 0,
        "visions": of.visions.count(),
        "vision_signed": signed,
    }
