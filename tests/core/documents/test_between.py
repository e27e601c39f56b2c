"""What stands between a plan's tables, as on a page with a table for one goal and then a list."""

import pytest

from goldenthread.documents import read_plan

TABLE = """<table><tr><th>Action</th><th>Lead</th><th>By when</th></tr>
<tr><td>{action}</td><td>Head of HR</td><td>June 2026</td></tr></table>"""
FIRST = "<h2>Goal 1: Fair recruitment</h2>" + TABLE.format(action="Train panels")
LAST = "<h2>Goal 3: Voice</h2>" + TABLE.format(action="Fund networks")
TERMS = """<dl><dt>Action</dt><dd>Open a reporting line</dd><dt>Lead</dt><dd>Monitoring Officer</dd>
<dt>By when</dt><dd>July 2026</dd><dt>Action</dt><dd>Publish the figures</dd><dt>Lead</dt>
<dd>Head of Policy</dd><dt>By when</dt><dd>Quarterly</dd></dl>"""
HEADED = """<h3>Open a reporting line</h3><dl><dt>By when</dt><dd>July 2026</dd><dt>Who</dt>
<dd>Monitoring Officer</dd></dl><h3>Publish the figures</h3><dl><dt>By when</dt><dd>Quarterly</dd>
<dt>Who</dt><dd>Head of Policy</dd></dl>"""
BULLETS = """<ul><li>Open a reporting line (Monitoring Officer, July 2026)</li>
<li>Publish the figures (Head of Policy, quarterly)</li></ul>"""
LABELS = """<p>Open a reporting line [Lead: Monitoring Officer; when: July 2026]</p>
<p>Publish the figures [Lead: Head of Policy; when: quarterly]</p>"""


def page(tmp_path, *parts):
    file = tmp_path / "plan.html"
    file.write_text("<h1>Marston plan</h1><p>As at 4 May 2026</p>" + "".join(parts))
    return read_plan(file)


def told(draft):
    return [
        (rec.number, [(a.text, [lead.text for lead in a.leads], a.timescales[0].raw) for a in acts])
        for rec in draft.plan.recommendations
        for acts in [rec.actions]
    ]


@pytest.mark.parametrize("between", [TERMS, HEADED, BULLETS, LABELS])
def test_a_goal_without_a_table_is_read_between_two_that_have_one(tmp_path, between):
    draft = page(tmp_path, FIRST, "<h2>Goal 2: Safe reporting</h2>", between, LAST)
    first, second, third = told(draft)
    assert (first[0], third[0]) == ("1", "3")
    assert second[0] == "2"
    assert [(text, leads) for text, leads, _ in second[1]] == [
        ("Open a reporting line", ["Monitoring Officer"]),
        ("Publish the figures", ["Head of Policy"]),
    ]
    assert [when.casefold() for *_, when in second[1]] == ["july 2026", "quarterly"]


@pytest.mark.parametrize("between", [TERMS, BULLETS])
def test_a_goal_without_a_table_is_read_after_the_last(tmp_path, between):
    draft = page(tmp_path, FIRST, LAST, "<h2>Goal 4: Safe reporting</h2>", between)
    assert [number for number, _ in told(draft)] == ["1", "3", "4"]


def test_what_was_done_last_year_is_no_part_of_the_plan(tmp_path):
    done = """<h2>What we did last year</h2><ul><li>Opened a network (March 2025)</li>
    <li>Held four events (May 2025)</li></ul>"""
    draft = page(tmp_path, FIRST, done, LAST)
    assert [number for number, _ in told(draft)] == ["1", "3"]


def test_what_looks_like_a_part_of_the_plan_and_is_not_read_is_counted(tmp_path):
    loose = "<h2>Goal 2: Safe reporting</h2><ul><li>Open a reporting line</li><li>Publish</li></ul>"
    draft = page(tmp_path, FIRST, loose, LAST)
    assert [number for number, _ in told(draft)] == ["1", "3"]
    (warning,) = [w for w in draft.warnings if w.code == "unread_text"]
    assert warning.message.startswith("2 paragraphs outside the plan's tables look like parts")


def test_a_paragraph_between_two_tables_is_no_action(tmp_path):
    why = "<p>We will listen to staff and act on what they say by March 2027.</p>"
    draft = page(tmp_path, FIRST, "<h2>Goal 3: Voice</h2>", why, TABLE.format(action="Fund"))
    assert [[text for text, *_ in acts] for _, acts in told(draft)] == [["Train panels"], ["Fund"]]
