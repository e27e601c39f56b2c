"""Pledges: what posts and teams promise of themselves, who may read it, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.plan import find_people
from goldenthread.web import audit
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import PARAGRAPH, words
from goldenthread.web.models import FollowUp, Person, Planning, Pledge, Post, Unit
from goldenthread.web.permissions import require
from goldenthread.web.queries.outgoing import Outgoing

BECAME = ("kept", "not_kept", "no_longer")
_NAMED = "A person seems to be named. Write the post or the team."


@change
def make_pledge(
    *,
    by: Person,
    of: Planning | Unit,
    text: str,
    made_on: date | None,
    at: datetime,
    post: Post | None = None,
    team: Unit | None = None,
    team_words: str = "",
    public: bool = False,
    nobody_named: bool = False,
    key: str = "",
) -> Pledge:
    """Record what a post or a team pledged, word for word.

    ``of`` is the planning in which it was made, or the whole body for a pledge of Members. Exactly
    one of ``post``, ``team`` (a part of the body) and ``team_words`` (a team that is no part of its
    own) says whose it is. ``public`` is the maker's choice. Who may: keep_pledges. Recorded:
    ``pledge.made``. Raises ``Missing`` without words, a day that has come, or one maker; where the
    team's words name a person; where the words seem to name somebody and nobody said that they do
    not (``nobody_named``); and where the public would read what it may not (``queries.outgoing``).
    """
    on = localdate(at)
    require(by, "keep_pledges", of, on)
    said, whose = (
        words(text, name="text", most=PARAGRAPH),
        words(team_words, name="team_words", most=160),
    )
    needs: dict[str, str] = {}
    if not said:
        needs["text"] = "Write the pledge as it was made, word for word."
    elif find_people(said) and not nobody_named:
        needs["text"] = f"{_NAMED} If nobody is, tick the box that says so."
    if made_on is None or made_on > on:
        needs["made_on"] = "Give the day on which it was made."
    if sum((post is not None, team is not None, bool(whose))) != 1:
        needs["post"] = "Choose the post, or the team: one of them."
    elif find_people(whose):
        needs["team_words"] = _NAMED
    elif made_on is not None and post is not None and not _held_office(post, made_on):
        needs["post"] = "This post was not there on that day."
    if public and "text" not in needs and (sentences := Outgoing.of(of).faults(said)):
        needs["public"] = sentences
    if needs or made_on is None:
        raise Missing("The pledge was not recorded.", needs=needs)
    planning, unit = (of, of.unit) if isinstance(of, Planning) else (None, of)
    row = Pledge.objects.create(
        unit=unit,
        planning=planning,
        words=said,
        post=post,
        team=team,
        team_words=whose,
        made_on=made_on,
        public=public,
        at=at,
        by=by,
    )
    audit.record(by=by, what="pledge.made", on=row, facts={"public": public}, at=at)
    return row


@change
def follow_up(
    *,
    by: Person,
    pledge: Pledge,
    version: int,
    what: str,
    on: date | None,
    text: str,
    at: datetime,
    nobody_named: bool = False,
    key: str = "",
) -> FollowUp:
    """Say what became of a pledge by a day: kept so far, not kept, or no longer meant.

    What was said before stays. Who may: keep_pledges. Recorded: ``pledge.followed_up``. Raises
    ``Missing`` for another answer, a day before it was made or to come, without words where it was
    not kept or is no longer meant, where the words seem to name somebody and nobody said that they
    do not, and where the public would read what it may not; ``OutOfStep`` where somebody said
    something first.
    """
    today = localdate(at)
    require(by, "keep_pledges", pledge, today)
    said = words(text, name="text", most=PARAGRAPH)
    needs: dict[str, str] = {}
    if what not in BECAME:
        needs["what"] = "Choose what became of it."
    if on is None or not pledge.made_on <= on <= today:
        needs["on"] = "Give a day from when it was made up to today."
    if not said and what in ("not_kept", "no_longer"):
        needs["text"] = "Say in a sentence what happened, and what happens next."
    elif find_people(said) and not nobody_named:
        needs["text"] = f"{_NAMED} If nobody is, tick the box that says so."
    elif pledge.public and said and (sentences := _outgoing(pledge).faults(said)):
        needs["text"] = sentences
    if needs or on is None:
        raise Missing("Nothing was said of the pledge.", needs=needs)
    step(pledge, version)
    row = FollowUp.objects.create(pledge=pledge, what=what, words=said, on=on, at=at, by=by)
    audit.record(by=by, what="pledge.followed_up", on=pledge, facts={"what": what}, at=at)
    return row


@change
def choose_who_reads_pledge(
    *, by: Person, pledge: Pledge, version: int, public: bool, at: datetime, key: str = ""
) -> Pledge:
    """Let the public read a pledge, or no longer, as its maker now chooses.

    The next edition follows it; editions that were published keep what they said. Who may:
    keep_pledges. Recorded: ``pledge.reader_chosen``. Raises ``Missing`` where it stands so already,
    and where the public would read what it may not (``queries.outgoing``); ``OutOfStep`` where
    somebody changed it first.
    """
    require(by, "keep_pledges", pledge, localdate(at))
    if pledge.public == public:
        raise Missing("It stands so already.", needs={"public": "Choose the other answer."})
    told = [pledge.words, *pledge.follow_ups.values_list("words", flat=True)]
    if public and (sentences := next(filter(None, map(_outgoing(pledge).faults, told)), "")):
        raise Missing("The pledge stays inside.", needs={"public": sentences})
    step(pledge, version, public=public)
    audit.record(by=by, what="pledge.reader_chosen", on=pledge, facts={"public": public}, at=at)
    return pledge


def _held_office(post: Post, on: date) -> bool:
    return post.begins <= on and (post.ends is None or on <= post.ends)


def _outgoing(pledge: Pledge) -> Outgoing:
    """What the public may not be told by a pledge."""
    return Outgoing.of(pledge.planning or pledge.unit)
