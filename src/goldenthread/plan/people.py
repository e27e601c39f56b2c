"""Names of persons in public words: found with care, since a false alarm costs trust.

A name is believed on one of two grounds: a title with what follows it ("Cllr Khan", "Dr A Patel"),
or a given name from our list followed by a word that could be a surname ("Joan Hartley"). Names
that belong to places, laws and public events ("Stephen Lawrence Day") are not staff and are left
alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.plan import lead_words
from goldenthread.plan.wording import phrase_set, word_set


@dataclass(frozen=True)
class Span:
    """A stretch of a text: the characters from ``start`` up to ``end``, which read ``text``."""

    start: int
    end: int
    text: str


# Titles after which a name is certain, and those that are posts or common words as well.
TITLES = word_set("""
    mr mrs ms miss mx dr cllr cllrs prof revd rev dame sir
""")
LONG_TITLES = word_set("""
    councillor councillors professor alderman baroness lord lady reverend imam rabbi
""")
RANK_TITLES = word_set("""
    pc pcso sgt sergeant insp inspector supt superintendent constable dci di commander
""")

# A name that any of these words follows or precedes belongs to a thing, a place or an event.
_AFTER = word_set("""
    act academy action avenue award awards bill building business campus celebration
    celebrations centre centenary charter church close college commission committee community
    conference consulting council court crescent day days drive estate event exhibition farm
    field fields festival foundation fund garden gardens gallery green group hall heritage hill
    hospital house inquiry institute junction lane lecture library limited lodge ltd market
    memorial mews month monument museum office park partnership parade place plc plan plaza
    prize project programme principles quarter report review road room rooms row rule scheme
    scholarship school show site square station statue street study suite surgery terrace test
    theatre thornton tower trust university view village walk way week wing wood works year
    years legacy lives movement recommendations methodology model scale framework standard
    toolkit county borough city town ward district region valley bridge infirmary primary
    secondary high junior infant nursery
""")
_BEFORE = word_set("""
    st st. saint king queen prince princess san santa fort port mount lake river royal great
    north south east west upper lower new old little the upon
""")

# People whom public words name as history, not as staff; in lower case.
PUBLIC_NAMES = phrase_set("""
    stephen lawrence, rosa parks, nelson mandela, martin luther king, mary seacole, george
    floyd, anthony walker, doreen lawrence, david lammy, malcolm x, maya angelou, olive morris,
    claudia jones, paul stephenson, diane abbott, walter tull, florence nightingale, william
    macpherson, louise casey, ruby mcgregor-smith, john parker, marcus garvey, bernie grant,
    desmond tutu, mahatma gandhi, rabindranath tagore, anne frank, alan turing, jo cox, roger
    kline, harvey milk, harriet tubman, john archer, george padmore, muhammad ali, barack obama,
    michelle obama, kamala harris, bob marley, bruce lee, robert peel, grant thornton, ernst
    young, price waterhouse, marks spencer, john lewis, athena swan, stuart hall, edward
    colston, henry moore, isaac newton, charles darwin, albert kennedy, ella baker, emmeline
    pankhurst, mark rowley \n
""")

# Capitalised words that begin many phrases in plans and are not surnames.
_ORDINARY = (
    word_set("""
    agreement bank border call fools for holiday how in is mayor mayoress not now of only or our
    shall should solstice standing that the this to what when where who why will with
    action actions advice aid african afro agenda all alliance and annual anti appraisal april area
    arab arabic asian assessment assistant associate audit august autumn award awards awareness
    black british briefing budget bulletin business campaign campaigns care caribbean carers
    cabinet career careers case central chief children chinese christmas city civic class clear
    code college committee communications communities community conduct confidential
    consultation council councillors county course culture cultural customer customers data day
    days december delivery deputy design development dialogue digital directorate disability
    disabled disclosure diversity division domestic draft duties duty diwali easter economy edi
    education eid english employee employees employer engagement english environment equality
    equalities equity ethnic ethnicity european evaluation every evidence executive exit
    external faith february feedback fire first focus following forum forward framework friday
    full fund gender general governance green group growth guidance gypsy hate health heads
    heritage higher highways hindu history holocaust home housing human impact inclusion
    inclusive independent indian induction information initial inquiry international interview
    irish islamophobia january jewish job july june key language launch law lead leaders
    leadership league learning legal letter level library life line listening lived living local
    long management mandatory march market may media medium meeting members membership memorial
    mental mentoring minority mixed monday monthly month months muslim national neighbourhood
    network new newsletter next november objective objectives october office officer officers
    online open operational operations organisational outcome outcomes overview pack pakistani
    panel parents park partners partnership pay peer people performance personal phase pilot
    place plan plans pledge police policies policy positive practice pride primary priorities
    priority procedure process procurement programme progress project protected public quality
    quarter quarterly race racial racism ramadan reciprocal recommendation records recruitment
    refugee regional report reporting reports resident residents resource resources respect
    response retention reverse review reviews rights risk road roma safe safety saturday school
    schools scrutiny secondary section senior september series service services session sessions
    shared short sikh site skills social solutions somali south speak special spring staff stage
    standard standards statement step steps stories strategic strategy summer sunday support
    survey surveys system systems talent target task team terms term thematic theme thursday
    toolkit town trade trading training transformation traveller travellers tuesday turkish
    union unions update values video vision visits voice voices voluntary ward website wednesday
    week welcome wellbeing welsh white windrush winter women women's work workforce working
    workshop workshops year young youth zero
""")
    | _AFTER
)

# Given names that at the start of a sentence are more likely a verb, a month, a place or a virtue.
_OPENS_A_SENTENCE = word_set("""
    mark will grant chase bill sue rob can may skip said drew frank dean bishop hunter prince queen
    king royal saint young long noble stone sharp sky rain reed river sterling story summer autumn
    april august june hope faith joy grace charity peace unity trinity liberty victoria florence
    kent paris london china asia savannah virginia chester dale heath forest brook eden delta
    aurora art justice mercy merit mason guy harmony honor honesty glory gift wisdom wing gay deep
    van hong ling lan yang ram alma alba opal pearl ruby rose ivy jet jade
""")

_SURNAME = re.compile(
    r"(?:(?:O|D|Mc|Mac|Fitz|De|Le|La|Du|Van|Von|El|Al|Ap|Ab)[’'\- ]?)?"
    r"[A-ZÀ-ÞŁŚŻŠŽČ][^\W\d_]+(?:[-’'][A-ZÀ-ÞŁŚŻŠŽČ]?[^\W\d_]+)*"
)
_INITIAL = re.compile(r"[A-Z]\.?|[A-Z]\.[A-Z]\.?")
_PARTICLES = word_set("""
    van von de der den la le al el bin bint ibn ap ab ter du da dos di
""")


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The given names as (certain, also an ordinary word), in lower case."""
    text = (files("goldenthread.plan") / "given_names.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    sure, _, doubtful = "\n".join(lines).partition("[also ordinary words]")
    words = frozenset(doubtful.lower().split())
    return frozenset(sure.lower().split()) - words, words


def is_given_name(word: str) -> bool:
    """Whether the word is in our list of given names, doubtful ones included.

    >>> is_given_name("Priya"), is_given_name("Procurement")
    (True, False)
    """
    sure, doubtful = _names()
    parts = re.split(r"[-’']", word.lower().rstrip("."))
    return bool(parts) and (parts[0] in sure or parts[0] in doubtful)


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    text: str  # without a closing full stop

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")


def find_people(text: str) -> tuple[Span, ...]:
    """Names of persons in a text, in order, each with the place where it stands.

    Shape: one span for each name; a title or rank before a name belongs to the span.
    Missing: a text without names gives an empty tuple. A name outside our list of given names is
    found only behind a title, because a wrong alarm costs more than it brings.

    >>> [span.text for span in find_people("Joan Hartley and Cllr Khan on Rosa Parks Day")]
    ['Joan Hartley', 'Cllr Khan']
    >>> find_people("Mark Black History Month in the Victoria Centre")
    ()
    """
    found: list[Span] = []
    tokens = [
        _Token(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\W_][\w’'\-]*\.?", text)
    ]
    i = 0
    while i < len(tokens):
        length = _titled(text, tokens, i) or _named(text, tokens, i)
        if length:
            first, last = tokens[i], tokens[i + length - 1]
            end = last.end - (1 if last.text.endswith(".") and len(last.text) > 2 else 0)
            span = Span(first.start, end, text[first.start : end])
            if not _is_public(span.text):
                possessive = re.search(r"[’']s$", span.text)
                if possessive:
                    cut = span.end - 2
                    span = Span(span.start, cut, text[span.start : cut])
                found.append(span)
            i += length
        else:
            i += 1
    return tuple(found)


def _is_public(name: str) -> bool:
    """Whether the name is one of history, its title and its possessive left out."""
    words = re.sub(r"['’]s$", "", name.lower()).split()
    known = words[1:] if words[0].rstrip(".") in TITLES | LONG_TITLES else words
    return " ".join(known) in PUBLIC_NAMES


def _adjacent(text: str, tokens: list[_Token], i: int) -> bool:
    """Whether token i + 1 exists and one space parts it from token i."""
    if i + 1 >= len(tokens):
        return False
    gap = text[tokens[i].end : tokens[i + 1].start]
    return len(gap) == 1 and gap.isspace()


def _bare(token: _Token) -> str:
    return re.sub(r"['’]s$", "", token.low.rstrip("."))


def _is_surname(token: _Token) -> bool:
    word = token.text.rstrip(".")
    if not _SURNAME.fullmatch(re.sub(r"[’']s$", "", word)) or len(word) < 2:
        return False
    if (word.isupper() and len(word) < 9) or word.lower().endswith(("n't", "n’t", "’ll", "'ll")):
        return False  # "EDI", and "SECONDED" in minutes
    low = _bare(token)
    ordinary = low in _ORDINARY or low in lead_words.POST_HEADS or low in lead_words.BODY_HEADS
    return not ordinary and low not in lead_words.PLURAL_POSTS


def _is_initial(token: _Token) -> bool:
    return bool(_INITIAL.fullmatch(token.text))


def _surnames(text: str, tokens: list[_Token], i: int) -> int:
    """How many tokens after i are surname words, particles included; 0 when there are none."""
    at, count = i, 0
    while _adjacent(text, tokens, at) and count < 3:
        following = tokens[at + 1]
        if tokens[at].text.endswith(".") and at > i:
            break  # a sentence has ended
        if _is_surname(following):
            at += 1
            count += 1
            if re.search(r"['’]s$", following.text):
                break
        elif (
            following.low in _PARTICLES
            and _adjacent(text, tokens, at + 1)
            and _is_surname(tokens[at + 2])
        ):
            at += 2
            count += 1
        else:
            break
    return at - i


def _belongs_to_a_thing(text: str, tokens: list[_Token], first: int, last: int) -> bool:
    after = tokens[last + 1] if _adjacent(text, tokens, last) else None
    if re.search(r"['’]s$|\w\w\.$", tokens[last].text):
        after = None
    if after is not None and after.text[0].isupper() and _bare(after) in _AFTER:
        return True
    if after is not None and _bare(after) in ("review", "report", "inquiry", "principles", "rule"):
        return True
    before = tokens[first - 1] if first and _adjacent(text, tokens, first - 1) else None
    return before is not None and before.text[0].isupper() and before.low in _BEFORE


def _titled(text: str, tokens: list[_Token], i: int) -> int:
    """How many tokens a title and its name take, from token i; 0 when no titled name is there."""
    title = tokens[i].low.rstrip(".")
    if not tokens[i].text[0].isupper():
        return 0
    short = title in TITLES
    if not (short or title in LONG_TITLES or title in RANK_TITLES):
        return 0
    at, initials, given = i, 0, False
    while _adjacent(text, tokens, at) and _is_initial(tokens[at + 1]) and initials < 3:
        at += 1
        initials += 1
    if _adjacent(text, tokens, at):
        given = is_given_name(tokens[at + 1].text) and tokens[at + 1].text[0].isupper()
    surnames = _surnames(text, tokens, at)
    if not surnames:
        return 0
    if title in RANK_TITLES and not (initials or (given and surnames > 1)):
        return 0
    last = at + surnames
    if not short and not initials and not given and _belongs_to_a_thing(text, tokens, i, last):
        return 0
    after = text[tokens[last].end :].split()[:1]
    if title in ("sir", "dame") and after and after[0].lower().strip(",.") in _AFTER:
        return 0  # a school or a hospital
    if (
        title in LONG_TITLES
        and not (given or initials)
        and _belongs_to_a_thing(text, tokens, i, last)
    ):
        return 0
    return last - i + 1


def _named(text: str, tokens: list[_Token], i: int) -> int:
    """How many tokens a given name and its surname take, from token i; 0 when none is there."""
    token = tokens[i]
    word = token.text.rstrip(".")
    if not token.text[0].isupper() or word.isupper() or token.text.endswith("."):
        return 0
    sure, doubtful = _names()
    first = re.split(r"[-’']", token.low)[0]
    if re.search(r"['’](?:s|t|ll|re|ve)$", token.low) or (
        first not in sure and first not in doubtful
    ):
        return 0
    at, initials = i, 0
    while _adjacent(text, tokens, at) and _is_initial(tokens[at + 1]) and initials < 2:
        at += 1
        initials += 1
    surnames = _surnames(text, tokens, at)
    if not surnames:
        return 0
    last = at + surnames
    if _belongs_to_a_thing(text, tokens, i, last):
        return 0
    # "Mark Windrush", "Will Cabinet": at the start of a sentence such a word is likely a verb.
    opens = i == 0 or bool(re.search(r"[.!?;•\n]\s*$", text[: token.start]))
    alone = not text[: token.start].strip() and not text[tokens[last].end :].strip()
    if first in _OPENS_A_SENTENCE and opens and not initials and not alone:
        return 0
    return last - i + 1


def _may_begin_a_name(word: str) -> bool:
    title = word.lower().rstrip(".")
    titled = title in TITLES or title in LONG_TITLES or title in RANK_TITLES
    return titled or bool(_INITIAL.fullmatch(word)) or is_given_name(word)


def is_given_name_alone(words: str) -> bool:
    """Whether the words are one given name that is no ordinary word, as "Jane" in a lead's cell."""
    return words[:1].isupper() and words.lower() in _names()[0]


def is_name(words: str) -> bool:
    """Whether the words, taken alone, are the name of one person, as in a lead's cell.

    >>> is_name("Mrs S Stewart"), is_name("A Khan"), is_name("West, Jane"), is_name("Adult Team")
    (True, True, True, False)
    """
    words = words.strip(" ,.;:")
    turned = re.fullmatch(r"([^\W\d_][\w’'-]+), ([^\W\d_][\w’'-]+)", words)
    if turned and is_given_name_alone(turned.group(2)):
        return _is_surname(_Token(0, len(turned.group(1)), turned.group(1)))
    first, *rest = words.split() or [""]
    if not 1 <= len(rest) <= 6 or not _may_begin_a_name(first):
        return False
    spans = find_people(words)
    if len(spans) == 1 and spans[0].text.rstrip(".") == words:
        return True
    tokens = [_Token(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", words)]
    return 2 <= len(tokens) <= 4 and (
        all(_is_initial(token) for token in tokens[:-1]) and _is_surname(tokens[-1])
    )
