"""Words as people typed them: one way to tidy characters and to recognise a list marker by hand.

Every format uses this, so that a plan reads the same whether it came as docx, pdf or html.
"""

from __future__ import annotations

import re
import unicodedata

from goldenthread.errors import Place
from goldenthread.intake.document import Paragraph

BULLET = "•"
"""The marker that every kind of bullet is given."""

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "ft",
    "ﬆ": "st",
}

# Bullets that need no space after them, since they mean nothing else. The private characters are
# those of the Symbol and Wingdings fonts in which Word keeps its bullets.
_ROUND = "•‣⁃∙●○◦▪▫■□◾◽⬛➢➤►▶✓✔❖♦◆" + "\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf02d\uf0e0"
# Marks that also occur inside words or before numbers, and are bullets only before a space.
_DASHES = "-–—*·"

_GAP = re.compile(r"[ \t\r\n\f\v\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u00a0\u0085]+")
_BULLET = re.compile(rf"\s*(?:[{re.escape(_ROUND)}]\s*|[{re.escape(_DASHES)}]\s+|\(cid:127\)\s*)")


def tidy(text: str) -> str:
    """The words of one paragraph on one line: spaces of every kind become one plain space.

    Soft hyphens, zero-width and direction marks, control characters and half characters go;
    printers' ligatures become letters; accents are joined to their letters (Unicode form C).
    Nothing else is changed: quotation marks, dashes and bullets stay as typed.

    >>> tidy(" Head\\u00a0of \\tHR\\u200b\\r\\n")
    'Head of HR'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _GAP.sub(" ", text)
    kept = (
        _LIGATURES.get(letter, letter)
        for letter in text
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", re.sub(" {2,}", " ", "".join(kept)).strip(" "))


def split_bullet(text: str) -> tuple[str | None, str]:
    """The bullet typed by hand in front of some words, as ``BULLET``, and the words without it.

    A dash, hyphen, star or middle dot counts only before a space: "-5%" and "*note" are words. The
    first is None where there is no bullet; words that are nothing but a mark stay as they are.

    >>> split_bullet("• Publish the pay gap")
    ('•', 'Publish the pay gap')
    >>> split_bullet("– by directorate")
    ('•', 'by directorate')
    >>> split_bullet("-5% by 2026")
    (None, '-5% by 2026')
    """
    found = _BULLET.match(text)
    if not found or not text[found.end() :].strip():
        return None, text
    return BULLET, text[found.end() :]


def paragraphs(text: str, place: Place, bold: bool = False) -> tuple[Paragraph, ...]:
    """The lines of one cell as paragraphs, blank ones inside kept, hand-typed bullets as items.

    >>> [(p.text, p.marker) for p in paragraphs("Train:\\n- managers\\n", Place())]
    [('Train:', None), ('managers', '•')]
    """
    found: list[Paragraph] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        marker, words = split_bullet(tidy(line))
        level = None if marker is None else 0
        found.append(Paragraph(words, None, level, marker, bold and bool(words), place))
    while found and not found[-1].text:
        found.pop()
    while found and not found[0].text:
        found.pop(0)
    return tuple(found)


def list_number(number: int, kind: str) -> str:
    """A list number in letters, Roman numerals or digits.

    >>> list_number(4, "lowerRoman"), list_number(28, "upperLetter"), list_number(7, "decimal")
    ('iv', 'BB', '7')
    """
    if kind in ("lowerLetter", "upperLetter") and 0 < number <= 26 * 20:
        # Word goes on after z with aa, bb, cc.
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    names = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    words = ""
    for amount, name in zip(values, names, strict=True):
        times, number = divmod(number, amount)
        words += name * times
    return words
