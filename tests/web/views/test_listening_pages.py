"""The pages of listening and of figures do their work, and show nobody more than they may."""

import io
import re
import secrets
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.web.changes import listening, packs
from goldenthread.web.changes import plan as plans
from goldenthread.web.models import (
    AuditEntry,
    HeardTheme,
    Link,
    OneToOnes,
    Pack,
    PackFigure,
    PackFinding,
    Session,
)
from web.changes.listened import action_of, figure
from web.listening import PACK, later, pack, planning, session, sessions, signed, theme
from web.views.listening_forms import SESSION_FIELDS
from web.views.sending import day
from web.world import AT, ON


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def text_of(answer):
    content = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", content.partition("<main")[2]).split())


def page(client, name, row=None, **given):
    kind = given or {row._meta.model_name: row.public_id}
    return client.get(reverse(name, kwargs=kind))


def send(client, name, row, /, **said):
    given = {"key": secrets.token_hex(16), "version": getattr(row, "version", 0)} | said
    return client.post(reverse(name, kwargs={row._meta.model_name: row.public_id}), given)


@pytest.fixture
def director(world):
    """The director of Resources, and of nothing else."""
    return client_of(world.somebody("director", world.unit("Resources")))


def test_the_page_tells_what_was_heard_and_who_reads_it(world, director):
    of = planning(world)
    drawn = sessions(world, of, 4)
    theme(world, of, drawn=drawn[:3], name="Pay is a secret")
    theme(world, of, drawn=drawn[:2], name="Nobody answers")
    said = text_of(page(director, "listen_page", of))
    assert "Resources held 4 sessions, to which 74 people came" in said
    assert "4 May 2026" in said
    assert "The public may read it once listening is signed off." in said
    assert "It is drawn from fewer than three sessions." in said
    assert "Step 1 of 6: Listen" in said
    signed(world, of)
    assert "The public may read it" in text_of(page(director, "listen_page", of))


def test_with_three_sessions_in_all_the_page_says_why_nothing_leaves(world, director):
    of = planning(world)
    theme(world, of, drawn=sessions(world, of, 3))
    assert "No more than three sessions were held" in text_of(page(director, "listen_page", of))


def test_a_facilitator_enters_a_session_a_theme_and_a_count(world):
    of = planning(world)
    client = client_of(world.somebody("facilitator", world.unit("Resources")))
    assert send(client, "record_session", of, **SESSION_FIELDS, **day("on", ON)).status_code == 302
    row = Session.objects.get()
    assert (row.came, row.planning, row.off_site) == (17, of, False)
    said = {"name": "Pay is a secret", "weight": "some", "sessions": [row.public_id]}
    shown = send(client, "hear_theme", of, **said)
    assert "Check before you do this" in text_of(shown)
    assert not HeardTheme.objects.exists()
    assert send(client, "hear_theme", of, **said, checked="yes").status_code == 302
    assert list(HeardTheme.objects.get().sessions.all()) == [row]
    answer = send(client, "count_one_to_ones", of, counted_to="2026-09-30", total="12", version=0)
    assert answer.status_code == 302
    assert OneToOnes.objects.get().total == 12
    assert page(client, "figures_page", of).status_code == 200
    assert page(client, "keep_pack", of).status_code == 403


def test_a_theme_is_shown_with_its_doubts_before_it_is_kept_and_keeps_every_tick(world, director):
    of = planning(world)
    first, second = sessions(world, of, 2)
    said = {
        "name": "Leaving",
        "note": "Two Black officers left.",
        "weight": "some",
        "sessions": [first.public_id, second.public_id],
    }
    shown = send(director, "hear_theme", of, **said)
    assert "so few people that readers may know who they are" in text_of(shown)
    kept = re.findall(r'name="sessions" value="(\w+)"', shown.content.decode())
    assert sorted(kept) == sorted(said["sessions"])
    assert "4 May 2026, Forward Drive depot; 5 May 2026" in text_of(shown)


def test_a_theme_that_names_somebody_is_refused_before_it_is_shown(world, director):
    of = planning(world)
    given = {"name": "x", "weight": "some", "one_to_ones": "on", "note": "Joan Hartley said so."}
    answer = send(director, "hear_theme", of, **given)
    assert answer.status_code == 422
    assert "It names somebody, at word 1." in text_of(answer)


def test_themes_are_merged_changed_and_withdrawn_on_their_pages(world, director):
    of = planning(world)
    one, other = theme(world, of, name="Pay"), theme(world, of, name="Grading")
    answer = send(director, "merge_theme", one, into=other.public_id, reason="The same")
    assert answer.status_code == 302
    assert "merged into Grading" in text_of(page(director, "heard_theme", one))
    other.refresh_from_db()
    answer = send(
        director,
        "change_theme",
        other,
        name="Pay and grading",
        weight="many",
        one_to_ones="on",
        reason="Clearer",
        checked="yes",
    )
    assert answer.status_code == 302
    said = text_of(page(director, "heard_theme", other))
    assert "Pay and grading" in said
    assert "Clearer" in said
    assert "Grading , raised by many" in said
    other.refresh_from_db()
    answer = send(director, "withdraw_theme", other, reason="Said in jest")
    assert answer.status_code == 302
    assert "This theme was withdrawn." in text_of(page(director, "heard_theme", other))


def test_one_walks_from_a_theme_to_its_action_and_back(world, director):
    of = planning(world)
    row, action = theme(world, of, name="Pay"), action_of(world, world.unit("Resources"))
    answer = send(director, "lead_to_action", row, action=action.public_id, **day("since", ON))
    assert answer.status_code == 302
    there = page(director, "heard_theme", row).content.decode()
    address = reverse("action", kwargs={"action": action.public_id})
    assert f'href="{address}"' in there
    back = reverse("heard_theme", kwargs={"heardtheme": row.public_id})
    assert f'href="{back}"' in director.get(address).content.decode()


def test_a_session_is_corrected_on_its_page_and_what_stood_before_is_shown(world, director):
    row = session(world)
    said = SESSION_FIELDS | {"came": "19", "reason": "The list was read twice"}
    assert send(director, "correct_session", row, **said, **day("on", ON)).status_code == 302
    told = text_of(page(director, "session", row))
    assert "19 people came" in told
    assert "17 came" in told
    assert "The list was read twice" in told


def test_fewer_than_ten_one_to_ones_are_not_shown_as_a_number(world, director):
    of = planning(world)
    given = {"by": world.manager, "planning": of, "at": AT}
    listening.count_one_to_ones(**given, counted_to=ON.replace(month=9, day=30), total=7, version=0)
    said = text_of(page(director, "listen_page", of))
    assert "Fewer than ten up to the end of quarter 2, 2026/27" in said


# -- figures ---------------------------------------------------------------------------------------


def test_a_pack_is_kept_opened_and_each_opening_is_on_record(world, director):
    of = planning(world)
    file = io.BytesIO(PACK)
    file.name = "Workforce data.csv"
    given = {"title": "Workforce data", "findings": "Fewer stay.\nMore apply.", "file": file}
    assert send(director, "keep_pack", of, **given, **day("discussed_on", ON)).status_code == 302
    row = Pack.objects.get()
    assert [one.text for one in row.findings.all()] == ["Fewer stay.", "More apply."]
    answer = page(director, "pack_file", row)
    assert b"".join(answer.streaming_content) == PACK
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(act="pack.opened").count() == 1
    said = text_of(page(director, "figures_page", of))
    assert "found 2 things in its figures" in said
    assert "Step 2 of 6" in said


def test_a_file_that_hides_something_is_refused_with_a_sentence_and_nothing_is_kept(
    world, director
):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(("Grade", "Staff"))
    people = book.create_sheet("Names")
    people.append(("x", "y"))
    people.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "pack.xlsx"
    answer = send(
        director, "keep_pack", planning(world), title="x", file=file, **day("discussed_on", ON)
    )
    assert answer.status_code == 422
    assert "pack.xlsx holds a hidden sheet (sheet “Names”)." in text_of(answer)
    assert not Pack.objects.exists()


def test_a_torn_file_is_told_in_the_form_and_nothing_that_was_typed_is_lost(world, director):
    file = io.BytesIO(b"PK\x03\x04 torn")
    file.name = "pack.xlsx"
    said = {"title": "Workforce data", "findings": "Fewer stay.", "file": file}
    answer = send(director, "keep_pack", planning(world), **said, **day("discussed_on", ON))
    assert answer.status_code == 422
    assert "Fewer stay." in text_of(answer)
    assert 'href="#file"' in answer.content.decode()


def test_findings_and_figures_are_entered_and_doubted(world, director):
    row = pack(world)
    few = {"text": "Two Black managers left."}
    assert "so few people" in text_of(send(director, "add_finding", row, **few))
    assert PackFinding.objects.count() == 1
    answer = send(director, "add_finding", row, **few, checked="yes")
    assert answer.status_code == 302
    said = text_of(page(director, "figures_page", planning(world)))
    assert "Look again" in said
    given = {"text": "Leavers", "value": "12.5", "unit": "per cent"}
    assert send(director, "enter_figure", row, **given).status_code == 302
    assert "12.5 per cent" in text_of(page(director, "figures_page", planning(world)))
    wrong = send(director, "enter_figure", row, **given | {"value": "1,5"})
    assert "A comma can mean two things." in text_of(wrong)
    entered = PackFigure.objects.get()
    answer = send(director, "withdraw_figure", entered, reason="Counted twice")
    assert answer.status_code == 302
    assert "12.5" not in text_of(page(director, "figures_page", planning(world)))


@pytest.mark.parametrize("role", ["facilitator", "auditor"])
def test_who_may_not_open_a_pack_reads_findings_and_no_figure(world, role):
    unit = world.unit("Resources")
    row = pack(world, file=True)
    figure(world, unit)
    client = client_of(world.somebody(role, unit))
    said = text_of(page(client, "figures_page", planning(world)))
    assert "Fewer stay past two years." in said
    assert "12.5" not in said
    assert "They are for those who may open the pack." in said
    assert page(client, "pack_file", row).status_code == 403
    assert not AuditEntry.objects.filter(act="pack.opened").exists()


def test_a_pack_without_a_file_has_nothing_to_open(world, director):
    assert page(director, "pack_file", pack(world)).status_code == 404


# -- nobody of another directorate -----------------------------------------------------------------


def test_what_another_directorate_heard_is_named_nowhere(world):
    """Neither on a page, nor in a search, nor by a link, nor in the audit."""
    unit = world.unit("Housing and Communities")
    row = theme(world, unit=unit, name="Xanthippe01zz")
    found = pack(world, unit=unit, findings=["Xanthippe02zz"]).findings.get()
    action = world.action(unit=world.unit("Resources"))
    for to in (row, found):
        plans.link(by=world.manager, from_=action, to=to, meaning="comes_from", since=ON, at=AT)
    person = world.somebody("director", world.unit("Resources"))
    person.grants.create(
        role="programme_manager", unit=world.unit("Resources"), since=ON, given_by=world.manager
    )
    client = client_of(person)
    join = reverse("join_action", kwargs={"action": action.public_id}) + "?search=Xanthippe"
    addresses = [
        reverse("action", kwargs={"action": action.public_id}),
        join,
        *(reverse("end_link", kwargs={"link": one.public_id}) for one in Link.objects.all()),
        reverse("directorates"),
        reverse("plan", kwargs={"plan": action.plan.public_id}),
        reverse("recommendation", kwargs={"recommendation": action.recommendation.public_id}),
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not re.search(r"Xanthippe0\d", answer.content.decode()), address
    # The search would see them: whoever may see that planning finds them there.
    whole = client_of(world.manager)
    seen = "".join(whole.get(one).content.decode() for one in addresses)
    assert "Xanthippe01zz" in seen
    assert "Xanthippe02zz" in seen


def test_the_audit_names_a_theme_to_those_alone_who_may_see_it(world):
    row = theme(world, name="Xanthippe01zz")
    pack(world, findings=["Xanthippe02zz"])
    administrator = client_of(world.administrator)
    said = administrator.get(reverse("audit")).content.decode()
    assert "entered a theme that was heard" in said
    assert "Xanthippe" not in said
    assert "Workforce data for the management team" not in said
    auditor = client_of(world.judge)
    assert row.name in auditor.get(reverse("audit")).content.decode()


def test_a_signed_theme_says_so_on_its_own_page(world, director):
    of = planning(world)
    row = theme(world, of, drawn=sessions(world, of, 4))
    signed(world, of, at=later())
    assert "The public may read it" in text_of(page(director, "heard_theme", row))


def test_no_page_asks_more_of_the_database_for_many_rows_than_for_one(
    world, django_assert_max_num_queries
):
    of, client = planning(world), client_of(world.manager)

    def asked(name, row):
        page(client, name, row)
        with django_assert_max_num_queries(20) as found:
            assert page(client, name, row).status_code == 200
        return len(found.captured_queries)

    def filled(number):
        drawn = [session(world, of, number=10 * number + one) for one in range(number)]
        rows = [theme(world, of, drawn=drawn) for _ in range(number)]
        for _ in range(number):
            packs.enter_figure(
                by=world.manager,
                pack=pack(world, of, file=True),
                text="Leavers",
                value=Decimal("12.5"),
                unit="per cent",
                at=AT,
            )
        return drawn[0], rows[0]

    first, heard = filled(2)
    signed(world, of, at=later())
    pages = [("listen_page", of), ("figures_page", of), ("session", first), ("heard_theme", heard)]
    few = [asked(*one) for one in pages]
    filled(6)
    assert [asked(*one) for one in pages] == few
