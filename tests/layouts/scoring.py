"""How far a reading agrees with what a document says: hits among what was read and what was wanted.

The rules are those that the field's own scorer uses, told again here so that the project does not
lean on a file beside it: texts agree when one holds nearly all words of the other and their sorted
words are alike too; each text is paired once, best first; where a truth allows other readings, the
one that agrees best counts. ``test_scoring.py`` holds the two together where both are at hand.
"""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

COLUMNS = (
    "recommendations",
    "actions",
    "assignment",
    "leads",
    "timescales",
    "dates",
    "status",
    "measures",
    "rec_numbers",
    "themes",
    "words",
)
HEADLINE = COLUMNS[:5]
ALIKE, SORTED_ALIKE, WHOLE = 90, 60, 95


@dataclass
class Count:
    """How many of the things read and of the things wanted agree."""

    hits: int = 0
    read: int = 0
    wanted: int = 0

    def add(self, hits, read, wanted):
        self.hits += hits
        self.read += read
        self.wanted += wanted

    @property
    def f1(self):
        """The harmonic mean of precision and recall; 1 where nothing was read or wanted."""
        return 2 * self.hits / (self.read + self.wanted) if self.read + self.wanted else 1.0


@dataclass
class Score:
    """The counts of one document, or of several, and what must not have been read and was."""

    counts: dict = field(default_factory=lambda: {column: Count() for column in COLUMNS})
    forbidden: list = field(default_factory=list)

    def f1(self):
        return {column: count.f1 for column, count in self.counts.items()}

    @property
    def headline(self):
        return sum(self.counts[column].f1 for column in HEADLINE) / len(HEADLINE)


def together(scores):
    """All documents as one: the sums of their counts."""
    whole = Score()
    for score in scores:
        whole.forbidden += score.forbidden
        for column, count in score.counts.items():
            whole.counts[column].add(count.hits, count.read, count.wanted)
    return whole


def plain(text):
    """The words of a text, folded: no case, no punctuation, “&” as “and”."""
    text = (text or "").casefold().replace("&", " and ").replace("’", "'")
    return " ".join(re.sub(r"[^\w£%+']+", " ", text).split())


def likeness(read, *wanted):
    """How alike a text is to the best of several, 0 where it is none of them."""
    best = 0.0
    for other in wanted:
        a, b = plain(read), plain(other)
        if a and b:
            held, ordered = fuzz.token_set_ratio(a, b), fuzz.token_sort_ratio(a, b)
            if held >= ALIKE and ordered >= SORTED_ALIKE:
                best = max(best, held + ordered / 100)
    return best


def _texts(item):
    return [item.get("text"), *item.get("text_alt", [])]


def pairs(read, wanted, bonus=lambda r, w: 0.0):
    """Each wanted item's place with the place of what was read for it, one to one."""
    found = []
    for w, want in enumerate(wanted):
        for r, got in enumerate(read):
            alike = likeness(got.get("text"), *_texts(want))
            if alike:
                found.append((alike + bonus(got, want), -abs(w - r), w, r))
    taken, used = {}, set()
    for _, _, w, r in sorted(found, reverse=True):
        if w not in taken and r not in used:
            taken[w] = r
            used.add(r)
    return taken


def _actions(document):
    return [
        action | {"parent": place}
        for place, item in enumerate(document.get("recommendations") or [])
        for action in item.get("actions") or []
    ]


def _as_read(wanted, read):
    """The wanted actions, cut up as the truth allows where the reading has every part."""
    for action in wanted:
        whole = {k: v for k, v in action.items() if k not in ("split_alt", "text_alt")}
        for parts in action.get("split_alt", []):
            cut = [whole | {"text": part} for part in parts]
            if len(pairs(read, cut)) == len(cut):
                yield from cut
                break
        else:
            yield action


def _short(lead, abbreviations):
    """A lead with long names put in their short form, so that either form is the same lead."""
    text = plain(lead)
    for short, full in abbreviations.items():
        small, long = plain(short), plain(full)
        text = re.sub(rf"\b{re.escape(long)}\b(?: {re.escape(small)}\b)?", small, text)
    return text


def _lead_hits(read, wanted):
    alike = sorted(
        (
            (fuzz.ratio(got, want), w, r)
            for w, want in enumerate(wanted)
            for r, got in enumerate(read)
        ),
        reverse=True,
    )
    matched, used = set(), set()
    for ratio, w, r in alike:
        if ratio >= ALIKE and w not in matched and r not in used:
            matched.add(w)
            used.add(r)
    return len(matched)


def _claim_hits(read, wanted, kinds=True):
    left, hits = list(read), 0
    for want in wanted:
        ends = [want.get("end") or None, *want.get("end_alt", [])]
        named = [want.get("kind"), *want.get("kind_alt", [])]
        for got in left:
            if (got.get("end") or None) in ends and (not kinds or got.get("kind") in named):
                left.remove(got)
                hits += 1
                break
    return hits


def _best(options, hits, read, *finer):
    """The reading that the truth allows and that agrees best with what was read."""

    def agreement(option):
        both = len(read) + len(option)
        share = 2 * hits(read, option) / both if both else 1.0
        return (share, *(rule(read, option) for rule in finer))

    return max(options, key=agreement)


def _number(text):
    return re.sub(r"^[a-z]+ (?=\d)", "", plain(str(text or "")))


def _count_recommendations(count, read, wanted, taken):
    count["recommendations"].add(len(taken), len(read), len(wanted))
    for w, want in enumerate(wanted):
        got = read[taken[w]] if w in taken else {}
        if want.get("number"):
            same = w in taken and _number(got.get("number")) == _number(want["number"])
            count["rec_numbers"].add(same, bool(got.get("number")), 1)
        if want.get("theme"):
            theme = got.get("theme")
            same = theme and fuzz.token_sort_ratio(plain(theme), plain(want["theme"])) >= ALIKE
            count["themes"].add(bool(same), bool(theme), 1)


def _ends(claims):
    return [claim for claim in claims if claim.get("end")]


def _count_action(count, got, want, abbreviations):
    """One wanted action and what was read for it; ``got`` is None where nothing was."""
    claims, leads = want.get("timescales") or [], want.get("leads") or []
    if got is None:
        if not want.get("optional"):
            count["leads"].add(0, 0, len(leads))
            count["timescales"].add(0, 0, len(claims))
            count["dates"].add(0, 0, len(_ends(claims)))
            count["status"].add(0, 0, bool(want.get("status")))
            count["measures"].add(0, 0, bool(want.get("measure")))
        return
    whole = max(fuzz.ratio(plain(got.get("text")), plain(text)) for text in _texts(want)) >= WHOLE
    count["words"].add(whole, 1, 1)

    def hits(read, option):
        return _lead_hits(
            [_short(lead, abbreviations) for lead in read],
            [_short(lead, abbreviations) for lead in option],
        )

    read = list(got.get("leads") or [])
    option = _best([leads, *want.get("leads_alt", [])], hits, read)
    count["leads"].add(hits(read, option), len(read), len(option))

    read = list(got.get("timescales") or [])
    options = [claims, *want.get("timescales_alt", [])]
    option = _best(options, _claim_hits, read, lambda r, o: _claim_hits(r, o, kinds=False))
    count["timescales"].add(_claim_hits(read, option), len(read), len(option))
    dated, due = _ends(read), _ends(option)
    count["dates"].add(_claim_hits(dated, due, kinds=False), len(dated), len(due))

    if want.get("status"):
        allowed = [want["status"], *want.get("status_alt", [])]
        count["status"].add(got.get("status") in allowed, bool(got.get("status")), 1)
    if want.get("measure"):
        measure = got.get("measure")
        same = measure and fuzz.token_set_ratio(plain(measure), plain(want["measure"])) >= ALIKE
        count["measures"].add(bool(same), bool(measure), 1)


def _count_extra(count, got):
    claims = got.get("timescales") or []
    count["leads"].add(0, len(got.get("leads") or []), 0)
    count["timescales"].add(0, len(claims), 0)
    count["dates"].add(0, len(_ends(claims)), 0)


def score(read, truth):
    """What a reading got right of a truth; both as the JSON of ``goldenthread import``."""
    made = Score()
    count = made.counts
    recommendations = read.get("recommendations") or []
    wanted = truth.get("recommendations") or []
    taken = pairs(recommendations, wanted)
    _count_recommendations(count, recommendations, wanted, taken)
    parents = {r: w for w, r in taken.items()}

    actions = _actions(read)
    due = list(_as_read(_actions(truth), actions))
    matched = pairs(
        actions,
        due,
        # Of two texts that are alike, the one under the right parent.
        lambda r, w: 0.5 if parents.get(r["parent"]) == w["parent"] else 0.0,
    )
    asked = sum(1 for w, want in enumerate(due) if w in matched or not want.get("optional"))
    right = sum(parents.get(actions[r]["parent"]) == due[w]["parent"] for w, r in matched.items())
    count["actions"].add(len(matched), len(actions), asked)
    count["assignment"].add(right, len(actions), asked)
    abbreviations = truth.get("abbreviations") or {}
    for w, want in enumerate(due):
        got = actions[matched[w]] if w in matched else None
        _count_action(count, got, want, abbreviations)
    used = set(matched.values())
    for place, action in enumerate(actions):
        if place not in used:
            _count_extra(count, action)

    # Words that must stay out cost an action, unless what holds them is an extra one already.
    seen = [(action.get("text"), place in used) for place, action in enumerate(actions)]
    seen += [(item.get("text"), place in parents) for place, item in enumerate(recommendations)]
    seen += [(item.get("theme"), True) for item in recommendations]
    for words in truth.get("must_not_import", []):
        bad = plain(words["text"])
        where = [
            counted
            for text, counted in seen
            if len(plain(text)) >= len(bad) and fuzz.partial_ratio(bad, plain(text)) >= WHOLE
        ]
        if where:
            count["actions"].add(0, all(where), 0)
            made.forbidden.append(words["text"])
    return made
