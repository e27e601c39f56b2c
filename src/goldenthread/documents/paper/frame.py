"""A council's own Word template as a frame for papers: where its sections and small marks stand.

A section is placed by a paragraph of its own that says {{decisions}}, or by a content control
whose tag or title is “paper decisions”; a small mark such as {{committee}} stands anywhere, in
tables, headers and footers too. Everything else of the template stays as it is. It is read as any
untrusted file is (``write.template``), and what it cannot mean is refused in a sentence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from goldenthread.documents.paper.sheet import KEYS, Key
from goldenthread.documents.write.template import LIMITS, Copy, headings, is_on, text_width
from goldenthread.documents.write.word_parts import element, w
from goldenthread.errors import Unreadable
from goldenthread.intake.package import Package

SMALL_MARKS = (
    *("title", "body", "committee", "meeting", "item", "purpose", "author", "contact"),
    *("lead member", "wards", "date", "as at", "quarter", "last met", "plan title"),
)
"""What may stand anywhere in a template, between two pairs of curly brackets."""

_MARK = re.compile(r"\{\{\s*([^{}]{0,60}?)\s*\}\}")
_CONTROL = re.compile(r"paper[\s:._-]+(.{1,60})", re.IGNORECASE | re.DOTALL)
_BODY = "word/document.xml"


@dataclass(frozen=True)
class Slot:
    """A place for a section: the look of its paragraphs, and the level of the heading over it.

    ``headed`` is the level of the template's own heading just before it, 0 where there is none.
    """

    key: Key
    look: Any
    headed: int


@dataclass(frozen=True)
class Frame:
    """A template read: its sections in order, the sections that it leaves out, and its parts.

    ``pieces`` are the body's elements and slots; ``around`` the headers and footers by part.
    ``relations`` are those of the body, to which charts are added.
    """

    order: tuple[Key, ...]
    left_out: tuple[Key, ...]
    pieces: tuple[Any, ...]
    section: Any
    parts: Mapping[str, bytes | str]
    kinds: Mapping[str, str]
    relations: Mapping[str, tuple[str, str]]
    styles: Mapping[int, str]
    level: int
    width: int


def read_template(content: bytes) -> Frame:
    """The frame that a .docx makes for papers.

    Raises ``Unsafe`` for macros, a bomb or an outside entity; ``Unreadable`` for what is no Word
    file, a mark that is not known, not closed, used twice or not alone in its paragraph, and where
    no section is marked.
    """
    package = Package(io.BytesIO(content), LIMITS)
    root = package.xml(_BODY)
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise Unreadable(
            "The template is not a Word document.", do="Save it from Word as .docx and try again."
        )
    _open_controls(root)
    copy = Copy(package, prepare=_open_controls)
    pieces = [piece for child in body for piece in copy.cleaned(child, _BODY)]
    section = next((piece for piece in reversed(pieces) if piece.tag == w("sectPr")), None)
    pieces = [piece for piece in pieces if piece.tag != w("sectPr")]
    section = section if section is not None else element("sectPr")
    copy.finish(even_and_odd=is_on(package.xml("word/settings.xml"), "evenAndOddHeaders"))
    styles = headings(package.xml("word/styles.xml"))
    slotted = tuple(_slots(pieces, styles))
    order = tuple(piece.key for piece in slotted if isinstance(piece, Slot))
    _check(order)
    for name, part in copy.parts.items():
        if name.startswith(("word/gtheader", "word/gtfooter")):
            _only_small(etree.fromstring(part if isinstance(part, bytes) else part.encode()))
    levels = [piece.headed for piece in slotted if isinstance(piece, Slot) and piece.headed]
    return Frame(
        order=order,
        left_out=tuple(key for key in KEYS if key not in order),
        pieces=slotted,
        section=section,
        parts=dict(copy.parts),
        kinds=dict(copy.kinds),
        relations=dict(copy.relations[_BODY]),
        styles=styles,
        level=levels[0] if levels else 2,
        width=text_width(section, 11906),
    )


def _slots(pieces: Iterable[Any], styles: Mapping[int, str]) -> Iterable[Any]:
    levels = {style: level for level, style in styles.items()}
    headed = 0
    for piece in pieces:
        if piece.tag != w("p"):
            _only_small(piece)
            headed = 0
            yield piece
            continue
        text = _text(piece)
        found = [name for name in _names(text) if name in KEYS]
        if found:
            alone = len(found) == 1 and not _MARK.sub("", text).strip()
            if not alone or len(list(_names(text))) > 1:
                raise Unreadable(
                    f"The mark {{{{{found[0]}}}}} of the template does not stand alone.",
                    do="Give it a paragraph of its own, outside any table.",
                )
            key: Any = found[0]
            yield Slot(key, _look(piece), headed)
            headed = 0
            continue
        _known(text)
        yield piece
        if text.strip():
            headed = levels.get(_style(piece), 0)


def _check(order: tuple[Key, ...]) -> None:
    twice = next((key for place, key in enumerate(order) if key in order[:place]), None)
    if twice is not None:
        raise Unreadable(
            f"The template has the mark {{{{{twice}}}}} twice.", do="Keep one of them."
        )
    if not order:
        raise Unreadable(
            "The template marks no place for any section of the paper.",
            do=f"Write one of these in a paragraph of its own: {_listed(KEYS)}.",
        )


def _only_small(node: Any) -> None:  # noqa: ANN401
    """Refuse a section's mark where none can stand, and any mark that is not known."""
    for paragraph in node.iter(w("p")):
        text = _text(paragraph)
        for name in _known(text):
            if name in KEYS:
                raise Unreadable(
                    f"The mark {{{{{name}}}}} stands in a table, a header or a footer of the "
                    "template.",
                    do="Give it a paragraph of its own, outside any table.",
                )


def _known(text: str) -> list[str]:
    """The names of a paragraph's marks, each of them known."""
    names = list(_names(text))
    for name in names:
        if name not in KEYS and name not in SMALL_MARKS:
            raise Unreadable(
                f"The template has a mark that is not known: {{{{{name}}}}}.",
                do=f"Use one of {_listed(KEYS)}; or, anywhere, {_listed(SMALL_MARKS)}.",
            )
    if "{{" in _MARK.sub("", text):
        raise Unreadable(
            "The template has a mark that is not closed: two opening brackets without two closing "
            "ones in the same paragraph.",
            do="Write each mark as {{decisions}}, on one line.",
        )
    return names


def _names(text: str) -> Iterable[str]:
    for match in _MARK.finditer(text):
        yield _name(match[1])


def _name(words: str) -> str:
    return " ".join(re.split(r"[\s_-]+", words.casefold().strip()))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _text(paragraph: Any) -> str:  # noqa: ANN401
    return "".join(node.text or "" for node in paragraph.iter(w("t")))


def _style(paragraph: Any) -> str:  # noqa: ANN401
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return (style.get(w("val")) or "") if style is not None else ""


def _look(paragraph: Any) -> Any:  # noqa: ANN401
    """The look of a marked paragraph, for those of its section: not a section break in it."""
    look = paragraph.find(w("pPr"))
    if look is None:
        return None
    kept = etree.fromstring(etree.tostring(look, with_tail=False))
    for name in ("sectPr", "keepNext", "pageBreakBefore"):
        for node in kept.findall(w(name)):
            kept.remove(node)
    return kept


# -- content controls ------------------------------------------------------------------------------


def _open_controls(root: Any) -> None:  # noqa: ANN401
    """Turn each content control that names a mark into words that say it, in place."""
    for control in list(root.iter(w("sdt"))):
        name = _control_name(control)
        inside = control.find(w("sdtContent"))
        parent = control.getparent()
        if not name or inside is None or parent is None:
            continue
        words = f"{{{{{name}}}}}"
        blocks = inside.findall(w("p"))
        if blocks or inside.find(w("tbl")) is not None:
            made = element("p")
            look = blocks[0].find(w("pPr")) if blocks else None
            if look is not None:
                made.append(look)
            made.append(_run(words, None))
        else:
            first = inside.find(f"{w('r')}/{w('rPr')}")
            made = _run(words, first)
        parent.replace(control, made)


def _control_name(control: Any) -> str:  # noqa: ANN401
    for what in ("tag", "alias"):
        node = control.find(f"{w('sdtPr')}/{w(what)}")
        match = _CONTROL.fullmatch((node.get(w("val")) or "").strip()) if node is not None else None
        if match:
            return _name(re.sub(r"[{}]", " ", match[1]))
    return ""


def _run(words: str, look: Any) -> Any:  # noqa: ANN401
    run = element("r")
    if look is not None:
        kept = etree.fromstring(etree.tostring(look, with_tail=False))
        for placeholder in kept.findall(w("rStyle")):
            if placeholder.get(w("val")) == "PlaceholderText":
                kept.remove(placeholder)
        run.append(kept)
    text = etree.SubElement(run, w("t"))
    text.text = words
    return run


def filled(node: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401
    """A copy of an element in which every small mark says what it stands for.

    A mark that Word has cut into several runs takes the look of the first of them.
    """
    made = etree.fromstring(etree.tostring(node, with_tail=False))
    for paragraph in made.iter(w("p")):
        while True:
            texts = list(paragraph.iter(w("t")))
            whole = "".join(text.text or "" for text in texts)
            match = next((m for m in _MARK.finditer(whole) if _name(m[1]) in words), None)
            if match is None:
                break
            _replace(texts, match.start(), match.end(), _plain(words[_name(match[1])]))
    return made


def _plain(words: str) -> str:
    """Words in which nothing can be taken for a mark again, on one line."""
    return " ".join(words.split()).replace("{{", "{ {")


def _replace(texts: list[Any], start: int, end: int, words: str) -> None:
    at = 0
    for text in texts:
        held = text.text or ""
        low, high = max(start - at, 0), min(end - at, len(held))
        if low < high or (low == high == start - at and low < len(held)):
            said = words if at + low == start else ""
            text.text = held[:low] + said + held[high:]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += len(held)
