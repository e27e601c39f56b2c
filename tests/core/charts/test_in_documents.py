"""The same drawing in a tagged PDF, as it is, and in a Word file, as a PNG."""

import io

import docx
import pdfplumber
import typst

from core.charts.examples import PANELS
from goldenthread.charts import FONTS, control_chart, png

DRAWING = control_chart(PANELS)


def test_a_drawing_stands_in_a_tagged_pdf_with_its_words_as_text(tmp_path):
    page = tmp_path / "page.typ"
    page.write_text(
        '#set document(title: "Panels")\n#set text(lang: "en", font: "Liberation Sans")\n'
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)'
    )
    made = typst.compile(
        page,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"svg": DRAWING.svg, "alt": f"{DRAWING.title} {DRAWING.description}"},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=0,
    )
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        said = pdf.pages[0].extract_text()
    assert "Promised: 100%" in said
    assert "Average 34%" in said


def test_a_drawing_stands_in_a_word_file_with_its_words_as_alt_text():
    document = docx.Document()
    picture = document.add_picture(io.BytesIO(png(DRAWING)))
    picture._inline.docPr.set("descr", f"{DRAWING.title} {DRAWING.description}")
    kept = io.BytesIO()
    document.save(kept)
    (again,) = docx.Document(io.BytesIO(kept.getvalue())).inline_shapes
    assert again._inline.docPr.get("descr").startswith(DRAWING.title)
    assert abs(again.width / again.height - DRAWING.width / DRAWING.height) < 0.01
