"""The ledger: every figure ever released, to any audience. It is only ever added to."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec

from goldenthread import locks
from goldenthread.disclosure.earlier import (
    CELLS,
    Earlier,
    contradicted,
    distinct,
    name_of,
    read_earlier,
)
from goldenthread.disclosure.verify import verify
from goldenthread.errors import Busy, Missing, Unreadable, Unsafe

SCHEMA = "goldenthread.ledger/1"
LOCK, HEAD, ENTRY = "ledger.lock", "head.json", "entry.json"
_ENTRIES, _ASIDE, _CERTIFICATE = "entries", "aside", "certificate"
# What is kept of a certificate: what later proofs need, and what proves it again. Nothing else that
# a certificate may hold, such as pay, is kept for good.
_PROOFS = ("workforce.csv", "changes.csv", "proofs.csv")
_LARGEST = 1_000_000_000
_BACK = "Bring the ledger back from a backup, and find out who changed it."

Gate = Callable[["Ledger", Path], None]
"""Looks at a release beside a ledger, and raises a refusal where it must not go out."""


class Kept(msgspec.Struct, frozen=True):
    """A file of an entry: its name in it, how many bytes it has, and their SHA-256."""

    file: str
    size: int
    fingerprint: str


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One release in the ledger. ``before`` is the hash of the entry before it, blank in the first.

    ``release`` is the hash of what was published of it. ``shown`` and ``hidden`` count different
    cells, noughts among them: a percentage is a cell of its own, and one that any table shows is
    shown.
    """

    number: int
    added: date
    name: str
    periods: tuple[str, ...]
    policy: str
    threshold: int
    method: str
    shown: int
    hidden: int
    release: str
    files: tuple[Kept, ...]
    before: str

    @property
    def content(self) -> bytes:
        """The entry as it is written."""
        plain = msgspec.to_builtins(self)
        return msgspec.json.format(msgspec.json.encode({"schema": SCHEMA, **plain}), indent=1)

    @property
    def hash(self) -> str:
        """The SHA-256 of the entry, which stands for it and for all entries before it."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def folder(self) -> str:
        """What its folder is called: its number, and how its hash begins."""
        return f"{self.number:04}-{self.hash[:16]}"


@dataclass(frozen=True)
class Ledger:
    """What was released, the oldest first; every byte of it was looked at when it was read.

    >>> from pathlib import Path
    >>> Ledger(Path("ledger"), ()).earlier
    ()
    """

    folder: Path
    entries: tuple[Entry, ...]

    @property
    def releases(self) -> tuple[Path, ...]:
        """The folder of each entry, as it was published and with what proves it."""
        return tuple(self.folder / _ENTRIES / one.folder for one in self.entries)

    @cached_property
    def earlier(self) -> tuple[Earlier, ...]:
        """Every release as plain values: what it told, and the workforce that it was of."""
        return tuple(read_earlier(one, one / _CERTIFICATE) for one in self.releases)

    def contradictions(self, release: Path) -> tuple[str, ...]:
        """What a release tells otherwise than this ledger does, in sentences without a value.

        Only figures of the same period and codes are compared; whether all of them can be true
        together is the intruder's to say.
        """
        new = read_earlier(release)
        return tuple(
            f"{name_of(told)} was released otherwise in entry {entry.number} (“{entry.name}”)."
            for entry, old in zip(self.entries, self.earlier, strict=True)
            for told in contradicted(new, old)
        )

    def refuse_contradictions(self, release: Path) -> None:
        """Raise ``Unsafe``, naming the first cell, where a release contradicts this ledger."""
        found = self.contradictions(release)
        if found:
            more = f" So are {len(found) - 1:,} more figures." if len(found) > 1 else ""
            raise Unsafe(
                f"{found[0]}{more}",
                rule="contradiction",
                do="Make it of the records that the entry was made of, or leave that period out.",
            )


def is_ledger(folder: Path) -> bool:
    """Whether there is a ledger in a folder."""
    return (folder / LOCK).exists()


def read_ledger(folder: Path | str, *, patience: float = 10.0) -> Ledger:
    """The ledger in a folder, an empty one where there is none yet.

    Raises ``Unreadable``, naming the entry, where a byte of it was changed or is missing;
    ``Missing`` where something else is in the folder; ``Unsafe`` where others than its owner can
    reach it; ``Busy`` where another process adds to it for longer than ``patience`` seconds.
    """
    place = Path(folder)
    if not is_ledger(place):
        _refuse_strange(place)
        return Ledger(place, ())
    with _held(place, alone=False, patience=patience):
        return _read(place)


def add(
    folder: Path | str,
    release: Path | str,
    *,
    on: date,
    gate: Gate | None = None,
    patience: float = 10.0,
) -> Entry:
    """Add a release to a ledger, which is made where there is none; the entry that it became.

    The release is copied first; the copy is verified, held against all that was released before,
    and given to the ``gate`` with the ledger. Then it is put in its place by one renaming: killed
    at any moment, the ledger holds either what it held before or the new entry too. ``on`` is the
    day of the entry.

    Raises ``Unsafe`` and changes nothing where the release does not verify, is there already, or
    contradicts what was released before, and whatever the gate raises; ``Unreadable`` where the
    release cannot be read or the ledger was changed; ``Busy`` as ``read_ledger`` does.
    """
    place, source = Path(folder), Path(release).resolve()
    if not (source / "release.json").is_file():
        raise Unreadable(
            "There is no release.json in it.", do="Name the folder of a release.", file=source.name
        )
    _make(place)
    with _held(place, alone=True, patience=patience):
        held = _read(place)
        _mend(held)
        aside = place / _ASIDE / secrets.token_hex(8)
        try:
            entry = _looked_at(held, source, aside, on, gate)
            return _placed(held, entry, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _looked_at(held: Ledger, source: Path, aside: Path, on: date, gate: Gate | None) -> Entry:
    """The entry of a release that may be added; a refusal names the release and not its copy."""
    try:
        _copy(source, aside)
        entry = _entry(held, aside, on)
        if gate is not None:
            gate(held, aside)
        return entry
    except (Unreadable, Unsafe) as refusal:
        name = f"{source.name}/{refusal.file}" if refusal.file else source.name
        raise refusal.in_file(name) from None


def _entry(held: Ledger, aside: Path, on: date) -> Entry:
    """The entry of a release that was copied aside, which is left with what is kept alone."""
    faults = verify(aside)
    if faults:
        raise Unsafe(
            f"It does not verify: {faults[0]}",
            rule="not verified",
            do="Run “goldenthread verify” for all that is wrong with it. Nothing was added.",
        )
    new = read_earlier(aside, aside / _CERTIFICATE)
    published = _published(aside)
    for one in held.entries:
        if one.release == published:
            raise Unsafe(
                f"It is there already, as entry {one.number}.",
                rule="already there",
                do="Nothing was added.",
            )
    held.refuse_contradictions(aside)
    for path in (aside / _CERTIFICATE).iterdir():
        if path.name not in _PROOFS:
            path.unlink()
    shown, hidden = distinct(new.figures)
    return Entry(
        number=len(held.entries) + 1,
        added=on,
        name=new.name,
        periods=new.periods,
        policy=new.policy,
        threshold=new.threshold,
        method=new.method,
        shown=shown,
        hidden=hidden,
        release=published,
        files=tuple(
            Kept(str(path.relative_to(aside)), path.stat().st_size, _fingerprint(path))
            for path in _files(aside)
        ),
        before=held.entries[-1].hash if held.entries else "",
    )


def _published(folder: Path) -> str:
    """The hash of what anybody may see of a release."""
    marks = "".join(_fingerprint(folder / name) for name in ("release.json", CELLS))
    return hashlib.sha256(marks.encode()).hexdigest()


def _placed(held: Ledger, entry: Entry, aside: Path) -> Entry:
    """Put the entry in its place, which is the deed, and then say in the head that it is there."""
    _write(aside / ENTRY, entry.content)
    _sync(aside / _CERTIFICATE)
    _sync(aside)
    os.rename(aside, held.folder / _ENTRIES / entry.folder)  # noqa: PTH104 - tests interrupt it
    _sync(held.folder / _ENTRIES)
    _put_head(held.folder, (*held.entries, entry))
    return entry


def _head(entries: Sequence[Entry]) -> bytes:
    newest = entries[-1].hash if entries else ""
    told = {"schema": SCHEMA, "entries": len(entries), "newest": newest}
    return json.dumps(told).encode()


def _put_head(folder: Path, entries: Sequence[Entry]) -> None:
    aside = folder / _ASIDE / secrets.token_hex(8)
    _write(aside, _head(entries))
    os.replace(aside, folder / HEAD)  # noqa: PTH105 - the deed that the tests interrupt
    _sync(folder)


def _mend(held: Ledger) -> None:
    """Take away what a killed adding left lying aside, and bring the head up to date."""
    for lying in (held.folder / _ASIDE).iterdir():
        shutil.rmtree(lying) if lying.is_dir() else lying.unlink()
    if (held.folder / HEAD).read_bytes() != _head(held.entries):
        _put_head(held.folder, held.entries)


def _read(folder: Path) -> Ledger:
    """The ledger, after every byte of it was looked at."""
    there: dict[int, Path] = {}
    for place in sorted(_below(folder / _ENTRIES)):
        said = place.name.partition("-")[0]
        if not said.isdecimal() or int(said) in there or not place.is_dir():
            raise _changed(f"{place.name} is no entry of it.")
        there[int(said)] = place
    entries: list[Entry] = []
    for number in range(1, max(there, default=0) + 1):
        if number not in there:
            raise _changed(f"Entry {number} is missing.")
        entries.append(_read_entry(there[number], number, entries))
    # An adding that was killed after its entry was in place had not come to the head yet; a making
    # that was killed, to no head at all.
    allowed = [_head(entries), _head(entries[:-1]), *([] if entries else [b""])]
    if _head_of(folder) not in allowed:
        raise _changed(
            f"It does not end with entry {len(entries)}, as {HEAD} says: entries after it were "
            "taken away, or that file was changed."
        )
    return Ledger(folder, tuple(entries))


def _head_of(folder: Path) -> bytes:
    try:
        return (folder / HEAD).read_bytes()
    except FileNotFoundError:
        return b""


def _read_entry(place: Path, number: int, before: Sequence[Entry]) -> Entry:
    try:
        content = (place / ENTRY).read_bytes()
        plain = msgspec.json.decode(content)
        schema = plain.pop("schema")
        entry = msgspec.convert(plain, Entry)
    except FileNotFoundError:
        raise _changed(f"Entry {number}: {ENTRY} is missing.") from None
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError, AttributeError):
        raise _changed(f"Entry {number}: {ENTRY} was changed.") from None
    whole = schema == SCHEMA and entry.content == content and entry.folder == place.name
    if not whole or entry.number != number:
        raise _changed(f"Entry {number}: {ENTRY} was changed.")
    if entry.before != (before[-1].hash if before else ""):
        raise _changed(f"Entry {number} does not follow entry {number - 1}: one was changed.")
    listed = {ENTRY, *(one.file for one in entry.files)}
    for path in _files(place):
        if str(path.relative_to(place)) not in listed:
            raise _changed(f"Entry {number}: {path.relative_to(place)} is none of its files.")
    for one in entry.files:
        path = place / one.file
        if not path.is_file():
            raise _changed(f"Entry {number}: {one.file} is missing.")
        if path.stat().st_size != one.size or _fingerprint(path) != one.fingerprint:
            raise _changed(f"Entry {number}: {one.file} was changed.")
    return entry


def _changed(what: str) -> Unreadable:
    return Unreadable(what, do=_BACK)


# The folder: who may open it, and files that are there whole or not at all.


def _refuse_strange(folder: Path) -> None:
    """Raise ``Missing`` where something is in a folder that is no ledger."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Missing(
            "There is no ledger in this folder, but something else.",
            do="Name the folder of a ledger, or a new one.",
        ).in_file(folder.name)


def _make(folder: Path) -> None:
    """Make an empty ledger, for its owner alone, where there is none."""
    if not is_ledger(folder):
        _refuse_strange(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        os.close(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600))
        _sync(folder)


def _complete(folder: Path) -> None:
    """What a making that was killed, or that another process is at, has not come to."""
    for name in (_ENTRIES, _ASIDE):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    if not (folder / HEAD).exists() and not any((folder / _ENTRIES).iterdir()):
        _put_head(folder, ())


@contextmanager
def _held(folder: Path, *, alone: bool, patience: float) -> Iterator[None]:
    """Hold a ledger that its owner alone can reach, alone or with other readers."""
    busy = Busy(
        "Another process is working in the ledger. Nothing was done.",
        do="Wait until it has ended, and try again.",
    ).in_file(folder.name)
    with locks.held(folder / LOCK, alone=alone, patience=patience, busy=busy):
        if alone:
            _complete(folder)
        _check_rights(folder)
        try:
            yield
        except Unreadable as refusal:
            raise refusal if refusal.file else refusal.in_file(folder.name) from None


def _check_rights(folder: Path) -> None:
    """Raise ``Unsafe`` where anybody but its owner may reach a file of the ledger, or it is a link.

    What lies aside is behind a folder that nobody else can enter, and is asked nothing.
    """
    below = [path for entry in _below(folder / _ENTRIES) for path in (entry, *entry.rglob("*"))]
    for path in (folder, *sorted(folder.iterdir()), *sorted(below)):
        found = path.stat() if path == folder else path.lstat()
        name = path.name if path == folder else str(path.relative_to(folder))
        if stat.S_ISLNK(found.st_mode):
            raise Unsafe("It is a link, and a ledger holds none.", rule="ledger link",
                         do="Take it away.", file=name)  # fmt: skip
        if found.st_uid != os.geteuid():
            raise Unsafe("It belongs to another user of this machine.", rule="ledger owner",
                         do="Run this as the user who owns the ledger.", file=name)  # fmt: skip
        if found.st_mode & 0o077:
            raise Unsafe(
                "Others than its owner can reach it.",
                rule="ledger permissions",
                do="Take away every right of other people: chmod -R go= on the ledger's folder.",
                file=name,
            )


def _copy(source: Path, aside: Path) -> None:
    """Copy a release and its certificate aside, for the ledger's owner alone."""
    inside = source / _CERTIFICATE
    names = ["release.json", CELLS]
    if inside.is_dir():
        names += sorted(f"{_CERTIFICATE}/{one.name}" for one in inside.iterdir())
    for folder in (aside, aside / _CERTIFICATE):
        folder.mkdir(mode=0o700)
    for name in names:
        _write(aside / name, _bytes(source / name))


def _bytes(path: Path) -> bytes:
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as wrong:
        raise Unreadable(f"It cannot be opened ({wrong.strerror}).", file=path.name) from None
    with os.fdopen(opened, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise Unreadable("It is no file of a release.", file=path.name)
        return file.read()


def _write(path: Path, content: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _below(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def _sync(folder: Path) -> None:
    """Make the names in a folder safe on disk."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
