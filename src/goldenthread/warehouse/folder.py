"""The vault's folder: who may open it, and files that are there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goldenthread import locks
from goldenthread.errors import Busy, Missing, Unreadable, Unsafe

FOLDERS = ("tables", "temp")
LOCK = "vault.lock"
_DO_PERMISSIONS = "Take away every right of other people: chmod -R go= on the vault's folder."


def make(folder: Path) -> None:
    """Make the folder of a new vault, for its owner alone.

    Raises ``Unreadable`` where something is there already. The folder may exist if it is empty and
    nobody else can read it.
    """
    if folder.exists():
        check_rights(folder)
        if any(folder.iterdir()):
            raise Unreadable(
                "There is something in this folder already.", do="Name a new folder for the vault."
            ).in_file(folder.name)
    else:
        folder.mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700)
        (folder / name).chmod(0o700)
    write(folder, LOCK, b"")


def check(folder: Path) -> None:
    """Raise where this is no vault, or where anybody but its owner may read or change it.

    ``Missing`` where there is none; ``Unsafe``, naming the first such file, for a folder that is
    not 0700, a file that is not 0600, one that another user owns, and a link. What lies in ``temp``
    is behind a folder that nobody else can enter, and is asked nothing.
    """
    if not (folder / LOCK).exists():
        raise Missing(
            "There is no vault in this folder.", do="Name the folder that the vault was made in."
        )
    check_rights(folder)
    for inside in sorted([*folder.iterdir(), *(folder / "tables").iterdir()]):
        check_rights(inside, within=folder)


def check_rights(path: Path, *, within: Path | None = None) -> None:
    """Raise ``Unsafe`` where anybody but the user of this process may do anything with a path."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        # What another process was writing, and has put in its place.
        return
    name = str(path.relative_to(within)) if within else path.name
    if within and stat.S_ISLNK(found.st_mode):
        raise Unsafe(
            "It is a link, and a vault holds none.",
            rule="vault link",
            do="Take it away.",
            file=name,
        )
    if stat.S_ISLNK(found.st_mode):
        found = path.stat()
    if found.st_uid != os.geteuid():
        raise Unsafe(
            "It belongs to another user of this machine.",
            rule="vault owner",
            do="Run this as the user who owns the vault.",
            file=name,
        )
    if found.st_mode & 0o077:
        raise Unsafe(
            "Others than its owner can reach it.",
            rule="vault permissions",
            do=_DO_PERMISSIONS,
            file=name,
        )


def write(folder: Path, name: str, content: bytes) -> None:
    """Put a small file in its place whole: written aside, made safe on disk, renamed."""
    aside = folder / "temp" / secrets.token_hex(8)
    opened = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.fchmod(opened, 0o600)
        os.write(opened, content)
        os.fsync(opened)
    finally:
        os.close(opened)
    put(aside, folder / name)


def put(aside: Path, place: Path) -> None:
    """Rename a file that is safe on disk to its place, and make the new name safe too."""
    os.replace(aside, place)  # noqa: PTH105 - the deed that the tests interrupt
    sync(place.parent)


def settle(aside: Path) -> None:
    """Make a file that another program wrote safe on disk, for its owner alone."""
    opened = os.open(aside, os.O_RDONLY)
    try:
        os.fchmod(opened, 0o600)
        os.fsync(opened)
    finally:
        os.close(opened)


def sync(folder: Path) -> None:
    """Make the names in a folder safe on disk."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def locked(folder: Path, *, alone: bool, patience: float) -> Iterator[None]:
    """Hold the vault, alone or with other readers; raises ``Busy`` after ``patience`` seconds."""
    busy = Busy(
        "Another process is working in the vault. Nothing was done.",
        do="Wait until it has ended, and try again.",
    )
    with locks.held(folder / LOCK, alone=alone, patience=patience, busy=busy):
        yield
