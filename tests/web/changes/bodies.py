"""How to make each change of bodies, meetings, asks, consultations and terms, for the tables.

Where a rule asks whether somebody's post has a seat, or was asked, whoever comes is given that
first, past the changes: what the table tries is the role and its reach.
"""

from goldenthread.web.changes import (
    asks,
    committees,
    consultation,
    meetings,
    reviews,
    terms,
)
from goldenthread.web.models import CalendarLink, Holding, Membership, Post
from web.changes.attempt import Attempt
from web.world import AT, DAY, ON


def _post(by, title="Post of whoever comes"):
    """A post that somebody holds, made without a change."""
    unit = Post.objects.order_by("pk").first().unit
    post = Post.objects.create(title=f"{title} {by.pk}", unit=unit, begins=ON - 9 * DAY)
    Holding.objects.create(post=post, person=by, since=ON - 9 * DAY)
    return post


def seated(committee, by):
    """The body, with a seat in it for whoever comes; nobody has none."""
    if by is None:
        return committee
    Membership.objects.create(
        committee=committee, post=_post(by), part="member", since=ON - 9 * DAY
    )
    return committee


def _asked(ask, by):
    """The ask, put to a post that whoever comes holds, in the unit of the body."""
    if by is None:
        return ask
    post = Post.objects.create(title=f"Asked {by.pk}", unit=ask.committee.unit, begins=ON - 9 * DAY)
    Holding.objects.create(post=post, person=by, since=ON - 9 * DAY)
    type(ask).objects.filter(pk=ask.pk).update(post=post)
    ask.refresh_from_db()
    return ask


def _with(make, deed):
    """An attempt's ``make``: the thing is made first, and the deed is done to it later."""
    return lambda world, unit: (lambda thing: lambda by: deed(thing, by))(make(world, unit))


def _answered(world, unit):
    ask = world.ask(unit=unit)
    world.answer(ask)
    return ask


def _review(world, unit):
    plan = world.plan(unit=unit)
    return reviews.record_review(by=world.manager, plan=plan, title="Review", at=AT)


def _meeting(world, unit):
    return world.meeting(world.committee(unit))


ATTEMPTS = {
    "begin_committee": Attempt(
        "keep_committees",
        _with(
            lambda w, u: u,
            lambda u, by: committees.begin_committee(
                by=by,
                unit=u,
                name="Panel",
                kind="other",
                letter="QQQ",
                public=False,
                begins=ON,
                at=AT,
            ),
        ),
    ),
    "change_committee": Attempt(
        "keep_committees",
        _with(
            lambda w, u: w.committee(u),
            lambda c, by: committees.change_committee(
                by=by,
                committee=c,
                name="Panel",
                kind="other",
                letter="QQQ",
                public=True,
                version=1,
                at=AT,
            ),
        ),
    ),
    "end_committee": Attempt(
        "keep_committees",
        _with(
            lambda w, u: w.committee(u),
            lambda c, by: committees.end_committee(by=by, committee=c, until=ON, version=1, at=AT),
        ),
    ),
    "agree_remit": Attempt(
        "keep_committees",
        _with(
            lambda w, u: w.committee(u),
            lambda c, by: committees.agree_remit(
                by=by, committee=c, text="To look at it", agreed_on=ON, at=AT
            ),
        ),
    ),
    "seat": Attempt(
        "keep_committees",
        _with(
            lambda w, u: w.committee(u),
            lambda c, by: committees.seat(
                by=by, committee=c, text="UNISON", part="member", since=ON, at=AT
            ),
        ),
    ),
    "end_seat": Attempt(
        "keep_committees",
        _with(
            lambda w, u: w.committee(u).memberships.first(),
            lambda m, by: committees.end_seat(by=by, membership=m, until=ON, version=1, at=AT),
        ),
    ),
    "arrange_meetings": Attempt(
        "keep_committees",
        _with(
            lambda w, u: w.committee(u),
            lambda c, by: meetings.arrange_meetings(by=by, committee=c, days=[ON], at=AT),
        ),
    ),
    "change_meeting": Attempt(
        "keep_committees",
        _with(
            _meeting,
            lambda m, by: meetings.change_meeting(by=by, meeting=m, on=ON, version=1, at=AT),
        ),
    ),
    "cancel_meeting": Attempt(
        "keep_committees",
        _with(
            _meeting,
            lambda m, by: meetings.cancel_meeting(
                by=by, meeting=m, reason="Snow", version=1, at=AT
            ),
        ),
    ),
    "renew_calendar_link": Attempt(
        "read_register",
        lambda w, u: lambda by: meetings.renew_calendar_link(by=by, secret="x" * 40, at=AT),
        asked_of="nothing",
    ),
    "end_calendar_link": Attempt(
        "read_register",
        lambda w, u: lambda by: _ended(by),
        asked_of="nothing",
    ),
    "record_ask": Attempt(
        "record_ask",
        _with(
            lambda w, u: w.committee(u),
            lambda c, by: asks.record_ask(
                by=by, committee=seated(c, by), text="Why?", asked_on=ON, at=AT
            ),
        ),
    ),
    "direct_ask": Attempt(
        "record_ask",
        _with(
            lambda w, u: w.ask(unit=u),
            lambda a, by: asks.direct_ask(
                by=by, ask=_of_theirs(a, by), post=None, due=ON, version=1, at=AT
            ),
        ),
    ),
    "answer_ask": Attempt(
        "answer_ask",
        _with(
            lambda w, u: w.ask(unit=u),
            lambda a, by: asks.answer_ask(
                by=by,
                ask=_asked(a, by),
                text="No",
                whole=True,
                answered_on=ON,
                version=1,
                at=AT,
            ),
        ),
    ),
    "ask_again": Attempt(
        "record_ask",
        _with(
            _answered,
            lambda a, by: asks.ask_again(
                by=by, ask=_of_theirs(a, by), text="Why?", reason="No", asked_on=ON, at=AT
            ),
        ),
    ),
    "withdraw_ask": Attempt(
        "record_ask",
        _with(
            lambda w, u: w.ask(unit=u),
            lambda a, by: asks.withdraw_ask(
                by=by, ask=_of_theirs(a, by), reason="Seen", version=1, at=AT
            ),
        ),
    ),
    "consult": Attempt(
        "consult",
        _with(
            lambda w, u: (w.plan(unit=u), w.committee(u)),
            lambda held, by: consultation.consult(
                by=by,
                about=held[0],
                committees=[held[1]],
                text="Well?",
                asked_on=ON,
                wanted_by=ON,
                at=AT,
            ),
        ),
    ),
    "say_outcome": Attempt(
        "consult",
        _with(
            lambda w, u: w.consultation(unit=u),
            lambda c, by: consultation.say_outcome(
                by=by, consultation=c, text="Agreed", version=1, at=AT
            ),
        ),
    ),
    "record_stance": Attempt(
        "record_stance",
        _with(
            lambda w, u: (w.plan(unit=u), w.committee(u)),
            lambda held, by: consultation.record_stance(
                by=by,
                committee=seated(held[1], by),
                about=held[0],
                stance="supports",
                said_on=ON,
                public=True,
                at=AT,
            ),
        ),
    ),
    "choose_term": Attempt(
        "keep_terms",
        lambda w, u: (
            lambda by: terms.choose_term(
                by=by,
                stands_for="Us all",
                text="everybody",
                chosen_by="The network",
                since=ON,
                at=AT,
            )
        ),
        asked_of="body",
    ),
    "record_review": Attempt(
        "keep_reviews",
        _with(
            lambda w, u: w.plan(unit=u),
            lambda p, by: reviews.record_review(by=by, plan=p, title="Review", at=AT),
        ),
    ),
    "change_review": Attempt(
        "keep_reviews",
        _with(
            _review,
            lambda r, by: reviews.change_review(by=by, review=r, title="Another", version=1, at=AT),
        ),
    ),
}


def _of_theirs(ask, by):
    """The ask, of a body in which whoever comes has a seat."""
    seated(ask.committee, by)
    return ask


def _ended(by):
    """A link that was there, made without a change, and is ended by one."""
    if by is None:
        return meetings.end_calendar_link(by=by, at=AT)
    CalendarLink.objects.create(person=by, digest=meetings.digest_of(f"of {by.pk}"), made_at=AT)
    return meetings.end_calendar_link(by=by, at=AT)
