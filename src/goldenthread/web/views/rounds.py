"""Rounds of updates: which are open, which come, what those before gave; how often who is asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread import charts, spc
from goldenthread.timescale import Rhythm, day
from goldenthread.web.changes import rounds as changes
from goldenthread.web.forms.rounds import (
    MONTHS_WORDS,
    CadenceForm,
    KeepOpenForm,
    MonthsForm,
    NothingForm,
    OpenRoundForm,
)
from goldenthread.web.queries import people, rounds
from goldenthread.web.queries.asked import period
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import Check, ask, sent, typed


@needs("read_rounds")
def rounds_page(request: HttpRequest) -> HttpResponse:
    """The rounds that are open, the windows to come, and what earlier rounds gave."""
    me, today = who(request), timezone.localdate()
    every = list(rounds.rounds(for_=me, on=today))
    closed = [one for one in every if one.closed_at is not None]
    return render(
        request,
        "workspace/rounds.html",
        {
            "open": [(one, period(one)) for one in rounds.open_now(for_=me, on=today)],
            "closed": [(one, period(one), one.figures.get("all", {})) for one in closed],
            "coming": rounds.coming(for_=me, on=today),
            "offers": rounds.offers(for_=me, on=today),
            "charts": charts_of(closed),
        },
    )


def charts_of(closed: list[Any]) -> list[tuple[charts.Drawing, charts.Drawing]]:
    """The share that answered in time, round after round, wide and narrow.

    Of the unit and the length that has most rounds; one figure alone is not drawn.
    """
    held: dict[tuple[int, int], list[Any]] = {}
    for one in closed:
        held.setdefault((one.unit_id, one.months), []).append(one)
    if not held:
        return []
    series = rounds.in_time(held[max(held, key=lambda of: len(held[of]))])
    if sum(point.value is not None for point in series.points) < 2:
        return []
    reading = spc.read(series)
    return [
        (
            charts.control_chart(series, reading, width=charts.WIDE),
            charts.control_chart(series, reading, width=charts.NARROW),
        )
    ]


@needs("keep_rounds")
def open_round(request: HttpRequest) -> HttpResponse:
    """Open the round of a period, with the days that it is to have."""
    me, today = who(request), timezone.localdate()
    offered = {one.key: one for one in rounds.offers(for_=me, on=today)}
    offer = offered.get(request.GET.get("of", ""))
    if offer is None:
        messages.warning(request, _("There is no such round to open: somebody may have opened it."))
        return redirect("rounds")
    window = offer.window
    usual = {
        "teams_from": window.teams,
        "directors_from": window.directors,
        # A window that is over is asked about for as long as it would have been.
        "closes": max(window.closes, today + (window.closes - window.period.ends)),
    }
    form = OpenRoundForm(**typed(request), initial=usual)

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.open_round(
            by=me,
            unit=offer.unit,
            months=window.period.months,
            ends=window.period.ends,
            at=timezone.now(),
            **answers,
        )

    done = _("The round is open. Nothing was sent yet: send the links when you are ready.")
    return sent(request, form, change, done=done, to=reverse("rounds"), room="rounds") or _ask(
        request,
        form,
        title=_("Open the round of %(period)s") % {"period": offer.period.inside},
        lead=[
            _("It asks what happened in %(months)s, of %(unit)s and all below it.")
            % {"months": offer.period.span, "unit": offer.unit.name},
            _("Opening it sends nothing."),
        ],
        button=_("Open the round"),
    )


@needs("keep_rounds", kind="round")
def keep_round_open(request: HttpRequest, round: Any) -> HttpResponse:  # noqa: ANN401
    """Let a round close on a later day, or open it again."""
    initial = {"closes": max(round.closes, timezone.localdate())}
    form = KeepOpenForm(**typed(request), version=round.version, initial=initial)

    def change(answers: dict[str, Any]) -> None:
        changes.keep_round_open(by=who(request), round=round, at=timezone.now(), **answers)

    lead = [_("Its last day for an answer is %(day)s.") % {"day": day(round.closes)}]
    if round.closed_at is not None:
        lead.append(
            _(
                "It is closed. Opened again, its figures are counted anew when it closes; those "
                "that were frozen stay in the audit."
            )
        )
    to = reverse("round", kwargs={"round": round.public_id})
    return sent(
        request,
        form,
        change,
        done=_("The round stays open."),
        to=to,
        stands=lambda: _stands(round),
        room="rounds",
    ) or _ask(
        request,
        form,
        title=_("Keep the round of %(period)s open") % {"period": period(round).inside},
        lead=lead,
        button=_("Keep it open"),
    )


@needs("keep_rounds", kind="round")
def close_round(request: HttpRequest, round: Any) -> HttpResponse:  # noqa: ANN401
    """Close a round and freeze its figures, after a look at what follows."""
    form = NothingForm(**typed(request), version=round.version)
    to = reverse("round", kwargs={"round": round.public_id})

    def change(answers: dict[str, Any]) -> None:
        changes.close_round(by=who(request), round=round, at=timezone.now(), **answers)

    counted = changes.counts(round, on=timezone.localdate())["all"]
    waiting = counted["silent"] + counted["nobody"]
    return sent(
        request,
        form,
        change,
        done=_("The round is closed, and its figures stand."),
        to=to,
        stands=lambda: _stands(round),
        room="rounds",
    ) or _ask(
        request,
        form,
        title=_("Close the round of %(period)s?") % {"period": period(round).inside},
        lead=[
            _("%(waiting)s of %(asked)s actions have no update in it.")
            % {"waiting": waiting, "asked": counted["asked"]},
            _(
                "Its links open nothing any more, and its figures are frozen. What leads say later "
                "is kept as ever, and is shown as late."
            ),
        ],
        button=_("Close the round"),
        back=to,
    )


def _stands(round_: Any) -> tuple[dict[str, Any], int]:  # noqa: ANN401
    """What now stands of a round, for somebody whose form came too late, and its version."""
    round_.refresh_from_db()
    state = _("Closed") if round_.closed_at is not None else _("Open")
    return {_("It is"): state, _("Last day for an answer"): day(round_.closes)}, round_.version


# -- how often -------------------------------------------------------------------------------------


@needs("read_rounds")
def cadences_page(request: HttpRequest) -> HttpResponse:
    """How often each part of the council, plan and action is asked about, in words."""
    me, today = who(request), timezone.localdate()
    facts = {
        "kept": [(one, in_words(one.window)) for one in rounds.kept(for_=me, on=today)],
        "coming": [(one, in_words(one.window)) for one in rounds.coming(for_=me, on=today)],
        "parts": sorted(
            people.units(for_=me, permission="keep_rounds", on=today),
            key=lambda unit: (unit.parent_id is not None, unit.name),
        ),
        "months": {months: str(words) for months, words in MONTHS_WORDS.items()},
    }
    return render(request, "workspace/cadences.html", facts)


def in_words(window: Any) -> str:  # noqa: ANN401
    """The days of a window in a sentence, as a council writes them.

    >>> from datetime import date
    >>> from goldenthread.timescale import period_of
    >>> in_words(Rhythm().window(period_of(date(2026, 9, 30))))
    'Windows open for leads on 17 September, for directors on 1 October, and close on 14 October.'
    """
    told = {
        name: f"{on.day} {on:%B}"
        for name, on in (
            ("teams", window.teams),
            ("directors", window.directors),
            ("closes", window.closes),
        )
    }
    if window.teams == window.directors:
        return _("Windows open on %(teams)s and close on %(closes)s.") % told
    return (
        _(
            "Windows open for leads on %(teams)s, for directors on %(directors)s, and close on "
            "%(closes)s."
        )
        % told
    )


@needs("keep_rounds", kind="unit")
def unit_cadence(request: HttpRequest, unit: Any) -> HttpResponse:  # noqa: ANN401
    """How often a part of the council is asked about, with its days."""
    return _cadence(request, unit, unit.name)


@needs("keep_rounds", kind="plan")
def plan_cadence(request: HttpRequest, plan: Any) -> HttpResponse:  # noqa: ANN401
    """How often one plan is asked about."""
    return _cadence(request, plan, plan.title)


@needs("keep_rounds", kind="action")
def action_cadence(request: HttpRequest, action: Any) -> HttpResponse:  # noqa: ANN401
    """How often one action is asked about."""
    return _cadence(request, action, f"{action.number} {action.title or action.text[:80]}".strip())


def _cadence(request: HttpRequest, of: Any, name: str) -> HttpResponse:  # noqa: ANN401
    now, rhythm = rounds.cadence_of(of), rounds.rhythm_of(of)
    asks_days = str(of._meta.model_name) == "unit"
    initial: dict[str, Any] = {"months": str(rhythm.months)}
    if asks_days:
        for called in ("teams_before", "directors_before", "grace"):
            initial[called] = getattr(rhythm, called)
    kind = CadenceForm if asks_days else MonthsForm
    version = now.version if now is not None else 0
    form = kind(**typed(request), version=version, initial=initial)

    def change(answers: dict[str, Any]) -> None:
        changes.keep_cadence(by=who(request), of=of, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        answers = {called: value for called, value in answers.items() if called != "version"}
        answers.pop("key")
        try:
            chosen = Rhythm(**answers) if asks_days else rounds.with_months(of, answers["months"])
        except ValueError:
            chosen = rhythm
        coming = chosen.coming(timezone.localdate())
        effects = (
            _("The next period that is asked about is %(period)s: %(months)s.")
            % {"period": coming.period.name, "months": coming.period.span},
            in_words(coming),
            _("Rounds that are open keep their days."),
        )
        title = _("Ask about %(name)s so often?") % {"name": name}
        return Check(title, effects, _("Keep it"), reverse("cadences"), grave=False)

    def stands() -> tuple[dict[str, Any], int]:
        standing = rounds.cadence_of(of)
        words = MONTHS_WORDS[standing.months if standing else rounds.rhythm_of(of).months]
        return {_("How often"): words}, standing.version if standing else 0

    return sent(
        request,
        form,
        change,
        done=_("It was kept, from the next window on."),
        to=reverse("cadences"),
        stands=stands,
        check=check,
        room="rounds",
    ) or _ask(
        request,
        form,
        title=_("How often is %(name)s asked about?") % {"name": name},
        lead=[
            _(
                "The nearest counts: an action’s own, its plan’s, or that of its part of the "
                "council."
            )
        ],
        button=_("Go on"),
        back="cadences",
    )


@needs("keep_rounds", kind="cadence")
def end_cadence(request: HttpRequest, cadence: Any) -> HttpResponse:  # noqa: ANN401
    """Ask as often as of what stands above it."""
    form = NothingForm(**typed(request), version=cadence.version)

    def change(answers: dict[str, Any]) -> None:
        changes.end_cadence(by=who(request), cadence=cadence, at=timezone.now(), **answers)

    done = _("It is asked about as what stands above it.")
    return sent(request, form, change, done=done, to=reverse("cadences"), room="rounds") or _ask(
        request,
        form,
        title=_("Ask about it as about what stands above it?"),
        lead=[_("How often it was asked about until now stays on record.")],
        button=_("Ask about it so"),
        back="cadences",
    )


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    back: str = "rounds",
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    words = {"rounds": _("Updates"), "cadences": _("How often leads are asked")}
    to = back if back.startswith("/") else reverse(back)
    facts |= {"back_to": to, "back_words": words.get(back, _("The round")), "room": "rounds"}
    return ask(request, form, "one_form", **{"theirs": list(form.theirs.items()), **facts})
