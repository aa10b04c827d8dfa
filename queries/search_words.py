"""Take names and what is searched for apart into words, as they are spelled and without accents."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[- ]\d+)+\Z")  # an organisation number: found without its hyphen too
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "đ": "d", "þ": "th", "ð": "d"})


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Return a text without case and accents.

    >>> folded("Östra Mellansverige"), folded("KØBENHAVN")
    ('ostra mellansverige', 'kobenhavn')
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(_LETTERS)


def spelled(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case, accents kept.

    >>> spelled("E-hälsa i Östergötland")
    ['e', 'hälsa', 'i', 'östergötland']
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text.casefold()))


def entered(text: str) -> list[str]:
    """Return the words that a name is found by: its own, and a number without its hyphens.

    >>> entered("202100-3096")
    ['202100', '3096', '2021003096']
    """
    words = spelled(text)
    return [*words, "".join(words)] if _NUMBER.match(text.strip()) else words


def plain(words: Iterable[str]) -> str:
    """Return words as one text by which whole names are compared.

    >>> plain(spelled("Science-Park  Jönköping"))
    'science park jonkoping'
    """
    return " ".join(map(folded, words))
