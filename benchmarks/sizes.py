"""Plans of the sizes that a council may bring: made anew each time, in a folder that is given."""

import zlib

import docx
import openpyxl

HEADER = ("No.", "Recommendation", "Action", "Lead", "Timescale", "Measure of success", "Status")
LEADS = ("Head of HR", "Director of Housing", "Monitoring Officer", "Chief Executive")
WHEN = ("31/03/2027", "by end of June 2027", "Quarterly", "Spring 2027", "Q3 2026/27", "Ongoing")
STATUS = ("Not started", "In progress", "Completed", "Overdue")
# How large each kind is, and the most seconds that reading it may take, and megabytes.
ASKED = {
    "a hundred rows.docx": (3, 512),
    "sixty pages.pdf": (20, 512),
    "five thousand rows.xlsx": (10, 512),
}


def row(n):
    """The cells of one row; four actions to a recommendation."""
    first = n % 4 == 0
    return (
        str(n // 4 + 1) if first else "",
        f"Make service number {n // 4 + 1} work for residents of every background" if first else "",
        f"Carry out review number {n + 1} of how decisions are made and publish what it found",
        LEADS[n % len(LEADS)],
        WHEN[n % len(WHEN)],
        f"Report {n + 1} goes to the scrutiny committee and is published",
        STATUS[n % len(STATUS)],
    )


def word(path, rows):
    """A Word table of that many rows, recommendations merged down."""
    paper = docx.Document()
    paper.add_heading("Race equality action plan", 1)
    paper.add_paragraph("April 2026")
    table = paper.add_table(rows + 1, len(HEADER), style="Table Grid")
    for cells, texts in zip(table.rows, [HEADER, *map(row, range(rows))], strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    for n in range(0, rows - 3, 4):
        for column in (0, 1):
            words = table.cell(n + 1, column).text
            merged = table.cell(n + 1, column).merge(table.cell(n + 4, column))
            merged.text = words
    paper.save(path)


def workbook(path, rows):
    """A sheet of that many rows."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for n in range(rows):
        book.active.append(row(n))
    book.save(path)


def _wrapped(text, width):
    lines = [""]
    for word_ in text.split():
        if lines[-1] and len(lines[-1]) + len(word_) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word_}".strip()
    return lines


def _page(number, rows, widths):
    """The drawing of one page: a ruled table with its header, and the number of the page."""
    out, top = ["0.5 w /F1 7 Tf"], 560
    edges = [30 + sum(widths[:i]) for i in range(len(widths) + 1)]
    for cells in [HEADER, *rows]:
        texts = [_wrapped(t, int(w / 3.7)) for t, w in zip(cells, widths, strict=True)]
        height = 9 * max(map(len, texts)) + 6
        for x, lines in zip(edges, texts, strict=False):
            for i, line in enumerate(lines):
                out.append(f"BT /F1 7 Tf {x + 3} {top - 9 - 9 * i} Td ({line}) Tj ET")
        out += [f"{x} {top} m {x} {top - height} l S" for x in edges]
        out += [f"{edges[0]} {y} m {edges[-1]} {y} l S" for y in (top, top - height)]
        top -= height
    out.append(f"BT /F1 7 Tf 400 20 Td (Page {number}) Tj ET")
    return zlib.compress("\n".join(out[1:]).encode("latin-1"))


def pdf(path, pages, rows_on_a_page=16):
    """A PDF of that many pages, ruled, with its header on each and no tags."""
    widths = (30, 150, 190, 100, 100, 140, 70)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects.append(f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n in range(pages):
        rows = [row(n * rows_on_a_page + i) for i in range(rows_on_a_page)]
        drawing = _page(n + 1, rows, widths)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        head = f"<< /Length {len(drawing)} /Filter /FlateDecode >>".encode()
        objects.append(head + b"\nstream\n" + drawing + b"\nendstream")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    path.write_bytes(bytes(out))


def make(folder):
    """The three files, as paths."""
    names = list(ASKED)
    word(folder / names[0], 100)
    pdf(folder / names[1], 60)
    workbook(folder / names[2], 5_000)
    return [folder / name for name in names]
