"""What is put to unions and forums, what each says in its own words, and the words we use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.web import pages
from goldenthread.web.changes import consultation as changes
from goldenthread.web.changes import terms as term_changes
from goldenthread.web.forms.asks import (
    STANCE_WORDS,
    ConsultForm,
    OutcomeForm,
    StanceForm,
    TermForm,
)
from goldenthread.web.permissions import body, may
from goldenthread.web.queries import committees, consultation, subjects, terms
from goldenthread.web.queries import public as published
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import site
from goldenthread.web.views.sending import ask, sent, typed


@needs("read_register", kind="consultation")
def consultation_page(request: HttpRequest, consultation: Any) -> HttpResponse:  # noqa: ANN401
    """One consultation: what was asked, by when, what each body said, and what came of it."""
    me, today = who(request), timezone.localdate()
    speaks = committees.speaks_for(for_=me, on=today)
    facts = {
        "one": _one(consultation, today),
        "may_end": may(me, "consult", consultation, today),
        "mine": [one for one in speaks if _asked(one, consultation)],
        "stances": STANCE_WORDS,
    }
    return render(request, "workspace/consultation.html", facts)


@needs("read_register", kind="consultation")
def consulted_edition(request: HttpRequest, consultation: Any) -> HttpResponse:  # noqa: ANN401
    """A page of the edition that a consultation is about, as the public would read it.

    Whoever reads the plan here may read it: it was put to them. Once it was taken down nobody may.
    """
    edition, path = consultation.edition, request.GET.get("page", "")
    if edition is None or edition.takedowns.filter(agreed_at__isnull=False).exists():
        raise Http404
    first = reverse("consulted_edition", kwargs={"consultation": consultation.public_id})
    drawn = pages.render(
        published.read(edition),
        path,
        site(lambda page: f"{first}?{urlencode({'page': page})}" if page else first),
    )
    if drawn is None:
        raise Http404
    return HttpResponse(drawn)


@needs("consult", kind="plan")
def consult(request: HttpRequest, plan: Any) -> HttpResponse:  # noqa: ANN401
    """Put a plan, or something in it, to unions and forums."""
    me, today = who(request), timezone.localdate()
    bodies = committees.by_id(committees.that_stand(for_=me, on=today))
    about = request.GET.get("about", "")
    named = subjects.named(about, for_=me, on=today)
    also = [plan, *subjects.waiting_editions(plan), *([named] if named else [])]
    offered = subjects.within(for_=me, on=today, plan=plan, also=also)
    form = ConsultForm(
        **typed(request),
        bodies=[(key, one.name) for key, one in bodies.items()],
        choices={"about": offered},
        initial={"about": about or subjects.key_of(plan), "asked_on": today},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["about"] = subjects.subject(answers["about"], for_=me, on=today)
        answers["committees"] = [bodies[key] for key in answers["committees"]]
        changes.consult(by=me, at=timezone.now(), **answers)

    to = reverse("plan", kwargs={"plan": plan.public_id})
    done = _("They are asked. Each answers here, in its own words.")
    return sent(request, form, change, done=done, to=to) or _ask(
        request,
        form,
        back=(to, _("The plan")),
        title=_("Put it to unions and forums"),
        lead=[
            plan.title,
            _(
                "Everybody who reads the plan here sees the timetable, what each body says, and "
                "what comes of it."
            ),
        ],
        button=_("Ask them"),
    )


@needs("consult", kind="consultation")
def say_outcome(request: HttpRequest, consultation: Any) -> HttpResponse:  # noqa: ANN401
    """Say what came of a consultation."""
    me = who(request)
    form = OutcomeForm(**typed(request), version=consultation.version)

    def change(answers: dict[str, Any]) -> None:
        changes.say_outcome(by=me, consultation=consultation, at=timezone.now(), **answers)

    to = reverse("consultation", kwargs={"consultation": consultation.public_id})
    return sent(request, form, change, done=_("The outcome was recorded."), to=to) or _ask(
        request,
        form,
        back=(to, _("The consultation")),
        title=_("What came of it?"),
        lead=[
            consultation.words,
            _("What the bodies said stays beside it, word for word, whatever the outcome is."),
        ],
        button=_("Record the outcome"),
    )


@needs("record_stance", kind="committee")
def record_stance(request: HttpRequest, committee: Any) -> HttpResponse:  # noqa: ANN401
    """Say what a body thinks, in its own words: for somebody whose post has a seat in it alone."""
    me, today = who(request), timezone.localdate()
    about = request.GET.get("about", "")
    named = subjects.named(about, for_=me, on=today)
    waiting = [one.row for one in consultation.waiting_for(committee, on=today)]
    also = [*waiting, *subjects.plans(for_=me, on=today), *([named] if named else [])]
    offered = [
        (key, _("In answer to: %(words)s") % {"words": words})
        if key.startswith("consultation:")
        else (key, words)
        for key, words in subjects.within(for_=me, on=today, also=also)
    ]
    form = StanceForm(
        **typed(request),
        choices={"about": offered},
        initial={
            "about": about or (subjects.key_of(waiting[0]) if waiting else ""),
            "said_on": today,
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["about"] = subjects.subject(answers["about"], for_=me, on=today)
        changes.record_stance(by=me, committee=committee, at=timezone.now(), **answers)

    to = reverse("committee", kwargs={"committee": committee.public_id})
    done = _("It was recorded as you wrote it.")
    return sent(request, form, change, done=done, to=f"{to}#said") or _ask(
        request,
        form,
        back=(to, committee.name),
        title=_("What does %(name)s say?") % {"name": committee.name},
        lead=[
            _(
                "You speak for the body, because your post has a seat in it. What it said before "
                "of the same thing stays on the record."
            )
        ],
        button=_("Record it"),
    )


@needs("read_register")
def terms_page(request: HttpRequest) -> HttpResponse:
    """The words that the council uses, who chose them, since when and why."""
    me, today = who(request), timezone.localdate()
    facts = {"terms": terms.terms(today), "may_keep": may(me, "keep_terms", body(), today)}
    return render(request, "workspace/terms.html", facts)


@needs("keep_terms")
def choose_term(request: HttpRequest) -> HttpResponse:
    """Say which words are used from a day on, and who chose them."""
    me, today = who(request), timezone.localdate()
    form = TermForm(
        **typed(request),
        initial={"since": today, "stands_for": request.GET.get("for", "")[:160]},
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        term_changes.choose_term(by=me, at=timezone.now(), **answers)

    done = _("The words were recorded. What was said before is not renamed.")
    return sent(request, form, change, done=done, to=reverse("terms")) or _ask(
        request,
        form,
        back=(reverse("terms"), _("Words we use")),
        title=_("Say which words are used"),
        lead=[
            _(
                "Words for people are theirs to choose, and they change. Ask those whom they stand "
                "for, and record here what they chose."
            )
        ],
        button=_("Record them"),
    )


def _one(row: Any, today: Any) -> consultation.Consulting:  # noqa: ANN401
    return consultation.one(row, on=today)


def _asked(committee: Any, row: Any) -> bool:  # noqa: ANN401
    return consultation.is_asked(committee, row)


def _ask(
    request: HttpRequest,
    form: Any,  # noqa: ANN401
    back: tuple[str, str],
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    theirs = [(str(name), str(value)) for name, value in form.theirs.items()]
    facts |= {"room": "meetings", "back_to": back[0], "back_words": back[1], "theirs": theirs}
    return ask(request, form, "one_form", **facts)
