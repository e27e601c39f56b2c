"""Files that somebody sends: held in quarantine while they are read, or kept as evidence."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from goldenthread.errors import Missing, Refusal, Unsafe
from goldenthread.web.changes.evidence import kind_of_file
from goldenthread.web.changes.words import words
from goldenthread.web.models import (
    ClaimEvidence,
    Evidence,
    Pack,
    PaperFile,
    Parked,
    Person,
    ReviewReport,
)

_MEGABYTE = 1024 * 1024
# How long a file of a form that came back is kept for it.
_WAITS = timedelta(days=1)

# Nobody reads or sends one document for this long, in seconds.
_ABANDONED = 60 * 60
# Any number, the same in every process: PostgreSQL's lock of the evidence folder.
_KEEPING = 0x601DE8


@dataclass(frozen=True)
class Copied:
    """A file as it was copied: where to, its digest and its size in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Waiting:
    """A parked file: what it was called, and where it lies."""

    name: str
    path: Path


@contextmanager
def quarantined(file: IO[bytes], name: str) -> Iterator[Path]:
    """The path of a copy under a random name that is gone when this ends, whatever happened.

    Only the ending of ``name`` is kept, since plain text has no other mark of its kind.
    """
    ending = Path(file_name(name)).suffix.lower()[:6]
    ending = ending if ending[1:].isalnum() else ""
    path = Path(settings.QUARANTINE) / f"{secrets.token_hex(16)}{ending}"
    _clear_quarantine()
    try:
        yield _copy(file, path, settings.UPLOAD_MOST_BYTES).path
    finally:
        path.unlink(missing_ok=True)


@dataclass
class Store:
    """Files kept, as evidence, of papers or packs, removed again if what they are of is not made.

    Use it around the whole change: ``with Store() as store: … store.keep(file)``. What a power cut
    leaves behind, :func:`clear_leftovers` removes.
    """

    kept: list[Path] = field(default_factory=list)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        fault: BaseException | None,
        _: TracebackType | None,
    ) -> None:
        if fault is not None:
            for path in self.kept:
                path.unlink(missing_ok=True)

    def keep(self, file: IO[bytes]) -> Copied:
        """Copy a file into the evidence folder under a random name.

        Until its row is committed a mark of the same name says that the file may have none.
        """
        if connection.vendor == "postgresql":
            # Shared by all who keep; on SQLite only one transaction writes anyway.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_KEEPING])
        path = Path(settings.MEDIA_ROOT) / secrets.token_hex(16)
        mark = Path(settings.IN_HAND) / path.name
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch(mode=0o600)
        _settle(mark.parent)
        transaction.on_commit(lambda: mark.unlink(missing_ok=True), robust=True)
        self.kept += [path, mark]
        return _copy(file, path, settings.EVIDENCE_MOST_BYTES)


def park(
    *, by: Person, session: str, form: str, slot: int, file: IO[bytes], name: str, at: datetime
) -> None:
    """Put a file of a form aside until the form is sent again, in the place of one there before.

    ``session`` and ``form`` say whose it is. A kind of file that is not kept is not parked either.
    Files that have waited for a day are removed on the way. Raises ``Unsafe`` for one too large.
    """
    sweep(at - _WAITS)
    if kind_of_file(file) is None:
        return
    path = Path(settings.PARKED) / secrets.token_hex(16)
    try:
        copied = _copy(file, path, settings.EVIDENCE_MOST_BYTES)
    except Refusal:
        path.unlink(missing_ok=True)
        raise
    place: dict[str, Any] = {"person": by, "session": session, "form": form, "slot": slot}
    before = Parked.objects.filter(**place).first()
    facts: dict[str, Any] = {
        "name": file_name(name),
        "stored": path.name,
        "sha256": copied.sha256,
        "size": copied.size,
        "at": at,
    }
    Parked.objects.update_or_create(**place, defaults=facts)
    if before is not None:
        Path(settings.PARKED, before.stored).unlink(missing_ok=True)


def parked(*, by: Person, session: str, form: str) -> dict[int, Waiting]:
    """The files of a form that wait, by their place in it; to nobody else do they exist."""
    rows = Parked.objects.filter(person=by, session=session, form=form) if form else ()
    found = {row.slot: Waiting(row.name, Path(settings.PARKED, row.stored)) for row in rows}
    return {slot: one for slot, one in found.items() if one.path.is_file()}


def sweep(before: datetime) -> None:
    """Remove every file that was parked before a moment."""
    for row in Parked.objects.filter(at__lt=before):
        Path(settings.PARKED, row.stored).unlink(missing_ok=True)
        row.delete()


def clear_leftovers() -> int:
    """Remove the files that a server which was cut off left behind; gives back how many.

    Those are evidence in hand of which no row tells, since the change that brought it never came
    about, and documents that have lain in quarantine for more than an hour. Files without a mark
    are never touched, whatever the database says of them. A change that is under way in another
    process keeps its files: this waits for it.
    """
    removed, in_hand = _clear_quarantine(), Path(settings.IN_HAND)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEEPING])
        marks = {mark.name: mark for mark in in_hand.iterdir()} if in_hand.is_dir() else {}
        told = {
            stored
            for kept in (
                *(Evidence.every.all(), PaperFile.objects.all(), Pack.objects.all()),
                *(ReviewReport.objects.all(), ClaimEvidence.objects.all()),
            )
            for stored in kept.filter(stored__in=list(marks)).values_list("stored", flat=True)
        }
        for name, mark in marks.items():
            file = Path(settings.MEDIA_ROOT) / name
            if name not in told and file.is_file():
                file.unlink()
                removed += 1
            mark.unlink()
    return removed


def _clear_quarantine() -> int:
    removed, since = 0, time.time() - _ABANDONED
    for path in Path(settings.QUARANTINE).iterdir():
        try:
            if path.is_file() and path.stat().st_mtime < since:
                path.unlink()
                removed += 1
        except FileNotFoundError:
            continue
    return removed


def file_name(name: str) -> str:
    """What a file was called, without folders or signs that a header or a shell would mind.

    >>> file_name("../../Plan; rm -rf.docx")
    'Plan_ rm -rf.docx'
    """
    last = words(name.replace("\\", "/").rpartition("/")[2], name="the file's name", most=200)
    kept = "".join(sign if sign.isalnum() or sign in " ._-()" else "_" for sign in last)
    return kept.strip(". ") or "file"


def _copy(file: IO[bytes], path: Path, most: int) -> Copied:
    """Copy a file, for nobody else to read, and have it on the disk before this returns."""
    digest, size = hashlib.sha256(), 0
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    closed = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(closed, "wb") as out:
        while part := file.read(_MEGABYTE):
            size += len(part)
            if size > most:
                raise Unsafe(
                    f"The file is larger than {most // _MEGABYTE} megabytes.",
                    rule="limit",
                    do="Send a smaller one.",
                )
            digest.update(part)
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
    _settle(path.parent)
    if not size:
        raise Missing("The file is empty.", needs={"file": "Choose the file again."})
    return Copied(path, digest.hexdigest(), size)


def _settle(folder: Path) -> None:
    """Have the names in a folder on the disk: a row must not tell of a file that a cut took."""
    opened = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
