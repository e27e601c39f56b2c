"""The static site in a real browser: accessible, without scripts, on a desktop and on a phone.

Pages are handed out from memory under a strict content security policy, so no socket is opened.
Pictures for the docs: .venv/bin/pytest -n0 tests/screens --write-screens
"""

import io
import mimetypes
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image

from access import DESKTOP, PHONE, faults, sideways, violations
from editions import action
from goldenthread import example_data
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.pages import folder
from hostile import VECTORS

pytestmark = pytest.mark.needs_program("chromium", "chromium")

EXAMPLE = folder.read_edition(example_data.example("edition.json"))
PAGES = [*(f"{path or 'index'}.html" for path in pages.paths(EXAMPLE)), "404.html"]
# A directorate's plan beside it: the pages that no other plan has.
HOUSING = folder.read_edition(example_data.example("directorate.json"))
OF_HOUSING = ["index", "heard", "priorities", "pledges", "serves", "actions/hq2panels4fr", "plan"]
OF_HOUSING = [f"plans/housing-and-communities/{name}.html" for name in OF_HOUSING]
PAGES += ["directorates.html", *OF_HOUSING]
# What the example alone does not show: editions beside each other, and what was withdrawn or lost.
NEWEST = ["index.html", "plan.html", "plan/withdrawn.html", "editions.html", "changes/since-1.html"]
NEWEST += ["changes/since-2.html", "actions/z9-x7k2.html", "actions/z8-x7k2.html"]
NUMBERED = ["index.html", "plan/late.html", "editions.html", "about.html", "actions/z9-x7k2.html"]
IN_SERIES = [*NEWEST, *(f"editions/{number}/{name}" for number in (2, 3) for name in NUMBERED)]
AT = "http://plan.example/"
SCREENS = Path(__file__).parents[2] / "docs" / "images" / "screens"
# Threat T14's policy, which every page must live under.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_B4 = next(action for action in EXAMPLE.actions if action.number == "B4")
PICTURES = {
    "public-home": "index.html",
    "public-finding": "index.html",
    "public-late": "plan/late.html",
    "public-action": f"actions/{_B4.id}.html",
    "public-about": "about.html",
    "public-directorate": OF_HOUSING[0],
    "public-priorities": OF_HOUSING[2],
    "public-directorates": "directorates.html",
    "public-changes": "changes/since-1.html",
    "public-editions": "editions.html",
    "public-earlier": "editions/2/plan/late.html",
    "public-withdrawn": "plan/withdrawn.html",
    "public-gone": "actions/z9-x7k2.html",
}
# Pictures that need other editions beside the example's.
AMONG_EDITIONS = {"public-changes", "public-editions", "public-earlier", "public-withdrawn"}
AMONG_EDITIONS |= {"public-gone"}
# How much of a page its picture shows, where that is not the whole: the README's.
HEIGHTS = {"public-finding": 1735}


@pytest.fixture(scope="session")
def site():
    """Every file of the example site, with its directorate."""
    return folder.files(EXAMPLE, directorates=(folder.Series(HOUSING),))


@pytest.fixture(scope="session")
def series():
    """Every file of the site of three editions, with a promise withdrawn and another one gone."""
    gone = ed.Withdrawal(date(2026, 9, 1), "The law changed, so there is nothing left to do.")
    withdrawn = action("Z8", short="A promise given up", due=date(2026, 6, 30), withdrawn=gone)
    lost = action("Z9", short="A lost promise", due=date(2026, 6, 30))
    newest = replace(EXAMPLE, actions=(*EXAMPLE.actions, withdrawn))
    earlier = [
        replace(
            EXAMPLE,
            number=one.number,
            as_at=one.as_at,
            published=ed.Deed("Head of Policy", one.published_on),
            actions=(*EXAMPLE.actions, replace(withdrawn, withdrawn=None), lost),
        )
        for one in EXAMPLE.earlier
    ]
    return folder.files(newest, earlier)


@pytest.fixture
def visit(chromium):
    """A function that opens a page of a site, and notes what the browser refused or missed."""
    opened = []

    def open_page(files, name, width=DESKTOP, scripts=True, color="no-preference"):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        opened.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("dialog", lambda dialog: page.complaints.append(dialog.message))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))

        def answer(route):
            wanted = route.request.url.removeprefix(AT)
            if wanted not in files:
                page.complaints.append(f"asked for {route.request.url}")
                return route.abort()
            kind = mimetypes.guess_type(wanted)[0] or "text/plain"
            return route.fulfill(
                body=files[wanted],
                headers={
                    "content-type": f"{kind}; charset=utf-8",
                    "content-security-policy": POLICY,
                },
            )

        context.route("**/*", answer)
        page.goto(AT + name)
        return page

    yield open_page
    for context in opened:
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_violation_and_no_sideways_scroll(site, visit, name):
    page = visit(site, name)
    assert faults(page) == []
    assert page.complaints == []


@pytest.mark.parametrize("name", IN_SERIES)
def test_a_page_among_editions_is_accessible_and_fits_its_window(series, visit, name):
    test_a_page_has_no_accessibility_violation_and_no_sideways_scroll(series, visit, name)


@pytest.mark.parametrize("name", ["index.html", "editions.html", "editions/4/index.html"])
def test_pages_beside_an_edition_that_was_taken_down_are_accessible(visit, name):
    told = (EXAMPLE.body, EXAMPLE.plan, 4, date(2026, 12, 31), date(2027, 1, 12), date(2027, 1, 14))
    down = ed.TakenDown(*told, reason="It held words that could identify one person.")
    files = folder.files(EXAMPLE, (), (down,))
    assert "taken down" in visit(files, name).locator("body").inner_text()
    test_a_page_has_no_accessibility_violation_and_no_sideways_scroll(files, visit, name)


def test_without_scripts_a_reader_goes_to_an_earlier_edition_and_back(series, visit):
    page = visit(series, "index.html", PHONE, scripts=False)
    page.get_by_role("link", name="All editions").click()
    page.get_by_role("link", name="Edition 2", exact=True).click()
    page.get_by_role("link", name="The plan", exact=True).click()
    page.get_by_role("link", name="Use a mixed, trained panel").click()
    assert page.url == f"{AT}editions/2/actions/{_B4.id}.html"
    assert page.get_by_text("This is an earlier edition").is_visible()
    page.get_by_role("link", name="See the latest").click()
    assert page.url == f"{AT}actions/{_B4.id}.html"
    page.get_by_role("link", name="What changed").click()
    assert page.get_by_role("heading", name="1 withdrawn").is_visible()
    page.get_by_role("link", name="A lost promise").click()
    assert page.get_by_role("heading", name="no longer in the plan").is_visible()
    assert page.complaints == []


def test_the_six_marks_differ_in_shape_when_they_are_printed_grey(series, visit):
    page = visit(series, "index.html")
    shapes = page.eval_on_selector_all(
        ".gt-legend .gt-mark", "all => all.map(one => one.innerHTML.replaceAll(/#[0-9a-f]+/g, ''))"
    )
    assert len(shapes) == len(set(shapes)) == 6


def test_a_list_of_several_pages_is_accessible(visit):
    actions = [
        replace(action, id=f"{action.id}-{n}", number=f"{action.number}.{n}")
        for n in range(9)
        for action in EXAMPLE.actions
    ]
    many = replace(EXAMPLE, actions=tuple(actions), stances=(), case_studies=())
    files = folder.files(many)
    page = visit(files, "plan/page-2.html", PHONE)
    assert page.title().startswith("279 promises in five themes (page 2 of 2)")
    assert violations(page) == []
    assert sideways(page) <= 0
    page.get_by_role("link", name="Previous page").click()
    assert page.url == f"{AT}plan.html"
    assert page.complaints == []


def test_folded_figures_are_accessible_when_open(site, visit):
    page = visit(site, f"actions/{_B4.id}.html", PHONE)
    page.get_by_text("The figures as a table").click()
    assert page.get_by_role("cell", name="61%").is_visible()
    assert violations(page) == []
    assert sideways(page) <= 0


def test_without_scripts_a_reader_walks_from_the_finding_to_a_reason(site, visit):
    page = visit(site, "index.html", PHONE, scripts=False)
    page.get_by_role("link", name="Late", exact=True).click()
    assert page.title().startswith("5 of 31 promises are late")
    page.get_by_role("link", name="Use a mixed, trained panel").click()
    assert page.url == f"{AT}actions/{_B4.id}.html"
    assert page.get_by_text("41 people had been trained for panels").is_visible()
    page.get_by_role("link", name="Recommendations").click()
    assert page.url == f"{AT}recommendations/4.html"
    assert page.get_by_text("No one should be appointed to a management post").first.is_visible()
    page.get_by_role("link", name="B4 Mixed panels for senior interviews").first.click()
    assert page.url == f"{AT}actions/{_B4.id}.html"
    page.get_by_role("link", name="The action after").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Who applies")
    page.get_by_role("link", name="The action before").click()
    assert page.url == f"{AT}actions/{_B4.id}.html"
    assert page.complaints == []


def test_without_scripts_a_reader_walks_from_what_was_heard_to_the_objectives_and_back(site, visit):
    """Shown by 2 of the directorates: each step is one click, and nobody signs in."""
    page = visit(site, OF_HOUSING[1], PHONE, scripts=False)

    def click(name, **more):
        page.locator("main").get_by_role("link", name=name, **more).first.click()

    click("2 Who sits on our interview panels")
    click("H2 Mixed panels from Grade 8")
    assert page.get_by_text("Drawn from three or more sessions.").first.is_visible()
    click("B4 Mixed panels for senior interviews")
    assert page.url == f"{AT}actions/{_B4.id}.html"
    click("All that became of it")
    assert page.url == f"{AT}recommendations/4.html"
    click("A real rise since December 2025")
    click("1,846 of 2,411 appraisals")
    assert page.url == f"{AT}measures.html#objectives"
    click("M4")
    assert page.url == f"{AT}measures.html#measure-1"
    click("Recommendation 4")
    click("B4 Mixed panels for senior interviews")
    click("H2 Mixed panels from Grade 8")
    assert page.url == f"{AT}{OF_HOUSING[5]}"
    click("2 Who sits on our interview panels")
    click("Who sits across the table at interviews")
    assert page.url == f"{AT}{OF_HOUSING[1]}#heard-panels"
    assert page.complaints == []


@pytest.mark.parametrize(
    "name",
    ["index.html", "plan/late.html", "plan/by-recommendation.html", f"actions/{_B4.id}.html"],
)
def test_every_link_is_reached_by_the_tab_key_and_changes_when_it_is(site, visit, name):
    page = visit(site, name)
    look = """() => {
        const e = document.activeElement, s = getComputedStyle(e);
        const seen = e.getBoundingClientRect().width > 0;
        return [e.tagName, e.getAttribute('href'), s.backgroundColor + s.boxShadow, seen];
    }"""
    wanted = page.locator("a[href]:visible, summary:visible, [tabindex='0']:visible").count()
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(look))
    assert [one[0] for one in reached].count("BODY") == 0
    assert len({str(one[:2]) for one in reached}) > wanted / 3
    assert [one for one in reached if "255, 221, 0" not in one[2] or not one[3]] == []


def test_the_skip_link_leads_to_the_finding(site, visit):
    page = visit(site, "index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # On a busy machine the key is heard a moment later.
    page.wait_for_url(f"{AT}index.html#main-content")
    assert page.url == f"{AT}index.html#main-content"


def test_a_page_opens_from_the_disk_with_its_style(tmp_path, chromium):
    folder.write(EXAMPLE, tmp_path / "site")
    page = chromium.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto((tmp_path / "site" / "plan" / "late.html").as_uri())
    background = page.evaluate(
        "getComputedStyle(document.querySelector('.gt-header')).backgroundColor"
    )
    assert background == "rgb(68, 34, 63)"
    assert refused == []
    page.close()


def test_hostile_words_run_nothing(visit):
    """First the test shows that it would see a script run, then that none does."""
    seen = {
        "index.html": b"<title>x</title><script src='x.js'></script>",
        "x.js": b"console.log('reached')",
    }
    assert visit(seen, "index.html").complaints == ["reached"]
    calls = [words.replace("reached()", "console.log(`reached`)") for words in VECTORS]
    number = len(EXAMPLE.actions)
    actions = tuple(
        replace(
            action,
            words=calls[n % len(calls)],
            short=calls[(n + number) % len(calls)],
            next_step=calls[(n * 7) % len(calls)],
        )
        for n, action in enumerate(EXAMPLE.actions)
    )
    spoiled = replace(EXAMPLE, actions=actions, body=calls[0], summary=calls[3], about=calls[7])
    files = folder.files(spoiled)
    for name in ("index.html", "plan.html", f"actions/{actions[0].id}.html"):
        page = visit(files, name, PHONE)
        assert page.complaints == []
        assert sideways(page) <= 0
        assert calls[0] in page.inner_text("body")


def test_a_printed_page_keeps_its_words_and_drops_its_filters(site, visit):
    page = visit(site, "plan/late.html")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="5 of 31 promises are late").is_visible()
    assert not page.locator(".gt-filter").first.is_visible()
    assert not page.locator(".govuk-service-navigation").is_visible()


@pytest.mark.parametrize("name", ["index.html", f"actions/{_B4.id}.html", "changes/since-2.html"])
def test_a_page_on_paper_is_whole_and_gives_no_address_that_leads_nowhere(
    series, visit, name, tmp_path
):
    """Printed as A4 through the browser, and read back: every heading is there."""
    page = visit(series, name)
    heads = page.locator("main h1, main h2").all_inner_texts()
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    with pdfplumber.open(tmp_path / "page.pdf") as paper:
        words = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    found = [words.find(" ".join(head.split())) for head in heads]
    assert -1 not in found
    assert "Edition 3. As at 30 September 2026." in words
    assert ".html)" not in words
    assert "How we count" not in words


def test_an_earlier_edition_says_so_on_paper_too(series, visit):
    page = visit(series, "editions/2/plan.html")
    page.emulate_media(media="print")
    assert page.get_by_text("This is an earlier edition").is_visible()


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_of_the_docs_is_there(site, series, visit, picture, request):
    files = series if picture in AMONG_EDITIONS else site
    for width, kind in ((DESKTOP, "desktop"), (PHONE, "phone")):
        file = SCREENS / f"{picture}-{kind}.png"
        if request.config.getoption("--write-screens"):
            file.parent.mkdir(parents=True, exist_ok=True)
            page, height = visit(files, PICTURES[picture], width), HEIGHTS.get(picture)
            if height:
                page.set_viewport_size({"width": width, "height": height})
            taken = page.screenshot(full_page=not height)
            # Few colours are used, so few are kept: a fifth of the bytes.
            few = Image.open(io.BytesIO(taken)).quantize(255, Image.Quantize.FASTOCTREE)
            few.save(file, optimize=True)
        assert file.is_file()
