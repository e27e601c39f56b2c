"""What may leave the council: ``SafeTable``, which the gate alone makes.

The table that may not leave is ``disclosure.raw.RawTable``. It is not named here, so that no room
that draws, prints or serves comes by it.
"""

from goldenthread.disclosure.safe import SafeTable, only_safe, safe_tables

__all__ = ["SafeTable", "only_safe", "safe_tables"]
