"""A whole quarter in a real browser: asked, answered, chased, closed, told to the committee.

Brackenford's thirteen leads are asked about Quarter 3, 2026/27. Eleven answer by the link in their
e-mail, two are silent and chased. The paper goes to scrutiny, which asks two things, and the paper
of the next quarter answers them. Mail goes out over a real connection.
"""

import io
import re
import zipfile
from datetime import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from access import DESKTOP, PHONE
from goldenthread.web.changes import demo, outbox, rounds
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import Action, Ask, Committee, Meeting, Paper, Round, Update
from web.mail_server import MailServer
from web.screens.browsing import Browser, Desk

pytestmark = [pytest.mark.needs_program("chromium", "chromium"), pytest.mark.django_db]

# Posts to which actions pass, so that thirteen leads answer for what is open.
PASSED = {
    "B7": "Head of Recruitment",
    "E3": "Race Equality Programme Manager",
    "B5": "Director of Housing and Communities",
    "C4": "Head of Internal Audit",
}
SILENT = ("Head of Procurement", "Head of Policy")
QUESTIONS = ("What did the sponsorship scheme cost?", "When will every panel be mixed?")


def day(year, month, number, hour=9):
    return timezone.make_aware(datetime(year, month, number, hour))


@pytest.fixture
def clock():
    with time_machine.travel(day(2026, 10, 10), tick=True) as at:
        yield at


@pytest.fixture
def council(world, clock):
    """Brackenford half way through its plan, with thirteen leads who can be asked."""
    plan = demo.half_way(world.council)
    at = timezone.now()
    for number, title in PASSED.items():
        row = Action.objects.get(plan=plan, number=number)
        plans.hand_over(
            by=world.manager,
            action=row,
            version=row.version,
            post=world.council.posts[title],
            since=timezone.localdate(at),
            at=at,
        )
    return world


@pytest.fixture
def visit(chromium):
    opened = []

    def visit(person=None, width=DESKTOP, scripts=False):
        opened.append(Browser(chromium, person, width, scripts))
        return opened[-1]

    yield visit
    for one in opened:
        one.context.close()


@pytest.fixture
def sit(chromium):
    desks = []

    def sit(person):
        desks.append(Desk(chromium, person))
        return desks[-1]

    yield sit
    for one in desks:
        one.browser.context.close()


@pytest.fixture
def send_mail(settings, socket_enabled):
    """A function that sends what waits, by a mail server of the test, and gives the new mails."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "goldenthread.web.letterbox.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

        def send():
            before = len(server.took)
            outbox.send_due(now=timezone.now)
            return server.took[before:]

        yield send


def link_in(message):
    """The one address in a mail, from its “/” on."""
    found = re.findall(r"https?://\S+", message.get_content())
    assert len(found) == 1, message.get_content()
    return re.sub(r"^https?://[^/]+", "", found[0])


def answer_all(browser, link, words):
    """Somebody on a phone answers for everything that their link asks; gives how many it was."""
    page = browser.open(link)
    page.get_by_role("button", name="Start").click()
    asked = page.get_by_role("main").get_by_role("link").filter(has_text=re.compile(r"^[A-E]\d"))
    count = asked.count()
    for number in range(count):
        if number == 0:
            asked.first.click()
        else:
            page.get_by_role("button", name="Next:").click()
        page.get_by_label("What was done").fill(words)
        page.get_by_role("button", name="Send my update").click()
        while not page.get_by_text("Your update is kept").is_visible():
            wanted = page.locator("#form")
            for name, part in (("cause", "The post is vacant"), ("step", "Fill the post")):
                if wanted.locator(f"[name={name}]").count():
                    wanted.locator(f"[name={name}]").fill(part)
            for name in ("due", "next_review"):
                if wanted.locator(f"[name={name}-day]").count():
                    for piece, typed in (("day", "31"), ("month", "3"), ("year", "2027")):
                        wanted.locator(f"[name={name}-{piece}]").fill(typed)
            page.get_by_role("button", name="Send my update").click()
    return count


def open_round(at, clock):
    clock.move_to(at)
    rounds.turn(at=timezone.now())
    return Round.objects.get(closed_at__isnull=True, teams_from__lte=timezone.localdate())


def make_paper(desk, committee, meeting, as_at, decisions):
    """The programme manager makes a paper and issues it; gives the row and its files by format."""
    page = desk.open(reverse("since", kwargs={"committee": committee.public_id}))
    page.get_by_role("button", name="Make the paper").click()
    page.get_by_label("For which meeting?").select_option(meeting.public_id)
    for part, typed in zip(("day", "month", "year"), as_at, strict=True):
        page.locator(f"[name=as_at-{part}]").fill(typed)
    page.get_by_role("button", name="Freeze the figures").click()
    page.get_by_label("Decision", exact=True).check()
    page.get_by_label("What is the body asked to decide?").fill(decisions)
    page.get_by_label("Whose report is it?").fill("Chief Executive")
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_role("button", name="Issue it").click()
    page.get_by_role("button", name="Issue the paper").click()
    assert page.get_by_text("Issued. These files stay as they are.").is_visible()
    row = Paper.objects.get(meeting=meeting)
    files = {one.format: desk.read(_file(one)) for one in row.files.all()}
    return row, files


def _file(row):
    return reverse("paper_file", kwargs={"paperfile": row.public_id})


def words_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def test_a_quarter_from_the_first_link_to_the_answered_question(
    council, visit, sit, clock, send_mail
):
    # The window opens by the calendar, for teams first, and one button asks everybody.
    asked = open_round(day(2026, 12, 18), clock)
    manager = sit(council.manager)
    at_round = reverse("round", kwargs={"round": asked.public_id})
    page = manager.open(at_round)
    page.get_by_role("button", name="Send links to the 10 leads who are due").click()
    teams = {one["to"]: link_in(one) for one in send_mail()}
    silent = {
        council.council.posts[title].holdings.get(until=None).person.email for title in SILENT
    }
    answered = sum(
        answer_all(visit(width=PHONE), link, f"Work went on as planned. {number}.")
        for number, (address, link) in enumerate(teams.items())
        if address not in silent
    )
    # Directors are asked when their teams have answered. Eleven leads answer on a phone.
    clock.move_to(day(2027, 1, 2))
    page = manager.open(at_round)
    page.get_by_role("button", name="Send links to").click()
    directors = {one["to"]: link_in(one) for one in send_mail() if one["to"] not in teams}
    assert (len(teams), len(directors)) == (10, 3)
    answered += sum(
        answer_all(visit(width=PHONE), link, "My teams told me of this.")
        for link in directors.values()
    )
    said = Update.objects.filter(at__gte=day(2026, 12, 18))
    assert answered == said.count()
    assert len(set(said.values_list("by", flat=True))) == 11

    # Two are silent. They are chased once, however often it is pressed.
    clock.move_to(day(2027, 1, 9))
    page = manager.open(at_round)
    assert page.get_by_text("2 leads owe an answer").is_visible()
    page.get_by_role("button", name="Remind who has not answered").click()
    page.get_by_role("button", name="Remind who has not answered").click()
    assert {one["to"] for one in send_mail()} == silent
    assert send_mail() == []

    # The quarter closes by the calendar; its figures stay.
    clock.move_to(day(2027, 1, 15))
    rounds.turn(at=timezone.now())
    asked.refresh_from_db()
    assert asked.closed_at is not None
    assert asked.figures["all"]["answered"] == answered
    page = manager.open(at_round)
    assert page.get_by_text("As it was counted when it closed").is_visible()

    # The paper for scrutiny.
    scrutiny = Committee.objects.get(name="Overview and Scrutiny Committee")
    january = Meeting.objects.get(committee=scrutiny, on="2027-01-27")
    _first, files = make_paper(manager, scrutiny, january, ("31", "12", "2026"), "Note the report.")
    assert set(files) == {"docx", "pdf", "html"}
    assert files["pdf"].startswith(b"%PDF")
    assert "Note the report." in words_of(files["docx"])
    assert "nothing newly late" in files["html"].decode().replace("\xa0", " ")

    # The committee asks two questions.
    clock.move_to(day(2027, 1, 28))
    clerk = sit(council.council.holding("democratic_services"))
    for question in QUESTIONS:
        page = clerk.open(reverse("record_ask", kwargs={"committee": scrutiny.public_id}))
        page.get_by_label("What did it ask, in its own words?").fill(question)
        page.get_by_label("At which meeting?").select_option(january.public_id)
        for part, typed in (("day", "27"), ("month", "1"), ("year", "2027")):
            page.locator(f"[name=asked_on-{part}]").fill(typed)
        page.get_by_role("main").get_by_role("button").last.click()
    two = list(Ask.objects.filter(committee=scrutiny, meeting=january).order_by("number"))
    assert [one.words for one in two] == list(QUESTIONS)

    # The next quarter answers them, and its paper says so.
    open_round(day(2027, 3, 18), clock)
    for one, told in zip(two, ("£18,400 to 31 December.", "By 31 March 2027."), strict=True):
        page = manager.open(reverse("answer_ask", kwargs={"ask": one.public_id}))
        page.get_by_role("main").locator("textarea").first.fill(told)
        page.get_by_role("main").get_by_role("button").last.click()
    march = Meeting.objects.get(committee=scrutiny, on="2027-03-24")
    _second, files = make_paper(manager, scrutiny, march, ("18", "3", "2027"), "Note the answers.")
    told = words_of(files["docx"])
    for question, answer in zip(QUESTIONS, ("£18,400", "By 31 March 2027."), strict=True):
        assert question in told
        assert answer in told
    assert manager.complaints == []
