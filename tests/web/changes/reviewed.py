"""How each change of a review, of a directorate or of the council, is tried."""

from goldenthread.web.changes import carrying, evaluation, reviews
from web import closing
from web.changes.attempt import Attempt
from web.changes.planned import post_of
from web.world import AT, DAY, ON


def _with(make, deed):
    """The thing is made first, and the deed is done to it later."""
    return lambda world, unit: (lambda thing: lambda by: deed(world, thing, by))(make(world, unit))


def _planned(world, unit):
    return closing.planned(world, unit=unit)


def _claim(world, unit):
    return closing.claim(world, _planned(world, unit))


def _told(world, unit):
    return closing.told(world, _planned(world, unit)), world.committee(kind="staff_forum")


def _left(world, unit):
    row = closing.following(world, unit)
    [lesson] = row.follows.parts.filter(part="learnt")
    return row, f"lesson:{lesson.public_id}"


ATTEMPTS = {
    "enter_review": Attempt(
        "keep_reviews",
        lambda w, u: (
            lambda by: reviews.enter_review(
                by=by, unit=u, strand=w.council.strand, title="Review", at=AT
            )
        ),
    ),
    "keep_report": Attempt(
        "keep_reviews",
        _with(
            closing.review,
            lambda w, r, by: reviews.keep_report(
                by=by, review=r, title="Report", url=closing.LINK, at=AT
            ),
        ),
    ),
    "record_recommendations": Attempt(
        "keep_reviews",
        _with(
            closing.review,
            lambda w, r, by: reviews.record_recommendations(
                by=by, review=r, theme="Pay", text="1. Publish it", at=AT
            ),
        ),
    ),
    "answer_recommendation": Attempt(
        "keep_reviews",
        _with(
            lambda w, u: closing.recommended(w, unit=u)[0],
            lambda w, rec, by: reviews.answer_recommendation(
                by=by,
                recommendation=rec,
                position="accepted",
                text="",
                reason="",
                decided_by="Cabinet",
                answered_on=ON,
                version=1,
                at=AT,
            ),
        ),
    ),
    "write_part": Attempt(
        "keep_planning",
        _with(
            _planned,
            lambda w, p, by: evaluation.write_part(
                by=by, planning=p, part="learnt", text="Ask first", version=0, at=AT
            ),
        ),
    ),
    "make_claim": Attempt(
        "keep_planning",
        _with(
            _planned,
            lambda w, p, by: evaluation.make_claim(by=by, planning=p, text="It is mixed", at=AT),
        ),
    ),
    "withdraw_claim": Attempt(
        "keep_planning",
        _with(
            _claim,
            lambda w, c, by: evaluation.withdraw_claim(
                by=by, claim=c, reason="It is not so", version=1, at=AT
            ),
        ),
    ),
    "show_claim": Attempt(
        "keep_planning",
        _with(
            _claim,
            lambda w, c, by: evaluation.show_claim(
                by=by, claim=c, url=closing.LINK, text="The report", at=AT
            ),
        ),
    ),
    "withdraw_evidence": Attempt(
        "keep_planning",
        _with(
            lambda w, u: closing.show(w, _claim(w, u)),
            lambda w, shown, by: evaluation.withdraw_evidence(
                by=by, shown=shown, reason="Another report", at=AT
            ),
        ),
    ),
    "record_look": Attempt(
        "keep_planning",
        _with(
            _planned,
            lambda w, p, by: evaluation.record_look(
                by=by, planning=p, on=ON - DAY, decided="Go on", next_look=None, at=AT
            ),
        ),
    ),
    "put_to_bodies": Attempt(
        "consult",
        _with(
            _told,
            lambda w, both, by: evaluation.put_to_bodies(
                by=by, planning=both[0], committees=[both[1]], wanted_by=ON + 9 * DAY, at=AT
            ),
        ),
    ),
    "close_planning": Attempt(
        "close_planning",
        _with(
            closing.ready,
            lambda w, p, by: evaluation.close_planning(
                by=by, planning=p, post=post_of(w, by or w.manager), version=p.version, at=AT
            ),
        ),
    ),
    "correct_review": Attempt(
        "correct_review",
        _with(
            lambda w, u: w.planning(u, closed=True),
            lambda w, p, by: evaluation.correct_review(
                by=by, planning=p, text="It was 11, and not 12.", at=AT
            ),
        ),
    ),
    "carry_over": Attempt(
        "keep_planning",
        _with(
            _left,
            lambda w, both, by: carrying.carry_over(
                by=by, planning=both[0], of=both[1], stays=True, version=0, at=AT
            ),
        ),
    ),
}
