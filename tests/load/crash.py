"""A server that is killed at work, over and over, and what it lost: nothing, or this says what."""

import time
from dataclasses import dataclass, field


@dataclass
class Losses:
    """What a run of crashes came to."""

    crashes: int = 0
    acknowledged: int = 0
    in_doubt: int = 0
    refused: int = 0
    head: str = ""
    back: list = field(default_factory=list)
    wrong: list = field(default_factory=list)


def crash(site, office, dice, losses, how):
    """Let people work, end the server by ``how`` at a random moment, start it, and look.

    Everything that the server said it had done must be there once, whole, in its chain; a form
    whose answer never came is sent again just as it was, and must not be done twice.
    """
    office.begin()
    office.wait_for(1)
    time.sleep(dice.uniform(0.1, 2.0))
    how()
    office.end()
    begun = time.monotonic()
    if site.server.poll() is not None:
        site.start()
    losses.back.append(time.monotonic() - begun)
    after = site.inside("state")
    losses.wrong += [*after["faults"], *office.lost(after)]
    losses.in_doubt += len(office.in_doubt)
    for officer in office.officers:
        officer.ask_again()
    now = site.inside("state")
    losses.wrong += [*now["faults"], *office.lost(now), *office.faults]
    if office.in_doubt:
        losses.wrong.append(f"{len(office.in_doubt)} forms had no answer twice")
    # The chain as a person checks it, with the head that they wrote down after an earlier crash.
    head = losses.head or f"{after['entries']}:{after['head']}"
    status, said = site.command("audit", "verify", "--head", head)
    if status:
        losses.wrong.append(said)
    losses.head = f"{now['entries']}:{now['head']}"
    losses.crashes += 1
    losses.acknowledged = len(office.done)
    losses.refused = sum(officer.refused for officer in office.officers)


def cut(office, cluster):
    """Stop PostgreSQL as a power cut would and start it again, under a server that goes on."""
    for officer in office.officers:
        officer.faults_are_doubts = True
    cluster.cut()
    cluster.start()
