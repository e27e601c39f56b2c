"""What an ask, a consultation or a stance can be about: plans, and what is in them, by their keys.

A key is a kind and a public identifier ("action:b6cj24gftk8d"), as a form's choice holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldenthread.web.models import Action, Consultation, Edition, Person, Plan, Recommendation
from goldenthread.web.permissions import reach
from goldenthread.web.queries.links import shortened

Subject = Plan | Recommendation | Action | Edition | Consultation
# A list that is longer is not read: whoever wants one of more begins at its own page.
MOST_ACTIONS = 400
_MOST_LETTERS = 90
_KINDS: dict[str, type[Subject]] = {
    "plan": Plan,
    "recommendation": Recommendation,
    "action": Action,
    "edition": Edition,
    "consultation": Consultation,
}


def key_of(row: Subject) -> str:
    """The key by which a form's choice names a row."""
    return f"{row._meta.model_name}:{row.public_id}"


def subject(key: str, *, for_: Person, on: date) -> Subject | None:
    """The row of a key, where somebody may read it; None where they may not or there is none."""
    kind, _colon, public_id = key.partition(":")
    if kind not in _KINDS or not public_id.isalnum():
        return None
    seen = reach(for_, "read_register", on)
    rows: QuerySet[Any] = _KINDS[kind]._default_manager.filter(public_id=public_id)
    if kind == "plan":
        found: Subject | None = rows.filter(unit__in=seen).first()
        return found
    rows = rows.filter(plan__unit__in=seen).select_related("plan")
    found = (rows.defer("content") if kind == "edition" else rows).first()
    return found if found is not None else None


def named(key: str, *, for_: Person, on: date) -> Recommendation | Action | None:
    """The recommendation or action that an address names for a form; None where it names neither.

    Where there are more actions than a list can hold, this is how one of them is chosen.
    """
    found = subject(key, for_=for_, on=on)
    return found if isinstance(found, Recommendation | Action) else None


def words_of(row: Subject) -> str:
    """What a row is called in a list of choices."""
    if isinstance(row, Plan):
        return _("The whole of %(plan)s") % {"plan": row.title}
    if isinstance(row, Edition):
        return _("Edition %(number)s, which waits to be published") % {"number": row.number}
    if isinstance(row, Consultation):
        return shortened(row.words, _MOST_LETTERS)
    words = (row.title if isinstance(row, Action) else "") or row.text
    told = {"number": row.number, "words": shortened(words, _MOST_LETTERS)}
    if isinstance(row, Action):
        return _("Action %(number)s: %(words)s") % told
    return _("Recommendation %(number)s: %(words)s") % told


def within(
    *, for_: Person, on: date, plan: Plan | None = None, also: Sequence[Subject] = ()
) -> list[tuple[str, str]]:
    """Recommendations and actions as choices, of one plan or of all that somebody may read.

    ``also`` come first. Where there are more actions than a list can hold, none are listed.
    """
    recs = Recommendation.objects.filter(plan__unit__in=reach(for_, "read_register", on))
    actions = Action.objects.filter(plan__unit__in=reach(for_, "read_register", on))
    if plan is not None:
        recs, actions = recs.filter(plan=plan), actions.filter(plan=plan)
    found: list[Subject] = [*also, *recs[:MOST_ACTIONS]]
    listed = list(actions[: MOST_ACTIONS + 1])
    if len(listed) <= MOST_ACTIONS:
        found += listed
    return list({key_of(row): words_of(row) for row in found}.items())


def plans(*, for_: Person, on: date) -> list[Plan]:
    """The plans that somebody may read."""
    return list(
        Plan.objects.filter(unit__in=reach(for_, "read_register", on), ends__isnull=True).order_by(
            "unit_id", "-begins", "pk"
        )
    )


def waiting_editions(plan: Plan) -> list[Edition]:
    """The editions of a plan that were adopted and are neither published nor set aside."""
    rows = plan.editions.filter(published_at__isnull=True, set_aside_at__isnull=True)
    return list(rows.defer("content").select_related("plan"))
