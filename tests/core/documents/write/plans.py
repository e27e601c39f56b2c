"""Plans of every kind for property tests: what a council prints, and what anyone may type."""

from datetime import date

from hypothesis import strategies as st

from goldenthread import timescale
from goldenthread.plan import (
    Action,
    Lead,
    Measure,
    Plan,
    ProcessStep,
    Recommendation,
    Response,
    Update,
)
from goldenthread.plan.leads import read_leads
from goldenthread.timescale import Assumption, Timescale

PHRASES = [
    "End October 2026",
    "31 March 2027 and ongoing",
    "Ongoing",
    "Quarterly",
    "Cabinet October 2026",
    "Q4 2026/27",
    "Completed 24th March",
    "by spring 2027",
    "TBC",
    "within 3 months of approval",
    "Subject to funding",
    "Already underway and ongoing",
    "April 2026 to June 2027",
    "As above",
    "Overdue - was due March 2026",
    "28th January",
    "2023-2027 Quarterly",
    "Year 2",
    "Phase 1",
    "was June 2026, now March 2027",
    "31/03/2027",
    "w/c 3 June 2026",
]
POSTS = [
    "Head of HR",
    "Chief Executive",
    "Senior Leadership Team",
    "All Members and staff",
    "Head of HR and OD",
    "Head of HR (to advance)",
    "Assistant Director, People",
    "Joan Example, Director of People",
    "Support: Communications Team",
    "EDIC and staff forum leads",
]
# Words that try to be something else: markup, formulas, our own notation, list marks, code.
ODD = [
    '=HYPERLINK("http://example.org")',
    "+44 20 7946 0000",
    "-5% by 2027",
    "@SUM(A1)",
    "'quoted'",
    "<script>alert(1)</script>",
    "&amp; & <b>",
    "#set page(width: 1pt)",
    "*bold* _it_ $x$ @ref <lab>",
    "Read as: kind date; end 2027-01-01",
    "Lead: text x; kind body; role accountable",
    "Update: at 2026-01-01; text x",
    "Evidence: minutes",
    "Trained. Shown by: the register",
    "30 September 2026: said Shown by: minutes",
    " Shown by: ",
    "Status: Completed",
    "Our response: No",
    "1. Numbered",
    "a) Lettered",
    "2.1 Dotted",
    "Train (see No. 10)",
    "Publish (by March 2024)",
    "30 September 2026: said",
    "30 September 2026, completed: said",
    "Accepted: yes",
    "none",
    "semi; colon \\ back, slash",
    "Cymraeg: ŵ ŷ â",
    "naïve café £5 “quoted” – dash",
    "日本語 Ελλάς",
    "x" * 400,
    "Two  spaces",
    "Tab\there",
    "Line\nbreak",
    "zero\u200bwidth",
    "- dashed",
    "• bulleted",
    "ﬁne",
    "No.",
    "Recommendation",
    "Position as at March 2026.",
    "(no theme)",
    "{{plan}}",
    "_x000D_",
    " edges ",
    "Certainty: low",
    "RAG: red",
    "Printed: x",
]

sentences = st.lists(
    st.sampled_from(
        [
            "publish",
            "train",
            "brief",
            "review",
            "managers",
            "staff",
            "figures",
            "quarter",
            "pay",
            "gap",
            "panels",
        ]
    ),
    min_size=1,
    max_size=9,
).map(lambda words: " ".join(words).capitalize())
free = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
statuses = st.sampled_from(
    [None, "not_started", "in_progress", "completed", "delayed", "on_hold", "withdrawn"]
)


def few(values, most=3, different=None):
    return st.lists(values, max_size=most, unique_by=different).map(tuple)


def flat(lists):
    return tuple(each for found in lists for each in found)


said_timescales = st.lists(st.sampled_from(PHRASES), max_size=3).map(
    lambda phrases: flat(timescale.read(phrase) for phrase in phrases)
)


def plans_of(texts, most=4, numbers=None, different=None):
    """Plans whose free words come from ``texts``."""
    maybe = st.none() | texts
    numbers = texts if numbers is None else numbers
    settled_timescales = few(
        st.builds(
            Timescale,
            texts,
            st.sampled_from(
                [
                    "date",
                    "period",
                    "ongoing",
                    "recurring",
                    "status",
                    "event",
                    "relative",
                    "conditional",
                    "unknown",
                ]
            ),
            start=st.none() | days,
            end=st.none() | days,
            precision=st.sampled_from([None, "day", "month", "financial_year"]),
            recurrence=maybe,
            status=statuses,
            event=maybe,
            offset=st.sampled_from([None, "P3M"]),
            anchor=maybe,
            assumed=few(st.builds(Assumption, st.just("convention"), texts), 1),
        )
    )
    leads = st.lists(st.sampled_from(POSTS), max_size=2).map(
        lambda cells: flat(read_leads(cell) for cell in cells)
    ) | few(
        st.builds(
            Lead,
            texts,
            st.sampled_from(["post", "body", "person"]),
            st.sampled_from(["accountable", "supporting"]),
            person=st.none() | st.just("Joan Example"),
            full=maybe,
            remark=maybe,
        )
    )
    actions = st.builds(
        Action,
        texts,
        number=st.none() | st.sampled_from(["1.1", "a", "AP1"]) | numbers,
        leads=leads,
        timescales=said_timescales | settled_timescales,
        measures=few(st.builds(Measure, texts)),
        status=statuses,
        status_text=st.none() | st.sampled_from(["Underway", "Completed", "G"]) | texts,
        rag=st.sampled_from([None, "red", "amber", "green", "blue", "purple", "grey"]),
        updates=few(st.builds(Update, texts, at=st.none() | days, status=statuses, evidence=maybe)),
        evidence=few(texts, 2),
        see=few(st.sampled_from(["1", "2.3"]), 2),
        confidence=st.sampled_from(["high", "low"]),
    )
    recommendations = st.builds(
        Recommendation,
        texts,
        number=st.none() | st.sampled_from(["1", "2", "R3"]) | numbers,
        theme=st.none() | st.sampled_from(["Place", "Our workforce"]) | texts,
        status=statuses,
        response=st.none()
        | st.builds(
            Response,
            texts,
            st.sampled_from([None, "accepted", "partly_accepted", "not_accepted"]),
        ),
        actions=few(actions, most, different),
        see=few(st.sampled_from(["1", "2.3"]), 1),
    )
    return st.builds(
        Plan,
        maybe,
        st.sampled_from([None, "2026", "2026-10", "2026-10-05", "autumn"]),
        few(recommendations, most, different),
        process_steps=few(
            st.builds(ProcessStep, numbers, texts, texts, said_timescales | settled_timescales),
            2,
            different,
        ),
        abbreviations=st.just(()) | st.just((("SLT", "Senior Leadership Team"),)),
    )


plans = plans_of(sentences | st.sampled_from(ODD) | free)
# What a page can be asked to give back: words that are not broken at the end of a line, that do not
# look like the marks of a list when they begin one, and rows that differ from one another: a row
# that says the same as the one before a page end is taken for a heading that is repeated.
PRINTED = [
    "Naïve café £5 “quoted” words",
    "Cymraeg: ŵ ŷ â",
    "&amp; & <b>",
    "#set page",
    "*bold* _it_ $x$",
    "Train (see No. 10)",
    "=SUM(A1)",
    "-5% by 2027",
    "Lead: text x; kind body",
    "Our response: No",
    "Evidence: minutes",
    "Status: Completed",
    "(no theme)",
    "Printed: x",
    "One; and another",
]
printable = plans_of(
    sentences | st.sampled_from(PRINTED), 2, st.just("4.2"), lambda thing: thing.text
)
