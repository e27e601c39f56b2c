"""Print how well other readers, each with a plain column mapper, read the plans that we read.

.venv/bin/python benchmarks/peers.py [--program PATH] [--record]

pandoc is found on the PATH, or beside the package pypandoc where that is installed; without it its
row is left out. The plans are those of tests/layouts and, where they stand beside the project, the
examples. --record writes the table into docs/explanation/how-well-it-reads.md.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pdfplumber
from accuracy import COLUMNS, PAGE, ROOT, between, documents, figures, reading, table
from lxml import html as markup
from plain_mapper import Table, plan_of

from layouts.scoring import score, together

EXAMPLES = ROOT.parent / "shared" / "examples" / "plans"
OURS = Path(sys.executable).parent / "goldenthread"


def examples():
    """The example plans that may stand beside the project, with their truths."""
    for truth in sorted(EXAMPLES.glob("*.truth.json")):
        name = truth.name.removesuffix(".truth.json")
        (document,) = (path for path in EXAMPLES.glob(f"{name}.*") if path != truth)
        yield document, json.loads(truth.read_text(encoding="utf-8"))


def program():
    """The program pandoc, or None."""
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc
    except ImportError:
        return None
    return pypandoc.get_pandoc_path()


def _lines(node):
    """The lines of an HTML cell: its paragraphs, items and what stands between line breaks."""
    for line_break in node.xpath(".//br"):
        line_break.tail = "\n" + (line_break.tail or "")
    blocks = node.xpath(".//p[not(.//p)] | .//li[not(.//li) and not(.//p)]")
    texts = [block.text_content() for block in blocks] or [node.text_content()]
    return [line for text in texts for line in text.split("\n") if line.strip()] or [""]


def _grid(rows):
    """HTML rows with merged cells said again in every place that they cover."""
    taken = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row.xpath("./td | ./th"):
            while (r, c) in taken:
                c += 1
            for i in range(int(cell.get("rowspan", 1))):
                for j in range(int(cell.get("colspan", 1))):
                    taken[r + i, c + j] = _lines(cell)
    width = max((c for _, c in taken), default=-1) + 1
    return [[taken.get((r, c), [""]) for c in range(width)] for r in range(len(rows))]


def _tables(text):
    heading = None
    tree = markup.fromstring(text)
    for node in tree.iter("h1", "h2", "h3", "h4", "table"):
        if node.tag != "table":
            heading = node.text_content().strip()
        elif not node.xpath(".//table"):
            rows = node.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
            yield Table(_grid(rows), heading)


def by_pandoc(path):
    """A plan from the HTML that pandoc makes of a file."""
    kind = ["-f", "commonmark_x"] if path.suffix in {".txt", ".md"} else []
    command = [program(), *kind, "-t", "html", str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return plan_of(_tables(done.stdout.decode("utf-8") or "<p></p>"))


def _written(cell):
    return [line for paragraph in cell.paragraphs for line in paragraph.text.split("\n")]


def by_python_docx(path):
    """A plan from python-docx's tables; a merged cell is given again in every place."""
    paper, heading, tables = docx.Document(str(path)), None, []
    for part in paper.iter_inner_content():
        if hasattr(part, "rows"):
            rows = [
                [
                    [line for p in cell.paragraphs for line in p.text.split("\n")]
                    for cell in row.cells
                ]
                for row in part.rows
            ]
            tables.append(Table(rows, heading))
        elif part.style.name.startswith(("Heading", "Title")):
            heading = part.text
    return plan_of(tables)


def by_pdfplumber(path):
    """A plan from pdfplumber's tables: by rules, and by the places of words where it finds none."""
    tables = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = page.extract_tables()
            if not found:
                found = page.extract_tables(
                    {"vertical_strategy": "text", "horizontal_strategy": "text"}
                )
            for rows in found:
                cells = [[_joined(cell) for cell in row] for row in rows]
                tables.append(Table(cells))
    return plan_of(tables)


def _joined(text):
    """The lines of a printed cell, joined but where a bullet begins."""
    lines = []
    for line in (text or "").split("\n"):
        if lines and not line.lstrip().startswith(("•", "-", "▪")):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _shown(box):
    if hasattr(box.value, "strftime"):
        months = "d" not in box.number_format.lower().replace("[$-809]", "")
        return box.value.strftime("%B %Y" if months else "%d/%m/%Y")
    return "" if box.value is None else str(box.value)


def by_openpyxl(path):
    """A plan from the visible sheets, merged cells said again in every place."""
    tables = []
    for sheet in openpyxl.load_workbook(path, data_only=True):
        if sheet.sheet_state != "visible":
            continue
        rows = [[_shown(box).split("\n") for box in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            top = rows[area.min_row - 1][area.min_col - 1]
            for r in range(area.min_row - 1, area.max_row):
                for c in range(area.min_col - 1, area.max_col):
                    rows[r][c] = top
        tables.append(Table(rows, sheet.title))
    return plan_of(tables)


def peers():
    """Each reader's name, the kinds of file it opens, and how it reads one."""
    # pandoc 3.9 refuses workbooks whose parts are named from the root, as openpyxl names them.
    kinds = {".docx", ".odt", ".html", ".rtf", ".csv", ".md", ".txt"}
    if program():
        yield "pandoc", kinds, by_pandoc
    yield "python-docx", {".docx"}, by_python_docx
    yield "openpyxl", {".xlsx"}, by_openpyxl
    yield "pdfplumber", {".pdf"}, by_pdfplumber


def attempt(read, path):
    """What a reader makes of a file; nothing where it fails."""
    try:
        return read(path)
    except Exception as error:
        print(f"{path.name}: {type(error).__name__}: {str(error)[:80]}", file=sys.stderr)
        return {}


def compare(program_of_ours):
    """A row for each reader and, below it, ours on the same files."""
    every = [*documents(), *examples()]
    ours = {path: score(reading(program_of_ours, path), truth) for path, truth in every}
    best = {}
    for name, kinds, read in peers():
        files = [(path, truth) for path, truth in every if path.suffix in kinds]
        scores = {path: score(attempt(read, path), truth) for path, truth in files}
        for path, one in scores.items():
            if path not in best or one.headline > best[path].headline:
                best[path] = one
        yield f"{name}: {len(files)} files", figures(together(scores.values()))
        yield f"ours, the same {len(files)}", figures(together(ours[path] for path, _ in files))
    left = [path for path, _ in every if path not in best]
    best |= {path: score({}, truth) for path, truth in every if path in left}
    yield f"the best of them for each of {len(every)} files", figures(together(best.values()))
    yield f"ours, all {len(every)}", figures(together(ours.values()))


def main():
    """Print the table, and write it into the page where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=OURS, help="another goldenthread")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    lines = list(table(dict(compare(asked.program)), ["headline", *COLUMNS], "Reader"))
    print(*lines, sep="\n")
    if asked.record:
        PAGE.write_text(between(PAGE.read_text(encoding="utf-8"), "peers", lines), encoding="utf-8")


if __name__ == "__main__":
    main()
