"""A browser that walks the workspace, each request answered by the site itself in this process.

No socket is opened. Redirects are followed before the browser is answered, so the address in the
bar may be the one that a form was sent to.
"""

from __future__ import annotations

import re
from contextvars import copy_context
from datetime import date

from django.contrib.staticfiles import finders
from django.test import Client

from access import DESKTOP, faults

AT = "https://localhost"
_KEPT = (
    *("content-type", "content-disposition", "content-security-policy"),
    *("permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"),
)


class Browser:
    """The pages of one person, at a width, with or without scripts."""

    def __init__(self, chromium, person=None, width=DESKTOP, scripts=True):
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
        if person is not None:
            self.client.force_login(person)
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        self.here = copy_context()
        self.complaints = []
        self.statuses = []
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route):
        asked = route.request
        path = asked.url.removeprefix(AT)
        if path.startswith("/static/"):
            return route.fulfill(path=finders.find(path.removeprefix("/static/")))
        # The driver calls from a context of its own, which would open another connection.
        answer = self.here.run(self._ask, asked.method, path, asked)
        self.statuses.append(answer.status_code)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = {n.lower(): v for n, v in answer.headers.items() if n.lower() in _KEPT}
        return route.fulfill(status=answer.status_code, body=body, headers=headers)

    def _ask(self, method, path, asked):
        given = {"follow": True, "secure": True, "headers": {"referer": f"{AT}/"}}
        if method == "GET":
            return self.client.get(path, **given)
        answer = self.client.generic(
            method,
            path,
            asked.post_data_buffer,
            asked.headers["content-type"],
            secure=True,
            headers=given["headers"],
        )
        found = answer.headers.get("location")
        return answer if found is None else self.client.get(found, **given)

    def open(self, path):
        self.page.goto(AT + path)
        return self.page


def faults_of(browser):
    """What is wrong with the page that is open, and then all that the browser complained of."""
    return faults(browser.page) + browser.complaints


class Desk:
    """Somebody at a browser without scripts, who signs in again whenever they come back to it.

    They press, follow and fill in by the words that they read.
    """

    def __init__(self, chromium, person, width=DESKTOP):
        self.person, self.browser = person, Browser(chromium, person, width, scripts=False)
        self.complaints, self.page = self.browser.complaints, self.browser.page

    def open(self, path):
        self.browser.client.force_login(self.person)
        return self.browser.open(path)

    def read(self, path):
        """The bytes of a file, as it is handed out."""
        return b"".join(self.browser.client.get(path, secure=True))

    @property
    def main(self):
        return self.page.get_by_role("main")

    @property
    def heading(self):
        return self.page.locator("h1").inner_text().replace("\xa0", " ")

    @property
    def words(self):
        return self.main.inner_text().replace("\xa0", " ")

    def press(self, words):
        self.main.get_by_role("button", name=words, exact=True).first.click()

    def follow(self, words):
        # What is hidden from the eye stands apart from what is seen: “Choose : H1”.
        seen, colon, hidden = words.partition(":")
        named = re.compile(rf"^{re.escape(seen)}\s*:{re.escape(hidden)}$") if colon else words
        self.main.get_by_role("link", name=named, exact=True).first.click()

    def fill(self, said):
        """Answer by the words of each question: text, a day, a choice, or True for a tick."""
        for asked, answer in said.items():
            if isinstance(answer, date):
                parts = self.main.get_by_role("group", name=asked)
                for part in ("day", "month", "year"):
                    parts.get_by_label(part.title()).fill(str(getattr(answer, part)))
                continue
            field = self.main.get_by_label(asked, exact=True)
            kind = field.evaluate("field => field.type")
            if kind == "select-one":
                field.select_option(label=answer)
            elif answer is True:
                field.check()
            else:
                field.fill(answer)

    def choose(self, asked, words):
        """Choose the first of a list that holds these words."""
        field = self.main.get_by_label(asked, exact=True)
        offered = field.locator("option").all_inner_texts()
        field.select_option(label=next(one for one in offered if words in one))

    def send(self, words, said):
        """Fill in a form and press its button; gives the page's words afterwards."""
        self.fill(said)
        self.press(words)
        return self.words


def unreached(page):
    """What the Tab key does not reach on the page that is open, and what it reaches unseen.

    Of a group of radio buttons the key reaches the one that is chosen, or the first.
    """
    look = """() => {
        const e = document.activeElement, s = getComputedStyle(e);
        const seen = s.backgroundColor + s.boxShadow + s.outlineColor;
        const beside = e.labels?.length ? getComputedStyle(e.labels[0], '::before').boxShadow : '';
        return [e.tagName, e.id + (e.getAttribute('href') || ''), seen + beside];
    }"""
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(
            "a[href], summary, button, input:not([type=hidden]), select, textarea")]
            .filter(e => e.checkVisibility() && !(e.type === 'radio' && !e.checked)).length"""
    )
    reached = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(look))
    return [one for one in reached if one[0] == "BODY" or "255, 221, 0" not in one[2]]


class Hands:
    """Somebody at a keyboard: nothing is clicked, and no focus is set by anything but a key."""

    def __init__(self, page):
        self.page = page

    def go(self, test):
        """Press the Tab key until what has the focus passes a test, in JavaScript of ``it``."""
        for _ in range(250):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(f"(it => Boolean({test}))(document.activeElement)"):
                return
        raise AssertionError(f"The Tab key does not reach {test} on {self.page.url}.")

    def press(self, words):
        """Go to a link or a button with these words, and press it."""
        self.go(f"['A', 'BUTTON'].includes(it.tagName) && it.innerText.trim() == {words!r}")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, words):
        """Go to the box with these words, and tick it."""
        self.go(f"it.type == 'checkbox' && it.labels[0].innerText.includes({words!r})")
        self.page.keyboard.press("Space")

    def write(self, field, words):
        self.go(f"it.name == {field!r}")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
