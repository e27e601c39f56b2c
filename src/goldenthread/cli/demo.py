"""``goldenthread demo``: an invented council half way through its programme, on this machine."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from pathlib import Path

import click

from goldenthread.cli import serving
from goldenthread.errors import Missing, Unsafe
from goldenthread.example_data import cast

# A folder that bears this file was made here, and may be removed.
MARKER, LOCK, KEY = ".goldenthread-demo", ".lock", ".key"


@click.command("demo")
@click.option("--port", default=8000, show_default=True, help="The port to listen at.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("goldenthread-demo"),
    show_default=True,
    help="Where the demonstration keeps its data.",
)
@click.option("--reset", is_flag=True, help="Begin again: what was changed in it is lost.")
@click.option("--no-serve", is_flag=True, help="Set it up, say who is who, and end.")
def demo(port: int, folder: Path, reset: bool, no_serve: bool) -> int:
    """Open Brackenford, an invented council half way through its programme, in your browser.

    Everything stays in one folder on this machine; nobody else can reach it. It serves until you
    stop it with Ctrl+C, and goes on where it was when you start it again.
    """
    folder = folder.absolute()
    _prepare(folder, reset)
    lock = _lock(folder, reset)
    if not no_serve and not serving.port_is_free("127.0.0.1", port):
        raise Missing(
            f"Port {port} of this machine is in use.",
            do=f"Choose another: goldenthread demo --port {port + 1}.",
        )
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "GOLDENTHREAD_DEMO": "1",
        "GOLDENTHREAD_DATA": str(folder),
        "GOLDENTHREAD_SECRET_KEY": _key(folder),
    }
    settings = serving.wake(need_safe_sqlite=False)
    old = serving.old_sqlite(settings)
    if old:
        click.echo(f"Note: {old} It does for a demonstration.", err=True)
    _fill()
    address = f"http://127.0.0.1:{port}"
    _say(address)
    if no_serve:
        click.echo("Open it: goldenthread demo")
        return 0
    click.echo("It serves until you stop it with Ctrl+C.")
    # The server inherits the lock, and so holds it for as long as it lives.
    os.set_inheritable(lock, True)
    serving.serve("127.0.0.1", port, workers=1)
    return 0


def _prepare(folder: Path, reset: bool) -> None:
    """Make the folder, or see that it is ours."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise Unsafe(
            "Something here was not made by goldenthread demo, and was left as it is.",
            rule="not_ours",
            do="Name a new or an empty folder with --folder.",
            file=str(folder),
        )
    if reset and folder.exists():
        # Asked for before anything is removed: another demonstration may be at work in it.
        os.close(_lock(folder, reset=True))
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / MARKER).write_text("Made by goldenthread demo; --reset removes this folder.\n")


def _lock(folder: Path, reset: bool) -> int:
    """The lock of the folder, held by whoever serves it."""
    held = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        again = " --reset" if reset else ""
        raise Missing(
            f"The demonstration in {folder.name} is open already, in another window.",
            do=f"Use that one; or stop it there with Ctrl+C, then: goldenthread demo{again}.",
        ) from None
    return held


def _key(folder: Path) -> str:
    """The demonstration's own key, kept so that who is signed in stays so."""
    file = folder / KEY
    if not file.is_file():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text()


def _fill() -> None:
    """Make the tables, and the council in one go where it is not there yet."""
    from django.core.management import call_command  # django from cli
    from django.db import transaction  # django from cli

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from goldenthread.web.changes import demo as council  # django from cli
    from goldenthread.web.queries.workspace import body_name  # django from cli

    if body_name():
        return
    with transaction.atomic():
        brackenford = council.found_brackenford()
        plan = council.half_way(brackenford)
        council.directorates(brackenford)
        council.open_work(brackenford, plan)


def _say(address: str) -> None:
    click.echo(f"{cast.BODY} is an invented council, half way through its race equality plan.\n")
    click.echo(f"What the public sees:  {address}/")
    click.echo(f"The workspace:         {address}/workspace/demonstration (choose who to be)\n")
    click.echo("One person for each role; the menu of people needs no password:")
    people = cast.one_for_each_role().items()
    wide = max(len(one.name) for _, one in people)
    for role, one in people:
        click.echo(f"  {one.name:<{wide}}  {role.replace('_', ' '):<21} {one.email}")
    click.echo()


COMMANDS = {"demo": demo}
