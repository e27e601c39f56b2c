"""A directorate's vision: its versions, who must sign each, and which one stands.

A version that changes one that was signed is a draft until it is signed itself; until then the old
one stands. So nothing is published that its leadership did not sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldenthread.timescale import day

State = Literal["draft", "to_sign", "signed"]


@dataclass(frozen=True)
class Signature:
    """The post that signed, and on which day."""

    post: str
    on: date


@dataclass(frozen=True)
class Version:
    """One version of a vision.

    ``asked`` are the posts whose signatures it takes; without any it is a draft, whoever likes it.
    ``read_again_on`` is the day on which it is next read again.
    """

    number: int
    words: str
    asked: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    read_again_on: date | None = None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The posts that were asked and have not signed."""
        signed = {one.post for one in self.signatures}
        return tuple(post for post in self.asked if post not in signed)

    @property
    def state(self) -> State:
        """A draft, waiting to be signed, or signed by everybody asked."""
        if not self.asked:
            return "draft"
        return "to_sign" if self.waiting else "signed"

    @property
    def signed_on(self) -> date | None:
        """The day of the last signature that it took; None until all have signed."""
        if self.state != "signed":
            return None
        return max(one.on for one in self.signatures if one.post in self.asked)


def standing(versions: Iterable[Version]) -> Version | None:
    """The version that stands, and that may be published: the newest that is signed.

    >>> old = Version(1, "Same respect", ("Director",), (Signature("Director", date(2026, 9, 22)),))
    >>> standing([old, Version(2, "The same respect")]) is old
    True
    """
    signed = [one for one in versions if one.state == "signed"]
    return max(signed, key=lambda one: one.number, default=None)


def newest(versions: Iterable[Version]) -> Version | None:
    """The version that was written last, signed or not."""
    return max(versions, key=lambda one: one.number, default=None)


def finding(name: str, versions: Sequence[Version], on: date) -> str:
    """The headline of a directorate's vision, the bad half in it.

    >>> finding("Housing", [Version(1, "Same respect", ("Director", "Head"))], date(2026, 9, 1))
    'Housing: the vision waits for 2 signatures'
    >>> finding("Housing", [], date(2026, 9, 1))
    'Housing has no vision yet'
    """
    stands, last = standing(versions), newest(versions)
    if last is None:
        return f"{name} has no vision yet"
    if stands is None:
        return f"{name}: the vision {_lacks(last)}"
    signed = f"{name}: vision signed {day(stands.signed_on)}" if stands.signed_on else name
    if last is not stands:
        return f"{signed}; a later version {_lacks(last)}"
    if stands.read_again_on is not None and stands.read_again_on < on:
        return f"{signed}; it was to be read again on {day(stands.read_again_on)}"
    return signed


def _lacks(version: Version) -> str:
    waiting = len(version.waiting)
    if not waiting:
        return "is a draft"
    return f"waits for {waiting} signature{'s' if waiting > 1 else ''}"
