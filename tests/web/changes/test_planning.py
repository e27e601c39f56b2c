"""A directorate's planning: begun once, its days and signatures only ever added to."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Unsafe
from goldenthread.plan.steps import FACTS, SIX, Gate, Scheme, Step
from goldenthread.web.bridge import scheme
from goldenthread.web.changes import people
from goldenthread.web.changes import planning as changes
from goldenthread.web.models import AuditEntry, AuditFacts, Planning, SignOff, StepDay, StepScheme
from goldenthread.web.queries import planning as queries
from web import listening
from web.changes.planned import OPEN, post_of, signed, without_gates
from web.world import AT, DAY, ON

HOUSING = "Housing and Communities"


def begin(world, **more):
    given = {"unit": world.unit(HOUSING), "strand": world.council.strand, "begins": ON} | more
    return changes.begin_planning(by=world.manager, at=AT, **given)


def plan(world, row, due, step="listen", **more):
    given = {"version": row.step_days.filter(step=step).count()} | more
    return changes.plan_step(by=world.manager, planning=row, step=step, due=due, at=AT, **given)


def keep(world, *steps, in_order=False, version=None, reason="Agreed by the board"):
    return changes.keep_steps(
        by=world.manager,
        steps=steps,
        in_order=in_order,
        reason=reason,
        version=scheme().number if version is None else version,
        at=AT,
    )


def last_facts():
    return AuditFacts.objects.order_by("-number").first().facts


# -- begun -----------------------------------------------------------------------------------------


def test_a_directorate_plans_once_at_a_time_in_a_strand(world):
    first = begin(world)
    assert (first.unit.name, first.begins, first.closed_on) == (HOUSING, ON, None)
    with pytest.raises(Missing) as refused:
        begin(world)
    assert set(refused.value.needs) == {"strand"}
    outcomes = people.add_strand(by=world.administrator, name="Life outcomes", at=AT)
    begin(world, strand=outcomes)
    begin(world, unit=world.unit("Resources"))
    assert Planning.objects.count() == 3


@pytest.mark.parametrize("unit", ["", "Tenancy Services"])
def test_only_a_directorate_plans_in_steps(world, unit):
    with pytest.raises(Missing) as refused:
        begin(world, unit=world.unit(unit))
    assert "unit" in refused.value.needs


def test_a_planning_begins_while_its_directorate_stands(world):
    with pytest.raises(Missing) as refused:
        begin(world, begins=ON - 9000 * DAY)
    assert "begins" in refused.value.needs


def test_the_next_planning_goes_on_from_the_one_that_was_closed(world):
    first = begin(world, begins=ON - 300 * DAY)
    with pytest.raises(Missing) as refused:
        begin(world, follows=first)
    assert set(refused.value.needs) == {"strand", "follows"}
    Planning.objects.filter(pk=first.pk).update(closed_on=ON)
    first.refresh_from_db()
    with pytest.raises(Missing) as refused:
        begin(world, follows=first, begins=ON - DAY)
    assert set(refused.value.needs) == {"begins"}
    with pytest.raises(Missing):
        begin(world, follows=first, unit=world.unit("Resources"))
    second = begin(world, follows=first)
    assert second.follows == first
    Planning.objects.filter(pk=second.pk).update(closed_on=ON)
    with pytest.raises(Missing) as refused:
        begin(world, follows=first)
    assert set(refused.value.needs) == {"follows"}


def test_a_planning_names_the_plan_that_came_of_it_and_no_other_directorate_s(world):
    row = begin(world)
    own = world.plan(unit=world.unit("Tenancy Services"))
    changes.name_plan(by=world.manager, planning=row, plan=own, version=row.version, at=AT)
    assert Planning.objects.get().plan == own
    other = world.plan(unit=world.unit("Resources"))
    for plan_ in (other, world.plan()):
        with pytest.raises(Missing):
            changes.name_plan(
                by=world.manager, planning=row, plan=plan_, version=row.version, at=AT
            )
    with pytest.raises(OutOfStep):
        changes.name_plan(by=world.manager, planning=row, plan=own, version=1, at=AT)


# -- days ------------------------------------------------------------------------------------------


def test_the_first_day_is_the_promise_and_each_later_one_has_its_reason(world):
    row = world.planning()
    plan(world, row, ON + DAY)
    with pytest.raises(Missing) as refused:
        plan(world, row, ON + 30 * DAY)
    assert set(refused.value.needs) == {"reason"}
    plan(world, row, ON + 30 * DAY, reason="Two groups were postponed")
    assert [(one.due, one.reason) for one in row.step_days.all()] == [
        (ON + DAY, ""),
        (ON + 30 * DAY, "Two groups were postponed"),
    ]
    assert last_facts() == {"step": "listen", "due": "2026-10-31", "times": 2}


@pytest.mark.parametrize(
    ("due", "more"),
    [(ON - 201 * DAY, {}), (ON + DAY, {"reason": "Again"}), (ON, {"step": "ghosts"})],
    ids=["before the planning begins", "the day that stands", "a step that is not taken"],
)
def test_a_day_that_cannot_be_planned_is_refused(world, due, more):
    row = world.planning()
    plan(world, row, ON + DAY)
    with pytest.raises(Missing):
        plan(world, row, due, **more)
    assert StepDay.objects.count() == 1


def test_two_who_plan_the_same_step_do_not_overwrite_each_other(world):
    row = world.planning()
    plan(world, row, ON + DAY)
    with pytest.raises(OutOfStep) as refused:
        plan(world, row, ON + 2 * DAY, reason="Later", version=0)
    assert refused.value.theirs == {"due": "2 October 2026"}


# -- signatures ------------------------------------------------------------------------------------


def sign(world, row, step="listen", **more):
    given = {"on": ON, "came": "41 staff were heard.", "version": 0, "by": world.manager} | more
    post = given.pop("post", None) or post_of(world, given["by"])
    return changes.sign_step(planning=row, step=step, post=post, at=AT, **given)


def test_a_step_is_signed_by_a_post_on_a_day_with_what_came_of_it(world):
    without_gates(world)
    row = world.planning()
    made = sign(world, row)
    assert (made.what, made.post, made.on, made.by) == (
        *("signed", post_of(world, world.manager), ON),
        world.manager,
    )
    assert last_facts() == {"step": "listen", "post": made.post.public_id, "on": "2026-10-01"}
    assert "41 staff" not in str(last_facts())
    with pytest.raises(Missing):
        sign(world, row, version=1)


def test_a_step_is_refused_with_everything_that_its_gate_lacks(world):
    row = world.planning()
    with pytest.raises(Missing) as refused:
        sign(world, row)
    assert refused.value.needs == {
        "gate_sessions": "No listening session is recorded yet.",
        "gate_themes": "No theme is drawn from the sessions yet.",
    }
    assert not SignOff.objects.exists()


def test_the_gate_counts_what_the_rooms_hold_of_this_planning_alone(world):
    row, other = world.planning(), world.planning(world.unit("Resources"))
    held = listening.sessions(world, row, 3)
    for _ in range(4):
        listening.theme(world, row, drawn=held)
    facts = queries.facts([row.pk, other.pk])
    assert set(facts[row.pk]) == set(facts[other.pk]) == set(FACTS)
    assert {fact: many for fact, many in facts[row.pk].items() if many} == {
        "sessions": 3,
        "themes": 4,
        "themes_of_three": 4,
    }
    assert not any(facts[other.pk].values())
    sign(world, row)
    with pytest.raises(Missing):
        sign(world, other)
    assert SignOff.objects.get().planning == row


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"on": ON + DAY}, "on"),
        ({"on": ON - 201 * DAY}, "on"),
        ({"came": " "}, "came"),
        ({"post": "Head of Policy"}, "post"),
    ],
    ids=["a day to come", "before it began", "nothing came of it", "a post that is another's"],
)
def test_a_signature_that_says_too_little_or_too_much_is_refused(world, more, where):
    without_gates(world)
    if "post" in more:
        more = {"post": world.council.posts[more["post"]]}
    with pytest.raises(Missing) as refused:
        sign(world, world.planning(), **more)
    assert set(refused.value.needs) == {where}


def test_what_came_of_a_step_is_a_line_and_not_a_report(world):
    without_gates(world)
    with pytest.raises(Unsafe):
        sign(world, world.planning(), came="x" * 301)


def test_steps_are_signed_in_any_order_until_the_council_binds_them(world):
    without_gates(world)
    row = signed(world, step="vision")
    keep(world, *OPEN.steps, in_order=True)
    with pytest.raises(Missing) as refused:
        sign(world, row, "figures")
    assert refused.value.needs == {
        "before_listen": "“Listen” comes before it and is not signed off."
    }


def test_a_signed_step_is_opened_again_with_its_reason_and_keeps_its_signature(world):
    without_gates(world)
    row = signed(world)
    given = {"by": world.manager, "planning": row, "step": "listen", "at": AT}
    with pytest.raises(Missing):
        changes.reopen_step(reason="", version=1, **given)
    with pytest.raises(OutOfStep):
        changes.reopen_step(reason="One more group", version=0, **given)
    changes.reopen_step(reason="One more group", version=1, **given)
    with pytest.raises(Missing):
        changes.reopen_step(reason="Twice", version=2, **given)
    assert queries.board(row, on=ON).steps[0].standing.state == "now"
    sign(world, row, version=2, came="Two more were heard.")
    step = queries.board(row, on=ON).steps[0]
    assert [one.what for one in step.signs] == ["signed", "reopened", "signed"]
    assert step.signed.words == "Two more were heard."


def test_a_signed_step_needs_no_day_until_it_is_opened_again(world):
    without_gates(world)
    row = signed(world)
    with pytest.raises(Missing):
        plan(world, row, ON + DAY)


def test_nothing_of_a_closed_planning_changes(world):
    without_gates(world)
    row = world.planning(closed=True)
    for deed in (
        lambda: plan(world, row, ON),
        lambda: sign(world, row),
        lambda: changes.reopen_step(
            by=world.manager, planning=row, step="listen", reason="x", version=0, at=AT
        ),
    ):
        with pytest.raises(NotAllowed) as refused:
            deed()
        assert refused.value.rule == "planning_is_open"


@pytest.mark.parametrize("table", [StepDay, SignOff, StepScheme])
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_what_was_planned_and_signed_can_neither_be_changed_nor_deleted(world, table, deed):
    without_gates(world)
    row = signed(world)
    plan(world, row, ON + DAY, step="figures")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows = table.objects.all()
        rows.update(at=AT) if deed == "update" else rows._raw_delete(rows.db)


# -- the council's own steps -----------------------------------------------------------------------


UNION = Step("union", "Ask the unions", "Put it to the joint committee.")


def test_the_council_renames_adds_drops_and_reorders_its_steps(world):
    own = (UNION, replace(SIX.steps[3], name="Our promise"), SIX.steps[0])
    row = keep(world, *own, in_order=True)
    assert scheme() == Scheme(own, True, 1)
    assert last_facts() == {
        "number": 1,
        "steps": ["union", "vision", "listen"],
        "dropped": ["figures", "priorities", "measures", "review"],
        "added": ["union"],
    }
    assert (row.reason, row.by) == ("Agreed by the board", world.manager)


def test_a_dropped_step_keeps_what_was_signed_under_it_and_regains_it(world):
    without_gates(world)
    row = signed(world, step="vision")
    keep(world, *[step for step in OPEN.steps if step.word != "vision"])
    board = queries.board(row, on=ON)
    assert [one.word for one in board.steps] == [
        *("listen", "figures", "priorities", "measures", "review"),
    ]
    assert [(one.step.name, len(one.signs)) for one in board.kept] == [("Set the vision", 1)]
    keep(world, *OPEN.steps)
    board = queries.board(row, on=ON)
    assert (board.kept, board.step("vision").standing.state) == ((), "done")


def test_a_step_that_is_renamed_keeps_its_history(world):
    without_gates(world)
    row = signed(world, step="vision")
    keep(world, replace(OPEN.steps[3], name="Our promise"))
    [one] = queries.board(row, on=ON).steps
    assert (one.standing.step.name, one.signed.words) == ("Our promise", "41 staff were heard.")


@pytest.mark.parametrize(
    ("steps", "reason", "where"),
    [
        ((), "Why", "steps"),
        (SIX.steps, "Why", "steps"),
        (SIX.steps[1:], "", "reason"),
        ((replace(UNION, gates=(Gate("ghosts", "x"),)),), "Why", "union.gate_1"),
    ],
    ids=["none", "nothing changes", "no reason", "a gate that counts nothing"],
)
def test_steps_that_cannot_be_kept_are_refused(world, steps, reason, where):
    with pytest.raises(Missing) as refused:
        keep(world, *steps, reason=reason)
    assert set(refused.value.needs) == {where}
    assert not StepScheme.objects.exists()


def test_two_who_change_the_steps_do_not_overwrite_each_other(world):
    keep(world, UNION)
    with pytest.raises(OutOfStep) as refused:
        keep(world, *SIX.steps[1:], version=0)
    assert refused.value.theirs == {"Ask the unions": "Put it to the joint committee."}


def test_each_act_of_planning_stands_in_the_audit(world):
    row = begin(world, begins=ON - 10 * DAY)
    plan(world, row, ON)
    keep(world, *OPEN.steps)
    sign(world, row)
    acts = list(AuditEntry.objects.order_by("-number").values_list("act", flat=True)[:4])
    assert acts == ["step.signed", "steps.kept", "step.planned", "planning.begun"]
