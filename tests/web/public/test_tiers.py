"""One walks from what was heard to the body's count of objectives and back, one click a step."""

import posixpath
from dataclasses import replace
from itertools import pairwise

import pytest

from editions import AS_AT, action, edition
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.pages import folder
from web_pages import Page

SITE = pages.Site(lambda path: f"/{path}", lambda name: f"/static/{name}")
HOUSING = "plans/housing-and-communities/"
# Shown by 2 of the directorates: the stations of the walk, each a page with a place on it.
WALK = (
    f"{HOUSING}heard.html#heard-panels",
    f"{HOUSING}priorities.html#priority-2",
    f"{HOUSING}actions/hq2panels4fr.html",
    "actions/463jtq4gsr.html",
    "recommendations/4.html",
    "measures.html#measure-1",
    "measures.html#objectives",
)


def led_to(files, address):
    """Where the links of a page lead, as names of files with their places."""
    name = address.partition("#")[0]
    found = set()
    for link in Page(files[name]).links:
        path, _, place = link.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        found |= {target, f"{target}#{place}"}
    return found


@pytest.mark.parametrize(
    ("here", "there"),
    [*pairwise(WALK), *pairwise(WALK[::-1])],
    ids=lambda station: station.rpartition("/")[2],
)
def test_each_step_of_the_walk_is_one_click_both_ways(tiers_files, here, there):
    name, _, place = there.partition("#")
    assert there in led_to(tiers_files, here)
    assert not place or place in Page(tiers_files[name]).ids


def test_the_walk_is_there_in_the_editions_own_words(tiers_files):
    told = {address: Page(tiers_files[address.partition("#")[0]]).text for address in WALK}
    assert "Who sits across the table at interviews" in told[WALK[0]]
    assert "Drawn from three or more sessions." in told[WALK[0]]
    assert "Everything else that we promise on careers passes through" in told[WALK[1]]
    assert "Helps to keep. Race Equality Action Plan B4 Mixed panels" in told[WALK[2]]
    assert "Who does this in the directorates" in told[WALK[3]]
    assert "1,846 of 2,411 appraisals have an objective that serves the plan: 77%" in told[WALK[6]]


def test_the_first_page_of_a_directorate_has_all_that_it_says(tiers_files, directorate):
    page = Page(tiers_files[f"{HOUSING}index.html"])
    assert (
        "Housing and Communities We have kept 2 of our 11 promises on race equality." in page.text
    )
    assert "Planning: 5 of 6 steps done" in page.text
    assert directorate.vision.words in page.text
    assert (
        "the Director of Housing and Communities (Colette Mbeki), the Head of Tenancy" in page.text
    )
    for words in [one.name for one in directorate.heard] + [
        o.title for o in directorate.priorities
    ]:
        assert words in page.text
    for pledge in directorate.pledges:
        assert pledge.words in page.text
    assert "Not kept: The July meeting did not happen." in page.text
    assert "What this serves: 9 promises of the whole council" in page.text
    assert len(page.having("gt-first")) == 4 - 1


def test_a_priority_that_was_not_chosen_says_why(tiers_files):
    text = Page(tiers_files[f"{HOUSING}priorities.html"]).text
    assert "Where we start: 6 of 7 problems, and why" in text
    assert "Why we did not choose it: It matters, and the council rewrites all its letters" in text


B4 = ed.Serves("A1", "a1-x7k2", plan="Race Equality Action Plan")
WHOLE = edition(
    action("A1", recommendations=("1",)), recommendations=(ed.Recommendation("1", "x"),)
)


def beside(one, *others):
    """The shelf of an edition beside others, each at an address of its own."""
    return pages.Shelf(
        known=(ed.Earlier(one.number, one.as_at, one.published.on),),
        units=tuple(other.unit for other in others if other.unit),
        others=lambda: tuple(
            pages.Other(other, f"/{other.unit or 'whole'}/".lower().__add__) for other in others
        ),
    )


def of_unit(unit, *serves, **parts):
    """A directorate's edition with one action that serves these."""
    return edition(action("H1", id=f"{unit.lower()}-1", serves=serves, **parts), unit=unit)


def test_the_worst_in_any_directorate_is_shown_on_the_promise_and_in_the_plan():
    good = of_unit("Place", B4, due=AS_AT, done_on=AS_AT)
    bad = of_unit("Housing", B4, due=AS_AT.replace(month=6))
    none = of_unit("Resources")
    shelf = beside(WHOLE, bad, good, none)
    page = Page(pages.render(WHOLE, "actions/a1-x7k2", SITE, shelf))
    assert "Who does this: 2 actions in 2 directorates. The worst of them: Late" in page.text
    assert {"/housing/actions/housing-1", "/place/actions/place-1"} <= set(page.links)
    assert "/resources/actions/resources-1" not in page.links
    plan = Page(pages.render(WHOLE, "plan", SITE, shelf)).text
    assert "In the directorates: 2 actions in 2 directorates. The worst of them: Late" in plan
    listed = Page(pages.render(WHOLE, "directorates", SITE, shelf)).text
    assert "1 of 1 promises have a directorate behind them" in listed
    assert "None of its 1 promise serves this plan" in listed


def test_a_recommendation_leads_to_what_serves_it_and_back():
    served = ed.Serves("1", recommendation="1", plan=WHOLE.plan)
    mine = of_unit("Housing", served)
    down = Page(pages.render(WHOLE, "recommendations/1", SITE, beside(WHOLE, mine)))
    assert "/housing/actions/housing-1" in down.links
    up = Page(pages.render(mine, "actions/housing-1", SITE, beside(mine, WHOLE)))
    assert "/whole/recommendations/1" in up.links


def test_what_no_published_edition_holds_is_a_number_alone_and_no_link():
    mine = of_unit("Housing", B4)
    for others in ((), (replace(WHOLE, actions=()),), (of_unit("Place"),)):
        page = Page(pages.render(mine, "serves", SITE, beside(mine, *others)))
        assert "A1 of Race Equality Action Plan" in page.text
        assert "Do what A1 says" not in page.text
        assert [link for link in page.links if "a1-x7k2" in link] == []


def test_an_earlier_edition_does_not_count_what_directorates_do_now(example, directorate):
    first = replace(example, number=1, published=ed.Deed("Head of Policy", AS_AT))
    made = folder.files(example, [first], directorates=[folder.Series(directorate)])
    assert "directorates.html" in made
    assert "editions/3/directorates.html" in made
    assert "editions/1/directorates.html" not in made
    for name in ("index", "plan", "actions/463jtq4gsr"):
        assert "In the directorates" not in Page(made[f"editions/1/{name}.html"]).text
        assert "Housing and Communities" not in Page(made[f"editions/1/{name}.html"]).text


def test_two_directorates_of_one_name_have_addresses_of_their_own():
    series = [folder.Series(replace(of_unit("Place"), plan=plan)) for plan in ("One", "Two")]
    made = folder.files(WHOLE, directorates=series)
    assert {"plans/place/index.html", "plans/place-2/index.html"} <= set(made)
