"""The register: narrowed by address, counted once, paged, and as a table for spreadsheets."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from goldenthread.plan import cells
from goldenthread.web.changes.review import Shown
from goldenthread.web.models import Action, Evidence, Post
from hostile import VECTORS
from web.world import action
from web_pages import Page

REGISTER = reverse("register")


def _see(client, query="", person=None):
    if person is not None:
        client.force_login(person)
    answer = client.get(REGISTER + query)
    assert answer.status_code == 200
    return Page(answer.content)


def _listed(page):
    return [href for href in page.links if "/actions/" in href]


def _many(world, number, **more):
    return world.plan(*(action(f"Action number {n}") for n in range(number)), **more)


def test_the_register_lists_what_may_be_seen_and_says_how_it_stands(world, client):
    world.action(action("Train panels", "31 December 2025"))
    world.action(action("Pay figures", "31 March 2099"))
    page = _see(client, person=world.manager)
    assert "1 of 2 actions is late, and 2 have had no update this quarter" in page.text
    assert len(_listed(page)) == 2
    assert "Late 1" in page.text


def test_another_units_actions_are_as_if_they_were_not_there(world, client):
    world.action(action("Theirs alone"), unit=world.unit("Resources"))
    page = _see(client, person=world.council.people["Colette Mbeki"])
    assert "There is no action in your register yet" in page.text
    assert "Theirs alone" not in page.text
    table = client.get(reverse("register_csv")).content.decode("utf-8-sig")
    assert len(cells.read(table)) == 1


def test_somebody_without_a_role_may_not_see_it(world, client):
    client.force_login(world.administrator)
    assert client.get(REGISTER).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?search=panels", {"Train panels"}),
        ("?standing=late", {"Train panels"}),
        ("?mark=silent", {"Train panels", "Judge it", "Sessions"}),
        ("?mark=same_words", {"Pay figures"}),
        ("?status=in_progress", {"Pay figures"}),
        ("?search=&standing=&mark=", {"Train panels", "Judge it", "Sessions", "Pay figures"}),
        # What is misspelt is as if it were not said.
        (
            "?standing=lost&due=never&page=x",
            {"Train panels", "Judge it", "Sessions", "Pay figures"},
        ),
        ("?search=%00panels", {"Train panels"}),
    ],
)
def test_each_filter_narrows_the_register(world, client, query, found):
    world.plan(
        action("Train panels", "31 December 2025"),
        action("Judge it", ""),
        action("Sessions", "Ongoing"),
        action("Pay figures", "31 March 2099"),
    )
    said = Action.objects.get(text="Pay figures")
    for _ in range(2):
        world.update(said, at=timezone.now(), done="The same words", status="in_progress")
    page = _see(client, query, world.manager)
    names = {"Train panels", "Judge it", "Sessions", "Pay figures"}
    assert {name for name in names if f" {name} " in page.text} == found


def test_it_is_narrowed_by_recommendation_theme_lead_and_date(world, client):
    mine = world.plan(action("Mine", "31 March 2027"), theme="Being heard", number="1")
    world.plan(action("Other", "31 March 2099", lead="Head of Policy"), theme="Pay", number="2")
    rec = mine.recommendations.get()
    lead = Post.objects.get(title="Head of Learning")
    for query in (
        f"?recommendation={rec.public_id}",
        f"?theme={rec.theme.public_id}",
        f"?lead={lead.public_id}",
    ):
        page = _see(client, query, world.manager)
        assert ("Mine" in page.text, " Other " in page.text) == (True, False), query
    today = timezone.localdate()
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    assert "No action is like this" in _see(client, f"?due={quarter}").text


def test_filters_are_ordinary_links_that_keep_each_other(world, client):
    world.action(action("Train panels", "31 December 2025"))
    page = _see(client, "?search=panels&standing=late", world.manager)
    assert "?search=panels&mark=moved" in page.links
    assert "?search=panels" in page.links
    chosen = [attrs["href"] for tag, attrs in page.having("gt-chip") if "aria-current" in attrs]
    assert chosen == ["?search=panels&standing=late"]


def test_a_page_holds_fifty_and_the_table_holds_all(world, client):
    _many(world, 120)
    page = _see(client, "?page=3", world.manager)
    assert len(_listed(page)) == 20
    assert "Page 3 of 3" in page.text
    assert "?page=2" in page.links
    assert len(_listed(_see(client, "?page=999"))) == 20
    table = cells.read(client.get(reverse("register_csv")).content.decode("utf-8-sig"))
    assert len(table) == 121


def test_the_number_of_queries_does_not_grow_with_the_rows(
    world, client, django_assert_max_num_queries
):
    client.force_login(world.manager)
    used = []
    for number in (3, 297):
        _many(world, number)
        with django_assert_max_num_queries(20) as asked:
            client.get(REGISTER)
        used.append(len(asked.captured_queries))
    assert used[0] == used[1]


def test_the_table_holds_the_words_and_no_formula(world, client):
    hostile = ["=1+1", "@SUM(A1)", "\t=1", *VECTORS]
    world.plan(*(action(words) for words in hostile))
    client.force_login(world.manager)
    answer = client.get(reverse("register_csv"))
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    text = answer.content.decode("utf-8-sig")
    rows = cells.read(text)
    kept = [row.text for row in Action.objects.order_by("position")]
    assert [row[2] for row in rows[1:]] == kept
    raw = [line for line in text.splitlines() if ',"=' in line or ',"@' in line]
    assert raw == []


def test_hostile_words_are_words_on_every_page_of_the_register(world, client):
    world.plan(*(action(words, number=words[:20]) for words in VECTORS))
    client.force_login(world.manager)
    for query in ("", "?search=%3Cscript%3Ereached()%3C/script%3E"):
        answer = client.get(REGISTER + query).content.decode()
        page = Page(answer)
        assert [tag for tag, _ in page.elements if tag in ("script", "iframe", "base", "img")] == []
        assert [a for _, attrs in page.elements for a in attrs if a.startswith("on")] == []


def test_a_register_without_actions_is_no_dead_end(world, client):
    world.action(action("Of another directorate"), unit=world.unit("Resources"))
    page = _see(client, person=world.council.people["Colette Mbeki"])
    home = Page(client.get(reverse("workspace_home")).content)
    assert "No plan belongs to Housing and Communities yet" in home.text
    assert "Read them as the public does" in home.text
    assert "Read what the public reads" in page.text
    assert "/" in home.links
    assert "/" in page.links


def test_a_director_finds_the_plan_of_the_whole_council_to_read(world, client):
    row = world.action(action("Of the whole council"))
    file = Shown("List", file=io.BytesIO(b"%PDF-1.7"), name="list.pdf")
    world.update(row, evidence=[file])
    page = _see(client, person=world.council.people["Colette Mbeki"])
    assert "Of the whole council" in page.text
    home = Page(client.get(reverse("workspace_home")).content)
    plan = reverse("plan", kwargs={"plan": row.plan.public_id})
    assert plan in home.links
    told = Page(client.get(plan).content)
    assert "which your own part of the council serves" in told.text
    assert "Waits for a second person" not in told.text
    assert reverse("adopt_edition", kwargs={"plan": row.plan.public_id}) not in told.links
    story = Page(client.get(reverse("action", kwargs={"action": row.public_id})).content)
    assert "You may read this story." in story.text
    assert "a file of the unit above yours: ask its lead" in story.text
    kept = Evidence.objects.get()
    file_at = reverse("evidence_file", kwargs={"evidence": kept.public_id})
    assert file_at not in story.links
    assert client.get(file_at).status_code == 403


def test_an_administrator_finds_their_work_on_the_first_page(world, client):
    client.force_login(world.administrator)
    links = Page(client.get(reverse("workspace_home")).content).links
    assert {reverse(name) for name in ("people", "posts", "units", "audit")} <= set(links)
