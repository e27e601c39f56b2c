"""An edition that was taken down is nowhere: an intruder walks every public address, twice.

Before, every address of the site is read; after, each is asked for again, and the words that stood
in the edition alone are looked for in every answer, in every cache and in the static files.
"""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from goldenthread.errors import Missing, NotAllowed, OutOfStep, Unreadable
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.changes import plan as plans
from goldenthread.web.changes import takedown
from goldenthread.web.models import Action, AuditEntry, AuditFacts, Edition, TakeDown
from goldenthread.web.pages import folder
from goldenthread.web.queries import kept, public
from goldenthread.web.views import public as views
from web.world import AT, action
from web_pages import Page

TOLD = "Quennelle is the only woman in the team"
WHY = "It held words that could identify one person."
HOUR = timedelta(hours=1)


@pytest.fixture
def now(monkeypatch):
    """The moment at which the public asks; a test moves it."""
    moment = [AT]
    monkeypatch.setattr(views.timezone, "now", lambda: moment[0])
    return moment


@pytest.fixture
def three(world, now):
    """A plan with three editions; words that must go stand in the second alone."""
    first = world.published()
    row = Action.objects.get()
    world.update(row, done=TOLD)
    second = world.next_edition(first.plan)
    third = _without(world, second)
    return first.plan, row, (first, second, third)


def _without(world, second):
    """The next edition, without the words that stand in the one before."""
    content = json.loads(json.dumps(second.content).replace(TOLD, "Held the first session"))
    content["number"] = 3
    row = Edition.objects.create(
        unit=second.unit,
        plan=second.plan,
        number=3,
        as_at=second.as_at,
        content=content,
        sha256=plans.digest(content),
        adopted_at=AT,
        adopted_by=world.manager,
    )
    return plans.publish_edition(by=world.publisher, edition=row, version=1, at=AT)


def walked():
    """Every public address that any page leads to, with its answer."""
    reader, found, waiting = Client(), {}, ["/", "/plans", "/plan.csv", "/plan.json", "/editions"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in found or not address.startswith("/") or address.startswith("/account/"):
            continue
        if address.startswith("/static/"):
            continue
        found[address] = reader.get(address)
        if "html" in found[address].headers.get("Content-Type", ""):
            waiting += Page(found[address].content).links
    return found


def of_edition(number, addresses):
    """The addresses that are of one edition, and those that quote it."""
    return [
        address
        for address in addresses
        if f"/editions/{number}/" in address or address.endswith(f"/changes/since-{number}")
    ]


def holding(answers, words=TOLD):
    """The addresses whose answer has these words, in its content or its headers."""
    return [
        address
        for address, answer in answers.items()
        if words in answer.content.decode("utf-8-sig") or words in str(answer.headers)
    ]


def drawn_of(edition):
    """What this process keeps of an edition: its content, and its pages."""
    contents, drawn = public._content.keys(), views._drawn.keys()
    return (
        [key for key in contents if key[0] == edition.pk],
        [key for key in drawn if key[1].key == edition.pk],
    )


def again(addresses):
    reader = Client()
    return {address: reader.get(address) for address in addresses}


def test_after_it_every_address_of_the_edition_is_gone_and_no_other_has_its_words(world, three):
    plan, row, (_first, second, _third) = three
    before = walked()
    assert holding(before) != []
    assert {a.status_code for a in before.values()} == {200}
    mine = of_edition(2, before)
    root = f"/plans/{plan.public_id}/editions"
    for path in ("", "plan", "about", "plan.csv", "plan.json", f"actions/{row.public_id}"):
        assert f"{root}/2/{path}" in mine
    assert {"/changes/since-2", f"{root}/3/changes/since-2"} <= set(mine)
    world.taken_down(second)
    after = again(before)
    assert {address: after[address].status_code for address in mine} == dict.fromkeys(mine, 410)
    others = set(before) - set(mine)
    assert {after[address].status_code for address in others} == {200}
    assert holding(after) == []
    assert holding(walked()) == []
    for given in ("/editions/2/index.html", "/editions/2/plan.csv", "/editions/2/plan/late.html"):
        assert Client().get(given).status_code == 410
    page = Page(after[f"{root}/2/plan"].content)
    assert "Edition 2 was taken down" in page.text
    assert "Brackenford Borough Council took this edition down on 1 October 2026." in page.text
    assert WHY in page.text
    assert "Two people decided it." in page.text
    assert "the only woman" not in page.text
    assert {"/", "/editions"} <= set(page.links)
    listed = Page(after["/editions"].content).text
    assert f"Taken down on 1 October 2026: {WHY}" in listed


def test_what_its_json_answers_is_the_notice(world, three):
    plan, _row, (_first, second, _third) = three
    world.taken_down(second)
    answer = Client().get(f"/plans/{plan.public_id}/editions/2/plan.json")
    assert answer.status_code == 410
    notice = ed.notice_from_json(json.loads(answer.content))
    assert (notice.number, notice.reason, notice.on) == (2, WHY, AT.date())
    assert ed.notice_to_json(notice) == json.loads(answer.content)


def test_no_cache_is_asked_to_keep_it_and_none_is_told_that_its_copy_still_holds(world, three):
    plan, _row, (_first, second, _third) = three
    address = f"/plans/{plan.public_id}/editions/2/plan"
    tag = Client().get(address).headers["ETag"]
    world.taken_down(second)
    answer = Client().get(address, headers={"if-none-match": tag})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")
    for path in ("/", "/plan", "/editions"):
        assert Client().get(path, headers={"if-none-match": tag}).status_code == 200


def test_what_the_process_keeps_of_public_pages_goes_with_the_commit(
    world, three, django_capture_on_commit_callbacks
):
    _plan, _row, (_first, second, _third) = three
    walked()
    assert drawn_of(second)[0] != []
    assert views._drawn.keys() != ()
    with django_capture_on_commit_callbacks(execute=True):
        world.taken_down(second)
    assert views._drawn.keys() == views._downloads.keys() == public._content.keys() == ()
    assert pages._books == {}
    walked()
    assert drawn_of(second) == ([], [])


def test_another_process_throws_its_pages_away_when_it_next_hears_of_it(world, three):
    _plan, _row, (_first, second, _third) = three
    walked()
    world.taken_down(second)  # nothing is committed here: this is as another process sees it
    assert drawn_of(second)[1] != []
    Client().get("/")
    assert drawn_of(second) == ([], [])


def test_what_was_begun_before_everything_was_thrown_away_is_not_kept():
    held = kept.Kept(lambda key: kept.forget_all() or key, most=9, weigh=lambda _: 1)
    assert held("a") == "a"
    assert held.keys() == ()


def test_where_the_newest_goes_the_public_reads_the_one_before_and_is_told(world, three):
    plan, row, (_first, _second, third) = three
    world.taken_down(third)
    home = Page(Client().get("/").content)
    assert "A later edition, number 3, was taken down on 1 October 2026." in home.text
    assert Client().get("/plan.json").json()["number"] == 2
    assert TOLD in Client().get(f"/actions/{row.public_id}").content.decode()
    assert Client().get(f"/plans/{plan.public_id}/editions/3/").status_code == 410
    assert "earlier edition" not in home.text


def test_where_none_stands_the_first_page_says_so_and_every_other_is_gone(world, now):
    only = world.published()
    before = walked()
    name = Action.objects.get().public_id
    world.taken_down(only)
    answers = again(before)
    assert {a for a, answer in answers.items() if answer.status_code == 200} == {"/", "/plans"}
    assert {answer.status_code for answer in answers.values()} == {200, 410}
    assert answers[f"/actions/{name}"].status_code == 410
    home = Page(answers["/"].content).text
    assert "There is no published plan now" in home
    assert f"Edition 1 was taken down on 1 October 2026. The reason: {WHY}" in home
    assert "Hold listening sessions" not in home
    assert "No edition of this plan stands now" in Page(answers["/plan"].content).text
    unit = Client().get(f"/plans/{only.plan.public_id}/")
    assert (unit.status_code, unit.headers["Cache-Control"]) == (200, "no-store")
    assert Client().get("/nothing").status_code == 404
    assert Client().get("/actions/bcdfghjkmnpq").status_code == 404


def test_the_plan_of_another_unit_does_not_take_the_place_of_one_that_went(world, now):
    only = world.published()
    other = world.plan(action("Brief every tenant"), unit=world.unit("Housing and Communities"))
    world.next_edition(other)
    world.taken_down(only)
    assert "Brief every tenant" not in Client().get("/").content.decode()
    assert Client().get("/plan").status_code == 410
    assert Client().get(f"/plans/{other.public_id}/plan").status_code == 200
    assert "1 plan is published" in Client().get("/plans").content.decode()


def test_an_urgent_one_is_hidden_at_once_and_comes_back_by_itself(world, three, now):
    plan, _row, (_first, second, _third) = three
    before = walked()
    mine = of_edition(2, before)
    asked = world.asked_down(second, hide=True)
    hidden = again(before)
    assert {hidden[address].status_code for address in mine} == {410}
    assert holding(hidden) == []
    page = Page(hidden[f"/plans/{plan.public_id}/editions/2/"].content).text
    assert "Edition 2 is being checked" in page
    assert "It is hidden until 4 October 2026, 12:00 at the latest." in page
    # One person's words are read by a second before the public reads them.
    assert WHY not in "".join(a.content.decode("utf-8-sig") for a in hidden.values())
    now[0] = AT + 72 * HOUR - timedelta(seconds=1)
    assert again(mine)[mine[0]].status_code == 410
    now[0] = AT + 72 * HOUR
    back = again(before)
    assert {answer.status_code for answer in back.values()} == {200}
    assert {a: x.content for a, x in back.items()} == {a: x.content for a, x in before.items()}
    # The question stays open, and a second person may still agree.
    takedown.agree_takedown(by=world.manager, takedown=asked, version=1, at=now[0])
    assert {answer.status_code for answer in again(mine).values()} == {410}
    assert WHY in Client().get(mine[0]).content.decode()


def test_it_stands_again_at_once_where_somebody_lets_it(world, three, now):
    _plan, _row, (_first, second, _third) = three
    before = walked()
    asked = world.asked_down(second, hide=True)
    takedown.let_stand(
        by=world.publisher, takedown=asked, version=1, reason="It names nobody", at=AT
    )
    assert {answer.status_code for answer in again(before).values()} == {200}
    assert "It names nobody" not in "".join(a.content.decode() for a in again(["/"]).values())


def test_one_edition_is_hidden_without_a_second_person_once(world, three):
    _plan, _row, (_first, second, _third) = three
    asked = world.asked_down(second, hide=True)
    with pytest.raises(NotAllowed) as refused:
        world.asked_down(second, hide=True)
    assert refused.value.rule == "edition_may_go"
    takedown.let_stand(by=world.manager, takedown=asked, version=1, reason="Fine", at=AT)
    with pytest.raises(Missing) as missing:
        world.asked_down(second, hide=True)
    assert set(missing.value.needs) == {"hide"}
    assert world.asked_down(second).hidden_until is None


def test_both_reasons_are_needed_and_what_was_decided_is_decided(world, three):
    _plan, _row, (_first, second, _third) = three
    with pytest.raises(Missing) as missing:
        takedown.ask_takedown(
            by=world.publisher,
            edition=second,
            version=second.version,
            public_reason=" ",
            reason="",
            at=AT,
        )
    assert set(missing.value.needs) == {"public_reason", "reason"}
    asked = world.asked_down(second)
    stale = TakeDown.objects.get(pk=asked.pk)
    takedown.agree_takedown(by=world.manager, takedown=asked, version=1, at=AT)
    with pytest.raises(OutOfStep):
        takedown.let_stand(by=world.publisher, takedown=stale, version=1, reason="No", at=AT)


def test_where_the_council_lets_one_person_decide_the_public_is_told(world, three):
    plan, _row, (_first, second, _third) = three
    asked = world.asked_down(second)
    with override_settings(TWO_PEOPLE_PUBLISH=False):
        takedown.agree_takedown(by=world.publisher, takedown=asked, version=1, at=AT)
    page = Client().get(f"/plans/{plan.public_id}/editions/2/").content.decode()
    assert "One person decided it alone" in page


def test_the_audit_has_each_step_and_none_of_the_words(world, three):
    _plan, _row, (_first, second, _third) = three
    asked = world.asked_down(second, hide=True)
    takedown.agree_takedown(by=world.manager, takedown=asked, version=1, at=AT)
    takedown.read_apart(by=world.somebody("auditor"), edition=second, at=AT)
    acts = ("takedown.asked", "takedown.agreed", "edition.read_apart")
    entries = AuditEntry.objects.filter(act__in=acts)
    assert [entry.act for entry in entries] == list(acts)
    facts = AuditFacts.objects.filter(number__in=[entry.number for entry in entries])
    assert "told" not in json.dumps([one.facts for one in facts])


def _refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_the_database_refuses_one_person_two_requests_and_every_rewriting(world, three):
    _plan, _row, (_first, second, _third) = three
    asked = world.asked_down(second, hide=True)
    rows = TakeDown.objects.filter(pk=asked.pk)
    _refused(lambda: rows.update(agreed_at=AT, agreed_by=asked.asked_by))
    _refused(lambda: rows.update(agreed_at=AT))
    _refused(lambda: rows.update(stands_at=AT, stands_by=world.manager))
    _refused(lambda: rows.update(hidden_until=AT + 999 * HOUR))
    _refused(lambda: rows.update(public_reason="Nothing"))
    _refused(rows.delete)
    again_ = {"public_reason": "a", "reason": "b", "asked_at": AT, "asked_by": world.publisher}
    _refused(lambda: TakeDown.objects.create(edition=second, **again_))
    takedown.agree_takedown(by=world.manager, takedown=asked, version=1, at=AT)
    _refused(lambda: rows.update(agreed_at=None, agreed_by=None))


# -- in the workspace ------------------------------------------------------------------------------


def test_two_people_take_one_down_page_by_page(world, three):
    _plan, row, (_first, second, _third) = three
    one, other, judge = Client(), Client(), Client()
    one.force_login(world.publisher)
    other.force_login(world.manager)
    judge.force_login(world.somebody("auditor"))
    page = reverse("edition", kwargs={"edition": second.public_id})
    ask = reverse("take_down", kwargs={"edition": second.public_id})
    assert ask in Page(one.get(page).content).links
    second.refresh_from_db()
    sent = {"public_reason": WHY, "reason": "A1 names her", "hide": "on"}
    wrong = one.post(ask, {"version": second.version, "reason": "A1", "hide": "on"})
    assert wrong.status_code == 422
    assert "Say why, in words that do not repeat what must go." in Page(wrong.content).text
    made = one.post(ask, {**sent, "version": second.version}, follow=True)
    assert "The edition is hidden." in Page(made.content).text
    assert "somebody other than the person who asked" in Page(made.content).text
    home = Page(other.get(reverse("workspace_home")).content)
    assert "1 edition is asked to be taken down" in home.text
    asked = TakeDown.objects.get()
    agree = reverse("agree_takedown", kwargs={"takedown": asked.public_id})
    assert agree in Page(other.get(page).content).links
    story = _as_public(second, f"actions/{row.public_id}")
    assert TOLD in other.get(story).content.decode()
    assert WHY in Page(other.get(agree).content).text
    done = Page(other.post(agree, {"version": 1}, follow=True).content).text
    assert "Edition 2 was taken down on" in done
    assert "Its first page says" not in done
    apart = reverse("taken_down", kwargs={"edition": second.public_id})
    for client in (one, other, judge):
        assert client.get(_as_public(second)).status_code == 403
    assert one.get(apart).status_code == other.get(apart).status_code == 403
    assert "The audit will say that you read it" in Page(judge.get(apart).content).text
    file = judge.post(apart)
    assert TOLD in file.content.decode()
    assert "attachment" in file.headers["Content-Disposition"]
    assert AuditEntry.objects.filter(act="edition.read_apart").count() == 1
    councillor = Client()
    councillor.force_login(world.somebody("councillor"))
    assert "Taken down" in Page(councillor.get(reverse("plans")).content).text


def _as_public(edition, page=""):
    address = reverse("edition_as_public", kwargs={"edition": edition.public_id})
    return f"{address}?page={page}" if page else address


# -- as static files -------------------------------------------------------------------------------


def test_static_files_written_later_hold_nothing_of_it(world, three, tmp_path):
    plan, _row, (_first, second, _third) = three
    reader = Client()
    files = []
    for number in (1, 2, 3):
        answer = reader.get(f"/plans/{plan.public_id}/editions/{number}/plan.json")
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(answer.content)
    out = tmp_path / "site"
    whole, earlier = folder.read_series(files)
    folder.write(whole, out, earlier)
    assert _with(out, TOLD) != []
    world.taken_down(second)
    notice = tmp_path / "notice.json"
    notice.write_bytes(reader.get(f"/plans/{plan.public_id}/editions/2/plan.json").content)
    down = (folder.read_notice(notice),)
    newest, before = folder.read_series(files, down)
    assert [one.number for one in (*before, newest)] == [1, 3]
    folder.write(newest, out, before, down)
    assert _with(out, TOLD) == []
    assert "Edition 2 was taken down" in (out / "editions/2/index.html").read_text()
    assert (out / "gone.txt").read_text() == "editions/2/\n"
    assert not (out / "editions/2/plan.csv").exists()
    listed = Page((out / "editions.html").read_bytes())
    assert "editions/2/index.html" in listed.links
    assert WHY in listed.text
    with pytest.raises(Unreadable, match="nothing to publish"):
        folder.read_series(files[1:2], down)
    with pytest.raises(Unreadable, match="not the notice"):
        folder.read_notice(files[0])


def _with(out, words):
    found = [file for file in out.rglob("*") if file.is_file()]
    return [file.name for file in found if words in file.read_text(encoding="utf-8-sig")]
