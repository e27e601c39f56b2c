"""The audit in plain words, for those who check it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldenthread.timescale import day
from goldenthread.web.models import AuditEntry, AuditFacts, Person
from goldenthread.web.permissions import PERMISSIONS, ROLES, RULES, reach
from goldenthread.web.queries.things import KINDS, PLANNED

PAGE = 50
_ISO = re.compile(r"\d{4}-\d\d-\d\d")

ACTS: Mapping[str, Any] = {
    "action.added": _("added an action to a plan"),
    "action.updated": _("added an update to an action"),
    "action.date_moved": _("moved the date of an action"),
    "action.handed_over": _("handed an action over to another post"),
    "action.reworded": _("changed the wording of an action"),
    "action.answers_alone": _("said which of several posts answers for an action"),
    "action.contributor_added": _("added a contributor to an action"),
    "action.contributor_ended": _("ended a contribution to an action"),
    "answerable.named": _("named a post in who is who"),
    "answerable.ended": _("ended a line of who is who"),
    "milestone.added": _("added a milestone to an action"),
    "milestone.moved": _("moved a milestone"),
    "milestone.reached": _("said that a milestone was reached"),
    "milestone.dropped": _("dropped a milestone"),
    "milestone.reopened": _("opened a milestone again"),
    "action.kept_local": _("kept an action as its directorate's own"),
    "action.needs_no_directorate": _("said that an action needs no directorate"),
    "action.needs_not": _("said that an action needs nothing of some directorates"),
    "action.apart_undone": _("took back what kept an action apart from the other tier"),
    "proposals.joined": _("joined actions to what their words are like"),
    "proposals.refused": _("said that actions do not serve what was proposed"),
    "proposals.again": _("let what was refused be proposed again"),
    "action.strands_kept": _("said to which strands an action belongs"),
    "measure.strands_kept": _("said to which strands a measure belongs"),
    "review.strands_kept": _("said to which strands a review belongs"),
    "plan.horizons_kept": _("said what a plan means by short and long term"),
    "post.work_passed": _("passed on what a post answers for"),
    "post.work_given_back": _("gave back what a post answered for"),
    "planning.begun": _("began the planning of a directorate"),
    "planning.plan_named": _("said which plan came of a directorate's planning"),
    "step.planned": _("planned the day of a step"),
    "step.signed": _("signed off a step of a directorate"),
    "step.reopened": _("opened a step of a directorate again"),
    "steps.kept": _("changed the steps that directorates take"),
    "planning.horizons_kept": _("said what a planning means by short and long term"),
    "area.added": _("placed an area on a directorate's matrix"),
    "area.weighed": _("placed or chose an area of a directorate anew"),
    "area.withdrawn": _("withdrew an area of a directorate"),
    "area.grounded": _("said what an area of a directorate comes from"),
    "area.acted_on": _("said which action came of an area"),
    "area.unjoined": _("ended a link of an area"),
    "vision.written": _("wrote a version of a directorate's vision"),
    "vision.asked_about": _("put a vision to bodies"),
    "vision.answered": _("said for a body what it thinks of a vision"),
    "vision.answer_recorded": _("recorded what a body said of a vision"),
    "vision.signatures_asked": _("asked posts to sign a vision"),
    "vision.signer_withdrawn": _("asked a post to sign a vision no more"),
    "vision.signed": _("signed a vision"),
    "vision.signature_recorded": _("recorded a signature of a vision given on paper"),
    "vision.read_again": _("read a vision again"),
    "public_words.said": _("changed what the public pages say"),
    "cadence.kept": _("said how often something is asked about"),
    "cadence.ended": _("let something be asked about as what stands above it"),
    "plan.begun": _("began a directorate’s plan by hand"),
    "action.planned": _("added an action to a directorate’s plan"),
    "good.said": _("said what good looks like"),
    "service_plan.added": _("added a service plan"),
    "service_plan.changed": _("changed a service plan"),
    "service_plan.ended": _("ended a service plan"),
    "service_plan.filled": _("put an action in a service plan"),
    "service_plan.taken_out": _("took an action out of a service plan"),
    "pledge.made": _("recorded a pledge"),
    "pledge.followed_up": _("said what became of a pledge"),
    "pledge.reader_chosen": _("said who may read a pledge"),
    "objectives.counted": _("counted objectives"),
    "round.opened": _("opened a round of updates"),
    "round.kept_open": _("kept a round of updates open for longer"),
    "round.closed": _("closed a round of updates"),
    "round.reminded": _("reminded leads who had not answered"),
    "draft.received": _("brought in a plan from a document"),
    "draft.adopted": _("adopted a draft as a plan"),
    "draft.set_aside": _("set a draft aside"),
    "row.settled": _("settled a row of a draft"),
    "draft.chosen": _("chose what of a later version is taken"),
    "plan.exported": _("took a plan away as a file"),
    "draft.taken_over": _("took a later version over into its plan"),
    "question.answered": _("settled a question of a draft"),
    "edition.adopted": _("adopted an edition for publication"),
    "edition.published": _("published an edition"),
    "edition.set_aside": _("set an edition aside"),
    "committee.begun": _("added a body that meets"),
    "committee.changed": _("changed a body that meets"),
    "committee.ended": _("ended a body that meets"),
    "remit.agreed": _("recorded terms of reference"),
    "seat.taken": _("gave a seat in a body"),
    "seat.ended": _("ended a seat in a body"),
    "meeting.arranged": _("arranged meetings"),
    "meeting.changed": _("changed a meeting"),
    "meeting.cancelled": _("cancelled a meeting"),
    "calendar.renewed": _("made an address for their diary"),
    "calendar.ended": _("ended the address for their diary"),
    "ask.recorded": _("recorded what a body asked"),
    "ask.directed": _("said who answers a request, or by when"),
    "ask.answered": _("answered what a body asked"),
    "ask.withdrawn": _("withdrew what a body asked"),
    "consultation.begun": _("put something to unions and forums"),
    "consultation.outcome": _("said what came of a consultation"),
    "stance.recorded": _("recorded what a body says"),
    "term.chosen": _("said which words are used"),
    "review.recorded": _("recorded the review that a plan answers"),
    "review.changed": _("changed what is said of a review"),
    "review.report_kept": _("kept the report of a review"),
    "review.recommendations_recorded": _("recorded what a review recommends"),
    "recommendation.answered": _("recorded what the council answers to a recommendation"),
    "evaluation.written": _("wrote a part of a directorate's review"),
    "evaluation.looked": _("recorded a look at a directorate's planning"),
    "evaluation.put": _("put a closing statement to unions and forums"),
    "evaluation.corrected": _("noted a correction beside a closed review"),
    "claim.made": _("made a claim in a closing statement"),
    "claim.withdrawn": _("withdrew a claim of a closing statement"),
    "claim.shown": _("gave evidence for a claim"),
    "claim.evidence_withdrawn": _("took back evidence for a claim"),
    "planning.closed": _("closed a directorate's planning with its review"),
    "planning.carried": _("chose what goes on from last year's planning"),
    "habit.kept": _("said what words of a document mean"),
    "habit.changed": _("changed what words of a document mean"),
    "habit.removed": _("took out what words of a document mean"),
    "profile.taken": _("brought in a profile of how documents are read"),
    "paper.made": _("froze the figures of a paper for a meeting"),
    "paper.worded": _("wrote the words of a paper"),
    "paper.issued": _("issued a paper for a meeting"),
    "takedown.asked": _("asked for an edition to be taken down"),
    "takedown.agreed": _("agreed, and an edition was taken down"),
    "takedown.ended": _("let an edition stand that was asked about"),
    "edition.read_apart": _("read an edition that was taken down"),
    "link.issued": _("sent a link for updates"),
    "link.withdrawn": _("withdrew a link for updates"),
    "link.opened": _("began with their link for updates"),
    "link.asked_for": _("asked for a new link for updates"),
    "link.refused": _("used a link for updates that opens nothing, or not that"),
    "update.taken_back": _("took an update back"),
    "date.asked_for": _("asked for another date of an action"),
    "date.refused": _("refused another date of an action"),
    "action.not_mine": _("said that an action is not theirs"),
    "measure.added": _("added a measure"),
    "measure.defined": _("said what a measure is"),
    "measure.ended": _("ended a measure"),
    "target.set": _("set a target of a measure"),
    "tolerance.kept": _("changed how near to a target is near enough"),
    "figure.given": _("gave a figure of a measure"),
    "figure.corrected": _("corrected a figure of a measure"),
    "figures.taken": _("brought in figures of a measure from a file"),
    "case_study.told": _("told a case study"),
    "case_study.changed": _("changed a case study"),
    "session.recorded": _("entered a listening session"),
    "session.corrected": _("corrected a listening session"),
    "one_to_ones.counted": _("counted one-to-ones"),
    "theme.heard": _("entered a theme that was heard"),
    "theme.changed": _("changed a theme that was heard"),
    "theme.merged": _("merged a theme that was heard into another"),
    "theme.withdrawn": _("withdrew a theme that was heard"),
    "pack.kept": _("kept the data pack that a management team discussed"),
    "pack.finding_added": _("added a finding of a data pack"),
    "pack.figure_entered": _("entered a figure of a data pack"),
    "pack.finding_withdrawn": _("withdrew a finding of a data pack"),
    "pack.figure_withdrawn": _("withdrew a figure of a data pack"),
    "pack.set_aside": _("set a data pack aside"),
    "pack.opened": _("opened the file of a data pack"),
    "link.made": _("joined two things on the thread"),
    "link.ended": _("ended a link"),
    "person.added": _("added a person"),
    "person.returned": _("opened a closed account again"),
    "person.ended": _("closed an account"),
    "post.added": _("added a post"),
    "post.changed": _("changed a post"),
    "post.ended": _("ended a post"),
    "post.held": _("said who holds a post"),
    "post.vacant": _("said that a post is vacant"),
    "mail.tried_again": _("had an email sent again"),
    "mail.all_tried_again": _("had every email that was given up sent again"),
    "mail.left": _("left an email unsent that was given up"),
    "mail.trial": _("sent themselves a trial email"),
    "ratings.kept": _("changed the words and rules of the ratings"),
    "role.granted": _("gave a role"),
    "role.ended": _("ended a role"),
    "site.begun": _("set up the site"),
    "strand.added": _("added a strand"),
    "unit.begun": _("began a unit"),
    "unit.ended": _("ended a part of the council"),
    "unit.moved": _("moved a part of the council"),
    "draft.given": _("said whose a draft is"),
    "units.brought": _("brought in parts of the council from a file"),
    "unit.renamed": _("renamed a part of the council"),
    "unit.succeeded": _("let one unit take over from another"),
    "refused": _("was refused"),
    "account.signed_in": _("signed in"),
    "account.password_changed": _("changed their password"),
    "account.signed_out_elsewhere": _("signed out everywhere else"),
    "account.second_factor_set_up": _("set up a second factor"),
    "account.second_factor_removed": _("removed their second factor"),
    "account.second_factor_forgotten": _("took away a second factor that was lost"),
    "account.codes_renewed": _("made new recovery codes"),
    "account.closed": _("closed their own account"),
    "sign_in.failed": _("tried to sign in and failed"),
    "sign_in.blocked": _("tried to sign in too often and was held up"),
    "second_factor.failed": _("gave a wrong code at sign-in"),
    "form.refused": _("sent a form that did not come from our pages, and was refused"),
    "upload.refused": _("sent a file that was refused"),
}
"""Every act of the audit in words that follow a name; a test holds it to the code."""
_WITHOUT_NAME = frozenset(
    {
        *("refused", "form.refused", "upload.refused", "link.refused"),
        *("sign_in.failed", "sign_in.blocked", "second_factor.failed"),
    }
)
_RULES: Mapping[str, Any] = {
    "hidden": _("It hid something."),
    "role": _("None of their roles lets them."),
    "reach": _("Their role does not reach this unit."),
    "signed_out": _("Nobody was signed in."),
    "forged": _("The form bore no mark of ours."),
    "malformed": _("No browser sends such a form."),
    "nothing_there": _("The address named nothing that there is."),
    "too_many": _("It was too often in a short time."),
    "unreadable": _("It could not be read."),
    "kind": _("It is of a kind that is not taken."),
    "altered": _("The address was altered, cut short or made up."),
    "not_yours": _("It was not of this link."),
    "replaced": _("The link was replaced by a newer one."),
    "withdrawn": _("The link was withdrawn."),
    "closed": _("The round was over."),
    "expired": _("The link had expired."),
}
"""The rules of refusals that no permission has, in words."""


_CALLED: Mapping[str, Any] = {
    "sha256": _("digest of the content begins"),
    "bodies": _("who was asked"),
    "whole": _("in full"),
    "part": _("as"),
    "alone": _("one person alone"),
    "apart": _("what it was"),
    "asked": _("actions asked about"),
    "directors_before": _("days before the end, for directors"),
    "elsewhere": _("on another device than the first"),
    "evidence": _("pieces of evidence"),
    "fields": _("what was filled in or changed"),
    "format": _("kind of file"),
    "grants": _("roles that ended"),
    "heir": _("who answers next"),
    "meanwhile": _("who answers meanwhile"),
    "passed": _("things passed on"),
    "hidden": _("hidden at once"),
    "layout": _("how much it holds"),
    "more_times": _("times more"),
    "counted_to": _("up to the end of the quarter"),
    "into": _("the theme that took it up"),
    "name_public": _("name shown in public"),
    "parent": _("within"),
    "people": _("how many people"),
    "posts": _("posts that are empty now"),
    "second_factor": _("with a second factor"),
    "teams_before": _("days before the end, for leads"),
}
"""Facts whose name in the code is no word that a reader would use."""
_FIELDS: Mapping[str, Any] = {
    "came": _("how many came"),
    "cancelled_because": _("why it was cancelled"),
    "off_site": _("away from the offices"),
    "open_to": _("which staff could come"),
    "finishes": _("when it ends"),
    "letter": _("letters of its numbers"),
    "on": _("day"),
    "papers_due": _("day its papers are due"),
    "public": _("open to the public"),
    "starts": _("hour"),
    "about": _("what it is about"),
    "changed": _("what changed"),
    "coming": _("what comes next"),
    "completed_on": _("the day it was done"),
    "decided_by": _("who adopted it"),
    "decided_on": _("the day it was adopted"),
    "done": _("what was done"),
    "forecast": _("expected date"),
    "leads": _("lead"),
    "licence": _("terms of use"),
    "rag": _("rating"),
    "cause": _("why it is in trouble"),
    "step": _("what is being done to put it right"),
    "due": _("by when"),
    "stops_when": _("when it stops"),
    "summary": _("first paragraph"),
    "text": _("wording"),
    "timescale": _("date"),
    "title": _("short name"),
}
"""The same for the fields of forms."""
_MOST_OF_A_DIGEST = 12


@dataclass(frozen=True)
class Sought:
    """What the audit is narrowed to; each is empty for everything. Both days are included."""

    act: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Entry:
    """One entry as a page tells it: ``facts`` are pairs of words, None where they were erased."""

    number: int
    at: datetime
    actor: str
    act: str
    did: str
    thing: str
    action: str
    facts: tuple[tuple[str, str], ...] | None
    hash: str


@dataclass(frozen=True)
class Record:
    """A page of the audit, newest first."""

    entries: tuple[Entry, ...]
    found: int
    page: int
    pages: int


def entries(*, for_: Person, on: date, sought: Sought, page: int = 1) -> Record:
    """The audit, narrowed, a page at a time, in six queries.

    It is read whole or not at all: nobody sees a part of it (decision 0014).
    """
    rows = AuditEntry.objects.order_by("-number")
    if not reach(for_, "read_audit", on):
        rows = rows.none()
    if sought.act:
        rows = rows.filter(act=sought.act)
    if sought.actor:
        rows = rows.filter(actor=sought.actor)
    if sought.since:
        rows = rows.filter(at__gte=_midnight(sought.since))
    if sought.until:
        rows = rows.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    found = rows.count()
    pages = max(1, -(-found // PAGE))
    page = min(max(page, 1), pages)
    listed = list(rows[(page - 1) * PAGE : page * PAGE])
    facts = AuditFacts.objects.in_bulk([row.number for row in listed])
    names = _names(listed, facts, reach(for_, "read_planning", on))
    return Record(
        tuple(_told(row, facts.get(row.number), names) for row in listed),
        found,
        page,
        pages,
    )


def actors() -> tuple[tuple[str, str], ...]:
    """Everybody who ever had an account, by public identifier, for a filter."""
    return tuple(Person.objects.order_by("name").values_list("public_id", "name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _names(
    listed: list[AuditEntry], facts: Mapping[int, AuditFacts], planned: frozenset[int]
) -> dict[str, str]:
    """Words for every identifier that these entries speak of, in two queries.

    What belongs to a directorate's planning has words only within the units ``planned``.
    """
    wanted: dict[str, set[str]] = {}
    people = {row.actor for row in listed}
    spoken = {
        value
        for held in facts.values()
        for value in held.facts.values()
        if isinstance(value, str) and len(value) == 12
    }
    for row in listed:
        if row.object_kind == "person":
            people.add(row.object_id)
        else:
            wanted.setdefault(row.object_kind, set()).add(row.object_id)
    found = dict(
        Person.objects.filter(public_id__in=people | spoken).values_list("public_id", "name")
    )
    each = [
        _called(kind, wanted.get(kind, set()) | spoken, planned)
        for kind in sorted({*wanted, "unit", "post", "plan", "draft"} & set(KINDS))
    ]
    for kind, public_id, number, *parts in each[0].union(*each[1:], all=True):
        found[public_id] = _words(kind, number, parts)
    return found


# Where a thing may have its words: the first that it has are what it is called.
_SAID = ("title", "name", "text", "message", "file")


def _called(kind: str, ids: Collection[str], planned: frozenset[int]) -> QuerySet[Any, Any]:
    """The things of a kind with these identifiers: each with its number and all its words."""
    rows = KINDS[kind]._default_manager.filter(public_id__in=ids).order_by()
    if kind in PLANNED:
        rows = rows.filter(**{f"{PLANNED[kind]}__in": planned})
    has = {field.name for field in KINDS[kind]._meta.fields}
    number = "edition__number" if kind == "takedown" else "number" if "number" in has else ""
    said = (Cast(part, TextField()) if part in has else Value("", TextField()) for part in _SAID)
    return rows.values_list(
        Value(kind, TextField()),
        "public_id",
        Cast(number, TextField()) if number else Value("", TextField()),
        *said,
    )


def _words(kind: str, number: str | None, parts: Iterable[str | None]) -> str:
    if kind in ("edition", "takedown"):
        return str(_("edition %(number)s")) % {"number": number}
    said = next((part for part in parts if part), "")
    said = said if len(said) <= 90 else f"{said[:90].rsplit(' ', 1)[0]}…"
    return f"{number or ''} {said}".strip()


def _told(row: AuditEntry, held: AuditFacts | None, names: Mapping[str, str]) -> Entry:
    return Entry(
        number=row.number,
        at=row.at,
        actor=names.get(row.actor, row.actor) or _nobody(row.act),
        act=row.act,
        did=str(ACTS.get(row.act, row.act)),
        thing=names.get(row.object_id, ""),
        action=row.object_id if row.object_kind == "action" and row.object_id in names else "",
        facts=None if held is None else tuple(_pairs(held.facts, names)),
        hash=row.hash,
    )


def _nobody(act: str) -> str:
    """Who did it where nobody was signed in."""
    stranger = act in _WITHOUT_NAME
    return str(_("Somebody not signed in") if stranger else _("Whoever ran the command"))


def _pairs(facts: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    pairs = []
    for name, value in facts.items():
        if value in ("", None, []):
            continue
        words = str(value)
        if isinstance(value, list):
            words = ", ".join(str(_FIELDS.get(part, part)).replace("_", " ") for part in value)
        elif name == "role" and value in ROLES:
            words = ROLES[value].title
        elif name == "permission" and value in PERMISSIONS:
            words = PERMISSIONS[value].words
        elif name == "rule" and value in RULES:
            words = RULES[value].sentence
        elif name == "rule" and value in _RULES:
            words = str(_RULES[value])
        elif isinstance(value, bool):
            words = str(_("yes")) if value else str(_("no"))
        elif isinstance(value, str) and value in names:
            words = names[value]
        elif isinstance(value, str) and _ISO.fullmatch(value):
            words = day(date.fromisoformat(value))
        elif name == "sha256" and len(words) > _MOST_OF_A_DIGEST:
            words = f"{words[:_MOST_OF_A_DIGEST]}…"
        called = _CALLED.get(name) or name.replace("_", " ")
        pairs.append((str(called), words))
    return pairs
