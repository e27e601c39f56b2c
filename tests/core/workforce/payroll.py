"""Invented pay for properties: a few rates, so that many people share one."""

from hypothesis import strategies as st

RATES = st.integers(1, 6).map(lambda step: 1150 + 35 * step)
SEX = st.sampled_from(["male", "female"])
PEOPLE = st.lists(st.tuples(RATES, SEX), max_size=40)
SOMEBODY = st.lists(st.integers(1, 5000), min_size=1, max_size=30)


def of_sex(people, sex):
    """The rates of the people of one sex."""
    return [pence for pence, each in people if each == sex]
