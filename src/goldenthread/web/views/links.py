"""Links between things on the thread: found by search, joined, and ended with a reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import plan as changes
from goldenthread.web.forms.links import EndLinkForm, LinkForm
from goldenthread.web.queries import links, things
from goldenthread.web.views.declared import View, needs, who
from goldenthread.web.views.sending import ask, sent, typed


def _joining(kind: str) -> View:
    """The page that joins a thing of this kind to another."""

    @needs("edit_plan", kind=kind)
    def join(request: HttpRequest, **given: Any) -> HttpResponse:  # noqa: ANN401
        return _join(request, kind, given[kind])

    join.__doc__ = f"Find what to join this {kind} to, and say what joins them from when."
    return join


join_action = _joining("action")
join_recommendation = _joining("recommendation")
join_measure = _joining("measure")
join_plan = _joining("plan")


def _join(request: HttpRequest, kind: str, thing: Any) -> HttpResponse:  # noqa: ANN401
    me, today = who(request), timezone.localdate()
    search = request.GET.get("search", "").replace("\0", "").strip()[:200]
    found = links.findable(for_=me, search=search, on=today, but=thing)
    offered = [(one.key, f"{one.words} ({links.KIND_WORDS[one.kind]})") for one in found]
    form = LinkForm(**typed(request), choices={"to": offered}, initial={"since": today})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        to_kind, _colon, to_id = answers.pop("to").partition(":")
        to = things.thing(to_kind, to_id)
        changes.link(by=me, from_=thing, to=to, at=timezone.now(), **answers)

    done = _("They are joined. The link shows on both their pages.")
    return sent(request, form, change, done=done, to=_page(kind, thing)) or ask(
        request,
        form,
        "join",
        thing=thing,
        called=links.words_of(thing),
        kind_words=links.KIND_WORDS[kind],
        back_to=_page(kind, thing),
        search=search,
        found=found,
    )


@needs("edit_plan", kind="link")
def end_link(request: HttpRequest, link: Any) -> HttpResponse:  # noqa: ANN401
    """End a link with a last day and a reason; it stays in the history of both its ends."""
    form = EndLinkForm(**typed(request), initial={"until": timezone.localdate()})
    start, end = (
        things.thing(kind, public_id)
        for kind, public_id in ((link.from_kind, link.from_id), (link.to_kind, link.to_id))
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.end_link(by=who(request), joined=link, at=timezone.now(), **answers)

    done = _("The link was ended. It stays in the story of both.")
    return sent(request, form, change, done=done, to=_page(link.from_kind, start)) or ask(
        request,
        form,
        "end_link",
        link=link,
        said=links.meaning_words(link.meaning, onward=True),
        start=links.words_of(start),
        end=links.words_seen(end, for_=who(request), on=timezone.localdate()),
        back_to=_page(link.from_kind, start),
        theirs=[(_("Ended"), str(form.theirs.get("reason", "")))] if form.theirs else [],
    )


def _page(kind: str, thing: Any) -> str:  # noqa: ANN401
    """Where the links of a thing are shown."""
    if kind == "measure":
        return reverse("measure_page", kwargs={"measure": thing.public_id})
    return reverse(kind, kwargs={kind: thing.public_id})
