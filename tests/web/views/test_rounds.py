"""The pages of rounds: what the chase screen shows and does, days in words, and what is refused."""

import re
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import chase as changes
from goldenthread.web.changes import rounds
from goldenthread.web.models import Action, Cadence, Mail, Round, UpdateLink
from web.changes.test_rounds import SPRING, at, kept, opened
from web.world import AT, SHOWN, action
from web_pages import Page

NOW = timezone.make_aware(datetime(2026, 10, 1, 9))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def row(world, client):
    """A round that is open, of three leads, seen by the programme manager."""
    world.plan(
        action("Train panels", lead="Head of Learning"),
        action("Publish the gap", lead="Head of Policy"),
        action("House people fairly", lead="Director of Housing and Communities"),
        action("Listen", lead="All managers"),
        at=SPRING,
    )
    client.force_login(world.manager)
    return opened(world, when=at(2026, 9, 17))


def _page(row, query="", view="round"):
    return reverse(view, kwargs={"round": row.public_id}) + query


def _text(answer):
    return " ".join(Page(answer.content).text.split())


def test_the_screen_says_how_many_have_no_word_and_until_when(client, row):
    text = _text(client.get(_page(row)))
    assert "4 of 4 actions have no update yet." in text
    assert "The window closes on Wednesday 14 October 2026" in text
    assert "Leads can answer from 17 September 2026, directors from 1 October 2026." in text
    assert "3 leads owe an answer, and of 1 action nobody can be asked." in text


def test_the_headline_says_when_everybody_answered_and_when_the_window_is_over(world, client, row):
    with time_machine.travel(at(2026, 10, 15)):
        client.force_login(world.manager)
        assert "The window closed on 14 October 2026" in _text(client.get(_page(row)))
    for one in Action.objects.all():
        world.update(one, at=AT, evidence=[SHOWN])
    client.force_login(world.manager)
    assert "all 4 actions have their update" in _text(client.get(_page(row)))
    rounds.close_round(by=world.manager, round=row, version=1, at=AT)
    text = _text(client.get(_page(row)))
    assert "Quarter 2, 2026/27: 4 of 4 actions were answered in time" in text
    assert "Closed by Priya Raman" in text


def test_late_updates_are_told_beside_the_figures_that_stay(world, client, row):
    rounds.close_round(by=world.manager, round=row, version=1, at=at(2026, 10, 15))
    world.update(Action.objects.get(text="Train panels"), at=at(2026, 10, 20))
    with time_machine.travel(at(2026, 10, 21)):
        client.force_login(world.manager)
        text = _text(client.get(_page(row)))
    assert "0 of 4 actions were answered in time" in text
    assert "1 update came after it closed, and is kept as late." in text


def test_one_press_sends_and_a_second_says_that_nothing_was_sent(client, row):
    told = _text(client.post(_page(row, view="send_links"), follow=True))
    assert "Links go to 3 leads." in told
    assert "Of 1 action nobody can be asked" in told
    assert "Everybody who is due was sent a link today" in told
    told = _text(client.post(_page(row, view="send_links"), follow=True))
    assert "3 leads were sent one today already" in told
    assert Mail.objects.count() == 3


def test_a_single_lead_is_sent_theirs_and_the_screen_stays_narrowed(world, client, row):
    person = world.council.people["Joanna Osei"]
    given = {"person": person.public_id}
    answer = client.post(_page(row, "?state=due", view="send_links"), given)
    assert answer["location"].endswith("?state=due")
    assert [mail.person for mail in Mail.objects.all()] == [person]
    told = _text(client.post(_page(row, view="send_links"), given, follow=True))
    assert "Joanna Osei was sent a link today, so nothing was sent." in told


@pytest.mark.parametrize("person", ["nonesuch", "'or'1'='1", "<b>x</b>"])
def test_somebody_who_is_not_there_is_sent_nothing(client, row, person):
    assert client.post(_page(row, view="send_links"), {"person": person}).status_code == 404
    assert not UpdateLink.objects.exists()


@pytest.mark.parametrize("view", ["send_links", "remind"])
def test_to_open_the_address_of_a_button_does_nothing(client, row, view):
    assert client.get(_page(row, view=view))["location"] == _page(row)
    assert not Mail.objects.exists()


def test_a_round_that_is_over_says_so_and_sends_nothing(world, client, row):
    with time_machine.travel(at(2026, 10, 15)):
        client.force_login(world.manager)
        told = _text(client.post(_page(row, view="send_links"), follow=True))
    assert "This round is over, so no link was sent." in told


def test_reminders_are_sent_once_and_then_said_to_be(world, client, row):
    assert "There is nobody to remind today" in _text(
        client.post(_page(row, view="remind"), follow=True)
    )
    changes.send_links(by=world.manager, round=row, at=at(2026, 9, 30))
    told = _text(client.post(_page(row, view="remind"), follow=True))
    assert "Reminders are on their way" in told
    assert Mail.objects.filter(kind="reminder").count() == 2
    assert "Reminded once" in _text(client.get(_page(row)))


@pytest.mark.parametrize(
    "query", ["?state=x", "?mark=<b>", "?part=\0", "?lead=%00", "?page=999999999"]
)
def test_an_address_that_is_misspelt_is_as_if_it_were_not_said(client, row, query):
    assert "4 of 4 actions have no update yet." in _text(client.get(_page(row, query)))


def test_what_is_to_be_done_is_said_where_nobody_can_be_asked(client, row):
    page = client.get(_page(row, "?state=nobody"))
    assert "This is no post of the council: say which post answers" in _text(page)
    listen = Action.objects.get(text="Listen")
    assert reverse("hand_over", kwargs={"action": listen.public_id}) in page.content.decode()


def test_a_director_sees_their_directorate_and_no_button(world, client, row):
    client.force_login(world.council.people["Colette Mbeki"])
    page = client.get(_page(row))
    text = _text(page)
    assert "1 of 1 actions has no update yet" in text
    assert "House people fairly" in text
    assert "Train panels" not in text
    assert b"<form" not in page.content
    assert client.post(_page(row, view="send_links")).status_code == 403
    home = _text(client.get(reverse("workspace_home")))
    assert "Quarter 2, 2026/27: 1 of 1 without an update" in home
    assert "1 of your actions wants an update" in home


def test_a_lead_sees_what_is_asked_of_them_and_until_when(world, client, row):
    client.force_login(world.council.people["Joanna Osei"])
    home = _text(client.get(reverse("workspace_home")))
    assert "Quarter 2, 2026/27: 1 of your 1 actions wants an update" in home
    assert "Until 14 October 2026" in home
    world.update(Action.objects.get(text="Train panels"), at=AT)
    home = _text(client.get(reverse("workspace_home")))
    assert "you have said how all of your actions stand" in home
    assert client.get(_page(row)).status_code == 403


def test_the_screen_takes_at_most_20_queries_with_few_actions_and_with_many(world, client, row):
    counts = []
    for size in (4, 150):
        if size > 4:
            world.plan(
                *(action(f"Action {n}", lead="Chief Executive") for n in range(150)), at=SPRING
            )
        changes.send_links(by=world.manager, round=row, at=AT)
        client.get(_page(row))
        with CaptureQueriesContext(connection) as found:
            assert client.get(_page(row)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 20, [query["sql"][:120] for query in found]


# -- opening, keeping open, closing ----------------------------------------------------------------


def test_a_round_is_opened_with_the_days_of_its_window(world, client):
    world.plan(action("Train panels"), at=SPRING)
    client.force_login(world.manager)
    page = client.get(reverse("rounds"))
    assert "Open the round of quarter 2, 2026/27" in _text(page)
    address = re.search(r'href="([^"]*/open/\?of=[^"]+)"', page.content.decode())[1]
    form = client.get(address)
    assert "Opening it sends nothing." in _text(form)
    days = {
        f"{name}-{part}": getattr(value, part)
        for name, value in {
            "teams_from": date(2026, 9, 17),
            "directors_from": date(2026, 10, 1),
            "closes": date(2026, 10, 14),
        }.items()
        for part in ("day", "month", "year")
    }
    for name, value in days.items():
        assert (
            f'name="{name}" type="text" value="{value}"' in " ".join(form.content.decode().split())
            or str(value) in form.content.decode()
        )
    refused = client.post(address, days | {"closes-month": 9, "key": "a" * 20})
    assert refused.status_code == 422
    assert "before the period ends" in _text(refused)
    done = client.post(address, days | {"key": "b" * 20}, follow=True)
    assert "The round is open. Nothing was sent yet" in _text(done)
    assert Round.objects.get().closes == date(2026, 10, 14)
    again = client.get(address, follow=True)
    assert "somebody may have opened it" in _text(again)


def test_a_round_is_kept_open_and_closed_and_somebody_else_is_told(client, row):
    keep, close = _page(row, view="keep_round_open"), _page(row, view="close_round")
    given = {"closes-day": 21, "closes-month": 10, "closes-year": 2026, "version": 1}
    assert "The round stays open." in _text(client.post(keep, given, follow=True))
    late = client.post(close, {"version": 1})
    assert late.status_code == 409
    assert "21 October 2026" in _text(late)
    assert "4 of 4 actions have no update in it." in _text(client.get(close))
    done = client.post(close, {"version": 2}, follow=True)
    assert "The round is closed, and its figures stand." in _text(done)
    row.refresh_from_db()
    assert row.figures["all"] == {
        "asked": 4, "answered": 0, "late": 0, "silent": 3, "nobody": 1, "without_evidence": 0,
        "unchanged": 0,
    }  # fmt: skip


def test_earlier_rounds_are_listed_with_their_figures_and_drawn_once_there_are_two(
    world, client, row
):
    rounds.close_round(by=world.manager, round=row, version=1, at=AT)
    text = _text(client.get(reverse("rounds")))
    assert "Earlier rounds" in text
    assert "Actions whose lead answered in time" not in text
    Round.objects.create(
        unit=row.unit, begins=date(2026, 4, 1), ends=date(2026, 6, 30), opened_at=AT, closed_at=AT,
        teams_from=date(2026, 6, 17), directors_from=date(2026, 7, 1), closes=date(2026, 7, 14),
        figures={"all": {"asked": 4, "answered": 3, "late": 0, "silent": 1, "nobody": 0}},
    )  # fmt: skip
    page = client.get(reverse("rounds"))
    assert "Actions whose lead answered in time, round after round" in _text(page)
    assert "75%" in _text(page)
    assert page.content.count(b"<svg xmlns") == 2
    assert client.get(_page(row)).content.count(b"<svg xmlns") == 2


# -- how often -------------------------------------------------------------------------------------


def test_the_days_are_told_in_words_before_they_are_kept(world, client, row):
    address = reverse("unit_cadence", kwargs={"unit": world.unit().public_id})
    given = {"months": "3", "teams_before": "7", "directors_before": "", "grace": "10"}
    check = client.post(address, given | {"version": 0, "key": "c" * 20})
    assert (
        "Windows open for leads on 25 December, for directors on 1 January, and close on "
        "10 January." in _text(check)
    )
    assert not Cadence.objects.exists()
    done = client.post(
        address, given | {"version": 0, "key": "c" * 20, "checked": "yes"}, follow=True
    )
    assert "It was kept, from the next window on." in _text(done)
    kept_now = Cadence.objects.get()
    assert (kept_now.teams_before, kept_now.directors_before, kept_now.grace) == (7, 0, 10)
    assert "every quarter" in _text(client.get(reverse("cadences")))


def test_numbers_that_make_no_window_are_refused_beside_their_field(world, client, row):
    address = reverse("unit_cadence", kwargs={"unit": world.unit().public_id})
    given = {"months": "1", "teams_before": "20", "grace": "20", "version": 0, "checked": "yes"}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "two would be open at once" in _text(refused)


@pytest.mark.parametrize("kind", ["plan", "action"])
def test_a_plan_and_an_action_are_asked_about_as_often_as_was_chosen(world, client, row, kind):
    of = Action.objects.first() if kind == "action" else Action.objects.first().plan
    address = reverse(f"{kind}_cadence", kwargs={kind: of.public_id})
    client.post(address, {"months": "12", "version": 0, "checked": "yes"})
    assert Cadence.objects.get().months == 12
    assert "every year" in _text(client.get(reverse("cadences")))
    late = client.post(address, {"months": "6", "version": 0, "checked": "yes"})
    assert late.status_code == 409
    ended = reverse("end_cadence", kwargs={"cadence": Cadence.objects.get().public_id})
    client.post(ended, {"version": 1})
    assert "Nobody has chosen anything" in _text(client.get(reverse("cadences")))


def test_the_cadence_of_a_part_says_whose_window_comes_next(world, client, row):
    kept(world, world.unit("Resources"), 6)
    text = _text(client.get(reverse("cadences")))
    assert "Resources, every half-year" in text
    assert "Windows open for leads on 18 March, for directors on 1 April" in text
