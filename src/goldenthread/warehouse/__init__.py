"""Where staff records lie: dated snapshots outside the database, read by standard SQL alone.

``create`` makes a vault and ``Vault`` opens one. ``keep`` puts checked files of staff records into
it, ``receive_all`` any rows; ``records`` gives them to a measure, ``verify`` compares fingerprints,
and ``forget``, ``forget_person`` and ``forget_expired`` take away. ``in_memory`` gives rows to a
measure and keeps nothing. ``TABLES`` are the tables that measures read.
"""

from goldenthread.warehouse.incoming import Arrival, Rows
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.manifest import Deed, Snapshot
from goldenthread.warehouse.memory import in_memory
from goldenthread.warehouse.staff import keep, labels_in, lists_in
from goldenthread.warehouse.tables import TABLES, Column, Table
from goldenthread.warehouse.vault import Changed, Vault, create

__all__ = [
    "TABLES",
    "Arrival",
    "Changed",
    "Column",
    "Deed",
    "LockedRecords",
    "Rows",
    "Snapshot",
    "Table",
    "Vault",
    "create",
    "in_memory",
    "keep",
    "labels_in",
    "lists_in",
]
