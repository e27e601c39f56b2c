"""The quarter's work: what was done, what changed for whom, what shows it, and dates that move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.timezone import localdate

from goldenthread.errors import Missing, OutOfStep
from goldenthread.timescale import Timescale, read
from goldenthread.web import audit, bridge
from goldenthread.web.changes import deed
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.evidence import KINDS_IN_WORDS, kind_of_file
from goldenthread.web.changes.standing import restand
from goldenthread.web.changes.uploads import Store, file_name
from goldenthread.web.changes.words import LINE, words
from goldenthread.web.models import Action, Evidence, Person, Promise, Recovery, Update
from goldenthread.web.models.thread import STATUSES
from goldenthread.web.permissions import require

# As many as one form offers; more belong in one document.
MOST_EVIDENCE = 20


@dataclass(frozen=True)
class Shown:
    """Something that shows what was done: a link, or a file as it was sent."""

    title: str
    url: str = ""
    file: IO[bytes] | None = None
    name: str = ""


@change
def add_update(
    *,
    by: Person,
    action: Action,
    version: int,
    at: datetime,
    status: str = "",
    rag: str = "",
    done: str = "",
    changed: str = "",
    forecast: date | None = None,
    next_review: date | None = None,
    stops_when: str = "",
    completed_on: date | None = None,
    about: date | None = None,
    cause: str = "",
    step: str = "",
    due: date | None = None,
    evidence: Sequence[Shown] = (),
    key: str = "",
) -> Update:
    """Add what there is to say of an action; earlier updates stay as they were.

    What changes: what :func:`say` adds. Who may: add_update; a lead officer for the actions of
    their own post. Recorded: ``action.updated``, with the names of the fields that were filled.
    Raises what :func:`say` raises.
    """
    require(by, "add_update", action, localdate(at))
    return say(
        by=by,
        action=action,
        version=version,
        at=at,
        status=status,
        rag=rag,
        done=done,
        changed=changed,
        forecast=forecast,
        next_review=next_review,
        stops_when=stops_when,
        completed_on=completed_on,
        about=about,
        cause=cause,
        step=step,
        due=due,
        evidence=evidence,
    )


def say(
    *,
    by: Person,
    action: Action,
    version: int,
    at: datetime,
    status: str = "",
    rag: str = "",
    done: str = "",
    changed: str = "",
    forecast: date | None = None,
    next_review: date | None = None,
    stops_when: str = "",
    completed_on: date | None = None,
    about: date | None = None,
    cause: str = "",
    step: str = "",
    due: date | None = None,
    evidence: Sequence[Shown] = (),
    facts: Mapping[str, Any] | None = None,
) -> Update:
    """Add an update inside a change that has asked already whether this person may.

    What changes: one update, its evidence, what answers a red or an amber (``cause``,
    ``step`` and the day by which it is ``due``, kept as one ``Recovery``), and how the
    action stands. Recorded: ``action.updated``, with the names of the fields that were filled and
    with ``facts``. Raises ``Missing`` with a sentence for each answer that is wanted: completing
    needs a day (not after today) and evidence; an action that goes on needs a next review date; a
    rating that says trouble needs a cause, a step and a day; an update says what was done. Raises
    ``OutOfStep`` where somebody else added one since the form was made (``version``).
    """
    on = localdate(at)
    said: dict[str, Any] = {
        "status": status,
        "rag": rag,
        "done": words(done, name="what was done"),
        "changed": words(changed, name="what changed, and for whom"),
        "forecast": forecast,
        "next_review": next_review,
        "stops_when": words(stops_when, name="when it stops"),
        "completed_on": completed_on,
        "about": about,
    }
    recovery: dict[str, Any] = {
        "cause": words(cause, name="the cause"),
        "step": words(step, name="the recovery step"),
        "due": due,
    }
    told = said | recovery
    if needs := wants(action, told, len(evidence), on):
        raise Missing("The update is not complete, so nothing was kept.", needs=needs)
    deed.step(action, version, yours=told, theirs=lambda: last_said(action))
    # One that was taken back keeps its number.
    last = Update.every.filter(action=action).order_by("-number").first()
    update = Update(action=action, number=last.number + 1 if last else 1, at=at, by=by, **said)
    update.save(force_insert=True)
    if any(recovery.values()):
        Recovery.objects.create(update=update, **recovery)
    with Store() as store:
        for place, shown in enumerate(evidence):
            _keep(store, shown, action, update, by, at, place)
        _stand(action)
        filled = sorted(name for name, value in told.items() if value)
        known = {"fields": filled, "evidence": len(evidence), "number": update.number}
        audit.record(
            by=by, what="action.updated", on=action, facts={**(facts or {}), **known}, at=at
        )
    return update


@change
def move_date(
    *,
    by: Person,
    action: Action,
    version: int,
    promise: Promise | None,
    new: str,
    reason: str,
    at: datetime,
    agreed_by: str = "",
    key: str = "",
) -> Promise:
    """Promise another date in place of one that was given; the earlier one is kept for good.

    ``new`` is the date in words ("31 March 2027"), read as a document's would be. ``promise`` is
    None where the action had no date. What changes: one promise more. Who may: move_date; a lead
    officer for the actions of their own post. Recorded: ``action.date_moved``. Raises ``Missing``
    without a reason or a day that can be read, ``OutOfStep`` where somebody else moved it first.
    """
    require(by, "move_date", action, localdate(at))
    return put_off(
        by=by,
        given_by=by,
        action=action,
        version=version,
        promise=promise,
        new=new,
        reason=reason,
        at=at,
        agreed_by=agreed_by,
    )


def put_off(
    *,
    by: Person,
    given_by: Person,
    action: Action,
    version: int,
    promise: Promise | None,
    new: str,
    reason: str,
    at: datetime,
    agreed_by: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Promise:
    """Promise another date inside a change that has asked already whether this person may.

    ``given_by`` promises it, which may be somebody else than ``by``, who lets the date move.
    Recorded: ``action.date_moved``, with ``facts``. Raises what :func:`move_date` raises.
    """
    on = localdate(at)
    text = words(new, name="the new date", most=LINE, needed=True)
    why = words(reason, name="the reason", needed=promise is not None)
    claim = one_day(text, on)
    if promise is not None and promise.action_id != action.pk:
        raise Missing("This promise is not one of this action's.")
    deed.step(
        action,
        version,
        yours={"new": text, "reason": why},
        theirs=lambda: last_said(action),
    )
    if promise is not None and Promise.objects.filter(replaces=promise).exists():
        raise OutOfStep(
            "This date has been moved already.",
            yours={"new": text, "reason": why},
            theirs=last_said(action),
            do="Move the date that stands now.",
        )
    given = bridge.promise_row(
        claim,
        action=action,
        given_on=on,
        position=promise.position if promise else Promise.objects.filter(action=action).count(),
    )
    given.replaces, given.reason, given.given_by = promise, why, given_by
    given.agreed_by = words(agreed_by, name="who agreed", most=200)
    given.save(force_insert=True)
    _stand(action)
    moved = {
        "from": promise.end.isoformat() if promise and promise.end else "",
        "to": claim.end.isoformat() if claim.end else "",
    }
    audit.record(
        by=by, what="action.date_moved", on=action, facts={**(facts or {}), **moved}, at=at
    )
    return given


def one_day(text: str, on: date) -> Timescale:
    """The one day or period that words name on a day. Raises ``Missing`` where they name none."""
    claims = read(text, dated=on)
    if len(claims) != 1 or claims[0].end is None or claims[0].kind not in ("date", "period"):
        raise Missing(
            "The new date could not be read as one day or period.",
            needs={"new": "Write it like 31 March 2027, or Quarter 4, 2026/27."},
        )
    return claims[0]


def last_said(action: Action) -> dict[str, Any]:
    """What now stands of an action, for somebody whose form came too late."""
    last = (
        Update.objects.filter(action=action)
        .order_by("-number")
        .select_related("by", "recovery")
        .first()
    )
    stands = {"status": action.status, "rag": action.rag, "now_due": action.now_due}
    if last is None:
        return stands
    answered: Recovery | None = getattr(last, "recovery", None)
    recovery: dict[str, Any] = {
        name: getattr(answered, name) for name in ("cause", "step", "due") if answered is not None
    }
    return (
        stands
        | {
            "by": last.by.name if last.by else "",
            "at": last.at,
            "done": last.done,
            "changed": last.changed,
            "forecast": last.forecast,
            "next_review": last.next_review,
            "completed_on": last.completed_on,
        }
        | recovery
    )


def wants(action: Action, said: Mapping[str, Any], pieces: int, on: date) -> dict[str, str]:
    """What an update of an action still wants, by the names of its answers; empty for nothing.

    ``said`` are the answers of :func:`add_update`, ``pieces`` how many pieces of evidence it has.
    """
    over = (said["status"] or action.status) in ("completed", "withdrawn")
    needs: dict[str, str] = {}
    if said["status"] and said["status"] not in dict(STATUSES):
        needs["status"] = "Choose one of the statuses."
    scale = bridge.scales().now if said["rag"] else None
    if scale is not None and said["rag"] not in scale.colours:
        needs["rag"] = "Choose one of the ratings that are in use."
    if not said["done"]:
        needs["done"] = "Say what was done, or that nothing was and why."
    if said["status"] == "completed":
        if said["completed_on"] is None:
            needs["completed_on"] = "Give the day on which it was completed."
        elif said["completed_on"] > on:
            needs["completed_on"] = "The day lies in the future: it is not completed yet."
        if not pieces:
            needs["evidence"] = "Give a file or a link that shows it."
    elif said["completed_on"] is not None:
        needs["completed_on"] = "Only an action that is completed has this day."
    if action.recurs and said["status"] not in ("completed", "withdrawn"):
        if said["next_review"] is None:
            needs["next_review"] = "It goes on, so say when it will be looked at again."
        elif said["next_review"] <= on:
            needs["next_review"] = "Give a day after today."
    if pieces > MOST_EVIDENCE:
        needs["evidence"] = f"Give {MOST_EVIDENCE} pieces of evidence at most."
    asked = scale is not None and said["rag"] in scale.needing and not over and "rag" not in needs
    return needs | _recovery_wants(said, on, scale.word(said["rag"]) if scale and asked else "")


def _recovery_wants(said: Mapping[str, Any], on: date, word: str) -> dict[str, str]:
    """What a cause, a step and their day still want: all three or none, and a day to come.

    ``word`` is the rating that asks for them; blank where none does.
    """
    cause, step, due = said.get("cause"), said.get("step"), said.get("due")
    if not (word or cause or step or due):
        return {}
    because = f"It is rated {word}: " if word else ""
    needs: dict[str, str] = {}
    if not cause:
        needs["cause"] = f"{because}say why it is in trouble."
    if not step:
        needs["step"] = f"{because}say what is being done to put it right."
    if due is None:
        needs["due"] = f"{because}give the day by which that will be done."
    elif due <= on:
        needs["due"] = "Give a day after today: this is what is still to be done."
    return {name: sentence[:1].upper() + sentence[1:] for name, sentence in needs.items()}


def _stand(action: Action) -> None:
    """Write how an action stands now. Its version has moved on with the change itself."""
    stands = restand(action)
    Action.objects.filter(pk=action.pk).update(**stands)
    for name, value in stands.items():
        setattr(action, name, value)


def _keep(
    store: Store,
    shown: Shown,
    action: Action,
    update: Update,
    by: Person,
    at: datetime,
    place: int,
) -> None:
    """Keep one piece of evidence, the one at this place, with its file where it has one."""
    title = words(shown.title, name="the evidence's title", most=LINE, needed=True)
    row = Evidence(action=action, update=update, title=title, at=at, by=by)
    if shown.file is not None:
        if kind_of_file(shown.file) is None:
            raise Missing(
                "This kind of file is not kept.",
                needs={f"file-{place}": f"This kind of file is not kept. Give {KINDS_IN_WORDS}."},
            )
        copied = store.keep(shown.file)
        row.kind, row.name, row.stored = "file", file_name(shown.name), copied.path.name
        row.sha256, row.size = copied.sha256, copied.size
    else:
        row.kind, row.url = "link", words(shown.url, name="the link", most=1000)
        try:
            URLValidator(schemes=["https", "http"])(row.url)
        except ValidationError:
            raise Missing(
                "The evidence is neither a file nor a link.",
                needs={f"link-{place}": "Give a file, or an address that begins with https://."},
            ) from None
    row.save(force_insert=True)
