"""What is made once and kept, up to a weight, however many ask at once."""

import threading
import time

import pytest

from goldenthread.web.queries.kept import Kept


def test_a_thing_is_made_once():
    made = []
    kept = Kept(lambda key: made.append(key) or len(made), most=10, weigh=lambda _: 1)
    assert [kept("a"), kept("b"), kept("a"), kept("b")] == [1, 2, 1, 2]
    assert made == ["a", "b"]


def test_the_least_used_goes_first_when_all_weigh_too_much():
    kept = Kept(lambda key: key, most=3, weigh=lambda _: 1)
    for key in ("a", "b", "c", "a", "d"):
        kept(key)
    assert kept.keys() == ("c", "a", "d")


def test_what_alone_weighs_too_much_is_kept_alone():
    kept = Kept(len, most=3, weigh=lambda length: length)
    for key in ("a", "bb", "c" * 99):
        kept(key)
    assert kept.keys() == ("c" * 99,)
    kept("a")
    assert kept.keys() == ("a",)


def test_what_could_not_be_made_is_made_the_next_time():
    tries = []

    def make(key):
        tries.append(key)
        if len(tries) == 1:
            raise ValueError("not yet")
        return key

    kept = Kept(make, most=3, weigh=lambda _: 1)
    with pytest.raises(ValueError, match="not yet"):
        kept("a")
    assert (kept("a"), tries) == ("a", ["a", "a"])


def test_many_who_ask_at_once_wait_for_one_making():
    made, ready = [], threading.Barrier(8)

    def make(key):
        made.append(key)
        time.sleep(0.1)
        return key

    kept, got = Kept(make, most=9, weigh=lambda _: 1), []

    def ask():
        ready.wait()
        got.append(kept("a"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, got) == (["a"], ["a"] * 8)


def test_what_is_kept_is_had_while_another_thing_is_made():
    making, had = threading.Event(), threading.Event()

    def make(key):
        if key == "slow":
            making.set()
            assert had.wait(30)
        return key

    kept = Kept(make, most=9, weigh=lambda _: 1)
    kept("quick")
    slow = threading.Thread(target=kept, args=("slow",))
    slow.start()
    making.wait()
    assert kept("quick") == "quick"
    had.set()
    slow.join()
