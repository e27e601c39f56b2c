"""Shown by 4 of the directorates: who directs one can neither see nor open what another plans.

Everything that hangs on a planning is made in Housing and Communities, in each state that can stand
beside the others; which models these are is found by their keys, so that a new one is looked for by
itself. Then the director of Resources opens every address of the site: with each of those things,
with things of their own that are linked to them, and with searches for their words. No answer may
hold a word of them.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from goldenthread import web
from goldenthread.errors import Missing
from goldenthread.web import models as rows
from goldenthread.web.models import Link, Planning
from goldenthread.web.queries.things import KINDS
from goldenthread.web.views.declared import addresses
from web.views.test_addresses import GUARDED, THINGS
from web.world import DAY, ON

WEB = Path(web.__file__).parent
THEIRS, MINE = "Housing and Communities", "Resources"
# A planning itself says only when it began; words that any page may have for other reasons.
PLAIN = {"Head of Learning", "Head of Policy", "The shared folder", "31 March 2027"}


def way_to_planning(model, seen=()):
    """The keys that lead from a model to a planning; None where none do."""
    if model is Planning:
        return ()
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    for field in keys:
        if field.related_model is Planning:
            return (field.name,)
    for field in keys:
        other = field.related_model
        if other in _HANGING and other not in (*seen, model):
            way = way_to_planning(other, (*seen, model))
            if way is not None:
                return (field.name, *way)
    return None


def _hanging():
    """The models that hang on a planning by a key of their own or of what they belong to."""
    found = {Planning}
    every = [m for m in vars(rows).values() if isinstance(m, type) and issubclass(m, models.Model)]
    grown = True
    while grown:
        grown = False
        for model in every:
            keys = [f for f in model._meta.fields if isinstance(f, models.ForeignKey)]
            if model not in found and any(key.related_model in found for key in keys):
                found.add(model)
                grown = True
    return found


_HANGING = _hanging()
KINDS_OF_PLANNING = sorted(kind for kind in THINGS if kind and KINDS[kind] in _HANGING)


def planned_in(model, unit):
    """The rows of a model that belong to the plannings of a unit."""
    way = way_to_planning(model)
    if way is None:
        return model._default_manager.none()
    return model._default_manager.filter(**{"__".join((*way, "unit")): unit})


def words_of(unit):
    """Every text that is kept of a unit's plannings, with the columns where it stands."""
    found = {}
    for model in _HANGING - {Planning}:
        for field in model._meta.fields:
            if field.choices or not isinstance(field, models.CharField | models.TextField):
                continue
            for text in planned_in(model, unit).values_list(field.name, flat=True):
                if _tells(text):
                    found.setdefault(text, set()).add(f"{model.__name__}.{field.name}")
    told = PLAIN | _copy(found)
    return {text: columns for text, columns in found.items() if text not in told}


def _copy(found):
    """Those of these texts that are the copy of a page, such as an example in a hint."""
    files = [*(WEB / "templates").rglob("*.html"), *(WEB / "forms").rglob("*.py")]
    copy = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return {text for text in found if text in copy}


def _tells(text):
    """Whether a text is so much of its own that no other page would have it by chance."""
    if len(text) == 12 and " " not in text:
        return any(sign.isdigit() for sign in text)
    return len(text) > 8 and " " in text


def _plant(unit):
    """A word that nobody else would write at the end of every text; some rows cannot be changed."""
    planted = 0
    for model in sorted(_HANGING, key=lambda model: model.__name__):
        for field in model._meta.fields:
            if field.choices or not isinstance(field, models.CharField | models.TextField):
                continue
            for row in planned_in(model, unit):
                text = getattr(row, field.name)
                if " " not in text:
                    continue
                planted += 1
                told = {field.name: f"{text} Xanthippe{planted}zz"}
                with suppress(DatabaseError), transaction.atomic():
                    model._default_manager.filter(pk=row.pk).update(**told)


def _made(world, kind, unit):
    """A thing of a kind in each state that can stand beside those before; else one of these."""
    made = []
    for make in THINGS[kind].values():
        try:
            made.append((kind, make(world, unit)))
        except Missing:
            continue
    return made or [(kind, row) for row in planned_in(KINDS[kind], unit)[:1]]


@pytest.fixture
def council(world):
    """Everything of Housing's planning; Resources' own things; links from these to those."""
    theirs, mine = world.unit(THEIRS), world.unit(MINE)
    # What belongs to another is made first, with that other.
    kinds = sorted(KINDS_OF_PLANNING, key=lambda kind: -len(way_to_planning(KINDS[kind])))
    things = [one for kind in kinds for one in _made(world, kind, theirs)]
    assert {kind for kind, _ in things} == set(KINDS_OF_PLANNING)
    _plant(theirs)
    own = {}
    for kind, states in THINGS.items():
        if kind and kind not in KINDS_OF_PLANNING:
            own[kind] = next(iter(states.values()))(world, mine)
    own["planning"] = world.planning(mine)
    action = world.action(unit=mine)
    plan = action.plan
    for start in (("action", action.public_id), ("plan", plan.public_id)):
        for kind, thing in things:
            Link.objects.create(
                from_kind=start[0], from_id=start[1], to_kind=kind, to_id=thing.public_id,
                meaning="comes_from", since=ON - DAY, by=world.manager,
            )  # fmt: skip
    own["action"], own["plan"] = action, plan
    person = world.somebody("director", mine)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return world, theirs, things, own, client


def test_what_hangs_on_a_planning_is_found_by_its_keys():
    assert {"area", "vision", "session", "heardtheme", "pack", "pledge"} <= set(KINDS_OF_PLANNING)
    assert {"AreaSaid", "OneToOnes", "FollowUp", "SignOff"} <= {m.__name__ for m in _HANGING}


def leaks(answer, hidden):
    """In which columns the texts stand that an answer holds."""
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = sent.decode(errors="replace")
    return sorted(
        {column for words, columns in hidden.items() if words in text for column in columns}
    )


def test_a_director_of_another_directorate_opens_nothing_and_reads_no_word(council):
    _world, theirs, things, own, client = council
    hidden = words_of(theirs)
    assert len(set().union(*hidden.values())) > 25
    opened, leaking = [], []
    searched = sorted(text for text in hidden if " " in text)[:3]
    for address in GUARDED:
        kind = address.declared.kind
        mine = [own[kind]] if kind in own else []
        tried = [(None, {})] if not kind else [(one, {kind: one.public_id}) for one in mine]
        tried += [(None, {kind: thing.public_id}) for held, thing in things if held == kind]
        for one, given in tried:
            where = reverse(address.name, kwargs=given)
            answer = client.get(where)
            if kind in KINDS_OF_PLANNING and one is None and answer.status_code not in (403, 404):
                opened.append((address.name, answer.status_code))
            leaking += [(where, column) for column in leaks(answer, hidden)]
            if one is not None or not kind:
                for words in searched:
                    asked = client.get(where, {"search": words, "q": words, "text": words})
                    told = {text: columns for text, columns in hidden.items() if text not in words}
                    leaking += [(f"{where}?search", column) for column in leaks(asked, told)]
    assert opened == []
    assert leaking == []


def test_what_needs_no_permission_tells_nothing_of_a_planning_either(council):
    _world, theirs, _things, _own, client = council
    hidden = words_of(theirs)
    for address in addresses():
        if address.declared is not None and address.declared.permission:
            continue
        try:
            where = reverse(address.name)
        except NoReverseMatch:
            continue
        if where != reverse("account_logout"):
            assert leaks(client.get(where), hidden) == [], where


def test_their_own_director_would_read_it(council):
    """The test would see a leak: the words are on the pages of those who may."""
    world, theirs, things, _own, _client = council
    client = Client(raise_request_exception=False)
    client.force_login(world.somebody("director", theirs))
    hidden, seen = words_of(theirs), set()
    for address in GUARDED:
        for kind, thing in things:
            if kind == address.declared.kind:
                answer = client.get(reverse(address.name, kwargs={kind: thing.public_id}))
                seen |= set(leaks(answer, hidden))
    assert {
        "Area.title",
        "Vision.words",
        "Session.place",
        "HeardTheme.name",
        "Pledge.words",
    } <= seen
