"""Parts of the council from a file: read, held beside what stands, and begun all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils.timezone import localdate

from goldenthread import intake
from goldenthread.errors import Missing, Refusal
from goldenthread.plan.unit_table import LEVELS, MOST, Said, UnitTable, read_units
from goldenthread.web import audit
from goldenthread.web.changes.deed import change
from goldenthread.web.changes.uploads import file_name, quarantined
from goldenthread.web.changes.words import words
from goldenthread.web.models import Person, Unit
from goldenthread.web.permissions import body, require


@dataclass(frozen=True)
class Coming:
    """A part of the council that is to begin: its names from the directorate down, and its day."""

    path: tuple[str, ...]
    kind: str
    begins: date


@dataclass(frozen=True)
class Judged:
    """One part that a file names: what becomes of it, and what is wrong, as a sentence.

    ``there`` says that it stands already, and stays as it is. ``elsewhere`` names what a part of
    the same name stands below today, so that a move is not taken for a beginning.
    """

    said: Said
    coming: Coming
    there: bool = False
    elsewhere: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Preview:
    """What a file would begin, what of it is there, and what stands that it does not name."""

    judged: tuple[Judged, ...]
    not_named: tuple[Unit, ...]

    @property
    def new(self) -> tuple[Coming, ...]:
        """What would begin."""
        return tuple(one.coming for one in self.judged if not one.there)

    @property
    def wrong(self) -> bool:
        """Whether anything cannot be taken, so that nothing is."""
        return any(one.wrong for one in self.judged)


def read_unit_file(
    *, by: Person, file: IO[bytes], name: str, named: Mapping[str, str], at: datetime
) -> UnitTable:
    """What a file says of the parts of the council; nothing is stored, and the file is gone.

    ``named`` are the headings that somebody gives for the columns. Of a staff list nothing but
    those columns is looked at. Who may: change_units in the whole council. Recorded: nothing, since
    nothing changes. Raises ``Missing`` where it is no such table, ``Unreadable`` or ``Unsafe`` with
    the file's own name.
    """
    require(by, "change_units", body(), localdate(at))
    called = file_name(name)

    def rows() -> Iterator[tuple[int, Sequence[str]]]:
        for one in intake.rows(path):
            if isinstance(one, intake.Record):
                yield one.place.row or 0, one.values

    with quarantined(file, called) as path:
        try:
            table = read_units(rows(), named)
        except Refusal as refusal:
            raise refusal.in_file(called) from None
    if table.wrong:
        raise Missing(f"{called} is no table of parts.", needs={"file": table.wrong})
    if len(table.said) > MOST:
        sentence = f"It names more than {MOST:,} parts. Say which columns hold them."
        raise Missing(f"{called} is too long.", needs={"file": sentence})
    return table


def judge(*, said: Sequence[Said], begins: date) -> Preview:
    """Each part that a file names beside what stands on its first day; two queries.

    ``begins`` is the first day of what has none of its own. What the file does not name stays.
    """
    units = list(Unit.objects.select_related("parent").order_by("name", "pk"))
    root = next(unit for unit in units if unit.parent_id is None)
    found: list[Judged] = []
    placed: dict[tuple[str, ...], tuple[Unit | None, date]] = {(): (root, root.begins)}
    for one in said:
        key = _folded(one.path)
        above, first = placed[key[:-1]]
        on = one.begins or (max(begins, first) if above is None else begins)
        stands = _standing(units, above, key[-1], on)
        # A part is looked for on its day; one that stands today and not then is told of as well.
        begun = stands.begins if stands is not None else on
        placed[key] = (stands, begun)
        kind = one.kind or LEVELS[len(one.path) - 1].capitalize()
        wrong = ""
        if stands is None and on < first:
            wrong = f"It would begin before {one.path[-2] if len(one.path) > 1 else root.name}."
        if stands is None and above is not None and above.ends is not None:
            wrong = f"{above.name} ends, so that nothing begins in it."
        found.append(
            Judged(
                one,
                Coming(one.path, kind, on),
                there=stands is not None,
                elsewhere="" if stands is not None else _elsewhere(units, above, key[-1], on),
                wrong=wrong,
            )
        )
    named = {unit.pk for unit, _day in placed.values() if unit is not None}
    left = [unit for unit in units if unit.pk not in named and _stands(unit, begins)]
    return Preview(tuple(found), tuple(left))


def _standing(units: Sequence[Unit], above: Unit | None, name: str, on: date) -> Unit | None:
    if above is None:
        return None
    return next(
        (
            unit
            for unit in units
            if unit.parent_id == above.pk and _fold(unit.name) == name and _stands(unit, on)
        ),
        None,
    )


def _elsewhere(units: Sequence[Unit], above: Unit | None, name: str, on: date) -> str:
    """What a part of this name stands below on a day, other than the one that is asked about."""
    key = above.pk if above is not None else None
    for unit in units:
        if _fold(unit.name) == name and unit.parent and unit.parent_id != key and _stands(unit, on):
            return unit.parent.name
    return ""


def _stands(unit: Unit, on: date) -> bool:
    return unit.begins <= on and (unit.ends is None or unit.ends >= on)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(_fold(name) for name in path)


@change
def bring_units(*, by: Person, units: Sequence[Coming], at: datetime, key: str = "") -> Unit:
    """Begin many parts of the council at once, each below the one that its path names.

    What is there already stays as it is, and nothing ends. Who may: change_units in the whole
    council. Recorded: ``units.brought``, with how many began. Gives back the body. Raises
    ``Missing`` where nothing would begin or one cannot, and then none does.
    """
    require(by, "change_units", body(), localdate(at))
    root = body()
    if len(units) > MOST or any(len(one.path) > len(LEVELS) for one in units):
        raise Missing("These are more parts than a council has.")
    said = [Said(one.path, number, one.kind, one.begins) for number, one in enumerate(units, 1)]
    made: dict[tuple[str, ...], Unit] = {(): root}
    begun = 0
    for one in sorted(said, key=lambda one: len(one.path)):
        path, on = _folded(one.path), one.begins or localdate(at)
        here = root
        for depth in range(1, len(path) + 1):
            key_ = path[:depth]
            there = made.get(key_) or _there(here, key_[-1], on)
            if there is None and depth < len(path):
                raise Missing(f"Nothing is called {one.path[depth - 1]} there.")
            if there is None:
                name = words(one.path[-1], name="name", most=160, needed=True)
                if here.begins > on or here.ends is not None:
                    raise Missing(f"{name} cannot begin in {here.name} on that day.")
                kind = words(one.kind, name="kind", most=60)
                there = Unit.objects.create(name=name, kind=kind, parent=here, begins=on)
                begun += 1
            made[key_] = here = there
    if not begun:
        raise Missing(
            "All of these are there already.", needs={"file": "There is nothing to begin."}
        )
    audit.record(by=by, what="units.brought", on=root, facts={"units": begun}, at=at)
    return root


def _there(above: Unit, name: str, on: date) -> Unit | None:
    """The part of this name that stands below another on a day."""
    below = Unit.objects.filter(parent=above)
    return next((one for one in below if _fold(one.name) == name and _stands(one, on)), None)
