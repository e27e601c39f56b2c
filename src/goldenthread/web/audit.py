"""The audit: one entry for each change, in the same transaction, chained so that a cut shows.

An entry's hash covers its number, time, actor, act, object, the commitment to its facts and the
hash before it. Facts are names of fields, rules, dates and identifiers: never a value from a staff
record, and never the words of an answer.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Model, QuerySet

from goldenthread.web.models import AuditEntry, AuditFacts, Person, Tally

# Of one person's refusals within ten minutes so many are entries of their own.
PLAINLY = 30
# Doors and accounts that are told apart for people who are not signed in, within ten minutes.
KINDS_OF_STRANGERS = 60
BEGINNING = "0" * 64
# Any number, the same in every process: PostgreSQL's lock of the chain.
_LOCK = 0x601DE7


@dataclass(frozen=True)
class Tampering:
    """Where the chain does not hold, and what is wrong there, in a sentence."""

    number: int
    what: str


@dataclass(frozen=True)
class Verification:
    """What :func:`verify` found: how many entries, the last one's hash, and every fault."""

    entries: int
    head: str
    faults: tuple[Tampering, ...] = ()
    erased: int = 0

    def __bool__(self) -> bool:
        return not self.faults


def record(
    *,
    by: Person | None,
    what: str,
    on: Model | None = None,
    facts: Mapping[str, Any] | None = None,
    at: datetime,
) -> AuditEntry:
    """Add one entry to the chain, inside the transaction of the change that it tells of.

    ``what`` is the act, such as ``draft.adopted``; ``by`` is None where nobody was signed in.
    Raises ``RuntimeError`` outside a transaction: an entry must never stand without its change,
    nor a change without its entry.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry is written in the transaction of its change.")
    _wait_for_the_chain()
    last = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, BEGINNING)
    plain = dict(facts or {})
    salt = secrets.token_hex(32)
    entry = AuditEntry(
        number=number,
        at=at.astimezone(UTC),
        actor=by.public_id if by is not None else "",
        act=what,
        object_kind=kind_of(on) if on is not None else "",
        object_id=getattr(on, "public_id", "") if on is not None else "",
        commitment=_commitment(salt, plain),
        previous=previous,
    )
    entry.hash = _hash(entry)
    entry.save(force_insert=True)
    AuditFacts.objects.create(number=number, salt=salt, facts=plain)
    return entry


def kind_of(thing: Model) -> str:
    """The word by which the audit and links call a kind of row.

    >>> from goldenthread.web.models import Action
    >>> kind_of(Action())
    'action'
    """
    return str(thing._meta.model_name)


def verify(head: tuple[int, str] | None = None) -> Verification:
    """Whether the whole chain holds; every place where it does not.

    ``head`` is a number and hash that were written down earlier: with it entries cut off the end
    are seen too. Facts that were erased are counted and are no fault; facts that were changed are.
    """
    faults: list[Tampering] = []
    erased, expected, previous, seen = 0, 1, BEGINNING, {}
    for entry, facts in _entries():
        if entry.number != expected:
            gone = f"{expected}" if entry.number == expected + 1 else f"{expected} and later"
            faults.append(Tampering(expected, f"Entry {gone} is missing."))
        elif entry.previous != previous:
            faults.append(
                Tampering(entry.number, f"Entry {entry.number} does not follow the one before.")
            )
        if entry.hash != _hash(entry):
            faults.append(Tampering(entry.number, f"Entry {entry.number} was changed."))
        if facts is None:
            erased += 1
        elif entry.commitment != _commitment(facts.salt, facts.facts):
            faults.append(
                Tampering(entry.number, f"The facts of entry {entry.number} were changed.")
            )
        expected, previous = entry.number + 1, entry.hash
        if head is not None and entry.number == head[0]:
            seen[entry.number] = entry.hash
    if head is not None and head[0] and seen.get(head[0]) != head[1]:
        what = "differs from" if head[0] in seen else "is missing, and stood in"
        faults.append(Tampering(head[0], f"Entry {head[0]} {what} the head written down earlier."))
    return Verification(expected - 1, previous, tuple(faults), erased)


def _entries() -> Iterator[tuple[AuditEntry, AuditFacts | None]]:
    """Every entry in order with its facts, a thousand at a time."""
    last = 0
    while batch := list(AuditEntry.objects.filter(number__gt=last).order_by("number")[:1000]):
        facts = AuditFacts.objects.in_bulk([entry.number for entry in batch])
        for entry in batch:
            yield entry, facts.get(entry.number)
        last = batch[-1].number


def _wait_for_the_chain() -> None:
    """Let one transaction at a time add to the chain: SQLite's IMMEDIATE does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _canonical(value: object) -> bytes:
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return plain.encode("utf-8")


def _commitment(salt: str, facts: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + _canonical(facts)).hexdigest()


def _hash(entry: AuditEntry) -> str:
    told = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.act,
        entry.object_kind,
        entry.object_id,
        entry.commitment,
        entry.previous,
    ]
    return hashlib.sha256(_canonical(told)).hexdigest()


@transaction.atomic
def refused(
    *,
    what: str = "refused",
    by: Person | None,
    about: str = "",
    facts: Mapping[str, Any] | None = None,
    on: Model | None = None,
    at: datetime,
) -> AuditEntry | None:
    """Record that somebody was refused, after what they tried was undone; None where only counted.

    Nobody can flood the chain: of the same refusals within ten minutes a few are entries
    (``PLAINLY``) and the rest one more, with their number, once the ten minutes are over (decision
    0014). ``about`` says what belongs together: a door of the site or an account, never words of
    the person. Of strangers at most ``KINDS_OF_STRANGERS`` things are told apart in ten minutes.
    """
    settle(at=at)
    began = _span(at)
    actor = by.public_id if by is not None else ""
    if by is None and not Tally.objects.filter(act=what, actor="", about=about, began=began):
        apart = Tally.objects.filter(actor="", began=began).exclude(about="").count()
        about = about if apart < KINDS_OF_STRANGERS else ""
    same = {"act": what, "actor": actor, "about": about, "began": began}
    most = PLAINLY if by is not None else 1
    Tally.objects.bulk_create([Tally(**same)], ignore_conflicts=True)
    # The first of two at once has locked the row by now, and the second counts after it.
    Tally.objects.filter(**same).update(counted=F("counted") + 1)
    if Tally.objects.values_list("counted", flat=True).get(**same) > most:
        return None
    Tally.objects.filter(**same).update(told=F("told") + 1)
    return record(by=by, what=what, on=on, facts=facts, at=at)


def settle(*, at: datetime) -> None:
    """Write one entry for what was only counted, once its ten minutes are over."""
    over = Tally.objects.filter(began__lt=_span(at)).order_by("pk")
    if over.exists():
        with transaction.atomic():
            _settle(over, at)


def _settle(over: QuerySet[Tally], at: datetime) -> None:
    for tally in over.select_for_update(skip_locked=connection.vendor == "postgresql"):
        more = tally.counted - tally.told
        if more > 0:
            since = f"{tally.began.astimezone(UTC):%Y-%m-%d %H:%M}"
            record(
                by=Person.objects.filter(public_id=tally.actor).first(),
                what=tally.act,
                on=Person.objects.filter(public_id=tally.about).first() if tally.about else None,
                facts={"more_times": more, "since": since},
                at=at,
            )
        tally.delete()


def _span(at: datetime) -> datetime:
    """When the ten minutes began that a moment lies in."""
    utc = at.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 10, second=0, microsecond=0)


def as_json(found: Verification) -> dict[str, Any]:
    """A verification as plain values: the schema ``goldenthread.audit/1``."""
    return {
        "schema": "goldenthread.audit/1",
        "whole": bool(found),
        "entries": found.entries,
        "head": found.head,
        "erased": found.erased,
        "faults": [{"number": fault.number, "what": fault.what} for fault in found.faults],
    }
