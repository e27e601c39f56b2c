"""The vault: receives checked rows, gives them to measures, and forgets."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from goldenthread.errors import Missing, Unreadable, Unsafe
from goldenthread.warehouse import folder as folders
from goldenthread.warehouse import incoming, locked, manifest
from goldenthread.warehouse.incoming import Counted, Rows
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.manifest import Act, Deed, Manifest, Snapshot
from goldenthread.warehouse.tables import TABLES, Table

KEY = "vault.key"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Changed:
    """A file of the vault that is not as it was written: its name and what is wrong with it."""

    file: str
    says: str


class Vault:
    """Staff records in a folder that its owner alone can reach.

    Each table of each day is one Parquet file; ``manifest.json``, sealed with the key of the vault,
    says which files are part of it. A deed writes its new files aside, makes them safe on disk,
    exchanges the manifest, and only then takes old files away: killed at any moment, the vault
    holds either what it held before or what it should hold after. What a killed deed left lying is
    taken away by the next, or by ``tidy``.

    ``patience`` is how many seconds to wait for another process that works in the vault; then
    ``Busy`` is raised. Every method raises ``Unsafe`` where others than its owner can reach it.
    """

    def __init__(self, folder: Path, *, patience: float = 10.0) -> None:
        self.folder, self.patience = Path(folder), patience
        folders.check(self.folder)

    def __repr__(self) -> str:
        return f"<Vault: {self.folder.name}>"

    def snapshots(self) -> tuple[Snapshot, ...]:
        """What the vault holds, by table and day."""
        with self._held(alone=False):
            return self._manifest().snapshots

    def deeds(self) -> tuple[Deed, ...]:
        """What was done in it, the oldest first."""
        with self._held(alone=False):
            return self._manifest().deeds

    def expired(self, today: date) -> tuple[Snapshot, ...]:
        """What should have been forgotten: it was to be kept until a day before ``today``."""
        return tuple(one for one in self.snapshots() if one.keep_until < today)

    def verify(self) -> tuple[Changed, ...]:
        """Every file that is missing, that was changed by a single byte, or that is not ours.

        Empty where all is well. Raises ``Unsafe`` where the manifest itself was changed.
        """
        with self._held(alone=False):
            return tuple(self._faults(self._manifest()))

    @contextmanager
    def records(self) -> Iterator[LockedRecords]:
        """The tables for measures to ask, while nobody can change them.

        Every fingerprint is compared first: raises ``Unsafe``, naming the file, where one differs.
        """
        with self._held(alone=False):
            held = self._manifest()
            for fault in self._faults(held):
                raise Unsafe(
                    fault.says,
                    rule="vault changed",
                    do="Bring the vault back from a backup, and find out who changed it.",
                    file=fault.file,
                )
            files: dict[str, list[Path]] = {}
            for one in held.snapshots:
                files.setdefault(one.table, []).append(self.folder / one.file)
            with self._spill() as spill:
                records = locked.over(files, spill)
                try:
                    yield records
                finally:
                    records.close()

    def receive(
        self,
        table: str,
        rows: Rows,
        *,
        on: date,
        contract: str,
        keep_until: date,
        at: datetime,
        instead: bool = False,
    ) -> Snapshot:
        """Keep the rows of one table as its snapshot of a day, and say what is now held.

        ``contract`` is the version of the contract that the rows were checked against, and
        ``keep_until`` the last day on which they may be held. People's numbers are turned into
        pseudonyms before anything is written. ``instead`` puts it in the place of what is held of
        that table and day; a list (``groups``) always replaces the one before it.

        Raises ``Unreadable``, and keeps nothing, where the rows are not as the table has them (see
        ``incoming.write``), where a snapshot holds another day, where events lie after ``on`` or on
        days whose events are held already, and where it is held already; ``ValueError`` for a table
        of another name.
        """
        if table not in TABLES:
            raise ValueError(f"there are the tables {', '.join(TABLES)}")
        told = TABLES[table]
        if at.tzinfo is None:
            raise ValueError("a moment has a time zone")
        if keep_until < at.date():
            raise Unreadable("The last day on which these records may be held is over.")
        with self._held(alone=True):
            held = self._swept()
            before = held.of(table, on)
            if before and not instead:
                raise Unreadable(
                    f"The vault already holds {table} of {on.isoformat()}.",
                    do="Say that it should be replaced, if it should.",
                )
            aside = self._aside()
            with self._spill() as spill:
                counted = incoming.write(rows, told, self._key(), aside, spill)
            out = [one for one in held.snapshots if one is before]
            if told.dated == "once":
                out = [one for one in held.snapshots if one.table == table]
            _check_days(told, counted, on, [one for one in held.snapshots if one not in out])
            snapshot = self._placed(
                aside, told, on, counted,
                contract=contract, received_at=at, keep_until=keep_until,
            )  # fmt: skip
            act: Act = "replaced" if before else "received"
            self._exchange(
                held, out=out, into=[snapshot], deed=Deed(act=act, at=at, snapshots=((table, on),))
            )
            return snapshot

    def forget(self, on: date, *, at: datetime, table: str | None = None) -> tuple[Snapshot, ...]:
        """Forget every table of a day, or one of them; what was forgotten.

        Raises ``Missing`` where nothing of that day is held.
        """
        with self._held(alone=True):
            held = self._swept()
            out = [s for s in held.snapshots if s.on == on and table in (None, s.table)]
            if not out:
                raise Missing("The vault holds nothing of that day.")
            return self._forgotten(held, out, "forgotten", at)

    def forget_expired(self, today: date, *, at: datetime) -> tuple[Snapshot, ...]:
        """Forget what was to be kept until a day before ``today``; what was forgotten."""
        with self._held(alone=True):
            held = self._swept()
            out = [one for one in held.snapshots if one.keep_until < today]
            return self._forgotten(held, out, "forgotten on time", at) if out else ()

    def forget_person(self, number: str, *, at: datetime, applicant: bool = False) -> int:
        """Take one person out of everything that is held; from how many files they were taken.

        ``number`` is their staff number, or, with ``applicant``, the number of their application.
        Every file that they are in is written again without them. The record says that somebody was
        forgotten and when: neither who, nor of which days. Raises ``Missing`` where the vault does
        not hold them.
        """
        with self._held(alone=True):
            held = self._swept()
            column = "applicant" if applicant else "person"
            person = incoming.pseudonym(self._key(), column, number)
            out: list[Snapshot] = []
            into: list[Snapshot] = []
            for one in held.snapshots:
                told = TABLES[one.table]
                if told.key != column:
                    continue
                aside = self._aside()
                with self._spill() as spill:
                    counted = incoming.without(told, self.folder / one.file, person, aside, spill)
                if counted is not None:
                    out.append(one)
                    into.append(
                        self._placed(
                            aside,
                            told,
                            one.on,
                            counted,
                            contract=one.contract,
                            received_at=one.received_at,
                            keep_until=one.keep_until,
                        )
                    )
            if not out:
                raise Missing("The vault holds nobody of this number.")
            self._exchange(held, out=out, into=into, deed=Deed(act="person forgotten", at=at))
            return len(out)

    def tidy(self) -> None:
        """Take away what a killed deed left lying, which every deed does too before its own work.

        After a forgetting that did not come to its end this is what makes it good.
        """
        with self._held(alone=True):
            self._swept()

    def _forgotten(
        self, held: Manifest, out: Sequence[Snapshot], act: Act, at: datetime
    ) -> tuple[Snapshot, ...]:
        days = tuple((one.table, one.on) for one in out)
        self._exchange(held, out=out, into=(), deed=Deed(act=act, at=at, snapshots=days))
        return tuple(out)

    def _exchange(
        self, held: Manifest, *, out: Sequence[Snapshot], into: Sequence[Snapshot], deed: Deed
    ) -> None:
        """Exchange the manifest, which is the deed, and then take the old files away."""
        kept = [one for one in held.snapshots if one not in out]
        after = Manifest(
            snapshots=tuple(sorted([*kept, *into], key=lambda one: (one.table, one.on))),
            deeds=(*held.deeds, deed),
        )
        folders.write(self.folder, manifest.NAME, manifest.write(after, self._key()))
        self._sweep(after)

    def _swept(self) -> Manifest:
        """The manifest, after what a killed deed left lying was taken away."""
        held = self._manifest()
        self._sweep(held)
        return held

    def _sweep(self, held: Manifest) -> None:
        listed = {one.file for one in held.snapshots}
        for lying in sorted((self.folder / "tables").iterdir()):
            if str(lying.relative_to(self.folder)) not in listed:
                os.unlink(lying)  # noqa: PTH108 - the deed that the tests interrupt
        folders.sync(self.folder / "tables")
        for lying in sorted((self.folder / "temp").iterdir()):
            shutil.rmtree(lying) if lying.is_dir() else os.unlink(lying)  # noqa: PTH108

    def _placed(
        self,
        aside: Path,
        told: Table,
        on: date,
        counted: Counted,
        *,
        contract: str,
        received_at: datetime,
        keep_until: date,
    ) -> Snapshot:
        """Put a written file in its place; it is part of the vault once the manifest says so."""
        folders.settle(aside)
        mark = folders.fingerprint(aside)
        name = f"tables/{told.name}-{on.isoformat()}-{secrets.token_hex(4)}.parquet"
        size = aside.stat().st_size
        folders.put(aside, self.folder / name)
        return Snapshot(
            table=told.name,
            on=on,
            file=name,
            fingerprint=mark,
            size=size,
            rows=counted.rows,
            people=counted.people,
            begins=counted.begins,
            ends=counted.ends,
            contract=contract,
            received_at=received_at,
            keep_until=keep_until,
        )

    def _faults(self, held: Manifest) -> Iterator[Changed]:
        for one in held.snapshots:
            path = self.folder / one.file
            if not path.is_file():
                yield Changed(one.file, "It is missing from the vault.")
            elif path.stat().st_size != one.size or folders.fingerprint(path) != one.fingerprint:
                yield Changed(one.file, "It was changed since it was written.")

    def _manifest(self) -> Manifest:
        return manifest.read((self.folder / manifest.NAME).read_bytes(), self._key())

    def _key(self) -> bytes:
        key = (self.folder / KEY).read_bytes()
        if len(key) != _KEY_BYTES:
            raise Unsafe(
                "The key of the vault was changed.",
                rule="vault changed",
                do="Bring it back from a backup; without it nobody in the vault can be found.",
                file=KEY,
            )
        return key

    def _aside(self) -> Path:
        """A new, empty file to be written, for its owner alone."""
        aside = self.folder / "temp" / f"{secrets.token_hex(8)}.parquet"
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return aside

    @contextmanager
    def _spill(self) -> Iterator[Path]:
        """A folder of its own for what does not fit into memory, inside the vault."""
        spill = self.folder / "temp" / f"spill-{secrets.token_hex(8)}"
        spill.mkdir(mode=0o700)
        try:
            yield spill
        finally:
            shutil.rmtree(spill, ignore_errors=True)

    @contextmanager
    def _held(self, *, alone: bool) -> Iterator[None]:
        with folders.locked(self.folder, alone=alone, patience=self.patience):
            folders.check(self.folder)
            yield


def create(folder: Path) -> Vault:
    """A new, empty vault with a key of its own, in a new folder.

    The key stands in the folder and never leaves it: whoever copies the vault without it can join
    its rows to nobody. Raises ``Unreadable`` where something is there already.
    """
    place = Path(folder)
    folders.make(place)
    key = secrets.token_bytes(_KEY_BYTES)
    folders.write(place, KEY, key)
    folders.write(place, manifest.NAME, manifest.write(Manifest(), key))
    return Vault(place)


def _check_days(told: Table, counted: Counted, on: date, held: Sequence[Snapshot]) -> None:
    if counted.begins is None or counted.ends is None:
        return
    if told.dated == "snapshot" and (counted.begins, counted.ends) != (on, on):
        raise Unreadable(
            f"Not every row of {told.name} is of {on.isoformat()}.",
            do="Send each day by itself. Nothing was kept.",
        )
    if told.dated != "events":
        return
    if counted.ends > on:
        raise Unreadable(
            f"Some of {told.name} lie after {on.isoformat()}, to which they were gathered.",
            do="Name the day to which they were gathered. Nothing was kept.",
        )
    for one in held:
        if one.table != told.name or one.begins is None or one.ends is None:
            continue
        if one.begins <= counted.ends and counted.begins <= one.ends:
            raise Unreadable(
                f"The vault already holds {told.name} of some of these days, in the snapshot of "
                f"{one.on.isoformat()}: they would be counted twice.",
                do="Send the days since then alone, or replace that snapshot.",
            )
