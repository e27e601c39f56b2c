from hypothesis import given
from hypothesis import strategies as st

from goldenthread.workforce.pay.withholding import withheld

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 25)), max_size=6)


@given(COUNTS, st.integers(2, 12), st.sets(st.sampled_from("abcdef"), max_size=1))
def test_every_small_group_is_withheld_and_none_can_be_told_from_the_sum(counts, least, last):
    hidden = withheld(counts, least, last=last)
    small = {name for name, (people,) in counts.items() if 0 < people < least}
    assert small <= hidden
    assert not {name for name in hidden if counts[name] == (0,)}
    if not small:
        assert not hidden
    elif hidden != {name for name, (people,) in counts.items() if people}:
        assert len(hidden) > 1
        assert sum(counts[name][0] for name in hidden) >= least
        # A reader who knows the sum can still think any of them to be one person or many.
        assert sum(counts[name][0] for name in hidden) - (len(hidden) - 1) > 1


def test_groups_of_one_person_each_take_another_with_them():
    counts = {"a": (1,), "b": (1,), "c": (30,)}
    assert withheld(counts, 2) == {"a", "b", "c"}


def test_the_reference_group_is_taken_last():
    counts = {"white": (12,), "asian": (40,), "mixed": (3,)}
    assert withheld(counts, 10, last=["white"]) == {"asian", "mixed"}
    assert withheld(counts, 10) == {"white", "mixed"}


def test_where_any_of_the_counts_is_small_the_group_is_withheld():
    counts = {"a": (30, 30), "b": (12, 9), "c": (20, 20)}
    assert withheld(counts, 10) == {"b", "c"}


def test_where_nobody_is_few_nothing_is_withheld():
    assert withheld({"a": (10,), "b": (0,), "c": (99,)}, 10) == frozenset()
