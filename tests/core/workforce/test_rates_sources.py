"""Every figure says whose rule it is: nothing drops off the reference page unseen."""

import inspect

import pytest

from goldenthread.workforce import (
    benchmark,
    composition,
    declaration,
    flows,
    intervals,
    likelihood,
    outcomes,
    proportion,
    representation,
    standards,
)

MODULES = [
    *(intervals, proportion, composition, representation, benchmark, declaration, likelihood),
    *(outcomes, flows, standards),
]
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
    held = [
        *composition.STATEMENTS.items(),
        *declaration.STATEMENTS.items(),
        *outcomes.STATEMENTS.items(),
        *flows.STATEMENTS.items(),
    ]
    assert len(dict(held)) == len({sql for _, sql in held}) == len(held)


@pytest.mark.parametrize("module", [composition, declaration, outcomes, flows])
def test_a_statement_holds_nothing_that_only_one_engine_knows(module):
    odd = ('"', "::", "quantile_cont", "round(", "pivot", "qualify", ";")
    for sql in module.STATEMENTS.values():
        assert [word for word in odd if word in sql.casefold()] == []
