"""A paper's frozen data goes out as JSON and comes back the same."""

import json

import pytest
from hypothesis import given

from goldenthread.errors import Unreadable
from goldenthread.plan import paper as pp
from papers import any_papers, panels, paper


@given(any_papers())
def test_a_paper_comes_back_as_it_was(paper):
    plain = pp.paper_to_json(paper)
    assert pp.paper_from_json(json.loads(json.dumps(plain))) == paper
    assert pp.paper_to_json(pp.paper_from_json(plain)) == plain


def test_the_worked_example_comes_back_with_its_series():
    again = pp.paper_from_json(pp.paper_to_json(paper()))
    assert again == paper()
    assert again.facts.measured[0].series() == panels()


def test_it_says_what_it_is():
    assert pp.paper_to_json(paper())["schema"] == "goldenthread.paper/1"


@pytest.mark.parametrize(
    "plain",
    [
        {},
        [],
        {"schema": "goldenthread.paper/2"},
        {"schema": "goldenthread.paper/1"},
        {**pp.paper_to_json(paper()), "written_on": "yesterday"},
        {**pp.paper_to_json(paper()), "decisions": []},
    ],
)
def test_what_is_no_whole_paper_is_refused(plain):
    with pytest.raises(Unreadable):
        pp.paper_from_json(plain)


def test_figures_of_people_by_characteristic_cannot_be_put_into_one():
    plain = pp.paper_to_json(paper())
    plain["facts"]["measured"][0]["counts"] = "people by ethnic group"
    with pytest.raises(Unreadable):
        pp.paper_from_json(plain)
