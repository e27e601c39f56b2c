"""The parts of a body as a table says them: a list of them, or the unit columns of a staff list.

Of a staff list nothing but the columns that hold parts of the body is looked at, and nothing of a
row is ever repeated but what those columns say: a refusal names the row's number and why. A column
in which nearly every row says something else holds no parts of a body, whatever it is called, so
that a column of names or numbers of people is never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goldenthread.plan.cells import unguard
from goldenthread.timescale import read

LEVELS = ("directorate", "division", "service")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "directorate": ("directorate", "department", "directorate name", "dept", "group"),
    "division": ("division", "division name", "business unit", "branch"),
    "service": ("service", "service area", "service name", "team", "section"),
    "kind": ("kind", "kind of part", "type of unit"),
    "begins": ("begins", "from", "since", "start of unit", "begin"),
}
"""What each column is usually called; the first name is the one that is written."""

HEADINGS = {name: called[0].capitalize() for name, called in COLUMNS.items()}
# Rows above the headings are passed over, so many at most.
_ABOVE = 20
# From so many rows on, a column must say the same thing in half of them at least.
_ENOUGH = 20
_LONGEST = 160
# More parts than any body has; a column of something else has more.
MOST = 1_000
_MOST_TOLD = 50


@dataclass(frozen=True)
class Said:
    """One part of the body that a file names: its names from the directorate down.

    ``row`` is the first row that names it; ``kind`` and ``begins`` are empty where none says it.
    """

    path: tuple[str, ...]
    row: int
    kind: str = ""
    begins: date | None = None


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be read: its number, the heading of the column to mend, and a sentence.

    The sentence never says what stands there. ``column`` is the file's own heading; where the file
    has no such column, what we call it.
    """

    row: int
    column: str
    why: str


@dataclass(frozen=True)
class UnitTable:
    """What a file says of the parts of the body; ``wrong`` says why it is no such table.

    ``columns`` are the headings that were read, by what they were read as. ``bad`` are the faults
    of rows that cannot be read, in order, ``bad_rows`` how many such rows there are, and
    ``more_bad`` how many faults are not told. ``blank`` is how many rows name no part at all, and
    ``rows`` how many there are under the headings.
    """

    said: tuple[Said, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    bad: tuple[Fault, ...] = ()
    bad_rows: int = 0
    more_bad: int = 0
    blank: int = 0
    rows: int = 0
    wrong: str = ""


def read_units(
    rows: Iterable[tuple[int, Sequence[str]]],
    named: Mapping[str, str] | None = None,
    *,
    most_told: int = _MOST_TOLD,
) -> UnitTable:
    """The parts of a body that a table names, each once, in the order in which it names them.

    ``rows`` are the number of each row in its file and its cells; they are asked for one at a time
    and not kept. ``named`` holds the headings that somebody says the columns have, by the names of
    ``COLUMNS``; the usual ones are looked for where it is silent. ``most_told`` bounds the faults
    that are told; the others are counted. Two spellings that differ in
    capitals or blanks are one part, called as it is first called. A part below another begins it.

    >>> table = read_units([(1, ["Grade", "Directorate", "Division"]),
    ...                     (2, ["G4", "Place", "Parks"]), (3, ["G9", "place", ""])])
    >>> [one.path for one in table.said], table.bad
    ([('Place',), ('Place', 'Parks')], ())
    >>> read_units([(1, ["Directorate", "Division"]), (2, ["", "Parks"])]).bad
    (Fault(row=2, column='Directorate', why='It names a division and no directorate.'),)
    """
    asked = {name: words for name, words in (named or {}).items() if words.strip()}
    places: dict[str, int] = {}
    headings: dict[str, str] = {}
    found: dict[tuple[str, ...], Said] = {}
    bad: list[Fault] = []
    different: dict[str, set[str]] = {name: set() for name in LEVELS}
    count = blank = bad_rows = more_bad = 0
    for number, cells in rows:
        if not places:
            places, headings = _heading(cells, asked)
            if not places:
                count += 1
                if count == _ABOVE:
                    break
            else:
                count = 0
            continue
        count += 1
        said = {
            name: " ".join(unguard(cells[place]).split()) if place < len(cells) else ""
            for name, place in places.items()
        }
        for name in LEVELS:
            # So many and no more: of a column of people no list is made.
            if said.get(name) and len(different[name]) <= 2_000:
                different[name].add(_folded(said[name]))
        if not any(said.values()):
            blank += 1
            continue
        wrong = _take(number, said, found)
        bad_rows += bool(wrong)
        told = wrong[: max(0, most_told - len(bad))]
        bad += [Fault(number, headings.get(name, HEADINGS[name]), why) for name, why in told]
        more_bad += len(wrong) - len(told)
    if not places:
        wanted = " or ".join(f"“{words}”" for words in asked.values()) or "Directorate"
        return UnitTable(wrong=f"No row of headings has a column {wanted}.")
    for name, values in different.items():
        # A list of parts, which says when each begins or of what kind it is, has each once.
        if count >= _ENOUGH and len(values) * 2 > count and not {"kind", "begins"} & set(places):
            return UnitTable(
                wrong=f"The column read as {name} says something else in nearly every row, as "
                "names and numbers of people do. Nothing of it was kept. Say which column holds "
                f"the {name}."
            )
    if not count:
        return UnitTable(wrong="There is no row under the headings.")
    if not found and not bad:
        return UnitTable(wrong="No row names a part of the council.")
    return UnitTable(
        tuple(found.values()),
        headings,
        tuple(bad),
        bad_rows,
        more_bad,
        blank,
        count,
    )


def _take(
    number: int, said: Mapping[str, str], found: dict[tuple[str, ...], Said]
) -> list[tuple[str, str]]:
    """Add what a row names, or say all that is wrong with it: the name of a column, and why."""
    levels = [(name, said.get(name, "")) for name in LEVELS]
    here = [(name, words) for name, words in levels if words]
    wrong: list[tuple[str, str]] = []
    if not here:
        wrong.append(("directorate", "It says when or what, and names no part."))
    elif not levels[0][1]:
        wrong.append(("directorate", f"It names a {here[0][0]} and no directorate."))
    folded: list[str] = []
    for name, words in here:
        if len(words) > _LONGEST:
            wrong.append((name, f"A name is longer than {_LONGEST} characters."))
        elif "@" in words or not any(sign.isalpha() for sign in words):
            wrong.append((name, "A name is no name of a part of the council."))
        elif _folded(words) in folded:
            wrong.append((name, "It names a part below another of the same name."))
        folded.append(_folded(words))
    begins = None
    if words := said.get("begins", ""):
        claims = read(words)
        begins = claims[0].end if len(claims) == 1 and claims[0].kind == "date" else None
        if begins is None:
            wrong.append(("begins", "Its first day is no day like 1 April 2026."))
    before = found.get(tuple(folded))
    if begins and before and before.begins and begins != before.begins:
        wrong.append(("begins", f"Its first day is another than in row {before.row}."))
    if not wrong:
        _add(number, [words for _name, words in here], said.get("kind", "")[:60], begins, found)
    return wrong


def _add(
    number: int,
    path: Sequence[str],
    kind: str,
    begins: date | None,
    found: dict[tuple[str, ...], Said],
) -> None:
    """Add a part and those above it where they are new; what a later row says besides is kept."""
    folded = tuple(_folded(words) for words in path)
    for depth in range(1, len(path) + 1):
        key, last = folded[:depth], depth == len(path)
        before = found.get(key)
        if before is None:
            above = found[key[:-1]].path if depth > 1 else ()
            called = kind if last else ""
            found[key] = Said((*above, path[depth - 1]), number, called, begins if last else None)
        elif last and ((begins and not before.begins) or (kind and not before.kind)):
            found[key] = Said(before.path, before.row, before.kind or kind, before.begins or begins)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _heading(
    cells: Sequence[str], asked: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """The places of the columns that a row of headings names, and how it calls them."""
    called = {
        name: (_folded(asked[name]),) if name in asked else () if asked and name in LEVELS else all_
        for name, all_ in COLUMNS.items()
    }
    places: dict[str, int] = {}
    words: dict[str, str] = {}
    for name, known in called.items():
        folded = [_folded(cell).strip(" :") for cell in cells]
        place = next((folded.index(one) for one in known if one in folded), None)
        if place is not None and place not in places.values():
            places[name], words[name] = place, " ".join(cells[place].split())
    wanted = set(asked) or {"directorate"}
    return (places, words) if wanted <= places.keys() and "directorate" in places else ({}, {})
