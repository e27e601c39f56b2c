"""One middling council, held in memory, with the pack that was made of it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest

from core.workforce.packs.bodies import LISTS, SOURCES, groups
from goldenthread.example_data.borough import borough
from goldenthread.warehouse import LockedRecords, in_memory
from goldenthread.workforce import packs
from goldenthread.workforce.rates import Benchmark, Campaign

CAMPAIGN = Campaign(date(2025, 4, 1), "Count me in")
POPULATION = Benchmark(
    "Brackenford", date(2021, 3, 21), "working_age", "16 to 64", "ethnicity", "five",
    "an invented census", "https://brackenford.example/census",
    {
        "white": Fraction(55, 100), "asian": Fraction(20, 100), "black": Fraction(15, 100),
        "mixed": Fraction(6, 100), "other": Fraction(4, 100),
    },
    120_000,
)  # fmt: skip


@dataclass(frozen=True)
class Council:
    """Records of a council, what was asked of them, and the pack of the quarter."""

    records: LockedRecords
    asked: packs.Asked
    pack: packs.Pack


@pytest.fixture(scope="session")
def council():
    """1,500 people over eight quarters."""
    tables = borough(people=1500, seed=7)
    with in_memory([*tables.items(), ("groups", groups())]) as records:
        asked = packs.ask(
            records,
            lists=LISTS,
            sources=SOURCES,
            units={"place": "Place"},
            grades={"g01": "Grade 1"},
            benchmarks=[POPULATION],
            campaigns=[CAMPAIGN],
        )
        yield Council(records, asked, packs.make_pack("quarterly", records, asked))
