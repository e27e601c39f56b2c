"""A page that is a picture: drawn in grey, its words asked for, its rules found in the dots."""

from __future__ import annotations

import re
import statistics
from typing import Any, BinaryIO

import pypdfium2

from goldenthread.intake import letters
from goldenthread.intake.pdf.page import Rule, Sheet, Word
from goldenthread.intake.words import BULLET

_MOST_DOTS = 11_000_000  # an A4 page has nine million at 300 dots to the inch
_DARK = 190
_BLACK = bytes(0 if shade < _DARK else 1 for shade in range(256))
_SHORT_ACROSS, _SHORT_DOWN = 30.0, 16.0  # points: shorter dark runs are letters
_THICK = 6.0  # points: thicker ones are fillings, which have edges


class Scan:
    """The pages of a file as pictures."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._pages: Any = pypdfium2.PdfDocument(file.read())

    def read(self, empty: Sheet, ask: letters.Ask) -> Sheet:
        """The page of that number with the words seen on it."""
        page = self._pages[empty.number - 1]
        try:
            width, height = page.get_size()
            scale = min(letters.DOTS / 72, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
            drawn = page.render(scale=scale, grayscale=True)
            across, down, stride = drawn.width, drawn.height, drawn.stride
            raw = bytes(drawn.buffer)
        finally:
            page.close()
        grey = b"".join(raw[row * stride : row * stride + across] for row in range(down))
        del raw, drawn
        found = ask(letters.picture(grey, across, down), empty.number)
        point = 1 / scale
        words = [
            Word(text, s.x0 * point, s.top * point, s.x1 * point, s.bottom * point)
            for s in found
            if (text := s.text.strip("|¦_[]{}"))
        ]
        _dots_are_bullets(words)
        rules = _rules(grey, across, down, point)
        return Sheet(empty.number, across * point, down * point, _level(words), rules, [])


def _dots_are_bullets(words: list[Word]) -> None:
    """A bullet is taken for a small letter; it is lower than any letter of its line."""
    usual = statistics.median(word.size for word in words) if words else 0.0
    for word in words:
        if len(word.text) == 1 and word.text not in ".,:;=+-–—'" and word.size < 0.5 * usual:
            word.text = BULLET


def _level(words: list[Word]) -> list[Word]:
    """The words with boxes as high as letters of their size are, not as their own letters happen.

    A word without tall letters or tails has a lower box than its neighbours, and the reader tells
    lines and sizes by boxes.
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.x0)):
        near = [row for row in rows[-6:] if abs(row[-1].middle - word.middle) < 0.45 * word.size]
        if near:
            near[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        tops, bottoms = sorted(w.top for w in row), sorted(w.bottom for w in row)
        top, bottom = tops[len(tops) // 4], bottoms[3 * len(bottoms) // 4]
        for word in row:
            if abs(word.top - top) < 0.6 * word.size and abs(word.bottom - bottom) < word.size:
                word.top, word.bottom = top, bottom
    return words


def _rules(grey: bytes, across: int, down: int, point: float) -> list[Rule]:
    black = grey.translate(_BLACK)
    rows = (black[at * across : (at + 1) * across] for at in range(down))
    columns = (black[at::across] for at in range(across))
    return [
        *(Rule(True, *at) for at in _lines(rows, _SHORT_ACROSS, point)),
        *(Rule(False, *at) for at in _lines(columns, _SHORT_DOWN, point)),
    ]


def _lines(rows: Any, least: float, point: float) -> list[tuple[float, float, float]]:  # noqa: ANN401
    """Where long dark runs stand, from where to where: thin stacks are a rule, thick ones two."""
    dark = re.compile(rb"\x00{%d,}" % max(8, int(least / point)))
    stacks: list[list[int]] = []  # first row, last row, start, end
    growing: list[list[int]] = []
    for number, row in enumerate(rows):
        still = [stack for stack in growing if stack[1] >= number - 2]
        for found in dark.finditer(row):
            start, end = found.span()
            for stack in still:
                if start <= stack[3] and end >= stack[2]:
                    stack[1], stack[2], stack[3] = number, min(stack[2], start), max(stack[3], end)
                    break
            else:
                still.append([number, number, start, end])
                stacks.append(still[-1])
        growing = still
    done: list[tuple[float, float, float]] = []
    for first, last, start, end in stacks:
        edges = (first, last) if (last - first) * point > _THICK else ((first + last) / 2,)
        done.extend((edge * point, start * point, end * point) for edge in edges)
    return done
