"""Every figure says whose rule it is: nothing drops off the reference page unseen."""

import inspect
from importlib import import_module

import pytest

NAMES = [
    *("intervals", "proportion", "rates.composition", "rates.representation", "rates.benchmark"),
    *("rates.declaration", "rates.likelihood", "rates.outcomes", "rates.flows", "rates.standards"),
]
# By name: the room gives functions the names of the modules that hold them.
MODULES = [import_module(f"goldenthread.workforce.{name}") for name in NAMES]
ASKING = [module for module in MODULES if hasattr(module, "STATEMENTS")]
# Steps of others: they write a number, or read the rows of a statement that has its source.
STEPS = {
    *("percent", "points", "signed", "confidence_of"),
    *("read_composition", "read_outcomes", "read_flows", "survey_response"),
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_public_function_has_its_units_and_its_source(module):
    told = {
        name: inspect.getdoc(each) or ""
        for name, each in vars(module).items()
        if inspect.isfunction(each)
        and each.__module__ == module.__name__
        and not name.startswith("_")
        and name not in STEPS
    }
    assert told
    assert {name for name, words in told.items() if "Source" not in words} == set()
    assert {
        name for name, words in told.items() if "Unit" not in words and name != "standard"
    } == set()


def test_no_statement_is_asked_under_two_names():
    held = [each for module in ASKING for each in module.STATEMENTS.items()]
    assert len(ASKING) == 4
    assert len(dict(held)) == len({sql for _, sql in held}) == len(held)


@pytest.mark.parametrize("module", ASKING)
def test_a_statement_holds_nothing_that_only_one_engine_knows(module):
    odd = ('"', "::", "quantile_cont", "round(", "pivot", "qualify", ";")
    for sql in module.STATEMENTS.values():
        assert [word for word in odd if word in sql.casefold()] == []
