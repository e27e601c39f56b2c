"""The body's own ratings: what each word means, what it was before, and how it is changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web.changes import ratings as changes
from goldenthread.web.forms.ratings import COLOUR_WORDS, RatingsForm
from goldenthread.web.queries import ratings
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register")
def ratings_page(request: HttpRequest) -> HttpResponse:
    """The ratings in use with their rules, and every scale that was in use before."""
    may_keep = ratings.may_keep(for_=who(request), on=timezone.localdate())
    facts = {"scales": ratings.scales(), "may_keep": may_keep}
    return render(request, "workspace/ratings.html", facts)


@needs("keep_ratings")
def change_ratings(request: HttpRequest) -> HttpResponse:
    """Keep other words and rules; what was rated before keeps the words of its time."""
    me, now = who(request), ratings.scales().now
    said: dict[str, Any] = {f"word_{one.colour}": one.word for one in now.ratings}
    said |= {f"rule_{one.colour}": one.rule for one in now.ratings}
    # A colour that comes into use begins as it is asked for where a council says nothing.
    needs = {colour: colour in now.needing or colour == "amber" for colour in COLOUR_WORDS}
    used = {one.colour: one.recovery for one in now.ratings}
    initial = said | {f"recovery_{name}": one for name, one in (needs | used).items()}
    form = RatingsForm(**typed(request), version=now.number, initial=initial)

    def change(answers: dict[str, Any]) -> None:
        changes.keep_ratings(by=me, at=timezone.now(), **answers)

    done = _("The ratings were changed. Updates that were given before keep their words.")
    return sent(
        request, form, change, done=done, to=reverse("ratings"), stands=lambda: ({}, now.number)
    ) or ask(
        request,
        form,
        "change_ratings",
        colours=COLOUR_WORDS.items(),
        may_keep=ratings.may_keep(for_=me, on=timezone.localdate()),
        theirs=[(COLOUR_WORDS[colour], words) for colour, words in form.theirs.items()],
    )
