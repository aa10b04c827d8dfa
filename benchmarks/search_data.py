"""Make up organisations and projects with names as Swedes give them, and what people would search for.

Names are made of about 60 words, compounds of them, and places of three syllables; frequent words are drawn
far more often than rare ones, as in real names. The counties are those of the made-up networks.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.networks_data import REGIONS, made
from graph.iris import Iris
from ontology.names import BASE

# ruff: noqa: SIM905 — words are read and changed as a text

_HEADS = (
    "vatten energi skogs trä bygg hälso vård digital miljö klimat industri material fordons livsmedels "
    "turism besöks utbildnings forsknings innovations kompetens cirkulär batteri väte sol vind data rymd "
    "läkemedels biogas plast gruv stål kust lantbruks kultur upplevelse transport logistik järnvägs flyg"
).split()
_TAILS = (
    "teknik rening utveckling omställning försörjning system tjänster centrum produktion forskning ekonomi "
    "samverkan lagring återvinning analys design säkerhet kompetens näring hantering strategi märkning"
).split()
_FIRST = "björk ek gran ås ven häll kvarn lind mal nor ös sol ström tall väst åk älv öst hög lång".split()
_MIDDLE = ("", "a", "e", "in", "er", "um", "ar", "els", "inge", "und")
_LAST = "vik holm sjö by berg ås torp stad hamn näs dal fors lunda ryd köping myra sund mark tuna bo".split()
_FORMS = ("AB", "AB", "ek. för.", "Institut")
_PROJECTS = (
    "Projekt för",
    "Utveckling av",
    "Hållbar",
    "Ny",
    "Regional",
    "Smart",
    "Förstudie om",
    "Testbädd för",
)
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
SORTS = ("name", "beginning", "words", "bare", "slip", "stem", "number", "short", "nothing", "narrowed")


def write(file: Path, things: int, seed: int = 1) -> list[str]:
    """Write so many things as N-Triples, a third of them organisations; return their names."""
    chance = np.random.default_rng(seed)
    data = made(things * 2 // 3, seed)
    names = []
    with file.open("w", encoding="utf-8") as out:
        for code in REGIONS:
            it = Iris().thing("county", code)
            out.write(f'{it} {_TYPE} {_term("County")} .\n{it} <{_SKOS}prefLabel> "Län {code}"@sv .\n')
        for at in range(things):
            organisation = at < things - len(data.since)
            names.append(_organisation(chance) if organisation else _project(chance))
            region = int(data.region[at % len(data.region)])
            out.writelines(_told(at, names[-1], organisation, region))
    return names


def asked(names: list[str], many: int = 200, seed: int = 2) -> list[tuple[str, str]]:
    """Return so many texts to search for, each with a kind or none, evenly of SORTS."""
    chance = np.random.default_rng(seed)
    return [_sought(SORTS[at % len(SORTS)], names, chance) for at in range(many)]


def number(at: int) -> str:
    """Return the made-up number of an organisation; its month is none, so that no person has it."""
    return f"{999_000 + at % 999:06d}-{at:04d}"


def _told(at: int, name: str, organisation: bool, region: int) -> Iterator[str]:
    kind = "organisation" if organisation else "project"
    it = f"<{BASE}id/{kind}/{at:06d}>"
    yield f"{it} {_TYPE} {_term(kind.capitalize())} .\n"
    yield f'{it} <{_SKOS}prefLabel> "{name}"@sv .\n'
    where = "locatedIn" if organisation else "coversTerritory"
    yield f"{it} {_term(where)} {Iris().thing('county', REGIONS[region])} .\n"
    if organisation:
        yield f'{it} {_term("organisationNumber")} "{number(at)}" .\n'
        yield f'{it} <{_SKOS}altLabel> "{name.removesuffix(" AB")}"@en .\n'


def _often(chance: np.random.Generator, words: tuple[str, ...] | list[str]) -> str:
    """Draw a word, those that come first far more often."""
    return words[min(int(chance.pareto(1.0) * 3), len(words) - 1)]


def _any(chance: np.random.Generator, words: tuple[str, ...] | list[str]) -> str:
    return words[int(chance.integers(len(words)))]


def _compound(chance: np.random.Generator) -> str:
    return _often(chance, _HEADS) + _often(chance, _TAILS)


def _place(chance: np.random.Generator) -> str:
    return (_any(chance, _FIRST) + _any(chance, _MIDDLE) + _any(chance, _LAST)).capitalize()


def _organisation(chance: np.random.Generator) -> str:
    return f"{_place(chance)} {_compound(chance).capitalize()} {_any(chance, _FORMS)}"


def _project(chance: np.random.Generator) -> str:
    begin = f"{_any(chance, _PROJECTS)} {_compound(chance)} och {_often(chance, _TAILS)}"
    return f"{begin} i {_place(chance)} {int(chance.integers(2000, 2027))}"


def _sought(sort: str, names: list[str], chance: np.random.Generator) -> tuple[str, str]:
    name = _any(chance, names)
    words = name.split()
    long = max(words, key=len)
    slip = long[: len(long) // 2] + long[len(long) // 2 + 1 :]
    texts = {
        "name": name,
        "beginning": name[: max(5, len(name) // 2)],
        "words": f"{words[-2]} {words[0]}",
        "bare": name.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")),
        "slip": f"{words[0]} {slip}" if long != words[0] else slip,
        "stem": f"{_any(chance, _TAILS)}en",
        "number": number(int(chance.integers(len(names) // 3))),
        "short": _any(chance, ("a", "s", "pr", "ut", "i", "o", "vä", "en")),
        "nothing": "".join(_any(chance, list("bcdfghjklmnpqrstvxz")) for _ in range(9)),
        "narrowed": _any(chance, ("projekt för", "utveckling", "energi", "vatten")),
    }
    return texts[sort], "project" if sort == "narrowed" else ""


def _term(name: str) -> str:
    return f"<{BASE}ontology#{name}>"
