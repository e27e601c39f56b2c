"""What the public reads of a review: all that it recommended, with what was answered to each."""

import pytest

from editions import AS_AT, action, edition
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from web_pages import Page

SITE = pages.Site(lambda path: f"/{path}", lambda name: f"/static/{name}")
NO = ed.Answer("not_accepted", "We will not.", "Cabinet", AS_AT, "There is no money")


def reviewed(**said):
    return edition(
        action(recommendations=("1",)),
        recommendations=(
            ed.Recommendation("1", "Mix every panel", answer=ed.Answer("accepted", "Yes")),
            ed.Recommendation("R1", "Publish the gap", answer=NO),
            ed.Recommendation("R2", "Ask again"),
        ),
        inquiries=(ed.Inquiry("The review", recommendations=("1", "R1", "R2"), **said),),
    )


def test_all_that_a_review_recommended_is_listed_with_its_answer():
    page = Page(pages.render(reviewed(), "plan/by-recommendation", SITE))
    listed = page.text[page.text.index("All that it recommended") :]
    for words in (
        "Recommendation 1. Accepted in full Mix every panel",
        "Recommendation R1. Not accepted Publish the gap",
        "Recommendation R2. Not answered yet Ask again",
    ):
        assert words in listed
    assert "Why: There is no money" in page.text
    assert page.text.count("It was not accepted, and nothing is promised in answer.") == 1


def test_the_review_is_led_to_from_the_top_of_its_recommendations_and_gives_its_terms_first():
    page = Page(pages.render(reviewed(terms="Look at pay"), "plan/by-recommendation", SITE))
    assert "#inquiry-1" in page.links
    assert page.text.index("Look at pay") < page.text.index("All that it recommended")
    bare = edition(action(recommendations=("1",)), recommendations=(ed.Recommendation("1", "Ask"),))
    none = Page(pages.render(bare, "plan/by-recommendation", SITE))
    assert "Who recommended it" not in none.text


def test_what_was_not_accepted_has_its_own_page():
    found = reviewed()
    texts = [Page(pages.render(found, path, SITE)).text for path in pages.paths(found)]
    [told] = [text for text in texts if "Recommendation R1: nothing was promised" in text]
    assert "There is no money" in told
    assert "It was not accepted, and nothing is promised in answer." in told


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("independent", "Independent of the council. Never employed here"),
        ("internal", "Of the council itself, not independent of it. Never employed here"),
    ],
)
def test_whether_the_reviewer_is_independent_is_said_plainly(standing, words):
    found = reviewed(standing=standing, independence="Never employed here")
    assert words in Page(pages.render(found, "plan/by-recommendation", SITE)).text


def test_the_report_is_a_link_with_its_day_only_where_it_is_an_address():
    good = reviewed(report="https://brackenford.example/report", report_on=AS_AT)
    page = Page(pages.render(good, "plan/by-recommendation", SITE))
    assert "https://brackenford.example/report" in page.links
    assert "published 30 September 2026" in page.text
    bad = reviewed(report="javascript:alert(1)", report_on=AS_AT)
    page = Page(pages.render(bad, "plan/by-recommendation", SITE))
    assert not [link for link in page.links if "javascript" in link]


def test_a_review_made_nothing_that_is_not_here():
    with pytest.raises(ValueError, match="A review made a recommendation that is not in"):
        edition(inquiries=(ed.Inquiry("The review", recommendations=("9",)),))
