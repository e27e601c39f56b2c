"""The pictures of exported documents in the docs: made by LibreOffice and poppler from the example.

Run as ``python scripts/draw_exports.py``; it needs ``soffice`` and ``pdftoppm``.
"""

import subprocess
import tempfile
from pathlib import Path

from goldenthread.documents import read_plan, write_plan
from goldenthread.example_data import example

IMAGES = Path(__file__).parents[1] / "docs" / "images" / "exports"
# The page of each that shows most.
PAGES = {"docx": 2, "xlsx": 2, "pdf": 2}


def main() -> None:
    """Write each format of the example plan, print it, and keep a picture of one page."""
    plan = read_plan(example("plan.docx")).plan
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ending, page in PAGES.items():
            written = folder / f"plan.{ending}"
            written.write_bytes(write_plan(plan, ending))  # type: ignore[arg-type]
            if ending != "pdf":
                command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir"]
                subprocess.run([*command, name, str(written)], check=True, capture_output=True)
            printed = folder / "plan.pdf"
            picture = ["pdftoppm", "-png", "-r", "80", "-f", str(page), "-l", str(page)]
            subprocess.run(
                [*picture, "-singlefile", str(printed), str(IMAGES / ending)], check=True
            )
            print(f"drew docs/images/exports/{ending}.png")


if __name__ == "__main__":
    main()
