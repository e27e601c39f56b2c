"""Where staff records lie: dated snapshots outside the database, read by standard SQL alone.

``create`` makes a vault and ``Vault`` opens one: ``receive`` keeps checked rows, ``records`` gives
them to a measure, ``verify`` compares fingerprints, and ``forget``, ``forget_person`` and
``forget_expired`` take away. ``in_memory`` gives rows to a measure and keeps nothing. ``TABLES``
are the tables that a vault holds.
"""

from goldenthread.warehouse.incoming import Rows
from goldenthread.warehouse.locked import LockedRecords
from goldenthread.warehouse.manifest import Deed, Snapshot
from goldenthread.warehouse.memory import in_memory
from goldenthread.warehouse.tables import TABLES, Column, Table
from goldenthread.warehouse.vault import Changed, Vault, create

__all__ = [
    "TABLES",
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
]
