from goldenthread.plan import Action, Lead, Measure, Plan, Programme, Recommendation, Review
from goldenthread.plan.trace import ENDS, Knot, trace

LEAD = (Lead("Head of HR"),)
ANSWERED = Action(
    "Answer the line", leads=LEAD, measures=(Measure("Within two days"),), status="in_progress"
)
PUBLICISED = Action("Publicise the line", leads=LEAD, measures=(Measure("within two days."),))
PLAN = Plan(
    recommendations=(
        Recommendation("Make it safe to report", "4", actions=(ANSWERED, PUBLICISED)),
        Recommendation("Show what happens next", "5", see=("4",)),
        Recommendation("Train managers", "6"),
    )
)


def test_a_measure_that_two_actions_share_is_one_knot():
    thread = trace(PLAN)
    assert thread.knot("measure 1") == Knot(
        "measure 1", "measure", "Within two days", above=("action 1.1", "action 1.2")
    )


def test_the_thread_is_walked_both_ways():
    thread = trace(PLAN)
    assert [knot.key for knot in thread.up("measure 1")] == [
        "action 1.1",
        "action 1.2",
        "recommendation 1",
        "recommendation 2",
    ]
    assert [knot.key for knot in thread.down("recommendation 2")] == [
        "recommendation 1",
        "action 1.1",
        "action 1.2",
        "measure 1",
    ]


def test_every_tie_is_held_at_both_ends():
    thread = trace(PLAN)
    down = {(knot.key, below) for knot in thread.knots for below in knot.below}
    up = {(above, knot.key) for knot in thread.knots for above in knot.above}
    assert down == up


def test_frayed_ends_are_named():
    plan = Plan(
        recommendations=(Recommendation("A", "1"), Recommendation("B", "2", actions=(Action("C"),)))
    )
    assert [(end.key, end.code) for end in trace(plan).frayed] == [
        ("recommendation 1", "recommendation_without_action"),
        ("action 2.1", "action_without_lead"),
        ("action 2.1", "action_without_measure"),
    ]
    assert all(end.message == ENDS[end.code] for end in trace(plan).frayed)


def test_what_a_review_asked_for_is_tied_to_its_answer_or_frayed():
    review = Review("Peer review", recommendations=("Train managers.", "Meet the unions"))
    plan = Plan(
        programme=Programme("Race equality", reviews=(review,)),
        recommendations=(
            Recommendation("Train managers", "1", see=("9",)),
            Recommendation("Paint the hall", "2", see=("1",)),
        ),
    )
    thread = trace(plan)
    assert [knot.text for knot in thread.down("review 1")] == ["Train managers", "Meet the unions"]
    assert [(end.key, end.code) for end in thread.frayed] == [
        ("recommendation 1/2", "asked_not_answered"),
        ("recommendation 2", "not_asked"),
    ]


def test_recommendations_that_point_at_each_other_do_not_go_round_for_ever():
    plan = Plan(
        recommendations=(Recommendation("A", "1", see=("2",)), Recommendation("B", "2", see=("1",)))
    )
    assert [knot.key for knot in trace(plan).down("recommendation 1")] == ["recommendation 2"]


def test_statuses_are_counted_with_those_not_said():
    assert trace(PLAN).statuses == (("in_progress", 1), (None, 1))


def test_an_empty_plan_is_an_empty_thread():
    thread = trace(Plan())
    assert (thread.knots, thread.frayed, thread.statuses) == ((), (), ())
