"""Two tiers that meet: what does not, and the decisions by which it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.plan import likeness
from goldenthread.plan import tiers as core
from goldenthread.plan.edition import standing_words
from goldenthread.web.changes import tiers as changes
from goldenthread.web.forms.tiers import NONE, NeedNotForm, ReasonForm, ServeForm, UndoForm
from goldenthread.web.jinja import Language
from goldenthread.web.permissions import reach
from goldenthread.web.queries import links, plan, things, tier_ends, tiers
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.sending import ask, sent, typed

# Rows of a short list, of a long one, and of the weave: thirty directorates are thirty cells a row.
_FEW, _PAGE, _WOVEN = 8, 50, 20
_LISTS = ("unserved", "unserving", "disagreements", "apart")


@dataclass(frozen=True)
class Asked:
    """What an address asks of the two tiers; what it misspells is as if it were not said."""

    theme: str = ""
    directorate: str = ""
    strand: str = ""
    which: str = ""

    def address(self, **changed: str) -> str:
        """The query of an address like this one but for what is changed."""
        said = {
            "which": self.which,
            "theme": self.theme,
            "directorate": self.directorate,
            "strand": self.strand,
        } | changed
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def _asked(given: Mapping[str, str], seen: tiers.Both) -> Asked:
    def chosen(name: str, among: Any) -> str:  # noqa: ANN401
        return given.get(name, "") if given.get(name, "") in among else ""

    return Asked(
        chosen("theme", seen.themes),
        chosen("directorate", seen.units),
        chosen("strand", seen.strands),
        chosen("which", _LISTS),
    )


def _facts(request: HttpRequest, *, serving: bool = True) -> dict[str, Any]:
    """Both tiers as this person may see them, narrowed as the address asks.

    Without ``serving`` what serves something is left out (``queries.tiers.both``).
    """
    me, today = who(request), timezone.localdate()
    seen = tiers.both(
        for_=me, on=today, directorate=request.GET.get("directorate", ""), serving=serving
    )
    asked = _asked(request.GET, seen)
    if asked.directorate not in seen.tiers.directorates:
        asked = Asked(asked.theme, "", asked.strand, asked.which)
    met = core.narrowed(seen.met, theme=asked.theme, strand=asked.strand)
    keeps = reach(me, "keep_tiers", today)
    return {
        "seen": seen,
        "asked": asked,
        "met": met,
        "keeps": tiers.kept_in(keeps, today) if keeps else frozenset(),
    }


@needs("read_register")
def two_tiers(request: HttpRequest) -> HttpResponse:
    """What no directorate serves, what serves nothing, the weave, and what disagrees."""
    facts = _facts(request)
    seen, asked, met = facts["seen"], facts["asked"], facts["met"]
    themes = core.by_theme(seen.tiers, seen.met)
    named = [one for one in themes if one.key and one.above.total]
    # The first theme in which something is missing, where none is asked for.
    first = next((one for one in named if one.gaps), named[0] if named else None)
    theme = asked.theme or (first.key if first else "")
    woven = core.narrowed(seen.met, theme=theme, strand=asked.strand).rows
    pages = max(1, -(-len(woven) // _WOVEN))
    page = min(max(page_number(request), 1), pages)
    return render(
        request,
        "workspace/two_tiers.html",
        facts
        | {
            "few": _FEW,
            "theme": theme,
            "rows": woven[(page - 1) * _WOVEN : page * _WOVEN],
            "page": page,
            "pages": pages,
            "stand": {
                k: standing_words(k, say=Language(_, ngettext)).lower() for k in core.WORST_FIRST
            },
            "columns": [(key, seen.units[key]) for key in met.directorates],
            "themes": named,
            "offered": {
                "themes": [(one.key, seen.themes[one.key]) for one in named],
                "directorates": [(key, seen.units[key]) for key in seen.columns],
                "strands": list(seen.strands.items()),
            },
            "by_directorate": core.by_directorate(seen.tiers, seen.met),
            "by_strand": core.by_strand(seen.tiers, seen.met),
            "by_recommendation": [
                one
                for one in core.by_recommendation(seen.tiers, seen.met)
                if one.key and (one.above.total or one.below.total)
            ],
            "close": _close(met.unserving[:_FEW], seen.tiers.above),
            "quarrels": [(one, _told(one)) for one in met.disagreements[:_FEW]],
        },
    )


@needs("read_register")
def two_tiers_list(request: HttpRequest) -> HttpResponse:
    """One of the lists of the two tiers, whole, a page at a time."""
    facts = _facts(request, serving=request.GET.get("which") != "unserving")
    asked, met = facts["asked"], facts["met"]
    which = asked.which or "unserved"
    if which == "apart":
        every: Any = tiers.kept_apart(for_=who(request), on=timezone.localdate())
    else:
        every = getattr(met, which)
    pages = max(1, -(-len(every) // _PAGE))
    page = min(max(page_number(request), 1), pages)
    rows = every[(page - 1) * _PAGE : page * _PAGE]
    if which == "disagreements":
        rows = [(one, _told(one)) for one in rows]
    close = _close(rows, facts["seen"].tiers.above) if which == "unserving" else {}
    more = {"which": which, "listed": rows, "found": len(every), "close": close}
    return render(
        request, "workspace/two_tiers_list.html", facts | more | {"page": page, "pages": pages}
    )


def _told(one: core.Disagreement) -> str:
    return core.told(one, say=Language(_, ngettext))


def _close(below: Any, above: tuple[core.Above, ...]) -> dict[str, core.Above]:  # noqa: ANN401
    """For each action that serves nothing the one above whose words are most like its own."""
    live = [one for one in above if one.standing not in ("done", "withdrawn")]
    found = likeness.alike([one.words for one in below], [one.words for one in live], most=1)
    return {
        one.id: live[alike[0].position] for one, alike in zip(below, found, strict=True) if alike
    }


@needs("keep_tiers", kind="action")
def serve(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Find what an action serves, or for one of the council's what serves it."""
    me, today = who(request), timezone.localdate()
    search = request.GET.get("search", "").replace("\0", "").strip()[:200]
    found = tier_ends.candidates(action, for_=me, on=today, search=search)
    form = ServeForm(
        **typed(request),
        choices={"to": [(one.key, one.words) for one in found]},
        because={
            one.key: _("Words in common: %(words)s") % {"words": ", ".join(one.shared)}
            for one in found
            if one.shared
        },
    )
    council = action.plan.unit.parent_id is None

    def change(answers: dict[str, Any]) -> None:
        kind, _colon, key = answers.pop("to").partition(":")
        other: Any = things.thing(kind, key)
        lower, upper = (other, action) if council else (action, other)
        changes.serve(by=me, action=lower, serves=upper, at=timezone.now(), **answers)

    done = _("They are joined. The two tiers count it from now on.")
    return sent(request, form, change, done=done, to=_page(action)) or ask(
        request,
        form,
        "tier_serve",
        action=action,
        council=council,
        called=links.words_of(action),
        back_to=_page(action),
        search=search,
        found=found,
    )


@needs("keep_tiers", kind="link")
def stop_serving(request: HttpRequest, link: Any) -> HttpResponse:  # noqa: ANN401
    """Take back that an action serves something, with a reason."""
    start = things.thing(link.from_kind, link.from_id)
    end = things.thing(link.to_kind, link.to_id)

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.stop_serving(by=who(request), joined=link, at=timezone.now(), **answers)

    return _one(
        request,
        UndoForm(**typed(request)),
        change,
        title=_("It no longer serves it"),
        lead=[f"{links.words_of(start)}. {links.words_of(end)}"],
        button=_("End the link"),
        done=_("The link was ended. It stays in the story of both."),
        to=reverse("action", kwargs={"action": link.from_id})
        if link.from_kind == "action"
        else reverse("two_tiers"),
    )


@needs("keep_tiers", kind="action")
def keep_local(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Keep an action as its directorate's own, with a reason."""

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.keep_local(by=who(request), action=action, at=timezone.now(), **answers)

    return _one(
        request,
        ReasonForm(**typed(request)),
        change,
        title=_("Keep it as the directorate’s own"),
        lead=[
            links.words_of(action),
            _("It stays in the directorate’s plan, and is no longer counted as serving nothing."),
        ],
        button=_("Keep it as local"),
        done=_("It is kept as local. You can undo that on its page."),
        to=_page(action),
    )


@needs("keep_tiers", kind="action")
def need_not(request: HttpRequest, action: plan.Action) -> HttpResponse:
    """Say which directorates have nothing to do for an action of the council, with a reason."""
    offered = {
        one.public_id: one for one in tier_ends.could_be_needed(action, timezone.localdate())
    }
    form = NeedNotForm(**typed(request), units=[(key, unit.name) for key, unit in offered.items()])

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        chosen = answers.pop("units")
        if NONE in chosen:
            deed: Callable[..., Any] = changes.need_no_directorate
        else:
            deed = changes.need_not
            answers["units"] = [offered[key] for key in chosen]
        deed(by=who(request), action=action, at=timezone.now(), **answers)

    return _one(
        request,
        form,
        change,
        title=_("Directorates that are not needed"),
        lead=[
            links.words_of(action),
            _("They are no longer shown as a gap. Whoever serves it all the same is counted."),
        ],
        button=_("Keep this"),
        done=_("Kept. You can undo that on the page of the action."),
        to=_page(action),
    )


@needs("keep_tiers", kind="apart")
def undo_apart(request: HttpRequest, apart: Any) -> HttpResponse:  # noqa: ANN401
    """Take back what keeps an action apart from the other tier, with a reason."""

    def change(answers: dict[str, Any]) -> None:
        changes.undo_apart(by=who(request), apart=apart, at=timezone.now(), **answers)

    return _one(
        request,
        UndoForm(**typed(request), version=apart.version),
        change,
        title=_("Undo this"),
        lead=[links.words_of(apart.action), apart.reason],
        button=_("Undo it"),
        done=_("It was undone. What was said stays in the record."),
        to=_page(apart.action),
        stands=lambda: ({}, apart.version),
    )


def _one(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    change: Callable[[dict[str, Any]], None],
    *,
    title: str,
    lead: list[str],
    button: str,
    done: str,
    to: str,
    stands: Callable[[], tuple[Mapping[str, Any], int]] = lambda: ({}, 0),
) -> HttpResponse:
    """The page of one decision, with the way back to the action that it is about."""
    return sent(request, form, change, done=done, to=to, stands=stands) or ask(
        request,
        form,
        "one_form",
        title=title,
        lead=lead,
        button=button,
        room="two_tiers",
        back_to=to,
        back_words=_("Back, and leave it as it is"),
        theirs=[(_("Why it was ended"), str(form.theirs["reason"]))]
        if form.theirs.get("reason")
        else [],
    )


def _page(action: plan.Action) -> str:
    return reverse("action", kwargs={"action": action.public_id})
