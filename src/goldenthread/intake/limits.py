"""How much of an untrusted file we are willing to read: every bound in one place."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.errors import Place, Unsafe

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The bounds on one reading; passing any of them refuses the file with rule ``limit``.

    The defaults hold a plan of 10,000 rows many times over, and stop a bomb long before it
    troubles the machine (OWASP ASVS 5.0, 5.2.1 to 5.2.6).

    >>> Limits().seconds
    60
    >>> Limits(rows=100).rows
    100
    """

    file_bytes: int = 100 * MEGABYTE
    """Size of the file itself."""

    unpacked_bytes: int = 512 * MEGABYTE
    """Size of all parts of a packed file (docx, xlsx, odt) once unpacked, pictures included."""

    part_bytes: int = 192 * MEGABYTE
    """Size of any one part that is really read, counted while it unpacks."""

    parts: int = 5_000
    """Parts in a packed file, and objects of any other container."""

    ratio: int = 400
    """How many times larger a part over one megabyte may grow when it is unpacked."""

    depth: int = 200
    """How deep one element of markup may stand inside another."""

    pages: int = 1_000
    """Pages, in formats that have them."""

    pictures: int = 60
    """Pages that are pictures, whose words must be recognised one page at a time."""

    rows: int = 500_000
    """Rows in all tables together; the row number of a stray cell in a sheet counts."""

    columns: int = 2_000
    """Columns of one table; the reach of a merged cell counts."""

    cells: int = 4_000_000
    """Cells in all tables together."""

    merged: int = 50_000
    """Merged ranges of one sheet."""

    characters: int = 200_000_000
    """Characters of all text together."""

    cell_characters: int = 1_000_000
    """Characters of one paragraph or cell."""

    notes: int = 100
    """How many things left out are named one by one for each kind; the rest are only counted."""

    memory: int = 512 * MEGABYTE
    """Address space of the child process, in bytes."""

    seconds: int = 60
    """Time that the child may work, and that we wait for it; recognising one page has as much."""

    output_bytes: int = 1_024 * MEGABYTE
    """What the child may say, in bytes; one line may be a sixty-fourth of it."""


def long_file() -> Limits:
    """The bounds on a long file read row by row, which never stands in memory whole.

    >>> long_file().memory == Limits().memory
    True
    """
    return Limits(
        unpacked_bytes=2_048 * MEGABYTE,
        part_bytes=1_536 * MEGABYTE,
        cells=40_000_000,
        characters=1_000_000_000,
        seconds=300,
        output_bytes=4_096 * MEGABYTE,
    )


def too_much(what: str, most: int, place: Place | None = None) -> Unsafe:
    """The refusal of a file that passes a limit."""
    return Unsafe(
        f"The file holds more than {most:,} {what}.",
        rule="limit",
        do="Split it into smaller files, or take out what is not needed.",
        place=place,
    )
