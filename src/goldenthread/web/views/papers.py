"""What moved since a body met, and the papers that are made for its meetings and issued."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goldenthread.documents.paper import headings
from goldenthread.errors import Missing, NotAllowed
from goldenthread.plan.edition import first_promised, standing, times
from goldenthread.plan.paper import said_since
from goldenthread.timescale import day
from goldenthread.web.changes import papers as changes
from goldenthread.web.changes.uploads import Store
from goldenthread.web.forms.papers import IssueForm, MakeForm, WordsForm, answers
from goldenthread.web.permissions import may
from goldenthread.web.queries import papers as queries
from goldenthread.web.queries import strands
from goldenthread.web.views.declared import needs, who
from goldenthread.web.views.sending import ask, sent, typed

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "template": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


@needs("read_register", kind="committee")
@require_safe
def since_page(request: HttpRequest, committee: queries.Committee) -> HttpResponse:
    """What moved since a body last met, in the plan that the address names or the first one."""
    me, today = who(request), timezone.localdate()
    plans = queries.plans_for(committee, for_=me, on=today)
    asked = request.GET.get("plan", "")
    plan = next((one for one in plans if one.public_id == asked), plans[0] if plans else None)
    if asked and (plan is None or plan.public_id != asked):
        raise Missing("There is no such plan for this body.", do="Choose one of those listed.")
    facts: dict[str, Any] = {"committee": committee, "plans": plans, "plan": plan}
    if plan is not None:
        found = queries.told_since(committee, plan, on=today)
        facts |= {
            "one": found,
            "standing": standing,
            "first_promised": first_promised,
            "said_since": said_since,
            "times": times,
        }
        facts["may_make"] = bool(may(me, "make_paper", plan, today))
    return render(request, "workspace/since.html", facts)


@needs("read_papers")
@require_safe
def papers_page(request: HttpRequest) -> HttpResponse:
    """Every paper that was issued, and those that somebody is making."""
    found = queries.papers_for(for_=who(request), on=timezone.localdate())
    facts = {
        "making": [one for one in found if one.issued_at is None],
        "issued": [one for one in found if one.issued_at is not None],
    }
    return render(request, "workspace/papers.html", facts)


@needs("make_paper", kind="committee")
def make_paper(request: HttpRequest, committee: queries.Committee) -> HttpResponse:
    """Choose the meeting, the plan and the day, and freeze what it is told."""
    me, today = who(request), timezone.localdate()
    plans = {
        one.public_id: one
        for one in queries.plans_for(committee, for_=me, on=today)
        if may(me, "make_paper", one, today)
    }
    meetings = {one.public_id: one for one in queries.meetings_for(committee, on=today)}
    within = {one.public_id: one for one in strands.offered()}
    form = MakeForm(
        **typed(request),
        meetings=[(key, day(one.on)) for key, one in meetings.items()],
        plans=[(key, one.title) for key, one in plans.items()],
        strands=[(key, one.name) for key, one in within.items()],
        initial={
            "plan": request.GET.get("plan", ""),
            "as_at": queries.quarter_end(today),
            "meeting": next((key for key, one in meetings.items() if one.on >= today), ""),
        },
    )
    made: dict[str, Any] = {}

    def change(given: dict[str, Any]) -> None:
        made["row"] = changes.make_paper(
            by=me,
            plan=plans[given["plan"]],
            meeting=meetings[given["meeting"]],
            as_at=given["as_at"],
            strand=within.get(given["strand"]),
            at=timezone.now(),
            key=given["key"],
        )

    back = reverse("since", kwargs={"committee": committee.public_id})
    done = _("The figures are frozen. Now write what members should know and decide.")
    kept = sent(request, form, change, done=done, to=back, room="meetings")
    if kept is not None and "row" in made:
        return redirect("word_paper", paper=made["row"].public_id)
    return kept or ask(
        request,
        form,
        "one_form",
        room="meetings",
        title=_("Make a paper for %(body)s") % {"body": committee.name},
        lead=[
            _(
                "It says what moved since the body last met, from what is known now. You write "
                "what is to be decided and what it means, look at it, and issue it."
            )
            if meetings
            else _("No meeting of this body is arranged, so there is none to make a paper for.")
        ],
        button=_("Freeze the figures"),
        back_to=back,
        back_words=_("Since it last met"),
        theirs=[],
    )


@needs("make_paper", kind="paper")
def word_paper(request: HttpRequest, paper: queries.Paper) -> HttpResponse:
    """Write what members should know, decide, and what it means."""
    form = WordsForm(**typed(request), version=paper.version, initial=answers(paper.words))
    to = reverse("paper", kwargs={"paper": paper.public_id})

    def change(given: dict[str, Any]) -> None:
        changes.word_paper(by=who(request), paper=paper, at=timezone.now(), **given)

    kept = sent(
        request,
        form,
        change,
        done=_("The words are kept. Read the paper as it would be issued."),
        to=to,
        stands=lambda: (answers(paper.words), paper.version),
        room="meetings",
    )
    shown = answers(paper.words) if form.theirs else {}
    return kept or ask(
        request,
        form,
        "one_form",
        room="meetings",
        title=_("Word the paper for %(day)s") % {"day": day(paper.meeting.on)},
        lead=[paper.headline, _("These figures are frozen. What you write stands around them.")],
        button=_("Keep these words"),
        back_to=to,
        back_words=_("The paper"),
        theirs=[(form.fields[k].label, v) for k, v in shown.items() if k in form.fields and v],
    )


@needs("read_papers", kind="paper")
@require_safe
def paper_page(request: HttpRequest, paper: queries.Paper) -> HttpResponse:
    """A paper: what it finds, who issued it, its files and their digests; or that it waits."""
    me, today = who(request), timezone.localdate()
    names = headings()
    facts = {
        "paper": paper,
        "files": list(paper.files.all()),
        "left_out": [names[key] for key in paper.left_out if key in names],
        "may_word": bool(may(me, "make_paper", paper, today)),
        "may_make": bool(may(me, "make_paper", paper.plan, today)),
        "may_issue": bool(may(me, "issue_paper", paper, today)),
        "worded": bool(paper.words.get("author") and paper.words.get("purpose")),
    }
    return render(request, "workspace/paper.html", facts)


@needs("read_papers", kind="paper")
@require_safe
def paper_drawn(request: HttpRequest, paper: queries.Paper) -> HttpResponse:  # noqa: ARG001
    """The paper as the page that it is, or would be, issued as; nothing runs in it."""
    file = next((one for one in paper.files.all() if one.format == "html"), None)
    content = _content(file) if file is not None else queries.drawn(paper).encode()
    response = _safe(HttpResponse(content, content_type=_TYPES["html"]))
    # The page brings its own style and says so in its own policy; nothing else may run or load.
    style = content.partition(b"<style>")[2].partition(b"</style>")[0]
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{_base64(sha256(style).hexdigest())}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return response


@needs("issue_paper", kind="paper")
def issue_paper(request: HttpRequest, paper: queries.Paper) -> HttpResponse:
    """Choose the template and issue: the files are made, kept, and never change."""
    me = who(request)
    before = queries.last_template(paper.meeting.committee)
    form = IssueForm(
        **typed(request),
        before=before is not None,
        version=paper.version,
        initial={"look": "again" if before is not None else "ours"},
    )
    to = reverse("paper", kwargs={"paper": paper.public_id})

    def change(given: dict[str, Any]) -> None:
        template = None
        if given["look"] == "again" and before is not None:
            template = _content(before)
        elif given["look"] == "theirs":
            template = given["template"].read()
        with Store() as store:
            changes.issue_paper(
                by=me,
                paper=paper,
                template=template,
                store=store,
                version=given["version"],
                at=timezone.now(),
                key=given["key"],
            )

    kept = sent(
        request,
        form,
        change,
        done=_("Issued. These files stay as they are."),
        to=to,
        stands=lambda: ({}, paper.version),
        room="meetings",
    )
    return kept or ask(
        request,
        form,
        "one_form",
        room="meetings",
        title=_("Issue the paper for %(day)s") % {"day": day(paper.meeting.on)},
        lead=[
            paper.headline,
            _(
                "Word, PDF and a web page are made from the frozen figures and your words, and "
                "kept. Nothing of an issued paper can be changed; a later one can correct it."
            ),
        ],
        button=_("Issue the paper"),
        back_to=to,
        back_words=_("The paper"),
        theirs=[],
    )


@needs("read_papers", kind="paperfile")
@require_safe
def paper_file(request: HttpRequest, paperfile: queries.PaperFile) -> HttpResponse:
    """A file of an issued paper, byte for byte as it was issued."""
    paper = paperfile.paper
    if paperfile.format == "template" and not may(
        who(request), "make_paper", paper.plan, timezone.localdate()
    ):
        raise NotAllowed(
            "Only who makes papers takes a template away.", permission="make_paper", rule="role"
        )
    content = _content(paperfile)
    response = _safe(HttpResponse(content, content_type=_TYPES[paperfile.format]))
    ending = "docx" if paperfile.format == "template" else paperfile.format
    name = slugify(f"{paper.meeting.committee.name} {paper.meeting.on}")[:80] or "paper"
    part = "-template" if paperfile.format == "template" else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{part}.{ending}"'
    response.headers["Repr-Digest"] = f"sha-256=:{_base64(paperfile.sha256)}:"
    return response


def _base64(digest: str) -> str:
    return b64encode(bytes.fromhex(digest)).decode()


def _content(file: queries.PaperFile) -> bytes:
    path = Path(settings.MEDIA_ROOT) / Path(file.stored).name
    if not path.is_file():
        raise Missing(
            "The file is not where it was kept.", do="Tell whoever looks after the site’s backups."
        )
    return path.read_bytes()


def _safe(response: HttpResponse) -> HttpResponse:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
