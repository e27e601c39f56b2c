"""Hostile words stay words: in pages, in links and in tables (threats T13 and T14)."""

import csv
import io

import pytest

from editions import action, edition
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.jinja import web_address
from hostile import LINKS, VECTORS
from web_pages import Page

SITE = pages.Site(lambda path: f"/{path}", lambda name: f"/static/{name}")


def hostile_edition(words, link="https://brackenford.example/"):
    """An edition in which everything that a person may type is these words."""
    lead = ed.Lead(words, words, edition().as_at, words)
    day = edition().as_at
    one = action(
        "A1",
        words=words,
        short=words,
        strand=words,
        lead=lead,
        theme="A",
        recommendations=("1",),
        due=day.replace(month=6),
        updates=(
            ed.Update(day, words, words, "at_risk", words, None, (ed.Evidence(words, link),)),
        ),
        measures=(
            ed.Measure(
                words,
                words,
                words,
                3.0,
                (ed.Reading(day.replace(month=3), 1.0), ed.Reading(day, 2.0)),
                words,
                words,
            ),
        ),
        repeats=words,
        next_review=day,
        stops_when=words,
        reviews=(ed.Review(day, words, day),),
        next_step=words,
        contributors=(words,),
        serves=(
            ed.Serves(words, "a2-x7k2", plan=words),
            ed.Serves(words, recommendation="1", plan=words),
        ),
        priorities=("1",),
        heard=("1",),
        milestones=(
            ed.Milestone(
                words, (ed.Promise(day, day), ed.Promise(day, day.replace(year=2029), reason=words))
            ),
            ed.Milestone(words, (ed.Promise(day, day),), dropped=ed.Withdrawal(day, words)),
        ),
    )
    done = action("A2", words=words, done_on=day, due=day, updates=(ed.Update(day, words, words),))
    gone = action("A3", words=words, withdrawn=ed.Withdrawal(day, words))
    return edition(
        one,
        done,
        gone,
        body=words,
        plan=words,
        programme=words,
        unit=words,
        about=words,
        summary=words,
        decided_by=words,
        decided_on=day,
        adopted=ed.Deed(words, day),
        published=ed.Deed(words, day),
        themes=(ed.Theme("A", words),),
        recommendations=(
            ed.Recommendation(
                "1",
                words,
                words,
                day,
                "A",
                ed.Answer("partly_accepted", words, words, reason=words),
            ),
        ),
        answerable=(
            ed.Answerable(words, words, words),
            ed.Answerable(words, words, "", "sponsor", words, day, words),
        ),
        horizons=(ed.Horizon(words, day),),
        coming=(ed.Coming(day, words),),
        heard=(ed.Heard("1", words, "many", words),),
        priorities=(ed.Priority("1", words, "most", "little", False, words, words, day, ("1",)),),
        vision=ed.Vision(words, (ed.Signature(words, day, words),), day),
        pledges=(ed.Pledge(words, words, day, words, (ed.FollowUp(day, "not_kept", words),)),),
        steps=(ed.StepTaken(words), ed.StepTaken(words, done=True)),
        closing=ed.Closing(day, *[words] * 7, (ed.Claim(words, (ed.Evidence(words, link),)),)),
        contact=words,
        licence=words,
    )


@pytest.mark.parametrize("words", VECTORS)
def test_hostile_words_make_no_element_that_tame_words_do_not(words):
    hostile, tame = hostile_edition(words), hostile_edition("tame")
    for path, same in zip(pages.paths(hostile), pages.paths(tame), strict=True):
        found = Page(pages.render(hostile, path, SITE))
        expected = Page(pages.render(tame, same, SITE))
        assert [tag for tag, _ in found.elements] == [tag for tag, _ in expected.elements]
        assert [sorted(a) for _, a in found.elements] == [sorted(a) for _, a in expected.elements]
        assert " ".join(words.split()) in found.text


@pytest.mark.parametrize("link", LINKS)
def test_an_address_that_is_not_on_the_web_is_no_link(link):
    assert web_address(link) == ""
    found = hostile_edition("tame", link)
    for path in (f"actions/{found.actions[0].id}", "closing"):
        page = Page(pages.render(found, path, SITE))
        assert link not in page.links
        assert [href for href in page.links if not href.startswith(("/", "#"))] == []


def test_an_address_on_the_web_is_a_link():
    assert web_address("https://a.example/b?c=d#e") == "https://a.example/b?c=d#e"


@pytest.mark.parametrize("words", VECTORS)
def test_no_cell_of_the_table_is_a_formula(words):
    table = pages.downloads(hostile_edition(words))["plan.csv"].decode("utf-8-sig")
    for row in csv.reader(io.StringIO(table, newline="")):
        assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
