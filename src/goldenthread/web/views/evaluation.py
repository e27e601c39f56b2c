"""Step six, the review: what was promised, done, changed and learnt; its claims, its closing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.errors import Missing
from goldenthread.plan.evaluation import COUNTED, WRITTEN, headline
from goldenthread.timescale import day
from goldenthread.web.changes import carrying
from goldenthread.web.changes import evaluation as changes
from goldenthread.web.changes.evidence import kind_of_file
from goldenthread.web.changes.uploads import Store
from goldenthread.web.forms.asks import STANCE_WORDS
from goldenthread.web.forms.evaluation import (
    PART_WORDS,
    CarryForm,
    ClaimForm,
    CloseForm,
    CorrectForm,
    LookForm,
    PartForm,
    PutForm,
    ShowForm,
    WithdrawClaimForm,
    WithdrawEvidenceForm,
)
from goldenthread.web.forms.form import Form
from goldenthread.web.permissions import Known, may
from goldenthread.web.queries import committees
from goldenthread.web.queries import evaluation as queries
from goldenthread.web.queries.links import meaning_words
from goldenthread.web.queries.planning import posts_of
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.drawn import page_number
from goldenthread.web.views.one_action import SAFE_HEADERS
from goldenthread.web.views.planning import step_of
from goldenthread.web.views.sending import Check, ask, sent, typed

_ROOM = "directorates"


@needs("read_planning", kind="planning")
def review_page(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """A planning's review: counted, written, claimed; once it is closed, as it was frozen."""
    me, today = who(request), timezone.localdate()
    known = Known.of(me, today)
    facts = step_of(request, planning, queries.STEP)
    # A council that takes no such step asks for no signature.
    signed = facts["step"] is None or facts["step"].signed is not None
    page = queries.page(planning, on=today, signed=signed)
    facts |= {
        "page": page,
        "counts": page.now.counts,
        "finding": headline(page.now.counts),
        "counted": COUNTED,
        "written": {part: PART_WORDS[part] for part in WRITTEN},
        "stances": STANCE_WORDS,
        "may_keep": may(me, "keep_planning", planning, today, known),
        "may_close": may(me, "close_planning", planning, today, known),
        "may_correct": planning.closed_on is not None
        and may(me, "correct_review", planning, today, known),
        "may_put": planning.closed_on is None and may(me, "consult", planning, today, known),
        "may_begin": may(me, "keep_planning", planning.unit, today, known),
        "follower": planning.closed_on and getattr(planning, "followed_by", None),
    }
    return render(request, "workspace/evaluation/review.html", facts)


@needs("keep_planning", kind="planning")
def write_part(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Write one part of the review, or its closing statement."""
    part = request.GET.get("of", "statement")
    if part not in (*WRITTEN, "statement"):
        raise Missing("This part is not written by hand.", do="Go back to the review.")

    def held() -> tuple[Any, ...]:
        return queries.writings(planning, part)

    now = held()
    form = PartForm(
        **typed(request), version=len(now), initial={"text": now[0].words if now else ""}
    )

    def change(answers: dict[str, Any]) -> None:
        changes.write_part(
            by=who(request), planning=planning, part=part, at=timezone.now(), **answers
        )

    def stands() -> tuple[dict[str, Any], int]:
        told = held()
        return {str(PART_WORDS[part]): told[0].words if told else ""}, len(told)

    return _sent(request, planning, form, change, done=_("It is written."), stands=stands) or _ask(
        request,
        form,
        planning,
        title=str(PART_WORDS[part]),
        lead=[
            _("What was promised and done is counted from the plan. Say here what those do not.")
        ],
        button=_("Keep this"),
    )


# -- claims ----------------------------------------------------------------------------------------


@needs("keep_planning", kind="planning")
def make_claim(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Claim one thing in the closing statement."""
    form = ClaimForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.make_claim(by=who(request), planning=planning, at=timezone.now(), **answers)

    done = _("It is claimed. Now give its evidence.")
    return _sent(request, planning, form, change, done=done) or _ask(
        request,
        form,
        planning,
        title=_("Make a claim"),
        lead=[_("A claim without evidence cannot be closed on.")],
        button=_("Claim this"),
    )


@needs("keep_planning", kind="claim")
def withdraw_claim(request: HttpRequest, claim: Any) -> HttpResponse:  # noqa: ANN401
    """Withdraw a claim before the planning closes."""
    form = WithdrawClaimForm(**typed(request), version=claim.version)

    def change(answers: dict[str, Any]) -> None:
        changes.withdraw_claim(by=who(request), claim=claim, at=timezone.now(), **answers)

    return _sent(
        request, claim.planning, form, change, done=_("The claim is withdrawn, and kept on record.")
    ) or _ask(
        request,
        form,
        claim.planning,
        title=_("Withdraw claim %(number)s") % {"number": claim.number},
        lead=[claim.text],
        button=_("Withdraw it"),
    )


@needs("keep_planning", kind="claimevidence")
def withdraw_evidence(request: HttpRequest, claimevidence: Any) -> HttpResponse:  # noqa: ANN401
    """Take back one piece of evidence before the planning closes."""
    form = WithdrawEvidenceForm(**typed(request))
    planning = claimevidence.claim.planning

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.withdraw_evidence(
            by=who(request), shown=claimevidence, at=timezone.now(), **answers
        )

    done = _("The evidence is taken back, and kept on record.")
    return _sent(request, planning, form, change, done=done) or _ask(
        request,
        form,
        planning,
        title=_("Take back evidence"),
        lead=[claimevidence.claim.text, claimevidence.words],
        button=_("Take it back"),
    )


@needs("keep_planning", kind="claim")
def show_claim(request: HttpRequest, claim: Any) -> HttpResponse:  # noqa: ANN401
    """Give evidence for a claim."""
    planning, today = claim.planning, timezone.localdate()
    measures = {
        row.public_id: (row, finding)
        for row, finding in queries.offered_measures(planning, on=today)
    }
    evidence = {row.public_id: row for row in queries.offered_evidence(planning)}
    form = ShowForm(
        **typed(request),
        choices={
            "measure": [(key, f"{row.text}: {said}") for key, (row, said) in measures.items()],
            "evidence": [
                (key, f"{row.action.number} {row.title}".strip()) for key, row in evidence.items()
            ],
        },
    )

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        file = answers.pop("file")
        answers["measure"] = measures.get(answers["measure"], (None,))[0]
        answers["evidence"] = evidence.get(answers["evidence"])
        with Store() as store:
            changes.show_claim(
                by=who(request),
                claim=claim,
                at=timezone.now(),
                file=file or None,
                name=file.name if file else "",
                store=store,
                **answers,
            )

    return _sent(request, planning, form, change, done=_("The evidence is kept.")) or _ask(
        request,
        form,
        planning,
        title=_("What shows claim %(number)s?") % {"number": claim.number},
        lead=[claim.text, _("Give one of these. Send the form again for more.")],
        button=_("Keep this evidence"),
    )


@needs("read_planning", kind="claimevidence")
def claim_file(request: HttpRequest, claimevidence: Any) -> HttpResponseBase:  # noqa: ANN401, ARG001
    """A file that shows a claim, always as an attachment."""
    return handed_out(claimevidence)


def handed_out(row: Any) -> HttpResponseBase:  # noqa: ANN401
    """The file of a row, as an attachment for nobody to run here; ``Missing`` where it has none."""
    path = Path(settings.MEDIA_ROOT) / Path(row.stored or "none").name
    if row.kind != "file" or not path.is_file():
        raise Missing("There is no file at this address.", do="Go back to the page it stood on.")
    file = path.open("rb")
    kind = kind_of_file(file)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=row.name,
        content_type=kind.media if kind else "application/octet-stream",
    )
    for name, value in SAFE_HEADERS.items():
        response.headers[name] = value
    return response


# -- looks, bodies, closing ------------------------------------------------------------------------


@needs("keep_planning", kind="planning")
def record_look(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Record that the planning was looked at, and what was decided."""
    form = LookForm(**typed(request), initial={"on": timezone.localdate()})

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.record_look(by=who(request), planning=planning, at=timezone.now(), **answers)

    return _sent(request, planning, form, change, done=_("The look is recorded.")) or _ask(
        request,
        form,
        planning,
        title=_("Record a quarter’s look"),
        lead=[_("Before the closing review, look at the planning each quarter.")],
        button=_("Record this look"),
    )


@needs("consult", kind="planning")
def put_to_bodies(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Put the closing statement to unions and forums before the planning is closed."""
    me, today = who(request), timezone.localdate()
    bodies = committees.by_id(committees.that_stand(for_=me, on=today))
    form = PutForm(**typed(request), bodies=[(key, one.name) for key, one in bodies.items()])

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        answers["committees"] = [bodies[key] for key in answers["committees"]]
        changes.put_to_bodies(by=me, planning=planning, at=timezone.now(), **answers)

    done = _("They are asked. Each answers in its own words, and can support or object.")
    return _sent(request, planning, form, change, done=done) or _ask(
        request,
        form,
        planning,
        title=_("Put the closing statement to unions and forums"),
        lead=[
            _(
                "They, and everybody who reads the plan here, read the statement and its claims as "
                "they stand now. What you write afterwards was not put to them."
            ),
            _("The planning cannot be closed while somebody who was asked still has time."),
        ],
        button=_("Ask them"),
    )


@needs("close_planning", kind="planning")
def close_planning(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Close the planning on its review, for good."""
    me, today = who(request), timezone.localdate()
    page = queries.page(planning, on=today)
    posts = {one.public_id: one for one in posts_of(me, on=today)}
    form = CloseForm(
        **typed(request),
        choices={"post": [(key, f"{one.title}, {one.unit.name}") for key, one in posts.items()]},
        version=planning.version,
        initial={"post": next(iter(posts), "") if len(posts) == 1 else ""},
    )

    def change(answers: dict[str, Any]) -> None:
        answers["post"] = posts[answers["post"]]
        changes.close_planning(by=me, planning=planning, at=timezone.now(), **answers)

    def check(_answers: dict[str, Any]) -> Check:
        return Check(
            title=_("Close this planning?"),
            effects=(
                headline(page.now.counts),
                _("All that the review says is frozen, and nothing opens it again."),
                _("A correction is a note with a date, beside what was closed."),
                _("The next planning of %(unit)s goes on from it.") % {"unit": planning.unit.name},
            ),
            button=_("Close it"),
            back=_page(planning),
        )

    lead = [headline(page.now.counts)]
    lacking = [one.sentence for one in page.missing]
    if lacking:
        lead.append(_("It cannot be closed yet. %(what)s") % {"what": " ".join(lacking)})
    if not posts:
        lead.append(_("You hold no post, so you cannot close it: a planning is closed by a post."))
    return _sent(
        request,
        planning,
        form,
        change,
        done=_("The planning is closed, and its review is frozen."),
        check=None if lacking else check,
    ) or _ask(
        request,
        form,
        planning,
        title=_("Close the planning of %(unit)s") % {"unit": planning.unit.name},
        lead=lead,
        button=_("Go on"),
    )


@needs("correct_review", kind="planning")
def correct_review(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Note a correction beside a review that is closed."""
    form = CorrectForm(**typed(request))

    def change(answers: dict[str, Any]) -> None:
        answers.pop("version")
        changes.correct_review(by=who(request), planning=planning, at=timezone.now(), **answers)

    return _sent(request, planning, form, change, done=_("The correction is noted.")) or _ask(
        request,
        form,
        planning,
        title=_("Note a correction"),
        lead=[
            _("Closed on %(day)s.") % {"day": day(planning.closed_on)}
            if planning.closed_on
            else _("This planning is open: write the part anew.")
        ],
        button=_("Note it"),
    )


# -- what last year left ---------------------------------------------------------------------------


@needs("read_planning", kind="planning")
def left_page(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """What the planning before left, and what was chosen of each thing."""
    me, today = who(request), timezone.localdate()
    facts = {
        "planning": planning,
        "left": queries.left(planning, on=today),
        "may_keep": may(me, "keep_planning", planning, today),
    }
    return render(request, "workspace/evaluation/left.html", facts)


@needs("keep_planning", kind="planning")
def carry_over(request: HttpRequest, planning: Any) -> HttpResponse:  # noqa: ANN401
    """Choose whether one thing of last year goes on."""
    today = timezone.localdate()
    to = reverse("planning_left", kwargs={"planning": planning.public_id})
    left, key = queries.left(planning, on=today), request.GET.get("of", "")
    if not left and not key:
        return redirect(to)
    one = _one_of(left, key)
    actions = {row.public_id: row for row in queries.to_take_up(planning, one)}
    links = {row.public_id: row for row in one.links}
    form = CarryForm(
        **typed(request),
        links=[
            (key, f"{meaning_words(row.meaning, onward=True)}: {words}")
            for key, row, words in queries.link_words(one, for_=who(request), on=today)
        ],
        choices={
            "into": [
                (key, f"{row.number} {row.title or row.text}"[:120]) for key, row in actions.items()
            ]
        },
        version=len(one.before) + (one.chosen is not None),
    )

    def change(answers: dict[str, Any]) -> None:
        answers["into"] = actions.get(answers.get("into", ""))
        answers["links"] = [links[key] for key in answers.get("links", ())]
        carrying.carry_over(
            by=who(request), planning=planning, of=one.key, at=timezone.now(), **answers
        )

    def stands() -> tuple[dict[str, Any], int]:
        now = _one_of(queries.left(planning, on=today), one.key)
        said = _("It goes on") if now.chosen and now.chosen.stays else _("It does not go on")
        return {_("Chosen"): said}, len(now.before) + (now.chosen is not None)

    return sent(
        request, form, change, done=_("Your choice is kept."), to=to, stands=stands, room=_ROOM
    ) or _ask(
        request,
        form,
        planning,
        title=_("Does this go on?"),
        lead=[one.words],
        button=_("Keep this choice"),
        back_to=to,
        back_words=_("What last year left"),
    )


def _one_of(left: Iterable[queries.Left], key: str) -> queries.Left:
    """What the planning before left, by its key; the first that nobody decided without a key."""
    for one in sorted(left, key=lambda one: one.chosen is not None):
        if key in ("", one.key):
            return one
    raise Missing("The planning before left no such thing.", do="Go back to what it left.")


@needs("read_planning")
def learnt_page(request: HttpRequest) -> HttpResponse:
    """What every closed planning that somebody may read has learnt."""
    found, count, pages = queries.learnt(
        for_=who(request), on=timezone.localdate(), page=page_number(request)
    )
    facts = {"found": found, "count": count, "here_page": page_number(request), "pages": pages}
    return render(request, "workspace/evaluation/learnt.html", facts)


def _page(planning: Any) -> str:  # noqa: ANN401
    return reverse("planning_review", kwargs={"planning": planning.public_id})


def _sent(
    request: HttpRequest,
    planning: Any,  # noqa: ANN401
    form: Form,
    change: Any,  # noqa: ANN401
    **more: Any,  # noqa: ANN401
) -> HttpResponse | None:
    return sent(request, form, change, to=_page(planning), room=_ROOM, **more)


def _ask(
    request: HttpRequest,
    form: Form,
    planning: Any,  # noqa: ANN401
    **facts: Any,  # noqa: ANN401
) -> HttpResponse:
    facts = {
        "back_to": _page(planning),
        "back_words": _("The review"),
        "room": _ROOM,
        "theirs": list(form.theirs.items()),
    } | facts
    return ask(request, form, "one_form", **facts)
