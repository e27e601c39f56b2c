"""What a file is, by its bytes and parts; its name is asked only how plain text is meant."""

from __future__ import annotations

import codecs
import csv
import re
from typing import BinaryIO

from goldenthread.errors import Unreadable
from goldenthread.intake.encoding import not_text
from goldenthread.intake.limits import Limits
from goldenthread.intake.package import Package, locked

_SAMPLE = 64 * 1024
_KNOWN = "We read .docx, .odt, .rtf, .xlsx, .ods, .csv, .html, .pdf, .txt and .md files."

_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
}
_ODF = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}

# What we can name but do not read, by a part of the archive: what it is, how to save it.
_OTHER_PARTS = {
    "ppt/presentation.xml": ("a set of slides (.pptx)", "PDF"),
    "xl/workbook.bin": ("a binary workbook (.xlsb)", ".xlsx"),
    "Index/Document.iwa": ("an Apple document", ".docx or .xlsx"),
    "Index.zip": ("an Apple document", ".docx or .xlsx"),
}
_OTHER_ODF = {
    b"application/vnd.oasis.opendocument.presentation": ("a set of slides (.odp)", "PDF"),
    b"application/epub+zip": ("an e-book", ".docx"),
}
# The directory of an old Office file names its streams in UTF-16.
_OLE_STREAMS = (
    ("WordDocument", "an old Word file (.doc)", ".docx"),
    ("Workbook", "an old Excel file (.xls)", ".xlsx"),
    ("Book", "an old Excel file (.xls)", ".xlsx"),
    ("PowerPoint Document", "an old set of slides (.ppt)", "PDF"),
    ("__substg1.0", "an Outlook message", ".docx"),
)
_MAGIC = (
    (b"\x89PNG", "a picture", "send the document itself, not a picture of it"),
    (b"\xff\xd8\xff", "a picture", "send the document itself, not a picture of it"),
    (b"GIF8", "a picture", "send the document itself, not a picture of it"),
    (b"II*\0", "a picture", "send the document itself, not a picture of it"),
    (b"MM\0*", "a picture", "send the document itself, not a picture of it"),
    (b"BM", "a picture", "send the document itself, not a picture of it"),
    (b"7z\xbc\xaf\x27\x1c", "an archive", "take the document out of it first"),
    (b"Rar!", "an archive", "take the document out of it first"),
    (b"\x1f\x8b", "an archive", "take the document out of it first"),
    (b"\x7fELF", "a program", "send the document itself"),
    (b"MZ", "a program", "send the document itself"),
)

_TAGS = (
    "!doctype html|html|head|body|title|meta|table|div|section|article|main|h[1-6]|p|ul|ol|span|!--"
)
_STARTS_AS_HTML = re.compile(rf"\s*(?:<\?xml[^>]*>\s*)?<(?:{_TAGS})[\s>-]", re.IGNORECASE)
_HOLDS_TAGS = re.compile(r"</?[a-z][a-z0-9]*[\s/>]", re.IGNORECASE)
_MARKDOWN = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def recognise(file: BinaryIO, suffix: str, limits: Limits) -> str:
    """The format that the bytes show: docx, odt, rtf, xlsx, ods, csv, html, pdf, txt or md.

    ``suffix`` (such as ".csv") decides only between kinds of plain text. The file is left at its
    beginning.

    Raises:
        Unreadable: empty, locked, damaged, or of a kind that we do not read, with how to save it.
        Unsafe: a packed file that breaks a rule (see ``Package``).
    """
    file.seek(0)
    start = file.read(_SAMPLE)
    try:
        if not start:
            raise Unreadable("The file is empty.", do="Check that it was saved, and send it again.")
        if start.startswith(_PACKED):
            return _packed(file, limits)
        if start.startswith(_OLE):
            raise _old_office(start + file.read(16 * _SAMPLE))
        if b"%PDF-" in start[:1024]:
            return "pdf"
        if start.lstrip().startswith(b"{\\rtf"):
            return "rtf"
        for magic, what, do in _MAGIC:
            if start.startswith(magic) and not (magic in (b"BM", b"MZ") and _is_text(start)):
                raise Unreadable(f"The file is {what}, which we do not read.", do=_sentence(do))
        return _plain(start, suffix.lower())
    finally:
        file.seek(0)


def _packed(file: BinaryIO, limits: Limits) -> str:
    package = Package(file, limits)
    names = package.names
    for part, kind in _MAIN_PARTS.items():
        if part in names:
            return kind
    if "_rels/.rels" in names and "[Content_Types].xml" in names:
        kinds = package.read("[Content_Types].xml")
        if b"wordprocessingml.document.main" in kinds:
            return "docx"
        if b"spreadsheetml.sheet.main" in kinds:
            return "xlsx"
    mimetype = package.read("mimetype")[:200].strip()
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise locked()
    for kind_of, name in _ODF.items():
        if mimetype in (kind_of, kind_of + b"-template"):
            return name
    for part, (what, save) in _OTHER_PARTS.items():
        if part in names:
            raise _save_as(what, save)
    if mimetype in _OTHER_ODF:
        raise _save_as(*_OTHER_ODF[mimetype])
    raise Unreadable("The file is an archive, not a document.", do=_KNOWN)


def _old_office(content: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked()
    for stream, what, save in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return _save_as(what, save)
    return Unreadable("The file is of an old Office kind that we do not read.", do=_KNOWN)


def _plain(start: bytes, suffix: str) -> str:
    if not _is_text(start):
        if suffix in (".csv", ".tsv") and b"\0" in start:
            raise not_text(start)
        raise Unreadable("The file is not a document of a kind that we know.", do=_KNOWN)
    text = _rough_text(start)
    if re.match(r"\s*<\?xml", text) and not _STARTS_AS_HTML.match(text):
        raise Unreadable("The file is XML of a kind that we do not read.", do="Save it as .docx.")
    if text.lstrip().lower().startswith("mime-version:"):
        raise _save_as("a saved web page in one file (.mht)", ".html")
    if _STARTS_AS_HTML.match(text):
        return "html"
    if suffix in (".html", ".htm", ".xhtml") and _HOLDS_TAGS.search(text):
        return "html"
    if suffix in (".csv", ".tsv"):
        return "csv"
    if suffix in (".md", ".markdown") or _MARKDOWN.search(text):
        return "md"
    if "\t" not in text and not _HEADING.search(text) and _is_separated(text):
        return "csv"
    return "txt"


def _is_text(start: bytes) -> bool:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    strange = sum(start.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))
    return b"\0" not in start and strange * 100 <= len(start)


def _rough_text(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", errors="replace")
    return start.decode("utf-8-sig", errors="replace")


def _is_separated(text: str) -> bool:
    """Whether every line has the same three or more fields, as prose never does."""
    lines = text.splitlines()[:50]
    for delimiter in ",;|":
        try:
            widths = {len(row) for row in csv.reader(lines, delimiter=delimiter) if row}
        except csv.Error:
            continue
        if len(lines) > 1 and len(widths) == 1 and widths.pop() > 2:
            return True
    return False


def _save_as(what: str, kind: str) -> Unreadable:
    return Unreadable(f"The file is {what}, which we do not read.", do=f"Save it as {kind}.")


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."
