"""Parts of the council and their posts: added, renamed, moved, ended, each checked before it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.timescale import day, read
from goldenthread.web.changes import people as people_changes
from goldenthread.web.changes import units as changes
from goldenthread.web.forms.units import (
    EndPostForm,
    EndUnitForm,
    MoveUnitForm,
    PostChangeForm,
    RenameForm,
    UnitForm,
)
from goldenthread.web.permissions import body, may
from goldenthread.web.queries import people, units
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import Mistake
from goldenthread.web.views.sending import Check, ask, sent, typed


@needs("read_people")
def units_page(request: HttpRequest) -> HttpResponse:
    """The parts of the council as a tree, today or on the day that the reader asks for."""
    today = timezone.localdate()
    said = request.GET.get("day", "").strip()[:60]
    claims = read(said) if said else ()
    asked = claims[0].end if len(claims) == 1 and claims[0].kind == "date" else None
    wrong: tuple[Mistake, ...] = ()
    if said and asked is None:
        wrong = (Mistake("day", _("Write one day, like 30 September 2026.")),)
    on = asked or today
    facts = {
        "tree": units.tree(for_=who(request), on=on, today=today),
        "on": on,
        "said": said or day(on),
        "may_bring": may(who(request), "change_units", body(), today),
        "mistakes": wrong,
    }
    return render(request, "workspace/units.html", facts, status=422 if wrong else 200)


@needs("change_units")
def add_unit(request: HttpRequest) -> HttpResponse:
    """Begin a part of the council under another."""
    me, today = who(request), timezone.localdate()
    offered = _offered(me, today)
    form = UnitForm(
        **typed(request), choices={"parent": _choices(offered)}, initial={"begins": today}
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["parent"] = offered[answers["parent"]]
        people_changes.add_unit(by=me, at=timezone.now(), **answers)

    done = _("The part of the council was added.")
    return sent(request, form, change, done=done, to=reverse("units")) or _ask(
        request,
        form,
        title=_("Add a part of the council"),
        lead=[_("A directorate, a division, a service: whatever plans, posts or roles belong to.")],
        button=_("Add it"),
    )


@needs("change_units", kind="unit")
def rename_unit(request: HttpRequest, unit: Any) -> HttpResponse:  # noqa: ANN401
    """Call a part of the council otherwise; it stays the same part."""
    before = {"name": unit.name, "sort": unit.kind}
    form = RenameForm(**typed(request), version=unit.version, initial=before)

    def change(answers: dict[str, Any]) -> None:
        changes.rename_unit(by=who(request), unit=unit, at=timezone.now(), **answers)

    done = _("The part of the council was renamed.")
    return sent(
        request, form, change, done=done, to=reverse("units"), stands=lambda: _named(unit)
    ) or _ask(
        request,
        form,
        title=_("Rename %(name)s") % {"name": unit.name},
        lead=[
            _("Pages of the workspace show the new name at once."),
            _(
                "Editions that were published keep the old one. A part that does other work than "
                "before is not renamed: end it, and let a new one take over."
            ),
        ],
        button=_("Keep this name"),
        theirs=_theirs(form),
    )


@needs("change_units", kind="unit")
def move_unit(request: HttpRequest, unit: Any) -> HttpResponse:  # noqa: ANN401
    """Move a part of the council under another, with its posts and all below it."""
    me, today = who(request), timezone.localdate()
    offered = {key: one for key, one in _offered(me, today).items() if one.pk != unit.pk}
    form = MoveUnitForm(
        **typed(request),
        choices={"parent": _choices(offered)},
        version=unit.version,
        initial={"on": today},
    )
    weight = units.weight(unit, today)

    def change(answers: dict[str, Any]) -> None:
        answers["parent"] = offered[answers["parent"]]
        changes.move_unit(by=me, unit=unit, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        effects = [
            _("It ends on %(day)s, and a part of the same name begins in the new place.")
            % {"day": day(answers["on"] - timedelta(days=1))},
            *_many(
                (weight.units, _below),
                (weight.posts, _posts_go),
                (weight.roles, _roles_stay),
                (weight.plans, _plans_stay),
            ),
        ]
        title = _("Move %(name)s?") % {"name": unit.name}
        return Check(title, tuple(effects), _("Move it"), reverse("units"))

    done = _("The part of the council was moved.")
    return sent(
        request,
        form,
        change,
        done=done,
        to=reverse("units"),
        stands=lambda: _named(unit),
        check=check,
    ) or _ask(
        request,
        form,
        title=_("Move %(name)s") % {"name": unit.name},
        lead=[
            _(
                "Its posts and every part below it go along. You check what follows before it is "
                "done."
            )
        ],
        button=_("Go on"),
        theirs=_theirs(form),
    )


@needs("change_units", kind="unit")
def end_unit(request: HttpRequest, unit: Any) -> HttpResponse:  # noqa: ANN401
    """End a part of the council, or say what took over from one that has ended."""
    me, today = who(request), timezone.localdate()
    heirs = {key: one for key, one in _offered(me, today).items() if one.pk != unit.pk}
    form = EndUnitForm(
        **typed(request),
        choices={"heir": _choices(heirs)},
        version=unit.version,
        initial={"until": unit.ends or today},
    )
    weight = units.weight(unit, today)

    def change(answers: dict[str, Any]) -> None:
        heir, until, at = heirs.get(answers.pop("heir")), answers.pop("until"), timezone.now()
        if heir is None:
            changes.end_unit(by=me, unit=unit, until=until, at=at, **answers)
        else:
            on = until + timedelta(days=1)
            changes.succeed_unit(by=me, before=unit, after=heir, on=on, at=at, **answers)

    def check(answers: dict[str, Any]) -> Check:
        heir = heirs.get(answers["heir"])
        effects = [
            _("%(name)s takes over the day after.") % {"name": heir.name}
            if heir
            else _("Nothing takes over from it."),
            *_many(
                (weight.units, _in_the_way),
                (weight.posts, _posts_in_the_way),
                (weight.roles, _roles_stay),
                (weight.plans, _plans_stay),
            ),
        ]
        title = _("End %(name)s?") % {"name": unit.name}
        return Check(title, tuple(effects), _("End it"), reverse("units"))

    done = _("The part of the council was ended.")
    return sent(
        request,
        form,
        change,
        done=done,
        to=reverse("units"),
        stands=lambda: _named(unit),
        check=check,
    ) or _ask(
        request,
        form,
        title=_("End %(name)s") % {"name": unit.name},
        lead=[
            _(
                "Move or end the parts and posts that stand in it first. Its plans and their "
                "history stay its own."
            )
        ],
        button=_("Go on"),
        theirs=_theirs(form),
    )


@needs("appoint", kind="post")
def change_post(request: HttpRequest, post: Any) -> HttpResponse:  # noqa: ANN401
    """Give a post another title or part of the council, or show its holder's name in public."""
    me, today = who(request), timezone.localdate()
    offered = {
        unit.public_id: unit for unit in people.units(for_=me, permission="appoint", on=today)
    }
    offered.setdefault(post.unit.public_id, post.unit)
    form = PostChangeForm(
        **typed(request),
        choices={"unit": _choices(offered)},
        version=post.version,
        initial={
            "title": post.title,
            "unit": post.unit.public_id,
            "name_public": post.name_public,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers["unit"] = offered[answers["unit"]]
        changes.change_post(by=me, post=post, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        post.refresh_from_db()
        return {_("Title"): post.title, _("Part of the council"): post.unit.name}, post.version

    done = _("The post was changed.")
    return sent(request, form, change, done=done, to=reverse("posts"), stands=stands) or _ask(
        request,
        form,
        title=_("Change the post of %(title)s") % {"title": post.title},
        lead=[
            _(
                "Its holders and the actions that it leads stay with it. Editions that were "
                "published keep the old words."
            )
        ],
        button=_("Keep this"),
        back="posts",
        theirs=_theirs(form),
    )


@needs("appoint", kind="post")
def end_post(request: HttpRequest, post: Any) -> HttpResponse:  # noqa: ANN401
    """End a post; another answers for the open actions that it led."""
    me, today = who(request), timezone.localdate()
    heirs = {
        one.public_id: one
        for one in people.posts(for_=me, on=today)
        if one.pk != post.pk and one.ends is None
    }
    led = units.leading(post)
    form = EndPostForm(
        **typed(request),
        choices={"heir": [(key, f"{one.title}, {one.unit.name}") for key, one in heirs.items()]},
        version=post.version,
        initial={"until": today},
    )
    of_actions = (
        ngettext(
            "It answers for %(count)s open action.", "It answers for %(count)s open actions.", led
        )
        % {"count": led}
        if led
        else _("It answers for no open action.")
    )

    def change(answers: dict[str, Any]) -> None:
        answers["heir"] = heirs.get(answers["heir"])
        changes.end_post(by=me, post=post, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        heir = heirs.get(answers["heir"])
        effects = [
            *(
                _("%(name)s leaves it on that day.") % {"name": held.person.name}
                for held in post.holdings.filter(until__isnull=True)
            ),
            of_actions,
        ]
        if heir is not None:
            effects.append(
                _("%(title)s answers for them from the day after.") % {"title": heir.title}
            )
        effects.append(_("A post that has ended does not begin again: a new one is added."))
        title = _("End the post of %(title)s?") % {"title": post.title}
        return Check(title, tuple(effects), _("End this post"), reverse("posts"))

    def stands() -> tuple[dict[str, Any], int]:
        post.refresh_from_db()
        return {_("Last day"): day(post.ends) if post.ends else _("None")}, post.version

    done = _("The post was ended.")
    return sent(
        request, form, change, done=done, to=reverse("posts"), stands=stands, check=check
    ) or _ask(
        request,
        form,
        title=_("End the post of %(title)s") % {"title": post.title},
        lead=[
            of_actions,
            _(
                "If only its holder leaves, change the holder instead: the post stays, "
                "and its actions with it."
            ),
        ],
        button=_("Go on"),
        back="posts",
        theirs=_theirs(form),
    )


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    back: str = "units",
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    words = {"units": _("Parts of the council"), "posts": _("Posts"), "people": _("People")}
    return ask(request, form, "one_form", back_to=reverse(back), back_words=words[back], **facts)


def _offered(me: Any, today: date) -> dict[str, Any]:  # noqa: ANN401
    found = people.units(for_=me, permission="change_units", on=today)
    return {unit.public_id: unit for unit in found}


def _choices(offered: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, one.name) for key, one in offered.items()]


def _named(unit: Any) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    """What now stands of a unit, for somebody whose form came too late, and its version."""
    unit.refresh_from_db()
    ends = day(unit.ends) if unit.ends else _("None")
    return {_("Name"): unit.name, _("Last day"): ends}, unit.version


def _theirs(form: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(str(name).capitalize(), str(value)) for name, value in form.theirs.items()]


def _many(*counted: tuple[int, Any]) -> list[str]:
    """A sentence for each number that is not nought."""
    return [sentence(count) % {"count": count} for count, sentence in counted if count]


def _below(n: int) -> str:
    return ngettext("%(count)s part below it goes along.", "%(count)s parts below it go along.", n)


def _posts_go(n: int) -> str:
    return ngettext(
        "%(count)s post goes along, with its holder and its actions.",
        "%(count)s posts go along, with their holders and their actions.",
        n,
    )


def _in_the_way(n: int) -> str:
    return ngettext(
        "%(count)s part still stands in it, and must be moved or ended first.",
        "%(count)s parts still stand in it, and must be moved or ended first.",
        n,
    )


def _posts_in_the_way(n: int) -> str:
    return ngettext(
        "%(count)s post still stands in it, and must be changed or ended first.",
        "%(count)s posts still stand in it, and must be changed or ended first.",
        n,
    )


def _roles_stay(n: int) -> str:
    return ngettext(
        "%(count)s role is held in it and stays there: give it again where it is needed.",
        "%(count)s roles are held in it and stay there: give them again where they are needed.",
        n,
    )


def _plans_stay(n: int) -> str:
    return ngettext(
        "%(count)s plan stays its own, and is reached from what takes over.",
        "%(count)s plans stay its own, and are reached from what takes over.",
        n,
    )
