"""The five words of an action, by worked examples and by what adding something can never do."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan import Action, Lead, Measure
from goldenthread.plan.smart import Gauge, Known, smart
from goldenthread.timescale import read

WORDS = ["specific", "measurable", "achievable", "relevant", "timed"]
SERVES = Known(serves=1)


def action(text, when="31 March 2027", lead="Head of Housing", measures=()):
    return Action(
        text,
        leads=(Lead(lead, "body" if lead.endswith("Team") else "post"),) if lead else (),
        timescales=tuple(read(when)) if when else (),
        measures=tuple(Measure(words) for words in measures),
    )


WHOLE = action(
    "Advertise every acting-up post", measures=["Acting-up posts advertised: from 4 in 10 to all"]
)


def missing(row, known=SERVES):
    return [letter.word for letter in smart(row, known).missing]


def test_a_whole_action_passes_and_says_so_word_by_word():
    told = smart(WHOLE, SERVES)
    assert told.passes
    assert [letter.word for letter in told.letters] == WORDS
    assert not any(letter.because or letter.suggestion for letter in told.letters)
    assert told.because == ""


def test_the_four_actions_of_the_prototype_say_why_in_a_few_words():
    rows = {
        "H4": (action("Improve induction", when=""), SERVES),
        "H7": (
            action(
                "Brief every area office on racism at work",
                measures=["Briefings held in area offices: 12 a year"],
            ),
            SERVES,
        ),
        "H9": (
            action("Rewrite the lettings policy with tenants in all 4 areas"),
            Known(serves=1, gauges=(Gauge("Lets to overcrowded families", target=True),)),
        ),
        "H10": (
            action(
                "Offer an interpreter at every first visit",
                lead="Housing Management Team",
                measures=["Visits with an interpreter: from 2 in 10 to 8 in 10"],
            ),
            SERVES,
        ),
    }
    assert {number: smart(*row).because for number, row in rows.items()} == {
        "H4": "says neither how much nor by when",
        "H7": "counts what we do, not what changes",
        "H9": "no baseline",
        "H10": "no one post answers for it",
    }


def test_what_is_missing_has_one_suggestion_each():
    told = smart(Action("Improve things"))
    assert [letter.word for letter in told.missing] == WORDS
    assert all(letter.says and letter.suggestion.endswith(".") for letter in told.missing)


def test_what_good_looks_like_makes_a_loose_word_specific():
    row = action("Support new managers", measures=["Managers who feel ready: from 40% to 70%"])
    assert missing(row) == ["specific"]
    good = Known(good="Every new manager has met the network before their first panel", serves=1)
    assert missing(row, good) == []


def test_several_promises_in_one_line_are_not_specific():
    text = "Train panels, publish the figures, advertise all posts, and review the policy yearly"
    assert missing(action(text, measures=["All 4 done"])) == ["specific"]


def test_a_measure_that_counts_only_what_is_done_needs_what_changes():
    row = action("Brief every office", measures=["Briefings held: 12"])
    assert missing(row) == ["measurable"]
    both = replace(row, measures=(*row.measures, Measure("Staff who would report: 41% to 70%")))
    assert missing(both) == []


def test_a_target_needs_a_beginning_whether_it_is_printed_or_given_as_a_figure():
    def gauged(**settled):
        return Known(serves=1, gauges=(Gauge("Panels that are mixed", **settled),))

    row = action("Have a mixed panel for every post")
    assert missing(row, gauged(target=True)) == ["achievable"]
    assert missing(row, gauged(target=True, baseline=True)) == []


def test_ongoing_needs_a_day_to_look_again():
    row = replace(WHOLE, timescales=tuple(read("Ongoing")))
    assert smart(row, SERVES).because == "goes on without a review date"
    assert missing(replace(WHOLE, timescales=tuple(read("Every quarter")))) == []


def test_done_or_late_makes_no_difference():
    assert smart(replace(WHOLE, status="completed", leads=()), SERVES) == smart(
        replace(WHOLE, leads=()), SERVES
    )


PARTS = st.builds(
    action,
    st.sampled_from(["Improve induction", "Train all 9 panels", "Review it, and publish it"]),
    st.sampled_from(["", "31 March 2027", "Ongoing", "TBC", "Every year"]),
    st.sampled_from(["", "Head of HR", "Leadership Team"]),
    st.lists(st.sampled_from(["Improved awareness", "From 1 to 2", "Events held"]), max_size=2),
)


@given(PARTS, st.integers(0, 2))
def test_adding_a_post_a_day_or_what_it_serves_never_makes_it_worse(row, serves):
    before = set(missing(row, Known(serves=serves)))
    fuller = replace(
        row,
        leads=(*row.leads, Lead("Head of Policy")),
        timescales=(*row.timescales, *read("31 March 2027")),
    )
    assert set(missing(fuller, Known(serves=serves + 1))) <= before
    assert len(smart(row).letters) == 5
