"""Step one, listening: the register of sessions, the one-to-ones, and the themes heard."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goldenthread.timescale import day, last_ended, period_of
from goldenthread.web.changes import listening as changes
from goldenthread.web.forms.form import Form
from goldenthread.web.forms.listening import (
    SESSION_WORDS,
    WEIGHT_WORDS,
    LeadsToForm,
    MergeForm,
    OneToOnesForm,
    ReasonForm,
    SessionForm,
    ThemeForm,
)
from goldenthread.web.permissions import may, reach
from goldenthread.web.queries import links
from goldenthread.web.queries import listening as queries
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import Check, ask, sent, typed

_ROOM = "directorates"
_HOW_TO_WRITE = lazy(
    "Write what several people meant, and nothing that only one of them would say. If it reaches "
    "the public, this is all that they read: never from which sessions it comes."
)
# How many quarters back one-to-ones can be counted up to.
_QUARTERS = 8


@needs("read_planning", kind="planning")
def listen_page(request: HttpRequest, planning: queries.Planning) -> HttpResponse:
    """What a directorate heard: its sessions, its one-to-ones as a total, and its themes."""
    me, today = who(request), timezone.localdate()
    facts = {
        **step_of(request, planning, queries.STEP),
        "heard": queries.listened(planning),
        "may_keep": bool(may(me, "keep_sessions", planning, today)),
        **_WORDS,
    }
    return render(request, "workspace/listening/listen.html", facts)


_WORDS = {"sorts": SESSION_WORDS, "weights": WEIGHT_WORDS}


# -- sessions --------------------------------------------------------------------------------------


@needs("keep_sessions", kind="planning")
def record_session(request: HttpRequest, planning: queries.Planning) -> HttpResponse:
    """Enter a session that was held, or was cancelled."""
    form = SessionForm(**typed(request), new=True)

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.record_session(by=who(request), planning=planning, at=timezone.now(), **answers)

    done = _("The session is in the register.")
    return sent(request, form, change, done=done, to=_page(planning), room=_ROOM) or _ask(
        request,
        form,
        planning,
        title=_("Enter a session"),
        lead=[
            _(
                "Its day, its place and how many came are for those who see how this directorate "
                "plans, and for nobody else. They are never published."
            )
        ],
        button=_("Keep this session"),
    )


@needs("read_planning", kind="session")
def session_page(request: HttpRequest, session: queries.Session) -> HttpResponse:
    """One session, what was heard in it, and what was said of it before."""
    me, today = who(request), timezone.localdate()
    facts = {
        "session": session,
        "planning": session.planning,
        "themes": queries.themes_heard_in(session),
        "history": queries.history_of(session),
        "may_keep": bool(may(me, "keep_sessions", session, today)),
        **_WORDS,
    }
    return render(request, "workspace/listening/session.html", facts)


@needs("keep_sessions", kind="session")
def correct_session(request: HttpRequest, session: queries.Session) -> HttpResponse:
    """Put right what stands of a session, or say that it was cancelled after all."""
    names = ("on", "place", "off_site", "open_to", "came", "facilitator", "cancelled_because")
    initial = {name: getattr(session, name) for name in names}
    initial |= {"kind_of_session": session.kind}
    form = SessionForm(**typed(request), version=session.version, initial=initial)

    def change(answers: dict[str, Any]) -> None:
        changes.correct_session(by=who(request), session=session, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        session.refresh_from_db()
        return {_("Day"): day(session.on), _("How many came"): session.came}, session.version

    to = reverse("session", kwargs={"session": session.public_id})
    done = _("The session was corrected. What stood before is kept.")
    return sent(request, form, change, done=done, to=to, stands=stands, room=_ROOM) or _ask(
        request,
        form,
        session.planning,
        title=_("Correct a session"),
        lead=[],
        button=_("Keep the correction"),
        back_to=to,
        back_words=_("The session"),
        theirs=list(form.theirs.items()),
    )


# -- one-to-ones -----------------------------------------------------------------------------------


@needs("keep_sessions", kind="planning")
def count_one_to_ones(request: HttpRequest, planning: queries.Planning) -> HttpResponse:
    """Say how many one-to-ones there were in all, up to the end of a quarter."""
    counts, today = queries.counts_of(planning), timezone.localdate()
    period = last_ended(today, 3)
    offered: list[tuple[str, str]] = []
    while period.ends >= planning.begins and len(offered) < _QUARTERS:
        offered.append((period.ends.isoformat(), f"{period.title} ({day(period.ends)})"))
        period = period.after(-1)
    form = OneToOnesForm(**typed(request), choices={"counted_to": offered}, version=len(counts))

    def change(answers: dict[str, Any]) -> None:
        changes.count_one_to_ones(by=who(request), planning=planning, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        now = queries.counts_of(planning)
        return ({_("Counted up to"): day(now[-1].counted_to)} if now else {}), len(now)

    lead = [
        _(
            "One-to-ones are counted together, once a quarter has ended. No day, place or name of "
            "a single one is kept anywhere, and the public never reads the number."
        )
    ]
    if not offered:
        quarter = period_of(max(planning.begins, today), 3)
        lead.append(
            _("No quarter of this planning is over yet: count them after %(day)s.")
            % {"day": day(quarter.ends)}
        )
    done = _("The one-to-ones are counted.")
    return sent(
        request, form, change, done=done, to=_page(planning), stands=stands, room=_ROOM
    ) or _ask(
        request,
        form,
        planning,
        title=_("Count one-to-ones"),
        lead=lead,
        button=_("Keep this count"),
        theirs=list(form.theirs.items()),
    )


# -- themes ----------------------------------------------------------------------------------------


@needs("keep_sessions", kind="planning")
def hear_theme(request: HttpRequest, planning: queries.Planning) -> HttpResponse:
    """Enter a theme: what was heard, how widely, and in which sessions; shown once before."""
    form, rows = _theme_form(request, planning, new=True)

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["sessions"] = [rows[one] for one in answers["sessions"]]
        changes.hear_theme(by=who(request), planning=planning, at=timezone.now(), **answers)

    back = _page(planning)
    return sent(
        request,
        form,
        change,
        done=_("The theme is kept."),
        to=back,
        check=lambda _answers: _preview(form, back),
        room=_ROOM,
    ) or _ask(
        request,
        form,
        planning,
        title=_("Enter a theme"),
        lead=[_HOW_TO_WRITE],
        button=_("See how it reads"),
    )


@needs("read_planning", kind="heardtheme")
def heard_theme_page(request: HttpRequest, heardtheme: queries.HeardTheme) -> HttpResponse:
    """One theme: its note, its sessions, what came of it, who reads it, and what it said before."""
    me, today = who(request), timezone.localdate()
    planning = heardtheme.planning
    stands = heardtheme.merged_into_id is None and not heardtheme.withdrawn_because
    joined = links.joined(
        links.links_of("heardtheme", heardtheme.public_id),
        seen=reach(me, "read_register", today),
        planned=reach(me, "read_planning", today),
        kind="heardtheme",
        public_id=heardtheme.public_id,
    )
    action = next((one.id for one in joined if one.kind == "action" and one.until is None), "")
    facts = {
        "theme": heardtheme,
        "planning": planning,
        "sessions": queries.drawn_from(heardtheme),
        "reads": queries.listened(planning).reads.get(heardtheme.public_id, ""),
        "links": joined,
        "trail": {"action": reverse("action", kwargs={"action": action})} if action else {},
        "history": queries.theme_history(heardtheme),
        "called": {row.public_id: row for row in queries.sessions_of(planning)},
        "may_keep": stands and bool(may(me, "keep_sessions", heardtheme, today)),
        "may_join": stands and bool(may(me, "keep_planning", heardtheme, today)),
        **_WORDS,
    }
    return render(request, "workspace/listening/theme.html", facts)


@needs("keep_sessions", kind="heardtheme")
def change_theme(request: HttpRequest, heardtheme: queries.HeardTheme) -> HttpResponse:
    """Say a theme in other words, or draw it from other sessions; shown once before."""
    initial = {
        "name": heardtheme.name,
        "weight": heardtheme.weight,
        "note": heardtheme.note,
        "one_to_ones": heardtheme.one_to_ones,
        "sessions": [row.public_id for row in queries.drawn_from(heardtheme)],
    }
    form, rows = _theme_form(
        request, heardtheme.planning, version=heardtheme.version, initial=initial
    )

    def change(answers: dict[str, Any]) -> None:
        answers["sessions"] = [rows[one] for one in answers["sessions"]]
        changes.change_theme(by=who(request), theme=heardtheme, at=timezone.now(), **answers)

    def stands() -> tuple[dict[str, Any], int]:
        heardtheme.refresh_from_db()
        return {_("What was heard"): heardtheme.name, _("Note"): heardtheme.note}, (
            heardtheme.version
        )

    back = _theme(heardtheme)
    return sent(
        request,
        form,
        change,
        done=_("The theme was changed. What it said before is kept."),
        to=back,
        stands=stands,
        check=lambda _answers: _preview(form, back),
        room=_ROOM,
    ) or _ask(
        request,
        form,
        heardtheme.planning,
        title=_("Change a theme"),
        lead=[_HOW_TO_WRITE],
        button=_("See how it reads"),
        back_to=back,
        back_words=_("The theme"),
        theirs=list(form.theirs.items()),
    )


@needs("keep_sessions", kind="heardtheme")
def merge_theme(request: HttpRequest, heardtheme: queries.HeardTheme) -> HttpResponse:
    """Let another theme take this one up."""
    others = {
        one.theme.public_id: one.theme
        for one in queries.themes_of(heardtheme.planning)
        if one.theme.pk != heardtheme.pk
    }
    form = MergeForm(
        **typed(request),
        choices={"into": [(key, one.name) for key, one in others.items()]},
        version=heardtheme.version,
    )

    def change(answers: dict[str, Any]) -> None:
        answers["into"] = others[answers["into"]]
        changes.merge_themes(by=who(request), theme=heardtheme, at=timezone.now(), **answers)

    back = _theme(heardtheme)
    return sent(
        request,
        form,
        change,
        done=_("The themes are merged. Both keep their history."),
        to=back,
        stands=lambda: _renewed(heardtheme),
        room=_ROOM,
    ) or _ask(
        request,
        form,
        heardtheme.planning,
        title=_("Merge “%(theme)s” into another theme") % {"theme": heardtheme.name},
        lead=[_("The other one is then drawn from the sessions of both.")],
        button=_("Merge them"),
        back_to=back,
        back_words=_("The theme"),
    )


@needs("keep_sessions", kind="heardtheme")
def withdraw_theme(request: HttpRequest, heardtheme: queries.HeardTheme) -> HttpResponse:
    """Say that a theme is none after all."""
    form = ReasonForm(**typed(request), version=heardtheme.version)

    def change(answers: dict[str, Any]) -> None:
        changes.withdraw_theme(by=who(request), theme=heardtheme, at=timezone.now(), **answers)

    back = _theme(heardtheme)
    return sent(
        request,
        form,
        change,
        done=_("The theme was withdrawn. It stays in the history."),
        to=back,
        stands=lambda: _renewed(heardtheme),
        room=_ROOM,
    ) or _ask(
        request,
        form,
        heardtheme.planning,
        title=_("Withdraw “%(theme)s”") % {"theme": heardtheme.name},
        lead=[
            _(
                "No edition to come holds it. One that is published keeps what it held: to take it "
                "out of that, ask for the edition to be taken down."
            )
        ],
        button=_("Withdraw it"),
        back_to=back,
        back_words=_("The theme"),
    )


@needs("keep_planning", kind="heardtheme")
def lead_to_action(request: HttpRequest, heardtheme: queries.HeardTheme) -> HttpResponse:
    """Say which action of the directorate comes from a theme."""
    me, today = who(request), timezone.localdate()
    offered = {
        row.public_id: row for row in queries.actions_near(heardtheme.planning, for_=me, on=today)
    }
    form = LeadsToForm(
        **typed(request),
        choices={"action": [(key, links.words_of(row)) for key, row in offered.items()]},
        initial={"since": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["action"] = offered[answers["action"]]
        changes.lead_to_action(by=me, theme=heardtheme, at=timezone.now(), **answers)

    back = _theme(heardtheme)
    done = _("They are joined. Each leads to the other.")
    lead = [] if offered else [_("The plans of this directorate have no action yet.")]
    return sent(request, form, change, done=done, to=back, room=_ROOM) or _ask(
        request,
        form,
        heardtheme.planning,
        title=_("Say what came of “%(theme)s”") % {"theme": heardtheme.name},
        lead=lead,
        button=_("Join them"),
        back_to=back,
        back_words=_("The theme"),
    )


# -- what these share ------------------------------------------------------------------------------


def _page(planning: queries.Planning) -> str:
    return reverse("listen_page", kwargs={"planning": planning.public_id})


def _theme(theme: queries.HeardTheme) -> str:
    return reverse("heard_theme", kwargs={"heardtheme": theme.public_id})


def _renewed(theme: queries.HeardTheme) -> tuple[dict[str, Any], int]:
    theme.refresh_from_db()
    return {_("What was heard"): theme.name}, theme.version


def _theme_form(
    request: HttpRequest,
    planning: queries.Planning,
    **more: Any,  # noqa: ANN401
) -> tuple[ThemeForm, dict[str, queries.Session]]:
    """The form of a theme, and the sessions that it offers, by their identifiers."""
    rows = {
        row.public_id: row for row in queries.sessions_of(planning) if not row.cancelled_because
    }
    form = ThemeForm(
        **typed(request),
        offered=[(key, f"{day(row.on)}, {row.place}") for key, row in rows.items()],
        wrong=lambda said: changes.wrong_words(planning, said),
        **more,
    )
    return form, rows


def _preview(form: ThemeForm, back: str) -> Check:
    """How a theme reads before it is kept, with the words that should be looked at again."""
    always = _(
        "Read it as a colleague would who was there: could they say who said it? If they could, "
        "change an answer."
    )
    return Check(
        title=_("A theme that was heard"),
        effects=(*form.doubts, always),
        button=_("Keep this theme"),
        back=back,
        grave=False,
    )


def _ask(
    request: HttpRequest,
    form: Form,
    planning: queries.Planning,
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    given = {
        "room": _ROOM,
        "back_to": _page(planning),
        "back_words": _("What %(unit)s heard") % {"unit": planning.unit.name},
        "theirs": [],
    }
    return ask(request, form, "one_form", **(given | facts))
