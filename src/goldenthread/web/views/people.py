"""People, their roles, the posts and who holds them; and the table of who may do what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import people as changes
from goldenthread.web.forms.people import EndForm, HolderForm, PersonForm, PostForm, RoleForm
from goldenthread.web.permissions import PERMISSIONS, ROLES, RULES
from goldenthread.web.queries import people
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


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
    return render(request, "workspace/posts.html", {"posts": posts})


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
