"""What is answered to somebody who asked for another date."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes import review
from goldenthread.web.changes.deed import change, step
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, DateRequest, Person
from goldenthread.web.permissions import ROLES, current, require, roles_of


@change
def decide_date(
    *,
    by: Person,
    request: DateRequest,
    version: int,
    agreed: bool,
    at: datetime,
    answer: str = "",
    key: str = "",
) -> DateRequest:
    """Agree to another date, or refuse it with a reason that its lead reads next time.

    What changes: the request; where it is agreed to, the date moves as by :func:`review.move_date`,
    given by whoever asked and agreed by the post of whoever decides. Who may: decide_date, and not
    the person who asked. Recorded: ``action.date_moved`` or ``date.refused``. Raises ``Missing``
    for a refusal without a reason, ``OutOfStep`` where somebody decided first, or moved the date.
    """
    require(by, "decide_date", request, localdate(at))
    said = words(answer, name="the answer", most=LINE)
    if not agreed and not said:
        raise Missing("Nothing was decided.", needs={"answer": "Say why the date stays."})
    step(request, version, decided_at=at, decided_by=by, agreed=agreed, answer=said)
    facts = {"request": request.public_id}
    action = Action.objects.get(pk=request.action_id)
    if not agreed:
        audit.record(by=by, what="date.refused", on=action, facts=facts, at=at)
        return request
    review.put_off(
        by=by,
        given_by=request.by,
        action=action,
        version=action.version,
        promise=request.promise,
        new=request.words,
        reason=request.reason,
        agreed_by=_called(by, at),
        facts=facts,
        at=at,
    )
    return request


def _called(by: Person, at: datetime) -> str:
    """What the public is told of whoever agreed: their post, else their role, never their name."""
    on = localdate(at)
    held = by.holdings.filter(current(on)).select_related("post").first()
    if held is not None:
        return held.post.title
    return next((ROLES[grant.role].title for grant in roles_of(by, on)), "")
