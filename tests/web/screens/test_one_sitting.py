"""An ambiguous document settled in one sitting, in a real browser, by keyboard alone.

Its lists do not line up, a column and a name are unknown, and a colour has no key. Pictures for the
docs: .venv/bin/pytest -n0 tests/web/screens --write-screens
"""

from pathlib import Path

import pytest
from django.urls import reverse

from access import DESKTOP, PHONE, sideways
from goldenthread.web import bridge
from goldenthread.web.models import Draft, Habit, Plan
from web.screens.browsing import Browser, Hands

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]
SCREENS = Path(__file__).parents[3] / "docs" / "images" / "screens"
DOCUMENT = """<!doctype html><html lang="en"><title>Race equality action plan</title>
<h1>Race equality action plan</h1><p>1 September 2026</p>
<table><tr><th>No.</th><th>Recommendation</th><th>Action</th><th>Timescale</th><th>Lead</th>
<th>Status</th><th>Kitty</th></tr>
<tr><td>1</td><td>Recruit fairly</td>
<td><ul><li>Put two assessors on every panel</li><li>Train every panel in fair selection</li>
<li>Publish who was shortlisted, by grade</li></ul></td>
<td><ul><li>31 March 2027</li><li>30 June 2027</li></ul></td><td>Head of Resourcing</td>
<td style="background-color: #7030a0"></td><td>4,000 pounds</td></tr>
<tr><td>2</td><td>Hear staff</td><td>Hold a listening session on every site</td>
<td>30 September 2027</td><td>Ashworth</td><td style="background-color: #92d050"></td>
<td>No cost</td></tr></table></html>"""


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person, width, scripts):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


class Settling(Hands):
    """Hands that answer what a document does not explain."""

    def answer(self, question, place, remember=False):
        """Choose the answer at a place, from 0, of what the document does not explain."""
        within = f"it.closest('#question-{question.public_id}')"
        self.go(f"{within} && it.name == 'meaning'")
        self.page.keyboard.press("Space")
        for _ in range(place):
            self.page.keyboard.press("ArrowDown")
        if remember:
            self.go(f"{within} && it.name == 'remember'")
            self.page.keyboard.press("Space")
        self.go(f"{within} && it.tagName == 'BUTTON'")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()


def _bring_in(browser):
    page = browser.open(reverse("receive"))
    file = {"name": "Race equality action plan.html", "mimeType": "text/html"}
    # The system's own window chooses a file.
    page.set_input_files("input[type=file]", file | {"buffer": DOCUMENT.encode()})
    hands = Settling(page)
    hands.press("Read it")
    return hands


@pytest.fixture
def picture(request):
    """A function that keeps a picture for the docs, where pictures are asked for."""

    def keep(page, name, kind):
        file = SCREENS / f"workspace-sitting-{name}-{kind}.png"
        if request.config.getoption("--write-screens"):
            page.screenshot(path=file, full_page=True)
        assert file.is_file(), name

    return keep


@pytest.mark.parametrize(
    ("width", "kind"), [(DESKTOP, "desktop"), (PHONE, "phone")], ids=["desktop", "phone"]
)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_question_is_settled_in_one_sitting_by_keyboard(
    world, visit, picture, width, kind, scripts
):
    browser = visit(world.manager, width, scripts)
    hands = _bring_in(browser)
    draft = Draft.objects.get()
    asked = {one.code: one for one in draft.questions.filter(recommendation=None)}
    assert {"unread_column", "unknown_lead"} <= set(asked)
    assert draft.questions.filter(code="alignment").count() == 3
    assert hands.heading == "We read 4 actions and need you to settle 4 questions"
    picture(hands.page, "begins", kind)

    # Which date belongs to which action: the row is settled at once.
    hands.press("Settle the next question")
    picture(hands.page, "row", kind)
    hands.write("timescale-0", "31 March 2027")
    hands.write("timescale-1", "30 June 2027")
    hands.write("timescale-2", "30 June 2027")
    hands.press("Settle this row")
    assert "The row is settled." in hands.page.locator("main").inner_text()
    hands.press("The whole draft")

    # What only the council can know: a name, a heading, each colour.
    hands.answer(asked["unknown_lead"], 0, remember=True)
    hands.answer(asked["unread_column"], 6)
    statuses = {"purple": 4, "green": 1}
    for one in draft.questions.filter(code="usual_colour").order_by("position"):
        hands.answer(one, statuses[one.words], remember=one.words == "purple")
    assert not draft.questions.filter(answer="").exists()
    assert hands.heading == "We read 4 actions and nothing is left to settle"
    assert sideways(browser.page) <= 0
    picture(hands.page, "ends", kind)

    hands.press("Adopt this draft")
    hands.press("Adopt this draft")
    plan = Plan.objects.get()
    told = [
        (one.text, one.timescales[0].end.isoformat(), one.status)
        for one in bridge.plan_of(plan).actions
    ]
    assert told == [
        ("Put two assessors on every panel", "2027-03-31", "on_hold"),
        ("Train every panel in fair selection", "2027-06-30", "on_hold"),
        ("Publish who was shortlisted, by grade", "2027-06-30", "on_hold"),
        ("Hold a listening session on every site", "2027-09-30", "in_progress"),
    ]
    last = bridge.plan_of(plan).actions[-1]
    assert [(lead.text, lead.kind) for lead in last.leads] == [("Ashworth", "post")]
    assert last.evidence == ("No cost",)
    assert {(one.words, one.meaning) for one in Habit.objects.all()} == {
        ("Ashworth", "post"),
        ("purple", "on_hold"),
    }
    assert browser.complaints == []
