"""Bring an organisation's name into a form that can be compared, and say how alike two names are."""

import hashlib
import re
import unicodedata
from collections import Counter
from functools import lru_cache

SHORTEST = 5  # letters; a shorter name (SI, SLU, SMHI) is like another only when they are the same

_FOLDED = str.maketrans({"ø": "o", "æ": "a", "ł": "l", "đ": "d", "&": " och ", "+": " och "})
_TWO_LETTERS = re.compile("oe+|a[ae]+")  # OE, AE and AA are what Ö, Ä and Å become in ASCII
_COUNTRY = re.compile(r"\((?:sweden|sverige)\)\s*$")  # ROR's mark of a company's national branch
_SILENT = re.compile(r"['’´`:]")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 80

# What registers shorten so that a name fits its column; other shortenings count as the start of a word.
_EXPANDED = {
    "aktieb": "aktiebolag",
    "and": "och",
    "ekon": "ekonomisk",
    "f": "for",
    "foren": "forening",
    "forskningsinst": "forskningsinstitut",
    "hogsk": "hogskola",
    "inst": "institut",
    "kungl": "kungliga",
    "landst": "landsting",
    "mel": "mellan",
    "naringsl": "naringsliv",
    "o": "och",
    "samv": "samverkan",
    "stift": "stiftelsen",
    "tekn": "tekniska",
    "univ": "universitet",
    "utv": "utveckling",
}
_FORMS_BEFORE = (
    *(("the",), ("ab",), ("aktiebolaget",), ("aktiebolag",), ("hb",), ("kb",), ("stiftelsen",)),
    *(("ideella", "foreningen"), ("ekonomiska", "foreningen")),
)
_FORMS_AFTER = (
    *(("publ",), ("svb",), ("ab",), ("aktiebolag",), ("aktiebolaget",), ("hb",), ("handelsbolag",)),
    *(("kb",), ("kommanditbolag",), ("ek", "for"), ("ek", "forening"), ("ekonomisk", "for")),
    *(("ekonomisk", "forening"), ("ideell", "forening"), ("ltd",), ("limited",), ("plc",), ("llc",)),
    *(("inc",), ("gmbh",), ("ag",), ("oy",), ("oyj",), ("as",), ("a", "s"), ("aps",), ("asa",)),
    *(("bv",), ("b", "v"), ("nv",), ("sa",), ("s", "a"), ("sas",), ("sarl",), ("srl",), ("spa",), ("eric",)),
)
# Words that many names share and that tell little of which one is meant.
_COMMON_WORDS = """
    university universitet universitetet hogskola hogskolan institut institutet institute kommun
    municipality region regionen lan lans county landsting lansstyrelsen lansstyrelse
    kommunalforbund regionforbundet regionforbund sverige sveriges sweden swedish svenska science
    park forening foreningen stiftelse stiftelsen foundation research forskning group center centre
    centrum company och of i in for av de the
"""
_COMMON = frozenset(_COMMON_WORDS.split())
# What kind of body a word tells; a kommun and a universitet of one town are never the same.
_BODIES = {
    word: body
    for body, words in {
        "municipality": "kommun municipality",
        "county council": "landsting landstinget region regionen",
        "county board": "lansstyrelsen lansstyrelse",
        "federation": "kommunalforbund regionforbundet regionforbund",
        "school": "university universitet universitetet hogskola hogskolan",
        "hospital": "sjukhus sjukhuset hospital universitetssjukhuset universitetssjukhus",
        "park": "park",
        "incubator": "incubator inkubator",
    }.items()
    for word in words.split()
}
# Words of which one makes a name an organisation's; forms that are surnames too (AS, SA) are not among them.
_ORGANISED = re.compile(
    r"\b(?:ab|aktiebolag(?:et)?|handelsbolag(?:et)?|kommanditbolag(?:et)?|ekonomisk|ek for|ideell"
    r"|limited|ltd|gmbh|university|universities|foundation|municipality|research)\b"
    r"|(?:universitet|hogskola|institut|kommun|landsting|lansstyrelse|region|forbund|stiftelse|forening|akademi"
    r"|myndighet|sjukhus)(?:et|en|n|s|ns|ens|ets|e|es)?\b"
)
_OTHER_BODY = 0.7  # what the likeness of two names is worth that tell different bodies
_COMMON_WEIGHT = 0.25
_BEGUN = 0.85  # what a word counts for that is only begun: Näringsl for Näringsliv
_WORDS, _LETTERS = 0.6, 0.4  # how much the words and how much the letters decide


@lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """Return a name as it is compared: plain small letters, no legal form, short forms written out.

    >>> normal("LINKOEPINGS UNIVERSITET") == normal("Linköpings universitet")
    True
    >>> normal("Stift Drivhuset"), normal("Karlstad Innovation Park Ek. För.")
    ('drivhuset', 'karlstad innovation park')
    """
    plain = _COUNTRY.sub("", _without_marks(name).translate(_FOLDED))
    plain = _TWO_LETTERS.sub(lambda found: found[0][0], _SILENT.sub("", plain))
    words = tuple(_EXPANDED.get(word, word) for word in _NOT_WORD.split(plain) if word)
    return " ".join(_without_forms(words))


def name_key(name: str) -> str:
    """Return a name as printed as a part of an IRI; only case, accents and punctuation are lost.

    A name that loses more (one in Greek letters, a very long one) carries a digest, so that no two of them
    meet in one key.

    >>> name_key("Stift Drivhuset"), name_key("Örebro Läns Landsting")
    ('stift-drivhuset', 'orebro-lans-landsting')
    """
    plain = _without_marks(name).replace("ø", "o").replace("æ", "ae")
    key = _NOT_KEY.sub("-", plain).strip("-")
    if len(key) <= _LONGEST_KEY and not any(sign.isalnum() and not sign.isascii() for sign in plain) and key:
        return key
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return f"{key[:_LONGEST_KEY].rstrip('-')}-{digest}".lstrip("-")


def similarity(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1; 1 only when their normal forms are the same.

    Three fifths is the share of words in common, weighed by their letters: a word that only begins another
    (Näringsl) counts 0.85, words that many names share (universitet, kommun) weigh a quarter. Two fifths is
    Dice's coefficient of the letters taken three by three. Names of different bodies (a kommun and
    a universitet) lose three tenths. A name of fewer than five letters is like no other.

    >>> similarity("SP SVERIGES TEKNISKA FORSKNINGSINST", "SP Sveriges Tekniska Forskningsinstitut AB")
    1.0
    >>> similarity("SLU", "SLU Alnarp"), similarity("Umeå kommun", "Kalmar kommun") < 0.5
    (0.0, True)
    """
    a, b = normal(one), normal(other)
    if a == b:
        return 1.0
    if min(_length(a), _length(b)) < SHORTEST:
        return 0.0
    words, others = a.split(), b.split()
    found = _WORDS * _words_in_common(words, others) + _LETTERS * _dice(_threes(a), _threes(b))
    bodies, other_bodies = _bodies(words), _bodies(others)
    apart = bodies and other_bodies and not bodies & other_bodies
    return min(round(found * (_OTHER_BODY if apart else 1), 4), 0.9999)


def telling(name: str) -> list[str]:
    """Return the words of a name's normal form that few other names share; none of a very short name."""
    form = normal(name)
    if _length(form) < SHORTEST:
        return []
    return [word for word in form.split() if word not in _COMMON and len(word) > 1] or form.split()


def tells_body(name: str) -> bool:
    """Tell whether a name says that an organisation bears it, by a legal form or a word such as kommun.

    >>> tells_body("Exempelbolaget AB"), tells_body("Lunds univ"), tells_body("Namn Namnsson")
    (True, True, False)
    """
    words = _NOT_WORD.split(_without_marks(name))
    return bool(_ORGANISED.search(" ".join(_EXPANDED.get(word, word) for word in words)))


def _without_marks(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _without_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """Take legal forms off both ends, one after the other, but never the whole name."""
    for form in _FORMS_AFTER:
        if len(words) > len(form) and words[-len(form) :] == form:
            return _without_forms(words[: -len(form)])
    for form in _FORMS_BEFORE:
        if len(words) > len(form) and words[: len(form)] == form:
            return _without_forms(words[len(form) :])
    return words


def _bodies(words: list[str]) -> set[str]:
    return {_BODIES[word] for word in words if word in _BODIES}


def _length(form: str) -> int:
    return len(form.replace(" ", ""))


def _words_in_common(a: list[str], b: list[str]) -> float:
    """Return the weight of the words that meet, each once, over the weight of all."""
    if len(a) > len(b):
        a, b = b, a
    left, met = Counter(b), 0.0
    begun: list[str] = []
    for word in a:
        if left[word]:
            left[word] -= 1
            met += 2 * _weight(word)
        else:
            begun.append(word)
    for word in begun:
        whole = next((other for other in left if left[other] and _begins(word, other)), None)
        if whole is not None:
            left[whole] -= 1
            met += _BEGUN * (_weight(word) + _weight(whole))
    return met / (sum(map(_weight, a)) + sum(map(_weight, b)))


def _begins(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) > 1 and long.startswith(short)


def _weight(word: str) -> float:
    return len(word) * (_COMMON_WEIGHT if word in _COMMON else 1.0)


@lru_cache(maxsize=65_536)
def _threes(form: str) -> frozenset[str]:
    padded = f"  {form} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))
