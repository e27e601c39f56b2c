"""What every change shares: all or nothing, once for each key, never over another's work."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Model

from goldenthread.errors import Busy, OutOfStep
from goldenthread.web.models import Replay

P = ParamSpec("P")
R = TypeVar("R", bound=Model)

CHANGES: dict[str, Callable[..., Model]] = {}
"""Every change by its name, for the tests that hold all of them to the same rules."""

_NOT_ASKED = frozenset({"by", "at", "key"})


def change(deed: Callable[P, R]) -> Callable[P, R]:
    """Make a function a change: keyword-only, one transaction, and done once for each ``key``.

    The key comes with a form. Sent again by the same person with the same answers, the change
    gives back what it gave the first time and does nothing; with other answers it is refused with
    ``OutOfStep``. Without a key it is done each time it is asked for. A change that waits too long
    for somebody else's is refused with ``Busy``, and nothing of it is done.
    """

    @functools.wraps(deed)
    def done(*args: P.args, **given: P.kwargs) -> R:
        if args:
            raise TypeError(f"{deed.__name__} takes its arguments by name.")
        key, by = str(given.get("key") or ""), given.get("by")
        with _waited(), transaction.atomic():
            if not key or by is None:
                return deed(*args, **given)
            asked = _fingerprint(given)
            replay = Replay(key=key, person=by, act=deed.__name__, asked=asked, at=given["at"])  # type: ignore[misc]
            try:
                with transaction.atomic():
                    replay.save(force_insert=True)
            except IntegrityError:
                earlier: R = _earlier(replay)
                return earlier
            result = deed(*args, **given)
            replay.result_kind, replay.result_id = str(result._meta.model_name), result.pk
            replay.save()
            return result

    CHANGES[deed.__name__] = done
    return done


# PostgreSQL's codes of a wait that was given up and of two that waited for each other.
_WAITED_IN_VAIN = ("55P03", "40P01")


@contextmanager
def _waited() -> Iterator[None]:
    """Turn a wait for the database that was given up into a refusal; other faults stay faults."""
    try:
        yield
    except OperationalError as fault:
        refusal = busy(fault)
        if refusal is None:
            raise
        raise refusal from fault


def busy(fault: BaseException | None) -> Busy | None:
    """The refusal where a fault is a wait for somebody else's save that was given up, else None."""
    cause = fault.__cause__ if isinstance(fault, OperationalError) else None
    code = getattr(cause, "sqlstate", None)
    if code not in _WAITED_IN_VAIN and "database is locked" not in str(cause):
        return None
    return Busy(
        "Something large is being saved, so this had to wait too long and was not saved.",
        do="Wait a minute, and send it again.",
    )


def _earlier(replay: Replay) -> Any:  # noqa: ANN401
    """What the key's first sending gave."""
    first = Replay.objects.get(person=replay.person, key=replay.key)
    if (first.act, first.asked) != (replay.act, replay.asked):
        raise OutOfStep(
            "This form was sent before with other answers, and those were kept.",
            do="Open the page again and change what now stands there.",
        )
    return apps.get_model("goldenthread", first.result_kind).objects.get(pk=first.result_id)


def _fingerprint(given: Mapping[str, Any]) -> str:
    """The same for the same answers, so that a key cannot be used for two things."""
    asked = {name: _plain(value) for name, value in given.items() if name not in _NOT_ASKED}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return f"{value._meta.model_name} {value.pk}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _plain({field.name: getattr(value, field.name) for field in fields(value)})
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else repr(type(value))


def step(
    row: Model,
    version: int,
    *,
    yours: Mapping[str, Any] | None = None,
    theirs: Callable[[], Mapping[str, Any]] | None = None,
    **values: Any,  # noqa: ANN401
) -> None:
    """Set the values of a row that still has this version, and make its version the next.

    One conditional update, so that of two people at once one wins and the other is told. Raises
    ``OutOfStep`` with what was sent and what now stands (``theirs``; the same fields of the row as
    it is now where it is not given).
    """
    model = type(row)
    changed = model._default_manager.filter(pk=row.pk, version=version).update(
        version=version + 1, **values
    )
    if not changed:
        row.refresh_from_db()
        now = theirs() if theirs is not None else {name: getattr(row, name) for name in values}
        raise OutOfStep(
            "Somebody changed this while you were writing.",
            yours=values if yours is None else yours,
            theirs=now,
            do="Read what now stands beside your own words, and send what should stand.",
        )
    for name, value in {**values, "version": version + 1}.items():
        setattr(row, name, value)
