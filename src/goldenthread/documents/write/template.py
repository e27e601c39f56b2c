"""A council's own Word file as a frame for a plan: its look is kept, and nothing that hides in it.

Styles, theme, numbering, headers, footers, pictures and the visible words are copied by an
allow-list. Comments, tracked changes, hidden words, fields that fetch, links, macros, custom data
and the names of authors stay behind.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from goldenthread.documents.write.word_parts import (
    FOOTER,
    HEADER,
    TYPES,
    R,
    W,
    element,
    relations,
    settings,
    w,
)
from goldenthread.errors import Unreadable
from goldenthread.intake.limits import MEGABYTE, Limits
from goldenthread.intake.package import Package

PLACEHOLDER = re.compile(r"\{\{\s*plan\s*\}\}")
LIMITS = Limits(file_bytes=20 * MEGABYTE, unpacked_bytes=80 * MEGABYTE, part_bytes=20 * MEGABYTE)
_PICTURES = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".gif": b"GIF8"}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SHARED = {"styles": "styles", "theme": "theme", "numbering": "numbering", "fontTable": "fontTable"}
# Opened: what is inside is printed as if they were not there.
_THROUGH = frozenset(
    w(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink")
)
_KEPT = frozenset(
    w(name)
    for name in """
    body p r t tab br cr noBreakHyphen tbl tr tc tblGrid gridCol tblPr trPr tcPr pPr rPr sectPr
    drawing fldChar instrText fldSimple sym lastRenderedPageBreak hdr ftr
    """.split()  # noqa: SIM905
)
# Inside these everything is look, except what speaks of changes.
_LOOK = frozenset(w(name) for name in ("tblPr", "trPr", "tcPr", "pPr", "rPr", "sectPr", "tblGrid"))
_CHANGES = re.compile(r"\}(?:\w+Change|ins|del|moveFrom|moveTo|rsid|cellIns|cellDel|cellMerge)$")
_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^\"]{0,60}$")
_NAMES_SOMEBODY = re.compile(r"\}(?:rsid\w*|paraId|textId|author|initials|date)$")


@dataclass(frozen=True)
class Template:
    """The frame: copied parts by name, their kinds, and the body around the plan."""

    parts: dict[str, bytes | str]
    kinds: dict[str, str]
    heading: dict[int, str]
    text_width: int
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    section: Any

    @classmethod
    def read(cls, content: bytes) -> Template:
        """The frame that a .docx makes.

        Raises ``Unsafe`` for macros, a bomb or an outside entity, ``Unreadable`` for what is no
        Word file.
        """
        package = Package(io.BytesIO(content), LIMITS)
        root = package.xml("word/document.xml")
        body = None if root is None else root.find(w("body"))
        if body is None:
            raise Unreadable(
                "The template is not a Word document.",
                do="Save it from Word as .docx and try again.",
            )
        copy = Copy(package)
        pieces = [piece for child in body for piece in copy.cleaned(child, "word/document.xml")]
        section = next((piece for piece in reversed(pieces) if piece.tag == w("sectPr")), None)
        pieces = [piece for piece in pieces if piece.tag != w("sectPr")]
        section = _landscape(section if section is not None else element("sectPr"))
        at = next(
            (n for n, p in enumerate(pieces) if PLACEHOLDER.search("".join(p.itertext(w("t"))))),
            None,
        )
        before = pieces if at is None else pieces[:at]
        after = [] if at is None else pieces[at + 1 :]
        copy.finish(even_and_odd=is_on(package.xml("word/settings.xml"), "evenAndOddHeaders"))
        return cls(
            copy.parts,
            copy.kinds,
            headings(package.xml("word/styles.xml")),
            text_width(section),
            tuple(_without_last_blank(before)),
            tuple(after),
            section,
        )

    def around(self, blocks: Sequence[Any]) -> Any:  # noqa: ANN401
        """The document with these blocks where the plan belongs."""
        root = element("document")
        body = etree.SubElement(root, w("body"))
        body.extend([*self.before, *blocks, *self.after, self.section])
        return root


class Copy:
    """Copies what is allowed of a package, and keeps count of what points where.

    ``prepare`` is called with each header and footer before it is copied.
    """

    def __init__(self, package: Package, prepare: Callable[[Any], None] | None = None) -> None:
        self.package = package
        self._prepare = prepare
        self.parts: dict[str, bytes | str] = {}
        self.kinds: dict[str, str] = {}
        self.relations: dict[str, dict[str, tuple[str, str]]] = {"word/document.xml": {}}
        # Which part of the template each copied header or footer was made from.
        self._from: dict[str, str] = {}
        self._shared()

    def _shared(self) -> None:
        for kind, target in self._targets("word/document.xml").values():
            if kind in _SHARED and target in self.package.names:
                root = self.package.xml(target)
                _strip(root)
                if kind == "numbering":
                    for picture in list(root.iter(w("numPicBullet"))):
                        picture.getparent().remove(picture)
                if kind == "fontTable":
                    _drop(root, ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic"))
                if kind == "theme":
                    _drop_pointing(root)
                name = f"word/{'theme/theme1' if kind == 'theme' else kind}.xml"
                self.parts[name] = _bytes(root)
                self.kinds[name] = TYPES[name]
                where = name.removeprefix("word/")
                self.relations["word/document.xml"][f"gt{kind}"] = (kind, where)

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to inside the file: by id, the kind and the part's name."""
        folder, name = posixpath.split(part)
        root = self.package.xml(f"{folder}/_rels/{name}.rels")
        found = {}
        for relation in () if root is None else root.iter(_RELATION):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            whole = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(f"{folder}/{target}")
            )
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found[relation.get("Id") or ""] = (kind, whole)
        return found

    def cleaned(self, node: Any, part: str) -> list[Any]:  # noqa: ANN401
        """An element with only what is allowed in it; none, or several where a wrapper was."""
        if not isinstance(node.tag, str):
            return []
        if node.tag in _THROUGH:
            return [piece for child in node for piece in self.cleaned(child, part)]
        if node.tag not in _KEPT or _is_hidden(node):
            return []
        if node.tag == w("drawing"):
            return self._drawing(node, part)
        if node.tag in _LOOK:
            return [self._look(node, part)]
        if node.tag == w("instrText") and not _FIELDS.match(node.text or ""):
            return []
        if node.tag == w("fldSimple") and not _FIELDS.match(node.get(w("instr")) or ""):
            return [piece for child in node for piece in self.cleaned(child, part)]
        kept = etree.Element(node.tag, nsmap={"w": W, "r": R})
        for name, value in node.attrib.items():
            if not _NAMES_SOMEBODY.search("}" + name.rpartition("}")[2]):
                kept.set(name, value)
        kept.text = node.text
        for child in node:
            kept.extend(self.cleaned(child, part))
        return [kept]

    def _look(self, node: Any, part: str) -> Any:  # noqa: ANN401
        kept = etree.fromstring(etree.tostring(node, with_tail=False))
        _strip(kept)
        if node.tag == w("sectPr"):
            self._furniture(kept, part)
        return kept

    def _furniture(self, section: Any, part: str) -> None:  # noqa: ANN401
        """The headers and footers of a section, copied and pointed to anew."""
        targets = self._targets(part)
        for reference in list(section):
            if reference.tag not in (w("headerReference"), w("footerReference")):
                if reference.get(f"{{{R}}}id"):
                    section.remove(reference)
                continue
            kind, target = targets.get(reference.get(f"{{{R}}}id") or "", ("", ""))
            root = self.package.xml(target) if target in self.package.names else None
            if kind not in ("header", "footer") or root is None:
                section.remove(reference)
                continue
            number = sum(1 for name in self.parts if name.startswith("word/gt")) + 1
            name = f"word/gt{kind}{number}.xml"
            self.parts[name] = b""
            self.relations[name] = {}
            self._from[name] = target
            if self._prepare is not None:
                self._prepare(root)
            pieces = self.cleaned(root, name)
            self.parts[name] = _bytes(pieces[0])
            self.kinds[name] = HEADER if kind == "header" else FOOTER
            key = f"gt{number}"
            self.relations["word/document.xml"][key] = (kind, name.removeprefix("word/"))
            reference.set(f"{{{R}}}id", key)

    def _drawing(self, node: Any, part: str) -> list[Any]:  # noqa: ANN401
        """A picture of the file's own in a common format; no other drawing, link or chart."""
        targets = self._targets(self._from.get(part, part))
        kept = etree.fromstring(etree.tostring(node, with_tail=False))
        for each in list(kept.iter()):
            if isinstance(each.tag, str) and each.tag.endswith(
                ("}hlinkClick", "}hlinkHover", "}extLst")
            ):
                each.getparent().remove(each)
        pointers = [
            (each, name)
            for each in kept.iter()
            if isinstance(each.tag, str)
            for name in each.attrib
            if name.startswith(f"{{{R}}}")
        ]
        if not pointers:
            return []
        for each, name in pointers:
            kind, target = targets.get(each.get(name), ("", ""))
            ending = posixpath.splitext(target)[1].lower()
            content = self.package.read(target) if kind == "image" else b""
            if ending not in _PICTURES or not content.startswith(_PICTURES[ending]):
                return []
            place = f"word/media/{posixpath.basename(target)}"
            self.parts[place] = content
            key = f"gtimage{len(self.relations[part]) + 1}"
            self.relations[part][key] = ("image", place.removeprefix("word/"))
            each.set(name, key)
        return [kept]

    def finish(self, *, even_and_odd: bool) -> None:
        """Our settings, and what every copied part points to."""
        self.parts["word/settings.xml"] = settings(even_and_odd=even_and_odd)
        self.kinds["word/settings.xml"] = TYPES["word/settings.xml"]
        self.relations["word/document.xml"]["gtsettings"] = ("settings", "settings.xml")
        for part, targets in self.relations.items():
            if targets:
                folder, name = posixpath.split(part)
                self.parts[f"{folder}/_rels/{name}.rels"] = relations(targets)


def _bytes(root: Any) -> bytes:  # noqa: ANN401
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def _strip(root: Any) -> None:  # noqa: ANN401
    """Take out, in place, everything that records a change or somebody who made one."""
    for node in list(root.iter()):
        if not isinstance(node.tag, str) or _CHANGES.search(node.tag):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            continue
        for name in list(node.attrib):
            if _NAMES_SOMEBODY.search("}" + name.rpartition("}")[2]):
                del node.attrib[name]


def _drop(root: Any, names: Sequence[str]) -> None:  # noqa: ANN401
    for name in names:
        for node in list(root.iter(w(name))):
            node.getparent().remove(node)


def _drop_pointing(root: Any) -> None:  # noqa: ANN401
    for node in list(root.iter()):
        points = any(name.startswith(f"{{{R}}}") for name in node.attrib)
        if points and node.getparent() is not None:
            node.getparent().remove(node)


def is_on(root: Any, name: str) -> bool:  # noqa: ANN401
    """Whether the settings have this one."""
    return root is not None and root.find(w(name)) is not None


def _is_hidden(node: Any) -> bool:  # noqa: ANN401
    look = node.find(w("rPr")) if node.tag == w("r") else None
    return look is not None and any(
        look.find(w(name)) is not None for name in ("vanish", "webHidden", "specVanish")
    )


def headings(styles: Any) -> dict[int, str]:  # noqa: ANN401
    """The ids of the template's styles for headings, by level."""
    found: dict[int, str] = {}
    for style in () if styles is None else styles.iter(w("style")):
        name = style.find(w("name"))
        match = (
            re.fullmatch(r"heading ([1-6])", (name.get(w("val")) or "").lower())
            if name is not None
            else None
        )
        if match:
            found[int(match[1])] = style.get(w("styleId")) or ""
    return {level: key for level, key in found.items() if key}


def _landscape(section: Any) -> Any:  # noqa: ANN401
    """The section with its page on its side: the plan's table is wide."""
    size = section.find(w("pgSz"))
    if size is None:
        size = element("pgSz", {"w": "16838", "h": "11906"})
        section.append(size)
    wide, high = _whole(size, "w", 16838), _whole(size, "h", 11906)
    size.set(w("w"), str(max(wide, high)))
    size.set(w("h"), str(min(wide, high)))
    size.set(w("orient"), "landscape")
    return section


def text_width(section: Any, usual: int = 16838) -> int:  # noqa: ANN401
    """How wide the text of a section is, in twentieths of a point."""
    margins = section.find(w("pgMar"))
    sides = (
        sum(_whole(margins, side, 1440) for side in ("left", "right"))
        if margins is not None
        else 2880
    )
    size = section.find(w("pgSz"))
    return max((usual if size is None else _whole(size, "w", usual)) - sides, 6000)


def _whole(node: Any, name: str, usual: int) -> int:  # noqa: ANN401
    text = node.get(w(name)) or ""
    return int(text) if text.isdigit() and len(text) < 7 else usual


def _without_last_blank(pieces: Sequence[Any]) -> list[Any]:
    kept = list(pieces)
    while kept and kept[-1].tag == w("p") and not "".join(kept[-1].itertext(w("t"))).strip():
        if (
            kept[-1].find(f".//{w('drawing')}") is not None
            or kept[-1].find(f".//{w('sectPr')}") is not None
        ):
            break
        kept.pop()
    return kept
