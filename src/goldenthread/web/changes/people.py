"""People, units, posts and roles: who joins, who holds what, and who may do what from when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F
from django.utils.timezone import localdate

from goldenthread.errors import Missing, NotAllowed
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import Grant, Holding, Person, Post, Strand, Unit
from goldenthread.web.permissions import ROLES, body, require


@change
def begin_site(
    *, by: None = None, body: str, name: str, email: str, at: datetime, begins: date, key: str = ""
) -> Person:
    """Set up an empty site: the public body as its root unit, and its first administrator.

    Who may: whoever runs the command, while nobody has an account. Recorded: ``site.begun``.
    Raises ``NotAllowed`` on a site that has people.
    """
    if Person.objects.exists():
        raise NotAllowed("This site has people already.", permission="begin_site", rule="begun")
    root = Unit.objects.create(name=words(body, name="body", most=160, needed=True), begins=begins)
    person = _new_person(name, email, at)
    Grant.objects.create(person=person, role="administrator", unit=root, since=begins)
    audit.record(by=by, what="site.begun", on=root, facts={"person": person.public_id}, at=at)
    return person


@change
def add_person(*, by: Person, name: str, email: str, at: datetime, key: str = "") -> Person:
    """Give somebody an account, without a password and without any role.

    Who may: add_person. Recorded: ``person.added``. Raises ``Missing`` for an address that is not
    one or that somebody has.
    """
    require(by, "add_person", None, localdate(at))
    person = _new_person(name, email, at)
    audit.record(by=by, what="person.added", on=person, at=at)
    return person


@change
def end_account(
    *,
    by: Person,
    person: Person,
    version: int,
    at: datetime,
    left: bool = False,
    key: str = "",
) -> Person:
    """Close somebody's account: they cannot sign in, and every role that they hold ends today.

    ``left`` says that they have left the body too: today is then their last day in each post. Who
    may: add_person in the whole body, for anybody but themselves. Recorded: ``person.ended``.
    Without ``left`` their posts stay until somebody is appointed.
    """
    on = localdate(at)
    require(by, "add_person", person, on)
    if person.pk == by.pk:
        raise Missing("Nobody closes their own account.", needs={"left": "Ask somebody else."})
    step(person, version, is_active=False)
    # A role that was to begin later never does: its last day is its first.
    Grant.objects.filter(person=person, until__isnull=True, since__gt=on).update(until=F("since"))
    ended = Grant.objects.filter(person=person, until__isnull=True).update(until=on)
    posts = 0
    if left:
        held = Holding.objects.filter(person=person, until__isnull=True, since__lte=on)
        Post.objects.filter(holdings__in=held).update(version=F("version") + 1)
        posts = held.update(until=on)
    facts = {"grants": ended, "posts": posts}
    audit.record(by=by, what="person.ended", on=person, facts=facts, at=at)
    return person


@change
def open_account_again(
    *, by: Person, person: Person, version: int, at: datetime, key: str = ""
) -> Person:
    """Open a closed account again, without any role: those are given anew.

    Who may: add_person in the whole body. Recorded: ``person.returned``.
    """
    require(by, "add_person", person, localdate(at))
    step(person, version, is_active=True)
    audit.record(by=by, what="person.returned", on=person, at=at)
    return person


@change
def grant_role(
    *, by: Person, person: Person, role: str, unit: Unit, since: date, at: datetime, key: str = ""
) -> Grant:
    """Give a role within a unit from a day.

    Who may: grant_role in that unit, to anybody but themselves. Recorded: ``role.granted``. A role
    that the person already holds there is given back as it is, with nothing done twice.
    """
    if role not in ROLES:
        raise Missing("There is no such role.", needs={"role": "Choose one of the roles."})
    require(by, "grant_role", Grant(person=person, unit=unit, role=role), localdate(at))
    held = Grant.objects.filter(person=person, role=role, unit=unit, until__isnull=True).first()
    if held is not None:
        return held
    grant = Grant.objects.create(person=person, role=role, unit=unit, since=since, given_by=by)
    facts = {"person": person.public_id, "role": role, "unit": unit.public_id}
    audit.record(by=by, what="role.granted", on=grant, facts=facts, at=at)
    return grant


@change
def end_role(*, by: Person, grant: Grant, until: date, at: datetime, key: str = "") -> Grant:
    """End a role with a day, which is its last.

    Who may: grant_role in its unit, for anybody but themselves. Recorded: ``role.ended``.
    """
    require(by, "grant_role", grant, localdate(at))
    if until < grant.since:
        raise Missing(
            "A role cannot end before it began.", needs={"until": "Give a day after it began."}
        )
    grant.until = until
    grant.save(update_fields=["until"])
    audit.record(
        by=by, what="role.ended", on=grant, facts={"person": grant.person.public_id}, at=at
    )
    return grant


@change
def add_unit(
    *, by: Person, name: str, kind: str, parent: Unit, begins: date, at: datetime, key: str = ""
) -> Unit:
    """Begin a unit under another.

    Who may: change_units in the parent. Recorded: ``unit.begun``.
    """
    require(by, "change_units", parent, localdate(at))
    unit = Unit.objects.create(
        name=words(name, name="name", most=160, needed=True),
        kind=words(kind, name="kind", most=60),
        parent=parent,
        begins=begins,
    )
    audit.record(by=by, what="unit.begun", on=unit, facts={"parent": parent.public_id}, at=at)
    return unit


@change
def add_post(
    *,
    by: Person,
    title: str,
    unit: Unit,
    begins: date,
    at: datetime,
    name_public: bool = False,
    key: str = "",
) -> Post:
    """Make a post in a unit; its holder's name is shown in public only where ``name_public``.

    Who may: appoint in that unit. Recorded: ``post.added``.
    """
    require(by, "appoint", unit, localdate(at))
    title = words(title, name="title", most=160, needed=True)
    if Post.objects.filter(unit=unit, title=title).exists():
        raise Missing("The unit has a post of this title.", needs={"title": "Give another title."})
    post = Post.objects.create(title=title, unit=unit, begins=begins, name_public=name_public)
    audit.record(by=by, what="post.added", on=post, facts={"name_public": name_public}, at=at)
    return post


@change
def appoint_holder(
    *,
    by: Person,
    post: Post,
    person: Person | None,
    since: date,
    version: int,
    at: datetime,
    key: str = "",
) -> Post:
    """Say who holds a post from a day; the holder before leaves it the day before.

    ``person`` is None where the post falls vacant. Who may: appoint in the post's unit. Recorded:
    ``post.held`` or ``post.vacant``. Raises ``Missing`` where the last holder began on or after
    that day.
    """
    require(by, "appoint", post, localdate(at))
    last = post.holdings.filter(until__isnull=True).first()
    if last is not None and last.since >= since:
        raise Missing(
            "The holder before began on or after that day.", needs={"since": "Give a later day."}
        )
    step(post, version)
    post.holdings.filter(until__isnull=True).update(until=since - timedelta(days=1))
    if person is not None:
        Holding.objects.create(post=post, person=person, since=since)
    audit.record(
        by=by,
        what="post.held" if person is not None else "post.vacant",
        on=post,
        facts={"person": person.public_id if person else "", "since": since.isoformat()},
        at=at,
    )
    return post


@change
def add_strand(*, by: Person, name: str, at: datetime, key: str = "") -> Strand:
    """Add a strand to the programme.

    Who may: change_units in the whole body. Recorded: ``strand.added``.
    """
    require(by, "change_units", body(), localdate(at))
    name = words(name, name="name", most=160, needed=True)
    if Strand.objects.filter(name=name).exists():
        raise Missing("There is a strand of this name.", needs={"name": "Give another name."})
    strand = Strand.objects.create(name=name)
    audit.record(by=by, what="strand.added", on=strand, at=at)
    return strand


def _new_person(name: str, email: str, at: datetime) -> Person:
    """A person without a password; sign-in begins with a link to set one."""
    address = words(email, name="email", most=254, needed=True)
    try:
        validate_email(address)
    except ValidationError:
        raise Missing(
            "This is not an e-mail address.", needs={"email": "Give an address like a@b.gov.uk."}
        ) from None
    if Person.objects.filter(email__iexact=address).exists():
        raise Missing("Somebody has this address.", needs={"email": "Give another address."})
    person = Person(name=words(name, name="name", most=120, needed=True), email=address, joined=at)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person
