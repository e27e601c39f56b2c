"""A packed file (docx, xlsx and odt are zip archives of XML), checked before anything is read."""

from __future__ import annotations

import contextlib
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Protocol
from xml.parsers import expat

from lxml import etree

from goldenthread.errors import Unreadable, Unsafe
from goldenthread.intake.limits import MEGABYTE, Limits

_CHUNK = 64 * 1024
_DAMAGED = "The file is damaged: its parts cannot be unpacked."
_AGAIN = "Open it in the program that made it, save it again and try once more."
_BOMB = "Ask whoever sent it for a fresh copy; do not open this one."
_MACROS = "The file holds macros (small programs), which we never accept."
_WITHOUT = "Save it without macros, as .docx or .xlsx, and try again."
_ENTITY = "The file declares a document type, by which it could pull in other files."
# The namespaces of ISO/IEC 29500 strict, which differ from the usual ones in their names alone.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]{1,40})/([A-Za-z]{1,40})")
_HYPHENED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_PLAIN = "Save it again from Word, Excel or LibreOffice and try once more."


class _Reader(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Package:
    """The parts of a packed file by name, each bounded as it is unpacked.

    Opening checks the directory: number, names, links, copies, sizes, growth, macros, and a
    document type in front of any XML part.

    Raises:
        Unreadable: damaged, or locked by a password.
        Unsafe: macros, external entity, or made to harm (rule ``limit`` or ``archive``).
    """

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self.limits = limits
        self.roots: dict[str, str] = {}
        """The name of the first element of each part; "" where the part is not XML."""
        with _damage_named():
            self._zip = zipfile.ZipFile(file)
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._check_directory()
        self._check_prologues()

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._parts)

    def read(self, name: str) -> bytes:
        """The bytes of one part; empty where there is no such part."""
        if name not in self._parts:
            return b""
        with self.open(name) as part:
            return b"".join(iter(lambda: part.read(_CHUNK), b""))

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[_Reader]:
        """One part as a stream that counts what it unpacks."""
        if name not in self._parts:
            raise Unreadable(f"The file is damaged: its part “{name[:80]}” is missing.", do=_AGAIN)
        with _damage_named():
            part = self._zip.open(name)
        with part:
            yield _Counted(part, self._parts[name], self)

    def xml(self, name: str) -> Any:  # noqa: ANN401
        """The root element of an XML part; None where there is no such part.

        A part in the strict form of Office files comes as if it were in the usual one.
        """
        content = self.read(name)
        return parse_xml(_usual(content), name) if content else None

    @property
    def strict(self) -> bool:
        """Whether the file is in the strict form of Office files, under other namespaces."""
        return b"purl.oclc.org/ooxml" in self.read("_rels/.rels")

    def usual(self) -> BinaryIO:
        """The same file in the usual form, for a library that knows no other; without pictures."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, root in self.roots.items():
                if root:
                    archive.writestr(name, _usual(self.read(name)))
        return written

    def _check_directory(self) -> None:
        limits, parts = self.limits, self._zip.infolist()
        if len(parts) > limits.parts:
            raise Unsafe(
                f"The file holds {len(parts):,} parts; the most we read is {limits.parts:,}.",
                rule="limit",
                do=_BOMB,
            )
        seen: set[str] = set()
        for part in parts:
            name = part.filename
            folded = name.lower()
            steps = name.replace("\\", "/").split("/")
            if name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\0" in name:
                raise Unsafe(
                    "A part of the file is named so that it would be put elsewhere.",
                    rule="archive",
                    do=_BOMB,
                )
            if folded in seen:
                raise Unsafe(
                    "Two parts of the file have the same name, so that it can be read two ways.",
                    rule="archive",
                    do=_BOMB,
                )
            seen.add(folded)
            if stat.S_ISLNK(part.external_attr >> 16):
                raise Unsafe("A part of the file is a link.", rule="archive", do=_BOMB)
            if part.flag_bits & 1:
                raise locked()
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Unreadable(
                    "The file is packed in a way that no office program uses.", do=_AGAIN
                )
            if _is_macro(folded):
                raise Unsafe(_MACROS, rule="macros", do=_WITHOUT)
        self._check_growth(parts)
        kinds = self.read("[Content_Types].xml").lower()
        if b"macroenabled" in kinds or b"vbaproject" in kinds:
            raise Unsafe(_MACROS, rule="macros", do=_WITHOUT)

    def _check_growth(self, parts: list[zipfile.ZipInfo]) -> None:
        limits = self.limits
        if sum(part.file_size for part in parts) > limits.unpacked_bytes:
            raise Unsafe(
                "Unpacked, the file would be larger than"
                f" {limits.unpacked_bytes // MEGABYTE:,} megabytes.",
                rule="limit",
                do=_BOMB,
            )
        for part in parts:
            if part.file_size > max(MEGABYTE, part.compress_size * limits.ratio):
                raise Unsafe(
                    f"A part of the file grows more than {limits.ratio:,} times when unpacked.",
                    rule="limit",
                    do=_BOMB,
                )

    def _check_prologues(self) -> None:
        for name in self._parts:
            # Whatever it is called: a relation may point to a part of any name.
            with self.open(name) as part:
                self.roots[name] = refuse_doctype(part)


def _usual(content: bytes) -> bytes:
    if b"purl.oclc.org/ooxml" not in content:
        return content

    def name(found: re.Match[bytes]) -> bytes:
        last = _HYPHENED.get(found[2], found[2])
        return b"http://schemas.openxmlformats.org/" + found[1] + b"/2006/" + last

    return _STRICT.sub(name, content)


@contextlib.contextmanager
def _damage_named() -> Iterator[None]:
    """Whatever unpacking stumbles over becomes a sentence."""
    try:
        yield
    except NotImplementedError as error:
        raise Unreadable(_DAMAGED, do=_AGAIN) from error
    except RuntimeError as error:  # zipfile says so of a password
        raise locked() from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as error:
        raise Unreadable(_DAMAGED, do=_AGAIN) from error


class _Counted:
    """A stream that stops when more comes out than its directory or our limits allow."""

    def __init__(self, stream: Any, part: zipfile.ZipInfo, package: Package) -> None:  # noqa: ANN401
        self._stream, self._package = stream, package
        self._left = min(part.file_size, package.limits.part_bytes)

    def read(self, size: int = -1, /) -> bytes:
        with _damage_named():
            chunk: bytes = self._stream.read(_CHUNK if size is None or size < 0 else size)
        self._left -= len(chunk)
        if self._left < 0:
            raise Unsafe(
                "A part of the file unpacks to more than"
                f" {self._package.limits.part_bytes // MEGABYTE:,} megabytes.",
                rule="limit",
                do=_BOMB,
            )
        return chunk


class _RootReached(Exception):
    pass


def refuse_doctype(stream: _Reader) -> str:
    """The name of the root element of an XML stream, without its prefix; "" where it is not XML.

    Raises ``Unsafe`` if a document type stands before it. Broken XML is let through: whoever needs
    that part will find it broken.
    """
    found: list[str] = []

    def doctype(*_: object) -> None:
        raise Unsafe(_ENTITY, rule="external entity", do=_PLAIN)

    def root(name: str, _: object) -> None:
        found.append(name.rpartition(":")[2])
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    try:
        while chunk := stream.read(4096):
            parser.Parse(chunk, False)
    except (_RootReached, expat.ExpatError, LookupError, ValueError):
        pass
    return found[0] if found else ""


def xml_parser() -> Any:  # noqa: ANN401
    """An XML parser that fetches nothing and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def parse_xml(content: bytes, name: str) -> Any:  # noqa: ANN401
    """The root element of an XML document, with no document type and not too deep.

    Raises ``Unreadable`` where it is not well formed, ``Unsafe`` for a document type.
    """
    parser = xml_parser()
    try:
        for start in range(0, len(content), MEGABYTE):
            parser.feed(content[start : start + MEGABYTE])
        root = parser.close()
    except (etree.LxmlError, LookupError, ValueError) as error:
        message = str(error).lower()
        if "depth" in message or "huge" in message:
            raise _too_deep() from error
        if _well_formed(content):  # what stopped the parser was not the file but our memory limit
            raise MemoryError from error
        raise _not_well_formed(name) from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise Unsafe(_ENTITY, rule="external entity", do=_PLAIN)
    return root


def stream_xml(package: Package, name: str, tags: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The elements of those tags as they begin ("start") and are complete ("end").

    Whoever reads clears what it has read; the whole is never in memory at once.

    Raises as ``parse_xml``.
    """
    with package.open(name) as part:
        events = etree.iterparse(
            part,
            events=("start", "end"),
            tag=tuple(tags),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            yield from events
        except etree.LxmlError as error:
            if "depth" in str(error).lower() or "huge" in str(error).lower():
                raise _too_deep() from error
            raise _not_well_formed(name) from error


def _too_deep() -> Unsafe:
    return Unsafe(
        "Elements stand inside one another too deep to be a real document.",
        rule="limit",
        do=_PLAIN,
    )


def _not_well_formed(name: str) -> Unreadable:
    return Unreadable(
        f"The file is damaged: its part “{name[:80]}” is not well-formed XML.", do=_AGAIN
    )


def _well_formed(content: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        return False
    return True


def locked() -> Unreadable:
    """The refusal of a file that needs a password."""
    return Unreadable(
        "The file is protected by a password.", do="Save a copy without a password and try again."
    )


def _is_macro(name: str) -> bool:
    return (
        "vbaproject" in name
        or "vbadata" in name
        or name.startswith(("xl/macrosheets/", "basic/", "scripts/"))
    )
