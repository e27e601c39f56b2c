"""The public pages as a folder of files: any web server can hand it out, and it opens from disk.

The newest edition stands at the top, and every edition also under its number ("editions/3/"), where
it stays when a newer one is written. Of an edition that was taken down only its notice is written.
The plan of a directorate stands in the same way under its name ("plans/housing-and-communities/").
"""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from goldenthread.errors import Unreadable, Unsafe
from goldenthread.plan import edition as ed
from goldenthread.web import pages
from goldenthread.web.pages import shelf
from goldenthread.web.pages.choices import slug

T = TypeVar("T")

STATIC = ("govuk.css", "thread.css", "mark.svg", "LICENCE-govuk-frontend.txt")
# A folder that bears this file was written here, and may be replaced.
MARKER = ".goldenthread-site"
# Nothing from elsewhere, no script, no style inside a page. Servers should send it as a header too.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
_MOST_BYTES = 64 * 1024 * 1024


# Addresses below which a server of files should answer 410, one on a line.
GONE = "gone.txt"


def read_edition(file: Path) -> ed.Edition:
    """The edition in a JSON file. Raises Unreadable where there is none."""
    return _read(file, ed.from_json)


def read_notice(file: Path) -> ed.TakenDown:
    """The notice of an edition that was taken down. Raises Unreadable where there is none."""
    return _read(file, ed.notice_from_json)


def _read(file: Path, made_of: Callable[[Mapping[str, Any]], T]) -> T:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise Unreadable("The file is larger than 64 MB, and no edition is.", file=file.name)
        plain = json.loads(file.read_bytes())
        # Half of a letter that needs two cannot be written again.
        json.dumps(plain, ensure_ascii=False).encode()
    except OSError as wrong:
        raise Unreadable(
            f"The file could not be opened ({wrong.strerror}).", file=file.name
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("This is not JSON.", do="Give an edition.", file=file.name) from wrong
    try:
        return made_of(plain)
    except Unreadable as refusal:
        raise refusal.in_file(file.name) from refusal


def read_series(
    files: Sequence[Path], notices: Sequence[ed.TakenDown] = ()
) -> tuple[ed.Edition, tuple[ed.Edition, ...]]:
    """The newest edition of these files, and the earlier ones, the oldest first.

    Raises Unreadable where one is no edition, where two have the same number, where they are not
    of one public body, and where none is left that was not taken down. ``notices`` say which were:
    these are passed over.
    """
    gone = {one.number for one in notices}
    read = [read_edition(file) for file in files]
    found = sorted((one for one in read if one.number not in gone), key=lambda one: one.number)
    if not found:
        raise Unreadable(
            "Each of these editions was taken down, so there is nothing to publish.",
            do="Give an edition that stands.",
        )
    for older, newer in pairwise(found):
        if older.number == newer.number:
            raise Unreadable(
                f"Two of these files are edition {older.number}.", do="Give each edition once."
            )
        if older.body != newer.body:
            raise Unreadable(
                f"Editions {older.number} and {newer.number} are of two public bodies.",
                do="Write the site of each to a folder of its own.",
            )
    for notice in notices:
        if (notice.body, notice.plan) != (found[-1].body, found[-1].plan):
            raise Unreadable(
                f"The notice of edition {notice.number} is of another plan.",
                do="Give the notices of this plan alone.",
            )
    return found[-1], tuple(found[:-1])


@dataclass(frozen=True)
class Series:
    """The editions of one plan: the newest, those before it, and notices of what was taken down."""

    newest: ed.Edition
    earlier: tuple[ed.Edition, ...] = ()
    down: tuple[ed.TakenDown, ...] = ()


def read_directorates(
    files: Sequence[Path], whole: ed.Edition, notices: Sequence[ed.TakenDown] = ()
) -> tuple[Series, ...]:
    """The editions of directorates in these files, those of one unit's plan together, by name.

    ``whole`` is the edition of the plan that they stand beside. Raises Unreadable where one is no
    edition, is of no part of the body or of another body, and as :func:`read_series` does.
    """
    found: dict[tuple[str, str], list[Path]] = {}
    for file in files:
        one = read_edition(file)
        if not one.unit or one.body != whole.body:
            raise Unreadable(
                f"This edition is not of a directorate of {whole.body}.",
                do="Give editions of its directorates alone.",
                file=file.name,
            )
        found.setdefault((one.unit, one.plan), []).append(file)
    for notice in notices:
        if files and notice.unit and (notice.unit, notice.plan) not in found:
            raise Unreadable(
                f"The notice of edition {notice.number} is of another plan.",
                do="Give the notices of these plans alone.",
            )
    series = []
    for unit, plan in sorted(found):
        down = tuple(one for one in notices if (one.unit, one.plan) == (unit, plan))
        series.append(Series(*read_series(found[unit, plan], down), down))
    return tuple(series)


def files(
    edition: ed.Edition,
    earlier: Sequence[ed.Edition] = (),
    down: Sequence[ed.TakenDown] = (),
    directorates: Sequence[Series] = (),
) -> dict[str, bytes]:
    """Every file of the site by its name, with links that work wherever the folder stands.

    ``earlier`` are the editions before it whose pages are kept, ``down`` the notices of those that
    were taken down: each has a page and a JSON in their place, and a line of ``gone.txt``. The
    plans of ``directorates`` stand under their names, and lead to it and back.
    """
    plans = _plans(Series(edition, tuple(earlier), tuple(down)), directorates)
    found: dict[str, bytes] = {}
    gone = []
    for held in plans:
        found |= dict(_pages(held.newest, held, held.base))
        for number, one in held.editions.items():
            found |= dict(_pages(one, held, f"{held.base}editions/{number}/"))
        for notice in held.down:
            room = f"{held.base}editions/{notice.number}/"
            where = _site(f"{room}index.html", held.base, held.base)
            drawn = pages.taken_down(notice, where, stands=True)
            said = json.dumps(ed.notice_to_json(notice), ensure_ascii=False, indent=1)
            found |= {f"{room}index.html": drawn.encode()}
            found |= {f"{room}plan.json": f"{said}\n".encode()}
            gone.append(f"{room}\n")
    if gone:
        found[GONE] = "".join(gone).encode()
    missing = pages.not_found(edition, _site("404.html", ""), _shelf("404.html", plans[0]))
    found["404.html"] = missing.encode()
    static = resources.files("goldenthread.web") / "static"
    found |= {f"static/{name}": (static / name).read_bytes() for name in STATIC}
    found[MARKER] = b"Written by goldenthread site; replaced as a whole when it is written again.\n"
    return found


@dataclass(frozen=True)
class _Held:
    """What has pages in the folder, by its number, and the notices of what has none any more.

    ``base`` is where the plan's pages begin, and ``beside`` are the other plans of the folder.
    """

    editions: Mapping[int, ed.Edition]
    down: tuple[ed.TakenDown, ...] = ()
    base: str = ""
    beside: list[_Held] = field(default_factory=list, compare=False)

    @property
    def newest(self) -> ed.Edition:
        """The edition that stands where no number is asked for."""
        return self.editions[max(self.editions)]


def _plans(whole: Series, directorates: Sequence[Series]) -> list[_Held]:
    """The body's plan at the top of the folder, and each directorate's under its name."""
    taken: set[str] = set()
    plans = []
    for number, series in enumerate((whole, *directorates)):
        known = sorted((*series.earlier, series.newest), key=lambda one: one.number)
        down = tuple(sorted(series.down, key=lambda one: one.number))
        base = f"plans/{slug(series.newest.unit, taken)}/" if number else ""
        plans.append(_Held({one.number: one for one in known}, down, base))
    for held in plans:
        held.beside.extend(other for other in plans if other is not held)
    return plans


def _pages(edition: ed.Edition, held: _Held, room: str) -> Iterator[tuple[str, bytes]]:
    """The pages and downloads of one edition in one part of the folder, by their names there."""
    for path in pages.paths(edition, _shelf("", held)):
        name = room + _name(path)
        drawn = pages.render(edition, path, _site(name, room, held.base), _shelf(name, held))
        yield name, (drawn or "").encode()
    for name, content in pages.downloads(edition).items():
        yield room + name, content


def write(
    edition: ed.Edition,
    out: Path,
    earlier: Sequence[ed.Edition] = (),
    down: Sequence[ed.TakenDown] = (),
    directorates: Sequence[Series] = (),
) -> int:
    """Write the site to a folder, whole or not at all; gives back how many files there are.

    An older site in the same place is replaced. Raises Unsafe where the folder holds anything that
    was not written here, and Unreadable where it cannot be written.
    """
    out = Path(os.path.realpath(out))
    _refuse_what_is_not_ours(out)
    made = files(edition, earlier, down, directorates)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        try:
            _fill(room / "new", made)
            _put_in_place(room, out)
        finally:
            shutil.rmtree(room, ignore_errors=True)
    except OSError as wrong:
        raise Unreadable(
            f"The site could not be written ({wrong.strerror}).",
            do="Nothing that was there before has changed.",
            file=str(out),
        ) from wrong
    return len(made)


def _fill(folder: Path, made: dict[str, bytes]) -> None:
    for name, content in made.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _put_in_place(room: Path, out: Path) -> None:
    """Exchange the old folder for the new one; put the old one back if that fails half way."""
    old = room / "old"
    if not out.exists():
        (room / "new").rename(out)
        return
    out.rename(old)
    try:
        (room / "new").rename(out)
    except OSError:
        old.rename(out)
        raise


def _refuse_what_is_not_ours(out: Path) -> None:
    if not out.exists() or (out / MARKER).is_file():
        return
    if out.is_dir() and not any(out.iterdir()):
        return
    raise Unsafe(
        "There is something here that goldenthread did not write, and it was left as it is.",
        rule="not_ours",
        do="Name a new or an empty folder.",
        file=str(out),
    )


def _name(path: str) -> str:
    return f"{path or 'index'}.html"


def _site(page: str, room: str, base: str = "") -> pages.Site:
    """Links from one page of the folder, relative to where it stands.

    ``room`` is the part of the folder that holds its edition; links stay within it. ``base`` holds
    the newest edition of the same plan.
    """
    return pages.Site(
        partial(_link, page, room),
        lambda name: _to(page, f"static/{name}"),
        POLICY,
        newest=partial(_link, page, base) if room != base else None,
    )


def _shelf(page: str, held: _Held) -> pages.Shelf:
    """The editions that are kept, with their addresses from one page of the folder."""
    return pages.Shelf(
        tuple(shelf.known(one) for one in held.editions.values()),
        held.editions.__getitem__,
        lambda number, path: _link(page, f"{held.base}editions/{number}/", path),
        held.down,
        tuple(one.newest.unit for one in held.beside if one.newest.unit),
        lambda: tuple(
            pages.Other(one.newest, partial(_link, page, one.base)) for one in held.beside
        ),
    )


def _link(page: str, room: str, path: str) -> str:
    return _to(page, room + (path if path in pages.DOWNLOADS else _name(path)))


def _to(page: str, name: str) -> str:
    return posixpath.relpath(name, posixpath.dirname(page) or ".")
