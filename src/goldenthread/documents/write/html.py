"""A plan as one accessible page: no script, nothing from elsewhere, a strict policy of its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from markupsafe import Markup

from goldenthread.documents.layouts import Cell, Page, Table
from goldenthread.plan import cells

# Black words on each: contrast of 7 to 1 or more (WCAG 2.2, 1.4.6).
RAG_FILLS = {
    "red": "#f4bfbf",
    "amber": "#ffdd99",
    "green": "#c3e6b8",
    "blue": "#bcd9f5",
    "purple": "#dccbee",
    "grey": "#dcdcdc",
}
# The spreadsheet's own word for "these are words": a page opened in one computes nothing.
_STYLE = (
    """
body{font:1rem/1.45 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff;margin:0 auto;"""
    """max-width:90rem;padding:1.5rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.4rem;margin:2rem 0 .5rem}
p{margin:0 0 .4rem}
.wide{overflow-x:auto}
.wide:focus{outline:3px solid #0b0c0c;outline-offset:2px}
table{border-collapse:collapse;width:100%;min-width:60rem}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{border:1px solid #6f777b;padding:.5rem;text-align:left;vertical-align:top;"""
    """mso-number-format:"\\@"}
thead th{background:#1d3a5f;color:#fff}
tbody th{background:#f3f2f1;font-weight:normal}
tbody th.across{background:#dfe5ec;font-weight:bold}
"""
    + "".join(f"td.{name}{{background:{fill}}}\n" for name, fill in RAG_FILLS.items())
    + """@media print{body{max-width:none;padding:0;font-size:9pt}.wide{overflow:visible}
table{min-width:0}thead{display:table-header-group}tr{break-inside:avoid}}
"""
)


def write(page: Page) -> bytes:
    """The page as HTML in UTF-8: headings, captions, and cells that say what they name."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    out = [
        Markup('<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'),
        Markup('<meta http-equiv="Content-Security-Policy" content="{}">\n').format(policy),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Markup('<meta name="referrer" content="no-referrer">\n'),
        Markup("<title>{}</title>\n<style>").format(page.title),
        Markup(_STYLE),  # noqa: S704
        Markup("</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n").format(page.title),
        *(Markup("<p>{}</p>\n").format(line) for line in page.lines),
    ]
    for number, table in enumerate(page.tables):
        if number:
            out.append(Markup("<h2>{}</h2>\n").format(table.title))
        out += _table(table)
    out.append(Markup("</main>\n</body>\n</html>\n"))
    return "".join(out).encode("utf-8")


def _table(table: Table) -> Iterable[Markup]:
    yield Markup('<div class="wide" role="region" aria-label="{}" tabindex="0">\n').format(
        table.title
    )
    yield Markup("<table>\n<caption>{}</caption>\n<thead>\n<tr>").format(table.title)
    for column in table.columns:
        yield Markup('<th scope="col">{}</th>').format(column.heading)
    yield Markup("</tr>\n</thead>\n<tbody>\n")
    for row in table.rows:
        yield Markup("<tr>")
        for cell in row:
            yield _cell(cell)
        yield Markup("</tr>\n")
    yield Markup("</tbody>\n</table>\n</div>\n")


def _cell(cell: Cell) -> Markup:
    across = cell.columns > 1
    scope = "colgroup" if across else "rowgroup" if cell.rows > 1 else "row"
    opening = Markup('th scope="{}"').format(scope) if cell.names else Markup("td")
    if across:
        opening += Markup(' colspan="{}" class="across"').format(cell.columns)
    if cell.rows > 1:
        opening += Markup(' rowspan="{}"').format(cell.rows)
    if cell.rag and not cell.names:
        opening += Markup(' class="{}"').format(cell.rag)
    # A spreadsheet that opens the page sees words; nobody else sees this space of no width.
    guard = "\u200b" if cells.computes(cell.text) else ""
    words = Markup("").join(
        Markup("<p>{}{}</p>").format("" if number else guard, line)
        for number, line in enumerate(cell.lines)
    )
    return Markup("<{}>{}</{}>").format(opening, words, "th" if cell.names else "td")
