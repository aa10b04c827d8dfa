"""Bring the free text of a register into a form to be shown, and withhold what seems to name a person.

Abstracts of projects are written by people about their work, and some name a researcher or give an address.
No rule is certain to find a name, so this one withholds rather too much (a company of two odd words): contact
details, titles before a name (Professor, Dr), common given names and initials before a word with a capital,
and any two words with capitals of which `lookups/plain_words.csv` knows neither. That table holds the words
which stand beside such a word in the 1,408 stored abstracts of Swecris and are written in small letters too.
"""

import html
import re
from functools import cache, lru_cache

from loaders.personal_data import found_in
from loaders.reviewed import LOOKUPS, rows

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CAPITAL = "A-ZÅÄÖÉÜØÆ"
_SMALL = "a-zåäöéèüøæáíóñç"
_WORD = rf"[{_CAPITAL}][{_SMALL}]+"
_SURNAME = rf"(?:[{_CAPITAL}]\.?\s+)*(?:(?:von|van|de|af|der|del|la)\s+)*[{_CAPITAL}][{_SMALL}]{{2,}}"
_TITLED = re.compile(
    r"\b(?:[Pp]rof(?:essor(?:n|erna|s)?|\.)?|[Dd]r|[Dd](?:o|oc|ok)tor(?:n|anden?)?|[Dd]ocent(?:en)?|[Mm]rs?|[Mm]s"
    r"|[Pp]h\.?\s?[Dd]|[Pp]rojektledare(?:n)?|[Pp]roject\s+(?:leader|manager)|[Kk]ontakt(?:person)?|[Cc]ontact(?:\s+person)?)"
    rf"\.?:?\s+(?:[{_CAPITAL}]\.\s*)*{_WORD}(?:-{_WORD})?\s+{_SURNAME}"
)
_GIVEN_AND = re.compile(rf"\b({_WORD})(?:-{_WORD})?(?=\s+{_SURNAME})")
_PAIR = re.compile(rf"\b({_WORD})(?=\s+([{_CAPITAL}][{_SMALL}]{{2,}}))")
_INITIALS = re.compile(rf"\b(?:[{_CAPITAL}]\.\s?)+([{_CAPITAL}][{_SMALL}]{{2,}})")
_ADDRESSED = re.compile(rf"\b(?:[Pp]rof(?:essor|\.)?|[Dd]r\.?|[Dd]ocent)\s+([{_CAPITAL}][{_SMALL}]{{2,}})")
_COMPANY = re.compile(
    r"\b(?:AB|[Aa]ktiebolag(?:et)?|HB|[Hh]andelsbolag|KB|[Ee]konomisk|[Ff]örening(?:en)?|[Ss]tift(?:else)?(?:n)?|Ltd|GmbH)\b"
)
# The given names that many people in Sweden bear, and some that are common in research; no list is complete.
_NAMES = """
    Agneta Ahmed Alexander Ali Anders Andreas Anette Ann Anna Anne Anneli Annie Annika Anton Arne Astrid
    Axel Bengt Berit Bernt Birgitta Bjarne Björn Bo Britt Börje Camilla Carin Carina Carl Caroline
    Catarina Cecilia Charlotte Christer Christian Christina Christine Christoffer Claes Clara Dag Dan
    Daniel David Ebba Elin Elisabet Elisabeth Ellen Elsa Emil Emilia Emma Eric Erik Erika Ernst Eva
    Folke Fredrik Frida Gabriel George Gerd Gert Gunilla Gunnar Gustaf Gustav Göran Görel Hampus Hanna
    Hannah Hans Harald Hassan Hedvig Helen Helena Helene Helge Henrik Henry Hugo Håkan Ida Inga Ingela
    Ingemar Inger Ingrid Ingvar Irene Isabella Ivar Jacob Jakob James Jan Jane Jenny Jens Jesper Jessica
    Joakim Johan Johanna Johannes John Jon Jonas Jonathan Josef Josefin Josefine Julia Jörgen Kaj Karin
    Karl Karolina Katarina Kenneth Kent Kerstin Kim Kjell Klas Kristian Kristina Kristoffer Kurt Lars
    Lena Lennart Lina Linda Linn Linnea Linnéa Lisa Lisbeth Louise Lovisa Lucas Ludvig Lukas Madeleine
    Magdalena Magnus Maja Malin Marcus Margareta Maria Marianne Marie Marika Marina Markus Martin
    Martina Matilda Mats Matthias Mattias Michael Michelle Mikael Moa Mohamed Mohammad Mohammed Monica
    Monika Nathalie Nicklas Niclas Niklas Nils Nina Ola Olga Olle Olof Oscar Oskar Ove Patric Patrik
    Paul Per Pernilla Peter Petra Petter Pia Pierre Pär Rasmus Rebecka Richard Rikard Robert Robin Roger
    Roland Rolf Roy Sam Samuel Sara Sarah Sebastian Simon Sofia Sofie Staffan Stefan Sten Stephan Stig
    Susanna Susanne Svante Sven Sverker Sölve Therese Thomas Thérèse Tobias Tomas Tommy Tony Tor
    Torbjörn Tore Torsten Ulf Ulla Ulrica Ulrika Veronica Veronika Victor Victoria Viktor Viktoria
    Wilhelm William Yvonne Åke Åsa Örjan Östen
"""
_GIVEN = frozenset(_NAMES.split())


def cleaned(value: str) -> str:
    """Return a text without HTML tags and entities, with single blanks, its paragraphs on lines of their own.

    >>> cleaned("Syfte:<br><p>Att  växa &amp; frodas</p>")
    'Syfte:\\nAtt växa & frodas'
    """
    plain = html.unescape(_TAG.sub("\n", value)) if "<" in value or "&" in value else value
    return "\n".join(line for each in plain.splitlines() if (line := " ".join(each.split())))


def names_person(value: str) -> bool:
    """Tell whether a text seems to name a person: by a title before a name, or by a common given name."""
    return bool(_TITLED.search(value)) or any(
        found[1] in _GIVEN and not _COMPANY.search(value[found.end() : found.end() + 60].split("\n")[0])
        for found in _GIVEN_AND.finditer(value)
    )


@lru_cache(maxsize=16)  # an abstract and its translation are asked for twice
def personal(value: str) -> str | None:
    """Return what kind of personal data a free text seems to hold, None for none."""
    return found_in(value) or ("the name of a person" if names_person(value) or _unknown(value) else None)


def _unknown(value: str) -> bool:
    """Tell whether two words with capitals, or one after initials or a title, are none that is known."""
    known = _plain_words()
    alone = (("", word) for pattern in (_INITIALS, _ADDRESSED) for word in pattern.findall(value))
    return any(
        one.lower() not in known and other.lower() not in known
        for one, other in (*_PAIR.findall(value), *alone)
    )


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(row["word"] for _, row in rows(LOOKUPS / "plain_words.csv", "word"))
