"""Tables as councils make them, drawn into Word, Excel, HTML and PDF files."""

import html
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: paragraphs, each a bullet where it begins with “• ”."""

    lines: tuple[str, ...]
    rows: int = 1
    cols: int = 1
    fill: str | None = None
    bold: bool = False


def cell(content="", rows=1, cols=1, fill=None, bold=False):
    """A cell of one text, or of a list of paragraphs; a cell stays as it is."""
    if isinstance(content, Cell):
        return content
    lines = (content,) if isinstance(content, str) else tuple(content)
    return Cell(lines, rows, cols, fill, bold)


def head(*names, fill="D9D9D9"):
    return [cell(name, fill=fill, bold=True) for name in names]


def bullets(*texts):
    return [f"• {text}" for text in texts]


def placed(rows):
    """Each cell with the row and column it stands in; covered places are passed over."""
    taken = set()
    for r, row in enumerate(rows):
        c = 0
        for content in row:
            one = cell(content)
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j) for i in range(one.rows) for j in range(one.cols)}
            yield r, c, one
            c += one.cols


def size(rows):
    places = [(r + one.rows, c + one.cols) for r, c, one in placed(rows)]
    return max(r for r, _ in places), max(c for _, c in places)


# Word


def word(landscape=False, furniture=None):
    """An empty Word document with a council's margins, header and page numbers."""
    paper = Document()
    paper.styles["Normal"].font.name = "Arial"
    paper.styles["Normal"].font.size = Pt(10)
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    if landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.8)
    if furniture:
        page.header.paragraphs[0].text = furniture
        _field(page.footer.paragraphs[0].add_run("Page "), "PAGE")
    return paper


def _field(run, code):
    for kind, text in (("begin", None), (None, code), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def shade(box, colour):
    mark = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        mark.set(qn(f"w:{name}"), value)
    box._tc.get_or_add_tcPr().append(mark)


def fill_word(box, one):
    """Write a cell's paragraphs into a Word cell."""
    for i, line in enumerate(one.lines):
        paragraph = box.paragraphs[0] if i == 0 else box.add_paragraph()
        bullet = line.startswith("• ")
        if bullet:
            paragraph.style = "List Bullet"
        text = line[2:] if bullet else line
        for j, piece in enumerate(text.split("\n")):
            run = paragraph.add_run(piece)
            run.bold = one.bold or None
            if j < text.count("\n"):
                run.add_break()
    if one.fill:
        shade(box, one.fill)


def word_table(paper, rows, widths=None, heading_rows=0):
    """A ruled table at the end of a Word document, merged cells and fills included."""
    height, width = size(rows)
    table = paper.add_table(height, width, style="Table Grid")
    table.autofit = widths is None
    for r, c, one in placed(rows):
        box = table.cell(r, c)
        if one.rows > 1 or one.cols > 1:
            box = box.merge(table.cell(r + one.rows - 1, c + one.cols - 1))
        fill_word(box, one)
    for c, centimetres in enumerate(widths or ()):
        for r in range(height):
            table.cell(r, c).width = Cm(centimetres)
    for r in range(heading_rows):
        row_mark(table.rows[r], "tblHeader")
    return table


def row_mark(row, name, **attributes):
    """Mark a Word table row: ``tblHeader``, ``hidden``, or ``del`` for a tracked deletion."""
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        mark.set(qn(f"w:{key}"), value)
    properties.append(mark)


def tracked(paragraph, text, kind, author="Reviewer"):
    """Add words to a paragraph as a tracked insertion (``ins``) or deletion (``del``)."""
    change = OxmlElement(f"w:{kind}")
    for name, value in (("id", "900"), ("author", author), ("date", "2024-01-08T09:00:00Z")):
        change.set(qn(f"w:{name}"), value)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t" if kind == "ins" else "w:delText")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    change.append(run)
    paragraph._p.append(change)


def bold(paper, text):
    paper.add_paragraph().add_run(text).bold = True


# Excel

_LINE = Side(style="thin", color="FF808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def solid(colour):
    return PatternFill("solid", start_color=f"FF{colour}", end_color=f"FF{colour}")


def sheet_rows(sheet, rows, top=1, ruled=True):
    """Write rows into a sheet from a row on; the number of the row after them.

    A date stays a date when a row holds one instead of a text.
    """
    texts = [[item if isinstance(item, str | list | Cell) else "" for item in row] for row in rows]
    for r, c, one in placed(texts):
        box = sheet.cell(top + r, c + 1)
        box.value = "\n".join(one.lines) or None
        box.alignment = Alignment(wrap_text=True, vertical="top")
        box.font = Font(bold=one.bold)
        if one.fill:
            box.fill = solid(one.fill)
        if ruled:
            box.border = _BOX
        if one.rows > 1 or one.cols > 1:
            sheet.merge_cells(
                start_row=top + r,
                start_column=c + 1,
                end_row=top + r + one.rows - 1,
                end_column=c + one.cols,
            )
    return top + len(rows)


# HTML


def html_cell(one, tag="td"):
    spans = (f' rowspan="{one.rows}"' if one.rows > 1 else "") + (
        f' colspan="{one.cols}"' if one.cols > 1 else ""
    )
    colour = f' bgcolor="#{one.fill}"' if one.fill else ""
    return f"<{tag}{spans}{colour}>{html_lines(one)}</{tag}>"


def html_lines(one):
    """Paragraphs as ``p``, runs of bullets as ``ul``, a blank paragraph as Word exports it."""
    parts, points = [], []
    for line in (*one.lines, None):
        if line is not None and line.startswith("• "):
            points.append(f"<li>{html.escape(line[2:])}</li>")
            continue
        if points:
            parts.append(f"<ul>{''.join(points)}</ul>")
            points = []
        if line is not None:
            text = html.escape(line).replace("\n", "<br>") or "&nbsp;"
            parts.append(f"<p>{'<b>' + text + '</b>' if one.bold else text}</p>")
    return "".join(parts)


def html_table(rows, attributes='border="1"', heading_rows=0):
    body = "\n".join(
        "<tr>"
        + "".join(html_cell(cell(one), "th" if r < heading_rows else "td") for one in row)
        + "</tr>"
        for r, row in enumerate(rows)
    )
    return f"<table {attributes}>\n{body}\n</table>"


# Conversions


def office(source, kind, target, options=""):
    """Convert a file with LibreOffice, as a council does with “Save as”."""
    with tempfile.TemporaryDirectory() as folder:
        asked = f"{kind}:{options}" if options else kind
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", asked, "--outdir", folder]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=180)
        shutil.move(Path(folder) / f"{Path(source).stem}.{kind}", target)


def printed(text, target, **options):
    """Print a web page to PDF with the system's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.set_content(text)
        page.pdf(path=str(target), format="A4", print_background=True, **options)
        browser.close()
