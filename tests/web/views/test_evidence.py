"""Evidence: several pieces with one update, files kept for a form that came back, its kinds."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldenthread.errors import Missing
from goldenthread.web.changes import uploads
from goldenthread.web.changes.review import MOST_EVIDENCE, Shown
from goldenthread.web.models import Evidence, Parked, Update
from web_pages import Page

PAPERS = "0123456789abcdef" * 2
LINK = "https://brackenford.example/list"


@pytest.fixture
def row(world):
    return world.action()


@pytest.fixture
def manager(world):
    client = Client()
    client.force_login(world.manager)
    return client


def file(content=b"%PDF-1.7 register", name="register.pdf"):
    return SimpleUploadedFile(name, content)


def send(client, row, **said):
    row.refresh_from_db()
    given = {"version": row.version, "key": "k" * 16, "papers": PAPERS, "pieces": 1} | said
    return client.post(reverse("add_update", kwargs={"action": row.public_id}), given)


def kept():
    return [(one.kind, one.title, one.name) for one in Evidence.objects.order_by("id")]


def lying(folder):
    return sorted(path.name for path in Path(folder).iterdir()) if Path(folder).is_dir() else []


def test_an_update_takes_several_pieces_at_once(manager, row):
    answer = send(
        manager,
        row,
        done="Trained",
        pieces=3,
        title_1="List",
        link_1=LINK,
        title_2="Register",
        file_2=file(),
        file_3=file(name="b.pdf"),
    )
    assert answer.status_code == 302
    assert kept() == [
        ("link", "List", ""),
        ("file", "Register", "register.pdf"),
        ("file", "b.pdf", "b.pdf"),
    ]
    assert {one.update_id for one in Evidence.objects.all()} == {Update.objects.get().pk}


def test_another_place_is_given_and_nothing_typed_or_chosen_is_lost(manager, row):
    answer = send(manager, row, done="Half", another="yes", title_1="Register", file_1=file())
    page, words = Page(answer.content), answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" not in page.text
    assert {"piece-1", "piece-2"} <= set(page.ids)
    assert "piece-3" not in page.ids
    assert "Half" in page.text
    assert 'value="Register"' in words
    assert "The file register.pdf is kept for this form" in page.text
    assert not Update.objects.exists()


def test_no_more_places_are_given_than_a_form_holds(manager, row):
    page = Page(send(manager, row, pieces=99, another="yes").content)
    assert "piece-10" in page.ids
    assert "piece-11" not in page.ids
    assert "Add another piece" not in page.text


def test_a_file_is_kept_for_a_form_that_came_back_and_used_when_it_is_sent(manager, row):
    refused = send(manager, row, done="", title_1="Register", file_1=file())
    assert refused.status_code == 422
    assert "register.pdf is kept for this form" in Page(refused.content).text
    answer = send(manager, row, done="Trained", title_1="Register")
    assert answer.status_code == 302
    assert kept() == [("file", "Register", "register.pdf")]
    url = reverse("evidence_file", kwargs={"evidence": Evidence.objects.get().public_id})
    assert b"".join(manager.get(url).streaming_content) == b"%PDF-1.7 register"


def test_a_form_with_a_kept_file_that_is_sent_twice_makes_one_update(manager, row):
    send(manager, row, done="", file_1=file())
    version = row.version
    for _ in range(2):
        assert send(manager, row, done="Trained", version=version).status_code == 302
    assert (Update.objects.count(), Evidence.objects.count()) == (1, 1)


def test_a_kept_file_completes_an_action(manager, row):
    day = timezone.localdate()
    done = {
        "status": "completed",
        **{f"completed_on-{part}": getattr(day, part) for part in ("day", "month", "year")},
    }
    assert send(manager, row, done="", file_1=file(), **done).status_code == 422
    assert send(manager, row, done="Trained", **done).status_code == 302
    row.refresh_from_db()
    assert row.status == "completed"


def test_a_kept_file_can_be_left_out_or_replaced(manager, row):
    send(manager, row, done="", file_1=file())
    assert send(manager, row, done="Trained", drop_1="on").status_code == 302
    assert kept() == []
    send(manager, row, done="", file_1=file(), key="l" * 16)
    send(manager, row, done="", file_1=file(name="newer.pdf"), key="l" * 16)
    assert Parked.objects.count() == 1
    assert send(manager, row, done="Again", key="l" * 16).status_code == 302
    assert kept() == [("file", "newer.pdf", "newer.pdf")]


def test_a_kept_file_is_of_one_form_one_person_and_one_session(world, manager, row):
    send(manager, row, done="", file_1=file())
    other = Client()
    other.force_login(world.manager)
    stranger = Client()
    stranger.force_login(world.council.people["Joanna Osei"])
    for client, papers in ((other, PAPERS), (stranger, PAPERS), (manager, "f" * 32)):
        page = send(client, row, done="", papers=papers, key="m" * 16)
        assert "is kept for this form" not in Page(page.content).text
    assert Evidence.objects.count() == 0


def test_a_file_that_nobody_used_is_gone_after_a_day(world, settings):
    given = {"session": "s", "form": PAPERS, "by": world.manager}
    long_ago = timezone.now() - timedelta(days=1, minutes=1)
    uploads.park(slot=1, file=io.BytesIO(b"%PDF-old"), name="old.pdf", at=long_ago, **given)
    before = Parked.objects.get().stored
    assert before in lying(settings.PARKED)
    uploads.park(slot=2, file=io.BytesIO(b"%PDF-new"), name="n.pdf", at=timezone.now(), **given)
    assert [one.name for one in Parked.objects.all()] == ["n.pdf"]
    assert before not in lying(settings.PARKED)


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<svg onload=reached()>"])
def test_a_kind_that_is_not_kept_does_not_wait_either(manager, row, content, settings):
    before = lying(settings.PARKED)
    assert send(manager, row, done="x", file_1=file(content)).status_code == 422
    assert lying(settings.PARKED) == before
    assert not Parked.objects.exists()


def test_a_file_too_large_does_not_wait_and_leaves_nothing(manager, row, settings):
    settings.EVIDENCE_MOST_BYTES = 10
    before = lying(settings.PARKED), lying(settings.MEDIA_ROOT)
    assert send(manager, row, done="x", file_1=file(b"%PDF-" + b"x" * 99)).status_code == 422
    assert (lying(settings.PARKED), lying(settings.MEDIA_ROOT)) == before


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03", b"<script>reached()</script>", b"#!/bin/sh"]
)
def test_the_change_itself_tells_a_file_by_its_bytes(world, row, content, settings):
    before = lying(settings.MEDIA_ROOT)
    good = Shown("Good", file=io.BytesIO(b"%PDF-1.7"), name="a.pdf")
    bad = Shown("Bad", file=io.BytesIO(content), name="b.pdf")
    with pytest.raises(Missing) as refused:
        world.update(row, evidence=[good, bad])
    assert set(refused.value.needs) == {"file-1"}
    assert not Update.objects.exists()
    assert lying(settings.MEDIA_ROOT) == before


def test_the_change_takes_no_more_pieces_than_a_person_reads(world, row):
    with pytest.raises(Missing) as refused:
        world.update(row, evidence=[Shown("List", LINK)] * (MOST_EVIDENCE + 1))
    assert set(refused.value.needs) == {"evidence"}


def test_a_mistake_stands_beside_the_piece_that_it_is_about(manager, row):
    answer = send(
        manager,
        row,
        done="x",
        pieces=2,
        title_1="List",
        link_1=LINK,
        title_2="Other",
        link_2="javascript:reached()",
    )
    assert answer.status_code == 422
    assert "#link_2" in Page(answer.content).links
    assert "#link_1" not in Page(answer.content).links
