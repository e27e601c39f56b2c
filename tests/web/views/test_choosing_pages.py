"""The pages of the third and fourth step: the matrix, an area, the vision, and who may see them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from web import choosing


def _client(person):
    client = Client()
    client.force_login(person)
    return client


def _text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def _page(world, name, thing, by=None):
    kind = thing._meta.model_name
    return _client(by or world.manager).get(reverse(name, kwargs={kind: thing.public_id}))


@pytest.mark.parametrize(
    "name", ["priorities", "add_area", "planning_horizons", "vision", "write_vision"]
)
def test_a_page_of_a_planning_opens_while_nothing_is_there(world, name):
    assert _page(world, name, world.planning()).status_code == 200


def test_the_matrix_is_a_table_with_each_area_in_its_cell(world):
    of = world.planning()
    choosing.area(world, of, number="H2")
    choosing.area(
        world,
        of,
        number="H11",
        title="Wording of letters",
        hardness="less",
        difference="little",
        choice="not_chosen",
        reason="",
    )
    answer = _page(world, "priorities", of)
    page, text = answer.content.decode(), _text(answer)
    assert "Housing and Communities: 1 chosen, 1 not, 1 has no reason" in text
    table = page[page.index('<table class="gt-matrix"') : page.index("</table>")]
    rows = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in re.findall(r"<tr.*?</tr>", table, re.S)
    ]
    assert [len(row) for row in rows] == [4] * 4
    assert rows[1][1][:2] == ["H2", "Who"]
    assert rows[3][3] == ["H11", "Wording", "of", "letters", "Not", "chosen"]
    assert rows[2][1:] == [["None"]] * 3
    assert table.count('role="cell"') == table.count("data-label=") == 9
    assert "<svg" in page
    assert "No reason is given yet" in text
