"""What the vault holds, in one sealed file: the only thing that makes a file part of the vault."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime
from typing import Literal

import msgspec

from goldenthread.errors import Unsafe

NAME = "manifest.json"
SCHEMA = "goldenthread.vault/1"

Act = Literal[
    "received",
    "replaced",
    "forgotten",
    "forgotten on time",
    "person forgotten",
    "objectors forgotten",
]


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """One table as it was received on one occasion, and how to know that it is unchanged.

    ``on`` is the day that it shows, or to which its events were gathered; ``begins`` and ``ends``
    are the first and last day in it. ``people`` are the different people in it, None for tables
    without people. ``contract`` is the version of the contract that its rows were checked against.
    ``lists`` are those that its codes are of. ``keep_until`` is the last day on which it may be
    held. ``fingerprint`` is the SHA-256 of ``file``.
    """

    table: str
    on: date
    file: str
    fingerprint: str
    size: int
    rows: int
    people: int | None
    begins: date | None
    ends: date | None
    contract: str
    received_at: datetime
    keep_until: date
    lists: tuple[str, ...] = ()


class Deed(msgspec.Struct, frozen=True, kw_only=True):
    """What was done in the vault, and when; never about whom.

    ``snapshots`` are the tables and days that it concerned. Where people were forgotten there are
    none, so that nobody can tell from when to when they worked here.
    """

    act: Act
    at: datetime
    snapshots: tuple[tuple[str, date], ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the vault holds, by table and day, and everything that was done."""

    snapshots: tuple[Snapshot, ...] = ()
    deeds: tuple[Deed, ...] = ()

    def of(self, table: str, on: date) -> Snapshot | None:
        """The snapshot of a table on a day, None where there is none."""
        return next((s for s in self.snapshots if (s.table, s.on) == (table, on)), None)


def write(manifest: Manifest, key: bytes) -> bytes:
    """The manifest as JSON, sealed with the key of the vault."""
    plain = msgspec.to_builtins(manifest)
    sealed = {"schema": SCHEMA, **plain, "seal": _seal(plain, key)}
    return msgspec.json.format(msgspec.json.encode(sealed), indent=2) + b"\n"


def read(content: bytes, key: bytes) -> Manifest:
    """The manifest that :func:`write` wrote; raises ``Unsafe`` where a byte of it was changed."""
    try:
        plain = msgspec.json.decode(content)
        seal, schema = plain.pop("seal"), plain.pop("schema")
        # The seal is of the content, the form is of us alone.
        whole = hmac.compare_digest(seal, _seal(plain, key)) and schema == SCHEMA
        found = msgspec.convert(plain, Manifest) if whole else None
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, AttributeError):
        found = None
    if found is None or write(found, key) != content:
        raise Unsafe(
            "The list of what the vault holds was changed, or sealed with another key.",
            rule="vault changed",
            do="Bring the vault back from a backup, and find out who changed it.",
            file=NAME,
        )
    return found


def _seal(plain: object, key: bytes) -> str:
    content = msgspec.json.encode(plain, order="deterministic")
    return hmac.new(key, b"manifest\0" + content, hashlib.sha256).hexdigest()
