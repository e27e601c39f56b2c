"""Things that never change once made, kept between requests and made once at a time.

Reading an edition of thousands of actions takes longer than any page of it. It is kept by each
process, up to a weight, and the least used goes first; while one thread makes a thing, others that
want something new wait for it rather than make it beside it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_emptied: list[Callable[[], None]] = []


def empties(empty: Callable[[], None]) -> None:
    """Have this called by :func:`forget_all`."""
    _emptied.append(empty)


def forget_all() -> None:
    """Throw away all that this process keeps: it is made again when it is asked for.

    Nothing kept is ever stale, since its key names it for good; what was taken down must still not
    lie about in memory.
    """
    for empty in _emptied:
        empty()


class Kept(Generic[Key, Value]):
    """What ``make`` gives for a key, made once and kept while all weigh at most ``most``.

    A key must name its thing for good. What ``make`` raises is not kept. The newest is kept
    whatever it weighs. Each is emptied by :func:`forget_all`, so one stands in a module for good.

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
        self._emptied = 0
        empties(self.forget)

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
                emptied = self._emptied
            value = self._make(key)
            with self._looking:
                # What was begun before everything was thrown away is given, and not kept.
                if emptied != self._emptied:
                    return value
                self._found[key] = value, self._weigh(value)
                while len(self._found) > 1 and self._weight() > self._most:
                    self._found.popitem(last=False)
            return value

    def many(
        self, keys: Iterable[Key], make: Callable[[list[Key]], Mapping[Key, Value]]
    ) -> dict[Key, Value]:
        """The things of many keys; those that are not kept are made together, and then kept.

        ``make`` is given the keys that nothing is kept for, and may ask once for all of them.

        >>> squares = Kept(lambda n: n * n, most=20, weigh=lambda square: square)
        >>> squares(2), squares.many([2, 3], lambda rest: {n: n * n for n in rest})
        (4, {2: 4, 3: 9})
        """
        wanted = list(dict.fromkeys(keys))
        with self._looking:
            emptied = self._emptied
            found = {key: self._found[key][0] for key in wanted if key in self._found}
        rest = [key for key in wanted if key not in found]
        made = dict(make(rest)) if rest else {}
        with self._looking:
            if emptied == self._emptied:
                for key, value in made.items():
                    self._found[key] = value, self._weigh(value)
                for key in found:
                    if key in self._found:
                        self._found.move_to_end(key)
                while len(self._found) > 1 and self._weight() > self._most:
                    self._found.popitem(last=False)
        return {key: found[key] if key in found else made[key] for key in wanted}

    def forget(self) -> None:
        """Throw everything away."""
        with self._looking:
            self._found.clear()
            self._emptied += 1

    def keys(self) -> tuple[Key, ...]:
        """What is kept, the least used first."""
        return tuple(self._found)

    def _weight(self) -> int:
        return sum(weight for _value, weight in self._found.values())
