"""Who is who: which posts answer for a plan, or for all the plans of a unit, from day to day."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import words
from goldenthread.web.models import Answerable, Person, Plan, Post, Unit
from goldenthread.web.permissions import require

PARTS = ("strategic_lead", "operational_lead", "member_champion", "sponsor", "other")
# What a page can show without becoming a list of its own.
MOST = 24


@change
def name_answerable(
    *,
    by: Person,
    of: Plan | Unit,
    part: str,
    post: Post,
    what: str,
    since: date,
    at: datetime,
    forum: str = "",
    key: str = "",
) -> Answerable:
    """Say that a post answers for a plan, or for every plan of a unit and below, from a day.

    ``part`` is one of ``PARTS``; ``what`` finishes the sentence that the post begins ("is
    accountable to Cabinet for every promise"), and ``forum`` is what a sponsor sponsors. What
    changes: one line more, which the next edition takes. Who may: word_public_page. Recorded:
    ``answerable.named``. Raises ``Missing`` for a part that does not exist, for a sponsor of
    nothing, for a post that is not there on the day, and for a line that stands already.
    """
    require(by, "word_public_page", of, localdate(at))
    said = words(what, name="what it answers for", most=300).rstrip(".")
    sponsored = words(forum, name="the forum", most=160)
    owner = {"plan": of} if isinstance(of, Plan) else {"unit": of}
    standing = Answerable.objects.filter(until__isnull=True, **owner)
    needs: dict[str, str] = {}
    if part not in PARTS:
        needs["part"] = "Choose one of the parts."
    if not said:
        needs["what"] = "Say what it answers for."
    if part == "sponsor" and not sponsored:
        needs["forum"] = "Say what it sponsors: a forum or a network."
    if since < post.begins or (post.ends is not None and post.ends < since):
        needs["post"] = "Choose a post that is there on that day."
    elif standing.filter(part=part, post=post, forum=sponsored).exists():
        needs["post"] = "This post is named for this already."
    if standing.count() >= MOST:
        needs["part"] = f"{MOST} lines are the most that a page can show: end one first."
    if needs:
        raise Missing("Nobody was named.", needs=needs)
    row = Answerable.objects.create(
        part=part,
        post=post,
        what=said,
        forum=sponsored if part == "sponsor" else "",
        position=Answerable.objects.filter(**owner).count(),
        since=since,
        **owner,
    )
    facts = {"part": part, "post": post.public_id, "since": since.isoformat()}
    audit.record(by=by, what="answerable.named", on=row, facts=facts, at=at)
    return row


@change
def end_answerable(
    *, by: Person, answerable: Answerable, version: int, until: date, at: datetime, key: str = ""
) -> Answerable:
    """End a line of who is who with a day, which is its last; it stays in the history.

    Who may: word_public_page. Recorded: ``answerable.ended``. Raises ``Missing`` for a day before
    it began, ``OutOfStep`` where somebody ended or passed it on first.
    """
    require(by, "word_public_page", answerable, localdate(at))
    if answerable.until is not None:
        raise OutOfStep("Somebody ended this before you did.", theirs={"until": answerable.until})
    if until < answerable.since:
        raise Missing(
            "It cannot end before it began.", needs={"until": "Give a day after it began."}
        )
    step(answerable, version, until=until)
    facts = {"until": until.isoformat(), "post": answerable.post.public_id}
    audit.record(by=by, what="answerable.ended", on=answerable, facts=facts, at=at)
    return answerable
