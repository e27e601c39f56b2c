"""Words as people typed them: one way to tidy characters and to recognise a list marker by hand.

Every format uses this, so that a plan reads the same whether it came as docx, pdf or html.
"""

from __future__ import annotations

import re
import unicodedata

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
_PLAIN = re.compile(r"[ -~]*")
_BULLET = re.compile(rf"\s*(?:[{re.escape(_ROUND)}]\s*|[{re.escape(_DASHES)}]\s+|\(cid:127\)\s*)")
_NUMBER = re.compile(
    r"\s*(?:\((?P<in>\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\)"
    r"|(?P<out>\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])\s+(?=\S)"
)


def tidy(text: str) -> str:
    """The words of one paragraph on one line: spaces of every kind become one plain space.

    Soft hyphens, zero-width and direction marks, control characters and half characters go;
    printers' ligatures become letters; accents are joined to their letters (Unicode form C).
    Nothing else is changed: quotation marks, dashes and bullets stay as typed.

    >>> tidy(" Head\\u00a0of \\tHR\\u200b\\r\\n")
    'Head of HR'
    """
    if _PLAIN.fullmatch(text):
        return _GAP.sub(" ", text).strip(" ")
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


def split_number(text: str) -> tuple[str | None, str]:
    """The number or letter typed by hand in front of some words, and the words without it.

    >>> split_number("1. Publish the pay gap")
    ('1', 'Publish the pay gap')
    >>> split_number("(b) Train managers")
    ('b', 'Train managers')
    >>> split_number("12 months")
    (None, '12 months')
    """
    found = _NUMBER.match(text)
    if not found:
        return None, text
    return found["in"] or found["out"], text[found.end() :]
