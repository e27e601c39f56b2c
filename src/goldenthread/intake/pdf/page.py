"""What stands on one page, turned upright: words with their boxes, rules, and colours behind them.

A page may be turned by its own flag, or be drawn sideways without one; only the direction in which
most of its text runs tells. Everything is turned together, so that the rest of the reader knows
nothing of it. Lengths are points from the top left corner.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from goldenthread.intake.markers import BULLETS

# A filled shape this thin is a rule; Word draws its borders so.
THIN = 2.5
# A gap of this share of the type size parts two words where no space is printed.
WORD_GAP = 0.17

# Symbol fonts without a map to letters: 127 and 183 are the bullets of common word processors.
_UNMAPPED = re.compile(r"\(cid:(\d+)\)")
_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)


@dataclass(slots=True)
class Word:
    """A word, or part of one, and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False

    @property
    def size(self) -> float:
        """The type size in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """How far down the page its middle stands."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Piece:
    """Words of one line of marked content, spaces as drawn, and their box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    bold: bool = False

    @property
    def size(self) -> float:
        """The type size in points."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Rule:
    """A straight rule: how far down (or across) it stands, and from where to where it runs."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Fill:
    """A shape filled with a colour, "RRGGBB"; white ones too, since they cover what is below."""

    colour: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass
class Sheet:
    """One page, upright; counts its images, letters slanted or struck out, words off the page.

    ``marked`` holds the pieces of each marked content by its number, where the file is tagged;
    ``untagged`` counts letters that are neither in one nor marked as furniture.
    """

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule]
    fills: list[Fill]
    pictures: int = 0
    slanted: int = 0
    unseen: int = 0
    marked: dict[int, list[Piece]] = field(default_factory=dict)
    untagged: int = 0
    struck: int = 0
    recognised: bool = False


Box = tuple[float, float, float, float]
Turn = Callable[[Box], Box]


def sheet(page: Any, number: int, tagged: bool = False) -> Sheet:  # noqa: ANN401  no types there
    """The words, rules and fills of a pdfplumber page, turned so that most text runs rightwards.

    ``tagged`` asks for the marked content as well.
    """
    width, height = float(page.width), float(page.height)
    by_direction: dict[int | None, list[dict[str, Any]]] = {}
    for char in page.chars:
        by_direction.setdefault(_direction(char["matrix"]), []).append(char)
    slanted = len(by_direction.pop(None, ()))
    main = max(by_direction, key=lambda d: len(by_direction[d]), default=0)
    turn = _turner(main or 0, width, height)
    rules, fills = _drawn(page, turn)
    upright, struck = _unstruck(by_direction.pop(main, []), rules, turn, height)
    words = _words(upright, turn)
    marked, untagged = _marked(upright, turn) if tagged else ({}, 0)
    untagged += sum(len(chars) for chars in by_direction.values()) if tagged else 0
    for direction, chars in by_direction.items():
        words.extend(_sideways(chars, direction or 0, turn, width, height))
    if main in (90, 270):
        width, height = height, width
    # Off the page nothing is seen; a comparison with "not a number" is false, so that goes as well.
    seen = [w for w in words if w.size >= 1 and 0 <= w.x0 <= w.x1 <= 2 * width]
    seen = [w for w in seen if 0 <= w.middle <= height and w.x0 <= width]
    page_area = width * height
    return Sheet(
        number,
        width,
        height,
        seen,
        [clipped for rule in rules if (clipped := _clipped(rule, width, height)) is not None],
        [f for f in fills if (f.x1 - f.x0) * (f.bottom - f.top) < 0.8 * page_area],
        pictures=len(page.images),
        slanted=slanted,
        unseen=len(words) - len(seen),
        marked=marked,
        untagged=untagged,
        struck=struck,
    )


def _unstruck(
    chars: list[dict[str, Any]], rules: list[Rule], turn: Turn, height: float
) -> tuple[list[dict[str, Any]], int]:
    """The characters without those that a rule strikes out, and how many those are.

    Such a rule runs through small letters, well above the line on which they stand, and no further
    than they do. It is taken off ``rules``.
    """
    across = sorted((r for r in rules if r.across), key=lambda r: (round(r.at), r.start))
    if not across or not chars:
        return chars, 0
    bases = []
    for number, char in enumerate(chars):
        x, y = char["matrix"][4], height - char["matrix"][5]
        bases.append((turn((x, y, x, y))[1], number))
    bases.sort()
    gone: set[int] = set()
    spent: set[int] = set()
    for group in _runs(across):
        at, start, end = group[0].at, group[0].start, max(r.end for r in group)
        hit, covered = set(), 0.0
        first = bisect.bisect_left(bases, (at, -1))
        for base, number in itertools.islice(bases, first, None):
            if base > at + 40:
                break
            char = chars[number]
            x0, top, x1, bottom = turn((char["x0"], char["top"], char["x1"], char["bottom"]))
            size = bottom - top
            middle = (x0 + x1) / 2
            if 0.12 * size < base - at < 0.45 * size and start - 1 <= middle <= end + 1:
                hit.add(number)
                covered += x1 - x0
        if covered > 0.6 * (end - start):
            gone |= hit
            spent |= {id(rule) for rule in group}
    if not gone:
        return chars, 0
    rules[:] = [rule for rule in rules if id(rule) not in spent]
    printed = sum(not chars[number]["text"].isspace() for number in gone)
    return [char for number, char in enumerate(chars) if number not in gone], printed


def _runs(across: list[Rule]) -> list[list[Rule]]:
    """Rules that go on one another on one line, as a program draws them piece by piece."""
    groups: list[list[Rule]] = []
    for rule in across:
        last = groups[-1][-1] if groups else None
        if last is not None and abs(last.at - rule.at) < 0.6 and abs(rule.start - last.end) < 1.5:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _marked(chars: Iterable[dict[str, Any]], turn: Turn) -> tuple[dict[int, list[Piece]], int]:
    """The pieces of each marked content, and how many letters stand in none."""
    marked: dict[int, list[Piece]] = {}
    untagged = 0
    for char in chars:
        text, mark = _clean(char["text"]), char.get("mcid")
        if not text:
            continue
        if mark is None:
            untagged += char.get("tag") != "Artifact" and not text.isspace()
            continue
        x0, top, x1, bottom = turn((char["x0"], char["top"], char["x1"], char["bottom"]))
        bold = bool(_BOLD.search(char["fontname"]))
        pieces = marked.setdefault(mark, [])
        last, size = pieces[-1] if pieces else None, bottom - top
        if (
            last is not None
            and last.bold == bold
            and abs(last.bottom - bottom) < 0.35 * size
            and -0.5 * size < x0 - last.x1 < 0.6 * size
        ):
            gap = x0 - last.x1 > WORD_GAP * size and not last.text.endswith(" ") and text != " "
            last.text += " " + text if gap else text
            last.x1, last.top = max(last.x1, x1), min(last.top, top)
        else:
            pieces.append(Piece(text, x0, top, x1, bottom, bold))
    return marked, untagged


def _clipped(rule: Rule, width: float, height: float) -> Rule | None:
    """The rule as far as it stands on the page, None when none of it does."""
    reach, across = (width, height) if rule.across else (height, width)
    start, end = max(rule.start, 0.0), min(rule.end, reach)
    return (
        Rule(rule.across, rule.at, start, end) if 0 <= rule.at <= across and start < end else None
    )


def _direction(matrix: tuple[float, ...]) -> int | None:
    """Where text runs: 0, 90, 180 or 270 degrees anticlockwise; None for slanted text."""
    degrees = math.degrees(math.atan2(matrix[1], matrix[0])) % 360
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 5 else None


def _turner(direction: int, width: float, height: float) -> Turn:
    """What turns a box so that text of this direction runs rightwards."""
    if direction == 90:
        return lambda b: (height - b[3], b[0], height - b[1], b[2])
    if direction == 180:
        return lambda b: (width - b[2], height - b[3], width - b[0], height - b[1])
    if direction == 270:
        return lambda b: (b[1], width - b[2], b[3], width - b[0])
    return lambda b: b


# --- words --------------------------------------------------------------------------------------


def _clean(text: str) -> str:
    """The letters of a character; bullets of fonts without a map to letters are put right."""
    unmapped = _UNMAPPED.fullmatch(text)
    if unmapped:
        return "•" if unmapped[1] in ("127", "183") else ""
    return "".join(
        c for c in text if c.isprintable() or c.isspace() or c in BULLETS or c == "\u00ad"
    )


def _words(chars: Iterable[dict[str, Any]], turn: Turn) -> list[Word]:
    """Words from characters in the order in which they were drawn, then by where they are."""
    drawn: list[Word] = []
    current: Word | None = None
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        text = _clean(char["text"])
        if not text.strip():
            # Also a space that hangs over the edge of a narrow cell ends the word.
            current = None
            continue
        x0, top, x1, bottom = turn((char["x0"], char["top"], char["x1"], char["bottom"]))
        # Some programs draw each letter twice, a hair apart, to make it bold.
        key = (text, round(x0), round(top))
        if key in seen:
            continue
        seen.add(key)
        size = bottom - top
        if (
            current is not None
            and abs(current.bottom - bottom) < 0.2 * size
            and -0.4 * size < x0 - current.x1 < WORD_GAP * size
            and current.text[0] not in BULLETS
        ):
            current.text += text
            current.x1 = max(current.x1, x1)
            current.top = min(current.top, top)
            continue
        current = Word(text, x0, top, x1, bottom, bool(_BOLD.search(char["fontname"])))
        drawn.append(current)
    return _joined(drawn)


def _joined(words: list[Word]) -> list[Word]:
    """Pieces of words that touch, joined: a raised "th" stands by itself in the file."""
    done: list[Word] = []
    for word in words:
        last = done[-1] if done else None
        if (
            last is not None
            and last.top - 1 <= word.middle <= last.bottom + 1
            and -0.1 * word.size < word.x0 - last.x1 < 0.1 * last.size
            and word.text[0] not in BULLETS
            and last.text[-1] not in BULLETS
        ):
            last.text += word.text
            last.x1 = word.x1
        else:
            done.append(word)
    return done


def _sideways(
    chars: list[dict[str, Any]], direction: int, turn: Turn, width: float, height: float
) -> list[Word]:
    """Words that run another way than the page, such as a header turned to save room.

    Each line of them becomes one wide "word" so that nothing tears it apart.
    """
    own = _turner(direction, width, height)
    by_line: dict[int, list[Word]] = {}
    for word in _words(chars, own):
        by_line.setdefault(round(word.middle / max(word.size, 1)), []).append(word)
    back = _turner(-direction % 360, *((height, width) if direction % 180 else (width, height)))
    found = []
    for line in by_line.values():
        box = (
            min(w.x0 for w in line),
            min(w.top for w in line),
            max(w.x1 for w in line),
            max(w.bottom for w in line),
        )
        x0, top, x1, bottom = turn(back(box))
        size = line[0].size
        text = " ".join(w.text for w in sorted(line, key=lambda w: w.x0))
        middle = (top + bottom) / 2
        found.append(
            Word(text, x0, middle - size / 2, x1, middle + size / 2, all(w.bold for w in line))
        )
    return found


# --- rules and fills ----------------------------------------------------------------------------


def _drawn(page: Any, turn: Turn) -> tuple[list[Rule], list[Fill]]:  # noqa: ANN401
    rules: list[Rule] = []
    fills: list[Fill] = []
    for line in page.lines:
        rules.extend(_straight(turn(_box(line))))
    for rect in page.rects:
        _shape(turn(_box(rect)), rect, rules, fills, boxed=True)
    for curve in page.curves:
        points = curve.get("pts") or ()
        segments = list(itertools.pairwise(points))
        square = bool(segments) and all(
            abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in segments
        )
        _shape(turn(_box(curve)), curve, rules, fills, boxed=False)
        if curve.get("stroke") and square:
            for a, b in segments:
                ends = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
                rules.extend(_straight(turn(ends)))
    return rules, fills


def _box(drawn: dict[str, Any]) -> Box:
    return drawn["x0"], drawn["top"], drawn["x1"], drawn["bottom"]


def _shape(
    box: Box, drawn: dict[str, Any], rules: list[Rule], fills: list[Fill], *, boxed: bool
) -> None:
    """Sorts a shape: thin ones are rules, edges drawn round a box are four, a filling is a fill."""
    x0, top, x1, bottom = box
    if min(x1 - x0, bottom - top) <= THIN:
        if drawn.get("stroke") or colour(drawn.get("non_stroking_color")) != "FFFFFF":
            rules.extend(_straight(box))
        return
    if drawn.get("fill"):
        shade = colour(drawn.get("non_stroking_color"))
        if shade is not None:
            fills.append(Fill(shade, x0, top, x1, bottom))
    if boxed and drawn.get("stroke"):
        rules.append(Rule(True, top, x0, x1))
        rules.append(Rule(True, bottom, x0, x1))
        rules.append(Rule(False, x0, top, bottom))
        rules.append(Rule(False, x1, top, bottom))


def _straight(box: Box) -> list[Rule]:
    x0, top, x1, bottom = box
    if bottom - top <= THIN and x1 - x0 > bottom - top:
        return [Rule(True, (top + bottom) / 2, x0, x1)]
    if x1 - x0 <= THIN and bottom - top > x1 - x0:
        return [Rule(False, (x0 + x1) / 2, top, bottom)]
    return []


def colour(value: Any) -> str | None:  # noqa: ANN401
    """A PDF colour in grey, RGB or CMYK as "RRGGBB", None for a pattern or one that is not known.

    >>> colour((1, 0, 0)), colour((0.5,)), colour((0, 0, 0, 1))
    ('FF0000', '808080', '000000')
    """
    parts = list(value) if isinstance(value, (tuple, list)) else [value]
    if not parts or not all(isinstance(p, (int, float)) for p in parts):
        return None
    parts = [min(max(float(p), 0.0), 1.0) for p in parts]
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        c, m, y, k = parts
        parts = [(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)]
    elif len(parts) != 3:
        return None
    return "".join(f"{round(p * 255):02X}" for p in parts)


def is_coloured(shade: str) -> bool:
    """Whether a shade is a colour and not white, grey or black.

    >>> is_coloured("FFC000"), is_coloured("D9D9D9")
    (True, False)
    """
    channels = [int(shade[n : n + 2], 16) for n in (0, 2, 4)]
    return max(channels) - min(channels) > 24


def common_size(sheets: Iterable[Sheet]) -> float:
    """The type size of most letters, to a half point; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for each in sheets:
        for word in each.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
