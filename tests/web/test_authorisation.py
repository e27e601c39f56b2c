"""The whole authorisation matrix: every address and change, role, unit, state and kind of visitor.

Its size is in docs/reference/authorisation.md, which is made from here:
.venv/bin/pytest -n0 tests/web/test_authorisation.py --write-matrix

Then the mutations: any one permission taken from any one role, or given to any one role that
should not have it, makes a cell of the matrix wrong; so does a permission that nobody carries.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from goldenthread.errors import NotAllowed, Refusal
from goldenthread.web import permissions
from goldenthread.web.changes import packs, people
from goldenthread.web.models import Grant, Unit
from goldenthread.web.permissions import PERMISSIONS, ROLES
from goldenthread.web.views import declared
from web.changes.attempt import without_its_check
from web.changes.test_every_change import ATTEMPTS
from web.test_permissions import ABOVE, ASKED_FROM_ABOVE, TABLE
from web.views.test_addresses import GUARDED, OF_THE_BODY, THINGS
from web.world import AT, DAY, ON, SPEAKERS, founded

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "authorisation.md"
TENANCY, HOUSING, RESOURCES = "Tenancy Services", "Housing and Communities", "Resources"

# Where a role is held, as seen from the unit of the thing that is asked for.
UNITS = {
    "the whole council": "",
    "the unit above": HOUSING,
    "the unit itself": TENANCY,
    "a sister of the unit above": RESOURCES,
}
REACHES = {"the whole council", "the unit above", "the unit itself"}
# The same from above: a role in the unit below a thing's own, and in a sister unit of its parts.
BELOW = "the unit below"
# How somebody comes, besides with a role that they hold today.
STRANGERS = ("signed out", "without a role")
VISITORS = (
    *STRANGERS,
    "role ended",
    "role to come",
    "account closed",
    "role unknown",
)
# The states of a thing in which a rule says no to everybody.
OVER = {
    "adopted": ("draft_is_open",),
    "set aside": ("draft_is_open", "edition_waits", "edition_may_go", "edition_is_taken_down"),
    "settled and adopted": ("draft_is_open",),
    "waiting": ("edition_may_go", "edition_is_taken_down"),
    "published": ("edition_waits", "edition_is_taken_down"),
    "being checked": ("edition_waits", "edition_may_go", "edition_is_taken_down"),
    "taken down": ("edition_waits", "edition_may_go", "edition_not_taken_down"),
    "agreed": ("takedown_waits",),
    "ended": ("takedown_waits",),
    "refused": ("date_waits",),
    "issued": ("paper_waits",),
    "reviewed": ("planning_is_open",),
}
# The role is narrowed by a rule about the person: whether their post leads, was asked, or sits.
NARROWED = {
    ("lead_officer", "add_update"),
    ("lead_officer", "move_date"),
    ("lead_officer", "answer_ask"),
    ("lead_officer", "give_figures"),
    ("lead_officer", "read_figures"),
    ("lead_officer", "tell_case_studies"),
    *((role, name) for role in SPEAKERS for name in ("record_ask", "record_stance")),
}
# Whoever tries a change of these is given the post or the seat first (web/changes/bodies.py).
GIVEN = {"answer_ask", "record_ask", "record_stance"}


@dataclass(frozen=True)
class Cell:
    """One thing to try: an address or a change, on a thing in a state, by somebody from somewhere.

    ``where`` is a unit of ``UNITS``, ``BELOW``, or one of ``VISITORS``; ``leads`` is whether the
    post of this person leads the action.
    """

    door: str
    name: str
    permission: str
    state: str
    role: str
    where: str
    leads: bool = False

    @property
    def allowed(self):
        """What the table written by hand expects."""
        if self.role not in TABLE[self.permission] or self.where in VISITORS:
            return False
        if set(PERMISSIONS[self.permission].rules) & set(OVER.get(self.state, ())):
            return False
        if self.narrowed and self.of_a_unit and not self.leads:
            return False
        if PERMISSIONS[self.permission].whole or self.asked_of in ("body", "both"):
            return self.where == "the whole council"
        if (self.state, self.permission) == ("making", "read_papers"):
            # Before it is issued a paper is read by those alone who make papers there.
            return self.role in TABLE["make_paper"] and self.where in REACHES
        if self.permission in ABOVE and self.where == BELOW:
            return True
        if self.permission in ASKED_FROM_ABOVE and self.where == BELOW:
            # Of a body above: only by the post that was asked.
            return self.role == "lead_officer" and self.of_a_unit
        return not self.of_a_unit or self.where in REACHES

    @property
    def narrowed(self):
        """Whether a rule about the person says no to whoever comes without more."""
        if self.door == "change" and self.permission in GIVEN:
            return False
        return (self.role, self.permission) in NARROWED

    @property
    def asked_of(self):
        if self.door == "change":
            return ATTEMPTS[self.name].asked_of
        kind = _address(self.name).declared.kind
        return "body" if kind in OF_THE_BODY else "unit" if kind else "nothing"

    @property
    def of_a_unit(self):
        return self.asked_of == "unit"


@cache
def _address(name):
    return next(address for address in GUARDED if address.name == name)


def cells():
    """Every cell of the matrix."""
    doors = [
        ("address", a.name, a.declared.permission, state)
        for a in GUARDED
        for state in THINGS[a.declared.kind]
    ]
    doors += [("change", name, one.permission, "") for name, one in ATTEMPTS.items()]
    for door, name, permission, state in doors:
        for where in STRANGERS:
            yield Cell(door, name, permission, state, "", where)
        for role in ROLES:
            for where in (*UNITS, BELOW, *VISITORS[len(STRANGERS) :]):
                yield Cell(door, name, permission, state, role, where)
            if (role, permission) in NARROWED:
                yield Cell(door, name, permission, state, role, "the whole council", leads=True)


ALL = list(cells())
BY_DOOR = {
    door: [cell for cell in ALL if (cell.door, cell.name, cell.state) == door]
    for door in dict.fromkeys((cell.door, cell.name, cell.state) for cell in ALL)
}


class Cast:
    """One person for each role and place to hold it, and the session in which each is signed in."""

    def __init__(self, world):
        self.world, self.known, self.signed_in = world, {}, {}

    def everybody(self):
        """Make them all, who lead nothing."""
        for role, where in dict.fromkeys((cell.role, cell.where) for cell in ALL):
            if where not in ("signed out", BELOW):
                person = self.known[role, where] = self._made(role, where)
                self.signed_in[person.pk] = _session(person)

    def of(self, role, where):
        """Who comes so, as they stand in the database; None where nobody is signed in."""
        return None if where == "signed out" else deepcopy(self.known[role, where])

    def leader(self, role):
        """Somebody whose post leads the actions and is asked, or sits in every body."""
        if ("leader", role) not in self.known:
            person = self.known["leader", role] = self.world.somebody(role)
            post = self.world.council.posts[SPEAKERS.get(role, "Head of Learning")]
            post.refresh_from_db()
            people.appoint_holder(
                by=self.world.administrator,
                post=post,
                person=person,
                since=ON - DAY,
                version=post.version,
                at=AT,
            )
            self.signed_in[person.pk] = _session(person)
        return self.known["leader", role]

    def _made(self, role, where):
        world = self.world
        if where == "without a role":
            return world.somebody()
        days = {"since": ON - 3000 * DAY}
        if where == "role ended":
            days = {"since": ON - 4000 * DAY, "until": ON - 3650 * DAY}
        if where == "role to come":
            days = {"since": ON + 36500 * DAY}
        person = world.somebody(role, world.unit(UNITS.get(where, "")), **days)
        if where == "account closed":
            type(person).objects.filter(pk=person.pk).update(is_active=False)
            person.refresh_from_db()
        if where == "role unknown":
            Grant.objects.filter(person=person).update(role="keeper_of_the_seal")
        return person


def _session(person):
    """The key of a session in which they are signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker):
    """The cast, made once in a transaction around those of the tests: each undoes only its own."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        made = Cast(founded())
        made.everybody()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def cast(everybody, world):
    cast = Cast(world)
    cast.known, cast.signed_in = dict(everybody.known), dict(everybody.signed_in)
    return cast


class Tries:
    """Tries cells, and keeps what they are tried on until somebody has changed it."""

    def __init__(self, cast):
        self.cast, self.things, self.seen = cast, {}, set()
        self._attempt, self._of, self._mark = None, None, None

    def __call__(self, cell):
        """Whether a cell let somebody through; what it was instead, where it is neither."""
        person, unit, thing = self.prepared(cell)
        if cell.door == "change":
            return self._changed(cell, person, unit)
        page = (cell.name, cell.state)
        if person is None or not person.is_active or (cell.allowed and page not in self.seen):
            self.seen.add(page)
            return _let_in(lambda: _opened(cell, self.cast, person, thing), person)
        return _let_in(lambda: _asked(cell, person, thing), person)

    def through_the_site(self, cell):
        """The same of an address, asked of the whole site as a browser asks it."""
        person, _, thing = self.prepared(cell)
        client = Client(raise_request_exception=False)
        if person is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cast.signed_in[person.pk]
        return _let_in(lambda: client.get(_path(cell, thing)), person)

    def prepared(self, cell):
        """Who tries a cell, the unit of what they try it on, and that thing where it has one."""
        # Seen from the unit above, a role in the unit itself is one in the unit below.
        held = "the unit itself" if cell.where == BELOW else cell.where
        unit = self.cast.world.unit(HOUSING if cell.where == BELOW else TENANCY)
        if cell.leads:
            self._undone()
            person = self.cast.leader(cell.role)
        else:
            person = self.cast.of(cell.role, held)
        if cell.door == "change":
            return person, unit, None
        kind = _address(cell.name).declared.kind
        key = (kind, cell.state, unit.pk)
        if key not in self.things:
            self.things[key] = THINGS[kind][cell.state](self.cast.world, unit)
        return person, unit, self.things[key]

    def _changed(self, cell, person, unit):
        """Whether a change was made; what it is made of is made anew only after one that was."""
        if self._of != (cell.name, unit.pk):
            self._undone()
            self._mark = transaction.savepoint()
            row = Unit.objects.get(pk=unit.pk)
            self._attempt = ATTEMPTS[cell.name].make(self.cast.world, row)
            self._of = (cell.name, unit.pk)
        mark = transaction.savepoint()
        try:
            self._attempt(person)
        except NotAllowed:
            transaction.savepoint_rollback(mark)
            return False
        except BaseException:
            self._undone()
            raise
        self._undone()
        return True

    def _undone(self):
        """Nothing of the change that was tried last."""
        if self._of is not None:
            transaction.savepoint_rollback(self._mark)
            self._of = None


def _let_in(ask, person):
    """What an answer says: let in, refused, or what is neither, such as ``Missing`` or 404."""
    try:
        answer = ask()
    except NotAllowed:
        return False
    except Refusal as refusal:
        return type(refusal).__name__
    if answer.status_code == 302 and (person is None or not person.is_active):
        return not answer.headers["Location"].startswith(reverse("account_login"))
    # Whoever is signed in and may not is told so, and not sent away; 404 is neither yes nor no.
    return {200: True, 302: True, 403: False}.get(answer.status_code, answer.status_code)


def _path(cell, thing):
    kind = _address(cell.name).declared.kind
    return reverse(cell.name, kwargs={kind: thing.public_id} if kind else {})


def _opened(cell, cast, person, thing):
    """The view's own answer to somebody's session, without what the site does around it.

    A refusal is then not drawn, nor told to the audit: both are the same for every address.
    """
    request = RequestFactory().get(_path(cell, thing))
    if person is not None:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = cast.signed_in[person.pk]
    return _WHO_ASKS(request)


def _asked(cell, person, thing):
    """The same up to where the view begins, since the page was seen whole once."""
    request = RequestFactory().get(_path(cell, thing))
    request.user, request.session = person, {"second_factor": person.pk}
    asks = declared.require

    def ask(*given):
        asks(*given)
        raise _Begins

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declared, "require", ask)
        try:
            return _view(request)
        except _Begins:
            return HttpResponse()


class _Begins(Exception):
    """The guard of an address has let somebody in."""


def _view(request):
    request.resolver_match = match = resolve(request.path_info)
    with permissions.remembered():
        return match.func(request, *match.args, **match.kwargs)


# From a session to its person, as the settings have it.
_WHO_ASKS = SessionMiddleware(AuthenticationMiddleware(MessageMiddleware(_view)))


def _wrong(cells, cast):
    """The cells that are not as the table says."""
    tries = Tries(cast)
    # Leaders last, because a post is given to them; and one unit after the other.
    cells = sorted(cells, key=lambda cell: (cell.leads, cell.where == BELOW))
    wrong = [cell for cell in cells if tries(cell) is not cell.allowed]
    for cell in _one_of_each(cells):
        if tries.through_the_site(cell) is not cell.allowed:
            wrong.append(("through the whole site", cell))
    return wrong


def _one_of_each(cells):
    """Of an address: one cell that lets in, and one of each way to come that ends in another."""
    kinds = {}
    for cell in cells:
        if cell.door == "address" and not cell.leads:
            way = cell.where if cell.where in ("signed out", "account closed") else ""
            kinds.setdefault((cell.allowed, way), cell)
    return list(kinds.values())


@pytest.mark.parametrize("door", BY_DOOR, ids=lambda door: " ".join(part for part in door if part))
def test_only_those_who_may(cast, door):
    assert _wrong(BY_DOOR[door], cast) == []


# -- the matrix notices ----------------------------------------------------------------------------


BY_TABLE = {}
for _cell in ALL:
    if _cell.where == "the whole council":
        BY_TABLE.setdefault((_cell.role, _cell.permission), []).append(_cell)


def _telling(role, permission):
    """A few cells that would tell if the table of this role and permission were another."""
    return BY_TABLE.get((role, permission), [])


def _with_role(monkeypatch, name, held):
    role = ROLES[name]
    monkeypatch.setattr(
        permissions, "ROLES", {**ROLES, name: replace(role, permissions=frozenset(held))}
    )


PAIRS = [(role, name) for role in ROLES for name in PERMISSIONS]


@pytest.mark.parametrize("role", ROLES)
def test_the_matrix_notices_any_one_permission_taken_from_a_role(cast, role, monkeypatch):
    unseen = []
    tries = _ready(role, ROLES[role].permissions, cast)
    for name in sorted(ROLES[role].permissions):
        with monkeypatch.context() as patch:
            _with_role(patch, role, ROLES[role].permissions - {name})
            if not _noticed(_telling(role, name), tries):
                unseen.append(name)
    assert unseen == []


@pytest.mark.parametrize("role", ROLES)
def test_the_matrix_notices_any_one_permission_given_to_a_role(cast, role, monkeypatch):
    unseen = []
    tries = _ready(role, set(PERMISSIONS) - ROLES[role].permissions, cast)
    for name in sorted(set(PERMISSIONS) - ROLES[role].permissions):
        with monkeypatch.context() as patch:
            _with_role(patch, role, ROLES[role].permissions | {name})
            if not _noticed(_telling(role, name), tries):
                unseen.append(name)
    assert unseen == []


def _ready(role, names, cast):
    """Tries whose people and things, for the cells of these, are made while the table is whole."""
    tries = Tries(cast)
    for name in names:
        for cell in _telling(role, name):
            tries.prepared(cell)
    return tries


def _noticed(cells, tries):
    """Whether any of these cells is wrong; the first that is will do."""
    return any(tries(cell) is not cell.allowed for cell in cells)


@pytest.mark.parametrize("name", PERMISSIONS)
def test_the_matrix_notices_a_permission_that_nobody_carries(cast, name, monkeypatch):
    cells = [cell for role in sorted(TABLE[name]) for cell in _telling(role, name)]
    tries = Tries(cast)
    for cell in cells:
        tries.prepared(cell)
    for role in ROLES:
        held = permissions.ROLES[role].permissions - {name}
        monkeypatch.setattr(
            permissions,
            "ROLES",
            {**permissions.ROLES, role: replace(ROLES[role], permissions=held)},
        )
    assert _noticed(cells, tries)


@pytest.mark.parametrize("door", [d for d in BY_DOOR if d[0] == "address"], ids=" ".join)
def test_the_matrix_notices_when_an_address_forgets_to_ask(cast, door, monkeypatch):
    monkeypatch.setattr(declared, "require", lambda *_: None)
    # Opening a pack is itself a change, which asks again: both must forget.
    if door[1] == "pack_file":
        monkeypatch.setattr(packs, "require", lambda *_: None)
    assert _noticed((cell for cell in BY_DOOR[door] if not cell.allowed), Tries(cast))


@pytest.mark.parametrize("name", ATTEMPTS)
def test_the_matrix_notices_when_a_change_forgets_to_ask(cast, name, monkeypatch):
    mutant, module = without_its_check(name)
    monkeypatch.setattr(module, name, mutant)
    # Whoever is nobody leaves no name to write in a row.
    door = [cell for cell in BY_DOOR["change", name, ""] if cell.where != "signed out"]
    assert _noticed((cell for cell in door if not cell.allowed), Tries(cast))


@pytest.mark.parametrize("narrowed", sorted(NARROWED), ids=" ".join)
def test_the_matrix_notices_when_a_role_is_no_longer_narrowed(cast, narrowed, monkeypatch):
    role, name = narrowed
    wide = replace(ROLES[role], only={})
    monkeypatch.setattr(permissions, "ROLES", {**ROLES, role: wide})
    assert _noticed(_telling(role, name), Tries(cast))


@pytest.mark.parametrize("name", ["open_evidence", "export_plan", "add_update", "read_drafts"])
def test_the_matrix_notices_when_more_is_allowed_in_the_units_above(cast, name, monkeypatch):
    wide = replace(PERMISSIONS[name], above=True)
    monkeypatch.setattr(permissions, "PERMISSIONS", {**PERMISSIONS, name: wide})
    assert _noticed([c for c in ALL if (c.permission, c.where) == (name, BELOW)], Tries(cast))


def test_the_matrix_notices_when_units_are_not_asked(cast, monkeypatch):
    monkeypatch.setattr(permissions, "lineage", lambda *_: {u.pk for u in Unit.objects.all()})
    cells = [cell for cell in ALL if cell.where in (BELOW, "a sister of the unit above")]
    assert _noticed((cell for cell in cells if cell.of_a_unit), Tries(cast))


# -- its size --------------------------------------------------------------------------------------


def size():
    """The page that says how large the matrix is."""
    counted = Counter(cell.door for cell in ALL)
    doors = Counter(door for door, _, _ in BY_DOOR)
    held = sum(len(role.permissions) for role in ROLES.values())
    states = len({(a.declared.kind, s) for a in GUARDED for s in THINGS[a.declared.kind]})
    rows = [
        ("Addresses that ask for a permission", len(GUARDED)),
        ("Changes that ask for one", len(ATTEMPTS)),
        ("Things in their states", states),
        ("Addresses with their states", doors["address"]),
        ("Roles", len(ROLES)),
        ("Units where a role is held", len(UNITS) + 1),
        ("Other ways to come", len(VISITORS)),
        ("Cells at addresses", counted["address"]),
        ("Cells at changes", counted["change"]),
        ("**Cells in all**", len(ALL)),
        ("of them allowed", sum(cell.allowed for cell in ALL)),
        ("Permissions", len(PERMISSIONS)),
        ("Mutations: a permission taken from a role", held),
        ("Mutations: a permission given to a role", len(PAIRS) - held),
        ("Mutations: a permission that nobody carries", len(PERMISSIONS)),
    ]
    lines = [
        "# How who may do what is tested",
        "",
        "Made by `tests/web/test_authorisation.py`, which tries every cell; a test compares. The",
        "table of [who may do what](roles.md) is written a second time by hand in the tests, and",
        "every address and change is tried against it. A page is drawn for one who may see it, and",
        "the others are asked up to where it begins.",
        "",
        "| What | How many |",
        "|---|---|",
        *(f"| {what} | {count:,} |" for what, count in rows),
        "",
        f"Units, seen from the thing that is asked for: {', '.join(UNITS)}, {BELOW}.",
        f"Other ways to come: {', '.join(VISITORS)}.",
        f"What a role in {BELOW} lets one do there: {', '.join(sorted(ABOVE))}, and nothing else.",
        "",
        "Every mutation must make a cell wrong, or the test fails. So must an address or a change",
        "that forgets to ask, a role that is no longer narrowed, and units that are not asked.",
    ]
    return "\n".join(lines) + "\n"


def test_the_size_of_the_matrix_is_in_the_reference(request, capsys):
    if request.config.getoption("--write-matrix"):
        PAGE.write_text(size(), encoding="utf-8")
    with capsys.disabled():
        changed = sum(cell.door == "change" for cell in ALL)
        print(f"\nauthorisation matrix: {len(ALL):,} cells, {changed:,} of them at changes")
    assert PAGE.read_text(encoding="utf-8") == size(), "Run it with --write-matrix."
