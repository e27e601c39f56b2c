"""The words that the council uses for people: chosen by somebody, from a day on, for a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from goldenthread.errors import Missing
from goldenthread.web import audit
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Person, Term
from goldenthread.web.permissions import body, require

MOST = 160


@change
def choose_term(
    *,
    by: Person,
    stands_for: str,
    text: str,
    chosen_by: str,
    since: date,
    at: datetime,
    reason: str = "",
    key: str = "",
) -> Term:
    """Use these words for a group or a thing from a day on; the words used before stay on record.

    ``chosen_by`` is who chose them, best the people whom they stand for. Nothing that was said
    before is renamed. Who may: keep_terms, in the whole council. Recorded: ``term.chosen``. Raises
    ``Missing`` where one of the three is blank, for a day to come, and for a second choice of the
    same day.
    """
    require(by, "keep_terms", body(), localdate(at))
    said = {
        "stands_for": words(stands_for, name="stands_for", most=MOST),
        "words": words(text, name="text", most=MOST),
        "chosen_by": words(chosen_by, name="chosen_by", most=MOST),
    }
    called = {"stands_for": "stands_for", "words": "text", "chosen_by": "chosen_by"}
    needs = {called[name]: "Write this." for name, value in said.items() if not value}
    if since > localdate(at):
        needs["since"] = "Give the day from which they are used, which has been."
    # The same thing is spelt as it was the first time, so that its history is one.
    earlier = Term.objects.filter(stands_for__iexact=said["stands_for"]).order_by("id").first()
    if earlier is not None:
        said["stands_for"] = earlier.stands_for
    if Term.objects.filter(stands_for=said["stands_for"], since=since).exists():
        needs["since"] = "Words were chosen for it on this day already."
    if needs:
        raise Missing("Nothing was kept.", needs=needs)
    row = Term.objects.create(
        reason=words(reason, name="reason", most=LINE), since=since, at=at, by=by, **said
    )
    audit.record(by=by, what="term.chosen", on=row, at=at)
    return row
