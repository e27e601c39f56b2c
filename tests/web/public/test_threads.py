"""The public thread of a recommendation, its recoveries, and how ratings moved."""

import csv
import io
from datetime import date

from hypothesis import given, settings

from editions import action, edition, editions
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.pages import story
from web_pages import Page

SITE = pages.Site(lambda path: f"/{path}", lambda name: f"/static/{name}")


def page(held, path):
    return Page(pages.render(held, path, SITE))


def test_a_recommendation_is_told_in_order_of_time_and_leads_to_each_action(example):
    found = page(example, "recommendations/4")
    assert "Recommendation 4: 3 promises, 1 done, 1 late" in found.text
    told = (
        "14 May 2025",
        "Accepted in full",
        "First promised for 31 December 2025",
        "Now 30 June 2026. 41 people had been trained",
        "Done. 1 April 2026",
        "24 people are still to be trained",
        "Where it stands now",
    )
    places = [found.text.index(words) for words in told]
    assert places == sorted(places)
    for one in example.actions:
        assert (f"/actions/{one.id}" in found.links) == ("4" in one.recommendations)
    assert {"/recommendations/3", "/recommendations/5"} <= set(found.links)


def test_an_action_leads_to_its_recommendation_and_to_its_neighbours(example):
    before, here, after = (
        next(one for one in example.actions if one.number == number)
        for number in ("B3", "B4", "B5")
    )
    links = page(example, f"actions/{here.id}").links
    assert {"/recommendations/4", f"/actions/{before.id}", f"/actions/{after.id}"} <= set(links)


def test_a_rating_stands_beside_the_one_before_with_what_answers_it(example):
    b2 = next(one for one in example.actions if one.number == "B2")
    text = page(example, f"actions/{b2.id}").text
    assert "Rated by the lead: Amber down from Green in Q1 2026/27" in text
    assert "Why: No directorate has said who will hold the conversations." in text
    assert "By: 30 November 2026" in text
    assert "Q2 2026/27 Amber Q1 2026/27 Green" in text
    assert "Amber down from Green in Q1 2026/27" in page(example, "plan/at-risk").text
    row = next(r for r in csv.DictReader(io.StringIO(ed.to_csv(example))) if r["number"] == "B2")
    assert (row["rating"], row["rating moved"]) == ("Amber", "down from Green in Q1 2026/27")
    assert (row["rating before"], row["recovery by"]) == ("Green", "2026-11-30")


def test_a_recommendation_that_nothing_answers_says_so():
    rec = ed.Recommendation("7/a", "Say who answers")
    held = edition(action("A1"), recommendations=(rec,))
    found = page(held, "recommendations/7-a")
    assert "Recommendation 7/a: nothing was promised" in found.text


def test_a_long_thread_tells_its_newest_events_and_how_many_are_elsewhere():
    said = tuple(ed.Update(date(2026, 1, 1), f"Said number {n}.") for n in range(240))
    rec = ed.Recommendation("1", "Train", answer=ed.Answer("accepted"))
    held = edition(action("A1", updates=said, recommendations=("1",)), recommendations=(rec,))
    assert len(story.recommended(held, rec, held.actions)) == 2 + 1 + 240
    text = page(held, "recommendations/1").text
    assert "41 earlier events are told on the pages of their promises." in text


@settings(max_examples=30, deadline=None)
@given(editions())
def test_every_event_of_a_thread_is_on_its_actions_own_thread(held):
    for rec, actions in ed.by_recommendation(held):
        if rec is None:
            continue
        found = story.recommended(held, rec, actions)
        days = [knot.on or held.as_at for knot in found if knot.action is not None]
        assert days == sorted(days)
        for one in actions:
            own = [k.kind for k in story.knots(held, one)]
            here = [k.kind for k in found if k.action is one]
            left_out = ("recommendation", "measure", "next", "heard", "priority", "serves")
            assert sorted(here) == sorted(kind for kind in own if kind not in left_out)
    paths = story.recommendation_paths(held)
    assert len(set(paths.values())) == len(held.recommendations)
