"""The site's commands: serve it, and check its audit. Django is woken only here."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import click

from goldenthread.errors import Missing, Unsafe

# Requests that a process answers at once. Most wait for the database or for a slow browser.
THREADS = 8
# Seconds that requests under way are given when the server is told to stop: the longest is the
# reading of a document, and a service manager usually waits 90 seconds before it kills.
STOPS_WITHIN = 75


def wake(*, need_safe_sqlite: bool = True) -> Any:  # noqa: ANN401
    """Django, set up, with the site's folders made; its settings.

    Raises ``Missing`` without a secret key, ``Unsafe`` (rule ``sqlite``) where the database is a
    SQLite that can be damaged by two writers and no newer one is at hand, or the data folder is
    open to everybody.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.web.settings")
    import django  # django from cli

    from goldenthread.web import settings  # django from cli

    if not settings.SECRET_KEY:
        raise Missing(
            "The site has no secret key.",
            do="Set GOLDENTHREAD_SECRET_KEY to 50 or more random signs, and keep it secret.",
        )
    if need_safe_sqlite:
        refuse_old_sqlite(settings)
    # What is made from here on, the database first of all, nobody else may read.
    os.umask(0o077)
    settings.make_folders()
    for file in settings.DATA.glob("*.sqlite3*"):
        file.chmod(0o600)
    if settings.DATA.stat().st_mode & 0o007:
        raise Unsafe(
            "Anybody on this machine may read the site's data folder.",
            rule="open_folder",
            do=f"Shut it: chmod o-rwx {settings.DATA}",
        )
    django.setup()
    return settings


def refuse_old_sqlite(settings: Any) -> None:  # noqa: ANN401
    """Nothing where the database is safe; raises ``Unsafe`` with the sentence otherwise."""
    words = old_sqlite(settings)
    if words:
        raise Unsafe(
            words, rule="sqlite", do="Install pysqlite3, or set DATABASE_URL to a PostgreSQL."
        )


def old_sqlite(settings: Any) -> str:  # noqa: ANN401
    """What is wrong with the SQLite at hand, in a sentence; empty where nothing is."""
    engine = str(settings.DATABASES["default"]["ENGINE"])
    if not engine.endswith("sqlite3") or settings.SQLITE_FOUND >= settings.SQLITE_NEEDED:
        return ""
    found, needed = (".".join(map(str, v)) for v in (settings.SQLITE_FOUND, settings.SQLITE_NEEDED))
    return (
        f"This machine's SQLite is {found}; before {needed} two people who write at once can "
        "damage the database."
    )


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens at this address yet."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, help="The port to listen at.")
@click.option("--workers", default=2, show_default=True, help="How many processes serve.")
@click.option(
    "--no-jobs", is_flag=True, help="Serve alone: goldenthread jobs sends the mail, elsewhere."
)
def run(host: str, port: int, workers: int, no_jobs: bool) -> None:
    """Serve the site, and do its jobs beside it: mail, and what each day brings.

    Its settings are in the environment: docs/reference/settings.md.
    """
    settings = wake()
    if not port_is_free(host, port):
        raise Missing(
            f"Port {port} of {host} is in use.",
            do=f"Choose another: goldenthread run --port {port + 1}.",
        )
    from django.core.management import call_command  # django from cli

    from goldenthread.web.changes.uploads import clear_leftovers  # django from cli

    call_command("check", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    clear_leftovers()
    scheme = "https" if settings.HTTPS else "http"
    click.echo(f"Golden Thread listens at {scheme}://{host}:{port}. Stop it with Ctrl+C.")
    serve(host, port, workers, jobs=not no_jobs)


def serve(host: str, port: int, workers: int = 2, *, jobs: bool = True) -> None:
    """Serve until it is stopped; this process becomes the server, with the jobs under it.

    Told to stop by SIGTERM it takes no more requests and finishes those under way, and the job.
    """
    import sys  # slow

    # Ours from now on, before the pages are read: who comes early waits, and a second server sees
    # at once that the port is taken.
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as fault:
        raise Missing(f"Port {port} of {host} is in use.", do="Choose another.") from fault
    door.listen(2048)
    door.set_inheritable(True)
    arguments = [
        *("--bind", f"fd://{door.fileno()}", "--workers", str(workers), "--threads", str(THREADS)),
        # Read once, shared by the processes; a fault in it ends the start and not each of them.
        *("--preload", "--no-control-socket"),
        *("--config", f"python:goldenthread.cli.{'together' if jobs else 'ready'}"),
        *("--timeout", "90", "--graceful-timeout", str(STOPS_WITHIN)),
        *("--access-logfile", "/dev/null", "--log-level", "warning"),
    ]
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn makes an unnamed file in it
        # Its sign of life must not wait for a busy disk.
        arguments += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    if not {"GOLDENTHREAD_ADDRESS", "GOLDENTHREAD_HOSTS"} & set(os.environ):
        # On one machine, whose links in mails open on it alone.
        os.environ["GOLDENTHREAD_ADDRESS"] = f"http://{host}:{port}"
    # Threads share their heap: else the memory of one large answer stays with each of them.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    command = [sys.executable, "-m", "gunicorn", *arguments, "goldenthread.web.wsgi"]
    os.execv(sys.executable, command)  # noqa: S606 - our own arguments, no shell


@click.group()
def audit() -> None:
    """Check the record of what was done."""


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print goldenthread.audit/1 as JSON.")
@click.option(
    "--head", metavar="NUMBER:HASH", help="An earlier last entry, so that a cut end is found too."
)
def verify(as_json: bool, head: str | None) -> int:
    """Say whether every entry of the audit is there and as it was written.

    Exit status: 0 the chain is whole, 1 it is not.
    """
    wake(need_safe_sqlite=False)
    from goldenthread.web import audit as room  # django from cli

    found = room.verify(_head(head))
    if as_json:
        click.echo(json.dumps(room.as_json(found), indent=2))
        return 0 if found else 1
    if found:
        click.echo(f"The audit is whole: {found.entries:,} entries.")
        click.echo(f"Write down this head: {found.entries}:{found.head}")
        return 0
    for fault in found.faults[:100]:
        click.echo(fault.what)
    click.echo(
        f"The audit is not whole: {len(found.faults):,} faults in {found.entries:,} entries."
    )
    return 1


def _head(words: str | None) -> tuple[int, str] | None:
    if not words:
        return None
    number, _, digest = words.partition(":")
    if not number.isdigit() or len(digest) != 64:
        raise click.BadParameter("Give it as NUMBER:HASH, as this command printed it.")
    return int(number), digest


@click.group()
def people() -> None:
    """Help somebody who cannot sign in."""


@people.command("forget-second-factor")
@click.argument("address")
def forget_second_factor(address: str) -> None:
    """Take away the second factor of whoever signs in with ADDRESS; they set up another.

    For a lost phone without recovery codes. Make sure that it is they who ask. It is recorded.
    """
    wake(need_safe_sqlite=False)
    from django.utils import timezone  # django from cli

    from goldenthread.web.changes import accounts  # django from cli

    accounts.forget_second_factor(by=None, email=address, at=timezone.now())
    click.echo("It is taken away, and they are signed out. They set up another when they sign in.")


COMMANDS = {"run": run, "audit": audit, "people": people}
