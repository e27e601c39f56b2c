"""The vault: receives checked rows, gives them to measures, and forgets."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from goldenthread.errors import Busy, Missing, Unreadable, Unsafe
from goldenthread.warehouse import folder as folders
from goldenthread.warehouse import incoming, locked, manifest
from goldenthread.warehouse.incoming import Arrival, Counted, Rows
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.manifest import Act, Deed, Manifest, Snapshot
from goldenthread.warehouse.tables import HELD, Table

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
        return _overdue(self.snapshots(), today)

    def verify(self) -> tuple[Changed, ...]:
        """Every file that is missing, or that was changed by a single byte.

        Empty where all is well. Raises ``Unsafe`` where the manifest itself was changed.
        """
        with self._held(alone=False):
            return tuple(self._faults(self._manifest()))

    @contextmanager
    def records(self) -> Iterator[LockedRecords]:
        """The tables for measures to ask, with their snapshots, while nobody can change them.

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
                records = locked.over(files, spill, held.snapshots)
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
        lists: tuple[str, ...] = (),
        instead: bool = False,
    ) -> Snapshot:
        """Keep the rows of one table as its snapshot of a day, and say what is now held.

        It is ``receive_all`` of one ``Arrival``, and refuses as that does.
        """
        arrival = Arrival(table, on, rows, contract, keep_until, lists, instead)
        (kept,) = self.receive_all([arrival], at=at)
        return kept

    def receive_all(
        self,
        arrivals: Iterable[Arrival],
        *,
        at: datetime,
        objectors: Mapping[str, Collection[str]] | None = None,
        seen: Sequence[Snapshot] | None = None,
    ) -> tuple[Snapshot, ...]:
        """Keep the rows of several tables and days, all or none; what is now held of them.

        People's numbers are turned into pseudonyms before anything is written. A list (``groups``)
        always replaces the one before it. ``objectors`` are the numbers of people who asked not to
        be monitored, by the column that knows them (``person``, ``applicant``): in the same
        exchange they are taken out of everything that is held. ``seen`` is what the vault held when
        the rows were made, where they depend on it.

        Raises ``Unreadable``, and keeps nothing, where rows are not as their table has them (see
        ``incoming.write``), where a snapshot holds another day, where events lie after ``on`` or on
        days whose events are held already, where it is held already, and where codes are of other
        lists than those that are held; ``Busy`` where the vault no longer holds what was ``seen``;
        ``ValueError`` for a table of another name, or one table and day twice.
        """
        given = list(arrivals)
        _check_arrivals(given, at)
        with self._held(alone=True):
            held = self._swept()
            if seen is not None and tuple(seen) != held.snapshots:
                raise Busy(
                    "Another process changed the vault meanwhile. Nothing was done.",
                    do="Try again.",
                )
            for each in given:
                once = HELD[each.table].dated == "once"
                if held.of(each.table, each.on) and not (each.instead or once):
                    raise Unreadable(
                        f"The vault already holds {each.table} of {each.on.isoformat()}.",
                        do="Say that it should be replaced (--replace), if it should.",
                    )
            try:
                return self._received(held, given, at, objectors or {})
            except Exception:
                # Nothing of what was refused may lie here until the next deed.
                self._sweep(self._manifest())
                raise

    def _received(
        self,
        held: Manifest,
        given: Sequence[Arrival],
        at: datetime,
        objectors: Mapping[str, Collection[str]],
    ) -> tuple[Snapshot, ...]:
        replaced = {(each.table, each.on) for each in given}
        lists = {each.table for each in given if HELD[each.table].dated == "once"}
        out = [s for s in held.snapshots if (s.table, s.on) in replaced or s.table in lists]
        stays = [one for one in held.snapshots if one not in out]
        kept: list[Snapshot] = []
        for each in given:
            told, aside = HELD[each.table], self._aside()
            with self._spill() as spill:
                counted = incoming.write(each.rows, told, self._key(), aside, spill)
            _check_days(told, counted, each.on, [*stays, *kept])
            kept.append(
                self._placed(
                    aside, told, each.on, counted, contract=each.contract, received_at=at,
                    keep_until=each.keep_until, lists=each.lists,
                )
            )  # fmt: skip
        _check_lists([*stays, *kept])
        gone, again = self._without(stays, objectors)
        before = {(one.table, one.on) for one in out}
        deeds = [
            Deed(act=act, at=at, snapshots=those) for act, those in _told(kept, before) if those
        ]
        if gone:
            deeds.append(Deed(act="objectors forgotten", at=at))
        self._exchange(held, out=[*out, *gone], into=[*kept, *again], deeds=deeds)
        return tuple(kept)

    def forget(self, on: date, *, at: datetime, table: str | None = None) -> tuple[Snapshot, ...]:
        """Forget every table of a day, or one of them; what was forgotten.

        A list is of no day: it goes with the last of what is held. Raises ``Missing`` where nothing
        of that day is held.
        """
        with self._held(alone=True):
            held = self._swept()
            out = [
                one
                for one in held.snapshots
                if one.on == on and (one.table == table if table else not _is_list(one))
            ]
            if not out:
                raise Missing("The vault holds nothing of that day.")
            return self._forgotten(held, out, "forgotten", at)

    def forget_expired(self, today: date, *, at: datetime) -> tuple[Snapshot, ...]:
        """Forget what was to be kept until a day before ``today``; what was forgotten."""
        with self._held(alone=True):
            held = self._swept()
            out = _overdue(held.snapshots, today)
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
            out, into = self._without(held.snapshots, {column: [number]})
            if not out:
                raise Missing("The vault holds nobody of this number.")
            deed = Deed(act="person forgotten", at=at)
            self._exchange(held, out=out, into=into, deeds=[deed])
            return len(out)

    def tidy(self) -> None:
        """Take away what a killed deed left lying, which every deed does too before its own work.

        After a forgetting that did not come to its end this is what makes it good.
        """
        with self._held(alone=True):
            self._swept()

    def _without(
        self, those: Iterable[Snapshot], numbers: Mapping[str, Collection[str]]
    ) -> tuple[list[Snapshot], list[Snapshot]]:
        """Write again every file that somebody of these numbers is in: the old, and the new."""
        key = self._key()
        names = {
            column: {incoming.pseudonym(key, column, one) for one in given}
            for column, given in numbers.items()
        }
        out: list[Snapshot] = []
        into: list[Snapshot] = []
        for one in those:
            told = HELD[one.table]
            people = names.get(told.key or "")
            if not people:
                continue
            aside = self._aside()
            with self._spill() as spill:
                counted = incoming.without(told, self.folder / one.file, people, aside, spill)
            if counted is not None:
                out.append(one)
                into.append(
                    self._placed(
                        aside, told, one.on, counted, contract=one.contract,
                        received_at=one.received_at, keep_until=one.keep_until, lists=one.lists,
                    )
                )  # fmt: skip
        return out, into

    def _forgotten(
        self, held: Manifest, out: Sequence[Snapshot], act: Act, at: datetime
    ) -> tuple[Snapshot, ...]:
        left = [one for one in held.snapshots if one not in out]
        gone = (*out, *left) if all(map(_is_list, left)) else tuple(out)
        days = tuple((one.table, one.on) for one in gone)
        deed = Deed(act=act, at=at, snapshots=days)
        self._exchange(held, out=gone, into=(), deeds=[deed])
        return gone

    def _exchange(
        self,
        held: Manifest,
        *,
        out: Sequence[Snapshot],
        into: Sequence[Snapshot],
        deeds: Sequence[Deed],
    ) -> None:
        """Exchange the manifest, which is the deed, and then take the old files away."""
        kept = [one for one in held.snapshots if one not in out]
        after = Manifest(
            snapshots=tuple(sorted([*kept, *into], key=lambda one: (one.table, one.on))),
            deeds=(*held.deeds, *deeds),
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
        lists: tuple[str, ...],
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
            lists=lists,
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


def _is_list(one: Snapshot) -> bool:
    """Whether it is a list, which is about nobody and which every day needs."""
    return HELD[one.table].dated == "once"


def _overdue(held: Iterable[Snapshot], today: date) -> tuple[Snapshot, ...]:
    return tuple(one for one in held if one.keep_until < today and not _is_list(one))


def _told(
    kept: Iterable[Snapshot], before: Collection[tuple[str, date]]
) -> tuple[tuple[Act, tuple[tuple[str, date], ...]], ...]:
    """The tables and days that were received, and those that were replaced."""
    days = [(one.table, one.on) for one in kept]
    return (
        ("received", tuple(one for one in days if one not in before)),
        ("replaced", tuple(one for one in days if one in before)),
    )


def _check_arrivals(given: Sequence[Arrival], at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("a moment has a time zone")
    if any(each.table not in HELD for each in given):
        raise ValueError(f"there are the tables {', '.join(HELD)}")
    if len({(each.table, each.on) for each in given}) < len(given):
        raise ValueError("each table of a day comes once")
    if any(each.keep_until < at.date() for each in given):
        raise Unreadable("The last day on which these records may be held is over.")


def _check_lists(held: Iterable[Snapshot]) -> None:
    """Refuse codes of two lists: only one list can roll them up."""
    told = {one.lists for one in held if one.lists}
    if len(told) > 1:
        every, common = set().union(*told), set.intersection(*map(set, told))
        raise Unreadable(
            f"The vault would hold codes of different lists: {', '.join(sorted(every - common))}.",
            do="Map these files into the lists that it holds, or begin another vault. Nothing was "
            "kept.",
        )


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
    if counted.ends > (_quarter_end(on) if told.by == "quarter" else on):
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


def _quarter_end(day: date) -> date:
    month = (day.month + 2) // 3 * 3
    return date(day.year, month, 31 if month in (3, 12) else 30)
