"""A page that is a picture: drawn, its words asked for, its rules and colours found in the dots."""

from __future__ import annotations

import re
import statistics
from dataclasses import replace
from typing import Any, BinaryIO

import pypdfium2

from goldenthread.intake import letters
from goldenthread.intake.pdf.page import Fill, Rule, Sheet, Word, is_coloured
from goldenthread.intake.words import BULLET

_MOST_DOTS = 11_000_000  # an A4 page has nine million at 300 dots to the inch
# Rules are darker than most fillings; where few are found they may be printed in grey.
_DARK, _GREY = 110, 190
_COARSE = 36  # dots to the inch in which colours are looked for
_LEAST_FILL = 6.0  # points
_LETTERS = 12.0  # points: how high a line of letters stands
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
            fills = _fills(page.render(scale=_COARSE / 72, rev_byteorder=True))
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
        return Sheet(empty.number, across * point, down * point, _level(words), rules, fills)


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


def _fills(drawn: Any) -> list[Fill]:  # noqa: ANN401
    """The coloured areas of a page, drawn small so that letters and dirt on them blur away."""
    raw, channels, point = bytes(drawn.buffer), drawn.n_channels, 72 / _COARSE
    done: list[Fill] = []
    above: list[tuple[int, int, str, int]] = []  # start, end, colour, first row
    for row in range(drawn.height):
        at = row * drawn.stride
        line = [raw[x : x + 3] for x in range(at, at + drawn.width * channels, channels)]
        runs = [run for run in _tints(line) if (run[1] - run[0]) * point >= _LEAST_FILL]
        grown = []
        for start, end, shade in runs:
            same = next(
                (a for a in above if a[2] == shade and abs(a[0] - start) + abs(a[1] - end) < 3),
                None,
            )
            grown.append((start, end, shade, same[3] if same else row))
            if same:
                above.remove(same)
        done.extend(_area(each, row, point) for each in above)
        above = grown
    done.extend(_area(each, drawn.height, point) for each in above)
    return _over_letters([fill for fill in done if fill.bottom - fill.top >= 2 * point])


def _over_letters(fills: list[Fill]) -> list[Fill]:
    """Areas of one colour and width that only a line of letters parts made one."""
    done: list[Fill] = []
    for fill in sorted(fills, key=lambda f: f.top):
        above = next(
            (
                n
                for n, other in enumerate(done)
                if other.colour == fill.colour
                and abs(other.x0 - fill.x0) + abs(other.x1 - fill.x1) < 8
                and 0 <= fill.top - other.bottom <= _LETTERS
            ),
            None,
        )
        if above is None:
            done.append(fill)
        else:
            done[above] = replace(done[above], bottom=fill.bottom)
    return done


def _tints(line: list[bytes]) -> list[tuple[int, int, str]]:
    """Where the dots of one row have one colour, from where to where; letters on it do not end it.

    Colours are told in steps of sixteen, since a scanner never sees one twice alike.
    """
    runs: list[tuple[int, int, str]] = []
    start = end = 0
    shade, other, length = "", "", 0
    for x, dot in enumerate(line):
        here = "".join(f"{min(part // 16 * 17, 255):02X}" for part in dot)
        coloured = is_coloured(here)
        if here == shade:
            end, length = x + 1, 0
            continue
        length = length + 1 if here == other else 1
        other = here
        begins = coloured and (not shade or length >= 4)
        if shade and (begins or min(dot) > 200):
            runs.append((start, end, shade))
            shade = ""
        if begins:
            start, end, shade, length = x + 1 - length, x + 1, here, 0
    if shade:
        runs.append((start, end, shade))
    return runs


def _area(run: tuple[int, int, str, int], end: int, point: float) -> Fill:
    return Fill(run[2], run[0] * point, run[3] * point, run[1] * point, end * point)


def _rules(grey: bytes, across: int, down: int, point: float) -> list[Rule]:
    found: list[Rule] = []
    for darkest in (_DARK, _GREY):
        black = grey.translate(bytes(shade >= darkest for shade in range(256)))
        rows = (black[at * across : (at + 1) * across] for at in range(down))
        columns = (black[at::across] for at in range(across))
        found = [
            *(Rule(True, *at) for at in _lines(rows, _SHORT_ACROSS, point)),
            *(Rule(False, *at) for at in _lines(columns, _SHORT_DOWN, point)),
        ]
        if min(sum(rule.across is way for rule in found) for way in (True, False)) >= 3:
            break
    return found


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
