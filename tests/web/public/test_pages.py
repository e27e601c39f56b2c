"""The public pages say what the edition holds, and nothing else."""

import re
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings

from editions import AS_AT, action, edition, editions
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from web_pages import Page

SITE = pages.Site(lambda path: f"/{path}", lambda name: f"/static/{name}")
LATE = date(2026, 6, 30)


def test_pages_are_drawn_without_django():
    code = "import sys; sys.modules['django'] = None; import goldenthread.cli.site"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_page_of_the_example_is_whole(example):
    for path in pages.paths(example):
        page = Page(pages.render(example, path, SITE))
        tags = [tag for tag, _ in page.elements]
        assert tags.count("h1") == 1, path
        assert tags.count("main") == 1, path
        assert len(set(page.ids)) == len(page.ids), path
        assert "Edition 3. As at 30 September 2026. Published 13 October 2026." in page.text


def test_sentences_are_parted_by_blanks(example):
    for path in pages.paths(example):
        assert (
            re.findall(r"[a-z0-9]\.[A-Z][a-z]+", Page(pages.render(example, path, SITE)).text) == []
        )


def test_no_page_has_a_script_a_style_or_an_inline_handler(example):
    for path in pages.paths(example):
        for tag, attrs in Page(pages.render(example, path, SITE)).elements:
            assert tag not in ("script", "style", "iframe", "object", "form"), path
            assert [name for name in attrs if name == "style" or name.startswith("on")] == []


def test_a_path_that_the_edition_does_not_have_is_no_page(example):
    for path in ("x", "plan/x", "actions/x", "actions/", "plan/", "../etc", "actions/B4"):
        assert pages.render(example, path, SITE) is None


def test_not_found_says_what_to_do(example):
    page = Page(pages.not_found(example, SITE))
    assert "The thread ends here: there is no page at this address" in page.text
    assert "/plan" in page.links


def test_the_first_page_has_the_finding_with_its_bad_half(example):
    text = Page(pages.render(example, "", SITE)).text
    assert "We have kept 9 of our 31 promises on race equality. Five are late." in text
    assert "Cabinet accepted 11 in full and 1 in part on 16 September 2025. The plan makes" in text
    assert "6 were on time, 3 were done late and 5 are still not done." in text
    assert "B4 Mixed panels for senior interviews" in text
    assert "No update for two quarters. Nobody in post since 17 July 2026." in text
    assert "Tom Ellery, Chief Executive, is accountable to Cabinet for every promise." in text


def test_counts_on_the_first_page_and_in_every_filter_are_those_of_the_json(example, site_files):
    counts = ed.to_json(example)["counts"]
    home = Page(site_files["index.html"])
    stitches = home.having("gt-stitch")
    assert len(stitches) == counts["total"]
    for name in ed.STANDINGS[:5]:
        listed = Page(site_files[f"plan/{name.replace('_', '-')}.html"])
        assert len(listed.having("gt-action")) == counts[name]
    assert len(Page(site_files["plan.html"]).having("gt-action")) == counts["total"]


def test_an_action_page_tells_its_whole_story(example):
    b4 = next(a for a in example.actions if a.number == "B4")
    page = Page(pages.render(example, f"actions/{b4.id}", SITE))
    assert "Mixed panels for senior interviews: 61% so far, 15 months later than first" in page.text
    story = [
        "Recommendation 4. 14 May 2025, Dr Yvonne Castell",
        "First promised for 31 December 2025",
        "Date moved. 12 December 2025 Moved 6 months, to 30 June 2026",
        "41 people had been trained for panels and 120 were needed.",
        "Date moved again. 24 June 2026 Moved another 9 months, to 31 March 2027",
        "Evidence. 9 October 2026, on quarter 2, 2026/27",
        "A real rise since December 2025, for the better: 61% in September 2026",
        "Next. By 31 March 2027",
    ]
    found = [page.text.find(words) for words in story]
    assert -1 not in found
    assert found == sorted(found)
    assert len(page.having("gt-knot--moved")) == 2


def test_an_empty_post_repeated_words_and_silence_are_said(example):
    by_number = {a.number: a for a in example.actions}

    def text(number):
        return Page(pages.render(example, f"actions/{by_number[number].id}", SITE)).text

    assert "The Chief Executive answers until it is filled." in text("B7")
    assert "No update for two quarters" in text("B7")
    assert "Same words as last time" in text("A3")
    assert "Same words three times" in text("B8")


def test_a_name_is_shown_only_where_the_edition_publishes_it(example):
    text = " ".join(Page(pages.render(example, path, SITE)).text for path in pages.paths(example))
    assert "Chief Executive (Tom Ellery)" in text
    assert "Monitoring Officer (" not in text


@pytest.mark.parametrize("two_people", [True, False])
def test_the_two_person_rule_is_told_as_it_is(two_people):
    page = Page(pages.render(edition(two_people=two_people), "about", SITE)).text
    assert ("Nothing is published by one person alone" in page) is two_people
    assert ("switched off the rule" in page) is not two_people


def test_an_edition_of_nothing_still_has_its_pages():
    empty = edition()
    assert pages.paths(empty) == (
        *("", "plan", *(f"plan/{p}" for p in _standings()), "roadmap", "who-is-who", "about"),
        "editions",
    )
    assert "We have made no promises yet." in Page(pages.render(empty, "", SITE)).text
    assert "no promise in this plan yet" in Page(pages.render(empty, "plan", SITE)).text
    late = Page(pages.render(edition(action()), "plan/late", SITE)).text
    assert "No promise is here" in late


def _standings():
    return [name.replace("_", "-") for name in ed.STANDINGS if name != "withdrawn"]


def test_links_to_what_no_edition_holds_are_not_shown():
    bare = edition(action(due=LATE))
    for path in pages.paths(bare):
        links = Page(pages.render(bare, path, SITE)).links
        assert "/measures" not in links
        assert "/plan/by-recommendation" not in links


def test_nothing_after_the_day_of_the_edition_is_told():
    later = action(
        "A1",
        due=date(2026, 12, 31),
        done_on=date(2026, 10, 5),
        updates=(ed.Update(date(2026, 10, 5), "Finished in October."),),
    )
    found = edition(later)
    text = " ".join(Page(pages.render(found, p, SITE)).text for p in pages.paths(found))
    assert "Finished in October" not in text
    assert ed.standing(later, AS_AT) == "on_track"


def test_what_was_withdrawn_is_shown_with_its_day_and_reason_wherever_it_is_listed():
    gone = ed.Withdrawal(date(2026, 7, 31), "The law changed.")
    one = action("A1", short="Mixed panels", due=LATE, withdrawn=gone)
    found = edition(one, action("A2"), action("A3", due=LATE))
    shown = {path: Page(pages.render(found, path, SITE)) for path in pages.paths(found)}
    assert "We have kept none of our 3 promises. One is late. One was withdrawn." in shown[""].text
    assert "2 promises should be finished by now. 1 was withdrawn and 1 is still not" in (
        shown[""].text
    )
    for path in ("", "plan", "plan/withdrawn", f"actions/{one.id}"):
        assert "Withdrawn 31 July 2026" in shown[path].text, path
        assert "The law changed." in shown[path].text, path
    assert "1 of 3 promises was withdrawn" in shown["plan/withdrawn"].text
    assert "This promise was given up" in shown[f"actions/{one.id}"].text
    assert "No new date" not in shown[f"actions/{one.id}"].text
    assert "promised for later" not in shown[""].text


@settings(max_examples=25, deadline=None)
@given(editions())
def test_any_edition_has_every_page_and_every_link_of_ours_is_one(found):
    known = {f"/{path}" for path in (*pages.paths(found), *pages.downloads(found))}
    for path in pages.paths(found):
        page = Page(pages.render(found, path, SITE))
        ours = [link.partition("#")[0] for link in page.links if link.startswith("/")]
        assert {link for link in ours if not link.startswith("/static/")} <= known


def _crowd(number):
    due = [LATE, date(2026, 12, 31), date(2027, 3, 31)]
    actions = [
        action(f"N{n}", due=due[n % 3], theme="AB"[n % 2], recommendations=(str(n % 3 + 1),))
        for n in range(number)
    ]
    return edition(
        *actions,
        themes=(ed.Theme("A", "Putting things right"), ed.Theme("B", "Getting on")),
        recommendations=tuple(ed.Recommendation(str(n), f"Do {n}.") for n in (1, 2, 3, 4)),
    )


@pytest.mark.parametrize("number", [249, 250, 251, 900])
def test_a_long_list_takes_several_pages_and_shows_every_action_once(number):
    found = _crowd(number)
    for start in ("plan", "plan/late", "plan/theme-b", "plan/by-recommendation"):
        shown, path, turns = [], start, 0
        while path:
            page = Page(pages.render(found, path, SITE))
            turns += 1
            rows = [link for link in page.links if link.startswith("/actions/")]
            assert len(rows) <= pages.MOST_ROWS
            shown += rows
            after = [a["href"] for _, a in page.having("govuk-link") if a.get("rel") == "next"]
            path = after[0].removeprefix("/") if after else ""
        assert len(shown) == len(set(shown))
        if start == "plan":
            assert len(shown) == number
            assert turns == -(-number // pages.MOST_ROWS)
        if start == "plan/late":
            assert len(shown) == ed.counts(found).late


def test_the_first_page_tells_the_worst_slips_and_leads_to_the_rest():
    page = Page(pages.render(_crowd(60), "", SITE))
    assert len(page.having("gt-slip")) == 10
    assert "10 more are late" in page.text


def test_the_files_of_an_edition_are_those_that_pages_name(example):
    assert tuple(pages.downloads(example)) == pages.DOWNLOADS
