"""Every form of the workspace, every field: hostile text is refused or kept as the words it is.

``FORMS`` makes each form's thing and a sending that would be taken; each of its words is then put
in place of each hostile one. A form that is not there fails a test. What is asked of every answer:
no fault of ours, no element that the words themselves made, and nothing kept but what ``words``
allows.
"""

import csv
import io
import re
import secrets
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.web.changes.words import words
from goldenthread.web.models import AuditEntry, Update
from goldenthread.web.views.declared import addresses
from hostile import VECTORS
from web.changes.test_habits import receive
from web.views.every_form import FORMS, NO_FORM
from web_pages import Page

BIDI = "\u202e\u2066\u2069\u200f"
INVISIBLE = "\u200b\u200c\u200d\ufeff\u2060"
CONTROL = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x85, 0x9F]))
FORMULAS = ('=HYPERLINK("https://elsewhere.example/")', "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)")
MEGABYTE = "long words " * 95_000
HOSTILE = (
    *VECTORS,
    *FORMULAS,
    f"left{BIDI}right",
    f"no{INVISIBLE}thing",
    f"bell{CONTROL}bell",
    "nul\0nul",
    "lone\ud800surrogate",
    "e\u0301" * 900,
    "\U0001f9f5" * 900,
    "W" * 900,
    " \u00a0\u3000\u2028 ",
    MEGABYTE,
)


ASKED = {"key": "k" * 32}


def _client(world, who):
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world, who))
    return client


def _address(name, thing):
    kind = next(a.declared.kind for a in addresses() if a.name == name)
    return reverse(name, kwargs={kind: thing.public_id} if kind else {})


def _send(world, name, /, **more):
    """The answer to a sending, and the thing that it is of."""
    form = FORMS[name]
    thing = form.make(world) if form.make else None
    version = getattr(thing, "version", 0)
    given = {"key": secrets.token_hex(16), "version": version} | form.fields | more
    return _client(world, form.by).post(_address(name, thing), given), thing


def _harmless(answer, hostile):
    """Nothing runs, nothing points elsewhere, and no fault of ours is shown."""
    assert answer.status_code in (200, 302, 400, 403, 404, 409, 422), answer.status_code
    if answer.status_code == 302 or not answer.content:
        return
    for tag, attributes in Page(answer.content).elements:
        assert tag not in ("script", "iframe", "base", "math", "img", "object"), (tag, hostile)
        assert not [name for name in attributes if name.startswith("on")], (tag, hostile)
        target = attributes.get("href") or attributes.get("action") or ""
        assert not target.lower().startswith(("javascript:", "data:", "vbscript:")), target
        assert "elsewhere.example" not in target


def test_every_form_of_the_workspace_is_here():
    guarded = {a.name for a in addresses() if a.declared and a.declared.permission}
    assert {name for name in guarded if not NO_FORM.search(name)} == set(FORMS)


# Fields that are chosen, not written: a few hostile words say as much as all of them.
CHOSEN = {
    *("about", "action", "agreed", "answer", "better", "came", "committees", "counted_to"),
    *("counts", "deed", "ends", "every", "every_1", "fact_1", "format", "heir", "hide"),
    *("horizon", "into", "kind_of_ask", "kind_of_session", "layout", "least_1", "left"),
    *("meaning", "meeting", "months", "nobody_named", "owner", "pair", "papers", "parent"),
    *("part", "person", "pieces", "places", "plan", "post", "public", "quantity", "rag"),
    *("role", "row", "sort", "stance", "status", "strand", "support", "system", "team", "to"),
    *("total", "unit", "weight", "what", "whole", "without_actions"),
}


@pytest.mark.parametrize("name", FORMS)
def test_hostile_words_in_any_field_do_no_harm(world, name):
    for number, typed in enumerate(FORMS[name].typed, list(FORMS).index(name)):
        for hostile in _share(number, 19 if typed in CHOSEN else 9):
            answer, _thing = _send(world, name, **{typed: _sendable(hostile)})
            _harmless(answer, hostile)


def _share(number, apart):
    """A few of the hostile words: others for the next field, so that all fields try all of them."""
    return HOSTILE[number % apart :: apart]


def test_every_hostile_word_is_tried_in_many_fields():
    fields = [
        (number + at, typed)
        for number, form in enumerate(FORMS.values())
        for at, typed in enumerate(form.typed)
        if typed not in CHOSEN
    ]
    tried = Counter(hostile for number, _typed in fields for hostile in _share(number, 9))
    assert set(tried) == set(HOSTILE)
    assert min(tried.values()) > 10


def _sendable(text):
    """A lone surrogate cannot leave a browser; what arrives in its place is a question mark."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def test_what_is_kept_of_hostile_words_is_what_words_allows(world):
    for hostile in HOSTILE:
        if hostile in (MEGABYTE,) or not words(_sendable(hostile), name="x").strip():
            continue
        before = Update.objects.count()
        answer, row = _send(world, "add_update", done=_sendable(hostile))
        if "\0" in hostile:
            assert answer.status_code == 422  # no keyboard types it: the form says so
            continue
        assert answer.status_code == 302
        assert Update.objects.count() == before + 1
        said = Update.objects.get(action=row).done
        assert said == words(_sendable(hostile), name="done")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", said)


def test_no_cell_of_the_register_is_a_formula_whatever_was_typed(world):
    for formula in FORMULAS:
        assert _send(world, "reword_action", title=formula, text=formula)[0].status_code == 302
    table = _client(world, "manager").get(reverse("register_csv")).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@"))] == []
    assert len([cell for cell in cells if cell.endswith(FORMULAS)]) == 2 * len(FORMULAS)


@pytest.mark.parametrize("name", [n for n, form in FORMS.items() if form.typed])
def test_words_that_are_far_too_long_are_refused_and_nothing_is_changed(world, name):
    form = FORMS[name]
    for typed in form.typed:
        if typed in ("without_actions", "left", "papers", "pieces", "hide"):
            continue  # a tick and two marks of the form itself: no words are kept of them
        thing = form.make(world) if form.make else None
        before = AuditEntry.objects.count()
        given_ = {"key": secrets.token_hex(16), "version": getattr(thing, "version", 0)}
        given_ |= form.fields | {typed: "long " * 60_000}
        answer = _client(world, form.by).post(_address(name, thing), given_)
        assert (typed, answer.status_code in (200, 422)) == (typed, True)
        assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_forged_is_refused_and_changes_nothing(world, name):
    form = FORMS[name]
    thing = form.make(world) if form.make else None
    client = Client(enforce_csrf_checks=True)
    client.force_login(getattr(world, form.by))
    before = AuditEntry.objects.count()
    given = ASKED | form.fields | {"version": getattr(thing, "version", 0)}
    answer = client.post(_address(name, thing), given)
    assert answer.status_code == 403
    assert "nothing was done" in answer.content.decode()
    made = AuditEntry.objects.order_by("-number")[: AuditEntry.objects.count() - before]
    assert {entry.act for entry in made} == {"form.refused"}


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].make])
@pytest.mark.parametrize(
    "other", ["nonesuch", "' or 1=1 --", "../../../etc/passwd", "%00", "x" * 5000]
)
def test_an_identifier_that_is_none_is_not_found(world, name, other):
    thing = FORMS[name].make(world)
    address = _address(name, thing).replace(thing.public_id, other)
    answer = _client(world, FORMS[name].by).post(address, ASKED)
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].make])
def test_the_thing_of_another_unit_is_refused_and_the_audit_says_so(world, name):
    form = FORMS[name]
    thing = form.make(world)
    held = {
        "manager": "programme_manager",
        "judge": "auditor",
        "union": "union_representative",
    }
    role = held.get(form.by, form.by)
    client = Client()
    client.force_login(world.somebody(role, world.unit("Place and Environment")))
    given = ASKED | form.fields | {"version": getattr(thing, "version", 0)}
    before = AuditEntry.objects.count()
    assert client.post(_address(name, thing), given).status_code == 403
    made = [entry.act for entry in AuditEntry.objects.order_by("number")[before:]]
    assert made == ["refused"]


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 40, "1; drop table"])
def test_a_version_that_no_row_has_is_out_of_step_and_nothing_is_lost(world, version):
    answer, row = _send(world, "add_update", version=version)
    assert answer.status_code in (409, 422)
    assert "Held two" in Page(answer.content).text
    assert not Update.objects.filter(action=row).exists()


def test_a_file_with_a_hostile_name_is_kept_under_a_plain_one(world):
    for name in (*VECTORS[:6], "../../x.pdf", "a\u202efdp.exe", "con.pdf", "x" * 190 + ".pdf"):
        file = SimpleUploadedFile("list.pdf", b"%PDF-1.7")
        file.name = name.replace("/", "_")
        answer, row = _send(world, "add_update", file_1=file)
        assert answer.status_code in (302, 422)
        for one in row.evidence.all():
            assert not re.search(r'[<>"\'/\\\x00-\x1f]', one.name)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    done=st.text(min_size=1, max_size=60), changed=st.text(max_size=60), title=st.text(max_size=60)
)
def test_whatever_is_typed_the_page_shows_words_alone(world, done, changed, title):
    given_ = {"done": _sendable(done), "changed": _sendable(changed), "title_1": _sendable(title)}
    answer, row = _send(world, "add_update", **given_)
    _harmless(answer, done)
    page = _client(world, "manager").get(reverse("action", kwargs={"action": row.public_id}))
    assert page.status_code == 200
    _harmless(page, done)


def test_hostile_words_about_a_name_do_no_harm(world):
    asked = receive(world).questions.get(words="Reach")
    for hostile in HOSTILE[::2]:
        asked.refresh_from_db()
        given_ = {"key": secrets.token_hex(16), "version": asked.version, "answer": "means"}
        given_ |= {"meaning": "post", "full": _sendable(hostile), "remember": "on"}
        client = _client(world, "manager")
        _harmless(client.post(_address("question", asked), given_), hostile)
        _harmless(client.get(reverse("draft", kwargs={"draft": asked.draft.public_id})), hostile)
        _harmless(client.get(reverse("habits_page")), hostile)
