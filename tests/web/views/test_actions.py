"""One action's page and its forms: what is told, what is asked, and what nothing typed may do."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import review
from goldenthread.web.models import (
    Action,
    AuditEntry,
    Evidence,
    Lead,
    Post,
    Promise,
    Recovery,
    Update,
)
from hostile import LINKS, VECTORS
from web.world import SHOWN, action
from web_pages import Page


def _url(name, row):
    return reverse(name, kwargs={"action": row.public_id})


def _day(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def _send(client, row, name="add_update", **said):
    row.refresh_from_db()
    given = {"version": row.version, "key": "k" * 16} | said
    return client.post(_url(name, row), given)


@pytest.fixture
def row(world):
    return world.action(action("Train interview panels", "31 December 2025"))


@pytest.fixture
def manager(world, client):
    client.force_login(world.manager)
    return client


@pytest.fixture
def onlooker(world):
    client = Client()
    client.force_login(world.somebody("councillor"))
    return client


# -- its page --------------------------------------------------------------------------------------


def test_the_page_tells_the_whole_story_in_order(world, manager, row):
    world.update(row, done="Trained 41 people", changed="Panels are mixed", evidence=[SHOWN])
    row.refresh_from_db()
    review.move_date(
        by=world.manager,
        action=row,
        version=row.version,
        promise=Promise.objects.get(action=row),
        new="31 March 2099",
        reason="The supplier was late",
        agreed_by="Chief Executive",
        at=timezone.now(),
    )
    page = Page(manager.get(_url("action", row)).content)
    story = [
        "Recommendation 1.",
        "Promised for 31 December 2025",
        "Trained 41 people",
        "What changed, and for whom: Panels are mixed",
        "Attendance list",
        "to 31 March 2099",
        "The supplier was late The date before was 31 December 2025.",
        "Agreed by the Chief Executive.",
        "Next.",
    ]
    places = [page.text.find(words) for words in story]
    assert -1 not in places
    assert places == sorted(places)
    assert len(page.having("gt-knot--moved")) == 1
    assert "Late" in page.text
    assert "years later" in page.text or "months later than first promised" in page.text


def test_the_page_offers_what_this_person_may_do_and_no_more(world, manager, onlooker, row):
    forms = [_url(n, row) for n in ("add_update", "move_date", "hand_over", "reword_action")]
    assert set(forms) <= set(Page(manager.get(_url("action", row)).content).links)
    seen = Page(onlooker.get(_url("action", row)).content)
    assert not set(forms) & set(seen.links)
    assert "You may read this story" in seen.text


@pytest.mark.parametrize("name", ["add_update", "move_date", "reword_action", "hand_over"])
def test_whoever_may_not_change_it_is_refused_both_ways(onlooker, row, name):
    before = AuditEntry.objects.count()
    assert onlooker.get(_url(name, row)).status_code == 403
    assert _send(onlooker, row, name, done="x").status_code == 403
    assert AuditEntry.objects.count() == before + 2
    assert AuditEntry.objects.order_by("-number").first().act == "refused"
    assert Update.objects.filter(action=row).count() == 0


@pytest.mark.parametrize("name", ["action", "add_update", "move_date", "reword_action"])
def test_another_units_identifier_is_refused_and_the_audit_says_so(world, client, name):
    theirs = world.action(action("Theirs alone"), unit=world.unit("Resources"))
    director = world.council.people["Colette Mbeki"]
    client.force_login(director)
    answer = client.get(_url(name, theirs))
    assert answer.status_code == 403
    assert "Theirs alone" not in answer.content.decode()
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.act, entry.actor, entry.object_id) == (
        "refused",
        director.public_id,
        theirs.public_id,
    )


def test_links_show_both_ways_and_only_to_what_may_be_seen(world, client):
    row = world.action(action("Train interview panels"), unit=world.unit("People"))
    other = world.action(action("The other end"))
    hidden = world.action(action("Out of sight"), unit=world.unit("Resources"))
    for to in (other, hidden):
        plans.link(
            by=world.manager,
            from_=row,
            to=to,
            meaning="needs",
            since=timezone.localdate(),
            at=timezone.now(),
        )
    client.force_login(world.manager)
    assert "The other end" in Page(client.get(_url("action", row)).content).text
    back = Page(client.get(_url("action", other)).content)
    assert "What it is joined to Is needed by action:" in back.text
    director = world.somebody("director", world.unit("Housing and Communities"))
    client.force_login(director)
    joined = client.get(_url("action", other)).content.decode()
    assert "The other end" in joined
    assert "Train interview panels" not in joined
    client.force_login(world.somebody("director", world.unit("Resources")))
    assert "Train interview panels" in client.get(_url("action", hidden)).content.decode()


def test_the_number_of_queries_of_a_page_does_not_grow_with_its_story(
    world, manager, row, django_assert_max_num_queries
):
    used = []
    for number in (1, 10):
        for n in range(number):
            world.update(row, done=f"Update {number} {n}", evidence=[SHOWN])
        with django_assert_max_num_queries(20) as asked:
            manager.get(_url("action", row))
        used.append(len(asked.captured_queries))
    assert used[0] == used[1]


# -- an update -------------------------------------------------------------------------------------


DUE = timezone.localdate() + timedelta(days=30)
TROUBLE = {
    "cause": "Nobody tendered",
    "step": "Ask three suppliers",
    **{f"due-{part}": getattr(DUE, part) for part in ("day", "month", "year")},
}


def test_an_update_is_added_to_the_story(manager, row):
    answer = _send(
        manager,
        row,
        done="Trained 41",
        changed="Night staff",
        status="in_progress",
        rag="amber",
        **TROUBLE,
        title_1="List",
        link_1="https://brackenford.example/list",
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, _url("action", row))
    update = Update.objects.get(action=row)
    assert (update.done, update.changed, update.rag) == ("Trained 41", "Night staff", "amber")
    assert Evidence.objects.get(update=update).url == "https://brackenford.example/list"
    kept = Recovery.objects.get(update=update)
    assert (kept.cause, kept.step, kept.due) == ("Nobody tendered", "Ask three suppliers", DUE)
    page = Page(manager.get(_url("action", row)).content)
    assert "Your update was added" in page.text
    assert "Amber" in page.text
    assert "Why: Nobody tendered" in page.text
    assert "What is being done: Ask three suppliers" in page.text


def test_a_red_without_its_recovery_is_refused_beside_each_field_and_nothing_is_lost(manager, row):
    answer = _send(manager, row, done="Trained 41", rag="red", step="Ask three suppliers")
    assert answer.status_code == 422
    page = Page(answer.content)
    assert {"#cause", "#due-day"} <= set(page.links)
    assert "#step" not in page.links
    assert "It is rated Red: say why it is in trouble." in page.text
    html = answer.content.decode()
    assert ">Ask three suppliers</textarea>" in html
    assert ">Trained 41</textarea>" in html
    assert not Update.objects.filter(action=row).exists()


def test_a_recovery_by_today_is_refused(manager, row):
    today = timezone.localdate()
    late = {f"due-{part}": getattr(today, part) for part in ("day", "month", "year")}
    answer = _send(manager, row, done="Trained 41", rag="red", **TROUBLE | late)
    assert answer.status_code == 422
    assert "Give a day after today" in Page(answer.content).text


def test_the_form_says_which_ratings_need_all_three(manager, row):
    page = Page(manager.get(_url("add_update", row)).content)
    assert "A rating of Amber or Red needs all three." in page.text


def test_what_is_wanted_is_said_at_the_head_and_beside_each_field(manager, row):
    answer = _send(manager, row, status="completed")
    assert answer.status_code == 422
    page = Page(answer.content)
    assert "There is a problem" in page.text
    wanted = {"#done", "#completed_on-day", "#link_1"}
    assert wanted <= set(page.links)
    assert {link[1:] for link in wanted} <= set(page.ids)
    assert "Error:" in page.text
    assert Update.objects.filter(action=row).count() == 0


def test_done_with_its_day_and_evidence_is_done(manager, row):
    today = timezone.localdate()
    answer = _send(
        manager,
        row,
        done="All trained",
        status="completed",
        title_1="Register",
        link_1="https://brackenford.example/r",
        **_day("completed_on", today),
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.status, row.completed_on) == ("completed", today)


def test_what_goes_on_needs_a_next_review(world, manager):
    row = world.action(action("Hold sessions", "Ongoing"))
    answer = _send(manager, row, done="Held two", status="in_progress")
    assert answer.status_code == 422
    assert "#next_review-day" in Page(answer.content).links
    soon = timezone.localdate() + timedelta(days=90)
    said = {"done": "Held two", "status": "in_progress"} | _day("next_review", soon)
    assert _send(manager, row, **said).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "2027"), "Enter a real day"),
        (("1", "", "2027"), "The day has no month."),
        (("x", "y", "z"), "Enter a real day"),
        (("1", "1", "0001"), "Enter a real day"),
        (("1", "1", "9" * 30), "Enter a real day"),
        (("²", "3", "2027"), "Enter a real day"),
    ],
)
def test_a_day_that_is_none_is_said_and_kept_as_typed(manager, row, typed, sentence):
    boxes = {f"forecast-{p}": t for p, t in zip(("day", "month", "year"), typed, strict=True)}
    answer = _send(manager, row, done="Kept words", **boxes)
    assert answer.status_code == 422
    page = Page(answer.content)
    assert sentence in page.text
    assert "Kept words" in page.text
    values = [a.get("value") for t, a in page.elements if a.get("name") == "forecast-day"]
    assert values == [typed[0][:20]]


def test_a_form_sent_twice_adds_one_update(manager, row):
    said = {"done": "Once", "version": row.version}
    for _ in range(2):
        assert _send(manager, row, **said).status_code == 302
    assert Update.objects.filter(action=row).count() == 1


def test_a_key_used_for_other_words_is_told_and_nothing_is_lost(manager, row):
    version = row.version
    _send(manager, row, done="First", version=version)
    answer = _send(manager, row, done="Second", version=version)
    assert answer.status_code == 409
    assert "Second" in Page(answer.content).text
    assert Update.objects.filter(action=row).count() == 1


def test_the_second_of_two_people_sees_both_versions_and_loses_nothing(world, manager, row):
    version = row.version
    other = Client()
    other.force_login(world.somebody("programme_manager"))
    assert _send(other, row, done="Theirs", changed="For night staff").status_code == 302
    mine = {"done": "Mine, typed with care", "changed": "For day staff", "version": version}
    answer = _send(manager, row, **mine)
    assert answer.status_code == 409
    page = Page(answer.content)
    for words in ("What stands now", "Theirs", "For night staff", "Mine, typed", "For day staff"):
        assert words in page.text, words
    hidden = {a["name"]: a["value"] for t, a in page.elements if a.get("type") == "hidden"}
    row.refresh_from_db()
    assert int(hidden["version"]) == row.version
    again = {**mine, "version": hidden["version"], "key": hidden["key"]}
    assert manager.post(_url("add_update", row), again).status_code == 302
    assert [u.done for u in Update.objects.filter(action=row)] == ["Theirs", mine["done"]]


def test_a_forged_update_is_refused_and_nothing_is_done(world, row):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(world.manager)
    answer = _send(forger, row, done="Forged")
    assert answer.status_code == 403
    assert "nothing was done" in answer.content.decode()
    assert Update.objects.filter(action=row).count() == 0


def test_over_long_words_are_refused_beside_their_field(manager, row):
    answer = _send(manager, row, done="x" * 4001)
    assert answer.status_code == 422
    assert "#done" in Page(answer.content).links
    assert Update.objects.filter(action=row).count() == 0


@pytest.mark.parametrize("field", ["version", "key", "status", "rag"])
@pytest.mark.parametrize("value", ["\x00", "-1", "9" * 40, "' OR 1=1 --", "<script>"])
def test_a_field_that_was_tampered_with_does_nothing(manager, row, field, value):
    row.refresh_from_db()
    given = {"version": row.version, "key": "k" * 16, "done": "x", field: value}
    answer = manager.post(_url("add_update", row), given)
    if field != "key":
        assert answer.status_code in (409, 422)
        assert Update.objects.filter(action=row).count() == 0
    assert answer.status_code < 500


@pytest.mark.parametrize("words", VECTORS)
def test_hostile_words_stay_words(manager, row, words):
    assert _send(manager, row, done=words, changed=words).status_code == 302
    for answer in (
        manager.get(_url("action", row)),
        manager.get(_url("add_update", row)),
        _send(manager, row, done=words, status="completed", title_1=words),
    ):
        page = Page(answer.content)
        assert [t for t, _ in page.elements if t in ("script", "iframe", "base", "img")] == []
        handlers = [a for _, attrs in page.elements for a in attrs if a.startswith("on")]
        assert handlers == []


@pytest.mark.parametrize("link", LINKS)
def test_an_address_that_is_no_web_address_is_no_evidence(manager, row, link):
    answer = _send(manager, row, done="x", title_1="List", link_1=link)
    if answer.status_code == 302:
        kept = Evidence.objects.get(action=row).url
        assert kept.startswith(("https://", "http://"))
    else:
        assert answer.status_code == 422
        assert Update.objects.filter(action=row).count() == 0


# -- files -----------------------------------------------------------------------------------------


def _file(content=b"%PDF-1.7 words", name="list.pdf", kind="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=kind)


def test_a_file_is_handed_out_as_an_attachment_to_those_who_may(world, manager, onlooker, row):
    answer = _send(manager, row, done="Listed", title_1="List", file_1=_file(name='../Li"st.pdf'))
    assert answer.status_code == 302
    kept = Evidence.objects.get(action=row)
    url = reverse("evidence_file", kwargs={"evidence": kept.public_id})
    for client in (manager, onlooker):
        answer = client.get(url)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == b"%PDF-1.7 words"
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    stranger = Client()
    stranger.force_login(world.somebody("director", world.unit("Resources")))
    assert stranger.get(url).status_code == 403
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        (b"MZ\x90\x00", "list.pdf"),
        (b"\x7fELF\x00", "list.pdf"),
        (b"<svg onload=reached()>", "picture.png"),
        (b"  <!DOCTYPE html><script>reached()</script>", "list.txt"),
        (b"#!/bin/sh\nrm -rf /", "notes.txt"),
        (b"\xff\xfe\x00\x01" * 10, "notes.txt"),
    ],
)
def test_a_file_is_told_by_its_bytes_and_refused_where_it_could_run(manager, row, content, name):
    answer = _send(manager, row, done="Kept words", title_1="List", file_1=_file(content, name))
    assert answer.status_code == 422
    page = Page(answer.content)
    assert "#file_1" in page.links
    assert "Kept words" in page.text
    assert Evidence.objects.filter(action=row).count() == 0


def test_a_file_that_is_too_large_is_refused_beside_its_field(manager, row, settings):
    settings.EVIDENCE_MOST_BYTES = 10
    answer = _send(manager, row, done="x", title_1="List", file_1=_file(b"%PDF-" + b"x" * 20))
    assert answer.status_code == 422
    assert "#file_1" in Page(answer.content).links


def test_a_link_has_no_file(world, manager, row):
    world.update(row, evidence=[SHOWN])
    url = reverse("evidence_file", kwargs={"evidence": Evidence.objects.get().public_id})
    assert manager.get(url).status_code == 404


# -- a date, a lead, a wording ---------------------------------------------------------------------


def test_a_date_moves_with_a_reason_and_the_first_stays(manager, row):
    answer = _send(manager, row, "move_date", new="31 March 2099", reason="No money this year")
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.first_due.isoformat(), row.now_due.isoformat()) == ("2025-12-31", "2099-03-31")
    page = Page(manager.get(_url("action", row)).content)
    assert "31 December 2025" in page.text
    assert "No money this year" in page.text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"new": "31 March 2099", "reason": " "}, "#reason"),
        ({"new": "", "reason": "x"}, "#new"),
        ({"new": "soon", "reason": "x"}, "#new"),
    ],
)
def test_a_date_does_not_move_without_a_reason_and_a_day(manager, row, said, field):
    answer = _send(manager, row, "move_date", **said)
    assert answer.status_code == 422
    assert field in Page(answer.content).links
    assert Promise.objects.filter(action=row).count() == 1


def test_two_people_moving_a_date_both_see_it(world, manager, row):
    version = row.version
    assert _send(manager, row, "move_date", new="31 March 2099", reason="A").status_code == 302
    other = Client()
    other.force_login(world.somebody("programme_manager"))
    given = {"new": "31 March 2098", "reason": "My reason", "version": version}
    answer = _send(other, row, "move_date", **given)
    assert answer.status_code == 409
    page = Page(answer.content)
    assert "31 March 2099" in page.text
    assert "My reason" in page.text
    assert Promise.objects.filter(action=row).count() == 2


def test_an_action_is_handed_to_another_post_and_the_first_stays_in_its_story(manager, row):
    post = Post.objects.get(title="Head of Policy")
    said = {"post": post.public_id} | _day("since", timezone.localdate())
    assert _send(manager, row, "hand_over", **said).status_code == 302
    assert Lead.objects.get(action=row, until=None).post == post
    page = Page(manager.get(_url("action", row)).content)
    assert "Head of Learning" in page.text
    assert "Head of Policy answers from here" in page.text
    assert _send(manager, row, "hand_over", post="nonesuch").status_code == 422


def test_an_action_is_reworded_and_two_people_see_both_wordings(manager, row):
    version = row.version
    assert _send(manager, row, "reword_action", text="Train all panels").status_code == 302
    answer = _send(
        manager, row, "reword_action", text="My wording", version=version, key="another key"
    )
    assert answer.status_code == 409
    page = Page(answer.content)
    assert "Train all panels" in page.text
    assert "My wording" in page.text
    assert Action.objects.get(pk=row.pk).text == "Train all panels"
