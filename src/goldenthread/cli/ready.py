"""What the server does once, before it begins its processes."""

from __future__ import annotations

import gc


def when_ready(_server: object) -> None:
    """Read what the public reads before anybody asks, in memory that all processes begin with."""
    read_ahead()
    compile_ahead()
    look_for_garbage_less()


def look_for_garbage_less() -> None:
    """Let Python look for circles of dead objects where some are likely, and not among the living.

    What is here by now stays. A page or a plan makes thousands of objects that all live to its
    end: to look through them at every 700 took a third of the time of adopting a large plan.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def read_ahead() -> int:
    """Read the editions that are published and draw their first pages; gives back how many.

    A site that is not set up has none. No connection is left open: two processes must never share
    one.
    """
    from django.db import DatabaseError, connections  # django from cli
    from django.utils import timezone  # django from cli

    from goldenthread.web import pages  # django from cli
    from goldenthread.web.queries import public  # django from cli
    from goldenthread.web.views.public import draw_ahead  # django from cli

    try:
        found = [plan.newest for plan in public.published(timezone.now()) if plan.newest]
        for one in found:
            pages.paths(public.content(one))
        draw_ahead()
    except DatabaseError:
        return 0
    finally:
        connections.close_all()
    return len(found)


def compile_ahead() -> int:
    """Compile the workspace's templates; gives back how many.

    Else the first to open a page in each process waits for it: a register took half a second.
    """
    from django.template import engines  # django from cli

    from goldenthread.web.jinja import compiled  # django from cli

    environment = engines.all()[0].env  # type: ignore[attr-defined]
    return compiled(environment, "workspace/", "account/", "mfa/")
