"""A paper is told in the order asked for, and each figure in it points to where it comes from."""

import re

import pytest
from hypothesis import given, settings

from goldenthread.documents.paper import KEYS, told
from goldenthread.documents.paper.sheet import Bullets, Grid, Words
from goldenthread.plan.paper import figures
from papers import any_papers, paper

# Sections whose numbers are dates, names and other people's words, beside the marked figures.
COUNTED = ("summary", "exceptions", "reds", "asks")
_DAYS = re.compile(r"\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|"
                   r"October|November|December)\s\d{4}")  # fmt: skip


def runs_of(section):
    for block in section.blocks:
        if isinstance(block, Words):
            yield from block.runs
        elif isinstance(block, Bullets):
            for item in block.items:
                yield from item
        elif isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    for line in cell.lines:
                        yield from line


def text_of(section):
    return "".join(run.text for run in runs_of(section)).replace("\u00a0", " ")


def test_the_title_is_the_finding():
    assert told(paper()).title == (
        "Race Equality Programme: since you met on 10 June 2026, 2 actions done, 2 newly late, "
        "4 dates moved, 1 newly at risk, 1 new promise"
    )


def test_sections_stand_in_the_order_asked_for_and_no_others():
    assert [one.key for one in told(paper(), ("dates", "summary")).sections] == ["dates", "summary"]
    assert [one.key for one in told(paper()).sections] == list(KEYS)


@pytest.mark.parametrize("order", [("dates", "dates"), ("dates", "weather")])
def test_a_section_twice_or_unknown_is_a_slip_of_ours(order):
    with pytest.raises(ValueError, match="Each section"):
        told(paper(), order)


def test_the_summary_says_how_it_stands_and_what_moved():
    words = text_of(told(paper()).section("summary"))
    for said in (
        "Of the 10 actions in the plan on 30 September 2026: 2 done, 3 on track, 1 at risk and "
        "4 late.",
        "Of the 6 that should be finished by now, 1 was on time, 1 was done late and 4 are not "
        "done. Late counts from the date first promised.",
        "2 actions were done: 1 with evidence, 1 without evidence",
        "Taken alone, Resources stands worst: 3 of its 3 actions are late, against 4 of 10 in the "
        "whole plan.",
        "Of what you asked, 1 of 3 is answered, 1 in part, 1 not answered and past the day it was "
        "due.",
    ):
        assert said in words


def test_a_date_that_moved_is_told_against_the_first_promise_with_its_reason():
    grid = next(b for b in told(paper()).section("dates").blocks if isinstance(b, Grid))
    first = [cell.text.replace("\u00a0", " ") for cell in grid.rows[0]]
    assert first == [
        "B4 Mixed, trained interview panels\nThe tender drew one bidder.",
        "31 December 2025",
        "30 June 2026",
        "31 March 2027",
        "15 months later\nMoved twice",
    ]


def test_a_new_red_without_recovery_says_so():
    grid = next(b for b in told(paper()).section("reds").blocks if isinstance(b, Grid))
    b7, e3 = ([cell.text for cell in row] for row in grid.rows)
    assert b7[1:] == ["No cause has been given.", "No step has been given.", "No date"]
    assert e3[1:3] == ["Fewer than 9 in 10 staff had told us.", "A letter from each director."]


def test_a_measure_has_its_sentence_its_chart_and_its_table():
    blocks = told(paper()).section("measures").blocks
    assert [type(block).__name__ for block in blocks][:5] == [
        *("Head", "Words", "Words", "Picture", "Grid"),
    ]
    assert len(blocks[4].rows) == 13


def test_what_an_author_did_not_say_is_said_to_be_missing():
    words = text_of(told(paper()).section("implications"))
    assert "Finance: B6 needs a decision in the 2027/28 budget." in words
    assert "Legal: The author gave none." in words


@pytest.mark.parametrize("key", COUNTED)
def test_every_number_that_is_no_day_and_nobodys_words_is_a_figure_with_its_mark(key):
    sheet = told(paper())
    sources = {row[0].anchor: row for row in sheet.section("sources").blocks[-1].rows}
    for run in runs_of(sheet.section(key)):
        if run.mark:
            assert (
                sources[run.mark][1].text == run.text
                or run.text.split()[0] == (sources[run.mark][1].text.split()[0])
            )
            continue
        if run.kind == "said" or run.text in _author():
            continue
        plain = _DAYS.sub("", run.text.replace("\u00a0", " "))
        plain = re.sub(r"\b[A-Z]\d+\b|silent for \d quarters?|\d+ months late", "", plain)
        assert not re.search(r"\d", plain), run


def _author():
    return paper().summary.split("\n")


@given(any_papers())
@settings(max_examples=40)
def test_each_mark_points_to_one_line_whose_figure_is_counted_again_from_the_facts(given_paper):
    sheet = told(given_paper)
    counted = figures(given_paper.facts)
    said = {figure.rule: figure for figure in counted.values()}
    lines = sheet.section("sources").blocks[-1].rows
    assert [row[0].anchor for row in lines] == list(range(1, len(lines) + 1))
    used = {run.mark for one in sheet.sections for run in runs_of(one) if run.mark}
    assert used == set(range(1, len(lines) + 1))
    for row in lines:
        figure = said.get(row[2].text)
        if figure is not None and row[4].text != "The rows of the table":
            value = int(re.match(r"[\d,]+", row[1].text)[0].replace(",", ""))
            assert value == next(
                one.value for one in counted.values()
                if one.rule == figure.rule and one.value == value
            )  # fmt: skip


@given(any_papers())
@settings(max_examples=25)
def test_without_the_appendix_no_figure_bears_a_mark(given_paper):
    sheet = told(given_paper, tuple(key for key in KEYS if key != "sources"))
    assert not any(run.mark for section in sheet.sections for run in runs_of(section))


@given(any_papers())
@settings(max_examples=25)
def test_every_action_stands_in_the_plans_table_under_its_number(given_paper):
    grid = next(b for b in told(given_paper).section("plan").blocks if isinstance(b, Grid))
    assert [row[0].text for row in grid.rows] == [
        action.number for action in given_paper.facts.now.actions
    ]
