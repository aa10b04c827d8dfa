"""Write a large file laid out like CORDIS organization.csv, with planted faults and the truth about them.

`python benchmarks/cordis_like.py 1000000 FILE` writes FILE and FILE.truth.csv (line, kind, field).
Everything in it is made up (no real organisation, number or person); only the layout, the shares of
countries, roles and empty fields, and the ways of writing amounts are those of the real file.
"""

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from random import Random

from benchmarks.faults import COLUMNS, DUPLICATE, FORM, KINDS, Fault, quoted

Piece = tuple[bytes, str, str]  # a record with the kind and the field of its fault, both empty in a good one

# country, share in percent, city, postcode, latitude and longitude of the city
_PLACES = (
    ("DE", 14, "BERLIN", "10###", 52.52, 13.405),
    ("ES", 12, "MADRID", "28###", 40.4167, -3.7036),
    ("FR", 12, "Paris", "75###", 48.8566, 2.3522),
    ("IT", 12, "ROMA", "00###", 41.9028, 12.4964),
    ("UK", 9, "LONDON", "NW# #AB", 51.5072, -0.1276),
    ("NL", 8, "UTRECHT", "35## AB", 52.0907, 5.1214),
    ("BE", 7, "Bruxelles / Brussel", "10##", 50.8503, 4.3517),
    ("EL", 6, "ATHINA", "1## ##", 37.9838, 23.7275),
    ("PT", 4, "LISBOA", "10##-###", 38.7223, -9.1393),
    ("PL", 4, "WARSZAWA", "00 ###", 52.2297, 21.0122),
    ("FI", 3, "HELSINKI", "00##0", 60.1699, 24.9384),
    ("NO", 3, "TRONDHEIM", "70##", 63.4305, 10.3951),
    ("IL", 2, "HAIFA", "31#####", 32.794, 34.9896),
    ("SE", 1, "STOCKHOLM", "11# ##", 59.3293, 18.0686),
    ("SE", 1, "GOETEBORG", "41###", 57.7089, 11.9746),
    ("SE", 1, "LINKOPING", "58# ##", 58.4108, 15.6214),
    ("SE", 1, "JONKOPING", "553 ##", 57.7826, 14.1618),
)
_SHARES = [place[1] for place in _PLACES]
_FORMS = ("INSTITUT", "UNIVERSITAET", "Högskolan", "LABORATOIRE", "FONDAZIONE", "RISK; SAFETY", "CENTRE")
_SYLLABLES = ("BAL", "TO", "RIN", "VÄST", "MER", "KA", "LUN", "DEX", "SOL", "É", "NOR", "TIM", "QUA", "ZE")
_ACTIVITIES = ("PRC",) * 6 + ("HES",) * 6 + ("REC",) * 5 + ("PUB", "OTH")
_ROLES = ("participant",) * 41 + ("thirdParty",) * 3 + ("partner",) * 2 + ("associatedPartner",)
_CONTACT = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/contact-form/project"
_SIZES = (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16)  # participations of a project: 6 on average


@dataclass(frozen=True)
class Organisation:
    """A made-up organisation: its PIC, its rcn, and organisationID ... organizationURL as printed."""

    pic: str
    rcn: str
    columns: str


def write(
    file: Path, rows: int, seed: int = 1, faults: float = 0.01, duplicates: float = 0.001
) -> list[Fault]:
    """Write a file of so many records and return what was planted, in the order of the lines.

    The shares are those of the records with a fault and of exact repetitions (kind "duplicate").
    """
    found: list[Fault] = []
    line = 2
    with file.open("wb") as out:
        out.write(quoted(COLUMNS).encode())
        for data, kind, field in _pieces(rows, Random(seed), faults, duplicates):  # noqa: S311  (no secrets here)
            out.write(data)
            if kind:
                found.append(Fault(line, kind, field))
            line += data.count(b"\n")
    return found


def write_truth(file: Path, truth: list[Fault]) -> None:
    """Write what was planted as CSV: line, kind, field."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("line", "kind", "field"))
        writer.writerows((fault.line, fault.kind, fault.field) for fault in truth)


def read_truth(file: Path) -> list[Fault]:
    """Read what `write_truth` wrote."""
    with file.open(newline="", encoding="utf-8") as source:
        return [Fault(int(row["line"]), row["kind"], row["field"]) for row in csv.DictReader(source)]


def vat(number: int) -> str:
    """Return the Swedish VAT number of a made-up company: 559, six digits, the Luhn digit, 01.

    >>> vat(1234)
    'SE559001234901'
    """
    digits = f"559{number:06d}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    total = sum(value // 10 + value % 10 for value in doubled)
    return f"SE{digits}{-total % 10}01"


def _pieces(rows: int, chance: Random, faults: float, duplicates: float) -> Iterator[Piece]:
    """Yield so many records; some of a project's good ones stand there again behind it."""
    spoil, repeat, kinds = _due(faults, chance), _due(duplicates, chance), _in_turn(chance)
    left, owed = rows, 0
    for project in _projects(max(rows // 20, 20), chance):
        found: list[Piece] = []
        again: list[Piece] = []
        for text in project:
            owed += next(spoil)
            found.append(_spoilt(text, next(kinds), chance) if owed else (text.encode(), "", ""))
            owed -= bool(found[-1][1])
            if next(repeat) and not found[-1][1]:
                again.append((text.encode(), DUPLICATE, ""))
                owed += next(spoil)  # so that the share of faults is one of all records
        yield from (found + again)[:left]
        left -= len(found) + len(again)
        if left <= 0:
            return


def _spoilt(text: str, kind: str, chance: Random) -> Piece:
    values = next(csv.reader(StringIO(text, newline=""), delimiter=";"))
    if kind in FORM:  # a record broken in its form stands on one line, so that where it ends is beyond doubt
        values = [value.replace("\n", " ") for value in values]
    data, field = KINDS[kind](values, chance)
    return data, kind, field


def _due(share: float, chance: Random) -> Iterator[int]:
    """Yield 1 once in every block of 1/share, at a random place, and else 0."""
    block = round(1 / share) if share else 0
    while True:
        at = chance.randrange(block) if block else -1
        yield from (int(place == at) for place in range(block or 1000))


def _in_turn(chance: Random) -> Iterator[str]:
    """Yield the kinds of fault, each once before one comes again."""
    while True:
        yield from chance.sample(list(KINDS), len(KINDS))


def _projects(organisations: int, chance: Random) -> Iterator[list[str]]:
    """Yield the records of one project after the other; a few organisations take part in many."""
    pool = [_organisation(number, chance) for number in range(organisations)]
    number = 101_000_000
    while True:
        number += 1
        size, changed = chance.choice(_SIZES), _moment(chance)
        acronym = _word(chance, 3) + chance.choice(("", "-EU", " 2"))
        members = {int(len(pool) * chance.random() ** 2.5): None for _ in range(size)}
        yield [
            _row(f"{number}", acronym, pool[member], changed, order, chance)
            for order, member in enumerate(members, 1)
        ]


def _row(project: str, acronym: str, who: Organisation, changed: str, order: int, chance: Random) -> str:
    role = "coordinator" if order == 1 else chance.choice(_ROLES)
    given, cost = _amounts(chance)
    return (
        f'"{project}";"{acronym}";{who.columns};"{_CONTACT}/{who.pic}/{project}";"{changed}";"{who.rcn}";'
        f'"{order}";"{role}";"{given}";"{given}";"{cost}";"{chance.random() < 0.03}";""\n'
    )


def _amounts(chance: Random) -> tuple[str, str]:
    """Return a contribution with a decimal point and a cost that has, where it has any, a decimal comma."""
    luck, euros = chance.random(), chance.randrange(10_000, 2_000_000)
    if luck < 0.03:
        return "", ""
    if luck < 0.1:
        return "0.0", "0"
    if luck < 0.55:
        return f"{euros}.0", f"{euros}"
    cents = f"{chance.randrange(1, 100):02d}".rstrip("0")
    return f"{euros}.{cents}", f"{euros},{cents}"


def _organisation(number: int, chance: Random) -> Organisation:
    country, _, city, code, north, east = chance.choices(_PLACES, _SHARES)[0]
    activity, pic = chance.choice(_ACTIVITIES), f"{910_000_000 + 7 * number}"
    name = f"{chance.choice(_FORMS)} {_word(chance, 3)}{number}"
    if chance.random() < 0.02:
        name += f' "{_word(chance, 2)}" GROUP'
    street = f"{_word(chance, 2).title()}gatan {chance.randrange(1, 200)}"
    if chance.random() < 0.01:
        street += "\nBUILDING B"
    columns = (
        pic,
        _vat(country, number, chance),
        name,
        chance.choice(("", _word(chance, 2))),
        str(activity == "PRC" and chance.random() < 0.7),
        activity,
        street,
        "".join(str(chance.randrange(10)) if char == "#" else char for char in code),
        city,
        country,
        "",
        f"{north + chance.uniform(-0.05, 0.05):.6f},{east + chance.uniform(-0.05, 0.05):.6f}",
        chance.choice(("", f"http://www.organisation{number}.example")),
    )
    return Organisation(pic, f"{1_900_000 + number}", quoted(columns).rstrip("\n"))


def _vat(country: str, number: int, chance: Random) -> str:
    if country == "SE":
        return vat(number)
    return "" if chance.random() < 0.1 else f"{country}{chance.randrange(10**8, 10**9)}"


def _word(chance: Random, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


def _moment(chance: Random) -> str:
    return (
        f"2023-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d} 13:{chance.randrange(60):02d}:00"
    )


def main() -> None:
    """Write the file that the command line asks for, and the truth beside it."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("rows", type=int)
    asked.add_argument("file", type=Path)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--faults", type=float, default=0.01, help="share of records with a fault")
    asked.add_argument("--duplicates", type=float, default=0.001, help="share of exact repetitions")
    told = asked.parse_args()
    truth = write(told.file, told.rows, told.seed, told.faults, told.duplicates)
    write_truth(told.file.with_name(told.file.name + ".truth.csv"), truth)


if __name__ == "__main__":
    main()
