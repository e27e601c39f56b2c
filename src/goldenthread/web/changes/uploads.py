"""Files that somebody sends: held in quarantine while they are read, or kept as evidence."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.conf import settings

from goldenthread.errors import Missing, Refusal, Unsafe
from goldenthread.web.changes.evidence import kind_of_file
from goldenthread.web.changes.words import words
from goldenthread.web.models import Parked, Person

_MEGABYTE = 1024 * 1024
# How long a file of a form that came back is kept for it.
_WAITS = timedelta(days=1)


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
    try:
        yield _copy(file, path, settings.UPLOAD_MOST_BYTES).path
    finally:
        path.unlink(missing_ok=True)


@dataclass
class Store:
    """Files kept as evidence, removed again if what they belong to does not come about.

    Use it around the whole change: ``with Store() as store: … store.keep(file)``.
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
        """Copy a file into the evidence folder under a random name."""
        path = Path(settings.MEDIA_ROOT) / secrets.token_hex(16)
        self.kept.append(path)
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
    if not size:
        raise Missing("The file is empty.", needs={"file": "Choose the file again."})
    return Copied(path, digest.hexdigest(), size)
