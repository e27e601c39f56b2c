"""People at work on a served site over HTTP, each with a log of what the server said was done."""

import random
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from web_pages import Page


@dataclass
class Answer:
    """What a server answered."""

    status: int
    headers: dict
    body: bytes

    @property
    def words(self):
        return self.body.decode(errors="replace")


class Browser:
    """Asks for pages and sends forms, with cookies, a connection for each request."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def get(self, path):
        return self._ask("GET", path)

    def send(self, path, fields, file=None):
        """Send a form, with a file where there is one: (its field, its name, its bytes)."""
        fields = fields | {"csrfmiddlewaretoken": self.cookies.get("csrf", "")}
        if file is None:
            return self._ask("POST", path, urlencode(fields), "application/x-www-form-urlencoded")
        edge = secrets.token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="{file[0]}"; '
            f'filename="{file[1]}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
        body = "".join(parts).encode() + file[2] + f"\r\n--{edge}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def _ask(self, method, path, body=None, kind=""):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        asked = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asked.request(method, path, body, headers)
            got = asked.getresponse()
            answer = Answer(got.status, dict(got.getheaders()), got.read())
        finally:
            asked.close()
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer

    def sign_in(self, email, password):
        self.get("/account/sign-in/")
        answer = self.send("/account/sign-in/", {"login": email, "password": password})
        assert answer.status == 302, (answer.status, Page(answer.words).text[:300])
        return self


def hidden(answer, name):
    """The value of a hidden field of a page."""
    return next(
        (
            attrs.get("value", "")
            for tag, attrs in Page(answer.words).elements
            if tag == "input" and attrs.get("name") == name
        ),
        "",
    )


@dataclass
class Sent:
    """A form that was sent: kept whole, so that it can be sent again just as it was."""

    kind: str
    action: str
    words: str
    path: str
    fields: dict
    file: tuple | None = None


@dataclass
class Officer:
    """One person who works without a rest until told to stop.

    ``done`` are the changes that the server said it had made, ``in_doubt`` those whose answer
    never came, ``refused`` how many came too late for somebody else's, ``faults`` what should
    never happen. While the database is away the server may say so (``faults_are_doubts``).
    """

    name: str
    browser: Browser
    actions: list
    dice: random.Random
    done: list = field(default_factory=list)
    in_doubt: list = field(default_factory=list)
    refused: int = 0
    faults: list = field(default_factory=list)
    faults_are_doubts: bool = False
    number: int = 0

    def work(self, enough):
        """Change one action after another until ``enough`` is set or the server is gone."""
        while not enough.is_set():
            try:
                sent = self._form()
            except (OSError, HTTPException):
                if enough.wait(0.05):
                    return
                continue
            if sent is not None:
                self.try_to(sent)

    def _form(self):
        self.number += 1
        action = self.dice.choice(self.actions)
        words = f"{self.name}, change {self.number}"
        kind = self.dice.choice(("update", "update", "update", "file", "wording"))
        path = f"/workspace/actions/{action}/{'wording' if kind == 'wording' else 'update'}/"
        page = self.browser.get(path)
        if page.status >= 500 and self.faults_are_doubts:
            return None
        if page.status != 200:
            self.faults.append(f"{path} answered {page.status}")
            return None
        fields = {name: hidden(page, name) for name in ("key", "version")}
        if kind == "wording":
            fields |= {"title": words, "text": "Do it, and say what came of it", "number": "1"}
            return Sent(kind, action, words, path, fields)
        fields |= {"done": words, "status": "in_progress", "rag": "green"}
        day = {"day": "1", "month": "3", "year": "2090"}
        fields |= {f"next_review-{part}": value for part, value in day.items()}
        file = None
        if kind == "file":
            size = self.dice.randint(1, 200_000)
            fields |= {"pieces": "1", "papers": hidden(page, "papers"), "title_1": "What shows it"}
            file = ("file_1", "shown.pdf", b"%PDF-1.7 " + self.dice.randbytes(size))
        return Sent(kind, action, words, path, fields, file)

    def try_to(self, sent):
        """Send a form and log what the server said."""
        try:
            answer = self.browser.send(sent.path, sent.fields, sent.file)
        except (OSError, HTTPException):
            self.in_doubt.append(sent)
            return
        if answer.status == 302:
            self.done.append(sent)
        elif answer.status == 409:
            self.refused += 1
        elif answer.status >= 500 and self.faults_are_doubts:
            self.in_doubt.append(sent)
        else:
            said = Page(answer.words).text[:600]
            self.faults.append(f"{sent.path} answered {answer.status}: {said}")

    def ask_again(self):
        """Send again every form whose answer never came, just as it was."""
        self.faults_are_doubts = False
        again, self.in_doubt = self.in_doubt, []
        for sent in again:
            self.try_to(sent)


class Office:
    """Several officers at work at once on a site, on actions of their own and on shared ones."""

    def __init__(self, site, founded, people=5, seed=None):
        self.site = site
        dice = random.Random(seed)
        actions = founded["actions"]
        self.officers = [
            Officer(
                f"Officer {n}",
                Browser(site.port).sign_in(email, founded["password"]),
                actions[n * 5 : n * 5 + 5] + actions[-2:],
                random.Random(dice.random()),
            )
            for n, email in enumerate(founded["people"][:people])
        ]

    def begin(self):
        """Set everybody to work; they go on until :meth:`end`."""
        self.enough = threading.Event()
        self.threads = [
            threading.Thread(target=officer.work, args=(self.enough,), daemon=True)
            for officer in self.officers
        ]
        for thread in self.threads:
            thread.start()

    def end(self):
        self.enough.set()
        for thread in self.threads:
            thread.join(timeout=90)
            assert not thread.is_alive()

    def wait_for(self, more, within=60):
        """Wait until so many more changes are acknowledged."""
        wanted, until = len(self.done) + more, time.monotonic() + within
        while len(self.done) < wanted:
            assert time.monotonic() < until, (self.faults, self.site.said())
            time.sleep(0.01)

    @property
    def done(self):
        return [sent for officer in self.officers for sent in list(officer.done)]

    @property
    def in_doubt(self):
        return [sent for officer in self.officers for sent in list(officer.in_doubt)]

    @property
    def faults(self):
        return [fault for officer in self.officers for fault in officer.faults]

    def lost(self, state):
        """Every acknowledged change that the site's state lacks or has twice, in words."""
        said = {}
        for _, _, done in state["updates"]:
            said[done] = said.get(done, 0) + 1
        found = []
        for sent in self.done:
            if sent.kind != "wording" and said.get(sent.words, 0) != 1:
                found.append(f"{sent.words} ({sent.kind}) stands {said.get(sent.words, 0)} times")
        found += [f"{words} stands {times} times" for words, times in said.items() if times > 1]
        titled = {sent.action for sent in self.done if sent.kind == "wording"}
        tried = {(s.action, s.words) for s in [*self.done, *self.in_doubt] if s.kind == "wording"}
        for action in titled:
            if (action, state["titles"].get(action)) not in tried:
                found.append(f"the wording of {action} is nobody's")
        return found
