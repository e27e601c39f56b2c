"""Somebody at a browser: opens pages of a served site, works in them, and notes what went wrong."""

import time

from access import DESKTOP, faults


class Visitor:
    """One person at one browser, with cookies of their own."""

    def __init__(self, chromium, address, width=DESKTOP, scripts=True):
        self.address, self.complaints = address, []
        self.context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self._note(message.text))
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, words):
        # A page that says no is no fault of the page.
        if "Failed to load resource" not in words:
            self.complaints.append(words)

    def open(self, path):
        """Open a page; a server that has only just started is given a moment."""
        for wait in (0.1, 0.5, 1, 2, 5, None):
            try:
                return self.page.goto(self.address + path)
            except Exception as fault:
                # A page of the browser's own, for a server that is not there yet, may come between.
                early = ("ERR_CONNECTION_REFUSED", "chrome-error")
                if wait is None or not any(words in str(fault) for words in early):
                    raise
                time.sleep(wait)
        return None

    def be(self, name):
        """Be somebody of the cast, by the demonstration's menu."""
        self.open("/workspace/demonstration")
        self.press(f"Be {name}")
        return self

    def press(self, words):
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, words):
        self.page.get_by_role("link", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()

    @property
    def words(self):
        return self.page.locator("main").inner_text()

    def faults(self):
        """Every violation of an accessibility rule, at both widths, and every sideways scroll."""
        # At rest: on a busy machine a page's styles may still be on their way when it has loaded.
        self.page.wait_for_load_state("networkidle")
        return faults(self.page) + self.complaints

    def picture(self, file, width=DESKTOP):
        self.page.set_viewport_size({"width": width, "height": 900})
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file, full_page=True)

    def leave(self):
        self.context.close()
