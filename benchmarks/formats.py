"""Print the seconds and the peak memory of the reading child for long files of each kind.

.venv/bin/python benchmarks/formats.py [--rows 300000]
"""

import argparse
import csv
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import docx
import openpyxl

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import core.intake.builders as make
from core.intake.pdf_writer import PdfPage, pdf, tree
from goldenthread import intake

HEADS = ("No.", "Recommendation", "Action", "Lead", "Timescale", "Status")
XS = (40, 70, 230, 390, 470, 530, 570)


def values(n):
    return (
        str(n),
        f"Publish what changed for group {n}",
        f"Report on measure {n} to the committee",
        f"Head of Service {n % 40}",
        f"{1 + n % 28} March {2025 + n % 3}",
        ("Completed", "On track", "Late")[n % 3],
    )


def word(path, rows):
    file = docx.Document()
    table = file.add_table(rows + 1, len(HEADS))
    for row, cells in zip(table.rows, [HEADS, *map(values, range(1, rows + 1))], strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    file.save(path)


def excel(path, rows):
    file = openpyxl.Workbook(write_only=True)
    sheet = file.create_sheet("Plan")
    sheet.append(HEADS)
    for n in range(1, rows + 1):
        sheet.append(values(n))
    file.save(path)


def libre_sheet(path, rows):
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    lines = [HEADS, *map(values, range(1, rows + 1))]
    inner = "".join(
        f"<table:table-row>{''.join(cell.format(words) for words in line)}</table:table-row>"
        for line in lines
    )
    path.write_bytes(make.ods(f'<table:table table:name="Plan">{inner}</table:table>'))


def rich_text(path, rows):
    edges = "".join(rf"\cellx{1500 * (n + 1)}" for n in range(len(HEADS)))
    lines = [HEADS, *map(values, range(1, rows + 1))]
    inner = "".join(
        rf"\trowd{edges}" + "".join(rf"\pard\intbl {words}\cell" for words in line) + "\\row\n"
        for line in lines
    )
    path.write_text(r"{\rtf1\ansi " + inner + "}")


def printed(path, pages, tagged):
    sheets, trs = [], []
    for number in range(1, pages + 1):
        page = PdfPage().grid(XS, [60 + 34 * n for n in range(22)])
        for n in range(21):
            cells = []
            for column, words in enumerate(values(21 * (number - 1) + n)):
                half = words.rfind(" ", 0, len(words) // 2 + 8) if len(words) > 20 else -1
                mark = 12 * n + 2 * column
                lines = (words[: half + 1].strip(), words[half + 1 :]) if half > 0 else (words,)
                for line, part in enumerate(lines):
                    top = 64 + 34 * n + 9 * line
                    page.text(XS[column] + 3, top, part, 7, mark=mark + line if tagged else None)
                cells.append(("TD", [(number, mark + line) for line in range(len(lines))]))
            trs.append(("TR", cells))
        sheets.append(page)
    path.write_bytes(pdf(*sheets, tags=tree(("Table", trs)) if tagged else ""))


def staff(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows(map(values, range(1, rows + 1)))


def measured(path, by_row):
    """Seconds, peak megabytes of the child, and rows of one reading, in a process of its own."""
    hears, tells = os.pipe()
    begun = time.perf_counter()
    if os.fork() == 0:
        if by_row:
            count = sum(1 for _ in intake.rows(path))
        else:
            count = sum(len(table.rows) for table in intake.read(path).tables)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(tells, f"{count} {peak} {own}".encode())
        os._exit(0)
    os.wait()
    seconds = time.perf_counter() - begun
    os.close(tells)
    count, peak, own = map(int, os.read(hears, 100).split())
    os.close(hears)
    kilo = 1024 * 1024 if sys.platform == "darwin" else 1024
    return seconds, peak / kilo, own / kilo, count


def main():
    """Make the files and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=300_000, metavar="N")
    long = parser.parse_args().rows
    kinds = [
        ("docx, 100 rows", "a.docx", lambda p: word(p, 100), False),
        ("rtf, 5,000 rows", "a.rtf", lambda p: rich_text(p, 5_000), False),
        ("xlsx, 5,000 rows", "a.xlsx", lambda p: excel(p, 5_000), False),
        ("ods, 5,000 rows", "a.ods", lambda p: libre_sheet(p, 5_000), False),
        ("pdf, 60 pages, measured", "a.pdf", lambda p: printed(p, 60, False), False),
        ("pdf, 60 pages, tagged", "b.pdf", lambda p: printed(p, 60, True), False),
        (f"csv, {long:,} rows, row by row", "b.csv", lambda p: staff(p, long), True),
        (f"xlsx, {long:,} rows, row by row", "b.xlsx", lambda p: excel(p, long), True),
    ]
    print(f"{'what':36} {'rows':>8} {'seconds':>8} {'child MB':>9} {'parent MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for title, name, build, by_row in kinds:
            path = Path(folder, name)
            build(path)
            seconds, peak, own, count = measured(path, by_row)
            print(f"{title:36} {count:8,} {seconds:8.2f} {peak:9.0f} {own:10.0f}", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
