"""Pledges: made, followed up, shown or kept inside; and the objectives of a planning counted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.plan.objectives import FEW, FEW_IN_PUBLIC
from goldenthread.timescale import day
from goldenthread.web.changes import objectives as count_changes
from goldenthread.web.changes import pledges as changes
from goldenthread.web.forms.pledges import (
    BECAME_WORDS,
    CountForm,
    FollowUpForm,
    PledgeForm,
    ReaderForm,
)
from goldenthread.web.permissions import may, whole_body
from goldenthread.web.queries import directorate_measures, objectives, pledges
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.directorate_measures import measures_of
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_planning")
def pledges_page(request: HttpRequest) -> HttpResponse:
    """The pledges that somebody may see, those first that nobody has spoken of for longest."""
    me, today = who(request), timezone.localdate()
    kind = request.GET.get("of", "")
    found = pledges.listed(
        for_=me,
        on=today,
        silent=kind == "silent",
        members=kind == "members",
        page=page_number(request),
    )
    root = whole_body()
    return render(
        request,
        "workspace/planning/pledges.html",
        {"found": found, "kind": kind, "became": BECAME_WORDS, "root": _root(me, today, root)},
    )


def _root(me: Any, today: Any, root: tuple[int, str] | None) -> str:  # noqa: ANN401
    """The whole body's public identifier, for whoever may record a pledge of Members."""
    unit = pledges.unit_of_body(root)
    return unit.public_id if unit is not None and may(me, "keep_pledges", unit, today) else ""


@needs("keep_pledges", kind="planning")
def make_pledge(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Record a pledge that a post or a team of a directorate made."""
    return _made(request, planning, planning.unit.name, measures_of(planning), _("Measures"))


@needs("keep_pledges", kind="unit")
def make_pledge_of_unit(request: HttpRequest, unit: Any) -> HttpResponse:  # noqa: ANN401
    """Record a pledge outside a planning, such as one of Members: it is of the whole body."""
    return _made(request, unit, unit.name, reverse("pledges"), _("Pledges"))


def _made(
    request: HttpRequest,
    of: Any,  # noqa: ANN401
    name: str,
    to: str,
    back_words: str,
) -> HttpResponse:
    posts, teams = pledges.makers(of, on=timezone.localdate())
    by_post = {one.public_id: one for one in posts}
    by_team = {one.public_id: one for one in teams}
    form = PledgeForm(
        **typed(request),
        choices={
            "post": [(key, f"{one.title}, {one.unit.name}") for key, one in by_post.items()],
            "team": [(key, one.name) for key, one in by_team.items()],
        },
        initial={"made_on": timezone.localdate(), "public": "inside"},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = by_post.get(answers["post"])
        answers["team"] = by_team.get(answers["team"])
        changes.make_pledge(by=who(request), of=of, at=timezone.now(), **answers)

    done = _("The pledge was recorded. It comes up again when nobody has spoken of it for long.")
    return sent(request, form, change, done=done, to=to) or ask(
        request,
        form,
        "one_form",
        title=_("Record a pledge"),
        lead=[
            name,
            _("It stays as it was made. What became of it is said beside it, each time you look."),
        ],
        button=_("Record it"),
        room="directorates",
        back_to=to,
        back_words=back_words,
    )


@needs("read_planning", kind="pledge")
def pledge_page(request: HttpRequest, pledge: Any) -> HttpResponse:  # noqa: ANN401
    """One pledge with all that was said of it."""
    me, today = who(request), timezone.localdate()
    facts = {
        "shown": pledges.of_pledge(pledge, on=today),
        "became": BECAME_WORDS,
        "may_pledge": may(me, "keep_pledges", pledge, today),
    }
    return render(request, "workspace/planning/pledge.html", facts)


@needs("keep_pledges", kind="pledge")
def follow_up(request: HttpRequest, pledge: Any) -> HttpResponse:  # noqa: ANN401
    """Say what became of a pledge."""
    form = FollowUpForm(
        **typed(request), version=pledge.version, initial={"on": timezone.localdate()}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.follow_up(by=who(request), pledge=pledge, at=timezone.now(), **answers)

    return _of_pledge(
        request,
        pledge,
        form,
        change,
        title=_("What became of this pledge?"),
        lead=_("What was said before stays, and the newest word counts."),
        button=_("Say so"),
        done=_("Kept."),
    )


@needs("keep_pledges", kind="pledge")
def choose_reader(request: HttpRequest, pledge: Any) -> HttpResponse:  # noqa: ANN401
    """Say who may read a pledge, as its maker chose."""
    form = ReaderForm(
        **typed(request),
        version=pledge.version,
        initial={"public": "public" if pledge.public else "inside"},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.choose_who_reads_pledge(
            by=who(request), pledge=pledge, at=timezone.now(), **answers
        )

    return _of_pledge(
        request,
        pledge,
        form,
        change,
        title=_("Who may read this pledge?"),
        lead=_("Whoever made it chooses. Editions that were published keep what they said."),
        button=_("Keep this choice"),
        done=_("Kept. The next edition follows it."),
    )


def _of_pledge(
    request: HttpRequest,
    pledge: Any,  # noqa: ANN401
    form: Any,  # noqa: ANN401
    change: Any,  # noqa: ANN401
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    to = reverse("pledge", kwargs={"pledge": pledge.public_id})

    def stands() -> tuple[dict[str, Any], int]:
        pledge.refresh_from_db()
        last = pledges.of_pledge(pledge, on=timezone.localdate()).last
        said = f"{BECAME_WORDS[last.what]}. {last.words}".strip() if last else _("Nothing yet")
        reader = _("Everybody") if pledge.public else _("People of the council")
        return {_("Said last"): said, _("Who may read it"): reader}, pledge.version

    return sent(request, form, change, done=done, to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        title=title,
        lead=[f"“{pledge.words}”", lead],
        button=button,
        room="directorates",
        back_to=to,
        back_words=_("The pledge"),
        theirs=[(str(name), str(value)) for name, value in form.theirs.items()],
    )


@needs("count_objectives", kind="planning")
def count_objectives(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Give the two numbers of a quarter: appraisals held, and those with an objective."""
    me, today = who(request), timezone.localdate()
    actions = {
        row.action.public_id: row.action
        for row in directorate_measures.page(planning, on=today).rows
    }
    offered = objectives.periods(planning, on=today)
    form = CountForm(
        **typed(request),
        choices={
            "ends": [(one.ends.isoformat(), one.name) for one in offered],
            "action": [
                (key, f"{row.number} {row.title or row.text[:80]}".strip())
                for key, row in actions.items()
            ],
        },
        initial={"ends": offered[0].ends.isoformat() if offered else ""},
    )
    form.fields["action"].choices[0] = ("", _("The plan as a whole"))  # type: ignore[attr-defined]

    def change(answers: dict[str, Any]) -> None:
        answers["action"] = actions.get(answers["action"])
        count_changes.count_objectives(by=me, planning=planning, at=timezone.now(), **answers)

    to = measures_of(planning)
    lead = [
        planning.unit.name,
        _(
            "Two numbers, and nothing else: the system never holds whose appraisals these are, or "
            "what they say. Fewer than %(few)d appraisals are not counted alone."
        )
        % {"few": FEW},
        _(
            "The public reads one total of the whole council, of %(public)d appraisals or more, "
            "and only where nobody could work out one directorate’s figure from it."
        )
        % {"public": FEW_IN_PUBLIC},
    ]
    total, up_to = objectives.body_total(today), objectives.body_total_up_to(today)
    if total is not None and up_to is not None:
        lead.append(
            _("Today that is %(serving)s of %(held)s, up to %(day)s.")
            % {"serving": f"{total[0]:,}", "held": f"{total[1]:,}", "day": day(up_to)}
        )
    if not offered:
        lead.append(_("No quarter has ended since this planning began, so nothing is counted yet."))
    return sent(request, form, change, done=_("Counted."), to=to) or ask(
        request,
        form,
        "one_form",
        title=_("Count objectives"),
        lead=lead,
        button=_("Keep these two numbers"),
        room="directorates",
        back_to=to,
        back_words=_("Measures"),
    )
