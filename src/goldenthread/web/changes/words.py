"""Words that come from a form: tidied, bounded, and refused where they cannot be kept."""

from __future__ import annotations

import unicodedata

from goldenthread.errors import Missing, Unsafe

# Room for a long paragraph; a committee paper is evidence, not an update.
LINE, PARAGRAPH = 300, 4_000


def words(text: str, *, name: str, most: int = PARAGRAPH, needed: bool = False) -> str:
    """The words as they will be kept: one form of each letter, no control characters, no ends.

    ``name`` is what the form calls them. Markup is kept as the words that it is; pages escape it.
    Raises ``Unsafe`` (rule ``too_long``) where they are longer than ``most`` characters, and
    ``Missing`` where they are needed and blank.

    >>> words("  re\\u0301sume\\u0301\\x00\\x1b ", name="note")
    'résumé'
    """
    shown = "".join(
        sign
        for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn")
    ).strip()
    if len(shown) > most:
        raise Unsafe(
            f"{name.capitalize()} is {len(shown):,} characters long, and {most:,} can be kept.",
            rule="too_long",
            do="Shorten it, or give a document as evidence.",
        )
    if needed and not shown:
        raise Missing(f"{name.capitalize()} is blank.", needs={name: "Write this."})
    return shown
