"""What the style sheets inside a page say of its elements: colours, what is hidden, bold, struck.

Word, LibreOffice and committee systems put colours and hidden words into classes, which a page's
own ``<style>`` blocks explain. Sheets elsewhere are never fetched.
"""

from __future__ import annotations

import re
from typing import Any

import cssselect2
import tinycss2

from goldenthread.intake import colour

Style = dict[str, str]
"""Properties by name, both in lower case."""

# What changes the words that a page prints, or the colour behind them.
_WANTED = frozenset(
    [
        "background",
        "background-color",
        "display",
        "visibility",
        "font-weight",
        "text-decoration",
        "text-decoration-line",
        "list-style-type",
        "mso-hide",
    ]
)
_MOST_LETTERS = 2_000_000
_MOST_RULES = 5_000


class Sheets:
    """The styles of a page's elements, from its own sheets and their own attribute."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401
        self._given: dict[Any, tuple[Style, Style]] = {}
        text = "\n".join(element.text or "" for element in root.iter("style"))[:_MOST_LETTERS]
        matcher, found = cssselect2.Matcher(), 0
        for rule in _rules(text):
            plain, strong = _declared(tinycss2.parse_blocks_contents(rule.content))
            if not plain and not strong:
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except (cssselect2.SelectorError, NotImplementedError):
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, (plain, strong))
                    found += 1
            if found > _MOST_RULES:
                break
        if found:
            self._match(root, matcher)

    def _match(self, root: Any, matcher: Any) -> None:  # noqa: ANN401
        for wrapped in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
            matches = sorted(matcher.match(wrapped), key=lambda match: match[:2])
            if matches:
                plain: Style = {}
                strong: Style = {}
                for _, _, _, (usual, important) in matches:
                    plain.update(usual)
                    strong.update(important)
                self._given[wrapped.etree_element] = (plain, strong)

    def of(self, element: Any) -> Style:  # noqa: ANN401
        """The properties that hold for an element itself; what it inherits is not among them."""
        own, strong = _attribute(element)
        given = self._given.get(element)
        if given is None:
            return {**own, **strong}
        return {**given[0], **own, **given[1], **strong}

    def fill(self, element: Any) -> str | None:  # noqa: ANN401
        """The colour behind an element, "RRGGBB"; None for none, white or a picture."""
        style = self.of(element)
        for name in ("background-color", "background"):
            if style.get(name):
                whole = colour.css(style[name])
                first = colour.css(style[name].split(" ")[0])
                if whole or first:
                    return whole or first
        return colour.css(element.get("bgcolor"))


def _rules(text: str) -> list[Any]:
    """The rules for a screen or for paper, those inside ``@media`` too."""
    # Word hides its sheet from old browsers behind the marks of a comment.
    text = re.sub(r"<!--|-->", " ", text)
    found = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            found.append(rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            media = tinycss2.serialize(rule.prelude).lower()
            if not re.search(r"\(|not\b", media) and re.search(r"\b(all|print|screen)\b", media):
                inner = tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
                found.extend(each for each in inner if each.type == "qualified-rule")
    return found


def _declared(content: list[Any]) -> tuple[Style, Style]:
    """The wanted declarations of a rule: the usual ones, and those marked as important."""
    plain: Style = {}
    strong: Style = {}
    for each in content:
        if each.type == "declaration" and each.lower_name in _WANTED:
            holder = strong if each.important else plain
            holder[each.lower_name] = tinycss2.serialize(each.value).strip().lower()[:200]
    return plain, strong


def _attribute(element: Any) -> tuple[Style, Style]:  # noqa: ANN401
    plain: Style = {}
    strong: Style = {}
    for part in (element.get("style") or "")[:5_000].split(";"):
        name, _, value = part.partition(":")
        value = value.strip().lower()
        holder = strong if value.endswith("!important") else plain
        holder[name.strip().lower()] = value.removesuffix("!important").strip()
    return plain, strong
