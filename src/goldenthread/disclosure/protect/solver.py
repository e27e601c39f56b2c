"""The solver as we ask it: without a word on the output that is ours."""

from __future__ import annotations

import highspy


class Solver(highspy.Highs):
    """A model that prints nothing: HiGHS says its name as callbacks are enabled, so hush first."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS names it
        """Enable them, in silence."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet() -> highspy.Highs:
    """A model that prints nothing."""
    return Solver()  # type: ignore[no-untyped-call]
