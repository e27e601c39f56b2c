"""The door of update links: what it shows, what it keeps, and everything that it does not do."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.web import mails
from goldenthread.web.changes import date_requests, people, update_links
from goldenthread.web.logs import Line
from goldenthread.web.models import (
    AuditEntry,
    AuditFacts,
    DateRequest,
    LinkUse,
    Mail,
    TakenBack,
    Update,
    UpdateLink,
    Visit,
)
from goldenthread.web.queries.update_links import address, token
from goldenthread.web.views import link_door
from web.changes.links import a_link, led, sent_link
from web.views.test_hostile_forms import HOSTILE, _harmless, _sendable
from web.world import AT, DAY, ON, SHOWN, action
from web_pages import Page

THREE = [action(f"Train panel {n}", number=f"B{n}") for n in (1, 2, 3)]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def sent(world):
    """A lead with a link to three actions, and a browser that is nobody's."""
    lead, link, rows = sent_link(world, *THREE)
    return lead, link, rows, Client()


def _at(link, view="update_link", row=None):
    given = {"token": token(link)} | ({"action": row.public_id} if row else {})
    return reverse(view, kwargs=given)


def _text(answer):
    return Page(answer.content).text


def _send(client, link, row, /, **more):
    row.refresh_from_db()
    given = {"key": "k" * 32, "version": row.version, "done": "Trained twelve", "rag": ""}
    given |= {"status": "in_progress", "asks": ""}
    return client.post(_at(link, "link_answer", row), given | more)


def _start(client, link):
    return client.post(_at(link))


# -- reading changes nothing -----------------------------------------------------------------------


def _pages(link, row):
    rows = ("link_answer", "link_kept", "link_take_back", "link_ask_date", "link_not_mine")
    return [_at(link), _at(link, "link_actions"), _at(link, "link_again")] + [
        _at(link, view, row) for view in rows
    ]


def _state():
    models = (LinkUse, Update, AuditEntry, Mail, DateRequest, TakenBack, Visit)
    return [model.objects.count() for model in models] + list(UpdateLink.objects.values())


def test_a_scanner_that_follows_every_link_does_nothing(sent):
    _lead, link, rows, client = sent
    before = _state()
    waiting, seen = [_at(link), _at(link).rstrip("/"), *_pages(link, rows[0])], set()
    while waiting:
        here = waiting.pop()
        if here in seen or not here.startswith("/update/"):
            continue
        seen.add(here)
        for method in (client.get, client.head):
            answer = method(here)
            assert answer.status_code in (200, 302), here
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        answer = client.get(here)
        waiting += [
            attributes["href"]
            for tag, attributes in Page(answer.content).elements
            if tag == "a" and attributes["href"].startswith("/")
        ]
    assert len(seen) > 12
    assert _state() == before


def test_no_page_sets_a_cookie_until_somebody_begins_and_then_of_its_own_path_alone(sent):
    _lead, link, rows, client = sent
    for page in _pages(link, rows[0]):
        assert not client.get(page).cookies
    begun = _start(client, link)
    assert begun["Location"] == _at(link, "link_actions")
    [cookie] = begun.cookies.values()
    assert cookie["path"] == _at(link)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not Visit.objects.exists()


def test_every_answer_is_kept_by_nobody_and_names_itself_to_nobody(sent):
    _lead, link, rows, client = sent
    answers = [client.get(page) for page in _pages(link, rows[0])]
    answers += [client.get("/update/altered/"), _send(client, link, rows[0], done="")]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        for tag, attributes in Page(answer.content).elements:
            assert tag not in ("script", "iframe", "img", "object")
            where = attributes.get("src") or attributes.get("href") or attributes.get("action")
            assert not where or where.startswith(("/static/", "/update/", "#"))


def test_the_link_is_no_way_into_the_workspace(sent, world):
    _lead, link, rows, client = sent
    _start(client, link)
    _send(client, link, rows[0])
    for where in ("workspace_home", "register", "account"):
        assert "/account/sign-in/" in client.get(reverse(where))["Location"]


def test_somebody_who_is_signed_in_as_another_is_the_links_person_here(sent, world):
    lead, link, rows, client = sent
    client.force_login(world.manager)
    assert world.manager.name not in _text(client.get(_at(link, "link_actions")))
    _send(client, link, rows[0])
    assert Update.objects.get(action=rows[0]).by == lead


# -- an update -------------------------------------------------------------------------------------


def test_a_lead_begins_updates_and_sees_what_was_kept(sent):
    lead, link, rows, client = sent
    page = client.get(_at(link))
    assert "You are asked about three actions" in _text(page)
    assert "Quarter 2, 2026/27" in _text(page)
    listed = client.get(_start(client, link)["Location"])
    assert "0 of 3 done" in _text(listed)
    went = _send(client, link, rows[0], changed="Panels are mixed", link="https://x.example/a")
    assert went["Location"] == _at(link, "link_kept", rows[0])
    kept = _text(client.get(went["Location"]))
    for words in ("Your update is kept", "Trained twelve", "Panels are mixed", "x.example/a"):
        assert words in kept
    assert "1 of 3 done" in kept
    assert "Next: B2" in kept
    assert Update.objects.get(by=lead).evidence.get().url == "https://x.example/a"
    # A browser that began goes on where it was.
    assert client.get(_at(link))["Location"] == _at(link, "link_actions")


def test_the_form_is_filled_in_from_last_time_and_its_words_are_shown_above(sent, world):
    _lead, link, rows, client = sent
    more = {"cause": "No trainer", "step": "Hire one", "due": ON + 30 * DAY}
    world.update(rows[0], done="Began", rag="red", status="delayed", at=AT - 30 * DAY, **more)
    page = client.get(_at(link, "link_answer", rows[0]))
    assert "“Began”" in _text(page)
    chosen = {a["value"] for t, a in Page(page.content).elements if t == "input" and "checked" in a}
    assert chosen == {"delayed", "red"}
    assert "No trainer" in _text(page)
    assert "Hire one" in _text(page)


def test_same_as_last_time_is_one_press_and_marked_as_unchanged(sent, world):
    _lead, link, rows, client = sent
    world.update(rows[0], done="Began", rag="green", status="in_progress", at=AT - 30 * DAY)
    rows[0].refresh_from_db()
    given = {"key": "s" * 32, "version": rows[0].version, "same": "yes"}
    went = client.post(_at(link, "link_answer", rows[0]), given)
    assert "Unchanged: the same words" in _text(client.get(went["Location"]))
    rows[0].refresh_from_db()
    assert (rows[0].same_words, rows[0].rag, rows[0].status) == (1, "green", "in_progress")


def test_same_as_last_time_still_asks_for_what_is_wanting(sent, world):
    _lead, link, rows, client = sent
    more = {"cause": "No trainer", "step": "Hire one", "due": ON - DAY}
    world.update(rows[0], done="Began", rag="red", at=AT - 30 * DAY, **more)
    rows[0].refresh_from_db()
    given = {"key": "s" * 32, "version": rows[0].version, "same": "yes"}
    page = client.post(_at(link, "link_answer", rows[0]), given)
    assert page.status_code == 422
    assert "Began" in _text(page)
    assert "No trainer" in _text(page)


def test_red_asks_for_its_cause_step_and_day_and_carries_the_answers_along(sent):
    _lead, link, rows, client = sent
    page = _send(client, link, rows[0], rag="red", changed="Nobody yet")
    assert page.status_code == 200
    assert "What stands in the way?" in _text(page)
    assert not Update.objects.filter(action=rows[0], by__isnull=False).exists()
    fields = {
        a["name"]: a.get("value", "")
        for t, a in Page(page.content).elements
        if t == "input" and a.get("type") == "hidden"
    }
    assert (fields["done"], fields["changed"], fields["rag"]) == (
        "Trained twelve",
        "Nobody yet",
        "red",
    )
    wanting = client.post(_at(link, "link_answer", rows[0]), fields)
    assert wanting.status_code == 422
    assert "It is rated Red: say what is being done to put it right." in _text(wanting)
    fields |= {"cause": "No trainer", "step": "Hire one"}
    fields |= {"due-day": "1", "due-month": "12", "due-year": "2026"}
    client.post(_at(link, "link_answer", rows[0]), fields)
    update = Update.objects.get(action=rows[0], by__isnull=False)
    assert (update.rag, update.changed, update.recovery.step) == ("red", "Nobody yet", "Hire one")


def test_done_asks_for_its_day_and_evidence_and_a_file_need_not_be_chosen_again(sent):
    _lead, link, rows, client = sent
    _start(client, link)
    file = SimpleUploadedFile("list.pdf", b"%PDF-1.7 list")
    page = _send(client, link, rows[0], status="completed", file=file, papers="a" * 32)
    assert "On which day was it done?" in _text(page)
    assert "The file list.pdf is kept for this form" in _text(page)
    given = {"status": "completed", "asks": "completed", "papers": "a" * 32}
    given |= {"completed_on-day": "30", "completed_on-month": "9", "completed_on-year": "2026"}
    went = _send(client, link, rows[0], **given)
    assert "list.pdf" in _text(client.get(went["Location"]))
    rows[0].refresh_from_db()
    assert (rows[0].status, rows[0].completed_on.isoformat()) == ("completed", "2026-09-30")


def test_an_action_that_goes_on_asks_when_it_is_looked_at_again(world):
    _lead, link, (row,) = sent_link(world, action("Hold sessions", when="Ongoing"))
    client = Client()
    page = _send(client, link, row)
    assert "When is it looked at again?" in _text(page)
    given = {"asks": "goes_on", "next_review-day": "1", "next_review-month": "1"}
    assert _send(client, link, row, **given, **{"next_review-year": "2027"}).status_code == 302


def test_a_form_that_is_sent_twice_is_kept_once(sent):
    _lead, link, rows, client = sent
    version = rows[0].version
    for _again in range(3):
        assert _send(client, link, rows[0], version=version).status_code == 302
    assert Update.objects.filter(action=rows[0]).count() == 1


def test_two_at_once_see_both_texts_side_by_side_and_neither_is_lost(sent, world):
    _lead, link, rows, client = sent
    version = rows[0].version
    world.update(rows[0], done="Said in the workspace")
    page = _send(client, link, rows[0], version=version, done="Said on the phone")
    assert page.status_code == 409
    assert "Said in the workspace" in _text(page)
    assert "Said on the phone" in _text(page)
    assert world.manager.name not in _text(page)
    assert _send(client, link, rows[0], done="Said on the phone", key="n" * 32).status_code == 302
    said = [update.done for update in Update.objects.filter(action=rows[0])]
    assert said == ["Said in the workspace", "Said on the phone"]


def test_what_was_sent_is_taken_back_and_its_words_are_in_the_form_again(sent):
    _lead, link, rows, client = sent
    _send(client, link, rows[0], done="Trained twleve")
    asks = client.get(_at(link, "link_take_back", rows[0]))
    assert "Trained twleve" in _text(asks)
    update = Update.objects.get(action=rows[0])
    given = {"key": "t" * 32, "update": update.public_id}
    for _again in range(2):
        went = client.post(_at(link, "link_take_back", rows[0]), given)
        assert went["Location"] == _at(link, "link_answer", rows[0])
    page = client.get(went["Location"])
    assert "Taken back" in _text(page)
    assert "Trained twleve" in _text(page)
    assert "0 of 3 done" in _text(page)
    assert TakenBack.objects.get().update == update


def test_another_date_is_asked_for_and_its_refusal_is_read_next_time(sent, world):
    _lead, link, rows, client = sent
    given = {"key": "d" * 32, "new": "30 June 2027", "reason": "The system is late"}
    client.post(_at(link, "link_ask_date", rows[0]), given)
    page = _text(client.get(_at(link, "link_answer", rows[0])))
    assert "You asked for another date, 30 June 2027" in page
    request = DateRequest.objects.get()
    date_requests.decide_date(
        by=world.manager,
        request=request,
        version=1,
        agreed=False,
        answer="Cabinet was promised March",
        at=AT,
    )
    page = _text(client.get(_at(link, "link_answer", rows[0])))
    assert "Cabinet was promised March" in page


def test_an_action_that_is_not_mine_is_told_and_counts_as_dealt_with(sent):
    _lead, link, rows, client = sent
    wrong = client.post(_at(link, "link_not_mine", rows[0]), {"key": "n" * 32})
    assert wrong.status_code == 422
    given = {"key": "n" * 32, "whose": "Head of Policy"}
    went = client.post(_at(link, "link_not_mine", rows[0]), given)
    page = _text(client.get(went["Location"]))
    assert "You said that it is not yours" in page
    assert "1 of 3 done" in page


# -- an intruder -----------------------------------------------------------------------------------


def test_a_link_shows_nothing_but_its_own_actions(sent, world):
    lead, link, rows, client = sent
    other, theirs = led(world, action("Rewrite the secret policy", lead="Head of Policy"))
    world.update(theirs[0], by=other, done="Words of another lead", evidence=[SHOWN])
    world.update(rows[1], by=world.manager, done="Words on my own action", at=AT - 30 * DAY)
    pages = [_at(link), _at(link, "link_actions")]
    pages += [page for row in rows for page in _pages(link, row)]
    seen = " ".join(client.get(page, follow=True).content.decode() for page in pages)
    assert "Words on my own action" in seen
    for words in ("secret policy", "Words of another lead", "Attendance list", other.email):
        assert words not in seen
    people = type(world.manager).objects.exclude(pk=lead.pk).values_list("name", "email")
    assert [one for pair in people for one in pair if one in seen] == []
    for view in ("link_answer", "link_kept", "link_take_back", "link_ask_date", "link_not_mine"):
        for method in (client.get, client.post):
            answer = method(_at(link, view, theirs[0]), {"done": "x", "whose": "x"})
            assert answer.status_code == 403
            assert "Rewrite" not in answer.content.decode()
    assert Update.objects.filter(action=theirs[0]).count() == 1


def test_an_action_that_is_not_there_and_one_of_another_are_answered_alike(sent, world):
    _lead, link, _rows, client = sent
    _other, theirs = led(world, action("Rewrite the policy", lead="Head of Policy"))
    there = client.get(_at(link, "link_answer", theirs[0]))
    nowhere = client.get(_at(link, "link_answer", theirs[0]).replace(theirs[0].public_id, "zzzz"))
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_what_another_sent_is_not_taken_back(sent, world):
    _lead, link, rows, client = sent
    update = world.update(rows[0])
    given = {"key": "t" * 32, "update": update.public_id}
    assert client.post(_at(link, "link_take_back", rows[0]), given).status_code == 403
    assert not TakenBack.objects.exists()


ALTERED = {
    "cut short": lambda good, other: good[:-3],
    "one sign more": lambda good, other: good + "A",
    "another signature": lambda good, other: good.split(".")[0] + "." + other.split(".")[1],
    "no signature": lambda good, other: good.split(".")[0],
    "capitals": lambda good, other: good.upper(),
    "percent": lambda good, other: "%00" + good,
    "very long": lambda good, other: "x" * 3000,
    "spaces": lambda good, other: "%20" + good,
}


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_address_opens_nothing_and_says_the_same(sent, world, how):
    _lead, link, rows, client = sent
    other = a_link(world, world.somebody(), link.round)
    bad = ALTERED[how](token(link), token(other))
    for page in _pages(link, rows[0]):
        for method in (client.get, client.post):
            answer = method(page.replace(token(link), bad), {"done": "Typed words"})
            assert answer.status_code == 404
            assert "This address is not whole" in _text(answer)
            assert link.person.name not in _text(answer)
    assert not Update.objects.filter(by__isnull=False).exists()


def test_a_form_from_another_site_is_refused(sent):
    _lead, link, rows, client = sent
    for site in ("cross-site", "same-site"):
        client.defaults["HTTP_SEC_FETCH_SITE"] = site
        assert _send(client, link, rows[0]).status_code == 403
        assert _start(client, link).status_code == 403
    assert not LinkUse.objects.exists()
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert _send(client, link, rows[0]).status_code == 302


def test_a_browser_that_keeps_no_cookie_and_sends_no_origin_updates_all_the_same(sent):
    _lead, link, rows, _client = sent
    strict = Client(enforce_csrf_checks=True)
    strict.defaults["HTTP_ORIGIN"] = "null"
    assert _send(strict, link, rows[0]).status_code == 302


FIELDS = {
    "link_answer": ("done", "changed", "status", "rag", "cause", "step", "link", "asks", "papers"),
    "link_ask_date": ("new", "reason"),
    "link_not_mine": ("whose",),
    "link_take_back": ("update",),
}


@pytest.mark.parametrize("view", FIELDS)
def test_hostile_words_in_any_field_do_no_harm(sent, view, monkeypatch):
    monkeypatch.setattr(link_door.ratelimit, "consume", lambda *_given, **_more: True)
    _lead, link, rows, client = sent
    usual = {"done": "Trained", "rag": "red", "asks": "trouble", "new": "30 June 2027"}
    for name in FIELDS[view]:
        for number, hostile in enumerate(HOSTILE[::3]):
            rows[0].refresh_from_db()
            given = usual | {"version": rows[0].version, "key": f"{name}{number}"}
            answer = client.post(_at(link, view, rows[0]), given | {name: _sendable(hostile)})
            _harmless(answer, hostile)
    for page in _pages(link, rows[0]):
        _harmless(client.get(page), "")


# -- shut ------------------------------------------------------------------------------------------


def _shut(world, link, how):
    if how == "withdrawn":
        update_links.withdraw_link(by=world.manager, link=link, version=link.version, at=AT)
    elif how == "replaced":
        a_link(world, link.person, link.round)
    elif how == "expired":
        UpdateLink.objects.filter(pk=link.pk).update(expires_at=AT)
    else:
        type(link.round).objects.filter(pk=link.round.pk).update(closed_at=AT)


TITLES = {
    "withdrawn": "This link was withdrawn",
    "replaced": "This link was replaced by a newer one",
    "expired": "This link has expired",
    "closed": "This round of updates is over",
}


@pytest.mark.parametrize("how", TITLES)
def test_a_link_that_is_shut_says_why_and_what_was_typed_can_be_copied(sent, world, how):
    _lead, link, rows, client = sent
    _start(client, link)
    _shut(world, link, how)
    page = _send(client, link, rows[0], done="Typed with care", changed="For many")
    assert page.status_code == 410
    assert TITLES[how] in _text(page)
    assert "Typed with care" in _text(page)
    assert "For many" in _text(page)
    assert ("Ask for a new link" in _text(page)) is (how != "closed")
    assert rows[0].text not in _text(page)
    assert not Update.objects.filter(by__isnull=False).exists()
    assert client.get(_at(link)).status_code == 410


def test_a_new_link_goes_to_its_own_address_and_a_stranger_learns_nothing(sent, world):
    lead, link, _rows, client = sent
    said = []
    for how in ("expired", "withdrawn"):
        _shut(world, link, how)
        answer = client.post(_at(link, "link_again"), {"key": how * 3})
        assert answer.status_code == 200
        said.append(answer.content)
        link.refresh_from_db()
        if how == "expired":
            assert Mail.objects.order_by("-id").first().person == lead
            link = UpdateLink.objects.first()
    assert said[0] == said[1]
    assert lead.email.encode() not in said[0]


def test_an_action_that_passed_to_another_meanwhile_is_told_with_what_was_typed(sent, world):
    _lead, link, rows, client = sent
    post = rows[0].leads.get().post
    post.refresh_from_db()
    given = {"post": post, "since": ON, "version": post.version, "at": AT}
    people.appoint_holder(by=world.administrator, person=world.somebody(), **given)
    page = _send(client, link, rows[0], done="Typed with care")
    assert page.status_code == 403
    assert "on the link of whoever holds the post now" in _text(page)
    assert "Typed with care" in _text(page)
    assert "Nothing is asked of you in this round" in _text(client.get(_at(link)))


def test_too_many_forms_by_one_link_are_slowed_and_nothing_typed_is_lost(sent):
    _lead, link, rows, client = sent
    answers = [_start(client, link).status_code for _try in range(61)]
    assert answers[-1] == 429
    page = _send(client, link, rows[0], done="Typed with care")
    assert page.status_code == 429
    assert "Typed with care" in _text(page)


# -- forwarded, and on record ----------------------------------------------------------------------


def test_a_link_that_was_forwarded_works_and_is_seen(sent):
    lead, link, rows, client = sent
    _start(client, link)
    _start(client, link)
    assert LinkUse.objects.count() == 1
    other = Client()
    _start(other, link)
    _send(other, link, rows[0])
    assert [(use.what, use.elsewhere) for use in LinkUse.objects.all()] == [
        ("opened", False),
        ("opened", True),
        ("updated", True),
    ]
    assert Mail.objects.get(kind="link_elsewhere").person == lead


def test_every_use_is_in_the_audit_without_the_address_or_the_browser(sent):
    _lead, link, rows, client = sent
    _start(client, link)
    mark = client.cookies[link_door.COOKIE].value
    _send(client, link, rows[0])
    update = Update.objects.get(action=rows[0])
    for view, given in (
        ("link_take_back", {"update": update.public_id}),
        ("link_ask_date", {"new": "30 June 2027", "reason": "Late"}),
        ("link_not_mine", {"whose": "Nobody knows"}),
    ):
        client.post(_at(link, view, rows[0]), {"key": view[:20]} | given)
    client.post(_at(link, "link_again"), {"key": "again"})
    first = AuditEntry.objects.get(act="link.opened").number
    assert list(
        AuditEntry.objects.filter(number__gte=first)
        .order_by("number")
        .values_list("act", flat=True)
    ) == [
        *("link.opened", "action.updated", "update.taken_back", "date.asked_for"),
        *("action.not_mine", "link.asked_for"),
    ]
    whole = str(list(AuditFacts.objects.values())) + str(list(AuditEntry.objects.values()))
    assert token(link).split(".")[1] not in whole
    assert mark not in whole
    assert "127.0.0.1" not in whole


def test_no_line_of_the_log_holds_an_address(sent, settings, capsys, caplog):
    _lead, link, rows, client = sent
    lines = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(Line("%(levelname)s %(name)s %(message)s").format(record))

    handler = Kept(level=logging.DEBUG)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        client.get(_at(link).replace(token(link), token(link) + "x"))
        _send(client, link, rows[0], done="")
        client.get(_at(link, "link_answer", rows[0]).replace(rows[0].public_id, "zz"))
        logging.getLogger("goldenthread").error("Fault at %s", _at(link), exc_info=True)
    finally:
        root.removeHandler(handler)
    assert len(lines) >= 4
    assert token(link).split(".")[1] not in "\n".join(lines)
    assert settings.LOGGING["formatters"]["line"]["()"] == "goldenthread.web.logs.Line"


def test_the_mail_about_another_device_leads_to_the_page_where_it_is_taken_back(sent):
    lead, link, _rows, client = sent
    _start(client, link)
    _start(Client(), link)
    message = mails.word(Mail.objects.get(kind="link_elsewhere"))
    assert message.to == [lead.email]
    assert address(link) in message.body
    assert "another device than the first" in message.body


def test_the_mail_holds_the_address_and_no_word_of_a_plan(sent):
    lead, link, rows, _client = sent
    message = mails.word(Mail.objects.get(kind="update_link"))
    assert message.to == [lead.email]
    assert address(link) in message.body
    assert "14 October 2026" in message.body
    assert [row.text for row in rows if row.text in message.body] == []
    assert len(re.findall(r"https?://", message.body)) == 1
    UpdateLink.objects.filter(pk=link.pk).update(expires_at=AT - timedelta(hours=1))
    assert mails.word(Mail.objects.get(kind="update_link")) is None
