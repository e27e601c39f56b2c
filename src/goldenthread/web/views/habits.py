"""How the council's documents are read: what is known of their words, kept in the open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.documents import habits_to_json
from goldenthread.errors import Missing
from goldenthread.timescale import day
from goldenthread.web.changes import habits as changes
from goldenthread.web.forms.habits import ABOUT_WORDS, HabitForm, ProfileForm, colour_words
from goldenthread.web.forms.labels import meaning_words
from goldenthread.web.permissions import may
from goldenthread.web.queries import habits, people
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import Check, ask, sent, typed

# As many changed and removed habits as one page shows.
_ENDED = 50


@dataclass(frozen=True)
class Shown:
    """A habit as a page says it: its words, their meaning, and where it was confirmed."""

    row: Any
    words: str
    meaning: str
    origin: str
    may_keep: bool = False


@needs("read_drafts")
def habits_page(request: HttpRequest) -> HttpResponse:
    """What is known of the documents, kind by kind, with who said so and where."""
    me, today = who(request), timezone.localdate()
    mine = {unit.pk for unit in _units(request).values()}
    shown = [_shown(row, row.unit_id in mine) for row in habits.seen(for_=me, on=today)]
    units = habits.units_read(for_=me, on=today)
    with_own = {one.row.unit_id for one in shown}
    facts = {
        "profiles": [unit for unit in units if unit.pk in with_own or unit is units[0]],
        "groups": [
            (about, words, [one for one in shown if one.row.about == about])
            for about, words in ABOUT_WORDS.items()
        ],
        "count": len(shown),
        "ended": [_shown(row) for row in habits.ended(for_=me, on=today)[:_ENDED]],
        "units": units,
        "may_keep": may(me, "keep_habits", None, today),
    }
    return render(request, "workspace/habits.html", facts)


@needs("read_drafts")
def habits_profile(request: HttpRequest) -> HttpResponse:
    """The open profile of a unit, as the command line takes it; names of people stay here."""
    me, today = who(request), timezone.localdate()
    units = {one.public_id: one for one in habits.units_read(for_=me, on=today)}
    asked = request.GET.get("unit", "") or next(iter(units), "")
    if asked not in units:
        raise Missing(_("There is no such part of the council."), do=_("Choose it on the page."))
    profile = habits.profile(for_=me, unit=units[asked], on=today)
    response = HttpResponse(habits_to_json(profile), content_type="application/json; charset=utf-8")
    name = f"{slugify(units[asked].name)[:60] or 'our'}-documents-{today}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs("keep_habits")
def add_habit(request: HttpRequest) -> HttpResponse:
    """Say what some words mean, of the kind that the address names (``?about=lead``)."""
    about = request.GET.get("about", "")
    if about not in ABOUT_WORDS:
        about = "column"
    units = _units(request)
    form = HabitForm(
        **typed(request),
        about=about,
        choices={"unit": _choices(units)},
        initial={"unit": _root(units)},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["unit"] = units[answers["unit"]]
        changes.keep_habit(by=who(request), about=about, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        words = colour_words(answers["text"]) if about == "colour" else answers["text"]
        title = _("Read “%(words)s” so from now on?") % {"words": words}
        return Check(title, _effects(about, answers["meaning"]), _("Keep this"), _PAGE(), False)

    done = _("Kept. The next document is read with it.")
    return sent(
        request, form, change, done=done, to=_PAGE(), check=check, room="plans"
    ) or _one_form(
        request,
        form,
        title=_TITLES[about](),
        lead=[_("A document that says otherwise in a key of its own is believed before this.")],
        button=_("Go on"),
    )


@needs("keep_habits", kind="habit")
def change_habit(request: HttpRequest, habit: Any) -> HttpResponse:  # noqa: ANN401
    """Say that some words mean something else from now on."""
    before = _shown(habit)
    form = HabitForm(
        **typed(request),
        about=habit.about,
        changing=True,
        version=habit.version,
        initial={"meaning": habit.meaning, "full": habit.full},
    )

    def change(answers: dict[str, Any]) -> None:
        changes.change_habit(by=who(request), habit=habit, at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        title = _("Read “%(words)s” otherwise from now on?") % {"words": before.words}
        effects = (
            _("Until now: %(meaning)s.") % {"meaning": before.meaning},
            *_effects(habit.about, answers["meaning"]),
        )
        return Check(title, effects, _("Change it"), _PAGE(), False)

    done = _("Changed. What was read before stays as it is.")
    return sent(
        request,
        form,
        change,
        done=done,
        to=_PAGE(),
        stands=lambda: _stands(habit),
        check=check,
        room="plans",
    ) or _one_form(
        request,
        form,
        title=_("What does “%(words)s” mean?") % {"words": before.words},
        lead=[f"{before.meaning}. {before.origin}"],
        button=_("Go on"),
        theirs=_theirs(form),
    )


@needs("keep_habits", kind="habit")
def remove_habit(request: HttpRequest, habit: Any) -> HttpResponse:  # noqa: ANN401
    """Use a habit no longer, once it has been checked."""
    before = _shown(habit)
    check = Check(
        _("Take out “%(words)s”?") % {"words": before.words},
        (
            _("Until now: %(meaning)s.") % {"meaning": before.meaning},
            _("The next document is read without it, and asks what the words mean."),
            _("Drafts and plans that were read with it stay as they are."),
        ),
        _("Take it out"),
        _PAGE(),
    )
    form = HabitForm(
        **typed(request), about=habit.about, changing=True, version=habit.version, initial={}
    )
    form.fields = {name: form.fields[name] for name in ("key", "version")}

    def change(answers: dict[str, Any]) -> None:
        changes.remove_habit(by=who(request), habit=habit, at=timezone.now(), **answers)

    done = _("Taken out. The next document is read without it.")
    went = sent(request, form, change, done=done, to=_PAGE(), stands=lambda: _stands(habit))
    facts = {"check": check, "answers": [], "room": "plans", "theirs": _theirs(form)}
    return went or ask(request, form, "check", **facts)


@needs("keep_habits")
def bring_profile(request: HttpRequest) -> HttpResponse:
    """Take the entries of a profile in, once what follows has been checked."""
    units = _units(request)
    form = ProfileForm(
        **typed(request), choices={"unit": _choices(units)}, initial={"unit": _root(units)}
    )

    def change(answers: dict[str, Any]) -> None:
        answers["unit"] = units[answers["unit"]]
        changes.take_profile(by=who(request), at=timezone.now(), **answers)

    def check(answers: dict[str, Any]) -> Check:
        found = list(changes.compared(units[answers["unit"]], form.habits))
        effects = [_told(row, before) for row, before in found]
        if not effects:
            effects = [_("Nothing: everything in this profile is kept already.")]
        effects.append(_("What is kept here and not in the file stays."))
        title = ngettext(
            "Take %(count)s habit from this profile?",
            "Take %(count)s habits from this profile?",
            len(found),
        ) % {"count": len(found)}
        return Check(title, tuple(effects), _("Take them in"), _PAGE(), False)

    done = _("The profile was taken in. The next document is read with it.")
    return sent(
        request, form, change, done=done, to=_PAGE(), check=check, room="plans"
    ) or _one_form(
        request,
        form,
        title=_("Bring in a profile"),
        lead=[
            _(
                "A profile is a small file that anyone can read and change. You see what it would "
                "add or change before it does."
            )
        ],
        button=_("Go on"),
    )


# -- in words --------------------------------------------------------------------------------------


def _PAGE() -> str:  # noqa: N802 - an address, known once the site has begun
    return reverse("habits_page")


_TITLES: Mapping[str, Any] = {
    "column": lambda: _("What does a column hold?"),
    "lead": lambda: _("Who is a lead?"),
    "status": lambda: _("What does a status word say?"),
    "colour": lambda: _("What does a colour say?"),
}


def _shown(row: Any, may_keep: bool = False) -> Shown:  # noqa: ANN401
    words = colour_words(row.words) if row.about == "colour" else row.words
    meaning = meaning_words(row.about, row.meaning)
    if row.full:
        meaning = f"{meaning}: {row.full}"
    facts = {"name": row.by.name, "day": day(timezone.localtime(row.at).date())}
    if row.origin == "draft":
        facts["file"] = row.draft.file
        origin = _("Confirmed by %(name)s, %(day)s, in %(file)s.") % facts
    elif row.origin == "profile":
        origin = _("Brought in with a profile by %(name)s, %(day)s.") % facts
    else:
        origin = _("Said by %(name)s, %(day)s.") % facts
    return Shown(row, words, meaning, origin, may_keep)


def _effects(about: str, meaning: str) -> tuple[str, ...]:
    told = [
        {
            "column": _("A column of this heading holds: %(meaning)s."),
            "lead": _("Where it stands as a lead it is: %(meaning)s."),
            "status": _("Where it stands as a status it says: %(meaning)s."),
            "colour": _("Where it stands without words it says: %(meaning)s."),
        }[about]
        % {"meaning": meaning_words(about, meaning)},
        _("Documents that are brought in from now on are read so; each draft says where."),
    ]
    if meaning == "person":
        told.append(_("A person’s name is personal data. Give the post wherever that will do."))
    return tuple(told)


def _told(row: Any, before: Any) -> str:  # noqa: ANN401
    facts = {
        "kind": ABOUT_WORDS[row.about],
        "words": colour_words(row.words) if row.about == "colour" else row.words,
        "meaning": meaning_words(row.about, row.meaning),
    }
    if before is None:
        return _("%(kind)s: “%(words)s” is added: %(meaning)s.") % facts
    facts["before"] = meaning_words(before.about, before.meaning)
    return _("%(kind)s: “%(words)s” changes from “%(before)s” to “%(meaning)s”.") % facts


def _units(request: HttpRequest) -> dict[str, Any]:
    """The parts of the council of whose documents this person may say how they are read."""
    found = people.units(for_=who(request), permission="keep_habits", on=timezone.localdate())
    return {unit.public_id: unit for unit in found}


def _choices(units: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, unit.name) for key, unit in units.items()]


def _root(units: Mapping[str, Any]) -> str:
    """The widest of them: the whole body where it is among them."""
    within = {unit.pk for unit in units.values()}
    heads = [key for key, unit in units.items() if unit.parent_id not in within]
    return heads[0] if heads else ""


def _stands(habit: Any) -> tuple[Mapping[str, Any], int]:  # noqa: ANN401
    habit.refresh_from_db()
    said = meaning_words(habit.about, habit.meaning) if habit.ended_at is None else _("Taken out")
    return {"meaning": said}, habit.version


def _theirs(form: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(_("What it means"), str(words)) for words in form.theirs.values()]


def _one_form(request: HttpRequest, form: Any, **facts: Any) -> HttpResponse:  # noqa: ANN401
    facts = {"theirs": [], "room": "plans", "back_to": _PAGE()} | facts
    facts["back_words"] = _("How our documents are read")
    return ask(request, form, "one_form", **facts)
