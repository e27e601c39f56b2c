"""What an outsider can read, and what is refused in a sentence: nothing else is looked at."""

import json
import os

import pytest

from core.disclosure.attack.tables import HEAD, about, count, percent, written
from goldenthread.disclosure.attack import attack, read_release
from goldenthread.errors import Unreadable

ROWS = [count("", "", 60), count("Place", "", 41), percent("Place", "Asian", "12.5")]


def test_a_release_is_read_as_it_is_written(tmp_path):
    held = read_release(written(tmp_path, ROWS))
    assert (held.name, held.threshold, held.periods) == ("By hand", 5, ("2026Q1",))
    assert held.symbols == {"[c]": (1, None), "[x]": None}
    assert [(f.codes, f.measure, str(f.value), f.dp, f.row) for f in held.figures] == [
        ((), "count", "60", 0, 2),
        ((("org", "Place"),), "count", "41", 0, 3),
        ((("org", "Place"), ("ethnicity", "Asian")), "percent", "12.5", 1, 4),
    ]


def test_nothing_internal_is_opened(tmp_path):
    folder = written(tmp_path, ROWS)
    (folder / "certificate").mkdir()
    (folder / "certificate" / "proof.json").write_text("{")
    (folder / "report.md").write_bytes(b"\xff\xfe")
    assert len(read_release(folder).figures) == 3


@pytest.mark.parametrize(
    "row, why",
    [
        (["2026Q9", "t", "", "", "count", "1", "", "", "", ""], "period"),
        (["2026Q1", "t", "Nowhere", "", "count", "1", "", "", "", ""], "code of org"),
        (["2026Q1", "t", "", "", "total", "1", "", "", "", ""], "measure"),
        (["2026Q1", "t", "", "", "count", "1", "[c]", "", "", ""], "value or a symbol"),
        (["2026Q1", "t", "", "", "count", "", "", "", "", ""], "value or a symbol"),
        (["2026Q1", "t", "", "", "count", "", "*", "", "", ""], "symbol"),
        (["2026Q1", "t", "", "", "count", "1.5", "", "", "", ""], "whole number"),
        (["2026Q1", "t", "", "", "count", "-1", "", "", "", ""], "whole number"),
        (["2026Q1", "t", "", "", "count", "7", "", "5", "", ""], "whole number of its base"),
        (["2026Q1", "t", "", "", "count", "10", "", "3", "", ""], "base"),
        (["2026Q1", "t", "", "", "count", "1e999", "", "", "", ""], "plain number"),
        (["2026Q1", "t", "", "", "count", "NaN", "", "", "", ""], "plain number"),
        (["2026Q1", "t", "", "", "count", "9" * 400, "", "", "", ""], "plain number"),
        (["2026Q1", "t", "", "", "percent", "101", "", "", "0", "ethnicity"], "0 and 100"),
        (["2026Q1", "t", "", "", "percent", "50", "", "", "0", ""], "of what it is"),
        (["2026Q1", "t", "", "", "percent", "50", "", "", "99", "org"], "decimals"),
        (["2026Q1", "t", "", "", "gap", "5", "", "", "1", "ethnicity=Nobody"], "against whom"),
        (["2026Q1", "t", "", "", "mean", "-5", "", "", "2", ""], "less than nought"),
        (["2026Q1", "t", "", "", "count", "1"], "one cell for each column"),
    ],
)
def test_a_row_that_is_damaged_is_refused_by_its_number(tmp_path, row, why):
    with pytest.raises(Unreadable, match=why) as refused:
        read_release(written(tmp_path, [*ROWS, row]))
    assert str(refused.value).startswith("cells.csv: row 5: ")
    for value in ("Nowhere", "Nobody", "2026Q9"):
        assert value not in str(refused.value)


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"threshold": 0}, "threshold"),
        ({"threshold": True}, "threshold"),
        ({"threshold": None}, "threshold"),
        ({"periods": []}, "periods"),
        ({"periods": ["a", "a"]}, "periods"),
        ({"dims": {}}, "dims"),
        ({"dims": {"value": {"children": {"Total": ["a"]}}}}, "dims"),
        ({"dims": {"org": {"children": {"Place": ["Parks"]}}}}, "below Total"),
        ({"dims": {"org": {"children": {"Total": ["A"], "A": ["B"], "B": ["A"]}}}}, "itself"),
        ({"dims": {"org": {"children": {"Total": ["A", "B"], "A": ["C"], "B": ["C"]}}}}, "over"),
        ({"dims": {"org": {"children": {"Total": [["A"], ["B"]]}}}}, "overlap"),
        ({"dims": {"org": {"children": {"Total": []}}}}, "nothing"),
        ({"cells": ["../secret.csv"]}, "outside the folder"),
        ({"cells": ["/etc/passwd"]}, "outside the folder"),
        ({"cells": []}, "cells"),
        ({"cells": ["other.csv"]}, "no such file"),
        ({"symbols": {"*": [1, 4]}}, "mark"),
        ({"symbols": {"[c]": [4, 1]}}, "least and its greatest"),
        ({"symbols": {"[c]": ["1", None]}}, "least and its greatest"),
        ({"suppressed_never_zero": "yes"}, "true nor false"),
        ({"structural": [{"org": "Nowhere"}]}, "structural"),
        ({"flows": [{"from": "2026Q1", "to": "2027Q1"}]}, "flow"),
        ({"flows": "none"}, "flows"),
    ],
)
def test_a_head_that_is_damaged_is_refused_in_a_sentence(tmp_path, changes, why):
    with pytest.raises(Unreadable, match=why):
        read_release(written(tmp_path, ROWS, **changes))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"name": NaN}', "[" * 100_000, '{"name": "a", "threshold": 1e400}'],
)
def test_what_is_no_json_of_a_release_is_refused(tmp_path, text):
    folder = written(tmp_path, ROWS)
    (folder / "release.json").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"release\.json"):
        read_release(folder)


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"\xff\xfe\x00",
        b"period,table\n2026Q1,t\n",
        b"period,table,measure,value,symbol,surprise\n",
        b"period,period,table,measure,value,symbol\n",
        b'period,table,measure,value,symbol\n"2026Q1,t,count,1,\n',
        b"period,table,measure,value,symbol\n" + b"2026Q1,t,count," + b"1" * 200_000 + b",\n",
    ],
)
def test_what_is_no_table_of_cells_is_refused(tmp_path, held):
    folder = written(tmp_path, ROWS)
    (folder / "cells.csv").write_bytes(held)
    with pytest.raises(Unreadable):
        read_release(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="no such file"):
        attack([tmp_path / "nowhere"])


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    folder = written(tmp_path, ROWS)
    (folder / "cells.csv").unlink()
    os.mkfifo(folder / "cells.csv")
    with pytest.raises(Unreadable, match="no such file"):
        read_release(folder)


def test_a_column_of_a_dimension_that_no_table_is_by_may_be_left_out(tmp_path):
    folder = written(tmp_path, ROWS)
    (folder / "cells.csv").write_text("period,table,measure,value,symbol\n2026Q1,t,count,60,\n")
    assert read_release(folder).figures[0].codes == ()


def test_the_head_is_the_one_that_the_format_has(tmp_path):
    assert HEAD[:2] + HEAD[4:] == [
        "period", "table", "measure", "value", "symbol", "base", "dp", "of",
    ]  # fmt: skip
    assert json.loads((written(tmp_path, ROWS) / "release.json").read_text()) == about()
