"""The language of *when*, as councils write it."""

from goldenthread.timescale.value import Assumption, Kind, Setting, Status, Timescale, YearKind

__all__ = ["Assumption", "Kind", "Setting", "Status", "Timescale", "YearKind"]
