"""``goldenthread jobs``: the worker that sends mail and does what the clock brings."""

from __future__ import annotations

import os

import click

from goldenthread.cli import keeping, serving


@click.command()
@click.option(
    "--beside",
    metavar="PROCESS",
    type=int,
    help="Stop when the process of this number ends: goldenthread run says so by itself.",
)
def jobs(beside: int | None) -> int:
    """Send the mail that waits, and do what each day brings.

    goldenthread run does this too. Run it by itself where the site is served with --no-jobs, once
    or on several machines: none does what another does. On SIGTERM it finishes what it has in hand.
    """
    if beside is not None and beside != os.getppid():
        return 0  # It has ended already.
    settings = serving.wake(need_safe_sqlite=False)
    if not settings.DEMO:
        serving.refuse_old_sqlite(settings)
    from django.db import connections  # django from cli

    from goldenthread.web.jobs import work  # django from cli

    # The worker makes its own: two processes must never share one.
    connections.close_all()
    return keeping.keep(
        lambda told: work(stop=told, wait=told.wait),
        what="The worker of the jobs",
        stops_within=serving.STOPS_WITHIN,
        beside=beside,
    )


COMMANDS = {"jobs": jobs}
