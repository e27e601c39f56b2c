"""Whoever hands an internal table to a chart or to a document is stopped by the types.

`just standards` asks mypy of this file. Each ignore names the one complaint that is expected, and
mypy's strict mode complains of an ignore that nothing needed: so a function that began to take an
internal table, or just anything, fails here.
"""

from goldenthread import charts, documents
from goldenthread.disclosure.raw import RawTable


def to_charts(table: RawTable) -> None:
    """Each chart that draws a table, a series or a drawing of one."""
    charts.bar_chart(table)  # type: ignore[arg-type]
    charts.control_chart(table)  # type: ignore[arg-type]
    charts.group_chart(table, over="ethnicity")  # type: ignore[arg-type]
    charts.line_chart(table)  # type: ignore[arg-type]
    charts.png(table)  # type: ignore[arg-type]
    charts.sparkline(table)  # type: ignore[arg-type]
    charts.matrix_picture("", "", [""], [""], table)  # type: ignore[arg-type]


def to_documents(table: RawTable) -> None:
    """Each document that is written from something."""
    documents.write_pack([table])  # type: ignore[list-item]
    documents.write_pack(table)  # type: ignore[arg-type]
    documents.write_plan(table, "docx")  # type: ignore[arg-type]
