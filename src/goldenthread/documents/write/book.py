"""A workbook as bytes: the same bytes whenever it holds the same, and nothing of who made it."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import Any

from goldenthread.documents.write.package import core_properties, packed


def on_paper(sheet: Any, *, landscape: bool) -> None:  # noqa: ANN401 - openpyxl has no types
    """The sheet on A4, as wide as the paper and as long as it is."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def fresh(book: Any, title: str) -> bytes:  # noqa: ANN401 - openpyxl has no types
    """The workbook's parts without its maker, its times and its order."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(stream)
    parts: dict[str, bytes | str] = {}
    with zipfile.ZipFile(stream) as archive:
        for name in sorted(archive.namelist()):
            parts[name] = archive.read(name)
    parts["docProps/core.xml"] = core_properties(title)
    parts["docProps/app.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    )
    first = "[Content_Types].xml"
    return packed({first: parts.pop(first), **parts})
