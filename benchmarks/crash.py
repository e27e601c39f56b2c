"""Kill a server at work, over and over, and print what it lost.

.venv/bin/python benchmarks/crash.py [--kills N] [--cuts N] [--seed N]

SQLite, and PostgreSQL in a cluster of its own where it is installed; with PostgreSQL the database
itself is cut off too. Exit status 1 where anything is lost, half done or done twice.
"""

import argparse
import random
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from load.at_work import Office
from load.cluster import Cluster, programs
from load.crash import Losses, crash, cut
from load.served import Site


def at_work(folder, people, database=""):
    """A site that serves, and people who are signed in at it."""
    site = Site(folder, database)
    founded = site.inside("found", 200)
    site.start()
    return site, Office(site, founded, people)


def told(name, losses, seconds):
    """A row of the table, and everything that was wrong."""
    back = max(losses.back, default=0)
    print(
        f"{name:34} {losses.crashes:7} {losses.acknowledged:12,} {losses.in_doubt:8} "
        f"{losses.refused:8,} {len(losses.wrong):6} {back:7.1f} {seconds:7.0f}",
        flush=True,
    )
    for one in losses.wrong[:20]:
        print(f"  {one}")
    return not losses.wrong


def main():
    """Print the table; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20, metavar="N")
    parser.add_argument("--cuts", type=int, default=3, metavar="N")
    parser.add_argument("--people", type=int, default=8, metavar="N")
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    print(
        f"{'':34} {'crashes':>7} {'acknowledged':>12} {'in doubt':>8} {'too late':>8} "
        f"{'wrong':>6} {'back s':>7} {'in s':>7}"
    )
    cluster = Cluster() if programs() else None
    well = True
    with tempfile.TemporaryDirectory(prefix="goldenthread-crash-") as room:
        for name, database in (("SQLite", ""), ("PostgreSQL", "killed")):
            if database and cluster is None:
                print("PostgreSQL is not installed: left out.")
                continue
            address = cluster.database(database) if database else ""
            site, office = at_work(Path(room, name), asked.people, address)
            try:
                for how, times, deed in (
                    ("server killed", asked.kills, site.kill),
                    (
                        "database cut off",
                        asked.cuts if database else 0,
                        partial(cut, office, cluster),
                    ),
                ):
                    losses, begun = Losses(), time.monotonic()
                    for _ in range(times):
                        crash(site, office, dice, losses, deed)
                    if times:
                        well &= told(f"{name}, {how}", losses, time.monotonic() - begun)
            finally:
                site.kill()
            if database:
                fault = cluster.faults(database)
                well &= not fault
                print(fault or "pg_amcheck finds nothing wrong.")
    if cluster is not None:
        cluster.remove()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
