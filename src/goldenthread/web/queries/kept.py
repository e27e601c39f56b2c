"""Things that never change once made, kept between requests and made once at a time.

Reading an edition of thousands of actions takes longer than any page of it. It is kept by each
process, up to a weight, and the least used goes first; while one thread makes a thing, others that
want something new wait for it rather than make it beside it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """What ``make`` gives for a key, made once and kept while all weigh at most ``most``.

    A key must name its thing for good. What ``make`` raises is not kept. The newest is kept
    whatever it weighs.

    >>> squares = Kept(lambda n: n * n, most=20, weigh=lambda square: square)
    >>> [squares(n) for n in (2, 4, 3)], list(squares.keys())
    ([4, 16, 9], [3])
    """

    def __init__(
        self, make: Callable[[Key], Value], *, most: int, weigh: Callable[[Value], int]
    ) -> None:
        self._make, self._most, self._weigh = make, most, weigh
        self._found: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._making, self._looking = threading.Lock(), threading.Lock()

    def __call__(self, key: Key) -> Value:
        """The thing of this key."""
        with self._looking:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key][0]
        with self._making:
            with self._looking:
                if key in self._found:
                    return self._found[key][0]
            value = self._make(key)
            with self._looking:
                self._found[key] = value, self._weigh(value)
                while len(self._found) > 1 and self._weight() > self._most:
                    self._found.popitem(last=False)
            return value

    def keys(self) -> tuple[Key, ...]:
        """What is kept, the least used first."""
        return tuple(self._found)

    def _weight(self) -> int:
        return sum(weight for _value, weight in self._found.values())
