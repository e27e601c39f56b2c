"""An intruder reads everything that the public can reach, and finds nothing that is not theirs.

The demonstration is set up, and a word that nobody else would write is planted in every internal
place. All public pages, tables, JSON, headers and static files are then read, and addresses of
unpublished things are guessed. What is looked for comes from the classification of the columns, so
that a new internal column is looked for by itself. First the test shows that it would see a leak.
"""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import models
from django.test import Client

from goldenthread import plan as core
from goldenthread.plan import edition as ed
from goldenthread.web import models as rows
from goldenthread.web.changes import demo, people, public_words, review
from goldenthread.web.changes import plan as plans
from goldenthread.web.models.classification import COLUMNS
from goldenthread.web.pages import folder
from web.world import action
from web_pages import Page

TOLD = "Quennelle told everybody"
# Words of closed lists and the like that stand in internal columns and in public ones alike.
PLAIN = {choice for words in ("programme docx adopted open as_read") for choice in words.split()}


def planted(number):
    """A word that nobody else would write."""
    return f"Xanthippe{number:02d}zz"


@pytest.fixture
def council(world):
    """Brackenford with its editions, and a planted word in every internal place after them."""
    made = world.council
    plan = demo.half_way(made)
    told = plan.actions.get(number="B1")
    at = rows.Edition.objects.order_by("-number").first().published_at
    world.update(told, by=world.manager, at=at, done=TOLD)
    demo.publish(made, plan, at + timedelta(days=1), world.publisher)
    demo.open_work(made, plan)
    return _planted(world, plan, at + timedelta(days=2))


def _planted(world, plan, at):
    manager, row = world.manager, plan.actions.get(number="B2")
    world.update(row, at=at, done=planted(1), changed=planted(2), stops_when=planted(3))
    row.refresh_from_db()
    file = review.Shown(planted(4), file=io.BytesIO(b"%PDF-1.7"), name=f"{planted(5)}.pdf")
    world.update(row, at=at, done="A file", evidence=[file])
    row.refresh_from_db()
    review.move_date(
        by=manager,
        action=row,
        version=row.version,
        promise=rows.Promise.objects.filter(action=row, replaced_by=None).first(),
        new="30 June 2028",
        reason=planted(6),
        agreed_by=planted(7),
        at=at,
    )
    row.refresh_from_db()
    plans.reword_action(
        by=manager, action=row, version=row.version, title=planted(8), text=planted(9), at=at
    )
    public_words.word_public_page(
        by=manager, of=plan, version=3, at=at, summary=planted(10), contact=planted(11)
    )
    # A plan of another unit that is adopted and never published, with a name in its document.
    named = core.Lead("", "person", person=f"{planted(12)} Smith", remark=planted(13))
    hidden = replace(action(planted(14), lead=""), leads=(named,), status_text=planted(15))
    other = world.plan(hidden, unit=world.unit("Resources"), at=at, theme=planted(16))
    # A draft that is open, and an edition that was set aside with a reason.
    world.draft(action(planted(17)), unit=world.unit("Resources"), at=at)
    waiting = world.edition(other, at=at)
    plans.set_aside_edition(
        by=manager, edition=waiting, version=waiting.version, reason=planted(18), at=at
    )
    person = people.add_person(
        by=world.administrator, name=f"{planted(19)} Jones", email="planted20@xn.example", at=at
    )
    people.add_post(
        by=world.administrator, title=planted(21), unit=world.unit(), begins=plan.begins, at=at
    )
    demo_edition = world.edition(plan, at=at)
    return world, plan, (row, other, waiting, demo_edition, person)


def crawled():
    """Every public answer by its address: its headers and its whole content, as one text."""
    reader, found = Client(), {}
    waiting = ["/", "/plans", "/plan.csv", "/plan.json", "/nothing", "/health"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in found or not address.startswith("/"):
            continue
        if address.startswith(("/account/", "/static/")):
            continue
        answer = reader.get(address)
        heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        assert answer.cookies == {}, address
        found[address] = f"{heads}\n{answer.content.decode('utf-8-sig')}"
        if "html" in answer.headers.get("Content-Type", ""):
            waiting += Page(answer.content).links
    return found


def static_files(answers):
    """The static site of what anybody can download, as text by its names."""
    series = [
        ed.from_json(json.loads(text[text.index("{") :]))
        for address, text in answers.items()
        if "/editions/" in address and address.endswith("/plan.json")
    ]
    series.sort(key=lambda one: one.number)
    made = folder.files(series[-1], series[:-1])
    return {name: content.decode("utf-8-sig") for name, content in made.items()}


QUARTER = re.compile(r"Q[1-4] \d{4}/\d{2}")


def secrets():
    """What no public answer may hold, each with the column where it is kept."""
    published = rows.Edition.objects.filter(published_at__isnull=False)
    shown_ids = {row.plan.public_id for row in published.select_related("plan")}
    actions = [action for row in published for action in row.content["actions"]]
    shown_ids |= {a["id"] for a in actions} | {m["id"] for a in actions for m in a["measures"]}
    # Diaries know a meeting of an open committee by its name through every edition.
    shown_ids |= {one["id"] for row in published for one in row.content["coming"]}
    named = {
        person
        for post in rows.Post.objects.filter(name_public=True)
        for person in post.holdings.values_list("person__name", flat=True)
    }
    units = set(rows.Unit.objects.values_list("name", flat=True))
    found = {}
    for name, columns in COLUMNS.items():
        model = getattr(rows, name)
        for column, held in columns.items():
            field = model._meta.get_field(column)
            if column == "public_id":
                values = set(model.objects.values_list(column, flat=True)) - shown_ids
            elif held.level == "public" or not isinstance(
                field, models.CharField | models.TextField | models.JSONField
            ):
                continue
            else:
                values = {
                    text
                    for value in model.objects.values_list(column, flat=True)
                    for text in _texts(value)
                    if not field.choices
                }
                if (name, column) == ("Draft", "content"):
                    open_ones = rows.Draft.objects.exclude(state="adopted")
                    values = {
                        text
                        for value in open_ones.values_list(column, flat=True)
                        for text in _texts(value)
                        if "Xanthippe" in text
                    }
                elif (name, column) == ("Person", "name"):
                    values -= named
            # Parts of the council and quarters have public names, wherever else they stand.
            values -= shown_ids | units
            values = {text for text in values if not QUARTER.fullmatch(text)}
            found |= {text: f"{name}.{column}" for text in values if _tells(text)}
    # What stands in public columns, and has not been published.
    found |= {planted(number): "planted" for number in range(1, 22) if number != 20}
    return found


def _texts(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def _tells(text):
    """Whether a text is so much of its own that it could not stand in public by chance."""
    if "Xanthippe" in text or "@" in text:
        return True
    if len(text) in (12, 32, 40, 64) and " " not in text:
        return any(sign.isdigit() for sign in text)
    return " " in text and text[0].isupper() and text not in PLAIN and len(text.split()) < 4


def leaks(answers, hidden):
    """Where something hidden stands in an answer: the address and the column."""
    return sorted(
        (address, column)
        for address, text in answers.items()
        for words, column in hidden.items()
        if words in text
    )


def test_an_intruder_finds_nothing_that_was_not_published(council):
    answers, hidden = crawled(), secrets()
    assert len(answers) > 200
    assert len(hidden) > 500
    assert "planted20@xn.example" in hidden
    assert {"Person.email", "Person.name", "Evidence.name", "Evidence.stored"} <= set(
        hidden.values()
    )
    assert leaks(answers, hidden) == []
    files = static_files(answers)
    assert len(files) > 200
    assert leaks(files, hidden) == []


def test_the_intruder_would_see_a_leak(council):
    """What is planted is there for those who may, and what was published is found by anybody."""
    world, _plan, (row, *_rest) = council
    answers, hidden = crawled(), secrets()
    assert [a for a, text in answers.items() if TOLD in text] != []
    client = Client()
    client.force_login(world.manager)
    inside = {
        "action": client.get(f"/workspace/actions/{row.public_id}/").content.decode(),
        "plans": client.get("/workspace/plans/").content.decode(),
    }
    assert {column for _, column in leaks(inside, hidden)} >= {"planted", "Person.name"}
    for words, column in hidden.items():
        spoiled = f"{answers['/'][:2000]} {words}"
        assert leaks({"/": spoiled}, {words: column}) == [("/", column)]


def test_addresses_of_unpublished_things_say_no_more_than_addresses_of_nothing(council):
    _world, plan, (row, other, waiting, frozen, person) = council
    hidden = other.actions.get()
    reader = Client()
    nothing = reader.get("/actions/bcdfghjkmnpq").content
    for address in (
        f"/actions/{hidden.public_id}",
        f"/plans/{other.public_id}/",
        f"/plans/{other.public_id}/plan.json",
        f"/plans/{other.public_id}/editions/1/",
        f"/plans/{plan.public_id}/editions/{frozen.number}/",
        f"/plans/{plan.public_id}/editions/{frozen.number}/plan.json",
        f"/plans/{waiting.public_id}/",
        f"/actions/{row.recommendation.public_id}",
        f"/actions/{person.public_id}",
    ):
        answer = reader.get(address)
        assert (answer.status_code, answer.content) == (404, nothing), address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_done_at_a_public_address(council, method):
    before = rows.AuditEntry.objects.count()
    for address in ("/", "/plan", "/plan.json", "/editions"):
        answer = getattr(Client(), method)(address)
        assert answer.status_code == 405, address
        assert answer.cookies == {}
    assert rows.AuditEntry.objects.count() == before
