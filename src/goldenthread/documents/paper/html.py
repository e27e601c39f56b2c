"""A paper as one accessible page: no script, nothing from elsewhere, a strict policy of its own."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from goldenthread.documents.paper.sheet import (
    Block,
    Bullets,
    Cell,
    Grid,
    Head,
    Picture,
    Run,
    Runs,
    Section,
    Sheet,
    Tone,
    Words,
)

# Contrast with white of each: 4.5 to 1 or more for words (the tokens of our design).
_STYLE = """
body{font:1.0625rem/1.5 Arial,Helvetica,sans-serif;color:#221c1a;background:#fff;margin:0}
main{max-width:56rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
.body-name{color:#44223f;font-weight:bold;border-bottom:3px solid #a06c12;padding-bottom:.4rem}
h1{font-size:2rem;line-height:1.15;margin:1.2rem 0 .8rem;letter-spacing:-.01em}
h2{font-size:1.45rem;line-height:1.25;margin:2.4rem 0 .6rem;padding-left:.8rem;"""
_STYLE += """border-left:5px solid #a06c12}
h3{font-size:1.1rem;margin:1.4rem 0 .3rem}
p,ul,ol{margin:0 0 .8rem}
li{margin-bottom:.35rem}
p,li{max-width:44rem}
.said{font-family:"Iowan Old Style","Palatino Linotype",Palatino,P052,Georgia,serif}
sup{font-size:.7em;line-height:0}
a{color:#16599a}
a:focus,.wide:focus{outline:3px solid #0b0c0c;outline-offset:2px;background:#fd0}
.wide:focus{background:none}
.wide{overflow-x:auto;margin:0 0 1.2rem}
table{border-collapse:collapse;width:100%;font-size:.95rem;font-variant-numeric:tabular-nums}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{border-bottom:1px solid #ddd2c2;padding:.45rem .7rem .45rem 0;text-align:left;"""
_STYLE += """vertical-align:top}
thead th{border-bottom:2px solid #221c1a}
tbody th{font-weight:normal}
td p,th p{margin:0 0 .25rem}
.tone{font-weight:bold;white-space:nowrap}
.tone svg{width:.85em;height:.85em;margin-right:.35em;vertical-align:-.06em}
.done{color:#1c4f80}.on_track{color:#1e6a43}.at_risk{color:#8a5200}.late{color:#a5221c}
.not_due,.withdrawn{color:#5b524c}
figure{margin:0 0 1rem}
figure svg{display:block;max-width:40rem;width:100%;height:auto}
footer{border-top:1px solid #8b7d6d;color:#5b524c;font-size:.9rem;margin-top:3rem;"""
_STYLE += """padding-top:.6rem}
@media(max-width:40rem){h1{font-size:1.55rem}h2{font-size:1.25rem}}
@media print{main{max-width:none;padding:0}.wide{overflow:visible}h2,h3{break-after:avoid}
thead{display:table-header-group}tr,figure{break-inside:avoid}.appendix{break-before:page}}
"""

_SHAPES: Mapping[Tone, str] = {
    "done": '<circle cx="12" cy="12" r="11" fill="currentColor"/>'
    '<path d="M6.5 12.5l3.8 3.8 7.4-8" fill="none" stroke="#fff" stroke-width="3"/>',
    "on_track": '<circle cx="12" cy="12" r="9.3" fill="#fff" stroke="currentColor" '
    'stroke-width="3.4"/><circle cx="12" cy="12" r="4" fill="currentColor"/>',
    "at_risk": '<path d="M12 1.5L23.3 22H.7z" fill="currentColor"/>'
    '<path d="M12 8.5v6.2M12 17v2.6" stroke="#fff" stroke-width="2.6"/>',
    "late": '<path d="M12 .5L23.5 12 12 23.5.5 12z" fill="currentColor"/>'
    '<path d="M8.4 8.4l7.2 7.2M15.6 8.4l-7.2 7.2" stroke="#fff" stroke-width="2.8"/>',
    "not_due": '<circle cx="12" cy="12" r="9.3" fill="#fff" stroke="currentColor" '
    'stroke-width="3" stroke-dasharray="5 4"/>',
    "withdrawn": '<path d="M3 12h18" stroke="currentColor" stroke-width="4"/>',
}


def write(sheet: Sheet) -> bytes:
    """The paper as HTML in UTF-8: headings in order, tables with captions, charts with names."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    out = [
        Markup('<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'),
        Markup('<meta http-equiv="Content-Security-Policy" content="{}">\n').format(policy),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Markup('<meta name="referrer" content="no-referrer">\n'),
        Markup("<title>{}</title>\n<style>").format(sheet.title),
        Markup(_STYLE),  # noqa: S704
        Markup("</style>\n</head>\n<body>\n<main>\n"),
        Markup('<p class="body-name">{}</p>\n').format(sheet.words["body"]),
        Markup("<h1>{}</h1>\n").format(sheet.title),
    ]
    for section in sheet.sections:
        out += _section(section)
    out.append(Markup("<footer>{}</footer>\n</main>\n</body>\n</html>\n").format(sheet.foot))
    return "".join(out).encode("utf-8")


def _section(section: Section) -> Iterable[Markup]:
    about = Markup(' class="appendix"') if section.appendix else Markup("")
    yield Markup('<section{} aria-labelledby="{}">\n<h2 id="{}">{}</h2>\n').format(
        about, section.key, section.key, section.heading
    )  # fmt: skip
    for block in section.blocks:
        yield _block(block)
    yield Markup("</section>\n")


def _block(block: Block) -> Markup:
    if isinstance(block, Words):
        return Markup("<p>{}</p>\n").format(_runs(block.runs))
    if isinstance(block, Head):
        return Markup("<h3>{}</h3>\n").format(block.text)
    if isinstance(block, Bullets):
        name = "ol" if block.numbered else "ul"
        items = Markup("").join(Markup("<li>{}</li>\n").format(_runs(i)) for i in block.items)
        return Markup("<{0}>\n{1}</{0}>\n").format(name, items)
    if isinstance(block, Picture):
        # It is our own drawing, whose words were escaped when it was drawn.
        return Markup("<figure>{}</figure>\n").format(Markup(block.drawing.svg))  # noqa: S704
    return _grid(block)


def _runs(runs: Runs) -> Markup:
    return Markup("").join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    words = Markup("{}").format(run.text)
    if run.kind == "strong":
        words = Markup("<strong>{}</strong>").format(words)
    elif run.kind == "said":
        words = Markup('<span class="said">{}</span>').format(words)
    if not run.mark:
        return words
    return words + Markup(
        '<sup><a href="#figure-{0}" aria-label="Where figure {0} comes from">[{0}]</a></sup>'
    ).format(run.mark)


def _grid(grid: Grid) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(column.heading) for column in grid.columns
    )
    rows = Markup("").join(
        Markup("<tr>{}</tr>\n").format(Markup("").join(_cell(cell) for cell in row))
        for row in grid.rows
    )
    return Markup(
        '<div class="wide" role="region" aria-label="{0}" tabindex="0">\n<table>\n'
        "<caption>{0}</caption>\n<thead>\n<tr>{1}</tr>\n</thead>\n<tbody>\n{2}</tbody>\n"
        "</table>\n</div>\n"
    ).format(grid.title, head, rows)


def _cell(cell: Cell) -> Markup:
    words = Markup("").join(Markup("<p>{}</p>").format(_runs(line)) for line in cell.lines)
    if cell.tone:
        shape = Markup(_SHAPES[cell.tone])  # noqa: S704
        words = Markup(
            '<span class="tone {}"><svg viewBox="0 0 24 24" aria-hidden="true">{}</svg>{}</span>'
        ).format(cell.tone, shape, cell.text)
    anchor = Markup(' id="figure-{}"').format(cell.anchor) if cell.anchor else Markup("")
    if cell.names:
        return Markup('<th scope="row"{}>{}</th>').format(anchor, words)
    return Markup("<td{}>{}</td>").format(anchor, words)
