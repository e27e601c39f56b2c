"""Contributors, a post's work passed on in one step and given back, and who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.errors import Missing
from goldenthread.timescale import day
from goldenthread.web.changes import handover as handovers
from goldenthread.web.changes import ownership as changes
from goldenthread.web.changes import who_is_who as naming
from goldenthread.web.forms.ownership import (
    AloneForm,
    AnswerableForm,
    ContributorForm,
    GiveBackForm,
    PassOnForm,
)
from goldenthread.web.forms.people import EndForm
from goldenthread.web.queries import ownership, plan, register
from goldenthread.web.queries import who_is_who as whos
from goldenthread.web.queries.units import tree
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import Check, ask, sent, typed

Posts = dict[str, Any]


def _choices(posts: Posts) -> list[tuple[str, str]]:
    return [(key, f"{post.title}, {post.unit.name}") for key, post in posts.items()]


def _one_form(request: HttpRequest, form: Any, **facts: Any) -> HttpResponse:  # noqa: ANN401
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    return ask(request, form, "one_form", **({"room": "register", "theirs": theirs} | facts))


def _action(row: plan.Action) -> dict[str, Any]:
    address = reverse("action", kwargs={"action": row.public_id})
    return {"back_to": address, "back_words": _("The action")}


# -- one action ----------------------------------------------------------------------------------


@needs("edit_plan", kind="action")
def add_contributor(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Say who contributes to an action: a post, a part of the council, or a group."""
    me, today = who(request), timezone.localdate()
    posts = {
        post.public_id: post for post in register.leading_posts(unit=action.plan.unit_id, on=today)
    }
    teams = {one.unit.public_id: one.unit for one in tree(for_=me, on=today, today=today).now}
    form = ContributorForm(
        **typed(request),
        choices={
            "post": _choices(posts),
            "team": [(key, unit.name) for key, unit in teams.items()],
        },
        initial={"since": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers |= {"post": posts.get(answers["post"]), "team": teams.get(answers["team"])}
        changes.add_contributor(by=me, action=action, at=timezone.now(), **answers)

    where = _action(action)
    return sent(
        request, form, change, done=_("The contributor was added."), to=where["back_to"]
    ) or _one_form(
        request,
        form,
        title=_("Add a contributor"),
        lead=[
            f"{action.number} {action.title or action.text}",
            _("One post answers for an action. Others help it, and the page names them."),
        ],
        button=_("Add it"),
        **where,
    )


@needs("edit_plan", kind="lead")
def end_contribution(request: HttpRequest, lead: Any) -> HttpResponse:  # noqa: ANN401
    """End a contribution with its last day; it stays in the history."""
    form = EndForm(**typed(request), initial={"until": timezone.localdate()})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.end_contribution(by=who(request), lead=lead, at=timezone.now(), **answers)

    where = _action(lead.action)
    return sent(
        request, form, change, done=_("The contribution was ended."), to=where["back_to"]
    ) or _one_form(
        request,
        form,
        title=_("End the contribution of %(name)s") % {"name": lead.text},
        lead=[_("It stays in the history of the action.")],
        button=_("End it"),
        **where,
    )


@needs("edit_plan", kind="action")
def answer_alone(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Say which of several posts that a document names together answers for an action."""
    today = timezone.localdate()
    together = {
        lead.public_id: lead
        for lead, _held in register.answering(register.leads_of(action), on=today)
        if lead.role == "accountable" and lead.until is None
    }
    form = AloneForm(
        **typed(request),
        choices={"lead": [(key, lead.text) for key, lead in together.items()]},
        version=action.version,
        initial={"since": today + timedelta(days=1)},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["lead"] = together[answers["lead"]]
        changes.answer_alone(by=who(request), action=action, at=timezone.now(), **answers)

    def stands() -> tuple[Mapping[str, Any], int]:
        action.refresh_from_db()
        names = [lead.text for lead in register.leads_of(action) if lead.until is None]
        return {_("Who answers"): ", ".join(names)}, action.version

    where = _action(action)
    return sent(
        request,
        form,
        change,
        done=_("One post answers for it now. The others contribute."),
        to=where["back_to"],
        stands=stands,
    ) or _one_form(
        request,
        form,
        title=_("Which post answers for it?"),
        lead=[
            _("The document names several. One answers, and the others contribute from then on.")
        ],
        button=_("Keep this"),
        **where,
    )


# -- a post's work -------------------------------------------------------------------------------


@needs("hand_over_work", kind="post")
def hand_over_work(request: HttpRequest, post: Any) -> HttpResponse:  # noqa: ANN401
    """Everything that a post answers for, to pass on in one step; and what was passed on before."""
    me, today = who(request), timezone.localdate()
    found = ownership.duties(post, today)
    posts = {one.public_id: one for one in ownership.posts_to_take(post, today)}
    holder = ownership.holders([post], today).get(post.pk, "")
    form = PassOnForm(
        **typed(request),
        choices={"to": _choices(posts), "meanwhile": _choices(posts)},
        duties=[(duty.key, duty.words) for duty in found],
        seen=ownership.sight(found),
        version=post.version,
        initial={"on": today + timedelta(days=1)},
    )

    def answered(answers: dict[str, Any]) -> dict[str, Any]:
        return answers | {
            "to": posts.get(answers["to"]),
            "meanwhile": posts.get(answers["meanwhile"]),
            "parts": {key: posts[chosen] for key, chosen in answers["parts"].items()},
        }

    def change(answers: dict[str, Any]) -> None:
        handovers.hand_over_work(by=me, post=post, at=timezone.now(), **answered(answers))

    def stands() -> tuple[Mapping[str, Any], int]:
        post.refresh_from_db()
        now = ownership.duties(post, today)
        form.now_seen = ownership.sight(now)
        return {_("It answers for"): _many(now)}, post.version

    done = _("It was passed on. The page of each action says so and why.")
    here = reverse("hand_over_work", kwargs={"post": post.public_id})
    return sent(request, form, change, done=done, to=here, stands=stands) or ask(
        request,
        form,
        "hand_over_work",
        post=post,
        holder=holder,
        vacancy=ownership.vacancies([post], today).get(post.pk),
        found=found,
        said=_many(found),
        before=ownership.handovers(post, for_=me, on=today),
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )


def _many(found: Sequence[ownership.Duty]) -> str:
    """How much it is, in words."""
    kinds = [duty.kind for duty in found]
    counted = [
        (ngettext("%(n)s action", "%(n)s actions", kinds.count("action")), "action"),
        (
            ngettext("%(n)s contribution", "%(n)s contributions", kinds.count("contribution")),
            "contribution",
        ),
        (
            ngettext(
                "%(n)s line of who is who", "%(n)s lines of who is who", kinds.count("answerable")
            ),
            "answerable",
        ),
        (
            ngettext("%(n)s empty post", "%(n)s empty posts", kinds.count("meanwhile")),
            "meanwhile",
        ),
        (ngettext("%(n)s measure", "%(n)s measures", kinds.count("measure")), "measure"),
        (ngettext("%(n)s request", "%(n)s requests", kinds.count("ask")), "ask"),
    ]
    said = [words % {"n": kinds.count(kind)} for words, kind in counted if kind in kinds]
    return ", ".join(said) if said else _("nothing")


@needs("hand_over_work", kind="handover")
def hand_back(request: HttpRequest, handover: Any) -> HttpResponse:  # noqa: ANN401
    """Give back what passed in a hand-over, after one look at what that means."""
    today, post = timezone.localdate(), handover.before
    form = GiveBackForm(
        **typed(request), version=post.version, initial={"on": max(today, handover.on)}
    )
    back = reverse("hand_over_work", kwargs={"post": post.public_id})

    def change(answers: dict[str, Any]) -> None:
        handovers.hand_back(by=who(request), handover=handover, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        effects = [
            _("%(post)s answers again from %(day)s for what has not passed on since.")
            % {"post": post.title, "day": day(answers["on"])},
            _("What was finished, or passed on again, stays where it is."),
            _("The hand-over stays on record, and so does this."),
        ]
        title = _("Give it back to the post of %(post)s?") % {"post": post.title}
        return Check(title, tuple(effects), _("Give it back"), back, grave=False)

    def stands() -> tuple[Mapping[str, Any], int]:
        post.refresh_from_db()
        return {_("Post"): post.title}, post.version

    return sent(
        request, form, change, done=_("It was given back."), to=back, stands=stands, check=check
    ) or _one_form(
        request,
        form,
        title=_("Give back the work of %(post)s") % {"post": post.title},
        lead=[_("It was passed on from %(day)s.") % {"day": day(handover.on)}, handover.reason],
        button=_("Go on"),
        room="people",
        back_to=back,
        back_words=post.title,
    )


@needs("read_people", kind="person")
def leaving(request: HttpRequest, person: Any) -> HttpResponse:  # noqa: ANN401
    """What somebody leaves behind: their posts, what hangs on each, and their roles."""
    found = ownership.leaving(person, timezone.localdate())
    return render(request, "workspace/leaving.html", {"person": person, "found": found})


# -- who is who ----------------------------------------------------------------------------------


@needs("open_workspace")
def who_is_who(request: HttpRequest) -> HttpResponse:
    """Who answers for the programme and each plan, and the posts that lead its actions."""
    found = whos.who_is_who(for_=who(request), on=timezone.localdate())
    return render(request, "workspace/who_is_who.html", {"found": found})


@needs("word_public_page", kind="plan")
def name_for_plan(request: HttpRequest, plan: whos.Plan) -> HttpResponse:
    """Name a post that answers for one plan."""
    return _name(request, plan, plan.title, plan.unit_id)


@needs("word_public_page", kind="unit")
def name_for_unit(request: HttpRequest, unit: whos.Unit) -> HttpResponse:
    """Name a post that answers for every plan of a part of the council, and below it."""
    return _name(request, unit, unit.name, unit.pk)


def _name(request: HttpRequest, of: whos.Plan | whos.Unit, name: str, unit: int) -> HttpResponse:
    today = timezone.localdate()
    posts = {post.public_id: post for post in register.leading_posts(unit=unit, on=today)}
    form = AnswerableForm(
        **typed(request), choices={"post": _choices(posts)}, initial={"since": today}
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["post"] = posts[answers["post"]]
        naming.name_answerable(by=who(request), of=of, at=timezone.now(), **answers)

    to = reverse("who_is_who")
    done = _("Named. The public reads it once the next edition is published.")
    return sent(request, form, change, done=done, to=to) or _one_form(
        request,
        form,
        title=_("Who answers for it?"),
        lead=[
            name,
            _(
                "Posts are named here, whoever holds them. Public pages show the name of a holder "
                "only where the council publishes it for that post."
            ),
        ],
        button=_("Name this post"),
        room="who",
        back_to=to,
        back_words=_("Who is who"),
    )


@needs("word_public_page", kind="answerable")
def end_answerable(request: HttpRequest, answerable: Any) -> HttpResponse:  # noqa: ANN401
    """End a line of who is who with its last day."""
    form = EndForm(
        **typed(request), version=answerable.version, initial={"until": timezone.localdate()}
    )

    def change(answers: dict[str, Any]) -> None:
        naming.end_answerable(by=who(request), answerable=answerable, at=timezone.now(), **answers)

    def stands() -> tuple[Mapping[str, Any], int]:
        answerable.refresh_from_db()
        if answerable.until is not None:
            raise Missing("It was ended meanwhile.", do="Look at who is who again.")
        return {_("Post"): answerable.post.title}, answerable.version

    to = reverse("who_is_who")
    return sent(
        request, form, change, done=_("The line was ended."), to=to, stands=stands
    ) or _one_form(
        request,
        form,
        title=_("End the line of %(post)s") % {"post": answerable.post.title},
        lead=[answerable.what, _("It stays in the history, and in editions that were published.")],
        button=_("End it"),
        room="who",
        back_to=to,
        back_words=_("Who is who"),
    )
