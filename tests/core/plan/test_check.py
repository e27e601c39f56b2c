from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.plan.strategies import plans
from goldenthread.errors import Place
from goldenthread.plan import (
    RULES,
    Action,
    CheckSettings,
    Lead,
    Measure,
    Plan,
    Recommendation,
    check,
    chosen,
    rules_reference,
)
from goldenthread.timescale import Timescale

BY_CODE = {rule.code: rule for rule in RULES}
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"


def codes(findings):
    return [finding.code for finding in findings]


def only(code, plan, **given):
    settings = CheckSettings(select=(code,), **given.pop("settings", {}))
    return check(plan, settings=settings, **given)


def plan_of(*actions, **given):
    return Plan(recommendations=(Recommendation("Hear from staff", "1", actions=actions),), **given)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_finds_its_example_before_and_not_after(rule):
    before, after = rule.before, rule.after
    found = only(rule.code, before.plan, as_at=before.as_at, before=before.before)
    assert codes(found) == [rule.code]
    assert only(rule.code, after.plan, as_at=after.as_at, before=after.before) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_rule_speaks_in_sentences(rule):
    for sentence in (rule.why, rule.mend):
        assert sentence[0].isupper() or sentence[0] == "“"
        assert sentence.endswith(".")


def test_rule_codes_are_each_used_once_and_run_in_order():
    listed = [rule.code for rule in RULES]
    assert listed == list(dict.fromkeys(listed))
    groups = [code[0] for code in listed]
    assert list(dict.fromkeys(groups)) == ["R", "L", "T", "S", "M", "W"]


def test_the_reference_page_is_the_one_that_the_rules_make():
    assert REFERENCE.read_text(encoding="utf-8") == rules_reference()


def test_findings_become_json():
    (finding,) = only("T301", plan_of(Action("Meet", place=Place(page=2, row=9))))
    assert msgspec.json.decode(msgspec.json.encode(finding)) == {
        "code": "T301",
        "severity": "error",
        "place": {
            "page": 2, "sheet": None, "table": None, "row": 9, "column": None,
            "paragraph": None, "item": None,
        },
        "subject": "recommendation 1, action 1",
        "words": "",
        "message": "No timescale is given.",
        "why": BY_CODE["T301"].why,
        "mend": BY_CODE["T301"].mend,
    }  # fmt: skip


def test_an_empty_plan_has_no_findings():
    assert check(Plan(), date(2026, 1, 1), Plan()) == ()


# --- one finding for one cause ---


def test_actions_that_share_words_and_a_fault_share_a_finding():
    team = Lead("Senior Leadership Team", "body")
    actions = [Action(f"Step {n}", leads=(team,)) for n in (1, 2, 3)]
    other = Recommendation("Train", "2", actions=(Action("Go", leads=(Lead("Head of HR"),)),))
    plan = Plan(recommendations=(Recommendation("Hear", "1", actions=tuple(actions)), other))
    (finding,) = only("L202", plan)
    assert finding.subject == "recommendation 1, actions 1, 2 and 3"


def test_what_is_true_of_every_action_is_said_once_for_the_plan():
    (finding,) = only("M501", plan_of(*(Action(f"Step {n}") for n in range(60))))
    assert (finding.subject, finding.message, finding.place) == (
        "the whole plan",
        "None of the 60 open actions has a measure of success.",
        Place(),
    )


def test_findings_follow_the_plan_with_the_whole_plan_first():
    plan = Plan(
        recommendations=(
            Recommendation("Hear", "1", actions=(Action("Meet night staff"),)),
            Recommendation("Train", "2"),
            Recommendation("Tell", "3", actions=(Action("Write"), Action("Publish"))),
        )
    )
    said = [(f.code, f.subject) for f in check(plan, settings=CheckSettings(select=("R1", "T3")))]
    assert said == [("T301", "the whole plan"), ("R101", "recommendation 2")]


def test_recommendations_without_numbers_are_counted():
    plan = Plan(recommendations=(Recommendation("Hear"), Recommendation("Train", "B")))
    assert [f.subject for f in only("R101", plan)] == [
        "recommendation 1 (not numbered)",
        "recommendation B",
    ]


# --- choosing rules ---


def test_rules_are_chosen_by_the_beginning_of_their_code():
    assert {rule.code[0] for rule in chosen(["t", "W603"])} == {"T", "W"}
    assert [rule.code for rule in chosen(["W"], ["W60"])] == []
    assert chosen() == RULES


@pytest.mark.parametrize("code", ["X", "T9", ""])
def test_a_code_that_no_rule_has_is_refused(code):
    with pytest.raises(ValueError, match="No rule’s code begins with"):
        chosen(select=[code])


# --- recommendations and actions ---


def test_a_recommendation_that_points_to_another_or_is_withdrawn_needs_no_action():
    recs = (
        Recommendation("Train", "1", see=("2",)),
        Recommendation("Old", "3", status="withdrawn"),
    )
    assert only("R101", Plan(recommendations=recs)) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Publish ethnicity data by grade", "Publishing data on ethnicity by grade.", True),
        ("Training programme for staff", "Training programme for Members", False),
        ("Agree the year 1 plan with unions", "Agree the year 2 plan with unions", False),
        ("Ongoing", "Ongoing", False),
    ],
)
def test_an_action_is_a_duplicate_when_every_weighty_word_is_the_same(one, other, same):
    plan = Plan(
        recommendations=(
            Recommendation("A", "1", actions=(Action(one),)),
            Recommendation("B", "2", actions=(Action(other),)),
        )
    )
    assert codes(only("R102", plan)) == (["R102"] if same else [])


def test_two_directorates_may_promise_the_same():
    action = Action("Give every manager an equality objective")
    recs = tuple(
        Recommendation("Objectives", "1", theme, actions=(action,)) for theme in ("Adults", "Place")
    )
    assert only("R102", Plan(recommendations=recs)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Establish a mentoring scheme; appoint a lead officer",
        "Appoint a race equality lead. Publish the pay gap.",
        "To review recruitment; to train managers; to publish figures",
        "Develop and deliver training, launch a campaign and review the recruitment policy",
    ],
)
def test_several_deeds_in_one_line_are_several_actions(text):
    assert codes(only("R103", plan_of(Action(text)))) == ["R103"]


@pytest.mark.parametrize(
    "text",
    [
        "Hold sessions with night staff. Include agency workers.",
        "Encourage take-up of the data form and improve data quality",
        "Publish a report. This included a pay gap. However, absence limits value.",
        "Collect, analyse and publish workforce data",
        "Monitor and report on breaches and outcome",
        "Examine misconduct referrals for disproportionality and publish the result",
        "Run a session for all 54 councillors covering: the duties; how to read one; asking",
        "Appoint a sponsor and announce it at the conference",
        "Ensure every service develops a plan which is reviewed quarterly and updated annually",
    ],
)
def test_one_action_with_several_verbs_is_still_one(text):
    assert only("R103", plan_of(Action(text))) == ()


# --- leads ---


def test_a_completed_action_needs_no_lead():
    assert only("L201", plan_of(Action("Meet", status="completed"))) == ()


def test_supporters_alone_are_no_lead():
    (finding,) = only("L201", plan_of(Action("Meet", leads=(Lead("HRBP", role="supporting"),))))
    assert finding.message == "Those who support are named, and nobody who answers."


def test_a_body_beside_a_post_is_no_fault():
    leads = (Lead("Head of HR"), Lead("Senior Leadership Team", "body"))
    assert only("L202", plan_of(Action("Meet", leads=leads))) == ()


def test_a_lead_written_two_ways_is_one_lead():
    names = [Lead("COO"), Lead("Chief Operating Officer (COO)", full="Chief Operating Officer")]
    actions = [Action(f"Step {n}", leads=(names[n % 2],)) for n in range(12)]
    plan = plan_of(*actions, abbreviations=(("COO", "Chief Operating Officer"),))
    (finding,) = only("L203", plan)
    assert finding.message == "COO leads 12 open actions, more than 10."


def test_a_finding_about_a_lead_never_repeats_a_persons_name():
    named = (Lead("", "person", person="Jane Example"), Lead("Head of HR", person="Tom Example"))
    findings = only("L204", plan_of(Action("Meet", leads=named)))
    assert [f.words for f in findings] == ["Head of HR", "a person’s name"] or [
        f.words for f in findings
    ] == ["a person’s name", "Head of HR"]
    assert "Example" not in str(findings)


# --- timescales ---

MAY = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("timescales", "expected"),
    [
        ([Timescale("Ongoing", "ongoing")], ["T302"]),
        ([Timescale("01/04/2024 – Ongoing", "ongoing", start=date(2024, 4, 1))], ["T302"]),
        ([Timescale("From 1 October 2023", "ongoing", start=date(2023, 10, 1))], []),
        ([Timescale("Ongoing, quarterly", "ongoing", recurrence="quarterly")], []),
        ([Timescale("Ongoing until the merger", "ongoing")], []),
        ([Timescale("May", "date", end=MAY), Timescale("and ongoing", "ongoing")], []),
        ([Timescale("Within 3 months", "relative", offset="P3M")], ["T305"]),
        ([Timescale("4 weeks after launch", "relative", offset="P4W", anchor="launch")], []),
        ([Timescale("Subject to funding", "conditional")], ["T305"]),
        ([Timescale("May", "date", end=MAY), Timescale("or if funded", "conditional")], []),
        ([Timescale("August (annually)", "recurring", recurrence="yearly")], []),
        ([Timescale("Underway", "status", status="in_progress")], ["T307"]),
        ([Timescale("Overdue", "status", status="delayed")], []),
        ([Timescale("TBC", "unknown")], ["T303"]),
        ([Timescale("See 2.1", "unknown")], []),
        ([Timescale("", "unknown")], ["T301"]),
        ([], ["T301"]),
        ([Timescale("Next committee", "event", event="committee")], []),
        ([Timescale("Complete and ongoing", "ongoing", status="completed")], ["T304"]),
        ([Timescale("May to April", "period", start=MAY, end=date(2026, 4, 1))], ["T304"]),
    ],
)
def test_a_timescale_is_questioned_only_where_nobody_could_tell_it_is_late(timescales, expected):
    assert codes(only("T", plan_of(Action("Meet", timescales=tuple(timescales))))) == expected


def test_an_action_is_late_only_after_its_last_day_and_only_when_a_day_is_given():
    plan = plan_of(Action("Meet", timescales=(Timescale("May 2026", "date", end=MAY),)))
    assert only("T306", plan) == ()
    assert only("T306", plan, as_at=MAY) == ()
    (finding,) = only("T306", plan, as_at=date(2026, 6, 1))
    assert finding.message == (
        "Due by 31 May 2026 and not recorded as completed: 1 day late on 1 June 2026."
    )


@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_what_is_done_is_never_late(status):
    due = Timescale("May 2026", "date", end=MAY)
    plan = plan_of(Action("Meet", status=status, timescales=(due,)))
    assert only("T306", plan, as_at=date(2027, 1, 1)) == ()


def test_the_last_of_several_dates_counts_for_lateness():
    dates = (Timescale("May", "date", end=MAY), Timescale("July", "date", end=date(2026, 7, 31)))
    plan = plan_of(Action("Pilot, then evaluate", timescales=dates))
    assert only("T306", plan, as_at=date(2026, 7, 1)) == ()


def test_a_date_that_may_belong_to_another_action_of_the_row_makes_none_late():
    both = (Timescale("May", "date", end=MAY), Timescale("Ongoing", "ongoing"))
    plan = plan_of(*(Action(f"Step {n}", timescales=both, confidence="low") for n in (1, 2, 3)))
    assert only("T306", plan, as_at=date(2026, 7, 1)) == ()


def test_a_status_in_the_timescale_that_contradicts_the_status_is_shown():
    underway = Timescale("Completed 3 May", "status", end=MAY, status="completed")
    plan = plan_of(Action("Meet", status="not_started", timescales=(underway,)))
    assert codes(only("T304", plan)) == ["T304"]


# --- status and measures ---


def test_completed_with_a_date_an_update_or_evidence_is_believed():
    done = Timescale("Completed 3 May", "status", end=MAY, status="completed")
    plan = plan_of(
        Action("A", status="completed", timescales=(done,)),
        Action("B", status="completed", evidence=("Minutes of 4 May",)),
        Action("Briefing held – 23 rd September 2025", status="completed"),
        Action("C", status="completed", status_text="Complete – 92 profiles issued in May"),
    )
    assert only("S401", plan) == ()


def test_completed_in_the_timescale_alone_is_questioned():
    done = Timescale("Completed", "status", status="completed")
    (finding,) = only("S401", plan_of(Action("A", timescales=(done,))))
    assert finding.words == "Completed"


def test_an_action_that_counts_something_carries_its_own_measure():
    measured = Action("Train", measures=(Measure("80% attend"),))
    plan = plan_of(measured, Action("Hold two briefings"), Action("Raise awareness"))
    assert [f.subject for f in only("M501", plan)] == ["recommendation 1, action 3"]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("Improved awareness", ["M502"]),
        ("Better understanding of race", ["M502"]),
        ("Improved awareness, from 40% to 60%", []),
        ("Toolkit live; shortlisting gap narrows", []),
        ("Six leads in post", []),
    ],
)
def test_a_vague_measure_is_one_that_any_change_would_meet(measure, expected):
    assert codes(only("M502", plan_of(Action("Train", measures=(Measure(measure),))))) == expected


# --- public words ---

FEW = [
    "Sit in on every open race grievance (4 at present)",
    "Learn from the three race grievances of last year",
    "One of our four heads of service has experienced this",
    "the only Bangladeshi manager in Revenues",
    "Interview the two Black officers who left",
    "3 Muslim teachers raised it",
    "Two of the six directors are leaving",
    "Three officers from a Somali background",
    "Two of our managers are disabled.",
    "a single disabled apprentice was appointed",
    "Four Black and Asian staff have left the service",
    "Six minority ethnic senior managers replied",
    "Of our 5 heads of service, one is Asian",
    "We have three trans employees",
    "Only two Black staff work in Revenues",
    "Three women from Pakistani backgrounds took part",
]
NOT_FEW = [
    "Train two grievance panel members",
    "Review the grievance procedure in 3 months",
    "Answer complaints within 5 working days",
    "Run a session for all 54 councillors",
    "Hold at least two briefings",
    "Require a mixed panel for every post at Grade 12 and above",
    "Agree engagement contracts with four local groups",
    "Six leads in post",
    "All six directors have an agreed objective",
    "Listening sessions in each of the five neighbourhoods",
    "Hold two Black History Month events",
    "Fund three Black staff networks",
    "Appoint two Black governors",
    "At least one Black member on every panel",
    "One Black member on each panel",
    "Interview 40 Black officers",
    "Support for Black and Asian staff",
    "Pair two mentors with every new starter",
    "Meet 5 times a year",
    "Close the gap by 2 percentage points for disabled staff",
    "Publish one Asian heritage story each week",
    "Six disabled parking bays",
    "Tell staff, in summary form, what was reported",
    "Set a budget of £2,000 for each network",
    "Give one day a month to the chairs of networks",
    "Increase the share of Band 8 BME staff",
    "Close the gap for Grade 9 Black staff",
    "One in five of our senior managers to be from an ethnic minority by 2027",
    "Of the nine chief officers, none is Black",
    "Provide one to one support to Black staff",
    "5 Black Police Association members will attend",
    "All four directors to sign the pledge",
]


@pytest.mark.parametrize("text", FEW)
def test_so_few_people_that_they_can_be_known(text):
    assert codes(only("W602", plan_of(Action(text)))) == ["W602"]


@pytest.mark.parametrize("text", NOT_FEW)
def test_other_small_numbers_are_left_alone(text):
    assert only("W602", plan_of(Action(text))) == ()


def test_a_body_may_set_its_own_small_number():
    plan = plan_of(Action("Interview the 7 Black officers who left"))
    assert only("W602", plan, settings={"small_number": 5}) == ()


def test_public_words_are_read_wherever_they_stand():
    response = Recommendation("Ask Jane Example", "1", actions=(Action("Meet Priya Patel"),))
    assert [f.words for f in only("W601", Plan(recommendations=(response,)))] == [
        "Jane Example",
        "Priya Patel",
    ]


def test_a_name_is_reported_once_and_a_councillor_mildly():
    plan = plan_of(Action("Jane Example leads; Jane Example reports to Councillor Khan"))
    assert [(f.words, f.severity) for f in only("W601", plan)] == [
        ("Jane Example", "error"),
        ("Councillor Khan", "advice"),
    ]


def test_an_abbreviation_is_reported_once_unless_known_or_explained():
    plan = plan_of(
        Action("HR and the LGA to share SMART goals with the EDIC and the TUJCC"),
        Action("Set up an Equality and Diversity Board (EDB); report to the EDB"),
        Action("TUJCC to consider", leads=(Lead("TUJCC", "body"),)),
        abbreviations=(("EDIC", "Equality, Diversity, Inclusion and Cohesion"),),
    )
    assert [f.words for f in only("W603", plan)] == ["TUJCC"]
    assert only("W603", plan, settings={"abbreviations": frozenset({"TUJCC"})}) == ()


@pytest.mark.parametrize(
    "text", ["Review Q2 and FY26 figures", "NOT PROTECTIVELY MARKED", "Plan A"]
)
def test_codes_and_capitals_are_not_abbreviations(text):
    assert only("W603", plan_of(Action(text))) == ()


# --- the example plans, every finding read ---


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        (
            "p11_stourbeck_equality_review",
            date(2022, 8, 1),
            {"M501": 1, "T302": 1, "T307": 1, "L202": 6, "T306": 1, "W603": 1},
        ),
        (
            "p05_karrowshire_police_tracker",
            date(2024, 10, 1),
            {"M501": 1, "T302": 1, "L202": 1, "T306": 1, "S401": 1, "W603": 4},
        ),
        ("p08_calderwye_directorate_plans", date(2024, 4, 30), {"T302": 1, "S403": 1}),
        (
            "p01_northmere_race_review",
            date(2023, 6, 14),
            {"T302": 1, "L202": 3, "S403": 1, "W603": 1},
        ),
    ],
)
def test_the_example_plans_give_the_findings_that_a_reader_would_make(
    example_plan, name, day, expected
):
    found = codes(check(example_plan(name), day))
    assert {code: found.count(code) for code in found} == expected


def test_ten_thousand_actions_are_checked():
    recs = tuple(
        Recommendation(
            f"Recommendation {r}",
            str(r),
            actions=tuple(
                Action(f"Brief team {r * 100 + a} on fair shortlisting in area {a}")
                for a in range(100)
            ),
        )
        for r in range(100)
    )
    found = codes(
        check(Plan(recommendations=recs), date(2026, 1, 1), Plan(recommendations=recs[1:]))
    )
    assert found[:4] == ["L201", "M501", "S404", "T301"]
    assert found.count("R104") == 9_900


@given(plans, plans, st.none() | st.dates())
@settings(max_examples=60, deadline=None)
def test_any_plan_is_checked_the_same_way_twice_and_into_json(plan, before, day):
    found = check(plan, day, before)
    assert found == check(plan, day, before)
    assert len(msgspec.json.decode(msgspec.json.encode(found))) == len(found)
