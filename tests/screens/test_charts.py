"""Charts in a real browser, inside a page under the strict policy, on a phone and on a desktop."""

import pytest

from access import WCAG, violations
from core.charts.examples import NAMED
from core.spc.figures import by_month
from goldenthread.charts import (
    MIDDLE,
    NARROW,
    WIDE,
    bar_chart,
    control_chart,
    line_chart,
    sparkline,
)
from hostile import VECTORS

pytestmark = pytest.mark.needs_program("chromium", "chromium")

AT = "http://plan.example/"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'"
CSS = "body{margin:15px}svg,img{display:block;width:100%;height:auto}h1,h2{font:16px Arial}"


def _page(drawings):
    parts = "".join(f"<h2>Chart</h2>{drawing.svg}" for drawing in drawings)
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Charts</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="c.css">'
        f"</head><body><main><h1>Charts</h1>{parts}</main></body></html>"
    )


@pytest.fixture
def show(chromium):
    """A function that opens drawings in a page of some width and notes what was refused."""
    opened = []

    def open_page(drawings, width):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        opened.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append(dialog.message))

        def answer(route):
            css = route.request.url.endswith(".css")
            kind = "text/css" if css else "text/html"
            route.fulfill(
                body=CSS if css else _page(drawings),
                headers={
                    "content-type": f"{kind}; charset=utf-8",
                    "content-security-policy": POLICY,
                },
            )

        context.route("**/*", answer)
        page.goto(AT)
        return page

    yield open_page
    for context in opened:
        context.close()


def _all(width):
    drawings = [control_chart(figures, width=width) for figures in NAMED.values()]
    drawings += [chart(NAMED["few"], width=width) for chart in (line_chart, bar_chart)]
    return [*drawings, sparkline(NAMED["panels"])]


@pytest.mark.parametrize(("screen", "width"), [(320, NARROW), (640, MIDDLE), (1280, WIDE)])
def test_charts_stand_in_a_page_under_the_strict_policy_and_fit_it(show, screen, width):
    page = show(_all(width), screen)
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll("svg")].flatMap(svg => {
            const edge = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < edge.left - 1 || box.right > edge.right + 1;
            }).map(text => text.textContent);
        })"""
    )
    assert overlaps == []
    assert violations(page, *WCAG) == []


def test_a_browser_hears_each_chart_as_an_image_with_its_name_and_description(show):
    page = show(_all(WIDE), 1280)
    images = page.get_by_role("img")
    assert images.count() == len(_all(WIDE))
    named = control_chart(NAMED["panels"])
    assert page.get_by_role("img", name=f"{named.title} {named.description}").count() == 1


def test_words_that_try_to_be_code_stay_words_in_a_browser(show):
    drawings = [control_chart(by_month([1, 2, 3], title=vector)) for vector in VECTORS]
    page = show(drawings, 1280)
    assert page.complaints == []
    assert page.locator("svg").count() == len(VECTORS)
    assert page.locator("script, iframe, form, img").count() == 0
