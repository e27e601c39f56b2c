"""People, their roles, the posts and who holds them; and the table of who may do what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.web.changes import people as changes
from goldenthread.web.forms.people import EndForm, HolderForm, PersonForm, PostForm, RoleForm
from goldenthread.web.forms.units import AgainForm, CloseForm
from goldenthread.web.permissions import PERMISSIONS, ROLES, RULES
from goldenthread.web.queries import ownership, people, units
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import Check, ask, sent, typed


@needs("open_workspace")
def who_may(request: HttpRequest) -> HttpResponse:
    """The table of permissions, explaining itself: each role, and each thing with who may do it."""
    narrowed = {
        (role.name, name): RULES[rule].sentence
        for role in ROLES.values()
        for name, rule in role.only.items()
    }
    return render(
        request,
        "workspace/who_may.html",
        {
            "roles": ROLES.values(),
            "permissions": PERMISSIONS.values(),
            "rules": RULES,
            "narrowed": narrowed,
            "held": people.roles(for_=who(request), on=timezone.localdate()),
        },
    )


@needs("read_people")
def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, the posts that they hold and the roles that they have today."""
    today = timezone.localdate()
    return render(
        request,
        "workspace/people.html",
        {"people": people.people(for_=who(request), on=today), "roles": ROLES},
    )


@needs("read_people")
def posts_page(request: HttpRequest) -> HttpResponse:
    """The posts of the body, who holds each today, and who held it before."""
    today = timezone.localdate()
    posts = [
        (post, [one for one in post.holdings.all() if _holds(one, today)])
        for post in people.posts(for_=who(request), on=today)
    ]
    empty = ownership.vacancies([post for post, held in posts if not held], today)
    return render(request, "workspace/posts.html", {"posts": posts, "empty_posts": empty})


def _holds(holding: Any, today: Any) -> bool:  # noqa: ANN401
    return holding.since <= today and (holding.until is None or holding.until >= today)


@needs("add_person")
def add_person(request: HttpRequest) -> HttpResponse:
    """Give somebody an account; a role is given apart, and they set their own password."""
    form = PersonForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.add_person(by=who(request), at=timezone.now(), **answers)

    done = _("The person was added. They can do nothing until they are given a role.")
    return sent(request, form, change, done=done, to=reverse("people")) or ask(
        request, form, "add_person"
    )


@needs("add_person", kind="person")
def close_account(request: HttpRequest, person: Any) -> HttpResponse:  # noqa: ANN401
    """Close somebody's account, and where they have left the council, empty their posts."""
    today = timezone.localdate()
    form = CloseForm(**typed(request), version=person.version)
    posts, roles = units.posts_of(person, today), units.roles_held(person, today)

    def change(answers: dict[str, Any]) -> None:
        changes.end_account(by=who(request), person=person, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        effects = [
            _("They cannot sign in from now on, wherever they are signed in."),
            ngettext(
                "%(count)s role of theirs ends today.",
                "%(count)s roles of theirs end today.",
                roles,
            )
            % {"count": roles}
            if roles
            else _("They hold no role."),
        ]
        for post in posts:
            said = (
                _("The post of %(title)s is empty from tomorrow. Open actions there: %(count)s.")
                if answers["left"]
                else _("They keep the post of %(title)s. Open actions there: %(count)s.")
            )
            effects.append(said % {"title": post.title, "count": units.leading(post)})
        effects.append(_("What they did stays under their name. The account can be opened again."))
        title = _("Close the account of %(name)s?") % {"name": person.name}
        return Check(title, tuple(effects), _("Close this account"), reverse("people"))

    def stands() -> tuple[dict[str, Any], int]:
        person.refresh_from_db()
        return {_("Account"): _("Open") if person.is_active else _("Closed")}, person.version

    done = _("The account was closed.")
    return sent(
        request, form, change, done=done, to=reverse("people"), stands=stands, check=check
    ) or _one_form(
        request,
        form,
        title=_("Close the account of %(name)s") % {"name": person.name},
        lead=[_("They can no longer sign in, and every role that they hold ends today.")],
        button=_("Go on"),
    )


@needs("add_person", kind="person")
def open_account_again(request: HttpRequest, person: Any) -> HttpResponse:  # noqa: ANN401
    """Open a closed account again, for somebody who has come back."""
    form = AgainForm(**typed(request), version=person.version)

    def change(answers: dict[str, Any]) -> None:
        changes.open_account_again(by=who(request), person=person, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        person.refresh_from_db()
        return {_("Account"): _("Open") if person.is_active else _("Closed")}, person.version

    done = _("The account is open again. They can do nothing until they are given a role.")
    return sent(request, form, change, done=done, to=reverse("people"), stands=stands) or _one_form(
        request,
        form,
        title=_("Open the account of %(name)s again") % {"name": person.name},
        lead=[
            _(
                "They sign in with the same address. Roles that they held before are not given "
                "back: give them anew."
            )
        ],
        button=_("Open it again"),
    )


def _one_form(request: HttpRequest, form: Any, **facts: Any) -> HttpResponse:  # noqa: ANN401
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    facts |= {"back_to": reverse("people"), "back_words": _("People"), "theirs": theirs}
    return ask(request, form, "one_form", **facts)


@needs("grant_role")
def give_role(request: HttpRequest) -> HttpResponse:
    """Give somebody a role in a part of the body, from a day; nobody gives one to themselves."""
    me, today = who(request), timezone.localdate()
    everybody = {
        person.public_id: person
        for person in people.people(for_=me, on=today)
        if person.is_active and person.pk != me.pk
    }
    units = {
        unit.public_id: unit for unit in people.units(for_=me, permission="grant_role", on=today)
    }
    form = RoleForm(
        **typed(request),
        choices={
            "person": [(key, person.name) for key, person in everybody.items()],
            "unit": [(key, unit.name) for key, unit in units.items()],
        },
        initial={"person": request.GET.get("person", ""), "since": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers |= {
            "person": everybody[answers["person"]],
            "unit": units[answers["unit"]],
        }
        changes.grant_role(by=me, at=timezone.now(), **answers)

    done = _("The role was given.")
    return sent(request, form, change, done=done, to=reverse("people")) or ask(
        request, form, "give_role"
    )


@needs("grant_role", kind="grant")
def end_role(request: HttpRequest, grant: Any) -> HttpResponse:  # noqa: ANN401
    """End a role with a last day; nobody ends their own."""
    form = EndForm(**typed(request), initial={"until": timezone.localdate()})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.end_role(by=who(request), grant=grant, at=timezone.now(), **answers)

    done = _("The role was ended.")
    return sent(request, form, change, done=done, to=reverse("people")) or ask(
        request,
        form,
        "end_role",
        grant=grant,
        role=ROLES.get(grant.role),
    )


@needs("appoint")
def add_post(request: HttpRequest) -> HttpResponse:
    """Make a post in a part of the body."""
    me, today = who(request), timezone.localdate()
    units = {unit.public_id: unit for unit in people.units(for_=me, permission="appoint", on=today)}
    form = PostForm(
        **typed(request),
        choices={"unit": [(key, unit.name) for key, unit in units.items()]},
        initial={"begins": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["unit"] = units[answers["unit"]]
        changes.add_post(by=me, at=timezone.now(), **answers)

    done = _("The post was added. Nobody holds it yet.")
    return sent(request, form, change, done=done, to=reverse("posts")) or ask(
        request, form, "add_post"
    )


@needs("appoint", kind="post")
def appoint_holder(request: HttpRequest, post: Any) -> HttpResponse:  # noqa: ANN401
    """Say who holds a post from a day; whoever held it before leaves it the day before."""
    me, today = who(request), timezone.localdate()
    everybody = {
        person.public_id: person for person in people.people(for_=me, on=today) if person.is_active
    }
    form = HolderForm(
        **typed(request),
        choices={"person": [(key, person.name) for key, person in everybody.items()]},
        version=post.version,
        initial={"since": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["person"] = everybody.get(answers["person"])
        changes.appoint_holder(by=me, post=post, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        post.refresh_from_db()
        last = post.holdings.last()
        return {"holder": last.person.name if last else _("Nobody")}, post.version

    done = _("The holder of the post was changed.")
    return sent(request, form, change, done=done, to=reverse("posts"), stands=stands) or ask(
        request,
        form,
        "appoint",
        post=post,
        theirs=[(_("Held by"), str(form.theirs["holder"]))] if "holder" in form.theirs else [],
    )
