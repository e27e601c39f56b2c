"""Pages of bodies, meetings, asks and consultation, as those who use them see them."""

from datetime import UTC, datetime, time

import icalendar as other
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from goldenthread.web.changes import meetings, terms
from goldenthread.web.models import Ask, Committee, Consultation, Meeting, Stance
from web.views.sending import day
from web.world import AT, DAY, ON
from web_pages import Page

SECRET = "s" * 43


def _client(person):
    client = Client()
    client.force_login(person)
    return client


def _text(person, name, **given):
    answer = _client(person).get(reverse(name, kwargs=given or None))
    assert answer.status_code == 200
    return Page(answer.content).text


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=True):
        yield


def test_the_calendar_is_told_by_month_with_what_comes_next(world):
    body = world.committee(name="Cabinet")
    world.meeting(body, ON + 5 * DAY, starts=time(18, 30), place="Chamber", papers_before=3)
    text = _text(world.manager, "meetings")
    assert "Cabinet meets next, on 6 October 2026; the next papers are due 3 October 2026" in text
    assert "October 2026" in text
    assert "18:30, Chamber" in text
    assert "Next meeting: Cabinet" in _text(world.manager, "workspace_home")


@pytest.mark.parametrize(
    "query", ["?year=0", "?year=99999", "?year=x", "?body=nonesuch", "?year=1e9"]
)
def test_an_address_that_asks_for_no_year_shows_this_one(world, query):
    answer = _client(world.manager).get(reverse("meetings") + query)
    assert "2026/27" in Page(answer.content).text


def test_a_day_with_two_meetings_is_marked(world):
    for _ in range(2):
        world.meeting(world.committee(), ON + DAY)
    assert _text(world.manager, "meetings").count("Another meeting on this day") == 2


def test_the_days_of_a_series_are_seen_before_they_are_kept(world):
    body = world.committee()
    client, address = (
        _client(world.manager),
        reverse("arrange_meetings", kwargs={"committee": body.public_id}),
    )
    sending = {"every": "month", "starts": "6.30pm", "papers_before": "8", "key": "k" * 32}
    sending |= day("on", ON) | day("last", ON + 70 * DAY)
    text = Page(client.post(address, sending).content).text
    assert "Thursday 1 October 2026, papers due 23 September 2026" in text
    assert "bank holidays" in text
    assert not Meeting.objects.exists()
    client.post(address, sending | {"checked": "yes"})
    assert [one.starts for one in body.meetings.all()] == [time(18, 30)] * 3


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("18:30", time(18, 30)),
        ("6.30pm", time(18, 30)),
        ("7 pm", time(19)),
        ("12 noon", time(12)),
        ("12am", time(0)),
        ("0930", time(9, 30)),
    ],
)
def test_an_hour_is_read_as_people_write_it(world, typed, hour):
    meeting = world.meeting()
    address = reverse("change_meeting", kwargs={"meeting": meeting.public_id})
    sending = {"starts": typed, "version": 1} | day("on", meeting.on)
    assert _client(world.manager).post(address, sending).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts == hour


@pytest.mark.parametrize("typed", ["7", "25:00", "13pm", "soon", "18:60", "٣"])
def test_an_hour_that_could_be_two_or_none_is_refused(world, typed):
    meeting = world.meeting()
    address = reverse("change_meeting", kwargs={"meeting": meeting.public_id})
    answer = _client(world.manager).post(
        address, {"starts": typed, "version": 1} | day("on", meeting.on)
    )
    assert answer.status_code == 422
    assert "Enter an hour" in Page(answer.content).text


# -- a diary ---------------------------------------------------------------------------------------


def _diary(person, secret=SECRET):
    meetings.renew_calendar_link(by=person, secret=secret, at=AT)
    answer = Client().get(reverse("diary", kwargs={"secret": secret}))
    assert answer.status_code == 200
    return answer


def test_a_diary_reads_meetings_without_signing_in_and_is_kept_by_no_cache(world):
    meeting = world.meeting(world.committee(name="Cabinet"), ON + DAY, starts=time(18, 30))
    answer = _diary(world.somebody("councillor"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    [event] = other.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Cabinet"
    assert event.decoded("DTSTART") == datetime(2026, 10, 2, 17, 30, tzinfo=UTC)
    assert str(event["URL"]).endswith(reverse("meeting", kwargs={"meeting": meeting.public_id}))


def test_the_name_of_a_meeting_stays_and_its_number_grows_as_it_moves_and_is_cancelled(world):
    meeting, seen = world.meeting(on=ON + DAY), []
    deeds = [
        lambda: None,
        lambda: meetings.change_meeting(
            by=world.manager, meeting=meeting, on=ON + 2 * DAY, version=1, at=AT
        ),
        lambda: meetings.cancel_meeting(
            by=world.manager, meeting=meeting, reason="Snow", version=2, at=AT
        ),
    ]
    person = world.somebody("councillor")
    for number, deed in enumerate(deeds):
        deed()
        [event] = other.Calendar.from_ical(_diary(person, f"{number}" * 43).content).walk("VEVENT")
        seen.append((str(event["UID"]), event["SEQUENCE"], event["STATUS"]))
    name = f"{meeting.public_id}@goldenthread"
    assert seen == [(name, 0, "CONFIRMED"), (name, 1, "CONFIRMED"), (name, 2, "CANCELLED")]


def test_an_address_that_was_renewed_or_never_was_is_not_found(world):
    _diary(world.manager)
    _diary(world.manager, "t" * 43)
    for secret in (SECRET, "u" * 43, "x", "%00"):
        assert Client().get(f"/diary/{secret}.ics").status_code == 404


def test_the_secret_is_on_the_page_once_and_in_no_row(world):
    client = _client(world.manager)
    page = Page(client.post(reverse("my_calendar"), {"renew": "yes"}).content)
    [address] = [
        a["value"] for tag, a in page.elements if tag == "input" and a.get("id") == "address"
    ]
    assert Client().get(address.removeprefix("http://testserver")).status_code == 200
    assert address not in client.get(reverse("my_calendar")).content.decode()
    client.post(reverse("my_calendar"), {"end": "yes"})
    assert Client().get(address.removeprefix("http://testserver")).status_code == 404


def test_somebody_whose_roles_have_ended_has_an_empty_diary(world):
    world.meeting(on=ON + DAY)
    person = world.somebody("councillor")
    meetings.renew_calendar_link(by=person, secret=SECRET, at=AT)
    person.grants.update(until=ON - DAY)
    answer = Client().get(reverse("diary", kwargs={"secret": SECRET}))
    assert other.Calendar.from_ical(answer.content).walk("VEVENT") == []


# -- asks ------------------------------------------------------------------------------------------


def test_all_asks_are_narrowed_by_state_body_post_and_words(world):
    body = world.committee(name="Scrutiny", letter="S")
    world.ask(body, text="What has it cost?", due=ON - DAY)
    world.answer(world.ask(body, text="Who leads it?", post=world.council.posts["Head of Policy"]))
    client, page = _client(world.manager), reverse("asks")

    def shown(query):
        text = Page(client.get(page + query).content).text
        return {words for words in ("What has it cost?", "Who leads it?") if words in text}

    post = world.council.posts["Head of Policy"].public_id
    both = {"What has it cost?", "Who leads it?"}
    assert shown("") == both
    assert shown("?state=overdue") == {"What has it cost?"}
    assert shown("?state=answered") == {"Who leads it?"}
    assert shown("?state=nonesuch") == both
    assert shown(f"?post={post}") == {"Who leads it?"}
    assert shown(f"?body={body.public_id}&words=cost") == {"What has it cost?"}
    assert shown("?words=%00zzz") == set()


def test_an_ask_is_recorded_from_an_action_and_stands_on_its_page(world):
    row, body = world.action(), world.committee(name="Scrutiny", letter="S")
    address = reverse("record_ask", kwargs={"committee": body.public_id})
    page = _client(world.manager)
    shown = page.get(f"{address}?about=action:{row.public_id}").content.decode()
    assert f'value="action:{row.public_id}" selected' in shown
    sending = {"text": "Why is it late?", "kind_of_ask": "request"} | day("asked_on", ON)
    page.post(address, sending | {"about": f"action:{row.public_id}"})
    assert Ask.objects.get().action == row
    text = _text(world.manager, "action", action=row.public_id)
    assert "What bodies asked about this" in text
    assert "Why is it late?" in text


def test_what_a_post_was_asked_waits_on_the_first_page_of_whoever_holds_it(world):
    person = world.somebody("lead_officer")
    row = world.ask(post=world.holding(person), text="What has it cost?")
    assert "What has it cost?" in _text(person, "workspace_home")
    world.answer(row)
    assert "What has it cost?" not in _text(person, "workspace_home")


def test_who_keeps_the_bodies_sees_what_nobody_answered(world):
    world.ask(text="What has it cost?", due=ON - DAY)
    assert "Requests that are overdue" in _text(world.manager, "workspace_home")
    assert "overdue" not in _text(world.somebody("councillor"), "workspace_home")


def test_a_link_in_an_answer_that_runs_is_never_a_link(world):
    row = world.ask()
    world.answer(row, link="https://brackenford.example/full")
    page = Page(_client(world.manager).get(reverse("ask", kwargs={"ask": row.public_id})).content)
    links = [a["href"] for tag, a in page.elements if tag == "a" and "href" in a]
    assert "https://brackenford.example/full" in links


# -- consultation ----------------------------------------------------------------------------------


def test_a_plan_is_put_to_bodies_and_the_union_reads_timetable_and_edition(world):
    plan, staff = world.plan(), world.committee(name="Staff side", kind="trade_union")
    edition = world.edition(plan)
    address = reverse("consult", kwargs={"plan": plan.public_id})
    sending = {"text": "Well?", "about": f"edition:{edition.public_id}"}
    sending |= day("asked_on", ON) | day("wanted_by", ON + 30 * DAY)
    client = _client(world.manager)
    assert client.post(address, sending).status_code == 422
    assert client.post(address, sending | {"committees": [staff.public_id]}).status_code == 302
    row = Consultation.objects.get()
    union = world.speaker(staff)
    text = _text(union, "consultation", consultation=row.public_id)
    assert "0 of 1 body has answered" in text
    assert "31 October 2026" in text
    assert "Well?" in _text(union, "consultation", consultation=row.public_id)
    shown = _client(union).get(reverse("consulted_edition", kwargs={"consultation": row.public_id}))
    assert plan.title in shown.content.decode()
    assert "Staff side" in _text(union, "committee", committee=staff.public_id)


def test_a_union_answers_in_its_own_words_and_nobody_else_is_offered_to(world):
    staff = world.committee(name="Staff side", kind="trade_union")
    row, union = world.consultation(committees=[staff]), world.speaker(staff)
    address = reverse("record_stance", kwargs={"committee": staff.public_id})
    sending = {"about": f"consultation:{row.public_id}", "stance": "objects"}
    sending |= day("said_on", ON)
    answer = _client(union).post(address, sending)
    assert "Say what the body objects to" in Page(answer.content).text
    assert _client(union).post(address, sending | {"text": "<b>No</b>"}).status_code == 302
    said = Stance.objects.get()
    assert (said.words, said.public, said.consultation) == ("<b>No</b>", False, row)
    page = _client(union).get(reverse("consultation", kwargs={"consultation": row.public_id}))
    assert "&lt;b&gt;No&lt;/b&gt;" in page.content.decode()
    assert _client(world.manager).get(address).status_code == 403
    offered = _text(world.manager, "plan", plan=row.plan.public_id)
    assert "Say what Staff side thinks" not in offered


@pytest.mark.parametrize("about", ["", "plan:nonesuch", "edition:x", "action:' or 1=1", "x"])
def test_what_a_body_speaks_of_is_one_of_those_that_are_offered(world, about):
    staff = world.committee()
    address = reverse("record_stance", kwargs={"committee": staff.public_id})
    sending = {"about": about, "stance": "supports"} | day("said_on", ON)
    assert _client(world.speaker(staff)).post(address, sending).status_code == 422
    assert not Stance.objects.exists()


def test_an_edition_that_was_not_put_to_anybody_is_not_read_through_a_consultation(world):
    row = world.consultation()
    address = reverse("consulted_edition", kwargs={"consultation": row.public_id})
    assert _client(world.manager).get(address).status_code == 404


# -- words, and how much is asked of the database --------------------------------------------------


def test_the_words_in_use_are_told_with_who_chose_them_and_what_was_before(world):
    for text, days in (("one", 9), ("two", 1)):
        terms.choose_term(
            by=world.manager,
            stands_for="all of us",
            text=text,
            chosen_by="the network",
            since=ON - days * DAY,
            at=AT,
        )
    text = _text(world.manager, "terms")
    assert "Chosen by the network. Used since 30 September 2026." in text
    assert "Used before" in text


@pytest.mark.parametrize(
    "name", ["committees", "meetings", "asks", "committee", "action", "workspace_home"]
)
def test_the_queries_of_a_page_do_not_grow_with_what_it_shows(
    world, django_assert_max_num_queries, name
):
    row = world.action()
    bodies = [world.committee() for _ in range(4)]
    for body in bodies:
        world.meeting(body, ON + DAY)
        for _ in range(4):
            world.answer(world.ask(body, about=row))
        world.stance(body, row)
    given = {
        "committee": {"committee": bodies[0].public_id},
        "action": {"action": row.public_id},
    }
    client = _client(world.manager)
    client.get(reverse("asks"))
    world.consultation(row)
    with django_assert_max_num_queries(20):
        assert client.get(reverse(name, kwargs=given.get(name))).status_code == 200
    assert Committee.objects.count() == 5
