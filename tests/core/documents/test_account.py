"""No word of a plan's table is lost: it is in the draft, or a warning says where it stood."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from core.documents.building import cell, document, table
from goldenthread.documents import draft_from, to_json
from goldenthread.documents.account import Account, unread_words
from goldenthread.documents.columns import recognise
from goldenthread.errors import Unreadable

WRITTEN = {"say", "who", "leads", "name", "chief", "executive", "may", "2027"}
HEADINGS = ("No.", "Recommendation", "Action", "Lead", "Timescale", "Success measure", "Progress")
TWO_FIELDS = ("Ref", "Objective", "Next steps", "Lead/Outcomes", "Timescale/Progress", "Status", "")
MATRIX = ("Workstream", "Lead", "Q1 2025/26", "Q2 2025/26", "Year 3", "Comments", "Notes")
WORDS = (
    "publish", "Train", "panels", "Head of HR", "TBC", "N/A", "31 March 2027", "ongoing", "(see 2)",
    "a) review", "1.1 Report", "quarterly", "and", "SLT", "supported by Finance", "zebra",
    "Cllr Khan", "[Insert]", "Completed 7th September", "80%", "Green.", "then", "widgets:",
    "As above", "Key:", "Deputy Mayor (interim)", "£1000 grant", "- dash", "—", "Objective 4", "by",
    "Issues identified",
)  # fmt: skip


def spoken(text):
    return re.findall(r"[^\W_]+", text.replace("’", "").lower())


LOSSES = {"unread_words", "dropped_row", "unread_column", "unread_table"}
# Words that only label, join or mark what is read, and that stand for nothing by themselves.
SAYS_NOTHING = set(spoken("objective action by and as above ditto supported TBC N/A"))

lines = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
bulleted = st.tuples(st.booleans(), lines).map(lambda t: f"• {t[1]}" if t[0] and t[1] else t[1])
cells = st.lists(bulleted, min_size=1, max_size=4)


@st.composite
def tables(draw):
    headings = draw(st.sampled_from((HEADINGS, TWO_FIELDS, MATRIX)))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        if draw(st.integers(0, 5)) == 0:
            rows.append([cell(1, draw(lines), across=len(headings))])
            continue
        rows.append([cell(n, draw(cells)) for n in range(1, len(headings) + 1)])
    if len(rows) > 1 and draw(st.booleans()):
        for row in draw(st.lists(st.sampled_from(rows), max_size=2)):
            if len(row) > 2:
                row.pop()
    return table(list(headings), *rows)


@given(tables())
def test_every_word_of_a_plan_table_is_read_or_warned_of(built):
    try:
        draft = draft_from(document("Plan of 1 May 2026", built))
    except Unreadable:
        return  # the whole file is refused, with its reason
    plan = to_json(draft)
    held = set(spoken(json.dumps(plan["recommendations"], ensure_ascii=False)))
    lost = [w for w in draft.warnings if w.code in LOSSES]
    rows = {w.place.row for w in lost if w.place.row is not None}
    columns = {w.place.column for w in lost if w.place.row is None}
    for row in built.rows[1:]:
        for each in row.cells:
            said = set(spoken(each.text)) - held
            assert said <= SAYS_NOTHING or row.place.row in rows or each.column in columns


def test_a_row_that_says_nothing_about_the_plan_is_counted_and_not_read():
    draft = draft_from(
        document(
            table(
                ["Recommendation", "Action", "Lead", "Timescale", "Cabinet paper"],
                ["Say who leads", "Name an officer", "Chief Executive", "May 2027", "Mauve"],
                [cell(1, "Issues identified: nobody knows who leads", across=5)],
                ["Publish", "Publish the pay gap", "Head of HR", "May 2027", "Teal"],
            )
        )
    )
    assert [r.text for r in draft.plan.recommendations] == ["Say who leads", "Publish"]
    assert [(w.code, w.place.row, w.place.column) for w in draft.warnings] == [
        ("unread_column", None, 5),
        ("dropped_row", 3, None),
    ]


def test_words_that_a_rule_loses_are_named_where_they_stood():
    built = table(
        ["Recommendation", "Action", "Lead", "Timescale"],
        ["Say who leads", "Name an officer", "Chief Executive", "May 2027"],
    )
    layout = recognise(built, built.grid())
    [warning] = unread_words(
        built, built.grid(), layout, Account(held={built.rows[1].place: [WRITTEN]})
    )
    assert (warning.code, warning.place.row, warning.place.column) == ("unread_words", 2, 2)
    assert "“an officer”" in warning.message
