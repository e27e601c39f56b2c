"""What looks for faults of a page finds them: a page with one of each kind."""

import pytest

from access import WCAG, faults, sideways, violations

pytestmark = pytest.mark.needs_program("chromium", "chromium")

WHOLE = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{}</main>"


@pytest.fixture
def show(chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 900})

    def show(inside):
        page.set_content(WHOLE.format(inside))
        return page

    yield show
    page.close()


def test_a_page_without_a_fault_has_none(show):
    assert faults(show("<p>Words.")) == []


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        ("<img src='data:,'>", "image-alt"),
        ("<p style='color:#aaa;background:#fff'>Words.", "color-contrast"),
        ("<input name=x>", "label"),
    ],
)
def test_a_violation_of_wcag_is_named_with_its_element(show, inside, rule):
    found = violations(show(inside), *WCAG)
    assert [one.split(":")[0] for one in found] == [rule]
    assert "<" in found[0]


def test_what_lies_beyond_the_edge_of_a_phone_is_counted(show):
    page = show("<p style='width:500px'>Words.")
    assert sideways(page) > 100
    assert [one.split(":")[0] for one in faults(page)] == ["390", "320"]
