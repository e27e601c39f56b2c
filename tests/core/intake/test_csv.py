"""CSV files: what parts their values."""

import io

import pytest

from goldenthread.intake import csv
from goldenthread.intake.limits import Limits
from goldenthread.intake.parent import gather


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_quoted_headings_show_what_parts_the_values_however_full_the_cells_are(sign):
    rows = [["No.", "Action", "Lead"], ["1", "one; two, three\nfour; five, six\nx; y, z", "HR"]]
    content = "\r\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows).encode()
    (table,), _ = gather(csv.read(io.BytesIO(content), Limits()))
    assert [len(row.cells) for row in table.rows] == [3, 3]
    assert [p.text for p in table.rows[1].cells[1].paragraphs] == [
        "one; two, three",
        "four; five, six",
        "x; y, z",
    ]
