"""What became of links, for whoever sends them: uses, “not mine”, and dates that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.web.models import DateRequest as DateRequest
from goldenthread.web.models import Lead, LinkUse, Person, Round, Update, UpdateLink
from goldenthread.web.permissions import current, reach
from goldenthread.web.queries.update_links import why_not


@dataclass(frozen=True)
class Used:
    """One link: why it is shut (empty while it opens), its uses, and in how many browsers.

    ``elsewhere`` is whether any use came from another browser than the first, as of a link that was
    forwarded, or of somebody with two telephones. A browser that keeps no mark counts as one.
    """

    link: UpdateLink
    shut: str
    uses: tuple[LinkUse, ...]

    @property
    def browsers(self) -> int:
        """How many browsers the link was used in."""
        return len({use.mark for use in self.uses if use.what != "asked_for_a_link"})

    @property
    def elsewhere(self) -> bool:
        """Whether any use came from another browser than the first."""
        return any(use.elsewhere for use in self.uses)

    @property
    def asked_anew(self) -> bool:
        """Whether its person asked for another link by this one."""
        return any(use.what == "asked_for_a_link" for use in self.uses)

    def count(self, what: str) -> int:
        """How many uses were of this kind."""
        return sum(use.what == what for use in self.uses)


def of_round(round_: Round, *, at: datetime) -> tuple[Used, ...]:
    """Every link of a round, those that open first, by the name of their person."""
    links = UpdateLink.objects.filter(round=round_).select_related("person", "round", "issued_by")
    found = _used(links, at)
    return tuple(sorted(found, key=lambda one: (bool(one.shut), one.link.person.name)))


def of_link(link: UpdateLink, *, at: datetime) -> Used:
    """One link with its uses, in the order of time."""
    [found] = _used([link], at)
    return found


def _used(links: Iterable[UpdateLink], at: datetime) -> list[Used]:
    listed = list(links)
    uses: dict[int, list[LinkUse]] = {}
    rows = LinkUse.objects.filter(link__in=listed).select_related("action").order_by("id")
    for use in rows:
        uses.setdefault(use.link_id, []).append(use)
    standing = UpdateLink.objects.filter(
        withdrawn_at__isnull=True, round__in={one.round_id for one in listed}
    )
    newer = set(standing.values_list("round", "person"))
    return [
        Used(
            one,
            why_not(one, at, replaced=(one.round_id, one.person_id) in newer),
            tuple(uses.get(one.pk, ())),
        )
        for one in listed
    ]


def not_mine(round_: Round, *, on: date) -> tuple[LinkUse, ...]:
    """What leads of a round said is not theirs, the last of each, as long as it still is."""
    last: dict[tuple[int | None, int], LinkUse] = {}
    rows = LinkUse.objects.filter(link__round=round_, what="not_mine")
    for use in rows.select_related("action", "link__person").order_by("id"):
        last[use.action_id, use.link.person_id] = use
    holds = set(
        Lead.objects.filter(
            current(on),
            current(on, "post__holdings__"),
            role="accountable",
            action__in=[use.action_id for use in last.values()],
        ).values_list("action", "post__holdings__person")
    )
    return tuple(use for key, use in last.items() if key in holds)


def dates_waiting(*, for_: Person, on: date) -> tuple[DateRequest, ...]:
    """The requests of another date that wait for somebody who may decide, the oldest first."""
    found = DateRequest.objects.filter(
        decided_at__isnull=True, action__plan__unit__in=reach(for_, "decide_date", on)
    )
    return tuple(found.select_related("action__plan", "promise", "by").order_by("at", "id"))


def sent_elsewhere(updates: Iterable[Update]) -> frozenset[int]:
    """The keys of those updates that came by a link from another browser than the first."""
    found = LinkUse.objects.filter(update__in=list(updates), what="updated", elsewhere=True)
    return frozenset(key for key in found.values_list("update", flat=True) if key is not None)
