"""The public pages as a folder of files: any web server can hand it out, and it opens from disk."""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import tempfile
from importlib import resources
from pathlib import Path

from goldenthread.errors import Unreadable, Unsafe
from goldenthread.plan import edition as ed
from goldenthread.web import pages

STATIC = ("govuk.css", "thread.css", "mark.svg", "LICENCE-govuk-frontend.txt")
# A folder that bears this file was written here, and may be replaced.
MARKER = ".goldenthread-site"
# Nothing from elsewhere, no script, no style inside a page. Servers should send it as a header too.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
_MOST_BYTES = 64 * 1024 * 1024


def read_edition(file: Path) -> ed.Edition:
    """The edition in a JSON file. Raises Unreadable where there is none."""
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
        return ed.from_json(plain)
    except Unreadable as refusal:
        raise refusal.in_file(file.name) from refusal


def files(edition: ed.Edition) -> dict[str, bytes]:
    """Every file of the site by its name, with links that work wherever the folder stands."""
    found = {
        _name(path): (pages.render(edition, path, _site(_name(path))) or "").encode()
        for path in pages.paths(edition)
    }
    found["404.html"] = pages.not_found(edition, _site("404.html")).encode()
    found |= pages.downloads(edition)
    static = resources.files("goldenthread.web") / "static"
    found |= {f"static/{name}": (static / name).read_bytes() for name in STATIC}
    found[MARKER] = b"Written by goldenthread site; replaced as a whole when it is written again.\n"
    return found


def write(edition: ed.Edition, out: Path) -> int:
    """Write the site to a folder, whole or not at all; gives back how many files there are.

    An older site in the same place is replaced. Raises Unsafe where the folder holds anything that
    was not written here, and Unreadable where it cannot be written.
    """
    out = Path(os.path.realpath(out))
    _refuse_what_is_not_ours(out)
    made = files(edition)
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


def _site(page: str) -> pages.Site:
    """Links from one page of the folder, relative to where it stands."""
    here = posixpath.dirname(page)

    def to(name: str) -> str:
        return posixpath.relpath(name, here or ".")

    def link(path: str) -> str:
        return to(path if path.endswith((".csv", ".json")) else _name(path))

    return pages.Site(link, lambda name: to(f"static/{name}"), POLICY)
