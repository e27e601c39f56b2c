"""What bodies say of a vision and of a closing stands beside it, in their own words."""

from editions import AS_AT, action, edition
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from web_pages import Page

SITE = pages.Site(lambda path: f"/{path}", lambda name: f"/static/{name}")
NO = ed.Opinion("objects", "Staff side", AS_AT, "A wish with no date.")


def test_an_objection_stands_beside_the_vision_and_beside_the_closing():
    vision = ed.Vision("Met with respect.", (ed.Signature("Director", AS_AT),), opinions=(NO,))
    closed = ed.Closing(AS_AT, statement="Most was kept.", opinions=(NO,))
    found = edition(action(), unit="Housing", vision=vision, closing=closed)
    for path in ("", "closing"):
        text = Page(pages.render(found, path, SITE)).text
        assert "A wish with no date." in text
        assert "Staff side, 30 September 2026. Objects." in text


def test_where_no_body_wants_to_be_read_nothing_is_said():
    closed = ed.Closing(AS_AT, statement="Most was kept.")
    found = edition(action(), unit="Housing", closing=closed)
    assert "staff and unions" not in Page(pages.render(found, "closing", SITE)).text
