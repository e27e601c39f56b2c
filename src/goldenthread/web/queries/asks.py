"""What bodies asked and what they were told: numbered, with where each stands on a day.

:class:`Told` is a plain value: a committee paper freezes it as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from goldenthread.web.models import Action, Answer, Ask, Committee, Person, Recommendation
from goldenthread.web.models import Post as Post
from goldenthread.web.permissions import current, may, reach
from goldenthread.web.queries.links import shortened

STATES = ("overdue", "part", "open", "answered", "withdrawn")
OPEN = frozenset({"overdue", "part", "open"})
PAGE = 50
_MOST_LETTERS = 80


@dataclass(frozen=True)
class Given:
    """One answer: its words, its day, whether it answers the whole, and where the full one is."""

    words: str
    on: date
    whole: bool
    link: str = ""


@dataclass(frozen=True)
class Told:
    """One ask as it stood on a day.

    ``state`` is one of STATES: answered in full; answered in part; open, and overdue where its day
    has passed without any answer; or withdrawn. ``late`` is whether its day has passed and it is
    not answered in full. ``about`` is what it is of in a few words, ``about_kind`` action,
    recommendation or empty. ``follows`` is the number that it opens again, ``followed_by`` the one
    that opened it.
    """

    id: str
    number: str
    words: str
    kind: str
    body: str
    body_id: str
    member: str
    asked_on: date
    post: str
    due: date | None
    state: str
    late: bool
    answers: tuple[Given, ...] = ()
    about: str = ""
    about_kind: str = ""
    about_id: str = ""
    follows: str = ""
    follows_id: str = ""
    followed_by: str = ""
    followed_by_id: str = ""
    reason: str = ""
    withdrawn_on: date | None = None
    withdrawn_why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return self.state in OPEN


@dataclass(frozen=True)
class Sought:
    """What a list of asks is narrowed to; each is empty for everything."""

    state: str = ""
    body: str = ""
    post: str = ""
    words: str = ""


@dataclass(frozen=True)
class Found:
    """A page of asks, and how many there are in each state, whatever state is chosen."""

    asks: tuple[Told, ...]
    counts: Mapping[str, int]
    found: int
    page: int
    pages: int

    @property
    def total(self) -> int:
        """How many there are in all states."""
        return sum(self.counts.values())


def asks(*, for_: Person, as_at: date, sought: Sought | None = None, page: int = 1) -> Found:
    """The asks of the bodies that somebody may see, narrowed, those wanted first at the top."""
    sought = sought or Sought()
    rows = _rows().filter(committee__unit__in=reach(for_, "read_register", as_at))
    if sought.body:
        rows = rows.filter(committee__public_id=sought.body)
    if sought.post:
        rows = rows.filter(post__public_id=sought.post)
    for word in sought.words.split()[:10]:
        rows = rows.filter(words__icontains=word)
    conditions = _conditions(as_at)
    counts = {name: rows.filter(conditions[name]).count() for name in STATES}
    if sought.state in STATES:
        rows = rows.filter(conditions[sought.state])
    found = counts[sought.state] if sought.state in STATES else sum(counts.values())
    pages = max(1, -(-found // PAGE))
    page = min(max(page, 1), pages)
    ordered = rows.order_by(
        "is_answered", F("due").asc(nulls_last=True), "-asked_on", "committee_id", "-number"
    )
    listed = ordered[(page - 1) * PAGE : page * PAGE]
    return Found(tuple(told(row, as_at) for row in listed), counts, found, page, pages)


def of_committee(committee: Committee, as_at: date) -> tuple[Told, ...]:
    """Everything that a body asked by a day, the last first, as it stood then."""
    rows = _rows().filter(committee=committee, asked_on__lte=as_at).order_by("-number")
    return tuple(told(row, as_at) for row in rows)


def of_action(action: Action, as_at: date) -> tuple[Told, ...]:
    """What was asked of one action, the last first."""
    rows = _rows().filter(action=action).order_by("-asked_on", "-pk")
    return tuple(told(row, as_at) for row in rows)


def of_recommendation(recommendation: Recommendation, as_at: date) -> tuple[Told, ...]:
    """What was asked of one recommendation, the last first."""
    rows = _rows().filter(recommendation=recommendation).order_by("-asked_on", "-pk")
    return tuple(told(row, as_at) for row in rows)


def for_paper(committee: Committee, *, since: date, as_at: date) -> tuple[Told, ...]:
    """What the next paper of a body lists, in the order asked, as it stood on ``as_at``.

    All that was asked or answered after ``since``, and all that an answer is still wanted for.
    """
    found = reversed(of_committee(committee, as_at))
    return tuple(
        one
        for one in found
        if one.is_open or one.asked_on > since or any(given.on > since for given in one.answers)
    )


def counts(asks: Iterable[Told]) -> dict[str, int]:
    """How many there are in each state, every state said.

    >>> counts([])
    {'overdue': 0, 'part': 0, 'open': 0, 'answered': 0, 'withdrawn': 0}
    """
    found = Counter(one.state for one in asks)
    return {name: found[name] for name in STATES}


def one(ask: Ask, as_at: date) -> Told:
    """One ask as it stands on a day."""
    return told(_rows().get(pk=ask.pk), as_at)


def told(row: Ask, as_at: date) -> Told:
    """A row as a value; its answers up to the day count, and later ones are not there yet."""
    given = tuple(
        Given(answer.words, answer.on, answer.whole, answer.link)
        for answer in row.answers.all()
        if answer.on <= as_at
    )
    withdrawn = row.withdrawn_on if row.withdrawn_on and row.withdrawn_on <= as_at else None
    past = row.due is not None and row.due < as_at
    if any(answer.whole for answer in given):
        state = "answered"
    elif withdrawn:
        state = "withdrawn"
    else:
        state = "part" if given else "overdue" if past else "open"
    thing = row.action or row.recommendation
    after = getattr(row, "followed_by", None)
    return Told(
        id=row.public_id,
        number=number_of(row),
        words=row.words,
        kind=row.kind,
        body=row.committee.name,
        body_id=row.committee.public_id,
        member=row.member,
        asked_on=row.asked_on,
        post=row.post.title if row.post else "",
        due=row.due,
        state=state,
        late=past and state in OPEN,
        answers=given,
        about=_called(thing) if thing else "",
        about_kind=str(thing._meta.model_name) if thing else "",
        about_id=thing.public_id if thing else "",
        follows=number_of(row.follows) if row.follows else "",
        follows_id=row.follows.public_id if row.follows else "",
        followed_by=number_of(after) if after else "",
        followed_by_id=after.public_id if after else "",
        reason=row.reason,
        withdrawn_on=withdrawn,
        withdrawn_why=row.withdrawn_why if withdrawn else "",
    )


def number_of(row: Ask) -> str:
    """The number by which everybody calls an ask, such as S17."""
    return f"{row.committee.letter}{row.number}"


def waiting_for(*, for_: Person, as_at: date) -> tuple[Told, ...]:
    """What was asked of the posts that somebody holds and still wants an answer."""
    conditions = _conditions(as_at)
    rows = (
        _rows()
        .filter(current(as_at, "post__holdings__"), post__holdings__person=for_)
        .filter(conditions["overdue"] | conditions["part"] | conditions["open"])
        .order_by(F("due").asc(nulls_last=True), "pk")
    )
    return tuple(told(row, as_at) for row in rows)


def overdue(*, for_: Person, as_at: date, most: int) -> tuple[Told, ...]:
    """What nobody has answered though its day has passed, the longest overdue first."""
    rows = _rows().filter(committee__unit__in=reach(for_, "read_register", as_at))
    rows = rows.filter(_conditions(as_at)["overdue"]).order_by("due", "pk")
    return tuple(told(row, as_at) for row in rows[:most])


def deeds(ask: Ask, *, for_: Person, on: date) -> frozenset[str]:
    """What somebody may do with an ask, as far as its state allows it."""
    state = one(ask, on)
    may_ask = bool(may(for_, "record_ask", ask.committee, on))
    found = set()
    if state.is_open:
        found |= {"answer"} if may(for_, "answer_ask", ask, on) else set()
        found |= {"direct", "withdraw"} if may_ask else set()
    if state.state == "answered" and not state.followed_by and may_ask:
        found.add("again")
    return frozenset(found)


def _rows() -> QuerySet[Any]:
    whole = Answer.objects.filter(ask=OuterRef("pk"), whole=True)
    return (
        Ask.objects.select_related(
            *("committee", "post", "action", "recommendation"),
            *("follows__committee", "followed_by__committee"),
        )
        .prefetch_related("answers")
        .annotate(is_answered=Exists(whole))
    )


def _conditions(as_at: date) -> dict[str, Q]:
    """The states as conditions on :func:`_rows`; each row meets exactly one."""
    part = Q(Exists(Answer.objects.filter(ask=OuterRef("pk"))))
    stands = Q(is_answered=False, withdrawn_on__isnull=True)
    past = Q(due__isnull=False, due__lt=as_at)
    return {
        "answered": Q(is_answered=True),
        "withdrawn": Q(is_answered=False, withdrawn_on__isnull=False),
        "part": stands & part,
        "overdue": stands & ~part & past,
        "open": stands & ~part & ~past,
    }


def _called(thing: Action | Recommendation) -> str:
    words = (thing.title if isinstance(thing, Action) else "") or thing.text
    return f"{thing.number} {shortened(words, _MOST_LETTERS)}".strip()


def open_by_committee(
    committees: Iterable[Committee], as_at: date
) -> tuple[Counter[int], Counter[int]]:
    """How many asks of each body still want an answer, and how many of them are overdue."""
    found: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    conditions = _conditions(as_at)
    rows = _rows().filter(committee__in=list(committees)).order_by()
    for name in sorted(OPEN):
        for committee in rows.filter(conditions[name]).values_list("committee_id", flat=True):
            found[0][committee] += 1
            found[1][committee] += name == "overdue"
    return found
