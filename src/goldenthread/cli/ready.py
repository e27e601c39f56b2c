"""What the server does once, before it begins its processes."""

from __future__ import annotations

import gc


def when_ready(_server: object) -> None:
    """Read what the public reads before anybody asks, in memory that all processes begin with."""
    read_ahead()
    # What is here by now stays: it need not be looked through again by each process.
    gc.collect()
    gc.freeze()


def read_ahead() -> int:
    """Read the editions that are published; gives back how many.

    A site that is not set up has none. No connection is left open: two processes must never share
    one.
    """
    from django.db import DatabaseError, connections  # django from cli

    from goldenthread.web import pages  # django from cli
    from goldenthread.web.queries import public  # django from cli

    try:
        found = public.shown()
        for one in found:
            pages.paths(public.content(one))
    except DatabaseError:
        return 0
    finally:
        connections.close_all()
    return len(found)
